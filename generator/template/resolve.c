/*
 * Names: every variable gets a slot, every use of one the slots where its value may stand.
 *
 * A unit (template, block, macro, recursive loop) has one array of slots while it runs. Inside it,
 * scopes nest: a loop, `with`, a block of `set` or `filter`. A name that is assigned in a scope has a
 * slot there; until the assignment has run, the slot is unset and the name means what it means
 * outside. So a use is a list of spots, innermost first, and behind them the context: variables of
 * the templates around, and of the page.
 *
 *     {% set x = 1 %}            x: slot 0 of the template
 *     {% for x in list %}        x: slot 1
 *         {% macro m() %}{{ x }}{% endmacro %}      (1 unit out, slot 1), (1 unit out, slot 0)
 */
#include "template/template_inside.h"

struct local {
    const struct template_name *name;
    uint32_t slot;
};

struct scope {
    struct scope *outer;
    struct template_unit *unit;
    bool starts_unit;
    struct local *locals;
    size_t count, capacity;
};

struct resolver {
    struct template_compiler *compiler;
    struct template_set *set;
    struct scope *scope;
    struct scope *root; /* of the template; NULL inside blocks and macros */
    unsigned depth;     /* of the expression: long chains of operators nest, too */
};

static void resolve_expression(struct resolver *, struct template_node *);
static void resolve_body(struct resolver *, const struct template_nodes *);

/* ---- Scopes ------------------------------------------------------------------------------------------- */

static struct local *find_local(struct scope *scope, const struct template_name *name)
{
    for (size_t i = 0; i < scope->count; i++)
        if (scope->locals[i].name == name)
            return &scope->locals[i];
    return NULL;
}

static void mark_stored(struct resolver *resolver, const struct template_name *name)
{
    struct template_name *stored = map_get(&resolver->set->names, name->text);
    stored->is_stored = true;
}

/* Where another template or block can see the name, it has to be looked for. */
static void mark_shared(struct resolver *resolver, const struct template_name *name)
{
    struct template_name *shared = map_get(&resolver->set->names, name->text);
    shared->is_shared = true;
}

static struct local *declare(struct resolver *resolver, const struct template_name *name)
{
    struct scope *scope = resolver->scope;
    struct local *local = find_local(scope, name);
    if (!local) {
        local = list_add(
            &scope->locals, &scope->count, &scope->capacity, &resolver->set->arena, sizeof *local);
        local->name = name;
        local->slot = scope->unit->slot_count++;
    }
    mark_stored(resolver, name);
    return local;
}

static const struct template_name *intern(struct resolver *resolver, const char *name)
{
    return template_intern(resolver->set, text_of(name));
}

static void open_scope(struct resolver *resolver, struct scope *scope)
{
    *scope = (struct scope){.outer = resolver->scope, .unit = resolver->scope->unit};
    resolver->scope = scope;
}

static void open_unit(struct resolver *resolver, struct scope *scope, struct template_unit *unit)
{
    *scope = (struct scope){.outer = resolver->scope, .unit = unit, .starts_unit = true};
    resolver->scope = scope;
}

static void close_scope(struct resolver *resolver)
{
    resolver->scope = resolver->scope->outer;
}

/* ---- Targets ------------------------------------------------------------------------------------------- */

static void declare_target(struct resolver *resolver, const struct template_node *target)
{
    if (target->kind == NODE_TUPLE)
        for (size_t i = 0; i < target->as.items.count; i++)
            declare_target(resolver, target->as.items.at[i]);
    else if (!target->as.name.member)
        declare(resolver, target->as.name.name);
}

/* The names that a body assigns in its own scope: branches of `if` belong to it. */
static void declare_stores(struct resolver *resolver, const struct template_nodes *body)
{
    for (size_t i = 0; i < body->count; i++) {
        const struct template_node *node = body->at[i];
        if (node->kind == NODE_SET || node->kind == NODE_SET_BLOCK)
            declare_target(resolver, node->as.set.target);
        else if (node->kind == NODE_MACRO)
            declare_target(resolver, node->as.macro.target);
        else if (node->kind == NODE_IMPORT)
            declare_target(resolver, node->as.other.target);
        else if (node->kind == NODE_FROM)
            for (size_t pick = 0; pick < node->as.other.pick_count; pick++)
                declare_target(resolver, node->as.other.picks[pick].target);
        else if (node->kind == NODE_IF)
            for (size_t branch = 0; branch < node->as.choose.count; branch++)
                declare_stores(resolver, &node->as.choose.branches[branch].body);
    }
}

