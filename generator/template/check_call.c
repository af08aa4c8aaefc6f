/* Calls, filters and macros: what they are given, and what is known of what they give. */
#include "template/template_check_inside.h"

/* ---- Arguments ----------------------------------------------------------------------------------------- */

static struct template_shape argument(
    struct template_checker *checker, struct template_node *node, bool must_be)
{
    struct template_shape shape = template_check_expression(checker, node);
    return must_be ? template_check_present(checker, node, shape) : shape;
}

static void check_argument_list(
    struct template_checker *checker, const struct template_arguments *given, bool must_be)
{
    for (size_t i = 0; i < given->positional.count; i++)
        argument(checker, given->positional.at[i], must_be);
    for (size_t i = 0; i < given->named_count; i++)
        argument(checker, given->named[i].value, must_be);
    if (given->rest)
        template_check_expression(checker, given->rest);
    if (given->named_rest)
        template_check_expression(checker, given->named_rest);
}

static struct template_node *find_argument(
    const struct template_node *node, const struct template_row *row, size_t index, size_t first)
{
    const struct template_arguments *given = &node->as.call.arguments;
    if (index >= first && index - first < given->positional.count)
        return given->positional.at[index - first];
    for (size_t i = 0; i < given->named_count; i++)
        if (given->named[i].name == row->parameters[index].name)
            return given->named[i].value;
    return NULL;
}

static struct template_node *find_named(
    const struct template_node *node, const struct template_row *row, const char *parameter)
{
    for (size_t i = 1; i < row->count; i++)
        if (text_is(row->parameters[i].name->text, parameter))
            return find_argument(node, row, i, 1);
    return NULL;
}

/* ---- What a function wants to see before rendering ---------------------------------------------------------- */

static void preview_named(struct template_preview *preview, const struct template_node *node)
{
    const struct template_arguments *given = &node->as.call.arguments;
    struct template_checker *checker = preview->checker;
    struct text *names = arena_array(&checker->arena, given->named_count, sizeof *names);
    for (size_t i = 0; i < given->named_count; i++)
        names[i] = given->named[i].name->text;
    preview->named = names;
    preview->named_count = given->named_count;
    preview->has_rest = given->rest || given->named_rest;
}

static void preview(struct template_checker *checker, struct template_node *node,
    const struct template_row *row, size_t first)
{
    struct template_known known[TEMPLATE_PARAMETERS] = {{0}};
    struct template_preview preview = {.arguments = known,
        .context = checker->set->options->context,
        .arena = &checker->arena,
        .checker = checker,
        .node = node,
        .row = row,
        .first = first};
    for (size_t i = first; i < row->count; i++) {
        struct template_node *given = find_argument(node, row, i, first);
        if (!given)
            continue;
        struct template_shape shape = template_check_expression(checker, given);
        if (shape.words)
            known[i] = (struct template_known){shape.words->at, shape.words->count};
    }
    preview_named(&preview, node);
    row->function->preview(&preview);
}

/* A node to point at: the call, but somewhere else. */
static struct template_node *there(struct template_checker *checker,
    const struct template_node *node, uint32_t line, uint32_t column, uint32_t points)
{
    struct template_node *copy = arena_alloc(&checker->arena, sizeof *copy);
    *copy = (struct template_node){
        .kind = node->kind, .line = line, .column = column, .points = points};
    return copy;
}

static struct template_node *at_keyword(struct template_checker *checker,
    const struct template_node *node, const struct template_keyword *keyword)
{
    return there(checker, node, keyword->line, keyword->column,
        (uint32_t)text_count_points(keyword->name->text));
}

void template_preview_wrong(struct template_preview *preview, size_t index, const char *format, ...)
{
    struct template_node *given = find_argument(preview->node, preview->row, index, preview->first);
    char message[500]; /* names in messages are cut at this */
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    template_check_wrong(preview->checker, given ? given : preview->node, "%s", message);
}

void template_preview_wrong_named(
    struct template_preview *preview, size_t index, const char *format, ...)
{
    char message[500]; /* names in messages are cut at this */
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    template_check_wrong(preview->checker,
        at_keyword(preview->checker, preview->node, &preview->node->as.call.arguments.named[index]),
        "%s", message);
}

