/*
 * "%s of %d" % (a, b), and "{} of {n:>4}".format(a, n=b).
 *
 *     percent = "%" [ "(" key ")" ] { flag } [ count ] [ "." count ] letter;  count = digits | "*"
 *     braces  = "{" [ name { "." name | "[" key "]" } ] [ "!" letter ] [ ":" spec ] "}"
 *     spec    = [ [ fill ] align ] [ sign ] [ "#" ] [ "0" ] [ width ] [ "," | "_" ] [ "." precision ] [ letter ]
 *
 * A safe format escapes what is filled in.
 */
#include <math.h>

#include "template/template_run_inside.h"

enum { MOST_WIDTH = 10000 }; /* of one field: more is a mistake */

static struct text cut(const struct template_spec *spec, struct text text)
{
    return spec->precision < 0 ? text : template_slice_points(text, 0, (size_t)spec->precision);
}

static bool is_float_letter(char letter)
{
    return letter && strchr("eEfFgG%", letter);
}

/* The letter of this number. */
static bool add_letter(
    struct template_state *state, const struct template_spec *spec, int64_t number)
{
    if (number < 0 || number > 0x10FFFF)
        return template_stop(state, "%%c arg not in range(0x110000)");
    size_t start = template_begin(state);
    buffer_add_point(state->out, (uint32_t)number);
    template_add_filled(
        state->out, spec, template_end(state, start), spec->align ? spec->align : '>');
    return true;
}

/* The value as it looks inside, for 'r', and without letters beyond ASCII for 'a'. */
static bool represent(struct template_state *state, char letter, struct data_value *value)
{
    size_t start = template_begin(state);
    if (!template_repr(state, state->out, value, 0))
        return false;
    struct text text = template_end(state, start);
    for (size_t at = 0; letter == 'a' && at < text.length;) {
        uint32_t point = text_next_point(text, &at);
        if (point < 0x80)
            buffer_add_byte(state->out, (char)point);
        else
            buffer_format(state->out,
                point < 0x100     ? "\\x%02x"
                : point < 0x10000 ? "\\u%04x"
                                  : "\\U%08x",
                point);
    }
    *value = data_text(letter == 'a' ? template_end(state, start) : text);
    return true;
}

/* ---- Percent ------------------------------------------------------------------------------------------------ */

struct percent {
    struct template_state *state;
    const struct data_value *values;
    size_t used;
    bool is_html, is_mapped;
};

static bool next_value(struct percent *percent, struct data_value *value)
{
    const struct data_value *values = percent->values;
    bool is_tuple = template_is_tuple(values);
    size_t count = is_tuple ? values->as.list->count : 1;
    if (percent->used == count)
        return template_stop(percent->state, "not enough arguments for format string");
    *value = is_tuple ? values->as.list->items[percent->used] : *values;
    percent->used++;
    return true;
}

static bool keyed_value(struct percent *percent, struct text key, struct data_value *value)
{
    if (percent->values->kind != DATA_MAP)
        return template_stop(percent->state, "format requires a mapping");
    const struct data_value *found = data_map_get_text(percent->values->as.map, key);
    if (!found)
        return template_stop(percent->state, "no '%.*s' to format", TEXT_ARGS(key));
    percent->is_mapped = true;
    *value = *found;
    return true;
}

static bool percent_text(
    struct percent *percent, const struct template_spec *spec, const struct data_value *value)
{
    struct template_state *state = percent->state;
    struct data_value shown = *value;
    struct text text;
    if (spec->letter != 's' && !represent(state, spec->letter, &shown))
        return false;
    if (!(percent->is_html ? template_escape_value(state, &shown, &text)
                           : template_text_value(state, &shown, &text)))
        return false;
    template_add_filled(state->out, spec, cut(spec, text), spec->align ? spec->align : '>');
    return true;
}

static bool wrong_number(struct template_state *state, char letter, const struct data_value *value)
{
    return template_stop(
        state, "%%%c format: a number is required, not %s", letter, template_type_name(value));
}