static struct template_spot *new_spots(struct resolver *resolver, size_t count)
{
    return arena_array(&resolver->set->arena, count, sizeof(struct template_spot));
}

/* Gives a target its slot, which was declared before. */
static void resolve_target(struct resolver *resolver, struct template_node *target)
{
    if (target->kind == NODE_TUPLE) {
        for (size_t i = 0; i < target->as.items.count; i++)
            resolve_target(resolver, target->as.items.at[i]);
        return;
    }
    if (target->as.name.member) {
        resolve_expression(resolver, target);
        return;
    }
    struct local *local = find_local(resolver->scope, target->as.name.name);
    base_assert(local);
    struct template_spot *spot = new_spots(resolver, 1);
    spot->slot = local->slot;
    target->as.name.spots = spot;
    target->as.name.spot_count = 1;
    target->as.name.is_exported = resolver->scope == resolver->root;
    if (target->as.name.is_exported)
        mark_shared(resolver, target->as.name.name);
}

/* ---- Names ---------------------------------------------------------------------------------------------- */

/* What is made here, a macro say, may still use the frames around when their units have ended. */
static void keep_frames(struct resolver *resolver)
{
    for (struct scope *scope = resolver->scope; scope; scope = scope->outer)
        scope->unit->keeps_frame = true;
}

/* What includes, imports and scoped blocks can see from here. */
static void list_visibles(struct resolver *resolver, struct template_visibles *visibles)
{
    uint32_t depth = 0;
    keep_frames(resolver);
    for (struct scope *scope = resolver->scope; scope; scope = scope->outer) {
        for (size_t i = 0; i < scope->count; i++) {
            mark_shared(resolver, scope->locals[i].name);
            struct template_visible *visible = list_add(&visibles->at, &visibles->count,
                &visibles->capacity, &resolver->set->arena, sizeof *visible);
            *visible =
                (struct template_visible){scope->locals[i].name, {depth, scope->locals[i].slot}};
        }
        depth += scope->starts_unit;
    }
}

static size_t count_spots(const struct resolver *resolver, const struct template_name *name)
{
    size_t count = 0;
    for (struct scope *scope = resolver->scope; scope; scope = scope->outer)
        count += find_local(scope, name) != NULL;
    return count;
}

static void find_spots(struct resolver *resolver, struct template_node *node)
{
    size_t count = count_spots(resolver, node->as.name.name);
    if (count == 0)
        return;
    struct template_spot *spots = new_spots(resolver, count);
    uint32_t depth = 0;
    for (struct scope *scope = resolver->scope; scope; scope = scope->outer) {
        const struct local *local = find_local(scope, node->as.name.name);
        if (local)
            spots[node->as.name.spot_count++] = (struct template_spot){depth, local->slot};
        depth += scope->starts_unit;
    }
    node->as.name.spots = spots;
}

static void add_free_name(struct resolver *resolver, struct template_node *node)
{
    struct template_nodes *names = &resolver->compiler->file->free_names;
    struct template_node **room =
        list_add(&names->at, &names->count, &names->capacity, &resolver->set->arena, sizeof *room);
    *room = node;
}

static void resolve_name(struct resolver *resolver, struct template_node *node)
{
    const struct template_name *name = node->as.name.name;
    find_spots(resolver, node);
    if (node->as.name.spot_count > 0)
        return;
    if (name->global < 0 && !name->function)
        add_free_name(resolver, node);
}

/* `x is defined` and `x|default(y)` may ask for any name. */
static void resolve_perhaps(struct resolver *resolver, struct template_node *node)
{
    size_t count = resolver->compiler->file->free_names.count;
    resolve_expression(resolver, node);
    resolver->compiler->file->free_names.count = count;
}

/* ---- Expressions ------------------------------------------------------------------------------------------ */

