/*
 * The list of outputs, part by part:
 *
 *     /  /page/N/                     home, newest writings first
 *     /reviews/  /reviews/SLUG/       archive, writings
 *     /dramas/   /dramas/SLUG/        and so for artists and terms (tags, authors, moods, instruments)
 *     /tracks/  /tracks/page/N/       index of tracks, where they have pages: /tracks/SLUG/
 *     /series/SLUG/                   pieces that belong together
 *     /charts/  /years/YYYY/          the best of all time, of a year and what was written in it
 *     /SLUG/                          plain pages
 *     /search/  /search/names/0.json  the search page, and what its script fetches
 *     .../playlist.xspf .jspf         what can be heard of a writing or a drama
 *     .../feed.xml  .../feed.json     pieces of one drama, artist, tag, author or series
 *     404.html  feed.xml feed.json  sitemap.xml robots.txt  _headers  .nojekyll
 *     2016/signal/  _redirects        old addresses, which lead on
 *     assets/NAME.HASH.css            the theme's
 *     ...                             other files of content/, where they stand there
 */
#include "plan/plan.h"

static struct plan_output *add(struct plan *plan, enum plan_kind kind, struct text path)
{
    struct plan_output *output =
        list_add(&plan->outputs, &plan->count, &plan->capacity, &plan->arena, sizeof *output);
    output->kind = kind;
    output->path = path;
    return output;
}

/* A page at an address of the site. "/blog/dramas/signal/" is the file dramas/signal/index.html. */
static struct plan_page *add_page(
    struct plan *plan, enum plan_page_kind kind, struct text url, const struct catalog_thing *thing)
{
    struct plan_page *page = arena_alloc(&plan->arena, sizeof *page);
    struct text below = text_slice(url, plan->catalog->request.base_path.length, url.length);
    bool is_folder = below.length == 0 || text_ends(below, "/");
    struct text file = is_folder ? TEXT("index.html") : TEXT("");
    struct plan_output *output = add(plan, PLAN_PAGE, arena_join(&plan->arena, below, file));
    *page = (struct plan_page){
        .kind = (int)kind, .url = url, .number = 1, .count = 1, .is_listed = true};
    output->page = page;
    output->thing = thing;
    return page;
}

/* The files of what can be heard, where there are any: beside playlist.xspf stands playlist.jspf. */
static void add_playlist(struct plan *plan, struct text url, const struct catalog_thing *thing)
{
    if (!url.at)
        return;
    struct text path = text_slice(url, plan->catalog->request.base_path.length, url.length);
    struct text folder = text_slice(path, 0, path.length - strlen("xspf"));
    add(plan, PLAN_PLAYLIST, path)->thing = thing;
    add(plan, PLAN_PLAYLIST_JSON, arena_join(&plan->arena, folder, TEXT("jspf")))->thing = thing;
}

/* Beside feed.xml stands feed.json. */
static void add_feeds(
    struct plan *plan, const struct plan_page *page, const struct catalog_thing *thing)
{
    struct text url = catalog_feed_url(plan->catalog, thing, &plan->arena);
    if (!url.at)
        return;
    struct text path = text_slice(url, plan->catalog->request.base_path.length, url.length);
    struct text folder = text_slice(path, 0, path.length - strlen("xml"));
    struct plan_output *atom = add(plan, PLAN_FEED, path);
    atom->thing = thing;
    atom->feed_of = page;
    struct plan_output *json =
        add(plan, PLAN_FEED_JSON, arena_join(&plan->arena, folder, TEXT("json")));
    json->thing = thing;
    json->feed_of = page;
}

static struct text site_url(struct plan *plan, const char *below)
{
    return arena_format(&plan->arena, "%.*s%s", TEXT_ARGS(plan->catalog->request.base_path), below);
}

/* The theme's words for a title; the key itself where a theme lacks it. */
static struct text words(struct plan *plan, const char *key)
{
    struct text found = theme_string(plan->theme, text_of(key), NAN);
    return found.at ? found : text_of(key);
}

static struct text page_number(struct plan *plan, int64_t number, int64_t count)
{
    struct theme_filling fillings[] = {
        {TEXT("number"), arena_format(&plan->arena, "%lld", (long long)number)},
        {TEXT("count"), arena_format(&plan->arena, "%lld", (long long)count)},
    };
    return theme_fill(&plan->arena, words(plan, "page_number"), fillings, BASE_COUNT(fillings));
}

