/*
 * Events from md4c (https://github.com/mity/md4c).
 *
 * md4c gives most texts as slices of the body, so their offsets are exact; what has no text (a
 * block, a link) is placed by what came before it. It hands entities over as they were typed and
 * skips backslashes: both come out of here decoded, and marked as literal.
 */
#include "markdown/markdown_inside.h"

#include <md4c.h>

struct engine {
    struct text body;
    const struct markdown_sink *sink;
    size_t at; /* behind the last text of the body that was seen */
    struct buffer text;
    struct buffer destination;
    struct buffer title;
    bool shows_html; /* as text */
    bool in_html;    /* a block of it that is shown, */
    bool html_broke; /* and whether a line has ended there */
    bool in_cell;
    bool heading_starts;              /* its first text is yet to come */
    bool in_code;                     /* a span of it, */
    bool code_broke;                  /* and the last text was the space for a line end */
    struct markdown_event text_event; /* the last one: what no text has is never set */
};

/* What md4c's callbacks return: 0.4.8 only heeds a negative number everywhere. */
enum { GO_ON = 0, END = -1 };

static int send(struct engine *engine, const struct markdown_event *event)
{
    return engine->sink->event(engine->sink->context, event) ? GO_ON : END;
}

/* ---- Texts --------------------------------------------------------------------------------------- */

static struct text replacement(void)
{
    return TEXT("\xEF\xBF\xBD");
}

/* Adds a piece of text of md4c's kind. An unknown entity stays as it was typed. */
static void add_decoded(struct buffer *buffer, MD_TEXTTYPE type, struct text text)
{
    if (type == MD_TEXT_NULLCHAR)
        buffer_add(buffer, replacement());
    else if (type != MD_TEXT_ENTITY || markdown_entity(text, buffer) == 0)
        buffer_add(buffer, text);
}

/* Absent for an attribute that was not typed. */
static struct text decode_attribute(struct buffer *buffer, const MD_ATTRIBUTE *attribute)
{
    if (!attribute->text)
        return TEXT_NONE;
    bool is_plain = attribute->substr_offsets[1] == attribute->size &&
                    attribute->substr_types[0] == MD_TEXT_NORMAL;
    if (is_plain && attribute->size > 0)
        return (struct text){attribute->text, attribute->size};
    buffer_clear(buffer);
    for (size_t i = 0; attribute->substr_offsets[i] < attribute->size; i++) {
        MD_OFFSET from = attribute->substr_offsets[i];
        struct text piece = {attribute->text + from, attribute->substr_offsets[i + 1] - from};
        add_decoded(buffer, attribute->substr_types[i], piece);
    }
    return buffer_text(buffer);
}

/* Where the text stands in the body. md4c's own line ends do not stand there. */
static size_t offset_of(const struct engine *engine, struct text text)
{
    uintptr_t first = (uintptr_t)engine->body.at;
    uintptr_t at = (uintptr_t)text.at;
    bool inside = at >= first && at < first + engine->body.length;
    return inside ? (size_t)(at - first) : SIZE_MAX;
}

static bool was_escaped(const struct engine *engine, size_t offset, struct text text)
{
    return text.length == 1 && offset > engine->at && engine->body.at[offset - 1] == '\\';
}

/* Tables take "\|" in code for "|", since a bare one ends the cell; md4c leaves it as it is. */
static struct text without_escaped_pipes(struct engine *engine, struct text text)
{
    if (!engine->in_cell || text_find(text, TEXT("\\|")) < 0)
        return text;
    buffer_clear(&engine->text);
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] != '\\' || i + 1 == text.length || text.at[i + 1] != '|')
            buffer_add_byte(&engine->text, text.at[i]);
    }
    return buffer_text(&engine->text);
}

static enum markdown_text_kind text_kind(MD_TEXTTYPE type)
{
    switch (type) {
    case MD_TEXT_BR: return MARKDOWN_HARD_BREAK;
    case MD_TEXT_SOFTBR: return MARKDOWN_SOFT_BREAK;
    case MD_TEXT_CODE: return MARKDOWN_VERBATIM;
    case MD_TEXT_HTML: return MARKDOWN_RAW;
    default: return MARKDOWN_PLAIN;
    }
}

/* md4c leaves tabs before a heading's text. */
static struct text without_indent(struct engine *engine, struct text text)
{
    size_t blanks = 0;
    while (engine->heading_starts && blanks < text.length && strchr(" \t", text.at[blanks]))
        blanks++;
    engine->heading_starts = false;
    return text_slice(text, blanks, text.length);
}

