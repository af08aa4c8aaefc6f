/*
 * Feeds: Atom, RFC 4287. Of the site, or of one thing: the newest writings in full but for their spoilers, addresses in full, ids that stay: the
 * address of each piece.
 */
#include "render/render_inside.h"

static void add_element(struct buffer *out, const char *name, struct text text)
{
    buffer_format(out, "<%s>", name);
    render_xml(out, text);
    buffer_format(out, "</%s>\n", name);
}

static void add_link(const struct render_worker *worker, struct buffer *out, const char *rel,
    const char *type, struct text url)
{
    buffer_format(out, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
    render_xml_address(worker->render, out, url);
    buffer_add_string(out, "\"/>\n");
}

/* What a feed reader downloads: a file, here or elsewhere. */
static void add_enclosure(const struct render_worker *worker, struct buffer *out,
    const struct catalog_recording *recording)
{
    buffer_format(out, "<link rel=\"enclosure\" type=\"%.*s\"", TEXT_ARGS(recording->type));
    if (recording->bytes != DATA_NO_INTEGER)
        buffer_format(out, " length=\"%lld\"", (long long)recording->bytes);
    buffer_add_string(out, " href=\"");
    if (recording->is_here)
        render_xml_address(worker->render, out, recording->url);
    else
        markdown_add_address(out, recording->url);
    buffer_add_string(out, "\"/>\n");
}

/* A page elsewhere that plays something. */
static void add_related(struct buffer *out, struct text address)
{
    buffer_add_string(out, "<link rel=\"related\" href=\"");
    markdown_add_address(out, address);
    buffer_add_string(out, "\"/>\n");
}

static void add_id(const struct render_worker *worker, struct buffer *out, struct text url)
{
    buffer_add_string(out, "<id>");
    render_xml_address(worker->render, out, url);
    buffer_add_string(out, "</id>\n");
}

struct data_date render_feed_changed(const struct catalog_writing *writing)
{
    return writing->record->updated.month ? writing->record->updated : writing->record->date;
}

static void add_author(struct buffer *out, struct text name)
{
    buffer_add_string(out, "<author>");
    add_element(out, "name", name);
    buffer_add_string(out, "</author>\n");
}

/* Of the feed: who writes the blog. */
static void add_owners(struct buffer *out, const struct schema_settings *settings)
{
    const struct text *names = settings->authors.items;
    for (size_t i = 0; i < settings->authors.count; i++)
        add_author(out, names[i]);
    if (!settings->authors.count)
        add_author(out, settings->title);
}

static void add_authors(
    const struct render_worker *worker, struct buffer *out, const struct data_array *authors)
{
    const struct catalog_term *const *terms = authors->items;
    for (size_t i = 0; i < authors->count; i++) {
        buffer_add_string(out, "<author>");
        add_element(out, "name", terms[i]->name);
        if (terms[i]->has_page) {
            buffer_add_string(out, "<uri>");
            render_xml_address(worker->render, out, terms[i]->thing.url);
            buffer_add_string(out, "</uri>\n");
        }
        buffer_add_string(out, "</author>\n");
    }
    if (!authors->count)
        add_author(out, worker->render->plan->catalog->site.settings->title);
}

/* In a feed a track in the text is a plain link: its card belongs to the theme. */
static void add_track_link(void *context, const struct catalog_track *track, struct buffer *out)
{
    const struct render_worker *worker = context;
    data_note(&worker->run, track->thing.number, DATA_GROUP_NAME);
    buffer_add_string(out, "<p><a href=\"");
    render_xml_address(worker->render, out, track->thing.url);
    buffer_add_string(out, "\">");
    render_xml(out, track->record->title);
    buffer_add_string(out, "</a></p>\n");
}

void render_feed_open(struct render_worker *worker)
{
    worker->catalog.origin = worker->render->origin;
    worker->catalog.track_card = add_track_link;
    worker->catalog.hides_spoilers = true;
    worker->catalog.links_players = true;
}

static void note_terms(const struct render_worker *worker, const struct data_array *terms)
{
    const struct catalog_thing *const *items = terms->items;
    for (size_t i = 0; i < terms->count; i++)
        render_note_thing(worker, items[i]);
}

void render_feed_note(const struct render_worker *worker, const struct catalog_writing *writing)
{
    render_note_thing(worker, &writing->thing);
    note_terms(worker, &writing->authors);
    note_terms(worker, &writing->tags);
}

static void add_entry(
    struct render_worker *worker, const struct catalog_writing *writing, struct buffer *out)
{
    struct arena *scratch = &worker->scratch;
    const struct catalog_term *const *tags = writing->tags.items;
    render_feed_note(worker, writing);
    buffer_add_string(out, "<entry>\n");
    add_element(out, "title", writing->record->title);
    add_id(worker, out, writing->thing.url);
    add_link(worker, out, "alternate", "text/html", writing->thing.url);
    add_element(out, "published", data_date_moment(scratch, writing->record->date));
    add_element(out, "updated", data_date_moment(scratch, render_feed_changed(writing)));
    add_authors(worker, out, &writing->authors);
    for (size_t i = 0; i < writing->tags.count; i++) {
        buffer_add_string(out, "<category term=\"");
        render_xml(out, tags[i]->name);
        buffer_add_string(out, "\"/>\n");
    }
    if (writing->audio && writing->audio->type.at)
        add_enclosure(worker, out, writing->audio);
    else if (writing->audio)
        add_related(out, writing->audio->url);
    if (writing->record->playlist.at)
        add_related(out, writing->record->playlist);
    if (writing->summary.at)
        add_element(out, "summary", writing->summary);
    buffer_add_string(out, "<content type=\"html\" xml:base=\"");
    render_xml_address(worker->render, out, writing->thing.url);
    buffer_add_string(out, "\">");
    render_xml(out, catalog_body(writing->thing.file, &worker->run));
    buffer_add_string(out, "</content>\n</entry>\n");
}

/* The newest change; a blog without writings has not changed since the epoch. */
static struct data_date newest_change(const struct render_feed_source *source)
{
    struct data_date newest = {.year = 1970, .month = 1, .day = 1};
    for (size_t i = 0; i < source->count; i++)
        if (data_date_compare(render_feed_changed(source->newest[i]), newest) > 0)
            newest = render_feed_changed(source->newest[i]);
    return newest;
}

/* A series stands in its own order. */
static void place_newest(struct render_feed_source *source, const struct catalog_writing *writing)
{
    if (source->count == RENDER_FEED_ENTRIES &&
        writing->rank > source->newest[source->count - 1]->rank)
        return;
    size_t at = source->count < RENDER_FEED_ENTRIES ? source->count++ : source->count - 1;
    for (; at > 0 && source->newest[at - 1]->rank > writing->rank; at--)
        source->newest[at] = source->newest[at - 1];
    source->newest[at] = writing;
}

struct render_feed_source render_feed_source(
    struct render_worker *worker, const struct plan_output *output)
{
    const struct catalog_site *site = &worker->render->plan->catalog->site;
    struct render_feed_source source = {.thing = output->feed_of ? output->thing : &site->thing,
        .title = site->settings->title,
        .description = site->settings->description};
    const struct data_array *writings = catalog_writings_of(source.thing);
    const struct catalog_writing *const *items = writings->items;
    bool is_series = source.thing->type == &catalog_series_type;
    size_t most = is_series ? writings->count : RENDER_FEED_ENTRIES;
    const struct text named[] = {
        output->feed_of ? output->feed_of->title : TEXT_NONE, TEXT(" \xC2\xB7 "), source.title};
    if (output->feed_of) {
        source.title = arena_join_all(&worker->scratch, named, BASE_COUNT(named));
        source.description = output->feed_of->description;
    }
    render_note_thing(worker, source.thing);
    for (size_t i = 0; i < writings->count && i < most; i++)
        place_newest(&source, items[i]);
    return source;
}

void render_feed(struct render_worker *worker, const struct plan_output *output, struct buffer *out)
{
    const struct render_feed_source source = render_feed_source(worker, output);
    const struct schema_settings *settings = worker->render->plan->catalog->site.settings;
    struct text self = arena_join(
        &worker->scratch, worker->render->plan->catalog->request.base_path, output->path);
    render_feed_open(worker);
    buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                           "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    render_xml(out, settings->language);
    buffer_add_string(out, "\">\n");
    add_element(out, "title", source.title);
    if (source.description.at)
        add_element(out, "subtitle", source.description);
    add_id(worker, out, source.thing->url);
    add_link(worker, out, "alternate", "text/html", source.thing->url);
    add_link(worker, out, "self", "application/atom+xml", self);
    add_element(out, "updated", data_date_moment(&worker->scratch, newest_change(&source)));
    add_owners(out, settings);
    for (size_t i = 0; i < source.count; i++)
        add_entry(worker, source.newest[i], out);
    buffer_add_string(out, "</feed>\n");
}
