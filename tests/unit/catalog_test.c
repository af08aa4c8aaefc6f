/* catalog: which thing a name means, what links to what, and in which order all stands. */
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

#define assert_text(actual, expected)                                                              \
    do {                                                                                           \
        struct text actual_text = (actual);                                                        \
        assert_non_null(actual_text.at);                                                           \
        assert_string_equal(arena_text(&blog->arena, actual_text).at, expected);                   \
    } while (0)

#define assert_problems(expected) assert_string_equal(pretend_problems(blog), expected)

#define ARTISTS  &catalog_artist_type
#define DRAMAS   &catalog_drama_type
#define WRITINGS &catalog_writing_type
#define TRACKS   &catalog_track_type
#define LISTINGS &catalog_listing_type

#define assert_names(type, array, expected)                                                        \
    assert_string_equal(pretend_names(blog, type, array), expected)

/* ---- Files ------------------------------------------------------------------------------------------ */

static void a_writing_has_its_address_from_its_file(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "2020/2022-04-19-Soundtrack #1", "title: A\ndrama: Signal\n", "");
    pretend_review(blog, "reply-1988/index", "title: B\ndrama: Signal\n", "");
    pretend_review(blog, "c", "title: C\ndrama: Signal\nslug: Käse & Brot\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_text(pretend_find_writing(blog, "A")->thing.url, "/blog/reviews/soundtrack-1/");
    assert_text(pretend_find_writing(blog, "B")->thing.url, "/blog/reviews/reply-1988/");
    assert_text(pretend_find_writing(blog, "C")->thing.url, "/blog/reviews/käse-brot/");
}

static void a_day_may_stand_in_the_name_of_the_file(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_put(&blog->files, "content/reviews/2022-04-19-signal.md",
        "---\ntitle: A\ndrama: Signal\n---\n");
    pretend_blog_read(blog);
    assert_problems("");
    assert_int_equal(pretend_find_writing(blog, "A")->record->date.day, 19);
}

static void an_empty_date_is_a_missing_one(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "date:\ndrama: Signal\n", "");
    pretend_blog_read(blog);
    assert_problems("content/reviews/a.md:2:1: error: missing 'date': the day it was published\n"
                    "= for example: date: 2022-04-20\n");
}

static void other_files_are_copied_but_for_leftovers(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "drama: Signal\n", "");
    pretend_put(&blog->files, "content/favicon.ico", "x");
    pretend_put(&blog->files, "content/reviews/cover.jpg", "x");
    pretend_put(&blog->files, "content/.DS_Store", "x");
    pretend_put(&blog->files, "content/reviews/a.md~", "x");
    pretend_put(&blog->files, "content/README.md", "x");
    pretend_put(&blog->files, "content/reviews/a.comments.yaml", "- {date: 2016-03-15, body: x}\n");
    pretend_blog_read(blog);
    assert_problems("");
    assert_int_equal(blog->catalog->asset_count, 2);
    assert_text(blog->catalog->assets[0].url, "favicon.ico"); /* it was freed once */
    assert_text(blog->catalog->assets[1].url, "reviews/cover.jpg");
}

static uint64_t hash_of(
    struct pretend_blog *blog, const struct catalog_thing *thing, enum data_group group)
{
    return catalog_hash_things(blog->catalog, 2, &blog->arena)[thing->number].groups[group];
}

static void comments_count_for_the_hash_of_their_writing(void **state)
{
    static const char *const comments[] = {
        "- {id: 1, date: 2016-03-15, body: x}\n- {date: 2016-03-15}\n",
        "- {id: 1, date: 2016-03-15, body: y}\n- {date: 2016-03-15}\n",
        "- {id: 1, date: 2016-03-15, body: y}\n- {date: 2016-03-15, body: z}\n"};
    uint64_t names[BASE_COUNT(comments)], bodies[BASE_COUNT(comments)];
    (void)state;
    for (size_t i = 0; i < BASE_COUNT(comments); i++) {
        struct pretend_blog blog;
        pretend_blog_init(&blog);
        pretend_review(&blog, "a", "drama: Signal\n", "");
        pretend_put(&blog.files, "content/reviews/a.comments.yaml", comments[i]);
        pretend_blog_read(&blog);
        const struct catalog_writing *writing =
            *(const struct catalog_writing *const *)blog.catalog->site.writings.items;
        assert_int_equal(writing->comment_count, i < 2 ? 1 : 2);
        names[i] = hash_of(&blog, &writing->thing, DATA_GROUP_NAME);
        bodies[i] = hash_of(&blog, &writing->thing, DATA_GROUP_BODY);
        pretend_blog_release(&blog);
    }
    assert_true(bodies[0] != bodies[1] && bodies[1] != bodies[2]);
    assert_true(names[0] == names[1] && names[1] == names[2]);
}

static void files_that_are_no_text_are_told_where(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "drama: Signal\n", "one\ntwo \x07\n");
    pretend_review(blog, "b", "drama: Signal\n", "\xFF\n");
    pretend_put(&blog->files, "content/reviews/c.md", "no front matter\n");
    pretend_put(&blog->files, "content/reviews/d.md", "---\ntitle: D\n");
    pretend_put(&blog->files, "content/reveiws/e.md", "---\ntitle: E\n---\n");
    pretend_blog_read(blog);
    assert_string_equal(pretend_places(blog), "content/reveiws/e.md\n"
                                              "content/reviews/a.md:7:5\n"
                                              "content/reviews/b.md:6:1\n"
                                              "content/reviews/c.md:1:1\n"
                                              "content/reviews/d.md:1:1\n");
}

