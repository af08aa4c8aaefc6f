/*
 * The check of templates before anything is rendered: statements, scopes and templates in each other.
 *
 * It goes through each template that a page is made of as run.c would, with shapes for values: through
 * every branch, once through the body of each loop, into the blocks that are in force, into what is
 * included and imported, and into each macro with each kind of arguments. What nothing has reached by
 * then is gone through with nothing known of who would call it.
 */
#include "template/template_check_inside.h"

/* ---- Frames ------------------------------------------------------------------------------------------- */

struct template_check_frame *template_check_frame_new(struct template_checker *checker,
    const struct template_unit *unit, struct template_check_frame *outer)
{
    struct template_check_frame *frame = arena_alloc(&checker->arena, sizeof *frame);
    frame->slots = arena_array(&checker->arena, unit->slot_count, sizeof *frame->slots);
    frame->count = unit->slot_count;
    frame->outer = outer;
    return frame;
}

static void forget(struct template_check_frame *frame, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end && i < frame->count; i++)
        frame->slots[i] = (struct template_check_slot){0};
}

static struct template_check_slot *copy_slots(struct template_checker *checker)
{
    const struct template_check_frame *frame = checker->frame;
    struct template_check_slot *slots = arena_array(&checker->arena, frame->count, sizeof *slots);
    if (frame->count > 0)
        memcpy(slots, frame->slots, frame->count * sizeof *slots);
    return slots;
}

static void restore_slots(struct template_checker *checker, const struct template_check_slot *slots)
{
    if (checker->frame->count > 0)
        memcpy(checker->frame->slots, slots, checker->frame->count * sizeof *slots);
}

static struct template_check_slot join_slot(struct template_checker *checker,
    const struct template_check_slot *a, const struct template_check_slot *b)
{
    if (a->state == SLOT_UNSET && b->state == SLOT_UNSET)
        return *a;
    struct template_check_slot slot = a->state == SLOT_UNSET ? *b : *a;
    slot.state = a->state == SLOT_SET && b->state == SLOT_SET ? SLOT_SET : SLOT_PERHAPS;
    if (a->state != SLOT_UNSET && b->state != SLOT_UNSET) {
        slot.shape = template_shape_join(checker, a->shape, b->shape);
        if (!slot.shape.path)
            slot.shape.path = template_check_new_path(checker);
    }
    return slot;
}

/* What is so after one way or the other; `slots` NULL: there was no other. */
static struct template_check_slot *join_slots(
    struct template_checker *checker, struct template_check_slot *slots)
{
    if (!slots)
        return copy_slots(checker);
    for (uint32_t i = 0; i < checker->frame->count; i++)
        slots[i] = join_slot(checker, &slots[i], &checker->frame->slots[i]);
    return slots;
}

/* ---- Variables by name ----------------------------------------------------------------------------------- */

static struct template_check_variable *find_variable(
    const struct template_check_world *world, const struct template_name *name)
{
    for (size_t i = world->count; i > 0; i--)
        if (world->variables[i - 1].name == name)
            return &world->variables[i - 1];
    return NULL;
}

const struct template_check_variable *template_check_exported(
    const struct template_check_world *world, const struct template_name *name)
{
    const struct template_check_variable *found = find_variable(world, name);
    return found && !found->is_imported && !text_starts(name->text, "_") ? found : NULL;
}

static const struct template_shape *find_visible(
    const struct template_check_world *world, const struct template_name *name)
{
    for (size_t i = 0; world->visibles && i < world->visibles->count; i++) {
        const struct template_visible *visible = &world->visibles->at[i];
        struct template_check_frame *frame = world->frame;
        for (uint32_t up = 0; frame && up < visible->spot.depth; up++)
            frame = frame->outer;
        if (visible->name == name && frame && visible->spot.slot < frame->count &&
            frame->slots[visible->spot.slot].state != SLOT_UNSET)
            return &frame->slots[visible->spot.slot].shape;
    }
    return NULL;
}

static bool is_page_seen(const struct template_check_world *world)
{
    for (; world; world = world->outer)
        if (world->is_alone)
            return false;
    return true;
}