static void resolve_nodes(struct resolver *resolver, const struct template_nodes *nodes)
{
    for (size_t i = 0; i < nodes->count; i++)
        resolve_expression(resolver, nodes->at[i]);
}

static void resolve_arguments(struct resolver *resolver, const struct template_arguments *arguments)
{
    resolve_nodes(resolver, &arguments->positional);
    for (size_t i = 0; i < arguments->named_count; i++)
        resolve_expression(resolver, arguments->named[i].value);
    resolve_expression(resolver, arguments->rest);
    resolve_expression(resolver, arguments->named_rest);
}

static bool asks_for_being(const struct template_node *node)
{
    static const char *const names[] = {"defined", "undefined", "default", "d"};
    if (node->kind == NODE_CALL || !node->as.call.callee || node->as.call.callee->kind != NODE_NAME)
        return false;
    for (size_t i = 0; i < BASE_COUNT(names); i++)
        if (text_is(node->as.call.name, names[i]))
            return true;
    return false;
}

static void add_foldable(struct resolver *resolver, struct template_node *node)
{
    struct template_nodes *nodes = &resolver->compiler->file->foldable;
    struct template_node **room =
        list_add(&nodes->at, &nodes->count, &nodes->capacity, &resolver->set->arena, sizeof *room);
    *room = node;
}

static void resolve_call(struct resolver *resolver, struct template_node *node)
{
    if (asks_for_being(node))
        resolve_perhaps(resolver, node->as.call.callee);
    else
        resolve_expression(resolver, node->as.call.callee);
    resolve_arguments(resolver, &node->as.call.arguments);
    template_check_call(resolver->compiler, node);
    if (node->as.call.places && node->as.call.row->function->gives_same)
        add_foldable(resolver, node);
}

static void resolve_choice(struct resolver *resolver, struct template_node *node)
{
    resolve_expression(resolver, node->as.choice.test);
    resolve_expression(resolver, node->as.choice.yes);
    resolve_expression(resolver, node->as.choice.no);
}

static void resolve_compare(struct resolver *resolver, struct template_node *node)
{
    resolve_expression(resolver, node->as.compare.first);
    for (size_t i = 0; i < node->as.compare.count; i++)
        resolve_expression(resolver, node->as.compare.others[i]);
}

static void resolve_index(struct resolver *resolver, struct template_node *node)
{
    resolve_expression(resolver, node->as.index.of);
    resolve_expression(resolver, node->as.index.index);
}

static void resolve_slice(struct resolver *resolver, struct template_node *node)
{
    resolve_expression(resolver, node->as.slice.of);
    resolve_expression(resolver, node->as.slice.from);
    resolve_expression(resolver, node->as.slice.to);
    resolve_expression(resolver, node->as.slice.step);
}

static void resolve_pair(struct resolver *resolver, struct template_node *node)
{
    resolve_expression(resolver, node->as.pair.left);
    resolve_expression(resolver, node->as.pair.right);
}

static void resolve_node(struct resolver *resolver, struct template_node *node)
{
    switch (node->kind) {
    case NODE_NAME: resolve_name(resolver, node); break;
    case NODE_LIST:
    case NODE_TUPLE:
    case NODE_MAP:
    case NODE_CONCAT: resolve_nodes(resolver, &node->as.items); break;
    case NODE_NEGATE:
    case NODE_PLUS:
    case NODE_NOT: resolve_expression(resolver, node->as.of); break;
    case NODE_AND:
    case NODE_OR:
    case NODE_BINARY: resolve_pair(resolver, node); break;
    case NODE_COMPARE: resolve_compare(resolver, node); break;
    case NODE_CHOICE: resolve_choice(resolver, node); break;
    case NODE_ATTRIBUTE: resolve_expression(resolver, node->as.attribute.of); break;
    case NODE_INDEX: resolve_index(resolver, node); break;
    case NODE_SLICE: resolve_slice(resolver, node); break;
    case NODE_CALL:
    case NODE_FILTER:
    case NODE_TEST: resolve_call(resolver, node); break;
    default: break;
    }
}

static void resolve_expression(struct resolver *resolver, struct template_node *node)
{
    if (!node)
        return;
    if (++resolver->depth <= TEMPLATE_MOST_TREE_DEPTH)
        resolve_node(resolver, node);
    else if (resolver->depth == TEMPLATE_MOST_TREE_DEPTH + 1)
        template_wrong(resolver->compiler, node, "an expression of more than %d steps",
            TEMPLATE_MOST_TREE_DEPTH);
    resolver->depth--;
}

