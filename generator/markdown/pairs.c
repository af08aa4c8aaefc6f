/*
 * Pairs: what stands between two signs of a kind.
 *
 *     ||hidden||     a spoiler
 *     ==marked==     a mark
 *     %%a note%%     a comment, of which nothing is left
 *
 * refine.c says where such a sign is, as a text of its own. Both of a pair stand in one block and
 * at one depth of spans, so a block's texts and spans are held until its end:
 *
 *     "He " || "dies " <em> "at || last" </em> "." ||     the inner sign is none, the outer two are
 *
 * A sign that has no partner, or that stands between two of another kind with its partner outside,
 * is text. So at each depth no more than one sign of each kind is open at a time, and each event is
 * looked at twice at most.
 */
#include "markdown/markdown_inside.h"

/* What becomes of a held event. */
enum fate { STAYS, GOES, OPENS, CLOSES };

struct held {
    struct markdown_event event;
    enum fate fate;
};

/* It is told when it is known where the comments are. */
struct held_problem {
    enum report_level level;
    size_t offset, length;
    struct text message;
};

/* A comment, in the body. */
struct dropped_part {
    size_t start, end;
};

enum { SIGN_KINDS = 3, NOT_OPEN = -1 };

/* The signs that are open at one depth, by kind. */
struct open_signs {
    ptrdiff_t at[SIGN_KINDS];
};

static const char sign_kinds[SIGN_KINDS] = {'|', '=', '%'};

static size_t kind_of(const struct markdown_event *sign)
{
    size_t kind = 0;
    while (sign_kinds[kind] != sign->text.at[0])
        kind++;
    return kind;
}

/* ---- Is there any? --------------------------------------------------------------------------------- */

/* Twice side by side; or "|\|", as it is typed in a table. */
static bool has_pair(struct text body, char sign)
{
    struct text rest = body;
    ptrdiff_t at;
    while ((at = text_find_byte(rest, sign)) >= 0) {
        rest = text_slice(rest, (size_t)at + 1, rest.length);
        if (rest.length > 0 && (rest.at[0] == sign || (sign == '|' && rest.at[0] == '\\')))
            return true;
    }
    return false;
}

bool pairs_may_be_in(struct text body)
{
    for (size_t kind = 0; kind < SIGN_KINDS; kind++)
        if (has_pair(body, sign_kinds[kind]))
            return true;
    return false;
}

/* ---- Problems ------------------------------------------------------------------------------------- */

static void hold_problem(
    void *context, enum report_level level, size_t offset, size_t length, struct text message)
{
    struct pairs *pairs = context;
    struct held_problem *problem = list_add(&pairs->problems, &pairs->problem_count,
        &pairs->problem_capacity, &pairs->arena, sizeof *problem);
    *problem = (struct held_problem){level, offset, length, arena_text(&pairs->arena, message)};
}

static bool is_in_comment(const struct pairs *pairs, size_t offset)
{
    for (size_t i = 0; i < pairs->part_count; i++)
        if (offset >= pairs->parts[i].start && offset < pairs->parts[i].end)
            return true;
    return false;
}

static void tell_of_held(struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->problem_count; i++) {
        const struct held_problem *problem = &pairs->problems[i];
        if (!is_in_comment(pairs, problem->offset))
            tell_problem(pairs->host, problem->level, problem->offset, problem->length, "%.*s",
                TEXT_ARGS(problem->message));
    }
    pairs->problems = NULL;
    pairs->problem_count = pairs->problem_capacity = 0;
}

/* ---- Finding partners ------------------------------------------------------------------------------ */

void pairs_init(struct pairs *pairs, struct text source, const struct markdown_host *host,
    struct markdown_sink next)
{
    *pairs = (struct pairs){.source = source,
        .host = host,
        .next = next,
        .holder = {.context = pairs, .problem = hold_problem}};
    arena_init(&pairs->arena);
}

void pairs_release(struct pairs *pairs)
{
    tell_of_held(pairs); /* where an error ended the body */
    arena_release(&pairs->arena);
    buffer_release(&pairs->joined);
}

