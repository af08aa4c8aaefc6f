/*
 * What is known of values before anything is rendered, and the checks that follow from it.
 *
 * A declared variable has a type; its fields lead to other types; a loop over a list of things gives
 * each of them its type. Where nothing is known, nothing is checked.
 */
#include "template/template_inside.h"

static const struct template_type any = {TYPE_ANY, NULL};

static struct template_type type_of(enum template_type_kind kind, const struct data_type *of)
{
    return of || kind == TYPE_SCALAR || kind == TYPE_LOOP ? (struct template_type){kind, of} : any;
}

struct template_type template_type_of_global(const struct template_set *set, ptrdiff_t index)
{
    const struct template_global *global = &set->options->globals[index];
    return type_of(global->is_many ? TYPE_THINGS : TYPE_THING, global->of);
}

struct template_type template_type_of_item(struct template_type list)
{
    return list.kind == TYPE_THINGS ? type_of(TYPE_THING, list.of) : any;
}

/* ---- Fields ------------------------------------------------------------------------------------------ */

static struct template_type type_of_field(const struct data_field *field)
{
    switch (field->kind == FIELD_COMPUTED ? field->gives : field->kind) {
    case FIELD_THING: return type_of(TYPE_THING, field->of);
    case FIELD_THINGS: return type_of(TYPE_THINGS, field->of);
    case FIELD_TEXT:
    case FIELD_HTML:
    case FIELD_WORD:
    case FIELD_YES_NO:
    case FIELD_INTEGER:
    case FIELD_FLOAT:
    case FIELD_DATE: return type_of(TYPE_SCALAR, NULL);
    case FIELD_TEXTS:
    case FIELD_VALUE:
    case FIELD_COMPUTED: break;
    }
    return any;
}

static struct text guess_field(struct arena *arena, const struct data_type *type, struct text wrong)
{
    struct text *names;
    size_t count = data_field_names(type, arena, &names);
    return report_guess(arena, wrong, names, count);
}

static struct template_type thing_attribute(struct template_compiler *compiler,
    const struct template_node *node, struct text name, const struct data_type *type)
{
    struct data_access access = data_resolve(type, name);
    if (access.field)
        return type_of_field(access.field);
    template_wrong(compiler, node, "unknown field '%.*s' of %s%.*s", TEXT_ARGS(name), type->name,
        TEXT_ARGS(guess_field(&compiler->set->arena, type, name)));
    return any;
}

static struct template_type loop_attribute(struct template_compiler *compiler,
    const struct template_node *node, const struct template_name *name)
{
    struct text names[LOOP_MEMBERS];
    if (name->loop_member)
        return any;
    for (int i = 1; i < LOOP_MEMBERS; i++)
        names[i] = text_of(template_loop_members[i]);
    template_wrong(compiler, node, "unknown field '%.*s' of loop%.*s", TEXT_ARGS(name->text),
        TEXT_ARGS(report_guess(&compiler->set->arena, name->text, names + 1, LOOP_MEMBERS - 1)));
    return any;
}

struct template_type template_type_of_attribute(
    struct template_compiler *compiler, struct template_node *node)
{
    struct template_type of = node->as.attribute.of->type;
    const struct template_name *name = node->as.attribute.name;
    if (of.kind == TYPE_THING) {
        node->as.attribute.type = of.of;
        node->as.attribute.access = data_resolve(of.of, name->text);
        return thing_attribute(compiler, node, name->text, of.of);
    }
    if (of.kind == TYPE_LOOP)
        return loop_attribute(compiler, node, name);
    if (of.kind == TYPE_THINGS && !name->methods[TEMPLATE_OF_LIST])
        template_wrong(compiler, node,
            "unknown field '%.*s': this is a list, each item of it is a %s", TEXT_ARGS(name->text),
            of.of->name);
    return any;
}

/* ---- Fields that are named in quotes: sort(attribute="drama.title") ------------------------------------ */

static const struct {
    const char *filter;
    const char *parameter;
} path_parameters[] = {
    {"groupby", "attribute"},
    {"join", "attribute"},
    {"max", "attribute"},
    {"min", "attribute"},
    {"sort", "attribute"},
    {"sum", "attribute"},
    {"unique", "attribute"},
};

static const struct template_node *find_argument(
    const struct template_node *node, const char *parameter)
{
    const struct template_arguments *given = &node->as.call.arguments;
    const struct template_row *row = node->as.call.row;
    for (size_t i = 0; i < given->named_count; i++)
        if (text_is(given->named[i].name->text, parameter))
            return given->named[i].value;
    for (size_t i = 1; i < row->count && i <= given->positional.count; i++)
        if (text_is(row->parameters[i].name->text, parameter))
            return given->positional.at[i - 1];
    return NULL;
}

/* Follows "drama.title" through the types; a number in it is an index, and ends what is known. */
static void check_one_path(struct template_compiler *compiler, const struct template_node *node,
    struct text path, struct template_type type)
{
    while (path.length > 0 && type.kind == TYPE_THING) {
        ptrdiff_t dot = text_find_byte(path, '.');
        size_t end = dot < 0 ? path.length : (size_t)dot;
        type = thing_attribute(compiler, node, text_slice(path, 0, end), type.of);
        path = text_slice(path, end + 1, path.length);
    }
}

