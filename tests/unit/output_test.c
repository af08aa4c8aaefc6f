/* output: builds into a pretend disk that fails when it is told to, and one into a real folder.
 *
 * A plan is a list of paths and bytes; bytes NULL stand for a file that has a problem. */
#include "output/output.h"
#include "pretend_disk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

struct planned {
    const char *path, *bytes;
};

struct bench {
    struct pretend_disk pretend;
    struct disk disk;
    struct arena arena;
    struct report report;
    struct output_result result;
    const struct planned *plan;
    unsigned jobs;
    size_t progress_calls, progress_done;
    unsigned rendered; /* which files, as bits */
    bool looks_ahead;
};

static int set_up(void **state)
{
    struct bench *bench = base_alloc(sizeof *bench);
    *bench = (struct bench){.jobs = 1};
    pretend_init(&bench->pretend);
    bench->disk = pretend_as_disk(&bench->pretend);
    arena_init(&bench->arena);
    report_init(&bench->report);
    *state = bench;
    return 0;
}

static int set_up_ahead(void **state)
{
    int result = set_up(state);
    ((struct bench *)*state)->looks_ahead = true;
    return result;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;
    pretend_release(&bench->pretend);
    arena_release(&bench->arena);
    report_release(&bench->report);
    base_free(bench);
    return 0;
}

/* ---- Building a plan ----------------------------------------------------------------------------- */

static bool render(
    void *context, size_t index, unsigned worker, struct buffer *bytes, struct report *report)
{
    struct bench *bench = context;
    const struct planned *planned = &bench->plan[index];
    assert_true(worker < bench->jobs);
    assert_int_equal(bytes->length, 0);
    if (!planned->bytes) {
        report_at(report, REPORT_ERROR, (struct place){.file = text_of(planned->path)}, "broken");
        return false;
    }
    buffer_add_string(bytes, planned->bytes);
    return true;
}

static void show_progress(void *context, size_t done, size_t count)
{
    struct bench *bench = context;
    assert_true(done >= bench->progress_done && done <= count);
    bench->progress_done = done;
    bench->progress_calls++;
}

static bool build_into(struct bench *bench, const struct planned *plan, const char *folder)
{
    size_t count = 0;
    while (plan[count].path)
        count++;
    struct text *paths = arena_array(&bench->arena, count, sizeof *paths);
    for (size_t i = 0; i < count; i++)
        paths[i] = text_of(plan[i].path);
    bench->plan = plan;
    bench->progress_done = 0;
    report_release(&bench->report);
    struct output_request request = {.disk = &bench->disk,
        .folder = folder,
        .memory = ".liner",
        .paths = paths,
        .count = count,
        .jobs = bench->jobs,
        .render = render,
        .context = bench,
        .progress = {show_progress, bench}};
    return output_write(&request, &bench->arena, &bench->result, &bench->report);
}

static bool build(struct bench *bench, const struct planned *plan)
{
    return build_into(bench, plan, "site");
}

#define PLAN(...) ((const struct planned[]){__VA_ARGS__, {NULL, NULL}})

/* What the folder should hold: "site/path=bytes" a line, as pretend_tree says it. */
#define assert_tree(bench, expected)                                                               \
    assert_string_equal(pretend_tree(&(bench)->pretend, "site", &(bench)->arena).at, expected)

static void assert_result(
    struct bench *bench, size_t written, size_t unchanged, size_t removed, size_t kept)
{
    assert_int_equal(bench->result.written, written);
    assert_int_equal(bench->result.unchanged, unchanged);
    assert_int_equal(bench->result.removed, removed);
    assert_int_equal(bench->result.kept_count, kept);
}

/* The one problem, as "level file: message". */
static void assert_problem(struct bench *bench, const char *expected)
{
    assert_int_equal(bench->report.count, 1);
    const struct report_problem *problem = &bench->report.problems[0];
    struct text line = arena_format(&bench->arena, "%s %.*s: %.*s",
        problem->level == REPORT_REFUSED ? "refused" : "error", TEXT_ARGS(problem->place.file),
        TEXT_ARGS(problem->message));
    assert_string_equal(line.at, expected);
}

static bool is_complete(struct bench *bench)
{
    return output_is_complete(&bench->disk, ".liner", "site");
}

/* Nothing of Liner's lies about outside of site/ and .liner/, and .liner/ holds one record. */
static void assert_tidy(struct bench *bench)
{
    size_t records = 0;
    for (size_t i = 0; i < bench->pretend.count; i++) {
        struct text path = bench->pretend.nodes[i].path;
        assert_true(text_find(path, TEXT("liner-staging")) < 0);
        assert_true(text_find(path, TEXT("liner-new")) < 0);
        records += text_starts(path, ".liner/output-");
    }
    assert_int_equal(records, 1);
}

static const char *record_path(struct bench *bench)
{
    for (size_t i = 0; i < bench->pretend.count; i++)
        if (text_starts(bench->pretend.nodes[i].path, ".liner/output-"))
            return bench->pretend.nodes[i].path.at;
    fail_msg("there is no record");
    return NULL;
}

static uint64_t identity_of(struct bench *bench, const char *path)
{
    const struct pretend_node *node = pretend_find(&bench->pretend, path);
    assert_non_null(node);
    return node->identity;
}

/* ---- What a build does --------------------------------------------------------------------------- */

static void a_first_build_writes_every_file(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"index.html", "home"}, {"reviews/a/index.html", "a"},
                                 {"reviews/b/index.html", "b"}, {"feed.xml", ""})));
    assert_tree(bench, "site/feed.xml=\nsite/index.html=home\nsite/reviews/a/index.html=a\n"
                       "site/reviews/b/index.html=b\n");
    assert_result(bench, 4, 0, 0, 0);
    assert_int_equal(bench->report.count, 0);
    assert_int_equal(bench->progress_done, 4);
    assert_true(is_complete(bench));
    assert_tidy(bench);
}

