/*
 * A host for Markdown in tests, that writes down what it hears, and bodies with the HTML they become.
 *
 *     static const struct pretend_example examples[] = {{"*a*", "<p><em>a</em></p>\n"}, ...};
 *     pretend_check_all(examples, BASE_COUNT(examples));
 */
#ifndef TESTS_PRETEND_HOST_H
#define TESTS_PRETEND_HOST_H

#include "markdown/markdown.h"

struct pretend_notes {
    struct buffer problems; /* "error 12+3: message\n" */
    struct buffer links;    /* "0 target|label 12+3\n" */
};

struct pretend_example {
    const char *body;
    const char *html;
};

/* What a link to the drama "Signal" starts with. */
#define SIGNAL "<a href=\"/dramas/signal/\">"

/* For it "draft.md" is not out and "song.md" is, images have a size, and the drama "Signal" is the only
 * thing there is. It writes into the notes, which are emptied first. */
struct markdown_host pretend_host(struct pretend_notes *);
void pretend_notes_close(struct pretend_notes *);
void pretend_assert(struct buffer *, const char *expected);

/* What the host was asked when a body was rendered from its scan; the HTML is added to `out`. */
struct pretend_notes pretend_render_scanned(
    struct text body, const struct markdown_options *, struct buffer *out);
/* The HTML is that of the example, rendered at once and from the scan's tape, and the host is asked the
 * same both times. */
void pretend_check(const struct pretend_example *, struct markdown_options);
/* Each example has the same HTML with either engine. */
void pretend_check_all(const struct pretend_example *, size_t count);

#endif
