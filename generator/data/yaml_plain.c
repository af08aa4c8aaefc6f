/*
 * Reading YAML as nearly everybody writes it, without libyaml.
 *
 *     title: Goblin                          map    = { key ":" (" " node | lines) }     keys at one indent
 *     artists: [Crush, {name: "Punch"}]      list   = { "- " node }
 *     tracks:                                node   = scalar | "[" ... "]" | "{" ... "}"
 *       - title: Beautiful                   scalar = plain | '"' ... '"' | "'" ... "'"   on one line
 *         rating: 9                                 | "|" lines
 *
 * Whatever else stands in a document (comments, anchors, escapes, texts of several lines, blanks at an end, a
 * mistake) makes this give up, and libyaml reads all of it from the start: so nothing is said here, and what
 * is read here is what libyaml would make of it, places included.
 */
#include "data/data_inside.h"

enum {
    MOST_BYTES = 64 << 10,
    MOST_DEPTH = 8,
    MOST_KEYS = 64,
    LONGEST_KEY = 100, /* libyaml's longest is 1,024 */
};

struct plain {
    struct text yaml;
    uint32_t first_line;
    struct arena *arena;
    size_t at;         /* the next byte, */
    size_t line_start; /* where its line starts, */
    uint32_t line;     /* and its number, from 0 */
};

static bool read_lines(struct plain *, size_t least_indent, unsigned depth, struct data_value *);
static bool read_inline(struct plain *, char closing, unsigned depth, struct data_value *);

/* ---- Bytes --------------------------------------------------------------------------------------- */

/* What no document is refused for, and what means nothing but itself: not the signs that end lines for
 * YAML only, not what may be broken. */
static bool is_usual_point(uint32_t point)
{
    return point >= 0xA0 && point < 0xFFFD && point != 0x2028 && point != 0x2029 && point != 0xFEFF;
}

/* No tabs or other control characters. */
static bool are_bytes_usual(struct text yaml)
{
    for (size_t at = 0; at < yaml.length;) {
        unsigned char byte = (unsigned char)yaml.at[at];
        if (byte >= 0x80) {
            if (!is_usual_point(text_next_point(yaml, &at)))
                return false;
            continue;
        }
        bool is_odd = byte < ' ' ? byte != '\n' : byte == 0x7F;
        if (is_odd)
            return false;
        at++;
    }
    return true;
}

static inline bool is_alphanumeric(char c)
{
    char small = (char)(c | 0x20);
    return (c >= '0' && c <= '9') || (small >= 'a' && small <= 'z');
}

static inline char byte_at(const struct plain *plain, size_t at)
{
    return at < plain->yaml.length ? plain->yaml.at[at] : '\n';
}

static struct data_value place(
    const struct plain *plain, size_t from, size_t to, struct data_value value)
{
    value.line = plain->first_line + plain->line;
    value.column =
        (uint32_t)text_count_points(text_slice(plain->yaml, plain->line_start, from)) + 1;
    value.points = (uint32_t)text_count_points(text_slice(plain->yaml, from, to));
    if (value.points == 0)
        value.points = 1;
    return value;
}

/* ---- Lines --------------------------------------------------------------------------------------- */

/* Over the end of the line and empty ones, to where the next one's text starts. */
static void next_line(struct plain *plain)
{
    while (plain->at < plain->yaml.length && plain->yaml.at[plain->at] == '\n') {
        plain->line_start = ++plain->at;
        plain->line++;
    }
    while (byte_at(plain, plain->at) == ' ')
        plain->at++;
}

static inline bool is_end(const struct plain *plain)
{
    return plain->at >= plain->yaml.length;
}

static inline size_t indent(const struct plain *plain)
{
    return plain->at - plain->line_start;
}

static inline bool is_item(const struct plain *plain)
{
    return byte_at(plain, plain->at) == '-' && byte_at(plain, plain->at + 1) == ' ';
}

