/* schema: what a writer may type in front matter, what becomes of it, and what is said of mistakes. */
#include "schema/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct desk {
    struct arena arena;
    struct report report;
    struct schema_settings settings;
    struct schema_reading reading;
    struct schema_writing writing;
};

static struct schema_scale ten = {.min = 0, .max = 10, .step = 0.5};

static int set_up(void **state)
{
    static const struct text aspects[] = {{"music", 5}, {"story", 5}};
    struct desk *desk = base_alloc(sizeof *desk);
    *desk = (struct desk){0};
    arena_init(&desk->arena);
    report_init(&desk->report);
    ten.aspects = (struct data_array){aspects, BASE_COUNT(aspects)};
    desk->settings.rating = &ten;
    desk->reading = (struct schema_reading){.file = TEXT("a.md"),
        .arena = &desk->arena,
        .report = &desk->report,
        .settings = &desk->settings};
    *state = desk;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *desk = *state;
    report_release(&desk->report);
    arena_release(&desk->arena);
    base_free(desk);
    return 0;
}

static struct data_value yaml(struct desk *desk, const char *source)
{
    struct data_value value;
    desk->reading.yaml = text_of(source);
    desk->reading.yaml_line = 1;
    data_read_yaml(text_of(source), TEXT("a.md"), 1, &data_limits_front_matter, &desk->arena,
        &desk->report, &value);
    return value;
}

/* Reads the fields of a writing that has its title and date. */
static bool read(struct desk *desk, const char *fields)
{
    struct text source = arena_format(&desk->arena, "title: T\ndate: 2020-01-02\n%s", fields);
    struct data_value map = yaml(desk, source.at);
    return schema_read(&desk->reading, &schema_writing_type, &map, &desk->writing);
}

/* "3:8 message\n" for each problem, with notes behind "= ". */
static const char *problems(struct desk *desk)
{
    struct text all = TEXT("");
    for (size_t i = 0; i < desk->report.count; i++) {
        const struct report_problem *problem = &desk->report.problems[i];
        all = arena_format(&desk->arena, "%.*s%u:%u+%u %.*s\n", TEXT_ARGS(all), problem->place.line,
            problem->place.column, problem->place.points, TEXT_ARGS(problem->message));
        if (problem->notes.at)
            all = arena_format(
                &desk->arena, "%.*s= %.*s\n", TEXT_ARGS(all), TEXT_ARGS(problem->notes));
    }
    return all.at;
}

/* "3:8+5 " for each problem: where its words are for tests/cases to hold. */
static const char *places(struct desk *desk)
{
    struct text all = TEXT("");
    for (size_t i = 0; i < desk->report.count; i++) {
        struct place place = desk->report.problems[i].place;
        all = arena_format(
            &desk->arena, "%.*s%u:%u+%u ", TEXT_ARGS(all), place.line, place.column, place.points);
    }
    return all.at;
}

#define assert_text(actual, expected)                                                              \
    do {                                                                                           \
        struct text actual_text = (actual);                                                        \
        assert_non_null(actual_text.at);                                                           \
        assert_string_equal(arena_text(&desk->arena, actual_text).at, expected);                   \
    } while (0)

static const struct schema_track *track_at(const struct desk *desk, size_t index)
{
    assert_true(index < desk->writing.tracks.count);
    return ((const struct schema_track *const *)desk->writing.tracks.items)[index];
}

static const struct schema_mention *mention_at(const struct data_array *mentions, size_t index)
{
    assert_true(index < mentions->count);
    return ((const struct schema_mention *const *)mentions->items)[index];
}

/* ---- Scalars ---------------------------------------------------------------------------------------- */

static void text_stays_text(void **state)
{
    struct desk *desk = *state;
    assert_true(read(desk, "series: No\nseen: 4/4\nverdict: 3:45\ntags: [1415]\n"));
    assert_text(desk->writing.series, "No");
    assert_text(desk->writing.verdict, "3:45");
    assert_text(mention_at(&desk->writing.tags, 0)->name, "1415");
}

static void text_is_brought_to_nfc(void **state)
{
    struct desk *desk = *state;
    assert_true(read(desk, "verdict: \"\\u1112\\u1161\\u11ab\"\n"));
    assert_text(desk->writing.verdict, "한");
}

static void what_was_not_typed_is_absent(void **state)
{
    struct desk *desk = *state;
    assert_true(read(desk, "summary:\nverdict: ' '\n"));
    assert_null(desk->writing.summary.at);
    assert_null(desk->writing.verdict.at);
    assert_true(isnan(desk->writing.rating));
    assert_int_equal(desk->writing.episode, DATA_NO_INTEGER);
    assert_int_equal(desk->writing.updated.month, 0);
    assert_int_equal(desk->writing.kind, SCHEMA_REVIEW);
}