static void clear_signs(struct open_signs *signs)
{
    for (size_t kind = 0; kind < SIGN_KINDS; kind++)
        signs->at[kind] = NOT_OPEN;
}

static void drop_between(struct pairs *pairs, size_t from, size_t to)
{
    for (size_t i = from; i <= to; i++)
        pairs->held[i].fate = GOES;
    struct dropped_part *part = list_add(
        &pairs->parts, &pairs->part_count, &pairs->part_capacity, &pairs->arena, sizeof *part);
    *part = (struct dropped_part){pairs->held[from].event.offset, pairs->held[to].event.offset};
}

/* What was opened between the two stays text. */
static void close_pair(struct pairs *pairs, struct open_signs *signs, size_t kind, size_t to)
{
    size_t from = (size_t)signs->at[kind];
    pairs->held[from].fate = OPENS;
    pairs->held[to].fate = CLOSES;
    if (sign_kinds[kind] == '%')
        drop_between(pairs, from, to);
    for (size_t i = 0; i < SIGN_KINDS; i++)
        if (signs->at[i] >= (ptrdiff_t)from)
            signs->at[i] = NOT_OPEN;
}

/* Inside a link there would be something to click in something to click. */
static bool is_misplaced(const struct pairs *pairs, const struct markdown_event *sign)
{
    return sign->text.at[0] == '|' && (pairs->anchors > 0 || pairs->in_title);
}

/* Once a block. */
static void tell_of_misplaced(struct pairs *pairs, const struct markdown_event *sign)
{
    if (!pairs->told)
        tell_problem(&pairs->holder, REPORT_WARNING, sign->offset, sign->length,
            "a spoiler can't stand inside a link or a title: put the || around it");
    pairs->told = true;
}

static void on_sign(struct pairs *pairs, struct open_signs *signs, size_t at)
{
    const struct markdown_event *sign = &pairs->held[at].event;
    size_t kind = kind_of(sign);
    bool closes = sign->level & MARKDOWN_MAY_CLOSE && signs->at[kind] != NOT_OPEN;
    if (closes && is_misplaced(pairs, sign))
        tell_of_misplaced(pairs, sign);
    else if (closes)
        close_pair(pairs, signs, kind, at);
    else if (sign->level & MARKDOWN_MAY_OPEN)
        signs->at[kind] = (ptrdiff_t)at;
}

static void find_pairs(struct pairs *pairs)
{
    struct open_signs signs[MARKDOWN_DEPTH + 1];
    size_t depth = 0;
    clear_signs(&signs[0]);
    for (size_t i = 0; i < pairs->count; i++) {
        const struct markdown_event *event = &pairs->held[i].event;
        bool is_anchor = event->span == MARKDOWN_ANCHOR;
        if (event->kind == MARKDOWN_ENTER_SPAN) {
            clear_signs(&signs[++depth]);
            pairs->anchors += is_anchor;
        } else if (event->kind == MARKDOWN_LEAVE_SPAN) {
            depth--;
            pairs->anchors -= is_anchor;
        } else if (event->text_kind == MARKDOWN_SIGN_TEXT) {
            on_sign(pairs, &signs[depth], i);
        }
    }
}

/* ---- Passing on ------------------------------------------------------------------------------------ */

static bool pass_on(struct pairs *pairs, const struct markdown_event *event)
{
    return pairs->next.event(pairs->next.context, event);
}

/* Texts side by side become one again, so that a sign that is none parts no name in two. */
static bool pass_joined(struct pairs *pairs)
{
    struct markdown_event event = pairs->first_joined;
    event.text = buffer_text(&pairs->joined);
    event.length = pairs->joined_end - event.offset;
    bool passed = event.text.length == 0 || pass_on(pairs, &event);
    buffer_clear(&pairs->joined);
    return passed;
}

static void join(struct pairs *pairs, const struct markdown_event *event)
{
    if (pairs->joined.length == 0)
        pairs->first_joined = *event;
    pairs->first_joined.text_kind = MARKDOWN_PLAIN;
    pairs->first_joined.level = 0;
    pairs->joined_end = event->offset + event->length;
    buffer_add(&pairs->joined, event->text);
}