static struct template_shape shape_of_global(struct template_checker *checker, ptrdiff_t index)
{
    const struct template_global *global = &checker->set->options->globals[index];
    struct template_shape shape = template_shape_of_thing(global->of, global->is_many, checker);
    if (!checker->global_paths[index])
        checker->global_paths[index] = template_check_new_path(checker);
    shape.path = checker->global_paths[index];
    if (checker->is_any_caller || !checker->entry || !checker->entry->given)
        return shape;
    if (checker->entry->given[index] == TEMPLATE_NEVER)
        shape.kind = SHAPE_ABSENT;
    shape.may_be_absent = checker->entry->given[index] == TEMPLATE_PERHAPS && global->of;
    return shape;
}

static struct template_shape page_variable(struct template_checker *checker,
    const struct template_check_world *world, const struct template_name *name, bool *is_found)
{
    const struct template_options *options = checker->set->options;
    *is_found = true;
    if (name->global >= 0 && (is_page_seen(world) || options->globals[name->global].is_everywhere))
        return shape_of_global(checker, name->global);
    if (name->function)
        return (struct template_shape){.kind = SHAPE_FUNCTION, .row = name->function};
    *is_found = false;
    return template_shape_any;
}

struct template_shape template_check_lookup(struct template_checker *checker,
    const struct template_check_world *world, const struct template_name *name, bool *is_found)
{
    for (const struct template_check_world *at = world; at && name->is_stored; at = at->outer) {
        const struct template_check_variable *variable = find_variable(at, name);
        const struct template_shape *shape = variable ? &variable->shape : find_visible(at, name);
        *is_found = true;
        if (shape)
            return *shape;
        if (at->is_open)
            return template_shape_any;
        if (at->is_alone)
            break;
    }
    return page_variable(checker, world, name, is_found);
}

/* ---- Assigning ---------------------------------------------------------------------------------------------- */

/* A branch may have set it before: then it is the one or the other. */
static void export_variable(struct template_checker *checker, const struct template_node *target,
    struct template_shape shape)
{
    struct template_check_world *world = checker->world;
    struct template_check_variable *found = find_variable(world, target->as.name.name);
    if (found) {
        found->shape = template_shape_join(checker, found->shape, shape);
        if (!found->shape.path)
            found->shape.path = template_check_new_path(checker);
        return;
    }
    found = list_add(
        &world->variables, &world->count, &world->capacity, &checker->arena, sizeof *found);
    *found =
        (struct template_check_variable){target->as.name.name, target->as.name.is_imported, shape};
}

static void assign_tuple(struct template_checker *checker, const struct template_node *target,
    struct template_shape shape)
{
    size_t count = target->as.items.count;
    bool is_apart = shape.kind == SHAPE_TUPLE && shape.count == count;
    if (shape.kind == SHAPE_THING || shape.kind == SHAPE_NUMBER || shape.kind == SHAPE_DATE ||
        shape.kind == SHAPE_YES_NO)
        template_check_wrong(checker, (struct template_node *)(uintptr_t)target,
            "%.*s can't be taken apart into %zu names",
            TEXT_ARGS(template_shape_describe(checker, &shape)), count);
    else if (shape.kind == SHAPE_TUPLE && !is_apart)
        template_check_wrong(checker, (struct template_node *)(uintptr_t)target,
            "%zu values can't be put into %zu names", shape.count, count);
    for (size_t i = 0; i < count; i++)
        template_check_assign(
            checker, target->as.items.at[i], is_apart ? shape.item[i] : template_shape_any);
}

void template_check_assign(struct template_checker *checker, const struct template_node *target,
    struct template_shape shape)
{
    if (target->kind == NODE_TUPLE) {
        assign_tuple(checker, target, shape);
        return;
    }
    if (target->as.name.member || target->as.name.spot_count == 0)
        return;
    if (!shape.path) {
        shape.path = template_check_new_path(checker);
        shape.when_true = template_facts_add(checker, shape.when_true, shape.path);
    }
    uint32_t slot = target->as.name.spots[0].slot;
    if (slot < checker->frame->count)
        checker->frame->slots[slot] = (struct template_check_slot){SLOT_SET, shape};
    if (target->as.name.is_exported)
        export_variable(checker, target, shape);
}