/* ---- Statements with scopes ------------------------------------------------------------------------------------ */

/* A body in a scope of its own; its slots are forgotten each time it starts. */
static void resolve_inner(
    struct resolver *resolver, const struct template_nodes *body, uint32_t *first, uint32_t *end)
{
    struct scope scope;
    open_scope(resolver, &scope);
    *first = scope.unit->slot_count;
    declare_stores(resolver, body);
    *end = scope.unit->slot_count;
    resolve_body(resolver, body);
    close_scope(resolver);
}

static void resolve_loop_inside(struct resolver *resolver, struct template_node *node)
{
    struct scope *scope = resolver->scope;
    node->as.loop.first_slot = scope->unit->slot_count;
    declare_target(resolver, node->as.loop.target);
    const struct template_name *loop = intern(resolver, "loop");
    if (find_local(scope, loop))
        template_wrong(
            resolver->compiler, node->as.loop.target, "can't assign to 'loop' inside a loop");
    resolve_target(resolver, node->as.loop.target);
    resolve_expression(resolver, node->as.loop.test);
    if (node->as.loop.has_loop)
        node->as.loop.loop_slot = declare(resolver, loop)->slot;
    declare_stores(resolver, &node->as.loop.body);
    node->as.loop.end_slot = scope->unit->slot_count;
    resolve_body(resolver, &node->as.loop.body);
}

static void resolve_for(struct resolver *resolver, struct template_node *node)
{
    struct scope scope;
    resolve_expression(resolver, node->as.loop.over);
    if (node->as.loop.is_recursive) {
        keep_frames(resolver);
        open_unit(resolver, &scope, &node->as.loop.unit);
    } else {
        open_scope(resolver, &scope);
    }
    resolve_loop_inside(resolver, node);
    close_scope(resolver);
    resolve_inner(resolver, &node->as.loop.otherwise, &node->as.loop.else_first_slot,
        &node->as.loop.else_end_slot);
}

static void resolve_if(struct resolver *resolver, struct template_node *node)
{
    for (size_t i = 0; i < node->as.choose.count; i++) {
        resolve_expression(resolver, node->as.choose.branches[i].test);
        resolve_body(resolver, &node->as.choose.branches[i].body);
    }
}

static void resolve_set(struct resolver *resolver, struct template_node *node)
{
    if (node->kind == NODE_SET_BLOCK)
        resolve_inner(
            resolver, &node->as.set.body, &node->as.set.first_slot, &node->as.set.end_slot);
    resolve_expression(resolver, node->as.set.value);
    resolve_target(resolver, node->as.set.target);
}

static void resolve_with(struct resolver *resolver, struct template_node *node)
{
    struct scope scope;
    resolve_nodes(resolver, &node->as.with.values);
    open_scope(resolver, &scope);
    node->as.with.first_slot = scope.unit->slot_count;
    for (size_t i = 0; i < node->as.with.targets.count; i++)
        declare_target(resolver, node->as.with.targets.at[i]);
    declare_stores(resolver, &node->as.with.body);
    node->as.with.end_slot = scope.unit->slot_count;
    for (size_t i = 0; i < node->as.with.targets.count; i++)
        resolve_target(resolver, node->as.with.targets.at[i]);
    resolve_body(resolver, &node->as.with.body);
    close_scope(resolver);
}

static void resolve_wrap(struct resolver *resolver, struct template_node *node)
{
    resolve_expression(resolver, node->as.wrap.filter);
    resolve_inner(
        resolver, &node->as.wrap.body, &node->as.wrap.first_slot, &node->as.wrap.end_slot);
}

/* ---- Units -------------------------------------------------------------------------------------------------------- */