static bool percent_value(
    struct percent *percent, const struct template_spec *spec, const struct data_value *value)
{
    struct template_state *state = percent->state;
    int64_t integer;
    double number;
    if (spec->letter == 's' || spec->letter == 'r' || spec->letter == 'a')
        return percent_text(percent, spec, value);
    if (percent->is_html && strchr("cxXo", spec->letter)) /* Jinja2 can't fill these in safe text */
        return template_stop(state, "%%%c does not go into safe HTML", spec->letter);
    if (spec->letter == 'c' && template_is_text(value) && text_count_points(value->as.text) == 1) {
        template_add_filled(state->out, spec, value->as.text, spec->align ? spec->align : '>');
        return true;
    }
    if (!template_as_float(value, &number))
        return wrong_number(state, spec->letter, value);
    if (is_float_letter(spec->letter)) {
        template_add_float(state, spec, number);
        return true;
    }
    if (!template_as_integer(value, &integer)) {
        if (spec->letter == 'd' && isfinite(number) && fabs(number) > 9e18)
            return template_stop(state, "the number does not fit in 64 bits");
        if (spec->letter != 'd' || !isfinite(number))
            return wrong_number(state, spec->letter, value);
        integer = (int64_t)number;
    }
    if (spec->letter == 'c')
        return add_letter(state, spec, integer);
    template_add_integer(state, spec, integer);
    return true;
}

static int64_t read_count(struct text text, size_t *at)
{
    int64_t count = 0;
    for (; *at < text.length && text.at[*at] >= '0' && text.at[*at] <= '9'; ++*at)
        if (count <= MOST_WIDTH)
            count = count * 10 + (text.at[*at] - '0');
    return count;
}

/* Whether '0' is one of them. */
static bool read_flags(struct text text, size_t *at, struct template_spec *spec)
{
    bool is_zero = false;
    for (; *at < text.length && strchr("-+ #0", text.at[*at]) && text.at[*at]; ++*at) {
        switch (text.at[*at]) {
        case '-': spec->align = '<'; break;
        case '#': spec->is_alternate = true; break;
        case '0': is_zero = true; break;
        case '+': spec->sign = '+'; break;
        default: spec->sign = spec->sign ? spec->sign : ' '; break;
        }
    }
    return is_zero;
}

/* "(key)" at *at, if it is there; false when it is not closed. */
static bool read_key(struct template_state *state, struct text format, size_t *at, struct text *key)
{
    *key = TEXT_NONE;
    if (*at == format.length || format.at[*at] != '(')
        return true;
    struct text rest = text_slice(format, *at + 1, format.length);
    ptrdiff_t end = text_find_byte(rest, ')');
    if (end < 0)
        return template_stop(state, "incomplete format key");
    *key = text_slice(rest, 0, (size_t)end);
    *at += (size_t)end + 2;
    return true;
}

/* A width or a precision: "*" takes it from the values. */
static bool read_given_count(
    struct percent *percent, struct text format, size_t *at, int64_t *count)
{
    struct data_value value;
    if (*at == format.length || format.at[*at] != '*') {
        *count = read_count(format, at);
        return true;
    }
    ++*at;
    if (!next_value(percent, &value))
        return false;
    if (percent->is_html || !template_as_integer(&value, count)) /* as for letters of numbers */
        return template_stop(
            percent->state, "'*' wants a whole number, not %s", template_type_name(&value));
    return true;
}

/* { flag } [ count ] [ "." count ] letter */
static bool read_percent(
    struct percent *percent, struct text format, size_t *at, struct template_spec *spec)
{
    struct template_state *state = percent->state;
    size_t start = *at;
    *spec = (struct template_spec){.fill = TEXT(" "), .precision = -1};
    bool is_zero = read_flags(format, at, spec);
    if (!read_given_count(percent, format, at, &spec->width))
        return false;
    if (spec->width < 0) {
        spec->align = '<';
        spec->width = spec->width < -MOST_WIDTH ? MOST_WIDTH + 1 : -spec->width;
    }
    if (*at < format.length && format.at[*at] == '.') {
        ++*at;
        if (!read_given_count(percent, format, at, &spec->precision))
            return false;
        spec->precision = spec->precision < 0 ? 0 : spec->precision;
    }
    if (*at == format.length)
        return template_stop(state, "incomplete format");
    if (strchr("hlL", format.at[*at])) /* sizes of C, without a meaning */
        ++*at;
    spec->letter = *at < format.length ? format.at[(*at)++] : '\0';
    if (spec->letter == '%' && (*at > start + 1 || format.at[start - 1] != '%'))
        return template_stop(state, "a '%%' that stands for itself takes no key and no width");
    if (spec->letter == 'i' || spec->letter == 'u')
        spec->letter = 'd';
    if (is_zero && !spec->align && spec->letter && strchr("dxXoeEfFgG", spec->letter)) {
        spec->fill = TEXT("0");
        spec->align = '=';
    }
    if (spec->width > MOST_WIDTH || spec->precision > MOST_WIDTH)
        return template_stop(state, "a field of more than %d letters", MOST_WIDTH);
    if (spec->letter && strchr("%srdcxXoeEfFgGa", spec->letter))
        return true;
    return template_stop(state, "unsupported format character '%c'", spec->letter);
}

