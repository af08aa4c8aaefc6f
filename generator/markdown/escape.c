/* Text into HTML, with every sign that HTML reads escaped; and Hangul marked as Korean. */
#include "markdown/markdown_inside.h"

#include "unicode/unicode.h"

static struct text escape_of(char c)
{
    switch (c) {
    case '&': return TEXT("&amp;");
    case '<': return TEXT("&lt;");
    case '>': return TEXT("&gt;");
    case '"': return TEXT("&quot;");
    default: return TEXT_NONE;
    }
}

void add_escaped(struct buffer *out, struct text text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.length; i++) {
        struct text escape = escape_of(text.at[i]);
        if (!escape.at)
            continue;
        buffer_add(out, text_slice(text, from, i));
        buffer_add(out, escape);
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
static bool may_be_hangul(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte == 0xE1 || byte == 0xE3 || (byte >= 0xEA && byte <= 0xED) || byte == 0xEF;
}

/* The next Hangul letter at or after `at`, or the text's end. */
static size_t find_hangul(struct text text, size_t at)
{
    while (at < text.length) {
        if (!may_be_hangul(text.at[at])) {
            at++;
            continue;
        }
        size_t start = at;
        if (unicode_is_hangul(text_next_point(text, &at)))
            return start;
    }
    return text.length;
}

/* The end of the run that begins at `at`: behind its last Hangul letter. */
static size_t end_of_run(struct text text, size_t at)
{
    size_t end = at;
    while (at < text.length) {
        uint32_t point = text_next_point(text, &at);
        if (unicode_is_hangul(point))
            end = at;
        else if (unicode_is_letter(point))
            break;
    }
    return end;
}

void add_escaped_hangul(struct buffer *out, struct text text)
{
    for (size_t at = 0; at < text.length;) {
        size_t start = find_hangul(text, at);
        add_escaped(out, text_slice(text, at, start));
        if (start == text.length)
            return;
        at = end_of_run(text, start);
        buffer_add(out, TEXT("<span lang=\"ko\">"));
        add_escaped(out, text_slice(text, start, at));
        buffer_add(out, TEXT("</span>"));
    }
}
