/*
 * Which tracks have a page of their own, and where:
 *
 *     /tracks/goblin-stay-with-me/        DRAMA-TITLE; for a track with a file the file's name
 *     /tracks/signal-overture-season-2/   -season-N, else -ARTIST, else a number, only where the drama has an
 *                                         older track of that title
 *
 * By the setting `track_pages`: auto gives one to what has a file or stands in two writings or more.
 */
#include "catalog/catalog_inside.h"

bool catalog_has_track_pages(const struct catalog *catalog)
{
    return catalog->request.settings->track_pages != SCHEMA_TRACK_PAGES_NONE;
}

static const struct catalog_listing *const *listings_of(const struct catalog_track *track)
{
    return track->listings.items;
}

/* One writing's listings stand side by side. */
static bool has_page(const struct catalog *catalog, const struct catalog_track *track)
{
    size_t count = track->listings.count;
    return catalog->request.settings->track_pages == SCHEMA_TRACK_PAGES_ALL || track->thing.file ||
           (count > 1 && listings_of(track)[0]->writing != listings_of(track)[count - 1]->writing);
}

/* ---- Addresses -------------------------------------------------------------------------------------- */

static struct text in_two(struct arena *arena, struct text first, struct text second)
{
    const struct text parts[] = {first, TEXT(" "), second};
    return arena_join_all(arena, parts, BASE_COUNT(parts));
}

/* "goblin stay-with-me": the name of its line on its drama's page, of which there is only one; whether others of its
 * title have a page changes nothing. Without a drama -ARTIST tells it from an older one. */
static struct text name_of(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_track *track)
{
    const struct catalog_artist *const *artists = track->artists.items;
    struct text name = track->thing.slug;
    if (track->drama)
        return in_two(&draft->scratch, track->drama->thing.slug, name);
    bool is_taken = catalog_is_taken(catalog, draft, SCHEMA_ADDRESS_TRACK, name);
    return is_taken && track->artists.count ? in_two(&draft->scratch, name, artists[0]->thing.slug)
                                            : name;
}

static void settle_address(
    struct catalog *catalog, struct catalog_draft *draft, struct catalog_track *track)
{
    const struct catalog_listing *oldest = listings_of(track)[track->listings.count - 1];
    struct catalog_track_page *page = (struct catalog_track_page *)track->page;
    struct text line = track->thing.slug;
    catalog_settle_named(
        catalog, draft, &track->thing, SCHEMA_ADDRESS_TRACK, name_of(catalog, draft, track));
    page->slug = track->thing.slug;
    track->thing.slug = line;
    track->thing.named_in = oldest->writing->thing.file;
    track->thing.named_at = oldest->record->spot;
    arena_clear(&draft->scratch);
}

/* ---- What the page shows ---------------------------------------------------------------------------- */

/* As the newest writing says that tells what each does. */
static struct data_array performers_of(const struct catalog_track *track)
{
    for (size_t i = 0; i < track->listings.count; i++)
        if (listings_of(track)[i]->more->performers.count)
            return listings_of(track)[i]->more->performers;
    return (struct data_array){0};
}

static struct catalog_track_page *make_page(struct catalog *catalog, struct catalog_track *track)
{
    struct catalog_track_page *page = arena_alloc(&catalog->arena, sizeof *page);
    page->performers = performers_of(track);
    track->page = page;
    return page;
}

static void make_page_of_file(struct catalog *catalog, const struct catalog_track_file *own)
{
    struct catalog_track_page *page = make_page(catalog, own->track);
    const struct schema_track_file *record = own->record;
    page->slug = own->slug;
    page->summary = record->summary;
    page->cover_alt = record->cover_alt;
    page->aliases = record->aliases;
    page->links = record->links;
    if (own->performers.count)
        page->performers = own->performers;
}

/* What any writing tells of it, the oldest first; its record is the oldest's so far. */
static void add_facts(struct catalog *catalog, struct catalog_track *track)
{
    struct schema_track *record = schema_copy_track(track->record, &catalog->arena);
    for (size_t i = track->listings.count; i > 0; i--)
        schema_add_facts(record, listings_of(track)[i - 1]->record, &catalog->arena);
    track->record = record;
}

/* ---- The way from one to the next ------------------------------------------------------------------- */

/* Takes the next track of the drama: `last` is the last one with a page. */
static void go_on(struct catalog_track *track, struct catalog_track **last)
{
    if (!track->page)
        return;
    if (*last) {
        ((struct catalog_track_page *)track->page)->previous = *last;
        ((struct catalog_track_page *)(*last)->page)->next = track;
    }
    *last = track;
}

static void go_through(const struct data_array *tracks, struct catalog_track **last)
{
    for (size_t i = 0; i < tracks->count; i++)
        go_on(((struct catalog_track *const *)tracks->items)[i], last);
}

/* As the drama's page lists them: by parts, where it has any. */
static void tie_neighbours(const struct catalog_drama *drama)
{
    const struct catalog_track_group *const *parts = drama->parts.items;
    struct catalog_track *last = NULL;
    for (size_t i = 0; i < drama->parts.count; i++)
        go_through(&parts[i]->tracks, &last);
    if (!drama->parts.count)
        go_through(&drama->tracks, &last);
}

void catalog_settle_track_pages(struct catalog *catalog, struct catalog_draft *draft)
{
    if (!catalog_has_track_pages(catalog))
        return;
    for (size_t i = 0; i < draft->track_files.count; i++)
        make_page_of_file(catalog, draft->track_files.items[i]);
    for (size_t i = 0; i < draft->tracks.count; i++) {
        struct catalog_track *track = (void *)draft->tracks.items[i];
        if (track->page || !has_page(catalog, track))
            continue;
        make_page(catalog, track);
        add_facts(catalog, track);
        settle_address(catalog, draft, track);
    }
    for (size_t i = 0; i < draft->dramas.count; i++)
        tie_neighbours(draft->dramas.items[i]);
}
