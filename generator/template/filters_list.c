/* Filters over lists, and over whatever can be gone through. */
#include "template/template_run_inside.h"
#include "unicode/unicode.h"

static bool items_of(struct template_call *call, struct template_items *items)
{
    return template_items_of(call->state, &call->arguments[0], items);
}

static bool path_of(struct template_call *call, size_t index, struct template_path *path)
{
    return template_path_of(call->state, &call->arguments[index], path);
}

/* How texts compare. */
enum reading {
    AS_IT_IS,
    WITHOUT_CASE,
    COLLATED, /* in the language's order; texts that it puts at one place by their bytes */
};

static enum reading reading_with(bool with_case)
{
    return with_case ? AS_IT_IS : WITHOUT_CASE;
}

static struct text collated(struct template_call *call, struct text text)
{
    struct arena *scratch = call->run->scratch;
    struct text key = unicode_sort_key(call->state->set->options->language, scratch, text);
    return arena_format(scratch, "%.*s%c%.*s", TEXT_ARGS(key), 0, TEXT_ARGS(text));
}

/* What stands for the value when it is compared with others. */
static struct data_value compared(
    struct template_call *call, struct data_value value, enum reading reading)
{
    if (!template_is_text(&value) || reading == AS_IT_IS)
        return value;
    bool has_order = reading == COLLATED && call->state->set->options->language;
    value.as.text =
        has_order ? collated(call, value.as.text) : template_lower(call->state, value.as.text);
    return value;
}

/* ---- Ends and lengths ---------------------------------------------------------------------------------- */

static struct data_value filter_first(struct template_call *call)
{
    struct template_items items;
    if (!items_of(call, &items))
        return template_failed();
    return items.count > 0 ? template_item(&items, 0)
                           : template_missing(TEXT("the first of nothing"));
}

static struct data_value filter_last(struct template_call *call)
{
    struct template_items items;
    if (!items_of(call, &items))
        return template_failed();
    if (items.count == 0)
        return template_missing(TEXT("the last of nothing"));
    struct data_value last = template_item(&items, items.count - 1);
    return template_is_text(&call->arguments[0])
               ? template_text_like(&call->arguments[0], last.as.text)
               : last;
}

static struct data_value filter_length(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    int64_t length = template_length(value);
    if (!template_is_testable(call->state, value))
        return template_failed();
    if (length < 0 && value->kind == DATA_NONE && call->state->set->options->absent_is_empty)
        length = 0;
    if (length < 0)
        return template_fail(call, "object of type '%s' has no len()", template_type_name(value));
    return data_integer(length);
}

static struct data_value filter_list(struct template_call *call)
{
    struct data_value list = data_undefined();
    template_list_of(call->state, &call->arguments[0], &list);
    return list;
}

static struct data_value reversed_text(struct template_call *call, const struct data_value *value)
{
    struct template_items items;
    if (!items_of(call, &items))
        return template_failed();
    size_t start = template_begin(call->state);
    for (size_t i = items.count; i > 0; i--)
        buffer_add(call->state->out, template_item(&items, i - 1).as.text);
    return template_text_like(value, template_end(call->state, start));
}

static struct data_value filter_reverse(struct template_call *call)
{
    struct template_items items;
    if (template_is_text(&call->arguments[0]))
        return reversed_text(call, &call->arguments[0]);
    if (!items_of(call, &items))
        return template_failed();
    struct data_value list = template_new_list(call->state);
    for (size_t i = items.count; i > 0; i--)
        template_list_add(call->state, &list, template_item(&items, i - 1));
    return list;
}

/* ---- join and sum ------------------------------------------------------------------------------------------ */

/* The list with the field `index` of each item in place of it, when one is asked for. */
static bool mapped_list(struct template_call *call, size_t index, struct data_value *list)
{
    struct template_path path;
    if (!template_list_of(call->state, &call->arguments[0], list) || !path_of(call, index, &path))
        return false;
    for (size_t i = 0; i < list->as.list->count; i++)
        if (!template_follow(call->state, &path, list->as.list->items[i], &list->as.list->items[i]))
            return false;
    return true;
}

