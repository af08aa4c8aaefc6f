/*
 * Reading content/: files to records, on all cores.
 *
 * One worker fills one slot: the file's bytes go through the worker's buffer, its YAML tree through
 * the worker's scratch arena, and only the record and what the body's scan found stay, in one of
 * the catalog's arenas.
 */
#include "catalog/catalog_inside.h"

struct loading {
    struct catalog *catalog;
    struct catalog_draft *draft;
};

/* ---- Which files count ------------------------------------------------------------------------------------ */

static struct text base_name(struct text path)
{
    size_t from = path.length;
    while (from > 0 && path.at[from - 1] != '/')
        from--;
    return text_slice(path, from, path.length);
}

/* What editors and systems leave behind. */
static bool is_leftover(struct text name)
{
    return text_starts(name, ".") || text_ends(name, "~") || text_ends(name, ".swp") ||
           text_ends(name, ".tmp") || text_ends(name, ".bak") ||
           (text_starts(name, "#") && text_ends(name, "#")) || text_is(name, "Thumbs.db") ||
           text_is(name, "desktop.ini");
}

static bool skip(void *context, struct text path, bool is_folder)
{
    struct catalog *catalog = context;
    const struct schema_settings *settings = catalog->request.settings;
    struct text name = base_name(path);
    const struct text *ignore = settings->ignore.items;
    catalog->is_vault |= is_folder && text_is(path, ".obsidian");
    for (size_t i = 0; i < settings->ignore.count; i++)
        if (text_equal(name, ignore[i]))
            return true;
    return is_leftover(name) || (!is_folder && text_is(name, "README.md")) ||
           (is_folder && (text_is(path, "templates") || text_is(path, "Templates")));
}

/* Which of the folders above a file was looked at last. */
struct folders {
    struct text folder;
    bool is_skipped;
};

/* Whether the walk would have gone into the folder, and into each above. */
static bool is_folder_skipped(struct catalog *catalog, struct text folder)
{
    for (size_t end = 0; end < folder.length; end++) {
        while (end < folder.length && folder.at[end] != '/')
            end++;
        if (skip(catalog, text_slice(folder, 0, end), true))
            return true;
    }
    return false;
}

/* The files of a folder stand side by side. */
static bool is_skipped(struct catalog *catalog, struct folders *last, struct text path)
{
    struct text name = base_name(path);
    struct text folder = text_slice(path, 0, path.length - name.length);
    if (!text_equal(folder, last->folder) || !last->folder.at)
        *last = (struct folders){folder, is_folder_skipped(catalog, folder)};
    return last->is_skipped || skip(catalog, path, false);
}

/* What was listed for somebody else, less what this walk would have passed over. */
static void take_listed(
    struct catalog *catalog, const struct catalog_listed *listed, struct disk_list *list)
{
    struct folders last = {0};
    *list = listed->list;
    list->count = 0;
    for (size_t i = 0; i < listed->list.count; i++)
        if (!is_skipped(catalog, &last, listed->list.entries[i].path))
            list->entries[list->count++] = listed->list.entries[i];
}

/* The kind by the first folder of a path below content/; SCHEMA_KIND_COUNT for none. */
static enum schema_kind kind_of(struct text below)
{
    ptrdiff_t slash = text_find_byte(below, '/');
    struct text folder = text_slice(below, 0, slash < 0 ? 0 : (size_t)slash);
    for (int kind = 0; kind < SCHEMA_KIND_COUNT; kind++)
        if (text_is(folder, schema_kinds[kind].folder))
            return (enum schema_kind)kind;
    return SCHEMA_KIND_COUNT;
}

static struct text guess_folder(struct catalog *catalog, struct text below)
{
    struct text folders[SCHEMA_KIND_COUNT];
    for (int kind = 0; kind < SCHEMA_KIND_COUNT; kind++)
        folders[kind] = text_of(schema_kinds[kind].folder);
    ptrdiff_t slash = text_find_byte(below, '/');
    return slash <= 0 ? TEXT("")
                      : report_guess(&catalog->arena, text_slice(below, 0, (size_t)slash), folders,
                            SCHEMA_KIND_COUNT);
}

