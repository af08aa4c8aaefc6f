/*
 * Rendering on all cores, and writing what differs into the staging folder.
 *
 *     worker:  render ── compare with what is there ── make the folder, once ── write
 *
 * The bytes live in the worker's buffer only until the file is written; what stays of a file is its
 * hash and its length.
 */
#include "output_inside.h"

/* What the workers share. */
struct writer {
    atomic_bool failed;  /* some file has a problem: render on to find them all, write no more */
    atomic_bool refused; /* the machine said no: end */
    uint32_t *wanted;    /* the files to be made */
    size_t wanted_count;
};

static struct text planned_path(const struct work *work, size_t index)
{
    return work->request->paths[index];
}

/* What the file just made was made of. What was said of it is to be said again by the next build: so that
 * one makes it again. */
static void note(struct work *work, struct worker *worker, size_t index, unsigned number)
{
    const struct output_request *request = work->request;
    buffer_clear(&worker->noted);
    request->knowing->note(request->context, index, number, &worker->noted);
    work->files[index].noted = arena_text(&worker->kept, buffer_text(&worker->noted));
}

/* The path below one of the folders, in the worker's buffer. */
static const char *join(struct worker *worker, const char *folder, struct text path)
{
    buffer_clear(&worker->path);
    buffer_add_string(&worker->path, folder);
    if (path.length)
        buffer_add_byte(&worker->path, '/');
    buffer_add(&worker->path, path);
    buffer_add_byte(&worker->path, '\0');
    return worker->path.at;
}

/* ---- Writing one file ---------------------------------------------------------------------------- */

static bool is_as_before(struct work *work, struct worker *worker, size_t index)
{
    struct text bytes = buffer_text(&worker->bytes);
    if (work->is_empty)
        return false;
    buffer_clear(&worker->there);
    const char *path = join(worker, work->folder, planned_path(work, index));
    return work->disk->read(work->disk, path, bytes.length, &worker->there) == DISK_DONE &&
           text_equal(bytes, buffer_text(&worker->there));
}

/* Two workers may both find it missing: then the second hears that it exists, and all is well. */
static enum disk_result make_folder(struct work *work, struct worker *worker, size_t number)
{
    struct folder *folder = &work->folders[number];
    if (atomic_load_explicit(&folder->made, memory_order_acquire))
        return DISK_DONE;
    enum disk_result result = make_folder(work, worker, folder->parent);
    if (result != DISK_DONE)
        return result;
    result = work->disk->make_folder(work->disk, join(worker, work->staging, folder->path));
    if (result != DISK_DONE && result != DISK_EXISTS)
        return result;
    atomic_store_explicit(&folder->made, true, memory_order_release);
    return DISK_DONE;
}

static enum disk_result stage_file(struct work *work, struct worker *worker, size_t index)
{
    struct file *file = &work->files[index];
    enum disk_result result = make_folder(work, worker, file->folder);
    if (result != DISK_DONE)
        return result;
    const char *path = join(worker, work->staging, planned_path(work, index));
    file->is_staged = true;
    return work->disk->write(work->disk, path, buffer_text(&worker->bytes));
}

static void refuse(struct work *work, struct worker *worker, size_t index, enum disk_result result)
{
    if (atomic_exchange(&work->writer->refused, true))
        return; /* one is enough: the others have the same cause */
    struct place place = {.file = text_of(join(worker, work->folder, planned_path(work, index)))};
    report_at(
        &worker->report, REPORT_REFUSED, place, "can't be written: %s", disk_result_words(result));
}

static void store(struct work *work, struct worker *worker, size_t index)
{
    struct text bytes = buffer_text(&worker->bytes);
    work->files[index].hash = hash_text(bytes);
    work->files[index].bytes = bytes.length;
    if (is_as_before(work, worker, index))
        return;
    enum disk_result result = stage_file(work, worker, index);
    if (result != DISK_DONE)
        refuse(work, worker, index, result);
}

/* ---- All files -------------------------------------------------------------------------------------- */

static void produce(void *context, size_t nth, unsigned number)
{
    struct work *work = context;
    const struct output_request *request = work->request;
    struct worker *worker = &work->workers[number];
    size_t index = work->writer->wanted[nth], said = worker->report.count;
    if (atomic_load(&work->writer->refused))
        return;
    buffer_clear(&worker->bytes);
    if (!request->render(request->context, index, number, &worker->bytes, &worker->report))
        atomic_store(&work->writer->failed, true);
    else if (!atomic_load(&work->writer->failed))
        store(work, worker, index);
    if (request->knowing && worker->report.count == said)
        note(work, worker, index, number);
}

static void begin_workers(struct work *work)
{
    unsigned jobs = work->request->jobs;
    work->workers = arena_array(&work->arena, jobs, sizeof *work->workers);
    for (unsigned i = 0; i < jobs; i++) {
        report_init(&work->workers[i].report);
        arena_init(&work->workers[i].kept);
    }
}

static void end_workers(struct work *work)
{
    for (unsigned i = 0; i < work->request->jobs; i++) {
        struct worker *worker = &work->workers[i];
        report_join(work->report, &worker->report);
        buffer_release(&worker->bytes);
        buffer_release(&worker->there);
        buffer_release(&worker->path);
        buffer_release(&worker->noted);
    }
}

static void count_files(struct work *work)
{
    for (size_t i = 0; i < work->request->count; i++)
        work->staged_count += work->files[i].is_staged;
}

static void find_wanted(struct work *work, struct writer *writer)
{
    writer->wanted = arena_array(&work->arena, work->request->count, sizeof *writer->wanted);
    for (size_t i = 0; i < work->request->count; i++)
        if (!work->files[i].is_current)
            writer->wanted[writer->wanted_count++] = (uint32_t)i;
    work->result->made = writer->wanted_count;
}

bool write_files(struct work *work)
{
    struct writer writer = {.failed = false};
    work->writer = &writer;
    find_wanted(work, &writer);
    begin_workers(work);
    parallel_for_shown(
        writer.wanted_count, work->request->jobs, produce, work, work->request->progress);
    end_workers(work);
    count_files(work);
    work->writer = NULL;
    return !atomic_load(&writer.failed) && !atomic_load(&writer.refused);
}
