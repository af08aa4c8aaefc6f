#include "pretend_disk.h"

#include <stdlib.h>

/* ---- Nodes ------------------------------------------------------------------------------------- */

void pretend_init(struct pretend_disk *pretend)
{
    *pretend = (struct pretend_disk){.count = 0};
    arena_init(&pretend->arena);
    pthread_mutex_init(&pretend->mutex, NULL);
}

void pretend_release(struct pretend_disk *pretend)
{
    pthread_mutex_destroy(&pretend->mutex);
    arena_release(&pretend->arena);
}

static struct pretend_node *find(const struct pretend_disk *pretend, struct text path)
{
    for (size_t i = 0; i < pretend->count; i++)
        if (text_equal(pretend->nodes[i].path, path))
            return &pretend->nodes[i];
    return NULL;
}

const struct pretend_node *pretend_find(const struct pretend_disk *pretend, const char *path)
{
    return find(pretend, text_of(path));
}

static struct text parent_of(struct text path)
{
    while (path.length && path.at[path.length - 1] != '/')
        path.length--;
    return text_slice(path, 0, path.length ? path.length - 1 : 0);
}

static bool is_below(struct text path, struct text folder)
{
    if (folder.length == 0 || text_is(folder, "."))
        return true;
    return path.length > folder.length && path.at[folder.length] == '/' &&
           memcmp(path.at, folder.at, folder.length) == 0;
}

static struct pretend_node *add(struct pretend_disk *pretend, struct text path, enum disk_kind kind)
{
    struct pretend_node *node = list_add(
        &pretend->nodes, &pretend->count, &pretend->capacity, &pretend->arena, sizeof *node);
    *node = (struct pretend_node){.path = arena_text(&pretend->arena, path),
        .kind = kind,
        .identity = ++pretend->last_identity};
    return node;
}

static void drop(struct pretend_disk *pretend, struct pretend_node *node)
{
    *node = pretend->nodes[--pretend->count];
}

static bool is_empty(const struct pretend_disk *pretend, struct text folder)
{
    for (size_t i = 0; i < pretend->count; i++)
        if (is_below(pretend->nodes[i].path, folder))
            return false;
    return true;
}

/* The root is a folder that needs no node. */
static enum disk_result check_parent(const struct pretend_disk *pretend, struct text path)
{
    struct text parent = parent_of(path);
    if (!parent.length)
        return DISK_DONE;
    const struct pretend_node *node = find(pretend, parent);
    if (node)
        return node->kind == DISK_FOLDER ? DISK_DONE : DISK_NOT_FOLDER;
    enum disk_result above = check_parent(pretend, parent);
    return above == DISK_DONE ? DISK_MISSING : above;
}

static enum disk_result check_change(const struct pretend_disk *pretend, struct text path)
{
    if (pretend->read_only && text_is(parent_of(path), pretend->read_only))
        return DISK_DENIED;
    return check_parent(pretend, path);
}

/* ---- Failing ------------------------------------------------------------------------------------- */

void pretend_fail(
    struct pretend_disk *pretend, size_t nth, bool from_then_on, enum disk_result failure)
{
    pretend->fail_at = pretend->all_calls + nth;
    pretend->fails_from_then_on = from_then_on;
    pretend->failure = failure;
    pretend->has_failed = false;
}

void pretend_heal(struct pretend_disk *pretend)
{
    pretend->fail_at = 0;
}

void pretend_forget_calls(struct pretend_disk *pretend)
{
    memset(pretend->calls, 0, sizeof pretend->calls);
}

/* Every function of the disk starts with begin, and ends with end. */
static enum disk_result begin(struct pretend_disk *pretend, enum pretend_call call)
{
    pthread_mutex_lock(&pretend->mutex);
    pretend->calls[call]++;
    size_t number = ++pretend->all_calls;
    if (!pretend->fail_at || number < pretend->fail_at)
        return DISK_DONE;
    if (number > pretend->fail_at && !pretend->fails_from_then_on)
        return DISK_DONE;
    pretend->has_failed = true;
    return pretend->failure;
}

static enum disk_result end(struct pretend_disk *pretend, enum disk_result result)
{
    pthread_mutex_unlock(&pretend->mutex);
    return result;
}

/* ---- The disk's functions ---------------------------------------------------------------------------- */

