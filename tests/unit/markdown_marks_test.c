/* markdown: spoilers, marks, comments, boxes, and what is done for Korean. */
#include "pretend_host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* ---- Spoilers, marks, comments and boxes --------------------------------------------------------------- */

#define SPOILER                                                                                    \
    "<span class=\"spoiler\"><label><input type=\"checkbox\"> Spoiler</label><span hidden>"
#define SPOILER_END "</span></span>"

static void pairs_open_and_close_in_one_block_at_one_depth(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"He ||dies||.", "<p>He " SPOILER "dies" SPOILER_END ".</p>\n"},
        {"|| a *b*\n[[Signal]] ||",
            "<p>" SPOILER " a <em>b</em>\n" SIGNAL "Signal</a> " SPOILER_END "</p>\n"},
        {"==a *b*== c", "<p><mark>a <em>b</em></mark> c</p>\n"},
        {"a%% b *c* [[X]] %%d", "<p>ad</p>\n"},
        {"a\n\n%%b%% %%c%%\n\nd", "<p>a</p>\n<p>d</p>\n"},
        {"||a ==b== c||", "<p>" SPOILER "a <mark>b</mark> c" SPOILER_END "</p>\n"},
        {"||a *b || c* d||", "<p>" SPOILER "a <em>b || c</em> d" SPOILER_END "</p>\n"},
        {"||a ==b|| c==", "<p>" SPOILER "a ==b" SPOILER_END " c==</p>\n"},
        {"%%a ||b%% c||", "<p> c||</p>\n"},
        {"||a *b|| c*", "<p>||a <em>b|| c</em></p>\n"},
        {"||a\n\nb||", "<p>||a</p>\n<p>b||</p>\n"},
        {"- ||a\n- b||", "<ul>\n<li>||a</li>\n<li>b||</li>\n</ul>\n"},
        {"|||a||| ====b==== ||||", "<p>|||a||| ====b==== ||||</p>\n"},
        {"a == b and c == d, 50%% off", "<p>a == b and c == d, 50%% off</p>\n"},
        {"`||a||` \\||a|\\| \\=\\=b\\=\\= &#124;|c||",
            "<p><code>||a||</code> ||a|| ==b== ||c||</p>\n"},
        {"https://a.b/?c==d==e ==[[Signal|x==y]]==",
            "<p><a href=\"https://a.b/?c==d==e\">https://a.b/?c==d==e</a> <mark>" SIGNAL
            "x==y</a></mark></p>\n"},
        {"[||a||](b) ||[a](b)||",
            "<p><a href=\"b\">||a||</a> " SPOILER "<a href=\"b\">a</a>" SPOILER_END "</p>\n"},
        {"- [x] a ||b|| c", "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled "
                            "checked> a </label>" SPOILER "b" SPOILER_END " c</li>\n</ul>\n"},
        {"|a|\n|---|\n|\\|\\|b\\|\\| `c\\|\\|d`|",
            "<div class=\"table\" tabindex=\"0\"><table>\n<thead>\n<tr><th>a</th></tr>\n</thead>\n"
            "<tbody>\n<tr><td>" SPOILER "b" SPOILER_END " <code>c||d</code></td></tr>\n</tbody>\n"
            "</table></div>\n"},
        {"##### The end ||he dies||",
            "<h5 id=\"the-end\">The end " SPOILER "he dies" SPOILER_END "</h5>\n"},
        {"규현 ||과 **찬열(a)**은|| 끝",
            "<p><span lang=\"ko\">규현</span> " SPOILER
            "<span lang=\"ko\">과</span> <strong><span lang=\"ko\">찬열</span>(a)</strong>"
            "<span lang=\"ko\">은</span>" SPOILER_END " <span lang=\"ko\">끝</span></p>\n"},
        {"규현|| 찬열", "<p><span lang=\"ko\">규현|| 찬열</span></p>\n"},
        {"![||a||](b)", "<p><img src=\"b\" loading=\"lazy\" decoding=\"async\" "
                        "alt=\"||a||\" width=\"3\" height=\"2\"></p>\n"},
    };
    pretend_check_all(examples, BASE_COUNT(examples));
}

