/*
 * markdown: turns the body of a content file into HTML, headings, links and plain words.
 *
 * Two engines parse (md4c, and cmark-gfm as the second opinion); both feed one stream of events,
 * and all that Liner adds to CommonMark is done once, around that stream: wiki links, embeds, bare
 * addresses, heading ids, refused addresses, emphasis and lang="ko" for Hangul. This room never
 * opens a file and never knows where a link leads: it asks the host.
 *
 *     struct markdown_options options = {.language = TEXT("en")};
 *     struct markdown_host host = {.context = page, .wiki = find_thing, .problem = note_problem};
 *     struct markdown_scan scan;
 *     markdown_scan(body, &options, &host, &arena, &scan);    headings, links, summary, words
 *     markdown_render_scanned(body, &scan, &options, &host, &html);    parses nothing again
 *     markdown_render(body, &options, &host, &html);                   the same HTML, in one step
 *
 * The body is UTF-8 (unicode_check) in NFC. Offsets count bytes from its start; the host, which
 * knows where the body stands in its file, turns them into lines and columns.
 *
 * Threads: any number at once, with either engine. cmark-gfm shares tables between its parsers, and
 * hostile text makes it crawl or crash: so it runs in a process of its own (markdown_child).
 */
#ifndef MARKDOWN_MARKDOWN_H
#define MARKDOWN_MARKDOWN_H

#include "base/base.h"

/* ---- cmark-gfm's process -------------------------------------------------------------------------- */

/* Lives as long as there are bodies to read; its process starts with the first one that needs it, and
 * again after a crash. Any number of threads may share it: it reads one body at a time. */
struct markdown_child *markdown_child_new(void);
void markdown_child_free(struct markdown_child *); /* NULL is no mistake */

/* That process is the program, started anew: main calls this before anything else. In the process it
 * reads bodies until there are no more, and ends it; otherwise it does nothing. */
void markdown_child_main(int count, char **arguments);

/* ---- Options ------------------------------------------------------------------------------------ */

enum markdown_engine { MARKDOWN_MD4C, MARKDOWN_CMARK_GFM };

/* A standard alone is printed as its specification prints it, and raw HTML passes: what the engines are
 * judged by. */
enum markdown_dialect {
    MARKDOWN_LINER,      /* all that a page may have */
    MARKDOWN_COMMONMARK, /* https://spec.commonmark.org/0.31.2/ */
    MARKDOWN_GITHUB,     /* https://github.github.com/gfm/; only cmark-gfm reads it */
};

/* What is said in the page's language; absent: in English. */
struct markdown_words {
    struct text heading_link; /* a heading's link to itself, for a screen reader */
    struct text spoiler;      /* the switch of a hidden text */
    struct text note, tip, important, warning, caution; /* the titles of boxes */
    struct text footnotes;                              /* the heading above them */
    struct text footnote;      /* "Footnote", before the number of a mark, for a screen reader, */
    struct text footnote_back; /* and what its links back say there */
    struct text play_on, listen_on; /* what a player says: "Play on {service}" */
};

/* An abbreviation, which is explained where a body first uses it. */
struct markdown_term {
    struct text term, meaning;
};

struct markdown_options {
    enum markdown_engine engine;
    /* Where cmark-gfm runs. NULL: each body that needs it gets a process of its own. */
    struct markdown_child *child;
    /* Raw HTML passes through. Otherwise it is shown as text, with a warning. */
    bool html;
    enum markdown_dialect dialect;
    /* Quotes, dashes and dots become “ ” – … where they don't touch Hangul. */
    bool smart;
    /* Footnotes, which only cmark-gfm knows: a body that defines one goes there, whatever the engine. */
    bool footnotes;
    /* The address of the body's page where it is read elsewhere (in a feed): put before the links to its
     * own headings and notes. */
    struct text page;
    /* Of the page. Hangul gets lang="ko" unless this is "ko" or "ko-...". */
    struct text language;
    /* The highest heading a body may have: a higher one is a warning and is lowered to it.
     * 0 stands for 2, since the page has an h1 of its own. */
    unsigned top_level;
    /* The HTML is for a place where nothing can be unfolded (a feed): only that there is a spoiler
     * is said. */
    bool hides_spoilers;
    /* Nor anything be played: a player is the link that was typed. */
    bool links_players;
    struct markdown_words words;
    /* The longest first. */
    const struct markdown_term *glossary;
    size_t glossary_count;
    /* A scan keeps the words of the body. */
    bool keeps_words;
    /* Set by markdown_render_stranger. */
    bool by_stranger;
};

