/*
 * Expressions: from tokens to nodes.
 *
 *     expression = or [ "if" or [ "else" expression ] ] ...
 *     or         = and { "or" and }
 *     and        = not { "and" not }
 *     not        = "not" not | compare
 *     compare    = binary { ("==" | "!=" | "<" | "<=" | ">" | ">=" | ["not"] "in") binary }
 *     binary     = unary { operator unary }          by the rows of `binaries`
 *     unary      = ("-" | "+") unary | primary postfix filters
 *     postfix    = { "." (name | number) | "[" subscript "]" | "(" arguments ")" }
 *     filters    = { "|" name [ "(" arguments ")" ] | "is" ["not"] name [ argument ] | "(" ... ")" }
 *
 * As in Jinja2 a filter binds tighter than any operator but a sign: `-x|abs` is `(-x)|abs`.
 */
#include "template/template_parse_inside.h"

/* ---- Operators in order of how tightly they bind ------------------------------------------------- */

struct binary {
    enum template_token_kind token;
    int level; /* higher binds tighter; all of them group to the left, as in Jinja2 (** too) */
    enum template_operator op;
};

enum { LEVEL_SUM = 1, LEVEL_CONCAT, LEVEL_PRODUCT, LEVEL_POWER };

static const struct binary binaries[] = {
    {TOKEN_ADD, LEVEL_SUM, OPERATOR_ADD},
    {TOKEN_SUB, LEVEL_SUM, OPERATOR_SUB},
    {TOKEN_TILDE, LEVEL_CONCAT, OPERATOR_ADD},
    {TOKEN_MUL, LEVEL_PRODUCT, OPERATOR_MUL},
    {TOKEN_DIV, LEVEL_PRODUCT, OPERATOR_DIV},
    {TOKEN_FLOOR, LEVEL_PRODUCT, OPERATOR_FLOOR},
    {TOKEN_MOD, LEVEL_PRODUCT, OPERATOR_MOD},
    {TOKEN_POW, LEVEL_POWER, OPERATOR_POW},
};

static const struct {
    enum template_token_kind token;
    enum template_operator op;
} comparisons[] = {
    {TOKEN_EQUAL, OPERATOR_EQUAL},
    {TOKEN_UNEQUAL, OPERATOR_UNEQUAL},
    {TOKEN_LESS, OPERATOR_LESS},
    {TOKEN_LESS_EQUAL, OPERATOR_LESS_EQUAL},
    {TOKEN_GREATER, OPERATOR_GREATER},
    {TOKEN_GREATER_EQUAL, OPERATOR_GREATER_EQUAL},
};

static struct template_node *parse_unary(struct template_parser *parser, bool with_filters);

static const struct template_token *take(struct template_parser *parser)
{
    const struct template_token *token = template_peek(parser, 0);
    if (!parser->is_lost)
        parser->at++;
    return token;
}

static bool at(const struct template_parser *parser, enum template_token_kind kind)
{
    return template_peek(parser, 0)->kind == kind;
}

static struct template_node *literal(
    struct template_parser *parser, const struct template_token *token, struct data_value value)
{
    struct template_node *node = template_node_new(parser, NODE_LITERAL, token);
    node->as.literal = value;
    return node;
}

/* Stands where an expression could not be read. */
static struct template_node *nothing(struct template_parser *parser)
{
    return literal(parser, template_peek(parser, 0), data_none());
}

/* ---- Primaries ---------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    enum data_kind kind;
    bool yes;
} constants[] = {
    {"true", DATA_YES_NO, true},
    {"True", DATA_YES_NO, true},
    {"false", DATA_YES_NO, false},
    {"False", DATA_YES_NO, false},
    {"none", DATA_NONE, false},
    {"None", DATA_NONE, false},
};

static struct template_node *parse_name(struct template_parser *parser)
{
    const struct template_token *token = take(parser);
    for (size_t i = 0; i < BASE_COUNT(constants); i++)
        if (text_is(token->text, constants[i].name))
            return literal(parser, token,
                constants[i].kind == DATA_NONE ? data_none() : data_yes_no(constants[i].yes));
    if (text_is(token->text, "self"))
        return template_node_new(parser, NODE_SELF, token);
    struct template_node *node = template_node_new(parser, NODE_NAME, token);
    node->as.name.name = template_intern(parser->compiler->set, token->text);
    const struct template_name **room = list_add(&parser->mentions, &parser->mention_count,
        &parser->mention_capacity, &parser->compiler->set->arena, sizeof *room);
    *room = node->as.name.name;
    return node;
}

bool template_mentions(const struct template_parser *parser, size_t from, const char *name)
{
    for (size_t i = from; i < parser->mention_count; i++)
        if (text_is(parser->mentions[i]->text, name))
            return true;
    return false;
}

/* string { string }: they are joined. */
static struct template_node *parse_string(struct template_parser *parser)
{
    const struct template_token *token = take(parser);
    struct text text = token->text;
    while (at(parser, TOKEN_STRING)) {
        struct text more = take(parser)->text;
        text = arena_format(
            &parser->compiler->set->arena, "%.*s%.*s", TEXT_ARGS(text), TEXT_ARGS(more));
    }
    return literal(parser, token, data_text(text));
}