/* ---- Fields in quotes: sort(attribute="drama.year") ----------------------------------------------------------- */

static const struct {
    const char *filter;
    const char *parameter;
    bool must_be_there; /* what has no such field stops the page */
} quoted[] = {
    {"groupby", "attribute", true},
    {"join", "attribute", false},
    {"max", "attribute", true},
    {"min", "attribute", true},
    {"sort", "attribute", true},
    {"sum", "attribute", true},
    {"unique", "attribute", false},
};

/* Follows "drama.title" from a thing on. A number in it is an index, and ends what is known. The text
 * is right when all of its parts are. */
static struct template_shape follow(struct template_checker *checker, struct template_node *node,
    struct template_shape shape, struct text path)
{
    bool may_be_absent = false, was_right = node->is_right;
    while (path.length > 0 && shape.kind != SHAPE_ANY) {
        ptrdiff_t dot = text_find_byte(path, '.');
        size_t end = dot < 0 ? path.length : (size_t)dot;
        if (path.at[0] >= '0' && path.at[0] <= '9')
            return template_shape_any;
        node->is_right = false;
        shape = template_check_attribute(checker, node, shape, text_slice(path, 0, end));
        if (!node->is_right) {
            node->is_right = was_right;
            return template_shape_any;
        }
        may_be_absent = may_be_absent || shape.may_be_absent;
        path = text_slice(path, end + 1, path.length);
    }
    shape.may_be_absent = may_be_absent && shape.kind != SHAPE_ANY;
    return shape;
}

static bool is_text(const struct template_node *node)
{
    return node && node->kind == NODE_LITERAL && node->as.literal.kind == DATA_TEXT;
}

/* The field of each item that is named by a text; `of` is what the filter is applied to. */
static struct template_shape follow_items(struct template_checker *checker,
    struct template_node *node, const struct template_shape *of, struct text path)
{
    if (of->kind != SHAPE_LIST)
        return template_shape_any;
    size_t facts = checker->fact_count;
    struct template_shape field = follow(checker, node, template_check_item(checker, of), path);
    checker->fact_count = facts;
    return field;
}

static void check_quoted_field(struct template_checker *checker, struct template_node *node,
    const struct template_shape *of, bool must_be_there)
{
    if (!is_text(node))
        return;
    struct text rest = node->as.literal.as.text;
    while (rest.length > 0) {
        ptrdiff_t comma = text_find_byte(rest, ',');
        size_t end = comma < 0 ? rest.length : (size_t)comma;
        struct text path = text_slice(rest, 0, end);
        struct template_shape field = follow_items(checker, node, of, path);
        if (must_be_there && field.may_be_absent)
            template_check_warn(checker, node,
                "'%.*s' may be absent, and then has no order: put selectattr('%.*s') before",
                TEXT_ARGS(path), TEXT_ARGS(path));
        rest = text_slice(rest, end + 1, rest.length);
    }
}

/* ---- What filters give -------------------------------------------------------------------------------------------- */

static bool is_among(struct text name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(name, names[i]))
            return true;
    return false;
}

/* Filters that give a list of the same items, one of the items, a text, a number. */
static const char *const same_list[] = {
    "sort", "reverse", "list", "unique", "select", "reject", "selectattr", "rejectattr", "collate"};
static const char *const one_item[] = {"first", "last", "min", "max"};
static const char *const lists_of_lists[] = {"batch", "slice"};
static const char *const texts[] = {"capitalize", "center", "e", "escape", "filesizeformat",
    "forceescape", "format", "indent", "join", "lower", "replace", "safe", "string", "striptags",
    "title", "tojson", "trim", "truncate", "upper", "urlencode", "urlize", "wordwrap", "xmlattr"};
static const char *const numbers[] = {"count", "length", "wordcount", "int", "float"};
/* Filters whose result is only true where they are applied to something present. */
static const char *const keep_truth[] = {"default", "d", "length", "count", "first", "last", "list",
    "trim", "lower", "upper", "capitalize", "title", "escape", "e", "striptags"};

