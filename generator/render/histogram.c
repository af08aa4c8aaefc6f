/*
 * How often each rating was given: the bars of a histogram, the lowest first.
 *
 *     drama.tracks | histogram     [{label: "6", count: 0, share: 0}, {label: "7", count: 3, share: 75}, ...]
 */
#include "render/render_inside.h"

static void count_item(
    struct schema_bars *bars, const struct data_value *item, struct data_run *run)
{
    struct data_value rating = data_get(item, TEXT("rating"), run);
    if (rating.kind == DATA_FLOAT || rating.kind == DATA_INTEGER)
        schema_bars_add(
            bars, rating.kind == DATA_FLOAT ? rating.as.number : (double)rating.as.integer);
}

static struct data_value bar_value(const struct schema_bars *bars, size_t i, struct arena *arena)
{
    const struct schema_letter *letter = schema_nearest_letter(bars->scale, bars->from[i]);
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
    struct schema_bars bars;
    if (items->kind != DATA_LIST && items->kind != DATA_ARRAY)
        return template_fail(call, "'histogram' wants a list of things with a rating, not %s",
            data_kind_name((enum data_kind)items->kind));
    schema_bars_init(&bars, scale);
    for (size_t i = 0; i < data_count(items); i++) {
        struct data_value item = data_item(items, i);
        count_item(&bars, &item, call->run);
    }
    struct data_value list = data_list_new(scratch);
    for (size_t i = 0; i < bars.count; i++)
        data_list_add(scratch, list.as.list, bar_value(&bars, i, scratch));
    return list;
}
