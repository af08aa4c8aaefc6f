/*
 * From events to HTML, for both engines and both kinds of output: the page's, and the bare one of
 * the CommonMark specification.
 *
 * A heading's content is written into a buffer of its own first: its id comes from its text, and
 * stands before it.
 */
#include "markdown/markdown_inside.h"

#include "unicode/unicode.h"

struct renderer {
    const struct markdown_options *options;
    const struct markdown_host *host;
    struct buffer *out;  /* where bytes go: the page, or the heading */
    struct buffer *page; /* the caller's */
    struct buffer heading;
    struct buffer plain; /* of the heading */
    struct arena arena;
    struct heading_ids ids;
    const struct markdown_heading *headings; /* of the scan, those still to come; NULL for none */
    size_t limit;                            /* of the page's length */
    unsigned pictures;
    unsigned spoilers;  /* how deep we are in them */
    unsigned skipped;   /* how deep in one that is not written */
    size_t title_start; /* of a box: where its own words would begin */
    bool picture_shown;
    struct markdown_size picture; /* as it is */
    size_t alt_start;             /* of its words, in what is written */
    bool anchor_open;
    bool marks_hangul;
    enum markdown_task task; /* of an item whose checkbox has not been written */
    bool label_open;         /* around a checkbox and the text beside it */
    bool *explained;         /* of the glossary: those that were used; NULL without one */
    struct footnotes footnotes;
    unsigned spoiler_boxes; /* how deep we are in them */
};

static void add(struct renderer *renderer, struct text text)
{
    buffer_add(renderer->out, text);
}

static void add_line_start(struct renderer *renderer)
{
    const struct buffer *out = renderer->out;
    if (out->length > 0 && out->at[out->length - 1] != '\n')
        buffer_add_byte(renderer->out, '\n');
}

static void add_on_new_line(struct renderer *renderer, struct text tag)
{
    add_line_start(renderer);
    add(renderer, tag);
}

static void open_attribute(struct renderer *renderer, const char *name)
{
    buffer_add_byte(renderer->out, ' ');
    buffer_add_string(renderer->out, name);
    add(renderer, TEXT("=\""));
}

static void add_attribute(struct renderer *renderer, const char *name, struct text value)
{
    if (value.at)
        add_quoted(renderer->out, name, value);
}

static void add_address_attribute(struct renderer *renderer, const char *name, struct text address)
{
    open_attribute(renderer, name);
    if (is_bare(renderer->options))
        add_address_ascii(renderer->out, address);
    else
        markdown_add_address(renderer->out, address);
    buffer_add_byte(renderer->out, '"');
}

/* ---- Headings ------------------------------------------------------------------------------------- */

enum { LEVELS_WITH_ANCHOR = 4, LEVELS = 6 };

static unsigned shown_level(unsigned level)
{
    return level <= LEVELS ? level : LEVELS;
}

/* All of the tag but what closes it. */
static void add_heading_tag(struct renderer *renderer, const char *opening, unsigned level)
{
    buffer_add_string(renderer->out, opening);
    buffer_add_byte(renderer->out, (char)('0' + level));
}

/* The link of a heading to itself is empty: the theme gives it a sign, a feed reader shows none. */
static void add_self_link(struct renderer *renderer, struct text id)
{
    struct text label = word_or(renderer->options->words.heading_link, "Link to this heading");
    add(renderer, TEXT(" <a class=\"anchor\" href=\""));
    markdown_add_address(renderer->out, renderer->options->page);
    buffer_add_byte(renderer->out, '#');
    markdown_add_address(renderer->out, id);
    buffer_add_byte(renderer->out, '"');
    add_attribute(renderer, "aria-label", label);
    add(renderer, TEXT("></a>"));
}

static void enter_heading(struct renderer *renderer, const struct markdown_event *event)
{
    add_line_start(renderer);
    if (is_bare(renderer->options)) {
        add_heading_tag(renderer, "<h", event->level);
        buffer_add_byte(renderer->out, '>');
        return;
    }
    buffer_clear(&renderer->plain);
    buffer_clear(&renderer->heading);
    renderer->out = &renderer->heading;
}

static void trim_end(struct buffer *out)
{
    while (out->length > 0 && strchr(" \t", out->at[out->length - 1]))
        out->length--;
}

/* The scan, where there was one, has made it already. */
static struct text next_heading_id(struct renderer *renderer)
{
    if (renderer->headings)
        return renderer->headings++->id;
    return heading_id(&renderer->ids, buffer_text(&renderer->plain));
}

