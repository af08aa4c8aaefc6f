/*
 * "%s of %d" % (a, b), and "{} of {n:>4}".format(a, n=b).
 *
 *     percent = "%" [ "(" key ")" ] { flag } [ width ] [ "." precision ] letter
 *     braces  = "{" [ name { "." name | "[" key "]" } ] [ "!" letter ] [ ":" spec ] "}"
 *     spec    = [ [ fill ] align ] [ sign ] [ "#" ] [ "0" ] [ width ] [ "," ] [ "." precision ] [ letter ]
 *
 * A safe format escapes what is filled in.
 */
#include <math.h>

#include "template/template_inside.h"

enum { MOST_WIDTH = 10000 }; /* of one field: more is a mistake */

struct spec {
    struct text fill;
    char align, sign, letter;
    bool is_alternate, is_zero, has_commas;
    bool is_general;          /* a float without a letter: never without a point */
    int64_t width, precision; /* precision: -1 for none */
};

/* ---- One value ------------------------------------------------------------------------------------------- */

static void add_filled(struct buffer *out, const struct spec *spec, struct text text, char align)
{
    int64_t missing = spec->width - (int64_t)text_count_points(text);
    int64_t left = missing <= 0 ? 0 : align == '<' ? 0 : align == '^' ? missing / 2 : missing;
    for (int64_t i = 0; i < left; i++)
        buffer_add(out, spec->fill);
    buffer_add(out, text);
    for (int64_t i = left; i < missing; i++)
        buffer_add(out, spec->fill);
}

/* The digits with ',' between thousands. */
static struct text with_commas(struct arena *arena, struct text digits)
{
    size_t whole = 0, length = 0;
    while (whole < digits.length && digits.at[whole] >= '0' && digits.at[whole] <= '9')
        whole++;
    char *text = arena_alloc(arena, digits.length + whole / 3 + 1);
    for (size_t i = 0; i < digits.length; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            text[length++] = ',';
        text[length++] = digits.at[i];
    }
    return (struct text){text, length};
}

static void add_number(struct template_state *state, struct buffer *out, const struct spec *spec,
    bool is_negative, struct text digits)
{
    struct arena *arena = state->run->scratch;
    const char *sign = is_negative ? "-" : spec->sign == '+' ? "+" : spec->sign == ' ' ? " " : "";
    if (spec->has_commas)
        digits = with_commas(arena, digits);
    int64_t zeros = spec->width - (int64_t)(strlen(sign) + digits.length);
    bool fills_inside = (spec->is_zero && !spec->align) || spec->align == '=';
    if (fills_inside && zeros > 0) {
        buffer_add_string(out, sign);
        for (int64_t i = 0; i < zeros; i++)
            buffer_add(out, spec->is_zero ? TEXT("0") : spec->fill);
        buffer_add(out, digits);
        return;
    }
    add_filled(out, spec, arena_format(arena, "%s%.*s", sign, TEXT_ARGS(digits)),
        spec->align ? spec->align : '>');
}

static struct text integer_digits(struct arena *arena, const struct spec *spec, uint64_t number)
{
    static const char large[] = "0123456789ABCDEF", small[] = "0123456789abcdef";
    char digits[80], *at = digits + sizeof digits;
    unsigned base = spec->letter == 'x' || spec->letter == 'X' ? 16
                    : spec->letter == 'o'                      ? 8
                    : spec->letter == 'b'                      ? 2
                                                               : 10;
    do
        *--at = (spec->letter == 'X' ? large : small)[number % base];
    while ((number /= base) > 0);
    struct text text = {at, (size_t)(digits + sizeof digits - at)};
    if (spec->is_alternate && base != 10)
        return arena_format(arena, "0%c%.*s", spec->letter, TEXT_ARGS(text));
    return arena_text(arena, text);
}

static void add_integer(
    struct template_state *state, struct buffer *out, const struct spec *spec, int64_t integer)
{
    uint64_t number = integer < 0 ? -(uint64_t)integer : (uint64_t)integer;
    struct text digits = integer_digits(state->run->scratch, spec, number);
    while ((int64_t)digits.length < spec->precision)
        digits = arena_format(state->run->scratch, "0%.*s", TEXT_ARGS(digits));
    add_number(state, out, spec, integer < 0, digits);
}

/* The digits of a number without its sign, by printf's letter. */
static void float_digits(char *digits, size_t room, char letter, int precision, double number)
{
    switch (letter) {
    case 'e': snprintf(digits, room, "%.*e", precision, number); break;
    case 'E': snprintf(digits, room, "%.*E", precision, number); break;
    case 'g': snprintf(digits, room, "%.*g", precision, number); break;
    case 'G': snprintf(digits, room, "%.*G", precision, number); break;
    case '%': snprintf(digits, room, "%.*f%%", precision, number * 100); break;
    default: snprintf(digits, room, "%.*f", precision, number); break;
    }
}

