/* Methods of texts, maps and lists that templates commonly use; they behave as Python's. */
#include "template/template_run_inside.h"
#include "unicode/unicode.h"

static const struct data_value *self_of(const struct template_call *call)
{
    return &call->arguments[0];
}

static struct text text_of_self(const struct template_call *call)
{
    return call->arguments[0].as.text;
}

static struct data_value like_self(const struct template_call *call, struct text text)
{
    return template_text_like(self_of(call), text);
}

/* A text among the arguments, escaped where the method is one of HTML, as MarkupSafe does. */
static struct text escaped_text(struct template_call *call, size_t index, struct text fallback)
{
    bool escapes = self_of(call)->kind == DATA_HTML && template_is_text(&call->arguments[index]);
    return escapes ? template_escaped(call, &call->arguments[index])
                   : template_text(call, index, fallback);
}

/* ---- Letter case ---------------------------------------------------------------------------------------- */

static struct data_value text_upper(struct template_call *call)
{
    return like_self(call, template_upper(call->state, text_of_self(call)));
}

static struct data_value text_lower(struct template_call *call)
{
    return like_self(call, template_lower(call->state, text_of_self(call)));
}

/* MarkupSafe has no casefold of its own, nor a removeprefix: what they give is no HTML. */
static struct data_value text_casefold(struct template_call *call)
{
    return data_text(unicode_fold(call->state->run->scratch, text_of_self(call)));
}

static struct data_value text_title(struct template_call *call)
{
    return like_self(call, template_title(call->state, text_of_self(call)));
}

static struct data_value text_capitalize(struct template_call *call)
{
    return like_self(call, template_capitalize(call->state, text_of_self(call)));
}

static struct data_value text_swapcase(struct template_call *call)
{
    struct text text = text_of_self(call);
    size_t start = template_begin(call->state);
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        uint32_t point = text_next_point(text, &at);
        struct text letter = text_slice(text, from, at);
        if (unicode_is_upper(point))
            letter = unicode_lower_at(call->state->run->scratch, text, from);
        else if (unicode_is_lower(point))
            letter = template_upper(call->state, letter);
        buffer_add(call->state->out, letter);
    }
    return like_self(call, template_end(call->state, start));
}

/* ---- Stripping and filling -------------------------------------------------------------------------------- */

static struct data_value strip(struct template_call *call, bool left, bool right)
{
    struct text chars = escaped_text(call, 1, TEXT_NONE);
    return like_self(
        call, template_strip(text_of_self(call), chars.at ? &chars : NULL, left, right));
}

static struct data_value text_strip(struct template_call *call)
{
    return strip(call, true, true);
}

static struct data_value text_lstrip(struct template_call *call)
{
    return strip(call, true, false);
}

static struct data_value text_rstrip(struct template_call *call)
{
    return strip(call, false, true);
}

/* The text with so many fills on the left and on the right. */
static struct data_value fill(
    struct template_call *call, struct text with, int64_t left, int64_t right)
{
    if (left + right > TEMPLATE_MOST_OUTPUT_BYTES)
        return template_fail(call, "text of more than %d bytes", TEMPLATE_MOST_OUTPUT_BYTES);
    size_t start = template_begin(call->state);
    for (int64_t i = 0; i < left; i++)
        buffer_add(call->state->out, with);
    buffer_add(call->state->out, text_of_self(call));
    for (int64_t i = 0; i < right; i++)
        buffer_add(call->state->out, with);
    return like_self(call, template_end(call->state, start));
}

/* As fill, with the character that the call asks for. */
static struct data_value fill_as_asked(struct template_call *call, int64_t left, int64_t right)
{
    struct text with = escaped_text(call, 2, TEXT(" "));
    if (text_count_points(with) != 1)
        return template_fail(call, "the fill character must be exactly one character long");
    return fill(call, with, left, right);
}

static int64_t missing_points(struct template_call *call)
{
    int64_t missing = template_integer(call, 1, 0) - (int64_t)text_count_points(text_of_self(call));
    return missing > 0 ? missing : 0;
}

static struct data_value text_ljust(struct template_call *call)
{
    return fill_as_asked(call, 0, missing_points(call));
}

static struct data_value text_rjust(struct template_call *call)
{
    return fill_as_asked(call, missing_points(call), 0);
}

static struct data_value text_center(struct template_call *call)
{
    int64_t missing = missing_points(call), width = template_integer(call, 1, 0);
    int64_t left = missing / 2 + (missing & width & 1);
    return fill_as_asked(call, left, missing - left);
}

