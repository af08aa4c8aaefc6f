/*
 * disk: the only room that opens files.
 *
 * The program sees the system through a struct of functions, so that it runs the same on a pretend
 * disk that fails when a test tells it to. Paths are relative to the disk's folder (the blog's
 * root) or absolute, with '/' between parts; they are never empty.
 *
 *     struct disk_folder folder;
 *     struct disk disk = disk_real(&folder, "/home/mina/blog");
 *     struct buffer bytes;
 *     buffer_init(&bytes);
 *     enum disk_result result = disk.read(&disk, "liner.yaml", 4 << 20, &bytes);
 *     if (result != DISK_DONE)
 *         report_at(report, REPORT_REFUSED, place, "%s", disk_result_words(result));
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
    DISK_IS_FOLDER,  /* a folder where a file should be */
    DISK_NOT_FOLDER, /* a file where a folder should be */
    DISK_EXISTS,     /* it is there already */
    DISK_TOO_LARGE,  /* larger than the caller takes */
    DISK_FULL,       /* no space or quota left */
    DISK_NOT_EMPTY,  /* the folder holds something */
    DISK_OUTSIDE,    /* a link leads out of the folder */
    DISK_BUSY,       /* somebody else holds the lock */
    DISK_FAILED,     /* anything else */
};

enum disk_kind { DISK_FILE, DISK_FOLDER, DISK_OTHER };

struct disk_status {
    enum disk_kind kind;
    uint64_t bytes;
    int64_t changed_ns; /* time of the last change of its bytes, since 1970 */
    uint64_t identity;  /* the same number: the same file on the disk (inode) */
};

/* One file below a folder. `path` is below the folder listed, in NFC as it stands on the disk. */
struct disk_entry {
    struct text path;
    struct disk_status status;
};

struct disk_list {
    struct disk_entry *entries; /* in the order of their paths' bytes */
    size_t count;
};

struct disk {
    void *context;

    enum disk_result (*status)(const struct disk *, const char *path, struct disk_status *);
    /* Every file below a folder, folders themselves left out. Links are followed to files and
     * folders inside the disk's folder; other links and special files are passed over. `skip` (may
     * be NULL) is asked with each path: true leaves it, and all below it, out. */
    enum disk_result (*list)(const struct disk *, const char *folder,
        bool (*skip)(void *context, struct text path, bool is_folder), void *skip_context,
        struct arena *, struct disk_list *);
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

/* The real disk, seen from a folder, which must outlive the `struct disk`. */
struct disk_folder {
    const char *root;
};
struct disk disk_real(struct disk_folder *, const char *root);

/* "no such file", "permission denied", ...: the end of a message. Static. */
const char *disk_result_words(enum disk_result);
/* Makes the folder and those above it that are missing. */
enum disk_result disk_make_folders(const struct disk *, const char *path);
/* Removes a folder with all that is in it. For folders that Liner made only. */
enum disk_result disk_remove_tree(const struct disk *, const char *path);

#endif
