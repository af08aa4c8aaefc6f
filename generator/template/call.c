/*
 * Calls: evaluating the arguments, giving each parameter its own, and running what was called.
 *
 * Functions, filters, tests and methods are rows of tables; macros, and the callers of call blocks, are
 * units that run in a frame of their own.
 */
#include "template/template_run_inside.h"

enum { FEW = TEMPLATE_FEW }; /* arguments that need no memory of their own */

struct arguments {
    struct template_given given;
    struct data_value few[FEW];
    struct template_named few_named[FEW];
};

static struct data_value unset(void)
{
    return (struct data_value){.kind = TEMPLATE_UNSET};
}

/* ---- Evaluating arguments ------------------------------------------------------------------------------- */

/* Room for one more: the few first, then arrays of 4, 8, 16 ... times as many in scratch. */
static void *room(struct template_state *state, void *items, size_t count, size_t each_bytes)
{
    bool is_power = (count & (count - 1)) == 0;
    if (count < FEW || !is_power || (count > FEW && count < (size_t)FEW * 4))
        return items;
    void *more =
        arena_array(state->run->scratch, count < FEW * 4 ? FEW * 4 : count * 2, each_bytes);
    return memcpy(more, items, count * each_bytes);
}

static void add_positional(
    struct template_state *state, struct arguments *arguments, struct data_value value)
{
    struct template_given *given = &arguments->given;
    given->positional = room(state, given->positional, given->count, sizeof value);
    given->positional[given->count++] = value;
}

static void add_named(struct template_state *state, struct arguments *arguments, struct text name,
    struct data_value value)
{
    struct template_given *given = &arguments->given;
    given->named = room(state, given->named, given->named_count, sizeof *given->named);
    given->named[given->named_count++] = (struct template_named){name, value};
}

static bool add_rest(
    struct template_state *state, struct arguments *arguments, const struct template_node *node)
{
    struct data_value value;
    struct template_items items;
    if (!template_evaluate(state, node, &value))
        return false;
    state->node = node;
    if (!template_items_of(state, &value, &items))
        return false;
    for (size_t i = 0; i < items.count; i++)
        if (template_room(state, sizeof value))
            add_positional(state, arguments, template_item(&items, i));
    return !state->has_failed;
}

static bool add_named_rest(
    struct template_state *state, struct arguments *arguments, const struct template_node *node)
{
    struct data_value value;
    if (!template_evaluate(state, node, &value))
        return false;
    state->node = node;
    if (value.kind != DATA_MAP)
        return template_stop(
            state, "argument after ** must be a map, not %s", template_type_name(&value));
    for (size_t i = 0; i < value.as.map->count; i++) {
        const struct data_entry *entry = &value.as.map->entries[i];
        if (!template_is_text(&entry->key))
            return template_stop(state, "names of arguments must be texts");
        add_named(state, arguments, entry->key.as.text, entry->value);
    }
    return true;
}

/* Evaluates all arguments, behind `first` when it is there. */
static bool evaluate_arguments(struct template_state *state, const struct template_arguments *nodes,
    const struct data_value *first, struct arguments *arguments)
{
    struct data_value value;
    arguments->given =
        (struct template_given){.positional = arguments->few, .named = arguments->few_named};
    if (first)
        add_positional(state, arguments, *first);
    for (size_t i = 0; i < nodes->positional.count; i++) {
        if (!template_evaluate(state, nodes->positional.at[i], &value))
            return false;
        add_positional(state, arguments, value);
    }
    if (nodes->rest && !add_rest(state, arguments, nodes->rest))
        return false;
    for (size_t i = 0; i < nodes->named_count; i++) {
        if (!template_evaluate(state, nodes->named[i].value, &value))
            return false;
        add_named(state, arguments, nodes->named[i].name->text, value);
    }
    return !nodes->named_rest || add_named_rest(state, arguments, nodes->named_rest);
}

/* ---- Rows --------------------------------------------------------------------------------------------------- */

