/*
 * What templates see of the blog: the rows of every view.
 *
 * A view's type names its record's type as its base: `review.title` is a row of schema, `review.url`
 * one of these. A row here hides the record's row of the same name: `review.drama` is the drama
 * itself, where the record has only its name as typed.
 */
#include "catalog/catalog_inside.h"

#include <stddef.h>

/* Rows are short when the macro says what they share: name, where it stands, its group, its help. */
#define ROW(type_, name_, kind_, member_, group_, help_)                                           \
    .name = name_, .kind = kind_, .offset = offsetof(struct type_, member_),                       \
    .group = DATA_GROUP_##group_, .help = help_
#define LIST(type_, name_, member_, of_, help_)                                                    \
    {                                                                                              \
        ROW(type_, name_, FIELD_THINGS, member_, LINKS, help_), .of = &catalog_##of_##_type        \
    }
#define ONE(type_, name_, member_, of_, help_)                                                     \
    {                                                                                              \
        ROW(type_, name_, FIELD_THING, member_, LINKS, help_), .of = &catalog_##of_##_type         \
    }
#define SURE(type_, name_, member_, of_, help_)                                                    \
    {                                                                                              \
        ROW(type_, name_, FIELD_THING, member_, LINKS, help_), .of = &catalog_##of_##_type,        \
                                                               .flags = FIELD_NEVER_NONE           \
    }
/* A picture by its address, and how large it is. */
#define PICTURE(type_, name_, member_, group_, whose_)                                             \
    {ROW(type_, name_, FIELD_TEXT, member_.url, group_, "the address of " whose_ " picture")},     \
        {ROW(type_, name_ "_width", FIELD_INTEGER, member_.width, group_,                          \
            "its width in pixels, where that is known")},                                          \
    {                                                                                              \
        ROW(type_, name_ "_height", FIELD_INTEGER, member_.height, group_,                         \
            "its height in pixels, where that is known")                                           \
    }
#define COMPUTED(name_, gives_, compute_, help_)                                                   \
    {                                                                                              \
        .name = name_, .kind = FIELD_COMPUTED, .gives = gives_, .compute = compute_,               \
        .group = DATA_GROUP_BODY, .flags = FIELD_NEVER_NONE, .help = help_                         \
    }
#define URL(type_)                                                                                 \
    {                                                                                              \
        ROW(type_, "url", FIELD_TEXT, thing.url, NAME, "its address, from the host's root"),       \
            .flags = FIELD_NEVER_NONE                                                              \
    }
#define SLUG(type_)                                                                                \
    {                                                                                              \
        ROW(type_, "slug", FIELD_TEXT, thing.slug, NAME, "the last part of its address"),          \
            .flags = FIELD_NEVER_NONE                                                              \
    }
#define MENTIONS(type_)                                                                            \
    LIST(type_, "mentions", thing.mentions, writing,                                               \
        "writings whose text links here, newest first, but for those that are about it")
#define FEED                                                                                       \
    {                                                                                              \
        .name = "feed_url", .kind = FIELD_COMPUTED, .gives = FIELD_TEXT,                           \
        .compute = catalog_compute_feed, .group = DATA_GROUP_LINKS,                                \
        .help = "the address of its own Atom feed, where it has one; the JSON feed stands beside " \
                "it, as feed.json"                                                                 \
    }
#define BODY                                                                                       \
    COMPUTED("body", FIELD_HTML, catalog_compute_body, "the text, as HTML; empty without one"),    \
        {.name = "headings",                                                                       \
            .kind = FIELD_COMPUTED,                                                                \
            .gives = FIELD_THINGS,                                                                 \
            .of = &catalog_heading_type,                                                           \
            .compute = catalog_compute_headings,                                                   \
            .group = DATA_GROUP_BODY,                                                              \
            .flags = FIELD_NEVER_NONE,                                                             \
            .help = "the headings of the text, in order"},                                         \
        COMPUTED("words", FIELD_INTEGER, catalog_compute_words, "how many words the text has"),    \
        COMPUTED("minutes", FIELD_INTEGER, catalog_compute_minutes,                                \
            "how many minutes it takes to read, at least 1")

#define VIEW_WITH_PART(name_, struct_, rows_, part_, base_, base_offset_, help_)                   \
    {                                                                                              \
        .name = name_, .fields = rows_, .field_count = BASE_COUNT(rows_),                          \
        .size = sizeof(struct struct_), .part = part_, .base = base_, .base_offset = base_offset_, \
        .is_numbered = true, .number_offset = 0, .help = help_                                     \
    }
#define VIEW(name_, struct_, rows_, base_, base_offset_, help_)                                    \
    VIEW_WITH_PART(name_, struct_, rows_, NULL, base_, base_offset_, help_)
#define PLAIN(name_, struct_, rows_, help_)                                                        \
    {                                                                                              \
        .name = name_, .fields = rows_, .field_count = BASE_COUNT(rows_),                          \
        .size = sizeof(struct struct_), .help = help_                                              \
    }

