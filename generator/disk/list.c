/*
 * Every file below a folder. The walk holds one open folder for each level it is deep:
 *
 *     content ─ reviews ─ goblin     the chain of levels: what is open above, by its identity,
 *        └──<────────<──────┘        so that a link to a folder above ends there
 */
#include "disk_inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* A blog is some four levels deep. 64 open folders fit into any limit of open files.
 * Two links on one way: with more, a few folders that link to each other would list as millions. */
enum { most_levels = 64, most_links = 2 };

struct walk {
    int home; /* links lead to places in this folder, or are passed over */
    bool (*skip)(void *context, struct text path, bool is_folder);
    void *skip_context;
    struct arena *arena;
    struct disk_list *list;
    size_t capacity;
    struct buffer path; /* of what is looked at, below the folder listed */
};

struct level {
    const struct level *above;
    dev_t device;
    ino_t number;
    unsigned depth, links;
};

/* What a name in a folder stands for. `handle` is open for a link only, else -1. */
struct found {
    int handle;
    struct stat stat;
};

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* ---- The list -------------------------------------------------------------------------------- */

static int compare_paths(const void *left, const void *right)
{
    const struct disk_entry *a = left, *b = right;
    return text_compare(a->path, b->path);
}

static void sort_list(struct disk_list *list)
{
    if (list->count)
        qsort(list->entries, list->count, sizeof *list->entries, compare_paths);
}

static void add_entry(struct walk *walk, struct disk_status status)
{
    struct disk_list *list = walk->list;
    struct disk_entry *entry =
        list_add(&list->entries, &list->count, &walk->capacity, walk->arena, sizeof *entry);
    entry->path = arena_text(walk->arena, buffer_text(&walk->path));
    entry->status = status;
}

/* Notes what the failure is about: the first one counts, found deepest. */
static enum disk_result refuse(struct walk *walk, enum disk_result result)
{
    if (!walk->list->refused.at)
        walk->list->refused = arena_text(walk->arena, buffer_text(&walk->path));
    return result;
}

/* ---- What a name stands for --------------------------------------------------------------------- */

/* False: passed over. */
static bool follow_link(const struct walk *walk, int folder, const char *name, struct found *found)
{
    found->handle = openat(folder, name, O_PATH | O_CLOEXEC);
    if (found->handle < 0)
        return false;
    if (disk_is_inside(walk->home, found->handle) && fstat(found->handle, &found->stat) == 0)
        return true;
    close(found->handle);
    return false;
}

static bool look(const struct walk *walk, int folder, const char *name, struct found *found)
{
    found->handle = -1;
    if (fstatat(folder, name, &found->stat, AT_SYMLINK_NOFOLLOW) < 0)
        return false; /* gone since its folder was read */
    return !S_ISLNK(found->stat.st_mode) || follow_link(walk, folder, name, found);
}

static bool is_above(const struct level *level, const struct stat *stat)
{
    for (; level; level = level->above)
        if (level->number == stat->st_ino && level->device == stat->st_dev)
            return true;
    return false;
}

static int open_folder(int folder, const char *name, const struct found *found)
{
    int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    return found->handle >= 0 ? openat(found->handle, ".", flags) : openat(folder, name, flags);
}

/* ---- The walk ----------------------------------------------------------------------------------------- */

static enum disk_result walk_folder(struct walk *walk, int handle, const struct level *level);

static enum disk_result walk_deeper(struct walk *walk, int folder, const char *name,
    const struct found *found, const struct level *above)
{
    struct level level = {.above = above,
        .device = found->stat.st_dev,
        .number = found->stat.st_ino,
        .depth = above->depth + 1,
        .links = above->links + (found->handle >= 0)};
    if (is_above(above, &found->stat) || level.links > most_links)
        return DISK_DONE;
    if (level.depth > most_levels)
        return refuse(walk, DISK_TOO_DEEP);
    int handle = open_folder(folder, name, found);
    if (handle < 0)
        return errno == ENOENT ? DISK_DONE : refuse(walk, disk_result_of(errno));
    return walk_folder(walk, handle, &level);
}