static struct data_value text_zfill(struct template_call *call)
{
    struct text text = text_of_self(call);
    int64_t missing = missing_points(call);
    if (!text_starts(text, "-") && !text_starts(text, "+"))
        return fill(call, TEXT("0"), missing, 0);
    size_t start = template_begin(call->state);
    buffer_add(call->state->out, text_slice(text, 0, 1));
    for (int64_t i = 0; i < missing && template_room(call->state, 1); i++)
        buffer_add_byte(call->state->out, '0');
    buffer_add(call->state->out, text_slice(text, 1, text.length));
    return like_self(call, template_end(call->state, start));
}

/* ---- Splitting ------------------------------------------------------------------------------------------------ */

static void add_part(struct template_call *call, struct data_value *list, struct text part)
{
    template_list_add(call->state, list, like_self(call, part));
}

static struct text skip_blanks(struct text text)
{
    return template_strip(text, NULL, true, false);
}

static size_t word_end(struct text text)
{
    size_t end = 0;
    for (size_t at = 0; at < text.length; end = at)
        if (template_is_space(text_next_point(text, &at)))
            break;
    return end;
}

static void split_blanks(struct template_call *call, struct data_value *list, int64_t most)
{
    struct text rest = skip_blanks(text_of_self(call));
    for (int64_t done = 0; rest.length > 0; done++) {
        size_t end = done == most ? rest.length : word_end(rest);
        struct text part = text_slice(rest, 0, end);
        add_part(call, list, done == most ? template_strip(part, NULL, false, true) : part);
        rest = skip_blanks(text_slice(rest, end, rest.length));
    }
}

static void split_at(
    struct template_call *call, struct data_value *list, struct text separator, int64_t most)
{
    struct text rest = text_of_self(call);
    for (int64_t done = 0; done != most; done++) {
        ptrdiff_t found = text_find(rest, separator);
        if (found < 0)
            break;
        add_part(call, list, text_slice(rest, 0, (size_t)found));
        rest = text_slice(rest, (size_t)found + separator.length, rest.length);
    }
    add_part(call, list, rest);
}

static struct data_value text_split(struct template_call *call)
{
    struct data_value list = template_new_list(call->state);
    struct text separator = template_text(call, 1, TEXT_NONE);
    int64_t most = template_integer(call, 2, -1);
    if (!separator.at)
        split_blanks(call, &list, most);
    else if (separator.length == 0)
        return template_fail(call, "empty separator");
    else
        split_at(call, &list, separator, most);
    return list;
}

static ptrdiff_t find_last(struct text text, struct text needle)
{
    for (size_t at = text.length; at + 1 > needle.length; at--)
        if (text_equal(text_slice(text, at - needle.length, at), needle))
            return (ptrdiff_t)(at - needle.length);
    return -1;
}

static struct data_value text_rsplit(struct template_call *call)
{
    struct text rest = text_of_self(call), separator = template_text(call, 1, TEXT_NONE);
    int64_t most = template_integer(call, 2, -1);
    struct data_value back = template_new_list(call->state), list = back;
    if (!separator.at || separator.length == 0 || most < 0)
        return text_split(call);
    for (int64_t done = 0; done < most; done++) {
        ptrdiff_t found = find_last(rest, separator);
        if (found < 0)
            break;
        add_part(call, &back, text_slice(rest, (size_t)found + separator.length, rest.length));
        rest = text_slice(rest, 0, (size_t)found);
    }
    add_part(call, &back, rest);
    list = template_new_list(call->state);
    for (size_t i = back.as.list->count; i > 0; i--)
        template_list_add(call->state, &list, back.as.list->items[i - 1]);
    return list;
}

static struct data_value text_splitlines(struct template_call *call)
{
    struct data_value list = template_new_list(call->state);
    struct text rest = text_of_self(call), line;
    bool keeps = template_flag(call, 1, false);
    while (rest.length > 0) {
        const char *from = rest.at;
        template_next_line(&rest, &line);
        add_part(call, &list, keeps ? (struct text){from, (size_t)(rest.at - from)} : line);
    }
    return list;
}

