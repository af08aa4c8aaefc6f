/*
 * Running statements.
 *
 * A unit runs in a frame of slots. What it prints goes to the end of state->out; what a macro, a
 * `set` block or a filter block prints is taken off that end again. Inheritance: the root of a
 * template that extends another runs first, muted, for its variables and macros; then the root of its
 * parent runs, and each block is taken from the first template of the chain that has it.
 */
#include "template/template_run_inside.h"

static enum template_flow run_statement(struct template_state *, const struct template_node *);

/* ---- Frames ------------------------------------------------------------------------------------------- */

static void forget(struct template_frame *frame, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        frame->slots[i].kind = TEMPLATE_UNSET;
}

struct template_frame *template_frame_new(
    struct template_state *state, const struct template_unit *unit, struct template_frame *outer)
{
    size_t bytes = sizeof(struct template_frame) + unit->slot_count * sizeof(struct data_value);
    state->made_bytes += bytes;
    struct template_frame *frame = arena_alloc(state->run->scratch, sizeof *frame);
    frame->slots = arena_array(state->run->scratch, unit->slot_count, sizeof *frame->slots);
    frame->outer = outer;
    forget(frame, 0, unit->slot_count);
    return frame;
}

struct template_frame *template_frame_open(struct template_state *state,
    const struct template_unit *unit, struct template_frame *outer, struct template_frame *here)
{
    if (unit->keeps_frame || unit->slot_count > state->slots_left)
        return template_frame_new(state, unit, outer);
    *here = (struct template_frame){.outer = outer, .slots = state->slots};
    state->slots += unit->slot_count;
    state->slots_left -= unit->slot_count;
    forget(here, 0, unit->slot_count);
    return here;
}

void template_frame_close(struct template_state *state, const struct template_unit *unit,
    const struct template_frame *frame, const struct template_frame *here)
{
    if (frame != here)
        return;
    state->slots -= unit->slot_count;
    state->slots_left += unit->slot_count;
}

enum template_flow template_run_body(
    struct template_state *state, const struct template_nodes *body)
{
    for (size_t i = 0; i < body->count; i++) {
        enum template_flow flow = run_statement(state, body->at[i]);
        if (flow != FLOW_ON)
            return flow;
    }
    return FLOW_ON;
}

static enum template_flow flow_of(bool is_well)
{
    return is_well ? FLOW_ON : FLOW_STOP;
}

/* Runs a body and takes off what it printed: safe HTML where output is escaped. */
static enum template_flow capture(
    struct template_state *state, const struct template_nodes *body, struct data_value *into)
{
    size_t start = template_begin(state);
    bool is_muted = state->frame->is_muted;
    state->frame->is_muted = false;
    enum template_flow flow = template_run_body(state, body);
    state->frame->is_muted = is_muted;
    struct text text = template_end(state, start);
    *into = state->autoescape ? data_html(text) : data_text(text);
    return state->has_failed ? FLOW_STOP : flow;
}

/* ---- Printing -------------------------------------------------------------------------------------------- */

__attribute__((noinline)) static bool stop_large(struct template_state *state)
{
    return template_stop(
        state, "the page grows over %d MiB", TEMPLATE_MOST_OUTPUT_BYTES / 1024 / 1024);
}

static inline bool check_output(struct template_state *state)
{
    return state->out->length - state->out_start <= TEMPLATE_MOST_OUTPUT_BYTES || stop_large(state);
}

__attribute__((noinline)) static void add_long_text(struct buffer *out, struct text text)
{
    buffer_reserve(out, text.length + TEMPLATE_TEXT_STEP); /* the short ones behind it need that */
    buffer_add(out, text);
}

/* Most texts between two tags are short, and are copied in steps, without a call. */
static enum template_flow run_text(struct template_state *state, const struct template_node *node)
{
    struct buffer *out = state->out;
    struct text text = node->as.text;
    if (state->frame->is_muted)
        return FLOW_ON;
    if (out->capacity - out->length < text.length + TEMPLATE_TEXT_STEP ||
        text.length > (size_t)TEMPLATE_TEXT_STEP * 8) {
        add_long_text(out, text);
        return FLOW_ON;
    }
    char *to = out->at + out->length;
    for (size_t at = 0; at < text.length; at += TEMPLATE_TEXT_STEP)
        memcpy(to + at, text.at + at, TEMPLATE_TEXT_STEP);
    out->length += text.length;
    return FLOW_ON;
}

