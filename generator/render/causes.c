/*
 * What all outputs are made from besides things: the program, the settings, the theme. Each as a number that
 * is another when it has changed.
 *
 *     site causes          any change: every output is made anew
 *     templates by kind    those that a page of the kind is made with, and the card of a track, which may
 *                          stand in any text
 *     sources              each template alone, to tell which of them it was
 */
#include "render/render_inside.h"

static const char track_card[] = "track_card.html";

/* ---- As they are now -------------------------------------------------------------------------------------- */

static void find_site(const struct render *render, uint64_t site[RENDER_CAUSES])
{
    const struct theme *theme = render->plan->theme;
    site[RENDER_PROGRAM] = render->request.program;
    site[RENDER_SETTINGS] = hash_number(render->request.settings, render->plan->catalog->is_vault);
    site[RENDER_THEME] = theme_hash(theme, TEXT("theme.yaml"));
    site[RENDER_WORDS] = theme_hash(theme, TEXT("i18n/"));
    site[RENDER_ASSETS] = theme_hash(theme, TEXT("assets/"));
}

static uint64_t hash_template(struct render *render, const char *name)
{
    struct template_source *sources;
    size_t count = template_sources(render->templates, text_of(name), &sources);
    uint64_t hash = count;
    for (size_t i = 0; i < count; i++)
        hash = hash_number(hash_more(hash, sources[i].file), sources[i].hash);
    return hash;
}

static bool has_source(const struct render_causes *causes, struct render_source source)
{
    for (size_t i = 0; i < causes->source_count; i++)
        if (causes->sources[i].file == source.file && causes->sources[i].hash == source.hash)
            return true;
    return false;
}

static void add_sources(struct render *render, const char *name, struct render_causes *causes)
{
    struct template_source *sources;
    size_t count = template_sources(render->templates, text_of(name), &sources);
    struct render_source *all =
        arena_array(&render->arena, causes->source_count + count, sizeof *all);
    if (causes->source_count)
        memcpy(all, causes->sources, causes->source_count * sizeof *all);
    causes->sources = all;
    for (size_t i = 0; i < count; i++) {
        struct render_source source = {hash_text(sources[i].file), sources[i].hash};
        if (!has_source(causes, source))
            all[causes->source_count++] = source;
    }
}

void render_find_causes(struct render *render, struct render_causes *causes)
{
    *causes = (struct render_causes){0};
    find_site(render, causes->site);
    uint64_t card = hash_template(render, track_card);
    add_sources(render, track_card, causes);
    for (size_t kind = 0; kind < PLAN_PAGE_KIND_COUNT; kind++) {
        const char *name = plan_page_rows[kind].template;
        causes->templates[kind] = hash_number(hash_template(render, name), card);
        add_sources(render, name, causes);
    }
}

/* ---- Kept ---------------------------------------------------------------------------------------------------- */

void render_keep_causes(const struct render_causes *causes, struct buffer *to)
{
    for (size_t i = 0; i < RENDER_CAUSES; i++)
        buffer_add_uint64(to, causes->site[i]);
    for (size_t i = 0; i < PLAN_PAGE_KIND_COUNT; i++)
        buffer_add_uint64(to, causes->templates[i]);
    buffer_add_uint64(to, causes->source_count);
    for (size_t i = 0; i < causes->source_count; i++) {
        buffer_add_uint64(to, causes->sources[i].file);
        buffer_add_uint64(to, causes->sources[i].hash);
    }
}

bool render_read_causes(struct render_causes *causes, struct arena *arena, struct text *kept)
{
    uint64_t count;
    bool is_good = true;
    for (size_t i = 0; i < RENDER_CAUSES; i++)
        is_good = is_good && text_take_uint64(kept, &causes->site[i]);
    for (size_t i = 0; i < PLAN_PAGE_KIND_COUNT; i++)
        is_good = is_good && text_take_uint64(kept, &causes->templates[i]);
    if (!is_good || !text_take_uint64(kept, &count) || count > kept->length / 16)
        return false;
    causes->source_count = (size_t)count;
    causes->sources = arena_array(arena, causes->source_count, sizeof *causes->sources);
    for (size_t i = 0; i < causes->source_count; i++) {
        text_take_uint64(kept, &causes->sources[i].file);
        text_take_uint64(kept, &causes->sources[i].hash);
    }
    return true;
}

/* ---- In words -------------------------------------------------------------------------------------------------- */

static const char *const words_of_site[RENDER_CAUSES] = {
    [RENDER_PROGRAM] = "the program is another one",
    [RENDER_SETTINGS] = "the settings changed",
    [RENDER_THEME] = "the theme's theme.yaml changed",
    [RENDER_WORDS] = "the theme's words changed",
    [RENDER_ASSETS] = "the theme's assets changed",
};

/* One of the templates that is not as it was: the first that a page of the kind is made with. */
static bool find_changed(struct render *render, const char *name, struct text *file)
{
    struct template_source *sources;
    size_t count = template_sources(render->templates, text_of(name), &sources);
    for (size_t i = 0; i < count; i++) {
        struct render_source source = {hash_text(sources[i].file), sources[i].hash};
        *file = sources[i].file;
        if (!has_source(&render->memory.then, source))
            return true;
    }
    return false;
}

const char *render_explain_site(const struct render *render)
{
    const struct render_memory *memory = &render->memory;
    for (size_t i = 0; memory->is_known && i < RENDER_CAUSES; i++)
        if (memory->now.site[i] != memory->then.site[i])
            return words_of_site[i];
    return NULL;
}

bool render_explain_causes(
    struct render *render, const struct plan_output *output, struct buffer *words)
{
    const struct render_memory *memory = &render->memory;
    const char *site = render_explain_site(render);
    struct text file;
    if (site) {
        buffer_add_string(words, site);
        return true;
    }
    if (output->kind != PLAN_PAGE ||
        memory->now.templates[output->page->kind] == memory->then.templates[output->page->kind])
        return false;
    if (find_changed(render, plan_page_rows[output->page->kind].template, &file) ||
        find_changed(render, track_card, &file))
        buffer_format(words, "its template %.*s changed", TEXT_ARGS(file));
    else
        buffer_add_string(words, "one of its templates is gone");
    return true;
}