/* What a body may cost. Beyond a limit there is an error at the place and no result. */
enum {
    MARKDOWN_BODY_BYTES = 4 << 20,   /* the longest real post of 11,388 has 52 KB */
    MARKDOWN_OUTPUT_TIMES = 50,      /* bytes of HTML for each byte of body, */
    MARKDOWN_OUTPUT_BYTES = 1 << 20, /* and this many on top */
    MARKDOWN_DEPTH = 100,            /* blocks inside blocks, spans inside spans */
};

/* ---- The host: where links lead ------------------------------------------------------------------- */

enum markdown_link_kind {
    MARKDOWN_LINK,    /* [text](target) or <https://...> */
    MARKDOWN_IMAGE,   /* ![alt](target) */
    MARKDOWN_ADDRESS, /* https://... or www. ... in running text */
    MARKDOWN_WIKI,    /* [[target]] or [[target|label]] */
    MARKDOWN_EMBED,   /* ![[target]] alone in its paragraph */
};

/* Of a picture, in pixels; 0: not known, or not told. */
struct markdown_size {
    unsigned width, height;
};

/* One question to the host, and its answer. All texts of the question live until it has answered;
 * those of the answer must live until the body is rendered. */
struct markdown_link {
    enum markdown_link_kind kind;
    struct text target; /* as typed, escapes and entities decoded */
    struct text label;  /* of a wiki link or embed, as typed; absent when it has none */
    size_t offset;      /* where it starts in the body, */
    size_t length;      /* and its bytes there; 0 when not known */
    size_t index;       /* embeds: its place in its paragraph, from 0, */
    size_t count;       /* of how many */
    bool in_heading;    /* wiki: it stands in one */
    /* The answer. */
    struct text address;    /* starts as the target; absent for wiki links */
    struct text text;       /* wiki: what is shown when there is no label; starts as the target */
    struct text behind;     /* wiki: words behind the link; absent for none */
    struct text title;      /* starts as the typed one; absent for none */
    struct text class;      /* absent for none */
    struct text attributes; /* further ones, as safe HTML: ` rel="nofollow"` */
    struct markdown_size size; /* of a picture */
};

/* What plays something that can be heard. */
struct markdown_player {
    struct text service; /* "YouTube" */
    struct text class;   /* for the stylesheet: "player youtube video" */
    struct text frame;   /* the address of a page that plays it; absent where there is none */
};

/* All functions may be NULL. They are called on the thread that renders. */
struct markdown_host {
    void *context;
    /* Links, images and bare addresses whose address is allowed. False: plain text instead. */
    bool (*link)(void *context, struct markdown_link *);
    /* Wiki links. False: its label as plain text. Without this function, that too. */
    bool (*wiki)(void *context, struct markdown_link *);
    /* Adds the HTML of a block. False: the embed is shown as it was typed. */
    bool (*embed)(void *context, const struct markdown_link *, struct buffer *out);
    /* Can something be heard at the address, and what plays it? A link to it that is alone in its
     * paragraph is a player then. Always the same answer; NULL asks for no more than it. */
    bool (*player)(void *context, struct text address, struct markdown_player *);
    /* `length` may be 0. The message is only good during the call. */
    void (*problem)(
        void *context, enum report_level, size_t offset, size_t length, struct text message);
};

/* ---- Rendering and scanning ----------------------------------------------------------------------- */

/* Adds the body as HTML to `out`. False after an error (a limit, see above), which the host has
 * been told: then `out` is as it was. Problems of the body itself (a refused address, a heading
 * too high, raw HTML) are told to the host too, and the rest is rendered. Keeps nothing. */
bool markdown_render(struct text body, const struct markdown_options *,
    const struct markdown_host *, struct buffer *out);

struct markdown_heading {
    unsigned level;
    struct text id;   /* unique in the body, the same as rendering gives */
    struct text text; /* plain; of a spoiler in it only that there is one */
    size_t offset;
    bool is_spoiler; /* it stands in a box of them: not for a table of contents */
};

