/* base: text, "did you mean", arenas, buffers, maps, hashes, the parallel loop, the report. */
#include "base/base.h"
#include "in_arena.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- Text ----------------------------------------------------------------------------------------- */

static void absent_is_not_empty(void **state)
{
    (void)state;
    assert_null(text_of(NULL).at);
    assert_null(TEXT_NONE.at);
    assert_non_null(TEXT("").at);
    assert_true(text_equal(TEXT_NONE, TEXT(""))); /* the same bytes all the same */
    assert_null(text_slice(TEXT_NONE, 0, 5).at);
    assert_int_equal(text_find(TEXT_NONE, TEXT("a")), -1);
    assert_int_equal(text_count_points(TEXT_NONE), 0);
    assert_int_equal(text_trim(TEXT_NONE).length, 0);
}

static void slices_are_clamped(void **state)
{
    struct arena *arena = *state;
    assert_text(text_slice(TEXT("goblin"), 1, 3), "ob");
    assert_text(text_slice(TEXT("goblin"), 4, 99), "in");
    assert_text(text_slice(TEXT("goblin"), 99, 100), "");
    assert_text(text_slice(TEXT("goblin"), 3, 1), "");
    assert_text(text_slice(TEXT("goblin"), 0, SIZE_MAX), "goblin");
}

static void texts_compare_by_bytes(void **state)
{
    (void)state;
    assert_true(text_compare(TEXT("a"), TEXT("b")) < 0);
    assert_true(text_compare(TEXT("a"), TEXT("ab")) < 0);
    assert_true(text_compare(TEXT("a\xff"), TEXT("a")) > 0);
    assert_true(text_compare(TEXT("Z"), TEXT("가")) < 0); /* bytes are not signed */
    assert_int_equal(text_compare(TEXT(""), TEXT_NONE), 0);
    assert_true(text_starts(TEXT("site/a"), "site/"));
    assert_false(text_starts(TEXT("site"), "site/"));
    assert_true(text_ends(TEXT("a.md"), ".md"));
    assert_false(text_ends(TEXT("md"), ".md"));
    assert_true(text_ends(TEXT(""), ""));
}

static void finds_and_trims(void **state)
{
    struct arena *arena = *state;
    assert_int_equal(text_find(TEXT("stay with me"), TEXT("with")), 5);
    assert_int_equal(text_find(TEXT("stay"), TEXT("stays")), -1);
    assert_int_equal(text_find(TEXT("stay"), TEXT("")), 0);
    assert_int_equal(text_find_byte(TEXT("a\0b"), 'b'), 2);
    assert_text(text_trim(TEXT(" \t\r\n a b \v\f")), "a b");
    assert_text(text_trim(TEXT("   ")), "");
    assert_text(text_trim(TEXT("\xc2\xa0x")), "\xc2\xa0x"); /* a no-break space is text */
}

static void cuts_lines(void **state)
{
    struct arena *arena = *state;
    struct text rest = TEXT("one\r\n\ntwo\rtwo\nthree"), line;
    static const char *const lines[] = {"one", "", "two\rtwo", "three"};
    for (size_t i = 0; i < BASE_COUNT(lines); i++) {
        assert_true(text_line(&rest, &line));
        assert_text(line, lines[i]);
    }
    assert_false(text_line(&rest, &line));
    rest = TEXT("end\n");
    assert_true(text_line(&rest, &line));
    assert_false(text_line(&rest, &line));
}

static void assert_points(struct text text, const uint32_t *points)
{
    size_t at = 0;
    for (; *points; points++) {
        assert_true(at < text.length);
        assert_int_equal(text_next_point(text, &at), *points);
    }
    assert_int_equal(at, text.length);
    while (at > 0)
        assert_int_equal(text_previous_point(text, &at), *--points);
}

#define POINTS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void reads_code_points(void **state)
{
    (void)state;
    assert_points(TEXT("aé가\xf0\x9f\x8e\xb5"), POINTS('a', 0xE9, 0xAC00, 0x1F3B5));
    assert_points(TEXT("\xf4\x8f\xbf\xbf"), POINTS(0x10FFFF));
    assert_int_equal(text_count_points(TEXT("aé가\xf0\x9f\x8e\xb5")), 4);
    assert_int_equal(text_skip_plain(TEXT("The rain falls.\nIt falls and falls.\n"), 0), 32);
    assert_int_equal(text_skip_plain(TEXT("Sixteen letters.A tab:\tand more"), 0), 16);
    assert_int_equal(text_skip_plain(TEXT("비가 내린다 and it goes on raining"), 0), 0);
}