static bool holds_html(const struct data_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].kind == DATA_HTML)
            return true;
    return false;
}

struct data_value template_join(struct template_state *state, const struct data_list *list,
    const struct data_value *separator, bool is_html)
{
    size_t start = template_begin(state);
    struct text between = TEXT(""), text;
    if (!(is_html ? template_escape_value(state, separator, &between)
                  : template_text_value(state, separator, &between)))
        return template_failed();
    for (size_t i = 0; i < list->count; i++) {
        if (!(is_html ? template_escape_value(state, &list->items[i], &text)
                      : template_text_value(state, &list->items[i], &text)))
            return template_failed();
        buffer_add(state->out, i > 0 ? between : TEXT(""));
        buffer_add(state->out, text);
    }
    text = template_end(state, start);
    return is_html ? data_html(text) : data_text(text);
}

static struct data_value filter_join(struct template_call *call)
{
    struct data_value list, separator = data_text(TEXT(""));
    if (!mapped_list(call, 2, &list))
        return template_failed();
    if (template_given(call, 1))
        separator = call->arguments[1];
    bool is_html = call->autoescape && (separator.kind == DATA_HTML || holds_html(list.as.list));
    return template_join(call->state, list.as.list, &separator, is_html);
}

static struct data_value filter_sum(struct template_call *call)
{
    struct data_value list, sum = data_integer(0);
    if (!mapped_list(call, 1, &list))
        return template_failed();
    if (template_given(call, 2))
        sum = call->arguments[2];
    if (template_is_text(&sum))
        return template_fail(call, "'sum' does not add up texts: use 'join'");
    for (size_t i = 0; i < list.as.list->count; i++) {
        struct data_value left = sum;
        if (!template_binary(call->state, OPERATOR_ADD, &left, &list.as.list->items[i], &sum))
            return template_failed();
    }
    return sum;
}

/* ---- Sorting -------------------------------------------------------------------------------------------------- */

/* The key of one item: the field, or a list of fields for "a,b". */
static bool one_key(struct template_call *call, struct template_path *path,
    const struct data_value *item, enum reading reading, struct data_value *key)
{
    if (!template_follow(call->state, path, *item, key))
        return false;
    *key = compared(call, *key, reading);
    return true;
}

/* "a,b" as paths. */
static size_t split_paths(struct template_call *call, const struct data_value *value,
    struct template_path *paths, size_t most)
{
    size_t count = 0;
    if (!template_is_text(value))
        return template_path_of(call->state, value, paths) ? 1 : 0;
    struct text rest = value->as.text;
    for (bool more = true; more && count < most; count++) {
        ptrdiff_t comma = text_find_byte(rest, ',');
        more = comma >= 0;
        struct data_value part = data_text(more ? text_slice(rest, 0, (size_t)comma) : rest);
        if (!template_path_of(call->state, &part, &paths[count]))
            return 0;
        rest = text_slice(rest, part.as.text.length + 1, rest.length);
    }
    return count;
}

enum { MOST_PATHS = 6 };

static bool sort_key(struct template_call *call, struct template_path *paths, size_t count,
    const struct data_value *item, enum reading reading, struct data_value *key)
{
    if (count == 1)
        return one_key(call, &paths[0], item, reading, key);
    *key = template_new_list(call->state);
    for (size_t i = 0; i < count; i++) {
        struct data_value part;
        if (!one_key(call, &paths[i], item, reading, &part))
            return false;
        template_list_add(call->state, key, part);
    }
    return !call->state->has_failed;
}

/* Sorts items by paths; the keys stay in the sorter, in the items' order. */
static bool sort_items(struct template_call *call, const struct template_items *items,
    const struct data_value *by, enum reading reading, struct template_sorter *sorter)
{
    struct template_path paths[MOST_PATHS];
    size_t count = split_paths(call, by, paths, MOST_PATHS);
    if (count == 0 || !template_room(call->state, items->count * sizeof *sorter->keys))
        return false;
    sorter->state = call->state;
    sorter->count = items->count;
    sorter->keys = arena_array(call->run->scratch, items->count, sizeof *sorter->keys);
    for (size_t i = 0; i < items->count; i++) {
        struct data_value item = template_item(items, i);
        if (!sort_key(call, paths, count, &item, reading, &sorter->keys[i]))
            return false;
    }
    return template_sort(sorter);
}

