/*
 * liner help templates: all that a template may say, from the program's own tables, as Markdown.
 *
 * themes/README.md holds it as its last part; `make reference` writes it there.
 */
#include "commands/commands_inside.h"
#include "render/render.h"
#include "template/template.h"

/* Tables take no bar and no line end in their cells, not even in code. */
void commands_print_cell(FILE *to, const char *text)
{
    for (; text && *text; text++) {
        if (*text == '\n')
            fputs("\\n", to);
        else if (*text == '|')
            fputs("\\|", to);
        else
            fputc(*text, to);
    }
}

static void print_code(FILE *to, const char *text)
{
    fputc('`', to);
    commands_print_cell(to, text);
    fputc('`', to);
}

static void print_example(FILE *to, const struct template_example *example)
{
    fputs(" | ", to);
    if (example)
        print_code(to, example->source);
    fputs(" | ", to);
    if (example)
        print_code(to, example->result);
    fputs(" |\n", to);
}

static void print_head(FILE *to, const char *title, const char *text, const char *first)
{
    fprintf(to, "\n### %s\n\n%s%s| %s | | for example | gives |\n| --- | --- | --- | --- |\n",
        title, text, *text ? "\n\n" : "", first);
}

/* ---- Statements ------------------------------------------------------------------------------------------ */

static void print_statements(FILE *to)
{
    print_head(to, "Statements",
        "Text between `{#` and `#}` is a comment, between `{% raw %}` and `{% endraw %}` it stays "
        "as it is. A `-` inside a tag's\nbrace takes the white space on that side.",
        "statement");
    for (size_t i = 0; template_statement_at(i); i++) {
        const struct template_statement *row = template_statement_at(i);
        fputs("| ", to);
        print_code(to, row->form);
        fputs(" | ", to);
        commands_print_cell(to, row->help);
        print_example(to, template_find_example("statement", row->name));
    }
    fputs("\n### Inside a loop\n\n| field | |\n| --- | --- |\n", to);
    for (size_t i = 0; template_loop_field_at(i); i++) {
        const struct template_statement *row = template_loop_field_at(i);
        fprintf(to, "| `%s` | %s |\n", row->form, row->help);
    }
}

/* ---- Rows of functions --------------------------------------------------------------------------------------- */

/* The parameters behind the first, which is what a filter, test or method is applied to. */
static const char *behind_first(const char *signature)
{
    const char *comma = strchr(signature, ',');
    return comma ? comma + 1 + (comma[1] == ' ') : "";
}

static void print_row(FILE *to, const struct template_function *row, const char *parameters,
    bool is_call, const struct template_example *example)
{
    fputs("| `", to);
    commands_print_cell(to, row->name);
    if (is_call || *parameters) {
        fputc('(', to);
        commands_print_cell(to, parameters);
        fputc(')', to);
    }
    fputs("` | ", to);
    commands_print_cell(to, row->help);
    print_example(to, example);
}

static void print_site_rows(FILE *to, enum template_role role)
{
    for (size_t i = 0; render_function_at(i); i++) {
        const struct template_function *row = render_function_at(i);
        bool is_function = role == TEMPLATE_FUNCTION;
        if (row->role == role)
            print_row(to, row, is_function ? row->signature : behind_first(row->signature),
                is_function, render_find_example(row->name));
    }
}

static void print_engine_rows(FILE *to, enum template_role role, const char *kind)
{
    for (size_t i = 0; template_function_at(role, i); i++) {
        const struct template_function *row = template_function_at(role, i);
        bool is_function = role == TEMPLATE_FUNCTION;
        print_row(to, row, is_function ? row->signature : behind_first(row->signature), is_function,
            template_find_example(kind, row->name));
    }
}

static void print_methods(FILE *to, enum template_owner owner, const char *title, const char *kind)
{
    print_head(to, title, "", "method");
    for (size_t i = 0; template_method_at(owner, i); i++) {
        const struct template_function *row = template_method_at(owner, i);
        print_row(
            to, row, behind_first(row->signature), true, template_find_example(kind, row->name));
    }
}

