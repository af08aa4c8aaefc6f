/*
 * The traps that YAML sets for people who write about songs, and the line that gets out of each.
 *
 *     drama: Soundtrack #1          YAML drops what follows " #", and says nothing
 *     title: Missing Noir: M        a second ": "
 *     title: 'Master's Sun'         an apostrophe inside single quotes
 *     - "Stay With Me" by Chanyeol  text behind a closing quote
 *     title: *Beautiful*            "*", "&", "@", "`", "%", "!" and "|" mean something to YAML
 *     <tab>title: x                 a tab can't indent
 *
 * libyaml's own words say where it stopped, not what the writer meant. So the lines around are tried: one
 * whose correction (yaml_correct.c) lets libyaml read on is the one that is wrong.
 */
#include "data/data_inside.h"

#include <yaml.h>

/* Lines as they should be, in the place of one or more. */
struct trial {
    struct data_source *source;
    size_t first, last; /* lines of the source, from 0 */
    struct text raw;    /* what was corrected */
    bool is_in_doubt;   /* a list or a map may have been meant, in the wrong place */
    struct data_correction correction;
};

static const struct data_wanted as_it_stands = {.text_at = SIZE_MAX, .tab_width = 2};
static const struct data_wanted in_brackets = {
    .text_at = SIZE_MAX, .tab_width = 2, .is_in_brackets = true};
static const struct data_wanted to_be_closed = {
    .text_at = SIZE_MAX, .tab_width = 2, .is_to_be_closed = true};

static struct trial trial_of(struct data_source *source, size_t number)
{
    struct trial trial = {
        .source = source, .first = number, .last = number, .raw = data_line(source, number)};
    buffer_init(&trial.correction.line);
    return trial;
}

static size_t indent_of(struct text line)
{
    size_t at = 0;
    while (at < line.length && line.at[at] == ' ')
        at++;
    return at;
}

/* ---- Telling --------------------------------------------------------------------------------------------- */

/* Nobody pastes a longer line from a message. */
enum { most_shown_bytes = 1000 };

static void note_line(struct report *report, const struct trial *trial, size_t first_line)
{
    struct text line = buffer_text(&trial->correction.line);
    if (line.length > most_shown_bytes)
        return;
    if (trial->is_in_doubt)
        report_note(report, "for a text in brackets write: %.*s", TEXT_ARGS(line));
    else if (trial->first == trial->last)
        report_note(report, "write: %.*s", TEXT_ARGS(line));
    else
        report_note(report, "write, for lines %zu to %zu: %.*s", first_line + trial->first,
            first_line + trial->last, TEXT_ARGS(line));
    if (trial->correction.is_item && trial->correction.flaw <= DATA_FLAW_HASH)
        report_note(report, "or, for tracks, paste the lines as they are under 'tracks: |'");
}

static void tell(const struct trial *trial, struct place place)
{
    struct report *report = trial->source->report;
    if (trial->source->broken_line > place.line)
        trial->source->broken_line = place.line;
    report_at(report, REPORT_ERROR, place, "%s", trial->correction.words);
    note_line(report, trial, trial->source->first_line);
}

static struct place place_of(const struct trial *trial)
{
    const struct data_correction *correction = &trial->correction;
    if (trial->first != trial->last)
        return data_place(trial->source, trial->first, 0, 1);
    return data_place(trial->source, trial->first,
        text_count_points(text_slice(trial->raw, 0, correction->from)),
        text_count_points(text_slice(trial->raw, correction->from, correction->to)));
}

bool data_report_trap(struct data_source *source, size_t number)
{
    struct trial trial = trial_of(source, number);
    data_correct(trial.raw, &as_it_stands, &trial.correction);
    if (trial.correction.flaw)
        tell(&trial, place_of(&trial));
    buffer_release(&trial.correction.line);
    return trial.correction.flaw;
}

void data_note_correction(struct data_source *source, size_t number, bool is_in_brackets)
{
    struct trial trial = trial_of(source, number);
    data_correct(trial.raw, is_in_brackets ? &in_brackets : &as_it_stands, &trial.correction);
    if (trial.correction.flaw)
        note_line(source->report, &trial, source->first_line);
    buffer_release(&trial.correction.line);
}

/* ---- Trying ------------------------------------------------------------------------------------------------ */

/* As deep as any document may be: libyaml takes quadratic time on more. */
enum { deepest = 32 };

/* Where libyaml stops: lines and columns from 0; after the last line when it does not. */
static yaml_mark_t stop_of(struct text yaml)
{
    yaml_parser_t parser;
    yaml_mark_t stop = {.line = SIZE_MAX};
    bool is_open = true;
    if (!yaml_parser_initialize(&parser))
        base_alloc(SIZE_MAX);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)yaml.at, yaml.length);
    for (int depth = 0; is_open && depth <= deepest;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            stop = parser.problem_mark;
            break;
        }
        depth += event.type == YAML_SEQUENCE_START_EVENT || event.type == YAML_MAPPING_START_EVENT;
        depth -= event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT;
        is_open = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return stop;
}

