/*
 * Which listings are the same track.
 *
 * A track is its drama, season, title and set of artists. Within one drama a listing that names
 * fewer artists, or no season, means the only track that fits; so those that say most come first:
 *
 *     Stay With Me   Chanyeol, Punch      a track
 *     Stay With Me   Punch                the same
 *     Overture       season 1             a track
 *     Overture       season 2             another
 *     Overture                            fits both: an error that lists them
 *
 * Once that is known, a track is shown as its oldest listing spells it, and the oldest track has the
 * first choice of an address: so a new review changes none. What a file in content/tracks/ changes in
 * all this stands in track_file.c.
 */
#include "catalog/catalog_inside.h"

#include <stdlib.h>

/* Listings of one title in one drama, and the tracks found among them. */
struct bucket {
    struct text key;
    struct catalog_list listings, tracks;
    size_t borne; /* how many tracks bear the title because their files say so: the first ones */
};

/* What there is of one drama. */
struct tracks_of_drama {
    struct catalog_drama *drama; /* NULL: of none */
    struct catalog_list listings,
        files; /* of catalog_listing, oldest first; of catalog_track_file */
};

static bool has_artist(const struct data_array *artists, const void *artist)
{
    const void *const *items = artists->items;
    for (size_t i = 0; i < artists->count; i++)
        if (items[i] == artist)
            return true;
    return false;
}

bool catalog_has_all(const struct data_array *few, const struct data_array *many)
{
    const void *const *items = few->items;
    for (size_t i = 0; i < few->count; i++)
        if (!has_artist(many, items[i]))
            return false;
    return true;
}

static bool fits(const struct catalog_track *track, const struct catalog_listing *listing)
{
    if (track->thing.file)
        return catalog_may_mean(track, listing);
    return (listing->season == DATA_NO_INTEGER || listing->season == track->season) &&
           catalog_has_all(&listing->artists, &track->artists);
}

static bool is_exact(const struct catalog_track *track, const struct catalog_listing *listing)
{
    return track->season == listing->season && track->artists.count == listing->artists.count &&
           catalog_has_all(&listing->artists, &track->artists);
}

/* It gets its number when all tracks are known. */
static struct catalog_track *make_track(
    struct catalog_worker *worker, const struct catalog_listing *listing)
{
    struct catalog_track *track = arena_alloc(worker->arena, sizeof *track);
    track->thing.type = &catalog_track_type;
    track->drama = listing->drama;
    track->season = listing->season;
    track->artists = listing->artists;
    track->more = &catalog_track_no_more;
    return track;
}

void catalog_note_track(struct report *report, const struct catalog_track *track)
{
    const struct catalog_artist *const *artists = track->artists.items;
    struct text by = track->artists.count ? artists[0]->record->name : TEXT("nobody named");
    for (size_t i = 1; i < track->artists.count; i++)
        by = arena_format(
            &report->arena, "%.*s, %.*s", TEXT_ARGS(by), TEXT_ARGS(artists[i]->record->name));
    if (track->season == DATA_NO_INTEGER)
        report_note(report, "by %.*s", TEXT_ARGS(by));
    else
        report_note(report, "season %lld, by %.*s", (long long)track->season, TEXT_ARGS(by));
}

static void report_several(
    struct report *report, const struct bucket *bucket, const struct catalog_listing *listing)
{
    report_at(report, REPORT_ERROR,
        schema_place(listing->writing->thing.file->path, listing->record->spot),
        "'%.*s' could be any of several tracks of this drama", TEXT_ARGS(listing->record->title));
    for (size_t i = 0; i < bucket->tracks.count; i++)
        if (fits(bucket->tracks.items[i], listing))
            catalog_note_track(report, bucket->tracks.items[i]);
}

/* The exact track, else the only one that fits, else a new one. */
static struct catalog_track *track_of(
    struct catalog_worker *worker, struct bucket *bucket, const struct catalog_listing *listing)
{
    struct catalog_track *only = NULL;
    size_t fitting = 0;
    for (size_t i = 0; i < bucket->tracks.count; i++) {
        struct catalog_track *track = (void *)bucket->tracks.items[i];
        if (is_exact(track, listing))
            return track;
        if (fits(track, listing)) {
            only = track;
            fitting++;
        }
    }
    if (fitting > 1)
        report_several(&worker->report, bucket, listing);
    if (fitting)
        return only;
    only = make_track(worker, listing);
    catalog_append(&worker->scratch, &bucket->tracks, only);
    return only;
}

