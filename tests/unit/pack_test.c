/* data: structs as bytes and back, for every kind of content file with every field. */
#include "schema/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct desk {
    struct arena arena;
    struct report report;
    struct schema_settings settings;
    struct schema_scale scale;
    struct buffer bytes;
};

static int set_up(void **state)
{
    static const struct text aspects[] = {{"music", 5}, {"story", 5}};
    struct desk *desk = base_alloc(sizeof *desk);
    *desk = (struct desk){.scale = {.min = 0, .max = 10, .step = 0.5}};
    arena_init(&desk->arena);
    report_init(&desk->report);
    buffer_init(&desk->bytes);
    desk->scale.aspects = (struct data_array){aspects, BASE_COUNT(aspects)};
    desk->settings.rating = &desk->scale;
    *state = desk;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    buffer_release(&desk->bytes);
    report_release(&desk->report);
    arena_release(&desk->arena);
    base_free(desk);
    return 0;
}

static void *read(struct desk *desk, const struct data_type *type, struct text yaml)
{
    struct data_value map;
    struct schema_reading reading = {.file = TEXT("a.md"),
        .yaml = yaml,
        .yaml_line = 1,
        .arena = &desk->arena,
        .report = &desk->report,
        .settings = &desk->settings};
    void *record = arena_alloc(&desk->arena, type->size);
    assert_true(data_read_yaml(
        yaml, reading.file, 1, &data_limits_front_matter, &desk->arena, &desk->report, &map));
    schema_read(&reading, type, &map, record);
    return record;
}

static bool is_typed(const struct data_field *field)
{
    return field->example && !field->same_as && !(field->flags & FIELD_NOT_TYPED);
}

/* Every field as its row's example has it; a later one may contradict an earlier one, and is read anyway. */
static struct text every_field(struct desk *desk, const struct data_type *type)
{
    buffer_clear(&desk->bytes);
    for (size_t i = 0; i < type->field_count; i++)
        if (is_typed(&type->fields[i]))
            buffer_format(&desk->bytes, "%s: %s\n", type->fields[i].name, type->fields[i].example);
    return arena_text(&desk->arena, buffer_text(&desk->bytes));
}

/* ---- What the rows lead to is the same -------------------------------------------------------------------- */

static void assert_same(const struct data_type *type, const void *a, const void *b);

static void assert_same_text(struct text a, struct text b)
{
    assert_int_equal(a.at != NULL, b.at != NULL);
    assert_true(text_equal(a, b));
    assert_true(!b.at || b.at[b.length] == '\0');
    assert_true(!a.length || a.at != b.at);
}

static void assert_same_array(const struct data_field *field, const void *a, const void *b)
{
    const struct data_array *first = a, *second = b;
    assert_int_equal(first->count, second->count);
    for (size_t i = 0; i < first->count; i++) {
        if (field->kind == FIELD_TEXTS)
            assert_same_text(
                ((const struct text *)first->items)[i], ((const struct text *)second->items)[i]);
        else
            assert_same(field->of, ((const void *const *)first->items)[i],
                ((const void *const *)second->items)[i]);
    }
}

static void assert_same_field(const struct data_field *field, const void *a, const void *b)
{
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_HTML: assert_same_text(*(const struct text *)a, *(const struct text *)b); break;
    case FIELD_TEXTS:
    case FIELD_THINGS: assert_same_array(field, a, b); break;
    case FIELD_THING:
        assert_int_equal(*(const void *const *)a != NULL, *(const void *const *)b != NULL);
        if (*(const void *const *)a)
            assert_same(field->of, *(const void *const *)a, *(const void *const *)b);
        break;
    case FIELD_VALUE:
        assert_int_equal(
            ((const struct data_value *)a)->line, ((const struct data_value *)b)->line);
        assert_true(data_equal(a, b));
        break;
    default: break; /* one of the words below */
    }
}

static size_t bytes_of(enum data_field_kind kind)
{
    switch (kind) {
    case FIELD_THING: return sizeof(void *);
    case FIELD_TEXT:
    case FIELD_HTML: return sizeof(struct text);
    case FIELD_TEXTS:
    case FIELD_THINGS: return sizeof(struct data_array);
    case FIELD_VALUE: return sizeof(struct data_value);
    default: return 0;
    }
}

/* Of a struct itself where `part` is NULL. */
static bool is_in_a_pointer(
    const struct data_type *type, const struct data_part *part, size_t offset)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const struct data_field *field = &type->fields[i];
        if (field->part == part && offset >= field->offset &&
            offset < field->offset + bytes_of(field->kind))
            return true;
    }
    return !part && type->part && offset == type->part->offset;
}

/* A word that is in no row's pointer is the same, and is no address: numbers and places in the file are
 * smaller, what is absent is larger. */
