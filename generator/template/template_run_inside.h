/* Rendering: the state of one page, and the values that are made and printed while it runs. */
#ifndef TEMPLATE_TEMPLATE_RUN_INSIDE_H
#define TEMPLATE_TEMPLATE_RUN_INSIDE_H

#include "template/template_inside.h"

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
/* All that can be found from the context, as it is now. */
struct template_context *template_context_copy(
    struct template_state *, const struct template_context *);
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
/* Applies a filter or test to what stands before it, and prints. */
bool template_print_applied(struct template_state *, const struct template_node *);
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

/* pure.c: prints what a pure macro prints for what is in the frame, by `enter` unless it is known. */
typedef bool template_enter_macro(
    struct template_state *, const struct template_macro_value *, struct template_frame *);
bool template_print_pure(struct template_state *, const struct template_macro_value *,
    struct template_frame *, template_enter_macro *enter);

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
    const struct data_value *fallback; /* for each part that is undefined; NULL: it stays so */
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
/* The same; in a strict set an error when something undefined is compared. */
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
bool template_needs_escape(struct text);
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
struct text template_lower(struct template_state *, struct text);
struct text template_upper(struct template_state *, struct text);
struct text template_capitalize(struct template_state *, struct text);
struct text template_title(struct template_state *, struct text); /* Python's str.title */

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

#endif
