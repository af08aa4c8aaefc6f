/* Equality, order and membership, as Python has them. */
#include "template/template_run_inside.h"

/* ---- Equality ------------------------------------------------------------------------------------------ */

/* With a state, comparing what is undefined is an error where the set is strict. */
static bool equal(
    struct template_state *, const struct data_value *, const struct data_value *, unsigned depth);

static bool is_list(const struct data_value *value)
{
    return value->kind == DATA_LIST || value->kind == DATA_ARRAY;
}

static bool equal_lists(struct template_state *state, const struct data_value *a,
    const struct data_value *b, unsigned depth)
{
    size_t count = data_count(a);
    if (count != data_count(b) || template_is_tuple(a) != template_is_tuple(b))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct data_value x = data_item(a, i), y = data_item(b, i);
        if (!equal(state, &x, &y, depth + 1))
            return false;
    }
    return true;
}

static bool equal_maps(struct template_state *state, const struct data_map *a,
    const struct data_map *b, unsigned depth)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct data_value *other = data_map_get(b, a->entries[i].key);
        if (!other || !equal(state, &a->entries[i].value, other, depth + 1))
            return false;
    }
    return true;
}

static bool equal_ranges(const struct template_range *a, const struct template_range *b)
{
    if (a->count != b->count || a->count == 0)
        return a->count == b->count;
    return a->start == b->start && (a->count == 1 || a->step == b->step);
}

/* Python does not compare the items of a list with themselves. */
static bool is_same(const struct data_value *a, const struct data_value *b)
{
    return (a->kind == DATA_LIST && b->kind == DATA_LIST && a->as.list == b->as.list &&
               template_is_tuple(a) == template_is_tuple(b)) ||
           (a->kind == DATA_MAP && b->kind == DATA_MAP && a->as.map == b->as.map);
}

/* Deeper than that it is a list that holds itself. */
static bool equal(struct template_state *state, const struct data_value *a,
    const struct data_value *b, unsigned depth)
{
    if (depth > TEMPLATE_MOST_VALUE_DEPTH)
        return false;
    if (is_same(a, b))
        return true;
    if (is_list(a) && is_list(b))
        return equal_lists(state, a, b, depth);
    if (a->kind == DATA_MAP && b->kind == DATA_MAP)
        return equal_maps(state, a->as.map, b->as.map, depth);
    if (template_is_opaque(a, &template_tag_range) && template_is_opaque(b, &template_tag_range))
        return equal_ranges(a->as.opaque.at, b->as.opaque.at);
    if (state && (!template_is_testable(state, a) || !template_is_testable(state, b)))
        return false;
    return data_equal(a, b);
}

static bool is_key(struct template_state *state, const struct data_value *value, unsigned depth)
{
    if (value->kind == DATA_UNDEFINED)
        return template_is_testable(state, value);
    if (depth > TEMPLATE_MOST_VALUE_DEPTH)
        return template_stop(state, "lists in lists go deeper than %d", TEMPLATE_MOST_VALUE_DEPTH);
    if (value->kind == DATA_MAP || (value->kind == DATA_LIST && !template_is_tuple(value)))
        return template_stop(state, "unhashable type: '%s'", template_type_name(value));
    for (size_t i = 0; value->kind == DATA_LIST && i < value->as.list->count; i++)
        if (!is_key(state, &value->as.list->items[i], depth + 1))
            return false;
    return true;
}

/* Lists and maps, and tuples that hold some, can't be keys of maps, and so are in none, as in Python. */
bool template_is_key(struct template_state *state, const struct data_value *value)
{
    return is_key(state, value, 0);
}

bool template_equal(const struct data_value *a, const struct data_value *b)
{
    if (template_is_text(a) && template_is_text(b))
        return text_equal(a->as.text, b->as.text);
    return equal(NULL, a, b, 0);
}

bool template_compare_equal(struct template_state *state, const struct data_value *a,
    const struct data_value *b, bool *is_equal)
{
    *is_equal = template_is_text(a) && template_is_text(b) ? text_equal(a->as.text, b->as.text)
                                                           : equal(state, a, b, 0);
    return !state->has_failed;
}

