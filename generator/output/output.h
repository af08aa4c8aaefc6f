/*
 * output: brings the planned files onto the disk.
 *
 * Runs the rendering on all cores, writes what differs from what is there, removes what Liner once
 * wrote and no longer plans, and touches nothing else. Everything that is to change is first made
 * in a staging folder beside the output folder; when one file of the plan has a problem, the
 * staging folder goes and the output folder stays as it was. Then the staged files are moved in by
 * rename, whole folders at once where they are new.
 *
 * The record of what Liner wrote (.liner/, one file for each output folder) has a line for each
 * file: its path and the hash of its bytes. It is marked incomplete before the first file moves
 * and complete after the last, so that a build which was killed is known and mended by the next.
 * A record that is lost or damaged costs nothing but the knowledge of what to remove: then files
 * that are not planned are kept, and listed.
 *
 * A file or folder of another kind that stands where a planned one should be goes when it is all
 * Liner's own and unchanged; else the build is refused before anything moves. No path may be
 * planned twice, and none may be a folder of another: that is the plan's promise, and asserted.
 *
 *     struct output_result result;
 *     if (output_write(&request, &result, report))
 *         ... result.written, result.unchanged, result.removed
 *
 * Threads: call it from one; it starts its own.
 */
#ifndef OUTPUT_OUTPUT_H
#define OUTPUT_OUTPUT_H

#include "base/base.h"
#include "disk/disk.h"

/* What a build can know of the one before, so that a file which would be the same is not made. Their context
 * is the request's. */
struct output_knowing {
    /* Before the first file: what `keep` gave to the build before; empty when nothing is left of that.
     * False: then no file is current. */
    bool (*recall)(void *context, struct text kept);
    /* Whether file `index` would have the bytes that it had when `noted` was noted of it. On any thread. */
    bool (*is_current)(void *context, size_t index, struct text noted);
    /* Adds what the file that the worker has just made was made of; nothing: it is never current. */
    void (*note)(void *context, size_t index, unsigned worker, struct buffer *noted);
    /* Behind the last file: adds what is to be kept. */
    void (*keep)(void *context, struct buffer *kept);
};

struct output_request {
    const struct disk *disk;
    const char *folder; /* the output folder: "site" */
    const char *memory; /* where Liner remembers: ".liner" */
    const struct text
        *paths; /* of the files planned, below the folder: "dramas/signal/index.html" */
    size_t count;
    unsigned jobs;
    /* Makes the bytes of file `index` into `bytes` (empty at first), problems into `report`; false
     * when there was one. Called from several threads, each with its own worker number. */
    bool (*render)(
        void *context, size_t index, unsigned worker, struct buffer *bytes, struct report *report);
    void *context;
    const struct output_knowing *knowing; /* NULL: every file is made */
    struct output_ahead *ahead;           /* of the same site; NULL: it is looked at now */
    bool is_clean;                        /* so it is, but for what the next build is to know */
    struct progress progress;
    struct steps steps; /* "what is current", "pages and files", "moving in" */
};

/* Why a file was made that differs from what was there. */
enum output_why {
    OUTPUT_UNKNOWN, /* nothing is known of what it was made of */
    OUTPUT_NEW,     /* Liner had not written it before */
    OUTPUT_CHANGED, /* it is made of something else now */
    OUTPUT_SPOILED, /* it was gone, or not as Liner wrote it */
};

struct output_change {
    size_t index; /* of the request */
    enum output_why why;
    struct text noted; /* what was noted of it by the build before; or empty */
};

struct output_result {
    size_t written, unchanged, removed;
    size_t made; /* the others are known to be unchanged */
    /* The files written, in the request's order, and the paths removed. In the caller's arena, if the request
     * has `knowing`. */
    struct output_change *changes;
    struct text *gone;
    size_t gone_count;
    bool is_known;   /* what the build before kept could be used */
    bool is_stamped; /* all files are there, and this is of their lengths, times and identities: */
    uint64_t stamps;
    /* Paths below the folder that Liner left alone: when the record was lost, files that nobody
     * knows (hidden ones aside); else files that Liner wrote, plans no longer, and that somebody
     * changed since. In the caller's arena. */
    struct text *kept;
    size_t kept_count;
};

/* The build's lock (.liner/lock): take it before the content is read, so that two builds follow each
 * other. False, with a problem reported, when it can't be had: `wait` false and another holds it. */
bool output_lock(const struct disk *, const char *memory, bool wait, int *lock, struct report *);
void output_unlock(const struct disk *, int lock);

/* False when a problem was reported; the output folder is then as it was, or (the disk refused
 * between two renames) holds only whole files, old or new, and its record is marked incomplete. */
bool output_write(
    const struct output_request *, struct arena *, struct output_result *, struct report *);

/* Whether the last build into the folder was finished and nothing was lost since. */
bool output_is_complete(const struct disk *, const char *memory, const char *folder);

/* ---- Looking ahead ---------------------------------------------------------------------------------------- */

struct output_site {
    const struct disk *disk;
    const char *folder, *memory; /* as in a request */
    unsigned jobs;
};

/* Reads what the last build remembered of the site, and looks at each of its files, on a thread of its own: for
 * output_write, which needs both, while what is to be written is found out. Nobody may write into the site
 * meanwhile but output_write; take the lock first. What the site points to must stay until the end. */
struct output_ahead;
struct output_ahead *output_look_ahead(const struct output_site *);
void output_end_ahead(struct output_ahead *); /* NULL is none */

/* ---- What else is remembered of a folder --------------------------------------------------------------- */

/* Bytes that were kept under a name of a word ("addresses"), in the arena; absent without any. */
struct text output_recall(const struct output_site *, const char *name, struct arena *);
/* Keeps them; where that can't be, they are not known the next time. */
void output_keep_memory(const struct output_site *, const char *name, struct text bytes);

/* ---- Builds that would change nothing --------------------------------------------------------------- */

/* What a whole site follows from. Days are counted from 1970. */
struct output_cause {
    uint64_t inputs; /* a hash of everything that it is made from */
    int64_t today;
    int64_t until; /* the first day on which the same inputs give another site; INT64_MAX: none */
};

/* Keeps the cause of the site that output_write has just brought in, and what was said of it (any bytes).
 * Where that can't be kept, the next build will do its work. */
void output_remember(const struct output_site *, const struct output_cause *,
    const struct output_result *, struct text said);

struct output_remembered {
    size_t count;     /* files */
    struct text said; /* in the arena */
};

/* Whether a build would leave the folder as it is: the last one ended, had the same inputs on this day or an
 * earlier one, and each file that it wrote is untouched, by its length, time and identity. `until` is not
 * asked for. */
bool output_is_same(const struct output_site *, const struct output_cause *, struct arena *,
    struct output_remembered *);

#endif
