/*
 * Tying every link from its other end, and following the links in texts.
 *
 *     writing -> drama      becomes also      drama.writings -> writing
 *     listing -> artist                       artist.listings -> listing
 *     text [[Gummy]]                          Gummy.mentions -> writing
 */
#include "catalog/catalog_inside.h"

/* For lists that are filled writing by writing: a repeat can only be the last one added. */
static void grow_next(struct arena *lists, struct data_array *array, const void *item)
{
    if (array->count == 0 || ((const void *const *)array->items)[array->count - 1] != item)
        catalog_grow(lists, array, item);
}

static bool has(const struct data_array *array, const void *item)
{
    const void *const *items = array->items;
    for (size_t i = 0; i < array->count; i++)
        if (items[i] == item)
            return true;
    return false;
}

/* ---- Writings, listings, tracks -------------------------------------------------------------------------- */

static struct catalog_artist *artist_at(const struct data_array *artists, size_t index)
{
    return ((struct catalog_artist *const *)artists->items)[index];
}

static void tie_credit(
    struct arena *lists, const struct catalog_listing *listing, enum schema_credit credit)
{
    for (size_t i = 0; i < listing->more->credits[credit].count; i++) {
        struct catalog_artist *artist = artist_at(&listing->more->credits[credit], i);
        catalog_grow(lists, &artist->credits[credit], listing);
        grow_next(lists, &artist->writings, listing->writing);
    }
}

static void tie_terms(
    struct arena *lists, const struct catalog_listing *listing, const struct data_array *terms)
{
    struct catalog_term *const *items = terms->items;
    for (size_t i = 0; i < terms->count; i++)
        catalog_grow(lists, &items[i]->listings, listing);
}

static void tie_listing(struct arena *lists, const struct catalog_listing *listing)
{
    for (size_t i = 0; i < listing->artists.count; i++)
        catalog_grow(lists, &artist_at(&listing->artists, i)->listings, listing);
    for (int credit = 0; credit < SCHEMA_CREDITS; credit++)
        tie_credit(lists, listing, (enum schema_credit)credit);
    tie_terms(lists, listing, &listing->more->moods);
    tie_terms(lists, listing, &listing->more->instruments);
}

static void tie_writing(struct arena *lists, const struct catalog_writing *writing)
{
    struct catalog_drama *const *dramas = writing->dramas.items;
    struct catalog_term *const *tags = writing->tags.items;
    struct catalog_term *const *authors = writing->authors.items;
    const struct catalog_listing *const *listings = writing->listings.items;
    for (size_t i = 0; i < writing->dramas.count; i++)
        grow_next(lists, &dramas[i]->writings, writing);
    for (size_t i = 0; i < writing->artists.count; i++)
        grow_next(lists, &artist_at(&writing->artists, i)->writings, writing);
    for (size_t i = 0; i < writing->tags.count; i++)
        grow_next(lists, &tags[i]->writings, writing);
    for (size_t i = 0; i < writing->authors.count; i++)
        grow_next(lists, &authors[i]->writings, writing);
    for (size_t i = 0; i < writing->listings.count; i++)
        tie_listing(lists, listings[i]);
}

static void tie_unlisted(struct arena *lists, const struct catalog_track *track)
{
    struct catalog_term *const *moods = track->more->moods.items;
    struct catalog_term *const *instruments = track->more->instruments.items;
    for (size_t i = 0; i < track->artists.count; i++)
        grow_next(lists, &artist_at(&track->artists, i)->unlisted, track);
    for (int credit = 0; credit < SCHEMA_CREDITS; credit++)
        for (size_t i = 0; i < track->more->credits[credit].count; i++)
            grow_next(lists, &artist_at(&track->more->credits[credit], i)->unlisted, track);
    for (size_t i = 0; i < track->more->moods.count; i++)
        grow_next(lists, &moods[i]->unlisted, track);
    for (size_t i = 0; i < track->more->instruments.count; i++)
        grow_next(lists, &instruments[i]->unlisted, track);
}

static void tie_track(struct arena *lists, const struct catalog_track *track)
{
    for (size_t i = 0; i < track->artists.count; i++)
        catalog_grow(lists, &artist_at(&track->artists, i)->tracks, track);
    if (!track->listings.count)
        tie_unlisted(lists, track);
}

