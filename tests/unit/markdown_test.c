/* markdown: what a body becomes, with both engines, and what the host is asked and told. */
#include "pretend_host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* ---- Blocks ------------------------------------------------------------------------------------------ */

/* clang-format off: it takes SELF for a function */
#define SELF(id) " <a class=\"anchor\" href=\"#" id "\" aria-label=\"Link to this heading\"></a>"

static void headings_have_ids_and_links_to_themselves(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"## Hello *you*", "<h2 id=\"hello-you\">Hello <em>you</em>" SELF("hello-you") "</h2>\n"},
        {"### 규현", "<h3 id=\"규현\"><span lang=\"ko\">규현</span>" SELF("규현") "</h3>\n"},
        {"##### Deep", "<h5 id=\"deep\">Deep</h5>\n"},
        {"## A\n## A\n## A-2\n## a",
            "<h2 id=\"a\">A" SELF("a") "</h2>\n"
                                       "<h2 id=\"a-2\">A" SELF(
                                           "a-2") "</h2>\n"
                                                  "<h2 id=\"a-2-2\">A-2" SELF(
                                                      "a-2-2") "</h2>\n"
                                                               "<h2 id=\"a-3\">a" SELF(
                                                                   "a-3") "</h2>\n"},
        {"# Top", "<h2 id=\"top\">Top" SELF("top") "</h2>\n"},
        {"## [x](song.md) `y`",
            "<h2 id=\"x-y\"><a href=\"/reviews/song/\" title=\"A &quot;song&quot;\" "
            "class=\"review\">x</a> <code>y</code>" SELF("x-y") "</h2>\n"},
        {"##", "<h2 id=\"untitled\">" SELF("untitled") "</h2>\n"},
    };
    pretend_check_all(examples, BASE_COUNT(examples));
}

/* clang-format on */
static void blocks_become_html(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"", ""},
        {"a\nb  \nc\\\nd", "<p>a\nb<br>\nc<br>\nd</p>\n"},
        {"- a\n- b\n  1. c", "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n"},
        {"3. a\n\n4. b", "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n"},
        {"> q\n\n***", "<blockquote>\n<p>q</p>\n</blockquote>\n<hr>\n"},
        {"```c x\n<b>\n```",
            "<pre tabindex=\"0\"><code class=\"language-c\">&lt;b&gt;\n</code></pre>\n"},
        {"    a", "<pre tabindex=\"0\"><code>a\n</code></pre>\n"},
        {"~~a~~ **b** *c* `d`",
            "<p><del>a</del> <strong>b</strong> <em>c</em> <code>d</code></p>\n"},
        {"- [ ] a\n- [x] b\n  - c",
            "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled> a</label></li>\n"
            "<li class=\"task\"><label><input type=\"checkbox\" disabled checked> b</label>\n"
            "<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n"},
        {"- [x] a\n\n  b",
            "<ul>\n<li class=\"task\">\n<p><label><input type=\"checkbox\" disabled checked> "
            "a</label></p>\n<p>b</p>\n</li>\n</ul>\n"},
        {"|a|b|c|\n|:--|:-:|--:|\n|1|2|3|",
            "<div class=\"table\" tabindex=\"0\"><table>\n<thead>\n<tr><th class=\"left\">a</th>"
            "<th class=\"center\">b</th><th class=\"right\">c</th></tr>\n</thead>\n<tbody>\n<tr>"
            "<td class=\"left\">1</td><td class=\"center\">2</td><td class=\"right\">3</td></tr>\n"
            "</tbody>\n</table></div>\n"},
        {"|a|\n|---|\n|`x\\|y`|",
            "<div class=\"table\" tabindex=\"0\"><table>\n<thead>\n<tr><th>a</th></tr>\n</thead>\n"
            "<tbody>\n<tr><td><code>x|y</code></td></tr>\n</tbody>\n</table></div>\n"},
    };
    pretend_check_all(examples, BASE_COUNT(examples));
}

