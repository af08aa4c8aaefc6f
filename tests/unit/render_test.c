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
    stage->blog.settings.search = false;
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

/* ---- What a later build knows ------------------------------------------------------------------------ */

/* What a build leaves to the next one. */
struct past {
    struct text kept, noted[64];
    struct text paths[64];
    size_t count;
};

/* The files may have changed since the stage was opened. */
static void open_again(struct stage *stage)
{
    struct pretend_blog *blog = &stage->blog;
    render_close(stage->render);
    if (blog->plan) {
        plan_free(blog->plan);
        theme_close(blog->theme);
        catalog_close(blog->catalog);
    }
    open_stage(stage);
    assert_non_null(stage->render);
}

static struct past build(struct stage *stage)
{
    struct past past = {.count = stage->blog.plan->count};
    struct buffer bytes;
    buffer_init(&bytes);
    assert_true(past.count <= BASE_COUNT(past.noted));
    for (size_t i = 0; i < past.count; i++) {
        buffer_clear(&bytes);
        assert_true(render_output(stage->render, i, 0, &bytes, &stage->blog.report));
        buffer_clear(&bytes);
        render_note(stage->render, i, 0, &bytes);
        past.noted[i] = arena_text(&stage->blog.arena, buffer_text(&bytes));
        past.paths[i] = arena_text(&stage->blog.arena, stage->blog.plan->outputs[i].path);
    }
    buffer_clear(&bytes);
    render_keep(stage->render, &bytes);
    past.kept = arena_text(&stage->blog.arena, buffer_text(&bytes));
    buffer_release(&bytes);
    return past;
}

static struct past first_build(struct stage *stage)
{
    open_again(stage);
    assert_false(render_recall(stage->render, TEXT("")));
    assert_false(render_is_current(stage->render, 0, TEXT("")));
    return build(stage);
}

static struct text noted_of(const struct past *past, struct text path)
{
    for (size_t i = 0; i < past->count; i++)
        if (text_equal(past->paths[i], path))
            return past->noted[i];
    return TEXT("");
}

/* What is not current after the files have changed: "PATH: why" a line. `past` becomes that of a build
 * which leaves out what is current. */
static const char *changes(struct stage *stage, struct past *past)
{
    struct buffer lines;
    buffer_init(&lines);
    open_again(stage);
    assert_true(render_recall(stage->render, past->kept));
    struct past next = build(stage);
    for (size_t i = 0; i < next.count; i++) {
        struct text noted = noted_of(past, next.paths[i]);
        if (render_is_current(stage->render, i, noted)) {
            next.noted[i] = noted;
            continue;
        }
        buffer_format(&lines, "%.*s: ", TEXT_ARGS(next.paths[i]));
        render_explain(stage->render, i, noted, &lines);
        buffer_add_byte(&lines, '\n');
    }
    *past = next;
    struct text kept = arena_text(&stage->blog.arena, buffer_text(&lines));
    buffer_release(&lines);
    return kept.at;
}

static void fill(struct stage *stage)
{
    struct pretend_disk *files = &stage->blog.files;
    pretend_put(files, "themes/bare/templates/review.html",
        "{{ review.title }} {{ review.drama.title }} {{ review.body }}");
    pretend_put(files, "themes/bare/templates/drama.html",
        "{% for track in drama.tracks %}{{ track.services | length }}{% endfor %}");
    pretend_put(files, "themes/bare/templates/artist.html",
        "{% for listing in artist.listings %}{{ listing.review.title }}{% endfor %}");
    pretend_review(&stage->blog, "a", "drama: Signal\ntracks: [Gummy - One]\n", "Text.\n");
    pretend_review(&stage->blog, "b", "drama: Goblin\ntracks: [Crush - Two]\n", "[[Signal]]\n");
}

