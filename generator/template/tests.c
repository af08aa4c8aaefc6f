/* Tests: what may stand behind `is`. */
#include "template/template_run_inside.h"
#include "unicode/unicode.h"

static const struct data_value *value_of(const struct template_call *call)
{
    return &call->arguments[0];
}

static bool is_kind(const struct template_call *call, enum data_kind kind)
{
    return value_of(call)->kind == kind;
}

static struct data_value test_boolean(struct template_call *call)
{
    return data_yes_no(is_kind(call, DATA_YES_NO));
}

static struct data_value test_true(struct template_call *call)
{
    return data_yes_no(is_kind(call, DATA_YES_NO) && value_of(call)->as.yes);
}

static struct data_value test_false(struct template_call *call)
{
    return data_yes_no(is_kind(call, DATA_YES_NO) && !value_of(call)->as.yes);
}

static struct data_value test_defined(struct template_call *call)
{
    return data_yes_no(!is_kind(call, DATA_UNDEFINED));
}

static struct data_value test_undefined(struct template_call *call)
{
    return data_yes_no(is_kind(call, DATA_UNDEFINED));
}

static struct data_value test_none(struct template_call *call)
{
    return data_yes_no(is_kind(call, DATA_NONE));
}

static struct data_value test_integer(struct template_call *call)
{
    return data_yes_no(is_kind(call, DATA_INTEGER));
}

static struct data_value test_float(struct template_call *call)
{
    return data_yes_no(is_kind(call, DATA_FLOAT));
}

static struct data_value test_number(struct template_call *call)
{
    return data_yes_no(template_is_number(value_of(call)));
}

static struct data_value test_string(struct template_call *call)
{
    return data_yes_no(template_is_text(value_of(call)));
}

static struct data_value test_mapping(struct template_call *call)
{
    return data_yes_no(is_kind(call, DATA_MAP));
}

static struct data_value test_sequence(struct template_call *call)
{
    const struct data_value *value = value_of(call);
    bool has_length = value->kind != DATA_UNDEFINED ||
                      !call->state->set->options->strict_undefined || value->points == MARK_LENIENT;
    return data_yes_no(has_length && template_length(value) >= 0);
}

static struct data_value test_iterable(struct template_call *call)
{
    if (!template_is_testable(call->state, value_of(call)))
        return template_failed();
    return data_yes_no(template_length(value_of(call)) >= 0);
}

static struct data_value test_callable(struct template_call *call)
{
    static const struct template_tag *const callables[] = {&template_tag_macro,
        &template_tag_function, &template_tag_method, &template_tag_super, &template_tag_block,
        &template_tag_loop, &template_tag_joiner, &template_tag_loop_cycle,
        &template_tag_loop_changed};
    if (value_of(call)->kind == DATA_UNDEFINED) /* it can be called, and then is an error */
        return data_yes_no(true);
    for (size_t i = 0; i < BASE_COUNT(callables); i++)
        if (template_is_opaque(value_of(call), callables[i]))
            return data_yes_no(true);
    return data_yes_no(false);
}

static struct data_value test_escaped(struct template_call *call)
{
    return data_yes_no(is_kind(call, DATA_HTML));
}

static struct data_value test_filter(struct template_call *call)
{
    const struct data_value *name = value_of(call);
    if (!template_is_key(call->state, name) || !template_may_be_undefined(call->state, name))
        return template_failed();
    return data_yes_no(
        template_is_text(name) && template_find_filter(call->state->set, name->as.text));
}

static struct data_value test_test(struct template_call *call)
{
    const struct data_value *name = value_of(call);
    if (!template_is_key(call->state, name) || !template_may_be_undefined(call->state, name))
        return template_failed();
    return data_yes_no(
        template_is_text(name) && template_find_test(call->state->set, name->as.text));
}

/* ---- Letters ------------------------------------------------------------------------------------------- */

/* Whether there is a letter with case, and all such letters are of the case. */
static bool all_of_case(
    struct template_call *call, bool (*wanted)(uint32_t), bool (*unwanted)(uint32_t))
{
    struct text text = template_print(call, value_of(call));
    bool is_any = false;
    for (size_t at = 0; at < text.length;) {
        uint32_t point = text_next_point(text, &at);
        if (unwanted(point))
            return false;
        is_any = is_any || wanted(point);
    }
    return is_any;
}

static struct data_value test_lower(struct template_call *call)
{
    return data_yes_no(all_of_case(call, unicode_is_lower, unicode_is_upper));
}

static struct data_value test_upper(struct template_call *call)
{
    return data_yes_no(all_of_case(call, unicode_is_upper, unicode_is_lower));
}

/* ---- Numbers --------------------------------------------------------------------------------------------- */

/* value % divisor == wanted */
static struct data_value remainder_is(
    struct template_call *call, const struct data_value *divisor, int64_t wanted)
{
    struct data_value rest, expected = data_integer(wanted);
    if (!template_binary(call->state, OPERATOR_MOD, value_of(call), divisor, &rest))
        return template_failed();
    return data_yes_no(template_equal(&rest, &expected));
}

