/* markdown: cmark-gfm's own process, which threads share, and which may be slow, greedy or ended. */
#include "pretend_host.h"

#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static struct markdown_options options_of(struct markdown_child *child)
{
    return (struct markdown_options){
        .engine = MARKDOWN_CMARK_GFM, .child = child, .language = TEXT("en")};
}

static unsigned count_files(void)
{
    unsigned count = 0;
    DIR *folder = opendir("/proc/self/fd");
    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

/* The number of a process whose parent is this one, 0 when there is none. */
static pid_t child_of(pid_t parent)
{
    pid_t found = 0;
    DIR *folder = opendir("/proc");
    assert_non_null(folder);
    for (struct dirent *entry; !found && (entry = readdir(folder));) {
        char path[300];
        int process = atoi(entry->d_name), above = 0;
        snprintf(path, sizeof path, "/proc/%d/stat", process);
        FILE *file = process > 0 ? fopen(path, "r") : NULL;
        if (file && fscanf(file, "%*d (%*[^)]) %*c %d", &above) == 1 && above == parent)
            found = process;
        if (file)
            fclose(file);
    }
    closedir(folder);
    return found;
}

static bool has_no_child(void)
{
    return waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD;
}

/* Whatever happened to it before, it reads the next body. */
static void check_reads(struct markdown_child *child)
{
    static const struct pretend_example example = {"~~a~~ [b](song.md)\n",
        "<p><del>a</del> <a href=\"/reviews/song/\" "
        "title=\"A &quot;song&quot;\" class=\"review\">b</a></p>\n"};
    pretend_check(&example, options_of(child));
}

static struct text repeated(
    struct buffer *buffer, const char *start, const char *part, size_t times)
{
    buffer_init(buffer);
    buffer_add_string(buffer, start);
    for (size_t i = 0; i < times; i++)
        buffer_add_string(buffer, part);
    return buffer_text(buffer);
}

static void check_told(struct markdown_child *child, struct text body,
    const struct markdown_options *options, const char *told)
{
    struct pretend_notes notes;
    struct markdown_host host = pretend_host(&notes);
    struct buffer out;
    buffer_init(&out);
    buffer_add_string(&out, "before");
    assert_false(markdown_render(body, options, &host, &out));
    pretend_assert(&out, "before");
    pretend_assert(&notes.problems, told);
    buffer_release(&out);
    pretend_notes_close(&notes);
    check_reads(child);
}

/* ---- Starting and ending --------------------------------------------------------------------------------- */

static void it_starts_when_needed_and_leaves_nothing(void **state)
{
    (void)state;
    unsigned files = count_files();
    struct markdown_child *child = markdown_child_new();
    assert_true(has_no_child());
    check_reads(child);
    pid_t process = child_of(getpid());
    assert_int_not_equal(process, 0);
    check_reads(child);
    assert_int_equal(child_of(getpid()), process);
    assert_int_equal(count_files(), files + 1);
    markdown_child_free(child);
    assert_true(has_no_child());
    assert_int_equal(count_files(), files);
    check_reads(NULL);
    assert_true(has_no_child());
    assert_int_equal(count_files(), files);
    markdown_child_free(NULL);
}

static void it_starts_again_when_it_was_ended(void **state)
{
    (void)state;
    static const int signals[] = {SIGKILL, SIGTERM, SIGSEGV};
    unsigned files = count_files();
    struct markdown_child *child = markdown_child_new();
    check_reads(child);
    for (size_t i = 0; i < BASE_COUNT(signals); i++) {
        pid_t process = child_of(getpid());
        assert_int_equal(kill(process, signals[i]), 0);
        siginfo_t info; /* it has ended, and is left for the room to take note of */
        assert_int_equal(waitid(P_PID, (id_t)process, &info, WEXITED | WNOWAIT), 0);
        check_reads(child);
        assert_int_not_equal(child_of(getpid()), process);
        assert_int_equal(count_files(), files + 1);
    }
    markdown_child_free(child);
    assert_true(has_no_child());
}

/* Ctrl-C reaches all processes of a terminal: it is the program that decides. */
static void keys_do_not_end_it(void **state)
{
    (void)state;
    struct markdown_child *child = markdown_child_new();
    check_reads(child);
    pid_t process = child_of(getpid());
    assert_int_equal(kill(process, SIGINT), 0);
    check_reads(child);
    assert_int_equal(child_of(getpid()), process);
    markdown_child_free(child);
}

/* A process that is killed can't end its own. */
static void it_ends_with_the_program(void **state)
{
    (void)state;
    int status = 0;
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    pid_t program = fork();
    if (program == 0) {
        check_reads(markdown_child_new());
        raise(SIGKILL);
    }
    assert_int_equal(waitpid(program, &status, 0), program);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    assert_true(waitpid(-1, &status, 0) > 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_true(has_no_child());
}

/* ---- Limits --------------------------------------------------------------------------------------------------- */

static void what_takes_too_long_is_told(void **state)
{
    (void)state;
    struct buffer table, notes;
    struct markdown_child *child = markdown_child_new();
    struct markdown_options options = options_of(child);
    check_told(child, repeated(&table, "a\n", "|-", 80000), &options,
        "error 0+0: cmark-gfm needs more than 0.8 s to read this text: shorten it, or use the "
        "engine md4c\n");
    options.engine = MARKDOWN_MD4C;
    options.footnotes = true;
    check_told(child, repeated(&notes, "a[^1]\n\n[^1]: b\n\na\n", "|-", 80000), &options,
        "error 0+0: cmark-gfm needs more than 0.8 s to read this text: shorten it, or write its "
        "footnotes without [^...]\n");
    markdown_child_free(child);
    buffer_release(&table);
    buffer_release(&notes);
    assert_true(has_no_child());
}

/* 2,000 links to an address of a million bytes. The sanitizers have memory of their own. */
static void what_needs_too_much_memory_is_told(void **state)
{
    (void)state;
    struct buffer body, links;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    skip();
#endif
    struct markdown_child *child = markdown_child_new();
    struct markdown_options options = options_of(child);
    repeated(&body, "[x]: ", "x", 1000000);
    buffer_add(&body, repeated(&links, "\n\n", "[x]", 2000));
    check_told(child, buffer_text(&body), &options,
        "error 0+0: cmark-gfm needs more than 512 MiB of memory to read this text: shorten it, or "
        "use the engine md4c\n");
    markdown_child_free(child);
    buffer_release(&body);
    buffer_release(&links);
}

/* ---- Threads -------------------------------------------------------------------------------------------------- */

struct shared {
    struct markdown_options options;
    bool same[400];
};

/* Other threads ask for memory while the process is copied. */
static void render_one(void *context, size_t index, unsigned worker)
{
    struct shared *shared = context;
    struct buffer body, out, wanted;
    (void)worker;
    buffer_init(&body);
    buffer_init(&out);
    buffer_init(&wanted);
    for (size_t i = 0; i < index % 50; i++) {
        buffer_format(&body, "~~a%zu~~ b | %zu\n--|--\n1 | ~~2~~\n\n", i, index);
        buffer_format(&wanted,
            "<div class=\"table\" tabindex=\"0\"><table>\n<thead>\n<tr><th><del>a%zu</del> b</th>"
            "<th>%zu</th></tr>\n</thead>\n<tbody>\n<tr><td>1</td><td><del>2</del></td></tr>\n"
            "</tbody>\n</table></div>\n",
            i, index);
    }
    shared->same[index] = markdown_render(buffer_text(&body), &shared->options, NULL, &out) &&
                          text_equal(buffer_text(&out), buffer_text(&wanted));
    buffer_release(&body);
    buffer_release(&out);
    buffer_release(&wanted);
}

static void threads_share_it(void **state)
{
    (void)state;
    struct markdown_child *child = markdown_child_new();
    struct shared shared = {.options = options_of(child)};
    parallel_for(BASE_COUNT(shared.same), 8, render_one, &shared);
    for (size_t i = 0; i < BASE_COUNT(shared.same); i++)
        assert_true(shared.same[i]);
    markdown_child_free(child);
    assert_true(has_no_child());
}

static void threads_may_start_their_own(void **state)
{
    (void)state;
    struct shared shared = {.options = options_of(NULL)};
    parallel_for(BASE_COUNT(shared.same), 4, render_one, &shared);
    for (size_t i = 0; i < BASE_COUNT(shared.same); i++)
        assert_true(shared.same[i]);
    assert_true(has_no_child());
}

int main(int count, char **arguments)
{
    markdown_child_main(count, arguments);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_starts_when_needed_and_leaves_nothing),
        cmocka_unit_test(it_starts_again_when_it_was_ended),
        cmocka_unit_test(keys_do_not_end_it),
        cmocka_unit_test(it_ends_with_the_program),
        cmocka_unit_test(what_takes_too_long_is_told),
        cmocka_unit_test(what_needs_too_much_memory_is_told),
        cmocka_unit_test(threads_share_it),
        cmocka_unit_test(threads_may_start_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
