/*
 * What the files of this room share: the step from UTF-8 to ICU's UTF-16 and back, and what an
 * opened language holds.
 *
 *     struct units units;
 *     units_init(&units, text);
 *     ... u_strToLower(..., units.at, units.length, ...)
 *     units_release(&units);
 */
#ifndef UNICODE_UNICODE_INSIDE_H
#define UNICODE_UNICODE_INSIDE_H

#include "unicode/unicode.h"

#include <unicode/ucol.h>
#include <unicode/upluralrules.h>
#include <unicode/utypes.h>

/* Names and headings fit without asking for memory; a longer text is allocated. */
enum { UNITS_SMALL = 256 };

/* UTF-16, owned. */
struct units {
    UChar *at;
    int32_t length;
    int32_t capacity;
    UChar small[UNITS_SMALL];
};

/* Empty, with room for `capacity` units. */
void units_reserve(struct units *, size_t capacity);
/* The text as UTF-16; broken bytes become U+FFFD. */
void units_init(struct units *, struct text);
void units_release(struct units *);
/* A copy as UTF-8 in the arena. */
struct text units_text(const struct units *, struct arena *);

/* The syllables of Hangul, U+AC00 to U+D7A3: first + (onset * vowels + vowel) * finals + final (Unicode
 * Standard, 3.12). */
enum {
    SYLLABLE_FIRST = 0xAC00,
    SYLLABLE_LAST = 0xD7A3,
    SYLLABLE_VOWELS = 21,
    SYLLABLE_FINALS = 28,
};

/* Nothing but ASCII and Hangul syllables, as most names here are: their case and normal forms need
 * no table. */
bool text_is_plain(struct text);

/* Is it one of the shapes of an apostrophe: ' and what keyboards and fonts make of it? */
bool point_is_apostrophe(uint32_t);

/* ---- A language opened once: what ICU knows about it, read-only from then on ------------------ */

enum { DATE_STYLES = UNICODE_DATE_MONTH + 1, MONTHS = 12 };

/* How the language writes a day: patterns of UTS 35 ("d MMMM y") and the words they need. */
struct date_words {
    struct text patterns[DATE_STYLES];
    struct text months[MONTHS];             /* in a date: "апреля" */
    struct text short_months[MONTHS];       /* "апр." */
    struct text alone_months[MONTHS];       /* without a day: "апрель" */
    struct text alone_short_months[MONTHS]; /* "апр." */
    uint32_t zero;                          /* the digit 0 of the language's numbers */
};

struct unicode_language {
    struct arena arena;
    UCollator *collator;
    UPluralRules *plurals;
    struct date_words dates;
    bool is_korean;
};

/* False when ICU has no data for it. `locale` is an ICU locale name. */
bool date_words_init(struct date_words *, struct arena *, const char *locale);

#endif
