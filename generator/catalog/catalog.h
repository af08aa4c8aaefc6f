/*
 * catalog: the blog as linked things.
 *
 * Reads content/ into records, one a file, on all cores; closes the set of things (dramas, artists,
 * tracks and tags exist as soon as something names them); ties every link both ways; puts all in
 * order; and freezes. What comes out is read-only.
 *
 *     record (one a content file)                 view (made anew, whole and cheaply)
 *     schema_writing: drama: Signal  ---------->  catalog_writing.dramas -> catalog_drama
 *       tracks: Sweet Night by V                    .tracks -> catalog_listing -> catalog_track
 *                                                   catalog_artist.listings <-/
 *
 * Templates see the views through their types below: a field that a view does not have is looked
 * for in its record, so what a writer types is there without being said twice.
 *
 *     struct catalog_request request = {.disk = &disk, .settings = &settings, .jobs = 2};
 *     struct catalog *catalog = catalog_open(&request, report);
 *     ... catalog->site.writings ...
 *     catalog_close(catalog);
 *
 * Threads: opening starts its own; afterwards any number may read.
 */
#ifndef CATALOG_CATALOG_H
#define CATALOG_CATALOG_H

#include "base/base.h"
#include "data/data.h"
#include "disk/disk.h"
#include "markdown/markdown.h"
#include "picture/picture.h"
#include "schema/schema.h"
#include "unicode/unicode.h"

/* ---- Files ---------------------------------------------------------------------------------------------- */

/* The file of comments beside a writing. What it says is read again by the page that shows it. */
struct catalog_comments {
    struct text path; /* from the blog's root: "content/reviews/goblin.comments.yaml" */
    uint64_t hash;    /* of its bytes */
    int64_t count;    /* without those that were deleted */
};

/* A content file that was read: the record and what was found in the body. The bytes themselves are
 * not kept. */
struct catalog_file {
    struct text path; /* from the blog's root: "content/reviews/goblin.md" */
    struct text stem; /* what its address is made of: "goblin" */
    enum schema_kind kind;
    const void *record; /* a struct of the kind's type; NULL when it could not be read */
    bool is_whole;      /* its front matter could be read to the end */
    const struct catalog_thing *thing; /* what it is about; NULL when that is not out */
    uint64_t stamp;                    /* of its status on the disk; 0: it may change unseen */
    bool is_kept, is_clean;            /* it was not opened; there was nothing to tell of it */
    uint64_t hash, body_hash;          /* of the file's bytes; of those of the body */
    uint64_t shape;            /* of what decides more than its own text: see catalog_shape */
    size_t body_offset;        /* where the body starts in them */
    uint32_t body_line;        /* on which line */
    struct markdown_scan scan; /* the body's headings, links, words */
    struct catalog_comments *comments; /* NULL for none */
};

/* Any other file in content/: it is copied to the same place. */
struct catalog_asset {
    struct text path; /* from the blog's root: "content/favicon.ico" */
    struct text url;  /* below the site: "favicon.ico" */
    struct disk_status status;
    struct picture_size size; /* where it is a picture that could be measured */
    bool is_measured;         /* or was tried to */
};

/* A picture that front matter names. */
struct catalog_picture {
    struct text url;       /* from the host's root */
    int64_t width, height; /* pixels; DATA_NO_INTEGER: not known */
};

/* The picture of a page about something: its cover, poster or photo, else that of its drama. Absent without one. */
struct catalog_picture catalog_picture_of(const struct catalog_thing *);

/* A recording that belongs to a writing. */
struct catalog_recording {
    struct text url;  /* from the host's root, or in full where it is elsewhere */
    struct text type; /* "audio/mpeg"; absent where it is a page that plays it */
    int64_t bytes;    /* DATA_NO_INTEGER: not known */
    bool is_here;     /* a file of this site */
};

/* A heading of a body, as templates see it. */
struct catalog_heading {
    int64_t level; /* 2 to 6 */
    struct text id, text;
};

