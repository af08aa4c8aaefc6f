/*
 * Tracks that have a file in content/tracks/.
 *
 *     title: Stay With Me, drama: Goblin, aliases: [Main theme]
 *
 * A listing means such a track by any title of the file. A file is a mention like others: where it names fewer
 * artists, or no season, the listings of that track tell the rest.
 *
 *     file   Stay With Me   Punch
 *     list   Main theme     Chanyeol, Punch     the same: it is by both
 *     list   Stay With Me   Punch               the same
 *     list   Stay With Me   Punch, V            by others: which of the two the file means is an error there
 *
 * What a file tells of its track stands wherever the track is shown; what a list tells besides is added.
 */
#include "catalog/catalog_inside.h"

/* ---- Which listings mean it ------------------------------------------------------------------------- */

size_t catalog_title_count(const struct schema_track_file *record)
{
    return (record->track.native.at ? 2 : 1) + record->aliases.count;
}

struct text catalog_title_at(const struct schema_track_file *record, size_t index)
{
    size_t more = record->track.native.at ? 2 : 1;
    if (index == 0)
        return record->track.title;
    return index < more ? record->track.native
                        : ((const struct text *)record->aliases.items)[index - more];
}

/* Whether one of the two says no more than the other. */
static bool are_alike(const struct data_array *a, const struct data_array *b, int64_t season_of_a,
    int64_t season_of_b)
{
    bool is_one_season = season_of_a == DATA_NO_INTEGER || season_of_b == DATA_NO_INTEGER ||
                         season_of_a == season_of_b;
    return is_one_season && (catalog_has_all(a, b) || catalog_has_all(b, a));
}

bool catalog_may_mean(const struct catalog_track *track, const struct catalog_listing *listing)
{
    return are_alike(&track->artists, &listing->artists, track->season, listing->season);
}

void catalog_take_up(struct catalog_track *track, const struct catalog_listing *listing)
{
    if (listing->artists.count > track->artists.count)
        track->artists = listing->artists;
    if (track->season == DATA_NO_INTEGER)
        track->season = listing->season;
}

/* ---- What can't be ---------------------------------------------------------------------------------- */

static struct place place_of(const struct catalog_track_file *own)
{
    return schema_place(own->track->thing.file->path, own->record->track.spot);
}

static bool is_same_text(struct arena *scratch, struct text a, struct text b)
{
    return text_equal(unicode_key(scratch, a), unicode_key(scratch, b));
}

static void report_two(struct report *report, const struct catalog_track_file *own,
    const struct catalog_track_file *other)
{
    report_at(report, REPORT_ERROR, place_of(own), "two files are about the track '%.*s'",
        TEXT_ARGS(own->record->track.title));
    report_note(report, "the other is %.*s", TEXT_ARGS(other->track->thing.file->path));
    report_note(report, "make one of the two, or tell them apart by 'artists' or 'season'");
}

/* Files with one title, of which one says no more than the other. */
static void check_two(
    const struct catalog_list *files, struct catalog_worker *worker, const struct map *by_title)
{
    for (size_t i = 0; i < files->count; i++) {
        const struct catalog_track_file *own = files->items[i];
        const struct catalog_list *titled =
            map_get(by_title, unicode_key(&worker->scratch, own->record->track.title));
        for (size_t j = 0; j < titled->count; j++) {
            const struct catalog_track_file *other = titled->items[j];
            if (own == other ||
                !are_alike(&own->artists, &other->artists, own->season, other->season))
                continue;
            report_two(&worker->report, own, other);
            break;
        }
    }
}

/* Listings that say more than the file does, and not the same as those that it was taken to mean. */
static void check_several(const struct catalog_track_file *own, const struct catalog_list *titled,
    struct catalog_worker *worker)
{
    const struct catalog_track *told = own->track;
    for (size_t i = 0; i < titled->count; i++) {
        const struct catalog_listing *listing = titled->items[i];
        bool is_meant = listing->track != own->track && !listing->track->thing.file &&
                        catalog_has_all(&own->artists, &listing->artists) &&
                        (own->season == DATA_NO_INTEGER || own->season == listing->season);
        if (!is_meant || listing->track == told)
            continue;
        if (told == own->track) {
            report_at(&worker->report, REPORT_ERROR, place_of(own),
                "'%.*s' could be any of several tracks of this drama",
                TEXT_ARGS(own->record->track.title));
            catalog_note_track(&worker->report, told);
        }
        catalog_note_track(&worker->report, listing->track);
        told = listing->track;
    }
    if (told != own->track)
        report_note(&worker->report, "say who performs it: 'artists: [...]', or its 'season'");
}

static struct catalog_list *list_at(struct arena *scratch, struct map *lists, struct text title)
{
    struct text key = unicode_key(scratch, title);
    struct catalog_list *list = map_get(lists, key);
    return list ? list : map_put(lists, key, arena_alloc(scratch, sizeof *list));
}

