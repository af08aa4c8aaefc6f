/* commands_new_inside: what the files of `liner new` share. */
#ifndef COMMANDS_NEW_INSIDE_H
#define COMMANDS_NEW_INSIDE_H

#include "commands/commands_inside.h"

/* A piece that is begun. */
struct new_piece {
    const struct commands_line *line;
    struct commands_blog *blog; /* read */
    struct text kind, title;
    struct text drama;                       /* by its name; absent where it is about none */
    const struct catalog_drama *known_drama; /* NULL where nothing has named it yet */
    const struct catalog_thing
        *known; /* what bears the title already: a drama, artist or track; NULL for nothing */
};

/* new_names.c: which drama and which known thing the title means. BASE_USAGE, with the reason printed, where it has a
 * file already or nearly the same name as another. */
enum base_status new_find_names(struct new_piece *);
/* new_front.c: the front matter, in the blog's arena. */
struct text new_front_matter(const struct new_piece *, struct text source);

#endif
