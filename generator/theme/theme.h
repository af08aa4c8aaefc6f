/*
 * theme: finds the files of a theme: templates, assets and strings.
 *
 * A file is looked for in themes/NAME/ of the blog, then in the parent that its theme.yaml names,
 * and so on; the theme `sleeve` is also inside the program, so that a blog needs no files for it,
 * and a blog that puts one file into themes/sleeve/ replaces just that one. A template may still
 * name the version that it replaces: "parent/base.html". Strings are replaced one by one.
 *
 *     struct theme *theme = theme_open(&request, report);
 *     struct text source, file;
 *     if (theme_template(theme, TEXT("base.html"), &source, &file))
 *     struct text words = theme_string(theme, TEXT("count_tracks"), 3);   "{count} tracks"
 *
 * Threads: open it from one; then any number may read.
 */
#ifndef THEME_THEME_H
#define THEME_THEME_H

#include "base/base.h"
#include "data/data.h"
#include "disk/disk.h"
#include "schema/schema.h"
#include "unicode/unicode.h"

/* What stands before the name of a template to mean the version that the parent theme has. */
#define THEME_PARENT "parent/"

/* One folder of the chain: the theme's own, its parent's, ... */
struct theme_layer {
    struct text name;          /* "sleeve" */
    struct text shown;         /* for messages: "themes/sleeve", "<liner>/sleeve" */
    struct text about_file;    /* its theme.yaml as messages name it; absent for none */
    struct schema_theme about; /* what stands in it */
};

/* One file of assets/, copied to the site under a name that changes with its bytes. */
struct theme_asset {
    struct text name; /* below assets/: "style.css" */
    struct text path; /* below the site: "assets/style.4f1c09ab.css" */
    struct text bytes;
};

struct theme {
    struct arena arena;
    struct text name;
    struct theme_asset *assets; /* in the order of their names */
    size_t asset_count;
    struct theme_layer *layers; /* the theme itself first, then those that it stands on */
    size_t layer_count;
    struct theme_file *files; /* of all layers, by path, then by layer */
    size_t file_count;
    struct schema_theme_settings settings;
    const struct unicode_language *language;
    struct text language_tag;
    struct map strings; /* key -> struct data_value: a text, or a map of plural categories; in the
                           language, or in English where that has no such key */
};

/* Which theme, and for which blog. What it points to outlives the theme. */
struct theme_request {
    const struct disk *disk;
    struct text name;
    struct place place;       /* where the blog asks for it */
    struct text language_tag; /* of the blog */
    const struct unicode_language *language;
    const struct data_value *settings; /* `theme_settings` of liner.yaml; NULL for none */
};

/* NULL, with the problem reported, when there is no such theme or a file of it can't be read. Other
 * problems of it are reported, too: wrong settings, wrong strings. */
struct theme *theme_open(const struct theme_request *, struct report *);
void theme_close(struct theme *);

/* The source of a template, and its file as messages name it. */
bool theme_template(const struct theme *, struct text name, struct text *source, struct text *file);
/* The name of the template that another one (`from`, a name likewise) means by a name. They differ
 * where it asks for its parent's: "parent/base.html" in the parent's own version means the one of its
 * parent, which everybody else calls "parent/parent/base.html". */
struct text theme_join(const struct theme *, struct arena *, struct text name, struct text from);
/* The bytes of a file by its name in messages; absent when the theme has none. */
struct text theme_source(const struct theme *, struct text shown);
/* A number of all versions of the files below a path: "i18n/", "assets/"; or of one, "theme.yaml". */
uint64_t theme_hash(const struct theme *, struct text path);
size_t theme_template_names(const struct theme *, struct arena *, struct text **names);
const struct theme_asset *theme_find_asset(const struct theme *, struct text name);

/* The theme's words for a key in the blog's language, in the plural form that fits the count (NAN: no
 * count). Placeholders stand in it yet. Absent when there is no such key. */
struct text theme_string(const struct theme *, struct text key, double count);

/* Fills placeholders: "{count} tracks" becomes "3 tracks". */
struct theme_filling {
    struct text name;
    struct text value;
};
struct text theme_fill(
    struct arena *, struct text, const struct theme_filling *fillings, size_t count);

/* Keys of strings that Liner itself asks for, NULL behind the last: titles of pages, and the like. */
extern const char *const theme_own_strings[];
/* The names that a string is to be filled with: "count" of "{count} tracks", over all its forms. */
size_t theme_string_fillings(
    const struct theme *, struct arena *, struct text key, struct text **names);

/* The keys there are, for suggestions. */
size_t theme_string_keys(const struct theme *, struct arena *, struct text **keys);

/* Reports what a theme's author wants to know beyond what stops a build: strings that a language lacks,
 * strings and settings that nothing uses, and the like. The report's texts may live in the arena. */
void theme_check(const struct theme *, struct arena *, struct report *);

/* Whether it may be the name of a theme: that of a folder in themes/. */
bool theme_is_name(struct text);

/* ---- The theme inside the program (made by embed.sh) --------------------------------------------------- */

extern const char theme_embedded_name[]; /* "sleeve" */

extern const struct base_embedded theme_embedded_files[];
extern const size_t theme_embedded_count;

#endif
