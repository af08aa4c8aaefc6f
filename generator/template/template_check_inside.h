/*
 * The check before rendering (check*.c).
 *
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
#ifndef TEMPLATE_TEMPLATE_CHECK_INSIDE_H
#define TEMPLATE_TEMPLATE_CHECK_INSIDE_H

#include "template/template_inside.h"

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
    bool *takes_others;             /* LOOP: set where it calls itself with other items */
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
    TEMPLATE_MOST_CHECK_STEPS = 500 * 1000, /* nodes; the default theme takes 13,000 */
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

/* check_shape.c */
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

/* check_facts.c */
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
