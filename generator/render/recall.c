/*
 * What the last build knew, beside what is known now. Kept are, as numbers of 8 bytes:
 *
 *     format   causes (see causes.c)   count   for each id: key of the thing, hash of each group
 *
 * A thing keeps its id, by which the reads of outputs name it, so that what was noted of an output that is
 * current can be kept as it stands. An id whose thing is gone is free from the next build on: no output
 * that was kept then reads it any more.
 */
#include "render/render_inside.h"

static const uint64_t format = 0x316c6c6163657231; /* another one when what is kept is another */

enum { thing_bytes = 8 * (1 + DATA_GROUP_COUNT) };

/* ---- Finding a thing by its key ------------------------------------------------------------------------------ */

struct finding {
    const struct catalog_hash *then; /* by id */
    size_t count;
    uint32_t *slots; /* id + 1; 0: free */
    size_t slot_count;
    size_t guess; /* most things stand behind the one that was found last */
    size_t free;  /* ids below are taken */
};

static void fill_slots(struct finding *finding, struct arena *arena)
{
    for (finding->slot_count = 16; finding->slot_count < 2 * finding->count;)
        finding->slot_count *= 2;
    finding->slots = arena_array(arena, finding->slot_count, sizeof *finding->slots);
    for (size_t id = 0; id < finding->count; id++) {
        size_t slot = finding->then[id].key & (finding->slot_count - 1);
        while (finding->slots[slot])
            slot = (slot + 1) & (finding->slot_count - 1);
        finding->slots[slot] = (uint32_t)id + 1;
    }
}

/* The id that the thing had; `count` when it had none. */
static size_t find_id(struct finding *finding, uint64_t key, struct arena *arena)
{
    if (finding->guess < finding->count && finding->then[finding->guess].key == key)
        return finding->guess++;
    if (!finding->slots)
        fill_slots(finding, arena);
    size_t slot = key & (finding->slot_count - 1);
    for (; finding->slots[slot]; slot = (slot + 1) & (finding->slot_count - 1)) {
        size_t id = finding->slots[slot] - 1;
        if (finding->then[id].key != key)
            continue;
        finding->guess = id + 1;
        return id;
    }
    return finding->count;
}

/* ---- Ids -------------------------------------------------------------------------------------------------------- */

static size_t new_id(struct render_memory *memory, struct finding *finding)
{
    while (finding->free < finding->count && finding->then[finding->free].key)
        finding->free++;
    return finding->free < finding->count ? finding->free++ : memory->count++;
}

/* Things that nothing tells apart count as one. */
static void settle(
    struct render_memory *memory, size_t id, uint32_t number, const struct catalog_hash *hash)
{
    memory->ids[number] = (uint32_t)id;
    memory->numbers[id] = number;
    memory->things[id].key = hash->key;
    for (int group = 0; group < DATA_GROUP_COUNT; group++)
        memory->things[id].groups[group] += hash->groups[group];
}

static void settle_things(struct render *render, const struct catalog_hash *then)
{
    struct render_memory *memory = &render->memory;
    struct arena *arena = &render->arena;
    size_t count = render->plan->catalog->thing_count, most = memory->then_count + count;
    struct finding finding = {.then = then, .count = memory->then_count};
    struct catalog_hash *hashes = catalog_hash_things(render->plan->catalog, render->jobs, arena);
    memory->ids = arena_array(arena, count, sizeof *memory->ids);
    memory->numbers = arena_array(arena, most, sizeof *memory->numbers);
    memory->things = arena_array(arena, most, sizeof *memory->things);
    memory->count = memory->then_count;
    memset(memory->numbers, 0xFF, most * sizeof *memory->numbers);
    for (uint32_t number = 0; number < count; number++) {
        hashes[number].key += !hashes[number].key; /* 0 stands for no thing */
        size_t id = find_id(&finding, hashes[number].key, arena);
        if (id == finding.count)
            id = new_id(memory, &finding);
        settle(memory, id, number, &hashes[number]);
    }
}

/* ---- What has changed --------------------------------------------------------------------------------------------- */

/* An id that another thing got has changed, too: but nothing reads it. */
static void compare_things(struct render *render, const struct catalog_hash *then)
{
    struct render_memory *memory = &render->memory;
    memory->changed = arena_array(&render->arena, memory->then_count, sizeof *memory->changed);
    for (size_t id = 0; id < memory->then_count; id++)
        for (int group = 0; group < DATA_GROUP_COUNT; group++)
            if (memory->things[id].key != then[id].key ||
                memory->things[id].groups[group] != then[id].groups[group])
                memory->changed[id] |= (uint8_t)(1u << group);
}

static bool read_things(struct render *render, struct text kept, const struct catalog_hash **things)
{
    uint64_t count;
    if (!render_cut_number(&kept, &count) || count >= UINT32_MAX / 2 ||
        kept.length != count * thing_bytes)
        return false;
    struct catalog_hash *read = arena_array(&render->arena, (size_t)count, sizeof *read);
    _Static_assert(sizeof *read == thing_bytes, "they are kept as they stand in memory");
    if (count)
        memcpy(read, kept.at, kept.length);
    *things = read;
    render->memory.then_count = (size_t)count;
    return true;
}

bool render_recall(struct render *render, struct text kept)
{
    struct render_memory *memory = &render->memory;
    const struct catalog_hash *then = NULL;
    uint64_t kept_format;
    render_find_causes(render, &memory->now);
    memory->is_known = render_cut_number(&kept, &kept_format) && kept_format == format &&
                       render_read_causes(&memory->then, &render->arena, &kept) &&
                       read_things(render, kept, &then);
    memory->is_site_same = memory->is_known && memcmp(memory->now.site, memory->then.site,
                                                   sizeof memory->now.site) == 0;
    if (!memory->is_site_same) /* then no read is looked at */
        memory->then_count = 0;
    settle_things(render, then);
    compare_things(render, then);
    return memory->is_known;
}

void render_keep(const struct render *render, struct buffer *to)
{
    const struct render_memory *memory = &render->memory;
    render_add_number(to, format);
    render_keep_causes(&memory->now, to);
    render_add_number(to, memory->count);
    buffer_add(to, (struct text){(const char *)memory->things, memory->count * thing_bytes});
}

/* ---- Whether an output is current ---------------------------------------------------------------------------------- */

bool render_is_current(const struct render *render, size_t index, struct text noted)
{
    const struct render_memory *memory = &render->memory;
    const struct plan_output *output = &render->plan->outputs[index];
    struct render_read read;
    uint64_t own;
    uint32_t last = 0;
    bool is_good = true;
    if (!memory->is_site_same || !render_cut_number(&noted, &own) ||
        own != render_own_hash(render, output))
        return false;
    if (output->page &&
        memory->now.templates[output->page->kind] != memory->then.templates[output->page->kind])
        return false;
    while (render_next_read(&noted, &read, &last, &is_good))
        if (read.id >= memory->then_count || memory->changed[read.id] & read.groups)
            return false;
    return is_good;
}
