/* liner render: plumbing, one template over the variables of a YAML or JSON file. */
#include "commands/commands_inside.h"
#include "template/template.h"
#include "unicode/unicode.h"

enum { most_template_bytes = 4 << 20, most_data_bytes = 16 << 20 };

struct rendering {
    const struct commands_line *line;
    struct arena arena;
    struct report report;
    struct disk disk;      /* of the working folder, or --root */
    struct text templates; /* the folder of the templates, with a '/' at its end */
    struct text main;      /* the template's name in it */
    struct unicode_language *language;
};

static enum disk_result read_text(
    struct rendering *rendering, struct text path, size_t most, struct text *text)
{
    struct buffer bytes;
    buffer_init(&bytes);
    enum disk_result result = rendering->disk.read(&rendering->disk, path.at, most, &bytes);
    *text = arena_text(&rendering->arena, buffer_text(&bytes));
    buffer_release(&bytes);
    return result;
}

static bool load(void *context, struct text name, struct text *source, struct text *file)
{
    struct rendering *rendering = context;
    *file = arena_format(
        &rendering->arena, "%.*s%.*s", TEXT_ARGS(rendering->templates), TEXT_ARGS(name));
    return read_text(rendering, *file, most_template_bytes, source) == DISK_DONE;
}

/* Every file in the folder of the templates: for names that are not constant, and suggestions. */
static size_t list_names(void *context, struct arena *arena, struct text **names)
{
    struct rendering *rendering = context;
    struct disk_list list = {0};
    struct text folder = text_slice(rendering->templates, 0, rendering->templates.length - 1);
    if (rendering->templates.length == 0)
        folder = TEXT(".");
    enum disk_result result = rendering->disk.list(
        &rendering->disk, arena_text(arena, folder).at, NULL, NULL, arena, &list);
    if (result != DISK_DONE)
        return 0;
    *names = arena_array(arena, list.count, sizeof **names);
    for (size_t i = 0; i < list.count; i++)
        (*names)[i] = list.entries[i].path;
    return list.count;
}

/* "page/home.html" without --templates: the folder is "page/", the name "home.html". */
static void settle_templates(struct rendering *rendering)
{
    struct text path = text_of(rendering->line->arguments[0]);
    struct text folder = commands_value(rendering->line, "templates");
    size_t slash = path.length;
    while (slash > 0 && path.at[slash - 1] != '/')
        slash--;
    rendering->main = path;
    rendering->templates = TEXT("");
    if (folder.at) {
        rendering->templates = arena_format(
            &rendering->arena, "%.*s%s", TEXT_ARGS(folder), text_ends(folder, "/") ? "" : "/");
        if (text_starts(path, rendering->templates.at))
            rendering->main = text_slice(path, rendering->templates.length, path.length);
    } else {
        rendering->templates = arena_text(&rendering->arena, text_slice(path, 0, slash));
        rendering->main = text_slice(path, slash, path.length);
    }
    rendering->main = arena_text(&rendering->arena, rendering->main);
}

/* The variables; none without --data. False when they can't be had. */
static bool read_data(struct rendering *rendering, struct data_value *data)
{
    struct text path = commands_value(rendering->line, "data"), text;
    *data = data_map_new(&rendering->arena);
    if (!path.at)
        return true;
    enum disk_result result = read_text(rendering, path, most_data_bytes, &text);
    if (result != DISK_DONE) {
        report_at(&rendering->report, REPORT_REFUSED, (struct place){.file = path},
            "can't be read: %s", disk_result_words(result));
        return false;
    }
    ptrdiff_t bad = unicode_check(text);
    if (bad >= 0) {
        report_at(&rendering->report, REPORT_ERROR, place_in(path, text, (size_t)bad, 1),
            "this byte (0x%02X) is not UTF-8: save the file as UTF-8", (unsigned char)text.at[bad]);
        return false;
    }
    if (text_ends(path, ".json"))
        text = data_json_as_yaml(&rendering->arena, text);
    if (!data_read_yaml(
            text, path, 1, &data_limits_file, &rendering->arena, &rendering->report, data))
        return false;
    data_resolve_scalars(data);
    if (data->kind == DATA_MAP)
        return true;
    report_at(&rendering->report, REPORT_ERROR, (struct place){.file = path},
        "variables are written as a map: 'name: value', one a line");
    return false;
}

static void render(struct rendering *rendering)
{
    const struct commands_line *line = rendering->line;
    struct template_options options = {.load = load,
        .names = list_names,
        .context = rendering,
        .escape = commands_has(line, "autoescape") ? TEMPLATE_ESCAPE_ALWAYS : TEMPLATE_ESCAPE_NEVER,
        .trim_blocks = commands_has(line, "trim-blocks"),
        .lstrip_blocks = commands_has(line, "lstrip-blocks"),
        .keep_trailing_newline = commands_has(line, "keep-trailing-newline"),
        .language = rendering->language,
        .strict_undefined = commands_has(line, "strict-undefined")};
    struct data_value data;
    struct data_run run = {.scratch = &rendering->arena};
    struct buffer out;
    if (!read_data(rendering, &data))
        return;
    buffer_init(&out);
    struct template_set *set = template_set_new(&options);
    struct template_input input = {.variables = data.as.map};
    if (template_compile(set, rendering->main, &rendering->report) &&
        template_render(set, rendering->main, &input, &run, &out, &rendering->report))
        fwrite(buffer_text(&out).at, 1, out.length, stdout);
    template_set_free(set);
    buffer_release(&out);
}

enum base_status commands_render(const struct commands_line *line)
{
    struct rendering rendering = {.line = line};
    struct disk_folder folder;
    struct text tag = commands_value(line, "language");
    rendering.language = unicode_language_open(tag.at ? tag.at : "en");
    if (!rendering.language)
        return commands_usage(
            line->row, "--language wants a tag like en, ko or pt-BR, not '%s'", tag.at);
    rendering.disk = disk_real(&folder, line->root ? line->root : ".");
    arena_init(&rendering.arena);
    report_init(&rendering.report);
    settle_templates(&rendering);
    render(&rendering);
    enum base_status status = report_status(&rendering.report);
    commands_print_report(&rendering.report, &rendering.disk, NULL, line->color);
    report_release(&rendering.report);
    arena_release(&rendering.arena);
    disk_release(&folder);
    unicode_language_release(rendering.language);
    return status;
}
