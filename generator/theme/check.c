/*
 * What a theme's author wants to know beyond what stops a build: strings that a language lacks, forms
 * of a plural, placeholders that only one language fills, strings and settings that nothing uses.
 *
 * What uses a string is told by its key in quotes in a template; t('kind_' ~ kind) uses all strings
 * that begin with 'kind_'.
 */
#include "theme/theme_inside.h"

/* The strings of one language, of all layers. */
struct language {
    struct text tag;
    struct map words; /* key -> struct word */
    struct unicode_language *rules;
};

struct word {
    const struct data_value *key, *value;
    const struct theme_file *file;
};

struct check {
    const struct theme *theme;
    struct arena *arena;
    struct report *report;
    struct language *languages;
    size_t count, capacity;
};

static struct place place_of(const struct theme_file *file, const struct data_value *value)
{
    return (struct place){file->shown, value->line, value->column, value->points};
}

/* ---- Reading all languages ------------------------------------------------------------------------------- */

static struct language *language_of(struct check *check, struct text tag)
{
    for (size_t i = 0; i < check->count; i++)
        if (text_equal(check->languages[i].tag, tag))
            return &check->languages[i];
    struct language *language = list_add(
        &check->languages, &check->count, &check->capacity, check->arena, sizeof *language);
    language->tag = arena_text(check->arena, tag);
    language->rules = unicode_language_open(language->tag.at);
    map_init(&language->words, check->arena);
    return language;
}

/* Files come in the order of their layers, so that the first to say a string is the one that counts.
 * What was wrong in a file that the theme was opened with has been told. */
static void read_words(struct check *check, const struct theme_file *file)
{
    struct text tag = text_slice(file->path, strlen("i18n/"), file->path.length - strlen(".yaml"));
    struct language *language = language_of(check, tag);
    struct data_value *read = arena_alloc(check->arena, sizeof *read);
    struct report told;
    report_init(&told);
    struct report *report = theme_speaks(check->theme, tag) ? &told : check->report;
    if (!language->rules)
        report_at(report, REPORT_ERROR, (struct place){.file = file->shown},
            "'%.*s' is no language tag: name the file en.yaml, ko.yaml or pt-BR.yaml",
            TEXT_ARGS(tag));
    if (theme_read_words(file, check->arena, report, read))
        for (size_t i = 0; i < read->as.map->count; i++) {
            struct word *word = arena_alloc(check->arena, sizeof *word);
            const struct data_entry *entry = &read->as.map->entries[i];
            *word = (struct word){&entry->key, &entry->value, file};
            map_put(&language->words, entry->key.as.text, word);
        }
    report_release(&told);
}

static void read_languages(struct check *check)
{
    const struct theme *theme = check->theme;
    for (size_t i = 0; i < theme->file_count; i++)
        if (text_starts(theme->files[i].path, "i18n/") && text_ends(theme->files[i].path, ".yaml"))
            read_words(check, &theme->files[i]);
}

/* "ko" for "ko-KP", when the theme has it: then a dialect needs to say only what differs. */
static bool is_dialect(const struct check *check, struct text tag)
{
    ptrdiff_t hyphen = text_find_byte(tag, '-');
    for (size_t i = 0; hyphen > 0 && i < check->count; i++)
        if (text_equal(check->languages[i].tag, text_slice(tag, 0, (size_t)hyphen)))
            return true;
    return false;
}

/* ---- Completeness -------------------------------------------------------------------------------------------- */

/* Every key that another language has and this one lacks. */
static size_t list_missing(
    struct check *check, const struct language *language, struct text **missing)
{
    struct map seen;
    size_t count = 0, capacity = 0;
    map_init(&seen, check->arena);
    for (size_t i = 0; i < check->count; i++)
        for (size_t k = 0; k < check->languages[i].words.count; k++) {
            struct text key = check->languages[i].words.entries[k].key;
            if (map_get(&language->words, key) || map_get(&seen, key))
                continue;
            map_put(&seen, key, check);
            struct text *room =
                list_add(missing, &count, &capacity, check->arena, sizeof(struct text));
            *room = key;
        }
    return count;
}

/* A few to a line. */
static void note_keys(struct check *check, const struct text *keys, size_t count)
{
    enum { a_line = 8 };
    struct buffer line;
    buffer_init(&line);
    for (size_t i = 0; i < count; i++) {
        buffer_format(&line, "%s%.*s", i % a_line ? ", " : "", TEXT_ARGS(keys[i]));
        if (i % a_line + 1 < a_line && i + 1 < count)
            continue;
        report_note(check->report, "%.*s", TEXT_ARGS(buffer_text(&line)));
        buffer_clear(&line);
    }
    buffer_release(&line);
}

