/*
 * What the files of this room share. The way of a body:
 *
 *                    engine_md4c.c
 *     emphasis.c -> {                } -> guard (parse.c) -> refine.c -> { pairs.c -> { render.c   HTML
 *             child.c, engine_cmark.c                                                { scan.c     headings, links
 *
 * What scan.c sees it also writes to a tape (tape.c), and render.c makes HTML of that as well. Of what a
 * stranger wrote stranger.c leaves a subset, between the guard and refine.c.
 */
#ifndef MARKDOWN_MARKDOWN_INSIDE_H
#define MARKDOWN_MARKDOWN_INSIDE_H

#include "markdown/markdown.h"

/* ---- Engines: false when the sink ended it, or the library failed ----------------------------------- */

/* The text ends with a line end: md4c 0.4.8 reads one byte too far otherwise. */
bool md4c_feed(struct text body, const struct markdown_options *, const struct markdown_sink *);
/* One thread of a process only: the library's extensions change tables that all parsers share. Ends
 * the process with BASE_REFUSED when it has no memory left. */
bool cmark_feed(struct text body, const struct markdown_options *, const struct markdown_sink *);

/* The same through the process where cmark-gfm runs, from any thread. The host is told why a body
 * could not be read; false then, and when the sink ended it. */
bool child_feed(struct text body, const struct markdown_options *, const struct markdown_host *,
    const struct markdown_sink *);

/* What an event adds to what may come of a body, and how much that may be. */
size_t event_cost(const struct markdown_event *);
size_t cost_limit(struct text body);

/* ---- Emphasis beside Hangul: what was put into a body for the engine, and comes out of its events ---- */

struct mend {
    struct arena arena;
    struct buffer text; /* the body with joints; empty when it needs none */
    size_t *joints;     /* where they begin in that text */
    size_t count, capacity;
    struct buffer cleaned[5];
};

void mend_init(struct mend *, struct text body);
void mend_release(struct mend *);
/* The event as if nothing had been put in. Its texts live until the next call. */
struct markdown_event mend_event(struct mend *, const struct markdown_event *);

/* ---- Sixteen bytes at a time -------------------------------------------------------------------------- */

/* Comparing two gives all bits of each byte in which they are alike. */
typedef signed char stride __attribute__((vector_size(16)));

