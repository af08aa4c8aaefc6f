/*
 * Ratings on the blog's scale, in the spellings that writers have for them, or a map of aspects.
 *
 *     rating: 8.5
 *     rating: 4.5/5                              of 10: 9
 *     rating: ★★★★½                              the same; of five where no ☆ says otherwise
 *     rating: B+                                 on a blog of letters
 *     rating: {overall: 8.5, music: 9, story: 7}
 *
 * What is converted must come out on the scale exactly, or it is refused: nothing is rounded.
 */
#include "schema/schema_inside.h"

#include <stddef.h>

/* ---- Shares and stars ---------------------------------------------------------------------------------- */

static bool read_digits(struct text text, double *number)
{
    struct data_value value = data_text(text_trim(text));
    return schema_number(&value, number) && *number >= 0;
}

/* "4.5/5" */
static bool read_share(struct text text, double *part, double *whole)
{
    ptrdiff_t slash = text_find_byte(text, '/');
    return slash > 0 && read_digits(text_slice(text, 0, (size_t)slash), part) &&
           read_digits(text_slice(text, (size_t)slash + 1, text.length), whole) && *whole > 0;
}

enum star { STAR, HALF_STAR, NO_STAR, STARS };

/* STARS for anything else. */
static enum star star_of(uint32_t point)
{
    switch (point) {
    case 0x2605: /* ★ */
    case 0x2B50: /* the picture of one */ return STAR;
    case 0xBD: /* ½ */
    case 0x2BE8:
    case 0x2BEA: /* half a star, black on the left and on the right */ return HALF_STAR;
    case 0x2606: /* ☆ */ return NO_STAR;
    default: return STARS;
    }
}

/* "★★★★½", "★★★☆☆": stars, a half of one, and those that are not given. Of five, or of ten where there are
 * more; where those not given are shown, of as many as there are. */
static bool read_stars(struct text text, double *part, double *whole)
{
    size_t counts[STARS] = {0};
    enum star last = STAR;
    for (size_t at = 0; at < text.length;) {
        uint32_t point = text_next_point(text, &at);
        if (point == ' ' || point == 0xFE0F) /* which asks for a picture */
            continue;
        enum star star = star_of(point);
        if (star == STARS || star < last)
            return false;
        last = star;
        counts[star]++;
    }
    size_t all = counts[STAR] + counts[HALF_STAR] + counts[NO_STAR];
    *part = (double)counts[STAR] + 0.5 * (double)counts[HALF_STAR];
    *whole = counts[NO_STAR] ? (double)all : all > 5 ? 10 : 5;
    return all > 0 && all <= 10 && counts[HALF_STAR] <= 1;
}

/* ---- On the scale -------------------------------------------------------------------------------------------- */

static struct text letters_of(struct arena *arena, const struct schema_scale *scale)
{
    const struct schema_letter *const *letters = scale->letters.items;
    struct text all = TEXT("");
    for (size_t i = 0; i < scale->letters.count; i++)
        all = arena_format(
            arena, "%.*s%s%.*s", TEXT_ARGS(all), i ? ", " : "", TEXT_ARGS(letters[i]->name));
    return all;
}

static struct text guess_letter(
    struct arena *arena, const struct schema_scale *scale, struct text typed)
{
    const struct schema_letter *const *letters = scale->letters.items;
    struct text *names = arena_array(arena, scale->letters.count, sizeof *names);
    for (size_t i = 0; i < scale->letters.count; i++)
        names[i] = letters[i]->name;
    return report_guess(arena, typed, names, scale->letters.count);
}

/* The nearest that fits, also as the share that was typed. */
static void note_nearest(struct schema_reading *reading, double rating, double whole)
{
    const struct schema_scale *scale = reading->settings->rating;
    const struct schema_letter *letter = schema_nearest_letter(scale, rating);
    double nearest = schema_nearest_rating(scale, rating);
    if (letter)
        report_note(reading->report, "the nearest is %.*s, which is worth %g",
            TEXT_ARGS(letter->name), letter->rating);
    else if (whole > 0 && whole < scale->max)
        report_note(reading->report, "the nearest that fits is %g, or %g/%g", nearest,
            nearest * whole / scale->max, whole);
    else
        report_note(reading->report, "the nearest that fits is %g", nearest);
}

