/*
 * What each thing's fields show, as numbers: one for each group of fields. A page that noted (thing,
 * group) shows the same as long as that number is the same.
 *
 *     writing     its own rows, and those of its listings: reading a listing counts as reading its writing
 *     a link      the key of what it leads to: whoever reads on from there notes that thing, too
 *
 * The rows of the types drive it, so that a new field is hashed without a line here. Of two rows of one
 * name only the view's counts, as for templates. A computed field has none of its own: it is made of what
 * the other rows of its group show, of the text, or it notes what else it reads.
 */
#include "catalog/catalog_inside.h"

/* A field of a view or of its record; what is asked of all of them stands side by side. */
struct row {
    const struct data_field *field;
    const struct data_part *part;
    uint32_t offset;
    uint8_t kind, group;
    bool through_base;
};

/* Those of one type that count. */
struct rows {
    const struct data_type *type;
    struct row *rows;
    size_t count;
};

enum { most_types = 16 };

struct hashing {
    const struct catalog *catalog;
    struct catalog_hash *hashes; /* by number */
    struct rows types[most_types];
    size_t type_count;
};

/* ---- Rows -------------------------------------------------------------------------------------------------- */

static bool counts(const struct data_field *field)
{
    return field->kind != FIELD_COMPUTED && !(field->flags & FIELD_HIDDEN);
}

static void add_row(struct rows *rows, const struct data_field *field, bool through_base)
{
    rows->rows[rows->count++] = (struct row){field, field->part, (uint32_t)field->offset,
        (uint8_t)field->kind, (uint8_t)field->group, through_base};
}

static void add_type(struct hashing *hashing, const struct data_type *type, struct arena *arena)
{
    size_t most = type->field_count + (type->base ? type->base->field_count : 0);
    struct rows rows = {type, arena_array(arena, most, sizeof *rows.rows), 0};
    for (size_t i = 0; i < type->field_count; i++)
        if (counts(&type->fields[i]))
            add_row(&rows, &type->fields[i], false);
    for (size_t i = 0; type->base && i < type->base->field_count; i++) {
        const struct data_field *field = &type->base->fields[i];
        if (counts(field) && data_resolve(type, text_of(field->name)).field == field)
            add_row(&rows, field, true);
    }
    base_assert(hashing->type_count < most_types);
    hashing->types[hashing->type_count++] = rows;
}

static const struct rows *rows_of(const struct hashing *hashing, const struct data_type *type)
{
    for (size_t i = 0; i < hashing->type_count; i++)
        if (hashing->types[i].type == type)
            return &hashing->types[i];
    base_die(__FILE__, __LINE__, "a thing of a type that is not in the list");
}

/* ---- Fields --------------------------------------------------------------------------------------------------- */

static uint64_t hash_plain(
    const struct hashing *, uint64_t so_far, const struct data_type *, const void *at);

/* A thing that a field leads to. */
static uint64_t hash_link(
    const struct hashing *hashing, uint64_t so_far, const struct data_type *type, const void *at)
{
    if (type == &catalog_listing_type) {
        const struct catalog_listing *listing = at;
        return hash_number(
            hash_number(so_far, hashing->hashes[listing->number].key), (uint64_t)listing->position);
    }
    if (type->is_numbered)
        return hash_number(so_far, hashing->hashes[((const struct catalog_thing *)at)->number].key);
    return hash_plain(hashing, so_far, type, at);
}

static uint64_t hash_things(const struct hashing *hashing, uint64_t so_far,
    const struct data_field *field, const struct data_array *array)
{
    const void *const *items = array->items;
    for (size_t i = 0; i < array->count; i++)
        so_far = hash_link(hashing, so_far, field->of, items[i]);
    return hash_number(so_far, array->count);
}

static uint64_t hash_texts(uint64_t so_far, const struct data_array *array)
{
    const struct text *items = array->items;
    for (size_t i = 0; i < array->count; i++)
        so_far = hash_more(so_far, items[i]);
    return hash_number(so_far, array->count);
}

