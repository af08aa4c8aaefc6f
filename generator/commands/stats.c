/*
 * liner stats: the blog at a glance, for people as pictures made of letters, for programs as JSON.
 *
 *     Liner notes: 18 pieces about 26 dramas, with 58 tracks by 49 artists
 *
 *     ratings
 *       7       3  ██████████
 *       8       9  ██████████████████████████████
 */
#include "commands/commands_inside.h"

enum { BAR_COLUMNS = 30, MOST_PRAISED = 10, LABEL_COLUMNS = 24 };

/* A row of a picture. */
struct row {
    struct text label;
    double value; /* what its bar shows */
    size_t count;
    const struct catalog_artist *artist; /* of the most praised */
};

struct rows {
    struct row *at;
    size_t count, capacity;
};

struct stats {
    struct commands_blog *blog;
    struct arena *arena;
    const struct catalog_site *site;
    struct rows kinds, ratings, years, artists;
};

static void add(struct stats *stats, struct rows *rows, struct row row)
{
    *(struct row *)list_add(
        &rows->at, &rows->count, &rows->capacity, stats->arena, sizeof *rows->at) = row;
}

/* ---- What there is ------------------------------------------------------------------------------------------------ */

static void count_kinds(struct stats *stats)
{
    static const char *const names[] = {[SCHEMA_REVIEW] = "review",
        [SCHEMA_RECAP] = "recap",
        [SCHEMA_ESSAY] = "essay",
        [SCHEMA_GUIDE] = "guide"};
    const struct catalog_writing *const *writings = stats->site->writings.items;
    size_t counts[BASE_COUNT(names)] = {0};
    for (size_t i = 0; i < stats->site->writings.count; i++)
        counts[writings[i]->record->kind]++;
    for (size_t kind = 0; kind < BASE_COUNT(names); kind++)
        if (counts[kind])
            add(stats, &stats->kinds,
                (struct row){text_of(names[kind]), (double)counts[kind], counts[kind], NULL});
}

/* From the lowest bar that holds something to the highest. */
static void count_ratings(struct stats *stats)
{
    const struct catalog_writing *const *writings = stats->site->writings.items;
    struct schema_bars bars;
    size_t from = 0;
    schema_bars_init(&bars, stats->site->settings->rating);
    for (size_t i = 0; i < stats->site->writings.count; i++)
        if (!isnan(writings[i]->record->rating))
            schema_bars_add(&bars, writings[i]->record->rating);
    while (from < bars.count && !bars.counts[from])
        from++;
    while (bars.count > from && !bars.counts[bars.count - 1])
        bars.count--;
    for (size_t i = from; i < bars.count; i++) {
        const struct schema_letter *letter = schema_nearest_letter(bars.scale, bars.from[i]);
        struct text label = letter ? letter->name : arena_format(stats->arena, "%g", bars.from[i]);
        add(stats, &stats->ratings,
            (struct row){label, (double)bars.counts[i], bars.counts[i], NULL});
    }
}

/* Newest first, as they are written. */
static void count_years(struct stats *stats)
{
    const struct catalog_writing *const *writings = stats->site->writings.items;
    for (size_t i = 0; i < stats->site->writings.count; i++) {
        struct text year = arena_format(stats->arena, "%d", writings[i]->record->date.year);
        struct rows *years = &stats->years;
        struct row *last = years->count ? &years->at[years->count - 1] : NULL;
        if (last && text_equal(last->label, year)) {
            last->count++;
            last->value++;
        } else
            add(stats, years, (struct row){year, 1, 1, NULL});
    }
}

static void take_praised(struct stats *stats)
{
    const struct catalog_artist *const *artists = stats->site->best_artists.items;
    for (size_t i = 0; i < stats->site->best_artists.count && i < MOST_PRAISED; i++)
        add(stats, &stats->artists,
            (struct row){artists[i]->record->name,
                artists[i]->rating - stats->site->settings->rating->min, (size_t)artists[i]->rated,
                artists[i]});
}

/* ---- For people ------------------------------------------------------------------------------------------------- */

static void print_label(struct text label)
{
    size_t width = unicode_width(label);
    printf("  %.*s%*s", TEXT_ARGS(label), width < LABEL_COLUMNS ? (int)(LABEL_COLUMNS - width) : 1,
        "");
}

/* The highest is as long as there is room; what is there at all is seen. */
static void print_bar(double value, double highest)
{
    size_t columns = highest > 0 ? (size_t)llround(value / highest * BAR_COLUMNS) : 0;
    columns = columns || value <= 0 ? columns : 1;
    fputs(columns ? "  " : "", stdout);
    for (size_t i = 0; i < columns; i++)
        fputs("█", stdout);
    putchar('\n');
}