/* `whole` is what it was a share of; 0: a number. */
static void report_off(struct schema_reading *reading, const char *what,
    const struct data_value *value, double rating, double whole)
{
    const struct schema_scale *scale = reading->settings->rating;
    struct place place = schema_place_of(reading, value);
    struct text is = TEXT("");
    if (whole > 0)
        is = arena_format(
            reading->arena, " of %.*s, which is %g,", TEXT_ARGS(value->as.text), rating);
    if (scale->letters.count)
        report_at(reading->report, REPORT_ERROR, place,
            "'%s'%.*s must be one of the blog's letters (set in liner.yaml): %.*s", what,
            TEXT_ARGS(is), TEXT_ARGS(letters_of(reading->arena, scale)));
    else if (rating < scale->min || rating > scale->max)
        report_at(reading->report, REPORT_ERROR, place,
            "'%s'%.*s is off the blog's scale of %g to %g (set in liner.yaml)", what, TEXT_ARGS(is),
            scale->min, scale->max);
    else
        report_at(reading->report, REPORT_ERROR, place,
            "'%s'%.*s must go by steps of %g from %g to %g (set in liner.yaml)", what,
            TEXT_ARGS(is), scale->step, scale->min, scale->max);
    note_nearest(reading, rating, whole);
}

/* "B+" */
static bool looks_like_grade(const struct data_value *value)
{
    struct text text = value->kind == DATA_TEXT ? text_trim(value->as.text) : TEXT_NONE;
    return text.length && text_count_points(text) <= 2 && strchr("ABCDEFabcdef", text.at[0]);
}

static void report_unread(
    struct schema_reading *reading, const char *what, const struct data_value *value)
{
    const struct schema_scale *scale = reading->settings->rating;
    struct place place = schema_place_of(reading, value);
    if (scale->letters.count) {
        struct text typed = value->kind == DATA_TEXT ? value->as.text : TEXT("");
        report_at(reading->report, REPORT_ERROR, place,
            "'%s' must be one of the blog's letters (set in liner.yaml): %.*s%.*s", what,
            TEXT_ARGS(letters_of(reading->arena, scale)),
            TEXT_ARGS(guess_letter(reading->arena, scale, typed)));
        return;
    }
    report_at(reading->report, REPORT_ERROR, place, "'%s' must be a number", what);
    report_note(reading->report,
        "the blog's scale is %g to %g (set in liner.yaml); 4.5/5 and "
        "\xE2\x98\x85\xE2\x98\x85\xE2\x98\x85"
        "\xE2\x98\x85\xC2\xBD are converted to it",
        scale->min, scale->max);
    if (looks_like_grade(value))
        report_note(reading->report,
            "to rate by letters, say there what each is worth: rating: {letters: {A: 10, B: 8}}");
}

/* The number on the blog's scale; NAN, with the problem reported, where it is none. */
static double read_points(
    struct schema_reading *reading, const char *what, const struct data_value *value)
{
    const struct schema_scale *scale = reading->settings->rating;
    struct text typed = value->kind == DATA_TEXT ? text_trim(value->as.text) : TEXT("");
    const struct schema_letter *letter = schema_find_letter(scale, reading->arena, typed);
    double number = NAN, whole = 0;
    if (letter || scale->is_unknown)
        return letter ? letter->rating : NAN;
    bool is_read = schema_number(value, &number);
    if (!is_read && (read_share(typed, &number, &whole) || read_stars(typed, &number, &whole))) {
        is_read = true;
        number = number * scale->max / whole;
    }
    if (!is_read)
        report_unread(reading, what, value);
    else if (!schema_is_on_scale(scale, number))
        report_off(reading, what, value, number, whole);
    else
        return whole > 0 ? schema_nearest_rating(scale, number) : number;
    return NAN;
}

void schema_read_track_rating(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    *(double *)(void *)((char *)record + field->offset) = read_points(reading, field->name, value);
}

/* ---- Aspects ------------------------------------------------------------------------------------------------ */

/* The words a map may use: "overall", and the aspects that liner.yaml names. */
static bool check_aspect(struct schema_reading *reading, const struct data_value *key)
{
    const struct data_array *aspects = &reading->settings->rating->aspects;
    const struct text *words = aspects->items;
    for (size_t i = 0; i < aspects->count; i++)
        if (text_equal(words[i], key->as.text))
            return true;
    if (reading->settings->rating->is_unknown)
        return false;
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
        double rating = read_points(reading, entry->key.as.text.at, &entry->value);
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
        writing->rating = read_points(reading, field->name, value);
    else
        schema_report_type(reading, field, value, "a number, or a map of aspects");
}
