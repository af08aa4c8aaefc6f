/* Addresses by the patterns of the settings, see schema's address.c. A writing's may tell what it is about,
 * and so is made only when that is known. */
#include "catalog/catalog_inside.h"

const struct schema_pattern *catalog_pattern(
    const struct catalog *catalog, enum schema_address_kind kind)
{
    return catalog->request.settings->addresses->patterns[kind].items;
}

enum schema_address_kind catalog_address_kind(const struct catalog_thing *thing)
{
    if (thing->type == &catalog_writing_type)
        return (enum schema_address_kind)((const struct catalog_writing *)thing)->record->kind;
    if (thing->type == &catalog_term_type)
        return catalog_term_rows[((const struct catalog_term *)thing)->kind].address;
    return thing->type == &catalog_drama_type    ? SCHEMA_ADDRESS_DRAMA
           : thing->type == &catalog_artist_type ? SCHEMA_ADDRESS_ARTIST
           : thing->type == &catalog_track_type  ? SCHEMA_ADDRESS_TRACK
           : thing->type == &catalog_series_type ? SCHEMA_ADDRESS_SERIES
                                                 : SCHEMA_ADDRESS_PAGE;
}

static struct text number(struct arena *arena, int64_t number, int digits)
{
    return number == DATA_NO_INTEGER ? TEXT_NONE
                                     : arena_format(arena, "%0*lld", digits, (long long)number);
}

/* What a word stands for; absent where the writing has nothing of the kind. */
static struct text value_of(
    const struct catalog_writing *writing, enum schema_address_word word, struct arena *arena)
{
    const struct data_date *date = &writing->record->date;
    switch (word) {
    case SCHEMA_ADDRESS_SLUG: return writing->thing.slug;
    case SCHEMA_ADDRESS_YEAR: return number(arena, date->year, 4);
    case SCHEMA_ADDRESS_MONTH: return number(arena, date->month, 2);
    case SCHEMA_ADDRESS_DAY: return number(arena, date->day, 2);
    case SCHEMA_ADDRESS_WRITING_KIND:
        return text_of(schema_address_kind_name((enum schema_address_kind)writing->record->kind));
    case SCHEMA_ADDRESS_OF_DRAMA: return writing->drama ? writing->drama->thing.slug : TEXT_NONE;
    case SCHEMA_ADDRESS_SEASON: return number(arena, writing->season, 1);
    case SCHEMA_ADDRESS_EPISODE: return number(arena, writing->record->episode, 1);
    case SCHEMA_ADDRESS_WORDS: break;
    }
    return TEXT_NONE;
}

struct text catalog_address(const struct catalog *catalog, const struct catalog_thing *thing,
    const struct schema_pattern *pattern, struct arena *arena)
{
    bool is_track = thing->type == &catalog_track_type;
    struct text slug = is_track ? ((const struct catalog_track *)thing)->page->slug : thing->slug;
    struct text values[SCHEMA_ADDRESS_WORDS] = {[SCHEMA_ADDRESS_SLUG] = slug};
    bool is_writing = thing->type == &catalog_writing_type;
    for (size_t i = 0; is_writing && i < pattern->count; i++)
        if (!pattern->parts[i].text.at)
            values[pattern->parts[i].word] =
                value_of((const struct catalog_writing *)thing, pattern->parts[i].word, arena);
    return schema_address(pattern, catalog->request.base_path, values, arena);
}

void catalog_settle_writings(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->writings.count; i++) {
        struct catalog_thing *thing = (void *)draft->writings.items[i];
        if (!thing->url.at)
            thing->url = catalog_address(catalog, thing,
                catalog_pattern(catalog, catalog_address_kind(thing)), &catalog->arena);
    }
}

struct text catalog_file_below(struct arena *arena, struct text url, const char *name)
{
    bool is_folder = text_ends(url, "/");
    if (text_ends(url, ".html"))
        url.length -= strlen(".html");
    const struct text parts[] = {url, is_folder ? TEXT("") : TEXT("/"), text_of(name)};
    return arena_join_all(arena, parts, BASE_COUNT(parts));
}
