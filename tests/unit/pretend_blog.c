#include "pretend_blog.h"

#include "theme/theme.h"

void pretend_blog_init(struct pretend_blog *blog)
{
    *blog = (struct pretend_blog){0};
    pretend_init(&blog->files);
    blog->disk = pretend_as_disk(&blog->files);
    arena_init(&blog->arena);
    report_init(&blog->report);
    blog->language = unicode_language_open("en");
    struct data_value map = data_map_new(&blog->arena);
    struct schema_reading reading = {
        .file = TEXT("liner.yaml"), .arena = &blog->arena, .report = &blog->report};
    data_map_set(&blog->arena, map.as.map, data_text(TEXT("title")), data_text(TEXT("Notes")));
    data_map_set(&blog->arena, map.as.map, data_text(TEXT("url")),
        data_text(TEXT("https://example.org/blog")));
    schema_read_settings(&reading, &map, &blog->settings);
    blog->request = (struct catalog_request){.disk = &blog->disk,
        .settings = &blog->settings,
        .language = blog->language,
        .base_path = TEXT("/blog/"),
        .today = {.year = 2026, .month = 1, .day = 1},
        .jobs = 1};
    pretend_make(&blog->files, "content");
}

void pretend_blog_release(struct pretend_blog *blog)
{
    if (blog->plan)
        plan_free(blog->plan);
    theme_close(blog->theme);
    if (blog->catalog)
        catalog_close(blog->catalog);
    unicode_language_release(blog->language);
    report_release(&blog->report);
    arena_release(&blog->arena);
    pretend_release(&blog->files);
}

void pretend_review(
    struct pretend_blog *blog, const char *name, const char *fields, const char *body)
{
    struct text path = arena_format(&blog->arena, "content/reviews/%s.md", name);
    bool has_title = strstr(fields, "title:") == fields, has_date = strstr(fields, "date:") != NULL;
    struct text title = arena_format(&blog->arena, "title: %s\n", name);
    struct text bytes = arena_format(&blog->arena, "---\n%s%s%s---\n%s", has_title ? "" : title.at,
        has_date ? "" : "date: 2020-01-02\n", fields, body);
    pretend_put(&blog->files, path.at, bytes.at);
}

void pretend_artist(struct pretend_blog *blog, const char *name, const char *fields)
{
    struct text path = arena_format(&blog->arena, "content/artists/%s.md", name);
    struct text bytes = arena_format(&blog->arena, "---\n%s---\n", fields);
    pretend_put(&blog->files, path.at, bytes.at);
}

void pretend_drama(struct pretend_blog *blog, const char *name, const char *fields)
{
    struct text path = arena_format(&blog->arena, "content/dramas/%s.md", name);
    struct text bytes = arena_format(&blog->arena, "---\n%s---\n", fields);
    pretend_put(&blog->files, path.at, bytes.at);
}

void pretend_blog_read(struct pretend_blog *blog)
{
    blog->catalog = catalog_open(&blog->request, &blog->report);
}

void pretend_blog_plan(struct pretend_blog *blog)
{
    pretend_blog_read(blog);
    struct theme_request theme = {.disk = &blog->disk,
        .name = blog->settings.theme,
        .place = {.file = TEXT("liner.yaml")},
        .language_tag = blog->settings.language,
        .language = blog->language};
    blog->theme = theme_open(&theme, &blog->report);
    if (blog->theme)
        blog->plan = plan_make(blog->catalog, blog->theme, &blog->report);
}

static void add_place(struct buffer *out, struct place place)
{
    buffer_add(out, place.file);
    if (place.line)
        buffer_format(out, ":%u:%u", place.line, place.column);
}

static const char *keep(struct pretend_blog *blog, struct buffer *out)
{
    struct text all = arena_text(&blog->arena, buffer_text(out));
    buffer_release(out);
    return all.at;
}

const char *pretend_places(struct pretend_blog *blog)
{
    struct buffer out;
    buffer_init(&out);
    report_sort(&blog->report);
    for (size_t i = 0; i < blog->report.count; i++) {
        add_place(&out, blog->report.problems[i].place);
        buffer_add_byte(&out, '\n');
    }
    return keep(blog, &out);
}

const char *pretend_problems(struct pretend_blog *blog)
{
    struct buffer out;
    buffer_init(&out);
    report_sort(&blog->report);
    for (size_t i = 0; i < blog->report.count; i++) {
        const struct report_problem *problem = &blog->report.problems[i];
        struct text rest = problem->notes, line;
        add_place(&out, problem->place);
        buffer_format(&out, ": %s: %.*s\n", problem->level == REPORT_WARNING ? "warning" : "error",
            TEXT_ARGS(problem->message));
        while (text_line(&rest, &line))
            buffer_format(&out, "= %.*s\n", TEXT_ARGS(line));
    }
    return keep(blog, &out);
}

/* ---- Finding things --------------------------------------------------------------------------------- */

static struct text name_of(const struct data_type *type, const void *thing)
{
    struct data_run run = {0};
    struct data_value value = data_thing(type, thing);
    static const char *const fields[] = {"name", "title", "label"};
    for (size_t i = 0; i < BASE_COUNT(fields); i++) {
        struct data_value name = data_get(&value, text_of(fields[i]), &run);
        if (name.kind == DATA_TEXT)
            return name.as.text;
    }
    return TEXT("?");
}

static const void *find(
    const struct data_type *type, const struct data_array *things, const char *name)
{
    const void *const *items = things->items;
    for (size_t i = 0; i < things->count; i++)
        if (text_is(name_of(type, items[i]), name))
            return items[i];
    return NULL;
}

const struct catalog_writing *pretend_find_writing(
    const struct pretend_blog *blog, const char *title)
{
    return find(&catalog_writing_type, &blog->catalog->site.writings, title);
}

const struct catalog_artist *pretend_find_artist(const struct pretend_blog *blog, const char *name)
{
    return find(&catalog_artist_type, &blog->catalog->site.artists, name);
}

const struct catalog_drama *pretend_find_drama(const struct pretend_blog *blog, const char *title)
{
    return find(&catalog_drama_type, &blog->catalog->site.dramas, title);
}

const struct catalog_track *pretend_find_track(const struct pretend_blog *blog, const char *title)
{
    return find(&catalog_track_type, &blog->catalog->site.tracks, title);
}

const char *pretend_names(
    struct pretend_blog *blog, const struct data_type *type, struct data_array things)
{
    const void *const *items = things.items;
    struct text joined = TEXT("");
    for (size_t i = 0; i < things.count; i++) {
        struct text name = name_of(type, items[i]);
        joined = arena_format(
            &blog->arena, "%.*s%s%.*s", TEXT_ARGS(joined), i ? ", " : "", TEXT_ARGS(name));
    }
    return arena_text(&blog->arena, joined).at;
}
