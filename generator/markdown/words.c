/*
 * The words of a text, for searching it: each once, as 22 bits of a hash.
 *
 *     64 bytes         how many of them begin with the six bits 0, 1, 2 ... 63, 255 at most
 *     2 bytes each     the other 16 bits, the low byte first, in order
 *
 *     "The rivers, in 경찰학교에서"  ->  the  river  경찰 찰학 학교 교에 에서
 *
 * Text that is not ASCII or Hangul is brought to unicode_loose first; small letters are made here. A word is a run of
 * letters and digits, apostrophes passed over, of at least three bytes; an "s" at the end of four or more counts for
 * nothing. Hangul has no blanks between a noun and what sticks to it: of a run each two syllables that follow
 * each other are a word, and a syllable alone is one. The script of the search page does the same with what is typed.
 */
#include "markdown/markdown_inside.h"

#include "unicode/unicode.h"

enum { LOW_BITS = 16, HIGH_COUNT = 1 << (MARKDOWN_WORD_BITS - LOW_BITS), MOST_EACH = 255 };

static const uint32_t hash_start = 2166136261u; /* FNV-1a, 32 bits */

static inline uint32_t hash_byte(uint32_t hash, unsigned char byte)
{
    return (hash ^ byte) * 16777619u;
}

static uint32_t hash_bytes(uint32_t hash, const char *at, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = hash_byte(hash, (unsigned char)at[i]);
    return hash;
}

/* ---- The set ------------------------------------------------------------------------------------------------ */

static void grow(struct word_set *set)
{
    size_t before = set->slot_count;
    uint32_t *words = set->words;
    set->slot_count = before ? before * 2 : 1024;
    set->slots = arena_array(set->scratch, set->slot_count, sizeof *set->slots);
    set->words = arena_array(set->scratch, set->slot_count / 2, sizeof *set->words);
    for (size_t i = 0; i < set->count; i++) {
        size_t slot = words[i] & (set->slot_count - 1);
        while (set->slots[slot])
            slot = (slot + 1) & (set->slot_count - 1);
        set->slots[slot] = (set->words[i] = words[i]) + 1;
    }
}

static inline void put(struct word_set *set, uint32_t word)
{
    if (set->count * 2 >= set->slot_count)
        grow(set);
    size_t slot = word & (set->slot_count - 1);
    for (; set->slots[slot]; slot = (slot + 1) & (set->slot_count - 1))
        if (set->slots[slot] == word + 1)
            return;
    set->slots[slot] = word + 1;
    set->words[set->count++] = word;
}

static inline void put_hash(struct word_set *set, uint32_t hash)
{
    put(set, (hash >> MARKDOWN_WORD_BITS ^ hash) & ((1u << MARKDOWN_WORD_BITS) - 1));
}

/* ---- Words of a text ---------------------------------------------------------------------------------------- */

static bool is_syllable(uint32_t point)
{
    return point >= 0xAC00 && point <= 0xD7A3;
}

/* Letters that stand alone are laughter, and what is half typed. */
static bool is_hangul(uint32_t point)
{
    return is_syllable(point) || unicode_is_letter_of_hangul(point);
}

static bool is_apostrophe(uint32_t point)
{
    return point == '\'' || point == '`' || point == 0x2018 || point == 0x2019 || point == 0x2BC;
}

static bool is_other_letter(uint32_t point)
{
    return !is_hangul(point) && (unicode_is_letter(point) || unicode_is_number(point));
}

