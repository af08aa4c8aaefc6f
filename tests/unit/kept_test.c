/* catalog: what files were read as, kept for the next time. */
#include "pretend_blog.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char kept_file[] = ".liner/read/0";

static int set_up(void **state)
{
    struct pretend_blog *blog = base_alloc(sizeof *blog);
    pretend_blog_init(blog);
    blog->request.memory = ".liner";
    blog->request.reader = 42;
    blog->request.opened_ns = INT64_MAX;
    pretend_review(blog, "signal",
        "drama: Signal\ntracks:\n  - {title: The Road, native: 길, artists: [Kim Yoon-ah]}\n",
        "The road, [[Signal]].\n\n## Strings\n");
    pretend_review(
        blog, "goblin", "drama: Goblin\nrating: 9\ntracks: |\n  Crush - Beautiful\n", "Snow.\n");
    pretend_artist(blog, "crush", "name: Crush\nnative: 크러쉬\n");
    *state = blog;
    return 0;
}

static int tear_down(void **state)
{
    pretend_blog_release(*state);
    base_free(*state);
    return 0;
}

static void read_again(struct pretend_blog *blog)
{
    if (blog->catalog)
        catalog_close(blog->catalog);
    report_release(&blog->report);
    report_init(&blog->report);
    pretend_blog_read(blog);
}

static void read_and_keep(struct pretend_blog *blog)
{
    read_again(blog);
    catalog_keep(blog->catalog);
}

static size_t count_kept(const struct pretend_blog *blog)
{
    size_t count = 0;
    for (size_t i = 0; i < blog->catalog->file_count; i++)
        count += blog->catalog->files[i].is_kept;
    return count;
}

/* All that the three files say, from wherever it came. */
static void assert_whole(struct pretend_blog *blog)
{
    const struct catalog_writing *signal = pretend_find_writing(blog, "signal");
    const struct catalog_track *road = pretend_find_track(blog, "The Road");
    assert_string_equal(pretend_problems(blog), "");
    assert_int_equal(blog->catalog->file_count, 3);
    assert_true(pretend_find_writing(blog, "goblin")->record->rating == 9);
    assert_int_equal(signal->thing.file->scan.heading_count, 1);
    assert_true(text_is(signal->thing.file->scan.headings[0].id, "strings"));
    assert_int_equal(signal->thing.file->scan.link_count, 1);
    assert_true(text_is(road->record->native, "길"));
    assert_int_equal(road->artists.count, 1);
    assert_non_null(pretend_find_artist(blog, "Crush"));
}

static void what_was_not_touched_is_not_opened(void **state)
{
    struct pretend_blog *blog = *state;
    read_and_keep(blog);
    assert_int_equal(count_kept(blog), 0);
    pretend_forget_calls(&blog->files);
    read_again(blog);
    assert_int_equal(count_kept(blog), 3);
    assert_int_equal(blog->files.calls[PRETEND_READ], 1);
    assert_whole(blog);
}

static void what_was_touched_is_read(void **state)
{
    struct pretend_blog *blog = *state;
    read_and_keep(blog);
    pretend_review(blog, "goblin", "drama: Goblin\nrating: 3\n", "Snow.\n");
    read_and_keep(blog);
    assert_int_equal(count_kept(blog), 2);
    assert_true(pretend_find_writing(blog, "goblin")->record->rating == 3);
    read_again(blog);
    assert_int_equal(count_kept(blog), 3);
    assert_true(pretend_find_writing(blog, "goblin")->record->rating == 3);
}

static void removed_and_new_files_are_known(void **state)
{
    struct pretend_blog *blog = *state;
    read_and_keep(blog);
    pretend_remove(&blog->files, "content/reviews/goblin.md");
    pretend_review(blog, "misty", "drama: Misty\n", "Piano.\n");
    read_and_keep(blog);
    assert_int_equal(count_kept(blog), 2);
    assert_null(pretend_find_writing(blog, "goblin"));
    assert_non_null(pretend_find_writing(blog, "misty"));
    read_again(blog);
    assert_int_equal(count_kept(blog), 3);
}

static void nothing_is_written_where_nothing_changed(void **state)
{
    struct pretend_blog *blog = *state;
    read_and_keep(blog);
    uint64_t identity = pretend_find(&blog->files, kept_file)->identity;
    read_and_keep(blog);
    assert_int_equal(pretend_find(&blog->files, kept_file)->identity, identity);
}

static void other_programs_and_settings_read_anew(void **state)
{
    struct pretend_blog *blog = *state;
    read_and_keep(blog);
    blog->request.reader = 43;
    read_again(blog);
    assert_int_equal(count_kept(blog), 0);
    assert_whole(blog);
}

static void what_may_change_unseen_is_not_kept(void **state)
{
    struct pretend_blog *blog = *state;
    blog->request.opened_ns = 0;
    read_and_keep(blog);
    read_again(blog);
    assert_int_equal(count_kept(blog), 0);
    assert_whole(blog);
}

static void who_is_warned_is_warned_again(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "misty", "drama: Misty\n", "Raw <b>HTML</b>.\n");
    read_and_keep(blog);
    const char *said = pretend_problems(blog);
    assert_non_null(strstr(said, "misty.md"));
    read_and_keep(blog);
    assert_int_equal(count_kept(blog), 3);
    assert_string_equal(pretend_problems(blog), said);
}

static void a_damaged_memory_is_none(void **state)
{
    struct pretend_blog *blog = *state;
    read_and_keep(blog);
    struct text bytes = arena_text(&blog->arena, pretend_find(&blog->files, kept_file)->bytes);
    for (size_t i = 0; i < bytes.length; i++) {
        struct text cut = arena_text(&blog->arena, text_slice(bytes, 0, i));
        struct text flipped = arena_text(&blog->arena, bytes);
        pretend_put_text(&blog->files, kept_file, cut);
        read_again(blog);
        assert_int_equal(count_kept(blog), 0);
        ((char *)(uintptr_t)flipped.at)[i] ^= 0x10;
        pretend_put_text(&blog->files, kept_file, flipped);
        read_again(blog);
        assert_int_equal(count_kept(blog), 0);
        assert_whole(blog);
    }
}

static void a_disk_that_refuses_costs_only_time(void **state)
{
    struct pretend_blog *blog = *state;
    read_again(blog);
    pretend_fail(&blog->files, 1, true, DISK_FULL);
    catalog_keep(blog->catalog);
    pretend_heal(&blog->files);
    read_again(blog);
    assert_int_equal(count_kept(blog), 0);
    assert_whole(blog);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_not_touched_is_not_opened),
        TEST(what_was_touched_is_read),
        TEST(removed_and_new_files_are_known),
        TEST(nothing_is_written_where_nothing_changed),
        TEST(other_programs_and_settings_read_anew),
        TEST(what_may_change_unseen_is_not_kept),
        TEST(who_is_warned_is_warned_again),
        TEST(a_damaged_memory_is_none),
        TEST(a_disk_that_refuses_costs_only_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
