/* What a theme says: the strings of its i18n/, language by language and layer by layer. */
#include "theme/theme_inside.h"

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

/* The strings of one file, for keys that are not there yet. Those that are wrong are reported. */
static void read_file(struct theme *theme, const struct theme_file *file, struct report *report)
{
    struct data_value read;
    if (!data_read_yaml(
            file->bytes, file->shown, 1, &data_limits_file, &theme->arena, report, &read) ||
        read.kind == DATA_NONE)
        return;
    if (read.kind != DATA_MAP) {
        report_at(report, REPORT_ERROR, (struct place){file->shown, 1, 1, 1},
            "strings are written as 'key: text', one a line");
        return;
    }
    for (size_t i = 0; i < read.as.map->count; i++) {
        struct data_entry *entry = &read.as.map->entries[i];
        check_string(&entry->value, file, report);
        map_put(&theme->strings, entry->key.as.text, &entry->value);
    }
}

/* A language's strings: a layer's go before those of the layers below it. */
static void read_language(struct theme *theme, struct text language, struct report *report)
{
    struct text path = arena_format(&theme->arena, "i18n/%.*s.yaml", TEXT_ARGS(language));
    const struct theme_file *end = theme->files + theme->file_count;
    const struct theme_file *file = theme_find_file(theme, path);
    for (; file && file < end && text_equal(file->path, path); file++)
        read_file(theme, file, report);
}

void theme_read_strings(struct theme *theme, struct text tag, struct report *report)
{
    ptrdiff_t hyphen = text_find_byte(tag, '-');
    map_init(&theme->strings, &theme->arena);
    read_language(theme, tag, report);
    if (hyphen > 0)
        read_language(theme, text_slice(tag, 0, (size_t)hyphen), report);
    if (!text_is(tag, "en"))
        read_language(theme, TEXT("en"), report);
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
