/*
 * The record: a text file that a person can read.
 *
 *     liner output record 1
 *     check 5f0a3c19d2b4e687            the hash of everything below
 *     folder site
 *     state complete                    or incomplete
 *     files 3
 *     9d1c8a55e0f2b374 10240 dramas/signal/index.html
 *     ...                               hash and length of the bytes, path
 *
 * In a path, '%' and control signs are written as %XX, so that a line is a line. When a build did
 * not end, a path may stand twice: with the bytes it had and with the bytes it was to get.
 */
#include "output_inside.h"

#define FIRST_LINE "liner output record 1"

/* A million files make some 100 MB; anything near this is not ours. */
static const size_t most_bytes = (size_t)1 << 30;

static const char *const state_names[] = {
    [RECORD_INCOMPLETE] = "incomplete",
    [RECORD_COMPLETE] = "complete",
};

const char *record_path(
    struct arena *arena, const char *memory, const char *what, const char *folder)
{
    const char *slash = strrchr(folder, '/');
    return arena_format(arena, "%s/%s-%.64s-%016llx", memory, what, slash ? slash + 1 : folder,
        (unsigned long long)hash_text(text_of(folder)))
        .at;
}

/* ---- The list in memory ------------------------------------------------------------------------- */

void record_init(struct record *record, enum record_state state, struct arena *arena)
{
    *record = (struct record){.state = state};
    map_init(&record->by_path, arena);
}

static bool has_file(const struct record_file *file, uint64_t hash, uint64_t bytes)
{
    for (; file; file = file->other)
        if (file->hash == hash && file->bytes == bytes)
            return true;
    return false;
}

void record_add(
    struct record *record, struct arena *arena, struct text path, uint64_t hash, uint64_t bytes)
{
    struct record_file *first = map_get(&record->by_path, path);
    if (has_file(first, hash, bytes))
        return;
    struct record_file *file = arena_alloc(arena, sizeof *file);
    *file = (struct record_file){.path = path, .hash = hash, .bytes = bytes};
    if (first) {
        file->other = first->other;
        first->other = file;
    } else {
        map_put(&record->by_path, path, file);
    }
}

/* ---- Reading -------------------------------------------------------------------------------------- */

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

static bool read_hex(struct text text, uint64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        int value = hex_value(text.at[i]);
        if (value < 0)
            return false;
        *number = *number << 4 | (uint64_t)value;
    }
    return text.length > 0 && text.length <= 16;
}

static bool read_decimal(struct text text, uint64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        *number = *number * 10 + (uint64_t)(text.at[i] - '0');
    }
    return text.length > 0 && text.length < 20;
}

/* Cuts the text up to the next space off `rest`. */
static struct text cut_word(struct text *rest)
{
    ptrdiff_t space = text_find_byte(*rest, ' ');
    size_t length = space < 0 ? rest->length : (size_t)space;
    struct text word = text_slice(*rest, 0, length);
    *rest = text_slice(*rest, length + 1, rest->length);
    return word;
}

static bool read_path(struct arena *arena, struct text written, struct text *path)
{
    *path = written;
    if (text_find_byte(written, '%') < 0)
        return written.length > 0;
    char *copy = arena_alloc(arena, written.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < written.length; i++) {
        uint64_t byte = (unsigned char)written.at[i];
        if (byte == '%' && !read_hex(text_slice(written, i + 1, i + 3), &byte))
            return false;
        i += written.at[i] == '%' ? 2 : 0;
        copy[length++] = (char)byte;
    }
    *path = (struct text){copy, length};
    return length > 0;
}

static bool read_file_line(struct record *record, struct arena *arena, struct text line)
{
    uint64_t hash, bytes;
    struct text path;
    if (!read_hex(cut_word(&line), &hash) || !read_decimal(cut_word(&line), &bytes) ||
        !read_path(arena, line, &path))
        return false;
    record_add(record, arena, path, hash, bytes);
    record->count++;
    return true;
}

/* The next line, which must start with the word: what follows it. */
static bool read_header(struct text *rest, const char *word, struct text *value)
{
    struct text line;
    if (!text_line(rest, &line))
        return false;
    *value = line;
    return text_is(cut_word(value), word);
}

static enum record_state state_named(struct text name)
{
    for (size_t i = RECORD_INCOMPLETE; i < BASE_COUNT(state_names); i++)
        if (text_is(name, state_names[i]))
            return (enum record_state)i;
    return RECORD_UNKNOWN;
}

/* The state it says, or unknown at the first thing that is not as this file writes it. */
static enum record_state read_record(
    struct record *record, struct arena *arena, struct text rest, const char *folder)
{
    struct text line, name, state, files;
    uint64_t count;
    rest = text_unsealed(rest, FIRST_LINE);
    if (!read_header(&rest, "folder", &name) || !read_path(arena, name, &name) ||
        !text_is(name, folder) || !read_header(&rest, "state", &state) ||
        !read_header(&rest, "files", &files) || !read_decimal(files, &count))
        return RECORD_UNKNOWN;
    while (text_line(&rest, &line))
        if (!read_file_line(record, arena, line))
            return RECORD_UNKNOWN;
    return record->count == count ? state_named(state) : RECORD_UNKNOWN;
}

static bool is_loss(enum disk_result result)
{
    return result == DISK_MISSING || result == DISK_IS_FOLDER || result == DISK_NOT_FILE ||
           result == DISK_TOO_LARGE;
}

enum disk_result record_read(struct record *record, const struct disk *disk, const char *memory,
    const char *folder, struct arena *arena)
{
    struct buffer bytes;
    buffer_init(&bytes);
    record_init(record, RECORD_UNKNOWN, arena);
    enum disk_result result =
        disk->read(disk, record_path(arena, memory, "output", folder), most_bytes, &bytes);
    if (result == DISK_DONE)
        record->state = read_record(record, arena, arena_text(arena, buffer_text(&bytes)), folder);
    if (record->state == RECORD_UNKNOWN)
        record_init(record, RECORD_UNKNOWN, arena);
    buffer_release(&bytes);
    return is_loss(result) ? DISK_DONE : result;
}

/* ---- Writing ---------------------------------------------------------------------------------------- */

static void add_hex(struct buffer *to, uint64_t number, unsigned digits)
{
    while (digits--)
        buffer_add_byte(to, "0123456789abcdef"[number >> (4 * digits) & 15]);
}

static bool is_plain(char byte)
{
    return (unsigned char)byte >= ' ' && byte != '%' && byte != 0x7F;
}

static void add_path(struct buffer *to, struct text path)
{
    size_t from = 0;
    for (size_t i = 0; i < path.length; i++) {
        if (is_plain(path.at[i]))
            continue;
        buffer_add(to, text_slice(path, from, i));
        buffer_add_byte(to, '%');
        add_hex(to, (unsigned char)path.at[i], 2);
        from = i + 1;
    }
    buffer_add(to, text_slice(path, from, path.length));
}

static size_t add_files(struct buffer *body, const struct record_file *file)
{
    size_t count = 0;
    char room[INTEGER_ROOM];
    for (; file; file = file->other, count++) {
        add_hex(body, file->hash, 16);
        buffer_add_byte(body, ' ');
        buffer_add(body, text_of_integer((int64_t)file->bytes, room));
        buffer_add_byte(body, ' ');
        add_path(body, file->path);
        buffer_add_byte(body, '\n');
    }
    return count;
}

static void add_record(struct buffer *to, const struct record *record, const char *folder)
{
    struct buffer body, lines;
    size_t count = 0;
    buffer_init(&body);
    buffer_init(&lines);
    for (size_t i = 0; i < record->by_path.count; i++)
        count += add_files(&lines, record->by_path.entries[i].value);
    buffer_add_string(&body, "folder ");
    add_path(&body, text_of(folder));
    buffer_format(&body, "\nstate %s\nfiles %zu\n", state_names[record->state], count);
    buffer_add(&body, buffer_text(&lines));
    buffer_add_sealed(to, FIRST_LINE, buffer_text(&body));
    buffer_release(&body);
    buffer_release(&lines);
}

enum disk_result record_write(
    const struct record *record, const struct disk *disk, const char *memory, const char *folder)
{
    struct arena arena;
    struct buffer bytes;
    arena_init(&arena);
    buffer_init(&bytes);
    add_record(&bytes, record, folder);
    enum disk_result result =
        disk_replace(disk, record_path(&arena, memory, "output", folder), buffer_text(&bytes));
    buffer_release(&bytes);
    arena_release(&arena);
    return result;
}

/* ---- Other bytes -------------------------------------------------------------------------------------- */

struct text output_recall(const struct output_site *site, const char *name, struct arena *arena)
{
    struct buffer bytes;
    buffer_init(&bytes);
    const char *path =
        record_path(arena, site->memory, name, output_plain_folder(arena, site->folder));
    bool is_there = site->disk->read(site->disk, path, most_bytes, &bytes) == DISK_DONE;
    struct text found = is_there ? arena_text(arena, buffer_text(&bytes)) : TEXT_NONE;
    buffer_release(&bytes);
    return found;
}

void output_keep_memory(const struct output_site *site, const char *name, struct text bytes)
{
    struct arena arena;
    arena_init(&arena);
    const char *folder = output_plain_folder(&arena, site->folder);
    disk_replace(site->disk, record_path(&arena, site->memory, name, folder), bytes);
    arena_release(&arena);
}

void record_tidy(const struct disk *disk, const char *memory, const char *folder)
{
    struct arena arena;
    arena_init(&arena);
    const char *path = record_path(&arena, memory, "output", folder);
    disk->remove_file(disk, arena_format(&arena, "%s" DISK_BESIDE, path).at);
    arena_release(&arena);
}
