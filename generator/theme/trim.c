/*
 * Stylesheets and scripts without what only their authors read: comments, and white space that means nothing.
 *
 *     .bar, p {           becomes     .bar,p{color:red}
 *       color: red;
 *     }
 *
 * What is left means the same to a browser: the tokens are those of CSS Syntax Module Level 3, section 4. White
 * space is kept, as one blank, wherever it may tell two tokens or a descendant from one.
 */
#include "theme/theme_inside.h"

#include <ctype.h>
#include <strings.h>

struct trimming {
    struct buffer out;
    struct text rest; /* what has not been looked at */
    bool is_escaped;  /* the last token is an escape: what its last byte looks like says nothing */
};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

static bool is_one_of(char byte, const char *set)
{
    return byte && strchr(set, byte);
}

static void take(struct trimming *trimming, size_t length)
{
    struct text *rest = &trimming->rest;
    buffer_add(&trimming->out, text_slice(*rest, 0, length));
    *rest = text_slice(*rest, length, rest->length);
}

/* A string with its quotes; one that is not closed ends with its line. */
static size_t string_length(struct text text)
{
    size_t at = 1;
    for (; at < text.length && text.at[at] != text.at[0] && text.at[at] != '\n'; at++)
        if (text.at[at] == '\\')
            at++;
    return at < text.length ? at + 1 : text.length;
}

/* An address without quotes, in which a slash and a star begin no comment. */
static size_t url_length(struct text text)
{
    size_t at = strlen("url(");
    while (at < text.length && is_blank(text.at[at]))
        at++;
    if (at == text.length || text.at[at] == '"' || text.at[at] == '\'')
        return at;
    for (; at < text.length && text.at[at] != ')'; at++)
        if (text.at[at] == '\\')
            at++;
    return at < text.length ? at + 1 : text.length;
}

/* "\\2c ": up to six hexadecimal digits, and the blank that ends them; or any other character. */
static size_t escape_length(struct text text)
{
    enum { digits_most = 6 };
    size_t at = 1;
    while (at < text.length && at <= digits_most && isxdigit((unsigned char)text.at[at]))
        at++;
    if (at == 1)
        return text.length < 2 ? 1 : 2;
    return at < text.length && is_blank(text.at[at]) ? at + 1 : at;
}

/* Its length, or 0 where none begins: what is not closed goes to the end. */
static size_t comment_length(struct text text)
{
    if (!text_starts(text, "/*"))
        return 0;
    ptrdiff_t end = text_find(text_slice(text, 2, text.length), TEXT("*/"));
    return end < 0 ? text.length : (size_t)end + 4;
}

/* Licences are asked to be left where they are. */
static bool is_licence(struct text text)
{
    return text_starts(text, "/*!");
}

/* Cuts off blanks and comments. Whether there was a blank. */
static bool skip(struct text *rest)
{
    bool has_blank = false;
    while (rest->length) {
        size_t comment = is_licence(*rest) ? 0 : comment_length(*rest);
        bool is_space = is_blank(rest->at[0]);
        if (!comment && !is_space)
            break;
        has_blank |= is_space;
        *rest = text_slice(*rest, comment ? comment : 1, rest->length);
    }
    return has_blank;
}

static bool separates(const struct trimming *trimming)
{
    const struct buffer *out = &trimming->out;
    char before = trimming->is_escaped ? 'a' : out->length ? out->at[out->length - 1] : '\0';
    char after = trimming->rest.length ? trimming->rest.at[0] : '\0';
    if (!before || !after || is_one_of(before, "{};,>~") || is_one_of(after, "{},"))
        return false;
    /* "-->" and a slash before a star are other tokens. */
    if ((is_one_of(after, ">~/") && before != '-') || (before == '/' && after != '*'))
        return false;
    /* "--nothing: ;" has a value, which is a blank. */
    if (after == ';')
        return before == ':';
    return before != ':';
}

/* What stood between two tokens, as little as tells them apart. */
static void take_gap(struct trimming *trimming)
{
    size_t before = trimming->rest.length;
    if (skip(&trimming->rest)) {
        if (separates(trimming))
            buffer_add_byte(&trimming->out, ' ');
    } else if (trimming->rest.length < before && trimming->rest.length && trimming->out.length)
        buffer_add_string(&trimming->out, "/**/"); /* "a", a comment, "b" are two words */
}

