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
    uint32_t broken_line;  /* the first line that was not read as it was meant; 0: there is none */
    bool has_lost_end;     /* a text was cut at " #": what libyaml says next follows from that */
    size_t seen_line;      /* where data_line looked last: lines are asked for in order mostly */
    struct text seen_rest; /* the text from that line on */
    struct text seen_text; /* that line itself, absent when it has not been asked for */
    size_t seen_column, seen_at; /* how far into it somebody has counted, and the byte there */
    size_t odd_end;              /* the line behind those that were told to start oddly */
};

/* A place by libyaml's counting, which starts at 0. */
struct place data_place(struct data_source *, size_t line, size_t column, size_t points);

/* The raw line (counted from 0), absent behind the end. */
struct text data_line(struct data_source *, size_t line);

/* ---- The line that a writer meant ----------------------------------------------------------------- */

enum data_flaw {
    DATA_FLAW_NONE,
    DATA_FLAW_SIGN, /* "*", "&", "@" and others at the start */
    DATA_FLAW_APOSTROPHE,
    DATA_FLAW_QUOTE,
    DATA_FLAW_OPEN_QUOTE,
    DATA_FLAW_CODE,
    DATA_FLAW_COLON,
    DATA_FLAW_HASH,
    DATA_FLAW_NO_COMMENT,
    DATA_FLAW_TAB,
    DATA_FLAW_BLANK,
    DATA_FLAW_NO_BLANK,
    DATA_FLAW_NO_DASH_BLANK,
    DATA_FLAW_WIDE_COLON,
    DATA_FLAW_BULLET,
    DATA_FLAW_OPEN_LIST,
    DATA_FLAW_OPEN_MAP,
};

/* How to read the line. */
struct data_wanted {
    size_t text_at; /* what stands at this byte is a text, whatever it looks like; or SIZE_MAX */
    unsigned tab_width;   /* a tab's blanks */
    bool is_in_brackets;  /* the line goes on with a list or map that began above */
    bool is_to_be_closed; /* brackets that are open at its end are forgotten ones */
    bool is_list;         /* "-a" is an item */
};

struct data_correction {
    struct buffer line;  /* the whole line as it should be; the caller's to release */
    enum data_flaw flaw; /* the first thing wrong with it, */
    char words[80];      /* what is said of it, */
    size_t from, to;     /* and its bytes in the raw line */
    bool is_item;        /* a list's item without a key: maybe a pasted track */
    bool is_rest;        /* neither key nor "- ": the rest of a text that began above, maybe */
    size_t bracket;      /* where the line's last outer bracket opens */
};
void data_correct(struct text line, const struct data_wanted *, struct data_correction *);

/* ---- Traps ---------------------------------------------------------------------------------------- */

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

/* Notes the line as it should be, where something is wrong with it. */
void data_note_correction(struct data_source *, size_t line, bool is_in_brackets);

/* YAML takes " #" for the start of a comment. Behind a value (an empty one, too) that ends on the line
 * at the column given, "#1" is part of a title more likely: reports that as an error, with the line to
 * write; a "# " is a comment. */
void data_report_lost_end(
    struct data_source *, size_t line, size_t end_column, bool is_in_brackets);

/* A plain text that starts as a list's items or a line's indent would, if YAML knew them: "-a",
 * a bullet, a blank of a word processor. False when it is none of these. */
bool data_report_odd_start(struct data_source *, const struct data_value *);

#endif
