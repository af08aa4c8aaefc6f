/*
 * Near names: two things that are likely one, misspelt.
 *
 *     Park Boram, Park Bo-ram      one key, one artist: nothing to say
 *     Park Boram, Park Borum       one letter apart, from 6 letters on: a warning
 *     Reply 1988, Reply 1994       numbers are no slips; nor are "Overture II" and "Overture III"
 *
 * Nothing is said of two that have files, that have different native names, that sing together, or
 * that liner.yaml calls distinct. Titles of tracks are compared within one drama, where an artist may
 * be on both.
 */
#include "catalog/catalog_inside.h"

/* Of more names than this the rest are only counted: one cause is then more likely than so many slips. */
enum { most_told = 100 };

/* A name that a thing bears. */
struct near_name {
    const struct catalog_thing *thing;
    struct text shown;
};

struct nearness {
    const struct catalog *catalog;
    struct report *report;
    struct arena *arena;  /* as long as the check */
    struct arena scratch; /* for one group of names */
    struct map distinct;  /* "key\nkey" of names, or "number\nnumber" of things that were told */
    struct map titles;    /* keys of all titles of tracks */
    struct near_name *names;
    struct slip_word *words;
    size_t count, name_capacity, word_capacity;
    size_t told, passed_over;
};

/* ---- Names as words ---------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Adds the words of a name that are Roman numbers, but for the first word: "I Will". */
static void add_roman(struct buffer *apart, struct text name)
{
    for (size_t at = 0, end; at < name.length; at = end + 1) {
        size_t ones = 0;
        for (end = at; end < name.length && name.at[end] != ' '; end++)
            ones += strchr("IVX", name.at[end]) != NULL;
        if (at > 0 && ones == end - at && ones > 0) {
            buffer_add_byte(apart, ' ');
            buffer_add(apart, text_slice(name, at, end));
        }
    }
}

/* The letters of a name's key; its numbers are what sets it apart. */
static struct slip_word word_of(struct arena *arena, struct text name)
{
    struct text key = unicode_key(arena, name);
    struct buffer letters, apart;
    buffer_init(&letters);
    buffer_init(&apart);
    for (size_t i = 0; i < key.length; i++)
        buffer_add_byte(is_digit(key.at[i]) ? &apart : &letters, key.at[i]);
    add_roman(&apart, name);
    struct slip_word word = {
        arena_text(arena, buffer_text(&letters)), arena_text(arena, buffer_text(&apart)), 0};
    size_t length = text_count_points(word.letters);
    word.most = length < 6 ? 0 : length < 10 ? 1 : 2;
    buffer_release(&letters);
    buffer_release(&apart);
    return word;
}

static void add_name(struct nearness *near, const struct catalog_thing *thing, struct text shown)
{
    if (!shown.length)
        return;
    struct slip_word word = word_of(&near->scratch, shown);
    if (!word.most)
        return;
    size_t count = near->count;
    struct near_name *name =
        list_add(&near->names, &count, &near->name_capacity, &near->scratch, sizeof *name);
    *name = (struct near_name){thing, shown};
    *(struct slip_word *)list_add(
        &near->words, &near->count, &near->word_capacity, &near->scratch, sizeof word) = word;
}

/* ---- Two things ---------------------------------------------------------------------------------------- */

static const struct catalog_artist *as_artist(const struct catalog_thing *thing)
{
    return thing->type == &catalog_artist_type ? (const void *)thing : NULL;
}

static const struct catalog_drama *as_drama(const struct catalog_thing *thing)
{
    return thing->type == &catalog_drama_type ? (const void *)thing : NULL;
}

static const struct catalog_track *as_track(const struct catalog_thing *thing)
{
    return thing->type == &catalog_track_type ? (const void *)thing : NULL;
}

static const struct catalog_term *as_term(const struct catalog_thing *thing)
{
    base_assert(thing->type == &catalog_term_type);
    return (const void *)thing;
}

