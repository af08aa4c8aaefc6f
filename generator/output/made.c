/*
 * What each file was made of, and how it stood on the disk when it had been written: so that a file is
 * made again only where one of the two has changed.
 *
 *     liner made record 1
 *     check                    numbers of 8 bytes, as the machine has them: a hash of all that follows
 *     length, bytes            what the caller keeps of the whole build
 *     count                    of files, and for each of them
 *       path, stamp            a hash of its path; of its length, time and identity
 *       hash, length           of its bytes
 *       length, bytes          what the caller noted of it
 *
 * Nothing here is needed: what is lost, or not as this file writes it, costs a build from nothing. It need
 * not fit the record either, for a file that another build has written has another stamp.
 */
#include "output_inside.h"

#define FIRST_LINE "liner made record 1\n"

static const size_t most_bytes = (size_t)4 << 30;

/* ---- Stamps ---------------------------------------------------------------------------------------------------- */

uint64_t made_stamp(const struct disk *disk, const char *path, struct text below)
{
    struct disk_status status;
    if (disk->status(disk, path, &status) != DISK_DONE || status.kind != DISK_FILE)
        return 0;
    uint64_t stamp = hash_number(hash_text(below), status.bytes);
    return hash_number(hash_number(stamp, (uint64_t)status.touched_ns), status.identity);
}

/* ---- Reading --------------------------------------------------------------------------------------------------- */

static bool cut_bytes(struct text *rest, struct text *bytes)
{
    uint64_t length;
    if (!text_take_uint64(rest, &length) || length > rest->length)
        return false;
    *bytes = text_slice(*rest, 0, (size_t)length);
    *rest = text_slice(*rest, (size_t)length, rest->length);
    return true;
}

static bool cut_file(struct text *rest, struct made_file *file)
{
    return text_take_uint64(rest, &file->path) && text_take_uint64(rest, &file->stamp) &&
           text_take_uint64(rest, &file->hash) && text_take_uint64(rest, &file->bytes) &&
           cut_bytes(rest, &file->noted);
}

static bool read_files(struct made *made, struct arena *arena, struct text rest)
{
    enum { least_bytes = 40 };
    uint64_t check, count;
    if (!text_take_uint64(&rest, &check) || check != hash_text(rest) ||
        !cut_bytes(&rest, &made->kept) || !text_take_uint64(&rest, &count) ||
        count > rest.length / least_bytes)
        return false;
    made->files = arena_array(arena, (size_t)count, sizeof *made->files);
    for (made->count = 0; made->count < count; made->count++)
        if (!cut_file(&rest, &made->files[made->count]))
            return false;
    return rest.length == 0;
}

void made_read(
    struct made *made, const struct output_site *site, const char *folder, struct arena *arena)
{
    struct buffer bytes;
    buffer_init(&bytes);
    const char *path = record_path(arena, site->memory, "made", folder);
    bool is_read = site->disk->read(site->disk, path, most_bytes, &bytes) == DISK_DONE &&
                   text_starts(buffer_text(&bytes), FIRST_LINE);
    struct text rest = text_slice(buffer_text(&bytes), strlen(FIRST_LINE), bytes.length);
    *made = (struct made){.bytes = bytes};
    if (is_read && read_files(made, arena, rest))
        return;
    *made = (struct made){.bytes = bytes};
}

void made_release(struct made *made)
{
    buffer_release(&made->bytes);
    *made = (struct made){0};
}

/* ---- Finding ---------------------------------------------------------------------------------------------------- */

static void fill_slots(struct made *made, struct arena *arena)
{
    for (made->slot_count = 16; made->slot_count < 2 * made->count;)
        made->slot_count *= 2;
    made->slots = arena_array(arena, made->slot_count, sizeof *made->slots);
    for (size_t i = 0; i < made->count; i++) {
        size_t slot = made->files[i].path & (made->slot_count - 1);
        while (made->slots[slot])
            slot = (slot + 1) & (made->slot_count - 1);
        made->slots[slot] = (uint32_t)i + 1;
    }
}

static const struct made_file *find(struct made *made, struct text path, struct arena *arena)
{
    uint64_t wanted = hash_text(path);
    if (made->guess < made->count && made->files[made->guess].path == wanted)
        return &made->files[made->guess++]; /* most stand in the order in which they stood */
    if (!made->slots)
        fill_slots(made, arena);
    size_t slot = wanted & (made->slot_count - 1);
    for (; made->slots[slot]; slot = (slot + 1) & (made->slot_count - 1)) {
        size_t index = made->slots[slot] - 1;
        if (made->files[index].path != wanted)
            continue;
        made->guess = index + 1;
        return &made->files[index];
    }
    return NULL;
}

/* What was made, and the record knows of. */
static void find_before(struct work *work, size_t index)
{
    struct text path = work->request->paths[index];
    const struct made_file *before = find(&work->made, path, &work->arena);
    const struct record_file *recorded = before ? map_get(&work->record.by_path, path) : NULL;
    if (!recorded || recorded->hash != before->hash || recorded->bytes != before->bytes)
        return;
    work->files[index].before = before;
    work->files[index].stamp = recorded->stamp;
}

/* ---- Which files are current --------------------------------------------------------------------------------------- */

