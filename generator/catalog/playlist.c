/*
 * Which writings and dramas have a playlist: those with a track that can be heard somewhere. And the addresses at which
 * YouTube plays the videos of their tracks one after the other, without an account:
 *
 *     https://www.youtube.com/watch_videos?video_ids=pcKR0LPwoYs,Jj6wcUes1no
 */
#include "catalog/catalog_inside.h"

static struct text address_of(struct catalog *catalog, const struct catalog_thing *thing)
{
    return catalog_file_below(&catalog->arena, thing->url, "playlist.xspf");
}

static void settle_drama(struct catalog *catalog, const struct catalog_drama *drama)
{
    if (drama && !drama->playlist_url.at)
        ((struct catalog_drama *)drama)->playlist_url = address_of(catalog, &drama->thing);
}

static void settle_writing(struct catalog *catalog, struct catalog_writing *writing)
{
    const struct catalog_listing *const *listings = writing->listings.items;
    for (size_t i = 0; i < writing->listings.count; i++) {
        if (!schema_is_heard(listings[i]->record))
            continue;
        settle_drama(catalog, listings[i]->drama);
        if (!writing->playlist_url.at)
            writing->playlist_url = address_of(catalog, &writing->thing);
    }
}

void catalog_settle_playlists(struct catalog *catalog, struct catalog_draft *draft)
{
    if (!catalog->request.settings->playlists)
        return;
    for (size_t i = 0; i < draft->writings.count; i++)
        settle_writing(catalog, (void *)draft->writings.items[i]);
    for (size_t i = 0; i < draft->track_files.count; i++) {
        const struct catalog_track_file *own = draft->track_files.items[i];
        if (schema_is_heard(&own->record->track))
            settle_drama(catalog, own->track->drama);
    }
}

/* ---- Videos, one after the other ------------------------------------------------------------------------------ */

enum { MOST_VIDEOS = 50 }; /* what YouTube takes in one address */

/* Addresses that are being made. */
struct watching {
    struct data_run *run;
    struct data_value urls;
    struct buffer ids; /* of the next address */
    size_t count;
};

static void finish_address(struct watching *watching)
{
    struct arena *scratch = watching->run->scratch;
    bool is_rest = data_count(&watching->urls) > 0 && watching->count > 0;
    if (watching->count > 1 || is_rest) /* one alone is the track's own link */
        data_list_add(scratch, watching->urls.as.list,
            data_text(arena_join(scratch, TEXT("https://www.youtube.com/watch_videos?video_ids="),
                buffer_text(&watching->ids))));
    buffer_clear(&watching->ids);
    watching->count = 0;
}

/* What the records of a track say, if they name a video. */
static void add_video(
    struct watching *watching, const struct schema_track *const *records, size_t count)
{
    struct text video = schema_video_of(records, count, watching->run->scratch);
    if (!video.length)
        return;
    if (watching->count == MOST_VIDEOS)
        finish_address(watching);
    if (watching->count++ > 0)
        buffer_add_byte(&watching->ids, ',');
    buffer_add(&watching->ids, video);
}

static struct watching watching_open(struct data_run *run)
{
    struct watching watching = {.run = run, .urls = data_list_new(run->scratch)};
    buffer_init(&watching.ids);
    return watching;
}

static struct data_value watching_close(struct watching *watching)
{
    finish_address(watching);
    buffer_release(&watching->ids);
    return watching->urls;
}

const struct schema_track *const *catalog_records_of(
    const struct catalog_track *track, const struct data_run *run)
{
    const struct catalog_listing *const *listings = track->listings.items;
    const struct schema_track **records =
        arena_array(run->scratch, track->listings.count + 1, sizeof(const struct schema_track *));
    bool has_file = track->thing.file != NULL;
    data_note(run, track->thing.number, DATA_GROUP_FACTS);
    for (size_t i = 0; i < track->listings.count; i++) {
        records[i + has_file] = listings[i]->record;
        data_note(run, listings[i]->number, DATA_GROUP_FACTS);
    }
    records[has_file ? 0 : track->listings.count] = track->record;
    return records;
}

struct data_value catalog_compute_watch_urls_of_writing(const void *thing, struct data_run *run)
{
    const struct catalog_writing *writing = thing;
    const struct catalog_listing *const *listings = writing->listings.items;
    struct watching watching = watching_open(run);
    for (size_t i = 0; i < writing->listings.count; i++) {
        data_note(run, listings[i]->number, DATA_GROUP_FACTS);
        add_video(&watching, &listings[i]->record, 1);
    }
    return watching_close(&watching);
}

struct data_value catalog_compute_watch_urls_of_drama(const void *thing, struct data_run *run)
{
    const struct catalog_drama *drama = thing;
    const struct catalog_track *const *tracks = drama->tracks.items;
    struct watching watching = watching_open(run);
    for (size_t i = 0; i < drama->tracks.count; i++)
        add_video(&watching, catalog_records_of(tracks[i], run), tracks[i]->listings.count + 1);
    return watching_close(&watching);
}