static enum template_flow run_output(struct template_state *state, const struct template_node *node)
{
    struct data_value room;
    if (state->frame->is_muted)
        return FLOW_ON;
    state->node = node;
    if (!template_step(state))
        return FLOW_STOP;
    if (node->as.of->kind == NODE_CALL)
        return flow_of(template_print_call(state, node->as.of, NULL) && check_output(state));
    if (node->as.of->kind == NODE_FILTER)
        return flow_of(template_print_applied(state, node->as.of) && check_output(state));
    const struct data_value *value = template_look(state, node->as.of, &room);
    if (!value)
        return FLOW_STOP;
    state->node = node->as.of;
    if (value->kind == DATA_TEXT && state->autoescape)
        template_escape(state->out, value->as.text); /* as most are */
    else if (!template_write(state, value))
        return FLOW_STOP;
    return flow_of(check_output(state));
}

static enum template_flow run_do(struct template_state *state, const struct template_node *node)
{
    struct data_value value;
    return flow_of(template_step(state) && template_evaluate(state, node->as.of, &value));
}

/* ---- If ----------------------------------------------------------------------------------------------------- */

static enum template_flow run_if(struct template_state *state, const struct template_node *node)
{
    for (size_t i = 0; i < node->as.choose.count; i++) {
        const struct template_branch *branch = &node->as.choose.branches[i];
        bool is_true = true;
        if (branch->test &&
            (!template_step(state) || !template_test(state, branch->test, &is_true)))
            return FLOW_STOP;
        if (!is_true)
            continue;
        return template_run_body(state, &branch->body);
    }
    return FLOW_ON;
}

/* ---- Set ------------------------------------------------------------------------------------------------------ */

static enum template_flow run_set(struct template_state *state, const struct template_node *node)
{
    struct data_value value;
    if (!template_step(state) || !template_evaluate(state, node->as.set.value, &value))
        return FLOW_STOP;
    return flow_of(template_assign(state, node->as.set.target, &value));
}

/* Applies a chain of filters, whose innermost has no value of its own, to a value. */
static bool apply_chain(
    struct template_state *state, const struct template_node *filter, struct data_value *value)
{
    if (!filter)
        return true;
    struct data_value of = *value;
    if (!apply_chain(state, filter->as.call.callee, &of))
        return false;
    return template_apply(state, filter, &of, value);
}

static enum template_flow run_set_block(
    struct template_state *state, const struct template_node *node)
{
    struct data_value value;
    forget(state->frame, node->as.set.first_slot, node->as.set.end_slot);
    enum template_flow flow = capture(state, &node->as.set.body, &value);
    if (flow != FLOW_ON)
        return flow;
    if (!apply_chain(state, node->as.set.value, &value))
        return FLOW_STOP;
    if (node->as.set.value && state->autoescape && value.kind != DATA_HTML) {
        struct text text;
        if (!template_is_testable(state, &value) || !template_text_value(state, &value, &text))
            return FLOW_STOP;
        value = data_html(text);
    }
    return flow_of(template_assign(state, node->as.set.target, &value));
}

