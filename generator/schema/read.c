/*
 * From a map of values to a struct, by the rows of its type.
 *
 *     {title: Signal, year: 2016}  --rows-->  struct schema_drama {.title = ..., .year = 2016}
 *
 * Scalars are text until here: what "2016" or "no" means follows from the row it is for.
 */
#include "schema/schema_inside.h"
#include "unicode/unicode.h"

#include <stdlib.h>

struct place schema_place(struct text file, struct data_spot spot)
{
    return (struct place){file, spot.line, spot.column, spot.points};
}

struct place schema_place_of(const struct schema_reading *reading, const struct data_value *value)
{
    return (struct place){reading->file, value->line, value->column, value->points};
}

void schema_report_type(const struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, const char *must_be)
{
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
        "'%s' must be %s, not %s", field->name, must_be, data_kind_name(value->kind));
}

/* Each takes a reading of all the fields: a broken file has thousands of them maybe. */
enum { most_corrected = 20 };

static void note_as_text(struct schema_reading *reading, const struct data_value *value)
{
    if (reading->is_partial || reading->corrected++ >= most_corrected ||
        !data_note_as_text(reading->report, reading->yaml, reading->yaml_line, value))
        report_note(reading->report, "put quotes around a text that starts with '[' or '{'");
}

static void *member(void *record, size_t offset)
{
    return (char *)record + offset;
}

/* ---- Scalars ------------------------------------------------------------------------------------------- */

/* Undefined is what a document that broke off left open. */
bool schema_is_empty(const struct data_value *value)
{
    return value->kind == DATA_NONE || value->kind == DATA_UNDEFINED ||
           (value->kind == DATA_TEXT && text_trim(value->as.text).length == 0);
}

/* What "\x07" in quotes may bring in and neither HTML nor XML can hold. */
static bool is_control(uint32_t point)
{
    return (point < 0x20 && point != '\t' && point != '\n') || (point >= 0x7F && point < 0xA0) ||
           (point & 0xFFFE) == 0xFFFE;
}

static bool check_controls(const struct schema_reading *reading, const struct data_value *value)
{
    for (size_t at = 0; at < value->as.text.length;) {
        if (value->as.text.at[at] >= ' ' && value->as.text.at[at] < 0x7F) {
            at++; /* most of any text, without a call */
            continue;
        }
        uint32_t point = text_next_point(value->as.text, &at);
        if (!is_control(point))
            continue;
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "a control character (U+%04X) has no place in a text", (unsigned)point);
        return false;
    }
    return true;
}

struct text schema_text(const struct schema_reading *reading, const struct data_value *value)
{
    if (schema_is_empty(value) || value->kind != DATA_TEXT || !check_controls(reading, value))
        return TEXT_NONE;
    struct text normal = unicode_nfc(reading->arena, schema_linked(value->as.text));
    return arena_text(reading->arena, normal); /* with a NUL behind it */
}

bool schema_number(const struct data_value *value, double *number)
{
    char digits[32], *end;
    if (value->kind != DATA_TEXT || value->as.text.length >= sizeof digits)
        return false;
    memcpy(digits, value->as.text.at, value->as.text.length);
    digits[value->as.text.length] = 0;
    if (strspn(digits, "+-.0123456789") != value->as.text.length)
        return false;
    *number = strtod(digits, &end);
    if (end == digits || *end)
        return false;
    *number += 0.0; /* "-0" is 0: nobody wants to read it with a sign */
    return true;
}

static bool read_yes_no(
    struct schema_reading *reading, const struct data_field *field, const struct data_value *value)
{
    static const char *const yes[] = {"yes", "true", "on"}, *const no[] = {"no", "false", "off"};
    struct text text =
        value->kind == DATA_TEXT ? unicode_lower(reading->arena, value->as.text) : TEXT_NONE;
    for (size_t i = 0; i < BASE_COUNT(yes); i++) {
        if (text_is(text, yes[i]))
            return true;
        if (text_is(text, no[i]))
            return false;
    }
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
        "'%s' must be yes or no", field->name);
    return false;
}