static void a_title_of_blanks_is_missing(void **state)
{
    struct desk *desk = *state;
    struct data_value map = yaml(desk, "title: \"  \"\n");
    assert_false(schema_read(&desk->reading, &schema_page_type, &map, &(struct schema_page){0}));
    assert_string_equal(problems(desk), "1:1+1 missing 'title': the page's title\n"
                                        "= for example: title: About\n");
}

static void control_characters_are_refused(void **state)
{
    struct desk *desk = *state;
    assert_false(read(desk, "verdict: \"a\\0b\"\nextra: {mood: [\"\\x1b[31m\"]}\n"));
    assert_null(desk->writing.verdict.at);
    assert_string_equal(problems(desk),
        "3:10+6 a control character (U+0000) has no place in a text\n"
        "4:16+10 a control character (U+001B) has no place in a text\n");
}

static void extra_has_the_types_it_looks_like(void **state)
{
    struct desk *desk = *state;
    assert_true(read(desk, "extra: {stars: 4, sung: true}\n"));
    const struct data_map *extra = desk->writing.extra.as.map;
    assert_int_equal(data_map_find(extra, "stars")->as.integer, 4);
    assert_true(data_map_find(extra, "sung")->as.yes);
}

static void wrong_types_are_told_where_they_stand(void **state)
{
    struct desk *desk = *state;
    assert_false(read(desk, "verdict: [a]\nepisode: two\nseason: 0\ndraft: maybe\n"
                            "updated: 2022-02-30\nkind: reveiw\nextra: fine\n"));
    assert_string_equal(places(desk), "3:10+1 4:10+3 5:9+1 6:8+5 7:10+10 8:7+6 ");
}

static void an_unknown_field_has_a_near_one(void **state)
{
    struct desk *desk = *state;
    assert_false(read(desk, "raiting: 5\n"));
    assert_string_equal(
        problems(desk), "3:1+7 unknown review field 'raiting' (did you mean 'rating'?)\n");
}

static void two_spellings_of_one_field_are_refused(void **state)
{
    struct desk *desk = *state;
    assert_false(read(desk, "drama: Signal\ndramas: [Goblin]\n"));
    assert_string_equal(
        problems(desk), "3:1+5 'drama' and 'dramas' say the same: keep one of them\n");
}

static void a_document_that_broke_off_misses_nothing(void **state)
{
    struct desk *desk = *state;
    struct data_value map = yaml(desk, "date: 2020-01-02\ntags: [a, b\n");
    desk->report.count = desk->report.errors = 0;
    desk->reading.is_partial = true;
    assert_true(schema_read(&desk->reading, &schema_writing_type, &map, &desk->writing));
    assert_int_equal(desk->writing.date.year, 2020);
}

/* ---- Mentions ------------------------------------------------------------------------------------- */

static void a_mention_is_a_name_or_a_map(void **state)
{
    struct desk *desk = *state;
    assert_true(read(desk, "dramas: [Signal, {title: Stranger, native: 비밀의 숲, season: 2}]\n"));
    assert_text(mention_at(&desk->writing.dramas, 0)->name, "Signal");
    assert_int_equal(mention_at(&desk->writing.dramas, 0)->more->season, DATA_NO_INTEGER);
    assert_int_equal(mention_at(&desk->writing.dramas, 0)->spot.column, 10);
    assert_text(mention_at(&desk->writing.dramas, 1)->more->native, "비밀의 숲");
    assert_int_equal(mention_at(&desk->writing.dramas, 1)->more->season, 2);
}

static void one_item_alone_is_a_list(void **state)
{
    struct desk *desk = *state;
    assert_true(read(desk, "tags: thriller\npros: strings\n"));
    assert_int_equal(desk->writing.tags.count, 1);
    assert_int_equal(desk->writing.pros.count, 1);
}

/* ---- Ratings ---------------------------------------------------------------------------------------- */

#define IN_OTHER_WORDS                                                                             \
    "= the blog's scale is 0 to 10 (set in liner.yaml); 4.5/5 and ★★★★½ are converted to it\n"