/* No look at a file that can't be there, each folder made once, one rename for the whole site. */
static void a_first_build_asks_the_disk_for_little(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"index.html", "home"}, {"r/a/index.html", "a"},
                                 {"r/b/index.html", "b"}, {"r/b/cover.jpg", "c"})));
    const size_t *calls = bench->pretend.calls;
    assert_int_equal(calls[PRETEND_READ], 1);        /* the record */
    assert_int_equal(calls[PRETEND_STATUS], 2);      /* site: there? empty? */
    assert_int_equal(calls[PRETEND_MAKE_FOLDER], 5); /* .liner, staging, r, r/a, r/b */
    assert_int_equal(calls[PRETEND_WRITE], 4 + 2);   /* the record twice */
    assert_int_equal(calls[PRETEND_RENAME], 1 + 2);
    assert_int_equal(calls[PRETEND_LIST], 0);
}

static void an_empty_folder_is_filled_and_stays(void **state)
{
    struct bench *bench = *state;
    pretend_make(&bench->pretend, "site");
    pretend_put(&bench->pretend, "site/.gitkeep", "");
    uint64_t identity = identity_of(bench, "site");
    assert_true(build(bench, PLAN({"index.html", "home"}, {"r/a/index.html", "a"})));
    assert_tree(bench, "site/.gitkeep=\nsite/index.html=home\nsite/r/a/index.html=a\n");
    assert_true(identity_of(bench, "site") == identity);
    assert_result(bench, 2, 0, 0, 0);
    assert_tidy(bench);
}

static void an_empty_plan_makes_an_empty_folder(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"}) + 1));
    assert_int_equal(identity_of(bench, "site") > 0, true);
    assert_true(is_complete(bench));
    assert_true(build(bench, PLAN({"a", "a"})));
    assert_true(build(bench, PLAN({"a", "a"}) + 1));
    assert_result(bench, 0, 0, 1, 0);
}

static void what_has_not_changed_is_not_written(void **state)
{
    struct bench *bench = *state;
    const struct planned *plan = PLAN({"a", "a"}, {"r/b", "b"});
    assert_true(build(bench, plan));
    uint64_t identity = identity_of(bench, "site/r/b"),
             record = identity_of(bench, record_path(bench));
    pretend_forget_calls(&bench->pretend);
    assert_true(build(bench, plan));
    assert_result(bench, 0, 2, 0, 0);
    assert_true(identity_of(bench, "site/r/b") == identity);
    assert_true(identity_of(bench, record_path(bench)) == record);
    assert_int_equal(bench->pretend.calls[PRETEND_WRITE], 0);
    assert_tidy(bench);
}

static void what_has_changed_is_written(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"}, {"r/b", "b"}, {"r/c", "c"})));
    uint64_t kept = identity_of(bench, "site/r/b"), changed = identity_of(bench, "site/r/c");
    assert_true(build(bench, PLAN({"a", "a"}, {"r/b", "b"}, {"r/c", "C"}, {"r/d/e", "new"})));
    assert_result(bench, 2, 2, 0, 0);
    assert_true(identity_of(bench, "site/r/b") == kept);
    assert_true(identity_of(bench, "site/r/c") != changed);
    assert_tree(bench, "site/a=a\nsite/r/b=b\nsite/r/c=C\nsite/r/d/e=new\n");
    assert_true(is_complete(bench));
    assert_tidy(bench);
}

static void what_somebody_deleted_comes_back(void **state)
{
    struct bench *bench = *state;
    const struct planned *plan = PLAN({"a", "a"}, {"r/b", "b"}, {"r/c", "c"});
    assert_true(build(bench, plan));
    pretend_remove(&bench->pretend, "site/r/b");
    assert_false(is_complete(bench));
    assert_true(build(bench, plan));
    assert_result(bench, 1, 2, 0, 0);
    pretend_remove(&bench->pretend, "site/r");
    assert_true(build(bench, plan));
    assert_result(bench, 2, 1, 0, 0);
    pretend_remove(&bench->pretend, "site");
    assert_false(is_complete(bench));
    assert_true(build(bench, plan));
    assert_result(bench, 3, 0, 0, 0);
    assert_tree(bench, "site/a=a\nsite/r/b=b\nsite/r/c=c\n");
    assert_true(is_complete(bench));
}

static void what_somebody_changed_is_written_again(void **state)
{
    struct bench *bench = *state;
    const struct planned *plan = PLAN({"a", "a"}, {"b", "b"});
    assert_true(build(bench, plan));
    pretend_put(&bench->pretend, "site/b", "B");
    assert_true(build(bench, plan));
    assert_tree(bench, "site/a=a\nsite/b=b\n");
}

static void what_is_planned_no_longer_goes(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"}, {"r/old/deep/x", "x"}, {"r/y", "y"}, {"s/z", "z"})));
    pretend_put(&bench->pretend, "site/s/mine", "my own");
    pretend_put(&bench->pretend, "site/own/file", "my own");
    assert_true(build(bench, PLAN({"a", "a"}, {"r/y", "y"})));
    assert_tree(bench, "site/a=a\nsite/own/file=my own\nsite/r/y=y\nsite/s/mine=my own\n");
    assert_result(bench, 0, 2, 2, 0);
    assert_true(is_complete(bench));
    assert_tidy(bench);
}

static void what_somebody_changed_is_kept_and_listed(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"}, {"r/x", "x"}, {"r/y", "y"})));
    pretend_put(&bench->pretend, "site/r/x", "mine now");
    assert_true(build(bench, PLAN({"a", "a"})));
    assert_tree(bench, "site/a=a\nsite/r/x=mine now\n");
    assert_result(bench, 0, 1, 1, 1);
    assert_string_equal(bench->result.kept[0].at, "r/x");
}

static void each_folder_has_its_own_record(void **state)
{
    struct bench *bench = *state;
    assert_true(build_into(bench, PLAN({"a", "a"}, {"b", "b"}), "site"));
    assert_true(build_into(bench, PLAN({"a", "a"}), "other/deep"));
    assert_true(build_into(bench, PLAN({"a", "a"}), "./other/deep/"));
    assert_result(bench, 0, 1, 0, 0);
    assert_tree(bench, "site/a=a\nsite/b=b\n");
    assert_true(output_is_complete(&bench->disk, ".liner", "site"));
    assert_true(output_is_complete(&bench->disk, ".liner", "other/deep"));
    assert_false(output_is_complete(&bench->disk, ".liner", "other"));
}

