/* Entities: cmark-gfm has HTML's whole table of names, and reads it on any thread. */
#include "markdown/markdown_inside.h"

#include <cmark-gfm.h>
#include <cmark-gfm/buffer.h>
#include <cmark-gfm/houdini.h>

/* "&CounterClockwiseContourIntegral;" is the longest name; a longer text is none. */
enum { ENTITY_BYTES = 48 };

size_t markdown_entity(struct text text, struct buffer *out)
{
    if (text.length < 3 || text.at[0] != '&')
        return 0;
    size_t length = text.length < ENTITY_BYTES ? text.length : ENTITY_BYTES;
    cmark_strbuf decoded;
    cmark_strbuf_init(cmark_get_default_mem_allocator(), &decoded, 0);
    bufsize_t taken =
        houdini_unescape_ent(&decoded, (const uint8_t *)text.at + 1, (bufsize_t)(length - 1));
    if (taken > 0)
        buffer_add(out, (struct text){(const char *)decoded.ptr, (size_t)decoded.size});
    cmark_strbuf_free(&decoded);
    return taken > 0 ? (size_t)taken + 1 : 0;
}
