/*
 * The sitemap, or several and their index, by the protocol of sitemaps.org 0.9, with the picture of each page as Google's
 * extension for images 1.1 has it; and robots.txt, which points to it.
 */
#include "render/render_inside.h"

/* The day of the last change that we know of; month 0 for pages that are made of others. */
static struct data_date changed(const struct plan_output *output)
{
    if (!output->thing || output->thing->type != &catalog_writing_type)
        return (struct data_date){0};
    const struct schema_writing *record =
        ((const struct catalog_writing *)(const void *)output->thing)->record;
    return record->updated.month ? record->updated : record->date;
}

static void add_location(const struct render_worker *worker, struct buffer *out, struct text url)
{
    buffer_add_string(out, "<loc>");
    render_xml_address(worker->render, out, url);
    buffer_add_string(out, "</loc>");
}

static void add_url(
    struct render_worker *worker, const struct plan_output *output, struct buffer *out)
{
    struct data_date date = changed(output);
    buffer_add_string(out, "<url>");
    add_location(worker, out, output->page->url);
    if (date.month) {
        date.has_time = false;
        buffer_format(
            out, "<lastmod>%.*s</lastmod>", TEXT_ARGS(data_date_iso(&worker->scratch, date)));
    }
    struct text picture = output->thing ? catalog_picture_of(output->thing).url : TEXT_NONE;
    if (picture.at) {
        buffer_add_string(out, "<image:image><image:loc>");
        render_xml_address(worker->render, out, picture);
        buffer_add_string(out, "</image:loc></image:image>");
    }
    buffer_add_string(out, "</url>\n");
}

void render_sitemap(struct render_worker *worker, size_t part, struct buffer *out)
{
    const struct plan *plan = worker->render->plan;
    size_t listed = 0;
    buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                           "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
                           "xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\">\n");
    for (size_t i = 0; i < plan->count; i++)
        if (plan->outputs[i].page && plan->outputs[i].page->is_listed &&
            listed++ / PLAN_SITEMAP_ADDRESSES == part)
            add_url(worker, &plan->outputs[i], out);
    buffer_add_string(out, "</urlset>\n");
}

void render_sitemap_index(struct render_worker *worker, struct buffer *out)
{
    const struct plan *plan = worker->render->plan;
    buffer_add_string(out,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (size_t part = 0; part < plan->sitemaps; part++) {
        buffer_add_string(out, "<sitemap>");
        add_location(worker, out,
            arena_format(&worker->scratch, "%.*ssitemap-%zu.xml",
                TEXT_ARGS(plan->catalog->request.base_path), part + 1));
        buffer_add_string(out, "</sitemap>\n");
    }
    buffer_add_string(out, "</sitemapindex>\n");
}

void render_robots(struct render_worker *worker, struct buffer *out)
{
    const struct render *render = worker->render;
    struct text url = arena_format(
        &worker->scratch, "%.*ssitemap.xml", TEXT_ARGS(render->plan->catalog->request.base_path));
    buffer_add_string(out, "User-agent: *\nAllow: /\n\nSitemap: ");
    render_full_address(render, out, url);
    buffer_add_byte(out, '\n');
}
