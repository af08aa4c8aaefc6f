/* markdown: what a body becomes, with both engines, and what the host is asked and told. */
#include "markdown/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* ---- A host that writes down what it hears --------------------------------------------------------- */

struct notebook {
    struct buffer problems; /* "error 12+3: message\n" */
    struct buffer links;    /* "0 target|label 12+3\n" */
};

static void note_problem(
    void *context, enum report_level level, size_t offset, size_t length, struct text message)
{
    struct notebook *notebook = context;
    buffer_format(&notebook->problems, "%s %zu+%zu: %.*s\n",
        level == REPORT_ERROR ? "error" : "warning", offset, length, TEXT_ARGS(message));
}

static void note_link(struct notebook *notebook, const struct markdown_link *link)
{
    buffer_format(&notebook->links, "%d %.*s|%.*s %zu+%zu\n", (int)link->kind,
        TEXT_ARGS(link->target), TEXT_ARGS(link->label), link->offset, link->length);
}

/* "draft.md" is not out, "song.md" is, and images have a size. */
static bool answer_link(void *context, struct markdown_link *link)
{
    note_link(context, link);
    if (text_is(link->target, "draft.md"))
        return false;
    if (text_is(link->target, "song.md")) {
        link->address = TEXT("/reviews/song/");
        link->class = TEXT("review");
        link->title = TEXT("A \"song\"");
    }
    if (link->kind == MARKDOWN_IMAGE)
        link->attributes = TEXT(" width=\"3\" height=\"2\"");
    return true;
}

/* "Signal" is the only thing there is. */
static bool answer_wiki(void *context, struct markdown_link *link)
{
    note_link(context, link);
    link->address = TEXT("/dramas/signal/");
    return text_starts(link->target, "Signal") || text_starts(link->target, "drama: Signal");
}

static bool answer_embed(void *context, const struct markdown_link *link, struct buffer *out)
{
    note_link(context, link);
    buffer_format(out, "<x-card>%zu/%zu</x-card>", link->index + 1, link->count);
    return text_starts(link->target, "Signal");
}

static struct markdown_host host_of(struct notebook *notebook)
{
    *notebook = (struct notebook){0};
    return (struct markdown_host){notebook, answer_link, answer_wiki, answer_embed, note_problem};
}

static void close_notebook(struct notebook *notebook)
{
    buffer_release(&notebook->problems);
    buffer_release(&notebook->links);
}

static void assert_bytes(struct buffer *buffer, const char *expected)
{
    buffer_add_byte(buffer, '\0');
    assert_string_equal(buffer->at, expected);
}

struct example {
    const char *body;
    const char *html;
};

/* What the host was asked when a body was rendered from its scan; the HTML is added to `out`. */
static struct notebook render_scanned(
    struct text body, const struct markdown_options *options, struct buffer *out)
{
    struct notebook notebook;
    struct markdown_host host = host_of(&notebook);
    struct arena arena;
    arena_init(&arena);
    struct markdown_scan scan;
    assert_true(markdown_scan(body, options, NULL, &arena, &scan));
    assert_non_null(scan.tape.at);
    assert_true(markdown_render_scanned(body, &scan, options, &host, out));
    arena_release(&arena);
    return notebook;
}

/* The same HTML and the same questions to the host come of the scan's tape. */
static void check_scanned(
    const struct example *example, const struct markdown_options *options, struct notebook *asked)
{
    struct buffer out;
    buffer_init(&out);
    struct notebook notebook = render_scanned(text_of(example->body), options, &out);
    assert_bytes(&out, example->html);
    assert_true(text_equal(buffer_text(&notebook.links), buffer_text(&asked->links)));
    buffer_release(&out);
    close_notebook(&notebook);
}

static void check_example(const struct example *example, struct markdown_options options)
{
    struct notebook notebook;
    struct markdown_host host = host_of(&notebook);
    struct buffer out;
    buffer_init(&out);
    assert_true(markdown_render(text_of(example->body), &options, &host, &out));
    assert_bytes(&out, example->html);
    check_scanned(example, &options, &notebook);
    buffer_release(&out);
    close_notebook(&notebook);
}

