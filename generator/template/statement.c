/*
 * Statements: from tokens to nodes. The grammar stands above each function.
 *
 * Every problem is reported at its place and reading goes on at the end of its tag, so that one run
 * finds them all. An error in the head of a block still opens the block: its end tag is not a second
 * error.
 */
#include "template/template_parse_inside.h"

/* A block that waits for its end tag. */
struct template_open {
    const struct template_open *outer;
    const char *tag;
    const struct template_token *token;
    const char *const *ends; /* the tags that end its body; the last one ends the block */
};

/* ---- Tokens -------------------------------------------------------------------------------------- */

const struct template_token *template_peek(const struct template_parser *parser, size_t ahead)
{
    const struct template_token *token = &parser->tokens[parser->at];
    for (; ahead > 0 && token->kind != TOKEN_END; ahead--)
        token++;
    return token;
}

bool template_accept(struct template_parser *parser, enum template_token_kind kind)
{
    if (template_peek(parser, 0)->kind != kind)
        return false;
    parser->at++;
    return true;
}

bool template_at_name(const struct template_parser *parser, const char *name)
{
    const struct template_token *token = template_peek(parser, 0);
    return token->kind == TOKEN_NAME && text_is(token->text, name);
}

bool template_accept_name(struct template_parser *parser, const char *name)
{
    if (!template_at_name(parser, name))
        return false;
    parser->at++;
    return true;
}

struct text template_describe(struct template_parser *parser, const struct template_token *token)
{
    switch (token->kind) {
    case TOKEN_BLOCK_END:
    case TOKEN_VARIABLE_END: return TEXT("the end of the tag");
    case TOKEN_END: return TEXT("the end of the template");
    case TOKEN_STRING: return TEXT("text in quotes");
    default: return arena_format(&parser->compiler->set->arena, "'%.*s'", TEXT_ARGS(token->text));
    }
}

static bool ends_tag(enum template_token_kind kind)
{
    return kind == TOKEN_BLOCK_END || kind == TOKEN_VARIABLE_END || kind == TOKEN_END;
}

void template_lost(struct template_parser *parser, const char *format, ...)
{
    if (parser->is_lost)
        return;
    const struct template_token *token = template_peek(parser, 0);
    va_list arguments;
    va_start(arguments, format);
    char line[400]; /* longer than any message of the parser, names cut at this */
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (token->kind != TOKEN_WRONG)
        template_wrong_at(parser->compiler, token->line, token->column, token->points, "%s", line);
    parser->is_lost = true;
    while (!ends_tag(template_peek(parser, 0)->kind))
        parser->at++;
}

const struct template_token *template_expect(
    struct template_parser *parser, enum template_token_kind kind, const char *wanted)
{
    const struct template_token *token = template_peek(parser, 0);
    if (token->kind == kind && !parser->is_lost) {
        parser->at++;
        return token;
    }
    template_lost(
        parser, "expected %s, found %.*s", wanted, TEXT_ARGS(template_describe(parser, token)));
    return template_peek(parser, 0);
}

/* The end of a tag, and with it of being lost. */
static void expect_end(struct template_parser *parser, enum template_token_kind kind)
{
    if (template_peek(parser, 0)->kind != kind)
        template_lost(parser, "expected the end of the tag, found %.*s",
            TEXT_ARGS(template_describe(parser, template_peek(parser, 0))));
    parser->is_lost = false;
    template_accept(parser, kind);
}

/* Nodes are read again and again, and those of most kinds are small: each has as many bytes as its kind, and
 * the one that folding makes of it, needs, so that more of them are at hand at once. */