/* ---- Home -------------------------------------------------------------------------------------------------- */

/* Of several pages the first stands in the folder itself: "", "tracks/". */
static struct text paged_url(struct plan *plan, const char *folder, int64_t number)
{
    return number == 1
               ? site_url(plan, folder)
               : arena_format(&plan->arena, "%.*s%spage/%lld/",
                     TEXT_ARGS(plan->catalog->request.base_path), folder, (long long)number);
}

/* One of the pages that are made of one list. */
static struct plan_page *add_paged(
    struct plan *plan, enum plan_page_kind kind, const char *folder, int64_t number, int64_t count)
{
    struct plan_page *page =
        add_page(plan, kind, paged_url(plan, folder, number), &plan->catalog->site.thing);
    page->number = number;
    page->count = count;
    page->is_listed = number == 1;
    page->newer_url = number > 1 ? paged_url(plan, folder, number - 1) : TEXT_NONE;
    page->older_url = number < count ? paged_url(plan, folder, number + 1) : TEXT_NONE;
    return page;
}

static void add_home(struct plan *plan)
{
    const struct catalog_site *site = &plan->catalog->site;
    size_t each = (size_t)site->settings->per_page, all = site->writings.count;
    int64_t count = all ? (int64_t)((all + each - 1) / each) : 1;
    const void *const *writings = site->writings.items;
    for (int64_t number = 1; number <= count; number++) {
        size_t from = (size_t)(number - 1) * each;
        struct plan_page *page = add_paged(plan, PLAN_HOME, "", number, count);
        page->description = site->settings->description;
        page->reviews = (struct data_array){
            all ? writings + from : NULL, all - from < each ? all - from : each};
        page->title = number == 1 ? TEXT_NONE : page_number(plan, number, count);
    }
}

/* ---- Things and their indexes -------------------------------------------------------------------------------- */

/* Its summary as typed, else its key points in one line, else how its text begins. */
static struct text description_of(struct plan *plan, const struct catalog_writing *writing)
{
    const struct text *points = writing->record->glance.items;
    struct text joined = TEXT_NONE;
    if (writing->record->summary.at || !writing->record->glance.count)
        return writing->summary;
    for (size_t i = 0; i < writing->record->glance.count; i++)
        joined =
            i ? arena_format(&plan->arena, "%.*s · %.*s", TEXT_ARGS(joined), TEXT_ARGS(points[i]))
              : points[i];
    return joined;
}

static void add_writings(struct plan *plan)
{
    static const enum plan_page_kind kinds[] = {[SCHEMA_REVIEW] = PLAN_REVIEW,
        [SCHEMA_RECAP] = PLAN_RECAP,
        [SCHEMA_ESSAY] = PLAN_ESSAY,
        [SCHEMA_GUIDE] = PLAN_GUIDE};
    const struct catalog_site *site = &plan->catalog->site;
    const struct catalog_writing *const *items = site->writings.items;
    add_page(plan, PLAN_REVIEWS, site_url(plan, "reviews/"), &site->thing)->title =
        words(plan, "reviews");
    for (size_t i = 0; i < site->writings.count; i++) {
        struct plan_page *page =
            add_page(plan, kinds[items[i]->record->kind], items[i]->thing.url, &items[i]->thing);
        page->title = items[i]->record->title;
        page->description = description_of(plan, items[i]);
        add_playlist(plan, items[i]->playlist_url, &items[i]->thing);
    }
}

static void add_dramas(struct plan *plan)
{
    const struct catalog_site *site = &plan->catalog->site;
    const struct catalog_drama *const *items = site->dramas.items;
    add_page(plan, PLAN_DRAMAS, site_url(plan, "dramas/"), &site->thing)->title =
        words(plan, "dramas");
    for (size_t i = 0; i < site->dramas.count; i++) {
        struct plan_page *page = add_page(plan, PLAN_DRAMA, items[i]->thing.url, &items[i]->thing);
        page->title = items[i]->record->title;
        page->description = catalog_summary(items[i]->record->summary, items[i]->thing.file);
        add_playlist(plan, items[i]->playlist_url, &items[i]->thing);
        add_feeds(plan, page, &items[i]->thing);
    }
}