/* ---- Scalars ------------------------------------------------------------------------------------- */

/* The others mean something, or are told to start oddly: see yaml.c. */
static inline bool may_start_plain(char c)
{
    unsigned char byte = (unsigned char)c;
    return is_alphanumeric(c) || c == '(' || c == '_' || c == '/' ||
           (byte >= 0x80 && byte != 0xC2 && byte != 0xE2 && byte != 0xE3);
}

/* " #" would begin a comment. */
static inline bool is_sign(const struct plain *plain, size_t at)
{
    return byte_at(plain, at) == '#' && plain->yaml.at[at - 1] == ' ';
}

/* Up to the line's end, or in brackets to what ends an item. */
static size_t plain_end(const struct plain *plain, bool in_brackets)
{
    size_t at = plain->at;
    for (;; at++) {
        char c = byte_at(plain, at);
        if (c == '\n' || (in_brackets && (c == ',' || c == ']' || c == '}')))
            return at;
        char next = c == ':' ? byte_at(plain, at + 1) : 'x';
        if (next == ' ' || next == '\n' || is_sign(plain, at) ||
            (in_brackets && strchr(":?[{\"'", c)))
            return SIZE_MAX;
    }
}

static bool read_plain(struct plain *plain, char closing, struct data_value *value)
{
    size_t from = plain->at, end = plain_end(plain, closing);
    if (end == SIZE_MAX || end == from || plain->yaml.at[end - 1] == ' ')
        return false;
    *value = place(
        plain, from, end, data_text(arena_text(plain->arena, text_slice(plain->yaml, from, end))));
    value->plain = true;
    plain->at = end;
    return true;
}

static bool read_quoted(struct plain *plain, char quote, struct data_value *value)
{
    size_t from = plain->at, at = from + 1;
    while (byte_at(plain, at) != quote)
        if (byte_at(plain, at) == '\\' || byte_at(plain, at) == '\n' || is_sign(plain, at++))
            return false;
    if (byte_at(plain, at + 1) == quote)
        return false;
    *value = place(plain, from, at + 1,
        data_text(arena_text(plain->arena, text_slice(plain->yaml, from + 1, at))));
    plain->at = at + 1;
    return true;
}

/* The bytes of a line up to its end. */
static struct text rest_of_line(const struct plain *plain, size_t from)
{
    struct text rest = text_slice(plain->yaml, from, plain->yaml.length);
    ptrdiff_t end = text_find_byte(rest, '\n');
    return text_slice(rest, 0, end < 0 ? rest.length : (size_t)end);
}

/* One line of a text behind "|", at its indent or deeper; an empty one may be at its end. */
static bool read_literal_line(
    struct plain *plain, size_t column, struct buffer *text, size_t *kept_length)
{
    size_t from = plain->line_start;
    while (from < plain->line_start + column && byte_at(plain, from) == ' ')
        from++;
    struct text line = rest_of_line(plain, from);
    bool is_blank = line.length == 0;
    if (is_blank ? from > plain->line_start : from < plain->line_start + column)
        return false;
    buffer_add(text, line);
    buffer_add_byte(text, '\n');
    *kept_length = is_blank ? *kept_length : text->length;
    plain->at = from + line.length;
    if (plain->at == plain->yaml.length)
        return false;
    plain->line_start = ++plain->at;
    plain->line++;
    return true;
}

/* Whether the text goes on with the line that starts here: an empty one, or one that is deep enough. */
static bool goes_on(const struct plain *plain, size_t column)
{
    size_t at = plain->line_start;
    while (byte_at(plain, at) == ' ')
        at++;
    return at < plain->yaml.length &&
           (at >= plain->line_start + column || plain->yaml.at[at] == '\n');
}

