/*
 * Events from cmark-gfm (https://github.com/github/cmark-gfm): a walk over its tree.
 *
 * All of this runs in a process of its own (child.c).
 *
 * The tree knows where blocks stand, and nearly where texts do; its texts have lost what was
 * escaped. So each text is laid beside the body again, byte by byte:
 *
 *     body   a \[[b]] &amp; c
 *     text   a [[b]] & c           ->  "a " "[" "[b]] " "&" " c", the second and fourth literal
 */
#include "markdown/markdown_inside.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdlib.h>
#include <unistd.h>

struct engine {
    struct text body;
    const struct markdown_options *options;
    const struct markdown_sink *sink;
    struct arena arena;
    size_t *lines; /* offset of each line's first byte */
    size_t line_count, line_capacity;
    size_t at;            /* behind the last text that was found in the body */
    struct buffer entity; /* the one being decoded */
    bool in_html;         /* a block of it */
    bool broke;           /* the last was a line break: the next line may be indented */
    unsigned column;      /* of the table's row we are in, from 0 */
    struct text *notes; /* the footnotes' names; the tree has them in the order of their numbers */
    size_t note_count, note_capacity;
    size_t note; /* how many we have passed */
};

static bool send(struct engine *engine, const struct markdown_event *event)
{
    return engine->sink->event(engine->sink->context, event);
}

/* ---- Where things stand ------------------------------------------------------------------------------ */

static void find_lines(struct engine *engine)
{
    struct text rest = engine->body;
    struct text line;
    while (text_line(&rest, &line)) {
        size_t *start = list_add(&engine->lines, &engine->line_count, &engine->line_capacity,
            &engine->arena, sizeof *start);
        *start = (size_t)(line.at - engine->body.at);
    }
}

static size_t offset_of(const struct engine *engine, cmark_node *node)
{
    int line = cmark_node_get_start_line(node);
    int column = cmark_node_get_start_column(node);
    if (line < 1 || column < 1 || (size_t)line > engine->line_count)
        return engine->at;
    size_t offset = engine->lines[line - 1] + (size_t)column - 1;
    return offset < engine->body.length ? offset : engine->at;
}

/* ---- Texts ---------------------------------------------------------------------------------------------- */

/* The bytes of body and of text that an escape or entity takes; both 0 when there is none. */
struct escape {
    size_t body_bytes;
    size_t text_bytes;
};

static struct escape read_escape(struct engine *engine, struct text body, struct text text)
{
    if (body.length > 1 && body.at[0] == '\\' && body.at[1] == text.at[0])
        return (struct escape){2, 1};
    if (body.length == 0 || body.at[0] != '&')
        return (struct escape){0, 0};
    buffer_clear(&engine->entity);
    size_t taken = markdown_entity(body, &engine->entity);
    struct text decoded = buffer_text(&engine->entity);
    bool same = taken > 0 && text_equal(text_slice(text, 0, decoded.length), decoded);
    return same ? (struct escape){taken, decoded.length} : (struct escape){0, 0};
}

/* Enough bytes to tell one place from the next, and how far to look for it. */
enum { PROBE_BYTES = 8, REACH_BYTES = 1000 };

/* Could the text stand at this place of the body, escapes and all? */
static bool begins_alike(struct engine *engine, size_t offset, struct text text)
{
    size_t at = 0;
    while (at < text.length && at < PROBE_BYTES) {
        struct text body = text_slice(engine->body, offset, engine->body.length);
        struct escape escape = read_escape(engine, body, text_slice(text, at, text.length));
        if (escape.text_bytes == 0 && (body.length == 0 || body.at[0] != text.at[at]))
            return false;
        offset += escape.text_bytes ? escape.body_bytes : 1;
        at += escape.text_bytes ? escape.text_bytes : 1;
    }
    return true;
}

/* Behind what was seen last, where a text begins. */
static size_t find_ahead(struct engine *engine, struct text text)
{
    for (size_t offset = engine->at; offset < engine->at + REACH_BYTES; offset++) {
        if (begins_alike(engine, offset, text))
            return offset;
    }
    return engine->at;
}

