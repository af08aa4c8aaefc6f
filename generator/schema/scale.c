/*
 * The scale of a blog's ratings: numbers in steps, or letters that are worth a number each.
 *
 *     rating: {min: 0, max: 5, step: 0.5}
 *     rating: {letters: {A+: 10, A: 9.5, A-: 9, B+: 8.5, F: 0}}
 *
 * With letters, the least and the most that one is worth are the bounds, unless they are told.
 */
#include "schema/schema_inside.h"
#include "unicode/unicode.h"

#include <stddef.h>
#include <stdlib.h>

#define SCALE(member)  offsetof(struct schema_scale, member)
#define LETTER(member) offsetof(struct schema_letter, member)

static void read_letters(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);

static const struct data_field letter_fields[] = {
    {.name = "name",
        .kind = FIELD_TEXT,
        .offset = LETTER(name),
        .flags = FIELD_NOT_TYPED | FIELD_NEVER_NONE,
        .help = "the letter"},
    {.name = "rating",
        .kind = FIELD_FLOAT,
        .offset = LETTER(rating),
        .flags = FIELD_NOT_TYPED | FIELD_NEVER_NONE,
        .help = "what it is worth"},
};

const struct data_type schema_letter_type = {.name = "letter",
    .fields = letter_fields,
    .field_count = BASE_COUNT(letter_fields),
    .size = sizeof(struct schema_letter),
    .help = "A letter that stands for a rating."};

static const struct data_field fields[] = {
    {.name = "min",
        .kind = FIELD_FLOAT,
        .offset = SCALE(min),
        .flags = FIELD_NEVER_NONE,
        .help = "the lowest rating",
        .example = "0"},
    {.name = "max",
        .kind = FIELD_FLOAT,
        .offset = SCALE(max),
        .flags = FIELD_NEVER_NONE,
        .help = "the highest rating",
        .example = "10"},
    {.name = "step",
        .kind = FIELD_FLOAT,
        .offset = SCALE(step),
        .flags = FIELD_NEVER_NONE,
        .help = "what ratings go by",
        .example = "0.5"},
    {.name = "letters",
        .kind = FIELD_THINGS,
        .of = &schema_letter_type,
        .offset = SCALE(letters),
        .read = read_letters,
        .typed = "a map of letters to numbers",
        .accepts = "{type: object, minProperties: 2, additionalProperties: {$ref: number}, "
                   "propertyNames: {not: {$ref: number}, pattern: '\\S'}}",
        .help = "letters to rate by in place of steps, and what each is worth",
        .example = "{A: 10, B: 8, C: 6, D: 4, F: 0}"},
    {.name = "aspects",
        .kind = FIELD_TEXTS,
        .offset = SCALE(aspects),
        .flags = FIELD_ONE_OR_MANY,
        .help = "aspects that may be rated one by one",
        .example = "[music, story, rewatch]"},
};

const struct data_type schema_scale_type = {.name = "rating",
    .fields = fields,
    .field_count = BASE_COUNT(fields),
    .size = sizeof(struct schema_scale),
    .help = "The scale of the blog's ratings."};

/* Ten points in halves, where the blog says nothing. */
const struct schema_scale schema_default_scale = {.min = 0, .max = 10, .step = 0.5};

/* ---- What is on it --------------------------------------------------------------------------------------- */

/* Ratings that differ by less are the same: what is left of 0.1 + 0.2 - 0.3. */
static const double nearly = 1e-6;

static const struct schema_letter *letter_at(const struct schema_scale *scale, size_t index)
{
    return ((const struct schema_letter *const *)scale->letters.items)[index];
}

/* "A−" and "a -" are "a-". */
static struct text letter_key(struct arena *arena, struct text name)
{
    static const char *const minuses[] = {"\xE2\x88\x92", "\xE2\x80\x93", "\xE2\x80\x90"};
    struct text folded = unicode_fold(arena, name);
    char *key = arena_alloc(arena, folded.length + 1);
    size_t length = 0;
    for (size_t at = 0; at < folded.length;) {
        size_t from = at;
        bool is_space = unicode_is_space(text_next_point(folded, &at)), is_minus = false;
        struct text sign = text_slice(folded, from, at);
        for (size_t i = 0; i < BASE_COUNT(minuses); i++)
            is_minus = is_minus || text_is(sign, minuses[i]);
        if (is_minus)
            key[length++] = '-';
        for (size_t i = from; !is_minus && !is_space && i < at; i++)
            key[length++] = folded.at[i];
    }
    return (struct text){key, length};
}

const struct schema_letter *schema_find_letter(
    const struct schema_scale *scale, struct arena *arena, struct text name)
{
    struct text key = scale->letters.count ? letter_key(arena, name) : TEXT_NONE;
    for (size_t i = 0; i < scale->letters.count; i++)
        if (text_equal(letter_key(arena, letter_at(scale, i)->name), key))
            return letter_at(scale, i);
    return NULL;
}

