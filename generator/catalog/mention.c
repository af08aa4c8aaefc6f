/*
 * What is mentioned: dramas, artists and terms (tags, authors, moods, instruments), by their names.
 *
 *     tracks: [{title: Rain, artist: V}]  --threads-->  "v", a word of that thread
 *                                         --names.c-->  the name that all threads' "v" stand for
 *                                         ---------->   the artist V (BTS)
 *
 * Names are settled in steps, so that the order of the writings decides nothing but spelling: first
 * files claim their names, then every pair {name, native} is told, then every mention is resolved,
 * oldest writing first. A thing without a file shows the spelling of the oldest mention.
 */
#include "catalog/catalog_inside.h"

/* ---- While files are read: mentions and their keys --------------------------------------------------------- */

/* A track's mentions stand in this order: its drama, artists, credits, moods and instruments. A writing's are dramas,
 * tags, authors, then track by track; an artist's are members, then groups; a drama's is what it is a remake of. */
struct gathering {
    struct catalog_worker *worker;
    struct catalog_named *items;
    size_t count;
};

static struct catalog_word *word_of(
    struct catalog_worker *worker, enum catalog_named_kind kind, struct text name)
{
    if (!name.length)
        return NULL;
    struct text key = unicode_key(&worker->scratch, name);
    struct catalog_word *word = map_get(&worker->words[kind], key);
    if (word)
        return word;
    return map_put(&worker->words[kind], arena_text(&worker->lists, key),
        arena_alloc(&worker->lists, sizeof *word));
}

static void gather_one(
    struct gathering *to, enum catalog_named_kind kind, const struct schema_mention *mention)
{
    to->items[to->count++] = (struct catalog_named){.mention = mention,
        .kind = kind,
        .name = word_of(to->worker, kind, mention->name),
        .native = word_of(to->worker, kind, mention->more->native)};
}

static void gather(
    struct gathering *to, enum catalog_named_kind kind, const struct data_array *mentions)
{
    const struct schema_mention *const *items = mentions->items;
    for (size_t i = 0; i < mentions->count; i++)
        gather_one(to, kind, items[i]);
}

static size_t count_in_track(const struct schema_track *track)
{
    size_t count = (track->more->drama != NULL) + track->artists.count + track->more->moods.count +
                   track->more->instruments.count;
    for (int credit = 0; credit < SCHEMA_CREDITS; credit++)
        count += track->more->credits[credit].count;
    return count;
}

static size_t count_in_writing(const struct schema_writing *record)
{
    const struct schema_track *const *tracks = record->tracks.items;
    size_t count = record->dramas.count + record->tags.count + record->authors.count;
    for (size_t i = 0; i < record->tracks.count; i++)
        count += count_in_track(tracks[i]);
    return count;
}

static void gather_track(struct gathering *to, const struct schema_track *track)
{
    if (track->more->drama)
        gather_one(to, CATALOG_DRAMA, track->more->drama);
    gather(to, CATALOG_ARTIST, &track->artists);
    for (int credit = 0; credit < SCHEMA_CREDITS; credit++)
        gather(to, CATALOG_ARTIST, &track->more->credits[credit]);
    gather(to, CATALOG_TERM + CATALOG_MOODS, &track->more->moods);
    gather(to, CATALOG_TERM + CATALOG_INSTRUMENTS, &track->more->instruments);
}

static void gather_writing(struct gathering *to, const struct schema_writing *record)
{
    const struct schema_track *const *tracks = record->tracks.items;
    gather(to, CATALOG_DRAMA, &record->dramas);
    gather(to, CATALOG_TERM + CATALOG_TAGS, &record->tags);
    gather(to, CATALOG_TERM + CATALOG_AUTHORS, &record->authors);
    for (size_t i = 0; i < record->tracks.count; i++)
        gather_track(to, tracks[i]);
}