/* ---- Headings ------------------------------------------------------------------------------------------ */

static const struct data_field heading_fields[] = {
    {.name = "level",
        .kind = FIELD_INTEGER,
        .offset = offsetof(struct catalog_heading, level),
        .flags = FIELD_NEVER_NONE,
        .help = "2 to 6"},
    {.name = "id",
        .kind = FIELD_TEXT,
        .offset = offsetof(struct catalog_heading, id),
        .flags = FIELD_NEVER_NONE,
        .help = "what stands behind the # of its address"},
    {.name = "text",
        .kind = FIELD_TEXT,
        .offset = offsetof(struct catalog_heading, text),
        .flags = FIELD_NEVER_NONE,
        .help = "the heading as plain text"},
};
const struct data_type catalog_heading_type =
    PLAIN("heading", catalog_heading, heading_fields, "A heading of a text.");

/* ---- Comments ------------------------------------------------------------------------------------------ */

static const struct data_field comment_fields[] = {
    {ROW(catalog_comment, "author", FIELD_TEXT, author, BODY, "who wrote it")},
    {ROW(catalog_comment, "anchor", FIELD_TEXT, anchor, BODY,
         "what stands behind the # of its address"),
        .flags = FIELD_NEVER_NONE},
    {ROW(catalog_comment, "parent", FIELD_THING, parent, BODY, "the comment that it answers"),
        .of = &catalog_comment_type},
    {ROW(catalog_comment, "level", FIELD_INTEGER, level, BODY,
         "1, or how deep it stands below what it answers, to 4: a deeper thread goes on at 4"),
        .flags = FIELD_NEVER_NONE},
    {ROW(catalog_comment, "votes", FIELD_INTEGER, votes, BODY,
         "how many found it good; 0 where nobody says"),
        .flags = FIELD_NEVER_NONE},
    {ROW(catalog_comment, "is_deleted", FIELD_YES_NO, is_deleted, BODY,
        "whether only what answers it is left")},
    COMPUTED("body", FIELD_HTML, catalog_compute_comment_body,
        "what it says, as HTML that is safe whoever wrote it; empty when it was deleted"),
    {ROW(catalog_comment, "replies", FIELD_THINGS, replies, BODY,
         "the comments that stand below it, the oldest first"),
        .of = &catalog_comment_type},
};
const struct data_type catalog_comment_type = {.name = "comment",
    .fields = comment_fields,
    .field_count = BASE_COUNT(comment_fields),
    .size = sizeof(struct catalog_comment),
    .base = &schema_comment_type,
    .base_offset = offsetof(struct catalog_comment, record),
    .help = "A comment on a writing."};

/* ---- Recordings ------------------------------------------------------------------------------------------ */

static const struct data_field recording_fields[] = {
    {ROW(catalog_recording, "url", FIELD_TEXT, url, NAME, "its address"),
        .flags = FIELD_NEVER_NONE},
    {ROW(catalog_recording, "type", FIELD_TEXT, type, NAME,
        "what kind of file it is, as audio/mpeg; none where it is a page that plays it")},
    {ROW(catalog_recording, "bytes", FIELD_INTEGER, bytes, NAME,
        "how large it is, where that is known")},
    {ROW(catalog_recording, "is_here", FIELD_YES_NO, is_here, NAME,
        "whether it is a file of this site")},
};
const struct data_type catalog_recording_type = PLAIN(
    "recording", catalog_recording, recording_fields, "A recording that belongs to a writing.");

/* ---- Writings -------------------------------------------------------------------------------------------- */

