/*
 * The rows once more, as JSON Schema (draft-07, https://json-schema.org/draft-07): what editors know
 * of front matter and liner.yaml.
 *
 *     {.name = "year", .kind = FIELD_INTEGER, .least = 1900, ...}
 *         ->  "year": {"description": ..., "anyOf": [{"type": "integer", "minimum": 1900, ...}, ...]}
 *
 * A validator sees what its own YAML made of a scalar: 1988 where Liner reads a text, "8.5" in quotes
 * where it reads a number, false for `no`, null for nothing. All of that is let through. What several
 * fields share stands under "definitions"; in this file and in rows `{$ref: text}` is short for
 * `{$ref: '#/definitions/text'}`, and `{$ref: its_map}` means the type that a row is of.
 *
 * What Liner prints is JSON from the start, and nothing but what the rows say.
 */
#include "schema/schema_inside.h"

#include <stdlib.h>

struct shaper {
    struct arena *arena;
    const struct schema_shape_request *request;
    struct data_value definitions;
    const struct data_type *of; /* of the row whose shape is made */
};

/* No control characters, which Liner refuses in a text. */
#define CLEAN "[^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\ufffe\\uffff]*$"

/* Days that exist: months of 31 days, of 30, February of any year, and its 29th in leap years. */
#define FOURTH "(0[48]|[2468][048]|[13579][26])"
#define DAY                                                                                        \
    "((?!0000)\\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|"    \
    "02-(0[1-9]|1\\d|2[0-8]))|(\\d\\d" FOURTH "|" FOURTH "00)-02-29)"
#define TIME                                                                                       \
    "[Tt ]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)? *"                                       \
    "([Zz]|[+-](0\\d|1[0-4])(:?([0-5]\\d)?))?"

#define POSITIVE "[+]?(\\d+\\.?\\d*|\\.\\d+)"
#define NUMBER   "[+-]?(\\d+\\.?\\d*|\\.\\d+)"

/* What rating.c reads as stars: ★ and ⭐, halves, and ☆. */
#define STAR    "\\u2605\\u2b50"
#define HALF    "\\u00bd\\u2be8\\u2bea"
#define NO_STAR "\\u2606"
#define BLANK   "[ \\ufe0f]*"

/* What a policy allows: an address, a host, a word in quotes. */
#define SOURCE "(''[A-Za-z0-9+\\/=_-]+''|[!#-&(-+\\--:<-~]+)"

/* A pattern of addresses: see address.c. */
#define PATTERN(words)                                                                             \
    "^(?!.*\\/[\\/.])(?=.*:slug(?![a-z]))(?=.{1,100}$)"                                            \
    "\\/([A-Za-z0-9_.~\\/-]|[^\\u0000-\\u007f]|:(" words ")(?![a-z]))*(\\/|\\.html)$"

#define HOST "[^\\/ \\t\\n\"<>][^ \\t\\n\"<>]*"

