/* search: under which keys names are found, and the pieces that hold them. */
#include "in_arena.h"
#include "markdown/markdown.h"
#include "pretend_blog.h"
#include "search/search.h"
#include "unicode/unicode.h"

#include <stdlib.h>

/* ---- Keys ------------------------------------------------------------------------------------------------ */

/* The keys of a name, as "bolam ~qhfka": those that are how it begins, then behind "|" the others. */
static struct text keys_of(struct arena *arena, const char *name, enum search_breadth breadth)
{
    struct search_keys keys;
    struct buffer line;
    buffer_init(&line);
    search_keys_init(&keys, arena);
    search_keys_of(&keys, text_of(name), breadth);
    for (int is_inner = 0; is_inner < 2; is_inner++) {
        buffer_add_string(&line, is_inner ? " |" : "");
        for (size_t i = 0; i < keys.count; i++)
            if (keys.items[i].is_inner == is_inner)
                buffer_format(
                    &line, "%s%.*s", line.length ? " " : "", TEXT_ARGS(keys.items[i].key));
    }
    struct text kept = arena_text(arena, buffer_text(&line));
    search_keys_release(&keys);
    buffer_release(&line);
    return kept;
}

static void names_have_keys(void **state)
{
    struct arena *arena = *state;
    static const struct {
        const char *name;
        enum search_breadth breadth;
        const char *keys;
    } rows[] = {
        {"Park Bo-ram", SEARCH_OF_PERSON, "balgbolam bagbolam | bolam lam"},
        {"Park Bo-ram", SEARCH_MANY, "balgbolam | bolam lam"},
        {"박보람", SEARCH_OF_PERSON, "~qkrqhfka =qqf bagbolam | ~qhfka bolam"},
        {"박보람", SEARCH_FEW, "~qkrqhfka =qqf bagbolam |"},
        {"경찰학교에서", SEARCH_FEW,
            "~rudckfgkrrydptj =rcgrdt gyungjalagyoisu | ~ckfgkrrydptj ~gkrrydptj ~rydptj ~dptj"},
        {"나의 아저씨", SEARCH_MANY, "~skdmldkwjtl =sddwt nauiajusi | ~dkwjtl ~wjtl =dwt ajusi"},
        {"Kyuhyun (규현)", SEARCH_FEW, "gyuyun | ~rbgus =rg gyuyun"},
        {"The Road of Seoul 2", SEARCH_FEW, "deloadobsul2 | loadobsul2 sul2"},
        {"Lee Hi", SEARCH_OF_PERSON, "lii ii | hi"},
        {"봄", SEARCH_MANY, "~qha bom |"},
        {"#", SEARCH_MANY, " |"},
        {"Élan's", SEARCH_MANY, "elans |"},
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++)
        assert_text(keys_of(arena, rows[i].name, rows[i].breadth), rows[i].keys);
}

static struct text cut(struct text *rest)
{
    ptrdiff_t tab = text_find_byte(*rest, '\t');
    struct text field = text_slice(*rest, 0, tab < 0 ? rest->length : (size_t)tab);
    *rest = text_slice(*rest, field.length + 1, rest->length);
    return field;
}

/* The words of a text, as the table has them. */
static struct text words_of(struct arena *arena, struct text body)
{
    static uint32_t found[MARKDOWN_WORDS_MOST];
    struct markdown_options options = {.language = TEXT("en"), .keeps_words = true};
    struct markdown_scan scan;
    struct buffer line;
    buffer_init(&line);
    assert_true(markdown_scan(body, &options, NULL, arena, &scan));
    size_t count = markdown_words_between(scan.words, 0, 1u << MARKDOWN_WORD_BITS, found);
    for (size_t i = 0; i < count; i++)
        buffer_format(&line, "%s%u", i ? " " : "", (unsigned)found[i]);
    struct text kept = arena_text(arena, buffer_text(&line));
    buffer_release(&line);
    return kept.at ? kept : TEXT("");
}

/* The script of the search page goes through the same table. */
static void names_and_texts_are_read_as_the_table_says(void **state)
{
    struct arena *arena = *state;
    char line[1000];
    size_t rows = 0;
    FILE *table = fopen("tests/search/keys.tsv", "r");
    assert_non_null(table);
    while (fgets(line, sizeof line, table)) {
        struct text rest = text_of(line);
        rest.length -= text_ends(rest, "\n");
        if (text_starts(rest, "#"))
            continue;
        struct text typed = cut(&rest), key = cut(&rest), words = rest;
        struct search_keys keys;
        typed = unicode_nfc(arena, typed);
        search_keys_init(&keys, arena);
        search_keys_of(&keys, typed, SEARCH_MANY);
        if (!keys.count || !text_equal(keys.items[0].key, key))
            fail_msg(
                "%.*s: %.*s", TEXT_ARGS(typed), TEXT_ARGS(keys.count ? keys.items[0].key : typed));
        search_keys_release(&keys);
        assert_text(words_of(arena, typed), arena_text(arena, words).at);
        rows++;
    }
    fclose(table);
    assert_true(rows > 40);
}

static void spoilers_and_code_have_no_words(void **state)
{
    struct arena *arena = *state;
    static const char *const bodies[] = {"||lieutenant||\n",
        "> [!SPOILER] Episode 16\n> lieutenant\n", "> [!SPOILER] Changes\n>\n> - lieutenant\n",
        "```\nlieutenant\n```\n", "%%lieutenant%%\n", "![lieutenant](x.jpg)\n",
        "[](/lieutenant/)\n"};
    for (size_t i = 0; i < BASE_COUNT(bodies); i++)
        assert_text(words_of(arena, text_of(bodies[i])), "");
    assert_text(
        words_of(arena, TEXT("> [!NOTE] River\n> river\n")), words_of(arena, TEXT("*Rivers*")).at);
}

