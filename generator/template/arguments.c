/*
 * Calls as they are written, whatever their values will be: filters and tests that do not exist, and
 * arguments that fit no parameter.
 */
#include "template/template_inside.h"

/* ---- Names of filters and tests ------------------------------------------------------------------------ */

static struct text guess_row(struct arena *arena, const struct map *rows, struct text wrong)
{
    size_t count = 0;
    struct text *names = arena_array(arena, rows->count, sizeof *names);
    for (size_t i = 0; i < rows->count; i++)
        if ((unsigned char)rows->entries[i].key.at[0] >= 'a') /* not "<" and the like */
            names[count++] = rows->entries[i].key;
    return report_guess(arena, wrong, names, count);
}

static const struct template_row *find_row(struct template_compiler *compiler,
    const struct template_node *node, struct text name, enum template_role role)
{
    const struct map *rows =
        role == TEMPLATE_FILTER ? &compiler->set->filters : &compiler->set->tests;
    const struct template_row *row = map_get(rows, name);
    if (!row)
        template_wrong(compiler, node, "unknown %s '%.*s'%.*s",
            role == TEMPLATE_FILTER ? "filter" : "test", TEXT_ARGS(name),
            TEXT_ARGS(guess_row(&compiler->set->arena, rows, name)));
    return row;
}

/* map("upper"), select("defined"), selectattr("drama", "eq", x): names of filters and tests. */
static void check_names_in_quotes(
    struct template_compiler *compiler, const struct template_node *node)
{
    const struct template_nodes *given = &node->as.call.arguments.positional;
    struct text name = node->as.call.name;
    size_t at = text_ends(name, "attr") ? 1 : 0;
    bool is_map = text_is(name, "map");
    if (!is_map && !text_starts(name, "select") && !text_starts(name, "reject"))
        return;
    if (given->count <= at)
        return;
    const struct template_node *quoted = given->at[at];
    if (quoted->kind == NODE_LITERAL && quoted->as.literal.kind == DATA_TEXT)
        find_row(
            compiler, quoted, quoted->as.literal.as.text, is_map ? TEMPLATE_FILTER : TEMPLATE_TEST);
}

/* ---- Arguments and parameters ---------------------------------------------------------------------------- */

struct faults {
    struct arena *arena;
    struct template_fault *at;
    size_t count, capacity;
};

static void add_fault(
    struct faults *faults, uint32_t line, uint32_t column, uint32_t points, struct text message)
{
    struct template_fault *fault =
        list_add(&faults->at, &faults->count, &faults->capacity, faults->arena, sizeof *fault);
    *fault = (struct template_fault){line, column, points, message};
}

static ptrdiff_t find_parameter(const struct template_row *row, const struct template_name *name)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->parameters[i].name == name)
            return (ptrdiff_t)i;
    return -1;
}

static struct text guess_parameter(
    struct arena *arena, const struct template_row *row, size_t first, struct text wrong)
{
    struct text names[TEMPLATE_PARAMETERS];
    for (size_t i = first; i < row->count; i++)
        names[i - first] = row->parameters[i].name->text;
    return report_guess(arena, wrong, names, row->count - first);
}

static void check_keyword(struct faults *faults, const struct template_row *row, size_t first,
    size_t count, const struct template_keyword *keyword)
{
    ptrdiff_t at = find_parameter(row, keyword->name);
    struct text name = keyword->name->text, message;
    if (at >= 0 && (size_t)at < count)
        message = arena_format(faults->arena, "'%s' gets the argument '%.*s' twice",
            row->function->name, TEXT_ARGS(name));
    else if (at < 0 && !row->takes_named)
        message =
            arena_format(faults->arena, "unknown argument '%.*s' of '%s'%.*s", TEXT_ARGS(name),
                row->function->name, TEXT_ARGS(guess_parameter(faults->arena, row, first, name)));
    else
        return;
    add_fault(faults, keyword->line, keyword->column, (uint32_t)text_count_points(name), message);
}

static bool is_named(const struct template_arguments *given, const struct template_name *name)
{
    for (size_t i = 0; i < given->named_count; i++)
        if (given->named[i].name == name)
            return true;
    return false;
}

static void check_missing(struct faults *faults, const struct template_node *node,
    const struct template_row *row, size_t count)
{
    const struct template_arguments *given = &node->as.call.arguments;
    for (size_t i = count; i < row->count; i++)
        if (row->parameters[i].is_required && !is_named(given, row->parameters[i].name))
            add_fault(faults, node->line, node->column, node->points,
                arena_format(faults->arena, "'%s' needs the argument '%.*s'", row->function->name,
                    TEXT_ARGS(row->parameters[i].name->text)));
}

size_t template_argument_faults(struct arena *arena, const struct template_node *node,
    const struct template_row *row, size_t first, struct template_fault **found)
{
    const struct template_arguments *given = &node->as.call.arguments;
    size_t count = given->positional.count + first, most = row->count - first;
    struct faults faults = {.arena = arena};
    for (size_t i = 0; i < given->named_count; i++)
        check_keyword(&faults, row, first, count, &given->named[i]);
    if (count > row->count && !row->takes_rest) {
        const struct template_node *extra = given->positional.at[most];
        add_fault(&faults, extra->line, extra->column, extra->points,
            arena_format(arena, "'%s' takes at most %zu argument%s, not %zu", row->function->name,
                most, most == 1 ? "" : "s", count - first));
    }
    if (!given->rest && !given->named_rest)
        check_missing(&faults, node, row, count);
    *found = faults.at;
    return faults.count;
}

static void check_arguments(struct template_compiler *compiler, const struct template_node *node,
    const struct template_row *row, size_t first)
{
    struct template_fault *faults;
    size_t count = template_argument_faults(&compiler->set->arena, node, row, first, &faults);
    for (size_t i = 0; i < count; i++)
        template_wrong_at(compiler, faults[i].line, faults[i].column, faults[i].points, "%.*s",
            TEXT_ARGS(faults[i].message));
}

/* ---- Calls -------------------------------------------------------------------------------------------------- */

const struct template_row *template_called_function(const struct template_node *node)
{
    const struct template_node *callee = node->as.call.callee;
    if (callee->kind != NODE_NAME || callee->as.name.spot_count > 0 ||
        callee->as.name.name->is_stored || callee->as.name.name->global >= 0)
        return NULL;
    return callee->as.name.name->function;
}

void template_check_call(struct template_compiler *compiler, struct template_node *node)
{
    if (node->kind == NODE_CALL) {
        node->as.call.row = template_called_function(node);
        if (!node->as.call.row)
            return;
        check_arguments(compiler, node, node->as.call.row, 0);
        template_bind(compiler->set, node, 0);
        return;
    }
    node->as.call.row = find_row(compiler, node, node->as.call.name,
        node->kind == NODE_FILTER ? TEMPLATE_FILTER : TEMPLATE_TEST);
    if (!node->as.call.row)
        return;
    check_arguments(compiler, node, node->as.call.row, 1);
    template_bind(compiler->set, node, 1);
    if (node->kind == NODE_FILTER)
        check_names_in_quotes(compiler, node);
}
