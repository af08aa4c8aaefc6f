/*
 * From a template's source to tokens.
 *
 *     template  = { data | comment | raw | "{{" tag "}}" | "{%" tag "%}" }
 *     comment   = "{#" anything "#}"
 *     raw       = "{%" "raw" "%}" anything "{%" "endraw" "%}"
 *     tag       = { number | string | name | operator }
 *
 * A '-' inside a delimiter drops the white space beside it, a '+' keeps what trim_blocks and
 * lstrip_blocks would drop. Inside brackets "}}" and "%}" do not end a tag.
 */
#include <errno.h>
#include <stdlib.h>

#include "template/template_parse_inside.h"
#include "unicode/unicode.h"

enum { MOST_OPEN = TEMPLATE_MOST_NESTING };

struct opened {
    char closes; /* the bracket that is waited for */
    uint32_t line, column;
};

struct lexer {
    struct template_compiler *compiler;
    const struct template_options *options;
    struct arena *arena;
    struct template_tokens *tokens;
    struct text source;
    size_t at;
    uint32_t line, column;
    struct opened open[MOST_OPEN];
    size_t open_count;
};

/* ---- Moving through the source ------------------------------------------------------------------- */

static char byte_at(const struct lexer *lexer, size_t at)
{
    return at < lexer->source.length ? lexer->source.at[at] : '\0';
}

static bool looking_at(const struct lexer *lexer, size_t at, const char *string)
{
    return text_starts(text_slice(lexer->source, at, lexer->source.length), string);
}

static void go_to(struct lexer *lexer, size_t to)
{
    for (; lexer->at < to; lexer->at++) {
        unsigned char byte = (unsigned char)lexer->source.at[lexer->at];
        if (byte == '\n') {
            lexer->line++;
            lexer->column = 1;
        } else if ((byte & 0xC0) != 0x80) {
            lexer->column++;
        }
    }
}

static size_t skip_space(const struct lexer *lexer, size_t at)
{
    while (at < lexer->source.length) {
        size_t next = at;
        if (!template_is_space(text_next_point(lexer->source, &next)))
            break;
        at = next;
    }
    return at;
}

static size_t find(const struct lexer *lexer, size_t from, const char *needle)
{
    ptrdiff_t found =
        text_find(text_slice(lexer->source, from, lexer->source.length), text_of(needle));
    return found < 0 ? lexer->source.length : from + (size_t)found;
}

/* Adds a token for the source from here to `to`, and goes there. */
static struct template_token *emit(struct lexer *lexer, enum template_token_kind kind, size_t to)
{
    struct template_token *token = list_add(&lexer->tokens->at, &lexer->tokens->count,
        &lexer->tokens->capacity, lexer->arena, sizeof *token);
    struct text text = text_slice(lexer->source, lexer->at, to);
    size_t points = text_count_points(text);
    *token = (struct template_token){.kind = kind,
        .line = lexer->line,
        .column = lexer->column,
        .points = points ? (uint32_t)points : 1,
        .text = text};
    go_to(lexer, to);
    return token;
}

/* ---- Data: the text between tags ------------------------------------------------------------------- */

static struct text strip_right(struct text text)
{
    return template_strip(text, NULL, false, true);
}

/* Without the blanks between the start of the last line and the tag, if there is nothing else. */
static struct text strip_line_start(const struct lexer *lexer, struct text data)
{
    size_t start = data.length;
    while (start > 0 && data.at[start - 1] != '\n')
        start--;
    bool starts_line = start > 0 || lexer->at == 0 || byte_at(lexer, lexer->at - 1) == '\n';
    struct text blanks = text_slice(data, start, data.length);
    if (starts_line && strip_right(blanks).length == 0)
        return text_slice(data, 0, start);
    return data;
}

