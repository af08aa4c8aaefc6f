/* Filters that shape lines: indent, truncate, wordwrap (as Python's textwrap), and pprint. */
#include "template/template_run_inside.h"
#include "unicode/unicode.h"

/* These filters take texts only, as in Jinja2. */
static bool wants_text(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    if (template_is_text(value))
        return true;
    if (template_is_usable(call->state, value))
        template_fail(
            call, "'%s' wants text, not %s", call->row->function->name, template_type_name(value));
    return false;
}

/* ---- indent ---------------------------------------------------------------------------------------------- */

/* What is put before each line: so many blanks, or a text. */
static struct text indention(struct template_call *call)
{
    if (template_given(call, 1) && template_is_text(&call->arguments[1]))
        return call->arguments[1].as.text; /* as safe as the text that it stands in */
    int64_t width = template_integer(call, 1, 4);
    if (width > 1000) {
        template_fail(call, "'indent' can't indent by %lld", (long long)width);
        width = 0;
    }
    return arena_format(call->run->scratch, "%*s", width < 0 ? 0 : (int)width, "");
}

struct data_value template_filter_indent(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    struct text blanks = indention(call), line;
    bool with_blank = template_flag(call, 3, false);
    if (!wants_text(call))
        return template_failed();
    /* one line end more, as Jinja2 has it: the last line is then an empty one, or none */
    struct text rest = arena_format(call->run->scratch, "%.*s\n", TEXT_ARGS(value->as.text));
    size_t start = template_begin(call->state);
    if (template_flag(call, 2, false))
        buffer_add(call->state->out, blanks);
    for (bool is_first = true; template_next_line(&rest, &line); is_first = false) {
        if (!is_first) {
            buffer_add_byte(call->state->out, '\n');
            buffer_add(call->state->out, line.length > 0 || with_blank ? blanks : TEXT(""));
        }
        buffer_add(call->state->out, line);
        if (!template_room(call->state, blanks.length))
            return template_failed();
    }
    return template_text_like(value, template_end(call->state, start));
}

/* ---- truncate ---------------------------------------------------------------------------------------------- */

/* Up to the last blank, when there is one. */
static struct text cut_at_blank(struct text text)
{
    for (size_t i = text.length; i > 0; i--)
        if (text.at[i - 1] == ' ')
            return text_slice(text, 0, i - 1);
    return text;
}

struct data_value template_filter_truncate(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    struct text end = TEXT("...");
    int64_t length = template_integer(call, 1, 255), leeway = template_integer(call, 4, 5);
    if (template_given(call, 3))
        end = template_print(call, &call->arguments[3]);
    int64_t end_points = (int64_t)text_count_points(end);
    if (length < end_points || leeway < 0)
        return template_fail(
            call, "expected length >= %lld, got %lld", (long long)end_points, (long long)length);
    if (!template_is_testable(call->state, value))
        return template_failed();
    if (template_length(value) >= 0 && template_length(value) <= length + leeway)
        return *value;
    if (!wants_text(call))
        return template_failed();
    struct text kept = template_slice_points(value->as.text, 0, (size_t)(length - end_points));
    if (!template_flag(call, 2, false))
        kept = cut_at_blank(kept);
    struct data_value shown = template_given(call, 3) ? call->arguments[3] : data_text(end);
    if (value->kind == DATA_HTML)
        end = template_escaped(call, &shown);
    struct text whole =
        arena_format(call->run->scratch, "%.*s%.*s", TEXT_ARGS(kept), TEXT_ARGS(end));
    return template_text_like(value, whole);
}

/* ---- wordwrap ------------------------------------------------------------------------------------------------ */

struct wrapper {
    struct template_state *state;
    int64_t width;
    bool breaks_words, breaks_hyphens;
    struct text between;
    bool escapes;     /* what stands between is safe HTML, so the lines must become it */
    uint32_t *points; /* of the line */
    size_t *offsets;  /* where each point starts; one more for the end */
    size_t count;
    struct text line;
    size_t lines; /* written so far */
};

static bool is_blank(uint32_t point)
{
    return point == ' ' || (point >= 9 && point <= 13);
}

static bool is_letter(const struct wrapper *wrapper, size_t at)
{
    uint32_t point = at < wrapper->count ? wrapper->points[at] : 0;
    return template_is_word(point) && !unicode_is_digit(point) && point != '_';
}

static bool is_word_punctuation(uint32_t point)
{
    return template_is_word(point) || (point < 0x80 && point && strchr("!\"'&.,?", (int)point));
}

/* Two dashes or more between words, from `at`: where they end, or 0. */
static size_t dashes(const struct wrapper *wrapper, size_t at)
{
    size_t end = at;
    while (end < wrapper->count && wrapper->points[end] == '-')
        end++;
    bool is_between = at > 0 && is_word_punctuation(wrapper->points[at - 1]) &&
                      end < wrapper->count && template_is_word(wrapper->points[end]);
    return end - at >= 2 && is_between ? end : 0;
}

