/* Code points and what Python's str does with them: white space, words, case, stripping, lines. */
#include "template/template_run_inside.h"
#include "unicode/unicode.h"

/* Python counts the separators 0x1C to 0x1F as white space; the Unicode property does not. */
bool template_is_space(uint32_t point)
{
    if (point < 0x80)
        return point == ' ' || (point >= 0x09 && point <= 0x0D) || (point >= 0x1C && point <= 0x1F);
    return unicode_is_space(point);
}

bool template_is_word(uint32_t point)
{
    if (point < 0x80)
        return point == '_' || (point >= '0' && point <= '9') ||
               ((point | 32) >= 'a' && (point | 32) <= 'z');
    return unicode_is_letter(point) || unicode_is_number(point);
}

/* ---- Stripping --------------------------------------------------------------------------------------- */

static bool holds_point(struct text chars, uint32_t point)
{
    for (size_t at = 0; at < chars.length;)
        if (text_next_point(chars, &at) == point)
            return true;
    return false;
}

static bool is_stripped(const struct text *chars, uint32_t point)
{
    return chars ? holds_point(*chars, point) : template_is_space(point);
}

/* Without the code points of `chars` (NULL: white space) at the ends asked for. */
struct text template_strip(struct text text, const struct text *chars, bool left, bool right)
{
    size_t start = 0, end = text.length;
    while (left && start < end) {
        size_t next = start;
        if (!is_stripped(chars, text_next_point(text, &next)))
            break;
        start = next;
    }
    while (right && end > start) {
        size_t before = end;
        if (!is_stripped(chars, text_previous_point(text, &before)))
            break;
        end = before;
    }
    return text_slice(text, start, end);
}

static size_t byte_of_point(struct text text, size_t index)
{
    size_t at = 0;
    while (index-- > 0 && at < text.length)
        text_next_point(text, &at);
    return at;
}

struct text template_slice_points(struct text text, size_t from, size_t to)
{
    if (from >= to)
        return TEXT("");
    size_t start = byte_of_point(text, from);
    struct text rest = text_slice(text, start, text.length);
    return text_slice(rest, 0, byte_of_point(rest, to - from));
}

/* ---- Letter case --------------------------------------------------------------------------------------- */

static bool is_ascii(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

static struct text ascii_case(struct template_state *state, struct text text, char from, char to)
{
    char *copy = arena_alloc(state->run->scratch, text.length + 1);
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        copy[i] = byte >= from && byte <= to ? (char)(byte ^ 32) : byte;
    }
    return (struct text){copy, text.length};
}

struct text template_lower(struct template_state *state, struct text text)
{
    if (is_ascii(text))
        return ascii_case(state, text, 'A', 'Z');
    return unicode_lower(state->run->scratch, text);
}

struct text template_upper(struct template_state *state, struct text text)
{
    if (is_ascii(text))
        return ascii_case(state, text, 'a', 'z');
    return unicode_upper(state->run->scratch, text);
}

/* The first code point as it starts a word, the rest in lower case, as it stands behind that one. */
struct text template_capitalize(struct template_state *state, struct text text)
{
    struct text first = template_slice_points(text, 0, 1), lower = template_lower(state, text);
    size_t start = template_begin(state);
    buffer_add(state->out, unicode_title(state->run->scratch, first));
    buffer_add(state->out, text_slice(lower, template_lower(state, first).length, lower.length));
    return template_end(state, start);
}

/* Python's str.title: a letter that follows a letter is small, any other is a capital. */
struct text template_title(struct template_state *state, struct text text)
{
    size_t start = template_begin(state);
    bool follows = false;
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        uint32_t point = text_next_point(text, &at);
        buffer_add(
            state->out, follows ? unicode_lower_at(state->run->scratch, text, from)
                                : unicode_title(state->run->scratch, text_slice(text, from, at)));
        follows = unicode_has_case(point);
    }
    return template_end(state, start);
}

/* ---- Lines ------------------------------------------------------------------------------------------------ */

static bool ends_line(uint32_t point)
{
    return (point >= 0x0A && point <= 0x0D) || (point >= 0x1C && point <= 0x1E) || point == 0x85 ||
           point == 0x2028 || point == 0x2029;
}

bool template_next_line(struct text *rest, struct text *line)
{
    if (rest->length == 0)
        return false;
    for (size_t at = 0; at < rest->length;) {
        size_t from = at;
        uint32_t point = text_next_point(*rest, &at);
        if (!ends_line(point))
            continue;
        if (point == '\r' && at < rest->length && rest->at[at] == '\n')
            at++;
        *line = text_slice(*rest, 0, from);
        *rest = text_slice(*rest, at, rest->length);
        return true;
    }
    *line = *rest;
    *rest = text_slice(*rest, rest->length, rest->length);
    return true;
}
