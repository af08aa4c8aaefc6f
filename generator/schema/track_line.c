/*
 * Track lines as fans paste them.
 *
 *     line   = [ number "." | "-" | "*" ] ( quoted | dashed )
 *     quoted = '"' title '"' [ "(" drama ")" ] "by" artists
 *     dashed = artists " - " title
 *     title  = text [ "(" Hangul ")" ]
 *     artists = artist { ( "," | "&" | "and" ) artist }
 *     artist = text [ "(" Hangul ")" ]
 *
 * Brackets without Hangul belong to the name: "(G)I-DLE", "V (BTS)", "Start Over (Acoustic)".
 */
#include "schema/schema_inside.h"
#include "unicode/unicode.h"

struct line_reader {
    struct schema_reading *reading;
    struct text line;
    struct data_spot spot;
};

static bool has_hangul(struct text text)
{
    for (size_t at = 0; at < text.length;)
        if (unicode_is_hangul(text_next_point(text, &at)))
            return true;
    return false;
}

/* Behind the bracket that the last one closes: 9 in "Kyuhyun (규현)"; 0 where there is none. */
static size_t last_bracket(struct text text)
{
    int depth = 0;
    for (size_t at = text.length; at > 0; at--) {
        depth += (text.at[at - 1] == ')') - (text.at[at - 1] == '(');
        if (depth == 0)
            return at;
    }
    return 0;
}

/* "Kyuhyun (규현)" into its two names; the native one is absent where there is none. */
static struct text split_native(struct text text, struct text *native)
{
    *native = TEXT_NONE;
    if (!text_ends(text, ")"))
        return text;
    size_t open = last_bracket(text);
    struct text inside = text_trim(text_slice(text, open, text.length - 1));
    if (open < 2 || !has_hangul(inside))
        return text;
    *native = inside;
    return text_trim(text_slice(text, 0, open - 1));
}

static struct data_spot spot_of(const struct line_reader *reader, struct text part)
{
    struct text before = text_slice(reader->line, 0, (size_t)(part.at - reader->line.at));
    struct data_spot spot = reader->spot;
    spot.column += (uint32_t)text_count_points(before);
    spot.points = (uint32_t)text_count_points(part);
    return spot;
}

/* A part of the line in the record's arena. */
static struct text kept(const struct line_reader *reader, struct text part)
{
    if (!part.at)
        return TEXT_NONE;
    struct data_spot spot = spot_of(reader, part);
    struct data_value value = data_text(part);
    value.line = spot.line;
    value.column = spot.column;
    value.points = spot.points;
    return schema_text(reader->reading, &value);
}

static struct schema_mention *make_mention(const struct line_reader *reader, struct text text)
{
    struct schema_mention *mention = arena_alloc(reader->reading->arena, sizeof *mention);
    struct text native, name = split_native(text, &native);
    mention->season = DATA_NO_INTEGER;
    mention->spot = spot_of(reader, text);
    mention->name = kept(reader, name);
    mention->native = kept(reader, native);
    return mention;
}

/* The length of a separator of artists at this place, 0 where there is none. */
static size_t separator_at(struct text text, size_t at)
{
    static const char *const separators[] = {" & ", ", ", " and ", " feat. ", " ft. "};
    struct text rest = text_slice(text, at, text.length);
    for (size_t i = 0; i < BASE_COUNT(separators); i++)
        if (text_starts(rest, separators[i]))
            return strlen(separators[i]);
    return 0;
}

static struct data_array read_artists(const struct line_reader *reader, struct text text)
{
    struct schema_mention **artists = NULL;
    size_t count = 0, capacity = 0, from = 0;
    int depth = 0; /* brackets open: "Leessang (리쌍, 길 & 개리)" is one */
    for (size_t at = 0; at <= text.length; at++) {
        depth += at < text.length ? (text.at[at] == '(') - (text.at[at] == ')') : 0;
        size_t separator = at < text.length && depth <= 0 ? separator_at(text, at) : 0;
        if (at < text.length && !separator)
            continue;
        struct text name = text_trim(text_slice(text, from, at));
        if (name.length) {
            struct schema_mention **slot =
                list_add(&artists, &count, &capacity, reader->reading->arena, sizeof *artists);
            *slot = make_mention(reader, name);
        }
        from = at + separator;
    }
    return (struct data_array){artists, count};
}

/* "1.", "12)", "-" or "*" and the blanks behind it. */
static struct text drop_bullet(struct text line)
{
    size_t at = 0;
    while (at < line.length && line.at[at] >= '0' && line.at[at] <= '9')
        at++;
    bool is_number = at > 0 && at + 1 < line.length && (line.at[at] == '.' || line.at[at] == ')');
    bool is_bullet = at == 0 && line.length > 1 && (line.at[0] == '-' || line.at[0] == '*');
    if ((is_number || is_bullet) && line.at[at + 1] == ' ')
        return text_trim(text_slice(line, at + 1, line.length));
    return line;
}