static bool read_literal_lines(struct plain *plain, size_t above, struct buffer *text)
{
    size_t kept_length = 0;
    plain->line_start = ++plain->at;
    plain->line++;
    while (byte_at(plain, plain->at) == ' ')
        plain->at++;
    size_t column = indent(plain);
    if (is_end(plain) || column <= above || plain->yaml.at[plain->at] == '\n')
        return false;
    do
        if (!read_literal_line(plain, column, text, &kept_length))
            return false;
    while (goes_on(plain, column));
    text->length = kept_length;
    while (byte_at(plain, plain->at) == ' ' && !is_end(plain))
        plain->at++;
    return is_end(plain) || indent(plain) <= above;
}

/* Behind "|" at the end of a line: the lines below, as they are. */
static bool read_literal(struct plain *plain, size_t above, struct data_value *value)
{
    struct buffer text;
    *value = place(plain, plain->at, plain->at + 1, data_none());
    plain->at++;
    buffer_init(&text);
    bool is_read = read_literal_lines(plain, above, &text);
    value->kind = DATA_TEXT;
    value->as.text = arena_text(plain->arena, buffer_text(&text));
    buffer_release(&text);
    return is_read;
}

/* Letters, digits, "_" and "-", and a colon behind them. */
static bool read_key(struct plain *plain, struct data_map *map, struct data_value **value)
{
    size_t from = plain->at, end = from;
    while (is_alphanumeric(byte_at(plain, end)) || strchr("_-", byte_at(plain, end)))
        end++;
    char behind = byte_at(plain, end + 1);
    if (!is_alphanumeric(byte_at(plain, from)) || end - from > LONGEST_KEY ||
        byte_at(plain, end) != ':' || (behind != ' ' && behind != '\n') || map->count == MOST_KEYS)
        return false;
    struct text name = text_slice(plain->yaml, from, end);
    if (data_has_mark(map, data_mark_of(name)) && data_map_get_text(map, name))
        return false;
    struct data_value key = place(plain, from, end, data_text(arena_text(plain->arena, name)));
    key.plain = true;
    *value = data_map_add(plain->arena, map, key);
    plain->at = end + 1;
    return true;
}

/* ---- In brackets --------------------------------------------------------------------------------- */

static void skip_blanks(struct plain *plain)
{
    while (byte_at(plain, plain->at) == ' ')
        plain->at++;
}

/* Behind an item: a comma with another item behind it, or the end. */
static bool read_comma(struct plain *plain, char closing, bool *is_last)
{
    skip_blanks(plain);
    char c = byte_at(plain, plain->at++);
    *is_last = c == closing;
    if (*is_last)
        return true;
    skip_blanks(plain);
    return c == ',' && byte_at(plain, plain->at) != closing;
}

static bool read_flow_pair(struct plain *plain, unsigned depth, struct data_map *map)
{
    struct data_value *value;
    if (!read_key(plain, map, &value) || byte_at(plain, plain->at) != ' ')
        return false;
    skip_blanks(plain);
    return read_inline(plain, '}', depth, value);
}

static bool read_brackets(struct plain *plain, unsigned depth, struct data_value *value)
{
    bool is_list = plain->yaml.at[plain->at] == '[', is_last = false;
    char closing = is_list ? ']' : '}';
    *value = place(plain, plain->at, plain->at + 1,
        is_list ? data_list_new(plain->arena) : data_map_new(plain->arena));
    plain->at++;
    skip_blanks(plain);
    if (byte_at(plain, plain->at) == closing) {
        plain->at++;
        return true;
    }
    while (!is_last) {
        struct data_value item;
        bool is_read = is_list ? read_inline(plain, ']', depth, &item)
                               : read_flow_pair(plain, depth, value->as.map);
        if (!is_read || !read_comma(plain, closing, &is_last))
            return false;
        if (is_list)
            data_list_add(plain->arena, value->as.list, item);
    }
    return true;
}

