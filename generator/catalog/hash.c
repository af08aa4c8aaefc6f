/*
 * A content hash for each thing, group by group: of what the thing's fields show. A page that noted
 * (thing, group) is unchanged as long as that hash is.
 *
 * The rows of the types drive it, so that a new field is hashed without a line here. What a field
 * links to counts by its address only: whoever reads on from there notes the other thing itself.
 */
#include "catalog/catalog_inside.h"

static uint64_t hash_fields(
    const struct data_type *, const void *at, enum data_group, bool any_group);

static uint64_t hash_thing(uint64_t so_far, const struct data_value *value)
{
    const struct data_type *type = value->as.thing.type;
    if (type->is_numbered && type != &catalog_listing_type)
        return hash_more(so_far, ((const struct catalog_thing *)value->as.thing.at)->url);
    return hash_number(so_far, hash_fields(type, value->as.thing.at, DATA_GROUP_NAME, true));
}

/* Equal doubles have equal bits here: the schema lets no negative zero in. */
static uint64_t bits_of(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static uint64_t hash_value(uint64_t so_far, const struct data_value *value)
{
    so_far = hash_number(so_far, value->kind);
    switch ((enum data_kind)value->kind) {
    case DATA_YES_NO: return hash_number(so_far, value->as.yes);
    case DATA_INTEGER: return hash_number(so_far, (uint64_t)value->as.integer);
    case DATA_FLOAT: return hash_number(so_far, bits_of(value->as.number));
    case DATA_DATE:
        return hash_number(hash_number(so_far, (uint64_t)data_date_seconds(value->as.date)),
            value->as.date.has_time);
    case DATA_TEXT:
    case DATA_HTML: return hash_more(so_far, value->as.text);
    case DATA_THING: return hash_thing(so_far, value);
    case DATA_LIST:
    case DATA_ARRAY:
        for (size_t i = 0; i < data_count(value); i++) {
            struct data_value item = data_item(value, i);
            so_far = hash_value(so_far, &item);
        }
        return hash_number(so_far, data_count(value));
    case DATA_MAP:
        for (size_t i = 0; i < value->as.map->count; i++) {
            so_far = hash_value(so_far, &value->as.map->entries[i].key);
            so_far = hash_value(so_far, &value->as.map->entries[i].value);
        }
        return hash_number(so_far, value->as.map->count);
    default: return so_far;
    }
}

static uint64_t hash_rows(uint64_t so_far, const struct data_type *type, const void *at,
    enum data_group group, bool any_group)
{
    for (size_t i = 0; i < type->field_count; i++) {
        const struct data_field *field = &type->fields[i];
        if (field->kind == FIELD_COMPUTED || (field->flags & FIELD_HIDDEN) ||
            (!any_group && field->group != group))
            continue;
        struct data_value value;
        data_read(type, at, (struct data_access){.field = field}, NULL, &value);
        so_far = hash_value(hash_number(so_far, i), &value);
    }
    return so_far;
}

static uint64_t hash_fields(
    const struct data_type *type, const void *at, enum data_group group, bool any_group)
{
    uint64_t hash = hash_rows(0, type, at, group, any_group);
    if (!type->base)
        return hash;
    const void *record;
    memcpy(&record, (const char *)at + type->base_offset, sizeof record);
    return hash_rows(hash, type->base, record, group, any_group);
}

uint64_t catalog_hash(const struct catalog_thing *thing, enum data_group group)
{
    uint64_t hash = hash_fields(thing->type, thing, group, false);
    if (group == DATA_GROUP_BODY && thing->file)
        hash = hash_number(hash_number(hash, thing->file->hash), thing->leads_to);
    if (group == DATA_GROUP_BODY && thing->file && thing->file->comments)
        hash = hash_number(hash, thing->file->comments->hash);
    return hash;
}
