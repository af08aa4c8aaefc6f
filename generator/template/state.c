/* What all of rendering shares: stopping with a message, counting, building texts, making values. */
#include "template/template_run_inside.h"

/* ---- Stopping ------------------------------------------------------------------------------------------ */

static bool same_call(const struct template_trace *a, const struct template_trace *b)
{
    return a->file == b->file && a->line == b->line && a->column == b->column;
}

/* One note for each call around, the innermost first; one for many of the same place. */
static void note_trace(struct template_state *state)
{
    for (const struct template_trace *trace = state->trace; trace; trace = trace->outer) {
        unsigned times = 1;
        for (; trace->outer && same_call(trace, trace->outer); trace = trace->outer)
            times++;
        if (!trace->file)
            continue;
        struct text often = TEXT("");
        if (times > 1)
            often = arena_format(state->run->scratch, ", %u times", times);
        report_note(state->report, "%s '%.*s' at %.*s:%u:%u%.*s", trace->what,
            TEXT_ARGS(trace->name), TEXT_ARGS(trace->file->file), trace->line, trace->column,
            TEXT_ARGS(often));
    }
}

__attribute__((format(printf, 2, 0))) static void stop(
    struct template_state *state, const char *format, va_list arguments)
{
    const struct template_node *node = state->node;
    char message[500]; /* values in messages are cut at this */
    if (state->has_failed)
        return;
    state->has_failed = true;
    vsnprintf(message, sizeof message, format, arguments);
    report_at(state->report, REPORT_ERROR,
        template_place(
            state->file, node ? node->line : 0, node ? node->column : 0, node ? node->points : 1),
        "%s", message);
    note_trace(state);
}

bool template_stop(struct template_state *state, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    stop(state, format, arguments);
    va_end(arguments);
    return false;
}

struct data_value template_fail(struct template_call *call, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    stop(call->state, format, arguments);
    va_end(arguments);
    return data_undefined();
}

struct data_value template_failed(void)
{
    return data_undefined();
}

/* ---- Limits ----------------------------------------------------------------------------------------------- */

bool template_too_many_steps(struct template_state *state)
{
    return template_stop(state, "the page takes more than %d steps", TEMPLATE_MOST_STEPS);
}

bool template_room(struct template_state *state, size_t bytes)
{
    if (state->has_failed)
        return false;
    if (bytes > TEMPLATE_MOST_OUTPUT_BYTES)
        return template_stop(state, "text of more than %d bytes", TEMPLATE_MOST_OUTPUT_BYTES);
    state->made_bytes += bytes;
    if (state->made_bytes > TEMPLATE_MOST_MADE_BYTES)
        return template_stop(state, "the page makes more than %zu bytes of texts and lists",
            TEMPLATE_MOST_MADE_BYTES);
    return true;
}

/* Whether much of the thread's stack is used: what nests in templates nests in here. The address of a
 * variable would not tell: sanitizers may keep variables elsewhere. */
static bool is_stack_low(const struct template_state *state)
{
    uintptr_t at = (uintptr_t)__builtin_frame_address(0);
    return (at > state->stack ? at - state->stack : state->stack - at) > TEMPLATE_MOST_STACK_BYTES;
}

bool template_enter(
    struct template_state *state, struct template_trace *trace, const char *what, struct text name)
{
    if (state->depth >= TEMPLATE_MOST_DEPTH || is_stack_low(state))
        return template_stop(state,
            "includes, macros and blocks go deeper than %d: does '%.*s' use itself?",
            TEMPLATE_MOST_DEPTH, TEXT_ARGS(name));
    state->depth++;
    *trace = (struct template_trace){.outer = state->trace,
        .what = what,
        .name = name,
        .file = state->node ? state->file : NULL,
        .line = state->node ? state->node->line : 0,
        .column = state->node ? state->node->column : 0};
    state->trace = trace;
    return template_step(state);
}

void template_leave(struct template_state *state, const struct template_trace *trace)
{
    state->depth--;
    state->trace = trace->outer;
}

/* ---- Texts -------------------------------------------------------------------------------------------------- */

size_t template_begin(struct template_state *state)
{
    return state->out->length;
}

struct text template_copy(struct template_state *state, struct text text)
{
    if (!template_room(state, text.length))
        return TEXT("");
    return arena_text(state->run->scratch, text);
}

struct text template_end(struct template_state *state, size_t start)
{
    struct text made = text_slice(buffer_text(state->out), start, state->out->length);
    struct text copy = template_copy(state, made);
    state->out->length = start;
    return copy;
}

struct data_value template_text_like(const struct data_value *value, struct text text)
{
    return value->kind == DATA_HTML ? data_html(text) : data_text(text);
}

/* ---- Values ---------------------------------------------------------------------------------------------------- */

const struct template_tag template_tag_macro = {"macro"}, template_tag_loop = {"loop"},
                          template_tag_function = {"function"}, template_tag_method = {"method"},
                          template_tag_module = {"module"}, template_tag_namespace = {"namespace"},
                          template_tag_range = {"range"}, template_tag_cycler = {"cycler"},
                          template_tag_joiner = {"joiner"}, template_tag_super = {"super"},
                          template_tag_self = {"self"}, template_tag_block = {"block"},
                          template_tag_loop_cycle = {"cycle"},
                          template_tag_loop_changed = {"changed"};

bool template_is_opaque(const struct data_value *value, const struct template_tag *tag)
{
    return value->kind == DATA_OPAQUE && value->as.opaque.tag == tag;
}

struct data_value template_opaque(const struct template_tag *tag, void *at)
{
    return (struct data_value){.kind = DATA_OPAQUE, .as.opaque = {tag, at}};
}

struct data_value template_missing(struct text name)
{
    return (struct data_value){.kind = DATA_UNDEFINED, .as.text = name};
}

bool template_is_tuple(const struct data_value *value)
{
    return value->kind == DATA_LIST && value->line == 0 && (value->points & MARK_TUPLE);
}

struct data_value template_new_list(struct template_state *state)
{
    struct data_value list = data_list_new(state->run->scratch);
    list.points = MARK_OWN;
    return list;
}

struct data_value template_new_map(struct template_state *state)
{
    struct data_value map = data_map_new(state->run->scratch);
    map.points = MARK_OWN;
    return map;
}

void template_list_add(
    struct template_state *state, struct data_value *list, struct data_value value)
{
    if (template_room(state, sizeof value))
        data_list_add(state->run->scratch, list->as.list, value);
}

void template_map_put(struct template_state *state, struct data_value *map, struct data_value key,
    struct data_value value)
{
    if (template_room(state, sizeof(struct data_entry)))
        data_map_set(state->run->scratch, map->as.map, key, value);
}

struct data_value template_new_pair(
    struct template_state *state, struct data_value first, struct data_value second)
{
    struct data_value pair = template_new_list(state);
    pair.points = MARK_TUPLE;
    template_list_add(state, &pair, first);
    template_list_add(state, &pair, second);
    return pair;
}
