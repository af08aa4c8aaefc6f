/*
 * Scenes in which tracks are heard, of a writing and of a drama, in the order of the story:
 *
 *     season 1   episode 2   12:40     The Road
 *                            58:10     Leaving
 *                            the end   The Road       what is no time comes behind the times
 *                episode 3   ...
 */
#include "catalog/catalog_inside.h"

#include <stdlib.h>

/* "58:10" or "1:02:03" in seconds; -1 for anything else. */
static int64_t seconds_of(struct text at)
{
    int64_t seconds = 0, part = 0;
    size_t parts = 0, digits = 0;
    for (size_t i = 0; i <= at.length; i++) {
        char byte = i < at.length ? at.at[i] : ':';
        if (byte >= '0' && byte <= '9' && digits < 4) {
            part = part * 10 + (byte - '0');
            digits++;
        } else if (byte == ':' && digits && parts < 3) {
            seconds = seconds * 60 + part;
            part = 0;
            digits = 0;
            parts++;
        } else {
            return -1;
        }
    }
    return parts > 1 ? seconds : -1;
}

static int compare_integers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* What is not told comes last. */
static int compare_told(int64_t a, int64_t b, int64_t untold)
{
    return a == untold || b == untold ? (a == untold) - (b == untold) : compare_integers(a, b);
}

/* Among equals the order of the lists: the newest writing's first. */
static int compare_scenes(const void *left, const void *right)
{
    const struct catalog_scene *a = *(const struct catalog_scene *const *)left;
    const struct catalog_scene *b = *(const struct catalog_scene *const *)right;
    int order = compare_told(a->season, b->season, DATA_NO_INTEGER);
    if (!order)
        order = compare_told(a->record->episode, b->record->episode, DATA_NO_INTEGER);
    if (!order)
        order = compare_told(seconds_of(a->record->at), seconds_of(b->record->at), -1);
    if (!order)
        order = compare_integers(a->listing->writing->rank, b->listing->writing->rank);
    if (!order)
        order = compare_integers(a->listing->position, b->listing->position);
    return order ? order : compare_integers(a->record->spot.line, b->record->spot.line);
}

static void sort_scenes(struct data_array *scenes)
{
    if (scenes->count > 1)
        qsort((void *)scenes->items, scenes->count, sizeof(void *), compare_scenes);
}

static void add_scenes(
    struct catalog *catalog, struct catalog_writing *writing, const struct catalog_listing *listing)
{
    const struct schema_scene *const *records = listing->record->more->scenes.items;
    for (size_t i = 0; i < listing->record->more->scenes.count; i++) {
        struct catalog_scene *scene = arena_alloc(&catalog->arena, sizeof *scene);
        *scene = (struct catalog_scene){records[i], listing, listing->season};
        catalog_grow(&catalog->arena, &writing->scenes, scene);
        if (listing->drama)
            catalog_grow(&catalog->arena, &((struct catalog_drama *)listing->drama)->scenes, scene);
    }
}

void catalog_settle_scenes(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->writings.count; i++) {
        struct catalog_writing *writing = (void *)draft->writings.items[i];
        const struct catalog_listing *const *listings = writing->listings.items;
        for (size_t j = 0; j < writing->listings.count; j++)
            add_scenes(catalog, writing, listings[j]);
        sort_scenes(&writing->scenes);
    }
    for (size_t i = 0; i < draft->dramas.count; i++)
        sort_scenes(&((struct catalog_drama *)draft->dramas.items[i])->scenes);
}
