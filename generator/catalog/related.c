/*
 * Which writings are related to a writing: those that it names, else the closest ones.
 *
 *     related: [Goblin, signal.md]      a title, or the path of a file from this one
 */
#include "catalog/catalog_inside.h"

/* ---- Those it names ------------------------------------------------------------------------------------ */

static struct catalog_target follow(const struct catalog *catalog,
    const struct catalog_writing *from, struct text typed, struct arena *scratch)
{
    bool is_file = text_ends(typed, ".md");
    struct text name = is_file ? typed : arena_join(scratch, TEXT("review: "), typed);
    return catalog_follow(
        catalog, from->thing.file, is_file ? MARKDOWN_LINK : MARKDOWN_WIKI, name, scratch);
}

/* What else than a piece has the name, in a vault, where a note may be related to any other; NULL for nothing. */
static const char *other_kind(const struct catalog *catalog, const struct catalog_writing *from,
    struct text name, struct arena *scratch)
{
    if (!catalog->is_vault)
        return NULL;
    struct catalog_target target =
        catalog_follow(catalog, from->thing.file, MARKDOWN_WIKI, name, scratch);
    if (target.found == CATALOG_FOUND)
        return target.thing ? target.thing->type->name : "file";
    return target.found == CATALOG_ASIDE ? "note that is not in the site" : NULL;
}

static struct text guess_title(struct catalog_draft *draft, struct text wrong)
{
    size_t count = draft->writings.count;
    struct text *titles = arena_array(&draft->scratch, count, sizeof *titles);
    for (size_t i = 0; i < count; i++)
        titles[i] = ((const struct catalog_writing *)draft->writings.items[i])->record->title;
    return report_guess(&draft->scratch, wrong, titles, count);
}

static void report_named(const struct catalog *catalog, struct catalog_draft *draft,
    const struct catalog_writing *writing, const struct schema_mention *mention,
    const struct catalog_target *target)
{
    struct report *report = draft->report;
    struct place place = schema_place(writing->thing.file->path, mention->spot);
    if (target->found == CATALOG_NOT_OUT || target->found == CATALOG_GONE) {
        report_at(report, REPORT_WARNING, place, "'%.*s' %s: it is left out of 'related'",
            TEXT_ARGS(mention->name),
            target->found == CATALOG_GONE ? "has expired" : "is not out yet");
        return;
    }
    if (target->found == CATALOG_SEVERAL) {
        report_at(report, REPORT_ERROR, place, "'%.*s' is the title of %zu pieces",
            TEXT_ARGS(mention->name), target->several.count);
        report_note(report, "name one by its file: related: [signal.md]");
        return;
    }
    const char *kind = other_kind(catalog, writing, mention->name, &draft->scratch);
    if (kind)
        report_at(report, REPORT_WARNING, place,
            "'%.*s' is no piece but a %s: it is left out of 'related'", TEXT_ARGS(mention->name),
            kind);
    else if (catalog_is_whole(catalog))
        report_at(report, REPORT_ERROR, place, "no piece of this blog is called '%.*s'%.*s",
            TEXT_ARGS(mention->name), TEXT_ARGS(guess_title(draft, mention->name)));
}

static void tell_itself(struct catalog_draft *draft, const struct catalog_writing *writing,
    const struct schema_mention *mention)
{
    report_at(draft->report, REPORT_ERROR, schema_place(writing->thing.file->path, mention->spot),
        "'%.*s' is this piece itself", TEXT_ARGS(mention->name));
}

static void settle_named(
    struct catalog *catalog, struct catalog_draft *draft, struct catalog_writing *writing)
{
    const struct schema_mention *const *mentions = writing->record->related.items;
    struct catalog_list related = {0};
    for (size_t i = 0; i < writing->record->related.count; i++) {
        if (!mentions[i]->name.at)
            continue;
        struct catalog_target target = follow(catalog, writing, mentions[i]->name, &draft->scratch);
        bool is_found = target.found == CATALOG_FOUND && target.thing &&
                        target.thing->type == &catalog_writing_type;
        if (!is_found)
            report_named(catalog, draft, writing, mentions[i], &target);
        else if (target.thing == &writing->thing)
            tell_itself(draft, writing, mentions[i]);
        else
            catalog_add_once(catalog, &related, target.thing);
        arena_clear(&draft->scratch);
    }
    writing->related = catalog_array(&related);
}

/* ---- The closest --------------------------------------------------------------------------------------- */

