/*
 * Emphasis beside Hangul.
 *
 * CommonMark lets a run of stars close emphasis between a sign and a letter only where a blank or
 * sign follows, which suits languages that part their words. Korean hangs its particles on:
 *
 *     **규현(Kyuhyun)**은        not bold by the rule: a sign before the stars, a letter behind
 *     그는**"사랑"**을           nor here: a letter before, a sign behind
 *
 * Both engines follow the rule, and neither can be told otherwise (issue 650 of commonmark-spec).
 * So an invisible sign, as an entity, is put between the stars and the letter before they parse,
 * and taken out of what they say. Then such a run may both open and close, and the one that fits
 * is what it is.
 */
#include "markdown/markdown_inside.h"

#include "unicode/unicode.h"

/* ZERO WIDTH SPACE: as typed, it is a sign to the engines; decoded, nothing to the reader. */
static const char joint[] = "&#8203;";
static const char joint_decoded[] = "\xE2\x80\x8B";

enum { JOINT_BYTES = sizeof joint - 1 };

/* ---- Putting in ------------------------------------------------------------------------------------- */

/* The code point before the offset; a line end at the start of the text. */
static uint32_t point_before(struct text text, size_t at)
{
    if (at == 0)
        return '\n';
    size_t start = at - 1;
    while (start > 0 && ((unsigned char)text.at[start] & 0xC0) == 0x80)
        start--;
    return text_next_point(text, &start);
}

static uint32_t point_behind(struct text text, size_t at)
{
    return at < text.length ? text_next_point(text, &at) : '\n';
}

static bool is_sign(uint32_t point)
{
    return point != '\\' && !unicode_is_space(point) && !unicode_is_letter(point) &&
           !unicode_is_digit(point);
}

static void add_joint(struct mend *mend)
{
    size_t *joint_at =
        list_add(&mend->joints, &mend->count, &mend->capacity, &mend->arena, sizeof *joint_at);
    *joint_at = mend->text.length;
    buffer_add_string(&mend->text, joint);
}

/* Copies the body from *from up to the end of the run of stars, with a joint where it needs one. */
static void mend_run(struct mend *mend, struct text body, size_t *from, size_t start, size_t end)
{
    uint32_t before = point_before(body, start);
    uint32_t behind = point_behind(body, end);
    bool opens = unicode_is_hangul(before) && is_sign(behind);
    bool closes = is_sign(before) && unicode_is_hangul(behind);
    if (!opens && !closes)
        return;
    size_t cut = opens ? start : end;
    buffer_add(&mend->text, text_slice(body, *from, cut));
    add_joint(mend);
    *from = cut;
}

void mend_init(struct mend *mend, struct text body)
{
    *mend = (struct mend){0};
    arena_init(&mend->arena);
    size_t from = 0;
    for (size_t at = 0; at < body.length;) {
        ptrdiff_t star = text_find_byte(text_slice(body, at, body.length), '*');
        if (star < 0)
            break;
        size_t start = at + (size_t)star;
        for (at = start; at < body.length && body.at[at] == '*';)
            at++;
        mend_run(mend, body, &from, start, at);
    }
    if (mend->count > 0)
        buffer_add(&mend->text, text_slice(body, from, body.length));
}

void mend_release(struct mend *mend)
{
    arena_release(&mend->arena);
    buffer_release(&mend->text);
    for (size_t i = 0; i < BASE_COUNT(mend->cleaned); i++)
        buffer_release(&mend->cleaned[i]);
}

/* ---- Taking out ------------------------------------------------------------------------------------- */

/* How many joints begin before the offset. */
static size_t count_before(const struct mend *mend, size_t offset)
{
    size_t low = 0;
    size_t high = mend->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mend->joints[middle] < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t typed_offset(const struct mend *mend, size_t offset)
{
    size_t before = count_before(mend, offset);
    if (before > 0 && mend->joints[before - 1] + JOINT_BYTES > offset)
        offset = mend->joints[before - 1] + JOINT_BYTES;
    return offset - before * JOINT_BYTES;
}

/* The text without the joint in the given form. In a body that has joints, the few a writer may
 * have typed go too. */
static struct text without(struct buffer *cleaned, struct text text, const char *form)
{
    struct text needle = text_of(form);
    ptrdiff_t found = text.length < needle.length ? -1 : text_find(text, needle);
    if (found < 0)
        return text;
    buffer_clear(cleaned);
    while (found >= 0) {
        buffer_add(cleaned, text_slice(text, 0, (size_t)found));
        text = text_slice(text, (size_t)found + needle.length, text.length);
        found = text_find(text, needle);
    }
    buffer_add(cleaned, text);
    return buffer_text(cleaned);
}

struct markdown_event mend_event(struct mend *mend, const struct markdown_event *event)
{
    struct markdown_event typed = *event;
    bool verbatim = event->text_kind == MARKDOWN_VERBATIM || event->text_kind == MARKDOWN_RAW;
    typed.offset = typed_offset(mend, event->offset);
    typed.length = typed_offset(mend, event->offset + event->length) - typed.offset;
    typed.text = without(&mend->cleaned[0], event->text, verbatim ? joint : joint_decoded);
    typed.destination = without(&mend->cleaned[1], event->destination, joint_decoded);
    typed.title = without(&mend->cleaned[2], event->title, joint_decoded);
    typed.info = without(&mend->cleaned[3], event->info, joint_decoded);
    return typed;
}