/* ---- "Title" (Drama) by Artists --------------------------------------------------------------------------- */

/* The length of an opening quote at the start, 0 where there is none. */
static size_t quote_length(struct text text)
{
    static const char *const quotes[] = {"\"", "\xE2\x80\x9C", "\xE2\x80\x9D"};
    for (size_t i = 0; i < BASE_COUNT(quotes); i++)
        if (text_starts(text, quotes[i]))
            return strlen(quotes[i]);
    return 0;
}

static bool find_closing_quote(struct text text, size_t from, size_t *at)
{
    for (*at = from; *at < text.length; ++*at)
        if (quote_length(text_slice(text, *at, text.length)))
            return true;
    return false;
}

/* Takes "(Boys Over Flowers)" off the front. */
static struct text take_brackets(struct text *rest)
{
    *rest = text_trim(*rest);
    ptrdiff_t close = text_find_byte(*rest, ')');
    if (!text_starts(*rest, "(") || close < 0)
        return TEXT_NONE;
    struct text inside = text_trim(text_slice(*rest, 1, (size_t)close));
    *rest = text_trim(text_slice(*rest, (size_t)close + 1, rest->length));
    return inside;
}

static bool read_quoted(
    const struct line_reader *reader, struct text line, struct schema_track *track)
{
    size_t open = quote_length(line), close;
    if (!open || !find_closing_quote(line, open, &close))
        return false;
    struct text rest = text_slice(line, close, line.length);
    rest = text_slice(rest, quote_length(rest), rest.length);
    struct text native, brackets = take_brackets(&rest);
    struct text title = split_native(text_trim(text_slice(line, open, close)), &native);
    if (!text_starts(rest, "by ") || !title.length)
        return false;
    track->title = kept(reader, title);
    track->native = kept(reader, native);
    if (brackets.length && has_hangul(brackets) && !native.at)
        track->native = kept(reader, brackets);
    else if (brackets.length)
        track->drama = make_mention(reader, brackets);
    track->artists = read_artists(reader, text_trim(text_slice(rest, 3, rest.length)));
    return track->artists.count > 0;
}

/* ---- Artists - Title ---------------------------------------------------------------------------------------- */

static ptrdiff_t find_dash(struct text line, size_t *length)
{
    static const char *const dashes[] = {" - ", " \xE2\x80\x93 ", " \xE2\x80\x94 "};
    ptrdiff_t first = -1;
    for (size_t i = 0; i < BASE_COUNT(dashes); i++) {
        ptrdiff_t at = text_find(line, text_of(dashes[i]));
        if (at >= 0 && (first < 0 || at < first)) {
            first = at;
            *length = strlen(dashes[i]);
        }
    }
    return first;
}

static bool read_dashed(
    const struct line_reader *reader, struct text line, struct schema_track *track)
{
    size_t length = 0;
    ptrdiff_t dash = find_dash(line, &length);
    if (dash <= 0)
        return false;
    struct text native;
    struct text title = text_trim(text_slice(line, (size_t)dash + length, line.length));
    track->title = kept(reader, split_native(title, &native));
    track->native = kept(reader, native);
    track->artists = read_artists(reader, text_trim(text_slice(line, 0, (size_t)dash)));
    return track->title.length && track->artists.count;
}

/* Pages that lists are pasted from have blanks that do not break; here they are blanks like others.
 * One code point stays one, so that columns are right. */
static struct text with_plain_blanks(struct arena *arena, struct text line)
{
    char *plain = arena_alloc(arena, line.length + 1);
    size_t length = 0;
    for (size_t at = 0; at < line.length;) {
        size_t from = at;
        if (unicode_is_space(text_next_point(line, &at))) {
            plain[length++] = ' ';
            continue;
        }
        memcpy(plain + length, line.at + from, at - from);
        length += at - from;
    }
    return (struct text){plain, length};
}

bool schema_read_track_line(struct schema_reading *reading, struct text line, struct data_spot spot,
    struct schema_track *track)
{
    struct line_reader reader = {reading, with_plain_blanks(reading->arena, line), spot};
    struct text content = drop_bullet(text_trim(reader.line));
    schema_set_absent(&schema_track_type, track);
    track->spot = spot_of(&reader, content);
    if (read_quoted(&reader, content, track) || read_dashed(&reader, content, track))
        return true;
    if (!reading->is_partial) { /* else the line may be only the part before the break */
        report_at(reading->report, REPORT_ERROR, schema_place(reading->file, track->spot),
            "this track line has no artist and title in it");
        report_note(
            reading->report, "write: Artist (이름) - Title (제목), or: \"Title\" by Artist");
    }
    schema_set_absent(&schema_track_type, track);
    return false;
}
