/*
 * What the files of this room share.
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

/* ---- Tokens ------------------------------------------------------------------------------------------- */

enum template_token_kind {
    TOKEN_DATA,
    TOKEN_VARIABLE_BEGIN,
    TOKEN_VARIABLE_END,
    TOKEN_BLOCK_BEGIN,
    TOKEN_BLOCK_END,
    TOKEN_NAME,
    TOKEN_STRING,
    TOKEN_INTEGER,
    TOKEN_FLOAT,
    TOKEN_ADD,
    TOKEN_SUB,
    TOKEN_MUL,
    TOKEN_DIV,
    TOKEN_FLOOR,
    TOKEN_MOD,
    TOKEN_POW,
    TOKEN_TILDE,
    TOKEN_EQUAL,
    TOKEN_UNEQUAL,
    TOKEN_LESS,
    TOKEN_LESS_EQUAL,
    TOKEN_GREATER,
    TOKEN_GREATER_EQUAL,
    TOKEN_ASSIGN,
    TOKEN_DOT,
    TOKEN_COMMA,
    TOKEN_COLON,
    TOKEN_SEMICOLON,
    TOKEN_PIPE,
    TOKEN_OPEN_PAREN,
    TOKEN_CLOSE_PAREN,
    TOKEN_OPEN_BRACKET,
    TOKEN_CLOSE_BRACKET,
    TOKEN_OPEN_BRACE,
    TOKEN_CLOSE_BRACE,
    TOKEN_WRONG, /* already reported */
    TOKEN_END,   /* of the template */
};

struct template_token {
    enum template_token_kind kind;
    uint32_t line, column, points;
    struct text text;        /* as written; of data and strings: what it means */
    struct data_value value; /* of numbers */
};

struct template_tokens {
    struct template_token *at;
    size_t count, capacity;
};

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