static bool is_in_range(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, double number)
{
    if (field->most <= field->least || (number >= field->least && number <= field->most))
        return true;
    struct place place = schema_place_of(reading, value);
    if (isinf(field->most))
        report_at(reading->report, REPORT_ERROR, place, "'%s' must be %g or more", field->name,
            field->least);
    else if (isinf(field->least))
        report_at(reading->report, REPORT_ERROR, place, "'%s' must be %g or less", field->name,
            field->most);
    else
        report_at(reading->report, REPORT_ERROR, place, "'%s' must be from %g to %g", field->name,
            field->least, field->most);
    return false;
}

static double read_float(
    struct schema_reading *reading, const struct data_field *field, const struct data_value *value)
{
    double number;
    if (!schema_number(value, &number)) {
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'%s' must be a number", field->name);
        return NAN;
    }
    return is_in_range(reading, field, value, number) ? number : NAN;
}

static int64_t read_integer(
    struct schema_reading *reading, const struct data_field *field, const struct data_value *value)
{
    double number;
    if (!schema_number(value, &number) || floor(number) < number || fabs(number) > 1e15) {
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'%s' must be a whole number", field->name);
        return DATA_NO_INTEGER;
    }
    return is_in_range(reading, field, value, number) ? (int64_t)number : DATA_NO_INTEGER;
}

static struct data_date at_offset(struct data_date date, int minutes)
{
    int64_t seconds = data_date_seconds(date);
    date = data_date_of_seconds(seconds + minutes * 60);
    date.offset_minutes = (int16_t)minutes;
    date.has_offset = true;
    return date;
}

struct data_date schema_local_date(const struct schema_settings *settings, struct data_date date)
{
    const struct unicode_zone *zone = settings ? settings->zone : NULL;
    if (!zone || !date.month)
        return date;
    if (date.has_offset)
        return at_offset(date, unicode_zone_offset(zone, data_date_seconds(date)));
    date.offset_minutes = (int16_t)unicode_zone_offset_of_clock(zone, data_date_seconds(date));
    return date;
}

static struct data_date read_date(
    struct schema_reading *reading, const struct data_field *field, const struct data_value *value)
{
    struct data_date date = {0};
    if (value->kind == DATA_TEXT && data_date_read(value->as.text, &date))
        return schema_local_date(reading->settings, date);
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
        "'%s' must be a day that exists, written as 2022-04-19 or 2022-04-19 20:30", field->name);
    return (struct data_date){0};
}

static struct text join_words(struct arena *arena, const char *const *words)
{
    struct text joined = text_of(words[0]);
    for (size_t i = 1; words[i]; i++)
        joined = arena_format(arena, "%.*s%s%s", TEXT_ARGS(joined),
            words[i + 1] ? ", "
            : i > 1      ? ", or "
                         : " or ",
            words[i]);
    return joined;
}

static int read_word(
    struct schema_reading *reading, const struct data_field *field, const struct data_value *value)
{
    size_t count = 0;
    for (; field->words[count]; count++)
        if (value->kind == DATA_TEXT && text_is(value->as.text, field->words[count]))
            return (int)count;
    struct text guess = TEXT(""),
                *candidates = arena_array(reading->arena, count, sizeof *candidates);
    for (size_t i = 0; i < count; i++)
        candidates[i] = text_of(field->words[i]);
    if (value->kind == DATA_TEXT)
        guess = report_guess(reading->arena, value->as.text, candidates, count);
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
        "'%s' must be %.*s%.*s", field->name, TEXT_ARGS(join_words(reading->arena, field->words)),
        TEXT_ARGS(guess));
    return field->flags & FIELD_NEVER_NONE ? 0 : -1; /* go on with what stands for nothing typed */
}

