/*
 * Whether a build would change anything: what the last one was made from, and what it said.
 *
 *     liner build record 1
 *     check 5f0a3c19d2b4e687            the hash of everything below
 *     inputs 9d1c8a55e0f2b374           struct output_cause
 *     days 20779 20781                  from, until
 *     files 3
 *     outputs 02ab37ff19c0d456          lengths, times and identities of all files
 *     warning 9 32 3 ...                what was said, any bytes
 */
#include "output_inside.h"

#include <inttypes.h>

#define FIRST_LINE "liner build record 1"

static const size_t most_bytes = (size_t)64 << 20;

/* ---- The files as they stand on the disk ----------------------------------------------------------------- */

struct looking {
    const struct output_site *site;
    const char *folder;
    const struct map *recorded;
    uint64_t *stamps; /* by the record's index; 0: not there */
};

static void look_at_one(void *context, size_t index, unsigned worker)
{
    const struct looking *looking = context;
    struct text path = looking->recorded->entries[index].key;
    struct buffer full;
    (void)worker;
    buffer_init(&full);
    looking->stamps[index] =
        made_stamp(looking->site->disk, made_path(&full, looking->folder, path), path);
    buffer_release(&full);
}

/* The sum of all: their order does not matter. False when one is gone. */
static bool stamp_outputs(const struct output_site *site, const char *folder,
    const struct map *recorded, struct arena *arena, uint64_t *sum)
{
    struct looking looking = {site, folder, recorded, NULL};
    looking.stamps = arena_array(arena, recorded->count, sizeof *looking.stamps);
    parallel_for(recorded->count, site->jobs, look_at_one, &looking);
    *sum = 0;
    for (size_t i = 0; i < recorded->count; i++) {
        if (!looking.stamps[i])
            return false;
        *sum += looking.stamps[i];
    }
    return true;
}

/* ---- Keeping ----------------------------------------------------------------------------------------------- */

static void add_memory(struct buffer *to, const struct output_cause *cause, size_t count,
    uint64_t outputs, struct text said)
{
    struct buffer body;
    buffer_init(&body);
    buffer_format(&body,
        "inputs %016" PRIx64 "\ndays %" PRId64 " %" PRId64 "\nfiles %zu\noutputs %016" PRIx64 "\n",
        cause->inputs, cause->today, cause->until, count, outputs);
    buffer_add(&body, said);
    buffer_add_sealed(to, FIRST_LINE, buffer_text(&body));
    buffer_release(&body);
}

/* As the build found them just now, or by another look. */
static bool find_outputs(const struct output_site *site, const char *folder,
    const struct output_result *result, struct arena *arena, size_t *count, uint64_t *outputs)
{
    struct record record;
    *count = result->written + result->unchanged;
    *outputs = result->stamps;
    if (result->is_stamped)
        return true;
    bool is_found = record_read(&record, site->disk, site->memory, folder, arena) == DISK_DONE &&
                    record.state == RECORD_COMPLETE &&
                    stamp_outputs(site, folder, &record.by_path, arena, outputs);
    *count = record.by_path.count;
    return is_found;
}

void output_remember(const struct output_site *site, const struct output_cause *cause,
    const struct output_result *result, struct text said)
{
    struct arena arena;
    struct buffer bytes;
    uint64_t outputs;
    size_t count;
    arena_init(&arena);
    buffer_init(&bytes);
    const char *folder = output_plain_folder(&arena, site->folder);
    const char *path = record_path(&arena, site->memory, "build", folder);
    if (find_outputs(site, folder, result, &arena, &count, &outputs)) {
        add_memory(&bytes, cause, count, outputs, said);
        disk_replace(site->disk, path, buffer_text(&bytes));
    }
    buffer_release(&bytes);
    arena_release(&arena);
}

/* ---- Asking ------------------------------------------------------------------------------------------------ */

struct memory {
    struct output_cause cause;
    size_t count;
    uint64_t outputs;
    struct text said;
};

/* False at the first thing that is not as this file writes it. */
static bool read_memory(struct text bytes, struct memory *memory)
{
    int length = 0;
    bytes = text_unsealed(bytes, FIRST_LINE);
    if (!bytes.at ||
        sscanf(bytes.at,
            "inputs %" SCNx64 " days %" SCNd64 " %" SCNd64 " files %zu outputs %" SCNx64 "%n",
            &memory->cause.inputs, &memory->cause.today, &memory->cause.until, &memory->count,
            &memory->outputs, &length) != 5 ||
        !length)
        return false;
    memory->said = text_slice(bytes, (size_t)length + 1, bytes.length);
    return true;
}

/* The bytes end with a NUL that does not count. */
static bool find_memory(
    const struct output_site *site, const char *folder, struct arena *arena, struct memory *memory)
{
    struct buffer bytes;
    buffer_init(&bytes);
    const char *path = record_path(arena, site->memory, "build", folder);
    bool found = site->disk->read(site->disk, path, most_bytes, &bytes) == DISK_DONE &&
                 bytes.length > 0 && read_memory(arena_text(arena, buffer_text(&bytes)), memory);
    buffer_release(&bytes);
    return found;
}

static bool follows(const struct memory *memory, const struct output_cause *cause)
{
    return memory->cause.inputs == cause->inputs && memory->cause.today <= cause->today &&
           cause->today < memory->cause.until;
}

static bool is_untouched(const struct output_site *site, const char *folder,
    const struct memory *memory, struct arena *scratch)
{
    struct record record;
    uint64_t outputs;
    return record_read(&record, site->disk, site->memory, folder, scratch) == DISK_DONE &&
           record.state == RECORD_COMPLETE && record.by_path.count == memory->count &&
           stamp_outputs(site, folder, &record.by_path, scratch, &outputs) &&
           outputs == memory->outputs;
}

bool output_is_same(const struct output_site *site, const struct output_cause *cause,
    struct arena *arena, struct output_remembered *remembered)
{
    struct arena scratch;
    struct memory memory;
    arena_init(&scratch);
    const char *folder = output_plain_folder(&scratch, site->folder);
    bool same = find_memory(site, folder, &scratch, &memory) && follows(&memory, cause) &&
                is_untouched(site, folder, &memory, &scratch);
    if (same)
        *remembered = (struct output_remembered){memory.count, arena_text(arena, memory.said)};
    arena_release(&scratch);
    return same;
}