static void leave_heading(struct renderer *renderer, const struct markdown_event *event)
{
    unsigned level = shown_level(event->level);
    trim_end(renderer->out);
    if (!is_bare(renderer->options)) {
        struct text id = next_heading_id(renderer);
        renderer->out = renderer->page;
        add_heading_tag(renderer, "<h", level);
        add_attribute(renderer, "id", id);
        buffer_add_byte(renderer->out, '>');
        add(renderer, buffer_text(&renderer->heading));
        if (level <= LEVELS_WITH_ANCHOR)
            add_self_link(renderer, id);
    }
    add_heading_tag(renderer, "</h", level);
    add(renderer, TEXT(">\n"));
}

/* ---- Lists ------------------------------------------------------------------------------------------ */

static void enter_list(struct renderer *renderer, const struct markdown_event *event)
{
    add_line_start(renderer);
    if (event->ordered && event->start != 1)
        buffer_format(renderer->out, "<ol start=\"%u\">\n", event->start);
    else
        add(renderer, event->ordered ? TEXT("<ol>\n") : TEXT("<ul>\n"));
}

static void enter_item(struct renderer *renderer, const struct markdown_event *event)
{
    add_line_start(renderer);
    bool has_class = event->task && !is_bare(renderer->options);
    add(renderer, has_class ? TEXT("<li class=\"task\">") : TEXT("<li>"));
    renderer->task = event->task;
}

/* The checkbox and its text, up to the next block, are one label: so it needs no words of its own
 * in some language. Called before anything inline is written, and after a paragraph's tag. */
static void open_label(struct renderer *renderer)
{
    bool is_done = renderer->task == MARKDOWN_TASK_DONE;
    if (renderer->task == MARKDOWN_NO_TASK)
        return;
    if (is_bare(renderer->options)) {
        buffer_format(renderer->out, "<input type=\"checkbox\"%s disabled=\"\" /> ",
            is_done ? " checked=\"\"" : "");
        renderer->task = MARKDOWN_NO_TASK;
        return;
    }
    add(renderer, TEXT("<label><input type=\"checkbox\" disabled"));
    add(renderer, is_done ? TEXT(" checked> ") : TEXT("> "));
    renderer->task = MARKDOWN_NO_TASK;
    renderer->label_open = true;
}

static void close_label(struct renderer *renderer)
{
    if (renderer->label_open)
        add(renderer, TEXT("</label>"));
    renderer->label_open = false;
}

/* ---- Code --------------------------------------------------------------------------------------------- */

static void enter_code_block(struct renderer *renderer, const struct markdown_event *event)
{
    add_line_start(renderer);
    /* Wide code scrolls, and what scrolls must be reachable by keyboard. */
    add(renderer,
        is_bare(renderer->options) ? TEXT("<pre><code") : TEXT("<pre tabindex=\"0\"><code"));
    size_t end = 0;
    while (end < event->info.length && !strchr(" \t\n", event->info.at[end]))
        end++;
    if (end > 0) {
        add(renderer, TEXT(" class=\"language-"));
        add_escaped(renderer->out, text_slice(event->info, 0, end));
        buffer_add_byte(renderer->out, '"');
    }
    buffer_add_byte(renderer->out, '>');
}

/* ---- Tables ------------------------------------------------------------------------------------------- */

/* Wide tables scroll. */
static void enter_table(struct renderer *renderer)
{
    bool bare = is_bare(renderer->options);
    add_on_new_line(
        renderer, bare ? TEXT("<table>\n") : TEXT("<div class=\"table\" tabindex=\"0\"><table>\n"));
}

/* Classes, since the page's security policy forbids inline style. */
static const char *const align_classes[] = {
    [MARKDOWN_LEFT] = "left", [MARKDOWN_CENTER] = "center", [MARKDOWN_RIGHT] = "right"};

static void enter_cell(struct renderer *renderer, const struct markdown_event *event)
{
    add(renderer, event->header ? TEXT("<th") : TEXT("<td"));
    if (event->align != MARKDOWN_NO_ALIGN)
        add_attribute(renderer, is_bare(renderer->options) ? "align" : "class",
            text_of(align_classes[event->align]));
    buffer_add_byte(renderer->out, '>');
}

/* ---- Spoilers ----------------------------------------------------------------------------------------- */

static void add_spoiler_word(struct renderer *renderer)
{
    add_escaped(renderer->out, word_or(renderer->options->words.spoiler, "Spoiler"));
}

