/* data: values, dates, JSON, and reading fields. */
#include "data/data.h"
#include "in_arena.h"

#include <stdlib.h>

/* ---- Values ------------------------------------------------------------------------------------ */

static bool equal(struct data_value a, struct data_value b)
{
    bool is_equal = data_equal(&a, &b);
    assert_int_equal(data_equal(&b, &a), is_equal);
    return is_equal;
}

static void numbers_are_equal_by_value(void **state)
{
    (void)state;
    assert_true(equal(data_integer(1), data_float(1.0)));
    assert_false(equal(data_integer(1), data_float(1.5)));
    assert_true(equal(data_integer(INT64_MAX), data_integer(INT64_MAX)));
    assert_false(equal(data_integer(INT64_MAX), data_integer(INT64_MAX - 1)));
    assert_false(equal(data_float(NAN), data_float(NAN)));
    assert_true(equal(data_yes_no(true), data_integer(1))); /* as in Jinja */
    assert_false(equal(data_text(TEXT("1")), data_integer(1)));
}

static void texts_are_equal_by_bytes(void **state)
{
    (void)state;
    assert_true(equal(data_text(TEXT("a")), data_html(TEXT("a"))));
    assert_false(equal(data_text(TEXT("a")), data_text(TEXT("b"))));
    assert_true(equal(data_text(TEXT_NONE), data_none()));
    assert_false(equal(data_text(TEXT("")), data_none()));
    assert_false(equal(data_undefined(), data_none()));
}

static void lists_and_maps_are_equal_deeply(void **state)
{
    struct arena *arena = *state;
    struct data_value a = data_map_new(arena), b = data_map_new(arena);
    struct data_value x = data_list_new(arena), y = data_list_new(arena);
    data_list_add(arena, x.as.list, data_integer(1));
    data_list_add(arena, y.as.list, data_float(1));
    data_map_set(arena, a.as.map, data_text(TEXT("k")), x);
    data_map_set(arena, a.as.map, data_text(TEXT("l")), data_none());
    data_map_set(arena, b.as.map, data_text(TEXT("l")), data_none()); /* the order is nothing */
    data_map_set(arena, b.as.map, data_text(TEXT("k")), y);
    assert_true(equal(a, b));
    data_list_add(arena, y.as.list, data_none());
    assert_false(equal(a, b));
}

static void maps_put_and_replace(void **state)
{
    struct arena *arena = *state;
    struct data_value map = data_map_new(arena);
    data_map_set(arena, map.as.map, data_text(TEXT("a")), data_integer(1));
    data_map_set(arena, map.as.map, data_integer(2), data_integer(2));
    data_map_set(arena, map.as.map, data_text(TEXT("a")), data_integer(3));
    assert_int_equal(data_count(&map), 2);
    assert_int_equal(data_map_find(map.as.map, "a")->as.integer, 3);
    assert_int_equal(data_map_get(map.as.map, data_float(2.0))->as.integer, 2);
    assert_null(data_map_find(map.as.map, "b"));
    struct data_value copy = data_copy(arena, &map);
    data_map_set(arena, map.as.map, data_text(TEXT("a")), data_integer(4));
    assert_int_equal(data_map_find(copy.as.map, "a")->as.integer, 3);
}

/* More keys than marks: keys that share one are all found, and keys that are not there are not. */
static void maps_find_each_of_many_keys(void **state)
{
    struct arena *arena = *state;
    struct data_value map = data_map_new(arena);
    for (int i = 0; i < 3000; i++) {
        struct data_value key = data_text(arena_format(arena, "%d", i));
        assert_null(data_map_get(map.as.map, key));
        data_map_set(arena, map.as.map, key, data_integer(i));
    }
    data_map_set(arena, map.as.map, data_text(TEXT("")), data_integer(-1));
    data_map_set(arena, map.as.map, data_integer(7), data_integer(-7));
    for (int i = 0; i < 3000; i++) {
        struct data_value key = data_html(arena_format(arena, "%d", i));
        assert_int_equal(data_map_get(map.as.map, key)->as.integer, i);
    }
    assert_int_equal(data_map_find(map.as.map, "")->as.integer, -1);
    assert_int_equal(data_map_get(map.as.map, data_integer(7))->as.integer, -7);
    assert_null(data_map_find(map.as.map, "3000"));
}