static const struct data_field writing_fields[] = {
    URL(catalog_writing),
    SLUG(catalog_writing),
    PICTURE(catalog_writing, "cover", cover, NAME, "its"),
    {ROW(catalog_writing, "playlist_url", FIELD_TEXT, playlist_url, LINKS,
        "the address of a playlist file of its tracks, where any of them can be heard; beside it, "
        "ending in jspf, stands "
        "the same as JSON")},
    {.name = "watch_urls",
        .kind = FIELD_COMPUTED,
        .gives = FIELD_TEXTS,
        .compute = catalog_compute_watch_urls_of_writing,
        .flags = FIELD_NEVER_NONE,
        .group = DATA_GROUP_LINKS,
        .help = "addresses at which YouTube plays the videos of its tracks one after the other; an "
                "address "
                "takes 50 at most"},
    ONE(catalog_writing, "audio", audio, recording, "the recording that belongs to it"),
    LIST(catalog_writing, "dramas", dramas, drama, "the dramas it is about"),
    ONE(catalog_writing, "drama", drama, drama, "the drama it is about, the first of several"),
    LIST(catalog_writing, "tracks", listings, listing, "its tracks, as it lists them"),
    LIST(catalog_writing, "scenes", scenes, scene,
        "scenes in which its tracks are heard, in the order of the story"),
    LIST(catalog_writing, "groups", groups, track_group,
        "its tracks in groups, or by parts of the soundtrack; empty where it has neither"),
    LIST(catalog_writing, "artists", artists, artist, "everybody who performs on its tracks"),
    LIST(catalog_writing, "tags", tags, term, "its tags"),
    LIST(catalog_writing, "authors", authors, term, "who wrote it"),
    {ROW(catalog_writing, "summary", FIELD_TEXT, summary, BODY,
        "one or two plain sentences: its own, or how the text begins")},
    LIST(catalog_writing, "related", related, writing,
        "those it names, else at most three that are close to it"),
    ONE(catalog_writing, "newer", newer, writing, "the next one by date"),
    ONE(catalog_writing, "older", older, writing, "the one before by date"),
    {ROW(catalog_writing, "season", FIELD_INTEGER, season, NAME,
        "the season it is about: its own, or the one named with its drama")},
    {ROW(catalog_writing, "reviews", FIELD_WORD, reviews, FACTS, "what it reviews"),
        .words = schema_reviewed_words, .flags = FIELD_NEVER_NONE},
    {ROW(catalog_writing, "part", FIELD_TEXT, part, FACTS,
        "the part of the soundtrack that it reviews, where it reviews one")},
    ONE(catalog_writing, "track", reviewed, listing, "the one track that it reviews"),
    {ROW(catalog_writing, "final", FIELD_YES_NO, is_final, NAME,
        "whether it follows the drama's last episode")},
    ONE(catalog_writing, "series", series, series, "the series of pieces it belongs to"),
    ONE(catalog_writing, "previous_part", previous_part, writing, "the one before in its series"),
    ONE(catalog_writing, "next_part", next_part, writing, "the next one in its series"),
    {ROW(catalog_writing, "comment_count", FIELD_INTEGER, comment_count, FACTS,
         "how many comments it has, without deleted ones"),
        .flags = FIELD_NEVER_NONE},
    {.name = "comments",
        .kind = FIELD_COMPUTED,
        .gives = FIELD_THINGS,
        .of = &catalog_comment_type,
        .compute = catalog_compute_comments,
        .group = DATA_GROUP_BODY,
        .flags = FIELD_NEVER_NONE,
        .help = "the comments that answer none, the oldest first; their replies stand below them"},
    BODY,
    MENTIONS(catalog_writing),
};
const struct data_type catalog_writing_type =
    VIEW("review", catalog_writing, writing_fields, &schema_writing_type,
        offsetof(struct catalog_writing, record), "A writing: a review, recap, essay or guide.");

/* ---- Tracks ------------------------------------------------------------------------------------------------ */

static const struct data_field performer_fields[] = {
    SURE(catalog_performer, "artist", artist, artist, "the artist"),
    {ROW(catalog_performer, "role", FIELD_TEXT, role, FACTS, "what they do on this track")},
    {ROW(catalog_performer, "as", FIELD_TEXT, as, FACTS, "the name as it is credited")},
};
const struct data_type catalog_performer_type = PLAIN("performer", catalog_performer,
    performer_fields, "An artist on one track, with what the writing says of that.");

const struct catalog_track_more catalog_track_no_more = {.version_of = NULL};

struct catalog_track_more *catalog_own_more(
    const struct catalog_track_more **more, struct arena *arena)
{
    if (*more == &catalog_track_no_more)
        *more = arena_alloc(arena, sizeof **more);
    return (struct catalog_track_more *)*more;
}

static const struct data_part listing_part = {offsetof(struct catalog_listing, more),
    sizeof(struct catalog_track_more), &catalog_track_no_more};
static const struct data_part track_part = {offsetof(struct catalog_track, more),
    sizeof(struct catalog_track_more), &catalog_track_no_more};

/* A list that few have. */
#define FEW(part_, name_, member_, of_, help_)                                                     \
    {                                                                                              \
        ROW(catalog_track_more, name_, FIELD_THINGS, member_, LINKS, help_),                       \
            .of = &catalog_##of_##_type, .part = &part_                                            \
    }
#define FEELING(part_, name_, member_, help_)                                                      \
    {                                                                                              \
        ROW(catalog_track_more, name_, FIELD_THINGS, member_, FACTS, help_),                       \
            .of = &catalog_term_type, .part = &part_                                               \
    }
/* What a listing and a track both may have. */
#define MAKING(part_)                                                                              \
    FEW(part_, "composers", credits[SCHEMA_COMPOSERS], artist, "who wrote the music"),             \
        FEW(part_, "lyricists", credits[SCHEMA_LYRICISTS], artist, "who wrote the words"),         \
        {ROW(catalog_track_more, "version_of", FIELD_THING, version_of, LINKS,                     \
             "the track that it is another recording of"),                                         \
            .of = &catalog_track_type, .part = &part_},                                            \
        FEW(part_, "arrangers", credits[SCHEMA_ARRANGERS], artist, "who arranged it"),             \
        FEW(part_, "producers", credits[SCHEMA_PRODUCERS], artist, "who produced it")
