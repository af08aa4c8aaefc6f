/*
 * theme.yaml, and the settings that themes declare in it:
 *
 *     settings:
 *       accent: {type: integer, min: 0, max: 35, default: 3, help: the hue of most pages}
 *
 * Each declared setting becomes a row, like those that stand in this program's tables. From the rows
 * the blog's values are read, with the messages of any other YAML, and by them templates are checked.
 */
#include "schema/schema_inside.h"

#include <stddef.h>

#define THEME(member)   offsetof(struct schema_theme, member)
#define SETTING(member) offsetof(struct schema_setting, member)

static void read_settings(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    if (value->kind == DATA_MAP)
        schema_read_raw(reading, field, value, record);
    else
        schema_report_type(reading, field, value, "a map: a setting's name, and what it takes");
}

static const struct data_field theme_fields[] = {
    {.name = "name",
        .kind = FIELD_TEXT,
        .offset = THEME(name),
        .help = "the theme's name",
        .example = "rainy"},
    {.name = "version",
        .kind = FIELD_TEXT,
        .offset = THEME(version),
        .help = "its version",
        .example = "1.0"},
    {.name = "description",
        .kind = FIELD_TEXT,
        .offset = THEME(description),
        .help = "the theme in a sentence",
        .example = "Dark, with large covers."},
    {.name = "needs",
        .kind = FIELD_TEXT,
        .offset = THEME(needs),
        .help = "the first version of Liner that it works with",
        .example = "1.0"},
    {.name = "parent",
        .kind = FIELD_TEXT,
        .offset = THEME(parent),
        .help = "the theme that has what this one lacks",
        .example = "sleeve"},
    {.name = "settings",
        .kind = FIELD_VALUE,
        .offset = THEME(settings),
        .read = read_settings,
        .typed = "a map of settings",
        .accepts = "{type: object, propertyNames: {pattern: '^[a-z_][a-z0-9_]*$'}, "
                   "additionalProperties: {anyOf: [{$ref: setting}, {not: {type: object}}]}}",
        .help = "what a blog may set under theme_settings in liner.yaml",
        .example = "{accent: {type: integer, default: 3, help: the hue of most pages}}"},
};

const struct data_type schema_theme_type = {.name = "theme",
    .fields = theme_fields,
    .field_count = BASE_COUNT(theme_fields),
    .size = sizeof(struct schema_theme),
    .help = "A theme, in its theme.yaml."};

static const char *const kinds[] = {"text", "texts", "yes/no", "integer", "number", "choice", NULL};

static const struct data_field setting_fields[] = {
    {.name = "type",
        .kind = FIELD_WORD,
        .words = kinds,
        .offset = SETTING(type),
        .help = "what a blog may give",
        .example = "integer"},
    {.name = "default",
        .kind = FIELD_VALUE,
        .offset = SETTING(standard),
        .read = schema_read_raw,
        .accepts = "{}",
        .help = "the value where the blog gives none",
        .example = "3"},
    {.name = "choices",
        .kind = FIELD_TEXTS,
        .offset = SETTING(choices),
        .help = "of the type choice: the words to choose from",
        .example = "[serif, sans]"},
    {.name = "min",
        .kind = FIELD_FLOAT,
        .offset = SETTING(min),
        .help = "of the types integer and number: the least",
        .example = "0"},
    {.name = "max",
        .kind = FIELD_FLOAT,
        .offset = SETTING(max),
        .help = "of the types integer and number: the most",
        .example = "35"},
    {.name = "help",
        .kind = FIELD_TEXT,
        .offset = SETTING(help),
        .help = "what it does, in a phrase",
        .example = "the hue of most pages"},
};

const struct data_type schema_setting_type = {.name = "setting",
    .fields = setting_fields,
    .field_count = BASE_COUNT(setting_fields),
    .size = sizeof(struct schema_setting),
    .help = "A setting of a theme, under settings in its theme.yaml."};

/* ---- Declaring ------------------------------------------------------------------------------------------ */

/* Templates write site.theme_settings.NAME. */
static bool is_name(struct text name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = name.at[i];
        bool is_digit = c >= '0' && c <= '9';
        if (!(c >= 'a' && c <= 'z') && c != '_' && !(is_digit && i > 0))
            return false;
    }
    return name.length > 0;
}

