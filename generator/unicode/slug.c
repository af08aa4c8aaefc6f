/*
 * The last part of an address, from a name.
 *
 *     "Soundtrack #1"          soundtrack-1
 *     "The Master's Sun (OST)" the-masters-sun-ost
 *     "사랑은 말로"             사랑은-말로
 *     "NUL"                    nul-
 *
 * In ASCII alone, names are romanised first: "사랑은 말로" is "sarangeun-mallo".
 */
#include "unicode/unicode_inside.h"

#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/utrans.h>

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

/* Known by where it stands: a name may be "Untitled" as well. */
static const char untitled[] = "untitled";

bool unicode_slug_is_made_up(struct text slug)
{
    return slug.at == untitled;
}

/* The slug of a name in lower case. */
static struct text slug_of(struct arena *arena, struct text lower)
{
    /* One byte for a device's dash, one for a NUL. */
    char *slug = arena_alloc(arena, SLUG_BYTES + 2);
    struct text result = {slug, write_slug(lower, slug)};
    if (result.length == 0)
        return text_of(untitled);
    if (is_device(result))
        slug[result.length++] = '-';
    return result;
}

struct text unicode_slug(struct arena *arena, struct text name)
{
    return slug_of(arena, unicode_nfc(arena, unicode_lower(arena, name)));
}

/* ---- ASCII alone ------------------------------------------------------------------------------- */

/* Opening ICU's transliteration takes 20 ms, and few names need it: it is opened when one does. */
struct unicode_romaniser {
    pthread_mutex_t lock;
    UTransliterator *latin; /* NULL: not yet */
};

struct unicode_romaniser *unicode_romaniser_open(void)
{
    struct unicode_romaniser *romaniser = base_alloc(sizeof *romaniser);
    base_assert(pthread_mutex_init(&romaniser->lock, NULL) == 0);
    romaniser->latin = NULL;
    return romaniser;
}

void unicode_romaniser_release(struct unicode_romaniser *romaniser)
{
    if (!romaniser)
        return;
    if (romaniser->latin)
        utrans_close(romaniser->latin);
    pthread_mutex_destroy(&romaniser->lock);
    base_free(romaniser);
}

static bool is_ascii(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

static UTransliterator *open_latin(void)
{
    static const UChar id[] = u"Any-Latin; Latin-ASCII";
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    return U_SUCCESS(status) ? latin : NULL;
}

/* In place. False: the result has no room. */
static bool transliterate(const UTransliterator *latin, struct units *units)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t limit = units->length;
    utrans_transUChars(latin, units->at, &units->length, units->capacity, 0, &limit, &status);
    return U_SUCCESS(status);
}

/* No letter becomes more than some ten. Without ICU's data the text stays, and its slug drops what is not
 * ASCII. */
static struct text in_latin(const UTransliterator *latin, struct arena *arena, struct text text)
{
    struct units from, units;
    units_init(&from, text);
    units_reserve(&units, (size_t)from.length * 16 + 16);
    memcpy(units.at, from.at, (size_t)from.length * sizeof *units.at);
    units.length = from.length;
    struct text result = latin && transliterate(latin, &units) ? units_text(&units, arena) : text;
    units_release(&units);
    units_release(&from);
    return result;
}

static struct text all_in_latin(
    struct unicode_romaniser *romaniser, struct arena *arena, struct text text)
{
    pthread_mutex_lock(&romaniser->lock);
    if (!romaniser->latin)
        romaniser->latin = open_latin();
    struct text result = in_latin(romaniser->latin, arena, text);
    pthread_mutex_unlock(&romaniser->lock);
    return result;
}

/* What is left beyond ASCII can't stand in the slug: it parts words. */
static struct text ascii_only(struct arena *arena, struct text text)
{
    char *result = arena_alloc(arena, text.length + 1);
    for (size_t i = 0; i < text.length; i++)
        result[i] = (char)((unsigned char)text.at[i] < 0x80 ? text.at[i] : ' ');
    return (struct text){result, text.length};
}

static struct text with_hangul_romanised(struct arena *arena, struct text text)
{
    struct buffer out;
    buffer_init(&out);
    unicode_romanise(arena, text, &out);
    struct text result = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    return result;
}

struct text unicode_ascii_slug(
    struct unicode_romaniser *romaniser, struct arena *arena, struct text name)
{
    struct text text = name;
    if (!is_ascii(text))
        text = with_hangul_romanised(arena, unicode_nfc(arena, text));
    if (!is_ascii(text))
        text = ascii_only(arena, all_in_latin(romaniser, arena, text));
    return slug_of(arena, unicode_lower(arena, text));
}