/* Each example has the same HTML with either engine. */
static void check_examples(const struct example *examples, size_t count)
{
    struct markdown_options options = {.language = TEXT("en")};
    for (size_t i = 0; i < count; i++) {
        options.engine = MARKDOWN_MD4C;
        check_example(&examples[i], options);
        options.engine = MARKDOWN_CMARK_GFM;
        check_example(&examples[i], options);
    }
}

/* ---- Blocks ------------------------------------------------------------------------------------------ */

/* clang-format off: it takes SELF for a function */
#define SELF(id) " <a class=\"anchor\" href=\"#" id "\" aria-label=\"Link to this heading\"></a>"

static void headings_have_ids_and_links_to_themselves(void **state)
{
    (void)state;
    static const struct example examples[] = {
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
    check_examples(examples, BASE_COUNT(examples));
}

/* clang-format on */
static void blocks_become_html(void **state)
{
    (void)state;
    static const struct example examples[] = {
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
    check_examples(examples, BASE_COUNT(examples));
}

static void entities_are_decoded_once(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"&copy; &amp;amp; &#xADDC; &none; &lt;b&gt;",
            "<p>© &amp;amp; <span lang=\"ko\">규</span> &amp;none; &lt;b&gt;</p>\n"},
        {"[a](/x?a=1&amp;b=2 \"&quot;t&quot;\")",
            "<p><a href=\"/x?a=1&amp;b=2\" title=\"&quot;t&quot;\">a</a></p>\n"},
        {"`&amp;`", "<p><code>&amp;amp;</code></p>\n"},
        {"&#42;a&#42; &#91;[Signal]]", "<p>*a* [[Signal]]</p>\n"},
    };
    check_examples(examples, BASE_COUNT(examples));
}

/* ---- Links ------------------------------------------------------------------------------------------- */

static void the_host_says_where_links_lead(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"[a](draft.md)", "<p>a</p>\n"},
        {"![a *b* \"c\"](x.jpg \"t\")",
            "<p><img src=\"x.jpg\" title=\"t\" width=\"3\" height=\"2\" loading=\"lazy\" "
            "decoding=\"async\" alt=\"a b &quot;c&quot;\"></p>\n"},
        {"![out ![in](y.jpg)](x.jpg)",
            "<p><img src=\"x.jpg\" width=\"3\" height=\"2\" loading=\"lazy\" decoding=\"async\" "
            "alt=\"out in\"></p>\n"},
        {"[a b](</x y/규%20%zz\\[> )", "<p><a href=\"/x%20y/규%20%25zz%5B\">a b</a></p>\n"},
        {"[a][r]\n\n[r]: song.md", "<p><a href=\"/reviews/song/\" title=\"A &quot;song&quot;\" "
                                   "class=\"review\">a</a></p>\n"},
    };
    check_examples(examples, BASE_COUNT(examples));
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
    static const struct example examples[] = {
        {"[a *b*](javascript:x)", "<p>a <em>b</em></p>\n"},
        {"[a](java&#x73;cript:x)", "<p>a</p>\n"},
        {"![alt](data:text/html,x)", "<p>alt</p>\n"},
        {"[![a](x:y)](song.md)", "<p><a href=\"/reviews/song/\" title=\"A &quot;song&quot;\" "
                                 "class=\"review\">a</a></p>\n"},
        {"<javascript:alert>", "<p>javascript:alert</p>\n"},
    };
    check_examples(examples, BASE_COUNT(examples));
}

static void bare_addresses_follow_github(void **state)
{
    (void)state;
    static const struct example examples[] = {
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
    check_examples(examples, BASE_COUNT(examples));
}

/* ---- Wiki links ---------------------------------------------------------------------------------------- */

#define SIGNAL "<a href=\"/dramas/signal/\">"

static void wiki_links_ask_the_host(void **state)
{
    (void)state;
    static const struct example examples[] = {
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
    check_examples(examples, BASE_COUNT(examples));
}

static void embeds_stand_alone_in_a_paragraph(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"![[Signal / One]]", "<x-card>1/1</x-card>\n"},
        {"a\n\n![[Signal]]\n![[Signal]] ![[Signal|b]]\n\nc",
            "<p>a</p>\n<x-card>1/3</x-card>\n<x-card>2/3</x-card>\n<x-card>3/3</x-card>\n"
            "<p>c</p>\n"},
        {"a ![[Signal]]", "<p>a " SIGNAL "Signal</a></p>\n"},
        {"\\![[Signal]]", "<p>!" SIGNAL "Signal</a></p>\n"},
        {"> ![[Signal]]", "<blockquote>\n<x-card>1/1</x-card>\n</blockquote>\n"},
    };
    check_examples(examples, BASE_COUNT(examples));
}