/* "Doyoung (NCT)" where there is another Doyoung. */
static struct text name_of_artist(struct plan *plan, const struct catalog_artist *artist)
{
    const struct text parts[] = {artist->record->name, TEXT(" ("), artist->suffix, TEXT(")")};
    return artist->suffix.at ? arena_join_all(&plan->arena, parts, BASE_COUNT(parts))
                             : artist->record->name;
}

static void add_artists(struct plan *plan)
{
    const struct catalog_site *site = &plan->catalog->site;
    const struct catalog_artist *const *items = site->artists.items;
    add_page(plan, PLAN_ARTISTS, site_url(plan, "artists/"), &site->thing)->title =
        words(plan, "artists");
    for (size_t i = 0; i < site->artists.count; i++) {
        struct plan_page *page = add_page(plan, PLAN_ARTIST, items[i]->thing.url, &items[i]->thing);
        page->title = name_of_artist(plan, items[i]);
        page->description = catalog_summary(items[i]->record->summary, items[i]->thing.file);
        add_feeds(plan, page, &items[i]->thing);
    }
}

/* ---- Tracks ------------------------------------------------------------------------------------------------ */

static size_t page_of(size_t place)
{
    return place / PLAN_TRACKS_ON_PAGE;
}

/* Where each band begins among all tracks; behind the last, how many there are. */
static size_t *band_starts(struct plan *plan, const struct data_array *bands)
{
    const struct catalog_track_band *const *items = bands->items;
    size_t *starts = arena_array(&plan->arena, bands->count + 1, sizeof *starts);
    for (size_t i = 0; i < bands->count; i++)
        starts[i + 1] = starts[i] + items[i]->tracks.count;
    return starts;
}

static struct data_array letters_of(
    struct plan *plan, const struct data_array *bands, const size_t *starts)
{
    const struct catalog_track_band *const *items = bands->items;
    const struct plan_letter **letters = arena_array(&plan->arena, bands->count, sizeof *letters);
    for (size_t i = 0; i < bands->count; i++) {
        struct plan_letter *letter = arena_alloc(&plan->arena, sizeof *letter);
        struct text url = paged_url(plan, "tracks/", (int64_t)page_of(starts[i]) + 1);
        letter->label = items[i]->label;
        letter->url = arena_format(&plan->arena, "%.*s#band-%zu", TEXT_ARGS(url), i + 1);
        letters[i] = letter;
    }
    return (struct data_array){letters, bands->count};
}

/* What of the bands stands on the page that begins at a track. */
static struct data_array bands_from(
    struct plan *plan, const struct data_array *bands, const size_t *starts, size_t from)
{
    const struct catalog_track_band *const *items = bands->items;
    const struct plan_band **on_page = arena_array(&plan->arena, bands->count, sizeof *on_page);
    size_t count = 0, end = from + PLAN_TRACKS_ON_PAGE;
    for (size_t i = 0; i < bands->count; i++) {
        size_t first = starts[i] > from ? starts[i] : from;
        size_t last = starts[i + 1] < end ? starts[i + 1] : end;
        if (first >= last)
            continue;
        struct plan_band *band = arena_alloc(&plan->arena, sizeof *band);
        *band = (struct plan_band){.label = items[i]->label,
            .number = (int64_t)i + 1,
            .total = (int64_t)items[i]->tracks.count,
            .tracks = {
                (const void *const *)items[i]->tracks.items + (first - starts[i]), last - first}};
        on_page[count++] = band;
    }
    return (struct data_array){on_page, count};
}

static void add_track_index(struct plan *plan)
{
    const struct data_array *bands = &plan->catalog->site.track_bands;
    const size_t *starts = band_starts(plan, bands);
    size_t all = starts[bands->count], count = all ? page_of(all - 1) + 1 : 1;
    struct data_array letters = letters_of(plan, bands, starts);
    for (size_t i = 0; i < count; i++) {
        struct plan_page *page =
            add_paged(plan, PLAN_TRACKS, "tracks/", (int64_t)i + 1, (int64_t)count);
        struct text title = words(plan, "tracks");
        struct text number = page_number(plan, (int64_t)i + 1, (int64_t)count);
        page->title =
            i ? arena_format(&plan->arena, "%.*s: %.*s", TEXT_ARGS(title), TEXT_ARGS(number))
              : title;
        page->is_listed = true; /* no other page lists all of them */
        page->letters = letters;
        page->bands = bands_from(plan, bands, starts, i * PLAN_TRACKS_ON_PAGE);
    }
}

