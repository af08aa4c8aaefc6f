/*
 * Problems for programs: as JSON ('liner schema problems' says what is in it), and as GitHub's
 * workflow commands, which show each at its line of a pull request:
 *
 *     ::error file=content/reviews/goblin.md,line=9,col=32,endColumn=34::unknown artist field 'rol'
 *
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
#include "commands/commands_inside.h"

static bool is_warning(const struct report_problem *problem)
{
    return problem->level == REPORT_WARNING;
}

static uint32_t last_column(const struct report_problem *problem)
{
    return problem->place.column + (problem->place.points ? problem->place.points - 1 : 0);
}

/* ---- JSON ---------------------------------------------------------------------------------------------- */

static void set(
    struct arena *arena, struct data_value map, const char *key, struct data_value value)
{
    data_map_set(arena, map.as.map, data_text(text_of(key)), value);
}

static struct data_value lines_of(struct arena *arena, struct text text)
{
    struct data_value list = data_list_new(arena);
    struct text line;
    while (text_line(&text, &line))
        data_list_add(arena, list.as.list, data_text(line));
    return list;
}

/* Line and columns only where it stands on a line. */
static struct data_value problem_as_value(struct arena *arena, const struct report_problem *problem)
{
    struct data_value map = data_map_new(arena);
    set(arena, map, "level", data_text(text_of(is_warning(problem) ? "warning" : "error")));
    set(arena, map, "file", data_text(problem->place.file));
    if (problem->place.line) {
        set(arena, map, "line", data_integer(problem->place.line));
        set(arena, map, "column", data_integer(problem->place.column));
        set(arena, map, "last_column", data_integer(last_column(problem)));
    }
    set(arena, map, "message", data_text(problem->message));
    set(arena, map, "notes", lines_of(arena, problem->notes));
    return map;
}

void commands_print_problems_json(FILE *to, struct arena *arena, const struct report *report)
{
    struct data_value map = data_map_new(arena), list = data_list_new(arena);
    struct data_run run = {.scratch = arena};
    struct buffer json;
    for (size_t i = 0; i < report->count; i++)
        data_list_add(arena, list.as.list, problem_as_value(arena, &report->problems[i]));
    set(arena, map, "errors", data_integer((int64_t)(report->errors + report->refusals)));
    set(arena, map, "warnings", data_integer((int64_t)report->warnings));
    set(arena, map, "problems", list);
    buffer_init(&json);
    data_json(&json, &map, 2, &run);
    buffer_add_byte(&json, '\n');
    fwrite(json.at, 1, json.length, to);
    buffer_release(&json);
}

/* ---- GitHub --------------------------------------------------------------------------------------------- */

/* What ends a command or one of its values there is written by its number in hex. */
static void print_escaped(FILE *to, struct text text, const char *signs)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] && strchr(signs, text.at[i]))
            fprintf(to, "%%%02X", (unsigned char)text.at[i]);
        else
            fputc(text.at[i], to);
    }
}

static void print_github(FILE *to, struct text folder, const struct report_problem *problem)
{
    static const char in_values[] = "%\r\n:,", in_messages[] = "%\r\n";
    fprintf(to, "::%s file=", is_warning(problem) ? "warning" : "error");
    print_escaped(to, folder, in_values);
    print_escaped(to, problem->place.file, in_values);
    if (problem->place.line)
        fprintf(to, ",line=%u,col=%u,endColumn=%u", problem->place.line, problem->place.column,
            last_column(problem));
    fputs("::", to);
    print_escaped(to, problem->message, in_messages);
    if (problem->notes.length) {
        fputs("%0A", to);
        print_escaped(to, problem->notes, in_messages);
    }
    fputc('\n', to);
}

void commands_print_problems_github(FILE *to, struct text folder, const struct report *report)
{
    for (size_t i = 0; i < report->count; i++)
        print_github(to, folder, &report->problems[i]);
}
