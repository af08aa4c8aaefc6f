/*
 * liner build: the way of a byte from content/ to site/.
 *
 *     settings -> content -> (linked and frozen) -> theme -> plan -> templates -> output
 *        |
 *        +-> nothing has changed since the last build: the same is said again
 *
 * Whatever has a problem stops the way before anything is written.
 */
#include "commands/commands_inside.h"
#include "output/output.h"
#include "plan/plan.h"
#include "render/render.h"

#include <time.h>

/* How many pieces are not in the site, by why. */
struct left_out {
    size_t drafts, future, expired, aside;
};

struct build {
    struct commands_blog blog;
    const struct commands_line *line;
    struct plan *plan;
    struct render *render;
    struct output_ahead *ahead; /* of what the last build left; NULL: not looked at yet */
    const char *folder;         /* that the site is built into */
    struct output_result result;
    struct left_out left_out;
    struct output_cause cause;
    struct text known_addresses; /* as the last build kept them; and for the next one */
    struct buffer addresses;     /* empty: they are not to be kept */
    bool is_cause_known;
    int lock;
    bool is_locked, is_written;
    struct timespec start;
    struct commands_timings timings;
};

static bool is_good(const struct build *build)
{
    const struct report *report = &build->blog.report;
    bool is_strict = commands_has(build->line, "strict");
    return report_status(report) == BASE_DONE && !(is_strict && report->warnings);
}

/* Two builds follow each other; the second says why it waits. */
static bool take_lock(struct build *build)
{
    struct report *report = &build->blog.report;
    struct report busy;
    report_init(&busy);
    build->is_locked = output_lock(&build->blog.disk, commands_memory, false, &build->lock, &busy);
    if (!build->is_locked && busy.refusals == 0) {
        fputs("liner: another build is at work here; waiting for it\n", stderr);
        build->is_locked =
            output_lock(&build->blog.disk, commands_memory, true, &build->lock, report);
    }
    report_join(report, &busy);
    return build->is_locked;
}

/* What all of the site is made from, besides the theme: the settings, and what the options make of them. */
static uint64_t hash_settings(const struct commands_blog *blog)
{
    uint64_t hash = hash_more(blog->settings_hash, blog->settings.head);
    return hash_more(hash_more(hash, blog->settings.url), blog->base_path);
}

static bool open_render(struct build *build)
{
    struct commands_blog *blog = &build->blog;
    struct render_request request = {.plan = build->plan,
        .jobs = blog->jobs,
        .with_reads = true,
        .settings = hash_settings(blog),
        .program = blog->program,
        .opened_ns = blog->opened_ns};
    build->render = render_open(&request, &blog->report);
    return build->render != NULL;
}

static bool render_one(
    void *context, size_t index, unsigned worker, struct buffer *bytes, struct report *report)
{
    return render_output(context, index, worker, bytes, report);
}

static bool recall(void *context, struct text kept)
{
    return render_recall(context, kept);
}

static bool is_current(void *context, size_t index, struct text noted)
{
    return render_is_current(context, index, noted);
}

static void note(void *context, size_t index, unsigned worker, struct buffer *noted)
{
    render_note(context, index, worker, noted);
}

/* All outputs are there by now. */
static void keep(void *context, struct buffer *kept)
{
    render_rest(context);
    render_keep(context, kept);
}

static const struct output_knowing knowing = {recall, is_current, note, keep};

/* Where the site goes: --output, else the setting. Never where it would mix with its sources. */
static enum base_status find_folder(struct build *build)
{
    struct commands_blog *blog = &build->blog;
    struct text asked = commands_value(build->line, "output");
    static const char wants[] = "a folder for the site alone, apart from the blog's own files";
    build->folder = asked.length ? commands_path(blog, asked) : blog->settings.output.at;
    if (commands_is_free(blog, build->folder))
        return BASE_DONE;
    if (asked.length)
        return commands_usage(
            build->line->row, "--output wants %s: '%.*s'", wants, TEXT_ARGS(asked));
    report_at(&blog->report, REPORT_ERROR, blog->output_at, "'output' must be %s", wants);
    return BASE_DONE;
}

