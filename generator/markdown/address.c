/*
 * Addresses: which are allowed, how they are written, and where a bare one ends.
 *
 * Allowed is judged on what a browser would make of the address, which drops line ends and tabs
 * anywhere and blanks around it. Anything with another scheme is refused, known or not.
 *
 * A bare address follows "Autolinks (extension)" of the GitHub Flavored Markdown Spec
 * (https://github.github.com/gfm/#autolinks-extension-), without its mail addresses.
 */
#include "markdown/markdown_inside.h"

#include "unicode/unicode.h"

/* ---- Which are allowed ---------------------------------------------------------------------------- */

static const char *const schemes[] = {"http", "https", "mailto", "tel"};

enum { LONGEST_SCHEME = 6 };

static bool is_dropped(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7F;
}

static bool is_allowed_scheme(const char *name, size_t length)
{
    for (size_t i = 0; i < BASE_COUNT(schemes); i++) {
        if (text_is((struct text){name, length}, schemes[i]))
            return true;
    }
    return false;
}

bool markdown_address_allowed(struct text address)
{
    char scheme[LONGEST_SCHEME];
    size_t length = 0;
    for (size_t i = 0; i < address.length; i++) {
        char c = address.at[i];
        if (c == ':')
            return length <= LONGEST_SCHEME && is_allowed_scheme(scheme, length);
        if (c == '/' || c == '?' || c == '#')
            return true;
        if (is_dropped(c))
            continue;
        if (length < LONGEST_SCHEME)
            scheme[length] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        length++;
    }
    return true;
}

/* ---- How they are written --------------------------------------------------------------------------- */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static inline bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* What stands in an address as it is; '&' and '\'' are the attribute's to escape, and a '%' has to begin
 * an escape. */
#define FIVE(c) [c] = true, [(c) + 1] = true, [(c) + 2] = true, [(c) + 3] = true, [(c) + 4] = true
#define LETTERS(a)                                                                                 \
    FIVE(a), FIVE((a) + 5), FIVE((a) + 10), FIVE((a) + 15), FIVE((a) + 20), [(a) + 25] = true
static const bool is_plain_sign[256] = {LETTERS('a'), LETTERS('A'), FIVE('0'),
    FIVE('5'), ['-'] = true, ['_'] = true, ['.'] = true, ['+'] = true, ['!'] = true, ['*'] = true,
    ['('] = true, [')'] = true, [','] = true, ['#'] = true, ['@'] = true, ['?'] = true,
    ['='] = true, [';'] = true, [':'] = true, ['/'] = true, ['$'] = true, ['~'] = true};

static void add_percent(struct buffer *out, char c)
{
    static const char digits[] = "0123456789ABCDEF";
    buffer_add_byte(out, '%');
    buffer_add_byte(out, digits[(unsigned char)c >> 4]);
    buffer_add_byte(out, digits[(unsigned char)c & 15]);
}

static bool begins_escape(struct text address, size_t at)
{
    return at + 2 < address.length && is_hex(address.at[at + 1]) && is_hex(address.at[at + 2]);
}

static bool stays(struct text address, size_t at, bool keeps_scripts)
{
    if (address.at[at] == '%')
        return !keeps_scripts || begins_escape(address, at);
    return keeps_scripts && (unsigned char)address.at[at] >= 0x80;
}

/* Signs of the table, of which the rare ones are left out. */
static inline bool is_plain_stride(stride bytes)
{
    stride small = bytes | 0x20;
    return !stride_has_any(~(((bytes >= '(') & (bytes <= ';')) | ((small >= 'a') & (small <= 'z')) |
                             (bytes == '=') | (bytes == '?') | (bytes == '_')));
}

static size_t skip_plain_signs(struct text address, size_t at)
{
    while (at + sizeof(stride) <= address.length && is_plain_stride(stride_read(address.at + at)))
        at += sizeof(stride);
    while (at < address.length && is_plain_sign[(unsigned char)address.at[at]])
        at++;
    return at;
}

static void add_address(struct buffer *out, struct text address, bool keeps_scripts)
{
    size_t from = 0;
    for (size_t i = 0;; i++) {
        i = skip_plain_signs(address, i);
        if (i == address.length)
            break;
        char c = address.at[i];
        if (stays(address, i, keeps_scripts))
            continue;
        buffer_add(out, text_slice(address, from, i));
        from = i + 1;
        if (c == '&')
            buffer_add(out, TEXT("&amp;"));
        else if (c == '\'')
            buffer_add(out, keeps_scripts ? TEXT("&#39;") : TEXT("'"));
        else
            add_percent(out, c);
    }
    buffer_add(out, text_slice(address, from, address.length));
}

void add_address_ascii(struct buffer *out, struct text address)
{
    add_address(out, address, false);
}

void markdown_add_address(struct buffer *out, struct text address)
{
    add_address(out, text_trim(address), true);
}

/* ---- Where a bare one ends ---------------------------------------------------------------------------- */

