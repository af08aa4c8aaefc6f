/*
 * Comments: the file beside a writing, from a list to threads.
 *
 *     id  parent                      comments
 *     1                                 1
 *     2   1          ->                 +- 2
 *     3   2                             |  +- 3
 *     4   1                             +- 4
 *
 * At each level they stand by their dates. Where a thread is deeper than CATALOG_COMMENT_LEVELS, what follows
 * stands at that level, behind what it answers. A stranger may have made the file as deep as he liked, so
 * nothing here calls itself but for what is nested in the YAML.
 *
 * Like bodies, comments are not kept: loading finds what is wrong with them and counts them, and the page that
 * shows them reads them again.
 */
#include "catalog/catalog_inside.h"

#include <stdlib.h>

static const size_t none = SIZE_MAX;

/* A comment as the thread is tied. What it leads to is an index. */
struct node {
    const struct schema_comment *record;
    int64_t seconds;
    size_t above;       /* what it answers */
    size_t first, next; /* of those that answer it; of those beside it */
    size_t way; /* of those that led here when circles were looked for, the number; 0 for none */
    bool is_nested;
    bool stays; /* says something, or something that stays answers it */
    struct text anchor;
    struct catalog_comment *comment; /* NULL: it goes */
};

struct tying {
    const struct schema_reading *reading;
    struct arena *arena;
    struct node *nodes;
    size_t count;
    size_t first;       /* of those that answer none */
    struct map ids;     /* -> struct node */
    struct map anchors; /* -> anything */
    size_t lost;        /* how many answer what is not there */
};

static struct place place_of(const struct tying *tying, struct data_spot spot)
{
    return schema_place(tying->reading->file, spot);
}

static bool is_deleted(const struct schema_comment *comment)
{
    return text_trim(comment->body).length == 0;
}

/* ---- All of them, in the order of the file -------------------------------------------------------------- */

static size_t count_all(const struct data_array *comments)
{
    const struct schema_comment *const *items = comments->items;
    size_t count = comments->count;
    for (size_t i = 0; i < comments->count; i++)
        count += count_all(&items[i]->replies);
    return count;
}

static void gather(struct tying *tying, const struct data_array *comments, size_t above)
{
    const struct schema_comment *const *items = comments->items;
    for (size_t i = 0; i < comments->count; i++) {
        size_t index = tying->count++;
        tying->nodes[index] = (struct node){.record = items[i],
            .seconds = items[i]->date.month ? data_date_seconds(items[i]->date) : 0,
            .above = above,
            .first = none,
            .next = none,
            .is_nested = above != none};
        gather(tying, &items[i]->replies, index);
    }
}

/* ---- Who answers whom ------------------------------------------------------------------------------------ */

static void claim_ids(struct tying *tying)
{
    for (size_t i = 0; i < tying->count; i++) {
        const struct schema_comment_id *id = &tying->nodes[i].record->id;
        if (!id->name.at)
            continue;
        const struct node *first = map_put(&tying->ids, id->name, &tying->nodes[i]);
        if (first == &tying->nodes[i])
            continue;
        report_at(tying->reading->report, REPORT_ERROR, place_of(tying, id->spot),
            "two comments have the id '%.*s'", TEXT_ARGS(id->name));
        report_note(tying->reading->report, "the other is on line %u",
            (unsigned)first->record->id.spot.line);
    }
}

/* Of thousands that are lost, no one reads all the guesses. */
enum { MOST_GUESSES = 10 };

static struct text guess_id(const struct tying *tying, struct text wrong)
{
    struct text *ids = arena_array(tying->arena, tying->count, sizeof *ids);
    size_t count = 0;
    for (size_t i = 0; i < tying->count; i++)
        if (tying->nodes[i].record->id.name.at)
            ids[count++] = tying->nodes[i].record->id.name;
    return report_guess(tying->arena, wrong, ids, count);
}