static void counts_and_items(void **state)
{
    struct arena *arena = *state;
    struct data_value text = data_text(TEXT("도깨비 OST")), list = data_list_new(arena);
    struct data_value none = data_none();
    data_list_add(arena, list.as.list, data_integer(7));
    assert_int_equal(data_count(&text), 7);
    assert_int_equal(data_count(&list), 1);
    assert_int_equal(data_count(&none), 0);
    assert_int_equal(data_item(&list, 0).as.integer, 7);
    assert_int_equal(data_item(&list, 1).kind, DATA_UNDEFINED);
    assert_int_equal(data_item(&text, 0).kind, DATA_UNDEFINED);
    for (int kind = DATA_UNDEFINED; kind <= DATA_OPAQUE; kind++)
        assert_non_null(data_kind_name((enum data_kind)kind));
}

/* ---- Dates ---------------------------------------------------------------------------------------- */

static void reads_dates_as_written(void **state)
{
    struct arena *arena = *state;
    static const char *const dates[][2] = {
        {"2022-04-19", "2022-04-19"},
        {"2024-02-29", "2024-02-29"},
        {"2000-02-29", "2000-02-29"},
        {"0001-01-01", "0001-01-01"},
        {"9999-12-31", "9999-12-31"},
        {"2022-04-19 20:30", "2022-04-19T20:30:00Z"},
        {"2022-04-19T20:30:15Z", "2022-04-19T20:30:15Z"},
        {"2022-04-19t20:30:15z", "2022-04-19T20:30:15Z"},
        {"2022-04-19 20:30:15.123", "2022-04-19T20:30:15Z"},
        {"2022-04-19T20:30:15+09:00", "2022-04-19T20:30:15+09:00"},
        {"2022-04-19 20:30 +09:00", "2022-04-19T20:30:00+09:00"},
        {"2022-04-19 20:30+0900", "2022-04-19T20:30:00+09:00"},
        {"2022-04-19 20:30+09", "2022-04-19T20:30:00+09:00"},
        {"2022-04-19 20:30-03:30", "2022-04-19T20:30:00-03:30"},
        {"2022-04-19 00:00-00:30", "2022-04-19T00:00:00-00:30"},
        {"2022-04-19 20:30+14:00", "2022-04-19T20:30:00+14:00"},
    };
    for (size_t i = 0; i < BASE_COUNT(dates); i++) {
        struct data_date date;
        assert_true(data_date_read(text_of(dates[i][0]), &date));
        assert_text(data_date_iso(arena, date), dates[i][1]);
    }
}

static void refuses_what_is_no_date(void **state)
{
    (void)state;
    const struct text wrong[] = {TEXT(""), TEXT("2022"), TEXT("2022-4-19"), TEXT("2022-04-31"),
        TEXT("2023-02-29"), TEXT("1900-02-29"), TEXT("2022-13-01"), TEXT("2022-00-01"),
        TEXT("2022-01-00"), TEXT("0000-01-01"), TEXT("19-04-2022"), TEXT("2022-04-19 "),
        TEXT(" 2022-04-19"), TEXT("2022-04-19T"), TEXT("2022-04-19 24:00"),
        TEXT("2022-04-19 20:60"), TEXT("2022-04-19 20:30:60"), TEXT("2022-04-19 20:30:"),
        TEXT("2022-04-19 20:30."), TEXT("2022-04-19 20:30:15."), TEXT("2022-04-19 20:30+"),
        TEXT("2022-04-19 20:30+15:00"), TEXT("2022-04-19 20:30+09:60"),
        TEXT("2022-04-19 20:30+09:0"), TEXT("2022-04-19x20:30"), TEXT("2022-04-19 20:30 KST"),
        TEXT("12022-04-19"), TEXT("-022-04-19"),
        TEXT("2022\0"
             "04\0"
             "19"),
        TEXT("2022-04-19\0"
             "20:30")};
    struct data_date date;
    for (size_t i = 0; i < BASE_COUNT(wrong); i++)
        if (data_date_read(wrong[i], &date))
            fail_msg("'%.*s' was read as a date", TEXT_ARGS(wrong[i]));
    assert_false(data_date_read(TEXT_NONE, &date));
}

static struct data_date date_of(const char *text)
{
    struct data_date date;
    assert_true(data_date_read(text_of(text), &date));
    return date;
}