static enum disk_result do_status(
    const struct pretend_disk *pretend, const char *path, struct disk_status *status)
{
    enum disk_result result = check_parent(pretend, text_of(path));
    const struct pretend_node *node = pretend_find(pretend, path);
    if (result != DISK_DONE || !node)
        return result != DISK_DONE ? result : DISK_MISSING;
    *status = (struct disk_status){.kind = node->kind,
        .bytes = node->bytes.length,
        .changed_ns = (int64_t)node->identity,
        .touched_ns = (int64_t)node->identity,
        .identity = node->identity};
    return DISK_DONE;
}

static enum disk_result get_status(
    const struct disk *disk, const char *path, struct disk_status *status)
{
    enum disk_result result = begin(disk->context, PRETEND_STATUS);
    if (result == DISK_DONE)
        result = do_status(disk->context, path, status);
    return end(disk->context, result);
}

static int compare_paths(const void *left, const void *right)
{
    const struct disk_entry *a = left, *b = right;
    return text_compare(a->path, b->path);
}

static void add_entry(struct disk_list *list, size_t *capacity, struct arena *arena,
    const struct pretend_node *node, size_t prefix)
{
    struct disk_entry *entry =
        list_add(&list->entries, &list->count, capacity, arena, sizeof *entry);
    entry->path = arena_text(arena, text_slice(node->path, prefix, node->path.length));
    entry->status = (struct disk_status){node->kind, node->bytes.length, (int64_t)node->identity,
        (int64_t)node->identity, node->identity};
}

/* `skip` is asked about the path itself only, and not about the folders above it. */
static enum disk_result collect(const struct pretend_disk *pretend, const char *path, bool is_deep,
    bool (*skip)(void *, struct text, bool), void *skip_context, struct arena *arena,
    struct disk_list *list)
{
    size_t capacity = 0, prefix = strlen(path) + 1;
    const struct pretend_node *folder = pretend_find(pretend, path);
    *list = (struct disk_list){.count = 0};
    if (!folder || folder->kind != DISK_FOLDER)
        return folder ? DISK_NOT_FOLDER : DISK_MISSING;
    for (size_t i = 0; i < pretend->count; i++) {
        const struct pretend_node *node = &pretend->nodes[i];
        if (!is_below(node->path, folder->path) || (is_deep && node->kind != DISK_FILE) ||
            (!is_deep && !text_equal(parent_of(node->path), folder->path)) ||
            (skip && skip(skip_context, text_slice(node->path, prefix, node->path.length), false)))
            continue;
        add_entry(list, &capacity, arena, node, prefix);
    }
    if (list->count)
        qsort(list->entries, list->count, sizeof *list->entries, compare_paths);
    return DISK_DONE;
}

static enum disk_result list_files(const struct disk *disk, const char *folder,
    bool (*skip)(void *, struct text, bool), void *skip_context, struct arena *arena,
    struct disk_list *list)
{
    *list = (struct disk_list){.count = 0};
    enum disk_result result = begin(disk->context, PRETEND_LIST);
    if (result == DISK_DONE)
        result = collect(disk->context, folder, true, skip, skip_context, arena, list);
    return end(disk->context, result);
}

static enum disk_result list_names(
    const struct disk *disk, const char *folder, struct arena *arena, struct disk_list *list)
{
    *list = (struct disk_list){.count = 0};
    enum disk_result result = begin(disk->context, PRETEND_NAMES);
    if (result == DISK_DONE)
        result = collect(disk->context, folder, false, NULL, NULL, arena, list);
    return end(disk->context, result);
}

static enum disk_result do_read(
    const struct pretend_disk *pretend, const char *path, size_t most, struct buffer *bytes)
{
    const struct pretend_node *node = pretend_find(pretend, path);
    if (!node) {
        enum disk_result above = check_parent(pretend, text_of(path));
        return above == DISK_DONE ? DISK_MISSING : above;
    }
    if (node->kind != DISK_FILE)
        return node->kind == DISK_FOLDER ? DISK_IS_FOLDER : DISK_NOT_FILE;
    if (node->bytes.length > most)
        return DISK_TOO_LARGE;
    buffer_add(bytes, node->bytes);
    return DISK_DONE;
}

static enum disk_result read_file(
    const struct disk *disk, const char *path, size_t most, struct buffer *bytes)
{
    enum disk_result result = begin(disk->context, PRETEND_READ);
    if (result == DISK_DONE)
        result = do_read(disk->context, path, most, bytes);
    return end(disk->context, result);
}

