/*
 * What Liner adds to an engine's events, whichever engine it is:
 *
 *     text, text, soft break, text     ->  text, wiki link, text, link { text }, soft break, text
 *     paragraph { only ![[...]] }      ->  embed, embed
 *     link { text } with a bad address ->  text, and a problem
 *     heading of level 1               ->  heading of level 2, and a problem
 *     quote { [!NOTE] ...              ->  box { title { ... }
 *     text with "quotes" -- and dots    ->  text, text                  (smart.c says which)
 *     text with || or == or %%         ->  text, sign, text             (pairs.c finds their partners)
 *
 * Engines deliver text in pieces, so pieces and breaks are joined into a run before looking. Most
 * runs stand in the source as they are, and are a slice of it. Where something is left out between
 * two pieces (an escape's backslash, the ">" of a quote) or decoded, the run is a copy:
 *
 *     copy    see [[Signal / Leon|this]]\n
 *     marks   00000000000000000000000000B      0 plain, L literal, B hard break, | a bar in a table
 *     pieces  (0 -> 120) (6 -> 126) ...        start in the copy -> offset in the body
 */
#include "markdown/markdown_inside.h"

enum mark { MARK_PLAIN, MARK_LITERAL, MARK_HARD_BREAK, MARK_BAR };

void refine_init(struct refine *refine, struct text source, const struct markdown_options *options,
    const struct markdown_host *host, struct markdown_sink next)
{
    *refine = (struct refine){
        .options = options, .host = host, .next = next, .source = source, .run = TEXT("")};
    arena_init(&refine->arena);
    buffer_init(&refine->copy);
    buffer_init(&refine->marks);
}

void refine_release(struct refine *refine)
{
    arena_release(&refine->arena);
    buffer_release(&refine->copy);
    buffer_release(&refine->marks);
}

static bool pass_on(struct refine *refine, const struct markdown_event *event)
{
    return refine->next.event(refine->next.context, event);
}

/* ---- The run ----------------------------------------------------------------------------------------- */

static void add_marks(struct refine *refine, enum mark mark, size_t count)
{
    buffer_reserve(&refine->marks, count);
    memset(refine->marks.at + refine->marks.length, (int)mark, count);
    refine->marks.length += count;
}

static void add_piece(struct refine *refine, struct text text, enum mark mark, size_t offset)
{
    struct run_piece *piece = list_add(&refine->pieces, &refine->piece_count,
        &refine->piece_capacity, &refine->arena, sizeof *piece);
    *piece = (struct run_piece){refine->copy.length, offset};
    buffer_add(&refine->copy, text);
    add_marks(refine, mark, text.length);
    refine->run = buffer_text(&refine->copy);
}

static void begin_copy(struct refine *refine)
{
    struct text slice = refine->run;
    refine->is_copy = true;
    if (slice.length > 0)
        add_piece(refine, slice, MARK_PLAIN, refine->run_offset);
}

static bool is_in_source(const struct refine *refine, struct text text)
{
    uintptr_t first = (uintptr_t)refine->source.at;
    uintptr_t at = (uintptr_t)text.at;
    return at >= first && at + text.length <= first + refine->source.length;
}

/* Does the run go on with this text, in the source and in the body? */
static bool extends_slice(
    const struct refine *refine, const struct markdown_event *event, struct text text)
{
    return !refine->is_copy && refine->run.length > 0 &&
           text.at == refine->run.at + refine->run.length &&
           event->offset == refine->run_offset + refine->run.length;
}

/* Text that goes on where the run ends, or begins it. */
static bool add_plain_slice(struct refine *refine, const struct markdown_event *event)
{
    if (event->literal || event->length != event->text.length)
        return false;
    if (extends_slice(refine, event, event->text)) {
        refine->run.length += event->length;
        return true;
    }
    if (refine->is_copy || refine->run.length > 0 || !is_in_source(refine, event->text))
        return false;
    refine->run = event->text;
    refine->run_offset = event->offset;
    return true;
}

/* A line end right behind the run. The engine's own "\n" stands elsewhere: the source has one too. */
static bool add_break_slice(struct refine *refine, const struct markdown_event *event)
{
    struct text end = {refine->run.at + refine->run.length, 1};
    if (!extends_slice(refine, event, end) || !is_in_source(refine, end) || end.at[0] != '\n')
        return false;
    refine->run.length++;
    return true;
}