static void add_double(
    struct template_state *state, struct buffer *out, const struct spec *spec, double number)
{
    char digits[400]; /* 309 before the point, 60 behind it */
    int precision = spec->precision < 0 ? 6 : spec->precision > 60 ? 60 : (int)spec->precision;
    if (isnan(number) || isinf(number))
        snprintf(digits, sizeof digits, "%s", isnan(number) ? "nan" : "inf");
    else
        float_digits(digits, sizeof digits, spec->letter, precision, fabs(number));
    if (spec->is_general && !strpbrk(digits, ".eni"))
        strncat(digits, ".0", 3);
    add_number(state, out, spec, signbit(number) && !isnan(number), text_of(digits));
}

static struct text cut(const struct spec *spec, struct text text)
{
    return spec->precision < 0 ? text : template_slice_points(text, 0, (size_t)spec->precision);
}

static bool is_float_letter(char letter)
{
    return letter && strchr("eEfFgG%", letter);
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
    const struct data_value *found = data_map_get(percent->values->as.map, data_text(key));
    if (!found)
        return template_stop(percent->state, "no '%.*s' to format", TEXT_ARGS(key));
    percent->is_mapped = true;
    *value = *found;
    return true;
}

static bool percent_text(
    struct percent *percent, const struct spec *spec, const struct data_value *value)
{
    struct template_state *state = percent->state;
    struct data_value shown = *value;
    struct text text;
    if (spec->letter == 'r') {
        size_t start = template_begin(state);
        if (!template_repr(state, state->out, value, 0))
            return false;
        shown = data_text(template_end(state, start));
    }
    if (!(percent->is_html ? template_escape_value(state, &shown, &text)
                           : template_text_value(state, &shown, &text)))
        return false;
    add_filled(state->out, spec, cut(spec, text), spec->align ? spec->align : '>');
    return true;
}

static bool wrong_number(struct template_state *state, char letter, const struct data_value *value)
{
    return template_stop(
        state, "%%%c format: a number is required, not %s", letter, template_type_name(value));
}

