/*
 * The tape of a body: the events that were seen in it, a few bytes each, so that it is parsed once.
 *
 *     tape    = { event }
 *     event   = op [ move ] ( length | details | )
 *     op      = a code of the event's kind and what it is of, with MOVED and DETAILED on top
 *     move    = how far the event's offset is from the end of the one before, signed
 *     length  = of a text that stands in the body as it is; a line end has none
 *     details = a bit for each field that is not 0, then those fields
 *     text    = 2 * length + 1, where it stands in the body;  or  2 * length, its bytes
 *
 * All numbers have seven bits a byte, the low ones first. Prose takes two bytes or three for each
 * line of text, so the tape of a review is a tenth of its body.
 */
#include "markdown/markdown_inside.h"

enum { MOVED = 0x40, DETAILED = 0x80, CODE = 0x3F };

/* The codes: a row of them for each kind of event. */
enum {
    TEXT_ROW = 0,
    ENTER_SPAN_ROW = 8,
    LEAVE_SPAN_ROW = 18,
    ENTER_BLOCK_ROW = 28,
    LEAVE_BLOCK_ROW = 46,
    ROWS_END = 64,
};

_Static_assert(MARKDOWN_PLAYER_TEXT < ENTER_SPAN_ROW - TEXT_ROW, "texts fit their row");
_Static_assert(MARKDOWN_MARK < LEAVE_SPAN_ROW - ENTER_SPAN_ROW, "spans fit their row");
_Static_assert(MARKDOWN_CALLOUT_TITLE < LEAVE_BLOCK_ROW - ENTER_BLOCK_ROW, "blocks fit their row");

/* Fields in the order of their bits; the texts last. */
enum {
    FIELD_FLAGS,
    FIELD_LEVEL,
    FIELD_START,
    FIELD_LENGTH,
    FIELD_INDEX,
    FIELD_COUNT,
    FIELD_NUMBERS,
    FIELD_DESTINATION = FIELD_NUMBERS,
    FIELD_TITLE,
    FIELD_TEXT,
    FIELD_INFO,
    FIELDS,
};

/* ---- Writing ----------------------------------------------------------------------------------------- */

static void add_signed(struct buffer *tape, ptrdiff_t number)
{
    buffer_add_number(tape, number < 0 ? ~((uint64_t)number << 1) : (uint64_t)number << 1);
}

/* What an event says of a link or name stands behind it, and not far. */
enum { NEAR_BYTES = 400 };

static void add_text(struct tape_writer *writer, struct text text, size_t offset)
{
    struct text near = text_slice(writer->body, offset, offset + NEAR_BYTES);
    ptrdiff_t found = text.length ? text_find(near, text) : -1;
    buffer_add_number(&writer->tape, 2 * text.length + (found >= 0));
    if (found >= 0)
        buffer_add_number(&writer->tape, (uint64_t)found);
    else
        buffer_add(&writer->tape, text);
}

static uint64_t flags_of(const struct markdown_event *event)
{
    return (uint64_t)event->ordered | (uint64_t)event->tight << 1 | (uint64_t)event->header << 2 |
           (uint64_t)event->bare << 3 | (uint64_t)event->literal << 4 | (uint64_t)event->task << 5 |
           (uint64_t)event->align << 7;
}

struct fields {
    uint64_t numbers[FIELD_NUMBERS];
    struct text texts[FIELDS - FIELD_NUMBERS];
};

static struct fields fields_of(const struct markdown_event *event)
{
    return (struct fields){
        .numbers = {flags_of(event), event->level, event->start, event->length, event->index,
            event->count},
        .texts = {event->destination, event->title, event->text, event->info},
    };
}

static unsigned bits_of(const struct fields *fields)
{
    unsigned bits = 0;
    for (unsigned i = 0; i < FIELD_NUMBERS; i++)
        bits |= (unsigned)(fields->numbers[i] != 0) << i;
    for (unsigned i = FIELD_NUMBERS; i < FIELDS; i++)
        bits |= (unsigned)(fields->texts[i - FIELD_NUMBERS].at != NULL) << i;
    return bits;
}