static const struct template_check_sure *add_sure(
    struct template_checker *checker, const struct template_check_sure *rest, struct text path)
{
    struct template_check_sure *sure = arena_alloc(&checker->arena, sizeof *sure);
    *sure = (struct template_check_sure){path, rest};
    return sure;
}

/* Whether what is left over is there: select without a test, or with one that nothing passes that is
 * absent; reject with the test for just that. */
static bool drops_absent(bool is_select, const struct template_node *test)
{
    static const char *const kept[] = {"defined", "false", "ne", "none", "undefined", "!="};
    if (!test)
        return is_select;
    if (!is_text(test))
        return false;
    struct text name = test->as.literal.as.text;
    return is_select ? !is_among(name, kept, BASE_COUNT(kept)) : text_is(name, "none");
}

/* selectattr('drama'): from here on every item has one. */
static void select_items(
    struct template_checker *checker, struct template_node *node, struct template_shape *list)
{
    const struct template_nodes *given = &node->as.call.arguments.positional;
    struct text name = node->as.call.name;
    bool is_attribute = text_ends(name, "attr"), is_select = text_starts(name, "select");
    struct template_node *test = given->count > is_attribute ? given->at[is_attribute] : NULL;
    bool are_there = drops_absent(is_select, test);
    const struct template_check_sure *sure = list->sure;
    if (is_attribute && given->count > 0 && is_text(given->at[0])) {
        follow_items(checker, given->at[0], list, given->at[0]->as.literal.as.text);
        if (are_there)
            list->sure = add_sure(checker, sure, given->at[0]->as.literal.as.text);
    } else if (!is_attribute && are_there && list->kind == SHAPE_LIST) {
        struct template_shape item = *list->item;
        item.may_be_absent = false;
        *list = template_shape_list(checker, item);
        list->sure = sure;
    }
}

static struct template_shape map_items(
    struct template_checker *checker, struct template_node *node, const struct template_shape *of)
{
    struct template_node *field = NULL, *otherwise = NULL;
    const struct template_arguments *given = &node->as.call.arguments;
    for (size_t i = 0; i < given->named_count; i++) {
        if (text_is(given->named[i].name->text, "attribute"))
            field = given->named[i].value;
        if (text_is(given->named[i].name->text, "default"))
            otherwise = given->named[i].value;
    }
    if (!is_text(field) || otherwise)
        return template_shape_list(checker, template_shape_any);
    struct template_shape item = follow_items(checker, field, of, field->as.literal.as.text);
    item.path = NULL;
    item.when_true = item.when_false = NULL;
    return template_shape_list(checker, item);
}

static struct template_shape group_items(
    struct template_checker *checker, struct template_node *node, const struct template_shape *of)
{
    struct template_node *field = find_named(node, node->as.call.row, "attribute");
    struct template_shape *parts = arena_array(&checker->arena, 2, sizeof *parts);
    if (of->kind != SHAPE_LIST)
        return template_shape_any;
    if (is_text(field)) {
        parts[0] = follow_items(checker, field, of, field->as.literal.as.text);
        parts[0].path = NULL;
        parts[0].when_true = NULL;
        parts[0].may_be_absent = false; /* warned of where the groups are made */
    }
    parts[1] = *of;
    struct template_shape group = {
        .kind = SHAPE_TUPLE, .item = parts, .count = 2, .is_group = true};
    return template_shape_list(checker, group);
}

/* attr('title') */
static struct template_shape named_field(
    struct template_checker *checker, struct template_node *node, const struct template_shape *of)
{
    struct template_node *name = find_named(node, node->as.call.row, "name");
    if (!is_text(name) || of->kind != SHAPE_THING)
        return template_shape_any;
    return template_check_attribute(checker, name, *of, name->as.literal.as.text);
}

/* default(x) stands for what is undefined; with `true` behind it, for none and '' as well, which is
 * what an absent field is. */
