/*
 * The files of a theme and its parents, layer upon layer. A file of one layer hides those of the same
 * path below it; templates may still name them (see theme_join).
 *
 *     themes/mine/      templates/review.html
 *     themes/sleeve/                           i18n/en.yaml                the blog's own, if any
 *     <liner>/sleeve/   templates/review.html  i18n/en.yaml  theme.yaml    inside the program
 */
#include "theme/theme_inside.h"

#include <stdlib.h>

enum { most_file_bytes = 4 << 20, most_layers = 10 };

static const char embedded[] = "sleeve"; /* the theme inside the program */

struct source {
    const struct disk *disk;
    struct theme *theme;
    struct report *report;
    size_t capacity;
};

static void add_layer(struct theme *theme, struct text name, struct text shown)
{
    theme->layers[theme->layer_count++] = (struct theme_layer){.name = name, .shown = shown};
}

static void add_file(struct source *source, struct text path, struct text shown, struct text bytes)
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
    struct source *source, struct text path, struct text shown, struct text bytes)
{
    bool is_text = text_starts(path, "templates/") || text_starts(path, "i18n/") ||
                   text_is(path, "theme.yaml");
    ptrdiff_t bad = is_text ? unicode_check(bytes) : -1;
    if (bad >= 0)
        report_at(source->report, REPORT_ERROR, place_in(shown, bytes, (size_t)bad, 1),
            "this byte (0x%02X) is not UTF-8: save the file as UTF-8",
            (unsigned char)bytes.at[bad]);
}

static void check_path(struct source *source, struct text path, struct text shown)
{
    if (text_starts(path, "templates/" THEME_PARENT))
        report_at(source->report, REPORT_ERROR, (struct place){.file = shown},
            "a theme's folder of templates can't have a folder 'parent': '" THEME_PARENT
            "' before a name means the version of the parent theme");
}

static void read_entry(struct source *source, struct text folder, struct text path)
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

/* False when the blog has no such folder. */
static bool read_folder(struct source *source, struct text name)
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

static void take_embedded(struct source *source)
{
    add_layer(source->theme, text_of(embedded), TEXT("<liner>/sleeve"));
    for (size_t i = 0; i < theme_embedded_count; i++) {
        const struct theme_embedded *file = &theme_embedded_files[i];
        add_file(source, text_of(file->path),
            arena_format(&source->theme->arena, "<liner>/sleeve/%s", file->path),
            (struct text){(const char *)file->bytes, file->length});
    }
}

/* ---- theme.yaml, and the parent that it names ------------------------------------------------------------------ */

/* The file of a path that the newest layer has; NULL for none. */
static const struct theme_file *newest(const struct theme *theme, const char *path)
{
    for (size_t i = theme->file_count; i > 0; i--)
        if (theme->files[i - 1].layer == theme->layer_count - 1 &&
            text_is(theme->files[i - 1].path, path))
            return &theme->files[i - 1];
    return NULL;
}

/* "0.10.2" and "0.9": by their numbers, from the left. */
static bool is_newer(struct text version, const char *than)
{
    char *rest, numbers[32];
    snprintf(numbers, sizeof numbers, "%.*s", TEXT_ARGS(version));
    for (const char *at = numbers; *at || *than;) {
        unsigned long mine = strtoul(at, &rest, 10);
        at = *rest == '.' ? rest + 1 : "";
        unsigned long other = strtoul(than, &rest, 10);
        than = *rest == '.' ? rest + 1 : "";
        if (mine != other)
            return mine > other;
    }
    return false;
}

static void check_needs(struct source *source, struct text needs, struct place place)
{
    for (size_t i = 0; i < needs.length; i++)
        if (!strchr("0123456789.", needs.at[i])) {
            report_at(source->report, REPORT_ERROR, place, "'needs' must be a version, like 1.0");
            return;
        }
    if (is_newer(needs, LINER_VERSION))
        report_at(source->report, REPORT_ERROR, place,
            "this theme needs Liner %.*s or newer; this is Liner %s", TEXT_ARGS(needs),
            LINER_VERSION);
}

/* Where a field of a theme.yaml has its value. */
static struct place place_of(struct text file, const struct data_value *map, const char *name)
{
    const struct data_value *value = data_map_find(map->as.map, name);
    return value ? (struct place){file, value->line, value->column, value->points}
                 : (struct place){.file = file};
}

