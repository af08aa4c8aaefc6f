/*
 * What the files of this room share: limits, names, tables, nodes, sets of templates. What only some of them need
 * stands in template_parse_inside.h, template_check_inside.h and template_run_inside.h.
 *
 *     source --lexer.c--> tokens --statement.c, expression.c--> nodes --resolve.c--> nodes with slots
 *     --check.c--> the same, found right --run.c, evaluate.c--> bytes
 *
 * Everything up to the resolved nodes is made once, in the set's arena, and only read afterwards.
 */
#ifndef TEMPLATE_TEMPLATE_INSIDE_H
#define TEMPLATE_TEMPLATE_INSIDE_H

#include "template/template.h"

/* ---- Limits: each an error, never a crash ------------------------------------------------------- */

#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION /* set by the fuzzer: many runs a second */
#define TEMPLATE_LESS 1000
#else
#define TEMPLATE_LESS 1
#endif

enum {
    TEMPLATE_MOST_STEPS =
        10 * 1000 * 1000 / TEMPLATE_LESS, /* statements and calls in one rendering */
    TEMPLATE_MOST_DEPTH = 50,             /* of includes, macros and blocks in each other */
    TEMPLATE_MOST_OUTPUT_BYTES =
        64 * 1024 * 1024 / TEMPLATE_LESS,             /* of one page, and of one text */
    TEMPLATE_MOST_RANGE = 100 * 1000 / TEMPLATE_LESS, /* as Jinja2's sandbox has it */
    TEMPLATE_MOST_NESTING = 100,                 /* of expressions and statements in the source */
    TEMPLATE_MOST_TREE_DEPTH = 200,              /* of an expression's nodes: a + b + c is 3 */
    TEMPLATE_MOST_STACK_BYTES = 4 * 1024 * 1024, /* half of what a thread has by default */
    TEMPLATE_MOST_VALUE_DEPTH = 64,              /* of lists in lists, when printed or compared */
};
/* Of texts and lists made in one rendering, all together. */
#define TEMPLATE_MOST_MADE_BYTES ((size_t)512 * 1024 * 1024 / TEMPLATE_LESS)

/* ---- Names ---------------------------------------------------------------------------------------- */

/* A type that has a field of a name, and the way to it: a place of a small table by the type's
 * address. */
struct template_reach {
    const struct data_type *type;
    struct data_access access;
};

enum template_loop_member {
    LOOP_NONE,
    LOOP_INDEX,
    LOOP_INDEX0,
    LOOP_REVINDEX,
    LOOP_REVINDEX0,
    LOOP_FIRST,
    LOOP_LAST,
    LOOP_LENGTH,
    LOOP_DEPTH,
    LOOP_DEPTH0,
    LOOP_PREVITEM,
    LOOP_NEXTITEM,
    LOOP_CYCLE,
    LOOP_CHANGED,
    LOOP_MEMBERS,
};
extern const char *const template_loop_members[LOOP_MEMBERS];

enum template_receiver { TEMPLATE_OF_TEXT, TEMPLATE_OF_MAP, TEMPLATE_OF_LIST, TEMPLATE_RECEIVERS };

/* An interned name: two equal names of a set are one address. What can be looked up by name alone is
 * looked up when it is interned. */
struct template_name {
    struct text text;
    ptrdiff_t global;                    /* index of the declared variable, -1 for none */
    const struct template_row *function; /* NULL for none */
    const struct template_row *methods[TEMPLATE_RECEIVERS];
    const struct template_reach *reaches; /* the types that have such a field */
    size_t reach_mask;                    /* a power of two less one: at least half are free */
    uint8_t loop_member;                  /* enum template_loop_member, 0 for none */
    uint8_t mark;                         /* of a map that has it as a key */
    bool is_private;                      /* starts with '_': is not exported */
    bool is_stored;                       /* some template of the set gives this name a value */
    bool is_shared; /* one does so where another template or block can see it */
};

/* The way to the field of the name; NULL when the type has none, or is not one of the set's. */
static inline const struct template_reach *template_find_reach(
    const struct template_name *name, const struct data_type *type)
{
    size_t at = (uintptr_t)type / 32;
    for (;; at++) {
        const struct template_reach *reach = &name->reaches[at & name->reach_mask];
        if (reach->type == type)
            return reach;
        if (!reach->type)
            return NULL;
    }
}

