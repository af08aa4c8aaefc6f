/* What is known of the value of each expression. */
#include "template/template_check_inside.h"

/* ---- Names ------------------------------------------------------------------------------------------- */

static struct template_check_slot *slot_at(
    struct template_check_frame *frame, struct template_spot spot)
{
    for (uint32_t i = 0; i < spot.depth && frame; i++)
        frame = frame->outer;
    return frame && spot.slot < frame->count ? &frame->slots[spot.slot] : NULL;
}

/* A slot that only one branch has set may leave the value to what stands outside. */
static struct template_shape value_of_name(
    struct template_checker *checker, const struct template_node *node)
{
    struct template_shape value = template_shape_any;
    bool is_found = false;
    for (size_t i = 0; i < node->as.name.spot_count; i++) {
        const struct template_check_slot *slot = slot_at(checker->frame, node->as.name.spots[i]);
        if (!slot || slot->state == SLOT_UNSET)
            continue;
        value = is_found ? template_shape_join(checker, value, slot->shape) : slot->shape;
        is_found = true;
        if (slot->state == SLOT_SET)
            return value;
    }
    bool is_outside = false;
    struct template_shape outside =
        template_check_lookup(checker, checker->world, node->as.name.name, &is_outside);
    if (!is_found)
        return outside;
    return is_outside ? template_shape_join(checker, value, outside) : value;
}

/* What was found to be present here is. */
static struct template_shape with_facts(
    const struct template_checker *checker, struct template_shape shape)
{
    if (!template_check_is_known(checker, shape.path))
        return shape;
    shape.may_be_absent = false;
    if (shape.kind == SHAPE_ABSENT)
        shape.kind = shape.of ? SHAPE_THING : SHAPE_ANY;
    return shape;
}

static struct template_shape check_name(
    struct template_checker *checker, const struct template_node *node)
{
    struct template_shape shape = value_of_name(checker, node);
    if (!shape.when_true)
        shape.when_true = template_facts_add(checker, NULL, shape.path);
    return with_facts(checker, shape);
}

/* ---- Fields ------------------------------------------------------------------------------------------- */

static struct template_shape field_of_thing(struct template_checker *checker,
    struct template_node *node, const struct template_shape *of, struct text name)
{
    struct data_access access = data_resolve(of->of, name);
    if (access.field) {
        template_check_right(node);
        struct template_shape shape = template_shape_of_field(checker, access.field);
        shape.path =
            template_check_field_path(checker, of->path, template_intern(checker->set, name));
        shape.when_true = template_facts_add(checker, NULL, shape.path);
        return with_facts(checker, shape);
    }
    struct text *names;
    size_t count = data_field_names(of->of, &checker->arena, &names);
    template_check_wrong(checker, node, "unknown field '%.*s' of %s%.*s", TEXT_ARGS(name),
        of->of->name, TEXT_ARGS(report_guess(&checker->arena, name, names, count)));
    return template_shape_any;
}

static enum template_loop_member loop_member(struct text name)
{
    for (int i = 1; i < LOOP_MEMBERS; i++)
        if (text_is(name, template_loop_members[i]))
            return (enum template_loop_member)i;
    return LOOP_NONE;
}

static struct template_shape field_of_loop(struct template_checker *checker,
    struct template_node *node, const struct template_shape *of, struct text name)
{
    struct text names[LOOP_MEMBERS];
    enum template_loop_member member = loop_member(name);
    if (member == LOOP_PREVITEM || member == LOOP_NEXTITEM) {
        struct template_shape item =
            *of->item; /* absent at the ends, which the loop itself may ask for */
        item.path =
            template_check_field_path(checker, of->path, template_intern(checker->set, name));
        item.when_true = template_facts_add(checker, NULL, item.path);
        return item;
    }
    if (member != LOOP_NONE)
        return member == LOOP_FIRST || member == LOOP_LAST      ? template_shape_of(SHAPE_YES_NO)
               : member == LOOP_CYCLE || member == LOOP_CHANGED ? template_shape_any
                                                                : template_shape_of(SHAPE_NUMBER);
    for (int i = 1; i < LOOP_MEMBERS; i++)
        names[i - 1] = text_of(template_loop_members[i]);
    template_check_wrong(checker, node, "unknown field '%.*s' of loop%.*s", TEXT_ARGS(name),
        TEXT_ARGS(report_guess(&checker->arena, name, names, LOOP_MEMBERS - 1)));
    return template_shape_any;
}

