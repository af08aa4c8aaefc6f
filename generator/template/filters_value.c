/* Filters over numbers and over any value. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "template/template_run_inside.h"
#include "unicode/unicode.h"

static struct data_value filter_abs(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    struct data_value into = *value;
    int64_t integer;
    if (value->kind == DATA_FLOAT)
        return data_float(fabs(value->as.number));
    if (!template_as_integer(value, &integer)) {
        if (template_is_usable(call->state, value))
            template_fail(call, "bad operand type for abs(): '%s'", template_type_name(value));
        return template_failed();
    }
    if (integer >= 0)
        return data_integer(integer);
    template_negate(call->state, value, &into);
    return into;
}

static struct data_value filter_attr(struct template_call *call)
{
    const struct data_value *of = &call->arguments[0];
    struct text text = template_text(call, 1, TEXT(""));
    struct data_value into = data_undefined();
    const struct template_name *known = template_find_name(call->state->set, text);
    struct template_name name = {.text = text, .global = -1};
    for (int i = 0; i < TEMPLATE_RECEIVERS; i++)
        name.methods[i] = map_get(&call->state->set->methods[i], text);
    if (!known)
        known = &name;
    if (of->kind == DATA_MAP && !known->methods[TEMPLATE_OF_MAP])
        return template_missing(text);
    template_attribute(call->state, of, known, &into);
    return into;
}

static struct data_value filter_default(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    bool falls =
        value->kind == DATA_UNDEFINED || (template_flag(call, 2, false) && !template_truth(value));
    if (!falls)
        return *value;
    return template_given(call, 1) ? call->arguments[1] : data_text(TEXT(""));
}

/* ---- Texts as numbers ---------------------------------------------------------------------------------- */

static bool is_digit(char byte, int base)
{
    int value = byte >= '0' && byte <= '9'                 ? byte - '0'
                : (byte | 32) >= 'a' && (byte | 32) <= 'z' ? (byte | 32) - 'a' + 10
                                                           : 36;
    return value < base;
}

static bool is_ascii_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* In ASCII, as Python reads numbers: digits of any script as 0 to 9, other white space as ' '. */
static struct text in_ascii(struct arena *scratch, struct text text)
{
    char *plain = arena_alloc(scratch, text.length);
    size_t length = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t point = text_next_point(text, &at);
        int digit = unicode_digit(point);
        plain[length++] = point < 0x80              ? (char)point
                          : digit >= 0              ? (char)('0' + digit)
                          : unicode_is_space(point) ? ' '
                                                    : '?';
    }
    while (length > 0 && is_ascii_blank(plain[length - 1]))
        length--;
    while (length > 0 && is_ascii_blank(*plain)) {
        plain++;
        length--;
    }
    return (struct text){plain, length};
}

/* The text with a NUL behind it, without blanks around and '_' between digits; NULL when those stand
 * wrong or the text is too long to be a number. */
static const char *number_text(struct template_call *call, struct text text)
{
    text = in_ascii(call->run->scratch, text);
    char *plain = arena_alloc(call->run->scratch, text.length + 1);
    size_t length = 0;
    if (text.length > 400)
        return NULL;
    for (size_t i = 0; i < text.length; i++) {
        bool between = i > 0 && i + 1 < text.length && is_digit(text.at[i - 1], 36) &&
                       is_digit(text.at[i + 1], 36);
        if (text.at[i] != '_')
            plain[length++] = text.at[i];
        else if (!between)
            return NULL;
    }
    return length > 0 ? plain : NULL;
}

/* Python's float(text): decimal, or inf and nan by name. */
static bool read_float(struct template_call *call, struct text text, double *number)
{
    const char *plain = number_text(call, text);
    char *end;
    if (!plain || strpbrk(plain, "xXpP("))
        return false;
    *number = strtod(plain, &end);
    return *end == '\0';
}

static bool stop_too_large(struct template_call *call)
{
    return template_stop(call->state, "the number does not fit in 64 bits");
}

/* False also after an error: the number is too large. */
static bool read_integer(struct template_call *call, struct text text, int base, int64_t *integer)
{
    const char *plain = number_text(call, text);
    static const struct {
        char letter;
        int base;
    } prefixes[] = {{'x', 16}, {'o', 8}, {'b', 2}};
    if (!plain)
        return false;
    bool is_negative = *plain == '-';
    if (*plain == '-' || *plain == '+')
        plain++;
    for (size_t i = 0; i < BASE_COUNT(prefixes); i++)
        if (plain[0] == '0' && (plain[1] | 32) == prefixes[i].letter &&
            (base == prefixes[i].base || base == 0)) {
            base = prefixes[i].base;
            plain += 2;
        }
    base = base == 0 ? 10 : base;
    /* strtoll itself would pass over blanks, another sign and another "0x" */
    char *end;
    errno = 0;
    for (size_t i = 0; i < 2 && (i == 0 || plain[i]); i++)
        if (!is_digit(plain[i], base))
            return false;
    uint64_t size = strtoull(plain, &end, base);
    if (*end != '\0')
        return false;
    if (errno != 0 || size > (uint64_t)INT64_MAX + is_negative)
        return stop_too_large(call);
    *integer = (int64_t)(is_negative ? -size : size);
    return true;
}

