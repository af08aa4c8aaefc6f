/*
 * What of a file decides more than its own text: which things there are, how they are linked, and what
 * their fields show. Where the shape of the whole catalog is that of another build with the same settings,
 * the same things have the same numbers, and only those whose own text has changed show anything else.
 *
 *     shape    path, front matter, where the links of the text lead to, its headings
 *     text     the body's bytes, the comments
 */
#include "catalog/catalog_inside.h"

uint64_t catalog_shape_of(const struct catalog_file *file, struct text front)
{
    const struct markdown_scan *scan = &file->scan;
    uint64_t shape = hash_more(hash_text(file->path), front);
    for (size_t i = 0; i < scan->link_count; i++)
        shape = hash_more(hash_number(shape, scan->links[i].kind), scan->links[i].target);
    shape = hash_number(shape, scan->link_count);
    for (size_t i = 0; i < scan->heading_count; i++)
        shape = hash_more(shape, scan->headings[i].id);
    return hash_number(shape, scan->heading_count);
}

static uint64_t add_status(uint64_t so_far, const struct disk_status *status)
{
    so_far = hash_number(hash_number(so_far, status->bytes), (uint64_t)status->touched_ns);
    return hash_number(so_far, status->identity);
}

uint64_t catalog_shape(const struct catalog *catalog)
{
    uint64_t shape = hash_number(catalog->thing_count, catalog->file_count);
    for (size_t i = 0; i < catalog->file_count; i++) {
        const struct catalog_file *file = &catalog->files[i];
        shape = hash_number(hash_number(shape, file->shape), file->thing != NULL);
    }
    for (size_t i = 0; i < catalog->asset_count; i++) {
        const struct catalog_asset *asset = &catalog->assets[i];
        shape = add_status(hash_more(shape, asset->path), &asset->status);
        shape = hash_number(hash_number(shape, asset->size.width), asset->size.height);
    }
    return shape;
}

uint64_t catalog_text(const struct catalog_file *file)
{
    return hash_number(file->body_hash, file->comments ? file->comments->hash : 0);
}