/* Whether a word may be broken behind the hyphen at `at`. */
static bool breaks_behind(const struct wrapper *wrapper, size_t at)
{
    if (wrapper->points[at] != '-')
        return false;
    bool two = at >= 2 && is_letter(wrapper, at - 1) && is_letter(wrapper, at - 2);
    bool split = at >= 3 && is_letter(wrapper, at - 1) && wrapper->points[at - 2] == '-' &&
                 is_letter(wrapper, at - 3);
    size_t next = at + 1;
    if (!is_letter(wrapper, next))
        return false;
    bool follows = is_letter(wrapper, next + 1) ||
                   (next + 1 < wrapper->count && wrapper->points[next + 1] == '-' &&
                       is_letter(wrapper, next + 2));
    return (two || split) && follows;
}

/* Where the chunk that starts at `at` ends: blanks, dashes, or a word up to a hyphen. */
static size_t chunk_end(const struct wrapper *wrapper, size_t at)
{
    size_t end = at;
    if (is_blank(wrapper->points[at])) {
        while (end < wrapper->count && is_blank(wrapper->points[end]))
            end++;
        return end;
    }
    if (wrapper->breaks_hyphens && dashes(wrapper, at))
        return dashes(wrapper, at);
    for (end = at + 1; end < wrapper->count && !is_blank(wrapper->points[end]); end++) {
        if (wrapper->breaks_hyphens && (breaks_behind(wrapper, end - 1) || dashes(wrapper, end)))
            break;
    }
    return end;
}

static void write_line(struct wrapper *wrapper, size_t from, size_t to)
{
    if (wrapper->lines++ > 0)
        buffer_add(wrapper->state->out, wrapper->between);
    struct text line = text_slice(wrapper->line, wrapper->offsets[from], wrapper->offsets[to]);
    if (wrapper->escapes)
        template_escape(wrapper->state->out, line);
    else
        buffer_add(wrapper->state->out, line);
}

/* A word longer than the line: how much of it goes on this line, `room` being left. */
static size_t part_of_long(const struct wrapper *wrapper, size_t at, size_t end, size_t room)
{
    if (wrapper->breaks_hyphens && end - at > room) {
        size_t hyphen = at + room;
        while (hyphen > at && wrapper->points[hyphen - 1] != '-')
            hyphen--;
        for (size_t i = at; hyphen > at + 1 && i < hyphen - 1; i++)
            if (wrapper->points[i] != '-')
                return hyphen;
    }
    return at + room;
}

/* Fills one line from `at`; returns where the next one starts. */
static size_t wrap_line(struct wrapper *wrapper, size_t at)
{
    size_t width = wrapper->width < 1 ? 1 : (size_t)wrapper->width, start = at, end = at;
    bool keeps_blanks = false;
    while (at < wrapper->count) {
        size_t next = chunk_end(wrapper, at);
        if (next - start <= width) {
            end = at = next;
            continue;
        }
        if (next - at > width && !is_blank(wrapper->points[at])) {
            size_t room = width - (at - start);
            keeps_blanks = wrapper->breaks_words && room == 0; /* a quirk of textwrap */
            if (wrapper->breaks_words && room > 0)
                end = at = part_of_long(wrapper, at, next, room);
            else if (!wrapper->breaks_words && at == start)
                end = at = next;
        }
        break;
    }
    while (!keeps_blanks && end > start && is_blank(wrapper->points[end - 1]))
        end--;
    if (end > start)
        write_line(wrapper, start, end);
    return at;
}

/* Blanks at the very start that are wider than a line are taken for a long word: lines of them are
 * dropped, and what is left begins the first line that is written. */
static size_t after_wide_blanks(const struct wrapper *wrapper, size_t at)
{
    size_t width = wrapper->width < 1 ? 1 : (size_t)wrapper->width;
    if (wrapper->lines > 0 || !wrapper->breaks_words || !is_blank(wrapper->points[at]))
        return at;
    size_t end = chunk_end(wrapper, at);
    return end - at > width ? end - ((end - at - 1) % width + 1) : at;
}

static void wrap(struct wrapper *wrapper)
{
    size_t at = 0;
    while (at < wrapper->count && template_step(wrapper->state)) {
        /* blanks at the start of a line go, but for the first line of all */
        if (wrapper->lines > 0 && is_blank(wrapper->points[at])) {
            at = chunk_end(wrapper, at);
            continue;
        }
        at = after_wide_blanks(wrapper, at);
        size_t next = wrap_line(wrapper, at);
        if (next == at) /* blanks wider than the line */
            next = chunk_end(wrapper, at);
        at = next;
    }
}

