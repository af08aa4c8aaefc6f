/* liner list: what there is, as a table for people or as JSON for programs. */
#include "commands/commands_inside.h"
#include "plan/plan.h"
#include "render/render.h"

#include <stdlib.h>

struct lister {
    struct commands_blog *blog;
    struct arena *arena;
    struct data_list *rows;
};

static void set(
    struct lister *lister, struct data_value map, const char *key, struct data_value value)
{
    data_map_set(lister->arena, map.as.map, data_text(text_of(key)), value);
}

static struct data_value add_row(struct lister *lister)
{
    struct data_value row = data_map_new(lister->arena);
    data_list_add(lister->arena, lister->rows, row);
    return row;
}

/* {"name": ..., "url": ...} */
static struct data_value link_to(
    struct lister *lister, struct text name, const struct catalog_thing *thing)
{
    struct data_value link = data_map_new(lister->arena);
    set(lister, link, "name", data_text(name));
    set(lister, link, "url", data_text(thing->url));
    return link;
}

static struct data_value drama_link(struct lister *lister, const struct catalog_drama *drama)
{
    return drama ? link_to(lister, drama->record->title, &drama->thing) : data_none();
}

static struct data_value links_to_dramas(struct lister *lister, const struct data_array *dramas)
{
    const struct catalog_drama *const *items = dramas->items;
    struct data_value list = data_list_new(lister->arena);
    for (size_t i = 0; i < dramas->count; i++)
        data_list_add(lister->arena, list.as.list, drama_link(lister, items[i]));
    return list;
}

static struct data_value links_to_artists(struct lister *lister, const struct data_array *artists)
{
    const struct catalog_artist *const *items = artists->items;
    struct data_value list = data_list_new(lister->arena);
    for (size_t i = 0; i < artists->count; i++) {
        struct data_value link = link_to(lister, items[i]->record->name, &items[i]->thing);
        set(lister, link, "native", data_text(items[i]->record->native));
        data_list_add(lister->arena, list.as.list, link);
    }
    return list;
}

static struct data_value links_to_tags(struct lister *lister, const struct data_array *tags)
{
    const struct catalog_term *const *items = tags->items;
    struct data_value list = data_list_new(lister->arena);
    for (size_t i = 0; i < tags->count; i++)
        data_list_add(
            lister->arena, list.as.list, link_to(lister, items[i]->name, &items[i]->thing));
    return list;
}

static struct data_value rating(double number)
{
    return isnan(number) ? data_none() : data_float(number);
}

static struct data_value count(size_t number)
{
    return data_integer((int64_t)number);
}

/* ---- What can be listed ------------------------------------------------------------------------------------- */

static void list_reviews(struct lister *lister)
{
    const struct catalog_site *site = &lister->blog->catalog->site;
    const struct catalog_writing *const *items = site->writings.items;
    for (size_t i = 0; i < site->writings.count; i++) {
        const struct schema_writing *record = items[i]->record;
        struct data_value row = add_row(lister);
        set(lister, row, "title", data_text(record->title));
        set(lister, row, "date", data_date(record->date));
        set(lister, row, "kind",
            data_text(text_of(plan_page_rows[PLAN_REVIEW + record->kind].name)));
        set(lister, row, "rating", rating(record->rating));
        set(lister, row, "dramas", links_to_dramas(lister, &items[i]->dramas));
        set(lister, row, "artists", links_to_artists(lister, &items[i]->artists));
        set(lister, row, "tags", links_to_tags(lister, &items[i]->tags));
        set(lister, row, "url", data_text(items[i]->thing.url));
        set(lister, row, "file", data_text(items[i]->thing.file->path));
    }
}

static struct data_value path_of(const struct catalog_thing *thing)
{
    return thing->file ? data_text(thing->file->path) : data_none();
}

static void list_dramas(struct lister *lister)
{
    const struct catalog_site *site = &lister->blog->catalog->site;
    const struct catalog_drama *const *items = site->dramas.items;
    for (size_t i = 0; i < site->dramas.count; i++) {
        const struct schema_drama *record = items[i]->record;
        struct data_value row = add_row(lister);
        set(lister, row, "name", data_text(record->title));
        set(lister, row, "native", data_text(record->native));
        set(lister, row, "year",
            record->year == DATA_NO_INTEGER ? data_none() : data_integer(record->year));
        set(lister, row, "reviews", count(items[i]->writings.count));
        set(lister, row, "tracks", count(items[i]->tracks.count));
        set(lister, row, "url", data_text(items[i]->thing.url));
        set(lister, row, "file", path_of(&items[i]->thing));
    }
}

