/*
 * Which of many words are slips of each other, without comparing each with each.
 *
 * Two words that are at most k edits apart (see text_distance) become the same when at most k letters
 * are left out of each. So every word is noted under all it can become, and only words that meet there
 * are compared (this is SymSpell's idea, https://github.com/wolfgarbe/SymSpell).
 *
 *     borum -> borum orum brum boum borm boru
 *     boram -> boram oram bram boam borm bora         they meet at "borm"
 *
 * Of a long word two letters can be left out in too many ways: two slips of long words are looked for
 * pair by pair, of which nearly all differ in length or in the letters that they have at all.
 *
 * What a word becomes is never written down: its hash is put together from sums over the whole word, as
 * a polynomial in a number that can be divided by, modulo 2^64.
 */
#include "base/base.h"

enum {
    /* Longer words are nobody's slip of the finger; text_distance goes no farther either. */
    longest = 64,
    /* Where so many words meet, they are no slips but a series ("Kim A", "Kim B", ...). */
    most_meeting = 64,
    /* Words with more letters are long, */
    most_short = 32,
    /* and of more of those than this, two slips are not looked for. */
    most_long = 5000,
};

static const uint64_t base = 0x9E3779B97F4A7C15u; /* odd, so that it divides */

struct meeting {
    uint32_t hash; /* of what the words become: the half that does not choose the slot */
    uint32_t word; /* + 1; 0: free */
    uint32_t count;
    uint32_t next; /* into others: the words before it; 0: none */
};

struct other {
    uint32_t word, next;
};

struct long_word {
    uint32_t word, length;
    uint64_t letters; /* a bit for each letter that it has, of 64 that several share */
};

struct slip_finder {
    const struct slip_word *words;
    struct arena *arena;
    struct meeting *meetings;
    size_t mask;
    struct other *others;
    size_t other_count;
    uint32_t *compared; /* by word: the last one it was compared with, + 1 */
    uint64_t inverse;   /* of base */
    struct long_word *longs;
    size_t long_count, long_capacity;
    struct slip *slips;
    size_t count, capacity;
};

/* By Newton: an odd number is its own inverse in its last 3 bits, and each step doubles those. */
static uint64_t inverse_of(uint64_t number)
{
    uint64_t inverse = number;
    for (int i = 0; i < 5; i++)
        inverse *= 2 - number * inverse;
    return inverse;
}

static size_t ways(size_t length, int most)
{
    return 1 + (most > 0 ? length : 0) + (most > 1 ? length * (length - 1) / 2 : 0);
}