/* A thread that is deeper goes on at this level. */
enum { CATALOG_COMMENT_LEVELS = 4 };

/* A comment in its thread, as templates see it: made by the page that shows it. */
struct catalog_comment {
    const struct schema_comment *record;
    struct text author; /* without what nobody sees; absent: nobody said */
    struct text anchor; /* what stands behind the # of its address: no other of the page has it */
    const struct catalog_comment *parent; /* what it answers; NULL for none */
    struct catalog_comment
        *shown_below; /* the same, but at the last level: what that stands below */
    int64_t votes;    /* 0 where nobody said */
    int64_t level;    /* from 1 to CATALOG_COMMENT_LEVELS */
    bool is_deleted;
    struct data_array replies; /* of catalog_comment: those below it, the oldest first */
};

/* ---- Views ------------------------------------------------------------------------------------------------ */

/* What every numbered thing starts with. */
struct catalog_thing {
    uint32_t number; /* from 0, over all things: see data_reads */
    const struct data_type *type;
    struct text url; /* its address from the host's root, never absent: "/blog/dramas/signal/" */
    struct text slug;
    struct text sort_key;            /* text_compare of these puts names in the language's order */
    const struct catalog_file *file; /* NULL: nobody wrote one */
    const struct catalog_file *named_in; /* without a file: where it is named first, */
    struct data_spot named_at;           /* and the place in it */
    uint64_t leads_to;                   /* a hash of where the links of its text lead */
    struct data_array mentions; /* of catalog_writing: those whose text links here, newest first */
};

struct catalog_writing {
    struct catalog_thing thing;
    const struct schema_writing *record;
    struct data_array dramas;          /* of catalog_drama */
    const struct catalog_drama *drama; /* the first of them; NULL for none */
    struct data_array artists;  /* of catalog_artist, once each, in the order of the tracks */
    struct data_array tags;     /* of catalog_term */
    struct data_array listings; /* of catalog_listing: its tracks, as they are listed */
    struct data_array groups;   /* of catalog_track_group: the same in groups, where it has any */
    struct data_array authors;  /* of catalog_term: its own, or the blog's */
    struct data_array related;  /* of catalog_writing: those it names, else the 3 closest */
    int64_t season;             /* its own, or the one named with its drama; DATA_NO_INTEGER */
    int reviews;                /* enum schema_reviewed */
    struct text part;           /* of the soundtrack, that it reviews; else absent */
    const struct catalog_listing *reviewed;      /* the track that it reviews; else NULL */
    bool is_final;                               /* it follows the drama's last episode */
    uint32_t rank;                               /* among all writings, the newest first: from 0 */
    const struct catalog_series *series;         /* NULL: none */
    const struct catalog_writing *newer, *older; /* NULL at the ends */
    const struct catalog_writing *previous_part, *next_part; /* in its series */
    struct text summary;          /* its own, or the body's beginning; may be absent */
    struct catalog_picture cover; /* absent address: none */
    struct text playlist_url; /* of the file of its tracks; absent where none is heard anywhere */
    int64_t comment_count;
    const struct catalog_recording *audio; /* NULL without one */
    struct data_array scenes; /* of catalog_scene: of its tracks, in the order of the story */
};

/* An artist on a track, with what the writing says of that. */
struct catalog_performer {
    const struct catalog_artist *artist;
    struct text role, as;
};

/* What few tracks have, and few listings. */
struct catalog_track_more {
    struct data_array
        credits[SCHEMA_CREDITS]; /* of catalog_artist: who made it, by what they did */
    struct data_array moods,
        instruments; /* of catalog_term; a track's, as the oldest says that tells */
    const struct catalog_track *version_of; /* NULL: of none */
    /* Of a listing: of catalog_performer, its artists, if any has a role or another name. */
    struct data_array performers;
    /* Of a track: of catalog_track, those that are one of it; and all of its title, where there are several. */
    struct data_array versions, namesakes;
};
extern const struct catalog_track_more catalog_track_no_more;

