/* The plural category of a number in a language (Unicode CLDR, Language Plural Rules). */
#include "unicode/unicode_inside.h"

#include <unicode/ustring.h>

/* All the categories there are. */
static const char *const categories[] = {"zero", "one", "two", "few", "many", "other"};

const char *unicode_plural(const struct unicode_language *language, double number)
{
    UChar keyword[16];
    char name[16];
    UErrorCode status = U_ZERO_ERROR;
    int32_t length =
        uplrules_select(language->plurals, number, keyword, BASE_COUNT(keyword), &status);
    if (U_FAILURE(status) || length >= (int32_t)sizeof name)
        return "other";
    u_UCharsToChars(keyword, name, length);
    for (size_t i = 0; i < BASE_COUNT(categories); i++)
        if (text_is((struct text){name, (size_t)length}, categories[i]))
            return categories[i];
    return "other";
}
