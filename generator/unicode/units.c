/* UTF-8 to ICU's UTF-16 and back, and the check that text is UTF-8 at all. */
#include "unicode/unicode_inside.h"

#include <unicode/ustring.h>
#include <unicode/utf8.h>

bool text_is_plain(struct text text)
{
    for (size_t at = 0; at < text.length;) {
        if ((unsigned char)text.at[at] < 0x80) {
            at++;
            continue;
        }
        uint32_t point = text_next_point(text, &at);
        if (point < SYLLABLE_FIRST || point > SYLLABLE_LAST)
            return false;
    }
    return true;
}

/* ICU counts in int32_t; nothing longer than a third of that is ever asked for (a body is 4 MiB). */
static int32_t small_count(size_t count)
{
    base_assert(count < INT32_MAX / 3);
    return (int32_t)count;
}

void units_reserve(struct units *units, size_t capacity)
{
    units->length = 0;
    units->capacity = small_count(capacity);
    if (capacity <= UNITS_SMALL) {
        units->capacity = UNITS_SMALL;
        units->at = units->small;
    } else {
        units->at = base_alloc(capacity * sizeof *units->at);
    }
}

void units_init(struct units *units, struct text text)
{
    /* UTF-16 never has more units than UTF-8 has bytes. */
    units_reserve(units, text.length);
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(units->at, units->capacity, &units->length, text.at ? text.at : "",
        small_count(text.length), 0xFFFD, NULL, &status);
    base_assert(U_SUCCESS(status));
}

void units_release(struct units *units)
{
    if (units->at != units->small)
        base_free(units->at);
    units->at = NULL;
}

struct text units_text(const struct units *units, struct arena *arena)
{
    int32_t capacity = small_count((size_t)units->length * 3 + 1);
    char *at = arena_alloc(arena, (size_t)capacity);
    int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8WithSub(at, capacity, &length, units->at, units->length, 0xFFFD, NULL, &status);
    base_assert(U_SUCCESS(status));
    return (struct text){at, (size_t)length};
}

ptrdiff_t unicode_check(struct text text)
{
    const uint8_t *bytes = (const uint8_t *)text.at;
    int32_t length = small_count(text.length);
    for (int32_t at = 0; at < length;) {
        int32_t start = at;
        if (bytes[at] != 0 && bytes[at] < 0x80) {
            at = (int32_t)text_skip_plain(text, (size_t)at + 1);
            continue;
        }
        UChar32 point;
        U8_NEXT(bytes, at, length, point);
        if (point <= 0)
            return start;
    }
    return -1;
}
