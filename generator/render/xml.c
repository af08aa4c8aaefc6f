/* Writing XML: escaping text, and addresses as URIs. */
#include "render/render_inside.h"

static const char *entity_of(char byte)
{
    switch (byte) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

/* XML 1.0, section 2.2: a document may hold no control characters but these, and neither U+FFFE nor
 * U+FFFF: how many bytes at `at` are to be left out. */
static size_t forbidden_length(struct text text, size_t at)
{
    unsigned char byte = (unsigned char)text.at[at];
    if (byte < 0x20)
        return byte != '\t' && byte != '\n' && byte != '\r';
    struct text rest = text_slice(text, at, text.length);
    return text_starts(rest, "\xEF\xBF\xBE") || text_starts(rest, "\xEF\xBF\xBF") ? 3 : 0;
}

/* Most bytes are for none of the two. */
static bool is_suspicious(char byte)
{
    return (unsigned char)byte < 0x20 || byte == '\xEF' || entity_of(byte);
}

void render_xml(struct buffer *out, struct text text)
{
    size_t from = 0;
    for (size_t at = 0; at < text.length;) {
        size_t left_out = 0;
        const char *entity = NULL;
        if (is_suspicious(text.at[at])) {
            entity = entity_of(text.at[at]);
            left_out = entity ? 1 : forbidden_length(text, at);
        }
        if (!left_out) {
            at++;
            continue;
        }
        buffer_add(out, text_slice(text, from, at));
        if (entity)
            buffer_add_string(out, entity);
        from = at += left_out;
    }
    buffer_add(out, text_slice(text, from, text.length));
}

/* RFC 3986: unreserved and reserved characters stay, all other bytes are percent-encoded. */
static inline bool is_kept(char byte)
{
    static const char signs[] = "-._~:/?#[]@!$&'()*+,;=%";
    char small = (char)(byte | 0x20);
    return (small >= 'a' && small <= 'z') || (byte >= '-' && byte <= '9') ||
           (byte && strchr(signs, byte));
}

static void add_percent(struct buffer *out, char byte)
{
    static const char digits[] = "0123456789ABCDEF";
    buffer_add_byte(out, '%');
    buffer_add_byte(out, digits[(unsigned char)byte >> 4]);
    buffer_add_byte(out, digits[(unsigned char)byte & 15]);
}

void render_uri(struct buffer *out, struct text url)
{
    size_t from = 0;
    for (size_t i = 0; i < url.length; i++) {
        if (is_kept(url.at[i]))
            continue;
        buffer_add(out, text_slice(url, from, i));
        add_percent(out, url.at[i]);
        from = i + 1;
    }
    buffer_add(out, text_slice(url, from, url.length));
}

void render_full_address(const struct render *render, struct buffer *out, struct text url)
{
    buffer_add(out, render->origin);
    render_uri(out, url);
}

void render_xml_uri(struct buffer *out, struct text url)
{
    struct buffer uri;
    buffer_init(&uri);
    render_uri(&uri, url);
    render_xml(out, buffer_text(&uri));
    buffer_release(&uri);
}

void render_xml_address(const struct render *render, struct buffer *out, struct text url)
{
    struct buffer full;
    buffer_init(&full);
    render_full_address(render, &full, url);
    render_xml(out, buffer_text(&full));
    buffer_release(&full);
}
