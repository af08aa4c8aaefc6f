/* theme: where the files of a theme are taken from, and the words it has for things. */
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
    *state = blog;
    return 0;
}

static int tear_down(void **state)
{
    pretend_blog_release(*state);
    base_free(*state);
    return 0;
}

static struct theme *open_in(struct pretend_blog *blog, const char *name, const char *language)
{
    struct theme_request request = {.disk = &blog->disk,
        .name = text_of(name),
        .place = {TEXT("liner.yaml"), 3, 8, 1},
        .language_tag = text_of(language),
        .language = blog->language};
    blog->theme = theme_open(&request, &blog->report);
    return blog->theme;
}

static const char *source_of(struct pretend_blog *blog, const char *name)
{
    struct text source, file;
    if (!theme_template(blog->theme, text_of(name), &source, &file))
        return NULL;
    return arena_format(&blog->arena, "%.*s: %.*s", TEXT_ARGS(file), TEXT_ARGS(source)).at;
}

static const char *words(struct pretend_blog *blog, const char *key, double count)
{
    return arena_text(&blog->arena, theme_string(blog->theme, text_of(key), count)).at;
}

/* ---- Files ------------------------------------------------------------------------------------------ */

static void sleeve_needs_no_files(void **state)
{
    struct pretend_blog *blog = *state;
    assert_non_null(open_in(blog, "sleeve", "en"));
    assert_non_null(source_of(blog, "home.html"));
    assert_non_null(theme_find_asset(blog->theme, TEXT("style.css")));
    assert_null(source_of(blog, "no.html"));
    assert_null(theme_find_asset(blog->theme, TEXT("no.css")));
}

static void a_file_of_the_blog_replaces_one_of_sleeve(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/sleeve/templates/home.html", "mine");
    assert_non_null(open_in(blog, "sleeve", "en"));
    assert_string_equal(source_of(blog, "home.html"), "themes/sleeve/templates/home.html: mine");
    assert_non_null(source_of(blog, "review.html"));
}

static void a_theme_stands_on_its_parent(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/mine/theme.yaml", "parent: sleeve\n");
    pretend_put(&blog->files, "themes/mine/templates/home.html", "mine");
    pretend_put(&blog->files, "themes/mine/templates/.home.html.swp", "an editor's");
    assert_non_null(open_in(blog, "mine", "en"));
    assert_string_equal(source_of(blog, "home.html"), "themes/mine/templates/home.html: mine");
    assert_non_null(source_of(blog, "review.html"));
    assert_null(source_of(blog, ".home.html.swp"));
}

/* mine stands on old, old on sleeve; each has a base.html, and so has the blog's own sleeve. */
static void put_three_versions(struct pretend_blog *blog)
{
    pretend_put(&blog->files, "themes/mine/theme.yaml", "parent: old\n");
    pretend_put(&blog->files, "themes/mine/templates/base.html", "mine");
    pretend_put(&blog->files, "themes/mine/templates/new.html", "new");
    pretend_put(&blog->files, "themes/old/theme.yaml", "parent: sleeve\n");
    pretend_put(&blog->files, "themes/old/templates/base.html", "old");
    pretend_put(&blog->files, "themes/sleeve/templates/base.html", "sleeve's");
}

static const char *joined(struct pretend_blog *blog, const char *name, const char *from)
{
    return arena_text(
        &blog->arena, theme_join(blog->theme, &blog->arena, text_of(name), text_of(from)))
        .at;
}

static void the_versions_of_a_template_have_names(void **state)
{
    struct pretend_blog *blog = *state;
    put_three_versions(blog);
    assert_non_null(open_in(blog, "mine", "en"));
    assert_string_equal(source_of(blog, "base.html"), "themes/mine/templates/base.html: mine");
    assert_string_equal(source_of(blog, "parent/base.html"), "themes/old/templates/base.html: old");
    assert_string_equal(
        source_of(blog, "parent/parent/base.html"), "themes/sleeve/templates/base.html: sleeve's");
    assert_string_equal(
        theme_source(blog->theme, TEXT("themes/old/templates/base.html")).at, "old");
    assert_non_null(theme_source(blog->theme, TEXT("<liner>/sleeve/templates/base.html")).at);
    assert_null(source_of(blog, "parent/parent/parent/parent/base.html"));
    assert_null(source_of(blog, "parent/new.html"));
}