static void without_a_host_links_are_as_typed(void **state)
{
    (void)state;
    struct markdown_options options = {.language = TEXT("en")};
    struct buffer out;
    buffer_init(&out);
    struct text body = TEXT("[a](b) [[c|d]]\n\n![[e|f]]");
    assert_true(markdown_render(body, &options, NULL, &out));
    assert_bytes(&out, "<p><a href=\"b\">a</a> d</p>\n<p>![[e|f]]</p>\n");
    buffer_release(&out);
}

/* ---- Spoilers, marks, comments and boxes --------------------------------------------------------------- */

#define SPOILER                                                                                    \
    "<span class=\"spoiler\"><label><input type=\"checkbox\"> Spoiler</label><span hidden>"
#define SPOILER_END "</span></span>"

static void pairs_open_and_close_in_one_block_at_one_depth(void **state)
{
    (void)state;
    static const struct example examples[] = {
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
        {"![||a||](b)", "<p><img src=\"b\" width=\"3\" height=\"2\" loading=\"lazy\" "
                        "decoding=\"async\" alt=\"||a||\"></p>\n"},
    };
    check_examples(examples, BASE_COUNT(examples));
}

static void quotes_become_boxes(void **state)
{
    (void)state;
    static const struct example examples[] = {
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
    check_examples(examples, BASE_COUNT(examples));
}

static void spoilers_are_left_out_where_nothing_unfolds(void **state)
{
    (void)state;
    static const struct example examples[] = {
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
        struct notebook notebook = render_scanned(text_of(examples[i].body), &options, &out);
        assert_bytes(&out, examples[i].html);
        buffer_release(&out);
        close_notebook(&notebook);
    }
}

static void boxes_speak_the_language_of_the_page(void **state)
{
    (void)state;
    struct example example = {"> [!TIP]\n> ||a||",
        "<div class=\"callout tip\" role=\"note\">\n<p class=\"title\">팁</p>\n<p><span "
        "class=\"spoiler\"><label><input type=\"checkbox\"> 스포일러</label><span "
        "hidden>a" SPOILER_END "</p>\n</div>\n"};
    check_example(&example, (struct markdown_options){.language = TEXT("ko"),
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
    static const struct example examples[] = {
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
    check_examples(examples, BASE_COUNT(examples));
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
    static const struct example examples[] = {
        {"규현(Kyuhyun)은, 2022년!", "<p><span lang=\"ko\">규현</span>(Kyuhyun)"
                                     "<span lang=\"ko\">은, 2022년</span>!</p>\n"},
        {"Says “규현” & 1", "<p>Says “<span lang=\"ko\">규현</span>” &amp; 1</p>\n"},
        {"`규현` 漢字 カナ", "<p><code>규현</code> 漢字 カナ</p>\n"},
    };
    check_examples(examples, BASE_COUNT(examples));
    struct example korean = {"규현(Kyuhyun)", "<p>규현(Kyuhyun)</p>\n"};
    check_example(&korean, (struct markdown_options){.language = TEXT("ko-KR")});
}

/* Each example has the same HTML with either engine, from the body and from its scan. */
static void smart_punctuation_leaves_hangul_alone(void **state)
{
    (void)state;
    /* clang-format off: it takes KO for a function */
    static const struct example examples[] = {
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
        check_example(&examples[i], options);
        options.engine = MARKDOWN_CMARK_GFM;
        check_example(&examples[i], options);
    }
    struct example typed = {"\"a\" -- b...", "<p>&quot;a&quot; -- b...</p>\n"};
    check_example(&typed, (struct markdown_options){.language = TEXT("en")});
}

/* ---- HTML ---------------------------------------------------------------------------------------------- */

static void raw_html_is_text_unless_allowed(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"},
        {"<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"},
    };
    check_examples(examples, BASE_COUNT(examples));
    static const struct example allowed[] = {
        {"a <b>c</b>", "<p>a <b>c</b></p>\n"},
        {"<div>\nx\n</div>\n\ny", "<div>\nx\n</div>\n<p>y</p>\n"},
    };
    for (size_t i = 0; i < BASE_COUNT(allowed); i++) {
        check_example(&allowed[i], (struct markdown_options){.html = true});
        check_example(
            &allowed[i], (struct markdown_options){.html = true, .engine = MARKDOWN_CMARK_GFM});
    }
}

static void commonmark_is_bare(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"# 규 [[a]] ~~b~~\n***\nhttps://a.b  \n<b>", "<h1>규 [[a]] ~~b~~</h1>\n<hr />\n"
                                                      "<p>https://a.b<br />\n<b></p>\n"},
        {"[a](javascript:규 \"t\") ![b](c 'd')",
            "<p><a href=\"javascript:%EA%B7%9C\" title=\"t\">a"
            "</a> <img src=\"c\" alt=\"b\" title=\"d\" /></p>\n"},
        {"- [ ] a", "<ul>\n<li>[ ] a</li>\n</ul>\n"},
    };
    for (size_t i = 0; i < BASE_COUNT(examples); i++) {
        check_example(&examples[i], (struct markdown_options){.commonmark = true});
        check_example(&examples[i],
            (struct markdown_options){.commonmark = true, .engine = MARKDOWN_CMARK_GFM});
    }
}

static void footnotes_come_with_cmark_gfm(void **state)
{
    (void)state;
    static const struct example example = {"a[^n] b[^n]\n\n[^n]: c",
        "<p>a<sup class=\"footnote\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup> "
        "b<sup class=\"footnote\"><a href=\"#fn-1\" id=\"fnref-1-2\">1</a></sup></p>\n"
        "<div class=\"footnotes\">\n<ol>\n<li id=\"fn-1\">\n<p>c</p>\n"
        "<a class=\"back\" href=\"#fnref-1\" aria-label=\"1\">↩</a></li>\n</ol>\n</div>\n"};
    check_example(
        &example, (struct markdown_options){.engine = MARKDOWN_CMARK_GFM, .footnotes = true});
}

/* ---- Problems and places ------------------------------------------------------------------------------- */

struct told {
    const char *body;
    const char *problems;
};

static void check_told(const struct told *told, enum markdown_engine engine)
{
    struct markdown_options options = {.engine = engine, .language = TEXT("en")};
    struct notebook rendered;
    struct notebook scanned;
    struct markdown_host host = host_of(&rendered);
    struct buffer out;
    struct arena arena;
    struct markdown_scan scan;
    buffer_init(&out);
    arena_init(&arena);
    markdown_render(text_of(told->body), &options, &host, &out);
    host = host_of(&scanned);
    markdown_scan(text_of(told->body), &options, &host, &arena, &scan);
    assert_bytes(&rendered.problems, told->problems);
    assert_bytes(&scanned.problems, told->problems);
    close_notebook(&rendered);
    close_notebook(&scanned);
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
        struct notebook notebook;
        struct markdown_host host = host_of(&notebook);
        struct buffer out;
        buffer_init(&out);
        assert_true(markdown_render(body, &options, &host, &out));
        assert_bytes(&notebook.links, "0 b| 4+0\n3 Signal|c 16+12\n2 http://www.a.b| 29+7\n"
                                      "1 e| 37+0\n3 규| 51+7\n4 Signal| 60+11\n");
        buffer_release(&out);
        close_notebook(&notebook);
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

/* ---- The scan ------------------------------------------------------------------------------------------ */

static void scan_reads_headings_links_summary_and_words(void **state)
{
    (void)state;
    struct markdown_options options = {.language = TEXT("en")};
    struct text body = TEXT("## A *b*\n\nFirst [[Signal|one]]\n**two** 규현.\n\n## A b\n\n"
                            "```\nnot counted\n```\n![](x.jpg) ![y](z.jpg) [l](javascript:x)\n");
    struct arena arena;
    arena_init(&arena);
    struct markdown_scan scan;
    assert_true(markdown_scan(body, &options, NULL, &arena, &scan));
    assert_int_equal(scan.heading_count, 2);
    assert_string_equal(scan.headings[0].id.at, "a-b");
    assert_string_equal(scan.headings[1].id.at, "a-b-2");
    assert_true(text_is(scan.headings[1].text, "A b"));
    assert_int_equal(scan.headings[0].level, 2);
    assert_int_equal(scan.headings[0].offset, 3);
    assert_int_equal(scan.link_count, 3);
    assert_int_equal(scan.links[0].kind, MARKDOWN_WIKI);
    assert_true(text_is(scan.links[0].target, "Signal") && text_is(scan.links[0].label, "one"));
    assert_int_equal(scan.links[2].kind, MARKDOWN_IMAGE);
    assert_null(scan.links[2].label.at);
    assert_true(text_is(scan.summary, "First one two 규현."));
    assert_int_equal(scan.word_count, 9);
    assert_true(scan.links[1].lacks_alt && !scan.links[2].lacks_alt);
    arena_release(&arena);
}

static void tape_is_a_fraction_of_its_body(void **state)
{
    (void)state;
    struct markdown_options options = {.language = TEXT("en")};
    struct arena arena;
    arena_init(&arena);
    struct buffer body;
    buffer_init(&body);
    for (int i = 0; i < 100; i++)
        buffer_add(&body, TEXT("A line of prose is as long as this one, and one more follows it.\n"
                               "On the second there is a [link](/reviews/song/) to a review.\n\n"));
    struct markdown_scan scan;
    assert_true(markdown_scan(buffer_text(&body), &options, NULL, &arena, &scan));
    assert_true(scan.tape.length < body.length / 5);
    buffer_release(&body);
    arena_release(&arena);
}

/* Where nothing could be scanned, rendering tells why. */
static void without_a_tape_the_body_is_parsed(void **state)
{
    (void)state;
    struct markdown_options options = {.language = TEXT("en")};
    struct markdown_scan scan = {0};
    struct buffer out;
    buffer_init(&out);
    assert_true(markdown_render_scanned(TEXT("*a*"), &scan, &options, NULL, &out));
    assert_bytes(&out, "<p><em>a</em></p>\n");
    buffer_release(&out);
}

static struct text summary_of(struct arena *arena, struct text body)
{
    struct markdown_options options = {.language = TEXT("en")};
    struct markdown_scan scan;
    assert_true(markdown_scan(body, &options, NULL, arena, &scan));
    return scan.summary;
}

static void summary_is_cut_at_a_word(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct buffer body;
    buffer_init(&body);
    buffer_add(&body, TEXT("- not a list\n\n> nor a quote\n\n![[nor an embed]]\n\n"));
    for (int i = 0; i < 30; i++)
        buffer_add(&body, TEXT("word, 사랑은 "));
    struct text summary = summary_of(&arena, buffer_text(&body));
    assert_true(text_ends(summary, "사랑은…") || text_ends(summary, "word…"));
    size_t points = text_count_points(summary);
    assert_true(points > 180 && points <= 201);
    buffer_clear(&body);
    for (int i = 0; i < 300; i++)
        buffer_add(&body, TEXT("규"));
    assert_int_equal(text_count_points(summary_of(&arena, buffer_text(&body))), 201);
    assert_int_equal(summary_of(&arena, TEXT("## only a heading")).length, 0);
    buffer_release(&body);
    arena_release(&arena);
}

/* ---- Limits -------------------------------------------------------------------------------------------- */

static void repeat(struct buffer *buffer, const char *piece, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_add_string(buffer, piece);
}

static void check_refused(
    const struct buffer *body, enum markdown_engine engine, const char *problem)
{
    struct markdown_options options = {.engine = engine};
    struct notebook notebook;
    struct markdown_host host = host_of(&notebook);
    struct buffer out;
    buffer_init(&out);
    buffer_add(&out, TEXT("before"));
    assert_false(markdown_render(buffer_text(body), &options, &host, &out));
    assert_bytes(&out, "before");
    buffer_add_byte(&notebook.problems, '\0');
    assert_non_null(strstr(notebook.problems.at, problem));
    buffer_release(&out);
    close_notebook(&notebook);
}

static void limits_end_in_a_problem(void **state)
{
    (void)state;
    struct buffer body;
    buffer_init(&body);
    for (int engine = MARKDOWN_MD4C; engine <= MARKDOWN_CMARK_GFM; engine++) {
        enum markdown_engine which = (enum markdown_engine)engine;
        buffer_clear(&body);
        repeat(&body, ">", 200);
        buffer_add(&body, TEXT("a"));
        check_refused(&body, which, "nested deeper than 100 levels");
        buffer_clear(&body);
        repeat(&body, "[", 2000);
        check_refused(&body, which, "error 1000+1: too many brackets");
        buffer_clear(&body);
        buffer_add(&body, TEXT("[x]: "));
        repeat(&body, "y", 20000);
        buffer_add(&body, TEXT("\n\n"));
        repeat(&body, "[x]", 10000);
        check_refused(&body, which, "grows out of bounds");
        buffer_clear(&body);
        repeat(&body, "||a ==b ", 60000);
        check_refused(&body, which, "this paragraph is too long");
        buffer_clear(&body);
        repeat(&body, "aaaaaaaaaaaaaaaa", (MARKDOWN_BODY_BYTES >> 4) + 1);
        check_refused(&body, which, "longer than 4 MiB");
    }
    buffer_release(&body);
}

/* Without its last line end, a body ends where its memory does: the sanitizer would see a byte
 * read behind it. */
static void bodies_are_not_read_past_their_end(void **state)
{
    (void)state;
    static const char *const bodies[] = {"", "a", "[", "![[", "[[a", "<", "&", "\\", "`", "http://",
        "www.", "|a|\n|-", "- [", "# ", "```", "a\n=", "[a]:", "[a](", "\n", " ", "\xEA\xB7\x9C"};
    struct markdown_options options = {.language = TEXT("en")};
    for (size_t i = 0; i < BASE_COUNT(bodies); i++) {
        size_t length = strlen(bodies[i]);
        char *exact = base_alloc(length ? length : 1);
        memcpy(exact, bodies[i], length);
        struct buffer out;
        buffer_init(&out);
        struct text body = {exact, length};
        assert_true(markdown_render(body, &options, NULL, &out));
        buffer_release(&out);
        base_free(exact);
    }
}

int main(void)
{
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
        cmocka_unit_test(without_a_host_links_are_as_typed),
        cmocka_unit_test(pairs_open_and_close_in_one_block_at_one_depth),
        cmocka_unit_test(quotes_become_boxes),
        cmocka_unit_test(spoilers_are_left_out_where_nothing_unfolds),
        cmocka_unit_test(boxes_speak_the_language_of_the_page),
        cmocka_unit_test(scan_keeps_spoilers_out_of_what_it_shows),
        cmocka_unit_test(emphasis_works_beside_hangul),
        cmocka_unit_test(emphasis_beside_hangul_moves_no_offset),
        cmocka_unit_test(hangul_is_marked_where_the_page_is_not_korean),
        cmocka_unit_test(smart_punctuation_leaves_hangul_alone),
        cmocka_unit_test(raw_html_is_text_unless_allowed),
        cmocka_unit_test(commonmark_is_bare),
        cmocka_unit_test(footnotes_come_with_cmark_gfm),
        cmocka_unit_test(problems_are_told_where_they_are),
        cmocka_unit_test(links_know_where_they_are),
        cmocka_unit_test(links_in_broken_text_know_where_they_are),
        cmocka_unit_test(scan_reads_headings_links_summary_and_words),
        cmocka_unit_test(tape_is_a_fraction_of_its_body),
        cmocka_unit_test(without_a_tape_the_body_is_parsed),
        cmocka_unit_test(summary_is_cut_at_a_word),
        cmocka_unit_test(limits_end_in_a_problem),
        cmocka_unit_test(bodies_are_not_read_past_their_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
