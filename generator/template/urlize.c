/*
 * Addresses in a text as links.
 *
 * The escaped text is cut at white space; each word loses brackets before it and punctuation behind
 * it, and becomes a link when what is left is an address:
 *
 *     address = ("http://" | "https://" | "www.") host [ ":" port ] [ ("/" | "?" | "#") anything ]
 *             | host "." ("com" | "net" | "int" | "edu" | "gov" | "org" | "info" | "mil") ...
 *             | [ "mailto:" ] name "@" host
 */
#include "template/template_run_inside.h"
#include "unicode/unicode.h"

struct urlizer {
    struct template_call *call;
    struct buffer *out;
    int64_t limit; /* letters shown of an address; -1 for all */
    struct text rel, target;
    struct data_value schemes;
};

/* ---- Recognising ------------------------------------------------------------------------------------------ */

static char byte_at(struct text text, size_t at)
{
    return at < text.length ? text.at[at] : '\0';
}

static bool starts_any_case(struct text text, const char *prefix)
{
    for (size_t i = 0; prefix[i]; i++) {
        char byte = byte_at(text, i);
        if ((byte >= 'A' && byte <= 'Z' ? byte + 32 : byte) != prefix[i])
            return false;
    }
    return true;
}

static bool is_host_point(uint32_t point)
{
    return template_is_word(point) || point == '%' || point == '-';
}

/* Letters, digits, '_', '%' and '-' from `at`: where they end. */
static size_t label_end(struct text text, size_t at)
{
    while (at < text.length) {
        size_t next = at;
        if (!is_host_point(text_next_point(text, &next)))
            break;
        at = next;
    }
    return at;
}

static bool is_common_ending(struct text label)
{
    static const char *const endings[] = {"com", "net", "int", "edu", "gov", "org", "info", "mil"};
    for (size_t i = 0; i < BASE_COUNT(endings); i++)
        if (label.length == strlen(endings[i]) && starts_any_case(label, endings[i]))
            return true;
    return false;
}

static bool is_letters(struct text label)
{
    for (size_t i = 0; i < label.length; i++)
        if ((label.at[i] | 32) < 'a' || (label.at[i] | 32) > 'z')
            return false;
    return label.length >= 2 && label.length <= 63;
}

static bool is_top_label(struct text label)
{
    return is_letters(label) || (starts_any_case(label, "xn--") && label.length > 5);
}

static bool is_number_label(struct text label)
{
    for (size_t i = 0; i < label.length; i++)
        if (label.at[i] < '0' || label.at[i] > '9')
            return false;
    return label.length >= 1 && label.length <= 3;
}

/* What may follow a host: nothing, a port, a path, a query, a fragment. */
static bool is_tail(struct text text, size_t at)
{
    if (byte_at(text, at) == ':') {
        size_t digits = ++at;
        while (byte_at(text, at) >= '0' && byte_at(text, at) <= '9')
            at++;
        if (at == digits || at - digits > 5)
            return false;
    }
    char byte = byte_at(text, at);
    return at == text.length || byte == '/' || byte == '?' || byte == '#';
}

/* [label.]... label from `at`; `last` is the last label, `count` how many there are,
 * `numbers` whether all are numbers, `shorts` whether one has a single letter. */
static size_t host_end(
    struct text text, size_t at, struct text *last, size_t *count, bool *numbers, bool *shorts)
{
    *count = 0;
    *numbers = true;
    *shorts = false;
    for (;;) {
        size_t end = label_end(text, at);
        if (end == at)
            return 0;
        *last = text_slice(text, at, end);
        *numbers = *numbers && is_number_label(*last);
        *shorts = *shorts || text_count_points(*last) < 2;
        ++*count;
        if (byte_at(text, end) != '.' || label_end(text, end + 1) == end + 1)
            return end;
        at = end + 1;
    }
}

/* [::1] as an address in brackets */
static size_t bracket_end(struct text text, size_t at)
{
    size_t end = at + 1;
    while ((byte_at(text, end) | 32) >= 'a'
               ? (byte_at(text, end) | 32) <= 'f'
               : byte_at(text, end) >= '0' && byte_at(text, end) <= ':')
        end++;
    return byte_at(text, end) == ']' && end - at > 3 ? end + 1 : 0;
}

