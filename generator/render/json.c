/* Writing JSON: an object that is filled name by name. */
#include "render/render_inside.h"

struct render_object render_object_new(struct render_worker *worker)
{
    return (struct render_object){worker, data_map_new(&worker->scratch)};
}

void render_object_set(struct render_object *object, const char *name, struct data_value value)
{
    data_map_set(&object->worker->scratch, object->map.as.map, data_text(text_of(name)), value);
}

void render_object_text(struct render_object *object, const char *name, struct text text)
{
    if (text.at)
        render_object_set(object, name, data_text(text));
}

void render_object_address(struct render_object *object, const char *name, struct text url)
{
    struct buffer full;
    buffer_init(&full);
    render_full_address(object->worker->render, &full, url);
    render_object_text(object, name, arena_text(&object->worker->scratch, buffer_text(&full)));
    buffer_release(&full);
}
