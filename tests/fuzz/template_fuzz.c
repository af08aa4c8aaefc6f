/*
 * Any bytes as templates: they are compiled and rendered, or refused with a message, and what is
 * rendered is UTF-8, the same each time.
 *
 *     options-byte main [ "\0" a [ "\0" b [ "\0" c ] ] ]       sources; `main` may use a, b and c
 *
 * Entry point as libFuzzer wants it: tests/fuzz/run.
 */
#include "template/template.h"
#include "unicode/unicode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

enum { SOURCES = 4, MOST_BYTES = 20000 };

static const char *const names[SOURCES] = {"main", "a", "b", "c"};
/* Names as in tests/jinja/differential/grammar.py, whose templates are the seeds. */
static const char variables[] =
    "{s: Hello World, h: \"<b>\\\"x\\\" & 'y'</b>\", u: 도깨비 OST, n: 5, f: 3.5, t: true, no: "
    "null,"
    " ints: [3, 1, 2], strs: [b, A, c], m: {b: 2, a: 1}, lists: [[1, 2], [3, 4]],"
    " recs: [{name: Ann, age: 30, c: {x: 1}, tags: []}, {name: bob, age: 25, c: {x: 3}, tags: "
    "[<]}],"
    " rec: {name: Dee, age: 4, c: {x: 9}}, tree: [{name: a, kids: [{name: b, kids: []}]}]}";

struct sources {
    struct text at[SOURCES];
    size_t count;
};

static bool load(void *context, struct text name, struct text *source, struct text *file)
{
    const struct sources *sources = context;
    for (size_t i = 0; i < sources->count; i++) {
        if (!text_is(name, names[i]))
            continue;
        *source = sources->at[i];
        *file = TEXT_NONE;
        return true;
    }
    return false;
}

static size_t list_names(void *context, struct arena *arena, struct text **list)
{
    const struct sources *sources = context;
    *list = arena_array(arena, sources->count, sizeof **list);
    for (size_t i = 0; i < sources->count; i++)
        (*list)[i] = text_of(names[i]);
    return sources->count;
}

static void split(struct text rest, struct sources *sources)
{
    sources->count = 0;
    while (sources->count < SOURCES) {
        ptrdiff_t end = sources->count + 1 < SOURCES ? text_find_byte(rest, '\0') : -1;
        sources->at[sources->count++] = end < 0 ? rest : text_slice(rest, 0, (size_t)end);
        if (end < 0)
            return;
        rest = text_slice(rest, (size_t)end + 1, rest.length);
    }
}

static bool render_once(const struct template_set *set, const struct data_map *map,
    struct buffer *out, struct report *report)
{
    struct arena scratch;
    arena_init(&scratch);
    struct data_run run = {.scratch = &scratch};
    struct template_input input = {.variables = map};
    bool is_well = template_render(set, TEXT("main"), &input, &run, out, report);
    arena_release(&scratch);
    return is_well;
}

static void render_twice(const struct template_set *set, const struct data_map *map)
{
    struct buffer first, second;
    struct report report;
    buffer_init(&first);
    buffer_init(&second);
    report_init(&report);
    bool is_well = render_once(set, map, &first, &report);
    base_assert(is_well == (report.errors == 0));
    base_assert(render_once(set, map, &second, &report) == is_well);
    base_assert(text_equal(buffer_text(&first), buffer_text(&second)));
    base_assert(is_well || first.length == 0);
    base_assert(unicode_check(buffer_text(&first)) < 0);
    buffer_release(&first);
    buffer_release(&second);
    report_release(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    struct sources sources;
    struct arena arena;
    struct report report;
    struct data_value data = data_none();
    if (count < 1 || count > MOST_BYTES)
        return 0;
    arena_init(&arena);
    report_init(&report);
    split((struct text){(const char *)bytes + 1, count - 1}, &sources);
    data_read_yaml(text_of(variables), TEXT("data"), 1, &data_limits_file, &arena, &report, &data);
    data_resolve_scalars(&data);
    base_assert(data.kind == DATA_MAP && report.errors == 0);
    struct template_set *set = template_set_new(&(struct template_options){.load = load,
        .names = list_names,
        .context = &sources,
        .escape = bytes[0] & 1 ? TEMPLATE_ESCAPE_ALWAYS : TEMPLATE_ESCAPE_NEVER,
        .trim_blocks = bytes[0] & 2,
        .lstrip_blocks = bytes[0] & 4,
        .keep_trailing_newline = bytes[0] & 8,
        .strict_undefined = bytes[0] & 16,
        .absent_is_empty = bytes[0] & 32});
    bool is_compiled = template_compile(set, TEXT("main"), &report);
    base_assert(is_compiled == (report.errors == 0));
    if (is_compiled)
        render_twice(set, data.as.map);
    template_set_free(set);
    report_release(&report);
    arena_release(&arena);
    return 0;
}