static bool read_line(struct wrapper *wrapper, struct text line)
{
    struct arena *arena = wrapper->state->run->scratch;
    size_t count = text_count_points(line);
    if (!template_room(wrapper->state, count * 12))
        return false;
    wrapper->line = line;
    wrapper->count = 0;
    wrapper->lines = 0;
    wrapper->points = arena_array(arena, count + 1, sizeof *wrapper->points);
    wrapper->offsets = arena_array(arena, count + 1, sizeof *wrapper->offsets);
    for (size_t at = 0; at < line.length && wrapper->count < count;) {
        wrapper->offsets[wrapper->count] = at;
        wrapper->points[wrapper->count++] = text_next_point(line, &at);
    }
    wrapper->offsets[wrapper->count] = line.length;
    return true;
}

struct data_value template_filter_wordwrap(struct template_call *call)
{
    struct text rest, line;
    struct wrapper wrapper = {.state = call->state,
        .width = template_integer(call, 1, 79),
        .breaks_words = template_flag(call, 2, true),
        .between = template_text(call, 3, TEXT("\n")),
        .escapes = call->arguments[3].kind == DATA_HTML,
        .breaks_hyphens = template_flag(call, 4, true)};
    if (wrapper.width < 1)
        return template_fail(call, "invalid width %lld (must be > 0)", (long long)wrapper.width);
    if (!wants_text(call))
        return template_failed();
    rest = call->arguments[0].as.text;
    size_t start = template_begin(call->state);
    for (bool is_first = true; template_next_line(&rest, &line); is_first = false) {
        if (!is_first)
            buffer_add(call->state->out, wrapper.between);
        if (!read_line(&wrapper, line))
            return template_failed();
        wrap(&wrapper);
    }
    struct text wrapped = template_end(call->state, start);
    return wrapper.escapes ? data_html(wrapped) : data_text(wrapped);
}

/* ---- pprint ------------------------------------------------------------------------------------------------------ */

enum { PPRINT_WIDTH = 80 };

static bool pretty(struct template_state *state, const struct data_value *value, size_t indent,
    size_t allowance, unsigned depth);

/* One item: in one line when it fits, else its parts on lines of their own. */
static bool pretty_list(struct template_state *state, const struct data_value *list, size_t indent,
    size_t allowance, unsigned depth)
{
    size_t count = data_count(list);
    bool is_tuple = template_is_tuple(list);
    buffer_add_byte(state->out, is_tuple ? '(' : '[');
    for (size_t i = 0; i < count; i++) {
        struct data_value item = data_item(list, i);
        if (i > 0)
            buffer_format(state->out, ",\n%*s", (int)indent + 1, "");
        if (!pretty(state, &item, indent + 1, i + 1 == count ? allowance + 1 : 1, depth + 1))
            return false;
    }
    buffer_add_string(state->out, is_tuple ? (count == 1 ? ",)" : ")") : "]");
    return true;
}

static int64_t repr_width(struct template_state *state, struct text text)
{
    size_t start = state->out->length;
    template_repr_text(state->out, text);
    size_t width =
        text_count_points(text_slice(buffer_text(state->out), start, state->out->length));
    state->out->length = start;
    return (int64_t)width;
}

/* Where the word at `at` ends, with the space behind it. */
static size_t word_end(struct text line, size_t at)
{
    bool was_space = false;
    for (size_t next = at; at < line.length; at = next) {
        bool is_space = template_is_space(text_next_point(line, &next));
        if (was_space && !is_space)
            break;
        was_space = is_space;
    }
    return at;
}

/* A line in pieces of whole words that fit; the last must leave room for what follows the text. */
static void break_line(struct template_state *state, struct data_value *pieces, struct text line,
    int64_t width, int64_t allowance)
{
    size_t from = 0;
    for (size_t to = 0, end; to < line.length; to = end) {
        end = word_end(line, to);
        int64_t most = end == line.length ? width - allowance : width;
        if (to > from && repr_width(state, text_slice(line, from, end)) > most) {
            template_list_add(state, pieces, data_text(text_slice(line, from, to)));
            from = to;
        }
    }
    template_list_add(state, pieces, data_text(text_slice(line, from, line.length)));
}

/* A long text, which stands in one line at the end of the output, from `start` on: its lines or pieces of them, each in
 * quotes, one below the other; in brackets where it is no part of a list or map. */