static const struct {
    const char *name, *shape;
} basics[] = {
    {"nothing", "{anyOf: [{type: 'null'}, {type: string, pattern: '^\\s*$'}]}"},
    {"text", "{type: [string, number, boolean], pattern: '^" CLEAN "'}"},
    {"some_text", "{type: [string, number, boolean], pattern: '^(?=[^]*\\S)" CLEAN "'}"},
    {"yes_no",
        "{anyOf: [{type: boolean}, {type: string, pattern: '^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu]"
        "[Ee]|[Ff][Aa][Ll][Ss][Ee]|[Oo][Nn]|[Oo][Ff][Ff])$'}]}"},
    {"date", "{type: string, pattern: '^" DAY "(" TIME ")?$'}"},
    {"comment_id", "{type: [string, number, boolean], pattern: '^[A-Za-z0-9_.-]{1,64}$'}"},
    {"comment_author",
        "{type: [string, number, boolean], pattern: "
        "'^[^\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f\\ufffe\\uffff]{0,100}$'}"},
    {"comment_body", "{type: [string, number, boolean], maxLength: 16384, pattern: '^" CLEAN "'}"},
    {"number", "{anyOf: [{type: number}, {type: string, pattern: '^" NUMBER "$'}]}"},
    {"share", "{type: string, pattern: '^\\s*" POSITIVE "\\s*\\/\\s*(?!0*\\.?0*\\s*$)" POSITIVE
              "\\s*$'}"},
    {"stars", "{type: string, pattern: '^(?=.*[" STAR HALF NO_STAR "])\\s*([" STAR "]" BLANK
              "){0,10}([" HALF "]" BLANK ")?([" NO_STAR "]" BLANK "){0,10}\\s*$'}"},
    {"web_address", "{type: string, pattern: '^https?:\\/\\/" HOST "$'}"},
    {"sources", "{type: string, pattern: '^ *" SOURCE "( +" SOURCE ")* *$'}"},
    {"policies",
        "{type: object, propertyNames: {enum: [default-src, script-src, style-src, img-src, "
        "font-src, connect-src, media-src, frame-src, worker-src, manifest-src, form-action]}, "
        "additionalProperties: {anyOf: [{$ref: nothing}, {$ref: sources}, {type: array, items: "
        "{anyOf: [{$ref: nothing}, {$ref: sources}]}}]}}"},
    {"id_or_address", "{anyOf: [{type: integer}, {type: string, pattern: "
                      "'^([A-Za-z0-9_-]+|https?:\\/\\/" HOST ")$'}]}"},
    {"old_address", "{type: string, pattern: "
                    "'^(?!.*(\\/\\/|[?#\\\\]|\\/\\.\\.?(\\/|$)))\\/" CLEAN "'}"},
    {"pattern", "{type: string, pattern: '" PATTERN("slug") "'}"},
    {"patterns", "{anyOf: [{$ref: nothing}, {$ref: pattern}, {type: array, items: {anyOf: "
                 "[{$ref: nothing}, {$ref: pattern}]}}]}"},
    {"piece_pattern", "{type: string, pattern: '(?!.*:(drama|season|episode)[^/]*:slug)"
                      "(?!.*:slug[^/]*:(drama|season|episode))" PATTERN(
                          "slug|year|month|day|kind|drama|season|episode") "'}"},
    {"piece_patterns", "{anyOf: [{$ref: nothing}, {$ref: piece_pattern}, {type: array, items: "
                       "{anyOf: [{$ref: nothing}, {$ref: piece_pattern}]}}]}"},
    {"site_address", "{type: string, pattern: "
                     "'^https?:\\/\\/(?!.*(\\/\\/|\\/\\.|[?#]))" HOST "$'}"},
};

/* Numbers in quotes: what stands in them is not compared with a range. */
static const char number_in_quotes[] = "{type: string, pattern: '^" NUMBER "$'}";
static const char integer_in_quotes[] = "{type: string, pattern: '^[+-]?(\\d+\\.?0*|\\.0+)$'}";

/* ---- Building ------------------------------------------------------------------------------------------ */

static void set(
    struct shaper *shaper, struct data_value map, const char *key, struct data_value value)
{
    data_map_set(shaper->arena, map.as.map, data_text(text_of(key)), value);
}

static void add(struct shaper *shaper, struct data_value list, struct data_value item)
{
    data_list_add(shaper->arena, list.as.list, item);
}

static struct data_value text(const char *string)
{
    return data_text(text_of(string));
}

/* YAML that stands in this program. */
static struct data_value parse(struct shaper *shaper, const char *yaml)
{
    struct data_value value = {0};
    struct report report;
    report_init(&report);
    bool is_read = data_read_yaml(
        text_of(yaml), TEXT("a row"), 1, &data_limits_front_matter, shaper->arena, &report, &value);
    report_release(&report);
    base_assert(is_read);
    data_resolve_scalars(&value);
    return value;
}

static void define(struct shaper *, struct text name);
static void define_type(struct shaper *, const struct data_type *);

static struct data_value reference_to(struct shaper *shaper, const char *name)
{
    struct data_value map = data_map_new(shaper->arena);
    set(shaper, map, "$ref", data_text(arena_format(shaper->arena, "#/definitions/%s", name)));
    return map;
}

static struct data_value reference(struct shaper *shaper, const char *name)
{
    define(shaper, text_of(name));
    return reference_to(shaper, name);
}

/* A map by the rows of the type. */
static struct data_value map_of(struct shaper *shaper, const struct data_type *type)
{
    define_type(shaper, type);
    return reference_to(shaper, type->name);
}