static void check_path(
    struct template_compiler *compiler, const struct template_node *path, struct template_type list)
{
    if (!path || path->kind != NODE_LITERAL || path->as.literal.kind != DATA_TEXT)
        return;
    struct text rest = path->as.literal.as.text;
    while (rest.length > 0) {
        ptrdiff_t comma = text_find_byte(rest, ',');
        size_t end = comma < 0 ? rest.length : (size_t)comma;
        check_one_path(compiler, path, text_slice(rest, 0, end), template_type_of_item(list));
        rest = text_slice(rest, end + 1, rest.length);
    }
}

static void check_filter_name(
    struct template_compiler *compiler, const struct template_node *, enum template_role);

/* map("upper"), select("defined"), selectattr("drama", "eq", x): names of filters and tests. */
static void check_names_in_quotes(
    struct template_compiler *compiler, const struct template_node *node)
{
    const struct template_nodes *given = &node->as.call.arguments.positional;
    struct text name = node->as.call.name;
    bool is_attribute = text_ends(name, "attr");
    size_t at = is_attribute ? 1 : 0;
    bool is_map = text_is(name, "map");
    if (!is_map && !text_starts(name, "select") && !text_starts(name, "reject"))
        return;
    if (is_attribute && given->count > 0)
        check_path(compiler, given->at[0], node->as.call.callee->type);
    if (is_map && given->count == 0)
        check_path(compiler, find_argument(node, "attribute"), node->as.call.callee->type);
    if (given->count > at)
        check_filter_name(compiler, given->at[at], is_map ? TEMPLATE_FILTER : TEMPLATE_TEST);
}

static void check_quoted(struct template_compiler *compiler, const struct template_node *node)
{
    if (!node->as.call.callee)
        return;
    for (size_t i = 0; i < BASE_COUNT(path_parameters); i++)
        if (text_is(node->as.call.name, path_parameters[i].filter))
            check_path(compiler, find_argument(node, path_parameters[i].parameter),
                node->as.call.callee->type);
    check_names_in_quotes(compiler, node);
}

/* ---- Calls -------------------------------------------------------------------------------------------------- */

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

static void check_filter_name(
    struct template_compiler *compiler, const struct template_node *node, enum template_role role)
{
    if (node->kind == NODE_LITERAL && node->as.literal.kind == DATA_TEXT)
        find_row(compiler, node, node->as.literal.as.text, role);
}

static bool has_parameter(const struct template_row *row, const struct template_name *name)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->parameters[i].name == name)
            return true;
    return false;
}

static void check_keyword(struct template_compiler *compiler, const struct template_row *row,
    const struct template_keyword *keyword)
{
    struct text names[TEMPLATE_PARAMETERS];
    if (row->takes_named || has_parameter(row, keyword->name))
        return;
    for (size_t i = 0; i < row->count; i++)
        names[i] = row->parameters[i].name->text;
    template_wrong_at(compiler, keyword->line, keyword->column,
        (uint32_t)text_count_points(keyword->name->text), "unknown argument '%.*s' of '%s'%.*s",
        TEXT_ARGS(keyword->name->text), row->function->name,
        TEXT_ARGS(report_guess(&compiler->set->arena, keyword->name->text, names, row->count)));
}

static bool is_named(const struct template_arguments *given, const struct template_name *name)
{
    for (size_t i = 0; i < given->named_count; i++)
        if (given->named[i].name == name)
            return true;
    return false;
}

/* `first` parameters are taken by what a filter or test is applied to. */
static void check_arguments(struct template_compiler *compiler, const struct template_node *node,
    const struct template_row *row, size_t first)
{
    const struct template_arguments *given = &node->as.call.arguments;
    size_t count = given->positional.count + first;
    for (size_t i = 0; i < given->named_count; i++)
        check_keyword(compiler, row, &given->named[i]);
    if (count > row->count && !row->takes_rest)
        template_wrong(compiler, node, "'%s' takes at most %zu argument%s, not %zu",
            row->function->name, row->count - first, row->count - first == 1 ? "" : "s",
            count - first);
    if (given->rest || given->named_rest)
        return;
    for (size_t i = count; i < row->count; i++)
        if (row->parameters[i].is_required && !is_named(given, row->parameters[i].name))
            template_wrong(compiler, node, "'%s' needs the argument '%.*s'", row->function->name,
                TEXT_ARGS(row->parameters[i].name->text));
}

/* The function that a call's name means, when nothing else can be meant. */
static const struct template_row *called_function(const struct template_node *node)
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
        node->as.call.row = called_function(node);
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
        check_quoted(compiler, node);
}

/* Filters that give a list of the same things, or one of them. */
static const char *const same_list[] = {
    "sort", "reverse", "list", "unique", "select", "reject", "selectattr", "rejectattr", "collate"};
static const char *const one_item[] = {"first", "last", "min", "max"};

static bool is_among(struct text name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(name, names[i]))
            return true;
    return false;
}

static struct template_type given_type(const struct template_row *row)
{
    const struct template_function *function = row->function;
    return type_of(function->gives_many ? TYPE_THINGS : TYPE_THING, function->gives);
}

struct template_type template_type_of_call(const struct template_node *node)
{
    const struct template_row *row =
        node->kind == NODE_CALL ? called_function(node) : node->as.call.row;
    if (!row || node->kind == NODE_TEST)
        return any;
    if (row->function->gives)
        return given_type(row);
    if (node->kind != NODE_FILTER || !node->as.call.callee)
        return any;
    struct template_type of = node->as.call.callee->type;
    if (is_among(node->as.call.name, same_list, BASE_COUNT(same_list)))
        return of.kind == TYPE_THINGS ? of : any;
    if (is_among(node->as.call.name, one_item, BASE_COUNT(one_item)))
        return template_type_of_item(of);
    return any;
}