const struct template_name *template_intern(struct template_set *, struct text);
/* NULL when no template of the set mentions it. */
const struct template_name *template_find_name(const struct template_set *, struct text);

/* ---- Rows: functions with their signatures read ---------------------------------------------------- */

struct template_parameter {
    const struct template_name *name;
    bool is_required;
};

struct template_row {
    const struct template_function *function;
    const struct template_parameter *parameters;
    size_t count;
    bool takes_rest, takes_named;
};

const struct template_row *template_find_filter(const struct template_set *, struct text name);
const struct template_row *template_find_test(const struct template_set *, struct text name);

/* A table of rows in one of this room's files. */
struct template_table {
    const struct template_function *rows;
    size_t count;
};
extern const struct template_table template_text_filters;
extern const struct template_table template_list_filters;
extern const struct template_table template_value_filters;
extern const struct template_table template_tests;
extern const struct template_table template_globals;
extern const struct template_table template_text_methods;
extern const struct template_table template_map_methods;
extern const struct template_table template_list_methods;

/* ---- Nodes ---------------------------------------------------------------------------------------------- */

enum template_node_kind {
    /* expressions */
    NODE_LITERAL,
    NODE_NAME,
    NODE_SELF,
    NODE_LIST,
    NODE_TUPLE,
    NODE_MAP,
    NODE_NEGATE,
    NODE_PLUS,
    NODE_NOT,
    NODE_AND,
    NODE_OR,
    NODE_BINARY,
    NODE_CONCAT,
    NODE_COMPARE,
    NODE_CHOICE,
    NODE_ATTRIBUTE,
    NODE_INDEX,
    NODE_SLICE,
    NODE_CALL,
    NODE_FILTER,
    NODE_TEST,
    /* statements */
    NODE_TEXT,
    NODE_OUTPUT,
    NODE_FOR,
    NODE_IF,
    NODE_SET,
    NODE_SET_BLOCK,
    NODE_WITH,
    NODE_BLOCK,
    NODE_EXTENDS,
    NODE_INCLUDE,
    NODE_IMPORT,
    NODE_FROM,
    NODE_MACRO,
    NODE_CALL_BLOCK,
    NODE_FILTER_BLOCK,
    NODE_AUTOESCAPE,
    NODE_DO,
    NODE_BREAK,
    NODE_CONTINUE,
    NODE_KINDS,
};

enum template_operator {
    OPERATOR_ADD,
    OPERATOR_SUB,
    OPERATOR_MUL,
    OPERATOR_DIV,
    OPERATOR_FLOOR,
    OPERATOR_MOD,
    OPERATOR_POW,
    OPERATOR_EQUAL,
    OPERATOR_UNEQUAL,
    OPERATOR_LESS,
    OPERATOR_LESS_EQUAL,
    OPERATOR_GREATER,
    OPERATOR_GREATER_EQUAL,
    OPERATOR_IN,
    OPERATOR_NOT_IN,
};

/* The texts of templates are copied so many bytes at once, and have as many behind them. */
enum { TEMPLATE_TEXT_STEP = 16 };

struct template_node;
struct template_unit;
struct template_file;

struct template_nodes {
    struct template_node **at;
    size_t count, capacity;
};

struct template_keyword {
    const struct template_name *name;
    struct template_node *value;
    uint32_t line, column;
};

/* (a, b, name=c, *rest, **named) */
struct template_arguments {
    struct template_nodes positional;
    struct template_keyword *named;
    size_t named_count, named_capacity;
    struct template_node *rest, *named_rest;
};

/* Where a name's value may stand: `depth` units outwards, in `slot`. */
struct template_spot {
    uint32_t depth, slot;
};

/* A local variable that an included template or a scoped block can see. */
struct template_visible {
    const struct template_name *name;
    struct template_spot spot;
};

struct template_visibles {
    struct template_visible *at;
    size_t count, capacity;
};

/* A body with slots of its own: a template, a block, a macro, the caller of a call block, the body of
 * a recursive loop. */
struct template_unit {
    uint32_t slot_count;
    bool keeps_frame; /* something made in it may use its frame when the unit has ended */
    struct template_nodes body;
};

