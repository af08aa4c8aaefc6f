/* Pages: the theme's templates over the things of the catalog. */
#include "render/render_inside.h"

enum global {
    SITE,
    PAGE,
    REVIEW,
    DRAMA,
    ARTIST,
    TERM,
    SERIES,
    YEAR,
    TRACK,
    DOCUMENT,
    GLOBAL_COUNT
};

_Static_assert((int)GLOBAL_COUNT == RENDER_GLOBALS, "as many as the header says");

/* The type of `site` is made when a theme is opened: see make_site_type. */
static const struct template_global globals[GLOBAL_COUNT] = {
    [SITE] = {.name = "site",
        .of = &catalog_site_type, /* a theme's settings come to it: see make_site_type */
        .is_everywhere = true,
        .help = "the blog as a whole"},
    [PAGE] = {.name = "page",
        .of = &plan_page_type,
        .is_everywhere = true,
        .help = "the page that is being made"},
    [REVIEW] = {.name = "review",
        .of = &catalog_writing_type,
        .may_be_absent = true,
        .help = "the writing that the page shows"},
    [DRAMA] = {.name = "drama",
        .of = &catalog_drama_type,
        .may_be_absent = true,
        .help = "the drama that the page shows"},
    [ARTIST] = {.name = "artist",
        .of = &catalog_artist_type,
        .may_be_absent = true,
        .help = "the artist that the page shows"},
    [TERM] = {.name = "term",
        .of = &catalog_term_type,
        .may_be_absent = true,
        .help = "the tag, author, mood or instrument that the page shows"},
    [SERIES] = {.name = "series",
        .of = &catalog_series_type,
        .may_be_absent = true,
        .help = "the series that the page shows"},
    [YEAR] = {.name = "year",
        .of = &catalog_year_type,
        .may_be_absent = true,
        .help = "the year that the page shows"},
    [TRACK] = {.name = "track",
        .of = &catalog_track_type,
        .may_be_absent = true,
        .help = "the track that the page shows, or of a card"},
    [DOCUMENT] = {.name = "document",
        .of = &catalog_page_type,
        .may_be_absent = true,
        .help = "the plain page that the page shows"},
};

const struct template_global *render_global_at(size_t index)
{
    return index < GLOBAL_COUNT ? &globals[index] : NULL;
}

static const char track_card[] = "track_card.html";

/* What the pages of a kind show: a variable that has a value there, besides site and page. */
static const enum global shown[PLAN_PAGE_KIND_COUNT] = {
    [PLAN_REVIEW] = REVIEW,
    [PLAN_RECAP] = REVIEW,
    [PLAN_ESSAY] = REVIEW,
    [PLAN_GUIDE] = REVIEW,
    [PLAN_DRAMA] = DRAMA,
    [PLAN_ARTIST] = ARTIST,
    [PLAN_TRACK] = TRACK,
    [PLAN_TAG] = TERM,
    [PLAN_AUTHOR] = TERM,
    [PLAN_MOOD] = TERM,
    [PLAN_INSTRUMENT] = TERM,
    [PLAN_SERIES] = SERIES,
    [PLAN_YEAR] = YEAR,
    [PLAN_DOCUMENT] = DOCUMENT,
};

/* What every page but the home page has. */
static const char *const page_fields[] = {"page.title", NULL};

_Static_assert(SITE == 0, "what is not in the list shows nothing but the site");

static bool load(void *context, struct text name, struct text *source, struct text *file)
{
    return theme_template(context, name, source, file);
}

static struct text join(void *context, struct arena *arena, struct text name, struct text from)
{
    return theme_join(context, arena, name, from);
}

static size_t names(void *context, struct arena *arena, struct text **found)
{
    return theme_template_names(context, arena, found);
}

/* Whether an earlier kind of page has the same template. */
static bool is_shared(size_t kind)
{
    for (size_t i = 0; i < kind; i++)
        if (strcmp(plan_page_rows[i].template, plan_page_rows[kind].template) == 0)
            return true;
    return false;
}

/* Whether a build may have a page of the kind: tracks have some only where the blog wants them, and the search page
 * and charts are such as a theme may lack. */
static bool is_possible(const struct render *render, size_t kind)
{
    const struct schema_settings *settings = render->plan->catalog->site.settings;
    bool is_of_tracks = kind == PLAN_TRACKS || kind == PLAN_TRACK;
    if (kind == PLAN_SEARCH)
        return render->plan->search != NULL;
    if (kind == PLAN_CHARTS || kind == PLAN_YEAR)
        return render->plan->has_charts;
    return !is_of_tracks || settings->track_pages != SCHEMA_TRACK_PAGES_NONE;
}

