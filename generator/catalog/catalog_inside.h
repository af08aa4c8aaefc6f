/* catalog_inside: what the files of this room share. */
#ifndef CATALOG_INSIDE_H
#define CATALOG_INSIDE_H

#include "catalog/catalog.h"

struct catalog_draft;

/* ---- load.c: content files to records ---------------------------------------------------------------- */

/* Lists content/ and reads every file of a kind, on all cores. */
void catalog_load(struct catalog *, struct catalog_draft *);

/* kept.c: fills what has not been touched since it was kept; before any file is opened. */
void catalog_take_kept(struct catalog *, struct catalog_draft *);
uint64_t catalog_stamp(const struct catalog *, const struct disk_status *);
void catalog_end_keeping(struct catalog *);

/* Whether every file could be read to its end. One that could not has told its problem; what it would have
 * named is missing only for that. */
bool catalog_is_whole(const struct catalog *);

/* A file of 4 MiB is a mistake; markdown takes no more either. */
enum { CATALOG_FILE_BYTES = 4 << 20 };

/* False, with the problem reported, when they are no UTF-8 text. */
bool catalog_check_bytes(struct text bytes, struct text path, struct report *);

/* Where a file's YAML and its body stand. */
struct catalog_parts {
    struct text yaml;
    uint32_t yaml_line;
    size_t body_offset;
    uint32_t body_line;
};
/* False, with the problem reported, when the file is no UTF-8 text or has no front matter. */
bool catalog_split(struct text bytes, struct text path, struct report *, struct catalog_parts *);

/* The place of some bytes of a file's body, which is given in NFC as the scan saw it. */
struct place catalog_place(const struct catalog_file *, struct text body, size_t at, size_t length);
/* A file that was read again for the places of its links; starts zeroed, its body is released. */
struct catalog_source {
    const struct catalog_file *file;
    struct buffer body;
    struct place_counter counter;
};

/* Where a link stands. The source is kept from one link to the next. */
struct place catalog_link_place(const struct catalog *, const struct catalog_file *,
    struct catalog_source *, const struct markdown_scan_link *, struct arena *scratch);

/* ---- names.c: which thing a name means ------------------------------------------------------------------ */

struct catalog_name; /* see names.c */

/* Names of one kind of thing. A name is known by its key (unicode_key); it is claimed by the things
 * whose files bear it, or stands with others for one thing that has no file. */
struct catalog_name_index {
    struct map nodes; /* key -> struct catalog_name */
    struct arena *arena;
    struct arena *scratch; /* for keys while the index is built, on one thread */
};

struct catalog_names {
    struct catalog_name_index dramas, artists, tracks, writings, terms[CATALOG_TERM_KINDS];
    struct catalog_name_index tracks_of_dramas; /* catalog_title_in_drama */
    struct map files;  /* path of a content file, in NFC -> its struct catalog_file */
    struct map assets; /* path -> struct catalog_asset */
    struct map notes;  /* key of a content file's name -> struct catalog_note, for [[File name]] */
    struct map
        attachments;     /* name of a file without its folder -> struct catalog_asset, the first */
    struct map left_out; /* key of a title -> struct catalog_file of a writing that is not out */
    struct map
        aside; /* path of a file that is never in the site, in NFC, and the key of its name */
};

/* A content file by its name; others of that name follow. */
struct catalog_note {
    struct text path; /* in NFC */
    struct catalog_file *file;
    struct catalog_note *next;
};
/* Under its path, and under its name alone. */
void catalog_name_asset(struct catalog_names *, struct catalog_asset *);
/* A note of a vault that is of no kind, or what only Obsidian can show: links to it are no mistakes. */
void catalog_name_aside(struct catalog_names *, struct text path);
/* Whether a name, or a path from the blog's root, is one of those. */
bool catalog_is_aside(const struct catalog_names *, struct text asked, struct arena *scratch);
/* A file wherever it lies: `![[album.png]]`, by its name alone; NULL for none. */
const struct catalog_asset *catalog_find_attachment(
    const struct catalog_names *, struct text asked);
/* The keys by which a content file is found: of its name as it stands on the disk, and without a date before it. */
enum { CATALOG_NOTE_KEYS = 2 };
void catalog_note_keys(const struct catalog_file *, struct text path,
    struct text keys[CATALOG_NOTE_KEYS], struct arena *, struct arena *scratch);