static void entities_are_decoded_once(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"&copy; &amp;amp; &#xADDC; &none; &lt;b&gt;",
            "<p>© &amp;amp; <span lang=\"ko\">규</span> &amp;none; &lt;b&gt;</p>\n"},
        {"[a](/x?a=1&amp;b=2 \"&quot;t&quot;\")",
            "<p><a href=\"/x?a=1&amp;b=2\" title=\"&quot;t&quot;\">a</a></p>\n"},
        {"`&amp;`", "<p><code>&amp;amp;</code></p>\n"},
        {"&#42;a&#42; &#91;[Signal]]", "<p>*a* [[Signal]]</p>\n"},
    };
    pretend_check_all(examples, BASE_COUNT(examples));
}

/* ---- Links ------------------------------------------------------------------------------------------- */

static void the_host_says_where_links_lead(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"[a](draft.md)", "<p>a</p>\n"},
        {"![a *b* \"c\"](x.jpg \"t\")",
            "<p><img src=\"x.jpg\" title=\"t\" loading=\"lazy\" decoding=\"async\" "
            "alt=\"a b &quot;c&quot;\" width=\"3\" height=\"2\"></p>\n"},
        {"![a|300](x.jpg)", "<p><img src=\"x.jpg\" loading=\"lazy\" decoding=\"async\" "
                            "alt=\"a\" width=\"300\" height=\"200\"></p>\n"},
        {"![a|300x50](x.jpg)", "<p><img src=\"x.jpg\" loading=\"lazy\" decoding=\"async\" "
                               "alt=\"a\" width=\"300\" height=\"50\"></p>\n"},
        {"![a|300x](x.jpg)", "<p><img src=\"x.jpg\" loading=\"lazy\" decoding=\"async\" "
                             "alt=\"a|300x\" width=\"3\" height=\"2\"></p>\n"},
        {"![out ![in](y.jpg)](x.jpg)",
            "<p><img src=\"x.jpg\" loading=\"lazy\" decoding=\"async\" alt=\"out in\" "
            "width=\"3\" height=\"2\"></p>\n"},
        {"[a b](</x y/규%20%zz\\[> )", "<p><a href=\"/x%20y/규%20%25zz%5B\">a b</a></p>\n"},
        {"[a][r]\n\n[r]: song.md", "<p><a href=\"/reviews/song/\" title=\"A &quot;song&quot;\" "
                                   "class=\"review\">a</a></p>\n"},
    };
    pretend_check_all(examples, BASE_COUNT(examples));
}

static void only_some_addresses_are_allowed(void **state)
{
    (void)state;
    static const char *const allowed[] = {"", "#a", "/a", "a/b:c", "?a:b", "a.md", "./a", "//a.b",
        "http://a", "HTTPS://a", "mailto:a@b", "tel:+82", " https://a", "a%3Ab"};
    static const char *const refused[] = {"javascript:a", "JaVaScRiPt:a", " javascript:a",
        "java\nscript:a", "\x01javascript:a", "java\tscript:a", "data:text/html,a", "vbscript:a",
        "file:///a", "규:현", "ftp://a", ":", "Re:Zero.md", "httpsx:a", "http\x7f x:a",
        "longerscheme:a"};
    for (size_t i = 0; i < BASE_COUNT(allowed); i++)
        assert_true(markdown_address_allowed(text_of(allowed[i])));
    for (size_t i = 0; i < BASE_COUNT(refused); i++)
        assert_false(markdown_address_allowed(text_of(refused[i])));
}

static void refused_addresses_keep_their_text(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"[a *b*](javascript:x)", "<p>a <em>b</em></p>\n"},
        {"[a](java&#x73;cript:x)", "<p>a</p>\n"},
        {"![alt](data:text/html,x)", "<p>alt</p>\n"},
        {"[![a](x:y)](song.md)", "<p><a href=\"/reviews/song/\" title=\"A &quot;song&quot;\" "
                                 "class=\"review\">a</a></p>\n"},
        {"<javascript:alert>", "<p>javascript:alert</p>\n"},
    };
    pretend_check_all(examples, BASE_COUNT(examples));
}

