/*
 * What a recording is known by elsewhere:
 *
 *     isrc: KR-A38-16-00123       ISO 3901: country, owner, year, number; the hyphens are dropped
 *     musicbrainz: 0b04e5a0-...   a UUID, or the address of the recording that ends in one
 */
#include "schema/schema_inside.h"

/* Whether the text is made as the form says: 'a' a letter, 'n' a letter or digit, '9' a digit, 'x' a hexadecimal
 * digit, anything else itself. */
static bool has_form(struct text text, const char *form)
{
    if (text.length != strlen(form))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.at[i], small = (char)(byte | 32);
        bool is_digit = byte >= '0' && byte <= '9', is_letter = small >= 'a' && small <= 'z';
        bool fits = form[i] == 'a'   ? is_letter
                    : form[i] == 'n' ? is_letter || is_digit
                    : form[i] == '9' ? is_digit
                    : form[i] == 'x' ? is_digit || (small >= 'a' && small <= 'f')
                                     : byte == form[i];
        if (!fits)
            return false;
    }
    return true;
}

static struct text without_hyphens(struct arena *arena, struct text typed)
{
    char *bytes = arena_alloc(arena, typed.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < typed.length; i++) {
        char byte = typed.at[i];
        if (byte != '-')
            bytes[length++] = (char)(byte >= 'a' && byte <= 'z' ? byte - 'a' + 'A' : byte);
    }
    return (struct text){bytes, length};
}

void schema_read_isrc(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    schema_read_field(reading, field, value, record);
    struct text *isrc = data_own_member(field, record, reading->arena);
    if (!isrc->at)
        return;
    bool fits = has_form(*isrc, "aannn9999999") || has_form(*isrc, "aa-nnn-99-99999");
    *isrc = without_hyphens(reading->arena, *isrc);
    if (!fits)
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'isrc' must be two letters, three letters or digits, and seven digits: KRA381600123");
}

void schema_read_musicbrainz(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    static const char address[] = "https://musicbrainz.org/recording/";
    schema_read_field(reading, field, value, record);
    struct text *id = data_own_member(field, record, reading->arena);
    if (!id->at)
        return;
    if (text_starts(*id, address))
        *id = text_slice(*id, strlen(address), id->length);
    if (!has_form(*id, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"))
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'musicbrainz' must be the id of a recording on MusicBrainz, or its address (%s...)",
            address);
}