/* "[" [ expression { "," expression } [ "," ] ] "]" */
static struct template_node *parse_list(struct template_parser *parser)
{
    struct template_node *node = template_node_new(parser, NODE_LIST, take(parser));
    while (!at(parser, TOKEN_CLOSE_BRACKET) && !parser->is_lost) {
        template_nodes_add(parser, &node->as.items, template_parse_expression(parser));
        if (!template_accept(parser, TOKEN_COMMA))
            break;
    }
    template_expect(parser, TOKEN_CLOSE_BRACKET, "',' or ']'");
    return node;
}

/* "{" [ expression ":" expression { "," ... } [ "," ] ] "}" */
static struct template_node *parse_map(struct template_parser *parser)
{
    struct template_node *node = template_node_new(parser, NODE_MAP, take(parser));
    while (!at(parser, TOKEN_CLOSE_BRACE) && !parser->is_lost) {
        template_nodes_add(parser, &node->as.items, template_parse_expression(parser));
        template_expect(parser, TOKEN_COLON, "':' between key and value");
        template_nodes_add(parser, &node->as.items, template_parse_expression(parser));
        if (!template_accept(parser, TOKEN_COMMA))
            break;
    }
    template_expect(parser, TOKEN_CLOSE_BRACE, "',' or '}'");
    return node;
}

/* "(" [ tuple ] ")" */
static struct template_node *parse_parenthesized(struct template_parser *parser)
{
    const struct template_token *open = take(parser);
    struct template_node *node;
    if (at(parser, TOKEN_CLOSE_PAREN))
        node = template_node_new(parser, NODE_TUPLE, open);
    else
        node = template_parse_tuple(parser, true, NULL);
    template_expect(parser, TOKEN_CLOSE_PAREN, "',' or ')'");
    return node;
}

/* primary = name | number | string { string } | "(" tuple ")" | list | map */
static struct template_node *parse_primary(struct template_parser *parser)
{
    const struct template_token *token = template_peek(parser, 0);
    switch (token->kind) {
    case TOKEN_NAME: return parse_name(parser);
    case TOKEN_STRING: return parse_string(parser);
    case TOKEN_INTEGER:
    case TOKEN_FLOAT: take(parser); return literal(parser, token, token->value);
    case TOKEN_OPEN_PAREN: return parse_parenthesized(parser);
    case TOKEN_OPEN_BRACKET: return parse_list(parser);
    case TOKEN_OPEN_BRACE: return parse_map(parser);
    default:
        template_lost(parser, "expected an expression, found %.*s",
            TEXT_ARGS(template_describe(parser, token)));
        return nothing(parser);
    }
}

/* ---- What may follow a primary -------------------------------------------------------------------------- */

/* One bound of a slice: absent before ':', ']' or ','. */
static struct template_node *parse_bound(struct template_parser *parser)
{
    if (at(parser, TOKEN_COLON) || at(parser, TOKEN_CLOSE_BRACKET) || at(parser, TOKEN_COMMA))
        return NULL;
    return template_parse_expression(parser);
}