/* ---- If, for, set ------------------------------------------------------------------------------------------- */

/* Whether what follows is reached. A branch that leaves the loop leaves behind that its test was false. */
static bool check_if(struct template_checker *checker, const struct template_node *node)
{
    const struct template_check_slot *before = copy_slots(checker);
    struct template_check_slot *after = NULL;
    size_t kept = checker->fact_count;
    bool has_else = false, only_leaving = true;
    for (size_t i = 0; i < node->as.choose.count; i++) {
        const struct template_branch *branch = &node->as.choose.branches[i];
        struct template_shape test = template_shape_any;
        if (branch->test)
            test = template_check_expression(checker, branch->test);
        has_else = has_else || !branch->test;
        size_t facts = checker->fact_count;
        template_check_learn(checker, test.when_true);
        bool goes_on = template_check_body(checker, &branch->body);
        if (goes_on)
            after = join_slots(checker, after);
        restore_slots(checker, before);
        checker->fact_count = facts;
        template_check_learn(checker, test.when_false);
        only_leaving = only_leaving && !goes_on;
        kept = only_leaving ? checker->fact_count : kept;
    }
    if (!has_else)
        after = join_slots(checker, after);
    if (after)
        restore_slots(checker, after);
    checker->fact_count = kept;
    return after != NULL;
}

static void check_over(
    struct template_checker *checker, struct template_node *loop, const struct template_shape *over)
{
    switch (over->kind) {
    case SHAPE_NUMBER:
    case SHAPE_DATE:
    case SHAPE_YES_NO:
    case SHAPE_THING:
    case SHAPE_MACRO:
    case SHAPE_FUNCTION:
        template_check_wrong_in(checker, loop, loop->as.loop.over,
            "%.*s can't be gone through with 'for'",
            TEXT_ARGS(template_shape_describe(checker, over)));
        break;
    default: template_check_right(loop);
    }
}

static struct template_shape item_of(
    struct template_checker *checker, const struct template_shape *over)
{
    if (over->kind == SHAPE_LIST)
        return template_check_item(checker, over);
    struct template_shape item = template_shape_any;
    for (size_t i = 0; over->kind == SHAPE_TUPLE && i < over->count; i++)
        item = i == 0 ? over->item[i] : template_shape_join(checker, item, over->item[i]);
    item.path = NULL;
    item.when_true = item.when_false = NULL;
    return over->kind == SHAPE_TEXT ? template_shape_of(SHAPE_TEXT) : item;
}

static void check_loop_body(struct template_checker *checker, const struct template_node *node,
    struct template_shape item, bool *takes_others)
{
    struct template_shape *kept;
    forget(checker->frame, node->as.loop.first_slot, node->as.loop.end_slot);
    template_check_assign(checker, node->as.loop.target, item);
    if (node->as.loop.test)
        template_check_learn(
            checker, template_check_expression(checker, node->as.loop.test).when_true);
    if (node->as.loop.has_loop && node->as.loop.loop_slot < checker->frame->count) {
        kept = arena_alloc(&checker->arena, sizeof *kept);
        *kept = item;
        struct template_shape loop = {.kind = SHAPE_LOOP,
            .item = kept,
            .path = template_check_new_path(checker),
            .takes_others = takes_others};
        checker->frame->slots[node->as.loop.loop_slot] =
            (struct template_check_slot){SLOT_SET, loop};
    }
    template_check_body(checker, &node->as.loop.body);
}

static void check_for(struct template_checker *checker, struct template_node *node)
{
    struct template_shape over = template_check_expression(checker, node->as.loop.over);
    struct template_check_frame *frame = checker->frame;
    size_t facts = checker->fact_count;
    check_over(checker, node, &over);
    if (node->as.loop.is_recursive)
        checker->frame = template_check_frame_new(checker, &node->as.loop.unit, frame);
    bool *takes_others = arena_alloc(&checker->arena, sizeof *takes_others);
    check_loop_body(checker, node, item_of(checker, &over), takes_others);
    if (*takes_others)
        check_loop_body(checker, node, template_shape_any, takes_others);
    checker->frame = frame;
    checker->fact_count = facts;
    template_check_body(checker, &node->as.loop.otherwise);
    checker->fact_count = facts;
}

