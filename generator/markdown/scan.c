/* One pass over a body for what the catalog keeps of it: headings, links, summary, words. */
#include "markdown/markdown_inside.h"

#include "unicode/unicode.h"

struct scanner {
    struct arena *arena;
    struct markdown_scan *scan;
    struct heading_ids ids;
    struct arena scratch; /* emptied when the body is read: what grows, grows here */
    struct tape_writer tape;
    struct buffer plain;  /* of the block we are in */
    struct buffer hidden; /* its spoilers: words like others, but not to be shown */
    unsigned spoilers;    /* how deep we are in them, */
    unsigned boxes;       /* and in boxes of them */
    size_t heading_offset;
    unsigned blocks; /* how many we are in, without the document */
    unsigned pictures;
    size_t picture; /* the outermost, among the links */
    bool in_code_block;
    bool saw_alt;
    bool heading_starts;
    bool keeps_words;
    struct word_set words;
};

/* About two lines under a search result; the cut word's "…" comes on top. */
enum { SUMMARY_POINTS = 200 };

/* ---- The summary ------------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Runs of white space become one space. */
static struct text with_single_spaces(struct arena *arena, struct text text)
{
    text = text_trim(text);
    char *bytes = arena_alloc(arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (!is_blank(text.at[i]))
            bytes[length++] = text.at[i];
        else if (bytes[length - 1] != ' ')
            bytes[length++] = ' ';
    }
    return (struct text){bytes, length};
}

/* The byte at which to cut: before the last space in reach, or in the middle of a huge word. */
static size_t cut_at(struct text text)
{
    size_t at = 0;
    size_t space = 0;
    for (size_t points = 0; at < text.length && points < SUMMARY_POINTS; points++) {
        if (text.at[at] == ' ')
            space = at;
        text_next_point(text, &at);
    }
    if (at == text.length || text.at[at] == ' ')
        return at;
    return space > 0 ? space : at;
}

static struct text summarize(struct scanner *scanner)
{
    struct text text = with_single_spaces(&scanner->scratch, buffer_text(&scanner->plain));
    size_t cut = cut_at(text);
    if (cut == text.length)
        return arena_text(scanner->arena, text);
    struct text kept = text_slice(text, 0, cut);
    while (kept.length > 0 && strchr(" ,;:-", kept.at[kept.length - 1]))
        kept.length--;
    return arena_join(scanner->arena, kept, TEXT("…"));
}

/* ---- Blocks ------------------------------------------------------------------------------------------ */

static void add_heading(struct scanner *scanner, const struct markdown_event *event)
{
    struct markdown_scan *scan = scanner->scan;
    struct markdown_heading *heading = list_add(&scan->headings, &scan->heading_count,
        &scan->heading_capacity, &scanner->scratch, sizeof *heading);
    struct text plain = buffer_text(&scanner->plain);
    *heading = (struct markdown_heading){
        .level = event->level,
        .id = arena_text(scanner->arena, heading_id(&scanner->ids, plain)),
        .text = with_single_spaces(scanner->arena, plain),
        .offset = scanner->heading_offset,
        .is_spoiler = scanner->boxes > 0,
    };
}

/* The end of the words of one block, whatever ends it. What a spoiler hides nobody finds. */
static void end_words(struct scanner *scanner)
{
    if (scanner->keeps_words && !scanner->boxes)
        gather_words(&scanner->words, buffer_text(&scanner->plain));
    scanner->scan->word_count += unicode_count_words(buffer_text(&scanner->plain));
    buffer_clear(&scanner->plain);
    if (scanner->hidden.length == 0)
        return;
    scanner->scan->word_count += unicode_count_words(buffer_text(&scanner->hidden));
    buffer_clear(&scanner->hidden);
}

static void count_spoilers(struct scanner *scanner, bool enters)
{
    if (enters && scanner->spoilers == 0)
        buffer_add(&scanner->plain, text_of(spoiler_shown));
    scanner->spoilers += enters ? 1 : -1U;
}

static bool is_spoiler_box(const struct markdown_event *event)
{
    return event->block == MARKDOWN_CALLOUT && event->level == MARKDOWN_SPOILER_BOX;
}

static void enter_block(struct scanner *scanner, const struct markdown_event *event)
{
    end_words(scanner);
    scanner->blocks += event->block != MARKDOWN_DOCUMENT;
    if (event->block == MARKDOWN_CODE_BLOCK)
        scanner->in_code_block = true;
    scanner->boxes += is_spoiler_box(event);
    if (event->block == MARKDOWN_HEADING) {
        scanner->heading_starts = true;
        scanner->heading_offset = event->offset;
    }
}

static void leave_block(struct scanner *scanner, const struct markdown_event *event)
{
    if (event->block == MARKDOWN_HEADING)
        add_heading(scanner, event);
    bool is_top = event->block == MARKDOWN_PARAGRAPH && scanner->blocks == 1;
    bool says = !text_is(text_trim(buffer_text(&scanner->plain)), spoiler_shown);
    if (is_top && says && scanner->scan->summary.length == 0)
        scanner->scan->summary = summarize(scanner);
    end_words(scanner);
    scanner->boxes -= is_spoiler_box(event);
    scanner->blocks -= event->block != MARKDOWN_DOCUMENT;
    scanner->in_code_block = false;
    scanner->heading_starts = false;
}