/* subscript = expression | [ expression ] ":" [ expression ] [ ":" [ expression ] ] */
static struct template_node *parse_subscript(
    struct template_parser *parser, struct template_node *of)
{
    const struct template_token *open = take(parser);
    struct template_node *from = parse_bound(parser), *node;
    if (template_accept(parser, TOKEN_COLON)) {
        node = template_node_new(parser, NODE_SLICE, open);
        node->as.slice.of = of;
        node->as.slice.from = from;
        node->as.slice.to = parse_bound(parser);
        if (template_accept(parser, TOKEN_COLON))
            node->as.slice.step = parse_bound(parser);
    } else {
        if (!from)
            template_lost(parser, "expected an index between the brackets");
        node = template_node_new(parser, NODE_INDEX, open);
        node->as.index.of = of;
        node->as.index.index = from ? from : nothing(parser);
    }
    template_expect(parser, TOKEN_CLOSE_BRACKET, "']'");
    return node;
}

/* "." (name | integer) */
static struct template_node *parse_attribute(
    struct template_parser *parser, struct template_node *of)
{
    take(parser);
    const struct template_token *token = template_peek(parser, 0);
    if (token->kind == TOKEN_INTEGER) {
        struct template_node *node = template_node_new(parser, NODE_INDEX, token);
        node->as.index.of = of;
        node->as.index.index = literal(parser, take(parser), token->value);
        return node;
    }
    struct template_node *node = template_node_new(parser, NODE_ATTRIBUTE, token);
    node->as.attribute.of = of;
    node->as.attribute.guess = parser->compiler->set->attribute_count++ % DATA_GUESSES;
    token = template_expect(parser, TOKEN_NAME, "a name or number after '.'");
    node->as.attribute.name = template_intern(parser->compiler->set, token->text);
    return node;
}

/* One of: "*" expression | "**" expression | name "=" expression | expression */
static void parse_argument(struct template_parser *parser, struct template_arguments *arguments)
{
    const struct template_token *token = template_peek(parser, 0);
    if (template_accept(parser, TOKEN_MUL)) {
        if (arguments->rest || arguments->named_rest)
            template_lost(parser, "only one '*' argument is possible, before '**'");
        arguments->rest = template_parse_expression(parser);
    } else if (template_accept(parser, TOKEN_POW)) {
        if (arguments->named_rest)
            template_lost(parser, "only one '**' argument is possible");
        arguments->named_rest = template_parse_expression(parser);
    } else if (token->kind == TOKEN_NAME && template_peek(parser, 1)->kind == TOKEN_ASSIGN) {
        if (arguments->named_rest)
            template_lost(parser, "no argument may follow '**'");
        parser->at += parser->is_lost ? 0 : 2;
        struct template_node *value = template_parse_expression(parser);
        struct template_keyword *keyword = list_add(&arguments->named, &arguments->named_count,
            &arguments->named_capacity, &parser->compiler->set->arena, sizeof *keyword);
        *keyword = (struct template_keyword){
            template_intern(parser->compiler->set, token->text), value, token->line, token->column};
    } else {
        if (arguments->rest || arguments->named_rest || arguments->named_count > 0)
            template_lost(parser, "an argument without a name follows one with a name");
        template_nodes_add(parser, &arguments->positional, template_parse_expression(parser));
    }
}

/* "(" [ argument { "," argument } [ "," ] ] ")" */
static void parse_arguments(struct template_parser *parser, struct template_arguments *arguments)
{
    take(parser);
    while (!at(parser, TOKEN_CLOSE_PAREN) && !parser->is_lost) {
        parse_argument(parser, arguments);
        if (!template_accept(parser, TOKEN_COMMA))
            break;
    }
    template_expect(parser, TOKEN_CLOSE_PAREN, "',' or ')'");
}

static struct template_node *parse_call(
    struct template_parser *parser, struct template_node *callee)
{
    struct template_node *node = template_node_new(parser, NODE_CALL, template_peek(parser, 0));
    node->line = callee->line;
    node->column = callee->column;
    node->points = callee->points;
    node->as.call.callee = callee;
    parse_arguments(parser, &node->as.call.arguments);
    return node;
}

static struct template_node *parse_postfix(
    struct template_parser *parser, struct template_node *node)
{
    for (;;) {
        if (at(parser, TOKEN_DOT))
            node = parse_attribute(parser, node);
        else if (at(parser, TOKEN_OPEN_BRACKET))
            node = parse_subscript(parser, node);
        else if (at(parser, TOKEN_OPEN_PAREN))
            node = parse_call(parser, node);
        else
            return node;
    }
}

