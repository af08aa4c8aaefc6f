/* liner schema: what may stand in front matter and settings, as JSON Schema for editors; and what is printed for
 * programs. */
#include "commands/commands_inside.h"

/* A blog's own scale of ratings and its theme's settings, where it is run in one. */
static void take_blog(struct commands_blog *blog, struct schema_shape_request *request)
{
    request->settings = &blog->settings;
    if (commands_blog_open_theme(blog))
        request->theme_settings = &blog->theme->settings.type;
}

static void print_schema(
    struct arena *arena, const struct data_type *type, const struct schema_shape_request *request)
{
    struct data_value shape = schema_shape(arena, type, request);
    struct data_run run = {.scratch = arena};
    struct buffer json;
    buffer_init(&json);
    data_json(&json, &shape, 2, &run);
    buffer_add_byte(&json, '\n');
    fwrite(json.at, 1, json.length, stdout);
    buffer_release(&json);
}

static enum base_status wrong_kind(const struct commands_line *line, struct arena *arena)
{
    struct text *names = arena_array(arena, schema_type_count, sizeof *names);
    struct text asked = text_of(line->arguments[0]);
    for (size_t i = 0; i < schema_type_count; i++)
        names[i] = text_of(schema_types[i].name);
    return commands_usage(line->row, "there is no kind '%.*s'%.*s", TEXT_ARGS(asked),
        TEXT_ARGS(report_guess(arena, asked, names, schema_type_count)));
}

static enum base_status print_of_blog(
    const struct commands_line *line, const struct data_type *type)
{
    struct commands_blog blog;
    struct schema_shape_request request = {0};
    enum base_status status = commands_blog_open(&blog, line);
    if (status == BASE_DONE) {
        take_blog(&blog, &request);
        status = report_status(&blog.report);
    }
    if (status == BASE_DONE)
        print_schema(&blog.arena, type, &request);
    enum base_status closed = commands_blog_close(&blog);
    return status == BASE_USAGE ? status : closed;
}

enum base_status commands_schema(const struct commands_line *line)
{
    struct arena arena;
    struct schema_shape_request any = {0};
    enum base_status status = BASE_DONE;
    arena_init(&arena);
    const struct data_type *type =
        line->argument_count ? schema_find_type(text_of(line->arguments[0])) : NULL;
    if (!line->argument_count)
        commands_print_type_list(stdout);
    else if (!type)
        status = wrong_kind(line, &arena);
    else if (type->is_printed)
        print_schema(&arena, type, &any);
    else if (line->root || commands_find_root(&arena))
        status = print_of_blog(line, type);
    else
        print_schema(&arena, type, &any);
    arena_release(&arena);
    return status;
}