static struct text native_of(const struct catalog_thing *thing)
{
    return as_artist(thing)  ? as_artist(thing)->record->native
           : as_drama(thing) ? as_drama(thing)->record->native
           : as_track(thing) ? as_track(thing)->record->native
                             : TEXT_NONE;
}

static bool have_different_natives(
    struct nearness *near, const struct catalog_thing *a, const struct catalog_thing *b)
{
    struct text first = native_of(a), second = native_of(b);
    return first.length && second.length &&
           !text_equal(unicode_key(&near->scratch, first), unicode_key(&near->scratch, second));
}

static bool share(const struct data_array *a, const struct data_array *b)
{
    const void *const *first = a->items, *const *second = b->items;
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            if (first[i] == second[j])
                return true;
    return false;
}

/* What one may be taken for the other by, besides the name. */
static bool may_be_one(const struct catalog_thing *a, const struct catalog_thing *b)
{
    if (as_artist(a))
        return !share(&as_artist(a)->tracks, &as_artist(b)->tracks);
    if (!as_track(a))
        return true;
    const struct catalog_track *first = as_track(a), *second = as_track(b);
    bool have_seasons = first->season != DATA_NO_INTEGER && second->season != DATA_NO_INTEGER;
    return (!have_seasons || first->season == second->season) &&
           (!first->artists.count || !second->artists.count ||
               share(&first->artists, &second->artists));
}

/* The same whichever comes first. */
static struct text pair_key(struct arena *arena, struct text a, struct text b)
{
    bool is_turned = text_compare(a, b) > 0;
    const struct text parts[] = {is_turned ? b : a, TEXT("\n"), is_turned ? a : b};
    return arena_join_all(arena, parts, BASE_COUNT(parts));
}

static struct text key_of_names(struct arena *arena, struct text a, struct text b)
{
    return pair_key(arena, unicode_key(arena, a), unicode_key(arena, b));
}

/* Two things are told of once, though several of their names may be near. */
static bool is_told(
    struct nearness *near, const struct catalog_thing *a, const struct catalog_thing *b)
{
    char first[INTEGER_ROOM], second[INTEGER_ROOM];
    struct text key = pair_key(
        near->arena, text_of_integer(a->number, first), text_of_integer(b->number, second));
    bool was_there = map_get(&near->distinct, key) != NULL;
    map_put(&near->distinct, key, near);
    return was_there;
}

/* ---- Telling ------------------------------------------------------------------------------------------- */

/* How much speaks for a thing. */
static size_t uses_of(const struct catalog_thing *thing)
{
    if (thing->file)
        return SIZE_MAX;
    if (as_artist(thing))
        return as_artist(thing)->writings.count;
    if (as_drama(thing))
        return as_drama(thing)->writings.count;
    if (as_track(thing))
        return as_track(thing)->listings.count;
    return as_term(thing)->writings.count + as_term(thing)->listings.count;
}

/* Where it is named first. */
static struct place place_of(const struct catalog_thing *thing)
{
    if (thing->file)
        return (struct place){.file = thing->file->path};
    if (!as_track(thing) && !thing->named_in) /* an author of the blog's */
        return (struct place){.file = TEXT("liner.yaml")};
    if (!as_track(thing))
        return schema_place(thing->named_in->path, thing->named_at);
    const struct data_array *listings = &as_track(thing)->listings;
    const struct catalog_listing *oldest =
        ((const struct catalog_listing *const *)listings->items)[listings->count - 1];
    return schema_place(oldest->writing->thing.file->path, oldest->record->spot);
}

/* [["Park Borum", "Park Boram"]] */
static void add_distinct(struct nearness *near, struct buffer *out, struct text a, struct text b)
{
    struct data_value outer = data_list_new(&near->scratch), inner = data_list_new(&near->scratch);
    struct data_run run = {.scratch = &near->scratch};
    data_list_add(&near->scratch, inner.as.list, data_text(a));
    data_list_add(&near->scratch, inner.as.list, data_text(b));
    data_list_add(&near->scratch, outer.as.list, inner);
    data_json(out, &outer, 0, &run);
}

