/*
 * The two ways a list of tracks is written: as maps, and as pasted lines. Either may be in groups:
 *
 *     tracks: |                          tracks:
 *       ## Hidden gems                     - group: Hidden gems
 *       Chanyeol & Punch - Stay With Me      tracks:
 *       ...                                    - {title: Stay With Me, artists: [Chanyeol, Punch]}
 *
 * or with `group: Hidden gems` on each track. Tracks of one group stand together in what is read.
 */
#include "schema/schema_inside.h"
#include "unicode/unicode.h"

#include <stddef.h>

/* A map that holds tracks; without any it is a heading for the items behind it. */
struct track_group {
    struct data_spot spot;
    struct text group;
    struct data_array tracks;
};

#define GROUP(member) offsetof(struct track_group, member)

static const struct data_field group_fields[] = {
    {.name = "group",
        .kind = FIELD_TEXT,
        .offset = GROUP(group),
        .flags = FIELD_REQUIRED,
        .help = "what the tracks have in common",
        .example = "Hidden gems"},
    {.name = "tracks",
        .kind = FIELD_THINGS,
        .of = &schema_track_type,
        .offset = GROUP(tracks),
        .read = schema_read_tracks,
        .typed = "lines under 'tracks: |', or a list of maps and lines",
        .accepts =
            "{anyOf: [{type: string}, {type: array, items: {anyOf: [{type: [string, 'null']}, "
            "{$ref: its_map}]}}]}",
        .help = "the tracks of the group; without them, it is a heading for what follows",
        .example = "[\"Chanyeol & Punch - Stay With Me\"]"},
};

const struct data_type schema_track_group_type = {.name = "group",
    .fields = group_fields,
    .field_count = BASE_COUNT(group_fields),
    .size = sizeof(struct track_group),
    .has_spot = true,
    .spot_offset = GROUP(spot),
    .help = "Tracks under one heading, in a list of tracks."};

struct track_list {
    struct schema_track **items;
    size_t count, capacity;
    struct text group; /* that the next tracks belong to; absent for none */
    struct data_spot group_spot;
    bool is_group_empty;
};

/* ---- Groups --------------------------------------------------------------------------------------- */

static void report_empty_group(const struct schema_reading *reading, const struct track_list *list)
{
    if (!list->group.at || !list->is_group_empty || reading->is_partial)
        return;
    report_at(reading->report, REPORT_ERROR, schema_place(reading->file, list->group_spot),
        "no track stands under '%.*s'", TEXT_ARGS(list->group));
}

static void start_group(const struct schema_reading *reading, struct track_list *list,
    struct text group, struct data_spot spot)
{
    report_empty_group(reading, list);
    list->group = group;
    list->group_spot = spot;
    list->is_group_empty = true;
}

static void set_group(struct schema_reading *reading, struct schema_track *track, struct text group)
{
    struct schema_track_more *more = data_own_part(&schema_track_part, track, reading->arena);
    more->group = group;
}

static void add_track(
    struct schema_reading *reading, struct track_list *list, const struct schema_track *track)
{
    struct schema_track **slot =
        list_add(&list->items, &list->count, &list->capacity, reading->arena, sizeof *slot);
    *slot = arena_alloc(reading->arena, sizeof **slot);
    **slot = *track;
    if (!track->more->group.at && list->group.at)
        set_group(reading, *slot, list->group);
}

static bool has_groups(const struct track_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->more->group.at)
            return true;
    return false;
}

/* The list of the track's group, which is spelled as its first track does. */
static struct track_list *list_of_group(
    struct schema_reading *reading, struct map *groups, struct schema_track *track)
{
    struct arena *arena = reading->arena;
    struct text group = track->more->group, key = group.at ? unicode_key(arena, group) : TEXT("");
    struct track_list *list = map_get(groups, key);
    if (!list)
        list = map_put(groups, key, arena_alloc(arena, sizeof *list));
    if (list->count && group.at)
        set_group(reading, track, list->items[0]->more->group);
    return list;
}

/* Tracks of one group side by side, the groups in the order of their first tracks; those without one
 * likewise. */
