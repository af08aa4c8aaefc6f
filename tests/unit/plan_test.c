/* plan: every file that the site will have, and where two of them want one place. */
#include "pretend_blog.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int set_up(void **state)
{
    struct pretend_blog *blog = base_alloc(sizeof *blog);
    pretend_blog_init(blog);
    pretend_put(&blog->files, "themes/bare/i18n/en.yaml",
        "reviews: Reviews\npage_number: 'Page {number} of {count}'\n");
    blog->settings.theme = TEXT("bare");
    *state = blog;
    return 0;
}

static int tear_down(void **state)
{
    pretend_blog_release(*state);
    base_free(*state);
    return 0;
}

static const struct plan_output *output_at(const struct pretend_blog *blog, const char *path)
{
    for (size_t i = 0; i < blog->plan->count; i++)
        if (text_is(blog->plan->outputs[i].path, path))
            return &blog->plan->outputs[i];
    return NULL;
}

#define assert_text(actual, expected)                                                              \
    do {                                                                                           \
        struct text actual_text = (actual);                                                        \
        assert_non_null(actual_text.at);                                                           \
        assert_string_equal(arena_text(&blog->arena, actual_text).at, expected);                   \
    } while (0)

#define assert_problems(expected) assert_string_equal(pretend_problems(blog), expected)

static void every_thing_has_a_page(void **state)
{
    struct pretend_blog *blog = *state;
    static const char *const paths[] = {"index.html", "reviews/index.html",
        "reviews/signal/index.html", "dramas/index.html", "dramas/signal/index.html",
        "artists/index.html", "artists/gummy/index.html", "tracks/index.html", "tags/index.html",
        "tags/strings/index.html", "about/index.html", "404.html", "not_found.html", "feed.xml",
        "feed.json", "sitemap.xml", "robots.txt", "_headers", ".nojekyll", "favicon.ico"};
    pretend_review(blog, "signal", "drama: Signal\ntags: [strings]\ntracks: [Gummy - One]\n", "");
    pretend_put(&blog->files, "content/pages/about.md", "---\ntitle: About\n---\n");
    pretend_put(&blog->files, "content/favicon.ico", "x");
    pretend_blog_plan(blog);
    assert_problems("");
    for (size_t i = 0; i < BASE_COUNT(paths); i++)
        if (!output_at(blog, paths[i]))
            fail_msg("no %s", paths[i]);
    assert_int_equal(blog->plan->count, BASE_COUNT(paths));
}

static void a_page_knows_its_kind_and_its_address(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "signal", "kind: recap\ndrama: Signal\nsummary: It hums.\n", "");
    pretend_blog_plan(blog);
    const struct plan_page *page = output_at(blog, "reviews/signal/index.html")->page;
    assert_int_equal(page->kind, PLAN_RECAP);
    assert_text(page->url, "/blog/reviews/signal/");
    assert_text(page->title, "signal");
    assert_text(page->description, "It hums.");
    assert_true(page->is_listed);
    assert_false(output_at(blog, "404.html")->page->is_listed);
    assert_text(output_at(blog, "reviews/index.html")->page->title, "Reviews");
    assert_text(output_at(blog, "dramas/index.html")->page->title, "dramas"); /* no words for it */
}

static void home_goes_on_over_pages(void **state)
{
    struct pretend_blog *blog = *state;
    blog->settings.per_page = 2;
    for (int i = 0; i < 5; i++)
        pretend_review(blog, arena_format(&blog->arena, "r%d", i).at, "drama: Signal\n", "");
    pretend_blog_plan(blog);
    const struct plan_page *first = output_at(blog, "index.html")->page;
    const struct plan_page *last = output_at(blog, "page/3/index.html")->page;
    assert_null(first->title.at);
    assert_null(first->newer_url.at);
    assert_text(first->older_url, "/blog/page/2/");
    assert_text(last->title, "Page 3 of 3");
    assert_text(last->newer_url, "/blog/page/2/");
    assert_null(last->older_url.at);
    assert_string_equal(pretend_names(blog, &catalog_writing_type, last->reviews), "r0");
    assert_null(output_at(blog, "page/4/index.html"));
}

static void a_blog_without_writings_has_a_home(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_drama(blog, "signal", "title: Signal\n");
    pretend_blog_plan(blog);
    assert_problems("");
    assert_int_equal(output_at(blog, "index.html")->page->reviews.count, 0);
    assert_int_equal(output_at(blog, "index.html")->page->count, 1);
}

/* ---- One address, one output ------------------------------------------------------------------------- */