static void quotes_become_boxes(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"> [!NOTE]\n> a",
            "<div class=\"callout note\" role=\"note\">\n<p class=\"title\">Note</p>\n"
            "<p>a</p>\n</div>\n"},
        {"> [!warning] On *the* cast\n> a\n>\n> b",
            "<div class=\"callout warning\" role=\"note\">\n<p class=\"title\">On <em>the</em> "
            "cast</p>\n<p>a</p>\n<p>b</p>\n</div>\n"},
        {"> [!at a glance]\n> - a",
            "<div class=\"callout box\" role=\"note\">\n<p class=\"title\">At "
            "a glance</p>\n<ul>\n<li>a</li>\n</ul>\n</div>\n"},
        {"> [!한눈에] 보기", "<div class=\"callout box\" role=\"note\">\n<p class=\"title\">"
                             "<span lang=\"ko\">보기</span></p>\n</div>\n"},
        {"> [!tip]-\n> a", "<details class=\"callout tip\">\n<summary>Tip</summary>\n<p>a</p>\n"
                           "</details>\n"},
        {"> [!caution]+ b\n\na", "<details class=\"callout caution\" open>\n<summary>b</summary>\n"
                                 "</details>\n<p>a</p>\n"},
        {"> [!SPOILER] Episode 16\n> a ||b||",
            "<details class=\"callout spoiler\">\n<summary><b>Spoiler</b> Episode "
            "16</summary>\n<p>a " SPOILER "b" SPOILER_END "</p>\n</details>\n"},
        {"> [!spoiler]+\n> a",
            "<details class=\"callout spoiler\">\n<summary><b>Spoiler</b></summary>\n"
            "<p>a</p>\n</details>\n"},
        {"> [!NOTE]\n> > [!IMPORTANT]\n> > a\n> > > b",
            "<div class=\"callout note\" role=\"note\">\n<p class=\"title\">Note</p>\n"
            "<div class=\"callout important\" role=\"note\">\n<p class=\"title\">Important</p>\n"
            "<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</div>\n</div>\n"},
        {"> [!NOTE] a *b\n> c* d\n> e",
            "<div class=\"callout note\" role=\"note\">\n<p class=\"title\">"
            "a <em>b\nc</em> d</p>\n<p>e</p>\n</div>\n"},
        {"> [!NOTE] ||a||",
            "<div class=\"callout note\" role=\"note\">\n<p class=\"title\">||a||</p>\n"
            "</div>\n"},
        {"> [!NOTE] %%a%%",
            "<div class=\"callout note\" role=\"note\">\n<p class=\"title\">Note</p>\n"
            "</div>\n"},
        {"> \\[!NOTE]\n> a", "<blockquote>\n<p>[!NOTE]\na</p>\n</blockquote>\n"},
        {"> a\n> [!NOTE]", "<blockquote>\n<p>a\n[!NOTE]</p>\n</blockquote>\n"},
        {"> *[!NOTE]*", "<blockquote>\n<p><em>[!NOTE]</em></p>\n</blockquote>\n"},
        {"> [!] [! ] [!a\n> b]", "<blockquote>\n<p>[!] [! ] [!a\nb]</p>\n</blockquote>\n"},
        {"[!NOTE]", "<p>[!NOTE]</p>\n"},
        {"> ![[Signal]]\n\n> - a",
            "<blockquote>\n<x-card>1/1</x-card>\n</blockquote>\n<blockquote>\n"
            "<ul>\n<li>a</li>\n</ul>\n</blockquote>\n"},
    };
    pretend_check_all(examples, BASE_COUNT(examples));
}

static void spoilers_are_left_out_where_nothing_unfolds(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"He ||*dies* ||b|| [[Signal]]||.", "<p>He [Spoiler]b[Spoiler].</p>\n"},
        {"> [!SPOILER] Episode 16\n> a\n> ##### a\n> > b\n\n##### a",
            "<p class=\"title\"><b>Spoiler</b> Episode 16</p>\n<h5 id=\"a-2\">a</h5>\n"},
        {"> [!tip]- a\n> b", "<details class=\"callout tip\">\n<summary>a</summary>\n<p>b</p>\n"
                             "</details>\n"},
    };
    struct markdown_options options = {.language = TEXT("en"), .hides_spoilers = true};
    for (size_t i = 0; i < BASE_COUNT(examples); i++) {
        struct buffer out;
        buffer_init(&out);
        struct pretend_notes notes =
            pretend_render_scanned(text_of(examples[i].body), &options, &out);
        pretend_assert(&out, examples[i].html);
        buffer_release(&out);
        pretend_notes_close(&notes);
    }
}

