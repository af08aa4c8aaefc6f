/* What the last build left of a site, looked at beside whatever the caller does meanwhile: what it remembered, and
 * how each of its files stands on the disk. */
#include "output_inside.h"

static void look_at_files(struct output_ahead *ahead)
{
    const struct map *files = &ahead->record.by_path;
    struct buffer path;
    buffer_init(&path);
    for (size_t i = 0; i < files->count; i++) {
        struct record_file *file = files->entries[i].value;
        file->stamp =
            made_stamp(ahead->site.disk, made_path(&path, ahead->folder, file->path), file->path);
    }
    buffer_release(&path);
}

static void look(void *context)
{
    struct output_ahead *ahead = context;
    const struct output_site *site = &ahead->site;
    ahead->result =
        record_read(&ahead->record, site->disk, site->memory, ahead->folder, &ahead->arena);
    if (ahead->record.state != RECORD_COMPLETE)
        return;
    made_read(&ahead->made, site, ahead->folder, &ahead->arena);
    if (ahead->made.count)
        look_at_files(ahead);
}

struct output_ahead *output_look_ahead(const struct output_site *site)
{
    struct output_ahead *ahead = base_alloc(sizeof *ahead);
    *ahead = (struct output_ahead){.site = *site};
    arena_init(&ahead->arena);
    ahead->folder = output_plain_folder(&ahead->arena, site->folder);
    ahead->task = task_start(look, ahead);
    return ahead;
}

void ahead_wait(struct output_ahead *ahead)
{
    task_end(ahead->task);
    ahead->task = NULL;
}

void output_end_ahead(struct output_ahead *ahead)
{
    if (!ahead)
        return;
    ahead_wait(ahead);
    made_release(&ahead->made);
    arena_release(&ahead->arena);
    base_free(ahead);
}