/* A bar in a table can only be typed as an escape, and may be a sign all the same. */
static enum mark mark_of(const struct refine *refine, const struct markdown_event *event)
{
    if (!event->literal)
        return MARK_PLAIN;
    bool is_bar = refine->in_cell && event->length == 1 && text_is(event->text, "|");
    return is_bar ? MARK_BAR : MARK_LITERAL;
}

static void add_to_run(struct refine *refine, const struct markdown_event *event)
{
    enum mark mark = mark_of(refine, event);
    struct text text = event->text;
    switch (event->text_kind) {
    case MARKDOWN_PLAIN:
        if (text.length == 0 || add_plain_slice(refine, event))
            return;
        break;
    case MARKDOWN_SOFT_BREAK:
        if (add_break_slice(refine, event))
            return;
        text = TEXT("\n");
        break;
    default: text = TEXT("\n"); mark = MARK_HARD_BREAK;
    }
    if (!refine->is_copy)
        begin_copy(refine);
    add_piece(refine, text, mark, event->offset);
}

static void clear_run(struct refine *refine)
{
    refine->run = TEXT("");
    refine->is_copy = false;
    buffer_clear(&refine->copy);
    buffer_clear(&refine->marks);
    refine->piece_count = 0;
}

/* Where in the body the byte of the copy stands: in the last piece that starts at or before it. */
static size_t piece_offset(const struct refine *refine, size_t at)
{
    size_t low = 0;
    size_t high = refine->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (refine->pieces[middle].start <= at)
            low = middle;
        else
            high = middle;
    }
    return refine->pieces[low].offset + (at - refine->pieces[low].start);
}

static size_t offset_at(const struct refine *refine, size_t at)
{
    return refine->is_copy ? piece_offset(refine, at) : refine->run_offset + at;
}

static bool is_plain(const struct refine *refine, size_t at)
{
    return !refine->is_copy || refine->marks.at[at] == MARK_PLAIN;
}

/* ---- What is found in a run ---------------------------------------------------------------------------- */

/* Good until the next one. */
static const struct markdown_event *text_event(
    struct refine *refine, enum markdown_text_kind kind, size_t from, size_t to)
{
    struct markdown_event *event = &refine->piece;
    event->kind = MARKDOWN_TEXT;
    event->text_kind = kind;
    event->offset = offset_at(refine, from);
    event->length = to > from ? offset_at(refine, to - 1) + 1 - event->offset : 0;
    event->text = text_slice(refine->run, from, to);
    return event;
}

/* A name that was wrapped at the end of a line is still that name. */
static struct text on_one_line(struct refine *refine, struct text text)
{
    if (text_find_byte(text, '\n') < 0)
        return text;
    struct text copy = arena_text(&refine->arena, text);
    char *bytes = arena_alloc(&refine->arena, copy.length + 1);
    for (size_t i = 0; i < copy.length; i++)
        bytes[i] = copy.at[i] == '\n' ? ' ' : copy.at[i];
    return (struct text){bytes, copy.length};
}

static bool read_wiki(const struct refine *refine, size_t at, struct wiki_parts *parts)
{
    struct text rest = text_slice(refine->run, at, refine->run.length);
    return wiki_read(rest, refine->is_copy ? refine->marks.at + at : NULL, parts);
}

static struct markdown_event wiki_event(
    struct refine *refine, size_t at, const struct wiki_parts *parts)
{
    struct markdown_event event = *text_event(refine, MARKDOWN_WIKI_TEXT, at, at + parts->length);
    event.destination = on_one_line(refine, parts->target);
    event.title = on_one_line(refine, parts->label);
    event.text = event.title.at ? event.title : wiki_shown(event.destination);
    return event;
}

static bool pass_text(struct refine *refine, size_t from, size_t to)
{
    return from == to || pass_on(refine, text_event(refine, MARKDOWN_PLAIN, from, to));
}

/* "www.example.org" alone is no address: browsers would look for a page of that name. */
static struct text whole_address(struct refine *refine, struct text typed, bool is_mail)
{
    if (is_mail)
        return arena_format(&refine->arena, "mailto:%.*s", TEXT_ARGS(typed));
    if (typed.at[0] == 'w' || typed.at[0] == 'W')
        return arena_format(&refine->arena, "http://%.*s", TEXT_ARGS(typed));
    return typed;
}

/* Longer tags are not worth looking for, and nobody's "a < b" has a ">" so near by chance. */
enum { TAG_BYTES = 200 };

