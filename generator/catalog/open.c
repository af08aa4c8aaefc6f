/* Opening the catalog, step by step, and giving it back. */
#include "catalog/catalog_inside.h"

static void start_site(struct catalog *catalog, struct catalog_draft *draft)
{
    struct catalog_thing *site = &catalog->site.thing;
    catalog->site.settings = catalog->request.settings;
    site->type = &catalog_site_type;
    site->url = catalog->request.base_path;
    site->number = (uint32_t)draft->things.count;
    catalog_add(catalog, &draft->things, site);
}

static void check_recaps(const struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->writings.count; i++) {
        const struct catalog_writing *writing = draft->writings.items[i];
        int kind = writing->record->kind;
        bool names_one = writing->dramas.count || writing->record->dramas.count;
        if (names_one || !writing->thing.file->is_whole ||
            (kind != SCHEMA_REVIEW && kind != SCHEMA_RECAP))
            continue;
        report_at(draft->report, REPORT_ERROR,
            schema_place(writing->thing.file->path, writing->record->spot),
            "missing 'drama': a %s is about a drama", kind == SCHEMA_REVIEW ? "review" : "recap");
        report_note(draft->report, "for example: drama: Signal");
    }
}

bool catalog_is_whole(const struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->file_count; i++)
        if (!catalog->files[i].is_whole)
            return false;
    return true;
}

static void link_all(struct catalog *catalog, struct catalog_draft *draft)
{
    start_site(catalog, draft);
    catalog_close_files(catalog, draft);
    catalog_close_mentions(catalog, draft);
    catalog_settle_writings(catalog, draft);
    catalog_close_tracks(catalog, draft);
    catalog_group_tracks(catalog, draft);
    catalog_settle_track_pages(catalog, draft);
    catalog_settle_reviewed(catalog, draft);
    catalog_close_series(catalog, draft);
    check_recaps(draft);
    catalog_settle_pictures(catalog, draft);
    catalog_settle_recordings(catalog, draft);
    catalog_tie(catalog, draft);
    catalog_tie_named_tracks(catalog, draft);
    catalog_settle_scenes(catalog, draft);
    catalog_settle_playlists(catalog, draft);
    catalog_check_lines(catalog, draft);
    catalog_order(catalog, draft);
    catalog_chart(catalog, draft);
    catalog->things = (const struct catalog_thing **)draft->things.items;
    catalog->thing_count = (uint32_t)draft->things.count;
}

/* ---- Threads ----------------------------------------------------------------------------------- */

struct step {
    struct catalog_worker *workers;
    void (*work)(void *context, size_t index, struct catalog_worker *);
    void *context;
};

static void run_step(void *context, size_t index, unsigned number)
{
    const struct step *step = context;
    step->work(step->context, index, &step->workers[number]);
}

void catalog_parallel_shown(struct catalog *catalog, struct catalog_draft *draft, size_t count,
    void (*work)(void *context, size_t index, struct catalog_worker *), void *context,
    struct progress progress)
{
    struct step step = {draft->workers, work, context};
    parallel_for_shown(count, catalog->request.jobs, run_step, &step, progress);
    for (unsigned i = 0; i < catalog->request.jobs; i++) {
        report_join(draft->report, &draft->workers[i].report);
        arena_clear(&draft->workers[i].scratch);
    }
}

void catalog_parallel(struct catalog *catalog, struct catalog_draft *draft, size_t count,
    void (*work)(void *context, size_t index, struct catalog_worker *), void *context)
{
    catalog_parallel_shown(catalog, draft, count, work, context, (struct progress){NULL, NULL});
}

static void begin_workers(struct catalog *catalog, struct catalog_draft *draft)
{
    unsigned jobs = catalog->request.jobs;
    catalog->arenas = arena_array(&catalog->arena, jobs, sizeof *catalog->arenas);
    draft->workers = arena_array(&draft->lists, jobs, sizeof *draft->workers);
    for (unsigned i = 0; i < jobs; i++) {
        arena_init(&catalog->arenas[i]);
        arena_init(&draft->workers[i].lists);
        arena_init(&draft->workers[i].scratch);
        buffer_init(&draft->workers[i].bytes);
        for (int kind = 0; kind < CATALOG_NAMED_COUNT; kind++)
            map_init(&draft->workers[i].words[kind], &draft->workers[i].lists);
        report_init(&draft->workers[i].report);
        draft->workers[i].arena = &catalog->arenas[i];
        draft->workers[i].romaniser = draft->romaniser;
    }
}

static void end_workers(struct catalog *catalog, struct catalog_draft *draft)
{
    for (unsigned i = 0; i < catalog->request.jobs; i++) {
        arena_release(&draft->workers[i].lists);
        arena_release(&draft->workers[i].scratch);
        buffer_release(&draft->workers[i].bytes);
        report_release(&draft->workers[i].report);
    }
}

/* ---- Opening and closing ------------------------------------------------------------------------- */

struct catalog *catalog_open(const struct catalog_request *request, struct report *report)
{
    struct catalog *catalog = base_alloc(sizeof *catalog);
    struct catalog_draft draft = {.report = report};
    *catalog = (struct catalog){.request = *request};
    arena_init(&catalog->arena);
    catalog->markdown = markdown_child_new();
    arena_init(&draft.lists);
    arena_init(&draft.scratch);
    map_init(&draft.addresses, &draft.lists);
    if (request->settings->slugs == SCHEMA_SLUGS_ASCII)
        draft.romaniser = unicode_romaniser_open();
    begin_workers(catalog, &draft);
    catalog->names = arena_alloc(&catalog->arena, sizeof *catalog->names);
    catalog_names_init(catalog->names, &catalog->arena, &draft.scratch);
    catalog_sort_glossary(catalog);
    catalog_load(catalog, &draft);
    catalog_measure_pictures(catalog, &draft);
    steps_end(&request->steps, "reading");
    link_all(catalog, &draft);
    end_workers(catalog, &draft);
    unicode_romaniser_release(draft.romaniser);
    arena_release(&draft.scratch);
    arena_release(&draft.lists);
    steps_end(&request->steps, "linking");
    return catalog;
}

void catalog_close(struct catalog *catalog)
{
    for (unsigned i = 0; i < catalog->request.jobs; i++)
        arena_release(&catalog->arenas[i]);
    markdown_child_free(catalog->markdown);
    catalog_end_keeping(catalog);
    arena_release(&catalog->arena);
    base_free(catalog);
}
