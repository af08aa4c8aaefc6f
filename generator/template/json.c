/*
 * JSON as Python's json.dumps(value, sort_keys=True) writes it: ASCII only, ", " and ": " between, and
 * '<', '>', '&' and '\'' as \uXXXX, so that it is safe in a script element and in an attribute.
 */
#include <math.h>

#include "template/template_run_inside.h"

static void add_unit(struct buffer *out, uint32_t unit)
{
    static const char digits[] = "0123456789abcdef";
    const char escape[] = {'\\', 'u', digits[unit >> 12 & 15], digits[unit >> 8 & 15],
        digits[unit >> 4 & 15], digits[unit & 15]};
    buffer_add(out, (struct text){escape, sizeof escape});
}

static void add_point(struct buffer *out, uint32_t point)
{
    static const char escaped[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *found = point && point < 0x80 ? strchr(escaped, (int)point) : NULL;
    if (found) {
        buffer_add_byte(out, '\\');
        buffer_add_byte(out, letters[found - escaped]);
    } else if (point < 0x20 || strchr("<>&'", point < 0x80 ? (int)point : 'x'))
        add_unit(out, point);
    else if (point < 0x7F)
        buffer_add_byte(out, (char)point);
    else if (point < 0x10000)
        add_unit(out, point);
    else {
        add_unit(out, 0xD800 + ((point - 0x10000) >> 10));
        add_unit(out, 0xDC00 + ((point - 0x10000) & 0x3FF));
    }
}

static inline bool stays(char c)
{
    return c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' &&
           c != '\'';
}

static void add_string(struct buffer *out, struct text text)
{
    buffer_add_byte(out, '"');
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        while (at < text.length && stays(text.at[at]))
            at++;
        buffer_add(out, text_slice(text, from, at));
        if (at < text.length)
            add_point(out, text_next_point(text, &at));
    }
    buffer_add_byte(out, '"');
}

static void add_float(struct buffer *out, double number)
{
    if (isfinite(number))
        template_float_text(out, number);
    else
        buffer_add_string(out, isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
}

static void new_line(struct buffer *out, int64_t indent, unsigned depth)
{
    if (indent < 0)
        return;
    buffer_add_byte(out, '\n');
    for (int64_t i = 0; i < indent * depth; i++)
        buffer_add_byte(out, ' ');
}

/* Before an item: a comma behind another one, and the start of a line. */
static void separate(struct buffer *out, bool is_first, int64_t indent, unsigned depth)
{
    if (!is_first)
        buffer_add_string(out, indent < 0 ? ", " : ",");
    new_line(out, indent, depth);
}

static bool add_list(struct template_state *state, struct buffer *out,
    const struct data_value *list, int64_t indent, unsigned depth)
{
    size_t count = data_count(list);
    buffer_add_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        struct data_value item = data_item(list, i);
        separate(out, i == 0, indent, depth + 1);
        if (!template_json(state, out, &item, indent, depth + 1))
            return false;
    }
    if (count > 0)
        new_line(out, indent, depth);
    buffer_add_byte(out, ']');
    return true;
}

static bool add_key(struct template_state *state, struct buffer *out, const struct data_value *key)
{
    if (template_is_text(key)) {
        add_string(out, key->as.text);
        return true;
    }
    if (key->kind != DATA_NONE && !template_is_number(key))
        return template_stop(
            state, "keys must be str, int, float, bool or None, not %s", template_type_name(key));
    buffer_add_byte(out, '"');
    bool is_well = template_json(state, out, key, -1, 0);
    buffer_add_byte(out, '"');
    return is_well;
}

static bool add_map(struct template_state *state, struct buffer *out, const struct data_map *map,
    int64_t indent, unsigned depth)
{
    struct template_sorter sorter = {.state = state, .count = map->count};
    sorter.keys = arena_array(state->run->scratch, map->count, sizeof *sorter.keys);
    for (size_t i = 0; i < map->count; i++)
        sorter.keys[i] = map->entries[i].key;
    if (!template_sort(&sorter))
        return false;
    buffer_add_byte(out, '{');
    for (size_t i = 0; i < map->count; i++) {
        const struct data_entry *entry = &map->entries[sorter.order[i]];
        separate(out, i == 0, indent, depth + 1);
        if (!add_key(state, out, &entry->key))
            return false;
        buffer_add_string(out, ": ");
        if (!template_json(state, out, &entry->value, indent, depth + 1))
            return false;
    }
    if (map->count > 0)
        new_line(out, indent, depth);
    buffer_add_byte(out, '}');
    return true;
}

bool template_json(struct template_state *state, struct buffer *out, const struct data_value *value,
    int64_t indent, unsigned depth)
{
    if (depth > TEMPLATE_MOST_VALUE_DEPTH)
        return template_stop(state, "lists in lists go deeper than %d", TEMPLATE_MOST_VALUE_DEPTH);
    if (!template_room(state, 1) || !template_is_usable(state, value))
        return false;
    switch (value->kind) {
    case DATA_NONE: buffer_add_string(out, "null"); return true;
    case DATA_YES_NO: buffer_add_string(out, value->as.yes ? "true" : "false"); return true;
    case DATA_INTEGER: buffer_format(out, "%lld", (long long)value->as.integer); return true;
    case DATA_FLOAT: add_float(out, value->as.number); return true;
    case DATA_DATE:
        add_string(out, data_date_iso(state->run->scratch, value->as.date));
        return true;
    case DATA_TEXT:
    case DATA_HTML: add_string(out, value->as.text); return true;
    case DATA_LIST:
    case DATA_ARRAY: return add_list(state, out, value, indent, depth);
    case DATA_MAP: return add_map(state, out, value->as.map, indent, depth);
    case DATA_THING:
        data_json(out, value, indent > 0 ? (unsigned)indent : 0, state->run);
        return true;
    default:
        return template_stop(
            state, "Object of type %s is not JSON serializable", template_type_name(value));
    }
}