/* The same of a line that stands there as it is. */
static size_t find_line(const struct engine *engine, struct text line)
{
    size_t end = engine->at + REACH_BYTES + line.length;
    ptrdiff_t found = text_find(text_slice(engine->body, engine->at, end), line);
    return found < 0 ? engine->at : engine->at + (size_t)found;
}

/* Where the text begins: where the tree says, if it is there, else further on. */
static size_t find_text(struct engine *engine, cmark_node *node, struct text text)
{
    size_t offset = offset_of(engine, node);
    if (offset >= engine->at && begins_alike(engine, offset, text))
        return offset;
    return find_ahead(engine, text);
}

static bool send_text(
    struct engine *engine, enum markdown_text_kind kind, struct text text, size_t offset)
{
    struct markdown_event event = {.kind = MARKDOWN_TEXT,
        .text_kind = kind,
        .offset = offset,
        .length = text.length,
        .text = text};
    return text.length == 0 || send(engine, &event);
}

/* What was typed as an escape stands behind its backslash, as md4c has it. */
static bool send_literal(
    struct engine *engine, struct text text, size_t offset, struct escape escape)
{
    bool is_escaped = escape.text_bytes > 0 && engine->body.at[offset] == '\\';
    struct markdown_event event = {.kind = MARKDOWN_TEXT,
        .text_kind = MARKDOWN_PLAIN,
        .offset = offset + is_escaped,
        .length = escape.body_bytes - is_escaped,
        .text = text,
        .literal = true};
    return text.length == 0 || send(engine, &event);
}

/* How many bytes of text and body are the same from here, up to an escape, which is read too. */
static size_t count_same(
    struct engine *engine, size_t offset, struct text text, struct escape *escape)
{
    for (size_t same = 0; same < text.length; same++) {
        struct text body = text_slice(engine->body, offset + same, engine->body.length);
        *escape = read_escape(engine, body, text_slice(text, same, text.length));
        if (escape->text_bytes > 0 || body.length == 0 || body.at[0] != text.at[same])
            return same;
    }
    return text.length;
}

/* Sends the text, cut where the body has an escape. Where the two differ, the rest goes whole. */
static bool on_plain(struct engine *engine, cmark_node *node)
{
    struct text text = text_of(cmark_node_get_literal(node));
    while (engine->broke && text.length > 0 && strchr(" \t", text.at[0]))
        text = text_slice(text, 1, text.length);
    engine->broke = false;
    size_t offset = text.length ? find_text(engine, node, text) : engine->at;
    while (text.length > 0) {
        struct escape escape = {0, 0};
        size_t same = count_same(engine, offset, text, &escape);
        struct text literal = text_slice(text, same, same + escape.text_bytes);
        if (!send_text(engine, MARKDOWN_PLAIN, text_slice(text, 0, same), offset) ||
            !send_literal(engine, literal, offset + same, escape))
            return false;
        offset += same + escape.body_bytes;
        text = text_slice(text, same + literal.length, text.length);
        if (literal.length == 0)
            break;
    }
    engine->at = offset;
    return send_text(engine, MARKDOWN_PLAIN, text, offset);
}

static bool on_break(struct engine *engine, enum markdown_text_kind kind)
{
    struct markdown_event event = {
        .kind = MARKDOWN_TEXT, .text_kind = kind, .offset = engine->at, .text = TEXT("\n")};
    engine->broke = true;
    return send(engine, &event);
}

static bool on_code(struct engine *engine, cmark_node *node)
{
    size_t offset = offset_of(engine, node);
    struct markdown_event event = {
        .kind = MARKDOWN_ENTER_SPAN, .span = MARKDOWN_CODE, .offset = offset};
    struct text code = text_of(cmark_node_get_literal(node));
    if (!send(engine, &event) || !send_text(engine, MARKDOWN_VERBATIM, code, offset))
        return false;
    size_t at = find_line(engine, code);
    engine->at = at > engine->at ? at + code.length : engine->at;
    event.kind = MARKDOWN_LEAVE_SPAN;
    return send(engine, &event);
}