static void parents_are_seen_from_who_asks(void **state)
{
    struct pretend_blog *blog = *state;
    put_three_versions(blog);
    assert_non_null(open_in(blog, "mine", "en"));
    assert_string_equal(joined(blog, "base.html", "parent/base.html"), "base.html");
    assert_string_equal(joined(blog, "parent/base.html", "base.html"), "parent/base.html");
    assert_string_equal(
        joined(blog, "parent/base.html", "parent/base.html"), "parent/parent/base.html");
    assert_string_equal(joined(blog, "parent/base.html", "new.html"), "parent/base.html");
    /* review.html is sleeve's own: what lies below it has no base.html */
    assert_null(source_of(blog, joined(blog, "parent/base.html", "review.html")));
    assert_null(source_of(blog, joined(blog, "parent/new.html", "base.html")));
}

static void an_asset_replaces_the_parents(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/sleeve/assets/style.css", "mine");
    pretend_put(&blog->files, "themes/sleeve/assets/more.css", "more");
    assert_non_null(open_in(blog, "sleeve", "en"));
    assert_true(text_is(theme_find_asset(blog->theme, TEXT("style.css"))->bytes, "mine"));
    assert_non_null(theme_find_asset(blog->theme, TEXT("more.css")));
    for (size_t i = 1; i < blog->theme->asset_count; i++)
        assert_false(text_equal(blog->theme->assets[i - 1].name, blog->theme->assets[i].name));
}

static void a_theme_that_is_not_there_is_told(void **state)
{
    struct pretend_blog *blog = *state;
    assert_null(open_in(blog, "sleve", "en"));
    assert_string_equal(pretend_problems(blog),
        "liner.yaml:3:8: error: there is no theme 'sleve' in themes/ (did you mean 'sleeve'?)\n"
        "= the theme that comes with Liner is called 'sleeve'\n");
}

static void a_theme_is_a_folder_of_themes(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "content/x/templates/home.html", "not a theme");
    assert_null(open_in(blog, "../content/x", "en"));
    assert_null(open_in(blog, "..", "en"));
    assert_int_equal(blog->report.errors, 2);
}

static void parents_do_not_go_in_a_circle(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/a/theme.yaml", "parent: b\n");
    pretend_put(&blog->files, "themes/b/theme.yaml", "parent: a\n");
    assert_null(open_in(blog, "a", "en"));
    assert_string_equal(pretend_problems(blog),
        "themes/b/theme.yaml:1:9: error: the parents of this theme go in a circle: a -> b -> a\n");
}

static void themes_do_not_stand_on_each_other_without_end(void **state)
{
    struct pretend_blog *blog = *state;
    for (int i = 0; i < 12; i++)
        pretend_put(&blog->files, arena_format(&blog->arena, "themes/t%d/theme.yaml", i).at,
            arena_format(&blog->arena, "parent: t%d\n", i + 1).at);
    assert_null(open_in(blog, "t0", "en"));
    assert_string_equal(pretend_places(blog), "themes/t8/theme.yaml:1:9\n");
}

static void the_name_of_an_asset_changes_with_its_bytes(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/mine/assets/a.min.js", "1");
    pretend_put(&blog->files, "themes/mine/assets/fonts/LICENSE", "1");
    assert_non_null(open_in(blog, "mine", "en"));
    struct text first = theme_find_asset(blog->theme, TEXT("a.min.js"))->path;
    assert_true(text_starts(first, "assets/a.min.") && text_ends(first, ".js"));
    assert_true(text_starts(
        theme_find_asset(blog->theme, TEXT("fonts/LICENSE"))->path, "assets/fonts/LICENSE."));
    struct text kept = arena_text(&blog->arena, first);
    theme_close(blog->theme);
    pretend_put(&blog->files, "themes/mine/assets/a.min.js", "2");
    assert_non_null(open_in(blog, "mine", "en"));
    assert_false(text_equal(theme_find_asset(blog->theme, TEXT("a.min.js"))->path, kept));
}

/* What the site gets of a stylesheet or a script. */
static const char *trimmed_as(struct pretend_blog *blog, const char *name, const char *source)
{
    const char *path = arena_format(&blog->arena, "themes/mine/assets/%s", name).at;
    pretend_put(&blog->files, path, source);
    open_in(blog, "mine", "en");
    const char *bytes =
        arena_text(&blog->arena, theme_find_asset(blog->theme, text_of(name))->bytes).at;
    theme_close(blog->theme);
    blog->theme = NULL;
    return bytes;
}

