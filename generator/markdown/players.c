/*
 * A paragraph of nothing but links to what can be heard: each is a player.
 *
 *     paragraph { link { text } }                     ->  player
 *     paragraph { link { text }, break, link { .. } } ->  player, player
 *     paragraph { link { text }, " is fine" }         ->  as it was
 *
 * Whether something can be heard at an address is the host's to say. The events of a paragraph are held for as long as
 * it may be one; of nearly all that is over with the first.
 */
#include "markdown/markdown_inside.h"

/* More of them in one paragraph are links. */
enum { MOST_PLAYERS = 100 };

/* ---- Events that are held ------------------------------------------------------------------------------ */

bool players_may_be_in(struct text body)
{
    return text_find(body, TEXT("://")) >= 0 || text_find(body, TEXT("www.")) >= 0;
}

void players_init(
    struct players *players, const struct markdown_host *host, struct markdown_sink next)
{
    *players = (struct players){.host = host, .next = next};
    arena_init(&players->arena);
}

void players_release(struct players *players)
{
    arena_release(&players->arena);
}

static bool pass_on(struct players *players, const struct markdown_event *event)
{
    return players->next.event(players->next.context, event);
}

static struct text kept(struct players *players, struct text text)
{
    return text.at ? arena_text(&players->arena, text) : TEXT_NONE;
}

static bool hold(struct players *players, const struct markdown_event *event)
{
    struct markdown_event *held = list_add(
        &players->held, &players->count, &players->capacity, &players->arena, sizeof *held);
    *held = *event;
    held->text = kept(players, event->text);
    held->destination = kept(players, event->destination);
    held->title = kept(players, event->title);
    return true;
}

static void forget(struct players *players)
{
    players->holds = players->in_link = false;
    players->held = NULL;
    players->count = players->capacity = players->links = 0;
    arena_clear(&players->arena);
}

/* It was none: what was held goes its way. */
static bool let_go(struct players *players)
{
    bool passed = !players->holds || pass_on(players, &players->paragraph);
    for (size_t i = 0; passed && i < players->count; i++)
        passed = pass_on(players, &players->held[i]);
    forget(players);
    return passed;
}

/* ---- The players of a paragraph -------------------------------------------------------------------------- */

/* An address is no label. */
static struct text label_of(struct text shown)
{
    shown = text_trim(shown);
    bool is_address = text_starts(shown, "http://") || text_starts(shown, "https://");
    return shown.length && !is_address ? shown : TEXT_NONE;
}

/* One player, of the held events from that of its link on. Returns the event behind it. */
static size_t pass_player(struct players *players, size_t at, size_t index, bool *passed)
{
    struct markdown_event event = players->held[at];
    struct buffer label;
    buffer_init(&label);
    for (at++;
         players->held[at].kind != MARKDOWN_LEAVE_SPAN || players->held[at].span != MARKDOWN_ANCHOR;
         at++)
        add_plain(&label, &players->held[at]);
    event.kind = MARKDOWN_TEXT;
    event.text_kind = MARKDOWN_PLAYER_TEXT;
    event.title = event.bare ? TEXT_NONE : label_of(buffer_text(&label));
    event.text = event.title.at ? event.title : event.destination;
    event.index = index;
    event.count = players->links;
    *passed = pass_on(players, &event);
    buffer_release(&label);
    return at + 1;
}

static bool pass_players(struct players *players)
{
    bool passed = true;
    size_t index = 0;
    for (size_t at = 0; passed && at < players->count;) {
        if (players->held[at].kind == MARKDOWN_ENTER_SPAN)
            at = pass_player(players, at, index++, &passed);
        else
            at++;
    }
    forget(players);
    return passed;
}

/* ---- Events ---------------------------------------------------------------------------------------------- */

static bool is_span(const struct markdown_event *event)
{
    return event->kind == MARKDOWN_ENTER_SPAN || event->kind == MARKDOWN_LEAVE_SPAN;
}

/* Between two links: a line end, or blanks. */
static bool is_blank(const struct markdown_event *event)
{
    if (event->kind != MARKDOWN_TEXT)
        return false;
    bool is_break =
        event->text_kind == MARKDOWN_SOFT_BREAK || event->text_kind == MARKDOWN_HARD_BREAK;
    return is_break || (event->text_kind == MARKDOWN_PLAIN && text_trim(event->text).length == 0);
}

static bool begins_player(const struct players *players, const struct markdown_event *event)
{
    return event->kind == MARKDOWN_ENTER_SPAN && event->span == MARKDOWN_ANCHOR &&
           players->host->player(players->host->context, event->destination, NULL);
}

/* Words, in whatever emphasis. A linked picture stays one. */
static bool is_label(const struct markdown_event *event)
{
    if (is_span(event))
        return event->span == MARKDOWN_EMPHASIS || event->span == MARKDOWN_STRONG ||
               event->span == MARKDOWN_DELETED || event->span == MARKDOWN_CODE ||
               event->span == MARKDOWN_MARK;
    return event->kind == MARKDOWN_TEXT && event->text_kind != MARKDOWN_RAW;
}

static bool ends_link(const struct markdown_event *event)
{
    return event->kind == MARKDOWN_LEAVE_SPAN && event->span == MARKDOWN_ANCHOR;
}

/* Can the paragraph still be one of players? */
static bool holds_on(struct players *players, const struct markdown_event *event)
{
    if (!players->in_link && players->links < MOST_PLAYERS && begins_player(players, event)) {
        players->in_link = true;
        players->links++;
        return true;
    }
    if (players->in_link && ends_link(event)) {
        players->in_link = false;
        return true;
    }
    return players->in_link ? is_label(event) : is_blank(event);
}

/* A footnote ends with a link of its own, beside its text. */
static void count_footnotes(struct players *players, const struct markdown_event *event)
{
    bool is_block = event->kind == MARKDOWN_ENTER_BLOCK || event->kind == MARKDOWN_LEAVE_BLOCK;
    if (is_block && event->block == MARKDOWN_FOOTNOTE)
        players->footnotes += event->kind == MARKDOWN_ENTER_BLOCK ? 1 : -1U;
}

static bool is_paragraph(const struct markdown_event *event, enum markdown_event_kind kind)
{
    return event->kind == kind && event->block == MARKDOWN_PARAGRAPH;
}

bool players_event(void *context, const struct markdown_event *event)
{
    struct players *players = context;
    if (players->holds) {
        if (is_paragraph(event, MARKDOWN_LEAVE_BLOCK) && players->links > 0 && !players->in_link)
            return pass_players(players);
        if (holds_on(players, event))
            return hold(players, event);
        return let_go(players) && pass_on(players, event);
    }
    count_footnotes(players, event);
    if (!is_paragraph(event, MARKDOWN_ENTER_BLOCK) || players->footnotes > 0)
        return pass_on(players, event);
    players->holds = true;
    players->paragraph = *event;
    return true;
}