static size_t bytes_of(enum template_node_kind kind)
{
    const struct template_node *node = NULL;
    _Static_assert(sizeof node->as.literal <= sizeof node->as.set &&
                       sizeof node->as.compare <= sizeof node->as.set &&
                       sizeof node->as.wrap <= sizeof node->as.set,
        "what has no line of its own fits");
    const size_t head = offsetof(struct template_node, as);
    switch (kind) {
    case NODE_ATTRIBUTE: return head + sizeof node->as.attribute;
    case NODE_NAME: return head + sizeof node->as.name;
    case NODE_TEXT:
    case NODE_OUTPUT: return head + sizeof node->as.text;
    case NODE_IF: return head + sizeof node->as.choose;
    case NODE_CALL:
    case NODE_FILTER:
    case NODE_TEST: return head + sizeof node->as.call;
    case NODE_FOR:
    case NODE_WITH:
    case NODE_BLOCK:
    case NODE_EXTENDS:
    case NODE_INCLUDE:
    case NODE_IMPORT:
    case NODE_FROM: return sizeof *node;
    default: return head + sizeof node->as.set; /* the largest of the others */
    }
}

struct template_node *template_node_new(struct template_parser *parser,
    enum template_node_kind kind, const struct template_token *token)
{
    struct template_node *node = arena_alloc(&parser->compiler->set->arena, bytes_of(kind));
    node->kind = kind;
    node->line = token->line;
    node->column = token->column;
    node->points = token->points;
    return node;
}

void template_nodes_add(
    struct template_parser *parser, struct template_nodes *nodes, struct template_node *node)
{
    struct template_node **room = list_add(
        &nodes->at, &nodes->count, &nodes->capacity, &parser->compiler->set->arena, sizeof *room);
    *room = node;
}

/* ---- Bodies ---------------------------------------------------------------------------------------- */

static void parse_body(struct template_parser *parser, struct template_nodes *body);

/* { statement } up to one of the tags `ends`; returns which, its name taken, its end not. NULL when
 * the block is never closed, which is reported where it was opened. */
static const char *parse_block_body(struct template_parser *parser,
    const struct template_token *tag, const char *const *ends, struct template_nodes *body)
{
    char name[32];
    snprintf(name, sizeof name, "%.*s", TEXT_ARGS(tag->text));
    struct template_open open = {parser->open, name, tag, ends};
    template_accept(parser, TOKEN_COLON);
    expect_end(parser, TOKEN_BLOCK_END);
    parser->open = &open;
    if (parser->nesting++ < TEMPLATE_MOST_NESTING)
        parse_body(parser, body);
    else
        template_lost(parser, "statements nest deeper than %d", TEMPLATE_MOST_NESTING);
    parser->nesting--;
    parser->open = open.outer;
    for (size_t i = 0; ends[i]; i++)
        if (template_accept_name(parser, ends[i]))
            return ends[i];
    const char *last = ends[0];
    for (size_t i = 0; ends[i]; i++)
        last = ends[i];
    template_wrong_at(parser->compiler, tag->line, tag->column, tag->points,
        "'%s' is never closed by '%s'", name, last);
    parser->is_lost = true;
    return NULL;
}

/* The same for a block with one end. */
static void parse_to_end(struct template_parser *parser, const struct template_token *tag,
    const char *end, struct template_nodes *body)
{
    const char *const ends[] = {end, NULL};
    parse_block_body(parser, tag, ends, body);
}

/* ---- Statements --------------------------------------------------------------------------------------- */

/* "for" target "in" tuple [ "if" expression ] [ "recursive" ] body [ "else" body ] "endfor" */
static struct template_node *parse_for(
    struct template_parser *parser, const struct template_token *tag)
{
    static const char *const ends[] = {"else", "endfor", NULL};
    struct template_node *node = template_node_new(parser, NODE_FOR, tag);
    node->as.loop.target = template_parse_target(parser, "in", false);
    if (!template_accept_name(parser, "in"))
        template_lost(parser, "expected 'in', found %.*s",
            TEXT_ARGS(template_describe(parser, template_peek(parser, 0))));
    node->as.loop.over = template_parse_tuple(parser, false, "recursive");
    if (template_accept_name(parser, "if"))
        node->as.loop.test = template_parse_expression(parser);
    node->as.loop.is_recursive = template_accept_name(parser, "recursive");
    size_t mentions = parser->mention_count;
    parser->loops++;
    const char *end = parse_block_body(parser, tag, ends, &node->as.loop.body);
    parser->loops--;
    node->as.loop.has_loop =
        node->as.loop.is_recursive || template_mentions(parser, mentions, "loop");
    if (end == ends[0])
        parse_to_end(parser, tag, "endfor", &node->as.loop.otherwise);
    return node;
}

