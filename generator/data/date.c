/*
 * Days and moments in the proleptic Gregorian calendar.
 *
 * Days are counted with years that start in March, so that the leap day is a year's last: then a
 * month's first day is a linear function of its number, and 400 years are always 146,097 days.
 */
#include "data/data.h"

static bool is_leap(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int32_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int64_t data_date_days(struct data_date date)
{
    int64_t year = date.year - (date.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t month = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static struct data_date date_of_days(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    struct data_date date = {0};
    date.day = (uint8_t)(day_of_year - (153 * month + 2) / 5 + 1);
    date.month = (uint8_t)(month < 10 ? month + 3 : month - 9);
    date.year = (int32_t)(year_of_era + era * 400 + (date.month <= 2));
    return date;
}

int64_t data_date_seconds(struct data_date date)
{
    int64_t seconds = data_date_days(date) * 86400 - date.offset_minutes * 60;
    if (date.has_time)
        seconds += date.hour * 3600 + date.minute * 60 + date.second;
    return seconds;
}

struct data_date data_date_of_seconds(int64_t seconds)
{
    int64_t days = seconds / 86400 - (seconds % 86400 < 0);
    int64_t rest = seconds - days * 86400;
    struct data_date date = date_of_days(days);
    date.has_time = true;
    date.hour = (uint8_t)(rest / 3600);
    date.minute = (uint8_t)(rest / 60 % 60);
    date.second = (uint8_t)(rest % 60);
    return date;
}

int data_date_compare(struct data_date a, struct data_date b)
{
    int64_t x = data_date_seconds(a), y = data_date_seconds(b);
    return (x > y) - (x < y);
}

int data_date_weekday(struct data_date date)
{
    int64_t from_monday = (data_date_days(date) + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(from_monday < 0 ? from_monday + 7 : from_monday);
}

/* ---- Reading ------------------------------------------------------------------------------------- */

/* Takes exactly `digits` digits off the text. */
static bool take_number(struct text *text, size_t digits, int *number)
{
    if (text->length < digits)
        return false;
    *number = 0;
    for (size_t i = 0; i < digits; i++) {
        if (text->at[i] < '0' || text->at[i] > '9')
            return false;
        *number = *number * 10 + (text->at[i] - '0');
    }
    *text = text_slice(*text, digits, text->length);
    return true;
}

static bool take_byte(struct text *text, const char *any_of)
{
    if (!text->length || !text->at[0] || !strchr(any_of, text->at[0]))
        return false;
    *text = text_slice(*text, 1, text->length);
    return true;
}

/* day = YYYY "-" MM "-" DD */
static bool take_day(struct text *text, struct data_date *date)
{
    int year, month, day;
    if (!take_number(text, 4, &year) || !take_byte(text, "-") || !take_number(text, 2, &month) ||
        !take_byte(text, "-") || !take_number(text, 2, &day))
        return false;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
        return false;
    date->year = year;
    date->month = (uint8_t)month;
    date->day = (uint8_t)day;
    return true;
}

/* seconds = ":" SS ["." digits], the digits read and dropped */
static bool take_seconds(struct text *text, int *second)
{
    int ignored;
    if (!take_number(text, 2, second))
        return false;
    if (!take_byte(text, "."))
        return true;
    if (!take_number(text, 1, &ignored))
        return false;
    while (take_number(text, 1, &ignored))
        ;
    return true;
}

/* time = HH ":" MM [seconds] */
static bool take_time(struct text *text, struct data_date *date)
{
    int hour, minute, second = 0;
    if (!take_number(text, 2, &hour) || !take_byte(text, ":") || !take_number(text, 2, &minute))
        return false;
    if (take_byte(text, ":") && !take_seconds(text, &second))
        return false;
    date->has_time = true;
    date->hour = (uint8_t)hour;
    date->minute = (uint8_t)minute;
    date->second = (uint8_t)second;
    return hour < 24 && minute < 60 && second < 60;
}

/* offset = "Z" | ("+" | "-") HH [":"] MM */
static bool take_offset(struct text *text, struct data_date *date)
{
    while (take_byte(text, " "))
        ;
    date->has_offset = text->length > 0;
    if (!text->length || take_byte(text, "Zz"))
        return true;
    int hours, minutes = 0, sign = text->at[0] == '-' ? -1 : 1;
    if (!take_byte(text, "+-") || !take_number(text, 2, &hours))
        return false;
    take_byte(text, ":");
    if (text->length && !take_number(text, 2, &minutes))
        return false;
    date->offset_minutes = (int16_t)(sign * (hours * 60 + minutes));
    return hours <= 14 && minutes < 60;
}

bool data_date_read(struct text text, struct data_date *date)
{
    *date = (struct data_date){0};
    if (!take_day(&text, date))
        return false;
    if (text.length &&
        (!take_byte(&text, "Tt ") || !take_time(&text, date) || !take_offset(&text, date)))
        return false;
    return text.length == 0;
}

/* ---- Writing -------------------------------------------------------------------------------------- */

/* Most dates are shown as days, and a page shows many: without printf. */
static struct text day(struct arena *arena, struct data_date date)
{
    char digits[10] = "0000-00-00";
    digits[0] += (char)(date.year / 1000), digits[1] += (char)(date.year / 100 % 10);
    digits[2] += (char)(date.year / 10 % 10), digits[3] += (char)(date.year % 10);
    digits[5] += (char)(date.month / 10), digits[6] += (char)(date.month % 10);
    digits[8] += (char)(date.day / 10), digits[9] += (char)(date.day % 10);
    return arena_text(arena, (struct text){digits, sizeof digits});
}

static struct text moment(struct arena *arena, struct data_date date)
{
    char zone[8] = "Z";
    int offset = date.offset_minutes, size = offset < 0 ? -offset : offset;
    if (offset)
        snprintf(
            zone, sizeof zone, "%c%02d:%02d", offset < 0 ? '-' : '+', size / 60 % 100, size % 60);
    return arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02d%s", date.year, date.month, date.day,
        date.hour, date.minute, date.second, zone);
}

struct text data_date_iso(struct arena *arena, struct data_date date)
{
    if (date.has_time)
        return moment(arena, date);
    if (date.year >= 0 && date.year <= 9999 && date.month <= 99 && date.day <= 99)
        return day(arena, date);
    return arena_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

struct text data_date_moment(struct arena *arena, struct data_date date)
{
    return moment(arena, date);
}