static void print_rows(const struct rows *rows, const char *heading, double highest)
{
    if (!rows->count)
        return;
    printf("\n%s\n", heading);
    for (size_t i = 0; i < rows->count && !rows->at[i].artist; i++)
        highest = rows->at[i].value > highest ? rows->at[i].value : highest;
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->at[i];
        print_label(row->label);
        if (row->artist)
            printf("%5.3g", row->artist->rating);
        else
            printf("%5zu", row->count);
        print_bar(row->value, highest);
    }
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void print_stats(const struct stats *stats)
{
    const struct catalog_site *site = stats->site;
    const struct schema_scale *scale = site->settings->rating;
    printf("%.*s: %zu piece%s about %zu drama%s, with %zu track%s by %zu artist%s\n",
        TEXT_ARGS(site->settings->title), site->writings.count, plural(site->writings.count),
        site->dramas.count, plural(site->dramas.count), site->tracks.count,
        plural(site->tracks.count), site->artists.count, plural(site->artists.count));
    print_rows(&stats->kinds, "kinds", 0);
    print_rows(&stats->ratings, "ratings of pieces", 0);
    print_rows(&stats->years, "written", 0);
    print_rows(&stats->artists, "most praised artists", scale->max - scale->min);
}

/* ---- For programs ------------------------------------------------------------------------------------------------- */

static void set(
    struct stats *stats, struct data_value map, const char *name, struct data_value value)
{
    data_map_set(stats->arena, map.as.map, data_text(text_of(name)), value);
}

static struct data_value counted(size_t count)
{
    return data_integer((int64_t)count);
}

/* [{"kind": "review", "count": 12}, ...] */
static struct data_value list_of(struct stats *stats, const struct rows *rows, const char *name)
{
    struct data_value list = data_list_new(stats->arena);
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->at[i];
        struct data_value map = data_map_new(stats->arena);
        set(stats, map, name, data_text(row->label));
        if (row->artist)
            set(stats, map, "rating", data_float(row->artist->rating));
        set(stats, map, row->artist ? "rated" : "count", counted(row->count));
        data_list_add(stats->arena, list.as.list, map);
    }
    return list;
}

static void print_json(struct stats *stats)
{
    const struct catalog_site *site = stats->site;
    struct data_value map = data_map_new(stats->arena);
    struct data_run run = {.scratch = stats->arena};
    struct buffer json;
    set(stats, map, "title", data_text(site->settings->title));
    set(stats, map, "pieces", counted(site->writings.count));
    set(stats, map, "dramas", counted(site->dramas.count));
    set(stats, map, "tracks", counted(site->tracks.count));
    set(stats, map, "artists", counted(site->artists.count));
    set(stats, map, "kinds", list_of(stats, &stats->kinds, "kind"));
    set(stats, map, "ratings", list_of(stats, &stats->ratings, "from"));
    set(stats, map, "years", list_of(stats, &stats->years, "year"));
    set(stats, map, "praised", list_of(stats, &stats->artists, "name"));
    buffer_init(&json);
    data_json(&json, &map, 2, &run);
    buffer_add_byte(&json, '\n');
    fwrite(json.at, 1, json.length, stdout);
    buffer_release(&json);
}

/* ---- The command -------------------------------------------------------------------------------------------------- */

static void tell(struct commands_blog *blog, bool as_json)
{
    struct stats stats = {.blog = blog, .arena = &blog->arena, .site = &blog->catalog->site};
    count_kinds(&stats);
    count_ratings(&stats);
    count_years(&stats);
    take_praised(&stats);
    if (as_json)
        print_json(&stats);
    else
        print_stats(&stats);
}

enum base_status commands_stats(const struct commands_line *line)
{
    struct commands_blog blog;
    struct text format = commands_value(line, "format");
    bool as_json = text_is(format, "json");
    if (format.at && !as_json && !text_is(format, "text"))
        return commands_usage(
            line->row, "--format wants text or json, not '%.*s'", TEXT_ARGS(format));
    enum base_status status = commands_blog_open(&blog, line);
    if (status == BASE_DONE)
        status = commands_blog_read(&blog, line);
    if (status == BASE_USAGE)
        blog.is_told = true;
    if (status == BASE_DONE && report_status(&blog.report) == BASE_DONE)
        tell(&blog, as_json);
    enum base_status closed = commands_blog_close(&blog);
    return closed == BASE_DONE || status == BASE_USAGE ? status : closed;
}
