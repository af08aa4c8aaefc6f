/*
 * Emphasis beside Hangul.
 *
 * CommonMark lets a run of stars close emphasis between a sign and a letter only where a blank or
 * sign follows, which suits languages that part their words. Korean hangs its particles on:
 *
 *     **규현(Kyuhyun)**은        not bold by the rule: a sign before the stars, a letter behind
 *     그는**"사랑"**을           nor here: a letter before, a sign behind
 *     _규현_은                   nor between letters, where the sign is no star
 *
 * All of that holds for "*" and "~", and the first two for "_". Between letters "_" is often part
 * of a name (봄_여름): there it may close only what a "_" at a word's beginning has opened in the
 * same line, and nothing behind it closes in the usual way.
 *
 * Both engines follow the rule, and neither can be told otherwise (issue 650 of commonmark-spec).
 * So an invisible sign, as an entity, is put between the run and the letter before they parse,
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

/* The code points on both sides of the offset; a line end where the text is over. */
static uint32_t point_before(struct text text, size_t at)
{
    return at > 0 ? text_previous_point(text, &at) : '\n';
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

/* Some signs of one kind, side by side. */
struct run {
    size_t start, end;
    uint32_t before, behind; /* the code points around it */
};

static struct run run_at(struct text body, size_t start)
{
    struct run run = {.start = start, .end = start};
    while (run.end < body.length && body.at[run.end] == body.at[start])
        run.end++;
    run.before = point_before(body, run.start);
    run.behind = point_behind(body, run.end);
    return run;
}

static bool is_letter(uint32_t point)
{
    return unicode_is_letter(point) || unicode_is_digit(point);
}

static bool has_length_of(const struct run *one, const struct run *other)
{
    return one->end - one->start == other->end - other->start;
}

static bool begins_word(const struct run *run)
{
    return !is_letter(run->before) && !unicode_is_space(run->behind);
}

static bool ends_word(const struct run *run)
{
    return !unicode_is_space(run->before) && !is_letter(run->behind);
}

/* How far to look for the other end of an emphasis: longer ones are none between letters. */
enum { EMPHASIS_BYTES = 400 };

/* The part of the body in which the other end of the run may be: its line, as far as is looked. */
static struct text line_before(struct text body, const struct run *run)
{
    size_t first = run->start < EMPHASIS_BYTES ? 0 : run->start - EMPHASIS_BYTES;
    size_t at = run->start;
    while (at > first && body.at[at - 1] != '\n')
        at--;
    return text_slice(body, at, run->start);
}

static struct text line_behind(struct text body, const struct run *run)
{
    struct text line = text_slice(body, run->end, run->end + EMPHASIS_BYTES);
    ptrdiff_t end = text_find_byte(line, '\n');
    return end < 0 ? line : text_slice(line, 0, (size_t)end);
}

/* Is there such a run in this part of the body? */
static bool has_run(struct text body, struct text part, const struct run *like,
    bool (*is_wanted)(const struct run *))
{
    size_t end = (size_t)(part.at - body.at) + part.length;
    for (size_t at = (size_t)(part.at - body.at); at < end;) {
        ptrdiff_t found = text_find_byte(text_slice(body, at, end), body.at[like->start]);
        if (found < 0)
            return false;
        struct run run = run_at(body, at + (size_t)found);
        if (has_length_of(&run, like) && is_wanted(&run))
            return true;
        at = run.end;
    }
    return false;
}

/* Between letters, and what it would close is near? */
static bool closes_between_letters(struct text body, const struct run *run)
{
    return body.at[run->start] == '_' && is_letter(run->before) && unicode_is_hangul(run->behind) &&
           has_run(body, line_before(body, run), run, begins_word) &&
           !has_run(body, line_behind(body, run), run, ends_word);
}

/* Where the last of them is in the text, or -1. */
static ptrdiff_t find_last(struct text text, struct text needle)
{
    ptrdiff_t last = -1;
    ptrdiff_t found;
    for (size_t at = 0; (found = text_find(text_slice(text, at, text.length), needle)) >= 0;) {
        last = (ptrdiff_t)at + found;
        at = (size_t)last + 1;
    }
    return last;
}

/* In a wiki link or a bare address, which engines don't know, the signs are letters like others. */
static bool is_in_link(struct text body, const struct run *run)
{
    struct text line = line_before(body, run);
    if (find_last(line, TEXT("[[")) > find_last(line, TEXT("]]")))
        return true;
    ptrdiff_t blank = find_last(line, TEXT(" "));
    return text_find(text_slice(line, (size_t)(blank + 1), line.length), TEXT("://")) >= 0;
}

/* Copies the body from *from up to the end of the run, with a joint where it needs one. */
static void mend_run(struct mend *mend, struct text body, size_t *from, const struct run *run)
{
    bool opens = unicode_is_hangul(run->before) && is_sign(run->behind);
    bool closes = is_sign(run->before) && unicode_is_hangul(run->behind);
    if (!opens && !closes && !closes_between_letters(body, run))
        return;
    if (is_in_link(body, run))
        return;
    size_t cut = opens ? run->start : run->end;
    buffer_add(&mend->text, text_slice(body, *from, cut));
    add_joint(mend);
    *from = cut;
}

enum { SIGN_KINDS = 3 };
static const char signs[SIGN_KINDS] = {'*', '_', '~'};

/* Where the nearest of them is at or after the offset; `next` remembers where each is. */
static size_t next_sign(struct text body, size_t at, size_t next[SIGN_KINDS])
{
    size_t nearest = body.length;
    for (size_t kind = 0; kind < SIGN_KINDS; kind++) {
        if (next[kind] < at) {
            ptrdiff_t found = text_find_byte(text_slice(body, at, body.length), signs[kind]);
            next[kind] = found < 0 ? body.length : at + (size_t)found;
        }
        nearest = next[kind] < nearest ? next[kind] : nearest;
    }
    return nearest;
}

static void init_next(struct text body, size_t next[SIGN_KINDS])
{
    for (size_t kind = 0; kind < SIGN_KINDS; kind++) {
        ptrdiff_t found = text_find_byte(body, signs[kind]);
        next[kind] = found < 0 ? body.length : (size_t)found;
    }
}

void mend_init(struct mend *mend, struct text body)
{
    *mend = (struct mend){0};
    arena_init(&mend->arena);
    size_t next[SIGN_KINDS];
    init_next(body, next);
    size_t from = 0;
    for (size_t at = next_sign(body, 0, next); at < body.length;) {
        struct run run = run_at(body, at);
        mend_run(mend, body, &from, &run);
        at = next_sign(body, run.end, next);
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
    typed.offset = typed_offset(mend, event->offset);
    typed.length = typed_offset(mend, event->offset + event->length) - typed.offset;
    /* Not decoded in code, in HTML that is shown, and in an address in brackets. */
    typed.text = without(&mend->cleaned[0], event->text, joint);
    typed.text = without(&mend->cleaned[4], typed.text, joint_decoded);
    typed.destination = without(&mend->cleaned[1], event->destination, joint_decoded);
    typed.title = without(&mend->cleaned[2], event->title, joint_decoded);
    typed.info = without(&mend->cleaned[3], event->info, joint_decoded);
    return typed;
}