static bool bind_named(
    struct template_state *state, struct template_call *call, const struct template_named *named)
{
    const struct template_row *row = call->row;
    for (size_t i = 0; i < row->count; i++) {
        if (!text_equal(row->parameters[i].name->text, named->name))
            continue;
        if (call->arguments[i].kind != TEMPLATE_UNSET)
            return template_stop(state, "'%s' gets the argument '%.*s' twice", row->function->name,
                TEXT_ARGS(named->name));
        call->arguments[i] = named->value;
        return true;
    }
    if (!row->takes_named)
        return template_stop(
            state, "unknown argument '%.*s' of '%s'", TEXT_ARGS(named->name), row->function->name);
    call->named[call->named_count++] = *named;
    return true;
}

static bool bind_row(
    struct template_state *state, const struct template_given *given, struct template_call *call)
{
    const struct template_row *row = call->row;
    size_t count = given->count < row->count ? given->count : row->count;
    if (given->count > row->count && !row->takes_rest)
        return template_stop(state, "'%s' takes at most %zu arguments, not %zu",
            row->function->name, row->count, given->count);
    for (size_t i = 0; i < row->count; i++)
        call->arguments[i] = i < count ? given->positional[i] : unset();
    call->count = row->count;
    call->rest = given->positional + count;
    call->rest_count = given->count - count;
    if (row->takes_named)
        call->named = arena_array(state->run->scratch, given->named_count, sizeof *call->named);
    for (size_t i = 0; i < given->named_count; i++)
        if (!bind_named(state, call, &given->named[i]))
            return false;
    for (size_t i = 0; i < row->count; i++)
        if (row->parameters[i].is_required && call->arguments[i].kind == TEMPLATE_UNSET)
            return template_stop(state, "'%s' needs the argument '%.*s'", row->function->name,
                TEXT_ARGS(row->parameters[i].name->text));
    return true;
}

bool template_call_row(struct template_state *state, const struct template_row *row,
    const struct template_given *given, struct data_value *into)
{
    struct data_value values[TEMPLATE_PARAMETERS];
    struct template_call call = {.arguments = values,
        .run = state->run,
        .autoescape = state->autoescape,
        .state = state,
        .row = row};
    if (!template_step(state) || !bind_row(state, given, &call))
        return false;
    *into = row->function->run(&call);
    return !state->has_failed;
}

/* The arguments of a call that was bound when it was compiled. */
struct bound {
    struct template_call call;
    struct data_value values[TEMPLATE_PARAMETERS], rest[FEW];
    struct template_named named[FEW];
};

static bool evaluate_bound(
    struct template_state *state, const struct template_node *node, struct bound *bound)
{
    const struct template_arguments *given = &node->as.call.arguments;
    const uint8_t *places = node->as.call.places;
    for (size_t i = 0; i < given->positional.count; i++) {
        struct data_value *into = places[i] == TEMPLATE_PLACE_REST
                                      ? &bound->rest[bound->call.rest_count++]
                                      : &bound->values[places[i]];
        if (!template_evaluate(state, given->positional.at[i], into))
            return false;
    }
    places += given->positional.count;
    for (size_t i = 0; i < given->named_count; i++) {
        struct data_value *into;
        if (places[i] == TEMPLATE_PLACE_REST) {
            struct template_named *named = &bound->named[bound->call.named_count++];
            named->name = given->named[i].name->text;
            into = &named->value;
        } else {
            into = &bound->values[places[i]];
        }
        if (!template_evaluate(state, given->named[i].value, into))
            return false;
    }
    return true;
}

/* Runs it with its arguments; without `into` what it gives is printed. */
static inline bool run_row(
    struct template_state *state, struct template_call *call, struct data_value *into)
{
    const struct template_function *function = call->row->function;
    struct data_value value;
    if (!template_step(state))
        return false;
    if (into) {
        *into = function->run(call);
        return !state->has_failed;
    }
    if (function->print) {
        function->print(call, state->out);
        return !state->has_failed;
    }
    value = function->run(call);
    return !state->has_failed && template_write(state, &value);
}

