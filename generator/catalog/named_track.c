/*
 * Tracks that front matter names:
 *
 *     version_of: Stay With Me                         another recording of it
 *     motifs: [{name: The bride, tracks: [Round and Round]}]
 *
 * Such a name makes no track: a writing must list it, or a file be about it.
 */
#include "catalog/catalog_inside.h"

struct naming {
    struct catalog *catalog;
    struct catalog_draft *draft;
    const struct catalog_file *file;
    const struct catalog_drama *home;   /* whose tracks are looked at first; NULL: no drama's */
    const struct catalog_track *except; /* the track that asks; NULL: none */
};

bool catalog_names_tracks(const struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->dramas.count; i++)
        if (((const struct catalog_drama *)draft->dramas.items[i])->record->motifs.count)
            return true;
    for (size_t i = 0; i < draft->writings.count; i++) {
        const struct schema_writing *record =
            ((const struct catalog_writing *)draft->writings.items[i])->record;
        const struct schema_track *const *tracks = record->tracks.items;
        for (size_t j = 0; j < record->tracks.count; j++)
            if (tracks[j]->more->version_of)
                return true;
    }
    for (size_t i = 0; i < draft->track_files.count; i++)
        if (((const struct catalog_track_file *)draft->track_files.items[i])
                ->record->track.more->version_of)
            return true;
    return false;
}

/* ---- Messages ------------------------------------------------------------------------------------------ */

static struct text guess(const struct naming *naming, struct text wrong)
{
    const struct catalog_list *tracks = &naming->draft->tracks;
    struct arena *scratch = &naming->draft->scratch;
    struct text *names = arena_array(scratch, tracks->count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < tracks->count; i++) {
        const struct catalog_track *track = tracks->items[i];
        if (track != naming->except)
            names[count++] = track->record->title;
    }
    return report_guess(scratch, wrong, names, count);
}

static bool is_itself(const struct naming *naming, struct text name)
{
    struct arena *scratch = &naming->draft->scratch;
    return naming->except &&
           catalog_find_track(naming->catalog, naming->home, name, NULL, scratch).thing ==
               &naming->except->thing;
}

static void report_named(
    const struct naming *naming, const struct schema_mention *mention, enum catalog_found found)
{
    struct report *report = naming->draft->report;
    struct place place = schema_place(naming->file->path, mention->spot);
    struct text name = mention->name;
    if (found == CATALOG_SEVERAL) {
        report_at(
            report, REPORT_ERROR, place, "'%.*s' could be any of several tracks", TEXT_ARGS(name));
        report_note(report, "say which: 'Drama / %.*s / Artist'", TEXT_ARGS(name));
    } else if (is_itself(naming, name)) {
        report_at(report, REPORT_ERROR, place, "'%.*s' is this track itself", TEXT_ARGS(name));
        report_note(report,
            "list the other recording in a review, too, or give it a file in content/tracks/");
    } else if (catalog_is_whole(naming->catalog)) {
        report_at(report, REPORT_ERROR, place, "there is no track called '%.*s'%.*s",
            TEXT_ARGS(name), TEXT_ARGS(guess(naming, name)));
    }
}

/* NULL, with the problem reported, where the name leads to none or to several. */
static struct catalog_track *find(const struct naming *naming, const struct schema_mention *mention)
{
    struct arena *scratch = &naming->draft->scratch;
    if (!mention->name.at)
        return NULL;
    struct catalog_target target =
        catalog_find_track(naming->catalog, naming->home, mention->name, naming->except, scratch);
    if (target.found != CATALOG_FOUND)
        report_named(naming, mention, target.found);
    arena_clear(scratch);
    return target.found == CATALOG_FOUND ? (void *)target.thing : NULL;
}

/* ---- Versions and motifs ------------------------------------------------------------------------------- */

static bool has(const struct data_array *array, const void *item)
{
    const void *const *items = array->items;
    for (size_t i = 0; i < array->count; i++)
        if (items[i] == item)
            return true;
    return false;
}

static void make_version(
    struct catalog *catalog, struct catalog_track *track, struct catalog_track *of)
{
    if (!of || track->more->version_of)
        return;
    catalog_own_more(&track->more, &catalog->arena)->version_of = of;
    if (!has(&of->more->versions, track))
        catalog_grow(
            &catalog->arena, &catalog_own_more(&of->more, &catalog->arena)->versions, track);
}

static void set_version(
    struct catalog *catalog, struct catalog_listing *listing, const struct catalog_track *of)
{
    if (of)
        catalog_own_more(&listing->more, &catalog->arena)->version_of = of;
}

/* The file, or else the newest writing that tells, decides for the track itself. */
static void tie_version(
    struct catalog *catalog, struct catalog_draft *draft, struct catalog_listing *listing)
{
    struct catalog_track *track = (struct catalog_track *)listing->track;
    struct naming naming = {catalog, draft, listing->writing->thing.file, listing->drama, track};
    if (!listing->record->more->version_of) {
        set_version(catalog, listing, track->thing.file ? track->more->version_of : NULL);
        return;
    }
    struct catalog_track *of = find(&naming, listing->record->more->version_of);
    set_version(catalog, listing, of);
    make_version(catalog, track, of);
}

static void tie_version_of_file(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_track_file *own)
{
    struct catalog_track *track = own->track;
    struct naming naming = {catalog, draft, track->thing.file, track->drama, track};
    if (own->record->track.more->version_of)
        make_version(catalog, track, find(&naming, own->record->track.more->version_of));
}

static void tie_motif(
    const struct naming *naming, struct catalog_drama *drama, const struct schema_motif *record)
{
    struct catalog *catalog = naming->catalog;
    const struct schema_mention *const *mentions = record->tracks.items;
    struct catalog_motif *motif = arena_alloc(&catalog->arena, sizeof *motif);
    struct catalog_list tracks = {0};
    for (size_t i = 0; i < record->tracks.count; i++)
        catalog_add_once(catalog, &tracks, find(naming, mentions[i]));
    *motif = (struct catalog_motif){record, catalog_array(&tracks)};
    catalog_grow(&catalog->arena, &drama->motifs, motif);
}

void catalog_tie_named_tracks(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->track_files.count; i++)
        tie_version_of_file(catalog, draft, draft->track_files.items[i]);
    for (size_t i = 0; i < draft->writings.count; i++) {
        const struct catalog_writing *writing = draft->writings.items[i];
        struct catalog_listing *const *listings = writing->listings.items;
        for (size_t j = 0; j < writing->listings.count; j++)
            tie_version(catalog, draft, listings[j]);
    }
    for (size_t i = 0; i < draft->dramas.count; i++) {
        struct catalog_drama *drama = (void *)draft->dramas.items[i];
        const struct schema_motif *const *motifs = drama->record->motifs.items;
        struct naming naming = {catalog, draft, drama->thing.file, drama, NULL};
        for (size_t j = 0; j < drama->record->motifs.count; j++)
            tie_motif(&naming, drama, motifs[j]);
    }
}
