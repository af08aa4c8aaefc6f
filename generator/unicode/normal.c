/*
 * Normal forms, and the key by which two spellings are one name.
 *
 *     "Park Bo-ram" -> NFKC_Casefold -> "park bo-ram" -> without what joins -> "parkboram"
 */
#include "unicode/unicode_inside.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

/* ---- NFC ------------------------------------------------------------------------------------- */

/* Below U+0300 nothing combines, and a whole syllable only does with a jamo behind it, which is
 * itself not a plain yes. */
static bool point_is_settled(uint32_t point)
{
    if (point < 0x300 || (point >= SYLLABLE_FIRST && point <= SYLLABLE_LAST))
        return true;
    UChar32 c = (UChar32)point;
    return u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) == UNORM_YES &&
           u_getCombiningClass(c) == 0;
}

static bool is_surely_nfc(struct text text)
{
    for (size_t at = 0; at < text.length;)
        if ((unsigned char)text.at[at] < 0x80)
            at = text_skip_plain(text, at + 1);
        else if (!point_is_settled(text_next_point(text, &at)))
            return false;
    return true;
}

/* The text in the normal form, as UTF-16 that the caller releases. */
static void normalize(const UNormalizer2 *form, struct text text, struct units *result)
{
    struct units units;
    units_init(&units, text);
    /* One code point may become many (U+FDFA becomes 18 units): first a guess, then the truth. */
    units_reserve(result, (size_t)units.length * 2 + 16);
    UErrorCode status = U_ZERO_ERROR;
    int32_t length =
        unorm2_normalize(form, units.at, units.length, result->at, result->capacity, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        units_release(result);
        units_reserve(result, (size_t)length);
        status = U_ZERO_ERROR;
        length =
            unorm2_normalize(form, units.at, units.length, result->at, result->capacity, &status);
    }
    base_assert(U_SUCCESS(status));
    result->length = length;
    units_release(&units);
}

static struct text normalized(const UNormalizer2 *form, struct text text, struct arena *arena)
{
    struct units units;
    normalize(form, text, &units);
    struct text result = units_text(&units, arena);
    units_release(&units);
    return result;
}

struct text unicode_nfc(struct arena *arena, struct text text)
{
    if (is_surely_nfc(text))
        return text;
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFCInstance(&status);
    struct text result = U_FAILURE(status) ? text : normalized(form, text, arena);
    return text_equal(result, text) ? text : result;
}

/* ---- The key ----------------------------------------------------------------------------------- */

/* Beside ' and `: the acute accent, the quotation marks that stand for it, the modifier letters, prime,
 * the saltillo and the fullwidth form. */
static const uint16_t apostrophes[] = {
    0xB4, 0x2B9, 0x2BB, 0x2BC, 0x2BD, 0x2018, 0x2019, 0x201B, 0x2032, 0xA78B, 0xA78C, 0xFF07};

/* The middle dots of Latin and Greek, of Katakana, the bullet and the dot operators; U+318D is the
 * old Hangul vowel that Korean keyboards give for a middle dot. */
static const uint16_t middle_dots[] = {
    0xB7, 0x387, 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0x318D, 0xFF65};

static bool is_one_of(uint32_t point, const uint16_t *points, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (points[i] == point)
            return true;
    return false;
}

bool point_is_apostrophe(uint32_t point)
{
    if (point < 0x80)
        return point == '\'' || point == '`';
    return is_one_of(point, apostrophes, BASE_COUNT(apostrophes));
}

/* What may stand between the letters of a name or not, and the name stays the same. */
static bool point_joins(uint32_t point)
{
    if (point < 0x80)
        return (point >= '\t' && point <= '\r') || (point != 0 && strchr(" -.'`", (int)point));
    return u_isUWhiteSpace((UChar32)point) || u_hasBinaryProperty((UChar32)point, UCHAR_DASH) ||
           point_is_apostrophe(point) || is_one_of(point, middle_dots, BASE_COUNT(middle_dots));
}

/* Copies the text without what joins. */
static struct text without_joins(struct arena *arena, struct text text)
{
    char *result = arena_alloc(arena, text.length + 1);
    size_t length = 0;
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        if (!point_joins(text_next_point(text, &at))) {
            memcpy(result + length, text.at + start, at - start);
            length += at - start;
        }
    }
    return (struct text){result, length};
}

static struct text plain_key(struct arena *arena, struct text text)
{
    char *result = arena_alloc(arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        if ((unsigned char)c >= 0x80 || !point_joins((unsigned char)c))
            result[length++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return (struct text){result, length};
}

static struct text folded(struct arena *arena, struct text text)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&status);
    return U_FAILURE(status) ? text : normalized(form, text, arena);
}

struct text unicode_key(struct arena *arena, struct text text)
{
    if (text_is_plain(text)) {
        struct text key = plain_key(arena, text);
        return key.length > 0 ? key : text;
    }
    /* Before folding as well: it would turn U+318D into a vowel and U+00B4 into a loose accent. */
    struct text key = without_joins(arena, folded(arena, without_joins(arena, text)));
    return key.length > 0 ? key : text;
}
