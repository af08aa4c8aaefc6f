/* What can be said by the disk's functions alone, so that it holds for a pretend disk too. */
#include "disk/disk.h"

/* ---- Making folders ----------------------------------------------------------------------------- */

/* The path of the folder that holds the path, or the absent text. */
static struct text parent_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return TEXT_NONE;
    return (struct text){path, (size_t)(slash - path)};
}

static enum disk_result check_folder(const struct disk *disk, const char *path)
{
    struct disk_status status;
    enum disk_result result = disk->status(disk, path, &status);
    if (result == DISK_DONE && status.kind != DISK_FOLDER)
        return DISK_NOT_FOLDER;
    return result;
}

enum disk_result disk_make_folders(const struct disk *disk, const char *path)
{
    enum disk_result result = disk->make_folder(disk, path);
    if (result == DISK_EXISTS)
        return check_folder(disk, path);
    struct text parent = parent_of(path);
    if (result != DISK_MISSING || !parent.at)
        return result;
    struct arena arena;
    arena_init(&arena);
    result = disk_make_folders(disk, arena_text(&arena, parent).at);
    arena_release(&arena);
    if (result != DISK_DONE)
        return result;
    result = disk->make_folder(disk, path);
    return result == DISK_EXISTS ? check_folder(disk, path) : result;
}

/* ---- Removing a tree ------------------------------------------------------------------------------ */

/* Somebody else may have removed it first. */
static enum disk_result gone(enum disk_result result)
{
    return result == DISK_MISSING ? DISK_DONE : result;
}

static enum disk_result remove_below(const struct disk *disk, const char *path, struct arena *arena)
{
    struct disk_list list;
    enum disk_result result = disk->names(disk, path, arena, &list);
    for (size_t i = 0; i < list.count && result == DISK_DONE; i++) {
        const struct disk_entry *entry = &list.entries[i];
        struct text inner = arena_format(arena, "%s/%.*s", path, TEXT_ARGS(entry->path));
        result = entry->status.kind == DISK_FOLDER ? disk_remove_tree(disk, inner.at)
                                                   : gone(disk->remove_file(disk, inner.at));
    }
    return result;
}

enum disk_result disk_remove_tree(const struct disk *disk, const char *path)
{
    struct arena arena;
    arena_init(&arena);
    enum disk_result result = remove_below(disk, path, &arena);
    arena_release(&arena);
    if (result == DISK_DONE)
        result = disk->remove_folder(disk, path);
    return gone(result);
}

/* ---- Replacing a file -------------------------------------------------------------------------------- */

enum disk_result disk_replace(const struct disk *disk, const char *path, struct text bytes)
{
    struct arena arena;
    arena_init(&arena);
    const char *beside = arena_format(&arena, "%s" DISK_BESIDE, path).at;
    enum disk_result result = disk->write(disk, beside, bytes);
    if (result == DISK_DONE) {
        result = disk->rename(disk, beside, path);
        if (result != DISK_DONE)
            disk->remove_file(disk, beside);
    }
    arena_release(&arena);
    return result;
}