static void bare_addresses_follow_github(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"https://a.b/c?d=e.", "<p><a href=\"https://a.b/c?d=e\">https://a.b/c?d=e</a>.</p>\n"},
        {"(https://a.b/c_(d))", "<p>(<a href=\"https://a.b/c_(d)\">https://a.b/c_(d)</a>)</p>\n"},
        {"www.a.b/x", "<p><a href=\"http://www.a.b/x\">www.a.b/x</a></p>\n"},
        {"xhttps://a.b xwww.a.b https:// http://_ www. ftp://a.b",
            "<p>xhttps://a.b xwww.a.b https:// http://_ www. ftp://a.b</p>\n"},
        {"`https://a.b` <https://a.b>",
            "<p><code>https://a.b</code> <a href=\"https://a.b\">https://a.b</a></p>\n"},
        {"[https://a.b](/c)", "<p><a href=\"/c\">https://a.b</a></p>\n"},
        {"링크:https://a.b/규현",
            "<p><span lang=\"ko\">링크</span>:<a href=\"https://a.b/규현\">https://a.b/"
            "<span lang=\"ko\">규현</span></a></p>\n"},
        {"https://a_b.c https://a.b_c", "<p>https://a_b.c https://a.b_c</p>\n"},
    };
    pretend_check_all(examples, BASE_COUNT(examples));
}

/* ---- Wiki links ---------------------------------------------------------------------------------------- */

static void wiki_links_ask_the_host(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"a [[Signal]] b", "<p>a " SIGNAL "Signal</a> b</p>\n"},
        {"[[Signal|the *drama*]]", "<p>[[Signal|the <em>drama</em>]]</p>\n"},
        {"[[Signal|시그널]]", "<p>" SIGNAL "<span lang=\"ko\">시그널</span></a></p>\n"},
        {"[[Signal / One#Tracks]]", "<p>" SIGNAL "Signal / One#Tracks</a></p>\n"},
        {"[[Signal /\nOne]]", "<p>" SIGNAL "Signal / One</a></p>\n"},
        {"[[drama: Signal]]", "<p>" SIGNAL "Signal</a></p>\n"},
        {"[[Nothing|here]] [[Nothing]]", "<p>here Nothing</p>\n"},
        {"\\[[Signal]] [\\[Signal]] `[[Signal]]`",
            "<p>[[Signal]] [[Signal]] <code>[[Signal]]</code></p>\n"},
        {"[[]] [[ ]] [[|a]] [[a] ] [[a", "<p>[[]] [[ ]] [[|a]] [[a] ] [[a</p>\n"},
        {"[[[Signal]]]", "<p>[" SIGNAL "Signal</a>]</p>\n"},
        {"[x [[Signal]] y](song.md)",
            "<p><a href=\"/reviews/song/\" title=\"A &quot;song&quot;\" class=\"review\">x "
            "[[Signal]] y</a></p>\n"},
        {"|a|\n|---|\n|[[Signal\\|b]]|",
            "<div class=\"table\" tabindex=\"0\"><table>\n<thead>\n<tr><th>a</th></tr>\n</thead>\n"
            "<tbody>\n<tr><td>" SIGNAL "b</a></td></tr>\n</tbody>\n</table></div>\n"},
    };
    pretend_check_all(examples, BASE_COUNT(examples));
}

static void embeds_stand_alone_in_a_paragraph(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"![[Signal / One]]", "<x-card>1/1</x-card>\n"},
        {"a\n\n![[Signal]]\n![[Signal]] ![[Signal|b]]\n\nc",
            "<p>a</p>\n<div class=\"beside\">\n<x-card>1/3</x-card>\n<x-card>2/3</x-card>\n"
            "<figure class=\"version\"><figcaption>b</figcaption>\n<x-card>3/3</x-card>\n"
            "</figure>\n</div>\n<p>c</p>\n"},
        {"![[Other|b]]", "<p><a href=\"Other\">b</a></p>\n"},
        {"a ![[Signal]]", "<p>a " SIGNAL "Signal</a></p>\n"},
        {"\\![[Signal]]", "<p>!" SIGNAL "Signal</a></p>\n"},
        {"> ![[Signal]]", "<blockquote>\n<x-card>1/1</x-card>\n</blockquote>\n"},
    };
    pretend_check_all(examples, BASE_COUNT(examples));
}

#define ROAD   "https://play.example/road"
#define PLAYER "<p class=\"player\"><a href=\"" ROAD "\">"
#define PLAYED "<span>Listen on Play</span></a></p>\n"
#define LINK   "<a href=\"" ROAD "\">" ROAD "</a>"