/* The data up to the delimiter at `end`, stripped as the delimiter's sign and the options say. */
static void emit_data(struct lexer *lexer, size_t end, char sign, bool is_variable)
{
    struct text data = text_slice(lexer->source, lexer->at, end);
    if (sign == '-')
        data = strip_right(data);
    else if (sign != '+' && lexer->options->lstrip_blocks && !is_variable)
        data = strip_line_start(lexer, data);
    if (data.length > 0)
        emit(lexer, TOKEN_DATA, lexer->at + data.length);
    go_to(lexer, end);
}

/* Steps over the end of a block, comment or raw tag; `at` is at its sign or its first byte. */
static size_t after_end(const struct lexer *lexer, size_t at, bool may_trim)
{
    char sign = byte_at(lexer, at);
    if (sign == '-')
        return skip_space(lexer, at + 3);
    if (sign == '+')
        return at + 3;
    if (may_trim && lexer->options->trim_blocks && byte_at(lexer, at + 2) == '\n')
        return at + 3;
    return at + 2;
}

static bool is_sign(char byte)
{
    return byte == '-' || byte == '+';
}

/* {%[-+] word [-+]%}: the position of the closing sign or delimiter, or 0. */
static size_t match_word_tag(const struct lexer *lexer, size_t at, const char *word, char *sign)
{
    at += 2;
    *sign = is_sign(byte_at(lexer, at)) ? byte_at(lexer, at) : '\0';
    at = skip_space(lexer, *sign ? at + 1 : at);
    if (!looking_at(lexer, at, word))
        return 0;
    at = skip_space(lexer, at + strlen(word));
    size_t end = is_sign(byte_at(lexer, at)) ? at + 1 : at;
    return looking_at(lexer, end, "%}") ? at : 0;
}

static void lex_raw(struct lexer *lexer, size_t begin_end)
{
    uint32_t line = lexer->line, column = lexer->column;
    go_to(lexer, after_end(lexer, begin_end, false));
    for (size_t at = find(lexer, lexer->at, "{%"); at < lexer->source.length;
         at = find(lexer, at + 2, "{%")) {
        char sign;
        size_t end = match_word_tag(lexer, at, "endraw", &sign);
        if (!end)
            continue;
        emit_data(lexer, at, sign, false);
        go_to(lexer, after_end(lexer, end, true));
        return;
    }
    template_wrong_at(lexer->compiler, line, column, 2, "'raw' is never closed by 'endraw'");
    go_to(lexer, lexer->source.length);
}

static void lex_comment(struct lexer *lexer)
{
    uint32_t line = lexer->line, column = lexer->column;
    size_t from = lexer->at + (is_sign(byte_at(lexer, lexer->at + 2)) ? 3 : 2);
    size_t end = find(lexer, from, "#}");
    if (end == lexer->source.length) {
        template_wrong_at(lexer->compiler, line, column, 2, "comment is never closed by '#}'");
        go_to(lexer, end);
        return;
    }
    if (end > from && is_sign(lexer->source.at[end - 1]))
        end--;
    go_to(lexer, after_end(lexer, end, true));
}

/* ---- Literals ---------------------------------------------------------------------------------------- */

static bool is_digit_of(char byte, int base)
{
    if (base == 16)
        return (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'f');
    return byte >= '0' && byte < '0' + base;
}

/* Digits with single '_' between them; returns where they end. */
static size_t match_digits(const struct lexer *lexer, size_t at, int base)
{
    while (is_digit_of(byte_at(lexer, at), base) ||
           (byte_at(lexer, at) == '_' && is_digit_of(byte_at(lexer, at + 1), base)))
        at++;
    return at;
}

/* [eE] [+-]? digits */
static size_t match_exponent(const struct lexer *lexer, size_t at)
{
    if ((byte_at(lexer, at) | 32) != 'e')
        return at;
    size_t digits = at + (is_sign(byte_at(lexer, at + 1)) ? 2 : 1);
    return is_digit_of(byte_at(lexer, digits), 10) ? match_digits(lexer, digits, 10) : at;
}

