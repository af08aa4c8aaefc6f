/*
 * Moving the staged files in by rename. First every place is looked at, so that what can be known to
 * be in the way is known while the output folder is still as it was.
 *
 *     .site.liner-staging/dramas/signal/      site/dramas/ is there, site/dramas/signal/ is not:
 *                                             one rename moves the folder signal
 *     .site.liner-staging/reviews/goblin/index.html    all folders are there: one rename, one file
 */
#include "output_inside.h"

static const char *staged_path(struct work *work, struct text path)
{
    if (!path.length)
        return work->staging;
    return arena_format(&work->arena, "%s/%.*s", work->staging, TEXT_ARGS(path)).at;
}

/* ---- What is in the way ---------------------------------------------------------------------------- */

/* A file or folder of another kind stands in the place of a planned one. What Liner wrote there and
 * plans no longer goes first; anything else is somebody's. */
static enum sweep_answer ask_tree(struct work *work, struct text path)
{
    struct disk_list list;
    enum disk_result result =
        work->disk->names(work->disk, output_path(work, path), &work->arena, &list);
    if (result != DISK_DONE) {
        output_refuse(work, path, "can't be read", result);
        return SWEEP_REFUSED;
    }
    enum sweep_answer answer = SWEEP_OURS;
    for (size_t i = 0; i < list.count && answer == SWEEP_OURS; i++) {
        const struct disk_entry *entry = &list.entries[i];
        struct text inner =
            arena_format(&work->arena, "%.*s/%.*s", TEXT_ARGS(path), TEXT_ARGS(entry->path));
        answer = entry->status.kind == DISK_FOLDER ? ask_tree(work, inner) : sweep_ask(work, inner);
    }
    return answer;
}

static bool refuse_obstacle(struct work *work, struct text path, bool is_folder)
{
    enum disk_result result = is_folder ? DISK_IS_FOLDER : DISK_NOT_FOLDER;
    output_refuse(work, path, "can't be written", result);
    report_note(work->report, "Liner did not make it, and leaves it alone: move it away");
    return false;
}

static bool add_obstacle(struct work *work, struct text path, enum disk_kind kind)
{
    bool is_folder = kind == DISK_FOLDER;
    enum sweep_answer answer = is_folder ? ask_tree(work, path) : sweep_ask(work, path);
    if (answer != SWEEP_OURS)
        return answer != SWEEP_REFUSED && refuse_obstacle(work, path, is_folder);
    struct obstacle *obstacle = list_add(&work->obstacles, &work->obstacle_count,
        &work->obstacle_capacity, &work->arena, sizeof *obstacle);
    obstacle->path = path;
    return true;
}

static bool check_folder(struct work *work, struct folder *folder)
{
    struct disk_status status;
    enum disk_result result =
        work->disk->status(work->disk, output_path(work, folder->path), &status);
    folder->move = MOVE_EACH;
    if (result == DISK_DONE && status.kind == DISK_FOLDER)
        return true;
    folder->move = MOVE_WHOLE;
    if (result == DISK_DONE)
        return add_obstacle(work, folder->path, status.kind);
    return result == DISK_MISSING || output_refuse(work, folder->path, "can't be written", result);
}

static bool check_folders(struct work *work)
{
    for (size_t i = 0; i < work->folder_count; i++) {
        struct folder *folder = &work->folders[i];
        if (!atomic_load(&folder->made))
            continue;
        if (i > 0 && work->folders[folder->parent].move != MOVE_EACH)
            folder->move = MOVE_INSIDE;
        else if (!check_folder(work, folder))
            return false;
    }
    return true;
}

static bool moves_alone(const struct work *work, size_t index)
{
    const struct file *file = &work->files[index];
    return file->is_staged && work->folders[file->folder].move == MOVE_EACH;
}

/* A link that leads out is replaced by the rename as any file is. */
static bool check_file(struct work *work, struct text path)
{
    struct disk_status status;
    enum disk_result result = work->disk->status(work->disk, output_path(work, path), &status);
    if (result == DISK_DONE && status.kind == DISK_FOLDER)
        return add_obstacle(work, path, DISK_FOLDER);
    return result == DISK_DONE || result == DISK_MISSING || result == DISK_OUTSIDE ||
           output_refuse(work, path, "can't be written", result);
}

bool commit_check(struct work *work)
{
    if (!check_folders(work))
        return false;
    for (size_t i = 0; i < work->request->count; i++)
        if (moves_alone(work, i) && !check_file(work, work->request->paths[i]))
            return false;
    return true;
}

/* ---- Moving -------------------------------------------------------------------------------------------- */

static bool remove_obstacle(struct work *work, struct text path)
{
    struct disk_list list;
    const char *full = output_path(work, path);
    if (work->disk->names(work->disk, full, &work->arena, &list) == DISK_NOT_FOLDER)
        return sweep_file(work, path);
    for (size_t i = 0; i < list.count; i++)
        if (!remove_obstacle(work, arena_format(&work->arena, "%.*s/%.*s", TEXT_ARGS(path),
                                       TEXT_ARGS(list.entries[i].path))))
            return false;
    enum disk_result result = disk_remove_tree(work->disk, full);
    return result == DISK_DONE || output_refuse(work, path, "can't be removed", result);
}

static bool move(struct work *work, struct text path)
{
    enum disk_result result =
        work->disk->rename(work->disk, staged_path(work, path), output_path(work, path));
    return result == DISK_DONE || output_refuse(work, path, "can't be written", result);
}

static bool move_folders(struct work *work)
{
    for (size_t i = 0; i < work->folder_count; i++) {
        const struct folder *folder = &work->folders[i];
        if (!atomic_load(&folder->made) || folder->move != MOVE_WHOLE)
            continue;
        if (!move(work, folder->path))
            return false;
        if (i == 0)
            work->staging = NULL; /* it is the output folder now */
    }
    return true;
}

bool commit_files(struct work *work)
{
    for (size_t i = 0; i < work->obstacle_count; i++)
        if (!remove_obstacle(work, work->obstacles[i].path))
            return false;
    if (!move_folders(work))
        return false;
    for (size_t i = 0; i < work->request->count; i++)
        if (moves_alone(work, i) && !move(work, work->request->paths[i]))
            return false;
    work->result->written = work->staged_count;
    work->result->unchanged = work->request->count - work->staged_count;
    return true;
}