static void what_can_be_heard_is_a_player_alone_in_a_paragraph(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {ROAD, PLAYER PLAYED},
        {"a\n\n" ROAD " \n\nb", "<p>a</p>\n" PLAYER PLAYED "<p>b</p>\n"},
        {"<" ROAD ">", PLAYER PLAYED},
        {"[" ROAD "?x](" ROAD ")", PLAYER PLAYED},
        {"[](" ROAD ")", PLAYER PLAYED},
        {"[a *b* `c` ~~d~~](" ROAD ")", PLAYER "<b>a b c d</b> " PLAYED},
        {"[a\nb](" ROAD ")", PLAYER "<b>a b</b> " PLAYED},
        {"[길 & <i>](" ROAD ")",
            PLAYER "<b><span lang=\"ko\">길</span> &amp; &lt;i&gt;</b> " PLAYED},
        {"%%why%% " ROAD, PLAYER PLAYED},
        {"> [!NOTE]\n> " ROAD,
            "<div class=\"callout note\" role=\"note\">\n<p class=\"title\">Note</p>\n" PLAYER
                PLAYED "</div>\n"},
        {ROAD "\n[a](" ROAD ")",
            "<div class=\"beside\">\n" PLAYER PLAYED PLAYER "<b>a</b> " PLAYED "</div>\n"},
        {"see " ROAD, "<p>see " LINK "</p>\n"},
        {ROAD " it", "<p>" LINK " it</p>\n"},
        {ROAD "\n\n---\n" ROAD ",", PLAYER PLAYED "<hr>\n<p>" LINK ",</p>\n"},
        {ROAD "\n`c`", "<p>" LINK "\n<code>c</code></p>\n"},
        {ROAD " [[Signal]]", "<p>" LINK " " SIGNAL "Signal</a></p>\n"},
        {"*" ROAD "*", "<p><em>" LINK "</em></p>\n"},
        {"- " ROAD, "<ul>\n<li>" LINK "</li>\n</ul>\n"},
        {"[![a](b)](" ROAD ")", "<p><a href=\"" ROAD "\"><img src=\"b\" loading=\"lazy\" "
                                "decoding=\"async\" alt=\"a\" width=\"3\" height=\"2\"></a></p>\n"},
    };
    pretend_check_all(examples, BASE_COUNT(examples));
}

#define NOTE(number, label)                                                                        \
    "<a href=\"#fn:" label "\" role=\"doc-noteref\" aria-label=\"Footnote " number "\">" number    \
    "</a>"
#define BACK(id, page)                                                                             \
    "<a href=\"" page "#" id "\" role=\"doc-backlink\" aria-label=\"Back to the text\">↩</a>"
#define NOTES "<section class=\"footnotes\" role=\"doc-endnotes\">\n<h2>Footnotes</h2>\n<ol>\n"

static void a_footnote_has_no_player(void **state)
{
    (void)state;
    static const struct pretend_example example = {"a[^1]\n\n[^1]: " ROAD "\n\n" ROAD,
        "<p>a<sup class=\"footnote\" id=\"fnref:1\">" NOTE(
            "1", "1") "</sup></p>\n" PLAYER PLAYED NOTES "<li id=\"fn:1\">\n<p>" LINK
                      " " BACK("fnref:1", "") "</p>\n</li>\n</ol>\n</section>\n"};
    pretend_check(
        &example, (struct markdown_options){
                      .language = TEXT("en"), .engine = MARKDOWN_CMARK_GFM, .footnotes = true});
}

/* As in a feed. */
static void players_can_be_links(void **state)
{
    (void)state;
    struct markdown_options options = {.language = TEXT("en"), .links_players = true};
    static const struct pretend_example examples[] = {
        {ROAD, "<p>" LINK "</p>\n"},
        {"[a *b*](" ROAD ")\n" ROAD, "<p><a href=\"" ROAD "\">a b</a></p>\n<p>" LINK "</p>\n"},
        {"![[Signal]]\n![[Signal]]", "<x-card>1/2</x-card>\n<x-card>2/2</x-card>\n"},
    };
    for (size_t i = 0; i < BASE_COUNT(examples); i++)
        pretend_check(&examples[i], options);
}