/* What is no number, or endless, has none; false also after an error: it is too large. */
static bool whole_part(struct template_call *call, double number, int64_t *integer)
{
    if (!isfinite(number))
        return false;
    if (number < -0x1p63 || number >= 0x1p63)
        return stop_too_large(call);
    *integer = (int64_t)number;
    return true;
}

static bool read_whole(
    struct template_call *call, const struct data_value *value, int base, int64_t *integer)
{
    double number;
    if (template_as_integer(value, integer))
        return true;
    if (value->kind == DATA_FLOAT)
        return whole_part(call, value->as.number, integer);
    if (!template_is_text(value))
        return false;
    return read_integer(call, value->as.text, base, integer) ||
           (!call->state->has_failed && read_float(call, value->as.text, &number) &&
               whole_part(call, number, integer));
}

static struct data_value filter_int(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    int64_t base = template_integer(call, 2, 10), integer;
    if (base != 0 && (base < 2 || base > 36))
        base = 10;
    if (read_whole(call, value, (int)base, &integer))
        return data_integer(integer);
    if (call->state->has_failed || !template_is_usable(call->state, value))
        return template_failed();
    return template_given(call, 1) ? call->arguments[1] : data_integer(0);
}

static struct data_value filter_float(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    double number;
    if (template_as_float(value, &number) ||
        (template_is_text(value) && read_float(call, value->as.text, &number)))
        return data_float(number);
    if (!template_is_usable(call->state, value))
        return template_failed();
    return template_given(call, 1) ? call->arguments[1] : data_float(0);
}

/* ---- Rounding ---------------------------------------------------------------------------------------------- */

/* round() of Python: half to even on the exact value, which printf does as well. */
static double round_half_even(double number, int64_t precision)
{
    char digits[400];
    if (!isfinite(number) || precision > 22)
        return number;
    if (precision == 0)
        return nearbyint(number);
    if (precision >= 0) {
        snprintf(digits, sizeof digits, "%.*f", (int)precision, number);
        return strtod(digits, NULL);
    }
    double scale = pow(10, (double)-precision);
    return precision < -308 ? 0 : nearbyint(number / scale) * scale;
}

static int64_t round_integer(int64_t integer, int64_t precision)
{
    int64_t scale = 1;
    if (precision >= 0)
        return integer;
    if (precision < -18)
        return 0;
    for (int64_t i = precision; i < 0; i++)
        scale *= 10;
    int64_t rest = integer % scale;
    int64_t down = integer - (rest < 0 ? rest + scale : rest);
    int64_t above = integer - down;
    bool up = above * 2 > scale || (above * 2 == scale && (down / scale) % 2 != 0);
    return up ? down + scale : down;
}

static struct data_value filter_round(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    int64_t precision = template_integer(call, 1, 0), integer;
    struct text method = template_text(call, 2, TEXT("common"));
    double number;
    bool is_common = text_is(method, "common");
    if (!is_common && !text_is(method, "ceil") && !text_is(method, "floor"))
        return template_fail(call, "method must be common, ceil or floor");
    if (is_common && template_as_integer(value, &integer))
        return data_integer(round_integer(integer, precision));
    if (!template_as_float(value, &number)) {
        if (template_is_usable(call->state, value))
            template_fail(
                call, "type %s doesn't define __round__ method", template_type_name(value));
        return template_failed();
    }
    if (is_common)
        return data_float(round_half_even(number, precision));
    double scale = pow(10, (double)precision), scaled = number * scale;
    scaled = text_is(method, "ceil") ? ceil(scaled) : floor(scaled);
    return data_float((scaled + 0.0) / scale); /* + 0.0: no negative zero */
}

/* ---- Sizes --------------------------------------------------------------------------------------------------- */

