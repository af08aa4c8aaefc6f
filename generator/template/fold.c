/*
 * Folding: what is the same on every page is made once, before the first of them.
 *
 *     <a href="{{ url('dramas/') }}">{{ t('dramas') }}</a>     calls with nothing but constants
 *     <a href="{{ '/dramas/' }}">{{ 'Dramas' }}</a>            their values in their places
 *     <a href="/dramas/">Dramas</a>                            text, where nothing is to be escaped
 *
 * What can't be made is left as it was, and fails where it is used. Macros that are pure are known from here
 * on, too: see pure.c.
 */
#include "template/template_run_inside.h"

static bool are_literals(struct template_node *const *nodes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (nodes[i]->kind != NODE_LITERAL)
            return false;
    return true;
}

/* Whether a call or filter is of constants alone, and nothing can take the place of what it calls. */
static bool is_constant_call(const struct template_node *node)
{
    const struct template_arguments *given = &node->as.call.arguments;
    const struct template_node *callee = node->as.call.callee;
    if (!node->as.call.places || !node->as.call.row->function->gives_same || !callee)
        return false;
    for (size_t i = 0; i < given->named_count; i++)
        if (given->named[i].value->kind != NODE_LITERAL)
            return false;
    return are_literals(given->positional.at, given->positional.count) &&
           (node->kind == NODE_CALL ? !callee->as.name.name->is_shared
                                    : callee->kind == NODE_LITERAL);
}

static void fold_call(
    struct template_set *set, struct template_state *state, struct template_node *node)
{
    struct data_value value;
    if (!is_constant_call(node) || !template_evaluate(state, node, &value) ||
        !template_is_text(&value))
        return;
    value.as.text = arena_text(&set->arena, value.as.text);
    node->kind = NODE_LITERAL;
    node->as.literal = value;
}

/* Text that is the same escaped and bare does not ask where it stands. */
static void fold_output(struct template_set *set, struct template_node *node)
{
    const struct template_node *of = node->as.of;
    if (of->kind != NODE_LITERAL || !template_is_text(&of->as.literal) ||
        (of->as.literal.kind == DATA_TEXT && template_needs_escape(of->as.literal.as.text)))
        return;
    struct text text = of->as.literal.as.text;
    node->kind = NODE_TEXT;
    node->as.text = template_roomy_copy(set, text);
}

static void fold_file(
    struct template_set *set, struct template_file *file, struct template_state *state)
{
    for (size_t i = 0; i < file->foldable.count; i++) {
        struct template_node *node = file->foldable.at[i];
        state->has_failed = false;
        if (node->kind == NODE_OUTPUT)
            fold_output(set, node);
        else if (node->kind == NODE_MACRO)
            node->as.macro.macro->is_pure = template_is_pure(node->as.macro.macro);
        else
            fold_call(set, state, node);
    }
}

void template_fold(struct template_set *set, struct data_run *run)
{
    const struct template_input input = {0};
    struct data_reads *reads = run->reads;
    struct report ignored;
    struct buffer out;
    report_init(&ignored);
    buffer_init(&out);
    run->reads = NULL;
    for (size_t i = 0; i < set->files.count; i++) {
        struct template_file *file = set->files.entries[i].value;
        struct template_state state = {.set = set,
            .input = &input,
            .run = run,
            .out = &out,
            .report = &ignored,
            .file = file,
            .autoescape = file->autoescape};
        fold_file(set, file, &state);
    }
    run->reads = reads;
    buffer_release(&out);
    report_release(&ignored);
}
