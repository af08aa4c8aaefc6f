/*
 * Runs an engine over a body, within the limits: what a body costs is counted here, on the way
 * from the engine, so that the limits hold for whatever stands behind.
 */
#include "markdown/markdown_inside.h"

struct guard {
    const struct markdown_host *host;
    struct markdown_sink next;
    unsigned depth;
    size_t cost;
    size_t cost_limit;
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

static bool over(struct guard *guard, size_t offset, const char *what, size_t limit)
{
    tell_problem(guard->host, REPORT_ERROR, offset, 0, what, limit);
    return false;
}

static bool is_deep(struct guard *guard, const struct markdown_event *event)
{
    if (event->kind == MARKDOWN_ENTER_BLOCK || event->kind == MARKDOWN_ENTER_SPAN)
        guard->depth++;
    else if (event->kind != MARKDOWN_TEXT)
        guard->depth--;
    return guard->depth > MARKDOWN_DEPTH;
}

static bool guard_event(void *context, const struct markdown_event *event)
{
    struct guard *guard = context;
    guard->cost +=
        EVENT_BYTES + event->text.length + event->destination.length + event->title.length;
    if (is_deep(guard, event))
        return over(guard, event->offset, "text is nested deeper than %zu levels", MARKDOWN_DEPTH);
    if (guard->cost > guard->cost_limit)
        return over(guard, event->offset,
            "the body grows out of bounds: more than %zu bytes would come of it",
            guard->cost_limit);
    return guard->next.event(guard->next.context, event);
}

static bool feed(struct text body, const struct markdown_options *options,
    const struct markdown_host *host, struct markdown_sink next)
{
    struct guard guard = {.host = host,
        .next = next,
        .cost_limit = body.length * MARKDOWN_OUTPUT_TIMES + MARKDOWN_OUTPUT_BYTES};
    struct markdown_sink sink = {&guard, guard_event};
    return options->engine == MARKDOWN_CMARK_GFM ? cmark_feed(body, options, &sink)
                                                 : md4c_feed(body, options, &sink);
}

/* With what Liner adds between the engine and the sink. */
static bool feed_refined(struct text body, const struct markdown_options *options,
    const struct markdown_host *host, const struct markdown_sink *sink)
{
    if (options->commonmark)
        return feed(body, options, host, *sink);
    struct refine refine;
    refine_init(&refine, options, host, *sink);
    bool done = feed(body, options, host, (struct markdown_sink){&refine, refine_event});
    refine_release(&refine);
    return done;
}

/* Nobody's text has a thousand brackets open at once. */
enum { OPEN_BRACKETS = 1000 };

static bool has_few_brackets(struct text body)
{
    size_t count = 0;
    ptrdiff_t next = 0;
    for (struct text rest = body; next >= 0 && count <= OPEN_BRACKETS; count++) {
        next = text_find_byte(rest, '[');
        rest = text_slice(rest, (size_t)(next + 1), rest.length);
    }
    return count <= OPEN_BRACKETS;
}

/* md4c 0.4.8 takes time squared in open brackets: 64 KB of them six seconds. Returns the offset of
 * the one too many, -1 when all is well. */
static ptrdiff_t find_too_many_brackets(struct text body)
{
    size_t open = 0;
    for (size_t at = 0; at < body.length; at++) {
        char c = body.at[at];
        bool blank_line = c == '\n' && at > 0 && body.at[at - 1] == '\n';
        if (c == '\\')
            at++;
        else if (blank_line)
            open = 0;
        else if (c == ']' && open > 0)
            open--;
        else if (c == '[' && ++open > OPEN_BRACKETS)
            return (ptrdiff_t)at;
    }
    return -1;
}

static bool is_in_bounds(struct text body, const struct markdown_host *host)
{
    if (body.length > MARKDOWN_BODY_BYTES) {
        tell_problem(
            host, REPORT_ERROR, 0, 0, "the body is longer than %d MiB", MARKDOWN_BODY_BYTES >> 20);
        return false;
    }
    ptrdiff_t bracket = has_few_brackets(body) ? -1 : find_too_many_brackets(body);
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
        return feed_refined(body, options, host, sink);
    struct buffer ended;
    buffer_init(&ended);
    buffer_add(&ended, body);
    buffer_add_byte(&ended, '\n');
    bool done = feed_refined(buffer_text(&ended), options, host, sink);
    buffer_release(&ended);
    return done;
}