/* By those, which stay. */
void catalog_name_file(struct catalog_names *, struct text path,
    const struct text keys[CATALOG_NOTE_KEYS], struct catalog_file *);
/* The content file that Obsidian would mean: "Goblin again", "reviews/Goblin again.md"; NULL for none. */
const struct catalog_file *catalog_find_note(
    const struct catalog_names *, struct text asked, struct arena *scratch);

/* What a name, alone or with its native form, leads to. */
struct catalog_claims {
    struct catalog_thing **things;
    size_t count;
};

void catalog_names_init(struct catalog_names *, struct arena *, struct arena *scratch);
/* A thing bears the name. All names of one thing are claimed before those of the next. */
void catalog_claim(struct catalog_name_index *, struct text name, struct catalog_thing *);
/* By the name's key. */
void catalog_claim_key(struct catalog_name_index *, struct text key, struct catalog_thing *);
/* "NUMBER OF THE DRAMA:TITLE" */
struct text catalog_title_in_drama(struct arena *, const struct catalog_thing *drama, struct text);
/* The name of a key, made where there is none yet: of nothing, until a thing claims it. */
struct catalog_name *catalog_name(struct catalog_name_index *, struct text key);
/* A pair {name, native} says that both mean one thing. When all files have claimed their names, tell
 * every pair to catalog_join, with the native form as it is spelled; then every pair to catalog_lend.
 * No pair ever merges two files. */
void catalog_join(struct catalog_name *name, struct catalog_name *native, struct text spelled);
void catalog_lend(
    struct catalog_name_index *, struct catalog_name *name, struct catalog_name *native);
/* The things that a name means, or a pair; several where it is ambiguous or the two names belong to
 * different things. Lives in scratch, or as long as the index does not change. */
struct catalog_claims catalog_claimed(
    const struct catalog_name_index *, struct text name, struct text native, struct arena *scratch);
/* The same by names; NULL: none. */
struct catalog_claims catalog_claimed_by(
    const struct catalog_name *, const struct catalog_name *native, struct arena *scratch);
/* Whether anything bears a name of that key. */
bool catalog_has_key(const struct catalog_name_index *, struct text key);
/* Unless the thing bears it already. */
void catalog_claim_once(struct catalog_name_index *, struct text name, struct catalog_thing *);
/* Notes that something in the site mentions the name; true the first time. */
bool catalog_note_named(struct catalog_name *);
/* Pairs shall not join it: "Doyoung (NCT)" and "Doyoung (TREASURE)" may have one native form. */
void catalog_keep_apart(struct catalog_name *);
/* Whether pairs have joined the two. */
bool catalog_is_joined(const struct catalog_name *, const struct catalog_name *);
/* Whether a mention was noted, or a file claims it. */
bool catalog_is_named(const struct catalog_name *);
/* The native form that a pair has told for the name; absent when none has. */
struct text catalog_native(const struct catalog_name *);

/* ---- close.c, track.c, tie.c, order.c: from records to views ---------------------------------- */

/* A view as it grows: lists of pointers that become data_arrays when the catalog freezes. */
struct catalog_list {
    const void **items;
    size_t count, capacity;
};
void catalog_append(struct arena *, struct catalog_list *, const void *item);
/* In the catalog's own arena. */
void catalog_add(struct catalog *, struct catalog_list *, const void *item);
/* Unless it is NULL or there already: for short lists. */
void catalog_append_once(struct arena *, struct catalog_list *, const void *item);
void catalog_add_once(struct catalog *, struct catalog_list *, const void *item);
/* Adds to a list that stands in a view already; its room follows from its count: 2, 4, 8, ... */
void catalog_grow(struct arena *, struct data_array *, const void *item);
struct data_array catalog_array(const struct catalog_list *);

/* A name as one thread read it, once for each key: so only these are looked for, not every mention. */
struct catalog_word {
    struct catalog_name *name;
};

enum catalog_named_kind {
    CATALOG_DRAMA,
    CATALOG_ARTIST,
    CATALOG_TERM, /* and its kind */
    CATALOG_NAMED_COUNT = CATALOG_TERM + CATALOG_TERM_KINDS
};

/* A mention in a file, and what it means once that is known. */
struct catalog_named {
    const struct schema_mention *mention;
    enum catalog_named_kind kind;
    struct catalog_word *name, *native; /* NULL: not typed */
    const struct catalog_thing *thing;
};
struct catalog_mentions {
    struct catalog_named *items;
    size_t count;
};