static bool is_address(struct text text)
{
    size_t start = starts_any_case(text, "https://")  ? 8
                   : starts_any_case(text, "http://") ? 7
                   : starts_any_case(text, "www.")    ? 4
                                                      : 0;
    struct text last = TEXT("");
    size_t count;
    bool numbers, shorts;
    if (start > 4 && byte_at(text, start) == '[') {
        size_t end = bracket_end(text, start);
        return end > 0 && is_tail(text, end);
    }
    size_t end = host_end(text, start, &last, &count, &numbers, &shorts);
    if (end == 0 || !is_tail(text, end))
        return false;
    if (start > 4 && numbers && count == 4)
        return true;
    if (start > 0)
        return is_top_label(last);
    return count >= 2 && !shorts && is_common_ending(last);
}

/* ^\S+@\w[\w.-]*\.\w+$ */
static bool is_mail(struct text text)
{
    for (size_t at = text.length; at > 1; at--) {
        if (text.at[at - 1] != '@')
            continue;
        struct text host = text_slice(text, at, text.length);
        size_t end = 0, dot = 0;
        while (end < host.length) {
            size_t next = end;
            uint32_t point = text_next_point(host, &next);
            if (!template_is_word(point) && point != '.' && point != '-')
                return false;
            if (point == '.')
                dot = end;
            else if (point == '-')
                dot = 0;
            end = next;
        }
        size_t first = 0;
        return dot > 0 && dot + 1 < host.length && template_is_word(text_next_point(host, &first));
    }
    return false;
}

/* ---- Writing ------------------------------------------------------------------------------------------------- */

static void add_link(struct urlizer *urlizer, const char *before, struct text address, bool is_web)
{
    struct text shown = address;
    buffer_format(urlizer->out, "<a href=\"%s%.*s\"", before, TEXT_ARGS(address));
    if (is_web && urlizer->rel.length > 0)
        buffer_format(urlizer->out, " rel=\"%.*s\"", TEXT_ARGS(urlizer->rel));
    if (is_web && urlizer->target.length > 0)
        buffer_format(urlizer->out, " target=\"%.*s\"", TEXT_ARGS(urlizer->target));
    if (is_web && urlizer->limit >= 0 && (int64_t)text_count_points(shown) > urlizer->limit)
        shown = arena_format(urlizer->call->run->scratch, "%.*s...",
            TEXT_ARGS(template_slice_points(shown, 0, (size_t)urlizer->limit)));
    buffer_format(urlizer->out, ">%.*s</a>", TEXT_ARGS(shown));
}

static bool add_scheme_link(struct urlizer *urlizer, struct text middle)
{
    struct template_items items;
    if (urlizer->schemes.kind == DATA_NONE ||
        !template_items_of(urlizer->call->state, &urlizer->schemes, &items))
        return false;
    for (size_t i = 0; i < items.count; i++) {
        struct data_value scheme = template_item(&items, i);
        struct text text = template_print(urlizer->call, &scheme);
        if (middle.length > text.length && text_equal(text_slice(middle, 0, text.length), text)) {
            struct urlizer whole = *urlizer;
            whole.limit = -1;
            add_link(&whole, "", middle, true);
            return true;
        }
    }
    return false;
}

static void add_middle(struct urlizer *urlizer, struct text middle)
{
    if (is_address(middle)) {
        bool has_scheme = text_starts(middle, "https://") || text_starts(middle, "http://");
        add_link(urlizer, has_scheme ? "" : "https://", middle, true);
    } else if (text_starts(middle, "mailto:") && is_mail(text_slice(middle, 7, middle.length))) {
        struct text name = text_slice(middle, 7, middle.length);
        buffer_format(
            urlizer->out, "<a href=\"%.*s\">%.*s</a>", TEXT_ARGS(middle), TEXT_ARGS(name));
    } else if (!text_starts(middle, "www.") && !text_starts(middle, "@") &&
               text_find_byte(middle, ':') < 0 && is_mail(middle)) {
        add_link(urlizer, "mailto:", middle, false);
    } else if (!add_scheme_link(urlizer, middle)) {
        buffer_add(urlizer->out, middle);
    }
}

/* ---- Words ------------------------------------------------------------------------------------------------------- */

static size_t opening_at(struct text text, size_t at)
{
    if (byte_at(text, at) == '(' || byte_at(text, at) == '<')
        return 1;
    return text_starts(text_slice(text, at, text.length), "&lt;") ? 4 : 0;
}

