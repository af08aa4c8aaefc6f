/* Evaluating expressions: one function for each kind of node, in a table. */
#include "template/template_run_inside.h"

static bool evaluate_literal(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    (void)state;
    *into = node->as.literal;
    return true;
}

static inline struct template_frame *frame_at(struct template_frame *frame, uint32_t depth)
{
    for (; depth > 0; depth--)
        frame = frame->outer;
    return frame;
}

static inline const struct data_value *variable(
    const struct template_state *state, const struct template_node *node, struct data_value *room)
{
    for (size_t i = 0; i < node->as.name.spot_count; i++) {
        struct template_spot spot = node->as.name.spots[i];
        const struct data_value *value = &frame_at(state->frame, spot.depth)->slots[spot.slot];
        if (value->kind != TEMPLATE_UNSET)
            return value;
    }
    const struct template_name *name = node->as.name.name;
    if (name->global >= 0 && !name->is_shared && !state->context->is_page_hidden &&
        state->input->globals)
        return &state->input->globals[name->global];
    return template_lookup(state, state->context, name, room);
}

static bool evaluate_name(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    *into = *variable(state, node, into);
    return true;
}

static bool evaluate_self(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    (void)node;
    *into = template_opaque(&template_tag_self, state->context);
    return true;
}

/* ---- Lists and maps ------------------------------------------------------------------------------- */

static bool evaluate_list(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    struct data_value list = template_new_list(state);
    if (node->kind == NODE_TUPLE)
        list.points = MARK_TUPLE;
    for (size_t i = 0; i < node->as.items.count; i++) {
        struct data_value item;
        if (!template_evaluate(state, node->as.items.at[i], &item))
            return false;
        template_list_add(state, &list, item);
    }
    *into = list;
    return !state->has_failed;
}

static bool evaluate_map(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    struct data_value map = template_new_map(state);
    for (size_t i = 0; i < node->as.items.count; i += 2) {
        struct data_value key, value;
        if (!template_evaluate(state, node->as.items.at[i], &key) ||
            !template_evaluate(state, node->as.items.at[i + 1], &value))
            return false;
        state->node = node->as.items.at[i];
        if (!template_is_key(state, &key))
            return false;
        template_map_put(state, &map, key, value);
    }
    *into = map;
    return !state->has_failed;
}

/* ---- Operators ---------------------------------------------------------------------------------------- */

static bool evaluate_negate(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    struct data_value room;
    const struct data_value *value = template_value(state, node->as.of, &room);
    if (!value)
        return false;
    state->node = node;
    return template_negate(state, value, into);
}

static bool evaluate_plus(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    if (!template_evaluate(state, node->as.of, into))
        return false;
    state->node = node;
    if (!template_is_usable(state, into))
        return false;
    if (into->kind == DATA_YES_NO)
        *into = data_integer(into->as.yes);
    if (into->kind != DATA_INTEGER && into->kind != DATA_FLOAT)
        return template_stop(state, "bad operand type for unary +: '%s'", template_type_name(into));
    return true;
}

static inline bool is_true_value(
    struct template_state *state, const struct template_node *node, const struct data_value *value)
{
    switch (value->kind) {
    case DATA_YES_NO: return value->as.yes;
    case DATA_TEXT: return value->as.text.length > 0;
    case DATA_LIST: return value->as.list->count > 0;
    case DATA_NONE: return false;
    default: break;
    }
    state->node = node;
    return template_is_testable(state, value) && template_truth(value);
}

static bool evaluate_not(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    bool is_true;
    if (!template_test(state, node->as.of, &is_true))
        return false;
    *into = data_yes_no(!is_true);
    return true;
}

static bool evaluate_logic(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    if (!template_evaluate(state, node->as.pair.left, into))
        return false;
    bool is_true = is_true_value(state, node->as.pair.left, into);
    if (state->has_failed || is_true == (node->kind == NODE_OR))
        return !state->has_failed;
    return template_evaluate(state, node->as.pair.right, into);
}

