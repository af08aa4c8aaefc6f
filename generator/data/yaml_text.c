/*
 * Text as YAML: plain where that is read as the same text wherever it stands, else between double quotes.
 *
 *     Crash Landing on You            Crash Landing on You
 *     Soundtrack #1                   "Soundtrack #1"
 *     Missing Noir: M                 "Missing Noir: M"
 */
#include "data/data.h"

#include <string.h>

static bool is_letter_or_digit(char byte)
{
    char small = (char)(byte | 0x20);
    return (small >= 'a' && small <= 'z') || (byte >= '0' && byte <= '9') ||
           (unsigned char)byte >= 0x80;
}

/* It begins with a letter, ends with what is not blank, and holds no sign that may mean something in YAML 1.1 or 1.2. */
static bool is_plain(struct text text)
{
    if (!text.length || !is_letter_or_digit(text.at[0]) || text.at[text.length - 1] == ' ')
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (!is_letter_or_digit(text.at[i]) && !strchr(" .'-_()&/!+?~", text.at[i]))
            return false;
    return true;
}

void data_yaml_text(struct buffer *out, struct text text)
{
    if (is_plain(text)) {
        buffer_add(out, text);
        return;
    }
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte < 0x20 || byte == 0x7F) {
            buffer_format(out, "\\x%02X", byte);
            continue;
        }
        if (byte == '"' || byte == '\\')
            buffer_add_byte(out, '\\');
        buffer_add_byte(out, (char)byte);
    }
    buffer_add_byte(out, '"');
}