/* name { "." name }, of a filter or test */
static struct template_node *parse_applied(
    struct template_parser *parser, enum template_node_kind kind, struct template_node *of)
{
    const struct template_token *token = template_expect(
        parser, TOKEN_NAME, kind == NODE_FILTER ? "the name of a filter" : "the name of a test");
    struct template_node *node = template_node_new(parser, kind, token);
    node->as.call.callee = of;
    node->as.call.name = token->text;
    while (template_accept(parser, TOKEN_DOT)) {
        token = template_expect(parser, TOKEN_NAME, "a name after '.'");
        node->as.call.name = arena_format(&parser->compiler->set->arena, "%.*s.%.*s",
            TEXT_ARGS(node->as.call.name), TEXT_ARGS(token->text));
    }
    return node;
}

struct template_node *template_parse_filters(
    struct template_parser *parser, struct template_node *of, bool starts_inside)
{
    while (starts_inside || template_accept(parser, TOKEN_PIPE)) {
        of = parse_applied(parser, NODE_FILTER, of);
        if (at(parser, TOKEN_OPEN_PAREN))
            parse_arguments(parser, &of->as.call.arguments);
        starts_inside = false;
    }
    return of;
}

/* Whether the token starts the one argument that a test may have without parentheses. */
static bool starts_argument(const struct template_parser *parser)
{
    switch (template_peek(parser, 0)->kind) {
    case TOKEN_NAME:
        return !template_at_name(parser, "else") && !template_at_name(parser, "or") &&
               !template_at_name(parser, "and");
    case TOKEN_STRING:
    case TOKEN_INTEGER:
    case TOKEN_FLOAT:
    case TOKEN_OPEN_BRACKET:
    case TOKEN_OPEN_BRACE: return true;
    default: return false;
    }
}

/* "is" [ "not" ] name [ "(" arguments ")" | primary postfix ] */
static struct template_node *parse_test(struct template_parser *parser, struct template_node *of)
{
    const struct template_token *is = take(parser);
    bool is_negated = template_accept_name(parser, "not");
    struct template_node *node = parse_applied(parser, NODE_TEST, of);
    if (at(parser, TOKEN_OPEN_PAREN)) {
        parse_arguments(parser, &node->as.call.arguments);
    } else if (template_at_name(parser, "is")) {
        template_lost(parser, "tests with 'is' can't be chained");
    } else if (starts_argument(parser)) {
        struct template_node *argument = parse_postfix(parser, parse_primary(parser));
        template_nodes_add(parser, &node->as.call.arguments.positional, argument);
    }
    if (!is_negated)
        return node;
    struct template_node *negation = template_node_new(parser, NODE_NOT, is);
    negation->as.of = node;
    return negation;
}

static struct template_node *parse_filters_and_tests(
    struct template_parser *parser, struct template_node *node)
{
    for (;;) {
        if (at(parser, TOKEN_PIPE))
            node = template_parse_filters(parser, node, false);
        else if (template_at_name(parser, "is"))
            node = parse_test(parser, node);
        else if (at(parser, TOKEN_OPEN_PAREN))
            node = parse_call(parser, node);
        else
            return node;
    }
}

/* ---- Operators ---------------------------------------------------------------------------------------------- */

static bool nest(struct template_parser *parser)
{
    if (parser->nesting++ < TEMPLATE_MOST_NESTING)
        return true;
    template_lost(parser, "expressions nest deeper than %d", TEMPLATE_MOST_NESTING);
    return false;
}

static struct template_node *parse_sign(struct template_parser *parser)
{
    const struct template_token *token = take(parser);
    struct template_node *node =
        template_node_new(parser, token->kind == TOKEN_SUB ? NODE_NEGATE : NODE_PLUS, token);
    node->as.of = parse_unary(parser, false);
    return node;
}

static struct template_node *parse_unary(struct template_parser *parser, bool with_filters)
{
    struct template_node *node = nothing(parser);
    if (nest(parser)) {
        if (at(parser, TOKEN_SUB) || at(parser, TOKEN_ADD))
            node = parse_sign(parser);
        else
            node = parse_primary(parser);
        node = parse_postfix(parser, node);
        if (with_filters)
            node = parse_filters_and_tests(parser, node);
    }
    parser->nesting--;
    return node;
}

