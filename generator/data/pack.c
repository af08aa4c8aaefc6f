/*
 * Structs as bytes, by their rows.
 *
 *     struct  = which of its words are not as in an absent one, a bit each; those words, less what they are
 *               there, but for the first of each pointer; then what the pointers lead to
 *     text    = 0: absent; else its length + 1, its bytes, and a zero byte
 *     texts   = count, texts             things = count, structs
 *     thing   = a struct                 value  = its kind, its place, and what it holds
 *
 * A part of a struct is packed like a thing that it has. Most members of most records are absent, so a
 * track takes some 40 bytes and its texts. Numbers have seven bits a byte.
 *
 * Bytes that come from a disk are not trusted: each length is held against what is left.
 */
#include "data/data.h"

/* A member that leads elsewhere. */
struct pointer {
    size_t offset;
    enum data_field_kind kind;
    const struct data_shape *of;
    const void *nowhere; /* of a thing: where it leads when there is none */
};

enum { WORD_BITS = 64, MOST_WORDS = 192, MOST_CHUNKS = MOST_WORDS / WORD_BITS };

struct data_shape {
    size_t size, words, chunks;
    const struct pointer *pointers[MOST_WORDS]; /* by the word in which they begin */
    const uint64_t *absent;                     /* the words of a struct that nobody filled */
};

/* ---- Shapes --------------------------------------------------------------------------------------------- */

static bool leads_elsewhere(enum data_field_kind kind)
{
    return kind == FIELD_TEXT || kind == FIELD_HTML || kind == FIELD_THING || kind == FIELD_TEXTS ||
           kind == FIELD_THINGS || kind == FIELD_VALUE;
}

static struct data_shape *new_shape(const void *absent, size_t size, struct arena *arena)
{
    struct data_shape *shape = arena_alloc(arena, sizeof *shape);
    shape->absent = absent;
    shape->size = size;
    shape->words = size / sizeof(uint64_t);
    shape->chunks = (shape->words + WORD_BITS - 1) / WORD_BITS;
    base_assert(size % sizeof(uint64_t) == 0 && shape->words <= MOST_WORDS);
    return shape;
}

static struct pointer *add_pointer(
    struct data_shape *shape, size_t offset, enum data_field_kind kind, struct arena *arena)
{
    struct pointer *pointer = arena_alloc(arena, sizeof *pointer);
    *pointer = (struct pointer){.offset = offset, .kind = kind};
    shape->pointers[offset / sizeof(uint64_t)] = pointer;
    return pointer;
}

/* Of the members that stand in the part; NULL: in the struct itself. */
static void add_members(struct data_shape *shape, const struct data_type *type,
    const struct data_part *part, struct arena *arena)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const struct data_field *field = &type->fields[i];
        if (field->part != part || !leads_elsewhere(field->kind) ||
            shape->pointers[field->offset / sizeof(uint64_t)])
            continue; /* `artist` is `artists` */
        struct pointer *pointer = add_pointer(shape, field->offset, field->kind, arena);
        if (field->kind == FIELD_THING || field->kind == FIELD_THINGS)
            pointer->of = data_shape_of(field->of, arena);
    }
}

static void add_part(struct data_shape *shape, const struct data_type *type, struct arena *arena)
{
    const struct data_part *part = type->part;
    struct data_shape *of = new_shape(part->absent, part->size, arena);
    struct pointer *pointer = add_pointer(shape, part->offset, FIELD_THING, arena);
    add_members(of, type, part, arena);
    pointer->of = of;
    pointer->nowhere = part->absent;
}

const struct data_shape *data_shape_of(const struct data_type *type, struct arena *arena)
{
    void *absent = arena_alloc(arena, type->size);
    data_set_absent(type, absent);
    struct data_shape *shape = new_shape(absent, type->size, arena);
    add_members(shape, type, NULL, arena);
    if (type->part)
        add_part(shape, type, arena);
    return shape;
}