/* Each broken byte is one U+FFFD, so that the whole text is stepped over whatever it is. */
static void broken_bytes_read_as_one_sign_each(void **state)
{
    (void)state;
    enum { bad = 0xFFFD };
    assert_points(TEXT("\xff"
                       "a"),
        POINTS(bad, 'a'));
    assert_points(TEXT("\xea\xb0"), POINTS(bad, bad));          /* cut off */
    assert_points(TEXT("\xea\x41\x80"), POINTS(bad, 'A', bad)); /* interrupted */
    assert_points(TEXT("\xc0\xaf"), POINTS(bad, bad));          /* "/", too long */
    assert_points(TEXT("\xe0\x80\xaf"), POINTS(bad, bad, bad)); /* "/", still longer */
    assert_points(TEXT("\xf0\x80\x80\xaf"), POINTS(bad, bad, bad, bad));
    assert_points(TEXT("\xed\xa0\x80"), POINTS(bad, bad, bad));          /* half of a pair */
    assert_points(TEXT("\xf4\x90\x80\x80"), POINTS(bad, bad, bad, bad)); /* over U+10FFFF */
}

/* ---- Did you mean ------------------------------------------------------------------------------------ */

static void distances_count_edits(void **state)
{
    (void)state;
    assert_int_equal(text_distance(TEXT("role"), TEXT("role"), 3), 0);
    assert_int_equal(text_distance(TEXT("rol"), TEXT("role"), 3), 1);
    assert_int_equal(text_distance(TEXT("roles"), TEXT("role"), 3), 1);
    assert_int_equal(text_distance(TEXT("rule"), TEXT("role"), 3), 1);
    assert_int_equal(text_distance(TEXT("orle"), TEXT("role"), 3), 1); /* a swap is one slip */
    assert_int_equal(text_distance(TEXT("ROLE"), TEXT("role"), 3), 0); /* so is no case */
    assert_int_equal(text_distance(TEXT("찬열"), TEXT("찬연"), 3), 1); /* by code points */
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 9), 3);
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 2), 3); /* limit + 1 */
    assert_int_equal(text_distance(TEXT(""), TEXT("abc"), 9), 3);
}

/* The plain definition, to compare with. */
static size_t plain_distance(const char *a, size_t m, const char *b, size_t n)
{
    if (m == 0 || n == 0)
        return m + n;
    size_t best = plain_distance(a, m - 1, b, n - 1) + (a[m - 1] != b[n - 1]);
    size_t drop = plain_distance(a, m - 1, b, n) + 1, insert = plain_distance(a, m, b, n - 1) + 1;
    best = drop < best ? drop : best;
    best = insert < best ? insert : best;
    if (m > 1 && n > 1 && a[m - 1] == b[n - 2] && a[m - 2] == b[n - 1]) {
        size_t swap = plain_distance(a, m - 2, b, n - 2) + 1;
        best = swap < best ? swap : best;
    }
    return best;
}

static void distances_agree_with_the_plain_definition(void **state)
{
    (void)state;
    unsigned seed = 7;
    for (int i = 0; i < 2000; i++) {
        char a[6], b[6];
        size_t m = (seed = seed * 1103515245 + 12345) >> 16 & 3, n;
        n = ((seed = seed * 1103515245 + 12345) >> 16 & 3) + 2;
        for (size_t j = 0; j < 6; j++) {
            a[j] = (char)('a' + ((seed = seed * 1103515245 + 12345) >> 16) % 3);
            b[j] = (char)('a' + ((seed = seed * 1103515245 + 12345) >> 16) % 3);
        }
        struct text left = {a, m + 1}, right = {b, n};
        assert_int_equal(text_distance(left, right, 9), plain_distance(a, m + 1, b, n));
    }
}

/* ---- Slips --------------------------------------------------------------------------------------------- */

enum { some_words = 1000 };

/* Words of 5 to 12 letters of an alphabet of three, so that many are near; some differ in a number, and
 * every third begins with 30 letters more. */
static void make_words(struct arena *arena, struct slip_word *words)
{
    unsigned seed = 11;
    for (int i = 0; i < some_words; i++) {
        char letters[48] = "thirtylettersthatallofthemhave";
        seed = seed * 1103515245 + 12345;
        size_t before = i % 3 ? 0 : strlen(letters), length = before + 5 + (seed >> 16) % 7;
        for (size_t j = before; j < length; j++)
            letters[j] = (char)('a' + ((seed = seed * 1103515245 + 12345) >> 16) % 3);
        words[i] = (struct slip_word){arena_text(arena, (struct text){letters, length}),
            seed >> 20 & 1 ? TEXT("1") : TEXT(""),
            length < 6    ? 0
            : length < 10 ? 1
                          : 2};
    }
}

static void finds_the_slips_that_a_comparison_of_each_with_each_finds(void **state)
{
    struct arena *arena = *state;
    struct slip_word words[some_words];
    static bool is_slip[some_words][some_words]; /* too many for the stack */
    struct slip *slips;
    size_t wanted = 0;
    make_words(arena, words);
    size_t count = slips_find(words, some_words, arena, &slips);
    for (size_t i = 0; i < count; i++) {
        assert_true(slips[i].a < slips[i].b);
        assert_false(is_slip[slips[i].a][slips[i].b]); /* each once */
        is_slip[slips[i].a][slips[i].b] = true;
    }
    for (int a = 0; a < some_words; a++)
        for (int b = a + 1; b < some_words; b++) {
            size_t most = (size_t)(words[a].most < words[b].most ? words[a].most : words[b].most);
            bool is_near = most > 0 && text_equal(words[a].apart, words[b].apart) &&
                           text_distance(words[a].letters, words[b].letters, most) <= most;
            assert_int_equal(is_slip[a][b], is_near);
            wanted += is_near;
        }
    assert_int_equal(count, wanted);
    assert_true(wanted > 100);
}