/* HTML that may not pass is text. Its block is a paragraph, so the last line end is none. */
static int on_shown_html(struct engine *engine, struct markdown_event *event)
{
    bool is_break = text_is(event->text, "\n");
    struct markdown_event line_end = {.kind = MARKDOWN_TEXT,
        .text_kind = MARKDOWN_SOFT_BREAK,
        .offset = event->offset,
        .text = TEXT("\n")};
    bool sends_break = engine->in_html ? engine->html_broke : is_break;
    if (sends_break && send(engine, &line_end) != GO_ON)
        return END;
    engine->html_broke = is_break;
    event->text_kind = MARKDOWN_PLAIN;
    return is_break ? GO_ON : send(engine, event);
}

/* A line end in code is a space. md4c 0.5.3 has none where the line ends with blanks. */
static int send_lost_space(struct engine *engine, size_t offset)
{
    struct text between = text_slice(engine->body, engine->at, offset);
    if (!engine->in_code || engine->code_broke || text_find_byte(between, '\n') < 0 ||
        engine->at == 0 || !strchr(" \t", engine->body.at[engine->at - 1]))
        return GO_ON;
    struct markdown_event event = {.kind = MARKDOWN_TEXT,
        .text_kind = MARKDOWN_VERBATIM,
        .offset = engine->at,
        .text = TEXT(" ")};
    return send(engine, &event);
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *at, MD_SIZE size, void *context)
{
    struct engine *engine = context;
    struct text text = without_indent(engine, (struct text){at, size});
    size_t offset = offset_of(engine, text);
    bool is_inside = offset != SIZE_MAX;
    if (is_inside && send_lost_space(engine, offset) != GO_ON)
        return END;
    engine->code_broke = !is_inside;
    struct markdown_event *event = &engine->text_event;
    event->kind = MARKDOWN_TEXT;
    event->text_kind = text_kind(type);
    event->text = text;
    event->offset = is_inside ? offset : engine->at;
    event->length = is_inside ? text.length : 0;
    event->literal = is_inside && was_escaped(engine, offset, text);
    engine->at = event->offset + event->length;
    if (type == MD_TEXT_ENTITY || type == MD_TEXT_NULLCHAR) {
        buffer_clear(&engine->text);
        add_decoded(&engine->text, type, text);
        event->text = buffer_text(&engine->text);
        event->literal = type == MD_TEXT_ENTITY;
    }
    if (type == MD_TEXT_CODE)
        event->text = without_escaped_pipes(engine, text);
    if (type == MD_TEXT_HTML && engine->shows_html)
        return on_shown_html(engine, event);
    return send(engine, event);
}

/* ---- Blocks -------------------------------------------------------------------------------------- */

static const enum markdown_block blocks[] = {
    [MD_BLOCK_DOC] = MARKDOWN_DOCUMENT,
    [MD_BLOCK_QUOTE] = MARKDOWN_QUOTE,
    [MD_BLOCK_UL] = MARKDOWN_LIST,
    [MD_BLOCK_OL] = MARKDOWN_LIST,
    [MD_BLOCK_LI] = MARKDOWN_ITEM,
    [MD_BLOCK_HR] = MARKDOWN_RULE,
    [MD_BLOCK_H] = MARKDOWN_HEADING,
    [MD_BLOCK_CODE] = MARKDOWN_CODE_BLOCK,
    [MD_BLOCK_HTML] = MARKDOWN_HTML_BLOCK,
    [MD_BLOCK_P] = MARKDOWN_PARAGRAPH,
    [MD_BLOCK_TABLE] = MARKDOWN_TABLE,
    [MD_BLOCK_THEAD] = MARKDOWN_TABLE_HEAD,
    [MD_BLOCK_TBODY] = MARKDOWN_TABLE_BODY,
    [MD_BLOCK_TR] = MARKDOWN_TABLE_ROW,
    [MD_BLOCK_TH] = MARKDOWN_TABLE_CELL,
    [MD_BLOCK_TD] = MARKDOWN_TABLE_CELL,
};

static const enum markdown_align aligns[] = {
    [MD_ALIGN_DEFAULT] = MARKDOWN_NO_ALIGN,
    [MD_ALIGN_LEFT] = MARKDOWN_LEFT,
    [MD_ALIGN_CENTER] = MARKDOWN_CENTER,
    [MD_ALIGN_RIGHT] = MARKDOWN_RIGHT,
};

static enum markdown_task task_of(const MD_BLOCK_LI_DETAIL *item)
{
    if (!item->is_task)
        return MARKDOWN_NO_TASK;
    return item->task_mark == ' ' ? MARKDOWN_TASK_OPEN : MARKDOWN_TASK_DONE;
}

static void add_list_details(struct markdown_event *event, MD_BLOCKTYPE type, const void *detail)
{
    if (type == MD_BLOCK_UL) {
        event->tight = ((const MD_BLOCK_UL_DETAIL *)detail)->is_tight != 0;
    } else {
        event->ordered = true;
        event->tight = ((const MD_BLOCK_OL_DETAIL *)detail)->is_tight != 0;
        event->start = ((const MD_BLOCK_OL_DETAIL *)detail)->start;
    }
}

