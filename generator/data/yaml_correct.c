/*
 * The line that a writer meant, from the one that YAML takes for something else.
 *
 *     block = blank* {"- "} [key ":" blank] value [comment]
 *     value = flow | quoted | "|" | text
 *     flow  = "[" items "]" | "{" items "}"
 *     items = {[key ":" blank] value ","}
 *
 * This reads more than YAML does: where a text ends follows from what closes it, not from the first
 * sign that means something to YAML. Whatever would not come out of YAML as it stands here is put into quotes.
 */
#include "data/data_inside.h"

struct editor {
    struct text line;
    const struct data_wanted *wanted;
    struct data_correction *to;
    char closers[32]; /* of the brackets that are open */
    size_t depth;
    bool is_endless[2]; /* by single and double: no text in brackets ends with the quote any more */
};

static const char *const words[] = {
    [DATA_FLAW_APOSTROPHE] = "an apostrophe ends text in single quotes",
    [DATA_FLAW_QUOTE] = "the text goes on behind its closing quote",
    [DATA_FLAW_OPEN_QUOTE] = "the quotes that open here never close",
    [DATA_FLAW_CODE] = "a '\\' in double quotes starts a code, and this is none",
    [DATA_FLAW_COLON] = "a text with ': ' in it needs quotes",
    [DATA_FLAW_HASH] = "YAML drops everything behind ' #': put quotes around this text",
    [DATA_FLAW_NO_COMMENT] = "YAML drops everything behind ' #': a comment is '# ' with a blank",
    [DATA_FLAW_TAB] = "a tab can't indent a line of YAML: use spaces",
    [DATA_FLAW_BLANK] = "this blank is none to YAML: use the space bar's",
    [DATA_FLAW_NO_BLANK] = "a blank is missing behind the ':'",
    [DATA_FLAW_NO_DASH_BLANK] = "a blank is missing behind the '-'",
    [DATA_FLAW_WIDE_COLON] = "a wide colon means nothing to YAML: it wants ': '",
    [DATA_FLAW_BULLET] = "the items of a list start with '- '",
    [DATA_FLAW_OPEN_LIST] = "this list does not end: a ']' or a ',' is missing",
    [DATA_FLAW_OPEN_MAP] = "this map does not end: a '}' or a ',' is missing",
};

/* The first thing wrong is what is said. */
static void note(struct editor *editor, enum data_flaw flaw, char sign, size_t from, size_t to)
{
    struct data_correction *correction = editor->to;
    if (correction->flaw)
        return;
    correction->flaw = flaw;
    correction->from = from;
    correction->to = to;
    if (flaw == DATA_FLAW_SIGN)
        snprintf(correction->words, sizeof correction->words,
            "a text that starts with '%c' needs quotes", sign);
    else
        snprintf(correction->words, sizeof correction->words, "%s", words[flaw]);
}

static void copy(struct editor *editor, size_t from, size_t to)
{
    buffer_add(&editor->to->line, text_slice(editor->line, from, to));
}