/* "Chanyeol, Punch · Goblin OST" */
static struct text who_and_where(struct plan *plan, const struct catalog_track *track)
{
    const struct catalog_artist *const *artists = track->artists.items;
    struct text line = TEXT_NONE;
    for (size_t i = 0; i < track->artists.count; i++)
        line = i ? arena_format(&plan->arena, "%.*s, %.*s", TEXT_ARGS(line),
                       TEXT_ARGS(artists[i]->record->name))
                 : artists[i]->record->name;
    if (!track->drama)
        return line;
    struct theme_filling filling = {TEXT("drama"), track->drama->record->title};
    struct text album = theme_fill(&plan->arena, words(plan, "soundtrack_of"), &filling, 1);
    return line.at
               ? arena_format(&plan->arena, "%.*s \xC2\xB7 %.*s", TEXT_ARGS(line), TEXT_ARGS(album))
               : album;
}

static void add_tracks(struct plan *plan)
{
    const struct catalog_site *site = &plan->catalog->site;
    const struct catalog_track *const *items = site->tracks.items;
    if (site->settings->track_pages == SCHEMA_TRACK_PAGES_NONE)
        return;
    add_track_index(plan);
    for (size_t i = 0; i < site->tracks.count; i++) {
        if (!items[i]->page)
            continue;
        struct plan_page *page = add_page(plan, PLAN_TRACK, items[i]->thing.url, &items[i]->thing);
        page->title = items[i]->record->title;
        page->description = catalog_summary(items[i]->page->summary, items[i]->thing.file);
        if (!page->description.at)
            page->description = who_and_where(plan, items[i]);
    }
}

/* ---- Terms, series, plain pages ----------------------------------------------------------------------------- */

static void add_terms(struct plan *plan, enum catalog_term_kind kind)
{
    static const struct {
        enum plan_page_kind index, page;
        const char *title;
    } rows[CATALOG_TERM_KINDS] = {
        [CATALOG_TAGS] = {PLAN_TAGS, PLAN_TAG, "tags"},
        [CATALOG_AUTHORS] = {PLAN_AUTHORS, PLAN_AUTHOR, "authors"},
        [CATALOG_MOODS] = {PLAN_MOODS, PLAN_MOOD, "moods"},
        [CATALOG_INSTRUMENTS] = {PLAN_INSTRUMENTS, PLAN_INSTRUMENT, "instruments"},
    };
    const struct catalog_site *site = &plan->catalog->site;
    const struct catalog_term *const *items = site->terms[kind].items;
    struct text url = site_url(plan, catalog_term_rows[kind].folder);
    size_t count = site->terms[kind].count && !items[0]->has_page ? 0 : site->terms[kind].count;
    if (count || kind == CATALOG_TAGS) /* which the menu leads to */
        add_page(plan, rows[kind].index, url, &site->thing)->title = words(plan, rows[kind].title);
    for (size_t i = 0; i < count; i++) {
        struct plan_page *page =
            add_page(plan, rows[kind].page, items[i]->thing.url, &items[i]->thing);
        page->title = items[i]->name;
        add_feeds(plan, page, &items[i]->thing);
    }
}

/* "Recaps of Stranger, season 2" where nobody gave it a title. */
static struct text title_of_series(struct plan *plan, const struct catalog_series *series)
{
    bool has_season = series->season != DATA_NO_INTEGER;
    if (series->title.at)
        return series->title;
    struct theme_filling fillings[] = {
        {TEXT("drama"), series->drama->record->title},
        {TEXT("number"), arena_format(&plan->arena, "%lld", (long long)series->season)},
    };
    return theme_fill(&plan->arena, words(plan, has_season ? "recaps_of_season" : "recaps_of"),
        fillings, has_season ? 2 : 1);
}

/* "12 pieces, in order: " and their dramas. */
static struct text description_of_series(struct plan *plan, const struct catalog_series *series)
{
    double count = (double)series->writings.count;
    const struct catalog_drama *const *dramas = series->dramas.items;
    struct text names = TEXT_NONE;
    for (size_t i = 0; i < series->dramas.count; i++)
        names = i ? arena_format(&plan->arena, "%.*s, %.*s", TEXT_ARGS(names),
                        TEXT_ARGS(dramas[i]->record->title))
                  : dramas[i]->record->title;
    struct text number = arena_format(&plan->arena, "%zu", series->writings.count);
    struct theme_filling fillings[] = {{TEXT("count"), number}, {TEXT("dramas"), names}};
    const char *key = names.at ? "series_about" : "count_reviews";
    struct text found = theme_string(plan->theme, text_of(key), count);
    return theme_fill(
        &plan->arena, found.at ? found : text_of(key), fillings, BASE_COUNT(fillings));
}

