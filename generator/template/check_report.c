/*
 * Problems of the check. One code may run for several callers: a field that one of them has and
 * another has not is no mistake, so a problem waits until all have been seen. Each is told once, with
 * the way that led there.
 */
#include "template/template_check_inside.h"

bool template_check_step(struct template_checker *checker)
{
    return ++checker->steps <= TEMPLATE_MOST_CHECK_STEPS;
}

static struct text trace_notes(struct template_checker *checker)
{
    struct buffer notes;
    buffer_init(&notes);
    for (const struct template_check_trace *trace = checker->trace; trace; trace = trace->outer)
        if (trace->file)
            buffer_format(&notes, "%s '%.*s' at %.*s:%u:%u\n", trace->what, TEXT_ARGS(trace->name),
                TEXT_ARGS(trace->file->file), trace->line, trace->column);
    struct text kept = arena_text(&checker->arena, buffer_text(&notes));
    buffer_release(&notes);
    return kept;
}

static bool same_place(const struct place *a, const struct place *b)
{
    return a->line == b->line && a->column == b->column && text_equal(a->file, b->file);
}

static bool is_told(
    const struct template_checker *checker, const struct template_check_problem *problem)
{
    for (size_t i = 0; i < checker->problem_count; i++)
        if (same_place(&checker->problems[i].place, &problem->place) &&
            text_equal(checker->problems[i].message, problem->message))
            return true;
    return false;
}

__attribute__((format(printf, 4, 0))) static void add_problem(struct template_checker *checker,
    const struct template_node *owner, const struct template_node *node, const char *format,
    va_list arguments)
{
    char message[500]; /* names in messages are cut at this */
    vsnprintf(message, sizeof message, format, arguments);
    struct template_check_problem problem = {.level = owner ? REPORT_ERROR : REPORT_WARNING,
        .owner = owner,
        .place = template_place(checker->file, node->line, node->column, node->points),
        .message = arena_text(&checker->arena, text_of(message))};
    if (is_told(checker, &problem))
        return;
    problem.notes = trace_notes(checker);
    struct template_check_problem *room = list_add(&checker->problems, &checker->problem_count,
        &checker->problem_capacity, &checker->arena, sizeof *room);
    *room = problem;
}

void template_check_wrong(
    struct template_checker *checker, struct template_node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_problem(checker, node, node, format, arguments);
    va_end(arguments);
}

void template_check_wrong_in(struct template_checker *checker, struct template_node *owner,
    const struct template_node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_problem(checker, owner, node, format, arguments);
    va_end(arguments);
}

void template_check_warn(
    struct template_checker *checker, const struct template_node *node, const char *format, ...)
{
    va_list arguments;
    if (checker->is_any_caller || checker->file->stage != STAGE_READY)
        return;
    va_start(arguments, format);
    add_problem(checker, NULL, node, format, arguments);
    va_end(arguments);
}

void template_check_right(struct template_node *node)
{
    node->is_right = true;
}

static void tell(const struct template_check_problem *problem, struct report *report)
{
    struct text rest = problem->notes, line;
    report_at(report, problem->level, problem->place, "%.*s", TEXT_ARGS(problem->message));
    while (text_line(&rest, &line))
        report_note(report, "%.*s", TEXT_ARGS(line));
}

void template_check_tell(struct template_checker *checker, struct report *report)
{
    for (size_t i = 0; i < checker->problem_count; i++) {
        const struct template_check_problem *problem = &checker->problems[i];
        if (!problem->owner || !problem->owner->is_right)
            tell(problem, report);
    }
}

/* ---- Absence -------------------------------------------------------------------------------------------- */

struct text template_check_written(
    struct template_checker *checker, const struct template_node *node)
{
    if (node->kind == NODE_NAME)
        return node->as.name.name->text;
    if (node->kind != NODE_ATTRIBUTE)
        return TEXT_NONE;
    struct text of = template_check_written(checker, node->as.attribute.of);
    if (!of.at)
        return TEXT_NONE;
    return arena_format(
        &checker->arena, "%.*s.%.*s", TEXT_ARGS(of), TEXT_ARGS(node->as.attribute.name->text));
}

static void warn_never(
    struct template_checker *checker, const struct template_node *node, struct text written)
{
    if (written.at && checker->entry)
        template_check_warn(checker, node, "there is no '%.*s' on the pages of '%.*s'",
            TEXT_ARGS(written), TEXT_ARGS(checker->entry->name));
}

static void warn_perhaps(
    struct template_checker *checker, const struct template_node *node, struct text written)
{
    if (written.at)
        template_check_warn(checker, node,
            "'%.*s' may be absent: ask 'if %.*s' first, or say what else with 'or'",
            TEXT_ARGS(written), TEXT_ARGS(written));
    else
        template_check_warn(
            checker, node, "this may be absent: ask 'if' first, or say what else with 'or'");
}

struct template_shape template_check_present(
    struct template_checker *checker, const struct template_node *node, struct template_shape shape)
{
    if (shape.kind == SHAPE_ABSENT && node->kind == NODE_NAME)
        warn_never(checker, node, template_check_written(checker, node));
    else if (shape.may_be_absent)
        warn_perhaps(checker, node, template_check_written(checker, node));
    shape.may_be_absent = false;
    return shape;
}