/*
 * A switch and what it shows. It works by keyboard and without scripts: the stylesheet shows what
 * stands behind a switch that is on, and `hidden` hides it where there is no stylesheet.
 */
static void enter_spoiler(struct renderer *renderer)
{
    close_label(renderer);
    if (renderer->out == &renderer->heading && renderer->spoilers == 0)
        buffer_add_string(&renderer->plain, spoiler_shown);
    renderer->spoilers++;
    if (renderer->options->hides_spoilers) {
        add(renderer, TEXT("["));
        add_spoiler_word(renderer);
        add(renderer, TEXT("]"));
        renderer->skipped = 1;
        return;
    }
    add(renderer, TEXT("<span class=\"spoiler\"><label><input type=\"checkbox\"> "));
    add_spoiler_word(renderer);
    add(renderer, TEXT("</label><span hidden>"));
}

static void leave_spoiler(struct renderer *renderer)
{
    renderer->spoilers--;
    if (!renderer->options->hides_spoilers)
        add(renderer, TEXT("</span></span>"));
}

/* ---- Boxes -------------------------------------------------------------------------------------------- */

/* A box that is left out, but for its title. */
static bool hides(const struct renderer *renderer, const struct markdown_event *box)
{
    return renderer->options->hides_spoilers && box->level == MARKDOWN_SPOILER_BOX;
}

static bool folds(const struct markdown_event *box)
{
    return box->start != MARKDOWN_NO_FOLD;
}

static void enter_box(struct renderer *renderer, const struct markdown_event *event)
{
    const char *class = callout_class((enum markdown_callout)event->level);
    bool is_open = event->start == MARKDOWN_UNFOLDED;
    add_line_start(renderer);
    renderer->spoiler_boxes += event->level == MARKDOWN_SPOILER_BOX;
    if (hides(renderer, event))
        return;
    if (folds(event))
        buffer_format(
            renderer->out, "<details class=\"callout %s\"%s>\n", class, is_open ? " open" : "");
    else
        buffer_format(renderer->out, "<div class=\"callout %s\" role=\"note\">\n", class);
}

static void leave_box(struct renderer *renderer, const struct markdown_event *event)
{
    add_line_start(renderer);
    renderer->spoiler_boxes -= event->level == MARKDOWN_SPOILER_BOX;
    if (!hides(renderer, event))
        add(renderer, folds(event) ? TEXT("</details>\n") : TEXT("</div>\n"));
}

/* The title of a box says what is in it: its kind, where the writer gave no other. */
static void add_kind(struct renderer *renderer, enum markdown_callout kind)
{
    const struct markdown_words *words = &renderer->options->words;
    struct text said = TEXT("");
    switch (kind) {
    case MARKDOWN_NOTE: said = word_or(words->note, "Note"); break;
    case MARKDOWN_TIP: said = word_or(words->tip, "Tip"); break;
    case MARKDOWN_IMPORTANT: said = word_or(words->important, "Important"); break;
    case MARKDOWN_WARNING: said = word_or(words->warning, "Warning"); break;
    case MARKDOWN_CAUTION: said = word_or(words->caution, "Caution"); break;
    case MARKDOWN_SPOILER_BOX: said = word_or(words->spoiler, "Spoiler"); break;
    case MARKDOWN_BOX: break;
    }
    add_escaped(renderer->out, said);
}

/* What hides a spoiler says so, whatever its title. */
static void enter_title(struct renderer *renderer, const struct markdown_event *event)
{
    bool is_summary = folds(event) && !hides(renderer, event);
    add(renderer, is_summary ? TEXT("<summary>") : TEXT("<p class=\"title\">"));
    if (event->level == MARKDOWN_SPOILER_BOX) {
        add(renderer, TEXT("<b>"));
        add_spoiler_word(renderer);
        add(renderer, TEXT("</b> "));
    }
    renderer->title_start = renderer->out->length;
}

static void leave_title(struct renderer *renderer, const struct markdown_event *event)
{
    bool is_spoiler = event->level == MARKDOWN_SPOILER_BOX;
    if (renderer->out->length == renderer->title_start && !is_spoiler)
        add_kind(renderer, (enum markdown_callout)event->level);
    trim_end(renderer->out);
    bool is_hidden = hides(renderer, event);
    add(renderer, folds(event) && !is_hidden ? TEXT("</summary>\n") : TEXT("</p>\n"));
    renderer->skipped = is_hidden;
}

/* ---- Blocks ------------------------------------------------------------------------------------------- */