/* What stands behind a '%', at *at. */
static bool percent_field(struct percent *percent, struct text format, size_t *at)
{
    struct template_spec spec;
    struct data_value value;
    struct text key;
    if (!read_key(percent->state, format, at, &key) || !read_percent(percent, format, at, &spec))
        return false;
    if (spec.letter == '%') {
        buffer_add_byte(percent->state->out, '%');
        return true;
    }
    if (key.at ? !keyed_value(percent, key, &value) : !next_value(percent, &value))
        return false;
    return percent_value(percent, &spec, &value);
}

/* Python takes what has items for a map of names, of which not all need be used. */
static bool has_items(const struct data_value *value)
{
    return value->kind == DATA_MAP || value->kind == DATA_LIST || value->kind == DATA_ARRAY ||
           value->kind == DATA_UNDEFINED || template_is_opaque(value, &template_tag_range);
}

bool template_percent(struct template_state *state, const struct data_value *format,
    const struct data_value *values, struct data_value *into)
{
    struct percent percent = {state, values, 0, format->kind == DATA_HTML, false};
    struct text text = format->as.text;
    size_t start = template_begin(state);
    for (size_t at = 0; at < text.length;) {
        ptrdiff_t found = text_find_byte(text_slice(text, at, text.length), '%');
        size_t end = found < 0 ? text.length : at + (size_t)found;
        buffer_add(state->out, text_slice(text, at, end));
        at = end + 1;
        if (found >= 0 && (!template_room(state, 1) || !percent_field(&percent, text, &at)))
            return false;
    }
    *into = template_text_like(format, template_end(state, start));
    size_t count = template_is_tuple(values) ? values->as.list->count : 1;
    if (percent.used < count && (template_is_tuple(values) || !has_items(values)))
        return template_stop(state, "not all arguments converted during string formatting");
    return !state->has_failed;
}

/* ---- Braces ---------------------------------------------------------------------------------------------------- */

struct braces {
    struct template_call *call;
    size_t next;    /* argument, of fields without a number */
    unsigned depth; /* 1: in the spec of a field */
    bool is_html, is_numbered;
};

static bool is_align(char byte)
{
    return byte && strchr("<>^=", byte);
}

static bool read_spec(struct template_state *state, struct text text, struct template_spec *spec)
{
    size_t at = 0, first = 0;
    const struct text blank = TEXT(" ");
    *spec = (struct template_spec){.fill = blank, .precision = -1};
    if (text.length > 0)
        text_next_point(text, &first);
    if (first > 0 && first < text.length && is_align(text.at[first])) {
        spec->fill = text_slice(text, 0, first);
        spec->align = text.at[first];
        at = first + 1;
    } else if (text.length > 0 && is_align(text.at[0])) {
        spec->align = text.at[at++];
    }
    if (at < text.length && strchr("+- ", text.at[at]))
        spec->sign = text.at[at++];
    if (at < text.length && text.at[at] == '#')
        spec->is_alternate = text.at[at++];
    if (spec->fill.at == blank.at && at < text.length && text.at[at] == '0')
        spec->fill = text_slice(text, at, at + 1);
    spec->width = read_count(text, &at);
    if (at < text.length && (text.at[at] == ',' || text.at[at] == '_'))
        spec->group = text.at[at++];
    if (at < text.length && text.at[at] == '.') {
        size_t point = at++;
        spec->precision = read_count(text, &at);
        if (at == point + 1)
            return template_stop(state, "format specifier missing precision");
    }
    if (at < text.length)
        spec->letter = text.at[at++];
    if (at < text.length || spec->width > MOST_WIDTH || spec->precision > MOST_WIDTH)
        return template_stop(state, "invalid format specifier '%.*s'", TEXT_ARGS(text));
    return true;
}

static bool wrong_spec(
    struct template_state *state, const struct template_spec *spec, const struct data_value *value)
{
    return template_stop(state, "unknown format code '%c' for object of type '%s'",
        spec->letter  ? spec->letter
        : spec->group ? spec->group
        : spec->sign  ? spec->sign
        : spec->align ? spec->align
                      : '#',
        template_type_name(value));
}