static void too_many_players_are_links(void **state)
{
    (void)state;
    enum { PLAYERS = 101 };
    struct buffer body, out;
    buffer_init(&body);
    buffer_init(&out);
    for (size_t i = 0; i < PLAYERS; i++)
        buffer_add_string(&body, ROAD "\n");
    struct pretend_notes notes;
    struct markdown_host host = pretend_host(&notes);
    struct markdown_options options = {.language = TEXT("en")};
    assert_true(markdown_render(buffer_text(&body), &options, &host, &out));
    assert_int_equal(text_find(buffer_text(&out), TEXT("player")), -1);
    out.length = 0;
    body.length -= strlen(ROAD "\n");
    assert_true(markdown_render(buffer_text(&body), &options, &host, &out));
    assert_true(text_starts(buffer_text(&out), "<div class=\"beside\">\n" PLAYER));
    buffer_release(&body);
    buffer_release(&out);
    pretend_notes_close(&notes);
}

static void without_a_host_links_are_as_typed(void **state)
{
    (void)state;
    struct markdown_options options = {.language = TEXT("en")};
    struct buffer out;
    buffer_init(&out);
    struct text body = TEXT("[a](b) [[c|d]]\n\n![[e|f]]");
    assert_true(markdown_render(body, &options, NULL, &out));
    pretend_assert(&out, "<p><a href=\"b\">a</a> d</p>\n<p>![[e|f]]</p>\n");
    buffer_release(&out);
}

/* ---- HTML ---------------------------------------------------------------------------------------------- */

static void raw_html_is_text_unless_allowed(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"},
        {"<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"},
    };
    pretend_check_all(examples, BASE_COUNT(examples));
    static const struct pretend_example allowed[] = {
        {"a <b>c</b>", "<p>a <b>c</b></p>\n"},
        {"<div>\nx\n</div>\n\ny", "<div>\nx\n</div>\n<p>y</p>\n"},
    };
    for (size_t i = 0; i < BASE_COUNT(allowed); i++) {
        pretend_check(&allowed[i], (struct markdown_options){.html = true});
        pretend_check(
            &allowed[i], (struct markdown_options){.html = true, .engine = MARKDOWN_CMARK_GFM});
    }
}

static void commonmark_is_bare(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"# 규 [[a]] ~~b~~\n***\nhttps://a.b  \n<b>", "<h1>규 [[a]] ~~b~~</h1>\n<hr />\n"
                                                      "<p>https://a.b<br />\n<b></p>\n"},
        {"[a](javascript:규 \"t\") ![b](c 'd')",
            "<p><a href=\"javascript:%EA%B7%9C\" title=\"t\">a"
            "</a> <img src=\"c\" alt=\"b\" title=\"d\" /></p>\n"},
        {"- [ ] a", "<ul>\n<li>[ ] a</li>\n</ul>\n"},
    };
    for (size_t i = 0; i < BASE_COUNT(examples); i++) {
        pretend_check(&examples[i], (struct markdown_options){.dialect = MARKDOWN_COMMONMARK});
        pretend_check(&examples[i], (struct markdown_options){.dialect = MARKDOWN_COMMONMARK,
                                        .engine = MARKDOWN_CMARK_GFM});
    }
}

/* With either engine, since only cmark-gfm knows them. */
static void footnotes_lead_there_and_back(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"a[^n] b[^n]\n\n[^n]: c",
            "<p>a<sup class=\"footnote\" id=\"fnref:n\">" NOTE(
                "1", "n") "</sup> b<sup class=\"footnote\" id=\"fnref2:n\">" NOTE("1",
                "n") "</sup></p>\n" NOTES "<li id=\"fn:n\">\n<p>c " BACK("fnref:n",
                "") " <a href=\"#fnref2:n\" "
                    "role=\"doc-backlink\" aria-label=\"Back to the text (2)\">↩2</a></p>\n</li>\n"
                    "</ol>\n</section>\n"},
        {"[^없음]\n\n[^1]: c", "<p>[^<span lang=\"ko\">없음</span>]</p>\n"},
        {"[a[^1]](song.md)\n\n> [^1]: c\n",
            "<p><a href=\"/reviews/song/\" title=\"A &quot;song&quot;\" class=\"review\">a<sup "
            "class=\"footnote\" id=\"fnref:1\">1</sup></a></p>\n<blockquote>\n</blockquote>\n" NOTES
            "<li id=\"fn:1\">\n<p>c " BACK("fnref:1", "") "</p>\n</li>\n</ol>\n</section>\n"},
        {"||a[^1]||\n\n[^1]: c\n",
            "<p><span class=\"spoiler\"><label><input type=\"checkbox\"> Spoiler</label><span "
            "hidden>a<sup class=\"footnote\" id=\"fnref:1\">" NOTE("1",
                "1") "</sup></span></span></p>\n" NOTES
                     "<li id=\"fn:1\"><details class=\"callout spoiler\">\n<summary><b>Spoiler</b>"
                     "</summary>\n<p>c</p>\n</details>\n<p>" BACK(
                         "fnref:1", "") "</p>\n</li>\n</ol>\n"
                                        "</section>\n"},
    };
    struct markdown_options options = {.language = TEXT("en"), .footnotes = true};
    for (int engine = MARKDOWN_MD4C; engine <= MARKDOWN_CMARK_GFM; engine++) {
        options.engine = (enum markdown_engine)engine;
        for (size_t i = 0; i < BASE_COUNT(examples); i++)
            pretend_check(&examples[i], options);
    }
}