/* Where the lines begin and end in the document. */
static size_t offset_of(struct text yaml, size_t number)
{
    struct text rest = yaml, line;
    while (number-- > 0 && text_line(&rest, &line))
        ;
    return yaml.length - rest.length;
}

/* Whether libyaml comes further with the corrected line. */
static bool helps(const struct trial *trial, const struct data_fault *fault)
{
    struct text yaml = trial->source->yaml;
    struct buffer mended;
    buffer_init(&mended);
    buffer_add(&mended, text_slice(yaml, 0, offset_of(yaml, trial->first)));
    buffer_add(&mended, buffer_text(&trial->correction.line));
    buffer_add_byte(&mended, '\n');
    buffer_add(&mended, text_slice(yaml, offset_of(yaml, trial->last + 1), yaml.length));
    yaml_mark_t stop = stop_of(buffer_text(&mended));
    buffer_release(&mended);
    size_t lost = trial->last - trial->first;
    if (stop.line == SIZE_MAX || stop.line + lost > fault->line)
        return true;
    return trial->last < fault->line && stop.line + lost == fault->line &&
           stop.column > fault->column;
}

static bool try_line(struct data_source *source, size_t number, const struct data_wanted *wanted,
    const struct data_fault *fault)
{
    struct trial trial = trial_of(source, number);
    if (trial.raw.at)
        data_correct(trial.raw, wanted, &trial.correction);
    bool is_it = trial.correction.flaw && helps(&trial, fault);
    if (is_it)
        tell(&trial, place_of(&trial));
    buffer_release(&trial.correction.line);
    return is_it;
}

/* A tab may have stood for any number of blanks. */
static bool try_tabs(struct data_source *source, const struct data_fault *fault)
{
    for (unsigned width = 1; width <= 8; width++) {
        struct data_wanted wanted = {.text_at = SIZE_MAX, .tab_width = width % 8 + 1};
        struct trial trial = trial_of(source, fault->line);
        if (trial.raw.at)
            data_correct(trial.raw, &wanted, &trial.correction);
        bool is_tab = trial.correction.flaw == DATA_FLAW_TAB;
        bool is_it = is_tab && (width == 8 || helps(&trial, fault));
        if (is_it)
            tell(&trial, place_of(&trial));
        buffer_release(&trial.correction.line);
        if (is_it || !is_tab)
            return is_it;
    }
    return false;
}

/* ---- Texts of several lines ---------------------------------------------------------------------------------- */

/* The text would be longer than what is shown of it. */
enum { most_joined = 40 };

/* The lines that a text without quotes fills, joined as YAML joins them; the line is one of them, not the
 * first. False when it is none, or when nobody would write the text in one line. */
static bool join_lines(struct data_source *source, size_t number, struct trial *trial)
{
    size_t indent = indent_of(data_line(source, number)), first = number, last = number;
    struct buffer joined;
    while (first > 0 && number - first < most_joined &&
           (indent_of(data_line(source, first)) >= indent ||
               !text_trim(data_line(source, first)).length))
        first--;
    if (indent_of(data_line(source, first)) >= indent)
        return false;
    indent = indent_of(data_line(source, first));
    for (struct text line; last - first <= most_joined && (line = data_line(source, last + 1)).at &&
                           line.length && indent_of(line) > indent;)
        last++;
    if (last - first > most_joined)
        return false;
    buffer_init(&joined);
    buffer_add(&joined, data_line(source, first));
    for (size_t i = first + 1; i <= last; i++) {
        buffer_add_byte(&joined, ' ');
        buffer_add(&joined, text_trim(data_line(source, i)));
    }
    *trial = trial_of(source, first);
    trial->last = last;
    trial->raw = arena_text(source->arena, buffer_text(&joined));
    buffer_release(&joined);
    data_correct(trial->raw, &as_it_stands, &trial->correction);
    return true;
}

/* Whether the line is neither "key:" nor an item. */
static bool is_rest(struct data_source *source, size_t number)
{
    struct trial trial = trial_of(source, number);
    if (trial.raw.at)
        data_correct(trial.raw, &as_it_stands, &trial.correction);
    buffer_release(&trial.correction.line);
    return trial.correction.is_rest;
}

static bool try_joined(struct data_source *source, const struct data_fault *fault)
{
    struct trial trial;
    if (!is_rest(source, fault->line) || !join_lines(source, fault->line, &trial))
        return false;
    bool is_it = trial.correction.flaw && helps(&trial, fault);
    if (is_it)
        tell(&trial, data_place(source, fault->line, indent_of(data_line(source, fault->line)),
                         text_count_points(text_trim(data_line(source, fault->line)))));
    buffer_release(&trial.correction.line);
    return is_it;
}

