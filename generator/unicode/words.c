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

/* ---- Eight bytes at a time --------------------------------------------------------------------------- */

/*
 * Most of most texts is plain letters with a blank, or a comma or full stop and a blank, between
 * them. There, a word begins where a letter has none before it:
 *
 *     bytes      s  t  a  y  ,     d  r     the first one in the lowest byte
 *     letters    1  1  1  1  0  0  1  1     the highest bit of each byte
 *     begins     1  0  0  0  0  0  1  0
 */
static const uint64_t ones = 0x0101010101010101u, highest = 0x8080808080808080u;

/* From the offset on, with blanks behind the end of the text. */
static uint64_t read_eight(struct text text, size_t at)
{
    uint64_t eight = ones * ' ';
    if (at + sizeof eight <= text.length)
        memcpy(&eight, text.at + at, sizeof eight);
    else
        memcpy(&eight, text.at + at, text.length - at);
    return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? eight : __builtin_bswap64(eight);
}

/* These take bytes of ASCII only: then no sum runs over into the next byte. */

static uint64_t letters_of(uint64_t eight)
{
    uint64_t lower = eight | ones * 0x20;
    uint64_t from_a = lower + ones * (0x80 - 'a'), behind_z = lower + ones * (0x7F - 'z');
    return from_a & ~behind_z & highest;
}

static uint64_t equal_to(uint64_t eight, char c)
{
    return ~((eight ^ ones * (unsigned char)c) + ones * 0x7F) & highest;
}

static bool has_only_plain_words(uint64_t eight, uint64_t letters)
{
    uint64_t blanks = equal_to(eight, ' ');
    uint64_t last_stops = equal_to(eight, '.') & blanks >> 8;
    return (letters | blanks | equal_to(eight, ',') | last_stops) == highest;
}

/* Counts from a place outside any word, up to one that takes a closer look, outside of words too. */
static size_t count_plain_words(struct text text, size_t *at)
{
    size_t count = 0;
    uint64_t inside = 0; /* was the last byte a letter? */
    for (; *at < text.length; *at += sizeof(uint64_t)) {
        uint64_t eight = read_eight(text, *at), letters = letters_of(eight);
        if ((eight & highest) || !has_only_plain_words(eight, letters))
            break;
        uint64_t begins = letters & ~(letters << 8 | inside);
        count += (begins >> 7) * ones >> 56;
        inside = letters >> 56;
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