/* In a feed: what a spoiler hides stays out, and links lead to the page. */
static void footnotes_read_elsewhere(void **state)
{
    (void)state;
    static const struct pretend_example example = {"||a[^1]|| b[^2]\n\n[^1]: c\n[^2]: d\n",
        "<p>[Spoiler] b<sup class=\"footnote\" id=\"fnref:2\"><a href=\"https://a.b/c/#fn:2\" "
        "role=\"doc-noteref\" aria-label=\"Footnote 2\">2</a></sup></p>\n" NOTES
        "<li id=\"fn:2\" value=\"2\">\n<p>d " BACK(
            "fnref:2", "https://a.b/c/") "</p>\n</li>\n</ol>\n</section>\n"};
    pretend_check(
        &example, (struct markdown_options){
                      .footnotes = true, .hides_spoilers = true, .page = TEXT("https://a.b/c/")});
}

/* What may look like one, and what tells that it is. */
static void only_defined_footnotes_go_to_cmark_gfm(void **state)
{
    (void)state;
    static const struct pretend_example examples[] = {
        {"`[^1]: b`", "<p><code>[^1]: b</code></p>\n"},
        {"[^1 2]: b c\n", "<p>[^1 2]: b c</p>\n"},
        {"x [^1]: b\n", "<p>x [^1]: b</p>\n"},
        {"[^]: b\n", ""},
    };
    for (size_t i = 0; i < BASE_COUNT(examples); i++)
        pretend_check(&examples[i], (struct markdown_options){.footnotes = true});
}

/* ---- Problems and places ------------------------------------------------------------------------------- */

struct told {
    const char *body;
    const char *problems;
};

static void check_told(const struct told *told, enum markdown_engine engine)
{
    struct markdown_options options = {.engine = engine, .language = TEXT("en")};
    struct pretend_notes rendered;
    struct pretend_notes scanned;
    struct markdown_host host = pretend_host(&rendered);
    struct buffer out;
    struct arena arena;
    struct markdown_scan scan;
    buffer_init(&out);
    arena_init(&arena);
    markdown_render(text_of(told->body), &options, &host, &out);
    host = pretend_host(&scanned);
    markdown_scan(text_of(told->body), &options, &host, &arena, &scan);
    pretend_assert(&rendered.problems, told->problems);
    pretend_assert(&scanned.problems, told->problems);
    pretend_notes_close(&rendered);
    pretend_notes_close(&scanned);
    buffer_release(&out);
    arena_release(&arena);
}

static void problems_are_told_where_they_are(void **state)
{
    (void)state;
    static const struct told told[] = {
        {"a [b](x:y)", "error 2+0: address 'x:y' is not allowed: only http, https, mailto, tel and "
                       "relative ones are\n"},
        {"> # T", "warning 4+0: a heading of level 1 belongs to the page itself; this one is shown "
                  "as level 2\n"},
        {"a <b>c</b>", "warning 2+3: raw HTML is shown as text\n"},
        {"**a** ![[b]]", "warning 6+6: an embed stands alone in its paragraph; here it is shown as "
                         "a link\n"},
        {"a\n\n[||b||](c) ||d||",
            "warning 7+2: a spoiler can't stand inside a link or a title: put the "
            "|| around it\n"},
        {"a < b, \\<b> `<b>` [c](d) [[e]]", ""},
        {"x\n-|-\n", "warning 2+0: this table is shown as text: it needs a blank line before it, "
                     "and three dashes in each column\n"},
    };
    for (size_t i = 0; i < BASE_COUNT(told); i++) {
        check_told(&told[i], MARKDOWN_MD4C);
        check_told(&told[i], MARKDOWN_CMARK_GFM);
    }
}