static void no_words_have_no_slips(void **state)
{
    struct arena *arena = *state;
    struct slip_word word = {
        TEXT("a word that is longer than any that a finger slips in, by far: 72"), TEXT(""), 2};
    struct slip_word words[] = {word, word};
    struct slip *slips;
    assert_int_equal(slips_find(NULL, 0, arena, &slips), 0);
    assert_int_equal(slips_find(words, 2, arena, &slips), 0);
}

static void the_nearest_is_a_slip_away(void **state)
{
    struct arena *arena = *state;
    const struct text names[] = {TEXT("title"), TEXT("tags"), TEXT("role"), TEXT("rating")};
    assert_text(text_nearest(TEXT("rol"), names, 4), "role");
    assert_text(text_nearest(TEXT("tag"), names, 4), "tags");
    assert_text(text_nearest(TEXT("raiting"), names, 4), "rating");
    assert_null(text_nearest(TEXT("drama"), names, 4).at);
    assert_null(text_nearest(TEXT("x"), names, 0).at);
    const struct text same[] = {TEXT("cat"), TEXT("car")};
    assert_text(text_nearest(TEXT("caz"), same, 2), "cat"); /* of two the first */
    assert_text(report_guess(arena, TEXT("rol"), names, 4), " (did you mean 'role'?)");
    assert_text(report_guess(arena, TEXT("drama"), names, 4), "");
}

static void long_names_are_nobodys_slip(void **state)
{
    (void)state;
    char name[200];
    memset(name, 'x', sizeof name);
    struct text longer = {name, 200}, shorter = {name, 199};
    assert_int_equal(text_distance(longer, longer, 2), 0);
    assert_int_equal(text_distance(longer, shorter, 2), 3);
    assert_null(text_nearest(longer, &shorter, 1).at);
}

/* ---- Arenas, lists, buffers ------------------------------------------------------------------------------ */

static void arenas_leave_no_gaps_between_texts(void **state)
{
    struct arena *arena = *state;
    struct text first = arena_text(arena, TEXT("Rain")), second = arena_text(arena, TEXT("Snow"));
    assert_ptr_equal(second.at, first.at + 5);
    assert_int_equal((uintptr_t)arena_alloc(arena, 8) % 8, 0);
}

static void arenas_give_zeroed_aligned_memory(void **state)
{
    struct arena *arena = *state;
    for (size_t bytes = 0; bytes < 5000; bytes += 7) {
        char *memory = arena_alloc(arena, bytes);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % 8, 0);
        for (size_t i = 0; i < bytes; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xAA, bytes);
    }
    char *large = arena_alloc(arena, 3 << 20);
    memset(large, 0xAA, 3 << 20);
    arena_clear(arena);
    assert_true(arena->total_bytes > 0);
    assert_int_equal(((char *)arena_alloc(arena, 100))[99], 0); /* used before: zeroed again */
}

static void an_empty_array_is_no_trouble(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena);
    arena_clear(&arena);
    assert_non_null(arena_array(&arena, 0, 16));
    assert_int_equal(arena_text(&arena, TEXT("")).length, 0);
    assert_null(arena_text(&arena, TEXT_NONE).at);
    arena_release(&arena);
    arena_release(&arena);
}

static void joins_texts(void **state)
{
    struct arena *arena = *state;
    const struct text parts[] = {TEXT("a"), TEXT(""), TEXT_NONE, TEXT("bc")};
    assert_text(arena_join_all(arena, parts, BASE_COUNT(parts)), "abc");
    assert_text(arena_join_all(arena, parts, 0), "");
    assert_text(arena_join(arena, TEXT("a"), TEXT("b")), "ab");
}

static void writes_integers(void **state)
{
    struct arena *arena = *state;
    char room[INTEGER_ROOM];
    assert_text(text_of_integer(0, room), "0");
    assert_text(text_of_integer(1090, room), "1090");
    assert_text(text_of_integer(-7, room), "-7");
    assert_text(text_of_integer(INT64_MAX, room), "9223372036854775807");
    assert_text(text_of_integer(INT64_MIN, room), "-9223372036854775808");
}

static void formats_of_any_length(void **state)
{
    struct arena *arena = *state;
    assert_text(arena_format(arena, "%s-%d", "a", 7), "a-7");
    assert_int_equal(arena_format(arena, "%5000d", 1).length, 5000);
}

static void lists_grow(void **state)
{
    struct arena *arena = *state;
    size_t *numbers = NULL, count = 0, capacity = 0;
    for (size_t i = 0; i < 1000; i++) {
        size_t *number = list_add(&numbers, &count, &capacity, arena, sizeof *number);
        assert_int_equal(*number, 0);
        *number = i;
    }
    assert_int_equal(count, 1000);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(numbers[i], i);
}

