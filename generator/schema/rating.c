/*
 * Ratings: a number on the blog's scale, or a map of aspects.
 *
 *     rating: 8.5
 *     rating: {overall: 8.5, music: 9, story: 7}
 */
#include "schema/schema_inside.h"

#include <stddef.h>

static bool is_on_step(const struct schema_scale *scale, double rating)
{
    double steps = (rating - scale->min) / scale->step;
    return fabs(steps - round(steps)) < 1e-6;
}

bool schema_check_rating(
    struct schema_reading *reading, const char *what, const struct data_value *value, double rating)
{
    const struct schema_scale *scale = reading->settings->rating;
    if (rating < scale->min || rating > scale->max) {
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'%s' is off the blog's scale of %g to %g (set in liner.yaml)", what, scale->min,
            scale->max);
        return false;
    }
    if (!is_on_step(scale, rating)) {
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'%s' must go by steps of %g (set in liner.yaml)", what, scale->step);
        return false;
    }
    return true;
}

static double read_number(
    struct schema_reading *reading, const char *what, const struct data_value *value)
{
    double number;
    if (!schema_number(value, &number)) {
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'%s' must be a number", what);
        return NAN;
    }
    return schema_check_rating(reading, what, value, number) ? number : NAN;
}

void schema_read_track_rating(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    *(double *)(void *)((char *)record + field->offset) = read_number(reading, field->name, value);
}

/* The words a map may use: "overall", and the aspects that liner.yaml names. */
static bool check_aspect(struct schema_reading *reading, const struct data_value *key)
{
    const struct data_array *aspects = &reading->settings->rating->aspects;
    const struct text *words = aspects->items;
    for (size_t i = 0; i < aspects->count; i++)
        if (text_equal(words[i], key->as.text))
            return true;
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, key),
        "unknown aspect '%.*s'%.*s", TEXT_ARGS(key->as.text),
        TEXT_ARGS(report_guess(reading->arena, key->as.text, words, aspects->count)));
    report_note(reading->report, "aspects are named in liner.yaml, under rating: {aspects: [...]}");
    return false;
}

static void read_map(
    struct schema_reading *reading, const struct data_map *map, struct schema_writing *writing)
{
    struct schema_aspect **aspects = arena_array(reading->arena, map->count, sizeof *aspects);
    size_t count = 0;
    for (size_t i = 0; i < map->count; i++) {
        const struct data_entry *entry = &map->entries[i];
        double rating = read_number(reading, entry->key.as.text.at, &entry->value);
        if (text_is(entry->key.as.text, "overall")) {
            writing->rating = rating;
        } else if (check_aspect(reading, &entry->key)) {
            struct schema_aspect *aspect = arena_alloc(reading->arena, sizeof *aspect);
            aspect->name = schema_text(reading, &entry->key);
            aspect->rating = rating;
            aspects[count++] = aspect;
        }
    }
    writing->aspects = (struct data_array){aspects, count};
}

void schema_read_rating(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_writing *writing = record;
    if (value->kind == DATA_MAP)
        read_map(reading, value->as.map, writing);
    else if (value->kind == DATA_TEXT)
        writing->rating = read_number(reading, field->name, value);
    else
        schema_report_type(reading, field, value, "a number, or a map of aspects");
}
