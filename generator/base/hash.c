/* Hashing, by xxHash's XXH3. */
#include "base/base.h"

#include <xxhash.h>

uint64_t hash_text(struct text text)
{
    return XXH3_64bits(text.at ? text.at : "", text.length);
}

uint64_t hash_more(uint64_t so_far, struct text text)
{
    return hash_number(hash_number(so_far, hash_text(text)), text.length);
}

uint64_t hash_number(uint64_t so_far, uint64_t number)
{
    return XXH3_64bits_withSeed(&number, sizeof number, so_far);
}