static bool passes_html(const struct engine *engine)
{
    return engine->options->html || is_bare(engine->options);
}

static bool send_lines(struct engine *engine, struct text text)
{
    struct text rest = text;
    struct text line;
    while (text_line(&rest, &line)) {
        size_t at = find_line(engine, line);
        while (engine->in_html && line.length && strchr(" \t", line.at[line.length - 1]))
            line.length--;
        if (!send_text(engine, MARKDOWN_PLAIN, line, at))
            return false;
        engine->at = at + line.length;
        if (rest.length > 0 && !on_break(engine, MARKDOWN_SOFT_BREAK))
            return false;
    }
    return true;
}

static bool on_html(struct engine *engine, cmark_node *node)
{
    struct text html = text_of(cmark_node_get_literal(node));
    bool sent = passes_html(engine) ? send_text(engine, MARKDOWN_RAW, html, offset_of(engine, node))
                                    : send_lines(engine, html);
    engine->broke = false;
    return sent;
}

/* ---- Leaf blocks ---------------------------------------------------------------------------------------- */

static bool on_code_block(struct engine *engine, cmark_node *node)
{
    size_t offset = offset_of(engine, node);
    struct markdown_event event = {.kind = MARKDOWN_ENTER_BLOCK,
        .block = MARKDOWN_CODE_BLOCK,
        .offset = offset,
        .info = text_of(cmark_node_get_fence_info(node))};
    struct text code = text_of(cmark_node_get_literal(node));
    if (!send(engine, &event) || !send_text(engine, MARKDOWN_VERBATIM, code, offset))
        return false;
    event.kind = MARKDOWN_LEAVE_BLOCK;
    return send(engine, &event);
}

/* HTML that may not pass becomes a paragraph of text. */
static bool on_html_block(struct engine *engine, cmark_node *node)
{
    struct text html = text_of(cmark_node_get_literal(node));
    size_t offset = offset_of(engine, node);
    size_t indent = 0; /* is of the text, but the tree places it behind */
    while (indent < html.length && html.at[indent] == ' ')
        indent++;
    offset -= indent < offset ? indent : offset;
    bool passes = passes_html(engine);
    struct markdown_event event = {.kind = MARKDOWN_ENTER_BLOCK,
        .block = passes ? MARKDOWN_HTML_BLOCK : MARKDOWN_PARAGRAPH,
        .offset = offset};
    if (!send(engine, &event))
        return false;
    engine->in_html = true;
    engine->at = offset;
    if (!(passes ? send_text(engine, MARKDOWN_RAW, html, offset) : send_lines(engine, html)))
        return false;
    engine->in_html = engine->broke = false;
    event.kind = MARKDOWN_LEAVE_BLOCK;
    return send(engine, &event);
}

static bool on_rule(struct engine *engine, cmark_node *node)
{
    struct markdown_event event = {
        .kind = MARKDOWN_ENTER_BLOCK, .block = MARKDOWN_RULE, .offset = offset_of(engine, node)};
    if (!send(engine, &event))
        return false;
    event.kind = MARKDOWN_LEAVE_BLOCK;
    return send(engine, &event);
}

/* ---- Blocks that hold others ------------------------------------------------------------------------------ */

static bool is_named(cmark_node *node, const char *name)
{
    return node && strcmp(cmark_node_get_type_string(node), name) == 0;
}

static bool is_in_tight_list(cmark_node *paragraph)
{
    cmark_node *item = cmark_node_parent(paragraph);
    cmark_node *list = item ? cmark_node_parent(item) : NULL;
    return list && cmark_node_get_type(list) == CMARK_NODE_LIST &&
           cmark_node_get_list_tight(list) != 0;
}

static bool on_simple_block(struct engine *engine, cmark_node *node, struct markdown_event *event)
{
    if (event->block == MARKDOWN_PARAGRAPH && is_in_tight_list(node))
        return true;
    if (event->block == MARKDOWN_HEADING)
        event->level = (unsigned)cmark_node_get_heading_level(node);
    return send(engine, event);
}