static void add_series(struct plan *plan)
{
    const struct catalog_site *site = &plan->catalog->site;
    const struct catalog_series *const *items = site->series.items;
    for (size_t i = 0; i < site->series.count; i++) {
        struct plan_page *page = add_page(plan, PLAN_SERIES, items[i]->thing.url, &items[i]->thing);
        page->title = title_of_series(plan, items[i]);
        page->description = description_of_series(plan, items[i]);
        add_feeds(plan, page, &items[i]->thing);
    }
}

static void add_documents(struct plan *plan)
{
    const struct catalog_site *site = &plan->catalog->site;
    const struct catalog_page *const *items = site->pages.items;
    for (size_t i = 0; i < site->pages.count; i++) {
        struct plan_page *page =
            add_page(plan, PLAN_DOCUMENT, items[i]->thing.url, &items[i]->thing);
        page->title = items[i]->record->title;
        page->description = catalog_summary(items[i]->record->summary, items[i]->thing.file);
    }
}

static bool has_template(const struct plan *plan, const char *name)
{
    struct text source, file;
    return theme_template(plan->theme, text_of(name), &source, &file);
}

/* ---- Charts and years ------------------------------------------------------------------------------------------ */

static struct text year_url(struct plan *plan, const struct catalog_year *year)
{
    return arena_format(&plan->arena, "%.*syears/%lld/",
        TEXT_ARGS(plan->catalog->request.base_path), (long long)year->year);
}

static void add_year(
    struct plan *plan, const struct catalog_year *const *years, size_t count, size_t at)
{
    struct theme_filling filling = {
        TEXT("year"), arena_format(&plan->arena, "%lld", (long long)years[at]->year)};
    struct plan_page *page =
        add_page(plan, PLAN_YEAR, year_url(plan, years[at]), &plan->catalog->site.thing);
    page->title = theme_fill(&plan->arena, words(plan, "year_page"), &filling, 1);
    page->year = years[at];
    page->newer_url = at > 0 ? year_url(plan, years[at - 1]) : TEXT_NONE;
    page->older_url = at + 1 < count ? year_url(plan, years[at + 1]) : TEXT_NONE;
}

/* A theme may have neither. */
static void add_charts(struct plan *plan)
{
    const struct catalog_site *site = &plan->catalog->site;
    plan->has_charts = has_template(plan, "charts.html") && has_template(plan, "year.html");
    if (!plan->has_charts)
        return;
    if (site->has_charts)
        add_page(plan, PLAN_CHARTS, site_url(plan, "charts/"), &site->thing)->title =
            words(plan, "charts");
    for (size_t i = 0; i < site->chart_years.count; i++)
        add_year(plan, site->chart_years.items, site->chart_years.count, i);
}

/* The page, and what its script fetches. A theme may have none. */
static void add_search(struct plan *plan)
{
    if (!plan->catalog->site.settings->search || !has_template(plan, "search.html"))
        return;
    plan->search = search_open(plan->catalog);
    struct plan_page *page =
        add_page(plan, PLAN_SEARCH, site_url(plan, "search/"), &plan->catalog->site.thing);
    page->title = words(plan, "search");
    page->search = search_layout(plan->search, &plan->arena);
    for (size_t i = 0; i < search_piece_count(plan->search); i++)
        add(plan, PLAN_SEARCH_PIECE, search_piece_path(plan->search, i, &plan->arena))->part = i;
}

/* Neocities asks for not_found.html where the others ask for 404.html. */
static void add_missing(struct plan *plan)
{
    static const char *const names[] = {"404.html", "not_found.html"};
    for (size_t i = 0; i < BASE_COUNT(names); i++) {
        struct plan_page *page =
            add_page(plan, PLAN_MISSING, site_url(plan, names[i]), &plan->catalog->site.thing);
        page->title = words(plan, "missing");
        page->is_listed = false;
    }
}

/* ---- Files that are no pages --------------------------------------------------------------------------------- */