/* Runs it where everything is bound; `of` is what a filter or test is applied to, or NULL. */
static bool call_bound(struct template_state *state, const struct template_node *node,
    const struct data_value *of, struct data_value *into)
{
    const struct template_row *row = node->as.call.row;
    struct bound bound;
    bound.call = (struct template_call){.arguments = bound.values,
        .count = row->count,
        .rest = bound.rest,
        .named = bound.named,
        .run = state->run,
        .autoescape = state->autoescape,
        .state = state,
        .row = row};
    for (size_t i = 0; i < row->count; i++)
        bound.values[i] = unset();
    if (of)
        bound.values[0] = *of;
    if (!evaluate_bound(state, node, &bound))
        return false;
    state->node = node;
    return run_row(state, &bound.call, into);
}

/* The same where the filter or test has no argument besides what it is applied to, as most have not. */
static bool call_alone(struct template_state *state, const struct template_node *node,
    const struct data_value *of, struct data_value *into)
{
    const struct template_row *row = node->as.call.row;
    struct data_value values[TEMPLATE_PARAMETERS];
    struct template_call call = {.arguments = values,
        .count = row->count,
        .run = state->run,
        .autoescape = state->autoescape,
        .state = state,
        .row = row};
    values[0] = *of;
    for (size_t i = 1; i < row->count; i++)
        values[i].kind = TEMPLATE_UNSET;
    state->node = node;
    return run_row(state, &call, into);
}

/* ---- What a function asks of its arguments ---------------------------------------------------------------------- */

bool template_given(const struct template_call *call, size_t index)
{
    return index < call->count && call->arguments[index].kind != TEMPLATE_UNSET;
}

/* None stands for an argument that was left out, but not for one that a method must have. */
static bool is_given_value(const struct template_call *call, size_t index)
{
    const struct template_parameter *parameters = call->row->parameters;
    if (!template_given(call, index))
        return false;
    return call->arguments[index].kind != DATA_NONE ||
           (parameters[index].is_required && text_is(parameters[0].name->text, "self"));
}

static void wrong_argument(struct template_call *call, size_t index, const char *wanted)
{
    const struct data_value *value = &call->arguments[index];
    if (template_is_usable(call->state, value))
        template_fail(call, "'%s' wants %s for '%.*s', not %s", call->row->function->name, wanted,
            TEXT_ARGS(call->row->parameters[index].name->text), template_type_name(value));
}

int64_t template_integer(struct template_call *call, size_t index, int64_t fallback)
{
    int64_t integer;
    if (!is_given_value(call, index))
        return fallback;
    if (template_as_integer(&call->arguments[index], &integer))
        return integer;
    wrong_argument(call, index, "a whole number");
    return fallback;
}

bool template_flag(struct template_call *call, size_t index, bool fallback)
{
    if (!template_given(call, index) || !template_is_testable(call->state, &call->arguments[index]))
        return fallback;
    return template_truth(&call->arguments[index]);
}

struct text template_text(struct template_call *call, size_t index, struct text fallback)
{
    if (!is_given_value(call, index))
        return fallback;
    if (template_is_text(&call->arguments[index]))
        return call->arguments[index].as.text;
    wrong_argument(call, index, "text");
    return fallback;
}

struct text template_print(struct template_call *call, const struct data_value *value)
{
    struct text text = TEXT("");
    template_text_value(call->state, value, &text);
    return text;
}

void template_add_escaped(
    struct template_call *call, const struct data_value *value, struct buffer *out)
{
    struct text text;
    if (!template_text_value(call->state, value, &text))
        return;
    if (value->kind == DATA_HTML || template_is_opaque(value, &template_tag_module))
        buffer_add(out, text);
    else
        template_escape(out, text);
}

struct text template_escaped(struct template_call *call, const struct data_value *value)
{
    struct text text = TEXT("");
    template_escape_value(call->state, value, &text);
    return text;
}

/* ---- Macros ----------------------------------------------------------------------------------------------------------- */

struct data_value template_macro_value(
    struct template_state *state, const struct template_macro *macro)
{
    struct template_macro_value *value = arena_alloc(state->run->scratch, sizeof *value);
    *value = (struct template_macro_value){
        macro, state->frame, state->context, state->file, state->autoescape};
    return template_opaque(&template_tag_macro, value);
}

/* Takes off what was printed since, as a value. */
static struct data_value printed(struct template_state *state, size_t start)
{
    struct text text = template_end(state, start);
    return state->autoescape ? data_html(text) : data_text(text);
}