/* before, separator, behind; the text and two empty ones when it is not there */
static struct data_value partition(struct template_call *call, ptrdiff_t found, bool from_right)
{
    struct text text = text_of_self(call), separator = escaped_text(call, 1, TEXT(""));
    struct data_value list = template_new_list(call->state);
    list.points = MARK_TUPLE;
    if (separator.length == 0)
        return template_fail(call, "empty separator");
    if (found < 0) {
        add_part(call, &list, from_right ? TEXT("") : text);
        add_part(call, &list, TEXT(""));
        add_part(call, &list, from_right ? text : TEXT(""));
        return list;
    }
    add_part(call, &list, text_slice(text, 0, (size_t)found));
    add_part(call, &list, separator);
    add_part(call, &list, text_slice(text, (size_t)found + separator.length, text.length));
    return list;
}

static struct data_value text_partition(struct template_call *call)
{
    return partition(call, text_find(text_of_self(call), escaped_text(call, 1, TEXT(""))), false);
}

static struct data_value text_rpartition(struct template_call *call)
{
    return partition(call, find_last(text_of_self(call), escaped_text(call, 1, TEXT(""))), true);
}

/* ---- Asking about texts ------------------------------------------------------------------------------------------ */

static bool starts(struct text text, struct text part)
{
    return text.length >= part.length && text_equal(text_slice(text, 0, part.length), part);
}

static bool ends(struct text text, struct text part)
{
    return text.length >= part.length &&
           text_equal(text_slice(text, text.length - part.length, text.length), part);
}

/* With one text or with any of a tuple of them. */
static struct data_value any_of(struct template_call *call, bool (*holds)(struct text, struct text))
{
    const struct data_value *parts = &call->arguments[1];
    if (!template_is_tuple(parts))
        return data_yes_no(holds(text_of_self(call), template_text(call, 1, TEXT(""))));
    for (size_t i = 0; i < parts->as.list->count; i++)
        if (template_is_text(&parts->as.list->items[i]) &&
            holds(text_of_self(call), parts->as.list->items[i].as.text))
            return data_yes_no(true);
    return data_yes_no(false);
}

static struct data_value text_startswith(struct template_call *call)
{
    return any_of(call, starts);
}

static struct data_value text_endswith(struct template_call *call)
{
    return any_of(call, ends);
}

static int64_t points_before(struct template_call *call, ptrdiff_t bytes)
{
    return bytes < 0 ? -1
                     : (int64_t)text_count_points(text_slice(text_of_self(call), 0, (size_t)bytes));
}

static struct data_value text_find_part(struct template_call *call)
{
    ptrdiff_t found = text_find(text_of_self(call), template_text(call, 1, TEXT("")));
    return data_integer(points_before(call, found));
}

static struct data_value text_rfind(struct template_call *call)
{
    return data_integer(
        points_before(call, find_last(text_of_self(call), template_text(call, 1, TEXT("")))));
}

static struct data_value text_index(struct template_call *call)
{
    struct data_value found = text_find_part(call);
    return found.as.integer < 0 ? template_fail(call, "substring not found") : found;
}

static struct data_value text_count(struct template_call *call)
{
    struct text rest = text_of_self(call), part = template_text(call, 1, TEXT(""));
    int64_t count = 0;
    if (part.length == 0)
        return data_integer((int64_t)text_count_points(rest) + 1);
    for (ptrdiff_t found; (found = text_find(rest, part)) >= 0; count++)
        rest = text_slice(rest, (size_t)found + part.length, rest.length);
    return data_integer(count);
}

static struct data_value all_points(struct template_call *call, bool (*holds)(uint32_t))
{
    struct text text = text_of_self(call);
    for (size_t at = 0; at < text.length;)
        if (!holds(text_next_point(text, &at)))
            return data_yes_no(false);
    return data_yes_no(text.length > 0);
}

static bool is_letter_or_digit(uint32_t point)
{
    return unicode_is_letter(point) || unicode_is_number(point);
}

static struct data_value text_isdigit(struct template_call *call)
{
    return all_points(call, unicode_is_digit_value);
}

static struct data_value text_isalpha(struct template_call *call)
{
    return all_points(call, unicode_is_letter);
}

static struct data_value text_isalnum(struct template_call *call)
{
    return all_points(call, is_letter_or_digit);
}

static struct data_value text_isspace(struct template_call *call)
{
    return all_points(call, template_is_space);
}

/* ---- Making texts ---------------------------------------------------------------------------------------------------- */