static void a_broken_file_is_read_as_far_as_it_goes(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "broken", "drama: Signal\ntags: [a\n", "");
    pretend_review(
        blog, "whole", "drama: Goblin\n", "[[Signal]] and [[Nobody]] and [x](broken.md)\n");
    pretend_blog_read(blog);
    assert_non_null(pretend_find_drama(blog, "Signal"));
    assert_int_equal(blog->report.count, 1); /* what is missing may stand behind the break */
    assert_int_equal(blog->report.warnings, 0);
}

static void the_place_of_a_link_does_not_depend_on_the_normal_form(void **state)
{
    struct pretend_blog *blog = *state;
    /* 한 as macOS takes it apart, ten times: 90 bytes, of which 60 go */
    static const char apart[] = "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB";
    struct text body = TEXT("");
    for (int i = 0; i < 10; i++)
        body = arena_format(&blog->arena, "%.*s%s", TEXT_ARGS(body), apart);
    body = arena_format(&blog->arena, "%.*s\n\n[[Nothing]]\n", TEXT_ARGS(body));
    pretend_review(blog, "a", "drama: Signal\n", body.at);
    pretend_blog_read(blog);
    assert_int_equal(blog->report.count, 1);
    assert_int_equal(blog->report.problems[0].place.line, 8);
    assert_int_equal(blog->report.problems[0].place.column, 1);
}

static void what_is_not_out_is_not_in(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "draft", "drama: Signal\ndraft: yes\n", "");
    pretend_review(blog, "later", "date: 2026-01-02\ndrama: Goblin\n", "");
    pretend_review(
        blog, "today", "date: 2026-01-01 23:59\ndrama: Goblin\n", "[[draft]], [x](later.md)\n");
    pretend_blog_read(blog);
    assert_problems(
        "content/reviews/today.md:6:1: warning: 'draft' is not out yet: the link is left "
        "as plain text\n"
        "content/reviews/today.md:6:12: warning: 'later.md' is not out yet: the link is "
        "left as plain text\n");
    assert_names(WRITINGS, blog->catalog->site.writings, "today");
    assert_null(pretend_find_drama(blog, "Signal"));
    assert_int_equal(blog->catalog->drafts, 1);
    assert_int_equal(blog->catalog->future, 1);
}

/* ---- Names ------------------------------------------------------------------------------------------- */

static void spellings_of_one_key_are_one_artist(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "old", "date: 2019-01-01\ndrama: A\ntracks: [Park Bo-ram - One]\n", "");
    pretend_review(blog, "new", "date: 2021-01-01\ndrama: A\ntracks: [PARK BORAM - Two]\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_names(ARTISTS, blog->catalog->site.artists, "Park Bo-ram");
    assert_names(WRITINGS, pretend_find_artist(blog, "Park Bo-ram")->writings, "new, old");
}

static void a_pair_makes_two_names_one(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "date: 2019-01-01\ndrama: A\ntracks: [도영 - One]\n", "");
    pretend_review(blog, "b", "date: 2020-01-01\ndrama: A\ntracks: [Doyoung - Two]\n", "");
    pretend_review(blog, "c", "date: 2021-01-01\ndrama: A\ntracks: [Doyoung (도영) - Three]\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_names(ARTISTS, blog->catalog->site.artists, "도영"); /* as the oldest spells it */
    assert_names(TRACKS,
        blog->catalog->site.artists.count ? pretend_find_artist(blog, "도영")->tracks
                                          : (struct data_array){0},
        "One, Two, Three");
}

