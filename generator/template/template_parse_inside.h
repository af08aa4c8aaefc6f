/* Tokens, and what statement.c and expression.c share to make nodes of them. */
#ifndef TEMPLATE_TEMPLATE_PARSE_INSIDE_H
#define TEMPLATE_TEMPLATE_PARSE_INSIDE_H

#include "template/template_inside.h"

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

/* lexer.c, statement.c: each reports its own problems and goes on. */
void template_lex(struct template_compiler *, struct template_tokens *);
void template_parse(struct template_compiler *, const struct template_tokens *);

/* ---- The parser ---------------------------------------------------------------------------------------- */

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

#endif
