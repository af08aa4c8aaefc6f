/*
 * What an output was made of, as bytes:
 *
 *     own hash     8 bytes    what the plan says of it: its title, its place, what is copied
 *     reads                   for each thing whose fields were read, in the order of the first reading:
 *                             how far its id is from the one before, and the groups
 *
 * A read is a number (buffer_add_number):
 *
 *     (zigzag of the distance) * 16 + groups
 */
#include "render/render_inside.h"

_Static_assert(DATA_GROUP_COUNT <= 4, "the groups of a read are 4 bits");

/* ---- Numbers --------------------------------------------------------------------------------------------------- */

/* 0, -1, 1, -2 ... as 0, 1, 2, 3 ... */
static uint64_t zigzag(int64_t number)
{
    return (uint64_t)number << 1 ^ (uint64_t)(number >> 63);
}

static int64_t unzigzag(uint64_t number)
{
    return (int64_t)(number >> 1 ^ (0 - (number & 1)));
}

/* ---- Own ---------------------------------------------------------------------------------------------------------- */

static uint64_t key_of(const struct render *render, const struct catalog_thing *thing)
{
    const struct render_memory *memory = &render->memory;
    return thing ? memory->things[memory->ids[thing->number]].key : 0;
}

static uint64_t hash_things(
    const struct render *render, const struct data_array *things, uint64_t hash)
{
    const struct catalog_thing *const *items = things->items;
    for (size_t i = 0; i < things->count; i++)
        hash = hash_number(hash, key_of(render, items[i]));
    return hash_number(hash, things->count);
}

/* What an index shows of its letters and of the tracks under them. */
static uint64_t hash_index(const struct render *render, const struct plan_page *page, uint64_t hash)
{
    const struct plan_letter *const *letters = page->letters.items;
    const struct plan_band *const *bands = page->bands.items;
    for (size_t i = 0; i < page->letters.count; i++)
        hash = hash_more(hash_more(hash, letters[i]->label), letters[i]->url);
    for (size_t i = 0; i < page->bands.count; i++) {
        hash = hash_number(hash_more(hash, bands[i]->label), (uint64_t)bands[i]->total);
        hash = hash_things(render, &bands[i]->tracks, hash);
    }
    return hash;
}

static uint64_t hash_year(
    const struct render *render, const struct catalog_year *year, uint64_t hash)
{
    hash = hash_things(render, &year->writings, hash_number(hash, (uint64_t)year->year));
    hash = hash_things(render, &year->soundtracks, hash);
    hash = hash_things(render, &year->songs, hash);
    return hash_things(render, &year->instrumentals, hash);
}

static uint64_t hash_page(const struct render *render, const struct plan_page *page)
{
    const struct text texts[] = {
        page->title, page->description, page->url, page->newer_url, page->older_url, page->search};
    uint64_t hash = hash_number((uint64_t)page->kind, page->reviews.count);
    for (size_t i = 0; i < BASE_COUNT(texts); i++)
        hash = texts[i].at ? hash_more(hash, texts[i]) : hash_number(hash, 0);
    hash = hash_number(hash_number(hash, (uint64_t)page->number), (uint64_t)page->count);
    hash = hash_things(render, &page->reviews, hash);
    if (page->year)
        hash = hash_year(render, page->year, hash);
    return hash_index(render, page, hash);
}

static uint64_t hash_status(const struct disk_status *status)
{
    return hash_number(hash_number(status->bytes, (uint64_t)status->touched_ns), status->identity);
}

/* Made of the whole plan, which says the same as long as only texts have changed: no text is in it. */
static bool is_of_all(const struct plan_output *output)
{
    switch (output->kind) {
    case PLAN_SITEMAP:
    case PLAN_SITEMAP_INDEX:
    case PLAN_ROBOTS:
    case PLAN_HEADERS:
    case PLAN_EMPTY:
    case PLAN_SEARCH_PIECE: /* of which some are of texts: see render_own_hash */
    case PLAN_REDIRECTS: return true;
    case PLAN_PAGE:
    case PLAN_FEED:
    case PLAN_FEED_JSON:
    case PLAN_PLAYLIST:
    case PLAN_PLAYLIST_JSON:
    case PLAN_REDIRECT:
    case PLAN_COPY:
    case PLAN_THEME_ASSET: break;
    }
    return false;
}

/* The words of the texts that the search page searches. */
static bool is_of_texts(const struct render *render, const struct plan_output *output)
{
    return output->kind == PLAN_SEARCH_PIECE &&
           search_piece_kind(render->plan->search, output->part) == SEARCH_TEXTS;
}

uint64_t render_own_hash(const struct render *render, const struct plan_output *output)
{
    if (is_of_texts(render, output))
        return hash_number(hash_number(output->part, render->memory.shape), render->memory.texts);
    if (is_of_all(output))
        return hash_number(hash_number(output->kind, output->part), render->memory.shape);
    uint64_t hash = hash_number(output->kind, key_of(render, output->thing));
    if (output->page)
        hash = hash_number(hash, hash_page(render, output->page));
    if (output->feed_of)
        hash = hash_number(hash, hash_page(render, output->feed_of));
    if (output->redirect)
        hash = hash_more(hash_more(hash, output->redirect->from), output->redirect->title);
    if (output->asset)
        hash =
            hash_number(hash_more(hash, output->asset->path), hash_status(&output->asset->status));
    if (output->theme_asset)
        hash = hash_more(hash_more(hash, output->theme_asset->path), output->theme_asset->bytes);
    return hash;
}

/* A file that was touched just now may change again unseen. */
static bool can_tell(const struct render *render, const struct plan_output *output)
{
    return output->kind != PLAN_COPY ||
           disk_is_settled(&output->asset->status, render->request.opened_ns);
}

/* ---- Reads -------------------------------------------------------------------------------------------------------- */

void render_note(const struct render *render, size_t index, unsigned worker, struct buffer *noted)
{
    const struct plan_output *output = &render->plan->outputs[index];
    const struct data_reads *reads = render->workers[worker].run.reads;
    int64_t last = 0;
    if (!can_tell(render, output))
        return;
    buffer_add_uint64(noted, render_own_hash(render, output));
    for (uint32_t i = 0; i < reads->count; i++) {
        uint32_t number = reads->touched[i];
        int64_t id = render->memory.ids[number];
        buffer_add_number(noted, zigzag(id - last) << 4 | reads->masks[number]);
        last = id;
    }
}

/* Of all reads of all outputs: so without a call for each. */
bool render_reads_changed(const struct render_memory *memory, struct text reads)
{
    const unsigned char *at = (const void *)reads.at, *end = at + reads.length;
    int64_t id = 0;
    while (at < end) {
        uint64_t number = *at & 0x7F;
        for (unsigned shift = 7; *at++ >= 0x80; shift += 7) {
            if (at == end || shift > 56)
                return true;
            number |= (uint64_t)(*at & 0x7F) << shift;
        }
        id += unzigzag(number >> 4);
        if (id < 0 || (uint64_t)id >= memory->then_count || memory->changed[id] & number & 15)
            return true;
    }
    return false;
}

bool render_next_read(struct text *rest, struct render_read *read, uint32_t *last_id, bool *is_good)
{
    uint64_t number;
    if (!rest->length)
        return false;
    *is_good = text_take_number(rest, &number);
    int64_t id = (int64_t)*last_id + unzigzag(number >> 4);
    *is_good = *is_good && id >= 0 && id < UINT32_MAX;
    if (!*is_good)
        return false;
    *read = (struct render_read){(uint32_t)id, number & 15};
    *last_id = (uint32_t)id;
    return true;
}
