/*
 * Old addresses, for any host: a page at each that leads on, and all of them in _redirects, as Netlify and Cloudflare
 * Pages read it:
 *
 *     /blog/2016/signal/ /blog/reviews/signal/ 301
 */
#include "render/render_inside.h"

/* From the host's root, percent-encoded. Lives in the worker's scratch. */
static struct text path_of(struct render_worker *worker, struct text url)
{
    struct buffer full;
    buffer_init(&full);
    render_full_address(worker->render, &full, url);
    struct text path = arena_text(&worker->scratch,
        text_slice(buffer_text(&full), worker->render->origin.length, full.length));
    buffer_release(&full);
    return path;
}

void render_redirect(
    struct render_worker *worker, const struct plan_output *output, struct buffer *out)
{
    const struct render *render = worker->render;
    struct text title = output->redirect->title, url = output->thing->url;
    buffer_add_string(out, "<!doctype html>\n<html lang=\"");
    render_xml(out, render->plan->catalog->site.settings->language);
    buffer_add_string(out, "\">\n<meta charset=\"utf-8\">\n<title>");
    render_xml(out, title);
    buffer_add_string(out, "</title>\n<link rel=\"canonical\" href=\"");
    render_xml_address(render, out, url);
    buffer_add_string(out, "\">\n<meta http-equiv=\"refresh\" content=\"0; url=");
    render_xml(out, path_of(worker, url));
    buffer_add_string(
        out, "\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<p><a href=\"");
    render_xml(out, path_of(worker, url));
    buffer_add_string(out, "\">");
    render_xml(out, title);
    buffer_add_string(out, "</a></p>\n</html>\n");
}

void render_redirects(struct render_worker *worker, struct buffer *out)
{
    const struct render *render = worker->render;
    for (size_t i = 0; i < render->plan->count; i++) {
        const struct plan_output *output = &render->plan->outputs[i];
        if (output->kind != PLAN_REDIRECT)
            continue;
        buffer_add(out, path_of(worker, output->redirect->from));
        buffer_add_byte(out, ' ');
        buffer_add(out, path_of(worker, output->thing->url));
        buffer_add_string(out, " 301\n");
    }
}