#define FEELINGS(part_)                                                                            \
    FEELING(part_, "moods", moods, "how it feels"),                                                \
        FEELING(part_, "instruments", instruments, "what is heard")

/* Whether anybody is named who made it, besides who performs it. */
static bool has_any(const struct data_array credits[SCHEMA_CREDITS])
{
    for (size_t i = 0; i < SCHEMA_CREDITS; i++)
        if (credits[i].count)
            return true;
    return false;
}

static bool feels_like(const struct catalog_track_more *more)
{
    return more->moods.count || more->instruments.count;
}

static struct data_value listing_has_credits(const void *thing, struct data_run *run)
{
    (void)run;
    return data_yes_no(has_any(((const struct catalog_listing *)thing)->more->credits));
}

static struct data_value listing_has_details(const void *thing, struct data_run *run)
{
    const struct catalog_listing *listing = thing;
    (void)run;
    return data_yes_no(feels_like(listing->more) || schema_has_details(listing->record));
}

static struct data_value track_has_credits(const void *thing, struct data_run *run)
{
    (void)run;
    return data_yes_no(has_any(((const struct catalog_track *)thing)->more->credits));
}

/* Moods and instruments may be those that another writing tells, or a file. */
static struct data_value track_has_details(const void *thing, struct data_run *run)
{
    const struct catalog_track *track = thing;
    (void)run;
    return data_yes_no(feels_like(track->more) || schema_has_details(track->record));
}

#define HAS_CREDITS(compute_)                                                                      \
    {                                                                                              \
        .name = "has_credits", .kind = FIELD_COMPUTED, .gives = FIELD_YES_NO, .compute = compute_, \
        .group = DATA_GROUP_LINKS, .flags = FIELD_NEVER_NONE,                                      \
        .help = "whether it has composers, lyricists, arrangers or producers"                      \
    }

#define HAS_DETAILS(compute_)                                                                      \
    {                                                                                              \
        .name = "has_details", .kind = FIELD_COMPUTED, .gives = FIELD_YES_NO, .compute = compute_, \
        .group = DATA_GROUP_FACTS, .flags = FIELD_NEVER_NONE,                                      \
        .help = "whether any of part, released, kind, duration, language, moods and instruments "  \
                "is told: most tracks have none"                                                   \
    }

static const struct data_field listing_fields[] = {
    {ROW(catalog_listing, "position", FIELD_INTEGER, position, FACTS,
         "its place in the list, from 1"),
        .flags = FIELD_NEVER_NONE},
    SURE(catalog_listing, "review", writing, writing, "the writing that lists it"),
    SURE(catalog_listing, "track", track, track, "the track itself, over all writings"),
    ONE(catalog_listing, "drama", drama, drama, "the drama it is from"),
    {ROW(catalog_listing, "season", FIELD_INTEGER, season, FACTS,
        "the season it is from: its own, or the writing's")},
    LIST(catalog_listing, "artists", artists, artist, "who performs it"),
    FEW(listing_part, "performers", performers, performer,
        "the same with what each does and is credited as; empty where the writing says neither"),
    MAKING(listing_part),
    HAS_CREDITS(listing_has_credits),
    HAS_DETAILS(listing_has_details),
    FEELINGS(listing_part),
};
const struct data_type catalog_listing_type = VIEW_WITH_PART("listing", catalog_listing,
    listing_fields, &listing_part, &schema_track_type, offsetof(struct catalog_listing, record),
    "A track in one writing's list, with what that writing says of it.");

static struct data_value compute_services(const void *thing, struct data_run *run)
{
    const struct catalog_track *track = thing;
    return schema_services_of(
        catalog_records_of(track, run), track->listings.count + 1, run->scratch);
}

static struct data_value compute_player(const void *thing, struct data_run *run)
{
    const struct catalog_track *track = thing;
    return schema_player_of(
        catalog_records_of(track, run), track->listings.count + 1, run->scratch);
}

static const struct data_field track_page_fields[] = {
    {ROW(catalog_track_page, "slug", FIELD_TEXT, slug, LINKS, "the last part of its address"),
        .flags = FIELD_NEVER_NONE},
    PICTURE(catalog_track_page, "cover", cover, LINKS, "its"),
    {ROW(catalog_track_page, "cover_alt", FIELD_TEXT, cover_alt, LINKS,
        "what the picture shows, in words")},
    {ROW(catalog_track_page, "summary", FIELD_TEXT, summary, LINKS,
        "one or two plain sentences, as its file says")},
    {ROW(catalog_track_page, "aliases", FIELD_TEXTS, aliases, LINKS, "other titles and spellings")},
    {ROW(catalog_track_page, "links", FIELD_THINGS, links, LINKS, "links to elsewhere"),
        .of = &schema_link_type},
    LIST(catalog_track_page, "performers", performers, performer,
        "who performs it, with what each does; empty where nothing says that"),
    ONE(catalog_track_page, "previous", previous, track,
        "the one before it in its drama that has a page"),
    ONE(catalog_track_page, "next", next, track, "the one behind it in its drama that has a page"),
};
const struct data_type catalog_track_page_type = PLAIN(
    "track_page", catalog_track_page, track_page_fields, "What only a track's own page shows.");

