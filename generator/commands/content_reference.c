/*
 * liner help content: all that a writer may type, from the rows that read it, as Markdown.
 *
 * content/README.md holds it as its last part; `make reference` writes it there.
 */
#include "commands/commands_inside.h"

static bool is_typed(const struct data_field *field)
{
    return !(field->flags & FIELD_NOT_TYPED);
}

/* Whether a writer may type things of the type as maps of its fields. */
static bool has_typed(const struct data_type *type)
{
    for (size_t i = 0; type && i < type->field_count; i++)
        if (is_typed(&type->fields[i]))
            return true;
    return false;
}

/* "review"; a map in place of a name, of which the file has the same name, is "artist as a map". */
static void print_title(FILE *to, const struct data_type *type, const char *between)
{
    fputs(schema_known_as(type), to);
    if (type->shorthand)
        fprintf(to, "%sas%sa%smap", between, between, between);
}

static void print_kind(FILE *to, struct arena *arena, const struct data_field *field)
{
    bool has_map = has_typed(field->of);
    if (has_map)
        fputc('[', to);
    commands_print_cell(to, commands_field_kind(arena, field).at);
    if (has_map) {
        fputs("](#", to);
        print_title(to, field->of, "-");
        fputc(')', to);
    }
}

static void print_row(FILE *to, struct arena *arena, const struct data_field *field)
{
    fprintf(to, "| `%s`%s | ", field->name, field->flags & FIELD_REQUIRED ? ", required" : "");
    print_kind(to, arena, field);
    fputs(" | ", to);
    commands_print_cell(to, field->help);
    if (field->same_as)
        fprintf(to, "; the same as `%s`", field->same_as);
    fputs(" | ", to);
    if (field->example) {
        fprintf(to, "`%s: ", field->name);
        commands_print_cell(to, field->example);
        fputc('`', to);
    }
    fputs(" |\n", to);
}

/* A file that is a list says no more than of what. */
static void print_list(FILE *to, struct commands_types *types, const struct data_type *type)
{
    fprintf(
        to, "\n\n%s Each is a [%s](#%s).\n", type->help, type->list_of->name, type->list_of->name);
    commands_types_add(types, type->list_of);
}

static void print_type(FILE *to, struct commands_types *types, const struct data_type *type)
{
    fputs("\n### ", to);
    print_title(to, type, " ");
    if (type->list_of) {
        print_list(to, types, type);
        return;
    }
    fprintf(to, "\n\n%s\n\n| field | what it takes | | for example |\n| --- | --- | --- | --- |\n",
        type->help);
    for (size_t i = 0; i < 2 * type->field_count; i++) {
        const struct data_field *field = commands_typed_field(type, i);
        if (!field)
            continue;
        print_row(to, types->arena, field);
        if (has_typed(field->of))
            commands_types_add(types, field->of);
    }
}

/* Kinds of files first, then what stands in their fields, in the order in which it is met. */
void commands_print_content_reference(FILE *to)
{
    struct arena arena;
    struct commands_types types = {.arena = &arena};
    arena_init(&arena);
    for (size_t i = 0; i < SCHEMA_KIND_COUNT; i++)
        commands_types_add(&types, schema_kinds[i].type);
    commands_types_add(&types, &schema_comments_type);
    commands_types_add(&types, &schema_settings_type);
    for (size_t i = 0; i < types.count; i++)
        print_type(to, &types, types.at[i]);
    arena_release(&arena);
}