static inline stride stride_read(const char *at)
{
    stride bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

static inline bool stride_has_any(stride found)
{
    uint64_t halves[2];
    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

/* The first byte that has any, 16 when there is none. */
static inline size_t stride_first(stride found)
{
    uint64_t halves[2];
    memcpy(halves, &found, sizeof halves);
    if (!(halves[0] | halves[1]))
        return sizeof found;
    uint64_t half = halves[0] ? halves[0] : halves[1];
    bool is_little = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
    size_t bit = (size_t)(is_little ? __builtin_ctzll(half) : __builtin_clzll(half));
    return bit / 8 + (halves[0] ? 0 : sizeof half);
}

/* ---- Brackets ---------------------------------------------------------------------------------------- */

/* The offset of the bracket that opens a link or picture, at or after `from`; else `from`. It is
 * behind the last text before it. */
size_t find_bracket(struct text body, size_t from, bool picture);

/* md4c 0.4.8 takes time squared in open brackets: 64 KB of them six seconds. Returns the offset of
 * the one too many, -1 when all is well. */
ptrdiff_t find_too_many_brackets(struct text body);

/* ---- Pairs of signs: spoilers, marks and comments ----------------------------------------------------- */

struct pairs {
    struct text source; /* what stands there outlives the event */
    const struct markdown_host *host;
    struct markdown_sink next;
    struct arena arena; /* emptied after each block */
    struct held *held;  /* texts and spans since the last block began or ended */
    size_t count, capacity;
    struct held_problem *problems; /* of theirs: of what is in a comment nothing is told */
    size_t problem_count, problem_capacity;
    struct dropped_part *parts; /* the comments among them */
    size_t part_count, part_capacity;
    struct markdown_host holder; /* tells them to us */
    bool told;                   /* of a spoiler in a link */
    bool in_title;
    unsigned anchors; /* how deep we are in them */
    bool holds_paragraph;
    struct markdown_event paragraph;
    struct buffer joined; /* text that has not been passed on, */
    struct markdown_event first_joined;
    size_t joined_end; /* and where it ends in the body */
};

/* Could there be any in the body? If not, nothing of this needs to be done. */
bool pairs_may_be_in(struct text body);
void pairs_init(
    struct pairs *, struct text source, const struct markdown_host *, struct markdown_sink next);
void pairs_release(struct pairs *);
/* The sink's function; the context is the struct. */
bool pairs_event(void *pairs, const struct markdown_event *);

/* ---- What strangers write: the subset ----------------------------------------------------------------- */

struct stranger {
    struct markdown_sink next;
    unsigned links;        /* how deep we are in links and pictures */
    bool has_words;        /* something was said in the outermost */
    struct buffer address; /* of the outermost */
    struct buffer cleaned[2];
};

void stranger_init(struct stranger *, struct markdown_sink next);
void stranger_release(struct stranger *);
/* The sink's function; the context is the struct. It stands before refine_event. */
bool stranger_event(void *stranger, const struct markdown_event *);

/* ---- Players: a paragraph of nothing but links to what can be heard ------------------------------------ */

struct players {
    const struct markdown_host *host; /* which has a function for them */
    struct markdown_sink next;
    struct arena arena; /* of what is held */
    struct markdown_event *held;
    size_t count, capacity;
    bool holds; /* a paragraph that may be one of players */
    struct markdown_event paragraph;
    bool in_link;
    size_t links;       /* in the paragraph so far */
    unsigned footnotes; /* how deep we are in them */
};

/* Could there be any in the body? If not, nothing of this needs to be done. */
bool players_may_be_in(struct text body);
void players_init(struct players *, const struct markdown_host *, struct markdown_sink next);
void players_release(struct players *);
/* The sink's function; the context is the struct. */
bool players_event(void *players, const struct markdown_event *);

/* ---- Boxes ------------------------------------------------------------------------------------------- */

struct callout {
    enum markdown_callout kind;
    enum markdown_fold fold;
    struct text name; /* the words in the brackets */
    size_t length;    /* up to the title */
};

/* Does the text of a quote's first paragraph make it a box? `marks` as for wiki_read. */
bool callout_read(struct text, const char *marks, struct callout *);
/* For the stylesheet. */
const char *callout_class(enum markdown_callout);

/* ---- Smart punctuation ------------------------------------------------------------------------------- */

/* What became of the quote that is open. */
enum smart_quote { SMART_CLOSED, SMART_CURLED, SMART_KEPT };

struct smart {
    enum smart_quote double_quote, single_quote;
};

/* What the sign or run of signs at text.at[at] becomes, absent when it stays; *length is set to its
 * bytes. `before` is the code point before it. */
struct text smart_read(struct smart *, struct text, size_t at, uint32_t before, size_t *length);

/* ---- Refining: what Liner adds to an engine's events -------------------------------------------------- */

struct run_piece {
    size_t start;  /* in the run */
    size_t offset; /* in the body */
};

/* What a quote turned out to be. */
struct refine_box {
    bool is_box;
    enum markdown_callout kind : 8;
    enum markdown_fold fold : 8;
};

struct refine {
    const struct markdown_options *options;
    const struct markdown_host *host;
    struct markdown_sink next;
    struct arena arena;
    struct text source; /* what the engine reads: what stands there outlives the event */
    /* Text and breaks between two other events: a slice of the source, nearly always, or a copy of
     * its pieces with a mark for each byte. */
    struct text run;
    size_t run_offset; /* of a slice: where it stands in the body */
    bool is_copy;
    struct buffer copy;
    struct buffer marks;
    struct run_piece *pieces;
    size_t piece_count, piece_capacity;
    /* The last piece of text that was passed on: the fields that no text has are never set. */
    struct markdown_event piece;
    /* A paragraph that was entered but not passed on: it may turn out to be embeds; and a quote, that
     * may turn out to be a box. */
    bool holds_paragraph, holds_quote;
    struct markdown_event paragraph, quote;
    unsigned quotes;                             /* how deep we are in them, */
    struct refine_box boxes[MARKDOWN_DEPTH + 1]; /* and what each is */
    bool in_title;                               /* of a box */
    bool in_cell;
    bool has_pairs;
    struct smart smart;
    uint32_t before; /* the code point before the run: a blank where its block begins */
    unsigned pictures, anchors, spans; /* how deep we are in them */
    unsigned high_level;               /* of a heading that has yet to be warned of, else 0 */
};

void refine_init(struct refine *, struct text source, const struct markdown_options *,
    const struct markdown_host *, struct markdown_sink next);
void refine_release(struct refine *);
/* The sink's function; the context is the struct. */
bool refine_event(void *refine, const struct markdown_event *);

/* ---- Recognising things in running text --------------------------------------------------------------- */

/* A wiki link in its brackets: "[[", target, optionally "|" and a label, "]]". */
struct wiki_parts {
    struct text target;
    struct text label; /* absent when there is none */
    size_t length;     /* with its brackets */
};

/* Is there one at the start of the text? `marks` has a byte for each of the text's, not 0 where it
 * was escaped; NULL when nothing was. */
bool wiki_read(struct text, const char *marks, struct wiki_parts *);
/* What a reader sees of a wiki link without a label: the target without "drama:" before it. */
struct wiki_picture {
    struct text alt; /* absent or empty: none */
    struct markdown_size size;
};
/* Whether an embed is a picture: `![[album.png]]`, `![[album.png|300]]`, `![[album.png|A door|300x200]]`. */
bool wiki_picture(const struct wiki_parts *, struct wiki_picture *);
/* The size that ends a picture's words, "A door|300x200", "A door|300". What is left of them are the words. */
struct markdown_size wiki_size(struct text label, struct text *alt);
struct text wiki_shown(struct text target);

/* With something behind the prefix, whose letters are small. */
bool starts_ignoring_case(struct text, const char *prefix);
/* The length of the bare address at text.at[at], by GitHub's rules; 0 when there is none. */
size_t address_read(struct text, size_t at);
/* Likewise of the mail address around the "@" at text.at[at]; it begins at *start. */
size_t address_read_mail(struct text, size_t at, size_t *start);

/* ---- Writing ------------------------------------------------------------------------------------------- */

/* Without anything of Liner's, and printed as the specification prints it. */
static inline bool is_bare(const struct markdown_options *options)
{
    return options->dialect != MARKDOWN_LINER;
}

void add_escaped(struct buffer *out, struct text);
/* Raw HTML, without the tags that GitHub lets nobody write. */
void add_filtered(struct buffer *out, struct text html);
/* The length of what HTML can't hold at the start of the text, 0 when something else stands there. */
size_t forbidden_length(struct text);
/* An attribute with a blank before it, its value escaped. */
void add_quoted(struct buffer *out, const char *name, struct text value);
/* As the CommonMark specification prints addresses: other scripts percent-encoded too. */
void add_address_ascii(struct buffer *out, struct text address);
/* Escaped, and each run of Hangul in a span of its own. */
void add_escaped_hangul(struct buffer *out, struct text);
/* Is nothing to be marked, since the whole page is Korean? */
bool is_korean(struct text language);

/* What is said in the page's language, or in English. */
static inline struct text word_or(struct text said, const char *english)
{
    return said.at ? said : text_of(english);
}

/* ---- Footnotes --------------------------------------------------------------------------------------- */

struct footnotes {
    const struct markdown_options *options;
    struct arena *arena;
    struct footnote *items; /* by number */
    size_t count, capacity;
    unsigned shown; /* the number of the last note that was written */
};

void footnotes_init(struct footnotes *, const struct markdown_options *, struct arena *);
/* Of a mark's event. `is_hidden`: it stands in a spoiler. */
void footnotes_mark(struct footnotes *, const struct markdown_event *, bool is_in_link,
    bool is_hidden, struct buffer *out);
/* False for a note that is not to be shown, since its marks were not. */
bool footnotes_enter(struct footnotes *, const struct markdown_event *, struct buffer *out);
void footnotes_leave(struct footnotes *, const struct markdown_event *, struct buffer *out);
void footnotes_end(const struct footnotes *, struct buffer *out);

/* ---- The tape of a body ------------------------------------------------------------------------------ */

struct tape_writer {
    bool keeps_ends; /* the details of a link's end, too */
    struct text body;
    struct buffer tape;
    size_t at; /* in the body: the end of the last event */
};

/* Adds an event, of a body's own events the next one. Not the details of a link's end, unless they are
 * to be kept: who renders does not ask for them. */
void tape_write(struct tape_writer *, const struct markdown_event *);
/* Feeds the sink with what was written; the body has to be the same. False when the sink said so. */
bool tape_play(struct text tape, struct text body, const struct markdown_sink *);

/* ---- Shared by rendering and scanning ------------------------------------------------------------------ */

/* Adds what the event says in plain words: nothing for most. */
void add_plain(struct buffer *plain, const struct markdown_event *);

/* What a summary, a heading's id and a table of contents show of a spoiler. */
extern const char spoiler_shown[];

/* words.c: the words of a text, each once. */
struct word_set {
    struct arena *scratch;
    uint32_t *words; /* as they were found first */
    size_t count;
    uint32_t *slots; /* word + 1; 0: free */
    size_t slot_count;
};
void gather_words(struct word_set *, struct text);
/* As markdown_words_from reads them. */
struct text keep_words(const struct word_set *, struct arena *);

struct heading_ids {
    struct arena *arena;
    struct map taken; /* id to struct id_count */
};
void heading_ids_init(struct heading_ids *, struct arena *);
/* The id of the next heading, in the arena. */
struct text heading_id(struct heading_ids *, struct text plain);

void tell_problem(const struct markdown_host *, enum report_level, size_t offset, size_t length,
    const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif
