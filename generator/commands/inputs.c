/*
 * What a site is made from, as one number: the program, the options, the settings, the content and the
 * blog's own themes, each file by its name, length, time and identity. Nothing is opened but folders.
 *
 * A file that was touched within a tick of the clock before the first was read, or since, may be another
 * than the one that is read; so then nothing is said.
 */
#include "commands/commands_inside.h"

#include <link.h>

/* ---- The program ---------------------------------------------------------------------------------------- */

/* The id that the linker gave an object from its bytes. */
static struct text build_id(struct text notes, size_t align)
{
    while (notes.length >= sizeof(ElfW(Nhdr))) {
        ElfW(Nhdr) note;
        memcpy(&note, notes.at, sizeof note);
        size_t name = sizeof note, id = name + (note.n_namesz + align - 1) / align * align;
        size_t next = id + (note.n_descsz + align - 1) / align * align;
        bool is_id = note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
                     text_starts(text_slice(notes, name, id), "GNU");
        if (is_id)
            return text_slice(notes, id, id + note.n_descsz);
        notes = text_slice(notes, next, notes.length);
    }
    return TEXT_NONE;
}

struct objects {
    uint64_t hash;
    bool is_known; /* the first, which is the program, has an id */
    size_t count;
};

/* The kernel's own object decides nothing. */
static int add_object(struct dl_phdr_info *info, size_t size, void *context)
{
    struct objects *objects = context;
    struct text id = TEXT_NONE;
    (void)size;
    if (text_starts(text_of(info->dlpi_name), "linux-vdso"))
        return 0;
    for (size_t i = 0; i < info->dlpi_phnum && !id.length; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type == PT_NOTE)
            id = build_id(
                (struct text){(const char *)info->dlpi_addr + part->p_vaddr, part->p_memsz},
                part->p_align == 8 ? 8 : 4);
    }
    if (objects->count++ == 0)
        objects->is_known = id.length > 0;
    objects->hash = hash_more(objects->hash, id.length ? id : text_of(info->dlpi_name));
    return 0;
}

/* The program and its libraries. */
bool commands_hash_program(uint64_t *hash)
{
    struct objects objects = {.hash = 0};
    dl_iterate_phdr(add_object, &objects);
    *hash = objects.hash;
    return objects.is_known;
}

/* ---- Options ------------------------------------------------------------------------------------------------ */

static void add_options(uint64_t *hash, const struct commands_line *line)
{
    static const char *const deciding[] = {"base-url", "drafts", "future"};
    for (size_t i = 0; i < BASE_COUNT(deciding); i++) {
        struct text value = commands_value(line, deciding[i]);
        *hash = hash_number(hash_more(*hash, value), value.at != NULL);
    }
}

/* ---- Files -------------------------------------------------------------------------------------------------- */

struct files {
    const struct disk *disk;
    uint64_t hash;
    int64_t opened_ns; /* when the first of them was read */
    bool is_sure;
};

static void add_status(struct files *files, struct text path, const struct disk_status *status)
{
    uint64_t hash = hash_more(files->hash, path);
    hash = hash_number(hash, (uint64_t)status->kind);
    hash = hash_number(hash, status->bytes);
    hash = hash_number(hash, (uint64_t)status->touched_ns);
    files->hash = hash_number(hash, status->identity);
    files->is_sure = files->is_sure && disk_is_settled(status, files->opened_ns);
}

static void add_file(struct files *files, const char *path)
{
    struct disk_status status;
    if (files->disk->status(files->disk, path, &status) == DISK_DONE)
        add_status(files, text_of(path), &status);
    else
        files->is_sure = false;
}

/* Whether a folder is there; Obsidian changes what is in its own all the time. */
static void add_folder(struct files *files, const char *path)
{
    struct disk_status status;
    bool is_there = files->disk->status(files->disk, path, &status) == DISK_DONE;
    files->hash = hash_number(files->hash, is_there);
}

static bool is_hidden(void *context, struct text path, bool is_folder)
{
    (void)context, (void)is_folder;
    const char *slash = memrchr(path.at, '/', path.length);
    return (slash ? slash[1] : path.at[0]) == '.';
}

static enum disk_result add_tree(
    struct files *files, const char *folder, struct arena *arena, struct disk_list *list)
{
    *list = (struct disk_list){0};
    enum disk_result result = files->disk->list(files->disk, folder, is_hidden, NULL, arena, list);
    files->is_sure = files->is_sure && (result == DISK_DONE || result == DISK_MISSING);
    files->hash = hash_number(hash_more(files->hash, text_of(folder)), list->count);
    for (size_t i = 0; i < list->count; i++)
        add_status(files, list->entries[i].path, &list->entries[i].status);
    return result;
}

static void add_content(struct files *files, struct catalog_listed *listed)
{
    listed->is_whole = add_tree(files, "content", &listed->arena, &listed->list) == DISK_DONE;
}

static void add_themes(struct files *files)
{
    struct arena arena;
    struct disk_list list;
    arena_init(&arena);
    add_tree(files, "themes", &arena, &list);
    arena_release(&arena);
}

bool commands_inputs(struct commands_blog *blog, const struct commands_line *line, uint64_t *hash)
{
    struct files files = {.disk = &blog->disk,
        .hash = hash_more(blog->program, blog->settings.head),
        .opened_ns = blog->opened_ns,
        .is_sure = true};
    add_options(&files.hash, line);
    add_file(&files, "liner.yaml");
    add_folder(&files, ".obsidian");
    add_folder(&files, "content/.obsidian");
    add_content(&files, &blog->listed);
    add_themes(&files);
    *hash = files.hash;
    return blog->is_program_known && files.is_sure;
}