/* Dramas of an artist and artists of a drama, once each. `seen` has, by number, the one for which a
 * thing was added last (0, the site, for none): so an artist of ten thousand dramas costs no more
 * than as many artists of one. */
static void tie_artist_dramas(struct arena *lists, uint32_t *seen, struct catalog_artist *artist)
{
    const struct catalog_track *const *tracks = artist->tracks.items;
    for (size_t i = 0; i < artist->tracks.count; i++) {
        const struct catalog_drama *drama = tracks[i]->drama;
        if (!drama || seen[drama->thing.number] == artist->thing.number)
            continue;
        seen[drama->thing.number] = artist->thing.number;
        catalog_grow(lists, &artist->dramas, drama);
    }
}

static void tie_drama_artists(struct arena *lists, uint32_t *seen, struct catalog_drama *drama)
{
    const struct catalog_track *const *tracks = drama->tracks.items;
    for (size_t i = 0; i < drama->tracks.count; i++)
        for (size_t j = 0; j < tracks[i]->artists.count; j++) {
            const struct catalog_artist *artist = artist_at(&tracks[i]->artists, j);
            if (seen[artist->thing.number] == drama->thing.number)
                continue;
            seen[artist->thing.number] = drama->thing.number;
            catalog_grow(lists, &drama->artists, artist);
        }
}

static void grow_once(struct catalog *catalog, struct data_array *array, const void *item)
{
    if (!has(array, item))
        catalog_grow(&catalog->arena, array, item);
}

/* What an artist's file says counts for both ends. */
static void tie_groups(struct catalog *catalog, struct catalog_artist *artist,
    const struct data_array *members, const struct data_array *groups)
{
    for (size_t i = 0; i < members->count; i++) {
        grow_once(catalog, &artist->members, artist_at(members, i));
        grow_once(catalog, &artist_at(members, i)->groups, artist);
    }
    for (size_t i = 0; i < groups->count; i++) {
        grow_once(catalog, &artist->groups, artist_at(groups, i));
        grow_once(catalog, &artist_at(groups, i)->members, artist);
    }
}

static void tie_remakes(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->dramas.count; i++) {
        const struct catalog_drama *drama = draft->dramas.items[i];
        if (drama->remake_of)
            catalog_grow(
                &catalog->arena, &((struct catalog_drama *)drama->remake_of)->remakes, drama);
    }
}

/* The lists are made anew, in the order of the artists: so what the files say is put aside first. */
static void tie_all_groups(struct catalog *catalog, struct catalog_draft *draft)
{
    size_t count = draft->artists.count;
    struct data_array *members = arena_array(&draft->scratch, count, sizeof *members);
    struct data_array *groups = arena_array(&draft->scratch, count, sizeof *groups);
    for (size_t i = 0; i < count; i++) {
        struct catalog_artist *artist = (void *)draft->artists.items[i];
        members[i] = artist->members;
        groups[i] = artist->groups;
        artist->members = artist->groups = (struct data_array){0};
    }
    for (size_t i = 0; i < count; i++)
        tie_groups(catalog, (void *)draft->artists.items[i], &members[i], &groups[i]);
    arena_clear(&draft->scratch);
}

static void tie_series(struct catalog *catalog, const struct catalog_series *series)
{
    struct catalog_drama *const *dramas = series->dramas.items;
    for (size_t i = 0; i < series->dramas.count; i++)
        catalog_grow(&catalog->arena, &dramas[i]->series, series);
}

/* ---- Links in texts ------------------------------------------------------------------------------------------ */

struct text_links {
    struct catalog *catalog;
    struct catalog_draft *draft;
    const struct catalog_file *file;
    struct catalog_source source; /* read again when there is something to report */
    bool is_all_read;             /* every content file could be read to its end */
    size_t guesses;               /* made so far */
};

/* A guess looks at every name there is. Where hundreds of links lead nowhere, one cause is more
 * likely than hundreds of slips. */
enum { most_guesses = 100 };

static struct place link_place(struct text_links *links, const struct markdown_scan_link *link)
{
    return catalog_link_place(
        links->catalog, links->file, &links->source, link, &links->draft->scratch);
}

