/*
 * The folders that the planned paths need, known before the first file is rendered, so that each is
 * made once. A folder stands behind the one that holds it:
 *
 *     0 ""   1 "dramas"   2 "dramas/signal"   3 "reviews"   ...
 */
#include "output_inside.h"

static struct text parent_of(struct text path)
{
    while (path.length && path.at[path.length - 1] != '/')
        path.length--;
    return text_slice(path, 0, path.length ? path.length - 1 : 0);
}

/* A planned path has parts that are names: not empty, not "." or "..", without a NUL. */
static bool is_plain(struct text path)
{
    size_t from = 0;
    for (size_t i = 0; i <= path.length; i++) {
        if (i < path.length && path.at[i] == '\0')
            return false;
        if (i < path.length && path.at[i] != '/')
            continue;
        struct text part = text_slice(path, from, i);
        if (part.length == 0 || text_is(part, ".") || text_is(part, ".."))
            return false;
        from = i + 1;
    }
    return true;
}

/* Numbers are kept in the map as pointers, one higher, so that none is NULL. */
static void *as_pointer(size_t number)
{
    return (void *)(uintptr_t)(number + 1);
}

static size_t as_number(const void *pointer)
{
    return (size_t)(uintptr_t)pointer - 1;
}

static size_t add_folder(struct work *work, struct text path, size_t parent)
{
    struct folder *folder = list_add(
        &work->folders, &work->folder_count, &work->folder_capacity, &work->arena, sizeof *folder);
    folder->path = path;
    folder->parent = parent;
    atomic_init(&folder->made, path.length == 0);
    return work->folder_count - 1;
}

static size_t find_folder(struct work *work, struct map *folders, struct text path)
{
    void *known = map_get(folders, path);
    if (known)
        return as_number(known);
    size_t parent = path.length ? find_folder(work, folders, parent_of(path)) : 0;
    size_t number = add_folder(work, path, parent);
    map_put(folders, path, as_pointer(number));
    return number;
}

/* The plan's promise: no path twice, and none that is a folder of another. */
static void check_folders(const struct work *work)
{
    for (size_t i = 1; i < work->folder_count; i++)
        base_assert(!map_get(&work->planned, work->folders[i].path));
}

void folders_plan(struct work *work)
{
    const struct output_request *request = work->request;
    struct map folders;
    map_init(&folders, &work->arena);
    map_init(&work->planned, &work->arena);
    work->files = arena_array(&work->arena, request->count, sizeof *work->files);
    find_folder(work, &folders, TEXT(""));
    base_assert(request->count < UINT32_MAX);
    for (size_t i = 0; i < request->count; i++) {
        struct text path = request->paths[i];
        base_assert(is_plain(path));
        const void *planned = map_put(&work->planned, path, &work->files[i]);
        base_assert(planned == &work->files[i]);
        work->files[i].folder = (uint32_t)find_folder(work, &folders, parent_of(path));
    }
    check_folders(work);
}
