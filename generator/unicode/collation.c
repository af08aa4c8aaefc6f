/* Sort keys: bytes that compare as the texts do in a language. */
#include "unicode/unicode_inside.h"

struct text unicode_sort_key(
    const struct unicode_language *language, struct arena *arena, struct text text)
{
    struct units units;
    units_init(&units, text);
    /* Names fit at the first try; a key is some three bytes a letter. */
    uint8_t small[512];
    int32_t length =
        ucol_getSortKey(language->collator, units.at, units.length, small, (int32_t)sizeof small);
    base_assert(length > 0);
    char *key = arena_alloc(arena, (size_t)length);
    if ((size_t)length <= sizeof small)
        memcpy(key, small, (size_t)length);
    else
        ucol_getSortKey(language->collator, units.at, units.length, (uint8_t *)key, length);
    units_release(&units);
    /* The last byte is a NUL that ends the key. */
    return (struct text){key, (size_t)length - 1};
}
