/*
 * template: compiles Jinja templates once, checks them, and runs them over values.
 *
 * The language is that of Jinja2 3.1, held to its behaviour byte for byte; what is left out and why
 * stands in tests/jinja/left-out. This room knows no word of blogs, opens no file and never changes
 * the values it is given. While a page is rendered nothing is parsed and no name is looked up that
 * compiling could find.
 *
 *     static const struct template_global globals[] = {
 *         {.name = "review", .of = &review_type, .help = "the review that the page shows"},
 *     };
 *     struct template_set *set = template_set_new(&(struct template_options){
 *         .load = load, .escape = TEMPLATE_ESCAPE_BY_NAME,
 *         .globals = globals, .global_count = BASE_COUNT(globals)});
 *     struct template_entry pages[] = {{.name = TEXT("review.html")}};
 *     if (template_compile(set, pages[0].name, &report) && template_check(set, pages, 1, &report)) {
 *         struct data_value values[] = {data_thing(&review_type, review)};
 *         template_render(set, TEXT("review.html"), &(struct template_input){.globals = values},
 *             &run, &out, &report);
 *     }
 *     template_set_free(set);
 *
 * Ownership: a set owns everything compiled into it, the sources included. Values made while
 * rendering live in run->scratch; the page goes to the end of the caller's buffer.
 *
 * Threads: a set belongs to one thread while templates are compiled into it. After that, any number
 * of threads may render from it at once, each with a run, a buffer and a report of its own.
 *
 * Numbers are 64 bits wide: a result that does not fit is an error, it does not become a float.
 */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

#include "base/base.h"
#include "data/data.h"

struct template_checker;
struct template_node;
struct template_row;
struct template_set;
struct unicode_language; /* unicode/unicode.h */
struct template_state;

/* ---- Functions, filters and tests ------------------------------------------------------------ */

enum template_role { TEMPLATE_FUNCTION, TEMPLATE_FILTER, TEMPLATE_TEST };

/* An argument that was given by a name of its own choice (**named). */
struct template_named {
    struct text name;
    struct data_value value;
};

/* One call, as the function sees it. A filter's or test's first argument is what it is applied to. */
struct template_call {
    struct data_value *arguments; /* one for each parameter of the signature: see template_given */
    size_t count;
    struct data_value *rest; /* what *rest took */
    size_t rest_count;
    struct template_named *named; /* what **named took */
    size_t named_count;
    struct data_run *run;
    bool autoescape;              /* where the call stands, output is escaped */
    struct template_state *state; /* the engine's own */
    const struct template_row *row;
};

/* A call that is looked at before anything is rendered: of each argument, all the texts that it can
 * be, as far as the template says. */
struct template_known {
    const struct text *texts;
    size_t count; /* 0: not known */
};

struct template_preview {
    struct template_known *arguments; /* one for each parameter of the signature */
    const struct text *named;         /* the names of all arguments with a name */
    size_t named_count;
    bool has_rest;       /* there are more, which only rendering can tell */
    void *context;       /* of the options */
    struct arena *arena; /* until the check is done */
    /* the engine's own */
    struct template_checker *checker;
    struct template_node *node;
    const struct template_row *row;
    size_t first;
};

