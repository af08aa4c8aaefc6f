/* Feeds of single things: of a drama, an artist, a tag, an author and a series, where the blog wants them. */
#include "catalog/catalog_inside.h"

const struct data_array *catalog_writings_of(const struct catalog_thing *thing)
{
    if (thing->type == &catalog_drama_type)
        return &((const struct catalog_drama *)(const void *)thing)->writings;
    if (thing->type == &catalog_artist_type)
        return &((const struct catalog_artist *)(const void *)thing)->writings;
    if (thing->type == &catalog_term_type)
        return &((const struct catalog_term *)(const void *)thing)->writings;
    if (thing->type == &catalog_series_type)
        return &((const struct catalog_series *)(const void *)thing)->writings;
    return thing->type == &catalog_site_type
               ? &((const struct catalog_site *)(const void *)thing)->writings
               : NULL;
}

struct text catalog_feed_url(
    const struct catalog *catalog, const struct catalog_thing *thing, struct arena *arena)
{
    const struct data_array *writings = catalog_writings_of(thing);
    bool has_feed =
        writings && writings->count &&
        (thing->type == &catalog_site_type || catalog->request.settings->feeds == SCHEMA_FEEDS_ALL);
    return has_feed ? catalog_file_below(arena, thing->url, "feed.xml") : TEXT_NONE;
}

struct data_value catalog_compute_feed(const void *thing, struct data_run *run)
{
    const struct catalog_run *catalog = run->context;
    struct text url = catalog_feed_url(catalog->catalog, thing, run->scratch);
    return url.at ? data_text(url) : data_none();
}
