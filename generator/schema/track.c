/*
 * Tracks: the rows of a track's fields. One table serves both who writes of one:
 *
 *     group ... note   title ... extra   aliases ... publish
 *     |-- a list of tracks ------------|
 *                      |-- content/tracks/ ---------------|
 */
#include "schema/schema_inside.h"

#include <stddef.h>

static const char *const kinds[] = {"vocal", "instrumental", NULL};

#define SCENE(member) offsetof(struct schema_scene, member)
#define TRACK(member) offsetof(struct schema_track, member)
#define MORE(member)  offsetof(struct schema_track_more, member), .part = &schema_track_part
#define OWN(member)   offsetof(struct schema_track_file, member)
#define MENTIONS      .kind = FIELD_THINGS, .of = &schema_artist_mention_type, .flags = FIELD_ONE_OR_MANY

static const struct data_field scene_fields[] = {
    {.name = "episode",
        .kind = FIELD_INTEGER,
        .offset = SCENE(episode),
        .least = 0,
        .most = 2000,
        .group = DATA_GROUP_FACTS,
        .help = "the episode",
        .example = "2"},
    {.name = "at",
        .kind = FIELD_TEXT,
        .offset = SCENE(at),
        .group = DATA_GROUP_FACTS,
        .help = "when in it: minutes and seconds, or words",
        .example = "\"58:10\""},
    {.name = "note",
        .kind = FIELD_TEXT,
        .offset = SCENE(note),
        .group = DATA_GROUP_FACTS,
        .help = "what happens, in Markdown",
        .example = "At the train station."},
    {.name = "spoiler",
        .kind = FIELD_YES_NO,
        .offset = SCENE(spoiler),
        .group = DATA_GROUP_FACTS,
        .help = "whether the note gives away the story: then it is folded",
        .example = "yes"},
};

const struct data_type schema_scene_type = {.name = "scene",
    .fields = scene_fields,
    .field_count = BASE_COUNT(scene_fields),
    .size = sizeof(struct schema_scene),
    .has_spot = true,
    .spot_offset = SCENE(spot),
    .help = "Where in a drama a track is heard."};

const struct schema_track_more schema_track_no_more = {
    .season = DATA_NO_INTEGER, .kind = -1, .extra = {.kind = DATA_NONE}};

const struct data_part schema_track_part = {
    TRACK(more), sizeof(struct schema_track_more), &schema_track_no_more};

bool schema_has_details(const struct schema_track *track)
{
    const struct schema_track_more *more = track->more;
    return more->part.at || more->released.month || more->kind >= 0 || more->duration.at ||
           more->language.at || more->moods.count || more->instruments.count;
}

static struct data_value has_details(const void *record, struct data_run *run)
{
    (void)run;
    return data_yes_no(schema_has_details(record));
}

int64_t schema_seconds(struct text duration)
{
    int64_t seconds = 0, part = 0;
    size_t digits = 0, colons = 0;
    for (size_t i = 0; i < duration.length; i++) {
        char byte = duration.at[i];
        if (byte == ':' && digits && colons < 2) {
            seconds = (seconds + part) * 60;
            part = 0;
            digits = 0;
            colons++;
        } else if (byte >= '0' && byte <= '9' && digits < 3) {
            part = part * 10 + (byte - '0');
            digits++;
        } else {
            return -1;
        }
    }
    return colons && digits ? seconds + part : -1;
}

static struct data_value seconds(const void *record, struct data_run *run)
{
    int64_t number = schema_seconds(((const struct schema_track *)record)->more->duration);
    (void)run;
    return number < 0 ? data_none() : data_integer(number);
}

