/*
 * Renders one text after another, as long as stdin goes on:
 *
 *     out/release/tests/markdown_batch md4c|cmark-gfm [commonmark] [html]     as Liner does
 *     out/release/tests/markdown_batch library                               as cmark-gfm's own renderer does
 *
 * A question is a line "BYTES EXTENSION" ("-" for none: only the library is asked for one) and the text;
 * the answer a line "BYTES" and the HTML, then the problems.
 */
#include "markdown/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

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

static void render_by_library(struct text body, const char *extension, struct buffer *out)
{
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_UNSAFE);
    cmark_syntax_extension *found = cmark_find_syntax_extension(extension);
    if (found)
        cmark_parser_attach_syntax_extension(parser, found);
    cmark_parser_feed(parser, body.at, body.length);
    cmark_node *root = cmark_parser_finish(parser);
    char *html =
        cmark_render_html(root, CMARK_OPT_UNSAFE, cmark_parser_get_syntax_extensions(parser));
    buffer_add_string(out, html);
    cmark_get_default_mem_allocator()->free(html);
    cmark_node_free(root);
    cmark_parser_free(parser);
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
    bool by_library = has(count, arguments, "library");
    struct markdown_options options = {.language = TEXT("en"),
        .engine = has(count, arguments, "cmark-gfm") ? MARKDOWN_CMARK_GFM : MARKDOWN_MD4C,
        .commonmark = has(count, arguments, "commonmark"),
        .html = has(count, arguments, "html"),
        .child = markdown_child_new()};
    struct buffer body, out;
    buffer_init(&body);
    buffer_init(&out);
    cmark_gfm_core_extensions_ensure_registered();
    size_t length;
    char extension[32];
    while (scanf("%zu %31s", &length, extension) == 2 && getchar() == '\n') {
        buffer_clear(&body);
        buffer_clear(&out);
        buffer_reserve(&body, length + 1);
        body.length = fread(body.at, 1, length, stdin);
        if (by_library)
            render_by_library(buffer_text(&body), extension, &out);
        else
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