static void report_lost(struct tying *tying, const struct schema_comment_id *parent)
{
    struct text guess = TEXT("");
    if (tying->lost++ < MOST_GUESSES)
        guess = guess_id(tying, parent->name);
    report_at(tying->reading->report, REPORT_ERROR, place_of(tying, parent->spot),
        "no comment has the id '%.*s'%.*s", TEXT_ARGS(parent->name), TEXT_ARGS(guess));
}

static void find_parent(struct tying *tying, struct node *node)
{
    const struct schema_comment_id *parent = &node->record->parent;
    if (!parent->name.at)
        return;
    const struct node *above = map_get(&tying->ids, parent->name);
    if (!above) {
        report_lost(tying, parent);
    } else if (!node->is_nested) {
        node->above = (size_t)(above - tying->nodes);
    } else if (above != &tying->nodes[node->above]) {
        report_at(tying->reading->report, REPORT_ERROR, place_of(tying, parent->spot),
            "this comment stands below the one on line %u, and says that it answers '%.*s'",
            (unsigned)tying->nodes[node->above].record->spot.line, TEXT_ARGS(parent->name));
        report_note(tying->reading->report, "leave 'parent' out, or move it out of 'replies'");
    }
}

/* ---- Circles --------------------------------------------------------------------------------------------- */

enum { CIRCLE_SHOWN = 6 };

static void report_circle(struct tying *tying, size_t start)
{
    struct node *nodes = tying->nodes;
    struct report *report = tying->reading->report;
    struct place place = place_of(tying, nodes[start].record->parent.spot);
    if (nodes[start].above == start) {
        report_at(report, REPORT_ERROR, place, "this comment answers itself");
        return;
    }
    report_at(report, REPORT_ERROR, place, "this comment answers itself, by way of others");
    struct buffer lines;
    buffer_init(&lines);
    size_t at = start, shown = 0;
    do {
        buffer_format(&lines, "the one on line %u answers ", (unsigned)nodes[at].record->spot.line);
        at = nodes[at].above;
    } while (at != start && ++shown < CIRCLE_SHOWN);
    buffer_format(&lines, "the one on line %u%s", (unsigned)nodes[at].record->spot.line,
        at == start ? "" : ", and so on");
    report_note(report, "%.*s", TEXT_ARGS(buffer_text(&lines)));
    buffer_release(&lines);
}

/* Upwards from each to what was met before: when that was on the same way, it is a circle. */
static void open_circles(struct tying *tying)
{
    struct node *nodes = tying->nodes;
    for (size_t i = 0; i < tying->count; i++) {
        size_t at = i;
        for (; at != none && nodes[at].way == 0; at = nodes[at].above)
            nodes[at].way = i + 1;
        if (at == none || nodes[at].way != i + 1)
            continue;
        while (nodes[at].is_nested) /* told where a `parent` is typed */
            at = nodes[at].above;
        report_circle(tying, at);
        nodes[at].above = none;
    }
}

/* ---- Order ------------------------------------------------------------------------------------------------ */

static int compare_nodes(const void *left, const void *right)
{
    const struct node *a = *(const struct node *const *)left,
                      *b = *(const struct node *const *)right;
    if (a->seconds != b->seconds)
        return a->seconds < b->seconds ? -1 : 1;
    return a < b ? -1 : 1;
}

/* The oldest first, at each level. */
static void tie_nodes(struct tying *tying)
{
    struct node **sorted = arena_array(tying->arena, tying->count, sizeof *sorted);
    for (size_t i = 0; i < tying->count; i++)
        sorted[i] = &tying->nodes[i];
    if (tying->count)
        qsort(sorted, tying->count, sizeof(struct node *), compare_nodes);
    for (size_t i = tying->count; i-- > 0;) {
        size_t above = sorted[i]->above;
        size_t *first = above == none ? &tying->first : &tying->nodes[above].first;
        sorted[i]->next = *first;
        *first = (size_t)(sorted[i] - tying->nodes);
    }
}