static enum disk_result visit(
    struct walk *walk, int folder, const char *name, const struct level *level)
{
    struct found found;
    enum disk_result result = DISK_DONE;
    if (!look(walk, folder, name, &found))
        return DISK_DONE;
    bool is_folder = S_ISDIR(found.stat.st_mode);
    bool wanted = is_folder || S_ISREG(found.stat.st_mode);
    if (wanted && walk->skip)
        wanted = !walk->skip(walk->skip_context, buffer_text(&walk->path), is_folder);
    if (wanted && is_folder)
        result = walk_deeper(walk, folder, name, &found, level);
    else if (wanted)
        add_entry(walk, disk_status_of(&found.stat));
    if (found.handle >= 0)
        close(found.handle);
    return result;
}

/* Closes the handle. */
static enum disk_result walk_folder(struct walk *walk, int handle, const struct level *level)
{
    DIR *folder = fdopendir(handle);
    if (!folder) {
        enum disk_result result = refuse(walk, disk_result_of(errno));
        close(handle);
        return result;
    }
    size_t length = walk->path.length;
    enum disk_result result = DISK_DONE;
    const struct dirent *entry;
    while (result == DISK_DONE && (errno = 0, entry = readdir(folder))) {
        if (is_dots(entry->d_name))
            continue;
        if (length)
            buffer_add_byte(&walk->path, '/');
        buffer_add_string(&walk->path, entry->d_name);
        result = visit(walk, handle, entry->d_name, level);
        walk->path.length = length;
    }
    if (result == DISK_DONE && errno)
        result = refuse(walk, disk_result_of(errno));
    closedir(folder);
    return result;
}

static enum disk_result walk_from(struct walk *walk, int handle)
{
    struct stat stat;
    if (fstat(handle, &stat) < 0) {
        enum disk_result result = refuse(walk, disk_result_of(errno));
        close(handle);
        return result;
    }
    struct level level = {.device = stat.st_dev, .number = stat.st_ino, .depth = 1};
    return walk_folder(walk, handle, &level);
}

enum disk_result disk_list_real(const struct disk *disk, const char *path,
    bool (*skip)(void *context, struct text path, bool is_folder), void *skip_context,
    struct arena *arena, struct disk_list *list)
{
    const struct disk_folder *folder = disk->context;
    int handle, home;
    *list = (struct disk_list){.refused = TEXT_NONE};
    enum disk_result result = disk_open(folder, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK, &handle);
    if (result != DISK_DONE)
        return result;
    /* A folder that the user named elsewhere is the home of its own links. */
    home = folder->handle >= 0 && disk_is_inside(folder->handle, handle)
               ? folder->handle
               : fcntl(handle, F_DUPFD_CLOEXEC, 0);
    struct walk walk = {
        .home = home, .skip = skip, .skip_context = skip_context, .arena = arena, .list = list};
    buffer_init(&walk.path);
    result = walk_from(&walk, handle);
    buffer_release(&walk.path);
    if (home != folder->handle && home >= 0)
        close(home);
    sort_list(list);
    return result;
}

/* ---- One folder ------------------------------------------------------------------------------------- */

/* Some file systems do not say the kind of a name with the name. */
static enum disk_kind kind_of(int folder, const struct dirent *entry)
{
    struct stat stat;
    if (entry->d_type != DT_UNKNOWN)
        return entry->d_type == DT_REG   ? DISK_FILE
               : entry->d_type == DT_DIR ? DISK_FOLDER
                                         : DISK_OTHER;
    if (fstatat(folder, entry->d_name, &stat, AT_SYMLINK_NOFOLLOW) < 0)
        return DISK_OTHER;
    return disk_status_of(&stat).kind;
}

enum disk_result disk_names_real(
    const struct disk *disk, const char *path, struct arena *arena, struct disk_list *list)
{
    int handle;
    size_t capacity = 0;
    *list = (struct disk_list){.refused = TEXT_NONE};
    enum disk_result result =
        disk_open(disk->context, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK, &handle);
    if (result != DISK_DONE)
        return result;
    DIR *folder = fdopendir(handle);
    if (!folder) {
        result = disk_result_of(errno);
        close(handle);
        return result;
    }
    const struct dirent *entry;
    while ((errno = 0, entry = readdir(folder))) {
        if (is_dots(entry->d_name))
            continue;
        struct disk_entry *made =
            list_add(&list->entries, &list->count, &capacity, arena, sizeof *made);
        made->path = arena_text(arena, text_of(entry->d_name));
        made->status.kind = kind_of(handle, entry);
    }
    result = errno ? disk_result_of(errno) : DISK_DONE;
    closedir(folder);
    sort_list(list);
    return result;
}
