/*
 * Reading YAML through libyaml's events, within limits.
 *
 *     document = node
 *     node     = scalar | alias | "[" node* "]" | "{" (scalar node)* "}"
 *
 * The limits are kept on the stream of events, before a tree can grow: libyaml itself takes
 * quadratic time on deep nesting, and aliases can stand for more values than memory holds.
 */
#include "data/data_inside.h"

#include <stdlib.h>

#include <yaml.h>

const struct data_limits data_limits_front_matter = {
    .bytes = 64 << 10, .depth = 32, .nodes = 100000, .anchors = 100};
const struct data_limits data_limits_file = {
    .bytes = 16 << 20, .depth = 32, .nodes = 4000000, .anchors = 1000};

struct anchor {
    struct text name;
    struct data_value value;
    unsigned nodes; /* values it stands for */
    bool is_open;   /* still being read: an alias to it would hold itself */
    bool is_used;   /* an alias stands for it */
};

struct reader {
    struct data_source source;
    const struct data_limits *limits;
    yaml_parser_t parser;
    struct anchor *anchors;
    size_t anchor_count, anchor_capacity;
    unsigned nodes;
    bool has_signs;       /* " #" stands in the document: comments, or ends of titles */
    unsigned brackets;    /* "[" and "{" that are open */
    size_t brackets_line; /* where the outermost of them opened, from 0 */
    bool failed;
};

struct place data_place(struct data_source *source, size_t line, size_t column, size_t points)
{
    return (struct place){source->file, source->first_line + (uint32_t)line, (uint32_t)column + 1,
        points ? (uint32_t)points : 1};
}

/* One line back from where data_line looked last. */
static void step_back(struct data_source *source)
{
    struct text yaml = source->yaml;
    size_t at = (size_t)(source->seen_rest.at - yaml.at);
    for (at -= at > 0; at > 0 && yaml.at[at - 1] != '\n';)
        at--;
    source->seen_rest = text_slice(yaml, at, yaml.length);
    source->seen_line--;
}

struct text data_line(struct data_source *source, size_t number)
{
    struct text line = TEXT_NONE;
    if (number == source->seen_line && source->seen_text.at)
        return source->seen_text;
    source->seen_text = TEXT_NONE;
    source->seen_column = source->seen_at = 0;
    if (!source->seen_rest.at)
        source->seen_rest = source->yaml;
    while (source->seen_line > number)
        step_back(source);
    for (; source->seen_line < number; source->seen_line++)
        if (!text_line(&source->seen_rest, &line))
            return TEXT_NONE;
    struct text rest = source->seen_rest;
    source->seen_text = text_line(&rest, &line) ? line : TEXT_NONE;
    return source->seen_text;
}

static bool is_one_of(struct text text, const char *const *words)
{
    for (; *words; words++)
        if (text_is(text, *words))
            return true;
    return false;
}

static struct place place_of(struct reader *reader, const yaml_event_t *event)
{
    const yaml_mark_t *from = &event->start_mark, *to = &event->end_mark;
    size_t points = from->line == to->line ? to->column - from->column : 1;
    return data_place(&reader->source, from->line, from->column, points);
}

static bool fail(struct reader *reader, const yaml_event_t *event, const char *what)
{
    report_at(reader->source.report, REPORT_ERROR, place_of(reader, event), "%s", what);
    reader->failed = true;
    return false;
}

/* Where the reader of bytes stopped, which it says as an offset only. */
static void find_offset(const struct reader *reader, struct data_fault *fault)
{
    struct text before = text_slice(reader->source.yaml, 0, reader->parser.problem_offset);
    size_t start = before.length;
    while (start && before.at[start - 1] != '\n')
        start--;
    fault->column = text_count_points(text_slice(before, start, before.length));
    fault->line = 0;
    for (size_t i = 0; i < start; i++)
        fault->line += before.at[i] == '\n';
}