static bool on_list(struct engine *engine, cmark_node *node, struct markdown_event *event)
{
    event->ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    event->tight = cmark_node_get_list_tight(node) != 0;
    event->start = (unsigned)cmark_node_get_list_start(node);
    return send(engine, event);
}

static bool on_task(struct engine *engine, cmark_node *node, struct markdown_event *event)
{
    /* The library takes any "[x]" on the line for the item's own. */
    struct text item = text_slice(engine->body, offset_of(engine, node), engine->body.length);
    ptrdiff_t box = text_find_byte(item, '[');
    bool done = box >= 0 && (size_t)box + 1 < item.length && (item.at[box + 1] | 0x20) == 'x';
    event->task = done ? MARKDOWN_TASK_DONE : MARKDOWN_TASK_OPEN;
    return send(engine, event);
}

static void set_note(struct engine *engine, struct markdown_event *event, size_t number)
{
    event->level = (unsigned)number;
    if (number > 0 && number <= engine->note_count)
        event->info = engine->notes[number - 1];
}

static bool on_footnote(struct engine *engine, cmark_node *node, struct markdown_event *event)
{
    (void)node;
    engine->note += event->kind == MARKDOWN_ENTER_BLOCK;
    set_note(engine, event, engine->note);
    return send(engine, event);
}

/* "[^name]:" on the line where the note begins: the tree has it no more. */
static struct text name_of_note(struct engine *engine, cmark_node *node)
{
    int line = cmark_node_get_start_line(node);
    size_t start = line < 1 || (size_t)line > engine->line_count ? 0 : engine->lines[line - 1];
    struct text rest = text_slice(engine->body, start, engine->body.length);
    ptrdiff_t from = text_find(rest, TEXT("[^")), end = text_find_byte(rest, ']');
    if (from < 0 || end <= from + 2)
        return arena_format(&engine->arena, "%zu", engine->note_count);
    return text_slice(rest, (size_t)from + 2, (size_t)end);
}

/* Marks come before the notes, but show their names. */
static void find_notes(struct engine *engine, cmark_node *root)
{
    for (cmark_node *node = cmark_node_first_child(root); node; node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) != CMARK_NODE_FOOTNOTE_DEFINITION)
            continue;
        struct text *name = list_add(&engine->notes, &engine->note_count, &engine->note_capacity,
            &engine->arena, sizeof *name);
        *name = name_of_note(engine, node);
    }
}

/* ---- Tables ----------------------------------------------------------------------------------------------- */

static bool send_block(
    struct engine *engine, struct markdown_event event, enum markdown_block block)
{
    event.block = block;
    return send(engine, &event);
}

/* The tree has rows only; head and body are put around them. */
static bool on_row(struct engine *engine, cmark_node *node, struct markdown_event *event)
{
    bool enters = event->kind == MARKDOWN_ENTER_BLOCK;
    bool header = is_named(node, "table_header");
    bool first = header || is_named(cmark_node_previous(node), "table_header");
    bool last = header || !cmark_node_next(node);
    enum markdown_block part = header ? MARKDOWN_TABLE_HEAD : MARKDOWN_TABLE_BODY;
    engine->column = 0;
    if (enters && first && !send_block(engine, *event, part))
        return false;
    if (!send(engine, event))
        return false;
    return enters || !last || send_block(engine, *event, part);
}

static enum markdown_align align_of(unsigned char letter)
{
    switch (letter) {
    case 'l': return MARKDOWN_LEFT;
    case 'c': return MARKDOWN_CENTER;
    case 'r': return MARKDOWN_RIGHT;
    default: return MARKDOWN_NO_ALIGN;
    }
}