static struct text guess_name(struct text_links *links, struct text wrong)
{
    if (links->guesses++ >= most_guesses)
        return TEXT("");
    const struct catalog_list *lists[] = {
        &links->draft->dramas, &links->draft->artists, &links->draft->track_files};
    size_t count = 0, most = lists[0]->count + lists[1]->count + lists[2]->count;
    struct text *names = arena_array(&links->draft->scratch, most, sizeof *names);
    for (size_t i = 0; i < lists[0]->count; i++)
        names[count++] = ((const struct catalog_drama *)lists[0]->items[i])->record->title;
    for (size_t i = 0; i < lists[1]->count; i++)
        names[count++] = ((const struct catalog_artist *)lists[1]->items[i])->record->name;
    for (size_t i = 0; i < lists[2]->count; i++)
        names[count++] =
            ((const struct catalog_track_file *)lists[2]->items[i])->record->track.title;
    return report_guess(&links->draft->scratch, wrong, names, count);
}

/* For a wrong "Drama / Track", or a title alone. */
static struct text guess_track(struct text_links *links, struct text wrong)
{
    bool is_title = text_find(wrong, TEXT(" / ")) < 0;
    if (links->guesses++ >= most_guesses)
        return TEXT("");
    const struct catalog_list *tracks = &links->draft->tracks;
    struct arena *scratch = &links->draft->scratch;
    struct text *names = arena_array(scratch, tracks->count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < tracks->count; i++) {
        const struct catalog_track *track = tracks->items[i];
        if (is_title)
            names[count++] = track->record->title;
        else if (track->drama)
            names[count++] = arena_format(scratch, "%.*s / %.*s",
                TEXT_ARGS(track->drama->record->title), TEXT_ARGS(track->record->title));
    }
    return report_guess(scratch, wrong, names, count);
}

static struct text guess_file(struct text_links *links, struct text wrong)
{
    if (links->guesses++ >= most_guesses)
        return TEXT("");
    struct arena *scratch = &links->draft->scratch;
    struct text *names = arena_array(scratch, links->catalog->file_count, sizeof *names);
    for (size_t i = 0; i < links->catalog->file_count; i++)
        names[i] = arena_format(scratch, "%.*s.md", TEXT_ARGS(links->catalog->files[i].stem));
    return report_guess(scratch, wrong, names, links->catalog->file_count);
}

/* "artist: Gummy" without what stands before the name. */
static struct text without_prefix(struct text target, const char **prefix)
{
    static const char *const prefixes[] = {"drama:", "artist:", "track:", "review:", "tag:"};
    for (size_t i = 0; i < BASE_COUNT(prefixes); i++) {
        if (!text_starts(target, prefixes[i]))
            continue;
        *prefix = prefixes[i];
        return text_trim(text_slice(target, strlen(prefixes[i]), target.length));
    }
    *prefix = "";
    return target;
}

/* How to make the thing that the writer had in mind, when nothing has nearly that name. */
static void note_front_matter(struct report *report, struct text name, const char *prefix)
{
    static const char begin[] = "a link makes no thing: name it in front matter first, as in";
    if (strcmp(prefix, "review:") == 0)
        return;
    if (strcmp(prefix, "track:") == 0 || text_find(name, TEXT(" / ")) >= 0)
        report_note(report, "a link makes no thing: list the track in a review first, or give it a "
                            "file in content/tracks/");
    else if (strcmp(prefix, "tag:") == 0)
        report_note(report, "%s 'tags: [%.*s]'", begin, TEXT_ARGS(name));
    else if (strcmp(prefix, "artist:") == 0)
        report_note(report, "%s 'artist: %.*s' under a track", begin, TEXT_ARGS(name));
    else
        report_note(report, "%s 'drama: %.*s'", begin, TEXT_ARGS(name));
}