/* The next one of the threads: what answers it first, else what follows it or one above. */
static size_t next_in_threads(const struct tying *tying, size_t at)
{
    const struct node *nodes = tying->nodes;
    if (nodes[at].first != none)
        return nodes[at].first;
    while (at != none && nodes[at].next == none)
        at = nodes[at].above;
    return at == none ? none : nodes[at].next;
}

/* What was deleted stays where something answers it. */
static void settle_deleted(struct tying *tying)
{
    size_t *order = arena_array(tying->arena, tying->count, sizeof *order), count = 0;
    for (size_t at = tying->first; at != none; at = next_in_threads(tying, at))
        order[count++] = at;
    while (count-- > 0) {
        struct node *node = &tying->nodes[order[count]];
        node->stays |= !is_deleted(node->record);
        if (node->stays && node->above != none)
            tying->nodes[node->above].stays = true;
    }
}

/* ---- Addresses ------------------------------------------------------------------------------------------- */

/* The addresses of a page's comments and of its headings are apart. */
static void take_anchor(struct tying *tying, struct node *node, struct text wanted)
{
    struct text anchor = wanted;
    for (unsigned number = 2; map_put(&tying->anchors, anchor, node) != node; number++)
        anchor = arena_format(tying->arena, "%.*s-%u", TEXT_ARGS(wanted), number);
    node->anchor = anchor;
}

/* "comment-20220421", or with the time behind it. */
static struct text anchor_by_date(struct arena *arena, struct data_date date)
{
    struct text day = arena_format(
        arena, "comment-%04d%02u%02u", (int)date.year, (unsigned)date.month, (unsigned)date.day);
    return date.has_time ? arena_format(arena, "%.*s-%02u%02u", TEXT_ARGS(day), (unsigned)date.hour,
                               (unsigned)date.minute)
                         : day;
}

/* Those with an id come first, so that no other takes theirs. */
static void settle_anchors(struct tying *tying, const struct catalog_file *file)
{
    for (size_t i = 0; i < file->scan.heading_count; i++)
        map_put(&tying->anchors, file->scan.headings[i].id, tying);
    for (size_t i = 0; i < tying->count; i++) {
        struct text id = tying->nodes[i].record->id.name;
        if (id.at)
            take_anchor(
                tying, &tying->nodes[i], arena_format(tying->arena, "comment-%.*s", TEXT_ARGS(id)));
    }
    for (size_t i = 0; i < tying->count; i++)
        if (!tying->nodes[i].record->id.name.at)
            take_anchor(tying, &tying->nodes[i],
                anchor_by_date(tying->arena, tying->nodes[i].record->date));
}

/* ---- Views ------------------------------------------------------------------------------------------------- */

static struct text seen(struct arena *arena, struct text text)
{
    struct buffer buffer;
    buffer_init(&buffer);
    markdown_add_seen(&buffer, text);
    struct text trimmed = text_trim(buffer_text(&buffer));
    struct text kept = trimmed.length ? arena_text(arena, trimmed) : TEXT_NONE;
    buffer_release(&buffer);
    return kept;
}

/* Adds the comment where it is shown: below what it answers, or beside that at the last level. */
static void place(struct tying *tying, struct node *node, struct data_array *roots)
{
    struct catalog_comment *comment = arena_alloc(tying->arena, sizeof *comment);
    struct catalog_comment *parent = node->above == none ? NULL : tying->nodes[node->above].comment;
    *comment = (struct catalog_comment){.record = node->record,
        .author = seen(tying->arena, node->record->author),
        .anchor = node->anchor,
        .parent = parent,
        .votes = node->record->votes == DATA_NO_INTEGER ? 0 : node->record->votes,
        .level = 1,
        .is_deleted = is_deleted(node->record)};
    node->comment = comment;
    comment->shown_below = parent;
    if (parent && parent->level == CATALOG_COMMENT_LEVELS)
        comment->shown_below = parent->shown_below;
    if (comment->shown_below)
        comment->level = comment->shown_below->level + 1;
    struct data_array *beside = comment->shown_below ? &comment->shown_below->replies : roots;
    catalog_grow(tying->arena, beside, comment);
}