static void boxes_speak_the_language_of_the_page(void **state)
{
    (void)state;
    struct pretend_example example = {"> [!TIP]\n> ||a||",
        "<div class=\"callout tip\" role=\"note\">\n<p class=\"title\">팁</p>\n<p><span "
        "class=\"spoiler\"><label><input type=\"checkbox\"> 스포일러</label><span "
        "hidden>a" SPOILER_END "</p>\n</div>\n"};
    pretend_check(&example, (struct markdown_options){.language = TEXT("ko"),
                                .words = {.tip = TEXT("팁"), .spoiler = TEXT("스포일러")}});
}

static void scan_keeps_spoilers_out_of_what_it_shows(void **state)
{
    (void)state;
    struct text body =
        TEXT("||She knew||\n\n> [!SPOILER]\n> ## Who did it\n>\n> He did.\n\n"
             "It ends ||with a wedding|| well. %%check this%%\n\n## Then ||he dies||");
    struct markdown_options options = {.language = TEXT("en")};
    for (int engine = MARKDOWN_MD4C; engine <= MARKDOWN_CMARK_GFM; engine++) {
        options.engine = (enum markdown_engine)engine;
        struct arena arena;
        arena_init(&arena);
        struct markdown_scan scan;
        assert_true(markdown_scan(body, &options, NULL, &arena, &scan));
        assert_true(text_is(scan.summary, "It ends … well."));
        assert_int_equal(scan.heading_count, 2);
        assert_true(scan.headings[0].is_spoiler && !scan.headings[1].is_spoiler);
        assert_true(text_is(scan.headings[1].text, "Then …"));
        assert_true(text_is(scan.headings[1].id, "then"));
        assert_int_equal(scan.word_count, 2 + 3 + 2 + 3 + 3 + 3);
        arena_release(&arena);
    }
}

/* ---- Korean -------------------------------------------------------------------------------------------- */

#define KO(text) "<span lang=\"ko\">" text "</span>"