static enum disk_result do_write(struct pretend_disk *pretend, struct text path, struct text bytes)
{
    struct pretend_node *node = find(pretend, path);
    enum disk_result result = node ? DISK_DONE : check_change(pretend, path);
    if (result != DISK_DONE)
        return result;
    if (node && node->kind != DISK_FILE)
        return node->kind == DISK_FOLDER ? DISK_IS_FOLDER : DISK_NOT_FILE;
    if (!node)
        node = add(pretend, path, DISK_FILE);
    node->bytes = arena_text(&pretend->arena, bytes);
    return DISK_DONE;
}

/* A write that fails leaves no file, not even an old one. */
static enum disk_result write_file(const struct disk *disk, const char *path, struct text bytes)
{
    enum disk_result result = begin(disk->context, PRETEND_WRITE);
    struct pretend_node *node = find(disk->context, text_of(path));
    if (result == DISK_DONE)
        result = do_write(disk->context, text_of(path), bytes);
    else if (node && node->kind == DISK_FILE)
        drop(disk->context, node);
    return end(disk->context, result);
}

static enum disk_result do_make(struct pretend_disk *pretend, struct text path)
{
    if (find(pretend, path))
        return DISK_EXISTS;
    enum disk_result result = check_change(pretend, path);
    if (result == DISK_DONE)
        add(pretend, path, DISK_FOLDER);
    return result;
}

static enum disk_result make_folder(const struct disk *disk, const char *path)
{
    enum disk_result result = begin(disk->context, PRETEND_MAKE_FOLDER);
    if (result == DISK_DONE)
        result = do_make(disk->context, text_of(path));
    return end(disk->context, result);
}

static bool is_mounted(const struct pretend_disk *pretend, struct text path)
{
    return pretend->mounted && is_below(path, text_of(pretend->mounted));
}

static enum disk_result check_rename(
    const struct pretend_disk *pretend, struct text from, struct text to)
{
    const struct pretend_node *old = find(pretend, from), *target = find(pretend, to);
    enum disk_result result = check_change(pretend, from);
    if (result == DISK_DONE)
        result = check_change(pretend, to);
    if (result != DISK_DONE || !old)
        return result != DISK_DONE ? result : DISK_MISSING;
    if (is_mounted(pretend, from) != is_mounted(pretend, to))
        return DISK_OTHER_DISK;
    if (!target)
        return DISK_DONE;
    if (old->kind != DISK_FOLDER)
        return target->kind == DISK_FOLDER ? DISK_IS_FOLDER : DISK_DONE;
    if (target->kind != DISK_FOLDER)
        return DISK_NOT_FOLDER;
    return is_empty(pretend, to) ? DISK_DONE : DISK_NOT_EMPTY;
}

static void move(struct pretend_disk *pretend, struct text from, struct text to)
{
    struct pretend_node *target = find(pretend, to);
    if (target)
        drop(pretend, target);
    for (size_t i = 0; i < pretend->count; i++) {
        struct pretend_node *node = &pretend->nodes[i];
        if (text_equal(node->path, from) || is_below(node->path, from))
            node->path = arena_format(&pretend->arena, "%.*s%.*s", TEXT_ARGS(to),
                TEXT_ARGS(text_slice(node->path, from.length, node->path.length)));
    }
}

static enum disk_result rename_path(const struct disk *disk, const char *from, const char *to)
{
    enum disk_result result = begin(disk->context, PRETEND_RENAME);
    if (result == DISK_DONE)
        result = check_rename(disk->context, text_of(from), text_of(to));
    if (result == DISK_DONE)
        move(disk->context, text_of(from), text_of(to));
    return end(disk->context, result);
}

static enum disk_result do_remove(struct pretend_disk *pretend, struct text path, bool is_folder)
{
    struct pretend_node *node = find(pretend, path);
    enum disk_result result = check_change(pretend, path);
    if (result != DISK_DONE || !node)
        return result != DISK_DONE ? result : DISK_MISSING;
    if (is_folder != (node->kind == DISK_FOLDER))
        return is_folder ? DISK_NOT_FOLDER : DISK_IS_FOLDER;
    if (is_folder && !is_empty(pretend, path))
        return DISK_NOT_EMPTY;
    drop(pretend, node);
    return DISK_DONE;
}