static size_t says(const struct catalog_listing *listing)
{
    return listing->artists.count * 2 + (listing->season != DATA_NO_INTEGER);
}

/* Those that say most first; among equals the oldest writing, then the place in its list. */
static int compare_listings(const void *left, const void *right)
{
    const struct catalog_listing *a = *(const struct catalog_listing *const *)left;
    const struct catalog_listing *b = *(const struct catalog_listing *const *)right;
    if (says(a) != says(b))
        return says(a) > says(b) ? -1 : 1;
    int order = data_date_compare(a->writing->record->date, b->writing->record->date);
    if (!order)
        order = text_compare(a->writing->thing.file->path, b->writing->thing.file->path);
    return order ? order : (a->position > b->position) - (a->position < b->position);
}

/* They come from the oldest on: most often there is nothing to do. */
static void sort_listings(struct catalog_list *listings)
{
    for (size_t i = 1; i < listings->count; i++)
        if (says(listings->items[i - 1]) < says(listings->items[i])) {
            qsort(listings->items, listings->count, sizeof *listings->items, compare_listings);
            return;
        }
}

static bool performs(const struct data_array *performers, const struct catalog_artist *artist)
{
    const struct catalog_performer *const *items = performers->items;
    for (size_t i = 0; i < performers->count; i++)
        if (items[i]->artist == artist)
            return true;
    return false;
}

void catalog_complete(
    struct arena *arena, struct data_array *performers, const struct data_array *artists)
{
    const struct catalog_artist *const *items = artists->items;
    for (size_t i = 0; performers->count && i < artists->count; i++) {
        if (performs(performers, items[i]))
            continue;
        struct catalog_performer *performer = arena_alloc(arena, sizeof *performer);
        performer->artist = items[i];
        catalog_grow(arena, performers, performer);
    }
}

/* More than these of one title are no versions of one piece, but a list of something else. */
enum { most_namesakes = 16 };

/* A file may bear the bucket's title as another of its names only. */
static bool is_titled(
    struct catalog_worker *worker, const struct catalog_track *track, struct text key)
{
    return !track->thing.file ||
           text_equal(unicode_key(&worker->scratch, track->record->title), key);
}

static struct catalog_list titled_tracks(struct catalog_worker *worker, const struct bucket *bucket)
{
    struct catalog_list titled = {0};
    for (size_t i = 0; i < bucket->tracks.count; i++)
        if (is_titled(worker, bucket->tracks.items[i], bucket->key))
            catalog_append(&worker->scratch, &titled, bucket->tracks.items[i]);
    return titled;
}