static bool begins_url(const struct trimming *trimming)
{
    return trimming->rest.length >= 4 && strncasecmp(trimming->rest.at, "url(", 4) == 0;
}

static void take_token(struct trimming *trimming)
{
    struct text rest = trimming->rest;
    bool was_escaped = trimming->is_escaped;
    trimming->is_escaped = rest.at[0] == '\\';
    if (rest.at[0] == '"' || rest.at[0] == '\'')
        take(trimming, string_length(rest));
    else if (begins_url(trimming))
        take(trimming, url_length(rest));
    else if (rest.at[0] == '\\')
        take(trimming, escape_length(rest));
    else if (is_licence(rest))
        take(trimming, comment_length(rest));
    else {
        if (rest.at[0] == '}' && !was_escaped && text_ends(buffer_text(&trimming->out), ";"))
            trimming->out.length--;
        take(trimming, 1);
    }
}

struct text theme_trim_css(struct arena *arena, struct text css)
{
    struct trimming trimming = {.rest = css};
    buffer_init(&trimming.out);
    for (;;) {
        take_gap(&trimming);
        if (!trimming.rest.length)
            break;
        take_token(&trimming);
    }
    struct text trimmed = arena_text(arena, buffer_text(&trimming.out));
    buffer_release(&trimming.out);
    return trimmed;
}

/* ---- Scripts ------------------------------------------------------------------------------------------------- */

/* Whether no text between backticks goes on behind the line: there are none, or two of which the second closes the
 * first. Anything else is left to those who know the language. */
static bool ends_its_templates(struct text line)
{
    ptrdiff_t first = text_find_byte(line, '`');
    if (first < 0)
        return true;
    struct text rest = text_slice(line, (size_t)first + 1, line.length);
    ptrdiff_t second = text_find_byte(rest, '`');
    if (second < 0)
        return false;
    struct text inside = text_slice(rest, 0, (size_t)second);
    int open = 0;
    for (size_t i = 0; i < inside.length; i++)
        open += (inside.at[i] == '{') - (inside.at[i] == '}');
    return open == 0 && text_find_byte(text_slice(rest, (size_t)second + 1, rest.length), '`') < 0;
}

/* Where a line ends, no text may be open: then what a line begins with is not part of one. */
static bool is_told_by_lines(struct text script)
{
    struct text line;
    while (text_line(&script, &line))
        if (!ends_its_templates(line) || text_ends(line, "\\"))
            return false;
    return true;
}

/* What stands between quotes or backticks, from the one at the beginning; a template may hold strings. */
static size_t quoted_length(struct text text)
{
    if (text.at[0] != '`')
        return string_length(text);
    struct text behind = text_slice(text, 1, text.length);
    ptrdiff_t end = text_find_byte(behind, '`');
    return end < 0 ? text.length : (size_t)end + 2;
}

/* A line, without the blanks beside signs that are no part of another sign with or without them: neither of "a + +b"
 * nor of "a < !--b". A line with a slash outside of its strings is left as it is: there a regular expression or a
 * comment may stand. */
static void add_line(struct buffer *out, struct text line)
{
    static const char signs[] = "{}()[];,:?=&|>*";
    size_t from = out->length;
    struct text rest = line;
    while (rest.length && rest.at[0] != '/') {
        size_t length = is_one_of(rest.at[0], "\"'`") ? quoted_length(rest) : 1;
        char before = out->length > from ? out->at[out->length - 1] : '\0';
        bool is_idle =
            rest.at[0] == ' ' && (is_one_of(before, signs) || is_one_of(rest.at[1], signs));
        if (!is_idle)
            buffer_add(out, text_slice(rest, 0, length));
        rest = text_slice(rest, length, rest.length);
    }
    if (rest.length) {
        out->length = from;
        buffer_add(out, line);
    }
    buffer_add_byte(out, '\n');
}

struct text theme_trim_js(struct arena *arena, struct text script)
{
    struct buffer out;
    struct text line, rest = script;
    if (!is_told_by_lines(script))
        return script;
    buffer_init(&out);
    while (text_line(&rest, &line)) {
        line = text_trim(line);
        if (!line.length || text_starts(line, "//"))
            continue;
        add_line(&out, line);
    }
    struct text trimmed = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    return trimmed;
}