static const struct data_field track_fields[] = {
    {.name = "services",
        .kind = FIELD_COMPUTED,
        .gives = FIELD_THINGS,
        .of = &schema_heard_type,
        .compute = compute_services,
        .flags = FIELD_NEVER_NONE,
        .group = DATA_GROUP_LINKS,
        .help = "where it is heard, as any writing says"},
    {.name = "player",
        .kind = FIELD_COMPUTED,
        .gives = FIELD_THING,
        .of = &schema_heard_type,
        .compute = compute_player,
        .group = DATA_GROUP_LINKS,
        .help = "the first of its services that has a player"},
    URL(catalog_track),
    {ROW(catalog_track, "slug", FIELD_TEXT, thing.slug, NAME,
         "its name on its drama's page: what stands behind #track- there"),
        .flags = FIELD_NEVER_NONE},
    ONE(catalog_track, "page", page, track_page,
        "what its own page shows besides; none where it has no page"),
    ONE(catalog_track, "drama", drama, drama, "the drama it is from"),
    {ROW(catalog_track, "season", FIELD_INTEGER, season, FACTS, "the season it is from")},
    LIST(catalog_track, "artists", artists, artist, "who performs it"),
    MAKING(track_part),
    HAS_CREDITS(track_has_credits),
    HAS_DETAILS(track_has_details),
    FEELINGS(track_part),
    FEW(track_part, "versions", versions, track, "other recordings of it"),
    FEW(track_part, "namesakes", namesakes, track,
        "itself and the others of its title in the drama: from other seasons, or by others"),
    LIST(catalog_track, "listings", listings, listing, "where it is listed, newest first"),
    {ROW(catalog_track, "rating", FIELD_FLOAT, rating, FACTS,
        "the mean of its ratings, in lists and by pieces that review just this track")},
    {ROW(catalog_track, "pick", FIELD_YES_NO, pick, FACTS, "whether it is somebody's favourite")},
    BODY,
    MENTIONS(catalog_track),
};
const struct data_type catalog_track_type = VIEW_WITH_PART("track", catalog_track, track_fields,
    &track_part, &schema_track_type, offsetof(struct catalog_track, record),
    "A track of a drama, over all the writings that list it.");

#define GROUP_FIELDS                                                                               \
    {ROW(catalog_track_group, "title", FIELD_TEXT, title, LINKS, "as the writer called it")},      \
        {ROW(catalog_track_group, "part", FIELD_TEXT, part, LINKS,                                 \
            "the part of the soundtrack, as it was typed")},                                       \
        {ROW(catalog_track_group, "number", FIELD_INTEGER, number, LINKS, "the part's number")},   \
        {ROW(catalog_track_group, "season", FIELD_INTEGER, season, LINKS,                          \
            "the part's season, where the drama has several")},                                    \
    {                                                                                              \
        ROW(catalog_track_group, "released", FIELD_DATE, released, LINKS,                          \
            "the day that its tracks came out")                                                    \
    }

static const struct data_field track_group_fields[] = {
    GROUP_FIELDS,
    LIST(catalog_track_group, "tracks", tracks, listing, "its tracks, as the writing lists them"),
};
const struct data_type catalog_track_group_type = PLAIN("track_group", catalog_track_group,
    track_group_fields, "Tracks that stand together in a writing's list.");

static const struct data_field album_part_fields[] = {
    GROUP_FIELDS,
    LIST(catalog_track_group, "tracks", tracks, track, "its tracks"),
};
const struct data_type catalog_album_part_type = PLAIN("album_part", catalog_track_group,
    album_part_fields, "A part of a drama's soundtrack, as it came out.");

/* ---- Dramas, artists, terms ---------------------------------------------------------------------------------- */

static const struct data_field scene_fields[] = {
    SURE(catalog_scene, "track", listing, listing, "the track, as a writing lists it"),
    {ROW(catalog_scene, "season", FIELD_INTEGER, season, FACTS, "the season it is from")},
};
const struct data_type catalog_scene_type = {.name = "scene",
    .fields = scene_fields,
    .field_count = BASE_COUNT(scene_fields),
    .size = sizeof(struct catalog_scene),
    .base = &schema_scene_type,
    .base_offset = offsetof(struct catalog_scene, record),
    .help = "A scene in which a track is heard."};