static void a_pair_in_an_artists_file_counts(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_artist(blog, "exo", "name: EXO\nmembers: [{name: Chanyeol, native: 찬열}]\n");
    pretend_review(blog, "a", "drama: A\ntracks: [찬열 - One, Chanyeol - Two]\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_names(ARTISTS, blog->catalog->site.artists, "EXO, 찬열");
    assert_names(ARTISTS, pretend_find_artist(blog, "EXO")->members, "찬열");
}

static void two_files_may_share_a_name(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_artist(blog, "doyoung", "name: DOYOUNG\nnative: 도영\nmember_of: NCT\n");
    pretend_artist(blog, "doyoung-2", "name: Doyoung\nnative: 도영\nmember_of: TREASURE\n");
    pretend_review(blog, "a",
        "drama: A\ntracks:\n  - Doyoung (NCT) - One\n  - {title: Two, artist: 도영 (TREASURE)}\n",
        "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_names(ARTISTS, pretend_find_track(blog, "One")->artists, "DOYOUNG");
    assert_names(ARTISTS, pretend_find_track(blog, "Two")->artists, "Doyoung");
}

static void a_bare_mention_of_a_shared_name_is_an_error(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_artist(blog, "doyoung", "name: DOYOUNG\nnative: 도영\nmember_of: NCT\n");
    pretend_artist(blog, "doyoung-2", "name: Doyoung\nnative: 도영\nmember_of: TREASURE\n");
    pretend_review(blog, "a", "drama: A\ntracks: [Doyoung (도영) - One]\n", "");
    pretend_blog_read(blog);
    assert_problems("content/reviews/a.md:5:10: error: 'Doyoung' could mean any of 2\n"
                    "= write 'Doyoung (TREASURE)' for the one in content/artists/doyoung-2.md\n"
                    "= write 'Doyoung (NCT)' for the one in content/artists/doyoung.md\n");
}

static void a_native_name_tells_files_apart(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_artist(blog, "v", "name: V\nnative: 뷔\n");
    pretend_artist(blog, "v-2", "name: V\nnative: 브이\n");
    pretend_review(blog, "a", "drama: A\ntracks: [V (브이) - One]\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_text(pretend_find_track(blog, "One")->artists.count
                    ? (*(const struct catalog_artist *const *)pretend_find_track(blog, "One")
                              ->artists.items)
                          ->thing.slug
                    : TEXT("nobody"),
        "v-2");
}

static void a_pair_of_two_files_names_is_an_error(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_artist(blog, "gummy", "name: Gummy\nnative: 거미\n");
    pretend_artist(blog, "punch", "name: Punch\nnative: 펀치\n");
    pretend_review(blog, "a", "drama: A\ntracks: [Gummy (펀치) - One]\n", "");
    pretend_blog_read(blog);
    assert_int_equal(blog->report.errors, 1);
    assert_int_equal(pretend_find_artist(blog, "Gummy")->tracks.count, 0);
}

/* Dodo is written with the native names of two files: whoever says only Dodo may mean either, and
 * it is the same whichever was written first. */
static void the_order_of_pairs_decides_nothing(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_artist(blog, "a", "name: Alpha\nnative: 가\n");
    pretend_artist(blog, "b", "name: Beta\nnative: 나\n");
    pretend_review(blog, "1", "date: 2019-01-01\ndrama: A\ntracks: [Dodo (가) - One]\n", "");
    pretend_review(blog, "2", "date: 2020-01-01\ndrama: A\ntracks: [Dodo (나) - Two]\n", "");
    pretend_review(blog, "3", "date: 2021-01-01\ndrama: A\ntracks: [Dodo - Three]\n", "");
    pretend_blog_read(blog);
    assert_names(ARTISTS, pretend_find_track(blog, "One")->artists, "Alpha");
    assert_names(ARTISTS, pretend_find_track(blog, "Two")->artists, "Beta");
    assert_int_equal(blog->report.errors, 1);
    assert_text(blog->report.problems[0].message, "'Dodo' could mean any of 2");
}

static void a_chain_of_pairs_is_one_thing(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_artist(blog, "a", "name: Alpha\nnative: 가\n");
    pretend_review(blog, "1", "date: 2019-01-01\ndrama: A\ntracks: [Two (두) - One]\n", "");
    pretend_review(blog, "2", "date: 2020-01-01\ndrama: A\ntracks: [Three (두) - Two]\n", "");
    pretend_review(blog, "3", "date: 2021-01-01\ndrama: A\ntracks: [Three (가) - Three]\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_names(ARTISTS, blog->catalog->site.artists, "Alpha");
}

/* ---- Groups behind names --------------------------------------------------------------------------------- */

/* The address of whoever performs the track. */
static struct text singer_of(struct pretend_blog *blog, const char *title)
{
    const struct data_array *artists = &pretend_find_track(blog, title)->artists;
    assert_int_equal(artists->count, 1);
    return (*(const struct catalog_artist *const *)artists->items)->thing.slug;
}

static void a_known_group_in_brackets_is_the_artists_group(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "date: 2019-01-01\ndrama: A\ntracks: [V (BTS) - One]\n", "");
    pretend_review(blog, "b", "date: 2020-01-01\ndrama: A\ntracks: [BTS - Two, V - Three]\n", "");
    pretend_review(
        blog, "c", "date: 2021-01-01\ndrama: A\ntracks: [V (뷔) - Four, Sam (Live) - Five]\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_names(ARTISTS, blog->catalog->site.artists, "BTS, Sam (Live), V");
    assert_names(ARTISTS, pretend_find_artist(blog, "V")->groups, "BTS");
    assert_names(ARTISTS, pretend_find_artist(blog, "BTS")->members, "V");
    assert_text(pretend_find_artist(blog, "V")->record->native, "뷔");
    assert_names(TRACKS, pretend_find_artist(blog, "V")->tracks, "One, Three, Four");
}

/* Who is written first has the short address, whatever stands behind the name. */
static void two_of_one_name_may_have_no_file(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(
        blog, "a", "date: 2019-01-01\ndrama: A\ntracks: [NCT - One, Doyoung (NCT) - Two]\n", "");
    pretend_review(blog, "b",
        "date: 2020-01-01\ndrama: A\ntracks: [TREASURE - Three, Doyoung (TREASURE) - Four]\n", "");
    pretend_review(blog, "c",
        "date: 2021-01-01\ndrama: A\ntracks:\n"
        "  - {title: Five, artist: {name: Doyoung (NCT), native: 도영}}\n"
        "  - {title: Six, artist: {name: Doyoung (TREASURE), native: 도영}}\n",
        "See [[Doyoung (NCT)]].\n");
    pretend_blog_read(blog);
    assert_problems("");
    assert_text(singer_of(blog, "Two"), "doyoung");
    assert_text(singer_of(blog, "Four"), "doyoung-treasure");
    assert_text(singer_of(blog, "Five"), "doyoung");
    assert_text(singer_of(blog, "Six"), "doyoung-treasure");
}

static void a_bare_name_of_two_without_files_is_an_error(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(
        blog, "a", "date: 2019-01-01\ndrama: A\ntracks: [NCT - One, Doyoung (NCT) - Two]\n", "");
    pretend_review(blog, "b",
        "date: 2018-01-01\ndrama: A\ntracks:\n"
        "  - TREASURE - Three\n  - Doyoung (TREASURE) - Four\n  - Doyoung - Five\n",
        "");
    pretend_blog_read(blog);
    assert_problems("content/reviews/b.md:8:5: error: 'Doyoung' could mean any of 2\n"
                    "= write 'Doyoung (TREASURE)' for the one in content/reviews/b.md\n"
                    "= write 'Doyoung (NCT)' for the one in content/reviews/a.md\n");
}

static void a_group_behind_a_name_finds_the_file(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_artist(
        blog, "bts", "name: BTS\nnative: 방탄소년단\naliases: [Bangtan]\nmembers: [Jin]\n");
    pretend_artist(blog, "jin", "name: Jin\nnative: 진\n");
    pretend_artist(blog, "v", "name: V\nnative: 뷔\nmember_of: BTS\n");
    pretend_artist(blog, "rm", "name: RM\n"); /* tells of no group */
    pretend_artist(blog, "joy", "name: Joy\ndisambiguation: Red Velvet\n");
    pretend_review(blog, "a",
        "drama: A\ntracks: |\n  Jin (Bangtan) - One\n  뷔 (방탄소년단) - Two\n  RM (BTS) - Three\n"
        "  Joy (BTS) - Four\n  Joy - Five\n  진 (BTS) - Six\n",
        "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_text(singer_of(blog, "One"), "jin");
    assert_text(singer_of(blog, "Two"), "v");
    assert_text(singer_of(blog, "Three"), "rm");
    assert_text(singer_of(blog, "Four"), "joy-bts"); /* the file is of another Joy, */
    assert_text(singer_of(blog, "Five"), "joy");     /* whom the bare name still means */
    assert_text(singer_of(blog, "Six"), "jin");
    assert_names(
        ARTISTS, pretend_find_artist(blog, "BTS")->members, "Jin, RM, V, Joy"); /* files first */
}

static void a_group_means_its_own_member(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_artist(blog, "nct", "name: NCT\nmembers: [Doyoung]\n");
    pretend_artist(blog, "doyoung", "name: DOYOUNG\nmember_of: NCT\n");
    pretend_artist(blog, "doyoung-2", "name: Doyoung\nmember_of: TREASURE\n");
    pretend_review(blog, "a", "drama: A\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_names(ARTISTS, pretend_find_artist(blog, "NCT")->members, "DOYOUNG");
}

static void both_names_of_one_artist_are_no_group(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_artist(blog, "gummy", "name: Gummy\nnative: 거미\n");
    pretend_review(blog, "a",
        "drama: A\ntracks: |\n  거미 (Gummy) - One\n  규현 (Kyuhyun) - Two\n  Kyuhyun (규현) - "
        "Three\n"
        "  폴킴 (Paul Kim) - Four\n  Paul Kim - Five\n",
        "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_text(singer_of(blog, "One"), "gummy");
    assert_text(singer_of(blog, "Three"), "규현-kyuhyun");
    assert_text(
        singer_of(blog, "Four"), "폴킴-paul-kim"); /* nothing tells whether Paul Kim is a group */
    assert_text(singer_of(blog, "Five"), "paul-kim");
}

static void a_name_may_be_of_several_kinds(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_drama(blog, "signal", "title: Signal\nnative: 시그널\n");
    pretend_artist(blog, "signal", "name: Signal\nnative: 시그널\n");
    pretend_review(blog, "a", "drama: 시그널\ntags: [signal]\ntracks: [Signal - Signal]\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_text(pretend_find_drama(blog, "Signal")->thing.url, "/blog/dramas/signal/");
    assert_text(pretend_find_artist(blog, "Signal")->thing.url, "/blog/artists/signal/");
    assert_names(ARTISTS, pretend_find_track(blog, "Signal")->artists, "Signal");
    assert_int_equal(blog->catalog->site.dramas.count, 1);
    assert_int_equal(blog->catalog->site.artists.count, 1);
}

static void a_mention_without_a_name_makes_nothing(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(
        blog, "a", "dramas: [{season: 1}]\ntracks: [{title: One, artists: [{native: 가}]}]\n", "");
    pretend_blog_read(blog);
    assert_int_equal(
        blog->report.errors, 2); /* the two names, and nothing that follows from them */
    assert_int_equal(blog->catalog->site.artists.count, 0);
    assert_int_equal(blog->catalog->site.dramas.count, 0);
}

/* ---- Tracks ------------------------------------------------------------------------------------------- */

static void fewer_artists_mean_the_only_track_that_fits(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(
        blog, "a", "date: 2019-01-01\ndrama: Goblin\ntracks: [Punch - Stay With Me]\n", "");
    pretend_review(blog, "b",
        "date: 2020-01-01\ndrama: Goblin\ntracks: [\"Chanyeol & Punch - Stay with me\"]\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_names(TRACKS, blog->catalog->site.tracks, "Stay With Me"); /* as the oldest spells it */
    assert_names(ARTISTS, pretend_find_track(blog, "Stay With Me")->artists, "Chanyeol, Punch");
    assert_int_equal(pretend_find_track(blog, "Stay With Me")->listings.count, 2);
}

static void a_listing_that_fits_two_tracks_is_an_error(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a",
        "drama: S\ntracks: [{title: Overture, season: 1}, {title: Overture, season: 2}]\n", "");
    pretend_review(
        blog, "b", "drama: S\ntracks: [{title: Overture}, {title: Other, artist: X}]\n", "");
    pretend_blog_read(blog);
    assert_problems(
        "content/reviews/b.md:5:10: error: 'Overture' could be any of several tracks of "
        "this drama\n"
        "= season 1, by nobody named\n"
        "= season 2, by nobody named\n");
}

static void a_track_is_of_the_season_of_its_writing(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "drama: {title: S, season: 1}\ntracks: [{title: Overture}]\n", "");
    pretend_review(blog, "b", "drama: S\nseason: 2\ntracks: [{title: Overture}]\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_int_equal(blog->catalog->site.tracks.count, 2);
    assert_int_equal(pretend_find_drama(blog, "S")->tracks.count, 2);
}

/* A newer review that names more artists must not take the address of the older track. */
static void the_oldest_track_has_the_short_address(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "old", "date: 2019-01-01\ndrama: D\ntracks: [C - Song]\n", "");
    pretend_review(blog, "new", "date: 2020-01-01\ndrama: D\ntracks: [\"A & B - Song\"]\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    const struct catalog_track *const *tracks = blog->catalog->site.tracks.items;
    assert_names(ARTISTS, tracks[0]->artists, "C");
    assert_text(tracks[0]->thing.url, "/blog/dramas/d/#track-song");
    assert_text(tracks[1]->thing.url, "/blog/dramas/d/#track-song-a");
}

/* Another artist or season makes another track; who wrote it, its part and its version do not. */
static void what_makes_a_track_another_one(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a",
        "drama: A\ntracks:\n  - {title: Rain, artists: [V, Jin], composers: Anna, part: Part 1}\n"
        "  - {title: Overture, season: 1}\n",
        "");
    pretend_review(blog, "b",
        "date: 2021-01-01\ndrama: A\ntracks:\n"
        "  - {title: rain, artists: [Jin, V], composers: Berta, part: Part 2, kind: instrumental}\n"
        "  - {title: Rain, artists: [V, Anna]}\n  - {title: Overture, season: 2}\n",
        "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_names(TRACKS, blog->catalog->site.tracks, "Rain, Overture, Rain, Overture");
    assert_int_equal(pretend_find_track(blog, "Rain")->listings.count, 2);
}

static void who_wrote_a_track_is_told_by_any_writing(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "date: 2019-01-01\ndrama: D\ntracks: [C - Song]\n", "");
    pretend_review(blog, "b",
        "date: 2020-01-01\ndrama: D\ntracks: [{title: Song, artist: C, composers: Nam}]\n", "");
    pretend_blog_read(blog);
    assert_names(ARTISTS, pretend_find_track(blog, "Song")->more->credits[SCHEMA_COMPOSERS], "Nam");
    assert_names(WRITINGS, pretend_find_artist(blog, "Nam")->writings, "b");
    assert_int_equal(pretend_find_artist(blog, "Nam")->credits[SCHEMA_COMPOSERS].count, 1);
    assert_int_equal(pretend_find_artist(blog, "Nam")->tracks.count, 0);
}

static void a_track_without_a_drama_leads_to_its_writing(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "essay", "kind: essay\ntracks: [Gummy - Alone]\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    assert_text(pretend_find_track(blog, "Alone")->thing.url, "/blog/reviews/essay/");
}

static void a_writing_over_several_dramas_says_whose_a_track_is(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(
        blog, "guide", "kind: guide\ndramas: [A, B]\ntracks: ['\"One\" (B) by X', Y - Two]\n", "");
    pretend_blog_read(blog);
    assert_int_equal(blog->report.errors, 1);
    assert_int_equal(blog->report.problems[0].place.column, 28);
    assert_text(pretend_find_track(blog, "One")->drama->record->title, "B");
}

static void the_rating_of_a_track_is_the_mean(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "drama: D\ntracks: [{title: Song, rating: 8}]\n", "");
    pretend_review(blog, "b", "drama: D\ntracks: [{title: Song, rating: 9, pick: yes}]\n", "");
    pretend_review(blog, "c", "drama: D\ntracks: [{title: Song}, {title: Unrated}]\n", "");
    pretend_blog_read(blog);
    assert_true(fabs(pretend_find_track(blog, "Song")->rating - 8.5) < 1e-9);
    assert_true(pretend_find_track(blog, "Song")->pick);
    assert_true(isnan(pretend_find_track(blog, "Unrated")->rating));
}

/* ---- Links both ways ---------------------------------------------------------------------------------- */

static void every_link_has_its_other_end(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(
        blog, "a", "date: 2019-01-01\ndrama: D\ntags: [t]\ntracks: [X - One, X - Two]\n", "");
    pretend_review(
        blog, "b", "date: 2020-01-01\ndrama: D\ntags: [T]\ntracks: [\"X & Y - One\"]\n", "");
    pretend_blog_read(blog);
    assert_problems("");
    const struct catalog_drama *drama = pretend_find_drama(blog, "D");
    const struct catalog_artist *x = pretend_find_artist(blog, "X");
    const struct catalog_term *tag =
        *(const struct catalog_term *const *)blog->catalog->site.terms[CATALOG_TAGS].items;
    assert_names(WRITINGS, drama->writings, "b, a");
    assert_names(TRACKS, drama->tracks, "One, Two");
    assert_names(ARTISTS, drama->artists, "X, Y");
    assert_names(WRITINGS, x->writings, "b, a");
    assert_names(LISTINGS, x->listings, "One, One, Two");
    assert_names(DRAMAS, x->dramas, "D");
    assert_names(WRITINGS, tag->writings, "b, a");
    assert_text(tag->name, "t");
}

static void groups_and_members_know_each_other(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_artist(blog, "bts", "name: BTS\nmembers: [V, Jin]\n");
    pretend_artist(blog, "v", "name: V\nmember_of: [BTS]\n");
    pretend_blog_read(blog);
    assert_problems("");
    assert_names(ARTISTS, pretend_find_artist(blog, "BTS")->members, "V, Jin");
    assert_names(ARTISTS, pretend_find_artist(blog, "Jin")->groups, "BTS");
    assert_names(ARTISTS, pretend_find_artist(blog, "V")->groups, "BTS");
}

static void a_mention_in_a_text_is_told_to_the_thing(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "drama: D\ntracks: [{title: One, artist: X, composers: Nam}]\n",
        "By [[X]] and [[Nam]], unlike [[E]].\n");
    pretend_review(blog, "b", "drama: E\n", "See [a](a.md) and [[a]].\n");
    pretend_blog_read(blog);
    assert_problems("");
    assert_names(WRITINGS, pretend_find_drama(blog, "E")->thing.mentions, "a");
    assert_names(WRITINGS, pretend_find_writing(blog, "a")->thing.mentions, "b");
    /* those that the writing is about list it anyway */
    assert_int_equal(pretend_find_artist(blog, "X")->thing.mentions.count, 0);
    assert_int_equal(pretend_find_artist(blog, "Nam")->thing.mentions.count, 0);
}

/* ---- Where links lead ----------------------------------------------------------------------------------- */

/* The text as HTML, as the page "a" shows it. */
static const char *html_of(struct pretend_blog *blog, const char *body, const char *origin)
{
    struct arena *scratch = &blog->arena;
    pretend_review(blog, "a", "drama: Signal\ntracks: [Gummy - One, 임한별 - 둘]\n", body);
    pretend_review(blog, "b", "drama: Signal\n", "## The songs\n");
    pretend_put(&blog->files, "content/reviews/My cover.jpg", "x");
    pretend_put(&blog->files, "content/reviews/\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB.jpg", "x");
    pretend_blog_read(blog);
    struct catalog_run context = {
        .catalog = blog->catalog, .report = &blog->report, .origin = text_of(origin)};
    struct data_run run = {.scratch = scratch, .context = &context};
    return catalog_body(pretend_find_writing(blog, "a")->thing.file, &run).at;
}

#define assert_holds(html, part) assert_non_null(strstr(html, part))

static void names_lead_to_things(void **state)
{
    struct pretend_blog *blog = *state;
    const char *html = html_of(blog,
        "[[Signal]] [[artist: gummy|her]] [[Signal / One]] [[Signal / 둘 / 임한별]] "
        "[[Signal#Tracks]] "
        "[[b#The songs]] [[review: b]]\n",
        NULL);
    assert_problems("");
    assert_holds(html, "<a href=\"/blog/dramas/signal/\">Signal</a>");
    assert_holds(html, "<a href=\"/blog/artists/gummy/\">her</a>");
    assert_holds(html, "<a href=\"/blog/dramas/signal/#track-one\">One</a>");
    assert_holds(html, "<a href=\"/blog/dramas/signal/#track-둘\">");
    assert_holds(html, "<a href=\"/blog/dramas/signal/#tracks\">");
    assert_holds(html, "<a href=\"/blog/reviews/b/#the-songs\">");
}

static void files_lead_to_their_pages(void **state)
{
    struct pretend_blog *blog = *state;
    const char *html = html_of(blog,
        "[1](b.md) [2](./b.md#the-songs) [3](../reviews/b.md) [4](My%20cover.jpg) [5](한.jpg) "
        "[6](/about/) [7](https://a.example/b.md)\n",
        NULL);
    assert_problems("");
    assert_holds(html, "<a href=\"/blog/reviews/b/\">1</a>");
    assert_holds(html, "<a href=\"/blog/reviews/b/#the-songs\">2</a>");
    assert_holds(html, "<a href=\"/blog/reviews/b/\">3</a>");
    assert_holds(html, "<a href=\"/blog/reviews/My%20cover.jpg\">4</a>");
    assert_holds(html, "<a href=\"/blog/reviews/한.jpg\">5</a>"); /* whatever form the disk has */
    assert_holds(html, "<a href=\"/blog/about/\">6</a>");
    assert_holds(html, "<a href=\"https://a.example/b.md\">7</a>");
}

static void links_that_lead_nowhere_are_errors(void **state)
{
    struct pretend_blog *blog = *state;
    html_of(blog,
        "[[Nothing]]\n[x](c.md)\n[x](../../../../../etc/passwd)\n[x](%FF%00%)\n[x](b.md#no)\n"
        "[x](#no)\n[[ / ]]\n[[Signal / ]]\n[[#]]\n[[drama:]]\n\n![[Signal]]\n",
        NULL);
    assert_int_equal(blog->report.errors, 10);
    assert_int_equal(blog->report.count, 11); /* an embed of no track becomes a link */
}

static void elsewhere_addresses_are_full(void **state)
{
    struct pretend_blog *blog = *state;
    const char *html =
        html_of(blog, "## Up\n\n[[Signal]] [up](#up) [here]()\n", "https://example.org");
    assert_problems("");
    assert_holds(html, "<a href=\"https://example.org/blog/dramas/signal/\">");
    assert_holds(html, "<a href=\"https://example.org/blog/reviews/a/#up\">up</a>");
    assert_holds(html, "<a href=\"https://example.org/blog/reviews/a/\">here</a>");
}

static void a_file_that_changed_meanwhile_is_told(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "drama: Signal\n", "Text.\n");
    pretend_blog_read(blog);
    pretend_review(blog, "a", "drama: Signal\n", "Other text.\n");
    struct catalog_run context = {.catalog = blog->catalog, .report = &blog->report};
    struct data_run run = {.scratch = &blog->arena, .context = &context};
    assert_null(catalog_body(pretend_find_writing(blog, "a")->thing.file, &run).at);
    assert_problems("content/reviews/a.md: error: changed while the site was being built: build "
                    "again\n");
}

/* ---- Order ---------------------------------------------------------------------------------------------- */

static void writings_stand_newest_first(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "date: 2020-01-01\ndrama: D\n", "");
    pretend_review(blog, "b", "date: 2020-01-01 10:00\ndrama: D\n", "");
    pretend_review(blog, "c", "date: 2020-01-01 12:00+09:00\ndrama: D\n", "");
    pretend_blog_read(blog);
    assert_names(WRITINGS, blog->catalog->site.writings, "b, c, a");
    assert_text(pretend_find_writing(blog, "c")->newer->record->title, "b");
    assert_text(pretend_find_writing(blog, "c")->older->record->title, "a");
}

/* 02:00 of New Year's Day in Seoul is before 20:00 of New Year's Eve in London. */
static void a_year_stands_once_in_the_archive(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a", "date: 2021-12-31 10:00Z\ndrama: D\n", "");
    pretend_review(blog, "b", "date: 2022-01-01 02:00+09:00\ndrama: D\n", "");
    pretend_review(blog, "c", "date: 2021-12-31 20:00Z\ndrama: D\n", "");
    pretend_blog_read(blog);
    const struct catalog_year *const *years = blog->catalog->site.years.items;
    assert_int_equal(blog->catalog->site.years.count, 2);
    assert_int_equal(years[0]->year, 2022);
    assert_names(WRITINGS, years[1]->writings, "c, a");
}

static void indexes_have_bands_of_every_script(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "a",
        "drama: D\ntracks: [박보람 - 1, (G)I-DLE - 2, Élan - 3, 10cm - 4, Gummy - 5, 까치 - 6, ★ - "
        "7]\n",
        "");
    pretend_blog_read(blog);
    assert_string_equal(
        pretend_names(blog, &catalog_artist_band_type, blog->catalog->site.artist_bands),
        "E, G, ㄱ, ㅂ, 0-9, #");
    const struct catalog_artist_band *const *bands = blog->catalog->site.artist_bands.items;
    assert_names(ARTISTS, bands[1]->artists, "(G)I-DLE, Gummy");
}

static void a_series_goes_by_episode(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "c", "date: 2020-03-01\ndrama: D\nseries: Recaps\nepisode: 2\n", "");
    pretend_review(blog, "b", "date: 2020-02-01\ndrama: D\nseries: recaps\nepisode: 10\n", "");
    pretend_review(blog, "a", "date: 2020-04-01\ndrama: D\nseries: Recaps\nepisode: 1\n", "");
    pretend_blog_read(blog);
    assert_null(pretend_find_writing(blog, "a")->previous_part);
    assert_text(pretend_find_writing(blog, "a")->next_part->record->title, "c");
    assert_text(pretend_find_writing(blog, "c")->next_part->record->title, "b");
}