/* Each knows all of its title, the first season first. */
static void tell_namesakes(struct catalog_worker *worker, const struct bucket *bucket)
{
    struct data_array namesakes = {0};
    if (bucket->tracks.count < 2 || bucket->tracks.count > most_namesakes)
        return;
    struct catalog_list titled = titled_tracks(worker, bucket);
    size_t count = titled.count;
    if (count < 2)
        return;
    const struct catalog_track **sorted = arena_array(&worker->scratch, count, sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        const struct catalog_track *track = titled.items[i];
        for (; at > 0 && sorted[at - 1]->season > track->season; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = track;
    }
    for (size_t i = 0; i < count && sorted[i]->drama; i++)
        catalog_grow(worker->arena, &namesakes, sorted[i]);
    for (size_t i = 0; i < count && namesakes.count; i++)
        catalog_own_more(&((struct catalog_track *)sorted[i])->more, worker->arena)->namesakes =
            namesakes;
}

static void close_bucket(struct catalog_worker *worker, struct bucket *bucket)
{
    sort_listings(&bucket->listings);
    for (size_t i = 0; i < bucket->listings.count; i++) {
        struct catalog_listing *listing = (void *)bucket->listings.items[i];
        listing->track = track_of(worker, bucket, listing);
        if (listing->track->thing.file)
            catalog_take_up((struct catalog_track *)listing->track, listing);
    }
    tell_namesakes(worker, bucket);
}

/* Whoever a listing left out sings all the same. */
static void add_left_out(struct catalog_worker *worker, const struct catalog_list *listings)
{
    for (size_t i = 0; i < listings->count; i++) {
        struct catalog_listing *listing = (void *)listings->items[i];
        if (listing->artists.count == listing->track->artists.count)
            continue;
        if (listing->more->performers.count)
            catalog_complete(worker->arena,
                &catalog_own_more(&listing->more, worker->arena)->performers,
                &listing->track->artists);
        listing->artists = listing->track->artists;
    }
}

/* ---- Tracks as they are shown ---------------------------------------------------------------------------------- */

/* On its drama's page: TITLE, and -season-N, -ARTIST or a number only where others have the short
 * one. */
static struct text slug_at(
    struct arena *arena, const struct catalog_track *track, struct text title, int try)
{
    const struct catalog_artist *const *artists = track->artists.items;
    if (try == 1 && track->season != DATA_NO_INTEGER)
        return arena_format(arena, "%.*s-season-%lld", TEXT_ARGS(title), (long long)track->season);
    if (try == 2 && track->artists.count)
        return arena_format(
            arena, "%.*s-%.*s", TEXT_ARGS(title), TEXT_ARGS(artists[0]->thing.slug));
    return try > 2 ? arena_format(arena, "%.*s-%d", TEXT_ARGS(title), try - 1) : title;
}

/* The first address that is not taken. */
static void settle_address(
    struct catalog_worker *worker, struct map *taken, struct catalog_track *track)
{
    struct arena *scratch = &worker->scratch;
    struct text title = catalog_slug(worker->romaniser, scratch, track->record->title), slug;
    int try = 0;
    do
        slug = slug_at(scratch, track, title, try++);
    while (map_put(taken, slug, track) != track);
    if (track->thing.url.at) {
        track->thing.slug = arena_text(worker->arena, slug);
        return;
    }
    const struct text parts[] = {track->drama->thing.url, TEXT("#track-"), slug};
    struct text url = arena_join_all(worker->arena, parts, BASE_COUNT(parts));
    track->thing.url = url;
    track->thing.slug = text_slice(url, url.length - slug.length, url.length);
}

/* The oldest listing says what a track is called that has no file. Without a drama, its address is the
 * page of the writing that lists it; without any, the home page. */
static void show_as(struct catalog_worker *worker, struct map *taken, struct catalog_track *track,
    const struct catalog_listing *oldest, struct text home)
{
    if (!track->record)
        track->record = oldest->record;
    if (track->drama) {
        catalog_grow(worker->arena, &((struct catalog_drama *)track->drama)->tracks, track);
        settle_address(worker, taken, track);
        return;
    }
    track->thing.slug = arena_text(
        worker->arena, catalog_slug(worker->romaniser, &worker->scratch, track->record->title));
    if (track->thing.url.at)
        return;
    track->thing.url = oldest ? oldest->writing->thing.url : home;
    if (oldest)
        return;
    report_at(&worker->report, REPORT_WARNING, (struct place){.file = track->thing.file->path},
        "no page shows this track: it is of no drama, and no writing lists it");
    report_note(&worker->report, "'track_pages: auto' in liner.yaml would give it its own");
}

/* The oldest listing that tells counts. */
static void add_untold(
    struct arena *arena, struct catalog_track *track, const struct catalog_track_more *told)
{
    if (told == &catalog_track_no_more)
        return;
    struct catalog_track_more *more = catalog_own_more(&track->more, arena);
    for (int credit = 0; credit < SCHEMA_CREDITS; credit++)
        if (more->credits[credit].count == 0)
            more->credits[credit] = told->credits[credit];
    if (more->moods.count == 0)
        more->moods = told->moods;
    if (more->instruments.count == 0)
        more->instruments = told->instruments;
}

static void settle_listings(
    struct catalog_worker *worker, const struct tracks_of_drama *of, struct text home)
{
    const struct catalog_list *listings = &of->listings;
    struct map taken;
    map_init(&taken, &worker->scratch);
    for (size_t i = 0; i < listings->count; i++) {
        const struct catalog_listing *listing = listings->items[i];
        struct catalog_track *track = (struct catalog_track *)listing->track;
        if (!track->thing.slug.at)
            show_as(worker, &taken, track, listing, home);
        add_untold(worker->arena, track, listing->more);
    }
    for (size_t i = 0; i < of->files.count; i++) {
        struct catalog_track *track = ((struct catalog_track_file *)of->files.items[i])->track;
        if (!track->thing.slug.at) /* no writing lists it */
            show_as(worker, &taken, track, NULL, home);
    }
}

/* The newest writing's first, each writing's in their order. They come oldest first. */
static void list_listings(struct catalog_worker *worker, const struct catalog_list *listings)
{
    const struct catalog_listing *const *items = (const void *)listings->items;
    for (size_t end = listings->count, from; end > 0; end = from) {
        for (from = end - 1; from > 0 && items[from - 1]->writing == items[end - 1]->writing;
             from--)
            ;
        for (size_t i = from; i < end; i++)
            catalog_grow(
                worker->arena, &((struct catalog_track *)items[i]->track)->listings, items[i]);
    }
}

static bool has_array(const struct catalog_list *arrays, const void *items)
{
    for (size_t i = 0; i < arrays->count; i++)
        if (arrays->items[i] == items)
            return true;
    return false;
}

/* Versions of one piece stand side by side, where the first of them stood. */
static void bring_together(struct catalog_worker *worker, struct catalog_drama *drama)
{
    const struct catalog_track *const *tracks = drama->tracks.items;
    struct data_array together = {0};
    struct catalog_list placed = {0}; /* arrays of namesakes */
    for (size_t i = 0; i < drama->tracks.count; i++) {
        const struct data_array *namesakes = &tracks[i]->more->namesakes;
        if (!namesakes->count)
            catalog_grow(worker->arena, &together, tracks[i]);
        if (!namesakes->count || has_array(&placed, namesakes->items))
            continue;
        catalog_append(&worker->scratch, &placed, namesakes->items);
        for (size_t j = 0; j < namesakes->count; j++)
            catalog_grow(worker->arena, &together, ((const void *const *)namesakes->items)[j]);
    }
    if (placed.count)
        drama->tracks = together;
}

/* A piece that reviews just this track rates it, where the list does not. */
static double rating_by(const struct catalog_listing *listing)
{
    double own = listing->record->rating;
    if (!isnan(own) || listing->writing->reviewed != listing)
        return own;
    return listing->writing->record->rating;
}

void catalog_sum_up(struct catalog_track *track)
{
    const struct catalog_listing *const *listings = track->listings.items;
    double sum = 0;
    size_t rated = 0;
    for (size_t i = 0; i < track->listings.count; i++) {
        track->pick |= listings[i]->record->pick;
        double rating = rating_by(listings[i]);
        if (!isnan(rating)) {
            sum += rating;
            rated++;
        }
    }
    track->rating = rated ? sum / (double)rated : NAN;
}

static void sum_up_all(const struct catalog_list *tracks)
{
    for (size_t i = 0; i < tracks->count; i++)
        catalog_sum_up((void *)tracks->items[i]);
}

/* ---- One drama ---------------------------------------------------------------------------------------------------- */

static struct bucket *bucket_of(struct arena *scratch, struct map *buckets, struct text title)
{
    struct text key = unicode_key(scratch, title);
    struct bucket *bucket = map_get(buckets, key);
    if (bucket)
        return bucket;
    bucket = arena_alloc(scratch, sizeof *bucket);
    bucket->key = key;
    return map_put(buckets, key, bucket);
}

struct all_dramas {
    const struct catalog *catalog;
    struct catalog_list dramas; /* of tracks_of_drama */
};

/* Each file stands in the buckets of all its names. */
static void add_files(struct arena *scratch, struct map *buckets, const struct catalog_list *files)
{
    for (size_t i = 0; i < files->count; i++) {
        const struct catalog_track_file *own = files->items[i];
        for (size_t j = 0; j < catalog_title_count(own->record); j++) {
            struct bucket *bucket = bucket_of(scratch, buckets, catalog_title_at(own->record, j));
            catalog_append_once(scratch, &bucket->tracks, own->track);
            bucket->borne = bucket->tracks.count;
        }
    }
}

/* "First Snow (첫눈)" means the track whose file bears either name: where none bears the first, those
 * that bear the second do. */
static void lend_files(struct arena *scratch, struct map *buckets, struct bucket *bucket)
{
    for (size_t i = 0; i < bucket->listings.count && !bucket->borne; i++) {
        const struct catalog_listing *listing = bucket->listings.items[i];
        const struct bucket *other =
            listing->record->native.at
                ? map_get(buckets, unicode_key(scratch, listing->record->native))
                : NULL;
        for (size_t j = 0; other && j < other->borne; j++)
            catalog_append_once(scratch, &bucket->tracks, other->tracks.items[j]);
    }
}

/* They lie apart, each with a record of its own elsewhere: asked for some turns ahead, the memory brings them
 * while others are looked at. */
static void fetch_ahead(const struct catalog_list *listings, size_t at)
{
    enum { listing_ahead = 8, record_ahead = 4 };
    if (at + listing_ahead < listings->count)
        __builtin_prefetch(listings->items[at + listing_ahead]);
    if (at + record_ahead < listings->count) {
        const struct catalog_listing *listing = listings->items[at + record_ahead];
        __builtin_prefetch(&listing->record->title);
    }
}

/* The listings of one drama, oldest first, on whatever thread: no other drama's tracks are theirs. */
static void close_drama(void *context, size_t index, struct catalog_worker *worker)
{
    const struct all_dramas *all = context;
    const struct tracks_of_drama *of = all->dramas.items[index];
    const struct catalog_list *listings = &of->listings;
    struct map buckets;
    arena_clear(&worker->scratch);
    map_init(&buckets, &worker->scratch);
    for (size_t i = 0; i < listings->count; i++) {
        const struct catalog_listing *listing = listings->items[i];
        fetch_ahead(listings, i);
        struct bucket *bucket = bucket_of(&worker->scratch, &buckets, listing->record->title);
        catalog_append(&worker->scratch, &bucket->listings, listing);
    }
    add_files(&worker->scratch, &buckets, &of->files);
    for (size_t i = 0; i < buckets.count && of->files.count; i++)
        lend_files(&worker->scratch, &buckets, buckets.entries[i].value);
    for (size_t i = 0; i < buckets.count; i++) {
        struct bucket *bucket = buckets.entries[i].value;
        catalog_suspect_lines(all->catalog, worker, bucket->key, &bucket->listings);
        close_bucket(worker, bucket);
    }
    list_listings(worker, listings);
    if (of->files.count)
        catalog_check_track_files(&of->files, listings, worker);
    for (size_t i = 0; i < of->files.count; i++)
        catalog_settle_track_file((void *)of->files.items[i], worker);
    add_left_out(worker, listings);
    settle_listings(worker, of, all->catalog->request.base_path);
    if (of->drama)
        bring_together(worker, of->drama);
    for (size_t i = 0; i < buckets.count; i++)
        sum_up_all(&((struct bucket *)buckets.entries[i].value)->tracks);
}

/* ---- All of them ------------------------------------------------------------------------------------------------- */

/* Those of the drama, or of none; when they are the first, they are put into the list. */
static struct tracks_of_drama *tracks_of(struct catalog_draft *draft,
    struct tracks_of_drama *by_number, const struct catalog_drama *drama, struct catalog_list *all)
{
    struct tracks_of_drama *of = &by_number[drama ? drama->thing.number : 0];
    if (!of->listings.count && !of->files.count)
        catalog_append(&draft->scratch, all, of);
    of->drama = (struct catalog_drama *)drama;
    return of;
}

/* The lists of the dramas' listings, oldest first, and of the files of their tracks; one is of those that no
 * drama is known of. */
static struct catalog_list tracks_by_drama(struct catalog_draft *draft)
{
    struct tracks_of_drama *by_number =
        arena_array(&draft->scratch, draft->things.count, sizeof *by_number);
    struct catalog_list all = {0};
    for (size_t i = draft->writings.count; i > 0; i--) {
        const struct catalog_writing *writing = draft->writings.items[i - 1];
        const struct catalog_listing *const *listings = writing->listings.items;
        for (size_t j = 0; j < writing->listings.count; j++) {
            struct tracks_of_drama *of = tracks_of(draft, by_number, listings[j]->drama, &all);
            catalog_append(&draft->scratch, &of->listings, listings[j]);
        }
    }
    for (size_t i = 0; i < draft->track_files.count; i++) {
        const struct catalog_track_file *own = draft->track_files.items[i];
        struct tracks_of_drama *of = tracks_of(draft, by_number, own->track->drama, &all);
        catalog_append(&draft->scratch, &of->files, own);
    }
    return all;
}

/* Everybody on the tracks of a writing, once each, in their order. */
static void collect_artists(void *context, size_t index, struct catalog_worker *worker)
{
    const struct catalog_list *writings = context;
    struct catalog_writing *writing = (void *)writings->items[index];
    const struct catalog_listing *const *listings = writing->listings.items;
    struct catalog_list artists = {0};
    for (size_t i = 0; i < writing->listings.count; i++)
        for (size_t j = 0; j < listings[i]->artists.count; j++)
            catalog_append_once(
                worker->arena, &artists, ((const void *const *)listings[i]->artists.items)[j]);
    writing->artists = catalog_array(&artists);
}

static void number_track(
    struct catalog *catalog, struct catalog_draft *draft, struct catalog_track *track)
{
    if (track->thing.number)
        return;
    catalog_number(catalog, draft, &track->thing);
    catalog_add(catalog, &draft->tracks, track);
}

/* In the order of their oldest listings, then those that only a file tells of. Number 0 is the site's. */
static void number_tracks(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = draft->writings.count; i > 0; i--) {
        const struct catalog_writing *writing = draft->writings.items[i - 1];
        const struct catalog_listing *const *listings = writing->listings.items;
        for (size_t j = 0; j < writing->listings.count; j++)
            number_track(catalog, draft, (struct catalog_track *)listings[j]->track);
    }
    for (size_t i = 0; i < draft->track_files.count; i++)
        number_track(catalog, draft,
            ((const struct catalog_track_file *)draft->track_files.items[i])->track);
}