static void two_files_with_one_address_are_told(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "signal", "drama: Signal\n", "");
    pretend_review(blog, "2016/signal", "drama: Signal\n", "");
    pretend_blog_plan(blog);
    assert_problems(
        "content/reviews/2016/signal.md: error: two pieces of the site claim the address "
        "'/blog/reviews/signal/'\n"
        "= the other is content/reviews/signal.md\n"
        "= give one of them another name, or a 'slug'\n");
}

static void two_names_never_have_one_address(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "date: 2019-01-01\ndrama: Signal\ntags: [a/b]\n", "");
    pretend_review(blog, "b", "date: 2020-01-01\ndrama: Signal\ntags: [a+b]\n", "");
    pretend_blog_plan(blog);
    assert_problems("");
    assert_text(output_at(blog, "tags/a-b/index.html")->page->title, "a/b"); /* the older one */
    assert_text(output_at(blog, "tags/a-b-2/index.html")->page->title, "a+b");
}

static void a_name_with_the_address_of_a_file_is_told_where_it_is_named(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "drama: Signal\n", "");
    pretend_drama(blog, "signal", "title: 시그널\n");
    pretend_put(&blog->files, "content/tags/rain/index.html", "mine");
    pretend_review(blog, "b", "drama: 시그널\ntags: [rain]\n", "");
    pretend_blog_plan(blog);
    assert_problems("content/dramas/signal.md: error: two pieces of the site claim the address "
                    "'/blog/dramas/signal/'\n"
                    "= the other is 'Signal', named in content/reviews/a.md:4\n"
                    "= give one of them another name, or a 'slug'\n"
                    "content/tags/rain/index.html: error: two pieces of the site claim the address "
                    "'/blog/tags/rain/'\n"
                    "= the other is 'rain', named in content/reviews/b.md:5\n"
                    "= give one of them another name, or a 'slug'\n");
}

static void a_file_of_liners_own_cannot_be_copied_over(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "drama: Signal\n", "");
    pretend_put(&blog->files, "content/feed.xml", "mine");
    pretend_put(&blog->files, "content/pages/tags.md", "---\ntitle: Mine\n---\n");
    pretend_blog_plan(blog);
    assert_string_equal(pretend_places(blog), "content/feed.xml\ncontent/pages/tags.md\n");
}

static void a_file_cannot_stand_where_a_folder_must(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "drama: Signal\n", "");
    pretend_put(&blog->files, "content/dramas/signal", "no end to its name");
    pretend_blog_plan(blog);
    assert_int_equal(blog->report.errors, 1);
}

/* Where one file has a mistake, what follows from that is not told, too. */
static void a_clash_that_follows_from_a_mistake_is_not_told(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "drama: Signal\n", "");
    pretend_drama(blog, "signal", "titel: Signal\n");
    pretend_blog_plan(blog);
    assert_string_equal(
        pretend_places(blog), "content/dramas/signal.md:2:1\ncontent/dramas/signal.md:2:1\n");
}

/* ---- Sitemaps ---------------------------------------------------------------------------------------- */

static void a_large_site_has_several_sitemaps(void **state)
{
    struct pretend_blog *blog = *state;
    struct buffer tags;
    buffer_init(&tags);
    enum { each = 5000, files = 11 };
    for (int file = 0; file < files; file++) {
        buffer_clear(&tags);
        buffer_add_string(&tags, "drama: Signal\ntags: [");
        for (int i = 0; i < each; i++)
            buffer_format(&tags, "t%d, ", file * each + i);
        buffer_add_string(&tags, "x]\n");
        pretend_review(blog, arena_format(&blog->arena, "r%d", file).at,
            arena_text(&blog->arena, buffer_text(&tags)).at, "");
    }
    buffer_release(&tags);
    pretend_blog_plan(blog);
    assert_problems("");
    assert_int_equal(output_at(blog, "sitemap.xml")->kind, PLAN_SITEMAP_INDEX);
    assert_int_equal(output_at(blog, "sitemap-2.xml")->part, 1);
    assert_int_equal(blog->plan->sitemaps, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_thing_has_a_page),
        TEST(a_page_knows_its_kind_and_its_address),
        TEST(home_goes_on_over_pages),
        TEST(a_blog_without_writings_has_a_home),
        TEST(two_files_with_one_address_are_told),
        TEST(two_names_never_have_one_address),
        TEST(a_name_with_the_address_of_a_file_is_told_where_it_is_named),
        TEST(a_file_of_liners_own_cannot_be_copied_over),
        TEST(a_file_cannot_stand_where_a_folder_must),
        TEST(a_clash_that_follows_from_a_mistake_is_not_told),
        TEST(a_large_site_has_several_sitemaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