/* ---- What libyaml can't read ----------------------------------------------------------------------------------- */

/* How far up a quote that never closes is looked for. */
enum { lines_up = 40 };

/* Parsing it anew for each try takes its time: not in data of megabytes. */
enum { most_tried_bytes = 64 << 10 };

static bool try_quotes_above(struct data_source *source, const struct data_fault *fault)
{
    for (size_t up = 1; up <= lines_up && up <= fault->line; up++) {
        struct trial trial = trial_of(source, fault->line - up);
        data_correct(trial.raw, &as_it_stands, &trial.correction);
        bool is_open = trial.correction.flaw == DATA_FLAW_OPEN_QUOTE;
        buffer_release(&trial.correction.line);
        if (is_open && try_line(source, fault->line - up, &as_it_stands, fault))
            return true;
    }
    return false;
}

static bool try_all(struct data_source *source, const struct data_fault *fault)
{
    if (source->yaml.length > most_tried_bytes)
        return false;
    bool is_flow = fault->context && strstr(fault->context, "flow");
    size_t opened = fault->context_line;
    return try_tabs(source, fault) || try_joined(source, fault) ||
           try_line(source, fault->line, &as_it_stands, fault) ||
           (fault->line && try_line(source, fault->line, &in_brackets, fault)) ||
           (fault->line && try_line(source, fault->line - 1, &as_it_stands, fault)) ||
           (fault->context && try_line(source, opened, &as_it_stands, fault)) ||
           try_quotes_above(source, fault) ||
           (is_flow && try_line(source, opened, &to_be_closed, fault)) ||
           (is_flow && fault->line && try_line(source, fault->line - 1, &in_brackets, fault));
}

/* What libyaml says that would not help a writer, in other words. */
static const struct {
    const char *context, *problem; /* libyaml's words; NULL: any */
    const char *words;
    bool is_at_context; /* shown where it began, not where libyaml gave up */
} plain_words[] = {
    {"while parsing a flow sequence", NULL, "this list does not end: a ']' or a ',' is missing",
        true},
    {"while parsing a flow mapping", NULL, "this map does not end: a '}' or a ',' is missing",
        true},
    {"while scanning a quoted scalar", "found unexpected end of stream",
        "the quotes that open here never close", true},
    {"while scanning a quoted scalar", "found unexpected document indicator",
        "the quotes that open here never close", true},
    {"while scanning a simple key", "could not find expected ':'",
        "this line is neither 'name: value' nor part of the value above it", true},
    {NULL, "did not find expected <document start>",
        "this line starts further left than the first one: all fields start in the same column",
        false},
    {NULL, "mapping values are not allowed in this context",
        "a ':' has no place here: is the line indented by mistake?", false},
};

static bool report_in_plain_words(struct data_source *source, const struct data_fault *fault)
{
    for (size_t i = 0; i < BASE_COUNT(plain_words); i++) {
        const char *context = plain_words[i].context, *problem = plain_words[i].problem;
        if ((context && (!fault->context || strcmp(fault->context, context) != 0)) ||
            (problem && strcmp(fault->problem, problem) != 0))
            continue;
        bool is_there = plain_words[i].is_at_context;
        report_at(source->report, REPORT_ERROR,
            data_place(source, is_there ? fault->context_line : fault->line,
                is_there ? fault->context_column : fault->column, 1),
            "%s", plain_words[i].words);
        return true;
    }
    return false;
}

/* What stands from here on was not read as it was meant. */
static void set_broken(struct data_source *source, size_t line)
{
    if (!source->broken_line || source->broken_line > source->first_line + line)
        source->broken_line = source->first_line + (uint32_t)line;
}

void data_report_fault(struct data_source *source, const struct data_fault *fault)
{
    bool is_flow = fault->context && strstr(fault->context, "flow");
    set_broken(
        source, is_flow && fault->context_line < fault->line ? fault->context_line : fault->line);
    if (source->has_lost_end) /* `[Soundtrack #1, OST]`: the lost end was what closes the list */
        return;
    if (try_all(source, fault) || report_in_plain_words(source, fault))
        return;
    report_at(source->report, REPORT_ERROR, data_place(source, fault->line, fault->column, 1),
        "broken YAML: %s", fault->problem);
    if (fault->context)
        report_note(source->report, "%s that starts on line %zu", fault->context,
            source->first_line + fault->context_line);
}

/* ---- What YAML reads, and not as it was meant -------------------------------------------------------------------- */

/* The byte at a column of the line. Values are asked for from left to right, so counting goes on from
 * the last one: a list of 10,000 numbers may stand on one line. */
