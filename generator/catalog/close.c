/*
 * Closing the set of things: every file gets its view, and everything that a writing names and no
 * file describes gets one too.
 *
 * Names are settled in steps, so that the order of the writings decides nothing but spelling: first
 * files claim their names, then every pair {name, native} is told, then every mention is resolved,
 * oldest writing first.
 * A thing without a file shows the spelling of the oldest mention.
 */
#include "catalog/catalog_inside.h"

#include <stdlib.h>

void catalog_append(struct arena *arena, struct catalog_list *list, const void *item)
{
    if (list->count == list->capacity) {
        /* Most lists of a blog stay at one or two. */
        size_t larger = list->capacity ? list->capacity * 2 : 2;
        const void **grown = arena_array(arena, larger, sizeof *grown);
        if (list->count)
            memcpy(grown, list->items, list->count * sizeof *grown);
        list->items = grown;
        list->capacity = larger;
    }
    list->items[list->count++] = item;
}

void catalog_add(struct catalog *catalog, struct catalog_list *list, const void *item)
{
    catalog_append(&catalog->arena, list, item);
}

struct data_array catalog_array(const struct catalog_list *list)
{
    return (struct data_array){list->items, list->count};
}

void catalog_number(
    struct catalog *catalog, struct catalog_draft *draft, struct catalog_thing *thing)
{
    thing->number = (uint32_t)draft->things.count;
    catalog_add(catalog, &draft->things, thing);
}

void *catalog_make(
    struct catalog *catalog, struct catalog_draft *draft, const struct data_type *type)
{
    struct catalog_thing *thing = arena_alloc(&catalog->arena, type->size);
    thing->type = type;
    catalog_number(catalog, draft, thing);
    return thing;
}

/* ---- Things with files -------------------------------------------------------------------------------------- */

static struct text slug_of(
    struct catalog *catalog, struct catalog_draft *draft, struct text asked, struct text otherwise)
{
    struct text slug = unicode_slug(&draft->scratch, asked.length ? asked : otherwise);
    return arena_text(
        &catalog->arena, slug); /* what it takes to make one is several times as much */
}

static struct text url_of(struct catalog *catalog, const char *folder, struct text slug)
{
    return arena_format(&catalog->arena, "%.*s%s%.*s/", TEXT_ARGS(catalog->request.base_path),
        folder, TEXT_ARGS(slug));
}

static void settle_address(struct catalog *catalog, struct catalog_draft *draft,
    struct catalog_thing *thing, const char *folder, struct text asked, struct text otherwise)
{
    thing->slug = slug_of(catalog, draft, asked, otherwise);
    thing->url = url_of(catalog, folder, thing->slug);
}

/* "V (BTS)" is how to write which V is meant. */
static void claim_suffixed(struct catalog *catalog, struct catalog_name_index *index,
    struct catalog_thing *thing, struct text name, struct text suffix)
{
    if (name.length && suffix.length)
        catalog_claim(index,
            arena_format(&catalog->arena, "%.*s (%.*s)", TEXT_ARGS(name), TEXT_ARGS(suffix)),
            thing);
}

static void claim_all(struct catalog *catalog, struct catalog_name_index *index,
    struct catalog_thing *thing, struct text name, struct text native,
    const struct data_array *aliases, struct text suffix)
{
    const struct text *more = aliases->items;
    catalog_claim(index, name, thing);
    catalog_claim(index, native, thing);
    claim_suffixed(catalog, index, thing, name, suffix);
    claim_suffixed(catalog, index, thing, native, suffix);
    for (size_t i = 0; i < aliases->count; i++)
        catalog_claim(index, more[i], thing);
}

static struct catalog_thing *close_drama(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_file *file)
{
    struct catalog_drama *drama = catalog_make(catalog, draft, &catalog_drama_type);
    const struct schema_drama *record = file->record;
    drama->record = record;
    settle_address(catalog, draft, &drama->thing, "dramas/", record->slug, file->stem);
    claim_all(catalog, &catalog->names->dramas, &drama->thing, record->title, record->native,
        &record->aliases, record->disambiguation);
    catalog_add(catalog, &draft->dramas, drama);
    return &drama->thing;
}