/* What is large has room of its own, which grows; all else stays where it is. */
static void large_lists_leave_nothing_behind(void **state)
{
    struct arena *arena = *state;
    size_t *numbers = NULL, count = 0, capacity = 0, before = arena->total_bytes;
    struct text texts[1000];
    for (size_t i = 0; i < 1 << 20; i++) {
        *(size_t *)list_add(&numbers, &count, &capacity, arena, sizeof *numbers) = i;
        if (i % 1000 == 0 && i / 1000 < BASE_COUNT(texts))
            texts[i / 1000] = arena_format(arena, "%zu", i);
    }
    for (size_t i = 0; i < count; i++)
        assert_int_equal(numbers[i], i);
    for (size_t i = 0; i < BASE_COUNT(texts); i++)
        assert_int_equal(strtoul(texts[i].at, NULL, 10), i * 1000);
    assert_true(arena->total_bytes - before < (capacity + capacity / 4) * sizeof *numbers);
}

static void buffers_grow(void **state)
{
    struct arena *arena = *state;
    struct buffer buffer;
    buffer_init(&buffer);
    assert_text(buffer_text(&buffer), "");
    buffer_add(&buffer, TEXT_NONE);
    buffer_add_string(&buffer, "a");
    buffer_add_byte(&buffer, 'b');
    buffer_format(&buffer, "%03d", 7);
    buffer_add_point(&buffer, 0xAC00);
    buffer_add_point(&buffer, 0x1F3B5);
    buffer_add_point(&buffer, 0xE9);
    assert_text(buffer_text(&buffer), "ab007가\xf0\x9f\x8e\xb5é");
    buffer_clear(&buffer);
    buffer_add_point(&buffer, 0xD800);
    buffer_add_point(&buffer, 0x110000);
    assert_text(buffer_text(&buffer), "\xef\xbf\xbd\xef\xbf\xbd");
    for (int i = 0; i < 10000; i++)
        buffer_add(&buffer, TEXT("0123456789"));
    assert_int_equal(buffer.length, 100006);
    buffer_release(&buffer);
    buffer_release(&buffer);
}

static void numbers_come_back(void **state)
{
    static const uint64_t numbers[] = {0, 1, 127, 128, 300, UINT32_MAX, INT64_MAX, UINT64_MAX};
    (void)state;
    for (size_t i = 0; i < 2 * BASE_COUNT(numbers); i++) {
        void (*add)(struct buffer *, uint64_t) = i % 2 ? buffer_add_uint64 : buffer_add_number;
        bool (*take)(struct text *, uint64_t *) = i % 2 ? text_take_uint64 : text_take_number;
        struct buffer buffer;
        uint64_t number;
        buffer_init(&buffer);
        add(&buffer, numbers[i / 2]);
        struct text rest = buffer_text(&buffer);
        assert_true(take(&rest, &number));
        assert_int_equal(number, numbers[i / 2]);
        assert_int_equal(rest.length, 0);
        rest = text_slice(buffer_text(&buffer), 0, buffer.length - 1);
        assert_false(take(&rest, &number));
        buffer_release(&buffer);
    }
}

/* ---- Maps and hashes ---------------------------------------------------------------------------------------- */

static void maps_keep_what_was_put_in_its_order(void **state)
{
    struct arena *arena = *state;
    struct map map;
    static int values[5000];
    map_init(&map, arena);
    assert_null(map_get(&map, TEXT("0")));
    for (int i = 0; i < 5000; i++)
        assert_ptr_equal(map_put(&map, arena_format(arena, "%d", i), &values[i]), &values[i]);
    assert_int_equal(map.count, 5000);
    for (int i = 0; i < 5000; i++) {
        assert_ptr_equal(map_get(&map, arena_format(arena, "%d", i)), &values[i]);
        assert_ptr_equal(map.entries[i].value, &values[i]);
    }
    assert_null(map_get(&map, TEXT("5000")));
    assert_null(map_get(&map, TEXT("")));
}

static void maps_put_once_and_set_always(void **state)
{
    struct arena *arena = *state;
    struct map map;
    int one, two;
    map_init(&map, arena);
    assert_ptr_equal(map_put(&map, TEXT("k"), &one), &one);
    assert_ptr_equal(map_put(&map, TEXT("k"), &two), &one);
    map_set(&map, TEXT("k"), &two);
    assert_ptr_equal(map_get(&map, TEXT("k")), &two);
    map_set(&map, TEXT("a\0b"), &one);
    assert_ptr_equal(map_get(&map, TEXT("a\0b")), &one);
    assert_null(map_get(&map, TEXT("a\0c")));
    assert_int_equal(map.count, 2);
}

