/* Addresses that something of the site had before: `redirect_from: /2016/signal/`. */
#include "schema/schema_inside.h"

#include <stddef.h>

/* Whether a static site can have something there: a path from its root, no query, no way up. */
static bool is_path(struct text text)
{
    static const char *const refused[] = {"//", "/./", "/../", "?", "#", "\\"};
    for (size_t i = 0; i < BASE_COUNT(refused); i++)
        if (text_find(text, text_of(refused[i])) >= 0)
            return false;
    return text_starts(text, "/") && text.length > 1 && !text_ends(text, "/.") &&
           !text_ends(text, "/..");
}

static void read_path(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_old_address *address = record;
    schema_read_field(reading, field, value, record);
    if (!address->path.at || is_path(address->path))
        return;
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
        "an old address must be a path from the site's root, such as /2016/signal/");
    if (text_find_byte(address->path, '?') >= 0)
        report_note(reading->report, "what follows a '?' never reaches a site without a server");
    address->path = TEXT_NONE;
}

static const struct data_field fields[] = {
    {.name = "path",
        .kind = FIELD_TEXT,
        .offset = offsetof(struct schema_old_address, path),
        .flags = FIELD_REQUIRED,
        .read = read_path,
        .typed = "a path",
        .accepts = "{$ref: old_address}",
        .help = "the address, from the site's root",
        .example = "/2016/signal/"},
};

const struct data_type schema_old_address_type = {.name = "address",
    .fields = fields,
    .field_count = BASE_COUNT(fields),
    .size = sizeof(struct schema_old_address),
    .shorthand = "path",
    .has_spot = true,
    .spot_offset = offsetof(struct schema_old_address, spot),
    .help = "An address that something had before."};
