/* A theme: its files sorted into templates, assets and strings. */
#include "theme/theme_inside.h"

#include <stdlib.h>

static int compare_files(const void *left, const void *right)
{
    const struct theme_file *a = left, *b = right;
    return text_compare(a->path, b->path);
}

static struct text below(struct text path, const char *folder)
{
    return text_slice(path, strlen(folder), path.length);
}

/* "style.css" -> "assets/style.4f1c09ab5e.css": the name changes when the bytes do, so that a host
 * may let browsers keep it for ever. */
static struct text fingerprinted(struct arena *arena, struct text name, struct text bytes)
{
    size_t dot = name.length;
    while (dot > 0 && name.at[dot - 1] != '.' && name.at[dot - 1] != '/')
        dot--;
    dot = dot > 1 && name.at[dot - 1] == '.' ? dot - 1 : name.length;
    return arena_format(arena, "assets/%.*s.%010llx%.*s", (int)dot, name.at,
        (unsigned long long)(hash_text(bytes) & 0xFFFFFFFFFF), (int)(name.length - dot),
        name.at + dot);
}

static void sort_out(struct theme *theme, const struct map *found)
{
    theme->files = arena_array(&theme->arena, found->count, sizeof *theme->files);
    theme->assets = arena_array(&theme->arena, found->count, sizeof *theme->assets);
    for (size_t i = 0; i < found->count; i++)
        theme->files[theme->file_count++] = *(const struct theme_file *)found->entries[i].value;
    if (theme->file_count)
        qsort(theme->files, theme->file_count, sizeof *theme->files, compare_files);
    for (size_t i = 0; i < theme->file_count; i++) {
        const struct theme_file *file = &theme->files[i];
        if (!text_starts(file->path, "assets/"))
            continue;
        struct text name = below(file->path, "assets/");
        theme->assets[theme->asset_count++] = (struct theme_asset){
            name, fingerprinted(&theme->arena, name, file->bytes), file->bytes};
    }
}

static const struct theme_file *find_file(
    const struct theme *theme, const char *folder, struct text name, const char *end)
{
    for (size_t i = 0; i < theme->file_count; i++) {
        struct text path = theme->files[i].path;
        if (text_starts(path, folder) && text_ends(path, end) &&
            path.length == strlen(folder) + name.length + strlen(end) &&
            text_equal(text_slice(path, strlen(folder), strlen(folder) + name.length), name))
            return &theme->files[i];
    }
    return NULL;
}

/* ---- Strings ------------------------------------------------------------------------------------------------ */

/* Each value is a text, or a map of plural forms. */
static void check_string(
    const struct data_value *value, const struct theme_file *file, struct report *report)
{
    bool is_good = value->kind == DATA_TEXT || value->kind == DATA_MAP;
    for (size_t i = 0; value->kind == DATA_MAP && i < value->as.map->count; i++)
        is_good &= value->as.map->entries[i].value.kind == DATA_TEXT;
    if (!is_good)
        report_at(report, REPORT_ERROR,
            (struct place){file->shown, value->line, value->column, value->points},
            "a string must be text, or a map of plural forms");
}

/* False when there are none; those that are wrong are reported, and the theme does not open. */
static bool check_strings(
    const struct data_value *strings, const struct theme_file *file, struct report *report)
{
    if (strings->kind == DATA_NONE)
        return false;
    if (strings->kind != DATA_MAP) {
        report_at(report, REPORT_ERROR, (struct place){file->shown, 1, 1, 1},
            "strings are written as 'key: text', one a line");
        return false;
    }
    for (size_t i = 0; i < strings->as.map->count; i++)
        check_string(&strings->as.map->entries[i].value, file, report);
    return true;
}

/* Adds the strings of a language, for keys that are not there yet. */
static void add_strings(struct theme *theme, struct text language, struct report *report)
{
    const struct theme_file *file = find_file(theme, "i18n/", language, ".yaml");
    struct data_value read;
    if (!file || !data_read_yaml(
                     file->bytes, file->shown, 1, &data_limits_file, &theme->arena, report, &read))
        return;
    if (!check_strings(&read, file, report))
        return;
    for (size_t i = 0; i < read.as.map->count; i++) {
        struct data_entry *entry = &read.as.map->entries[i];
        map_put(&theme->strings, entry->key.as.text, &entry->value);
    }
}