static struct catalog_thing *close_artist(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_file *file)
{
    struct catalog_artist *artist = catalog_make(catalog, draft, &catalog_artist_type);
    const struct schema_artist *record = file->record;
    const struct schema_mention *const *groups = record->member_of.items;
    struct catalog_name_index *index = &catalog->names->artists;
    artist->record = record;
    settle_address(catalog, draft, &artist->thing, "artists/", record->slug, file->stem);
    claim_all(catalog, index, &artist->thing, record->name, record->native, &record->aliases,
        record->disambiguation);
    for (size_t i = 0; i < record->member_of.count; i++) {
        claim_suffixed(catalog, index, &artist->thing, record->name, groups[i]->name);
        claim_suffixed(catalog, index, &artist->thing, record->native, groups[i]->name);
    }
    catalog_add(catalog, &draft->artists, artist);
    return &artist->thing;
}

static struct catalog_thing *close_page(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_file *file)
{
    const struct schema_page *record = file->record;
    if (record->draft && !catalog->request.with_drafts) {
        catalog->drafts++;
        return NULL;
    }
    struct catalog_page *page = catalog_make(catalog, draft, &catalog_page_type);
    page->record = record;
    settle_address(catalog, draft, &page->thing, "", record->slug, file->stem);
    catalog_add(catalog, &draft->pages, page);
    return &page->thing;
}

static bool is_out(struct catalog *catalog, const struct schema_writing *record)
{
    const struct catalog_request *request = &catalog->request;
    if (record->draft && !request->with_drafts) {
        catalog->drafts++;
        return false;
    }
    if (data_date_days(record->date) > data_date_days(request->today) && !request->with_future) {
        catalog->future++;
        return false;
    }
    return true;
}

struct text catalog_summary(struct text typed, const struct catalog_file *file)
{
    if (typed.at || !file || !file->scan.summary.length)
        return typed;
    return file->scan.summary;
}

static struct catalog_thing *close_writing(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_file *file)
{
    const struct schema_writing *record = file->record;
    if (!is_out(catalog, record)) {
        map_put(
            &catalog->names->left_out, unicode_key(&catalog->arena, record->title), (void *)file);
        return NULL;
    }
    struct catalog_writing *writing = catalog_make(catalog, draft, &catalog_writing_type);
    writing->record = record;
    writing->authors = record->authors.count ? record->authors : catalog->request.settings->authors;
    writing->summary = catalog_summary(record->summary, file);
    settle_address(catalog, draft, &writing->thing, "reviews/", record->slug, file->stem);
    catalog_claim(&catalog->names->writings, record->title, &writing->thing);
    catalog_add(catalog, &draft->writings, writing);
    return &writing->thing;
}

static int compare_writings(const void *left, const void *right)
{
    const struct catalog_writing *a = *(const struct catalog_writing *const *)left;
    const struct catalog_writing *b = *(const struct catalog_writing *const *)right;
    int order = data_date_compare(b->record->date, a->record->date);
    return order ? order : text_compare(b->thing.file->path, a->thing.file->path);
}

void catalog_close_files(struct catalog *catalog, struct catalog_draft *draft)
{
    static struct catalog_thing *(*const close[SCHEMA_KIND_COUNT])(
        struct catalog *, struct catalog_draft *, const struct catalog_file *) = {
        [SCHEMA_WRITINGS] = close_writing,
        [SCHEMA_DRAMAS] = close_drama,
        [SCHEMA_ARTISTS] = close_artist,
        [SCHEMA_PAGES] = close_page,
    };
    for (size_t i = 0; i < catalog->file_count; i++) {
        struct catalog_file *file = &catalog->files[i];
        struct text path = unicode_nfc(&catalog->arena, file->path);
        map_put(&catalog->names->files, path, file);
        arena_clear(&draft->scratch);
        struct catalog_thing *thing = file->record ? close[file->kind](catalog, draft, file) : NULL;
        if (!thing)
            continue;
        thing->file = file;
        file->thing = thing;
    }
    for (size_t i = 0; i < catalog->asset_count; i++)
        map_put(&catalog->names->assets, unicode_nfc(&catalog->arena, catalog->assets[i].path),
            &catalog->assets[i]);
    if (draft->writings.count)
        qsort(draft->writings.items, draft->writings.count, sizeof *draft->writings.items,
            compare_writings);
}

/* ---- Things that are only named ------------------------------------------------------------------------------- */

