/* The manual page, in the language of mdoc(7), from the table of commands. */
#include "commands/commands_inside.h"

/* Its text was changed last. */
static const char changed[] = "November 23, 2026";

/* A line of text: a backslash would begin an escape, a dot or an apostrophe at the beginning a macro. */
static void print_text(FILE *to, const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", to);
    for (; *text; text++) {
        if (*text == '\\')
            fputs("\\e", to);
        else
            fputc(*text, to);
    }
    fputc('\n', to);
}

static void print_option(FILE *to, const struct commands_option *option)
{
    fprintf(to, ".It Fl Fl %s%s%s\n", option->name, option->value ? " Ar " : "",
        option->value ? option->value : "");
    print_text(to, option->help);
}

static void print_options(FILE *to, const struct commands_option *options, size_t count)
{
    if (!count)
        return;
    fputs(".Bl -tag -width Ds\n", to);
    for (size_t i = 0; i < count; i++)
        print_option(to, &options[i]);
    fputs(".El\n", to);
}

/* "[COMMAND | KIND]" is one argument that may be left out, "KIND TITLE" two. */
static void print_command(FILE *to, const struct commands_row *row)
{
    struct text arguments = text_of(row->arguments);
    bool is_optional = text_starts(arguments, "[");
    if (is_optional)
        arguments = text_slice(arguments, 1, arguments.length - 1);
    fprintf(to, ".It Cm %s", row->name);
    if (arguments.length)
        fprintf(to, " %s\"%.*s\"", is_optional ? "Op Ar " : "Ar ", TEXT_ARGS(arguments));
    fputc('\n', to);
    print_text(to, row->help);
    print_options(to, row->options, row->option_count);
}

static void print_commands(FILE *to)
{
    fputs(".Sh COMMANDS\n.Bl -tag -width Ds\n", to);
    for (size_t i = 0; i < commands_count; i++)
        print_command(to, &commands_table[i]);
    fputs(".El\n"
          ".Pp\n"
          "Every command takes these, too:\n",
        to);
    print_options(to, commands_common, commands_common_count);
}

void commands_print_manual(FILE *to)
{
    fprintf(to, ".Dd %s\n", changed);
    fputs(".Dt LINER 1\n"
          ".Os\n"
          ".Sh NAME\n"
          ".Nm liner\n"
          ".Nd make a site of reviews of K-drama soundtracks\n"
          ".Sh SYNOPSIS\n"
          ".Nm\n"
          ".Ar command\n"
          ".Op Ar argument ...\n"
          ".Op Ar option ...\n"
          ".Sh DESCRIPTION\n"
          ".Nm\n"
          "turns a folder of reviews in Markdown, with the drama, the tracks and the artists in "
          "front matter, into a\n"
          "site that any static host can serve: a page for every review, and one for every drama, "
          "artist and tag that\n"
          "the reviews name.\n"
          ".Pp\n"
          "What may be typed in each kind of file is told by\n"
          ".Nm\n"
          ".Cm help\n"
          ".Ar kind .\n",
        to);
    print_commands(to);
    fputs(".Sh ENVIRONMENT\n"
          ".Bl -tag -width Ds\n"
          ".It Ev NO_COLOR\n"
          "No colours, whatever the terminal can show.\n"
          ".It Ev SOURCE_DATE_EPOCH\n"
          "The day of today, in seconds since 1970, where\n"
          ".Fl Fl date\n"
          "does not say another.\n"
          ".It Ev VISUAL , EDITOR\n"
          "The editor of\n"
          ".Cm new\n"
          ".Fl Fl edit ,\n"
          "with its own options.\n"
          ".El\n"
          ".Sh FILES\n"
          ".Bl -tag -width Ds\n"
          ".It Pa liner.yaml\n"
          "The settings.\n"
          "The folder that it stands in is the blog.\n"
          ".It Pa content/\n"
          "What the writer writes.\n"
          ".It Pa themes/\n"
          "Themes, where a blog has its own.\n"
          ".It Pa site/\n"
          "The site.\n"
          ".It Pa .liner/\n"
          "What is known from the last build.\n"
          "Without it the next one takes longer.\n"
          ".El\n"
          ".Sh EXIT STATUS\n"
          ".Bl -tag -width Ds\n"
          ".It 0\n"
          "All is done.\n"
          ".It 1\n"
          "There are mistakes in content, theme or settings.\n"
          "All of them are printed; the site is as it was.\n"
          ".It 2\n"
          "The command line is wrong.\n"
          ".It 3\n"
          "The machine refused: a disk is full, a permission lacks.\n"
          ".El\n"
          ".Sh EXAMPLES\n"
          "Begin a blog, a review in it, and build the site:\n"
          ".Bd -literal -offset indent\n"
          "liner init notes --author \"Mina Seo\"\n"
          "cd notes\n"
          "liner new review \"Signal\"\n"
          "liner build\n"
          ".Ed\n"
          ".Pp\n"
          "What would a reader stumble over?\n"
          ".Bd -literal -offset indent\n"
          "liner check --strict\n"
          ".Ed\n",
        to);
}
