/* Filters over texts. Those that keep a text's meaning keep its safeness, as MarkupSafe does. */
#include "template/template_run_inside.h"

static struct template_state *state_of(const struct template_call *call)
{
    return call->state;
}

/* The value as a text that is as safe as it was: soft_str of MarkupSafe. */
static struct data_value soft(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    return template_text_like(value, template_print(call, value));
}

static struct data_value mapped(
    struct template_call *call, struct text (*map)(struct template_state *, struct text))
{
    struct data_value value = soft(call);
    return template_text_like(&value, map(state_of(call), value.as.text));
}

static struct data_value filter_lower(struct template_call *call)
{
    return mapped(call, template_lower);
}

static struct data_value filter_upper(struct template_call *call)
{
    return mapped(call, template_upper);
}

static struct data_value filter_capitalize(struct template_call *call)
{
    return mapped(call, template_capitalize);
}

/* What starts a word besides white space, as Jinja2 has it. */
static bool starts_word(uint32_t point)
{
    return template_is_space(point) || point == '-' || point == '(' || point == '{' ||
           point == '[' || point == '<';
}

static struct data_value filter_title(struct template_call *call)
{
    struct text text = template_print(call, &call->arguments[0]);
    size_t start = template_begin(state_of(call));
    for (size_t at = 0; at < text.length;) {
        size_t from = at, second;
        bool is_between = starts_word(text_next_point(text, &at));
        second = at;
        for (size_t next = at; next < text.length; at = next)
            if (starts_word(text_next_point(text, &next)) != is_between)
                break;
        buffer_add(
            call->state->out, template_upper(state_of(call), text_slice(text, from, second)));
        buffer_add(call->state->out, template_lower(state_of(call), text_slice(text, second, at)));
    }
    return data_text(template_end(state_of(call), start));
}

static void add_blanks(struct template_call *call, int64_t count)
{
    if (count > 0 && template_room(state_of(call), (size_t)count))
        for (int64_t i = 0; i < count; i++)
            buffer_add_byte(call->state->out, ' ');
}

/* As str.center: the odd blank goes left when width is odd. */
static struct data_value filter_center(struct template_call *call)
{
    struct data_value value = soft(call);
    int64_t width = template_integer(call, 1, 80);
    int64_t blanks = width - (int64_t)text_count_points(value.as.text);
    if (blanks <= 0)
        return value;
    int64_t left = blanks / 2 + (blanks & width & 1);
    size_t start = template_begin(state_of(call));
    add_blanks(call, left);
    buffer_add(call->state->out, value.as.text);
    add_blanks(call, blanks - left);
    return template_text_like(&value, template_end(state_of(call), start));
}

static struct data_value filter_trim(struct template_call *call)
{
    struct data_value value = soft(call);
    struct text chars = template_text(call, 1, TEXT_NONE);
    if (value.kind == DATA_HTML && chars.at)
        chars = template_escaped(call, &call->arguments[1]);
    return template_text_like(
        &value, template_strip(value.as.text, chars.at ? &chars : NULL, true, true));
}

static struct data_value filter_escape(struct template_call *call)
{
    return data_html(template_escaped(call, &call->arguments[0]));
}

static struct data_value filter_forceescape(struct template_call *call)
{
    struct data_value plain = data_text(template_print(call, &call->arguments[0]));
    return data_html(template_escaped(call, &plain));
}

static struct data_value filter_safe(struct template_call *call)
{
    return data_html(template_print(call, &call->arguments[0]));
}

static struct data_value filter_string(struct template_call *call)
{
    return soft(call);
}

static struct data_value filter_striptags(struct template_call *call)
{
    struct text text = template_print(call, &call->arguments[0]);
    size_t start = template_begin(state_of(call));
    template_striptags(call->state->out, text);
    return data_text(template_end(state_of(call), start));
}

static struct data_value filter_wordcount(struct template_call *call)
{
    struct text text = template_print(call, &call->arguments[0]);
    int64_t count = 0;
    bool is_inside = false;
    for (size_t at = 0; at < text.length;) {
        bool is_word = template_is_word(text_next_point(text, &at));
        count += is_word && !is_inside;
        is_inside = is_word;
    }
    return data_integer(count);
}

/* ---- replace -------------------------------------------------------------------------------------------- */