/* Raw HTML was typed and is about to be shown as text: the writer should know. */
static void tell_of_raw_html(const struct refine *refine, size_t at)
{
    struct text tag = text_slice(refine->run, at, at + TAG_BYTES);
    char next = tag.length > 1 ? (char)(tag.at[1] | 0x20) : ' ';
    bool opens = (next >= 'a' && next <= 'z') || text_starts(tag, "<!--");
    ptrdiff_t end = text_find_byte(tag, '>');
    if (!opens || end < 0 || refine->options->html)
        return;
    tell_problem(refine->host, REPORT_WARNING, offset_at(refine, at), (size_t)end + 1,
        "raw HTML is shown as text");
}

/* The mark of a footnote that was not defined comes as text. */
static void tell_of_mark(const struct refine *refine, size_t at)
{
    struct text mark = text_slice(refine->run, at, at + TAG_BYTES);
    size_t end = 2;
    while (end < mark.length && !strchr("[] \t\n", mark.at[end]))
        end++;
    bool is_mark = refine->options->footnotes && text_starts(mark, "[^") && end > 2 &&
                   end < mark.length && mark.at[end] == ']' && is_plain(refine, at + 1);
    if (is_mark)
        tell_problem(refine->host, REPORT_WARNING, offset_at(refine, at), end + 1,
            "the footnote '%.*s' has no text: write it on a line of its own, [^%.*s]: ...",
            TEXT_ARGS(text_slice(mark, 2, end)), TEXT_ARGS(text_slice(mark, 2, end)));
}

/* `word^[Said aside.]` is a footnote to Obsidian and Pandoc. */
static void tell_of_inline_note(const struct refine *refine, size_t at)
{
    struct text note = text_slice(refine->run, at, refine->run.length);
    bool is_note = at > 0 && refine->run.at[at - 1] == '^' && is_plain(refine, at - 1) &&
                   note.length > 1 && !strchr("[] \n", note.at[1]);
    if (is_note)
        tell_problem(refine->host, REPORT_WARNING, offset_at(refine, at - 1), 2,
            "this footnote is shown as text: write [^1] here, and its text on a line of its own, "
            "[^1]: ...");
}

/*
 * One function for each thing that may stand at run[at]: `from` is where the text begins that has
 * not been passed on yet. If the thing is there, that text is passed on, then the thing, and *from
 * moves behind it.
 */

static bool pass_text_before(struct refine *refine, size_t *from, size_t at, size_t next)
{
    size_t start = *from;
    *from = next;
    return pass_text(refine, start, at);
}

/* Is the line at run[at] the second one of a table: dashes, bars and colons? */
static bool is_table_line(const struct refine *refine, size_t at)
{
    size_t bars = 0;
    size_t dashes = 0;
    for (; at < refine->run.length && refine->run.at[at] != '\n'; at++) {
        char c = refine->run.at[at];
        bars += c == '|';
        dashes += c == '-';
        if (!strchr("|-: \t", c) || !is_plain(refine, at))
            return false;
    }
    return bars > 0 && dashes > 0;
}

/* What would have been a table elsewhere: md4c wants it to begin its paragraph. */
static void tell_of_lost_table(const struct refine *refine, size_t at)
{
    if (is_table_line(refine, at))
        tell_problem(refine->host, REPORT_WARNING, offset_at(refine, at), 0,
            "this table is shown as text: it needs a blank line before it, and three dashes in "
            "each column");
}

/* A box or its title. */
static bool pass_box(
    struct refine *refine, enum markdown_event_kind kind, enum markdown_block block, size_t offset)
{
    const struct refine_box *box = &refine->boxes[refine->quotes];
    struct markdown_event event = {
        .kind = kind, .block = block, .offset = offset, .level = box->kind, .start = box->fold};
    return pass_on(refine, &event);
}

/* The line after a box's title begins its first paragraph. */
static bool end_title(struct refine *refine, size_t *from, size_t at)
{
    struct markdown_event paragraph = {.kind = MARKDOWN_ENTER_BLOCK,
        .block = MARKDOWN_PARAGRAPH,
        .offset = offset_at(refine, at) + 1};
    refine->in_title = false;
    return pass_text_before(refine, from, at, at + 1) &&
           pass_box(refine, MARKDOWN_LEAVE_BLOCK, MARKDOWN_CALLOUT_TITLE, paragraph.offset) &&
           pass_on(refine, &paragraph);
}

static bool pass_break(struct refine *refine, size_t *from, size_t at)
{
    if (refine->in_title && refine->spans == 0)
        return end_title(refine, from, at);
    tell_of_lost_table(refine, at + 1);
    bool hard = refine->is_copy && refine->marks.at[at] == MARK_HARD_BREAK;
    enum markdown_text_kind kind = hard ? MARKDOWN_HARD_BREAK : MARKDOWN_SOFT_BREAK;
    return pass_text_before(refine, from, at, at + 1) &&
           pass_on(refine, text_event(refine, kind, at, at + 1));
}

