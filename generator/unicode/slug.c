/*
 * The last part of an address, from a name.
 *
 *     "Soundtrack #1"          soundtrack-1
 *     "The Master's Sun (OST)" the-masters-sun-ost
 *     "사랑은 말로"             사랑은-말로
 *     "NUL"                    nul-
 */
#include "unicode/unicode_inside.h"

#include <unicode/uchar.h>

/* Many file systems end a name at 255 bytes; percent-encoded, Hangul takes three times its bytes,
 * and an address still has to fit where people paste it. */
enum { SLUG_BYTES = 120 };

/* A letter to Unicode, a middle dot to whoever types it today. */
enum { OLD_VOWEL_AS_DOT = 0x318D };

/* A file with one of these names, whatever its extension, is a device to Windows. */
static const char *const devices[] = {"con", "prn", "aux", "nul", "com0", "com1", "com2", "com3",
    "com4", "com5", "com6", "com7", "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5",
    "lpt6", "lpt7", "lpt8", "lpt9"};

static bool is_device(struct text slug)
{
    if (slug.length < strlen("nul") || slug.length > strlen("com0"))
        return false;
    for (size_t i = 0; i < BASE_COUNT(devices); i++)
        if (text_is(slug, devices[i]))
            return true;
    return false;
}

/* Is it what most of most names consists of? */
static bool is_plain(uint32_t point)
{
    return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9');
}

/* A mark belongs to the letter before it: without its vowel signs Devanagari can't be read. */
static bool point_is_kept(uint32_t point)
{
    if (point < 0x80)
        return is_plain(point);
    if (point == OLD_VOWEL_AS_DOT)
        return false;
    return u_isalnum((UChar32)point) || (U_MASK(u_charType((UChar32)point)) & U_GC_M_MASK) != 0;
}

/* Lower-case text in; writes the slug, at most as long as the text, and returns its length. */
static size_t write_slug(struct text lower, char *slug)
{
    size_t length = 0;
    bool gap = false;
    for (size_t at = 0; at < lower.length;) {
        size_t start = at;
        uint32_t point = (unsigned char)lower.at[at];
        point = point < 0x80 ? (at++, point) : text_next_point(lower, &at);
        bool is_apostrophe = !is_plain(point) && point_is_apostrophe(point);
        if (is_apostrophe || !point_is_kept(point)) {
            gap = gap || !is_apostrophe;
            continue;
        }
        bool dash = gap && length > 0;
        if (length + dash + (at - start) > SLUG_BYTES)
            break;
        if (dash)
            slug[length++] = '-';
        while (start < at)
            slug[length++] = lower.at[start++];
        gap = false;
    }
    return length;
}

struct text unicode_slug(struct arena *arena, struct text name)
{
    struct text lower = unicode_nfc(arena, unicode_lower(arena, name));
    /* One byte for a device's dash, one for a NUL. */
    char *slug = arena_alloc(arena, SLUG_BYTES + 2);
    struct text result = {slug, write_slug(lower, slug)};
    if (result.length == 0)
        return TEXT("untitled");
    if (is_device(result))
        slug[result.length++] = '-';
    return result;
}