/* The same drama counts most, then the same artist, then the same tag. Of each thing only the newest
 * writings are looked at, so that a busy artist costs no more than another. The pieces of its series a
 * writing lists anyway. */
enum { related_most = 3, looked_at = 12, same_drama = 6, same_artist = 2, same_tag = 1 };

struct candidate {
    const struct catalog_writing *writing;
    unsigned score;
};
/* Found by where the writing lies, which is known without a look at it: writings lie far apart, and a look waits for
 * the memory. A slot has its place in `items` + 1, and 0 is free. At most half of the slots are taken, so that there
 * is always a free one. */
struct candidates {
    struct candidate items[512];
    uint16_t slots[1024];
    size_t count;
};

static struct candidate *find_candidate(
    struct candidates *candidates, const struct catalog_writing *writing)
{
    size_t slot = hash_number(0, (uintptr_t)writing) % BASE_COUNT(candidates->slots);
    for (; candidates->slots[slot]; slot = (slot + 1) % BASE_COUNT(candidates->slots))
        if (candidates->items[candidates->slots[slot] - 1].writing == writing)
            return &candidates->items[candidates->slots[slot] - 1];
    if (candidates->count == BASE_COUNT(candidates->items))
        return NULL;
    candidates->items[candidates->count] = (struct candidate){writing, 0};
    candidates->slots[slot] = (uint16_t)++candidates->count;
    return &candidates->items[candidates->count - 1];
}

static void score(struct candidates *candidates, const struct catalog_writing *from,
    const struct data_array *writings, unsigned points)
{
    const struct catalog_writing *const *items = writings->items;
    for (size_t i = 0; i < writings->count && i < looked_at; i++) {
        bool is_in_series = from->series && items[i]->series == from->series;
        bool is_shown = items[i] == from || is_in_series;
        struct candidate *found = is_shown ? NULL : find_candidate(candidates, items[i]);
        if (found)
            found->score += points;
    }
}

static void score_all(struct candidates *candidates, const struct catalog_writing *writing)
{
    const struct catalog_drama *const *dramas = writing->dramas.items;
    const struct catalog_artist *const *artists = writing->artists.items;
    const struct catalog_term *const *tags = writing->tags.items;
    for (size_t i = 0; i < writing->dramas.count; i++)
        score(candidates, writing, &dramas[i]->writings, same_drama);
    for (size_t i = 0; i < writing->artists.count; i++)
        score(candidates, writing, &artists[i]->writings, same_artist);
    for (size_t i = 0; i < writing->tags.count; i++)
        score(candidates, writing, &tags[i]->writings, same_tag);
}

/* The better one first; among equals the newer one. */
static bool is_closer(const struct candidate *a, const struct candidate *b)
{
    return a->score != b->score ? a->score > b->score : a->writing->rank < b->writing->rank;
}

/* Puts the candidate among the best ones, of which there are `count` so far: how many there are then. */
static size_t place(
    const struct candidate *best[related_most], size_t count, const struct candidate *candidate)
{
    if (count == related_most && !is_closer(candidate, best[count - 1]))
        return count;
    size_t at = count < related_most ? count++ : count - 1;
    for (; at > 0 && is_closer(candidate, best[at - 1]); at--)
        best[at] = best[at - 1];
    best[at] = candidate;
    return count;
}

static void settle_closest(void *context, size_t index, unsigned worker)
{
    const struct catalog_list *writings = context;
    struct catalog_writing *writing = (void *)writings->items[index];
    const void **related = (const void **)writing->related.items;
    const struct candidate *best[related_most];
    struct candidates candidates;
    size_t count = 0;
    (void)worker;
    if (writing->related.count)
        return;
    candidates.count = 0;
    memset(candidates.slots, 0, sizeof candidates.slots);
    score_all(&candidates, writing);
    for (size_t i = 0; i < candidates.count; i++)
        count = place(best, count, &candidates.items[i]);
    for (size_t i = 0; i < count; i++)
        related[i] = best[i]->writing;
    writing->related.count = count;
}

void catalog_relate(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->writings.count; i++) {
        struct catalog_writing *writing = (void *)draft->writings.items[i];
        settle_named(catalog, draft, writing);
        if (!writing->related.count)
            writing->related.items =
                arena_array(&catalog->arena, related_most, sizeof(const void *));
    }
    parallel_for(draft->writings.count, catalog->request.jobs, settle_closest, &draft->writings);
}