/* As it stands on the disk. */
static uint64_t stamp_now(const struct work *work, size_t index)
{
    struct text below = work->request->paths[index];
    struct buffer path;
    if (work->request->ahead)
        return work->files[index].stamp;
    buffer_init(&path);
    uint64_t stamp = made_stamp(work->disk, made_path(&path, work->folder, below), below);
    buffer_release(&path);
    return stamp;
}

static void look(void *context, size_t index, unsigned number)
{
    struct work *work = context;
    const struct output_request *request = work->request;
    struct file *file = &work->files[index];
    (void)number;
    if (!file->before || !file->before->noted.length)
        return;
    file->why = OUTPUT_CHANGED;
    if (!request->knowing->is_current(request->context, index, file->before->noted))
        return;
    file->why = OUTPUT_SPOILED;
    file->is_current = stamp_now(work, index) == file->before->stamp;
    if (!file->is_current)
        return;
    file->hash = file->before->hash;
    file->bytes = file->before->bytes;
    file->stamp = file->before->stamp;
    file->noted = file->before->noted;
}

const char *made_path(struct buffer *room, const char *folder, struct text path)
{
    buffer_clear(room);
    buffer_add_string(room, folder);
    buffer_add_byte(room, '/');
    buffer_add(room, path);
    buffer_add_byte(room, '\0');
    return room->at;
}

static void find_made(struct work *work)
{
    const struct output_request *request = work->request;
    const struct output_site site = {request->disk, request->folder, request->memory, 1};
    if (request->ahead)
        work->made = request->ahead->made;
    else
        made_read(&work->made, &site, work->folder, &work->arena);
}

void made_look(struct work *work)
{
    const struct output_request *request = work->request;
    const struct output_knowing *knowing = request->knowing;
    if (!knowing)
        return;
    if (work->record.state == RECORD_COMPLETE && work->is_there && !request->is_clean)
        find_made(work);
    for (size_t i = 0; i < request->count; i++)
        work->files[i].why =
            map_get(&work->record.by_path, request->paths[i]) ? OUTPUT_UNKNOWN : OUTPUT_NEW;
    work->result->is_known = knowing->recall(request->context, work->made.kept);
    if (!work->result->is_known)
        return;
    for (size_t i = 0; i < request->count; i++)
        find_before(work, i);
    parallel_for(request->count, request->jobs, look, work);
}

/* ---- Writing -------------------------------------------------------------------------------------------------------- */

static void stamp(void *context, size_t index, unsigned number)
{
    struct work *work = context;
    struct file *file = &work->files[index];
    struct text path = work->request->paths[index];
    (void)number;
    if (file->is_current)
        return;
    struct buffer room;
    buffer_init(&room);
    file->stamp = made_stamp(work->disk, made_path(&room, work->folder, path), path);
    buffer_release(&room);
}

static void add_bytes(struct buffer *to, struct text bytes)
{
    buffer_add_uint64(to, bytes.length);
    buffer_add(to, bytes);
}

static void add_file(struct buffer *to, struct text path, const struct file *file)
{
    buffer_add_uint64(to, hash_text(path));
    buffer_add_uint64(to, file->stamp);
    buffer_add_uint64(to, file->hash);
    buffer_add_uint64(to, file->bytes);
    add_bytes(to, file->noted);
}

static void add_files(struct buffer *to, const struct work *work)
{
    const struct output_request *request = work->request;
    size_t count = 0;
    for (size_t i = 0; i < request->count; i++)
        count += work->files[i].noted.length > 0;
    buffer_add_uint64(to, count);
    for (size_t i = 0; i < request->count; i++)
        if (work->files[i].noted.length)
            add_file(to, request->paths[i], &work->files[i]);
}

/* About, to have the room at once. */
static size_t bytes_of_files(const struct work *work)
{
    size_t bytes = 0;
    for (size_t i = 0; i < work->request->count; i++)
        bytes += work->files[i].noted.length;
    return bytes + 64 * work->request->count;
}

static void write_made(struct work *work)
{
    const struct output_request *request = work->request;
    struct buffer bytes;
    uint64_t numbers[2] = {0}; /* the check, the length of what the caller keeps */
    buffer_init(&bytes);
    buffer_reserve(&bytes, bytes_of_files(work));
    buffer_add_string(&bytes, FIRST_LINE);
    size_t start = bytes.length, kept = start + sizeof numbers;
    buffer_add(&bytes, (struct text){(const char *)numbers, sizeof numbers});
    request->knowing->keep(request->context, &bytes);
    numbers[1] = bytes.length - kept;
    add_files(&bytes, work);
    memcpy(bytes.at + start, numbers, sizeof numbers);
    numbers[0] =
        hash_text(text_slice(buffer_text(&bytes), start + sizeof numbers[0], bytes.length));
    memcpy(bytes.at + start, numbers, sizeof numbers);
    disk_replace(work->disk, record_path(&work->arena, request->memory, "made", work->folder),
        buffer_text(&bytes));
    buffer_release(&bytes);
}

/* Where it can't be kept, the next build will do its work. */
void made_keep(struct work *work)
{
    const struct output_request *request = work->request;
    if (!request->knowing)
        return;
    parallel_for(request->count, request->jobs, stamp, work);
    work->result->is_stamped = true;
    for (size_t i = 0; i < request->count; i++) {
        work->result->stamps += work->files[i].stamp;
        work->result->is_stamped = work->result->is_stamped && work->files[i].stamp;
    }
    write_made(work);
}
