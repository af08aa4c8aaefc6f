/* What a theme says: the strings of its i18n/, language by language and layer by layer. */
#include "theme/theme_inside.h"

const char *const theme_own_strings[] = {"reviews", "dramas", "artists", "tags", "authors", "moods",
    "instruments", "missing", "page_number", "heading_link", "spoiler", "play_on", "listen_on",
    "footnotes", "footnote", "footnote_back", "box_note", "box_tip", "box_important", "box_warning",
    "box_caution", "recaps_of", "recaps_of_season", "series_about", "count_reviews",
    "soundtrack_of", "charts", "year_page", NULL};

/* Each value is a text, or a map of plural forms. */
static bool check_string(
    const struct data_value *value, const struct theme_file *file, struct report *report)
{
    bool is_good = value->kind == DATA_TEXT || value->kind == DATA_MAP;
    for (size_t i = 0; value->kind == DATA_MAP && i < value->as.map->count; i++)
        is_good &= value->as.map->entries[i].value.kind == DATA_TEXT;
    if (!is_good)
        report_at(report, REPORT_ERROR,
            (struct place){file->shown, value->line, value->column, value->points},
            "a string must be text, or a map of plural forms");
    return is_good;
}

bool theme_read_words(const struct theme_file *file, struct arena *arena, struct report *report,
    struct data_value *words)
{
    if (!data_read_yaml(file->bytes, file->shown, 1, &data_limits_file, arena, report, words) ||
        words->kind == DATA_NONE)
        return false;
    if (words->kind != DATA_MAP) {
        report_at(report, REPORT_ERROR, (struct place){file->shown, 1, 1, 1},
            "strings are written as 'key: text', one a line");
        return false;
    }
    for (size_t i = 0; i < words->as.map->count; i++) {
        struct data_value *value = &words->as.map->entries[i].value;
        if (!check_string(value, file, report)) {
            value->kind = DATA_TEXT; /* that it is wrong is told once; it is there */
            value->as.text = TEXT("");
        }
    }
    return true;
}

/* The strings of one file, for keys that are not there yet. */
static void read_file(struct theme *theme, const struct theme_file *file, struct report *report)
{
    struct data_value read;
    if (!theme_read_words(file, &theme->arena, report, &read))
        return;
    for (size_t i = 0; i < read.as.map->count; i++) {
        struct data_entry *entry = &read.as.map->entries[i];
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

/* The language, without its region, and English: at most three, each once. */
static size_t list_tags(struct text tag, struct text tags[3])
{
    ptrdiff_t hyphen = text_find_byte(tag, '-');
    size_t count = 0;
    tags[count++] = tag;
    if (hyphen > 0)
        tags[count++] = text_slice(tag, 0, (size_t)hyphen);
    if (!text_is(tags[count - 1], "en"))
        tags[count++] = TEXT("en");
    return count;
}

bool theme_speaks(const struct theme *theme, struct text tag)
{
    struct text tags[3];
    size_t count = list_tags(theme->language_tag, tags);
    for (size_t i = 0; i < count; i++)
        if (text_equal(tags[i], tag))
            return true;
    return false;
}

void theme_read_strings(struct theme *theme, struct report *report)
{
    struct text tags[3];
    size_t count = list_tags(theme->language_tag, tags);
    map_init(&theme->strings, &theme->arena);
    for (size_t i = 0; i < count; i++)
        read_language(theme, tags[i], report);
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

/* ---- What is to be filled in ---------------------------------------------------------------------------- */

struct fillings {
    struct arena *arena;
    struct text *names;
    size_t count, capacity;
};

static bool is_name(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!(text.at[i] >= 'a' && text.at[i] <= 'z') && text.at[i] != '_')
            return false;
    return text.length > 0;
}

static void add_filling(struct fillings *fillings, struct text name)
{
    for (size_t i = 0; i < fillings->count; i++)
        if (text_equal(fillings->names[i], name))
            return;
    struct text *room = list_add(
        &fillings->names, &fillings->count, &fillings->capacity, fillings->arena, sizeof *room);
    *room = name;
}

static void find_fillings(struct fillings *fillings, struct text text)
{
    for (size_t at = 0; at < text.length; at++) {
        struct text rest = text_slice(text, at + 1, text.length);
        ptrdiff_t close = text.at[at] == '{' ? text_find_byte(rest, '}') : -1;
        if (close > 0 && is_name(text_slice(rest, 0, (size_t)close)))
            add_filling(fillings, text_slice(rest, 0, (size_t)close));
    }
}

size_t theme_string_fillings(
    const struct theme *theme, struct arena *arena, struct text key, struct text **names)
{
    const struct data_value *found = map_get(&theme->strings, key);
    struct fillings fillings = {.arena = arena};
    if (found && found->kind == DATA_TEXT)
        find_fillings(&fillings, found->as.text);
    for (size_t i = 0; found && found->kind == DATA_MAP && i < found->as.map->count; i++)
        find_fillings(&fillings, found->as.map->entries[i].value.as.text);
    *names = fillings.names;
    return fillings.count;
}

size_t theme_string_keys(const struct theme *theme, struct arena *arena, struct text **keys)
{
    *keys = arena_array(arena, theme->strings.count, sizeof **keys);
    for (size_t i = 0; i < theme->strings.count; i++)
        (*keys)[i] = theme->strings.entries[i].key;
    return theme->strings.count;
}