/* The hash of a byte string is written into records: it must be the same for ever. */
static void hashes_stay_the_same(void **state)
{
    (void)state;
    assert_true(hash_text(TEXT("")) == 0x2D06800538D394C2ULL); /* XXH3's own test value */
    assert_true(hash_text(TEXT_NONE) == hash_text(TEXT("")));
    assert_true(hash_text(TEXT("a")) != hash_text(TEXT("b")));
    uint64_t ab_c = hash_more(hash_more(0, TEXT("ab")), TEXT("c"));
    uint64_t a_bc = hash_more(hash_more(0, TEXT("a")), TEXT("bc"));
    assert_true(ab_c != a_bc);
    assert_true(hash_number(1, 2) != hash_number(2, 1));
}

/* ---- The parallel loop ---------------------------------------------------------------------------------------- */

enum { loop_count = 10000 };

struct loop_seen {
    unsigned char done[loop_count]; /* one writer each */
    size_t by_worker[16];
    size_t last[16];
};

static void see(void *context, size_t index, unsigned worker)
{
    struct loop_seen *seen = context;
    seen->done[index]++;
    if (seen->by_worker[worker]++)
        assert_true(index > seen->last[worker]);
    seen->last[worker] = index;
}

static void sealed_text_comes_back_whole_or_not_at_all(void **state)
{
    struct arena *arena = *state;
    struct buffer kept;
    buffer_init(&kept);
    buffer_add_sealed(&kept, "liner test record 1", TEXT("a\nb"));
    struct text all = buffer_text(&kept);
    assert_text(text_unsealed(all, "liner test record 1"), "a\nb");
    assert_null(text_unsealed(all, "liner test record 2").at);
    assert_null(text_unsealed(TEXT_NONE, "liner test record 1").at);
    for (size_t i = 0; i < all.length; i++) {
        assert_null(text_unsealed(text_slice(all, 0, i), "liner test record 1").at);
        kept.at[i] ^= 1;
        assert_null(text_unsealed(all, "liner test record 1").at);
        kept.at[i] ^= 1;
    }
    kept.length = 0;
    buffer_add_sealed(&kept, "liner test record 1", TEXT_NONE);
    struct text body = text_unsealed(buffer_text(&kept), "liner test record 1");
    assert_non_null(body.at);
    assert_int_equal(body.length, 0);
    buffer_release(&kept);
}

static void the_loop_does_each_index_once(void **state)
{
    (void)state;
    struct loop_seen *seen = base_alloc(sizeof *seen);
    for (unsigned jobs = 1; jobs <= 16; jobs *= 2) {
        size_t all = 0;
        *seen = (struct loop_seen){.last = {0}};
        parallel_for(loop_count, jobs, see, seen);
        for (size_t i = 0; i < loop_count; i++)
            assert_int_equal(seen->done[i], 1);
        for (unsigned i = 0; i < 16; i++)
            all += seen->by_worker[i];
        assert_int_equal(all, loop_count);
        for (unsigned i = jobs; i < 16; i++)
            assert_int_equal(seen->by_worker[i], 0);
    }
    base_free(seen);
}

static void add_one(void *context)
{
    ++*(int *)context;
}

static void a_task_is_done_when_it_has_ended(void **state)
{
    (void)state;
    int done = 0;
    struct task *task = task_start(add_one, &done);
    task_end(task);
    assert_int_equal(done, 1);
    task_end(NULL);
}

static void the_loop_may_be_empty_or_short(void **state)
{
    (void)state;
    struct loop_seen *seen = base_alloc(sizeof *seen);
    *seen = (struct loop_seen){.last = {0}};
    parallel_for(0, 8, see, seen);
    parallel_for(1, 8, see, seen);
    assert_int_equal(seen->done[0], 1);
    assert_int_equal(seen->by_worker[0], 1);
    base_free(seen);
}

/* ---- The report --------------------------------------------------------------------------------------------------- */

static void assert_place(struct place place, uint32_t line, uint32_t column, uint32_t points)
{
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
    assert_int_equal(place.points, points);
}

/* Whatever the order they are asked for in. */
static void places_are_counted_on(void **state)
{
    (void)state;
    struct text bytes = TEXT("규현 a\n\nbc 도\nd");
    struct place_counter counter = {0};
    static const struct {
        size_t at, length;
        uint32_t line, column, points;
    } places[] = {{0, 3, 1, 1, 1}, {3, 5, 1, 2, 3}, {7, 9, 1, 4, 1}, {9, 1, 2, 1, 1},
        {13, 3, 3, 4, 1}, {10, 2, 3, 1, 2}, {13, 0, 3, 4, 1}, {17, 1, 4, 1, 1}, {18, 9, 4, 2, 1},
        {99, 1, 4, 2, 1}, {6, 1, 1, 3, 1}, {17, 1, 4, 1, 1}};
    for (size_t i = 0; i < BASE_COUNT(places); i++) {
        assert_place(place_next(&counter, TEXT("a.md"), bytes, places[i].at, places[i].length),
            places[i].line, places[i].column, places[i].points);
        assert_place(place_in(TEXT("a.md"), bytes, places[i].at, places[i].length), places[i].line,
            places[i].column, places[i].points);
    }
}