static void add_details(struct tape_writer *writer, const struct markdown_event *event)
{
    struct fields fields = fields_of(event);
    unsigned bits = bits_of(&fields);
    buffer_add_number(&writer->tape, bits);
    for (unsigned i = 0; i < FIELD_NUMBERS; i++)
        if (bits >> i & 1)
            buffer_add_number(&writer->tape, fields.numbers[i]);
    for (unsigned i = FIELD_NUMBERS; i < FIELDS; i++)
        if (bits >> i & 1)
            add_text(writer, fields.texts[i - FIELD_NUMBERS], event->offset);
}

/* Most events but texts have none. */
static bool has_details(const struct tape_writer *writer, const struct markdown_event *event)
{
    bool has_number = event->level || event->start || event->length || event->index ||
                      event->count || flags_of(event);
    bool has_text = event->destination.at || event->title.at || event->text.at || event->info.at;
    bool leaves_anchor = event->kind == MARKDOWN_LEAVE_SPAN && event->span == MARKDOWN_ANCHOR;
    return (has_number || has_text) && (writer->keeps_ends || !leaves_anchor);
}

static unsigned code_of(const struct markdown_event *event)
{
    switch (event->kind) {
    case MARKDOWN_ENTER_BLOCK: return ENTER_BLOCK_ROW + event->block;
    case MARKDOWN_LEAVE_BLOCK: return LEAVE_BLOCK_ROW + event->block;
    case MARKDOWN_ENTER_SPAN: return ENTER_SPAN_ROW + event->span;
    case MARKDOWN_LEAVE_SPAN: return LEAVE_SPAN_ROW + event->span;
    case MARKDOWN_TEXT: break;
    }
    return TEXT_ROW + event->text_kind;
}

static bool is_break(enum markdown_text_kind kind)
{
    return kind == MARKDOWN_SOFT_BREAK || kind == MARKDOWN_HARD_BREAK;
}

static void add_op(struct tape_writer *writer, const struct markdown_event *event, unsigned flags)
{
    ptrdiff_t move = (ptrdiff_t)event->offset - (ptrdiff_t)writer->at;
    flags |= move ? MOVED : 0;
    buffer_add_byte(&writer->tape, (char)(code_of(event) | flags));
    if (move)
        add_signed(&writer->tape, move);
    writer->at = event->offset;
}

/* Is it a text like nearly all: in the body byte for byte, and nothing else to say of it? */
static bool is_in_body(struct text body, const struct markdown_event *event)
{
    if (event->length != event->text.length || event->destination.at || event->title.at ||
        event->literal)
        return false;
    struct text there = text_slice(body, event->offset, event->offset + event->length);
    return (there.at == event->text.at && there.length == event->length) ||
           text_equal(there, event->text);
}

static void write_text(struct tape_writer *writer, const struct markdown_event *event)
{
    bool ends_line = is_break(event->text_kind) && event->length == 1;
    if (!ends_line && (is_break(event->text_kind) || !is_in_body(writer->body, event))) {
        add_op(writer, event, DETAILED);
        add_details(writer, event);
    } else {
        add_op(writer, event, 0);
        if (!ends_line)
            buffer_add_number(&writer->tape, event->length);
    }
    writer->at += event->length;
}

void tape_write(struct tape_writer *writer, const struct markdown_event *event)
{
    if (event->kind == MARKDOWN_TEXT) {
        write_text(writer, event);
        return;
    }
    bool detailed = has_details(writer, event);
    add_op(writer, event, detailed ? DETAILED : 0);
    if (detailed)
        add_details(writer, event);
}

/* ---- Playing ------------------------------------------------------------------------------------------- */

struct player {
    struct text tape;
    struct text body;
    size_t next; /* on the tape */
    size_t at;   /* in the body: the end of the last event */
    bool was_detailed;
};

static unsigned char take_byte(struct player *player)
{
    base_assert(player->next < player->tape.length);
    return (unsigned char)player->tape.at[player->next++];
}

static size_t take_number(struct player *player)
{
    unsigned char byte = take_byte(player);
    size_t number = byte & 0x7F;
    for (unsigned shift = 7; byte & 0x80; shift += 7) {
        byte = take_byte(player);
        number |= (size_t)(byte & 0x7F) << shift;
    }
    return number;
}

/* Added to an offset, where it may wrap around: what is negative then comes out right. */
static size_t take_signed(struct player *player)
{
    size_t number = take_number(player);
    return number & 1 ? ~(number >> 1) : number >> 1;
}