static void links_know_where_they_are(void **state)
{
    (void)state;
    struct text body = TEXT("규 [a](b)\n\n*x* [[Signal|c]] www.a.b ![d](e) &amp; [[규]]\n\n"
                            "![[Signal]]\n");
    struct markdown_options options = {.language = TEXT("en")};
    for (int engine = MARKDOWN_MD4C; engine <= MARKDOWN_CMARK_GFM; engine++) {
        options.engine = (enum markdown_engine)engine;
        struct pretend_notes notes;
        struct markdown_host host = pretend_host(&notes);
        struct buffer out;
        buffer_init(&out);
        assert_true(markdown_render(body, &options, &host, &out));
        pretend_assert(&notes.links, "0 b| 4+0\n3 Signal|c 16+12\n2 http://www.a.b| 29+7\n"
                                     "1 e| 37+0\n3 규| 51+7\n4 Signal| 60+11\n");
        buffer_release(&out);
        pretend_notes_close(&notes);
    }
}

/* Where something was left out between two pieces of text, places count from the body all the same. */
static void links_in_broken_text_know_where_they_are(void **state)
{
    (void)state;
    struct text body = TEXT("> see\n> [[Signal]] \\[ &amp; www.a.b\n> and http://c.d.\n\n"
                            "\\h[[규]] **(가)**은\nwww.e.f\n");
    struct markdown_options options = {.language = TEXT("en")};
    for (int engine = MARKDOWN_MD4C; engine <= MARKDOWN_CMARK_GFM; engine++) {
        options.engine = (enum markdown_engine)engine;
        struct arena arena;
        arena_init(&arena);
        struct markdown_scan scan;
        assert_true(markdown_scan(body, &options, NULL, &arena, &scan));
        static const char *const typed[] = {
            "[[Signal]]", "www.a.b", "http://c.d", "[[규]]", "www.e.f"};
        assert_int_equal(scan.link_count, BASE_COUNT(typed));
        for (size_t i = 0; i < BASE_COUNT(typed); i++) {
            assert_int_equal(scan.links[i].offset, text_find(body, text_of(typed[i])));
            assert_int_equal(scan.links[i].length, strlen(typed[i]));
        }
        arena_release(&arena);
    }
}

int main(int count, char **arguments)
{
    markdown_child_main(count, arguments);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_have_ids_and_links_to_themselves),
        cmocka_unit_test(blocks_become_html),
        cmocka_unit_test(entities_are_decoded_once),
        cmocka_unit_test(the_host_says_where_links_lead),
        cmocka_unit_test(only_some_addresses_are_allowed),
        cmocka_unit_test(refused_addresses_keep_their_text),
        cmocka_unit_test(bare_addresses_follow_github),
        cmocka_unit_test(wiki_links_ask_the_host),
        cmocka_unit_test(embeds_stand_alone_in_a_paragraph),
        cmocka_unit_test(what_can_be_heard_is_a_player_alone_in_a_paragraph),
        cmocka_unit_test(a_footnote_has_no_player),
        cmocka_unit_test(players_can_be_links),
        cmocka_unit_test(too_many_players_are_links),
        cmocka_unit_test(without_a_host_links_are_as_typed),
        cmocka_unit_test(raw_html_is_text_unless_allowed),
        cmocka_unit_test(commonmark_is_bare),
        cmocka_unit_test(footnotes_lead_there_and_back),
        cmocka_unit_test(footnotes_read_elsewhere),
        cmocka_unit_test(only_defined_footnotes_go_to_cmark_gfm),
        cmocka_unit_test(problems_are_told_where_they_are),
        cmocka_unit_test(links_know_where_they_are),
        cmocka_unit_test(links_in_broken_text_know_where_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
