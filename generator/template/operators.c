/* Arithmetic and truth, as Python has them; whole numbers are 64 bits and never wrap. */
#include <math.h>

#include "template/template_run_inside.h"

bool template_is_text(const struct data_value *value)
{
    return value->kind == DATA_TEXT || value->kind == DATA_HTML;
}

bool template_is_number(const struct data_value *value)
{
    return value->kind == DATA_INTEGER || value->kind == DATA_FLOAT || value->kind == DATA_YES_NO;
}

bool template_as_float(const struct data_value *value, double *number)
{
    switch (value->kind) {
    case DATA_FLOAT: *number = value->as.number; return true;
    case DATA_INTEGER: *number = (double)value->as.integer; return true;
    case DATA_YES_NO: *number = value->as.yes; return true;
    default: return false;
    }
}

bool template_as_integer(const struct data_value *value, int64_t *integer)
{
    if (value->kind == DATA_INTEGER)
        *integer = value->as.integer;
    else if (value->kind == DATA_YES_NO)
        *integer = value->as.yes;
    return value->kind == DATA_INTEGER || value->kind == DATA_YES_NO;
}

const char *template_type_name(const struct data_value *value)
{
    switch (value->kind) {
    case DATA_UNDEFINED: return "Undefined";
    case DATA_NONE: return "NoneType";
    case DATA_YES_NO: return "bool";
    case DATA_INTEGER: return "int";
    case DATA_FLOAT: return "float";
    case DATA_DATE: return "date";
    case DATA_TEXT: return "str";
    case DATA_HTML: return "Markup";
    case DATA_LIST: return template_is_tuple(value) ? "tuple" : "list";
    case DATA_ARRAY: return "list";
    case DATA_MAP: return "dict";
    case DATA_THING: return value->as.thing.type->name;
    case DATA_OPAQUE: return ((const struct template_tag *)value->as.opaque.tag)->name;
    default: return "nothing";
    }
}

bool template_truth(const struct data_value *value)
{
    switch (value->kind) {
    case DATA_UNDEFINED:
    case DATA_NONE: return false;
    case DATA_YES_NO: return value->as.yes;
    case DATA_INTEGER: return value->as.integer != 0;
    case DATA_FLOAT: return fpclassify(value->as.number) != FP_ZERO;
    case DATA_TEXT:
    case DATA_HTML: return value->as.text.length > 0;
    case DATA_LIST:
    case DATA_MAP:
    case DATA_ARRAY: return data_count(value) > 0;
    default: break;
    }
    return !template_is_opaque(value, &template_tag_range) || template_length(value) > 0;
}

bool template_is_usable(struct template_state *state, const struct data_value *value)
{
    if (value->kind != DATA_UNDEFINED)
        return true;
    struct text name = value->as.text;
    return template_stop(
        state, "'%.*s' is undefined", name.at ? (int)name.length : 5, name.at ? name.at : "value");
}

bool template_may_be_undefined(struct template_state *state, const struct data_value *value)
{
    return !state->set->options->strict_undefined || value->points == MARK_LENIENT ||
           template_is_usable(state, value);
}

static const char *const symbols[] = {
    [OPERATOR_ADD] = "+",
    [OPERATOR_SUB] = "-",
    [OPERATOR_MUL] = "*",
    [OPERATOR_DIV] = "/",
    [OPERATOR_FLOOR] = "//",
    [OPERATOR_MOD] = "%",
    [OPERATOR_POW] = "**",
};

static bool no_such_operation(struct template_state *state, enum template_operator op,
    const struct data_value *left, const struct data_value *right)
{
    return template_stop(state, "unsupported operand type(s) for %s: '%s' and '%s'", symbols[op],
        template_type_name(left), template_type_name(right));
}

static bool too_large(struct template_state *state)
{
    return template_stop(state, "the number does not fit in 64 bits");
}

/* ---- Whole numbers ------------------------------------------------------------------------------------ */

/* Division that rounds down, as Python's // does. */
static int64_t floor_div(int64_t left, int64_t right)
{
    int64_t quotient = left / right;
    return left % right != 0 && (left % right < 0) != (right < 0) ? quotient - 1 : quotient;
}