static void assert_same_words(
    const struct data_type *type, const struct data_part *part, const void *a, const void *b)
{
    size_t size = part ? part->size : type->size;
    for (size_t at = 0; at < size; at += sizeof(uint64_t)) {
        uint64_t first, second;
        bool is_number = false;
        if (is_in_a_pointer(type, part, at))
            continue;
        memcpy(&first, (const char *)a + at, sizeof first);
        memcpy(&second, (const char *)b + at, sizeof second);
        assert_int_equal(first, second);
        for (size_t i = 0; i < type->field_count; i++)
            is_number =
                is_number || (type->fields[i].part == part && type->fields[i].offset / 8 == at / 8);
        if (!is_number && first >> 40 && first >> 48 == 0)
            fail_msg(
                "what stands at %zu of a %s looks like an address: it needs a row", at, type->name);
    }
}

/* Each has one of its own, or none. */
static void assert_same_part(const struct data_type *type, const void *a, const void *b)
{
    const struct data_part *part = type->part;
    const void *first = data_member(part, 0, a), *second = data_member(part, 0, b);
    assert_int_equal(first == part->absent, second == part->absent);
    assert_true(first == part->absent || first != second);
    assert_same_words(type, part, first, second);
}

static void assert_same(const struct data_type *type, const void *a, const void *b)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const struct data_field *field = &type->fields[i];
        assert_same_field(field, data_member(field->part, field->offset, a),
            data_member(field->part, field->offset, b));
    }
    assert_same_words(type, NULL, a, b);
    if (type->part)
        assert_same_part(type, a, b);
}

/* ---- Tests -------------------------------------------------------------------------------------------------- */

static void check_record(struct desk *desk, const struct data_type *type, struct text yaml)
{
    const struct data_shape *shape = data_shape_of(type, &desk->arena);
    const void *record = read(desk, type, yaml);
    void *again = arena_alloc(&desk->arena, type->size);
    buffer_clear(&desk->bytes);
    data_pack(&desk->bytes, shape, record);
    struct text rest = buffer_text(&desk->bytes);
    assert_true(data_unpack(&rest, shape, &desk->arena, again));
    assert_int_equal(rest.length, 0);
    assert_same(type, record, again);
}

static void every_field_of_every_kind_comes_back(void **state)
{
    struct desk *desk = *state;
    for (int kind = 0; kind < SCHEMA_KIND_COUNT; kind++) {
        const struct data_type *type = schema_kinds[kind].type;
        check_record(desk, type, every_field(desk, type));
    }
}

static void every_field_of_a_track_comes_back(void **state)
{
    struct desk *desk = *state;
    check_record(desk, &schema_track_type, every_field(desk, &schema_track_type));
}

static void what_is_absent_comes_back_absent(void **state)
{
    struct desk *desk = *state;
    for (int kind = 0; kind < SCHEMA_KIND_COUNT; kind++)
        check_record(desk, schema_kinds[kind].type, TEXT("{}"));
    check_record(desk, &schema_writing_type,
        TEXT("title: \"\"\ntracks: []\nextra: {a: [], b: {}, c: ~, d: 1.5, e: [yes, "
             "2020-01-02]}\n"));
}

static void pasted_lines_and_aspects_come_back(void **state)
{
    struct desk *desk = *state;
    check_record(desk, &schema_writing_type,
        TEXT("rating: {overall: 8, music: 9, story: 7.5}\ncover: a.png\nepisode: 3-4\n"
             "tracks: |\n  Kyuhyun (규현) - Love beyond words (사랑은 말로)\n"
             "  \"Stay With Me\" by Chanyeol and Punch\n"));
    check_record(desk, &schema_writing_type,
        TEXT("tracks:\n  - Crush - Beautiful\n  - {title: Beautiful, artists: [Crush, {name: V, "
             "role: vocal}], scenes: {episode: 2, at: \"58:10\"}, extra: [1, {a: b}]}\n"));
}

/* Whatever the bytes are, the answer is yes or no; the sanitizers look on. */
static void damaged_bytes_do_no_harm(void **state)
{
    struct desk *desk = *state;
    const struct data_type *type = &schema_writing_type;
    const struct data_shape *shape = data_shape_of(type, &desk->arena);
    const void *record = read(desk, type, every_field(desk, type));
    void *again = arena_alloc(&desk->arena, type->size);
    buffer_clear(&desk->bytes);
    data_pack(&desk->bytes, shape, record);
    size_t length = desk->bytes.length, refused = 0;
    for (size_t i = 0; i < length; i++) {
        char *copy = base_alloc(i); /* so that what stands behind is nobody's */
        memcpy(copy, desk->bytes.at, i);
        struct text rest = {copy, i};
        assert_false(data_unpack(&rest, shape, &desk->arena, again));
        base_free(copy);
    }
    for (size_t i = 0; i < length; i++) {
        for (int flip = 1; flip < 256; flip *= 2) {
            struct text rest = buffer_text(&desk->bytes);
            desk->bytes.at[i] ^= (char)flip;
            refused += !data_unpack(&rest, shape, &desk->arena, again);
            desk->bytes.at[i] ^= (char)flip;
        }
    }
    assert_true(refused > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_of_every_kind_comes_back),
        cmocka_unit_test(every_field_of_a_track_comes_back),
        cmocka_unit_test(what_is_absent_comes_back_absent),
        cmocka_unit_test(pasted_lines_and_aspects_come_back),
        cmocka_unit_test(damaged_bytes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
