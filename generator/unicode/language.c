/* Opens a language: its tag checked, its collation and plural rules loaded. */
#include "unicode/unicode_inside.h"

#include <unicode/uloc.h>

/* Names are read, not spelled: "(G)I-DLE" sorts at G, "Track 2" before "Track 10". */
static UCollator *open_collator(const char *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    UCollator *collator = ucol_open(locale, &status);
    if (U_FAILURE(status))
        return NULL;
    ucol_setAttribute(collator, UCOL_ALTERNATE_HANDLING, UCOL_SHIFTED, &status);
    ucol_setAttribute(collator, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
    if (U_FAILURE(status)) {
        ucol_close(collator);
        return NULL;
    }
    return collator;
}

static UPluralRules *open_plurals(const char *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    UPluralRules *plurals = uplrules_open(locale, &status);
    return U_SUCCESS(status) ? plurals : NULL;
}

/* ICU's name for the tag; false when the tag is not well formed to its last byte. */
static bool locale_of_tag(const char *tag, char locale[ULOC_FULLNAME_CAPACITY])
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t parsed = 0;
    uloc_forLanguageTag(tag, locale, ULOC_FULLNAME_CAPACITY, &parsed, &status);
    return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING && parsed > 0 &&
           (size_t)parsed == strlen(tag);
}

static bool is_korean(const char *locale)
{
    char language[ULOC_LANG_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    uloc_getLanguage(locale, language, ULOC_LANG_CAPACITY, &status);
    return U_SUCCESS(status) && strcmp(language, "ko") == 0;
}

void unicode_language_release(struct unicode_language *language)
{
    if (!language)
        return;
    if (language->collator)
        ucol_close(language->collator);
    if (language->plurals)
        uplrules_close(language->plurals);
    arena_release(&language->arena);
    base_free(language);
}

struct unicode_language *unicode_language_open(const char *tag)
{
    char locale[ULOC_FULLNAME_CAPACITY];
    if (!tag || !locale_of_tag(tag, locale))
        return NULL;
    struct unicode_language *language = base_alloc(sizeof *language);
    *language = (struct unicode_language){.is_korean = is_korean(locale)};
    arena_init(&language->arena);
    language->collator = open_collator(locale);
    language->plurals = open_plurals(locale);
    if (!language->collator || !language->plurals ||
        !date_words_init(&language->dates, &language->arena, locale)) {
        unicode_language_release(language);
        return NULL;
    }
    return language;
}