struct markdown_scan_link {
    enum markdown_link_kind kind;
    struct text target;
    struct text label; /* wiki links and embeds: absent when it has none */
    size_t offset;
    size_t length;  /* 0 when not known */
    bool lacks_alt; /* an image without a text in its place */
};

struct markdown_scan {
    struct markdown_heading *headings;
    size_t heading_count, heading_capacity;
    struct markdown_scan_link *links; /* in the order of the body, allowed addresses only */
    size_t link_count, link_capacity;
    /* The first paragraph as plain text, cut at a word near 200 code points; may be empty. */
    struct text summary;
    size_t word_count; /* code blocks, raw HTML and the words for images left out */
    /* What was seen, in a few bytes for each line; absent after an error. */
    struct text tape;
    /* The words of the body, each once, without spoilers, code blocks and pictures; see words.c. Absent
     * unless asked for. */
    struct text words;
};

/* A word is that many bits of a hash. */
enum { MARKDOWN_WORD_BITS = 22 };
/* Those from `from` to below `to` of a scan's, in order; returns how many. No scan has more than the most. */
enum { MARKDOWN_WORDS_MOST = 64 * 255 + 1 };
size_t markdown_words_between(struct text words, uint32_t from, uint32_t to, uint32_t *found);

/* Reads the body once and makes no HTML. All of `scan` lives in the arena. Of the host only
 * `problem` and `player` are used, with the same problems that rendering tells: one of the two callers should
 * listen. False as markdown_render, with what was found so far in `scan`. */
bool markdown_scan(struct text body, const struct markdown_options *, const struct markdown_host *,
    struct arena *, struct markdown_scan *scan);

/* As markdown_render, of a body that was scanned with the same options but for the words and the
 * spoilers: what the scan saw is rendered, and the problems that the scan told are not told again. */
bool markdown_render_scanned(struct text body, const struct markdown_scan *,
    const struct markdown_options *, const struct markdown_host *, struct buffer *out);

/* Adds what a stranger wrote as HTML: paragraphs, emphasis, code, lists, quotes, rules, spoilers and links
 * to the web, which no search engine follows; all else is text. Each line end is a break, faces are no
 * markup, and nothing turns the direction of what stands around it. With md4c; of the options the
 * language and the words are used. What goes beyond a limit is shown as it was typed. */
void markdown_render_stranger(
    struct text body, const struct markdown_options *, struct buffer *out);

/* Adds the text without what nobody sees: points without width, controls, changes of direction. */
void markdown_add_seen(struct buffer *out, struct text);

/* Is it an address that a body may link to: http, https, mailto, tel, or relative to the page? As a
 * browser reads it, so that "java\nscript:" is no way round. */
bool markdown_address_allowed(struct text address);

/* Adds a player, as HTML: a link to the address, which the theme's script turns into the frame. The
 * label says what is played; may be empty. Of the options their language and words are used. */
void markdown_add_player(struct buffer *out, const struct markdown_player *, struct text address,
    struct text label, const struct markdown_options *);

/* Adds an address as the value of an attribute in double quotes: spaces and what no address may
 * hold are percent-encoded, letters of every script are left as they are. */
void markdown_add_address(struct buffer *out, struct text address);

/* Adds what the HTML entity ("&hellip;", "&#39;") at the start of the text stands for; returns its
 * bytes, 0 if it is none. */
size_t markdown_entity(struct text, struct buffer *out);

/* ---- Events: what an engine sees in a body ---------------------------------------------------------- */

enum markdown_event_kind {
    MARKDOWN_ENTER_BLOCK,
    MARKDOWN_LEAVE_BLOCK,
    MARKDOWN_ENTER_SPAN,
    MARKDOWN_LEAVE_SPAN,
    MARKDOWN_TEXT,
};

enum markdown_block {
    MARKDOWN_DOCUMENT,
    MARKDOWN_PARAGRAPH, /* not for the text of a tight list's items */
    MARKDOWN_HEADING,
    MARKDOWN_QUOTE,
    MARKDOWN_LIST,
    MARKDOWN_ITEM,
    MARKDOWN_RULE,
    MARKDOWN_CODE_BLOCK,
    MARKDOWN_HTML_BLOCK,
    MARKDOWN_TABLE,
    MARKDOWN_TABLE_HEAD,
    MARKDOWN_TABLE_BODY,
    MARKDOWN_TABLE_ROW,
    MARKDOWN_TABLE_CELL,
    MARKDOWN_FOOTNOTE,      /* all of them at the end of the body */
    MARKDOWN_CALLOUT,       /* from here on only behind the engines: a quote that is a box, */
    MARKDOWN_CALLOUT_TITLE, /* and its title, unless it has none but its kind */
};