struct catalog_mentions catalog_gather(
    const struct catalog_file *file, struct catalog_worker *worker)
{
    const struct schema_writing *writing = file->kind == SCHEMA_WRITINGS ? file->record : NULL;
    const struct schema_artist *artist = file->kind == SCHEMA_ARTISTS ? file->record : NULL;
    const struct schema_drama *drama = file->kind == SCHEMA_DRAMAS ? file->record : NULL;
    const struct schema_track_file *track = file->kind == SCHEMA_TRACKS ? file->record : NULL;
    size_t most = writing  ? count_in_writing(writing)
                  : track  ? count_in_track(&track->track)
                  : artist ? artist->members.count + artist->member_of.count
                           : drama && drama->remake_of;
    struct gathering to = {worker, arena_array(&worker->lists, most, sizeof *to.items), 0};
    if (writing)
        gather_writing(&to, writing);
    if (artist) {
        gather(&to, CATALOG_ARTIST, &artist->members);
        gather(&to, CATALOG_ARTIST, &artist->member_of);
    }
    if (track)
        gather_track(&to, &track->track);
    if (drama && drama->remake_of)
        gather_one(&to, CATALOG_DRAMA, drama->remake_of);
    base_assert(to.count == most);
    return (struct catalog_mentions){to.items, to.count};
}

/* ---- Pairs ----------------------------------------------------------------------------------------------------- */

static struct catalog_name_index *index_of(struct catalog *catalog, enum catalog_named_kind kind)
{
    struct catalog_names *names = catalog->names;
    return kind == CATALOG_DRAMA    ? &names->dramas
           : kind == CATALOG_ARTIST ? &names->artists
                                    : &names->terms[kind - CATALOG_TERM];
}

/* From here on the words of all threads lead to the same names. */
static void find_words(struct catalog *catalog, struct catalog_draft *draft)
{
    for (unsigned i = 0; i < catalog->request.jobs; i++)
        for (int kind = 0; kind < CATALOG_NAMED_COUNT; kind++) {
            const struct map *words = &draft->workers[i].words[kind];
            for (size_t j = 0; j < words->count; j++)
                ((struct catalog_word *)words->entries[j].value)->name = catalog_name(
                    index_of(catalog, (enum catalog_named_kind)kind), words->entries[j].key);
        }
}

static const struct catalog_mentions *mentions_of(
    const struct catalog *catalog, const struct catalog_draft *draft, const void *thing)
{
    return &draft->mentions[((const struct catalog_thing *)thing)->file - catalog->files];
}

static void join_pairs(struct catalog_draft *draft, const struct catalog_mentions *mentions,
    struct catalog_list *pairs)
{
    for (size_t i = 0; i < mentions->count; i++) {
        const struct catalog_named *named = &mentions->items[i];
        if (!named->name || !named->native || named->kind >= CATALOG_TERM)
            continue;
        catalog_join(named->name->name, named->native->name, named->mention->more->native);
        catalog_append(&draft->lists, pairs, named);
    }
}

static struct catalog_track *track_at(const struct catalog_draft *draft, size_t index)
{
    return ((const struct catalog_track_file *)draft->track_files.items[index])->track;
}

/* Every pair of the blog, those of the oldest writing first. */
static struct catalog_list join_all_pairs(struct catalog *catalog, struct catalog_draft *draft)
{
    struct catalog_list pairs = {0};
    for (size_t i = draft->writings.count; i > 0; i--)
        join_pairs(draft, mentions_of(catalog, draft, draft->writings.items[i - 1]), &pairs);
    for (size_t i = 0; i < draft->artists.count; i++)
        join_pairs(draft, mentions_of(catalog, draft, draft->artists.items[i]), &pairs);
    for (size_t i = 0; i < draft->dramas.count; i++)
        join_pairs(draft, mentions_of(catalog, draft, draft->dramas.items[i]), &pairs);
    for (size_t i = 0; i < draft->track_files.count; i++)
        join_pairs(draft, mentions_of(catalog, draft, track_at(draft, i)), &pairs);
    return pairs;
}