static struct text take_text(struct player *player, size_t offset)
{
    size_t number = take_number(player);
    size_t length = number / 2;
    if (number & 1) {
        size_t from = offset + take_number(player);
        return text_slice(player->body, from, from + length);
    }
    size_t from = player->next;
    player->next += length;
    return text_slice(player->tape, from, from + length);
}

static void set_flags(struct markdown_event *event, size_t flags)
{
    event->ordered = flags & 1;
    event->tight = flags >> 1 & 1;
    event->header = flags >> 2 & 1;
    event->bare = flags >> 3 & 1;
    event->literal = flags >> 4 & 1;
    event->task = (enum markdown_task)(flags >> 5 & 3);
    event->align = (enum markdown_align)(flags >> 7 & 3);
}

static void take_details(struct player *player, struct markdown_event *event)
{
    size_t bits = take_number(player);
    size_t numbers[FIELD_NUMBERS] = {0};
    struct text texts[FIELDS - FIELD_NUMBERS] = {{0}};
    for (unsigned i = 0; i < FIELD_NUMBERS; i++)
        if (bits >> i & 1)
            numbers[i] = take_number(player);
    for (unsigned i = FIELD_NUMBERS; i < FIELDS; i++)
        if (bits >> i & 1)
            texts[i - FIELD_NUMBERS] = take_text(player, event->offset);
    set_flags(event, numbers[FIELD_FLAGS]);
    event->level = (unsigned)numbers[FIELD_LEVEL];
    event->start = (unsigned)numbers[FIELD_START];
    event->length = numbers[FIELD_LENGTH];
    event->index = numbers[FIELD_INDEX];
    event->count = numbers[FIELD_COUNT];
    event->destination = texts[FIELD_DESTINATION - FIELD_NUMBERS];
    event->title = texts[FIELD_TITLE - FIELD_NUMBERS];
    event->text = texts[FIELD_TEXT - FIELD_NUMBERS];
    event->info = texts[FIELD_INFO - FIELD_NUMBERS];
}

static void set_code(struct markdown_event *event, unsigned code)
{
    base_assert(code < ROWS_END);
    if (code < ENTER_SPAN_ROW) {
        event->kind = MARKDOWN_TEXT;
        event->text_kind = (enum markdown_text_kind)code;
    } else if (code < ENTER_BLOCK_ROW) {
        bool enters = code < LEAVE_SPAN_ROW;
        event->kind = enters ? MARKDOWN_ENTER_SPAN : MARKDOWN_LEAVE_SPAN;
        event->span = (enum markdown_span)(code - (enters ? ENTER_SPAN_ROW : LEAVE_SPAN_ROW));
    } else {
        bool enters = code < LEAVE_BLOCK_ROW;
        event->kind = enters ? MARKDOWN_ENTER_BLOCK : MARKDOWN_LEAVE_BLOCK;
        event->block = (enum markdown_block)(code - (enters ? ENTER_BLOCK_ROW : LEAVE_BLOCK_ROW));
    }
}

/* A text without details: a line end, or a piece of the body. */
static void take_plain(struct player *player, struct markdown_event *event)
{
    bool ends_line = is_break(event->text_kind);
    event->length = ends_line ? 1 : take_number(player);
    event->text = ends_line
                      ? TEXT("\n")
                      : text_slice(player->body, event->offset, event->offset + event->length);
}

/* Into the event before, whose fields are set back only where it had some that this may not have. */
static void take_event(struct player *player, struct markdown_event *event)
{
    if (player->was_detailed)
        *event = (struct markdown_event){0};
    unsigned char op = take_byte(player);
    player->was_detailed = op & DETAILED;
    event->offset = player->at;
    event->length = 0;
    event->text = TEXT_NONE;
    set_code(event, op & CODE);
    if (op & MOVED)
        event->offset += take_signed(player);
    if (op & DETAILED)
        take_details(player, event);
    else if (event->kind == MARKDOWN_TEXT)
        take_plain(player, event);
    player->at = event->offset + (event->kind == MARKDOWN_TEXT ? event->length : 0);
}

bool tape_play(struct text tape, struct text body, const struct markdown_sink *sink)
{
    struct player player = {.tape = tape, .body = body};
    struct markdown_event event = {0};
    while (player.next < tape.length) {
        take_event(&player, &event);
        if (!sink->event(sink->context, &event))
            return false;
    }
    return true;
}