static void a_rating_is_on_the_scale_and_on_a_step(void **state)
{
    struct desk *desk = *state;
    assert_true(read(desk, "rating: 8.5\n"));
    assert_true(fabs(desk->writing.rating - 8.5) < 1e-9);
    assert_false(read(desk, "rating: 10.5\n"));
    assert_true(isnan(desk->writing.rating));
    assert_false(read(desk, "rating: 8.3\n"));
    assert_false(read(desk, "rating: nan\n"));
    assert_false(read(desk, "rating: 1e1\n"));
    assert_string_equal(problems(desk),
        "3:9+4 'rating' is off the blog's scale of 0 to 10 (set in liner.yaml)\n"
        "= the nearest that fits is 10\n"
        "3:9+3 'rating' must go by steps of 0.5 from 0 to 10 (set in liner.yaml)\n"
        "= the nearest that fits is 8.5\n"
        "3:9+3 'rating' must be a number\n" IN_OTHER_WORDS
        "3:9+3 'rating' must be a number\n" IN_OTHER_WORDS);
}

/* Every rating of a scale, as a share of another one: it comes out as the very number. */
static void shares_are_converted_exactly(void **state)
{
    struct desk *desk = *state;
    const struct schema_scale scales[] = {{.min = 0, .max = 10, .step = 0.5},
        {.min = 0, .max = 5, .step = 0.1}, {.min = 1, .max = 100, .step = 1},
        {.min = 0, .max = 1, .step = 0.05}};
    for (size_t i = 0; i < BASE_COUNT(scales); i++) {
        const struct schema_scale *scale = &scales[i];
        desk->settings.rating = scale;
        for (double rating = scale->min; rating <= scale->max; rating += scale->step)
            for (int whole = 1; whole <= 20; whole++) {
                char digits[32], typed[96];
                snprintf(digits, sizeof digits, "%.10g", rating);
                snprintf(
                    typed, sizeof typed, "rating: %.12g/%d\n", rating * whole / scale->max, whole);
                assert_true(read(desk, typed));
                assert_true(desk->writing.rating == strtod(digits, NULL));
            }
    }
    desk->settings.rating = &ten;
    assert_false(read(desk, "rating: 3.3/5\n"));
    assert_true(isnan(desk->writing.rating));
}

static void no_rating_is_a_negative_zero(void **state)
{
    struct desk *desk = *state;
    assert_true(read(desk, "rating: -0\n"));
    assert_false(signbit(desk->writing.rating));
}

static void a_rating_may_have_aspects(void **state)
{
    struct desk *desk = *state;
    assert_true(read(desk, "rating: {overall: 8.5, music: 9}\n"));
    const struct schema_aspect *music =
        *(const struct schema_aspect *const *)desk->writing.aspects.items;
    assert_int_equal(desk->writing.aspects.count, 1);
    assert_text(music->name, "music");
    assert_true(fabs(music->rating - 9) < 1e-9);
    assert_false(read(desk, "rating: {musik: 9}\n"));
    assert_string_equal(problems(desk),
        "3:10+5 unknown aspect 'musik' (did you mean 'music'?)\n"
        "= aspects are named in liner.yaml, under rating: {aspects: [...]}\n");
}

/* ---- Tracks ----------------------------------------------------------------------------------------- */

static const struct schema_track *line(struct desk *desk, const char *text)
{
    struct schema_track *track = arena_alloc(&desk->arena, sizeof *track);
    struct data_spot spot = {3, 5, 1};
    return schema_read_track_line(&desk->reading, text_of(text), spot, track) ? track : NULL;
}

static void artists_then_title(void **state)
{
    struct desk *desk = *state;
    const struct schema_track *track =
        line(desk, "Kyuhyun (규현) - Love beyond words (사랑은 말로 표현하는게 아니래요)");
    assert_text(track->title, "Love beyond words");
    assert_text(track->native, "사랑은 말로 표현하는게 아니래요");
    assert_text(mention_at(&track->artists, 0)->name, "Kyuhyun");
    assert_text(mention_at(&track->artists, 0)->more->native, "규현");
}

static void several_artists(void **state)
{
    struct desk *desk = *state;
    const struct schema_track *track =
        line(desk, "Chanyeol & Punch, Crush and 10cm - Stay With Me");
    assert_int_equal(track->artists.count, 4);
    assert_text(mention_at(&track->artists, 3)->name, "10cm");
    assert_int_equal(mention_at(&track->artists, 1)->spot.column, 16);
    assert_int_equal(mention_at(&track->artists, 1)->spot.points, 5);
}

static void separators_inside_brackets_separate_nothing(void **state)
{
    struct desk *desk = *state;
    const struct schema_track *track = line(desk, "Leessang (길 & 개리) - Ballerino");
    assert_int_equal(track->artists.count, 1);
    assert_text(mention_at(&track->artists, 0)->more->native, "길 & 개리");
}