static struct text macro_name(const struct template_macro *macro)
{
    return macro->name ? macro->name->text : TEXT("caller");
}

static bool bind_macro_named(struct template_state *state, const struct template_macro *macro,
    struct template_frame *frame, struct data_value *rest, const struct template_named *named)
{
    for (size_t i = 0; i < macro->count; i++) {
        if (!text_equal(macro->parameters[i]->text, named->name))
            continue;
        if (frame->slots[i].kind != TEMPLATE_UNSET)
            return template_stop(state, "macro '%.*s' gets the argument '%.*s' twice",
                TEXT_ARGS(macro_name(macro)), TEXT_ARGS(named->name));
        frame->slots[i] = named->value;
        return true;
    }
    if (macro->takes_caller && text_is(named->name, "caller")) {
        frame->slots[macro->caller_slot] = named->value;
        return true;
    }
    if (!macro->takes_named)
        return template_stop(state, "macro '%.*s' takes no argument '%.*s'",
            TEXT_ARGS(macro_name(macro)), TEXT_ARGS(named->name));
    template_map_put(state, rest, data_text(named->name), named->value);
    return !state->has_failed;
}

static bool bind_macro_rest(struct template_state *state, const struct template_macro *macro,
    struct template_frame *frame, const struct template_given *given)
{
    if (given->count > macro->count && !macro->takes_rest)
        return template_stop(state, "macro '%.*s' takes at most %zu argument%s, not %zu",
            TEXT_ARGS(macro_name(macro)), macro->count, macro->count == 1 ? "" : "s", given->count);
    if (!macro->takes_rest)
        return true;
    struct data_value rest = template_new_list(state);
    rest.points = MARK_TUPLE;
    for (size_t i = macro->count; i < given->count; i++)
        template_list_add(state, &rest, given->positional[i]);
    frame->slots[macro->rest_slot] = rest;
    return !state->has_failed;
}

/* Defaults are evaluated inside the macro: one may use the parameters before it. */
static bool fill_defaults(
    struct template_state *state, const struct template_macro *macro, struct template_frame *frame)
{
    size_t first = macro->count - macro->defaults.count;
    for (size_t i = 0; i < macro->count; i++) {
        if (frame->slots[i].kind != TEMPLATE_UNSET)
            continue;
        if (i >= first) {
            if (!template_evaluate(state, macro->defaults.at[i - first], &frame->slots[i]))
                return false;
        } else {
            frame->slots[i] = template_missing(macro->parameters[i]->text);
        }
    }
    return true;
}

static bool bind_macro(struct template_state *state, const struct template_macro *macro,
    struct template_frame *frame, const struct template_given *given)
{
    struct data_value named = {0};
    for (size_t i = 0; i < macro->count && i < given->count; i++)
        frame->slots[i] = given->positional[i];
    if (macro->takes_named)
        named = template_new_map(state);
    if (macro->takes_caller)
        frame->slots[macro->caller_slot] = template_missing(TEXT("caller"));
    for (size_t i = 0; i < given->named_count; i++)
        if (!bind_macro_named(state, macro, frame, &named, &given->named[i]))
            return false;
    if (macro->takes_named)
        frame->slots[macro->named_slot] = named;
    return bind_macro_rest(state, macro, frame, given);
}

static bool run_macro_body(struct template_state *state, const struct template_macro_value *value,
    struct template_frame *frame)
{
    const struct template_file *file = state->file;
    struct template_context *context = state->context;
    struct template_frame *around = state->frame;
    bool autoescape = state->autoescape;
    state->file = value->file;
    state->context = value->context;
    state->frame = frame;
    state->autoescape = value->autoescape;
    bool is_well = fill_defaults(state, value->macro, frame) &&
                   template_run_body(state, &value->macro->unit.body) != FLOW_STOP;
    state->file = file;
    state->context = context;
    state->frame = around;
    state->autoescape = autoescape;
    return is_well && !state->has_failed;
}

static bool print_macro(struct template_state *state, const struct template_macro_value *value,
    struct template_frame *frame)
{
    struct template_trace trace;
    if (!template_enter(state, &trace, "in macro", macro_name(value->macro)))
        return false;
    bool is_well = run_macro_body(state, value, frame);
    template_leave(state, &trace);
    return is_well;
}