static void resolve_macro_inside(struct resolver *resolver, struct template_macro *macro)
{
    for (size_t i = 0; i < macro->count; i++) {
        declare(resolver, macro->parameters[i]);
        macro->takes_caller = macro->takes_caller && !text_is(macro->parameters[i]->text, "caller");
    }
    if (macro->takes_rest)
        macro->rest_slot = declare(resolver, intern(resolver, "varargs"))->slot;
    if (macro->takes_named)
        macro->named_slot = declare(resolver, intern(resolver, "kwargs"))->slot;
    if (macro->takes_caller)
        macro->caller_slot = declare(resolver, intern(resolver, "caller"))->slot;
    declare_stores(resolver, &macro->unit.body);
    resolve_nodes(resolver, &macro->defaults);
    resolve_body(resolver, &macro->unit.body);
}

static void resolve_macro(struct resolver *resolver, struct template_macro *macro)
{
    struct scope scope;
    struct scope *root = resolver->root;
    resolver->root = NULL;
    keep_frames(resolver);
    open_unit(resolver, &scope, &macro->unit);
    resolve_macro_inside(resolver, macro);
    close_scope(resolver);
    resolver->root = root;
}

static void resolve_block(struct resolver *resolver, struct template_node *node)
{
    struct scope *around = resolver->scope, *root = resolver->root, scope;
    if (node->as.block.is_scoped)
        list_visibles(resolver, &node->as.block.visibles);
    resolver->scope = resolver->root = NULL;
    open_unit(resolver, &scope, &node->as.block.unit);
    if (node->as.block.uses_super)
        node->as.block.super_slot = declare(resolver, intern(resolver, "super"))->slot;
    declare_stores(resolver, &node->as.block.unit.body);
    resolve_body(resolver, &node->as.block.unit.body);
    resolver->scope = around;
    resolver->root = root;
}

/* ---- Other templates ------------------------------------------------------------------------------------------------ */

static bool is_constant(const struct template_node *node)
{
    return node->kind == NODE_LITERAL && node->as.literal.kind == DATA_TEXT;
}

/* The template of a constant name, compiled. From then on the name is the one it has in the set. */
static struct template_file *need(struct resolver *resolver, struct template_node *node)
{
    const struct template_options *options = resolver->set->options;
    struct text name = node->as.literal.as.text;
    if (options->join)
        name = options->join(
            options->context, &resolver->set->arena, name, resolver->compiler->file->name);
    struct template_file *file = template_need(resolver->set, name, resolver->compiler->report);
    if (!file)
        return NULL;
    template_add_file(resolver->set, &resolver->compiler->file->needs, file);
    node->as.literal.as.text = file->name;
    return file;
}

static void missing_file(struct resolver *resolver, const struct template_node *node)
{
    struct text name = node->as.literal.as.text;
    template_wrong(resolver->compiler, node, "no template '%.*s'%.*s", TEXT_ARGS(name),
        TEXT_ARGS(template_guess_file(resolver->set, name)));
}

/* include ["a.html", "b.html"]: the first that exists. */
static void need_one_of(struct resolver *resolver, struct template_node *list, bool ignores_missing)
{
    bool is_found = false, is_all_constant = list->as.items.count > 0;
    for (size_t i = 0; i < list->as.items.count; i++) {
        struct template_node *item = list->as.items.at[i];
        is_all_constant = is_all_constant && is_constant(item);
        resolver->set->has_unknown_names = resolver->set->has_unknown_names || !is_constant(item);
        if (is_constant(item) && need(resolver, item))
            is_found = true;
    }
    if (!is_found && is_all_constant && !ignores_missing)
        missing_file(resolver, list->as.items.at[0]);
}

/* The template when its name is constant, compiled; else NULL. */
static struct template_file *need_named(
    struct resolver *resolver, struct template_node *name, bool ignores_missing)
{
    if (name->kind == NODE_LIST || name->kind == NODE_TUPLE) {
        need_one_of(resolver, name, ignores_missing);
    } else if (name->kind == NODE_CHOICE) {
        need_named(resolver, name->as.choice.yes, ignores_missing);
        if (name->as.choice.no)
            need_named(resolver, name->as.choice.no, ignores_missing);
    } else if (is_constant(name)) {
        struct template_file *file = need(resolver, name);
        if (!file && !ignores_missing)
            missing_file(resolver, name);
        return file;
    } else {
        resolver->set->has_unknown_names = true;
    }
    return NULL;
}

