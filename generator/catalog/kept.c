/*
 * What content files were read as, kept for the next time: a file that has not been touched since is not
 * opened.
 *
 *     .liner/read/0 1 2 ...     each some 256 of the files, by the hash of their paths
 *
 *     liner read 2
 *     check                     numbers of 8 bytes, as the machine has them: a hash of all that follows,
 *     reader                    what decides how a file is read: the program, the settings, a vault or not
 *     count                     of the files of this kind that there were, so that each is in its own
 *     { path, stamp, length,    for each content file, in the order of the paths
 *       record, scan }
 *
 * Only files that had nothing to tell are kept, and so have no comments either: whoever is warned is warned again.
 * What was touched while it was read is not kept (see disk_is_settled).
 *
 * Nothing here is needed: what is lost, or not as this file writes it, is read from content/ again.
 */
#include "catalog/catalog_inside.h"

#include <stddef.h>

#define FIRST_LINE "liner read 2\n"

enum { FILES_IN_EACH = 256 };
static const size_t most_bytes = (size_t)1 << 30;

/* One of the files that keep, and those of content/ that belong to it. */
struct part {
    uint32_t *files; /* numbers, in the order of their paths */
    uint32_t count;
    uint32_t found; /* entries that stood in it */
    uint32_t taken; /* of them: those that still hold */
};

struct catalog_keeping {
    struct catalog *catalog;
    struct catalog_draft *draft; /* NULL when it is written */
    struct part *parts;
    size_t count; /* a power of two */
    uint64_t reader;
    const struct data_shape *records[SCHEMA_KIND_COUNT], *heading, *link;
    struct arena arena;
};

/* ---- Shapes ----------------------------------------------------------------------------------------------- */

static const struct data_field heading_fields[] = {
    {.name = "id", .kind = FIELD_TEXT, .offset = offsetof(struct markdown_heading, id)},
    {.name = "text", .kind = FIELD_TEXT, .offset = offsetof(struct markdown_heading, text)},
};
static const struct data_type heading_type = {.name = "heading",
    .fields = heading_fields,
    .field_count = BASE_COUNT(heading_fields),
    .size = sizeof(struct markdown_heading)};

static const struct data_field link_fields[] = {
    {.name = "target", .kind = FIELD_TEXT, .offset = offsetof(struct markdown_scan_link, target)},
    {.name = "label", .kind = FIELD_TEXT, .offset = offsetof(struct markdown_scan_link, label)},
};
static const struct data_type link_type = {.name = "link",
    .fields = link_fields,
    .field_count = BASE_COUNT(link_fields),
    .size = sizeof(struct markdown_scan_link)};

/* ---- Which file is kept where ------------------------------------------------------------------------------ */

static size_t part_of(const struct catalog_keeping *keeping, const struct catalog_file *file)
{
    return hash_text(file->path) & (keeping->count - 1);
}

static void divide(struct catalog_keeping *keeping)
{
    const struct catalog *catalog = keeping->catalog;
    keeping->parts = arena_array(&keeping->arena, keeping->count, sizeof *keeping->parts);
    for (size_t i = 0; i < catalog->file_count; i++)
        keeping->parts[part_of(keeping, &catalog->files[i])].count++;
    for (size_t i = 0; i < keeping->count; i++) {
        struct part *part = &keeping->parts[i];
        part->files = arena_array(&keeping->arena, part->count, sizeof *part->files);
        part->count = 0;
    }
    for (size_t i = 0; i < catalog->file_count; i++) {
        struct part *part = &keeping->parts[part_of(keeping, &catalog->files[i])];
        part->files[part->count++] = (uint32_t)i;
    }
}

static struct catalog_keeping *begin(struct catalog *catalog)
{
    struct catalog_keeping *keeping = arena_alloc(&catalog->arena, sizeof *keeping);
    keeping->catalog = catalog;
    keeping->reader = hash_number(catalog->request.reader, catalog->is_vault);
    for (keeping->count = 1; keeping->count * FILES_IN_EACH < catalog->file_count;)
        keeping->count *= 2;
    arena_init(&keeping->arena);
    for (int kind = 0; kind < SCHEMA_KIND_COUNT; kind++)
        keeping->records[kind] = data_shape_of(schema_kinds[kind].type, &keeping->arena);
    keeping->heading = data_shape_of(&heading_type, &keeping->arena);
    keeping->link = data_shape_of(&link_type, &keeping->arena);
    divide(keeping);
    return keeping;
}

static const char *path_of(struct arena *arena, const struct catalog *catalog, size_t part)
{
    return arena_format(arena, "%s/read/%zu", catalog->request.memory, part).at;
}

