/*
 * liner init: a new blog, that builds and looks right at once.
 *
 * The files stand in commands/starter/blog/, those whose names begin with a dot as dot-NAME. Nothing that is there is
 * written over: a folder may hold other things (a fresh clone has .git and README.md), but no settings and none of these
 * pieces.
 */
#include "commands/commands_inside.h"

#include <stdlib.h>

/* The files of a new blog, by their paths from where the program was started. */
struct starting {
    const struct commands_line *line;
    struct commands_blog blog; /* of which there are no settings yet */
    struct text folder;
    struct text *paths, *bytes;
    size_t count;
    struct text kept; /* "README.md, .gitignore": what was there already */
};

/* "blog/dot-vscode/settings.json" is ".vscode/settings.json". */
static struct text path_of(struct starting *starting, const char *embedded)
{
    struct text below = text_of(embedded + strlen("blog/"));
    bool has_dot = text_starts(below, "dot-");
    if (has_dot)
        below = text_slice(below, strlen("dot-"), below.length);
    return arena_format(&starting->blog.arena, "%.*s/%s%.*s", TEXT_ARGS(starting->folder),
        has_dot ? "." : "", TEXT_ARGS(below));
}

static void add(struct starting *starting, struct text path, struct text bytes)
{
    starting->paths[starting->count] = path;
    starting->bytes[starting->count++] = bytes;
}

/* Without examples there are only settings and the page that the menu leads to. */
static bool is_wanted(const struct starting *starting, const char *embedded)
{
    bool is_example = strncmp(embedded, "blog/content/", 13) == 0 &&
                      strncmp(embedded, "blog/content/pages/", 19) != 0;
    return strncmp(embedded, "blog/", 5) == 0 &&
           !(is_example && commands_has(starting->line, "bare"));
}

static struct text days_before(struct starting *starting, int64_t days)
{
    struct data_date today = starting->blog.today;
    today.has_time = false;
    struct data_date day = data_date_of_seconds(data_date_seconds(today) - days * 24 * 60 * 60);
    day.has_time = false;
    return data_date_iso(&starting->blog.arena, day);
}

static struct text schema_of(struct starting *starting, const struct data_type *type)
{
    struct schema_shape_request any = {0};
    struct data_value shape = schema_shape(&starting->blog.arena, type, &any);
    struct data_run run = {.scratch = &starting->blog.arena};
    struct buffer json;
    buffer_init(&json);
    data_json(&json, &shape, 2, &run);
    buffer_add_byte(&json, '\n');
    struct text kept = arena_text(&starting->blog.arena, buffer_text(&json));
    buffer_release(&json);
    return kept;
}

static struct text authors_of(struct starting *starting)
{
    struct text author = commands_value(starting->line, "author");
    if (!author.length)
        return TEXT("# authors: [Your Name]");
    return arena_format(
        &starting->blog.arena, "authors:\n  - %s", commands_yaml(&starting->blog.arena, author).at);
}

static void plan_files(struct starting *starting)
{
    struct arena *arena = &starting->blog.arena;
    struct text title = commands_value(starting->line, "title");
    struct text url = commands_value(starting->line, "url");
    title = title.length ? title : TEXT("Soundtrack notes");
    const struct commands_filling fillings[] = {
        {"heading", title},
        {"title", commands_yaml(arena, title)},
        {"url", url.at ? url : TEXT("https://example.org/")},
        {"authors", authors_of(starting)},
        {"date", days_before(starting, 0)},
        {"date-7", days_before(starting, 7)},
        {"date-14", days_before(starting, 14)},
        {"date-21", days_before(starting, 21)},
    };
    size_t most = 2;
    while (commands_starter_at(most))
        most++;
    starting->paths = arena_array(arena, most + 2, sizeof *starting->paths);
    starting->bytes = arena_array(arena, most + 2, sizeof *starting->bytes);
    for (size_t i = 0; commands_starter_at(i); i++) {
        const char *embedded = commands_starter_at(i)->path;
        if (is_wanted(starting, embedded))
            add(starting, path_of(starting, embedded),
                commands_fill(
                    arena, commands_starter(text_of(embedded)), fillings, BASE_COUNT(fillings)));
    }
    add(starting, path_of(starting, "blog/dot-vscode/liner.schema.json"),
        schema_of(starting, &schema_settings_type));
    add(starting, path_of(starting, "blog/dot-vscode/comments.schema.json"),
        schema_of(starting, &schema_comments_type));
}

/* ---- On the disk ---------------------------------------------------------------------------------------------- */

static enum base_status refuse(struct starting *starting, struct text path, enum disk_result result)
{
    report_at(&starting->blog.report, REPORT_REFUSED, (struct place){.file = path},
        "can't be written: %s", disk_result_words(result));
    return BASE_REFUSED;
}