static struct text shown_suffix(const struct catalog_thing *thing)
{
    if (thing->type == &catalog_drama_type) {
        const struct catalog_drama *drama = (const void *)thing;
        return drama->record->disambiguation;
    }
    const struct schema_artist *record =
        ((const struct catalog_artist *)(const void *)thing)->record;
    if (record->disambiguation.at || record->member_of.count == 0)
        return record->disambiguation;
    return (*(const struct schema_mention *const *)record->member_of.items)->name;
}

void catalog_note_several(
    struct report *report, struct text name, const struct catalog_claims *claims)
{
    for (size_t i = 0; i < claims->count; i++) {
        struct text suffix = shown_suffix(claims->things[i]);
        struct text path = claims->things[i]->file ? claims->things[i]->file->path : TEXT_NONE;
        if (suffix.length)
            report_note(report, "write '%.*s (%.*s)' for the one in %.*s", TEXT_ARGS(name),
                TEXT_ARGS(suffix), TEXT_ARGS(path));
        else
            report_note(report,
                "add 'disambiguation: X' to %.*s, and write '%.*s (X)' for that one",
                TEXT_ARGS(path), TEXT_ARGS(name));
    }
}

static void report_several(struct catalog_draft *draft, const struct catalog_file *file,
    const struct schema_mention *mention, const struct catalog_claims *claims)
{
    report_at(draft->report, REPORT_ERROR, schema_place(file->path, mention->spot),
        "'%.*s' could mean any of %zu", TEXT_ARGS(mention->name), claims->count);
    catalog_note_several(draft->report, mention->name, claims);
}

/* What a thing without a file is called in its own script: never the same as its name. */
static struct text native_of(struct catalog_draft *draft, const struct catalog_name_index *index,
    const struct schema_mention *mention)
{
    struct text native = catalog_native(index, mention->name, &draft->scratch);
    return text_equal(native, mention->name) ? TEXT_NONE : native;
}

/* A thing without a file remembers who named it first, for messages. */
static void settle_named(struct catalog *catalog, struct catalog_draft *draft,
    struct catalog_thing *thing, const char *folder, const struct catalog_file *file,
    const struct schema_mention *mention)
{
    settle_address(catalog, draft, thing, folder, TEXT_NONE, mention->name);
    thing->named_in = file;
    thing->named_at = mention->spot;
}

static struct catalog_thing *make_drama(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_file *file, const struct schema_mention *mention)
{
    struct catalog_drama *drama = catalog_make(catalog, draft, &catalog_drama_type);
    struct schema_drama *record = arena_alloc(&catalog->arena, sizeof *record);
    schema_set_absent(&schema_drama_type, record);
    record->title = mention->name;
    record->native = native_of(draft, &catalog->names->dramas, mention);
    drama->record = record;
    settle_named(catalog, draft, &drama->thing, "dramas/", file, mention);
    catalog_add(catalog, &draft->dramas, drama);
    return &drama->thing;
}

static struct catalog_thing *make_artist(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_file *file, const struct schema_mention *mention)
{
    struct catalog_artist *artist = catalog_make(catalog, draft, &catalog_artist_type);
    struct schema_artist *record = arena_alloc(&catalog->arena, sizeof *record);
    schema_set_absent(&schema_artist_type, record);
    record->name = mention->name;
    record->native = native_of(draft, &catalog->names->artists, mention);
    artist->record = record;
    settle_named(catalog, draft, &artist->thing, "artists/", file, mention);
    catalog_add(catalog, &draft->artists, artist);
    return &artist->thing;
}

static struct catalog_thing *make_tag(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_file *file, const struct schema_mention *mention)
{
    struct catalog_tag *tag = catalog_make(catalog, draft, &catalog_tag_type);
    tag->name = mention->name;
    settle_named(catalog, draft, &tag->thing, "tags/", file, mention);
    catalog_add(catalog, &draft->tags, tag);
    return &tag->thing;
}

/* The one thing that the mention means, made where there is none yet. NULL where there are several
 * (reported), or where the mention says no name (reported when it was read). */
static const void *thing_of(struct catalog *catalog, struct catalog_draft *draft,
    struct catalog_name_index *index, const struct catalog_file *file,
    const struct schema_mention *mention,
    struct catalog_thing *(*make)(struct catalog *, struct catalog_draft *,
        const struct catalog_file *, const struct schema_mention *))
{
    if (!mention->name.length)
        return NULL;
    struct catalog_claims claims =
        catalog_claimed(index, mention->name, mention->native, &draft->scratch);
    if (claims.count == 1)
        return claims.things[0];
    if (claims.count > 1) {
        report_several(draft, file, mention, &claims);
        return NULL;
    }
    struct catalog_thing *thing = make(catalog, draft, file, mention);
    catalog_claim(index, mention->name, thing);
    catalog_claim(index, mention->native, thing);
    return thing;
}