/* A track that has a file, while tracks are told apart. */
struct catalog_track_file {
    struct catalog_track *track;
    const struct schema_track_file *record;
    struct text slug;          /* of its page */
    struct data_array artists; /* as the file says, as are */
    int64_t season;
    struct data_array performers; /* of catalog_performer, if any has a role or another name */
};

/* One thread of a step that works on many things at once. */
struct catalog_worker {
    struct arena *arena; /* one of the catalog's: what is made here stays */
    struct arena lists;  /* lives as long as the draft */
    struct arena scratch;
    struct buffer bytes;                   /* of a file */
    struct map words[CATALOG_NAMED_COUNT]; /* key -> struct catalog_word */
    struct catalog_list suspects;          /* see catalog_suspect_lines */
    struct report report;
    struct unicode_romaniser *romaniser; /* the draft's */
};
/* An artist of a group by the way that the artist is written: "V (BTS)". */
struct catalog_membership {
    struct catalog_artist *artist;
    const struct catalog_name *group;
};
/* What is needed while linking and not afterwards. */
struct catalog_draft {
    struct catalog_called *called; /* of each file, while files are closed */
    struct catalog_list writings;  /* newest first */
    struct catalog_list dramas, artists, tracks, pages, series, terms[CATALOG_TERM_KINDS];
    struct catalog_list track_files;   /* of catalog_track_file */
    struct catalog_list comments;      /* files of comments, of struct catalog_comments */
    struct catalog_list things;        /* by number */
    struct arena lists;                /* lives as long as the draft */
    struct arena scratch;              /* emptied again and again */
    struct catalog_worker *workers;    /* one for each job */
    struct catalog_mentions *mentions; /* of each file */
    struct report *report;
    struct unicode_romaniser *romaniser; /* NULL: slugs keep letters of every script */
    struct map addresses;                /* of things without a file -> the thing */
    struct catalog_list members;         /* see group.c */
    struct catalog_list memberships;     /* of catalog_membership */
    struct data_array authors;           /* of catalog_term: of writings that say nobody */
};

/* Calls work for every index below count, on all cores; what it reports goes to the draft's report.
 * Work writes to its index and its worker only. */
void catalog_parallel(struct catalog *, struct catalog_draft *, size_t count,
    void (*work)(void *context, size_t index, struct catalog_worker *), void *context);
void catalog_parallel_shown(struct catalog *, struct catalog_draft *, size_t count,
    void (*work)(void *context, size_t index, struct catalog_worker *), void *context,
    struct progress);

/* types.c: what a track or a listing has of that, to be changed: its own, from now on. */
struct catalog_track_more *catalog_own_more(const struct catalog_track_more **, struct arena *);

/* Gives the thing the next number. */
void catalog_number(struct catalog *, struct catalog_draft *, struct catalog_thing *);
/* A new numbered thing, of the type's size. */
void *catalog_make(struct catalog *, struct catalog_draft *, const struct data_type *);
/* Views of all that has a file, and the names they claim. */
void catalog_close_files(struct catalog *, struct catalog_draft *);
/* The last part of an address, as the blog wants them. */
struct text catalog_slug(struct unicode_romaniser *, struct arena *, struct text name);
/* Address and slug of what nobody wrote a file for: where an older one of these has its address, it gets a number. The
 * address of a file it does not avoid: both are likely one thing, and plan tells the clash. */
void catalog_settle_named(struct catalog *, struct catalog_draft *, struct catalog_thing *,
    enum schema_address_kind, struct text name);
/* Whether a thing without a file has that address. */
bool catalog_is_taken(
    struct catalog *, struct catalog_draft *, enum schema_address_kind, struct text name);
/* address.c: the addresses of writings, when it is known what they are about. */
void catalog_settle_writings(struct catalog *, struct catalog_draft *);
/* How the blog makes addresses of a kind. */
const struct schema_pattern *catalog_pattern(const struct catalog *, enum schema_address_kind);
/* mention.c: the mentions of a file that was read, with their keys. On any thread. */
struct catalog_mentions catalog_gather(const struct catalog_file *, struct catalog_worker *);
/* The things that mentions in a writing mean; made where nothing bears the name. */
void catalog_close_mentions(struct catalog *, struct catalog_draft *);
/* group.c: "V (BTS)" into its parts; false where no brackets end it. */
bool catalog_split_group(struct text name, struct text *base, struct text *group);
/* Claims the names of artists that have files with their groups behind them, before pairs are joined; */
void catalog_find_members(struct catalog *, struct catalog_draft *);
/* and makes the artists that have none, afterwards. */
void catalog_close_members(struct catalog *, struct catalog_draft *);
/* Name and address of one that has no file, by its oldest mention. */
void catalog_settle_member(struct catalog *, struct catalog_draft *, struct catalog_thing *,
    const struct catalog_file *, const struct catalog_named *);