static void counts_days_and_seconds(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(data_date_days(date_of("1970-01-01")), 0);
    assert_int_equal(data_date_days(date_of("1969-12-31")), -1);
    assert_int_equal(data_date_days(date_of("2000-03-01")), 11017);
    assert_int_equal(data_date_seconds(date_of("2022-04-19 09:00+09:00")),
        data_date_seconds(date_of("2022-04-19")));
    assert_int_equal(data_date_seconds(date_of("2038-01-19 03:14:08")), 2147483648);
    assert_text(data_date_iso(arena, data_date_of_seconds(-1)), "1969-12-31T23:59:59Z");
    assert_text(data_date_moment(arena, date_of("2022-04-19")), "2022-04-19T00:00:00Z");
    assert_true(data_date_compare(date_of("2022-04-19 01:00+09:00"), date_of("2022-04-19")) < 0);
    assert_int_equal(data_date_compare(date_of("2022-04-19"), date_of("2022-04-19 00:00Z")), 0);
}

/* Every day of 8 centuries, forwards, against a calendar that counts one by one. */
static void days_follow_each_other(void **state)
{
    (void)state;
    int64_t days = data_date_days(date_of("1600-01-01"));
    int weekday = data_date_weekday(date_of("1600-01-01")); /* a Saturday */
    assert_int_equal(weekday, 5);
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int year = 1600; year < 2400; year++)
        for (int month = 1; month <= 12; month++) {
            bool is_leap = year % 400 == 0 || (year % 4 == 0 && year % 100);
            for (int day = 1; day <= lengths[month - 1] + (month == 2 && is_leap); day++) {
                struct data_date date = {
                    .year = year, .month = (uint8_t)month, .day = (uint8_t)day};
                assert_int_equal(data_date_days(date), days);
                assert_int_equal(data_date_weekday(date), weekday);
                struct data_date back = data_date_of_seconds(days * 86400 + 86399);
                assert_true(back.year == year && back.month == month && back.day == day);
                days++, weekday = (weekday + 1) % 7;
            }
        }
}

/* ---- JSON ------------------------------------------------------------------------------------------------------- */

static const char *written(struct data_value value, unsigned indent, struct arena *arena)
{
    struct buffer out;
    struct data_run run = {.scratch = arena};
    buffer_init(&out);
    data_json(&out, &value, indent, &run);
    const char *json = arena_text(arena, buffer_text(&out)).at;
    buffer_release(&out);
    return json;
}

static void json_text_is_safe_in_a_script(void **state)
{
    struct arena *arena = *state;
    assert_string_equal(written(data_text(TEXT("a\"b\\c/\b\f\n\r\t")), 0, arena),
        "\"a\\\"b\\\\c/\\b\\f\\n\\r\\t\"");
    assert_string_equal(written(data_text(TEXT("</script><!--&")), 0, arena),
        "\"\\u003c/script\\u003e\\u003c!--\\u0026\"");
    assert_string_equal(
        written(data_text(TEXT("\x01\x1f\x7f\0")), 0, arena), "\"\\u0001\\u001f\x7f\\u0000\"");
    assert_string_equal(
        written(data_text(TEXT("도깨비 \xf0\x9f\x8e\xb5 \xe2\x80\xa8\xe2\x80\xa9")), 0, arena),
        "\"도깨비 \xf0\x9f\x8e\xb5 \\u2028\\u2029\"");
}

static void json_numbers_read_back_the_same(void **state)
{
    struct arena *arena = *state;
    static const double numbers[] = {0.1, 1.0 / 3, 1e300, 5e-324, 123456789.125, -0.7, 4.5, 100};
    for (size_t i = 0; i < BASE_COUNT(numbers); i++) {
        double back = strtod(written(data_float(numbers[i]), 0, arena), NULL);
        assert_true(!(back < numbers[i]) && !(back > numbers[i]));
    }
    assert_string_equal(written(data_float(0.1), 0, arena), "0.1");
    assert_string_equal(written(data_float(4.5), 0, arena), "4.5");
    assert_string_equal(written(data_float(NAN), 0, arena), "null");
    assert_string_equal(written(data_float(-INFINITY), 0, arena), "null");
    assert_string_equal(written(data_integer(INT64_MIN), 0, arena), "-9223372036854775808");
}

