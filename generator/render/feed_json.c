/*
 * The feed once more, for readers that take JSON: JSON Feed 1.1 (jsonfeed.org). It says what the Atom feed says.
 */
#include "render/render_inside.h"

/* Of the feed: who writes the blog. */
static void set_owners(struct render_object *object, const struct data_array *names)
{
    struct arena *scratch = &object->worker->scratch;
    const struct text *items = names->items;
    struct data_value list = data_list_new(scratch);
    for (size_t i = 0; i < names->count; i++) {
        struct render_object author = render_object_new(object->worker);
        render_object_text(&author, "name", items[i]);
        data_list_add(scratch, list.as.list, author.map);
    }
    if (names->count > 0)
        render_object_set(object, "authors", list);
}

static void set_authors(struct render_object *object, const struct data_array *authors)
{
    struct arena *scratch = &object->worker->scratch;
    const struct catalog_term *const *terms = authors->items;
    struct data_value list = data_list_new(scratch);
    for (size_t i = 0; i < authors->count; i++) {
        struct render_object author = render_object_new(object->worker);
        render_object_text(&author, "name", terms[i]->name);
        if (terms[i]->has_page)
            render_object_address(&author, "url", terms[i]->thing.url);
        data_list_add(scratch, list.as.list, author.map);
    }
    if (authors->count > 0)
        render_object_set(object, "authors", list);
}

static void set_tags(struct render_object *object, const struct data_array *tags)
{
    struct arena *scratch = &object->worker->scratch;
    const struct catalog_term *const *items = tags->items;
    struct data_value list = data_list_new(scratch);
    for (size_t i = 0; i < tags->count; i++)
        data_list_add(scratch, list.as.list, data_text(items[i]->name));
    if (tags->count > 0)
        render_object_set(object, "tags", list);
}

/* What a feed reader downloads. */
static void set_attachment(struct render_object *object, const struct catalog_recording *recording)
{
    struct arena *scratch = &object->worker->scratch;
    struct render_object attachment = render_object_new(object->worker);
    struct data_value list = data_list_new(scratch);
    if (recording->is_here)
        render_object_address(&attachment, "url", recording->url);
    else
        render_object_text(&attachment, "url", recording->url);
    render_object_text(&attachment, "mime_type", recording->type);
    if (recording->bytes != DATA_NO_INTEGER)
        render_object_set(&attachment, "size_in_bytes", data_integer(recording->bytes));
    data_list_add(scratch, list.as.list, attachment.map);
    render_object_set(object, "attachments", list);
}

static struct data_value item_of(
    struct render_worker *worker, const struct catalog_writing *writing)
{
    struct arena *scratch = &worker->scratch;
    struct render_object item = render_object_new(worker);
    render_feed_note(worker, writing);
    render_object_address(&item, "id", writing->thing.url);
    render_object_address(&item, "url", writing->thing.url);
    render_object_text(&item, "title", writing->record->title);
    render_object_text(&item, "content_html", catalog_body(writing->thing.file, &worker->run));
    render_object_text(&item, "summary", writing->summary);
    if (writing->cover.url.at)
        render_object_address(&item, "image", writing->cover.url);
    render_object_text(&item, "date_published", data_date_moment(scratch, writing->record->date));
    render_object_text(
        &item, "date_modified", data_date_moment(scratch, render_feed_changed(writing)));
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
    struct render_object feed = render_object_new(worker);
    struct data_value items = data_list_new(scratch);
    render_feed_open(worker);
    render_object_text(&feed, "version", TEXT("https://jsonfeed.org/version/1.1"));
    render_object_text(&feed, "title", source.title);
    render_object_address(&feed, "home_page_url", source.thing->url);
    render_object_address(
        &feed, "feed_url", arena_join(scratch, catalog->request.base_path, output->path));
    render_object_text(&feed, "description", source.description);
    render_object_text(&feed, "language", catalog->site.settings->language);
    set_owners(&feed, &catalog->site.settings->authors);
    for (size_t i = 0; i < source.count; i++)
        data_list_add(scratch, items.as.list, item_of(worker, source.newest[i]));
    render_object_set(&feed, "items", items);
    data_json(out, &feed.map, 1, &worker->run);
    buffer_add_byte(out, '\n');
}
