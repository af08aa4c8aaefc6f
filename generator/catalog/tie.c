/*
 * Tying every link from its other end, and following the links in texts.
 *
 *     writing -> drama      becomes also      drama.writings -> writing
 *     listing -> artist                       artist.listings -> listing
 *     text [[Gummy]]                          Gummy.mentions -> writing
 */
#include "catalog/catalog_inside.h"

static struct catalog_ends *ends_of(struct catalog_draft *draft, const void *thing)
{
    return &draft->ends[((const struct catalog_thing *)thing)->number];
}

/* For lists that are filled writing by writing: a repeat can only be the last one added. */
static void add_next(struct catalog *catalog, struct catalog_list *list, const void *item)
{
    if (list->count == 0 || list->items[list->count - 1] != item)
        catalog_add(catalog, list, item);
}

static bool has(const struct data_array *array, const void *item)
{
    const void *const *items = array->items;
    for (size_t i = 0; i < array->count; i++)
        if (items[i] == item)
            return true;
    return false;
}

static void add_new(struct catalog *catalog, struct catalog_list *list, const void *item)
{
    struct data_array array = catalog_array(list);
    if (!has(&array, item))
        catalog_add(catalog, list, item);
}

/* ---- Writings, listings, tracks -------------------------------------------------------------------------- */

static void tie_listing(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_listing *listing)
{
    const void *const *artists = listing->artists.items;
    const void *const *composers = listing->composers.items;
    const void *const *lyricists = listing->lyricists.items;
    for (size_t i = 0; i < listing->artists.count; i++)
        catalog_add(catalog, &ends_of(draft, artists[i])->listings, listing);
    for (size_t i = 0; i < listing->composers.count; i++) {
        catalog_add(catalog, &ends_of(draft, composers[i])->composed, listing);
        add_next(catalog, &ends_of(draft, composers[i])->writings, listing->writing);
    }
    for (size_t i = 0; i < listing->lyricists.count; i++) {
        catalog_add(catalog, &ends_of(draft, lyricists[i])->lyrics, listing);
        add_next(catalog, &ends_of(draft, lyricists[i])->writings, listing->writing);
    }
    if (listing->track)
        catalog_add(catalog, &ends_of(draft, listing->track)->listings, listing);
}

static void tie_writing(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_writing *writing)
{
    const struct data_array *ends[] = {&writing->dramas, &writing->artists, &writing->tags};
    const struct catalog_listing *const *listings = writing->listings.items;
    for (size_t i = 0; i < BASE_COUNT(ends); i++) {
        const void *const *items = ends[i]->items;
        for (size_t j = 0; j < ends[i]->count; j++)
            add_next(catalog, &ends_of(draft, items[j])->writings, writing);
    }
    for (size_t i = 0; i < writing->listings.count; i++)
        tie_listing(catalog, draft, listings[i]);
}

static void tie_track(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_track *track)
{
    const void *const *artists = track->artists.items;
    if (track->drama)
        catalog_add(catalog, &ends_of(draft, track->drama)->tracks, track);
    for (size_t i = 0; i < track->artists.count; i++) {
        struct catalog_ends *artist = ends_of(draft, artists[i]);
        catalog_add(catalog, &artist->tracks, track);
        if (!track->drama)
            continue;
        add_new(catalog, &artist->dramas, track->drama);
        add_new(catalog, &ends_of(draft, track->drama)->artists, artists[i]);
    }
}

static void tie_groups(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_artist *artist)
{
    const void *const *members = artist->members.items, *const *groups = artist->groups.items;
    for (size_t i = 0; i < artist->members.count; i++) {
        add_new(catalog, &ends_of(draft, artist)->members, members[i]);
        add_new(catalog, &ends_of(draft, members[i])->groups, artist);
    }
    for (size_t i = 0; i < artist->groups.count; i++) {
        add_new(catalog, &ends_of(draft, artist)->groups, groups[i]);
        add_new(catalog, &ends_of(draft, groups[i])->members, artist);
    }
}

/* ---- Links in texts ------------------------------------------------------------------------------------------ */

