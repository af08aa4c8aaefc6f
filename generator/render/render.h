/*
 * render: turns one planned output into bytes.
 *
 * Opening compiles every template that the plan needs and checks it against the types of the
 * catalog, so that a mistake in a theme is found before anything is rendered.
 *
 *     struct render *render = render_open(&request, report);
 *     if (render)
 *         render_output(render, index, worker, &bytes, report);
 *     render_close(render);
 *
 * Threads: open it from one. render_output may run on several at once, each with a worker number of
 * its own below `jobs`.
 */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include "base/base.h"
#include "plan/plan.h"
#include "template/template.h"

struct render_request {
    const struct plan *plan;
    unsigned jobs;
    bool with_reads;         /* note what each output reads: see render_reads */
    bool with_all_templates; /* compile those, too, that no page is made of */
};

struct render;

/* NULL, with the problems reported, when a template is missing or wrong. */
struct render *render_open(const struct render_request *, struct report *);
void render_close(struct render *);

/* Adds the bytes of output number `index` of the plan; false when a problem was reported. */
bool render_output(
    struct render *, size_t index, unsigned worker, struct buffer *bytes, struct report *);

/* Adds what the templates of a page (an output with a `page`) see, as JSON: each variable with its
 * fields; of things in those, the name and the address. False when a problem was reported. */
bool render_context(struct render *, size_t index, struct buffer *json, struct report *);

/* What the newest output of the worker read: its read set, when the request asked for it; else NULL.
 * Good until its next output. */
const struct data_reads *render_reads(const struct render *, unsigned worker);

/* ---- For the reference ------------------------------------------------------------------------------ */

/* What templates see and may call besides the engine's own, one by one; NULL behind the last. */
const struct template_global *render_global_at(size_t index);
const struct template_function *render_function_at(size_t index);
/* In a blog at https://example.org/ whose one review is of 14 March 2016. NULL when there is none. */
const struct template_example *render_find_example(const char *name);

#endif