static bool percent_value(
    struct percent *percent, const struct spec *spec, const struct data_value *value)
{
    struct template_state *state = percent->state;
    int64_t integer;
    double number;
    if (spec->letter == 's' || spec->letter == 'r' || spec->letter == 'a')
        return percent_text(percent, spec, value);
    if (spec->letter == 'c' && template_is_text(value) && text_count_points(value->as.text) == 1) {
        add_filled(state->out, spec, value->as.text, '>');
        return true;
    }
    if (!template_as_float(value, &number))
        return wrong_number(state, spec->letter, value);
    if (is_float_letter(spec->letter)) {
        add_double(state, state->out, spec, number);
        return true;
    }
    if (!template_as_integer(value, &integer)) {
        if (spec->letter != 'd' || !isfinite(number) || fabs(number) > 9e18)
            return wrong_number(state, spec->letter, value);
        integer = (int64_t)number;
    }
    if (spec->letter == 'c' && (integer < 0 || integer > 0x10FFFF))
        return template_stop(state, "%%c arg not in range(0x110000)");
    if (spec->letter == 'c')
        buffer_add_point(state->out, (uint32_t)integer);
    else
        add_integer(state, state->out, spec, integer);
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

static void read_flags(struct text text, size_t *at, struct spec *spec)
{
    for (; *at < text.length && strchr("-+ #0", text.at[*at]) && text.at[*at]; ++*at) {
        switch (text.at[*at]) {
        case '-': spec->align = '<'; break;
        case '#': spec->is_alternate = true; break;
        case '0': spec->is_zero = true; break;
        case '+': spec->sign = '+'; break;
        default: spec->sign = spec->sign ? spec->sign : ' '; break;
        }
    }
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

/* { flag } [ width ] [ "." precision ] letter */
static bool read_percent(
    struct template_state *state, struct text format, size_t *at, struct spec *spec)
{
    *spec = (struct spec){.fill = TEXT(" "), .precision = -1};
    read_flags(format, at, spec);
    spec->width = read_count(format, at);
    if (*at < format.length && format.at[*at] == '.') {
        ++*at;
        spec->precision = read_count(format, at);
    }
    if (*at == format.length)
        return template_stop(state, "incomplete format");
    spec->letter = format.at[(*at)++];
    if (spec->letter == 'i' || spec->letter == 'u')
        spec->letter = 'd';
    if (spec->letter && strchr("%srdcxXoeEfFgGa", spec->letter) && spec->width <= MOST_WIDTH &&
        spec->precision <= MOST_WIDTH)
        return true;
    return template_stop(state, "unsupported format character '%c'", spec->letter);
}

/* What stands behind a '%', at *at. */
static bool percent_field(struct percent *percent, struct text format, size_t *at)
{
    struct spec spec;
    struct data_value value;
    struct text key;
    if (!read_key(percent->state, format, at, &key) ||
        !read_percent(percent->state, format, at, &spec))
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
    size_t next; /* of the fields without a name */
    bool is_html;
};

static bool is_align(char byte)
{
    return byte && strchr("<>^=", byte);
}

static bool read_spec(struct template_state *state, struct text text, struct spec *spec)
{
    size_t at = 0, first = 0;
    *spec = (struct spec){.fill = TEXT(" "), .precision = -1};
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
    if (at < text.length && text.at[at] == '0')
        spec->is_zero = text.at[at++];
    spec->width = read_count(text, &at);
    if (at < text.length && (text.at[at] == ',' || text.at[at] == '_'))
        spec->has_commas = text.at[at++] == ',';
    if (at < text.length && text.at[at] == '.') {
        at++;
        spec->precision = read_count(text, &at);
    }
    if (at < text.length)
        spec->letter = text.at[at++];
    if (at < text.length || spec->width > MOST_WIDTH || spec->precision > MOST_WIDTH)
        return template_stop(state, "invalid format specifier '%.*s'", TEXT_ARGS(text));
    return true;
}

/* A number by a spec; false when it is none, or the letter is not for it. */
static bool add_formatted_number(
    struct template_state *state, const struct spec *spec, const struct data_value *value)
{
    int64_t integer;
    double number;
    struct spec general = *spec;
    if (template_as_integer(value, &integer) && !is_float_letter(spec->letter)) {
        if (spec->precision >= 0)
            return template_stop(state, "precision not allowed in integer format specifier");
        if (spec->letter && !strchr("bcdnoxX", spec->letter))
            return false;
        add_integer(state, state->out, spec, integer);
        return true;
    }
    if (!template_as_float(value, &number))
        return false;
    if (!spec->letter && spec->precision >= 0) {
        general.letter = 'g';
        general.is_general = true;
    }
    if (!is_float_letter(general.letter))
        return false;
    add_double(state, state->out, &general, number);
    return true;
}

/* Texts take any spec but those for numbers; all else but numbers takes none. */
static bool add_formatted_text(
    struct template_state *state, const struct spec *spec, const struct data_value *value)
{
    struct text text;
    bool is_plain = template_is_text(value) || value->kind == DATA_FLOAT;
    if (!is_plain)
        return template_stop(
            state, "unsupported format string passed to %s.__format__", template_type_name(value));
    if ((spec->letter && spec->letter != 's') ||
        (template_is_text(value) && (spec->has_commas || spec->sign || spec->align == '=')))
        return template_stop(state, "unknown format code '%c' for object of type '%s'",
            spec->letter ? spec->letter : ',', template_type_name(value));
    if (!template_text_value(state, value, &text))
        return false;
    char align = spec->align ? spec->align : template_is_number(value) ? '>' : '<';
    struct spec filled = *spec;
    if (spec->is_zero && !spec->align)
        filled.fill = TEXT("0");
    add_filled(state->out, &filled, cut(spec, text), align);
    return true;
}

static bool add_formatted(struct template_state *state, const struct spec *spec,
    const struct data_value *value, bool is_empty)
{
    if (is_empty)
        return template_str(state, state->out, value);
    return add_formatted_number(state, spec, value) ||
           (!state->has_failed && add_formatted_text(state, spec, value));
}

static bool add_braces_value(
    struct braces *braces, struct data_value value, char conversion, struct text spec_text)
{
    struct template_state *state = braces->call->state;
    struct spec spec;
    if (!read_spec(state, spec_text, &spec))
        return false;
    size_t start = template_begin(state);
    if (conversion == 'r' && !template_repr(state, state->out, &value, 0))
        return false;
    if (conversion == 'r')
        value = data_text(template_end(state, start));
    if (conversion == 's')
        value = data_text(template_print(braces->call, &value));
    bool is_safe = braces->is_html && value.kind == DATA_HTML;
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
    size_t end = 0, index = 0;
    const struct template_call *call = braces->call;
    while (end < field.length && field.at[end] != '.' && field.at[end] != '[')
        end++;
    struct text name = text_slice(field, 0, end);
    bool is_number = name.length > 0 && name.at[0] >= '0' && name.at[0] <= '9';
    if (name.length > 0 && !is_number) {
        if (!named_argument(braces, name, value))
            return false;
    } else {
        size_t at = 0;
        index = is_number ? (size_t)read_count(name, &at) : braces->next++;
        if (index >= call->rest_count)
            return template_stop(
                call->state, "replacement index %zu out of range for positional args tuple", index);
        *value = call->rest[index];
    }
    return follow_fields(braces, text_slice(field, end, field.length), value);
}

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
    return find_field(braces, field, &value) && add_braces_value(braces, value, conversion, spec);
}

static bool add_braces(struct braces *braces, struct text format)
{
    struct template_state *state = braces->call->state;
    for (size_t at = 0; at < format.length; at++) {
        char byte = format.at[at];
        bool is_doubled = at + 1 < format.length && format.at[at + 1] == byte;
        if (byte != '{' && byte != '}') {
            buffer_add_byte(state->out, byte);
        } else if (is_doubled) {
            buffer_add_byte(state->out, byte);
            at++;
        } else {
            struct text rest = text_slice(format, at + 1, format.length);
            ptrdiff_t end = byte == '{' ? text_find_byte(rest, '}') : -1;
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
    struct braces braces = {call, 0, format->kind == DATA_HTML};
    size_t start = template_begin(call->state);
    if (!add_braces(&braces, format->as.text))
        return template_failed();
    return template_text_like(format, template_end(call->state, start));
}
