/*
 * unicode: the only room that knows ICU.
 *
 * Normal forms, the key by which names compare, slugs, collation and index letters, letter case,
 * display width, dates and plurals in a language. All text in and out is UTF-8; results live in
 * the arena given. Input that is not UTF-8 is the caller's fault: check it with unicode_check.
 *
 *     struct text key = unicode_key(&arena, TEXT("Park Bo-ram"));    "parkboram"
 *     struct text slug = unicode_slug(&arena, TEXT("Soundtrack #1"));  "soundtrack-1"
 *
 * Threads: every function may be called from any thread. A `struct unicode_language` is read-only
 * once opened and may be shared.
 */
#ifndef UNICODE_UNICODE_H
#define UNICODE_UNICODE_H

#include "base/base.h"

/* Byte offset of the first byte that is not well-formed UTF-8 (or is a NUL), -1 when all is well. */
ptrdiff_t unicode_check(struct text);

/* Normalization Form C (Unicode Standard Annex 15). Returns the text itself when it is in NFC. */
struct text unicode_nfc(struct arena *, struct text);

/* The key by which names are the same: NFKC case folding (UAX 31's NFKC_Casefold), without white
 * space, hyphens and dashes, dots, middle dots and apostrophes of any shape. Where that leaves
 * nothing, the text itself. */
struct text unicode_key(struct arena *, struct text);

/* The last part of an address: lower case, letters and digits of every script kept (NFC), runs of
 * anything else one '-', none at the ends; an apostrophe joins ("Master's" is "masters"). Never
 * empty ("untitled" when nothing is left), never a device name of Windows (con, nul, com1 ...:
 * those get a "-" at the end), never "." or "..", at most 120 bytes, cut at a code point. */
struct text unicode_slug(struct arena *, struct text);
/* Whether nothing was left of the name. Asked of the slug as it was returned, not of a copy. */
bool unicode_slug_is_made_up(struct text slug);

/* What makes slugs of ASCII alone: Hangul as it is spoken (Revised Romanization of Korean), other scripts
 * by ICU. May be shared between threads. Release it. */
struct unicode_romaniser;
struct unicode_romaniser *unicode_romaniser_open(void);
void unicode_romaniser_release(struct unicode_romaniser *);

/* Like unicode_slug, but "규현" is "gyuhyeon" and "Élan" is "elan". */
struct text unicode_ascii_slug(struct unicode_romaniser *, struct arena *, struct text name);

/* Adds the text with its Hangul as it is spoken (Revised Romanization of Korean), and all else as it is. */
void unicode_romanise(struct arena *scratch, struct text, struct buffer *out);

/* Adds the text as it is compared where case and accents don't count: small letters, compatible forms as
 * plain ones, Latin letters without accents ("Élan" is "elan", "Ａ" is "a"). A script in a browser can do the
 * same: runs of what is neither ASCII nor Hangul become NFKD, lose U+0300 to U+036F, become small letters
 * and NFC; the rest, small letters. */
void unicode_loose(struct arena *scratch, struct text, struct buffer *out);

/* Letter case, by the full mappings of the Unicode Standard, in no particular language. */
struct text unicode_lower(struct arena *, struct text);
struct text unicode_upper(struct arena *, struct text);
/* One letter as it starts a word: "ß" becomes "Ss", "ǆ" "ǅ". */
struct text unicode_title(struct arena *, struct text letter);
/* The letter at `at` as unicode_lower writes it there: "Σ" at the end of a word becomes "ς". */
struct text unicode_lower_at(struct arena *, struct text, size_t at);
/* Full case folding, for comparing without case: "ß" becomes "ss". */
struct text unicode_fold(struct arena *, struct text);