static bool integer_power(int64_t base, int64_t exponent, int64_t *result)
{
    *result = 1;
    for (; exponent > 0; exponent >>= 1) {
        if ((exponent & 1) && __builtin_mul_overflow(*result, base, result))
            return false;
        if (exponent > 1 && __builtin_mul_overflow(base, base, &base))
            return false;
    }
    return true;
}

static bool integers(struct template_state *state, enum template_operator op, int64_t left,
    int64_t right, struct data_value *into)
{
    int64_t result = 0;
    bool fits = true;
    switch (op) {
    case OPERATOR_ADD: fits = !__builtin_add_overflow(left, right, &result); break;
    case OPERATOR_SUB: fits = !__builtin_sub_overflow(left, right, &result); break;
    case OPERATOR_MUL: fits = !__builtin_mul_overflow(left, right, &result); break;
    case OPERATOR_POW: fits = integer_power(left, right, &result); break;
    case OPERATOR_FLOOR:
    case OPERATOR_MOD:
        if (right == 0)
            return template_stop(state, "integer division or modulo by zero");
        if (right == -1) { /* INT64_MIN / -1 does not fit */
            fits = op == OPERATOR_MOD || !__builtin_sub_overflow((int64_t)0, left, &result);
            break;
        }
        result = floor_div(left, right);
        if (op == OPERATOR_MOD)
            result = left - result * right;
        break;
    default: return false;
    }
    *into = data_integer(result);
    return fits || too_large(state);
}

/* ---- Floats --------------------------------------------------------------------------------------------- */

/* Python's %: the sign of the divisor. */
static double float_mod(double left, double right)
{
    double rest = fmod(left, right);
    if (fpclassify(rest) == FP_ZERO)
        return copysign(0, right);
    return (rest < 0) != (right < 0) ? rest + right : rest;
}

/* Python's //, step by step: beyond 2^52 another way rounds otherwise. */
static double float_floor(double left, double right)
{
    double rest = fmod(left, right), quotient = (left - rest) / right;
    if (fpclassify(rest) != FP_ZERO && (rest < 0) != (right < 0))
        quotient -= 1;
    if (fpclassify(quotient) == FP_ZERO)
        return copysign(0, left / right);
    double whole = floor(quotient);
    return quotient - whole > 0.5 ? whole + 1 : whole;
}

static bool floats(struct template_state *state, enum template_operator op, double left,
    double right, struct data_value *into)
{
    bool divides = op == OPERATOR_DIV || op == OPERATOR_FLOOR || op == OPERATOR_MOD;
    if (divides && fpclassify(right) == FP_ZERO)
        return template_stop(state, "division by zero");
    if (op == OPERATOR_POW && fpclassify(left) == FP_ZERO && right < 0)
        return template_stop(state, "0.0 cannot be raised to a negative power");
    if (op == OPERATOR_POW && left < 0 && isfinite(right) && floor(right) < right)
        return template_stop(state, "a negative number can't be raised to a fraction");
    double result = 0;
    switch (op) {
    case OPERATOR_ADD: result = left + right; break;
    case OPERATOR_SUB: result = left - right; break;
    case OPERATOR_MUL: result = left * right; break;
    case OPERATOR_DIV: result = left / right; break;
    case OPERATOR_FLOOR: result = float_floor(left, right); break;
    case OPERATOR_MOD: result = float_mod(left, right); break;
    case OPERATOR_POW: result = pow(left, right); break;
    default: return false;
    }
    *into = data_float(result);
    return true;
}

static bool numbers(struct template_state *state, enum template_operator op,
    const struct data_value *left, const struct data_value *right, struct data_value *into)
{
    int64_t a = 0, b = 0;
    double x = 0, y = 0;
    bool whole = template_as_integer(left, &a) && template_as_integer(right, &b);
    if (whole && op != OPERATOR_DIV && !(op == OPERATOR_POW && b < 0))
        return integers(state, op, a, b, into);
    template_as_float(left, &x);
    template_as_float(right, &y);
    return floats(state, op, x, y, into);
}

/* ---- Texts and lists ---------------------------------------------------------------------------------------- */

static bool add_texts(struct template_state *state, const struct data_value *left,
    const struct data_value *right, struct data_value *into)
{
    bool is_html = left->kind == DATA_HTML || right->kind == DATA_HTML;
    struct text a = left->as.text, b = right->as.text;
    if (is_html &&
        (!template_escape_value(state, left, &a) || !template_escape_value(state, right, &b)))
        return false;
    if (!template_room(state, a.length + b.length))
        return false;
    struct text both = arena_join(state->run->scratch, a, b);
    *into = is_html ? data_html(both) : data_text(both);
    return true;
}

