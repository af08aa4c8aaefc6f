/*
 * Renders one template over one file of data, again and again, on one thread:
 *
 *     template_bench FOLDER TEMPLATE DATA PAGES [OUT]
 *
 * Prints the microseconds a page takes and how often a page asked the system for memory, once the
 * first pages had made room: every malloc of the process is counted, those of libraries too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "template/template.h"

/* ---- Counting -------------------------------------------------------------------------------------- */

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static size_t allocations;

void *malloc(size_t bytes)
{
    allocations++;
    return __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes)
{
    allocations++;
    return __libc_calloc(count, bytes);
}

void *realloc(void *old, size_t bytes)
{
    allocations++;
    return __libc_realloc(old, bytes);
}

/* ---- What the theme's templates call: template.py has the same ------------------------------------------ */

static struct data_value same(struct template_call *call)
{
    return call->arguments[0];
}

static struct data_value escaped(struct template_call *call)
{
    return data_html(template_escaped(call, &call->arguments[0]));
}

static const struct template_function functions[] = {
    {.name = "t", .run = same, .signature = "key, **values", .role = TEMPLATE_FUNCTION},
    {.name = "url", .run = same, .signature = "path", .role = TEMPLATE_FUNCTION},
    {.name = "asset", .run = same, .signature = "name", .role = TEMPLATE_FUNCTION},
    {.name = "section", .run = same, .signature = "id", .role = TEMPLATE_FUNCTION},
    {.name = "player", .run = same, .signature = "address, label=none", .role = TEMPLATE_FUNCTION},
    {.name = "absolute", .run = same, .signature = "url", .role = TEMPLATE_FILTER},
    {.name = "date", .run = same, .signature = "date, style='long'", .role = TEMPLATE_FILTER},
    {.name = "rating", .run = same, .signature = "rating", .role = TEMPLATE_FILTER},
    {.name = "share", .run = same, .signature = "rating, parts=100", .role = TEMPLATE_FILTER},
    {.name = "histogram", .run = same, .signature = "things", .role = TEMPLATE_FILTER},
    {.name = "number", .run = same, .signature = "number", .role = TEMPLATE_FILTER},
    {.name = "markdown", .run = same, .signature = "text, inline=false", .role = TEMPLATE_FILTER},
    {.name = "lang", .run = escaped, .signature = "text", .role = TEMPLATE_FILTER},
};

/* The variables of the pages; macros see `site`, too. */
static const struct template_global globals[] = {{.name = "review"}, {.name = "page"},
    {.name = "rows"}, {.name = "site", .is_everywhere = true}};

/* ---- Files ------------------------------------------------------------------------------------------------ */

static bool read_file(const char *path, struct buffer *bytes)
{
    char some[4096];
    size_t count;
    FILE *file = fopen(path, "rb");
    buffer_init(bytes);
    if (!file)
        return false;
    while ((count = fread(some, 1, sizeof some, file)) > 0)
        buffer_add(bytes, (struct text){some, count});
    fclose(file);
    return true;
}

struct folder {
    const char *path;
    struct arena arena;
};

/* Also "parent/base.html": a theme of its own has no parent here. */
static bool load(void *context, struct text name, struct text *source, struct text *file)
{
    struct folder *folder = context;
    struct buffer bytes;
    struct text path = arena_format(&folder->arena, "%s/%.*s", folder->path, TEXT_ARGS(name));
    bool is_read = read_file(path.at, &bytes);
    *source = arena_text(&folder->arena, buffer_text(&bytes));
    *file = path;
    buffer_release(&bytes);
    return is_read;
}

static bool read_data(
    const char *path, struct arena *arena, struct report *report, struct data_value *data)
{
    struct buffer bytes;
    if (!read_file(path, &bytes) || !data_read_yaml(buffer_text(&bytes), text_of(path), 1,
                                        &data_limits_file, arena, report, data))
        return false;
    data_resolve_scalars(data);
    buffer_release(&bytes);
    return data->kind == DATA_MAP;
}

/* ---- Pages --------------------------------------------------------------------------------------------------- */

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

struct bench {
    struct template_set *set;
    struct text name;
    struct template_input input;
    struct arena scratch;
    struct data_run run;
    struct buffer page;
    struct report report;
};

static bool render(struct bench *bench, long pages)
{
    for (long i = 0; i < pages; i++) {
        arena_clear(&bench->scratch);
        buffer_clear(&bench->page);
        if (!template_render(
                bench->set, bench->name, &bench->input, &bench->run, &bench->page, &bench->report))
            return false;
    }
    return true;
}

static struct text no_source(void *context, struct text file)
{
    (void)context, (void)file;
    return TEXT_NONE;
}

static int fail(const struct report *report)
{
    report_print(report,
        &(struct report_printer){.to = stderr, .source = no_source, .width = text_count_points});
    return 1;
}

int main(int count, char **words)
{
    struct folder folder = {0};
    struct bench bench = {0};
    struct arena arena;
    struct data_value data, values[BASE_COUNT(globals)];
    if (count < 5)
        return 2;
    folder.path = words[1];
    arena_init(&folder.arena);
    arena_init(&arena);
    arena_init(&bench.scratch);
    report_init(&bench.report);
    buffer_init(&bench.page);
    bench.set = template_set_new(&(struct template_options){.load = load,
        .context = &folder,
        .escape = TEMPLATE_ESCAPE_ALWAYS,
        .trim_blocks = true,
        .lstrip_blocks = true,
        .globals = globals,
        .global_count = BASE_COUNT(globals),
        .functions = functions,
        .function_count = BASE_COUNT(functions)});
    bench.name = text_of(words[2]);
    if (!template_compile(bench.set, bench.name, &bench.report) ||
        !read_data(words[3], &arena, &bench.report, &data))
        return fail(&bench.report);
    for (size_t i = 0; i < BASE_COUNT(globals); i++) {
        const struct data_value *found = data_map_find(data.as.map, globals[i].name);
        values[i] = found ? *found : data_none();
    }
    bench.input.globals = values;
    bench.run.scratch = &bench.scratch;
    long pages = atol(words[4]);
    if (!render(&bench, 3))
        return fail(&bench.report);
    size_t before = allocations;
    double began = now_us();
    if (!render(&bench, pages))
        return fail(&bench.report);
    printf("%.2f %.2f\n", (now_us() - began) / (double)pages,
        (double)(allocations - before) / (double)pages);
    if (count > 5) {
        FILE *out = fopen(words[5], "wb");
        if (out)
            fwrite(bench.page.at, 1, bench.page.length, out), fclose(out);
    }
    template_set_free(bench.set);
    arena_release(&bench.scratch);
    arena_release(&folder.arena);
    arena_release(&arena);
    report_release(&bench.report);
    buffer_release(&bench.page);
    return 0;
}
