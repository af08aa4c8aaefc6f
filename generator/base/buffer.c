/* Buffers: bytes that grow, always with room for a NUL behind them. */
#include "base/base.h"

void buffer_init(struct buffer *buffer)
{
    *buffer = (struct buffer){0};
}

void buffer_release(struct buffer *buffer)
{
    base_free(buffer->at);
    buffer_init(buffer);
}

void buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
}

void buffer_reserve(struct buffer *buffer, size_t more_bytes)
{
    base_assert(more_bytes < SIZE_MAX / 4 && buffer->length < SIZE_MAX / 4);
    size_t need = buffer->length + more_bytes + 1;
    if (need <= buffer->capacity)
        return;
    size_t larger = buffer->capacity ? buffer->capacity * 2 : 256;
    if (larger < need)
        larger = need;
    buffer->at = base_realloc(buffer->at, larger);
    buffer->capacity = larger;
}

void buffer_add_point(struct buffer *buffer, uint32_t point)
{
    if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000))
        point = 0xFFFD;
    if (point < 0x80) {
        buffer_add_byte(buffer, (char)point);
        return;
    }
    int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    static const unsigned char first[4] = {0, 0xC0, 0xE0, 0xF0};
    buffer_add_byte(buffer, (char)(first[more] | point >> (6 * more)));
    while (more--)
        buffer_add_byte(buffer, (char)(0x80 | (point >> (6 * more) & 0x3F)));
}

/* Written straight into the room that is there; again only when that was too little. */
void buffer_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    size_t room = buffer->capacity - buffer->length;
    int length = vsnprintf(room ? buffer->at + buffer->length : NULL, room, format, arguments);
    va_end(arguments);
    base_assert(length >= 0);
    if ((size_t)length >= room) {
        buffer_reserve(buffer, (size_t)length);
        vsnprintf(buffer->at + buffer->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    buffer->length += (size_t)length;
}

struct text buffer_text(const struct buffer *buffer)
{
    return (struct text){buffer->at ? buffer->at : "", buffer->length};
}

void buffer_add_number(struct buffer *buffer, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        buffer_add_byte(buffer, (char)(number | 0x80));
    buffer_add_byte(buffer, (char)number);
}

bool text_take_number(struct text *rest, uint64_t *number)
{
    enum { longest = 10 };
    *number = 0;
    for (size_t i = 0; i < rest->length && i < longest; i++) {
        unsigned char byte = (unsigned char)rest->at[i];
        *number |= (uint64_t)(byte & 0x7F) << (7 * i);
        if (byte & 0x80)
            continue;
        *rest = text_slice(*rest, i + 1, rest->length);
        return true;
    }
    return false;
}

void buffer_add_uint64(struct buffer *buffer, uint64_t number)
{
    char bytes[sizeof number];
    memcpy(bytes, &number, sizeof number);
    buffer_add(buffer, (struct text){bytes, sizeof bytes});
}

bool text_take_uint64(struct text *rest, uint64_t *number)
{
    if (rest->length < sizeof *number)
        return false;
    memcpy(number, rest->at, sizeof *number);
    *rest = text_slice(*rest, sizeof *number, rest->length);
    return true;
}
