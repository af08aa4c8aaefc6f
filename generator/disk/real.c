/*
 * The real disk: each function opens the folder that holds the path, and works on the last name in
 * it, which is never followed when it is written, moved or removed.
 */
#include "disk_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <unistd.h>

static const struct disk_folder *folder_of(const struct disk *disk)
{
    return disk->context;
}

static enum disk_result answer(int returned)
{
    return returned < 0 ? disk_result_of(errno) : DISK_DONE;
}

/* ---- The folder that holds a path ----------------------------------------------------------- */

struct spot {
    int folder;
    const char *name; /* the last part of the path */
};

static enum disk_result open_spot(const struct disk *disk, const char *path, struct spot *spot)
{
    char parent[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (length >= sizeof parent)
        return DISK_TOO_LONG;
    memcpy(parent, path, length);
    strcpy(parent + length, length ? "" : slash ? "/" : ".");
    spot->name = slash ? slash + 1 : path;
    base_assert(spot->name[0] != '\0');
    return disk_open(folder_of(disk), parent, O_PATH | O_DIRECTORY, &spot->folder);
}

/* For the end of a function: the answer of its one system call, read before close may change it. */
static enum disk_result leave_spot(struct spot spot, int returned)
{
    enum disk_result result = answer(returned);
    close(spot.folder);
    return result;
}

/* ---- Status ------------------------------------------------------------------------------------ */

struct disk_status disk_status_of(const struct stat *stat)
{
    return (struct disk_status){
        .kind = S_ISREG(stat->st_mode)   ? DISK_FILE
                : S_ISDIR(stat->st_mode) ? DISK_FOLDER
                                         : DISK_OTHER,
        .bytes = (uint64_t)stat->st_size,
        .changed_ns = (int64_t)stat->st_mtim.tv_sec * 1000000000 + stat->st_mtim.tv_nsec,
        .touched_ns = (int64_t)stat->st_ctim.tv_sec * 1000000000 + stat->st_ctim.tv_nsec,
        .identity = stat->st_ino,
    };
}

/* A link that leads nowhere is there all the same, as something that is no file. */
static enum disk_result follow_status(
    const struct disk *disk, const char *path, struct disk_status *status)
{
    int handle;
    struct stat stat;
    enum disk_result result = disk_open(folder_of(disk), path, O_PATH, &handle);
    if (result == DISK_MISSING || result == DISK_NOT_FILE) {
        *status = (struct disk_status){.kind = DISK_OTHER};
        return DISK_DONE;
    }
    if (result != DISK_DONE)
        return result;
    result = answer(fstat(handle, &stat));
    close(handle);
    if (result == DISK_DONE)
        *status = disk_status_of(&stat);
    return result;
}

/* Of a link itself. */
static enum disk_result get_stat(const struct disk *disk, const char *path, struct stat *stat)
{
    struct spot spot;
    enum disk_result result;
    if (disk_stat_named(folder_of(disk), path, stat, &result))
        return result;
    result = open_spot(disk, path, &spot);
    if (result != DISK_DONE)
        return result;
    return leave_spot(spot, fstatat(spot.folder, spot.name, stat, AT_SYMLINK_NOFOLLOW));
}

static enum disk_result get_status(
    const struct disk *disk, const char *path, struct disk_status *status)
{
    struct stat stat;
    enum disk_result result = get_stat(disk, path, &stat);
    if (result != DISK_DONE)
        return result;
    if (S_ISLNK(stat.st_mode))
        return follow_status(disk, path, status);
    *status = disk_status_of(&stat);
    return DISK_DONE;
}

/* ---- Reading -------------------------------------------------------------------------------------- */

static enum disk_result check_readable(int handle, size_t most_bytes, size_t *size)
{
    struct stat stat;
    if (fstat(handle, &stat) < 0)
        return disk_result_of(errno);
    if (!S_ISREG(stat.st_mode))
        return S_ISDIR(stat.st_mode) ? DISK_IS_FOLDER : DISK_NOT_FILE;
    *size = (size_t)stat.st_size;
    return *size > most_bytes ? DISK_TOO_LARGE : DISK_DONE;
}

/* Up to the end, wherever that is by now: a file may grow or shrink while it is read. Its whole size
 * and no more, where there was room for more, is the end. */
static enum disk_result read_all(int handle, size_t most_bytes, size_t size, struct buffer *bytes)
{
    size_t before = bytes->length;
    buffer_reserve(bytes, size + 1);
    for (;;) {
        ssize_t got = read(handle, bytes->at + bytes->length, bytes->capacity - bytes->length);
        if (got == 0)
            return DISK_DONE;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return disk_result_of(errno);
        bytes->length += (size_t)got;
        if (bytes->length - before > most_bytes)
            return DISK_TOO_LARGE;
        if (bytes->length - before == size && (size_t)got == size)
            return DISK_DONE;
        if (bytes->length == bytes->capacity)
            buffer_reserve(bytes, bytes->length);
    }
}

/* O_NONBLOCK: opening a pipe that nobody writes to would wait for ever. */
static enum disk_result read_file(
    const struct disk *disk, const char *path, size_t most_bytes, struct buffer *bytes)
{
    int handle;
    size_t size = 0, before = bytes->length;
    enum disk_result result =
        disk_open(folder_of(disk), path, O_RDONLY | O_NONBLOCK | O_NOCTTY, &handle);
    if (result != DISK_DONE)
        return result;
    result = check_readable(handle, most_bytes, &size);
    if (result == DISK_DONE)
        result = read_all(handle, most_bytes, size, bytes);
    close(handle);
    if (result != DISK_DONE)
        bytes->length = before;
    return result;
}

/* ---- Writing -------------------------------------------------------------------------------------- */

/* 0666: who may read the site is for the umask to say. Never through a link, never into a pipe. */
static enum disk_result open_to_write(struct spot spot, int how, int *handle)
{
    struct stat stat;
    int flags = O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | how;
    do
        *handle = openat(spot.folder, spot.name, flags, 0666);
    while (*handle < 0 && errno == EINTR);
    enum disk_result result = answer(*handle);
    if (result != DISK_DONE)
        return result;
    result = answer(fstat(*handle, &stat));
    if (result == DISK_DONE && !S_ISREG(stat.st_mode))
        result = DISK_NOT_FILE;
    if (result != DISK_DONE)
        close(*handle);
    return result;
}

static enum disk_result write_all(int handle, struct text bytes)
{
    while (bytes.length) {
        ssize_t put = write(handle, bytes.at, bytes.length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return disk_result_of(errno);
        bytes = text_slice(bytes, (size_t)put, bytes.length);
    }
    return DISK_DONE;
}

/* Some file systems find out only now that there is no room. After EINTR Linux has closed it. */
static enum disk_result close_written(int handle)
{
    return close(handle) < 0 && errno != EINTR ? disk_result_of(errno) : DISK_DONE;
}

static enum disk_result write_and_close(int handle, struct text bytes)
{
    enum disk_result written = write_all(handle, bytes), closed = close_written(handle);
    return written != DISK_DONE ? written : closed;
}

static enum disk_result remove_named(const struct disk *disk, const char *path, int flags)
{
    struct spot spot;
    enum disk_result result = open_spot(disk, path, &spot);
    if (result != DISK_DONE)
        return result;
    return leave_spot(spot, unlinkat(spot.folder, spot.name, flags));
}

static enum disk_result write_over(const struct disk *disk, const char *path, struct text bytes)
{
    int handle;
    struct spot spot;
    enum disk_result result = open_spot(disk, path, &spot);
    if (result != DISK_DONE)
        return result;
    result = open_to_write(spot, O_WRONLY | O_TRUNC, &handle);
    if (result == DISK_DONE) {
        result = write_and_close(handle, bytes);
        if (result != DISK_DONE)
            unlinkat(spot.folder, spot.name, 0);
    }
    close(spot.folder);
    return result;
}

static enum disk_result write_file(const struct disk *disk, const char *path, struct text bytes)
{
    int handle;
    if (!disk_open_new(folder_of(disk), path, &handle))
        return write_over(disk, path, bytes);
    enum disk_result result = write_and_close(handle, bytes);
    if (result != DISK_DONE)
        remove_named(disk, path, 0);
    return result;
}

/* ---- Making, moving, removing ------------------------------------------------------------------------ */

static enum disk_result make_folder(const struct disk *disk, const char *path)
{
    struct spot spot;
    enum disk_result result;
    if (disk_make_new(folder_of(disk), path, &result))
        return result;
    result = open_spot(disk, path, &spot);
    if (result != DISK_DONE)
        return result;
    return leave_spot(spot, mkdirat(spot.folder, spot.name, 0777));
}

static enum disk_result move(const struct disk *disk, const char *from, const char *to)
{
    struct spot old, new;
    enum disk_result result = open_spot(disk, from, &old);
    if (result != DISK_DONE)
        return result;
    result = open_spot(disk, to, &new);
    if (result == DISK_DONE)
        result = leave_spot(new, renameat(old.folder, old.name, new.folder, new.name));
    close(old.folder);
    /* A folder that is not empty may be called "existing" here. */
    return result == DISK_EXISTS ? DISK_NOT_EMPTY : result;
}

static enum disk_result remove_file(const struct disk *disk, const char *path)
{
    return remove_named(disk, path, 0);
}

static enum disk_result remove_folder(const struct disk *disk, const char *path)
{
    enum disk_result result = remove_named(disk, path, AT_REMOVEDIR);
    return result == DISK_EXISTS ? DISK_NOT_EMPTY : result;
}

static enum disk_result flush(const struct disk *disk, const char *path)
{
    int handle;
    enum disk_result result =
        disk_open(folder_of(disk), path, O_RDONLY | O_DIRECTORY | O_NONBLOCK, &handle);
    if (result != DISK_DONE)
        return result;
    result = answer(syncfs(handle));
    close(handle);
    return result;
}

/* ---- The lock -------------------------------------------------------------------------------------------- */

/* While we waited, the file may have been removed and made anew: then ours locks nothing. */
static bool is_still_there(struct spot spot, int handle)
{
    struct stat ours, there;
    return fstat(handle, &ours) == 0 &&
           fstatat(spot.folder, spot.name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
           ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

static enum disk_result lock_handle(int handle, bool wait)
{
    int returned;
    do
        returned = flock(handle, wait ? LOCK_EX : LOCK_EX | LOCK_NB);
    while (returned < 0 && errno == EINTR);
    return answer(returned);
}

static enum disk_result lock_spot(struct spot spot, bool wait, int *lock)
{
    for (;;) {
        enum disk_result result = open_to_write(spot, O_RDWR, lock);
        if (result != DISK_DONE)
            return result;
        result = lock_handle(*lock, wait);
        if (result == DISK_DONE && is_still_there(spot, *lock))
            return DISK_DONE;
        close(*lock);
        if (result != DISK_DONE)
            return result;
    }
}

static enum disk_result lock_file(const struct disk *disk, const char *path, bool wait, int *lock)
{
    struct spot spot;
    enum disk_result result = open_spot(disk, path, &spot);
    if (result != DISK_DONE)
        return result;
    result = lock_spot(spot, wait, lock);
    close(spot.folder);
    return result;
}

/* Given back in so many words: a child process may hold the handle, too. */
static void unlock(const struct disk *disk, int lock)
{
    (void)disk;
    flock(lock, LOCK_UN);
    close(lock);
}

/* ---- The disk as a whole ------------------------------------------------------------------------------------ */

struct disk disk_real(struct disk_folder *folder, const char *root)
{
    *folder = (struct disk_folder){.root = root};
    folder->handle = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
    folder->opened = answer(folder->handle);
    return (struct disk){
        .context = folder,
        .status = get_status,
        .list = disk_list_real,
        .names = disk_names_real,
        .read = read_file,
        .write = write_file,
        .make_folder = make_folder,
        .rename = move,
        .remove_file = remove_file,
        .remove_folder = remove_folder,
        .flush = flush,
        .lock = lock_file,
        .unlock = unlock,
    };
}

void disk_release(struct disk_folder *folder)
{
    if (folder->handle >= 0)
        close(folder->handle);
    *folder = (struct disk_folder){.handle = -1, .opened = DISK_MISSING};
}