/* Zeros in front of a number stand behind its sign. */
static struct template_spec for_number(const struct template_spec *spec)
{
    struct template_spec number = *spec;
    if (text_is(spec->fill, "0") && !spec->align)
        number.align = '=';
    if (spec->letter == 'n')
        number.letter = '\0';
    return number;
}

static bool add_formatted_integer(struct template_state *state, const struct template_spec *spec,
    const struct data_value *value, int64_t integer)
{
    struct template_spec number = for_number(spec);
    bool is_letter = spec->letter == 'c', is_based = spec->letter && strchr("bxXo", spec->letter);
    if (spec->precision >= 0)
        return template_stop(state, "precision not allowed in integer format specifier");
    if ((spec->letter && !strchr("bcdnoxX", spec->letter)) ||
        (spec->group && (is_letter || spec->letter == 'n' || (is_based && spec->group == ','))) ||
        (is_letter && (spec->sign || spec->is_alternate)))
        return wrong_spec(state, spec, value);
    if (!is_letter) {
        template_add_integer(state, &number, integer);
        return true;
    }
    return add_letter(state, spec, integer);
}

static bool add_formatted_float(struct template_state *state, const struct template_spec *spec,
    const struct data_value *value, double number)
{
    struct template_spec of = for_number(spec);
    if ((spec->letter && spec->letter != 'n' && !is_float_letter(spec->letter)) ||
        (spec->letter == 'n' && spec->group))
        return wrong_spec(state, spec, value);
    if (spec->letter == 'n')
        of.letter = 'g';
    template_add_float(state, &of, number);
    return true;
}

static bool add_formatted_text(
    struct template_state *state, const struct template_spec *spec, const struct data_value *value)
{
    if (!template_is_text(value))
        return template_stop(
            state, "unsupported format string passed to %s.__format__", template_type_name(value));
    if ((spec->letter && spec->letter != 's') || spec->group || spec->sign || spec->align == '=' ||
        spec->is_alternate)
        return wrong_spec(state, spec, value);
    template_add_filled(
        state->out, spec, cut(spec, value->as.text), spec->align ? spec->align : '<');
    return true;
}

static bool add_formatted(struct template_state *state, const struct template_spec *spec,
    const struct data_value *value, bool is_empty)
{
    if (is_empty)
        return template_str(state, state->out, value);
    int64_t integer;
    double number;
    if (template_as_integer(value, &integer) && !is_float_letter(spec->letter))
        return add_formatted_integer(state, spec, value, integer);
    if (template_as_float(value, &number))
        return add_formatted_float(state, spec, value, number);
    return add_formatted_text(state, spec, value);
}

static bool add_braces_value(
    struct braces *braces, struct data_value value, char conversion, struct text spec_text)
{
    struct template_state *state = braces->call->state;
    struct template_spec spec;
    if (!read_spec(state, spec_text, &spec))
        return false;
    size_t start = template_begin(state);
    if (conversion && !strchr("rsa", conversion))
        return template_stop(state, "unknown conversion specifier '%c'", conversion);
    if (conversion && conversion != 's' && !represent(state, conversion, &value))
        return false;
    if (conversion == 's')
        value = data_text(template_print(braces->call, &value));
    bool is_safe = braces->is_html && value.kind == DATA_HTML;
    if (is_safe && spec_text.length > 0)
        return template_stop(state, "safe HTML takes no format specifier in safe HTML");
    if (!add_formatted(state, &spec, &value, spec_text.length == 0))
        return false;
    if (!braces->is_html || is_safe)
        return true;
    template_escape(state->out, template_end(state, start));
    return true;
}

/* { "." name | "[" key "]" } */
static bool follow_fields(struct braces *braces, struct text rest, struct data_value *value)
{
    struct template_state *state = braces->call->state;
    while (rest.length > 0) {
        bool is_index = rest.at[0] == '[';
        size_t end = 1;
        while (end < rest.length &&
               (is_index ? rest.at[end] != ']' : rest.at[end] != '.' && rest.at[end] != '['))
            end++;
        struct data_value of = *value, key = data_text(text_slice(rest, 1, end));
        if (text_starts(key.as.text, "_"))
            return template_stop(state, "fields that start with '_' can't be read");
        struct template_path path;
        if (!template_path_of(state, &key, &path) || !template_follow(state, &path, of, value))
            return false;
        rest = text_slice(rest, end + is_index, rest.length);
    }
    return true;
}