/* Spells out every `$ref: text`, and sees to it that there is such a definition. */
static void follow(struct shaper *shaper, struct data_value *value)
{
    for (size_t i = 0; value->kind == DATA_LIST && i < value->as.list->count; i++)
        follow(shaper, &value->as.list->items[i]);
    for (size_t i = 0; value->kind == DATA_MAP && i < value->as.map->count; i++) {
        struct data_entry *entry = &value->as.map->entries[i];
        if (text_is(entry->key.as.text, "$ref") && text_is(entry->value.as.text, "its_map"))
            *value = map_of(shaper, shaper->of);
        else if (text_is(entry->key.as.text, "$ref"))
            *value = reference(shaper, arena_text(shaper->arena, entry->value.as.text).at);
        else
            follow(shaper, &entry->value);
    }
}

static struct data_value shape_of(
    struct shaper *shaper, const char *yaml, const struct data_type *of)
{
    struct data_value shape = parse(shaper, yaml);
    const struct data_type *around = shaper->of;
    shaper->of = of;
    follow(shaper, &shape);
    shaper->of = around;
    return shape;
}

/* One of the two; where the first is a choice already, one more beside those. */
static struct data_value either(struct shaper *shaper, struct data_value a, struct data_value b)
{
    struct data_value map = data_map_new(shaper->arena), list = data_list_new(shaper->arena);
    const struct data_value *choice = data_map_find(a.as.map, "anyOf");
    for (size_t i = 0; choice && i < choice->as.list->count; i++)
        add(shaper, list, choice->as.list->items[i]);
    if (!choice)
        add(shaper, list, a);
    add(shaper, list, b);
    set(shaper, map, "anyOf", list);
    return map;
}

/* The same as a choice of one: draft-07 sees nothing beside a "$ref". */
static struct data_value only(struct shaper *shaper, struct data_value shape)
{
    struct data_value map = data_map_new(shaper->arena), list = data_list_new(shaper->arena);
    add(shaper, list, shape);
    set(shaper, map, "allOf", list);
    return map;
}

/* ---- Values -------------------------------------------------------------------------------------------- */

static struct data_value number(
    struct shaper *shaper, const char *type, const char *in_quotes, double least, double most)
{
    struct data_value map = data_map_new(shaper->arena);
    set(shaper, map, "type", text(type));
    if (most > least && isfinite(least))
        set(shaper, map, "minimum", data_float(least));
    if (most > least && isfinite(most))
        set(shaper, map, "maximum", data_float(most));
    return either(shaper, map, parse(shaper, in_quotes));
}

static bool is_one_of(const char *word, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

/* What YAML 1.1 makes of a word that is no text to it, comes after it. */
static struct data_value words(struct shaper *shaper, const char *const *words)
{
    static const char *const yes[] = {"yes", "true", "on", NULL}, *const no[] = {
                                                                      "no", "false", "off", NULL};
    struct data_value map = data_map_new(shaper->arena), list = data_list_new(shaper->arena);
    for (size_t i = 0; words[i]; i++) {
        add(shaper, list, text(words[i]));
        if (is_one_of(words[i], yes) || is_one_of(words[i], no))
            add(shaper, list, data_yes_no(is_one_of(words[i], yes)));
    }
    set(shaper, map, "enum", list);
    return map;
}

/* One value, or a list of them, in which nothing may stand where one would. */
static struct data_value list_of(
    struct shaper *shaper, const struct data_field *field, struct data_value item)
{
    struct data_value map = data_map_new(shaper->arena);
    set(shaper, map, "type", text("array"));
    set(shaper, map, "items", either(shaper, item, reference(shaper, "nothing")));
    return field->flags & FIELD_ONE_OR_MANY ? either(shaper, item, map) : map;
}

/* A map by the rows of its type, or the one field that stands for it. */
static struct data_value thing(struct shaper *shaper, const struct data_type *type)
{
    struct data_value map = map_of(shaper, type);
    return type->shorthand ? either(shaper, reference(shaper, "some_text"), map) : map;
}

static struct data_value by_kind(struct shaper *shaper, const struct data_field *field)
{
    const char *wanted = field->flags & FIELD_REQUIRED ? "some_text" : "text";
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_HTML: return reference(shaper, wanted);
    case FIELD_YES_NO: return reference(shaper, "yes_no");
    case FIELD_DATE: return reference(shaper, "date");
    case FIELD_INTEGER:
        return number(shaper, "integer", integer_in_quotes, field->least, field->most);
    case FIELD_FLOAT: return number(shaper, "number", number_in_quotes, field->least, field->most);
    case FIELD_WORD: return words(shaper, field->words);
    case FIELD_THING: return thing(shaper, field->of);
    case FIELD_TEXTS: return list_of(shaper, field, reference(shaper, "text"));
    case FIELD_THINGS: return list_of(shaper, field, thing(shaper, field->of));
    case FIELD_VALUE:
    case FIELD_COMPUTED: break;
    }
    return data_map_new(shaper->arena); /* anything */
}