struct text_links {
    struct catalog *catalog;
    struct catalog_draft *draft;
    const struct catalog_file *file;
    const struct catalog_thing *from;
    struct buffer bytes; /* of the file, read again when there is something to report */
};

static struct place link_place(struct text_links *links, const struct markdown_scan_link *link)
{
    const struct disk *disk = links->catalog->request.disk;
    if (links->bytes.length == 0)
        disk->read(disk, links->file->path.at, MARKDOWN_BODY_BYTES, &links->bytes);
    return catalog_place(links->file, buffer_text(&links->bytes), link->offset, link->length);
}

static struct text guess_name(struct text_links *links, struct text wrong)
{
    const struct catalog_list *lists[] = {&links->draft->dramas, &links->draft->artists};
    size_t count = 0, most = lists[0]->count + lists[1]->count;
    struct text *names = arena_array(&links->draft->scratch, most, sizeof *names);
    for (size_t i = 0; i < lists[0]->count; i++)
        names[count++] = ((const struct catalog_drama *)lists[0]->items[i])->record->title;
    for (size_t i = 0; i < lists[1]->count; i++)
        names[count++] = ((const struct catalog_artist *)lists[1]->items[i])->record->name;
    return report_guess(&links->draft->scratch, wrong, names, count);
}

static struct text guess_file(struct text_links *links, struct text wrong)
{
    struct arena *scratch = &links->draft->scratch;
    struct text *names = arena_array(scratch, links->catalog->file_count, sizeof *names);
    for (size_t i = 0; i < links->catalog->file_count; i++)
        names[i] = arena_format(scratch, "%.*s.md", TEXT_ARGS(links->catalog->files[i].stem));
    return report_guess(scratch, wrong, names, links->catalog->file_count);
}

static void report_unknown(struct text_links *links, const struct markdown_scan_link *link)
{
    struct report *report = links->draft->report;
    struct place place = link_place(links, link);
    if (link->kind != MARKDOWN_WIKI && link->kind != MARKDOWN_EMBED) {
        report_at(report, REPORT_ERROR, place, "no such file: '%.*s'%.*s", TEXT_ARGS(link->target),
            TEXT_ARGS(guess_file(links, link->target)));
        return;
    }
    report_at(report, REPORT_ERROR, place, "nothing on this blog is called '%.*s'%.*s",
        TEXT_ARGS(link->target), TEXT_ARGS(guess_name(links, link->target)));
    report_note(report, "a link makes no thing: name it in front matter first, as in 'drama: %.*s'",
        TEXT_ARGS(link->target));
}

static void report_link(struct text_links *links, const struct markdown_scan_link *link,
    const struct catalog_target *target)
{
    struct report *report = links->draft->report;
    if (target->found == CATALOG_UNKNOWN)
        report_unknown(links, link);
    else if (target->found == CATALOG_SEVERAL)
        report_at(report, REPORT_ERROR, link_place(links, link), "'%.*s' could mean several things",
            TEXT_ARGS(link->target));
    else if (target->found == CATALOG_NOT_OUT)
        report_at(report, REPORT_WARNING, link_place(links, link),
            "'%.*s' is not out yet: the link is left as plain text", TEXT_ARGS(link->target));
    else if (target->heading.at)
        report_at(report, REPORT_ERROR, link_place(links, link), "no heading '#%.*s' there",
            TEXT_ARGS(target->heading));
    else if (link->kind == MARKDOWN_EMBED && target->thing->type != &catalog_track_type)
        report_at(report, REPORT_ERROR, link_place(links, link),
            "only a track can be shown here: write it as ![[Drama / Track]]");
}

/* Whether the writing is about the thing anyway, so that to say it links there says nothing. */
static bool is_about(const struct catalog_writing *writing, const struct catalog_thing *thing)
{
    const struct catalog_listing *const *listings = writing->listings.items;
    for (size_t i = 0; i < writing->listings.count; i++)
        if (listings[i]->track && &listings[i]->track->thing == thing)
            return true;
    return &writing->thing == thing || has(&writing->dramas, thing) ||
           has(&writing->artists, thing) || has(&writing->tags, thing);
}