/* The next event; false when the document is broken. The caller deletes it. */
static bool next_event(struct reader *reader, yaml_event_t *event)
{
    if (yaml_parser_parse(&reader->parser, event))
        return true;
    const yaml_parser_t *parser = &reader->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        base_alloc(SIZE_MAX); /* ends the program as any refused memory does */
    struct data_fault fault = {.problem = parser->problem ? parser->problem : "broken YAML",
        .line = parser->problem_mark.line,
        .column = parser->problem_mark.column,
        .context = parser->context,
        .context_line = parser->context_mark.line,
        .context_column = parser->context_mark.column};
    if (parser->error == YAML_READER_ERROR)
        find_offset(reader, &fault);
    data_report_fault(&reader->source, &fault);
    reader->failed = true;
    return false;
}

static bool count_node(struct reader *reader, const yaml_event_t *event, unsigned more)
{
    if (more > reader->limits->nodes - reader->nodes)
        return fail(
            reader, event, "too many values here (aliases count as often as they are used)");
    reader->nodes += more;
    return true;
}

static void set_place(struct reader *reader, const yaml_event_t *event, struct data_value *value)
{
    struct place place = place_of(reader, event);
    value->line = place.line;
    value->column = place.column;
    value->points = place.points;
}

/* ---- Anchors and aliases ----------------------------------------------------------------------- */

/* Whether the line goes on with a list or map in brackets that began above. */
static bool is_inside(const struct reader *reader, size_t line)
{
    return reader->brackets && line > reader->brackets_line;
}

static struct anchor *find_anchor(struct reader *reader, struct text name)
{
    for (size_t i = reader->anchor_count; i > 0; i--)
        if (text_equal(reader->anchors[i - 1].name, name))
            return &reader->anchors[i - 1];
    return NULL;
}

/* Its index + 1; 0 where the node has no anchor or there are too many. */
static size_t open_anchor(struct reader *reader, const yaml_event_t *event, const yaml_char_t *name)
{
    if (!name)
        return 0;
    if (reader->anchor_count >= reader->limits->anchors) {
        fail(reader, event, "too many anchors here");
        return 0;
    }
    struct anchor *anchor = list_add(&reader->anchors, &reader->anchor_count,
        &reader->anchor_capacity, reader->source.arena, sizeof *anchor);
    anchor->name = arena_text(reader->source.arena, text_of((const char *)name));
    anchor->nodes = reader->nodes;
    anchor->is_open = true;
    return reader->anchor_count;
}

static void close_anchor(struct reader *reader, size_t opened, struct data_value value)
{
    if (!opened)
        return;
    struct anchor *anchor = &reader->anchors[opened - 1];
    anchor->value = value;
    anchor->nodes = reader->nodes - anchor->nodes + 1;
    anchor->is_open = false;
}

static bool read_alias(struct reader *reader, const yaml_event_t *event, struct data_value *value)
{
    struct text name = text_of((const char *)event->data.alias.anchor);
    struct anchor *anchor = find_anchor(reader, name);
    if (!anchor) {
        size_t line = event->start_mark.line;
        fail(reader, event,
            "an alias to nothing: '*' before a word stands for a value named earlier");
        data_note_correction(&reader->source, line, is_inside(reader, line));
        return false;
    }
    if (anchor->is_open)
        return fail(reader, event, "this alias stands for a value that contains it");
    anchor->is_used = true;
    *value = anchor->value;
    return count_node(reader, event, anchor->nodes);
}

/* ---- Nodes ---------------------------------------------------------------------------------------- */

static bool read_node(
    struct reader *, const yaml_event_t *, unsigned depth, struct data_value *value);

/* `title: !Wow song` is "song" with a tag to YAML; YAML's own tags (!!int) say nothing new. */
static bool check_tag(struct reader *reader, const yaml_event_t *event, const yaml_char_t *name)
{
    static const char *const yamls_own[] = {YAML_STR_TAG, YAML_INT_TAG, YAML_FLOAT_TAG,
        YAML_BOOL_TAG, YAML_NULL_TAG, YAML_TIMESTAMP_TAG, YAML_SEQ_TAG, YAML_MAP_TAG, NULL};
    struct text tag = text_of((const char *)name);
    if (!tag.at || is_one_of(tag, yamls_own))
        return true;
    if (data_report_trap(&reader->source, event->start_mark.line))
        reader->failed = true;
    else
        fail(reader, event, "a '!' tag has no place here");
    return false;
}

