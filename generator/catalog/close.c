/* Closing the set of things: every file gets its view and its names. What only a mention names gets
 * one in mention.c. */
#include "catalog/catalog_inside.h"

#include <stdlib.h>

void catalog_append(struct arena *arena, struct catalog_list *list, const void *item)
{
    if (list->count == list->capacity) {
        /* Most lists of a blog stay at one. */
        size_t larger = list->capacity ? list->capacity * 2 : 1;
        size_t each = sizeof *list->items;
        list->items = arena_grow(arena, list->items, list->count * each, larger * each);
        list->capacity = larger;
    }
    list->items[list->count++] = item;
}

void catalog_add(struct catalog *catalog, struct catalog_list *list, const void *item)
{
    catalog_append(&catalog->arena, list, item);
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

void catalog_grow(struct arena *arena, struct data_array *array, const void *item)
{
    size_t count = array->count;
    bool is_full = (count & (count - 1)) == 0;
    struct catalog_list list = {(const void **)array->items, count, is_full ? count : count + 1};
    catalog_append(arena, &list, item);
    *array = catalog_array(&list);
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

/* ---- What files are called ----------------------------------------------------------------------------------- */

/* What takes its time and needs nothing but the file: made on all cores, before files are closed in their order. */
struct catalog_called {
    struct text path; /* in NFC */
    struct text notes[CATALOG_NOTE_KEYS];
    struct text slug;  /* as asked for, else of the file's name */
    bool is_made_up;   /* the slug: the file's name has nothing for one */
    struct text title; /* key of a writing's */
};

/* What the file says that its slug shall be. */
static struct text asked_slug(const struct catalog_file *file)
{
    switch (file->kind) {
    case SCHEMA_WRITINGS: return ((const struct schema_writing *)file->record)->slug;
    case SCHEMA_DRAMAS: return ((const struct schema_drama *)file->record)->slug;
    case SCHEMA_ARTISTS: return ((const struct schema_artist *)file->record)->slug;
    case SCHEMA_TRACKS: return ((const struct schema_track_file *)file->record)->slug;
    case SCHEMA_PAGES: return ((const struct schema_page *)file->record)->slug;
    case SCHEMA_KIND_COUNT: break;
    }
    return TEXT_NONE;
}

static void call_record(
    struct catalog_called *called, const struct catalog_file *file, struct catalog_worker *worker)
{
    struct arena *scratch = &worker->scratch;
    struct text asked = asked_slug(file);
    struct text slug = catalog_slug(worker->romaniser, scratch, asked.length ? asked : file->stem);
    called->is_made_up = !asked.length && unicode_slug_is_made_up(slug);
    /* What it takes to make one is several times as much. */
    called->slug = arena_text(worker->arena, slug);
    if (file->kind != SCHEMA_WRITINGS)
        return;
    const struct schema_writing *writing = file->record;
    if (writing->title.length)
        called->title = arena_text(&worker->lists, unicode_key(scratch, writing->title));
}

struct calling {
    const struct catalog *catalog;
    struct catalog_called *called;
};

static void call_file(void *context, size_t index, struct catalog_worker *worker)
{
    const struct calling *calling = context;
    const struct catalog_file *file = &calling->catalog->files[index];
    struct catalog_called *called = &calling->called[index];
    arena_clear(&worker->scratch);
    *called = (struct catalog_called){.path = unicode_nfc(worker->arena, file->path)};
    catalog_note_keys(file, called->path, called->notes, worker->arena, &worker->scratch);
    if (file->record)
        call_record(called, file, worker);
}

static const struct catalog_called *called_of(const struct catalog *catalog,
    const struct catalog_draft *draft, const struct catalog_file *file)
{
    return &draft->called[file - catalog->files];
}

/* ---- Things with files -------------------------------------------------------------------------------------- */

struct text catalog_slug(struct unicode_romaniser *romaniser, struct arena *arena, struct text name)
{
    return romaniser ? unicode_ascii_slug(romaniser, arena, name) : unicode_slug(arena, name);
}

/* For all but writings, whose addresses may tell more: see address.c. */
static struct text url_of(struct catalog *catalog, enum schema_address_kind kind, struct text slug)
{
    const struct text values[SCHEMA_ADDRESS_WORDS] = {[SCHEMA_ADDRESS_SLUG] = slug};
    return schema_address(
        catalog_pattern(catalog, kind), catalog->request.base_path, values, &catalog->arena);
}

bool catalog_is_taken(struct catalog *catalog, struct catalog_draft *draft,
    enum schema_address_kind kind, struct text name)
{
    struct text slug = catalog_slug(draft->romaniser, &draft->scratch, name);
    return map_get(&draft->addresses, url_of(catalog, kind, slug)) != NULL;
}

void catalog_settle_named(struct catalog *catalog, struct catalog_draft *draft,
    struct catalog_thing *thing, enum schema_address_kind kind, struct text name)
{
    struct text slug = catalog_slug(draft->romaniser, &draft->scratch, name);
    thing->slug = arena_text(&catalog->arena, slug);
    thing->url = url_of(catalog, kind, thing->slug);
    for (int number = 2; map_put(&draft->addresses, thing->url, thing) != thing; number++) {
        thing->slug = arena_format(&catalog->arena, "%.*s-%d", TEXT_ARGS(slug), number);
        thing->url = url_of(catalog, kind, thing->slug);
    }
}

/* What has a file is never given an address that nobody chose. */
static void ask_for_slug(
    struct catalog_draft *draft, const struct catalog_file *file, struct text title)
{
    struct text example = catalog_slug(draft->romaniser, &draft->scratch, title);
    report_at(draft->report, REPORT_ERROR, (struct place){.file = file->path},
        "the file's name has no letter or digit to make an address of: add 'slug'");
    report_note(draft->report, "for example: slug: %.*s",
        TEXT_ARGS(unicode_slug_is_made_up(example) ? TEXT("soundtrack-1") : example));
}

/* The slug of what has a file: as asked for, else of the file's name; and its address, but a writing's. */
static void settle_address(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_file *file, struct catalog_thing *thing, enum schema_address_kind kind,
    struct text title)
{
    const struct catalog_called *called = called_of(catalog, draft, file);
    if (called->is_made_up) {
        ask_for_slug(draft, file, title);
        /* A number each, or they would be told of as a clash as well. */
        catalog_settle_named(catalog, draft, thing, kind, file->stem);
        return;
    }
    thing->slug = called->slug;
    if (file->kind != SCHEMA_WRITINGS)
        thing->url = url_of(catalog, kind, thing->slug);
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
    settle_address(catalog, draft, file, &drama->thing, SCHEMA_ADDRESS_DRAMA, record->title);
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
    artist->record = record;
    artist->suffix = record->disambiguation;
    settle_address(catalog, draft, file, &artist->thing, SCHEMA_ADDRESS_ARTIST, record->name);
    claim_all(catalog, &catalog->names->artists, &artist->thing, record->name, record->native,
        &record->aliases, record->disambiguation);
    catalog_add(catalog, &draft->artists, artist);
    return &artist->thing;
}

/* It gets its number when all tracks are known. */
static struct catalog_thing *close_track(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_file *file)
{
    struct catalog_track *track = arena_alloc(&catalog->arena, sizeof *track);
    const struct schema_track_file *record = file->record;
    struct catalog_track_file *own = arena_alloc(&draft->lists, sizeof *own);
    track->thing.type = &catalog_track_type;
    track->record = &record->track;
    track->more = &catalog_track_no_more;
    if (catalog_has_track_pages(catalog))
        settle_address(
            catalog, draft, file, &track->thing, SCHEMA_ADDRESS_TRACK, record->track.title);
    *own = (struct catalog_track_file){.track = track, .record = record, .slug = track->thing.slug};
    track->thing.slug = TEXT_NONE; /* until its line on its drama's page has a name */
    catalog_append(&draft->lists, &draft->track_files, own);
    return &track->thing;
}

enum catalog_absence catalog_absence(
    const struct catalog_request *request, const struct catalog_file *file)
{
    const struct schema_page *page = file->kind == SCHEMA_PAGES ? file->record : NULL;
    const struct schema_writing *writing = file->kind == SCHEMA_WRITINGS ? file->record : NULL;
    int64_t today = data_date_days(request->today);
    bool is_draft = (page && page->draft) || (writing && writing->draft);
    if (is_draft && !request->with_drafts)
        return CATALOG_DRAFT;
    if (writing && writing->expires.month && data_date_days(writing->expires) <= today)
        return CATALOG_EXPIRED;
    bool is_future = writing && data_date_days(writing->date) > today;
    return is_future && !request->with_future ? CATALOG_FUTURE : CATALOG_PRESENT;
}

int64_t catalog_same_until(const struct catalog *catalog)
{
    int64_t today = data_date_days(catalog->request.today), until = INT64_MAX;
    for (size_t i = 0; i < catalog->file_count; i++) {
        const struct schema_writing *writing = catalog->files[i].record;
        if (catalog->files[i].kind != SCHEMA_WRITINGS || !writing)
            continue;
        const struct data_date days[] = {writing->date, writing->expires};
        for (size_t j = 0; j < BASE_COUNT(days); j++) {
            int64_t day = days[j].month ? data_date_days(days[j]) : today;
            if (day > today && day < until)
                until = day;
        }
    }
    return until;
}

/* Whether it is in the site; what is not is counted. */
static bool is_out(struct catalog *catalog, const struct catalog_file *file)
{
    enum catalog_absence why = catalog_absence(&catalog->request, file);
    catalog->drafts += why == CATALOG_DRAFT;
    catalog->future += why == CATALOG_FUTURE;
    catalog->expired += why == CATALOG_EXPIRED;
    return why == CATALOG_PRESENT;
}

static struct catalog_thing *close_page(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_file *file)
{
    const struct schema_page *record = file->record;
    if (!is_out(catalog, file))
        return NULL;
    struct catalog_page *page = catalog_make(catalog, draft, &catalog_page_type);
    page->record = record;
    settle_address(catalog, draft, file, &page->thing, SCHEMA_ADDRESS_PAGE, record->title);
    catalog_add(catalog, &draft->pages, page);
    return &page->thing;
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
    if (!is_out(catalog, file)) {
        map_put(
            &catalog->names->left_out, unicode_key(&catalog->arena, record->title), (void *)file);
        return NULL;
    }
    struct catalog_writing *writing = catalog_make(catalog, draft, &catalog_writing_type);
    writing->record = record;
    writing->summary = catalog_summary(record->summary, file);
    writing->comment_count = file->comments ? file->comments->count : 0;
    settle_address(catalog, draft, file, &writing->thing, catalog_address_kind(&writing->thing),
        record->title);
    const struct text *aliases = record->aliases.items;
    struct text title = called_of(catalog, draft, file)->title;
    if (title.length)
        catalog_claim_key(&catalog->names->writings, title, &writing->thing);
    for (size_t i = 0; i < record->aliases.count; i++)
        catalog_claim(&catalog->names->writings, aliases[i], &writing->thing);
    catalog_add(catalog, &draft->writings, writing);
    return &writing->thing;
}

/* A writing beside its moment, so that sorting need not fetch both from afar each time. */
struct dated {
    int64_t seconds;
    struct catalog_writing *writing;
};

static int compare_dated(const void *left, const void *right)
{
    const struct dated *a = left, *b = right;
    if (a->seconds != b->seconds)
        return a->seconds > b->seconds ? -1 : 1;
    return text_compare(b->writing->thing.file->path, a->writing->thing.file->path);
}

/* The newest first. */
static void sort_writings(struct catalog_draft *draft)
{
    size_t count = draft->writings.count;
    struct dated *dated = arena_array(&draft->scratch, count, sizeof *dated);
    for (size_t i = 0; i < count; i++) {
        struct catalog_writing *writing = (void *)draft->writings.items[i];
        dated[i] = (struct dated){data_date_seconds(writing->record->date), writing};
    }
    if (count)
        qsort(dated, count, sizeof *dated, compare_dated);
    for (size_t i = 0; i < count; i++) {
        draft->writings.items[i] = dated[i].writing;
        dated[i].writing->rank = (uint32_t)i;
    }
    arena_clear(&draft->scratch);
}

void catalog_close_files(struct catalog *catalog, struct catalog_draft *draft)
{
    static struct catalog_thing *(*const close[SCHEMA_KIND_COUNT])(
        struct catalog *, struct catalog_draft *, const struct catalog_file *) = {
        [SCHEMA_WRITINGS] = close_writing,
        [SCHEMA_DRAMAS] = close_drama,
        [SCHEMA_ARTISTS] = close_artist,
        [SCHEMA_TRACKS] = close_track,
        [SCHEMA_PAGES] = close_page,
    };
    struct calling calling = {catalog, base_alloc(catalog->file_count * sizeof *draft->called)};
    catalog_parallel(catalog, draft, catalog->file_count, call_file, &calling);
    draft->called = calling.called;
    for (size_t i = 0; i < catalog->file_count; i++) {
        struct catalog_file *file = &catalog->files[i];
        const struct catalog_called *called = &draft->called[i];
        map_put(&catalog->names->files, called->path, file);
        catalog_name_file(catalog->names, called->path, called->notes, file);
        arena_clear(&draft->scratch);
        struct catalog_thing *thing = file->record ? close[file->kind](catalog, draft, file) : NULL;
        if (!thing)
            continue;
        thing->file = file;
        file->thing = thing;
    }
    base_free(draft->called);
    draft->called = NULL;
    for (size_t i = 0; i < catalog->asset_count; i++)
        catalog_name_asset(catalog->names, &catalog->assets[i]);
    sort_writings(draft);
}
