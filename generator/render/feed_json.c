/*
 * The feed once more, for readers that take JSON: JSON Feed 1.1 (jsonfeed.org). It says what the Atom feed says.
 */
#include "render/render_inside.h"

/* A map that is being made. */
struct object {
    struct render_worker *worker;
    struct data_value map;
};

static struct object object_new(struct render_worker *worker)
{
    return (struct object){worker, data_map_new(&worker->scratch)};
}

static void set(struct object *object, const char *name, struct data_value value)
{
    data_map_set(&object->worker->scratch, object->map.as.map, data_text(text_of(name)), value);
}

static void set_text(struct object *object, const char *name, struct text text)
{
    if (text.at)
        set(object, name, data_text(text));
}

/* An address of this site. */
static void set_address(struct object *object, const char *name, struct text url)
{
    struct buffer full;
    buffer_init(&full);
    render_full_address(object->worker->render, &full, url);
    set_text(object, name, arena_text(&object->worker->scratch, buffer_text(&full)));
    buffer_release(&full);
}

/* Of the feed: who writes the blog. */
static void set_owners(struct object *object, const struct data_array *names)
{
    struct arena *scratch = &object->worker->scratch;
    const struct text *items = names->items;
    struct data_value list = data_list_new(scratch);
    for (size_t i = 0; i < names->count; i++) {
        struct object author = object_new(object->worker);
        set_text(&author, "name", items[i]);
        data_list_add(scratch, list.as.list, author.map);
    }
    if (names->count > 0)
        set(object, "authors", list);
}

static void set_authors(struct object *object, const struct data_array *authors)
{
    struct arena *scratch = &object->worker->scratch;
    const struct catalog_term *const *terms = authors->items;
    struct data_value list = data_list_new(scratch);
    for (size_t i = 0; i < authors->count; i++) {
        struct object author = object_new(object->worker);
        set_text(&author, "name", terms[i]->name);
        if (terms[i]->has_page)
            set_address(&author, "url", terms[i]->thing.url);
        data_list_add(scratch, list.as.list, author.map);
    }
    if (authors->count > 0)
        set(object, "authors", list);
}

static void set_tags(struct object *object, const struct data_array *tags)
{
    struct arena *scratch = &object->worker->scratch;
    const struct catalog_term *const *items = tags->items;
    struct data_value list = data_list_new(scratch);
    for (size_t i = 0; i < tags->count; i++)
        data_list_add(scratch, list.as.list, data_text(items[i]->name));
    if (tags->count > 0)
        set(object, "tags", list);
}

/* What a feed reader downloads. */
static void set_attachment(struct object *object, const struct catalog_recording *recording)
{
    struct arena *scratch = &object->worker->scratch;
    struct object attachment = object_new(object->worker);
    struct data_value list = data_list_new(scratch);
    if (recording->is_here)
        set_address(&attachment, "url", recording->url);
    else
        set_text(&attachment, "url", recording->url);
    set_text(&attachment, "mime_type", recording->type);
    if (recording->bytes != DATA_NO_INTEGER)
        set(&attachment, "size_in_bytes", data_integer(recording->bytes));
    data_list_add(scratch, list.as.list, attachment.map);
    set(object, "attachments", list);
}

static struct data_value item_of(
    struct render_worker *worker, const struct catalog_writing *writing)
{
    struct arena *scratch = &worker->scratch;
    struct object item = object_new(worker);
    render_feed_note(worker, writing);
    set_address(&item, "id", writing->thing.url);
    set_address(&item, "url", writing->thing.url);
    set_text(&item, "title", writing->record->title);
    set_text(&item, "content_html", catalog_body(writing->thing.file, &worker->run));
    set_text(&item, "summary", writing->summary);
    if (writing->cover.url.at)
        set_address(&item, "image", writing->cover.url);
    set_text(&item, "date_published", data_date_moment(scratch, writing->record->date));
    set_text(&item, "date_modified", data_date_moment(scratch, render_feed_changed(writing)));
    set_authors(&item, &writing->authors);
    set_tags(&item, &writing->tags);
    if (writing->audio && writing->audio->type.at)
        set_attachment(&item, writing->audio);
    return item.map;
}

void render_feed_json(
    struct render_worker *worker, const struct plan_output *output, struct buffer *out)
{
    struct arena *scratch = &worker->scratch;
    const struct catalog *catalog = worker->render->plan->catalog;
    const struct render_feed_source source = render_feed_source(worker, output);
    struct object feed = object_new(worker);
    struct data_value items = data_list_new(scratch);
    render_feed_open(worker);
    set_text(&feed, "version", TEXT("https://jsonfeed.org/version/1.1"));
    set_text(&feed, "title", source.title);
    set_address(&feed, "home_page_url", source.thing->url);
    set_address(&feed, "feed_url", arena_join(scratch, catalog->request.base_path, output->path));
    set_text(&feed, "description", source.description);
    set_text(&feed, "language", catalog->site.settings->language);
    set_owners(&feed, &catalog->site.settings->authors);
    for (size_t i = 0; i < source.count; i++)
        data_list_add(scratch, items.as.list, item_of(worker, source.newest[i]));
    set(&feed, "items", items);
    data_json(out, &feed.map, 1, &worker->run);
    buffer_add_byte(out, '\n');
}