struct template_macro {
    const struct template_name *name; /* NULL: a caller */
    const struct template_name **parameters;
    struct template_nodes defaults; /* of the last parameters */
    size_t count, capacity;
    struct template_unit unit; /* the parameters are slots 0 to count - 1 */
    bool takes_rest, takes_named, takes_caller;
    bool is_pure; /* see pure.c */
    uint32_t rest_slot, named_slot, caller_slot;
};

struct template_branch {
    struct template_node *test; /* NULL: else */
    struct template_nodes body;
};

struct template_pick { /* from x import name as alias */
    const struct template_name *name;
    struct template_node *target;
};

struct template_node {
    enum template_node_kind kind;
    enum template_operator op;
    uint32_t line, column, points;
    bool is_right; /* check.c: was seen to be right once */
    union {
        struct data_value literal;
        struct { /* NODE_NAME: a variable read or, as a target, written */
            const struct template_name *name;
            const struct template_spot *spots;  /* where to look, innermost first */
            size_t spot_count;                  /* a target has one spot */
            const struct template_name *member; /* target `name.member` of a namespace */
            bool is_exported;                   /* target at the top level */
            bool is_imported;                   /* by an import: not exported once more */
        } name;
        struct template_nodes items; /* LIST TUPLE CONCAT; MAP: key, value, ... */
        struct template_node *of;    /* NEGATE PLUS NOT OUTPUT DO */
        struct {
            struct template_node *left, *right;
        } pair;  /* AND OR BINARY */
        struct { /* first op other; ... */
            struct template_node *first;
            struct template_node **others;
            enum template_operator *operators;
            size_t count;
        } compare;
        struct {
            struct template_node *test, *yes, *no;
        } choice; /* no: may be NULL */
        struct {
            struct template_node *of;
            const struct template_name *name;
            uint16_t guess; /* its place among run->guesses */
        } attribute;
        struct {
            struct template_node *of, *index;
        } index;
        struct {
            struct template_node *of, *from, *to, *step;
        } slice; /* each may be NULL */
        struct {
            struct template_node *callee; /* FILTER, TEST: what it is applied to, or NULL */
            struct text name;             /* FILTER, TEST */
            const struct template_row *row;
            struct template_arguments arguments;
            const uint8_t *places; /* of the row's parameters: see bind.c; NULL: unknown */
            bool is_alone;         /* FILTER, TEST: bound, and without arguments */
        } call;
        struct text text;
        struct {
            struct template_node *target, *over, *test;
            struct template_nodes body, otherwise;
            bool is_recursive, has_loop;
            struct template_unit unit;                /* when recursive */
            uint32_t loop_slot, first_slot, end_slot; /* slots to forget before each round */
            uint32_t else_first_slot, else_end_slot;  /* and before `otherwise` */
        } loop;
        struct {
            struct template_branch *branches;
            size_t count, capacity;
        } choose;
        struct {
            struct template_node *target,
                *value; /* SET_BLOCK: value is a chain of filters or NULL */
            struct template_nodes body;
            uint32_t first_slot, end_slot;
        } set;
        struct {
            struct template_nodes targets, values, body;
            uint32_t first_slot, end_slot;
        } with;
        struct {
            const struct template_name *name;
            struct template_unit unit;
            bool is_scoped, is_required, uses_super, is_nested;
            uint32_t super_slot;
            struct template_visibles visibles; /* when scoped */
        } block;
        struct { /* EXTENDS INCLUDE IMPORT FROM */
            struct template_node *name;
            struct template_node *target; /* IMPORT */
            struct template_pick *picks;  /* FROM */
            size_t pick_count, pick_capacity;
            bool ignores_missing, has_context;
            struct template_visibles visibles;
        } other;
        struct {
            struct template_macro *macro;
            struct template_node *target;
        } macro;
        struct {
            struct template_macro *macro;
            struct template_node *call;
        } call_block;
        struct {
            struct template_node *filter; /* FILTER_BLOCK; AUTOESCAPE: the switch */
            struct template_nodes body;
            uint32_t first_slot, end_slot;
        } wrap;
    } as;
};

/* ---- Templates and sets ------------------------------------------------------------------------------------ */

enum template_stage { STAGE_COMPILING, STAGE_READY, STAGE_WRONG };

struct template_files {
    struct template_file **at;
    size_t count, capacity;
};

