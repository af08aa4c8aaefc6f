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
    bool with_reads;         /* note what each output reads: see render_reads, render_note */
    bool with_all_templates; /* compile those, too, that no page is made of */
    /* What else the site is made from, as numbers, for render_recall. */
    uint64_t program, settings;
    int64_t opened_ns; /* when the blog was opened, since 1970: before any of its files was read */
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

/* ---- What a later build can know ----------------------------------------------------------------------
 *
 * An output is made from things of the catalog, some of whose fields it reads; from templates; and from
 * what all outputs share. A later build renders only those of which anything has changed:
 *
 *     render_recall(render, kept by the build before)
 *     if (!render_is_current(render, index, noted by the build before))
 *         render_output(...), render_note(...)
 *     render_keep(render, &for the next)
 *
 * The request has `with_reads`. */

/* Before the first output. What was kept may be any bytes; empty: nothing was. Call it in any case. False
 * when they can't be used, so that no output is current. */
bool render_recall(struct render *, struct text kept);
/* Whether the output would have the bytes that it had when the build before noted what it was made of.
 * For any number of threads. */
bool render_is_current(const struct render *, size_t index, struct text noted);
/* Adds what the newest output of the worker, number `index`, was made of; nothing for an output that can't
 * tell: it is never current. */
void render_note(const struct render *, size_t index, unsigned worker, struct buffer *);
/* Gives back what only the making of outputs takes. More of them may be made all the same, but not noted. */
void render_rest(struct render *);
/* Adds what is to be kept. */
void render_keep(const struct render *, struct buffer *);
/* Why no output is current, in words: "the settings changed"; NULL where that is not why. Static. */
const char *render_explain_site(const struct render *);
/* Adds why the output is not current, in words: "shows the title of content/reviews/goblin.md, which
 * changed". Nothing when that is not known. */
void render_explain(struct render *, size_t index, struct text noted, struct buffer *);

/* ---- For the reference ------------------------------------------------------------------------------ */

/* What templates see and may call besides the engine's own, one by one; NULL behind the last. */
const struct template_global *render_global_at(size_t index);
const struct template_function *render_function_at(size_t index);
/* In a blog at https://example.org/ whose one review is of 14 March 2016. NULL when there is none. */
const struct template_example *render_find_example(const char *name);

#endif