static struct template_branch *add_branch(
    struct template_parser *parser, struct template_node *node, struct template_node *test)
{
    struct template_branch *branch = list_add(&node->as.choose.branches, &node->as.choose.count,
        &node->as.choose.capacity, &parser->compiler->set->arena, sizeof *branch);
    branch->test = test;
    return branch;
}

/* "if" tuple body { "elif" tuple body } [ "else" body ] "endif" */
static struct template_node *parse_if(
    struct template_parser *parser, const struct template_token *tag)
{
    static const char *const ends[] = {"elif", "else", "endif", NULL};
    struct template_node *node = template_node_new(parser, NODE_IF, tag);
    const char *end;
    do {
        struct template_branch *branch =
            add_branch(parser, node, template_parse_tuple(parser, false, NULL));
        struct template_nodes body = {0};
        end = parse_block_body(parser, tag, ends, &body);
        branch->body = body;
    } while (end == ends[0]);
    if (end == ends[1]) {
        struct template_branch *branch = add_branch(parser, node, NULL);
        parse_to_end(parser, tag, "endif", &branch->body);
    }
    return node;
}

/* "set" target ( "=" tuple | { filter } body "endset" ) */
static struct template_node *parse_set(
    struct template_parser *parser, const struct template_token *tag)
{
    struct template_node *node = template_node_new(parser, NODE_SET, tag);
    node->as.set.target = template_parse_target(parser, NULL, true);
    if (template_accept(parser, TOKEN_ASSIGN)) {
        node->as.set.value = template_parse_tuple(parser, true, NULL);
        return node;
    }
    if (parser->is_lost)
        return node;
    node->kind = NODE_SET_BLOCK;
    node->as.set.value = template_parse_filters(parser, NULL, false);
    parse_to_end(parser, tag, "endset", &node->as.set.body);
    return node;
}

/* "with" [ target "=" expression { "," target "=" expression } ] body "endwith" */
static struct template_node *parse_with(
    struct template_parser *parser, const struct template_token *tag)
{
    struct template_node *node = template_node_new(parser, NODE_WITH, tag);
    while (template_peek(parser, 0)->kind != TOKEN_BLOCK_END && !parser->is_lost) {
        if (node->as.with.targets.count > 0)
            template_expect(parser, TOKEN_COMMA, "','");
        template_nodes_add(parser, &node->as.with.targets, template_parse_target_name(parser));
        template_expect(parser, TOKEN_ASSIGN, "'='");
        template_nodes_add(parser, &node->as.with.values, template_parse_expression(parser));
    }
    parse_to_end(parser, tag, "endwith", &node->as.with.body);
    return node;
}

/* "autoescape" expression body "endautoescape" */
static struct template_node *parse_autoescape(
    struct template_parser *parser, const struct template_token *tag)
{
    struct template_node *node = template_node_new(parser, NODE_AUTOESCAPE, tag);
    node->as.wrap.filter = template_parse_expression(parser);
    parse_to_end(parser, tag, "endautoescape", &node->as.wrap.body);
    return node;
}

/* "filter" name [ arguments ] { "|" ... } body "endfilter" */
static struct template_node *parse_filter_block(
    struct template_parser *parser, const struct template_token *tag)
{
    struct template_node *node = template_node_new(parser, NODE_FILTER_BLOCK, tag);
    node->as.wrap.filter = template_parse_filters(parser, NULL, true);
    parse_to_end(parser, tag, "endfilter", &node->as.wrap.body);
    return node;
}

static bool is_blank(const struct template_nodes *body)
{
    for (size_t i = 0; i < body->count; i++)
        if (body->at[i]->kind != NODE_TEXT ||
            template_strip(body->at[i]->as.text, NULL, true, true).length > 0)
            return false;
    return true;
}