/* ---- Packing -------------------------------------------------------------------------------------------- */

void data_pack_text(struct buffer *out, struct text text)
{
    buffer_add_number(out, text.at ? text.length + 1 : 0);
    buffer_add(out, text);
    if (text.at)
        buffer_add_byte(out, '\0');
}

static void pack_value(struct buffer *out, const struct data_value *value);

static void pack_items(struct buffer *out, const struct data_value *value)
{
    const struct data_list *list = value->as.list;
    buffer_add_number(out, list->count);
    for (size_t i = 0; i < list->count; i++)
        pack_value(out, &list->items[i]);
}

static void pack_entries(struct buffer *out, const struct data_value *value)
{
    const struct data_map *map = value->as.map;
    buffer_add_number(out, map->count);
    for (size_t i = 0; i < map->count; i++) {
        pack_value(out, &map->entries[i].key);
        pack_value(out, &map->entries[i].value);
    }
}

/* What a writer may type; the structs of things and the like are none of it. */
static void pack_value(struct buffer *out, const struct data_value *value)
{
    buffer_add_number(out, value->kind);
    buffer_add_byte(out, (char)value->plain);
    buffer_add_number(out, value->line);
    buffer_add_number(out, value->column);
    buffer_add_number(out, value->points);
    switch ((enum data_kind)value->kind) {
    case DATA_TEXT:
    case DATA_HTML: data_pack_text(out, value->as.text); break;
    case DATA_LIST: pack_items(out, value); break;
    case DATA_MAP: pack_entries(out, value); break;
    case DATA_UNDEFINED:
    case DATA_NONE: break;
    case DATA_YES_NO:
    case DATA_INTEGER:
    case DATA_FLOAT:
    case DATA_DATE:
        buffer_add(out, (struct text){(const char *)&value->as, sizeof value->as});
        break;
    default: base_assert(false);
    }
}

static void pack_array(struct buffer *out, const struct pointer *pointer, const void *at)
{
    const struct data_array *array = at;
    buffer_add_number(out, array->count);
    for (size_t i = 0; i < array->count; i++) {
        if (pointer->kind == FIELD_TEXTS)
            data_pack_text(out, ((const struct text *)array->items)[i]);
        else
            data_pack(out, pointer->of, ((const void *const *)array->items)[i]);
    }
}

static void pack_pointer(struct buffer *out, const struct pointer *pointer, const void *at)
{
    switch (pointer->kind) {
    case FIELD_TEXT:
    case FIELD_HTML: data_pack_text(out, *(const struct text *)at); break;
    case FIELD_TEXTS:
    case FIELD_THINGS: pack_array(out, pointer, at); break;
    case FIELD_VALUE: pack_value(out, at); break;
    default: data_pack(out, pointer->of, *(const void *const *)at); break;
    }
}

/* Bytes of a pointing member in its struct. */
static size_t pointer_bytes(enum data_field_kind kind)
{
    switch (kind) {
    case FIELD_THING: return sizeof(void *);
    case FIELD_VALUE: return sizeof(struct data_value);
    case FIELD_TEXTS:
    case FIELD_THINGS: return sizeof(struct data_array);
    default: return sizeof(struct text);
    }
}

/* Whether the pointer leads nowhere, as in an absent struct. */
static bool is_nowhere(const struct pointer *pointer, const void *at)
{
    const void *first;
    if (pointer->kind == FIELD_VALUE)
        return ((const struct data_value *)at)->kind == DATA_NONE;
    if (pointer->kind == FIELD_TEXTS || pointer->kind == FIELD_THINGS)
        return ((const struct data_array *)at)->count == 0;
    memcpy(&first, at, sizeof first);
    return first == pointer->nowhere;
}

