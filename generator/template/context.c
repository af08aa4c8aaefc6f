/*
 * Variables that are found by name: what templates set at their top level, what an including template
 * can see where it includes, and the variables of the page.
 */
#include "template/template_run_inside.h"

static const struct data_value *find_variable(
    const struct template_context *context, const struct template_name *name)
{
    for (size_t i = context->count; i > 0; i--)
        if (context->variables[i - 1].name == name)
            return &context->variables[i - 1].value;
    return NULL;
}

static const struct data_value *slot_at(struct template_frame *frame, struct template_spot spot)
{
    for (uint32_t i = 0; i < spot.depth; i++)
        frame = frame->outer;
    return &frame->slots[spot.slot];
}

static const struct data_value *find_visible(
    const struct template_context *context, const struct template_name *name)
{
    if (!context->visibles)
        return NULL;
    for (size_t i = 0; i < context->visibles->count; i++) {
        const struct template_visible *visible = &context->visibles->at[i];
        if (visible->name != name)
            continue;
        const struct data_value *value = slot_at(context->frame, visible->spot);
        if (value->kind != TEMPLATE_UNSET)
            return value;
    }
    return NULL;
}

static const struct data_value *page_variable(const struct template_state *state,
    const struct template_context *context, const struct template_name *name,
    struct data_value *room)
{
    const struct template_input *input = state->input;
    bool is_seen = !context->is_page_hidden;
    if (name->global >= 0 && input->globals &&
        (is_seen || state->set->options->globals[name->global].is_everywhere))
        return &input->globals[name->global];
    if (is_seen && input->variables) {
        const struct data_value *found = data_map_get_text(input->variables, name->text);
        if (found)
            return found;
    }
    *room = name->function
                ? template_opaque(&template_tag_function, (void *)(uintptr_t)name->function)
                : template_missing(name->text);
    return room;
}

const struct data_value *template_lookup(const struct template_state *state,
    const struct template_context *context, const struct template_name *name,
    struct data_value *room)
{
    if (name->is_shared) {
        for (const struct template_context *at = context; at; at = at->outer) {
            const struct data_value *value = find_variable(at, name);
            if (!value)
                value = find_visible(at, name);
            if (value)
                return value;
            if (at->is_alone)
                break;
        }
    }
    return page_variable(state, context, name, room);
}

static void keep_variable(
    struct template_state *state, struct template_context *in, struct template_variable variable)
{
    struct template_variable *room =
        list_add(&in->variables, &in->count, &in->capacity, state->run->scratch, sizeof *room);
    *room = variable;
}

struct template_context *template_context_copy(
    struct template_state *state, const struct template_context *context)
{
    struct template_context *copy = arena_alloc(state->run->scratch, sizeof *copy);
    size_t visibles = context->visibles ? context->visibles->count : 0;
    *copy = (struct template_context){
        .is_alone = context->is_alone, .is_page_hidden = context->is_page_hidden};
    /* The last of a name is found first: variables before what is visible, and of that the first. */
    for (size_t i = visibles; i > 0; i--) {
        const struct template_visible *visible = &context->visibles->at[i - 1];
        const struct data_value *value = slot_at(context->frame, visible->spot);
        if (value->kind != TEMPLATE_UNSET)
            keep_variable(state, copy, (struct template_variable){visible->name, false, *value});
    }
    for (size_t i = 0; i < context->count; i++)
        keep_variable(state, copy, context->variables[i]);
    if (template_room(state, copy->count * sizeof *copy->variables) && context->outer)
        copy->outer = template_context_copy(state, context->outer);
    return copy;
}

const struct data_value *template_exported(
    const struct template_context *context, const struct template_name *name)
{
    if (name->is_private)
        return NULL;
    for (size_t i = 0; i < context->count; i++)
        if (context->variables[i].name == name)
            return context->variables[i].is_imported ? NULL : &context->variables[i].value;
    return NULL;
}

void template_export(struct template_state *state, struct template_context *context,
    const struct template_node *target, const struct data_value *value)
{
    struct template_variable variable = {target->as.name.name, target->as.name.is_imported, *value};
    for (size_t i = 0; i < context->count; i++) {
        if (context->variables[i].name == variable.name) {
            context->variables[i] = variable;
            return;
        }
    }
    struct template_variable *room = list_add(&context->variables, &context->count,
        &context->capacity, state->run->scratch, sizeof *room);
    *room = variable;
}

/* ---- Assigning --------------------------------------------------------------------------------------------- */

static bool assign_member(struct template_state *state, const struct template_node *target,
    const struct data_value *value)
{
    struct data_value namespace;
    struct template_node read = *target;
    read.as.name.member = NULL;
    state->node = target;
    if (!template_evaluate(state, &read, &namespace))
        return false;
    if (!template_is_opaque(&namespace, &template_tag_namespace))
        return template_stop(state, "'%.*s' is no namespace: its fields can't be set",
            TEXT_ARGS(target->as.name.name->text));
    struct template_namespace *members = namespace.as.opaque.at;
    template_map_put(state, &members->map, data_text(target->as.name.member->text), *value);
    return !state->has_failed;
}

static bool assign_tuple(struct template_state *state, const struct template_node *target,
    const struct data_value *value)
{
    struct template_items items;
    size_t wanted = target->as.items.count;
    state->node = target;
    if (!template_items_of(state, value, &items))
        return false;
    if (items.count != wanted)
        return template_stop(state, "can't unpack %zu values into %zu names", items.count, wanted);
    for (size_t i = 0; i < wanted; i++) {
        struct data_value item = template_item(&items, i);
        if (!template_assign(state, target->as.items.at[i], &item))
            return false;
    }
    return true;
}

bool template_assign(struct template_state *state, const struct template_node *target,
    const struct data_value *value)
{
    if (target->kind == NODE_TUPLE)
        return assign_tuple(state, target, value);
    if (target->as.name.member)
        return assign_member(state, target, value);
    state->frame->slots[target->as.name.spots[0].slot] = *value;
    if (target->as.name.is_exported)
        template_export(state, state->context, target, value);
    return true;
}