static bool pass_span(struct pairs *pairs, const struct held *held)
{
    struct markdown_event event = {
        .kind = held->fate == OPENS ? MARKDOWN_ENTER_SPAN : MARKDOWN_LEAVE_SPAN,
        .span = held->event.text.at[0] == '|' ? MARKDOWN_SPOILER : MARKDOWN_MARK,
        .offset = held->event.offset,
    };
    return pass_joined(pairs) && pass_on(pairs, &event);
}

static bool pass_held(struct pairs *pairs, const struct held *held)
{
    const struct markdown_event *event = &held->event;
    bool joins = event->kind == MARKDOWN_TEXT &&
                 (event->text_kind == MARKDOWN_PLAIN || event->text_kind == MARKDOWN_SIGN_TEXT);
    if (held->fate == GOES)
        return true;
    if (held->fate != STAYS)
        return pass_span(pairs, held);
    if (!joins)
        return pass_joined(pairs) && pass_on(pairs, event);
    join(pairs, event);
    return true;
}

static bool is_blank(const struct markdown_event *event)
{
    return event->kind == MARKDOWN_TEXT && event->text_kind <= MARKDOWN_HARD_BREAK &&
           text_trim(event->text).length == 0;
}

/* Were there only comments in the block? */
static bool is_all_dropped(const struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (pairs->held[i].fate != GOES && !is_blank(&pairs->held[i].event))
            return false;
    return pairs->part_count > 0;
}

static void clear(struct pairs *pairs)
{
    pairs->held = NULL;
    pairs->parts = NULL;
    pairs->count = pairs->capacity = pairs->part_count = pairs->part_capacity = 0;
    pairs->told = pairs->holds_paragraph = false;
    arena_clear(&pairs->arena);
}

static bool pass_all(struct pairs *pairs)
{
    bool passed = !pairs->holds_paragraph || pass_on(pairs, &pairs->paragraph);
    for (size_t i = 0; passed && i < pairs->count; i++)
        passed = pass_held(pairs, &pairs->held[i]);
    return passed && pass_joined(pairs);
}

/* At the block's end, or where another begins in it. A paragraph of comments goes with its end. */
static bool on_block(struct pairs *pairs, const struct markdown_event *event)
{
    find_pairs(pairs);
    tell_of_held(pairs);
    bool goes = pairs->holds_paragraph && is_all_dropped(pairs);
    bool passed = goes || pass_all(pairs);
    clear(pairs);
    bool enters = event->kind == MARKDOWN_ENTER_BLOCK;
    pairs->in_title = enters && event->block == MARKDOWN_CALLOUT_TITLE;
    pairs->holds_paragraph = enters && event->block == MARKDOWN_PARAGRAPH;
    pairs->paragraph = *event;
    return passed && (goes || pairs->holds_paragraph || pass_on(pairs, event));
}

static struct text kept(struct pairs *pairs, struct text text)
{
    uintptr_t first = (uintptr_t)pairs->source.at;
    uintptr_t at = (uintptr_t)text.at;
    bool stays = !text.at || (at >= first && at + text.length <= first + pairs->source.length);
    return stays ? text : arena_text(&pairs->arena, text);
}

/* The longest real paragraph has 19 KB. */
enum { HELD_EVENTS = 200 * 1000 };

bool pairs_event(void *context, const struct markdown_event *event)
{
    struct pairs *pairs = context;
    if (event->kind == MARKDOWN_ENTER_BLOCK || event->kind == MARKDOWN_LEAVE_BLOCK)
        return on_block(pairs, event);
    if (pairs->count == HELD_EVENTS) {
        tell_problem(pairs->host, REPORT_ERROR, event->offset, 0,
            "this paragraph is too long: part it before here");
        return false;
    }
    struct held *held =
        list_add(&pairs->held, &pairs->count, &pairs->capacity, &pairs->arena, sizeof *held);
    held->event = *event;
    held->event.text = kept(pairs, event->text);
    held->event.destination = kept(pairs, event->destination);
    held->event.title = kept(pairs, event->title);
    held->event.info = kept(pairs, event->info);
    return true;
}
