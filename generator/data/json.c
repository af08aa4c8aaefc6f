/* Writing JSON (RFC 8259), in a form that is safe inside a script element as well. */
#include "data/data.h"

#include <stdlib.h>

/* The short escapes of RFC 8259, section 7; 0 for bytes that have none. */
static char short_escape(char byte)
{
    switch (byte) {
    case '"':
    case '\\': return byte;
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

/* "<", ">" and "&" would end or open markup around the JSON; U+2028 and U+2029 end a line of
 * JavaScript. */
static bool needs_number(uint32_t point)
{
    return point < 0x20 || point == '<' || point == '>' || point == '&' || point == 0x2028 ||
           point == 0x2029;
}

/* U+2028 and U+2029 begin with 0xE2; nothing else that isn't ASCII is escaped. */
static inline bool may_need_escape(char c)
{
    return (unsigned char)c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' ||
           c == (char)0xE2;
}

static void add_number_escape(struct buffer *out, uint32_t point)
{
    static const char digits[] = "0123456789abcdef";
    const char escape[] = {'\\', 'u', digits[point >> 12 & 15], digits[point >> 8 & 15],
        digits[point >> 4 & 15], digits[point & 15]};
    buffer_add(out, (struct text){escape, sizeof escape});
}

/* The code point at *at, which may need an escape. */
static void add_point(struct buffer *out, struct text text, size_t *at)
{
    size_t from = *at;
    uint32_t point = text_next_point(text, at);
    char escape = point < 0x80 ? short_escape((char)point) : 0;
    if (escape) {
        buffer_add_byte(out, '\\');
        buffer_add_byte(out, escape);
    } else if (needs_number(point)) {
        add_number_escape(out, point);
    } else {
        buffer_add(out, text_slice(text, from, *at));
    }
}

void data_json_text(struct buffer *out, struct text text)
{
    buffer_add_byte(out, '"');
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        while (at < text.length && !may_need_escape(text.at[at]))
            at++;
        buffer_add(out, text_slice(text, from, at));
        if (at < text.length)
            add_point(out, text, &at);
    }
    buffer_add_byte(out, '"');
}

/* The fewest digits that read back as the same number. */
static void add_number(struct buffer *out, double number)
{
    char digits[32];
    if (!isfinite(number)) {
        buffer_add_string(out, "null");
        return;
    }
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, number);
        double back = 0;
        if (sscanf(digits, "%lf", &back) == 1 && !(back < number) && !(back > number))
            break;
    }
    buffer_add_string(out, digits);
}

struct writer {
    struct buffer *out;
    unsigned indent;
    struct data_run *run;
    bool in_nameless; /* a thing without a name or an address is open around this */
};

static void add_value(
    const struct writer *, const struct data_value *, unsigned depth, bool things_open);

static void new_line(const struct writer *writer, unsigned depth)
{
    if (!writer->indent)
        return;
    buffer_add_byte(writer->out, '\n');
    for (unsigned i = 0; i < depth * writer->indent; i++)
        buffer_add_byte(writer->out, ' ');
}

static void next_item(const struct writer *writer, bool is_first, unsigned depth)
{
    if (!is_first)
        buffer_add_string(writer->out, writer->indent ? "," : ", ");
    new_line(writer, depth);
}

static void add_list(
    const struct writer *writer, const struct data_value *value, unsigned depth, bool things_open)
{
    size_t count = data_count(value);
    buffer_add_byte(writer->out, '[');
    for (size_t i = 0; i < count; i++) {
        struct data_value item = data_item(value, i);
        next_item(writer, i == 0, depth + 1);
        add_value(writer, &item, depth + 1, things_open);
    }
    if (count)
        new_line(writer, depth);
    buffer_add_byte(writer->out, ']');
}

/* A key must be text in JSON: anything else is written as its JSON inside quotes. */
static void add_key(const struct writer *writer, const struct data_value *key)
{
    if (key->kind == DATA_TEXT || key->kind == DATA_HTML) {
        data_json_text(writer->out, key->as.text);
    } else {
        struct buffer inner;
        buffer_init(&inner);
        data_json(&inner, key, 0, writer->run);
        data_json_text(writer->out, buffer_text(&inner));
        buffer_release(&inner);
    }
    buffer_add_string(writer->out, ": ");
}