static int base_of_prefix(const struct lexer *lexer)
{
    static const struct {
        char letter;
        int base;
    } prefixes[] = {{'b', 2}, {'o', 8}, {'x', 16}};
    if (byte_at(lexer, lexer->at) != '0')
        return 10;
    for (size_t i = 0; i < BASE_COUNT(prefixes); i++)
        if ((byte_at(lexer, lexer->at + 1) | 32) == prefixes[i].letter)
            return prefixes[i].base;
    return 10;
}

/* The token's text without '_', for strtoll and strtod. */
static const char *plain_digits(struct lexer *lexer, struct text text)
{
    char *plain = arena_alloc(lexer->arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] != '_')
            plain[length++] = text.at[i];
    return plain;
}

static void lex_integer(struct lexer *lexer, size_t end, int base)
{
    struct template_token *token = emit(lexer, TOKEN_INTEGER, end);
    const char *digits = plain_digits(lexer, token->text);
    errno = 0;
    token->value = data_integer(strtoll(base == 10 ? digits : digits + 2, NULL, base));
    if (errno == ERANGE)
        template_wrong_at(lexer->compiler, token->line, token->column, token->points,
            "number %.*s does not fit in 64 bits", TEXT_ARGS(token->text));
}

static void lex_number(struct lexer *lexer)
{
    int base = base_of_prefix(lexer);
    if (base != 10 && is_digit_of(byte_at(lexer, lexer->at + 2), base)) {
        lex_integer(lexer, match_digits(lexer, lexer->at + 2, base), base);
        return;
    }
    size_t whole = match_digits(lexer, lexer->at, 10);
    size_t end = whole;
    bool is_after_dot = lexer->at > 0 && byte_at(lexer, lexer->at - 1) == '.';
    if (!is_after_dot && byte_at(lexer, end) == '.' && is_digit_of(byte_at(lexer, end + 1), 10))
        end = match_digits(lexer, end + 1, 10);
    if (!is_after_dot)
        end = match_exponent(lexer, end);
    if (end == whole) {
        lex_integer(lexer, end, 10);
        return;
    }
    struct template_token *token = emit(lexer, TOKEN_FLOAT, end);
    token->value = data_float(strtod(plain_digits(lexer, token->text), NULL));
}

/* \xHH, \uHHHH, \UHHHHHHHH: the code point; false when the digits are not there. */
static bool read_hex(struct text text, size_t *at, size_t digits, uint32_t *point)
{
    *point = 0;
    if (*at + digits > text.length)
        return false;
    for (size_t i = 0; i < digits; i++) {
        char byte = text.at[*at + i];
        if (!is_digit_of(byte, 16))
            return false;
        *point = *point * 16 + (uint32_t)(byte <= '9' ? byte - '0' : (byte | 32) - 'a' + 10);
    }
    *at += digits;
    return true;
}

/* \o, \oo, \ooo */
static uint32_t read_octal(struct text text, size_t *at)
{
    uint32_t point = 0;
    for (int i = 0; i < 3 && *at < text.length && is_digit_of(text.at[*at], 8); i++)
        point = point * 8 + (uint32_t)(text.at[(*at)++] - '0');
    return point;
}

/* What follows a backslash, at *at; Python's escapes. An unknown one stays as it is. */
static void unescape(struct buffer *out, struct text text, size_t *at)
{
    static const char letters[] = "\\'\"abfnrtv", means[] = "\\'\"\a\b\f\n\r\t\v";
    char byte = text.at[*at];
    const char *known = strchr(letters, byte);
    uint32_t point;
    size_t digits = byte == 'x' ? 2 : byte == 'u' ? 4 : byte == 'U' ? 8 : 0;
    size_t hex = *at + 1;
    if (byte == '\n') {
        ++*at;
    } else if (known && byte) {
        buffer_add_byte(out, means[known - letters]);
        ++*at;
    } else if (is_digit_of(byte, 8)) {
        buffer_add_point(out, read_octal(text, at));
    } else if (digits && read_hex(text, &hex, digits, &point) && point <= 0x10FFFF) {
        buffer_add_point(out, point);
        *at = hex;
    } else {
        buffer_add_byte(out, '\\');
    }
}

