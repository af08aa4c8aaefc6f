/*
 * Series: pieces that belong together, in their order.
 *
 *     series: Monday letters        one of that name, whatever is in it
 *     kind: recap, drama: Signal    without a name: the recaps of the drama's season
 *
 * A series about one drama goes by season and episode, and what follows no episode comes after those;
 * one over several dramas goes by date. Its list has a row for every piece, and one for each stretch
 * of episodes that none of them follows:
 *
 *     episode 1    Signal, episode 1
 *     episode 2-4
 *     episode 5    Signal, episode 5
 */
#include "catalog/catalog_inside.h"

#include <stdlib.h>

struct gathering {
    struct catalog *catalog;
    struct catalog_draft *draft;
    struct map named, recaps; /* key -> struct catalog_series */
};

/* ---- Which series a writing belongs to --------------------------------------------------------- */

static int64_t season_or_first(int64_t season)
{
    return season == DATA_NO_INTEGER ? 1 : season;
}

static struct catalog_series *make_series(
    struct gathering *gathering, const struct catalog_writing *writing, struct text title)
{
    struct catalog_series *series =
        catalog_make(gathering->catalog, gathering->draft, &catalog_series_type);
    series->title = title;
    series->season = DATA_NO_INTEGER;
    series->thing.named_in = writing->thing.file;
    series->thing.named_at = writing->record->spot;
    catalog_add(gathering->catalog, &gathering->draft->series, series);
    return series;
}

/* Spelled as the oldest piece spells it. */
static struct catalog_series *named_series(
    struct gathering *gathering, const struct catalog_writing *writing)
{
    struct text title = writing->record->series;
    struct text key = unicode_key(&gathering->draft->scratch, title);
    struct catalog_series *series = map_get(&gathering->named, key);
    if (series)
        return series;
    series = make_series(gathering, writing, title);
    catalog_settle_named(
        gathering->catalog, gathering->draft, &series->thing, SCHEMA_ADDRESS_SERIES, title);
    return map_put(&gathering->named, key, series);
}

/* No season means the first one. The address tells what the oldest recap says. */
static struct catalog_series *recaps_of_season(
    struct gathering *gathering, const struct catalog_writing *writing)
{
    struct arena *scratch = &gathering->draft->scratch;
    struct text key = arena_format(scratch, "%u:%lld", (unsigned)writing->drama->thing.number,
        (long long)season_or_first(writing->season));
    struct catalog_series *series = map_get(&gathering->recaps, key);
    struct text slug = writing->drama->thing.slug;
    if (series)
        return series;
    series = make_series(gathering, writing, TEXT_NONE);
    series->season = writing->season;
    if (series->season != DATA_NO_INTEGER)
        slug =
            arena_format(scratch, "%.*s-season-%lld", TEXT_ARGS(slug), (long long)series->season);
    catalog_settle_named(
        gathering->catalog, gathering->draft, &series->thing, SCHEMA_ADDRESS_SERIES, slug);
    return map_put(&gathering->recaps, key, series);
}

static struct catalog_series *series_of(
    struct gathering *gathering, const struct catalog_writing *writing)
{
    const struct schema_writing *record = writing->record;
    if (record->series.at)
        return named_series(gathering, writing);
    bool is_one_of_many = record->kind == SCHEMA_RECAP && record->episode != DATA_NO_INTEGER &&
                          writing->record->dramas.count == 1 && writing->drama;
    return is_one_of_many ? recaps_of_season(gathering, writing) : NULL;
}

static void report_no_episode(struct report *report, const struct catalog_writing *writing)
{
    if (writing->record->kind != SCHEMA_RECAP || writing->record->episode_spot.line ||
        !writing->thing.file->is_whole)
        return;
    report_at(report, REPORT_ERROR, schema_place(writing->thing.file->path, writing->record->spot),
        "missing 'episode': a recap in a series follows an episode");
    report_note(report, "for example: episode: 4");
    report_note(report, "a piece about all of them is 'kind: essay'");
}