static void check_pick(
    struct resolver *resolver, const struct template_file *file, const struct template_pick *pick)
{
    struct text *names = arena_array(&resolver->set->arena, file->exports.count, sizeof *names);
    for (size_t i = 0; i < file->exports.count; i++) {
        names[i] = file->exports.at[i].name->text;
        if (file->exports.at[i].name == pick->name)
            return;
    }
    template_wrong(resolver->compiler, pick->target, "no '%.*s' in template '%.*s'%.*s",
        TEXT_ARGS(pick->name->text), TEXT_ARGS(file->name),
        TEXT_ARGS(
            report_guess(&resolver->set->arena, pick->name->text, names, file->exports.count)));
}

/* Whether names are checked: where the variables of the page are declared. */
static bool is_checked(const struct resolver *resolver)
{
    return resolver->set->options->global_count > 0;
}

static void resolve_other(struct resolver *resolver, struct template_node *node)
{
    resolve_expression(resolver, node->as.other.name);
    struct template_file *file =
        need_named(resolver, node->as.other.name, node->as.other.ignores_missing);
    if (node->as.other.target) {
        resolve_target(resolver, node->as.other.target);
        node->as.other.target->as.name.is_imported = true;
    }
    for (size_t i = 0; i < node->as.other.pick_count; i++) {
        if (file && file->stage == STAGE_READY && is_checked(resolver))
            check_pick(resolver, file, &node->as.other.picks[i]);
        resolve_target(resolver, node->as.other.picks[i].target);
        node->as.other.picks[i].target->as.name.is_imported = true;
    }
    if (node->as.other.has_context)
        list_visibles(resolver, &node->as.other.visibles);
}

static bool extends_itself(const struct template_file *file)
{
    const struct template_file *parent = file->parent;
    for (unsigned depth = 0; parent && depth < TEMPLATE_MOST_DEPTH;
         depth++, parent = parent->parent)
        if (parent == file)
            return true;
    return parent != NULL;
}

static void resolve_extends(struct resolver *resolver, struct template_node *node)
{
    struct template_file *file = resolver->compiler->file;
    resolve_expression(resolver, node->as.other.name);
    struct template_file *parent = need_named(resolver, node->as.other.name, false);
    file->extends_unknown = file->extends_unknown || !parent;
    file->parent = parent;
    if (parent && extends_itself(file)) {
        template_wrong(resolver->compiler, node->as.other.name,
            "template '%.*s' extends itself in the end", TEXT_ARGS(file->name));
        if (parent == file && resolver->set->options->itself_note)
            report_note(resolver->compiler->report, "%s", resolver->set->options->itself_note);
        file->parent = NULL;
        file->extends_unknown = true;
    }
}

/* ---- Blocks that no parent has ------------------------------------------------------------------------------------------- */

static bool has_block(const struct template_file *file, const struct template_name *name)
{
    for (size_t i = 0; i < file->blocks.count; i++)
        if (file->blocks.at[i]->as.block.name == name)
            return true;
    return false;
}

static struct text guess_block(struct resolver *resolver, const struct template_node *block)
{
    struct arena *arena = &resolver->set->arena;
    struct text *names = NULL;
    size_t count = 0, capacity = 0;
    const struct template_file *file = resolver->compiler->file->parent;
    for (; file; file = file->parent)
        for (size_t i = 0; i < file->blocks.count; i++) {
            struct text *room = list_add(&names, &count, &capacity, arena, sizeof *room);
            *room = file->blocks.at[i]->as.block.name->text;
        }
    return report_guess(arena, block->as.block.name->text, names, count);
}

static void check_block(struct resolver *resolver, const struct template_node *block)
{
    const struct template_file *file = resolver->compiler->file->parent;
    for (; file; file = file->parent)
        if (file->extends_unknown || file->stage != STAGE_READY ||
            has_block(file, block->as.block.name))
            return;
    template_wrong(resolver->compiler, block,
        "block '%.*s' is in none of the templates that this one extends%.*s",
        TEXT_ARGS(block->as.block.name->text), TEXT_ARGS(guess_block(resolver, block)));
}