static void report_unknown(struct text_links *links, const struct markdown_scan_link *link)
{
    struct report *report = links->draft->report;
    struct place place = link_place(links, link);
    const char *prefix;
    if (link->kind != MARKDOWN_WIKI && link->kind != MARKDOWN_EMBED) {
        report_at(report, REPORT_ERROR, place, "no such file: '%.*s'%.*s", TEXT_ARGS(link->target),
            TEXT_ARGS(guess_file(links, link->target)));
        return;
    }
    struct text name = without_prefix(link->target, &prefix);
    bool is_track = strcmp(prefix, "track:") == 0 || text_find(name, TEXT(" / ")) >= 0;
    struct text guess = is_track ? guess_track(links, name) : guess_name(links, name);
    report_at(report, REPORT_ERROR, place, "nothing on this blog is called '%.*s'%.*s",
        TEXT_ARGS(link->target), TEXT_ARGS(guess));
    if (!guess.length)
        note_front_matter(report, name, prefix);
}

static void report_heading(struct text_links *links, const struct markdown_scan_link *link,
    const struct catalog_target *target)
{
    const struct catalog_file *file = target->thing ? target->thing->file : links->file;
    struct arena *scratch = &links->draft->scratch;
    struct text *ids = arena_array(scratch, file->scan.heading_count, sizeof *ids);
    for (size_t i = 0; i < file->scan.heading_count; i++)
        ids[i] = file->scan.headings[i].id;
    report_at(links->draft->report, REPORT_ERROR, link_place(links, link),
        "no heading '#%.*s' in %.*s%.*s", TEXT_ARGS(target->heading), TEXT_ARGS(file->path),
        TEXT_ARGS(report_guess(
            scratch, unicode_slug(scratch, target->heading), ids, file->scan.heading_count)));
}

/* Which things bear the name, and how to write each. */
static void report_several(struct text_links *links, const struct markdown_scan_link *link,
    const struct catalog_claims *several)
{
    struct report *report = links->draft->report;
    const struct data_type *type = several->count ? several->things[0]->type : NULL;
    const char *prefix;
    report_at(report, REPORT_ERROR, link_place(links, link), "'%.*s' could mean several things",
        TEXT_ARGS(link->target));
    if (!type)
        report_note(report, "name one of its artists, too: [[Drama / Track / Artist]]");
    if (type == &catalog_drama_type || type == &catalog_artist_type)
        catalog_note_several(report, without_prefix(link->target, &prefix), several);
    for (size_t i = 0; type == &catalog_writing_type && i < several->count; i++)
        report_note(report, "%.*s is one: link to the file to mean it",
            TEXT_ARGS(several->things[i]->file->path));
    for (size_t i = 0; type == &catalog_track_type && i < several->count; i++) {
        const struct catalog_track *track = (const void *)several->things[i];
        if (track->drama)
            report_note(report, "write '%.*s / %.*s'", TEXT_ARGS(track->drama->record->title),
                TEXT_ARGS(track->record->title));
    }
}

/* `![[Goblin again]]`; a file has no page that could be shown. */
static bool is_embed_of_no_track(
    const struct markdown_scan_link *link, const struct catalog_target *target)
{
    return link->kind == MARKDOWN_EMBED && target->thing &&
           target->thing->type != &catalog_track_type;
}

static void report_link(struct text_links *links, const struct markdown_scan_link *link,
    const struct catalog_target *target)
{
    struct report *report = links->draft->report;
    bool is_missing = target->found == CATALOG_UNKNOWN || target->found == CATALOG_NOT_OUT ||
                      target->found == CATALOG_GONE;
    if (is_missing && !links->is_all_read)
        return;
    if (target->found == CATALOG_UNKNOWN)
        report_unknown(links, link);
    else if (target->found == CATALOG_SEVERAL)
        report_several(links, link, &target->several);
    else if (target->found == CATALOG_NOT_OUT)
        report_at(report, REPORT_WARNING, link_place(links, link),
            "'%.*s' is not out yet: the link is left as plain text", TEXT_ARGS(link->target));
    else if (target->found == CATALOG_GONE)
        report_at(report, REPORT_WARNING, link_place(links, link),
            "'%.*s' has expired: the link is left as plain text", TEXT_ARGS(link->target));
    else if (target->found == CATALOG_ASIDE)
        report_at(report, REPORT_WARNING, link_place(links, link),
            "'%.*s' is not in the site: the link is left as plain text", TEXT_ARGS(link->target));
    else if (target->heading.at)
        report_heading(links, link, target);
    else if (is_embed_of_no_track(link, target))
        report_at(report, REPORT_WARNING, link_place(links, link),
            "only a track is shown in the text, as in ![[Drama / Track]]: this becomes a link");
}