/* ---- Order ------------------------------------------------------------------------------------------------ */

static int sign(bool less, bool more)
{
    return less ? -1 : more;
}

static int order_numbers(const struct data_value *a, const struct data_value *b)
{
    int64_t i, j;
    double x = 0, y = 0;
    if (template_as_integer(a, &i) && template_as_integer(b, &j))
        return sign(i<j, i> j);
    template_as_float(a, &x);
    template_as_float(b, &y);
    return sign(x<y, x> y);
}

static bool order_lists(struct template_state *state, const struct data_value *a,
    const struct data_value *b, int *order)
{
    size_t count_a = data_count(a), count_b = data_count(b);
    if (is_same(a, b))
        count_a = count_b = 0;
    for (size_t i = 0; i < count_a && i < count_b; i++) {
        struct data_value x = data_item(a, i), y = data_item(b, i);
        bool is_equal;
        if (!template_compare_equal(state, &x, &y, &is_equal))
            return false;
        if (!is_equal)
            return template_order(state, &x, &y, order);
    }
    *order = sign(count_a<count_b, count_a> count_b);
    return true;
}

bool template_order(struct template_state *state, const struct data_value *a,
    const struct data_value *b, int *order)
{
    if (template_is_number(a) && template_is_number(b)) {
        *order = order_numbers(a, b);
        return true;
    }
    if (template_is_text(a) && template_is_text(b)) {
        *order = text_compare(a->as.text, b->as.text);
        return true;
    }
    if (a->kind == DATA_DATE && b->kind == DATA_DATE) {
        *order = data_date_compare(a->as.date, b->as.date);
        return true;
    }
    if (is_list(a) && is_list(b) && template_is_tuple(a) == template_is_tuple(b))
        return order_lists(state, a, b, order);
    if (!template_is_usable(state, a) || !template_is_usable(state, b))
        return false;
    return template_stop(state, "'<' not supported between instances of '%s' and '%s'",
        template_type_name(a), template_type_name(b));
}

/* ---- Membership --------------------------------------------------------------------------------------------- */

static bool list_contains(struct template_state *state, const struct data_value *in,
    const struct data_value *item, bool *is_in)
{
    struct template_items items;
    *is_in = false;
    if (!template_items_of(state, in, &items))
        return false;
    for (size_t i = 0; i < items.count && !*is_in; i++) {
        struct data_value other = template_item(&items, i);
        if (!template_compare_equal(state, &other, item, is_in))
            return false;
    }
    return true;
}

bool template_contains(struct template_state *state, const struct data_value *in,
    const struct data_value *item, bool *is_in)
{
    if (template_is_text(in)) {
        if (!template_is_usable(state, item))
            return false;
        if (!template_is_text(item))
            return template_stop(state, "'in <string>' requires string as left operand, not %s",
                template_type_name(item));
        *is_in = text_find(in->as.text, item->as.text) >= 0;
        return true;
    }
    if (in->kind == DATA_MAP && !template_is_key(state, item))
        return false;
    return list_contains(state, in, item, is_in);
}

/* ---- The operators --------------------------------------------------------------------------------------------- */

bool template_compare_values(struct template_state *state, enum template_operator op,
    const struct data_value *a, const struct data_value *b, bool *holds)
{
    int order = 0;
    switch (op) {
    case OPERATOR_EQUAL:
    case OPERATOR_UNEQUAL:
        if (!template_compare_equal(state, a, b, holds))
            return false;
        *holds = *holds == (op == OPERATOR_EQUAL);
        return true;
    case OPERATOR_IN:
    case OPERATOR_NOT_IN:
        if (!template_contains(state, b, a, holds))
            return false;
        *holds = *holds == (op == OPERATOR_IN);
        return true;
    default: break;
    }
    if (!template_order(state, a, b, &order))
        return false;
    *holds = op == OPERATOR_LESS         ? order < 0
             : op == OPERATOR_LESS_EQUAL ? order <= 0
             : op == OPERATOR_GREATER    ? order > 0
                                         : order >= 0;
    return true;
}