static void lend_pairs(struct catalog *catalog, const struct catalog_list *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        const struct catalog_named *named = pairs->items[i];
        catalog_lend(index_of(catalog, named->kind), named->name->name, named->native->name);
    }
}

/* ---- Things that are only named ------------------------------------------------------------------------------- */

static struct text shown_suffix(const struct catalog_thing *thing)
{
    return thing->type == &catalog_drama_type
               ? ((const struct catalog_drama *)(const void *)thing)->record->disambiguation
               : ((const struct catalog_artist *)(const void *)thing)->suffix;
}

void catalog_note_several(
    struct report *report, struct text name, const struct catalog_claims *claims)
{
    for (size_t i = 0; i < claims->count; i++) {
        const struct catalog_thing *thing = claims->things[i];
        struct text suffix = shown_suffix(thing);
        struct text path = thing->file ? thing->file->path : thing->named_in->path;
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
static struct text native_of(const struct catalog_named *named)
{
    struct text native = catalog_native(named->name->name);
    return text_equal(native, named->mention->name) ? TEXT_NONE : native;
}

/* A thing without a file remembers who named it first, for messages. */
static void settle_named(struct catalog *catalog, struct catalog_draft *draft,
    struct catalog_thing *thing, enum schema_address_kind kind, const struct catalog_file *file,
    const struct schema_mention *mention)
{
    catalog_settle_named(catalog, draft, thing, kind, mention->name);
    thing->named_in = file;
    thing->named_at = mention->spot;
}

static struct catalog_thing *make_drama(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_file *file, const struct catalog_named *named)
{
    struct catalog_drama *drama = catalog_make(catalog, draft, &catalog_drama_type);
    struct schema_drama *record = arena_alloc(&catalog->arena, sizeof *record);
    data_set_absent(&schema_drama_type, record);
    record->title = named->mention->name;
    record->native = native_of(named);
    drama->record = record;
    settle_named(catalog, draft, &drama->thing, SCHEMA_ADDRESS_DRAMA, file, named->mention);
    catalog_add(catalog, &draft->dramas, drama);
    return &drama->thing;
}

static struct catalog_thing *make_artist(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_file *file, const struct catalog_named *named)
{
    struct catalog_artist *artist = catalog_make(catalog, draft, &catalog_artist_type);
    struct schema_artist *record = arena_alloc(&catalog->arena, sizeof *record);
    data_set_absent(&schema_artist_type, record);
    record->name = named->mention->name;
    record->native = native_of(named);
    artist->record = record;
    settle_named(catalog, draft, &artist->thing, SCHEMA_ADDRESS_ARTIST, file, named->mention);
    catalog_add(catalog, &draft->artists, artist);
    return &artist->thing;
}

static struct catalog_thing *make_term(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_file *file, const struct catalog_named *named)
{
    struct catalog_term *term = catalog_make(catalog, draft, &catalog_term_type);
    term->kind = (int)named->kind - CATALOG_TERM;
    term->name = named->mention->name;
    settle_named(
        catalog, draft, &term->thing, catalog_term_rows[term->kind].address, file, named->mention);
    catalog_add(catalog, &draft->terms[term->kind], term);
    return &term->thing;
}

static struct catalog_thing *make_thing(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_file *file, const struct catalog_named *named)
{
    return named->kind == CATALOG_DRAMA    ? make_drama(catalog, draft, file, named)
           : named->kind == CATALOG_ARTIST ? make_artist(catalog, draft, file, named)
                                           : make_term(catalog, draft, file, named);
}

/* The one thing that the mention means, made where there is none yet. NULL where there are several
 * (reported), or where the mention says no name (reported when it was read). */
static const struct catalog_thing *thing_of(struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_file *file, const struct catalog_named *named)
{
    if (!named->name)
        return NULL;
    struct catalog_claims claims = catalog_claimed_by(
        named->name->name, named->native ? named->native->name : NULL, &draft->scratch);
    if (claims.count == 1) {
        if (!claims.things[0]->url.at)
            catalog_settle_member(catalog, draft, claims.things[0], file, named);
        return claims.things[0];
    }
    if (claims.count > 1) {
        report_several(draft, file, named->mention, &claims);
        return NULL;
    }
    struct catalog_thing *thing = make_thing(catalog, draft, file, named);
    struct catalog_name_index *index = index_of(catalog, named->kind);
    catalog_claim(index, named->mention->name, thing);
    catalog_claim(index, named->mention->more->native, thing);
    return thing;
}

static void resolve(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_file *file)
{
    struct catalog_mentions *mentions = &draft->mentions[file - catalog->files];
    for (size_t i = 0; i < mentions->count; i++)
        mentions->items[i].thing = thing_of(catalog, draft, file, &mentions->items[i]);
    arena_clear(&draft->scratch);
}

/* ---- Writings -------------------------------------------------------------------------------------------------- */

/* Fills one writing from its mentions, taken in their order. */
struct filling {
    struct catalog_worker *worker;
    struct catalog_writing *writing;
    const struct catalog_named *next;
};

/* The things that the next mentions mean, once each. */
static struct data_array take_things(struct filling *filling, size_t count)
{
    struct catalog_list things = {0};
    for (size_t i = 0; i < count; i++)
        catalog_append_once(filling->worker->arena, &things, (filling->next++)->thing);
    return catalog_array(&things);
}

/* The season that a track is from: its own, its drama's, or that of the whole writing. */
static int64_t season_of(const struct catalog_writing *writing, const struct schema_track *track)
{
    if (track->more->season != DATA_NO_INTEGER)
        return track->more->season;
    return track->more->drama ? track->more->drama->more->season : writing->season;
}

/* A track of a writing over several dramas must say whose it is. */
static void check_drama(
    struct report *report, const struct catalog_writing *writing, const struct schema_track *record)
{
    if (record->more->drama || writing->dramas.count <= 1)
        return;
    report_at(report, REPORT_ERROR, schema_place(writing->thing.file->path, record->spot),
        "this writing covers several dramas: say which one '%.*s' is from",
        TEXT_ARGS(record->title));
    struct text drama =
        (*(const struct catalog_drama *const *)writing->dramas.items)->record->title;
    report_note(report, "write 'drama: %.*s' under the track", TEXT_ARGS(drama));
    report_note(report, "or, where tracks are pasted: \"%.*s\" (%.*s) by ...",
        TEXT_ARGS(record->title), TEXT_ARGS(drama));
}

static bool has_roles(const struct schema_track *record)
{
    const struct schema_mention *const *artists = record->artists.items;
    for (size_t i = 0; i < record->artists.count; i++)
        if (artists[i]->more->role.at || artists[i]->more->as.at)
            return true;
    return false;
}

/* From the mentions that come next, which stay. */
static struct data_array performers_of(
    const struct filling *filling, const struct schema_track *record)
{
    struct catalog_list performers = {0};
    for (size_t i = 0; has_roles(record) && i < record->artists.count; i++) {
        if (!filling->next[i].thing)
            continue;
        const struct schema_mention *mention = filling->next[i].mention;
        struct catalog_performer *performer =
            arena_alloc(filling->worker->arena, sizeof *performer);
        *performer = (struct catalog_performer){
            (const void *)filling->next[i].thing, mention->more->role, mention->more->as};
        catalog_append(filling->worker->arena, &performers, performer);
    }
    return catalog_array(&performers);
}

/* Who made it and how it feels, from the mentions that come next. */
static const struct catalog_track_more *take_more(
    struct filling *filling, const struct schema_track *record, struct data_array performers)
{
    size_t others = (record->more->drama != NULL) + record->artists.count;
    if (!performers.count && count_in_track(record) == others)
        return &catalog_track_no_more;
    struct catalog_track_more *more = arena_alloc(filling->worker->arena, sizeof *more);
    more->performers = performers;
    for (int credit = 0; credit < SCHEMA_CREDITS; credit++)
        more->credits[credit] = take_things(filling, record->more->credits[credit].count);
    more->moods = take_things(filling, record->more->moods.count);
    more->instruments = take_things(filling, record->more->instruments.count);
    return more;
}

static void fill_listing(struct filling *filling, struct catalog_listing *listing, size_t index)
{
    const struct catalog_writing *writing = filling->writing;
    const struct schema_track *record =
        ((const struct schema_track *const *)writing->record->tracks.items)[index];
    check_drama(&filling->worker->report, writing, record);
    listing->number = writing->thing.number;
    listing->position = (int64_t)index + 1;
    listing->writing = writing;
    listing->record = record;
    listing->drama = record->more->drama ? (const void *)(filling->next++)->thing : writing->drama;
    listing->season = season_of(writing, record);
    struct data_array performers = performers_of(filling, record);
    listing->artists = take_things(filling, record->artists.count);
    listing->more = take_more(filling, record, performers);
}

static void fill_listings(struct filling *filling)
{
    size_t count = filling->writing->record->tracks.count;
    struct arena *arena = filling->worker->arena;
    struct catalog_listing *listings = arena_array(arena, count, sizeof *listings);
    const struct catalog_listing **items = arena_array(arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        fill_listing(filling, &listings[i], i);
        items[i] = &listings[i];
    }
    filling->writing->listings = (struct data_array){items, count};
}

/* ---- Tracks with files ---------------------------------------------------------------------------------------- */

static void close_track_file(
    struct catalog *catalog, struct catalog_draft *draft, struct catalog_track_file *own)
{
    struct catalog_track *track = own->track;
    const struct schema_track *record = &own->record->track;
    struct filling filling = {&draft->workers[0], NULL, mentions_of(catalog, draft, track)->items};
    if (record->more->drama)
        track->drama = (const void *)(filling.next++)->thing;
    track->season = own->season = record->more->season != DATA_NO_INTEGER ? record->more->season
                                  : record->more->drama ? record->more->drama->more->season
                                                        : DATA_NO_INTEGER;
    own->performers = performers_of(&filling, record);
    track->artists = own->artists = take_things(&filling, record->artists.count);
    track->more = take_more(&filling, record, (struct data_array){0});
}

static void close_track_files(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->track_files.count; i++) {
        resolve(catalog, draft, track_at(draft, i)->thing.file);
        close_track_file(catalog, draft, (void *)draft->track_files.items[i]);
    }
}

/* ---- Writings as a whole -------------------------------------------------------------------------------------- */

/* Its own, or that of its one drama. */
static void settle_season(struct catalog_writing *writing)
{
    const struct schema_writing *record = writing->record;
    const struct schema_mention *const *dramas = record->dramas.items;
    bool is_named = record->dramas.count == 1 && dramas[0]->more->season != DATA_NO_INTEGER;
    writing->season = is_named ? dramas[0]->more->season : record->season;
}

static void settle_drama(struct catalog_writing *writing)
{
    const struct catalog_drama *const *dramas = writing->dramas.items;
    writing->drama = writing->dramas.count ? dramas[0] : NULL;
}

/* A guide need not say twice which dramas it covers: its tracks say it. */
static void add_dramas_of_tracks(struct filling *filling)
{
    struct catalog_writing *writing = filling->writing;
    const struct catalog_drama *const *named = writing->dramas.items;
    const struct catalog_listing *const *listings = writing->listings.items;
    struct catalog_list dramas = {0};
    for (size_t i = 0; i < writing->dramas.count; i++)
        catalog_append(filling->worker->arena, &dramas, named[i]);
    for (size_t i = 0; i < writing->listings.count; i++)
        catalog_append_once(filling->worker->arena, &dramas, listings[i]->drama);
    writing->dramas = catalog_array(&dramas);
    settle_drama(writing);
}

struct all_writings {
    const struct catalog *catalog;
    const struct catalog_draft *draft;
};

static void fill_writing(void *context, size_t index, struct catalog_worker *worker)
{
    const struct all_writings *all = context;
    struct catalog_writing *writing = (void *)all->draft->writings.items[index];
    const struct catalog_mentions *mentions = mentions_of(all->catalog, all->draft, writing);
    struct filling filling = {worker, writing, mentions->items};
    writing->dramas = take_things(&filling, writing->record->dramas.count);
    settle_drama(writing);
    settle_season(writing);
    writing->tags = take_things(&filling, writing->record->tags.count);
    writing->authors = take_things(&filling, writing->record->authors.count);
    if (!writing->record->authors.count)
        writing->authors = all->draft->authors;
    fill_listings(&filling);
    add_dramas_of_tracks(&filling);
    base_assert(filling.next == mentions->items + mentions->count);
}

/* Artists' files name each other: members of groups, groups of members. The list grows meanwhile. */
static void close_groups(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->artists.count; i++) {
        struct catalog_artist *artist = (void *)draft->artists.items[i];
        if (!artist->thing.file)
            continue;
        resolve(catalog, draft, artist->thing.file);
        struct filling filling = {
            &draft->workers[0], NULL, mentions_of(catalog, draft, artist)->items};
        artist->members = take_things(&filling, artist->record->members.count);
        artist->groups = take_things(&filling, artist->record->member_of.count);
    }
}