static void brackets_without_hangul_belong_to_the_name(void **state)
{
    struct desk *desk = *state;
    const struct schema_track *track = line(desk, "(G)I-DLE, V (BTS) - Start Over (Acoustic)");
    assert_text(track->title, "Start Over (Acoustic)");
    assert_text(mention_at(&track->artists, 0)->name, "(G)I-DLE");
    assert_text(mention_at(&track->artists, 1)->name, "V (BTS)");
}

static void brackets_inside_brackets_stay_together(void **state)
{
    struct desk *desk = *state;
    const struct schema_track *track = line(desk, "Gummy - Ending (엔딩 (Inst.))");
    assert_text(track->title, "Ending");
    assert_text(track->native, "엔딩 (Inst.)");
}

static void title_by_artists(void **state)
{
    struct desk *desk = *state;
    const struct schema_track *track = line(desk, "\"Paradise\" (Boys Over Flowers) by T-Max");
    assert_text(track->title, "Paradise");
    assert_text(track->more->drama->name, "Boys Over Flowers");
    assert_text(mention_at(&track->artists, 0)->name, "T-Max");
    track = line(desk, "\xE2\x80\x9CMiracle\xE2\x80\x9D (기적) by Kim Se Jeong");
    assert_text(track->native, "기적");
    assert_null(track->more->drama);
}

static void bullets_are_dropped(void **state)
{
    struct desk *desk = *state;
    assert_text(
        mention_at(&line(desk, "12. Gummy - You Are My Everything")->artists, 0)->name, "Gummy");
    assert_text(
        mention_at(&line(desk, "*\tGummy - You Are My Everything")->artists, 0)->name, "Gummy");
    assert_text(mention_at(&line(desk, "1415 - Voice")->artists, 0)->name, "1415");
}

static void blanks_that_do_not_break_are_blanks(void **state)
{
    struct desk *desk = *state;
    const struct schema_track *track = line(desk, "Gummy\xC2\xA0-\xC2\xA0You Are My Everything");
    assert_non_null(track);
    assert_text(track->title, "You Are My Everything");
}

static void a_line_that_is_no_track_says_nothing(void **state)
{
    struct desk *desk = *state;
    struct schema_track track;
    assert_false(schema_read_track_line(
        &desk->reading, TEXT("\"\" (Signal) by"), (struct data_spot){3, 5, 1}, &track));
    assert_null(track.more->drama);
    assert_null(track.title.at);
    assert_int_equal(desk->report.count, 1);
}

static void lines_of_a_block_stand_where_they_are_indented(void **state)
{
    struct desk *desk = *state;
    assert_false(read(desk, "tracks: |\n"
                            "      1. Gummy - You Are My Everything\n"
                            "\n"
                            "      no track\n"
                            "        Punch (펀치) - Sad Night\n"));
    assert_int_equal(desk->writing.tracks.count, 2);
    assert_int_equal(track_at(desk, 0)->spot.line, 4);
    assert_int_equal(track_at(desk, 0)->spot.column, 10);
    assert_int_equal(mention_at(&track_at(desk, 1)->artists, 0)->spot.line, 7);
    assert_int_equal(mention_at(&track_at(desk, 1)->artists, 0)->spot.column, 9);
    assert_string_equal(problems(desk),
        "6:7+8 this track line has no artist and title in it\n"
        "= write: Artist (이름) - Title (제목), or: \"Title\" by Artist\n");
}

static void one_track_may_stand_on_the_line_of_the_field(void **state)
{
    struct desk *desk = *state;
    assert_true(read(desk, "tracks: Gummy - You Are My Everything\n"));
    assert_int_equal(track_at(desk, 0)->spot.line, 3);
    assert_int_equal(track_at(desk, 0)->spot.column, 9);
}

static void lines_that_yaml_joins_are_refused(void **state)
{
    struct desk *desk = *state;
    assert_false(read(desk, "tracks: >\n  Gummy - One\n  Punch - Two\n"));
    assert_false(read(desk, "tracks:\n  Gummy - One\n  Punch - Two\n"));
    assert_int_equal(desk->writing.tracks.count, 0);
    assert_string_equal(problems(desk),
        "3:9+1 YAML joins these lines into one: write the tracks under 'tracks: |'\n"
        "4:3+1 YAML joins these lines into one: write the tracks under 'tracks: |'\n");
}