/* ---- Problems ---------------------------------------------------------------------------------------- */

static void a_problem_leaves_everything_as_it_was(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"}, {"b", "b"})));
    const char *before = pretend_tree(&bench->pretend, "", &bench->arena).at;
    assert_false(
        build(bench, PLAN({"a", "A"}, {"c/d", NULL}, {"e", "e"}, {"f", NULL}, {"g", "g"})));
    assert_string_equal(pretend_tree(&bench->pretend, "", &bench->arena).at, before);
    assert_int_equal(bench->report.errors, 2); /* all of them, not the first alone */
    assert_int_equal(bench->report.refusals, 0);
    assert_true(is_complete(bench));
}

static void a_problem_in_a_first_build_makes_no_folder(void **state)
{
    struct bench *bench = *state;
    assert_false(build(bench, PLAN({"a", "a"}, {"b", NULL})));
    assert_null(pretend_find(&bench->pretend, "site"));
    assert_null(pretend_find(&bench->pretend, ".site.liner-staging"));
    assert_false(is_complete(bench));
}

/* ---- Files where folders should be, and the other way about ------------------------------------------- */

static void liners_own_file_makes_way_for_a_folder(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"}, {"x/about", "file"})));
    assert_true(build(bench, PLAN({"a", "a"}, {"x/about/index.html", "page"})));
    assert_tree(bench, "site/a=a\nsite/x/about/index.html=page\n");
    assert_result(bench, 1, 1, 1, 0);
    assert_tidy(bench);
}

static void liners_own_folder_makes_way_for_a_file(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"}, {"x/about/index.html", "1"}, {"x/about/b/c", "2"})));
    pretend_make(&bench->pretend, "site/x/about/empty/folder");
    assert_true(build(bench, PLAN({"a", "a"}, {"x/about", "file"})));
    assert_tree(bench, "site/a=a\nsite/x/about=file\n");
    assert_result(bench, 1, 1, 2, 0);
    assert_tidy(bench);
}

static void somebodys_folder_stays_where_a_file_should_be(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"}, {"about/index.html", "1"})));
    pretend_put(&bench->pretend, "site/about/mine", "my own");
    const char *before = pretend_tree(&bench->pretend, "", &bench->arena).at;
    assert_false(build(bench, PLAN({"a", "changed"}, {"about", "file"})));
    assert_problem(bench, "refused site/about: can't be written: a folder is in its place");
    assert_string_equal(pretend_tree(&bench->pretend, "", &bench->arena).at, before);
    assert_true(is_complete(bench));
}

static void somebodys_file_stays_where_a_folder_should_be(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"}, {"about", "1"})));
    pretend_put(&bench->pretend, "site/about", "mine now");
    const char *before = pretend_tree(&bench->pretend, "", &bench->arena).at;
    assert_false(build(bench, PLAN({"a", "changed"}, {"about/b/index.html", "page"})));
    assert_problem(
        bench, "refused site/about: can't be written: a file is where a folder should be");
    assert_string_equal(pretend_tree(&bench->pretend, "", &bench->arena).at, before);
}

static void a_file_in_place_of_the_output_folder_stays(void **state)
{
    struct bench *bench = *state;
    pretend_put(&bench->pretend, "site", "mine");
    assert_false(build(bench, PLAN({"a", "a"})));
    assert_problem(bench, "refused site: can't be written: a file is where a folder should be");
    assert_string_equal(pretend_find(&bench->pretend, "site")->bytes.at, "mine");
}

/* ---- The staging folder ----------------------------------------------------------------------------------- */

static void what_a_killed_build_left_is_removed(void **state)
{
    struct bench *bench = *state;
    pretend_put(&bench->pretend, ".site.liner-staging/r/half", "ha");
    pretend_put(&bench->pretend, "site/.liner-staging/r/half", "ha");
    pretend_put(&bench->pretend, ".site.staging/mine", "not Liner's, by its name");
    assert_true(build(bench, PLAN({"a", "a"})));
    assert_tree(bench, "site/a=a\n");
    assert_tidy(bench);
    assert_non_null(pretend_find(&bench->pretend, ".site.staging/mine"));
}

static void an_output_folder_on_another_disk_is_staged_within(void **state)
{
    struct bench *bench = *state;
    pretend_make(&bench->pretend, "site");
    bench->pretend.mounted = "site";
    assert_true(build(bench, PLAN({"a", "a"}, {"r/b", "b"})));
    assert_true(build(bench, PLAN({"a", "A"}, {"r/b", "b"}, {"s/c", "c"})));
    assert_tree(bench, "site/a=A\nsite/r/b=b\nsite/s/c=c\n");
    assert_tidy(bench);
}

static void an_output_folder_in_a_closed_one_is_staged_within(void **state)
{
    struct bench *bench = *state;
    pretend_make(&bench->pretend, "www/site");
    bench->pretend.read_only = "www";
    assert_true(build_into(bench, PLAN({"a", "a"}, {"r/b", "b"}), "www/site"));
    assert_true(build_into(bench, PLAN({"a", "A"}), "www/site"));
    assert_string_equal(pretend_tree(&bench->pretend, "www", &bench->arena).at, "www/site/a=A\n");
    assert_tidy(bench);
}

static void an_output_folder_that_cannot_be_made_is_refused(void **state)
{
    struct bench *bench = *state;
    pretend_make(&bench->pretend, "www");
    bench->pretend.read_only = "www";
    assert_false(build_into(bench, PLAN({"a", "a"}), "www/site"));
    assert_problem(bench, "refused www/site: can't be written: permission denied");
}

static void a_closed_output_folder_is_refused(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"})));
    bench->pretend.read_only = "site";
    assert_false(build(bench, PLAN({"a", "A"})));
    assert_problem(bench, "refused site: can't be written: permission denied");
    bench->pretend.read_only = NULL;
    assert_true(build(bench, PLAN({"a", "A"})));
    assert_tree(bench, "site/a=A\n");
    assert_tidy(bench);
}