/* Markdown that lies in no kind's folder. A vault has notes that are for nobody else. */
static void take_stray(
    struct catalog *catalog, struct text path, struct text below, struct report *report)
{
    struct text guess = guess_folder(catalog, below);
    if (catalog->is_vault && !guess.length) {
        catalog_name_aside(catalog->names, path);
        catalog->aside++;
        return;
    }
    report_at(report, REPORT_ERROR, (struct place){.file = path},
        "a Markdown file belongs in reviews/, dramas/, artists/, tracks/ or pages/%.*s",
        TEXT_ARGS(guess));
}

/* What only Obsidian can show. */
static bool is_obsidians(struct text path)
{
    return text_ends(path, ".canvas") || text_ends(path, ".base");
}

/* Whether content/ lies in a vault; that it is one itself shows when it is listed. */
static bool lies_in_vault(const struct disk *disk, struct report *report)
{
    struct disk_status status;
    enum disk_result result = disk->status(disk, ".obsidian", &status);
    if (result != DISK_DONE && result != DISK_MISSING)
        report_at(report, REPORT_REFUSED, (struct place){.file = TEXT(".obsidian")},
            "can't be read: %s", disk_result_words(result));
    return result == DISK_DONE && status.kind == DISK_FOLDER;
}

/* "2022-04-19-signal" into the day and "signal". */
static struct data_date take_date(struct text *stem)
{
    struct data_date date;
    if (stem->length > 11 && (stem->at[10] == '-' || stem->at[10] == ' ') &&
        data_date_read(text_slice(*stem, 0, 10), &date)) {
        *stem = text_slice(*stem, 11, stem->length);
        return date;
    }
    return (struct data_date){0};
}

/* The file's name without its end; for an index.md, its folder's. */
static struct text stem_of(struct text below)
{
    struct text path = text_slice(below, 0, below.length - strlen(".md"));
    if (text_is(base_name(path), "index") && path.length > strlen("index"))
        path = text_slice(path, 0, path.length - strlen("/index"));
    return base_name(path);
}

/* ---- One file ------------------------------------------------------------------------------------------------ */

struct problem_context {
    const struct catalog_file *file;
    struct text body;
    struct report *report;
    struct place_counter counter;
};

static void body_problem(
    void *context, enum report_level level, size_t offset, size_t length, struct text message)
{
    struct problem_context *problem = context;
    struct place place =
        place_next(&problem->counter, problem->file->path, problem->body, offset, length);
    place.line += problem->file->body_line - 1;
    report_at(problem->report, level, place, "%.*s", TEXT_ARGS(message));
}

static bool find_player(void *context, struct text address, struct markdown_player *player)
{
    (void)context;
    return catalog_find_player(address, NULL, player);
}

static void scan_body(const struct catalog *catalog, struct catalog_file *file, struct text bytes,
    struct catalog_worker *worker)
{
    struct text body =
        unicode_nfc(&worker->scratch, text_slice(bytes, file->body_offset, bytes.length));
    struct problem_context context = {.file = file, .body = body, .report = &worker->report};
    struct markdown_options options = catalog_markdown_options(catalog);
    struct markdown_host host = {.context = &context, .problem = body_problem};
    if (catalog->request.settings->players)
        host.player = find_player;
    markdown_scan(body, &options, &host, worker->arena, &file->scan);
}

/* The day of a writing that has none is its file name's; one of them must say it. */
static void settle_date(const struct schema_reading *reading, const struct data_value *fields,
    struct schema_writing *writing)
{
    struct text name = stem_of(reading->file);
    struct data_date date = take_date(&name);
    const struct data_value *typed = data_map_find(fields->as.map, "date");
    bool was_wrong = typed && !(typed->kind == DATA_TEXT && !text_trim(typed->as.text).length);
    if (writing->date.month)
        return;
    writing->date = schema_local_date(reading->settings, date);
    if (date.month || was_wrong || reading->is_partial)
        return;
    report_at(reading->report, REPORT_ERROR, schema_place(reading->file, writing->spot),
        "missing 'date': the day it was published");
    report_note(reading->report, "for example: date: 2022-04-20");
}

/* A piece that expires before it is out would never be seen. */
static void check_expires(const struct schema_reading *reading, const struct data_value *fields,
    const struct schema_writing *writing)
{
    const struct data_value *typed = data_map_find(fields->as.map, "expires");
    if (!writing->expires.month || !writing->date.month ||
        data_date_days(writing->expires) > data_date_days(writing->date))
        return;
    report_at(reading->report, REPORT_ERROR,
        (struct place){reading->file, typed->line, typed->column, typed->points},
        "this piece expires before anybody could read it: 'expires' must be later than 'date'");
}