/* ---- Links and text -------------------------------------------------------------------------------------- */

static void add_link(
    struct scanner *scanner, const struct markdown_event *event, enum markdown_link_kind kind)
{
    struct markdown_scan *scan = scanner->scan;
    struct markdown_scan_link *link = list_add(
        &scan->links, &scan->link_count, &scan->link_capacity, &scanner->scratch, sizeof *link);
    bool is_wiki = kind == MARKDOWN_WIKI || kind == MARKDOWN_EMBED;
    *link = (struct markdown_scan_link){
        .kind = kind,
        .target = arena_text(scanner->arena, event->destination),
        .label = is_wiki ? arena_text(scanner->arena, event->title) : TEXT_NONE,
        .offset = event->offset,
        .length = event->length,
    };
}

static void on_span(struct scanner *scanner, const struct markdown_event *event)
{
    bool enters = event->kind == MARKDOWN_ENTER_SPAN;
    if (event->span == MARKDOWN_SPOILER)
        count_spoilers(scanner, enters);
    if (event->span == MARKDOWN_ANCHOR && enters)
        add_link(scanner, event, event->bare ? MARKDOWN_ADDRESS : MARKDOWN_LINK);
    if (event->span != MARKDOWN_PICTURE)
        return;
    if (enters) {
        add_link(scanner, event, MARKDOWN_IMAGE);
        if (scanner->pictures++ > 0)
            return; /* in the words for another: it stands for itself no more */
        scanner->picture = scanner->scan->link_count - 1;
        scanner->saw_alt = false;
    } else if (--scanner->pictures == 0) {
        scanner->scan->links[scanner->picture].lacks_alt = !scanner->saw_alt;
    }
}

static void on_text(struct scanner *scanner, const struct markdown_event *event)
{
    if (scanner->heading_starts) {
        scanner->heading_offset = event->offset;
        scanner->heading_starts = false;
    }
    if (event->text_kind == MARKDOWN_WIKI_TEXT)
        add_link(scanner, event, MARKDOWN_WIKI);
    if (event->text_kind == MARKDOWN_EMBED_TEXT)
        add_link(scanner, event, MARKDOWN_EMBED);
    if (event->text_kind == MARKDOWN_PLAYER_TEXT)
        add_link(scanner, event, event->bare ? MARKDOWN_ADDRESS : MARKDOWN_LINK);
    if (scanner->pictures > 0)
        scanner->saw_alt = scanner->saw_alt || text_trim(event->text).length > 0;
    else if (!scanner->in_code_block)
        add_plain(scanner->spoilers ? &scanner->hidden : &scanner->plain, event);
}

static bool scan_event(void *context, const struct markdown_event *event)
{
    struct scanner *scanner = context;
    tape_write(&scanner->tape, event);
    switch (event->kind) {
    case MARKDOWN_ENTER_BLOCK: enter_block(scanner, event); break;
    case MARKDOWN_LEAVE_BLOCK: leave_block(scanner, event); break;
    case MARKDOWN_ENTER_SPAN:
    case MARKDOWN_LEAVE_SPAN: on_span(scanner, event); break;
    case MARKDOWN_TEXT: on_text(scanner, event); break;
    }
    return true;
}

/* A list that has stopped growing, at the size that it has. */
static void *keep(struct arena *arena, const void *items, size_t count, size_t each_bytes)
{
    void *kept = arena_array(arena, count, each_bytes);
    if (count)
        memcpy(kept, items, count * each_bytes);
    return kept;
}

static void keep_lists(struct scanner *scanner)
{
    struct markdown_scan *scan = scanner->scan;
    scan->headings =
        keep(scanner->arena, scan->headings, scan->heading_count, sizeof *scan->headings);
    scan->links = keep(scanner->arena, scan->links, scan->link_count, sizeof *scan->links);
    scan->heading_capacity = scan->heading_count;
    scan->link_capacity = scan->link_count;
}

bool markdown_scan(struct text body, const struct markdown_options *options,
    const struct markdown_host *host, struct arena *arena, struct markdown_scan *scan)
{
    *scan = (struct markdown_scan){0};
    struct scanner scanner = {
        .arena = arena, .scan = scan, .tape.body = body, .keeps_words = options->keeps_words};
    arena_init(&scanner.scratch);
    scanner.words.scratch = &scanner.scratch;
    heading_ids_init(&scanner.ids, &scanner.scratch);
    struct markdown_sink sink = {&scanner, scan_event};
    bool done = markdown_parse(body, options, host, &sink);
    keep_lists(&scanner);
    if (done)
        scan->tape = arena_text(arena, buffer_text(&scanner.tape.tape));
    if (done && scanner.words.count)
        scan->words = keep_words(&scanner.words, arena);
    buffer_release(&scanner.tape.tape);
    buffer_release(&scanner.plain);
    buffer_release(&scanner.hidden);
    arena_release(&scanner.scratch);
    return done;
}
