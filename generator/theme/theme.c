/* A theme: its files as templates and assets. */
#include "theme/theme_inside.h"

static struct text below(struct text path, const char *folder)
{
    return text_slice(path, strlen(folder), path.length);
}

/* "style.css" -> "assets/style.4f1c09ab5e.css": the name changes when the bytes do, so that a host
 * may let browsers keep it for ever. */
static struct text fingerprinted(struct arena *arena, struct text name, struct text bytes)
{
    size_t dot = name.length;
    while (dot > 0 && name.at[dot - 1] != '.' && name.at[dot - 1] != '/')
        dot--;
    dot = dot > 1 && name.at[dot - 1] == '.' ? dot - 1 : name.length;
    return arena_format(arena, "assets/%.*s.%010llx%.*s", (int)dot, name.at,
        (unsigned long long)(hash_text(bytes) & 0xFFFFFFFFFF), (int)(name.length - dot),
        name.at + dot);
}

/* What browsers get of a file. */
static struct text trimmed(struct arena *arena, struct text name, struct text bytes)
{
    if (text_ends(name, ".css"))
        return theme_trim_css(arena, bytes);
    return text_ends(name, ".js") ? theme_trim_js(arena, bytes) : bytes;
}

/* Of each file in assets/ the version that counts. */
static void list_assets(struct theme *theme)
{
    theme->assets = arena_array(&theme->arena, theme->file_count, sizeof *theme->assets);
    for (size_t i = 0; i < theme->file_count; i++) {
        const struct theme_file *file = &theme->files[i];
        bool is_hidden = i > 0 && text_equal(file[-1].path, file->path);
        if (is_hidden || !text_starts(file->path, "assets/"))
            continue;
        struct text name = below(file->path, "assets/");
        struct text bytes = trimmed(&theme->arena, name, file->bytes);
        theme->assets[theme->asset_count++] =
            (struct theme_asset){name, fingerprinted(&theme->arena, name, bytes), bytes};
    }
}

struct theme *theme_open(const struct theme_request *request, struct report *report)
{
    struct theme *theme = base_alloc(sizeof *theme);
    *theme = (struct theme){.name = request->name,
        .language = request->language,
        .language_tag = request->language_tag};
    arena_init(&theme->arena);
    if (!theme_read_layers(request->disk, theme, request->place, report)) {
        theme_close(theme);
        return NULL;
    }
    list_assets(theme);
    theme_read_settings(theme, request, report);
    theme_read_strings(theme, report);
    return theme;
}

void theme_close(struct theme *theme)
{
    if (!theme)
        return;
    arena_release(&theme->arena);
    base_free(theme);
}

/* ---- Templates and their versions ------------------------------------------------------------------------------- */

/* Strips what stands for "of the parent", and counts it. */
static struct text strip_parents(struct text name, size_t *parents)
{
    for (*parents = 0; text_starts(name, THEME_PARENT); ++*parents)
        name = below(name, THEME_PARENT);
    return name;
}

/* The versions of a template, that of the newest layer first. */
static const struct theme_file *find_versions(
    const struct theme *theme, struct text name, size_t *count)
{
    char path[300];
    *count = 0;
    if ((size_t)snprintf(path, sizeof path, "templates/%.*s", TEXT_ARGS(name)) >= sizeof path)
        return NULL;
    const struct theme_file *found = theme_find_file(theme, text_of(path));
    const struct theme_file *end = theme->files + theme->file_count;
    while (found && found + *count < end && text_is(found[*count].path, path))
        ++*count;
    return found;
}

/* The version that "parent/base.html" and the like stand for; NULL when there is none. */
static const struct theme_file *find_template(const struct theme *theme, struct text name)
{
    size_t parents, count;
    struct text bare = strip_parents(name, &parents);
    const struct theme_file *versions = find_versions(theme, bare, &count);
    return parents < count ? versions + parents : NULL;
}

bool theme_template(
    const struct theme *theme, struct text name, struct text *source, struct text *file)
{
    const struct theme_file *found = find_template(theme, name);
    if (!found)
        return false;
    *source = found->bytes;
    *file = found->shown;
    return true;
}

struct text theme_join(
    const struct theme *theme, struct arena *arena, struct text name, struct text from)
{
    size_t parents, count, version = 0;
    struct text bare = strip_parents(name, &parents);
    const struct theme_file *asking = find_template(theme, from);
    const struct theme_file *versions = find_versions(theme, bare, &count);
    if (!parents || !asking)
        return name;
    while (version < count && versions[version].layer <= asking->layer)
        version++;
    for (version += parents - 1; version > 0; version--)
        bare = arena_format(arena, THEME_PARENT "%.*s", TEXT_ARGS(bare));
    return bare;
}

size_t theme_template_names(const struct theme *theme, struct arena *arena, struct text **names)
{
    size_t count = 0;
    *names = arena_array(arena, theme->file_count, sizeof **names);
    for (size_t i = 0; i < theme->file_count; i++) {
        const struct theme_file *file = &theme->files[i];
        bool is_hidden = i > 0 && text_equal(file[-1].path, file->path);
        if (!is_hidden && text_starts(file->path, "templates/"))
            (*names)[count++] = below(file->path, "templates/");
    }
    return count;
}

struct text theme_source(const struct theme *theme, struct text shown)
{
    for (size_t i = 0; i < theme->file_count; i++)
        if (text_equal(theme->files[i].shown, shown))
            return theme->files[i].bytes;
    return TEXT_NONE;
}

uint64_t theme_hash(const struct theme *theme, struct text path)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < theme->file_count; i++) {
        const struct theme_file *file = &theme->files[i];
        if (text_starts(file->path, path.at))
            hash = hash_more(hash_more(hash, file->shown), file->bytes);
    }
    return hash;
}

/* ---- Assets ---------------------------------------------------------------------------------------------------------- */

const struct theme_asset *theme_find_asset(const struct theme *theme, struct text name)
{
    for (size_t i = 0; i < theme->asset_count; i++)
        if (text_equal(theme->assets[i].name, name))
            return &theme->assets[i];
    return NULL;
}