static struct schema_setting *find(const struct schema_theme_settings *settings, struct text name)
{
    for (size_t i = 0; i < settings->count; i++)
        if (text_equal(settings->declared[i]->name, name))
            return settings->declared[i];
    return NULL;
}

/* What one theme.yaml says of a setting: a map; or, of a parent's, just another default. */
static bool read_setting(struct schema_reading *reading, const struct data_entry *entry,
    const struct schema_setting *parent, struct schema_setting *setting)
{
    const struct data_value *value = &entry->value;
    struct data_value nothing = data_map_new(reading->arena);
    if (value->kind == DATA_MAP)
        return schema_read(reading, &schema_setting_type, value, setting);
    if (!parent) {
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, &entry->key),
            "the setting '%.*s' needs a map: {type: integer, default: 3}",
            TEXT_ARGS(entry->key.as.text));
        return false;
    }
    nothing.line = value->line;
    nothing.column = value->column;
    nothing.points = value->points;
    schema_read(reading, &schema_setting_type, &nothing, setting);
    setting->standard = data_copy(reading->arena, value);
    return true;
}

/* What it leaves out is as the parent has it. */
static void take_from_parent(struct schema_setting *setting, const struct schema_setting *parent)
{
    setting->type = parent->type;
    if (!setting->choices.count)
        setting->choices = parent->choices;
    if (isnan(setting->min))
        setting->min = parent->min;
    if (isnan(setting->max))
        setting->max = parent->max;
    if (!setting->help.at)
        setting->help = parent->help;
    if (schema_is_empty(&setting->standard)) {
        setting->standard = parent->standard;
        setting->standard_file = parent->standard_file;
    }
}

__attribute__((format(printf, 3, 4))) static bool refuse(
    struct schema_reading *reading, const struct data_entry *entry, const char *format, ...)
{
    char message[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, &entry->key),
        "the setting '%.*s' %s", TEXT_ARGS(entry->key.as.text), message);
    return false;
}

static bool check_setting(struct schema_reading *reading, const struct data_entry *entry,
    const struct schema_setting *parent, const struct schema_setting *setting)
{
    bool is_number =
        setting->type == SCHEMA_SETTING_INTEGER || setting->type == SCHEMA_SETTING_NUMBER;
    if (setting->type < 0 && !parent)
        return refuse(
            reading, entry, "needs a 'type': text, texts, yes/no, integer, number or choice");
    if (parent && setting->type >= 0 && setting->type != parent->type)
        return refuse(reading, entry, "is of the type %s in the parent theme, and stays so",
            kinds[parent->type]);
    if (setting->type < 0)
        return true;
    if (setting->type == SCHEMA_SETTING_CHOICE && !setting->choices.count && !parent)
        return refuse(reading, entry, "needs its 'choices'");
    if (setting->type != SCHEMA_SETTING_CHOICE && setting->choices.count)
        return refuse(reading, entry, "has 'choices', which go with the type choice");
    if (!is_number && (!isnan(setting->min) || !isnan(setting->max)))
        return refuse(reading, entry, "has a 'min' or 'max', which go with integer and number");
    if (setting->min >= setting->max)
        return refuse(reading, entry, "needs a 'max' above its 'min'");
    return true;
}

static void declare(struct schema_reading *reading, const struct data_entry *entry,
    struct schema_theme_settings *settings)
{
    struct text name = entry->key.as.text;
    struct schema_setting *parent = find(settings, name), *setting;
    if (!is_name(name)) {
        refuse(reading, entry, "has a name that templates can't use: take a to z, digits and '_'");
        return;
    }
    setting = arena_alloc(reading->arena, sizeof *setting);
    if (!read_setting(reading, entry, parent, setting) ||
        !check_setting(reading, entry, parent, setting))
        return;
    setting->spot = (struct data_spot){entry->key.line, entry->key.column, entry->key.points};
    setting->name = arena_text(reading->arena, name);
    setting->file = setting->standard_file = reading->file;
    if (parent) {
        take_from_parent(setting, parent);
        *parent = *setting;
        return;
    }
    struct schema_setting **room = list_add(&settings->declared, &settings->count,
        &settings->capacity, reading->arena, sizeof(struct schema_setting *));
    *room = setting;
}

