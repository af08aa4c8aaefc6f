/*
 * Track lines as fans paste them.
 *
 *     line   = [ bullet ] ( quoted | dashed )
 *     bullet = number "." | number ")" | "-" | "*" | "•"
 *     quoted = '"' title '"' [ "(" drama ")" ] ( "by" | "-" ) artists
 *     dashed = artists " - " [ '"' ] title [ '"' ]
 *     title  = text [ "(" Hangul ")" ] [ "(feat. " artists ")" ]
 *     artists = artist { ( "," | "&" | "and" | "x" | "feat." ) artist }
 *     artist = text [ "(" Hangul ")" ]
 *
 * Brackets without Hangul belong to the name: "(G)I-DLE", "V (BTS)", "Start Over (Acoustic)". So do those
 * behind Hangul, which is no form of another script: "도영 (엔시티)", "고백 (피아노 버전)".
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
    if (open < 2 || !has_hangul(inside) || has_hangul(text_slice(text, 0, open)))
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
    struct arena *arena = reader->reading->arena;
    struct schema_mention *mention = arena_alloc(arena, sizeof *mention);
    struct text native, name = split_native(text, &native);
    mention->spot = spot_of(reader, text);
    mention->name = kept(reader, name);
    mention->more = &schema_mention_no_more;
    if (native.at) {
        struct schema_mention_more *more = arena_alloc(arena, sizeof *more);
        *more =
            (struct schema_mention_more){.native = kept(reader, native), .season = DATA_NO_INTEGER};
        mention->more = more;
    }
    return mention;
}

/* The length of a separator of artists at this place, 0 where there is none. */
static size_t separator_at(struct text text, size_t at)
{
    static const char *const separators[] = {
        " & ", ", ", " and ", " x ", " X ", " \xC3\x97 ", " feat. ", " Feat. ", " ft. ", " Ft. "};
    struct text rest = text_slice(text, at, text.length);
    for (size_t i = 0; i < BASE_COUNT(separators); i++)
        if (text_starts(rest, separators[i]))
            return strlen(separators[i]);
    return 0;
}

/* Adds to the artists that the track has. */
static void read_artists(
    const struct line_reader *reader, struct text text, struct schema_track *track)
{
    struct arena *arena = reader->reading->arena;
    const struct schema_mention **artists = (const struct schema_mention **)track->artists.items;
    size_t count = track->artists.count, capacity = count, from = 0;
    int depth = 0; /* brackets open: "Leessang (리쌍, 길 & 개리)" is one */
    for (size_t at = 0; at <= text.length; at++) {
        depth += at < text.length ? (text.at[at] == '(') - (text.at[at] == ')') : 0;
        size_t separator = at < text.length && depth <= 0 ? separator_at(text, at) : 0;
        if (at < text.length && !separator)
            continue;
        struct text name = text_trim(text_slice(text, from, at));
        if (name.length) {
            const struct schema_mention **slot =
                list_add(&artists, &count, &capacity, arena, sizeof *artists);
            *slot = make_mention(reader, name);
        }
        from = at + separator;
    }
    track->artists = (struct data_array){artists, count};
}

/* "1.", "12)", "-", "*" or "•" and the blanks behind it. */
static struct text drop_bullet(struct text line)
{
    static const char bullet[] = "\xE2\x80\xA2";
    size_t at = 0;
    while (at < line.length && line.at[at] >= '0' && line.at[at] <= '9')
        at++;
    bool is_number = at > 0 && at + 1 < line.length && (line.at[at] == '.' || line.at[at] == ')');
    bool is_bullet = at == 0 && line.length > 1 && (line.at[0] == '-' || line.at[0] == '*');
    if ((is_number || is_bullet) && line.at[at + 1] == ' ')
        return text_trim(text_slice(line, at + 1, line.length));
    if (text_starts(line, bullet))
        return text_trim(text_slice(line, strlen(bullet), line.length));
    return line;
}

/* ---- Dashes and quotes ------------------------------------------------------------------------------------ */

