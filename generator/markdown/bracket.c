/* Where a link or picture opens: engines do not say, but it is behind the last text before it. */
#include "markdown/markdown_inside.h"

size_t find_bracket(struct text body, size_t from, bool picture)
{
    for (size_t at = from; at < body.length; at++) {
        char c = body.at[at];
        if (picture ? c == '!' : c == '[' || c == '<')
            return at;
    }
    return from;
}
