/*
 * What no build stumbles over, and a reader would.
 *
 *     [about](/abuot/)            an address of the site at which nothing stands
 *     ![](walkie-talkie.jpg)      a picture that says nothing to those who can't see it
 *     cover: signal.jpg           likewise, without a cover_alt
 *     content/reviews/old.jpg     a file that no text shows
 *     Park Borum                  nearly an artist's name: near.c
 */
#include "catalog/catalog_inside.h"

#include <stddef.h>

struct check {
    const struct catalog *catalog;
    const struct catalog_addresses *addresses;
    struct arena *arena;
    struct report *report;
    bool is_whole;   /* every file could be read: else what is missing may be missing for that */
    struct map used; /* paths below the site, of what texts link to and show */
    struct catalog_source source;
};

/* The picture that a record may name, by the kind of its file. */
static const struct {
    size_t picture, alt;
    const char *name;
} pictures[SCHEMA_KIND_COUNT] = {
    [SCHEMA_WRITINGS] = {offsetof(struct schema_writing, cover),
        offsetof(struct schema_writing, cover_alt), "cover"},
    [SCHEMA_DRAMAS] = {offsetof(struct schema_drama, poster),
        offsetof(struct schema_drama, poster_alt), "poster"},
    [SCHEMA_ARTISTS] = {offsetof(struct schema_artist, photo),
        offsetof(struct schema_artist, photo_alt), "photo"},
    [SCHEMA_TRACKS] = {offsetof(struct schema_track_file, cover),
        offsetof(struct schema_track_file, cover_alt), "cover"},
};

/* ---- Addresses of the site ----------------------------------------------------------------------------- */

bool catalog_is_own_address(const struct schema_settings *settings, struct text address,
    struct arena *arena, struct text *path, struct text *heading)
{
    struct text site = settings->url;
    while (text_ends(site, "/"))
        site.length--;
    bool is_full = address.length > site.length && address.at[site.length] == '/' &&
                   text_equal(text_slice(address, 0, site.length), site);
    if (is_full)
        address = text_slice(address, site.length, address.length);
    if (!text_starts(address, "/") || text_starts(address, "//"))
        return false;
    ptrdiff_t hash = text_find_byte(address, '#');
    *heading = hash < 0 ? TEXT_NONE
                        : catalog_percent_decoded(
                              text_slice(address, (size_t)hash + 1, address.length), arena);
    address.length = hash < 0 ? address.length : (size_t)hash;
    ptrdiff_t query = text_find_byte(address, '?');
    address.length = query < 0 ? address.length : (size_t)query;
    *path = catalog_percent_decoded(text_slice(address, 1, address.length), arena);
    return true;
}

static bool has_heading(const struct catalog_file *file, struct text id)
{
    for (size_t i = 0; i < file->scan.heading_count; i++)
        if (text_equal(file->scan.headings[i].id, id))
            return true;
    return false;
}

/* Only of these pages are all headings the writer's. */
static bool may_lack_heading(const struct catalog_thing *thing)
{
    return thing && thing->file &&
           (thing->file->kind == SCHEMA_WRITINGS || thing->file->kind == SCHEMA_PAGES);
}

static struct place place_of(
    struct check *check, const struct catalog_file *file, const struct markdown_scan_link *link)
{
    return catalog_link_place(check->catalog, file, &check->source, link, check->arena);
}

static void check_address(
    struct check *check, const struct catalog_file *file, const struct markdown_scan_link *link)
{
    const struct schema_settings *settings = check->catalog->request.settings;
    const struct catalog_thing *thing = NULL;
    struct text path, heading;
    if (!catalog_is_own_address(settings, link->target, check->arena, &path, &heading))
        return;
    map_put(&check->used, path, check);
    if (!file->thing || !check->is_whole)
        return;
    if (!check->addresses->leads(check->addresses->context, path, &thing))
        report_at(check->report, REPORT_ERROR, place_of(check, file, link),
            "nothing on this site is at '%.*s'", TEXT_ARGS(link->target));
    else if (heading.length && may_lack_heading(thing) && !has_heading(thing->file, heading))
        report_at(check->report, REPORT_ERROR, place_of(check, file, link),
            "no heading '#%.*s' in %.*s", TEXT_ARGS(heading), TEXT_ARGS(thing->file->path));
}