static const struct data_field motif_fields[] = {
    LIST(catalog_motif, "tracks", tracks, track, "the tracks in which it is heard"),
};
const struct data_type catalog_motif_type = {.name = "motif",
    .fields = motif_fields,
    .field_count = BASE_COUNT(motif_fields),
    .size = sizeof(struct catalog_motif),
    .base = &schema_motif_type,
    .base_offset = offsetof(struct catalog_motif, record),
    .help = "A tune of a drama that comes again and stands for somebody."};

static const struct data_field drama_fields[] = {
    URL(catalog_drama),
    SLUG(catalog_drama),
    PICTURE(catalog_drama, "poster", poster, NAME, "its"),
    {ROW(catalog_drama, "playlist_url", FIELD_TEXT, playlist_url, LINKS,
        "the address of a playlist file of its tracks, where any of them can be heard; beside it, "
        "ending in jspf, stands "
        "the same as JSON")},
    {.name = "watch_urls",
        .kind = FIELD_COMPUTED,
        .gives = FIELD_TEXTS,
        .compute = catalog_compute_watch_urls_of_drama,
        .flags = FIELD_NEVER_NONE,
        .group = DATA_GROUP_LINKS,
        .help = "addresses at which YouTube plays the videos of its tracks one after the other; an "
                "address "
                "takes 50 at most"},
    LIST(catalog_drama, "reviews", writings, writing, "writings about it, newest first"),
    LIST(catalog_drama, "tracks", tracks, track, "its tracks that any writing lists"),
    LIST(catalog_drama, "artists", artists, artist, "everybody who performs on them"),
    ONE(catalog_drama, "remake_of", remake_of, drama, "the drama that it tells again"),
    LIST(catalog_drama, "scenes", scenes, scene,
        "scenes in which its tracks are heard, in the order of the story"),
    LIST(catalog_drama, "motifs", motifs, motif, "tunes that come again, with their tracks"),
    LIST(catalog_drama, "remakes", remakes, drama, "the dramas that tell it again"),
    LIST(catalog_drama, "parts", parts, album_part,
        "its tracks by parts of the soundtrack; empty where no part is known"),
    LIST(catalog_drama, "series", series, series, "series about it, the oldest first"),
    {ROW(catalog_drama, "band", FIELD_TEXT, band, NAME, "its letter in the index"),
        .flags = FIELD_NEVER_NONE},
    {ROW(catalog_drama, "seed", FIELD_INTEGER, seed, NAME,
         "a number from 0 to 999,999,999, always the same for the same title"),
        .flags = FIELD_NEVER_NONE},
    {ROW(catalog_drama, "rating", FIELD_FLOAT, rating, FACTS,
        "of its soundtrack: the mean of the pieces that rate it")},
    {ROW(catalog_drama, "rated", FIELD_INTEGER, rated, FACTS, "how many pieces rate it"),
        .flags = FIELD_NEVER_NONE},
    FEED,
    BODY,
    MENTIONS(catalog_drama),
};
const struct data_type catalog_drama_type = VIEW("drama", catalog_drama, drama_fields,
    &schema_drama_type, offsetof(struct catalog_drama, record), "A drama.");

static const struct data_field artist_fields[] = {
    URL(catalog_artist),
    SLUG(catalog_artist),
    PICTURE(catalog_artist, "photo", photo, NAME, "the"),
    LIST(catalog_artist, "listings", listings, listing,
        "every track they perform in any writing, newest writing first"),
    LIST(catalog_artist, "composed", credits[SCHEMA_COMPOSERS], listing,
        "tracks whose music they wrote"),
    LIST(catalog_artist, "lyrics", credits[SCHEMA_LYRICISTS], listing,
        "tracks whose words they wrote"),
    LIST(catalog_artist, "arranged", credits[SCHEMA_ARRANGERS], listing, "tracks they arranged"),
    LIST(catalog_artist, "produced", credits[SCHEMA_PRODUCERS], listing, "tracks they produced"),
    LIST(catalog_artist, "tracks", tracks, track, "the tracks they perform, once each"),
    LIST(catalog_artist, "unlisted", unlisted, track,
        "tracks that they have a part in and that no writing lists, but a file is about"),
    LIST(catalog_artist, "reviews", writings, writing, "writings that list them, newest first"),
    LIST(catalog_artist, "dramas", dramas, drama, "the dramas whose tracks they perform"),
    LIST(catalog_artist, "members", members, artist, "the members of the group"),
    LIST(catalog_artist, "groups", groups, artist, "the groups they belong to"),
    LIST(catalog_artist, "member_of", groups, artist, "the groups they belong to"),
    {ROW(catalog_artist, "suffix", FIELD_TEXT, suffix, NAME,
        "what tells them from another artist of the same name, where there is one: their group, or "
        "their disambiguation")},
    {ROW(catalog_artist, "band", FIELD_TEXT, band, NAME, "the letter in the index"),
        .flags = FIELD_NEVER_NONE},
    {ROW(catalog_artist, "seed", FIELD_INTEGER, seed, NAME,
         "a number from 0 to 999,999,999, always the same for the same name"),
        .flags = FIELD_NEVER_NONE},
    {ROW(catalog_artist, "rating", FIELD_FLOAT, rating, FACTS,
        "the mean of the ratings of the tracks that they perform")},
    {ROW(catalog_artist, "rated", FIELD_INTEGER, rated, FACTS, "how many of those are rated"),
        .flags = FIELD_NEVER_NONE},
    FEED,
    BODY,
    MENTIONS(catalog_artist),
};
const struct data_type catalog_artist_type =
    VIEW("artist", catalog_artist, artist_fields, &schema_artist_type,
        offsetof(struct catalog_artist, record), "A singer, a group, an orchestra, a composer.");