/* ---- The record --------------------------------------------------------------------------------------------- */

static void a_lost_record_costs_only_what_to_remove(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"}, {"b", "b"}, {"r/old", "old"})));
    pretend_remove(&bench->pretend, record_path(bench));
    pretend_put(&bench->pretend, "site/.hidden", "not worth a word");
    uint64_t identity = identity_of(bench, "site/a");
    assert_true(build(bench, PLAN({"a", "a"}, {"b", "B"})));
    assert_tree(bench, "site/.hidden=not worth a word\nsite/a=a\nsite/b=B\nsite/r/old=old\n");
    assert_result(bench, 1, 1, 0, 1);
    assert_string_equal(bench->result.kept[0].at, "r/old");
    assert_true(identity_of(bench, "site/a") == identity);
    assert_true(is_complete(bench));
}

/* Every byte changed, every length cut: never a failure, never a file lost that is not Liner's. */
static void a_damaged_record_is_seen(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"}, {"r/old", "old"})));
    const char *path = record_path(bench);
    struct text whole = arena_text(&bench->arena, pretend_find(&bench->pretend, path)->bytes);
    for (size_t i = 0; i < 2 * whole.length; i++) {
        char *bytes = base_alloc(whole.length);
        memcpy(bytes, whole.at, whole.length);
        size_t length = i < whole.length ? whole.length : i - whole.length;
        if (i < whole.length)
            bytes[i] = (char)(bytes[i] ^ 1);
        pretend_put_text(&bench->pretend, path, (struct text){bytes, length});
        base_free(bytes);
        assert_false(is_complete(bench));
        assert_true(build(bench, PLAN({"a", "a"})));
        assert_result(bench, 0, 1, 0, 1);
        assert_tree(bench, "site/a=a\nsite/r/old=old\n");
    }
}

static void a_newer_record_is_unknown(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"}, {"old", "old"})));
    pretend_put(&bench->pretend, record_path(bench), "liner output record 2\nwho knows\n");
    assert_true(build(bench, PLAN({"a", "a"})));
    assert_result(bench, 0, 1, 0, 1);
}

static void any_name_can_be_recorded(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a\nb", "1"}, {"100%", "2"}, {"%41", "3"}, {" c d ", "4"},
                                 {"\x7f\xff\xea\xb7\x9c", "5"}, {"keep", "6"})));
    assert_true(is_complete(bench));
    assert_true(build(bench, PLAN({"keep", "6"})));
    assert_result(bench, 0, 1, 5, 0);
    assert_tree(bench, "site/keep=6\n");
}

static void an_unreadable_record_is_refused(void **state)
{
    struct bench *bench = *state;
    assert_true(build(bench, PLAN({"a", "a"})));
    pretend_fail(&bench->pretend, 4, false, DISK_DENIED); /* after: make, look, tidy */
    assert_false(build(bench, PLAN({"a", "b"})));
    assert_problem(
        bench, "refused .liner: the record of the last build can't be read: permission denied");
    assert_tree(bench, "site/a=a\n");
}

/* ---- The lock -------------------------------------------------------------------------------------------------- */

static void one_build_holds_the_lock(void **state)
{
    struct bench *bench = *state;
    int lock, second;
    assert_true(output_lock(&bench->disk, ".liner", false, &lock, &bench->report));
    assert_false(output_lock(&bench->disk, ".liner", false, &second, &bench->report));
    assert_problem(bench, "refused .liner/lock: another build is running");
    output_unlock(&bench->disk, lock);
    assert_true(output_lock(&bench->disk, ".liner", false, &second, &bench->report));
    output_unlock(&bench->disk, second);
    report_release(&bench->report);
    pretend_fail(&bench->pretend, 1, true, DISK_READ_ONLY);
    assert_false(output_lock(&bench->disk, ".liner", false, &second, &bench->report));
    assert_problem(bench, "refused .liner/lock: can't be locked: the disk is read-only");
}

/* ---- A disk that fails at every call ------------------------------------------------------------------------------ */

/* What stands in the folder, what comes, and a file that is nobody's but the tester's. */
struct change {
    const char *name;
    const struct planned *old, *new; /* old NULL: there was no build */
};

static const struct planned old_site[] = {{"index.html", "home"}, {"r/a/index.html", "a"},
    {"r/b/index.html", "b"}, {"about", "file"}, {"x/y/z", "folder"}, {"gone/deep/1", "1"},
    {"gone/2", "2"}, {NULL, NULL}};
static const struct planned new_site[] = {{"index.html", "home, new"}, {"r/a/index.html", "a"},
    {"r/b/index.html", "B"}, {"r/c/index.html", "c"}, {"about/index.html", "page"}, {"x/y", "file"},
    {"n/e/w", "new"}, {NULL, NULL}};
static const struct planned less_site[] = {
    {"index.html", "home"}, {"r/a/index.html", "a"}, {"r/b/index.html", "b"}, {NULL, NULL}};

static const struct change changes[] = {
    {"a first build", NULL, new_site},
    {"a changed build", old_site, new_site},
    {"the change back", new_site, old_site},
    {"a removal", old_site, less_site},
    {"nothing new", old_site, old_site},
};

static const enum disk_result failures[] = {
    DISK_FULL, DISK_DENIED, DISK_READ_ONLY, DISK_TOO_MANY, DISK_FAILED, DISK_OTHER_DISK};

static const char *bytes_in(const struct planned *plan, struct text path)
{
    for (; plan && plan->path; plan++)
        if (text_is(path, plan->path))
            return plan->bytes;
    return NULL;
}

/* The tree that the plan makes, with the tester's own files. */
static const char *clean_tree(const struct planned *plan, bool has_mine, struct arena *arena)
{
    struct pretend_disk pretend;
    pretend_init(&pretend);
    for (; plan && plan->path; plan++)
        pretend_put(&pretend, arena_format(arena, "site/%s", plan->path).at, plan->bytes);
    if (has_mine)
        pretend_put(&pretend, "site/gone/mine", "my own");
    const char *tree = pretend_tree(&pretend, "site", arena).at;
    pretend_release(&pretend);
    return tree;
}