static bool pass_wiki(struct refine *refine, size_t *from, size_t at)
{
    struct wiki_parts parts;
    tell_of_mark(refine, at);
    tell_of_inline_note(refine, at);
    if (refine->anchors > 0 || !read_wiki(refine, at, &parts))
        return true;
    struct markdown_event event = wiki_event(refine, at, &parts);
    return pass_text_before(refine, from, at, at + parts.length) && pass_on(refine, &event);
}

/* `![[album.png|300]]` is the picture `![](album.png)`, 300 wide; `|300x200` tells its height, too. */
static bool pass_picture(struct refine *refine, size_t *from, size_t at,
    const struct wiki_parts *parts, const struct wiki_picture *picture)
{
    struct markdown_event event = wiki_event(refine, at + 1, parts);
    struct markdown_event alt = {
        .kind = MARKDOWN_TEXT, .offset = offset_at(refine, at), .text = picture->alt};
    event.kind = MARKDOWN_ENTER_SPAN;
    event.text_kind = MARKDOWN_PLAIN;
    event.span = MARKDOWN_PICTURE;
    event.offset = alt.offset;
    event.length++;
    event.level = picture->size.width;
    event.start = picture->size.height;
    event.text = event.title = TEXT_NONE;
    struct markdown_event end = event;
    end.kind = MARKDOWN_LEAVE_SPAN;
    return pass_text_before(refine, from, at, at + 1 + parts->length) && pass_on(refine, &event) &&
           (!picture->alt.length || pass_on(refine, &alt)) && pass_on(refine, &end);
}

/* An embed inside a sentence becomes a link: its "!" is left out. */
static bool pass_embed_sign(struct refine *refine, size_t *from, size_t at)
{
    struct wiki_parts parts;
    struct wiki_picture picture;
    if (refine->anchors > 0 || at + 1 >= refine->run.length || !read_wiki(refine, at + 1, &parts))
        return true;
    if (wiki_picture(&parts, &picture))
        return pass_picture(refine, from, at, &parts, &picture);
    tell_problem(refine->host, REPORT_WARNING, offset_at(refine, at), parts.length + 1,
        "an embed stands alone in its paragraph; here it is shown as a link");
    return pass_text_before(refine, from, at, at + 1);
}

/* Where the address begins that may have this sign of it at run[at]: "http:", "https:" or "www.".
 * The signs are rare, while many a word has an h or a w. */
static size_t address_start(struct text run, size_t at)
{
    bool secure = run.at[at] == ':' && at > 0 && (run.at[at - 1] | 0x20) == 's';
    size_t before = run.at[at] == '.' ? strlen("www") : secure ? strlen("https") : strlen("http");
    return at < before ? at : at - before;
}

static bool pass_address(struct refine *refine, size_t *from, size_t sign)
{
    bool is_mail = refine->run.at[sign] == '@';
    size_t at = is_mail ? sign : address_start(refine->run, sign);
    if (refine->anchors > 0 || !is_plain(refine, at))
        return true;
    size_t length =
        is_mail ? address_read_mail(refine->run, sign, &at) : address_read(refine->run, at);
    if (length == 0 || at < *from)
        return true;
    struct markdown_event text = *text_event(refine, MARKDOWN_PLAIN, at, at + length);
    struct markdown_event span = {.kind = MARKDOWN_ENTER_SPAN,
        .span = MARKDOWN_ANCHOR,
        .offset = text.offset,
        .length = text.length,
        .destination = whole_address(refine, text.text, is_mail),
        .bare = true};
    if (!pass_text_before(refine, from, at, at + length) || !pass_on(refine, &span) ||
        !pass_on(refine, &text))
        return false;
    span.kind = MARKDOWN_LEAVE_SPAN;
    return pass_on(refine, &span);
}

/* Is there the same sign at the offset, typed in the same way? */
static bool is_same_sign(const struct refine *refine, size_t at, char sign, char mark)
{
    return at < refine->run.length && refine->run.at[at] == sign &&
           (!refine->is_copy || refine->marks.at[at] == mark);
}

static bool is_blank_at(const struct refine *refine, size_t at)
{
    return at < refine->run.length && strchr(" \t\n", refine->run.at[at]);
}

