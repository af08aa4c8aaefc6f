/* Going through values, and reaching into them: items, attributes, indexes, slices, paths. */
#include "template/template_run_inside.h"

/* ---- Items ------------------------------------------------------------------------------------------- */

/* A text as its letters. */
static bool letters_of(
    struct template_state *state, const struct data_value *value, struct template_items *items)
{
    struct text text = value->as.text;
    size_t count = text_count_points(text), at = 0;
    if (!template_room(state, count * sizeof(struct data_value)))
        return false;
    struct data_value *letters = arena_array(state->run->scratch, count, sizeof *letters);
    for (size_t i = 0; i < count && at < text.length; i++) {
        size_t from = at;
        text_next_point(text, &at);
        letters[i] = data_text(text_slice(text, from, at)); /* not safe by themselves */
    }
    *items = (struct template_items){.values = letters, .count = count};
    return true;
}

bool template_items_of(
    struct template_state *state, const struct data_value *value, struct template_items *items)
{
    *items = (struct template_items){.of = *value};
    switch (value->kind) {
    case DATA_LIST:
        items->values = value->as.list->items;
        items->count = value->as.list->count;
        return true;
    case DATA_MAP:
    case DATA_ARRAY: items->count = data_count(value); return true;
    case DATA_TEXT:
    case DATA_HTML: return letters_of(state, value, items);
    case DATA_UNDEFINED: return template_is_testable(state, value);
    case DATA_NONE:
        if (state->set->options->absent_is_empty)
            return true;
        break;
    default: break;
    }
    if (template_is_opaque(value, &template_tag_range)) {
        items->count = ((const struct template_range *)value->as.opaque.at)->count;
        return true;
    }
    return template_stop(state, "'%s' object is not iterable", template_type_name(value));
}

struct data_value template_item(const struct template_items *items, size_t index)
{
    if (items->values)
        return items->values[index];
    if (items->of.kind == DATA_MAP)
        return items->of.as.map->entries[index].key;
    if (items->of.kind == DATA_ARRAY)
        return data_item(&items->of, index);
    const struct template_range *range = items->of.as.opaque.at;
    return data_integer(range->start + (int64_t)index * range->step);
}

bool template_list_of(
    struct template_state *state, const struct data_value *value, struct data_value *list)
{
    struct template_items items;
    if (!template_items_of(state, value, &items))
        return false;
    *list = template_new_list(state);
    for (size_t i = 0; i < items.count; i++)
        template_list_add(state, list, template_item(&items, i));
    return !state->has_failed;
}

int64_t template_length(const struct data_value *value)
{
    switch (value->kind) {
    case DATA_UNDEFINED: return 0;
    case DATA_TEXT:
    case DATA_HTML:
    case DATA_LIST:
    case DATA_MAP:
    case DATA_ARRAY: return (int64_t)data_count(value);
    default: break;
    }
    if (template_is_opaque(value, &template_tag_range))
        return (int64_t)((const struct template_range *)value->as.opaque.at)->count;
    return -1;
}

/* ---- Attributes ----------------------------------------------------------------------------------------- */

static struct data_value loop_item(
    const struct template_loop *loop, size_t index, const char *which)
{
    if (index < loop->items.count)
        return template_item(&loop->items, index);
    return template_missing(text_of(which));
}

struct data_value template_loop_value(struct template_loop *loop, enum template_loop_member member)
{
    int64_t index = (int64_t)loop->index, count = (int64_t)loop->items.count;
    switch (member) {
    case LOOP_INDEX: return data_integer(index + 1);
    case LOOP_INDEX0: return data_integer(index);
    case LOOP_REVINDEX: return data_integer(count - index);
    case LOOP_REVINDEX0: return data_integer(count - index - 1);
    case LOOP_FIRST: return data_yes_no(index == 0);
    case LOOP_LAST: return data_yes_no(index + 1 == count);
    case LOOP_LENGTH: return data_integer(count);
    case LOOP_DEPTH: return data_integer(loop->depth);
    case LOOP_DEPTH0: return data_integer(loop->depth - 1);
    case LOOP_PREVITEM: return loop_item(loop, loop->index - 1, "the item before the first");
    case LOOP_NEXTITEM: return loop_item(loop, loop->index + 1, "the item behind the last");
    case LOOP_CYCLE: return template_opaque(&template_tag_loop_cycle, loop);
    case LOOP_CHANGED: return template_opaque(&template_tag_loop_changed, loop);
    case LOOP_NONE:
    case LOOP_MEMBERS: break;
    }
    return data_undefined();
}