/* ---- What Liner prints --------------------------------------------------------------------------------- */

static struct data_value printed_list(struct shaper *shaper, struct data_value item)
{
    struct data_value map = data_map_new(shaper->arena);
    set(shaper, map, "type", text("array"));
    set(shaper, map, "items", item);
    return map;
}

static struct data_value printed_text(struct shaper *shaper, bool has_words)
{
    struct data_value map = data_map_new(shaper->arena);
    set(shaper, map, "type", text("string"));
    if (has_words)
        set(shaper, map, "minLength", data_integer(1));
    return map;
}

static struct data_value printed_integer(struct shaper *shaper, const struct data_field *field)
{
    struct data_value map = data_map_new(shaper->arena);
    set(shaper, map, "type", text("integer"));
    set(shaper, map, "minimum", data_float(field->least));
    return map;
}

static struct data_value printed(struct shaper *shaper, const struct data_field *field)
{
    switch (field->kind) {
    case FIELD_INTEGER: return printed_integer(shaper, field);
    case FIELD_WORD: return words(shaper, field->words);
    case FIELD_TEXTS: return printed_list(shaper, printed_text(shaper, false));
    case FIELD_THINGS: return printed_list(shaper, map_of(shaper, field->of));
    default: base_assert(field->kind == FIELD_TEXT); return printed_text(shaper, true);
    }
}

/* The others of the fields that may be left out. */
static struct data_value together(
    struct shaper *shaper, const struct data_type *type, const struct data_field *field)
{
    struct data_value list = data_list_new(shaper->arena);
    for (size_t i = 0; i < type->field_count; i++)
        if (&type->fields[i] != field && !(type->fields[i].flags & FIELD_REQUIRED))
            add(shaper, list, text(type->fields[i].name));
    return list;
}

/* ---- Types --------------------------------------------------------------------------------------------- */

/* The field as it may stand behind its name: with its help, and with nothing, where it may be left out. */
static struct data_value property(
    struct shaper *shaper, const struct data_type *type, const struct data_field *field)
{
    struct data_value map = data_map_new(shaper->arena), list = data_list_new(shaper->arena);
    set(shaper, map, "description", text(field->help));
    if (field->example) {
        add(shaper, list, parse(shaper, field->example));
        set(shaper, map, "examples", list);
    }
    struct data_value shape = type->is_printed ? printed(shaper, field)
                              : field->accepts ? shape_of(shaper, field->accepts, field->of)
                                               : by_kind(shaper, field);
    if (shape.as.map->count == 0)
        return map;
    if (field->flags & FIELD_REQUIRED && !type->is_printed)
        shape = only(shaper, shape);
    else if (!type->is_printed)
        shape = either(shaper, shape, reference(shaper, "nothing"));
    for (size_t i = 0; i < shape.as.map->count; i++)
        data_map_set(shaper->arena, map.as.map, shape.as.map->entries[i].key,
            shape.as.map->entries[i].value);
    return map;
}

/* `artist` must not stand beside `artists`. */
static struct data_value without(struct shaper *shaper, const char *name)
{
    struct data_value map = data_map_new(shaper->arena), names = data_map_new(shaper->arena);
    set(shaper, names, name, data_yes_no(false));
    set(shaper, map, "properties", names);
    return map;
}