/* What most sums in templates are: whole numbers, the right one written down. False: not done. */
static inline bool small_sum(
    enum template_operator op, int64_t left, int64_t right, struct data_value *into)
{
    int64_t result = 0;
    switch (op) {
    case OPERATOR_ADD:
        if (__builtin_add_overflow(left, right, &result))
            return false;
        break;
    case OPERATOR_SUB:
        if (__builtin_sub_overflow(left, right, &result))
            return false;
        break;
    case OPERATOR_MUL:
        if (__builtin_mul_overflow(left, right, &result))
            return false;
        break;
    case OPERATOR_FLOOR:
    case OPERATOR_MOD:
        if (left < 0 || right <= 0)
            return false;
        result = op == OPERATOR_MOD ? left % right : left / right;
        break;
    default: return false;
    }
    *into = data_integer(result);
    return true;
}

static bool evaluate_by_literal(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    const struct data_value *right = &node->as.pair.right->as.literal;
    const struct data_value *left = template_look(state, node->as.pair.left, into);
    struct data_value copy;
    if (!left)
        return false;
    if (left->kind == DATA_INTEGER && right->kind == DATA_INTEGER &&
        small_sum(node->op, left->as.integer, right->as.integer, into))
        return true;
    copy = *left; /* which may stand where the result goes */
    state->node = node;
    return template_binary(state, node->op, &copy, right, into);
}

static bool evaluate_binary(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    struct data_value rooms[2];
    if (node->as.pair.right->kind == NODE_LITERAL)
        return evaluate_by_literal(state, node, into);
    const struct data_value *left = template_value(state, node->as.pair.left, &rooms[0]);
    const struct data_value *right =
        left ? template_value(state, node->as.pair.right, &rooms[1]) : NULL;
    if (!right)
        return false;
    state->node = node;
    return template_binary(state, node->op, left, right, into);
}

/* a ~ b ~ c: texts, or safe HTML when output is escaped and one of them is safe HTML. */
static bool evaluate_concat(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    size_t count = node->as.items.count;
    struct data_value few[8], *values = few;
    bool is_html = false;
    if (count > BASE_COUNT(few))
        values = arena_array(state->run->scratch, count, sizeof *values);
    for (size_t i = 0; i < count; i++) {
        if (!template_evaluate(state, node->as.items.at[i], &values[i]))
            return false;
        is_html = is_html || (state->autoescape && values[i].kind == DATA_HTML);
    }
    size_t start = template_begin(state);
    state->node = node;
    for (size_t i = 0; i < count; i++) {
        struct text text;
        if (!(is_html ? template_escape_value(state, &values[i], &text)
                      : template_text_value(state, &values[i], &text)))
            return false;
        buffer_add(state->out, text);
    }
    struct text text = template_end(state, start);
    *into = is_html ? data_html(text) : data_text(text);
    return !state->has_failed;
}

/* One comparison of whole numbers or of texts for being equal, as most are; false: it is another. */
static inline bool compare_simply(enum template_operator op, const struct data_value *left,
    const struct data_value *right, bool *holds)
{
    if (left->kind != right->kind)
        return false;
    if (left->kind == DATA_TEXT && (op == OPERATOR_EQUAL || op == OPERATOR_UNEQUAL)) {
        bool is_same = left->as.text.length == right->as.text.length &&
                       memcmp(left->as.text.at, right->as.text.at, left->as.text.length) == 0;
        *holds = is_same == (op == OPERATOR_EQUAL);
        return true;
    }
    if (left->kind != DATA_INTEGER)
        return false;
    int64_t a = left->as.integer, b = right->as.integer;
    switch (op) {
    case OPERATOR_EQUAL: *holds = a == b; return true;
    case OPERATOR_UNEQUAL: *holds = a != b; return true;
    case OPERATOR_LESS: *holds = a < b; return true;
    case OPERATOR_LESS_EQUAL: *holds = a <= b; return true;
    case OPERATOR_GREATER: *holds = a > b; return true;
    case OPERATOR_GREATER_EQUAL: *holds = a >= b; return true;
    default: return false;
    }
}

/* The values take turns in two rooms: each is once the right one, then the left one. */
static bool test_compare(
    struct template_state *state, const struct template_node *node, bool *holds)
{
    struct data_value rooms[2];
    const struct data_value *left = template_value(state, node->as.compare.first, &rooms[0]);
    *holds = true;
    for (size_t i = 0; left && *holds && i < node->as.compare.count; i++) {
        const struct data_value *right =
            template_value(state, node->as.compare.others[i], &rooms[(i + 1) % 2]);
        enum template_operator op = node->as.compare.operators[i];
        state->node = node;
        if (!right || (!compare_simply(op, left, right, holds) &&
                          !template_compare_values(state, op, left, right, holds)))
            return false;
        left = right;
    }
    return left != NULL;
}