static void list_artists(struct lister *lister)
{
    const struct catalog_site *site = &lister->blog->catalog->site;
    const struct catalog_artist *const *items = site->artists.items;
    for (size_t i = 0; i < site->artists.count; i++) {
        struct data_value row = add_row(lister);
        set(lister, row, "name", data_text(items[i]->record->name));
        set(lister, row, "native", data_text(items[i]->record->native));
        set(lister, row, "tracks", count(items[i]->tracks.count));
        set(lister, row, "reviews", count(items[i]->writings.count));
        set(lister, row, "url", data_text(items[i]->thing.url));
        set(lister, row, "file", path_of(&items[i]->thing));
    }
}

/* The writings that list the track: listings stand newest first, one writing's side by side. */
static struct data_value writings_of(struct lister *lister, const struct catalog_track *track)
{
    const struct catalog_listing *const *listings = track->listings.items;
    struct data_value list = data_list_new(lister->arena);
    for (size_t i = 0; i < track->listings.count; i++) {
        if (i && listings[i]->writing == listings[i - 1]->writing)
            continue;
        struct data_value link = data_map_new(lister->arena);
        set(lister, link, "title", data_text(listings[i]->writing->record->title));
        set(lister, link, "url", data_text(listings[i]->writing->thing.url));
        data_list_add(lister->arena, list.as.list, link);
    }
    return list;
}

static void list_tracks(struct lister *lister)
{
    const struct catalog_site *site = &lister->blog->catalog->site;
    const struct catalog_track *const *items = site->tracks.items;
    for (size_t i = 0; i < site->tracks.count; i++) {
        struct data_value row = add_row(lister);
        set(lister, row, "title", data_text(items[i]->record->title));
        set(lister, row, "native", data_text(items[i]->record->native));
        set(lister, row, "artists", links_to_artists(lister, &items[i]->artists));
        set(lister, row, "drama", drama_link(lister, items[i]->drama));
        set(lister, row, "season",
            items[i]->season == DATA_NO_INTEGER ? data_none() : data_integer(items[i]->season));
        set(lister, row, "rating", rating(items[i]->rating));
        set(lister, row, "writings", writings_of(lister, items[i]));
        set(lister, row, "url", data_text(items[i]->thing.url));
        set(lister, row, "file", path_of(&items[i]->thing));
    }
}

static void list_tags(struct lister *lister)
{
    const struct catalog_site *site = &lister->blog->catalog->site;
    const struct catalog_term *const *items = site->terms[CATALOG_TAGS].items;
    for (size_t i = 0; i < site->terms[CATALOG_TAGS].count; i++) {
        struct data_value row = add_row(lister);
        set(lister, row, "name", data_text(items[i]->name));
        set(lister, row, "reviews", count(items[i]->writings.count));
        set(lister, row, "url", data_text(items[i]->thing.url));
    }
}

/* Writings and pages that a build would leave out today. */
static void list_drafts(struct lister *lister)
{
    static const char *const whys[] = {
        [CATALOG_DRAFT] = "draft", [CATALOG_FUTURE] = "future", [CATALOG_EXPIRED] = "expired"};
    const struct catalog *catalog = lister->blog->catalog;
    const struct catalog_request request = {.today = catalog->request.today};
    for (size_t i = 0; i < catalog->file_count; i++) {
        const struct catalog_file *file = &catalog->files[i];
        enum catalog_absence why = catalog_absence(&request, file);
        const struct schema_writing *writing = file->kind == SCHEMA_WRITINGS ? file->record : NULL;
        const struct schema_page *page = file->kind == SCHEMA_PAGES ? file->record : NULL;
        struct text title = writing ? writing->title : page ? page->title : TEXT_NONE;
        if (why == CATALOG_PRESENT)
            continue;
        struct data_value row = add_row(lister);
        set(lister, row, "title", data_text(title));
        set(lister, row, "date", writing ? data_date(writing->date) : data_none());
        set(lister, row, "why", data_text(text_of(whys[why])));
        set(lister, row, "file", data_text(file->path));
    }
}

static void list_outputs(struct lister *lister)
{
    struct commands_blog *blog = lister->blog;
    if (!commands_blog_open_theme(blog))
        return;
    struct plan *plan = plan_make(blog->catalog, blog->theme, &blog->report);
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_output *output = &plan->outputs[i];
        struct data_value row = add_row(lister);
        set(lister, row, "path", data_text(arena_text(lister->arena, output->path)));
        set(lister, row, "template",
            output->page ? data_text(text_of(plan_page_rows[output->page->kind].template))
                         : data_none());
    }
    plan_free(plan);
}

static const struct {
    const char *name;
    void (*list)(struct lister *);
} words[] = {
    {"reviews", list_reviews},
    {"dramas", list_dramas},
    {"artists", list_artists},
    {"tracks", list_tracks},
    {"tags", list_tags},
    {"drafts", list_drafts},
    {"outputs", list_outputs},
};