static const char *shown_kind(const struct catalog_thing *thing)
{
    return as_artist(thing)  ? "an artist"
           : as_drama(thing) ? "a drama"
           : as_track(thing) ? "a track"
                             : catalog_term_rows[as_term(thing)->kind].shown;
}

/* The one that more speaks for is likely right; among equals the older. */
static void tell(struct nearness *near, const struct near_name *a, const struct near_name *b)
{
    bool is_a = uses_of(a->thing) < uses_of(b->thing) ||
                (uses_of(a->thing) == uses_of(b->thing) && a->thing->number > b->thing->number);
    const struct near_name *wrong = is_a ? a : b, *right = is_a ? b : a;
    struct place other = place_of(right->thing);
    struct buffer distinct;
    buffer_init(&distinct);
    add_distinct(near, &distinct, wrong->shown, right->shown);
    report_at(near->report, REPORT_WARNING, place_of(wrong->thing),
        "'%.*s' is nearly '%.*s', %s of %.*s", TEXT_ARGS(wrong->shown), TEXT_ARGS(right->shown),
        shown_kind(wrong->thing), TEXT_ARGS(other.file));
    report_note(near->report,
        "write '%.*s', or say in liner.yaml that they are two:", TEXT_ARGS(right->shown));
    report_note(near->report, "distinct: %.*s", TEXT_ARGS(buffer_text(&distinct)));
    buffer_release(&distinct);
}

static void look_at(struct nearness *near, const struct near_name *a, const struct near_name *b)
{
    bool is_one = a->thing == b->thing, have_files = a->thing->file && b->thing->file;
    if (is_one || have_files || have_different_natives(near, a->thing, b->thing) ||
        !may_be_one(a->thing, b->thing) ||
        map_get(&near->distinct, key_of_names(&near->scratch, a->shown, b->shown)) ||
        is_told(near, a->thing, b->thing))
        return;
    if (near->told == most_told) {
        near->passed_over++;
        return;
    }
    near->told++;
    tell(near, a, b);
}

/* Looks at the names that were added, and forgets them. */
static void look_at_all(struct nearness *near)
{
    struct slip *slips;
    size_t count = slips_find(near->words, near->count, &near->scratch, &slips);
    for (size_t i = 0; i < count; i++)
        look_at(near, &near->names[slips[i].a], &near->names[slips[i].b]);
    near->names = NULL;
    near->words = NULL;
    near->count = near->name_capacity = near->word_capacity = 0;
    arena_clear(&near->scratch);
}

/* ---- All names ------------------------------------------------------------------------------------------ */

static void add_texts(
    struct nearness *near, const struct catalog_thing *thing, const struct data_array *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        add_name(near, thing, ((const struct text *)texts->items)[i]);
}

static void look_at_artists(struct nearness *near, const struct data_array *artists)
{
    const struct catalog_artist *const *items = artists->items;
    for (size_t i = 0; i < artists->count; i++) {
        add_name(near, &items[i]->thing, items[i]->record->name);
        add_name(near, &items[i]->thing, items[i]->record->native);
        add_texts(near, &items[i]->thing, &items[i]->record->aliases);
    }
    look_at_all(near);
}

static void look_at_dramas(struct nearness *near, const struct data_array *dramas)
{
    const struct catalog_drama *const *items = dramas->items;
    for (size_t i = 0; i < dramas->count; i++) {
        add_name(near, &items[i]->thing, items[i]->record->title);
        add_name(near, &items[i]->thing, items[i]->record->native);
        add_texts(near, &items[i]->thing, &items[i]->record->aliases);
    }
    look_at_all(near);
}

static void look_at_terms(struct nearness *near, const struct data_array *terms)
{
    const struct catalog_term *const *items = terms->items;
    for (size_t i = 0; i < terms->count; i++)
        add_name(near, &items[i]->thing, items[i]->name);
    look_at_all(near);
}

/* NULL: none can be told of. */
static const struct data_array *aliases_of(const struct catalog_track *track)
{
    const struct schema_track_file *own = track->thing.file ? track->thing.file->record : NULL;
    return own ? &own->aliases : NULL;
}

