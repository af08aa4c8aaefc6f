/*
 * Which thing a name means.
 *
 *     "DOYOUNG" --+                      one key, one name
 *     "Doyoung" --+--> doyoung --+
 *                                +--> artist Doyoung      joined by a file, or by {name, native}
 *     "도영" ----------> 도영 ----+
 *
 * Names are joined as in union-find. A name that files claim leads to the things of those files, of
 * which there may be several: that is no fault until somebody uses the bare name.
 */
#include "catalog/catalog_inside.h"

struct catalog_name {
    struct catalog_name *up; /* NULL: a root */
    struct catalog_thing **things;
    size_t count, capacity;
    struct text native; /* as the first pair told it */
};

static void index_init(struct catalog_name_index *index, struct arena *arena, struct arena *scratch)
{
    map_init(&index->nodes, arena);
    index->arena = arena;
    index->scratch = scratch;
}

void catalog_names_init(struct catalog_names *names, struct arena *arena, struct arena *scratch)
{
    index_init(&names->dramas, arena, scratch);
    index_init(&names->artists, arena, scratch);
    index_init(&names->tracks, arena, scratch);
    index_init(&names->tags, arena, scratch);
    index_init(&names->writings, arena, scratch);
    map_init(&names->files, arena);
    map_init(&names->of_files, arena);
    map_init(&names->assets, arena);
    map_init(&names->left_out, arena);
}

static struct catalog_name *root_of(struct catalog_name *name)
{
    while (name->up)
        name = name->up;
    return name;
}

static struct catalog_name *add_name(struct catalog_name_index *index, struct text text)
{
    struct text key = unicode_key(index->scratch, text);
    struct catalog_name *name = map_get(&index->nodes, key);
    if (!name) {
        name = arena_alloc(index->arena, sizeof *name);
        map_put(&index->nodes, arena_text(index->arena, key), name);
    }
    return root_of(name);
}

static const struct catalog_name *find_name(
    const struct catalog_name_index *index, struct text text, struct arena *scratch)
{
    struct catalog_name *name = text.at ? map_get(&index->nodes, unicode_key(scratch, text)) : NULL;
    return name ? root_of(name) : NULL;
}

static bool has_thing(const struct catalog_name *name, const struct catalog_thing *thing)
{
    for (size_t i = 0; i < name->count; i++)
        if (name->things[i] == thing)
            return true;
    return false;
}

static void add_thing(
    struct catalog_name_index *index, struct catalog_name *name, struct catalog_thing *thing)
{
    if (has_thing(name, thing))
        return;
    struct catalog_thing **slot =
        list_add(&name->things, &name->count, &name->capacity, index->arena, sizeof *slot);
    *slot = thing;
}

void catalog_claim(struct catalog_name_index *index, struct text name, struct catalog_thing *thing)
{
    if (name.length)
        add_thing(index, add_name(index, name), thing);
}

void catalog_pair(struct catalog_name_index *index, struct text name, struct text native)
{
    if (!name.length || !native.length)
        return;
    struct catalog_name *a = add_name(index, name), *b = add_name(index, native);
    if (!a->native.at)
        a->native = native;
    if (a == b)
        return;
    if (a->count == 0 && b->count == 0)
        b->up = a;
    else if (a->count == 0 && b->count == 1)
        add_thing(index, a, b->things[0]);
    else if (a->count == 1 && b->count == 0)
        add_thing(index, b, a->things[0]);
}

struct catalog_claims catalog_claimed(const struct catalog_name_index *index, struct text name,
    struct text native, struct arena *scratch)
{
    const struct catalog_name *a = find_name(index, name, scratch);
    const struct catalog_name *b = find_name(index, native, scratch);
    struct catalog_claims claims = {0};
    if (!a || a->count == 0)
        a = b;
    if (!a)
        return claims;
    claims.things = arena_array(scratch, a->count, sizeof *claims.things);
    for (size_t i = 0; i < a->count; i++)
        if (!b || b->count == 0 || has_thing(b, a->things[i]))
            claims.things[claims.count++] = a->things[i];
    if (claims.count == 0) /* the two names belong to different things: let the caller say so */
        for (size_t i = 0; i < a->count; i++)
            claims.things[claims.count++] = a->things[i];
    return claims;
}

struct text catalog_native(
    const struct catalog_name_index *index, struct text name, struct arena *scratch)
{
    const struct catalog_name *found = find_name(index, name, scratch);
    return found ? found->native : TEXT_NONE;
}
