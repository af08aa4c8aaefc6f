/* theme_inside: what the files of this room share. */
#ifndef THEME_INSIDE_H
#define THEME_INSIDE_H

#include "theme/theme.h"

/* One version of a file: the blog's, its parent's, that inside the program. */
struct theme_file {
    struct text path;  /* in the theme: "templates/base.html" */
    struct text shown; /* for messages: "themes/sleeve/templates/base.html" */
    struct text bytes;
    size_t layer; /* whose it is: an index into the theme's layers */
};

/* What the reading of layers shares. */
struct theme_source {
    const struct disk *disk;
    struct theme *theme;
    struct report *report;
    size_t capacity; /* of theme->files */
};

/* layers.c: reads the theme and its parents, a layer each. False, with the problem reported, when there
 * is no such theme, or when it can't be read. */
bool theme_read_layers(const struct disk *, struct theme *, struct place, struct report *);

/* files.c: adds a folder of themes/ as the next layer; false when the blog has none of that name. */
bool theme_read_folder(struct theme_source *, struct text name);
/* Adds the theme inside the program. */
void theme_take_embedded(struct theme_source *);
void theme_sort_files(struct theme *);
/* The version of a file that counts; NULL when no layer has one. The others stand right behind it. */
const struct theme_file *theme_find_file(const struct theme *, struct text path);

/* trim.c: a stylesheet without comments, and without white space that means nothing. */
struct text theme_trim_css(struct arena *, struct text css);
/* A script without lines that are comments or empty, and without what it is indented by; as it is where a text may go
 * on from line to line. */
struct text theme_trim_js(struct arena *, struct text script);

/* settings.c: reads what the layers' theme.yaml declare, and what the blog says. */
void theme_read_settings(struct theme *, const struct theme_request *, struct report *);

/* strings.c: reads the strings of the blog's language: "ko-KR" falls back to "ko", and all to English. */
void theme_read_strings(struct theme *, struct report *);
/* Whether those are among them. */
bool theme_speaks(const struct theme *, struct text tag);
/* The strings of one file, as a map; those that are wrong are reported, and empty. False when it has
 * none. */
bool theme_read_words(
    const struct theme_file *, struct arena *, struct report *, struct data_value *words);

#endif
