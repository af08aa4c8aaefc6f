/*
 * A disk in memory for tests: a `struct disk` that fails when it is told to.
 *
 *     struct pretend_disk pretend;
 *     pretend_init(&pretend);
 *     struct disk disk = pretend_as_disk(&pretend);
 *     pretend_fail(&pretend, 7, true, DISK_FULL);   the 7th call from now, and all after it
 *     ...
 *     pretend_release(&pretend);
 *
 * Threads: its functions may be called from several, as the real disk's may.
 */
#ifndef TESTS_PRETEND_DISK_H
#define TESTS_PRETEND_DISK_H

#include "disk/disk.h"

#include <pthread.h>

enum pretend_call {
    PRETEND_STATUS,
    PRETEND_LIST,
    PRETEND_NAMES,
    PRETEND_READ,
    PRETEND_WRITE,
    PRETEND_MAKE_FOLDER,
    PRETEND_RENAME,
    PRETEND_REMOVE_FILE,
    PRETEND_REMOVE_FOLDER,
    PRETEND_FLUSH,
    PRETEND_LOCK,
    PRETEND_CALLS,
};

struct pretend_node {
    struct text path;
    enum disk_kind kind;
    struct text bytes;
    uint64_t identity; /* kept by a rename, new for a file written anew */
};

struct pretend_disk {
    pthread_mutex_t mutex;
    struct arena arena;
    struct pretend_node *nodes; /* in no order */
    size_t count, capacity;
    uint64_t last_identity;
    bool is_locked;
    size_t calls[PRETEND_CALLS];
    size_t all_calls;
    size_t fail_at; /* number of the call that fails; 0: none */
    bool fails_from_then_on;
    enum disk_result failure;
    bool has_failed;
    const char *read_only; /* nothing may be made or removed directly in this folder; or NULL */
    const char *mounted;   /* this folder is another disk: no rename leads across; or NULL */
};

void pretend_init(struct pretend_disk *);
void pretend_release(struct pretend_disk *);
struct disk pretend_as_disk(struct pretend_disk *);
/* Call number `nth` from now on fails with the result; so do all after it when `from_then_on`. */
void pretend_fail(struct pretend_disk *, size_t nth, bool from_then_on, enum disk_result);
void pretend_heal(struct pretend_disk *);
void pretend_forget_calls(struct pretend_disk *);

/* What the tester's own hands do: never fails, makes the folders above. */
void pretend_put(struct pretend_disk *, const char *path, const char *bytes);
void pretend_put_text(struct pretend_disk *, const char *path, struct text bytes);
void pretend_make(struct pretend_disk *, const char *folder);
void pretend_remove(struct pretend_disk *, const char *path); /* with all below */
const struct pretend_node *pretend_find(const struct pretend_disk *, const char *path);
/* "path=bytes\n" for each file below the folder and "path/\n" for each empty folder, in order. */
struct text pretend_tree(const struct pretend_disk *, const char *folder, struct arena *);

#endif
