/* Collecting problems: adding, joining the workers' reports, and putting them in order. */
#include "base/base.h"

#include <stdlib.h>

/* Moves the counter to `at`: from its line's start when that is before, else from the first byte. */
static void count_to(struct place_counter *counter, struct text bytes, size_t at)
{
    if (at < counter->line_start)
        *counter = (struct place_counter){0};
    if (at < counter->at) {
        counter->at = counter->line_start;
        counter->points = 0;
    }
    ptrdiff_t end;
    while ((end = text_find_byte(text_slice(bytes, counter->at, at), '\n')) >= 0) {
        counter->lines++;
        counter->at += (size_t)end + 1;
        counter->line_start = counter->at;
        counter->points = 0;
    }
    counter->points += (uint32_t)text_count_points(text_slice(bytes, counter->at, at));
    counter->at = at;
}

struct place place_next(
    struct place_counter *counter, struct text file, struct text bytes, size_t at, size_t length)
{
    struct text marked = text_slice(bytes, at, at + length);
    ptrdiff_t line_end = text_find_byte(marked, '\n');
    if (line_end >= 0)
        marked.length = (size_t)line_end;
    size_t points = text_count_points(marked);
    count_to(counter, bytes, at < bytes.length ? at : bytes.length);
    return (struct place){.file = file,
        .line = 1 + counter->lines,
        .column = 1 + counter->points,
        .points = points ? (uint32_t)points : 1};
}

struct place place_in(struct text file, struct text bytes, size_t at, size_t length)
{
    struct place_counter counter = {0};
    return place_next(&counter, file, bytes, at, length);
}

void report_init(struct report *report)
{
    *report = (struct report){0};
    arena_init(&report->arena);
}

void report_release(struct report *report)
{
    arena_release(&report->arena);
    report_init(report);
}

static void count_problem(struct report *report, enum report_level level)
{
    report->errors += level == REPORT_ERROR;
    report->warnings += level == REPORT_WARNING;
    report->refusals += level == REPORT_REFUSED;
}

static struct report_problem *add_problem(struct report *report, enum report_level level)
{
    struct report_problem *problem = list_add(
        &report->problems, &report->count, &report->capacity, &report->arena, sizeof *problem);
    problem->level = level;
    count_problem(report, level);
    return problem;
}

/* The length without a code point that was cut in two at the end. */
static size_t whole_length(struct text text)
{
    size_t at = text.length;
    while (at && ((unsigned char)text.at[at - 1] & 0xC0) == 0x80)
        at--;
    if (!at)
        return text.length;
    size_t end = at - 1;
    return text_next_point(text, &end) == 0xFFFD ? at - 1 : text.length;
}

__attribute__((format(printf, 2, 0))) static struct text format_text(
    struct arena *arena, const char *format, va_list arguments)
{
    char line[1024];
    int length = vsnprintf(line, sizeof line, format, arguments);
    base_assert(length >= 0);
    struct text text = {line, (size_t)length};
    if (text.length >= sizeof line) {
        text.length = sizeof line - 1;
        text.length = whole_length(text);
    }
    return arena_text(arena, text);
}

void report_at(
    struct report *report, enum report_level level, struct place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct report_problem *problem = add_problem(report, level);
    problem->place = place;
    problem->place.file = arena_text(&report->arena, place.file);
    problem->message = format_text(&report->arena, format, arguments);
    va_end(arguments);
}

void report_note(struct report *report, const char *format, ...)
{
    base_assert(report->count > 0);
    struct report_problem *problem = &report->problems[report->count - 1];
    va_list arguments;
    va_start(arguments, format);
    struct text note = format_text(&report->arena, format, arguments);
    va_end(arguments);
    problem->notes = problem->notes.at ? arena_format(&report->arena, "%.*s\n%.*s",
                                             TEXT_ARGS(problem->notes), TEXT_ARGS(note))
                                       : note;
}

struct text report_guess(
    struct arena *arena, struct text wrong, const struct text *candidates, size_t count)
{
    struct text nearest = text_nearest(wrong, candidates, count);
    if (!nearest.at)
        return TEXT("");
    return arena_format(arena, " (did you mean '%.*s'?)", TEXT_ARGS(nearest));
}

void report_join(struct report *into, struct report *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct report_problem *old = &from->problems[i];
        struct report_problem *problem = add_problem(into, old->level);
        problem->place = old->place;
        problem->place.file = arena_text(&into->arena, old->place.file);
        problem->message = arena_text(&into->arena, old->message);
        problem->notes = arena_text(&into->arena, old->notes);
    }
    report_release(from);
}

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* Notes aside: they tell the way to a problem, and several ways may lead to one. */
static int compare_told(const struct report_problem *a, const struct report_problem *b)
{
    int order = text_compare(a->place.file, b->place.file);
    if (!order)
        order = compare_numbers(a->place.line, b->place.line);
    if (!order)
        order = compare_numbers(a->place.column, b->place.column);
    if (!order)
        order = (a->level > b->level) - (a->level < b->level);
    return order ? order : text_compare(a->message, b->message);
}

static int compare_problems(const void *left, const void *right)
{
    const struct report_problem *a = left, *b = right;
    int order = compare_told(a, b);
    return order ? order : text_compare(a->notes, b->notes);
}

void report_sort(struct report *report)
{
    size_t kept = 0;
    if (report->count)
        qsort(report->problems, report->count, sizeof *report->problems, compare_problems);
    report->errors = report->warnings = report->refusals = 0;
    for (size_t i = 0; i < report->count; i++) {
        struct report_problem *problem = &report->problems[i];
        if (kept && compare_told(&report->problems[kept - 1], problem) == 0)
            continue;
        report->problems[kept++] = *problem;
        count_problem(report, problem->level);
    }
    report->count = kept;
}

enum base_status report_status(const struct report *report)
{
    if (report->refusals)
        return BASE_REFUSED;
    return report->errors ? BASE_PROBLEMS : BASE_DONE;
}