static void a_track_with_a_mistake_is_kept(void **state)
{
    struct desk *desk = *state;
    assert_false(
        read(desk, "tracks: [{title: One, artists: [Gummy], rating: 99}, {artist: Punch}]\n"));
    assert_int_equal(desk->writing.tracks.count, 1);
    assert_int_equal(desk->report.count, 2);
}

static void services_lead_where_a_track_is_heard(void **state)
{
    struct desk *desk = *state;
    struct data_run run = {.scratch = &desk->arena};
    assert_true(read(desk, "tracks:\n  - {title: One, artists: [Gummy], flo: 12_a, "
                           "youtube: https://youtu.be/a, bandcamp: https://b.example/t}\n"));
    struct data_value track = data_thing(&schema_track_type, track_at(desk, 0));
    struct data_value services = data_get(&track, TEXT("services"), &run);
    static const char *const expected[][2] = {{"YouTube", "https://youtu.be/a"},
        {"FLO", "https://www.music-flo.com/detail/track/12_a/details"},
        {"Bandcamp", "https://b.example/t"}};
    assert_int_equal(data_count(&services), BASE_COUNT(expected));
    for (size_t i = 0; i < BASE_COUNT(expected); i++) {
        struct data_value service = data_item(&services, i);
        assert_text(data_get(&service, TEXT("title"), &run).as.text, expected[i][0]);
        assert_text(data_get(&service, TEXT("url"), &run).as.text, expected[i][1]);
    }
}

/* Of an id the player is known without a look at its address: it has to be the same. */
static void an_id_plays_as_its_address_does(void **state)
{
    struct desk *desk = *state;
    struct data_run run = {.scratch = &desk->arena};
    struct schema_track_more ids = {
        .spotify = TEXT("0123456789abcdefABCDEF"),
        .melon = TEXT("8002"),
        .genie = TEXT("86012"),
        .bugs = TEXT("3016"),
        .flo = TEXT("171"),
        .vibe = TEXT("4"),
    };
    struct schema_track_more short_id = {.spotify = TEXT("01")};
    struct schema_track by_id = {.youtube = TEXT("AbC_d-12345"), .more = &ids};
    struct schema_track too_short = {.youtube = TEXT("AbC"), .more = &short_id};
    const struct schema_track *tracks[] = {&by_id, &too_short};
    for (size_t i = 0; i < BASE_COUNT(tracks); i++) {
        struct data_value services = schema_compute_services(tracks[i], &run);
        assert_int_equal(data_count(&services), i == 0 ? 7 : 2);
        for (size_t at = 0; at < data_count(&services); at++) {
            const struct schema_heard *heard = data_item(&services, at).as.thing.at;
            struct schema_player player = {0};
            assert_int_equal(schema_find_player(heard->url, &desk->arena, &player), i == 0);
            assert_true(i > 0 || text_equal(heard->player.service, player.service));
            assert_true(i > 0 || text_equal(heard->player.slug, player.slug));
            assert_true(text_equal(heard->player.kind, player.kind));
            assert_true(text_equal(heard->player.frame, player.frame));
        }
    }
}

static void an_address_of_another_service_is_told(void **state)
{
    struct desk *desk = *state;
    assert_false(read(desk, "tracks:\n  - {title: One, artists: [Gummy], "
                            "youtube: https://open.spotify.com/track/1}\n"));
    assert_string_equal(problems(desk), "4:45+32 this is an address on Spotify, not on YouTube: "
                                        "write it as 'spotify'\n");
}

/* ---- Players ---------------------------------------------------------------------------------------- */

#define VIDEO "https://www.youtube-nocookie.com/embed/pcKR0LPwoYs?autoplay=1"
#define ALBUM "https://www.youtube-nocookie.com/embed/videoseries?list=OLAK5uy_k&autoplay=1"
#define SONG  "https://open.spotify.com/embed/track/4pbJqGIASGPr0ZpGpnWkDn"

