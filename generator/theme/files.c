/* The files of a theme: those of one folder, those inside the program; by path, layer upon layer. A file
 * of one layer hides those of the same path below it; templates may still name them (see theme_join). */
#include "theme/theme_inside.h"

#include <stdlib.h>

enum { most_file_bytes = 4 << 20 };

const char theme_embedded_name[] = "sleeve";

static void add_layer(struct theme *theme, struct text name, struct text shown)
{
    theme->layers[theme->layer_count++] = (struct theme_layer){.name = name, .shown = shown};
}

static void add_file(
    struct theme_source *source, struct text path, struct text shown, struct text bytes)
{
    struct theme *theme = source->theme;
    struct theme_file *file =
        list_add(&theme->files, &theme->file_count, &source->capacity, &theme->arena, sizeof *file);
    *file = (struct theme_file){arena_text(&theme->arena, path), arena_text(&theme->arena, shown),
        bytes, theme->layer_count - 1};
}

static bool skip_hidden(void *context, struct text path, bool is_folder)
{
    size_t from = path.length;
    (void)context, (void)is_folder;
    while (from > 0 && path.at[from - 1] != '/')
        from--;
    struct text name = text_slice(path, from, path.length);
    return text_starts(name, ".") || text_ends(name, "~");
}

/* Templates, strings and theme.yaml are text; anything else may be anything. */
static void check_utf8(
    struct theme_source *source, struct text path, struct text shown, struct text bytes)
{
    bool is_text = text_starts(path, "templates/") || text_starts(path, "i18n/") ||
                   text_is(path, "theme.yaml");
    ptrdiff_t bad = is_text ? unicode_check(bytes) : -1;
    if (bad >= 0)
        report_at(source->report, REPORT_ERROR, place_in(shown, bytes, (size_t)bad, 1),
            "this byte (0x%02X) is not UTF-8: save the file as UTF-8",
            (unsigned char)bytes.at[bad]);
}

static void check_path(struct theme_source *source, struct text path, struct text shown)
{
    if (text_starts(path, "templates/" THEME_PARENT))
        report_at(source->report, REPORT_ERROR, (struct place){.file = shown},
            "a theme's folder of templates can't have a folder 'parent': '" THEME_PARENT
            "' before a name means the version of the parent theme");
}

static void read_entry(struct theme_source *source, struct text folder, struct text path)
{
    struct arena *arena = &source->theme->arena;
    struct text shown = arena_format(arena, "%.*s/%.*s", TEXT_ARGS(folder), TEXT_ARGS(path));
    struct buffer bytes;
    buffer_init(&bytes);
    enum disk_result result = source->disk->read(source->disk, shown.at, most_file_bytes, &bytes);
    if (result != DISK_DONE) {
        report_at(source->report, REPORT_REFUSED, (struct place){.file = shown},
            "can't be read: %s", disk_result_words(result));
    } else {
        check_utf8(source, path, shown, buffer_text(&bytes));
        check_path(source, path, shown);
        add_file(source, path, shown, arena_text(arena, buffer_text(&bytes)));
    }
    buffer_release(&bytes);
}

bool theme_read_folder(struct theme_source *source, struct text name)
{
    struct text folder = arena_format(&source->theme->arena, "themes/%.*s", TEXT_ARGS(name));
    struct disk_list list = {0};
    struct arena names;
    arena_init(&names);
    enum disk_result result =
        source->disk->list(source->disk, folder.at, skip_hidden, NULL, &names, &list);
    if (result == DISK_DONE)
        add_layer(source->theme, name, folder);
    else if (result != DISK_MISSING)
        report_at(source->report, REPORT_REFUSED, (struct place){.file = folder},
            "can't be read: %s", disk_result_words(result));
    for (size_t i = 0; i < list.count; i++)
        read_entry(source, folder, list.entries[i].path);
    arena_release(&names);
    return result == DISK_DONE;
}

void theme_take_embedded(struct theme_source *source)
{
    add_layer(source->theme, text_of(theme_embedded_name), TEXT("<liner>/sleeve"));
    for (size_t i = 0; i < theme_embedded_count; i++) {
        const struct base_embedded *file = &theme_embedded_files[i];
        add_file(source, text_of(file->path),
            arena_format(&source->theme->arena, "<liner>/sleeve/%s", file->path),
            (struct text){(const char *)file->bytes, file->length});
    }
}

/* ---- All of them -------------------------------------------------------------------------------------------------- */

static int compare_files(const void *left, const void *right)
{
    const struct theme_file *a = left, *b = right;
    int order = text_compare(a->path, b->path);
    return order ? order : (a->layer > b->layer) - (a->layer < b->layer);
}

void theme_sort_files(struct theme *theme)
{
    if (theme->file_count)
        qsort(theme->files, theme->file_count, sizeof *theme->files, compare_files);
}

static int compare_path(const void *path, const void *file)
{
    return text_compare(*(const struct text *)path, ((const struct theme_file *)file)->path);
}

const struct theme_file *theme_find_file(const struct theme *theme, struct text path)
{
    const struct theme_file *found = NULL;
    if (theme->file_count)
        found = bsearch(&path, theme->files, theme->file_count, sizeof *theme->files, compare_path);
    while (found && found > theme->files && text_equal(found[-1].path, path))
        found--;
    return found;
}