static void check_set_block(struct template_checker *checker, const struct template_node *node)
{
    bool is_muted = checker->frame->is_muted;
    forget(checker->frame, node->as.set.first_slot, node->as.set.end_slot);
    checker->frame->is_muted = false;
    template_check_body(checker, &node->as.set.body);
    checker->frame->is_muted = is_muted;
    if (node->as.set.value)
        template_check_expression(checker, node->as.set.value);
    template_check_assign(checker, node->as.set.target, template_shape_of(SHAPE_TEXT));
}

static void check_with(struct template_checker *checker, const struct template_node *node)
{
    size_t count = node->as.with.targets.count;
    struct template_shape *shapes = arena_array(&checker->arena, count, sizeof *shapes);
    for (size_t i = 0; i < count; i++)
        shapes[i] = template_check_expression(checker, node->as.with.values.at[i]);
    forget(checker->frame, node->as.with.first_slot, node->as.with.end_slot);
    for (size_t i = 0; i < count; i++)
        template_check_assign(checker, node->as.with.targets.at[i], shapes[i]);
    template_check_body(checker, &node->as.with.body);
}

static void check_wrap(struct template_checker *checker, const struct template_node *node)
{
    template_check_expression(checker, node->as.wrap.filter);
    forget(checker->frame, node->as.wrap.first_slot, node->as.wrap.end_slot);
    template_check_body(checker, &node->as.wrap.body);
}

/* ---- Printing --------------------------------------------------------------------------------------------------- */

static void check_printed(struct template_checker *checker, struct template_node *output,
    const struct template_shape *shape)
{
    const struct template_node *node = output->as.of;
    struct text written = template_check_written(checker, node);
    struct text what = template_shape_describe(checker, shape);
    if (shape->kind == SHAPE_THING)
        template_check_wrong_in(checker, output, node,
            "%.*s can't be printed: name one of its fields", TEXT_ARGS(what));
    else if (shape->kind == SHAPE_LIST && shape->item->kind == SHAPE_THING)
        template_check_wrong_in(
            checker, output, node, "this is %.*s: go through it with 'for'", TEXT_ARGS(what));
    else if (shape->kind == SHAPE_LIST && shape->path)
        template_check_warn(
            checker, node, "this is a list, printed with brackets: use 'for' or 'join'");
    else if ((shape->kind == SHAPE_MACRO || shape->kind == SHAPE_FUNCTION) && written.at)
        template_check_wrong_in(checker, output, node, "'%.*s' is %.*s: call it with '%.*s(...)'",
            TEXT_ARGS(written), TEXT_ARGS(what), TEXT_ARGS(written));
    else
        template_check_right(output);
}

static void check_output(struct template_checker *checker, struct template_node *node)
{
    struct template_node *of = node->as.of;
    if (checker->frame->is_muted)
        return;
    struct template_shape shape =
        template_check_present(checker, of, template_check_expression(checker, of));
    check_printed(checker, node, &shape);
}

/* ---- Templates in each other ----------------------------------------------------------------------------------------- */

bool template_check_enter(struct template_checker *checker, const char *what, struct text name,
    const struct template_node *at)
{
    if (checker->depth >= TEMPLATE_MOST_DEPTH || !template_check_step(checker))
        return false;
    struct template_check_trace *trace = arena_alloc(&checker->arena, sizeof *trace);
    checker->depth++;
    *trace = (struct template_check_trace){.outer = checker->trace,
        .what = what,
        .name = name,
        .file = checker->file,
        .line = at->line,
        .column = at->column};
    checker->trace = trace;
    return true;
}

void template_check_leave(struct template_checker *checker)
{
    checker->depth--;
    checker->trace = checker->trace->outer;
}

static void check_root(struct template_checker *checker, struct template_file *file)
{
    checker->file = file;
    checker->frame = template_check_frame_new(checker, &file->root, NULL);
    file->is_checked = true;
    template_check_body(checker, &file->root.body);
}