static void enter_block(struct renderer *renderer, const struct markdown_event *event)
{
    bool bare = is_bare(renderer->options);
    close_label(renderer);
    switch (event->block) {
    case MARKDOWN_DOCUMENT: break;
    case MARKDOWN_PARAGRAPH:
        add_on_new_line(renderer, TEXT("<p>"));
        open_label(renderer);
        break;
    case MARKDOWN_HEADING: enter_heading(renderer, event); break;
    case MARKDOWN_QUOTE: add_on_new_line(renderer, TEXT("<blockquote>\n")); break;
    case MARKDOWN_LIST: enter_list(renderer, event); break;
    case MARKDOWN_ITEM: enter_item(renderer, event); break;
    case MARKDOWN_RULE: add_on_new_line(renderer, bare ? TEXT("<hr />\n") : TEXT("<hr>\n")); break;
    case MARKDOWN_CODE_BLOCK: enter_code_block(renderer, event); break;
    case MARKDOWN_HTML_BLOCK: add_line_start(renderer); break;
    case MARKDOWN_TABLE: enter_table(renderer); break;
    case MARKDOWN_TABLE_HEAD: add(renderer, TEXT("<thead>\n")); break;
    case MARKDOWN_TABLE_BODY: add(renderer, TEXT("<tbody>\n")); break;
    case MARKDOWN_TABLE_ROW: add(renderer, TEXT("<tr>")); break;
    case MARKDOWN_TABLE_CELL: enter_cell(renderer, event); break;
    case MARKDOWN_FOOTNOTE:
        add_line_start(renderer);
        renderer->skipped = !footnotes_enter(&renderer->footnotes, event, renderer->out);
        break;
    case MARKDOWN_CALLOUT: enter_box(renderer, event); break;
    case MARKDOWN_CALLOUT_TITLE: enter_title(renderer, event); break;
    }
}

static void leave_block(struct renderer *renderer, const struct markdown_event *event)
{
    bool bare = is_bare(renderer->options);
    if (event->block == MARKDOWN_ITEM)
        open_label(renderer);
    close_label(renderer);
    switch (event->block) {
    case MARKDOWN_DOCUMENT: footnotes_end(&renderer->footnotes, renderer->out); break;
    case MARKDOWN_PARAGRAPH: add(renderer, TEXT("</p>\n")); break;
    case MARKDOWN_HEADING: leave_heading(renderer, event); break;
    case MARKDOWN_QUOTE: add_on_new_line(renderer, TEXT("</blockquote>\n")); break;
    case MARKDOWN_LIST: add(renderer, event->ordered ? TEXT("</ol>\n") : TEXT("</ul>\n")); break;
    case MARKDOWN_ITEM: add(renderer, TEXT("</li>\n")); break;
    case MARKDOWN_RULE: break;
    case MARKDOWN_CODE_BLOCK: add(renderer, TEXT("</code></pre>\n")); break;
    case MARKDOWN_HTML_BLOCK: add_line_start(renderer); break;
    case MARKDOWN_TABLE: add(renderer, bare ? TEXT("</table>\n") : TEXT("</table></div>\n")); break;
    case MARKDOWN_TABLE_HEAD: add(renderer, TEXT("</thead>\n")); break;
    case MARKDOWN_TABLE_BODY: add(renderer, TEXT("</tbody>\n")); break;
    case MARKDOWN_TABLE_ROW: add(renderer, TEXT("</tr>\n")); break;
    case MARKDOWN_TABLE_CELL: add(renderer, event->header ? TEXT("</th>") : TEXT("</td>")); break;
    case MARKDOWN_FOOTNOTE: footnotes_leave(&renderer->footnotes, event, renderer->out); break;
    case MARKDOWN_CALLOUT: leave_box(renderer, event); break;
    case MARKDOWN_CALLOUT_TITLE: leave_title(renderer, event); break;
    }
}

/* ---- Links and pictures ----------------------------------------------------------------------------------- */

static struct markdown_link question(
    const struct markdown_event *event, enum markdown_link_kind kind)
{
    return (struct markdown_link){.kind = kind,
        .target = event->destination,
        .offset = event->offset,
        .length = event->length,
        .index = event->index,
        .count = event->count,
        .address = event->destination,
        .title = event->title};
}

static bool ask(const struct renderer *renderer, struct markdown_link *link)
{
    const struct markdown_host *host = renderer->host;
    return is_bare(renderer->options) || !host || !host->link || host->link(host->context, link);
}