/* The oldest piece first: it gives a series its name and has the first choice of an address. */
static void gather(struct gathering *gathering)
{
    struct catalog_draft *draft = gathering->draft;
    for (size_t i = draft->writings.count; i > 0; i--) {
        struct catalog_writing *writing = (void *)draft->writings.items[i - 1];
        struct catalog_series *series = series_of(gathering, writing);
        writing->series = series;
        if (!series)
            continue;
        report_no_episode(draft->report, writing);
        catalog_grow(&gathering->catalog->arena, &series->writings, writing);
    }
}

/* ---- Order ----------------------------------------------------------------------------------------- */

static int compare_integers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int64_t episode_or_last(const struct catalog_writing *writing)
{
    int64_t episode = writing->record->episode;
    return episode == DATA_NO_INTEGER ? INT64_MAX : episode;
}

static int compare_parts(const void *left, const void *right)
{
    const struct catalog_writing *a = *(const struct catalog_writing *const *)left;
    const struct catalog_writing *b = *(const struct catalog_writing *const *)right;
    int order = compare_integers(season_or_first(a->season), season_or_first(b->season));
    if (!order)
        order = compare_integers(episode_or_last(a), episode_or_last(b));
    return order ? order : compare_integers(b->rank, a->rank);
}

/* Every drama of its pieces, once. */
static void settle_dramas(struct catalog *catalog, struct catalog_series *series)
{
    struct catalog_list dramas = {0};
    const struct catalog_writing *const *parts = series->writings.items;
    for (size_t i = 0; i < series->writings.count; i++)
        for (size_t j = 0; j < parts[i]->dramas.count; j++)
            catalog_add_once(catalog, &dramas, ((const void *const *)parts[i]->dramas.items)[j]);
    series->dramas = catalog_array(&dramas);
    series->drama = dramas.count == 1 ? dramas.items[0] : NULL;
}

static void sort_parts(struct catalog_series *series)
{
    const struct catalog_writing **parts = (const struct catalog_writing **)series->writings.items;
    size_t count = series->writings.count;
    if (series->drama)
        qsort(parts, count, sizeof *parts, compare_parts);
    for (size_t i = 0; i < count; i++) {
        struct catalog_writing *writing = (struct catalog_writing *)parts[i];
        writing->previous_part = i ? parts[i - 1] : NULL;
        writing->next_part = i + 1 < count ? parts[i + 1] : NULL;
    }
}

/* ---- Rows -------------------------------------------------------------------------------------------- */

static int64_t last_of(const struct catalog_writing *writing)
{
    const struct schema_writing *record = writing->record;
    return record->last_episode == DATA_NO_INTEGER ? record->episode : record->last_episode;
}

static void add_row(struct catalog *catalog, struct catalog_series *series,
    const struct catalog_writing *writing, int64_t season, int64_t first, int64_t last)
{
    struct catalog_series_row *row = arena_alloc(&catalog->arena, sizeof *row);
    *row = (struct catalog_series_row){
        .writing = writing, .season = season, .episode = first, .last_episode = last};
    if (last <= first)
        row->last_episode = DATA_NO_INTEGER;
    catalog_grow(&catalog->arena, &series->rows, row);
}

/* The episodes up to `next` that nothing follows; an episode 0 is a special nobody misses. */
static void add_gap(struct catalog *catalog, struct catalog_series *series,
    const struct catalog_writing *before, int64_t season, int64_t next)
{
    bool goes_on = before && season_or_first(before->season) == season_or_first(season);
    int64_t first = goes_on ? last_of(before) + 1 : 1;
    if (first < next)
        add_row(catalog, series, NULL, season, first, next - 1);
}

static void report_twice(
    struct catalog_draft *draft, const struct catalog_writing *a, const struct catalog_writing *b)
{
    bool is_a_newer = a->rank < b->rank;
    const struct catalog_writing *newer = is_a_newer ? a : b, *older = is_a_newer ? b : a;
    report_at(draft->report, REPORT_ERROR,
        schema_place(newer->thing.file->path, newer->record->episode_spot),
        "this series has episode %lld twice",
        (long long)(a->record->episode > b->record->episode ? a : b)->record->episode);
    report_note(draft->report, "the other is %.*s:%u", TEXT_ARGS(older->thing.file->path),
        (unsigned)older->record->episode_spot.line);
    report_note(draft->report, "give one of them another 'episode', or a 'series' of its own");
}

