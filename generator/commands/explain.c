/*
 * Why files were written and removed:
 *
 *     site/artists/gummy/index.html: shows the title of content/reviews/signal.md, which changed
 *     site/reviews/goblin/index.html: new
 *     site/reviews/old/index.html: removed, nothing makes it any more
 *     3 of 525 files were made: the others show nothing that changed
 */
#include "commands/commands_inside.h"
#include "output/output.h"
#include "render/render.h"

static const char *const words_of_whys[] = {
    [OUTPUT_UNKNOWN] = "not the same as before",
    [OUTPUT_NEW] = "new",
    [OUTPUT_CHANGED] = "made of something that changed",
    [OUTPUT_SPOILED] = "it was gone, or not as Liner wrote it",
};

static void explain_change(FILE *out, struct render *render, const struct output_request *request,
    const struct output_change *change)
{
    struct buffer words;
    buffer_init(&words);
    if (change->why == OUTPUT_UNKNOWN || change->why == OUTPUT_CHANGED)
        render_explain(render, change->index, change->noted, &words);
    if (!words.length)
        buffer_add_string(&words, words_of_whys[change->why]);
    fprintf(out, "%s/%.*s: %.*s\n", request->folder, TEXT_ARGS(request->paths[change->index]),
        (int)words.length, words.at);
    buffer_release(&words);
}

void commands_explain(FILE *out, struct render *render, const struct output_request *request,
    const struct output_result *result)
{
    const char *site = request->is_clean   ? "as --clean asks"
                       : !result->is_known ? "nothing is known of a build before"
                                           : render_explain_site(render);
    if (site)
        fprintf(out, "every file was made: %s\n", site);
    for (size_t i = 0; request->knowing && i < result->written; i++)
        explain_change(out, render, request, &result->changes[i]);
    for (size_t i = 0; i < result->gone_count; i++)
        fprintf(out, "%s/%.*s: removed, nothing makes it any more\n", request->folder,
            TEXT_ARGS(result->gone[i]));
    if (!site)
        fprintf(out, "%zu of %zu files were made: the others show nothing that changed\n",
            result->made, request->count);
}