static struct template_shape defaulted(
    struct template_checker *checker, struct template_node *node, const struct template_shape *of)
{
    struct template_node *other = find_argument(node, node->as.call.row, 1, 1);
    struct template_node *boolean = find_argument(node, node->as.call.row, 2, 1);
    bool replaces_none = boolean && boolean->kind == NODE_LITERAL &&
                         boolean->as.literal.kind == DATA_YES_NO && boolean->as.literal.as.yes;
    struct template_shape otherwise =
        other ? template_check_expression(checker, other) : template_shape_of(SHAPE_TEXT);
    struct template_shape shape = *of;
    if (of->kind == SHAPE_ABSENT && replaces_none)
        return otherwise;
    if (of->may_be_absent && !replaces_none && (!boolean || boolean->kind == NODE_LITERAL))
        template_check_warn(checker, node,
            "'%s' does not stand for an absent field: say '%s(..., true)', or 'or'",
            node->as.call.row->function->name, node->as.call.row->function->name);
    shape.may_be_absent = false;
    return template_shape_join(checker, shape, otherwise);
}

static struct template_shape result_of_filter(
    struct template_checker *checker, struct template_node *node, const struct template_shape *of)
{
    const struct template_function *function = node->as.call.row->function;
    struct text name = node->as.call.name;
    if (function->gives)
        return template_shape_of_thing(function->gives, function->gives_many, checker);
    if (text_is(name, "map"))
        return map_items(checker, node, of);
    if (text_is(name, "groupby"))
        return group_items(checker, node, of);
    if (text_is(name, "attr"))
        return named_field(checker, node, of);
    if (text_is(name, "default") || text_is(name, "d"))
        return defaulted(checker, node, of);
    if (is_among(name, same_list, BASE_COUNT(same_list)))
        return of->kind == SHAPE_LIST ? *of : template_shape_any;
    if (is_among(name, one_item, BASE_COUNT(one_item)))
        return template_check_item(checker, of);
    if (is_among(name, lists_of_lists, BASE_COUNT(lists_of_lists)))
        return of->kind == SHAPE_LIST ? template_shape_list(checker, *of) : template_shape_any;
    if (is_among(name, texts, BASE_COUNT(texts)))
        return template_shape_of(SHAPE_TEXT);
    return is_among(name, numbers, BASE_COUNT(numbers)) ? template_shape_of(SHAPE_NUMBER)
                                                        : template_shape_any;
}

static bool takes_length(const struct template_shape *of)
{
    return of->kind == SHAPE_NUMBER || of->kind == SHAPE_DATE || of->kind == SHAPE_YES_NO ||
           of->kind == SHAPE_THING;
}

static void check_fields_in_quotes(
    struct template_checker *checker, struct template_node *node, const struct template_shape *of)
{
    for (size_t i = 0; i < BASE_COUNT(quoted); i++)
        if (text_is(node->as.call.name, quoted[i].filter))
            check_quoted_field(checker, find_named(node, node->as.call.row, quoted[i].parameter),
                of, quoted[i].must_be_there);
}

struct template_shape template_check_filter(struct template_checker *checker,
    struct template_node *node, const struct template_shape *input)
{
    struct template_shape of = *input, result;
    const struct template_row *row = node->as.call.row;
    struct text name = node->as.call.name;
    check_argument_list(checker, &node->as.call.arguments, false);
    if (!row)
        return template_shape_any;
    if (node->as.call.callee && !row->function->takes_absent)
        of = template_check_present(checker, node->as.call.callee, of);
    if (row->function->preview)
        preview(checker, node, row, 1);
    check_fields_in_quotes(checker, node, &of);
    if ((text_is(name, "length") || text_is(name, "count")) && takes_length(&of))
        template_check_wrong(
            checker, node, "%.*s has no length", TEXT_ARGS(template_shape_describe(checker, &of)));
    if (text_starts(name, "select") || text_starts(name, "reject"))
        select_items(checker, node, &of);
    result = result_of_filter(checker, node, &of);
    result.words = NULL;
    if (!result.path) {
        bool keeps = is_among(name, keep_truth, BASE_COUNT(keep_truth));
        result.when_true = keeps ? of.when_true : NULL;
        result.when_false = NULL;
    }
    return result;
}