static void addresses_of_services_have_players(void **state)
{
    struct desk *desk = *state;
    static const struct {
        const char *address, *what, *frame;
    } rows[] = {
        {"https://www.youtube.com/watch?v=pcKR0LPwoYs", "YouTube video", VIDEO},
        {"http://youtube.com/watch?v=pcKR0LPwoYs", "YouTube video", VIDEO},
        {"HTTPS://M.YouTube.com/watch?app=desktop&v=pcKR0LPwoYs", "YouTube video", VIDEO},
        {"https://music.youtube.com/watch?v=pcKR0LPwoYs&si=x", "YouTube video", VIDEO},
        {"https://www.youtube.com/watch?v=pcKR0LPwoYs&list=PL1&index=2", "YouTube video", VIDEO},
        {"https://youtu.be/pcKR0LPwoYs?si=AbC", "YouTube video", VIDEO},
        {"https://youtu.be/pcKR0LPwoYs/", "YouTube video", VIDEO},
        {"https://www.youtube.com/shorts/pcKR0LPwoYs", "YouTube short", VIDEO},
        {"https://www.youtube.com/live/pcKR0LPwoYs?feature=share", "YouTube video", VIDEO},
        {"https://www.youtube-nocookie.com/embed/pcKR0LPwoYs", "YouTube video", VIDEO},
        {"https://youtu.be/pcKR0LPwoYs?t=90", "YouTube video", VIDEO "&start=90"},
        {"https://youtu.be/pcKR0LPwoYs?t=1h2m3s", "YouTube video", VIDEO "&start=3723"},
        {"https://www.youtube.com/watch?v=pcKR0LPwoYs&t=45s", "YouTube video", VIDEO "&start=45"},
        {"https://www.youtube.com/watch?v=pcKR0LPwoYs#t=7", "YouTube video", VIDEO "&start=7"},
        {"https://www.youtube.com/embed/pcKR0LPwoYs?start=8", "YouTube video", VIDEO "&start=8"},
        {"https://youtu.be/pcKR0LPwoYs?t=soon", "YouTube video", VIDEO},
        {"https://youtu.be/pcKR0LPwoYs?t=99999999999999999999", "YouTube video", VIDEO},
        {"https://youtu.be/pcKR0LPwoYs?t=86400h", "YouTube video", VIDEO},
        {"https://www.youtube.com/playlist?list=OLAK5uy_k", "YouTube playlist", ALBUM},
        {"https://www.youtube.com/embed/videoseries?list=OLAK5uy_k", "YouTube playlist", ALBUM},
        {"https://open.spotify.com/track/4pbJqGIASGPr0ZpGpnWkDn?si=1", "Spotify track", SONG},
        {"https://open.spotify.com/intl-ko/track/4pbJqGIASGPr0ZpGpnWkDn", "Spotify track", SONG},
        {"https://open.spotify.com/embed/track/4pbJqGIASGPr0ZpGpnWkDn", "Spotify track", SONG},
        {"https://open.spotify.com/album/4pbJqGIASGPr0ZpGpnWkDn", "Spotify album",
            "https://open.spotify.com/embed/album/4pbJqGIASGPr0ZpGpnWkDn"},
        {"https://open.spotify.com/episode/4pbJqGIASGPr0ZpGpnWkDn", "Spotify track",
            "https://open.spotify.com/embed/episode/4pbJqGIASGPr0ZpGpnWkDn"},
        {"https://music.apple.com/kr/album/signal-ost/1440933869?i=1440933870", "Apple Music track",
            "https://embed.music.apple.com/kr/album/signal-ost/1440933869?i=1440933870"},
        {"https://music.apple.com/kr/album/시그널/1440933869", "Apple Music album",
            "https://embed.music.apple.com/kr/album/시그널/1440933869"},
        {"https://music.apple.com/us/playlist/k-ost/pl.u-x1", "Apple Music playlist",
            "https://embed.music.apple.com/us/playlist/k-ost/pl.u-x1"},
        {"https://geo.music.apple.com/us/song/1440933870", "Apple Music track",
            "https://embed.music.apple.com/us/song/1440933870"},
        {"https://soundcloud.com/artist/track?in=x", "SoundCloud track",
            "https://w.soundcloud.com/player/"
            "?url=https%3A//soundcloud.com/artist/track&auto_play=true"},
        {"https://m.soundcloud.com/artist/sets/songs", "SoundCloud playlist",
            "https://w.soundcloud.com/player/"
            "?url=https%3A//soundcloud.com/artist/sets/songs&auto_play=true"},
        {"https://on.soundcloud.com/AbC12", "SoundCloud track", ""},
        {"https://artist.bandcamp.com/track/title", "Bandcamp track", ""},
        {"https://artist.bandcamp.com/album/title", "Bandcamp album", ""},
        {"https://bandcamp.com/EmbeddedPlayer/album=12/size=large/", "Bandcamp album",
            "https://bandcamp.com/EmbeddedPlayer/album=12/size=large"},
        {"https://www.melon.com/song/detail.htm?songId=8002", "Melon track", ""},
        {"https://m2.melon.com/album/detail.htm?albumId=1&ref=x", "Melon album", ""},
        {"https://www.melon.com/dj/playlist/view.htm?plylstSeq=5", "Melon playlist", ""},
        {"https://www.genie.co.kr/detail/songInfo?xgnm=86", "Genie track", ""},
        {"https://mw.genie.co.kr/detail/albumInfo?axnm=86", "Genie album", ""},
        {"https://music.bugs.co.kr/track/4644226?wl_ref=1", "Bugs track", ""},
        {"https://www.music-flo.com/detail/track/16283/details", "FLO track", ""},
        {"https://vibe.naver.com/album/7002", "VIBE album", ""},
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        struct schema_player player;
        assert_true(schema_plays(text_of(rows[i].address)));
        assert_true(schema_find_player(text_of(rows[i].address), &desk->arena, &player));
        assert_text(arena_format(&desk->arena, "%.*s %.*s", TEXT_ARGS(player.service),
                        TEXT_ARGS(player.kind)),
            rows[i].what);
        assert_text(player.frame.at ? player.frame : TEXT(""), rows[i].frame);
    }
}

