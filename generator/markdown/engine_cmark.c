/* Events from cmark-gfm: follows in the next commit. */
#include "markdown/markdown_inside.h"

bool cmark_feed(
    struct text body, const struct markdown_options *options, const struct markdown_sink *sink)
{
    (void)body;
    (void)options;
    (void)sink;
    return false;
}
