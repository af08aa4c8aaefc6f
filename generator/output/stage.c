/*
 * The staging folder: beside the output folder, so that a rename brings files in.
 *
 *     build/site   build/.site.liner-staging
 *
 * Where nothing may be made beside the output folder, or it lies on another disk (a mounted
 * volume, /var/www/html), the staging folder is in it: site/.liner-staging. A build that was
 * killed leaves one behind; the next finds it by its name and removes it.
 */
#include "output_inside.h"

#define MARK ".liner-staging"

static const char *beside(struct work *work)
{
    const char *slash = strrchr(work->folder, '/');
    size_t length = slash ? (size_t)(slash - work->folder) + 1 : 0;
    return arena_format(
        &work->arena, "%.*s.%s" MARK, (int)length, work->folder, work->folder + length)
        .at;
}

static const char *within(struct work *work)
{
    return output_path(work, TEXT(MARK));
}

/* The folder that holds the output folder must be there; it stays even when the build fails. */
static enum disk_result make_parent(struct work *work)
{
    const char *slash = strrchr(work->folder, '/');
    if (!slash || slash == work->folder)
        return DISK_DONE;
    struct text parent = {work->folder, (size_t)(slash - work->folder)};
    return disk_make_folders(work->disk, arena_text(&work->arena, parent).at);
}

static enum disk_result make_anew(struct work *work, const char *staging)
{
    enum disk_result result = disk_remove_tree(work->disk, staging);
    if (result == DISK_DONE)
        result = work->disk->make_folder(work->disk, staging);
    if (result == DISK_DONE)
        work->staging = staging;
    return result;
}

/* Whether a rename leads from the one into the other can only be tried. */
static enum disk_result try_rename(struct work *work, const char *from, const char *to)
{
    enum disk_result result = work->disk->rename(work->disk, from, to);
    if (result != DISK_DONE)
        return result;
    work->staging = to;
    result = work->disk->rename(work->disk, to, from);
    if (result == DISK_DONE)
        work->staging = from;
    return result;
}

static enum disk_result make_staging(struct work *work)
{
    enum disk_result result = make_anew(work, beside(work));
    if (!work->is_there)
        return result;
    enum disk_result left_behind = disk_remove_tree(work->disk, within(work));
    if (left_behind != DISK_DONE)
        return left_behind;
    if (result == DISK_DONE)
        result = try_rename(work, beside(work), within(work));
    if (result != DISK_DENIED && result != DISK_READ_ONLY && result != DISK_OTHER_DISK)
        return result;
    if (work->staging)
        disk_remove_tree(work->disk, work->staging);
    work->staging = NULL;
    return make_anew(work, within(work));
}

bool stage_begin(struct work *work)
{
    enum disk_result result = make_parent(work);
    if (result == DISK_DONE)
        result = make_staging(work);
    return result == DISK_DONE || output_refuse(work, TEXT(""), "can't be written", result);
}

/* What can't be removed now is removed by the next build. */
void stage_end(struct work *work)
{
    if (work->staging)
        disk_remove_tree(work->disk, work->staging);
    work->staging = NULL;
}
