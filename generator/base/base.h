/*
 * base: what every other room stands on.
 *
 * Text slices, growing buffers, arenas, a map, hashing, one parallel loop, and the report:
 * a list of problems, each with its file, line and column. This room opens no file, knows no
 * Unicode beyond counting code points, and holds no state of its own.
 *
 *     struct arena arena;
 *     arena_init(&arena);
 *     struct text name = arena_format(&arena, "%s.md", "goblin");
 *     struct map seen;
 *     map_init(&seen, &arena);
 *     map_put(&seen, name, thing);
 *     arena_release(&arena);
 *
 * Memory never runs out silently: an allocation that the system refuses ends the program with
 * one line on stderr and status 3, before anything half-made can be used.
 *
 * Threads: every function works on what it is given and nothing else, so two threads may use it
 * on two different objects at the same time.
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* ---- Exit status of the program ---------------------------------------------------------- */

enum base_status {
    BASE_DONE = 0,     /* all went well */
    BASE_PROBLEMS = 1, /* problems in content, theme or settings, all of them printed */
    BASE_USAGE = 2,    /* the command line was wrong */
    BASE_REFUSED = 3,  /* the machine said no: disk, permission, memory */
};

/* Ends the program over a fault of its own: prints where and what, and aborts. */
_Noreturn void base_die(const char *file, int line, const char *what);

