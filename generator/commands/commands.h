/*
 * commands: what a person types, a row each in one table.
 *
 * The only room that reads the command line, prints help, and decides the exit status. Messages for
 * people go to stderr, data to stdout.
 *
 * To add a command: a row in table.c, a function in a file of its own, a case in tests/cases.
 */
#ifndef COMMANDS_COMMANDS_H
#define COMMANDS_COMMANDS_H

#include "base/base.h"
#include "disk/disk.h"
#include "schema/schema.h"

/* One option of a command, long form only: --jobs N. */
struct commands_option {
    const char *name;
    const char *value; /* what its value is called in help: "N"; NULL when it takes none */
    const char *help;
    const char *words; /* what its value may be, with blanks between; NULL: anything */
};

/* A command line that has been read. Values are absent where an option was not given. */
struct commands_line {
    const struct commands_row *row;
    struct text values[16]; /* by the option's place in the row; present and empty for a flag */
    const char *arguments[8];
    size_t argument_count;
    const char *root; /* --root; NULL: looked for upwards */
    bool quiet;
    bool color;
};

struct commands_row {
    const char *name;
    const char *arguments; /* "[FILE]", as help shows them; "" for none */
    unsigned least, most;  /* how many of them */
    const char *help;      /* one phrase */
    const struct commands_option *options;
    size_t option_count;
    enum base_status (*run)(const struct commands_line *);
    const char *words; /* what its first argument may be; NULL: anything */
};

extern const struct commands_row commands_table[];
extern const size_t commands_count;
/* Options that every command takes. */
extern const struct commands_option commands_common[];
extern const size_t commands_common_count;

/* The value of an option of the command; absent when it was not given. */
struct text commands_value(const struct commands_line *, const char *option);
/* The same of an option that the command may not have at all. */
struct text commands_value_if_known(const struct commands_line *, const char *option);
bool commands_has(const struct commands_line *, const char *option);

/* Runs the program. */
enum base_status commands_run(int count, char **arguments);

#endif
