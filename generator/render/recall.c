/*
 * What the last build knew, beside what is known now. Kept are, each with how many there are:
 *
 *     format, causes       numbers of 8 bytes: see causes.c
 *     shape                of the catalog: where it is the same, only texts can have changed
 *     texts                a number for each file of the catalog
 *     ids                  of things, by number: 4 bytes each
 *     things               by id: the key, and a hash for each group
 *
 * A thing keeps its id, by which the reads of outputs name it, so that what was noted of an output that is
 * current can be kept as it stands. An id whose thing is gone is free from the next build on: no output
 * that was kept then reads it any more.
 */
#include "render/render_inside.h"

static const uint64_t format = 0x326c6c6163657232; /* another one when what is kept is another */

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

static void compare_thing(struct render_memory *memory, const struct catalog_hash *then, size_t id)
{
    bool is_another = memory->things[id].key != then[id].key;
    for (int group = 0; group < DATA_GROUP_COUNT; group++)
        if (is_another || memory->things[id].groups[group] != then[id].groups[group])
            memory->changed[id] |= (uint8_t)(1u << group);
}

/* Without a past, an id is the thing's number. */
static void settle_anew(struct render *render)
{
    struct render_memory *memory = &render->memory;
    memory->count = render->plan->catalog->thing_count;
    memory->things = catalog_hash_things(render->plan->catalog, render->jobs, &render->arena);
    memory->ids = arena_array(&render->arena, memory->count, sizeof *memory->ids);
    memory->numbers = memory->ids;
    for (uint32_t number = 0; number < memory->count; number++) {
        memory->things[number].key += !memory->things[number].key; /* 0 stands for no thing */
        memory->ids[number] = number;
    }
}

/* An id that another thing got has changed, too: but nothing reads it. */
static void compare_all(struct render *render, const struct catalog_hash *then)
{
    struct render_memory *memory = &render->memory;
    if (memory->then_count)
        settle_things(render, then);
    else
        settle_anew(render);
    memory->changed = arena_array(&render->arena, memory->then_count, sizeof *memory->changed);
    for (size_t id = 0; id < memory->then_count; id++)
        compare_thing(memory, then, id);
}

/* ---- Where only texts have changed -------------------------------------------------------------------------------- */

/* What was kept, as it stands there. */
struct past {
    uint64_t shape;
    const uint64_t *texts; /* by the catalog's files */
    const uint32_t *ids;   /* by number */
    const struct catalog_hash *things;
    size_t text_count, id_count, thing_count;
};

/* Every thing has an id of its own, which none had that is gone. */
static bool take_ids(struct render *render, const struct past *past)
{
    struct render_memory *memory = &render->memory;
    memory->ids = arena_array(&render->arena, past->id_count, sizeof *memory->ids);
    memory->numbers = arena_array(&render->arena, past->thing_count, sizeof *memory->numbers);
    memset(memory->numbers, 0xFF, past->thing_count * sizeof *memory->numbers);
    for (uint32_t number = 0; number < past->id_count; number++) {
        uint32_t id = past->ids[number];
        if (id >= past->thing_count || memory->numbers[id] != UINT32_MAX || !past->things[id].key)
            return false;
        memory->ids[number] = id;
        memory->numbers[id] = number;
    }
    return true;
}

static void hash_again(
    struct render *render, struct catalog_hash *by_number, const struct past *past, uint32_t number)
{
    struct render_memory *memory = &render->memory;
    uint32_t id = memory->ids[number];
    catalog_hash_thing(render->plan->catalog, by_number, number, &render->arena);
    memory->things[id] = by_number[number];
    compare_thing(memory, past->things, id);
}

static bool compare_texts(struct render *render, const struct past *past)
{
    struct render_memory *memory = &render->memory;
    const struct catalog *catalog = render->plan->catalog;
    if (past->shape != memory->shape || past->text_count != catalog->file_count ||
        past->id_count != catalog->thing_count || !take_ids(render, past))
        return false;
    memory->count = past->thing_count;
    memory->changed = arena_array(&render->arena, past->thing_count, sizeof *memory->changed);
    memory->things = arena_array(&render->arena, past->thing_count, sizeof *memory->things);
    memcpy(memory->things, past->things, past->thing_count * sizeof *memory->things);
    struct catalog_hash *by_number = arena_array(&render->arena, past->id_count, sizeof *by_number);
    for (size_t i = 0; i < past->id_count; i++)
        by_number[i].key = past->things[past->ids[i]].key;
    for (size_t i = 0; i < catalog->file_count; i++)
        if (catalog->files[i].thing && catalog_text(&catalog->files[i]) != past->texts[i])
            hash_again(render, by_number, past, catalog->files[i].thing->number);
    return true;
}