static struct text string_meaning(struct lexer *lexer, struct text inside)
{
    if (text_find_byte(inside, '\\') < 0)
        return inside;
    struct buffer buffer;
    buffer_init(&buffer);
    for (size_t at = 0; at < inside.length;) {
        char byte = inside.at[at++];
        if (byte == '\\' && at < inside.length)
            unescape(&buffer, inside, &at);
        else
            buffer_add_byte(&buffer, byte);
    }
    struct text meaning = arena_text(lexer->arena, buffer_text(&buffer));
    buffer_release(&buffer);
    return meaning;
}

/* Steps from the quote behind the closing one; 0 when there is none. */
static size_t match_string(const struct lexer *lexer)
{
    char quote = byte_at(lexer, lexer->at);
    for (size_t at = lexer->at + 1; at < lexer->source.length; at++) {
        if (lexer->source.at[at] == '\\')
            at++;
        else if (lexer->source.at[at] == quote)
            return at + 1;
    }
    return 0;
}

/* ---- Inside a tag --------------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    enum template_token_kind kind;
} operators[] = {
    /* longer ones first */
    {"//", TOKEN_FLOOR},
    {"**", TOKEN_POW},
    {"==", TOKEN_EQUAL},
    {"!=", TOKEN_UNEQUAL},
    {"<=", TOKEN_LESS_EQUAL},
    {">=", TOKEN_GREATER_EQUAL},
    {"+", TOKEN_ADD},
    {"-", TOKEN_SUB},
    {"*", TOKEN_MUL},
    {"/", TOKEN_DIV},
    {"%", TOKEN_MOD},
    {"~", TOKEN_TILDE},
    {"<", TOKEN_LESS},
    {">", TOKEN_GREATER},
    {"=", TOKEN_ASSIGN},
    {".", TOKEN_DOT},
    {",", TOKEN_COMMA},
    {":", TOKEN_COLON},
    {";", TOKEN_SEMICOLON},
    {"|", TOKEN_PIPE},
    {"(", TOKEN_OPEN_PAREN},
    {")", TOKEN_CLOSE_PAREN},
    {"[", TOKEN_OPEN_BRACKET},
    {"]", TOKEN_CLOSE_BRACKET},
    {"{", TOKEN_OPEN_BRACE},
    {"}", TOKEN_CLOSE_BRACE},
};

static const char *end_of(bool is_variable)
{
    return is_variable ? "}}" : "%}";
}

/* After an error inside a tag: on to its end. */
static void skip_tag(struct lexer *lexer, bool is_variable)
{
    emit(lexer, TOKEN_WRONG, lexer->at);
    go_to(lexer, find(lexer, lexer->at, end_of(is_variable)));
    lexer->open_count = 0;
}

static bool wrong_bracket(struct lexer *lexer, char byte)
{
    const struct opened *open = lexer->open_count > 0 ? &lexer->open[lexer->open_count - 1] : NULL;
    if (open)
        template_wrong_at(lexer->compiler, lexer->line, lexer->column, 1,
            "'%c' where '%c' was expected, for the bracket at line %u, column %u", byte,
            open->closes, open->line, open->column);
    else
        template_wrong_at(
            lexer->compiler, lexer->line, lexer->column, 1, "'%c' closes nothing", byte);
    return false;
}