void schema_declare_settings(struct schema_reading *reading, const struct data_value *map,
    struct schema_theme_settings *settings)
{
    for (size_t i = 0; map->kind == DATA_MAP && i < map->as.map->count; i++)
        declare(reading, &map->as.map->entries[i], settings);
}

/* ---- Rows, and the values that a blog gives ------------------------------------------------------------------ */

/* Room for a member of any kind that a setting can have. */
enum { member_bytes = 16 };
_Static_assert(sizeof(struct text) <= member_bytes && sizeof(struct data_array) <= member_bytes &&
                   sizeof(double) <= member_bytes && sizeof(int64_t) <= member_bytes,
    "a setting fits");

static const char *const *words_of(struct arena *arena, const struct data_array *choices)
{
    const struct text *items = choices->items;
    const char **words = arena_array(arena, choices->count + 1, sizeof *words);
    for (size_t i = 0; i < choices->count; i++)
        words[i] = items[i].at;
    return words;
}

static struct data_field row_of(
    struct arena *arena, const struct schema_setting *setting, size_t index)
{
    static const enum data_field_kind field_kinds[] = {
        [SCHEMA_SETTING_TEXT] = FIELD_TEXT,
        [SCHEMA_SETTING_TEXTS] = FIELD_TEXTS,
        [SCHEMA_SETTING_YES_NO] = FIELD_YES_NO,
        [SCHEMA_SETTING_INTEGER] = FIELD_INTEGER,
        [SCHEMA_SETTING_NUMBER] = FIELD_FLOAT,
        [SCHEMA_SETTING_CHOICE] = FIELD_WORD,
    };
    bool is_always_there =
        setting->type == SCHEMA_SETTING_YES_NO || !schema_is_empty(&setting->standard);
    bool has_range = !isnan(setting->min) || !isnan(setting->max);
    return (struct data_field){.name = setting->name.at,
        .kind = field_kinds[setting->type],
        .offset = index * member_bytes,
        .words = words_of(arena, &setting->choices),
        .flags = FIELD_ONE_OR_MANY | (is_always_there ? FIELD_NEVER_NONE : 0),
        .group = DATA_GROUP_FACTS,
        .least = has_range && isnan(setting->min) ? -INFINITY
                 : has_range                      ? setting->min
                                                  : 0,
        .most = has_range && isnan(setting->max) ? INFINITY
                : has_range                      ? setting->max
                                                 : 0,
        .help = setting->help.at ? setting->help.at : ""};
}

static void make_type(struct arena *arena, struct schema_theme_settings *settings)
{
    struct data_field *fields = arena_array(arena, settings->count, sizeof *fields);
    for (size_t i = 0; i < settings->count; i++)
        fields[i] = row_of(arena, settings->declared[i], i);
    settings->type = (struct data_type){.name = "theme_settings",
        .fields = fields,
        .field_count = settings->count,
        .size = settings->count * member_bytes,
        .help = "The theme's own settings."};
}

/* Defaults are read like a blog's values: from the files that declare them. */
static void read_defaults(
    const struct schema_reading *reading, struct schema_theme_settings *settings)
{
    data_set_absent(&settings->type, settings->values);
    for (size_t i = 0; i < settings->count; i++) {
        const struct schema_setting *setting = settings->declared[i];
        struct schema_reading of_theme = {
            .file = setting->standard_file, .arena = reading->arena, .report = reading->report};
        if (!schema_is_empty(&setting->standard))
            schema_read_field(
                &of_theme, &settings->type.fields[i], &setting->standard, settings->values);
    }
}

void schema_read_theme_settings(struct schema_reading *reading, const struct data_value *given,
    struct schema_theme_settings *settings)
{
    make_type(reading->arena, settings);
    settings->values = arena_alloc(reading->arena, settings->type.size + 1);
    read_defaults(reading, settings);
    if (schema_is_empty(given))
        return;
    char *values = arena_alloc(reading->arena, settings->type.size + 1);
    schema_read(reading, &settings->type, given, values);
    for (size_t i = 0; given->kind == DATA_MAP && i < settings->count; i++) {
        const struct data_field *field = &settings->type.fields[i];
        const struct data_value *value = data_map_find(given->as.map, field->name);
        if (value && !schema_is_empty(value))
            memcpy((char *)settings->values + field->offset, values + field->offset, member_bytes);
    }
}
