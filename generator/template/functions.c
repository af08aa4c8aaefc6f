/* Functions that every template may call: range, dict, namespace, cycler, joiner. */
#include "template/template_run_inside.h"

/* ---- range ---------------------------------------------------------------------------------------------- */

/* How many numbers there are from start to stop by step. */
static uint64_t range_count(int64_t start, int64_t stop, int64_t step)
{
    uint64_t distance =
        step > 0 ? (uint64_t)stop - (uint64_t)start : (uint64_t)start - (uint64_t)stop;
    uint64_t stride = step > 0 ? (uint64_t)step : -(uint64_t)step;
    if (step > 0 ? start >= stop : start <= stop)
        return 0;
    return (distance - 1) / stride + 1;
}

static bool integer_argument(
    struct template_call *call, const struct data_value *value, int64_t *integer)
{
    if (template_as_integer(value, integer))
        return true;
    if (template_is_usable(call->state, value))
        template_fail(
            call, "'%s' object cannot be interpreted as an integer", template_type_name(value));
    return false;
}

static struct data_value function_range(struct template_call *call)
{
    int64_t bounds[3] = {0, 0, 1};
    if (call->rest_count < 1 || call->rest_count > 3)
        return template_fail(call, "'range' takes 1 to 3 numbers, not %zu", call->rest_count);
    for (size_t i = 0; i < call->rest_count; i++)
        if (!integer_argument(call, &call->rest[i], &bounds[call->rest_count == 1 ? 1 : i]))
            return template_failed();
    if (bounds[2] == 0)
        return template_fail(call, "'range' can't go by steps of 0");
    uint64_t count = range_count(bounds[0], bounds[1], bounds[2]);
    if (count > TEMPLATE_MOST_RANGE)
        return template_fail(call, "range of more than %d numbers", TEMPLATE_MOST_RANGE);
    struct template_range *range = arena_alloc(call->run->scratch, sizeof *range);
    *range = (struct template_range){bounds[0], bounds[2], (size_t)count, bounds[1]};
    return template_opaque(&template_tag_range, range);
}

/* ---- dict and namespace ------------------------------------------------------------------------------------ */

static bool put_pairs(
    struct template_call *call, struct data_value *map, const struct data_value *pairs)
{
    struct template_items items, pair;
    if (!template_is_usable(call->state, pairs) || !template_items_of(call->state, pairs, &items))
        return false;
    for (size_t i = 0; i < items.count; i++) {
        struct data_value item = template_item(&items, i);
        if (!template_items_of(call->state, &item, &pair))
            return false;
        if (pair.count != 2) {
            template_fail(call, "a map is made of pairs, here are %zu values", pair.count);
            return false;
        }
        template_map_put(call->state, map, template_item(&pair, 0), template_item(&pair, 1));
    }
    return true;
}

bool template_map_update(
    struct template_call *call, struct data_value *map, const struct data_value *from)
{
    if (from && from->kind != DATA_MAP && !put_pairs(call, map, from))
        return false;
    for (size_t i = 0; from && from->kind == DATA_MAP && i < from->as.map->count; i++)
        template_map_put(
            call->state, map, from->as.map->entries[i].key, from->as.map->entries[i].value);
    for (size_t i = 0; i < call->named_count; i++)
        template_map_put(call->state, map, data_text(call->named[i].name), call->named[i].value);
    return !call->state->has_failed;
}

static struct data_value function_dict(struct template_call *call)
{
    struct data_value map = template_new_map(call->state);
    template_map_update(call, &map, template_given(call, 0) ? &call->arguments[0] : NULL);
    return map;
}

static struct data_value function_namespace(struct template_call *call)
{
    struct template_namespace *members = arena_alloc(call->run->scratch, sizeof *members);
    members->map = function_dict(call);
    return template_opaque(&template_tag_namespace, members);
}

/* ---- cycler and joiner ------------------------------------------------------------------------------------------ */

static struct data_value new_turns(struct template_call *call, const struct template_tag *tag,
    const struct data_value *items, size_t count)
{
    struct template_turns *turns = arena_alloc(call->run->scratch, sizeof *turns);
    turns->items = arena_array(call->run->scratch, count, sizeof *turns->items);
    memcpy(turns->items, items, count * sizeof *items);
    turns->count = count;
    return template_opaque(tag, turns);
}

static struct data_value function_cycler(struct template_call *call)
{
    if (call->rest_count == 0)
        return template_fail(call, "at least one item has to be provided");
    return new_turns(call, &template_tag_cycler, call->rest, call->rest_count);
}

static struct data_value function_joiner(struct template_call *call)
{
    struct data_value separator = data_text(TEXT(", "));
    if (template_given(call, 0))
        separator = call->arguments[0];
    return new_turns(call, &template_tag_joiner, &separator, 1);
}

static struct template_turns *turns_of(const struct template_call *call)
{
    return call->arguments[0].as.opaque.at;
}

static struct data_value cycler_next(struct template_call *call)
{
    struct template_turns *turns = turns_of(call);
    struct data_value item = turns->items[turns->at];
    turns->at = (turns->at + 1) % turns->count;
    return item;
}

static struct data_value cycler_reset(struct template_call *call)
{
    turns_of(call)->at = 0;
    return data_none();
}

static const struct template_name self_name = {.text = {"self", 4}, .global = -1};
static const struct template_parameter self_parameter[] = {{&self_name, true}};
static const struct template_function cycler_functions[] = {
    {.name = "next", .run = cycler_next, .signature = "self"},
    {.name = "reset", .run = cycler_reset, .signature = "self"},
};
static const struct template_row cycler_rows[] = {
    {.function = &cycler_functions[0], .parameters = self_parameter, .count = 1},
    {.function = &cycler_functions[1], .parameters = self_parameter, .count = 1},
};

struct data_value template_cycler_member(
    struct template_state *state, const struct data_value *cycler, struct text name)
{
    const struct template_turns *turns = cycler->as.opaque.at;
    if (text_is(name, "current"))
        return turns->items[turns->at];
    for (size_t i = 0; i < BASE_COUNT(cycler_rows); i++) {
        if (!text_is(name, cycler_functions[i].name))
            continue;
        struct template_method_value *method = arena_alloc(state->run->scratch, sizeof *method);
        *method = (struct template_method_value){*cycler, &cycler_rows[i]};
        return template_opaque(&template_tag_method, method);
    }
    return template_missing(name);
}

static const struct template_function rows[] = {
    {.name = "cycler",
        .run = function_cycler,
        .takes_absent = true,
        .signature = "*items",
        .help = "gives its items in turn: .next(), .current, .reset()"},
    {.name = "dict",
        .run = function_dict,
        .takes_absent = true,
        .signature = "pairs=none, **kwargs",
        .help = "a map: dict(a=1)"},
    {.name = "joiner",
        .run = function_joiner,
        .takes_absent = true,
        .signature = "sep=', '",
        .help = "nothing at the first call, then the separator"},
    {.name = "namespace",
        .run = function_namespace,
        .takes_absent = true,
        .signature = "pairs=none, **kwargs",
        .help = "a place for variables that a loop may change"},
    {.name = "range",
        .run = function_range,
        .signature = "*numbers",
        .help = "range(stop), range(start, stop), range(start, stop, step)"},
};

const struct template_table template_globals = {rows, BASE_COUNT(rows)};