/* ---- The table ---------------------------------------------------------------------------------------------------- */

static struct text cell(struct arena *arena, const struct data_value *value);

/* What a link shows: its name or title. */
static struct text link_text(struct arena *arena, const struct data_map *map)
{
    return map->count ? cell(arena, &map->entries[0].value) : TEXT("");
}

static struct text cell(struct arena *arena, const struct data_value *value)
{
    struct text joined = TEXT("");
    switch ((enum data_kind)value->kind) {
    case DATA_TEXT: return value->as.text;
    case DATA_DATE: return data_date_iso(arena, value->as.date);
    case DATA_INTEGER: return arena_format(arena, "%lld", (long long)value->as.integer);
    case DATA_FLOAT: return arena_format(arena, "%.10g", round(value->as.number * 100) / 100);
    case DATA_MAP: return link_text(arena, value->as.map);
    case DATA_LIST:
        for (size_t i = 0; i < value->as.list->count; i++)
            joined = arena_format(arena, "%.*s%s%.*s", TEXT_ARGS(joined), i ? ", " : "",
                TEXT_ARGS(cell(arena, &value->as.list->items[i])));
        return joined;
    default: return joined;
    }
}

enum { most_columns = 16, widest_column = 48 };

/* Cuts a text to so many columns of the terminal, with an ellipsis where something went. */
static struct text cut(struct arena *arena, struct text text, size_t columns)
{
    size_t at = 0, kept = 0;
    if (unicode_width(text) <= columns)
        return text;
    while (at < text.length) {
        text_next_point(text, &at);
        if (unicode_width(text_slice(text, 0, at)) > columns - 1)
            break;
        kept = at;
    }
    return arena_format(arena, "%.*s\xE2\x80\xA6", (int)kept, text.at);
}

/* A cell behind `blanks` columns left open by those before it; returns how many it leaves open. */
static size_t print_cell(struct text text, size_t blanks, size_t width)
{
    size_t wide = unicode_width(text);
    if (wide) /* a line ends with its last text, not with blanks */
        printf("%*s%.*s", (int)blanks, "", TEXT_ARGS(text));
    return (wide ? 0 : blanks) + (width > wide ? width - wide : 0) + 2;
}

static void print_table(struct arena *arena, const struct data_list *rows)
{
    size_t widths[most_columns] = {0};
    if (rows->count == 0)
        return;
    const struct data_map *first = rows->items[0].as.map;
    for (size_t row = 0; row < rows->count; row++) {
        struct data_map *map = rows->items[row].as.map;
        for (size_t i = 0; i < map->count; i++) {
            struct text text = cut(arena, cell(arena, &map->entries[i].value), widest_column);
            map->entries[i].value = data_text(text);
            size_t wide = unicode_width(text), head = map->entries[i].key.as.text.length;
            widths[i] = wide > widths[i] ? wide : widths[i];
            widths[i] = head > widths[i] ? head : widths[i];
        }
    }
    size_t blanks = 0;
    for (size_t i = 0; i < first->count; i++)
        blanks = print_cell(first->entries[i].key.as.text, blanks, widths[i]);
    putchar('\n');
    for (size_t row = 0; row < rows->count; row++) {
        const struct data_map *map = rows->items[row].as.map;
        blanks = 0;
        for (size_t i = 0; i < map->count; i++)
            blanks = print_cell(map->entries[i].value.as.text, blanks, widths[i]);
        putchar('\n');
    }
}

static void print_json(struct arena *arena, struct data_value rows)
{
    struct data_run run = {.scratch = arena};
    struct buffer json;
    buffer_init(&json);
    data_json(&json, &rows, 2, &run);
    buffer_add_byte(&json, '\n');
    fwrite(json.at, 1, json.length, stdout);
    buffer_release(&json);
}

/* ---- Listing -------------------------------------------------------------------------------------------------------- */

static enum base_status wrong_word(const struct commands_line *line)
{
    struct arena arena;
    struct text names[BASE_COUNT(words)];
    arena_init(&arena);
    for (size_t i = 0; i < BASE_COUNT(words); i++)
        names[i] = text_of(words[i].name);
    enum base_status status =
        commands_usage(line->row, "'liner list' knows no '%s'%s", line->arguments[0],
            report_guess(&arena, text_of(line->arguments[0]), names, BASE_COUNT(words)).at);
    arena_release(&arena);
    return status;
}

static void list(struct commands_blog *blog, void (*fill)(struct lister *), bool is_json)
{
    struct data_value rows = data_list_new(&blog->arena);
    struct lister lister = {blog, &blog->arena, rows.as.list};
    fill(&lister);
    if (report_status(&blog->report) != BASE_DONE)
        return;
    if (is_json)
        print_json(&blog->arena, rows);
    else
        print_table(&blog->arena, rows.as.list);
}