/* The length of a dash at the start and of the blank behind it; 0 where there is none. */
static size_t dash_length(struct text text)
{
    /* The hyphen, the dashes for words and numbers, en and em, the bar and the minus. */
    static const char *const dashes[] = {"- ", "\xE2\x80\x90 ", "\xE2\x80\x91 ", "\xE2\x80\x92 ",
        "\xE2\x80\x93 ", "\xE2\x80\x94 ", "\xE2\x80\x95 ", "\xE2\x88\x92 "};
    for (size_t i = 0; i < BASE_COUNT(dashes); i++)
        if (text_starts(text, dashes[i]))
            return strlen(dashes[i]);
    return 0;
}

/* A pair of quotes; straight and curly double ones are mixed by those who type them. */
struct quotes {
    const char *open, *close[3];
};

static const struct quotes quote_pairs[] = {
    {"\"", {"\"", "\xE2\x80\x9D", "\xE2\x80\x9C"}}, {"\xE2\x80\x9C", {"\xE2\x80\x9D", "\"", NULL}},
    {"\xE2\x80\x9D", {"\xE2\x80\x9D", "\"", NULL}}, {"'", {"'", NULL, NULL}},
    {"\xE2\x80\x98", {"\xE2\x80\x99", NULL, NULL}}, /* ‘ ’ */
    {"\xE3\x80\x8C", {"\xE3\x80\x8D", NULL, NULL}}, /* 「 」 */
    {"\xE3\x80\x8E", {"\xE3\x80\x8F", NULL, NULL}}, /* 『 』 */
    {"\xE3\x80\x8A", {"\xE3\x80\x8B", NULL, NULL}}, /* 《 》 */
};

/* The length of a closing quote at this place, 0 where there is none. An apostrophe inside a word
 * closes nothing. */
static size_t closing_at(const struct quotes *quotes, struct text text, size_t at)
{
    struct text rest = text_slice(text, at, text.length);
    for (size_t i = 0; i < BASE_COUNT(quotes->close) && quotes->close[i]; i++) {
        size_t length = strlen(quotes->close[i]);
        bool ends_word =
            length == rest.length || (length < rest.length && strchr(" (", rest.at[length]));
        if (text_starts(rest, quotes->close[i]) && ends_word)
            return length;
    }
    return 0;
}

/* Takes a text in quotes off the front; false where there is none. */
static bool take_quoted(struct text *text, struct text *quoted)
{
    for (size_t i = 0; i < BASE_COUNT(quote_pairs); i++) {
        size_t open = strlen(quote_pairs[i].open);
        if (!text_starts(*text, quote_pairs[i].open))
            continue;
        for (size_t at = open; at < text->length; at++) {
            size_t close = closing_at(&quote_pairs[i], *text, at);
            if (!close)
                continue;
            *quoted = text_trim(text_slice(*text, open, at));
            *text = text_slice(*text, at + close, text->length);
            return true;
        }
    }
    return false;
}

/* ---- Titles ------------------------------------------------------------------------------------------------- */

static bool starts_feat(struct text text)
{
    static const char *const words[] = {"feat. ", "Feat. ", "ft. ", "Ft. "};
    for (size_t i = 0; i < BASE_COUNT(words); i++)
        if (text_starts(text, words[i]))
            return true;
    return false;
}

static struct text after_feat(struct text text)
{
    return text_slice(text, (size_t)text_find_byte(text, ' '), text.length);
}

/* "Oasis (feat. Zion.T)" without its bracket, whose artists are kept for later. */
static struct text take_feat(struct text title, struct text *artists)
{
    size_t open = text_ends(title, ")") ? last_bracket(title) : 0;
    struct text inside = text_trim(text_slice(title, open, title.length ? title.length - 1 : 0));
    *artists = TEXT_NONE;
    if (open < 1 || !starts_feat(inside))
        return title;
    *artists = after_feat(inside);
    return text_trim(text_slice(title, 0, open - 1));
}

/* The artists come first, those of the title behind them. */
static bool read_title(const struct line_reader *reader, struct text text, struct text artists,
    struct schema_track *track)
{
    struct text native, more;
    struct text title = split_native(take_feat(text, &more), &native);
    read_artists(reader, artists, track);
    bool is_whole = title.length && track->artists.count;
    read_artists(reader, more, track);
    track->title = kept(reader, title);
    track->native = kept(reader, native);
    return is_whole;
}

