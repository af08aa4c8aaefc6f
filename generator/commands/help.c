/* Help, from the tables; and the version. */
#include "commands/commands_inside.h"

enum { help_column = 26 };

static void print_option(FILE *to, const struct commands_option *option)
{
    int written = fprintf(to, "  --%s%s%s", option->name, option->value ? " " : "",
        option->value ? option->value : "");
    fprintf(to, "%*s%s\n", written < help_column ? help_column - written : 2, "", option->help);
}

void commands_print_help(FILE *to, const struct commands_row *row)
{
    fprintf(to, "liner %s%s%s: %s\n\n", row->name, *row->arguments ? " " : "", row->arguments,
        row->help);
    for (size_t i = 0; i < row->option_count; i++)
        print_option(to, &row->options[i]);
    for (size_t i = 0; i < commands_common_count; i++)
        print_option(to, &commands_common[i]);
}

static void print_overview(FILE *to)
{
    fputs("liner: a static site generator for blogs that review K-drama soundtracks\n\n", to);
    for (size_t i = 0; i < commands_count; i++) {
        const struct commands_row *row = &commands_table[i];
        int written =
            fprintf(to, "  liner %s%s%s", row->name, *row->arguments ? " " : "", row->arguments);
        fprintf(to, "%*s%s\n", written < help_column ? help_column - written : 2, "", row->help);
    }
    fputs("\n'liner help COMMAND' says more about one of them, 'liner help KIND' what to type in\n"
          "front matter and settings; KIND is ",
        to);
    commands_print_kinds(to);
    fputs(".\n", to);
}

enum base_status commands_help(const struct commands_line *line)
{
    if (line->argument_count == 0) {
        print_overview(stdout);
        return BASE_DONE;
    }
    for (size_t i = 0; i < commands_count; i++) {
        if (strcmp(commands_table[i].name, line->arguments[0]) != 0)
            continue;
        commands_print_help(stdout, &commands_table[i]);
        return BASE_DONE;
    }
    if (commands_print_fields(stdout, line->arguments[0]))
        return BASE_DONE;
    return commands_usage(NULL, "there is no command or kind '%s'", line->arguments[0]);
}

enum base_status commands_version(const struct commands_line *line)
{
    (void)line;
    puts("liner " LINER_VERSION);
    return BASE_DONE;
}