static const struct data_field fields[] = {
    /* ---- Of a list alone --------------------------------------------------------------------------- */
    {.name = "line",
        .kind = FIELD_TEXT,
        .offset = TRACK(line),
        .flags = FIELD_HIDDEN | FIELD_NOT_TYPED,
        .group = DATA_GROUP_FACTS,
        .help = "the line that was pasted"},
    {.name = "group",
        .kind = FIELD_TEXT,
        .offset = MORE(group),
        .group = DATA_GROUP_FACTS,
        .help = "the group that it stands in, in this list",
        .example = "Hidden gems"},
    {.name = "rating",
        .kind = FIELD_FLOAT,
        .offset = TRACK(rating),
        .read = schema_read_track_rating,
        .typed = "a rating",
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
    {.name = "scenes",
        .kind = FIELD_THINGS,
        .of = &schema_scene_type,
        .offset = MORE(scenes),
        .flags = FIELD_ONE_OR_MANY,
        .group = DATA_GROUP_FACTS,
        .help = "where in the drama it is heard",
        .example = "[{episode: 2, at: \"58:10\", note: At the train station, spoiler: yes}]"},
    {.name = "note",
        .kind = FIELD_TEXT,
        .offset = MORE(note),
        .group = DATA_GROUP_FACTS,
        .help = "a remark",
        .example = "The version of episode 2."},
    /* ---- Of both ----------------------------------------------------------------------------------- */
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
        .offset = MORE(credits[SCHEMA_COMPOSERS]),
        .group = DATA_GROUP_LINKS,
        .help = "who wrote the music",
        .example = "[Rocoberry]"},
    {.name = "lyricists",
        MENTIONS,
        .offset = MORE(credits[SCHEMA_LYRICISTS]),
        .group = DATA_GROUP_LINKS,
        .help = "who wrote the words",
        .example = "[Ji Hoon]"},
    {.name = "arrangers",
        MENTIONS,
        .offset = MORE(credits[SCHEMA_ARRANGERS]),
        .group = DATA_GROUP_LINKS,
        .help = "who arranged it",
        .example = "[Rocoberry]"},
    {.name = "producers",
        MENTIONS,
        .offset = MORE(credits[SCHEMA_PRODUCERS]),
        .group = DATA_GROUP_LINKS,
        .help = "who produced it",
        .example = "[Nam Hye-seung]"},
    {.name = "kind",
        .kind = FIELD_WORD,
        .words = kinds,
        .offset = MORE(kind),
        .group = DATA_GROUP_FACTS,
        .help = "whether it is sung",
        .example = "vocal"},
    {.name = "drama",
        .kind = FIELD_THING,
        .of = &schema_drama_mention_type,
        .offset = MORE(drama),
        .group = DATA_GROUP_LINKS,
        .help = "the drama it is from; in a list, where the writing covers several",
        .example = "Goblin"},
    {.name = "season",
        .kind = FIELD_INTEGER,
        .offset = MORE(season),
        .least = 1,
        .most = 99,
        .group = DATA_GROUP_FACTS,
        .help = "the season it is from",
        .example = "1"},
    {.name = "part",
        .kind = FIELD_TEXT,
        .offset = MORE(part),
        .group = DATA_GROUP_FACTS,
        .help = "the part of the soundtrack's release",
        .example = "Part 3"},
    {.name = "released",
        .kind = FIELD_DATE,
        .offset = MORE(released),
        .group = DATA_GROUP_FACTS,
        .help = "the day it came out",
        .example = "2022-03-23"},
    {.name = "duration",
        .kind = FIELD_TEXT,
        .offset = MORE(duration),
        .group = DATA_GROUP_FACTS,
        .help = "how long it is",
        .example = "3:45"},
    {.name = "version_of",
        .kind = FIELD_THING,
        .of = &schema_recording_type,
        .offset = MORE(version_of),
        .group = DATA_GROUP_LINKS,
        .help = "the track that this is another recording of",
        .example = "Goblin / Stay With Me"},
    {.name = "moods",
        .kind = FIELD_THINGS,
        .of = &schema_mood_mention_type,
        .flags = FIELD_ONE_OR_MANY,
        .offset = MORE(moods),
        .group = DATA_GROUP_FACTS,
        .help = "how it feels",
        .example = "[wistful]"},
    {.name = "instruments",
        .kind = FIELD_THINGS,
        .of = &schema_instrument_mention_type,
        .flags = FIELD_ONE_OR_MANY,
        .offset = MORE(instruments),
        .group = DATA_GROUP_FACTS,
        .help = "what is heard",
        .example = "[piano, strings]"},
    {.name = "language",
        .kind = FIELD_TEXT,
        .offset = MORE(language),
        .group = DATA_GROUP_FACTS,
        .help = "the language it is sung in",
        .example = "en"},
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
        .offset = MORE(spotify),
        .read = schema_read_service,
        .typed = "an id or a web address",
        .accepts = "{$ref: id_or_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on Spotify",
        .example = "https://open.spotify.com/track/1"},
    {.name = "apple",
        .kind = FIELD_TEXT,
        .offset = MORE(apple),
        .read = schema_read_service,
        .typed = "a web address",
        .accepts = "{$ref: web_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its address on Apple Music",
        .example = "https://music.apple.com/kr/song/1"},
    {.name = "melon",
        .kind = FIELD_TEXT,
        .offset = MORE(melon),
        .read = schema_read_service,
        .typed = "an id or a web address",
        .accepts = "{$ref: id_or_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on Melon",
        .example = "8188998"},
    {.name = "genie",
        .kind = FIELD_TEXT,
        .offset = MORE(genie),
        .read = schema_read_service,
        .typed = "an id or a web address",
        .accepts = "{$ref: id_or_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on Genie",
        .example = "86963346"},
    {.name = "bugs",
        .kind = FIELD_TEXT,
        .offset = MORE(bugs),
        .read = schema_read_service,
        .typed = "an id or a web address",
        .accepts = "{$ref: id_or_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on Bugs",
        .example = "4644226"},
    {.name = "flo",
        .kind = FIELD_TEXT,
        .offset = MORE(flo),
        .read = schema_read_service,
        .typed = "an id or a web address",
        .accepts = "{$ref: id_or_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on FLO",
        .example = "16283"},
    {.name = "vibe",
        .kind = FIELD_TEXT,
        .offset = MORE(vibe),
        .read = schema_read_service,
        .typed = "an id or a web address",
        .accepts = "{$ref: id_or_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its id or address on VIBE",
        .example = "7002"},
    {.name = "soundcloud",
        .kind = FIELD_TEXT,
        .offset = MORE(soundcloud),
        .read = schema_read_service,
        .typed = "a web address",
        .accepts = "{$ref: web_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its address on SoundCloud",
        .example = "https://soundcloud.com/artist/track"},
    {.name = "bandcamp",
        .kind = FIELD_TEXT,
        .offset = MORE(bandcamp),
        .read = schema_read_service,
        .typed = "a web address",
        .accepts = "{$ref: web_address}",
        .group = DATA_GROUP_FACTS,
        .help = "its address on Bandcamp",
        .example = "https://artist.bandcamp.com/track/title"},
    {.name = "isrc",
        .kind = FIELD_TEXT,
        .offset = MORE(isrc),
        .read = schema_read_isrc,
        .typed = "an ISRC",
        .accepts = "{type: string, pattern: "
                   "'^[A-Za-z]{2}([A-Za-z0-9]{3}\\d{7}|-[A-Za-z0-9]{3}-\\d{2}-\\d{5})$'}",
        .group = DATA_GROUP_FACTS,
        .help = "the recording's International Standard Recording Code",
        .example = "KRA381600123"},
    {.name = "musicbrainz",
        .kind = FIELD_TEXT,
        .offset = MORE(musicbrainz),
        .read = schema_read_musicbrainz,
        .typed = "an id or a web address",
        .accepts = "{type: string, pattern: "
                   "'^(https:\\/\\/musicbrainz\\.org\\/recording\\/"
                   ")?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$'}",
        .group = DATA_GROUP_FACTS,
        .help = "the recording's id or address on MusicBrainz",
        .example = "0b04e5a0-5c1f-4f4e-9d0b-3a2f6c7d8e90"},
    {.name = "services",
        .kind = FIELD_COMPUTED,
        .gives = FIELD_THINGS,
        .of = &schema_heard_type,
        .compute = schema_compute_services,
        .flags = FIELD_NOT_TYPED | FIELD_NEVER_NONE,
        .group = DATA_GROUP_FACTS,
        .help = "where it is heard"},
    {.name = "player",
        .kind = FIELD_COMPUTED,
        .gives = FIELD_THING,
        .of = &schema_heard_type,
        .compute = schema_compute_player,
        .flags = FIELD_NOT_TYPED,
        .group = DATA_GROUP_FACTS,
        .help = "the first of its services that has a player"},
    {.name = "seconds",
        .kind = FIELD_COMPUTED,
        .gives = FIELD_INTEGER,
        .compute = seconds,
        .flags = FIELD_NOT_TYPED,
        .group = DATA_GROUP_FACTS,
        .help = "its duration in seconds, where that is written as 3:45 or 1:03:45"},
    {.name = "has_details",
        .kind = FIELD_COMPUTED,
        .gives = FIELD_YES_NO,
        .compute = has_details,
        .flags = FIELD_NOT_TYPED | FIELD_NEVER_NONE,
        .group = DATA_GROUP_FACTS,
        .help = "whether any of part, released, kind, duration, language, moods and instruments is "
                "told: most tracks have none"},
    {.name = "extra",
        .kind = FIELD_VALUE,
        .offset = MORE(extra),
        .group = DATA_GROUP_FACTS,
        .help = "fields of the theme's own",
        .example = "{bpm: 72}"},
    /* ---- Of a file alone --------------------------------------------------------------------------- */
    {.name = "aliases",
        .kind = FIELD_TEXTS,
        .offset = OWN(aliases),
        .flags = FIELD_ONE_OR_MANY,
        .group = DATA_GROUP_FACTS,
        .help = "other titles and spellings",
        .example = "[Stay With Me (Main theme)]"},
    {.name = "summary",
        .kind = FIELD_TEXT,
        .offset = OWN(summary),
        .group = DATA_GROUP_FACTS,
        .help = "one or two plain sentences",
        .example = "Two voices at the door of a long winter."},
    {.name = "cover",
        .kind = FIELD_TEXT,
        .offset = OWN(cover.path),
        .read = schema_read_path,
        .typed = "a file",
        .accepts = "{$ref: text}",
        .group = DATA_GROUP_NAME,
        .help = "a picture, beside the file or from the root of content/",
        .example = "stay-with-me.jpg"},
    {.name = "cover_alt",
        .kind = FIELD_TEXT,
        .offset = OWN(cover_alt),
        .group = DATA_GROUP_NAME,
        .help = "what the picture shows, in words",
        .example = "Two singers at one microphone"},
    SCHEMA_LINKS(OWN(links)),
    {.name = "slug",
        .kind = FIELD_TEXT,
        .offset = OWN(slug),
        .read = schema_read_slug,
        .accepts = "{$ref: text}",
        .flags = FIELD_HIDDEN,
        .help = "the last part of its address, where the file's name will not do",
        .example = "goblin-stay-with-me"},
    SCHEMA_REDIRECT_FROM(OWN(redirect_from)),
    SCHEMA_OBSIDIAN("tags"),
    SCHEMA_OBSIDIAN("cssclasses"),
    SCHEMA_OBSIDIAN("publish"),
};

