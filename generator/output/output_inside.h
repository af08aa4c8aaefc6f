/*
 * What the files of the room share: one build into one folder, and the steps it takes.
 *
 *     record.c   what Liner wrote before
 *     folders.c  the folders that the planned paths need
 *     stage.c    the staging folder: where it is, making it, removing it
 *     ahead.c    what the last build left, looked at while content is linked
 *     made.c     what each file was made of, and so which need not be made again
 *     write.c    render, compare, write what differs into the staging folder      (all cores)
 *     commit.c   look for what is in the way, then rename into the output folder
 *     sweep.c    remove what Liner wrote and plans no longer
 *     output.c   these, in that order
 *     same.c     before all of them: would they change anything?
 */
#ifndef OUTPUT_OUTPUT_INSIDE_H
#define OUTPUT_OUTPUT_INSIDE_H

#include "output/output.h"

#include <stdatomic.h>

/* ---- The record -------------------------------------------------------------------------------- */

struct record_file {
    struct text path; /* below the output folder */
    uint64_t hash, bytes;
    uint64_t stamp;            /* of the file there, where somebody looked ahead */
    struct record_file *other; /* an unfinished build: the same path with other bytes */
};

enum record_state {
    RECORD_UNKNOWN,    /* lost, damaged, or a newer program's */
    RECORD_INCOMPLETE, /* a build began to move files and did not end */
    RECORD_COMPLETE,
};

struct record {
    enum record_state state;
    size_t count;       /* lines read */
    struct map by_path; /* to the first record_file of that path */
};

/* What is not there, or is not as Liner wrote it, is unknown, and that is no failure. A disk that
 * refuses to read it is: else Liner would forget for good what it may remove. */
enum disk_result record_read(
    struct record *, const struct disk *, const char *memory, const char *folder, struct arena *);
/* Where a file of what Liner remembers of the folder is: ".liner/output-site-6c62272e07bb0142", by what it
 * holds, then for people, then one for each folder. In the arena. */
const char *record_path(struct arena *, const char *memory, const char *what, const char *folder);
/* Removes what a killed build left of writing it. */
void record_tidy(const struct disk *, const char *memory, const char *folder);
/* To make one for writing: init, then add. */
void record_init(struct record *, enum record_state, struct arena *);
void record_add(struct record *, struct arena *, struct text path, uint64_t hash, uint64_t bytes);
enum disk_result record_write(
    const struct record *, const struct disk *, const char *memory, const char *folder);

/* ---- The folders of the plan ----------------------------------------------------------------------- */

enum folder_move {
    MOVE_EACH,   /* the folder is there: its files go in one by one */
    MOVE_WHOLE,  /* it is not: one rename brings it with all below */
    MOVE_INSIDE, /* comes with a folder above */
};

struct folder {
    struct text path; /* below the output folder; empty for the output folder itself */
    size_t parent;    /* the output folder's is itself, 0 */
    atomic_bool made; /* in the staging folder */
    enum folder_move move;
};

struct file {
    uint64_t hash, bytes;
    uint32_t folder; /* number of the folder that holds it */
    bool is_staged;  /* it differs from what is there */
    bool is_current; /* and this is known without making it */
    enum output_why why;
    uint64_t stamp;                 /* of how it stands on the disk; 0: not known */
    struct text noted;              /* what it was made of */
    const struct made_file *before; /* what is known of it from the build before; NULL: nothing */
};

/* ---- What files were made of -------------------------------------------------------------------------- */

struct made_file {
    uint64_t path, stamp, hash, bytes;
    struct text noted;
};

struct made {
    struct buffer bytes; /* in which all of it stands */
    struct text kept;    /* the caller's */
    struct made_file *files;
    size_t count;
    uint32_t *slots; /* by the hash of the path: index + 1; 0: free */
    size_t slot_count, guess;
};

/* Without any, `made` is empty. */
void made_read(struct made *, const struct output_site *, const char *folder, struct arena *);
void made_release(struct made *);

/* What the last build left of the site. */
struct output_ahead {
    struct output_site site;
    const char *folder; /* without a slash at its end */
    struct arena arena;
    struct record record;
    enum disk_result result; /* of reading it */
    struct made made;
    struct task *task;
};
/* Waits until everything has been looked at. */
void ahead_wait(struct output_ahead *);

/* ---- One build --------------------------------------------------------------------------------------- */

struct worker {
    struct buffer bytes; /* rendered */
    struct buffer there; /* what stands in the output folder */
    struct buffer path;
    struct buffer noted;
    struct arena kept; /* what is noted of the files, until the build ends */
    struct report report;
};

struct obstacle {
    struct text path; /* of a file or a folder that Liner made, and that must go first */
};

struct work {
    const struct output_request *request;
    const struct disk *disk;
    const char *folder;  /* the output folder, without a slash at its end */
    const char *staging; /* NULL until it is made */
    struct arena arena;  /* for this build only */
    struct arena *result_arena;
    struct output_result *result;
    size_t kept_capacity;
    struct report *report;
    struct record record; /* of the build before */
    struct made made;     /* likewise */
    size_t gone_capacity;
    struct map planned; /* path to struct file */
    struct file *files; /* by the request's index */
    struct folder *folders;
    size_t folder_count, folder_capacity;
    struct disk_list found; /* files in the folder, listed only when the record is unknown */
    bool is_there;          /* the output folder */
    bool is_empty;          /* nothing in it to compare with */
    struct worker *workers;
    struct writer *writer;
    struct obstacle *obstacles;
    size_t obstacle_count, obstacle_capacity;
    size_t staged_count;
};

/* "site/" and "./site" are "site": the record is found by the name. */
const char *output_plain_folder(struct arena *, const char *folder);
/* "site/dramas/signal/index.html", with a NUL, in the build's arena. */
const char *output_path(struct work *, struct text path);
/* Reports that the machine refused: "can't be written: no space left on the disk". False. */
bool output_refuse(struct work *, struct text path, const char *what, enum disk_result result);
void output_keep(struct work *, struct text path); /* adds to the result's kept files */

/* A number of what a file's status says; 0 when there is no file. `below` is its path in the folder. */
uint64_t made_stamp(const struct disk *, const char *path, struct text below);
/* "site/dramas/signal/index.html", with a NUL, in the buffer. */
const char *made_path(struct buffer *, const char *folder, struct text path);
void made_look(struct work *); /* finds the files that are current */
void made_keep(struct work *); /* for the next build */

void folders_plan(struct work *);
bool stage_begin(struct work *);
void stage_end(struct work *); /* removes what is left of it */
bool write_files(struct work *);
bool commit_check(struct work *); /* moves nothing yet */
bool commit_files(struct work *);
bool sweep_files(struct work *);

enum sweep_answer {
    SWEEP_GONE,    /* nothing there */
    SWEEP_OURS,    /* as Liner wrote it, and not planned */
    SWEEP_THEIRS,  /* not Liner's, or changed since */
    SWEEP_REFUSED, /* the disk did not tell, and that was reported */
};
enum sweep_answer sweep_ask(struct work *, struct text path);
/* Removes a file, and counts it. */
bool sweep_file(struct work *, struct text path);

#endif
