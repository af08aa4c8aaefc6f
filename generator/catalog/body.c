/*
 * Bodies: Markdown to HTML in the page that shows it, and what else a template may ask of a text.
 *
 * The bytes were not kept; they are read again here. Should the file have changed since it was
 * scanned, its headings and links may not be those that were checked: then the build says so.
 */
#include "catalog/catalog_inside.h"

#include <stdlib.h>

struct body {
    const struct catalog_file *file;
    struct data_run *run;
    const struct catalog_run *context;
    struct text source;        /* in NFC */
    struct catalog_list dated; /* dramas whose year has been told, or need not be */
};

static int compare_terms(const void *left, const void *right)
{
    const struct markdown_term *a = left, *b = right;
    if (a->term.length != b->term.length)
        return a->term.length > b->term.length ? -1 : 1;
    return text_compare(a->term, b->term);
}

void catalog_sort_glossary(struct catalog *catalog)
{
    const struct data_array *glossary = &catalog->request.settings->glossary;
    const struct schema_term *const *terms = glossary->items;
    catalog->glossary = arena_array(&catalog->arena, glossary->count, sizeof *catalog->glossary);
    for (size_t i = 0; i < glossary->count; i++)
        catalog->glossary[i] = (struct markdown_term){terms[i]->term, terms[i]->meaning};
    if (glossary->count)
        qsort(catalog->glossary, glossary->count, sizeof *catalog->glossary, compare_terms);
}

struct markdown_options catalog_markdown_options(const struct catalog *catalog)
{
    const struct schema_settings *settings = catalog->request.settings;
    bool is_cmark = settings->markdown->engine == SCHEMA_CMARK_GFM;
    return (struct markdown_options){.engine = is_cmark ? MARKDOWN_CMARK_GFM : MARKDOWN_MD4C,
        .child = catalog->markdown,
        .html = settings->markdown->html,
        .smart = settings->markdown->smart,
        .footnotes = true,
        .keeps_words = settings->search,
        .glossary = catalog->glossary,
        .glossary_count = settings->glossary.count,
        .language = settings->language};
}

/* An address of the site with its host, where the text is read elsewhere; "#heading" and "" are on
 * the text's own page. */
static struct text full_address(const struct body *body, struct text address)
{
    struct text origin = body->context->origin, page = TEXT("");
    bool is_own = address.length == 0 || text_starts(address, "#");
    if (!origin.length || (!is_own && !text_starts(address, "/")))
        return address;
    if (is_own)
        page = body->file->thing->url;
    return arena_format(
        body->run->scratch, "%.*s%.*s%.*s", TEXT_ARGS(origin), TEXT_ARGS(page), TEXT_ARGS(address));
}

/* Whether the year stands behind the link already, as far as that is known. */
static bool tells_year(const struct body *body, const struct markdown_link *link, int64_t year)
{
    struct text behind = text_slice(body->source, link->offset + link->length, body->source.length);
    struct text words = arena_format(body->run->scratch, "(%lld", (long long)year);
    return link->length == 0 || text_starts(text_trim(text_slice(behind, 0, 8)), words.at);
}

/* " (2016)" behind the first link to a drama by its name, where the page does not say it anyway. */
static struct text year_behind(
    struct body *body, const struct markdown_link *link, const struct catalog_drama *drama)
{
    const struct catalog_writing *writing = (const void *)body->file->thing;
    bool is_known = drama->record->year == DATA_NO_INTEGER || link->in_heading || link->label.at ||
                    body->context->catalog->request.settings->markdown->lacks_years;
    bool is_own = writing->dramas.count == 1 && writing->drama == drama;
    size_t before = body->dated.count;
    if (is_known || is_own)
        return TEXT_NONE;
    catalog_append_once(body->run->scratch, &body->dated, drama);
    if (body->dated.count == before || tells_year(body, link, drama->record->year))
        return TEXT_NONE;
    return arena_format(body->run->scratch, " (%lld)", (long long)drama->record->year);
}

static bool set_link(void *context, struct markdown_link *link)
{
    struct body *body = context;
    struct catalog_target target = catalog_follow(
        body->context->catalog, body->file, link->kind, link->target, body->run->scratch);
    if (target.found != CATALOG_FOUND && target.found != CATALOG_ELSEWHERE)
        return false;
    link->address = full_address(body, target.address);
    if (target.asset)
        link->size = (struct markdown_size){target.asset->size.width, target.asset->size.height};
    if (link->kind == MARKDOWN_WIKI && target.label.length)
        link->text = target.label;
    if (link->kind == MARKDOWN_WIKI && target.thing && target.thing->type == &catalog_drama_type &&
        body->file->kind == SCHEMA_WRITINGS)
        link->behind = year_behind(body, link, (const void *)target.thing);
    return true;
}

