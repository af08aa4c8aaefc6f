/*
 * schema: what a writer may type, as tables of rows.
 *
 * Every kind of content file (a review, a drama, an artist, a page) and liner.yaml has a struct and
 * a `struct data_type` whose rows say each field's name, type, range and meaning. From the same rows
 * come the reading and its messages here, and, in rooms above, what templates see. Adding a field
 * is a member of the struct and a row.
 *
 * This room turns values into structs. It does not know which artists exist, or what a name means:
 * a name stays a mention with its place, for `catalog` to tie.
 *
 *     struct schema_reading reading = {.file = file, .arena = &arena, .report = report,
 *         .settings = &settings};
 *     struct schema_writing review;
 *     schema_read(&reading, &schema_writing_type, &front_matter, &review);
 *
 * Threads: the tables are constant; a `struct schema_reading` belongs to one thread.
 */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include "base/base.h"
#include "data/data.h"
#include "unicode/unicode.h"

/* ---- What is read ------------------------------------------------------------------------------------ */

/* A letter to rate by, and what it is worth. */
struct schema_letter {
    struct text name;
    double rating;
};

/* The rating scale of a blog: numbers from min to max, in steps or as letters are worth. */
struct schema_scale {
    double min, max, step;
    struct data_array letters; /* of schema_letter; none: steps */
    struct data_array aspects; /* texts: the words a rating map may use beside `overall` */
    bool is_unknown;           /* it was told wrongly: then nothing is held against it */
};

/* An abbreviation and what it stands for. */
struct schema_term {
    struct text term, meaning;
};

/* What pages may load, and from where. */
struct schema_policy {
    struct text directive;     /* "script-src" */
    struct data_array sources; /* texts */
};

struct schema_menu_item {
    struct data_spot spot;
    struct text title;
    struct text url; /* an address of the site ("/dramas/") or a full one */
};

/* The letters of addresses: of every script, or romanised. */
enum schema_slugs { SCHEMA_SLUGS_UNICODE, SCHEMA_SLUGS_ASCII };

/* A file that front matter names: a path beside it or from the root of content/, and where that stands. */
struct schema_path {
    struct text path;
    struct data_spot spot;
};

/* Names that only look alike. */
struct schema_distinct {
    struct data_spot spot;
    struct data_array names; /* of schema_mention, two or more */
};

/* What has pages of its own, each kind with its pattern of addresses. The first are in the order of
 * enum schema_writing_kind. */
enum schema_address_kind {
    SCHEMA_ADDRESS_REVIEW,
    SCHEMA_ADDRESS_RECAP,
    SCHEMA_ADDRESS_ESSAY,
    SCHEMA_ADDRESS_GUIDE,
    SCHEMA_ADDRESS_WRITING, /* all of those that have no pattern of their own: for reading alone */
    SCHEMA_ADDRESS_DRAMA,
    SCHEMA_ADDRESS_ARTIST,
    SCHEMA_ADDRESS_TRACK,
    SCHEMA_ADDRESS_TAG,
    SCHEMA_ADDRESS_AUTHOR,
    SCHEMA_ADDRESS_MOOD,
    SCHEMA_ADDRESS_INSTRUMENT,
    SCHEMA_ADDRESS_SERIES,
    SCHEMA_ADDRESS_PAGE,
    SCHEMA_ADDRESS_KINDS
};

/* What the words of a pattern stand for, see address.c. */
enum schema_address_word {
    SCHEMA_ADDRESS_SLUG,
    SCHEMA_ADDRESS_YEAR,
    SCHEMA_ADDRESS_MONTH,
    SCHEMA_ADDRESS_DAY,
    SCHEMA_ADDRESS_WRITING_KIND,
    SCHEMA_ADDRESS_OF_DRAMA,
    SCHEMA_ADDRESS_SEASON,
    SCHEMA_ADDRESS_EPISODE,
    SCHEMA_ADDRESS_WORDS
};

/* A piece of a pattern: a word that something stands for, or text. */
struct schema_address_part {
    struct text text; /* absent: the word */
    enum schema_address_word word;
    bool ends_folder; /* text whose last sign is a slash */
};

