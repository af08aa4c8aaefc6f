/* Pictures in front matter: `cover: cover.jpg` beside the file, `cover: /img/signal.jpg` from the root
 * of content/. As the address that a page needs, or a message where there is no such file. */
#include "catalog/catalog_inside.h"

const struct catalog_asset *catalog_asset_at(const struct catalog *catalog,
    const struct catalog_file *file, struct text path, struct arena *scratch)
{
    if (text_starts(path, "/"))
        return map_get(&catalog->names->assets, arena_join(scratch, TEXT("content"), path));
    return catalog_follow(catalog, file, MARKDOWN_IMAGE, path, scratch).asset;
}

static int64_t pixels(unsigned number)
{
    return number ? (int64_t)number : DATA_NO_INTEGER;
}

static struct catalog_picture picture_of(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_thing *thing, const char *field, const struct schema_path *typed)
{
    static const struct catalog_picture none = {
        .width = DATA_NO_INTEGER, .height = DATA_NO_INTEGER};
    if (!typed->path.at || !thing->file)
        return none;
    const struct catalog_asset *asset =
        catalog_asset_at(catalog, thing->file, typed->path, &draft->scratch);
    arena_clear(&draft->scratch);
    if (asset)
        return (struct catalog_picture){catalog_asset_address(catalog, asset, &catalog->arena),
            pixels(asset->size.width), pixels(asset->size.height)};
    report_at(draft->report, REPORT_ERROR, schema_place(thing->file->path, typed->spot),
        "no such picture: '%s: %.*s'", field, TEXT_ARGS(typed->path));
    report_note(draft->report,
        "put it beside this file, or write its path from content/ with a '/' before it");
    return none;
}

void catalog_settle_pictures(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->writings.count; i++) {
        struct catalog_writing *writing = (void *)draft->writings.items[i];
        writing->cover =
            picture_of(catalog, draft, &writing->thing, "cover", &writing->record->cover);
    }
    for (size_t i = 0; i < draft->dramas.count; i++) {
        struct catalog_drama *drama = (void *)draft->dramas.items[i];
        drama->poster = picture_of(catalog, draft, &drama->thing, "poster", &drama->record->poster);
    }
    for (size_t i = 0; i < draft->artists.count; i++) {
        struct catalog_artist *artist = (void *)draft->artists.items[i];
        artist->photo = picture_of(catalog, draft, &artist->thing, "photo", &artist->record->photo);
    }
    for (size_t i = 0; i < draft->track_files.count; i++) {
        const struct catalog_track_file *own = draft->track_files.items[i];
        struct catalog_picture cover =
            picture_of(catalog, draft, &own->track->thing, "cover", &own->record->cover);
        if (own->track->page)
            ((struct catalog_track_page *)own->track->page)->cover = cover;
    }
}

static struct catalog_picture poster_of(const struct catalog_drama *drama)
{
    return drama ? drama->poster : (struct catalog_picture){0};
}

struct catalog_picture catalog_picture_of(const struct catalog_thing *thing)
{
    const void *whole = thing;
    if (thing->type == &catalog_writing_type) {
        const struct catalog_writing *writing = whole;
        return writing->cover.url.at ? writing->cover : poster_of(writing->drama);
    }
    if (thing->type == &catalog_track_type) {
        const struct catalog_track *track = whole;
        return track->page && track->page->cover.url.at ? track->page->cover
                                                        : poster_of(track->drama);
    }
    if (thing->type == &catalog_artist_type)
        return ((const struct catalog_artist *)whole)->photo;
    return poster_of(thing->type == &catalog_drama_type ? whole : NULL);
}
