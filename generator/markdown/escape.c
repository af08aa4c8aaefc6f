/*
 * Text into HTML, with every sign that HTML reads escaped; and Hangul marked as Korean.
 *
 * What HTML can't hold at all (control characters, and two that are no characters) is a U+FFFD there,
 * as U+0000 is by the CommonMark specification. The bytes FE and FF, which are no UTF-8, are what
 * cmark-gfm makes of "&#xFFFE;" and "&#xFFFF;".
 */
#include "markdown/markdown_inside.h"

#include "unicode/unicode.h"

static const struct text escapes[] = {
    {"", 0}, {"&amp;", 5}, {"&lt;", 4}, {"&gt;", 4}, {"&quot;", 6}, {"\xEF\xBF\xBD", 3}};

/* Behind the rows: bytes that something may begin with. U+0080 to U+009F; U+FFFE and U+FFFF, and of
 * Hangul U+FFA0; other Hangul: U+1100, U+3130, U+A960 and on. */
enum { CONTROL = 5, MAY_BE_CONTROL, MAY_BE_HANGUL };

/* For each byte its row above; a table, since this is where most of a page's bytes pass. */
#define C CONTROL
#define ESCAPES                                                                                    \
    C, C, C, C, C, C, C, C, C, 0, 0, C, 0, 0, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C,   \
        C, [0x7F] = C, [0xFE] = C, [0xFF] = C, [0xC2] = MAY_BE_CONTROL, [0xEF] = MAY_BE_CONTROL,   \
           ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4
static const unsigned char escape_of[256] = {ESCAPES};
static const unsigned char mark_of[256] = {ESCAPES, [0xE1] = MAY_BE_HANGUL, [0xE3] = MAY_BE_HANGUL,
    [0xEA] = MAY_BE_HANGUL, [0xEB] = MAY_BE_HANGUL, [0xEC] = MAY_BE_HANGUL, [0xED] = MAY_BE_HANGUL};

/* Bytes of other scripts and control characters are below the blank, too. */
static bool is_plain_stride(stride bytes)
{
    return !stride_has_any((bytes == '&') | (bytes == '<') | (bytes == '>') | (bytes == '"') |
                           (bytes < ' ') | (bytes == 0x7F));
}

/* The length of what HTML can't hold, for a byte of the row MAY_BE_CONTROL; 0 for anything else. */
static size_t control_length(struct text text, size_t at)
{
    struct text rest = text_slice(text, at, text.length);
    if (rest.length > 1 && rest.at[0] == '\xC2' && (unsigned char)rest.at[1] < 0xA0)
        return 2;
    return text_starts(rest, "\xEF\xBF\xBE") || text_starts(rest, "\xEF\xBF\xBF") ? 3 : 0;
}

size_t forbidden_length(struct text text)
{
    unsigned char row = text.length ? escape_of[(unsigned char)text.at[0]] : 0;
    return row == MAY_BE_CONTROL ? control_length(text, 0) : row == CONTROL;
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
    for (size_t at = find_row(escape_of, text, 0); at < text.length;
         at = find_row(escape_of, text, at)) {
        unsigned char escape = escape_of[(unsigned char)text.at[at]];
        size_t length = escape == MAY_BE_CONTROL ? control_length(text, at) : 1;
        if (length) {
            buffer_add(out, text_slice(text, from, at));
            buffer_add(out, escapes[escape < CONTROL ? escape : CONTROL]);
            from = at + length;
        }
        at += length ? length : 1;
    }
    buffer_add(out, text_slice(text, from, text.length));
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
        bool is_hangul = escape > CONTROL && is_hangul_at(text, at);
        size_t length = escape == MAY_BE_CONTROL ? control_length(text, at) : escape <= CONTROL;
        if (!is_hangul && !length) {
            at++;
            continue;
        }
        buffer_add(out, text_slice(text, from, at));
        if (!is_hangul)
            buffer_add(out, escapes[escape < CONTROL ? escape : CONTROL]);
        at = is_hangul ? add_hangul(out, text, at) : at + length;
        from = at;
    }
    buffer_add(out, text_slice(text, from, text.length));
}