/* How many rows are of one alone, at either end. */
enum { of_list = 6, of_file = 10, of_both = BASE_COUNT(fields) - of_list - of_file };

const struct data_type schema_track_type = {.name = "track",
    .fields = fields,
    .field_count = of_list + of_both,
    .size = sizeof(struct schema_track),
    .part = &schema_track_part,
    .has_spot = true,
    .spot_offset = TRACK(spot),
    .help = "A song or a piece of a drama's soundtrack, in a list of tracks."};

const struct data_type schema_track_file_type = {.name = "track",
    .fields = fields + of_list,
    .field_count = of_both + of_file,
    .size = sizeof(struct schema_track_file),
    .part = &schema_track_part,
    .has_spot = true,
    .spot_offset = OWN(track.spot),
    .help = "A song or a piece of a drama's soundtrack, in content/tracks/."};

/* ---- What a track's records say together --------------------------------------------------------------- */

/* Whether the row is a fact of its own, not a link to another thing nor what a theme makes of it. */
static bool is_fact(const struct data_field *field)
{
    return field->kind == FIELD_TEXT || field->kind == FIELD_WORD || field->kind == FIELD_DATE;
}

/* Whether the track tells what the row is of. */
static bool tells(const struct schema_track *track, const struct data_field *field)
{
    const void *member = data_member(field->part, field->offset, track);
    switch (field->kind) {
    case FIELD_TEXT: return ((const struct text *)member)->at != NULL;
    case FIELD_WORD: return *(const int *)member >= 0;
    default: return ((const struct data_date *)member)->month != 0;
    }
}

