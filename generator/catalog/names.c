/*
 * Which thing a name means.
 *
 *     "DOYOUNG" --+                      one key, one name
 *     "Doyoung" --+--> doyoung --+
 *                                +--> artist Doyoung      joined by a file, or by {name, native}
 *     "도영" ----------> 도영 ----+
 *
 * A name that files claim leads to the things of those files, of which there may be several: that is
 * no fault until somebody uses the bare name. Names that no file claims are joined as in union-find;
 * a pair of a claimed name and one that is not lends its things to the other. Joining comes before
 * lending, and lending passes nothing on, so that the order of the pairs decides nothing.
 */
#include "catalog/catalog_inside.h"

struct catalog_name {
    struct catalog_name *up; /* NULL: a root */
    struct catalog_thing **things;
    size_t count, capacity;
    struct text native; /* as the first pair told it */
    bool is_claimed;    /* by a file */
    bool is_named;      /* by a mention in the site */
    bool is_apart;      /* never joined: see catalog_keep_apart */
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
    index_init(&names->tracks_of_dramas, arena, scratch);
    for (int kind = 0; kind < CATALOG_TERM_KINDS; kind++)
        index_init(&names->terms[kind], arena, scratch);
    index_init(&names->writings, arena, scratch);
    map_init(&names->files, arena);
    map_init(&names->notes, arena);
    map_init(&names->attachments, arena);
    map_init(&names->assets, arena);
    map_init(&names->left_out, arena);
    map_init(&names->aside, arena);
}

static const struct catalog_name *root_of(const struct catalog_name *name)
{
    while (name->up)
        name = name->up;
    return name;
}

/* The same, and halves the way for the next one: only while the index is built, on one thread. */
static struct catalog_name *shorten(struct catalog_name *name)
{
    for (; name->up; name = name->up)
        if (name->up->up)
            name->up = name->up->up;
    return name;
}

struct text catalog_title_in_drama(
    struct arena *arena, const struct catalog_thing *drama, struct text title)
{
    char room[INTEGER_ROOM];
    const struct text parts[] = {text_of_integer(drama->number, room), TEXT(":"), title};
    return arena_join_all(arena, parts, BASE_COUNT(parts));
}

struct catalog_name *catalog_name(struct catalog_name_index *index, struct text key)
{
    struct catalog_name *name = map_get(&index->nodes, key);
    if (name)
        return name;
    return map_put(
        &index->nodes, arena_text(index->arena, key), arena_alloc(index->arena, sizeof *name));
}

static const struct catalog_name *find_name(
    const struct catalog_name_index *index, struct text text, struct arena *scratch)
{
    return text.at ? map_get(&index->nodes, unicode_key(scratch, text)) : NULL;
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
    if (name->count == 0) { /* most names have one */
        name->things = arena_array(index->arena, 1, sizeof *name->things);
        name->capacity = 1;
    }
    struct catalog_thing **slot =
        list_add(&name->things, &name->count, &name->capacity, index->arena, sizeof *slot);
    *slot = thing;
}

/* A thing claims all its names before the next one does, so a repeat can only be the last one: a
 * title like "Overture" may have very many. */
void catalog_claim_key(
    struct catalog_name_index *index, struct text key, struct catalog_thing *thing)
{
    struct catalog_name *found = shorten(catalog_name(index, key));
    if (found->count == 0 || found->things[found->count - 1] != thing)
        add_thing(index, found, thing);
    found->is_claimed = true;
}

void catalog_claim(struct catalog_name_index *index, struct text name, struct catalog_thing *thing)
{
    if (name.length)
        catalog_claim_key(index, unicode_key(index->scratch, name), thing);
}

void catalog_claim_once(
    struct catalog_name_index *index, struct text name, struct catalog_thing *thing)
{
    struct catalog_name *found = shorten(catalog_name(index, unicode_key(index->scratch, name)));
    if (!has_thing(found, thing))
        add_thing(index, found, thing);
    found->is_claimed = true;
}

