/* Which writings and dramas have a playlist: those with a track that can be heard somewhere. */
#include "catalog/catalog_inside.h"

static struct text address_of(struct catalog *catalog, const struct catalog_thing *thing)
{
    return catalog_file_below(&catalog->arena, thing->url, "playlist.xspf");
}

static void settle_drama(struct catalog *catalog, const struct catalog_drama *drama)
{
    if (drama && !drama->playlist_url.at)
        ((struct catalog_drama *)drama)->playlist_url = address_of(catalog, &drama->thing);
}

static void settle_writing(struct catalog *catalog, struct catalog_writing *writing)
{
    const struct catalog_listing *const *listings = writing->listings.items;
    for (size_t i = 0; i < writing->listings.count; i++) {
        if (!schema_is_heard(listings[i]->record))
            continue;
        settle_drama(catalog, listings[i]->drama);
        if (!writing->playlist_url.at)
            writing->playlist_url = address_of(catalog, &writing->thing);
    }
}

void catalog_settle_playlists(struct catalog *catalog, struct catalog_draft *draft)
{
    if (!catalog->request.settings->playlists)
        return;
    for (size_t i = 0; i < draft->writings.count; i++)
        settle_writing(catalog, (void *)draft->writings.items[i]);
    for (size_t i = 0; i < draft->track_files.count; i++) {
        const struct catalog_track_file *own = draft->track_files.items[i];
        if (schema_is_heard(&own->record->track))
            settle_drama(catalog, own->track->drama);
    }
}