static void other_addresses_have_no_player(void **state)
{
    static const char *const addresses[] = {
        "",
        "https://",
        "https://youtu.be",
        "https://youtu.be/",
        "pcKR0LPwoYs",
        "youtu.be/pcKR0LPwoYs",
        "//youtu.be/pcKR0LPwoYs",
        "ftp://youtu.be/pcKR0LPwoYs",
        "javascript:alert('https://youtu.be/pcKR0LPwoYs')",
        "https://youtu.be/pcKR0LPwoY",
        "https://youtu.be/pcKR0LPwoYss",
        "https://youtu.be/pcKR0LPwo\"s",
        "https://youtu.be/pcKR0LPwoYs/more",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/watch?v=",
        "https://www.youtube.com/watch?vv=pcKR0LPwoYs",
        "https://www.youtube.com/watch#v=pcKR0LPwoYs",
        "https://www.youtube.com/playlist?list=",
        "https://www.youtube.com/playlist?list=../x",
        "https://www.youtube.com/@artist",
        "https://www.youtube.com/channel/UCx",
        "https://youtube.com.evil.example/watch?v=pcKR0LPwoYs",
        "https://evil.example/youtube.com/watch?v=pcKR0LPwoYs",
        "https://evil.example\\@youtube.com/watch?v=pcKR0LPwoYs",
        "https://youtube.com@evil.example/watch?v=pcKR0LPwoYs",
        "https://youtube.com:8080/watch?v=pcKR0LPwoYs",
        "https://notyoutube.com/watch?v=pcKR0LPwoYs",
        "https://www.m.youtube.com.example/watch?v=pcKR0LPwoYs",
        "https://open.spotify.com/track/short",
        "https://open.spotify.com/user/4pbJqGIASGPr0ZpGpnWkDn",
        "https://open.spotify.com/",
        "https://music.apple.com/kr/browse",
        "https://music.apple.com/kr/album/\"onload=\"x/1",
        "https://music.apple.com/kr/album/../1",
        "https://soundcloud.com/artist",
        "https://soundcloud.com/artist/a&auto_play=false",
        "https://bandcamp.com/track/title",
        "https://bandcamp.com/EmbeddedPlayer/",
        "https://bandcamp.com/EmbeddedPlayer/../album=1",
        "https://evilbandcamp.com/track/title",
        "https://www.melon.com/song/detail.htm",
        "https://www.melon.com/song/detail.htm?songId=<b>",
        "https://www.genie.co.kr/detail/songInfo?axnm=1",
    };
    (void)state;
    for (size_t i = 0; i < BASE_COUNT(addresses); i++)
        if (schema_plays(text_of(addresses[i])))
            fail_msg("there is a player for '%s'", addresses[i]);
}

/* Else a browser would refuse the frame. */
static void every_frame_is_in_the_policy(void **state)
{
    struct desk *desk = *state;
    struct buffer hosts;
    buffer_init(&hosts);
    schema_add_player_hosts(&hosts);
    assert_text(buffer_text(&hosts),
        " https://www.youtube-nocookie.com https://open.spotify.com "
        "https://embed.music.apple.com https://w.soundcloud.com https://bandcamp.com");
    buffer_release(&hosts);
}

/* ---- Settings --------------------------------------------------------------------------------------- */

static struct schema_settings settings(struct desk *desk, const char *source)
{
    struct schema_settings read;
    struct data_value map = yaml(desk, source);
    schema_read_settings(&desk->reading, &map, &read);
    return read;
}

