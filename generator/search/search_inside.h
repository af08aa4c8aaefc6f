/* search_inside: what the files of this room share. */
#ifndef SEARCH_INSIDE_H
#define SEARCH_INSIDE_H

#include "search/search.h"

#include <pthread.h>

enum { SEARCH_CARDS_EACH = 48 };

struct search_names;

struct search {
    struct arena arena;
    const struct catalog *catalog;
    size_t counts[SEARCH_FAMILIES]; /* things */
    size_t names, texts;           /* pieces, powers of two; no texts where there are no writings */
    size_t cards[SEARCH_FAMILIES]; /* pieces */
    pthread_mutex_t lock;
    struct search_names *in; /* made when the first piece of names is; see names.c */
};

/* Of terms those that have a page, one kind behind the other. */
struct search_thing {
    enum search_family family;
    const void *thing; /* catalog_artist, catalog_drama ... */
};
struct search_thing search_thing_at(const struct search *, enum search_family, size_t number);

void search_names(struct search *, size_t piece, struct arena *scratch, struct buffer *out);
void search_cards(const struct search *, enum search_family, size_t piece, struct arena *scratch,
    struct buffer *out);
void search_texts(const struct search *, size_t piece, struct arena *scratch, struct buffer *out);

#endif
