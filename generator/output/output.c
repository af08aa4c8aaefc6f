/* One build's way onto the disk, step by step; and the questions that commands ask about it. */
#include "output_inside.h"

/* ---- What the steps share ------------------------------------------------------------------------ */

const char *output_path(struct work *work, struct text path)
{
    if (!path.length)
        return work->folder;
    return arena_format(&work->arena, "%s/%.*s", work->folder, TEXT_ARGS(path)).at;
}

bool output_refuse(struct work *work, struct text path, const char *what, enum disk_result result)
{
    struct place place = {.file = text_of(output_path(work, path))};
    report_at(work->report, REPORT_REFUSED, place, "%s: %s", what, disk_result_words(result));
    return false;
}

void output_keep(struct work *work, struct text path)
{
    struct output_result *result = work->result;
    struct text *kept = list_add(
        &result->kept, &result->kept_count, &work->kept_capacity, work->result_arena, sizeof *kept);
    *kept = arena_text(work->result_arena, path);
}

const char *output_plain_folder(struct arena *arena, const char *folder)
{
    while (strncmp(folder, "./", 2) == 0)
        folder += 2;
    struct text name = text_of(folder);
    while (name.length > 1 && name.at[name.length - 1] == '/')
        name.length--;
    base_assert(name.length > 0 && !text_is(name, ".") && !text_is(name, "/"));
    return arena_text(arena, name).at;
}

/* ---- The record around the moves -------------------------------------------------------------------- */

static bool write_record(struct work *work, const struct record *record)
{
    const char *memory = work->request->memory;
    enum disk_result result = record_write(record, work->disk, memory, work->folder);
    if (result == DISK_DONE)
        return true;
    report_at(work->report, REPORT_REFUSED, (struct place){.file = text_of(memory)},
        "the record of the build can't be written: %s", disk_result_words(result));
    return false;
}

static void add_old(const struct work *work, struct record *record, struct arena *arena)
{
    const struct map *old = &work->record.by_path;
    for (size_t i = 0; i < old->count; i++)
        for (const struct record_file *file = old->entries[i].value; file; file = file->other)
            record_add(record, arena, file->path, file->hash, file->bytes);
}

static void add_planned(const struct work *work, struct record *record, struct arena *arena)
{
    for (size_t i = 0; i < work->request->count; i++)
        record_add(
            record, arena, work->request->paths[i], work->files[i].hash, work->files[i].bytes);
}

/* Until the last file has moved, both the old bytes and the new are Liner's. */
static bool record_beginning(struct work *work)
{
    struct record record;
    struct arena arena;
    arena_init(&arena);
    record_init(&record, RECORD_INCOMPLETE, &arena);
    add_old(work, &record, &arena);
    add_planned(work, &record, &arena);
    bool is_written = write_record(work, &record);
    arena_release(&arena);
    return is_written;
}

static bool record_end(struct work *work)
{
    struct record record;
    struct arena arena;
    arena_init(&arena);
    record_init(&record, RECORD_COMPLETE, &arena);
    add_planned(work, &record, &arena);
    bool is_written = write_record(work, &record);
    arena_release(&arena);
    return is_written;
}

/* Nothing to move, nothing to remove, and the record says so already. */
static bool is_done(const struct work *work)
{
    const struct map *old = &work->record.by_path;
    if (work->staged_count || !work->is_there || work->record.state != RECORD_COMPLETE ||
        old->count != work->request->count)
        return false;
    for (size_t i = 0; i < old->count; i++) {
        const struct record_file *recorded = old->entries[i].value;
        const struct file *file = map_get(&work->planned, recorded->path);
        if (!file || file->hash != recorded->hash || file->bytes != recorded->bytes)
            return false;
    }
    return true;
}

/* ---- The steps ------------------------------------------------------------------------------------------ */

static bool is_hidden(void *context, struct text path, bool is_folder)
{
    (void)context, (void)is_folder;
    const char *slash = memrchr(path.at, '/', path.length);
    return (slash ? slash[1] : path.at[0]) == '.';
}

/* Without a record, only the folder itself can tell what is in it. What can't be listed is
 * nothing that Liner wrote. */
static void list_folder(struct work *work)
{
    enum disk_result result =
        work->disk->list(work->disk, work->folder, is_hidden, NULL, &work->arena, &work->found);
    work->is_empty = result == DISK_DONE && work->found.count == 0;
}

static bool look_at_folder(struct work *work)
{
    struct disk_status status;
    enum disk_result result = work->disk->status(work->disk, work->folder, &status);
    if (result == DISK_DONE && status.kind != DISK_FOLDER)
        result = DISK_NOT_FOLDER;
    work->is_there = result == DISK_DONE;
    work->is_empty = result == DISK_MISSING;
    if (work->is_there && work->record.state == RECORD_UNKNOWN)
        list_folder(work);
    return work->is_there || work->is_empty ||
           output_refuse(work, TEXT(""), "can't be written", result);
}

