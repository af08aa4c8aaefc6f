/*
 * Charts: the best soundtracks, songs, instrumental pieces and artists, of all time and of each year.
 *
 *     a soundtrack    by the mean of the pieces that rate it: reviews of one drama's soundtrack
 *     a track         by the mean of its ratings
 *     an artist       by the mean of the tracks they perform, where at least three are rated
 *
 * The year is that in which it came out: a drama's, a track's own day, else its drama's. Where nobody says, it
 * is in the charts of all time only. Among equals somebody's pick comes first, then what was written about last.
 */
#include "catalog/catalog_inside.h"

enum { chart_most = 25, least_rated = 3, years_count = 10000 };

/* The best so far, the best first. */
struct chart {
    const void *items[chart_most];
    size_t count;
};

/* Those of a year: made when the first thing of it is met. */
struct year_charts {
    struct chart soundtracks, songs, instrumentals;
};

struct charting {
    struct catalog *catalog;
    struct arena *scratch;
    struct year_charts all, **years; /* by year; NULL: nothing of it */
    struct chart artists;
};

/* `compare` tells below 0 when its first comes first. */
static void enter(struct chart *chart, const void *item, int (*compare)(const void *, const void *))
{
    if (chart->count == chart_most && compare(item, chart->items[chart_most - 1]) >= 0)
        return;
    size_t at = chart->count < chart_most ? chart->count++ : chart->count - 1;
    for (; at > 0 && compare(item, chart->items[at - 1]) < 0; at--)
        chart->items[at] = chart->items[at - 1];
    chart->items[at] = item;
}

static struct data_array settled(struct arena *arena, const struct chart *chart)
{
    const void **items = arena_array(arena, chart->count, sizeof *items);
    if (chart->count)
        memcpy(items, chart->items, chart->count * sizeof *items);
    return (struct data_array){items, chart->count};
}

static struct year_charts *year_at(struct charting *charting, int64_t year)
{
    if (year < 0 || year >= years_count)
        return NULL;
    if (!charting->years[year])
        charting->years[year] = arena_alloc(charting->scratch, sizeof **charting->years);
    return charting->years[year];
}

/* The higher one first. */
static int compare_ratings(double a, double b)
{
    return a > b ? -1 : a < b;
}

static int compare_ranks(const struct data_array *a, const struct data_array *b)
{
    const struct catalog_writing *const *newest_a = a->items, *const *newest_b = b->items;
    uint32_t rank_a = a->count ? newest_a[0]->rank : UINT32_MAX;
    uint32_t rank_b = b->count ? newest_b[0]->rank : UINT32_MAX;
    return rank_a < rank_b ? -1 : rank_a > rank_b;
}

/* ---- Soundtracks ------------------------------------------------------------------------------------------- */

static int compare_dramas(const void *left, const void *right)
{
    const struct catalog_drama *a = left, *b = right;
    int order = compare_ratings(a->rating, b->rating);
    if (!order)
        order = compare_ranks(&a->writings, &b->writings);
    return order ? order : text_compare(a->thing.url, b->thing.url);
}

/* Until all is counted, the rating is the sum. */
static void count_ratings(const struct data_array *writings)
{
    const struct catalog_writing *const *items = writings->items;
    for (size_t i = 0; i < writings->count; i++) {
        struct catalog_drama *drama = (struct catalog_drama *)items[i]->drama;
        bool is_of_one = items[i]->dramas.count == 1 && items[i]->reviews == SCHEMA_SOUNDTRACK;
        if (!is_of_one || isnan(items[i]->record->rating))
            continue;
        drama->rating = drama->rated ? drama->rating : 0;
        drama->rating += items[i]->record->rating;
        drama->rated++;
    }
}

static void chart_soundtracks(struct charting *charting)
{
    const struct catalog_site *site = &charting->catalog->site;
    struct catalog_drama *const *dramas = site->dramas.items;
    for (size_t i = 0; i < site->dramas.count; i++) {
        dramas[i]->rating = NAN;
        dramas[i]->rated = 0;
    }
    count_ratings(&site->writings);
    for (size_t i = 0; i < site->dramas.count; i++) {
        if (!dramas[i]->rated)
            continue;
        dramas[i]->rating /= (double)dramas[i]->rated;
        enter(&charting->all.soundtracks, dramas[i], compare_dramas);
        struct year_charts *year = year_at(charting, dramas[i]->record->year);
        if (year)
            enter(&year->soundtracks, dramas[i], compare_dramas);
    }
}

/* ---- Tracks ------------------------------------------------------------------------------------------------- */

static uint32_t rank_of(const struct catalog_track *track)
{
    const struct catalog_listing *const *listings = track->listings.items;
    return track->listings.count ? listings[0]->writing->rank : UINT32_MAX;
}