/* An error at the argument, or at named argument number `index` of `named`. */
void template_preview_wrong(struct template_preview *, size_t argument, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void template_preview_wrong_named(struct template_preview *, size_t index, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A row of a table of functions. The signature names the parameters as Python would write them:
 * "value, width=79, *rest, **named"; what stands after '=' is for the reader only. At most
 * TEMPLATE_PARAMETERS of them. */
struct template_function {
    const char *name;
    struct data_value (*run)(struct template_call *);
    const char *signature;
    const char *help;
    enum template_role role;
    const struct data_type *gives; /* the type of thing it returns, for checks; NULL: any value */
    bool gives_many;               /* a list of such things */
    bool takes_absent;             /* what may be absent is no mistake as its argument */
    bool
        gives_same; /* the same for the same arguments, on every page, of which nothing is noted: see
                        template_fold */
    /* Looks at a call before anything is rendered; may be NULL. */
    void (*preview)(struct template_preview *);
    /* Prints what `run` would give, as {{ }} does, where the call is all that stands there: then the text
     * is made where it stays. May be NULL. */
    void (*print)(struct template_call *, struct buffer *out);
};

#define TEMPLATE_PARAMETERS 10

/* Whether the argument was given; when not, its value is undefined. */
bool template_given(const struct template_call *, size_t index);
/* The argument as the type wanted, or the fallback when it was not given or is none. Another type is
 * a failure of the call. */
int64_t template_integer(struct template_call *, size_t index, int64_t fallback);
bool template_flag(struct template_call *, size_t index, bool fallback);
struct text template_text(struct template_call *, size_t index, struct text fallback);
/* A value as it would print, unescaped. Lives in run->scratch or as long as the value. */
struct text template_print(struct template_call *, const struct data_value *);
/* The same with '&', '<', '>', '"' and '\'' escaped, unless the value is safe HTML. */
struct text template_escaped(struct template_call *, const struct data_value *);
/* Adds the same. */
void template_add_escaped(struct template_call *, const struct data_value *, struct buffer *out);
/* Ends the rendering with a message at the place of the call; returns undefined, to be returned. */
struct data_value template_fail(struct template_call *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- Options ------------------------------------------------------------------------------------ */

enum template_escape {
    TEMPLATE_ESCAPE_NEVER,
    TEMPLATE_ESCAPE_ALWAYS,
    TEMPLATE_ESCAPE_BY_NAME, /* names that end in .html, .htm, .xhtml, .xml or .svg */
};

/* A variable that every template is given. */
struct template_global {
    const char *name;
    const struct data_type *of; /* it is a thing of this type, or a list of them; NULL: any value */
    bool is_many;
    bool may_be_absent; /* none on some pages */
    bool is_everywhere; /* seen by imported templates, too, that do not ask for the context */
    const char *help;
};

struct template_options {
    /* Gives the source of a template, and the name of its file for messages (absent: the template's
     * name). Both are copied. False: there is no such template. */
    bool (*load)(void *context, struct text name, struct text *source, struct text *file);
    /* The name in the set of the template that another one, `from`, names so as a constant: what
     * Jinja2 calls join_path. May live in the arena. NULL: names are what they are. */
    struct text (*join)(void *context, struct arena *, struct text name, struct text from);
    /* Names of the templates there are, for suggestions and for names that are not constant; may be
     * NULL. */
    size_t (*names)(void *context, struct arena *, struct text **names);
    void *context;
    const char *itself_note; /* what to say of a template that extends itself; may be NULL */
    enum template_escape escape;
    bool trim_blocks;           /* drop the line end after a tag */
    bool lstrip_blocks;         /* drop the blanks between the line's start and a tag */
    bool keep_trailing_newline; /* keep the line end at the end of a template */
    bool strict_undefined;      /* an undefined value can't even be printed */
    bool absent_is_empty;       /* none prints nothing, in place of "None" */
    /* Whose order `collate` sorts by; it outlives the set. NULL: then it sorts as `sort` does. */
    const struct unicode_language *language;
    const struct template_global *globals;
    size_t global_count;
    /* Further functions, filters and tests; they come before Liner's own of the same name. */
    const struct template_function *functions;
    size_t function_count;
};

/* ---- Sets ---------------------------------------------------------------------------------------- */

/* The options' arrays are borrowed for as long as the set. */
struct template_set *template_set_new(const struct template_options *);
void template_set_free(struct template_set *);

/* Compiles a template and those that it names as constants (extends, include, import). Reports all
 * problems found; false when there was an error in any of them. A template whose name is only known
 * while rendering must have been compiled before: where there is one, all that options.names lists
 * are compiled. Compiling one twice does nothing, and its problems are not told again. */
bool template_compile(struct template_set *, struct text name, struct report *);
/* Whether a declared variable has a value on the pages of a template. */
enum template_presence { TEMPLATE_PRESENT, TEMPLATE_PERHAPS, TEMPLATE_NEVER };

/* A template that pages are made of. */
struct template_entry {
    struct text name;
    const enum template_presence *given; /* for each of options.globals; NULL: all are present */
    const char *const
        *fields; /* that are there on its pages, as "page.title"; NULL behind the last */
};

/* Checks all that was compiled, before anything is rendered: fields that a type does not have, calls
 * that fit no macro, what `preview` of a function finds; and warns of what may be absent and is used
 * as if it was there. Names of templates that were not compiled are skipped. False on an error. */
bool template_check(
    struct template_set *, const struct template_entry *, size_t count, struct report *);
/* Whether there is a compiled template of that name, without an error in it. */
bool template_is_compiled(const struct template_set *, struct text name);

/* A file that what a template makes depends on. */
struct template_source {
    struct text file; /* as messages call it */
    uint64_t hash;    /* of its bytes */
};
/* Those of a compiled template: its own first, then what it names, and what that names, each once; or all
 * of the set, where a name is only known while rendering. They live in the set. */
size_t template_sources(struct template_set *, struct text name, struct template_source **);

/* Makes what functions and filters with `gives_same` give for constants, and puts it in their places:
 * after template_check and before the first rendering, for pages without variables of their own. The
 * run is as for rendering; nothing is noted in it. */
void template_fold(struct template_set *, struct data_run *);

/* What a run keeps from page to page: what macros print that see nothing but their arguments, and those
 * are numbers. A run has it as `memory`, or keeps nothing; it is of no use to another set. */
struct template_memory *template_memory_new(void);
void template_memory_free(struct template_memory *);

/* ---- Rendering ------------------------------------------------------------------------------------- */

struct template_input {
    const struct data_value *globals; /* in the order of options.globals */
    const struct data_map *variables; /* more variables, by name; NULL for none */
};

/* Adds the page to `out`. False on an error, which is reported with its place and a note for every
 * include, macro and block around it; `out` then holds no more than it did before. */
bool template_render(const struct template_set *, struct text name, const struct template_input *,
    struct data_run *, struct buffer *out, struct report *);

/* ---- For the reference ------------------------------------------------------------------------------ */

/* The engine's own rows, one by one; NULL behind the last. */
const struct template_function *template_function_at(enum template_role, size_t index);

/* Methods, by whose they are. */
enum template_owner { TEMPLATE_TEXTS, TEMPLATE_MAPS, TEMPLATE_LISTS, TEMPLATE_OWNERS };
const struct template_function *template_method_at(enum template_owner, size_t index);

/* A statement or a field of `loop`: how it is written, and what it is for. */
struct template_statement {
    const char *name, *form, *help;
};
const struct template_statement *template_statement_at(size_t index);
const struct template_statement *template_loop_field_at(size_t index);

/* A template without variables, and what it gives. The kinds: filter, test, function, statement; text,
 * map and list for their methods. NULL when there is none. */
struct template_example {
    const char *kind, *name, *source, *result;
};
const struct template_example *template_find_example(const char *kind, const char *name);

#endif