static void json_of_lists_and_maps(void **state)
{
    struct arena *arena = *state;
    struct data_value map = data_map_new(arena), list = data_list_new(arena);
    data_list_add(arena, list.as.list, data_yes_no(true));
    data_list_add(arena, list.as.list, data_none());
    data_list_add(arena, list.as.list, data_list_new(arena));
    data_map_set(arena, map.as.map, data_text(TEXT("a")), list);
    data_map_set(arena, map.as.map, data_integer(2), data_date(date_of("2022-04-19")));
    data_map_set(arena, map.as.map, data_text(TEXT("e")), data_map_new(arena));
    assert_string_equal(
        written(map, 0, arena), "{\"a\": [true, null, []], \"2\": \"2022-04-19\", \"e\": {}}");
    assert_string_equal(written(map, 2, arena),
        "{\n  \"a\": [\n    true,\n    null,\n    []\n  ],\n  \"2\": \"2022-04-19\",\n"
        "  \"e\": {}\n}");
}

/* ---- Fields ------------------------------------------------------------------------------------------------------- */

struct record {
    struct text title, about;
    bool is_old;
    int64_t year;
    double rating;
    struct data_date date;
    int mood;
    struct data_array tags;
    struct data_value extra;
    struct text secret;
};

struct view {
    const struct record *record;
    uint32_t number;
    const struct view *next;
    struct data_array others;
};

static const char *const moods[] = {"calm", "sad", NULL};

#define AT(member) .offset = offsetof(struct record, member)
static const struct data_field record_fields[] = {
    {.name = "title", .kind = FIELD_TEXT, AT(title), .group = DATA_GROUP_NAME},
    {.name = "about", .kind = FIELD_HTML, AT(about), .group = DATA_GROUP_BODY},
    {.name = "old", .kind = FIELD_YES_NO, AT(is_old), .group = DATA_GROUP_FACTS},
    {.name = "year", .kind = FIELD_INTEGER, AT(year), .group = DATA_GROUP_FACTS},
    {.name = "rating", .kind = FIELD_FLOAT, AT(rating), .group = DATA_GROUP_FACTS},
    {.name = "date", .kind = FIELD_DATE, AT(date), .group = DATA_GROUP_FACTS},
    {.name = "mood", .kind = FIELD_WORD, AT(mood), .words = moods, .group = DATA_GROUP_FACTS},
    {.name = "tags", .kind = FIELD_TEXTS, AT(tags), .group = DATA_GROUP_FACTS},
    {.name = "extra", .kind = FIELD_VALUE, AT(extra), .group = DATA_GROUP_FACTS},
    {.name = "secret", .kind = FIELD_TEXT, AT(secret), .flags = FIELD_HIDDEN},
};
static const struct data_type record_type = {.name = "record",
    .fields = record_fields,
    .field_count = BASE_COUNT(record_fields),
    .size = sizeof(struct record)};

static struct data_value compute_loud(const void *at, struct data_run *run)
{
    const struct view *view = at;
    return data_text(arena_format(run->scratch, "%.*s!", TEXT_ARGS(view->record->title)));
}

static const struct data_type view_type;
static const struct data_field view_fields[] = {
    {.name = "next",
        .kind = FIELD_THING,
        .offset = offsetof(struct view, next),
        .of = &view_type,
        .group = DATA_GROUP_LINKS},
    {.name = "others",
        .kind = FIELD_THINGS,
        .offset = offsetof(struct view, others),
        .of = &view_type,
        .group = DATA_GROUP_LINKS},
    {.name = "loud",
        .kind = FIELD_COMPUTED,
        .compute = compute_loud,
        .gives = FIELD_TEXT,
        .group = DATA_GROUP_NAME},
};
static const struct data_type view_type = {.name = "view",
    .fields = view_fields,
    .field_count = BASE_COUNT(view_fields),
    .size = sizeof(struct view),
    .base = &record_type,
    .base_offset = offsetof(struct view, record),
    .is_numbered = true,
    .number_offset = offsetof(struct view, number)};

static const struct text tags_of_test[] = {{"ballad", 6}, {"ost", 3}};

