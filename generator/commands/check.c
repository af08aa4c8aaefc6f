/*
 * liner check: everything that a build would report, and what no build stumbles over. Writes nothing.
 *
 * All pages are made as for a build, and thrown away, for a template may find fault while it runs.
 */
#include "commands/commands_inside.h"
#include "plan/plan.h"
#include "render/render.h"

struct check {
    struct commands_blog blog;
    const struct commands_line *line;
    struct plan *plan;
    struct render *render;
    struct report *reports; /* one for each worker */
    struct buffer *bytes;
};

/* ---- Making all pages ------------------------------------------------------------------------------------ */

static void render_one(void *context, size_t index, unsigned worker)
{
    struct check *check = context;
    buffer_clear(&check->bytes[worker]);
    render_output(check->render, index, worker, &check->bytes[worker], &check->reports[worker]);
}

static void render_all(struct check *check)
{
    struct commands_blog *blog = &check->blog;
    check->reports = arena_array(&blog->arena, blog->jobs, sizeof *check->reports);
    check->bytes = arena_array(&blog->arena, blog->jobs, sizeof *check->bytes);
    for (unsigned i = 0; i < blog->jobs; i++) {
        report_init(&check->reports[i]);
        buffer_init(&check->bytes[i]);
    }
    parallel_for_shown(check->plan->count, blog->jobs, render_one, check,
        commands_progress_of(&blog->progress, "Checking"));
    commands_progress_clear(&blog->progress);
    for (unsigned i = 0; i < blog->jobs; i++) {
        report_join(&blog->report, &check->reports[i]);
        buffer_release(&check->bytes[i]);
    }
}

static enum base_status run(struct check *check)
{
    struct commands_blog *blog = &check->blog;
    if (commands_blog_read(blog, check->line) != BASE_DONE)
        return BASE_USAGE;
    if (!commands_blog_open_theme(blog))
        return BASE_DONE;
    check->plan = plan_make(blog->catalog, blog->theme, &blog->report);
    struct render_request request = {.plan = check->plan, .jobs = blog->jobs};
    check->render = render_open(&request, &blog->report);
    if (check->render && report_status(&blog->report) == BASE_DONE)
        render_all(check);
    plan_check(check->plan, &blog->arena, &blog->report);
    return BASE_DONE;
}

/* ---- Telling ----------------------------------------------------------------------------------------------- */

/* GitHub counts paths from where the command is run. */
static struct text folder_of(struct check *check)
{
    const char *root = check->line->root;
    if (!root || strcmp(root, ".") == 0)
        return TEXT("");
    return arena_format(&check->blog.arena, "%s%s", root, text_ends(text_of(root), "/") ? "" : "/");
}

static void say_count(const struct report *report)
{
    size_t errors = report->errors + report->refusals;
    if (report->count == 0)
        fputs("liner: nothing wrong\n", stderr);
    else
        fprintf(stderr, "liner: %zu error%s, %zu warning%s\n", errors, errors == 1 ? "" : "s",
            report->warnings, report->warnings == 1 ? "" : "s");
}

static void tell(struct check *check, struct text format)
{
    struct commands_blog *blog = &check->blog;
    bool is_text = !format.at || text_is(format, "text");
    if (!is_text) {
        report_sort(&blog->report);
        blog->status = report_status(&blog->report);
        blog->is_told = true;
    }
    if (text_is(format, "json"))
        commands_print_problems_json(stdout, &blog->arena, &blog->report);
    if (text_is(format, "github"))
        commands_print_problems_github(stdout, folder_of(check), &blog->report);
    commands_blog_tell(blog);
    if (is_text && !blog->quiet)
        say_count(&blog->report);
}

enum base_status commands_check(const struct commands_line *line)
{
    struct check check = {.line = line};
    struct text format = commands_value(line, "format");
    if (format.at && !text_is(format, "text") && !text_is(format, "json") &&
        !text_is(format, "github"))
        return commands_usage(
            line->row, "--format wants text, json or github, not '%s'", format.at);
    enum base_status status = commands_blog_open(&check.blog, line);
    if (status == BASE_DONE)
        status = run(&check);
    if (status == BASE_USAGE)
        check.blog.is_told = true; /* usage has been printed, and is all there is to say */
    else
        tell(&check, format);
    bool is_strict = commands_has(line, "strict") && check.blog.report.warnings;
    render_close(check.render);
    if (check.plan)
        plan_free(check.plan);
    enum base_status closed = commands_blog_close(&check.blog);
    if (status == BASE_USAGE)
        return status;
    return closed == BASE_DONE && is_strict ? BASE_PROBLEMS : closed;
}
