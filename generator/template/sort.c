/* A stable merge sort of keys that may have no order: then sorting stops with an error. */
#include "template/template_run_inside.h"

/* Whether the key of `right` goes before that of `left`, which came first. */
static bool goes_before(
    const struct template_sorter *sorter, uint32_t left, uint32_t right, bool *before)
{
    int order;
    bool is_equal = false;
    const struct data_value *first = &sorter->keys[left];
    if (sorter->may_be_equal && !template_is_text(first) && !template_is_number(first) &&
        !template_compare_equal(sorter->state, first, &sorter->keys[right], &is_equal))
        return false;
    *before = false;
    if (is_equal)
        return true;
    if (!template_order(sorter->state, &sorter->keys[right], &sorter->keys[left], &order))
        return false;
    *before = sorter->is_reverse ? order > 0 : order < 0;
    return true;
}

static bool merge(const struct template_sorter *sorter, uint32_t *order, uint32_t *spare,
    size_t middle, size_t count)
{
    size_t left = 0, right = middle;
    for (size_t i = 0; i < count; i++) {
        bool takes_right = left == middle;
        if (left < middle && right < count &&
            !goes_before(sorter, order[left], order[right], &takes_right))
            return false;
        spare[i] = takes_right ? order[right++] : order[left++];
    }
    memcpy(order, spare, count * sizeof *order);
    return true;
}

static bool sort_part(
    const struct template_sorter *sorter, uint32_t *order, uint32_t *spare, size_t count)
{
    size_t middle = count / 2;
    if (count < 2)
        return true;
    return sort_part(sorter, order, spare, middle) &&
           sort_part(sorter, order + middle, spare, count - middle) &&
           merge(sorter, order, spare, middle, count);
}

bool template_sort(struct template_sorter *sorter)
{
    struct arena *scratch = sorter->state->run->scratch;
    if (!template_room(sorter->state, sorter->count * 2 * sizeof *sorter->order))
        return false;
    sorter->order = arena_array(scratch, sorter->count, sizeof *sorter->order);
    uint32_t *spare = arena_array(scratch, sorter->count, sizeof *spare);
    for (size_t i = 0; i < sorter->count; i++)
        sorter->order[i] = (uint32_t)i;
    return sort_part(sorter, sorter->order, spare, sorter->count);
}