static void prepare(struct bench *bench, const struct change *change)
{
    pretend_release(&bench->pretend);
    pretend_init(&bench->pretend);
    arena_clear(&bench->arena);
    if (!change->old)
        return;
    assert_true(build(bench, change->old));
    pretend_put(&bench->pretend, "site/gone/mine", "my own");
}

static void assert_whole_files(struct bench *bench, const struct change *change)
{
    for (size_t i = 0; i < bench->pretend.count; i++) {
        const struct pretend_node *node = &bench->pretend.nodes[i];
        struct text path = node->path;
        if (node->kind != DISK_FILE || !text_starts(path, "site/") ||
            text_starts(path, "site/.liner-staging") || text_is(path, "site/gone/mine"))
            continue;
        path = text_slice(path, strlen("site/"), path.length);
        const char *old = bytes_in(change->old, path), *new = bytes_in(change->new, path);
        assert_true((old && text_is(node->bytes, old)) || (new &&text_is(node->bytes, new)));
    }
    if (change->old)
        assert_string_equal(pretend_find(&bench->pretend, "site/gone/mine")->bytes.at, "my own");
}

static void assert_refusal(struct bench *bench)
{
    assert_true(bench->report.refusals >= 1);
    for (size_t i = 0; i < bench->report.count; i++) {
        const struct report_problem *problem = &bench->report.problems[i];
        assert_int_equal(problem->level, REPORT_REFUSED);
        assert_true(problem->place.file.length > 0);
        assert_true(text_find(problem->message, TEXT(": ")) > 0);
    }
}

/* After a build that failed somewhere: nothing is broken, and nothing is called complete that is
 * neither the old site nor the new. */
static void assert_unbroken(struct bench *bench, const struct change *change, bool built)
{
    const char *tree = pretend_tree(&bench->pretend, "site", &bench->arena).at;
    const char *old = clean_tree(change->old, change->old != NULL, &bench->arena);
    const char *new = clean_tree(change->new, change->old != NULL, &bench->arena);
    pretend_heal(&bench->pretend);
    assert_whole_files(bench, change);
    if (!built)
        assert_refusal(bench);
    else
        assert_true(is_complete(bench));
    if (is_complete(bench) && text_find(text_of(tree), TEXT("liner-staging")) < 0)
        assert_true(strcmp(tree, old) == 0 || strcmp(tree, new) == 0);
}

static void assert_healed(struct bench *bench, const struct change *change)
{
    pretend_heal(&bench->pretend);
    assert_true(build(bench, change->new));
    assert_string_equal(pretend_tree(&bench->pretend, "site", &bench->arena).at,
        clean_tree(change->new, change->old != NULL, &bench->arena));
    assert_int_equal(bench->result.kept_count, 0);
    assert_true(is_complete(bench));
    assert_tidy(bench);
}

/* How many calls the build made when none failed; every call before failed in its turn. */
static size_t fail_every_call(
    struct bench *bench, const struct change *change, bool from_then_on, enum disk_result failure)
{
    for (size_t n = 1;; n++) {
        prepare(bench, change);
        pretend_fail(&bench->pretend, n, from_then_on, failure);
        bool built = build(bench, change->new);
        bool has_failed = bench->pretend.has_failed;
        assert_true(built || has_failed);
        assert_unbroken(bench, change, built);
        assert_healed(bench, change);
        if (!has_failed)
            return n - 1;
    }
}

static void every_call_may_fail(void **state)
{
    struct bench *bench = *state;
    size_t builds = 0;
    for (size_t i = 0; i < BASE_COUNT(changes); i++)
        for (size_t j = 0; j < BASE_COUNT(failures); j++)
            builds += fail_every_call(bench, &changes[i], false, failures[j]) +
                      fail_every_call(bench, &changes[i], true, failures[j]);
    print_message("# %zu builds failed, all mended by the next\n", builds);
    assert_true(builds > 1000);
}

static void every_call_may_fail_on_four_threads(void **state)
{
    struct bench *bench = *state;
    bench->jobs = 4;
    for (size_t i = 0; i < BASE_COUNT(changes); i++) {
        fail_every_call(bench, &changes[i], false, DISK_FULL);
        fail_every_call(bench, &changes[i], true, DISK_FAILED);
    }
}

/* The disk fails, and fails again while the next build mends. */
static void mending_may_fail_too(void **state)
{
    struct bench *bench = *state;
    const struct change *change = &changes[1];
    size_t builds = 0;
    for (size_t first = 1, calls = 1; first <= calls; first++)
        for (size_t second = 1;; second++, builds++) {
            prepare(bench, change);
            pretend_fail(&bench->pretend, first, true, DISK_FULL);
            build(bench, change->new);
            if (bench->pretend.has_failed && first == calls)
                calls++;
            pretend_fail(&bench->pretend, second, true, DISK_FAILED);
            bool built = build(bench, change->new);
            bool has_failed = bench->pretend.has_failed;
            assert_unbroken(bench, change, built);
            assert_healed(bench, change);
            if (!has_failed)
                break;
        }
    print_message("# %zu builds failed while they mended another\n", builds);
}

/* A build that did not end, and then the change is taken back, or goes on to a third site. */
static void an_unfinished_build_may_be_taken_back(void **state)
{
    struct bench *bench = *state;
    const struct change change = changes[1];
    for (size_t n = 1, has_failed = 1; has_failed; n++) {
        prepare(bench, &change);
        pretend_fail(&bench->pretend, n, true, DISK_FULL);
        build(bench, change.new);
        has_failed = bench->pretend.has_failed;
        assert_healed(bench, &(struct change){"back", change.old, change.old});
        assert_healed(bench, &(struct change){"on", change.old, less_site});
    }
}

/* ---- Many files, many threads ------------------------------------------------------------------------------------- */

enum { many = 700 };