const struct catalog_term_row catalog_term_rows[CATALOG_TERM_KINDS] = {
    [CATALOG_TAGS] = {"tag", "a tag", "tags/", SCHEMA_ADDRESS_TAG},
    [CATALOG_AUTHORS] = {"author", "an author", "authors/", SCHEMA_ADDRESS_AUTHOR},
    [CATALOG_MOODS] = {"mood", "a mood", "moods/", SCHEMA_ADDRESS_MOOD},
    [CATALOG_INSTRUMENTS] = {"instrument", "an instrument", "instruments/",
        SCHEMA_ADDRESS_INSTRUMENT},
};

static const char *const term_words[] = {"tag", "author", "mood", "instrument", NULL};

_Static_assert(BASE_COUNT(term_words) == CATALOG_TERM_KINDS + 1, "a word for each kind");

static const struct data_field term_fields[] = {
    URL(catalog_term),
    SLUG(catalog_term),
    {ROW(catalog_term, "kind", FIELD_WORD, kind, NAME, "what it is"), .words = term_words,
        .flags = FIELD_NEVER_NONE},
    {ROW(catalog_term, "name", FIELD_TEXT, name, NAME, "as it is written"),
        .flags = FIELD_NEVER_NONE},
    {ROW(catalog_term, "has_page", FIELD_YES_NO, has_page, LINKS,
        "whether there is a page at its address: the only author of a blog has none")},
    LIST(catalog_term, "reviews", writings, writing,
        "writings with the tag, or by the author, newest first"),
    LIST(catalog_term, "listings", listings, listing,
        "tracks with the mood or the instrument, newest writing first"),
    LIST(catalog_term, "unlisted", unlisted, track,
        "those of them that no writing lists, but a file is about"),
    FEED,
    MENTIONS(catalog_term),
};
const struct data_type catalog_term_type = VIEW("term", catalog_term, term_fields, NULL, 0,
    "What pieces or tracks have in common: a tag, an author, a mood, an instrument.");

/* ---- Series --------------------------------------------------------------------------------------------------- */

static const struct data_field series_row_fields[] = {
    ONE(catalog_series_row, "review", writing, writing, "the piece; none where nothing is written"),
    {ROW(catalog_series_row, "season", FIELD_INTEGER, season, LINKS,
        "the season, where the series covers several")},
    {ROW(catalog_series_row, "episode", FIELD_INTEGER, episode, LINKS,
        "the episode, or the first of several")},
    {ROW(catalog_series_row, "last_episode", FIELD_INTEGER, last_episode, LINKS,
        "the last of several episodes")},
};
const struct data_type catalog_series_row_type = PLAIN("series_row", catalog_series_row,
    series_row_fields, "A row of a series: a piece, or episodes that no piece follows.");

static const struct data_field series_fields[] = {
    URL(catalog_series),
    SLUG(catalog_series),
    {ROW(catalog_series, "title", FIELD_TEXT, title, NAME,
        "its title as written; none for the recaps of a drama's season")},
    {ROW(catalog_series, "season", FIELD_INTEGER, season, NAME, "the season of those")},
    ONE(catalog_series, "drama", drama, drama, "the drama it is about, where it is one"),
    LIST(catalog_series, "dramas", dramas, drama, "all dramas it is about"),
    LIST(catalog_series, "reviews", writings, writing, "its pieces, in order"),
    LIST(catalog_series, "rows", rows, series_row,
        "its list: the pieces in order, and the episodes between them that none follows"),
    FEED,
};
const struct data_type catalog_series_type =
    VIEW("series", catalog_series, series_fields, NULL, 0, "Pieces that belong together.");

/* ---- Plain pages ---------------------------------------------------------------------------------------------- */

static const struct data_field page_fields[] = {
    URL(catalog_page),
    SLUG(catalog_page),
    BODY,
    MENTIONS(catalog_page),
};
const struct data_type catalog_page_type = VIEW("document", catalog_page, page_fields,
    &schema_page_type, offsetof(struct catalog_page, record), "A plain page, like /about/.");

