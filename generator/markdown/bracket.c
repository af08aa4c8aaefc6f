/* Brackets: where a link opens, which engines do not say, and whether too many do. */
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

/* Nobody's text has a thousand open at once. */
enum { OPEN_BRACKETS = 1000 };

static bool has_few_brackets(struct text body)
{
    size_t count = 0;
    ptrdiff_t next = 0;
    for (struct text rest = body; next >= 0 && count <= OPEN_BRACKETS; count++) {
        next = text_find_byte(rest, '[');
        rest = text_slice(rest, (size_t)(next + 1), rest.length);
    }
    return count <= OPEN_BRACKETS;
}

ptrdiff_t find_too_many_brackets(struct text body)
{
    if (has_few_brackets(body))
        return -1;
    size_t open = 0;
    for (size_t at = 0; at < body.length; at++) {
        char c = body.at[at];
        bool blank_line = c == '\n' && at > 0 && body.at[at - 1] == '\n';
        if (c == '\\')
            at++;
        else if (blank_line)
            open = 0;
        else if (c == ']' && open > 0)
            open--;
        else if (c == '[' && ++open > OPEN_BRACKETS)
            return (ptrdiff_t)at;
    }
    return -1;
}