void catalog_check_track_files(const struct catalog_list *files,
    const struct catalog_list *listings, struct catalog_worker *worker)
{
    struct arena *scratch = &worker->scratch;
    struct map files_by_title, listings_by_title;
    map_init(&files_by_title, scratch);
    map_init(&listings_by_title, scratch);
    for (size_t i = 0; i < listings->count; i++) {
        const struct catalog_listing *listing = listings->items[i];
        catalog_append(
            scratch, list_at(scratch, &listings_by_title, listing->record->title), listing);
    }
    for (size_t i = 0; i < files->count; i++) {
        const struct catalog_track_file *own = files->items[i];
        catalog_append(scratch, list_at(scratch, &files_by_title, own->record->track.title), own);
    }
    check_two(files, worker, &files_by_title);
    for (size_t i = 0; i < files->count; i++) {
        const struct catalog_track_file *own = files->items[i];
        for (size_t j = 0; j < catalog_title_count(own->record); j++)
            check_several(own,
                list_at(scratch, &listings_by_title, catalog_title_at(own->record, j)), worker);
    }
}

/* ---- Facts ------------------------------------------------------------------------------------------ */

/* What there is one answer to, whoever is asked. */
static const char *const facts[] = {
    "native", "kind", "part", "released", "duration", "language", "isrc", "musicbrainz"};

static struct data_value read_fact(const struct schema_track *record, const char *name)
{
    struct data_value value;
    struct data_access access = data_resolve(&schema_track_type, text_of(name));
    data_read(&access, record, NULL, &value);
    return value;
}

static bool is_contradiction(
    struct arena *scratch, const char *name, struct data_value listed, struct data_value told)
{
    if (listed.kind == DATA_NONE || told.kind == DATA_NONE)
        return false;
    if (strcmp(name, "part") == 0)
        return !catalog_is_one_part(scratch, listed.as.text, told.as.text);
    return listed.kind == DATA_TEXT ? !is_same_text(scratch, listed.as.text, told.as.text)
                                    : !data_equal(&listed, &told);
}

static struct text shown(struct arena *scratch, struct data_value value)
{
    return value.kind == DATA_DATE ? data_date_iso(scratch, value.as.date) : value.as.text;
}

static void check_facts(const struct catalog_listing *listing, const struct schema_track *listed,
    const struct schema_track *told, struct catalog_worker *worker)
{
    struct arena *scratch = &worker->scratch;
    for (size_t i = 0; i < BASE_COUNT(facts); i++) {
        struct data_value here = read_fact(listed, facts[i]), there = read_fact(told, facts[i]);
        if (!is_contradiction(scratch, facts[i], here, there))
            continue;
        report_at(&worker->report, REPORT_WARNING,
            schema_place(listing->writing->thing.file->path, listed->spot),
            "'%s' of '%.*s' is %.*s here, and %.*s in its file", facts[i], TEXT_ARGS(listed->title),
            TEXT_ARGS(shown(scratch, here)), TEXT_ARGS(shown(scratch, there)));
        report_note(&worker->report, "%.*s counts", TEXT_ARGS(listing->track->thing.file->path));
    }
}

static void add_more(struct catalog_track_more *listed, const struct catalog_track_more *told,
    const struct catalog_track_file *own)
{
    for (int credit = 0; credit < SCHEMA_CREDITS; credit++)
        if (told->credits[credit].count)
            listed->credits[credit] = told->credits[credit];
    if (!listed->performers.count)
        listed->performers = own->performers;
    if (!listed->moods.count)
        listed->moods = told->moods;
    if (!listed->instruments.count)
        listed->instruments = told->instruments;
}

/* What a list may leave to the file, and what is the file's to say. */
static void add_to_listing(struct catalog_listing *listing, const struct catalog_track_file *own,
    struct catalog_worker *worker)
{
    const struct catalog_track *track = own->track;
    struct schema_track *record = schema_copy_track(listing->record, worker->arena);
    check_facts(listing, listing->record, &own->record->track, worker);
    schema_add_file(record, &own->record->track, worker->arena);
    listing->record = record;
    if (track->more != &catalog_track_no_more || own->performers.count)
        add_more(catalog_own_more(&listing->more, worker->arena), track->more, own);
}

void catalog_settle_track_file(struct catalog_track_file *own, struct catalog_worker *worker)
{
    struct catalog_track *track = own->track;
    struct catalog_listing *const *listings = (void *)track->listings.items;
    struct schema_track *record = schema_copy_track(&own->record->track, worker->arena);
    catalog_complete(worker->arena, &own->performers, &track->artists);
    for (size_t i = track->listings.count; i > 0; i--)
        schema_add_facts(record, listings[i - 1]->record, worker->arena);
    for (size_t i = 0; i < track->listings.count; i++)
        add_to_listing(listings[i], own, worker);
    track->record = record;
}