/* Copies what the row says of one into the other: nothing, where it says nothing. */
static void copy_fact(struct schema_track *to, const struct schema_track *from,
    const struct data_field *field, struct arena *arena)
{
    if (!tells(from, field))
        return;
    const void *member = data_member(field->part, field->offset, from);
    void *into = data_own_member(field, to, arena);
    if (field->kind == FIELD_TEXT)
        *(struct text *)into = *(const struct text *)member;
    else if (field->kind == FIELD_WORD)
        *(int *)into = *(const int *)member;
    else
        *(struct data_date *)into = *(const struct data_date *)member;
}

struct schema_track *schema_copy_track(const struct schema_track *track, struct arena *arena)
{
    struct schema_track *copy = arena_alloc(arena, sizeof *copy);
    *copy = *track;
    if (track->more != &schema_track_no_more) {
        struct schema_track_more *more = arena_alloc(arena, sizeof *more);
        *more = *track->more;
        copy->more = more;
    }
    return copy;
}

void schema_add_facts(
    struct schema_track *track, const struct schema_track *more, struct arena *arena)
{
    for (size_t i = of_list; i < of_list + of_both; i++)
        if (is_fact(&fields[i]) && !tells(track, &fields[i]))
            copy_fact(track, more, &fields[i], arena);
}

void schema_add_file(
    struct schema_track *listed, const struct schema_track *file, struct arena *arena)
{
    for (size_t i = of_list; i < of_list + of_both; i++) {
        bool is_link = fields[i].read == schema_read_service;
        if (is_fact(&fields[i]) && !(is_link && tells(listed, &fields[i])))
            copy_fact(listed, file, &fields[i], arena);
    }
}