static void add_link_tag(struct renderer *renderer, const struct markdown_link *link)
{
    add(renderer, TEXT("<a"));
    add_address_attribute(renderer, "href", link->address);
    add_attribute(renderer, "title", link->title);
    add_attribute(renderer, "class", link->class);
    add(renderer, link->attributes);
    buffer_add_byte(renderer->out, '>');
}

static void on_anchor(struct renderer *renderer, const struct markdown_event *event)
{
    if (event->kind == MARKDOWN_LEAVE_SPAN) {
        add(renderer, renderer->anchor_open ? TEXT("</a>") : TEXT(""));
        renderer->anchor_open = false;
        return;
    }
    struct markdown_link link = question(event, event->bare ? MARKDOWN_ADDRESS : MARKDOWN_LINK);
    renderer->anchor_open = ask(renderer, &link);
    if (renderer->anchor_open)
        add_link_tag(renderer, &link);
}

static void enter_picture(struct renderer *renderer, const struct markdown_event *event)
{
    struct markdown_link link = question(event, MARKDOWN_IMAGE);
    renderer->picture_shown = ask(renderer, &link);
    if (!renderer->picture_shown)
        return;
    add(renderer, TEXT("<img"));
    add_address_attribute(renderer, "src", link.address);
    if (!is_bare(renderer->options)) {
        add_attribute(renderer, "title", link.title);
        add_attribute(renderer, "class", link.class);
        add(renderer, link.attributes);
        add(renderer, TEXT(" loading=\"lazy\" decoding=\"async\""));
    }
    add(renderer, TEXT(" alt=\""));
    renderer->picture = link.size;
    renderer->alt_start = renderer->out->length;
}

/* `![A door|300](door.png)`: takes the size off the words. */
static struct markdown_size take_size(struct renderer *renderer)
{
    struct text words = buffer_text(renderer->out), alt;
    words = text_slice(words, renderer->alt_start, words.length);
    struct markdown_size size = {0, 0};
    if (text_find_byte(words, '|') >= 0)
        size = wiki_size(words, &alt);
    if (size.width)
        renderer->out->length = (size_t)(alt.at + alt.length - renderer->out->at);
    return size;
}

/* Both where they are known, so that nothing on the page moves when the picture has come: a width alone keeps
 * the picture's shape. */
static void add_size(struct renderer *renderer, struct markdown_size asked)
{
    struct markdown_size is = renderer->picture, shown = asked.width ? asked : is;
    if (asked.width && !asked.height && is.width)
        shown.height = (unsigned)(((uint64_t)asked.width * is.height + is.width / 2) / is.width);
    if (shown.width)
        buffer_format(renderer->out, " width=\"%u\"", shown.width);
    if (shown.height)
        buffer_format(renderer->out, " height=\"%u\"", shown.height);
}

static void leave_picture(struct renderer *renderer, const struct markdown_event *event)
{
    struct markdown_size asked = {event->level, event->start};
    if (!renderer->picture_shown)
        return;
    bool is_plain = is_bare(renderer->options);
    struct markdown_size in_words = is_plain ? asked : take_size(renderer);
    buffer_add_byte(renderer->out, '"');
    if (is_plain)
        add_attribute(renderer, "title", event->title);
    else
        add_size(renderer, asked.width ? asked : in_words);
    add(renderer, is_plain ? TEXT(" />") : TEXT(">"));
}

/* Pictures inside a picture's alternative text are part of that text. */
static void on_picture(struct renderer *renderer, const struct markdown_event *event)
{
    if (event->kind == MARKDOWN_ENTER_SPAN) {
        if (renderer->pictures++ == 0)
            enter_picture(renderer, event);
    } else if (--renderer->pictures == 0) {
        leave_picture(renderer, event);
    }
}

static struct text span_tag(enum markdown_span span, bool enters)
{
    switch (span) {
    case MARKDOWN_EMPHASIS: return enters ? TEXT("<em>") : TEXT("</em>");
    case MARKDOWN_STRONG: return enters ? TEXT("<strong>") : TEXT("</strong>");
    case MARKDOWN_DELETED: return enters ? TEXT("<del>") : TEXT("</del>");
    case MARKDOWN_CODE: return enters ? TEXT("<code>") : TEXT("</code>");
    case MARKDOWN_MARK: return enters ? TEXT("<mark>") : TEXT("</mark>");
    default: return TEXT("");
    }
}