/* A node that ends on its line; `closing` is the bracket that it stands in, or 0. */
static bool read_inline(struct plain *plain, char closing, unsigned depth, struct data_value *value)
{
    char first = byte_at(plain, plain->at);
    if (first == '"' || first == '\'')
        return read_quoted(plain, first, value);
    if (first == '[' || first == '{')
        return depth < MOST_DEPTH && read_brackets(plain, depth + 1, value);
    return may_start_plain(first) && read_plain(plain, closing, value);
}

/* ---- Lists and maps of lines ----------------------------------------------------------------------- */

/* Behind a key or a dash: what stands on its line. What stands deeper below would belong to it. */
static bool read_rest_of_line(
    struct plain *plain, size_t above, unsigned depth, struct data_value *value)
{
    if (!read_inline(plain, 0, depth, value) || byte_at(plain, plain->at) != '\n')
        return false;
    next_line(plain);
    return is_end(plain) || indent(plain) <= above;
}

static bool read_pair(struct plain *plain, size_t column, unsigned depth, struct data_map *map)
{
    struct data_value *value;
    if (!read_key(plain, map, &value))
        return false;
    if (byte_at(plain, plain->at) == ' ') {
        skip_blanks(plain);
        if (byte_at(plain, plain->at) == '|' && byte_at(plain, plain->at + 1) == '\n')
            return read_literal(plain, column, value);
        return read_rest_of_line(plain, column, depth, value);
    }
    next_line(plain);
    bool is_below =
        !is_end(plain) && (indent(plain) > column || (indent(plain) == column && is_item(plain)));
    return is_below && read_lines(plain, column, depth + 1, value);
}

/* Its first key stands here. */
static bool read_map(struct plain *plain, unsigned depth, struct data_value *value)
{
    size_t column = indent(plain);
    *value = place(plain, plain->at, plain->at + 1, data_map_new(plain->arena));
    do
        if (!read_pair(plain, column, depth, value->as.map))
            return false;
    while (!is_end(plain) && indent(plain) == column && !is_item(plain));
    return is_end(plain) || indent(plain) < column;
}

/* "- title: x" is a map, whose other keys stand below its first. */
static bool starts_map(const struct plain *plain)
{
    size_t at = plain->at;
    while (is_alphanumeric(byte_at(plain, at)) || strchr("_-", byte_at(plain, at)))
        at++;
    return at > plain->at && byte_at(plain, at) == ':' &&
           (byte_at(plain, at + 1) == ' ' || byte_at(plain, at + 1) == '\n');
}

static bool read_list(struct plain *plain, unsigned depth, struct data_value *value)
{
    size_t column = indent(plain);
    *value = place(plain, plain->at, plain->at + 1, data_list_new(plain->arena));
    do {
        struct data_value item;
        plain->at += strlen("- ");
        bool is_read = starts_map(plain) ? read_map(plain, depth + 1, &item)
                                         : read_rest_of_line(plain, column, depth, &item);
        if (!is_read)
            return false;
        data_list_add(plain->arena, value->as.list, item);
    } while (!is_end(plain) && indent(plain) == column && is_item(plain));
    return true;
}

/* A list or a map whose first line starts here. A list may stand at the indent of the map around it, and
 * then ends where that goes on. */
static bool read_lines(
    struct plain *plain, size_t least_indent, unsigned depth, struct data_value *value)
{
    if (depth >= MOST_DEPTH)
        return false;
    if (!is_item(plain))
        return read_map(plain, depth, value);
    size_t column = indent(plain);
    return read_list(plain, depth, value) &&
           (is_end(plain) || indent(plain) < column || column == least_indent);
}

bool data_read_plain_yaml(
    struct text yaml, uint32_t first_line, struct arena *arena, struct data_value *value)
{
    struct plain plain = {.yaml = yaml, .first_line = first_line, .arena = arena};
    if (yaml.length == 0 || yaml.length > MOST_BYTES || !are_bytes_usual(yaml))
        return false;
    next_line(&plain);
    return !is_end(&plain) && indent(&plain) == 0 && !is_item(&plain) &&
           read_map(&plain, 0, value) && is_end(&plain);
}
