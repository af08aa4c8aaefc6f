/*
 * Printing problems for people: where, what, the line, and a caret under the fault.
 *
 *     content/reviews/goblin.md:9:32: error: unknown artist field 'rol' (did you mean 'role'?)
 *         9 |     artists: [{name: Chanyeol, rol: vocal}]
 *           |                                ^~~
 *
 * Columns count code points; the caret stands by display width. A line too long for a screen is
 * cut to a window around the fault.
 */
#include "base/base.h"

static const struct {
    const char *name;
    const char *color; /* ANSI, bold: red, yellow */
} levels[] = {
    [REPORT_ERROR] = {"error", "\033[1;31m"},
    [REPORT_WARNING] = {"warning", "\033[1;33m"},
    [REPORT_REFUSED] = {"error", "\033[1;31m"},
};

/* Code points shown of a long line before the fault, and in all. */
enum { window_before = 60, window_points = 120 };

/* Where the last problem stood: the next one of the same file stands there or behind, and a file may
 * have thousands. */
struct reading_place {
    struct text file, source;
    struct text rest; /* of the source, from line number + 1 on */
    struct text line;
    uint32_t number;
    /* Where on that line the last excerpt began: a line may have thousands, too. */
    size_t points, bytes;
};

static struct text find_line(struct reading_place *last, struct text source, struct place place)
{
    bool is_behind = last->source.at == source.at && last->source.length == source.length &&
                     text_equal(last->file, place.file) && last->number <= place.line;
    if (!is_behind)
        *last = (struct reading_place){.file = place.file, .source = source, .rest = source};
    for (; last->number < place.line; last->number++) {
        last->points = last->bytes = 0;
        if (!text_line(&last->rest, &last->line))
            last->line = TEXT_NONE;
    }
    return last->line;
}

/* The byte offset of code point number `points` of the line, at most its length. */
static size_t offset_of(struct text line, size_t points)
{
    size_t at = 0;
    while (points-- && at < line.length)
        text_next_point(line, &at);
    return at;
}

/* A byte that is no part of valid text, or a control sign, must not reach the terminal. */
static void add_clean(struct buffer *to, struct text text)
{
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        uint32_t point = text_next_point(text, &at);
        if (point == '\t')
            buffer_add_byte(to, ' ');
        else if (point < 0x20 || point == 0x7F || point == 0xFFFD ||
                 (point >= 0x80 && point < 0xA0))
            buffer_add_point(to, 0xFFFD);
        else
            buffer_add(to, text_slice(text, from, at));
    }
}

static void print_clean(FILE *to, struct text text)
{
    struct buffer clean;
    buffer_init(&clean);
    add_clean(&clean, text);
    fwrite(buffer_text(&clean).at, 1, clean.length, to);
    buffer_release(&clean);
}

/* The width of what is printed: a tab is one column by now. */
static size_t clean_width(const struct report_printer *printer, struct text text)
{
    struct buffer clean;
    buffer_init(&clean);
    add_clean(&clean, text);
    size_t width = printer->width(buffer_text(&clean));
    buffer_release(&clean);
    return width;
}

static void repeat(FILE *to, char byte, size_t count)
{
    while (count--)
        fputc(byte, to);
}

/* What is shown of the line, from code point number `first` on. */
static struct text window(struct reading_place *last, size_t first)
{
    if (first < last->points)
        last->points = last->bytes = 0;
    struct text rest = text_slice(last->line, last->bytes, last->line.length);
    last->bytes += offset_of(rest, first - last->points);
    last->points = first;
    rest = text_slice(last->line, last->bytes, last->line.length);
    return text_slice(rest, 0, offset_of(rest, window_points));
}

static void print_excerpt(
    const struct report_printer *printer, struct reading_place *last, struct place place)
{
    size_t column = place.column ? place.column - 1 : 0;
    size_t first = column > window_before ? column - window_before : 0;
    struct text shown = window(last, first);
    struct text before = text_slice(shown, 0, offset_of(shown, column - first));
    struct text fault = text_slice(
        shown, before.length, offset_of(shown, column - first + (place.points ? place.points : 1)));
    size_t width = clean_width(printer, fault);
    fprintf(printer->to, "%5u | ", place.line);
    print_clean(printer->to, shown);
    fprintf(printer->to, "\n      | ");
    repeat(printer->to, ' ', clean_width(printer, before));
    fputs(printer->color ? "\033[1;32m^" : "^", printer->to);
    repeat(printer->to, '~', width > 1 ? width - 1 : 0);
    fputs(printer->color ? "\033[0m\n" : "\n", printer->to);
}

static void print_place(FILE *to, struct place place)
{
    if (!place.file.length)
        fputs("liner", to);
    print_clean(to, place.file);
    if (place.line)
        fprintf(to, ":%u", place.line);
    if (place.line && place.column)
        fprintf(to, ":%u", place.column);
}

static void print_notes(FILE *to, struct text notes)
{
    struct text line;
    while (text_line(&notes, &line)) {
        fputs("      = ", to);
        print_clean(to, line);
        fputc('\n', to);
    }
}

static void print_problem(const struct report_printer *printer, struct reading_place *last,
    const struct report_problem *problem)
{
    FILE *to = printer->to;
    fputs(printer->color ? "\033[1m" : "", to);
    print_place(to, problem->place);
    fprintf(to, ":%s %s%s:%s ", printer->color ? "\033[0m" : "",
        printer->color ? levels[problem->level].color : "", levels[problem->level].name,
        printer->color ? "\033[0m" : "");
    print_clean(to, problem->message);
    fputc('\n', to);
    struct text line = TEXT_NONE;
    if (problem->place.line && problem->place.column && printer->source)
        line =
            find_line(last, printer->source(printer->context, problem->place.file), problem->place);
    if (line.at)
        print_excerpt(printer, last, problem->place);
    print_notes(to, problem->notes);
}

void report_print(const struct report *report, const struct report_printer *printer)
{
    struct reading_place last = {0};
    for (size_t i = 0; i < report->count; i++)
        print_problem(printer, &last, &report->problems[i]);
}
