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
    if (commands_is_kind(row->name)) {
        fputc('\n', to);
        commands_print_fields(to, row->name);
    }
}

static void print_overview(FILE *to)
{
    fputs("liner: a static site generator for blogs that review K-drama soundtracks\n\n", to);
    int widest = 0;
    for (size_t i = 0; i < commands_count; i++) {
        int width = (int)(strlen(commands_table[i].name) + strlen(commands_table[i].arguments));
        widest = width > widest ? width : widest;
    }
    for (size_t i = 0; i < commands_count; i++) {
        const struct commands_row *row = &commands_table[i];
        int width = widest + 1 - (int)strlen(row->name);
        fprintf(to, "  liner %s %-*s  %s\n", row->name, width, row->arguments, row->help);
    }
    fputs("\n'liner help COMMAND' says more about one of them, 'liner help KIND' what to type in\n"
          "front matter, comments and settings. KIND is one of\n",
        to);
    commands_print_kinds(to);
    fputs(".\n'liner help content' prints all of these as one text, 'liner help templates' all "
          "that a\n"
          "theme's templates may say, 'liner help manual' the page for man(1).\n",
        to);
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
    if (strcmp(line->arguments[0], "templates") == 0) {
        commands_print_reference(stdout);
        return BASE_DONE;
    }
    if (strcmp(line->arguments[0], "manual") == 0) {
        commands_print_manual(stdout);
        return BASE_DONE;
    }
    if (strcmp(line->arguments[0], "content") == 0) {
        commands_print_content_reference(stdout);
        return BASE_DONE;
    }
    struct arena arena;
    struct text names[32];
    arena_init(&arena);
    for (size_t i = 0; i < commands_count; i++)
        names[i] = text_of(commands_table[i].name);
    enum base_status status =
        commands_usage(NULL, "there is no command or kind '%s'%s", line->arguments[0],
            report_guess(&arena, text_of(line->arguments[0]), names, commands_count).at);
    arena_release(&arena);
    return status;
}

enum base_status commands_version(const struct commands_line *line)
{
    (void)line;
    puts("liner " LINER_VERSION);
    puts(picture_is_built_in()
             ? "with libvips: pages tell how large pictures are"
             : "without libvips: pages don't tell how large pictures are (make site IMAGES=yes)");
    return BASE_DONE;
}
