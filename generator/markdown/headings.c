/* Heading ids and plain text: what rendering and scanning have to agree on. */
#include "markdown/markdown_inside.h"

#include "unicode/unicode.h"

struct id_count {
    size_t last; /* the number that the newest heading of this slug got */
};

const char spoiler_shown[] = "…";

void add_plain(struct buffer *plain, const struct markdown_event *event)
{
    if (event->kind != MARKDOWN_TEXT)
        return;
    switch (event->text_kind) {
    case MARKDOWN_PLAIN:
    case MARKDOWN_VERBATIM:
    case MARKDOWN_WIKI_TEXT: buffer_add(plain, event->text); break;
    case MARKDOWN_SOFT_BREAK:
    case MARKDOWN_HARD_BREAK: buffer_add_byte(plain, ' '); break;
    case MARKDOWN_RAW:
    case MARKDOWN_EMBED_TEXT:
    case MARKDOWN_PLAYER_TEXT:
    case MARKDOWN_SIGN_TEXT: break;
    }
}

void heading_ids_init(struct heading_ids *ids, struct arena *arena)
{
    ids->arena = arena;
    map_init(&ids->taken, arena);
}

static struct id_count *take(struct heading_ids *ids, struct text id)
{
    struct id_count *count = arena_alloc(ids->arena, sizeof *count);
    count->last = 1;
    map_put(&ids->taken, id, count);
    return count;
}

struct text heading_id(struct heading_ids *ids, struct text plain)
{
    struct text id = unicode_slug(ids->arena, plain);
    struct id_count *same = map_get(&ids->taken, id);
    if (!same) {
        take(ids, id);
        return id;
    }
    /* Counting on from the last one keeps many equal headings from being tried anew each. */
    struct text numbered;
    do {
        same->last++;
        numbered = arena_format(ids->arena, "%.*s-%zu", TEXT_ARGS(id), same->last);
    } while (map_get(&ids->taken, numbered));
    take(ids, numbered);
    return numbered;
}