/* A pattern of addresses: "/:year/:slug/". */
struct schema_pattern {
    struct text typed;
    const struct schema_address_part *parts; /* what follows the first slash */
    size_t count;
};

struct schema_addresses {
    struct data_array typed[SCHEMA_ADDRESS_KINDS]; /* texts */
    /* Of schema_pattern, never empty: where a thing stands, then where it stood before. */
    struct data_array patterns[SCHEMA_ADDRESS_KINDS];
};

/* Which tracks have a page of their own: those with a file or in several writings, all, none. */
enum schema_track_pages {
    SCHEMA_TRACK_PAGES_AUTO,
    SCHEMA_TRACK_PAGES_ALL,
    SCHEMA_TRACK_PAGES_NONE
};

enum schema_engine { SCHEMA_MD4C, SCHEMA_CMARK_GFM };

/* An address that a piece had before, from the site's root: "/2016/signal/". */
struct schema_old_address {
    struct data_spot spot;
    struct text path;
};

/* How texts are read. */
struct schema_markdown {
    int engine; /* enum schema_engine */
    bool html, smart;
    bool lacks_years; /* a drama is named without its year */
};

/* liner.yaml. Read once; everything in it lives as long as the build. */
struct schema_settings {
    struct data_spot spot;
    struct text title, url, language, time_zone, description, theme, output;
    const struct unicode_zone *zone; /* of time_zone; NULL: UTC */
    struct data_array authors;       /* texts */
    struct data_value theme_settings;
    const struct schema_scale *rating;      /* never NULL */
    const struct schema_markdown *markdown; /* never NULL */
    int64_t per_page;
    struct data_array menu;       /* of schema_menu_item */
    struct data_array glossary;   /* of schema_term */
    struct data_array ignore;     /* texts: names of files in content/ to pass over */
    struct schema_path head_file; /* whose bytes are `head`, once they are read */
    struct text head;             /* HTML for the head of every page */
    struct data_array csp;        /* of schema_policy */
    bool players;                 /* what can be heard is played on the page when asked for */
    bool playlists;               /* there are files of what can be heard */
    bool search;                  /* there is a search page */
    bool tells_players, tells_playlists, tells_search; /* the blog has said so itself */
    int track_pages;                                   /* enum schema_track_pages */
    int feeds;                                         /* enum schema_feeds */
    int slugs;                                         /* enum schema_slugs */
    struct data_array distinct;                        /* of schema_distinct */
    const struct schema_addresses *addresses;          /* never NULL */
    struct data_array gone; /* of schema_old_address: those that nothing shall lead on from */
};

/* A name that stands for a drama, an artist or what catalog calls a term. */
struct schema_mention {
    struct data_spot spot;
    struct text name;
    const struct schema_mention_more *more; /* never NULL */
};

/* What most mentions do not tell; the part of one that tells nothing. */
struct schema_mention_more {
    struct text native;
    struct text role, as;
    int64_t season;
};
extern const struct schema_mention_more schema_mention_no_more;

enum schema_feeds { SCHEMA_FEEDS_SITE, SCHEMA_FEEDS_ALL };
enum schema_track_kind { SCHEMA_VOCAL, SCHEMA_INSTRUMENTAL };

/* Where in a drama a track is heard. */
struct schema_scene {
    struct data_spot spot;
    int64_t episode;
    struct text at, note;
    bool spoiler;
};

/* What else than performing a track is credited. */
enum schema_credit {
    SCHEMA_COMPOSERS,
    SCHEMA_LYRICISTS,
    SCHEMA_ARRANGERS,
    SCHEMA_PRODUCERS,
    SCHEMA_CREDITS
};

struct schema_track {
    struct data_spot spot;
    bool pick;
    struct text line; /* "Artist - Title" as it was pasted; absent when it came in another form */
    struct text title, native;
    struct data_array artists; /* of schema_mention */
    double rating;
    struct text youtube;
    const struct schema_track_more *more; /* never NULL */
};