static void check_blocks(struct resolver *resolver)
{
    const struct template_file *file = resolver->compiler->file;
    if (!file->parent || file->extends_unknown || !is_checked(resolver))
        return;
    for (size_t i = 0; i < file->blocks.count; i++)
        if (!file->blocks.at[i]->as.block.is_nested)
            check_block(resolver, file->blocks.at[i]);
}

/* ---- Statements ---------------------------------------------------------------------------------------------------------- */

static void resolve_statement(struct resolver *resolver, struct template_node *node)
{
    switch (node->kind) {
    case NODE_OUTPUT:
        resolve_expression(resolver, node->as.of);
        add_foldable(resolver, node);
        break;
    case NODE_DO: resolve_expression(resolver, node->as.of); break;
    case NODE_FOR: resolve_for(resolver, node); break;
    case NODE_IF: resolve_if(resolver, node); break;
    case NODE_SET:
    case NODE_SET_BLOCK: resolve_set(resolver, node); break;
    case NODE_WITH: resolve_with(resolver, node); break;
    case NODE_BLOCK: resolve_block(resolver, node); break;
    case NODE_EXTENDS: resolve_extends(resolver, node); break;
    case NODE_INCLUDE:
    case NODE_IMPORT:
    case NODE_FROM: resolve_other(resolver, node); break;
    case NODE_MACRO:
        resolve_target(resolver, node->as.macro.target);
        resolve_macro(resolver, node->as.macro.macro);
        add_foldable(resolver, node);
        break;
    case NODE_CALL_BLOCK:
        resolve_expression(resolver, node->as.call_block.call);
        if (node->as.call_block.call->kind == NODE_CALL) /* it is given the caller, too */
            node->as.call_block.call->as.call.places = NULL;
        resolve_macro(resolver, node->as.call_block.macro);
        break;
    case NODE_FILTER_BLOCK:
    case NODE_AUTOESCAPE: resolve_wrap(resolver, node); break;
    default: break;
    }
}

static void resolve_body(struct resolver *resolver, const struct template_nodes *body)
{
    for (size_t i = 0; i < body->count; i++)
        resolve_statement(resolver, body->at[i]);
}

void template_resolve(struct template_compiler *compiler)
{
    struct scope scope = {.unit = &compiler->file->root, .starts_unit = true};
    struct resolver resolver = {
        .compiler = compiler, .set = compiler->set, .scope = &scope, .root = &scope};
    declare_stores(&resolver, &compiler->file->root.body);
    list_visibles(&resolver, &compiler->file->exports);
    resolve_body(&resolver, &compiler->file->root.body);
    check_blocks(&resolver);
}

/* ---- Names that nothing explains, once everything is compiled --------------------------------------------------------------- */

static struct text guess_name(struct template_set *set, struct text wrong)
{
    size_t count = 0;
    struct text *names =
        arena_array(&set->arena, set->names.count + set->functions.count, sizeof *names);
    for (size_t i = 0; i < set->functions.count; i++)
        names[count++] = set->functions.entries[i].key;
    for (size_t i = 0; i < set->names.count; i++) {
        const struct template_name *name = set->names.entries[i].value;
        if (name->global >= 0 || name->is_stored)
            names[count++] = name->text;
    }
    return report_guess(&set->arena, wrong, names, count);
}

static bool check_names_of(
    struct template_set *set, struct template_file *file, struct report *report)
{
    bool is_right = true;
    for (size_t i = 0; i < file->free_names.count; i++) {
        const struct template_node *node = file->free_names.at[i];
        if (node->as.name.name->is_stored)
            continue;
        struct text name = node->as.name.name->text;
        report_at(report, REPORT_ERROR,
            template_place(file, node->line, node->column, node->points),
            "unknown variable '%.*s'%.*s", TEXT_ARGS(name), TEXT_ARGS(guess_name(set, name)));
        is_right = false;
        file->stage = STAGE_WRONG;
    }
    file->free_names.count = 0;
    return is_right;
}

bool template_check_names(struct template_set *set, struct report *report)
{
    bool is_right = true;
    if (set->options->global_count == 0)
        return true;
    for (size_t i = 0; i < set->options->global_count; i++)
        template_intern(set, text_of(set->options->globals[i].name));
    for (size_t i = 0; i < set->files.count; i++)
        is_right = check_names_of(set, set->files.entries[i].value, report) && is_right;
    return is_right;
}