static void look_at_tracks(struct nearness *near, const struct catalog_drama *drama)
{
    const struct catalog_track *const *items = drama->tracks.items;
    for (size_t i = 0; i < drama->tracks.count; i++) {
        add_name(near, &items[i]->thing, items[i]->record->title);
        add_name(near, &items[i]->thing, items[i]->record->native);
        if (aliases_of(items[i]))
            add_texts(near, &items[i]->thing, aliases_of(items[i]));
    }
    look_at_all(near);
}

/* ---- What the settings call distinct ---------------------------------------------------------------------- */

static void note_distinct(struct nearness *near)
{
    const struct data_array *all = &near->catalog->request.settings->distinct;
    for (size_t i = 0; i < all->count; i++) {
        const struct data_array *names =
            &((const struct schema_distinct *const *)all->items)[i]->names;
        const struct schema_mention *const *items = names->items;
        for (size_t j = 0; j < names->count; j++)
            for (size_t k = 0; k < j; k++)
                map_put(&near->distinct, key_of_names(near->arena, items[j]->name, items[k]->name),
                    near);
    }
}

static void note_titles(struct nearness *near)
{
    const struct data_array *tracks = &near->catalog->site.tracks;
    const struct catalog_track *const *items = tracks->items;
    for (size_t i = 0; i < tracks->count; i++) {
        map_put(&near->titles, unicode_key(near->arena, items[i]->record->title), near);
        if (items[i]->record->native.length)
            map_put(&near->titles, unicode_key(near->arena, items[i]->record->native), near);
        const struct data_array *aliases = aliases_of(items[i]);
        for (size_t j = 0; aliases && j < aliases->count; j++)
            map_put(&near->titles,
                unicode_key(near->arena, ((const struct text *)aliases->items)[j]), near);
    }
}

static bool is_borne(const struct nearness *near, struct text key)
{
    const struct catalog_names *names = near->catalog->names;
    for (int kind = 0; kind < CATALOG_TERM_KINDS; kind++)
        if (catalog_has_key(&names->terms[kind], key))
            return true;
    return catalog_has_key(&names->dramas, key) || catalog_has_key(&names->artists, key) ||
           map_get(&near->titles, key);
}

static void check_distinct(struct nearness *near)
{
    const struct data_array *all = &near->catalog->request.settings->distinct;
    if (all->count)
        note_titles(near);
    for (size_t i = 0; i < all->count; i++) {
        const struct data_array *names =
            &((const struct schema_distinct *const *)all->items)[i]->names;
        for (size_t j = 0; j < names->count; j++) {
            const struct schema_mention *name =
                ((const struct schema_mention *const *)names->items)[j];
            if (!is_borne(near, unicode_key(&near->scratch, name->name)))
                report_at(near->report, REPORT_WARNING,
                    schema_place(TEXT("liner.yaml"), name->spot),
                    "nothing on this blog is called '%.*s': it need not be distinct",
                    TEXT_ARGS(name->name));
        }
    }
}

void catalog_check_names(
    const struct catalog *catalog, bool is_whole, struct arena *arena, struct report *report)
{
    struct nearness near = {.catalog = catalog, .report = report, .arena = arena};
    const struct catalog_site *site = &catalog->site;
    arena_init(&near.scratch);
    map_init(&near.distinct, arena);
    map_init(&near.titles, arena);
    note_distinct(&near);
    look_at_dramas(&near, &site->dramas);
    look_at_artists(&near, &site->artists);
    for (int kind = 0; kind < CATALOG_TERM_KINDS; kind++)
        look_at_terms(&near, &site->terms[kind]);
    for (size_t i = 0; i < site->dramas.count; i++)
        look_at_tracks(&near, ((const struct catalog_drama *const *)site->dramas.items)[i]);
    if (near.passed_over)
        report_note(report, "%zu more names are as near to others", near.passed_over);
    if (is_whole)
        check_distinct(&near);
    arena_release(&near.scratch);
}