/* "ko-KR" falls back to "ko", and all to English. */
static void read_all_strings(struct theme *theme, struct text tag, struct report *report)
{
    ptrdiff_t hyphen = text_find_byte(tag, '-');
    map_init(&theme->strings, &theme->arena);
    add_strings(theme, tag, report);
    if (hyphen > 0)
        add_strings(theme, text_slice(tag, 0, (size_t)hyphen), report);
    if (!text_is(tag, "en"))
        add_strings(theme, TEXT("en"), report);
}

static struct text plural_form(
    const struct theme *theme, const struct data_value *forms, double count)
{
    const char *category = isnan(count) ? "other" : unicode_plural(theme->language, count);
    const struct data_value *form = data_map_find(forms->as.map, category);
    if (!form)
        form = data_map_find(forms->as.map, "other");
    return form && form->kind == DATA_TEXT ? form->as.text : TEXT_NONE;
}

struct text theme_string(const struct theme *theme, struct text key, double count)
{
    const struct data_value *found = map_get(&theme->strings, key);
    if (!found)
        return TEXT_NONE;
    struct text text = found->kind == DATA_MAP ? plural_form(theme, found, count) : found->as.text;
    return text.at ? text : TEXT("");
}

/* The value for "{name}" at the start of the text, and how long the placeholder is. */
static struct text filling_at(
    struct text text, const struct theme_filling *fillings, size_t count, size_t *length)
{
    ptrdiff_t close = text_find_byte(text, '}');
    struct text name = text_slice(text, 1, close < 0 ? 0 : (size_t)close);
    for (size_t i = 0; close > 0 && i < count; i++) {
        if (!text_equal(name, fillings[i].name))
            continue;
        *length = (size_t)close + 1;
        return fillings[i].value;
    }
    return TEXT_NONE;
}

struct text theme_fill(
    struct arena *arena, struct text text, const struct theme_filling *fillings, size_t count)
{
    struct buffer filled;
    buffer_init(&filled);
    for (size_t at = 0; at < text.length;) {
        size_t length = 1;
        struct text value = TEXT_NONE;
        if (text.at[at] == '{')
            value = filling_at(text_slice(text, at, text.length), fillings, count, &length);
        buffer_add(&filled, value.at ? value : text_slice(text, at, at + 1));
        at += length;
    }
    struct text kept = arena_text(arena, buffer_text(&filled));
    buffer_release(&filled);
    return kept;
}

size_t theme_string_keys(const struct theme *theme, struct arena *arena, struct text **keys)
{
    *keys = arena_array(arena, theme->strings.count, sizeof **keys);
    for (size_t i = 0; i < theme->strings.count; i++)
        (*keys)[i] = theme->strings.entries[i].key;
    return theme->strings.count;
}

/* ---- The theme ------------------------------------------------------------------------------------------------ */

struct theme *theme_open(const struct disk *disk, struct text name, struct text language_tag,
    const struct unicode_language *language, struct place place, struct report *report)
{
    struct theme *theme = base_alloc(sizeof *theme);
    *theme = (struct theme){.name = name, .language = language};
    arena_init(&theme->arena);
    size_t problems = report->errors + report->refusals;
    struct map found;
    map_init(&found, &theme->arena);
    if (theme_find_files(disk, theme, &found, place, report)) {
        sort_out(theme, &found);
        read_all_strings(theme, language_tag, report);
    }
    if (report->errors + report->refusals == problems)
        return theme;
    theme_close(theme);
    return NULL;
}

void theme_close(struct theme *theme)
{
    if (!theme)
        return;
    arena_release(&theme->arena);
    base_free(theme);
}

bool theme_template(
    const struct theme *theme, struct text name, struct text *source, struct text *file)
{
    const struct theme_file *found = find_file(theme, "templates/", name, "");
    if (!found)
        return false;
    *source = found->bytes;
    *file = found->shown;
    return true;
}

size_t theme_template_names(const struct theme *theme, struct arena *arena, struct text **names)
{
    size_t count = 0;
    *names = arena_array(arena, theme->file_count, sizeof **names);
    for (size_t i = 0; i < theme->file_count; i++)
        if (text_starts(theme->files[i].path, "templates/"))
            (*names)[count++] = below(theme->files[i].path, "templates/");
    return count;
}

const struct theme_asset *theme_find_asset(const struct theme *theme, struct text name)
{
    for (size_t i = 0; i < theme->asset_count; i++)
        if (text_equal(theme->assets[i].name, name))
            return &theme->assets[i];
    return NULL;
}