static struct place at(const char *file, uint32_t line, uint32_t column, uint32_t points)
{
    return (struct place){text_of(file), line, column, points};
}

/* Every problem as "file:line:column level message", one a line. */
static struct text order_of(const struct report *report, struct arena *arena)
{
    struct buffer lines;
    buffer_init(&lines);
    for (size_t i = 0; i < report->count; i++) {
        const struct report_problem *problem = &report->problems[i];
        buffer_format(&lines, "%.*s:%u:%u %d %.*s\n", TEXT_ARGS(problem->place.file),
            problem->place.line, problem->place.column, problem->level,
            TEXT_ARGS(problem->message));
    }
    struct text text = arena_text(arena, buffer_text(&lines));
    buffer_release(&lines);
    return text;
}

static void problems_come_in_the_order_of_their_places(void **state)
{
    struct arena *arena = *state;
    struct report report, other;
    report_init(&report);
    report_init(&other);
    report_at(&report, REPORT_WARNING, at("b.md", 2, 1, 1), "second");
    report_at(&report, REPORT_ERROR, at("b.md", 10, 1, 1), "tenth");
    report_at(&other, REPORT_ERROR, at("b.md", 2, 1, 1), "second, too");
    report_at(&other, REPORT_ERROR, at("a.md", 0, 0, 0), "the file");
    report_at(&other, REPORT_ERROR, at("b.md", 10, 1, 1), "tenth");
    report_note(&other, "a note");
    report_at(&report, REPORT_ERROR, at("c.md", 1, 1, 1), "one way or the other");
    report_note(&report, "on the page b");
    report_at(&other, REPORT_ERROR, at("c.md", 1, 1, 1), "one way or the other");
    report_note(&other, "on the page a");
    report_join(&report, &other);
    assert_int_equal(other.count, 0);
    report_sort(&report);
    assert_true(text_starts(report.problems[4].notes, "on the page a"));
    assert_text(order_of(&report, arena), "a.md:0:0 0 the file\n"
                                          "b.md:2:1 0 second, too\n"
                                          "b.md:2:1 1 second\n"
                                          "b.md:10:1 0 tenth\n"
                                          "c.md:1:1 0 one way or the other\n");
    assert_int_equal(report.errors, 4);
    assert_int_equal(report.warnings, 1);
    report_release(&report);
    report_release(&other);
}

static void the_worst_problem_decides_the_status(void **state)
{
    (void)state;
    struct report report;
    report_init(&report);
    assert_int_equal(report_status(&report), BASE_DONE);
    report_at(&report, REPORT_WARNING, at("a", 1, 1, 1), "w");
    assert_int_equal(report_status(&report), BASE_DONE);
    report_at(&report, REPORT_ERROR, at("a", 1, 1, 1), "e");
    assert_int_equal(report_status(&report), BASE_PROBLEMS);
    report_at(&report, REPORT_REFUSED, at("a", 1, 1, 1), "r");
    assert_int_equal(report_status(&report), BASE_REFUSED);
    report_sort(&report);
    assert_int_equal(report_status(&report), BASE_REFUSED);
    report_release(&report);
}

/* ---- Printing ------------------------------------------------------------------------------------------------------ */

static struct text source_of_test(void *context, struct text file)
{
    (void)file;
    return *(const struct text *)context;
}

/* Hangul takes two columns, control signs none, all else one. */
static size_t width_of(struct text text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.length;) {
        uint32_t point = text_next_point(text, &i);
        width += point < 0x20 ? 0 : point >= 0xAC00 && point <= 0xD7A3 ? 2 : 1;
    }
    return width;
}

static const char *print(
    const struct report *report, struct text source, bool color, struct arena *arena)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&bytes, &length);
    struct report_printer printer = {.to = file,
        .color = color,
        .context = &source,
        .source = source_of_test,
        .width = width_of};
    report_print(report, &printer);
    fclose(file);
    const char *copy = arena_text(arena, (struct text){bytes, length}).at;
    free(bytes);
    return copy;
}

static const char *print_one(struct place place, struct text source, struct arena *arena)
{
    struct report report;
    report_init(&report);
    report_at(&report, REPORT_ERROR, place, "wrong");
    const char *printed = print(&report, source, false, arena);
    report_release(&report);
    return printed;
}

static void a_kept_report_comes_back(void **state)
{
    struct arena *arena = *state;
    struct report report, back;
    struct buffer kept;
    report_init(&report);
    report_init(&back);
    buffer_init(&kept);
    report_at(&report, REPORT_WARNING, at("a b.md", 2, 32, 3), "two\nlines of %d%%", 5);
    report_note(&report, "first note");
    report_note(&report, "second note");
    report_at(&report, REPORT_ERROR, at("", 0, 0, 0), "nowhere");
    report_keep(&report, &kept);
    for (size_t length = 1; length < kept.length; length++)
        if (report_take(&back, (struct text){kept.at, length}))
            assert_int_equal(back.count, 1); /* the first alone is whole, too */
    report_release(&back);
    assert_true(report_take(&back, buffer_text(&kept)));
    assert_text(order_of(&back, arena), order_of(&report, arena).at);
    assert_true(text_equal(back.problems[0].notes, report.problems[0].notes));
    assert_int_equal(back.problems[0].place.points, 3);
    assert_int_equal(back.warnings, 1);
    assert_int_equal(back.errors, 1);
    assert_false(report_take(&back, TEXT("warning 1 1 1 99 0 0\na.md")));
    assert_false(report_take(&back, TEXT("hint 1 1 1 0 0 0\n")));
    assert_int_equal(back.count, 2);
    assert_true(report_take(&back, TEXT("")));
    buffer_release(&kept);
    report_release(&report);
    report_release(&back);
}