static struct data_value test_odd(struct template_call *call)
{
    struct data_value two = data_integer(2);
    return remainder_is(call, &two, 1);
}

static struct data_value test_even(struct template_call *call)
{
    struct data_value two = data_integer(2);
    return remainder_is(call, &two, 0);
}

static struct data_value test_divisibleby(struct template_call *call)
{
    return remainder_is(call, &call->arguments[1], 0);
}

/* ---- Comparing -------------------------------------------------------------------------------------------- */

static struct data_value compare(struct template_call *call, enum template_operator op)
{
    bool holds;
    if (!template_compare_values(call->state, op, value_of(call), &call->arguments[1], &holds))
        return template_failed();
    return data_yes_no(holds);
}

static struct data_value test_eq(struct template_call *call)
{
    return compare(call, OPERATOR_EQUAL);
}

static struct data_value test_ne(struct template_call *call)
{
    return compare(call, OPERATOR_UNEQUAL);
}

static struct data_value test_lt(struct template_call *call)
{
    return compare(call, OPERATOR_LESS);
}

static struct data_value test_le(struct template_call *call)
{
    return compare(call, OPERATOR_LESS_EQUAL);
}

static struct data_value test_gt(struct template_call *call)
{
    return compare(call, OPERATOR_GREATER);
}

static struct data_value test_ge(struct template_call *call)
{
    return compare(call, OPERATOR_GREATER_EQUAL);
}

static struct data_value test_in(struct template_call *call)
{
    return compare(call, OPERATOR_IN);
}

/* One and the same: equal values of one kind, lists and maps by where they stand. */
static struct data_value test_sameas(struct template_call *call)
{
    const struct data_value *a = value_of(call), *b = &call->arguments[1];
    if (a->kind != b->kind || a->kind == DATA_UNDEFINED)
        return data_yes_no(false);
    if (a->kind == DATA_LIST)
        return data_yes_no(a->as.list == b->as.list);
    if (a->kind == DATA_MAP)
        return data_yes_no(a->as.map == b->as.map);
    return data_yes_no(template_equal(a, b));
}

#define ROW(name, run, signature, help)                                                            \
    {                                                                                              \
        name, run, signature, help, .role = TEMPLATE_TEST                                          \
    }

static const struct template_function rows[] = {
    ROW("!=", test_ne, "a, b", "the same as ne"),
    ROW("<", test_lt, "a, b", "the same as lt"),
    ROW("<=", test_le, "a, b", "the same as le"),
    ROW("==", test_eq, "a, b", "the same as eq"),
    ROW(">", test_gt, "a, b", "the same as gt"),
    ROW(">=", test_ge, "a, b", "the same as ge"),
    ROW("boolean", test_boolean, "value", "true or false"),
    ROW("callable", test_callable, "value", "a macro or a function"),
    ROW("defined", test_defined, "value", "there is such a variable"),
    ROW("divisibleby", test_divisibleby, "value, num", "num divides it"),
    ROW("eq", test_eq, "a, b", "equal"),
    ROW("equalto", test_eq, "a, b", "the same as eq"),
    ROW("escaped", test_escaped, "value", "safe HTML"),
    ROW("even", test_even, "value", "an even number"),
    ROW("false", test_false, "value", "false itself"),
    ROW("filter", test_filter, "value", "the name of a filter"),
    ROW("float", test_float, "value", "a number with a fraction"),
    ROW("ge", test_ge, "a, b", "at least b"),
    ROW("greaterthan", test_gt, "a, b", "the same as gt"),
    ROW("gt", test_gt, "a, b", "more than b"),
    ROW("in", test_in, "value, seq", "seq holds it"),
    ROW("integer", test_integer, "value", "a whole number"),
    ROW("iterable", test_iterable, "value", "a loop can go through it"),
    ROW("le", test_le, "a, b", "at most b"),
    ROW("lessthan", test_lt, "a, b", "the same as lt"),
    ROW("lower", test_lower, "value", "small letters only"),
    ROW("lt", test_lt, "a, b", "less than b"),
    ROW("mapping", test_mapping, "value", "a map"),
    ROW("ne", test_ne, "a, b", "not equal"),
    ROW("none", test_none, "value", "nothing"),
    ROW("number", test_number, "value", "a number"),
    ROW("odd", test_odd, "value", "an odd number"),
    ROW("sameas", test_sameas, "value, other", "one and the same"),
    ROW("sequence", test_sequence, "value", "it has a length"),
    ROW("string", test_string, "value", "a text"),
    ROW("test", test_test, "value", "the name of a test"),
    ROW("true", test_true, "value", "true itself"),
    ROW("undefined", test_undefined, "value", "there is no such variable"),
    ROW("upper", test_upper, "value", "large letters only"),
};

const struct template_table template_tests = {rows, BASE_COUNT(rows)};