static void list_unknown(struct work *work)
{
    for (size_t i = 0; i < work->found.count; i++)
        if (!map_get(&work->planned, work->found.entries[i].path))
            output_keep(work, work->found.entries[i].path);
}

static enum disk_result find_record(struct work *work)
{
    struct output_ahead *ahead = work->request->ahead;
    if (!ahead)
        return record_read(
            &work->record, work->disk, work->request->memory, work->folder, &work->arena);
    ahead_wait(ahead);
    work->record = ahead->record;
    return ahead->result;
}

static bool read_memory(struct work *work)
{
    const char *memory = work->request->memory, *what = "can't be made";
    enum disk_result result = disk_make_folders(work->disk, memory);
    if (result == DISK_DONE) {
        what = "the record of the last build can't be read";
        record_tidy(work->disk, memory, work->folder);
        result = find_record(work);
    }
    if (result != DISK_DONE)
        report_at(work->report, REPORT_REFUSED, (struct place){.file = text_of(memory)}, "%s: %s",
            what, disk_result_words(result));
    return result == DISK_DONE;
}

static bool bring_in(struct work *work)
{
    if (is_done(work)) {
        work->result->unchanged = work->request->count;
        return true;
    }
    return commit_check(work) && record_beginning(work) && commit_files(work) &&
           sweep_files(work) && record_end(work);
}

static void list_changes(struct work *work)
{
    struct output_result *result = work->result;
    if (!work->request->knowing)
        return;
    result->changes = arena_array(work->result_arena, work->staged_count, sizeof *result->changes);
    for (size_t i = 0, count = 0; i < work->request->count; i++) {
        const struct file *file = &work->files[i];
        if (file->is_staged)
            result->changes[count++] = (struct output_change){i, file->why,
                file->before ? arena_text(work->result_arena, file->before->noted) : TEXT_NONE};
    }
}

static void release_workers(struct work *work)
{
    for (unsigned i = 0; work->workers && i < work->request->jobs; i++)
        arena_release(&work->workers[i].kept);
    if (!work->request->ahead)
        made_release(&work->made);
}

static bool write_all(struct work *work)
{
    folders_plan(work);
    if (!read_memory(work) || !look_at_folder(work))
        return false;
    made_look(work);
    steps_end(&work->request->steps, "what is current");
    bool is_made = stage_begin(work) && write_files(work);
    steps_end(&work->request->steps, "pages and files");
    bool done = is_made && bring_in(work);
    stage_end(work);
    if (done) {
        list_unknown(work);
        list_changes(work);
        made_keep(work);
    }
    steps_end(&work->request->steps, "moving in");
    release_workers(work);
    return done;
}

bool output_write(const struct output_request *request, struct arena *arena,
    struct output_result *result, struct report *report)
{
    struct work work = {.request = request,
        .disk = request->disk,
        .result_arena = arena,
        .result = result,
        .report = report};
    base_assert(request->jobs > 0);
    *result = (struct output_result){0};
    arena_init(&work.arena);
    work.folder = output_plain_folder(&work.arena, request->folder);
    bool done = write_all(&work);
    arena_release(&work.arena);
    return done;
}

/* ---- Questions --------------------------------------------------------------------------------------------- */

static bool is_whole(const struct disk *disk, const char *path, const struct record_file *file)
{
    struct disk_status status;
    return disk->status(disk, path, &status) == DISK_DONE && status.kind == DISK_FILE &&
           status.bytes == file->bytes;
}

bool output_is_complete(const struct disk *disk, const char *memory, const char *folder)
{
    struct work work = {.disk = disk};
    arena_init(&work.arena);
    work.folder = output_plain_folder(&work.arena, folder);
    bool complete =
        record_read(&work.record, disk, memory, work.folder, &work.arena) == DISK_DONE &&
        work.record.state == RECORD_COMPLETE;
    const struct map *files = &work.record.by_path;
    for (size_t i = 0; i < files->count && complete; i++)
        complete =
            is_whole(disk, output_path(&work, files->entries[i].key), files->entries[i].value);
    arena_release(&work.arena);
    return complete;
}

/* ---- The lock ------------------------------------------------------------------------------------------------ */

bool output_lock(
    const struct disk *disk, const char *memory, bool wait, int *lock, struct report *report)
{
    struct arena arena;
    arena_init(&arena);
    const char *path = arena_format(&arena, "%s/lock", memory).at;
    enum disk_result result = disk_make_folders(disk, memory);
    if (result == DISK_DONE)
        result = disk->lock(disk, path, wait, lock);
    if (result == DISK_BUSY)
        report_at(report, REPORT_REFUSED, (struct place){.file = text_of(path)},
            "another build is running");
    else if (result != DISK_DONE)
        report_at(report, REPORT_REFUSED, (struct place){.file = text_of(path)},
            "can't be locked: %s", disk_result_words(result));
    arena_release(&arena);
    return result == DISK_DONE;
}

void output_unlock(const struct disk *disk, int lock)
{
    disk->unlock(disk, lock);
}