static void prints_the_line_and_a_caret(void **state)
{
    struct arena *arena = *state;
    struct report report;
    report_init(&report);
    report_at(&report, REPORT_ERROR, at("content/reviews/goblin.md", 2, 32, 3),
        "unknown artist field 'rol' (did you mean 'role'?)");
    report_note(&report, "first note");
    report_note(&report, "second note");
    report_at(&report, REPORT_WARNING, at("content/reviews/goblin.md", 1, 0, 0), "a whole line");
    report_at(&report, REPORT_REFUSED, at("site/a", 0, 0, 0), "no space left");
    report_at(&report, REPORT_ERROR, at("", 0, 0, 0), "nowhere");
    assert_string_equal(
        print(&report, TEXT("---\n    artists: [{name: Chanyeol, rol: vocal}]\n"), false, arena),
        "content/reviews/goblin.md:2:32: error: unknown artist field 'rol' (did you mean "
        "'role'?)\n"
        "    2 |     artists: [{name: Chanyeol, rol: vocal}]\n"
        "      |                                ^~~\n"
        "      = first note\n"
        "      = second note\n"
        "content/reviews/goblin.md:1: warning: a whole line\n"
        "site/a: error: no space left\n"
        "liner: error: nowhere\n");
    report_release(&report);
}

static void the_caret_stands_by_width(void **state)
{
    struct arena *arena = *state;
    assert_string_equal(print_one(at("a.md", 1, 8, 2), TEXT("title: 도깨비"), arena),
        "a.md:1:8: error: wrong\n"
        "    1 | title: 도깨비\n"
        "      |        ^~~~\n");
    assert_string_equal(print_one(at("a.md", 1, 4, 1), TEXT("도깨비 OST"), arena),
        "a.md:1:4: error: wrong\n"
        "    1 | 도깨비 OST\n"
        "      |       ^\n");
}

static void a_fault_behind_the_line_is_shown_at_its_end(void **state)
{
    struct arena *arena = *state;
    assert_string_equal(print_one(at("a.md", 1, 4, 9), TEXT("abc"), arena),
        "a.md:1:4: error: wrong\n"
        "    1 | abc\n"
        "      |    ^\n");
    assert_string_equal(print_one(at("a.md", 1, 1, 0), TEXT("\n"), arena),
        "a.md:1:1: error: wrong\n"
        "    1 | \n"
        "      | ^\n");
    /* a line that is not there, or a source that can't be had */
    assert_string_equal(
        print_one(at("a.md", 7, 1, 1), TEXT("abc"), arena), "a.md:7:1: error: wrong\n");
    assert_string_equal(
        print_one(at("a.md", 1, 1, 1), TEXT_NONE, arena), "a.md:1:1: error: wrong\n");
}

static void long_lines_are_cut_around_the_fault(void **state)
{
    struct arena *arena = *state;
    char line[1001], shown[121], expected[512];
    memset(line, 'x', 1000);
    memcpy(line + 500, "HERE", 4);
    memset(shown, 'x', 120);
    memcpy(shown + 60, "HERE", 4);
    line[1000] = shown[120] = '\0';
    snprintf(expected, sizeof expected, "a.md:1:501: error: wrong\n    1 | %s\n      | %60s^~~~\n",
        shown, "");
    assert_string_equal(print_one(at("a.md", 1, 501, 4), text_of(line), arena), expected);
}

/* What a hostile file has in a line must not steer the terminal. */
static void control_signs_do_not_reach_the_terminal(void **state)
{
    struct arena *arena = *state;
    assert_string_equal(
        print_one(at("a\x1b.md", 1, 8, 1), TEXT("a\x1b[2J\tb\xff\x7f\xc2\x9b\0c"), arena),
        "a\xef\xbf\xbd.md:1:8: error: wrong\n"
        "    1 | a\xef\xbf\xbd[2J b\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
        "c\n"
        "      |        ^\n");
    struct report report;
    report_init(&report);
    report_at(&report, REPORT_ERROR, at("a", 0, 0, 0), "unknown '%s'", "\x1b[31m\n\r");
    report_note(&report, "near '%s'", "\x1b");
    assert_string_equal(print(&report, TEXT(""), false, arena),
        "a: error: unknown '\xef\xbf\xbd[31m\xef\xbf\xbd\xef\xbf\xbd'\n"
        "      = near '\xef\xbf\xbd'\n");
    report_release(&report);
}

