/*
 * Text as it is compared where case and accents don't count: see unicode_loose.
 *
 *     ASCII, Hangul     small letters, else as they stand: as most texts here are
 *     runs of others    NFKD -> without loose accents -> small letters -> NFC
 */
#include "unicode/unicode_inside.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { ACCENT_FIRST = 0x300, ACCENT_LAST = 0x36F };

static bool stands_as_it_is(uint32_t point)
{
    return point < 0x80 || (point >= SYLLABLE_FIRST && point <= SYLLABLE_LAST) ||
           unicode_is_letter_of_hangul(point);
}

static void normalize(const UNormalizer2 *form, const struct units *from, struct units *to)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = unorm2_normalize(form, from->at, from->length, to->at, to->capacity, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        units_release(to);
        units_reserve(to, (size_t)length);
        status = U_ZERO_ERROR;
        length = unorm2_normalize(form, from->at, from->length, to->at, to->capacity, &status);
    }
    base_assert(U_SUCCESS(status));
    to->length = length;
}

static void drop_accents(struct units *units)
{
    int32_t length = 0;
    for (int32_t i = 0; i < units->length; i++)
        if (units->at[i] < ACCENT_FIRST || units->at[i] > ACCENT_LAST)
            units->at[length++] = units->at[i];
    units->length = length;
}

static void add_others(struct arena *arena, struct text run, struct buffer *out)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *apart = unorm2_getNFKDInstance(&status);
    const UNormalizer2 *whole = unorm2_getNFCInstance(&status);
    struct units from, to;
    base_assert(U_SUCCESS(status));
    units_init(&from, run);
    units_reserve(&to, (size_t)from.length * 2 + 16);
    normalize(apart, &from, &to);
    drop_accents(&to);
    struct text small = unicode_lower(arena, units_text(&to, arena));
    units_release(&from);
    units_init(&from, small);
    normalize(whole, &from, &to);
    buffer_add(out, units_text(&to, arena));
    units_release(&from);
    units_release(&to);
}

void unicode_loose(struct arena *arena, struct text text, struct buffer *out)
{
    for (size_t at = 0; at < text.length;) {
        size_t from = at, end = at;
        char byte = text.at[at];
        if ((unsigned char)byte < 0x80) {
            buffer_add_byte(out, (char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte));
            at++;
            continue;
        }
        while (end < text.length && !stands_as_it_is(text_next_point(text, &end)))
            at = end;
        if (at > from) {
            add_others(arena, text_slice(text, from, at), out);
        } else {
            buffer_add(out, text_slice(text, from, end));
            at = end;
        }
    }
}