/* What most tracks do not tell; the part of one that tells nothing. */
struct schema_track_more {
    struct text group, part, duration, note, language;
    struct data_array
        credits[SCHEMA_CREDITS];             /* of schema_mention: who made it, by what they did */
    const struct schema_mention *drama;      /* NULL: the writing's own */
    const struct schema_mention *version_of; /* NULL: of none */
    int64_t season;
    int kind; /* enum schema_track_kind, -1 when not told */
    struct data_date released;
    struct data_array moods, instruments; /* of schema_mention */
    struct data_array scenes;             /* of schema_scene */
    struct text spotify, apple, melon, genie, bugs, flo, vibe, soundcloud, bandcamp;
    struct text isrc, musicbrainz; /* "KRA381600123"; a UUID */
    struct data_value extra;
};
extern const struct schema_track_more schema_track_no_more;

/* What content/tracks/ says of one. */
struct schema_track_file {
    struct schema_track track; /* first: it is read by the same rows */
    struct text summary, cover_alt, slug;
    struct schema_path cover;
    struct data_array aliases;       /* texts */
    struct data_array links;         /* of schema_link */
    struct data_array redirect_from; /* of schema_old_address */
};

struct schema_aspect {
    struct text name;
    double rating;
};

/* What a rating is of. */
enum schema_reviewed {
    SCHEMA_SOUNDTRACK,
    SCHEMA_PART,
    SCHEMA_TRACK,
    SCHEMA_EPISODE,
    SCHEMA_WHOLE_DRAMA
};
enum schema_writing_kind { SCHEMA_REVIEW, SCHEMA_RECAP, SCHEMA_ESSAY, SCHEMA_GUIDE };
enum schema_spoilers {
    SCHEMA_SPOILERS_NO,
    SCHEMA_SPOILERS_YES,
    SCHEMA_SPOILERS_MILD,
    SCHEMA_SPOILERS_FULL
};

struct schema_writing {
    struct data_spot spot;
    struct text title, summary, verdict, status, seen, series, cover_alt, slug;
    struct schema_path cover, audio; /* audio: or an address */
    struct text playlist;
    struct data_array aliases; /* texts */
    struct data_date date, updated, expires;
    int kind;     /* enum schema_writing_kind */
    int reviews;  /* enum schema_reviewed, -1 when not told */
    int spoilers; /* enum schema_spoilers */
    int64_t episode, season;
    int64_t last_episode; /* of several: DATA_NO_INTEGER for one */
    struct data_spot episode_spot;
    bool final;              /* typed as the last episode */
    struct text part, track; /* what of the soundtrack it reviews */
    struct data_spot track_spot;
    int64_t helpful; /* readers who found it so */
    double rating;
    struct data_array aspects;               /* of schema_aspect */
    struct data_array dramas, tags, authors; /* of schema_mention */
    struct data_array related;               /* likewise, of writings */
    struct data_array redirect_from;         /* of schema_old_address */
    struct data_array tracks;                /* of schema_track */
    struct data_array pros, cons, glance;    /* texts */
    bool draft;
    struct data_value extra;
};

/* A tune that stands for somebody: the tracks it is heard in, and who it belongs to. */
struct schema_motif {
    struct data_spot spot;
    struct text name, note;
    struct data_array tracks;     /* of schema_mention */
    struct data_array characters; /* texts */
};

struct schema_cast {
    struct data_spot spot;
    struct text actor, as;
    bool cameo;
};

struct schema_link {
    struct data_spot spot;
    struct text title, url;
};

/* What an address leads to on a service where music is heard. */
struct schema_player {
    struct text service; /* "YouTube" */
    struct text slug;    /* "youtube": for the stylesheet */
    struct text kind;    /* video, short, track, album, playlist, artist: what shape it has */
    struct text frame;   /* the address of the service's player; absent where it has none */
    struct text video;   /* on YouTube the id of the video, if it is one */
};

/* A service that a track names: made when a template asks for it. */
struct schema_heard {
    struct text url;
    struct schema_player player; /* no kind where nothing is known of the address */
};