/* A template and those that it extends. */
static void check_file(struct template_checker *checker, struct template_file *file,
    struct template_check_world *world)
{
    struct template_file *file_before = checker->file;
    struct template_check_world *world_before = checker->world;
    struct template_check_frame *frame_before = checker->frame;
    world->blocks = world;
    world->chain =
        arena_array(&checker->arena, TEMPLATE_MOST_DEPTH, sizeof(struct template_file *));
    for (struct template_file *at = file; at && world->chain_count < TEMPLATE_MOST_DEPTH;
         at = at->parent) {
        world->chain[world->chain_count++] = at;
        world->is_open = world->is_open || at->extends_unknown;
    }
    checker->world = world;
    for (size_t i = 0; i < world->chain_count; i++)
        check_root(checker, world->chain[i]);
    checker->file = file_before;
    checker->world = world_before;
    checker->frame = frame_before;
}

static void run_block(struct template_checker *checker, struct template_check_world *world,
    struct template_node *block, size_t index)
{
    struct template_file *file = checker->file;
    struct template_check_world *around = checker->world;
    struct template_check_frame *frame = checker->frame;
    checker->file = world->blocks->chain[index];
    checker->world = world;
    checker->frame = template_check_frame_new(checker, &block->as.block.unit, NULL);
    template_check_right(block);
    if (block->as.block.uses_super)
        checker->frame->slots[block->as.block.super_slot] =
            (struct template_check_slot){SLOT_SET, template_shape_of(SHAPE_SUPER)};
    template_check_body(checker, &block->as.block.unit.body);
    checker->file = file;
    checker->world = around;
    checker->frame = frame;
}

static struct template_node *block_of(
    const struct template_file *file, const struct template_name *name)
{
    for (size_t i = 0; i < file->blocks.count; i++)
        if (file->blocks.at[i]->as.block.name == name)
            return file->blocks.at[i];
    return NULL;
}

bool template_check_block_of(struct template_checker *checker, struct template_check_world *world,
    const struct template_name *name, size_t from)
{
    for (size_t i = from; i < world->blocks->chain_count; i++) {
        struct template_node *block = block_of(world->blocks->chain[i], name);
        if (!block)
            continue;
        run_block(checker, world, block, i);
        if (block->as.block.uses_super)
            template_check_block_of(checker, world, name, i + 1);
        return true;
    }
    return false;
}

static void check_block_node(struct template_checker *checker, const struct template_node *node)
{
    struct template_check_world *world = checker->world;
    if (checker->frame->is_muted || !world)
        return;
    if (node->as.block.is_scoped) {
        struct template_check_world *scoped = arena_alloc(&checker->arena, sizeof *scoped);
        scoped->outer = world;
        scoped->frame = checker->frame;
        scoped->visibles = &node->as.block.visibles;
        scoped->blocks = world->blocks;
        world = scoped;
    }
    if (checker->depth++ < TEMPLATE_MOST_DEPTH)
        template_check_block_of(checker, world, node->as.block.name, 0);
    checker->depth--;
}

/* ---- Include and import ------------------------------------------------------------------------------------------------ */

static struct template_check_world *world_for(
    struct template_checker *checker, const struct template_node *node)
{
    struct template_check_world *world = arena_alloc(&checker->arena, sizeof *world);
    world->is_alone = !node->as.other.has_context;
    if (node->as.other.has_context) {
        world->outer = checker->world;
        world->frame = checker->frame;
        world->visibles = &node->as.other.visibles;
    }
    return world;
}

static struct template_file *file_of(
    struct template_checker *checker, const struct template_node *name)
{
    if (name->kind != NODE_LITERAL || name->as.literal.kind != DATA_TEXT)
        return NULL;
    return template_find_file(checker->set, name->as.literal.as.text);
}

static void check_include_of(struct template_checker *checker, const struct template_node *node,
    const struct template_node *name)
{
    struct template_file *file = file_of(checker, name);
    size_t facts = checker->fact_count;
    if (!file || !template_check_enter(checker, "included", file->name, name))
        return;
    check_file(checker, file, world_for(checker, node));
    checker->fact_count = facts;
    template_check_leave(checker);
}