/* A review and a recap of one episode may stand side by side; two recaps are a slip. */
static void check_twice(struct catalog_draft *draft, const struct catalog_writing *before,
    const struct catalog_writing *writing)
{
    if (before && before->record->kind == SCHEMA_RECAP && writing->record->kind == SCHEMA_RECAP &&
        season_or_first(before->season) == season_or_first(writing->season) &&
        writing->record->episode <= last_of(before))
        report_twice(draft, before, writing);
}

/* How many episodes the season has; DATA_NO_INTEGER where nothing says: of a drama of several seasons
 * it can't be told whether `episodes` means one of them. */
static int64_t episodes_of(const struct catalog_writing *writing)
{
    const struct schema_drama *drama = writing->drama ? writing->drama->record : NULL;
    bool has_seasons = drama && drama->seasons != DATA_NO_INTEGER && drama->seasons > 1;
    return drama && !has_seasons && season_or_first(writing->season) == 1 ? drama->episodes
                                                                          : DATA_NO_INTEGER;
}

/* Rows tell their season only where it is not the same for all. */
static void tell_seasons(struct catalog_series *series)
{
    struct catalog_series_row *const *rows = series->rows.items;
    bool has_several = false;
    for (size_t i = 1; series->drama && i < series->rows.count; i++)
        has_several |= season_or_first(rows[i]->season) != season_or_first(rows[0]->season);
    for (size_t i = 0; i < series->rows.count; i++)
        rows[i]->season = has_several ? season_or_first(rows[i]->season) : DATA_NO_INTEGER;
}

static void list_rows(
    struct catalog *catalog, struct catalog_draft *draft, struct catalog_series *series)
{
    const struct catalog_writing *const *parts = series->writings.items, *before = NULL;
    for (size_t i = 0; i < series->writings.count; i++) {
        const struct schema_writing *record = parts[i]->record;
        bool is_episode = series->drama && record->episode != DATA_NO_INTEGER;
        if (is_episode) {
            check_twice(draft, before, parts[i]);
            add_gap(catalog, series, before, parts[i]->season, record->episode);
            before = parts[i];
        }
        add_row(catalog, series, parts[i], parts[i]->season, record->episode, record->last_episode);
    }
    if (before && episodes_of(before) != DATA_NO_INTEGER)
        add_gap(catalog, series, before, before->season, episodes_of(before) + 1);
    tell_seasons(series);
}

/* ---- What the drama's file says of its episodes ---------------------------------------------------- */

static void settle_episode(struct catalog_draft *draft, struct catalog_writing *writing)
{
    const struct schema_writing *record = writing->record;
    int64_t count = episodes_of(writing), last = last_of(writing);
    writing->is_final = record->final || (count != DATA_NO_INTEGER && last == count);
    if (count == DATA_NO_INTEGER || last == DATA_NO_INTEGER || last <= count)
        return;
    report_at(draft->report, REPORT_WARNING,
        schema_place(writing->thing.file->path, record->episode_spot), "'%.*s' has %lld episodes",
        TEXT_ARGS(writing->drama->record->title), (long long)count);
}

void catalog_close_series(struct catalog *catalog, struct catalog_draft *draft)
{
    struct gathering gathering = {.catalog = catalog, .draft = draft};
    map_init(&gathering.named, &draft->scratch);
    map_init(&gathering.recaps, &draft->scratch);
    gather(&gathering);
    for (size_t i = 0; i < draft->writings.count; i++)
        settle_episode(draft, (void *)draft->writings.items[i]);
    for (size_t i = 0; i < draft->series.count; i++) {
        struct catalog_series *series = (void *)draft->series.items[i];
        settle_dramas(catalog, series);
        sort_parts(series);
        list_rows(catalog, draft, series);
    }
    arena_clear(&draft->scratch);
}
