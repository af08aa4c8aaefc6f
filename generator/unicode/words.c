/*
 * How many words a reader reads, by the rules of UAX 29 (https://unicode.org/reports/tr29/).
 *
 * ICU's break iterator gives the same counts, but it has to be opened for each text, which costs
 * more than most texts take to read; and for Chinese and Japanese it looks into a dictionary.
 * Here a word is
 *
 *     word   = part { [mid] part }      mid: one sign like ' or . with a part on both sides
 *     part   = letters, digits, marks, '_'
 *
 * and each ideograph or Hiragana letter is a word of its own. As in ICU, ':' parts words; unlike
 * there, a Korean ending belongs to the Latin word before it ("OST는" is one word).
 */
#include "unicode/unicode_inside.h"

#include <unicode/uchar.h>

enum point_class {
    CLASS_OTHER,
    CLASS_LETTER,
    CLASS_DIGIT,
    CLASS_JOIN,       /* '_': holds parts together, is no word alone */
    CLASS_MARK,       /* belongs to what is before it */
    CLASS_MID_LETTER, /* '·' between letters */
    CLASS_MID_DIGIT,  /* ',' between digits */
    CLASS_MID_BOTH,   /* '.' and apostrophes between either */
    CLASS_ALONE,      /* an ideograph */
};