static void emphasis_works_beside_hangul(void **state)
{
    (void)state;
    /* clang-format off: it takes KO for a function */
    static const struct pretend_example examples[] = {
        {"**규현(Kyuhyun)**은", "<p><strong>" KO("규현") "(Kyuhyun)</strong>" KO("은") "</p>\n"},
        {"그는**\"사랑\"**을",
            "<p>" KO("그는") "<strong>&quot;" KO("사랑") "&quot;</strong>" KO("을") "</p>\n"},
        {"*찬열 (EXO)*와", "<p><em>" KO("찬열") " (EXO)</em>" KO("와") "</p>\n"},
        {"**[도깨비](x)**의",
            "<p><strong><a href=\"x\">" KO("도깨비") "</a></strong>" KO("의") "</p>\n"},
        {"***“봄날”***은 **‘꽃’**", "<p><em><strong>“" KO("봄날") "”</strong></em>" KO(
                                        "은") " <strong>‘" KO("꽃") "’</strong></p>\n"},
        {"(가)**은 굵게**", "<p>(" KO("가") ")<strong>" KO("은 굵게") "</strong></p>\n"},
        {"**규현**은 *a*", "<p><strong>" KO("규현") "</strong>" KO("은") " <em>a</em></p>\n"},
        {"`**(a)**은` 1)*가", "<p><code>**(a)**은</code> 1)*" KO("가") "</p>\n"},
        {"```a)**은\n(b)**은\n```",
            "<pre tabindex=\"0\"><code class=\"language-a)**은\">(b)**은\n</code></pre>\n"},
        {"[a](</x)**은> \"t)**은\")", "<p><a href=\"/x)**은\" title=\"t)**은\">a</a></p>\n"},
        {"\\**은", "<p>**" KO("은") "</p>\n"},
        {"**\"봄\"**을", "<p><strong>&quot;" KO("봄") "&quot;</strong>" KO("을") "</p>\n"},
        {"**규현**과**찬열**",
            "<p><strong>" KO("규현") "</strong>" KO("과") "<strong>" KO("찬열") "</strong></p>\n"},
        {"**(가)**와 **(나)**는", "<p><strong>(" KO("가") ")</strong>" KO("와") " <strong>(" KO(
                                      "나") ")</strong>" KO("는") "</p>\n"},
        {"__규현(Kyuhyun)__은", "<p><strong>" KO("규현") "(Kyuhyun)</strong>" KO("은") "</p>\n"},
        {"_찬열 (EXO)_와", "<p><em>" KO("찬열") " (EXO)</em>" KO("와") "</p>\n"},
        {"그는_\"사랑\"_을",
            "<p>" KO("그는") "<em>&quot;" KO("사랑") "&quot;</em>" KO("을") "</p>\n"},
        {"_[도깨비](x)_의", "<p><em><a href=\"x\">" KO("도깨비") "</a></em>" KO("의") "</p>\n"},
        {"_규현_은 __찬열__이", "<p><em>" KO("규현") "</em>" KO("은") " <strong>" KO(
                                    "찬열") "</strong>" KO("이") "</p>\n"},
        {"_Goblin_은", "<p><em>Goblin</em>" KO("은") "</p>\n"},
        {"(_봄날_은)", "<p>(<em>" KO("봄날") "</em>" KO("은") ")</p>\n"},
        {"봄_여름_가을 a_b_c", "<p>" KO("봄_여름_가을") " a_b_c</p>\n"},
        {"_봄_여름_ 뒤", "<p><em>" KO("봄_여름") "</em> " KO("뒤") "</p>\n"},
        {"_이 노래 #봄_여름 좋다_", "<p><em>" KO("이 노래 #봄_여름 좋다") "</em></p>\n"},
        {"_a\n봄_여름", "<p>_a\n" KO("봄_여름") "</p>\n"},
        {"~~규현(Kyuhyun)~~은", "<p><del>" KO("규현") "(Kyuhyun)</del>" KO("은") "</p>\n"},
        {"그는~~\"사랑\"~~을",
            "<p>" KO("그는") "<del>&quot;" KO("사랑") "&quot;</del>" KO("을") "</p>\n"},
        {"~~규현~~은", "<p><del>" KO("규현") "</del>" KO("은") "</p>\n"},
        {"~~**(가)**~~는", "<p><del><strong>(" KO("가") ")</strong></del>" KO("는") "</p>\n"},
        {"`_(a)_은` `~~(b)~~은`", "<p><code>_(a)_은</code> <code>~~(b)~~은</code></p>\n"},
        {"[[Signal_(봄)_은]]", "<p>" SIGNAL "Signal_(" KO("봄)_은") "</a></p>\n"},
        {"https://a.b/_(봄)_은",
            "<p><a href=\"https://a.b/_(봄)_은\">https://a.b/_(" KO("봄)_은") "</a></p>\n"},
    };
    /* clang-format on */
    pretend_check_all(examples, BASE_COUNT(examples));
}

static void emphasis_beside_hangul_moves_no_offset(void **state)
{
    (void)state;
    struct text body = TEXT("**(가)**은 [[Signal]] **(나)**는 [a](b)");
    struct markdown_options options = {.language = TEXT("en")};
    for (int engine = MARKDOWN_MD4C; engine <= MARKDOWN_CMARK_GFM; engine++) {
        options.engine = (enum markdown_engine)engine;
        struct arena arena;
        arena_init(&arena);
        struct markdown_scan scan;
        assert_true(markdown_scan(body, &options, NULL, &arena, &scan));
        assert_int_equal(scan.links[0].offset, text_find(body, TEXT("[[")));
        assert_int_equal(scan.links[0].length, strlen("[[Signal]]"));
        assert_int_equal(scan.links[1].offset, text_find(body, TEXT("[a]")));
        assert_true(text_is(scan.summary, "(가)은 Signal (나)는 a"));
        arena_release(&arena);
    }
}