/* include 'a.html', include ['a.html', 'b.html'], include 'a.html' if x else 'b.html' */
static void check_include(struct template_checker *checker, const struct template_node *node)
{
    struct template_node *name = node->as.other.name;
    if (checker->frame->is_muted)
        return;
    template_check_expression(checker, name);
    if (name->kind == NODE_LIST || name->kind == NODE_TUPLE) {
        for (size_t i = 0; i < name->as.items.count; i++)
            check_include_of(checker, node, name->as.items.at[i]);
    } else if (name->kind == NODE_CHOICE) {
        check_include_of(checker, node, name->as.choice.yes);
        if (name->as.choice.no)
            check_include_of(checker, node, name->as.choice.no);
    } else {
        check_include_of(checker, node, name);
    }
}

static const struct template_check_module *new_module(
    struct template_checker *checker, const struct template_node *node, struct template_file *file)
{
    struct template_check_module *module = arena_alloc(&checker->arena, sizeof *module);
    *module = (struct template_check_module){world_for(checker, node), file};
    if (!node->as.other.has_context)
        map_put(&checker->modules, file->name, module);
    if (template_check_enter(checker, "imported", file->name, node->as.other.name)) {
        check_file(checker, file, module->world);
        template_check_leave(checker);
    }
    return module;
}

/* One that is imported without the context is the same for everybody. */
static const struct template_check_module *module_of(
    struct template_checker *checker, const struct template_node *node)
{
    struct template_file *file = file_of(checker, node->as.other.name);
    if (!file)
        return NULL;
    const struct template_check_module *module =
        node->as.other.has_context ? NULL : map_get(&checker->modules, file->name);
    return module ? module : new_module(checker, node, file);
}

static void check_import(struct template_checker *checker, const struct template_node *node)
{
    const struct template_check_module *module = module_of(checker, node);
    struct template_shape shape = {.kind = module ? SHAPE_MODULE : SHAPE_ANY, .module = module};
    template_check_assign(checker, node->as.other.target, shape);
}

static void check_from(struct template_checker *checker, const struct template_node *node)
{
    const struct template_check_module *module = module_of(checker, node);
    for (size_t i = 0; i < node->as.other.pick_count; i++) {
        const struct template_pick *pick = &node->as.other.picks[i];
        const struct template_check_variable *found =
            module ? template_check_exported(module->world, pick->name) : NULL;
        template_check_assign(checker, pick->target, found ? found->shape : template_shape_any);
    }
}

/* ---- Macros -------------------------------------------------------------------------------------------------------------- */

static const struct template_check_macro *meet_macro(
    struct template_checker *checker, const struct template_macro *macro)
{
    struct template_check_macro *value = arena_alloc(&checker->arena, sizeof *value);
    *value = (struct template_check_macro){macro, checker->frame, checker->world, checker->file};
    for (size_t i = 0; i < checker->macro_count; i++)
        if (checker->macros[i]->macro == macro)
            return value;
    struct template_check_macro **room = list_add(&checker->macros, &checker->macro_count,
        &checker->macro_capacity, &checker->arena, sizeof *room);
    *room = value;
    return value;
}

static struct template_shape shape_of_macro(
    struct template_checker *checker, const struct template_macro *macro)
{
    return (struct template_shape){.kind = SHAPE_MACRO, .macro = meet_macro(checker, macro)};
}

static void check_call_block(struct template_checker *checker, const struct template_node *node)
{
    struct template_node *call = node->as.call_block.call;
    struct template_shape caller = shape_of_macro(checker, node->as.call_block.macro);
    if (checker->frame->is_muted)
        return;
    struct template_shape of = template_shape_any;
    if (call->kind == NODE_CALL && !template_called_function(call))
        of = template_check_expression(checker, call->as.call.callee);
    if (of.kind == SHAPE_MACRO)
        template_check_macro_call(checker, call, of.macro, &caller);
    else
        template_check_expression(checker, call);
}

/* ---- Statements -------------------------------------------------------------------------------------------------------------- */

