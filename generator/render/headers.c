/*
 * _headers, as Netlify and Cloudflare Pages read it: what is sent with which address.
 *
 * Nothing loads from elsewhere; the players that a reader may start are the only frames allowed.
 * YouTube refuses to play without a Referer, so the policy is no stricter than that. Names in
 * assets/ change with their bytes, so browsers may keep them for ever.
 */
#include "render/render_inside.h"

void render_headers(struct render_worker *worker, struct buffer *out)
{
    struct text base = worker->render->plan->catalog->request.base_path;
    struct buffer hosts;
    buffer_init(&hosts);
    if (worker->render->plan->catalog->site.settings->players)
        schema_add_player_hosts(&hosts);
    else
        buffer_add_string(&hosts, " 'none'");
    buffer_format(out,
        "%.*s*\n"
        "  Content-Security-Policy: default-src 'self'; img-src 'self' data:; "
        "frame-src%.*s; object-src 'none'; base-uri 'none'; form-action 'self'\n"
        "  Referrer-Policy: strict-origin-when-cross-origin\n"
        "  X-Content-Type-Options: nosniff\n"
        "\n"
        "%.*sassets/*\n"
        "  Cache-Control: public, max-age=31536000, immutable\n",
        TEXT_ARGS(base), TEXT_ARGS(buffer_text(&hosts)), TEXT_ARGS(base));
    buffer_release(&hosts);
}