struct template_file {
    struct text name;            /* as templates call it */
    struct text file;            /* as messages call it */
    uint64_t hash;               /* of its source */
    struct template_files needs; /* those that it names as constants */
    enum template_stage stage;
    bool autoescape, is_checked;
    struct template_unit root;
    struct template_nodes blocks;   /* NODE_BLOCK, wherever they stand */
    struct template_nodes foldable; /* calls, outputs and macros for fold.c, the innermost first */
    struct template_nodes free_names; /* NODE_NAME that nothing in the template explains */
    struct template_visibles exports; /* what importing gives */
    struct template_file *parent;     /* the last constant extends */
    bool extends_unknown;             /* one whose name is not constant */
    struct template_node *extends;
    const struct template_module_value
        *module; /* what imports give on all pages; NULL: see run.c */
};

struct template_set {
    struct arena arena;
    const struct template_options *options;
    struct map files;                     /* of struct template_file */
    struct map names;                     /* of struct template_name */
    struct map filters, tests, functions; /* of struct template_row */
    struct map methods[TEMPLATE_RECEIVERS];
    const struct data_type **types; /* every type that the declared variables lead to */
    size_t type_count, type_capacity;
    size_t attribute_count; /* nodes */
    bool has_unknown_names; /* a template names another one by an expression */
    bool has_all;           /* so every template there is was compiled */
    struct template_options own_options;
};

/* bind.c: which parameter of its row each argument of a call is, `first` of them being taken already. */
void template_bind(struct template_set *, struct template_node *, size_t first);
/* A place among *rest or **named. */
enum { TEMPLATE_PLACE_REST = 255, TEMPLATE_FEW = 8 /* of those: more are bound while rendering */ };

/* While compiling one template. */
struct template_compiler {
    struct template_set *set;
    struct template_file *file;
    struct report *report;
    struct text source;
    bool is_wrong;
};

struct place template_place(
    const struct template_file *, uint32_t line, uint32_t column, uint32_t points);
/* An error of the template at a node. */
void template_wrong(struct template_compiler *, const struct template_node *, const char *format,
    ...) __attribute__((format(printf, 3, 4)));
void template_wrong_at(struct template_compiler *, uint32_t line, uint32_t column, uint32_t points,
    const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Names that nothing explains, over all templates of the set: once all of them are compiled. */
bool template_check_names(struct template_set *, struct report *);
/* Each step reports its own problems and goes on. */
void template_resolve(struct template_compiler *);
/* statement.c: a copy with room behind it, of which run_text may copy more than is to be printed. */
struct text template_roomy_copy(struct template_set *, struct text);
/* pure.c: whether the macro sees nothing but its arguments, once all templates are compiled. */
bool template_is_pure(const struct template_macro *);
/* module.c: what importing the template gives, where that is the same on all pages. */
void template_keep_module(struct template_set *, struct template_file *);
/* The compiled template of that name, compiling it first when needed; NULL when there is none. */
struct template_file *template_need(struct template_set *, struct text name, struct report *);
struct template_file *template_find_file(const struct template_set *, struct text name);
/* " (did you mean 'x'?)" among the templates there are. */
struct text template_guess_file(struct template_set *, struct text wrong);
/* Once. */
void template_add_file(struct template_set *, struct template_files *, struct template_file *);

/* arguments.c: looks a filter, test or known function's row up and checks the arguments against it. */
void template_check_call(struct template_compiler *, struct template_node *);
/* The function that a call's name means, when nothing else can be meant; else NULL. */
const struct template_row *template_called_function(const struct template_node *);
/* What is wrong with the arguments of a call. `first` parameters are taken by what a filter, test or
 * method is applied to. */
struct template_fault {
    uint32_t line, column, points;
    struct text message;
};
size_t template_argument_faults(struct arena *, const struct template_node *,
    const struct template_row *, size_t first, struct template_fault **);

/* letters.c: the letters and lines of a text, as Python tells them. */
bool template_is_space(uint32_t point); /* str.isspace of Python */
bool template_is_word(uint32_t point);  /* \w */
struct text template_strip(struct text, const struct text *chars, bool left, bool right);
struct text template_slice_points(struct text, size_t from, size_t to);
/* Cuts the next line off, as str.splitlines does; false when none is left. */
bool template_next_line(struct text *rest, struct text *line);

/* text.c: what messages call a thing of the type: "a drama", "an artist"; "theme_settings" is a name already. */
struct text template_called(struct arena *, const struct data_type *);

#endif
