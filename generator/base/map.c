/*
 * A map from text to pointer: open addressing over an array of entries that keeps the order in
 * which they were put.
 *
 *     slots    [ 0 | 2 | 0 | 1 | 0 ... ]     index + 1 into entries, 0 for free
 *     entries  [ goblin | signal | ... ]
 */
#include "base/base.h"

void map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){.arena = arena};
}

/* The slot where the key is, or where it would go. */
static size_t find_slot(const struct map *map, struct text key, uint64_t hash)
{
    size_t mask = map->slot_count - 1;
    size_t at = (size_t)hash & mask;
    for (; map->slots[at]; at = (at + 1) & mask) {
        const struct map_entry *entry = &map->entries[map->slots[at] - 1];
        if (entry->hash == hash && text_equal(entry->key, key))
            break;
    }
    return at;
}

/* Half of the slots stay free, so that runs stay short. */
static void grow_slots(struct map *map)
{
    size_t larger = map->slot_count ? map->slot_count * 2 : 16;
    map->slots = arena_array(map->arena, larger, sizeof *map->slots);
    map->slot_count = larger;
    for (size_t i = 0; i < map->count; i++) {
        size_t at = (size_t)map->entries[i].hash & (larger - 1);
        while (map->slots[at])
            at = (at + 1) & (larger - 1);
        map->slots[at] = (uint32_t)i + 1;
    }
}

static struct map_entry *find_or_add(struct map *map, struct text key, bool *is_new)
{
    if (map->count * 2 >= map->slot_count)
        grow_slots(map);
    uint64_t hash = hash_text(key);
    size_t slot = find_slot(map, key, hash);
    *is_new = map->slots[slot] == 0;
    if (!*is_new)
        return &map->entries[map->slots[slot] - 1];
    struct map_entry *entry =
        list_add(&map->entries, &map->count, &map->capacity, map->arena, sizeof *entry);
    *entry = (struct map_entry){.key = key, .hash = hash};
    map->slots[slot] = (uint32_t)map->count;
    return entry;
}

void *map_get(const struct map *map, struct text key)
{
    if (map->count == 0)
        return NULL;
    size_t slot = find_slot(map, key, hash_text(key));
    return map->slots[slot] ? map->entries[map->slots[slot] - 1].value : NULL;
}

void *map_put(struct map *map, struct text key, void *value)
{
    bool is_new;
    struct map_entry *entry = find_or_add(map, key, &is_new);
    if (is_new)
        entry->value = value;
    return entry->value;
}

void map_set(struct map *map, struct text key, void *value)
{
    bool is_new;
    find_or_add(map, key, &is_new)->value = value;
}