struct data_value template_replace(struct template_state *state, const struct data_value *text,
    struct text old, struct text new, int64_t most)
{
    struct text rest = text->as.text;
    size_t start = template_begin(state);
    int64_t done = 0;
    if (old.length == 0 && most != 0) { /* between all letters, as Python does */
        buffer_add(state->out, new);
        done++;
    }
    for (; done != most && rest.length > 0 && template_room(state, 1); done++) {
        size_t next = 0;
        ptrdiff_t found = old.length > 0 ? text_find(rest, old) : 0;
        if (found < 0)
            break;
        if (old.length == 0)
            text_next_point(rest, &next);
        buffer_add(state->out, text_slice(rest, 0, old.length ? (size_t)found : next));
        buffer_add(state->out, new);
        rest = text_slice(rest, old.length ? (size_t)found + old.length : next, rest.length);
        if (state->out->length - start > TEMPLATE_MOST_OUTPUT_BYTES)
            break;
    }
    buffer_add(state->out, rest);
    return template_text_like(text, template_end(state, start));
}

static struct data_value filter_replace(struct template_call *call)
{
    struct data_value *values = call->arguments;
    int64_t most = template_integer(call, 3, -1);
    struct data_value text = soft(call);
    struct text old = template_print(call, &values[1]), new = template_print(call, &values[2]);
    if (!call->autoescape) {
        text.kind = DATA_TEXT;
        return template_replace(state_of(call), &text, old, new, most);
    }
    if (values[1].kind == DATA_HTML || (values[2].kind == DATA_HTML && values[0].kind != DATA_HTML))
        text = data_html(template_escaped(call, &text));
    if (text.kind == DATA_HTML) {
        old = template_escaped(call, &values[1]);
        new = template_escaped(call, &values[2]);
    }
    return template_replace(state_of(call), &text, old, new, most);
}

/* ---- Addresses and attributes --------------------------------------------------------------------------- */

static void add_quoted(struct template_call *call, const struct data_value *value)
{
    template_url_quote(call->state->out, template_print(call, value), true);
}

static void add_query_pair(struct template_call *call, size_t index, const struct data_value *key,
    const struct data_value *value)
{
    buffer_add_string(call->state->out, index > 0 ? "&" : "");
    add_quoted(call, key);
    buffer_add_byte(call->state->out, '=');
    add_quoted(call, value);
}

static struct data_value query_of_map(struct template_call *call, const struct data_map *map)
{
    size_t start = template_begin(state_of(call));
    for (size_t i = 0; i < map->count; i++)
        add_query_pair(call, i, &map->entries[i].key, &map->entries[i].value);
    return data_text(template_end(state_of(call), start));
}

static struct data_value query_of_pairs(struct template_call *call, const struct data_value *list)
{
    struct template_items items, pair;
    if (!template_items_of(state_of(call), list, &items))
        return template_failed();
    size_t start = template_begin(state_of(call));
    for (size_t i = 0; i < items.count; i++) {
        struct data_value item = template_item(&items, i);
        if (!template_items_of(state_of(call), &item, &pair))
            return template_failed();
        if (pair.count != 2)
            return template_fail(call, "'urlencode' wants pairs, here are %zu values", pair.count);
        struct data_value key = template_item(&pair, 0), value = template_item(&pair, 1);
        add_query_pair(call, i, &key, &value);
    }
    return data_text(template_end(state_of(call), start));
}

static struct data_value filter_urlencode(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    if (value->kind == DATA_MAP)
        return query_of_map(call, value->as.map);
    if (value->kind == DATA_LIST || value->kind == DATA_ARRAY ||
        template_is_opaque(value, &template_tag_range))
        return query_of_pairs(call, value);
    struct text text = template_print(call, value);
    size_t start = template_begin(state_of(call));
    template_url_quote(call->state->out, text, false);
    return data_text(template_end(state_of(call), start));
}

static bool is_wrong_in_key(char byte)
{
    return byte == '/' || byte == '>' || byte == '=' || byte == ' ' || (byte >= 9 && byte <= 13);
}

static bool add_attribute(struct template_call *call, const struct data_entry *entry, bool is_first)
{
    struct text key = template_print(call, &entry->key);
    if (!template_is_text(&entry->key)) {
        template_fail(
            call, "the name of an attribute is a text, not '%s'", template_type_name(&entry->key));
        return false;
    }
    for (size_t i = 0; i < key.length; i++) {
        if (is_wrong_in_key(key.at[i])) {
            template_fail(call, "invalid character in attribute name: '%.*s'", TEXT_ARGS(key));
            return false;
        }
    }
    buffer_add_string(call->state->out, is_first ? "" : " ");
    buffer_add(call->state->out, template_escaped(call, &entry->key));
    buffer_add_string(call->state->out, "=\"");
    buffer_add(call->state->out, template_escaped(call, &entry->value));
    buffer_add_byte(call->state->out, '"');
    return true;
}