static void add_block(
    struct template_parser *parser, struct template_node *node, const struct template_token *name)
{
    struct template_nodes *blocks = &parser->compiler->file->blocks;
    for (size_t i = 0; i < blocks->count && !parser->is_lost; i++)
        if (blocks->at[i]->as.block.name == node->as.block.name)
            template_wrong_at(parser->compiler, name->line, name->column, name->points,
                "block '%.*s' stands twice in this template, first at line %u",
                TEXT_ARGS(name->text), blocks->at[i]->line);
    template_nodes_add(parser, blocks, node);
}

/* "block" name [ "scoped" ] [ "required" ] body "endblock" [ name ] */
static struct template_node *parse_block(
    struct template_parser *parser, const struct template_token *tag)
{
    struct template_node *node = template_node_new(parser, NODE_BLOCK, tag);
    const struct template_token *name =
        template_expect(parser, TOKEN_NAME, "the name of the block");
    node->as.block.name = template_intern(parser->compiler->set, name->text);
    node->as.block.is_scoped = template_accept_name(parser, "scoped");
    node->as.block.is_required = template_accept_name(parser, "required");
    if (template_peek(parser, 0)->kind == TOKEN_SUB)
        template_lost(parser, "the name of a block may not contain '-': use '_'");
    unsigned loops = parser->loops;
    size_t mentions = parser->mention_count;
    parser->loops = 0;
    node->as.block.is_nested = parser->blocks++ > 0;
    add_block(parser, node, name);
    parse_to_end(parser, tag, "endblock", &node->as.block.unit.body);
    node->as.block.uses_super = template_mentions(parser, mentions, "super");
    parser->blocks--;
    parser->loops = loops;
    if (node->as.block.is_required && !is_blank(&node->as.block.unit.body))
        template_wrong_at(parser->compiler, name->line, name->column, name->points,
            "required block '%.*s' may only hold comments and white space", TEXT_ARGS(name->text));
    const struct template_token *token = template_peek(parser, 0);
    if (token->kind == TOKEN_NAME && !text_equal(token->text, name->text))
        template_lost(parser, "'endblock %.*s' closes block '%.*s'", TEXT_ARGS(token->text),
            TEXT_ARGS(name->text));
    template_accept(parser, TOKEN_NAME);
    return node;
}

/* "extends" expression */
static struct template_node *parse_extends(
    struct template_parser *parser, const struct template_token *tag)
{
    struct template_node *node = template_node_new(parser, NODE_EXTENDS, tag);
    node->as.other.name = template_parse_expression(parser);
    return node;
}

/* Whether "with context" or "without context" follows; reads it. */
static bool accept_context(struct template_parser *parser, bool *has_context)
{
    const struct template_token *next = template_peek(parser, 1);
    bool with = template_at_name(parser, "with"), without = template_at_name(parser, "without");
    if ((!with && !without) || next->kind != TOKEN_NAME || !text_is(next->text, "context"))
        return false;
    *has_context = with;
    parser->at += 2;
    return true;
}

/* "include" expression [ "ignore" "missing" ] [ ( "with" | "without" ) "context" ] */
static struct template_node *parse_include(
    struct template_parser *parser, const struct template_token *tag)
{
    struct template_node *node = template_node_new(parser, NODE_INCLUDE, tag);
    node->as.other.name = template_parse_expression(parser);
    const struct template_token *next = template_peek(parser, 1);
    if (template_at_name(parser, "ignore") && next->kind == TOKEN_NAME &&
        text_is(next->text, "missing")) {
        node->as.other.ignores_missing = true;
        parser->at += 2;
    }
    node->as.other.has_context = true;
    accept_context(parser, &node->as.other.has_context);
    return node;
}

/* "import" expression "as" name [ ( "with" | "without" ) "context" ] */
static struct template_node *parse_import(
    struct template_parser *parser, const struct template_token *tag)
{
    struct template_node *node = template_node_new(parser, NODE_IMPORT, tag);
    node->as.other.name = template_parse_expression(parser);
    if (!template_accept_name(parser, "as"))
        template_lost(parser, "expected 'as', found %.*s",
            TEXT_ARGS(template_describe(parser, template_peek(parser, 0))));
    node->as.other.target = template_parse_target_name(parser);
    accept_context(parser, &node->as.other.has_context);
    return node;
}

