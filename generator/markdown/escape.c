/* Text into HTML, with every sign that HTML reads escaped; and Hangul marked as Korean. */
#include "markdown/markdown_inside.h"

#include "unicode/unicode.h"

static const struct text escapes[] = {
    {"", 0}, {"&amp;", 5}, {"&lt;", 4}, {"&gt;", 4}, {"&quot;", 6}};

/* For each byte its row above; a table, since this is where most of a page's bytes pass. */
static const unsigned char escape_of[256] = {['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4};

void add_escaped(struct buffer *out, struct text text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char escape = escape_of[(unsigned char)text.at[i]];
        if (escape == 0)
            continue;
        buffer_add(out, text_slice(text, from, i));
        buffer_add(out, escapes[escape]);
        from = i + 1;
    }
    buffer_add(out, text_slice(text, from, text.length));
}

/* ---- Hangul ---------------------------------------------------------------------------------------- */

/*
 *     규현(Kyuhyun)은, 2022년 4월  ->  [규현](Kyuhyun)[은, 2022년 4월]
 *
 * A run begins and ends with a Hangul letter; letters of another script end it, anything else
 * between two Hangul letters stands inside.
 */

/* Hangul begins with one of these bytes in UTF-8: U+1100, U+3130, U+A960 and on, U+FFA0. */
static const bool may_be_hangul[256] = {[0xE1] = true,
    [0xE3] = true,
    [0xEA] = true,
    [0xEB] = true,
    [0xEC] = true,
    [0xED] = true,
    [0xEF] = true};

/* The next Hangul letter at or after `at`, or the text's end. */
static size_t find_hangul(struct text text, size_t at)
{
    while (at < text.length) {
        if (!may_be_hangul[(unsigned char)text.at[at]]) {
            at++;
            continue;
        }
        size_t start = at;
        if (unicode_is_hangul(text_next_point(text, &at)))
            return start;
    }
    return text.length;
}

void add_escaped_hangul(struct buffer *out, struct text text)
{
    for (size_t at = 0; at < text.length;) {
        size_t start = find_hangul(text, at);
        add_escaped(out, text_slice(text, at, start));
        if (start == text.length)
            return;
        at = unicode_hangul_end(text, start);
        buffer_add(out, TEXT("<span lang=\"ko\">"));
        add_escaped(out, text_slice(text, start, at));
        buffer_add(out, TEXT("</span>"));
    }
}