static bool render_many(
    void *context, size_t index, unsigned worker, struct buffer *bytes, struct report *report)
{
    (void)context, (void)worker;
    if (index == many)
        report_at(report, REPORT_WARNING, (struct place){.file = TEXT("x")}, "never");
    for (size_t i = 0; i <= index % 50; i++)
        buffer_format(bytes, "%zu ", index * i);
    return true;
}

static bool build_many(struct bench *bench, unsigned jobs, const char *folder)
{
    struct text *paths = arena_array(&bench->arena, many, sizeof *paths);
    for (size_t i = 0; i < many; i++)
        paths[i] = arena_format(&bench->arena, "%zu/%zu/index.html", i % 7, i);
    struct output_request request = {.disk = &bench->disk,
        .folder = folder,
        .memory = ".liner",
        .paths = paths,
        .count = many,
        .jobs = jobs,
        .render = render_many,
        .context = bench,
        .progress = {show_progress, bench}};
    bench->progress_done = 0;
    return output_write(&request, &bench->arena, &bench->result, &bench->report);
}

static void one_thread_and_eight_write_the_same(void **state)
{
    struct bench *bench = *state;
    assert_true(build_many(bench, 1, "site"));
    struct text one = pretend_tree(&bench->pretend, "site", &bench->arena);
    pretend_remove(&bench->pretend, "site");
    pretend_remove(&bench->pretend, ".liner");
    assert_true(build_many(bench, 8, "site"));
    assert_true(text_equal(pretend_tree(&bench->pretend, "site", &bench->arena), one));
    assert_int_equal(bench->progress_done, many);
    assert_true(build_many(bench, 8, "site"));
    assert_result(bench, 0, many, 0, 0);
}

/* ---- Builds that would change nothing ------------------------------------------------------------------------ */

static bool is_same_on(struct bench *bench, uint64_t inputs, int64_t today)
{
    struct output_site site = {&bench->disk, "site/", ".liner", bench->jobs};
    struct output_cause cause = {.inputs = inputs, .today = today};
    struct output_remembered remembered;
    if (!output_is_same(&site, &cause, &bench->arena, &remembered))
        return false;
    assert_int_equal(remembered.count, 2);
    assert_string_equal(remembered.said.at, "left out 1\nany\nbytes");
    return true;
}

static void remember(struct bench *bench)
{
    struct output_site site = {&bench->disk, "site", ".liner", bench->jobs};
    struct output_cause cause = {.inputs = UINT64_MAX, .today = 100, .until = 102};
    output_remember(&site, &cause, &bench->result, TEXT("left out 1\nany\nbytes"));
}

static void knows_that_nothing_has_changed(void **state)
{
    struct bench *bench = *state;
    const struct planned *plan = PLAN({"index.html", "home"}, {"a/index.html", "a"});
    assert_false(is_same_on(bench, UINT64_MAX, 100));
    assert_true(build(bench, plan));
    assert_false(is_same_on(bench, UINT64_MAX, 100));
    remember(bench);
    assert_true(is_same_on(bench, UINT64_MAX, 100));
    assert_true(is_same_on(bench, UINT64_MAX, 101));
    assert_false(is_same_on(bench, UINT64_MAX, 102));
    assert_false(is_same_on(bench, UINT64_MAX, 99));
    assert_false(is_same_on(bench, 1, 100));
    pretend_remove(&bench->pretend, "site/a/index.html");
    assert_false(is_same_on(bench, UINT64_MAX, 100));
    assert_true(build(bench, plan));
    assert_false(
        is_same_on(bench, UINT64_MAX, 100)); /* it has the same bytes, but is another file */
    remember(bench);
    assert_true(is_same_on(bench, UINT64_MAX, 100));
    assert_true(build(bench, PLAN({"index.html", "home"}, {"b/index.html", "a"})));
    assert_false(is_same_on(bench, UINT64_MAX, 100));
}

/* Nothing that fails makes a site the same that isn't, and none of it is told. */
static void what_is_remembered_may_fail(void **state)
{
    struct bench *bench = *state;
    for (size_t n = 1, ended = 0; !ended; n++) {
        assert_true(build(bench, PLAN({"index.html", "home"}, {"a/index.html", "a"})));
        pretend_fail(&bench->pretend, n, false, DISK_FAILED);
        remember(bench);
        ended = !bench->pretend.has_failed;
        pretend_heal(&bench->pretend);
        is_same_on(bench, UINT64_MAX, 100);
        remember(bench);
        assert_true(is_same_on(bench, UINT64_MAX, 100));
        pretend_fail(&bench->pretend, n, false, DISK_FAILED);
        is_same_on(bench, UINT64_MAX, 100);
        pretend_heal(&bench->pretend);
        assert_int_equal(bench->report.count, 0);
    }
}

/* ---- Files that would be the same -------------------------------------------------------------------------------- */

/* What is noted of a file is its bytes, with the problem that it has: nothing is noted of an empty one. */
static bool recall(void *context, struct text kept)
{
    (void)context;
    return text_is(kept, "kept\nof all");
}

static bool is_current(void *context, size_t index, struct text noted)
{
    const struct bench *bench = context;
    return bench->plan[index].bytes && text_is(noted, bench->plan[index].bytes);
}

static void note(void *context, size_t index, unsigned worker, struct buffer *noted)
{
    const struct bench *bench = context;
    assert_true(worker < bench->jobs);
    assert_int_equal(noted->length, 0);
    buffer_add_string(noted, bench->plan[index].bytes);
}

static void keep(void *context, struct buffer *kept)
{
    (void)context;
    buffer_add_string(kept, "kept\nof all");
}

static bool render_counted(
    void *context, size_t index, unsigned worker, struct buffer *bytes, struct report *report)
{
    struct bench *bench = context;
    bench->rendered |= 1u << index;
    if (bench->plan[index].bytes && text_starts(text_of(bench->plan[index].bytes), "warning"))
        report_at(report, REPORT_WARNING, (struct place){.file = TEXT("x")}, "careful");
    return render(context, index, worker, bytes, report);
}