static struct text guess_method(
    struct template_checker *checker, enum template_receiver receiver, struct text wrong)
{
    const struct map *rows = &checker->set->methods[receiver];
    struct text *names = arena_array(&checker->arena, rows->count, sizeof *names);
    for (size_t i = 0; i < rows->count; i++)
        names[i] = rows->entries[i].key;
    return report_guess(&checker->arena, wrong, names, rows->count);
}

static struct template_shape field_of_list(struct template_checker *checker,
    struct template_node *node, const struct template_shape *of, struct text name)
{
    if (map_get(&checker->set->methods[TEMPLATE_OF_LIST], name))
        return template_shape_any;
    if (of->is_group && text_is(name, "grouper"))
        return of->item[0];
    if (of->is_group && text_is(name, "list"))
        return of->item[1];
    if (of->kind == SHAPE_LIST && of->item->kind == SHAPE_THING)
        template_check_wrong(checker, node, "unknown field '%.*s': this is %.*s", TEXT_ARGS(name),
            TEXT_ARGS(template_shape_describe(checker, of)));
    else if (of->is_group)
        template_check_wrong(checker, node,
            "unknown field '%.*s' of a group: it has 'grouper' and 'list'", TEXT_ARGS(name));
    else
        template_check_wrong(
            checker, node, "unknown field '%.*s': this is a list", TEXT_ARGS(name));
    return template_shape_any;
}

static struct template_shape field_of_text(
    struct template_checker *checker, struct template_node *node, struct text name)
{
    if (!map_get(&checker->set->methods[TEMPLATE_OF_TEXT], name))
        template_check_wrong(checker, node, "unknown field '%.*s': this is a text%.*s",
            TEXT_ARGS(name), TEXT_ARGS(guess_method(checker, TEMPLATE_OF_TEXT, name)));
    return template_shape_any;
}

static struct template_shape field_of_date(
    struct template_checker *checker, struct template_node *node, struct text name)
{
    static const char *const parts[] = {"year", "month", "day", "hour", "minute", "second"};
    struct text names[BASE_COUNT(parts)];
    for (size_t i = 0; i < BASE_COUNT(parts); i++) {
        names[i] = text_of(parts[i]);
        if (text_is(name, parts[i]))
            return template_shape_of(SHAPE_NUMBER);
    }
    template_check_wrong(checker, node, "unknown field '%.*s': this is a date%.*s", TEXT_ARGS(name),
        TEXT_ARGS(report_guess(&checker->arena, name, names, BASE_COUNT(parts))));
    return template_shape_any;
}

/* What an import gives by name. */
static struct template_shape field_of_module(struct template_checker *checker,
    struct template_node *node, const struct template_check_module *module, struct text name)
{
    const struct template_check_variable *found =
        template_check_exported(module->world, template_intern(checker->set, name));
    if (found)
        return found->shape;
    struct text *names = arena_array(&checker->arena, module->world->count, sizeof *names);
    for (size_t i = 0; i < module->world->count; i++)
        names[i] = module->world->variables[i].name->text;
    template_check_wrong(checker, node, "no '%.*s' in template '%.*s'%.*s", TEXT_ARGS(name),
        TEXT_ARGS(module->file->name),
        TEXT_ARGS(report_guess(&checker->arena, name, names, module->world->count)));
    return template_shape_any;
}

static bool has_block(const struct template_check_world *world, struct text name)
{
    for (size_t i = 0; i < world->chain_count; i++)
        for (size_t at = 0; at < world->chain[i]->blocks.count; at++)
            if (text_equal(world->chain[i]->blocks.at[at]->as.block.name->text, name))
                return true;
    return false;
}

