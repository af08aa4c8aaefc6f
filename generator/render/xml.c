/* Writing XML: escaping text, and addresses as URIs. */
#include "render/render_inside.h"

/* XML 1.0, section 2.2: the code points a document may hold. */
static bool is_allowed(uint32_t point)
{
    return point == '\t' || point == '\n' || point == '\r' ||
           (point >= 0x20 && point != 0xFFFE && point != 0xFFFF);
}

static const char *entity_of(uint32_t point)
{
    switch (point) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void render_xml(struct buffer *out, struct text text)
{
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        uint32_t point = text_next_point(text, &at);
        const char *entity = entity_of(point);
        if (entity)
            buffer_add_string(out, entity);
        else if (is_allowed(point))
            buffer_add(out, text_slice(text, from, at));
    }
}

/* RFC 3986: unreserved and reserved characters stay, all other bytes are percent-encoded. */
void render_full_address(const struct render *render, struct buffer *out, struct text url)
{
    static const char kept[] = "-._~:/?#[]@!$&'()*+,;=%";
    buffer_add(out, render->origin);
    for (size_t i = 0; i < url.length; i++) {
        char byte = url.at[i];
        bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                        (byte >= '0' && byte <= '9') || (byte && strchr(kept, byte));
        if (is_plain)
            buffer_add_byte(out, byte);
        else
            buffer_format(out, "%%%02X", (unsigned char)byte);
    }
}
