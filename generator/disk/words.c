/* What the system answers, as one of our results, and as the end of a message. */
#include "disk_inside.h"

#include <errno.h>

static const struct {
    int error;
    enum disk_result result;
} errors[] = {
    {ENOENT, DISK_MISSING},
    {EACCES, DISK_DENIED},
    {EPERM, DISK_DENIED},
    {EROFS, DISK_READ_ONLY},
    {EISDIR, DISK_IS_FOLDER},
    {ENOTDIR, DISK_NOT_FOLDER},
    {ENXIO, DISK_NOT_FILE}, /* a pipe that nobody reads, a socket */
    {ENODEV, DISK_NOT_FILE},
    {ELOOP, DISK_NOT_FILE},
    {EEXIST, DISK_EXISTS},
    {EFBIG, DISK_FULL}, /* the file system, or a limit of the process, takes no larger file */
    {ENOSPC, DISK_FULL},
    {EDQUOT, DISK_FULL},
    {ENAMETOOLONG, DISK_TOO_LONG},
    {ENOTEMPTY, DISK_NOT_EMPTY},
    {EXDEV, DISK_OTHER_DISK},
    {EWOULDBLOCK, DISK_BUSY},
    {EBUSY, DISK_BUSY},
    {ETXTBSY, DISK_BUSY},
    {EMFILE, DISK_TOO_MANY},
    {ENFILE, DISK_TOO_MANY},
};

enum disk_result disk_result_of(int error)
{
    for (size_t i = 0; i < BASE_COUNT(errors); i++)
        if (errors[i].error == error)
            return errors[i].result;
    return DISK_FAILED;
}

static const char *const words[] = {
    [DISK_DONE] = "done",
    [DISK_MISSING] = "no such file or folder",
    [DISK_DENIED] = "permission denied",
    [DISK_READ_ONLY] = "the disk is read-only",
    [DISK_IS_FOLDER] = "a folder is in its place",
    [DISK_NOT_FOLDER] = "a file is where a folder should be",
    [DISK_NOT_FILE] = "not an ordinary file",
    [DISK_EXISTS] = "it is there already",
    [DISK_TOO_LARGE] = "the file is too large",
    [DISK_TOO_LONG] = "the name is too long",
    [DISK_TOO_DEEP] = "the folders are nested too deep",
    [DISK_FULL] = "no space left on the disk",
    [DISK_NOT_EMPTY] = "the folder is not empty",
    [DISK_OUTSIDE] = "a link leads out of the blog's folder",
    [DISK_OTHER_DISK] = "the two places are on different disks",
    [DISK_BUSY] = "another process is using it",
    [DISK_TOO_MANY] = "too many open files",
    [DISK_FAILED] = "the disk failed to read or write",
};

/* File systems that count seconds, or two at a time, give whole ones. */
bool disk_is_settled(const struct disk_status *status, int64_t since_ns)
{
    static const int64_t second = 1000000000, tick = 20000000;
    int64_t touched_ns = status->touched_ns;
    return touched_ns + (touched_ns % second ? tick : 2 * second) < since_ns;
}

const char *disk_result_words(enum disk_result result)
{
    base_assert((size_t)result < BASE_COUNT(words));
    return words[result];
}