/* What a macro prints is safe HTML where the call stands in escaped output. Without `into` it stays
 * where it was printed. */
static bool enter_macro(struct template_state *state, const struct template_macro_value *value,
    struct template_frame *frame, struct data_value *into)
{
    size_t start = template_begin(state);
    bool is_well = value->macro->is_pure ? template_print_pure(state, value, frame, print_macro)
                                         : print_macro(state, value, frame);
    if (into)
        *into = printed(state, start);
    return is_well && !state->has_failed;
}

static bool call_macro(struct template_state *state, const struct template_macro_value *value,
    const struct template_given *given, struct data_value *into)
{
    struct template_frame *frame = template_frame_new(state, &value->macro->unit, value->frame);
    return bind_macro(state, value->macro, frame, given) && enter_macro(state, value, frame, into);
}

/* Named arguments straight into their slots; false also where that does not work out. */
static bool place_named(struct template_state *state, const struct template_node *at_call,
    const struct template_macro *macro, struct template_frame *frame,
    const struct template_keyword *keyword)
{
    size_t at = 0;
    while (at < macro->count && macro->parameters[at] != keyword->name)
        at++;
    if (at < macro->count && frame->slots[at].kind == TEMPLATE_UNSET)
        return template_evaluate(state, keyword->value, &frame->slots[at]);
    struct template_named named = {.name = keyword->name->text};
    if (!template_evaluate(state, keyword->value, &named.value))
        return false;
    state->node = at_call;
    return bind_macro_named(state, macro, frame, NULL, &named);
}

/* Whether the arguments can be evaluated straight into the slots of the parameters. */
static bool is_plain_call(const struct template_macro *macro,
    const struct template_arguments *arguments, const struct data_value *caller)
{
    return !arguments->rest && !arguments->named_rest && !macro->takes_rest &&
           !macro->takes_named && arguments->positional.count <= macro->count &&
           (!caller || macro->takes_caller);
}

static bool call_macro_plainly(struct template_state *state, const struct template_node *node,
    const struct template_node *at, const struct template_macro_value *value,
    const struct data_value *caller, struct data_value *into)
{
    const struct template_arguments *given = &node->as.call.arguments;
    const struct template_macro *macro = value->macro;
    struct template_frame here = {0};
    struct template_frame *frame = template_frame_open(state, &macro->unit, value->frame, &here);
    if (macro->takes_caller)
        frame->slots[macro->caller_slot] = caller ? *caller : template_missing(TEXT("caller"));
    for (size_t i = 0; i < given->positional.count; i++)
        if (!template_evaluate(state, given->positional.at[i], &frame->slots[i]))
            return false;
    for (size_t i = 0; i < given->named_count; i++)
        if (!place_named(state, at, macro, frame, &given->named[i]))
            return false;
    state->node = at;
    bool is_well = enter_macro(state, value, frame, into);
    template_frame_close(state, &macro->unit, frame, &here);
    return is_well;
}

/* ---- Other things that can be called ---------------------------------------------------------------------------------------- */

static bool call_block(
    struct template_state *state, const struct template_block_value *block, struct data_value *into)
{
    size_t start = template_begin(state);
    bool is_well = template_run_block(state, block->context, block->name, block->from);
    if (into)
        *into = printed(state, start);
    return is_well && !state->has_failed;
}

/* loop(items) of a recursive loop */
static bool call_loop(struct template_state *state, const struct template_loop *loop,
    const struct template_given *given, struct data_value *into)
{
    if (!loop->node->as.loop.is_recursive)
        return template_stop(state, "this loop is not recursive: write 'for ... recursive'");
    if (given->count != 1)
        return template_stop(state, "'loop' takes one argument, not %zu", given->count);
    size_t start = template_begin(state);
    bool is_well = template_run_recursive(
        state, loop->node, loop->outer, &given->positional[0], loop->depth + 1);
    if (into)
        *into = printed(state, start);
    return is_well && !state->has_failed;
}