/* self.title: a block of the template. */
static struct template_shape field_of_self(
    struct template_checker *checker, struct template_node *node, struct text name)
{
    const struct template_check_world *world = checker->world->blocks;
    struct text *names = NULL;
    size_t count = 0, capacity = 0;
    if (world->is_open || has_block(world, name))
        return template_shape_any;
    for (size_t i = 0; i < world->chain_count; i++)
        for (size_t at = 0; at < world->chain[i]->blocks.count; at++) {
            struct text *room = list_add(&names, &count, &capacity, &checker->arena, sizeof *room);
            *room = world->chain[i]->blocks.at[at]->as.block.name->text;
        }
    template_check_wrong(checker, node, "no block '%.*s' in this template%.*s", TEXT_ARGS(name),
        TEXT_ARGS(report_guess(&checker->arena, name, names, count)));
    return template_shape_any;
}

struct template_shape template_check_attribute(struct template_checker *checker,
    struct template_node *node, struct template_shape of, struct text name)
{
    switch (of.kind) {
    case SHAPE_THING: return field_of_thing(checker, node, &of, name);
    case SHAPE_LOOP: return field_of_loop(checker, node, &of, name);
    case SHAPE_TUPLE:
    case SHAPE_LIST: return field_of_list(checker, node, &of, name);
    case SHAPE_TEXT: return field_of_text(checker, node, name);
    case SHAPE_DATE: return field_of_date(checker, node, name);
    case SHAPE_MODULE: return field_of_module(checker, node, of.module, name);
    case SHAPE_SELF: return field_of_self(checker, node, name);
    case SHAPE_NUMBER:
    case SHAPE_YES_NO:
        template_check_wrong(checker, node, "unknown field '%.*s': this is %.*s", TEXT_ARGS(name),
            TEXT_ARGS(template_shape_describe(checker, &of)));
        return template_shape_any;
    default: break;
    }
    template_check_right(node); /* whoever gives something unknown may be right */
    return template_shape_any;
}

static struct template_shape check_attribute_node(
    struct template_checker *checker, struct template_node *node)
{
    struct template_node *of = node->as.attribute.of;
    struct template_shape shape =
        template_check_present(checker, of, template_check_expression(checker, of));
    return template_check_attribute(checker, node, shape, node->as.attribute.name->text);
}

/* ---- Indexes and slices --------------------------------------------------------------------------------- */

static bool is_constant_text(const struct template_node *node)
{
    return node->kind == NODE_LITERAL && node->as.literal.kind == DATA_TEXT;
}

static struct template_shape check_index(
    struct template_checker *checker, struct template_node *node)
{
    struct template_node *of = node->as.index.of, *index = node->as.index.index;
    struct template_shape shape =
        template_check_present(checker, of, template_check_expression(checker, of));
    template_check_expression(checker, index);
    if (shape.kind == SHAPE_THING && is_constant_text(index))
        return template_check_attribute(checker, index, shape, index->as.literal.as.text);
    if (shape.kind == SHAPE_LIST)
        return template_check_item(checker, &shape);
    if (shape.kind == SHAPE_TUPLE && index->kind == NODE_LITERAL &&
        index->as.literal.kind == DATA_INTEGER && index->as.literal.as.integer >= 0 &&
        (uint64_t)index->as.literal.as.integer < shape.count)
        return shape.item[index->as.literal.as.integer];
    return template_shape_any;
}

static struct template_shape check_slice(
    struct template_checker *checker, struct template_node *node)
{
    struct template_node *of = node->as.slice.of;
    struct template_node *const bounds[] = {
        node->as.slice.from, node->as.slice.to, node->as.slice.step};
    struct template_shape shape =
        template_check_present(checker, of, template_check_expression(checker, of));
    for (size_t i = 0; i < BASE_COUNT(bounds); i++)
        if (bounds[i])
            template_check_expression(checker, bounds[i]);
    shape.path = NULL;
    shape.words = NULL;
    shape.when_true = shape.when_false = NULL;
    return shape.kind == SHAPE_LIST || shape.kind == SHAPE_TEXT ? shape : template_shape_any;
}

/* ---- Lists ------------------------------------------------------------------------------------------------- */

static struct template_shape check_list(
    struct template_checker *checker, const struct template_node *node)
{
    struct template_shape item = template_shape_any;
    for (size_t i = 0; i < node->as.items.count; i++) {
        struct template_shape next = template_check_expression(checker, node->as.items.at[i]);
        item = i == 0 ? next : template_shape_join(checker, item, next);
    }
    item.path = NULL;
    item.when_true = item.when_false = NULL;
    return template_shape_list(checker, item);
}