/* ---- Kept ------------------------------------------------------------------------------------------------------------ */

/* Behind how many there are. Whatever has fewer bytes than that is not as it was kept. */
static bool cut_array(
    struct render *render, struct text *kept, size_t each_bytes, const void **array, size_t *count)
{
    uint64_t number;
    if (!text_take_uint64(kept, &number) || number > kept->length / each_bytes)
        return false;
    size_t bytes = (size_t)number * each_bytes;
    void *copy = arena_array(&render->arena, (size_t)number, each_bytes);
    if (bytes)
        memcpy(copy, kept->at, bytes);
    *kept = text_slice(*kept, bytes, kept->length);
    *array = copy;
    *count = (size_t)number;
    return true;
}

static bool read_past(struct render *render, struct text kept, struct past *past)
{
    uint64_t kept_format;
    const void *texts, *ids, *things;
    if (!text_take_uint64(&kept, &kept_format) || kept_format != format ||
        !render_read_causes(&render->memory.then, &render->arena, &kept) ||
        !text_take_uint64(&kept, &past->shape) ||
        !cut_array(render, &kept, sizeof *past->texts, &texts, &past->text_count) ||
        !cut_array(render, &kept, sizeof *past->ids, &ids, &past->id_count) ||
        !cut_array(render, &kept, sizeof *past->things, &things, &past->thing_count))
        return false;
    past->texts = texts;
    past->ids = ids;
    past->things = things;
    return kept.length == 0 && past->thing_count < UINT32_MAX / 2;
}

static uint64_t hash_texts(const struct catalog *catalog)
{
    uint64_t hash = catalog->file_count;
    for (size_t i = 0; i < catalog->file_count; i++)
        hash = hash_number(hash, catalog_text(&catalog->files[i]));
    return hash;
}

bool render_recall(struct render *render, struct text kept)
{
    struct render_memory *memory = &render->memory;
    struct past past = {0};
    render_find_causes(render, &memory->now);
    memory->shape = catalog_shape(render->plan->catalog);
    memory->texts = render->plan->search ? hash_texts(render->plan->catalog) : 0;
    memory->is_known = read_past(render, kept, &past);
    memory->is_site_same = memory->is_known && memcmp(memory->now.site, memory->then.site,
                                                   sizeof memory->now.site) == 0;
    memory->then_count =
        memory->is_site_same ? past.thing_count : 0; /* else no read is looked at */
    if (!memory->is_site_same || !compare_texts(render, &past))
        compare_all(render, past.things);
    return memory->is_known;
}

static void keep_array(struct buffer *to, const void *array, size_t count, size_t each_bytes)
{
    buffer_add_uint64(to, count);
    buffer_add(to, (struct text){array, count * each_bytes});
}

void render_keep(const struct render *render, struct buffer *to)
{
    const struct render_memory *memory = &render->memory;
    const struct catalog *catalog = render->plan->catalog;
    buffer_add_uint64(to, format);
    render_keep_causes(&memory->now, to);
    buffer_add_uint64(to, memory->shape);
    buffer_add_uint64(to, catalog->file_count);
    for (size_t i = 0; i < catalog->file_count; i++)
        buffer_add_uint64(to, catalog_text(&catalog->files[i]));
    keep_array(to, memory->ids, catalog->thing_count, sizeof *memory->ids);
    keep_array(to, memory->things, memory->count, sizeof *memory->things);
}

/* ---- Whether an output is current ---------------------------------------------------------------------------------- */

bool render_is_current(const struct render *render, size_t index, struct text noted)
{
    const struct render_memory *memory = &render->memory;
    const struct plan_output *output = &render->plan->outputs[index];
    uint64_t own;
    if (!memory->is_site_same || !text_take_uint64(&noted, &own) ||
        own != render_own_hash(render, output))
        return false;
    if (output->page &&
        memory->now.templates[output->page->kind] != memory->then.templates[output->page->kind])
        return false;
    return !render_reads_changed(memory, noted);
}
