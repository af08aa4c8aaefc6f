/*
 * Raw HTML in GitHub's dialect: the tags that would change how the rest of the page is read are shown as
 * text (https://github.github.com/gfm/#disallowed-raw-html-extension-).
 */
#include "markdown/markdown_inside.h"

static const char *const refused[] = {
    "title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext"};

/* At a "<": does a tag of that name begin, or end? */
static bool is_tag(struct text html, const char *name)
{
    size_t length = strlen(name), at = text_starts(html, "</") ? 2 : 1;
    struct text rest = text_slice(html, at, html.length);
    return rest.length > length && strncasecmp(rest.at, name, length) == 0 &&
           (strchr(" \t\n\v\f\r>", rest.at[length]) ||
               text_starts(text_slice(rest, length, rest.length), "/>"));
}

static bool is_refused(struct text html)
{
    for (size_t i = 0; i < BASE_COUNT(refused); i++) {
        if (is_tag(html, refused[i]))
            return true;
    }
    return false;
}

void add_filtered(struct buffer *out, struct text html)
{
    for (size_t i = 0; i < html.length; i++) {
        if (html.at[i] == '<' && is_refused(text_slice(html, i, html.length)))
            buffer_add(out, TEXT("&lt;"));
        else
            buffer_add_byte(out, html.at[i]);
    }
}
