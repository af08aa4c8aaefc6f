/*
 * Sets: the rows of functions, the types that templates can meet, and the templates compiled so far.
 *
 * A template is compiled when it is asked for; those that it names come with it. One that names
 * itself, or one that names it, is found while it is being compiled, and is not compiled again.
 */
#include "template/template_parse_inside.h"

/* ---- Places and problems -------------------------------------------------------------------------- */

struct place template_place(
    const struct template_file *file, uint32_t line, uint32_t column, uint32_t points)
{
    return (struct place){file->file, line, column, points};
}

__attribute__((format(printf, 3, 0))) static void wrong(
    struct template_compiler *compiler, struct place place, const char *format, va_list arguments)
{
    char message[500]; /* names in messages are cut at this */
    vsnprintf(message, sizeof message, format, arguments);
    compiler->is_wrong = true;
    report_at(compiler->report, REPORT_ERROR, place, "%s", message);
}

void template_wrong(
    struct template_compiler *compiler, const struct template_node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    wrong(compiler, template_place(compiler->file, node->line, node->column, node->points), format,
        arguments);
    va_end(arguments);
}

void template_wrong_at(struct template_compiler *compiler, uint32_t line, uint32_t column,
    uint32_t points, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    wrong(compiler, template_place(compiler->file, line, column, points), format, arguments);
    va_end(arguments);
}

/* ---- Signatures ---------------------------------------------------------------------------------------- */

static void read_parameter(struct template_set *set, struct template_row *row,
    struct template_parameter *parameters, struct text text)
{
    text = text_trim(text);
    if (text_starts(text, "**")) {
        row->takes_named = true;
    } else if (text_starts(text, "*")) {
        row->takes_rest = true;
    } else if (text.length > 0) {
        ptrdiff_t equals = text_find_byte(text, '=');
        struct text name = equals < 0 ? text : text_slice(text, 0, (size_t)equals);
        base_assert(row->count < TEMPLATE_PARAMETERS);
        parameters[row->count++] =
            (struct template_parameter){template_intern(set, name), equals < 0};
    }
}

/* Where the next ',' outside quotes is, or the end. */
static size_t parameter_end(struct text text)
{
    bool is_quoted = false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '\'')
            is_quoted = !is_quoted;
        else if (text.at[i] == ',' && !is_quoted)
            return i;
    }
    return text.length;
}

static void read_signature(struct template_set *set, struct template_row *row)
{
    struct template_parameter *parameters =
        arena_array(&set->arena, TEMPLATE_PARAMETERS, sizeof *parameters);
    struct text rest = text_of(row->function->signature);
    while (rest.length > 0) {
        size_t end = parameter_end(rest);
        read_parameter(set, row, parameters, text_slice(rest, 0, end));
        rest = text_slice(rest, end + 1, rest.length);
    }
    row->parameters = parameters;
}

/* What was put under a name first stays. */
static void add_row(
    struct template_set *set, struct map *rows, const struct template_function *function)
{
    struct template_row *row = arena_alloc(&set->arena, sizeof *row);
    row->function = function;
    map_put(rows, text_of(function->name), row);
}

static void add_table(
    struct template_set *set, struct map *rows, const struct template_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        add_row(set, rows, &table->rows[i]);
}

static void read_signatures(struct template_set *set, struct map *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        read_signature(set, rows->entries[i].value);
}

static void add_host_rows(struct template_set *set)
{
    const struct template_options *options = set->options;
    for (size_t i = 0; i < options->function_count; i++) {
        const struct template_function *function = &options->functions[i];
        struct map *rows = function->role == TEMPLATE_FILTER ? &set->filters
                           : function->role == TEMPLATE_TEST ? &set->tests
                                                             : &set->functions;
        add_row(set, rows, function);
    }
}

static void add_rows(struct template_set *set)
{
    add_host_rows(set);
    add_table(set, &set->filters, &template_text_filters);
    add_table(set, &set->filters, &template_list_filters);
    add_table(set, &set->filters, &template_value_filters);
    add_table(set, &set->tests, &template_tests);
    add_table(set, &set->functions, &template_globals);
    add_table(set, &set->methods[TEMPLATE_OF_TEXT], &template_text_methods);
    add_table(set, &set->methods[TEMPLATE_OF_MAP], &template_map_methods);
    add_table(set, &set->methods[TEMPLATE_OF_LIST], &template_list_methods);
    read_signatures(set, &set->filters);
    read_signatures(set, &set->tests);
    read_signatures(set, &set->functions);
    for (int i = 0; i < TEMPLATE_RECEIVERS; i++)
        read_signatures(set, &set->methods[i]);
}

const struct template_function *template_function_at(enum template_role role, size_t index)
{
    static const struct template_table *const tables[] = {&template_text_filters,
        &template_list_filters, &template_value_filters, &template_tests, &template_globals};
    for (size_t i = 0; i < BASE_COUNT(tables); i++) {
        if (tables[i]->rows[0].role != role)
            continue;
        if (index < tables[i]->count)
            return &tables[i]->rows[index];
        index -= tables[i]->count;
    }
    return NULL;
}

/* ---- Types ------------------------------------------------------------------------------------------------ */

static bool knows_type(const struct template_set *set, const struct data_type *type)
{
    for (size_t i = 0; i < set->type_count; i++)
        if (set->types[i] == type)
            return true;
    return false;
}

static void add_type(struct template_set *set, const struct data_type *type)
{
    if (!type || knows_type(set, type))
        return;
    const struct data_type **room =
        list_add(&set->types, &set->type_count, &set->type_capacity, &set->arena, sizeof *room);
    *room = type;
    for (const struct data_type *part = type; part; part = part->base)
        for (size_t i = 0; i < part->field_count; i++)
            add_type(set, part->fields[i].of);
}