static void related_are_the_closest_then_the_newest(void **state)
{
    struct pretend_blog *blog = *state;
    pretend_review(blog, "from", "drama: D\ntags: [t]\n", "");
    pretend_review(blog, "same-drama", "date: 2018-01-01\ndrama: D\n", "");
    pretend_review(blog, "old-tag", "date: 2018-01-01\ndrama: E\nepisode: 9\ntags: [t]\n", "");
    pretend_review(blog, "new-tag", "date: 2019-01-01\ndrama: E\nepisode: 1\ntags: [t]\n", "");
    pretend_review(blog, "newest", "date: 2021-01-01\ndrama: F\n", "");
    pretend_blog_read(blog);
    assert_names(
        WRITINGS, pretend_find_writing(blog, "from")->related, "same-drama, new-tag, old-tag");
}

/* ---- The same for any number of threads, and hashes ------------------------------------------------------ */

static void fill(struct pretend_blog *blog, const char *title)
{
    pretend_review(blog, "a",
        arena_format(&blog->arena, "title: %s\ndrama: D\ntracks: [X - One]\n", title).at,
        "[[E]]\n");
    pretend_review(blog, "b", "drama: E\ntracks: [X - One]\n", "[[D]] [a](a.md)\n");
}

static void a_hash_changes_with_what_it_is_of(void **state)
{
    struct pretend_blog *blog = *state, other;
    pretend_blog_init(&other);
    fill(blog, "One");
    fill(&other, "Two");
    other.request.jobs = 4;
    pretend_blog_read(blog);
    pretend_blog_read(&other);
    const struct catalog_thing *one = &pretend_find_writing(blog, "One")->thing;
    const struct catalog_thing *two = &pretend_find_writing(&other, "Two")->thing;
    assert_true(hash_of(blog, one, DATA_GROUP_NAME) != hash_of(&other, two, DATA_GROUP_NAME));
    assert_true(hash_of(blog, one, DATA_GROUP_FACTS) == hash_of(&other, two, DATA_GROUP_FACTS));
    assert_true(hash_of(blog, one, DATA_GROUP_LINKS) == hash_of(&other, two, DATA_GROUP_LINKS));
    one = &pretend_find_writing(blog, "b")->thing;
    two = &pretend_find_writing(&other, "b")->thing;
    for (int group = 0; group < DATA_GROUP_COUNT; group++)
        assert_true(hash_of(blog, one, (enum data_group)group) ==
                    hash_of(&other, two, (enum data_group)group));
    pretend_blog_release(&other);
}

