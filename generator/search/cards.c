/* What is shown of a thing that was found: [address, name, native name, more]. */
#include "search/search_inside.h"

#include "data/data.h"

struct card {
    struct text url, name, native, more;
};

/* "Signal · 2016" */
static struct text with_dot(struct arena *scratch, struct text one, struct text other)
{
    const struct text parts[] = {one, TEXT(" \xC2\xB7 "), other};
    return !one.length     ? other
           : !other.length ? one
                           : arena_join_all(scratch, parts, BASE_COUNT(parts));
}

static struct text year_of(struct arena *scratch, int64_t year)
{
    return year == DATA_NO_INTEGER ? TEXT_NONE : arena_format(scratch, "%lld", (long long)year);
}

/* Their names, three at most: a card is two lines. */
static struct text names_of(
    struct arena *scratch, const struct data_array *artists, const struct text ending)
{
    const struct catalog_artist *const *items = artists->items;
    struct text names = TEXT_NONE;
    for (size_t i = 0; i < artists->count && i < 3; i++) {
        const struct text parts[] = {names, TEXT(", "), items[i]->record->name};
        names = i ? arena_join_all(scratch, parts, BASE_COUNT(parts)) : items[i]->record->name;
    }
    return artists->count > 3 ? arena_join(scratch, names, ending) : names;
}

static struct card card_of_artist(const struct catalog_artist *artist, struct arena *scratch)
{
    struct text more = artist->suffix;
    if (!more.length)
        more = names_of(scratch, &artist->groups, TEXT(" ..."));
    return (struct card){artist->thing.url, artist->record->name, artist->record->native, more};
}

static struct card card_of_drama(const struct catalog_drama *drama, struct arena *scratch)
{
    struct text year = year_of(scratch, drama->record->year);
    return (struct card){drama->thing.url, drama->record->title, drama->record->native,
        with_dot(scratch, year, drama->record->network)};
}

static struct card card_of_track(const struct catalog_track *track, struct arena *scratch)
{
    struct text who = names_of(scratch, &track->artists, TEXT(" ..."));
    struct text where = track->drama ? track->drama->record->title : TEXT_NONE;
    return (struct card){track->thing.url, track->record->title, track->record->native,
        with_dot(scratch, who, where)};
}

static struct card card_of_writing(const struct catalog_writing *writing, struct arena *scratch)
{
    struct text drama = writing->drama ? writing->drama->record->title : TEXT_NONE;
    struct text year = year_of(scratch, writing->record->date.year);
    return (struct card){
        writing->thing.url, writing->record->title, TEXT_NONE, with_dot(scratch, drama, year)};
}

static struct card card_of(struct search_thing of, struct arena *scratch)
{
    const struct catalog_term *term = of.thing;
    const struct catalog_series *series = of.thing;
    const struct catalog_page *page = of.thing;
    switch (of.family) {
    case SEARCH_ARTISTS: return card_of_artist(of.thing, scratch);
    case SEARCH_DRAMAS: return card_of_drama(of.thing, scratch);
    case SEARCH_TRACKS: return card_of_track(of.thing, scratch);
    case SEARCH_WRITINGS: return card_of_writing(of.thing, scratch);
    case SEARCH_TERMS: return (struct card){.url = term->thing.url, .name = term->name};
    case SEARCH_SERIES: return (struct card){.url = series->thing.url, .name = series->title};
    case SEARCH_PAGES: return (struct card){.url = page->thing.url, .name = page->record->title};
    case SEARCH_FAMILIES: break;
    }
    return (struct card){0};
}

static void write_card(const struct card *card, struct text base, struct buffer *out)
{
    const struct text fields[] = {
        text_slice(card->url, base.length, card->url.length), card->name, card->native, card->more};
    size_t count = BASE_COUNT(fields);
    while (count > 2 && !fields[count - 1].length)
        count--;
    buffer_add_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        buffer_add_string(out, i ? "," : "");
        data_json_text(out, fields[i].at ? fields[i] : TEXT(""));
    }
    buffer_add_byte(out, ']');
}

void search_cards(const struct search *search, enum search_family family, size_t piece,
    struct arena *scratch, struct buffer *out)
{
    size_t from = piece * SEARCH_CARDS_EACH;
    for (size_t i = from; i < search->counts[family] && i < from + SEARCH_CARDS_EACH; i++) {
        struct card card = card_of(search_thing_at(search, family, i), scratch);
        buffer_add_string(out, i == from ? "[" : ",\n");
        write_card(&card, search->catalog->request.base_path, out);
    }
    buffer_add_string(out, "]\n");
}