static void a_stylesheet_loses_what_only_its_author_reads(void **state)
{
    static const char *const sheets[][2] = {
        {"/* Bars. */\n.bar , p > a {\n  color: red;\n  margin: 0 auto;\n}\n",
            ".bar,p>a{color:red;margin:0 auto}"},
        {"a :hover { x: y }\n\nb:hover{}", "a :hover{x:y}b:hover{}"},
        {"p { width: calc(1px + 2px) ; }", "p{width:calc(1px + 2px)}"},
        {"@media (width > 4em) and (color) { a { b: c } }",
            "@media (width>4em) and (color){a{b:c}}"},
        {"a ~ b + c * d { font: 1rem / 2 serif }", "a~b + c * d{font:1rem/2 serif}"},
        {"a { b: c- > d / *e }", "a{b:c- >d/ *e}"},
        {"p::after { content: \"/* a  b */ ;\"; }", "p::after{content:\"/* a  b */ ;\"}"},
        {"p { content: 'it\\'s  {' ; }", "p{content:'it\\'s  {'}"},
        {"p { background: url( a/*b.png ) ; }", "p{background:url( a/*b.png )}"},
        {"p { background: url( \"a  b\" ) }", "p{background:url( \"a  b\" )}"},
        {".a/* and */.b { }", ".a/**/.b{}"},
        {".a /* and */ .b { }", ".a .b{}"},
        {".\\31  0 { --none: ; --one:  1 ; }", ".\\31  0{--none: ;--one:1}"},
        {"@charset \"utf-8\";\na { b: c } /* open", "@charset \"utf-8\";a{b:c}"},
        {"a { b: \"open\n  c: d }", "a{b:\"open\n c:d}"},
        {".a\\, .b { }", ".a\\, .b{}"},
        {".a\\2c  .b { }", ".a\\2c  .b{}"},
        {".a\\2c  { }", ".a\\2c {}"},
        {".c { --x: \\; }", ".c{--x:\\;}"},
        {"p { background: Url(a/*b.png) }", "p{background:Url(a/*b.png)}"},
        {"a\\", "a\\"},
        {" \n ", ""},
    };
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/mine/theme.yaml", "parent: sleeve\n");
    for (size_t i = 0; i < BASE_COUNT(sheets); i++)
        assert_string_equal(trimmed_as(blog, "a.css", sheets[i][0]), sheets[i][1]);
}

static void a_script_loses_lines_that_are_comments(void **state)
{
    static const char *const scripts[][2] = {
        {"// What it does.\n\nif (a) {\n  b() // now\n  // then\n}\n", "if(a){\nb() // now\n}\n"},
        {"const f = (a, b) => ({c: a - -b, 'd ; e': [a, `f ( ${b} )`]})\n",
            "const f=(a,b)=>({c:a - -b,'d ; e':[a,`f ( ${b} )`]})\n"},
        {"a = b < !--c && d ? .5 : e\n", "a=b < !--c&&d?.5:e\n"},
        {"a = b / c ; d = / e ; f/\n", "a = b / c ; d = / e ; f/\n"},
        {"a = 'it\\'s ; ' ; b = \"' ; \"\n", "a='it\\'s ; ';b=\"' ; \"\n"},
        {"x = `a${b}`\n  // c\n", "x=`a${b}`\n"},
        {"x = `a\n  // text\n`\n", "x = `a\n  // text\n`\n"},
        {"x = `${`\n  // text\n`}`\n", "x = `${`\n  // text\n`}`\n"},
        {"x = 'a\\\n  // text'\n", "x = 'a\\\n  // text'\n"},
        {"x = '`'\n  // left\n", "x = '`'\n  // left\n"},
        {"", ""},
    };
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/mine/theme.yaml", "parent: sleeve\n");
    for (size_t i = 0; i < BASE_COUNT(scripts); i++)
        assert_string_equal(trimmed_as(blog, "a.js", scripts[i][0]), scripts[i][1]);
}

static void templates_are_utf8(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/sleeve/templates/home.html", "a\nb \xE9\n");
    pretend_put(&blog->files, "themes/sleeve/assets/photo.jpg", "\xFF\xD8");
    assert_null(open_in(blog, "sleeve", "en"));
    assert_string_equal(pretend_places(blog), "themes/sleeve/templates/home.html:2:3\n");
}

static void what_a_theme_says_of_itself_is_utf8(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/mine/theme.yaml", "parent: \xFF\n");
    assert_null(open_in(blog, "mine", "en"));
    assert_string_equal(pretend_places(blog), "themes/mine/theme.yaml:1:9\n");
}