static void an_output_is_current_until_what_it_shows_changes(void **state)
{
    struct stage *stage = *state;
    struct pretend_disk *files = &stage->blog.files;
    fill(stage);
    struct past past = first_build(stage);
    assert_string_equal(changes(stage, &past), "");
    pretend_review(&stage->blog, "a", "drama: Signal\ntracks: [Gummy - One]\n", "Another.\n");
    assert_string_equal(changes(stage, &past),
        "reviews/a/index.html: shows the text of content/reviews/a.md, which changed\n"
        "feed.xml: shows the text of content/reviews/a.md, which changed\n"
        "feed.json: shows the text of content/reviews/a.md, which changed\n");
    pretend_put(files, "content/dramas/signal.md", "---\ntitle: SIGNAL\naliases: [Signal]\n---\n");
    assert_string_equal(changes(stage, &past),
        "reviews/a/index.html: shows the title of content/dramas/signal.md, which changed\n"
        "dramas/signal/index.html: its title, description or place among the pages changed\n"
        "sitemap.xml: lists the pages of the site, of which some changed\n"
        "robots.txt: \n_headers: \n.nojekyll: \n");
    assert_string_equal(changes(stage, &past), "");
    pretend_put(files, "themes/bare/templates/drama.html", "");
    assert_string_equal(changes(stage, &past),
        "dramas/goblin/index.html: its template themes/bare/templates/drama.html changed\n"
        "dramas/signal/index.html: its template themes/bare/templates/drama.html changed\n");
}

/* Of a text only its words; of a name, all that holds names. */
static void what_is_searched_is_made_anew_when_it_changes(void **state)
{
    struct stage *stage = *state;
    stage->blog.settings.search = true;
    fill(stage);
    struct past past = first_build(stage);
    assert_string_equal(changes(stage, &past), "");
    pretend_review(&stage->blog, "b", "drama: Goblin\ntracks: [Crush - Two]\n", "[[Signal]] too\n");
    assert_string_equal(changes(stage, &past),
        "reviews/b/index.html: shows the text of content/reviews/b.md, which changed\n"
        "search/texts/0.json: holds names or words of the site, of which some changed\n"
        "feed.xml: shows the text of content/reviews/b.md, which changed\n"
        "feed.json: shows the text of content/reviews/b.md, which changed\n");
    pretend_artist(&stage->blog, "Crush", "native: 크러쉬\n");
    const char *changed = changes(stage, &past);
    assert_holds(changed, "search/names/0.json: holds names");
    assert_holds(changed, "search/cards/a0.json: holds names");
    assert_string_equal(changes(stage, &past), "");
}

/* Where a track is heard is told by the writings that list it. */
static void what_a_field_is_made_of_counts(void **state)
{
    struct stage *stage = *state;
    fill(stage);
    struct past past = first_build(stage);
    pretend_review(&stage->blog, "b",
        "drama: Goblin\ntracks: [{title: Two, artist: Crush, youtube: pcKR0LPwoYs}]\n",
        "[[Signal]]\n");
    assert_holds(changes(stage, &past), "dramas/goblin/index.html: shows the links of the drama "
                                        "'Goblin', which changed; shows the facts of");
}

static void what_is_not_as_it_was_kept_makes_nothing_current(void **state)
{
    struct stage *stage = *state;
    fill(stage);
    struct past past = first_build(stage);
    for (size_t length = 0; length < past.kept.length; length++) {
        render_recall(stage->render, text_slice(past.kept, 0, length));
        for (size_t i = 0; i < past.count; i++)
            assert_false(render_is_current(stage->render, i, past.noted[i]));
    }
    assert_true(render_recall(stage->render, past.kept));
    for (size_t i = 0; i < past.count; i++) {
        assert_true(render_is_current(stage->render, i, past.noted[i]));
        for (size_t length = 0; length < 8; length++)
            assert_false(render_is_current(stage->render, i, text_slice(past.noted[i], 0, length)));
        struct text wrong = /* a number without an end */
            arena_join(&stage->blog.arena, past.noted[i], TEXT("\xFF"));
        assert_false(render_is_current(stage->render, i, wrong));
    }
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
        TEST(an_output_is_current_until_what_it_shows_changes),
        TEST(what_is_searched_is_made_anew_when_it_changes),
        TEST(what_a_field_is_made_of_counts),
        TEST(what_is_not_as_it_was_kept_makes_nothing_current),
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