static bool set_embed(void *context, const struct markdown_link *link, struct buffer *out)
{
    const struct body *body = context;
    struct catalog_target target = catalog_follow(
        body->context->catalog, body->file, MARKDOWN_EMBED, link->target, body->run->scratch);
    if (target.found != CATALOG_FOUND || !target.thing ||
        target.thing->type != &catalog_track_type || !body->context->track_card)
        return false;
    body->context->track_card(body->context->context, (const void *)target.thing, out);
    return true;
}

struct markdown_player catalog_player(const struct schema_player *found, struct arena *arena)
{
    const struct text class[] = {TEXT("player "), found->slug, TEXT(" "), found->kind};
    return (struct markdown_player){.service = found->service,
        .class = arena_join_all(arena, class, BASE_COUNT(class)),
        .frame = found->frame};
}

bool catalog_find_player(struct text address, struct arena *arena, struct markdown_player *player)
{
    struct schema_player found;
    if (!player)
        return schema_plays(address);
    if (!schema_find_player(address, arena, &found))
        return false;
    *player = catalog_player(&found, arena);
    return true;
}

static bool find_player(void *context, struct text address, struct markdown_player *player)
{
    const struct body *body = context;
    return catalog_find_player(address, body->run->scratch, player);
}

/* The scan has told the rest. */
static void tell_error(
    void *context, enum report_level level, size_t offset, size_t length, struct text message)
{
    const struct body *body = context;
    if (level != REPORT_WARNING)
        report_at(body->context->report, level,
            catalog_place(body->file, body->source, offset, length), "%.*s", TEXT_ARGS(message));
}

struct text catalog_read_again(const struct catalog_run *context, struct text path, uint64_t hash,
    size_t from, struct arena *arena)
{
    const struct disk *disk = context->catalog->request.disk;
    struct buffer bytes;
    buffer_init(&bytes);
    enum disk_result result = disk->read(disk, path.at, CATALOG_FILE_BYTES, &bytes);
    struct text kept = TEXT_NONE;
    if (result == DISK_DONE && hash_text(buffer_text(&bytes)) == hash)
        kept = arena_text(arena, text_slice(buffer_text(&bytes), from, bytes.length));
    else
        report_at(context->report, REPORT_REFUSED, (struct place){.file = path}, "%s",
            result == DISK_DONE ? "changed while the site was being built: build again"
                                : disk_result_words(result));
    buffer_release(&bytes);
    return kept;
}

struct text catalog_body(const struct catalog_file *file, struct data_run *run)
{
    struct body body = {.file = file, .run = run, .context = run->context};
    struct markdown_host host = {.context = &body,
        .link = set_link,
        .wiki = set_link,
        .embed = set_embed,
        .player = find_player,
        .problem = tell_error};
    struct markdown_options options = catalog_markdown_options(body.context->catalog);
    options.words = body.context->words;
    options.hides_spoilers = body.context->hides_spoilers;
    options.page = body.context->origin.length ? full_address(&body, TEXT("")) : TEXT("");
    options.links_players = body.context->links_players;
    struct text source =
        catalog_read_again(body.context, file->path, file->hash, file->body_offset, run->scratch);
    if (!source.at)
        return TEXT_NONE;
    struct buffer html;
    buffer_init(&html);
    body.source = unicode_nfc(run->scratch, source);
    markdown_render_scanned(body.source, &file->scan, &options, &host, &html);
    struct text kept = arena_text(run->scratch, buffer_text(&html));
    buffer_release(&html);
    return kept;
}

/* ---- What templates ask for ---------------------------------------------------------------------------------- */

static const struct catalog_file *file_of(const void *thing)
{
    return ((const struct catalog_thing *)thing)->file;
}

struct data_value catalog_compute_body(const void *thing, struct data_run *run)
{
    const struct catalog_file *file = file_of(thing);
    struct text html = file ? catalog_body(file, run) : TEXT_NONE;
    return data_html(html.at ? html : TEXT(""));
}

struct data_value catalog_compute_headings(const void *thing, struct data_run *run)
{
    const struct catalog_file *file = file_of(thing);
    struct data_value list = data_list_new(run->scratch);
    for (size_t i = 0; file && i < file->scan.heading_count; i++) {
        const struct markdown_heading *found = &file->scan.headings[i];
        if (found->is_spoiler)
            continue;
        struct catalog_heading *heading = arena_alloc(run->scratch, sizeof *heading);
        *heading = (struct catalog_heading){(int64_t)found->level, found->id, found->text};
        data_list_add(run->scratch, list.as.list, data_thing(&catalog_heading_type, heading));
    }
    return list;
}

struct data_value catalog_compute_words(const void *thing, struct data_run *run)
{
    const struct catalog_file *file = file_of(thing);
    (void)run;
    return data_integer(file ? (int64_t)file->scan.word_count : 0);
}

/* People read about 220 words of prose a minute. */
struct data_value catalog_compute_minutes(const void *thing, struct data_run *run)
{
    int64_t words = catalog_compute_words(thing, run).as.integer;
    return data_integer(words < 220 ? 1 : (words + 110) / 220);
}