/* "a == b" compares; a mark touches its text. Spoilers and comments may stand off from theirs. */
static unsigned what_sign_may(const struct refine *refine, size_t at, char sign)
{
    unsigned may = 0;
    if (sign != '=' || !is_blank_at(refine, at + 2))
        may |= MARKDOWN_MAY_OPEN;
    if (sign != '=' || at == 0 || !is_blank_at(refine, at - 1))
        may |= MARKDOWN_MAY_CLOSE;
    return may;
}

/* Two of a kind, and no third. */
static bool pass_pair_sign(struct refine *refine, size_t *from, size_t at)
{
    char sign = refine->run.at[at];
    char mark = (char)(refine->is_copy ? refine->marks.at[at] : MARK_PLAIN);
    bool is_pair = (mark == MARK_PLAIN || mark == MARK_BAR) &&
                   is_same_sign(refine, at + 1, sign, mark) &&
                   !is_same_sign(refine, at + 2, sign, mark) &&
                   !(at > 0 && is_same_sign(refine, at - 1, sign, mark));
    if (!is_pair)
        return true;
    if (!pass_text_before(refine, from, at, at + 2))
        return false;
    struct markdown_event event = *text_event(refine, MARKDOWN_SIGN_TEXT, at, at + 2);
    event.level = what_sign_may(refine, at, sign);
    return pass_on(refine, &event);
}

static bool is_letter_or_digit(char byte)
{
    char lower = byte | 0x20;
    return (byte >= '0' && byte <= '9') || (lower >= 'a' && lower <= 'z');
}

static uint32_t point_before(const struct refine *refine, size_t at)
{
    return at > 0 ? text_previous_point(refine->run, &at) : refine->before;
}

static bool are_plain(const struct refine *refine, size_t from, size_t to)
{
    while (from < to && is_plain(refine, from))
        from++;
    return from == to;
}

/* Sets *from behind what was replaced, or *at behind what stays. */
static bool pass_smart(struct refine *refine, size_t *from, size_t *at)
{
    size_t length;
    size_t start = *at;
    if (!is_plain(refine, start))
        return true;
    struct text shown =
        smart_read(&refine->smart, refine->run, start, point_before(refine, start), &length);
    *at = start + length - 1;
    if (!shown.at || !are_plain(refine, start, start + length))
        return true;
    if (!pass_text_before(refine, from, start, start + length))
        return false;
    struct markdown_event event = *text_event(refine, MARKDOWN_PLAIN, start, start + length);
    event.text = shown;
    return pass_on(refine, &event);
}

static bool is_smart_sign(const struct text run, size_t at)
{
    char sign = run.at[at];
    bool is_dots = sign == '.' && at + 1 < run.length && run.at[at + 1] == '.';
    return sign == '"' || sign == '\'' || sign == '-' || is_dots;
}

static bool pass_find(struct refine *refine, size_t *from, size_t at)
{
    char sign = refine->run.at[at];
    if (refine->options->by_stranger && strchr("=%[!<", sign))
        return true;
    if (sign == '|' || sign == '=' || sign == '%')
        return pass_pair_sign(refine, from, at);
    bool begins = sign != '\n' && sign != ':' && sign != '.';
    if (begins && !is_plain(refine, at))
        return true;
    switch (sign) {
    case '\n': return pass_break(refine, from, at);
    case '[': return pass_wiki(refine, from, at);
    case '!': return pass_embed_sign(refine, from, at);
    case '<': tell_of_raw_html(refine, at); return true;
    default: return pass_address(refine, from, at);
    }
}

enum { SIGN = 1, PAIR_SIGN = 2, SMART_SIGN = 4 };

static const unsigned char is_sign[256] = {['\n'] = SIGN,
    ['['] = SIGN,
    ['!'] = SIGN,
    ['<'] = SIGN,
    [':'] = SIGN,
    ['.'] = SIGN,
    ['@'] = SIGN,
    ['|'] = PAIR_SIGN,
    ['='] = PAIR_SIGN,
    ['%'] = PAIR_SIGN,
    ['"'] = SMART_SIGN,
    ['\''] = SMART_SIGN,
    ['-'] = SMART_SIGN};

static stride signs_of(stride bytes)
{
    return (bytes == '\n') | (bytes == '[') | (bytes == '!') | (bytes == '<') | (bytes == ':') |
           (bytes == '.') | (bytes == '@');
}

static unsigned wanted_signs(const struct refine *refine)
{
    return SIGN | (refine->has_pairs ? PAIR_SIGN : 0) | (refine->options->smart ? SMART_SIGN : 0);
}

/* The next byte at or after run[at] that may be of something; else the run's end. Nothing is looked
 * for that may be of a pair where the body has none. */
