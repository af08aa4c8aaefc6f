/*
 * disk: the only room that opens files.
 *
 * The program sees the system through a struct of functions, so that it runs the same on a pretend
 * disk that fails when a test tells it to. Paths have '/' between their parts and none at the end;
 * they are never empty.
 *
 * A path below the disk's folder (the blog's root) stays in it: a link on its way is followed to a
 * place inside, and one that leads out is answered with DISK_OUTSIDE, by every function and without
 * a gap between looking and opening. A path that is absolute or starts with ".." is one that the
 * user named: it is taken as the system takes it.
 *
 *     struct disk_folder folder;
 *     struct disk disk = disk_real(&folder, "/home/mina/blog");
 *     struct buffer bytes;
 *     buffer_init(&bytes);
 *     enum disk_result result = disk.read(&disk, "liner.yaml", 4 << 20, &bytes);
 *     if (result != DISK_DONE)
 *         report_at(report, REPORT_REFUSED, place, "%s", disk_result_words(result));
 *     disk_release(&folder);
 *
 * Threads: a `struct disk` is read-only; its functions may be called from several threads.
 */
#ifndef DISK_DISK_H
#define DISK_DISK_H

#include "base/base.h"

enum disk_result {
    DISK_DONE = 0,
    DISK_MISSING,    /* no such file or folder */
    DISK_DENIED,     /* no permission */
    DISK_READ_ONLY,  /* the whole file system can't be written */
    DISK_IS_FOLDER,  /* a folder where a file should be */
    DISK_NOT_FOLDER, /* a file where a folder should be */
    DISK_NOT_FILE,   /* a pipe, a device, a socket, a link that leads in a circle */
    DISK_EXISTS,     /* it is there already */
    DISK_TOO_LARGE,  /* larger than the caller takes */
    DISK_TOO_LONG,   /* the name or the path is longer than the system takes */
    DISK_TOO_DEEP,   /* folders nested deeper than anybody needs */
    DISK_FULL,       /* no space or quota left */
    DISK_NOT_EMPTY,  /* the folder holds something */
    DISK_OUTSIDE,    /* a link leads out of the folder */
    DISK_OTHER_DISK, /* can't be moved: the two places are on different file systems */
    DISK_BUSY,       /* somebody else holds the lock */
    DISK_TOO_MANY,   /* too many open files */
    DISK_FAILED,     /* anything else */
};

enum disk_kind {
    DISK_FILE,
    DISK_FOLDER,
    DISK_OTHER, /* a special file, or a link that leads nowhere */
};

struct disk_status {
    enum disk_kind kind;
    uint64_t bytes;
    int64_t changed_ns; /* time of the last change of its bytes, since 1970 */
    int64_t
        touched_ns; /* the same of anything about it, its rights and times too: nobody can set it */
    uint64_t identity; /* the same number: the same file on the disk (inode) */
};

/* One file below a folder. `path` is below the folder listed, in the bytes that stand on the disk:
 * not always in NFC, not always UTF-8. */
struct disk_entry {
    struct text path;
    struct disk_status status;
};

struct disk_list {
    struct disk_entry *entries; /* in the order of their paths' bytes */
    size_t count;
    struct text refused; /* what the result is about, below the folder; empty: the folder itself */
};

struct disk {
    void *context;

    enum disk_result (*status)(const struct disk *, const char *path, struct disk_status *);
    /* Every file below a folder, folders themselves left out. Links are followed to files and
     * folders inside the disk's folder (a folder is left out where it would lie within itself, or
     * behind a third link); other links and special files are passed over. `skip` (may be NULL) is
     * asked with each path: true leaves it, and all below it, out. */
    enum disk_result (*list)(const struct disk *, const char *folder,
        bool (*skip)(void *context, struct text path, bool is_folder), void *skip_context,
        struct arena *, struct disk_list *);
    /* What is in one folder: files, folders, and anything else as DISK_OTHER. Follows no link, and
     * fills in nothing of the status but the kind. */
    enum disk_result (*names)(
        const struct disk *, const char *folder, struct arena *, struct disk_list *);
    /* Appends the whole file. */
    enum disk_result (*read)(
        const struct disk *, const char *path, size_t most_bytes, struct buffer *);
    /* Makes the file, or empties it, and writes the bytes. A failure leaves no half file behind. */
    enum disk_result (*write)(const struct disk *, const char *path, struct text bytes);
    /* Makes one folder; its parent must be there. */
    enum disk_result (*make_folder)(const struct disk *, const char *path);
    /* Moves a file or a folder; a file replaces a file that is there, in one step. */
    enum disk_result (*rename)(const struct disk *, const char *from, const char *to);
    enum disk_result (*remove_file)(const struct disk *, const char *path);
    enum disk_result (*remove_folder)(const struct disk *, const char *path); /* only when empty */
    /* Brings what was written below the folder to the disk itself, as far as the system can. */
    enum disk_result (*flush)(const struct disk *, const char *folder);
    /* Takes the lock that the file stands for; DISK_BUSY when another process holds it and `wait`
     * is false. The system gives it back when the process ends, however it ends. */
    enum disk_result (*lock)(const struct disk *, const char *path, bool wait, int *lock);
    void (*unlock)(const struct disk *, int lock);
};

/* The real disk, seen from a folder, which must outlive the `struct disk`. The folder is opened
 * once; when that fails, every path in it gets the reason as its result. */
struct disk_folder {
    const char *root;
    int handle;
    enum disk_result opened;
};
struct disk disk_real(struct disk_folder *, const char *root);
void disk_release(struct disk_folder *);

/* Whether what a file's status says of it is sure to be another once the file is changed: it was touched
 * a tick of the clock and more before `since_ns` (as with git's index: https://git-scm.com/docs/racy-git). */
bool disk_is_settled(const struct disk_status *, int64_t since_ns);

/* "no such file", "permission denied", ...: the end of a message. Static. */
const char *disk_result_words(enum disk_result);
/* Makes the folder and those above it that are missing. */
enum disk_result disk_make_folders(const struct disk *, const char *path);
/* Removes a folder with all that is in it, links themselves and not what they lead to; done when
 * it is not there. For folders that Liner made only. */
enum disk_result disk_remove_tree(const struct disk *, const char *path);
/* Writes the file beside itself and renames it: whoever looks sees all the old bytes or all the
 * new. A failure leaves the old file; a killed process may leave the one beside it. */
#define DISK_BESIDE ".liner-new"
enum disk_result disk_replace(const struct disk *, const char *path, struct text bytes);

#endif
