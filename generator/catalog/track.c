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
 * first choice of an address: so a new review changes none.
 */
#include "catalog/catalog_inside.h"

#include <stdlib.h>

/* Listings of one title in one drama, and the tracks found among them. */
struct bucket {
    struct catalog_list listings, tracks;
};

static bool has_artist(const struct data_array *artists, const void *artist)
{
    const void *const *items = artists->items;
    for (size_t i = 0; i < artists->count; i++)
        if (items[i] == artist)
            return true;
    return false;
}

static bool is_subset(const struct data_array *few, const struct data_array *many)
{
    const void *const *items = few->items;
    for (size_t i = 0; i < few->count; i++)
        if (!has_artist(many, items[i]))
            return false;
    return true;
}

static bool fits(const struct catalog_track *track, const struct catalog_listing *listing)
{
    return (listing->season == DATA_NO_INTEGER || listing->season == track->season) &&
           is_subset(&listing->artists, &track->artists);
}

static bool is_exact(const struct catalog_track *track, const struct catalog_listing *listing)
{
    return track->season == listing->season && track->artists.count == listing->artists.count &&
           is_subset(&listing->artists, &track->artists);
}

static struct catalog_track *make_track(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_listing *listing)
{
    struct catalog_track *track = catalog_make(catalog, draft, &catalog_track_type);
    track->drama = listing->drama;
    track->season = listing->season;
    track->artists = listing->artists;
    return track;
}

static void report_several(
    struct catalog_draft *draft, const struct bucket *bucket, const struct catalog_listing *listing)
{
    report_at(draft->report, REPORT_ERROR,
        schema_place(listing->writing->thing.file->path, listing->record->spot),
        "'%.*s' could be any of several tracks of this drama", TEXT_ARGS(listing->record->title));
    for (size_t i = 0; i < bucket->tracks.count; i++) {
        const struct catalog_track *track = bucket->tracks.items[i];
        const struct catalog_artist *const *artists = track->artists.items;
        if (!fits(track, listing))
            continue;
        struct text by = track->artists.count ? artists[0]->record->name : TEXT("nobody named");
        if (track->season == DATA_NO_INTEGER)
            report_note(draft->report, "by %.*s", TEXT_ARGS(by));
        else
            report_note(
                draft->report, "season %lld, by %.*s", (long long)track->season, TEXT_ARGS(by));
    }
}

/* The exact track, else the only one that fits, else a new one. */
static struct catalog_track *track_of(struct catalog *catalog, struct catalog_draft *draft,
    struct bucket *bucket, const struct catalog_listing *listing)
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
        report_several(draft, bucket, listing);
    if (fitting)
        return only;
    only = make_track(catalog, draft, listing);
    catalog_add(catalog, &bucket->tracks, only);
    return only;
}

/* Those that say most first; among equals the oldest writing, then the place in its list. */
static int compare_listings(const void *left, const void *right)
{
    const struct catalog_listing *a = *(const struct catalog_listing *const *)left;
    const struct catalog_listing *b = *(const struct catalog_listing *const *)right;
    size_t a_says = a->artists.count * 2 + (a->season != DATA_NO_INTEGER);
    size_t b_says = b->artists.count * 2 + (b->season != DATA_NO_INTEGER);
    if (a_says != b_says)
        return a_says > b_says ? -1 : 1;
    int order = data_date_compare(a->writing->record->date, b->writing->record->date);
    if (!order)
        order = text_compare(a->writing->thing.file->path, b->writing->thing.file->path);
    return order ? order : (a->position > b->position) - (a->position < b->position);
}

static void close_bucket(
    struct catalog *catalog, struct catalog_draft *draft, struct bucket *bucket)
{
    qsort(bucket->listings.items, bucket->listings.count, sizeof *bucket->listings.items,
        compare_listings);
    for (size_t i = 0; i < bucket->listings.count; i++) {
        struct catalog_listing *listing = (void *)bucket->listings.items[i];
        listing->track = track_of(catalog, draft, bucket, listing);
        if (listing->track && listing->artists.count < listing->track->artists.count)
            listing->artists = listing->track->artists; /* whoever it left out sings all the same */
    }
}