static struct data_array place_all(struct tying *tying)
{
    struct data_array roots = {0};
    for (size_t at = tying->first; at != none; at = next_in_threads(tying, at))
        if (tying->nodes[at].stays)
            place(tying, &tying->nodes[at], &roots);
    return roots;
}

static struct data_array tie(const struct schema_reading *reading, const struct catalog_file *file,
    const struct data_array *comments)
{
    struct tying tying = {.reading = reading, .arena = reading->arena, .first = none};
    tying.nodes = arena_array(tying.arena, count_all(comments), sizeof *tying.nodes);
    map_init(&tying.ids, tying.arena);
    map_init(&tying.anchors, tying.arena);
    gather(&tying, comments, none);
    claim_ids(&tying);
    for (size_t i = 0; i < tying.count; i++)
        find_parent(&tying, &tying.nodes[i]);
    open_circles(&tying);
    tie_nodes(&tying);
    settle_deleted(&tying);
    settle_anchors(&tying, file);
    return place_all(&tying);
}

/* ---- Files ------------------------------------------------------------------------------------------------- */

static const char ending[] = ".comments.yaml";

/* What somebody may have meant by one; it would be copied to the site, with all that strangers wrote. */
static void report_ending(struct text path, struct report *report)
{
    static const char *const near[] = {".comments.yml", ".comments.json"};
    for (size_t i = 0; i < BASE_COUNT(near); i++)
        if (text_ends(path, near[i]))
            report_at(report, REPORT_ERROR, (struct place){.file = path},
                "a file of comments ends in %s", ending);
}

bool catalog_take_comments(struct catalog *catalog, struct catalog_draft *draft, struct text path)
{
    if (!text_ends(path, ending)) {
        report_ending(path, draft->report);
        return false;
    }
    struct catalog_comments *comments = arena_alloc(&catalog->arena, sizeof *comments);
    comments->path = path;
    catalog_append(&draft->lists, &draft->comments, comments);
    return true;
}

/* "content/reviews/" of a path in it. */
static struct text folder_of(struct text path)
{
    while (path.length > 0 && path.at[path.length - 1] != '/')
        path.length--;
    return path;
}

static void report_alone(const struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_comments *comments, struct text wanted)
{
    struct text folder = folder_of(wanted);
    if (!text_starts(folder, "content/reviews/")) {
        report_at(draft->report, REPORT_ERROR, (struct place){.file = comments->path},
            "comments belong beside a writing in content/reviews/");
        return;
    }
    struct text *names = arena_array(&draft->lists, catalog->file_count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < catalog->file_count; i++) {
        struct text path = catalog->files[i].path;
        if (catalog->files[i].kind == SCHEMA_WRITINGS && text_equal(folder_of(path), folder))
            names[count++] = text_slice(path, folder.length, path.length);
    }
    struct text name = text_slice(wanted, folder.length, wanted.length);
    report_at(draft->report, REPORT_ERROR, (struct place){.file = comments->path},
        "there is no writing '%.*s' beside these comments%.*s", TEXT_ARGS(name),
        TEXT_ARGS(report_guess(&draft->lists, name, names, count)));
}

void catalog_attach_comments(struct catalog *catalog, struct catalog_draft *draft)
{
    struct map writings;
    map_init(&writings, &draft->lists);
    for (size_t i = 0; draft->comments.count && i < catalog->file_count; i++)
        if (catalog->files[i].kind == SCHEMA_WRITINGS)
            map_put(&writings, catalog->files[i].path, &catalog->files[i]);
    for (size_t i = 0; i < draft->comments.count; i++) {
        struct catalog_comments *comments = (void *)draft->comments.items[i];
        struct text stem = text_slice(comments->path, 0, comments->path.length - strlen(ending));
        struct text wanted = arena_join(&draft->lists, stem, TEXT(".md"));
        struct catalog_file *file = map_get(&writings, wanted);
        if (file)
            file->comments = comments;
        else
            report_alone(catalog, draft, comments, wanted);
    }
}

