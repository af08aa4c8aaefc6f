/* Text slices: looking at bytes that belong to somebody else. */
#include "base/base.h"

struct text text_of_integer(int64_t integer, char room[INTEGER_ROOM])
{
    char *at = room + INTEGER_ROOM;
    uint64_t rest = integer < 0 ? -(uint64_t)integer : (uint64_t)integer;
    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (integer < 0)
        *--at = '-';
    return (struct text){at, (size_t)(room + INTEGER_ROOM - at)};
}

int text_compare(struct text a, struct text b)
{
    size_t shared = a.length < b.length ? a.length : b.length;
    int order = shared ? memcmp(a.at, b.at, shared) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

bool text_ends(struct text text, const char *suffix)
{
    size_t length = strlen(suffix);
    return text.length >= length &&
           (length == 0 || memcmp(text.at + text.length - length, suffix, length) == 0);
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

struct text text_trim(struct text text)
{
    while (text.length && is_blank(text.at[0]))
        text.at++, text.length--;
    while (text.length && is_blank(text.at[text.length - 1]))
        text.length--;
    return text;
}

/* For a few bytes memchr() is quicker than memmem(), which looks at each byte by itself. The last of
 * them is the rarer one in what is looked for, as in " #" and "[^". */
static ptrdiff_t find_short(struct text text, struct text needle)
{
    size_t before = needle.length - 1;
    const char *at = text.at + before, *end = text.at + text.length;
    while ((at = memchr(at, needle.at[before], (size_t)(end - at)))) {
        if (memcmp(at - before, needle.at, before) == 0)
            return at - before - text.at;
        if (++at == end)
            return -1;
    }
    return -1;
}

ptrdiff_t text_find(struct text text, struct text needle)
{
    enum { FEW = 4 }; /* of more, it would be slow where much begins alike */
    if (needle.length == 0)
        return 0;
    if (needle.length > text.length)
        return -1;
    if (needle.length <= FEW)
        return find_short(text, needle);
    const char *found = memmem(text.at, text.length, needle.at, needle.length);
    return found ? found - text.at : -1;
}

ptrdiff_t text_find_byte(struct text text, char byte)
{
    const char *found = text.length ? memchr(text.at, byte, text.length) : NULL;
    return found ? found - text.at : -1;
}

bool text_line(struct text *rest, struct text *line)
{
    if (rest->length == 0)
        return false;
    ptrdiff_t end = text_find_byte(*rest, '\n');
    size_t length = end < 0 ? rest->length : (size_t)end;
    *line = text_slice(*rest, 0, length);
    *rest = text_slice(*rest, end < 0 ? length : length + 1, rest->length);
    if (line->length && line->at[line->length - 1] == '\r')
        line->length--;
    return true;
}

size_t text_count_points(struct text text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return count;
}

/* What gcc and clang make one instruction of, where the machine has it. */
typedef signed char sixteen __attribute__((vector_size(16)));

size_t text_skip_plain(struct text text, size_t at)
{
    for (; at + sizeof(sixteen) <= text.length; at += sizeof(sixteen)) {
        sixteen bytes;
        uint64_t halves[2];
        memcpy(&bytes, text.at + at, sizeof bytes);
        bytes = (bytes < ' ') & (bytes != '\n'); /* as signed numbers, so not ASCII is below 0 */
        memcpy(halves, &bytes, sizeof halves);
        if (halves[0] | halves[1])
            break;
    }
    return at;
}

/* Length of the sequence that a first byte opens; 0 for a byte that opens none. */
static size_t sequence_length(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first < 0xE0)
        return 2;
    if (first >= 0xE0 && first < 0xF0)
        return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

uint32_t text_next_point(struct text text, size_t *at)
{
    static const unsigned char first_bits[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    unsigned char first = (unsigned char)text.at[*at];
    size_t length = sequence_length(first);
    if (length == 0 || *at + length > text.length) {
        *at += 1;
        return 0xFFFD;
    }
    uint32_t point = first & first_bits[length];
    for (size_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char)text.at[*at + i];
        if ((byte & 0xC0) != 0x80) {
            *at += 1;
            return 0xFFFD;
        }
        point = point << 6 | (byte & 0x3F);
    }
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[length] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
        *at += 1; /* longer than it need be, or half of a UTF-16 pair */
        return 0xFFFD;
    }
    *at += length;
    return point;
}

uint32_t text_previous_point(struct text text, size_t *at)
{
    size_t start = *at - 1, next;
    while (start > 0 && ((unsigned char)text.at[start] & 0xC0) == 0x80)
        start--;
    next = start;
    uint32_t point = text_next_point(text, &next);
    bool is_whole = next == *at;
    *at = is_whole ? start : *at - 1;
    return is_whole ? point : 0xFFFD;
}