static void colors_are_asked_for(void **state)
{
    struct arena *arena = *state;
    struct report report;
    report_init(&report);
    report_at(&report, REPORT_WARNING, at("a.md", 1, 1, 2), "wrong");
    assert_string_equal(print(&report, TEXT("ab"), true, arena),
        "\033[1ma.md:1:1:\033[0m \033[1;33mwarning:\033[0m wrong\n"
        "    1 | ab\n"
        "      | \033[1;32m^~\033[0m\n");
    report_release(&report);
}

static void a_long_message_is_cut_between_code_points(void **state)
{
    (void)state;
    struct report report;
    char name[3001];
    for (size_t i = 0; i < 3000; i += 3)
        memcpy(name + i, "가", 3);
    name[3000] = '\0';
    report_init(&report);
    report_at(&report, REPORT_ERROR, at("a", 0, 0, 0), "x%s", name);
    struct text message = report.problems[0].message;
    assert_true(message.length > 1000 && message.length < 1024);
    assert_int_equal(message.length % 3, 1);
    report_release(&report);
}

/* ---- The ends ----------------------------------------------------------------------------------------------------------- */

/* Runs the function in a child whose stderr goes into `said`; returns how the child ended. */
static int end_of(void (*run)(void), char *said, size_t size)
{
    int ends[2], how;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        run();
        _exit(0);
    }
    close(ends[1]);
    ssize_t length = read(ends[0], said, size - 1);
    said[length > 0 ? length : 0] = '\0';
    close(ends[0]);
    waitpid(child, &how, 0);
    return how;
}

static void ask_too_much(void)
{
    base_alloc(SIZE_MAX / 2);
}

static void refused_memory_ends_the_program_with_3(void **state)
{
    (void)state;
    char said[256];
    int how = end_of(ask_too_much, said, sizeof said);
    if (strstr(said, "Sanitizer"))
        return; /* which has its own way to end */
    assert_true(WIFEXITED(how));
    assert_int_equal(WEXITSTATUS(how), BASE_REFUSED);
    assert_string_equal(said, "liner: out of memory (9223372036854775807 more bytes refused)\n");
}

static void break_a_contract(void)
{
    base_assert(1 + 1 == 3);
}

static void a_broken_contract_aborts(void **state)
{
    (void)state;
    char said[512];
    int how = end_of(break_a_contract, said, sizeof said);
    assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGABRT);
    assert_non_null(strstr(said, "base_test.c"));
    assert_non_null(strstr(said, "broken contract: 1 + 1 == 3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_an_arena(absent_is_not_empty),
        in_an_arena(slices_are_clamped),
        in_an_arena(texts_compare_by_bytes),
        in_an_arena(finds_and_trims),
        in_an_arena(cuts_lines),
        in_an_arena(reads_code_points),
        in_an_arena(broken_bytes_read_as_one_sign_each),
        in_an_arena(distances_count_edits),
        in_an_arena(distances_agree_with_the_plain_definition),
        in_an_arena(finds_the_slips_that_a_comparison_of_each_with_each_finds),
        in_an_arena(no_words_have_no_slips),
        in_an_arena(the_nearest_is_a_slip_away),
        in_an_arena(long_names_are_nobodys_slip),
        in_an_arena(arenas_leave_no_gaps_between_texts),
        in_an_arena(arenas_give_zeroed_aligned_memory),
        in_an_arena(an_empty_array_is_no_trouble),
        in_an_arena(joins_texts),
        in_an_arena(writes_integers),
        in_an_arena(formats_of_any_length),
        in_an_arena(lists_grow),
        in_an_arena(large_lists_leave_nothing_behind),
        in_an_arena(buffers_grow),
        cmocka_unit_test(numbers_come_back),
        in_an_arena(maps_keep_what_was_put_in_its_order),
        in_an_arena(maps_put_once_and_set_always),
        in_an_arena(hashes_stay_the_same),
        in_an_arena(sealed_text_comes_back_whole_or_not_at_all),
        in_an_arena(the_loop_does_each_index_once),
        in_an_arena(the_loop_may_be_empty_or_short),
        in_an_arena(a_task_is_done_when_it_has_ended),
        in_an_arena(places_are_counted_on),
        in_an_arena(problems_come_in_the_order_of_their_places),
        in_an_arena(the_worst_problem_decides_the_status),
        in_an_arena(a_kept_report_comes_back),
        in_an_arena(prints_the_line_and_a_caret),
        in_an_arena(the_caret_stands_by_width),
        in_an_arena(a_fault_behind_the_line_is_shown_at_its_end),
        in_an_arena(long_lines_are_cut_around_the_fault),
        in_an_arena(control_signs_do_not_reach_the_terminal),
        in_an_arena(colors_are_asked_for),
        in_an_arena(a_long_message_is_cut_between_code_points),
        in_an_arena(refused_memory_ends_the_program_with_3),
        in_an_arena(a_broken_contract_aborts),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