struct schema_drama {
    struct data_spot spot;
    struct text title, native, network, poster_alt, slug, summary, disambiguation;
    struct schema_path poster;
    int format; /* series, film, web, special; -1 when not told */
    int64_t year, seasons, episodes;
    const struct schema_mention *remake_of;                                 /* NULL: of none */
    struct data_array aliases, genres, directors, writers, music_directors; /* texts */
    struct data_array cast;                                                 /* of schema_cast */
    struct data_array motifs;                                               /* of schema_motif */
    struct data_array links;                                                /* of schema_link */
    struct data_array redirect_from; /* of schema_old_address */
    struct data_value extra;
};

enum schema_artist_kind { SCHEMA_PERSON, SCHEMA_GROUP, SCHEMA_ORCHESTRA };

struct schema_artist {
    struct data_spot spot;
    struct text name, native, photo_alt, slug, summary, disambiguation;
    struct schema_path photo;
    int kind;                             /* enum schema_artist_kind, -1 when not told */
    struct data_array aliases;            /* texts */
    struct data_array members, member_of; /* of schema_mention */
    struct data_array links;              /* of schema_link */
    struct data_array redirect_from;      /* of schema_old_address */
    struct data_value extra;
};

struct schema_page {
    struct data_spot spot;
    struct text title, summary, slug;
    bool draft;
    struct data_array redirect_from; /* of schema_old_address */
    struct data_value extra;
};

/* A comment's own name, or that of another, and where that stands. */
struct schema_comment_id {
    struct text name; /* absent: not told */
    struct data_spot spot;
};

/* What a comment may have of text. */
enum { SCHEMA_COMMENT_BYTES = 16 << 10 };

struct schema_comment {
    struct data_spot spot;
    struct schema_comment_id id, parent;
    struct text author, url, body;
    struct data_date date;
    int64_t votes;
    struct data_array replies; /* of schema_comment */
};

/* theme.yaml. */
struct schema_theme {
    struct text name, version, description, needs, parent;
    struct data_value settings; /* a map: for each setting what schema_declare_settings reads */
};

enum schema_setting_kind {
    SCHEMA_SETTING_TEXT,
    SCHEMA_SETTING_TEXTS,
    SCHEMA_SETTING_YES_NO,
    SCHEMA_SETTING_INTEGER,
    SCHEMA_SETTING_NUMBER,
    SCHEMA_SETTING_CHOICE,
};

/* A setting that a theme lets a blog set. */
struct schema_setting {
    struct data_spot spot; /* of its name */
    struct text file;      /* that declares it, the last of several */
    struct text name, help;
    int type; /* enum schema_setting_kind */
    struct data_array choices;
    double min, max;
    struct data_value standard; /* what stands where the blog says nothing; as it was typed */
    struct text standard_file;
};

/* The settings of a theme and its parents, and the values that a blog gives them. */
struct schema_theme_settings {
    struct schema_setting **declared;
    size_t count, capacity;
    struct data_type type; /* a row for each: what templates see as site.theme_settings */
    void *values;          /* a struct of that type */
};

extern const struct data_type schema_theme_type, schema_setting_type;
extern const struct data_type schema_settings_type, schema_scale_type, schema_letter_type,
    schema_menu_item_type, schema_markdown_type, schema_term_type, schema_policy_type,
    schema_addresses_type;
extern const char *const schema_reviewed_words[]; /* of enum schema_reviewed */
extern const struct data_type schema_writing_type, schema_track_type, schema_track_file_type,
    schema_track_group_type, schema_aspect_type;
extern const struct data_type schema_drama_type, schema_artist_type, schema_page_type;
extern const struct data_type schema_comment_type;
extern const struct data_type schema_comments_type; /* a list of them */
extern const struct data_type schema_problems_type; /* what 'liner check --format json' prints */
extern const struct data_type schema_scene_type, schema_motif_type, schema_cast_type,
    schema_link_type, schema_old_address_type, schema_heard_type;
