/*
 * Tracks in groups: those that a writer made, else the parts in which a soundtrack came out.
 *
 *     writing   group: Hidden gems        its groups, in the order of its list
 *               part: Part 1 ... Part 2   the parts, where each stands in one piece: a list in another
 *                                         order (the best first) stays as it is
 *     drama     the parts of all its tracks, season by season: by number, then those with a name alone
 *               ("Full album"), then tracks of no part
 *
 * "Part 3", "part.3", "OST Part 3" and "3" are one.
 */
#include "catalog/catalog_inside.h"

#include <stdlib.h>

/* ---- What a part is called ------------------------------------------------------------------------ */

struct part {
    struct text key; /* empty: of no part */
    int64_t number;  /* DATA_NO_INTEGER: a name alone */
    int64_t season;
    struct text text;
    struct data_date released;
};

static bool drop(struct text *text, const char *prefix)
{
    if (!text_starts(*text, prefix))
        return false;
    *text = text_slice(*text, strlen(prefix), text->length);
    return true;
}

/* DATA_NO_INTEGER where it is no short number. */
static int64_t short_number(struct text digits)
{
    int64_t number = 0;
    if (digits.length == 0 || digits.length > 4)
        return DATA_NO_INTEGER;
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9')
            return DATA_NO_INTEGER;
        number = number * 10 + (digits.at[i] - '0');
    }
    return number;
}

static struct part part_of(struct arena *scratch, struct text text)
{
    struct part part = {.text = text, .number = DATA_NO_INTEGER, .season = DATA_NO_INTEGER};
    if (!text.at)
        return part;
    struct text rest = part.key = unicode_key(scratch, text);
    drop(&rest, "ost");
    (void)(drop(&rest, "part") || drop(&rest, "pt") || drop(&rest, "파트"));
    part.number = short_number(rest);
    if (part.number != DATA_NO_INTEGER)
        part.key = arena_format(scratch, "%lld", (long long)part.number);
    return part;
}

bool catalog_is_one_part(struct arena *scratch, struct text a, struct text b)
{
    return text_equal(part_of(scratch, a).key, part_of(scratch, b).key);
}

/* ---- Groups ------------------------------------------------------------------------------------------ */

static struct catalog_track_group *add_group(struct arena *arena, struct data_array *groups)
{
    struct catalog_track_group *group = arena_alloc(arena, sizeof *group);
    group->number = group->season = DATA_NO_INTEGER;
    catalog_grow(arena, groups, group);
    return group;
}

static struct catalog_track_group *add_part(
    struct arena *arena, struct data_array *groups, const struct part *part)
{
    struct catalog_track_group *group = add_group(arena, groups);
    group->part = part->text;
    group->number = part->number;
    group->season = part->season;
    group->released = part->released;
    return group;
}

/* The day that all of them share that have one; none where they differ. */
static void add_day(struct catalog_track_group *group, struct data_date day)
{
    if (!day.month || group->has_several_days)
        return;
    group->has_several_days = group->released.month && data_date_compare(day, group->released) != 0;
    group->released = group->has_several_days ? (struct data_date){0} : day;
}

/* ---- A writing's -------------------------------------------------------------------------------------- */

static const struct schema_track *record_at(const struct catalog_writing *writing, size_t index)
{
    return ((const struct catalog_listing *const *)writing->listings.items)[index]->record;
}

static void *listing_at(const struct catalog_writing *writing, size_t index)
{
    return (void *)((const struct catalog_listing *const *)writing->listings.items)[index];
}

static void group_as_written(struct catalog_worker *worker, struct catalog_writing *writing)
{
    struct catalog_track_group *group = NULL;
    for (size_t i = 0; i < writing->listings.count; i++) {
        struct text title = record_at(writing, i)->more->group;
        if (!group || !text_equal(title, group->title)) {
            group = add_group(worker->arena, &writing->groups);
            group->title = title;
        }
        catalog_grow(worker->arena, &group->tracks, listing_at(writing, i));
    }
}

/* Whether each part stands in one piece. */
static bool is_in_runs(struct catalog_worker *worker, const struct part *parts, size_t count)
{
    struct map seen;
    map_init(&seen, &worker->scratch);
    for (size_t i = 0; i < count; i++) {
        bool starts = i == 0 || !text_equal(parts[i].key, parts[i - 1].key);
        if (starts && map_put(&seen, parts[i].key, (void *)&parts[i]) != &parts[i])
            return false;
    }
    return true;
}

