/*
 * Pasted lines that look turned round: "Stay With Me - Chanyeol", where artists come first.
 *
 *     Beautiful - Crush          Crush sings elsewhere on this blog; nobody else says "Beautiful" sings
 *     Crush - Punch              both sing elsewhere: taken as it stands
 *
 * A line can't make its own artist known, nor can another of the same title; nor can a newer one that
 * says it the other way round, for then the older is taken at its word.
 */
#include "catalog/catalog_inside.h"

/* ---- Lines to look at, found while tracks are closed ------------------------------------------------- */

/* Whether a title may name more than one artist, or one and something else. */
static bool may_be_more(struct text title)
{
    static const char *const parts[] = {
        ", ", " & ", " and ", " x ", " X ", " \xC3\x97 ", "eat. ", "t. "};
    for (size_t i = 0; i < BASE_COUNT(parts); i++)
        if (text_find(title, text_of(parts[i])) >= 0)
            return true;
    return false;
}

void catalog_suspect_lines(const struct catalog *catalog, struct catalog_worker *worker,
    struct text key, const struct catalog_list *listings)
{
    const struct catalog_name_index *artists = &catalog->names->artists;
    for (size_t i = 0; i < listings->count; i++) {
        const struct catalog_listing *listing = listings->items[i];
        const struct schema_track *record = listing->record;
        if (record->line.at && (catalog_has_key(artists, key) || may_be_more(record->title)))
            catalog_append(&worker->lists, &worker->suspects, listing);
    }
}

/* ---- Looking at them, when all is tied ---------------------------------------------------------------- */

struct turning {
    const struct catalog *catalog;
    struct arena *scratch;
    const struct catalog_listing *listing;
    struct text first, second; /* its two parts */
    struct text title;         /* the key of its title */
};

static const struct catalog_artist *artist_at(const struct data_array *artists, size_t index)
{
    return ((const struct catalog_artist *const *)artists->items)[index];
}

static bool has_artist(const struct data_array *artists, const void *artist)
{
    for (size_t i = 0; i < artists->count; i++)
        if (artist_at(artists, i) == artist)
            return true;
    return false;
}

/* Whether more than lists of tracks says that this is an artist. */
static bool is_told(const struct catalog_artist *artist)
{
    for (size_t i = 0; i < SCHEMA_CREDITS; i++)
        if (artist->credits[i].count)
            return true;
    return artist->thing.file || artist->members.count || artist->groups.count;
}

static struct text key_of(struct turning *turning, const struct catalog_listing *listing)
{
    return unicode_key(turning->scratch, listing->record->title);
}

/* Of a busy artist only so many tracks are looked at: nobody is named more often by mistake. */
enum { looked_at = 16 };

/* An artist of the line is known if a track of another title is theirs. */
static bool is_known_otherwise(struct turning *turning, const struct catalog_artist *artist)
{
    const struct catalog_listing *const *listings = artist->listings.items;
    if (is_told(artist))
        return true;
    for (size_t i = 0; i < artist->listings.count; i++)
        if (i == looked_at || !text_equal(key_of(turning, listings[i]), turning->title))
            return true;
    return false;
}

/* Whether a title is what the line has as its artists, or one of them. */
static bool is_first(const struct turning *turning, struct text key)
{
    const struct data_array *artists = &turning->listing->artists;
    if (text_equal(unicode_key(turning->scratch, turning->first), key))
        return true;
    for (size_t i = 0; i < artists->count; i++)
        if (text_equal(unicode_key(turning->scratch, artist_at(artists, i)->record->name), key))
            return true;
    return false;
}

/* One that the title names is known, unless all that says so is newer lines the other way round. */
static bool is_known(struct turning *turning, const struct catalog_artist *artist)
{
    const struct catalog_listing *const *listings = artist->listings.items;
    if (is_told(artist))
        return true;
    for (size_t i = 0; i < artist->listings.count; i++)
        if (i == looked_at || listings[i]->writing->rank > turning->listing->writing->rank ||
            !is_first(turning, key_of(turning, listings[i])))
            return true;
    return false;
}

/* Whether every artist that the turned line names is one of this blog, and none of the line's own. */
static bool has_known_artists(struct turning *turning, const struct schema_track *turned)
{
    const struct schema_mention *const *mentions = turned->artists.items;
    const struct catalog_name_index *index = &turning->catalog->names->artists;
    for (size_t i = 0; i < turned->artists.count; i++) {
        struct catalog_claims claims =
            catalog_claimed(index, mentions[i]->name, mentions[i]->more->native, turning->scratch);
        bool is_found = false;
        for (size_t j = 0; j < claims.count && !is_found; j++)
            is_found = !has_artist(&turning->listing->artists, claims.things[j]) &&
                       is_known(turning, (const void *)claims.things[j]);
        if (!is_found)
            return false;
    }
    return true;
}

static bool read_line(struct turning *turning, struct text line, struct schema_track *track)
{
    struct report ignored;
    report_init(&ignored);
    struct schema_reading reading = {.arena = turning->scratch,
        .report = &ignored,
        .settings = turning->catalog->request.settings};
    bool is_read = schema_read_track_line(&reading, line, (struct data_spot){0}, track);
    report_release(&ignored);
    return is_read;
}

static struct text title_by(struct arena *scratch, struct text title, struct text artists)
{
    const struct text parts[] = {TEXT("\""), title, TEXT("\" by "), artists};
    return arena_join_all(scratch, parts, BASE_COUNT(parts));
}

static void report_turned(const struct turning *turning, struct report *report)
{
    struct text path = turning->listing->writing->thing.file->path;
    struct text first = turning->first, second = turning->second;
    report_at(report, REPORT_WARNING, schema_place(path, turning->listing->record->spot),
        "'%.*s' is an artist of this blog, and '%.*s' is not: does the title come first here?",
        TEXT_ARGS(second), TEXT_ARGS(first));
    report_note(report, "write %.*s, or else %.*s",
        TEXT_ARGS(title_by(turning->scratch, first, second)),
        TEXT_ARGS(title_by(turning->scratch, second, first)));
}

static void check_line(struct turning *turning, struct report *report)
{
    const struct data_array *artists = &turning->listing->artists;
    struct text line = turning->listing->record->line;
    struct schema_track turned;
    turning->title = key_of(turning, turning->listing);
    for (size_t i = 0; i < artists->count; i++)
        if (is_known_otherwise(turning, artist_at(artists, i)))
            return;
    if (schema_part_track_line(line, &turning->first, &turning->second) &&
        read_line(turning, title_by(turning->scratch, turning->first, turning->second), &turned) &&
        has_known_artists(turning, &turned))
        report_turned(turning, report);
}

void catalog_check_lines(const struct catalog *catalog, struct catalog_draft *draft)
{
    struct turning turning = {.catalog = catalog, .scratch = &draft->scratch};
    for (unsigned i = 0; i < catalog->request.jobs; i++) {
        const struct catalog_list *suspects = &draft->workers[i].suspects;
        for (size_t j = 0; j < suspects->count; j++) {
            turning.listing = suspects->items[j];
            check_line(&turning, draft->report);
            arena_clear(&draft->scratch);
        }
    }
}