static void claim_in_drama(struct catalog *catalog, struct catalog_draft *draft,
    struct catalog_track *track, struct text title)
{
    if (track->drama && title.length)
        catalog_claim(&catalog->names->tracks_of_dramas,
            catalog_title_in_drama(&draft->scratch, &track->drama->thing, title), &track->thing);
}

static void claim_name(struct catalog *catalog, struct catalog_draft *draft,
    struct catalog_track *track, struct text title)
{
    catalog_claim(&catalog->names->tracks, title, &track->thing);
    claim_in_drama(catalog, draft, track, title);
}

static void claim_names(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->tracks.count; i++) {
        struct catalog_track *track = (void *)draft->tracks.items[i];
        const struct schema_track_file *own = track->thing.file ? track->thing.file->record : NULL;
        claim_name(catalog, draft, track, track->record->title);
        claim_name(catalog, draft, track, track->record->native);
        for (size_t j = 0; own && j < own->aliases.count; j++)
            claim_name(catalog, draft, track, ((const struct text *)own->aliases.items)[j]);
        arena_clear(&draft->scratch);
    }
}

/* Whether a text links to anything by its name: else nobody asks for a track. */
static bool has_names(const struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->file_count; i++) {
        const struct markdown_scan *scan = &catalog->files[i].scan;
        for (size_t j = 0; j < scan->link_count; j++)
            if (scan->links[j].kind == MARKDOWN_WIKI || scan->links[j].kind == MARKDOWN_EMBED)
                return true;
    }
    return false;
}

void catalog_close_tracks(struct catalog *catalog, struct catalog_draft *draft)
{
    struct all_dramas all = {catalog, tracks_by_drama(draft)};
    catalog_parallel(catalog, draft, all.dramas.count, close_drama, &all);
    arena_clear(&draft->scratch);
    catalog_parallel(catalog, draft, draft->writings.count, collect_artists, &draft->writings);
    number_tracks(catalog, draft);
    if (has_names(catalog) || catalog_names_tracks(draft))
        claim_names(catalog, draft);
}