struct template_file {
    struct text name; /* as templates call it */
    struct text file; /* as messages call it */
    enum template_stage stage;
    bool autoescape, is_checked;
    struct template_unit root;
    struct template_nodes blocks;     /* NODE_BLOCK, wherever they stand */
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
void template_lex(struct template_compiler *, struct template_tokens *);
void template_parse(struct template_compiler *, const struct template_tokens *);
void template_resolve(struct template_compiler *);
/* module.c: what importing the template gives, where that is the same on all pages. */
void template_keep_module(struct template_set *, struct template_file *);
/* The compiled template of that name, compiling it first when needed; NULL when there is none. */
struct template_file *template_need(struct template_set *, struct text name, struct report *);
struct template_file *template_find_file(const struct template_set *, struct text name);
/* " (did you mean 'x'?)" among the templates there are. */
struct text template_guess_file(struct template_set *, struct text wrong);

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

/* The parser, between statement.c and expression.c. */
struct template_parser {
    struct template_compiler *compiler;
    const struct template_token *tokens;
    size_t at;
    unsigned nesting;
    bool is_lost; /* an error was reported; the current token is the end of its tag */
    const struct template_open *open;      /* the innermost block that waits for its end */
    unsigned loops;                        /* for's around, up to the macro or block */
    unsigned blocks;                       /* blocks around */
    const struct template_name **mentions; /* every name read so far, in order */
    size_t mention_count, mention_capacity;
};

/* Whether the name was read since there were `from` mentions. */
bool template_mentions(const struct template_parser *, size_t from, const char *name);

const struct template_token *template_peek(const struct template_parser *, size_t ahead);
bool template_accept(struct template_parser *, enum template_token_kind);
bool template_accept_name(struct template_parser *, const char *name);
bool template_at_name(const struct template_parser *, const char *name);
/* The token when it is of the kind; else an error that says what was wanted. */
const struct template_token *template_expect(
    struct template_parser *, enum template_token_kind, const char *wanted);
/* Reports at the current token and goes to the end of the tag. */
void template_lost(struct template_parser *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct template_node *template_node_new(
    struct template_parser *, enum template_node_kind, const struct template_token *);
void template_nodes_add(struct template_parser *, struct template_nodes *, struct template_node *);
/* What a token is called in messages. */
struct text template_describe(struct template_parser *, const struct template_token *);

struct template_node *template_parse_expression(struct template_parser *);
struct template_node *template_parse_or(struct template_parser *); /* without `a if b` */
/* An expression, or several with commas between: a tuple. Ends before the word `end`. */
struct template_node *template_parse_tuple(
    struct template_parser *, bool with_choice, const char *end);
struct template_node *template_parse_filters(
    struct template_parser *, struct template_node *of, bool starts_inside);
struct template_node *template_parse_target(
    struct template_parser *, const char *end, bool with_namespace);
struct template_node *template_parse_target_name(struct template_parser *);

/* ---- Rendering ---------------------------------------------------------------------------------------------- */

/* A kind of a value that is only used inside this room: a slot that was never written, an argument that
 * was not given. */
#define TEMPLATE_UNSET 255

/* The variables of one unit while it runs. */
struct template_frame {
    struct template_frame *outer; /* of the unit around, where a macro was made */
    bool is_muted;                /* a template that extends another: its own text is dropped */
    struct data_value *slots;
};

struct template_variable {
    const struct template_name *name;
    bool is_imported; /* seen by blocks and includes, but not by who imports the template */
    struct data_value value;
};

/* The variables that are found by name, and the chain of templates whose blocks are in force. */
struct template_context {
    const struct template_context *outer; /* of the template that includes this one */
    struct template_frame *frame;         /* its locals, as far as `visibles` lists them */
    const struct template_visibles *visibles;
    struct template_variable *variables; /* set at the top level */
    size_t count, capacity;
    bool is_alone;                      /* import without context: sees no variable of the page */
    bool is_page_hidden;                /* this one, or one around it, is alone */
    const struct template_file **chain; /* the most derived first */
    size_t chain_count, chain_capacity;
    struct template_context *blocks; /* whose chain counts */
};

/* What is running, for the notes under an error. */
struct template_trace {
    const struct template_trace *outer;
    const char *what; /* "included", "macro", "block", ... */
    struct text name;
    const struct template_file *file; /* where it was called */
    uint32_t line, column;
};

struct template_state {
    const struct template_set *set;
    const struct template_input *input;
    struct data_run *run;
    struct buffer *out;
    struct report *report;
    const struct template_file *file; /* whose code runs */
    struct template_context *context;
    struct template_frame *frame;
    const struct template_trace *trace;
    const struct template_node *node; /* the expression that is being evaluated, for messages */
    bool autoescape, has_failed;
    unsigned depth;
    uint64_t steps;
    size_t made_bytes, out_start;
    uintptr_t stack;          /* an address near where rendering began */
    struct data_value *slots; /* what is left of those for the frames of calls */
    size_t slots_left;
};

/* The slots for the frames of calls that are under way; what goes deeper takes memory of its own. */
enum { TEMPLATE_STACK_SLOTS = 256 };

/* Reports an error at state->node once; always returns false. */
bool template_stop(struct template_state *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Counts a step; false when there were too many. */
bool template_too_many_steps(struct template_state *);
static inline bool template_step(struct template_state *state)
{
    return ++state->steps <= TEMPLATE_MOST_STEPS || template_too_many_steps(state);
}
/* Asks whether so many more bytes may be made; false and an error when not. */
bool template_room(struct template_state *, size_t bytes);

/* run.c: a body; how it ended. */
enum template_flow { FLOW_ON, FLOW_BREAK, FLOW_CONTINUE, FLOW_STOP };
enum template_flow template_run_body(struct template_state *, const struct template_nodes *);
struct template_frame *template_frame_new(
    struct template_state *, const struct template_unit *, struct template_frame *outer);
/* The frame of a call: `here`, with slots that are given back when it is closed, unless something may
 * use them longer or there are too few left. */
struct template_frame *template_frame_open(struct template_state *, const struct template_unit *,
    struct template_frame *outer, struct template_frame *here);
void template_frame_close(struct template_state *, const struct template_unit *,
    const struct template_frame *, const struct template_frame *here);
/* Runs a template's root and those that it extends. */
bool template_run_file(
    struct template_state *, const struct template_file *, struct template_context *);
/* Runs the unit of the block in chain[from] or behind; false on error. */
bool template_run_block(
    struct template_state *, struct template_context *, const struct template_name *, size_t from);
/* Where in the chain, from `from` on, the block is; the chain's length when nowhere. */
size_t template_find_block(
    const struct template_context *, const struct template_name *, size_t from);
bool template_run_recursive(struct template_state *, const struct template_node *,
    struct template_frame *outer, const struct data_value *over, int64_t depth);
/* Enters and leaves something that calls: depth is counted, the trace kept. */
bool template_enter(
    struct template_state *, struct template_trace *, const char *what, struct text name);
void template_leave(struct template_state *, const struct template_trace *);

/* context.c */
/* Where the value stands, which may be made in `room`. */
const struct data_value *template_lookup(const struct template_state *,
    const struct template_context *, const struct template_name *, struct data_value *room);
/* The exported variable; NULL when there is none. */
const struct data_value *template_exported(
    const struct template_context *, const struct template_name *);
void template_export(struct template_state *, struct template_context *,
    const struct template_node *target, const struct data_value *);
/* Assigns to a target: a name, a tuple of targets, a member of a namespace. */
bool template_assign(
    struct template_state *, const struct template_node *target, const struct data_value *);

/* evaluate.c */
bool template_evaluate(
    struct template_state *, const struct template_node *, struct data_value *into);
/* The value where it stands, for a variable or a literal; else made in `room`. NULL on error. */
const struct data_value *template_value(
    struct template_state *, const struct template_node *, struct data_value *room);
/* The same, also for the value of a key: what is evaluated next may change it, so it is to be used at
 * once. */
const struct data_value *template_look(
    struct template_state *, const struct template_node *, struct data_value *room);
/* Whether it is true, without a value where none is needed; false on error. */
bool template_test(struct template_state *, const struct template_node *, bool *is_true);

/* call.c */
struct template_given {
    struct data_value *positional;
    size_t count;
    struct template_named *named;
    size_t named_count;
};
bool template_call_row(struct template_state *, const struct template_row *,
    const struct template_given *, struct data_value *into);
bool template_evaluate_call(
    struct template_state *, const struct template_node *, struct data_value *into);
/* Calls and prints: what a macro or a block prints stays where it is printed. */
bool template_print_call(
    struct template_state *, const struct template_node *, const struct data_value *caller);
/* A filter or test over one value; with a caller for call blocks. */
bool template_apply(struct template_state *, const struct template_node *,
    const struct data_value *of, struct data_value *into);
struct data_value template_macro_value(struct template_state *, const struct template_macro *);

/* ---- Values ---------------------------------------------------------------------------------------------------- */

/* Marks on lists made while rendering (data_value.line is 0 then): in data_value.points. */
enum { MARK_TUPLE = 1, MARK_OWN = 2, MARK_GROUP = 4 };
/* The same on an undefined value: it may be printed and asked for its truth even in a strict set. */
enum { MARK_LENIENT = 8 };

bool template_is_tuple(const struct data_value *);
struct data_value template_new_list(struct template_state *);
struct data_value template_new_map(struct template_state *);
void template_list_add(struct template_state *, struct data_value *list, struct data_value);
void template_map_put(
    struct template_state *, struct data_value *map, struct data_value key, struct data_value);
struct data_value template_new_pair(struct template_state *, struct data_value, struct data_value);
/* The undefined value that remembers what is missing, for the message of a later error. */
struct data_value template_missing(struct text name);

/* What opaque values are: as.opaque.tag points to one of these. */
struct template_tag {
    const char *name;
};
extern const struct template_tag template_tag_macro, template_tag_loop, template_tag_function,
    template_tag_method, template_tag_module, template_tag_namespace, template_tag_range,
    template_tag_cycler, template_tag_joiner, template_tag_super, template_tag_self,
    template_tag_block, template_tag_loop_cycle, template_tag_loop_changed;

bool template_is_opaque(const struct data_value *, const struct template_tag *);
struct data_value template_opaque(const struct template_tag *, void *at);

struct template_macro_value {
    const struct template_macro *macro;
    struct template_frame *frame;
    struct template_context *context;
    const struct template_file *file;
    bool autoescape;
};

struct template_method_value {
    struct data_value of;
    const struct template_row *row;
};

struct template_module_value {
    struct template_context *context;
    const struct template_file *file;
    struct data_value text;
};

struct template_block_value { /* super() and self.name() */
    struct template_context *context;
    const struct template_name *name;
    size_t from; /* index in the chain */
};

struct template_range {
    int64_t start, step;
    size_t count;
    int64_t stop;
};

struct template_turns { /* a cycler, or a joiner whose one item is the separator */
    struct data_value *items;
    size_t count, at;
};

struct template_namespace {
    struct data_value map;
};

/* A list, map, text, array or range as items to go through. */
struct template_items {
    const struct data_value *values; /* when they stand in a row in memory */
    struct data_value of;            /* else: where they come from */
    size_t count;
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

struct template_loop {
    struct template_items items;
    size_t index;
    int64_t depth;
    const struct template_node *node;
    struct template_frame *outer; /* of a recursive loop: the frame around its body */
    struct data_value *changed;   /* what loop.changed() saw last */
    size_t changed_count;
    bool has_changed;
};

/* items.c */
struct data_value template_loop_value(struct template_loop *, enum template_loop_member);
bool template_items_of(struct template_state *, const struct data_value *, struct template_items *);
struct data_value template_item(const struct template_items *, size_t index);
/* The same as one list of values. */
bool template_list_of(struct template_state *, const struct data_value *, struct data_value *list);
/* a.name: methods, fields, keys. */
bool template_attribute(struct template_state *, const struct data_value *,
    const struct template_name *, struct data_value *into);
/* a[b] */
bool template_index(struct template_state *, const struct data_value *,
    const struct data_value *index, struct data_value *into);
bool template_slice(struct template_state *, const struct data_value *,
    const struct data_value bounds[3], struct data_value *into);
/* How many items; -1 when it has no length. */
int64_t template_length(const struct data_value *);
/* An attribute that is named while rendering, as in sort(attribute="drama.title"). */
struct template_path {
    struct template_path_part {
        struct data_value key;
        const struct data_type *type; /* of the last thing that was read */
        struct data_access access;
    } parts[8];
    size_t count;
};
bool template_path_of(struct template_state *, const struct data_value *, struct template_path *);
bool template_follow(
    struct template_state *, struct template_path *, struct data_value, struct data_value *into);

/* operators.c, compare.c */
bool template_truth(const struct data_value *);
bool template_binary(struct template_state *, enum template_operator, const struct data_value *,
    const struct data_value *, struct data_value *into);
bool template_negate(struct template_state *, const struct data_value *, struct data_value *into);
bool template_equal(const struct data_value *, const struct data_value *);
/* The same; in a strict set an error when one of the two is undefined. */
bool template_compare_equal(
    struct template_state *, const struct data_value *, const struct data_value *, bool *is_equal);
/* An error when the value can't be the key of a map. */
bool template_is_key(struct template_state *, const struct data_value *);
/* Less than 0, 0, more than 0; false and an error when the two have no order. */
bool template_order(
    struct template_state *, const struct data_value *, const struct data_value *, int *order);
bool template_contains(struct template_state *, const struct data_value *in,
    const struct data_value *item, bool *is_in);
bool template_compare_values(struct template_state *, enum template_operator,
    const struct data_value *, const struct data_value *, bool *holds);
bool template_is_text(const struct data_value *);
bool template_is_number(const struct data_value *); /* yes and no are numbers, as in Python */
bool template_as_float(const struct data_value *, double *);
bool template_as_integer(const struct data_value *, int64_t *); /* whole numbers, yes and no */
/* Python's name of a value's type: 'str', 'int', ... */
const char *template_type_name(const struct data_value *);
/* An error when the value is undefined and used as if it was not; true when all is well. */
bool template_is_usable(struct template_state *, const struct data_value *);
/* The same for asking whether it is true, or printing it: an error only when the set is strict. */
bool template_may_be_undefined(struct template_state *, const struct data_value *);
static inline bool template_is_testable(
    struct template_state *state, const struct data_value *value)
{
    return value->kind != DATA_UNDEFINED || template_may_be_undefined(state, value);
}

/* text.c: str() and repr() of Python. */
bool template_str(struct template_state *, struct buffer *, const struct data_value *);
bool template_repr(
    struct template_state *, struct buffer *, const struct data_value *, unsigned depth);
void template_float_text(struct buffer *, double);
void template_repr_text(struct buffer *, struct text);
/* The text of a value: borrowed when it is text, else made in scratch. */
bool template_text_value(struct template_state *, const struct data_value *, struct text *);
/* Prints as {{ }} does, escaped when the state says so. */
bool template_write(struct template_state *, const struct data_value *);

/* Building a text at the end of the output, so that no other buffer is needed: begin, write to
 * state->out, end. */
size_t template_begin(struct template_state *);
struct text template_end(struct template_state *, size_t start);
struct text template_copy(struct template_state *, struct text);

/* escape.c */
void template_escape(struct buffer *, struct text);
/* The value as safe HTML: escaped unless it is HTML already. */
bool template_escape_value(struct template_state *, const struct data_value *, struct text *);
void template_striptags(struct buffer *, struct text);
void template_url_quote(struct buffer *, struct text, bool for_query);

/* unescape.c */
void template_unescape(struct buffer *, struct text);

/* format_value.c: what a field of a format says of its value. */
struct template_spec {
    struct text fill;
    char align; /* '<' '>' '^' or '=' (behind the sign); 0: as is usual for the value */
    char sign, letter, group;
    bool is_alternate;
    int64_t width, precision; /* precision: -1 for none */
};
/* `align` in place of the spec's. */
void template_add_filled(struct buffer *, const struct template_spec *, struct text, char align);
void template_add_integer(struct template_state *, const struct template_spec *, int64_t);
void template_add_float(struct template_state *, const struct template_spec *, double);

/* format.c: "%s" % x, and "{}".format(x). */
bool template_percent(struct template_state *, const struct data_value *format,
    const struct data_value *values, struct data_value *into);
struct data_value template_method_format(struct template_call *);

/* letters.c */
bool template_is_space(uint32_t point); /* str.isspace of Python */
bool template_is_word(uint32_t point);  /* \w */
struct text template_strip(struct text, const struct text *chars, bool left, bool right);
struct text template_slice_points(struct text, size_t from, size_t to);
struct text template_lower(struct template_state *, struct text);
struct text template_upper(struct template_state *, struct text);
struct text template_capitalize(struct template_state *, struct text);
struct text template_title(struct template_state *, struct text); /* Python's str.title */
/* Cuts the next line off, as str.splitlines does; false when none is left. */
bool template_next_line(struct text *rest, struct text *line);

/* sort.c: stable; order() may fail. */
struct template_sorter {
    struct template_state *state;
    bool is_reverse;
    bool may_be_equal; /* keys without an order are no error where they are all equal */
    struct data_value *keys;
    uint32_t *order; /* indexes into keys, sorted by template_sort */
    size_t count;
};
bool template_sort(struct template_sorter *);

/* functions.c: cycler.next, .reset and .current */
struct data_value template_cycler_member(
    struct template_state *, const struct data_value *cycler, struct text name);
/* json.c: as json.dumps(sort_keys=True) writes, safe inside HTML. */
bool template_json(struct template_state *, struct buffer *, const struct data_value *,
    int64_t indent, unsigned depth);
/* wrap.c, urlize.c: filters long enough for a file of their own. */
struct data_value template_filter_wordwrap(struct template_call *);
struct data_value template_filter_truncate(struct template_call *);
struct data_value template_filter_indent(struct template_call *);
struct data_value template_filter_urlize(struct template_call *);
struct data_value template_filter_pprint(struct template_call *);

/* Shared by filters, functions and methods. */
struct data_value template_replace(struct template_state *, const struct data_value *text,
    struct text old, struct text by, int64_t most);
struct data_value template_join(struct template_state *, const struct data_list *,
    const struct data_value *separator, bool is_html);
/* A map as a list of pairs. */
struct data_value template_map_pairs(struct template_state *, const struct data_value *map);
/* Puts another map or a list of pairs, and the call's named arguments, into the map. */
bool template_map_update(
    struct template_call *, struct data_value *map, const struct data_value *from);

/* Helpers for filters. */
struct data_value template_failed(void); /* undefined, after template_stop */
/* The result with the safeness of the value it was made of. */
struct data_value template_text_like(const struct data_value *, struct text);

/* ======== The check before rendering (check*.c) ================================================================== */

/*
 * The check runs every template without its values: in place of each value it carries what is known
 * of it, a `shape`. It goes the way that rendering goes (check.c beside run.c, check_expression.c
 * beside evaluate.c, check_call.c beside call.c), into blocks, includes and macros with what they are
 * given there, through both branches of every `if`. Where nothing is known, nothing is said.
 *
 *     {% set d = review.drama %}      d: a drama, perhaps absent; it came by the path review.drama
 *     {% if d %}                      when true: the path review.drama is present
 *         {{ d.titel }}               no such field
 *     {% endif %}{{ d.title }}        d may be absent
 */

/* ---- Shapes ---------------------------------------------------------------------------------------- */

enum template_shape_kind {
    SHAPE_ANY,    /* nothing is known */
    SHAPE_ABSENT, /* none, or undefined */
    SHAPE_TEXT,
    SHAPE_NUMBER,
    SHAPE_DATE,
    SHAPE_YES_NO,
    SHAPE_THING,
    SHAPE_LIST,
    SHAPE_TUPLE,
    SHAPE_LOOP,
    SHAPE_FUNCTION,
    SHAPE_MACRO,
    SHAPE_MODULE,
    SHAPE_SELF,
    SHAPE_SUPER,
};

/* How a value was reached: a variable, or a field of what was reached so. Two equal paths are one
 * address. Values of things never change, so what is found out about a path stays true. */
struct template_check_path {
    const struct template_check_path *of; /* NULL: a start of its own */
    const struct template_name *field;
    const struct template_check_path *other; /* of `a or b`: b, standing among the `eithers` of a */
    struct template_check_path *children, *eithers, *next;
};

/* Paths whose values are there. */
struct template_check_facts {
    const struct template_check_path *path;
    const struct template_check_facts *rest;
};

/* Fields, as paths in quotes name them, that every item of a list has. */
struct template_check_sure {
    struct text path;
    const struct template_check_sure *rest;
};

/* All the texts that a value can be; NULL where that is not known. */
struct template_check_words {
    const struct text *at;
    size_t count;
};

struct template_check_macro {
    const struct template_macro *macro;
    struct template_check_frame *frame;
    struct template_check_world *world;
    struct template_file *file;
};

struct template_check_module {
    struct template_check_world *world;
    struct template_file *file;
};

struct template_shape {
    enum template_shape_kind kind;
    bool may_be_absent;
    bool is_group;                     /* TUPLE: has `grouper` and `list` */
    const struct data_type *of;        /* THING */
    const struct template_shape *item; /* LIST, LOOP: of each item; TUPLE: `count` of them */
    size_t count;
    const struct template_check_path *path;
    const struct template_check_facts *when_true, *when_false; /* what follows from its being so */
    const struct template_check_words *words;                  /* TEXT */
    const struct template_check_sure *sure;                    /* LIST */
    const struct template_check_macro *macro;
    const struct template_check_module *module;
    const struct template_row *row; /* FUNCTION */
};

/* ---- Variables ---------------------------------------------------------------------------------------- */

enum template_slot_state { SLOT_UNSET, SLOT_PERHAPS, SLOT_SET };

struct template_check_slot {
    enum template_slot_state state;
    struct template_shape shape;
};

struct template_check_frame {
    struct template_check_frame *outer;
    struct template_check_slot *slots;
    uint32_t count;
    bool is_muted;
};

struct template_check_variable {
    const struct template_name *name;
    bool is_imported;
    struct template_shape shape;
};

/* As struct template_context. */
struct template_check_world {
    struct template_check_world *outer;
    struct template_check_frame *frame;
    const struct template_visibles *visibles;
    struct template_check_variable *variables;
    size_t count, capacity;
    bool is_alone;
    bool is_open; /* names may be given that this world does not know */
    struct template_file **chain;
    size_t chain_count, chain_capacity;
    struct template_check_world *blocks;
};

/* ---- The check -------------------------------------------------------------------------------------------- */

struct template_check_trace {
    const struct template_check_trace *outer;
    const char *what;
    struct text name;
    const struct template_file *file;
    uint32_t line, column;
};

/* A problem waits until the end: a node that was right for another caller is not wrong. */
struct template_check_problem {
    enum report_level level;
    const struct template_node *owner; /* whose being right elsewhere clears it; NULL: a warning */
    struct place place;
    struct text message, notes;
};

/* A macro with arguments it was checked with, or waits to be. */
struct template_check_visit {
    const struct template_macro *macro;
    const struct template_shape *arguments;
    bool has_facts;
};

struct template_checker {
    struct template_set *set;
    struct arena arena;
    struct template_file *file;
    struct template_check_world *world;
    struct template_check_frame *frame;
    const struct template_check_trace *trace;
    const struct template_check_path **facts; /* what is known to be present here */
    size_t fact_count, fact_capacity;
    const struct template_entry *entry; /* NULL: nothing is known of the page */
    struct template_check_path **global_paths;
    struct template_check_problem *problems;
    size_t problem_count, problem_capacity;
    struct template_check_visit *visits;
    size_t visit_count, visit_capacity;
    struct template_check_macro **macros; /* every one that was met */
    size_t macro_count, macro_capacity;
    struct map
        modules; /* name of a file -> struct template_check_module, of imports without context */
    bool is_any_caller; /* nothing is known of what is given: nothing is said of absence */
    unsigned depth, expression_depth;
    uint64_t steps;
};

enum {
    TEMPLATE_MOST_CHECK_STEPS =
        2 * 1000 * 1000, /* nodes; a large theme has ten thousand, gone through often */
    TEMPLATE_MOST_WORDS = 64,
};

/* False when the check has gone on for too long: then what is not known yet is not said. */
bool template_check_step(struct template_checker *);

/* check_report.c */
void template_check_wrong(struct template_checker *, struct template_node *, const char *format,
    ...) __attribute__((format(printf, 3, 4)));
/* The same for what is wrong with `node` only where it stands in `owner`. */
void template_check_wrong_in(struct template_checker *, struct template_node *owner,
    const struct template_node *, const char *format, ...) __attribute__((format(printf, 4, 5)));
void template_check_warn(struct template_checker *, const struct template_node *,
    const char *format, ...) __attribute__((format(printf, 3, 4)));
void template_check_right(struct template_node *);
void template_check_tell(struct template_checker *, struct report *);
/* The value must be there: what is written of it in the message. */
struct template_shape template_check_present(
    struct template_checker *, const struct template_node *, struct template_shape);
/* How the template writes the value: "review.drama". */
struct text template_check_written(struct template_checker *, const struct template_node *);

/* shape.c */
extern const struct template_shape template_shape_any;
struct template_shape template_shape_of(enum template_shape_kind);
struct template_shape template_shape_of_thing(
    const struct data_type *, bool many, struct template_checker *);
struct template_shape template_shape_of_field(struct template_checker *, const struct data_field *);
struct template_shape template_shape_of_text(struct template_checker *, struct text);
struct template_shape template_shape_list(struct template_checker *, struct template_shape item);
struct template_shape template_shape_join(
    struct template_checker *, struct template_shape, struct template_shape);
bool template_shape_equal(const struct template_shape *, const struct template_shape *);
/* What messages call it: "a drama", "text", "a list of dramas". */
struct text template_shape_describe(struct template_checker *, const struct template_shape *);

/* facts.c */
struct template_check_path *template_check_new_path(struct template_checker *);
const struct template_check_path *template_check_field_path(
    struct template_checker *, const struct template_check_path *, const struct template_name *);
/* The path of `a or b`. */
const struct template_check_path *template_check_either_path(struct template_checker *,
    const struct template_check_path *, const struct template_check_path *);
bool template_check_is_known(const struct template_checker *, const struct template_check_path *);
void template_check_learn(struct template_checker *, const struct template_check_facts *);
void template_check_learn_path(struct template_checker *, const struct template_check_path *);
const struct template_check_facts *template_facts_add(struct template_checker *,
    const struct template_check_facts *, const struct template_check_path *);
const struct template_check_facts *template_facts_both(struct template_checker *,
    const struct template_check_facts *, const struct template_check_facts *);
const struct template_check_facts *template_facts_common(struct template_checker *,
    const struct template_check_facts *, const struct template_check_facts *);
/* Whether something is known of what lies below the path. */
bool template_check_knows_below(
    const struct template_checker *, const struct template_check_path *);
/* One of a list's items, with what is sure of each. */
struct template_shape template_check_item(
    struct template_checker *, const struct template_shape *list);

/* check_expression.c */
struct template_shape template_check_expression(struct template_checker *, struct template_node *);
/* The field of a thing, of a loop ...; `node` is where it is named. */
struct template_shape template_check_attribute(
    struct template_checker *, struct template_node *, struct template_shape of, struct text name);

/* check_call.c */
struct template_shape template_shape_of_call(struct template_checker *, struct template_node *);
struct template_shape template_check_filter(
    struct template_checker *, struct template_node *, const struct template_shape *of);
struct template_shape template_check_macro_call(struct template_checker *, struct template_node *,
    const struct template_check_macro *, const struct template_shape *caller);
/* Macros and callers that nothing called: with arguments of which nothing is known. */
void template_check_left_macros(struct template_checker *);

/* check.c */
bool template_check_body(struct template_checker *, const struct template_nodes *);
struct template_check_frame *template_check_frame_new(
    struct template_checker *, const struct template_unit *, struct template_check_frame *outer);
void template_check_assign(
    struct template_checker *, const struct template_node *target, struct template_shape);
/* Notes what is being run from where; false when it goes too deep, and then nothing is to leave. */
bool template_check_enter(
    struct template_checker *, const char *what, struct text name, const struct template_node *at);
void template_check_leave(struct template_checker *);
/* Runs the block at chain[from] or behind it; false when there is none. */
bool template_check_block_of(struct template_checker *, struct template_check_world *,
    const struct template_name *, size_t from);
struct template_shape template_check_lookup(struct template_checker *,
    const struct template_check_world *, const struct template_name *, bool *is_found);
const struct template_check_variable *template_check_exported(
    const struct template_check_world *, const struct template_name *);

#endif
