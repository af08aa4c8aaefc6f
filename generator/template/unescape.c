/* HTML's character references back to characters, as Python's html.unescape does. */
#include "markdown/markdown.h"
#include "template/template_run_inside.h"

/* Names that count without their ';', too, as in old pages. First the signs, */
static const struct sign {
    const char *name;
    char byte;
} signs[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"AMP", '&'}, {"LT", '<'},
    {"GT", '>'}, {"QUOT", '"'}, {"COPY", '\xA9'}, {"REG", '\xAE'}};

enum { LATIN_FIRST = 0xA0, LATIN_COUNT = 96 };

/* then the rest of Latin-1, in its order. No name is the beginning of another. */
static const char latin[LATIN_COUNT][8] = {"nbsp", "iexcl", "cent", "pound", "curren", "yen",
    "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr", "deg", "plusmn",
    "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14",
    "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig",
    "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH",
    "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute",
    "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml",
    "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc",
    "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash",
    "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml"};

/* What numbers from 0x80 on mean: the characters of Windows there (WHATWG, "numeric character
 * reference end state"). */
static const uint16_t windows[] = {0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C,
    0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

enum { POINT_LAST = 0x10FFFF, REPLACEMENT = 0xFFFD };

/* Code points that no text should have: references to them stand for nothing. */
static bool is_refused(uint32_t point)
{
    return (point < 0x20 && point != '\t' && point != '\n' && point != '\f' && point != '\r') ||
           point == 0x7F || (point >= 0xFDD0 && point <= 0xFDEF) || (point & 0xFFFE) == 0xFFFE;
}

static void add_numbered(struct buffer *out, uint32_t point)
{
    if (point == 0 || point > POINT_LAST || (point >= 0xD800 && point < 0xE000))
        buffer_add_point(out, REPLACEMENT);
    else if (point >= 0x80 && point < 0x80 + BASE_COUNT(windows))
        buffer_add_point(out, windows[point - 0x80]);
    else if (!is_refused(point))
        buffer_add_point(out, point);
}

/* The digit's value; 16 for none. */
static uint32_t digit_of(char byte)
{
    if (byte >= '0' && byte <= '9')
        return (uint32_t)(byte - '0');
    byte |= 32;
    return byte >= 'a' && byte <= 'f' ? (uint32_t)(byte - 'a' + 10) : 16;
}

/* &#39; and &#x27; at the start of the text. The functions below return the bytes it takes, 0 when
 * there is none. */
static size_t unescape_number(struct buffer *out, struct text text)
{
    bool is_hex = text.length > 2 && (text.at[2] | 32) == 'x';
    uint32_t base = is_hex ? 16 : 10, point = 0;
    size_t first = is_hex ? 3 : 2, at = first;
    for (; at < text.length && digit_of(text.at[at]) < base; at++)
        if (point <= POINT_LAST)
            point = point * base + digit_of(text.at[at]);
    if (at == first)
        return 0;
    add_numbered(out, point);
    return at + (at < text.length && text.at[at] == ';');
}

/* One of the names above, with its ';' or without; *point is what it stands for. */
static size_t find_old_name(struct text text, uint32_t *point)
{
    struct text rest = text_slice(text, 1, text.length);
    for (size_t i = 0; i < BASE_COUNT(signs); i++)
        if (text_starts(rest, signs[i].name)) {
            *point = (unsigned char)signs[i].byte;
            return 1 + strlen(signs[i].name);
        }
    for (size_t i = 0; i < LATIN_COUNT; i++)
        if (text_starts(rest, latin[i])) {
            *point = LATIN_FIRST + (uint32_t)i;
            return 1 + strlen(latin[i]);
        }
    return 0;
}

static size_t unescape_name(struct buffer *out, struct text text)
{
    uint32_t point = 0;
    size_t length = find_old_name(text, &point);
    bool ends = length > 0 && length < text.length && text.at[length] == ';';
    /* "&notin;" begins with an old name, but is a name of its own. */
    size_t taken = ends ? 0 : markdown_entity(text, out);
    if (taken > 0)
        return taken;
    if (length > 0)
        buffer_add_point(out, point);
    return length + ends;
}

void template_unescape(struct buffer *out, struct text text)
{
    while (text.length > 0) {
        ptrdiff_t found = text_find_byte(text, '&');
        size_t before = found < 0 ? text.length : (size_t)found;
        buffer_add(out, text_slice(text, 0, before));
        text = text_slice(text, before, text.length);
        if (text.length == 0)
            return;
        bool is_number = text.length > 1 && text.at[1] == '#';
        size_t taken = is_number ? unescape_number(out, text) : unescape_name(out, text);
        if (taken == 0)
            buffer_add_byte(out, '&');
        text = text_slice(text, taken ? taken : 1, text.length);
    }
}