static void gather_groups(struct schema_reading *reading, struct track_list *list)
{
    struct arena *arena = reading->arena;
    struct map groups;
    if (!has_groups(list))
        return;
    map_init(&groups, arena);
    for (size_t i = 0; i < list->count; i++) {
        struct track_list *group = list_of_group(reading, &groups, list->items[i]);
        struct schema_track **slot =
            list_add(&group->items, &group->count, &group->capacity, arena, sizeof *slot);
        *slot = list->items[i];
    }
    list->count = 0;
    for (size_t i = 0; i < groups.count; i++) {
        const struct track_list *group = groups.entries[i].value;
        memcpy(list->items + list->count, group->items, group->count * sizeof *list->items);
        list->count += group->count;
    }
}

/* ---- Lines ----------------------------------------------------------------------------------------- */

/* "## Hidden gems ##": what stands between the signs; absent where the line is no heading. */
static struct text heading_in(struct text line)
{
    size_t signs = 0;
    line = text_trim(line);
    while (signs < line.length && line.at[signs] == '#')
        signs++;
    if (signs == 0 || signs > 6 || (signs < line.length && line.at[signs] != ' '))
        return TEXT_NONE;
    line = text_trim(text_slice(line, signs, line.length));
    while (text_ends(line, "#"))
        line.length--;
    return text_trim(line);
}

static void read_heading(struct schema_reading *reading, struct track_list *list,
    struct text heading, struct data_spot spot)
{
    struct data_value value = data_text(heading);
    value.line = spot.line;
    value.column = spot.column;
    value.points = spot.points;
    struct text group = schema_text(reading, &value);
    if (!heading.length && !reading->is_partial)
        report_at(reading->report, REPORT_ERROR, schema_place(reading->file, spot),
            "this heading has no words: write '## Hidden gems'");
    start_group(reading, list, group, spot);
}

static void read_line(struct schema_reading *reading, struct track_list *list, struct text line,
    struct data_spot spot)
{
    struct schema_track track;
    struct text heading = heading_in(line);
    if (heading.at) {
        struct text trimmed = text_trim(line);
        spot.column += (uint32_t)(trimmed.at - line.at); /* blanks, one column each */
        spot.points = (uint32_t)text_count_points(trimmed);
        read_heading(reading, list, heading, spot);
        return;
    }
    if (!text_trim(line).length)
        return;
    list->is_group_empty = false;
    if (schema_read_track_line(reading, line, spot, &track))
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

/* ---- Maps ------------------------------------------------------------------------------------------ */

static void read_track(
    struct schema_reading *reading, struct track_list *list, const struct data_value *item)
{
    struct schema_track track;
    if (schema_report_meant_text(reading, &schema_track_type, item))
        return;
    list->is_group_empty = false;
    schema_read(reading, &schema_track_type, item, &track);
    if (track.title.at) /* a track with a mistake in it is kept, as far as it can be told: links may
                           lead to it */
        add_track(reading, list, &track);
}

/* The group ends with its map; a heading alone goes on. */
static void read_group(
    struct schema_reading *reading, struct track_list *list, const struct data_value *item)
{
    struct track_group group;
    size_t errors = reading->report->errors;
    schema_read(reading, &schema_track_group_type, item, &group);
    bool is_good = reading->report->errors == errors;
    const struct data_value *key = data_map_find(item->as.map, "group");
    start_group(reading, list, group.group,
        key ? (struct data_spot){key->line, key->column, key->points} : group.spot);
    if (!data_map_find(item->as.map, "tracks"))
        return;
    struct schema_track *const *tracks = group.tracks.items;
    for (size_t i = 0; i < group.tracks.count; i++)
        add_track(reading, list, tracks[i]);
    list->is_group_empty = is_good && !group.tracks.count;
    start_group(reading, list, TEXT_NONE, group.spot);
}

static void read_item(
    struct schema_reading *reading, struct track_list *list, const struct data_value *item)
{
    bool is_map = item->kind == DATA_MAP;
    bool has_group = is_map && data_map_find(item->as.map, "group");
    bool is_group = is_map && (data_map_find(item->as.map, "tracks") ||
                                  (has_group && item->as.map->count == 1));
    if (item->kind == DATA_TEXT)
        read_text(reading, list, item);
    else if (is_group)
        read_group(reading, list, item);
    else
        read_track(reading, list, item);
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
    report_empty_group(reading, &list);
    gather_groups(reading, &list);
    *(struct data_array *)(void *)((char *)record + field->offset) =
        (struct data_array){list.items, list.count};
}