/* ---- Texts --------------------------------------------------------------------------------------------- */

static void note_used(struct check *check, const struct catalog_asset *asset)
{
    if (asset)
        map_put(&check->used, asset->url, check);
}

static void check_link(
    struct check *check, const struct catalog_file *file, const struct markdown_scan_link *link)
{
    bool is_path = link->kind == MARKDOWN_LINK || link->kind == MARKDOWN_IMAGE;
    struct catalog_target target =
        catalog_follow(check->catalog, file, link->kind, link->target, check->arena);
    note_used(check, target.asset);
    if (is_path || link->kind == MARKDOWN_ADDRESS)
        check_address(check, file, link);
    if (!link->lacks_alt || !file->thing)
        return;
    report_at(check->report, REPORT_WARNING, place_of(check, file, link),
        "this picture has no words for those who can't see it");
    report_note(
        check->report, "say what it shows: ![a walkie-talkie](%.*s)", TEXT_ARGS(link->target));
}

static void check_picture(struct check *check, const struct catalog_file *file)
{
    const char *record = file->record, *name = pictures[file->kind].name;
    if (!record || !name)
        return;
    const struct schema_path *picture = (const void *)(record + pictures[file->kind].picture);
    const struct text *alt = (const void *)(record + pictures[file->kind].alt);
    if (!picture->path.at)
        return;
    const struct catalog_asset *asset =
        catalog_asset_at(check->catalog, file, picture->path, check->arena);
    note_used(check, asset);
    if (alt->at || !file->thing || !asset)
        return;
    report_at(check->report, REPORT_WARNING, schema_place(file->path, picture->spot),
        "this picture has no words for those who can't see it");
    report_note(check->report, "say what it shows: %s_alt: a walkie-talkie", name);
}

static void check_recording(struct check *check, const struct catalog_file *file)
{
    const struct schema_writing *record = file->kind == SCHEMA_WRITINGS ? file->record : NULL;
    if (!record || !record->audio.path.at)
        return;
    note_used(check, catalog_asset_at(check->catalog, file, record->audio.path, check->arena));
}

static void check_file(struct check *check, const struct catalog_file *file)
{
    check_picture(check, file);
    check_recording(check, file);
    for (size_t i = 0; i < file->scan.link_count; i++)
        check_link(check, file, &file->scan.links[i]);
}

/* ---- Files that nothing shows ---------------------------------------------------------------------------- */

/* Whether it lies with what is written: what lies elsewhere (a favicon, a CNAME) is there for others. */
static bool lies_with_texts(const struct catalog_asset *asset)
{
    for (int kind = 0; kind < SCHEMA_KIND_COUNT; kind++) {
        struct text folder = text_of(schema_kinds[kind].folder);
        if (text_starts(asset->url, folder.at) && asset->url.length > folder.length &&
            asset->url.at[folder.length] == '/')
            return true;
    }
    return false;
}

static void check_assets(struct check *check)
{
    for (size_t i = 0; i < check->catalog->asset_count; i++) {
        const struct catalog_asset *asset = &check->catalog->assets[i];
        if (!lies_with_texts(asset) || map_get(&check->used, asset->url))
            continue;
        report_at(check->report, REPORT_WARNING, (struct place){.file = asset->path},
            "no text shows this file or links to it");
    }
}

void catalog_check(const struct catalog *catalog, const struct catalog_addresses *addresses,
    struct arena *arena, struct report *report)
{
    struct check check = {catalog, addresses, arena, report, .is_whole = catalog_is_whole(catalog)};
    map_init(&check.used, arena);
    for (size_t i = 0; i < catalog->file_count; i++)
        check_file(&check, &catalog->files[i]);
    if (check.is_whole)
        check_assets(&check);
    catalog_check_names(catalog, check.is_whole, arena, report);
    buffer_release(&check.source.body);
}