/* Keeps the stack of open brackets; false on an error. */
static bool note_bracket(struct lexer *lexer, char byte)
{
    static const char opening[] = "([{", closing[] = ")]}";
    const char *opens = strchr(opening, byte), *closes = strchr(closing, byte);
    if (opens) {
        if (lexer->open_count == MOST_OPEN) {
            template_wrong_at(lexer->compiler, lexer->line, lexer->column, 1,
                "brackets nest deeper than %d", MOST_OPEN);
            return false;
        }
        lexer->open[lexer->open_count++] =
            (struct opened){closing[opens - opening], lexer->line, lexer->column};
    } else if (closes) {
        if (lexer->open_count == 0 || lexer->open[lexer->open_count - 1].closes != byte)
            return wrong_bracket(lexer, byte);
        lexer->open_count--;
    }
    return true;
}

static bool lex_operator(struct lexer *lexer)
{
    for (size_t i = 0; i < BASE_COUNT(operators); i++) {
        if (!looking_at(lexer, lexer->at, operators[i].text))
            continue;
        if (!operators[i].text[1] && !note_bracket(lexer, operators[i].text[0]))
            return false;
        emit(lexer, operators[i].kind, lexer->at + strlen(operators[i].text));
        return true;
    }
    size_t next = lexer->at;
    text_next_point(lexer->source, &next);
    template_wrong_at(lexer->compiler, lexer->line, lexer->column, 1, "unexpected character '%.*s'",
        TEXT_ARGS(text_slice(lexer->source, lexer->at, next)));
    return false;
}

static bool lex_string(struct lexer *lexer)
{
    size_t end = match_string(lexer);
    if (!end) {
        template_wrong_at(
            lexer->compiler, lexer->line, lexer->column, 1, "text without a closing quote");
        return false;
    }
    struct template_token *token = emit(lexer, TOKEN_STRING, end);
    token->text = string_meaning(lexer, text_slice(token->text, 1, token->text.length - 1));
    return true;
}

static size_t match_name(const struct lexer *lexer)
{
    size_t at = lexer->at;
    while (at < lexer->source.length) {
        size_t next = at;
        if (!template_is_word(text_next_point(lexer->source, &next)))
            break;
        at = next;
    }
    return at;
}

/* One token inside a tag; false on an error, which was reported. */
static bool lex_token(struct lexer *lexer)
{
    char byte = byte_at(lexer, lexer->at);
    if (is_digit_of(byte, 10)) {
        lex_number(lexer);
        return true;
    }
    if (byte == '"' || byte == '\'')
        return lex_string(lexer);
    size_t end = match_name(lexer);
    if (end > lexer->at) {
        emit(lexer, TOKEN_NAME, end);
        return true;
    }
    return lex_operator(lexer);
}

/* At the tag's end (perhaps with a sign): its length, else 0. */
static size_t at_tag_end(const struct lexer *lexer, bool is_variable)
{
    if (looking_at(lexer, lexer->at, end_of(is_variable)))
        return 2;
    char sign = byte_at(lexer, lexer->at);
    bool may_sign = sign == '-' || (sign == '+' && !is_variable);
    return may_sign && looking_at(lexer, lexer->at + 1, end_of(is_variable)) ? 3 : 0;
}

/* "%}" never stands inside brackets, and "}}" only closes two maps there. */
static bool is_bracket_forgotten(const struct lexer *lexer, bool is_variable)
{
    if (lexer->open_count == 0 || !looking_at(lexer, lexer->at, end_of(is_variable)))
        return false;
    return !is_variable || lexer->open[lexer->open_count - 1].closes != '}';
}