static struct data_value filter_xmlattr(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    bool with_space = template_flag(call, 1, true), is_first = true;
    if (value->kind != DATA_MAP)
        return template_fail(call, "'xmlattr' wants a map, not %s", template_type_name(value));
    size_t start = template_begin(state_of(call));
    for (size_t i = 0; i < value->as.map->count; i++) {
        const struct data_entry *entry = &value->as.map->entries[i];
        if (entry->value.kind == DATA_NONE || entry->value.kind == DATA_UNDEFINED)
            continue;
        if (is_first && with_space)
            buffer_add_byte(call->state->out, ' ');
        if (!add_attribute(call, entry, is_first))
            return template_failed();
        is_first = false;
    }
    struct text text = template_end(state_of(call), start);
    return call->autoescape ? data_html(text) : data_text(text);
}

/* ---- format ------------------------------------------------------------------------------------------------ */

/* "%s and %s"|format(a, b), "%(x)s"|format(x=1) */
static struct data_value filter_format(struct template_call *call)
{
    struct data_value format = soft(call), values, into = data_undefined();
    if (call->rest_count > 0 && call->named_count > 0)
        return template_fail(
            call, "'format' can't take arguments with and without names at the same time");
    if (call->named_count > 0) {
        values = template_new_map(state_of(call));
        for (size_t i = 0; i < call->named_count; i++)
            template_map_put(
                state_of(call), &values, data_text(call->named[i].name), call->named[i].value);
    } else {
        values = template_new_list(state_of(call));
        values.points = MARK_TUPLE;
        for (size_t i = 0; i < call->rest_count; i++)
            template_list_add(state_of(call), &values, call->rest[i]);
    }
    template_percent(state_of(call), &format, &values, &into);
    return into;
}

static const struct template_function rows[] = {
    {"capitalize", filter_capitalize, "s", "the first letter large, the others small",
        .role = TEMPLATE_FILTER},
    {"center", filter_center, "value, width=80", "blanks on both sides, up to the width",
        .role = TEMPLATE_FILTER},
    {"e", filter_escape, "s", "the same as escape", .role = TEMPLATE_FILTER},
    {"escape", filter_escape, "s", "safe HTML, unless it is already", .role = TEMPLATE_FILTER},
    {"forceescape", filter_forceescape, "value", "escapes even safe HTML", .role = TEMPLATE_FILTER},
    {"format", filter_format, "value, *args, **kwargs", "fills in \"%s\", as printf does",
        .role = TEMPLATE_FILTER},
    {"indent", template_filter_indent, "s, width=4, first=false, blank=false",
        "blanks before each line", .role = TEMPLATE_FILTER},
    {"lower", filter_lower, "s", "small letters", .role = TEMPLATE_FILTER},
    {"replace", filter_replace, "s, old, new, count=none", "another text in place of one",
        .role = TEMPLATE_FILTER},
    {"safe", filter_safe, "value", "says that the text is safe HTML", .role = TEMPLATE_FILTER},
    {"string", filter_string, "s", "the value as text", .role = TEMPLATE_FILTER},
    {"striptags", filter_striptags, "value",
        "the text without HTML tags, blanks collapsed; `&lt;` becomes `<`",
        .role = TEMPLATE_FILTER},
    {"title", filter_title, "s", "each word with a large first letter", .role = TEMPLATE_FILTER},
    {"trim", filter_trim, "value, chars=none", "without blanks, or these letters, at both ends",
        .role = TEMPLATE_FILTER},
    {"truncate", template_filter_truncate, "s, length=255, killwords=false, end='...', leeway=none",
        "cut to a length, at a word unless killwords", .role = TEMPLATE_FILTER},
    {"upper", filter_upper, "s", "large letters", .role = TEMPLATE_FILTER},
    {"urlencode", filter_urlencode, "value", "quoted for an address; a map as a query",
        .role = TEMPLATE_FILTER},
    {"urlize", template_filter_urlize,
        "value, trim_url_limit=none, nofollow=false, target=none, rel=none, extra_schemes=none",
        "addresses in a text as links", .role = TEMPLATE_FILTER},
    {"wordcount", filter_wordcount, "s", "how many words", .role = TEMPLATE_FILTER},
    {"wordwrap", template_filter_wordwrap,
        "s, width=79, break_long_words=true, wrapstring=none, break_on_hyphens=true",
        "lines of at most that width", .role = TEMPLATE_FILTER},
    {"xmlattr", filter_xmlattr, "d, autospace=true", "a map as attributes of a tag",
        .role = TEMPLATE_FILTER},
};

const struct template_table template_text_filters = {rows, BASE_COUNT(rows)};