/* Safe HTML escapes what it joins, and so takes what is no text, too. */
static struct data_value text_join(struct template_call *call)
{
    struct data_value list;
    bool is_html = self_of(call)->kind == DATA_HTML;
    if (!template_list_of(call->state, &call->arguments[1], &list))
        return template_failed();
    for (size_t i = 0; !is_html && i < list.as.list->count; i++)
        if (!template_is_text(&list.as.list->items[i]))
            return template_fail(call, "sequence item %zu: expected str instance, %s found", i,
                template_type_name(&list.as.list->items[i]));
    return template_join(call->state, list.as.list, self_of(call), is_html);
}

static struct data_value text_replace(struct template_call *call)
{
    return template_replace(call->state, self_of(call), escaped_text(call, 1, TEXT("")),
        escaped_text(call, 2, TEXT("")), template_integer(call, 3, -1));
}

static struct data_value text_removeprefix(struct template_call *call)
{
    struct text text = text_of_self(call), part = template_text(call, 1, TEXT(""));
    return data_text(starts(text, part) ? text_slice(text, part.length, text.length) : text);
}

static struct data_value text_removesuffix(struct template_call *call)
{
    struct text text = text_of_self(call), part = template_text(call, 1, TEXT(""));
    return data_text(ends(text, part) ? text_slice(text, 0, text.length - part.length) : text);
}

/* ---- Maps ---------------------------------------------------------------------------------------------------------------- */

struct data_value template_map_pairs(struct template_state *state, const struct data_value *map)
{
    struct data_value list = template_new_list(state);
    if (map->kind != DATA_MAP) {
        template_stop(state, "'%s' object has no pairs", template_type_name(map));
        return list;
    }
    for (size_t i = 0; i < map->as.map->count; i++)
        template_list_add(state, &list,
            template_new_pair(state, map->as.map->entries[i].key, map->as.map->entries[i].value));
    return list;
}

static struct data_value map_items(struct template_call *call)
{
    return template_map_pairs(call->state, self_of(call));
}

static struct data_value map_keys(struct template_call *call)
{
    struct data_value list = data_undefined();
    template_list_of(call->state, self_of(call), &list);
    return list;
}

static struct data_value map_values(struct template_call *call)
{
    const struct data_map *map = self_of(call)->as.map;
    struct data_value list = template_new_list(call->state);
    for (size_t i = 0; i < map->count; i++)
        template_list_add(call->state, &list, map->entries[i].value);
    return list;
}

static struct data_value map_get_value(struct template_call *call)
{
    if (!template_is_key(call->state, &call->arguments[1]))
        return template_failed();
    const struct data_value *found = data_map_get(self_of(call)->as.map, call->arguments[1]);
    if (found)
        return *found;
    return template_given(call, 2) ? call->arguments[2] : data_none();
}

static struct data_value map_copy(struct template_call *call)
{
    struct data_value copy = template_new_map(call->state);
    template_map_update(call, &copy, self_of(call));
    return copy;
}

/* Only what the template itself made may be changed: data is shared by all pages. */
static bool is_own(struct template_call *call)
{
    const struct data_value *self = self_of(call);
    bool is_made = self->kind == DATA_LIST || self->kind == DATA_MAP;
    if (is_made && self->line == 0 && (self->points & MARK_OWN))
        return true;
    template_fail(
        call, "'%s' can't change data of the page: copy it first", call->row->function->name);
    return false;
}

static struct data_value map_update(struct template_call *call)
{
    if (is_own(call))
        template_map_update(
            call, &call->arguments[0], template_given(call, 1) ? &call->arguments[1] : NULL);
    return data_none();
}

static struct data_value map_setdefault(struct template_call *call)
{
    if (!template_is_key(call->state, &call->arguments[1]))
        return template_failed();
    const struct data_value *found = data_map_get(self_of(call)->as.map, call->arguments[1]);
    struct data_value value = template_given(call, 2) ? call->arguments[2] : data_none();
    if (found)
        return *found;
    if (is_own(call))
        template_map_put(call->state, &call->arguments[0], call->arguments[1], value);
    return value;
}

static struct data_value map_pop(struct template_call *call)
{
    struct data_map *map = self_of(call)->as.map;
    if (!is_own(call) || !template_is_key(call->state, &call->arguments[1]))
        return template_failed();
    for (size_t i = 0; i < map->count; i++) {
        if (!data_equal(&map->entries[i].key, &call->arguments[1]))
            continue;
        struct data_value value = map->entries[i].value;
        memmove(
            &map->entries[i], &map->entries[i + 1], (map->count - i - 1) * sizeof *map->entries);
        map->count--;
        return value;
    }
    return template_given(call, 2) ? call->arguments[2] : template_fail(call, "no such key");
}