/* name [ "as" name ] */
static void parse_pick(struct template_parser *parser, struct template_node *node)
{
    if (text_starts(template_peek(parser, 0)->text, "_"))
        template_lost(parser, "names that start with '_' can't be imported");
    struct template_node *name = template_parse_target_name(parser);
    struct template_pick *pick = list_add(&node->as.other.picks, &node->as.other.pick_count,
        &node->as.other.pick_capacity, &parser->compiler->set->arena, sizeof *pick);
    pick->name = name->as.name.name;
    pick->target = name;
    if (template_accept_name(parser, "as"))
        pick->target = template_parse_target_name(parser);
}

/* "from" expression "import" pick { "," pick } [ "," ] [ ( "with" | "without" ) "context" ] */
static struct template_node *parse_from(
    struct template_parser *parser, const struct template_token *tag)
{
    struct template_node *node = template_node_new(parser, NODE_FROM, tag);
    node->as.other.name = template_parse_expression(parser);
    if (!template_accept_name(parser, "import"))
        template_lost(parser, "expected 'import', found %.*s",
            TEXT_ARGS(template_describe(parser, template_peek(parser, 0))));
    do {
        if (node->as.other.pick_count > 0 && accept_context(parser, &node->as.other.has_context))
            return node;
        parse_pick(parser, node);
        if (accept_context(parser, &node->as.other.has_context))
            return node;
    } while (template_accept(parser, TOKEN_COMMA) && !parser->is_lost);
    return node;
}

/* False, with the problem reported, where the macro has one of the name: a frame has one place for it. */
static bool add_parameter(
    struct template_parser *parser, struct template_macro *macro, const struct template_node *node)
{
    const struct template_name *name = node->as.name.name;
    for (size_t i = 0; i < macro->count; i++)
        if (macro->parameters[i] == name) {
            template_wrong(
                parser->compiler, node, "parameter '%.*s' stands twice", TEXT_ARGS(name->text));
            return false;
        }
    const struct template_name **room = list_add(&macro->parameters, &macro->count,
        &macro->capacity, &parser->compiler->set->arena, sizeof *room);
    *room = name;
    return true;
}

/* "(" [ name [ "=" expression ] { "," name [ "=" expression ] } ] ")" */
static void parse_signature(struct template_parser *parser, struct template_macro *macro)
{
    template_expect(parser, TOKEN_OPEN_PAREN, "'('");
    while (template_peek(parser, 0)->kind != TOKEN_CLOSE_PAREN && !parser->is_lost) {
        if (macro->count > 0)
            template_expect(parser, TOKEN_COMMA, "',' or ')'");
        struct template_node *name = template_parse_target_name(parser);
        bool is_new = add_parameter(parser, macro, name);
        struct template_node *standard =
            template_accept(parser, TOKEN_ASSIGN) ? template_parse_expression(parser) : NULL;
        if (!is_new)
            continue;
        if (standard)
            template_nodes_add(parser, &macro->defaults, standard);
        else if (text_is(name->as.name.name->text, "caller"))
            template_lost(parser, "the parameter 'caller' needs a default");
        else if (macro->defaults.count > 0)
            template_lost(parser, "a parameter without a default follows one with a default");
    }
    template_expect(parser, TOKEN_CLOSE_PAREN, "')'");
}

static struct template_macro *macro_new(struct template_parser *parser)
{
    return arena_alloc(&parser->compiler->set->arena, sizeof(struct template_macro));
}

static void parse_macro_body(struct template_parser *parser, const struct template_token *tag,
    const char *end, struct template_macro *macro)
{
    unsigned loops = parser->loops;
    size_t mentions = parser->mention_count;
    parser->loops = 0;
    parse_to_end(parser, tag, end, &macro->unit.body);
    parser->loops = loops;
    macro->takes_rest = template_mentions(parser, mentions, "varargs");
    macro->takes_named = template_mentions(parser, mentions, "kwargs");
    macro->takes_caller = template_mentions(parser, mentions, "caller");
}