static bool build_knowing(struct bench *bench, const struct planned *plan, bool is_clean)
{
    static const struct output_knowing knowing = {recall, is_current, note, keep};
    struct text paths[8];
    size_t count = 0;
    for (; plan[count].path; count++)
        paths[count] = text_of(plan[count].path);
    bench->plan = plan;
    bench->rendered = 0;
    report_release(&bench->report);
    const struct output_site site = {&bench->disk, "site", ".liner", bench->jobs};
    struct output_ahead *ahead = bench->looks_ahead ? output_look_ahead(&site) : NULL;
    struct output_request request = {.disk = &bench->disk,
        .folder = "site",
        .memory = ".liner",
        .paths = paths,
        .count = count,
        .jobs = bench->jobs,
        .ahead = ahead,
        .render = render_counted,
        .context = bench,
        .knowing = &knowing,
        .is_clean = is_clean};
    bool is_written = output_write(&request, &bench->arena, &bench->result, &bench->report);
    output_end_ahead(ahead);
    return is_written;
}

#define THREE PLAN({"index.html", "home"}, {"a/index.html", "a"}, {"b/index.html", "b"})

static void what_is_current_is_not_made(void **state)
{
    struct bench *bench = *state;
    assert_true(build_knowing(bench, THREE, false));
    assert_int_equal(bench->rendered, 7);
    assert_false(bench->result.is_known);
    assert_true(build_knowing(bench, THREE, false));
    assert_int_equal(bench->rendered, 0);
    assert_true(bench->result.is_known && bench->result.is_stamped);
    assert_result(bench, 0, 3, 0, 0);
    /* In another order, one of them changed, one gone, one new. */
    assert_true(build_knowing(
        bench, PLAN({"c.html", "c"}, {"b/index.html", "B"}, {"index.html", "home"}), false));
    assert_int_equal(bench->rendered, 3);
    assert_result(bench, 2, 1, 1, 0);
    assert_tree(bench, "site/b/index.html=B\nsite/c.html=c\nsite/index.html=home\n");
    assert_true(build_knowing(bench, THREE, true));
    assert_int_equal(bench->rendered, 7);
    assert_result(bench, 2, 1, 1, 0);
    assert_true(build_knowing(bench, THREE, false));
    assert_int_equal(bench->rendered, 0);
}

static void why_files_were_written(void **state)
{
    struct bench *bench = *state;
    assert_true(build_knowing(
        bench, PLAN({"a.html", "a"}, {"b.html", "b"}, {"c.html", ""}, {"d.html", "d"}), false));
    pretend_put(&bench->pretend, "site/a.html", "spoiled");
    assert_true(build_knowing(
        bench, PLAN({"a.html", "a"}, {"b.html", "B"}, {"c.html", "c"}, {"e.html", "e"}), false));
    static const enum output_why whys[] = {
        OUTPUT_SPOILED, OUTPUT_CHANGED, OUTPUT_UNKNOWN, OUTPUT_NEW};
    assert_result(bench, 4, 0, 1, 0);
    for (size_t i = 0; i < BASE_COUNT(whys); i++) {
        assert_int_equal(bench->result.changes[i].index, i);
        assert_int_equal(bench->result.changes[i].why, whys[i]);
    }
    assert_string_equal(bench->result.changes[1].noted.at, "b");
    assert_int_equal(bench->result.gone_count, 1);
    assert_string_equal(bench->result.gone[0].at, "d.html");
}

/* What was said of a file is said again by each build. */
static void a_file_with_a_warning_is_made_each_time(void **state)
{
    struct bench *bench = *state;
    for (int i = 0; i < 2; i++) {
        assert_true(build_knowing(bench, PLAN({"a.html", "a"}, {"b.html", "warning"}), false));
        assert_int_equal(bench->rendered, i == 0 ? 3 : 2);
        assert_int_equal(bench->report.warnings, 1);
    }
}

static void a_problem_makes_nothing_known(void **state)
{
    struct bench *bench = *state;
    assert_true(build_knowing(bench, THREE, false));
    assert_false(build_knowing(bench,
        PLAN({"index.html", "other"}, {"a/index.html", "A"}, {"b/index.html", NULL}), false));
    assert_tree(bench, "site/a/index.html=a\nsite/b/index.html=b\nsite/index.html=home\n");
    assert_true(build_knowing(
        bench, PLAN({"index.html", "other"}, {"a/index.html", "a"}, {"b/index.html", "b"}), false));
    assert_int_equal(bench->rendered, 1);
    assert_tree(bench, "site/a/index.html=a\nsite/b/index.html=b\nsite/index.html=other\n");
}

static const char *find_made(struct bench *bench)
{
    struct disk_list list;
    assert_int_equal(bench->disk.names(&bench->disk, ".liner", &bench->arena, &list), DISK_DONE);
    for (size_t i = 0; i < list.count; i++)
        if (text_starts(list.entries[i].path, "made-"))
            return arena_format(&bench->arena, ".liner/%.*s", TEXT_ARGS(list.entries[i].path)).at;
    fail();
    return NULL;
}

/* Whatever stands there instead: a build of every file, or one that knows what is true. */
static void what_is_kept_may_be_damaged(void **state)
{
    struct bench *bench = *state;
    struct buffer kept;
    buffer_init(&kept);
    assert_true(build_knowing(bench, THREE, false));
    const char *path = find_made(bench);
    assert_int_equal(bench->disk.read(&bench->disk, path, SIZE_MAX, &kept), DISK_DONE);
    for (size_t i = 0; i < 2 * kept.length; i++) {
        struct text bytes = arena_text(&bench->arena, buffer_text(&kept));
        if (i < kept.length)
            ((char *)bytes.at)[i] = (char)(bytes.at[i] ^ 1 << i % 8);
        else
            bytes.length = i - kept.length;
        pretend_put_text(&bench->pretend, path, bytes);
        assert_true(build_knowing(bench,
            PLAN({"index.html", "home"}, {"a/index.html", "A"}, {"b/index.html", "b"}), false));
        assert_int_equal(bench->rendered, 7);
        assert_tree(bench, "site/a/index.html=A\nsite/b/index.html=b\nsite/index.html=home\n");
        assert_true(build_knowing(bench, THREE, false));
        assert_int_equal(bench->rendered, 2);
    }
    pretend_put_text(
        &bench->pretend, path, buffer_text(&kept)); /* of an older build: by now other files */
    assert_true(build_knowing(bench, THREE, false));
    assert_int_equal(bench->rendered, 2);
    buffer_release(&kept);
}

