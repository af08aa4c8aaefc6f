/* Which folder of content/ holds what, and what else there are fields of. */
#include "schema/schema.h"

const struct schema_kind_row schema_kinds[SCHEMA_KIND_COUNT] = {
    [SCHEMA_WRITINGS] = {"reviews", &schema_writing_type},
    [SCHEMA_DRAMAS] = {"dramas", &schema_drama_type},
    [SCHEMA_ARTISTS] = {"artists", &schema_artist_type},
    [SCHEMA_PAGES] = {"pages", &schema_page_type},
};

const struct data_type *const schema_types[] = {&schema_writing_type, &schema_track_type,
    &schema_track_group_type, &schema_drama_type, &schema_artist_type, &schema_page_type,
    &schema_comments_type, &schema_settings_type, &schema_theme_type, &schema_setting_type,
    &schema_problems_type};
const size_t schema_type_count = BASE_COUNT(schema_types);

const struct data_type *schema_find_type(struct text name)
{
    for (size_t i = 0; i < schema_type_count; i++)
        if (text_is(name, schema_types[i]->name))
            return schema_types[i];
    return NULL;
}
