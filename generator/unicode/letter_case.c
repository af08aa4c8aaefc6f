/* Letter case, by the full mappings of the Unicode Standard: "ß" becomes "SS". */
#include "unicode/unicode_inside.h"

#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

typedef int32_t case_mapping(
    UChar *, int32_t, const UChar *, int32_t, const char *locale, UErrorCode *);

static struct text plain_mapped(struct arena *arena, struct text text, char from, char to)
{
    char *result = arena_alloc(arena, text.length + 1);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        bool changes = c >= from && c <= from + ('z' - 'a');
        result[i] = (char)(changes ? c - from + to : c);
    }
    return (struct text){result, text.length};
}

static struct text mapped(struct arena *arena, struct text text, case_mapping *mapping)
{
    struct units from;
    struct units to;
    units_init(&from, text);
    /* The longest full mapping makes three units of one ("ΐ"). */
    units_reserve(&to, (size_t)from.length * 3 + 1);
    UErrorCode status = U_ZERO_ERROR;
    /* The locale "" is the root: no language's own rules. */
    to.length = mapping(to.at, to.capacity, from.at, from.length, "", &status);
    base_assert(U_SUCCESS(status));
    struct text result = units_text(&to, arena);
    units_release(&to);
    units_release(&from);
    return result;
}

struct text unicode_lower(struct arena *arena, struct text text)
{
    return text_is_plain(text) ? plain_mapped(arena, text, 'A', 'a')
                               : mapped(arena, text, u_strToLower);
}

struct text unicode_upper(struct arena *arena, struct text text)
{
    return text_is_plain(text) ? plain_mapped(arena, text, 'a', 'A')
                               : mapped(arena, text, u_strToUpper);
}

struct text unicode_title(struct arena *arena, struct text letter)
{
    if (text_is_plain(letter))
        return plain_mapped(arena, letter, 'a', 'A');
    UErrorCode status = U_ZERO_ERROR;
    UCaseMap *map =
        ucasemap_open("", U_TITLECASE_WHOLE_STRING | U_TITLECASE_NO_BREAK_ADJUSTMENT, &status);
    /* The longest full mapping makes three code points of one ("ΐ"). */
    char title[32];
    int32_t length =
        ucasemap_utf8ToTitle(map, title, sizeof title, letter.at, (int32_t)letter.length, &status);
    base_assert(U_SUCCESS(status) && length < (int32_t)sizeof title);
    ucasemap_close(map);
    return arena_text(arena, (struct text){title, (size_t)length});
}

static bool is_passed_over(uint32_t point)
{
    return u_hasBinaryProperty((UChar32)point, UCHAR_CASE_IGNORABLE);
}

/* Does a letter stand before `at`, signs inside words passed over? */
static bool follows_letter(struct text text, size_t at)
{
    while (at > 0) {
        uint32_t point = text_previous_point(text, &at);
        if (!is_passed_over(point))
            return unicode_has_case(point);
    }
    return false;
}

static bool precedes_letter(struct text text, size_t at)
{
    while (at < text.length) {
        uint32_t point = text_next_point(text, &at);
        if (!is_passed_over(point))
            return unicode_has_case(point);
    }
    return false;
}

struct text unicode_lower_at(struct arena *arena, struct text text, size_t at)
{
    size_t end = at;
    uint32_t point = text_next_point(text, &end);
    if (point == 0x3A3 && follows_letter(text, at) && !precedes_letter(text, end))
        return TEXT("ς");
    return unicode_lower(arena, text_slice(text, at, end));
}

/* u_strFoldCase as a case_mapping: it asks for the set of mappings, not for a locale. */
static int32_t fold(UChar *to, int32_t capacity, const UChar *from, int32_t length,
    const char *locale, UErrorCode *status)
{
    (void)locale;
    return u_strFoldCase(to, capacity, from, length, U_FOLD_CASE_DEFAULT, status);
}

struct text unicode_fold(struct arena *arena, struct text text)
{
    return text_is_plain(text) ? plain_mapped(arena, text, 'A', 'a') : mapped(arena, text, fold);
}