/* sitemap.xml; where that is not enough, it lists sitemap-1.xml and so on. */
static void add_sitemaps(struct plan *plan)
{
    size_t listed = 0;
    for (size_t i = 0; i < plan->count; i++)
        listed += plan->outputs[i].page && plan->outputs[i].page->is_listed;
    plan->sitemaps = (listed + PLAN_SITEMAP_ADDRESSES - 1) / PLAN_SITEMAP_ADDRESSES;
    if (plan->sitemaps <= 1) {
        add(plan, PLAN_SITEMAP, TEXT("sitemap.xml"));
        return;
    }
    add(plan, PLAN_SITEMAP_INDEX, TEXT("sitemap.xml"));
    for (size_t part = 0; part < plan->sitemaps; part++)
        add(plan, PLAN_SITEMAP, arena_format(&plan->arena, "sitemap-%zu.xml", part + 1))->part =
            part;
}

static void add_files(struct plan *plan)
{
    static const struct {
        const char *path;
        enum plan_kind kind;
    } rows[] = {{"feed.xml", PLAN_FEED}, {"feed.json", PLAN_FEED_JSON}, {"robots.txt", PLAN_ROBOTS},
        {"_headers", PLAN_HEADERS}, {".nojekyll", PLAN_EMPTY}};
    for (size_t i = 0; i < BASE_COUNT(rows); i++)
        add(plan, rows[i].kind, text_of(rows[i].path));
    for (size_t i = 0; i < plan->theme->asset_count; i++)
        add(plan, PLAN_THEME_ASSET, plan->theme->assets[i].path)->theme_asset =
            &plan->theme->assets[i];
    for (size_t i = 0; i < plan->catalog->asset_count; i++)
        add(plan, PLAN_COPY, plan->catalog->assets[i].url)->asset = &plan->catalog->assets[i];
}

/* ---- Old addresses ------------------------------------------------------------------------------------------- */

/* "/2016/signal/" and "/2016/signal" are the file 2016/signal/index.html, "/signal.html" is itself. */
static struct text file_at(struct plan *plan, struct text path)
{
    size_t name = path.length;
    while (name > 0 && path.at[name - 1] != '/')
        name--;
    bool is_file = text_find_byte(text_slice(path, name, path.length), '.') > 0;
    return arena_format(&plan->arena, "%.*s%s", TEXT_ARGS(path),
        is_file              ? ""
        : name < path.length ? "/index.html"
                             : "index.html");
}

/* What percent signs stood for may lead out of the site after all. */
static bool is_inside(struct text path)
{
    while (path.length) {
        ptrdiff_t slash = text_find_byte(path, '/');
        struct text part = text_slice(path, 0, slash < 0 ? path.length : (size_t)slash);
        if (!part.length || text_is(part, ".") || text_is(part, "..") ||
            text_find_byte(part, '\\') >= 0 || text_find_byte(part, 0) >= 0)
            return false;
        path = text_slice(path, slash < 0 ? path.length : (size_t)slash + 1, path.length);
    }
    return true;
}

static void add_redirect(struct plan *plan, const struct catalog_thing *thing, struct text title,
    const struct schema_old_address *old, struct report *report)
{
    struct text path =
        catalog_percent_decoded(text_slice(old->path, 1, old->path.length), &plan->arena);
    if (!is_inside(path)) {
        report_at(report, REPORT_ERROR, schema_place(thing->file->path, old->spot),
            "this address leads out of the site");
        return;
    }
    struct plan_redirect *redirect = arena_alloc(&plan->arena, sizeof *redirect);
    *redirect =
        (struct plan_redirect){.from = site_url(plan, path.at), .title = title, .spot = old->spot};
    struct plan_output *output = add(plan, PLAN_REDIRECT, file_at(plan, path));
    output->thing = thing;
    output->redirect = redirect;
}

static void add_old_addresses(struct plan *plan, const struct catalog_thing *thing,
    struct text title, const struct data_array *addresses, struct report *report)
{
    const struct schema_old_address *const *items = addresses->items;
    for (size_t i = 0; i < addresses->count; i++)
        if (items[i]->path.at)
            add_redirect(plan, thing, title, items[i], report);
}

static bool has_former_patterns(const struct schema_addresses *addresses)
{
    for (int kind = 0; kind < SCHEMA_ADDRESS_KINDS; kind++)
        if (addresses->patterns[kind].count > 1)
            return true;
    return false;
}

