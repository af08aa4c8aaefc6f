/*
 * Hangul as it is typed: the keys of a Korean keyboard (dubeolsik, KS X 5002), by their Latin letters.
 *
 *     박 = ㅂ ㅏ ㄱ = q k r        the arithmetic of syllables is told in romanise.c
 */
#include "unicode/unicode_inside.h"

enum { LETTER_FIRST = 0x3131, VOWEL_FIRST = 0x314F, LETTER_LAST = 0x3163 };

static const char *const onsets[] = {
    "r", "r", "s", "e", "e", "f", "a", "q", "q", "t", "t", "d", "w", "w", "c", "z", "x", "v", "g"};
static const char *const vowels[SYLLABLE_VOWELS] = {"k", "o", "i", "o", "j", "p", "u", "p", "h",
    "hk", "ho", "hl", "y", "n", "nj", "np", "nl", "b", "m", "ml", "l"};
static const char *const finals[SYLLABLE_FINALS] = {"", "r", "r", "rt", "s", "sw", "sg", "e", "f",
    "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a", "q", "qt", "t", "t", "d", "w", "c", "z", "x",
    "v", "g"};
static const char *const consonants[VOWEL_FIRST - LETTER_FIRST] = {"r", "r", "rt", "s", "sw", "sg",
    "e", "e", "f", "fr", "fa", "fq", "ft", "fx", "fv", "fg", "a", "q", "q", "qt", "t", "t", "d",
    "w", "w", "c", "z", "x", "v", "g"};

bool unicode_is_letter_of_hangul(uint32_t point)
{
    return point >= LETTER_FIRST && point <= LETTER_LAST;
}

void unicode_add_strokes(struct buffer *out, uint32_t point)
{
    if (point >= SYLLABLE_FIRST && point <= SYLLABLE_LAST) {
        uint32_t number = point - SYLLABLE_FIRST;
        buffer_add_string(out, onsets[number / (SYLLABLE_VOWELS * SYLLABLE_FINALS)]);
        buffer_add_string(out, vowels[number / SYLLABLE_FINALS % SYLLABLE_VOWELS]);
        buffer_add_string(out, finals[number % SYLLABLE_FINALS]);
    } else if (unicode_is_letter_of_hangul(point)) {
        buffer_add_string(out,
            point < VOWEL_FIRST ? consonants[point - LETTER_FIRST] : vowels[point - VOWEL_FIRST]);
    }
}
