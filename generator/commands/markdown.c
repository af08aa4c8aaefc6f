/* liner markdown: plumbing, Markdown in and HTML out. */
#include "commands/commands_inside.h"

struct input {
    struct text file;
    struct text text;
    struct report report;
    struct place_counter counter; /* an imported post may have thousands of tags */
    struct arena players;         /* their addresses */
};

static void note_problem(
    void *context, enum report_level level, size_t offset, size_t length, struct text message)
{
    struct input *input = context;
    struct place place = place_next(&input->counter, input->file, input->text, offset, length);
    report_at(&input->report, level, place, "%.*s", TEXT_ARGS(message));
}

static bool find_player(void *context, struct text address, struct markdown_player *player)
{
    struct input *input = context;
    return catalog_find_player(address, &input->players, player);
}

static bool read_stdin(struct buffer *bytes)
{
    size_t got;
    do {
        buffer_reserve(bytes, 64 << 10);
        got = fread(bytes->at + bytes->length, 1, 64 << 10, stdin);
        bytes->length += got;
    } while (got && bytes->length <= MARKDOWN_BODY_BYTES);
    return !ferror(stdin);
}

static void read_input(struct input *input, const struct disk *disk, struct buffer *bytes)
{
    enum disk_result result = DISK_DONE;
    if (input->file.length)
        result = disk->read(disk, input->file.at, MARKDOWN_BODY_BYTES + 1, bytes);
    else if (!read_stdin(bytes))
        result = DISK_FAILED;
    if (result != DISK_DONE)
        report_at(&input->report, REPORT_REFUSED, (struct place){.file = input->file},
            "can't be read: %s", disk_result_words(result));
    input->text = buffer_text(bytes);
    ptrdiff_t bad = unicode_check(input->text);
    if (bad >= 0)
        report_at(&input->report, REPORT_ERROR, place_in(input->file, input->text, (size_t)bad, 1),
            "this byte (0x%02X) is not UTF-8: save the file as UTF-8",
            (unsigned char)input->text.at[bad]);
}

static enum base_status read_options(
    const struct commands_line *line, struct markdown_options *options)
{
    struct text engine = commands_value(line, "engine");
    if (commands_has(line, "commonmark"))
        options->dialect = MARKDOWN_COMMONMARK;
    options->html = commands_has(line, "html");
    options->smart = commands_has(line, "smart");
    options->footnotes = true;
    options->language = TEXT("en");
    options->engine = MARKDOWN_MD4C;
    if (text_is(engine, "cmark-gfm"))
        options->engine = MARKDOWN_CMARK_GFM;
    else if (engine.at && !text_is(engine, "md4c"))
        return commands_usage(line->row, "--engine wants md4c or cmark-gfm, not '%s'", engine.at);
    if (commands_has(line, "github")) {
        options->dialect = MARKDOWN_GITHUB;
        options->engine = MARKDOWN_CMARK_GFM;
    }
    return BASE_DONE;
}

static bool render(struct input *input, const struct markdown_options *options, bool is_comment,
    struct buffer *html)
{
    struct markdown_host host = {.context = input, .problem = note_problem, .player = find_player};
    if (!is_comment)
        return markdown_render(input->text, options, &host, html);
    markdown_render_stranger(input->text, options, html);
    return true;
}

enum base_status commands_markdown(const struct commands_line *line)
{
    struct markdown_options options = {0};
    struct disk_folder folder;
    struct input input = {.file = text_of(line->argument_count ? line->arguments[0] : "")};
    if (text_is(input.file, "-"))
        input.file = TEXT("");
    struct buffer bytes, html;
    if (read_options(line, &options) != BASE_DONE)
        return BASE_USAGE;
    struct disk disk = disk_real(&folder, line->root ? line->root : ".");
    report_init(&input.report);
    arena_init(&input.players);
    buffer_init(&bytes);
    buffer_init(&html);
    read_input(&input, &disk, &bytes);
    if (report_status(&input.report) == BASE_DONE &&
        render(&input, &options, commands_has(line, "comment"), &html))
        fwrite(buffer_text(&html).at, 1, html.length, stdout);
    enum base_status status = report_status(&input.report);
    commands_print_report(&input.report, &disk, NULL, line->color);
    buffer_release(&html);
    buffer_release(&bytes);
    report_release(&input.report);
    arena_release(&input.players);
    disk_release(&folder);
    return status;
}