static bool evaluate_compare(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    bool holds;
    if (!test_compare(state, node, &holds))
        return false;
    *into = data_yes_no(holds);
    return true;
}

static bool evaluate_choice(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    bool is_true;
    if (!template_test(state, node->as.choice.test, &is_true))
        return false;
    if (is_true)
        return template_evaluate(state, node->as.choice.yes, into);
    if (node->as.choice.no)
        return template_evaluate(state, node->as.choice.no, into);
    *into = template_missing(TEXT("the value of an 'if' without 'else'"));
    into->points = MARK_LENIENT;
    return true;
}

/* ---- Reaching into values ----------------------------------------------------------------------------------- */

/* Like memcmp() of equal lengths, without a call: names of fields are short. The last load may
 * overlap the one before it. */
static inline bool same_bytes(const char *a, const char *b, size_t length)
{
    uint64_t x, y;
    uint32_t v, w;
    if (length >= 8) {
        for (size_t at = 0;; at = at + 16 <= length ? at + 8 : length - 8) {
            memcpy(&x, a + at, sizeof x), memcpy(&y, b + at, sizeof y);
            if (x != y || at + 8 == length)
                return x == y;
        }
    }
    if (length >= 4) {
        memcpy(&v, a, sizeof v), memcpy(&w, b, sizeof w);
        if (v != w)
            return false;
        memcpy(&v, a + length - 4, sizeof v), memcpy(&w, b + length - 4, sizeof w);
        return v == w;
    }
    return length == 0 ||
           (a[0] == b[0] && a[length / 2] == b[length / 2] && a[length - 1] == b[length - 1]);
}

static inline bool is_key(const struct data_value *value, struct text key)
{
    return (value->kind == DATA_TEXT || value->kind == DATA_HTML) &&
           value->as.text.length == key.length && same_bytes(value->as.text.at, key.at, key.length);
}

/* What attributes of things have no need of stands in functions of their own: there are more of those,
 * and then there is less to save and restore for them. */
__attribute__((noinline)) static const struct data_value *find_key(const struct data_map *map,
    const struct template_name *name, uint8_t *guess, struct data_value *room)
{
    const struct data_value *found =
        data_has_mark(map, name->mark) ? data_map_get_text(map, name->text) : NULL;
    if (!found) {
        *room = template_missing(name->text);
        return room;
    }
    *guess = (uint8_t)((size_t)((const char *)found - (const char *)map->entries) /
                       sizeof *map->entries);
    return found;
}

/* The value of a map's key, or an undefined one. */
__attribute__((noinline)) static const struct data_value *key_value(struct template_state *state,
    const struct template_node *node, const struct data_map *map, struct data_value *room)
{
    const struct template_name *name = node->as.attribute.name;
    uint8_t *guess = &state->run->guesses[node->as.attribute.guess];
    if (*guess < map->count && is_key(&map->entries[*guess].key, name->text))
        return &map->entries[*guess].value;
    return find_key(map, name, guess, room);
}

__attribute__((noinline)) static const struct data_value *other_attribute(
    struct template_state *state, const struct template_node *node, const struct data_value *of,
    struct data_value *room)
{
    const struct template_name *name = node->as.attribute.name;
    if (name->loop_member && template_is_opaque(of, &template_tag_loop)) {
        *room = template_loop_value(of->as.opaque.at, name->loop_member);
        return room;
    }
    return template_attribute(state, of, name, room) ? room : NULL;
}

/* Where the value stands, or made in `room`, which may hold what the attribute is of, too. */
static const struct data_value *attribute(
    struct template_state *state, const struct template_node *node, struct data_value *room)
{
    const struct template_node *owner = node->as.attribute.of;
    const struct data_value *of =
        owner->kind == NODE_NAME ? variable(state, owner, room) : template_look(state, owner, room);
    const struct template_reach *reach;
    if (!of)
        return NULL;
    state->node = node;
    if (of->kind == DATA_MAP && !node->as.attribute.name->methods[TEMPLATE_OF_MAP])
        return key_value(state, node, of->as.map, room);
    if (of->kind != DATA_THING ||
        !(reach = template_find_reach(node->as.attribute.name, of->as.thing.type)))
        return other_attribute(state, node, of, room);
    data_read(&reach->access, of->as.thing.at, state->run, room);
    return room;
}

