/* render: the bytes of a page, a feed, a sitemap; and what the site's own functions give a theme. */
#include "pretend_blog.h"
#include "render/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct stage {
    struct pretend_blog blog;
    struct render *render;
};

/* A theme whose pages are empty but for the parts that a test puts there. */
static int set_up(void **state)
{
    struct stage *stage = base_alloc(sizeof *stage);
    stage->render = NULL;
    pretend_blog_init(&stage->blog);
    stage->blog.settings.theme = TEXT("bare");
    for (size_t i = 0; i < PLAN_PAGE_KIND_COUNT; i++)
        pretend_put(&stage->blog.files,
            arena_format(&stage->blog.arena, "themes/bare/templates/%s", plan_page_rows[i].template)
                .at,
            "");
    pretend_put(&stage->blog.files, "themes/bare/templates/track_card.html",
        "<card>{{ track.title }}</card>");
    pretend_put(&stage->blog.files, "themes/bare/i18n/en.yaml",
        "count: {one: '{count} track', other: '{count} tracks'}\n");
    pretend_put(&stage->blog.files, "themes/bare/assets/a.css", "a{}");
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;
    render_close(stage->render);
    pretend_blog_release(&stage->blog);
    base_free(stage);
    return 0;
}

static void open_stage(struct stage *stage)
{
    pretend_blog_plan(&stage->blog);
    assert_non_null(stage->blog.plan);
    struct render_request request = {.plan = stage->blog.plan, .jobs = 1, .with_reads = true};
    stage->render = render_open(&request, &stage->blog.report);
}

/* The bytes of one output; NULL when there was a problem. */
static const char *bytes_of(struct stage *stage, const char *path)
{
    const struct plan *plan = stage->blog.plan;
    size_t index = 0;
    while (index < plan->count && !text_is(plan->outputs[index].path, path))
        index++;
    assert_true(index < plan->count);
    struct buffer bytes;
    buffer_init(&bytes);
    bool is_made = render_output(stage->render, index, 0, &bytes, &stage->blog.report);
    struct text kept = arena_text(&stage->blog.arena, buffer_text(&bytes));
    buffer_release(&bytes);
    return is_made ? kept.at : NULL;
}

/* What the template of a review makes of the review "a". */
static const char *review(
    struct stage *stage, const char *template, const char *fields, const char *body)
{
    pretend_put(&stage->blog.files, "themes/bare/templates/review.html", template);
    pretend_review(&stage->blog, "a", fields, body);
    open_stage(stage);
    if (!stage->render)
        return NULL;
    return bytes_of(stage, "reviews/a/index.html");
}

#define assert_problems(expected) assert_string_equal(pretend_problems(&stage->blog), expected)
#define assert_holds(text, part)  assert_non_null(strstr(text, part))
#define assert_lacks(text, part)  assert_null(strstr(text, part))

/* ---- Pages ------------------------------------------------------------------------------------------ */

static void a_page_sees_its_thing_and_the_site(void **state)
{
    struct stage *stage = *state;
    assert_string_equal(review(stage,
                            "{{ page.kind }} {{ review.title }} {{ review.drama.title }} "
                            "{{ site.title }} {{ artist is none }}",
                            "drama: Tom & Jerry\n", ""),
        "review a Tom &amp; Jerry Notes True");
}

static void a_text_shows_the_cards_of_its_tracks(void **state)
{
    struct stage *stage = *state;
    const char *html = review(stage, "{{ review.body }}", "drama: Signal\ntracks: [Gummy - One]\n",
        "![[Signal / One]]\n");
    assert_problems("");
    assert_holds(html, "<card>One</card>");
}

static void a_wrong_field_is_found_before_anything_is_made(void **state)
{
    struct stage *stage = *state;
    assert_null(review(stage, "{{ review.titel }}", "drama: Signal\n", ""));
    assert_null(stage->render);
    assert_string_equal(pretend_places(&stage->blog), "themes/bare/templates/review.html:1:11\n");
}