static void a_text_keeps_as_many_words_as_it_has(void **state)
{
    struct arena *arena = *state;
    static uint32_t found[MARKDOWN_WORDS_MOST];
    struct markdown_options options = {.language = TEXT("en"), .keeps_words = true};
    struct markdown_scan scan;
    struct buffer body;
    buffer_init(&body);
    for (int i = 0; i < 3000; i++)
        buffer_format(&body, "word%d ", i);
    assert_true(markdown_scan(buffer_text(&body), &options, NULL, arena, &scan));
    size_t count = markdown_words_between(scan.words, 0, 1u << MARKDOWN_WORD_BITS, found);
    assert_in_range(count, 2990, 3000); /* two may share a hash */
    for (size_t i = 1; i < count; i++)
        assert_true(found[i] > found[i - 1]);
    size_t parts = 0;
    for (uint32_t from = 0; from < 1u << MARKDOWN_WORD_BITS; from += 1u << 14)
        parts += markdown_words_between(scan.words, from, from + (1u << 14), found);
    assert_int_equal(parts, count);
    buffer_release(&body);
}

/* ---- Pieces ------------------------------------------------------------------------------------------------ */

static int set_up(void **state)
{
    struct pretend_blog *blog = base_alloc(sizeof *blog);
    pretend_blog_init(blog);
    blog->settings.search = true;
    *state = blog;
    return 0;
}

static int tear_down(void **state)
{
    pretend_blog_release(*state);
    base_free(*state);
    return 0;
}

static const char *piece(struct pretend_blog *blog, const char *path)
{
    struct search *search = search_open(blog->catalog);
    const char *made = NULL;
    struct buffer out;
    buffer_init(&out);
    for (size_t i = 0; i < search_piece_count(search); i++) {
        buffer_clear(&out);
        search_piece(search, i, &blog->arena, &out);
        if (text_is(search_piece_path(search, i, &blog->arena), path))
            made = arena_text(&blog->arena, buffer_text(&out)).at;
    }
    buffer_release(&out);
    search_close(search);
    return made;
}

static void pieces_hold_names_cards_and_words(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "one", "drama: Signal\ntracks: [V - \"한\"]\n", "Rivers.\n");
    pretend_review(blog, "two", "drama: Signal\ndate: 2020-01-03\n", "A river, an ocean.\n");
    pretend_review(blog, "three", "drama: Signal\ndate: 2020-01-04\nspoilers: full\n", "River.\n");
    pretend_blog_read(blog);
    assert_string_equal(pretend_problems(blog), "");
    assert_string_equal(piece(blog, "search/names/0.json"),
        "[[],\n[\"b\",0],\n[\"dli\",38],\n[\"dwo\",22],\n[\"han\",4],\n[\"one\",6],\n"
        "[\"signal\",2],\n[\"~gks\",4]]\n");
    assert_string_equal(piece(blog, "search/cards/t0.json"),
        "[[\"dramas/signal/#track-한\",\"한\",\"\",\"V \u00b7 Signal\"]]\n");
    assert_string_equal(piece(blog, "search/cards/w0.json"),
        "[[\"reviews/one/\",\"one\",\"\",\"Signal \u00b7 2020\"],\n"
        "[\"reviews/two/\",\"two\",\"\",\"Signal \u00b7 2020\"],\n"
        "[\"reviews/three/\",\"three\",\"\",\"Signal \u00b7 2020\"]]\n");
    /* "river" in two and one; "ocean" in two: each word as its distance from the one before. */
    assert_string_equal(piece(blog, "search/texts/0.json"), "[[2151944,2,1],\n[1017016,2]]\n");
}

static void what_is_full_goes_on_below(void **state)
{
    struct pretend_blog *blog = *state;
    struct buffer fields;
    buffer_init(&fields);
    buffer_add_string(&fields, "drama: Signal\ntags: [");
    for (int i = 0; i < 400; i++)
        buffer_format(&fields, "%ssignal%03d", i ? ", " : "", i);
    buffer_add_string(&fields, "]\n");
    pretend_review(blog, "one", buffer_text(&fields).at, "");
    pretend_blog_read(blog);
    struct search *search = search_open(blog->catalog);
    struct buffer out;
    buffer_init(&out);
    size_t hits = 0, marks = 0;
    for (size_t i = 0; i < search_piece_count(search); i++) {
        buffer_clear(&out);
        search_piece(search, i, &blog->arena, &out);
        struct text rest = buffer_text(&out);
        if (search_piece_kind(search, i) != SEARCH_NAMES)
            continue;
        marks += text_find(rest, TEXT("\"sig\"")) >= 0;
        for (ptrdiff_t at; (at = text_find(rest, TEXT("[\"signal"))) >= 0; hits++)
            rest = text_slice(rest, (size_t)at + 1, rest.length);
    }
    assert_int_equal(marks, 1);
    assert_true(hits >= 401); /* the drama, too */
    buffer_release(&fields);
    buffer_release(&out);
    search_close(search);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_an_arena(names_have_keys),
        in_an_arena(names_and_texts_are_read_as_the_table_says),
        in_an_arena(spoilers_and_code_have_no_words),
        in_an_arena(a_text_keeps_as_many_words_as_it_has),
        cmocka_unit_test_setup_teardown(pieces_hold_names_cards_and_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_full_goes_on_below, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
