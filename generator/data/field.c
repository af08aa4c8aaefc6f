/*
 * Reading the fields of a struct through its rows.
 *
 *     view (type review)                record (its base)
 *     +--------------+                  +---------------+
 *     | number       |   base_offset    | title         |
 *     | record ------+----------------> | rating        |
 *     | drama        |                  | ...           |
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

static void note(struct data_reads *reads, uint32_t number, enum data_group group)
{
    base_assert(number < reads->things);
    if (reads->masks[number] == 0)
        reads->touched[reads->count++] = number;
    reads->masks[number] |= (uint8_t)(1u << group);
}

static const struct data_field *find_field(const struct data_type *type, struct text name)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (!(type->fields[i].flags & FIELD_HIDDEN) && text_is(name, type->fields[i].name))
            return &type->fields[i];
    return NULL;
}

struct data_access data_resolve(const struct data_type *type, struct text name)
{
    struct data_access access = {.field = find_field(type, name)};
    if (!access.field && type->base) {
        access.field = find_field(type->base, name);
        access.through_base = access.field != NULL;
    }
    return access;
}

__attribute__((noinline)) static void load_word(
    const struct data_field *field, int index, struct data_value *into)
{
    *into = index < 0 ? data_none() : data_text(text_of(field->words[index]));
}

/* What stands in memory at `at`, as the row says. */
static inline void load(const struct data_field *field, const void *at, struct data_value *into)
{
    switch (field->kind) {
    case FIELD_TEXT: *into = data_text(*(const struct text *)at); return;
    case FIELD_HTML: *into = data_html(*(const struct text *)at); return;
    case FIELD_YES_NO: *into = data_yes_no(*(const bool *)at); return;
    case FIELD_INTEGER:
        *into = *(const int64_t *)at == DATA_NO_INTEGER ? data_none()
                                                        : data_integer(*(const int64_t *)at);
        return;
    case FIELD_FLOAT:
        *into = isnan(*(const double *)at) ? data_none() : data_float(*(const double *)at);
        return;
    case FIELD_DATE:
        *into = ((const struct data_date *)at)->month ? data_date(*(const struct data_date *)at)
                                                      : data_none();
        return;
    case FIELD_WORD: load_word(field, *(const int *)at, into); return;
    case FIELD_THING: *into = data_thing(field->of, *(const void *const *)at); return;
    case FIELD_TEXTS:
    case FIELD_THINGS:
        *into = (struct data_value){.kind = DATA_ARRAY, .as.array = {field, at}};
        return;
    case FIELD_VALUE: *into = *(const struct data_value *)at; return;
    case FIELD_COMPUTED: break;
    }
    *into = data_undefined();
}

/* What most readings have no need of stands in functions of its own: reading takes few instructions. */
__attribute__((noinline)) static void note_reading(
    const struct data_type *type, const char *at, struct data_access access, struct data_run *run)
{
    note(run->reads, *(const uint32_t *)(const void *)(at + type->number_offset),
        access.field->group);
}

__attribute__((noinline)) static void compute(
    const struct data_field *field, const void *at, struct data_run *run, struct data_value *into)
{
    *into = field->compute(at, run);
}

void data_read(const struct data_type *type, const void *at, struct data_access access,
    struct data_run *run, struct data_value *into)
{
    const char *bytes = at;
    if (run && run->reads && type->is_numbered)
        note_reading(type, at, access, run);
    if (access.through_base)
        bytes = *(const char *const *)(const void *)(bytes + type->base_offset);
    if (access.field->kind == FIELD_COMPUTED)
        compute(access.field, bytes, run, into);
    else
        load(access.field, bytes + access.field->offset, into);
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
    data_read(value->as.thing.type, value->as.thing.at, access, run, &read);
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