static char byte_at(struct text text, size_t at)
{
    return at < text.length ? text.at[at] : 0;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static size_t skip_blanks(struct text line, size_t at)
{
    while (is_blank(byte_at(line, at)))
        at++;
    return at;
}

static size_t trim_end(struct text line, size_t from, size_t to)
{
    while (to > from && is_blank(line.at[to - 1]))
        to--;
    return to;
}

static bool is_name_byte(char byte)
{
    return byte == '_' || (byte >= 'a' && byte <= 'z');
}

static bool has(struct text text, const char *part)
{
    return text_find(text, text_of(part)) >= 0;
}

/* "# " behind a blank, or a lone "#" at the end: a comment, and meant as one. */
static bool is_comment(struct text line, size_t at)
{
    return byte_at(line, at) == '#' && (at == 0 || is_blank(line.at[at - 1])) &&
           (at + 1 >= line.length || is_blank(line.at[at + 1]));
}

/* ---- Texts in quotes ---------------------------------------------------------------------------------- */

/* Behind the quote that closes the one here; 0: none does. */
static size_t close_of(struct text line, size_t at, bool *is_code_wrong)
{
    char quote = line.at[at];
    for (size_t i = at + 1; i < line.length; i++) {
        if (quote == '"' && line.at[i] == '\\') {
            i++;
            *is_code_wrong |= i < line.length && !strchr("0abt\tnvfre \"/\\N_LPxuU", line.at[i]);
        } else if (line.at[i] == quote) {
            if (quote == '"' || byte_at(line, i + 1) != '\'')
                return i + 1;
            i++; /* '' is an apostrophe */
        }
    }
    return 0;
}

/* Whether a value may end here: at the line's end, a comment, and in brackets at what parts items. */
static bool ends_here(const struct editor *editor, size_t at)
{
    size_t next = skip_blanks(editor->line, at);
    char byte = byte_at(editor->line, next);
    return !byte || is_comment(editor->line, next) || (editor->depth && memchr(",]}", byte, 3));
}

/* "Stay With Me" by Chanyeol: a quote that closes a part of the text, not one inside the whole. */
static bool closes_a_part(struct text line, size_t close)
{
    unsigned char next = (unsigned char)byte_at(line, close);
    bool is_letter = next >= 0x80 || (next >= '0' && next <= '9') || is_name_byte((char)next) ||
                     (next >= 'A' && next <= 'Z');
    return close >= 2 && !is_blank(line.at[close - 2]) && next && !is_letter;
}

static size_t count_byte(struct text text, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += text.at[i] == byte;
    return count;
}

/* What the quotes were meant to be around; the whole text where they are a part of it. */
static struct text unquoted(struct text value)
{
    char quote = byte_at(value, 0);
    size_t count = count_byte(value, quote);
    if (quote == '"' && count == 1)
        return text_slice(value, 1, value.length);
    if (count < 2 || value.at[value.length - 1] != quote)
        return value;
    ptrdiff_t first = text_find_byte(text_slice(value, 1, value.length), quote);
    if (count % 2 == 0 && count > 2 && closes_a_part(value, (size_t)first + 2))
        return value;
    return text_slice(value, 1, value.length - 1);
}

/* In single quotes where the text has double ones, or else escaped. */
static void add_quoted(struct buffer *to, struct text value)
{
    bool is_hard = text_find_byte(value, '"') >= 0 || text_find_byte(value, '\\') >= 0;
    bool is_single = is_hard && text_find_byte(value, '\'') < 0;
    buffer_add_byte(to, is_single ? '\'' : '"');
    for (size_t i = 0; i < value.length; i++) {
        if (!is_single && (value.at[i] == '"' || value.at[i] == '\\'))
            buffer_add_byte(to, '\\');
        buffer_add_byte(to, value.at[i]);
    }
    buffer_add_byte(to, is_single ? '\'' : '"');
}

static size_t end_of_text(const struct editor *, size_t at);

/* Where a text ends that starts with a quote and was not closed as YAML wants it. */
static size_t end_of_broken(struct editor *editor, size_t at, size_t close)
{
    char quote = editor->line.at[at];
    bool *is_endless = &editor->is_endless[quote == '"'];
    if (!editor->depth || !close || *is_endless || closes_a_part(editor->line, close))
        return end_of_text(editor, at);
    for (size_t i = close; i < editor->line.length; i++)
        if (editor->line.at[i] == quote && ends_here(editor, i + 1))
            return i + 1;
    *is_endless = true;
    return end_of_text(editor, at);
}

static size_t fix_quoted(struct editor *editor, size_t at)
{
    struct text line = editor->line;
    bool is_code_wrong = false;
    size_t close = close_of(line, at, &is_code_wrong);
    if (close && !is_code_wrong && ends_here(editor, close)) {
        copy(editor, at, close);
        return close;
    }
    bool is_closed = is_code_wrong && ends_here(editor, close);
    size_t end = is_closed ? close : end_of_broken(editor, at, close);
    note(editor,
        is_code_wrong         ? DATA_FLAW_CODE
        : !close              ? DATA_FLAW_OPEN_QUOTE
        : line.at[at] == '\'' ? DATA_FLAW_APOSTROPHE
                              : DATA_FLAW_QUOTE,
        0, at, end);
    add_quoted(&editor->to->line, unquoted(text_slice(line, at, end)));
    return end;
}

/* ---- Texts without quotes -------------------------------------------------------------------------------- */

/* "|" and ">", with "+", "-" and a digit, begin a text on the lines below. */
static bool is_block_header(struct text value)
{
    size_t at = 1;
    while (at < value.length && memchr("+-123456789", value.at[at], 11))
        at++;
    return at == value.length && at <= 3;
}

static enum data_flaw flaw_of(const struct editor *editor, struct text value)
{
    char first = byte_at(value, 0), second = byte_at(value, 1);
    if (!first)
        return DATA_FLAW_NONE;
    if (memchr("*&@`%!,]}[{", first, 11) ||
        (memchr("-?:", first, 3) && (!second || is_blank(second))))
        return DATA_FLAW_SIGN;
    if (memchr("|>", first, 2) && (editor->depth || !is_block_header(value)))
        return DATA_FLAW_SIGN;
    ptrdiff_t hash = text_find(value, TEXT(" #")), colon = text_find(value, TEXT(": "));
    if (first == '#' || (hash >= 0 && (colon < 0 || hash < colon)))
        return DATA_FLAW_HASH;
    if (colon >= 0 || text_ends(value, ":"))
        return DATA_FLAW_COLON;
    if (editor->depth && (has(value, "[") || has(value, "{")))
        return DATA_FLAW_SIGN;
    return DATA_FLAW_NONE;
}

/* Where the text from here on ends: before a comment; in brackets before what parts items, too. */
static size_t end_of_text(const struct editor *editor, size_t at)
{
    struct text line = editor->line;
    size_t end = at, inner = 0;
    for (; end < line.length && !(end > at && is_comment(line, end)); end++) {
        char byte = line.at[end];
        if (editor->depth && !inner && memchr(",]}", byte, 3))
            break;
        inner += byte == '[' || byte == '{';
        inner -= inner && (byte == ']' || byte == '}');
    }
    return trim_end(line, at, end);
}

static size_t fix_text(struct editor *editor, size_t at, bool is_forced)
{
    struct text line = editor->line;
    size_t end = end_of_text(editor, at);
    struct text value = text_slice(line, at, end);
    enum data_flaw flaw = flaw_of(editor, value);
    if (!flaw && !is_forced) {
        copy(editor, at, end);
        return end;
    }
    note(editor, flaw ? flaw : DATA_FLAW_SIGN, byte_at(value, 0), at, end);
    add_quoted(&editor->to->line, value);
    return end;
}

/* ---- Lists and maps in brackets --------------------------------------------------------------------------- */

static size_t fix_value(struct editor *, size_t at);

/* Behind "key:"; `at` where no key stands. Words that are not a field's name are more likely a text. */
static size_t skip_flow_key(const struct editor *editor, size_t at)
{
    struct text line = editor->line;
    bool is_map = editor->depth && editor->closers[editor->depth - 1] == '}', ignored;
    size_t end = at;
    if (editor->wanted->text_at == at)
        return at;
    if (is_map && byte_at(line, at) == '"')
        end = close_of(line, at, &ignored);
    else
        while (end < line.length &&
               (is_name_byte(line.at[end]) || (is_map && !memchr(":,]}[{", line.at[end], 6))))
            end++;
    if (end <= at || byte_at(line, end) != ':' || !is_blank(byte_at(line, end + 1)))
        return at;
    return end + 1;
}

static size_t fix_item(struct editor *editor, size_t at)
{
    size_t key = skip_flow_key(editor, at), value = skip_blanks(editor->line, key);
    copy(editor, at, value);
    return value < editor->line.length ? fix_value(editor, value) : value;
}

static void close_brackets(struct editor *editor, size_t at)
{
    if (!editor->wanted->is_to_be_closed || !editor->depth)
        return;
    note(editor,
        editor->closers[editor->depth - 1] == ']' ? DATA_FLAW_OPEN_LIST : DATA_FLAW_OPEN_MAP, 0,
        editor->to->bracket, at);
    struct buffer *line = &editor->to->line;
    line->length = trim_end(buffer_text(line), 0, line->length);
    while (editor->depth)
        buffer_add_byte(line, editor->closers[--editor->depth]);
    if (at < editor->line.length)
        buffer_add_byte(line, ' ');
}

/* Up to the bracket that closes them all, or the end of the line. */
static size_t fix_items(struct editor *editor, size_t at)
{
    struct text line = editor->line;
    size_t least = editor->depth;
    while (at < line.length) {
        char byte = line.at[at];
        if (is_comment(line, at))
            break;
        if (is_blank(byte) || byte == ',') {
            copy(editor, at, at + 1);
            at++;
        } else if (byte == ']' || byte == '}') {
            copy(editor, at, at + 1);
            at++;
            if (editor->depth-- <= least)
                return at;
        } else {
            size_t next = fix_item(editor, at);
            at = next > at ? next : line.length;
        }
    }
    close_brackets(editor, at);
    return at;
}

/* `[a, b] #c`: all that is lost is a comment more likely. */
static size_t fix_comment(struct editor *editor, size_t at, size_t sign)
{
    note(editor, DATA_FLAW_NO_COMMENT, 0, sign, editor->line.length);
    copy(editor, at, sign + 1);
    buffer_add_byte(&editor->to->line, ' ');
    return sign + 1;
}

/* False, with nothing done, for brackets that belong to a text: `[MV] Crush - Beautiful`. */
static bool fix_flow(struct editor *editor, size_t *at)
{
    struct data_correction before = *editor->to;
    size_t depth = editor->depth;
    if (depth == BASE_COUNT(editor->closers))
        return false;
    if (!depth)
        editor->to->bracket = *at;
    editor->closers[editor->depth++] = editor->line.at[*at] == '[' ? ']' : '}';
    copy(editor, *at, *at + 1);
    size_t end = fix_items(editor, *at + 1), sign = skip_blanks(editor->line, end);
    bool is_cut = !depth && sign > end && byte_at(editor->line, sign) == '#';
    if (editor->depth > depth || ends_here(editor, end)) {
        *at = end;
    } else if (is_cut) {
        *at = fix_comment(editor, end, sign);
    } else {
        struct buffer line = editor->to->line;
        line.length = before.line.length;
        *editor->to = before;
        editor->to->line = line;
        editor->depth = depth;
        return false;
    }
    return true;
}

static size_t fix_value(struct editor *editor, size_t at)
{
    char first = editor->line.at[at];
    if (editor->wanted->text_at == at)
        return fix_text(editor, at, true);
    if (first == '"' || first == '\'')
        return fix_quoted(editor, at);
    if ((first == '[' || first == '{') && fix_flow(editor, &at))
        return at;
    return fix_text(editor, at, false);
}

/* ---- A whole line ------------------------------------------------------------------------------------------- */

/* The blanks that word processors and other keyboards have: how many bytes, and how wide. */
static size_t odd_blank(struct text line, size_t at, unsigned *width)
{
    static const struct {
        const char *bytes;
        unsigned width;
    } blanks[] = {{"\xC2\xA0", 1}, {"\xE3\x80\x80", 2}, {"\xE2\x80\x8B", 0}, {"\xEF\xBB\xBF", 0},
        {"\xE2\x80\xAF", 1}};
    for (size_t i = 0; i < BASE_COUNT(blanks); i++)
        if (text_starts(text_slice(line, at, line.length), blanks[i].bytes)) {
            *width = blanks[i].width;
            return strlen(blanks[i].bytes);
        }
    return 0;
}

static void add_blanks(struct editor *editor, unsigned count)
{
    while (count-- > 0)
        buffer_add_byte(&editor->to->line, ' ');
}

static size_t fix_indent(struct editor *editor)
{
    struct text line = editor->line;
    unsigned width;
    for (size_t at = 0;;) {
        size_t odd = odd_blank(line, at, &width);
        if (byte_at(line, at) == ' ') {
            copy(editor, at, at + 1);
            at++;
        } else if (byte_at(line, at) == '\t') {
            note(editor, DATA_FLAW_TAB, 0, 0, 1);
            add_blanks(editor, editor->wanted->tab_width);
            at++;
        } else if (odd) {
            note(editor, DATA_FLAW_BLANK, 0, at, at + odd);
            add_blanks(editor, width);
            at += odd;
        } else {
            return at;
        }
    }
}

/* "- ", any number of them, and what people write for it. */
static size_t fix_dashes(struct editor *editor, size_t at)
{
    struct text line = editor->line;
    for (;;) {
        char next = byte_at(line, at + 1);
        size_t bullet = text_starts(text_slice(line, at, line.length), "\xE2\x80\xA2 ") ? 3
                        : byte_at(line, at) == '*' && next == ' '                       ? 1
                                                                                        : 0;
        if (byte_at(line, at) == '-' && is_blank(next)) {
            size_t end = skip_blanks(line, at + 1);
            copy(editor, at, end);
            at = end;
        } else if (editor->wanted->is_list && byte_at(line, at) == '-' && next && next != '-') {
            note(editor, DATA_FLAW_NO_DASH_BLANK, 0, at, at + 1);
            buffer_add_string(&editor->to->line, "- ");
            at++;
        } else if (bullet) {
            note(editor, DATA_FLAW_BULLET, 0, at, at + bullet);
            buffer_add_string(&editor->to->line, "- ");
            at = skip_blanks(line, at + bullet);
        } else {
            return at;
        }
    }
}

/* `title:Goblin`, and `title：Goblin` from a keyboard that writes Hangul. */
static size_t fix_broken_key(struct editor *editor, size_t at)
{
    struct text line = editor->line;
    size_t end = at;
    unsigned width;
    while (is_name_byte(byte_at(line, end)))
        end++;
    bool is_wide =
        text_starts(text_slice(line, skip_blanks(line, end), line.length), "\xEF\xBC\x9A");
    char next = byte_at(line, end + 1);
    if (end == at || (!is_wide && (byte_at(line, end) != ':' || !next || next == '/')))
        return at;
    note(editor, is_wide ? DATA_FLAW_WIDE_COLON : DATA_FLAW_NO_BLANK, 0, at,
        is_wide ? skip_blanks(line, end) + 3 : end + 1);
    copy(editor, at, end);
    buffer_add_string(&editor->to->line, ": ");
    end = is_wide ? skip_blanks(line, end) + 3 : end + 1;
    for (size_t odd; (odd = odd_blank(line, end, &width)) || is_blank(byte_at(line, end));)
        end += odd ? odd : 1;
    return end;
}

/* Behind "key: ". In a list's item `Guardian: The Lonely` is a text more likely. */
static size_t fix_key(struct editor *editor, size_t at, bool is_item)
{
    struct text line = editor->line;
    size_t end = at;
    bool ignored;
    if (editor->wanted->text_at == at)
        return at;
    if (byte_at(line, at) == '"')
        end = close_of(line, at, &ignored);
    while (
        end < line.length && (is_name_byte(line.at[end]) ||
                                 (!is_item && !memchr(" \t\"'[]{},:#&*!|>%@`", line.at[end], 19))))
        end++;
    if (end <= at || byte_at(line, end) != ':' ||
        (end + 1 < line.length && !is_blank(line.at[end + 1])))
        return fix_broken_key(editor, at);
    end = skip_blanks(line, end + 1);
    copy(editor, at, end);
    return end;
}

/* A line of a list that began on one above. */
static size_t fix_inner_line(struct editor *editor, size_t at)
{
    editor->closers[0] = ']';
    while (at < editor->line.length && !is_comment(editor->line, at)) {
        editor->depth = 1;
        at = fix_items(editor, at);
    }
    return at;
}

static size_t fix_outer_line(struct editor *editor, size_t indent)
{
    struct text line = editor->line;
    size_t item = fix_dashes(editor, indent), value = fix_key(editor, item, item > indent);
    editor->to->is_item = value == item && item > indent && byte_at(line, value) != '{';
    editor->to->is_rest = value == item && item == indent;
    bool is_bare = editor->to->is_rest && !indent && !memchr("*&@`%!|>", byte_at(line, value), 8);
    if (value == line.length || is_comment(line, value) || is_bare)
        return value;
    return fix_value(editor, value);
}

void data_correct(struct text line, const struct data_wanted *wanted, struct data_correction *to)
{
    struct editor editor = {.line = line, .wanted = wanted, .to = to};
    struct buffer room = to->line;
    *to = (struct data_correction){.line = room};
    buffer_clear(&to->line);
    editor.line.length = trim_end(line, 0, line.length);
    size_t at = fix_indent(&editor);
    at = wanted->is_in_brackets ? fix_inner_line(&editor, at) : fix_outer_line(&editor, at);
    copy(&editor, at, editor.line.length);
    to->line.length = trim_end(buffer_text(&to->line), 0, to->line.length);
}