static bool pretty_text(struct template_state *state, struct text rest, size_t start, size_t indent,
    size_t allowance, unsigned depth)
{
    struct data_value pieces = template_new_list(state);
    size_t inset = indent + (depth == 0);
    int64_t width = PPRINT_WIDTH - (int64_t)inset, behind = (int64_t)allowance + (depth == 0);
    struct text whole = rest, line;
    while (template_next_line(&rest, &line)) {
        line.length =
            (size_t)(rest.length > 0 ? rest.at - line.at : whole.at + whole.length - line.at);
        int64_t room = rest.length > 0 ? 0 : behind;
        if (repr_width(state, line) <= width - room)
            template_list_add(state, &pieces, data_text(line));
        else
            break_line(state, &pieces, line, width, room);
    }
    size_t count = pieces.as.list->count;
    if (count < 2 || state->has_failed)
        return !state->has_failed;
    state->out->length = start;
    if (depth == 0)
        buffer_add_byte(state->out, '(');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_format(state->out, "\n%*s", (int)inset, "");
        template_repr_text(state->out, pieces.as.list->items[i].as.text);
    }
    if (depth == 0)
        buffer_add_byte(state->out, ')');
    return true;
}

static bool pretty_map(struct template_state *state, const struct data_map *map, size_t indent,
    size_t allowance, unsigned depth)
{
    buffer_add_byte(state->out, '{');
    for (size_t i = 0; i < map->count; i++) {
        const struct data_entry *entry = &map->entries[i];
        bool is_last = i + 1 == map->count;
        if (i > 0)
            buffer_format(state->out, ",\n%*s", (int)indent + 1, "");
        size_t start = state->out->length;
        if (!template_repr(state, state->out, &entry->key, depth))
            return false;
        buffer_add_string(state->out, ": ");
        struct text key = text_slice(buffer_text(state->out), start, state->out->length);
        size_t column = indent + 1 + text_count_points(key);
        if (!pretty(state, &entry->value, column, is_last ? allowance + 1 : 1, depth + 1))
            return false;
    }
    buffer_add_byte(state->out, '}');
    return true;
}

static bool pretty(struct template_state *state, const struct data_value *value, size_t indent,
    size_t allowance, unsigned depth)
{
    size_t start = state->out->length;
    if (depth > TEMPLATE_MOST_VALUE_DEPTH)
        return template_stop(state, "lists in lists go deeper than %d", TEMPLATE_MOST_VALUE_DEPTH);
    if (!template_repr(state, state->out, value, depth))
        return false;
    size_t width =
        text_count_points(text_slice(buffer_text(state->out), start, state->out->length));
    if (indent + allowance + width <= PPRINT_WIDTH || !template_room(state, width))
        return !state->has_failed;
    if (value->kind == DATA_LIST || value->kind == DATA_ARRAY) {
        state->out->length = start;
        return pretty_list(state, value, indent, allowance, depth);
    }
    if (value->kind == DATA_MAP) {
        state->out->length = start;
        return pretty_map(state, value->as.map, indent, allowance, depth);
    }
    if (value->kind == DATA_TEXT)
        return pretty_text(state, value->as.text, start, indent, allowance, depth);
    return true;
}

static bool with_sorted_maps(
    struct template_state *state, struct data_value *value, unsigned depth);

static bool sorted_map(struct template_state *state, struct data_value *value, unsigned depth)
{
    const struct data_map *map = value->as.map;
    struct template_sorter sorter = {.state = state, .count = map->count};
    struct data_value sorted = template_new_map(state);
    sorter.keys = arena_array(state->run->scratch, map->count, sizeof *sorter.keys);
    for (size_t i = 0; i < map->count; i++)
        sorter.keys[i] = map->entries[i].key;
    if (!template_sort(&sorter))
        return false;
    for (size_t i = 0; i < map->count; i++) {
        struct data_entry entry = map->entries[sorter.order[i]];
        if (!with_sorted_maps(state, &entry.value, depth + 1))
            return false;
        template_map_put(state, &sorted, entry.key, entry.value);
    }
    *value = sorted;
    return !state->has_failed;
}

/* A copy of the value in which the keys of every map are in order. */
static bool with_sorted_maps(struct template_state *state, struct data_value *value, unsigned depth)
{
    struct data_value list;
    if (depth > TEMPLATE_MOST_VALUE_DEPTH)
        return template_stop(state, "lists in lists go deeper than %d", TEMPLATE_MOST_VALUE_DEPTH);
    if (value->kind == DATA_MAP)
        return sorted_map(state, value, depth);
    if (value->kind != DATA_LIST && value->kind != DATA_ARRAY)
        return true;
    if (!template_list_of(state, value, &list))
        return false;
    if (template_is_tuple(value))
        list.points = MARK_TUPLE;
    for (size_t i = 0; i < list.as.list->count; i++)
        if (!with_sorted_maps(state, &list.as.list->items[i], depth + 1))
            return false;
    *value = list;
    return true;
}

struct data_value template_filter_pprint(struct template_call *call)
{
    size_t start = template_begin(call->state);
    struct data_value value = call->arguments[0];
    if (!with_sorted_maps(call->state, &value, 0) || !pretty(call->state, &value, 0, 0, 0))
        return template_failed();
    return data_text(template_end(call->state, start));
}