/* ---- "Title" (Drama) by Artists --------------------------------------------------------------------------- */

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

/* "by " or a dash; the artists behind it. False where there is neither. */
static bool take_by(struct text *rest)
{
    size_t dash = dash_length(*rest);
    bool is_by =
        text_starts(*rest, "by ") || text_starts(*rest, "By ") || text_starts(*rest, "BY ");
    if (!dash && !is_by)
        return false;
    *rest = dash ? text_slice(*rest, dash, rest->length) : text_slice(*rest, 3, rest->length);
    *rest = text_trim(*rest);
    return true;
}

/* What the brackets behind a title in quotes are: its native form, more artists, or else the drama,
 * whose "OST" is not its title. */
static void read_brackets(
    const struct line_reader *reader, struct text brackets, struct schema_track *track)
{
    if (starts_feat(brackets)) {
        read_artists(reader, after_feat(brackets), track);
        return;
    }
    if (has_hangul(brackets) && !track->native.at) {
        track->native = kept(reader, brackets);
        return;
    }
    if (text_ends(brackets, " OST"))
        brackets = text_trim(text_slice(brackets, 0, brackets.length - strlen(" OST")));
    if (!brackets.length)
        return;
    struct schema_track_more *more =
        data_own_part(&schema_track_part, track, reader->reading->arena);
    more->drama = make_mention(reader, brackets);
}

static bool read_quoted(
    const struct line_reader *reader, struct text line, struct schema_track *track)
{
    struct text rest = line, title;
    if (!take_quoted(&rest, &title))
        return false;
    struct text brackets = take_brackets(&rest);
    if (!take_by(&rest) || !read_title(reader, title, rest, track))
        return false;
    read_brackets(reader, brackets, track);
    return true;
}

/* ---- Artists - Title ---------------------------------------------------------------------------------------- */

bool schema_part_track_line(struct text line, struct text *artists, struct text *title)
{
    int depth = 0;
    for (size_t at = 0; at < line.length; at++) {
        depth += (line.at[at] == '(') - (line.at[at] == ')');
        if (line.at[at] != ' ' || depth > 0)
            continue;
        size_t length = dash_length(text_slice(line, at + 1, line.length));
        if (!length)
            continue;
        *artists = text_trim(text_slice(line, 0, at));
        *title = text_trim(text_slice(line, at + 1 + length, line.length));
        return at > 0;
    }
    return false;
}

static bool read_dashed(
    const struct line_reader *reader, struct text line, struct schema_track *track)
{
    struct text artists, title, rest, quoted;
    if (!schema_part_track_line(line, &artists, &title))
        return false;
    rest = title;
    if (take_quoted(&rest, &quoted) && !text_trim(rest).length)
        title = quoted;
    else
        track->line = line; /* without quotes nothing but the order tells the two */
    return read_title(reader, title, artists, track);
}

/* Korean keyboards have wide brackets as well: ( for （; 0 for anything else. */
static char bracket_of(struct text line, size_t at)
{
    struct text rest = text_slice(line, at, line.length);
    return text_starts(rest, "\xEF\xBC\x88") ? '(' : text_starts(rest, "\xEF\xBC\x89") ? ')' : '\0';
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
        if (bracket_of(line, from)) {
            plain[length++] = bracket_of(line, from);
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
    line = schema_without_links(reading->arena, line);
    struct line_reader reader = {reading, with_plain_blanks(reading->arena, line), spot};
    struct text content = drop_bullet(text_trim(reader.line));
    static bool (*const forms[])(const struct line_reader *, struct text line,
        struct schema_track *) = {read_quoted, read_dashed};
    for (size_t i = 0; i < BASE_COUNT(forms); i++) {
        data_set_absent(&schema_track_type, track);
        track->spot = spot_of(&reader, content);
        if (forms[i](&reader, content, track))
            return true;
    }
    if (!reading->is_partial) { /* else the line may be only the part before the break */
        report_at(reading->report, REPORT_ERROR, schema_place(reading->file, track->spot),
            "this track line has no artist and title in it");
        report_note(
            reading->report, "write: Artist (이름) - Title (제목), or: \"Title\" by Artist");
    }
    data_set_absent(&schema_track_type, track);
    return false;
}
