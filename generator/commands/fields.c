/* Help on what a writer types: the fields of a kind of file, from the rows that read them. */
#include "commands/commands_inside.h"

/* "review, recap, essay or guide" */
static struct text join_words(struct arena *arena, const char *const *words)
{
    struct text joined = text_of(words[0]);
    for (size_t i = 1; words[i]; i++)
        joined = arena_format(
            arena, "%.*s%s%s", TEXT_ARGS(joined), words[i + 1] ? ", " : " or ", words[i]);
    return joined;
}

static const char *kind_of(const struct data_field *field)
{
    static const char *const names[] = {
        [FIELD_TEXT] = "text",
        [FIELD_HTML] = "text",
        [FIELD_YES_NO] = "yes or no",
        [FIELD_INTEGER] = "a whole number",
        [FIELD_FLOAT] = "a number",
        [FIELD_DATE] = "a day",
        [FIELD_WORD] = "",
        [FIELD_THING] = "a map",
        [FIELD_TEXTS] = "a list of texts",
        [FIELD_THINGS] = "a list of maps",
        [FIELD_VALUE] = "anything",
        [FIELD_COMPUTED] = "",
    };
    if (field->typed)
        return field->typed;
    bool has_names = field->of && field->of->shorthand, is_many = field->flags & FIELD_ONE_OR_MANY;
    if (has_names && field->kind == FIELD_THING)
        return "a name, or a map";
    if (has_names && field->kind == FIELD_THINGS)
        return is_many ? "a name, or a list of names" : "a list of names";
    if (is_many && field->kind == FIELD_THINGS)
        return "a map, or a list of maps";
    if (is_many && field->kind == FIELD_TEXTS)
        return "a text, or a list of texts";
    return names[field->kind];
}

struct text commands_field_kind(struct arena *arena, const struct data_field *field)
{
    struct text kind = field->kind == FIELD_WORD && !field->typed ? join_words(arena, field->words)
                                                                  : text_of(kind_of(field));
    if (field->most > field->least && isinf(field->most))
        return arena_format(arena, "%.*s, %g or more", TEXT_ARGS(kind), field->least);
    if (field->most > field->least)
        return arena_format(arena, "%.*s, %g to %g", TEXT_ARGS(kind), field->least, field->most);
    return kind;
}

static void print_field(FILE *to, struct arena *arena, const struct data_field *field)
{
    fprintf(to, "  %-16s %.*s%s\n  %-16s %s\n", field->name,
        TEXT_ARGS(commands_field_kind(arena, field)),
        field->flags & FIELD_REQUIRED && field->example ? "; must be given" : "", "", field->help);
    if (field->example)
        fprintf(to, "  %-16s %s: %s\n", "", field->name, field->example);
}

const struct data_field *commands_typed_field(const struct data_type *type, size_t place)
{
    const struct data_field *field = &type->fields[place % type->field_count];
    bool is_required = field->flags & FIELD_REQUIRED;
    bool is_its_turn = is_required == (place < type->field_count);
    return is_its_turn && !(field->flags & FIELD_NOT_TYPED) ? field : NULL;
}

static void print_type(FILE *to, const struct data_type *type)
{
    struct arena arena;
    arena_init(&arena);
    fprintf(to, "%s\n\n", type->help);
    type = type->list_of ? type->list_of : type;
    for (size_t i = 0; i < 2 * type->field_count; i++) {
        const struct data_field *field = commands_typed_field(type, i);
        if (field)
            print_field(to, &arena, field);
    }
    arena_release(&arena);
}

bool commands_is_kind(const char *kind)
{
    return schema_find_type(text_of(kind)) != NULL;
}

bool commands_print_fields(FILE *to, const char *kind)
{
    const struct data_type *type = schema_find_type(text_of(kind));
    if (type)
        print_type(to, type);
    return type != NULL;
}

/* Those that somebody types: they come before what is printed. */
void commands_print_kinds(FILE *to)
{
    size_t count = 0;
    while (count < schema_type_count && !schema_types[count].type->is_printed)
        count++;
    for (size_t i = 0; i < count; i++)
        fprintf(to, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", schema_types[i].name);
}

void commands_print_type_list(FILE *to)
{
    for (size_t i = 0; i < schema_type_count; i++)
        fprintf(to, "%-10s%s\n", schema_types[i].name, schema_types[i].type->help);
}

void commands_types_add(struct commands_types *types, const struct data_type *type)
{
    for (size_t i = 0; i < types->count; i++)
        if (types->at[i] == type)
            return;
    if (type) {
        const struct data_type **room =
            list_add(&types->at, &types->count, &types->capacity, types->arena, sizeof *room);
        *room = type;
    }
}