/* Whether what follows it is reached. */
static bool check_statement(struct template_checker *checker, struct template_node *node)
{
    switch (node->kind) {
    case NODE_OUTPUT: check_output(checker, node); break;
    case NODE_DO: template_check_expression(checker, node->as.of); break;
    case NODE_IF: return check_if(checker, node);
    case NODE_FOR: check_for(checker, node); break;
    case NODE_SET:
        template_check_assign(
            checker, node->as.set.target, template_check_expression(checker, node->as.set.value));
        break;
    case NODE_SET_BLOCK: check_set_block(checker, node); break;
    case NODE_WITH: check_with(checker, node); break;
    case NODE_BLOCK: check_block_node(checker, node); break;
    case NODE_EXTENDS:
        template_check_expression(checker, node->as.other.name);
        checker->frame->is_muted = true;
        break;
    case NODE_INCLUDE: check_include(checker, node); break;
    case NODE_IMPORT: check_import(checker, node); break;
    case NODE_FROM: check_from(checker, node); break;
    case NODE_MACRO:
        template_check_assign(
            checker, node->as.macro.target, shape_of_macro(checker, node->as.macro.macro));
        break;
    case NODE_CALL_BLOCK: check_call_block(checker, node); break;
    case NODE_FILTER_BLOCK:
    case NODE_AUTOESCAPE: check_wrap(checker, node); break;
    case NODE_BREAK:
    case NODE_CONTINUE: return false;
    default: break;
    }
    return true;
}

bool template_check_body(struct template_checker *checker, const struct template_nodes *body)
{
    bool goes_on = true;
    for (size_t i = 0; i < body->count && template_check_step(checker); i++)
        goes_on = check_statement(checker, body->at[i]) && goes_on;
    return goes_on;
}

/* ---- All templates --------------------------------------------------------------------------------------------------------------- */

/* What the host says to be there: "page.title". */
static void learn_fields(struct template_checker *checker, const struct template_entry *entry)
{
    for (const char *const *field = entry->fields; field && *field; field++) {
        struct text path = text_of(*field);
        ptrdiff_t dot = text_find_byte(path, '.');
        base_assert(dot > 0);
        const struct template_name *name =
            template_intern(checker->set, text_slice(path, 0, (size_t)dot));
        base_assert(name->global >= 0);
        struct template_shape of = shape_of_global(checker, name->global);
        name = template_intern(checker->set, text_slice(path, (size_t)dot + 1, path.length));
        template_check_learn_path(checker, template_check_field_path(checker, of.path, name));
    }
}

static void check_entry(struct template_checker *checker, const struct template_entry *entry)
{
    struct template_file *file = template_find_file(checker->set, entry->name);
    if (!file)
        return;
    checker->entry = entry;
    checker->fact_count = 0;
    learn_fields(checker, entry);
    check_file(checker, file, arena_alloc(&checker->arena, sizeof(struct template_check_world)));
}

/* Blocks that another template puts something else in place of. */
static void check_left_blocks(struct template_checker *checker, struct template_file *file)
{
    for (size_t i = 0; i < file->blocks.count; i++) {
        struct template_node *block = file->blocks.at[i];
        if (block->is_right)
            continue;
        struct template_check_world *world = arena_alloc(&checker->arena, sizeof *world);
        *world = (struct template_check_world){.is_open = true, .blocks = world};
        world->chain = arena_array(&checker->arena, 1, sizeof(struct template_file *));
        world->chain[world->chain_count++] = file;
        run_block(checker, world, block, 0);
    }
}

static void check_left(struct template_checker *checker)
{
    checker->is_any_caller = true;
    checker->entry = NULL;
    for (size_t i = 0; i < checker->set->files.count; i++) {
        struct template_file *file = checker->set->files.entries[i].value;
        struct template_check_world *world = arena_alloc(&checker->arena, sizeof *world);
        world->is_open = true;
        if (!file->is_checked)
            check_file(checker, file, world);
        check_left_blocks(checker, file);
    }
}

bool template_check(struct template_set *set, const struct template_entry *entries, size_t count,
    struct report *report)
{
    struct template_checker checker = {.set = set};
    size_t errors = report->errors;
    arena_init(&checker.arena);
    map_init(&checker.modules, &checker.arena);
    checker.global_paths =
        arena_array(&checker.arena, set->options->global_count, sizeof *checker.global_paths);
    for (size_t i = 0; i < count; i++)
        check_entry(&checker, &entries[i]);
    template_check_left_macros(&checker);
    check_left(&checker);
    template_check_left_macros(&checker);
    template_check_tell(&checker, report);
    arena_release(&checker.arena);
    return report->errors == errors;
}