static enum template_flow run_with(struct template_state *state, const struct template_node *node)
{
    size_t count = node->as.with.targets.count;
    struct data_value *values = arena_array(state->run->scratch, count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        if (!template_evaluate(state, node->as.with.values.at[i], &values[i]))
            return FLOW_STOP;
    forget(state->frame, node->as.with.first_slot, node->as.with.end_slot);
    for (size_t i = 0; i < count; i++)
        if (!template_assign(state, node->as.with.targets.at[i], &values[i]))
            return FLOW_STOP;
    return template_run_body(state, &node->as.with.body);
}

/* What a filter block gives must be text, and isn't escaped: what is in the block was. */
static bool write_as_is(
    struct template_state *state, const struct template_node *node, const struct data_value *value)
{
    state->node = node;
    if (!template_is_text(value))
        return template_stop(
            state, "the block must become text, not %s", template_type_name(value));
    buffer_add(state->out, value->as.text);
    return template_room(state, 0);
}

static enum template_flow run_filter_block(
    struct template_state *state, const struct template_node *node)
{
    struct data_value value;
    forget(state->frame, node->as.wrap.first_slot, node->as.wrap.end_slot);
    enum template_flow flow = capture(state, &node->as.wrap.body, &value);
    if (flow != FLOW_ON)
        return flow;
    if (!apply_chain(state, node->as.wrap.filter, &value))
        return FLOW_STOP;
    return flow_of(state->frame->is_muted || write_as_is(state, node, &value));
}

static enum template_flow run_autoescape(
    struct template_state *state, const struct template_node *node)
{
    struct data_value value;
    if (!template_evaluate(state, node->as.wrap.filter, &value))
        return FLOW_STOP;
    bool before = state->autoescape;
    forget(state->frame, node->as.wrap.first_slot, node->as.wrap.end_slot);
    state->autoescape = template_truth(&value);
    enum template_flow flow = template_run_body(state, &node->as.wrap.body);
    state->autoescape = before;
    return flow;
}

/* ---- For ----------------------------------------------------------------------------------------------------------- */

/* Assigns the item and asks the loop's own `if`. */
static bool is_wanted(struct template_state *state, const struct template_node *node,
    const struct data_value *item, bool *wanted)
{
    struct data_value value;
    if (!template_step(state) || !template_assign(state, node->as.loop.target, item) ||
        !template_evaluate(state, node->as.loop.test, &value))
        return false;
    state->node = node->as.loop.test;
    *wanted = template_truth(&value);
    return template_is_testable(state, &value);
}

/* The item as `for a, b in x if c` hands it on: a tuple of what was assigned. */
static bool as_tuple(struct template_state *state, struct data_value *item)
{
    if (!template_list_of(state, item, item))
        return false;
    item->line = 0;
    item->points = MARK_TUPLE;
    return true;
}

/* Only the items that the loop's own `if` lets through. */
static bool sift(
    struct template_state *state, const struct template_node *node, struct template_items *items)
{
    struct data_value kept = template_new_list(state);
    forget(state->frame, node->as.loop.first_slot, node->as.loop.end_slot);
    for (size_t i = 0; i < items->count; i++) {
        struct data_value item = template_item(items, i);
        bool wanted = false;
        if (!is_wanted(state, node, &item, &wanted))
            return false;
        if (wanted && node->as.loop.target->kind == NODE_TUPLE && !as_tuple(state, &item))
            return false;
        if (wanted)
            template_list_add(state, &kept, item);
    }
    *items = (struct template_items){.values = kept.as.list->items, .count = kept.as.list->count};
    return !state->has_failed;
}

/* A list may have grown or shrunk while the loop went through it. */
static void refresh(struct template_items *items)
{
    if (items->of.kind != DATA_LIST)
        return;
    items->values = items->of.as.list->items;
    items->count = items->of.as.list->count;
}

/* Gives the loop's target the item that is due: mostly one name, and then its slot. */
static inline bool assign_item(struct template_state *state, const struct template_node *target,
    const struct template_loop *loop)
{
    if (target->kind == NODE_NAME && !target->as.name.member) {
        state->frame->slots[target->as.name.spots[0].slot] =
            loop->items.values ? loop->items.values[loop->index]
                               : template_item(&loop->items, loop->index);
        return true;
    }
    struct data_value item = template_item(&loop->items, loop->index);
    return template_assign(state, target, &item);
}

static enum template_flow run_rounds(
    struct template_state *state, const struct template_node *node, struct template_loop *loop)
{
    struct template_frame *frame = state->frame;
    for (loop->index = 0; loop->index < loop->items.count; loop->index++, refresh(&loop->items)) {
        forget(frame, node->as.loop.first_slot, node->as.loop.end_slot);
        state->node = node;
        if (!template_step(state) || !assign_item(state, node->as.loop.target, loop))
            return FLOW_STOP;
        if (node->as.loop.has_loop)
            frame->slots[node->as.loop.loop_slot] = template_opaque(&template_tag_loop, loop);
        data_fetch_ahead(&loop->items.of, loop->index);
        enum template_flow flow = template_run_body(state, &node->as.loop.body);
        if (flow == FLOW_STOP)
            return flow;
        if (flow == FLOW_BREAK)
            break;
    }
    return FLOW_ON;
}

static enum template_flow run_loop(struct template_state *state, const struct template_node *node,
    struct template_frame *outer, const struct data_value *over, int64_t depth)
{
    struct template_loop here, *loop = &here; /* a body that names the loop may keep it */
    if (node->as.loop.has_loop)
        loop = arena_alloc(state->run->scratch, sizeof *loop);
    *loop = (struct template_loop){.node = node, .depth = depth, .outer = outer};
    state->node = node->as.loop.over;
    if (!template_items_of(state, over, &loop->items))
        return FLOW_STOP;
    if (node->as.loop.test && !sift(state, node, &loop->items))
        return FLOW_STOP;
    if (loop->items.count > 0)
        return run_rounds(state, node, loop);
    struct template_frame *frame = state->frame;
    if (outer)
        state->frame = outer; /* what stands behind `else` is outside the loop */
    forget(state->frame, node->as.loop.else_first_slot, node->as.loop.else_end_slot);
    enum template_flow flow = template_run_body(state, &node->as.loop.otherwise);
    state->frame = frame;
    return flow;
}

bool template_run_recursive(struct template_state *state, const struct template_node *node,
    struct template_frame *outer, const struct data_value *over, int64_t depth)
{
    struct template_frame *frame = state->frame;
    if (depth > TEMPLATE_MOST_DEPTH)
        return template_stop(state, "the loop calls itself deeper than %d", TEMPLATE_MOST_DEPTH);
    state->frame = template_frame_new(state, &node->as.loop.unit, outer);
    enum template_flow flow = run_loop(state, node, outer, over, depth);
    state->frame = frame;
    return flow != FLOW_STOP && !state->has_failed;
}

static enum template_flow run_for(struct template_state *state, const struct template_node *node)
{
    struct data_value room;
    const struct data_value *over = template_value(state, node->as.loop.over, &room);
    if (!over)
        return FLOW_STOP;
    if (!node->as.loop.is_recursive)
        return run_loop(state, node, NULL, over, 1);
    return flow_of(template_run_recursive(state, node, state->frame, over, 1));
}

/* ---- Blocks ---------------------------------------------------------------------------------------------------------- */

static const struct template_node *find_block(
    const struct template_file *file, const struct template_name *name)
{
    for (size_t i = 0; i < file->blocks.count; i++)
        if (file->blocks.at[i]->as.block.name == name)
            return file->blocks.at[i];
    return NULL;
}

static void give_super(struct template_state *state, const struct template_node *block, size_t from)
{
    struct template_block_value *above = arena_alloc(state->run->scratch, sizeof *above);
    above->context = state->context;
    above->name = block->as.block.name;
    above->from = from;
    state->frame->slots[block->as.block.super_slot] = template_opaque(&template_tag_super, above);
}

static bool run_block_unit(struct template_state *state, struct template_context *context,
    const struct template_node *block, size_t index)
{
    const struct template_file *file = state->file;
    struct template_context *around = state->context;
    struct template_frame *frame = state->frame;
    bool autoescape = state->autoescape;
    struct template_trace trace;
    if (!template_enter(state, &trace, "in block", block->as.block.name->text))
        return false;
    state->file = context->blocks->chain[index];
    state->context = context;
    state->autoescape = state->file->autoescape;
    state->frame = template_frame_new(state, &block->as.block.unit, NULL);
    if (block->as.block.uses_super)
        give_super(state, block, index + 1);
    enum template_flow flow = template_run_body(state, &block->as.block.unit.body);
    state->file = file;
    state->context = around;
    state->frame = frame;
    state->autoescape = autoescape;
    template_leave(state, &trace);
    return flow != FLOW_STOP;
}

/* The block in the chain, from *index on; *index is then where. NULL when there is none. */
static const struct template_node *find_in_chain(
    const struct template_context *context, const struct template_name *name, size_t *index)
{
    const struct template_context *blocks = context->blocks;
    for (; *index < blocks->chain_count; ++*index) {
        const struct template_node *block = find_block(blocks->chain[*index], name);
        if (block)
            return block;
    }
    *index = blocks->chain_count;
    return NULL;
}

size_t template_find_block(
    const struct template_context *context, const struct template_name *name, size_t from)
{
    find_in_chain(context, name, &from);
    return from;
}

bool template_run_block(struct template_state *state, struct template_context *context,
    const struct template_name *name, size_t from)
{
    const struct template_node *block = find_in_chain(context, name, &from);
    if (!block)
        return template_stop(state, "no block '%.*s' above this one", TEXT_ARGS(name->text));
    return run_block_unit(state, context, block, from);
}

/* The context that a scoped block sees: this one, and the variables around the block. */
static struct template_context *scoped_context(
    struct template_state *state, const struct template_node *node)
{
    struct template_context *context = arena_alloc(state->run->scratch, sizeof *context);
    context->outer = state->context;
    context->frame = state->frame;
    context->visibles = &node->as.block.visibles;
    context->blocks = state->context->blocks;
    context->is_page_hidden = state->context->is_page_hidden;
    return context;
}

/* Does only one of the templates have the block? */
static bool is_block_alone(const struct template_context *context, const struct template_name *name)
{
    size_t first = template_find_block(context, name, 0);
    return template_find_block(context, name, first + 1) == context->blocks->chain_count;
}

static enum template_flow run_block(struct template_state *state, const struct template_node *node)
{
    struct template_context *context = state->context;
    const struct template_name *name = node->as.block.name;
    if (state->frame->is_muted)
        return FLOW_ON;
    state->node = node;
    if (node->as.block.is_required && is_block_alone(context, name))
        return flow_of(
            template_stop(state, "required block '%.*s' is in no template that extends '%.*s'",
                TEXT_ARGS(name->text), TEXT_ARGS(state->file->name)));
    if (node->as.block.is_scoped)
        context = scoped_context(state, node);
    return flow_of(template_run_block(state, context, name, 0));
}

/* ---- Other templates ---------------------------------------------------------------------------------------------------- */

static const struct template_file *ready_file(struct template_state *state, struct text name)
{
    const struct template_file *file = template_find_file(state->set, name);
    return file && file->stage == STAGE_READY ? file : NULL;
}

/* A template by the value of its name. An error unless it may be missing. */
static bool file_of_value(struct template_state *state, const struct data_value *name,
    bool may_miss, const struct template_file **file)
{
    *file = NULL;
    if (name->kind == DATA_UNDEFINED && !template_is_usable(state, name))
        return false;
    if (template_is_text(name))
        *file = ready_file(state, name->as.text);
    else
        return template_stop(state, "%s is no name of a template", template_type_name(name));
    if (*file || may_miss)
        return true;
    return template_stop(state, "no template '%.*s'", TEXT_ARGS(name->as.text));
}

static bool file_of_list(struct template_state *state, const struct data_value *names,
    bool may_miss, const struct template_file **file)
{
    struct template_items items;
    *file = NULL;
    if (!template_items_of(state, names, &items))
        return false;
    for (size_t i = 0; i < items.count && !*file; i++) {
        struct data_value name = template_item(&items, i);
        if (name.kind == DATA_UNDEFINED)
            continue;
        if (!file_of_value(state, &name, true, file))
            return false;
    }
    if (*file || may_miss)
        return true;
    return template_stop(state, "none of these templates is there");
}

static bool find_other(struct template_state *state, const struct template_node *node,
    const struct template_file **file)
{
    struct data_value name;
    if (!template_evaluate(state, node->as.other.name, &name))
        return false;
    state->node = node->as.other.name;
    if (name.kind == DATA_LIST || name.kind == DATA_ARRAY)
        return file_of_list(state, &name, node->as.other.ignores_missing, file);
    return file_of_value(state, &name, node->as.other.ignores_missing, file);
}

static void add_to_chain(struct template_state *state, struct template_context *context,
    const struct template_file *file)
{
    const struct template_file **room = list_add(&context->chain, &context->chain_count,
        &context->chain_capacity, state->run->scratch, sizeof *room);
    *room = file;
}

/* Runs the root of one template of the chain; the frame stays, for its macros. */
static bool run_root(struct template_state *state, const struct template_file *file)
{
    state->file = file;
    state->autoescape = file->autoescape;
    state->frame = template_frame_new(state, &file->root, NULL);
    return template_run_body(state, &file->root.body) != FLOW_STOP;
}

bool template_run_file(struct template_state *state, const struct template_file *file,
    struct template_context *context)
{
    struct template_state before = *state;
    context->blocks = context;
    add_to_chain(state, context, file);
    state->context = context;
    bool is_well = true;
    for (size_t i = 0; i < context->chain_count && is_well; i++) {
        if (i > TEMPLATE_MOST_DEPTH)
            return template_stop(
                state, "templates extend each other deeper than %d", TEMPLATE_MOST_DEPTH);
        is_well = run_root(state, context->chain[i]);
    }
    state->file = before.file;
    state->context = before.context;
    state->frame = before.frame;
    state->autoescape = before.autoescape;
    return is_well && !state->has_failed;
}

static enum template_flow run_extends(
    struct template_state *state, const struct template_node *node)
{
    const struct template_file *file;
    state->node = node;
    if (state->frame->is_muted)
        return flow_of(template_stop(state, "a template can extend only one other"));
    if (!find_other(state, node, &file))
        return FLOW_STOP;
    add_to_chain(state, state->context, file);
    state->frame->is_muted = true;
    return FLOW_ON;
}

static struct template_context *context_for(
    struct template_state *state, const struct template_node *node)
{
    struct template_context *context = arena_alloc(state->run->scratch, sizeof *context);
    if (node->as.other.has_context) {
        context->outer = state->context;
        context->frame = state->frame;
        context->visibles = &node->as.other.visibles;
        context->is_page_hidden = state->context->is_page_hidden;
    } else {
        context->is_alone = context->is_page_hidden = true;
    }
    return context;
}

/* A module lives on while the template that imports it sets its variables anew: it keeps to what they
 * were. */
static struct template_context *module_context(
    struct template_state *state, const struct template_node *node)
{
    struct template_context *context = context_for(state, node);
    if (node->as.other.has_context) {
        context->outer = template_context_copy(state, context);
        context->visibles = NULL;
    }
    return context;
}

static bool run_other(struct template_state *state, const struct template_node *node,
    const char *what, const struct template_file *file, struct template_context *context)
{
    struct template_trace trace;
    state->node = node;
    if (!template_enter(state, &trace, what, file->name))
        return false;
    bool is_well = template_run_file(state, file, context);
    template_leave(state, &trace);
    return is_well;
}

static enum template_flow run_include(
    struct template_state *state, const struct template_node *node)
{
    const struct template_file *file;
    if (state->frame->is_muted)
        return FLOW_ON;
    if (!find_other(state, node, &file))
        return FLOW_STOP;
    if (!file)
        return FLOW_ON;
    return flow_of(run_other(state, node, "included", file, context_for(state, node)));
}

static bool load_module(struct template_state *state, const struct template_node *node,
    struct template_module_value *module)
{
    if (!find_other(state, node, &module->file))
        return false;
    if (module->file && module->file->module && !node->as.other.has_context) {
        *module = *module->file->module;
        return true;
    }
    module->context = module_context(state, node);
    size_t start = template_begin(state);
    bool is_well = run_other(state, node, "imported", module->file, module->context);
    struct text text = template_end(state, start);
    module->text = module->file->autoescape ? data_html(text) : data_text(text);
    return is_well && !state->has_failed;
}

static enum template_flow run_import(struct template_state *state, const struct template_node *node)
{
    struct template_module_value *module = arena_alloc(state->run->scratch, sizeof *module);
    if (!load_module(state, node, module))
        return FLOW_STOP;
    struct data_value value = template_opaque(&template_tag_module, module);
    return flow_of(template_assign(state, node->as.other.target, &value));
}

static enum template_flow run_from(struct template_state *state, const struct template_node *node)
{
    struct template_module_value module = {0};
    if (!load_module(state, node, &module))
        return FLOW_STOP;
    for (size_t i = 0; i < node->as.other.pick_count; i++) {
        const struct template_pick *pick = &node->as.other.picks[i];
        const struct data_value *found = template_exported(module.context, pick->name);
        struct data_value value = found ? *found : template_missing(pick->name->text);
        if (!template_assign(state, pick->target, &value))
            return FLOW_STOP;
    }
    return FLOW_ON;
}

/* ---- Macros --------------------------------------------------------------------------------------------------------------- */

static enum template_flow run_macro(struct template_state *state, const struct template_node *node)
{
    struct data_value value = template_macro_value(state, node->as.macro.macro);
    return flow_of(template_assign(state, node->as.macro.target, &value));
}

static enum template_flow run_call_block(
    struct template_state *state, const struct template_node *node)
{
    struct data_value caller = template_macro_value(state, node->as.call_block.macro);
    if (state->frame->is_muted)
        return FLOW_ON;
    return flow_of(template_print_call(state, node->as.call_block.call, &caller));
}

static enum template_flow run_break(struct template_state *state, const struct template_node *node)
{
    (void)state, (void)node;
    return FLOW_BREAK;
}

static enum template_flow run_continue(
    struct template_state *state, const struct template_node *node)
{
    (void)state, (void)node;
    return FLOW_CONTINUE;
}

/* ---- The table of statements -------------------------------------------------------------------------------------------------- */

static enum template_flow (*const runners[NODE_KINDS])(
    struct template_state *, const struct template_node *) = {
    [NODE_TEXT] = run_text,
    [NODE_OUTPUT] = run_output,
    [NODE_FOR] = run_for,
    [NODE_IF] = run_if,
    [NODE_SET] = run_set,
    [NODE_SET_BLOCK] = run_set_block,
    [NODE_WITH] = run_with,
    [NODE_BLOCK] = run_block,
    [NODE_EXTENDS] = run_extends,
    [NODE_INCLUDE] = run_include,
    [NODE_IMPORT] = run_import,
    [NODE_FROM] = run_from,
    [NODE_MACRO] = run_macro,
    [NODE_CALL_BLOCK] = run_call_block,
    [NODE_FILTER_BLOCK] = run_filter_block,
    [NODE_AUTOESCAPE] = run_autoescape,
    [NODE_DO] = run_do,
    [NODE_BREAK] = run_break,
    [NODE_CONTINUE] = run_continue,
};

static enum template_flow run_statement(
    struct template_state *state, const struct template_node *node)
{
    return runners[node->kind](state, node);
}

bool template_render(const struct template_set *set, struct text name,
    const struct template_input *input, struct data_run *run, struct buffer *out,
    struct report *report)
{
    const struct template_file *file = template_find_file(set, name);
    base_assert(file && file->stage == STAGE_READY);
    struct template_context *context = arena_alloc(run->scratch, sizeof *context);
    struct data_value slots[TEMPLATE_STACK_SLOTS];
    struct template_state state = {.set = set,
        .input = input,
        .run = run,
        .out = out,
        .report = report,
        .file = file,
        .out_start = out->length,
        .stack = (uintptr_t)__builtin_frame_address(0),
        .slots = slots,
        .slots_left = TEMPLATE_STACK_SLOTS};
    if (template_run_file(&state, file, context))
        return true;
    out->length = state.out_start;
    return false;
}
