/* What the functions of templates say of their calls before anything is rendered. */
#include "render/render_inside.h"

/* ---- asset() -------------------------------------------------------------------------------------------- */

struct text render_guess_asset(const struct theme *theme, struct arena *arena, struct text name)
{
    struct text *names = arena_array(arena, theme->asset_count, sizeof *names);
    for (size_t i = 0; i < theme->asset_count; i++)
        names[i] = theme->assets[i].name;
    return report_guess(arena, name, names, theme->asset_count);
}

/* A name that is put together may be any of several: one that is there will do. */
void render_preview_asset(struct template_preview *preview)
{
    const struct template_known *name = &preview->arguments[0];
    const struct theme *theme = preview->context;
    for (size_t i = 0; i < name->count; i++)
        if (theme_find_asset(theme, name->texts[i]))
            return;
    if (name->count > 0)
        template_preview_wrong(preview, 0, "no file '%.*s' in the theme's assets/%.*s",
            TEXT_ARGS(name->texts[0]),
            TEXT_ARGS(render_guess_asset(theme, preview->arena, name->texts[0])));
}

/* ---- t() -------------------------------------------------------------------------------------------------- */

struct text render_guess_string(const struct theme *theme, struct arena *arena, struct text key)
{
    struct text *keys;
    size_t count = theme_string_keys(theme, arena, &keys);
    return report_guess(arena, key, keys, count);
}

static bool is_among(struct text name, const struct text *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(names[i], name))
            return true;
    return false;
}

/* A value that no string asks for, where another one is missing: a slip. */
static bool is_slip(struct template_preview *preview, const struct text *wanted, size_t count)
{
    for (size_t i = 0; i < preview->named_count; i++) {
        struct text guess = report_guess(preview->arena, preview->named[i], wanted, count);
        if (guess.length == 0 || is_among(preview->named[i], wanted, count))
            continue;
        template_preview_wrong_named(preview, i, "the string '%.*s' takes no '%.*s'%.*s",
            TEXT_ARGS(preview->arguments[0].texts[0]), TEXT_ARGS(preview->named[i]),
            TEXT_ARGS(guess));
        return true;
    }
    return false;
}

/* Every {name} in the string is filled in. */
static void check_fillings(struct template_preview *preview, const struct theme *theme)
{
    struct text key = preview->arguments[0].texts[0], *wanted;
    size_t count = theme_string_fillings(theme, preview->arena, key, &wanted);
    if (preview->has_rest)
        return;
    for (size_t i = 0; i < count; i++) {
        if (is_among(wanted[i], preview->named, preview->named_count))
            continue;
        if (!is_slip(preview, wanted, count))
            template_preview_wrong(preview, 0,
                "the string '%.*s' needs '%.*s': t('%.*s', %.*s=...)", TEXT_ARGS(key),
                TEXT_ARGS(wanted[i]), TEXT_ARGS(key), TEXT_ARGS(wanted[i]));
        return;
    }
}

void render_preview_words(struct template_preview *preview)
{
    const struct template_known *key = &preview->arguments[0];
    const struct theme *theme = preview->context;
    bool is_there = false;
    for (size_t i = 0; i < key->count; i++)
        is_there = is_there || theme_string(theme, key->texts[i], NAN).at;
    if (key->count > 0 && !is_there)
        template_preview_wrong(preview, 0, "no string '%.*s' in the theme's i18n/%.*s",
            TEXT_ARGS(key->texts[0]),
            TEXT_ARGS(render_guess_string(theme, preview->arena, key->texts[0])));
    else if (key->count == 1)
        check_fillings(preview, theme);
}

/* ---- date ---------------------------------------------------------------------------------------------------- */

void render_preview_date(struct template_preview *preview)
{
    const struct template_known *style = &preview->arguments[1];
    struct text names[RENDER_DATE_STYLES];
    for (size_t i = 0; i < RENDER_DATE_STYLES; i++)
        names[i] = text_of(render_date_styles[i].name);
    for (size_t i = 0; i < style->count; i++)
        if (!is_among(style->texts[i], names, RENDER_DATE_STYLES))
            template_preview_wrong(preview, 1,
                "'date' knows the styles long, short and month, not '%.*s'%.*s",
                TEXT_ARGS(style->texts[i]),
                TEXT_ARGS(
                    report_guess(preview->arena, style->texts[i], names, RENDER_DATE_STYLES)));
}