/* A page that stood somewhere else before, by a pattern of the settings. Where anything stands there by now,
 * it stays. */
static void add_former(struct plan *plan, const struct plan_page *page,
    const struct catalog_thing *thing, struct map *paths)
{
    const struct catalog *catalog = plan->catalog;
    const struct data_array *patterns =
        &catalog->request.settings->addresses->patterns[catalog_address_kind(thing)];
    const struct schema_pattern *items = patterns->items;
    for (size_t i = 1; i < patterns->count; i++) {
        struct text from = catalog_address(catalog, thing, &items[i], &plan->arena);
        struct text path =
            file_at(plan, text_slice(from, catalog->request.base_path.length, from.length));
        if (map_get(paths, path))
            continue;
        map_put(paths, path, plan);
        struct plan_redirect *redirect = arena_alloc(&plan->arena, sizeof *redirect);
        *redirect = (struct plan_redirect){.from = from, .title = page->title};
        struct plan_output *output = add(plan, PLAN_REDIRECT, path);
        output->thing = thing;
        output->redirect = redirect;
    }
}

/* The oldest piece first: of two that stood at one address, readers know that one. */
static void add_all_former(struct plan *plan)
{
    struct map paths;
    struct arena scratch;
    if (!has_former_patterns(plan->catalog->request.settings->addresses))
        return;
    arena_init(&scratch);
    map_init(&paths, &scratch);
    for (size_t i = 0; i < plan->count; i++)
        map_put(&paths, plan->outputs[i].path, plan);
    for (size_t i = plan->count; i-- > 0;) {
        const struct plan_page *page = plan->outputs[i].page;
        const struct catalog_thing *thing = plan->outputs[i].thing;
        if (page && thing != &plan->catalog->site.thing && text_equal(page->url, thing->url))
            add_former(plan, page, thing, &paths);
    }
    arena_release(&scratch);
}

static void add_redirects(struct plan *plan, struct report *report)
{
    const struct catalog_site *site = &plan->catalog->site;
    const struct catalog_writing *const *writings = site->writings.items;
    const struct catalog_drama *const *dramas = site->dramas.items;
    const struct catalog_artist *const *artists = site->artists.items;
    const struct catalog_track *const *tracks = site->tracks.items;
    const struct catalog_page *const *pages = site->pages.items;
    size_t before = plan->count;
    for (size_t i = 0; i < site->writings.count; i++)
        add_old_addresses(plan, &writings[i]->thing, writings[i]->record->title,
            &writings[i]->record->redirect_from, report);
    for (size_t i = 0; i < site->dramas.count; i++)
        add_old_addresses(plan, &dramas[i]->thing, dramas[i]->record->title,
            &dramas[i]->record->redirect_from, report);
    for (size_t i = 0; i < site->artists.count; i++)
        add_old_addresses(plan, &artists[i]->thing, artists[i]->record->name,
            &artists[i]->record->redirect_from, report);
    for (size_t i = 0; i < site->tracks.count; i++) {
        const struct catalog_file *file = tracks[i]->thing.file;
        const struct schema_track_file *record = file ? file->record : NULL;
        if (record)
            add_old_addresses(
                plan, &tracks[i]->thing, tracks[i]->record->title, &record->redirect_from, report);
    }
    for (size_t i = 0; i < site->pages.count; i++)
        add_old_addresses(plan, &pages[i]->thing, pages[i]->record->title,
            &pages[i]->record->redirect_from, report);
    add_all_former(plan);
    if (plan->count > before)
        add(plan, PLAN_REDIRECTS, TEXT("_redirects"));
}

/* ---- One address, one output ---------------------------------------------------------------------------------- */

/* Where an output comes from, as a writer would look for it; without a file for Liner's own. */
static struct place origin(const struct plan_output *output)
{
    const struct catalog_thing *thing = output->thing;
    if (output->asset)
        return (struct place){.file = output->asset->path};
    if (output->redirect && output->redirect->spot.line)
        return schema_place(thing->file->path, output->redirect->spot);
    if (thing && thing->file)
        return (struct place){.file = thing->file->path};
    if (thing && thing->named_in)
        return schema_place(thing->named_in->path, thing->named_at);
    return (struct place){0};
}