/* A field of a type that no declared variable leads to. */
static struct data_value other_field(
    struct template_state *state, const struct data_value *value, const struct template_name *name)
{
    struct data_value found = data_get(value, name->text, state->run);
    return found.kind == DATA_UNDEFINED ? template_missing(name->text) : found;
}

static struct data_value bound_method(
    struct template_state *state, const struct data_value *of, const struct template_row *row)
{
    struct template_method_value *method = arena_alloc(state->run->scratch, sizeof *method);
    method->of = *of;
    method->row = row;
    return template_opaque(&template_tag_method, method);
}

static struct data_value map_value(const struct data_value *map, const struct template_name *name)
{
    const struct data_value *found = data_map_get_text(map->as.map, name->text);
    return found ? *found : template_missing(name->text);
}

static struct data_value group_member(
    const struct data_value *group, const struct template_name *name)
{
    if (text_is(name->text, "grouper"))
        return group->as.list->items[0];
    if (text_is(name->text, "list"))
        return group->as.list->items[1];
    return template_missing(name->text);
}

static struct data_value date_part(struct data_date date, const struct template_name *name)
{
    const struct {
        const char *name;
        int64_t value;
    } parts[] = {{"year", date.year}, {"month", date.month}, {"day", date.day}, {"hour", date.hour},
        {"minute", date.minute}, {"second", date.second}};
    for (size_t i = 0; i < BASE_COUNT(parts); i++)
        if (text_is(name->text, parts[i].name))
            return data_integer(parts[i].value);
    return template_missing(name->text);
}

static struct data_value block_of_self(struct template_state *state,
    struct template_context *context, const struct template_name *name)
{
    if (template_find_block(context, name, 0) == context->blocks->chain_count)
        return template_missing(name->text);
    struct template_block_value *block = arena_alloc(state->run->scratch, sizeof *block);
    *block = (struct template_block_value){context, name, 0};
    return template_opaque(&template_tag_block, block);
}

/* super.super */
static struct data_value block_above(struct template_state *state,
    const struct template_block_value *below, const struct template_name *name)
{
    if (!text_is(name->text, "super"))
        return template_missing(name->text);
    struct template_block_value *block = arena_alloc(state->run->scratch, sizeof *block);
    *block = *below;
    block->from = template_find_block(below->context, below->name, below->from) + 1;
    return template_opaque(&template_tag_super, block);
}

static struct data_value macro_member(struct template_state *state,
    const struct template_macro *macro, const struct template_name *name)
{
    if (text_is(name->text, "name"))
        return macro->name ? data_text(macro->name->text) : data_none();
    if (text_is(name->text, "catch_kwargs"))
        return data_yes_no(macro->takes_named);
    if (text_is(name->text, "catch_varargs"))
        return data_yes_no(macro->takes_rest);
    if (text_is(name->text, "caller"))
        return data_yes_no(macro->takes_caller);
    if (!text_is(name->text, "arguments"))
        return template_missing(name->text);
    struct data_value list = template_new_list(state);
    list.points = MARK_TUPLE;
    for (size_t i = 0; i < macro->count; i++)
        template_list_add(state, &list, data_text(macro->parameters[i]->text));
    return list;
}

static struct data_value opaque_attribute(
    struct template_state *state, const struct data_value *of, const struct template_name *name)
{
    const struct template_tag *tag = of->as.opaque.tag;
    void *at = of->as.opaque.at;
    if (tag == &template_tag_loop)
        return name->loop_member ? template_loop_value(at, name->loop_member)
                                 : template_missing(name->text);
    if (tag == &template_tag_namespace)
        return map_value(&((struct template_namespace *)at)->map, name);
    if (tag == &template_tag_module) {
        const struct data_value *found =
            template_exported(((struct template_module_value *)at)->context, name);
        return found ? *found : template_missing(name->text);
    }
    if (tag == &template_tag_self)
        return block_of_self(state, at, name);
    if (tag == &template_tag_super)
        return block_above(state, at, name);
    if (tag == &template_tag_macro)
        return macro_member(state, ((struct template_macro_value *)at)->macro, name);
    if (tag == &template_tag_cycler)
        return template_cycler_member(state, of, name->text);
    if (tag == &template_tag_range && name->methods[TEMPLATE_OF_LIST])
        return bound_method(state, of, name->methods[TEMPLATE_OF_LIST]);
    return template_missing(name->text);
}

/* A method comes before a key of the same name, as Python has it: map.items is the method. */
static struct data_value method_or(struct template_state *state, const struct data_value *of,
    const struct template_name *name, enum template_receiver receiver)
{
    const struct template_row *row = name->methods[receiver];
    if (row)
        return bound_method(state, of, row);
    if (receiver == TEMPLATE_OF_MAP)
        return map_value(of, name);
    if (of->kind == DATA_LIST && of->line == 0 && (of->points & MARK_GROUP))
        return group_member(of, name);
    return template_missing(name->text);
}

