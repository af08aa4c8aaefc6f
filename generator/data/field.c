/*
 * Reading the fields of a struct through its rows.
 *
 *     view (type review)                record (its base)
 *     +--------------+                  +---------------+
 *     | number       |   base_offset    | title         |
 *     | record ------+----------------> | rating        |
 *     | drama        |                  | more ---------+---> a part, or what stands for none
 *     +--------------+                  +---------------+
 */
#include "data/data.h"

void data_reads_init(struct data_reads *reads, struct arena *arena, uint32_t things)
{
    reads->masks = arena_array(arena, things, sizeof *reads->masks);
    reads->touched = arena_array(arena, things, sizeof *reads->touched);
    reads->count = 0;
    reads->things = things;
}

void data_reads_clear(struct data_reads *reads)
{
    for (uint32_t i = 0; i < reads->count; i++)
        reads->masks[reads->touched[i]] = 0;
    reads->count = 0;
}

static void touch(struct data_reads *reads, uint32_t number)
{
    reads->touched[reads->count++] = number;
}

void data_note(const struct data_run *run, uint32_t number, enum data_group group)
{
    struct data_reads *reads = run->reads;
    if (!reads)
        return;
    base_assert(number < reads->things);
    if (reads->masks[number] == 0)
        touch(reads, number);
    reads->masks[number] |= (uint8_t)(1u << group);
}

static void set_field_absent(const struct data_field *field, void *at)
{
    if (field->kind == FIELD_INTEGER)
        *(int64_t *)at = DATA_NO_INTEGER;
    else if (field->kind == FIELD_FLOAT)
        *(double *)at = NAN;
    else if (field->kind == FIELD_WORD)
        *(int *)at = field->flags & FIELD_NEVER_NONE ? 0 : -1;
    else if (field->kind == FIELD_VALUE)
        *(struct data_value *)at = data_none();
}

void data_set_absent(const struct data_type *type, void *record)
{
    memset(record, 0, type->size);
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].kind != FIELD_COMPUTED && !type->fields[i].part)
            set_field_absent(&type->fields[i], (char *)record + type->fields[i].offset);
    if (type->part)
        memcpy((char *)record + type->part->offset, &type->part->absent, sizeof(void *));
}

void *data_own_part(const struct data_part *part, void *record, struct arena *arena)
{
    void *own;
    memcpy(&own, (char *)record + part->offset, sizeof own);
    if (own == part->absent) {
        own = memcpy(arena_alloc(arena, part->size), part->absent, part->size);
        memcpy((char *)record + part->offset, &own, sizeof own);
    }
    return own;
}

void *data_own_member(const struct data_field *field, void *record, struct arena *arena)
{
    char *at = field->part ? data_own_part(field->part, record, arena) : record;
    return at + field->offset;
}

static const struct data_field *find_field(const struct data_type *type, struct text name)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (name.length && name.at[0] == type->fields[i].name[0] && /* spares most comparisons */
            !(type->fields[i].flags & FIELD_HIDDEN) && text_is(name, type->fields[i].name))
            return &type->fields[i];
    return NULL;
}

struct data_access data_resolve(const struct data_type *type, struct text name)
{
    const struct data_field *field = find_field(type, name);
    bool through_base = !field && type->base;
    if (through_base)
        field = find_field(type->base, name);
    if (!field)
        return (struct data_access){.field = NULL};
    return (struct data_access){.field = field,
        .offset = (uint32_t)field->offset,
        .base_offset = (uint32_t)type->base_offset,
        .number_offset = (uint32_t)type->number_offset,
        .kind = (uint8_t)field->kind,
        .groups = (uint8_t)(1u << field->group),
        .through_base = through_base,
        .is_numbered = type->is_numbered,
        .is_apart = field->part != NULL,
        .part_offset = field->part ? (uint32_t)field->part->offset : 0};
}

/* Two words that are stored at once: a value is often copied right after it was read, and a processor
 * waits when it loads together what was stored in parts. */
typedef uint64_t two_words __attribute__((vector_size(16)));

static inline void put_kind(struct data_value *into, enum data_kind kind)
{
    const int shift = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 0 : 56;
    two_words words = {(uint64_t)kind << shift, 0}; /* not plain, and from no line */
    _Static_assert(offsetof(struct data_value, as) == sizeof words, "all that is before the union");
    memcpy(into, &words, sizeof words);
}

static inline void put_text(struct data_value *into, enum data_kind kind, struct text text)
{
    put_kind(into, text.at ? kind : DATA_NONE);
    into->as.text = text;
}

static inline void put_pointers(
    struct data_value *into, enum data_kind kind, const void *first, const void *second)
{
    two_words words = {(uintptr_t)first, (uintptr_t)second};
    put_kind(into, kind);
    memcpy(&into->as, &words, sizeof words);
}