static void hangul_is_marked_where_the_page_is_not_korean(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"규현(Kyuhyun)은, 2022년!", "<p><span lang=\"ko\">규현</span>(Kyuhyun)"
                                     "<span lang=\"ko\">은, 2022년</span>!</p>\n"},
        {"Says “규현” & 1", "<p>Says “<span lang=\"ko\">규현</span>” &amp; 1</p>\n"},
        {"`규현` 漢字 カナ", "<p><code>규현</code> 漢字 カナ</p>\n"},
    };
    pretend_check_all(examples, BASE_COUNT(examples));
    struct pretend_example korean = {"규현(Kyuhyun)", "<p>규현(Kyuhyun)</p>\n"};
    pretend_check(&korean, (struct markdown_options){.language = TEXT("ko-KR")});
}

/* Each example has the same HTML with either engine, from the body and from its scan. */
static void smart_punctuation_leaves_hangul_alone(void **state)
{
    (void)state;
    /* clang-format off: it takes KO for a function */
    static const struct pretend_example examples[] = {
        {"\"a\" 'b' don't '90s rock 'n' roll", "<p>“a” ‘b’ don’t ’90s rock ‘n’ roll</p>\n"},
        {"a -- b, a---b, a... (\"a\") \"'a'\" '\"b\"'",
            "<p>a – b, a—b, a… (“a”) “‘a’” ‘“b”’</p>\n"},
        {"\"*a*\" **\"b\"** *a*'s `c`\"", "<p>“<em>a</em>” <strong>“b”</strong> <em>a</em>’s "
                                          "<code>c</code>”</p>\n"},
        {"a ---- b .... \\\"c\\\" 12\" &quot;d&quot; -\\-",
            "<p>a ---- b .... &quot;c&quot; 12&quot; &quot;d&quot; --</p>\n"},
        {"`\"--\"` https://a.b/--c'd [a--b](x--y 't') [[Signal]] [[A--b]]",
            "<p><code>&quot;--&quot;</code> <a "
            "href=\"https://a.b/--c&#39;d\">https://a.b/--c'd</a> "
            "<a href=\"x--y\" title=\"t\">a–b</a> " SIGNAL "Signal</a> A--b</p>\n"},
        {"그는\"사랑\"을 \"시그널 OST\" \"Goblin\"은 그... '봄'--",
            "<p>" KO("그는&quot;사랑&quot;을 &quot;시그널") " OST&quot; “Goblin”" KO(
                "은 그... '봄") "'–</p>\n"},
        {"\"a\n\nb\"", "<p>“a</p>\n<p>b”</p>\n"},
        {"> [!NOTE] \"a\"", "<div class=\"callout note\" role=\"note\">\n"
                            "<p class=\"title\">“a”</p>\n</div>\n"},
    };
    /* clang-format on */
    struct markdown_options options = {.language = TEXT("en"), .smart = true};
    for (size_t i = 0; i < BASE_COUNT(examples); i++) {
        options.engine = MARKDOWN_MD4C;
        pretend_check(&examples[i], options);
        options.engine = MARKDOWN_CMARK_GFM;
        pretend_check(&examples[i], options);
    }
    struct pretend_example typed = {"\"a\" -- b...", "<p>&quot;a&quot; -- b...</p>\n"};
    pretend_check(&typed, (struct markdown_options){.language = TEXT("en")});
}

int main(int count, char **arguments)
{
    markdown_child_main(count, arguments);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_open_and_close_in_one_block_at_one_depth),
        cmocka_unit_test(quotes_become_boxes),
        cmocka_unit_test(spoilers_are_left_out_where_nothing_unfolds),
        cmocka_unit_test(boxes_speak_the_language_of_the_page),
        cmocka_unit_test(scan_keeps_spoilers_out_of_what_it_shows),
        cmocka_unit_test(emphasis_works_beside_hangul),
        cmocka_unit_test(emphasis_beside_hangul_moves_no_offset),
        cmocka_unit_test(hangul_is_marked_where_the_page_is_not_korean),
        cmocka_unit_test(smart_punctuation_leaves_hangul_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