/* ---- Lists ------------------------------------------------------------------------------------------------------------------ */

static struct data_value list_append(struct template_call *call)
{
    if (is_own(call))
        template_list_add(call->state, &call->arguments[0], call->arguments[1]);
    return data_none();
}

static struct data_value list_extend(struct template_call *call)
{
    struct data_value more;
    if (!is_own(call) || !template_list_of(call->state, &call->arguments[1], &more))
        return template_failed();
    for (size_t i = 0; i < more.as.list->count; i++)
        template_list_add(call->state, &call->arguments[0], more.as.list->items[i]);
    return data_none();
}

static struct data_value list_insert(struct template_call *call)
{
    int64_t at = template_integer(call, 1, 0);
    if (!is_own(call))
        return template_failed();
    template_list_add(call->state, &call->arguments[0], call->arguments[2]);
    if (call->state->has_failed)
        return template_failed();
    struct data_list *list = self_of(call)->as.list;
    int64_t count = (int64_t)list->count - 1;
    at = at < 0 ? at + count : at;
    at = at < 0 ? 0 : at > count ? count : at;
    memmove(&list->items[at + 1], &list->items[at], (size_t)(count - at) * sizeof *list->items);
    list->items[at] = call->arguments[2];
    return data_none();
}

static struct data_value list_pop(struct template_call *call)
{
    int64_t at = template_integer(call, 1, -1);
    if (!is_own(call))
        return template_failed();
    struct data_list *list = self_of(call)->as.list;
    at = at < 0 ? at + (int64_t)list->count : at;
    if (at < 0 || at >= (int64_t)list->count)
        return template_fail(call, "pop index out of range");
    struct data_value value = list->items[at];
    memmove(&list->items[at], &list->items[at + 1],
        (list->count - (size_t)at - 1) * sizeof *list->items);
    list->count--;
    return value;
}

static struct data_value list_index(struct template_call *call)
{
    struct template_items items;
    if (!template_items_of(call->state, self_of(call), &items))
        return template_failed();
    for (size_t i = 0; i < items.count; i++) {
        struct data_value item = template_item(&items, i);
        bool is_same;
        if (!template_compare_equal(call->state, &item, &call->arguments[1], &is_same))
            return template_failed();
        if (is_same)
            return data_integer((int64_t)i);
    }
    return template_fail(call, "the value is not in the list");
}

static struct data_value list_copy(struct template_call *call)
{
    struct data_value copy;
    return template_list_of(call->state, self_of(call), &copy) ? copy : template_failed();
}

static struct data_value list_count(struct template_call *call)
{
    struct template_items items;
    int64_t count = 0;
    if (!template_items_of(call->state, self_of(call), &items))
        return template_failed();
    for (size_t i = 0; i < items.count; i++) {
        struct data_value item = template_item(&items, i);
        bool is_same;
        if (!template_compare_equal(call->state, &item, &call->arguments[1], &is_same))
            return template_failed();
        count += is_same;
    }
    return data_integer(count);
}