static struct data_value filter_filesizeformat(struct template_call *call)
{
    static const char letters[] = "kMGTPEZY";
    const struct data_value *value = &call->arguments[0];
    bool is_binary = template_flag(call, 1, false);
    double bytes;
    long double base = is_binary ? 1024 : 1000, unit; /* holds powers of 1000 exactly */
    if (!template_as_float(value, &bytes) &&
        !(template_is_text(value) && read_float(call, value->as.text, &bytes)))
        return template_fail(
            call, "'filesizeformat' wants a number, not %s", template_type_name(value));
    if (bytes >= 1 && bytes <= 1)
        return data_text(TEXT("1 Byte"));
    if (bytes < base)
        return data_text(arena_format(call->run->scratch, "%lld Bytes", (long long)bytes));
    size_t i = 0;
    unit = base * base;
    for (; bytes >= unit && i + 1 < sizeof letters - 1; i++)
        unit *= base;
    char letter = is_binary && letters[i] == 'k' ? 'K' : letters[i];
    return data_text(arena_format(call->run->scratch, "%.1f %c%s", (double)(base * bytes / unit),
        letter, is_binary ? "iB" : "B"));
}

/* ---- JSON ------------------------------------------------------------------------------------------------------- */

static void print_json(struct template_call *call, struct buffer *out)
{
    int64_t indent = template_integer(call, 1, -1);
    if (indent > 32)
        template_fail(call, "'tojson' indents by at most 32 blanks");
    else
        template_json(call->state, out, &call->arguments[0], indent, 0);
}

static struct data_value filter_tojson(struct template_call *call)
{
    size_t start = template_begin(call->state);
    print_json(call, call->state->out);
    return data_html(template_end(call->state, start));
}

static struct data_value filter_random(struct template_call *call)
{
    return template_fail(call, "'random' would give another page at every build: it is left out");
}

/* JSON for people: '&', '<' and '>' as they are. */
static void add_readable(struct buffer *out, struct text json)
{
    static const struct {
        const char *escape;
        char sign;
    } signs[] = {{"\\u0026", '&'}, {"\\u003c", '<'}, {"\\u003e", '>'}};
    for (size_t at = 0; at < json.length;) {
        struct text rest = text_slice(json, at, json.length);
        size_t length = json.at[at] == '\\' ? 2 : 1;
        for (size_t i = 0; i < BASE_COUNT(signs); i++) {
            if (!text_starts(rest, signs[i].escape))
                continue;
            rest = (struct text){&signs[i].sign, 1};
            at += strlen(signs[i].escape);
            length = 0;
        }
        buffer_add(out, text_slice(rest, 0, length ? length : 1));
        at += length;
    }
}

/* Things with all their fields, one level deep; in HTML as it stands there. */
static struct data_value filter_debug(struct template_call *call)
{
    struct buffer json, readable;
    struct data_value *value = &call->arguments[0];
    buffer_init(&json);
    buffer_init(&readable);
    if (value->kind == DATA_OPAQUE || value->kind == DATA_UNDEFINED)
        buffer_add_string(&json, template_type_name(value));
    else
        data_json(&json, value, 2, call->run);
    add_readable(&readable, buffer_text(&json));
    struct data_value shown = data_text(template_copy(call->state, buffer_text(&readable)));
    if (call->autoescape)
        shown = data_html(arena_format(
            call->run->scratch, "<pre>%.*s</pre>", TEXT_ARGS(template_escaped(call, &shown))));
    buffer_release(&json);
    buffer_release(&readable);
    return shown;
}

static const struct template_function rows[] = {
    {"abs", filter_abs, "x", "the number without its sign", .role = TEMPLATE_FILTER},
    {"attr", filter_attr, "obj, name", "a field, never a key of a map", .role = TEMPLATE_FILTER},
    {"d", filter_default, "value, default_value='', boolean=false", "the same as default",
        .role = TEMPLATE_FILTER, .takes_absent = true},
    {"debug", filter_debug, "value", "what is in a value: each field of a thing",
        .role = TEMPLATE_FILTER, .takes_absent = true},
    {"default", filter_default, "value, default_value='', boolean=false",
        "another value for an undefined (boolean: or false) one", .role = TEMPLATE_FILTER,
        .takes_absent = true},
    {"filesizeformat", filter_filesizeformat, "value, binary=false", "bytes as '13 kB'",
        .role = TEMPLATE_FILTER},
    {"float", filter_float, "value, default=0.0", "the value as a number with a fraction",
        .role = TEMPLATE_FILTER},
    {"int", filter_int, "value, default=0, base=10", "the value as a whole number",
        .role = TEMPLATE_FILTER},
    {"pprint", template_filter_pprint, "value", "the value as it looks inside, for debugging",
        .role = TEMPLATE_FILTER, .takes_absent = true},
    {"random", filter_random, "seq", "left out: pages are the same at every build",
        .role = TEMPLATE_FILTER},
    {"round", filter_round, "value, precision=0, method='common'",
        "rounded: common (half to even), ceil or floor", .role = TEMPLATE_FILTER},
    {"tojson", filter_tojson, "value, indent=none", "JSON, safe inside HTML",
        .role = TEMPLATE_FILTER, .takes_absent = true, .print = print_json},
};

const struct template_table template_value_filters = {rows, BASE_COUNT(rows)};