/* A track in the list of one writing: what that writer says of it. */
struct catalog_listing {
    uint32_t number;  /* its writing's: reading it counts as reading the writing */
    int64_t position; /* from 1 */
    int64_t season;   /* the track's own, its drama's or its writing's; or DATA_NO_INTEGER */
    const struct schema_track *record;
    const struct catalog_writing *writing;
    const struct catalog_track *track;
    const struct catalog_drama *drama;     /* NULL when nothing says */
    struct data_array artists;             /* of catalog_artist */
    const struct catalog_track_more *more; /* never NULL */
};

/* Tracks that stand together: see track_group.c. */
struct catalog_track_group {
    struct text title;         /* as the writer gave it; absent for a part, and for none */
    struct text part;          /* the part of the soundtrack, as typed; absent for none */
    int64_t number, season;    /* of the part; or DATA_NO_INTEGER */
    struct data_date released; /* the day that its tracks came out; none where they have several */
    bool has_several_days;
    struct data_array tracks; /* of catalog_listing in a writing's, of catalog_track in a drama's */
};

/* What only a track's own page shows. */
struct catalog_track_page {
    struct text
        slug; /* the last part of its address; the track's own is that on its drama's page */
    struct catalog_picture cover; /* absent address: none */
    struct text cover_alt, summary;
    struct data_array aliases;                   /* texts */
    struct data_array links;                     /* of schema_link */
    struct data_array performers;                /* of catalog_performer, as one record tells */
    const struct catalog_track *previous, *next; /* with a page, in the drama's order */
};

/* A track over all the writings that list it. */
struct catalog_track {
    struct catalog_thing thing;
    const struct schema_track *record;     /* as its file says, or the oldest writing lists it */
    const struct catalog_track_page *page; /* NULL: it has none */
    const struct catalog_drama *drama;     /* NULL when nothing says */
    int64_t season;
    struct data_array artists;  /* of catalog_artist */
    struct data_array listings; /* newest writing first */
    double rating;              /* the mean of the ratings given; NAN when there is none */
    bool pick;                  /* somebody's favourite */
    const struct catalog_track_more *more; /* never NULL */
};

/* A scene in which a track is heard. */
struct catalog_scene {
    const struct schema_scene *record;
    const struct catalog_listing *listing;
    int64_t season; /* the listing's */
};

/* A motif, as templates see it. */
struct catalog_motif {
    const struct schema_motif *record;
    struct data_array tracks; /* of catalog_track */
};

struct catalog_drama {
    struct catalog_thing thing;
    const struct schema_drama *record;
    struct catalog_picture poster; /* absent address: none */
    struct text playlist_url;   /* of the file of its tracks; absent where none is heard anywhere */
    struct data_array writings; /* newest first */
    struct data_array tracks;   /* of catalog_track, as first listed; versions side by side */
    struct data_array artists;  /* of catalog_artist, on its tracks */
    const struct catalog_drama *remake_of; /* NULL: of none */
    struct data_array remakes;             /* of catalog_drama: those that are one of it */
    struct data_array parts;               /* of catalog_track_group; none where no part is known */
    struct data_array series;              /* of catalog_series, the oldest first */
    struct text band;                      /* of the index: "S" */
    int64_t seed;             /* the same number for the same title: for drawing its sleeve */
    struct data_array motifs; /* of catalog_motif */
    struct data_array scenes; /* of catalog_scene: of its tracks, in the order of the story */
    double rating; /* of its soundtrack: the mean of the pieces that rate it; NAN for none */
    int64_t rated; /* how many those are */
};

struct catalog_artist {
    struct catalog_thing thing;
    const struct schema_artist *record;
    struct catalog_picture photo; /* absent address: none */
    struct data_array listings;   /* that they perform, newest writing first */
    struct data_array
        credits[SCHEMA_CREDITS]; /* listings that they helped to make, by what they did */
    struct data_array tracks;    /* of catalog_track, that they perform */
    struct data_array
        unlisted; /* of catalog_track: that they have a part in, and no writing lists */
    struct data_array writings;        /* of catalog_writing, newest first */
    struct data_array dramas;          /* of catalog_drama */
    struct data_array members, groups; /* of catalog_artist, both ways */
    double rating;      /* the mean of the tracks that they perform; NAN where none is rated */
    int64_t rated;      /* how many of those are rated */
    struct text suffix; /* "BTS": tells them from a namesake; absent where there is none */
    struct text band;
    int64_t seed;
};

