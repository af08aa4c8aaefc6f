/* A playlist as JSPF (xspf.org/jspf), which says in JSON what XSPF says: ListenBrainz and players on the web read it. */
#include "render/render_inside.h"

static struct text uri_of(struct render_worker *worker, struct text url)
{
    struct buffer uri;
    buffer_init(&uri);
    render_uri(&uri, url);
    struct text kept = arena_text(&worker->scratch, buffer_text(&uri));
    buffer_release(&uri);
    return kept;
}

static struct data_value locations_of(
    struct render_worker *worker, const struct render_playlist_track *track)
{
    struct data_value list = data_list_new(&worker->scratch);
    for (size_t i = 0; i < data_count(&track->services); i++) {
        const struct schema_heard *heard = data_item(&track->services, i).as.thing.at;
        data_list_add(&worker->scratch, list.as.list, data_text(uri_of(worker, heard->url)));
    }
    return list;
}

static struct data_value identifiers_of(
    struct render_worker *worker, const struct render_playlist_track *track)
{
    struct arena *scratch = &worker->scratch;
    struct data_value list = data_list_new(scratch);
    if (track->isrc.length)
        data_list_add(
            scratch, list.as.list, data_text(arena_join(scratch, TEXT("urn:isrc:"), track->isrc)));
    if (track->recording.length)
        data_list_add(scratch, list.as.list,
            data_text(
                arena_join(scratch, TEXT("https://musicbrainz.org/recording/"), track->recording)));
    return list;
}

static void set_list(struct render_object *object, const char *name, struct data_value list)
{
    if (data_count(&list) > 0)
        render_object_set(object, name, list);
}

static struct data_value track_of(
    struct render_worker *worker, const struct render_playlist_track *track)
{
    struct render_object object = render_object_new(worker);
    set_list(&object, "location", locations_of(worker, track));
    set_list(&object, "identifier", identifiers_of(worker, track));
    render_object_text(&object, "title", track->title);
    render_object_text(&object, "creator", track->creator);
    render_object_text(&object, "album", track->album);
    render_object_address(&object, "info", track->url);
    if (track->seconds >= 0) /* the format counts thousandths */
        render_object_set(&object, "duration", data_integer(track->seconds * 1000));
    return object.map;
}

void render_playlist_jspf(
    struct render_worker *worker, const struct plan_output *output, struct buffer *out)
{
    const struct render_playlist playlist = render_playlist(worker, output);
    struct render_object object = render_object_new(worker), whole = render_object_new(worker);
    struct data_value tracks = data_list_new(&worker->scratch);
    render_object_text(&object, "title", playlist.title);
    render_object_text(&object, "creator", playlist.creator);
    render_object_address(&object, "info", playlist.page_url);
    render_object_address(&object, "location", playlist.url);
    render_object_text(&object, "date", playlist.date);
    for (size_t i = 0; i < playlist.count; i++)
        data_list_add(&worker->scratch, tracks.as.list, track_of(worker, &playlist.tracks[i]));
    render_object_set(&object, "track", tracks);
    render_object_set(&whole, "playlist", object.map);
    data_json(out, &whole.map, 1, &worker->run);
    buffer_add_byte(out, '\n');
}
