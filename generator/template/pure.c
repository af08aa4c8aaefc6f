/*
 * Pure macros: those that see nothing but their arguments. What one prints for numbers and dates is kept
 * by the run, and printed again for the same ones.
 *
 *     {% macro bar(rating) %}<b class="bar r{{ rating | share(40) }}">{{ rating | rating }}</b>{% endmacro %}
 *
 *     key     [ macro | escaped? | kind, value of each parameter ]
 *     printed <b class="bar r34">8.5</b>
 *
 * Nothing that such a macro does notes a reading: things are no such arguments. Texts are none either, as
 * hardly two are the same.
 */
#include "template/template_run_inside.h"

/* ---- Which macros are --------------------------------------------------------------------------------------- */

static bool is_pure(const struct template_node *);

static bool are_pure(const struct template_nodes *nodes)
{
    for (size_t i = 0; i < nodes->count; i++)
        if (!is_pure(nodes->at[i]))
            return false;
    return true;
}

/* A variable of the macro itself, and where it was given no value nothing else by that name. */
static bool is_own(const struct template_node *node)
{
    if (node->kind != NODE_NAME || node->as.name.spot_count == 0 || node->as.name.member ||
        node->as.name.is_exported || node->as.name.name->global >= 0 ||
        node->as.name.name->is_shared)
        return false;
    for (size_t i = 0; i < node->as.name.spot_count; i++)
        if (node->as.name.spots[i].depth > 0)
            return false;
    return true;
}

static bool is_own_target(const struct template_node *target)
{
    if (target->kind != NODE_TUPLE)
        return is_own(target);
    for (size_t i = 0; i < target->as.items.count; i++)
        if (!is_own(target->as.items.at[i]))
            return false;
    return true;
}

static bool is_pure_call(const struct template_node *node)
{
    const struct template_arguments *given = &node->as.call.arguments;
    if (!node->as.call.places || !node->as.call.row->function->gives_same)
        return false;
    for (size_t i = 0; i < given->named_count; i++)
        if (!is_pure(given->named[i].value))
            return false;
    return are_pure(&given->positional);
}

static bool is_pure_comparison(const struct template_node *node)
{
    for (size_t i = 0; i < node->as.compare.count; i++)
        if (!is_pure(node->as.compare.others[i]))
            return false;
    return is_pure(node->as.compare.first);
}

static bool is_pure_if(const struct template_node *node)
{
    for (size_t i = 0; i < node->as.choose.count; i++) {
        const struct template_branch *branch = &node->as.choose.branches[i];
        if ((branch->test && !is_pure(branch->test)) || !are_pure(&branch->body))
            return false;
    }
    return true;
}

static bool is_pure_loop(const struct template_node *node)
{
    return !node->as.loop.is_recursive && !node->as.loop.has_loop &&
           is_own_target(node->as.loop.target) && is_pure(node->as.loop.over) &&
           (!node->as.loop.test || is_pure(node->as.loop.test)) && are_pure(&node->as.loop.body) &&
           are_pure(&node->as.loop.otherwise);
}

/* What is not listed may be pure, too: it is not asked. */
static bool is_pure(const struct template_node *node)
{
    switch (node->kind) {
    case NODE_TEXT:
    case NODE_LITERAL: return true;
    case NODE_NAME: return is_own(node);
    case NODE_LIST:
    case NODE_TUPLE:
    case NODE_CONCAT: return are_pure(&node->as.items);
    case NODE_NEGATE:
    case NODE_PLUS:
    case NODE_NOT:
    case NODE_OUTPUT: return is_pure(node->as.of);
    case NODE_AND:
    case NODE_OR:
    case NODE_BINARY: return is_pure(node->as.pair.left) && is_pure(node->as.pair.right);
    case NODE_COMPARE: return is_pure_comparison(node);
    case NODE_CHOICE:
        return is_pure(node->as.choice.test) && is_pure(node->as.choice.yes) &&
               (!node->as.choice.no || is_pure(node->as.choice.no));
    case NODE_CALL: return is_pure_call(node) && !node->as.call.callee->as.name.name->is_shared;
    case NODE_FILTER: return is_pure_call(node) && is_pure(node->as.call.callee);
    case NODE_IF: return is_pure_if(node);
    case NODE_SET: return is_own_target(node->as.set.target) && is_pure(node->as.set.value);
    case NODE_FOR: return is_pure_loop(node);
    default: return false;
    }
}