/* What pieces have in common, and nobody writes a file for. */
enum catalog_term_kind {
    CATALOG_TAGS,
    CATALOG_AUTHORS,
    CATALOG_MOODS, /* of tracks, as are */
    CATALOG_INSTRUMENTS,
    CATALOG_TERM_KINDS
};

/* A row for each kind of term. */
struct catalog_term_row {
    const char *name;   /* as `term.kind` says it */
    const char *shown;  /* in messages: "a tag" */
    const char *folder; /* of their index: "tags/" */
    enum schema_address_kind address;
};
extern const struct catalog_term_row catalog_term_rows[CATALOG_TERM_KINDS];

struct catalog_term {
    struct catalog_thing thing;
    int kind; /* enum catalog_term_kind */
    struct text name;
    bool has_page;              /* an author has none where nobody else writes */
    struct data_array listings; /* of catalog_listing: those with the mood or the instrument */
    struct data_array unlisted; /* of catalog_track: those with it that no writing lists */
    struct data_array writings; /* newest first */
};

/* Pieces that belong together: see series.c. */
struct catalog_series {
    struct catalog_thing thing;
    struct text title;                 /* absent: the recaps of a drama's season */
    int64_t season;                    /* of those; or DATA_NO_INTEGER */
    struct data_array dramas;          /* of catalog_drama, that its pieces are about */
    const struct catalog_drama *drama; /* the only one of them; else NULL */
    struct data_array writings;        /* in order */
    struct data_array rows;            /* of catalog_series_row */
};
/* A row of a series' list: a piece, or episodes that no piece follows. */
struct catalog_series_row {
    const struct catalog_writing *writing; /* NULL: none */
    int64_t season;                        /* where the series covers several; or DATA_NO_INTEGER */
    int64_t episode, last_episode;         /* or DATA_NO_INTEGER */
};

struct catalog_page {
    struct catalog_thing thing;
    const struct schema_page *record;
};

/* The parts of an index, under one letter or one year. */
struct catalog_drama_band {
    struct text label;
    struct data_array dramas;
};
struct catalog_artist_band {
    struct text label;
    struct data_array artists;
};
struct catalog_track_band {
    struct text label;
    struct data_array tracks;
};
/* A year: what was written in it, and the best of what came out in it (see chart.c). */
struct catalog_year {
    int64_t year;
    struct data_array writings;             /* of catalog_writing, newest first */
    struct data_array soundtracks;          /* of catalog_drama */
    struct data_array songs, instrumentals; /* of catalog_track */
};

/* The blog as a whole. Its record is the settings. */
struct catalog_site {
    struct catalog_thing thing;
    const struct schema_settings *settings;
    struct data_array writings;                  /* newest first; what is not out is not in */
    struct data_array dramas, artists, pages;    /* in the language's order */
    struct data_array terms[CATALOG_TERM_KINDS]; /* likewise */
    struct data_array tracks;                    /* in the order of their oldest listing */
    struct data_array series;                    /* in the order of their oldest piece */
    struct data_array drama_bands, artist_bands, years;
    struct data_array track_bands;          /* none where tracks have no pages */
    struct data_array soundtracks;          /* of catalog_drama: the best of all time, as are */
    struct data_array songs, instrumentals; /* of catalog_track, */
    struct data_array best_artists;         /* and of catalog_artist */
    struct data_array
        chart_years; /* of catalog_year, newest first: also those in which nothing was written */
    bool has_charts; /* anything is rated */
};