/* `name: &TEAM` is an anchor with nothing behind it to YAML. One that no alias uses is a name. */
static void check_anchors(struct reader *reader)
{
    for (size_t i = 0; i < reader->anchor_count; i++) {
        const struct anchor *anchor = &reader->anchors[i];
        if (anchor->is_used || anchor->value.kind != DATA_TEXT || !anchor->value.plain)
            continue;
        if (!data_report_trap(&reader->source, anchor->value.line - reader->source.first_line))
            report_at(reader->source.report, REPORT_ERROR,
                data_place(&reader->source, anchor->value.line - reader->source.first_line,
                    anchor->value.column - 1, anchor->value.points),
                "'&%.*s' means nothing here: put quotes around a text that starts with '&'",
                TEXT_ARGS(anchor->name));
    }
}

static void check_end(struct reader *reader, const yaml_event_t *event)
{
    size_t line = event->end_mark.line;
    data_report_lost_end(&reader->source, line, event->end_mark.column, is_inside(reader, line));
}

/* What no text starts with but by mistake; a look at one byte spares the others. */
static bool may_start_oddly(struct text text)
{
    unsigned char first = text.length ? (unsigned char)text.at[0] : 0;
    return first == '-' || first == 0xC2 || first == 0xE2 || first == 0xE3;
}

static bool read_scalar(struct reader *reader, const yaml_event_t *event, struct data_value *value)
{
    struct text text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    if (!check_tag(reader, event, event->data.scalar.tag))
        return false;
    *value = data_text(arena_text(reader->source.arena, text));
    value->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    set_place(reader, event, value);
    if (reader->has_signs && event->data.scalar.style != YAML_LITERAL_SCALAR_STYLE &&
        event->data.scalar.style != YAML_FOLDED_SCALAR_STYLE)
        check_end(reader, event);
    if (value->plain && may_start_oddly(text))
        data_report_odd_start(&reader->source, value);
    close_anchor(reader, open_anchor(reader, event, event->data.scalar.anchor), *value);
    return !reader->failed;
}

/* Behind the outermost "]" or "}"; the end of other lists and maps has no width. */
static void check_brackets_end(struct reader *reader, const yaml_event_t *event)
{
    if (reader->has_signs && reader->brackets == 1 &&
        event->end_mark.column > event->start_mark.column)
        check_end(reader, event);
}

static bool read_items(struct reader *reader, unsigned depth, struct data_list *list)
{
    for (;;) {
        yaml_event_t event;
        struct data_value item;
        if (!next_event(reader, &event))
            return false;
        bool is_end = event.type == YAML_SEQUENCE_END_EVENT;
        if (is_end)
            check_brackets_end(reader, &event);
        bool is_read = !is_end && read_node(reader, &event, depth, &item);
        yaml_event_delete(&event);
        if (!is_read)
            return is_end;
        data_list_add(reader->source.arena, list, item);
    }
}

/* Keys that stand in a map already. A few are looked through; JSON objects grow large, and from
 * there on the lines of the first `count` are found by their keys. */
struct seen_keys {
    struct map lines;
    size_t count;
};

enum { few_keys = 16 };

/* The line on which the key stands first; 0 where it does not stand yet. */
static size_t find_key(struct seen_keys *seen, const struct data_map *map, struct text key)
{
    if (map->count <= few_keys) {
        for (size_t i = 0; i < map->count; i++)
            if (text_equal(map->entries[i].key.as.text, key))
                return map->entries[i].key.line;
        return 0;
    }
    for (; seen->count < map->count; seen->count++) {
        const struct data_value *other = &map->entries[seen->count].key;
        map_put(&seen->lines, other->as.text, (void *)(uintptr_t)other->line);
    }
    return (size_t)(uintptr_t)map_get(&seen->lines, key);
}

/* A key must be text, and stand once. */
static bool check_key(struct reader *reader, const yaml_event_t *event, struct seen_keys *seen,
    const struct data_map *map, const struct data_value *key)
{
    if (key->kind != DATA_TEXT)
        return fail(reader, event, "a key must be text, not a list or a map");
    size_t first = find_key(seen, map, key->as.text);
    if (first) /* go on: there may be more to say */
        report_at(reader->source.report, REPORT_ERROR, place_of(reader, event),
            "'%.*s' stands here twice (first on line %zu)", TEXT_ARGS(key->as.text), first);
    return true;
}