/* A mention as it is typed for an artist, a drama or a term. */
extern const struct data_type schema_artist_mention_type, schema_drama_mention_type,
    schema_tag_mention_type, schema_author_mention_type, schema_mood_mention_type,
    schema_instrument_mention_type, schema_recording_type, schema_writing_mention_type;

/* ---- The kinds of content files ------------------------------------------------------------------------ */

enum schema_kind {
    SCHEMA_WRITINGS,
    SCHEMA_DRAMAS,
    SCHEMA_ARTISTS,
    SCHEMA_TRACKS,
    SCHEMA_PAGES,
    SCHEMA_KIND_COUNT
};

struct schema_kind_row {
    const char *folder; /* below content/ */
    const struct data_type *type;
};
extern const struct schema_kind_row schema_kinds[SCHEMA_KIND_COUNT];

/* All that may be asked about by name: the kinds of files, what stands in them, the settings, what is
 * printed for programs. A track of a list is known as "tracks", for its messages call it a track, too. */
struct schema_type_row {
    const char *name;
    const struct data_type *type;
};
extern const struct schema_type_row schema_types[];
extern const size_t schema_type_count;
const struct data_type *schema_find_type(struct text name); /* NULL when there is none */
/* What it is known as there; of any other type its own name. */
const char *schema_known_as(const struct data_type *);

/* ---- JSON Schema -------------------------------------------------------------------------------------- */

/* What a JSON Schema is for: any blog, or one with its scale and its theme's settings. */
struct schema_shape_request {
    const struct schema_settings *settings; /* NULL: any */
    const struct data_type *theme_settings; /* NULL: any */
};

/* The rows of a type as JSON Schema, draft-07: a map, to be written by data_json. It takes all that
 * schema_read takes, from any reader of YAML: `title: 1988` is a number to most, and a text here. */
struct data_value schema_shape(
    struct arena *, const struct data_type *, const struct schema_shape_request *);

/* ---- Reading --------------------------------------------------------------------------------------------- */

struct schema_reading {
    struct text file;    /* for messages */
    struct text yaml;    /* its fields as they stand, to find lines in; may be absent */
    uint32_t yaml_line;  /* the line on which they start */
    struct arena *arena; /* everything read lives here */
    struct report *report;
    const struct schema_settings *settings; /* NULL while liner.yaml itself is read */
    unsigned corrected;                     /* lines that were printed as they should be */
    bool is_partial; /* the document broke off: what is missing may stand behind the break */
    bool is_vault;   /* of Obsidian's: properties of the writer's own go under 'extra' */
};

/* Fills a struct of the type from a map, from defaults where the map says nothing. Every fault is
 * reported at its place, and reading goes on; false when there was one. Text is brought to NFC. */
bool schema_read(
    struct schema_reading *, const struct data_type *, const struct data_value *map, void *record);

/* The same for the comments beside a writing, a list: the array is of schema_comment. */
bool schema_read_comments(
    struct schema_reading *, const struct data_value *list, struct data_array *comments);

/* The same for liner.yaml, with the defaults of the settings that it leaves out. */
bool schema_read_settings(
    struct schema_reading *, const struct data_value *map, struct schema_settings *);

/* Adds the settings that one theme.yaml declares: its parent's go first, and it may change them. */
void schema_declare_settings(
    struct schema_reading *, const struct data_value *map, struct schema_theme_settings *);
/* Then makes their type, and reads the values that a blog gives (a map, or none for nothing). */
void schema_read_theme_settings(
    struct schema_reading *, const struct data_value *given, struct schema_theme_settings *);

/* The address below `base` ("/blog/") that a pattern makes of values, in the order of enum
 * schema_address_word: where one is absent, the folder that it is in is left out. */
struct text schema_address(const struct schema_pattern *, struct text base,
    const struct text values[SCHEMA_ADDRESS_WORDS], struct arena *);
/* The word by which settings know a kind: "review". */
const char *schema_address_kind_name(enum schema_address_kind);