static void add_map(
    const struct writer *writer, const struct data_map *map, unsigned depth, bool things_open)
{
    buffer_add_byte(writer->out, '{');
    for (size_t i = 0; i < map->count; i++) {
        next_item(writer, i == 0, depth + 1);
        add_key(writer, &map->entries[i].key);
        add_value(writer, &map->entries[i].value, depth + 1, things_open);
    }
    if (map->count)
        new_line(writer, depth);
    buffer_add_byte(writer->out, '}');
}

/* The fields of these names that the thing has. */
static struct data_value fields_of(const struct writer *writer, const struct data_value *thing,
    const struct text *names, size_t count)
{
    struct arena *scratch = writer->run->scratch;
    struct data_value map = data_map_new(scratch);
    for (size_t i = 0; i < count; i++) {
        struct data_value value = data_get(thing, names[i], writer->run);
        if (value.kind != DATA_UNDEFINED)
            data_map_set(scratch, map.as.map, data_text(names[i]), value);
    }
    return map;
}

/* A thing inside a thing shows its name and address only, or the page would hold the whole blog. One without
 * either, as a rating's scale, shows its fields, and of such a one among them nothing. */
static void add_thing(
    const struct writer *writer, const struct data_value *thing, unsigned depth, bool is_open)
{
    static const struct text brief[] = {{"title", 5}, {"name", 4}, {"url", 3}};
    struct text *names;
    size_t count = data_field_names(thing->as.thing.type, writer->run->scratch, &names);
    struct data_value map = is_open ? fields_of(writer, thing, names, count)
                                    : fields_of(writer, thing, brief, BASE_COUNT(brief));
    bool is_nameless = map.as.map->count == 0;
    if (is_nameless && !writer->in_nameless)
        map = fields_of(writer, thing, names, count);
    struct writer inner = *writer;
    inner.in_nameless = writer->in_nameless || is_nameless;
    add_map(&inner, map.as.map, depth, false);
}

static void add_value(
    const struct writer *writer, const struct data_value *value, unsigned depth, bool things_open)
{
    switch ((enum data_kind)value->kind) {
    case DATA_YES_NO: buffer_add_string(writer->out, value->as.yes ? "true" : "false"); break;
    case DATA_INTEGER: buffer_format(writer->out, "%lld", (long long)value->as.integer); break;
    case DATA_FLOAT: add_number(writer->out, value->as.number); break;
    case DATA_DATE:
        data_json_text(writer->out, data_date_iso(writer->run->scratch, value->as.date));
        break;
    case DATA_TEXT:
    case DATA_HTML: data_json_text(writer->out, value->as.text); break;
    case DATA_LIST:
    case DATA_ARRAY: add_list(writer, value, depth, things_open); break;
    case DATA_MAP: add_map(writer, value->as.map, depth, things_open); break;
    case DATA_THING: add_thing(writer, value, depth, things_open); break;
    default: buffer_add_string(writer->out, "null");
    }
}

void data_json(
    struct buffer *out, const struct data_value *value, unsigned indent, struct data_run *run)
{
    add_value(&(struct writer){.out = out, .indent = indent, .run = run}, value, 0, true);
}

/* ---- Reading, as YAML ------------------------------------------------------------------------------------- */

/* The code unit of "\\uD83C" at the start of the text; -1 when it is none. */
static long unit_at(struct text text)
{
    char digits[5] = {0};
    char *end;
    if (text.length < 6 || text.at[0] != '\\' || text.at[1] != 'u')
        return -1;
    memcpy(digits, text.at + 2, 4);
    long unit = strtol(digits, &end, 16);
    return end == digits + 4 ? unit : -1;
}

/* What stands behind a backslash in a text; returns its length. */
static size_t add_escape(struct buffer *out, struct text text)
{
    long high = unit_at(text), low = unit_at(text_slice(text, 6, text.length));
    if (high >= 0xD800 && high < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
        buffer_format(out, "\\U%08lX", 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
        return 12;
    }
    buffer_add(out, text_slice(text, 0, 2));
    return 2;
}

struct text data_json_as_yaml(struct arena *arena, struct text json)
{
    struct buffer out;
    bool is_text = false;
    buffer_init(&out);
    for (size_t at = 0; at < json.length;) {
        char byte = json.at[at];
        if (is_text && byte == '\\') {
            at += add_escape(&out, text_slice(json, at, json.length));
            continue;
        }
        is_text ^= byte == '"';
        buffer_add_byte(&out, byte == '\t' && !is_text ? ' ' : byte);
        at++;
    }
    struct text yaml = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    return yaml;
}