/* ---- Macros ---------------------------------------------------------------------------------------------------------- */

static struct text name_of_macro(const struct template_macro *macro)
{
    return macro->name ? macro->name->text : TEXT("caller");
}

static struct text guess_parameter(
    struct template_checker *checker, const struct template_macro *macro, struct text wrong)
{
    struct text *names = arena_array(&checker->arena, macro->count, sizeof *names);
    for (size_t i = 0; i < macro->count; i++)
        names[i] = macro->parameters[i]->text;
    return report_guess(&checker->arena, wrong, names, macro->count);
}

static ptrdiff_t find_parameter(
    const struct template_macro *macro, const struct template_name *name)
{
    for (size_t i = 0; i < macro->count; i++)
        if (macro->parameters[i] == name)
            return (ptrdiff_t)i;
    return -1;
}

static void check_macro_keywords(struct template_checker *checker, struct template_node *node,
    const struct template_macro *macro, struct template_shape *shapes)
{
    const struct template_arguments *given = &node->as.call.arguments;
    for (size_t i = 0; i < given->named_count; i++) {
        const struct template_keyword *keyword = &given->named[i];
        struct template_shape shape = template_check_expression(checker, keyword->value);
        ptrdiff_t at = find_parameter(macro, keyword->name);
        if (at >= 0 && (size_t)at < given->positional.count)
            template_check_wrong(checker, at_keyword(checker, node, keyword),
                "macro '%.*s' gets the argument '%.*s' twice", TEXT_ARGS(name_of_macro(macro)),
                TEXT_ARGS(keyword->name->text));
        else if (at >= 0)
            shapes[at] = shape;
        else if (!macro->takes_named && !text_is(keyword->name->text, "caller"))
            template_check_wrong(checker, at_keyword(checker, node, keyword),
                "macro '%.*s' takes no argument '%.*s'%.*s", TEXT_ARGS(name_of_macro(macro)),
                TEXT_ARGS(keyword->name->text),
                TEXT_ARGS(guess_parameter(checker, macro, keyword->name->text)));
    }
}

static void check_macro_arguments(struct template_checker *checker, struct template_node *node,
    const struct template_macro *macro, struct template_shape *shapes)
{
    const struct template_arguments *given = &node->as.call.arguments;
    for (size_t i = 0; i < given->positional.count; i++) {
        struct template_shape shape = template_check_expression(checker, given->positional.at[i]);
        if (i < macro->count)
            shapes[i] = shape;
        else if (i == macro->count && !macro->takes_rest)
            template_check_wrong(checker, given->positional.at[i],
                "macro '%.*s' takes at most %zu argument%s, not %zu",
                TEXT_ARGS(name_of_macro(macro)), macro->count, macro->count == 1 ? "" : "s",
                given->positional.count);
    }
    check_macro_keywords(checker, node, macro, shapes);
    if (given->rest)
        template_check_expression(checker, given->rest);
    if (given->named_rest)
        template_check_expression(checker, given->named_rest);
}

/* Whether the macro was checked with such arguments before. */
static bool is_visited(struct template_checker *checker, const struct template_macro *macro,
    const struct template_shape *shapes, bool has_facts)
{
    for (size_t i = 0; i < checker->visit_count; i++) {
        const struct template_check_visit *visit = &checker->visits[i];
        bool is_same = visit->macro == macro && (!visit->has_facts || has_facts);
        for (size_t at = 0; is_same && at < macro->count; at++)
            is_same = template_shape_equal(&visit->arguments[at], &shapes[at]);
        if (is_same)
            return true;
    }
    return false;
}

static void note_visit(struct template_checker *checker, const struct template_macro *macro,
    const struct template_shape *shapes, bool has_facts)
{
    struct template_check_visit *visit = list_add(&checker->visits, &checker->visit_count,
        &checker->visit_capacity, &checker->arena, sizeof *visit);
    *visit = (struct template_check_visit){macro, shapes, has_facts};
}