extern const struct data_type catalog_site_type, catalog_writing_type, catalog_listing_type,
    catalog_track_type, catalog_drama_type, catalog_artist_type, catalog_term_type,
    catalog_page_type, catalog_series_type, catalog_series_row_type, catalog_drama_band_type,
    catalog_artist_band_type, catalog_track_band_type, catalog_year_type, catalog_comment_type,
    catalog_heading_type, catalog_performer_type, catalog_track_page_type, catalog_recording_type,
    catalog_motif_type, catalog_scene_type, catalog_track_group_type, catalog_album_part_type;

/* ---- The catalog -------------------------------------------------------------------------------------------- */

/* All below content/ but what is hidden, as somebody has listed it just now. */
struct catalog_listed {
    struct arena arena;
    struct disk_list list;
    bool is_whole;
};

struct catalog_request {
    const struct disk *disk; /* of the blog's root */
    /* Spares listing it again; catalog_open uses it up. NULL, or not whole: it is listed. */
    struct catalog_listed *listed;
    const struct schema_settings *settings;
    const struct unicode_language *language;
    struct text base_path;  /* of the site's addresses: "/" or "/blog/" */
    struct data_date today; /* what is dated later is left out */
    bool with_drafts, with_future;
    bool measures_pictures;
    struct text known_pictures; /* the catalog's, of another time; absent: none */
    unsigned jobs;
    struct progress progress; /* of reading the files */
    struct steps steps;       /* "reading", "linking" */
    /* Where what files were read as is kept for the next time (".liner"); NULL: nowhere. */
    const char *memory;
    uint64_t reader;   /* a hash of what decides how they are read: the program and the settings */
    int64_t opened_ns; /* a moment before the first of them is looked at, since 1970 */
};

struct catalog {
    struct arena arena;   /* the views */
    struct arena *arenas; /* one for each job: records, and views that several threads made */
    struct catalog_request request;
    struct catalog_file *files;
    size_t file_count;
    struct catalog_asset *assets;
    size_t asset_count;
    struct catalog_site site;
    const struct catalog_thing **things; /* by number */
    uint32_t thing_count;
    struct text known_pictures;      /* what another time need not measure: see picture_size.c */
    bool is_vault;                   /* content/ is one of Obsidian's, or lies in one */
    size_t drafts, future, expired;  /* how many were left out, */
    size_t aside;                    /* and notes of a vault that are none of a kind's folders */
    struct catalog_names *names;     /* see catalog_find */
    struct markdown_term *glossary;  /* of the settings, the longest first */
    struct markdown_child *markdown; /* for texts with footnotes */
    struct catalog_keeping *keeping; /* see catalog_keep; NULL: nothing is kept */
};

/* Reads and links the content of the blog. Problems go to the report, all of them; the catalog is
 * complete only when there was no error. Never NULL; give it back with catalog_close. */
struct catalog *catalog_open(const struct catalog_request *, struct report *);
void catalog_close(struct catalog *);
/* Keeps what the files were read as, for the next time; as far as the disk lets it. */
void catalog_keep(const struct catalog *);

/* Why the request leaves out what a file holds, if it does. */
enum catalog_absence { CATALOG_PRESENT, CATALOG_DRAFT, CATALOG_FUTURE, CATALOG_EXPIRED };
enum catalog_absence catalog_absence(const struct catalog_request *, const struct catalog_file *);
/* The first day, counted from 1970, on which the request would leave out other files; INT64_MAX: none. */
int64_t catalog_same_until(const struct catalog *);

/* A thing as two builds can compare it. */
struct catalog_hash {
    uint64_t key; /* of the same thing the same number, in any build */
    /* What its fields of each group show: the same number as long as a page that noted (thing, group) would
     * show the same. Lists count as they stand; what a field leads to counts by its key only: whoever
     * reads on notes that thing, too. */
    uint64_t groups[DATA_GROUP_COUNT];
};
/* Of all things, by their numbers: in the arena. */
struct catalog_hash *catalog_hash_things(const struct catalog *, unsigned jobs, struct arena *);
/* The groups of one thing, where only the keys are known yet. */
void catalog_hash_thing(
    const struct catalog *, struct catalog_hash *hashes, uint32_t number, struct arena *);