static void on_span(struct renderer *renderer, const struct markdown_event *event)
{
    bool enters = event->kind == MARKDOWN_ENTER_SPAN;
    open_label(renderer);
    if (event->span == MARKDOWN_PICTURE)
        on_picture(renderer, event);
    else if (renderer->pictures > 0)
        return;
    else if (event->span == MARKDOWN_ANCHOR)
        on_anchor(renderer, event);
    else if (event->span == MARKDOWN_FOOTNOTE_MARK && enters)
        footnotes_mark(&renderer->footnotes, event, renderer->anchor_open,
            renderer->spoilers + renderer->spoiler_boxes > 0, renderer->out);
    else if (event->span == MARKDOWN_SPOILER && enters)
        enter_spoiler(renderer);
    else if (event->span == MARKDOWN_SPOILER)
        leave_spoiler(renderer);
    else
        add(renderer, span_tag(event->span, enters));
}

/* ---- Text ------------------------------------------------------------------------------------------------- */

static void add_words(struct renderer *renderer, struct text text)
{
    if (renderer->marks_hangul && renderer->pictures == 0)
        add_escaped_hangul(renderer->out, text);
    else
        add_escaped(renderer->out, text);
}

/* ---- Abbreviations ------------------------------------------------------------------------------------ */

/* A letter or digit that makes a word of what stands beside it; Hangul begins a particle. */
static bool joins(uint32_t point)
{
    return (unicode_is_letter(point) && !unicode_is_hangul(point)) || unicode_is_digit(point);
}

static bool is_word(struct text text, size_t from, size_t to)
{
    return !(from > 0 && joins(text_previous_point(text, &from))) &&
           !(to < text.length && joins(text_next_point(text, &to)));
}

/* Where the term stands as a word; -1 for nowhere. */
static ptrdiff_t find_word(struct text text, struct text term)
{
    for (size_t from = 0; from < text.length;) {
        ptrdiff_t at = text_find(text_slice(text, from, text.length), term);
        if (at < 0)
            return -1;
        from += (size_t)at;
        if (is_word(text, from, from + term.length))
            return (ptrdiff_t)from;
        from++;
    }
    return -1;
}

/* The first of the terms that have not been used, the longest of those at one place. */
static const struct markdown_term *find_term(
    const struct renderer *renderer, struct text text, size_t *place)
{
    const struct markdown_term *terms = renderer->options->glossary, *found = NULL;
    for (size_t i = 0; i < renderer->options->glossary_count; i++) {
        ptrdiff_t at = renderer->explained[i] ? -1 : find_word(text, terms[i].term);
        if (at < 0 || (found && (size_t)at >= *place))
            continue;
        found = &terms[i];
        *place = (size_t)at;
    }
    return found;
}

static bool explains(const struct renderer *renderer)
{
    return renderer->explained && renderer->out != &renderer->heading && !renderer->anchor_open &&
           renderer->pictures == 0 && renderer->spoilers == 0 && renderer->spoiler_boxes == 0;
}

static void add_plain_words(struct renderer *renderer, struct text text)
{
    const struct markdown_term *term;
    size_t at = 0;
    while (explains(renderer) && (term = find_term(renderer, text, &at))) {
        add_words(renderer, text_slice(text, 0, at));
        add(renderer, TEXT("<abbr"));
        add_attribute(renderer, "title", term->meaning);
        buffer_add_byte(renderer->out, '>');
        add_words(renderer, term->term);
        add(renderer, TEXT("</abbr>"));
        renderer->explained[term - renderer->options->glossary] = true;
        text = text_slice(text, at + term->term.length, text.length);
    }
    add_words(renderer, text);
}

/* ---- Wiki links ----------------------------------------------------------------------------------------- */

static void on_wiki(struct renderer *renderer, const struct markdown_event *event)
{
    const struct markdown_host *host = renderer->host;
    struct markdown_link link = question(event, MARKDOWN_WIKI);
    link.label = event->title;
    link.title = TEXT_NONE;
    link.address = TEXT_NONE;
    link.text = event->text;
    link.in_heading = renderer->out == &renderer->heading;
    bool found = host && host->wiki && host->wiki(host->context, &link);
    if (found)
        add_link_tag(renderer, &link);
    add_words(renderer, link.label.at ? link.label : link.text);
    add(renderer, found ? TEXT("</a>") : TEXT(""));
    if (found)
        add_words(renderer, link.behind);
}

static void add_embed_as_typed(struct renderer *renderer, const struct markdown_link *link)
{
    add(renderer, TEXT("<p>![["));
    add_words(renderer, link->target);
    if (link->label.at) {
        buffer_add_byte(renderer->out, '|');
        add_words(renderer, link->label);
    }
    add(renderer, TEXT("]]</p>\n"));
}

