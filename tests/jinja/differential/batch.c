/*
 * Renders many templates in one process, for the test beside it. On stdin, in any number:
 *
 *     data BYTES\n...                      YAML or JSON: the variables of what follows
 *     template NAME-BYTES SOURCE-BYTES\n...  one template, name and source in a row
 *     render [OPTION ...]\n                renders the template "main" of those told since the last
 *                                          time: autoescape trim-blocks lstrip-blocks
 *                                          keep-trailing-newline strict-undefined
 *
 * On stdout, for each `render`: "ok BYTES\n" and the page, or "error BYTES\n" and the first message.
 * A rendering that takes longer than the limit ends the process by a signal.
 */
#include <unistd.h>

#include "template/template.h"

enum { TIME_LIMIT_S = 20, MOST_TEMPLATES = 100, MOST_BYTES = 16 << 20 };

struct source {
    struct text name, text;
};

struct batch {
    struct arena data_arena, arena;
    struct data_value data;
    struct source sources[MOST_TEMPLATES];
    size_t count;
};

static bool load(void *context, struct text name, struct text *source, struct text *file)
{
    const struct batch *batch = context;
    for (size_t i = 0; i < batch->count; i++) {
        if (!text_equal(batch->sources[i].name, name))
            continue;
        *source = batch->sources[i].text;
        *file = TEXT_NONE;
        return true;
    }
    return false;
}

static size_t list_names(void *context, struct arena *arena, struct text **names)
{
    const struct batch *batch = context;
    *names = arena_array(arena, batch->count, sizeof **names);
    for (size_t i = 0; i < batch->count; i++)
        (*names)[i] = batch->sources[i].name;
    return batch->count;
}

/* So many bytes of stdin. */
static struct text read_bytes(struct arena *arena, size_t count)
{
    base_assert(count <= MOST_BYTES);
    char *bytes = arena_alloc(arena, count + 1);
    base_assert(fread(bytes, 1, count, stdin) == count);
    return (struct text){bytes, count};
}

static void read_data(struct batch *batch, size_t count)
{
    struct report report;
    report_init(&report);
    arena_clear(&batch->data_arena);
    struct text text = read_bytes(&batch->data_arena, count);
    bool is_well = data_read_yaml(
        text, TEXT("data"), 1, &data_limits_file, &batch->data_arena, &report, &batch->data);
    base_assert(is_well && batch->data.kind == DATA_MAP);
    data_resolve_scalars(&batch->data);
    report_release(&report);
}

static void answer(const char *word, struct text text)
{
    printf("%s %zu\n", word, text.length);
    fwrite(text.at, 1, text.length, stdout);
    fflush(stdout);
}

static void render(struct batch *batch, const char *words)
{
    struct template_options options = {.load = load,
        .names = list_names,
        .context = batch,
        .escape = strstr(words, "autoescape") ? TEMPLATE_ESCAPE_ALWAYS : TEMPLATE_ESCAPE_NEVER,
        .trim_blocks = strstr(words, "trim-blocks"),
        .lstrip_blocks = strstr(words, "lstrip-blocks"),
        .keep_trailing_newline = strstr(words, "keep-trailing-newline"),
        .strict_undefined = strstr(words, "strict-undefined")};
    struct template_input input = {.variables = batch->data.as.map};
    struct data_run run = {.scratch = &batch->arena};
    struct report report;
    struct buffer out;
    report_init(&report);
    buffer_init(&out);
    struct template_set *set = template_set_new(&options);
    alarm(TIME_LIMIT_S);
    if (template_compile(set, TEXT("main"), &report) &&
        template_render(set, TEXT("main"), &input, &run, &out, &report))
        answer("ok", buffer_text(&out));
    else
        answer("error", report.problems[0].message);
    alarm(0);
    template_set_free(set);
    buffer_release(&out);
    report_release(&report);
    arena_clear(&batch->arena);
    batch->count = 0;
}

int main(void)
{
    static char line[500]; /* longer than any of ours */
    struct batch *batch = base_alloc(sizeof *batch);
    size_t first, second;
    *batch = (struct batch){.data = data_none()};
    arena_init(&batch->data_arena);
    arena_init(&batch->arena);
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "data %zu", &first) == 1) {
            read_data(batch, first);
        } else if (sscanf(line, "template %zu %zu", &first, &second) == 2) {
            base_assert(batch->count < MOST_TEMPLATES);
            struct source *source = &batch->sources[batch->count++];
            source->name = read_bytes(&batch->arena, first);
            source->text = read_bytes(&batch->arena, second);
        } else {
            base_assert(strncmp(line, "render", 6) == 0);
            render(batch, line);
        }
    }
    arena_release(&batch->data_arena);
    arena_release(&batch->arena);
    base_free(batch);
    return 0;
}