/* Adds the groups of those, when all mentions are resolved. */
void catalog_close_memberships(struct catalog *, struct catalog_draft *);
/* Notes under the newest problem: how to write which drama or artist of the name is meant. */
void catalog_note_several(struct report *, struct text name, const struct catalog_claims *);
/* Tells which listings are the same track. */
void catalog_close_tracks(struct catalog *, struct catalog_draft *);
/* Which track a problem is about: "season 2, by Gummy". */
void catalog_note_track(struct report *, const struct catalog_track *);
bool catalog_has_all(const struct data_array *few, const struct data_array *many);
/* Adds to performers, if there are any, those of the artists that are none of them. */
void catalog_complete(
    struct arena *, struct data_array *performers, const struct data_array *artists);
/* track_file.c: whether a listing of one of its titles may mean a track that has a file; */
bool catalog_may_mean(const struct catalog_track *, const struct catalog_listing *);
/* and what such a listing tells of who performs it, and of which season it is. */
void catalog_take_up(struct catalog_track *, const struct catalog_listing *);
/* All titles of a file: its name, its native one, its aliases. */
size_t catalog_title_count(const struct schema_track_file *);
struct text catalog_title_at(const struct schema_track_file *, size_t index);
/* Tells of two files for one track, among those of a drama, and of a file that may mean several; */
void catalog_check_track_files(
    const struct catalog_list *files, const struct catalog_list *listings, struct catalog_worker *);
/* then the file's facts go into the listings, and what they tell besides into the track. */
void catalog_settle_track_file(struct catalog_track_file *, struct catalog_worker *);
/* track_page.c: which tracks have a page of their own, and where. */
bool catalog_has_track_pages(const struct catalog *);
void catalog_settle_track_pages(struct catalog *, struct catalog_draft *);
/* turned.c: of the listings of one title, those that may be pasted the wrong way round; */
void catalog_suspect_lines(const struct catalog *, struct catalog_worker *, struct text title_key,
    const struct catalog_list *listings);
/* and when all is tied, a warning where it looks so. */
void catalog_check_lines(const struct catalog *, struct catalog_draft *);
/* near.c: warns of names that are nearly the same. `is_whole`: every file could be read. */
void catalog_check_names(const struct catalog *, bool is_whole, struct arena *, struct report *);
/* track_group.c: whether two texts name one part: "Part 3", "OST Part 3" and "3" do; */
bool catalog_is_one_part(struct arena *scratch, struct text a, struct text b);
/* and tracks in groups, for writings and dramas. */
void catalog_group_tracks(struct catalog *, struct catalog_draft *);
/* reviewed.c: what each writing reviews. */
void catalog_settle_reviewed(struct catalog *, struct catalog_draft *);
/* series.c: series, their order and what it tells of episodes. */
void catalog_close_series(struct catalog *, struct catalog_draft *);
/* Every link tied from its other end: reviews of a drama, listings of an artist, mentions. */
void catalog_tie(struct catalog *, struct catalog_draft *);
void catalog_order(struct catalog *, struct catalog_draft *);
/* scene.c: the scenes of writings and dramas. */
void catalog_settle_scenes(struct catalog *, struct catalog_draft *);
/* playlist.c: what is known of where a track is heard: its file says so, or any writing, the newest first; as many as
 * it has listings, and one. In the run's scratch. */
const struct schema_track *const *catalog_records_of(
    const struct catalog_track *, const struct data_run *);
/* Addresses at which the videos of all their tracks play. */
struct data_value catalog_compute_watch_urls_of_writing(const void *writing, struct data_run *);
struct data_value catalog_compute_watch_urls_of_drama(const void *drama, struct data_run *);
/* Which writings and dramas have a playlist. */
void catalog_settle_playlists(struct catalog *, struct catalog_draft *);
/* track.c: what the listings of a track say together: its rating, and whether it is a pick. Once more when it is known
 * which pieces review just one track. */
