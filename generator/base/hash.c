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

/* Two rounds of multiply and shift, with the odd constants of SplitMix64's finalizer: every bit of
 * both numbers reaches every bit of the result. */
uint64_t hash_number(uint64_t so_far, uint64_t number)
{
    uint64_t mixed = (so_far + 0x9E3779B97F4A7C15u) ^ number;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
    return mixed ^ mixed >> 31;
}
