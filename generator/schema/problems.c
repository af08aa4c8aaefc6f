/* What `liner check --format json` prints: nobody types it, but programs that read it ask for its schema. */
#include "schema/schema_inside.h"

static const char *const levels[] = {"error", "warning", NULL};

static const struct data_field problem_fields[] = {
    {.name = "level",
        .kind = FIELD_WORD,
        .words = levels,
        .flags = FIELD_REQUIRED,
        .help = "whether a build fails on it"},
    {.name = "file",
        .kind = FIELD_TEXT,
        .flags = FIELD_REQUIRED,
        .help = "the file, from the blog's root"},
    {.name = "line",
        .kind = FIELD_INTEGER,
        .least = 1,
        .most = INFINITY,
        .help = "the line, from 1; not there where it is about the file as a whole"},
    {.name = "column",
        .kind = FIELD_INTEGER,
        .least = 1,
        .most = INFINITY,
        .help = "the column in code points, from 1"},
    {.name = "last_column",
        .kind = FIELD_INTEGER,
        .least = 1,
        .most = INFINITY,
        .help = "the last column of what is meant"},
    {.name = "message", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .help = "what is wrong"},
    {.name = "notes",
        .kind = FIELD_TEXTS,
        .flags = FIELD_REQUIRED,
        .help = "further lines: what helps, or the line as it should be"},
};

static const struct data_type problem_type = {.name = "problem",
    .fields = problem_fields,
    .field_count = BASE_COUNT(problem_fields),
    .is_printed = true,
    .help = "One problem, at its place."};

static const struct data_field fields[] = {
    {.name = "errors",
        .kind = FIELD_INTEGER,
        .least = 0,
        .most = INFINITY,
        .flags = FIELD_REQUIRED,
        .help = "how many errors there are"},
    {.name = "warnings",
        .kind = FIELD_INTEGER,
        .least = 0,
        .most = INFINITY,
        .flags = FIELD_REQUIRED,
        .help = "how many warnings there are"},
    {.name = "problems",
        .kind = FIELD_THINGS,
        .of = &problem_type,
        .flags = FIELD_REQUIRED,
        .help = "in the order of files, lines and columns"},
};

const struct data_type schema_problems_type = {.name = "problems",
    .fields = fields,
    .field_count = BASE_COUNT(fields),
    .is_printed = true,
    .help = "What 'liner check --format json' prints."};
