/* The files of a theme and its parents, each taken from the first place that has it. */
#include "theme/theme_inside.h"

enum { most_file_bytes = 4 << 20, most_parents = 8 };

struct source {
    const struct disk *disk;
    struct theme *theme;
    struct map *found; /* path -> struct theme_file */
    struct report *report;
};

static void add_file(struct source *source, struct text path, struct text shown, struct text bytes)
{
    struct theme_file *file = arena_alloc(&source->theme->arena, sizeof *file);
    *file = (struct theme_file){.path = arena_text(&source->theme->arena, path),
        .shown = arena_text(&source->theme->arena, shown),
        .bytes = bytes};
    map_put(source->found, file->path, file);
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

/* Templates and strings are text; anything else may be anything. */
static void check_utf8(
    struct source *source, struct text path, struct text shown, struct text bytes)
{
    bool is_text = text_starts(path, "templates/") || text_starts(path, "i18n/");
    ptrdiff_t bad = is_text ? unicode_check(bytes) : -1;
    if (bad >= 0)
        report_at(source->report, REPORT_ERROR, place_in(shown, bytes, (size_t)bad, 1),
            "this byte (0x%02X) is not UTF-8: save the file as UTF-8",
            (unsigned char)bytes.at[bad]);
}

static void read_entry(struct source *source, struct text folder, struct text path)
{
    struct arena *arena = &source->theme->arena;
    struct text shown = arena_format(arena, "%.*s/%.*s", TEXT_ARGS(folder), TEXT_ARGS(path));
    struct buffer bytes;
    buffer_init(&bytes);
    enum disk_result result = source->disk->read(source->disk, shown.at, most_file_bytes, &bytes);
    if (result != DISK_DONE)
        report_at(source->report, REPORT_REFUSED, (struct place){.file = shown},
            "can't be read: %s", disk_result_words(result));
    else if (!map_get(source->found, path)) {
        check_utf8(source, path, shown, buffer_text(&bytes));
        add_file(source, path, shown, arena_text(arena, buffer_text(&bytes)));
    }
    buffer_release(&bytes);
}

/* False when the blog has no such folder. */
static bool read_folder(struct source *source, struct text name)
{
    struct text folder = arena_format(&source->theme->arena, "themes/%.*s", TEXT_ARGS(name));
    struct disk_list list = {0};
    struct arena names;
    arena_init(&names);
    enum disk_result result =
        source->disk->list(source->disk, folder.at, skip_hidden, NULL, &names, &list);
    if (result != DISK_DONE && result != DISK_MISSING)
        report_at(source->report, REPORT_REFUSED, (struct place){.file = folder},
            "can't be read: %s", disk_result_words(result));
    for (size_t i = 0; i < list.count; i++)
        read_entry(source, folder, list.entries[i].path);
    arena_release(&names);
    return result == DISK_DONE;
}

static void take_embedded(struct source *source)
{
    for (size_t i = 0; i < theme_embedded_count; i++) {
        const struct theme_embedded *file = &theme_embedded_files[i];
        struct text path = text_of(file->path);
        struct text bytes = {(const char *)file->bytes, file->length};
        if (!map_get(source->found, path))
            add_file(source, path,
                arena_format(&source->theme->arena, "themes/sleeve/%s", file->path), bytes);
    }
}

/* The parent that the theme.yaml of a folder names, and where; absent for none. */
static struct text parent_of(struct source *source, struct text name, struct place *place)
{
    struct arena *arena = &source->theme->arena;
    struct text shown = arena_format(arena, "themes/%.*s/theme.yaml", TEXT_ARGS(name));
    struct data_value about;
    struct buffer bytes;
    buffer_init(&bytes);
    struct text parent = TEXT_NONE;
    if (source->disk->read(source->disk, shown.at, most_file_bytes, &bytes) == DISK_DONE &&
        data_read_yaml(buffer_text(&bytes), shown, 1, &data_limits_front_matter, arena,
            source->report, &about) &&
        about.kind == DATA_MAP) {
        const struct data_value *found = data_map_find(about.as.map, "parent");
        if (found && found->kind == DATA_TEXT) {
            parent = found->as.text;
            *place = (struct place){shown, found->line, found->column, found->points};
        }
    }
    buffer_release(&bytes);
    return parent;
}

static bool is_name(struct text name)
{
    return name.length && text_find_byte(name, '/') < 0 && !text_starts(name, ".");
}

bool theme_find_files(const struct disk *disk, struct theme *theme, struct map *found,
    struct place place, struct report *report)
{
    struct source source = {disk, theme, found, report};
    struct text name = theme->name;
    for (int depth = 0; name.at && depth < most_parents; depth++) {
        bool is_found = is_name(name) && read_folder(&source, name);
        if (text_is(name, "sleeve")) {
            take_embedded(&source);
            return true;
        }
        if (!is_found) {
            struct text known[] = {TEXT("sleeve")};
            report_at(report, REPORT_ERROR, place, "there is no theme '%.*s' in themes/%.*s",
                TEXT_ARGS(name), TEXT_ARGS(report_guess(&theme->arena, name, known, 1)));
            report_note(report, "the theme that comes with Liner is called 'sleeve'");
            return false;
        }
        name = parent_of(&source, name, &place);
    }
    if (name.at)
        report_at(report, REPORT_ERROR, place,
            "the parents of the theme '%.*s' go in a circle, or are more than %d",
            TEXT_ARGS(theme->name), most_parents);
    return !name.at;
}
