/*
 * A day as a language writes it.
 *
 * ICU knows the pattern and the words; both are read once, and each date is put together here:
 * ICU's own formatter may not be shared by threads, and copying it costs more than the date.
 *
 *     pattern = { field | literal }
 *     field   = 'y'+ | 'M'+ | 'L'+ | 'd'+       UTS 35, Date Format Patterns
 *     literal = any other letter or sign, or 'text in quotes', '' being one quote
 */
#include "unicode/unicode_inside.h"

#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uloc.h>
#include <unicode/unumsys.h>
#include <unicode/ustring.h>

static const char *const skeletons[DATE_STYLES] = {
    [UNICODE_DATE_LONG] = "yMMMMd",
    [UNICODE_DATE_SHORT] = "yMMMd",
    [UNICODE_DATE_MONTH] = "yMMMM",
};

/* ---- Reading them once --------------------------------------------------------------------------- */

static struct text text_of_units(struct arena *arena, UChar *at, int32_t length)
{
    struct units units = {.at = at, .length = length};
    return units_text(&units, arena);
}

static bool read_patterns(struct date_words *words, struct arena *arena, const char *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    UDateTimePatternGenerator *generator = udatpg_open(locale, &status);
    for (int style = 0; style < DATE_STYLES && U_SUCCESS(status); style++) {
        UChar skeleton[16];
        UChar pattern[64];
        u_uastrcpy(skeleton, skeletons[style]);
        int32_t length =
            udatpg_getBestPattern(generator, skeleton, -1, pattern, BASE_COUNT(pattern), &status);
        if (U_SUCCESS(status))
            words->patterns[style] = text_of_units(arena, pattern, length);
    }
    if (generator)
        udatpg_close(generator);
    return U_SUCCESS(status);
}

static bool read_months(struct text months[MONTHS], struct arena *arena, const UDateFormat *format,
    UDateFormatSymbolType type)
{
    for (int32_t month = 0; month < MONTHS; month++) {
        UChar name[64];
        UErrorCode status = U_ZERO_ERROR;
        int32_t length = udat_getSymbols(format, type, month, name, BASE_COUNT(name), &status);
        if (U_FAILURE(status))
            return false;
        months[month] = text_of_units(arena, name, length);
    }
    return true;
}

static bool read_all_months(struct date_words *words, struct arena *arena, const char *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    UDateFormat *format = udat_open(UDAT_LONG, UDAT_LONG, locale, NULL, 0, NULL, 0, &status);
    if (U_FAILURE(status))
        return false;
    bool read = read_months(words->months, arena, format, UDAT_MONTHS) &&
                read_months(words->short_months, arena, format, UDAT_SHORT_MONTHS) &&
                read_months(words->alone_months, arena, format, UDAT_STANDALONE_MONTHS) &&
                read_months(words->alone_short_months, arena, format, UDAT_STANDALONE_SHORT_MONTHS);
    udat_close(format);
    return read;
}

enum { MANY_DIGITS = 10 };

/* Numbers that are not ten digits in a row (Chinese numerals) are written in ASCII. */
static uint32_t read_zero(struct arena *arena, const char *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    UNumberingSystem *system = unumsys_open(locale, &status);
    UChar digits[32];
    int32_t length = 0;
    if (U_SUCCESS(status) && !unumsys_isAlgorithmic(system))
        length = unumsys_getDescription(system, digits, BASE_COUNT(digits), &status);
    uint32_t zero = '0';
    if (U_SUCCESS(status) && length >= MANY_DIGITS) {
        size_t at = 0;
        zero = text_next_point(text_of_units(arena, digits, length), &at);
    }
    if (system)
        unumsys_close(system);
    return zero;
}

bool date_words_init(struct date_words *words, struct arena *arena, const char *locale)
{
    char gregorian[ULOC_FULLNAME_CAPACITY];
    /* English of no country: day, month, year, as most of the world writes it. */
    snprintf(gregorian, sizeof gregorian, "%s", strcmp(locale, "en") == 0 ? "en_001" : locale);
    UErrorCode status = U_ZERO_ERROR;
    uloc_setKeywordValue("calendar", "gregorian", gregorian, (int32_t)sizeof gregorian, &status);
    if (U_FAILURE(status))
        return false;
    words->zero = read_zero(arena, gregorian);
    return read_patterns(words, arena, gregorian) && read_all_months(words, arena, gregorian);
}

/* ---- Writing a date -------------------------------------------------------------------------------- */

/* A date needs 30 bytes or so in any language; what would not fit is left out. */
struct line {
    char at[256];
    size_t length;
};

static void add(struct line *line, struct text text)
{
    if (line->length + text.length <= sizeof line->at) {
        memcpy(line->at + line->length, text.at, text.length);
        line->length += text.length;
    }
}

static void add_point(struct line *line, uint32_t point)
{
    uint8_t bytes[U8_MAX_LENGTH];
    int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, point);
    add(line, (struct text){(const char *)bytes, (size_t)length});
}

static void add_number(struct line *line, const struct date_words *words, int number, size_t width)
{
    char room[INTEGER_ROOM];
    struct text digits = text_of_integer(number, room);
    for (size_t i = digits.length; i < width; i++)
        add_point(line, words->zero);
    for (size_t i = 0; i < digits.length; i++)
        add_point(line, words->zero + (uint32_t)(digits.at[i] - '0'));
}

static void add_month(
    struct line *line, const struct date_words *words, int month, char letter, size_t width)
{
    bool alone = letter == 'L';
    if (width < 3)
        add_number(line, words, month, width);
    else if (width == 3)
        add(line, (alone ? words->alone_short_months : words->short_months)[month - 1]);
    else
        add(line, (alone ? words->alone_months : words->months)[month - 1]);
}

/* A quote at pattern.at[0]: adds what it quotes, returns how many bytes it took. */
static size_t add_quoted(struct line *line, struct text pattern)
{
    if (pattern.length > 1 && pattern.at[1] == '\'') {
        add(line, TEXT("'"));
        return 2;
    }
    size_t end = 1;
    while (end < pattern.length && pattern.at[end] != '\'')
        end++;
    add(line, text_slice(pattern, 1, end));
    return end < pattern.length ? end + 1 : end;
}

/* The field or sign at the front of the pattern; returns how many bytes it took. */
static size_t add_next(
    struct line *line, const struct date_words *words, struct text pattern, const int day[3])
{
    char letter = pattern.at[0];
    size_t width = 1;
    while (width < pattern.length && pattern.at[width] == letter)
        width++;
    switch (letter) {
    case 'y':
        /* "yy" would be the last two digits; no skeleton here asks for it. */
        add_number(line, words, day[0], width);
        return width;
    case 'M':
    case 'L': add_month(line, words, day[1], letter, width); return width;
    case 'd': add_number(line, words, day[2], width); return width;
    case '\'': return add_quoted(line, pattern);
    default: add(line, text_slice(pattern, 0, 1)); return 1;
    }
}

struct text unicode_date(const struct unicode_language *language, struct arena *arena, int year,
    int month, int day, enum unicode_date_style style)
{
    base_assert(year >= 0 && month >= 1 && month <= MONTHS && day >= 0);
    const int parts[3] = {year, month, day};
    struct line line = {.length = 0};
    struct text pattern = language->dates.patterns[style];
    while (pattern.length > 0) {
        size_t taken = add_next(&line, &language->dates, pattern, parts);
        pattern = text_slice(pattern, taken, pattern.length);
    }
    return arena_text(arena, (struct text){line.at, line.length});
}