static bool is_sequence(const struct data_value *value)
{
    return value->kind == DATA_LIST || value->kind == DATA_ARRAY;
}

static bool add_lists(struct template_state *state, const struct data_value *left,
    const struct data_value *right, struct data_value *into)
{
    struct template_items items;
    if (!template_list_of(state, left, into) || !template_items_of(state, right, &items))
        return false;
    if (template_is_tuple(left))
        into->points = MARK_TUPLE;
    for (size_t i = 0; i < items.count; i++)
        template_list_add(state, into, template_item(&items, i));
    return !state->has_failed;
}

static bool repeat_text(struct template_state *state, const struct data_value *text, int64_t times,
    struct data_value *into)
{
    size_t length = text->as.text.length, count = times < 0 ? 0 : (size_t)times;
    if (length > 0 && count > TEMPLATE_MOST_OUTPUT_BYTES / length)
        return template_room(state, (size_t)TEMPLATE_MOST_OUTPUT_BYTES + 1);
    size_t start = template_begin(state);
    for (size_t i = 0; i < count && length > 0; i++)
        buffer_add(state->out, text->as.text);
    *into = template_text_like(text, template_end(state, start));
    return !state->has_failed;
}

static bool repeat_list(struct template_state *state, const struct data_value *list, int64_t times,
    struct data_value *into)
{
    struct template_items items;
    if (!template_items_of(state, list, &items))
        return false;
    *into = template_new_list(state);
    if (template_is_tuple(list))
        into->points = MARK_TUPLE;
    for (int64_t round = 0; round < times && items.count > 0 && !state->has_failed; round++)
        for (size_t i = 0; i < items.count; i++)
            template_list_add(state, into, template_item(&items, i));
    return !state->has_failed;
}

static bool repeat(struct template_state *state, const struct data_value *value, int64_t times,
    struct data_value *into)
{
    return template_is_text(value) ? repeat_text(state, value, times, into)
                                   : repeat_list(state, value, times, into);
}

static bool others(struct template_state *state, enum template_operator op,
    const struct data_value *left, const struct data_value *right, struct data_value *into)
{
    int64_t times;
    bool repeats_left = template_is_text(left) || is_sequence(left);
    bool repeats_right = template_is_text(right) || is_sequence(right);
    if (op == OPERATOR_ADD && template_is_text(left) && template_is_text(right))
        return add_texts(state, left, right, into);
    if (op == OPERATOR_ADD && is_sequence(left) && is_sequence(right) &&
        template_is_tuple(left) == template_is_tuple(right))
        return add_lists(state, left, right, into);
    if (op == OPERATOR_MUL && repeats_left && template_as_integer(right, &times))
        return repeat(state, left, times, into);
    if (op == OPERATOR_MUL && repeats_right && template_as_integer(left, &times))
        return repeat(state, right, times, into);
    return no_such_operation(state, op, left, right);
}

bool template_binary(struct template_state *state, enum template_operator op,
    const struct data_value *left, const struct data_value *right, struct data_value *into)
{
    if (left->kind == DATA_INTEGER && right->kind == DATA_INTEGER && op != OPERATOR_DIV &&
        op != OPERATOR_POW)
        return integers(state, op, left->as.integer, right->as.integer, into);
    if (op == OPERATOR_MOD && template_is_text(left))
        return template_percent(state, left, right, into);
    if (!template_is_usable(state, left) || !template_is_usable(state, right))
        return false;
    if (template_is_number(left) && template_is_number(right))
        return numbers(state, op, left, right, into);
    return others(state, op, left, right, into);
}

bool template_negate(
    struct template_state *state, const struct data_value *value, struct data_value *into)
{
    int64_t integer, result;
    if (!template_is_usable(state, value))
        return false;
    if (value->kind == DATA_FLOAT) {
        *into = data_float(-value->as.number);
        return true;
    }
    if (!template_as_integer(value, &integer))
        return template_stop(
            state, "bad operand type for unary -: '%s'", template_type_name(value));
    if (__builtin_sub_overflow((int64_t)0, integer, &result))
        return too_large(state);
    *into = data_integer(result);
    return true;
}