/* A contract. It stays in the release build: a wrong page is worse than a stopped build. */
#define base_assert(condition)                                                                     \
    ((condition) ? (void)0 : base_die(__FILE__, __LINE__, "broken contract: " #condition))

/* Plain allocation that never returns NULL: refused memory ends the program with status 3. */
void *base_alloc(size_t bytes);
void *base_realloc(void *old, size_t bytes);
void base_free(void *memory);

#define BASE_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- Text: a borrowed slice of bytes, UTF-8 unless said otherwise ------------------------- */

/* `at` may be NULL: then the text is absent, which is not the same as empty. */
struct text {
    const char *at;
    size_t length;
};

#define TEXT(literal) ((struct text){"" literal, sizeof(literal) - 1})
#define TEXT_NONE     ((struct text){NULL, 0})
/* For printf's "%.*s". */
#define TEXT_ARGS(t) (int)(t).length, (t).at ? (t).at : ""

/* Clamped to the text. Here, for it is called for every word of every page. */
static inline struct text text_slice(struct text text, size_t from, size_t to)
{
    if (to > text.length)
        to = text.length;
    if (from > to)
        from = to;
    return (struct text){text.at ? text.at + from : NULL, to - from};
}

/* These stand here, too: the length of a string that is written down is known when it is compiled. */
static inline struct text text_of(const char *string) /* NULL gives the absent text */
{
    return string ? (struct text){string, strlen(string)} : TEXT_NONE;
}

/* A number's digits, written into the room: for hot places, where printf takes ten times as long. */
enum { INTEGER_ROOM = 24 };
struct text text_of_integer(int64_t, char room[INTEGER_ROOM]);
static inline bool text_equal(struct text a, struct text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

static inline bool text_is(struct text text, const char *string)
{
    return text_equal(text, text_of(string));
}

int text_compare(struct text, struct text); /* by bytes, as strcmp */
static inline bool text_starts(struct text text, const char *prefix)
{
    size_t length = strlen(prefix);
    return text.length >= length && (length == 0 || memcmp(text.at, prefix, length) == 0);
}

bool text_ends(struct text, const char *suffix);
struct text text_trim(struct text);                   /* without ASCII white space at both ends */
ptrdiff_t text_find(struct text, struct text needle); /* byte offset, or -1 */
ptrdiff_t text_find_byte(struct text, char byte);     /* byte offset, or -1 */
/* Cuts the next line off `rest`, without its end ("\n" or "\r\n"); false when none is left. */
bool text_line(struct text *rest, struct text *line);
/* Code points in UTF-8 text (every byte that is not a continuation). */
size_t text_count_points(struct text);
/* Steps over bytes that are plain ASCII without control characters but the ends of lines, sixteen at
 * a time, as most of a text is: returns where to look closer. */
size_t text_skip_plain(struct text, size_t at);
/* Reads the code point at *at, steps over it; a broken byte reads as U+FFFD and steps one. */
uint32_t text_next_point(struct text, size_t *at);
/* Likewise the one that ends at *at, which is not 0; steps back over it. */
uint32_t text_previous_point(struct text, size_t *at);
/* The candidate closest to `wrong` by edits (insert, drop, change, swap), as a "did you mean";
 * absent when none is close enough to be a slip: at most a third of its length, at least one. */
struct text text_nearest(struct text wrong, const struct text *candidates, size_t count);
/* How many edits lie between two texts, counted in code points; more than `limit` is limit + 1. */
size_t text_distance(struct text, struct text, size_t limit);

/* ---- Arena: memory that is given back all at once ------------------------------------------ */

struct arena_block;
struct arena {
    struct arena_block *blocks; /* newest first */
    char *at;                   /* next free byte of the newest block */
    size_t left;                /* bytes left in it */
    size_t total_bytes;         /* asked of the system so far */
    size_t next_bytes;          /* of the next block; 0: none was asked for yet */
};

void arena_init(struct arena *);
void arena_clear(struct arena *);                /* empty it, keep one block for the next use */
void arena_release(struct arena *);              /* give everything back; may be used again */
void *arena_alloc(struct arena *, size_t bytes); /* zeroed, aligned for pointers and numbers */
void *arena_array(struct arena *, size_t count, size_t each_bytes); /* dies on overflow */
/* More room for an array of so many bytes; what is behind them is not zeroed. Nothing may point into it any
 * more: a very large one goes with its block, and leaves nothing behind. */
void *arena_grow(struct arena *, void *array, size_t bytes, size_t larger);
struct text arena_text(struct arena *, struct text);              /* a copy, with a NUL behind it */
struct text arena_join(struct arena *, struct text, struct text); /* one behind the other */
struct text arena_join_all(struct arena *, const struct text *parts, size_t count);
struct text arena_format(struct arena *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- List: an array that grows in an arena ------------------------------------------------- */

/* Appends room for one more item and returns it zeroed:
 *     struct problem *p = list_add(&items, &count, &capacity, arena, sizeof *p);            */
void *list_add(void *items, size_t *count, size_t *capacity, struct arena *, size_t each_bytes);

/* ---- Buffer: bytes that grow, owned --------------------------------------------------------- */

struct buffer {
    char *at;
    size_t length;
    size_t capacity;
};

void buffer_init(struct buffer *);
void buffer_release(struct buffer *);
void buffer_clear(struct buffer *);
void buffer_reserve(struct buffer *, size_t more_bytes);

/* Here, for it is called for every word of every page. */
static inline void buffer_add(struct buffer *buffer, struct text text)
{
    if (text.length == 0)
        return;
    if (text.length >= buffer->capacity - buffer->length)
        buffer_reserve(buffer, text.length);
    memcpy(buffer->at + buffer->length, text.at, text.length);
    buffer->length += text.length;
}

static inline void buffer_add_byte(struct buffer *buffer, char byte)
{
    if (buffer->capacity - buffer->length < 2)
        buffer_reserve(buffer, 1);
    buffer->at[buffer->length++] = byte;
}

static inline void buffer_add_string(struct buffer *buffer, const char *string)
{
    buffer_add(buffer, text_of(string));
}

void buffer_add_point(struct buffer *, uint32_t code_point); /* as UTF-8 */
/* Seven bits a byte, the low ones first: small numbers are short. */
void buffer_add_number(struct buffer *, uint64_t number);
/* Cuts such a number off the text; false when there is none. */
bool text_take_number(struct text *rest, uint64_t *number);
/* Likewise in 8 bytes, as the machine has them: for what stays on the machine. */
void buffer_add_uint64(struct buffer *, uint64_t number);
bool text_take_uint64(struct text *rest, uint64_t *number);
void buffer_format(struct buffer *, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct text buffer_text(const struct buffer *); /* borrows until the next change */

/* ---- Map: text to pointer, insertion order kept ---------------------------------------------- */

struct map_entry {
    struct text key; /* borrowed: must outlive the map */
    uint64_t hash;
    void *value;
};
struct map {
    struct arena *arena;
    struct map_entry *entries; /* in the order they were put */
    uint32_t *slots;           /* index + 1 into entries, 0 for free */
    size_t count, capacity, slot_count;
};

void map_init(struct map *, struct arena *);
void *map_get(const struct map *, struct text key); /* NULL when not there */
/* Puts the value unless the key is there; returns what is there afterwards. */
void *map_put(struct map *, struct text key, void *value);
/* Puts the value, replacing what was there. */
void map_set(struct map *, struct text key, void *value);

/* ---- Hash ----------------------------------------------------------------------------------- */

/* XXH3, 64 bits: for maps, fingerprints of assets, and to see that bytes have not changed.
 * Not for secrets. https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md */
uint64_t hash_text(struct text);
uint64_t hash_more(uint64_t so_far, struct text); /* depends on where one text ends */
uint64_t hash_number(uint64_t so_far, uint64_t number);

/* A body under a first line that says what it is, and one with the hash of the body: `check 5f0a3c19d2b4e687`. */
void buffer_add_sealed(struct buffer *, const char *first_line, struct text body);
/* The body, borrowed; TEXT_NONE when it is another kind, or not as it was kept. */
struct text text_unsealed(struct text sealed, const char *first_line);

/* ---- Slips: words that differ by a letter or two ----------------------------------------------- */

struct slip_word {
    struct text letters;
    struct text
        apart; /* words of which this differs are never slips of each other: their numbers */
    int most;  /* edits that are still a slip: 0 (never), 1 or 2 */
};
/* Two words by their indexes, a before b. */
struct slip {
    uint32_t a, b;
};
/* Finds every two words that are no more edits apart than both allow; how many, and the slips
 * themselves in the arena, in an order that follows from the words'. Its time and memory grow with the
 * words, not with their pairs; of more than 64 words that differ in the same place it passes some over. */
size_t slips_find(const struct slip_word *, size_t count, struct arena *, struct slip **);

/* ---- Steps ------------------------------------------------------------------------------------ */

/* Who wants to know where the time of a long work goes. */
struct steps {
    void (*ended)(void *context, const char *what); /* NULL: nobody */
    void *context;
};

static inline void steps_end(const struct steps *steps, const char *what)
{
    if (steps->ended)
        steps->ended(steps->context, what);
}

/* ---- The parallel loop ------------------------------------------------------------------------ */

/* Calls work(context, index, worker) once for every index below count, on `jobs` threads (1: on
 * this one). Indexes are handed out in order; `worker` is below jobs and tells threads apart.
 * Returns when all are done. What work writes must belong to its index or its worker. */
void parallel_for(size_t count, unsigned jobs,
    void (*work)(void *context, size_t index, unsigned worker), void *context);

/* Somebody who wants to see how far a loop is. Without `show`: nobody. */
struct progress {
    /* Called by the thread that asked for the loop, whenever it has finished an index of its own, and at
     * the end: so often that it had better look at the clock. */
    void (*show)(void *context, size_t done, size_t count);
    void *context;
};
void parallel_for_shown(size_t count, unsigned jobs,
    void (*work)(void *context, size_t index, unsigned worker), void *context, struct progress);

/* Work on a thread of its own beside this one, or by task_end where the system refuses a thread. Until it has ended,
 * what the work writes is its own. */
struct task;
struct task *task_start(void (*work)(void *context), void *context);
/* Waits until the work is done, and gives the task back; NULL is none. */
void task_end(struct task *);

/* ---- Places and the report ---------------------------------------------------------------------- */

/* Where something stands in a source. `file` is as the writer would name it, from the blog's root.
 * line and column count from 1, column in code points; line 0: the file as a whole. */
struct place {
    struct text file; /* borrowed for as long as the place is used */
    uint32_t line;
    uint32_t column;
    uint32_t points; /* how many code points to underline, at least 1 */
};

/* The place of `length` bytes (at least one code point is marked, and none behind the line's end) at
 * offset `at` of a file's bytes. */
struct place place_in(struct text file, struct text bytes, size_t at, size_t length);

/* For many places of the same bytes, nearly always one behind the other: counted on from the last one.
 * Starts zeroed. */
struct place_counter {
    size_t at, line_start;
    uint32_t lines, points; /* before `at`; points: on its line */
};
struct place place_next(
    struct place_counter *, struct text file, struct text bytes, size_t at, size_t length);

enum report_level {
    REPORT_ERROR,   /* stops the build: status 1 */
    REPORT_WARNING, /* does not */
    REPORT_REFUSED, /* the machine said no: status 3 */
};

struct report_problem {
    enum report_level level;
    struct place place;
    struct text message;
    struct text notes; /* further lines, printed under the caret as they are; may be absent */
};

struct report {
    struct arena arena;
    struct report_problem *problems;
    size_t count, capacity;
    size_t errors, warnings, refusals;
};

void report_init(struct report *);
void report_release(struct report *);
/* One problem. The message is lower case, says what is wrong first, has the subject in quotes and
 * ends without a full stop. The file's name is copied. */
void report_at(struct report *, enum report_level, struct place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Adds a line under the newest problem, printed behind "= ". */
void report_note(struct report *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* " (did you mean 'x'?)" when a candidate is near, else empty: for the end of a message. */
struct text report_guess(
    struct arena *, struct text wrong, const struct text *candidates, size_t count);
/* Moves all problems of `from` into `into`, leaving `from` empty. */
void report_join(struct report *into, struct report *from);
/* Puts the problems into file, line and column order and drops repeats; of those that differ in their
 * notes alone, the first by its notes stays. */
void report_sort(struct report *);

/* What printing needs from rooms above: the bytes of a file once more, and display widths. */
struct report_printer {
    FILE *to;
    bool color;
    void *context;
    /* The text of the file, absent when it can't be had. It may live until the next call. */
    struct text (*source)(void *context, struct text file);
    /* Columns of a terminal that the text takes (a Hangul syllable takes two). */
    size_t (*width)(struct text);
};

/* Prints every problem:
 *     content/reviews/goblin.md:9:32: error: unknown artist field 'rol' (did you mean 'role'?)
 *         9 |     artists: [{name: Chanyeol, rol: vocal}]
 *           |                                ^~~
 */
void report_print(const struct report *, const struct report_printer *);
/* BASE_DONE, BASE_PROBLEMS or BASE_REFUSED, by the worst problem. */
enum base_status report_status(const struct report *);

/* Appends all problems as bytes to be kept; and adds those that were kept to a report. False, and nothing
 * added, when the bytes are not whole. */
void report_keep(const struct report *, struct buffer *to);
bool report_take(struct report *, struct text kept);

/* ---- Files inside the program (made by generator/embed.sh) ------------------------------------------------- */

struct base_embedded {
    const char *path; /* below the folder: "templates/base.html" */
    const unsigned char *bytes;
    size_t length;
};

#endif
