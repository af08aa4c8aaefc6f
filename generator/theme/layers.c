/*
 * The layers of a theme: its own folder, those of its parents, and the theme inside the program.
 *
 *     themes/mine/      templates/review.html               theme.yaml     parent: sleeve
 *     themes/sleeve/                           i18n/en.yaml                the blog's own, if any
 *     <liner>/sleeve/   templates/review.html  i18n/en.yaml  theme.yaml    inside the program
 */
#include "theme/theme_inside.h"

#include <stdlib.h>

enum { most_layers = 10, most_name_bytes = 100 };

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

static void check_needs(struct theme_source *source, struct text needs, struct place place)
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
static void read_about(struct theme_source *source, struct place *parent_at)
{
    struct theme *theme = source->theme;
    struct theme_layer *layer = &theme->layers[theme->layer_count - 1];
    const struct theme_file *file = newest(theme, "theme.yaml");
    struct data_value map;
    data_set_absent(&schema_theme_type, &layer->about);
    if (!file || unicode_check(file->bytes) >= 0 ||
        !data_read_yaml(file->bytes, file->shown, 1, &data_limits_front_matter, &theme->arena,
            source->report, &map) ||
        map.kind == DATA_NONE)
        return;
    struct schema_reading reading = {.file = file->shown,
        .yaml = file->bytes,
        .yaml_line = 1,
        .arena = &theme->arena,
        .report = source->report};
    schema_read(&reading, &schema_theme_type, &map, &layer->about);
    layer->about_file = file->shown;
    if (map.kind != DATA_MAP)
        return;
    *parent_at = place_of(file->shown, &map, "parent");
    check_needs(source, layer->about.needs, place_of(file->shown, &map, "needs"));
}

/* ---- Parents ---------------------------------------------------------------------------------------------------- */

bool theme_is_name(struct text name)
{
    return name.length && name.length <= most_name_bytes && text_find_byte(name, '/') < 0 &&
           !text_starts(name, ".");
}

/* A theme that is not there: those that are stand in themes/ and in the program. */
static void report_missing(struct theme_source *source, struct text name, struct place place)
{
    struct arena *arena = &source->theme->arena;
    struct disk_list list = {0};
    size_t count = 0;
    if (source->disk->names(source->disk, "themes", arena, &list) != DISK_DONE)
        list.count = 0;
    struct text *known = arena_array(arena, list.count + 1, sizeof *known);
    known[count++] = text_of(theme_embedded_name);
    for (size_t i = 0; i < list.count; i++)
        if (list.entries[i].status.kind == DISK_FOLDER)
            known[count++] = list.entries[i].path;
    report_at(source->report, REPORT_ERROR, place, "there is no theme '%.*s' in themes/%.*s",
        TEXT_ARGS(name), TEXT_ARGS(report_guess(arena, name, known, count)));
    report_note(source->report, "the theme that comes with Liner is called 'sleeve'");
}

/* "a -> b -> a" when the name is that of a layer that is there. */
static bool report_circle(struct theme_source *source, struct text name, struct place place)
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
static void check_parent_of_embedded(struct theme_source *source)
{
    struct place place = {0};
    read_about(source, &place);
    struct text parent = source->theme->layers[source->theme->layer_count - 1].about.parent;
    if (parent.at && !text_is(parent, theme_embedded_name))
        report_at(source->report, REPORT_ERROR, place,
            "the theme 'sleeve' stands on the one inside Liner, not on '%.*s': give the folder "
            "another name, and it may have another parent",
            TEXT_ARGS(parent));
}

static bool read_layers(struct theme_source *source, struct text name, struct place place)
{
    struct theme *theme = source->theme;
    while (name.at) {
        if (report_circle(source, name, place))
            return false;
        bool is_found = theme_is_name(name) && theme_read_folder(source, name);
        if (text_is(name, theme_embedded_name)) {
            if (is_found)
                check_parent_of_embedded(source);
            theme_take_embedded(source);
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

bool theme_read_layers(
    const struct disk *disk, struct theme *theme, struct place place, struct report *report)
{
    struct theme_source source = {.disk = disk, .theme = theme, .report = report};
    size_t problems = report->errors + report->refusals;
    theme->layers = arena_array(&theme->arena, most_layers, sizeof *theme->layers);
    read_layers(&source, theme->name, place);
    theme_sort_files(theme);
    return report->errors + report->refusals == problems;
}
