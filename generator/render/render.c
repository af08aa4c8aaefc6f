/* One output after another, each by the function of its kind. */
#include "render/render_inside.h"

static bool copy_file(
    struct render_worker *worker, const struct catalog_asset *asset, struct buffer *bytes)
{
    /* GitHub Pages takes no file above 100 MB, and no host takes more. */
    static const size_t most_bytes = 100 << 20;
    const struct disk *disk = worker->render->plan->catalog->request.disk;
    enum disk_result result = disk->read(disk, asset->path.at, most_bytes, bytes);
    if (result != DISK_DONE)
        report_at(worker->catalog.report, REPORT_REFUSED, (struct place){.file = asset->path},
            "can't be copied: %s", disk_result_words(result));
    return result == DISK_DONE;
}

static bool render_kind(
    struct render_worker *worker, const struct plan_output *output, struct buffer *bytes)
{
    switch (output->kind) {
    case PLAN_PAGE: return render_page(worker, output, bytes);
    case PLAN_FEED: render_feed(worker, output, bytes); return true;
    case PLAN_FEED_JSON: render_feed_json(worker, output, bytes); return true;
    case PLAN_PLAYLIST: render_playlist_xspf(worker, output, bytes); return true;
    case PLAN_PLAYLIST_JSON: render_playlist_jspf(worker, output, bytes); return true;
    case PLAN_SITEMAP: render_sitemap(worker, output->part, bytes); return true;
    case PLAN_SITEMAP_INDEX: render_sitemap_index(worker, bytes); return true;
    case PLAN_ROBOTS: render_robots(worker, bytes); return true;
    case PLAN_HEADERS: render_headers(worker, bytes); return true;
    case PLAN_EMPTY: return true;
    case PLAN_REDIRECT: render_redirect(worker, output, bytes); return true;
    case PLAN_REDIRECTS: render_redirects(worker, bytes); return true;
    case PLAN_COPY: return copy_file(worker, output->asset, bytes);
    case PLAN_THEME_ASSET: buffer_add(bytes, output->theme_asset->bytes); return true;
    case PLAN_SEARCH_PIECE:
        search_piece(worker->render->plan->search, output->part, &worker->scratch, bytes);
        return true;
    }
    return false;
}

void render_note_thing(const struct render_worker *worker, const struct catalog_thing *thing)
{
    for (int group = 0; group < DATA_GROUP_COUNT; group++)
        data_note(&worker->run, thing->number, (enum data_group)group);
}

/* Every problem counts, also one that a field found while a template asked for it. */
bool render_output(struct render *render, size_t index, unsigned worker_number,
    struct buffer *bytes, struct report *report)
{
    struct render_worker *worker = &render->workers[worker_number];
    size_t problems = report->errors + report->refusals;
    arena_clear(&worker->scratch);
    if (worker->run.reads)
        data_reads_clear(worker->run.reads);
    worker->catalog.report = report;
    bool is_made = render_kind(worker, &render->plan->outputs[index], bytes);
    return is_made && report->errors + report->refusals == problems;
}

const struct data_reads *render_reads(const struct render *render, unsigned worker)
{
    return render->workers[worker].run.reads;
}

/* The settings' address without its path: what stands before the third '/'. */
static struct text origin_of(struct text url)
{
    ptrdiff_t scheme = text_find(url, TEXT("://"));
    size_t host = scheme < 0 ? 0 : (size_t)scheme + 3;
    ptrdiff_t slash = text_find_byte(text_slice(url, host, url.length), '/');
    return slash < 0 ? url : text_slice(url, 0, host + (size_t)slash);
}

/* What the texts' own boxes, spoilers and headings say. */
static struct markdown_words words_of(const struct theme *theme)
{
    return (struct markdown_words){
        .heading_link = theme_string(theme, TEXT("heading_link"), NAN),
        .play_on = theme_string(theme, TEXT("play_on"), NAN),
        .listen_on = theme_string(theme, TEXT("listen_on"), NAN),
        .spoiler = theme_string(theme, TEXT("spoiler"), NAN),
        .footnotes = theme_string(theme, TEXT("footnotes"), NAN),
        .footnote = theme_string(theme, TEXT("footnote"), NAN),
        .footnote_back = theme_string(theme, TEXT("footnote_back"), NAN),
        .note = theme_string(theme, TEXT("box_note"), NAN),
        .tip = theme_string(theme, TEXT("box_tip"), NAN),
        .important = theme_string(theme, TEXT("box_important"), NAN),
        .warning = theme_string(theme, TEXT("box_warning"), NAN),
        .caution = theme_string(theme, TEXT("box_caution"), NAN),
    };
}

static void start_worker(
    struct render *render, struct render_worker *worker, const struct render_request *request)
{
    *worker = (struct render_worker){.render = render};
    arena_init(&worker->scratch);
    arena_init(&worker->noting);
    buffer_init(&worker->making);
    worker->catalog = (struct catalog_run){.catalog = render->plan->catalog,
        .context = worker,
        .words = words_of(render->plan->theme)};
    worker->run = (struct data_run){
        .scratch = &worker->scratch, .context = &worker->catalog, .memory = template_memory_new()};
    if (!request->with_reads)
        return;
    data_reads_init(&worker->reads, &worker->noting, render->plan->catalog->thing_count);
    worker->run.reads = &worker->reads;
}

struct render *render_open(const struct render_request *request, struct report *report)
{
    struct render *render = base_alloc(sizeof *render);
    *render = (struct render){.plan = request->plan,
        .jobs = request->jobs,
        .request = *request,
        .origin = origin_of(request->plan->catalog->site.settings->url)};
    arena_init(&render->arena);
    render->workers = arena_array(&render->arena, request->jobs, sizeof *render->workers);
    for (unsigned i = 0; i < request->jobs; i++)
        start_worker(render, &render->workers[i], request);
    if (render_compile(render, request->with_all_templates, report))
        return render;
    render_close(render);
    return NULL;
}

void render_rest(struct render *render)
{
    for (unsigned i = 0; i < render->jobs; i++) {
        struct render_worker *worker = &render->workers[i];
        buffer_release(&worker->making);
        arena_release(&worker->scratch);
        arena_release(&worker->noting);
        template_memory_free(worker->run.memory);
        worker->run.memory = NULL;
        worker->run.reads = NULL;
    }
}

void render_close(struct render *render)
{
    if (!render)
        return;
    render_rest(render);
    template_set_free(render->templates);
    arena_release(&render->arena);
    base_free(render);
}
