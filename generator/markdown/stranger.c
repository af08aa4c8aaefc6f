/*
 * What strangers write: comments. A subset of Markdown, and nothing live in it:
 *
 *     heading, picture            ->  paragraph, link
 *     link to anything but the web->  its text
 *     line end                    ->  line break
 *     >_<  *_*  ¯\_(ツ)_/¯  ~~~   ->  as they were typed
 *
 * Tables, boxes, wiki links, embeds, marks and tasks are text: engine_md4c.c and refine.c do not look for them where
 * the options say that a stranger wrote it.
 *
 *     shield() -> engine -> guard -> stranger_event() -> refine.c -> ...
 *
 * An engine would read the signs in a face as markup. So each stands between two blanks while it parses, which no such
 * sign is markup beside; they are of a kind that nobody types, and are taken out of the events again. With them go
 * other points that nobody sees, and those that turn the direction of what stands around them.
 */
#include "markdown/markdown_inside.h"

#include "unicode/unicode.h"

/* EN QUAD: a blank to the engines, but no indent. */
static const char shield_sign[] = "\xE2\x80\x80";

/* ---- What is not seen --------------------------------------------------------------------------------- */

/* Zero width, but for what joins emoji and letters; embeddings, overrides and isolates (UAX 9); notes of
 * interlinear text; and controls, which an entity may bring in and HTML can't hold. */
static bool is_unseen(uint32_t point)
{
    return (point < 0x20 && point != '\t' && point != '\n') || (point >= 0x7F && point < 0xA0) ||
           point == 0x2000 || point == 0x200B || point == 0x2060 || point == 0xFEFF ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) ||
           (point >= 0xFFF9 && point <= 0xFFFB) || (point & 0xFFFE) == 0xFFFE;
}

void markdown_add_seen(struct buffer *out, struct text text)
{
    size_t from = 0;
    for (size_t at = text_skip_plain(text, 0); at < text.length; at = text_skip_plain(text, at)) {
        size_t start = at;
        if (!is_unseen(text_next_point(text, &at)))
            continue;
        buffer_add(out, text_slice(text, from, start));
        from = at;
    }
    buffer_add(out, text_slice(text, from, text.length));
}

/* ---- Faces -------------------------------------------------------------------------------------------- */

/* The code points on both sides of the offset; a line end where the text is over. */
static uint32_t point_before(struct text text, size_t at)
{
    return at > 0 ? text_previous_point(text, &at) : '\n';
}

static uint32_t point_at(struct text text, size_t at)
{
    return at < text.length ? text_next_point(text, &at) : '\n';
}

static bool is_letter(uint32_t point)
{
    return unicode_is_letter(point) || unicode_is_digit(point);
}

static bool is_sign(uint32_t point)
{
    return !unicode_is_space(point) && !is_letter(point);
}

static size_t run_end(struct text body, size_t at)
{
    size_t end = at;
    while (end < body.length && body.at[end] == body.at[at])
        end++;
    return end;
}

/* "-_-", "(ツ)_/": a "_" between two signs. Beside a star it may be an emphasis in an emphasis. */
static bool is_mouth(struct text body, size_t at, size_t end)
{
    uint32_t before = point_before(body, at), behind = point_at(body, end);
    return is_sign(before) && is_sign(behind) && before != '*' && behind != '*';
}

/* How long a mouth is that starts there: the same sign, up to three times, that is no star. */
static size_t mouth_length(struct text body, size_t at)
{
    if (at >= body.length || !strchr("_.-^~oOwWvVuUxX", body.at[at]))
        return 0;
    size_t length = run_end(body, at) - at;
    return length <= 3 ? length : 0;
}

/* "*_*", "*o*": the length of two lone stars that are eyes, with what stands between them; else 0. */
static size_t eyes_length(struct text body, size_t at)
{
    size_t mouth = mouth_length(body, at + 1), other = at + 1 + mouth;
    bool are_eyes = mouth > 0 && other < body.length && body.at[other] == '*' &&
                    run_end(body, at) == at + 1 && run_end(body, other) == other + 1 &&
                    !is_letter(point_before(body, at)) && !is_letter(point_at(body, other + 1));
    return are_eyes ? mouth + 2 : 0;
}

enum { FACE_BYTES = 10 };

/* ">_<", ">:(", ">////<" at the start of a line, where it would begin a quote: a short word of signs, and of
 * letters that stand alone. */
static bool is_face(struct text body, size_t at)
{
    size_t end = at + 1;
    unsigned letters = 0;
    if (end >= body.length || !strchr("_.:;-^~/=oOwW", body.at[end]) || body.at[end] == 0)
        return false;
    for (; end < body.length && !strchr(" \t\n", body.at[end]); end++) {
        letters = is_letter((unsigned char)body.at[end]) ? letters + 1 : 0;
        if (letters > 1 || end - at > FACE_BYTES)
            return false;
    }
    bool is_item = end == at + 2 && body.at[at + 1] == '-'; /* "- " in a quote */
    bool is_word = end == at + 2 && letters > 0;            /* ">w" is one */
    return !is_item && !is_word;
}

static bool starts_line(struct text body, size_t at)
{
    while (at > 0 && body.at[at - 1] == ' ')
        at--;
    return at == 0 || body.at[at - 1] == '\n';
}

static void add_shielded(struct buffer *out, struct text signs)
{
    buffer_add_string(out, shield_sign);
    buffer_add(out, signs);
    buffer_add_string(out, shield_sign);
}