static void group_by_part(struct catalog_worker *worker, struct catalog_writing *writing)
{
    size_t count = writing->listings.count;
    struct part *parts = arena_array(&worker->scratch, count, sizeof *parts);
    struct catalog_track_group *group = NULL;
    for (size_t i = 0; i < count; i++) {
        parts[i] = part_of(&worker->scratch, record_at(writing, i)->more->part);
        parts[i].released = record_at(writing, i)->more->released;
    }
    if (!is_in_runs(worker, parts, count))
        return;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !text_equal(parts[i].key, parts[i - 1].key))
            group = add_part(worker->arena, &writing->groups, &parts[i]);
        add_day(group, parts[i].released);
        catalog_grow(worker->arena, &group->tracks, listing_at(writing, i));
    }
}

static void group_writing(void *context, size_t index, struct catalog_worker *worker)
{
    const struct catalog_list *writings = context;
    struct catalog_writing *writing = (void *)writings->items[index];
    bool has_group = false, has_part = false;
    for (size_t i = 0; i < writing->listings.count; i++) {
        has_group |= record_at(writing, i)->more->group.at != NULL;
        has_part |= record_at(writing, i)->more->part.at != NULL;
    }
    if (has_group)
        group_as_written(worker, writing);
    else if (has_part && writing->dramas.count == 1)
        group_by_part(worker, writing);
    arena_clear(&worker->scratch);
}

/* ---- A drama's ---------------------------------------------------------------------------------------- */

struct parted {
    struct part part;
    const struct catalog_track *track;
    size_t position;
};

/* As its file says, or the oldest writing that says anything. */
static void tell_part(struct arena *scratch, struct parted *parted)
{
    const struct catalog_listing *const *listings = parted->track->listings.items;
    bool has_file = parted->track->thing.file != NULL;
    struct text part = has_file ? parted->track->record->more->part : TEXT_NONE;
    struct data_date released =
        has_file ? parted->track->record->more->released : (struct data_date){0};
    for (size_t i = parted->track->listings.count; i > 0; i--) {
        const struct schema_track *record = listings[i - 1]->record;
        part = part.at ? part : record->more->part;
        released = released.month ? released : record->more->released;
    }
    parted->part = part_of(scratch, part);
    parted->part.released = released;
    parted->part.season = parted->track->season;
}

static int compare_integers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* 0: a number, 1: a name, 2: neither. */
static int rank_of(const struct part *part)
{
    return part->number != DATA_NO_INTEGER ? 0 : part->key.length ? 1 : 2;
}

static int compare_parted(const void *left, const void *right)
{
    const struct parted *a = left, *b = right;
    int order = compare_integers(a->part.season, b->part.season);
    if (!order)
        order = rank_of(&a->part) - rank_of(&b->part);
    if (!order)
        order = compare_integers(a->part.number, b->part.number);
    if (!order)
        order = text_compare(a->part.key, b->part.key);
    return order ? order : (a->position > b->position) - (a->position < b->position);
}

static bool is_one_part(const struct part *a, const struct part *b)
{
    return a->season == b->season && text_equal(a->key, b->key);
}

static bool has_several_seasons(const struct parted *tracks, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (tracks[i].part.season != tracks[0].part.season)
            return true;
    return false;
}

static void group_drama(void *context, size_t index, struct catalog_worker *worker)
{
    const struct catalog_list *dramas = context;
    struct catalog_drama *drama = (void *)dramas->items[index];
    size_t count = drama->tracks.count;
    struct parted *tracks = arena_array(&worker->scratch, count, sizeof *tracks);
    struct catalog_track_group *group = NULL;
    bool has_part = false;
    for (size_t i = 0; i < count; i++) {
        tracks[i].track = ((const struct catalog_track *const *)drama->tracks.items)[i];
        tracks[i].position = i;
        tell_part(&worker->scratch, &tracks[i]);
        has_part |= tracks[i].part.key.length > 0;
    }
    bool has_seasons = has_several_seasons(tracks, count);
    for (size_t i = 0; i < count && !has_seasons; i++)
        tracks[i].part.season = DATA_NO_INTEGER;
    if (has_part)
        qsort(tracks, count, sizeof *tracks, compare_parted);
    for (size_t i = 0; i < count && has_part; i++) {
        if (i == 0 || !is_one_part(&tracks[i].part, &tracks[i - 1].part))
            group = add_part(worker->arena, &drama->parts, &tracks[i].part);
        add_day(group, tracks[i].part.released);
        catalog_grow(worker->arena, &group->tracks, tracks[i].track);
    }
    arena_clear(&worker->scratch);
}

void catalog_group_tracks(struct catalog *catalog, struct catalog_draft *draft)
{
    catalog_parallel(catalog, draft, draft->writings.count, group_writing, &draft->writings);
    catalog_parallel(catalog, draft, draft->dramas.count, group_drama, &draft->dramas);
}