static struct record full_record(void)
{
    return (struct record){.title = TEXT("Goblin"),
        .about = TEXT("<p>x</p>"),
        .is_old = true,
        .year = 2016,
        .rating = 4.5,
        .date = {.year = 2016, .month = 12, .day = 3},
        .mood = 1,
        .tags = {tags_of_test, 2},
        .extra = data_integer(7),
        .secret = TEXT("hidden")};
}

static struct record empty_record(void)
{
    return (struct record){.year = DATA_NO_INTEGER, .rating = NAN, .mood = -1};
}

static const char *field_json(
    const struct data_type *type, const void *at, const char *name, struct arena *arena)
{
    struct data_run run = {.scratch = arena};
    struct data_value thing = data_thing(type, at);
    return written(data_get(&thing, text_of(name), &run), 0, arena);
}

static void json_becomes_yaml(void **state)
{
    struct arena *arena = *state;
    assert_true(text_is(data_json_as_yaml(arena, TEXT("{\t\"a\":\t1}")), "{ \"a\": 1}"));
    assert_true(text_is(data_json_as_yaml(arena, TEXT("\"\\ud83c\\udfb5 \\ud83c \\u00e9\"")),
        "\"\\U0001F3B5 \\ud83c \\u00e9\""));
    assert_true(text_is(data_json_as_yaml(arena, TEXT("\"\\\"\t\\\\\"\t")), "\"\\\"\t\\\\\" "));
    assert_true(text_is(data_json_as_yaml(arena, TEXT("\"\\")), "\"\\"));
}

struct parted_more {
    struct text note;
    int64_t season;
};

struct parted {
    struct text title;
    const struct parted_more *more;
};

static const struct parted_more no_more = {.season = DATA_NO_INTEGER};
static const struct data_part parted_part = {
    offsetof(struct parted, more), sizeof(struct parted_more), &no_more};
static const struct data_field parted_fields[] = {
    {.name = "title", .kind = FIELD_TEXT, .offset = offsetof(struct parted, title)},
    {.name = "note",
        .kind = FIELD_TEXT,
        .offset = offsetof(struct parted_more, note),
        .part = &parted_part},
    {.name = "season",
        .kind = FIELD_INTEGER,
        .offset = offsetof(struct parted_more, season),
        .part = &parted_part},
};
static const struct data_type parted_type = {.name = "parted",
    .fields = parted_fields,
    .field_count = BASE_COUNT(parted_fields),
    .size = sizeof(struct parted),
    .part = &parted_part};

static void a_part_is_there_once_something_is_in_it(void **state)
{
    struct arena *arena = *state;
    struct parted one, other;
    data_set_absent(&parted_type, &one);
    data_set_absent(&parted_type, &other);
    assert_ptr_equal(one.more, &no_more);
    assert_string_equal(field_json(&parted_type, &one, "season", arena), "null");
    *(struct text *)data_own_member(&parted_fields[0], &one, arena) = TEXT("Goblin");
    assert_ptr_equal(one.more, &no_more);
    *(struct text *)data_own_member(&parted_fields[1], &one, arena) = TEXT("a remark");
    const struct parted_more *own = one.more;
    assert_ptr_not_equal(own, &no_more);
    *(int64_t *)data_own_member(&parted_fields[2], &one, arena) = 2;
    assert_ptr_equal(one.more, own);
    assert_string_equal(field_json(&parted_type, &one, "title", arena), "\"Goblin\"");
    assert_string_equal(field_json(&parted_type, &one, "note", arena), "\"a remark\"");
    assert_string_equal(field_json(&parted_type, &one, "season", arena), "2");
    assert_string_equal(field_json(&parted_type, &other, "note", arena), "null");
}

static void fields_are_read_by_their_rows(void **state)
{
    struct arena *arena = *state;
    struct record full = full_record(), empty = empty_record();
    static const char *const expected[][3] = {
        {"title", "\"Goblin\"", "null"},
        {"about", "\"\\u003cp\\u003ex\\u003c/p\\u003e\"", "null"},
        {"old", "true", "false"},
        {"year", "2016", "null"},
        {"rating", "4.5", "null"},
        {"date", "\"2016-12-03\"", "null"},
        {"mood", "\"sad\"", "null"},
        {"tags", "[\"ballad\", \"ost\"]", "[]"},
        {"extra", "7", "null"},
    };
    for (size_t i = 0; i < BASE_COUNT(expected); i++) {
        assert_string_equal(field_json(&record_type, &full, expected[i][0], arena), expected[i][1]);
        assert_string_equal(
            field_json(&record_type, &empty, expected[i][0], arena), expected[i][2]);
    }
    assert_null(data_resolve(&record_type, TEXT("secret")).field);
    assert_null(data_resolve(&record_type, TEXT("titl")).field);
    struct data_value thing = data_thing(&record_type, &full);
    assert_int_equal(data_get(&thing, TEXT("secret"), NULL).kind, DATA_UNDEFINED);
}