/* ---- What a page has ---------------------------------------------------------------------------------------------- */

/* "https://example.org/reviews/signal/", "/reviews/signal/", or with neither slash. */
static bool is_address_of(
    const struct commands_blog *blog, const struct plan_page *page, struct text asked)
{
    ptrdiff_t scheme = text_find(asked, TEXT("://")), slash;
    if (scheme >= 0) {
        struct text rest = text_slice(asked, (size_t)scheme + 3, asked.length);
        slash = text_find_byte(rest, '/');
        asked = slash < 0 ? TEXT("/") : text_slice(rest, (size_t)slash, rest.length);
    }
    struct text url = page->url, below = text_slice(url, blog->base_path.length, url.length);
    while (text_ends(asked, "/"))
        asked.length--;
    while (text_ends(url, "/"))
        url.length--;
    while (text_ends(below, "/"))
        below.length--;
    bool is_below = text_starts(asked, "/") ? text_equal(text_slice(asked, 1, asked.length), below)
                                            : text_equal(asked, below);
    return text_equal(asked, url) || is_below;
}

/* The number of the page's output; the count of outputs, with the mistake told, when there is none. */
static size_t find_page(const struct commands_line *line, struct commands_blog *blog,
    const struct plan *plan, struct text asked)
{
    struct text *urls = arena_array(&blog->arena, plan->count, sizeof *urls);
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_page *page = plan->outputs[i].page;
        if (page && is_address_of(blog, page, asked))
            return i;
        if (page)
            urls[count++] = page->url;
    }
    commands_usage(line->row, "no page of this site is at '%.*s'%.*s", TEXT_ARGS(asked),
        TEXT_ARGS(report_guess(&blog->arena, asked, urls, count)));
    return plan->count;
}

static enum base_status print_context(
    struct commands_blog *blog, const struct plan *plan, size_t index)
{
    struct render_request request = {.plan = plan, .jobs = 1};
    struct render *render = render_open(&request, &blog->report);
    struct buffer json;
    buffer_init(&json);
    if (render && render_context(render, index, &json, &blog->report)) {
        buffer_add_byte(&json, '\n');
        fwrite(json.at, 1, json.length, stdout);
    }
    buffer_release(&json);
    render_close(render);
    return BASE_DONE;
}

static enum base_status list_context(
    const struct commands_line *line, struct commands_blog *blog, struct text asked)
{
    if (!commands_blog_open_theme(blog))
        return BASE_PROBLEMS;
    struct plan *plan = plan_make(blog->catalog, blog->theme, &blog->report);
    size_t index = find_page(line, blog, plan, asked);
    enum base_status status = BASE_USAGE;
    if (index < plan->count)
        status = print_context(blog, plan, index);
    plan_free(plan);
    return status;
}

/* ---- The command --------------------------------------------------------------------------------------------------- */

/* The place of the word that was typed among all; their count where it is none. */
static size_t find_word(const char *typed)
{
    size_t word = 0;
    while (word < BASE_COUNT(words) && strcmp(words[word].name, typed) != 0)
        word++;
    return word;
}

static enum base_status check_line(const struct commands_line *line)
{
    struct text format = commands_value(line, "format");
    if (line->argument_count == 0 && !commands_has(line, "context"))
        return commands_usage(line->row, "'liner list' wants WHAT, or --context with an address");
    if (line->argument_count && commands_has(line, "context"))
        return commands_usage(
            line->row, "--context shows one page: leave '%s' out", line->arguments[0]);
    if (line->argument_count && find_word(line->arguments[0]) == BASE_COUNT(words))
        return wrong_word(line);
    if (format.at && !text_is(format, "json") && !text_is(format, "table"))
        return commands_usage(line->row, "--format wants table or json, not '%s'", format.at);
    return BASE_DONE;
}

enum base_status commands_list(const struct commands_line *line)
{
    struct commands_blog blog;
    struct text page = commands_value(line, "context");
    enum base_status status = check_line(line);
    if (status != BASE_DONE)
        return status;
    status = commands_blog_open(&blog, line);
    if (status == BASE_DONE)
        status = commands_blog_read(&blog, line);
    if (status == BASE_DONE && report_status(&blog.report) == BASE_DONE) {
        if (page.at)
            status = list_context(line, &blog, page);
        else
            list(&blog, words[find_word(line->arguments[0])].list,
                text_is(commands_value(line, "format"), "json"));
    }
    if (status == BASE_USAGE)
        blog.is_told = true; /* usage has been printed, and is all there is to say */
    enum base_status closed = commands_blog_close(&blog);
    return status == BASE_USAGE ? status : closed;
}