/* The words of the struct less those of an absent one; of a pointing member only whether it is there. */
static void take_words(const struct data_shape *shape, const void *at, uint64_t *words)
{
    memcpy(words, at, shape->size);
    for (size_t i = 0; i < shape->words; i++)
        words[i] ^= shape->absent[i];
    for (size_t i = 0; i < shape->words; i++) {
        const struct pointer *pointer = shape->pointers[i];
        if (!pointer)
            continue;
        memset(words + i, 0, pointer_bytes(pointer->kind));
        words[i] = !is_nowhere(pointer, (const char *)at + pointer->offset);
    }
}

void data_pack(struct buffer *out, const struct data_shape *shape, const void *at)
{
    uint64_t words[MOST_WORDS], bits[MOST_CHUNKS] = {0};
    take_words(shape, at, words);
    for (size_t i = 0; i < shape->words; i++)
        bits[i / WORD_BITS] |= (uint64_t)(words[i] != 0) << i % WORD_BITS;
    for (size_t i = 0; i < shape->chunks; i++)
        buffer_add_number(out, bits[i]);
    for (size_t i = 0; i < shape->words; i++)
        if (words[i] && !shape->pointers[i])
            buffer_add_number(out, words[i]);
    for (size_t i = 0; i < shape->words; i++)
        if (words[i] && shape->pointers[i])
            pack_pointer(out, shape->pointers[i], (const char *)at + shape->pointers[i]->offset);
}

/* ---- Unpacking ------------------------------------------------------------------------------------------ */

static bool take_byte(struct text *rest, unsigned *byte)
{
    if (!rest->length)
        return false;
    *byte = (unsigned char)rest->at[0];
    *rest = text_slice(*rest, 1, rest->length);
    return true;
}

bool data_unpack_count(struct text *rest, size_t *count)
{
    uint64_t number;
    if (!text_take_number(rest, &number) || number > rest->length)
        return false;
    *count = (size_t)number;
    return true;
}

bool data_unpack_text(struct text *rest, struct text *text)
{
    size_t length;
    if (!data_unpack_count(rest, &length) || (length && rest->at[length - 1] != '\0'))
        return false;
    *text = length ? text_slice(*rest, 0, length - 1) : TEXT_NONE;
    *rest = text_slice(*rest, length, rest->length);
    return true;
}

enum { MOST_DEPTH = 64 }; /* YAML has 32 */

static bool unpack_value(
    struct text *rest, struct arena *arena, unsigned depth, struct data_value *value);

static bool unpack_items(
    struct text *rest, struct arena *arena, unsigned depth, struct data_value *value)
{
    struct data_value list = data_list_new(arena), item;
    size_t count;
    value->as.list = list.as.list;
    if (!data_unpack_count(rest, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!unpack_value(rest, arena, depth + 1, &item))
            return false;
        data_list_add(arena, value->as.list, item);
    }
    return true;
}

static bool unpack_entries(
    struct text *rest, struct arena *arena, unsigned depth, struct data_value *value)
{
    struct data_value map = data_map_new(arena), key, item;
    size_t count;
    value->as.map = map.as.map;
    if (!data_unpack_count(rest, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!unpack_value(rest, arena, depth + 1, &key) ||
            !unpack_value(rest, arena, depth + 1, &item))
            return false;
        *data_map_add(arena, value->as.map, key) = item;
    }
    return true;
}

static bool unpack_place(struct text *rest, struct data_value *value)
{
    uint64_t kind, line, column, points;
    unsigned plain;
    if (!text_take_number(rest, &kind) || !take_byte(rest, &plain) ||
        !text_take_number(rest, &line) || !text_take_number(rest, &column) ||
        !text_take_number(rest, &points))
        return false;
    *value = (struct data_value){.kind = (uint8_t)kind,
        .plain = plain != 0,
        .line = (uint32_t)line,
        .column = (uint32_t)column,
        .points = (uint32_t)points};
    return true;
}