static size_t find_sign(struct text run, size_t at, unsigned wanted)
{
    for (; wanted == SIGN && at + sizeof(stride) <= run.length; at += sizeof(stride)) {
        size_t first = stride_first(signs_of(stride_read(run.at + at)));
        if (first < sizeof(stride))
            return at + first;
    }
    while (at < run.length && !(is_sign[(unsigned char)run.at[at]] & wanted))
        at++;
    return at;
}

static bool pass_run(struct refine *refine, size_t from)
{
    unsigned wanted = wanted_signs(refine);
    for (size_t at = from;; at = at < from ? from : at + 1) {
        at = find_sign(refine->run, at, wanted);
        if (at == refine->run.length)
            break;
        bool is_smart = wanted & SMART_SIGN && is_smart_sign(refine->run, at);
        if (!(is_smart ? pass_smart(refine, &from, &at) : pass_find(refine, &from, at)))
            return false;
    }
    return pass_text(refine, from, refine->run.length);
}

/* ---- A paragraph of embeds ----------------------------------------------------------------------------- */

/* The embed at or after run[*at], with only blanks before it; moves *at to its "!". */
static bool next_embed(const struct refine *refine, size_t *at, struct wiki_parts *parts)
{
    while (*at < refine->run.length && strchr(" \t\n", refine->run.at[*at]))
        ++*at;
    return *at + 1 < refine->run.length && refine->run.at[*at] == '!' && is_plain(refine, *at) &&
           read_wiki(refine, *at + 1, parts);
}

/* How many embeds the run is; 0 when there is anything else in it. */
static size_t count_embeds(const struct refine *refine)
{
    if (refine->options->by_stranger)
        return 0;
    size_t count = 0;
    size_t at = 0;
    struct wiki_parts parts;
    struct wiki_picture picture;
    while (next_embed(refine, &at, &parts)) {
        if (wiki_picture(&parts, &picture))
            return 0; /* pictures stand in a paragraph */
        at += 1 + parts.length;
        count++;
    }
    return at == refine->run.length ? count : 0;
}

static bool pass_embeds(struct refine *refine, size_t count)
{
    size_t at = 0;
    struct wiki_parts parts;
    for (size_t index = 0; index < count && next_embed(refine, &at, &parts); index++) {
        struct markdown_event event = wiki_event(refine, at + 1, &parts);
        event.text_kind = MARKDOWN_EMBED_TEXT;
        event.offset = offset_at(refine, at);
        event.length++;
        event.index = index;
        event.count = count;
        if (!pass_on(refine, &event))
            return false;
        at += 1 + parts.length;
    }
    return true;
}

/* ---- Boxes ------------------------------------------------------------------------------------------- */

static bool read_callout(const struct refine *refine, struct callout *callout)
{
    return !refine->options->by_stranger &&
           callout_read(refine->run, refine->is_copy ? refine->marks.at : NULL, callout);
}

/* "[!at a glance]" is the title "At a glance". */
static bool pass_name_as_title(struct refine *refine, struct text name)
{
    struct text title = arena_text(&refine->arena, name);
    char first = name.at[0];
    if (first >= 'a' && first <= 'z')
        title = arena_format(&refine->arena, "%c%.*s", first - 'a' + 'A',
            TEXT_ARGS(text_slice(name, 1, name.length)));
    struct markdown_event event = {.kind = MARKDOWN_TEXT,
        .offset = offset_at(refine, (size_t)(name.at - refine->run.at)),
        .text = title};
    return pass_on(refine, &event);
}

/* Passes on the box, instead of the quote and paragraph that were held, and begins its title. */
static bool begin_box(struct refine *refine, const struct callout *callout)
{
    size_t offset = refine->quote.offset;
    refine->boxes[refine->quotes] = (struct refine_box){true, callout->kind, callout->fold};
    refine->holds_quote = refine->holds_paragraph = false;
    refine->in_title = true;
    bool has_title =
        callout->length < refine->run.length && refine->run.at[callout->length] != '\n';
    bool is_named = callout->kind == MARKDOWN_BOX && !has_title;
    return pass_box(refine, MARKDOWN_ENTER_BLOCK, MARKDOWN_CALLOUT, offset) &&
           pass_box(refine, MARKDOWN_ENTER_BLOCK, MARKDOWN_CALLOUT_TITLE, offset) &&
           (!is_named || pass_name_as_title(refine, callout->name));
}

/* ---- Events ----------------------------------------------------------------------------------------- */