/* The small letter of a letter or digit; 0: it is none. */
static const char small[256] = {['0'] = '0',
    ['1'] = '1',
    ['2'] = '2',
    ['3'] = '3',
    ['4'] = '4',
    ['5'] = '5',
    ['6'] = '6',
    ['7'] = '7',
    ['8'] = '8',
    ['9'] = '9',
    ['A'] = 'a',
    ['B'] = 'b',
    ['C'] = 'c',
    ['D'] = 'd',
    ['E'] = 'e',
    ['F'] = 'f',
    ['G'] = 'g',
    ['H'] = 'h',
    ['I'] = 'i',
    ['J'] = 'j',
    ['K'] = 'k',
    ['L'] = 'l',
    ['M'] = 'm',
    ['N'] = 'n',
    ['O'] = 'o',
    ['P'] = 'p',
    ['Q'] = 'q',
    ['R'] = 'r',
    ['S'] = 's',
    ['T'] = 't',
    ['U'] = 'u',
    ['V'] = 'v',
    ['W'] = 'w',
    ['X'] = 'x',
    ['Y'] = 'y',
    ['Z'] = 'z',
    ['a'] = 'a',
    ['b'] = 'b',
    ['c'] = 'c',
    ['d'] = 'd',
    ['e'] = 'e',
    ['f'] = 'f',
    ['g'] = 'g',
    ['h'] = 'h',
    ['i'] = 'i',
    ['j'] = 'j',
    ['k'] = 'k',
    ['l'] = 'l',
    ['m'] = 'm',
    ['n'] = 'n',
    ['o'] = 'o',
    ['p'] = 'p',
    ['q'] = 'q',
    ['r'] = 'r',
    ['s'] = 's',
    ['t'] = 't',
    ['u'] = 'u',
    ['v'] = 'v',
    ['w'] = 'w',
    ['x'] = 'x',
    ['y'] = 'y',
    ['z'] = 'z'};

/* A word that is being read. */
struct reading {
    uint32_t hash, before; /* of what it has so far; without the last byte */
    size_t length;
    char last;
};

static inline void read_byte(struct reading *reading, char byte)
{
    reading->before = reading->hash;
    reading->hash = hash_byte(reading->hash, (unsigned char)byte);
    reading->last = byte;
    reading->length++;
}

/* What is not a plain letter, and rare in words: false where it ends one. */
static bool read_other(struct reading *reading, struct text text, size_t *at)
{
    size_t end = *at;
    uint32_t point = text_next_point(text, &end);
    bool is_passed_over = is_apostrophe(point);
    if (!is_passed_over && !is_other_letter(point))
        return false;
    for (; *at < end; ++*at)
        if (!is_passed_over)
            read_byte(reading, text.at[*at]);
    return true;
}

static bool may_go_on(char byte)
{
    return (unsigned char)byte >= 0x80 || byte == '\'' || byte == '`';
}

/* A word of which not all letters are plain. */
static size_t read_mixed(struct word_set *set, struct text text, size_t at)
{
    struct reading reading = {.hash = hash_start};
    do
        for (char letter; at < text.length && (letter = small[(unsigned char)text.at[at]]); at++)
            read_byte(&reading, letter);
    while (at < text.length && may_go_on(text.at[at]) && read_other(&reading, text, &at));
    if (reading.length >= 3)
        put_hash(set, reading.length > 3 && reading.last == 's' ? reading.before : reading.hash);
    return at;
}

/* Nearly all words are plain, and read here; where one is not, it is read again. */
static inline size_t read_latin(struct word_set *set, struct text text, size_t from)
{
    const unsigned char *start = (const void *)(text.at + from), *at = start;
    const unsigned char *end = (const void *)(text.at + text.length);
    uint32_t hash = hash_start, before = hash_start;
    for (char letter; at < end && (letter = small[*at]); at++) {
        before = hash;
        hash = hash_byte(hash, (unsigned char)letter);
    }
    if (at < end && may_go_on((char)*at))
        return read_mixed(set, text, from);
    size_t length = (size_t)(at - start);
    if (length >= 3)
        put_hash(set, length > 3 && small[at[-1]] == 's' ? before : hash);
    return from + length;
}

/* Where the run of Hangul ends. */
static size_t hangul_end(struct text text, size_t at)
{
    for (size_t end = at; end < text.length; at = end)
        if ((unsigned char)text.at[end] < 0x80 || !is_syllable(text_next_point(text, &end)))
            return at;
    return at;
}

static void read_hangul(struct word_set *set, struct text text, size_t from, size_t end)
{
    enum { POINT = 3 }; /* bytes of each */
    size_t length = end - from < 2 * POINT ? POINT : 2 * POINT;
    for (; from + length <= end; from += POINT)
        put_hash(set, hash_bytes(hash_start, text.at + from, length));
}

