/*
 * A content file taken apart:
 *
 *     ---                 front matter: YAML between two lines of three hyphens
 *     title: Signal
 *     ---
 *     The strings ...     body: Markdown to the end of the file
 */
#include "catalog/catalog_inside.h"

struct place catalog_place(
    const struct catalog_file *file, struct text body, size_t at, size_t length)
{
    struct place place = place_in(file->path, body, at, length);
    place.line += file->body_line - 1;
    return place;
}

static bool is_bad_control(char byte)
{
    bool is_blank = byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f';
    return (unsigned char)byte < ' ' && !is_blank;
}

/* The first byte that is not UTF-8, or that neither YAML nor HTML nor XML can hold; -1 for none. */
static ptrdiff_t find_bad_byte(struct text bytes)
{
    for (size_t at = text_skip_plain(bytes, 0); at < bytes.length;) {
        size_t start = at;
        if ((unsigned char)bytes.at[at] < 0x80) {
            if (is_bad_control(bytes.at[at]))
                return (ptrdiff_t)at;
            at = text_skip_plain(bytes, at + 1);
        } else if (text_next_point(bytes, &at), at == start + 1) {
            return (ptrdiff_t)start; /* broken: a whole one has two bytes at least */
        }
    }
    return -1;
}

bool catalog_check_bytes(struct text bytes, struct text path, struct report *report)
{
    ptrdiff_t bad = find_bad_byte(bytes);
    if (bad < 0)
        return true;
    unsigned char byte = (unsigned char)bytes.at[bad];
    report_at(report, REPORT_ERROR, place_in(path, bytes, (size_t)bad, 1),
        byte == 0     ? "a zero byte (0x%02X) has no place in a text"
        : byte < 0x80 ? "a control character (0x%02X) has no place in a text"
                      : "this byte (0x%02X) is not UTF-8: save the file as UTF-8",
        byte);
    return false;
}

static bool is_fence(struct text line)
{
    while (line.length && (line.at[line.length - 1] == ' ' || line.at[line.length - 1] == '\t'))
        line.length--;
    return text_is(line, "---");
}

/* "----" or " ---": meant as the end of the fields, maybe. */
static bool is_nearly_fence(struct text line)
{
    struct text hyphens = text_trim(line);
    for (size_t i = 0; i < hyphens.length; i++)
        if (hyphens.at[i] != '-')
            return false;
    return hyphens.length > 1;
}

bool catalog_split(
    struct text bytes, struct text path, struct report *report, struct catalog_parts *parts)
{
    struct place top = {.file = path, .line = 1, .column = 1, .points = 3};
    struct text rest = bytes, line;
    if (!catalog_check_bytes(bytes, path, report))
        return false;
    if (text_starts(rest, "\xEF\xBB\xBF")) /* a byte order mark, as some editors write */
        rest = text_slice(rest, 3, rest.length);
    if (!text_line(&rest, &line) || !is_fence(line)) {
        report_at(
            report, REPORT_ERROR, top, "a content file starts with its fields between '---' lines");
        report_note(report, "write ---, then fields like 'title: Signal', then --- and the text");
        return false;
    }
    const char *yaml = rest.at;
    struct text near = TEXT_NONE;
    uint32_t near_number = 0;
    for (uint32_t number = 2; text_line(&rest, &line); number++) {
        if (!near.at && is_nearly_fence(line)) {
            near = line;
            near_number = number;
        }
        if (!is_fence(line))
            continue;
        parts->yaml = (struct text){yaml, (size_t)(line.at - yaml)};
        parts->yaml_line = 2;
        parts->body_offset = (size_t)(rest.at - bytes.at);
        parts->body_line = number + 1;
        return true;
    }
    report_at(report, REPORT_ERROR, top,
        "the fields that start here never end: write --- on a line of its own behind them");
    if (near.at)
        report_note(report, "line %u is nearly that: '%.*s'", near_number, TEXT_ARGS(near));
    return false;
}