/* ---- Sets ---------------------------------------------------------------------------------------------------- */

struct template_set *template_set_new(const struct template_options *options)
{
    struct arena arena;
    arena_init(&arena);
    struct template_set *set = arena_alloc(&arena, sizeof *set);
    set->arena = arena;
    set->own_options = *options;
    set->options = &set->own_options;
    struct map *maps[] = {&set->files, &set->names, &set->filters, &set->tests, &set->functions};
    for (size_t i = 0; i < BASE_COUNT(maps); i++)
        map_init(maps[i], &set->arena);
    for (int i = 0; i < TEMPLATE_RECEIVERS; i++)
        map_init(&set->methods[i], &set->arena);
    for (size_t i = 0; i < options->global_count; i++)
        add_type(set, options->globals[i].of);
    for (size_t i = 0; i < options->function_count; i++)
        add_type(set, options->functions[i].gives);
    add_rows(set);
    return set;
}

void template_set_free(struct template_set *set)
{
    if (!set)
        return;
    struct arena arena = set->arena;
    arena_release(&arena);
}

/* ---- Compiling --------------------------------------------------------------------------------------------------- */

static bool escapes_by_name(struct text name)
{
    static const char *const ends[] = {".html", ".htm", ".xhtml", ".xml", ".svg"};
    for (size_t i = 0; i < BASE_COUNT(ends); i++)
        if (text_ends(name, ends[i]))
            return true;
    return false;
}

static void compile(struct template_compiler *compiler)
{
    struct template_tokens tokens = {0};
    template_lex(compiler, &tokens);
    template_parse(compiler, &tokens);
    template_resolve(compiler);
    compiler->file->stage = compiler->is_wrong ? STAGE_WRONG : STAGE_READY;
    template_keep_module(compiler->set, compiler->file);
}

struct template_file *template_find_file(const struct template_set *set, struct text name)
{
    return map_get(&set->files, name);
}

struct template_file *template_need(
    struct template_set *set, struct text name, struct report *report)
{
    struct template_file *file = template_find_file(set, name);
    struct text source, shown = TEXT_NONE;
    if (file)
        return file;
    if (!set->options->load(set->options->context, name, &source, &shown))
        return NULL;
    file = arena_alloc(&set->arena, sizeof *file);
    file->name = arena_text(&set->arena, name);
    file->file = shown.at ? arena_text(&set->arena, shown) : file->name;
    file->hash = hash_text(source);
    file->autoescape = set->options->escape == TEMPLATE_ESCAPE_ALWAYS ||
                       (set->options->escape == TEMPLATE_ESCAPE_BY_NAME && escapes_by_name(name));
    map_put(&set->files, file->name, file);
    struct template_compiler compiler = {
        .set = set, .file = file, .report = report, .source = arena_text(&set->arena, source)};
    compile(&compiler);
    return file;
}

struct text template_guess_file(struct template_set *set, struct text wrong)
{
    struct text *names = NULL;
    size_t count = 0;
    if (set->options->names)
        count = set->options->names(set->options->context, &set->arena, &names);
    return report_guess(&set->arena, wrong, names, count);
}

/* A name that is only known while rendering may be that of any template. What is wrong with one that
 * nothing names is told when something uses it. */
static void need_all(struct template_set *set)
{
    struct report ignored;
    struct text *names;
    if (!set->has_unknown_names || set->has_all || !set->options->names)
        return;
    set->has_all = true;
    size_t count = set->options->names(set->options->context, &set->arena, &names);
    report_init(&ignored);
    for (size_t i = 0; i < count; i++)
        template_need(set, names[i], &ignored);
    report_release(&ignored);
}

bool template_compile(struct template_set *set, struct text name, struct report *report)
{
    size_t errors = report->errors;
    struct template_file *file = template_need(set, name, report);
    if (!file) {
        report_at(report, REPORT_ERROR, (struct place){.file = name, .points = 1},
            "no template '%.*s'%.*s", TEXT_ARGS(name), TEXT_ARGS(template_guess_file(set, name)));
        return false;
    }
    need_all(set);
    return template_check_names(set, report) && report->errors == errors &&
           template_is_compiled(set, name);
}

/* ---- What a page is made with ------------------------------------------------------------------------------------- */

void template_add_file(
    struct template_set *set, struct template_files *files, struct template_file *file)
{
    for (size_t i = 0; i < files->count; i++)
        if (files->at[i] == file)
            return;
    struct template_file **room =
        list_add(&files->at, &files->count, &files->capacity, &set->arena, sizeof *room);
    *room = file;
}

/* Any of them may be asked for by a name that is only known while rendering. */
static void add_all(struct template_set *set, struct template_files *files)
{
    for (size_t i = 0; i < set->files.count; i++)
        template_add_file(set, files, set->files.entries[i].value);
}

size_t template_sources(
    struct template_set *set, struct text name, struct template_source **sources)
{
    struct template_files files = {0};
    struct template_file *file = template_find_file(set, name);
    if (file)
        template_add_file(set, &files, file);
    if (file && set->has_unknown_names)
        add_all(set, &files);
    for (size_t i = 0; i < files.count; i++)
        for (size_t j = 0; j < files.at[i]->needs.count; j++)
            template_add_file(set, &files, files.at[i]->needs.at[j]);
    *sources = arena_array(&set->arena, files.count, sizeof **sources);
    for (size_t i = 0; i < files.count; i++)
        (*sources)[i] = (struct template_source){files.at[i]->file, files.at[i]->hash};
    return files.count;
}

bool template_is_compiled(const struct template_set *set, struct text name)
{
    const struct template_file *file = template_find_file(set, name);
    return file && file->stage == STAGE_READY;
}