static void set_slot(struct template_check_frame *frame, uint32_t slot, struct template_shape shape)
{
    frame->slots[slot] = (struct template_check_slot){SLOT_SET, shape};
}

static void fill_frame(struct template_checker *checker, const struct template_check_macro *value,
    const struct template_shape *shapes, const bool *is_given, const struct template_shape *caller)
{
    const struct template_macro *macro = value->macro;
    size_t first = macro->count - macro->defaults.count;
    for (size_t i = 0; i < macro->count; i++) {
        struct template_shape shape = shapes[i];
        if (!is_given[i] && i >= first)
            shape = template_check_expression(checker, macro->defaults.at[i - first]);
        if (!shape.path) {
            shape.path = template_check_new_path(checker);
            shape.when_true = template_facts_add(checker, shape.when_true, shape.path);
        }
        set_slot(checker->frame, (uint32_t)i, shape);
    }
    if (macro->takes_rest)
        set_slot(checker->frame, macro->rest_slot, template_shape_any);
    if (macro->takes_named)
        set_slot(checker->frame, macro->named_slot, template_shape_any);
    if (macro->takes_caller)
        set_slot(checker->frame, macro->caller_slot, caller ? *caller : template_shape_any);
}

static void run_macro(struct template_checker *checker, const struct template_check_macro *value,
    const struct template_shape *shapes, const bool *is_given, const struct template_shape *caller)
{
    struct template_file *file = checker->file;
    struct template_check_world *world = checker->world;
    struct template_check_frame *frame = checker->frame;
    size_t facts = checker->fact_count;
    checker->file = value->file;
    checker->world = value->world;
    checker->frame = template_check_frame_new(checker, &value->macro->unit, value->frame);
    fill_frame(checker, value, shapes, is_given, caller);
    template_check_body(checker, &value->macro->unit.body);
    checker->fact_count = facts;
    checker->file = file;
    checker->world = world;
    checker->frame = frame;
}

struct template_shape template_check_macro_call(struct template_checker *checker,
    struct template_node *node, const struct template_check_macro *value,
    const struct template_shape *caller)
{
    const struct template_macro *macro = value->macro;
    struct template_shape *shapes = arena_array(&checker->arena, macro->count, sizeof *shapes);
    bool *is_given = arena_array(&checker->arena, macro->count, sizeof *is_given),
         has_facts = false;
    check_macro_arguments(checker, node, macro, shapes);
    for (size_t i = 0; i < macro->count; i++) {
        is_given[i] = i < node->as.call.arguments.positional.count;
        for (size_t at = 0; at < node->as.call.arguments.named_count; at++)
            is_given[i] |= node->as.call.arguments.named[at].name == macro->parameters[i];
        has_facts |= template_check_knows_below(checker, shapes[i].path);
    }
    if (caller && !macro->takes_caller)
        template_check_wrong(
            checker, node, "macro '%.*s' never uses 'caller()'", TEXT_ARGS(name_of_macro(macro)));
    if (!caller && is_visited(checker, macro, shapes, has_facts))
        return template_shape_of(SHAPE_TEXT);
    note_visit(checker, macro, shapes, has_facts);
    if (template_check_enter(checker, "in macro", name_of_macro(macro), node)) {
        run_macro(checker, value, shapes, is_given, caller);
        template_check_leave(checker);
    }
    return template_shape_of(SHAPE_TEXT);
}

static bool was_called(const struct template_checker *checker, const struct template_macro *macro)
{
    for (size_t i = 0; i < checker->visit_count; i++)
        if (checker->visits[i].macro == macro)
            return true;
    return false;
}

void template_check_left_macros(struct template_checker *checker)
{
    bool before = checker->is_any_caller;
    checker->is_any_caller = true;
    for (size_t i = 0; i < checker->macro_count; i++) {
        const struct template_check_macro *value = checker->macros[i];
        if (was_called(checker, value->macro))
            continue;
        struct template_shape *shapes =
            arena_array(&checker->arena, value->macro->count, sizeof *shapes);
        bool *is_given = arena_array(&checker->arena, value->macro->count, sizeof *is_given);
        for (size_t at = 0; at < value->macro->count; at++)
            is_given[at] = true;
        note_visit(checker, value->macro, shapes, false);
        run_macro(checker, value, shapes, is_given, NULL);
    }
    checker->is_any_caller = before;
}