/* A number of all that decides which things there are and what they show, but for texts: in two builds with the
 * same number, and the same settings, all things have the same numbers and show the same, but for those of files
 * with another text. */
uint64_t catalog_shape(const struct catalog *);
/* A number of a file's body and comments. */
uint64_t catalog_text(const struct catalog_file *);

/* Whether the site has something at a path from its root ("about/"), and which thing's page it is, if
 * any's. */
struct catalog_addresses {
    bool (*leads)(void *context, struct text path, const struct catalog_thing **thing);
    void *context;
};
/* Reports what no build stumbles over: addresses of the site at which nothing stands, pictures without
 * words, files that nothing shows, names that are nearly the same. The report's texts may live in the arena. */
void catalog_check(
    const struct catalog *, const struct catalog_addresses *, struct arena *, struct report *);
/* Whether an address is one of the site, of its own host or from its root; then its path without
 * the '#' and what follows. The heading is absent where there is none. */
bool catalog_is_own_address(const struct schema_settings *, struct text address, struct arena *,
    struct text *path, struct text *heading);

/* By which of the settings' patterns the address of a thing with a page is made; */
enum schema_address_kind catalog_address_kind(const struct catalog_thing *);
/* and its address by a pattern, in the arena. */
struct text catalog_address(const struct catalog *, const struct catalog_thing *,
    const struct schema_pattern *, struct arena *);

/* How the blog's texts are read: `words` and `hides_spoilers` are still to be set. */
struct markdown_options catalog_markdown_options(const struct catalog *);
/* "My%20review.md" as the file is called; what would not be UTF-8 stays as typed. */
struct text catalog_percent_decoded(struct text, struct arena *scratch);

/* What the writer says of a thing in a sentence, else how its text begins; absent without either. */
struct text catalog_summary(struct text typed, const struct catalog_file *);

/* ---- What pages need while they are rendered ------------------------------------------------------------------ */

/* The context of a `struct data_run` over catalog things. */
struct catalog_run {
    const struct catalog *catalog;
    struct report *report;
    /* Writes the card of a track that stands in a text; NULL: a link is written. */
    void (*track_card)(void *context, const struct catalog_track *, struct buffer *out);
    void *context;
    /* "https://example.org": put before addresses of the site, where the text is read elsewhere (in
     * feeds). Absent: they start from the host's root. */
    struct text origin;
    /* What a text's boxes, spoilers and headings say in the page's language. */
    struct markdown_words words;
    /* The text is read where nothing can be unfolded. */
    bool hides_spoilers;
    /* And nothing be played. */
    bool links_players;
};

/* The drama or artist (by the type of such things) that bears a name; the first of several; NULL: nothing does. */
const struct catalog_thing *catalog_named(
    const struct catalog *, const struct data_type *, struct text name, struct arena *scratch);
/* The track of a drama that is called so; the first of several; NULL for none. */
const struct catalog_thing *catalog_named_track(
    const struct catalog *, const struct catalog_drama *, struct text title, struct arena *scratch);

/* The writings that a drama, an artist, a term, a series or the site has, newest first but for a series'; NULL for
 * other things. */
const struct data_array *catalog_writings_of(const struct catalog_thing *);
/* The address of their Atom feed, in the arena; absent where they have none. The JSON feed stands beside it. */
struct text catalog_feed_url(const struct catalog *, const struct catalog_thing *, struct arena *);

/* What plays something on a page, made in the arena. */
struct markdown_player catalog_player(const struct schema_player *, struct arena *);
/* The same of what is at an address; false where nothing is to be heard there. NULL asks for no more than that. */
bool catalog_find_player(struct text address, struct arena *, struct markdown_player *);

/* The body of a file as HTML, in run->scratch: read again from the disk. Absent, with the problem
 * reported, when the file has changed since it was read. */
struct text catalog_body(const struct catalog_file *, struct data_run *);

#endif