static void a_missing_template_is_told(void **state)
{
    struct stage *stage = *state;
    pretend_remove(&stage->blog.files, "themes/bare/templates/term.html");
    assert_null(review(stage, "", "drama: Signal\n", ""));
    assert_problems("themes/bare/templates: error: the theme lacks templates: term.html\n"
                    "= 'parent: sleeve' in its theme.yaml would take them from there\n");
}

static void a_file_that_changed_meanwhile_is_a_problem_of_its_page(void **state)
{
    struct stage *stage = *state;
    assert_non_null(review(stage, "{{ review.body }}", "drama: Signal\n", "One.\n"));
    pretend_review(&stage->blog, "a", "drama: Signal\n", "Two.\n");
    assert_null(bytes_of(stage, "reviews/a/index.html"));
    assert_int_equal(stage->blog.report.refusals, 1);
}

static void what_a_page_reads_is_noted(void **state)
{
    struct stage *stage = *state;
    review(stage, "{{ review.drama.url }}", "drama: Signal\n", "");
    const struct data_reads *reads = render_reads(stage->render, 0);
    const struct catalog_thing *drama = &pretend_find_drama(&stage->blog, "Signal")->thing;
    assert_int_equal(reads->count, 2);
    assert_int_equal(reads->masks[drama->number], 1 << DATA_GROUP_NAME);
}

/* ---- Functions of the site ----------------------------------------------------------------------------- */

static void addresses(void **state)
{
    struct stage *stage = *state;
    const char *html = review(stage,
        "{{ url('dramas/') }} {{ url('/about/') }} {{ '/blog/한/' | absolute }} "
        "{{ 'https://a.example/' | absolute }} {{ asset('a.css')[:15] }}",
        "drama: Signal\n", "");
    assert_string_equal(html, "/blog/dramas/ /blog/about/ https://example.org/blog/%ED%95%9C/ "
                              "https://a.example/ /blog/assets/a.");
}

static void words_of_the_theme(void **state)
{
    struct stage *stage = *state;
    assert_string_equal(review(stage, "{{ t('count', count=1) }}, {{ t('count', count=2) }}",
                            "drama: Signal\n", ""),
        "1 track, 2 tracks");
}

static void a_word_that_is_not_there_has_a_near_one(void **state)
{
    struct stage *stage = *state;
    assert_null(review(stage, "{{ t('cuont', count=1) }}", "drama: Signal\n", ""));
    assert_holds(pretend_problems(&stage->blog),
        "no string 'cuont' in the theme's i18n/ (did you mean 'count'?)");
}

static void dates_and_numbers(void **state)
{
    struct stage *stage = *state;
    assert_string_equal(
        review(stage,
            "{{ review.date | date }}; {{ review.date | date('month') }}; "
            "{{ review.updated | date }}; {{ review.rating | number }}; {{ 8 | number }}; "
            "{{ 8.256 | number }}",
            "drama: Signal\nrating: 8.0\n", ""),
        "2 January 2020; January 2020; ; 8; 8; 8.26");
}

static void hangul_is_marked_outside_tags_only(void **state)
{
    struct stage *stage = *state;
    assert_string_equal(
        review(stage,
            "{{ review.verdict | lang }}; {{ '<a title=\"한글\">한 글</a>' | safe | lang }}",
            "drama: Signal\nverdict: 규현 <Kyuhyun> (사랑)\n", ""),
        "<span lang=\"ko\">규현</span> &lt;Kyuhyun&gt; (<span lang=\"ko\">사랑</span>); "
        "<a title=\"한글\"><span lang=\"ko\">한 글</span></a>");
}

static void markdown_inside_a_line_has_no_paragraph(void **state)
{
    struct stage *stage = *state;
    assert_string_equal(review(stage,
                            "{{ '*a*' | markdown(true) }}|{{ 'a\n\nb' | markdown(true) | length }}|"
                            "{{ '*a*' | markdown }}",
                            "drama: Signal\n", ""),
        "<em>a</em>|18|<p><em>a</em></p>\n");
}

/* ---- Feed, sitemap, robots ------------------------------------------------------------------------------- */