/* ---- Reading ------------------------------------------------------------------------------------------------ */

static int64_t count_shown(const struct data_array *comments)
{
    const struct catalog_comment *const *items = comments->items;
    int64_t count = 0;
    for (size_t i = 0; i < comments->count; i++)
        count += !items[i]->is_deleted + count_shown(&items[i]->replies);
    return count;
}

static struct data_array read_threads(
    struct schema_reading *reading, const struct catalog_file *file, struct text bytes)
{
    struct data_value list;
    struct data_array comments = {0};
    reading->file = file->comments->path;
    reading->is_partial = !data_read_yaml(
        bytes, reading->file, 1, &data_limits_file, reading->arena, reading->report, &list);
    schema_read_comments(reading, &list, &comments);
    if (reading->is_partial)
        return (struct data_array){0};
    return tie(reading, file, &comments);
}

void catalog_load_comments(
    const struct catalog *catalog, struct catalog_file *file, struct catalog_worker *worker)
{
    struct catalog_comments *comments = file->comments;
    const struct disk *disk = catalog->request.disk;
    buffer_clear(&worker->bytes);
    arena_clear(&worker->scratch);
    enum disk_result result =
        disk->read(disk, comments->path.at, CATALOG_FILE_BYTES, &worker->bytes);
    struct text bytes = buffer_text(&worker->bytes);
    if (result != DISK_DONE) {
        report_at(&worker->report, REPORT_REFUSED, (struct place){.file = comments->path},
            "can't be read: %s", disk_result_words(result));
        return;
    }
    comments->hash = hash_text(bytes);
    if (!catalog_check_bytes(bytes, comments->path, &worker->report))
        return;
    struct schema_reading reading = {.yaml = bytes,
        .yaml_line = 1,
        .arena = &worker->scratch,
        .report = &worker->report,
        .settings = catalog->request.settings};
    struct data_array threads = read_threads(&reading, file, bytes);
    comments->count = count_shown(&threads);
}

/* ---- What templates ask for ---------------------------------------------------------------------------------- */

struct data_value catalog_compute_comments(const void *thing, struct data_run *run)
{
    const struct catalog_file *file = ((const struct catalog_thing *)thing)->file;
    const struct catalog_run *context = run->context;
    struct data_value list = data_list_new(run->scratch);
    if (!file || !file->comments || file->comments->count == 0)
        return list;
    struct text bytes =
        catalog_read_again(context, file->comments->path, file->comments->hash, 0, run->scratch);
    if (!bytes.at)
        return list;
    struct schema_reading reading = {.yaml = bytes,
        .yaml_line = 1,
        .arena = run->scratch,
        .report = context->report,
        .settings = context->catalog->request.settings};
    struct data_array threads = read_threads(&reading, file, bytes);
    const struct catalog_comment *const *items = threads.items;
    for (size_t i = 0; i < threads.count; i++)
        data_list_add(run->scratch, list.as.list, data_thing(&catalog_comment_type, items[i]));
    return list;
}

struct data_value catalog_compute_comment_body(const void *thing, struct data_run *run)
{
    const struct catalog_comment *comment = thing;
    const struct catalog_run *context = run->context;
    struct markdown_options options = catalog_markdown_options(context->catalog);
    struct buffer html;
    if (comment->is_deleted)
        return data_html(TEXT(""));
    options.words = context->words;
    buffer_init(&html);
    markdown_render_stranger(comment->record->body, &options, &html);
    struct text kept = arena_text(run->scratch, buffer_text(&html));
    buffer_release(&html);
    return data_html(kept);
}
