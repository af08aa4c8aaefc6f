/* Which folder of content/ holds what, and what else there are fields of. */
#include "schema/schema.h"

const struct schema_kind_row schema_kinds[SCHEMA_KIND_COUNT] = {
    [SCHEMA_WRITINGS] = {"reviews", &schema_writing_type},
    [SCHEMA_DRAMAS] = {"dramas", &schema_drama_type},
    [SCHEMA_ARTISTS] = {"artists", &schema_artist_type},
    [SCHEMA_TRACKS] = {"tracks", &schema_track_file_type},
    [SCHEMA_PAGES] = {"pages", &schema_page_type},
};

const struct schema_type_row schema_types[] = {
    {"review", &schema_writing_type},
    {"tracks", &schema_track_type},
    {"group", &schema_track_group_type},
    {"drama", &schema_drama_type},
    {"artist", &schema_artist_type},
    {"track", &schema_track_file_type},
    {"page", &schema_page_type},
    {"comments", &schema_comments_type},
    {"settings", &schema_settings_type},
    {"theme", &schema_theme_type},
    {"setting", &schema_setting_type},
    {"problems", &schema_problems_type},
};
const size_t schema_type_count = BASE_COUNT(schema_types);

const struct data_type *schema_find_type(struct text name)
{
    for (size_t i = 0; i < schema_type_count; i++)
        if (text_is(name, schema_types[i].name))
            return schema_types[i].type;
    return NULL;
}

const char *schema_known_as(const struct data_type *type)
{
    for (size_t i = 0; i < schema_type_count; i++)
        if (schema_types[i].type == type)
            return schema_types[i].name;
    return type->name;
}
