/*
 * Keeping a report for later, and taking it back.
 *
 *     warning 9 32 3 28 47 0\n          level, line, column, points; lengths of what follows
 *     content/reviews/goblin.md         the file's name
 *     the rating 8.7 is off the ...     the message
 *                                       the notes
 */
#include "base/base.h"

static const char *const level_names[] = {
    [REPORT_ERROR] = "error", [REPORT_WARNING] = "warning", [REPORT_REFUSED] = "refused"};

enum { LINE, COLUMN, POINTS, FILE_LENGTH, MESSAGE_LENGTH, NOTES_LENGTH, NUMBERS };

void report_keep(const struct report *report, struct buffer *to)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct report_problem *problem = &report->problems[i];
        const struct place *place = &problem->place;
        buffer_format(to, "%s %u %u %u %zu %zu %zu\n", level_names[problem->level], place->line,
            place->column, place->points, place->file.length, problem->message.length,
            problem->notes.length);
        buffer_add(to, place->file);
        buffer_add(to, problem->message);
        buffer_add(to, problem->notes);
    }
}

static bool take_level(struct text *line, enum report_level *level)
{
    for (size_t i = 0; i < BASE_COUNT(level_names); i++) {
        size_t length = strlen(level_names[i]);
        if (!text_starts(*line, level_names[i]))
            continue;
        *level = (enum report_level)i;
        *line = text_slice(*line, length, line->length);
        return true;
    }
    return false;
}

/* A blank and digits. */
static bool take_number(struct text *line, size_t *number)
{
    size_t at = 1;
    *number = 0;
    if (!text_starts(*line, " "))
        return false;
    for (; at < line->length && at <= 9 && line->at[at] >= '0' && line->at[at] <= '9'; at++)
        *number = *number * 10 + (size_t)(line->at[at] - '0');
    *line = text_slice(*line, at, line->length);
    return at > 1;
}

static bool take_text(struct text *kept, size_t length, struct text *text)
{
    if (length > kept->length)
        return false;
    *text = length ? text_slice(*kept, 0, length) : TEXT_NONE;
    *kept = text_slice(*kept, length, kept->length);
    return true;
}

static bool take_problem(struct text *kept, struct report_problem *problem)
{
    struct text line;
    size_t numbers[NUMBERS];
    if (!text_line(kept, &line) || !take_level(&line, &problem->level))
        return false;
    for (size_t i = 0; i < NUMBERS; i++)
        if (!take_number(&line, &numbers[i]))
            return false;
    problem->place.line = (uint32_t)numbers[LINE];
    problem->place.column = (uint32_t)numbers[COLUMN];
    problem->place.points = (uint32_t)numbers[POINTS];
    return line.length == 0 && take_text(kept, numbers[FILE_LENGTH], &problem->place.file) &&
           take_text(kept, numbers[MESSAGE_LENGTH], &problem->message) &&
           take_text(kept, numbers[NOTES_LENGTH], &problem->notes);
}

bool report_take(struct report *report, struct text kept)
{
    struct report_problem problem = {.level = REPORT_ERROR};
    struct text rest = kept;
    while (rest.length)
        if (!take_problem(&rest, &problem))
            return false;
    while (kept.length && take_problem(&kept, &problem)) {
        report_at(report, problem.level, problem.place, "%.*s", TEXT_ARGS(problem.message));
        report->problems[report->count - 1].notes = arena_text(&report->arena, problem.notes);
    }
    return true;
}
