/* Putting everything in order: lists by date or by the language's alphabet, indexes by letter,
 * and neighbours in time. */
#include "catalog/catalog_inside.h"

#include <stdlib.h>

/* ---- Names in the language's order -------------------------------------------------------------------------- */

static int compare_names(const void *left, const void *right)
{
    const struct catalog_thing *a = *(const struct catalog_thing *const *)left;
    const struct catalog_thing *b = *(const struct catalog_thing *const *)right;
    int order = text_compare(a->sort_key, b->sort_key);
    if (!order)
        order = text_compare(a->slug, b->slug);
    return order ? order : text_compare(a->url, b->url);
}

static struct text name_of(const struct catalog_thing *thing)
{
    if (thing->type == &catalog_drama_type)
        return ((const struct catalog_drama *)(const void *)thing)->record->title;
    if (thing->type == &catalog_artist_type)
        return ((const struct catalog_artist *)(const void *)thing)->record->name;
    if (thing->type == &catalog_track_type)
        return ((const struct catalog_track *)(const void *)thing)->record->title;
    if (thing->type == &catalog_term_type)
        return ((const struct catalog_term *)(const void *)thing)->name;
    return ((const struct catalog_page *)(const void *)thing)->record->title;
}

static struct data_array sort_names(struct catalog *catalog, struct catalog_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct catalog_thing *thing = (void *)list->items[i];
        thing->sort_key =
            unicode_sort_key(catalog->request.language, &catalog->arena, name_of(thing));
    }
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_names);
    return catalog_array(list);
}

static bool are_namesakes(struct arena *scratch, const void *a, const void *b)
{
    return text_equal(unicode_key(scratch, name_of(a)), unicode_key(scratch, name_of(b)));
}

/* What tells an artist from a namesake is shown where there is one. They stand side by side now. */
static void drop_suffixes(struct catalog_list *artists, struct arena *scratch)
{
    bool was_namesake = false;
    for (size_t i = 0; i < artists->count; i++) {
        struct catalog_artist *artist = (void *)artists->items[i];
        const struct catalog_artist *next = i + 1 < artists->count ? artists->items[i + 1] : NULL;
        bool is_asked = artist->suffix.at || (next && next->suffix.at);
        bool is_namesake = is_asked && next && are_namesakes(scratch, artist, next);
        if (!was_namesake && !is_namesake)
            artist->suffix = TEXT_NONE;
        was_namesake = is_namesake;
    }
    arena_clear(scratch);
}

/* ---- Indexes by letter ----------------------------------------------------------------------------------------- */

/* All kinds of bands have the same members: a label, and an array. */
struct band {
    struct text label;
    struct data_array things;
};

_Static_assert(sizeof(struct band) == sizeof(struct catalog_drama_band), "a band is a band");
_Static_assert(sizeof(struct band) == sizeof(struct catalog_artist_band), "a band is a band");
_Static_assert(sizeof(struct band) == sizeof(struct catalog_track_band), "a band is a band");

static struct data_array make_bands(
    struct catalog *catalog, const struct catalog_list *things, struct text (*label)(const void *))
{
    /* Every label that can be: 26 letters, 14 consonants, digits, the rest. */
    struct catalog_list bands = {0}, filled[64] = {{0}};
    struct text labels[64];
    const struct unicode_language *language = catalog->request.language;
    for (size_t i = 0; i < things->count; i++) {
        struct text name = label(things->items[i]);
        int order = unicode_band_order(language, name);
        base_assert(order >= 0 && order < 64);
        labels[order] = name;
        catalog_add(catalog, &filled[order], things->items[i]);
    }
    for (size_t order = 0; order < BASE_COUNT(filled); order++) {
        if (!filled[order].count)
            continue;
        struct band *band = arena_alloc(&catalog->arena, sizeof *band);
        *band = (struct band){labels[order], catalog_array(&filled[order])};
        catalog_add(catalog, &bands, band);
    }
    return catalog_array(&bands);
}

static struct text drama_label(const void *drama)
{
    return ((const struct catalog_drama *)drama)->band;
}

static struct text artist_label(const void *artist)
{
    return ((const struct catalog_artist *)artist)->band;
}

static struct text track_label(const void *track)
{
    return unicode_band(((const struct catalog_track *)track)->record->title);
}

