/*
 * Smart punctuation, where the writer asked for it:
 *
 *     "a" 'a' don't '90s     ->  “a” ‘a’ don’t ’90s
 *     a -- b, a---b, a...    ->  a – b, a—b, a…
 *
 * What stands beside Hangul stays as it is typed, since Korean sets its signs in its own way: both
 * signs of a pair of quotes then, as the first one decides. So do longer runs of dashes and dots.
 */
#include "markdown/markdown_inside.h"

#include "unicode/unicode.h"

static uint32_t point_at(struct text text, size_t at)
{
    return at < text.length ? text_next_point(text, &at) : 'a';
}

static bool is_word(uint32_t point)
{
    return unicode_is_letter(point) || unicode_is_digit(point);
}

/* May a quotation begin behind it? */
static bool opens_behind(uint32_t point)
{
    return unicode_is_space(point) || point == '(' || point == '[' || point == '{' ||
           point == '-' || point == '/' || point == 0x2013 || point == 0x2014 || point == 0x2018 ||
           point == 0x201C;
}

/* A closing one that no other has opened: an inch, or a sign of Korean. */
static bool stays_alone(uint32_t before, uint32_t behind)
{
    return unicode_is_digit(before) || unicode_is_hangul(before) || unicode_is_hangul(behind);
}

static struct text read_quote(
    enum smart_quote *quote, uint32_t before, uint32_t behind, const char *open, const char *close)
{
    if (opens_behind(before) && !unicode_is_space(behind)) {
        bool stays = unicode_is_hangul(before) || unicode_is_hangul(behind);
        *quote = stays ? SMART_KEPT : SMART_CURLED;
        return stays ? TEXT_NONE : text_of(open);
    }
    bool stays = *quote == SMART_KEPT || (*quote == SMART_CLOSED && stays_alone(before, behind));
    *quote = SMART_CLOSED;
    return stays ? TEXT_NONE : text_of(close);
}

/* In a word, and before the year of a decade, it is an apostrophe. */
static struct text read_single(struct smart *smart, uint32_t before, uint32_t behind)
{
    bool in_word = is_word(before) && is_word(behind);
    bool beside_hangul = unicode_is_hangul(before) || unicode_is_hangul(behind);
    if (in_word)
        return beside_hangul ? TEXT_NONE : TEXT("’");
    if (opens_behind(before) && unicode_is_digit(behind))
        return TEXT("’");
    return read_quote(&smart->single_quote, before, behind, "‘", "’");
}

static struct text run_of(char sign, size_t length)
{
    if (sign == '-' && length == 2)
        return TEXT("–");
    if (sign == '-' && length == 3)
        return TEXT("—");
    if (sign == '.' && length == 3)
        return TEXT("…");
    return TEXT_NONE;
}

/* Behind another quote that has just opened it is as at a blank. */
static uint32_t behind_quote(const struct smart *smart, uint32_t before)
{
    bool begins = (before == '"' && smart->double_quote == SMART_CURLED) ||
                  (before == '\'' && smart->single_quote == SMART_CURLED);
    return begins ? ' ' : before;
}

struct text smart_read(
    struct smart *smart, struct text text, size_t at, uint32_t before, size_t *length)
{
    char sign = text.at[at];
    bool is_quote = sign == '"' || sign == '\'';
    size_t end = at + 1;
    while (!is_quote && end < text.length && text.at[end] == sign)
        end++;
    *length = end - at;
    uint32_t behind = point_at(text, end);
    before = behind_quote(smart, before);
    if (sign == '"')
        return read_quote(&smart->double_quote, before, behind, "“", "”");
    if (sign == '\'')
        return read_single(smart, before, behind);
    bool beside_hangul = unicode_is_hangul(before) || unicode_is_hangul(behind);
    return beside_hangul ? TEXT_NONE : run_of(sign, *length);
}