bool catalog_note_named(struct catalog_name *name)
{
    bool was_named = name->is_named;
    name->is_named = true;
    return !was_named;
}

bool catalog_is_named(const struct catalog_name *name)
{
    return name->is_named || root_of(name)->is_claimed;
}

void catalog_keep_apart(struct catalog_name *name)
{
    name->is_apart = true;
}

bool catalog_is_joined(const struct catalog_name *a, const struct catalog_name *b)
{
    return root_of(a) == root_of(b);
}

void catalog_join(struct catalog_name *name, struct catalog_name *native, struct text spelled)
{
    struct catalog_name *a = shorten(name), *b = shorten(native);
    if (!a->native.at)
        a->native = b->native.at && !b->is_claimed && !a->is_apart ? b->native : spelled;
    if (a != b && !a->is_claimed && !b->is_claimed && !a->is_apart && !b->is_apart)
        b->up = a;
}

static void lend(
    struct catalog_name_index *index, const struct catalog_name *from, struct catalog_name *to)
{
    for (size_t i = 0; i < from->count; i++)
        if (!has_thing(to, from->things[i]))
            add_thing(index, to, from->things[i]);
}

void catalog_lend(
    struct catalog_name_index *index, struct catalog_name *name, struct catalog_name *native)
{
    struct catalog_name *a = shorten(name), *b = shorten(native);
    if (a->is_claimed && !b->is_claimed)
        lend(index, a, b);
    if (b->is_claimed && !a->is_claimed)
        lend(index, b, a);
}

/* What both bear; where there is no such thing, what either bears: then they contradict each other,
 * and there are several. */
static struct catalog_claims claimed_by_both(
    const struct catalog_name *a, const struct catalog_name *b, struct arena *scratch)
{
    struct catalog_claims claims = {0};
    claims.things = arena_array(scratch, a->count + b->count, sizeof *claims.things);
    for (size_t i = 0; i < a->count; i++)
        if (has_thing(b, a->things[i]))
            claims.things[claims.count++] = a->things[i];
    if (claims.count)
        return claims;
    memcpy(claims.things, a->things, a->count * sizeof *claims.things);
    memcpy(claims.things + a->count, b->things, b->count * sizeof *claims.things);
    claims.count = a->count + b->count;
    return claims;
}

struct catalog_claims catalog_claimed_by(
    const struct catalog_name *name, const struct catalog_name *native, struct arena *scratch)
{
    const struct catalog_name *a = name ? root_of(name) : NULL,
                              *b = native ? root_of(native) : NULL;
    if (a && a->count && b && b->count && a != b)
        return claimed_by_both(a, b, scratch);
    const struct catalog_name *one = a && a->count ? a : b;
    return one ? (struct catalog_claims){one->things, one->count} : (struct catalog_claims){0};
}

struct catalog_claims catalog_claimed(const struct catalog_name_index *index, struct text name,
    struct text native, struct arena *scratch)
{
    return catalog_claimed_by(
        find_name(index, name, scratch), find_name(index, native, scratch), scratch);
}

bool catalog_has_key(const struct catalog_name_index *index, struct text key)
{
    const struct catalog_name *name = map_get(&index->nodes, key);
    return name && root_of(name)->count > 0;
}

struct text catalog_native(const struct catalog_name *name)
{
    return root_of(name)->native;
}

/* ---- Files by their names ---------------------------------------------------------------------------------- */

static struct text without_folder(struct text path)
{
    size_t from = path.length;
    while (from > 0 && path.at[from - 1] != '/')
        from--;
    return text_slice(path, from, path.length);
}

void catalog_name_asset(struct catalog_names *names, struct catalog_asset *asset)
{
    struct text path = unicode_nfc(names->assets.arena, asset->path);
    map_put(&names->assets, path, asset);
    map_put(&names->attachments, without_folder(path), asset);
}