static void read_words(struct word_set *set, struct text text)
{
    for (size_t at = 0; at < text.length;) {
        unsigned char byte = (unsigned char)text.at[at];
        size_t end = byte < 0x80 ? at : hangul_end(text, at);
        if (byte < 0x80 && !small[byte]) {
            at++;
        } else if (end > at) {
            read_hangul(set, text, at, end);
            at = end;
        } else {
            end = read_latin(set, text, at);
            if (end == at)
                text_next_point(text, &end);
            at = end;
        }
    }
}

/* General punctuation is what most texts have besides. */
static bool is_loose(struct text text)
{
    for (size_t at = 0; at < text.length;) {
        if ((unsigned char)text.at[at] < 0x80) {
            at = text_skip_plain(text, at + 1);
            continue;
        }
        uint32_t point = text_next_point(text, &at);
        if (point >= 0x80 && !is_hangul(point) && (point < 0x2010 || point > 0x2026))
            return false;
    }
    return true;
}

void gather_words(struct word_set *set, struct text text)
{
    struct buffer loose;
    if (is_loose(text)) {
        read_words(set, text);
        return;
    }
    buffer_init(&loose);
    unicode_loose(set->scratch, text, &loose);
    read_words(set, buffer_text(&loose));
    buffer_release(&loose);
}

/* ---- Kept --------------------------------------------------------------------------------------------------- */

/* Words of one beginning are few: they find their place one by one. */
static void settle(uint16_t *low, size_t count, uint16_t word)
{
    for (; count > 0 && low[count - 1] > word; count--)
        low[count] = low[count - 1];
    low[count] = word;
}

struct text keep_words(const struct word_set *set, struct arena *arena)
{
    size_t starts[HIGH_COUNT + 1] = {0}, counts[HIGH_COUNT] = {0}, kept = 0;
    uint16_t *low = arena_array(set->scratch, set->count, sizeof *low);
    for (size_t i = 0; i < set->count; i++)
        starts[(set->words[i] >> LOW_BITS) + 1]++;
    for (size_t i = 0; i < HIGH_COUNT; i++)
        starts[i + 1] += starts[i];
    for (size_t i = 0; i < set->count; i++) {
        uint32_t word = set->words[i], high = word >> LOW_BITS;
        settle(low + starts[high], counts[high]++, (uint16_t)word);
    }
    for (size_t i = 0; i < HIGH_COUNT; i++)
        kept += counts[i] < MOST_EACH ? counts[i] : MOST_EACH;
    char *bytes = arena_alloc(arena, HIGH_COUNT + 2 * kept), *at = bytes + HIGH_COUNT;
    for (size_t i = 0; i < HIGH_COUNT; i++) {
        bytes[i] = (char)(counts[i] < MOST_EACH ? counts[i] : MOST_EACH);
        for (size_t j = 0; j < (unsigned char)bytes[i]; j++) {
            *at++ = (char)(low[starts[i] + j] & 0xFF);
            *at++ = (char)(low[starts[i] + j] >> 8);
        }
    }
    return (struct text){bytes, HIGH_COUNT + 2 * kept};
}

/* Eight at a time, in lanes of two bytes: a site of ten thousand texts asks for this 256 times of each. */
static size_t sum(const unsigned char *counts, size_t count)
{
    static const uint64_t odd = 0x00FF00FF00FF00FF, ones = 0x0001000100010001;
    size_t total = 0, i = 0;
    for (; i + 8 <= count; i += 8) {
        uint64_t eight;
        memcpy(&eight, counts + i, sizeof eight);
        total += (size_t)((((eight & odd) + (eight >> 8 & odd)) * ones) >> 48);
    }
    for (; i < count; i++)
        total += counts[i];
    return total;
}

size_t markdown_words_between(struct text words, uint32_t from, uint32_t to, uint32_t *found)
{
    const unsigned char *counts = (const void *)words.at;
    size_t count = 0;
    if (words.length < HIGH_COUNT)
        return 0;
    const unsigned char *at = counts + HIGH_COUNT, *end = counts + words.length;
    at += 2 * sum(counts, from >> LOW_BITS);
    for (uint32_t high = from >> LOW_BITS; high < HIGH_COUNT && high << LOW_BITS < to; high++)
        for (unsigned i = 0; i < counts[high] && at + 2 <= end; i++, at += 2) {
            uint32_t word = high << LOW_BITS | (uint32_t)at[1] << 8 | at[0];
            found[count] = word;
            count += word >= from && word < to;
        }
    return count;
}