static bool evaluate_attribute(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    const struct data_value *value = attribute(state, node, into);
    if (value && value != into)
        *into = *value;
    return value != NULL;
}

static bool evaluate_index(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    struct data_value rooms[2];
    const struct data_value *of = template_value(state, node->as.index.of, &rooms[0]);
    const struct data_value *index =
        of ? template_value(state, node->as.index.index, &rooms[1]) : NULL;
    if (!index)
        return false;
    state->node = node;
    return template_index(state, of, index, into);
}

static bool evaluate_slice(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    const struct template_node *nodes[] = {
        node->as.slice.from, node->as.slice.to, node->as.slice.step};
    struct data_value of, bounds[3];
    if (!template_evaluate(state, node->as.slice.of, &of))
        return false;
    for (int i = 0; i < 3; i++) {
        bounds[i] = data_none();
        if (nodes[i] && !template_evaluate(state, nodes[i], &bounds[i]))
            return false;
    }
    state->node = node;
    return template_slice(state, &of, bounds, into);
}

static bool evaluate_applied(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    struct data_value room;
    const struct data_value *of = template_look(state, node->as.call.callee, &room);
    return of && template_apply(state, node, of, into);
}

/* ---- The table of expressions ----------------------------------------------------------------------------------- */

static bool (*const evaluators[NODE_KINDS])(
    struct template_state *, const struct template_node *, struct data_value *) = {
    [NODE_LITERAL] = evaluate_literal,
    [NODE_NAME] = evaluate_name,
    [NODE_SELF] = evaluate_self,
    [NODE_LIST] = evaluate_list,
    [NODE_TUPLE] = evaluate_list,
    [NODE_MAP] = evaluate_map,
    [NODE_NEGATE] = evaluate_negate,
    [NODE_PLUS] = evaluate_plus,
    [NODE_NOT] = evaluate_not,
    [NODE_AND] = evaluate_logic,
    [NODE_OR] = evaluate_logic,
    [NODE_BINARY] = evaluate_binary,
    [NODE_CONCAT] = evaluate_concat,
    [NODE_COMPARE] = evaluate_compare,
    [NODE_CHOICE] = evaluate_choice,
    [NODE_ATTRIBUTE] = evaluate_attribute,
    [NODE_INDEX] = evaluate_index,
    [NODE_SLICE] = evaluate_slice,
    [NODE_CALL] = template_evaluate_call,
    [NODE_FILTER] = evaluate_applied,
    [NODE_TEST] = evaluate_applied,
};

bool template_evaluate(
    struct template_state *state, const struct template_node *node, struct data_value *into)
{
    return evaluators[node->kind](state, node, into);
}

const struct data_value *template_look(
    struct template_state *state, const struct template_node *node, struct data_value *room)
{
    if (node->kind == NODE_NAME)
        return variable(state, node, room);
    if (node->kind == NODE_ATTRIBUTE)
        return attribute(state, node, room);
    if (node->kind == NODE_LITERAL)
        return &node->as.literal;
    return evaluators[node->kind](state, node, room) ? room : NULL;
}

const struct data_value *template_value(
    struct template_state *state, const struct template_node *node, struct data_value *room)
{
    if (node->kind == NODE_NAME)
        return variable(state, node, room);
    if (node->kind == NODE_LITERAL)
        return &node->as.literal;
    return evaluators[node->kind](state, node, room) ? room : NULL;
}

static bool test_logic(
    struct template_state *state, const struct template_node *node, bool *is_true)
{
    if (!template_test(state, node->as.pair.left, is_true))
        return false;
    return *is_true == (node->kind == NODE_OR) ||
           template_test(state, node->as.pair.right, is_true);
}

bool template_test(struct template_state *state, const struct template_node *node, bool *is_true)
{
    struct data_value room;
    const struct data_value *value;
    switch (node->kind) {
    case NODE_AND:
    case NODE_OR: return test_logic(state, node, is_true);
    case NODE_COMPARE: return test_compare(state, node, is_true);
    case NODE_NOT:
        if (!template_test(state, node->as.of, is_true))
            return false;
        *is_true = !*is_true;
        return true;
    default: break;
    }
    value = template_look(state, node, &room);
    *is_true = value && is_true_value(state, node, value);
    return value && !state->has_failed;
}
