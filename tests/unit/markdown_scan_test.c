/* markdown: what a scan finds, its tape, and the limits of bodies. */
#include "pretend_host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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
    pretend_assert(&out, "<p><em>a</em></p>\n");
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
    struct pretend_notes notes;
    struct markdown_host host = pretend_host(&notes);
    struct buffer out;
    buffer_init(&out);
    buffer_add(&out, TEXT("before"));
    assert_false(markdown_render(buffer_text(body), &options, &host, &out));
    pretend_assert(&out, "before");
    buffer_add_byte(&notes.problems, '\0');
    assert_non_null(strstr(notes.problems.at, problem));
    buffer_release(&out);
    pretend_notes_close(&notes);
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

int main(int count, char **arguments)
{
    markdown_child_main(count, arguments);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scan_reads_headings_links_summary_and_words),
        cmocka_unit_test(tape_is_a_fraction_of_its_body),
        cmocka_unit_test(without_a_tape_the_body_is_parsed),
        cmocka_unit_test(summary_is_cut_at_a_word),
        cmocka_unit_test(limits_end_in_a_problem),
        cmocka_unit_test(bodies_are_not_read_past_their_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