static struct template_shape check_tuple(
    struct template_checker *checker, const struct template_node *node)
{
    size_t count = node->as.items.count;
    struct template_shape *items = arena_array(&checker->arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = template_check_expression(checker, node->as.items.at[i]);
    return (struct template_shape){.kind = SHAPE_TUPLE, .item = items, .count = count};
}

static struct template_shape check_map(
    struct template_checker *checker, const struct template_node *node)
{
    for (size_t i = 0; i < node->as.items.count; i++)
        template_check_expression(checker, node->as.items.at[i]);
    return template_shape_any;
}

/* ---- Texts of which all are known -------------------------------------------------------------------------------- */

static const struct template_check_words *all_pairs(struct template_checker *checker,
    const struct template_check_words *left, const struct template_check_words *right)
{
    size_t count = 0;
    if (!left || !right || left->count * right->count > TEMPLATE_MOST_WORDS)
        return NULL;
    struct text *texts = arena_array(&checker->arena, left->count * right->count, sizeof *texts);
    for (size_t i = 0; i < left->count; i++)
        for (size_t j = 0; j < right->count; j++)
            texts[count++] = arena_join(&checker->arena, left->at[i], right->at[j]);
    struct template_check_words *words = arena_alloc(&checker->arena, sizeof *words);
    *words = (struct template_check_words){texts, count};
    return words;
}

static struct template_shape check_concat(
    struct template_checker *checker, const struct template_node *node)
{
    struct template_shape all = template_shape_of_text(checker, TEXT(""));
    for (size_t i = 0; i < node->as.items.count; i++) {
        struct template_node *part = node->as.items.at[i];
        struct template_shape shape =
            template_check_present(checker, part, template_check_expression(checker, part));
        all.words = all_pairs(checker, all.words, shape.words);
    }
    return all;
}

/* ---- And, or, not ------------------------------------------------------------------------------------------------- */

static struct template_shape check_not(
    struct template_checker *checker, const struct template_node *node)
{
    struct template_shape of = template_check_expression(checker, node->as.of);
    struct template_shape shape = template_shape_of(SHAPE_YES_NO);
    shape.when_true = of.when_false;
    shape.when_false = of.when_true;
    return shape;
}

/* The right side is only asked where the left one was true. */
/* The right side is reached only where the left one is true, or false: it is checked with what is known
 * then. */
static struct template_shape check_right(struct template_checker *checker,
    const struct template_node *node, const struct template_check_facts *known)
{
    size_t facts = checker->fact_count;
    template_check_learn(checker, known);
    struct template_shape right = template_check_expression(checker, node->as.pair.right);
    checker->fact_count = facts;
    return right;
}

static struct template_shape check_and(
    struct template_checker *checker, const struct template_node *node)
{
    struct template_shape left = template_check_expression(checker, node->as.pair.left);
    struct template_shape right = check_right(checker, node, left.when_true);
    struct template_shape both =
        right.kind == left.kind ? template_shape_join(checker, left, right) : template_shape_any;
    both.when_true = template_facts_both(checker, left.when_true, right.when_true);
    both.when_false = template_facts_common(checker, left.when_false, right.when_false);
    return both;
}

static struct template_shape check_or(
    struct template_checker *checker, const struct template_node *node)
{
    struct template_shape left = template_check_expression(checker, node->as.pair.left);
    struct template_shape right = check_right(checker, node, left.when_false);
    struct template_shape either = left;
    either.may_be_absent = false;
    either = left.kind == SHAPE_ABSENT ? right : template_shape_join(checker, either, right);
    either.path = template_check_either_path(checker, left.path, right.path);
    either.when_true = template_facts_add(
        checker, template_facts_common(checker, left.when_true, right.when_true), either.path);
    either.when_false = template_facts_both(checker, left.when_false, right.when_false);
    return with_facts(checker, either);
}

/* a if b else c: without an else, a thing may be missing; a text is then printed as nothing. */
static struct template_shape check_choice(
    struct template_checker *checker, const struct template_node *node)
{
    size_t facts = checker->fact_count;
    struct template_shape test = template_check_expression(checker, node->as.choice.test);
    template_check_learn(checker, test.when_true);
    struct template_shape yes = template_check_expression(checker, node->as.choice.yes);
    checker->fact_count = facts;
    if (!node->as.choice.no) {
        yes.may_be_absent = yes.may_be_absent || yes.kind == SHAPE_THING;
        yes.path = NULL;
        yes.when_true = yes.when_false = NULL;
        return yes;
    }
    template_check_learn(checker, test.when_false);
    struct template_shape no = template_check_expression(checker, node->as.choice.no);
    checker->fact_count = facts;
    return template_shape_join(checker, yes, no);
}

/* ---- Numbers and comparisons ------------------------------------------------------------------------------------------ */

static struct template_shape check_operand(
    struct template_checker *checker, struct template_node *node)
{
    return template_check_present(checker, node, template_check_expression(checker, node));
}

static struct template_shape check_binary(
    struct template_checker *checker, const struct template_node *node)
{
    struct template_shape left = check_operand(checker, node->as.pair.left);
    struct template_shape right = check_operand(checker, node->as.pair.right);
    bool are_numbers = left.kind == SHAPE_NUMBER && right.kind == SHAPE_NUMBER;
    if (node->op == OPERATOR_ADD && left.kind == SHAPE_LIST && right.kind == SHAPE_LIST)
        return template_shape_list(checker, template_shape_join(checker, *left.item, *right.item));
    return are_numbers ? template_shape_of(SHAPE_NUMBER) : template_shape_any;
}

static struct template_shape check_sign(
    struct template_checker *checker, const struct template_node *node)
{
    check_operand(checker, node->as.of);
    return template_shape_of(SHAPE_NUMBER);
}

static bool is_none(const struct template_node *node)
{
    return node->kind == NODE_LITERAL && node->as.literal.kind == DATA_NONE;
}

/* A word of a field compared with one that it never is. */
static void check_word(struct template_checker *checker, const struct template_node *node,
    const struct template_shape *shape, const struct template_node *other)
{
    struct text written = template_check_written(checker, node);
    const struct template_check_words *words = shape->words;
    if (!words || words->count < 2 || !written.at || !is_constant_text(other))
        return;
    for (size_t i = 0; i < words->count; i++)
        if (text_equal(words->at[i], other->as.literal.as.text))
            return;
    struct text word = other->as.literal.as.text;
    struct text guess = report_guess(&checker->arena, word, words->at, words->count);
    template_check_warn(checker, other, "'%.*s' is never '%.*s'%.*s", TEXT_ARGS(written),
        TEXT_ARGS(word), TEXT_ARGS(guess));
}

/* What `left == right` says of what is present. */
static void compare_facts(struct template_checker *checker, enum template_operator op,
    const struct template_shape *left, const struct template_node *right,
    struct template_shape *result)
{
    bool is_equal = op == OPERATOR_EQUAL, is_unequal = op == OPERATOR_UNEQUAL;
    if (is_none(right) && is_unequal)
        result->when_true = template_facts_add(checker, NULL, left->path);
    else if (is_none(right) && is_equal)
        result->when_false = template_facts_add(checker, NULL, left->path);
    else if (right->kind == NODE_LITERAL && is_equal)
        result->when_true = template_facts_add(checker, NULL, left->path);
    else if (right->kind == NODE_LITERAL && is_unequal)
        result->when_false = template_facts_add(checker, NULL, left->path);
}

static struct template_shape check_compare(
    struct template_checker *checker, const struct template_node *node)
{
    struct template_shape result = template_shape_of(SHAPE_YES_NO), left;
    struct template_node *first = node->as.compare.first;
    left = template_check_expression(checker, first);
    for (size_t i = 0; i < node->as.compare.count; i++) {
        enum template_operator op = node->as.compare.operators[i];
        struct template_node *other = node->as.compare.others[i];
        struct template_shape right = template_check_expression(checker, other);
        bool is_order = op >= OPERATOR_LESS && op <= OPERATOR_GREATER_EQUAL;
        if (is_order && i == 0)
            template_check_present(checker, first, left);
        if (is_order)
            template_check_present(checker, other, right);
        if (op == OPERATOR_EQUAL || op == OPERATOR_UNEQUAL) {
            check_word(checker, first, &left, other);
            check_word(checker, other, &right, first);
        }
        if (node->as.compare.count == 1)
            compare_facts(checker, op, &left, other, &result);
        left = right;
    }
    return result;
}

/* ---- Tests -------------------------------------------------------------------------------------------------------------- */

/* Tests that only something present passes. */
static const char *const present_tests[] = {"number", "integer", "float", "string", "mapping",
    "sequence", "iterable", "boolean", "true", "odd", "even", "divisibleby", "in", "gt", "ge", "lt",
    "le", "greaterthan", "lessthan", "escaped", "lower", "upper"};

static struct template_shape check_test(
    struct template_checker *checker, const struct template_node *node)
{
    struct template_shape result = template_shape_of(SHAPE_YES_NO);
    const struct template_arguments *given = &node->as.call.arguments;
    struct template_shape of = template_check_expression(checker, node->as.call.callee);
    for (size_t i = 0; i < given->positional.count; i++)
        template_check_expression(checker, given->positional.at[i]);
    for (size_t i = 0; i < BASE_COUNT(present_tests); i++)
        if (text_is(node->as.call.name, present_tests[i]))
            result.when_true = template_facts_add(checker, NULL, of.path);
    if (text_is(node->as.call.name, "none") || text_is(node->as.call.name, "undefined"))
        result.when_false = template_facts_add(checker, NULL, of.path);
    if ((text_is(node->as.call.name, "eq") || text_is(node->as.call.name, "equalto") ||
            text_is(node->as.call.name, "==")) &&
        given->positional.count == 1 && !is_none(given->positional.at[0]) &&
        given->positional.at[0]->kind == NODE_LITERAL)
        result.when_true = template_facts_add(checker, NULL, of.path);
    return result;
}

/* ---- All of them ---------------------------------------------------------------------------------------------------------- */

static struct template_shape check_literal(
    struct template_checker *checker, const struct template_node *node)
{
    switch (node->as.literal.kind) {
    case DATA_TEXT: return template_shape_of_text(checker, node->as.literal.as.text);
    case DATA_INTEGER:
    case DATA_FLOAT: return template_shape_of(SHAPE_NUMBER);
    case DATA_YES_NO: return template_shape_of(SHAPE_YES_NO);
    case DATA_NONE: return template_shape_of(SHAPE_ABSENT);
    default: return template_shape_any;
    }
}

static struct template_shape check_kind(
    struct template_checker *checker, struct template_node *node)
{
    switch (node->kind) {
    case NODE_LITERAL: return check_literal(checker, node);
    case NODE_NAME: return check_name(checker, node);
    case NODE_SELF: return template_shape_of(SHAPE_SELF);
    case NODE_LIST: return check_list(checker, node);
    case NODE_TUPLE: return check_tuple(checker, node);
    case NODE_MAP: return check_map(checker, node);
    case NODE_NEGATE:
    case NODE_PLUS: return check_sign(checker, node);
    case NODE_NOT: return check_not(checker, node);
    case NODE_AND: return check_and(checker, node);
    case NODE_OR: return check_or(checker, node);
    case NODE_BINARY: return check_binary(checker, node);
    case NODE_CONCAT: return check_concat(checker, node);
    case NODE_COMPARE: return check_compare(checker, node);
    case NODE_CHOICE: return check_choice(checker, node);
    case NODE_ATTRIBUTE: return check_attribute_node(checker, node);
    case NODE_INDEX: return check_index(checker, node);
    case NODE_SLICE: return check_slice(checker, node);
    case NODE_CALL: return template_shape_of_call(checker, node);
    case NODE_FILTER: {
        struct template_shape of = template_shape_any;
        if (node->as.call.callee)
            of = template_check_expression(checker, node->as.call.callee);
        return template_check_filter(checker, node, &of);
    }
    case NODE_TEST: return check_test(checker, node);
    default: return template_shape_any;
    }
}

struct template_shape template_check_expression(
    struct template_checker *checker, struct template_node *node)
{
    struct template_shape shape = template_shape_any;
    if (!node || !template_check_step(checker))
        return shape;
    if (++checker->expression_depth <= TEMPLATE_MOST_TREE_DEPTH)
        shape = check_kind(checker, node);
    checker->expression_depth--;
    return shape;
}