/* "Goblin again", "도깨비": a title, where "goblin-again" is an address. */
static bool is_title(struct text name)
{
    for (size_t i = 0; i < name.length; i++)
        if (name.at[i] == ' ' || (name.at[i] >= 'A' && name.at[i] <= 'Z') ||
            (unsigned char)name.at[i] >= 0x80)
            return true;
    return false;
}

/* A note of Obsidian's has its title as the name of its file. */
static void name_by_file(
    const struct catalog_file *file, struct data_value *fields, struct arena *scratch)
{
    const char *name = file->kind == SCHEMA_ARTISTS ? "name" : "title";
    if (fields->kind != DATA_MAP || !is_title(file->stem))
        return;
    const struct data_value *typed = data_map_find(fields->as.map, name);
    if (typed && typed->kind != DATA_NONE &&
        !(typed->kind == DATA_TEXT && !text_trim(typed->as.text).length))
        return;
    struct data_value title = data_text(file->stem);
    title.line = fields->line;
    title.column = title.points = 1;
    data_map_set(scratch, fields->as.map, data_text(text_of(name)), title);
}

/* Broken YAML still gives what stands before the break, so that other files may link to it. */
static void read_record(const struct catalog *catalog, struct catalog_file *file,
    const struct catalog_parts *parts, struct catalog_worker *worker)
{
    const struct data_type *type = schema_kinds[file->kind].type;
    struct data_value fields;
    struct schema_reading reading = {.file = file->path,
        .yaml = parts->yaml,
        .yaml_line = parts->yaml_line,
        .arena = worker->arena,
        .report = &worker->report,
        .settings = catalog->request.settings,
        .is_vault = catalog->is_vault};
    reading.is_partial = !data_read_yaml(parts->yaml, file->path, parts->yaml_line,
        &data_limits_front_matter, &worker->scratch, &worker->report, &fields);
    if (fields.kind == DATA_NONE) { /* nothing between the lines: all that is required is missing */
        fields = data_map_new(&worker->scratch);
        fields.line = fields.column = fields.points = 1;
    }
    name_by_file(file, &fields, &worker->scratch);
    void *record = arena_alloc(worker->arena, type->size);
    schema_read(&reading, type, &fields, record);
    if (file->kind == SCHEMA_WRITINGS && fields.kind == DATA_MAP) {
        settle_date(&reading, &fields, record);
        check_expires(&reading, &fields, record);
    }
    file->record = record;
    file->is_whole = !reading.is_partial && fields.kind == DATA_MAP;
}

static void read_text(struct loading *loading, size_t index, struct catalog_worker *worker)
{
    struct catalog_file *file = &loading->catalog->files[index];
    const struct disk *disk = loading->catalog->request.disk;
    struct catalog_parts parts = {0};
    buffer_clear(&worker->bytes);
    arena_clear(&worker->scratch);
    enum disk_result result = disk->read(disk, file->path.at, CATALOG_FILE_BYTES, &worker->bytes);
    struct text bytes = buffer_text(&worker->bytes);
    if (result != DISK_DONE) {
        report_at(&worker->report, REPORT_REFUSED, (struct place){.file = file->path},
            "can't be read: %s", disk_result_words(result));
        return;
    }
    file->hash = hash_text(bytes);
    if (!catalog_split(bytes, file->path, &worker->report, &parts))
        return;
    file->body_offset = parts.body_offset;
    file->body_line = parts.body_line;
    file->body_hash = hash_text(text_slice(bytes, parts.body_offset, bytes.length));
    read_record(loading->catalog, file, &parts, worker);
    loading->draft->mentions[index] = catalog_gather(file, worker);
    scan_body(loading->catalog, file, bytes, worker);
    file->shape = catalog_shape_of(file, text_slice(bytes, 0, parts.body_offset));
}

static void read_file(void *context, size_t index, struct catalog_worker *worker)
{
    struct loading *loading = context;
    struct catalog_file *file = &loading->catalog->files[index];
    size_t problems = worker->report.count;
    if (file->is_kept)
        return;
    read_text(loading, index, worker);
    if (file->comments)
        catalog_load_comments(loading->catalog, file, worker);
    file->is_clean = worker->report.count == problems;
}

/* ---- All of them ------------------------------------------------------------------------------------------------ */

