/*
 * Arenas and the lists that grow in them.
 *
 *     blocks -> [header|........used........|..left..] -> [header|.....full.....] -> NULL
 *                                            ^ at
 */
#include "base/base.h"

struct arena_block {
    struct arena_block *next;
    size_t bytes; /* behind the header */
};

/* Small first blocks. Later ones double, up to one that the system hands out by whole pages. No struct of
 * ours holds anything wider than a pointer. */
enum { first_block = 2048 - 64, largest_block = 1 << 18, alignment = 8 };

_Static_assert(sizeof(struct arena_block) % alignment == 0, "what follows the header is aligned");

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

static void use_block(struct arena *arena, struct arena_block *block)
{
    block->next = arena->blocks;
    arena->blocks = block;
    arena->at = (char *)(block + 1);
    arena->left = block->bytes;
}

static struct arena_block *new_block(struct arena *arena, size_t bytes)
{
    struct arena_block *block = base_alloc(sizeof *block + bytes);
    block->bytes = bytes;
    arena->total_bytes += sizeof *block + bytes;
    return block;
}

static void add_block(struct arena *arena, size_t at_least)
{
    size_t bytes = arena->next_bytes ? arena->next_bytes : first_block;
    if (bytes > largest_block)
        bytes = largest_block;
    if (bytes < at_least)
        bytes = at_least;
    arena->next_bytes = bytes * 2;
    use_block(arena, new_block(arena, bytes));
}

/* A block for one large array alone, behind the one in use. */
static void *add_own_block(struct arena *arena, size_t bytes)
{
    struct arena_block *block = new_block(arena, bytes);
    block->next = arena->blocks->next;
    arena->blocks->next = block;
    return block + 1;
}

static void free_blocks(struct arena_block *block)
{
    while (block) {
        struct arena_block *next = block->next;
        base_free(block);
        block = next;
    }
}

void arena_clear(struct arena *arena)
{
    struct arena_block *keep = arena->blocks;
    if (!keep)
        return;
    free_blocks(keep->next);
    keep->next = NULL;
    arena->blocks = NULL;
    arena->total_bytes = sizeof *keep + keep->bytes;
    use_block(arena, keep);
}

void arena_release(struct arena *arena)
{
    free_blocks(arena->blocks);
    arena_init(arena);
}

/* Memory as it comes: its bytes are whatever they were. */
static void *arena_take(struct arena *arena, size_t bytes)
{
    base_assert(bytes <= SIZE_MAX - alignment);
    if (bytes > largest_block && arena->blocks)
        return add_own_block(arena, bytes);
    size_t gap = -(uintptr_t)arena->at & (alignment - 1);
    if (!arena->at || gap + bytes > arena->left) {
        add_block(arena, bytes);
        gap = 0;
    }
    char *memory = arena->at + gap;
    arena->at = memory + bytes;
    arena->left -= gap + bytes;
    return memory;
}

/* The same for text, which may start anywhere. */
static char *take_text(struct arena *arena, size_t bytes)
{
    if (!arena->at || bytes > arena->left)
        add_block(arena, bytes);
    char *memory = arena->at;
    arena->at += bytes;
    arena->left -= bytes;
    return memory;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
    return memset(arena_take(arena, bytes), 0, bytes);
}

void *arena_array(struct arena *arena, size_t count, size_t each_bytes)
{
    base_assert(each_bytes == 0 || count <= SIZE_MAX / each_bytes);
    return arena_alloc(arena, count * each_bytes);
}

struct text arena_text(struct arena *arena, struct text text)
{
    if (!text.at)
        return TEXT_NONE;
    char *copy = take_text(arena, text.length + 1);
    memcpy(copy, text.at, text.length);
    copy[text.length] = 0;
    return (struct text){copy, text.length};
}

struct text arena_join_all(struct arena *arena, const struct text *parts, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += parts[i].length;
    char *joined = take_text(arena, length + 1), *at = joined;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].length)
            memcpy(at, parts[i].at, parts[i].length);
        at += parts[i].length;
    }
    *at = 0;
    return (struct text){joined, length};
}

struct text arena_join(struct arena *arena, struct text first, struct text second)
{
    const struct text parts[] = {first, second};
    return arena_join_all(arena, parts, BASE_COUNT(parts));
}

/* Written straight into what is left of the block; measured first only when that is too little. */
struct text arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(arena->at, arena->left, format, arguments);
    va_end(arguments);
    base_assert(length >= 0);
    bool is_written = (size_t)length < arena->left;
    char *made = take_text(arena, (size_t)length + 1);
    if (!is_written)
        vsnprintf(made, (size_t)length + 1, format, again);
    va_end(again);
    return (struct text){made, (size_t)length};
}

/* The pointer to the block that holds the array alone; NULL: it has none of its own. */
static struct arena_block **own_block(struct arena *arena, const void *array, size_t bytes)
{
    if (bytes <= largest_block)
        return NULL;
    for (struct arena_block **block = &arena->blocks; *block; block = &(*block)->next)
        if ((const void *)(*block + 1) == array && (*block)->bytes == bytes)
            return block;
    return NULL;
}

void *arena_grow(struct arena *arena, void *array, size_t bytes, size_t larger)
{
    struct arena_block **own = own_block(arena, array, bytes);
    if (!own) {
        void *grown = arena_take(arena, larger);
        return bytes ? memcpy(grown, array, bytes) : grown;
    }
    struct arena_block *block = base_realloc(*own, sizeof *block + larger);
    *own = block;
    block->bytes = larger;
    arena->total_bytes += larger - bytes;
    if (own == &arena->blocks) {
        arena->at = (char *)(block + 1) + larger;
        arena->left = 0;
    }
    return block + 1;
}

void *list_add(void *items, size_t *count, size_t *capacity, struct arena *arena, size_t each_bytes)
{
    char **array = items;
    if (*count == *capacity) {
        size_t larger = *capacity ? *capacity * 2 : 8;
        base_assert(each_bytes <= SIZE_MAX / larger);
        *array = arena_grow(arena, *array, *count * each_bytes, larger * each_bytes);
        *capacity = larger;
    }
    return memset(*array + (*count)++ * each_bytes, 0, each_bytes);
}