/* Most fields of most things have no value: they leave the number as it is. */
static inline bool is_absent(enum data_field_kind kind, const void *at)
{
    switch (kind) {
    case FIELD_TEXT:
    case FIELD_HTML: return !((const struct text *)at)->at;
    case FIELD_YES_NO: return !*(const bool *)at;
    case FIELD_INTEGER: return *(const int64_t *)at == DATA_NO_INTEGER;
    case FIELD_FLOAT: return isnan(*(const double *)at);
    case FIELD_DATE: return !((const struct data_date *)at)->month;
    case FIELD_WORD: return *(const int *)at < 0;
    case FIELD_THING: return !*(const void *const *)at;
    case FIELD_TEXTS:
    case FIELD_THINGS: return !((const struct data_array *)at)->count;
    case FIELD_VALUE: return ((const struct data_value *)at)->kind == DATA_NONE;
    case FIELD_COMPUTED: break;
    }
    return true;
}

/* What stands in memory at `at`. */
static uint64_t hash_value(
    const struct hashing *hashing, uint64_t so_far, const struct data_field *field, const void *at)
{
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_HTML: return hash_more(so_far, *(const struct text *)at);
    case FIELD_INTEGER: return hash_number(so_far, (uint64_t) * (const int64_t *)at);
    case FIELD_FLOAT: return data_hash_float(so_far, *(const double *)at);
    case FIELD_DATE: return data_hash_date(so_far, *(const struct data_date *)at);
    case FIELD_WORD: return hash_number(so_far, (uint64_t) * (const int *)at);
    case FIELD_THING: return hash_link(hashing, so_far, field->of, *(const void *const *)at);
    case FIELD_TEXTS: return hash_texts(so_far, at);
    case FIELD_THINGS: return hash_things(hashing, so_far, field, at);
    case FIELD_VALUE: return data_hash(so_far, at);
    case FIELD_YES_NO:
    case FIELD_COMPUTED: break;
    }
    return so_far;
}

static const void *record_of(const struct data_type *type, const void *at)
{
    const void *record;
    memcpy(&record, (const char *)at + type->base_offset, sizeof record);
    return record;
}

/* A struct that is no thing of its own, whole. */
static uint64_t hash_plain(
    const struct hashing *hashing, uint64_t so_far, const struct data_type *type, const void *at)
{
    so_far = hash_number(so_far, type->field_count);
    for (size_t i = 0; i < type->field_count; i++) {
        const struct data_field *field = &type->fields[i];
        const void *member = data_member(field->part, field->offset, at);
        if (counts(field) && !is_absent(field->kind, member))
            so_far = hash_value(hashing, hash_number(so_far, i), field, member);
    }
    return type->base ? hash_plain(hashing, so_far, type->base, record_of(type, at)) : so_far;
}

static void add_fields(const struct hashing *hashing, const struct data_type *type, const void *at,
    uint64_t groups[DATA_GROUP_COUNT])
{
    const struct rows *rows = rows_of(hashing, type);
    const char *base = type->base ? record_of(type, at) : NULL, *own = at;
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->rows[i];
        const void *from = data_member(row->part, row->offset, row->through_base ? base : own);
        if (!is_absent(row->kind, from))
            groups[row->group] =
                hash_value(hashing, hash_number(groups[row->group], i), row->field, from);
    }
}

/* ---- Things --------------------------------------------------------------------------------------------------- */

/* A text shows no year behind a link to the drama that it is about. */
static uint64_t hash_body(const struct hashing *hashing, const struct catalog_thing *thing)
{
    uint64_t hash = hash_number(thing->file->body_hash, thing->leads_to);
    if (thing->file->comments)
        hash = hash_number(hash, thing->file->comments->hash);
    if (thing->type != &catalog_writing_type)
        return hash;
    const struct catalog_writing *writing = (const void *)thing;
    if (writing->drama)
        hash = hash_link(hashing, hash, &catalog_drama_type, writing->drama);
    return hash_number(hash, writing->dramas.count);
}