const struct catalog_asset *catalog_find_attachment(
    const struct catalog_names *names, struct text asked)
{
    return text_find_byte(asked, '/') < 0 ? map_get(&names->attachments, asked) : NULL;
}

/* The name of a file without its folder and its end. */
static struct text note_name(struct text path)
{
    struct text name = without_folder(path);
    return text_ends(name, ".md") ? text_slice(name, 0, name.length - strlen(".md")) : name;
}

void catalog_name_aside(struct catalog_names *names, struct text path)
{
    struct arena *arena = names->aside.arena;
    map_put(&names->aside, arena_text(arena, unicode_nfc(arena, path)), names);
    map_put(&names->aside, arena_text(arena, unicode_key(arena, note_name(path))), names);
}

bool catalog_is_aside(const struct catalog_names *names, struct text asked, struct arena *scratch)
{
    return map_get(&names->aside, asked) ||
           map_get(&names->aside, unicode_key(scratch, note_name(asked)));
}

void catalog_note_keys(const struct catalog_file *file, struct text path,
    struct text keys[CATALOG_NOTE_KEYS], struct arena *arena, struct arena *scratch)
{
    const struct text called[CATALOG_NOTE_KEYS] = {note_name(path), file->stem};
    for (size_t i = 0; i < CATALOG_NOTE_KEYS; i++)
        keys[i] = arena_text(arena, unicode_key(scratch, called[i]));
}

void catalog_name_file(struct catalog_names *names, struct text path,
    const struct text keys[CATALOG_NOTE_KEYS], struct catalog_file *file)
{
    struct arena *arena = names->notes.arena;
    for (size_t i = 0; i < CATALOG_NOTE_KEYS; i++) {
        struct catalog_note *note = arena_alloc(arena, sizeof *note), *first;
        *note = (struct catalog_note){.path = path, .file = file};
        first = map_put(&names->notes, keys[i], note);
        if (first == note || first->file == file)
            continue;
        note->next = first->next;
        first->next = note;
    }
}

/* Whether the path ends in the one asked for: "dramas/Goblin". */
static bool is_below(struct text path, struct text asked)
{
    struct text whole = text_slice(path, 0, path.length - strlen(".md"));
    if (text_ends(asked, ".md"))
        asked = text_slice(asked, 0, asked.length - strlen(".md"));
    if (asked.length >= whole.length)
        return false;
    struct text end = text_slice(whole, whole.length - asked.length, whole.length);
    return whole.at[whole.length - asked.length - 1] == '/' && text_equal(end, asked);
}

const struct catalog_file *catalog_find_note(
    const struct catalog_names *names, struct text asked, struct arena *scratch)
{
    const struct catalog_note *note =
        map_get(&names->notes, unicode_key(scratch, note_name(asked)));
    bool has_folder = text_find_byte(asked, '/') >= 0;
    while (note && has_folder && !is_below(note->path, asked))
        note = note->next;
    return note ? note->file : NULL;
}

/* ---- For other rooms --------------------------------------------------------------------------------------------- */

static const struct catalog_thing *first_of(struct catalog_claims claims)
{
    return claims.count ? claims.things[0] : NULL;
}

const struct catalog_thing *catalog_named(const struct catalog *catalog,
    const struct data_type *type, struct text name, struct arena *scratch)
{
    const struct catalog_name_index *index =
        type == &catalog_drama_type ? &catalog->names->dramas : &catalog->names->artists;
    return first_of(catalog_claimed(index, name, TEXT_NONE, scratch));
}

const struct catalog_thing *catalog_named_track(const struct catalog *catalog,
    const struct catalog_drama *drama, struct text title, struct arena *scratch)
{
    struct text name = catalog_title_in_drama(scratch, &drama->thing, title);
    return first_of(catalog_claimed(&catalog->names->tracks_of_dramas, name, TEXT_NONE, scratch));
}