__attribute__((noinline)) static void load_word(
    const struct data_field *field, int index, struct data_value *into)
{
    *into = index < 0 ? data_none() : data_text(text_of(field->words[index]));
}

/* What stands in memory at `at`, as the row says. */
static inline void load(const struct data_access *access, const void *at, struct data_value *into)
{
    const struct data_field *field = access->field;
    const void *thing;
    switch ((enum data_field_kind)access->kind) {
    case FIELD_TEXT: put_text(into, DATA_TEXT, *(const struct text *)at); return;
    case FIELD_HTML: put_text(into, DATA_HTML, *(const struct text *)at); return;
    case FIELD_YES_NO: *into = data_yes_no(*(const bool *)at); return;
    case FIELD_INTEGER:
        into->as.integer = *(const int64_t *)at;
        put_kind(into, into->as.integer == DATA_NO_INTEGER ? DATA_NONE : DATA_INTEGER);
        return;
    case FIELD_FLOAT:
        into->as.number = *(const double *)at;
        put_kind(into, isnan(into->as.number) ? DATA_NONE : DATA_FLOAT);
        return;
    case FIELD_DATE:
        into->as.date = *(const struct data_date *)at;
        put_kind(into, into->as.date.month ? DATA_DATE : DATA_NONE);
        return;
    case FIELD_WORD: load_word(field, *(const int *)at, into); return;
    case FIELD_THING:
        thing = *(const void *const *)at;
        put_pointers(into, thing ? DATA_THING : DATA_NONE, field->of, thing);
        return;
    case FIELD_TEXTS:
    case FIELD_THINGS: put_pointers(into, DATA_ARRAY, field, at); return;
    case FIELD_VALUE: *into = *(const struct data_value *)at; return;
    case FIELD_COMPUTED: break;
    }
    *into = data_undefined();
}

/* In a function of its own, which most readings have no need of. */
__attribute__((noinline)) static void compute(
    const struct data_field *field, const void *at, struct data_run *run, struct data_value *into)
{
    *into = field->compute(at, run);
}

/* The first reading of a thing, in a function of its own likewise. */
__attribute__((noinline)) static void read_first(const struct data_access *access, const void *at,
    struct data_run *run, uint32_t number, struct data_value *into)
{
    base_assert(number < run->reads->things);
    touch(run->reads, number);
    run->reads->masks[number] = access->groups;
    data_read(access, at, run, into);
}

void data_read(
    const struct data_access *access, const void *at, struct data_run *run, struct data_value *into)
{
    const char *bytes = at;
    if (access->is_numbered && run && run->reads) {
        uint32_t number = *(const uint32_t *)(const void *)(bytes + access->number_offset);
        uint8_t *mask = &run->reads->masks[number];
        if (number >= run->reads->things || *mask == 0) {
            read_first(access, at, run, number, into);
            return;
        }
        *mask |= access->groups;
    }
    if (access->through_base)
        bytes = *(const char *const *)(const void *)(bytes + access->base_offset);
    if (access->is_apart)
        bytes = *(const char *const *)(const void *)(bytes + access->part_offset);
    if (access->kind == FIELD_COMPUTED)
        compute(access->field, bytes, run, into);
    else
        load(access, bytes + access->offset, into);
}

struct data_value data_get(const struct data_value *value, struct text name, struct data_run *run)
{
    if (value->kind == DATA_MAP) {
        const struct data_value *found = data_map_get_text(value->as.map, name);
        return found ? *found : data_undefined();
    }
    if (value->kind != DATA_THING)
        return data_undefined();
    struct data_access access = data_resolve(value->as.thing.type, name);
    if (!access.field)
        return data_undefined();
    struct data_value read;
    data_read(&access, value->as.thing.at, run, &read);
    return read;
}

bool data_may_be_absent(const struct data_field *field)
{
    if (field->flags & (FIELD_REQUIRED | FIELD_NEVER_NONE))
        return false;
    switch (field->kind == FIELD_COMPUTED ? field->gives : field->kind) {
    case FIELD_YES_NO:
    case FIELD_TEXTS:
    case FIELD_THINGS:
    case FIELD_VALUE:
    case FIELD_COMPUTED: return false;
    default: return true;
    }
}

static size_t add_names(const struct data_type *type, struct text *names, size_t count)
{
    for (size_t i = 0; type && i < type->field_count; i++)
        if (!(type->fields[i].flags & FIELD_HIDDEN))
            names[count++] = text_of(type->fields[i].name);
    return count;
}

size_t data_field_names(const struct data_type *type, struct arena *arena, struct text **names)
{
    size_t most = type->field_count + (type->base ? type->base->field_count : 0);
    *names = arena_array(arena, most, sizeof **names);
    return add_names(type->base, *names, add_names(type, *names, 0));
}