static void add_block_details(
    struct engine *engine, struct markdown_event *event, MD_BLOCKTYPE type, const void *detail)
{
    switch (type) {
    case MD_BLOCK_UL:
    case MD_BLOCK_OL: add_list_details(event, type, detail); break;
    case MD_BLOCK_LI: event->task = task_of(detail); break;
    case MD_BLOCK_H: event->level = ((const MD_BLOCK_H_DETAIL *)detail)->level; break;
    case MD_BLOCK_CODE:
        event->info =
            decode_attribute(&engine->title, &((const MD_BLOCK_CODE_DETAIL *)detail)->info);
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        event->header = type == MD_BLOCK_TH;
        event->align = aligns[((const MD_BLOCK_TD_DETAIL *)detail)->align];
        break;
    default: break;
    }
}

static int on_block(
    struct engine *engine, enum markdown_event_kind kind, MD_BLOCKTYPE type, const void *detail)
{
    struct markdown_event event = {.kind = kind, .block = blocks[type], .offset = engine->at};
    add_block_details(engine, &event, type, detail);
    if (type == MD_BLOCK_HTML && engine->shows_html) {
        event.block = MARKDOWN_PARAGRAPH;
        engine->in_html = kind == MARKDOWN_ENTER_BLOCK;
        engine->html_broke = false;
    }
    if (type == MD_BLOCK_TH || type == MD_BLOCK_TD)
        engine->in_cell = kind == MARKDOWN_ENTER_BLOCK;
    engine->heading_starts = kind == MARKDOWN_ENTER_BLOCK && type == MD_BLOCK_H;
    return send(engine, &event);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    return on_block(context, MARKDOWN_ENTER_BLOCK, type, detail);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    return on_block(context, MARKDOWN_LEAVE_BLOCK, type, detail);
}

/* ---- Spans --------------------------------------------------------------------------------------- */

static const enum markdown_span spans[] = {
    [MD_SPAN_EM] = MARKDOWN_EMPHASIS,
    [MD_SPAN_STRONG] = MARKDOWN_STRONG,
    [MD_SPAN_A] = MARKDOWN_ANCHOR,
    [MD_SPAN_IMG] = MARKDOWN_PICTURE,
    [MD_SPAN_CODE] = MARKDOWN_CODE,
    [MD_SPAN_DEL] = MARKDOWN_DELETED,
};

static void add_span_details(
    struct engine *engine, struct markdown_event *event, MD_SPANTYPE type, const void *detail)
{
    /* The details of a link and of an image are laid out alike, but are two types. */
    const MD_ATTRIBUTE *destination = NULL;
    const MD_ATTRIBUTE *title = NULL;
    if (type == MD_SPAN_A) {
        destination = &((const MD_SPAN_A_DETAIL *)detail)->href;
        title = &((const MD_SPAN_A_DETAIL *)detail)->title;
    } else if (type == MD_SPAN_IMG) {
        destination = &((const MD_SPAN_IMG_DETAIL *)detail)->src;
        title = &((const MD_SPAN_IMG_DETAIL *)detail)->title;
    } else {
        return;
    }
    event->destination = decode_attribute(&engine->destination, destination);
    event->title = decode_attribute(&engine->title, title);
    if (event->kind == MARKDOWN_ENTER_SPAN) {
        event->offset = find_bracket(engine->body, engine->at, type == MD_SPAN_IMG);
        engine->at = event->offset;
    }
}

static int on_span(
    struct engine *engine, enum markdown_event_kind kind, MD_SPANTYPE type, const void *detail)
{
    struct markdown_event event = {.kind = kind, .span = spans[type], .offset = engine->at};
    engine->in_code = type == MD_SPAN_CODE && kind == MARKDOWN_ENTER_SPAN;
    engine->code_broke = true; /* before its first text */
    add_span_details(engine, &event, type, detail);
    return send(engine, &event);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    return on_span(context, MARKDOWN_ENTER_SPAN, type, detail);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    return on_span(context, MARKDOWN_LEAVE_SPAN, type, detail);
}

/* ---- The engine ---------------------------------------------------------------------------------- */

/* Never md4c's own autolinks, wiki links or mathematics: in 0.4.8 their code writes and reads
 * outside its memory. */
static unsigned flags_of(const struct markdown_options *options)
{
    if (is_bare(options))
        return MD_DIALECT_COMMONMARK;
    if (options->by_stranger)
        return MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS;
    return MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS;
}

bool md4c_feed(
    struct text body, const struct markdown_options *options, const struct markdown_sink *sink)
{
    const MD_PARSER parser = {
        .flags = flags_of(options),
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = on_text,
    };
    struct engine engine = {
        .body = body, .sink = sink, .shows_html = !options->html && !is_bare(options)};
    int result = md_parse(body.at, (MD_SIZE)body.length, &parser, &engine);
    buffer_release(&engine.text);
    buffer_release(&engine.destination);
    buffer_release(&engine.title);
    return result == 0;
}