/* Of all but the things that declared variables lead to. */
__attribute__((noinline)) static struct data_value other_attribute(
    struct template_state *state, const struct data_value *of, const struct template_name *name)
{
    switch (of->kind) {
    case DATA_THING: return other_field(state, of, name);
    case DATA_MAP: return method_or(state, of, name, TEMPLATE_OF_MAP);
    case DATA_TEXT:
    case DATA_HTML: return method_or(state, of, name, TEMPLATE_OF_TEXT);
    case DATA_LIST:
    case DATA_ARRAY: return method_or(state, of, name, TEMPLATE_OF_LIST);
    case DATA_DATE: return date_part(of->as.date, name);
    case DATA_OPAQUE: return opaque_attribute(state, of, name);
    case DATA_UNDEFINED:
        template_stop(state, "'%.*s' is undefined: it has no field '%.*s'",
            of->as.text.at ? (int)of->as.text.length : 5, of->as.text.at ? of->as.text.at : "value",
            TEXT_ARGS(name->text));
        return data_undefined();
    default: return template_missing(name->text);
    }
}

bool template_attribute(struct template_state *state, const struct data_value *of,
    const struct template_name *name, struct data_value *into)
{
    const struct template_reach *reach =
        of->kind == DATA_THING ? template_find_reach(name, of->as.thing.type) : NULL;
    if (reach)
        data_read(&reach->access, of->as.thing.at, state->run, into);
    else
        *into = other_attribute(state, of, name);
    return !state->has_failed;
}

/* ---- Indexes ------------------------------------------------------------------------------------------------ */

/* An attribute whose name is only known now. */
static bool attribute_by_text(struct template_state *state, const struct data_value *of,
    struct text text, struct data_value *into)
{
    const struct template_name *known = template_find_name(state->set, text);
    static const struct template_reach none = {0};
    struct template_name name = {.text = text, .global = -1, .reaches = &none};
    if (known)
        return template_attribute(state, of, known, into);
    for (int i = 0; i < TEMPLATE_RECEIVERS; i++)
        name.methods[i] = map_get(&state->set->methods[i], text);
    return template_attribute(state, of, &name, into);
}

static bool index_by_integer(struct template_state *state, const struct data_value *of,
    int64_t index, struct data_value *into)
{
    struct template_items items;
    int64_t count = template_length(of);
    *into = template_missing(TEXT("the item"));
    if (count < 0)
        return true;
    if (index < 0)
        index += count;
    if (index < 0 || index >= count)
        return true;
    if (template_is_text(of)) {
        *into = template_text_like(
            of, template_slice_points(of->as.text, (size_t)index, (size_t)index + 1));
        return true;
    }
    if (!template_items_of(state, of, &items))
        return false;
    *into = template_item(&items, (size_t)index);
    return true;
}

bool template_index(struct template_state *state, const struct data_value *of,
    const struct data_value *index, struct data_value *into)
{
    int64_t number;
    if (!template_is_usable(state, of))
        return false;
    if (of->kind == DATA_MAP) {
        if (!template_is_testable(state, index))
            return false;
        const struct data_value *found = data_map_get(of->as.map, *index);
        if (found) {
            *into = *found;
            return true;
        }
    } else if (template_as_integer(index, &number)) {
        return index_by_integer(state, of, number, into);
    }
    if (template_is_text(index))
        return attribute_by_text(state, of, index->as.text, into);
    *into = template_missing(TEXT("the item"));
    return true;
}

/* ---- Slices --------------------------------------------------------------------------------------------------- */

/* Python's rules: bounds count from the end when negative, and are clamped. */
static int64_t clamp(int64_t bound, int64_t count, int64_t least, int64_t most)
{
    if (bound < 0)
        bound += count;
    return bound < least ? least : bound > most ? most : bound;
}

static bool read_bound(
    struct template_state *state, const struct data_value *value, int64_t fallback, int64_t *bound)
{
    *bound = fallback;
    if (value->kind == DATA_NONE || template_as_integer(value, bound))
        return true;
    return template_stop(
        state, "slice indices must be integers or none, not '%s'", template_type_name(value));
}

static bool slice_text(struct template_state *state, const struct data_value *of,
    const struct data_value *list, struct data_value *into)
{
    size_t start = template_begin(state);
    for (size_t i = 0; i < list->as.list->count; i++)
        buffer_add(state->out, list->as.list->items[i].as.text);
    *into = template_text_like(of, template_end(state, start));
    return !state->has_failed;
}