static struct data_value sorted(
    struct template_call *call, const struct data_value *by, enum reading reading)
{
    struct template_items items;
    struct template_sorter sorter = {
        .is_reverse = template_flag(call, 1, false), .may_be_equal = true};
    if (!items_of(call, &items) || !sort_items(call, &items, by, reading, &sorter))
        return template_failed();
    struct data_value list = template_new_list(call->state);
    for (size_t i = 0; i < items.count; i++)
        template_list_add(call->state, &list, template_item(&items, sorter.order[i]));
    return list;
}

static struct data_value filter_sort(struct template_call *call)
{
    return sorted(call, &call->arguments[3], reading_with(template_flag(call, 2, false)));
}

static struct data_value filter_collate(struct template_call *call)
{
    return sorted(call, &call->arguments[2], COLLATED);
}

static struct data_value filter_dictsort(struct template_call *call)
{
    struct template_items pairs;
    struct template_sorter sorter = {.is_reverse = template_flag(call, 3, false)};
    struct text by = template_text(call, 2, TEXT("key"));
    struct data_value list = template_map_pairs(call->state, &call->arguments[0]);
    struct data_value index = data_integer(text_is(by, "value"));
    if (!text_is(by, "key") && !text_is(by, "value"))
        return template_fail(call, "you can only sort by either \"key\" or \"value\"");
    if (call->state->has_failed || !template_items_of(call->state, &list, &pairs) ||
        !sort_items(call, &pairs, &index, reading_with(template_flag(call, 1, false)), &sorter))
        return template_failed();
    struct data_value sorted = template_new_list(call->state);
    for (size_t i = 0; i < pairs.count; i++)
        template_list_add(call->state, &sorted, template_item(&pairs, sorter.order[i]));
    return sorted;
}

static struct data_value least_or_most(struct template_call *call, bool is_most)
{
    struct template_items items;
    struct template_path path;
    struct data_value best = template_missing(TEXT("the least or most of nothing")),
                      best_key = best;
    enum reading reading = reading_with(template_flag(call, 1, false));
    if (!items_of(call, &items) || !path_of(call, 2, &path))
        return template_failed();
    for (size_t i = 0; i < items.count; i++) {
        struct data_value item = template_item(&items, i), key;
        int order = 0;
        if (!one_key(call, &path, &item, reading, &key) ||
            (i > 0 && !template_order(call->state, &key, &best_key, &order)))
            return template_failed();
        if (i == 0 || (is_most ? order > 0 : order < 0)) {
            best = item;
            best_key = key;
        }
    }
    return best;
}

static struct data_value filter_min(struct template_call *call)
{
    return least_or_most(call, false);
}

static struct data_value filter_max(struct template_call *call)
{
    return least_or_most(call, true);
}

/* ---- Groups ----------------------------------------------------------------------------------------------------- */

static struct data_value new_group(
    struct template_call *call, struct data_value key, struct data_value list)
{
    struct data_value group = template_new_pair(call->state, key, list);
    group.points |= MARK_GROUP;
    return group;
}

static struct data_value grouped(struct template_call *call, enum reading reading)
{
    struct template_items items;
    struct template_path path;
    struct template_sorter sorter = {.state = call->state};
    if (!items_of(call, &items) || !path_of(call, 1, &path) ||
        !template_room(call->state, items.count * 2 * sizeof *sorter.keys))
        return template_failed();
    if (template_given(call, 2) && call->arguments[2].kind != DATA_NONE)
        path.fallback = &call->arguments[2];
    struct data_value *shown = arena_array(call->run->scratch, items.count, sizeof *shown);
    sorter.keys = arena_array(call->run->scratch, items.count, sizeof *sorter.keys);
    sorter.count = items.count;
    for (size_t i = 0; i < items.count; i++) {
        struct data_value item = template_item(&items, i);
        if (!template_follow(call->state, &path, item, &shown[i]))
            return template_failed();
        sorter.keys[i] = compared(call, shown[i], reading);
    }
    if (!template_sort(&sorter))
        return template_failed();
    struct data_value groups = template_new_list(call->state), list = data_none();
    for (size_t i = 0; i < items.count; i++) {
        uint32_t at = sorter.order[i];
        if (i == 0 || !template_equal(&sorter.keys[sorter.order[i - 1]], &sorter.keys[at])) {
            list = template_new_list(call->state);
            template_list_add(call->state, &groups, new_group(call, shown[at], list));
        }
        template_list_add(call->state, &list, template_item(&items, at));
    }
    return groups;
}