/* Adds what stands at the offset, with shields where it is of a face; returns where that ends. */
static size_t add_next(struct buffer *out, struct text body, size_t at)
{
    size_t end = run_end(body, at);
    struct text run = text_slice(body, at, end);
    char sign = body.at[at];
    size_t eyes = sign == '*' ? eyes_length(body, at) : 0;
    if (eyes > 0) {
        end = at + eyes;
        add_shielded(out, TEXT("*"));
        buffer_add(out, text_slice(body, at + 1, end - 1));
        add_shielded(out, TEXT("*"));
    } else if ((sign == '_' && is_mouth(body, at, end)) ||
               (sign == '>' && starts_line(body, at) && is_face(body, at)) ||
               (sign == '~' && starts_line(body, at))) { /* a laugh, no fence of code */
        add_shielded(out, run);
    } else {
        buffer_add(out, run);
    }
    return end;
}

static void shield(struct buffer *out, struct text body)
{
    size_t from = 0;
    for (size_t at = 0; at < body.length;) {
        if (!strchr("*_>~", body.at[at]) || body.at[at] == 0) {
            at++;
            continue;
        }
        buffer_add(out, text_slice(body, from, at));
        from = at = add_next(out, body, at);
    }
    buffer_add(out, text_slice(body, from, body.length));
}

/* ---- Events ------------------------------------------------------------------------------------------- */

void stranger_init(struct stranger *stranger, struct markdown_sink next)
{
    *stranger = (struct stranger){.next = next};
}

void stranger_release(struct stranger *stranger)
{
    buffer_release(&stranger->address);
    for (size_t i = 0; i < BASE_COUNT(stranger->cleaned); i++)
        buffer_release(&stranger->cleaned[i]);
}

static bool pass_on(struct stranger *stranger, const struct markdown_event *event)
{
    return stranger->next.event(stranger->next.context, event);
}

static struct text cleaned(struct buffer *room, struct text text)
{
    if (!text.at)
        return text;
    buffer_clear(room);
    markdown_add_seen(room, text);
    return room->length == text.length ? text : buffer_text(room);
}

/* A link without words, or a picture without a text in its place, shows where it leads. */
static bool pass_address(struct stranger *stranger, size_t offset)
{
    struct markdown_event event = {.kind = MARKDOWN_TEXT,
        .text_kind = MARKDOWN_PLAIN,
        .literal = true,
        .offset = offset,
        .text = buffer_text(&stranger->address)};
    return stranger->has_words || event.text.length == 0 || pass_on(stranger, &event);
}

/* Links and pictures: of those inside each other the outermost alone is a link. */
static bool on_link(struct stranger *stranger, const struct markdown_event *event)
{
    struct markdown_event link = *event;
    link.span = MARKDOWN_ANCHOR;
    link.title = TEXT_NONE;
    if (event->kind == MARKDOWN_LEAVE_SPAN)
        return --stranger->links > 0 ||
               (pass_address(stranger, event->offset) && pass_on(stranger, &link));
    if (stranger->links++ > 0)
        return true;
    stranger->has_words = false;
    buffer_clear(&stranger->address);
    buffer_add(&stranger->address, link.destination);
    return pass_on(stranger, &link);
}

bool stranger_event(void *context, const struct markdown_event *event)
{
    struct stranger *stranger = context;
    struct markdown_event seen = *event;
    seen.text = cleaned(&stranger->cleaned[0], event->text);
    seen.destination = cleaned(&stranger->cleaned[1], event->destination);
    seen.info = TEXT_NONE;
    if (event->kind == MARKDOWN_TEXT) {
        stranger->has_words |= text_trim(seen.text).length > 0;
        if (event->text_kind == MARKDOWN_SOFT_BREAK)
            seen.text_kind = MARKDOWN_HARD_BREAK;
    } else if (event->kind == MARKDOWN_ENTER_SPAN || event->kind == MARKDOWN_LEAVE_SPAN) {
        if (event->span == MARKDOWN_ANCHOR || event->span == MARKDOWN_PICTURE)
            return on_link(stranger, &seen);
    } else if (event->block == MARKDOWN_HEADING) {
        seen.block = MARKDOWN_PARAGRAPH;
    }
    return pass_on(stranger, &seen);
}

/* ---- Rendering ---------------------------------------------------------------------------------------- */

/* No relative ones: what stands at an address of the site is not for a stranger to say. */
static bool set_link(void *context, struct markdown_link *link)
{
    (void)context;
    link->attributes = TEXT(" rel=\"nofollow ugc noopener\"");
    return starts_ignoring_case(link->address, "https://") ||
           starts_ignoring_case(link->address, "http://");
}

/* As it was typed: for what is too deep, or would grow too long. */
static void add_as_typed(struct buffer *out, struct text body)
{
    struct buffer seen;
    struct text rest, line;
    bool is_open = false;
    buffer_init(&seen);
    markdown_add_seen(&seen, body);
    for (rest = buffer_text(&seen); text_line(&rest, &line);) {
        bool is_blank = text_trim(line).length == 0;
        if (is_blank && is_open)
            buffer_add_string(out, "</p>\n");
        else if (!is_blank)
            buffer_add_string(out, is_open ? "<br>\n" : "<p>");
        is_open = !is_blank;
        if (is_open)
            add_escaped(out, text_trim(line));
    }
    buffer_add_string(out, is_open ? "</p>\n" : "");
    buffer_release(&seen);
}

void markdown_render_stranger(
    struct text body, const struct markdown_options *options, struct buffer *out)
{
    struct markdown_options subset = {
        .by_stranger = true, .language = options->language, .words = options->words};
    struct markdown_host host = {.link = set_link};
    struct buffer shielded;
    buffer_init(&shielded);
    shield(&shielded, body);
    if (!markdown_render(buffer_text(&shielded), &subset, &host, out))
        add_as_typed(out, body);
    buffer_release(&shielded);
}