static bool on_cell(struct engine *engine, cmark_node *node, struct markdown_event *event)
{
    cmark_node *row = cmark_node_parent(node);
    cmark_node *table = cmark_node_parent(row);
    const uint8_t *aligns = cmark_gfm_extensions_get_table_alignments(table);
    event->header = is_named(row, "table_header");
    if (aligns && engine->column < cmark_gfm_extensions_get_table_columns(table))
        event->align = align_of(aligns[engine->column]);
    if (event->kind == MARKDOWN_LEAVE_BLOCK)
        engine->column++;
    return send(engine, event);
}

/* ---- Spans ------------------------------------------------------------------------------------------------ */

static bool on_simple_span(struct engine *engine, cmark_node *node, struct markdown_event *event)
{
    (void)node;
    return send(engine, event);
}

static bool on_link(struct engine *engine, cmark_node *node, struct markdown_event *event)
{
    event->destination = text_of(cmark_node_get_url(node));
    event->title = text_of(cmark_node_get_title(node));
    if (event->title.length == 0)
        event->title = TEXT_NONE;
    if (event->kind == MARKDOWN_ENTER_SPAN) {
        event->offset = find_bracket(engine->body, engine->at, event->span == MARKDOWN_PICTURE);
        engine->at = event->offset;
    }
    return send(engine, event);
}

static bool on_footnote_mark(struct engine *engine, cmark_node *node, struct markdown_event *event)
{
    const char *number = cmark_node_get_literal(node);
    set_note(engine, event, number ? strtoul(number, NULL, 10) : 0);
    return send(engine, event);
}

/* ---- The walk --------------------------------------------------------------------------------------------- */

/* What a node of the tree becomes. Extensions have no constants for theirs, only names. */
struct row {
    const char *name;
    bool is_block;
    enum markdown_block block;
    enum markdown_span span;
    bool (*event)(struct engine *, cmark_node *, struct markdown_event *);
};

static const struct row rows[] = {
    {"document", true, MARKDOWN_DOCUMENT, 0, on_simple_block},
    {"paragraph", true, MARKDOWN_PARAGRAPH, 0, on_simple_block},
    {"heading", true, MARKDOWN_HEADING, 0, on_simple_block},
    {"block_quote", true, MARKDOWN_QUOTE, 0, on_simple_block},
    {"list", true, MARKDOWN_LIST, 0, on_list},
    {"item", true, MARKDOWN_ITEM, 0, on_simple_block},
    {"tasklist", true, MARKDOWN_ITEM, 0, on_task},
    {"table", true, MARKDOWN_TABLE, 0, on_simple_block},
    {"table_header", true, MARKDOWN_TABLE_ROW, 0, on_row},
    {"table_row", true, MARKDOWN_TABLE_ROW, 0, on_row},
    {"table_cell", true, MARKDOWN_TABLE_CELL, 0, on_cell},
    {"footnote_definition", true, MARKDOWN_FOOTNOTE, 0, on_footnote},
    {"emph", false, 0, MARKDOWN_EMPHASIS, on_simple_span},
    {"strong", false, 0, MARKDOWN_STRONG, on_simple_span},
    {"strikethrough", false, 0, MARKDOWN_DELETED, on_simple_span},
    {"link", false, 0, MARKDOWN_ANCHOR, on_link},
    {"image", false, 0, MARKDOWN_PICTURE, on_link},
    {"footnote_reference", false, 0, MARKDOWN_FOOTNOTE_MARK, on_footnote_mark},
};

/* cmark-gfm knows footnotes, but not by name. */
static const char *name_of(cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_FOOTNOTE_DEFINITION: return "footnote_definition";
    case CMARK_NODE_FOOTNOTE_REFERENCE: return "footnote_reference";
    default: return cmark_node_get_type_string(node);
    }
}

static bool on_holder(struct engine *engine, cmark_node *node, bool enters)
{
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        if (strcmp(name_of(node), rows[i].name) != 0)
            continue;
        enum markdown_event_kind block = enters ? MARKDOWN_ENTER_BLOCK : MARKDOWN_LEAVE_BLOCK;
        enum markdown_event_kind span = enters ? MARKDOWN_ENTER_SPAN : MARKDOWN_LEAVE_SPAN;
        enum markdown_event_kind kind = rows[i].is_block ? block : span;
        struct markdown_event event = {.kind = kind,
            .block = rows[i].block,
            .span = rows[i].span,
            .offset = enters ? offset_of(engine, node) : engine->at};
        return rows[i].event(engine, node, &event);
    }
    return true;
}

