/*
 * Comments: what stands in signal.comments.yaml beside signal.md, as a list.
 *
 *     - id: 12                   - id: 12
 *       author: Hana               author: Hana
 *       date: 2022-04-21           date: 2022-04-21
 *       body: That piano!          body: That piano!
 *     - parent: 12                 replies:
 *       author: Mina                 - author: Mina
 *       date: 2022-04-22               date: 2022-04-22
 *       body: Twice!                   body: Twice!
 *
 * Who answers whom is not known here: see catalog.
 */
#include "schema/schema_inside.h"

#include <stddef.h>

#define COMMENT(member) offsetof(struct schema_comment, member)

enum { LONGEST_AUTHOR = 100 };

/* In one line, and of a length that a page can show. */
static void read_author(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_comment *comment = record;
    schema_read_field(reading, field, value, record);
    if (!comment->author.at)
        return;
    if (text_find_byte(comment->author, '\n') >= 0)
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'author' must be one line");
    else if (text_count_points(comment->author) > LONGEST_AUTHOR)
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'author' may have %d characters, not %zu", LONGEST_AUTHOR,
            text_count_points(comment->author));
}

enum { LONGEST_ID = 64 };

static bool is_id(struct text id)
{
    for (size_t i = 0; i < id.length; i++) {
        char c = id.at[i];
        bool is_letter = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (!is_letter && c != '-' && c != '_' && c != '.')
            return false;
    }
    return id.length <= LONGEST_ID;
}

/* It stands in addresses, and what answers a comment names it. */
static void read_id(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_comment_id *id = (void *)((char *)record + field->offset);
    _Static_assert(offsetof(struct schema_comment_id, name) == 0, "the row's text comes first");
    schema_read_field(reading, field, value, record);
    id->spot = (struct data_spot){value->line, value->column, value->points};
    if (!id->name.at || is_id(id->name))
        return;
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
        "'%s' must be %d characters at most: letters from a to z, digits, '-', '_' and '.'",
        field->name, LONGEST_ID);
    id->name = TEXT_NONE;
}

static void read_body(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_comment *comment = record;
    schema_read_field(reading, field, value, record);
    if (comment->body.length > SCHEMA_COMMENT_BYTES)
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "a comment may have %d bytes, not %zu", SCHEMA_COMMENT_BYTES, comment->body.length);
}

static const struct data_field fields[] = {
    {.name = "id",
        .kind = FIELD_TEXT,
        .offset = COMMENT(id.name),
        .read = read_id,
        .typed = "letters, digits, '-', '_', '.'",
        .accepts = "{$ref: comment_id}",
        .group = DATA_GROUP_BODY,
        .help = "what answers name, and the end of its address; by its date where it says nothing",
        .example = "12"},
    {.name = "parent",
        .kind = FIELD_TEXT,
        .offset = COMMENT(parent.name),
        .read = read_id,
        .typed = "the id of another comment",
        .accepts = "{$ref: comment_id}",
        .flags = FIELD_HIDDEN,
        .help = "the comment that it answers",
        .example = "11"},
    {.name = "author",
        .kind = FIELD_TEXT,
        .offset = COMMENT(author),
        .read = read_author,
        .accepts = "{$ref: comment_author}",
        .group = DATA_GROUP_BODY,
        .help = "who wrote it",
        .example = "Hana"},
    {.name = "url",
        .kind = FIELD_TEXT,
        .offset = COMMENT(url),
        .read = schema_read_url,
        .typed = "a web address",
        .accepts = "{$ref: web_address}",
        .group = DATA_GROUP_BODY,
        .help = "their own site",
        .example = "https://example.org/"},
    {.name = "date",
        .kind = FIELD_DATE,
        .offset = COMMENT(date),
        .flags = FIELD_REQUIRED,
        .group = DATA_GROUP_BODY,
        .help = "when it was written",
        .example = "2022-04-21 20:30"},
    {.name = "votes",
        .kind = FIELD_INTEGER,
        .offset = COMMENT(votes),
        .least = -999999,
        .most = 999999,
        .group = DATA_GROUP_BODY,
        .help = "how many found it good",
        .example = "7"},
    {.name = "body",
        .kind = FIELD_TEXT,
        .offset = COMMENT(body),
        .read = read_body,
        .typed = "text of 16 KiB at most",
        .accepts = "{$ref: comment_body}",
        .group = DATA_GROUP_BODY,
        .help = "what it says, in a part of Markdown; a comment without one was deleted",
        .example = "\"That *piano* in episode 4!\""},
    {.name = "replies",
        .kind = FIELD_THINGS,
        .of = &schema_comment_type,
        .offset = COMMENT(replies),
        .group = DATA_GROUP_BODY,
        .help = "comments that answer it, in place of a 'parent' in each",
        .example = "[{date: 2022-04-22, author: Mina, body: Twice!}]"},
};

const struct data_type schema_comment_type = {.name = "comment",
    .fields = fields,
    .field_count = BASE_COUNT(fields),
    .size = sizeof(struct schema_comment),
    .has_spot = true,
    .spot_offset = COMMENT(spot),
    .help = "A comment, as it stands beside a writing."};

const struct data_type schema_comments_type = {.name = "comments",
    .list_of = &schema_comment_type,
    .help = "What readers said: a list in signal.comments.yaml beside signal.md, or "
            "index.comments.yaml beside index.md."};

bool schema_read_comments(
    struct schema_reading *reading, const struct data_value *list, struct data_array *comments)
{
    static const struct data_field row = {
        .name = "comments", .kind = FIELD_THINGS, .of = &schema_comment_type};
    size_t errors = reading->report->errors;
    *comments = (struct data_array){0};
    if (list->kind == DATA_LIST)
        schema_read_field(reading, &row, list, comments);
    else if (!schema_is_empty(list))
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, list),
            "comments are a list: a '- ' stands before the first field of each");
    return reading->report->errors == errors;
}