/* A theme may lack a file that the plan asks for by name: `missing` lists them. */
static bool compile_one(
    struct render *render, const char *name, struct buffer *missing, struct report *report)
{
    struct text source, file;
    if (theme_template(render->plan->theme, text_of(name), &source, &file))
        return template_compile(render->templates, text_of(name), report);
    buffer_format(missing, "%s%s", missing->length ? ", " : "", name);
    return false;
}

/* The card of a track stands in the text of any page that has one. */
static bool check_all(struct render *render, bool with_all_templates, struct report *report)
{
    size_t count = 0;
    enum template_presence given[PLAN_PAGE_KIND_COUNT + 1][GLOBAL_COUNT];
    struct template_entry entries[PLAN_PAGE_KIND_COUNT + 1];
    for (size_t kind = 0; kind <= PLAN_PAGE_KIND_COUNT; kind++) {
        bool is_card = kind == PLAN_PAGE_KIND_COUNT;
        const char *name = is_card ? track_card : plan_page_rows[kind].template;
        if (!is_card && !with_all_templates && !is_possible(render, kind))
            continue;
        for (size_t i = 0; i < GLOBAL_COUNT; i++)
            given[kind][i] = !globals[i].may_be_absent ? TEMPLATE_PRESENT
                             : is_card                 ? TEMPLATE_PERHAPS
                                                       : TEMPLATE_NEVER;
        given[kind][is_card ? TRACK : shown[kind]] = TEMPLATE_PRESENT;
        entries[count++] = (struct template_entry){.name = text_of(name),
            .given = given[kind],
            .fields = is_card || kind == PLAN_HOME ? NULL : page_fields};
    }
    return template_check(render->templates, entries, count, report);
}

static void report_missing(struct render *render, struct text missing, struct report *report)
{
    if (!missing.length)
        return;
    report_at(report, REPORT_ERROR,
        (struct place){.file = arena_format(&report->arena, "themes/%.*s/templates",
                           TEXT_ARGS(render->plan->theme->name))},
        "the theme lacks templates: %.*s", TEXT_ARGS(missing));
    report_note(report, "'parent: sleeve' in its theme.yaml would take them from there");
}

/* ---- The site, with the theme's settings ------------------------------------------------------------------- */

static struct data_value theme_settings(const void *site, struct data_run *run)
{
    const struct catalog_run *catalog = run->context;
    const struct render_worker *worker = catalog->context;
    const struct schema_theme_settings *settings = &worker->render->plan->theme->settings;
    (void)site;
    return data_thing(&settings->type, settings->values);
}

/* What each theme lets a blog set is known only now; so is the type of `site`, which has it as a field. */
static void make_site_type(struct render *render)
{
    size_t count = catalog_site_type.field_count;
    struct data_field *fields = arena_array(&render->arena, count + 1, sizeof *fields);
    memcpy(fields, catalog_site_type.fields, count * sizeof *fields);
    fields[count] = (struct data_field){.name = "theme_settings",
        .kind = FIELD_COMPUTED,
        .of = &render->plan->theme->settings.type,
        .flags = FIELD_NOT_TYPED | FIELD_NEVER_NONE,
        .group = DATA_GROUP_FACTS,
        .help = "the theme's own settings",
        .compute = theme_settings,
        .gives = FIELD_THING};
    render->site_type = catalog_site_type;
    render->site_type.fields = fields;
    render->site_type.field_count = count + 1;
    memcpy(render->globals, globals, sizeof globals);
    render->globals[SITE].of = &render->site_type;
}

/* Those that no page is made of, and none of them names. */
static bool compile_rest(struct render *render, struct report *report)
{
    struct text *all;
    size_t count = theme_template_names(render->plan->theme, &render->arena, &all);
    bool is_good = true;
    for (size_t i = 0; i < count; i++)
        is_good &= template_compile(render->templates, all[i], report);
    return is_good;
}

