/* Which folder of content/ holds what. */
#include "schema/schema.h"

const struct schema_kind_row schema_kinds[SCHEMA_KIND_COUNT] = {
    [SCHEMA_WRITINGS] = {"reviews", &schema_writing_type},
    [SCHEMA_DRAMAS] = {"dramas", &schema_drama_type},
    [SCHEMA_ARTISTS] = {"artists", &schema_artist_type},
    [SCHEMA_PAGES] = {"pages", &schema_page_type},
};