static struct text read_text(
    struct schema_reading *reading, const struct data_field *field, const struct data_value *value)
{
    if (value->kind != DATA_TEXT) {
        schema_report_type(reading, field, value, "text");
        note_as_text(reading, value);
    }
    return schema_text(reading, value);
}

/* ---- Lists ---------------------------------------------------------------------------------------------- */

/* The items of a list, or the value itself where one alone will do. */
static bool list_items(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, const struct data_value **items, size_t *count)
{
    if (value->kind == DATA_LIST) {
        *items = value->as.list->items;
        *count = value->as.list->count;
        return true;
    }
    *items = value;
    *count = 1;
    if (field->flags & FIELD_ONE_OR_MANY)
        return true;
    schema_report_type(reading, field, value, "a list");
    return false;
}

/* One of several, or the whole value, is no text. */
static void report_item(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, const struct data_value *item)
{
    if (value->kind != DATA_LIST) {
        schema_report_type(reading, field, item, "a list of texts");
        note_as_text(reading, item);
        return;
    }
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, item),
        "each of '%s' must be text, not %s", field->name, data_kind_name(item->kind));
    note_as_text(reading, item);
}

static struct data_array read_texts(
    struct schema_reading *reading, const struct data_field *field, const struct data_value *value)
{
    const struct data_value *items;
    size_t count, kept = 0;
    if (!list_items(reading, field, value, &items, &count))
        return (struct data_array){0};
    struct text *texts = arena_array(reading->arena, count, sizeof *texts);
    for (size_t i = 0; i < count; i++) {
        if (items[i].kind != DATA_TEXT)
            report_item(reading, field, value, &items[i]);
        else if ((texts[kept] = schema_text(reading, &items[i])).at)
            kept++;
    }
    return (struct data_array){texts, kept};
}

/* A map, or a scalar that fills the type's shorthand field. */
static void *read_thing(
    struct schema_reading *reading, const struct data_field *field, const struct data_value *value)
{
    struct data_value map = *value;
    struct data_entry entry; /* room for the one key: such maps are many, and soon forgotten */
    struct data_map alone = {.entries = &entry, .capacity = 1};
    if (value->kind == DATA_TEXT && field->of->shorthand) {
        map.kind = DATA_MAP;
        map.as.map = &alone;
        *data_map_add(reading->arena, &alone, data_text(text_of(field->of->shorthand))) = *value;
    } else if (value->kind != DATA_MAP) {
        schema_report_type(
            reading, field, value, field->of->shorthand ? "a name, or a map" : "a map");
        if (field->of->shorthand)
            note_as_text(reading, value);
        return NULL;
    } else if (field->of->shorthand && schema_report_meant_text(reading, field->of, value)) {
        return NULL;
    }
    void *thing = arena_alloc(reading->arena, field->of->size);
    schema_read(reading, field->of, &map, thing);
    return thing;
}

static struct data_array read_things(
    struct schema_reading *reading, const struct data_field *field, const struct data_value *value)
{
    const struct data_value *items;
    size_t count, kept = 0;
    bool are_tags = field->of == &schema_tag_mention_type;
    struct data_value tags = are_tags ? schema_tags(reading, value) : *value;
    if (!list_items(reading, field, &tags, &items, &count))
        return (struct data_array){0};
    void **things = arena_array(reading->arena, count, sizeof *things);
    for (size_t i = 0; i < count; i++) {
        void *thing = schema_is_empty(&items[i]) ? NULL : read_thing(reading, field, &items[i]);
        if (thing)
            things[kept++] = thing;
    }
    return (struct data_array){things, kept};
}

static void check_all_controls(const struct schema_reading *reading, const struct data_value *value)
{
    if (value->kind == DATA_TEXT)
        check_controls(reading, value);
    for (size_t i = 0; value->kind == DATA_LIST && i < value->as.list->count; i++)
        check_all_controls(reading, &value->as.list->items[i]);
    for (size_t i = 0; value->kind == DATA_MAP && i < value->as.map->count; i++) {
        check_all_controls(reading, &value->as.map->entries[i].key);
        check_all_controls(reading, &value->as.map->entries[i].value);
    }
}

