/*
 * Footnotes: the marks in the text, and the notes at its end with links back to them.
 *
 *     a[^n] b[^n]        <sup id="fnref:n"><a href="#fn:n">1</a></sup> ... <sup id="fnref2:n">...
 *     [^n]: note         <section><h2>Footnotes</h2><ol><li id="fn:n">note ↩ ↩2</li></ol></section>
 *
 * The ids are made of what the writer calls the note, so they stay when another note comes before it.
 * No heading has an id with a colon.
 */
#include "markdown/markdown_inside.h"

struct footnote {
    unsigned marks; /* how many were written, */
    bool is_open;   /* and whether one of them stands outside of spoilers */
};

void footnotes_init(
    struct footnotes *notes, const struct markdown_options *options, struct arena *arena)
{
    *notes = (struct footnotes){.options = options, .arena = arena};
}

/* By its number, from 1. */
static struct footnote *note_of(struct footnotes *notes, unsigned number)
{
    while (notes->count < number)
        list_add(
            &notes->items, &notes->count, &notes->capacity, notes->arena, sizeof(struct footnote));
    return &notes->items[number - 1];
}

/* ---- Ids and links -------------------------------------------------------------------------------------- */

/* Of the note, or of one of its marks, from 1. */
static struct text id_of(struct footnotes *notes, struct text label, unsigned mark)
{
    if (mark > 1)
        return arena_format(notes->arena, "fnref%u:%.*s", mark, TEXT_ARGS(label));
    return arena_format(notes->arena, "fn%s:%.*s", mark ? "ref" : "", TEXT_ARGS(label));
}

static void add_attribute(struct buffer *out, const char *name, struct text value)
{
    buffer_format(out, " %s=\"", name);
    add_escaped(out, value);
    buffer_add_byte(out, '"');
}

static void add_link(struct footnotes *notes, struct text id, struct text role, struct text label,
    struct buffer *out)
{
    buffer_add(out, TEXT("<a href=\""));
    markdown_add_address(out, notes->options->page);
    buffer_add_byte(out, '#');
    markdown_add_address(out, id);
    buffer_add_byte(out, '"');
    add_attribute(out, "role", role);
    add_attribute(out, "aria-label", label);
    buffer_add_byte(out, '>');
}

/* ---- Marks ---------------------------------------------------------------------------------------------- */

void footnotes_mark(struct footnotes *notes, const struct markdown_event *event, bool is_in_link,
    bool is_hidden, struct buffer *out)
{
    struct footnote *note = note_of(notes, event->level);
    struct text word = word_or(notes->options->words.footnote, "Footnote");
    struct text label = arena_format(notes->arena, "%.*s %u", TEXT_ARGS(word), event->level);
    note->marks++;
    note->is_open |= !is_hidden;
    buffer_add(out, TEXT("<sup class=\"footnote\""));
    add_attribute(out, "id", id_of(notes, event->info, note->marks));
    buffer_add_byte(out, '>');
    if (!is_in_link)
        add_link(notes, id_of(notes, event->info, 0), TEXT("doc-noteref"), label, out);
    buffer_format(out, "%u%s</sup>", event->level, is_in_link ? "" : "</a>");
}

/* ---- Notes ---------------------------------------------------------------------------------------------- */

static void add_start(struct footnotes *notes, struct buffer *out)
{
    unsigned level = notes->options->top_level ? notes->options->top_level : 2;
    buffer_format(out, "<section class=\"footnotes\" role=\"doc-endnotes\">\n<h%u>", level);
    add_escaped(out, word_or(notes->options->words.footnotes, "Footnotes"));
    buffer_format(out, "</h%u>\n<ol>\n", level);
}

/* Is it told only in what hides a spoiler? Then it hides one, too. */
static bool is_spoiler(const struct footnote *note)
{
    return note->marks > 0 && !note->is_open;
}

/* Of all that it is told in, nothing was written. */
static bool is_left_out(const struct footnotes *notes, const struct footnote *note)
{
    return notes->options->hides_spoilers && !note->is_open;
}

bool footnotes_enter(
    struct footnotes *notes, const struct markdown_event *event, struct buffer *out)
{
    const struct footnote *note = note_of(notes, event->level);
    if (is_left_out(notes, note))
        return false;
    if (!notes->shown)
        add_start(notes, out);
    buffer_add(out, TEXT("<li"));
    add_attribute(out, "id", id_of(notes, event->info, 0));
    if (event->level != ++notes->shown)
        buffer_format(out, " value=\"%u\"", event->level);
    notes->shown = event->level;
    buffer_add_byte(out, '>');
    if (is_spoiler(note)) {
        buffer_add(out, TEXT("<details class=\"callout spoiler\">\n<summary><b>"));
        add_escaped(out, word_or(notes->options->words.spoiler, "Spoiler"));
        buffer_add(out, TEXT("</b></summary>\n"));
    }
    return true;
}

static void add_back(
    struct footnotes *notes, const struct markdown_event *event, unsigned mark, struct buffer *out)
{
    struct text label = word_or(notes->options->words.footnote_back, "Back to the text");
    struct text number = mark > 1 ? arena_format(notes->arena, "%u", mark) : TEXT("");
    if (mark > 1)
        label = arena_format(notes->arena, "%.*s (%.*s)", TEXT_ARGS(label), TEXT_ARGS(number));
    if (!text_ends(buffer_text(out), "<p>"))
        buffer_add_byte(out, ' ');
    add_link(notes, id_of(notes, event->info, mark), TEXT("doc-backlink"), label, out);
    buffer_format(out, "↩%.*s</a>", TEXT_ARGS(number));
}

/* The links back stand at the end of the last paragraph, else in one of their own. */
void footnotes_leave(
    struct footnotes *notes, const struct markdown_event *event, struct buffer *out)
{
    const struct footnote *note = note_of(notes, event->level);
    struct text end = TEXT("</p>\n");
    if (is_left_out(notes, note))
        return;
    if (is_spoiler(note))
        buffer_add(out, TEXT("</details>\n"));
    if (text_ends(buffer_text(out), end.at))
        out->length -= end.length;
    else
        buffer_add(out, TEXT("<p>"));
    for (unsigned mark = 1; mark <= note->marks; mark++)
        add_back(notes, event, mark, out);
    buffer_add(out, end);
    buffer_add(out, TEXT("</li>\n"));
}

void footnotes_end(const struct footnotes *notes, struct buffer *out)
{
    if (notes->shown)
        buffer_add(out, TEXT("</ol>\n</section>\n"));
}
