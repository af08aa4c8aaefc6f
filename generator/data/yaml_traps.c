/*
 * The traps that YAML sets for people who write about songs, and the line that gets out of each.
 *
 *     drama: Soundtrack #1          YAML drops what follows " #", and says nothing
 *     title: Missing Noir: M        a second ": "
 *     title: 'Master's Sun'         an apostrophe inside single quotes
 *     - "Stay With Me" by Chanyeol  text behind a closing quote
 *     title: *Beautiful*            "*", "&", "@", "`", "%", "!" and "|" mean something to YAML
 *     <tab>title: x                 a tab cannot indent
 *
 * libyaml's own words say where it stopped, not what the writer meant; so each trap is recognised
 * in the raw line.
 */
#include "data/data_inside.h"

/* A line of a map or a list, taken apart: "  - title: value". */
struct parts {
    struct text lead;  /* up to the value: indent, "- ", key and ": " */
    struct text value; /* the rest of the line, trimmed */
};

static size_t skip_blanks(struct text line, size_t at)
{
    while (at < line.length && line.at[at] == ' ')
        at++;
    return at;
}

/* Behind "key: ", when the line goes on with one; else where it was. */
static size_t skip_key(struct text line, size_t at)
{
    size_t end = at;
    while (
        end < line.length && (line.at[end] == '_' || (line.at[end] >= 'a' && line.at[end] <= 'z')))
        end++;
    if (end == at || end + 1 >= line.length || line.at[end] != ':' || line.at[end + 1] != ' ')
        return at;
    return skip_blanks(line, end + 1);
}

static struct parts take_apart(struct text line)
{
    size_t at = skip_blanks(line, 0);
    while (at + 1 < line.length && line.at[at] == '-' && line.at[at + 1] == ' ')
        at = skip_blanks(line, at + 1);
    at = skip_key(line, at);
    return (struct parts){text_slice(line, 0, at), text_trim(text_slice(line, at, line.length))};
}

/* The value without the quotes that were meant to be around it. */
static struct text unquoted(struct text value)
{
    char first = value.length ? value.at[0] : 0;
    if (value.length >= 2 && (first == '"' || first == '\'') && value.at[value.length - 1] == first)
        return text_slice(value, 1, value.length - 1);
    return value;
}

static bool has_byte(struct text text, char byte)
{
    return text_find_byte(text, byte) >= 0;
}

/* The line as it should be: in single quotes where the text has double ones, or else escaped. A list's
 * item that is a text may be a pasted track. */
static void note_quoted(struct data_source *source, struct text line)
{
    struct parts parts = take_apart(line);
    struct text lead = text_trim(parts.lead), value = unquoted(parts.value);
    bool is_hard = has_byte(value, '"') || has_byte(value, '\\');
    bool is_single = is_hard && !has_byte(value, '\'');
    struct buffer quoted;
    buffer_init(&quoted);
    for (size_t i = 0; i < value.length; i++) {
        if (!is_single && (value.at[i] == '"' || value.at[i] == '\\'))
            buffer_add_byte(&quoted, '\\');
        buffer_add_byte(&quoted, value.at[i]);
    }
    const char *mark = is_single ? "'" : "\"";
    report_note(source->report, "write: %.*s%s%s%.*s%s", TEXT_ARGS(lead), lead.length ? " " : "",
        mark, TEXT_ARGS(buffer_text(&quoted)), mark);
    if (text_ends(lead, "-"))
        report_note(
            source->report, "or, for tracks, paste the lines as they are under 'tracks: |'");
    buffer_release(&quoted);
}

/* ---- The traps -------------------------------------------------------------------------------------- */

static bool has_tab_indent(struct text line)
{
    for (size_t at = 0; at < line.length && (line.at[at] == ' ' || line.at[at] == '\t'); at++)
        if (line.at[at] == '\t')
            return true;
    return false;
}

/* A quote that closes before the value ends. */
static bool has_text_behind_quote(struct text value)
{
    if (value.length < 3 || (value.at[0] != '"' && value.at[0] != '\''))
        return false;
    ptrdiff_t close = text_find_byte(text_slice(value, 1, value.length), value.at[0]);
    return close >= 0 && (size_t)close + 2 < value.length;
}

static bool has_second_colon(struct text value)
{
    return text_find(value, TEXT(": ")) >= 0 || text_ends(value, ":");
}

/* "|" and ">" alone begin a text on the lines below; "-5" is a number. */
static bool starts_with_sign(struct text value)
{
    if (value.length == 0)
        return false;
    if (memchr("*&@`%!", value.at[0], 6))
        return true;
    if (value.length == 1)
        return value.at[0] == '-';
    return memchr("|>", value.at[0], 2) || (value.at[0] == '-' && value.at[1] == ' ');
}

bool data_report_trap(struct data_source *source, size_t number)
{
    struct text line = data_line(source, number);
    struct parts parts = take_apart(line);
    struct place place =
        data_place(source, number, text_count_points(parts.lead), text_count_points(parts.value));
    struct report *report = source->report;
    if (has_tab_indent(line)) {
        place = data_place(source, number, 0, 1);
        report_at(report, REPORT_ERROR, place, "a tab cannot indent a line of YAML: use spaces");
        return true;
    }
    if (has_text_behind_quote(parts.value))
        report_at(report, REPORT_ERROR, place,
            parts.value.at[0] == '\'' ? "an apostrophe ends text in single quotes"
                                      : "the text goes on behind its closing quote");
    else if (starts_with_sign(parts.value))
        report_at(report, REPORT_ERROR, place, "a text that starts with '%c' needs quotes",
            parts.value.at[0]);
    else if (has_second_colon(parts.value) && parts.value.at[0] != '[' && parts.value.at[0] != '{')
        report_at(report, REPORT_ERROR, place, "a text with ': ' in it needs quotes");
    else
        return false;
    note_quoted(source, line);
    return true;
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

void data_report_fault(struct data_source *source, const struct data_fault *fault)
{
    if (source->has_lost_end) /* `[Soundtrack #1, OST]`: the lost end was what closes the list */
        return;
    if (data_report_trap(source, fault->line))
        return;
    if (fault->line > 0 && data_report_trap(source, fault->line - 1))
        return;
    if (report_in_plain_words(source, fault))
        return;
    report_at(source->report, REPORT_ERROR, data_place(source, fault->line, fault->column, 1),
        "broken YAML: %s", fault->problem);
    if (fault->context)
        report_note(source->report, "%s that starts on line %zu", fault->context,
            source->first_line + fault->context_line);
}

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

void data_report_lost_end(struct data_source *source, size_t number, size_t end_column)
{
    struct text line = data_line(source, number);
    size_t at = offset_at(source, line, end_column);
    size_t sign = skip_blanks(line, at);
    if (sign == at || sign + 1 >= line.length || line.at[sign] != '#' || line.at[sign + 1] == ' ')
        return;
    struct place place = data_place(source, number, text_count_points(text_slice(line, 0, sign)),
        text_count_points(text_slice(line, sign, line.length)));
    report_at(source->report, REPORT_ERROR, place,
        "YAML drops everything behind ' #': put quotes around this text");
    source->has_lost_end = true;
    struct parts parts = take_apart(line);
    if (parts.lead.length > skip_blanks(line, 0) && !memchr("[{", parts.value.at[0], 2))
        note_quoted(source, line);
}
