/*
 * A playlist for programs that play, of the tracks of a writing or a drama: what both of its files say.
 *
 * A track that nobody says an address of is in it all the same: many players know how to find it by its name.
 */
#include "render/render_inside.h"

#include <stddef.h>

static struct text joined(struct text so_far, struct text name, struct arena *arena)
{
    const struct text parts[] = {so_far, TEXT(", "), name};
    return so_far.length ? arena_join_all(arena, parts, BASE_COUNT(parts)) : name;
}

static struct text names_of_artists(struct render_worker *worker, const struct data_array *artists)
{
    const struct catalog_artist *const *items = artists->items;
    struct text names = TEXT_NONE;
    for (size_t i = 0; i < artists->count; i++) {
        data_note(&worker->run, items[i]->thing.number, DATA_GROUP_NAME);
        names = joined(names, items[i]->record->name, &worker->scratch);
    }
    return names;
}

/* "Signal OST" */
static struct text soundtrack_of(const struct catalog_drama *drama, struct render_worker *worker)
{
    struct theme_filling filling = {TEXT("drama"), drama->record->title};
    data_note(&worker->run, drama->thing.number, DATA_GROUP_NAME);
    struct text words = theme_string(worker->render->plan->theme, TEXT("soundtrack_of"), NAN);
    return words.at ? theme_fill(&worker->scratch, words, &filling, 1) : drama->record->title;
}

/* A track, and what is said of it. */
struct said {
    const struct catalog_track *track;
    const struct schema_track **records;
    size_t count;
};

/* In all listings of a track, or in one; its file comes before all, and has told the one what it knows. What is shown
 * of a listing is what its writing says of it. */
static struct said said_in(struct render_worker *worker, const struct catalog_track *track,
    const struct data_array *listings)
{
    const struct catalog_listing *const *items = listings->items;
    bool has_file = track->thing.file && listings == &track->listings;
    struct said said = {.track = track, .count = listings->count + has_file};
    said.records = arena_array(&worker->scratch, said.count, sizeof(const struct schema_track *));
    if (has_file)
        said.records[0] = track->record;
    for (size_t i = 0; i < listings->count; i++) {
        said.records[i + has_file] = items[i]->record;
        data_note(&worker->run, items[i]->number, DATA_GROUP_FACTS);
    }
    return said;
}

/* What the first of the records says that says it; the offset is that in struct schema_track_more. */
static struct text first(const struct said *said, size_t offset)
{
    for (size_t i = 0; i < said->count; i++) {
        const struct text *typed =
            (const void *)((const char *)(const void *)said->records[i]->more + offset);
        if (typed->length)
            return *typed;
    }
    return TEXT_NONE;
}

static struct render_playlist_track track_of(struct render_worker *worker, const struct said *said)
{
    const struct catalog_track *track = said->track;
    render_note_thing(worker, &track->thing);
    return (struct render_playlist_track){
        .services = schema_services_of(said->records, said->count, &worker->scratch),
        .isrc = first(said, offsetof(struct schema_track_more, isrc)),
        .recording = first(said, offsetof(struct schema_track_more, musicbrainz)),
        .title = track->record->title,
        .creator = names_of_artists(worker, &track->artists),
        .album = track->drama ? soundtrack_of(track->drama, worker) : TEXT_NONE,
        .url = track->thing.url,
        .seconds = schema_seconds(first(said, offsetof(struct schema_track_more, duration))),
    };
}

static struct render_playlist_track *new_tracks(struct render_worker *worker, size_t count)
{
    return arena_array(&worker->scratch, count, sizeof(struct render_playlist_track));
}

static struct text names_of_authors(struct render_worker *worker, const struct data_array *authors)
{
    const struct catalog_term *const *items = authors->items;
    struct text names = TEXT_NONE;
    for (size_t i = 0; i < authors->count; i++) {
        data_note(&worker->run, items[i]->thing.number, DATA_GROUP_NAME);
        names = joined(names, items[i]->name, &worker->scratch);
    }
    return names;
}

static struct render_playlist of_writing(
    struct render_worker *worker, const struct catalog_writing *writing)
{
    const struct catalog_listing *const *listings = writing->listings.items;
    struct text authors = names_of_authors(worker, &writing->authors);
    struct render_playlist_track *tracks = new_tracks(worker, writing->listings.count);
    for (size_t i = 0; i < writing->listings.count; i++) {
        struct data_array alone = {&listings[i], 1};
        struct said said = said_in(worker, listings[i]->track, &alone);
        tracks[i] = track_of(worker, &said);
    }
    return (struct render_playlist){
        .title = writing->record->title,
        .creator = authors.at ? authors : worker->render->plan->catalog->site.settings->title,
        .date = data_date_moment(&worker->scratch, render_feed_changed(writing)),
        .tracks = tracks,
        .count = writing->listings.count,
    };
}

static struct render_playlist of_drama(
    struct render_worker *worker, const struct catalog_drama *drama)
{
    const struct catalog_track *const *items = drama->tracks.items;
    struct render_playlist_track *tracks = new_tracks(worker, drama->tracks.count);
    for (size_t i = 0; i < drama->tracks.count; i++) {
        struct said said = said_in(worker, items[i], &items[i]->listings);
        tracks[i] = track_of(worker, &said);
    }
    return (struct render_playlist){
        .title = soundtrack_of(drama, worker),
        .creator = worker->render->plan->catalog->site.settings->title,
        .tracks = tracks,
        .count = drama->tracks.count,
    };
}

struct render_playlist render_playlist(
    struct render_worker *worker, const struct plan_output *output)
{
    const struct catalog_thing *thing = output->thing;
    render_note_thing(worker, thing);
    struct render_playlist playlist = thing->type == &catalog_writing_type
                                          ? of_writing(worker, (const void *)thing)
                                          : of_drama(worker, (const void *)thing);
    playlist.page_url = thing->url;
    playlist.url = arena_join(
        &worker->scratch, worker->render->plan->catalog->request.base_path, output->path);
    return playlist;
}
