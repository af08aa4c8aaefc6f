/*
 * Runs an engine over a body, within the limits: what a body costs is counted here, on the way
 * from the engine, so that the limits hold for whatever stands behind.
 */
#include "markdown/markdown_inside.h"

struct guard {
    const struct markdown_host *host;
    struct markdown_sink next;
    struct mend *mend;
    unsigned depth;
    size_t cost;
    size_t cost_limit;
    bool ended;       /* by us or by what stands behind, who have said why */
    bool by_stranger; /* what does not show is left out of what strangers write */
};

/* A tag and its closing tag: what an event without text costs at least. */
enum { EVENT_BYTES = 8, MESSAGE_BYTES = 512 };

void tell_problem(const struct markdown_host *host, enum report_level level, size_t offset,
    size_t length, const char *format, ...)
{
    if (!host || !host->problem)
        return;
    char message[MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    int written = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    base_assert(written >= 0);
    size_t bytes = (size_t)written < sizeof message ? (size_t)written : sizeof message - 1;
    host->problem(host->context, level, offset, length, (struct text){message, bytes});
}

size_t event_cost(const struct markdown_event *event)
{
    return EVENT_BYTES + event->text.length + event->destination.length + event->title.length;
}

size_t cost_limit(struct text body)
{
    return body.length * MARKDOWN_OUTPUT_TIMES + MARKDOWN_OUTPUT_BYTES;
}

static bool is_deep(struct guard *guard, const struct markdown_event *event)
{
    if (event->kind == MARKDOWN_ENTER_BLOCK || event->kind == MARKDOWN_ENTER_SPAN)
        guard->depth++;
    else if (event->kind != MARKDOWN_TEXT)
        guard->depth--;
    return guard->depth > MARKDOWN_DEPTH;
}

/* What "&#4;" stands for has no place on a page, nor in a summary or a feed. */
static bool pass_on(struct guard *guard, const struct markdown_event *event)
{
    bool is_forbidden = event->literal && !guard->by_stranger &&
                        forbidden_length(event->text) == event->text.length;
    if (!is_forbidden || event->text.length == 0)
        return guard->next.event(guard->next.context, event);
    struct markdown_event shown = *event;
    shown.text = TEXT("\xEF\xBF\xBD");
    return guard->next.event(guard->next.context, &shown);
}

static bool guard_event(void *context, const struct markdown_event *event)
{
    struct guard *guard = context;
    guard->cost += event_cost(event);
    bool deep = is_deep(guard, event);
    if (deep)
        tell_problem(guard->host, REPORT_ERROR, event->offset, 0,
            "text is nested deeper than %d levels", MARKDOWN_DEPTH);
    else if (guard->cost > guard->cost_limit)
        tell_problem(guard->host, REPORT_ERROR, event->offset, 0,
            "the body grows out of bounds: more than %zu bytes would come of it",
            guard->cost_limit);
    guard->ended = deep || guard->cost > guard->cost_limit || !pass_on(guard, event);
    return !guard->ended;
}

static bool mended_event(void *context, const struct markdown_event *event)
{
    struct guard *guard = context;
    struct markdown_event typed = mend_event(guard->mend, event);
    return guard_event(guard, &typed);
}

/* Is a footnote defined at one of the body's lines, "[^1]: a note", also in a quote or a list? In a code
 * block that is none, but then it does no harm to think so. */
static bool has_footnote(struct text body)
{
    size_t at = 0;
    for (ptrdiff_t found;
         (found = text_find(text_slice(body, at, body.length), TEXT("[^"))) >= 0;) {
        size_t start = at + (size_t)found, before = start, end = start + 2;
        while (before > 0 && strchr(" \t>-+*.)0123456789", body.at[before - 1]))
            before--;
        while (end < body.length && !strchr("] \t\r\n", body.at[end]))
            end++;
        bool is_first = before == 0 || body.at[before - 1] == '\n';
        if (is_first && end > start + 2 && text_starts(text_slice(body, end, body.length), "]:"))
            return true;
        at = end;
    }
    return false;
}

static bool feed(struct text body, const struct markdown_options *options, struct guard *guard)
{
    struct markdown_sink sink = {guard, guard->mend->count > 0 ? mended_event : guard_event};
    bool by_footnote = options->footnotes && has_footnote(body);
    if (options->engine == MARKDOWN_MD4C && !by_footnote)
        return md4c_feed(body, options, &sink);
    bool done = child_feed(body, options, guard->host, &sink);
    guard->ended = !done;
    return done;
}

/* With what Liner adds between the engine and the sink. */
static bool feed_refined(
    struct text source, const struct markdown_options *options, struct guard *guard)
{
    struct refine refine;
    struct pairs pairs;
    struct stranger stranger;
    struct players players;
    bool has_players =
        guard->host && guard->host->player && !options->by_stranger && players_may_be_in(source);
    if (has_players) {
        players_init(&players, guard->host, guard->next);
        guard->next = (struct markdown_sink){&players, players_event};
    }
    bool has_pairs = pairs_may_be_in(source);
    if (has_pairs) {
        pairs_init(&pairs, source, guard->host, guard->next);
        guard->next = (struct markdown_sink){&pairs, pairs_event};
    }
    refine_init(&refine, source, options, has_pairs ? &pairs.holder : guard->host, guard->next);
    refine.has_pairs = has_pairs;
    guard->next = (struct markdown_sink){&refine, refine_event};
    stranger_init(&stranger, guard->next);
    if (options->by_stranger)
        guard->next = (struct markdown_sink){&stranger, stranger_event};
    bool done = feed(source, options, guard);
    stranger_release(&stranger);
    refine_release(&refine);
    if (has_pairs)
        pairs_release(&pairs);
    if (has_players)
        players_release(&players);
    return done;
}

/* Within the limits, and with emphasis beside Hangul. */
static bool feed_guarded(struct text body, const struct markdown_options *options,
    const struct markdown_host *host, const struct markdown_sink *sink)
{
    struct mend mend;
    mend_init(&mend, is_bare(options) ? TEXT("") : body);
    struct text source = mend.count > 0 ? buffer_text(&mend.text) : body;
    struct guard guard = {.host = host,
        .next = *sink,
        .mend = &mend,
        .cost_limit = cost_limit(body),
        .by_stranger = options->by_stranger};
    bool done =
        is_bare(options) ? feed(source, options, &guard) : feed_refined(source, options, &guard);
    if (!done && !guard.ended)
        tell_problem(host, REPORT_REFUSED, 0, 0, "no memory left to read the body");
    mend_release(&mend);
    return done;
}

static bool is_in_bounds(struct text body, const struct markdown_host *host)
{
    if (body.length > MARKDOWN_BODY_BYTES) {
        tell_problem(
            host, REPORT_ERROR, 0, 0, "the body is longer than %d MiB", MARKDOWN_BODY_BYTES >> 20);
        return false;
    }
    ptrdiff_t bracket = find_too_many_brackets(body);
    if (bracket >= 0)
        tell_problem(host, REPORT_ERROR, (size_t)bracket, 1, "too many brackets are open here");
    return bracket < 0;
}

bool markdown_parse(struct text body, const struct markdown_options *options,
    const struct markdown_host *host, const struct markdown_sink *sink)
{
    if (!is_in_bounds(body, host))
        return false;
    if (text_ends(body, "\n"))
        return feed_guarded(body, options, host, sink);
    struct buffer ended;
    buffer_init(&ended);
    buffer_add(&ended, body);
    buffer_add_byte(&ended, '\n');
    bool done = feed_guarded(buffer_text(&ended), options, host, sink);
    buffer_release(&ended);
    return done;
}