static void add_rows(struct shaper *shaper, struct data_value map, const struct data_type *type)
{
    struct data_value properties = data_map_new(shaper->arena),
                      required = data_list_new(shaper->arena), apart = data_map_new(shaper->arena);
    for (size_t i = 0; i < type->field_count; i++) {
        const struct data_field *field = &type->fields[i];
        if (field->flags & FIELD_NOT_TYPED)
            continue;
        set(shaper, properties, field->name, property(shaper, type, field));
        if (field->flags & FIELD_REQUIRED)
            add(shaper, required, text(field->name));
        if (field->same_as)
            set(shaper, apart, field->name, without(shaper, field->same_as));
        if (type->is_printed && !(field->flags & FIELD_REQUIRED))
            set(shaper, apart, field->name, together(shaper, type, field));
    }
    set(shaper, map, "description", text(type->help));
    set(shaper, map, "type", text("object"));
    set(shaper, map, "additionalProperties", data_yes_no(false));
    if (required.as.list->count)
        set(shaper, map, "required", required);
    if (apart.as.map->count)
        set(shaper, map, "dependencies", apart);
    set(shaper, map, "properties", properties);
}

/* A type is known by its name: the program has no two of one name in one schema. */
static void define_type(struct shaper *shaper, const struct data_type *type)
{
    struct data_value map = data_map_new(shaper->arena);
    if (data_map_find(shaper->definitions.as.map, type->name))
        return;
    set(shaper, shaper->definitions, type->name, map);
    add_rows(shaper, map, type);
}

/* ---- Ratings ------------------------------------------------------------------------------------------- */

/* Above this many steps only the bounds are told. */
enum { most_steps = 200 };

/* The ratings there are on the blog's scale, so that an editor can offer them. */
static struct data_value steps_of(struct shaper *shaper, const struct schema_scale *scale)
{
    struct data_value map = data_map_new(shaper->arena), list = data_list_new(shaper->arena);
    size_t count = (size_t)floor((scale->max - scale->min) / scale->step + 1e-6);
    for (size_t i = 0; i <= count; i++)
        add(shaper, list,
            data_float(schema_nearest_rating(scale, scale->min + (double)i * scale->step)));
    set(shaper, map, "enum", list);
    return map;
}

/* "A-" as a pattern that any case of it fits, and any minus. */
static void add_pattern(struct buffer *pattern, struct text name)
{
    for (size_t at = 0; at < name.length;) {
        size_t from = at;
        uint32_t point = text_next_point(name, &at);
        bool is_letter = (point | 0x20) >= 'a' && (point | 0x20) <= 'z' && point < 0x80;
        if (is_letter)
            buffer_format(pattern, "[%c%c]", (int)(point & ~0x20u), (int)(point | 0x20));
        else if (point == '-')
            buffer_add_string(pattern, "[\\u2010\\u2013\\u2212-]");
        else if (point < 0x80 && strchr("\\^$.*+?()[]{}|/", (int)point))
            buffer_format(pattern, "\\%c", (int)point);
        else
            buffer_add(pattern, text_slice(name, from, at));
    }
}

/* The letters, for editors to offer; and as they may be typed. */
static struct data_value letters_of(struct shaper *shaper, const struct schema_scale *scale)
{
    const struct schema_letter *const *letters = scale->letters.items;
    struct data_value list = data_list_new(shaper->arena), offered = data_map_new(shaper->arena),
                      worth = data_list_new(shaper->arena), typed = data_map_new(shaper->arena);
    struct buffer pattern;
    buffer_init(&pattern);
    buffer_add_string(&pattern, "^\\s*(");
    for (size_t i = 0; i < scale->letters.count; i++) {
        add(shaper, list, data_text(letters[i]->name));
        add(shaper, worth, data_float(letters[i]->rating));
        buffer_add_string(&pattern, i ? "|" : "");
        add_pattern(&pattern, letters[i]->name);
    }
    buffer_add_string(&pattern, ")\\s*$");
    for (size_t i = 0; i < worth.as.list->count; i++)
        add(shaper, list, worth.as.list->items[i]);
    set(shaper, offered, "enum", list);
    set(shaper, typed, "type", text("string"));
    set(shaper, typed, "pattern", data_text(arena_text(shaper->arena, buffer_text(&pattern))));
    buffer_release(&pattern);
    return either(shaper, either(shaper, offered, typed), parse(shaper, number_in_quotes));
}

