/* How an index is parted, and which piece is which: names, then cards family by family, then texts. */
#include "search/search_inside.h"

/* A piece of names has some three hundred of them then, and 10 to 20 KB. */
enum { NAMES_EACH = 300, TEXTS_EACH = 64, TEXTS_MOST = 256 };

static size_t power_of_two(size_t least)
{
    size_t power = 1;
    while (power < least)
        power *= 2;
    return power;
}

static void count_things(struct search *search)
{
    const struct catalog_site *site = &search->catalog->site;
    search->counts[SEARCH_ARTISTS] = site->artists.count;
    search->counts[SEARCH_DRAMAS] = site->dramas.count;
    search->counts[SEARCH_TRACKS] = site->tracks.count;
    search->counts[SEARCH_WRITINGS] = site->writings.count;
    search->counts[SEARCH_SERIES] = site->series.count;
    search->counts[SEARCH_PAGES] = site->pages.count;
    for (int kind = 0; kind < CATALOG_TERM_KINDS; kind++) {
        const struct catalog_term *const *terms = site->terms[kind].items;
        bool has_pages = site->terms[kind].count && terms[0]->has_page;
        search->counts[SEARCH_TERMS] += has_pages ? site->terms[kind].count : 0;
    }
}

static const void *term_at(const struct catalog_site *site, size_t number)
{
    for (int kind = 0; kind < CATALOG_TERM_KINDS; kind++) {
        const struct catalog_term *const *terms = site->terms[kind].items;
        if (!site->terms[kind].count || !terms[0]->has_page)
            continue;
        if (number < site->terms[kind].count)
            return terms[number];
        number -= site->terms[kind].count;
    }
    return NULL;
}

struct search_thing search_thing_at(
    const struct search *search, enum search_family family, size_t number)
{
    const struct catalog_site *site = &search->catalog->site;
    const struct data_array *lists[SEARCH_FAMILIES] = {[SEARCH_ARTISTS] = &site->artists,
        [SEARCH_DRAMAS] = &site->dramas,
        [SEARCH_TRACKS] = &site->tracks,
        [SEARCH_WRITINGS] = &site->writings,
        [SEARCH_SERIES] = &site->series,
        [SEARCH_PAGES] = &site->pages};
    if (family == SEARCH_TERMS)
        return (struct search_thing){family, term_at(site, number)};
    const void *const *items = lists[family]->items;
    size_t place = family == SEARCH_WRITINGS ? site->writings.count - 1 - number : number;
    return (struct search_thing){family, items[place]};
}

struct search *search_open(const struct catalog *catalog)
{
    struct search *search = base_alloc(sizeof *search);
    *search = (struct search){.catalog = catalog};
    arena_init(&search->arena);
    base_assert(pthread_mutex_init(&search->lock, NULL) == 0);
    count_things(search);
    size_t all = 0, writings = search->counts[SEARCH_WRITINGS];
    for (int family = 0; family < SEARCH_FAMILIES; family++) {
        all += search->counts[family];
        search->cards[family] =
            (search->counts[family] + SEARCH_CARDS_EACH - 1) / SEARCH_CARDS_EACH;
    }
    search->names = power_of_two(all / NAMES_EACH);
    search->texts = power_of_two(writings / TEXTS_EACH);
    if (search->texts > TEXTS_MOST)
        search->texts = TEXTS_MOST;
    return search;
}

void search_close(struct search *search)
{
    if (!search)
        return;
    pthread_mutex_destroy(&search->lock);
    arena_release(&search->arena);
    base_free(search);
}

/* ---- Pieces ----------------------------------------------------------------------------------------------------- */

static size_t card_pieces(const struct search *search)
{
    size_t pieces = 0;
    for (int family = 0; family < SEARCH_FAMILIES; family++)
        pieces += search->cards[family];
    return pieces;
}

size_t search_piece_count(const struct search *search)
{
    return search->names + card_pieces(search) + search->texts;
}

/* Of a piece of cards, counted from the first one: the place in its family, in place. */
static enum search_family family_of(const struct search *search, size_t *piece)
{
    int family = 0;
    while (*piece >= search->cards[family])
        *piece -= search->cards[family++];
    return (enum search_family)family;
}

enum search_kind search_piece_kind(const struct search *search, size_t piece)
{
    return piece < search->names                         ? SEARCH_NAMES
           : piece < search->names + card_pieces(search) ? SEARCH_CARDS
                                                         : SEARCH_TEXTS;
}

struct text search_piece_path(const struct search *search, size_t piece, struct arena *arena)
{
    static const char letters[SEARCH_FAMILIES] = {'a', 'd', 't', 'w', 'g', 's', 'p'};
    enum search_kind kind = search_piece_kind(search, piece);
    size_t place = piece - search->names;
    if (kind == SEARCH_NAMES)
        return arena_format(arena, "search/names/%zu.json", piece);
    if (kind == SEARCH_TEXTS)
        return arena_format(arena, "search/texts/%zu.json", place - card_pieces(search));
    enum search_family family = family_of(search, &place);
    return arena_format(arena, "search/cards/%c%zu.json", letters[family], place);
}

struct text search_layout(const struct search *search, struct arena *arena)
{
    return arena_format(arena, "%zu %zu", search->names, search->texts);
}

void search_piece(struct search *search, size_t piece, struct arena *scratch, struct buffer *out)
{
    enum search_kind kind = search_piece_kind(search, piece);
    size_t place = piece - search->names;
    if (kind == SEARCH_NAMES) {
        search_names(search, piece, scratch, out);
    } else if (kind == SEARCH_TEXTS) {
        search_texts(search, place - card_pieces(search), scratch, out);
    } else {
        enum search_family family = family_of(search, &place);
        search_cards(search, family, place, scratch, out);
    }
}
