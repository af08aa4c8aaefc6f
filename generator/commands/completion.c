/*
 * liner completion: scripts by which shells complete commands, options, and what their values may be, from the table.
 *
 *     source <(liner completion bash)
 *     liner completion zsh > ~/.zfunc/_liner          with ~/.zfunc in fpath
 */
#include "commands/commands_inside.h"

/* Words of the table may hold no quotes, so they can stand between single ones; help may. */
static void print_quoted(const char *text, const char *escaped)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else if (strchr(escaped, *text))
            printf("\\%c", *text);
        else
            putchar(*text);
    }
}

static const struct commands_option *option_at(const struct commands_row *row, size_t place)
{
    if (place < row->option_count)
        return &row->options[place];
    place -= row->option_count;
    return place < commands_common_count ? &commands_common[place] : NULL;
}

/* All commands: `liner help` takes them, too. */
static void print_names(void)
{
    for (size_t i = 0; i < commands_count; i++)
        printf("%s%s", i ? " " : "", commands_table[i].name);
}

/* ---- bash ------------------------------------------------------------------------------------------------------- */

static void print_bash_value(const struct commands_row *row, const struct commands_option *option)
{
    if (!option->value)
        return;
    printf("    '%s --%s') ", row->name, option->name);
    if (option->words)
        printf("words='%s'", option->words);
    else if (strcmp(option->value, "DIR") == 0)
        fputs("kind=-d", stdout);
    else
        fputs(strcmp(option->value, "FILE") == 0 ? "kind=-f" : ":", stdout);
    fputs(" ;;\n", stdout);
}

static void print_bash(void)
{
    fputs("_liner() {\n"
          "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} "
          "command=${COMP_WORDS[1]}\n"
          "  local words= options= kind=\n"
          "  if ((COMP_CWORD == 1)); then\n    words='",
        stdout);
    print_names();
    fputs("'\n  else\n    case \"$command $before\" in\n", stdout);
    for (size_t i = 0; i < commands_count; i++) {
        const struct commands_option *option;
        for (size_t j = 0; (option = option_at(&commands_table[i], j)); j++)
            print_bash_value(&commands_table[i], option);
    }
    fputs("    *) case $command in\n", stdout);
    for (size_t i = 0; i < commands_count; i++) {
        const struct commands_row *row = &commands_table[i];
        const struct commands_option *option;
        printf("      %s) options='", row->name);
        for (size_t j = 0; (option = option_at(row, j)); j++)
            printf("%s--%s", j ? " " : "", option->name);
        fputs("'", stdout);
        if (row->words)
            printf("; ((COMP_CWORD == 2)) && words='%s'", row->words);
        if (strcmp(row->name, "help") == 0) {
            fputs("; ((COMP_CWORD == 2)) && words='", stdout);
            print_names();
            fputs("'", stdout);
        }
        if (strstr(row->arguments, "DIR"))
            fputs("; kind=-d", stdout);
        else if (strstr(row->arguments, "FILE"))
            fputs("; kind=-f", stdout);
        fputs(" ;;\n", stdout);
    }
    fputs("      esac ;;\n    esac\n  fi\n"
          "  [[ $current == -* ]] && words=$options kind=\n"
          "  COMPREPLY=($(compgen $kind -W \"$words\" -- \"$current\"))\n"
          "}\n"
          "complete -o filenames -o bashdefault -F _liner liner\n",
        stdout);
}

/* ---- zsh ---------------------------------------------------------------------------------------------------------- */

static void print_zsh_option(const struct commands_option *option)
{
    printf(" \\\n      '--%s", option->name);
    if (option->value)
        putchar('=');
    putchar('[');
    print_quoted(option->help, "[]\\");
    putchar(']');
    if (option->value && option->words)
        printf(":%s:(%s)", option->value, option->words);
    else if (option->value && strcmp(option->value, "DIR") == 0)
        printf(":%s:_files -/", option->value);
    else if (option->value)
        printf(":%s:%s", option->value, strcmp(option->value, "FILE") ? "" : "_files");
    putchar('\'');
}

static void print_zsh_row(const struct commands_row *row)
{
    const struct commands_option *option;
    printf("    %s) _arguments", row->name);
    for (size_t i = 0; (option = option_at(row, i)); i++)
        print_zsh_option(option);
    if (strcmp(row->name, "help") == 0) {
        fputs(" \\\n      '1:command:(", stdout);
        print_names();
        fputs(")'", stdout);
    } else if (row->words)
        printf(" \\\n      '1:what:(%s)'", row->words);
    else if (row->most > 0)
        printf(" \\\n      '1:what:_files%s'", strstr(row->arguments, "DIR") ? " -/" : "");
    fputs(" ;;\n", stdout);
}

static void print_zsh(void)
{
    fputs("#compdef liner\n\n_liner() {\n  local -a commands\n  commands=(\n", stdout);
    for (size_t i = 0; i < commands_count; i++) {
        printf("    '%s:", commands_table[i].name);
        print_quoted(commands_table[i].help, ":\\");
        fputs("'\n", stdout);
    }
    fputs("  )\n"
          "  if ((CURRENT == 2)); then\n"
          "    _describe command commands\n"
          "    return\n"
          "  fi\n"
          "  shift words\n"
          "  ((CURRENT--))\n"
          "  case $words[1] in\n",
        stdout);
    for (size_t i = 0; i < commands_count; i++)
        print_zsh_row(&commands_table[i]);
    fputs("  esac\n"
          "}\n\n"
          "# Read by compinit it is the function itself; sourced, it names it.\n"
          "if [ \"$funcstack[1]\" = _liner ]; then _liner \"$@\"; else compdef _liner liner; fi\n",
        stdout);
}

enum base_status commands_completion(const struct commands_line *line)
{
    static const struct {
        const char *shell;
        void (*print)(void);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}};
    for (size_t i = 0; i < BASE_COUNT(shells); i++)
        if (strcmp(line->arguments[0], shells[i].shell) == 0) {
            shells[i].print();
            return BASE_DONE;
        }
    return commands_usage(
        line->row, "there is nothing for the shell '%s': bash and zsh", line->arguments[0]);
}
