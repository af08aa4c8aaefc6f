/*
 * What Obsidian writes into a note's fields.
 *
 *     drama: "[[dramas/Goblin|도깨비]]"      a link, which names a note by its file
 *     tracks: ["[[IU]] - [[Heart]]"]       links inside a text
 *     tags: ["#review", "#kdrama/fantasy"]  tags as they stand in texts
 *     links: ["[[Signal]]"]                 a link to a note, where others lead elsewhere
 *     created: 2023-01-05                   a property that means nothing here
 */
#include "schema/schema_inside.h"

/* The note that a link leads to: without the folder, the end of its file's name, the heading and the label. */
static struct text note_of(struct text inside)
{
    for (size_t i = 0; i < inside.length; i++)
        if (inside.at[i] == '|' || (inside.at[i] == '#' && i > 0)) {
            inside = text_slice(inside, 0, i);
            break;
        }
    for (ptrdiff_t slash; (slash = text_find_byte(inside, '/')) >= 0;) {
        bool is_path = slash > 0 && inside.at[slash - 1] != ' '; /* "Signal / The Road" is none */
        if (!is_path)
            break;
        inside = text_slice(inside, (size_t)slash + 1, inside.length);
    }
    if (text_ends(inside, ".md"))
        inside = text_slice(inside, 0, inside.length - strlen(".md"));
    return text_trim(inside);
}

struct text schema_without_links(struct arena *arena, struct text text)
{
    struct text rest = text;
    struct buffer plain;
    if (text_find(text, TEXT("[[")) < 0)
        return text;
    buffer_init(&plain);
    for (ptrdiff_t open; (open = text_find(rest, TEXT("[["))) >= 0;) {
        struct text inside = text_slice(rest, (size_t)open + 2, rest.length);
        ptrdiff_t close = text_find(inside, TEXT("]]"));
        if (close < 0)
            break;
        buffer_add(&plain, text_slice(rest, 0, (size_t)open));
        buffer_add(&plain, note_of(text_slice(inside, 0, (size_t)close)));
        rest = text_slice(inside, (size_t)close + 2, inside.length);
    }
    buffer_add(&plain, rest);
    struct text kept = arena_text(arena, buffer_text(&plain));
    buffer_release(&plain);
    return kept;
}

struct text schema_linked(struct text text)
{
    struct text trimmed = text_trim(text);
    if (!text_starts(trimmed, "[[") || !text_ends(trimmed, "]]") || trimmed.length < 5)
        return text;
    struct text inside = text_slice(trimmed, 2, trimmed.length - 2);
    return text_find_byte(inside, ']') < 0 ? note_of(inside) : text;
}

void schema_read_nothing(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    (void)reading, (void)field, (void)value, (void)record;
}

/* `created` is no slip of 'related'. */
bool schema_is_of_vaults(struct text property)
{
    static const char *const known[] = {"created", "modified", "cssclass", "permalink",
        "description", "image", "up", "down", "next", "prev", "type", "topic", "source"};
    for (size_t i = 0; i < BASE_COUNT(known); i++)
        if (text_is(property, known[i]))
            return true;
    return false;
}

static bool is_note_link(const struct data_value *value)
{
    return value->kind == DATA_TEXT && text_starts(text_trim(value->as.text), "[[");
}

/* "example.org/signal": what a link without a title says. */
static struct text plain_address(struct text url)
{
    ptrdiff_t sign = text_find(url, TEXT("://"));
    struct text plain = text_slice(url, sign < 0 ? 0 : (size_t)sign + 3, url.length);
    return text_ends(plain, "/") ? text_slice(plain, 0, plain.length - 1) : plain;
}

/* In a vault links to other notes stand among those to elsewhere: nothing is made of them. */
void schema_read_links(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct data_value kept = *value, links = data_list_new(reading->arena);
    if (reading->is_vault && is_note_link(value))
        return;
    for (size_t i = 0; reading->is_vault && value->kind == DATA_LIST && i < value->as.list->count;
         i++)
        if (!is_note_link(&value->as.list->items[i]))
            data_list_add(reading->arena, links.as.list, value->as.list->items[i]);
    if (reading->is_vault && value->kind == DATA_LIST)
        kept.as.list = links.as.list;
    schema_read_field(reading, field, &kept, record);
    const struct data_array *read = (const void *)((const char *)record + field->offset);
    struct schema_link *const *items = read->items;
    for (size_t i = 0; i < read->count; i++)
        if (!items[i]->title.at && items[i]->url.at)
            items[i]->title = plain_address(items[i]->url);
}

static bool has_sign(const struct data_value *value)
{
    return value->kind == DATA_TEXT && text_starts(text_trim(value->as.text), "#");
}

static bool has_signs(const struct data_value *value)
{
    for (size_t i = 0; value->kind == DATA_LIST && i < value->as.list->count; i++)
        if (has_sign(&value->as.list->items[i]))
            return true;
    return has_sign(value);
}

/* `tags: "#review #ballad"` is two tags. */
static void add_tags(
    struct schema_reading *reading, struct data_list *list, const struct data_value *value)
{
    if (!has_sign(value)) {
        data_list_add(reading->arena, list, *value);
        return;
    }
    struct text rest = text_trim(value->as.text);
    while (rest.length) {
        ptrdiff_t blank = text_find(rest, TEXT(" #"));
        struct text word = text_slice(rest, 0, blank < 0 ? rest.length : (size_t)blank);
        struct data_value tag = *value;
        rest = text_trim(text_slice(rest, word.length, rest.length));
        while (text_starts(word, "#"))
            word = text_slice(word, 1, word.length);
        tag.as.text = text_trim(word);
        if (tag.as.text.length)
            data_list_add(reading->arena, list, tag);
    }
}

struct data_value schema_tags(struct schema_reading *reading, const struct data_value *value)
{
    if (!has_signs(value))
        return *value;
    struct data_value tags = data_list_new(reading->arena);
    tags.line = value->line;
    tags.column = value->column;
    tags.points = value->points;
    if (value->kind == DATA_LIST)
        for (size_t i = 0; i < value->as.list->count; i++)
            add_tags(reading, tags.as.list, &value->as.list->items[i]);
    else
        add_tags(reading, tags.as.list, value);
    return tags;
}
