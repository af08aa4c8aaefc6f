/*
 * The index letter a name stands under.
 *
 *     "(G)I-DLE"  G      "Élan"  E      "까치"  ㄱ      "10cm"  0-9      "★"  #
 */
#include "unicode/unicode_inside.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

static const char latin[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char hangul[] = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ";

enum {
    LATIN_COUNT = 26,
    HANGUL_COUNT = 14,
    JAMO_BYTES = 3, /* a compatibility jamo in UTF-8 */
    SYLLABLES_PER_CONSONANT = SYLLABLE_VOWELS * SYLLABLE_FINALS,
    CONSONANT_FIRST = 0x1100,
    CONSONANT_COUNT = 19,
    COMPATIBILITY_FIRST = 0x3131,
    COMPATIBILITY_LAST = 0x314E,
};

/* ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ to their places in `hangul`, doubled under plain. */
static const unsigned char plain_of_consonant[CONSONANT_COUNT] = {
    0, 0, 1, 2, 2, 3, 4, 5, 5, 6, 6, 7, 8, 8, 9, 10, 11, 12, 13};

/* ㄱ to ㅎ of the compatibility block, with the clusters that only end a syllable (ㄳ under ㄱ). */
static const unsigned char plain_of_compatibility[COMPATIBILITY_LAST - COMPATIBILITY_FIRST + 1] = {
    0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 5, 5, 5, 6, 6, 7, 8, 8, 9, 10, 11, 12, 13};

/* Letters that carry their stroke or join inside them, which no decomposition takes off. */
static const struct {
    uint32_t point;
    char letter;
} whole_letters[] = {
    {0xC6, 'A'},
    {0xE6, 'A'},
    {0xD0, 'D'},
    {0xF0, 'D'},
    {0xD8, 'O'},
    {0xF8, 'O'},
    {0xDE, 'T'},
    {0xFE, 'T'},
    {0xDF, 'S'},
    {0x110, 'D'},
    {0x111, 'D'},
    {0x126, 'H'},
    {0x127, 'H'},
    {0x131, 'I'},
    {0x141, 'L'},
    {0x142, 'L'},
    {0x152, 'O'},
    {0x153, 'O'},
};

static struct text latin_band(uint32_t letter)
{
    return (struct text){latin + ((letter | 0x20) - 'a'), 1};
}

static struct text hangul_band(size_t place)
{
    return (struct text){hangul + place * JAMO_BYTES, JAMO_BYTES};
}

static bool is_ascii_letter(uint32_t point)
{
    return (point | 0x20) >= 'a' && (point | 0x20) <= 'z' && point < 0x80;
}

/* The letter without its accents, as an ASCII letter; 0 when there is none below it. */
static uint32_t bare_letter(uint32_t point)
{
    for (size_t i = 0; i < BASE_COUNT(whole_letters); i++)
        if (whole_letters[i].point == point)
            return (unsigned char)whole_letters[i].letter;
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKDInstance(&status);
    UChar parts[32];
    int32_t length = U_SUCCESS(status) ? unorm2_getDecomposition(form, (UChar32)point, parts,
                                             BASE_COUNT(parts), &status)
                                       : -1;
    bool found = length > 0 && U_SUCCESS(status) && is_ascii_letter(parts[0]);
    return found ? parts[0] : 0;
}

static struct text band_of_letter(uint32_t point)
{
    if (point >= SYLLABLE_FIRST && point <= SYLLABLE_LAST)
        return hangul_band(plain_of_consonant[(point - SYLLABLE_FIRST) / SYLLABLES_PER_CONSONANT]);
    if (point >= CONSONANT_FIRST && point < CONSONANT_FIRST + CONSONANT_COUNT)
        return hangul_band(plain_of_consonant[point - CONSONANT_FIRST]);
    if (point >= COMPATIBILITY_FIRST && point <= COMPATIBILITY_LAST)
        return hangul_band(plain_of_compatibility[point - COMPATIBILITY_FIRST]);
    uint32_t letter = bare_letter(point);
    return letter ? latin_band(letter) : TEXT("#");
}

struct text unicode_band(struct text name)
{
    for (size_t at = 0; at < name.length;) {
        uint32_t point = text_next_point(name, &at);
        if (is_ascii_letter(point))
            return latin_band(point);
        if (u_isdigit((UChar32)point))
            return TEXT("0-9");
        if (u_isalpha((UChar32)point))
            return band_of_letter(point);
    }
    return TEXT("#");
}

int unicode_band_order(const struct unicode_language *language, struct text band)
{
    int latin_first = language->is_korean ? HANGUL_COUNT : 0;
    int hangul_first = language->is_korean ? 0 : LATIN_COUNT;
    if (band.length == 1 && is_ascii_letter((unsigned char)band.at[0]))
        return latin_first + (band.at[0] - 'A');
    for (int place = 0; place < HANGUL_COUNT; place++)
        if (text_equal(band, hangul_band((size_t)place)))
            return hangul_first + place;
    return LATIN_COUNT + HANGUL_COUNT + (text_is(band, "0-9") ? 0 : 1);
}