static void note_other(const struct plan_output *other, struct place place, struct report *report)
{
    struct text title = other->page ? other->page->title : TEXT_NONE;
    if (other->redirect)
        report_note(report, "the other is 'redirect_from' in %.*s:%u", TEXT_ARGS(place.file),
            (unsigned)place.line);
    else if (place.line)
        report_note(report, "the other is '%.*s', named in %.*s:%u", TEXT_ARGS(title),
            TEXT_ARGS(place.file), (unsigned)place.line);
    else if (place.file.length)
        report_note(report, "the other is %.*s", TEXT_ARGS(place.file));
    else if (title.length)
        report_note(report, "the other is the page '%.*s'", TEXT_ARGS(title));
    else
        report_note(report, "the other is a file that Liner makes");
}

/* "/dramas/signal/" for dramas/signal/index.html. */
static struct text shown_address(struct plan *plan, struct text path)
{
    if (text_is(path, "index.html") || text_ends(path, "/index.html"))
        path.length -= strlen("index.html");
    return arena_format(
        &plan->arena, "%.*s%.*s", TEXT_ARGS(plan->catalog->request.base_path), TEXT_ARGS(path));
}

/* Whether a writer has written the very thing, not only named it. */
static bool is_written(const struct plan_output *output, struct place place)
{
    return output->redirect || (place.file.length && !place.line);
}

/* Told at the place that a writer can change: a file's before that of a name, the later one of two.
 * Where a file of content/ has a problem, things may have come to be only because it is not known by
 * its name: then two files that clash are told, a file and a thing without one are not. */
static void report_clash(struct plan *plan, const struct plan_output *first,
    const struct plan_output *second, bool is_all_known, struct report *report)
{
    struct place a = origin(first), b = origin(second);
    bool has_file_a = is_written(first, a), has_file_b = is_written(second, b);
    bool is_below_page =
        second->kind == PLAN_PLAYLIST || second->kind == PLAN_PLAYLIST_JSON || second->feed_of;
    if (is_below_page && first->kind == second->kind)
        return; /* as their pages do */
    if (!is_all_known && !(has_file_a && has_file_b))
        return;
    bool is_first = has_file_a ? !has_file_b : !b.file.length;
    report_at(report, REPORT_ERROR, is_first ? a : b,
        "two pieces of the site claim the address '%.*s'",
        TEXT_ARGS(shown_address(plan, second->path)));
    note_other(is_first ? second : first, is_first ? b : a, report);
    if (first->redirect || second->redirect)
        report_note(report, "an old address can lead to a piece only where nothing else stands");
    else
        report_note(report, "give one of them another name, or a 'slug'");
}

/* The output, if any, that is a file where this one needs a folder. */
static const struct plan_output *find_in_the_way(const struct map *paths, struct text path)
{
    for (size_t i = 1; i < path.length; i++) {
        const struct plan_output *found =
            path.at[i] == '/' ? map_get(paths, text_slice(path, 0, i)) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

static void check_addresses(struct plan *plan, struct report *report)
{
    struct map paths;
    struct arena scratch;
    bool is_all_known = report->errors == 0;
    arena_init(&scratch);
    map_init(&paths, &scratch);
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_output *first = map_put(&paths, plan->outputs[i].path, &plan->outputs[i]);
        if (first != &plan->outputs[i])
            report_clash(plan, first, &plan->outputs[i], is_all_known, report);
    }
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_output *first = find_in_the_way(&paths, plan->outputs[i].path);
        if (first)
            report_clash(plan, first, &plan->outputs[i], is_all_known, report);
    }
    arena_release(&scratch);
}

struct plan *plan_make(
    const struct catalog *catalog, const struct theme *theme, struct report *report)
{
    struct plan *plan = base_alloc(sizeof *plan);
    *plan = (struct plan){.catalog = catalog, .theme = theme};
    arena_init(&plan->arena);
    add_home(plan);
    add_writings(plan);
    add_dramas(plan);
    add_artists(plan);
    add_tracks(plan);
    for (int kind = 0; kind < CATALOG_TERM_KINDS; kind++)
        add_terms(plan, (enum catalog_term_kind)kind);
    add_series(plan);
    add_charts(plan);
    add_documents(plan);
    add_search(plan);
    add_missing(plan);
    add_sitemaps(plan);
    add_files(plan);
    add_redirects(plan, report);
    check_addresses(plan, report);
    return plan;
}

void plan_free(struct plan *plan)
{
    search_close(plan->search);
    arena_release(&plan->arena);
    base_free(plan);
}