void catalog_sum_up(struct catalog_track *);
/* named_track.c: what front matter says of one track by the name of another. */
bool catalog_names_tracks(const struct catalog_draft *);
void catalog_tie_named_tracks(struct catalog *, struct catalog_draft *);
/* address.c: the address of a file that belongs to a page, below it; beside "signal.html" is the folder "signal/". */
struct text catalog_file_below(struct arena *, struct text url, const char *name);
/* feed.c: of a thing; none where it has no feed. */
struct data_value catalog_compute_feed(const void *thing, struct data_run *);
/* chart.c: the best of all, when all is in order. */
void catalog_chart(struct catalog *, struct catalog_draft *);
/* related.c: when all is tied. */
void catalog_relate(struct catalog *, struct catalog_draft *);
/* picture_size.c: how large pictures are, if the request wants to know. */
void catalog_measure_pictures(struct catalog *, struct catalog_draft *);
/* picture.c: the pictures that front matter names, as addresses. */
void catalog_settle_pictures(struct catalog *, struct catalog_draft *);
/* Where it stands on the site, from the host's root, as addresses are written: "/blog/Soundtrack%20%231.jpg". */
struct text catalog_asset_address(
    const struct catalog *, const struct catalog_asset *, struct arena *);
/* The file of content/ that a path in a file's front matter leads to; NULL: none. */
const struct catalog_asset *catalog_asset_at(
    const struct catalog *, const struct catalog_file *, struct text path, struct arena *scratch);
/* recording.c: the recordings that belong to writings. */
void catalog_settle_recordings(struct catalog *, struct catalog_draft *);

/* ---- link.c: where the links of a text lead --------------------------------------------------------------- */

enum catalog_found {
    CATALOG_FOUND,
    CATALOG_ELSEWHERE, /* an address outside the catalog: as typed */
    CATALOG_NOT_OUT,   /* a draft, or a piece of the future; */
    CATALOG_GONE,      /* or an expired one; */
    CATALOG_ASIDE,     /* or a note that is never in the site */
    CATALOG_UNKNOWN,
    CATALOG_SEVERAL, /* several things have the name */
};

struct catalog_target {
    enum catalog_found found;
    const struct catalog_thing *thing; /* CATALOG_FOUND; NULL for a file that is copied, */
    const struct catalog_asset *asset; /* which is this */
    struct text address;               /* where it leads */
    struct text label;                 /* wiki links: what to show when nothing else is said */
    struct text heading;               /* '#heading' asked for and not there; else absent */
    struct catalog_claims several;     /* CATALOG_SEVERAL: those that bear the name; may be empty */
};

struct catalog_target catalog_follow(const struct catalog *, const struct catalog_file *from,
    enum markdown_link_kind, struct text target, struct arena *scratch);

/* ---- comments.c: comments beside a writing ------------------------------------------------------------- */

/* Whether a file of content/ is one of comments, by its name; then it goes to the draft. */
bool catalog_take_comments(struct catalog *, struct catalog_draft *, struct text path);
/* Finds the writings of all of them, when all files are known. */
void catalog_attach_comments(struct catalog *, struct catalog_draft *);
/* Reads the file's comments for what is wrong with them and how many there are. */
void catalog_load_comments(const struct catalog *, struct catalog_file *, struct catalog_worker *);
struct data_value catalog_compute_comments(const void *writing, struct data_run *);
struct data_value catalog_compute_comment_body(const void *comment, struct data_run *);

/* The track that front matter names: one of the home drama (NULL: none) by its title, "drama / title / artist",
 * or any by its title; never the one excepted (NULL: none). */
struct catalog_target catalog_find_track(const struct catalog *, const struct catalog_drama *home,
    struct text name, const struct catalog_track *except, struct arena *scratch);

/* ---- body.c: fields that a template asks for and that are made when it does ------------------------------ */

/* The file's bytes from an offset on, in the arena; absent, with the problem reported, when they are others
 * by now. */
struct text catalog_read_again(
    const struct catalog_run *, struct text path, uint64_t hash, size_t from, struct arena *);
/* Once, before any body is read. */
void catalog_sort_glossary(struct catalog *);
struct data_value catalog_compute_body(const void *thing, struct data_run *);
struct data_value catalog_compute_headings(const void *thing, struct data_run *);
struct data_value catalog_compute_words(const void *thing, struct data_run *);
struct data_value catalog_compute_minutes(const void *thing, struct data_run *);

/* shape.c: of a file whose body was scanned; `front` is all before the body. */
uint64_t catalog_shape_of(const struct catalog_file *, struct text front);

#endif