static const struct binary *binary_at(const struct template_parser *parser, int least_level)
{
    enum template_token_kind kind = template_peek(parser, 0)->kind;
    for (size_t i = 0; i < BASE_COUNT(binaries); i++)
        if (binaries[i].token == kind && binaries[i].level >= least_level)
            return &binaries[i];
    return NULL;
}

static struct template_node *parse_binary(struct template_parser *parser, int least_level);

/* left "~" right { "~" right }: one node for all of them. */
static struct template_node *parse_concat(
    struct template_parser *parser, struct template_node *left)
{
    struct template_node *node = template_node_new(parser, NODE_CONCAT, template_peek(parser, 0));
    template_nodes_add(parser, &node->as.items, left);
    while (template_accept(parser, TOKEN_TILDE))
        template_nodes_add(parser, &node->as.items, parse_binary(parser, LEVEL_CONCAT + 1));
    return node;
}

static struct template_node *parse_binary(struct template_parser *parser, int least_level)
{
    struct template_node *left = parse_unary(parser, true);
    const struct binary *binary;
    while ((binary = binary_at(parser, least_level))) {
        if (binary->token == TOKEN_TILDE) {
            left = parse_concat(parser, left);
            continue;
        }
        struct template_node *node = template_node_new(parser, NODE_BINARY, take(parser));
        node->op = binary->op;
        node->as.pair.left = left;
        node->as.pair.right = parse_binary(parser, binary->level + 1);
        left = node;
    }
    return left;
}

static bool accept_comparison(struct template_parser *parser, enum template_operator *op)
{
    enum template_token_kind kind = template_peek(parser, 0)->kind;
    for (size_t i = 0; i < BASE_COUNT(comparisons); i++) {
        if (comparisons[i].token == kind) {
            *op = comparisons[i].op;
            return template_accept(parser, kind);
        }
    }
    *op = OPERATOR_IN;
    if (template_accept_name(parser, "in"))
        return true;
    const struct template_token *next = template_peek(parser, 1);
    if (!template_at_name(parser, "not") || next->kind != TOKEN_NAME || !text_is(next->text, "in"))
        return false;
    *op = OPERATOR_NOT_IN;
    parser->at += 2;
    return true;
}

static void add_comparison(
    struct template_parser *parser, struct template_node *node, enum template_operator op)
{
    struct arena *arena = &parser->compiler->set->arena;
    size_t count = node->as.compare.count++;
    struct template_node **others = arena_array(arena, count + 1, sizeof *others);
    enum template_operator *ops = arena_array(arena, count + 1, sizeof *ops);
    if (count > 0) {
        memcpy(others, node->as.compare.others, count * sizeof *others);
        memcpy(ops, node->as.compare.operators, count * sizeof *ops);
    }
    others[count] = parse_binary(parser, LEVEL_SUM);
    ops[count] = op;
    node->as.compare.others = others;
    node->as.compare.operators = ops;
}

static struct template_node *parse_compare(struct template_parser *parser)
{
    const struct template_token *token = template_peek(parser, 0);
    struct template_node *first = parse_binary(parser, LEVEL_SUM), *node = NULL;
    enum template_operator op;
    while (accept_comparison(parser, &op)) {
        if (!node) {
            node = template_node_new(parser, NODE_COMPARE, token);
            node->as.compare.first = first;
        }
        add_comparison(parser, node, op);
    }
    return node ? node : first;
}

static struct template_node *parse_not(struct template_parser *parser)
{
    const struct template_token *token = template_peek(parser, 0);
    if (!template_at_name(parser, "not"))
        return parse_compare(parser);
    struct template_node *node = template_node_new(parser, NODE_NOT, token);
    take(parser);
    if (nest(parser))
        node->as.of = parse_not(parser);
    else
        node->as.of = nothing(parser);
    parser->nesting--;
    return node;
}

/* One level of `and` or `or`: next { word next } */
static struct template_node *parse_logic(struct template_parser *parser, const char *word,
    enum template_node_kind kind, struct template_node *(*next)(struct template_parser *))
{
    struct template_node *left = next(parser);
    while (template_at_name(parser, word)) {
        struct template_node *node = template_node_new(parser, kind, take(parser));
        node->as.pair.left = left;
        node->as.pair.right = next(parser);
        left = node;
    }
    return left;
}

static struct template_node *parse_and(struct template_parser *parser)
{
    return parse_logic(parser, "and", NODE_AND, parse_not);
}