static struct data_value filter_groupby(struct template_call *call)
{
    return grouped(call, reading_with(template_flag(call, 3, false)));
}

static struct data_value filter_collate_by(struct template_call *call)
{
    return grouped(call, COLLATED);
}

/* NEEDSWORK: compares each item with all kept before; a hash would do for long lists. */
static struct data_value filter_unique(struct template_call *call)
{
    struct template_items items;
    struct template_path path;
    enum reading reading = reading_with(template_flag(call, 1, false));
    if (!items_of(call, &items) || !path_of(call, 2, &path))
        return template_failed();
    struct data_value list = template_new_list(call->state), keys = template_new_list(call->state);
    for (size_t i = 0; i < items.count; i++) {
        struct data_value item = template_item(&items, i), key;
        bool is_seen = false;
        if (!one_key(call, &path, &item, reading, &key) || !template_step(call->state) ||
            !template_is_key(call->state, &key) || !template_is_testable(call->state, &key))
            return template_failed();
        for (size_t seen = 0; seen < keys.as.list->count && !is_seen; seen++)
            is_seen = template_equal(&keys.as.list->items[seen], &key);
        if (is_seen)
            continue;
        template_list_add(call->state, &keys, key);
        template_list_add(call->state, &list, item);
    }
    return list;
}

static bool has_fill(const struct template_call *call)
{
    return template_given(call, 2) && call->arguments[2].kind != DATA_NONE;
}

static struct data_value filter_batch(struct template_call *call)
{
    struct template_items items;
    int64_t count = template_integer(call, 1, 0);
    if (!items_of(call, &items))
        return template_failed();
    if (count < 1 || count > TEMPLATE_MOST_RANGE)
        return template_fail(call, "'batch' can't make lists of %lld items", (long long)count);
    struct data_value batches = template_new_list(call->state), batch = data_none();
    for (size_t i = 0; i < items.count; i++) {
        if (i % (size_t)count == 0) {
            batch = template_new_list(call->state);
            template_list_add(call->state, &batches, batch);
        }
        template_list_add(call->state, &batch, template_item(&items, i));
    }
    while (items.count > 0 && has_fill(call) && (int64_t)batch.as.list->count < count)
        template_list_add(call->state, &batch, call->arguments[2]);
    return batches;
}

static struct data_value filter_slice(struct template_call *call)
{
    struct template_items items;
    int64_t slices = template_integer(call, 1, 0);
    if (!items_of(call, &items))
        return template_failed();
    if (slices < 1 || slices > TEMPLATE_MOST_RANGE)
        return template_fail(call, "'slice' can't make %lld lists", (long long)slices);
    size_t each = items.count / (size_t)slices, more = items.count % (size_t)slices, at = 0;
    struct data_value lists = template_new_list(call->state);
    for (size_t i = 0; i < (size_t)slices; i++) {
        struct data_value list = template_new_list(call->state);
        size_t count = each + (i < more);
        for (size_t end = at + count; at < end; at++)
            template_list_add(call->state, &list, template_item(&items, at));
        if (has_fill(call) && i >= more)
            template_list_add(call->state, &list, call->arguments[2]);
        template_list_add(call->state, &lists, list);
    }
    return lists;
}

/* ---- map, select and reject ---------------------------------------------------------------------------------------- */

/* Here nothing, 0 and false count as an empty list, as in Jinja2. */
static bool items_if_any(struct template_call *call, struct template_items *items)
{
    *items = (struct template_items){0};
    if (!template_is_testable(call->state, &call->arguments[0]))
        return false;
    return !template_truth(&call->arguments[0]) || items_of(call, items);
}