/* The site's own list of tracks stays as it is. */
static struct data_array make_track_bands(struct catalog *catalog, struct catalog_draft *draft)
{
    struct catalog_list tracks = {0};
    if (!catalog_has_track_pages(catalog))
        return (struct data_array){0};
    for (size_t i = 0; i < draft->tracks.count; i++)
        catalog_append(&draft->scratch, &tracks, draft->tracks.items[i]);
    sort_names(catalog, &tracks);
    struct data_array bands = make_bands(catalog, &tracks, track_label);
    arena_clear(&draft->scratch);
    return bands;
}

static int64_t seed_of(struct text name)
{
    return (int64_t)(hash_text(name) % 1000000000);
}

static void settle_names(struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->dramas.count; i++) {
        struct catalog_drama *drama = (void *)draft->dramas.items[i];
        drama->band = unicode_band(drama->record->title);
        drama->seed = seed_of(drama->record->title);
    }
    for (size_t i = 0; i < draft->artists.count; i++) {
        struct catalog_artist *artist = (void *)draft->artists.items[i];
        artist->band = unicode_band(artist->record->name);
        artist->seed = seed_of(artist->record->name);
    }
}

/* The only author of a blog needs no page: it would be the archive once more. */
static void settle_pages(struct catalog_list *terms, enum catalog_term_kind kind)
{
    for (size_t i = 0; i < terms->count; i++)
        ((struct catalog_term *)terms->items[i])->has_page =
            kind != CATALOG_AUTHORS || terms->count > 1;
}

/* ---- Writings in time ------------------------------------------------------------------------------------------- */

static void settle_neighbours(const struct catalog_list *writings)
{
    for (size_t i = 0; i < writings->count; i++) {
        struct catalog_writing *writing = (void *)writings->items[i];
        writing->newer = i ? writings->items[i - 1] : NULL;
        writing->older = i + 1 < writings->count ? writings->items[i + 1] : NULL;
    }
}

/* By the year that the writer typed. Writings stand in the order of their moments, in which years may
 * alternate: the first hours of a year in Seoul are in the last year of the world. */
static struct data_array make_years(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_list *writings)
{
    enum { years_count = 10000 }; /* a date has four digits for it */
    struct catalog_list years = {0};
    struct catalog_list *lists = arena_array(&draft->scratch, years_count, sizeof *lists);
    for (size_t i = 0; i < writings->count; i++) {
        const struct catalog_writing *writing = writings->items[i];
        base_assert(writing->record->date.year >= 0 && writing->record->date.year < years_count);
        catalog_add(catalog, &lists[writing->record->date.year], writing);
    }
    for (size_t number = years_count; number-- > 0;) {
        if (!lists[number].count)
            continue;
        struct catalog_year *year = arena_alloc(&catalog->arena, sizeof *year);
        *year = (struct catalog_year){
            .year = (int64_t)number, .writings = catalog_array(&lists[number])};
        catalog_add(catalog, &years, year);
    }
    arena_clear(&draft->scratch);
    return catalog_array(&years);
}

void catalog_order(struct catalog *catalog, struct catalog_draft *draft)
{
    struct catalog_site *site = &catalog->site;
    settle_names(draft);
    site->writings = catalog_array(&draft->writings);
    site->tracks = catalog_array(&draft->tracks);
    site->series = catalog_array(&draft->series);
    site->dramas = sort_names(catalog, &draft->dramas);
    site->artists = sort_names(catalog, &draft->artists);
    drop_suffixes(&draft->artists, &draft->scratch);
    for (int kind = 0; kind < CATALOG_TERM_KINDS; kind++) {
        settle_pages(&draft->terms[kind], (enum catalog_term_kind)kind);
        site->terms[kind] = sort_names(catalog, &draft->terms[kind]);
    }
    site->pages = sort_names(catalog, &draft->pages);
    site->drama_bands = make_bands(catalog, &draft->dramas, drama_label);
    site->artist_bands = make_bands(catalog, &draft->artists, artist_label);
    site->track_bands = make_track_bands(catalog, draft);
    site->years = make_years(catalog, draft, &draft->writings);
    settle_neighbours(&draft->writings);
    catalog_relate(catalog, draft);
}