static void print_functions(FILE *to)
{
    print_head(to, "Functions of Liner", "", "function");
    print_site_rows(to, TEMPLATE_FUNCTION);
    print_head(to, "Filters of Liner", "`{{ value | filter }}`", "filter");
    print_site_rows(to, TEMPLATE_FILTER);
    print_head(to, "Filters", "As in Jinja.", "filter");
    print_engine_rows(to, TEMPLATE_FILTER, "filter");
    print_head(to, "Tests", "`{% if value is test %}`", "test");
    print_engine_rows(to, TEMPLATE_TEST, "test");
    print_head(to, "Functions", "As in Jinja.", "function");
    print_engine_rows(to, TEMPLATE_FUNCTION, "function");
    print_methods(to, TEMPLATE_TEXTS, "Methods of texts", "text");
    print_methods(to, TEMPLATE_MAPS, "Methods of maps", "map");
    print_methods(to, TEMPLATE_LISTS, "Methods of lists", "list");
}

/* ---- Types ------------------------------------------------------------------------------------------------------- */

static void print_kind(FILE *to, const struct data_field *field)
{
    static const char *const names[] = {
        [FIELD_TEXT] = "text",
        [FIELD_HTML] = "HTML",
        [FIELD_YES_NO] = "yes or no",
        [FIELD_INTEGER] = "whole number",
        [FIELD_FLOAT] = "number",
        [FIELD_DATE] = "date",
        [FIELD_WORD] = "",
        [FIELD_THING] = "",
        [FIELD_TEXTS] = "list of texts",
        [FIELD_THINGS] = "list of ",
        [FIELD_VALUE] = "anything",
        [FIELD_COMPUTED] = "anything",
    };
    enum data_field_kind kind = field->kind == FIELD_COMPUTED ? field->gives : field->kind;
    fputs(names[kind], to);
    if (kind == FIELD_WORD)
        for (size_t i = 0; field->words[i]; i++)
            fprintf(to, "%s`%s`", i ? ", " : "", field->words[i]);
    if ((kind == FIELD_THING || kind == FIELD_THINGS) && field->of)
        fprintf(to, "[%s](#%s)", field->of->name, field->of->name);
}

/* One type: its own rows, then those of its base that none of them hides. */
static void print_type(FILE *to, struct commands_types *types, const struct data_type *type)
{
    struct text *names;
    size_t count = data_field_names(type, types->arena, &names);
    fprintf(to, "\n#### %s\n\n%s\n\n| field | type | absent? | |\n| --- | --- | --- | --- |\n",
        type->name, type->help);
    for (size_t i = 0; i < count; i++) {
        const struct data_field *field = data_resolve(type, names[i]).field;
        bool is_hidden = false;
        for (size_t before = 0; before < i; before++)
            is_hidden = is_hidden || text_equal(names[before], names[i]);
        if (!field || is_hidden)
            continue;
        fprintf(to, "| `%s` | ", field->name);
        print_kind(to, field);
        fprintf(to, " | %s | ", data_may_be_absent(field) ? "may be" : "");
        commands_print_cell(to, field->help);
        fputs(" |\n", to);
        commands_types_add(types, field->of);
    }
}

static void print_variables(FILE *to, struct commands_types *types)
{
    fputs("\n### Variables\n\nEvery template sees `site` and `page`; the others are there on the "
          "pages that show them.\n\n| variable | type | |\n| --- | --- | --- |\n",
        to);
    for (size_t i = 0; render_global_at(i); i++) {
        const struct template_global *global = render_global_at(i);
        fprintf(to, "| `%s` | [%s](#%s) | %s |\n", global->name, global->of->name, global->of->name,
            global->help);
        commands_types_add(types, global->of);
    }
}

void commands_print_reference(FILE *to)
{
    struct arena arena;
    struct commands_types types = {.arena = &arena};
    arena_init(&arena);
    print_variables(to, &types);
    fputs(
        "\n### Types\n\nWhere a field may be absent, a template asks first: `{% if drama.year %}`, "
        "or says what else:\n`{{ drama.year or '?' }}`. A list is always there, if only empty.\n",
        to);
    for (size_t i = 0; i < types.count; i++)
        print_type(to, &types, types.at[i]);
    print_statements(to);
    print_functions(to);
    arena_release(&arena);
}
