/* Escaping for HTML and addresses, and taking tags away again. */
#include "template/template_run_inside.h"

/* What stands for a byte in HTML, by the byte's lowest four bits: no two that need it share them. */
enum { ESCAPE_ROOM = 8 }; /* copied whole: always as many bytes */
static const struct {
    char bytes[ESCAPE_ROOM - 1];
    unsigned char length;
} escapes[16] = {['&' & 15] = {"&amp;", 5},
    ['<' & 15] = {"&lt;", 4},
    ['>' & 15] = {"&gt;", 4},
    ['"' & 15] = {"&#34;", 5},
    ['\'' & 15] = {"&#39;", 5}};

/* What gcc and clang make one instruction of, where the machine has it. */
typedef signed char sixteen __attribute__((vector_size(16)));
enum { STEP = sizeof(sixteen) };

/* One bit for each of eight bytes that are all ones or zero, the lowest for the first. */
static inline unsigned bits_of(uint64_t bytes)
{
    bool is_little = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
    bytes &= is_little ? UINT64_C(0x8040201008040201) : UINT64_C(0x0102040810204080);
    return (unsigned)(bytes * UINT64_C(0x0101010101010101) >> 56);
}

/* Which of sixteen bytes need escaping, as bits. '&' and '\'' differ in one bit, as '<' and '>' do. */
static inline unsigned find_in(sixteen bytes)
{
    uint64_t halves[2];
    bytes = (bytes == '"') | ((bytes | 1) == '\'') | ((bytes | 2) == '>');
    memcpy(halves, &bytes, sizeof halves);
    if (!(halves[0] | halves[1]))
        return 0;
    return bits_of(halves[0]) | bits_of(halves[1]) << 8;
}

static inline unsigned find_escapes(const char *at)
{
    sixteen bytes;
    memcpy(&bytes, at, sizeof bytes);
    return find_in(bytes);
}

/* Copies sixteen bytes, of which `found` are to be escaped and the first `count` kept; as many stand
 * behind them. Each time sixteen are copied from behind the last that was escaped: what is too much is
 * written over. */
__attribute__((noinline)) static char *escape_found(
    char *to, const char *at, size_t count, unsigned found)
{
    const char *end = at + count, *from = at;
    for (; found; found &= found - 1) {
        const char *next = at + __builtin_ctz(found);
        unsigned char kind = (unsigned char)*next & 15;
        memcpy(to, from, STEP);
        to += next - from;
        memcpy(to, &escapes[kind], ESCAPE_ROOM);
        to += escapes[kind].length;
        from = next + 1;
    }
    memcpy(to, from, STEP);
    return to + (end - from);
}

/* Fewer than 32 bytes, by two loads that may overlap. */
static inline void copy_few(char *to, const char *at, size_t count)
{
    if (count >= STEP) {
        memcpy(to, at, STEP);
        memcpy(to + count - STEP, at + count - STEP, STEP);
    } else if (count >= 8) {
        memcpy(to, at, 8);
        memcpy(to + count - 8, at + count - 8, 8);
    } else if (count >= 4) {
        memcpy(to, at, 4);
        memcpy(to + count - 4, at + count - 4, 4);
    } else if (count > 0) {
        to[0] = at[0];
        to[count / 2] = at[count / 2];
        to[count - 1] = at[count - 1];
    }
}

/* Fewer than sixteen bytes, some of them twice: put together without being stored, as a processor waits long
 * when it loads at once what was stored in parts. */
static inline sixteen gather_few(const char *at, size_t count)
{
    uint64_t halves[2] = {0, 0};
    uint32_t first, last;
    if (count >= 8) {
        memcpy(&halves[0], at, 8);
        memcpy(&halves[1], at + count - 8, 8);
    } else if (count >= 4) {
        memcpy(&first, at, sizeof first);
        memcpy(&last, at + count - 4, sizeof last);
        halves[0] = (uint64_t)last << 32 | first;
    } else if (count > 0) {
        halves[0] = (unsigned char)at[0] | (uint64_t)(unsigned char)at[count / 2] << 8 |
                    (uint64_t)(unsigned char)at[count - 1] << 16;
    }
    typedef uint64_t two_words __attribute__((vector_size(16)));
    return (sixteen)(two_words){halves[0], halves[1]};
}

bool template_needs_escape(struct text text)
{
    size_t at = 0;
    if (text.length < STEP)
        return find_in(gather_few(text.at, text.length));
    for (; at + STEP <= text.length; at += STEP)
        if (find_escapes(text.at + at))
            return true;
    /* the last step goes back as far as it takes */
    return at < text.length && find_escapes(text.at + text.length - STEP);
}

/* Copies a text that needs no escape. */
static inline void add_plain(struct buffer *out, struct text text)
{
    if (out->capacity - out->length <= text.length)
        buffer_reserve(out, text.length + 1);
    char *to = out->at + out->length;
    out->length += text.length;
    if (text.length < (size_t)STEP * 2) {
        copy_few(to, text.at, text.length);
        return;
    }
    for (size_t at = 0; at + STEP <= text.length; at += STEP)
        memcpy(to + at, text.at + at, STEP);
    memcpy(to + text.length - STEP, text.at + text.length - STEP, STEP);
}

/* The most that sixteen bytes become, and what is written behind them. */
enum { STEP_ROOM = STEP * 5 + STEP };

/* Escapes sixteen bytes, of which `count` are kept. */
static inline void add_step(struct buffer *out, const char *at, size_t count, size_t left)
{
    unsigned found = find_escapes(at);
    if (out->capacity - out->length < STEP_ROOM)
        buffer_reserve(out, left + STEP_ROOM);
    char *to = out->at + out->length;
    memcpy(to, at, STEP);
    if (found)
        count = (size_t)(escape_found(to, at, count, found) - to);
    out->length += count;
}

__attribute__((noinline)) static void add_escaping(struct buffer *out, struct text text)
{
    const char *at = text.at;
    size_t left = text.length;
    for (; left >= (size_t)STEP * 2; at += STEP, left -= STEP)
        add_step(out, at, STEP, left);
    char last[STEP * 3] = {0};
    copy_few(last, at, left);
    if (left >= STEP)
        add_step(out, last, STEP, left);
    if (left % STEP > 0)
        add_step(out, last + left / STEP * STEP, left % STEP, left);
}

/* Most texts have nothing to escape. */
void template_escape(struct buffer *out, struct text text)
{
    if (template_needs_escape(text))
        add_escaping(out, text);
    else
        add_plain(out, text);
}

bool template_escape_value(
    struct template_state *state, const struct data_value *value, struct text *text)
{
    if (!template_text_value(state, value, text))
        return false;
    bool is_module = template_is_opaque(value, &template_tag_module);
    if (value->kind == DATA_HTML || is_module || !template_needs_escape(*text))
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
