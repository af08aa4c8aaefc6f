/*
 * _headers, as Netlify and Cloudflare Pages read it: what is sent with which address.
 *
 * Nothing loads from elsewhere but what the blog's `csp` allows; the players that a reader may start
 * are the only frames else.
 * YouTube refuses to play without a Referer, so the policy is no stricter than that. Names in
 * assets/ change with their bytes, so browsers may keep them for ever.
 */
#include "render/render_inside.h"

/* What the pages themselves need. */
static const struct {
    const char *directive, *sources;
} own[] = {
    {"default-src", " 'self'"},
    {"img-src", " 'self' data:"},
    {"frame-src", ""}, /* the players */
    {"object-src", " 'none'"},
    {"base-uri", " 'none'"},
    {"form-action", " 'self'"},
};

static bool is_own(struct text directive)
{
    for (size_t i = 0; i < BASE_COUNT(own); i++)
        if (text_is(directive, own[i].directive))
            return true;
    return false;
}

/* What the blog allows beside that; false for nothing. */
static bool add_allowed(
    const struct schema_settings *settings, struct text directive, struct buffer *out)
{
    const struct schema_policy *const *policies = settings->csp.items;
    size_t before = out->length;
    for (size_t i = 0; i < settings->csp.count; i++) {
        const struct text *sources = policies[i]->sources.items;
        for (size_t j = 0;
             text_equal(policies[i]->directive, directive) && j < policies[i]->sources.count; j++) {
            buffer_add_byte(out, ' ');
            buffer_add(out, sources[j]);
        }
    }
    return out->length > before;
}

static void add_policy(const struct schema_settings *settings, struct buffer *out)
{
    const struct schema_policy *const *policies = settings->csp.items;
    for (size_t i = 0; i < BASE_COUNT(own); i++) {
        buffer_format(out, "%s%s%s", i ? "; " : "", own[i].directive, own[i].sources);
        bool plays = text_is(text_of(own[i].directive), "frame-src") && settings->players;
        if (plays)
            schema_add_player_hosts(out);
        bool has_any = add_allowed(settings, text_of(own[i].directive), out);
        if (!own[i].sources[0] && !plays && !has_any)
            buffer_add_string(out, " 'none'");
    }
    for (size_t i = 0; i < settings->csp.count; i++) {
        if (is_own(policies[i]->directive))
            continue;
        buffer_format(out, "; %.*s 'self'", TEXT_ARGS(policies[i]->directive));
        add_allowed(settings, policies[i]->directive, out);
    }
}

void render_headers(struct render_worker *worker, struct buffer *out)
{
    const struct catalog *catalog = worker->render->plan->catalog;
    struct text base = catalog->request.base_path;
    buffer_format(out, "%.*s*\n  Content-Security-Policy: ", TEXT_ARGS(base));
    add_policy(catalog->site.settings, out);
    buffer_format(out,
        "\n"
        "  Referrer-Policy: strict-origin-when-cross-origin\n"
        "  X-Content-Type-Options: nosniff\n"
        "\n"
        "%.*sassets/*\n"
        "  Cache-Control: public, max-age=31536000, immutable\n",
        TEXT_ARGS(base));
}