/* "macro" name signature body "endmacro" */
static struct template_node *parse_macro(
    struct template_parser *parser, const struct template_token *tag)
{
    struct template_node *node = template_node_new(parser, NODE_MACRO, tag);
    struct template_macro *macro = macro_new(parser);
    node->as.macro.macro = macro;
    node->as.macro.target = template_parse_target_name(parser);
    macro->name = node->as.macro.target->as.name.name;
    parse_signature(parser, macro);
    parse_macro_body(parser, tag, "endmacro", macro);
    return node;
}

/* "call" [ signature ] expression body "endcall": the expression is a call */
static struct template_node *parse_call_block(
    struct template_parser *parser, const struct template_token *tag)
{
    struct template_node *node = template_node_new(parser, NODE_CALL_BLOCK, tag);
    struct template_macro *macro = macro_new(parser);
    node->as.call_block.macro = macro;
    if (template_peek(parser, 0)->kind == TOKEN_OPEN_PAREN)
        parse_signature(parser, macro);
    const struct template_token *token = template_peek(parser, 0);
    struct template_node *call = template_parse_expression(parser);
    if (call->kind != NODE_CALL && !parser->is_lost)
        template_wrong_at(parser->compiler, token->line, token->column, token->points,
            "'call' needs a call, as in 'call box()'");
    node->as.call_block.call = call;
    parse_macro_body(parser, tag, "endcall", macro);
    return node;
}

/* "do" tuple */
static struct template_node *parse_do(
    struct template_parser *parser, const struct template_token *tag)
{
    struct template_node *node = template_node_new(parser, NODE_DO, tag);
    node->as.of = template_parse_tuple(parser, true, NULL);
    return node;
}

static struct template_node *parse_jump(
    struct template_parser *parser, const struct template_token *tag, enum template_node_kind kind)
{
    if (parser->loops == 0)
        template_wrong_at(parser->compiler, tag->line, tag->column, tag->points,
            "'%.*s' outside a loop", TEXT_ARGS(tag->text));
    return template_node_new(parser, kind, tag);
}

/* "break" */
static struct template_node *parse_break(
    struct template_parser *parser, const struct template_token *tag)
{
    return parse_jump(parser, tag, NODE_BREAK);
}

/* "continue" */
static struct template_node *parse_continue(
    struct template_parser *parser, const struct template_token *tag)
{
    return parse_jump(parser, tag, NODE_CONTINUE);
}

/* "print" expression { "," expression } */
static struct template_node *parse_print(
    struct template_parser *parser, const struct template_token *tag)
{
    struct template_node *concat = template_node_new(parser, NODE_CONCAT, tag);
    do
        template_nodes_add(parser, &concat->as.items, template_parse_expression(parser));
    while (template_accept(parser, TOKEN_COMMA) && !parser->is_lost);
    struct template_node *node = template_node_new(parser, NODE_OUTPUT, tag);
    node->as.of = concat;
    return node;
}

static const struct statement {
    const char *name;
    struct template_node *(*parse)(struct template_parser *, const struct template_token *tag);
} statements[] = {
    {"autoescape", parse_autoescape},
    {"block", parse_block},
    {"break", parse_break},
    {"call", parse_call_block},
    {"continue", parse_continue},
    {"do", parse_do},
    {"extends", parse_extends},
    {"filter", parse_filter_block},
    {"for", parse_for},
    {"from", parse_from},
    {"if", parse_if},
    {"import", parse_import},
    {"include", parse_include},
    {"macro", parse_macro},
    {"print", parse_print},
    {"set", parse_set},
    {"with", parse_with},
};

/* ---- Tags that are none ----------------------------------------------------------------------------------- */

static const char *last_end(const struct template_open *open)
{
    size_t i = 0;
    while (open->ends[i + 1])
        i++;
    return open->ends[i];
}

static bool is_end_of(const struct template_open *open, struct text name)
{
    for (size_t i = 0; open->ends[i]; i++)
        if (text_is(name, open->ends[i]))
            return true;
    return false;
}