static bool read_pair_value(struct reader *reader, unsigned depth, struct data_value *value)
{
    yaml_event_t event;
    if (!next_event(reader, &event))
        return false;
    bool is_read = read_node(reader, &event, depth, value);
    yaml_event_delete(&event);
    return is_read;
}

static bool read_pairs(struct reader *reader, unsigned depth, struct data_map *map)
{
    struct seen_keys seen = {.count = 0};
    map_init(&seen.lines, reader->source.arena);
    for (;;) {
        yaml_event_t event;
        struct data_value key;
        if (!next_event(reader, &event))
            return false;
        bool is_end = event.type == YAML_MAPPING_END_EVENT;
        if (is_end)
            check_brackets_end(reader, &event);
        bool is_read = !is_end && read_node(reader, &event, depth, &key) &&
                       check_key(reader, &event, &seen, map, &key);
        yaml_event_delete(&event);
        if (!is_read)
            return is_end;
        if (!read_pair_value(reader, depth, data_map_add(reader->source.arena, map, key)))
            return false;
    }
}

static bool read_collection(
    struct reader *reader, const yaml_event_t *event, unsigned depth, struct data_value *value)
{
    bool is_list = event->type == YAML_SEQUENCE_START_EVENT;
    if (depth >= reader->limits->depth)
        return fail(reader, event, "nested too deeply here: 32 levels at most");
    bool is_flow = is_list ? event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
                           : event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    if (!check_tag(reader, event,
            is_list ? event->data.sequence_start.tag : event->data.mapping_start.tag))
        return false;
    if (is_flow && !reader->brackets++)
        reader->brackets_line = event->start_mark.line;
    size_t anchor = open_anchor(reader, event,
        is_list ? event->data.sequence_start.anchor : event->data.mapping_start.anchor);
    *value = is_list ? data_list_new(reader->source.arena) : data_map_new(reader->source.arena);
    set_place(reader, event, value);
    value->points = 1;
    bool is_read = is_list ? read_items(reader, depth + 1, value->as.list)
                           : read_pairs(reader, depth + 1, value->as.map);
    reader->brackets -= is_flow;
    close_anchor(reader, anchor, *value);
    return is_read && !reader->failed;
}

static bool read_node(
    struct reader *reader, const yaml_event_t *event, unsigned depth, struct data_value *value)
{
    if (event->type == YAML_ALIAS_EVENT)
        return read_alias(reader, event, value);
    if (!count_node(reader, event, 1))
        return false;
    if (event->type == YAML_SCALAR_EVENT)
        return read_scalar(reader, event, value);
    return read_collection(reader, event, depth, value);
}

static bool check_start(struct reader *reader, const yaml_event_t *event)
{
    if (event->data.document_start.version_directive ||
        event->data.document_start.tag_directives.start !=
            event->data.document_start.tag_directives.end)
        return fail(reader, event, "a '%' directive has no place here");
    return true;
}

/* stream = start [document-start node document-end] end */
static bool read_stream(struct reader *reader, struct data_value *value)
{
    size_t documents = 0;
    for (bool is_open = true; is_open;) {
        yaml_event_t event;
        if (!next_event(reader, &event))
            return false;
        bool good = true;
        if (event.type == YAML_STREAM_END_EVENT)
            is_open = false;
        else if (event.type == YAML_DOCUMENT_START_EVENT)
            good = documents++ ? fail(reader, &event, "a second YAML document starts here")
                               : check_start(reader, &event);
        else if (event.type != YAML_STREAM_START_EVENT && event.type != YAML_DOCUMENT_END_EVENT)
            good = read_node(reader, &event, 0, value);
        yaml_event_delete(&event);
        if (!good)
            return false;
    }
    return true;
}

