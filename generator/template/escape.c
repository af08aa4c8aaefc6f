/* Escaping for HTML and addresses, and taking tags away again. */
#include "template/template_inside.h"

/* What stands for a byte in HTML, by index into `escapes`; 0 for itself. */
static const unsigned char kinds[256] = {['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5};

enum { ESCAPE_ROOM = 8 }; /* copied whole: always as many bytes */
static const struct {
    char bytes[ESCAPE_ROOM];
    size_t length;
} escapes[] = {{"", 0}, {"&amp;", 5}, {"&lt;", 4}, {"&gt;", 4}, {"&#34;", 5}, {"&#39;", 5}};

/* What gcc and clang make one instruction of, where the machine has it. */
typedef signed char sixteen __attribute__((vector_size(16)));
enum { STEP = sizeof(sixteen) };

/* How many of eight bytes, each all ones or zero, stand before the first with ones. */
static inline size_t count_zeros(uint64_t bytes)
{
    if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
        return (size_t)__builtin_ctzll(bytes) / 8;
    return (size_t)__builtin_clzll(bytes) / 8;
}

/* Which of sixteen bytes is the first that needs escaping; 16 for none. '&' and '\'' differ in one bit,
 * as '<' and '>' do. */
static inline size_t first_escape(const char *at)
{
    sixteen bytes;
    uint64_t halves[2];
    memcpy(&bytes, at, sizeof bytes);
    bytes = (bytes == '"') | ((bytes | 1) == '\'') | ((bytes | 2) == '>');
    memcpy(halves, &bytes, sizeof halves);
    if (halves[0])
        return count_zeros(halves[0]);
    return halves[1] ? 8 + count_zeros(halves[1]) : STEP;
}

/* Copies sixteen bytes each time and keeps those before the one that needs escaping. */
void template_escape(struct buffer *out, struct text text)
{
    for (size_t from = 0; from < text.length;) {
        size_t left = text.length - from, step = left < STEP ? left : STEP;
        const char *at = text.at + from;
        char last[STEP] = {0};
        if (left < STEP)
            at = memcpy(last, at, left);
        if (out->capacity - out->length < STEP + ESCAPE_ROOM)
            buffer_reserve(out, left + STEP + ESCAPE_ROOM);
        size_t plain = first_escape(at);
        memcpy(out->at + out->length, at, STEP);
        out->length += plain < step ? plain : step;
        from += step;
        if (plain == STEP)
            continue;
        from += plain + 1 - step;
        unsigned char kind = kinds[(unsigned char)at[plain]];
        memcpy(out->at + out->length, escapes[kind].bytes, ESCAPE_ROOM);
        out->length += escapes[kind].length;
    }
}

static bool needs_escape(struct text text)
{
    size_t at = 0;
    for (; at + STEP <= text.length; at += STEP)
        if (first_escape(text.at + at) < STEP)
            return true;
    if (at > 0) /* the last step goes back as far as it takes */
        return at < text.length && first_escape(text.at + text.length - STEP) < STEP;
    for (; at < text.length; at++)
        if (kinds[(unsigned char)text.at[at]])
            return true;
    return false;
}

bool template_escape_value(
    struct template_state *state, const struct data_value *value, struct text *text)
{
    if (!template_text_value(state, value, text))
        return false;
    bool is_module = template_is_opaque(value, &template_tag_module);
    if (value->kind == DATA_HTML || is_module || !needs_escape(*text))
        return true;
    size_t start = template_begin(state);
    template_escape(state->out, *text);
    *text = template_end(state, start);
    return !state->has_failed;
}

/* ---- Taking tags away ---------------------------------------------------------------------------------- */

/* Copies without what stands between an `open` and the next `close`, both included. */
static void drop_between(struct buffer *out, struct text text, const char *open, const char *close)
{
    for (;;) {
        ptrdiff_t start = text_find(text, text_of(open));
        struct text inside =
            text_slice(text, start < 0 ? text.length : (size_t)start + strlen(open), text.length);
        ptrdiff_t end = text_find(inside, text_of(close));
        if (start < 0 || end < 0)
            break;
        buffer_add(out, text_slice(text, 0, (size_t)start));
        text = text_slice(inside, (size_t)end + strlen(close), inside.length);
    }
    buffer_add(out, text);
}

/* Words with one blank between them. */
static void add_collapsed(struct buffer *out, struct text text)
{
    bool is_first = true;
    for (size_t at = 0; at < text.length;) {
        size_t from = at, end = at;
        while (end < text.length && !template_is_space(text_next_point(text, &at)))
            end = at;
        if (end == from)
            continue;
        buffer_add_string(out, is_first ? "" : " ");
        buffer_add(out, text_slice(text, from, end));
        is_first = false;
    }
}

void template_striptags(struct buffer *out, struct text text)
{
    struct buffer plain, collapsed;
    buffer_init(&plain);
    buffer_init(&collapsed);
    drop_between(&collapsed, text, "<!--", "-->");
    drop_between(&plain, buffer_text(&collapsed), "<", ">");
    buffer_clear(&collapsed);
    add_collapsed(&collapsed, buffer_text(&plain));
    template_unescape(out, buffer_text(&collapsed));
    buffer_release(&plain);
    buffer_release(&collapsed);
}

/* ---- Addresses -------------------------------------------------------------------------------------------- */

static bool is_unreserved(char byte)
{
    return (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z') ||
           byte == '_' || byte == '.' || byte == '-' || byte == '~';
}

void template_url_quote(struct buffer *out, struct text text, bool for_query)
{
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i];
        if (is_unreserved(byte) || (byte == '/' && !for_query))
            buffer_add_byte(out, byte);
        else if (byte == ' ' && for_query)
            buffer_add_byte(out, '+');
        else
            buffer_format(out, "%%%02X", (unsigned char)byte);
    }
}