static bool write_output(struct build *build)
{
    struct commands_blog *blog = &build->blog;
    struct text *paths = arena_array(&blog->arena, build->plan->count, sizeof *paths);
    for (size_t i = 0; i < build->plan->count; i++)
        paths[i] = build->plan->outputs[i].path;
    struct output_request request = {.disk = &blog->disk,
        .folder = build->folder,
        .memory = commands_memory,
        .paths = paths,
        .count = build->plan->count,
        .jobs = blog->jobs,
        .render = render_one,
        .context = build->render,
        .knowing = build->blog.is_program_known ? &knowing : NULL,
        .ahead = build->ahead,
        .is_clean = commands_has(build->line, "clean"),
        .progress = commands_progress_of(&blog->progress, "Writing"),
        .steps = blog->steps};
    bool written = output_write(&request, &blog->arena, &build->result, &blog->report);
    commands_progress_clear(&blog->progress);
    if (written && commands_has(build->line, "explain"))
        commands_explain(stderr, build->render, &request, &build->result);
    return written;
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static void say_left_out(const struct left_out *out)
{
    if (out->drafts)
        fprintf(stderr, "liner: %zu draft%s left out (--drafts puts %s in)\n", out->drafts,
            out->drafts == 1 ? "" : "s", out->drafts == 1 ? "it" : "them");
    if (out->future)
        fprintf(stderr, "liner: %zu piece%s of the future left out (--future puts %s in)\n",
            out->future, out->future == 1 ? "" : "s", out->future == 1 ? "it" : "them");
    if (out->expired)
        fprintf(stderr, "liner: %zu expired piece%s left out\n", out->expired,
            out->expired == 1 ? "" : "s");
    if (out->aside)
        fprintf(stderr,
            "liner: %zu note%s outside of reviews/, dramas/, artists/, tracks/ and pages/ left "
            "out\n",
            out->aside, out->aside == 1 ? "" : "s");
}

static void say_done(const struct build *build)
{
    const struct output_result *result = &build->result;
    if (!build->is_written && commands_has(build->line, "strict") && build->blog.report.warnings)
        fputs("liner: nothing was written, for --strict lets warnings fail\n", stderr);
    if (!build->is_written || build->blog.quiet)
        return;
    say_left_out(&build->left_out);
    for (size_t i = 0; i < result->kept_count; i++)
        fprintf(stderr, "liner: kept %s/%.*s, which is none of Liner's\n", build->folder,
            TEXT_ARGS(result->kept[i]));
    fprintf(stderr, "%s: %zu files written, %zu unchanged, %zu removed, in %.2f s\n", build->folder,
        result->written, result->unchanged, result->removed, seconds_since(&build->start));
}

static void close_build(struct build *build)
{
    output_end_ahead(build->ahead);
    render_close(build->render);
    buffer_release(&build->addresses);
    if (build->plan)
        plan_free(build->plan);
    if (build->is_locked)
        output_unlock(&build->blog.disk, build->lock);
}

/* ---- When nothing has changed --------------------------------------------------------------------------- */

static struct output_site site_of(const struct build *build)
{
    return (struct output_site){
        &build->blog.disk, build->folder, commands_memory, build->blog.jobs};
}

/* What was said of the site: what is left out, then the warnings. */
static bool take_said(struct build *build, struct text said)
{
    struct left_out *out = &build->left_out;
    struct text line;
    return text_line(&said, &line) &&
           sscanf(line.at, "left out %zu %zu %zu %zu", &out->drafts, &out->future, &out->expired,
               &out->aside) == 4 &&
           report_take(&build->blog.report, said);
}

/* Whether the site is already what this build would make of it. The same is said again then, except where
 * --strict would have it end in another way. */
static bool is_same(struct build *build)
{
    struct commands_blog *blog = &build->blog;
    struct output_site site = site_of(build);
    struct output_remembered remembered;
    build->is_cause_known = commands_inputs(blog, build->line, &build->cause.inputs);
    build->cause.today = data_date_days(blog->today);
    if (!build->is_cause_known || commands_has(build->line, "clean") ||
        report_status(&blog->report) != BASE_DONE ||
        !output_is_same(&site, &build->cause, &blog->arena, &remembered) ||
        !take_said(build, remembered.said))
        return false;
    build->result.unchanged = remembered.count;
    build->is_written = true;
    return !(commands_has(build->line, "strict") && blog->report.warnings);
}

static void remember(struct build *build)
{
    struct commands_blog *blog = &build->blog;
    struct output_site site = site_of(build);
    struct buffer said;
    if (!build->is_cause_known || build->result.kept_count)
        return;
    buffer_init(&said);
    buffer_format(&said, "left out %zu %zu %zu %zu\n", build->left_out.drafts,
        build->left_out.future, build->left_out.expired, build->left_out.aside);
    report_keep(&blog->report, &said);
    build->cause.until = catalog_same_until(blog->catalog);
    output_remember(&site, &build->cause, &build->result, buffer_text(&said));
    buffer_release(&said);
}

/* Before linking, which one thread does in part: the other cores have time. */
static void look_ahead(struct build *build)
{
    struct output_site site = site_of(build);
    if (site.jobs > 1 && !commands_has(build->line, "clean"))
        build->ahead = output_look_ahead(&site);
}

/* ---- Addresses that readers know ------------------------------------------------------------------------ */

/* The site that readers see is built without any of these. */
static bool is_published(const struct build *build)
{
    static const char *const others[] = {"drafts", "future", "base-url", "output"};
    for (size_t i = 0; i < BASE_COUNT(others); i++)
        if (commands_has(build->line, others[i]))
            return false;
    return report_status(&build->blog.report) == BASE_DONE;
}

static void check_addresses(struct build *build)
{
    struct output_site site = site_of(build);
    if (!is_published(build))
        return;
    build->known_addresses = output_recall(&site, "addresses", &build->blog.arena);
    plan_published(build->plan, build->known_addresses, &build->addresses, &build->blog.report);
}

static void keep_addresses(struct build *build)
{
    struct output_site site = site_of(build);
    struct text now = buffer_text(&build->addresses);
    if (now.length && !text_equal(now, build->known_addresses))
        output_keep_memory(&site, "addresses", now);
}

/* ---- How large pictures are ------------------------------------------------------------------------------- */

static void recall_pictures(struct build *build)
{
    struct output_site site = site_of(build);
    build->blog.measures_pictures = true;
    build->blog.known_pictures = output_recall(&site, "pictures", &build->blog.arena);
}

static void keep_pictures(struct build *build)
{
    struct output_site site = site_of(build);
    struct text now = build->blog.catalog->known_pictures;
    if (now.length && !text_equal(now, build->blog.known_pictures))
        output_keep_memory(&site, "pictures", now);
}

/* ---- The way ------------------------------------------------------------------------------------------------ */

static void end_phase(struct build *build, const char *what)
{
    commands_timings_end(&build->timings, what);
}

/* Content, theme, plan and templates. BASE_PROBLEMS: there is no site to write. */
static enum base_status prepare(struct build *build)
{
    struct commands_blog *blog = &build->blog;
    recall_pictures(build);
    if (commands_blog_read(blog, build->line) != BASE_DONE)
        return BASE_USAGE;
    const struct catalog *catalog = blog->catalog;
    build->left_out =
        (struct left_out){catalog->drafts, catalog->future, catalog->expired, catalog->aside};
    if (!commands_blog_open_theme(blog))
        return BASE_PROBLEMS;
    end_phase(build, "theme");
    build->plan = plan_make(blog->catalog, blog->theme, &blog->report);
    end_phase(build, "plan");
    check_addresses(build);
    bool is_open = open_render(build);
    end_phase(build, "templates");
    return is_open && is_good(build) ? BASE_DONE : BASE_PROBLEMS;
}

static enum base_status make_site(struct build *build)
{
    enum base_status status = prepare(build);
    if (status != BASE_DONE)
        return status;
    build->is_written = write_output(build);
    if (build->is_written) {
        keep_addresses(build);
        keep_pictures(build);
        remember(build);
        catalog_keep(build->blog.catalog);
    }
    end_phase(build, "memory");
    return BASE_DONE;
}

static enum base_status run(struct build *build)
{
    if (find_folder(build) != BASE_DONE)
        return BASE_USAGE;
    if (!take_lock(build))
        return BASE_REFUSED;
    if (commands_blog_find_day(&build->blog, build->line) != BASE_DONE)
        return BASE_USAGE;
    end_phase(build, "settings");
    bool is_done = is_same(build);
    end_phase(build, "what has changed");
    if (is_done)
        return BASE_DONE;
    build->is_written = false;
    return make_site(build);
}

static void end_step(void *context, const char *what)
{
    struct build *build = context;
    end_phase(build, what);
    if (strcmp(what, "reading") == 0)
        look_ahead(build);
}

enum base_status commands_build(const struct commands_line *line)
{
    struct build build = {.line = line};
    clock_gettime(CLOCK_MONOTONIC, &build.start);
    buffer_init(&build.addresses);
    commands_timings_start(&build.timings);
    enum base_status status = commands_blog_open(&build.blog, line);
    build.blog.steps = (struct steps){end_step, &build};
    if (status == BASE_DONE)
        status = run(&build);
    bool is_strict = commands_has(line, "strict") && build.blog.report.warnings;
    if (status != BASE_USAGE) {
        commands_blog_tell(&build.blog);
        say_done(&build);
        if (commands_has(line, "timings"))
            commands_timings_print(stderr, &build.timings);
    }
    close_build(&build);
    enum base_status closed = commands_blog_close(&build.blog);
    if (status == BASE_USAGE)
        return status;
    return closed == BASE_DONE && is_strict ? BASE_PROBLEMS : closed;
}