static bool pass_quote(struct refine *refine)
{
    bool held = refine->holds_quote;
    refine->holds_quote = false;
    return !held || pass_on(refine, &refine->quote);
}

/* Passes on what was held back: the quote, the paragraph, then its run. */
static bool flush(struct refine *refine)
{
    struct callout callout;
    size_t from = 0;
    if (refine->holds_quote && refine->holds_paragraph && read_callout(refine, &callout)) {
        from = callout.length;
        if (!begin_box(refine, &callout))
            return false;
    }
    bool held = refine->holds_paragraph;
    refine->holds_paragraph = false;
    bool passed = pass_quote(refine) && (!held || pass_on(refine, &refine->paragraph)) &&
                  (refine->run.length == 0 || pass_run(refine, from));
    if (refine->options->smart && refine->run.length > 0)
        refine->before = point_before(refine, refine->run.length);
    clear_run(refine);
    return passed;
}

static unsigned top_level(const struct refine *refine)
{
    return refine->options->top_level ? refine->options->top_level : 2;
}

static void tell_of_high_heading(struct refine *refine, size_t offset)
{
    if (refine->high_level == 0)
        return;
    tell_problem(refine->host, REPORT_WARNING, offset, 0,
        "a heading of level %u belongs to the page itself; this one is shown as level %u",
        refine->high_level, top_level(refine));
    refine->high_level = 0;
}

static bool on_heading(struct refine *refine, const struct markdown_event *event)
{
    struct markdown_event heading = *event;
    if (event->kind == MARKDOWN_LEAVE_BLOCK)
        tell_of_high_heading(refine, event->offset);
    if (event->level < top_level(refine)) {
        refine->high_level = event->kind == MARKDOWN_ENTER_BLOCK ? event->level : 0;
        heading.level = top_level(refine);
    }
    return pass_on(refine, &heading);
}

static bool on_paragraph(struct refine *refine, const struct markdown_event *event)
{
    if (event->kind == MARKDOWN_ENTER_BLOCK) {
        refine->holds_paragraph = true;
        refine->paragraph = *event;
        return true;
    }
    if (!refine->in_title)
        return pass_on(refine, event);
    refine->in_title = false;
    return pass_box(refine, MARKDOWN_LEAVE_BLOCK, MARKDOWN_CALLOUT_TITLE, event->offset);
}

static bool on_quote(struct refine *refine, const struct markdown_event *event)
{
    if (event->kind == MARKDOWN_ENTER_BLOCK) {
        refine->quotes++;
        refine->boxes[refine->quotes].is_box = false;
        refine->holds_quote = true;
        refine->quote = *event;
        return true;
    }
    bool passed = refine->boxes[refine->quotes].is_box
                      ? pass_box(refine, MARKDOWN_LEAVE_BLOCK, MARKDOWN_CALLOUT, event->offset)
                      : pass_on(refine, event);
    refine->quotes--;
    return passed;
}

/* Obsidian's name of a block, at its end: "The paragraph that others quote. ^quote". "x ^2" is none.
 * Where it begins, with the blanks before it; the run's length when there is none. */
static size_t find_block_name(const struct refine *refine)
{
    struct text run = refine->run;
    size_t start = run.length;
    bool is_number = true;
    while (start > 0 && (run.at[start - 1] == '-' || is_letter_or_digit(run.at[start - 1])))
        is_number &= run.at[--start] >= '0' && run.at[start] <= '9';
    bool is_name = start > 0 && !is_number && run.at[start - 1] == '^' &&
                   (start == 1 || strchr(" \n", run.at[start - 2])) &&
                   are_plain(refine, start - 1, run.length);
    if (!is_name || refine->options->by_stranger)
        return run.length;
    for (start--; start > 0 && strchr(" \n", run.at[start - 1]);)
        start--;
    return start;
}

/* A paragraph of its own may name the block above. */
static bool drop_block_name(struct refine *refine, const struct markdown_event *event)
{
    size_t start = find_block_name(refine);
    bool is_alone = start == 0 && refine->run.length && refine->run.at[0] == '^';
    if (!is_alone)
        refine->run.length = start;
    return is_alone && refine->holds_paragraph && event->block == MARKDOWN_PARAGRAPH;
}

/* md4c says of a block only what it stands behind. */
static size_t offset_of_info(const struct refine *refine, const struct markdown_event *event)
{
    struct text behind = text_slice(refine->source, event->offset, refine->source.length);
    ptrdiff_t at = text_find(behind, event->info);
    return event->offset + (at < 0 ? 0 : (size_t)at);
}

