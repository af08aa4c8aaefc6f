/* Reading the command line by the table, with getopt_long, and running the command. */
#include "commands/commands_inside.h"

#include <getopt.h>
#include <stdlib.h>
#include <unistd.h>

enum { most_options = BASE_COUNT(((struct commands_line *)NULL)->values) };

/* getopt_long returns these for the options of the row, and those that all commands share. */
enum { first_own = 256, first_common = 512 };

static const struct commands_row *find_row(const char *name)
{
    for (size_t i = 0; i < commands_count; i++)
        if (strcmp(commands_table[i].name, name) == 0)
            return &commands_table[i];
    return NULL;
}

static const char *guess_command(struct arena *arena, const char *wrong)
{
    struct text names[16];
    for (size_t i = 0; i < commands_count; i++)
        names[i] = text_of(commands_table[i].name);
    return report_guess(arena, text_of(wrong), names, commands_count).at;
}

enum base_status commands_usage(const struct commands_row *row, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("liner: ", stderr);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\nliner: see 'liner help%s%s'\n", row ? " " : "", row ? row->name : "");
    va_end(arguments);
    return BASE_USAGE;
}

static const struct text *find_value(const struct commands_line *line, const char *option)
{
    for (size_t i = 0; i < line->row->option_count; i++)
        if (strcmp(line->row->options[i].name, option) == 0)
            return &line->values[i];
    return NULL;
}

struct text commands_value(const struct commands_line *line, const char *option)
{
    const struct text *value = find_value(line, option);
    if (!value)
        base_die(__FILE__, __LINE__, option);
    return *value;
}

struct text commands_value_if_known(const struct commands_line *line, const char *option)
{
    const struct text *value = find_value(line, option);
    return value ? *value : TEXT_NONE;
}

bool commands_has(const struct commands_line *line, const char *option)
{
    return commands_value(line, option).at != NULL;
}

/* Colour when stderr is a terminal and nobody has said no: https://no-color.org */
static bool wants_color(const char *when, bool *is_word)
{
    const char *no_color = getenv("NO_COLOR");
    *is_word = true;
    if (strcmp(when, "always") == 0)
        return true;
    if (strcmp(when, "never") == 0)
        return false;
    *is_word = strcmp(when, "auto") == 0;
    return !(no_color && *no_color) && isatty(STDERR_FILENO);
}

static void fill_options(const struct commands_row *row, struct option *options)
{
    size_t count = 0;
    for (size_t i = 0; i < row->option_count; i++)
        options[count++] = (struct option){row->options[i].name,
            row->options[i].value ? required_argument : no_argument, NULL, first_own + (int)i};
    for (size_t i = 0; i < commands_common_count; i++)
        options[count++] = (struct option){commands_common[i].name,
            commands_common[i].value ? required_argument : no_argument, NULL,
            first_common + (int)i};
}

static enum base_status take_common(
    struct commands_line *line, const char *name, const char *value, bool *wants_help)
{
    bool is_word = true;
    if (strcmp(name, "root") == 0)
        line->root = value;
    else if (strcmp(name, "quiet") == 0)
        line->quiet = true;
    else if (strcmp(name, "help") == 0)
        *wants_help = true;
    else
        line->color = wants_color(value, &is_word);
    return is_word
               ? BASE_DONE
               : commands_usage(line->row, "--color wants auto, always or never, not '%s'", value);
}

/* The option that getopt_long stumbled over, as it was typed. */
static enum base_status wrong_option(
    const struct commands_row *row, struct arena *arena, const char *typed, int what)
{
    struct text names[most_options + 8];
    size_t count = 0, length = strcspn(typed, "=");
    if (what == ':')
        return commands_usage(row, "'%s' wants a value", typed);
    for (size_t i = 0; i < row->option_count; i++)
        names[count++] = arena_format(arena, "--%s", row->options[i].name);
    for (size_t i = 0; i < commands_common_count; i++)
        names[count++] = arena_format(arena, "--%s", commands_common[i].name);
    struct text wrong = {typed, length};
    for (size_t i = 0; i < count && typed[length]; i++)
        if (text_equal(names[i], wrong))
            return commands_usage(row, "'%.*s' takes no value", TEXT_ARGS(wrong));
    return commands_usage(row, "'liner %s' has no option '%.*s'%s", row->name, TEXT_ARGS(wrong),
        report_guess(arena, wrong, names, count).at);
}

static enum base_status read_options(
    struct commands_line *line, struct arena *arena, int count, char **arguments, bool *wants_help)
{
    struct option options[most_options + 8] = {{0}};
    fill_options(line->row, options);
    optind = 0;
    for (;;) {
        int place = 0;
        int found = getopt_long(count, arguments, ":", options, &place);
        if (found == -1)
            break;
        if (found == '?' || found == ':')
            return wrong_option(line->row, arena, arguments[optind - 1], found);
        const char *value = optarg ? optarg : "";
        if (found < first_common)
            line->values[found - first_own] = text_of(value);
        else if (take_common(line, options[place].name, value, wants_help) != BASE_DONE)
            return BASE_USAGE;
    }
    for (; optind < count && line->argument_count < BASE_COUNT(line->arguments); optind++)
        line->arguments[line->argument_count++] = arguments[optind];
    return BASE_DONE;
}

static enum base_status check_arguments(const struct commands_line *line)
{
    if (line->argument_count > line->row->most)
        return commands_usage(line->row, "'liner %s' takes no argument '%s'", line->row->name,
            line->arguments[line->row->most]);
    if (line->argument_count < line->row->least)
        return commands_usage(
            line->row, "'liner %s' wants %s", line->row->name, line->row->arguments);
    return BASE_DONE;
}

static enum base_status run_row(
    const struct commands_row *row, struct arena *arena, int count, char **arguments)
{
    bool wants_help = false, is_word;
    struct commands_line line = {.row = row, .color = wants_color("auto", &is_word)};
    enum base_status status = read_options(&line, arena, count, arguments, &wants_help);
    if (status != BASE_DONE)
        return status;
    if (wants_help) {
        commands_print_help(stdout, row);
        return BASE_DONE;
    }
    status = check_arguments(&line);
    return status == BASE_DONE ? row->run(&line) : status;
}

enum base_status commands_run(int count, char **arguments)
{
    struct arena arena;
    enum base_status status;
    arena_init(&arena);
    const char *name = count > 1 ? arguments[1] : "help";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    if (strcmp(name, "--version") == 0)
        name = "version";
    const struct commands_row *row = find_row(name);
    if (row)
        status = run_row(row, &arena, count > 1 ? count - 1 : 1, arguments + (count > 1));
    else
        status =
            commands_usage(NULL, "there is no command '%s'%s", name, guess_command(&arena, name));
    arena_release(&arena);
    if (fflush(stdout) != 0 || ferror(stdout))
        return BASE_REFUSED;
    return status;
}