/* A rating in any spelling; what shares and stars come to on the scale is not compared with it. */
static struct data_value points(struct shaper *shaper)
{
    const struct schema_settings *settings = shaper->request->settings;
    struct data_value numbers;
    if (!settings) /* any number, or any letter */
        return either(shaper, parse(shaper, "{type: number}"), reference(shaper, "some_text"));
    const struct schema_scale *scale = settings->rating;
    if (scale->letters.count)
        numbers = letters_of(shaper, scale);
    else if ((scale->max - scale->min) / scale->step > most_steps)
        numbers = number(shaper, "number", number_in_quotes, scale->min, scale->max);
    else
        numbers = either(shaper, steps_of(shaper, scale), parse(shaper, number_in_quotes));
    return either(
        shaper, either(shaper, numbers, reference(shaper, "share")), reference(shaper, "stars"));
}

static struct data_value points_by_aspect(struct shaper *shaper)
{
    const struct schema_settings *settings = shaper->request->settings;
    struct data_value map = data_map_new(shaper->arena), properties = data_map_new(shaper->arena);
    set(shaper, properties, "overall", reference(shaper, "points"));
    for (size_t i = 0; settings && i < settings->rating->aspects.count; i++) {
        const struct text *aspects = settings->rating->aspects.items;
        data_map_set(
            shaper->arena, properties.as.map, data_text(aspects[i]), reference(shaper, "points"));
    }
    set(shaper, map, "type", text("object"));
    set(shaper, map, "properties", properties);
    set(shaper, map, "additionalProperties",
        settings ? data_yes_no(false) : reference(shaper, "points"));
    return map;
}

/* ---- Definitions ---------------------------------------------------------------------------------------- */

static struct data_value theme_settings(struct shaper *shaper)
{
    struct data_value map = data_map_new(shaper->arena);
    if (shaper->request->theme_settings)
        add_rows(shaper, map, shaper->request->theme_settings);
    else
        set(shaper, map, "type", text("object"));
    return map;
}

static const struct {
    const char *name;
    struct data_value (*make)(struct shaper *);
} made[] = {
    {"points", points},
    {"points_by_aspect", points_by_aspect},
    {"theme_settings", theme_settings},
};

/* A shape that stands in this program, one that is made for the blog, or a type that has a name. */
static void define(struct shaper *shaper, struct text name)
{
    struct data_value key = data_text(name);
    if (data_map_get_text(shaper->definitions.as.map, name))
        return;
    for (size_t i = 0; i < BASE_COUNT(basics); i++)
        if (text_is(name, basics[i].name)) {
            data_map_set(shaper->arena, shaper->definitions.as.map, key,
                shape_of(shaper, basics[i].shape, NULL));
            return;
        }
    for (size_t i = 0; i < BASE_COUNT(made); i++)
        if (text_is(name, made[i].name)) {
            data_map_set(shaper->arena, shaper->definitions.as.map, key, made[i].make(shaper));
            return;
        }
    const struct data_type *type = schema_find_type(name);
    base_assert(type);
    define_type(shaper, type);
}

/* An empty file is an empty list. */
static void add_list(struct shaper *shaper, struct data_value map, const struct data_type *type)
{
    struct data_value kinds = data_list_new(shaper->arena);
    add(shaper, kinds, text("array"));
    add(shaper, kinds, text("null"));
    set(shaper, map, "description", text(type->help));
    set(shaper, map, "type", kinds);
    set(shaper, map, "items",
        either(shaper, thing(shaper, type->list_of), reference(shaper, "nothing")));
}

struct data_value schema_shape(
    struct arena *arena, const struct data_type *type, const struct schema_shape_request *request)
{
    struct shaper shaper = {.arena = arena, .request = request, .definitions = data_map_new(arena)};
    struct data_value map = data_map_new(arena);
    set(&shaper, map, "$schema", text("http://json-schema.org/draft-07/schema#"));
    set(&shaper, map, "title", data_text(arena_format(arena, "Liner: %s", type->name)));
    if (type->list_of)
        add_list(&shaper, map, type);
    else
        add_rows(&shaper, map, type);
    set(&shaper, map, "definitions", shaper.definitions);
    return map;
}