/* Code that Obsidian, or a plugin of it, shows as what it finds in the vault. */
static void tell_of_query(const struct refine *refine, const struct markdown_event *event)
{
    static const char *const queries[] = {"dataview", "dataviewjs", "query", "tasks", "base"};
    if (event->block != MARKDOWN_CODE_BLOCK || event->kind != MARKDOWN_ENTER_BLOCK ||
        refine->options->by_stranger)
        return;
    for (size_t i = 0; i < BASE_COUNT(queries); i++)
        if (text_is(event->info, queries[i]))
            tell_problem(refine->host, REPORT_WARNING, offset_of_info(refine, event),
                event->info.length, "only Obsidian answers this '%s': it is shown as it is written",
                queries[i]);
}

static bool on_block(struct refine *refine, const struct markdown_event *event)
{
    if (drop_block_name(refine, event)) {
        refine->holds_paragraph = false;
        clear_run(refine);
        return pass_quote(refine);
    }
    if (refine->holds_paragraph && event->block == MARKDOWN_PARAGRAPH && refine->run.length > 0) {
        size_t embeds = count_embeds(refine);
        if (embeds > 0) {
            bool passed = pass_quote(refine) && pass_embeds(refine, embeds);
            refine->holds_paragraph = false;
            clear_run(refine);
            return passed;
        }
    }
    bool begins_quote = event->block == MARKDOWN_PARAGRAPH && event->kind == MARKDOWN_ENTER_BLOCK;
    if (!(begins_quote && refine->holds_quote) && !flush(refine))
        return false;
    refine->smart = (struct smart){0};
    refine->before = '\n';
    tell_of_query(refine, event);
    refine->in_cell = event->block == MARKDOWN_TABLE_CELL && event->kind == MARKDOWN_ENTER_BLOCK;
    switch (event->block) {
    case MARKDOWN_PARAGRAPH: return on_paragraph(refine, event);
    case MARKDOWN_HEADING: return on_heading(refine, event);
    case MARKDOWN_QUOTE: return on_quote(refine, event);
    default: return pass_on(refine, event);
    }
}

/* Enough to know it again. */
static struct text shortened(struct text address)
{
    enum { SHOWN_BYTES = 200 };
    size_t end = address.length < SHOWN_BYTES ? address.length : SHOWN_BYTES;
    while (end > 0 && end < address.length && ((unsigned char)address.at[end] & 0xC0) == 0x80)
        end--;
    return text_slice(address, 0, end);
}

static void tell_of_address(const struct refine *refine, const struct markdown_event *event)
{
    if (event->kind == MARKDOWN_ENTER_SPAN)
        tell_problem(refine->host, REPORT_ERROR, event->offset, event->length,
            "address '%.*s' is not allowed: only http, https, mailto, tel and relative ones are",
            TEXT_ARGS(shortened(event->destination)));
}

static bool on_span(struct refine *refine, const struct markdown_event *event)
{
    if (!flush(refine))
        return false;
    bool is_anchor = event->span == MARKDOWN_ANCHOR;
    bool is_picture = event->span == MARKDOWN_PICTURE;
    if ((is_anchor || is_picture) && !markdown_address_allowed(event->destination)) {
        tell_of_address(refine, event);
        return true;
    }
    unsigned step = event->kind == MARKDOWN_ENTER_SPAN ? 1 : -1U;
    refine->anchors += is_anchor ? step : 0;
    refine->pictures += is_picture ? step : 0;
    refine->spans += step;
    return pass_on(refine, event);
}

static bool on_text(struct refine *refine, const struct markdown_event *event)
{
    tell_of_high_heading(refine, event->offset);
    bool runs = event->text_kind == MARKDOWN_PLAIN || event->text_kind == MARKDOWN_SOFT_BREAK ||
                event->text_kind == MARKDOWN_HARD_BREAK;
    if (runs && refine->pictures == 0) {
        add_to_run(refine, event);
        return true;
    }
    bool passed = flush(refine) && pass_on(refine, event);
    refine->before = 'a'; /* what comes next stands behind code or a picture */
    return passed;
}

bool refine_event(void *context, const struct markdown_event *event)
{
    struct refine *refine = context;
    switch (event->kind) {
    case MARKDOWN_ENTER_BLOCK:
    case MARKDOWN_LEAVE_BLOCK: return on_block(refine, event);
    case MARKDOWN_ENTER_SPAN:
    case MARKDOWN_LEAVE_SPAN: return on_span(refine, event);
    case MARKDOWN_TEXT: return on_text(refine, event);
    }
    return false;
}