static void a_view_reads_through_its_base(void **state)
{
    struct arena *arena = *state;
    struct record record = full_record();
    struct view last = {.record = &record, .number = 1};
    const void *items[] = {&last};
    struct view view = {.record = &record, .next = &last, .others = {items, 1}};
    assert_string_equal(field_json(&view_type, &view, "title", arena), "\"Goblin\"");
    assert_string_equal(field_json(&view_type, &view, "loud", arena), "\"Goblin!\"");
    assert_string_equal(field_json(&view_type, &last, "next", arena), "null");
    assert_true(data_resolve(&view_type, TEXT("title")).through_base);
    assert_false(data_resolve(&view_type, TEXT("loud")).through_base);
    assert_null(data_resolve(&view_type, TEXT("secret")).field);
    struct text *names;
    assert_int_equal(data_field_names(&view_type, arena, &names), 3 + 9);
    assert_text(names[0], "next");
    assert_text(names[3], "title");
    /* a thing in a thing is shown by its name only */
    assert_non_null(strstr(
        written(data_thing(&view_type, &view), 0, arena), "\"others\": [{\"title\": \"Goblin\"}]"));
}

static struct data_value get(struct data_value thing, const char *name, struct data_run *run)
{
    return data_get(&thing, text_of(name), run);
}

static void reading_is_noted(void **state)
{
    struct arena *arena = *state;
    struct record record = full_record();
    struct view last = {.record = &record, .number = 4};
    const void *items[] = {&last};
    struct view view = {.record = &record, .number = 2, .next = &last, .others = {items, 1}};
    struct data_reads reads;
    struct data_run run = {.scratch = arena, .reads = &reads};
    data_reads_init(&reads, arena, 5);
    struct data_value thing = data_thing(&view_type, &view);
    get(thing, "nothing of this name", &run);
    assert_int_equal(reads.count, 0);
    get(thing, "title", &run);
    get(thing, "rating", &run);
    get(thing, "loud", &run);
    assert_int_equal(reads.count, 1);
    assert_int_equal(reads.touched[0], 2);
    assert_int_equal(reads.masks[2], 1 << DATA_GROUP_NAME | 1 << DATA_GROUP_FACTS);
    struct data_value others = get(thing, "others", &run);
    assert_int_equal(reads.masks[2] >> DATA_GROUP_LINKS & 1, 1);
    assert_int_equal(reads.masks[4], 0); /* in the list, but nothing of it was read yet */
    get(data_item(&others, 0), "about", &run);
    assert_int_equal(reads.masks[4], 1 << DATA_GROUP_BODY);
    assert_int_equal(reads.count, 2);
    data_reads_clear(&reads);
    assert_int_equal(reads.count, 0);
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(reads.masks[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_an_arena(numbers_are_equal_by_value),
        in_an_arena(texts_are_equal_by_bytes),
        in_an_arena(lists_and_maps_are_equal_deeply),
        in_an_arena(maps_put_and_replace),
        in_an_arena(maps_find_each_of_many_keys),
        in_an_arena(counts_and_items),
        in_an_arena(reads_dates_as_written),
        in_an_arena(refuses_what_is_no_date),
        in_an_arena(counts_days_and_seconds),
        in_an_arena(days_follow_each_other),
        in_an_arena(json_text_is_safe_in_a_script),
        in_an_arena(json_numbers_read_back_the_same),
        in_an_arena(json_of_lists_and_maps),
        in_an_arena(json_becomes_yaml),
        in_an_arena(a_part_is_there_once_something_is_in_it),
        in_an_arena(fields_are_read_by_their_rows),
        in_an_arena(a_view_reads_through_its_base),
        in_an_arena(reading_is_noted),
    };
    return cmocka_run_group_tests_name("data", tests, NULL, NULL);
}