static void check_whole(struct check *check, const struct language *language)
{
    struct text *missing = NULL;
    size_t count = list_missing(check, language, &missing);
    if (!count)
        return;
    report_at(check->report, REPORT_WARNING,
        (struct place){.file = arena_format(check->arena, "%.*s/i18n/%.*s.yaml",
                           TEXT_ARGS(check->theme->layers[0].shown), TEXT_ARGS(language->tag))},
        "%zu string%s missing that another language has", count, count == 1 ? " is" : "s are");
    note_keys(check, missing, count);
}

/* Every form that some number takes in the language. */
static void check_forms(
    struct check *check, const struct language *language, const struct word *word)
{
    static const double numbers[] = {0, 1, 2, 3, 5, 6, 8, 11, 12, 20, 21, 22, 25, 100, 101, 1e6};
    for (size_t i = 0; i < BASE_COUNT(numbers); i++) {
        const char *form = unicode_plural(language->rules, numbers[i]);
        if (data_map_find(word->value->as.map, form))
            continue;
        report_at(check->report, REPORT_WARNING, place_of(word->file, word->key),
            "'%.*s' has no form '%s', which %g takes", TEXT_ARGS(word->key->as.text), form,
            numbers[i]);
        return;
    }
}

/* False when one is none: then it may be any of those that are missing. */
static bool check_form_names(struct check *check, const struct word *word)
{
    static const char *const forms[] = {"zero", "one", "two", "few", "many", "other"};
    struct text names[BASE_COUNT(forms)];
    size_t errors = check->report->errors;
    for (size_t i = 0; i < BASE_COUNT(forms); i++)
        names[i] = text_of(forms[i]);
    for (size_t i = 0; i < word->value->as.map->count; i++) {
        const struct data_value *key = &word->value->as.map->entries[i].key;
        bool is_form = false;
        for (size_t k = 0; k < BASE_COUNT(forms); k++)
            is_form |= text_equal(key->as.text, names[k]);
        if (!is_form)
            report_at(check->report, REPORT_ERROR, place_of(word->file, key),
                "unknown plural form '%.*s'%.*s", TEXT_ARGS(key->as.text),
                TEXT_ARGS(report_guess(check->arena, key->as.text, names, BASE_COUNT(forms))));
    }
    return check->report->errors == errors;
}

/* ---- Placeholders -------------------------------------------------------------------------------------------- */

static bool text_holds(struct text text, struct text placeholder)
{
    return text_find(text, placeholder) >= 0;
}

static bool word_holds(const struct word *word, struct text placeholder)
{
    if (word->value->kind == DATA_TEXT)
        return text_holds(word->value->as.text, placeholder);
    for (size_t i = 0; word->value->kind == DATA_MAP && i < word->value->as.map->count; i++)
        if (text_holds(word->value->as.map->entries[i].value.as.text, placeholder))
            return true;
    return false;
}

/* What English fills in is what the templates give. */
static const struct word *english(struct check *check, const struct word *word)
{
    for (size_t i = 0; i < check->count; i++)
        if (text_is(check->languages[i].tag, "en"))
            return map_get(&check->languages[i].words, word->key->as.text);
    return NULL;
}

static void check_placeholders(
    struct check *check, const struct word *word, const struct data_value *value)
{
    const struct word *other = english(check, word);
    struct text rest = value->kind == DATA_TEXT ? value->as.text : TEXT("");
    ptrdiff_t open, close;
    while (other && (open = text_find_byte(rest, '{')) >= 0) {
        rest = text_slice(rest, (size_t)open, rest.length);
        close = text_find_byte(rest, '}');
        if (close < 0)
            return;
        struct text placeholder = text_slice(rest, 0, (size_t)close + 1);
        if (!word_holds(other, placeholder))
            report_at(check->report, REPORT_WARNING, place_of(word->file, value),
                "'%.*s' has %.*s, which it does not have in English", TEXT_ARGS(word->key->as.text),
                TEXT_ARGS(placeholder));
        rest = text_slice(rest, (size_t)close + 1, rest.length);
    }
}

static void check_word(
    struct check *check, const struct language *language, const struct word *word)
{
    check_placeholders(check, word, word->value);
    if (word->value->kind != DATA_MAP)
        return;
    for (size_t i = 0; i < word->value->as.map->count; i++)
        check_placeholders(check, word, &word->value->as.map->entries[i].value);
    if (check_form_names(check, word) && language->rules)
        check_forms(check, language, word);
}