static size_t offset_at(struct data_source *source, struct text line, size_t column)
{
    if (column < source->seen_column)
        source->seen_column = source->seen_at = 0;
    for (; source->seen_column < column && source->seen_at < line.length; source->seen_column++)
        text_next_point(line, &source->seen_at);
    return source->seen_at;
}

void data_report_lost_end(
    struct data_source *source, size_t number, size_t end_column, bool is_in_brackets)
{
    struct text line = data_line(source, number);
    size_t at = offset_at(source, line, end_column), sign = at;
    while (sign < line.length && line.at[sign] == ' ')
        sign++;
    if (sign == at || sign + 1 >= line.length || line.at[sign] != '#' || line.at[sign + 1] == ' ')
        return;
    struct place place = data_place(source, number, text_count_points(text_slice(line, 0, sign)),
        text_count_points(text_slice(line, sign, line.length)));
    struct trial trial = trial_of(source, number), joined;
    data_correct(line, is_in_brackets ? &in_brackets : &as_it_stands, &trial.correction);
    if (trial.correction.is_rest && join_lines(source, number, &joined)) {
        buffer_release(&trial.correction.line);
        trial = joined;
    }
    source->has_lost_end = true;
    if (trial.correction.flaw != DATA_FLAW_NO_COMMENT)
        snprintf(trial.correction.words, sizeof trial.correction.words,
            "YAML drops everything behind ' #': put quotes around this text");
    if (trial.correction.flaw && !trial.correction.is_rest)
        tell(&trial, place);
    else /* the line is part of a text that can't be written anew here */
        report_at(source->report, REPORT_ERROR, place, "%s", trial.correction.words);
    buffer_release(&trial.correction.line);
}

/* "-a" as an item, a bullet, and a blank that is not the space bar's. */
static bool starts_oddly(struct text line)
{
    struct text rest = text_slice(line, indent_of(line), line.length);
    char next = rest.length > 1 ? rest.at[1] : 0;
    if (text_starts(rest, "-"))
        return next && !memchr(" -.0123456789", next, 13);
    return text_starts(rest, "\xE2\x80\xA2 ") || text_starts(rest, "\xC2\xA0") ||
           text_starts(rest, "\xE3\x80\x80") || text_starts(rest, "\xE2\x80\xAF");
}

bool data_report_odd_start(struct data_source *source, const struct data_value *value)
{
    static const struct data_wanted items = {.text_at = SIZE_MAX, .tab_width = 2, .is_list = true};
    size_t number = value->line - source->first_line, found = 0;
    struct text line = data_line(source, number);
    if (number < source->odd_end)
        return true;
    if (indent_of(line) + 1 != value->column || !indent_of(line))
        return false;
    for (; starts_oddly(line); line = data_line(source, ++number)) {
        struct trial trial = trial_of(source, number);
        data_correct(line, &items, &trial.correction);
        if (trial.correction.flaw) {
            tell(&trial, place_of(&trial));
            found++;
        }
        buffer_release(&trial.correction.line);
    }
    source->odd_end = number;
    return found;
}

/* `drama: [[Goblin]]`, a link of Obsidian's, is a list in a list to YAML. */
static bool is_inside_link(struct text line, size_t at)
{
    struct text rest = text_slice(line, at, line.length);
    ptrdiff_t end = text_find_byte(rest, ']');
    return at && line.at[at - 1] == '[' && end > 0 &&
           text_starts(text_slice(rest, (size_t)end, rest.length), "]]");
}

bool data_note_as_text(
    struct report *report, struct text yaml, uint32_t first_line, const struct data_value *value)
{
    struct data_source source = {.yaml = yaml, .first_line = first_line, .report = report};
    struct data_fault nowhere = {.line = SIZE_MAX - 1};
    struct data_wanted wanted = as_it_stands;
    if (!yaml.at || yaml.length > most_tried_bytes || value->line < first_line)
        return false;
    struct trial trial = trial_of(&source, value->line - first_line);
    wanted.text_at = 0;
    for (uint32_t column = 1; column < value->column && wanted.text_at < trial.raw.length; column++)
        text_next_point(trial.raw, &wanted.text_at);
    char sign = text_slice(trial.raw, wanted.text_at, trial.raw.length).length
                    ? trial.raw.at[wanted.text_at]
                    : 0;
    bool is_link = is_inside_link(trial.raw, wanted.text_at);
    wanted.text_at -= is_link;
    trial.is_in_doubt = !is_link && (sign == '[' || sign == '{');
    bool is_it = false;
    for (int is_in = 0; is_in < 2 && !is_it; is_in++) {
        wanted.is_in_brackets = is_in;
        data_correct(trial.raw, &wanted, &trial.correction);
        is_it = trial.correction.flaw && helps(&trial, &nowhere);
    }
    if (is_it)
        note_line(report, &trial, first_line);
    buffer_release(&trial.correction.line);
    return is_it;
}