static void add_listings(const struct hashing *hashing, const struct catalog_writing *writing,
    uint64_t groups[DATA_GROUP_COUNT])
{
    const struct catalog_listing *const *listings = writing->listings.items;
    for (size_t i = 0; i < writing->listings.count; i++) {
        for (int group = 0; group < DATA_GROUP_COUNT; group++)
            groups[group] = hash_number(groups[group], i);
        add_fields(hashing, &catalog_listing_type, listings[i], groups);
    }
}

static void hash_thing(const struct hashing *hashing, const struct catalog_thing *thing)
{
    uint64_t *groups = hashing->hashes[thing->number].groups;
    memset(groups, 0, sizeof hashing->hashes->groups);
    add_fields(hashing, thing->type, thing, groups);
    if (thing->type == &catalog_writing_type)
        add_listings(hashing, (const void *)thing, groups);
    if (thing->file)
        groups[DATA_GROUP_BODY] = hash_number(groups[DATA_GROUP_BODY], hash_body(hashing, thing));
}

/* Several tracks without a drama have the address of the writing that lists them: what makes a track one
 * tells them apart. */
static uint64_t key_of(const struct catalog_thing *thing)
{
    uint64_t key = hash_more(hash_text(text_of(thing->type->name)), thing->url);
    if (thing->type != &catalog_track_type)
        return key;
    const struct catalog_track *track = (const void *)thing;
    const struct catalog_artist *const *artists = track->artists.items;
    key = hash_more(hash_more(key, thing->slug), track->record->title);
    for (size_t i = 0; i < track->artists.count; i++)
        key = hash_more(key, artists[i]->thing.url);
    return key;
}

/* ---- All of them, on all cores ------------------------------------------------------------------------------ */

enum { at_once = 128 }; /* things, which are small */

static void hash_keys(void *context, size_t block, unsigned worker)
{
    const struct hashing *hashing = context;
    (void)worker;
    for (size_t i = block * at_once; i < (block + 1) * at_once; i++)
        if (i < hashing->catalog->thing_count)
            hashing->hashes[i].key = key_of(hashing->catalog->things[i]);
}

static void hash_groups(void *context, size_t block, unsigned worker)
{
    const struct hashing *hashing = context;
    (void)worker;
    for (size_t i = block * at_once; i < (block + 1) * at_once; i++)
        if (i < hashing->catalog->thing_count)
            hash_thing(hashing, hashing->catalog->things[i]);
}

static struct hashing begin(
    const struct catalog *catalog, struct catalog_hash *hashes, struct arena *arena)
{
    static const struct data_type *const types[] = {&catalog_site_type, &catalog_writing_type,
        &catalog_listing_type, &catalog_track_type, &catalog_drama_type, &catalog_artist_type,
        &catalog_term_type, &catalog_page_type, &catalog_series_type};
    struct hashing hashing = {.catalog = catalog, .hashes = hashes};
    for (size_t i = 0; i < BASE_COUNT(types); i++)
        add_type(&hashing, types[i], arena);
    return hashing;
}

struct catalog_hash *catalog_hash_things(
    const struct catalog *catalog, unsigned jobs, struct arena *arena)
{
    struct catalog_hash *hashes = arena_array(arena, catalog->thing_count, sizeof *hashes);
    struct hashing hashing = begin(catalog, hashes, arena);
    size_t blocks = (catalog->thing_count + at_once - 1) / at_once;
    parallel_for(blocks, jobs, hash_keys, &hashing);
    parallel_for(blocks, jobs, hash_groups, &hashing);
    return hashes;
}

void catalog_hash_thing(const struct catalog *catalog, struct catalog_hash *hashes, uint32_t number,
    struct arena *arena)
{
    struct hashing hashing = begin(catalog, hashes, arena);
    hash_thing(&hashing, catalog->things[number]);
}