bool starts_ignoring_case(struct text text, const char *prefix)
{
    size_t length = strlen(prefix);
    return text.length > length && strncasecmp(text.at, prefix, length) == 0;
}

/* After "www", anything may come before that is not part of a word. */
static bool is_open_before(struct text text, size_t at)
{
    return at == 0 || text.at[at - 1] == ' ' || text.at[at - 1] == '\n' ||
           strchr("*_~(\"'", text.at[at - 1]) != NULL;
}

/* A letter before "http" makes it the end of a longer word; one of another script does not. */
static bool is_letter_before(struct text text, size_t at)
{
    return at > 0 && is_alphanumeric(text.at[at - 1]);
}

/* The longest name that DNS has (RFC 1035, 2.3.4). */
enum { DOMAIN_BYTES = 253 };

static bool is_domain_sign(char c)
{
    return c == '-' || c == '_' || c == '.' || is_alphanumeric(c) || (unsigned char)c >= 0x80;
}

/* A domain begins with a letter or digit and has no underscore in its last two parts. */
static bool starts_with_domain(struct text text)
{
    bool score = false;
    bool score_before = false;
    size_t at = 0;
    for (; at < text.length && at <= DOMAIN_BYTES && is_domain_sign(text.at[at]); at++) {
        if (text.at[at] == '.') {
            score_before = score;
            score = false;
        }
        score = score || text.at[at] == '_';
    }
    bool starts_well = at > 0 && !strchr("-_.", text.at[0]);
    return starts_well && at <= DOMAIN_BYTES && !score && !score_before;
}

/* The bytes of what looks like an entity ("&hl;") at the end of the text, 0 for none. Those that are
 * entities were decoded long ago. */
static size_t entity_length(struct text link)
{
    size_t at = link.length - 1;
    while (at > 0 && is_alphanumeric(link.at[at - 1]))
        at--;
    return at > 0 && at + 1 < link.length && link.at[at - 1] == '&' ? link.length - at + 1 : 0;
}

/* Not the end of a sentence, but the address's own. */
static size_t without_trailing_signs(struct text link)
{
    size_t opened = 0;
    size_t closed = 0;
    for (size_t i = 0; i < link.length; i++) {
        opened += link.at[i] == '(';
        closed += link.at[i] == ')';
    }
    size_t end = link.length;
    for (; end > 0; end--) {
        char last = link.at[end - 1];
        size_t entity = last == ';' ? entity_length(text_slice(link, 0, end)) : 0;
        if (entity > 0)
            end -= entity - 1;
        else if (last == ')' && closed > opened)
            closed--;
        else if (!strchr("?!.,:*_~'\"", last))
            break;
    }
    return end;
}

/* Up to a blank, a "<" or a quotation mark, of whatever script. */
static size_t raw_length(struct text text)
{
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        uint32_t point = text_next_point(text, &at);
        bool is_end =
            point <= ' ' || point == '<' || point == '"' ||
            (point >= 0x80 && (unicode_is_space(point) || (point >= 0x2018 && point <= 0x201F)));
        if (is_end)
            return start;
    }
    return text.length;
}

size_t address_read(struct text text, size_t at)
{
    struct text rest = text_slice(text, at, text.length);
    /* Most words with an h or a w are none: "ht" and "ww" are what is worth a closer look. */
    if (rest.length < 4 || ((rest.at[1] | 0x20) != 't' && (rest.at[1] | 0x20) != 'w'))
        return 0;
    bool is_www = starts_ignoring_case(rest, "www.") && is_open_before(text, at);
    size_t scheme = 0;
    if (starts_ignoring_case(rest, "https://"))
        scheme = 8;
    else if (starts_ignoring_case(rest, "http://"))
        scheme = 7;
    if (!is_www && (scheme == 0 || is_letter_before(text, at)))
        return 0;
    size_t prefix = is_www ? 4 : scheme;
    if (!starts_with_domain(text_slice(rest, prefix, rest.length)))
        return 0;
    size_t length = without_trailing_signs(text_slice(rest, 0, raw_length(rest)));
    return length > prefix ? length : 0;
}

/* "a.b+c@d.e": GitHub's rule, which knows letters and digits of ASCII only. */
size_t address_read_mail(struct text text, size_t at, size_t *start)
{
    size_t end = at + 1, dots = 0;
    *start = at;
    while (
        *start > 0 && (is_alphanumeric(text.at[*start - 1]) || strchr(".-_+", text.at[*start - 1])))
        (*start)--;
    for (; end < text.length; end++) {
        bool is_dot =
            text.at[end] == '.' && end + 1 < text.length && is_alphanumeric(text.at[end + 1]);
        if (!is_dot && !is_alphanumeric(text.at[end]) && !strchr("-_", text.at[end]))
            break;
        dots += is_dot;
    }
    bool ends_well = end > at + 1 && is_alphanumeric(text.at[end - 1]);
    return *start < at && dots > 0 && ends_well ? end - *start : 0;
}
