/*
 * Binding: which parameter each argument of a call is, where the function is known before rendering.
 *
 *     {{ t('tracks', count=3) }}       t(key, **values)
 *
 *     given    'tracks'   count=3
 *     places       0      REST
 *
 * Then nothing is compared by name while a page is rendered. Calls with *list or **map, and those with
 * something wrong in them, have no places: they are bound while rendering, which has the messages.
 */
#include "template/template_inside.h"

struct binding {
    const struct template_row *row;
    uint8_t *places;
    size_t rest, named; /* how many of them there are */
    bool is_taken[TEMPLATE_PARAMETERS];
};

static bool take(struct binding *binding, size_t parameter, size_t argument)
{
    if (binding->is_taken[parameter])
        return false;
    binding->is_taken[parameter] = true;
    binding->places[argument] = (uint8_t)parameter;
    return true;
}

static bool bind_positional(struct binding *binding, size_t parameter, size_t argument)
{
    if (parameter < binding->row->count)
        return take(binding, parameter, argument);
    binding->places[argument] = TEMPLATE_PLACE_REST;
    return binding->row->takes_rest && ++binding->rest <= TEMPLATE_FEW;
}

static bool bind_named(struct binding *binding, const struct template_name *name, size_t argument)
{
    for (size_t i = 0; i < binding->row->count; i++)
        if (binding->row->parameters[i].name == name)
            return take(binding, i, argument);
    binding->places[argument] = TEMPLATE_PLACE_REST;
    return binding->row->takes_named && ++binding->named <= TEMPLATE_FEW;
}

static bool has_required(const struct binding *binding)
{
    for (size_t i = 0; i < binding->row->count; i++)
        if (binding->row->parameters[i].is_required && !binding->is_taken[i])
            return false;
    return true;
}

void template_bind(struct template_set *set, struct template_node *node, size_t first)
{
    const struct template_arguments *given = &node->as.call.arguments;
    size_t count = given->positional.count;
    struct binding binding = {.row = node->as.call.row,
        .places = arena_array(&set->arena, count + given->named_count, sizeof *binding.places)};
    bool is_bound = !given->rest && !given->named_rest && first <= binding.row->count;
    for (size_t i = 0; i < first && is_bound; i++)
        binding.is_taken[i] = true;
    for (size_t i = 0; i < count && is_bound; i++)
        is_bound = bind_positional(&binding, first + i, i);
    for (size_t i = 0; i < given->named_count && is_bound; i++)
        is_bound = bind_named(&binding, given->named[i].name, count + i);
    if (is_bound && has_required(&binding))
        node->as.call.places = binding.places;
    node->as.call.is_alone = node->as.call.places && first == 1 && count + given->named_count == 0;
}
