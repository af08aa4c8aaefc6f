/*
 * How large the pictures in content/ are, so that a page does not jump when they come.
 *
 * A picture is read once, and then known by what the disk says of its file. What is known goes to whoever asked
 * for the catalog, as text for the next time:
 *
 *     liner picture record 1
 *     check 5f0a3c19d2b4e687                      the hash of everything below
 *     1600 900 48213 1698300000000000000 77 content/reviews/door.jpg
 *     ...                                         width, height; bytes, time, identity; path
 */
#include "catalog/catalog_inside.h"

#include <inttypes.h>

#define FIRST_LINE "liner picture record 1"

/* What takes more than that is no picture for a page. */
enum { MOST_BYTES = 256 << 20 };

struct measuring {
    struct catalog *catalog;
    struct picture_library *library;
    struct catalog_asset **assets; /* those that are not known yet */
    size_t count;
};

/* ---- What is known ------------------------------------------------------------------------------------------ */

/* "1600 900 48213 1698300000000000000 77 " before the path. */
static struct text line_of(const struct catalog_asset *asset, struct arena *arena)
{
    const struct disk_status *status = &asset->status;
    return arena_format(arena, "%u %u %" PRIu64 " %" PRId64 " %" PRIu64 " %.*s", asset->size.width,
        asset->size.height, status->bytes, status->touched_ns, status->identity,
        TEXT_ARGS(asset->path));
}

/* The size that a line tells, and where its path starts; 0 when it is none. */
static int read_line(struct text line, struct picture_size *size, struct disk_status *status)
{
    int length = 0;
    if (sscanf(line.at, "%u %u %" SCNu64 " %" SCNd64 " %" SCNu64 " %n", &size->width, &size->height,
            &status->bytes, &status->touched_ns, &status->identity, &length) != 5)
        return 0;
    return length;
}

static void take_known(struct catalog *catalog, struct arena *lists)
{
    struct text line, rest = text_unsealed(catalog->request.known_pictures, FIRST_LINE);
    struct map assets;
    map_init(&assets, lists);
    for (size_t i = 0; rest.length && i < catalog->asset_count; i++)
        map_put(&assets, catalog->assets[i].path, &catalog->assets[i]);
    while (text_line(&rest, &line)) {
        struct picture_size size;
        struct disk_status status;
        int length = read_line(line, &size, &status);
        struct catalog_asset *asset =
            length ? map_get(&assets, text_slice(line, (size_t)length, line.length)) : NULL;
        if (asset && asset->status.bytes == status.bytes &&
            asset->status.touched_ns == status.touched_ns &&
            asset->status.identity == status.identity) {
            asset->size = size;
            asset->is_measured = true;
        }
    }
}

static void keep_known(struct catalog *catalog, struct arena *scratch)
{
    struct buffer lines, all;
    buffer_init(&lines);
    buffer_init(&all);
    for (size_t i = 0; i < catalog->asset_count; i++) {
        const struct catalog_asset *asset = &catalog->assets[i];
        if (!asset->is_measured || text_find_byte(asset->path, '\n') >= 0 ||
            !disk_is_settled(&asset->status, catalog->request.opened_ns))
            continue;
        buffer_add(&lines, line_of(asset, scratch));
        buffer_add_byte(&lines, '\n');
        arena_clear(scratch);
    }
    if (lines.length)
        buffer_add_sealed(&all, FIRST_LINE, buffer_text(&lines));
    catalog->known_pictures = arena_text(&catalog->arena, buffer_text(&all));
    buffer_release(&lines);
    buffer_release(&all);
}

/* ---- What is not --------------------------------------------------------------------------------------------- */

static void measure(void *context, size_t index, struct catalog_worker *worker)
{
    const struct measuring *measuring = context;
    const struct disk *disk = measuring->catalog->request.disk;
    struct catalog_asset *asset = measuring->assets[index];
    buffer_clear(&worker->bytes);
    if (disk->read(disk, asset->path.at, MOST_BYTES, &worker->bytes) == DISK_DONE)
        asset->size = picture_measure(measuring->library, buffer_text(&worker->bytes));
    asset->is_measured = true;
}

void catalog_measure_pictures(struct catalog *catalog, struct catalog_draft *draft)
{
    struct measuring measuring = {.catalog = catalog};
    if (!catalog->request.measures_pictures || !picture_is_built_in())
        return;
    take_known(catalog, &draft->lists);
    measuring.assets = arena_array(&draft->lists, catalog->asset_count, sizeof *measuring.assets);
    for (size_t i = 0; i < catalog->asset_count; i++)
        if (!catalog->assets[i].is_measured && picture_has_name(catalog->assets[i].path))
            measuring.assets[measuring.count++] = &catalog->assets[i];
    if (measuring.count)
        measuring.library = picture_open();
    if (measuring.library)
        catalog_parallel(catalog, draft, measuring.count, measure, &measuring);
    picture_close(measuring.library);
    keep_known(catalog, &draft->scratch);
}