static void a_feed_has_full_addresses(void **state)
{
    struct stage *stage = *state;
    review(stage, "", "drama: Signal\ntags: [한국]\ntracks: [Gummy - One]\nsummary: a < b\n",
        "## Songs\n\n[[Signal]]\n\n![[Signal / One]]\n");
    assert_non_null(stage->render);
    const char *feed = bytes_of(stage, "feed.xml");
    assert_holds(feed, "<id>https://example.org/blog/</id>");
    assert_holds(feed,
        "rel=\"self\" type=\"application/atom+xml\" href=\"https://example.org/blog/feed.xml\"");
    assert_holds(feed, "<id>https://example.org/blog/reviews/a/</id>");
    assert_holds(feed, "<updated>2020-01-02T00:00:00Z</updated>");
    assert_holds(feed, "<author><name>Notes</name>");
    assert_holds(feed, "<category term=\"한국\"/>");
    assert_holds(feed, "<summary>a &lt; b</summary>");
    assert_holds(feed, "xml:base=\"https://example.org/blog/reviews/a/\"");
    assert_holds(feed, "href=&quot;https://example.org/blog/dramas/signal/&quot;");
    assert_holds(feed, "href=&quot;https://example.org/blog/dramas/signal/#track-one&quot;");
    assert_lacks(feed, "<card>");
}

static void a_feed_is_as_new_as_its_newest_change(void **state)
{
    struct stage *stage = *state;
    pretend_review(&stage->blog, "b", "drama: Signal\ndate: 2019-05-01\nupdated: 2021-03-04\n", "");
    review(stage, "", "drama: Signal\n", "");
    const char *feed = bytes_of(stage, "feed.xml");
    const char *first = strstr(feed, "<updated>");
    assert_memory_equal(first, "<updated>2021-03-04T00:00:00Z", 29);
}

static void a_sitemap_lists_pages_for_readers(void **state)
{
    struct stage *stage = *state;
    review(stage, "", "title: 한\ndrama: 시그널\nupdated: 2020-02-03 20:30\n", "");
    const char *map = bytes_of(stage, "sitemap.xml");
    assert_holds(map, "<url><loc>https://example.org/blog/</loc></url>");
    assert_holds(
        map, "<loc>https://example.org/blog/reviews/a/</loc><lastmod>2020-02-03</lastmod>");
    assert_holds(map, "<loc>https://example.org/blog/dramas/%EC%8B%9C%EA%B7%B8%EB%84%90/</loc>");
    assert_lacks(map, "404");
    assert_holds(bytes_of(stage, "robots.txt"), "Sitemap: https://example.org/blog/sitemap.xml\n");
}

static void files_are_copied_as_they_are(void **state)
{
    struct stage *stage = *state;
    pretend_put(&stage->blog.files, "content/CNAME", "notes.example\n");
    review(stage, "", "drama: Signal\n", "");
    assert_string_equal(bytes_of(stage, "CNAME"), "notes.example\n");
    assert_string_equal(bytes_of(stage, ".nojekyll"), "");
    assert_holds(bytes_of(stage, "_headers"), "/blog/assets/*\n");
    pretend_remove(&stage->blog.files, "content/CNAME");
    assert_null(bytes_of(stage, "CNAME"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_page_sees_its_thing_and_the_site),
        TEST(a_text_shows_the_cards_of_its_tracks),
        TEST(a_wrong_field_is_found_before_anything_is_made),
        TEST(a_missing_template_is_told),
        TEST(a_file_that_changed_meanwhile_is_a_problem_of_its_page),
        TEST(what_a_page_reads_is_noted),
        TEST(addresses),
        TEST(words_of_the_theme),
        TEST(a_word_that_is_not_there_has_a_near_one),
        TEST(dates_and_numbers),
        TEST(hangul_is_marked_outside_tags_only),
        TEST(markdown_inside_a_line_has_no_paragraph),
        TEST(a_feed_has_full_addresses),
        TEST(a_feed_is_as_new_as_its_newest_change),
        TEST(a_sitemap_lists_pages_for_readers),
        TEST(files_are_copied_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
