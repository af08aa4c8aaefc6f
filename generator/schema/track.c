/* Tracks: the rows of a track's fields, and the two ways a list of them is written. */
#include "schema/schema_inside.h"

#include <stddef.h>

static const char *const kinds[] = {"vocal", "instrumental", NULL};

#define TRACK(member) offsetof(struct schema_track, member)
#define MENTIONS      .kind = FIELD_THINGS, .of = &schema_artist_mention_type, .flags = FIELD_ONE_OR_MANY

static const struct data_field fields[] = {
    {.name = "title",
        .kind = FIELD_TEXT,
        .offset = TRACK(title),
        .flags = FIELD_REQUIRED,
        .group = DATA_GROUP_NAME,
        .help = "the track's title",
        .example = "Stay With Me"},
    {.name = "native",
        .kind = FIELD_TEXT,
        .offset = TRACK(native),
        .group = DATA_GROUP_NAME,
        .help = "the title in its own script",
        .example = "이젠 친구에서 연인이 되고 싶어"},
    {.name = "artists",
        MENTIONS,
        .offset = TRACK(artists),
        .group = DATA_GROUP_LINKS,
        .help = "who performs it",
        .example = "[Chanyeol, Punch]"},
    {.name = "artist",
        MENTIONS | FIELD_HIDDEN,
        .offset = TRACK(artists),
        .same_as = "artists",
        .help = "who performs it",
        .example = "Crush"},
    {.name = "composers",
        MENTIONS,
        .offset = TRACK(composers),
        .group = DATA_GROUP_LINKS,
        .help = "who wrote the music"},
    {.name = "lyricists",
        MENTIONS,
        .offset = TRACK(lyricists),
        .group = DATA_GROUP_LINKS,
        .help = "who wrote the words"},
    {.name = "kind",
        .kind = FIELD_WORD,
        .words = kinds,
        .offset = TRACK(kind),
        .group = DATA_GROUP_FACTS,
        .help = "whether it is sung"},
    {.name = "drama",
        .kind = FIELD_THING,
        .of = &schema_drama_mention_type,
        .offset = TRACK(drama),
        .group = DATA_GROUP_LINKS,
        .help = "the drama it is from, where the writing covers several",
        .example = "Goblin"},
    {.name = "season",
        .kind = FIELD_INTEGER,
        .offset = TRACK(season),
        .least = 1,
        .most = 99,
        .group = DATA_GROUP_FACTS,
        .help = "the season it is from"},
    {.name = "part",
        .kind = FIELD_TEXT,
        .offset = TRACK(part),
        .group = DATA_GROUP_FACTS,
        .help = "the part of the soundtrack's release",
        .example = "Part 3"},
    {.name = "released",
        .kind = FIELD_DATE,
        .offset = TRACK(released),
        .group = DATA_GROUP_FACTS,
        .help = "the day it came out",
        .example = "2022-03-23"},
    {.name = "duration",
        .kind = FIELD_TEXT,
        .offset = TRACK(duration),
        .group = DATA_GROUP_FACTS,
        .help = "how long it is",
        .example = "3:45"},
    {.name = "rating",
        .kind = FIELD_FLOAT,
        .offset = TRACK(rating),
        .read = schema_read_track_rating,
        .group = DATA_GROUP_FACTS,
        .help = "the rating of this track, on the blog's scale"},
    {.name = "pick",
        .kind = FIELD_YES_NO,
        .offset = TRACK(pick),
        .group = DATA_GROUP_FACTS,
        .help = "whether it is a favourite",
        .example = "yes"},
    {.name = "moods",
        .kind = FIELD_TEXTS,
        .flags = FIELD_ONE_OR_MANY,
        .offset = TRACK(moods),
        .group = DATA_GROUP_FACTS,
        .help = "how it feels",
        .example = "[wistful]"},
    {.name = "instruments",
        .kind = FIELD_TEXTS,
        .flags = FIELD_ONE_OR_MANY,
        .offset = TRACK(instruments),
        .group = DATA_GROUP_FACTS,
        .help = "what is heard",
        .example = "[piano, strings]"},
    {.name = "language",
        .kind = FIELD_TEXT,
        .offset = TRACK(language),
        .group = DATA_GROUP_FACTS,
        .help = "the language it is sung in",
        .example = "en"},
    {.name = "note",
        .kind = FIELD_TEXT,
        .offset = TRACK(note),
        .group = DATA_GROUP_FACTS,
        .help = "a remark"},
    {.name = "youtube",
        .kind = FIELD_TEXT,
        .offset = TRACK(youtube),
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on YouTube"},
    {.name = "spotify",
        .kind = FIELD_TEXT,
        .offset = TRACK(spotify),
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on Spotify"},
    {.name = "apple",
        .kind = FIELD_TEXT,
        .offset = TRACK(apple),
        .group = DATA_GROUP_FACTS,
        .help = "its address on Apple Music"},
    {.name = "melon",
        .kind = FIELD_TEXT,
        .offset = TRACK(melon),
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on Melon"},
    {.name = "genie",
        .kind = FIELD_TEXT,
        .offset = TRACK(genie),
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on Genie"},
    {.name = "bugs",
        .kind = FIELD_TEXT,
        .offset = TRACK(bugs),
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on Bugs"},
    {.name = "flo",
        .kind = FIELD_TEXT,
        .offset = TRACK(flo),
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on FLO"},
    {.name = "vibe",
        .kind = FIELD_TEXT,
        .offset = TRACK(vibe),
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on VIBE"},
    {.name = "soundcloud",
        .kind = FIELD_TEXT,
        .offset = TRACK(soundcloud),
        .group = DATA_GROUP_FACTS,
        .help = "its address on SoundCloud"},
    {.name = "bandcamp",
        .kind = FIELD_TEXT,
        .offset = TRACK(bandcamp),
        .group = DATA_GROUP_FACTS,
        .help = "its address on Bandcamp"},
    {.name = "extra",
        .kind = FIELD_VALUE,
        .offset = TRACK(extra),
        .group = DATA_GROUP_FACTS,
        .help = "fields of the theme's own"},
};

const struct data_type schema_track_type = {.name = "track",
    .fields = fields,
    .field_count = BASE_COUNT(fields),
    .size = sizeof(struct schema_track),
    .has_spot = true,
    .spot_offset = TRACK(spot),
    .help = "A song or a piece of a drama's soundtrack."};

/* ---- The list -------------------------------------------------------------------------------------------------- */

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

/* The lines of `tracks: |`. libyaml says where the block starts, on the line of its "|"; its own
 * indent is gone from the text, and two more than the field's is what people type. */
static void read_block(
    struct schema_reading *reading, struct track_list *list, const struct data_value *value)
{
    struct text rest = value->as.text, line;
    struct data_spot spot = {.line = value->line + 1, .column = 3, .points = 1};
    for (; text_line(&rest, &line); spot.line++)
        read_line(reading, list, line, spot);
}

static void read_item(
    struct schema_reading *reading, struct track_list *list, const struct data_value *item)
{
    struct schema_track track;
    if (item->kind == DATA_TEXT)
        read_line(reading, list, item->as.text,
            (struct data_spot){item->line, item->column + !item->plain, item->points});
    else if (schema_read(reading, &schema_track_type, item, &track))
        add_track(reading, list, &track);
}

void schema_read_tracks(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct track_list list = {0};
    if (value->kind == DATA_TEXT)
        read_block(reading, &list, value);
    else if (value->kind == DATA_LIST)
        for (size_t i = 0; i < value->as.list->count; i++)
            read_item(reading, &list, &value->as.list->items[i]);
    else
        schema_report_type(reading, field, value, "a list, or lines under 'tracks: |'");
    *(struct data_array *)(void *)((char *)record + field->offset) =
        (struct data_array){list.items, list.count};
}