static bool slice_range(struct template_state *state, const struct template_range *of, int64_t from,
    int64_t to, int64_t step, struct data_value *into)
{
    struct template_range *range = arena_alloc(state->run->scratch, sizeof *range);
    int64_t distance = step > 0 ? to - from : from - to, stride = step > 0 ? step : -step;
    range->start = of->start + from * of->step;
    range->stop = of->start + to * of->step;
    range->step = of->step * step;
    range->count = distance > 0 ? (size_t)((distance - 1) / stride + 1) : 0;
    *into = template_opaque(&template_tag_range, range);
    return true;
}

static bool can_slice(const struct data_value *value)
{
    return value->kind == DATA_LIST || value->kind == DATA_ARRAY || template_is_text(value) ||
           template_is_opaque(value, &template_tag_range);
}

bool template_slice(struct template_state *state, const struct data_value *of,
    const struct data_value bounds[3], struct data_value *into)
{
    struct template_items items;
    int64_t from, to, step, count;
    if (!template_is_usable(state, of))
        return false;
    if (!can_slice(of))
        return template_stop(state, "'%s' object can't be sliced", template_type_name(of));
    if (!template_items_of(state, of, &items) || !read_bound(state, &bounds[2], 1, &step))
        return false;
    count = (int64_t)items.count;
    if (step == 0)
        return template_stop(state, "slice step cannot be zero");
    bool back = step < 0;
    if (!read_bound(state, &bounds[0], back ? count - 1 : 0, &from) ||
        !read_bound(state, &bounds[1], back ? -count - 1 : count, &to))
        return false;
    from = clamp(from, count, back ? -1 : 0, back ? count - 1 : count);
    to = clamp(to, count, back ? -1 : 0, back ? count - 1 : count);
    if (of->kind == DATA_OPAQUE)
        return slice_range(state, of->as.opaque.at, from, to, step, into);
    if (template_is_text(of) && step == 1) {
        *into = template_text_like(
            of, template_slice_points(of->as.text, (size_t)from, (size_t)(to < from ? from : to)));
        return true;
    }
    struct data_value list = template_new_list(state);
    if (template_is_tuple(of))
        list.points = MARK_TUPLE;
    if (step > count || step < -count)
        step = back ? -count - 1 : count + 1;
    for (int64_t i = from; back ? i > to : i < to; i += step)
        template_list_add(state, &list, template_item(&items, (size_t)i));
    *into = list;
    return template_is_text(of) ? slice_text(state, of, &list, into) : !state->has_failed;
}

/* ---- Paths ------------------------------------------------------------------------------------------------------- */

static bool is_number_text(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return text.length > 0 && text.length < 10;
}

static struct data_value path_key(struct text part)
{
    int64_t number = 0;
    if (!is_number_text(part))
        return data_text(part);
    for (size_t i = 0; i < part.length; i++)
        number = number * 10 + (part.at[i] - '0');
    return data_integer(number);
}

bool template_path_of(
    struct template_state *state, const struct data_value *value, struct template_path *path)
{
    *path = (struct template_path){0};
    if (value->kind == DATA_NONE || value->kind == TEMPLATE_UNSET)
        return true;
    if (!template_is_text(value)) {
        path->parts[path->count++].key = *value;
        return true;
    }
    struct text rest = value->as.text;
    for (bool more = true; more;) {
        if (path->count == BASE_COUNT(path->parts))
            return template_stop(state, "'%.*s' has too many parts", TEXT_ARGS(value->as.text));
        ptrdiff_t dot = text_find_byte(rest, '.');
        more = dot >= 0;
        struct text part = more ? text_slice(rest, 0, (size_t)dot) : rest;
        path->parts[path->count++].key = path_key(part);
        rest = text_slice(rest, part.length + 1, rest.length);
    }
    return true;
}

static bool follow_part(struct template_state *state, struct template_path_part *part,
    const struct data_value *of, struct data_value *into)
{
    if (of->kind != DATA_THING || part->key.kind != DATA_TEXT)
        return template_index(state, of, &part->key, into);
    const struct data_type *type = of->as.thing.type;
    if (part->type != type) {
        part->type = type;
        part->access = data_resolve(type, part->key.as.text);
    }
    if (part->access.field)
        data_read(&part->access, of->as.thing.at, state->run, into);
    else
        *into = template_missing(part->key.as.text);
    return true;
}

bool template_follow(struct template_state *state, struct template_path *path, struct data_value of,
    struct data_value *into)
{
    for (size_t i = 0; i < path->count; i++) {
        struct data_value next;
        if (!follow_part(state, &path->parts[i], &of, &next))
            return false;
        of = next.kind == DATA_UNDEFINED && path->fallback ? *path->fallback : next;
    }
    *into = of;
    return true;
}
