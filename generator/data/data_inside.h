/* data_inside: what the files of this room share. */
#ifndef DATA_INSIDE_H
#define DATA_INSIDE_H

#include "data/data.h"

/* A document while it is read: its text by lines, and where problems go. */
struct data_source {
    struct text yaml;
    struct text file;
    uint32_t first_line;
    struct report *report;
    struct arena *arena;
    bool has_lost_end;     /* a text was cut at " #": what libyaml says next follows from that */
    size_t seen_line;      /* where data_line looked last: lines are asked for in order mostly */
    struct text seen_rest; /* the text from that line on */
    struct text seen_text; /* that line itself, absent when it has not been asked for */
    size_t seen_column, seen_at; /* how far into it somebody has counted, and the byte there */
};

/* A place by libyaml's counting, which starts at 0. */
struct place data_place(struct data_source *, size_t line, size_t column, size_t points);

/* The raw line (counted from 0), absent behind the end. */
struct text data_line(struct data_source *, size_t line);

/* Reports what libyaml said of a broken document, in words of ours, with the corrected line where
 * the fault is one of the usual traps. Lines and columns count from 0. */
struct data_fault {
    const char *problem; /* libyaml's words */
    size_t line, column;
    const char *context; /* may be NULL */
    size_t context_line, context_column;
};
void data_report_fault(struct data_source *, const struct data_fault *);

/* Reports the trap that the line (counted from 0) fell into; false when it is none of them. */
bool data_report_trap(struct data_source *, size_t line);

/* YAML takes " #" for the start of a comment. Behind a plain value (an empty one, too) that ends on
 * the line at the column given, "#1" is part of a title more likely: reports that as an error, with the line to
 * write; a "# " is a comment. */
void data_report_lost_end(struct data_source *, size_t line, size_t end_column);

#endif
