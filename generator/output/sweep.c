/* Removing what the record names and the plan does not, when its bytes are still those that Liner
 * wrote; then the folders that became empty. */
#include "output_inside.h"

/* Longer than any recorded length: then it is not ours. */
static size_t most_recorded(const struct record_file *file)
{
    uint64_t most = 0;
    for (; file; file = file->other)
        most = file->bytes > most ? file->bytes : most;
    return (size_t)most;
}

static bool is_recorded(const struct record_file *file, struct text bytes)
{
    uint64_t hash = hash_text(bytes);
    for (; file; file = file->other)
        if (file->bytes == bytes.length && file->hash == hash)
            return true;
    return false;
}

/* The file is not what Liner wrote: what is it then? */
static enum sweep_answer answer_of(struct work *work, struct text path, enum disk_result result)
{
    switch (result) {
    case DISK_MISSING:
    case DISK_NOT_FOLDER:
    case DISK_IS_FOLDER: return SWEEP_GONE; /* what stands there was no file of ours */
    case DISK_DONE:
    case DISK_TOO_LARGE:
    case DISK_NOT_FILE:
    case DISK_OUTSIDE: return SWEEP_THEIRS;
    default: output_refuse(work, path, "can't be read", result); return SWEEP_REFUSED;
    }
}

enum sweep_answer sweep_ask(struct work *work, struct text path)
{
    const struct record_file *file = map_get(&work->record.by_path, path);
    if (!file || map_get(&work->planned, path))
        return SWEEP_THEIRS;
    struct buffer bytes;
    buffer_init(&bytes);
    enum disk_result result =
        work->disk->read(work->disk, output_path(work, path), most_recorded(file), &bytes);
    bool is_same = result == DISK_DONE && is_recorded(file, buffer_text(&bytes));
    buffer_release(&bytes);
    return is_same ? SWEEP_OURS : answer_of(work, path, result);
}

static struct text folder_of(struct text path)
{
    while (path.length && path.at[path.length - 1] != '/')
        path.length--;
    return text_slice(path, 0, path.length ? path.length - 1 : 0);
}

/* Busy: something is mounted there. */
static bool remove_empty_folders(struct work *work, struct text path)
{
    for (path = folder_of(path); path.length; path = folder_of(path)) {
        enum disk_result result = work->disk->remove_folder(work->disk, output_path(work, path));
        if (result == DISK_NOT_EMPTY || result == DISK_BUSY || result == DISK_NOT_FOLDER)
            return true;
        if (result != DISK_DONE && result != DISK_MISSING)
            return output_refuse(work, path, "can't be removed", result);
    }
    return true;
}

bool sweep_file(struct work *work, struct text path)
{
    enum disk_result result = work->disk->remove_file(work->disk, output_path(work, path));
    if (result != DISK_DONE)
        return output_refuse(work, path, "can't be removed", result);
    work->result->removed++;
    struct text *gone = list_add(&work->result->gone, &work->result->gone_count,
        &work->gone_capacity, work->result_arena, sizeof *gone);
    *gone = arena_text(work->result_arena, path);
    return true;
}

static bool sweep(struct work *work, struct text path)
{
    switch (sweep_ask(work, path)) {
    case SWEEP_OURS: return sweep_file(work, path) && remove_empty_folders(work, path);
    case SWEEP_THEIRS: output_keep(work, path); return true;
    case SWEEP_REFUSED: return false;
    case SWEEP_GONE: break;
    }
    /* A build that did not end may have removed the file and not yet its folder. */
    return work->record.state == RECORD_COMPLETE || remove_empty_folders(work, path);
}

bool sweep_files(struct work *work)
{
    const struct map *recorded = &work->record.by_path;
    for (size_t i = 0; i < recorded->count; i++)
        if (!map_get(&work->planned, recorded->entries[i].key) &&
            !sweep(work, recorded->entries[i].key))
            return false;
    return true;
}