/* A blog can do without its README, and without the files for git and editors. */
static bool is_needed(const struct starting *starting, struct text path)
{
    struct text below = text_slice(path, starting->folder.length + 1, path.length);
    return text_is(below, "liner.yaml") || text_starts(below, "content/");
}

static void keep(struct starting *starting, struct text path)
{
    struct text below = text_slice(path, starting->folder.length + 1, path.length);
    struct text before = starting->kept;
    starting->kept = arena_format(&starting->blog.arena, "%.*s%s%.*s", TEXT_ARGS(before),
        before.length ? ", " : "", TEXT_ARGS(below));
}

/* What the blog needs is not there yet; what it can do without is left as it is where it is. */
static enum base_status check_free(struct starting *starting)
{
    const struct disk *disk = &starting->blog.disk;
    size_t count = 0;
    for (size_t i = 0; i < starting->count; i++) {
        struct disk_status status;
        struct text path = starting->paths[i];
        enum disk_result result = disk->status(disk, path.at, &status);
        if (result != DISK_MISSING && result != DISK_DONE)
            return refuse(starting, path, result);
        if (result == DISK_DONE && is_needed(starting, path))
            return commands_usage(starting->line->row,
                "'%s' is there already, and is left as it is: choose another folder", path.at);
        if (result == DISK_DONE) {
            keep(starting, path);
            continue;
        }
        starting->paths[count] = path;
        starting->bytes[count++] = starting->bytes[i];
    }
    starting->count = count;
    return BASE_DONE;
}

static struct text folder_of(struct starting *starting, struct text path)
{
    size_t end = path.length;
    while (end > 0 && path.at[end - 1] != '/')
        end--;
    return arena_text(&starting->blog.arena, text_slice(path, 0, end ? end - 1 : 0));
}

/* All of the files, or none; folders that were made stay. */
static enum base_status write_files(struct starting *starting)
{
    const struct disk *disk = &starting->blog.disk;
    for (size_t i = 0; i < starting->count; i++) {
        enum disk_result result =
            disk_make_folders(disk, folder_of(starting, starting->paths[i]).at);
        if (result == DISK_DONE)
            result = disk->write(disk, starting->paths[i].at, starting->bytes[i]);
        if (result == DISK_DONE)
            continue;
        for (size_t j = 0; j < i; j++)
            disk->remove_file(disk, starting->paths[j].at);
        return refuse(starting, starting->paths[i], result);
    }
    return BASE_DONE;
}

static void tell(const struct starting *starting)
{
    if (starting->line->quiet)
        return;
    fprintf(stderr, "%.*s: %zu files written\n", TEXT_ARGS(starting->folder), starting->count);
    if (starting->kept.length)
        fprintf(stderr, "left as they were: %.*s\n", TEXT_ARGS(starting->kept));
    fputc('\n', stderr);
    if (!text_is(starting->folder, "."))
        fprintf(stderr, "  cd %.*s\n", TEXT_ARGS(starting->folder));
    fputs("  liner build                 makes site/, which any web host can serve\n"
          "  liner new review TITLE      begins a piece\n",
        stderr);
}

static enum base_status check_line(struct starting *starting)
{
    const struct commands_line *line = starting->line;
    struct text url = commands_value(line, "url");
    if (url.at && !schema_is_site_address(url))
        return commands_usage(line->row, "--url wants an address like https://example.org/");
    if (line->root)
        return commands_usage(line->row, "'liner init' takes the folder without --root");
    return commands_blog_find_day(&starting->blog, line);
}

enum base_status commands_init(const struct commands_line *line)
{
    struct starting starting = {.line = line, .folder = text_of(line->arguments[0])};
    arena_init(&starting.blog.arena);
    report_init(&starting.blog.report);
    starting.blog.disk = disk_real(&starting.blog.folder, ".");
    while (starting.folder.length > 1 && text_ends(starting.folder, "/"))
        starting.folder.length--;
    starting.folder = arena_text(&starting.blog.arena, starting.folder);
    enum base_status status = starting.folder.length
                                  ? check_line(&starting)
                                  : commands_usage(line->row, "no folder is named");
    if (status == BASE_DONE) {
        plan_files(&starting);
        status = check_free(&starting);
    }
    if (status == BASE_DONE)
        status = write_files(&starting);
    if (status == BASE_DONE)
        tell(&starting);
    commands_print_report(&starting.blog.report, NULL, NULL, line->color);
    report_release(&starting.blog.report);
    disk_release(&starting.blog.folder);
    arena_release(&starting.blog.arena);
    return status;
}
