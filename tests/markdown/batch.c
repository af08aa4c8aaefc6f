/*
 * Renders one text after another, as long as stdin goes on:
 *
 *     out/release/tests/markdown_batch md4c|cmark-gfm [commonmark] [html]
 *
 * A question is a line "BYTES" and the text; the answer a line "BYTES" and the HTML, then the problems.
 */
#include "markdown/markdown.h"

static void note_problem(
    void *context, enum report_level level, size_t offset, size_t length, struct text message)
{
    buffer_format(context, "%s %zu+%zu: %.*s\n", level == REPORT_WARNING ? "warning" : "error",
        offset, length, TEXT_ARGS(message));
}

static void render(struct text body, const struct markdown_options *options, struct buffer *out)
{
    struct buffer problems;
    buffer_init(&problems);
    struct markdown_host host = {.context = &problems, .problem = note_problem};
    markdown_render(body, options, &host, out);
    buffer_add(out, buffer_text(&problems));
    buffer_release(&problems);
}

static bool has(int count, char **arguments, const char *word)
{
    for (int i = 1; i < count; i++)
        if (strcmp(arguments[i], word) == 0)
            return true;
    return false;
}

int main(int count, char **arguments)
{
    markdown_child_main(count, arguments);
    struct markdown_options options = {.language = TEXT("en"),
        .engine = has(count, arguments, "cmark-gfm") ? MARKDOWN_CMARK_GFM : MARKDOWN_MD4C,
        .dialect = has(count, arguments, "commonmark") ? MARKDOWN_COMMONMARK : MARKDOWN_LINER,
        .html = has(count, arguments, "html"),
        .child = markdown_child_new()};
    struct buffer body, out;
    buffer_init(&body);
    buffer_init(&out);
    size_t length;
    while (scanf("%zu", &length) == 1 && getchar() == '\n') {
        buffer_clear(&body);
        buffer_clear(&out);
        buffer_reserve(&body, length + 1);
        body.length = fread(body.at, 1, length, stdin);
        render(buffer_text(&body), &options, &out);
        printf("%zu\n", out.length);
        fwrite(buffer_text(&out).at, 1, out.length, stdout);
        fflush(stdout);
    }
    markdown_child_free(options.child);
    buffer_release(&body);
    buffer_release(&out);
    return 0;
}