static const struct data_value *find_named(const struct template_call *call, const char *name)
{
    for (size_t i = 0; i < call->named_count; i++)
        if (text_is(call->named[i].name, name))
            return &call->named[i].value;
    return NULL;
}

static struct data_value map_attribute(
    struct template_call *call, const struct template_items *items)
{
    struct template_path path;
    const struct data_value *fallback = find_named(call, "default");
    if (!template_path_of(call->state, find_named(call, "attribute"), &path))
        return template_failed();
    if (fallback && fallback->kind != DATA_NONE)
        path.fallback = fallback;
    struct data_value list = template_new_list(call->state);
    for (size_t i = 0; i < items->count; i++) {
        struct data_value value;
        if (!template_follow(call->state, &path, template_item(items, i), &value))
            return template_failed();
        template_list_add(call->state, &list, value);
    }
    return list;
}

/* A filter or test that is named while rendering, applied to each item with the arguments that follow
 * its name. */
struct applied {
    const struct template_row *row;
    struct template_given given;
};

static bool find_applied(
    struct template_call *call, size_t at, enum template_role role, struct applied *applied)
{
    const struct data_value *name = &call->rest[at];
    *applied = (struct applied){0};
    if (!template_is_text(name)) {
        template_fail(call, "'%s' wants the name of a %s", call->row->function->name,
            role == TEMPLATE_FILTER ? "filter" : "test");
        return false;
    }
    applied->row = role == TEMPLATE_FILTER ? template_find_filter(call->state->set, name->as.text)
                                           : template_find_test(call->state->set, name->as.text);
    if (!applied->row) {
        template_fail(call, "no %s named '%.*s'", role == TEMPLATE_FILTER ? "filter" : "test",
            TEXT_ARGS(name->as.text));
        return false;
    }
    size_t count = call->rest_count - at;
    applied->given.positional =
        arena_array(call->run->scratch, count, sizeof *applied->given.positional);
    memcpy(applied->given.positional, call->rest + at, count * sizeof *call->rest);
    applied->given.count = count;
    applied->given.named = call->named;
    applied->given.named_count = call->named_count;
    return true;
}

/* The item stands where the name stood. */
static bool apply(struct template_call *call, struct applied *applied,
    const struct data_value *item, struct data_value *into)
{
    applied->given.positional[0] = *item;
    return template_call_row(call->state, applied->row, &applied->given, into);
}

static struct data_value filter_map(struct template_call *call)
{
    struct template_items items;
    struct applied applied;
    if (!items_if_any(call, &items))
        return template_failed();
    if (call->rest_count == 0 && find_named(call, "attribute"))
        return map_attribute(call, &items);
    if (call->rest_count == 0)
        return template_fail(call, "map requires a filter argument");
    if (!find_applied(call, 0, TEMPLATE_FILTER, &applied))
        return template_failed();
    struct data_value list = template_new_list(call->state);
    for (size_t i = 0; i < items.count; i++) {
        struct data_value item = template_item(&items, i), value;
        if (!apply(call, &applied, &item, &value))
            return template_failed();
        template_list_add(call->state, &list, value);
    }
    return list;
}

static bool passes(struct template_call *call, struct applied *applied,
    const struct data_value *value, bool *does_pass)
{
    struct data_value answer = *value;
    if (applied->row && !apply(call, applied, value, &answer))
        return false;
    *does_pass = template_truth(&answer);
    return template_is_testable(call->state, &answer);
}

static struct data_value select_items(struct template_call *call, bool by_attribute, bool wanted)
{
    struct template_items items;
    struct template_path path = {0};
    struct applied applied = {0};
    size_t at = by_attribute ? 1 : 0;
    if (!items_if_any(call, &items))
        return template_failed();
    if (by_attribute && call->rest_count == 0)
        return template_fail(call, "missing parameter for attribute name");
    if (by_attribute && !template_path_of(call->state, &call->rest[0], &path))
        return template_failed();
    if (call->rest_count > at && !find_applied(call, at, TEMPLATE_TEST, &applied))
        return template_failed();
    struct data_value list = template_new_list(call->state);
    for (size_t i = 0; i < items.count; i++) {
        struct data_value item = template_item(&items, i), value;
        bool does_pass;
        if (!template_follow(call->state, &path, item, &value) ||
            !passes(call, &applied, &value, &does_pass))
            return template_failed();
        if (does_pass == wanted)
            template_list_add(call->state, &list, item);
    }
    return list;
}

