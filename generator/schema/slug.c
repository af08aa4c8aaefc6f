/* The last part of an address, as a writer asks for it. */
#include "schema/schema_inside.h"
#include "unicode/unicode.h"

void schema_read_slug(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    schema_read_field(reading, field, value, record);
    const struct text *asked = (const void *)((const char *)record + field->offset);
    struct text slug = unicode_slug(reading->arena, *asked);
    if (!asked->at || !unicode_slug_is_made_up(slug))
        return;
    report_at(reading->report, REPORT_WARNING, schema_place_of(reading, value),
        "'%s' has no letter or digit: the address ends in '%.*s'", field->name, TEXT_ARGS(slug));
}
