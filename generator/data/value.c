/* Values: making them, comparing them, and reaching into lists, maps and arrays. */
#include "data/data.h"

struct data_value data_list_new(struct arena *arena)
{
    struct data_value value = {.kind = DATA_LIST};
    value.as.list = arena_alloc(arena, sizeof *value.as.list);
    return value;
}

struct data_value data_map_new(struct arena *arena)
{
    struct data_value value = {.kind = DATA_MAP};
    value.as.map = arena_alloc(arena, sizeof *value.as.map);
    return value;
}

void data_list_add(struct arena *arena, struct data_list *list, struct data_value value)
{
    struct data_value *room =
        list_add(&list->items, &list->count, &list->capacity, arena, sizeof *room);
    *room = value;
}

static bool is_text(const struct data_value *value)
{
    return value->kind == DATA_TEXT || value->kind == DATA_HTML;
}

/* Most keys are texts, and most that are not meant differ in length or in the first letter. */
static struct data_entry *find_text(const struct data_map *map, struct text key)
{
    struct data_entry *entry = map->entries;
    if (!data_has_mark(map, data_mark_of(key)))
        return NULL;
    for (size_t left = map->count; left > 0; left--, entry++) {
        struct text text = entry->key.as.text;
        if (!is_text(&entry->key) || text.length != key.length)
            continue;
        if (key.length == 0 ||
            (text.at[0] == key.at[0] && memcmp(text.at, key.at, key.length) == 0))
            return entry;
    }
    return NULL;
}

static struct data_entry *find_entry(const struct data_map *map, const struct data_value *key)
{
    if (is_text(key))
        return find_text(map, key->as.text);
    for (size_t i = 0; i < map->count; i++)
        if (data_equal(&map->entries[i].key, key))
            return &map->entries[i];
    return NULL;
}

struct data_value *data_map_add(struct arena *arena, struct data_map *map, struct data_value key)
{
    struct data_entry *entry =
        list_add(&map->entries, &map->count, &map->capacity, arena, sizeof *entry);
    uint8_t mark = is_text(&key) ? data_mark_of(key.as.text) : 0;
    map->marks[mark / 64] |= UINT64_C(1) << (mark % 64);
    entry->key = key;
    return &entry->value;
}

void data_map_set(
    struct arena *arena, struct data_map *map, struct data_value key, struct data_value value)
{
    struct data_entry *entry = find_entry(map, &key);
    *(entry ? &entry->value : data_map_add(arena, map, key)) = value;
}

const struct data_value *data_map_get(const struct data_map *map, struct data_value key)
{
    const struct data_entry *entry = find_entry(map, &key);
    return entry ? &entry->value : NULL;
}

const struct data_value *data_map_get_text(const struct data_map *map, struct text key)
{
    const struct data_entry *entry = find_text(map, key);
    return entry ? &entry->value : NULL;
}

const struct data_value *data_map_find(const struct data_map *map, const char *key)
{
    return data_map_get_text(map, text_of(key));
}

struct data_value data_copy(struct arena *arena, const struct data_value *value)
{
    struct data_value copy = *value;
    if (value->kind == DATA_TEXT || value->kind == DATA_HTML)
        copy.as.text = arena_text(arena, value->as.text);
    if (value->kind == DATA_LIST)
        copy.as.list = data_list_new(arena).as.list;
    if (value->kind == DATA_MAP)
        copy.as.map = data_map_new(arena).as.map;
    for (size_t i = 0; value->kind == DATA_LIST && i < value->as.list->count; i++)
        data_list_add(arena, copy.as.list, data_copy(arena, &value->as.list->items[i]));
    for (size_t i = 0; value->kind == DATA_MAP && i < value->as.map->count; i++) {
        const struct data_entry *entry = &value->as.map->entries[i];
        data_map_set(
            arena, copy.as.map, data_copy(arena, &entry->key), data_copy(arena, &entry->value));
    }
    return copy;
}

size_t data_count(const struct data_value *value)
{
    switch ((enum data_kind)value->kind) {
    case DATA_TEXT:
    case DATA_HTML: return text_count_points(value->as.text);
    case DATA_LIST: return value->as.list->count;
    case DATA_MAP: return value->as.map->count;
    case DATA_ARRAY: return value->as.array.array->count;
    default: return 0;
    }
}

static struct data_value array_item(const struct data_value *value, size_t index)
{
    const struct data_field *field = value->as.array.field;
    const struct data_array *array = value->as.array.array;
    if (field->kind == FIELD_TEXTS)
        return data_text(((const struct text *)array->items)[index]);
    return data_thing(field->of, ((const void *const *)array->items)[index]);
}