/* ---- The site -------------------------------------------------------------------------------------------------- */

static const struct data_field drama_band_fields[] = {
    {ROW(catalog_drama_band, "label", FIELD_TEXT, label, LINKS, "the letter"),
        .flags = FIELD_NEVER_NONE},
    LIST(catalog_drama_band, "dramas", dramas, drama, "the dramas under it"),
};
const struct data_type catalog_drama_band_type = PLAIN(
    "drama_band", catalog_drama_band, drama_band_fields, "Dramas under one letter of the index.");

static const struct data_field artist_band_fields[] = {
    {ROW(catalog_artist_band, "label", FIELD_TEXT, label, LINKS, "the letter"),
        .flags = FIELD_NEVER_NONE},
    LIST(catalog_artist_band, "artists", artists, artist, "the artists under it"),
};
const struct data_type catalog_artist_band_type = PLAIN("artist_band", catalog_artist_band,
    artist_band_fields, "Artists under one letter of the index.");

static const struct data_field track_band_fields[] = {
    {ROW(catalog_track_band, "label", FIELD_TEXT, label, LINKS, "the letter"),
        .flags = FIELD_NEVER_NONE},
    LIST(catalog_track_band, "tracks", tracks, track, "the tracks under it"),
};
const struct data_type catalog_track_band_type = PLAIN(
    "track_band", catalog_track_band, track_band_fields, "Tracks under one letter of the index.");

static const struct data_field year_fields[] = {
    {ROW(catalog_year, "year", FIELD_INTEGER, year, LINKS, "the year"), .flags = FIELD_NEVER_NONE},
    LIST(catalog_year, "reviews", writings, writing, "what was written in it, newest first"),
    LIST(catalog_year, "soundtracks", soundtracks, drama,
        "the dramas of the year whose soundtracks are rated best"),
    LIST(catalog_year, "songs", songs, track, "the songs of the year that are rated best"),
    LIST(catalog_year, "instrumentals", instrumentals, track, "the instrumental pieces likewise"),
};
const struct data_type catalog_year_type = PLAIN(
    "year", catalog_year, year_fields, "A year: what was written in it, and what came out in it.");

static const struct data_field site_fields[] = {
    {ROW(catalog_site, "home", FIELD_TEXT, thing.url, NAME,
         "the address of the home page, from the host's root: / or /blog/"),
        .flags = FIELD_NEVER_NONE},
    LIST(catalog_site, "reviews", writings, writing, "all writings, newest first"),
    LIST(catalog_site, "dramas", dramas, drama, "all dramas, in the language's order"),
    LIST(catalog_site, "artists", artists, artist, "all artists, in the language's order"),
    LIST(catalog_site, "tracks", tracks, track, "all tracks, in the order of their oldest listing"),
    LIST(catalog_site, "series", series, series, "all series, in the order of their oldest piece"),
    LIST(catalog_site, "tags", terms[CATALOG_TAGS], term, "all tags, in the language's order"),
    LIST(catalog_site, "moods", terms[CATALOG_MOODS], term,
        "all moods of tracks, in the language's order"),
    LIST(catalog_site, "instruments", terms[CATALOG_INSTRUMENTS], term,
        "all instruments of tracks, in the language's order"),
    LIST(catalog_site, "contributors", terms[CATALOG_AUTHORS], term,
        "everybody who wrote any of its writings, in the language's order"),
    LIST(catalog_site, "pages", pages, page, "all plain pages, in the language's order"),
    LIST(catalog_site, "drama_bands", drama_bands, drama_band, "the index of dramas"),
    LIST(catalog_site, "artist_bands", artist_bands, artist_band, "the index of artists"),
    LIST(catalog_site, "track_bands", track_bands, track_band,
        "the index of tracks; empty where 'track_pages' is none"),
    LIST(catalog_site, "years", years, year, "the archive, newest year first"),
    LIST(catalog_site, "soundtracks", soundtracks, drama,
        "the dramas whose soundtracks are rated best, at most 25, as are these:"),
    LIST(catalog_site, "songs", songs, track, "the songs that are rated best"),
    LIST(catalog_site, "instrumentals", instrumentals, track,
        "the instrumental pieces that are rated best"),
    LIST(catalog_site, "best_artists", best_artists, artist,
        "the artists whose tracks are rated best, where at least three are rated"),
    LIST(catalog_site, "chart_years", chart_years, year,
        "all years with a page, newest first: also those of which there is only what came out"),
    {ROW(catalog_site, "has_charts", FIELD_YES_NO, has_charts, FACTS,
        "whether a soundtrack or a track is rated: then there are charts")},
};
const struct data_type catalog_site_type = VIEW("site", catalog_site, site_fields,
    &schema_settings_type, offsetof(struct catalog_site, settings), "The blog as a whole.");