static bool named_argument(struct braces *braces, struct text name, struct data_value *value)
{
    const struct template_call *call = braces->call;
    for (size_t i = 0; i < call->named_count; i++) {
        if (text_equal(call->named[i].name, name)) {
            *value = call->named[i].value;
            return true;
        }
    }
    return template_stop(call->state, "no '%.*s' to format", TEXT_ARGS(name));
}

static bool find_field(struct braces *braces, struct text field, struct data_value *value)
{
    size_t end = 0;
    const struct template_call *call = braces->call;
    while (end < field.length && field.at[end] != '.' && field.at[end] != '[')
        end++;
    struct text name = text_slice(field, 0, end);
    bool is_number = name.length > 0 && strspn(name.at, "0123456789") >= name.length;
    if (name.length > 0 && !is_number) {
        if (!named_argument(braces, name, value))
            return false;
    } else {
        size_t at = 0, index = is_number ? (size_t)read_count(name, &at) : braces->next++;
        bool is_mixed = is_number ? braces->next > 0 : braces->is_numbered;
        braces->is_numbered = is_number;
        if (is_mixed)
            return template_stop(call->state, "'{}' and '{0}' in one format");
        if (index >= call->rest_count)
            return template_stop(
                call->state, "replacement index %zu out of range for positional args tuple", index);
        *value = call->rest[index];
    }
    return follow_fields(braces, text_slice(field, end, field.length), value);
}

static bool add_braces(struct braces *braces, struct text format);

/* What stands between '{' and '}'. */
static bool braces_field(struct braces *braces, struct text inside)
{
    struct data_value value;
    ptrdiff_t colon = text_find_byte(inside, ':');
    struct text field = colon < 0 ? inside : text_slice(inside, 0, (size_t)colon);
    struct text spec = colon < 0 ? TEXT("") : text_slice(inside, (size_t)colon + 1, inside.length);
    ptrdiff_t bang = text_find_byte(field, '!');
    char conversion = '\0';
    if (bang >= 0 && (size_t)bang + 2 == field.length) {
        conversion = field.at[bang + 1];
        field = text_slice(field, 0, (size_t)bang);
    }
    if (!find_field(braces, field, &value))
        return false;
    size_t start = template_begin(braces->call->state);
    if (text_find_byte(spec, '{') >= 0 || text_find_byte(spec, '}') >= 0) {
        if (braces->depth > 0)
            return template_stop(braces->call->state, "fields in fields in fields of a format");
        braces->depth++;
        if (!add_braces(braces, spec))
            return false;
        braces->depth--;
        spec = template_end(braces->call->state, start);
    }
    return add_braces_value(braces, value, conversion, spec);
}

/* Where the '}' is that closes what begins here; -1 for nowhere. Fields may stand in its spec. */
static ptrdiff_t find_close(struct text text)
{
    unsigned depth = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '}' && depth-- == 0)
            return (ptrdiff_t)i;
        depth += text.at[i] == '{';
    }
    return -1;
}

static bool add_braces(struct braces *braces, struct text format)
{
    struct template_state *state = braces->call->state;
    for (size_t at = 0; at < format.length; at++) {
        char byte = format.at[at];
        bool is_doubled = braces->depth == 0 && at + 1 < format.length && format.at[at + 1] == byte;
        if (byte != '{' && byte != '}') {
            buffer_add_byte(state->out, byte);
        } else if (is_doubled) {
            buffer_add_byte(state->out, byte);
            at++;
        } else {
            struct text rest = text_slice(format, at + 1, format.length);
            ptrdiff_t end = byte == '{' ? find_close(rest) : -1;
            if (end < 0)
                return template_stop(state, "single '%c' encountered in format string", byte);
            if (!template_room(state, 1) || !braces_field(braces, text_slice(rest, 0, (size_t)end)))
                return false;
            at += (size_t)end + 1;
        }
    }
    return true;
}

struct data_value template_method_format(struct template_call *call)
{
    const struct data_value *format = &call->arguments[0];
    struct braces braces = {.call = call, .is_html = format->kind == DATA_HTML};
    size_t start = template_begin(call->state);
    if (!add_braces(&braces, format->as.text))
        return template_failed();
    return template_text_like(format, template_end(call->state, start));
}
