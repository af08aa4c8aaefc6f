/*
 * One value as a field of a format wants it: filled, aligned, with sign, prefix and groups of digits.
 *
 *     +   0x    000   1f
 *     sign prefix zeros digits
 */
#include <math.h>
#include <stdlib.h>

#include "template/template_run_inside.h"

void template_add_filled(
    struct buffer *out, const struct template_spec *spec, struct text text, char align)
{
    int64_t missing = spec->width - (int64_t)text_count_points(text);
    int64_t left = missing <= 0 ? 0 : align == '<' ? 0 : align == '^' ? missing / 2 : missing;
    for (int64_t i = 0; i < left; i++)
        buffer_add(out, spec->fill);
    buffer_add(out, text);
    for (int64_t i = left; i < missing; i++)
        buffer_add(out, spec->fill);
}

/* ---- Digits ------------------------------------------------------------------------------------------------- */

/* How many digits stand at the start: of the whole part, or all of a number to another base. */
static size_t whole_digits(const struct template_spec *spec, struct text digits)
{
    size_t count = 0;
    if (spec->letter && strchr("xXob", spec->letter))
        return digits.length;
    while (count < digits.length && digits.at[count] >= '0' && digits.at[count] <= '9')
        count++;
    return count;
}

/* The digits in groups, with zeros in front up to the width: 1234.5 -> 0,001,234.5 */
static struct text grouped(
    struct arena *arena, const struct template_spec *spec, struct text digits, int64_t width)
{
    size_t given = whole_digits(spec, digits), length = 0;
    size_t size = spec->letter && strchr("xXob", spec->letter) ? 4 : 3;
    size_t whole = given, rest = digits.length - given;
    while (given > 0 && (int64_t)(whole + (whole - 1) / size + rest) < width)
        whole++;
    char *text = arena_alloc(arena, whole + whole / size + rest + 1);
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % size == 0)
            text[length++] = spec->group;
        text[length++] = i < whole - given ? '0' : digits.at[i - (whole - given)];
    }
    memcpy(text + length, digits.at + given, rest);
    return (struct text){text, length + rest};
}

static void add_number(struct template_state *state, const struct template_spec *spec,
    bool is_negative, const char *prefix, struct text digits)
{
    struct arena *arena = state->run->scratch;
    const char *sign = is_negative ? "-" : spec->sign == '+' ? "+" : spec->sign == ' ' ? " " : "";
    struct text lead = arena_format(arena, "%s%s", sign, prefix);
    int64_t room = spec->width - (int64_t)lead.length;
    if (spec->group)
        digits =
            grouped(arena, spec, digits, spec->align == '=' && text_is(spec->fill, "0") ? room : 0);
    if (spec->align != '=') {
        template_add_filled(state->out, spec,
            arena_format(arena, "%.*s%.*s", TEXT_ARGS(lead), TEXT_ARGS(digits)),
            spec->align ? spec->align : '>');
        return;
    }
    buffer_add(state->out, lead);
    for (int64_t i = (int64_t)digits.length; i < room; i++)
        buffer_add(state->out, spec->fill);
    buffer_add(state->out, digits);
}

/* ---- Whole numbers ------------------------------------------------------------------------------------------ */

void template_add_integer(
    struct template_state *state, const struct template_spec *spec, int64_t integer)
{
    static const char large[] = "0123456789ABCDEF", small[] = "0123456789abcdef";
    char digits[80], *at = digits + sizeof digits;
    uint64_t number = integer < 0 ? -(uint64_t)integer : (uint64_t)integer;
    unsigned base = spec->letter == 'x' || spec->letter == 'X' ? 16
                    : spec->letter == 'o'                      ? 8
                    : spec->letter == 'b'                      ? 2
                                                               : 10;
    do
        *--at = (spec->letter == 'X' ? large : small)[number % base];
    while ((number /= base) > 0);
    struct text text =
        arena_text(state->run->scratch, (struct text){at, (size_t)(digits + sizeof digits - at)});
    while ((int64_t)text.length < spec->precision)
        text = arena_format(state->run->scratch, "0%.*s", TEXT_ARGS(text));
    char prefix[] = {'0', spec->letter, '\0'};
    add_number(state, spec, integer < 0, spec->is_alternate && base != 10 ? prefix : "", text);
}

