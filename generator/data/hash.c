/* Values as numbers: those that show the same have the same. */
#include "data/data.h"

/* Equal doubles have equal bits here: nothing reads a negative zero. */
uint64_t data_hash_float(uint64_t so_far, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return hash_number(so_far, bits);
}

/* What was written, not only the moment: an offset is shown. */
uint64_t data_hash_date(uint64_t so_far, struct data_date date)
{
    uint64_t offset = date.has_offset ? (uint16_t)date.offset_minutes : 1u << 16;
    so_far = hash_number(so_far, (uint64_t)data_date_seconds(date));
    return hash_number(so_far, offset << 1 | date.has_time);
}

uint64_t data_hash(uint64_t so_far, const struct data_value *value)
{
    so_far = hash_number(so_far, value->kind);
    switch ((enum data_kind)value->kind) {
    case DATA_YES_NO: return hash_number(so_far, value->as.yes);
    case DATA_INTEGER: return hash_number(so_far, (uint64_t)value->as.integer);
    case DATA_FLOAT: return data_hash_float(so_far, value->as.number);
    case DATA_DATE: return data_hash_date(so_far, value->as.date);
    case DATA_TEXT:
    case DATA_HTML: return hash_more(so_far, value->as.text);
    case DATA_LIST:
        for (size_t i = 0; i < value->as.list->count; i++)
            so_far = data_hash(so_far, &value->as.list->items[i]);
        return hash_number(so_far, value->as.list->count);
    case DATA_MAP:
        for (size_t i = 0; i < value->as.map->count; i++) {
            so_far = data_hash(so_far, &value->as.map->entries[i].key);
            so_far = data_hash(so_far, &value->as.map->entries[i].value);
        }
        return hash_number(so_far, value->as.map->count);
    default: return so_far;
    }
}