static const struct template_function text_rows[] = {
    {"capitalize", text_capitalize, "self", "the first letter large", .role = TEMPLATE_FUNCTION},
    {"casefold", text_casefold, "self", "for comparing without case", .role = TEMPLATE_FUNCTION},
    {"center", text_center, "self, width, fillchar=' '", "in the middle",
        .role = TEMPLATE_FUNCTION},
    {"count", text_count, "self, sub", "how often", .role = TEMPLATE_FUNCTION},
    {"endswith", text_endswith, "self, suffix", "whether it ends so", .role = TEMPLATE_FUNCTION},
    {"find", text_find_part, "self, sub", "where, or -1", .role = TEMPLATE_FUNCTION},
    {"format", template_method_format, "self, *args, **kwargs", "fills in {}",
        .role = TEMPLATE_FUNCTION},
    {"index", text_index, "self, sub", "where", .role = TEMPLATE_FUNCTION},
    {"isalnum", text_isalnum, "self", "letters and digits only", .role = TEMPLATE_FUNCTION},
    {"isalpha", text_isalpha, "self", "letters only", .role = TEMPLATE_FUNCTION},
    {"isdigit", text_isdigit, "self", "digits only", .role = TEMPLATE_FUNCTION},
    {"isspace", text_isspace, "self", "white space only", .role = TEMPLATE_FUNCTION},
    {"join", text_join, "self, iterable", "the items with this between", .role = TEMPLATE_FUNCTION},
    {"ljust", text_ljust, "self, width, fillchar=' '", "filled on the right",
        .role = TEMPLATE_FUNCTION},
    {"lower", text_lower, "self", "small letters", .role = TEMPLATE_FUNCTION},
    {"lstrip", text_lstrip, "self, chars=none", "stripped on the left", .role = TEMPLATE_FUNCTION},
    {"partition", text_partition, "self, sep", "before, sep, behind", .role = TEMPLATE_FUNCTION},
    {"removeprefix", text_removeprefix, "self, prefix", "without it", .role = TEMPLATE_FUNCTION},
    {"removesuffix", text_removesuffix, "self, suffix", "without it", .role = TEMPLATE_FUNCTION},
    {"replace", text_replace, "self, old, new, count=none", "another text in place of one",
        .role = TEMPLATE_FUNCTION},
    {"rfind", text_rfind, "self, sub", "where last, or -1", .role = TEMPLATE_FUNCTION},
    {"rjust", text_rjust, "self, width, fillchar=' '", "filled on the left",
        .role = TEMPLATE_FUNCTION},
    {"rpartition", text_rpartition, "self, sep", "before, sep, behind", .role = TEMPLATE_FUNCTION},
    {"rsplit", text_rsplit, "self, sep=none, maxsplit=none", "parts, from the right",
        .role = TEMPLATE_FUNCTION},
    {"rstrip", text_rstrip, "self, chars=none", "stripped on the right", .role = TEMPLATE_FUNCTION},
    {"split", text_split, "self, sep=none, maxsplit=none", "parts", .role = TEMPLATE_FUNCTION},
    {"splitlines", text_splitlines, "self, keepends=false", "lines", .role = TEMPLATE_FUNCTION},
    {"startswith", text_startswith, "self, prefix", "whether it starts so",
        .role = TEMPLATE_FUNCTION},
    {"strip", text_strip, "self, chars=none", "stripped at both ends", .role = TEMPLATE_FUNCTION},
    {"swapcase", text_swapcase, "self", "small for large", .role = TEMPLATE_FUNCTION},
    {"title", text_title, "self", "each word with a large letter", .role = TEMPLATE_FUNCTION},
    {"upper", text_upper, "self", "large letters", .role = TEMPLATE_FUNCTION},
    {"zfill", text_zfill, "self, width", "filled with zeros", .role = TEMPLATE_FUNCTION},
};

static const struct template_function map_rows[] = {
    {"copy", map_copy, "self", "another map", .role = TEMPLATE_FUNCTION},
    {"get", map_get_value, "self, key, default=none", "the value, or none",
        .role = TEMPLATE_FUNCTION},
    {"items", map_items, "self", "pairs", .role = TEMPLATE_FUNCTION},
    {"keys", map_keys, "self", "the keys", .role = TEMPLATE_FUNCTION},
    {"pop", map_pop, "self, key, default=none", "takes it out", .role = TEMPLATE_FUNCTION},
    {"setdefault", map_setdefault, "self, key, default=none", "the value, put if not there",
        .role = TEMPLATE_FUNCTION},
    {"update", map_update, "self, other=none, **kwargs", "puts all of another map",
        .role = TEMPLATE_FUNCTION},
    {"values", map_values, "self", "the values", .role = TEMPLATE_FUNCTION},
};

static const struct template_function list_rows[] = {
    {"append", list_append, "self, item", "adds at the end", .role = TEMPLATE_FUNCTION},
    {"copy", list_copy, "self", "another list", .role = TEMPLATE_FUNCTION},
    {"count", list_count, "self, item", "how often", .role = TEMPLATE_FUNCTION},
    {"extend", list_extend, "self, items", "adds all at the end", .role = TEMPLATE_FUNCTION},
    {"index", list_index, "self, item", "where", .role = TEMPLATE_FUNCTION},
    {"insert", list_insert, "self, index, item", "adds in between", .role = TEMPLATE_FUNCTION},
    {"pop", list_pop, "self, index=none", "takes one out", .role = TEMPLATE_FUNCTION},
};

const struct template_table template_text_methods = {text_rows, BASE_COUNT(text_rows)};
const struct template_table template_map_methods = {map_rows, BASE_COUNT(map_rows)};
const struct template_table template_list_methods = {list_rows, BASE_COUNT(list_rows)};
