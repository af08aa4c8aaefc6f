/*
 * liner new: begins a file of content/, with what is known filled in, and what else it may say as comments.
 *
 *     liner new review "Signal"                    content/reviews/signal.md, with its drama
 *     liner new track "Goblin / Stay With Me"      content/tracks/goblin-stay-with-me.md, with its artists
 *
 * Nothing is written over. Where something of the name has a file already, or something else has nearly the same name,
 * that is said, and nothing is written.
 */
#include "commands/commands_new_inside.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

static const struct {
    const char *name, *folder;
} kinds[] = {
    {"review", "reviews"},
    {"recap", "reviews"},
    {"essay", "reviews"},
    {"guide", "reviews"},
    {"drama", "dramas"},
    {"artist", "artists"},
    {"track", "tracks"},
    {"page", "pages"},
};

static const char *folder_of(const struct commands_line *line, struct arena *arena)
{
    struct text asked = text_of(line->arguments[0]), names[BASE_COUNT(kinds)];
    for (size_t i = 0; i < BASE_COUNT(kinds); i++) {
        if (text_is(asked, kinds[i].name))
            return kinds[i].folder;
        names[i] = text_of(kinds[i].name);
    }
    commands_usage(line->row, "there is no kind '%.*s'%.*s", TEXT_ARGS(asked),
        TEXT_ARGS(report_guess(arena, asked, names, BASE_COUNT(names))));
    return NULL;
}

/* One line of text that a person can read. */
static bool is_title(struct text title)
{
    for (size_t i = 0; i < title.length; i++)
        if ((unsigned char)title.at[i] < 0x20 || title.at[i] == 0x7F)
            return false;
    return title.length > 0 && unicode_check(title) < 0;
}

/* What is wrong in the content is for `build` to tell: what can be read of it is known. */
static bool read_content(struct commands_blog *blog)
{
    struct report of_content;
    struct catalog_request request = {.disk = &blog->disk,
        .settings = &blog->settings,
        .today = blog->today,
        .language = blog->language,
        .base_path = blog->base_path,
        .with_drafts = true,
        .with_future = true,
        .jobs = blog->jobs};
    report_init(&of_content);
    blog->catalog = catalog_open(&request, &of_content);
    report_release(&of_content);
    return blog->catalog != NULL;
}

/* ---- The file --------------------------------------------------------------------------------------------------- */

static struct text path_of(struct new_piece *piece, const char *folder)
{
    struct arena *arena = &piece->blog->arena;
    struct text slug = commands_value(piece->line, "slug");
    if (!slug.length && piece->drama.length && text_is(piece->kind, "track"))
        slug = arena_format(arena, "%.*s %.*s", TEXT_ARGS(piece->drama), TEXT_ARGS(piece->title));
    slug = unicode_slug(arena, slug.length ? slug : piece->title);
    return arena_format(arena, "content/%s/%.*s.md", folder, TEXT_ARGS(slug));
}

/* "signal.md", or "signal/index.md". */
static const char *what_is_there(struct new_piece *piece, struct text path)
{
    const struct disk *disk = &piece->blog->disk;
    struct disk_status status;
    struct text stem = text_slice(path, 0, path.length - strlen(".md"));
    struct text within = arena_format(&piece->blog->arena, "%.*s/index.md", TEXT_ARGS(stem));
    if (disk->status(disk, path.at, &status) == DISK_DONE)
        return path.at;
    return disk->status(disk, within.at, &status) == DISK_DONE ? within.at : NULL;
}

static enum base_status write_file(struct new_piece *piece, struct text path, const char *folder)
{
    struct commands_blog *blog = piece->blog;
    struct text above = arena_format(&blog->arena, "content/%s", folder);
    struct text source =
        commands_starter(arena_format(&blog->arena, "new/%.*s.md", TEXT_ARGS(piece->kind)));
    struct text bytes = new_front_matter(piece, source);
    enum disk_result result = disk_make_folders(&blog->disk, above.at);
    if (result == DISK_DONE)
        result = disk_replace(&blog->disk, path.at, bytes);
    if (result == DISK_DONE)
        return BASE_DONE;
    report_at(&blog->report, REPORT_REFUSED, (struct place){.file = path}, "can't be written: %s",
        disk_result_words(result));
    return BASE_REFUSED;
}

/* As it is found from where the program was started. */
static const char *shown_path(struct commands_blog *blog, struct text path)
{
    char here[PATH_MAX], root[PATH_MAX];
    bool is_here = getcwd(here, sizeof here) && realpath(blog->root, root) && !strcmp(here, root);
    return is_here ? path.at : arena_format(&blog->arena, "%s/%s", blog->root, path.at).at;
}

static enum base_status begin(struct new_piece *piece, const char *folder)
{
    const struct commands_line *line = piece->line;
    enum base_status status = new_find_names(piece);
    if (status != BASE_DONE)
        return status;
    struct text path = path_of(piece, folder);
    const char *there = what_is_there(piece, path);
    if (there)
        return commands_usage(line->row,
            "'%s' is there already, and is left as it is: give another title, or --slug", there);
    status = write_file(piece, path, folder);
    if (status != BASE_DONE)
        return status;
    const char *shown = shown_path(piece->blog, path);
    puts(shown);
    fflush(stdout);
    return commands_has(line, "edit") ? commands_edit(shown) : BASE_DONE;
}

enum base_status commands_new(const struct commands_line *line)
{
    struct commands_blog blog;
    struct new_piece piece = {.line = line,
        .blog = &blog,
        .kind = text_of(line->arguments[0]),
        .title = text_trim(text_of(line->arguments[1]))};
    enum base_status status = commands_blog_open(&blog, line);
    const char *folder = status == BASE_DONE ? folder_of(line, &blog.arena) : NULL;
    if (status == BASE_DONE && !folder)
        status = BASE_USAGE;
    if (status == BASE_DONE && !is_title(piece.title))
        status = commands_usage(line->row, "a title is one line of text");
    if (status == BASE_DONE && commands_has(line, "edit") && !commands_editor())
        status = commands_usage(line->row, "--edit wants $VISUAL or $EDITOR to name an editor");
    if (status == BASE_DONE)
        status = commands_blog_find_day(&blog, line);
    if (status == BASE_DONE && !read_content(&blog))
        status = BASE_REFUSED;
    if (status == BASE_DONE)
        status = begin(&piece, folder);
    if (status == BASE_USAGE)
        blog.is_told = true;
    enum base_status closed = commands_blog_close(&blog);
    return closed == BASE_DONE || status == BASE_USAGE ? status : closed;
}