/* Whether the tag ends a block further out: then the inner ones are not closed. */
static bool ends_an_outer(const struct template_parser *parser, struct text name)
{
    for (const struct template_open *open = parser->open; open; open = open->outer)
        if (is_end_of(open, name))
            return true;
    return false;
}

static bool is_at_end(const struct template_parser *parser)
{
    const struct template_token *token = template_peek(parser, 0);
    return token->kind == TOKEN_NAME && ends_an_outer(parser, token->text);
}

static void unknown_tag(struct template_parser *parser, const struct template_token *tag)
{
    struct text names[BASE_COUNT(statements) + 2];
    size_t count = 0;
    for (size_t i = 0; i < BASE_COUNT(statements); i++)
        names[count++] = text_of(statements[i].name);
    names[count++] = TEXT("raw");
    if (parser->open)
        names[count++] = text_of(last_end(parser->open));
    if (text_starts(tag->text, "end") || text_is(tag->text, "else") || text_is(tag->text, "elif")) {
        if (parser->open)
            template_lost(parser, "'%.*s' does not fit: '%s' of line %u waits for '%s'",
                TEXT_ARGS(tag->text), parser->open->tag, parser->open->token->line,
                last_end(parser->open));
        else
            template_lost(parser, "'%.*s' closes nothing", TEXT_ARGS(tag->text));
        return;
    }
    template_lost(parser, "unknown tag '%.*s'%.*s", TEXT_ARGS(tag->text),
        TEXT_ARGS(report_guess(&parser->compiler->set->arena, tag->text, names, count)));
}

static void parse_statement(struct template_parser *parser, struct template_nodes *body)
{
    const struct template_token *tag = template_peek(parser, 0);
    if (tag->kind != TOKEN_NAME) {
        template_lost(parser, "expected the name of a tag, found %.*s",
            TEXT_ARGS(template_describe(parser, tag)));
        return;
    }
    for (size_t i = 0; i < BASE_COUNT(statements); i++) {
        if (text_is(tag->text, statements[i].name)) {
            parser->at++;
            template_nodes_add(parser, body, statements[i].parse(parser, tag));
            return;
        }
    }
    unknown_tag(parser, tag);
}

struct text template_roomy_copy(struct template_set *set, struct text text)
{
    char *copy = arena_array(&set->arena, 1, text.length + TEMPLATE_TEXT_STEP);
    memcpy(copy, text.at, text.length);
    return (struct text){copy, text.length};
}

static void add_text(
    struct template_parser *parser, struct template_nodes *body, const struct template_token *token)
{
    struct template_node *node = template_node_new(parser, NODE_TEXT, token);
    node->as.text = template_roomy_copy(parser->compiler->set, token->text);
    template_nodes_add(parser, body, node);
}

/* "{{" tuple "}}" */
static void parse_output(struct template_parser *parser, struct template_nodes *body)
{
    struct template_node *node = template_node_new(parser, NODE_OUTPUT, template_peek(parser, 0));
    node->as.of = template_parse_tuple(parser, true, NULL);
    template_nodes_add(parser, body, node);
    expect_end(parser, TOKEN_VARIABLE_END);
}

/* body = { data | output | "{%" statement "%}" } */
static void parse_body(struct template_parser *parser, struct template_nodes *body)
{
    for (;;) {
        const struct template_token *token = template_peek(parser, 0);
        if (token->kind == TOKEN_END)
            return;
        parser->at++;
        if (token->kind == TOKEN_DATA) {
            add_text(parser, body, token);
        } else if (token->kind == TOKEN_VARIABLE_BEGIN) {
            parse_output(parser, body);
        } else {
            if (is_at_end(parser))
                return;
            parse_statement(parser, body);
            if (parser->is_lost && is_at_end(parser)) {
                parser->is_lost =
                    false; /* an inner block was not closed; this is an outer one's end */
                return;
            }
            expect_end(parser, TOKEN_BLOCK_END);
        }
    }
}

void template_parse(struct template_compiler *compiler, const struct template_tokens *tokens)
{
    struct template_parser parser = {.compiler = compiler, .tokens = tokens->at};
    parse_body(&parser, &compiler->file->root.body);
}