static int compare_tracks(const void *left, const void *right)
{
    const struct catalog_track *a = left, *b = right;
    int order = compare_ratings(a->rating, b->rating);
    if (!order)
        order = b->pick - a->pick;
    if (!order && rank_of(a) != rank_of(b))
        order = rank_of(a) < rank_of(b) ? -1 : 1;
    if (!order)
        order = text_compare(a->record->title, b->record->title);
    return order ? order : text_compare(a->thing.url, b->thing.url);
}

static int64_t year_of(const struct catalog_track *track)
{
    const struct data_date *released = &track->record->more->released;
    return released->month ? released->year : track->drama ? track->drama->record->year : -1;
}

static void enter_track(struct year_charts *charts, const struct catalog_track *track)
{
    bool is_sung = track->record->more->kind != SCHEMA_INSTRUMENTAL;
    enter(is_sung ? &charts->songs : &charts->instrumentals, track, compare_tracks);
}

static void chart_tracks(struct charting *charting)
{
    const struct data_array *tracks = &charting->catalog->site.tracks;
    const struct catalog_track *const *items = tracks->items;
    for (size_t i = 0; i < tracks->count; i++) {
        if (isnan(items[i]->rating))
            continue;
        enter_track(&charting->all, items[i]);
        struct year_charts *year = year_at(charting, year_of(items[i]));
        if (year)
            enter_track(year, items[i]);
    }
}

/* ---- Artists -------------------------------------------------------------------------------------------------- */

static int compare_artists(const void *left, const void *right)
{
    const struct catalog_artist *a = left, *b = right;
    int order = compare_ratings(a->rating, b->rating);
    if (!order && a->rated != b->rated)
        order = a->rated > b->rated ? -1 : 1;
    return order ? order : text_compare(a->thing.url, b->thing.url);
}

static void rate_artist(struct catalog_artist *artist)
{
    const struct catalog_track *const *tracks = artist->tracks.items;
    double sum = 0;
    artist->rated = 0;
    for (size_t i = 0; i < artist->tracks.count; i++) {
        if (isnan(tracks[i]->rating))
            continue;
        sum += tracks[i]->rating;
        artist->rated++;
    }
    artist->rating = artist->rated ? sum / (double)artist->rated : NAN;
}

static void chart_artists(struct charting *charting)
{
    const struct data_array *artists = &charting->catalog->site.artists;
    struct catalog_artist *const *items = artists->items;
    for (size_t i = 0; i < artists->count; i++) {
        rate_artist(items[i]);
        if (items[i]->rated >= least_rated)
            enter(&charting->artists, items[i], compare_artists);
    }
}

/* ---- All of it -------------------------------------------------------------------------------------------------- */

/* The archive's year, where something was written in it. */
static struct catalog_year *archived(const struct catalog_site *site, int64_t number)
{
    struct catalog_year *const *years = site->years.items;
    for (size_t i = 0; i < site->years.count; i++)
        if (years[i]->year == number)
            return years[i];
    return NULL;
}

static void settle_year(struct charting *charting, int64_t number, struct catalog_list *years)
{
    struct catalog *catalog = charting->catalog;
    const struct year_charts *charts = charting->years[number];
    struct catalog_year *year = archived(&catalog->site, number);
    if (!charts && !year)
        return;
    if (!year) {
        year = arena_alloc(&catalog->arena, sizeof *year);
        year->year = number;
    }
    if (charts) {
        year->soundtracks = settled(&catalog->arena, &charts->soundtracks);
        year->songs = settled(&catalog->arena, &charts->songs);
        year->instrumentals = settled(&catalog->arena, &charts->instrumentals);
    }
    catalog_add(catalog, years, year);
}

void catalog_chart(struct catalog *catalog, struct catalog_draft *draft)
{
    struct catalog_site *site = &catalog->site;
    struct catalog_list years = {0};
    struct charting charting = {.catalog = catalog, .scratch = &draft->scratch};
    charting.years = arena_array(&draft->scratch, years_count, sizeof *charting.years);
    chart_soundtracks(&charting);
    chart_tracks(&charting);
    chart_artists(&charting);
    site->soundtracks = settled(&catalog->arena, &charting.all.soundtracks);
    site->songs = settled(&catalog->arena, &charting.all.songs);
    site->instrumentals = settled(&catalog->arena, &charting.all.instrumentals);
    site->best_artists = settled(&catalog->arena, &charting.artists);
    site->has_charts = site->soundtracks.count || site->songs.count || site->instrumentals.count;
    for (int64_t number = years_count; number-- > 0;)
        settle_year(&charting, number, &years);
    site->chart_years = catalog_array(&years);
    arena_clear(&draft->scratch);
}