/* A field of the theme's own: kept as it is, with the types that its scalars look like. */
static struct data_value free_value(
    const struct schema_reading *reading, const struct data_value *value)
{
    struct data_value copy = data_copy(reading->arena, value);
    check_all_controls(reading, value);
    data_resolve_scalars(&copy);
    return copy;
}

void schema_read_raw(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    *(struct data_value *)data_own_member(field, record, reading->arena) =
        data_copy(reading->arena, value);
}

/* ---- Fields ----------------------------------------------------------------------------------------------- */

void schema_read_field(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    void *at = data_own_member(field, record, reading->arena);
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_HTML: *(struct text *)at = read_text(reading, field, value); break;
    case FIELD_YES_NO: *(bool *)at = read_yes_no(reading, field, value); break;
    case FIELD_INTEGER: *(int64_t *)at = read_integer(reading, field, value); break;
    case FIELD_FLOAT: *(double *)at = read_float(reading, field, value); break;
    case FIELD_DATE: *(struct data_date *)at = read_date(reading, field, value); break;
    case FIELD_WORD: *(int *)at = read_word(reading, field, value); break;
    case FIELD_THING: *(const void **)at = read_thing(reading, field, value); break;
    case FIELD_TEXTS: *(struct data_array *)at = read_texts(reading, field, value); break;
    case FIELD_THINGS: *(struct data_array *)at = read_things(reading, field, value); break;
    case FIELD_VALUE: *(struct data_value *)at = free_value(reading, value); break;
    case FIELD_COMPUTED: break;
    }
}

void schema_read_path(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_path *typed = data_own_member(field, record, reading->arena);
    typed->path = read_text(reading, field, value);
    typed->spot = (struct data_spot){value->line, value->column, value->points};
}

static const struct data_field *find_typed(const struct data_type *type, struct text name)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (name.length && name.at[0] == type->fields[i].name[0] && /* spares most comparisons */
            text_is(name, type->fields[i].name) && !(type->fields[i].flags & FIELD_NOT_TYPED))
            return &type->fields[i];
    return NULL;
}

/* The field that was meant by a misspelt one, as a "did you mean". */
static struct text guess_field(
    struct schema_reading *reading, const struct data_type *type, const struct data_value *key)
{
    struct text *names = arena_array(reading->arena, type->field_count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < type->field_count; i++)
        if (!(type->fields[i].flags & FIELD_NOT_TYPED))
            names[count++] = text_of(type->fields[i].name);
    return report_guess(reading->arena, key->as.text, names, count);
}

static void report_unknown(
    struct schema_reading *reading, const struct data_type *type, const struct data_value *key)
{
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, key),
        "unknown %s field '%.*s'%.*s", type->name, TEXT_ARGS(key->as.text),
        TEXT_ARGS(guess_field(reading, type, key)));
}

/* One word of small letters, as all fields are. */
static bool may_be_field(struct text key)
{
    for (size_t i = 0; i < key.length; i++)
        if (key.at[i] != '_' && (key.at[i] < 'a' || key.at[i] > 'z'))
            return false;
    return true;
}

bool schema_report_meant_text(
    struct schema_reading *reading, const struct data_type *type, const struct data_value *value)
{
    const char *flaw = "that starts with '['";
    if (value->kind == DATA_MAP) {
        const struct data_map *map = value->as.map;
        const struct data_value *key = map->count == 1 ? &map->entries[0].key : NULL;
        if (!key || find_typed(type, key->as.text) || guess_field(reading, type, key).length ||
            (!type->shorthand && may_be_field(key->as.text)))
            return false;
        flaw = key->column > value->column ? "that starts with '{'" : "with ': ' in it";
    } else if (value->kind != DATA_LIST) {
        return false;
    }
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
        "a text %s needs quotes", flaw);
    note_as_text(reading, value);
    return true;
}

