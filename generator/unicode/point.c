/* What a code point is, and how wide it stands in a terminal. */
#include "unicode/unicode_inside.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

bool unicode_is_letter(uint32_t point)
{
    return u_isalpha((UChar32)point);
}

bool unicode_is_digit(uint32_t point)
{
    return u_isdigit((UChar32)point);
}

int unicode_digit(uint32_t point)
{
    return unicode_is_digit(point) ? u_charDigitValue((UChar32)point) : -1;
}

bool unicode_is_number(uint32_t point)
{
    return (U_MASK(u_charType((UChar32)point)) & U_GC_N_MASK) != 0;
}

bool unicode_is_digit_value(uint32_t point)
{
    int32_t type = u_getIntPropertyValue((UChar32)point, UCHAR_NUMERIC_TYPE);
    return type == U_NT_DECIMAL || type == U_NT_DIGIT;
}

bool unicode_is_space(uint32_t point)
{
    return u_isUWhiteSpace((UChar32)point);
}

bool unicode_is_upper(uint32_t point)
{
    return u_isUUppercase((UChar32)point);
}

bool unicode_is_lower(uint32_t point)
{
    return u_isULowercase((UChar32)point);
}

bool unicode_has_case(uint32_t point)
{
    return u_hasBinaryProperty((UChar32)point, UCHAR_CASED);
}

bool unicode_is_printable(uint32_t point)
{
    return point == ' ' || (U_MASK(u_charType((UChar32)point)) & (U_GC_C_MASK | U_GC_Z_MASK)) == 0;
}

bool unicode_is_hangul(uint32_t point)
{
    if (point < 0x1100)
        return false;
    if (point >= SYLLABLE_FIRST && point <= SYLLABLE_LAST)
        return true;
    UChar32 c = (UChar32)point;
    return u_isalpha(c) && u_getIntPropertyValue(c, UCHAR_SCRIPT) == USCRIPT_HANGUL;
}

/* The vowels and final consonants of conjoining Hangul stand inside the syllable before them. */
static bool point_combines(uint32_t point)
{
    uint32_t category = U_MASK(u_charType((UChar32)point));
    return (category & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK)) != 0 ||
           (point >= 0x1160 && point <= 0x11FF);
}

static size_t point_width(uint32_t point)
{
    if (point_combines(point))
        return 0;
    int32_t width = u_getIntPropertyValue((UChar32)point, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

size_t unicode_width(struct text text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.length;) {
        uint32_t point = text_next_point(text, &at);
        width += point >= 0x20 && point < 0x7F ? 1 : point_width(point);
    }
    return width;
}

size_t unicode_hangul_end(struct text text, size_t at)
{
    size_t end = at;
    while (at < text.length) {
        uint32_t point = text_next_point(text, &at);
        if (unicode_is_hangul(point))
            end = at;
        else if (unicode_is_letter(point))
            break;
    }
    return end;
}