/* ---- What nothing uses ----------------------------------------------------------------------------------------- */

static bool is_template(const struct theme_file *file)
{
    return text_starts(file->path, "templates/");
}

/* The text between the quotes that open at `at`; absent when they do not close in the line. */
static struct text quoted_at(struct text source, size_t at)
{
    for (size_t end = at + 1; end < source.length && source.at[end] != '\n'; end++)
        if (source.at[end] == source.at[at])
            return text_slice(source, at + 1, end);
    return TEXT_NONE;
}

/* 'tracks', or 'kind_' for all that begin so. */
static bool quotes_use(struct text source, struct text key)
{
    for (size_t i = 0; i < source.length; i++) {
        struct text quoted =
            source.at[i] == '\'' || source.at[i] == '"' ? quoted_at(source, i) : TEXT_NONE;
        bool is_start = quoted.length > 1 && text_ends(quoted, "_") && quoted.length < key.length &&
                        text_equal(text_slice(key, 0, quoted.length), quoted);
        if (quoted.at && (is_start || text_equal(quoted, key)))
            return true;
    }
    return false;
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Whether the name stands somewhere by itself. */
static bool has_word(struct text source, struct text name)
{
    size_t at = 0;
    ptrdiff_t found;
    while ((found = text_find(text_slice(source, at, source.length), name)) >= 0) {
        size_t from = at + (size_t)found, end = from + name.length;
        if ((from == 0 || !is_word_byte(source.at[from - 1])) &&
            (end == source.length || !is_word_byte(source.at[end])))
            return true;
        at = end;
    }
    return false;
}

static bool any_template(
    const struct theme *theme, bool (*uses)(struct text, struct text), struct text name)
{
    for (size_t i = 0; i < theme->file_count; i++)
        if (is_template(&theme->files[i]) && uses(theme->files[i].bytes, name))
            return true;
    return false;
}

static bool is_used(const struct check *check, struct text key)
{
    for (size_t i = 0; theme_own_strings[i]; i++)
        if (text_is(key, theme_own_strings[i]))
            return true;
    return any_template(check->theme, quotes_use, key);
}

/* Told once, in the first language; a parent's strings are the parent's affair. */
static void check_unused(struct check *check)
{
    struct map told;
    map_init(&told, check->arena);
    for (size_t i = 0; i < check->count; i++)
        for (size_t k = 0; k < check->languages[i].words.count; k++) {
            const struct word *word = check->languages[i].words.entries[k].value;
            struct text key = word->key->as.text;
            if (word->file->layer > 0 || map_get(&told, key) || is_used(check, key))
                continue;
            map_put(&told, key, check);
            report_at(check->report, REPORT_WARNING, place_of(word->file, word->key),
                "no template uses the string '%.*s'", TEXT_ARGS(key));
        }
}

static void check_settings(struct check *check)
{
    const struct theme *theme = check->theme;
    for (size_t i = 0; i < theme->settings.count; i++) {
        const struct schema_setting *setting = theme->settings.declared[i];
        if (text_equal(setting->file, theme->layers[0].about_file) &&
            !any_template(theme, has_word, setting->name))
            report_at(check->report, REPORT_WARNING, schema_place(setting->file, setting->spot),
                "no template uses the setting '%.*s'", TEXT_ARGS(setting->name));
    }
}

/* What Liner says itself, in pages that it plans. */
static void check_own_strings(struct check *check)
{
    for (size_t i = 0; theme_own_strings[i]; i++) {
        bool is_said = false;
        for (size_t k = 0; k < check->count; k++)
            is_said |= map_get(&check->languages[k].words, text_of(theme_own_strings[i])) != NULL;
        if (!is_said)
            report_at(check->report, REPORT_WARNING,
                (struct place){.file = arena_format(check->arena, "%.*s/i18n",
                                   TEXT_ARGS(check->theme->layers[0].shown))},
                "no language has the string '%s', which every site needs", theme_own_strings[i]);
    }
}

void theme_check(const struct theme *theme, struct arena *arena, struct report *report)
{
    struct check check = {.theme = theme, .arena = arena, .report = report};
    read_languages(&check);
    check_own_strings(&check);
    for (size_t i = 0; i < check.count; i++) {
        const struct language *language = &check.languages[i];
        if (language->rules && !is_dialect(&check, language->tag))
            check_whole(&check, language);
        for (size_t k = 0; k < language->words.count; k++)
            check_word(&check, language, language->words.entries[k].value);
    }
    check_unused(&check);
    check_settings(&check);
    for (size_t i = 0; i < check.count; i++)
        unicode_language_release(check.languages[i].rules);
}