/* Everybody on the tracks of a writing, once each, in their order. */
static void collect_artists(struct catalog *catalog, struct catalog_writing *writing)
{
    const struct catalog_listing *const *listings = writing->listings.items;
    struct catalog_list artists = {0};
    for (size_t i = 0; i < writing->listings.count; i++)
        for (size_t j = 0; j < listings[i]->artists.count; j++)
            catalog_add_once(
                catalog, &artists, ((const void *const *)listings[i]->artists.items)[j]);
    writing->artists = catalog_array(&artists);
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
static void settle_address(struct catalog *catalog, struct catalog_draft *draft, struct map *taken,
    struct catalog_track *track)
{
    struct arena *scratch = &draft->scratch;
    struct text title = unicode_slug(scratch, track->record->title), slug, url;
    int try = 0;
    do {
        slug = slug_at(scratch, track, title, try++);
        url = arena_join(
            scratch, track->drama->thing.url, arena_join(scratch, TEXT("#track-"), slug));
    } while (map_get(taken, url));
    track->thing.slug = arena_text(&catalog->arena, slug);
    track->thing.url = arena_text(&catalog->arena, url);
    map_put(taken, track->thing.url, track);
}

static void claim_in_drama(struct catalog *catalog, struct catalog_draft *draft,
    struct catalog_track *track, struct text title)
{
    if (track->drama && title.length)
        catalog_claim(&catalog->names->tracks_of_dramas,
            arena_format(&draft->scratch, "%u:%.*s", track->drama->thing.number, TEXT_ARGS(title)),
            &track->thing);
}

/* The oldest listing says what a track is called. Without a drama, its address is the page of the
 * writing that lists it. */
static void show_as(struct catalog *catalog, struct catalog_draft *draft, struct map *taken,
    struct catalog_track *track, const struct catalog_listing *oldest)
{
    track->record = oldest->record;
    if (track->drama) {
        settle_address(catalog, draft, taken, track);
    } else {
        track->thing.slug =
            arena_text(&catalog->arena, unicode_slug(&draft->scratch, track->record->title));
        track->thing.url = oldest->writing->thing.url;
    }
    catalog_add(catalog, &draft->tracks, track);
    catalog_claim(&catalog->names->tracks, track->record->title, &track->thing);
    catalog_claim(&catalog->names->tracks, track->record->native, &track->thing);
    claim_in_drama(catalog, draft, track, track->record->title);
    claim_in_drama(catalog, draft, track, track->record->native);
}

static void settle_listings(struct catalog *catalog, struct catalog_draft *draft, struct map *taken,
    const struct catalog_writing *writing)
{
    const struct catalog_listing *const *listings = writing->listings.items;
    for (size_t i = 0; i < writing->listings.count; i++) {
        struct catalog_track *track = (struct catalog_track *)listings[i]->track;
        if (!track->record)
            show_as(catalog, draft, taken, track, listings[i]);
        if (track->composers.count == 0) /* the oldest that tells */
            track->composers = listings[i]->composers;
        if (track->lyricists.count == 0)
            track->lyricists = listings[i]->lyricists;
    }
}

static void settle_tracks(struct catalog *catalog, struct catalog_draft *draft)
{
    struct map taken;
    struct arena addresses;
    arena_init(&addresses);
    map_init(&taken, &addresses);
    for (size_t i = draft->writings.count; i > 0; i--) {
        settle_listings(catalog, draft, &taken, draft->writings.items[i - 1]);
        arena_clear(&draft->scratch);
    }
    arena_release(&addresses);
}

/* ---- All of them ------------------------------------------------------------------------------------------------- */

static struct bucket *bucket_of(
    struct catalog_draft *draft, struct map *buckets, const struct catalog_listing *listing)
{
    struct arena *scratch = &draft->scratch;
    struct text title = unicode_key(scratch, listing->record->title);
    struct text drama = listing->drama ? listing->drama->thing.url : TEXT("");
    struct text key = arena_join(scratch, drama, title);
    struct bucket *bucket = map_get(buckets, key);
    return bucket ? bucket : map_put(buckets, key, arena_alloc(scratch, sizeof *bucket));
}

void catalog_close_tracks(struct catalog *catalog, struct catalog_draft *draft)
{
    struct map buckets;
    map_init(&buckets, &draft->scratch);
    for (size_t i = draft->writings.count; i > 0; i--) {
        const struct catalog_writing *writing = draft->writings.items[i - 1];
        const struct catalog_listing *const *listings = writing->listings.items;
        for (size_t j = 0; j < writing->listings.count; j++)
            catalog_add(catalog, &bucket_of(draft, &buckets, listings[j])->listings, listings[j]);
    }
    for (size_t i = 0; i < buckets.count; i++)
        close_bucket(catalog, draft, buckets.entries[i].value);
    for (size_t i = 0; i < draft->writings.count; i++)
        collect_artists(catalog, (void *)draft->writings.items[i]);
    arena_clear(&draft->scratch);
    settle_tracks(catalog, draft);
}