/* A box's kind and fold are its event's level and start. */
enum markdown_callout {
    MARKDOWN_NOTE,
    MARKDOWN_TIP,
    MARKDOWN_IMPORTANT,
    MARKDOWN_WARNING,
    MARKDOWN_CAUTION,
    MARKDOWN_SPOILER_BOX,
    MARKDOWN_BOX, /* any other */
};
enum markdown_fold { MARKDOWN_NO_FOLD, MARKDOWN_UNFOLDED, MARKDOWN_FOLDED };

enum markdown_span {
    MARKDOWN_EMPHASIS,
    MARKDOWN_STRONG,
    MARKDOWN_DELETED,
    MARKDOWN_CODE,
    MARKDOWN_ANCHOR, /* a link */
    MARKDOWN_PICTURE,
    MARKDOWN_FOOTNOTE_MARK,
    MARKDOWN_SPOILER, /* from here on only behind the engines */
    MARKDOWN_MARK,
};

enum markdown_text_kind {
    MARKDOWN_PLAIN,
    MARKDOWN_SOFT_BREAK,
    MARKDOWN_HARD_BREAK,
    MARKDOWN_VERBATIM,    /* in code */
    MARKDOWN_RAW,         /* HTML */
    MARKDOWN_WIKI_TEXT,   /* from here on only behind the engines: a whole wiki link */
    MARKDOWN_EMBED_TEXT,  /* a whole embed, outside any paragraph */
    MARKDOWN_PLAYER_TEXT, /* a link that is a player, likewise */
    MARKDOWN_SIGN_TEXT,   /* "||", "==" or "%%": no sink sees it */
};

/* A sign's level: what it may do. */
enum { MARKDOWN_MAY_OPEN = 1, MARKDOWN_MAY_CLOSE = 2 };

enum markdown_task { MARKDOWN_NO_TASK, MARKDOWN_TASK_OPEN, MARKDOWN_TASK_DONE };
enum markdown_align { MARKDOWN_NO_ALIGN, MARKDOWN_LEFT, MARKDOWN_CENTER, MARKDOWN_RIGHT };

/* A leave event carries the details of its enter event. All texts live during the call only. One is
 * made for each piece of text on its way through each layer, so it is packed: setting it to nothing
 * costs as much as its size. */
struct markdown_event {
    enum markdown_event_kind kind : 8;
    enum markdown_block block : 8;
    enum markdown_span span : 8;
    enum markdown_text_kind text_kind : 8;
    bool literal : 1; /* text: typed as an escape or entity, so never a sign of markup */
    bool bare : 1;    /* link: typed as a bare address */
    bool ordered : 1; /* list */
    bool tight : 1;   /* list */
    bool header : 1;  /* cell */
    enum markdown_align align : 4; /* cell */
    enum markdown_task task : 4;   /* item */
    unsigned level; /* heading; footnote, its mark: its number; box: its kind; picture: its width */
    unsigned start; /* list: its first number; box: its fold; picture: its height */

    size_t offset;       /* in the body, where known, else near it */
    size_t length;       /* in the body; 0 where not known */
    size_t index, count; /* embed, player: its place in its paragraph */

    struct text text;        /* text: its bytes, decoded */
    struct text destination; /* link, picture, wiki link, embed; decoded */
    struct text title;       /* link, picture: absent for none; wiki link, embed: the typed label */
    struct text info; /* code block: what stands behind the fence; footnote, its mark: its name */
};

struct markdown_sink {
    void *context;
    /* False ends the parsing. */
    bool (*event)(void *context, const struct markdown_event *);
};

/* Feeds the sink with what the engine sees, and what Liner adds (unless options->commonmark).
 * Of the host only `problem` and `player` are used. False after an error, or when the sink said so. */
bool markdown_parse(struct text body, const struct markdown_options *, const struct markdown_host *,
    const struct markdown_sink *);

#endif