static bool is_credited(const struct catalog_listing *listing, const struct catalog_thing *thing)
{
    for (int credit = 0; credit < SCHEMA_CREDITS; credit++)
        if (has(&listing->more->credits[credit], thing))
            return true;
    return false;
}

/* Whether the writing is about the thing anyway, so that to say it links there says nothing. */
static bool is_about(const struct catalog_writing *writing, const struct catalog_thing *thing)
{
    const struct catalog_listing *const *listings = writing->listings.items;
    for (size_t i = 0; i < writing->listings.count; i++)
        if (&listings[i]->track->thing == thing || is_credited(listings[i], thing))
            return true;
    return &writing->thing == thing || has(&writing->dramas, thing) ||
           has(&writing->artists, thing) || has(&writing->tags, thing);
}

/* What is to be known of a link once it was followed. */
struct followed {
    struct catalog_thing *mentions; /* NULL: nothing that the writing is not about anyway */
    bool is_wrong;                  /* there is something to report */
};

struct following {
    const struct catalog *catalog;
    struct followed **followed; /* by file, one for each link of its text */
};

static bool is_wrong(const struct markdown_scan_link *link, const struct catalog_target *target)
{
    bool is_found = target->found == CATALOG_FOUND || target->found == CATALOG_ELSEWHERE;
    return !is_found || target->heading.at || is_embed_of_no_track(link, target);
}

/* What a text shows of where a link leads, besides the address: the year of a drama, the size of a picture. */
static uint64_t shown_of(const struct catalog_target *target)
{
    if (target->asset)
        return hash_number(target->asset->size.width, target->asset->size.height);
    if (target->thing && target->thing->type == &catalog_drama_type)
        return (uint64_t)((const struct catalog_drama *)(const void *)target->thing)->record->year;
    return 0;
}

/* Follows the links of one text, on any thread: they are looked up in what is closed by now. */
static void follow_text(void *context, size_t index, struct catalog_worker *worker)
{
    const struct following *following = context;
    const struct catalog_file *file = &following->catalog->files[index];
    struct catalog_thing *from = (struct catalog_thing *)file->thing;
    if (!from)
        return;
    const struct markdown_scan *scan = &file->scan;
    bool is_writing = from->type == &catalog_writing_type;
    struct followed *followed = arena_array(&worker->lists, scan->link_count, sizeof *followed);
    for (size_t i = 0; i < scan->link_count; i++) {
        const struct markdown_scan_link *link = &scan->links[i];
        struct catalog_target target =
            catalog_follow(following->catalog, file, link->kind, link->target, &worker->scratch);
        from->leads_to = hash_more(hash_number(from->leads_to, target.found), target.address);
        from->leads_to = hash_number(from->leads_to, shown_of(&target));
        followed[i].is_wrong = is_wrong(link, &target);
        if (is_writing && target.thing && !is_about((const void *)from, target.thing))
            followed[i].mentions = (struct catalog_thing *)target.thing;
        arena_clear(&worker->scratch);
    }
    following->followed[index] = followed;
}

/* Problems are told in the order of the texts, and the newest writing is the first that mentions. */
static void tie_text(
    struct text_links *links, const struct catalog_thing *from, const struct followed *followed)
{
    struct arena *scratch = &links->draft->scratch;
    const struct markdown_scan *scan = &from->file->scan;
    links->file = from->file;
    for (size_t i = 0; i < scan->link_count; i++) {
        const struct markdown_scan_link *link = &scan->links[i];
        if (followed[i].mentions)
            grow_next(&links->catalog->arena, &followed[i].mentions->mentions, from);
        if (!followed[i].is_wrong)
            continue;
        struct catalog_target target =
            catalog_follow(links->catalog, links->file, link->kind, link->target, scratch);
        report_link(links, link, &target);
        arena_clear(scratch);
    }
}