/* Whatever call fails: an older or newer site, each file whole, and the next build mends it. */
static void a_build_that_knows_may_fail(void **state)
{
    struct bench *bench = *state;
    const struct planned *changed =
        PLAN({"index.html", "home"}, {"a/index.html", "A"}, {"c/index.html", "c"});
    for (size_t n = 1, ended = 0; !ended; n++)
        for (int then_on = 0; then_on < 2; then_on++) {
            assert_true(build_knowing(bench, THREE, false));
            assert_tree(bench, "site/a/index.html=a\nsite/b/index.html=b\nsite/index.html=home\n");
            pretend_fail(&bench->pretend, n, then_on, DISK_FAILED);
            bool is_built = build_knowing(bench, changed, false);
            ended = !bench->pretend.has_failed;
            pretend_heal(&bench->pretend);
            assert_true(is_built || bench->report.refusals);
            assert_true(build_knowing(bench, changed, false));
            assert_tree(bench, "site/a/index.html=A\nsite/c/index.html=c\nsite/index.html=home\n");
        }
}

/* The same on the real disk, where renames and folders are the system's own. */
static void builds_into_a_real_folder(void **state)
{
    struct bench *bench = *state;
    char root[] = "/tmp/liner-output-test-XXXXXX", command[128];
    struct disk_folder folder;
    struct disk_list list;
    assert_non_null(mkdtemp(root));
    bench->disk = disk_real(&folder, root);
    assert_true(build_many(bench, 4, "site"));
    assert_true(build_many(bench, 4, "site"));
    assert_result(bench, 0, many, 0, 0);
    assert_true(build(bench, old_site));
    assert_result(bench, 7, 0, many, 0);
    assert_true(build(bench, new_site));
    assert_true(build(bench, less_site));
    assert_int_equal(
        bench->disk.list(&bench->disk, "site", NULL, NULL, &bench->arena, &list), DISK_DONE);
    assert_int_equal(list.count, 3);
    assert_int_equal(bench->disk.names(&bench->disk, "site", &bench->arena, &list), DISK_DONE);
    assert_int_equal(list.count, 2); /* index.html and r: no empty folder stays */
    assert_int_equal(bench->disk.names(&bench->disk, ".", &bench->arena, &list), DISK_DONE);
    assert_int_equal(list.count, 2); /* .liner and site: no staging folder stays */
    disk_release(&folder);
    snprintf(command, sizeof command, "rm -rf %s", root);
    assert_int_equal(system(command), 0);
}

#define on_a_bench(name)    cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define looking_ahead(name) cmocka_unit_test_setup_teardown(name, set_up_ahead, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        on_a_bench(a_first_build_writes_every_file),
        on_a_bench(a_first_build_asks_the_disk_for_little),
        on_a_bench(an_empty_folder_is_filled_and_stays),
        on_a_bench(an_empty_plan_makes_an_empty_folder),
        on_a_bench(what_has_not_changed_is_not_written),
        on_a_bench(what_has_changed_is_written),
        on_a_bench(what_somebody_deleted_comes_back),
        on_a_bench(what_somebody_changed_is_written_again),
        on_a_bench(what_is_planned_no_longer_goes),
        on_a_bench(what_somebody_changed_is_kept_and_listed),
        on_a_bench(each_folder_has_its_own_record),
        on_a_bench(a_problem_leaves_everything_as_it_was),
        on_a_bench(a_problem_in_a_first_build_makes_no_folder),
        on_a_bench(liners_own_file_makes_way_for_a_folder),
        on_a_bench(liners_own_folder_makes_way_for_a_file),
        on_a_bench(somebodys_folder_stays_where_a_file_should_be),
        on_a_bench(somebodys_file_stays_where_a_folder_should_be),
        on_a_bench(a_file_in_place_of_the_output_folder_stays),
        on_a_bench(what_a_killed_build_left_is_removed),
        on_a_bench(an_output_folder_on_another_disk_is_staged_within),
        on_a_bench(an_output_folder_in_a_closed_one_is_staged_within),
        on_a_bench(an_output_folder_that_cannot_be_made_is_refused),
        on_a_bench(a_closed_output_folder_is_refused),
        on_a_bench(a_lost_record_costs_only_what_to_remove),
        on_a_bench(a_damaged_record_is_seen),
        on_a_bench(a_newer_record_is_unknown),
        on_a_bench(any_name_can_be_recorded),
        on_a_bench(an_unreadable_record_is_refused),
        on_a_bench(one_build_holds_the_lock),
        on_a_bench(every_call_may_fail),
        on_a_bench(every_call_may_fail_on_four_threads),
        on_a_bench(mending_may_fail_too),
        on_a_bench(an_unfinished_build_may_be_taken_back),
        on_a_bench(one_thread_and_eight_write_the_same),
        on_a_bench(knows_that_nothing_has_changed),
        on_a_bench(what_is_remembered_may_fail),
        on_a_bench(what_is_current_is_not_made),
        on_a_bench(why_files_were_written),
        on_a_bench(a_file_with_a_warning_is_made_each_time),
        on_a_bench(a_problem_makes_nothing_known),
        on_a_bench(what_is_kept_may_be_damaged),
        on_a_bench(a_build_that_knows_may_fail),
        looking_ahead(what_is_current_is_not_made),
        looking_ahead(why_files_were_written),
        looking_ahead(a_problem_makes_nothing_known),
        looking_ahead(what_is_kept_may_be_damaged),
        looking_ahead(a_build_that_knows_may_fail),
        on_a_bench(builds_into_a_real_folder),
    };
    return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