bool render_compile(struct render *render, bool with_all_templates, struct report *report)
{
    make_site_type(render);
    struct template_options options = {.load = load,
        .join = join,
        .names = names,
        .context = (void *)render->plan->theme,
        .itself_note =
            "'" THEME_PARENT "' before the name means the version that this one replaces",
        .escape = TEMPLATE_ESCAPE_BY_NAME,
        .trim_blocks = true,
        .lstrip_blocks = true,
        .absent_is_empty = true,
        .language = render->plan->catalog->request.language,
        .globals = render->globals,
        .global_count = GLOBAL_COUNT,
        .functions = render_functions,
        .function_count = render_function_count};
    render->templates = template_set_new(&options);
    struct buffer missing;
    buffer_init(&missing);
    bool is_good = compile_one(render, track_card, &missing, report);
    for (size_t i = 0; i < PLAN_PAGE_KIND_COUNT; i++)
        if (!is_shared(i) && (with_all_templates || is_possible(render, i)))
            is_good &= compile_one(render, plan_page_rows[i].template, &missing, report);
    if (with_all_templates)
        is_good &= compile_rest(render, report);
    report_missing(render, buffer_text(&missing), report);
    buffer_release(&missing);
    is_good &= check_all(render, with_all_templates, report);
    if (is_good)
        template_fold(render->templates, &render->workers[0].run);
    return is_good;
}

static void set_thing(struct data_value *values, enum global global, const struct data_type *type,
    const struct catalog_thing *thing)
{
    if (thing && thing->type == type)
        values[global] = data_thing(type, thing);
}

/* A page of which many are made has one mistake many times: the report keeps one of them. */
static bool render_template(struct render_worker *worker, const char *name,
    const struct template_input *input, struct buffer *out)
{
    struct report *report = worker->catalog.report;
    if (template_render(worker->render->templates, text_of(name), input, &worker->run, out, report))
        return true;
    report_note(report, "on the page %.*s", TEXT_ARGS(worker->output->path));
    return false;
}

/* What the templates of the page see; the worker is ready to run them. */
static void open_page(
    struct render_worker *worker, const struct plan_output *output, struct data_value *values)
{
    const struct render *render = worker->render;
    for (size_t i = 0; i < GLOBAL_COUNT; i++)
        values[i] = data_none();
    values[SITE] = data_thing(&render->site_type, &render->plan->catalog->site);
    values[PAGE] = data_thing(&plan_page_type, output->page);
    set_thing(values, REVIEW, &catalog_writing_type, output->thing);
    set_thing(values, DRAMA, &catalog_drama_type, output->thing);
    set_thing(values, ARTIST, &catalog_artist_type, output->thing);
    set_thing(values, TRACK, &catalog_track_type, output->thing);
    set_thing(values, TERM, &catalog_term_type, output->thing);
    set_thing(values, SERIES, &catalog_series_type, output->thing);
    values[YEAR] = data_thing(&catalog_year_type, output->page->year);
    set_thing(values, DOCUMENT, &catalog_page_type, output->thing);
    worker->globals = values;
    worker->headings = data_undefined();
    worker->catalog.origin = TEXT_NONE;
    worker->catalog.hides_spoilers = false;
    worker->catalog.links_players = false;
    worker->catalog.track_card = render_track_card;
    worker->output = output;
}

bool render_page(
    struct render_worker *worker, const struct plan_output *output, struct buffer *bytes)
{
    struct data_value values[GLOBAL_COUNT];
    open_page(worker, output, values);
    struct template_input input = {.globals = values};
    return render_template(worker, plan_page_rows[output->page->kind].template, &input, bytes);
}

bool render_context(struct render *render, size_t index, struct buffer *json, struct report *report)
{
    struct render_worker *worker = &render->workers[0];
    struct data_value values[GLOBAL_COUNT], map;
    size_t problems = report->errors + report->refusals;
    arena_clear(&worker->scratch);
    worker->catalog.report = report;
    open_page(worker, &render->plan->outputs[index], values);
    map = data_map_new(&worker->scratch);
    for (size_t i = 0; i < GLOBAL_COUNT; i++)
        if (values[i].kind != DATA_NONE)
            data_map_set(&worker->scratch, map.as.map, data_text(text_of(render->globals[i].name)),
                values[i]);
    data_json(json, &map, 2, &worker->run);
    return report->errors + report->refusals == problems;
}

void render_track_card(void *context, const struct catalog_track *track, struct buffer *out)
{
    struct render_worker *worker = context;
    struct data_value values[GLOBAL_COUNT];
    memcpy(values, worker->globals, sizeof values);
    values[TRACK] = data_thing(&catalog_track_type, track);
    struct template_input input = {.globals = values};
    render_template(worker, track_card, &input, out);
}
