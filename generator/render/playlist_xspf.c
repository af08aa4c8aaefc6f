/*
 * A playlist as XSPF 1 (xspf.org), which players for the desk read.
 *
 *     <track>
 *     <location>https://www.youtube.com/watch?v=pcKR0LPwoYs</location>     every service, YouTube first
 *     <identifier>urn:isrc:KRA381600123</identifier>
 *     <title>The Road</title> <creator>Kim Yuna</creator> <album>Signal OST</album>
 */
#include "render/render_inside.h"

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

static void add_identifiers(struct buffer *out, const struct render_playlist_track *track)
{
    if (track->isrc.length)
        buffer_format(out, "<identifier>urn:isrc:%.*s</identifier>\n", TEXT_ARGS(track->isrc));
    if (track->recording.length)
        buffer_format(out, "<identifier>https://musicbrainz.org/recording/%.*s</identifier>\n",
            TEXT_ARGS(track->recording));
}

static void add_locations(struct buffer *out, const struct render_playlist_track *track)
{
    for (size_t i = 0; i < data_count(&track->services); i++) {
        const struct schema_heard *heard = data_item(&track->services, i).as.thing.at;
        buffer_add_string(out, "<location>");
        render_xml_uri(out, heard->url);
        buffer_add_string(out, "</location>\n");
    }
}

static void add_track(
    const struct render *render, struct buffer *out, const struct render_playlist_track *track)
{
    buffer_add_string(out, "<track>\n");
    add_locations(out, track);
    add_identifiers(out, track);
    add_element(out, "title", track->title);
    add_element(out, "creator", track->creator);
    add_element(out, "album", track->album);
    add_address(render, out, "info", track->url);
    if (track->seconds >= 0) /* the format counts thousandths */
        buffer_format(out, "<duration>%lld</duration>\n", (long long)track->seconds * 1000);
    buffer_add_string(out, "</track>\n");
}

void render_playlist_xspf(
    struct render_worker *worker, const struct plan_output *output, struct buffer *out)
{
    const struct render_playlist playlist = render_playlist(worker, output);
    buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                           "<playlist version=\"1\" xmlns=\"http://xspf.org/ns/0/\">\n");
    add_element(out, "title", playlist.title);
    add_element(out, "creator", playlist.creator);
    add_address(worker->render, out, "info", playlist.page_url);
    add_address(worker->render, out, "location", playlist.url);
    add_element(out, "date", playlist.date);
    buffer_add_string(out, "<trackList>\n");
    for (size_t i = 0; i < playlist.count; i++)
        add_track(worker->render, out, &playlist.tracks[i]);
    buffer_add_string(out, "</trackList>\n</playlist>\n");
}