static void a_file_that_cannot_be_read_is_told(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/sleeve/templates/home.html", "mine");
    for (size_t nth = 1; nth <= 2; nth++) { /* the folder, the file */
        pretend_fail(&blog->files, nth, false, DISK_DENIED);
        assert_null(open_in(blog, "sleeve", "en"));
        assert_int_equal(blog->report.refusals, nth);
    }
}

/* ---- Words ------------------------------------------------------------------------------------------ */

static void words_fall_back_from_dialect_to_language_to_english(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/mine/i18n/ko-KP.yaml", "a: dialect\n");
    pretend_put(&blog->files, "themes/mine/i18n/ko.yaml", "a: language\nb: language\n");
    pretend_put(&blog->files, "themes/mine/i18n/en.yaml", "a: english\nb: english\nc: english\n");
    assert_non_null(open_in(blog, "mine", "ko-KP"));
    assert_string_equal(words(blog, "a", NAN), "dialect");
    assert_string_equal(words(blog, "b", NAN), "language");
    assert_string_equal(words(blog, "c", NAN), "english");
    assert_null(words(blog, "d", NAN));
}

static void words_are_replaced_one_by_one(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/mine/theme.yaml", "parent: old\n");
    pretend_put(&blog->files, "themes/mine/i18n/ko.yaml", "a: mine\n");
    pretend_put(&blog->files, "themes/mine/i18n/en.yaml", "b: english of mine\nc: english\n");
    pretend_put(&blog->files, "themes/old/i18n/ko.yaml", "a: old\nb: old\n");
    assert_non_null(open_in(blog, "mine", "ko"));
    assert_string_equal(words(blog, "a", NAN), "mine");
    assert_string_equal(words(blog, "b", NAN), "old");
    assert_string_equal(words(blog, "c", NAN), "english");
}

static void words_have_plural_forms(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/mine/i18n/en.yaml",
        "count: {one: '{count} track', other: '{count} tracks'}\nodd: {few: x}\n");
    assert_non_null(open_in(blog, "mine", "en"));
    assert_string_equal(words(blog, "count", 1), "{count} track");
    assert_string_equal(words(blog, "count", 2), "{count} tracks");
    assert_string_equal(words(blog, "count", NAN), "{count} tracks");
    assert_string_equal(words(blog, "odd", 1), "");
}

static void words_of_another_shape_are_told(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/mine/i18n/en.yaml", "a: [x]\nb: {one: [y]}\nc: fine\n");
    open_in(blog, "mine", "en");
    assert_string_equal(
        pretend_places(blog), "themes/mine/i18n/en.yaml:1:4\nthemes/mine/i18n/en.yaml:2:4\n");
}

static void an_empty_file_of_words_is_fine(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "themes/mine/i18n/en.yaml", "# later\n");
    assert_non_null(open_in(blog, "mine", "en"));
    assert_null(words(blog, "a", NAN));
}

static void placeholders_are_filled(void **state)
{
    struct pretend_blog *blog = *state;
    struct theme_filling fillings[] = {{TEXT("count"), TEXT("3")}, {TEXT("by"), TEXT("{count}")}};
    struct text filled = theme_fill(
        &blog->arena, TEXT("{count} by {by}, {other} { {count"), fillings, BASE_COUNT(fillings));
    assert_string_equal(filled.at, "3 by {count}, {other} { {count");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sleeve_needs_no_files),
        TEST(a_file_of_the_blog_replaces_one_of_sleeve),
        TEST(a_theme_stands_on_its_parent),
        TEST(the_versions_of_a_template_have_names),
        TEST(parents_are_seen_from_who_asks),
        TEST(an_asset_replaces_the_parents),
        TEST(a_theme_that_is_not_there_is_told),
        TEST(a_theme_is_a_folder_of_themes),
        TEST(parents_do_not_go_in_a_circle),
        TEST(themes_do_not_stand_on_each_other_without_end),
        TEST(the_name_of_an_asset_changes_with_its_bytes),
        TEST(a_stylesheet_loses_what_only_its_author_reads),
        TEST(a_script_loses_lines_that_are_comments),
        TEST(templates_are_utf8),
        TEST(what_a_theme_says_of_itself_is_utf8),
        TEST(a_file_that_cannot_be_read_is_told),
        TEST(words_fall_back_from_dialect_to_language_to_english),
        TEST(words_are_replaced_one_by_one),
        TEST(words_have_plural_forms),
        TEST(words_of_another_shape_are_told),
        TEST(an_empty_file_of_words_is_fine),
        TEST(placeholders_are_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