static const struct catalog_drama *drama_of(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_file *file, const struct schema_mention *mention)
{
    return thing_of(catalog, draft, &catalog->names->dramas, file, mention, make_drama);
}

static const struct catalog_artist *artist_of(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_file *file, const struct schema_mention *mention)
{
    return thing_of(catalog, draft, &catalog->names->artists, file, mention, make_artist);
}

static const struct catalog_tag *tag_of(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_file *file, const struct schema_mention *mention)
{
    return thing_of(catalog, draft, &catalog->names->tags, file, mention, make_tag);
}

/* ---- All mentions ------------------------------------------------------------------------------------------------ */

struct telling {
    /* What to do with a pair of names: catalog_join or catalog_lend. */
    void (*pair)(struct catalog_name_index *, struct text name, struct text native);
    struct catalog_names *names;
};

static void tell_all(const struct telling *telling, struct catalog_name_index *index,
    const struct data_array *mentions)
{
    const struct schema_mention *const *items = mentions->items;
    for (size_t i = 0; i < mentions->count; i++)
        telling->pair(index, items[i]->name, items[i]->native);
}

static void tell_writing(const struct telling *telling, const struct schema_writing *record)
{
    const struct schema_track *const *tracks = record->tracks.items;
    struct catalog_names *names = telling->names;
    tell_all(telling, &names->dramas, &record->dramas);
    for (size_t i = 0; i < record->tracks.count; i++) {
        tell_all(telling, &names->artists, &tracks[i]->artists);
        tell_all(telling, &names->artists, &tracks[i]->composers);
        tell_all(telling, &names->artists, &tracks[i]->lyricists);
        if (tracks[i]->drama)
            telling->pair(&names->dramas, tracks[i]->drama->name, tracks[i]->drama->native);
    }
}

/* Every pair of the blog, those of the oldest writing first. */
static void tell_pairs(const struct telling *telling, struct catalog_draft *draft)
{
    for (size_t i = draft->writings.count; i > 0; i--) {
        tell_writing(
            telling, ((const struct catalog_writing *)draft->writings.items[i - 1])->record);
        arena_clear(&draft->scratch);
    }
    for (size_t i = 0; i < draft->artists.count; i++) {
        const struct catalog_artist *artist = draft->artists.items[i];
        tell_all(telling, &telling->names->artists, &artist->record->members);
        tell_all(telling, &telling->names->artists, &artist->record->member_of);
        arena_clear(&draft->scratch);
    }
}

static bool has_item(const struct catalog_list *list, const void *item)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == item)
            return true;
    return false;
}

void catalog_append_once(struct arena *arena, struct catalog_list *list, const void *item)
{
    if (item && !has_item(list, item))
        catalog_append(arena, list, item);
}

void catalog_add_once(struct catalog *catalog, struct catalog_list *list, const void *item)
{
    catalog_append_once(&catalog->arena, list, item);
}

static struct data_array artists_of(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_file *file, const struct data_array *mentions)
{
    const struct schema_mention *const *items = mentions->items;
    struct catalog_list artists = {0};
    for (size_t i = 0; i < mentions->count; i++)
        catalog_add_once(catalog, &artists, artist_of(catalog, draft, file, items[i]));
    return catalog_array(&artists);
}

/* The season that a track is from: its own, its drama's, or that of the whole writing. */
static int64_t season_of(const struct schema_writing *writing, const struct schema_track *track)
{
    const struct schema_mention *const *dramas = writing->dramas.items;
    if (track->season != DATA_NO_INTEGER)
        return track->season;
    if (track->drama)
        return track->drama->season;
    if (writing->dramas.count == 1 && dramas[0]->season != DATA_NO_INTEGER)
        return dramas[0]->season;
    return writing->season;
}