struct data_value data_item(const struct data_value *value, size_t index)
{
    if (index >= data_count(value))
        return data_undefined();
    if (value->kind == DATA_LIST)
        return value->as.list->items[index];
    if (value->kind == DATA_ARRAY)
        return array_item(value, index);
    return data_undefined();
}

enum { LINE_BYTES = 64, MOST_LINES = 10 }; /* of the processor's memory */

/* Inline, since nothing that the compiler knows of comes of it: it would drop a call. */
__attribute__((always_inline)) static inline void fetch(const void *at, size_t bytes)
{
    for (size_t i = 0; i < bytes && i < (size_t)LINE_BYTES * MOST_LINES; i += LINE_BYTES)
        __builtin_prefetch((const char *)at + i);
}

void data_fetch_ahead(const struct data_value *value, size_t index)
{
    enum { thing_ahead = 4, base_ahead = 2 };
    if (value->kind != DATA_ARRAY || value->as.array.field->kind != FIELD_THINGS)
        return;
    const struct data_type *type = value->as.array.field->of;
    const char *const *things = value->as.array.array->items;
    size_t count = value->as.array.array->count;
    const void *base;
    if (index + thing_ahead < count)
        fetch(things[index + thing_ahead], type->size);
    if (!type->base || index + base_ahead >= count || !things[index + base_ahead])
        return;
    memcpy(&base, things[index + base_ahead] + type->base_offset, sizeof base);
    fetch(base, type->base->size);
}

/* ---- Equality ----------------------------------------------------------------------------------- */

static bool is_number(const struct data_value *value)
{
    return value->kind == DATA_INTEGER || value->kind == DATA_FLOAT || value->kind == DATA_YES_NO;
}

static double number_of(const struct data_value *value)
{
    if (value->kind == DATA_FLOAT)
        return value->as.number;
    return value->kind == DATA_YES_NO ? value->as.yes : (double)value->as.integer;
}

static bool equal_numbers(const struct data_value *a, const struct data_value *b)
{
    if (a->kind == DATA_INTEGER && b->kind == DATA_INTEGER)
        return a->as.integer == b->as.integer;
    double x = number_of(a), y = number_of(b);
    return !(x < y) && !(x > y) && x == x && y == y;
}

static bool is_sequence(const struct data_value *value)
{
    return value->kind == DATA_LIST || value->kind == DATA_ARRAY;
}

static bool equal_sequences(const struct data_value *a, const struct data_value *b)
{
    size_t count = data_count(a);
    if (count != data_count(b))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct data_value x = data_item(a, i), y = data_item(b, i);
        if (!data_equal(&x, &y))
            return false;
    }
    return true;
}

static bool equal_maps(const struct data_map *a, const struct data_map *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct data_value *other = data_map_get(b, a->entries[i].key);
        if (!other || !data_equal(&a->entries[i].value, other))
            return false;
    }
    return true;
}

bool data_equal(const struct data_value *a, const struct data_value *b)
{
    if (is_text(a) && is_text(b))
        return text_equal(a->as.text, b->as.text);
    if (is_number(a) && is_number(b))
        return equal_numbers(a, b);
    if (is_sequence(a) && is_sequence(b))
        return equal_sequences(a, b);
    if (a->kind != b->kind)
        return false;
    switch ((enum data_kind)a->kind) {
    case DATA_UNDEFINED:
    case DATA_NONE: return true;
    case DATA_DATE: return data_date_compare(a->as.date, b->as.date) == 0;
    case DATA_MAP: return equal_maps(a->as.map, b->as.map);
    case DATA_THING: return a->as.thing.at == b->as.thing.at;
    case DATA_OPAQUE:
        return a->as.opaque.tag == b->as.opaque.tag && a->as.opaque.at == b->as.opaque.at;
    default: return false;
    }
}

const char *data_kind_name(enum data_kind kind)
{
    static const char *const names[] = {
        [DATA_UNDEFINED] = "nothing",
        [DATA_NONE] = "nothing",
        [DATA_YES_NO] = "yes or no",
        [DATA_INTEGER] = "a whole number",
        [DATA_FLOAT] = "a number",
        [DATA_DATE] = "a date",
        [DATA_TEXT] = "text",
        [DATA_HTML] = "HTML",
        [DATA_LIST] = "a list",
        [DATA_MAP] = "a map",
        [DATA_THING] = "a thing",
        [DATA_ARRAY] = "a list",
        [DATA_OPAQUE] = "a function",
    };
    return names[kind];
}
