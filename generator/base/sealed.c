/* Text of the program's own that is kept on a disk: what it is, and whether it came back whole. */
#include "base/base.h"

#include <inttypes.h>
#include <stdio.h>

void buffer_add_sealed(struct buffer *buffer, const char *first_line, struct text body)
{
    buffer_format(buffer, "%s\ncheck %016" PRIx64 "\n", first_line, hash_text(body));
    buffer_add(buffer, body);
}

struct text text_unsealed(struct text sealed, const char *first_line)
{
    char seal[32];
    struct text line, check, body = sealed;
    if (!text_line(&body, &line) || !text_is(line, first_line) || !text_line(&body, &check))
        return TEXT_NONE;
    snprintf(seal, sizeof seal, "check %016" PRIx64, hash_text(body));
    return text_is(check, seal) ? body : TEXT_NONE;
}