static bool on_node(struct engine *engine, cmark_node *node, bool enters)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT)
        return on_plain(engine, node);
    if (type == CMARK_NODE_SOFTBREAK)
        return on_break(engine, MARKDOWN_SOFT_BREAK);
    if (type == CMARK_NODE_LINEBREAK)
        return on_break(engine, MARKDOWN_HARD_BREAK);
    engine->broke = false;
    if (type == CMARK_NODE_CODE)
        return on_code(engine, node);
    if (type == CMARK_NODE_HTML_INLINE)
        return on_html(engine, node);
    if (type == CMARK_NODE_HTML_BLOCK)
        return on_html_block(engine, node);
    if (type == CMARK_NODE_CODE_BLOCK)
        return on_code_block(engine, node);
    if (type == CMARK_NODE_THEMATIC_BREAK)
        return on_rule(engine, node);
    return on_holder(engine, node, enters);
}

static bool walk(struct engine *engine, cmark_node *root)
{
    cmark_iter *iterator = cmark_iter_new(root);
    bool goes_on = true;
    while (goes_on) {
        cmark_event_type event = cmark_iter_next(iterator);
        if (event == CMARK_EVENT_DONE)
            break;
        goes_on = on_node(engine, cmark_iter_get_node(iterator), event == CMARK_EVENT_ENTER);
    }
    cmark_iter_free(iterator);
    return goes_on;
}

/* ---- The engine ------------------------------------------------------------------------------------------- */

/* The library's own memory aborts with a message when there is no more. */
static void *more_zeroed(size_t count, size_t each_bytes)
{
    void *memory = calloc(count, each_bytes);
    if (!memory)
        _exit(BASE_REFUSED);
    return memory;
}

static void *more(void *old, size_t bytes)
{
    return base_realloc(old, bytes);
}

/* Bare addresses are the renderer's, but of GitHub's dialect alone. */
static const char *const extensions[] = {"table", "strikethrough", "tasklist", "autolink"};
enum { SHARED_EXTENSIONS = 3 };

static cmark_parser *open_parser(const struct markdown_options *options, cmark_mem *memory)
{
    int flags = CMARK_OPT_DEFAULT | CMARK_OPT_FULL_INFO_STRING;
    if (options->footnotes && !is_bare(options))
        flags |= CMARK_OPT_FOOTNOTES;
    cmark_parser *parser = cmark_parser_new_with_mem(flags, memory);
    if (options->dialect == MARKDOWN_COMMONMARK)
        return parser;
    bool is_github = options->dialect == MARKDOWN_GITHUB;
    size_t count = is_github ? BASE_COUNT(extensions) : SHARED_EXTENSIONS;
    cmark_gfm_core_extensions_ensure_registered();
    for (size_t i = 0; i < count; i++) {
        cmark_syntax_extension *extension = cmark_find_syntax_extension(extensions[i]);
        if (extension)
            cmark_parser_attach_syntax_extension(parser, extension);
    }
    return parser;
}

bool cmark_feed(
    struct text body, const struct markdown_options *options, const struct markdown_sink *sink)
{
    struct engine engine = {.body = body, .options = options, .sink = sink};
    arena_init(&engine.arena);
    find_lines(&engine);
    cmark_mem memory = {more_zeroed, more, base_free};
    cmark_parser *parser = open_parser(options, &memory);
    cmark_parser_feed(parser, body.at, body.length);
    cmark_node *root = cmark_parser_finish(parser);
    if (root)
        find_notes(&engine, root);
    bool done = root && walk(&engine, root);
    if (root)
        cmark_node_free(root);
    cmark_parser_free(parser);
    buffer_release(&engine.entity);
    arena_release(&engine.arena);
    return done;
}