static void a_body_changes_with_where_its_links_lead(void **state)
{
    struct pretend_blog *blog = *state, other;
    pretend_blog_init(&other);
    fill(blog, "One");
    fill(&other, "One\nslug: moved");
    pretend_blog_read(blog);
    pretend_blog_read(&other);
    const struct catalog_thing *one = &pretend_find_writing(blog, "b")->thing;
    const struct catalog_thing *two = &pretend_find_writing(&other, "b")->thing;
    assert_true(hash_of(blog, one, DATA_GROUP_BODY) != hash_of(&other, two, DATA_GROUP_BODY));
    pretend_blog_release(&other);
}

/* Every file fails to be read in turn: it is told, and the rest is linked without it. */
static void any_file_may_be_refused(void **state)
{
    struct pretend_blog *blog = *state;
    for (size_t nth = 1; nth <= 4; nth++) { /* .obsidian, the folder, a, b */
        struct pretend_blog failing;
        pretend_blog_init(&failing);
        fill(&failing, "One");
        pretend_fail(&failing.files, nth, false, DISK_DENIED);
        pretend_blog_read(&failing);
        assert_int_equal(failing.report.refusals, 1);
        pretend_blog_release(&failing);
    }
    pretend_blog_read(blog);
    assert_problems("content: error: there is nothing to publish here yet: write a review in "
                    "content/reviews/\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_writing_has_its_address_from_its_file),
        TEST(a_day_may_stand_in_the_name_of_the_file),
        TEST(an_empty_date_is_a_missing_one),
        TEST(other_files_are_copied_but_for_leftovers),
        TEST(comments_count_for_the_hash_of_their_writing),
        TEST(files_that_are_no_text_are_told_where),
        TEST(a_broken_file_is_read_as_far_as_it_goes),
        TEST(the_place_of_a_link_does_not_depend_on_the_normal_form),
        TEST(what_is_not_out_is_not_in),
        TEST(spellings_of_one_key_are_one_artist),
        TEST(a_pair_makes_two_names_one),
        TEST(a_pair_in_an_artists_file_counts),
        TEST(two_files_may_share_a_name),
        TEST(a_bare_mention_of_a_shared_name_is_an_error),
        TEST(a_native_name_tells_files_apart),
        TEST(a_pair_of_two_files_names_is_an_error),
        TEST(the_order_of_pairs_decides_nothing),
        TEST(a_chain_of_pairs_is_one_thing),
        TEST(a_known_group_in_brackets_is_the_artists_group),
        TEST(two_of_one_name_may_have_no_file),
        TEST(a_bare_name_of_two_without_files_is_an_error),
        TEST(a_group_behind_a_name_finds_the_file),
        TEST(a_group_means_its_own_member),
        TEST(both_names_of_one_artist_are_no_group),
        TEST(a_name_may_be_of_several_kinds),
        TEST(a_mention_without_a_name_makes_nothing),
        TEST(fewer_artists_mean_the_only_track_that_fits),
        TEST(a_listing_that_fits_two_tracks_is_an_error),
        TEST(a_track_is_of_the_season_of_its_writing),
        TEST(the_oldest_track_has_the_short_address),
        TEST(what_makes_a_track_another_one),
        TEST(who_wrote_a_track_is_told_by_any_writing),
        TEST(a_track_without_a_drama_leads_to_its_writing),
        TEST(a_writing_over_several_dramas_says_whose_a_track_is),
        TEST(the_rating_of_a_track_is_the_mean),
        TEST(every_link_has_its_other_end),
        TEST(groups_and_members_know_each_other),
        TEST(a_mention_in_a_text_is_told_to_the_thing),
        TEST(names_lead_to_things),
        TEST(files_lead_to_their_pages),
        TEST(links_that_lead_nowhere_are_errors),
        TEST(elsewhere_addresses_are_full),
        TEST(a_file_that_changed_meanwhile_is_told),
        TEST(writings_stand_newest_first),
        TEST(a_year_stands_once_in_the_archive),
        TEST(indexes_have_bands_of_every_script),
        TEST(a_series_goes_by_episode),
        TEST(related_are_the_closest_then_the_newest),
        TEST(a_hash_changes_with_what_it_is_of),
        TEST(a_body_changes_with_where_its_links_lead),
        TEST(any_file_may_be_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