uint64_t catalog_stamp(const struct catalog *catalog, const struct disk_status *status)
{
    if (!catalog->request.memory || !disk_is_settled(status, catalog->request.opened_ns))
        return 0;
    uint64_t stamp = hash_number(status->bytes, (uint64_t)status->touched_ns);
    return hash_number(stamp, status->identity) | 1;
}

/* ---- Taking ------------------------------------------------------------------------------------------------- */

static bool take_scan(const struct catalog_keeping *keeping, struct text *rest, struct arena *arena,
    struct markdown_scan *scan)
{
    uint64_t words;
    *scan = (struct markdown_scan){0};
    if (!data_unpack_count(rest, &scan->heading_count))
        return false;
    scan->headings = arena_array(arena, scan->heading_count, sizeof *scan->headings);
    for (size_t i = 0; i < scan->heading_count; i++)
        if (!data_unpack(rest, keeping->heading, arena, &scan->headings[i]))
            return false;
    if (!data_unpack_count(rest, &scan->link_count))
        return false;
    scan->links = arena_array(arena, scan->link_count, sizeof *scan->links);
    for (size_t i = 0; i < scan->link_count; i++)
        if (!data_unpack(rest, keeping->link, arena, &scan->links[i]))
            return false;
    if (!text_take_number(rest, &words))
        return false;
    scan->word_count = (size_t)words;
    return data_unpack_text(rest, &scan->summary) && data_unpack_text(rest, &scan->tape) &&
           data_unpack_text(rest, &scan->words);
}

/* What stands behind the path and the stamp. */
static bool take_file(const struct catalog_keeping *keeping, struct text rest, struct arena *arena,
    struct catalog_file *file)
{
    uint64_t offset, line;
    void *record = arena_alloc(arena, schema_kinds[file->kind].type->size);
    if (!text_take_uint64(&rest, &file->hash) || !text_take_uint64(&rest, &file->body_hash) ||
        !text_take_uint64(&rest, &file->shape) || !text_take_number(&rest, &offset) ||
        !text_take_number(&rest, &line) ||
        !data_unpack(&rest, keeping->records[file->kind], arena, record) ||
        !take_scan(keeping, &rest, arena, &file->scan) || rest.length)
        return false;
    file->body_offset = (size_t)offset;
    file->body_line = (uint32_t)line;
    file->record = record;
    file->is_whole = file->is_clean = true;
    return true;
}

/* The entries stand in the order of the part's files. `at` is where the search goes on. */
static struct catalog_file *find_file(
    const struct catalog_keeping *keeping, const struct part *part, struct text path, uint32_t *at)
{
    for (; *at < part->count; ++*at) {
        struct catalog_file *file = &keeping->catalog->files[part->files[*at]];
        int order = text_compare(file->path, path);
        if (order >= 0)
            return order == 0 ? file : NULL;
    }
    return NULL;
}

static void take_entries(struct catalog_keeping *keeping, struct part *part, struct text rest,
    struct catalog_worker *worker)
{
    struct text path;
    uint64_t stamp;
    size_t length;
    uint32_t at = 0;
    while (data_unpack_text(&rest, &path) && text_take_uint64(&rest, &stamp) &&
           data_unpack_count(&rest, &length)) {
        struct catalog_file *file = find_file(keeping, part, path, &at);
        part->found++;
        if (file && file->stamp == stamp && !file->comments &&
            take_file(keeping, text_slice(rest, 0, length), worker->arena, file)) {
            file->is_kept = true;
            part->taken++;
            keeping->draft->mentions[part->files[at]] = catalog_gather(file, worker);
        }
        rest = text_slice(rest, length, rest.length);
    }
}

static void take_part(void *context, size_t index, struct catalog_worker *worker)
{
    struct catalog_keeping *keeping = context;
    const struct disk *disk = keeping->catalog->request.disk;
    uint64_t check, reader, count;
    buffer_clear(&worker->bytes);
    arena_clear(&worker->scratch);
    const char *path = path_of(&worker->scratch, keeping->catalog, index);
    if (disk->read(disk, path, most_bytes, &worker->bytes) != DISK_DONE ||
        !text_starts(buffer_text(&worker->bytes), FIRST_LINE))
        return;
    struct text rest = arena_text(worker->arena, buffer_text(&worker->bytes));
    rest = text_slice(rest, strlen(FIRST_LINE), rest.length);
    if (text_take_uint64(&rest, &check) && check == hash_text(rest) &&
        text_take_uint64(&rest, &reader) && reader == keeping->reader &&
        text_take_uint64(&rest, &count) && count == keeping->count)
        take_entries(keeping, &keeping->parts[index], rest, worker);
}