static bool call_cycle(struct template_state *state, const struct template_loop *loop,
    const struct template_given *given, struct data_value *into)
{
    if (given->count == 0)
        return template_stop(state, "no items for cycling given");
    *into = given->positional[loop->index % given->count];
    return true;
}

static bool same_values(struct template_state *state, const struct template_loop *loop,
    const struct template_given *given)
{
    bool is_same = loop->has_changed && loop->changed_count == given->count;
    for (size_t i = 0; is_same && i < given->count; i++)
        if (!template_compare_equal(state, &loop->changed[i], &given->positional[i], &is_same))
            return false;
    return is_same;
}

static bool call_changed(struct template_state *state, struct template_loop *loop,
    const struct template_given *given, struct data_value *into)
{
    bool is_same = same_values(state, loop, given);
    *into = data_yes_no(!is_same);
    if (is_same)
        return true;
    if (given->count > loop->changed_count || !loop->changed)
        loop->changed = arena_array(state->run->scratch, given->count, sizeof *loop->changed);
    for (size_t i = 0; i < given->count; i++)
        loop->changed[i] = given->positional[i];
    loop->changed_count = given->count;
    loop->has_changed = true;
    return template_room(state, given->count * sizeof *loop->changed);
}

static bool call_method(struct template_state *state, const struct template_row *row,
    const struct data_value *of, const struct template_given *given, struct data_value *into)
{
    struct data_value *all = arena_array(state->run->scratch, given->count + 1, sizeof *all);
    struct template_given with_self = *given;
    all[0] = *of;
    for (size_t i = 0; i < given->count; i++)
        all[i + 1] = given->positional[i];
    with_self.positional = all;
    with_self.count++;
    return template_call_row(state, row, &with_self, into);
}

static bool call_joiner(struct template_turns *joiner, struct data_value *into)
{
    *into = joiner->at++ == 0 ? data_text(TEXT("")) : joiner->items[0];
    return true;
}

/* What gives a value, and does not print. */
static bool call_other(struct template_state *state, const struct data_value *callee,
    const struct template_given *given, struct data_value *into)
{
    const struct template_tag *tag = callee->as.opaque.tag;
    void *at = callee->as.opaque.at;
    if (tag == &template_tag_function)
        return template_call_row(state, at, given, into);
    if (tag == &template_tag_loop_cycle)
        return call_cycle(state, at, given, into);
    if (tag == &template_tag_loop_changed)
        return call_changed(state, at, given, into);
    if (tag == &template_tag_joiner)
        return call_joiner(at, into);
    if (tag == &template_tag_method) {
        const struct template_method_value *method = at;
        return call_method(state, method->row, &method->of, given, into);
    }
    return template_stop(state, "'%s' object is not callable", template_type_name(callee));
}

/* Without `into` the value is printed. */
static bool call_value(struct template_state *state, const struct data_value *callee,
    const struct template_given *given, struct data_value *into)
{
    struct data_value value;
    if (!template_is_usable(state, callee))
        return false;
    if (callee->kind != DATA_OPAQUE)
        return template_stop(state, "'%s' object is not callable", template_type_name(callee));
    const struct template_tag *tag = callee->as.opaque.tag;
    void *at = callee->as.opaque.at;
    if (tag == &template_tag_macro)
        return call_macro(state, at, given, into);
    if (tag == &template_tag_super || tag == &template_tag_block)
        return call_block(state, at, into);
    if (tag == &template_tag_loop)
        return call_loop(state, at, given, into);
    if (into)
        return call_other(state, callee, given, into);
    return call_other(state, callee, given, &value) && template_write(state, &value);
}

/* ---- Calls in templates -------------------------------------------------------------------------------------------------------- */

static const struct template_row *method_of(
    const struct data_value *of, const struct template_name *name)
{
    switch (of->kind) {
    case DATA_TEXT:
    case DATA_HTML: return name->methods[TEMPLATE_OF_TEXT];
    case DATA_MAP: return name->methods[TEMPLATE_OF_MAP];
    case DATA_LIST: return name->methods[TEMPLATE_OF_LIST];
    default: return NULL;
    }
}

