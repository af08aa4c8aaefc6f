/* liner theme: a look at a theme, and the theme inside the program as files. */
#include "commands/commands_inside.h"
#include "plan/plan.h"
#include "render/render.h"

/* ---- eject: the theme inside the program into themes/NAME ------------------------------------------------- */

static enum base_status refuse(
    struct commands_blog *blog, struct text folder, enum disk_result result)
{
    report_at(&blog->report, REPORT_REFUSED, (struct place){.file = folder}, "can't be written: %s",
        disk_result_words(result));
    return BASE_REFUSED;
}

/* A theme of another folder has another name; the rest of it is the same. */
static struct text renamed(struct commands_blog *blog, struct text bytes, struct text name)
{
    struct text line = arena_format(&blog->arena, "name: %s\n", theme_embedded_name);
    if (!text_starts(bytes, line.at))
        return bytes;
    return arena_format(&blog->arena, "name: %.*s\n%.*s", TEXT_ARGS(name),
        TEXT_ARGS(text_slice(bytes, line.length, bytes.length)));
}

static enum disk_result write_file(struct commands_blog *blog, struct text folder,
    const struct base_embedded *file, struct text name)
{
    struct text bytes = {(const char *)file->bytes, file->length};
    struct text path = arena_format(&blog->arena, "%.*s/%s", TEXT_ARGS(folder), file->path);
    size_t slash = path.length;
    while (path.at[slash - 1] != '/')
        slash--;
    struct text above = arena_text(&blog->arena, text_slice(path, 0, slash - 1));
    enum disk_result result = disk_make_folders(&blog->disk, above.at);
    if (result != DISK_DONE)
        return result;
    if (strcmp(file->path, "theme.yaml") == 0)
        bytes = renamed(blog, bytes, name);
    return blog->disk.write(&blog->disk, path.at, bytes);
}

/* Beside its place first, so that there is a whole theme or none. */
static enum base_status write_theme(
    struct commands_blog *blog, struct text name, struct text folder)
{
    struct text beside = arena_format(&blog->arena, "themes/.%.*s%s", TEXT_ARGS(name), DISK_BESIDE);
    enum disk_result result = disk_remove_tree(&blog->disk, beside.at);
    for (size_t i = 0; result == DISK_DONE && i < theme_embedded_count; i++)
        result = write_file(blog, beside, &theme_embedded_files[i], name);
    if (result == DISK_DONE)
        result = blog->disk.rename(&blog->disk, beside.at, folder.at);
    if (result == DISK_DONE)
        return BASE_DONE;
    disk_remove_tree(&blog->disk, beside.at);
    return refuse(blog, folder, result);
}

static enum base_status eject(struct commands_blog *blog, const struct commands_line *line)
{
    struct text name = text_of(line->argument_count > 1 ? line->arguments[1] : theme_embedded_name);
    if (!theme_is_name(name))
        return commands_usage(
            line->row, "'%.*s' can't be the name of a theme: it is a folder's", TEXT_ARGS(name));
    struct text folder = arena_format(&blog->arena, "themes/%.*s", TEXT_ARGS(name));
    struct disk_list there = {0};
    enum disk_result result = blog->disk.names(&blog->disk, folder.at, &blog->arena, &there);
    if (result != DISK_MISSING && result != DISK_DONE && result != DISK_NOT_FOLDER)
        return refuse(blog, folder, result);
    if (result == DISK_NOT_FOLDER || there.count > 0)
        return commands_usage(
            line->row, "'%s' is there already, and is left as it is: give another name", folder.at);
    enum base_status status = write_theme(blog, name, folder);
    if (status == BASE_DONE && !blog->quiet)
        fprintf(stderr, "%s: %zu files written\n", folder.at, theme_embedded_count);
    if (status == BASE_DONE && !blog->quiet && !text_equal(name, blog->settings.theme))
        fprintf(
            stderr, "liner: 'theme: %.*s' in liner.yaml makes it the blog's\n", TEXT_ARGS(name));
    return status;
}

/* ---- check --------------------------------------------------------------------------------------------------- */

/* Templates are compiled against the blog's plan. What is wrong in the content is for `build` to tell. */
static void check_templates(struct commands_blog *blog)
{
    struct report of_content;
    struct catalog_request request = {.disk = &blog->disk,
        .settings = &blog->settings,
        .language = blog->language,
        .base_path = blog->base_path,
        .with_drafts = true,
        .with_future = true,
        .jobs = blog->jobs};
    report_init(&of_content);
    blog->catalog = catalog_open(&request, &of_content);
    struct plan *plan = plan_make(blog->catalog, blog->theme, &of_content);
    struct render_request rendering = {.plan = plan, .jobs = 1, .with_all_templates = true};
    render_close(render_open(&rendering, &blog->report));
    plan_free(plan);
    report_release(&of_content);
}

static enum base_status check(struct commands_blog *blog, const struct commands_line *line)
{
    struct text asked = line->argument_count > 1 ? text_of(line->arguments[1]) : TEXT_NONE;
    if (asked.at && !text_equal(asked, blog->settings.theme)) {
        blog->settings.theme = asked;
        blog->settings.theme_settings = data_none(); /* they are for the blog's own */
        blog->theme_at = (struct place){.file = TEXT("themes")};
    }
    if (!commands_blog_open_theme(blog))
        return BASE_PROBLEMS;
    theme_check(blog->theme, &blog->arena, &blog->report);
    check_templates(blog);
    if (!blog->quiet && !blog->report.count)
        fprintf(stderr, "%.*s: nothing wrong\n", TEXT_ARGS(blog->theme->layers[0].shown));
    bool is_strict = commands_has(line, "strict") && blog->report.warnings;
    return is_strict ? BASE_PROBLEMS : BASE_DONE;
}

/* ---- The command ------------------------------------------------------------------------------------------------ */

enum base_status commands_theme(const struct commands_line *line)
{
    static const struct {
        const char *name;
        enum base_status (*run)(struct commands_blog *, const struct commands_line *);
    } actions[] = {{"check", check}, {"eject", eject}};
    struct text asked = text_of(line->arguments[0]), names[BASE_COUNT(actions)];
    struct commands_blog blog;
    for (size_t i = 0; i < BASE_COUNT(actions); i++) {
        names[i] = text_of(actions[i].name);
        if (!text_equal(asked, names[i]))
            continue;
        enum base_status status = commands_blog_open(&blog, line);
        if (status == BASE_DONE)
            status = actions[i].run(&blog, line);
        if (status == BASE_USAGE)
            blog.is_told = true; /* usage has been printed, and is all there is to say */
        enum base_status closed = commands_blog_close(&blog);
        return closed == BASE_DONE || status == BASE_USAGE ? status : closed;
    }
    struct arena arena;
    arena_init(&arena);
    enum base_status status =
        commands_usage(line->row, "'liner theme' knows check and eject, not '%.*s'%s",
            TEXT_ARGS(asked), report_guess(&arena, asked, names, BASE_COUNT(names)).at);
    arena_release(&arena);
    return status;
}