/* Embeds and players in a row stand side by side, where anything can be played. */
static bool is_beside(const struct renderer *renderer, const struct markdown_event *event)
{
    return event->count > 1 && !renderer->options->links_players;
}

static void begin_beside(struct renderer *renderer, const struct markdown_event *event)
{
    if (is_beside(renderer, event) && event->index == 0)
        add(renderer, TEXT("<div class=\"beside\">\n"));
}

static void end_beside(struct renderer *renderer, const struct markdown_event *event)
{
    if (is_beside(renderer, event) && event->index + 1 == event->count)
        add(renderer, TEXT("</div>\n"));
}

/* What the host makes of an embed. Its label tells it from another beside it: "Season 2". */
static bool add_version(struct renderer *renderer, const struct markdown_link *link)
{
    size_t start = renderer->out->length;
    if (!link->label.length)
        return renderer->host->embed(renderer->host->context, link, renderer->out);
    add(renderer, TEXT("<figure class=\"version\"><figcaption>"));
    add_words(renderer, link->label);
    add(renderer, TEXT("</figcaption>\n"));
    bool is_made = renderer->host->embed(renderer->host->context, link, renderer->out);
    if (is_made)
        add_on_new_line(renderer, TEXT("</figure>\n"));
    else
        renderer->out->length = start;
    return is_made;
}

/* What is no track, and has a page or is a file: a note of Obsidian's, a recording. */
static bool add_embed_as_link(struct renderer *renderer, struct markdown_link *link)
{
    if (!renderer->host || !renderer->host->embed || !renderer->host->link ||
        !renderer->host->link(renderer->host->context, link))
        return false;
    add(renderer, TEXT("<p>"));
    add_link_tag(renderer, link);
    add_words(renderer, link->label.length ? link->label : wiki_shown(link->target));
    add(renderer, TEXT("</a></p>\n"));
    return true;
}

static void on_embed(struct renderer *renderer, const struct markdown_event *event)
{
    const struct markdown_host *host = renderer->host;
    struct markdown_link link = question(event, MARKDOWN_EMBED);
    link.label = event->title;
    link.title = TEXT_NONE;
    add_line_start(renderer);
    begin_beside(renderer, event);
    bool is_made = host && host->embed && add_version(renderer, &link);
    if (!is_made && !add_embed_as_link(renderer, &link))
        add_embed_as_typed(renderer, &link);
    add_line_start(renderer);
    end_beside(renderer, event);
}

/* What its paragraph would have been, for a place that plays nothing. */
static void add_player_as_link(struct renderer *renderer, const struct markdown_event *event)
{
    struct markdown_link link = question(event, event->bare ? MARKDOWN_ADDRESS : MARKDOWN_LINK);
    link.title = TEXT_NONE;
    add(renderer, TEXT("<p>"));
    bool is_link = ask(renderer, &link);
    if (is_link)
        add_link_tag(renderer, &link);
    add_words(renderer, event->text);
    add(renderer, is_link ? TEXT("</a></p>\n") : TEXT("</p>\n"));
}

static void on_player(struct renderer *renderer, const struct markdown_event *event)
{
    const struct markdown_host *host = renderer->host;
    struct markdown_player player = {0};
    add_line_start(renderer);
    if (renderer->options->links_players || !host || !host->player ||
        !host->player(host->context, event->destination, &player)) {
        add_player_as_link(renderer, event);
        return;
    }
    begin_beside(renderer, event);
    markdown_add_player(
        renderer->out, &player, event->destination, event->title, renderer->options);
    end_beside(renderer, event);
}

static void add_break(struct renderer *renderer, bool hard)
{
    if (renderer->pictures > 0)
        buffer_add_byte(renderer->out, ' ');
    else if (!hard)
        buffer_add_byte(renderer->out, '\n');
    else
        add(renderer, is_bare(renderer->options) ? TEXT("<br />\n") : TEXT("<br>\n"));
}

static void on_raw(struct renderer *renderer, struct text html)
{
    if (renderer->pictures > 0)
        return;
    if (renderer->options->dialect == MARKDOWN_GITHUB)
        add_filtered(renderer->out, html);
    else
        add(renderer, html);
}