static void close_remake(
    struct catalog *catalog, struct catalog_draft *draft, struct catalog_drama *drama)
{
    const struct catalog_file *file = drama->thing.file;
    const struct schema_mention *mention = drama->record->remake_of;
    if (!mention)
        return;
    resolve(catalog, draft, file);
    drama->remake_of = (const void *)mentions_of(catalog, draft, drama)->items[0].thing;
    if (drama->remake_of != drama)
        return;
    report_at(draft->report, REPORT_ERROR, schema_place(file->path, mention->spot),
        "'%.*s' means this drama itself", TEXT_ARGS(mention->name));
    report_note(draft->report, "tell them apart: give each a 'disambiguation', such as its year");
    drama->remake_of = NULL;
}

/* The list grows meanwhile. */
static void close_remakes(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->dramas.count; i++)
        close_remake(catalog, draft, (void *)draft->dramas.items[i]);
}

static bool is_any_unsigned(const struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->writings.count; i++)
        if (!((const struct catalog_writing *)draft->writings.items[i])->record->authors.count)
            return true;
    return false;
}

/* The blog's authors wrote what names nobody. The settings name them before any writing does. */
static void close_authors(struct catalog *catalog, struct catalog_draft *draft)
{
    const struct data_array *authors = &catalog->request.settings->authors;
    struct catalog_list terms = {0};
    for (size_t i = 0; i < authors->count && is_any_unsigned(draft); i++) {
        struct schema_mention mention = {
            .name = ((const struct text *)authors->items)[i], .more = &schema_mention_no_more};
        struct catalog_word word = {catalog_name(index_of(catalog, CATALOG_TERM + CATALOG_AUTHORS),
            unicode_key(&catalog->arena, mention.name))};
        struct catalog_named named = {
            .mention = &mention, .kind = CATALOG_TERM + CATALOG_AUTHORS, .name = &word};
        catalog_append_once(&catalog->arena, &terms, thing_of(catalog, draft, NULL, &named));
    }
    draft->authors = catalog_array(&terms);
}

void catalog_close_mentions(struct catalog *catalog, struct catalog_draft *draft)
{
    struct all_writings all = {catalog, draft};
    find_words(catalog, draft);
    catalog_find_members(catalog, draft);
    struct catalog_list pairs = join_all_pairs(catalog, draft);
    catalog_close_members(catalog, draft);
    lend_pairs(catalog, &pairs);
    close_authors(catalog, draft);
    for (size_t i = draft->writings.count; i > 0; i--)
        resolve(catalog, draft,
            ((const struct catalog_writing *)draft->writings.items[i - 1])->thing.file);
    close_track_files(catalog, draft);
    catalog_parallel(catalog, draft, draft->writings.count, fill_writing, &all);
    close_groups(catalog, draft);
    catalog_close_memberships(catalog, draft);
    close_remakes(catalog, draft);
}
