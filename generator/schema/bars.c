/*
 * How often each rating was given, in bars, the lowest first.
 *
 * A bar for each letter, where the blog rates by letters. Else for each step of the scale, where those are few, or
 * for each whole point, or for each tenth of a longer scale.
 */
#include "schema/schema.h"

enum { steps_most = 12 };

static void add_letters(struct schema_bars *bars, const struct schema_scale *scale)
{
    const struct schema_letter *const *letters = scale->letters.items;
    for (size_t i = 0; i < scale->letters.count && bars->count < SCHEMA_BARS_MOST; i++) {
        size_t at = bars->count++;
        for (; at > 0 && bars->from[at - 1] > letters[i]->rating; at--)
            bars->from[at] = bars->from[at - 1];
        bars->from[at] = letters[i]->rating;
    }
}

static void add_steps(struct schema_bars *bars, const struct schema_scale *scale)
{
    double range = scale->max - scale->min;
    double width = range < steps_most * scale->step ? scale->step
                   : range < steps_most             ? 1
                                                    : range / 10;
    for (double from = scale->min; from <= scale->max && bars->count < SCHEMA_BARS_MOST;
         from = scale->min + (double)bars->count * width)
        bars->from[bars->count++] = from;
}

void schema_bars_init(struct schema_bars *bars, const struct schema_scale *scale)
{
    *bars = (struct schema_bars){.scale = scale};
    if (scale->letters.count)
        add_letters(bars, scale);
    else
        add_steps(bars, scale);
}

/* Of letters the nearest one, else the bar that it stands in: a mean may lie between two. */
static size_t bar_of(const struct schema_bars *bars, double rating)
{
    const struct schema_letter *letter = schema_nearest_letter(bars->scale, rating);
    double reached = letter ? letter->rating : rating + 1e-9;
    size_t bar = 0;
    while (bar + 1 < bars->count && bars->from[bar + 1] <= reached)
        bar++;
    return bar;
}

void schema_bars_add(struct schema_bars *bars, double rating)
{
    if (!bars->count)
        return;
    size_t *count = &bars->counts[bar_of(bars, rating)];
    *count += 1;
    bars->highest = *count > bars->highest ? *count : bars->highest;
}