static void settings_have_defaults(void **state)
{
    struct desk *desk = *state;
    struct schema_settings read = settings(desk, "title: T\nurl: https://a.example\n");
    assert_text(read.language, "en");
    assert_text(read.theme, "sleeve");
    assert_int_equal(read.per_page, 20);
    assert_true(fabs(read.rating->max - 10) < 1e-9);
    assert_int_equal(desk->report.count, 0);
}

static void a_scale_without_room_is_refused(void **state)
{
    struct desk *desk = *state;
    struct schema_settings read =
        settings(desk, "title: T\nurl: https://a.example\nrating: {min: 5, max: 5}\n");
    assert_true(fabs(read.rating->max - 10) < 1e-9);
    assert_string_equal(
        problems(desk), "3:9+1 'rating' needs a max above its min, and a step above 0\n");
}

static void web_addresses_have_a_host_and_no_blanks(void **state)
{
    (void)state;
    assert_true(schema_is_web_address(TEXT("https://a.example/x?y#z")));
    assert_true(schema_is_web_address(TEXT("http://한국.example/")));
    assert_false(schema_is_web_address(TEXT("a.example")));
    assert_false(schema_is_web_address(TEXT("https://")));
    assert_false(schema_is_web_address(TEXT("https:///x")));
    assert_false(schema_is_web_address(TEXT("https://a.example/a b")));
    assert_false(schema_is_web_address(TEXT("javascript:alert(1)//https://a.example")));
}

static void a_site_stands_in_a_folder(void **state)
{
    (void)state;
    assert_true(schema_is_site_address(TEXT("https://a.example")));
    assert_true(schema_is_site_address(TEXT("https://a.example/blog/notes/")));
    assert_false(schema_is_site_address(TEXT("https://a.example?x")));
    assert_false(schema_is_site_address(TEXT("https://a.example/#top")));
    assert_false(schema_is_site_address(TEXT("https://a.example//evil.example")));
    assert_false(schema_is_site_address(TEXT("https://a.example/../b")));
}

/* Else `liner schema` would say what the kind alone takes, and help likewise. */
static void a_row_that_reads_for_itself_says_what_it_takes(void **state)
{
    (void)state;
    size_t count = 0;
    for (size_t type = 0; type < schema_type_count; type++)
        for (size_t i = 0; i < schema_types[type].type->field_count; i++) {
            const struct data_field *field = &schema_types[type].type->fields[i];
            count += field->read != NULL;
            if (field->read && field->kind != FIELD_THING && !field->accepts)
                fail_msg("'%s' of %s has no `accepts`", field->name, schema_types[type].name);
        }
    assert_true(count > 10);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_stays_text),
        TEST(text_is_brought_to_nfc),
        TEST(what_was_not_typed_is_absent),
        TEST(a_title_of_blanks_is_missing),
        TEST(control_characters_are_refused),
        TEST(extra_has_the_types_it_looks_like),
        TEST(wrong_types_are_told_where_they_stand),
        TEST(an_unknown_field_has_a_near_one),
        TEST(two_spellings_of_one_field_are_refused),
        TEST(a_document_that_broke_off_misses_nothing),
        TEST(a_mention_is_a_name_or_a_map),
        TEST(one_item_alone_is_a_list),
        TEST(a_rating_is_on_the_scale_and_on_a_step),
        TEST(shares_are_converted_exactly),
        TEST(no_rating_is_a_negative_zero),
        TEST(a_rating_may_have_aspects),
        TEST(artists_then_title),
        TEST(several_artists),
        TEST(separators_inside_brackets_separate_nothing),
        TEST(brackets_without_hangul_belong_to_the_name),
        TEST(brackets_inside_brackets_stay_together),
        TEST(title_by_artists),
        TEST(bullets_are_dropped),
        TEST(blanks_that_do_not_break_are_blanks),
        TEST(a_line_that_is_no_track_says_nothing),
        TEST(lines_of_a_block_stand_where_they_are_indented),
        TEST(one_track_may_stand_on_the_line_of_the_field),
        TEST(lines_that_yaml_joins_are_refused),
        TEST(a_track_with_a_mistake_is_kept),
        TEST(services_lead_where_a_track_is_heard),
        TEST(an_id_plays_as_its_address_does),
        TEST(an_address_of_another_service_is_told),
        TEST(addresses_of_services_have_players),
        TEST(other_addresses_have_no_player),
        TEST(every_frame_is_in_the_policy),
        TEST(settings_have_defaults),
        TEST(a_scale_without_room_is_refused),
        TEST(web_addresses_have_a_host_and_no_blanks),
        TEST(a_site_stands_in_a_folder),
        TEST(a_row_that_reads_for_itself_says_what_it_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
