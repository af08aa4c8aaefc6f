/*
 * How often each rating was given: the bars of a histogram, the lowest first.
 *
 *     drama.tracks | histogram     [{label: "6", count: 0, share: 0}, {label: "7", count: 3, share: 75}, ...]
 *
 * A bar for each letter, where the blog rates by letters. Else for each step of the scale, where those are few, or
 * for each whole point, or for each tenth of a longer scale.
 */
#include "render/render_inside.h"

enum { bars_most = 64, steps_most = 12 };

struct bars {
    double from[bars_most]; /* the lowest rating of each */
    size_t counts[bars_most];
    size_t count, highest;
};

static void add_letters(struct bars *bars, const struct schema_scale *scale)
{
    const struct schema_letter *const *letters = scale->letters.items;
    for (size_t i = 0; i < scale->letters.count && bars->count < bars_most; i++) {
        size_t at = bars->count++;
        for (; at > 0 && bars->from[at - 1] > letters[i]->rating; at--)
            bars->from[at] = bars->from[at - 1];
        bars->from[at] = letters[i]->rating;
    }
}

static void add_steps(struct bars *bars, const struct schema_scale *scale)
{
    double range = scale->max - scale->min;
    double width = range < steps_most * scale->step ? scale->step
                   : range < steps_most             ? 1
                                                    : range / 10;
    for (double from = scale->min; from <= scale->max && bars->count < bars_most;
         from = scale->min + (double)bars->count * width)
        bars->from[bars->count++] = from;
}

/* Of letters the nearest one, else the bar that it stands in: a mean may lie between two. */
static size_t bar_of(const struct bars *bars, const struct schema_scale *scale, double rating)
{
    const struct schema_letter *letter = schema_nearest_letter(scale, rating);
    double reached = letter ? letter->rating : rating + 1e-9;
    size_t bar = 0;
    while (bar + 1 < bars->count && bars->from[bar + 1] <= reached)
        bar++;
    return bar;
}

static void count_item(struct bars *bars, const struct schema_scale *scale,
    const struct data_value *item, struct data_run *run)
{
    struct data_value rating = data_get(item, TEXT("rating"), run);
    if (!bars->count || (rating.kind != DATA_FLOAT && rating.kind != DATA_INTEGER))
        return;
    size_t *count = &bars->counts[bar_of(
        bars, scale, rating.kind == DATA_FLOAT ? rating.as.number : (double)rating.as.integer)];
    *count += 1;
    bars->highest = *count > bars->highest ? *count : bars->highest;
}

static struct data_value bar_value(
    const struct bars *bars, size_t i, const struct schema_scale *scale, struct arena *arena)
{
    const struct schema_letter *letter = schema_nearest_letter(scale, bars->from[i]);
    struct data_value bar = data_map_new(arena);
    size_t share = bars->highest ? bars->counts[i] * 100 / bars->highest : 0;
    struct text label = letter ? letter->name : render_short_number(arena, bars->from[i]);
    data_map_set(arena, bar.as.map, data_text(TEXT("label")), data_text(label));
    data_map_set(
        arena, bar.as.map, data_text(TEXT("count")), data_integer((int64_t)bars->counts[i]));
    data_map_set(arena, bar.as.map, data_text(TEXT("share")), data_integer((int64_t)share));
    return bar;
}

struct data_value render_histogram(struct template_call *call)
{
    const struct schema_scale *scale = render_site_of(call)->settings->rating;
    const struct data_value *items = &call->arguments[0];
    struct arena *scratch = call->run->scratch;
    struct bars bars = {.count = 0};
    if (items->kind != DATA_LIST && items->kind != DATA_ARRAY)
        return template_fail(call, "'histogram' wants a list of things with a rating, not %s",
            data_kind_name((enum data_kind)items->kind));
    if (scale->letters.count)
        add_letters(&bars, scale);
    else
        add_steps(&bars, scale);
    for (size_t i = 0; i < data_count(items); i++) {
        struct data_value item = data_item(items, i);
        count_item(&bars, scale, &item, call->run);
    }
    struct data_value list = data_list_new(scratch);
    for (size_t i = 0; i < bars.count; i++)
        data_list_add(scratch, list.as.list, bar_value(&bars, i, scale, scratch));
    return list;
}