/* Reads the theme.yaml of the newest layer, when it has one; `parent_at` is where it names its parent. */
static void read_about(struct source *source, struct place *parent_at)
{
    struct theme *theme = source->theme;
    struct theme_layer *layer = &theme->layers[theme->layer_count - 1];
    const struct theme_file *file = newest(theme, "theme.yaml");
    struct data_value map;
    schema_set_absent(&schema_theme_type, &layer->about);
    if (!file ||
        !data_read_yaml(file->bytes, file->shown, 1, &data_limits_front_matter, &theme->arena,
            source->report, &map) ||
        map.kind == DATA_NONE)
        return;
    struct schema_reading reading = {
        .file = file->shown, .arena = &theme->arena, .report = source->report};
    schema_read(&reading, &schema_theme_type, &map, &layer->about);
    layer->about_file = file->shown;
    if (map.kind != DATA_MAP)
        return;
    *parent_at = place_of(file->shown, &map, "parent");
    check_needs(source, layer->about.needs, place_of(file->shown, &map, "needs"));
}

bool theme_is_name(struct text name)
{
    return name.length && text_find_byte(name, '/') < 0 && !text_starts(name, ".");
}

/* A theme that is not there: those that are stand in themes/ and in the program. */
static void report_missing(struct source *source, struct text name, struct place place)
{
    struct arena *arena = &source->theme->arena;
    struct disk_list list = {0};
    size_t count = 0;
    if (source->disk->names(source->disk, "themes", arena, &list) != DISK_DONE)
        list.count = 0;
    struct text *known = arena_array(arena, list.count + 1, sizeof *known);
    known[count++] = text_of(embedded);
    for (size_t i = 0; i < list.count; i++)
        if (list.entries[i].status.kind == DISK_FOLDER)
            known[count++] = list.entries[i].path;
    report_at(source->report, REPORT_ERROR, place, "there is no theme '%.*s' in themes/%.*s",
        TEXT_ARGS(name), TEXT_ARGS(report_guess(arena, name, known, count)));
    report_note(source->report, "the theme that comes with Liner is called 'sleeve'");
}

/* "a -> b -> a" when the name is that of a layer that is there. */
static bool report_circle(struct source *source, struct text name, struct place place)
{
    struct theme *theme = source->theme;
    struct text way = TEXT("");
    bool is_circle = false;
    for (size_t i = 0; i < theme->layer_count; i++) {
        is_circle |= text_equal(theme->layers[i].name, name);
        way = arena_format(
            &theme->arena, "%.*s%.*s -> ", TEXT_ARGS(way), TEXT_ARGS(theme->layers[i].name));
    }
    if (is_circle)
        report_at(source->report, REPORT_ERROR, place,
            "the parents of this theme go in a circle: %.*s%.*s", TEXT_ARGS(way), TEXT_ARGS(name));
    return is_circle;
}

/* themes/sleeve/ of a blog lies over the sleeve inside the program, and over no other theme. */
static void check_parent_of_embedded(struct source *source)
{
    struct place place = {0};
    read_about(source, &place);
    struct text parent = source->theme->layers[source->theme->layer_count - 1].about.parent;
    if (parent.at && !text_is(parent, embedded))
        report_at(source->report, REPORT_ERROR, place,
            "the theme 'sleeve' stands on the one inside Liner, not on '%.*s': give the folder "
            "another name, and it may have another parent",
            TEXT_ARGS(parent));
}

static bool read_layers(struct source *source, struct text name, struct place place)
{
    struct theme *theme = source->theme;
    while (name.at) {
        if (report_circle(source, name, place))
            return false;
        bool is_found = theme_is_name(name) && read_folder(source, name);
        if (text_is(name, embedded)) {
            if (is_found)
                check_parent_of_embedded(source);
            take_embedded(source);
            read_about(source, &place);
            return true;
        }
        if (!is_found) {
            report_missing(source, name, place);
            return false;
        }
        read_about(source, &place);
        name = theme->layers[theme->layer_count - 1].about.parent;
        if (name.at && theme->layer_count + 2 > most_layers) {
            report_at(source->report, REPORT_ERROR, place,
                "more than %d themes stand on each other", most_layers - 2);
            return false;
        }
    }
    return true;
}

/* ---- All of them -------------------------------------------------------------------------------------------------- */

static int compare_files(const void *left, const void *right)
{
    const struct theme_file *a = left, *b = right;
    int order = text_compare(a->path, b->path);
    return order ? order : (a->layer > b->layer) - (a->layer < b->layer);
}

bool theme_read_layers(
    const struct disk *disk, struct theme *theme, struct place place, struct report *report)
{
    struct source source = {.disk = disk, .theme = theme, .report = report};
    size_t problems = report->errors + report->refusals;
    theme->layers = arena_array(&theme->arena, most_layers, sizeof *theme->layers);
    read_layers(&source, theme->name, place);
    if (theme->file_count)
        qsort(theme->files, theme->file_count, sizeof *theme->files, compare_files);
    return report->errors + report->refusals == problems;
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