static void on_text(struct renderer *renderer, const struct markdown_event *event)
{
    bool makes_id = renderer->out == &renderer->heading && !renderer->headings;
    if (makes_id && renderer->pictures == 0 && renderer->spoilers == 0)
        add_plain(&renderer->plain, event);
    if (event->text_kind != MARKDOWN_EMBED_TEXT && event->text_kind != MARKDOWN_PLAYER_TEXT)
        open_label(renderer);
    switch (event->text_kind) {
    case MARKDOWN_PLAIN: add_plain_words(renderer, event->text); break;
    case MARKDOWN_SOFT_BREAK: add_break(renderer, false); break;
    case MARKDOWN_HARD_BREAK: add_break(renderer, true); break;
    case MARKDOWN_VERBATIM: add_escaped(renderer->out, event->text); break;
    case MARKDOWN_RAW: on_raw(renderer, event->text); break;
    case MARKDOWN_WIKI_TEXT: on_wiki(renderer, event); break;
    case MARKDOWN_EMBED_TEXT: on_embed(renderer, event); break;
    case MARKDOWN_PLAYER_TEXT: on_player(renderer, event); break;
    case MARKDOWN_SIGN_TEXT: break;
    }
}

/* ---- Rendering ---------------------------------------------------------------------------------------------- */

/* Of a spoiler that is not written only its end matters, and that its headings are passed over. */
static bool skip(struct renderer *renderer, const struct markdown_event *event)
{
    bool leaves_block = event->kind == MARKDOWN_LEAVE_BLOCK;
    bool leaves = leaves_block || event->kind == MARKDOWN_LEAVE_SPAN;
    if (leaves_block && event->block == MARKDOWN_HEADING && renderer->headings)
        renderer->headings++;
    renderer->skipped -= leaves;
    renderer->skipped += event->kind == MARKDOWN_ENTER_BLOCK || event->kind == MARKDOWN_ENTER_SPAN;
    return renderer->skipped > 0;
}

static bool render_event(void *context, const struct markdown_event *event)
{
    struct renderer *renderer = context;
    if (renderer->skipped > 0 && skip(renderer, event))
        return true;
    switch (event->kind) {
    case MARKDOWN_ENTER_BLOCK: enter_block(renderer, event); break;
    case MARKDOWN_LEAVE_BLOCK: leave_block(renderer, event); break;
    case MARKDOWN_ENTER_SPAN:
    case MARKDOWN_LEAVE_SPAN: on_span(renderer, event); break;
    case MARKDOWN_TEXT: on_text(renderer, event); break;
    }
    if (renderer->page->length + renderer->heading.length <= renderer->limit)
        return true;
    tell_problem(renderer->host, REPORT_ERROR, event->offset, 0,
        "the body grows out of bounds: its HTML is more than %d times as long",
        MARKDOWN_OUTPUT_TIMES);
    return false;
}

/* From the scan's tape when there is one, else from the body itself. */
static bool feed(const struct renderer *renderer, struct text body,
    const struct markdown_scan *scan, const struct markdown_sink *sink)
{
    if (scan && scan->tape.at)
        return tape_play(scan->tape, body, sink);
    return markdown_parse(body, renderer->options, renderer->host, sink);
}

bool markdown_render_scanned(struct text body, const struct markdown_scan *scan,
    const struct markdown_options *options, const struct markdown_host *host, struct buffer *out)
{
    size_t length_before = out->length;
    struct renderer renderer = {.options = options,
        .host = host,
        .out = out,
        .page = out,
        .headings = scan && scan->tape.at ? scan->headings : NULL,
        .limit = out->length + body.length * MARKDOWN_OUTPUT_TIMES + MARKDOWN_OUTPUT_BYTES,
        .marks_hangul = !is_bare(options) && !is_korean(options->language)};
    arena_init(&renderer.arena);
    heading_ids_init(&renderer.ids, &renderer.arena);
    if (options->glossary_count && !is_bare(options) && !options->by_stranger)
        renderer.explained =
            arena_array(&renderer.arena, options->glossary_count, sizeof *renderer.explained);
    footnotes_init(&renderer.footnotes, options, &renderer.arena);
    struct markdown_sink sink = {&renderer, render_event};
    bool done = feed(&renderer, body, scan, &sink);
    if (!done)
        out->length = length_before;
    buffer_release(&renderer.heading);
    buffer_release(&renderer.plain);
    arena_release(&renderer.arena);
    return done;
}

bool markdown_render(struct text body, const struct markdown_options *options,
    const struct markdown_host *host, struct buffer *out)
{
    return markdown_render_scanned(body, NULL, options, host, out);
}