static void lex_tag(struct lexer *lexer, bool is_variable)
{
    size_t first = lexer->tokens->count;
    struct template_token begin = lexer->tokens->at[first - 1];
    lexer->open_count = 0;
    for (;;) {
        go_to(lexer, skip_space(lexer, lexer->at));
        if (lexer->at == lexer->source.length) {
            template_wrong_at(lexer->compiler, begin.line, begin.column, 2,
                "tag is never closed by '%s'", end_of(is_variable));
            lexer->tokens->count = first; /* what follows was not meant for the tag */
            skip_tag(lexer, is_variable);
            emit(lexer, is_variable ? TOKEN_VARIABLE_END : TOKEN_BLOCK_END, lexer->at);
            return;
        }
        if (lexer->open_count == 0 && at_tag_end(lexer, is_variable))
            break;
        if (is_bracket_forgotten(lexer, is_variable)) {
            const struct opened *open = &lexer->open[lexer->open_count - 1];
            template_wrong_at(lexer->compiler, open->line, open->column, 1,
                "bracket is never closed by '%c'", open->closes);
            skip_tag(lexer, is_variable);
        } else if (!lex_token(lexer)) {
            skip_tag(lexer, is_variable);
        }
    }
    emit(lexer, is_variable ? TOKEN_VARIABLE_END : TOKEN_BLOCK_END,
        after_end(lexer, lexer->at, !is_variable));
}

/* ---- The whole ----------------------------------------------------------------------------------------------- */

static size_t find_delimiter(const struct lexer *lexer)
{
    for (size_t at = find(lexer, lexer->at, "{"); at < lexer->source.length;
         at = find(lexer, at + 1, "{")) {
        char second = byte_at(lexer, at + 1);
        if (second == '{' || second == '%' || second == '#')
            return at;
    }
    return lexer->source.length;
}

static void lex_next(struct lexer *lexer)
{
    size_t begin = find_delimiter(lexer);
    if (begin == lexer->source.length) {
        emit(lexer, TOKEN_DATA, begin);
        return;
    }
    char kind = byte_at(lexer, begin + 1), sign = byte_at(lexer, begin + 2);
    emit_data(lexer, begin, sign, kind == '{');
    size_t raw_end = kind == '%' ? match_word_tag(lexer, begin, "raw", &sign) : 0;
    if (raw_end) {
        if (byte_at(lexer, raw_end) == '+')
            template_wrong_at(lexer->compiler, lexer->line, lexer->column, 2,
                "'raw' can't end in '+%%}': what follows it is kept as it is");
        lex_raw(lexer, raw_end);
    } else if (kind == '#') {
        lex_comment(lexer);
    } else {
        emit(lexer, kind == '{' ? TOKEN_VARIABLE_BEGIN : TOKEN_BLOCK_BEGIN,
            begin + (is_sign(sign) ? 3 : 2));
        lex_tag(lexer, kind == '{');
    }
}

/* "\r\n" and "\r" become "\n"; the line end at the very end is dropped unless it is to be kept. */
static struct text normalize(struct lexer *lexer, struct text source)
{
    if (text_find_byte(source, '\r') >= 0) {
        char *copy = arena_alloc(lexer->arena, source.length + 1);
        size_t length = 0;
        for (size_t i = 0; i < source.length; i++) {
            if (source.at[i] != '\r')
                copy[length++] = source.at[i];
            else if (i + 1 == source.length || source.at[i + 1] != '\n')
                copy[length++] = '\n';
        }
        source = (struct text){copy, length};
    }
    if (!lexer->options->keep_trailing_newline && text_ends(source, "\n"))
        source.length--;
    return source;
}

static bool is_valid(struct lexer *lexer)
{
    ptrdiff_t wrong = unicode_check(lexer->source);
    if (wrong < 0)
        return true;
    go_to(lexer, (size_t)wrong);
    template_wrong_at(lexer->compiler, lexer->line, lexer->column, 1,
        "byte 0x%02x is not UTF-8 text", (unsigned char)lexer->source.at[wrong]);
    return false;
}

void template_lex(struct template_compiler *compiler, struct template_tokens *tokens)
{
    struct lexer lexer = {.compiler = compiler,
        .options = compiler->set->options,
        .arena = &compiler->set->arena,
        .tokens = tokens,
        .line = 1,
        .column = 1};
    lexer.source = normalize(&lexer, compiler->source);
    if (is_valid(&lexer))
        while (lexer.at < lexer.source.length)
            lex_next(&lexer);
    emit(&lexer, TOKEN_END, lexer.at);
}