static struct data_value filter_select(struct template_call *call)
{
    return select_items(call, false, true);
}

static struct data_value filter_reject(struct template_call *call)
{
    return select_items(call, false, false);
}

static struct data_value filter_selectattr(struct template_call *call)
{
    return select_items(call, true, true);
}

static struct data_value filter_rejectattr(struct template_call *call)
{
    return select_items(call, true, false);
}

static struct data_value filter_items(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    if (value->kind == DATA_UNDEFINED)
        return template_new_list(call->state);
    if (value->kind != DATA_MAP)
        return template_fail(call, "can only get item pairs from a mapping");
    return template_map_pairs(call->state, value);
}

static const struct template_function rows[] = {
    {"batch", filter_batch, "value, linecount, fill_with=none", "lists of so many items each",
        .role = TEMPLATE_FILTER},
    {"collate", filter_collate, "value, reverse=false, attribute=none",
        "in the order of the blog's language", .role = TEMPLATE_FILTER},
    {"collate_by", filter_collate_by, "value, attribute, default=none",
        "like groupby, in the order of the blog's language", .role = TEMPLATE_FILTER},
    {"count", filter_length, "obj", "the same as length", .role = TEMPLATE_FILTER},
    {"dictsort", filter_dictsort, "value, case_sensitive=false, by='key', reverse=false",
        "a map as pairs, in order", .role = TEMPLATE_FILTER},
    {"first", filter_first, "seq", "the first item", .role = TEMPLATE_FILTER},
    {"groupby", filter_groupby, "value, attribute, default=none, case_sensitive=false",
        "pairs of a field's value and the items that have it", .role = TEMPLATE_FILTER},
    {"items", filter_items, "value", "a map as pairs", .role = TEMPLATE_FILTER},
    {"join", filter_join, "value, d='', attribute=none", "one text of all, with d between",
        .role = TEMPLATE_FILTER},
    {"last", filter_last, "seq", "the last item", .role = TEMPLATE_FILTER},
    {"length", filter_length, "obj", "how many items or letters", .role = TEMPLATE_FILTER},
    {"list", filter_list, "value", "the items as a list", .role = TEMPLATE_FILTER},
    {"map", filter_map, "value, *args, **kwargs", "a field or a filter of each item",
        .role = TEMPLATE_FILTER},
    {"max", filter_max, "value, case_sensitive=false, attribute=none", "the largest item",
        .role = TEMPLATE_FILTER},
    {"min", filter_min, "value, case_sensitive=false, attribute=none", "the smallest item",
        .role = TEMPLATE_FILTER},
    {"reject", filter_reject, "value, *args, **kwargs", "items that fail the test",
        .role = TEMPLATE_FILTER},
    {"rejectattr", filter_rejectattr, "value, *args, **kwargs", "items whose field fails the test",
        .role = TEMPLATE_FILTER},
    {"reverse", filter_reverse, "value", "from the last to the first", .role = TEMPLATE_FILTER},
    {"select", filter_select, "value, *args, **kwargs", "items that pass the test",
        .role = TEMPLATE_FILTER},
    {"selectattr", filter_selectattr, "value, *args, **kwargs", "items whose field passes the test",
        .role = TEMPLATE_FILTER},
    {"slice", filter_slice, "value, slices, fill_with=none", "so many lists of about equal length",
        .role = TEMPLATE_FILTER},
    {"sort", filter_sort, "value, reverse=false, case_sensitive=false, attribute=none",
        "in order, by one or more fields", .role = TEMPLATE_FILTER},
    {"sum", filter_sum, "iterable, attribute=none, start=0", "all items added up",
        .role = TEMPLATE_FILTER},
    {"unique", filter_unique, "value, case_sensitive=false, attribute=none",
        "each item once, in the order of first appearance", .role = TEMPLATE_FILTER},
};

const struct template_table template_list_filters = {rows, BASE_COUNT(rows)};