static void tie_texts(struct catalog *catalog, struct catalog_draft *draft)
{
    const struct catalog_list *writings = &draft->writings;
    struct followed **followed = arena_array(&draft->lists, catalog->file_count, sizeof *followed);
    struct following following = {catalog, followed};
    struct text_links links = {
        .catalog = catalog, .draft = draft, .is_all_read = catalog_is_whole(catalog)};
    catalog_parallel(catalog, draft, catalog->file_count, follow_text, &following);
    for (size_t i = 0; i < writings->count; i++) {
        const struct catalog_thing *writing = writings->items[i];
        tie_text(&links, writing, followed[writing->file - catalog->files]);
    }
    for (size_t i = 0; i < catalog->file_count; i++) {
        const struct catalog_thing *thing = catalog->files[i].thing;
        if (thing && thing->type != &catalog_writing_type)
            tie_text(&links, thing, followed[i]);
    }
    buffer_release(&links.source.body);
}

/* ---- All of it ------------------------------------------------------------------------------------------------- */

/* A list that has stopped growing, without the room for more. */
static void settle(struct arena *arena, struct data_array *array)
{
    if (!array->count)
        return;
    const void **items = arena_array(arena, array->count, sizeof *items);
    memcpy(items, array->items, array->count * sizeof *items);
    array->items = items;
}

static void settle_artist(struct arena *arena, struct catalog_artist *artist)
{
    settle(arena, &artist->listings);
    settle(arena, &artist->tracks);
    settle(arena, &artist->unlisted);
    settle(arena, &artist->writings);
    settle(arena, &artist->dramas);
    for (int credit = 0; credit < SCHEMA_CREDITS; credit++)
        settle(arena, &artist->credits[credit]);
}

static void settle_term(struct arena *arena, struct catalog_term *term)
{
    settle(arena, &term->listings);
    settle(arena, &term->unlisted);
    settle(arena, &term->writings);
}

/* The lists that grow with the blog: they lived with the draft until here. */
static void settle_lists(struct arena *arena, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->artists.count; i++)
        settle_artist(arena, (void *)draft->artists.items[i]);
    for (size_t i = 0; i < draft->dramas.count; i++) {
        struct catalog_drama *drama = (void *)draft->dramas.items[i];
        settle(arena, &drama->writings);
        settle(arena, &drama->artists);
    }
    for (int kind = 0; kind < CATALOG_TERM_KINDS; kind++)
        for (size_t i = 0; i < draft->terms[kind].count; i++)
            settle_term(arena, (void *)draft->terms[kind].items[i]);
}

/* What writings tell the things that they are about. */
static void tie_writings(const struct catalog_draft *draft, struct catalog_worker *worker)
{
    for (size_t i = 0; i < draft->writings.count; i++)
        tie_writing(&worker->lists, draft->writings.items[i]);
}

/* And what tracks do. */
static void tie_tracks(const struct catalog_draft *draft, struct catalog_worker *worker)
{
    struct arena *lists = &worker->lists;
    for (size_t i = 0; i < draft->tracks.count; i++)
        tie_track(lists, draft->tracks.items[i]);
    uint32_t *seen = arena_array(&worker->scratch, draft->things.count, sizeof *seen);
    for (size_t i = 0; i < draft->artists.count; i++)
        tie_artist_dramas(lists, seen, (void *)draft->artists.items[i]);
    for (size_t i = 0; i < draft->dramas.count; i++)
        tie_drama_artists(lists, seen, (void *)draft->dramas.items[i]);
}

/* No member of a thing is written by both. */
static void (*const ties[])(const struct catalog_draft *, struct catalog_worker *) = {
    tie_writings, tie_tracks};

static void run_tie(void *context, size_t index, struct catalog_worker *worker)
{
    ties[index](context, worker);
}

void catalog_tie(struct catalog *catalog, struct catalog_draft *draft)
{
    catalog_parallel(catalog, draft, BASE_COUNT(ties), run_tie, draft);
    for (size_t i = 0; i < draft->series.count; i++)
        tie_series(catalog, draft->series.items[i]);
    settle_lists(&catalog->arena, draft);
    tie_all_groups(catalog, draft);
    tie_remakes(catalog, draft);
    tie_texts(catalog, draft);
}
