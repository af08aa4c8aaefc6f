/*
 * Opening a path without leaving the disk's folder.
 *
 *     path ──> openat2, no link allowed on the way ──> done, in one step   (nearly always)
 *                 │ there is a link (or an old kernel)
 *                 └──> open the place itself (O_PATH), ask the system where that is,
 *                      and go on with what is open: nobody can swap it meanwhile
 *
 * A new file is made in that one step, or not by this file; so is a folder, where the user named the
 * place.
 */
#include "disk_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Named by the user: absolute, or out of the folder from its first part on. */
static bool is_free(const char *path)
{
    return path[0] == '/' || strcmp(path, "..") == 0 || strncmp(path, "../", 3) == 0;
}

/* Who may read the site is for the umask to say. */
enum { new_file_mode = 0666 };

static int open_plain(int folder, const char *path, int flags)
{
    int handle;
    do
        handle = openat(folder, path, flags | O_CLOEXEC, new_file_mode);
    while (handle < 0 && errno == EINTR);
    return handle;
}

/* glibc of Debian 12 has no function for it. */
static int open_without_links(int folder, const char *path, int flags)
{
    struct open_how how = {.flags = (unsigned)(flags | O_CLOEXEC),
        .mode = flags & O_CREAT ? new_file_mode : 0,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
    long handle;
    do
        handle = syscall(SYS_openat2, folder, path, &how, sizeof how);
    while (handle < 0 && errno == EINTR);
    return (int)handle;
}

/* Where an open file is, by the system's own account; false without /proc. */
static bool find_path(int handle, char path[PATH_MAX])
{
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0)
        return false;
    path[length] = '\0';
    return true;
}

bool disk_is_inside(int folder, int handle)
{
    char outer[PATH_MAX], inner[PATH_MAX];
    if (!find_path(folder, outer) || !find_path(handle, inner))
        return false;
    size_t length = strcmp(outer, "/") == 0 ? 0 : strlen(outer);
    return strncmp(inner, outer, length) == 0 && (inner[length] == '/' || inner[length] == '\0');
}

/* Opens what an O_PATH handle stands for. */
static int open_again(int place, int flags)
{
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", place);
    int handle = open_plain(AT_FDCWD, link, flags & ~O_NOFOLLOW);
    int error = errno;
    close(place);
    errno = error;
    return handle;
}

static int open_through_links(int folder, const char *path, int flags)
{
    int place = open_plain(folder, path, O_PATH | (flags & (O_DIRECTORY | O_NOFOLLOW)));
    if (place < 0)
        return -1;
    if (!disk_is_inside(folder, place)) {
        close(place);
        errno = EXDEV;
        return -1;
    }
    return flags & O_PATH ? place : open_again(place, flags);
}

/* ELOOP: a link is on the way. ENOSYS, EPERM: a kernel or a sandbox without openat2. EAGAIN: a
 * folder moved while ".." was looked up. */
static bool is_worth_another_way(int error)
{
    return error == ELOOP || error == ENOSYS || error == EPERM || error == EAGAIN;
}

enum disk_result disk_open(
    const struct disk_folder *folder, const char *path, int flags, int *handle)
{
    base_assert(path[0] != '\0');
    if (path[0] != '/' && folder->handle < 0)
        return folder->opened;
    if (is_free(path)) {
        *handle = open_plain(folder->handle, path, flags);
        return *handle < 0 ? disk_result_of(errno) : DISK_DONE;
    }
    *handle = open_without_links(folder->handle, path, flags);
    if (*handle < 0 && is_worth_another_way(errno))
        *handle = open_through_links(folder->handle, path, flags);
    if (*handle < 0)
        return errno == EXDEV ? DISK_OUTSIDE : disk_result_of(errno);
    return DISK_DONE;
}

bool disk_make_new(const struct disk_folder *folder, const char *path, enum disk_result *result)
{
    if (!is_free(path) || (path[0] != '/' && folder->handle < 0))
        return false;
    *result = mkdirat(folder->handle, path, 0777) < 0 ? disk_result_of(errno) : DISK_DONE;
    return true;
}

bool disk_stat_named(
    const struct disk_folder *folder, const char *path, struct stat *stat, enum disk_result *result)
{
    if (!is_free(path) || (path[0] != '/' && folder->handle < 0))
        return false;
    bool failed = fstatat(folder->handle, path, stat, AT_SYMLINK_NOFOLLOW) < 0;
    *result = failed ? disk_result_of(errno) : DISK_DONE;
    return true;
}

bool disk_open_new(const struct disk_folder *folder, const char *path, int *handle)
{
    enum { flags = O_WRONLY | O_CREAT | O_EXCL | O_NOCTTY };
    *handle = is_free(path)         ? open_plain(folder->handle, path, flags)
              : folder->handle >= 0 ? open_without_links(folder->handle, path, flags)
                                    : -1;
    return *handle >= 0;
}