/* What libyaml made of a broken line and of those below it is not what was meant. */
static void drop_broken(struct data_value *value, uint32_t line)
{
    if (value->kind == DATA_LIST) {
        struct data_list *list = value->as.list;
        while (list->count && list->items[list->count - 1].line >= line)
            list->count--;
        for (size_t i = 0; i < list->count; i++)
            drop_broken(&list->items[i], line);
    } else if (value->kind == DATA_MAP) {
        struct data_map *map = value->as.map;
        while (map->count && map->entries[map->count - 1].key.line >= line)
            map->count--;
        for (size_t i = 0; i < map->count; i++)
            drop_broken(&map->entries[i].value, line);
    }
}

bool data_read_yaml(struct text yaml, struct text file, uint32_t first_line,
    const struct data_limits *limits, struct arena *arena, struct report *report,
    struct data_value *value)
{
    struct reader reader = {.source = {.yaml = yaml,
                                .file = file,
                                .first_line = first_line,
                                .report = report,
                                .arena = arena},
        .limits = limits,
        .has_signs = text_find(yaml, TEXT(" #")) >= 0};
    size_t errors = report->errors;
    *value = data_none();
    if (yaml.length > limits->bytes) {
        report_at(report, REPORT_ERROR, data_place(&reader.source, 0, 0, 1),
            "too long: %zu bytes of YAML, %zu at most", yaml.length, limits->bytes);
        return false;
    }
    if (!yaml_parser_initialize(&reader.parser))
        base_alloc(SIZE_MAX);
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &reader.parser, (const unsigned char *)(yaml.at ? yaml.at : ""), yaml.length);
    bool is_read = read_stream(&reader, value);
    if (is_read)
        check_anchors(&reader);
    else if (value->kind == DATA_TEXT)
        *value = data_none();
    else if (reader.source.broken_line)
        drop_broken(value, reader.source.broken_line);
    yaml_parser_delete(&reader.parser);
    return is_read && report->errors == errors;
}

/* ---- The core schema ------------------------------------------------------------------------------- */

/* integer = ["-" | "+"] digits, within 18 digits; anything longer stays a float */
static bool read_integer(struct text text, int64_t *integer)
{
    size_t at = text.length && (text.at[0] == '-' || text.at[0] == '+');
    if (at == text.length || text.length - at > 18)
        return false;
    *integer = 0;
    for (; at < text.length; at++) {
        if (text.at[at] < '0' || text.at[at] > '9')
            return false;
        *integer = *integer * 10 + (text.at[at] - '0');
    }
    if (text.at[0] == '-')
        *integer = -*integer;
    return true;
}

static bool read_float(struct text text, double *number)
{
    char digits[64], *end;
    bool has_digit = false;
    if (text.length == 0 || text.length >= sizeof digits)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (!memchr("0123456789+-.eE", text.at[i], 15))
            return false;
        has_digit |= text.at[i] >= '0' && text.at[i] <= '9';
    }
    memcpy(digits, text.at, text.length);
    digits[text.length] = 0;
    *number = strtod(digits, &end); /* sscanf takes "1e" for a number */
    return has_digit && *end == 0;
}

static void resolve_scalar(struct data_value *value)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const trues[] = {"true", "True", "TRUE", NULL};
    static const char *const falses[] = {"false", "False", "FALSE", NULL};
    struct text text = value->as.text;
    struct data_value typed = *value;
    if (is_one_of(text, nulls))
        typed.kind = DATA_NONE;
    else if (is_one_of(text, trues) || is_one_of(text, falses))
        typed.kind = DATA_YES_NO, typed.as.yes = is_one_of(text, trues);
    else if (read_integer(text, &typed.as.integer))
        typed.kind = DATA_INTEGER;
    else if (read_float(text, &typed.as.number))
        typed.kind = DATA_FLOAT;
    else
        return;
    *value = typed;
}

void data_resolve_scalars(struct data_value *value)
{
    if (value->kind == DATA_TEXT && value->plain)
        resolve_scalar(value);
    for (size_t i = 0; value->kind == DATA_LIST && i < value->as.list->count; i++)
        data_resolve_scalars(&value->as.list->items[i]);
    for (size_t i = 0; value->kind == DATA_MAP && i < value->as.map->count; i++)
        data_resolve_scalars(&value->as.map->entries[i].value);
}