struct template_node *template_parse_or(struct template_parser *parser)
{
    return parse_logic(parser, "or", NODE_OR, parse_and);
}

/* What follows `else`: the one place where an expression holds another without a unary between. */
static struct template_node *parse_else(struct template_parser *parser)
{
    struct template_node *node = nothing(parser);
    if (nest(parser))
        node = template_parse_expression(parser);
    parser->nesting--;
    return node;
}

struct template_node *template_parse_expression(struct template_parser *parser)
{
    struct template_node *node = template_parse_or(parser);
    while (template_at_name(parser, "if")) {
        struct template_node *choice = template_node_new(parser, NODE_CHOICE, take(parser));
        choice->as.choice.yes = node;
        choice->as.choice.test = template_parse_or(parser);
        if (template_accept_name(parser, "else"))
            choice->as.choice.no = parse_else(parser);
        node = choice;
    }
    return node;
}

static bool ends_tuple(const struct template_parser *parser, const char *end)
{
    enum template_token_kind kind = template_peek(parser, 0)->kind;
    return kind == TOKEN_VARIABLE_END || kind == TOKEN_BLOCK_END || kind == TOKEN_CLOSE_PAREN ||
           (end && template_at_name(parser, end));
}

/* tuple = expression [ "," [ expression ] ] ... */
struct template_node *template_parse_tuple(
    struct template_parser *parser, bool with_choice, const char *end)
{
    struct template_node *(*parse)(struct template_parser *) =
        with_choice ? template_parse_expression : template_parse_or;
    const struct template_token *token = template_peek(parser, 0);
    struct template_node *first = parse(parser);
    if (!at(parser, TOKEN_COMMA))
        return first;
    struct template_node *tuple = template_node_new(parser, NODE_TUPLE, token);
    template_nodes_add(parser, &tuple->as.items, first);
    while (template_accept(parser, TOKEN_COMMA) && !ends_tuple(parser, end))
        template_nodes_add(parser, &tuple->as.items, parse(parser));
    return tuple;
}

/* ---- What may be assigned to ----------------------------------------------------------------------------------- */

struct template_node *template_parse_target_name(struct template_parser *parser)
{
    const struct template_token *token = template_expect(parser, TOKEN_NAME, "a name");
    struct template_node *node = template_node_new(parser, NODE_NAME, token);
    node->as.name.name = template_intern(parser->compiler->set, token->text);
    for (size_t i = 0; i < BASE_COUNT(constants) && !parser->is_lost; i++)
        if (text_is(token->text, constants[i].name)) {
            parser->at--;
            template_lost(parser, "can't assign to '%.*s'", TEXT_ARGS(token->text));
        }
    return node;
}

/* one = name [ "." name ] | "(" target ")" */
static struct template_node *parse_one_target(struct template_parser *parser, bool with_namespace)
{
    if (template_accept(parser, TOKEN_OPEN_PAREN)) {
        struct template_node *inside = template_parse_target(parser, NULL, with_namespace);
        template_expect(parser, TOKEN_CLOSE_PAREN, "')'");
        return inside;
    }
    if (!at(parser, TOKEN_NAME)) {
        template_lost(parser, "can't assign to %.*s",
            TEXT_ARGS(template_describe(parser, template_peek(parser, 0))));
        return template_node_new(parser, NODE_TUPLE, template_peek(parser, 0));
    }
    struct template_node *node = template_parse_target_name(parser);
    if (with_namespace && template_accept(parser, TOKEN_DOT)) {
        const struct template_token *member =
            template_expect(parser, TOKEN_NAME, "a name after '.'");
        node->as.name.member = template_intern(parser->compiler->set, member->text);
    }
    return node;
}

/* target = one { "," one } [ "," ] */
struct template_node *template_parse_target(
    struct template_parser *parser, const char *end, bool with_namespace)
{
    const struct template_token *token = template_peek(parser, 0);
    struct template_node *first = parse_one_target(parser, with_namespace);
    if (!at(parser, TOKEN_COMMA))
        return first;
    struct template_node *tuple = template_node_new(parser, NODE_TUPLE, token);
    template_nodes_add(parser, &tuple->as.items, first);
    while (template_accept(parser, TOKEN_COMMA) && !ends_tuple(parser, end))
        template_nodes_add(parser, &tuple->as.items, parse_one_target(parser, with_namespace));
    return tuple;
}
