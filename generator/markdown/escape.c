/* Text into HTML, with every sign that HTML reads escaped; and Hangul marked as Korean. */
#include "markdown/markdown_inside.h"

#include "unicode/unicode.h"

static const struct text escapes[] = {
    {"", 0}, {"&amp;", 5}, {"&lt;", 4}, {"&gt;", 4}, {"&quot;", 6}};

/* For each byte its row above; a table, since this is where most of a page's bytes pass. */
static const unsigned char escape_of[256] = {['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4};

/* The same, and the bytes that Hangul begins with in UTF-8: U+1100, U+3130, U+A960 and on, U+FFA0. */
enum { MAY_BE_HANGUL = BASE_COUNT(escapes) };
static const unsigned char mark_of[256] = {['&'] = 1,
    ['<'] = 2,
    ['>'] = 3,
    ['"'] = 4,
    [0xE1] = MAY_BE_HANGUL,
    [0xE3] = MAY_BE_HANGUL,
    [0xEA] = MAY_BE_HANGUL,
    [0xEB] = MAY_BE_HANGUL,
    [0xEC] = MAY_BE_HANGUL,
    [0xED] = MAY_BE_HANGUL,
    [0xEF] = MAY_BE_HANGUL};

static bool is_plain_stride(stride bytes)
{
    return !stride_has_any(
        (bytes == '&') | (bytes == '<') | (bytes == '>') | (bytes == '"') | (bytes < 0));
}

/* The next byte at or after `at` that has a row in the table; else the text's end. */
static size_t find_row(const unsigned char *table, struct text text, size_t at)
{
    while (at < text.length) {
        bool fits = at + sizeof(stride) <= text.length;
        size_t end = fits ? at + sizeof(stride) : text.length;
        if (fits && is_plain_stride(stride_read(text.at + at)))
            at = end;
        for (; at < end; at++)
            if (table[(unsigned char)text.at[at]] != 0)
                return at;
    }
    return at;
}

void add_escaped(struct buffer *out, struct text text)
{
    size_t from = 0;
    for (;;) {
        size_t at = find_row(escape_of, text, from);
        buffer_add(out, text_slice(text, from, at));
        if (at == text.length)
            return;
        buffer_add(out, escapes[escape_of[(unsigned char)text.at[at]]]);
        from = at + 1;
    }
}

void add_quoted(struct buffer *out, const char *name, struct text value)
{
    buffer_add_byte(out, ' ');
    buffer_add_string(out, name);
    buffer_add(out, TEXT("=\""));
    add_escaped(out, value);
    buffer_add_byte(out, '"');
}

/* ---- Hangul ---------------------------------------------------------------------------------------- */

/*
 *     규현(Kyuhyun)은, 2022년 4월  ->  [규현](Kyuhyun)[은, 2022년 4월]
 *
 * A run begins and ends with a Hangul letter; letters of another script end it, anything else
 * between two Hangul letters stands inside.
 */

static bool is_hangul_at(struct text text, size_t at)
{
    return unicode_is_hangul(text_next_point(text, &at));
}

/* Adds the run of Hangul that begins at the offset; returns its end. */
static size_t add_hangul(struct buffer *out, struct text text, size_t start)
{
    size_t end = unicode_hangul_end(text, start);
    buffer_add(out, TEXT("<span lang=\"ko\">"));
    add_escaped(out, text_slice(text, start, end));
    buffer_add(out, TEXT("</span>"));
    return end;
}

bool is_korean(struct text language)
{
    return text_starts(language, "ko") && (language.length == 2 || language.at[2] == '-');
}

void add_escaped_hangul(struct buffer *out, struct text text)
{
    size_t from = 0;
    for (size_t at = find_row(mark_of, text, 0); at < text.length;
         at = find_row(mark_of, text, at)) {
        unsigned char escape = mark_of[(unsigned char)text.at[at]];
        if (escape == MAY_BE_HANGUL && !is_hangul_at(text, at)) {
            at++;
            continue;
        }
        buffer_add(out, text_slice(text, from, at));
        if (escape == MAY_BE_HANGUL)
            at = add_hangul(out, text, at);
        else
            buffer_add(out, escapes[escape]), at++;
        from = at;
    }
    buffer_add(out, text_slice(text, from, text.length));
}
