/* theme_inside: what the files of this room share. */
#ifndef THEME_INSIDE_H
#define THEME_INSIDE_H

#include "theme/theme.h"

struct theme_file {
    struct text path;  /* in the theme: "templates/base.html" */
    struct text shown; /* for messages: "themes/sleeve/templates/base.html" */
    struct text bytes;
};

/* Puts every file of the theme and its parents into the map, by path. False when there is no such
 * theme, which is reported. */
bool theme_find_files(
    const struct disk *, struct theme *, struct map *found, struct place, struct report *);

#endif