const struct schema_letter *schema_nearest_letter(const struct schema_scale *scale, double rating)
{
    const struct schema_letter *nearest = NULL;
    for (size_t i = 0; i < scale->letters.count; i++) {
        const struct schema_letter *letter = letter_at(scale, i);
        double gap = fabs(letter->rating - rating);
        bool is_nearer = !nearest || gap < fabs(nearest->rating - rating) - nearly;
        bool is_equal = nearest && fabs(gap - fabs(nearest->rating - rating)) <= nearly;
        if (is_nearer || (is_equal && letter->rating > nearest->rating))
            nearest = letter;
    }
    return nearest;
}

double schema_nearest_rating(const struct schema_scale *scale, double rating)
{
    char digits[32];
    const struct schema_letter *letter = schema_nearest_letter(scale, rating);
    if (letter)
        return letter->rating;
    double most = floor((scale->max - scale->min) / scale->step + nearly);
    double steps = round((rating - scale->min) / scale->step);
    steps = steps < 0 ? 0 : steps > most ? most : steps;
    double nearest = scale->min + steps * scale->step, quarters = nearest * 4;
    if (fabs(quarters) < 1e6 && !(quarters < floor(quarters)) && !(quarters > floor(quarters)))
        return nearest; /* which is exact, as on most scales */
    snprintf(digits, sizeof digits, "%.10g", nearest);
    return strtod(digits, NULL); /* 0.3, not 0.30000000000000004 */
}

bool schema_is_on_scale(const struct schema_scale *scale, double rating)
{
    return fabs(schema_nearest_rating(scale, rating) - rating) < nearly;
}

/* ---- Reading it -------------------------------------------------------------------------------------------- */

static struct schema_letter *read_letter(struct schema_reading *reading,
    const struct schema_scale *so_far, const struct data_entry *entry)
{
    struct schema_letter *letter = arena_alloc(reading->arena, sizeof *letter);
    double number;
    letter->name = schema_text(reading, &entry->key);
    if (!letter->name.at || schema_number(&entry->key, &number)) {
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, &entry->key),
            "a letter of 'letters' must not be empty, nor a number");
        return NULL;
    }
    if (!schema_number(&entry->value, &letter->rating)) {
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, &entry->value),
            "'%.*s' must be worth a number", TEXT_ARGS(letter->name));
        return NULL;
    }
    const struct schema_letter *same = schema_find_letter(so_far, reading->arena, letter->name);
    const struct schema_letter *near = schema_nearest_letter(so_far, letter->rating);
    if (!same && near && fabs(near->rating - letter->rating) < nearly)
        same = near;
    if (!same)
        return letter;
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, &entry->key),
        "'%.*s' is the same as '%.*s': each letter is worth another number",
        TEXT_ARGS(letter->name), TEXT_ARGS(same->name));
    return NULL;
}

static void read_letters(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_scale *scale = record;
    const struct data_map *map = value->kind == DATA_MAP ? value->as.map : NULL;
    if (!map || map->count < 2) {
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'%s' must be a map of two letters or more: {A: 10, B: 8, C: 6}", field->name);
        return;
    }
    struct schema_letter **letters = arena_array(reading->arena, map->count, sizeof *letters);
    scale->letters.items = letters;
    for (size_t i = 0; i < map->count; i++) {
        letters[scale->letters.count] = read_letter(reading, scale, &map->entries[i]);
        scale->letters.count += letters[scale->letters.count] != NULL;
    }
}

static double worth(const struct schema_scale *scale, bool is_most)
{
    double worth = NAN;
    for (size_t i = 0; i < scale->letters.count; i++) {
        double rating = letter_at(scale, i)->rating;
        if (isnan(worth) || (is_most ? rating > worth : rating < worth))
            worth = rating;
    }
    return worth;
}

/* What is not told follows from the letters, or is as where nothing is told. */
static void settle(struct schema_scale *scale)
{
    const struct schema_scale *standard = &schema_default_scale;
    if (isnan(scale->min))
        scale->min = scale->letters.count ? worth(scale, false) : standard->min;
    if (isnan(scale->max))
        scale->max = scale->letters.count ? worth(scale, true) : standard->max;
    if (isnan(scale->step))
        scale->step = standard->step;
}

static bool check_bounds(struct schema_reading *reading, const struct data_value *value,
    const struct schema_scale *scale)
{
    bool has_bounds = scale->max > scale->min && scale->step > 0;
    if (!has_bounds)
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'rating' needs a max above its min, and a step above 0");
    bool is_inside = !scale->letters.count ||
                     (worth(scale, false) >= scale->min && worth(scale, true) <= scale->max);
    if (has_bounds && !is_inside)
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "a letter is worth less than 'min' or more than 'max'");
    return has_bounds && is_inside;
}

void schema_read_scale(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_scale *scale = arena_alloc(reading->arena, sizeof *scale);
    *scale = schema_default_scale;
    *(const struct schema_scale **)(void *)((char *)record + field->offset) = scale;
    if (value->kind != DATA_MAP) {
        schema_report_type(reading, field, value, "a map: {min: 0, max: 10, step: 0.5}");
        scale->is_unknown = true;
        return;
    }
    bool is_read = schema_read(reading, &schema_scale_type, value, scale);
    bool lacks_letters = !is_read && data_map_find(value->as.map, "letters");
    settle(scale);
    if (!lacks_letters && check_bounds(reading, value, scale) && is_read)
        return;
    *scale = schema_default_scale;
    scale->is_unknown = true;
}