/* More parameters than that have more values than would come again. */
enum { MOST_PARAMETERS = 4 };

bool template_is_pure(const struct template_macro *macro)
{
    return macro->count <= MOST_PARAMETERS && !macro->takes_rest && !macro->takes_named &&
           !macro->takes_caller && are_pure(&macro->defaults) && are_pure(&macro->unit.body);
}

/* ---- What they print ------------------------------------------------------------------------------------------ */

/* Some thousand short texts, or the drawn sleeves of as many dramas. */
enum { MOST_KEPT_BYTES = 1024 * 1024 };

struct template_memory {
    struct arena arena;
    struct map printed; /* of struct text */
    size_t kept_bytes;
};

struct template_memory *template_memory_new(void)
{
    struct template_memory *memory = base_alloc(sizeof *memory);
    *memory = (struct template_memory){.kept_bytes = 0};
    arena_init(&memory->arena);
    map_init(&memory->printed, &memory->arena);
    return memory;
}

void template_memory_free(struct template_memory *memory)
{
    if (!memory)
        return;
    arena_release(&memory->arena);
    base_free(memory);
}

/* A macro and what it is given, as bytes. */
struct key {
    char bytes[sizeof(void *) + 1 + MOST_PARAMETERS * (1 + sizeof(struct data_date))];
    size_t length;
};

static void add(struct key *key, const void *bytes, size_t length)
{
    memcpy(key->bytes + key->length, bytes, length);
    key->length += length;
}

/* False: a value that nothing is kept for. */
static bool add_value(struct key *key, const struct data_value *value)
{
    add(key, &value->kind, sizeof value->kind);
    switch (value->kind) {
    case TEMPLATE_UNSET:
    case DATA_NONE: return true;
    case DATA_YES_NO: add(key, &value->as.yes, sizeof value->as.yes); return true;
    case DATA_INTEGER: add(key, &value->as.integer, sizeof value->as.integer); return true;
    case DATA_FLOAT: add(key, &value->as.number, sizeof value->as.number); return true;
    case DATA_DATE: add(key, &value->as.date, sizeof value->as.date); return true;
    default: return false;
    }
}

static bool make_key(
    struct key *key, const struct template_macro_value *value, const struct template_frame *frame)
{
    key->length = 0;
    add(key, &value->macro, sizeof value->macro);
    add(key, &value->autoescape, sizeof value->autoescape);
    for (size_t i = 0; i < value->macro->count; i++)
        if (!add_value(key, &frame->slots[i]))
            return false;
    return true;
}

static void keep(struct template_memory *memory, struct key key, struct text printed)
{
    if (memory->kept_bytes + printed.length + key.length > MOST_KEPT_BYTES)
        return;
    struct text *kept = arena_alloc(&memory->arena, sizeof *kept);
    *kept = arena_text(&memory->arena, printed);
    map_put(
        &memory->printed, arena_text(&memory->arena, (struct text){key.bytes, key.length}), kept);
    memory->kept_bytes += printed.length + key.length;
}

bool template_print_pure(struct template_state *state, const struct template_macro_value *value,
    struct template_frame *frame, template_enter_macro *enter)
{
    struct template_memory *memory = state->run->memory;
    struct key key;
    if (!memory || !make_key(&key, value, frame))
        return enter(state, value, frame);
    const struct text *kept = map_get(&memory->printed, (struct text){key.bytes, key.length});
    if (kept) {
        buffer_add(state->out, *kept);
        return template_step(state);
    }
    size_t start = state->out->length;
    if (!enter(state, value, frame))
        return false;
    keep(memory, key, text_slice(buffer_text(state->out), start, state->out->length));
    return true;
}
