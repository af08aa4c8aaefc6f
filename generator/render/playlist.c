/*
 * A playlist for programs that play: XSPF 1 (xspf.org), of the tracks of a writing or a drama.
 *
 *     <track>
 *     <location>https://www.youtube.com/watch?v=pcKR0LPwoYs</location>     every service, YouTube first
 *     <identifier>urn:isrc:KRA381600123</identifier>
 *     <title>The Road</title> <creator>Kim Yuna</creator> <album>Signal OST</album>
 *
 * A track that nobody says an address of is in it all the same: many players know how to find it by its name.
 */
#include "render/render_inside.h"

#include <stddef.h>

static void add_element(struct buffer *out, const char *name, struct text text)
{
    if (!text.length)
        return;
    buffer_format(out, "<%s>", name);
    render_xml(out, text);
    buffer_format(out, "</%s>\n", name);
}

/* An address of this site. */
static void add_address(
    const struct render *render, struct buffer *out, const char *name, struct text url)
{
    buffer_format(out, "<%s>", name);
    render_xml_address(render, out, url);
    buffer_format(out, "</%s>\n", name);
}

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

static void add_identifiers(struct buffer *out, const struct said *said)
{
    struct text isrc = first(said, offsetof(struct schema_track_more, isrc));
    struct text recording = first(said, offsetof(struct schema_track_more, musicbrainz));
    if (isrc.length)
        buffer_format(out, "<identifier>urn:isrc:%.*s</identifier>\n", TEXT_ARGS(isrc));
    if (recording.length)
        buffer_format(out, "<identifier>https://musicbrainz.org/recording/%.*s</identifier>\n",
            TEXT_ARGS(recording));
}

static void add_locations(struct render_worker *worker, const struct said *said, struct buffer *out)
{
    struct data_value services = schema_services_of(said->records, said->count, &worker->scratch);
    for (size_t i = 0; i < data_count(&services); i++) {
        const struct schema_heard *heard = data_item(&services, i).as.thing.at;
        buffer_add_string(out, "<location>");
        render_xml_uri(out, heard->url);
        buffer_add_string(out, "</location>\n");
    }
}

static void add_track(struct render_worker *worker, const struct said *said, struct buffer *out)
{
    const struct catalog_track *track = said->track;
    int64_t seconds = schema_seconds(first(said, offsetof(struct schema_track_more, duration)));
    render_note_thing(worker, &track->thing);
    buffer_add_string(out, "<track>\n");
    add_locations(worker, said, out);
    add_identifiers(out, said);
    add_element(out, "title", track->record->title);
    add_element(out, "creator", names_of_artists(worker, &track->artists));
    if (track->drama)
        add_element(out, "album", soundtrack_of(track->drama, worker));
    add_address(worker->render, out, "info", track->thing.url);
    if (seconds >= 0) /* the format counts thousandths */
        buffer_format(out, "<duration>%lld</duration>\n", (long long)seconds * 1000);
    buffer_add_string(out, "</track>\n");
}

static void add_head(struct render_worker *worker, struct text title, struct text creator,
    const struct catalog_thing *thing, struct text url, struct buffer *out)
{
    buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                           "<playlist version=\"1\" xmlns=\"http://xspf.org/ns/0/\">\n");
    add_element(out, "title", title);
    add_element(out, "creator", creator);
    add_address(worker->render, out, "info", thing->url);
    add_address(worker->render, out, "location", url);
}

static void add_of_writing(
    struct render_worker *worker, const struct catalog_writing *writing, struct buffer *out)
{
    const struct catalog_listing *const *listings = writing->listings.items;
    const struct catalog_term *const *authors = writing->authors.items;
    struct text creator = TEXT_NONE;
    for (size_t i = 0; i < writing->authors.count; i++)
        creator = joined(creator, authors[i]->name, &worker->scratch);
    for (size_t i = 0; i < writing->authors.count; i++)
        data_note(&worker->run, authors[i]->thing.number, DATA_GROUP_NAME);
    if (!creator.length)
        creator = worker->render->plan->catalog->site.settings->title;
    add_head(worker, writing->record->title, creator, &writing->thing, writing->playlist_url, out);
    add_element(out, "date", data_date_moment(&worker->scratch, render_feed_changed(writing)));
    buffer_add_string(out, "<trackList>\n");
    for (size_t i = 0; i < writing->listings.count; i++) {
        struct data_array alone = {&listings[i], 1};
        struct said said = said_in(worker, listings[i]->track, &alone);
        add_track(worker, &said, out);
    }
}

static void add_of_drama(
    struct render_worker *worker, const struct catalog_drama *drama, struct buffer *out)
{
    const struct catalog_track *const *tracks = drama->tracks.items;
    struct text creator = worker->render->plan->catalog->site.settings->title;
    add_head(
        worker, soundtrack_of(drama, worker), creator, &drama->thing, drama->playlist_url, out);
    buffer_add_string(out, "<trackList>\n");
    for (size_t i = 0; i < drama->tracks.count; i++) {
        struct said said = said_in(worker, tracks[i], &tracks[i]->listings);
        add_track(worker, &said, out);
    }
}

void render_playlist(
    struct render_worker *worker, const struct catalog_thing *thing, struct buffer *out)
{
    render_note_thing(worker, thing);
    if (thing->type == &catalog_writing_type)
        add_of_writing(worker, (const void *)thing, out);
    else
        add_of_drama(worker, (const void *)thing, out);
    buffer_add_string(out, "</trackList>\n</playlist>\n");
}