static void tie_text(struct text_links *links)
{
    struct catalog_draft *draft = links->draft;
    const struct markdown_scan *scan = &links->file->scan;
    bool is_writing = links->from->type == &catalog_writing_type;
    for (size_t i = 0; i < scan->link_count; i++) {
        const struct markdown_scan_link *link = &scan->links[i];
        struct catalog_target target =
            catalog_follow(links->catalog, links->file, link->kind, link->target, &draft->scratch);
        report_link(links, link, &target);
        if (is_writing && target.thing && !is_about((const void *)links->from, target.thing))
            add_next(links->catalog, &ends_of(draft, target.thing)->mentions, links->from);
        arena_clear(&draft->scratch);
    }
}

static void tie_texts(struct catalog *catalog, struct catalog_draft *draft)
{
    struct text_links links = {.catalog = catalog, .draft = draft};
    buffer_init(&links.bytes);
    for (size_t i = 0; i < draft->writings.count; i++) { /* newest first, for the mentions */
        const struct catalog_writing *writing = draft->writings.items[i];
        links.file = writing->thing.file;
        links.from = &writing->thing;
        tie_text(&links);
        buffer_clear(&links.bytes);
    }
    for (size_t i = 0; i < draft->things.count; i++) {
        links.from = draft->things.items[i];
        links.file = links.from->file;
        if (links.file && links.from->type != &catalog_writing_type)
            tie_text(&links);
        buffer_clear(&links.bytes);
    }
    buffer_release(&links.bytes);
}

/* ---- From growing lists to views ------------------------------------------------------------------------------- */

static void settle_track(struct catalog_track *track, const struct catalog_ends *ends)
{
    double sum = 0;
    size_t rated = 0;
    for (size_t i = 0; i < ends->listings.count; i++) {
        const struct catalog_listing *listing = ends->listings.items[i];
        track->pick |= listing->record->pick;
        if (!isnan(listing->record->rating)) {
            sum += listing->record->rating;
            rated++;
        }
    }
    track->rating = rated ? sum / (double)rated : NAN;
    track->listings = catalog_array(&ends->listings);
}

static void settle(struct catalog_thing *thing, const struct catalog_ends *ends)
{
    thing->mentions = catalog_array(&ends->mentions);
    if (thing->type == &catalog_track_type)
        settle_track((void *)thing, ends);
    if (thing->type == &catalog_tag_type)
        ((struct catalog_tag *)(void *)thing)->writings = catalog_array(&ends->writings);
    if (thing->type == &catalog_drama_type) {
        struct catalog_drama *drama = (void *)thing;
        drama->writings = catalog_array(&ends->writings);
        drama->tracks = catalog_array(&ends->tracks);
        drama->artists = catalog_array(&ends->artists);
    }
    if (thing->type == &catalog_artist_type) {
        struct catalog_artist *artist = (void *)thing;
        artist->listings = catalog_array(&ends->listings);
        artist->composed = catalog_array(&ends->composed);
        artist->lyrics = catalog_array(&ends->lyrics);
        artist->tracks = catalog_array(&ends->tracks);
        artist->writings = catalog_array(&ends->writings);
        artist->dramas = catalog_array(&ends->dramas);
        artist->members = catalog_array(&ends->members);
        artist->groups = catalog_array(&ends->groups);
    }
}

void catalog_tie(struct catalog *catalog, struct catalog_draft *draft)
{
    draft->ends = base_alloc((draft->things.count + 1) * sizeof *draft->ends);
    memset(draft->ends, 0, (draft->things.count + 1) * sizeof *draft->ends);
    for (size_t i = 0; i < draft->writings.count; i++)
        tie_writing(catalog, draft, draft->writings.items[i]);
    for (size_t i = 0; i < draft->tracks.count; i++)
        tie_track(catalog, draft, draft->tracks.items[i]);
    for (size_t i = 0; i < draft->artists.count; i++)
        tie_groups(catalog, draft, draft->artists.items[i]);
    tie_texts(catalog, draft);
    for (size_t i = 0; i < draft->things.count; i++)
        settle((void *)draft->things.items[i], &draft->ends[i]);
    base_free(draft->ends);
    draft->ends = NULL;
}