void catalog_take_kept(struct catalog *catalog, struct catalog_draft *draft)
{
    if (!catalog->request.memory)
        return;
    catalog->keeping = begin(catalog);
    catalog->keeping->draft = draft;
    catalog_parallel(catalog, draft, catalog->keeping->count, take_part, catalog->keeping);
    catalog->keeping->draft = NULL;
}

/* ---- Keeping -------------------------------------------------------------------------------------------------- */

static bool may_be_kept(const struct catalog_file *file)
{
    return file->is_clean && file->is_whole && file->stamp && !file->comments;
}

static bool is_up_to_date(const struct catalog_keeping *keeping, const struct part *part)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < part->count; i++)
        kept += may_be_kept(&keeping->catalog->files[part->files[i]]);
    return part->found == part->taken && part->taken == kept;
}

static void pack_scan(
    const struct catalog_keeping *keeping, struct buffer *out, const struct markdown_scan *scan)
{
    buffer_add_number(out, scan->heading_count);
    for (size_t i = 0; i < scan->heading_count; i++)
        data_pack(out, keeping->heading, &scan->headings[i]);
    buffer_add_number(out, scan->link_count);
    for (size_t i = 0; i < scan->link_count; i++)
        data_pack(out, keeping->link, &scan->links[i]);
    buffer_add_number(out, scan->word_count);
    data_pack_text(out, scan->summary);
    data_pack_text(out, scan->tape);
    data_pack_text(out, scan->words);
}

static void pack_file(
    const struct catalog_keeping *keeping, struct buffer *out, const struct catalog_file *file)
{
    buffer_clear(out);
    buffer_add_uint64(out, file->hash);
    buffer_add_uint64(out, file->body_hash);
    buffer_add_uint64(out, file->shape);
    buffer_add_number(out, file->body_offset);
    buffer_add_number(out, file->body_line);
    data_pack(out, keeping->records[file->kind], file->record);
    pack_scan(keeping, out, &file->scan);
}

/* All of a part's file; `one` is room for an entry. */
static void pack_part(const struct catalog_keeping *keeping, const struct part *part,
    struct buffer *out, struct buffer *one)
{
    const size_t start = strlen(FIRST_LINE) + sizeof(uint64_t);
    buffer_add_string(out, FIRST_LINE);
    buffer_add_uint64(out, 0); /* the check, when all is known */
    buffer_add_uint64(out, keeping->reader);
    buffer_add_uint64(out, keeping->count);
    for (uint32_t i = 0; i < part->count; i++) {
        const struct catalog_file *file = &keeping->catalog->files[part->files[i]];
        if (!may_be_kept(file))
            continue;
        pack_file(keeping, one, file);
        data_pack_text(out, file->path);
        buffer_add_uint64(out, file->stamp);
        buffer_add_number(out, one->length);
        buffer_add(out, buffer_text(one));
    }
    uint64_t check = hash_text(text_slice(buffer_text(out), start, out->length));
    memcpy(out->at + start - sizeof check, &check, sizeof check);
}

static void keep_part(void *context, size_t index, unsigned worker)
{
    const struct catalog_keeping *keeping = context;
    const struct part *part = &keeping->parts[index];
    struct arena scratch;
    struct buffer bytes, one;
    (void)worker;
    if (is_up_to_date(keeping, part))
        return;
    arena_init(&scratch);
    buffer_init(&bytes);
    buffer_init(&one);
    pack_part(keeping, part, &bytes, &one);
    disk_replace(keeping->catalog->request.disk, path_of(&scratch, keeping->catalog, index),
        buffer_text(&bytes)); /* not kept: then it is read again */
    buffer_release(&one);
    buffer_release(&bytes);
    arena_release(&scratch);
}

/* What there was when the blog was larger. */
static void remove_rest(const struct catalog_keeping *keeping)
{
    const struct disk *disk = keeping->catalog->request.disk;
    struct arena scratch;
    arena_init(&scratch);
    size_t part = keeping->count;
    while (disk->remove_file(disk, path_of(&scratch, keeping->catalog, part)) == DISK_DONE)
        part++;
    arena_release(&scratch);
}

void catalog_keep(const struct catalog *catalog)
{
    struct catalog_keeping *keeping = catalog->keeping;
    struct arena scratch;
    if (!keeping)
        return;
    arena_init(&scratch);
    const char *folder = arena_format(&scratch, "%s/read", catalog->request.memory).at;
    if (disk_make_folders(catalog->request.disk, folder) == DISK_DONE) {
        parallel_for(keeping->count, catalog->request.jobs, keep_part, keeping);
        remove_rest(keeping);
    }
    arena_release(&scratch);
}

void catalog_end_keeping(struct catalog *catalog)
{
    if (catalog->keeping)
        arena_release(&catalog->keeping->arena);
}