/* `artist` beside `artists`: both fill one member, and the second would hide the first. */
static void check_spellings(struct schema_reading *reading, const struct data_field *field,
    const struct data_map *map, const struct data_value *key)
{
    if (field->same_as && data_map_find(map, field->same_as))
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, key),
            "'%s' and '%s' say the same: keep one of them", field->name, field->same_as);
}

/* ---- Properties of the writer's own, in a vault -------------------------------------------------------------- */

static const struct data_field *find_extra(const struct data_type *type)
{
    const struct data_field *field = find_typed(type, TEXT("extra"));
    return field && field->kind == FIELD_VALUE ? field : NULL;
}

/* What a note of Obsidian's may have beside our fields; a name near one of ours is a slip of it. */
static bool is_own(
    struct schema_reading *reading, const struct data_type *type, const struct data_value *key)
{
    return reading->is_vault && find_extra(type) && !find_typed(type, key->as.text) &&
           (schema_is_of_vaults(key->as.text) || !guess_field(reading, type, key).length);
}

/* They stand beside what the writer has put under 'extra' itself, which is not overwritten. */
static void keep_own(struct schema_reading *reading, const struct data_type *type,
    const struct data_map *map, void *record)
{
    for (size_t i = 0; reading->is_vault && i < map->count; i++) {
        const struct data_value *key = &map->entries[i].key;
        if (!is_own(reading, type, key))
            continue;
        struct data_value *extra = data_own_member(find_extra(type), record, reading->arena);
        if (extra->kind == DATA_NONE)
            *extra = data_map_new(reading->arena);
        if (extra->kind == DATA_MAP && !data_map_get_text(extra->as.map, key->as.text))
            data_map_set(reading->arena, extra->as.map, data_copy(reading->arena, key),
                free_value(reading, &map->entries[i].value));
    }
}

/* ---- Maps ---------------------------------------------------------------------------------------------------- */

static void read_entry(struct schema_reading *reading, const struct data_type *type,
    const struct data_map *map, const struct data_entry *entry, void *record)
{
    const struct data_field *field = find_typed(type, entry->key.as.text);
    if (!field) {
        if (!is_own(reading, type, &entry->key))
            report_unknown(reading, type, &entry->key);
        return;
    }
    check_spellings(reading, field, map, &entry->key);
    if (schema_is_empty(&entry->value))
        return;
    if (field->read)
        field->read(reading, field, &entry->value, record);
    else
        schema_read_field(reading, field, &entry->value, record);
}

static bool has_value(const struct data_map *map, const char *name)
{
    const struct data_value *value = data_map_find(map, name);
    return value && !schema_is_empty(value);
}

static void check_required(
    struct schema_reading *reading, const struct data_type *type, const struct data_value *map)
{
    for (size_t i = 0; !reading->is_partial && i < type->field_count; i++) {
        const struct data_field *field = &type->fields[i];
        if (!(field->flags & FIELD_REQUIRED) || has_value(map->as.map, field->name))
            continue;
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, map), "missing '%s': %s",
            field->name, field->help);
        if (field->example)
            report_note(reading->report, "for example: %s: %s", field->name, field->example);
    }
}

bool schema_read(struct schema_reading *reading, const struct data_type *type,
    const struct data_value *map, void *record)
{
    size_t errors = reading->report->errors;
    data_set_absent(type, record);
    if (type->has_spot)
        *(struct data_spot *)member(record, type->spot_offset) =
            (struct data_spot){map->line, map->column, map->points};
    if (map->kind != DATA_MAP) {
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, map),
            "fields are written as 'name: value', one a line");
        return false;
    }
    for (size_t i = 0; i < map->as.map->count; i++)
        read_entry(reading, type, map->as.map, &map->as.map->entries[i], record);
    keep_own(reading, type, map->as.map, record);
    check_required(reading, type, map);
    return reading->report->errors == errors;
}
