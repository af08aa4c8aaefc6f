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
        .offset = TRACK(credits[SCHEMA_COMPOSERS]),
        .group = DATA_GROUP_LINKS,
        .help = "who wrote the music",
        .example = "[Rocoberry]"},
    {.name = "lyricists",
        MENTIONS,
        .offset = TRACK(credits[SCHEMA_LYRICISTS]),
        .group = DATA_GROUP_LINKS,
        .help = "who wrote the words",
        .example = "[Ji Hoon]"},
    {.name = "arrangers",
        MENTIONS,
        .offset = TRACK(credits[SCHEMA_ARRANGERS]),
        .group = DATA_GROUP_LINKS,
        .help = "who arranged it",
        .example = "[Rocoberry]"},
    {.name = "producers",
        MENTIONS,
        .offset = TRACK(credits[SCHEMA_PRODUCERS]),
        .group = DATA_GROUP_LINKS,
        .help = "who produced it",
        .example = "[Nam Hye-seung]"},
    {.name = "kind",
        .kind = FIELD_WORD,
        .words = kinds,
        .offset = TRACK(kind),
        .group = DATA_GROUP_FACTS,
        .help = "whether it is sung",
        .example = "vocal"},
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
        .help = "the season it is from",
        .example = "1"},
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
        .accepts = "{$ref: points}",
        .group = DATA_GROUP_FACTS,
        .help = "the rating of this track, on the blog's scale",
        .example = "9"},
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
        .help = "a remark",
        .example = "The version of episode 2."},
    {.name = "youtube",
        .kind = FIELD_TEXT,
        .offset = TRACK(youtube),
        .read = schema_read_service,
        .typed = "an id or a web address",
        .accepts = "{$ref: id_or_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on YouTube",
        .example = "pcKR0LPwoYs"},
    {.name = "spotify",
        .kind = FIELD_TEXT,
        .offset = TRACK(spotify),
        .read = schema_read_service,
        .typed = "an id or a web address",
        .accepts = "{$ref: id_or_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on Spotify",
        .example = "https://open.spotify.com/track/1"},
    {.name = "apple",
        .kind = FIELD_TEXT,
        .offset = TRACK(apple),
        .read = schema_read_service,
        .typed = "a web address",
        .accepts = "{$ref: address}",
        .group = DATA_GROUP_FACTS,
        .help = "its address on Apple Music",
        .example = "https://music.apple.com/kr/song/1"},
    {.name = "melon",
        .kind = FIELD_TEXT,
        .offset = TRACK(melon),
        .read = schema_read_service,
        .typed = "an id or a web address",
        .accepts = "{$ref: id_or_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on Melon",
        .example = "8188998"},
    {.name = "genie",
        .kind = FIELD_TEXT,
        .offset = TRACK(genie),
        .read = schema_read_service,
        .typed = "an id or a web address",
        .accepts = "{$ref: id_or_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on Genie",
        .example = "86963346"},
    {.name = "bugs",
        .kind = FIELD_TEXT,
        .offset = TRACK(bugs),
        .read = schema_read_service,
        .typed = "an id or a web address",
        .accepts = "{$ref: id_or_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on Bugs",
        .example = "4644226"},
    {.name = "flo",
        .kind = FIELD_TEXT,
        .offset = TRACK(flo),
        .read = schema_read_service,
        .typed = "an id or a web address",
        .accepts = "{$ref: id_or_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on FLO",
        .example = "16283"},
    {.name = "vibe",
        .kind = FIELD_TEXT,
        .offset = TRACK(vibe),
        .read = schema_read_service,
        .typed = "an id or a web address",
        .accepts = "{$ref: id_or_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on VIBE",
        .example = "7002"},
    {.name = "soundcloud",
        .kind = FIELD_TEXT,
        .offset = TRACK(soundcloud),
        .read = schema_read_service,
        .typed = "a web address",
        .accepts = "{$ref: address}",
        .group = DATA_GROUP_FACTS,
        .help = "its address on SoundCloud",
        .example = "https://soundcloud.com/artist/track"},
    {.name = "bandcamp",
        .kind = FIELD_TEXT,
        .offset = TRACK(bandcamp),
        .read = schema_read_service,
        .typed = "a web address",
        .accepts = "{$ref: address}",
        .group = DATA_GROUP_FACTS,
        .help = "its address on Bandcamp",
        .example = "https://artist.bandcamp.com/track/title"},
    {.name = "services",
        .kind = FIELD_COMPUTED,
        .gives = FIELD_THINGS,
        .of = &schema_heard_type,
        .compute = schema_compute_services,
        .flags = FIELD_NOT_TYPED | FIELD_NEVER_NONE,
        .group = DATA_GROUP_FACTS,
        .help = "where it is heard"},
    {.name = "extra",
        .kind = FIELD_VALUE,
        .offset = TRACK(extra),
        .group = DATA_GROUP_FACTS,
        .help = "fields of the theme's own",
        .example = "{bpm: 72}"},
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

/* The text of the source from one of its lines on. */
static struct text source_from(const struct schema_reading *reading, uint32_t number)
{
    struct text rest = reading->source, line;
    for (uint32_t i = 1; i < number; i++)
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