static void read_all(struct catalog *catalog, struct catalog_draft *draft)
{
    struct loading loading = {catalog, draft};
    draft->mentions = arena_array(&draft->lists, catalog->file_count, sizeof *draft->mentions);
    catalog_take_kept(catalog, draft);
    catalog_parallel_shown(
        catalog, draft, catalog->file_count, read_file, &loading, catalog->request.progress);
}

static bool is_utf8_path(const struct text *path, struct report *report)
{
    if (unicode_check(*path) < 0)
        return true;
    report_at(report, REPORT_ERROR, (struct place){.file = *path}, "this file's name is not UTF-8");
    return false;
}

static void add_entry(
    struct catalog *catalog, struct catalog_draft *draft, const struct disk_entry *entry)
{
    struct report *report = draft->report;
    struct text below = entry->path;
    struct text path = arena_join(&catalog->arena, TEXT("content/"), below);
    enum schema_kind kind = kind_of(below);
    if (!is_utf8_path(&path, report) || catalog_take_comments(catalog, draft, path))
        return;
    if (is_obsidians(below)) {
        catalog_name_aside(catalog->names, path);
    } else if (!text_ends(below, ".md")) {
        catalog->assets[catalog->asset_count++] = (struct catalog_asset){.path = path,
            .url = arena_text(&catalog->arena, unicode_nfc(&catalog->arena, below)),
            .status = entry->status};
    } else if (kind == SCHEMA_KIND_COUNT) {
        take_stray(catalog, path, below, report);
    } else {
        struct catalog_file *file = &catalog->files[catalog->file_count++];
        struct text stem = stem_of(below);
        take_date(&stem);
        *file = (struct catalog_file){.path = path,
            .kind = kind,
            .stem = arena_text(&catalog->arena, stem),
            .stamp = catalog_stamp(catalog, &entry->status)};
    }
}

/* `refused` is the folder below content/ that the trouble is with; empty for content/ itself. */
static void report_unlisted(
    struct catalog *catalog, enum disk_result result, struct text refused, struct report *report)
{
    struct place place = {.file = TEXT("content")};
    if (result == DISK_MISSING && !refused.length) {
        report_at(report, REPORT_ERROR, place, "there is no such folder in this blog");
        report_note(report, "what you write goes into content/reviews/");
        return;
    }
    if (refused.length)
        place.file = arena_format(&catalog->arena, "content/%.*s", TEXT_ARGS(refused));
    report_at(report, REPORT_REFUSED, place, "can't be read: %s", disk_result_words(result));
}

/* As what is hidden was not listed, it is asked for. */
static bool is_vault(const struct disk *disk)
{
    struct disk_status status;
    return disk->status(disk, "content/.obsidian", &status) == DISK_DONE &&
           status.kind == DISK_FOLDER;
}

static enum disk_result list_content(
    struct catalog *catalog, struct arena *names, struct disk_list *list)
{
    const struct disk *disk = catalog->request.disk;
    const struct catalog_listed *listed = catalog->request.listed;
    if (!listed || !listed->is_whole)
        return disk->list(disk, "content", skip, catalog, names, list);
    catalog->is_vault |= is_vault(disk);
    take_listed(catalog, listed, list);
    return DISK_DONE;
}

static void end_listed(struct catalog_listed *listed)
{
    if (!listed)
        return;
    arena_release(&listed->arena);
    *listed = (struct catalog_listed){0};
}

void catalog_load(struct catalog *catalog, struct catalog_draft *draft)
{
    struct report *report = draft->report;
    const struct disk *disk = catalog->request.disk;
    struct disk_list list = {0};
    struct arena names;
    arena_init(&names);
    catalog->is_vault = lies_in_vault(disk, report);
    enum disk_result result = list_content(catalog, &names, &list);
    if (result != DISK_DONE)
        report_unlisted(catalog, result, list.refused, report);
    catalog->files = arena_array(&catalog->arena, list.count, sizeof *catalog->files);
    catalog->assets = arena_array(&catalog->arena, list.count, sizeof *catalog->assets);
    for (size_t i = 0; i < list.count; i++)
        add_entry(catalog, draft, &list.entries[i]);
    catalog_attach_comments(catalog, draft);
    if (result == DISK_DONE && catalog->file_count == 0 && report->errors == 0)
        report_at(report, REPORT_ERROR, (struct place){.file = TEXT("content")},
            "there is nothing to publish here yet: write a review in content/reviews/");
    arena_release(&names);
    end_listed(catalog->request.listed);
    read_all(catalog, draft);
}
