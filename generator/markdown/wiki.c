/*
 * Wiki links.
 *
 *     link   = "[[" target [ "|" label ] "]]"
 *     target = [ kind ":" ] name [ " / " name ... ] [ "#" heading ]      left to the host
 *
 * Brackets never stand inside one, so the innermost pair counts. An escaped bracket is no bracket,
 * but an escaped "|" is one: in a table it has to be typed so.
 */
#include "markdown/markdown_inside.h"

/* Longer than any name: what is between the brackets then is prose. Keeps "[[" many times over
 * from being searched to the end each time. */
enum { WIKI_BYTES = 1000 };

static bool is_marked(const char *marks, size_t at)
{
    return marks && marks[at] != 0;
}

/* The byte offset of "]]", 0 when another bracket or nothing comes first. */
static size_t find_close(struct text text, const char *marks)
{
    size_t last = text.length < WIKI_BYTES ? text.length : WIKI_BYTES;
    for (size_t at = 2; at + 1 < last; at++) {
        if (is_marked(marks, at))
            continue;
        if (text.at[at] == '[')
            return 0;
        if (text.at[at] == ']')
            return text.at[at + 1] == ']' && !is_marked(marks, at + 1) ? at : 0;
    }
    return 0;
}

bool wiki_read(struct text text, const char *marks, struct wiki_parts *parts)
{
    if (!text_starts(text, "[[") || is_marked(marks, 0) || is_marked(marks, 1))
        return false;
    size_t close = find_close(text, marks);
    struct text inside = text_slice(text, 2, close);
    ptrdiff_t bar = text_find_byte(inside, '|');
    size_t target_end = bar < 0 ? inside.length : (size_t)bar;
    parts->target = text_trim(text_slice(inside, 0, target_end));
    parts->label =
        bar < 0 ? TEXT_NONE : text_trim(text_slice(inside, target_end + 1, inside.length));
    if (parts->label.length == 0)
        parts->label = TEXT_NONE;
    parts->length = close + 2;
    return parts->target.length > 0;
}

static const char *const kinds[] = {"drama:", "artist:", "track:", "review:", "tag:"};

struct text wiki_shown(struct text target)
{
    for (size_t i = 0; i < BASE_COUNT(kinds); i++) {
        struct text name = text_slice(target, strlen(kinds[i]), target.length);
        if (text_starts(target, kinds[i]) && text_trim(name).length > 0)
            return text_trim(name);
    }
    if (target.length > 1 && target.at[0] == '#') /* a heading of this page */
        return text_trim(text_slice(target, 1, target.length));
    return target;
}

/* ---- Pictures ---------------------------------------------------------------------------------------------- */

/* "300": 0 when it is no number of four digits at most. */
static unsigned pixels(struct text text)
{
    unsigned number = 0;
    for (size_t at = 0; at < text.length; at++) {
        if (text.at[at] < '0' || text.at[at] > '9' || text.length > 4)
            return 0;
        number = number * 10 + (unsigned)(text.at[at] - '0');
    }
    return number;
}

/* "300x200", or "300" for the width alone. */
static struct markdown_size size_of(struct text text)
{
    ptrdiff_t x = text_find_byte(text, 'x');
    if (x < 0)
        return (struct markdown_size){pixels(text), 0};
    struct markdown_size size = {pixels(text_slice(text, 0, (size_t)x)),
        pixels(text_slice(text, (size_t)x + 1, text.length))};
    return size.width && size.height ? size : (struct markdown_size){0, 0};
}

struct markdown_size wiki_size(struct text label, struct text *alt)
{
    size_t bar = label.length;
    while (bar > 0 && label.at[bar - 1] != '|')
        bar--;
    struct markdown_size size = size_of(text_trim(text_slice(label, bar, label.length)));
    *alt = size.width ? text_trim(text_slice(label, 0, bar ? bar - 1 : 0)) : label;
    return size;
}

bool wiki_picture(const struct wiki_parts *parts, struct wiki_picture *picture)
{
    static const char *const ends[] = {
        ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp"};
    char end[6];
    ptrdiff_t dot = (ptrdiff_t)parts->target.length - 1;
    while (dot > 0 && parts->target.at[dot] != '.')
        dot--;
    struct text tail = text_slice(parts->target, (size_t)dot, parts->target.length);
    if (dot <= 0 || tail.length >= sizeof end)
        return false;
    for (size_t i = 0; i <= tail.length; i++)
        end[i] = i == tail.length                         ? '\0'
                 : tail.at[i] >= 'A' && tail.at[i] <= 'Z' ? (char)(tail.at[i] | 0x20)
                                                          : tail.at[i];
    bool is_one = false;
    for (size_t i = 0; i < BASE_COUNT(ends); i++)
        is_one |= strcmp(end, ends[i]) == 0;
    struct text label = parts->label;
    picture->size = wiki_size(label, &picture->alt);
    return is_one;
}