/* Runs a method at once, without a value of its own in between. */
static bool call_method_node(struct template_state *state, const struct template_node *node,
    const struct template_row *row, const struct data_value *of, const struct data_value *caller,
    struct data_value *into)
{
    struct arguments arguments;
    struct data_value value;
    if (!evaluate_arguments(state, &node->as.call.arguments, of, &arguments))
        return false;
    if (caller)
        add_named(state, &arguments, TEXT("caller"), *caller);
    state->node = node->as.call.callee;
    if (into)
        return template_call_row(state, row, &arguments.given, into);
    return template_call_row(state, row, &arguments.given, &value) && template_write(state, &value);
}

/* Calls a value; `at` is the node that messages point at. */
static bool call_value_node(struct template_state *state, const struct template_node *node,
    const struct template_node *at, const struct data_value *callee,
    const struct data_value *caller, struct data_value *into)
{
    struct arguments arguments;
    if (template_is_opaque(callee, &template_tag_macro)) {
        const struct template_macro_value *value = callee->as.opaque.at;
        if (is_plain_call(value->macro, &node->as.call.arguments, caller))
            return call_macro_plainly(state, node, at, value, caller, into);
    }
    if (!evaluate_arguments(state, &node->as.call.arguments, NULL, &arguments))
        return false;
    if (caller)
        add_named(state, &arguments, TEXT("caller"), *caller);
    state->node = at;
    return call_value(state, callee, &arguments.given, into);
}

static bool call_attribute(struct template_state *state, const struct template_node *node,
    const struct data_value *caller, struct data_value *into)
{
    const struct template_node *callee = node->as.call.callee;
    const struct template_name *name = callee->as.attribute.name;
    struct data_value room, value;
    const struct data_value *of = template_look(state, callee->as.attribute.of, &room);
    if (!of)
        return false;
    const struct template_row *row = method_of(of, name);
    state->node = callee;
    if (row)
        return call_method_node(state, node, row, of, caller, into);
    return template_attribute(state, of, name, &value) &&
           call_value_node(state, node, callee, &value, caller, into);
}

/* Whether the function that was found when this was compiled is still what its name means: a page may
 * have variables that nobody declared. */
static bool is_bound_function(const struct template_state *state, const struct template_node *node)
{
    return node->as.call.places && !state->input->variables &&
           !node->as.call.callee->as.name.name->is_shared;
}

/* Without `into` the value is printed. */
static bool call_node(struct template_state *state, const struct template_node *node,
    const struct data_value *caller, struct data_value *into)
{
    struct data_value room;
    if (node->as.call.callee->kind == NODE_ATTRIBUTE)
        return call_attribute(state, node, caller, into);
    if (!caller && is_bound_function(state, node))
        return call_bound(state, node, NULL, into);
    const struct data_value *callee = template_value(state, node->as.call.callee, &room);
    if (!callee)
        return false;
    state->node = node;
    return template_is_usable(state, callee) &&
           call_value_node(state, node, node, callee, caller, into);
}

bool template_evaluate_call(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    return call_node(state, node, NULL, into);
}

bool template_print_call(
    struct template_state *state, const struct template_node *node, const struct data_value *caller)
{
    return call_node(state, node, caller, NULL);
}

static bool call_unbound(struct template_state *state, const struct template_node *node,
    const struct data_value *of, struct data_value *into)
{
    struct arguments arguments;
    if (!evaluate_arguments(state, &node->as.call.arguments, of, &arguments))
        return false;
    state->node = node;
    return template_call_row(state, node->as.call.row, &arguments.given, into);
}

bool template_apply(struct template_state *state, const struct template_node *node,
    const struct data_value *of, struct data_value *into)
{
    if (node->as.call.is_alone)
        return call_alone(state, node, of, into);
    if (node->as.call.places)
        return call_bound(state, node, of, into);
    return call_unbound(state, node, of, into);
}

bool template_print_applied(struct template_state *state, const struct template_node *node)
{
    struct data_value room, value;
    const struct data_value *of = template_look(state, node->as.call.callee, &room);
    if (!of)
        return false;
    if (node->as.call.is_alone)
        return call_alone(state, node, of, NULL);
    if (node->as.call.places)
        return call_bound(state, node, of, NULL);
    return call_unbound(state, node, of, &value) && template_write(state, &value);
}