/* ---- Calls -------------------------------------------------------------------------------------------------------------- */

static struct template_shape check_function(
    struct template_checker *checker, struct template_node *node, const struct template_row *row)
{
    check_argument_list(checker, &node->as.call.arguments, !row->function->takes_absent);
    if (row->function->preview)
        preview(checker, node, row, 0);
    if (row->function->gives)
        return template_shape_of_thing(row->function->gives, row->function->gives_many, checker);
    return template_shape_any;
}

static void not_callable(
    struct template_checker *checker, struct template_node *node, const struct template_shape *of)
{
    struct text written = template_check_written(checker, node->as.call.callee);
    struct text what = template_shape_describe(checker, of);
    if (written.at)
        template_check_wrong_in(checker, node, node->as.call.callee,
            "'%.*s' is %.*s: it can't be called", TEXT_ARGS(written), TEXT_ARGS(what));
    else
        template_check_wrong_in(
            checker, node, node->as.call.callee, "%.*s can't be called", TEXT_ARGS(what));
}

/* of.name(...) of a text: one of its methods. */
static void check_method(
    struct template_checker *checker, struct template_node *node, const struct template_row *row)
{
    struct template_fault *faults;
    size_t count = template_argument_faults(&checker->arena, node, row, 1, &faults);
    for (size_t i = 0; i < count; i++)
        template_check_wrong(checker,
            there(checker, node, faults[i].line, faults[i].column, faults[i].points), "%.*s",
            TEXT_ARGS(faults[i].message));
}

/* `loop(comment.replies)`: the body is right for what it was checked with, or it goes on with items of
 * which less is known. */
static void call_loop(struct template_checker *checker, const struct template_node *node,
    const struct template_shape *loop)
{
    const struct template_arguments *given = &node->as.call.arguments;
    struct template_shape list = template_shape_any, item = template_shape_any;
    if (given->positional.count == 1)
        list = template_check_expression(checker, given->positional.at[0]);
    if (list.kind == SHAPE_LIST)
        item = template_check_item(checker, &list);
    bool is_alike =
        item.kind == SHAPE_THING && item.kind == loop->item->kind && item.of == loop->item->of;
    *loop->takes_others |= !is_alike;
}

static struct template_shape check_callee(
    struct template_checker *checker, struct template_node *node)
{
    struct template_node *callee = node->as.call.callee;
    if (callee->kind != NODE_ATTRIBUTE)
        return template_check_expression(checker, callee);
    const struct template_name *name = callee->as.attribute.name;
    struct template_node *of = callee->as.attribute.of;
    struct template_shape shape =
        template_check_present(checker, of, template_check_expression(checker, of));
    if (shape.kind == SHAPE_TEXT && name->methods[TEMPLATE_OF_TEXT])
        check_method(checker, node, name->methods[TEMPLATE_OF_TEXT]);
    return template_check_attribute(checker, callee, shape, name->text);
}

struct template_shape template_shape_of_call(
    struct template_checker *checker, struct template_node *node)
{
    const struct template_row *row = template_called_function(node);
    if (row)
        return check_function(checker, node, row);
    struct template_shape of = check_callee(checker, node);
    switch (of.kind) {
    case SHAPE_MACRO: return template_check_macro_call(checker, node, of.macro, NULL);
    case SHAPE_TEXT:
    case SHAPE_NUMBER:
    case SHAPE_DATE:
    case SHAPE_YES_NO:
    case SHAPE_THING:
    case SHAPE_LIST:
    case SHAPE_TUPLE: not_callable(checker, node, &of); break;
    case SHAPE_LOOP: call_loop(checker, node, &of); break;
    default: break;
    }
    check_argument_list(checker, &node->as.call.arguments, false);
    return of.kind == SHAPE_SUPER ? template_shape_of(SHAPE_TEXT) : template_shape_any;
}
