/*
 * Names that only look alike.
 *
 *     distinct: [[Kim Min-ji, Kim Min-jin], [Signal Fire, Signal Fires]]
 *     distinct: [Kim Min-ji, Kim Min-jin]
 */
#include "schema/schema_inside.h"

/* True if all items are texts; nothing is none. */
static bool is_list_of_texts(const struct data_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].kind != DATA_TEXT)
            return false;
    return list->count > 0;
}

static const struct schema_mention *read_name(
    struct schema_reading *reading, const struct data_value *value)
{
    struct schema_mention *mention = arena_alloc(reading->arena, sizeof *mention);
    data_set_absent(&schema_tag_mention_type, mention);
    mention->spot = (struct data_spot){value->line, value->column, value->points};
    mention->name = schema_text(reading, value);
    return mention;
}

/* NULL, with the problem reported, when it is no list of two names or more. */
static const struct schema_distinct *read_names(
    struct schema_reading *reading, const struct data_field *field, const struct data_value *value)
{
    const struct data_list *list = value->kind == DATA_LIST ? value->as.list : NULL;
    bool is_right = list && list->count > 1 && is_list_of_texts(list);
    for (size_t i = 0; is_right && i < list->count; i++)
        is_right = !schema_is_empty(&list->items[i]);
    if (!is_right) {
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'%s' wants lists of two names or more: [[Kim Min-ji, Kim Min-jin]]", field->name);
        return NULL;
    }
    struct schema_distinct *distinct = arena_alloc(reading->arena, sizeof *distinct);
    const struct schema_mention **names = arena_array(reading->arena, list->count, sizeof *names);
    for (size_t i = 0; i < list->count; i++)
        names[i] = read_name(reading, &list->items[i]);
    distinct->spot = (struct data_spot){value->line, value->column, value->points};
    distinct->names = (struct data_array){names, list->count};
    return distinct;
}

void schema_read_distinct(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    bool is_many = value->kind == DATA_LIST && !is_list_of_texts(value->as.list);
    const struct data_value *items = is_many ? value->as.list->items : value;
    size_t count = is_many ? value->as.list->count : 1, kept = 0;
    const struct schema_distinct **all = arena_array(reading->arena, count, sizeof *all);
    for (size_t i = 0; i < count; i++)
        if ((all[kept] = read_names(reading, field, &items[i])))
            kept++;
    *(struct data_array *)(void *)((char *)record + field->offset) = (struct data_array){all, kept};
}
