/* Why an output is not current, in words for people. */
#include "render/render_inside.h"

enum { most_reasons = 3 };

/* What of a thing an output shows. */
static const char *const words_of_groups[DATA_GROUP_COUNT] = {
    [DATA_GROUP_NAME] = "title",
    [DATA_GROUP_FACTS] = "facts",
    [DATA_GROUP_BODY] = "text",
    [DATA_GROUP_LINKS] = "links",
};

/* "the title and the text of " */
static void add_groups(struct buffer *words, unsigned groups)
{
    const char *before = "shows the ";
    for (int group = 0; group < DATA_GROUP_COUNT; group++) {
        if (!(groups >> group & 1))
            continue;
        buffer_add_string(words, before);
        buffer_add_string(words, words_of_groups[group]);
        groups &= ~(1u << group);
        before = groups & (groups - 1) ? ", " : " and ";
    }
    buffer_add_string(words, " of ");
}

static struct text name_of(const struct catalog_thing *thing)
{
    if (thing->type == &catalog_drama_type)
        return ((const struct catalog_drama *)(const void *)thing)->record->title;
    if (thing->type == &catalog_artist_type)
        return ((const struct catalog_artist *)(const void *)thing)->record->name;
    if (thing->type == &catalog_track_type)
        return ((const struct catalog_track *)(const void *)thing)->record->title;
    if (thing->type == &catalog_term_type)
        return ((const struct catalog_term *)(const void *)thing)->name;
    return thing->url;
}

static const char *kind_of(const struct catalog_thing *thing)
{
    return thing->type == &catalog_term_type
               ? catalog_term_rows[((const struct catalog_term *)(const void *)thing)->kind].name
               : thing->type->name;
}

/* "content/reviews/goblin.md"; "the artist 'Gummy'" without a file. */
static void add_thing(struct buffer *words, const struct catalog_thing *thing)
{
    struct text name = name_of(thing);
    if (thing->file)
        buffer_add(words, thing->file->path);
    else if (thing->type == &catalog_site_type)
        buffer_add_string(words, "the site as a whole");
    else
        buffer_format(words, "the %s '%.*s'", kind_of(thing), TEXT_ARGS(name));
}

static void add_reason(const struct render *render, const struct render_read *read,
    unsigned changed, struct buffer *words)
{
    uint32_t number = render->memory.numbers[read->id];
    add_groups(words, changed);
    if (number == UINT32_MAX) {
        buffer_add_string(words, "something that is gone");
        return;
    }
    add_thing(words, render->plan->catalog->things[number]);
    buffer_add_string(words, ", which changed");
}

/* The first few of what was read and has changed, and how many more. */
static bool explain_reads(const struct render *render, struct text noted, struct buffer *words)
{
    const struct render_memory *memory = &render->memory;
    struct render_read read;
    size_t count = 0;
    uint32_t last = 0;
    bool is_good;
    while (render_next_read(&noted, &read, &last, &is_good)) {
        unsigned changed =
            read.id < memory->then_count ? memory->changed[read.id] & read.groups : 0;
        if (!changed || ++count > most_reasons)
            continue;
        buffer_add_string(words, count > 1 ? "; " : "");
        add_reason(render, &read, changed, words);
    }
    if (count > most_reasons)
        buffer_format(words, "; and %zu more", count - most_reasons);
    return count > 0;
}

static void explain_own(const struct plan_output *output, struct buffer *words)
{
    switch (output->kind) {
    case PLAN_PAGE:
        buffer_add_string(words, "its title, description or place among the pages changed");
        break;
    case PLAN_SITEMAP:
    case PLAN_SITEMAP_INDEX:
        buffer_add_string(words, "lists the pages of the site, of which some changed");
        break;
    case PLAN_REDIRECT: buffer_add_string(words, "what it leads to changed"); break;
    case PLAN_REDIRECTS:
        buffer_add_string(words, "lists old addresses, of which some changed");
        break;
    case PLAN_COPY: buffer_format(words, "%.*s changed", TEXT_ARGS(output->asset->path)); break;
    case PLAN_SEARCH_PIECE:
        buffer_add_string(words, "holds names or words of the site, of which some changed");
        break;
    case PLAN_FEED:
    case PLAN_FEED_JSON:
        buffer_add_string(words, output->feed_of ? "the page that it is of changed" : "");
        break;
    case PLAN_PLAYLIST:
    case PLAN_PLAYLIST_JSON:
    case PLAN_ROBOTS:
    case PLAN_HEADERS:
    case PLAN_EMPTY:
    case PLAN_THEME_ASSET: break;
    }
}

void render_explain(struct render *render, size_t index, struct text noted, struct buffer *words)
{
    const struct plan_output *output = &render->plan->outputs[index];
    uint64_t own;
    if (!render->memory.is_known || !text_take_uint64(&noted, &own))
        return;
    if (render_explain_causes(render, output, words))
        return;
    if (!explain_reads(render, noted, words) && own != render_own_hash(render, output))
        explain_own(output, words);
}