static const struct catalog_listing *make_listing(struct catalog *catalog,
    struct catalog_draft *draft, const struct catalog_writing *writing, size_t index)
{
    const struct schema_track *record =
        ((const struct schema_track *const *)writing->record->tracks.items)[index];
    const struct catalog_file *file = writing->thing.file;
    struct catalog_listing *listing = arena_alloc(&catalog->arena, sizeof *listing);
    listing->number = writing->thing.number;
    listing->position = (int64_t)index + 1;
    listing->writing = writing;
    listing->record = record;
    listing->drama = record->drama ? drama_of(catalog, draft, file, record->drama) : writing->drama;
    listing->season = season_of(writing->record, record);
    listing->artists = artists_of(catalog, draft, file, &record->artists);
    listing->composers = artists_of(catalog, draft, file, &record->composers);
    listing->lyricists = artists_of(catalog, draft, file, &record->lyricists);
    return listing;
}

/* A track of a writing over several dramas must say whose it is. */
static void check_drama(struct catalog_draft *draft, const struct catalog_writing *writing,
    const struct schema_track *record)
{
    if (record->drama || writing->dramas.count <= 1)
        return;
    report_at(draft->report, REPORT_ERROR, schema_place(writing->thing.file->path, record->spot),
        "this writing covers several dramas: say which one '%.*s' is from",
        TEXT_ARGS(record->title));
    struct text drama =
        (*(const struct catalog_drama *const *)writing->dramas.items)->record->title;
    report_note(draft->report, "write 'drama: %.*s' under the track", TEXT_ARGS(drama));
    report_note(draft->report, "or, where tracks are pasted: \"%.*s\" (%.*s) by ...",
        TEXT_ARGS(record->title), TEXT_ARGS(drama));
}

static void close_tracks_of(
    struct catalog *catalog, struct catalog_draft *draft, struct catalog_writing *writing)
{
    const struct schema_track *const *tracks = writing->record->tracks.items;
    struct catalog_list listings = {0};
    for (size_t i = 0; i < writing->record->tracks.count; i++) {
        check_drama(draft, writing, tracks[i]);
        catalog_add(catalog, &listings, make_listing(catalog, draft, writing, i));
    }
    writing->listings = catalog_array(&listings);
}

/* A guide need not say twice which dramas it covers: its tracks say it. */
static void add_dramas_of_tracks(
    struct catalog *catalog, struct catalog_writing *writing, struct catalog_list *dramas)
{
    const struct catalog_listing *const *listings = writing->listings.items;
    for (size_t i = 0; i < writing->listings.count; i++)
        catalog_add_once(catalog, dramas, listings[i]->drama);
    writing->dramas = catalog_array(dramas);
    writing->drama = dramas->count ? dramas->items[0] : NULL;
}

static void close_writing_mentions(
    struct catalog *catalog, struct catalog_draft *draft, struct catalog_writing *writing)
{
    const struct schema_mention *const *dramas = writing->record->dramas.items;
    const struct schema_mention *const *tags = writing->record->tags.items;
    struct catalog_list drama_list = {0}, tag_list = {0};
    for (size_t i = 0; i < writing->record->dramas.count; i++)
        catalog_add_once(
            catalog, &drama_list, drama_of(catalog, draft, writing->thing.file, dramas[i]));
    for (size_t i = 0; i < writing->record->tags.count; i++)
        catalog_add_once(catalog, &tag_list, tag_of(catalog, draft, writing->thing.file, tags[i]));
    writing->dramas = catalog_array(&drama_list);
    writing->drama = drama_list.count ? drama_list.items[0] : NULL;
    writing->tags = catalog_array(&tag_list);
    close_tracks_of(catalog, draft, writing);
    add_dramas_of_tracks(catalog, writing, &drama_list);
}

/* Artists' files name each other: members of groups, groups of members. The list grows meanwhile. */
static void close_groups(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->artists.count; i++) {
        struct catalog_artist *artist = (void *)draft->artists.items[i];
        if (!artist->thing.file)
            continue;
        artist->members = artists_of(catalog, draft, artist->thing.file, &artist->record->members);
        artist->groups = artists_of(catalog, draft, artist->thing.file, &artist->record->member_of);
    }
}

void catalog_close_mentions(struct catalog *catalog, struct catalog_draft *draft)
{
    tell_pairs(&(struct telling){catalog_join, catalog->names}, draft);
    tell_pairs(&(struct telling){catalog_lend, catalog->names}, draft);
    for (size_t i = draft->writings.count; i > 0; i--) {
        close_writing_mentions(catalog, draft, (void *)draft->writings.items[i - 1]);
        arena_clear(&draft->scratch);
    }
    close_groups(catalog, draft);
}