/* Whether it starts with http:// or https://, goes on with a host, and holds no blank or quote. */
bool schema_is_web_address(struct text);
/* And whether a site can stand there: what follows the host, if anything, is a folder. */
bool schema_is_site_address(struct text);

/* Reads one track as fans write it:
 *
 *     Kyuhyun (규현) - Love beyond words (사랑은 말로 표현하는게 아니래요)
 *     Chanyeol & Punch - Stay With Me
 *     "Stay With Me" by Chanyeol and Punch
 *     "Stay With Me (feat. Punch)" - Chanyeol
 *     "Paradise" (Boys Over Flowers) by T-Max
 *
 * False, with the problem reported, when it is none of these: then `track` says nothing. */
bool schema_read_track_line(
    struct schema_reading *, struct text line, struct data_spot, struct schema_track *);

/* Parts "Artists - Title" at its first dash between two blanks and outside of brackets; false where
 * there is none. */
bool schema_part_track_line(struct text line, struct text *artists, struct text *title);

/* ---- Players --------------------------------------------------------------------------------------------- */

/* Is it an address of something that can be heard on such a service? */
bool schema_plays(struct text address);
/* The same, and what it is; the frame's address in the arena. */
bool schema_find_player(struct text address, struct arena *, struct schema_player *);
/* The services that the records of a track name, as things of schema_heard_type; of one service the first
 * record that does counts. */
struct data_value schema_services_of(
    const struct schema_track *const *records, size_t count, struct arena *);
/* The first of them that has a player, or none. */
struct data_value schema_player_of(
    const struct schema_track *const *records, size_t count, struct arena *);
/* The same of one struct schema_track. */
struct data_value schema_compute_services(const void *track, struct data_run *);
struct data_value schema_compute_player(const void *track, struct data_run *);
/* "3:45" or "1:03:45" in seconds; -1 where it is written in another way. */
int64_t schema_seconds(struct text duration);
/* A track like it that may be changed: the next two want one. */
struct schema_track *schema_copy_track(const struct schema_track *, struct arena *);
/* Adds the facts that the one does not tell and the other does: title, day, length, where to listen and the like. */
void schema_add_facts(struct schema_track *, const struct schema_track *more, struct arena *);
/* The same for a track in a list, by the record of its file: that one's facts stand, but a list's links to where to
 * listen are the list's own. */
void schema_add_file(struct schema_track *listed, const struct schema_track *file, struct arena *);
/* Whether its record tells what stands in the quiet line below a title: part, day, kind, length, language, moods,
 * instruments. */
bool schema_has_details(const struct schema_track *);
/* The id of its video on YouTube, as the first of the records says that names one; absent where none does. */
struct text schema_video_of(
    const struct schema_track *const *records, size_t count, struct arena *);
/* Whether a service is named where it is heard. */
bool schema_is_heard(const struct schema_track *);
/* Adds the hosts that frames come from, a blank before each: " https://open.spotify.com". */
void schema_add_player_hosts(struct buffer *out);

/* ---- Places ------------------------------------------------------------------------------------------------ */

/* The letter that comes nearest to a rating, the better of two; NULL on a blog without letters. */
const struct schema_letter *schema_nearest_letter(const struct schema_scale *, double rating);

/* How often each rating was given, in bars by the scale, the lowest first. A rating stands in the bar that begins at
 * it or next below it; of letters in the nearest. */
enum { SCHEMA_BARS_MOST = 64 };
struct schema_bars {
    const struct schema_scale *scale;
    double from[SCHEMA_BARS_MOST]; /* the lowest rating of each */
    size_t counts[SCHEMA_BARS_MOST];
    size_t count, highest;
};
void schema_bars_init(struct schema_bars *, const struct schema_scale *);
void schema_bars_add(struct schema_bars *, double rating);

/* A day or moment as the blog's clocks have it: one without an offset is read by them, any other is turned to
 * theirs. Without a time zone it stays as it is. */
struct data_date schema_local_date(const struct schema_settings *, struct data_date);

/* The place of a spot in a file. */
struct place schema_place(struct text file, struct data_spot);

#endif
