/* Plain pages: content/pages/about.md is /about/. */
#include "schema/schema_inside.h"

#include <stddef.h>

#define PAGE(member) offsetof(struct schema_page, member)

static const struct data_field fields[] = {
    {.name = "title",
        .kind = FIELD_TEXT,
        .offset = PAGE(title),
        .flags = FIELD_REQUIRED,
        .group = DATA_GROUP_NAME,
        .help = "the page's title",
        .example = "About"},
    {.name = "summary",
        .kind = FIELD_TEXT,
        .offset = PAGE(summary),
        .group = DATA_GROUP_FACTS,
        .help = "one or two plain sentences for search engines",
        .example = "Who writes here, and why."},
    {.name = "slug",
        .kind = FIELD_TEXT,
        .offset = PAGE(slug),
        .read = schema_read_slug,
        .accepts = "{$ref: text}",
        .flags = FIELD_HIDDEN,
        .help = "the page's address, where the file's name will not do",
        .example = "about-us"},
    {.name = "draft",
        .kind = FIELD_YES_NO,
        .offset = PAGE(draft),
        .group = DATA_GROUP_FACTS,
        .help = "left out of the site until it is done",
        .example = "yes"},
    SCHEMA_REDIRECT_FROM(PAGE(redirect_from)),
    SCHEMA_OBSIDIAN("aliases"),
    SCHEMA_OBSIDIAN("tags"),
    SCHEMA_OBSIDIAN("cssclasses"),
    SCHEMA_OBSIDIAN("publish"),
    {.name = "extra",
        .kind = FIELD_VALUE,
        .offset = PAGE(extra),
        .group = DATA_GROUP_FACTS,
        .help = "fields of the theme's own",
        .example = "{mood: rainy}"},
};

const struct data_type schema_page_type = {.name = "page",
    .fields = fields,
    .field_count = BASE_COUNT(fields),
    .size = sizeof(struct schema_page),
    .has_spot = true,
    .spot_offset = PAGE(spot),
    .help = "A page of its own, in content/pages/."};