static size_t closing_before(struct text text, size_t end)
{
    char byte = end > 0 ? text.at[end - 1] : '\0';
    if (byte && strchr(")>.,\n", byte))
        return 1;
    return text_ends(text_slice(text, 0, end), "&gt;") ? 4 : 0;
}

static size_t count_of(struct text text, const char *part)
{
    size_t count = 0;
    struct text needle = text_of(part);
    for (ptrdiff_t found; (found = text_find(text, needle)) >= 0; count++)
        text = text_slice(text, (size_t)found + needle.length, text.length);
    return count;
}

/* Gives closing brackets back to the address, as many as it opens. */
static size_t take_back(struct text word, size_t start, size_t end)
{
    static const char *const pairs[][2] = {{"(", ")"}, {"<", ">"}, {"&lt;", "&gt;"}};
    for (size_t i = 0; i < BASE_COUNT(pairs); i++) {
        struct text middle = text_slice(word, start, end);
        size_t opened = count_of(middle, pairs[i][0]);
        if (opened <= count_of(middle, pairs[i][1]))
            continue;
        for (; opened > 0; opened--) {
            ptrdiff_t found = text_find(text_slice(word, end, word.length), text_of(pairs[i][1]));
            if (found < 0)
                break;
            end += (size_t)found + strlen(pairs[i][1]);
        }
    }
    return end;
}

static void add_word(struct urlizer *urlizer, struct text word)
{
    size_t start = 0, end = word.length;
    while (opening_at(word, start))
        start += opening_at(word, start);
    while (end > start && closing_before(word, end) && closing_before(word, end) <= end - start)
        end -= closing_before(word, end);
    end = take_back(word, start, end);
    buffer_add(urlizer->out, text_slice(word, 0, start));
    add_middle(urlizer, text_slice(word, start, end));
    buffer_add(urlizer->out, text_slice(word, end, word.length));
}

static void add_words(struct urlizer *urlizer, struct text text)
{
    for (size_t at = 0; at < text.length && template_room(urlizer->call->state, 1);) {
        size_t from = at, end = at;
        while (at < text.length && !template_is_space(text_next_point(text, &at)))
            end = at;
        if (end > from)
            add_word(urlizer, text_slice(text, from, end));
        buffer_add(urlizer->out, text_slice(text, end, at));
    }
}

/* ---- The rel attribute: words in order, each once -------------------------------------------------------------------- */

static void add_rel(struct text *words, size_t *count, struct text word)
{
    size_t at = 0;
    while (at < *count && text_compare(words[at], word) < 0)
        at++;
    if ((at < *count && text_equal(words[at], word)) || *count == 15)
        return;
    memmove(&words[at + 1], &words[at], (*count - at) * sizeof *words);
    words[at] = word;
    ++*count;
}

static struct text rel_of(struct template_call *call)
{
    struct text words[16], rest = template_text(call, 4, TEXT(""));
    size_t count = 0;
    add_rel(words, &count, TEXT("noopener"));
    if (template_flag(call, 2, false))
        add_rel(words, &count, TEXT("nofollow"));
    while ((rest = text_trim(rest)).length > 0) {
        ptrdiff_t blank = text_find_byte(rest, ' ');
        size_t end = blank < 0 ? rest.length : (size_t)blank;
        add_rel(words, &count, text_slice(rest, 0, end));
        rest = text_slice(rest, end, rest.length);
    }
    struct text rel = words[0];
    for (size_t i = 1; i < count; i++)
        rel = arena_format(call->run->scratch, "%.*s %.*s", TEXT_ARGS(rel), TEXT_ARGS(words[i]));
    struct data_value value = data_text(rel);
    return template_escaped(call, &value);
}

struct data_value template_filter_urlize(struct template_call *call)
{
    struct data_value target = data_text(template_text(call, 3, TEXT("")));
    struct urlizer urlizer = {.call = call,
        .out = call->state->out,
        .limit = template_integer(call, 1, -1),
        .rel = rel_of(call),
        .target = template_escaped(call, &target),
        .schemes = template_given(call, 5) ? call->arguments[5] : data_none()};
    struct text text = template_escaped(call, &call->arguments[0]);
    size_t start = template_begin(call->state);
    add_words(&urlizer, text);
    struct text linked = template_end(call->state, start);
    return call->autoescape ? data_html(linked) : data_text(linked);
}