static enum disk_result remove_file(const struct disk *disk, const char *path)
{
    enum disk_result result = begin(disk->context, PRETEND_REMOVE_FILE);
    if (result == DISK_DONE)
        result = do_remove(disk->context, text_of(path), false);
    return end(disk->context, result);
}

static enum disk_result remove_folder(const struct disk *disk, const char *path)
{
    enum disk_result result = begin(disk->context, PRETEND_REMOVE_FOLDER);
    if (result == DISK_DONE)
        result = do_remove(disk->context, text_of(path), true);
    return end(disk->context, result);
}

static enum disk_result flush(const struct disk *disk, const char *folder)
{
    (void)folder;
    return end(disk->context, begin(disk->context, PRETEND_FLUSH));
}

static enum disk_result lock(const struct disk *disk, const char *path, bool wait, int *handle)
{
    struct pretend_disk *pretend = disk->context;
    enum disk_result result = begin(pretend, PRETEND_LOCK);
    (void)wait;
    if (result == DISK_DONE && pretend->is_locked)
        result = DISK_BUSY;
    if (result == DISK_DONE)
        result = do_write(pretend, text_of(path), TEXT(""));
    if (result == DISK_DONE)
        pretend->is_locked = true;
    *handle = 1;
    return end(pretend, result);
}

static void unlock(const struct disk *disk, int handle)
{
    struct pretend_disk *pretend = disk->context;
    (void)handle;
    pthread_mutex_lock(&pretend->mutex);
    pretend->is_locked = false;
    end(pretend, DISK_DONE);
}

struct disk pretend_as_disk(struct pretend_disk *pretend)
{
    return (struct disk){
        .context = pretend,
        .status = get_status,
        .list = list_files,
        .names = list_names,
        .read = read_file,
        .write = write_file,
        .make_folder = make_folder,
        .rename = rename_path,
        .remove_file = remove_file,
        .remove_folder = remove_folder,
        .flush = flush,
        .lock = lock,
        .unlock = unlock,
    };
}

/* ---- The tester's own hands ----------------------------------------------------------------------------- */

static void make(struct pretend_disk *pretend, struct text folder)
{
    if (!folder.length || find(pretend, folder))
        return;
    make(pretend, parent_of(folder));
    add(pretend, folder, DISK_FOLDER);
}

void pretend_make(struct pretend_disk *pretend, const char *folder)
{
    make(pretend, text_of(folder));
}

void pretend_put_text(struct pretend_disk *pretend, const char *path, struct text bytes)
{
    pretend_remove(pretend, path);
    make(pretend, parent_of(text_of(path)));
    add(pretend, text_of(path), DISK_FILE)->bytes = arena_text(&pretend->arena, bytes);
}

void pretend_put(struct pretend_disk *pretend, const char *path, const char *bytes)
{
    pretend_put_text(pretend, path, text_of(bytes));
}

void pretend_remove(struct pretend_disk *pretend, const char *path)
{
    for (size_t i = pretend->count; i-- > 0;)
        if (text_is(pretend->nodes[i].path, path) ||
            is_below(pretend->nodes[i].path, text_of(path)))
            drop(pretend, &pretend->nodes[i]);
}

static int compare_nodes(const void *left, const void *right)
{
    const struct pretend_node *const *a = left, *const *b = right;
    return text_compare((*a)->path, (*b)->path);
}

struct text pretend_tree(
    const struct pretend_disk *pretend, const char *folder, struct arena *arena)
{
    struct buffer lines;
    size_t count = 0;
    const struct pretend_node **nodes = arena_array(arena, pretend->count + 1, sizeof *nodes);
    buffer_init(&lines);
    for (size_t i = 0; i < pretend->count; i++)
        if (is_below(pretend->nodes[i].path, text_of(folder)))
            nodes[count++] = &pretend->nodes[i];
    qsort(nodes, count, sizeof *nodes, compare_nodes);
    for (size_t i = 0; i < count; i++) {
        if (nodes[i]->kind == DISK_FILE)
            buffer_format(
                &lines, "%.*s=%.*s\n", TEXT_ARGS(nodes[i]->path), TEXT_ARGS(nodes[i]->bytes));
        else if (is_empty(pretend, nodes[i]->path))
            buffer_format(&lines, "%.*s/\n", TEXT_ARGS(nodes[i]->path));
    }
    struct text tree = arena_text(arena, buffer_text(&lines));
    buffer_release(&lines);
    return tree;
}