static bool unpack_value(
    struct text *rest, struct arena *arena, unsigned depth, struct data_value *value)
{
    if (depth > MOST_DEPTH || !unpack_place(rest, value))
        return false;
    switch ((enum data_kind)value->kind) {
    case DATA_TEXT:
    case DATA_HTML: return data_unpack_text(rest, &value->as.text) && value->as.text.at;
    case DATA_LIST: return unpack_items(rest, arena, depth, value);
    case DATA_MAP: return unpack_entries(rest, arena, depth, value);
    case DATA_UNDEFINED:
    case DATA_NONE: return true;
    case DATA_YES_NO:
    case DATA_INTEGER:
    case DATA_FLOAT:
    case DATA_DATE:
        if (rest->length < sizeof value->as)
            return false;
        memcpy(&value->as, rest->at, sizeof value->as);
        *rest = text_slice(*rest, sizeof value->as, rest->length);
        return true;
    default: return false;
    }
}

static bool unpack_texts(struct text *rest, struct arena *arena, struct data_array *array)
{
    size_t count;
    if (!data_unpack_count(rest, &count))
        return false;
    struct text *texts = arena_array(arena, count, sizeof *texts);
    *array = (struct data_array){texts, count};
    for (size_t i = 0; i < count; i++)
        if (!data_unpack_text(rest, &texts[i]))
            return false;
    return true;
}

static void *unpack_thing(struct text *rest, const struct data_shape *shape, struct arena *arena)
{
    void *thing = arena_alloc(arena, shape->size);
    return data_unpack(rest, shape, arena, thing) ? thing : NULL;
}

static bool unpack_things(struct text *rest, const struct data_shape *shape, struct arena *arena,
    struct data_array *array)
{
    size_t count;
    if (!data_unpack_count(rest, &count))
        return false;
    void **things = arena_array(arena, count, sizeof *things);
    *array = (struct data_array){things, count};
    for (size_t i = 0; i < count; i++)
        if (!(things[i] = unpack_thing(rest, shape, arena)))
            return false;
    return true;
}

static bool unpack_pointer(
    struct text *rest, const struct pointer *pointer, struct arena *arena, void *at)
{
    switch (pointer->kind) {
    case FIELD_TEXT:
    case FIELD_HTML: return data_unpack_text(rest, at);
    case FIELD_TEXTS: return unpack_texts(rest, arena, at);
    case FIELD_THINGS: return unpack_things(rest, pointer->of, arena, at);
    case FIELD_VALUE: return unpack_value(rest, arena, 0, at);
    default: return (*(void **)at = unpack_thing(rest, pointer->of, arena)) != NULL;
    }
}

/* The words of one chunk that are no pointers; adds those that are to `leads`. */
static bool unpack_words(struct text *rest, const struct data_shape *shape, size_t from,
    uint64_t bits, uint64_t *words, const struct pointer **leads, size_t *count)
{
    for (; bits; bits &= bits - 1) {
        size_t word = from + (size_t)__builtin_ctzll(bits);
        uint64_t number;
        if (word >= shape->words)
            return false;
        if (shape->pointers[word])
            leads[(*count)++] = shape->pointers[word];
        else if (text_take_number(rest, &number))
            words[word] ^= number;
        else
            return false;
    }
    return true;
}

bool data_unpack(struct text *rest, const struct data_shape *shape, struct arena *arena, void *into)
{
    const struct pointer *leads[MOST_WORDS];
    uint64_t bits[MOST_CHUNKS], *words = into;
    size_t count = 0;
    memcpy(into, shape->absent, shape->size);
    for (size_t i = 0; i < shape->chunks; i++)
        if (!text_take_number(rest, &bits[i]))
            return false;
    for (size_t i = 0; i < shape->chunks; i++)
        if (!unpack_words(rest, shape, i * WORD_BITS, bits[i], words, leads, &count))
            return false;
    for (size_t i = 0; i < count; i++)
        if (!unpack_pointer(rest, leads[i], arena, (char *)into + leads[i]->offset))
            return false;
    return true;
}