/* ---- Numbers with a fraction --------------------------------------------------------------------------------- */

/* By printf's letter, without the sign. '#' keeps point and zeros, as in C. */
static struct text print_float(struct arena *arena, const struct template_spec *spec, char letter,
    int precision, double number)
{
    bool is_kept = spec->is_alternate;
    switch (letter) {
    case 'e': return arena_format(arena, is_kept ? "%#.*e" : "%.*e", precision, number);
    case 'E': return arena_format(arena, is_kept ? "%#.*E" : "%.*E", precision, number);
    case 'g': return arena_format(arena, is_kept ? "%#.*g" : "%.*g", precision, number);
    case 'G': return arena_format(arena, is_kept ? "%#.*G" : "%.*G", precision, number);
    case '%': return arena_format(arena, is_kept ? "%#.*f%%" : "%.*f%%", precision, number * 100);
    default: return arena_format(arena, is_kept ? "%#.*f" : "%.*f", precision, number);
    }
}

/* Without the zeros behind the point, or in front of the exponent: 2.500e+20 -> 2.5e+20 */
static struct text without_zeros(struct arena *arena, struct text digits)
{
    ptrdiff_t letter = text_find_byte(digits, 'e');
    size_t end = letter < 0 ? digits.length : (size_t)letter, kept = end;
    if (text_find_byte(text_slice(digits, 0, end), '.') < 0)
        return digits;
    while (digits.at[kept - 1] == '0')
        kept--;
    if (digits.at[kept - 1] == '.')
        kept--;
    return arena_format(arena, "%.*s%.*s", TEXT_ARGS(text_slice(digits, 0, kept)),
        TEXT_ARGS(text_slice(digits, end, digits.length)));
}

/* A float without a letter: so many digits, but with an exponent where no digit would stand behind
 * the point; never without a point or an exponent. */
static struct text general_digits(
    struct template_state *state, const struct template_spec *spec, double number)
{
    struct arena *arena = state->run->scratch;
    size_t start = template_begin(state);
    if (spec->precision < 0) {
        template_float_text(state->out, number);
        struct text digits = template_end(state, start);
        ptrdiff_t letter = text_find_byte(digits, 'e');
        if (letter < 0 || !spec->is_alternate || text_find_byte(digits, '.') >= 0)
            return digits;
        return arena_format(arena, "%.*s.%s", (int)letter, digits.at, digits.at + letter);
    }
    int precision = spec->precision == 0 ? 1 : (int)spec->precision;
    struct text digits = print_float(arena, spec, 'e', precision - 1, number);
    int exponent = atoi(digits.at + text_find_byte(digits, 'e') + 1);
    if (exponent < -4 || exponent + 1 > precision - 1)
        return spec->is_alternate ? digits : without_zeros(arena, digits);
    digits = print_float(arena, spec, 'f', precision - 1 - exponent, number);
    if (!spec->is_alternate)
        digits = without_zeros(arena, digits);
    return text_find_byte(digits, '.') >= 0 ? digits
                                            : arena_format(arena, "%.*s.0", TEXT_ARGS(digits));
}

void template_add_float(
    struct template_state *state, const struct template_spec *spec, double number)
{
    bool is_negative = signbit(number) && !isnan(number);
    bool is_large = spec->letter && strchr("EFG", spec->letter);
    struct text digits;
    if (isnan(number))
        digits = is_large ? TEXT("NAN") : spec->letter == '%' ? TEXT("nan%") : TEXT("nan");
    else if (isinf(number))
        digits = is_large ? TEXT("INF") : spec->letter == '%' ? TEXT("inf%") : TEXT("inf");
    else if (spec->letter)
        digits = print_float(state->run->scratch, spec, spec->letter,
            spec->precision < 0 ? 6 : (int)spec->precision, fabs(number));
    else
        digits = general_digits(state, spec, fabs(number));
    add_number(state, spec, is_negative, "", digits);
}
