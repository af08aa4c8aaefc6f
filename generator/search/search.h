/*
 * search: what a reader's browser searches, in pieces that it fetches one by one.
 *
 * A site has no server that could search it, so the search page's script does. It must not fetch all names of the
 * site for that: so they stand in small files, and what is typed tells which of them to ask for.
 *
 *     search/names/N.json     under which keys things are found
 *     search/cards/LN.json    what is shown of them, 48 in a file; L is the letter of their family
 *     search/texts/N.json     which words are in the texts of which writings
 *
 * Things are numbered, each family (enum search_family) from 0, in the catalog's order; writings the oldest first, so
 * that a new one changes no number. `number * 8 + family` is the id of a thing.
 *
 * Keys.  A name is brought to unicode_loose, and parted into words: runs of Hangul, and runs of other letters and
 * digits; apostrophes are passed over. Words of one sort that follow each other are joined, from each word on to the
 * last, for a reader may type blanks or not. No key is longer than 16 code points. Each such run has these keys:
 *
 *     bolam           Latin letters in one of the usual spellings for Korean names: Kyuhyun and Gyuhyeon are both
 *                     "gyuyun" (see search_fold). Hangul likewise, as it is spoken.
 *     ~qhfka          Hangul as it is typed: 보람; from within a word, too, where two syllables or more are left
 *     =qf             the first consonants of Hangul: ㅂㄹ
 *
 * names/N.json is one list. Its first item is a list of buckets that go on below (see there); then come keys in order
 * of their bytes, each as
 *
 *     ["bolam", 24, 1027]     numbers: id * 2, and 1 more where the key is not how a name begins
 *
 * Buckets.  A key stands in the piece that its bucket belongs to: FNV-1a (32 bits, over UTF-8) of the bucket, modulo
 * the count of pieces, a power of two. The bucket is the key's first 3 code points, 4 for "~". A bucket that is full
 * (300 numbers) is named in its piece's first item, and the next keys go on in that of 3 code points more, and so on. What is
 * no track or writing, and begins with the key, stands in the bucket of one code point fewer as well, for those who
 * have typed no more.
 *
 *     "bolam"  ->  "bol", once full: "bolam"
 *
 * cards/LN.json is a list of [address below the site, name, native name, more]; from the right, what is empty is left
 * out.
 *
 * texts/N.json is a list of [word, writing, writing ...]. Words are 22 bits of a hash (markdown's words.c), in order,
 * each told as its distance from the one before; a piece has as many of all possible ones as any other. Of writings, the
 * newest first, the first is told by its number and 1 more, each other as its distance from the one before. A word
 * that more than 255 writings have stands with the newest of them, and a 0 in front of those.
 *
 *     [[70412, 31, 2, 9], ...]     in writings 30, 28 and 19
 *
 * Hidden passages, and texts under `spoilers: full`, are not in it.
 *
 * Threads: open it from one; then pieces may be made on several at once.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "base/base.h"
#include "catalog/catalog.h"

enum search_family {
    SEARCH_ARTISTS,
    SEARCH_DRAMAS,
    SEARCH_TRACKS,
    SEARCH_WRITINGS,
    SEARCH_TERMS, /* tags, moods, instruments, and authors that have a page */
    SEARCH_SERIES,
    SEARCH_PAGES,
    SEARCH_FAMILIES,
};

enum search_kind { SEARCH_NAMES, SEARCH_CARDS, SEARCH_TEXTS };

struct search;

/* How a site's index is parted follows from how many things it has; nothing else is looked at here. */
struct search *search_open(const struct catalog *);
void search_close(struct search *); /* NULL is no mistake */

/* Pieces of each kind. What the script must know: "4 1" for 4 pieces of names and 1 of texts. */
size_t search_piece_count(const struct search *);
enum search_kind search_piece_kind(const struct search *, size_t piece);
struct text search_piece_path(const struct search *, size_t piece, struct arena *);
struct text search_layout(const struct search *, struct arena *);

/* Adds the bytes of a piece. */
void search_piece(struct search *, size_t piece, struct arena *scratch, struct buffer *out);

/* ---- Keys --------------------------------------------------------------------------------------------------- */

struct search_key {
    struct text key;
    bool is_inner; /* it is not how the name begins */
};
struct search_keys {
    struct arena *arena;
    struct search_key *items; /* of the last name, in the arena */
    size_t count, capacity;
    struct buffer loose, letters, made; /* what it is made in */
};

/* Which of the possible keys a name gets: a site has many more tracks than singers. */
enum search_breadth { SEARCH_FEW, SEARCH_MANY, SEARCH_OF_PERSON };

void search_keys_init(struct search_keys *, struct arena *);
void search_keys_release(struct search_keys *);
void search_keys_of(struct search_keys *, struct text name, enum search_breadth);

/* Latin letters so that the usual spellings of Korean become one: k as g, p as b, eo as u ... Writes twice the letters at
 * most; returns how many bytes. */
size_t search_fold(struct text letters, char *out);

#endif