/* What a code point is, for templates' tests and filters (Unicode general categories). */
bool unicode_is_letter(uint32_t);
bool unicode_is_digit(uint32_t);       /* 0 to 9 of any script */
int unicode_digit(uint32_t);           /* which one it is; -1 for all else */
bool unicode_is_number(uint32_t);      /* also ½, Ⅳ, ② */
bool unicode_is_digit_value(uint32_t); /* also ², ② */
bool unicode_is_space(uint32_t);       /* the White_Space property */
bool unicode_is_upper(uint32_t);       /* the Uppercase property */
bool unicode_is_lower(uint32_t);
bool unicode_has_case(uint32_t); /* upper, lower or title case */
bool unicode_is_printable(
    uint32_t); /* no control, no white space but ' ', nothing without a meaning */
/* A Hangul letter or syllable. */
bool unicode_is_hangul(uint32_t);
/* One of the letters that stand alone, as a keyboard writes them: ㄱ to ㅎ, ㅏ to ㅣ. */
bool unicode_is_letter_of_hangul(uint32_t);

/* Adds the keys that a Korean keyboard (dubeolsik) is pressed at for a syllable or letter of Hangul, by what
 * they say on a QWERTY keyboard, without Shift: 박 is "qkr", 볼 (so far) and 보ㄹ are both "qhf". Nothing for all
 * else. */
void unicode_add_strokes(struct buffer *, uint32_t point);

/* Where the run of Hangul that begins at `at` ends: behind its last Hangul letter. Letters of another
 * script end it; blanks, digits and signs between two Hangul letters stand inside. */
size_t unicode_hangul_end(struct text, size_t at);

/* Columns of a terminal: 2 for wide and fullwidth code points (UAX 11), 0 for combining ones. */
size_t unicode_width(struct text);

/* How many words a reader reads: word breaks of UAX 29 that hold a letter or a digit. */
size_t unicode_count_words(struct text);

/* ---- In a language ------------------------------------------------------------------------------ */

struct unicode_language;

/* `tag` is a BCP 47 tag ("en", "ko", "pt-BR"). NULL when it is not a well-formed tag. Release it. */
struct unicode_language *unicode_language_open(const char *tag);
void unicode_language_release(struct unicode_language *);

/* Bytes that sort (text_compare) as the texts do in the language; punctuation is ignored at the
 * first levels, numbers sort by value. Ties that remain are the caller's to break. */
struct text unicode_sort_key(const struct unicode_language *, struct arena *, struct text);

/* The index letter a name stands under: "A" to "Z" (accents dropped), "ㄱ" to "ㅎ" (doubled
 * consonants under the plain one), "0-9", else "#". Static text. Signs before the first letter or
 * digit are passed over: "(G)I-DLE" stands under "G". */
struct text unicode_band(struct text name);
/* Where the band stands in the language's index: its own script first ("ko": ㄱ to ㅎ, A to Z; any
 * other: A to Z, ㄱ to ㅎ), then "0-9", then "#". */
int unicode_band_order(const struct unicode_language *, struct text band);

/* A day as the language writes it: "19 April 2022" (en: day month year), "2022년 4월 19일" (ko). */
enum unicode_date_style { UNICODE_DATE_LONG, UNICODE_DATE_SHORT, UNICODE_DATE_MONTH };
struct text unicode_date(const struct unicode_language *, struct arena *, int year, int month,
    int day, enum unicode_date_style);

/* The plural category of a number in the language (Unicode CLDR): "one", "other", ... Static. */
const char *unicode_plural(const struct unicode_language *, double number);

/* ---- Time zones ------------------------------------------------------------------------------------ */

/* A zone of the IANA database ("Asia/Seoul"), from 1900 to 2200. Lives in the arena; NULL when there is no
 * zone of that name. Read-only: may be shared. */
struct unicode_zone;
const struct unicode_zone *unicode_zone_open(struct arena *, struct text name);
/* Minutes east of UTC at a moment, in seconds since 1970-01-01 00:00 UTC. */
int unicode_zone_offset(const struct unicode_zone *, int64_t seconds);
/* The same at what the zone's own clocks show, as if they were in UTC. */
int unicode_zone_offset_of_clock(const struct unicode_zone *, int64_t seconds);
/* The names of all zones, for suggestions. */
size_t unicode_zone_names(struct arena *, struct text **names);

#endif
