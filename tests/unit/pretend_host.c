#include "pretend_host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void note_problem(
    void *context, enum report_level level, size_t offset, size_t length, struct text message)
{
    struct pretend_notes *notes = context;
    buffer_format(&notes->problems, "%s %zu+%zu: %.*s\n",
        level == REPORT_ERROR ? "error" : "warning", offset, length, TEXT_ARGS(message));
}

static void note_link(struct pretend_notes *notes, const struct markdown_link *link)
{
    buffer_format(&notes->links, "%d %.*s|%.*s %zu+%zu\n", (int)link->kind, TEXT_ARGS(link->target),
        TEXT_ARGS(link->label), link->offset, link->length);
}

/* "draft.md" is not out, "song.md" is, and images have a size. */
static bool answer_link(void *context, struct markdown_link *link)
{
    note_link(context, link);
    if (text_is(link->target, "draft.md"))
        return false;
    if (text_is(link->target, "song.md")) {
        link->address = TEXT("/reviews/song/");
        link->class = TEXT("review");
        link->title = TEXT("A \"song\"");
    }
    if (link->kind == MARKDOWN_IMAGE)
        link->size = (struct markdown_size){3, 2};
    return true;
}

/* "Signal" is the only thing there is. */
static bool answer_wiki(void *context, struct markdown_link *link)
{
    note_link(context, link);
    link->address = TEXT("/dramas/signal/");
    return text_starts(link->target, "Signal") || text_starts(link->target, "drama: Signal");
}

static bool answer_embed(void *context, const struct markdown_link *link, struct buffer *out)
{
    note_link(context, link);
    buffer_format(out, "<x-card>%zu/%zu</x-card>", link->index + 1, link->count);
    return text_starts(link->target, "Signal");
}

/* At https://play.example/ everything can be heard. */
static bool answer_player(void *context, struct text address, struct markdown_player *player)
{
    (void)context;
    if (player)
        *player = (struct markdown_player){TEXT("Play"), TEXT("player"), TEXT_NONE};
    return text_starts(address, "https://play.example/");
}

struct markdown_host pretend_host(struct pretend_notes *notes)
{
    *notes = (struct pretend_notes){0};
    return (struct markdown_host){.context = notes,
        .link = answer_link,
        .wiki = answer_wiki,
        .embed = answer_embed,
        .player = answer_player,
        .problem = note_problem};
}

void pretend_notes_close(struct pretend_notes *notes)
{
    buffer_release(&notes->problems);
    buffer_release(&notes->links);
}

void pretend_assert(struct buffer *buffer, const char *expected)
{
    buffer_add_byte(buffer, '\0');
    assert_string_equal(buffer->at, expected);
}

/* What the host was asked when a body was rendered from its scan; the HTML is added to `out`. */
struct pretend_notes pretend_render_scanned(
    struct text body, const struct markdown_options *options, struct buffer *out)
{
    struct pretend_notes notes;
    struct markdown_host host = pretend_host(&notes);
    struct arena arena;
    arena_init(&arena);
    struct markdown_scan scan;
    struct markdown_host asked = {.player = answer_player};
    assert_true(markdown_scan(body, options, &asked, &arena, &scan));
    assert_non_null(scan.tape.at);
    assert_true(markdown_render_scanned(body, &scan, options, &host, out));
    arena_release(&arena);
    return notes;
}

/* The same HTML and the same questions to the host come of the scan's tape. */
static void check_scanned(const struct pretend_example *example,
    const struct markdown_options *options, struct pretend_notes *asked)
{
    struct buffer out;
    buffer_init(&out);
    struct pretend_notes notes = pretend_render_scanned(text_of(example->body), options, &out);
    pretend_assert(&out, example->html);
    assert_true(text_equal(buffer_text(&notes.links), buffer_text(&asked->links)));
    buffer_release(&out);
    pretend_notes_close(&notes);
}

void pretend_check(const struct pretend_example *example, struct markdown_options options)
{
    struct pretend_notes notes;
    struct markdown_host host = pretend_host(&notes);
    struct buffer out;
    buffer_init(&out);
    assert_true(markdown_render(text_of(example->body), &options, &host, &out));
    pretend_assert(&out, example->html);
    check_scanned(example, &options, &notes);
    buffer_release(&out);
    pretend_notes_close(&notes);
}

/* Each example has the same HTML with either engine. */
void pretend_check_all(const struct pretend_example *examples, size_t count)
{
    struct markdown_options options = {.language = TEXT("en")};
    for (size_t i = 0; i < count; i++) {
        options.engine = MARKDOWN_MD4C;
        pretend_check(&examples[i], options);
        options.engine = MARKDOWN_CMARK_GFM;
        pretend_check(&examples[i], options);
    }
}