static enum point_class class_of(uint32_t point)
{
    switch (u_getIntPropertyValue((UChar32)point, UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER:
    case U_WB_HEBREW_LETTER:
    case U_WB_KATAKANA: return CLASS_LETTER;
    case U_WB_NUMERIC: return CLASS_DIGIT;
    case U_WB_EXTENDNUMLET: return CLASS_JOIN;
    case U_WB_EXTEND:
    case U_WB_FORMAT:
    case U_WB_ZWJ: return CLASS_MARK;
    case U_WB_MIDLETTER: return CLASS_MID_LETTER;
    case U_WB_MIDNUM: return CLASS_MID_DIGIT;
    case U_WB_MIDNUMLET:
    case U_WB_SINGLE_QUOTE: return CLASS_MID_BOTH;
    default: return u_isalpha((UChar32)point) ? CLASS_ALONE : CLASS_OTHER;
    }
}

static enum point_class class_of_ascii(unsigned char c)
{
    static const unsigned char signs[0x80] = {['_'] = CLASS_JOIN,
        [','] = CLASS_MID_DIGIT,
        [';'] = CLASS_MID_DIGIT,
        ['.'] = CLASS_MID_BOTH,
        ['\''] = CLASS_MID_BOTH};
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
        return CLASS_LETTER;
    if (c >= '0' && c <= '9')
        return CLASS_DIGIT;
    return (enum point_class)signs[c];
}

static bool is_ascii(struct text text, size_t at)
{
    return (unsigned char)text.at[at] < 0x80;
}

/* The class of the next code point, its marks stepped over. */
static enum point_class next_class(struct text text, size_t *at)
{
    enum point_class class = is_ascii(text, *at) ? class_of_ascii((unsigned char)text.at[(*at)++])
                                                 : class_of(text_next_point(text, at));
    while (class != CLASS_OTHER && *at < text.length && !is_ascii(text, *at)) {
        size_t after = *at;
        if (class_of(text_next_point(text, &after)) != CLASS_MARK)
            break;
        *at = after;
    }
    return class;
}

static bool is_part(enum point_class class)
{
    return class == CLASS_LETTER || class == CLASS_DIGIT || class == CLASS_JOIN;
}

/* Does the sign `mid`, with `before` on its left, hold together with what comes next? */
static bool mid_holds(struct text text, size_t at, enum point_class before, enum point_class mid)
{
    bool letters = mid == CLASS_MID_LETTER || mid == CLASS_MID_BOTH;
    bool digits = mid == CLASS_MID_DIGIT || mid == CLASS_MID_BOTH;
    if (at >= text.length || !(letters || digits))
        return false;
    enum point_class after = next_class(text, &at);
    return after == before &&
           ((letters && after == CLASS_LETTER) || (digits && after == CLASS_DIGIT));
}

static bool is_ascii_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Plain letters, which most words consist of, up to the last one: a mark may follow that. */
static void step_over_ascii_letters(struct text text, size_t *at)
{
    const char *byte = text.at + *at, *last = text.at + text.length - 1;
    while (byte < last && is_ascii_letter(*byte) && (unsigned char)byte[1] < 0x80)
        byte++;
    *at = (size_t)(byte - text.at);
}

/* Steps over the rest of a word that began with `class`; was there a letter or digit in it? */
static bool step_over_word(struct text text, size_t *at, enum point_class class)
{
    bool counts = class != CLASS_JOIN;
    while (*at < text.length) {
        if (class == CLASS_LETTER)
            step_over_ascii_letters(text, at);
        size_t after = *at;
        enum point_class next = next_class(text, &after);
        if (!is_part(next) && !mid_holds(text, after, class, next))
            break;
        counts = counts || next == CLASS_LETTER || next == CLASS_DIGIT;
        class = next;
        *at = after;
        if (!is_part(next))
            class = next_class(text, at);
    }
    return counts;
}

/* ---- Sixteen bytes at a time --------------------------------------------------------------------------- */

/*
 * Most of most texts is plain letters with signs between them that part words. There, a word begins
 * where a letter has none before it:
 *
 *     bytes      s  t  a  y  ,     d  r
 *     letters    1  1  1  1  0  0  1  1     a bit each, the lowest for the first byte
 *     begins     1  0  0  0  0  0  1  0
 */

/* What gcc and clang make one instruction of, where the machine has it. */
typedef signed char sixteen __attribute__((vector_size(16)));

/* From the offset on, with blanks behind the end of the text. */
static sixteen read_sixteen(struct text text, size_t at)
{
    sixteen bytes;
    char last[sizeof bytes];
    const char *from = text.at + at;
    if (at + sizeof bytes > text.length) {
        memset(last, ' ', sizeof last);
        memcpy(last, from, text.length - at);
        from = last;
    }
    memcpy(&bytes, from, sizeof bytes);
    return bytes;
}

/* A bit for each byte of a mask of ones and zeros. */
static inline unsigned bits_of(sixteen mask)
{
    uint64_t halves[2];
    bool is_little = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
    uint64_t one_each = is_little ? UINT64_C(0x8040201008040201) : UINT64_C(0x0102040810204080);
    memcpy(halves, &mask, sizeof halves);
    unsigned low = (unsigned)((halves[0] & one_each) * UINT64_C(0x0101010101010101) >> 56);
    unsigned high = (unsigned)((halves[1] & one_each) * UINT64_C(0x0101010101010101) >> 56);
    return low | high << 8;
}

static inline bool has_any(sixteen mask)
{
    uint64_t halves[2];
    memcpy(halves, &mask, sizeof halves);
    return halves[0] | halves[1];
}

static inline unsigned count_bits(unsigned bits)
{
    bits -= bits >> 1 & 0x5555;
    bits = (bits & 0x3333) + (bits >> 2 & 0x3333);
    bits = (bits + (bits >> 4)) & 0x0F0F;
    return (bits + (bits >> 8)) & 0x1F;
}

/* Counts from a place outside any word, up to one that takes a closer look, outside of words too: at
 * digits, '_' and what isn't ASCII, and where '.' or '\'' may stand inside a word. */
static size_t count_plain_words(struct text text, size_t *at)
{
    size_t count = 0;
    unsigned inside = 0; /* was the last byte a letter? */
    for (; *at < text.length; *at += sizeof(sixteen)) {
        sixteen bytes = read_sixteen(text, *at), lower = bytes | 0x20;
        if (has_any((bytes < 0) | ((bytes >= '0') & (bytes <= '9')) | (bytes == '_')))
            break;
        unsigned letters = bits_of((lower >= 'a') & (lower <= 'z'));
        unsigned mids = bits_of((bytes == '.') | (bytes == '\''));
        if (mids & (letters >> 1 | 0x8000)) /* the last may have a letter behind it */
            break;
        count += count_bits(letters & ~(letters << 1 | inside));
        inside = letters >> 15;
    }
    if (*at >= text.length) {
        *at = text.length;
    } else if (inside) {
        --*at; /* what follows belongs to that letter, if it is a mark */
        step_over_word(text, at, CLASS_LETTER);
    }
    return count;
}

/* ---- All of them -------------------------------------------------------------------------------------- */

/* Plain letters with a blank behind them, as most words are: steps over both. */
static bool step_over_plain_word(struct text text, size_t *at)
{
    size_t end = *at;
    while (end < text.length && is_ascii_letter(text.at[end]))
        end++;
    if (end == *at || end == text.length || text.at[end] != ' ')
        return false;
    *at = end + 1;
    return true;
}

size_t unicode_count_words(struct text text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.length;) {
        count += count_plain_words(text, &at);
        if (at == text.length)
            break;
        if (step_over_plain_word(text, &at)) {
            count++;
            continue;
        }
        enum point_class class = next_class(text, &at);
        if (class == CLASS_ALONE)
            count++;
        else if (is_part(class))
            count += step_over_word(text, &at, class);
    }
    return count;
}
