/* The two ways a list of tracks is written: as maps, and as pasted lines. */
#include "schema/schema_inside.h"

struct track_list {
    struct schema_track **items;
    size_t count, capacity;
};

static void add_track(
    struct schema_reading *reading, struct track_list *list, const struct schema_track *track)
{
    struct schema_track **slot =
        list_add(&list->items, &list->count, &list->capacity, reading->arena, sizeof *slot);
    *slot = arena_alloc(reading->arena, sizeof **slot);
    **slot = *track;
}

static void read_line(struct schema_reading *reading, struct track_list *list, struct text line,
    struct data_spot spot)
{
    struct schema_track track;
    if (text_trim(line).length && schema_read_track_line(reading, line, spot, &track))
        add_track(reading, list, &track);
}

/* The text of the source from one of its lines on. */
static struct text source_from(const struct schema_reading *reading, uint32_t number)
{
    struct text rest = reading->yaml, line;
    for (uint32_t i = reading->yaml_line; i < number; i++)
        if (!text_line(&rest, &line))
            break;
    return rest;
}

/* What the value starts with in the source: '|' for a block of lines; 0 without a source. */
static char first_sign(const struct schema_reading *reading, const struct data_value *value)
{
    struct text rest = source_from(reading, value->line), line = TEXT_NONE;
    text_line(&rest, &line);
    size_t at = 0;
    for (uint32_t column = 1; column < value->column && at < line.length; column++)
        text_next_point(line, &at);
    return at < line.length ? line.at[at] : 0;
}

/* The lines of `tracks: |`, which start below the "|". Their indent is gone from the text; what the
 * line has more in the source is its width. */
static void read_block(
    struct schema_reading *reading, struct track_list *list, const struct data_value *value)
{
    struct text rest = value->as.text, source = source_from(reading, value->line + 1), line, raw;
    struct data_spot spot = {.line = value->line + 1, .points = 1};
    for (; text_line(&rest, &line); spot.line++) {
        raw = line;
        text_line(&source, &raw);
        spot.column = 1 + (uint32_t)(raw.length > line.length ? raw.length - line.length : 0);
        read_line(reading, list, line, spot);
    }
}

/* One line, as it stands, or a block of them. */
static void read_text(
    struct schema_reading *reading, struct track_list *list, const struct data_value *value)
{
    /* A text that goes over several lines has no width. */
    bool has_lines = value->points == 1 && text_count_points(value->as.text) > 1;
    char sign = has_lines ? first_sign(reading, value) : 0;
    if (!has_lines)
        read_line(reading, list, value->as.text,
            (struct data_spot){value->line, value->column + !value->plain, value->points});
    else if (sign == '|' || (sign == 0 && !value->plain))
        read_block(reading, list, value);
    else
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "YAML joins these lines into one: write the tracks under 'tracks: |'");
}

/* A track with a mistake in it is kept, as far as it can be told: links may lead to it. */
static void read_item(
    struct schema_reading *reading, struct track_list *list, const struct data_value *item)
{
    struct schema_track track;
    if (item->kind == DATA_TEXT) {
        read_text(reading, list, item);
        return;
    }
    if (schema_report_meant_text(reading, &schema_track_type, item))
        return;
    schema_read(reading, &schema_track_type, item, &track);
    if (track.title.at)
        add_track(reading, list, &track);
}

void schema_read_tracks(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct track_list list = {0};
    if (value->kind == DATA_TEXT)
        read_text(reading, &list, value);
    else if (value->kind == DATA_LIST)
        for (size_t i = 0; i < value->as.list->count; i++)
            read_item(reading, &list, &value->as.list->items[i]);
    else
        schema_report_type(reading, field, value, "a list, or lines under 'tracks: |'");
    *(struct data_array *)(void *)((char *)record + field->offset) =
        (struct data_array){list.items, list.count};
}
