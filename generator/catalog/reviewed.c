/*
 * What a writing reviews: the soundtrack, a part of it, one track, an episode, or the drama.
 *
 *     kind: recap, episode: 4          that episode, where nothing else is said
 *     part: Part 3                     that part
 *     track: Stay With Me              that one of its tracks
 *     reviews: track                   its only track
 */
#include "catalog/catalog_inside.h"

static struct place whole(const struct catalog_writing *writing)
{
    return schema_place(writing->thing.file->path, writing->record->spot);
}

static int reviewed_by(const struct schema_writing *record)
{
    if (record->reviews >= 0)
        return record->reviews;
    if (record->track.at)
        return SCHEMA_TRACK;
    if (record->part.at)
        return SCHEMA_PART;
    bool is_recap = record->kind == SCHEMA_RECAP && record->episode != DATA_NO_INTEGER;
    return is_recap ? SCHEMA_EPISODE : SCHEMA_SOUNDTRACK;
}

/* ---- One track ------------------------------------------------------------------------------------ */

static struct place track_place(const struct catalog_writing *writing)
{
    return schema_place(writing->thing.file->path, writing->record->track_spot);
}

static void report_no_such_track(
    struct catalog_worker *worker, const struct catalog_writing *writing)
{
    const struct catalog_listing *const *listings = writing->listings.items;
    struct text *titles = arena_array(&worker->scratch, writing->listings.count, sizeof *titles);
    for (size_t i = 0; i < writing->listings.count; i++)
        titles[i] = listings[i]->record->title;
    report_at(&worker->report, REPORT_ERROR, track_place(writing),
        "'%.*s' is none of this review's tracks%.*s", TEXT_ARGS(writing->record->track),
        TEXT_ARGS(report_guess(
            &worker->scratch, writing->record->track, titles, writing->listings.count)));
    if (!writing->listings.count)
        report_note(&worker->report, "list it under 'tracks', with its artists");
}

/* By a title that the list says, or its file. */
static bool is_called(
    struct arena *scratch, const struct catalog_listing *listing, struct text asked)
{
    const struct schema_track *typed =
        ((const struct schema_track *const *)
                listing->writing->record->tracks.items)[listing->position - 1];
    const struct catalog_file *file = listing->track->thing.file;
    struct text key = unicode_key(scratch, asked);
    bool is_titled = text_equal(unicode_key(scratch, typed->title), key) ||
                     (typed->native.at && text_equal(unicode_key(scratch, typed->native), key));
    for (size_t i = 0; file && !is_titled && i < catalog_title_count(file->record); i++)
        is_titled = text_equal(unicode_key(scratch, catalog_title_at(file->record, i)), key);
    return is_titled;
}

static const struct catalog_listing *find_track(
    struct catalog_worker *worker, const struct catalog_writing *writing)
{
    const struct catalog_listing *const *listings = writing->listings.items, *found = NULL;
    for (size_t i = 0; i < writing->listings.count; i++) {
        if (!is_called(&worker->scratch, listings[i], writing->record->track))
            continue;
        if (found) {
            report_at(&worker->report, REPORT_ERROR, track_place(writing),
                "several of this review's tracks are called '%.*s'",
                TEXT_ARGS(writing->record->track));
            report_note(&worker->report, "list only the one that it reviews");
            return NULL;
        }
        found = listings[i];
    }
    if (!found)
        report_no_such_track(worker, writing);
    return found;
}

static void settle_track(struct catalog_worker *worker, struct catalog_writing *writing)
{
    const struct catalog_listing *const *listings = writing->listings.items;
    if (writing->record->track.at) {
        writing->reviewed = find_track(worker, writing);
        return;
    }
    if (writing->listings.count == 1) {
        writing->reviewed = listings[0];
        return;
    }
    if (!writing->thing.file->is_whole)
        return;
    report_at(&worker->report, REPORT_ERROR, whole(writing),
        "missing 'track': the title of the track that it reviews");
    struct text title = writing->listings.count ? listings[0]->record->title : TEXT("Stay With Me");
    report_note(&worker->report, "for example: track: %.*s", TEXT_ARGS(title));
}

/* ---- A part, an episode ---------------------------------------------------------------------------- */

/* The part that all its tracks are of, where it names none. */
static struct text common_part(const struct catalog_writing *writing)
{
    const struct catalog_listing *const *listings = writing->listings.items;
    struct text part = writing->listings.count ? listings[0]->record->more->part : TEXT_NONE;
    for (size_t i = 1; i < writing->listings.count; i++)
        if (!text_equal(listings[i]->record->more->part, part))
            return TEXT_NONE;
    return part;
}

static void settle_part(struct catalog_worker *worker, struct catalog_writing *writing)
{
    writing->part = writing->record->part.at ? writing->record->part : common_part(writing);
    if (writing->part.at || !writing->thing.file->is_whole)
        return;
    report_at(&worker->report, REPORT_ERROR, whole(writing),
        "missing 'part': the part of the soundtrack that it reviews");
    report_note(&worker->report, "for example: part: Part 3");
}

static void check_episode(struct report *report, const struct catalog_writing *writing)
{
    if (writing->record->episode_spot.line || !writing->thing.file->is_whole)
        return;
    report_at(
        report, REPORT_ERROR, whole(writing), "missing 'episode': the episode that it reviews");
    report_note(report, "for example: episode: 4");
}

/* ---- All of them ------------------------------------------------------------------------------------- */

/* `track` or `part` beside a `reviews` that says otherwise. */
static void check_sides(struct report *report, const struct catalog_writing *writing)
{
    const struct schema_writing *record = writing->record;
    const char *name = record->track.at ? "track" : "part";
    int named = record->track.at ? SCHEMA_TRACK : SCHEMA_PART;
    bool names_one = record->track.at || record->part.at;
    bool is_part_of_track = record->reviews == SCHEMA_TRACK && record->part.at;
    if (!names_one || record->reviews < 0 || record->reviews == named || is_part_of_track)
        return;
    report_at(report, REPORT_ERROR, whole(writing), "it names a '%s', but 'reviews' says %s", name,
        schema_reviewed_words[record->reviews]);
}

static void settle_reviewed(void *context, size_t index, struct catalog_worker *worker)
{
    const struct catalog_list *writings = context;
    struct catalog_writing *writing = (void *)writings->items[index];
    writing->reviews = reviewed_by(writing->record);
    writing->part = writing->record->part;
    check_sides(&worker->report, writing);
    if (writing->reviews == SCHEMA_TRACK)
        settle_track(worker, writing);
    else if (writing->reviews == SCHEMA_PART)
        settle_part(worker, writing);
    else if (writing->reviews == SCHEMA_EPISODE)
        check_episode(&worker->report, writing);
    arena_clear(&worker->scratch);
}

void catalog_settle_reviewed(struct catalog *catalog, struct catalog_draft *draft)
{
    catalog_parallel(catalog, draft, draft->writings.count, settle_reviewed, &draft->writings);
    for (size_t i = 0; i < draft->writings.count; i++) {
        const struct catalog_writing *writing = draft->writings.items[i];
        if (writing->reviewed)
            catalog_sum_up((struct catalog_track *)writing->reviewed->track);
    }
}