/* How many letters may be left out of it to see what it meets. */
static int left_out(const struct slip_word *word, size_t length)
{
    return length > most_short && word->most > 1 ? 1 : word->most;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static void compare(struct slip_finder *finder, uint32_t a, uint32_t b)
{
    const struct slip_word *word = &finder->words[a], *other = &finder->words[b];
    if (finder->compared[b] == a + 1)
        return;
    finder->compared[b] = a + 1;
    size_t most = (size_t)least(word->most, other->most);
    if (!text_equal(word->apart, other->apart) ||
        text_distance(word->letters, other->letters, most) > most)
        return;
    struct slip *slip =
        list_add(&finder->slips, &finder->count, &finder->capacity, finder->arena, sizeof *slip);
    *slip = (struct slip){b, a};
}

/* Compares the word with those that become the same, and notes it among them. */
static void meet(struct slip_finder *finder, uint32_t word, uint64_t hash)
{
    size_t slot = hash & finder->mask;
    uint32_t half = (uint32_t)(hash >> 32);
    while (finder->meetings[slot].word && finder->meetings[slot].hash != half)
        slot = (slot + 1) & finder->mask;
    struct meeting *meeting = &finder->meetings[slot];
    if (meeting->word == word + 1 || meeting->count == most_meeting)
        return;
    if (meeting->word) {
        compare(finder, word, meeting->word - 1);
        for (uint32_t at = meeting->next; at; at = finder->others[at].next)
            compare(finder, word, finder->others[at].word);
        finder->others[++finder->other_count] = (struct other){meeting->word - 1, meeting->next};
        meeting->next = (uint32_t)finder->other_count;
    }
    meeting->hash = half;
    meeting->word = word + 1;
    meeting->count++;
}

/* All that it becomes when as many letters as it may lack are left out. */
static void meet_all(struct slip_finder *finder, uint32_t number)
{
    const struct slip_word *word = &finder->words[number];
    uint64_t sums[longest + 1] = {0}, power = 1, seed = hash_text(word->apart);
    uint64_t once = finder->inverse, twice = once * once;
    size_t length = 0;
    int most = left_out(word, text_count_points(word->letters));
    for (size_t at = 0; at < word->letters.length; power *= base, length++)
        sums[length + 1] =
            sums[length] + hash_number(1, text_next_point(word->letters, &at)) * power;
    uint64_t all = sums[length];
    meet(finder, number, hash_number(seed, all));
    for (size_t i = 0; most > 0 && i < length; i++) {
        uint64_t before = sums[i], behind = all - sums[i + 1];
        meet(finder, number, hash_number(seed, before + behind * once));
        for (size_t j = i + 1; most > 1 && j < length; j++) {
            uint64_t between = sums[j] - sums[i + 1], rest = all - sums[j + 1];
            meet(finder, number, hash_number(seed, before + between * once + rest * twice));
        }
    }
}

/* Each slip takes a letter away and brings one in, at most. */
static bool may_be_slips(const struct long_word *a, const struct long_word *b)
{
    uint32_t gap = a->length > b->length ? a->length - b->length : b->length - a->length;
    return gap <= 2 && __builtin_popcountll(a->letters ^ b->letters) <= 4;
}

/* Compares a long word with those before it that it may be two slips away from. */
static void meet_long(struct slip_finder *finder, uint32_t number)
{
    const struct slip_word *word = &finder->words[number];
    struct long_word mine = {.word = number, .length = (uint32_t)text_count_points(word->letters)};
    if (word->most < 2 || mine.length <= most_short || finder->long_count == most_long)
        return;
    for (size_t at = 0; at < word->letters.length;)
        mine.letters |= (uint64_t)1 << (text_next_point(word->letters, &at) % 64);
    for (size_t i = 0; i < finder->long_count; i++)
        if (may_be_slips(&mine, &finder->longs[i]))
            compare(finder, number, finder->longs[i].word);
    *(struct long_word *)list_add(&finder->longs, &finder->long_count, &finder->long_capacity,
        finder->arena, sizeof mine) = mine;
}

static bool is_candidate(const struct slip_word *word)
{
    return word->most > 0 && text_count_points(word->letters) <= longest;
}

size_t slips_find(
    const struct slip_word *words, size_t count, struct arena *arena, struct slip **slips)
{
    struct slip_finder finder = {.words = words, .arena = arena, .inverse = inverse_of(base)};
    size_t most = 0, slots = 16;
    for (size_t i = 0; i < count; i++)
        if (is_candidate(&words[i])) {
            size_t length = text_count_points(words[i].letters);
            most += ways(length, left_out(&words[i], length));
        }
    while (slots < most + most / 2)
        slots *= 2;
    finder.mask = slots - 1;
    finder.meetings = arena_array(arena, slots, sizeof *finder.meetings);
    finder.others = arena_array(arena, most + 1, sizeof *finder.others);
    finder.compared = arena_array(arena, count, sizeof *finder.compared);
    for (size_t i = 0; i < count; i++)
        if (is_candidate(&words[i])) {
            meet_all(&finder, (uint32_t)i);
            meet_long(&finder, (uint32_t)i);
        }
    *slips = finder.slips;
    return finder.count;
}
