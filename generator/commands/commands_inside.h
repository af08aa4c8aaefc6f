/* commands_inside: what the files of this room share. */
#ifndef COMMANDS_INSIDE_H
#define COMMANDS_INSIDE_H

#include "catalog/catalog.h"
#include "commands/commands.h"
#include "theme/theme.h"

/* ---- The commands, each in a file of its name --------------------------------------------------------- */

enum base_status commands_build(const struct commands_line *);
enum base_status commands_check(const struct commands_line *);
enum base_status commands_init(const struct commands_line *);
enum base_status commands_list(const struct commands_line *);
enum base_status commands_markdown(const struct commands_line *);
enum base_status commands_new(const struct commands_line *);
enum base_status commands_render(const struct commands_line *);
enum base_status commands_schema(const struct commands_line *);
enum base_status commands_stats(const struct commands_line *);
enum base_status commands_theme(const struct commands_line *);
enum base_status commands_completion(const struct commands_line *);
enum base_status commands_help(const struct commands_line *);
enum base_status commands_version(const struct commands_line *);

/* Prints the help of one command, and the fields of the kind of file that has its name, if any. */
void commands_print_help(FILE *, const struct commands_row *);
/* fields.c: the fields of a kind of file; false when there is no such kind. And the kinds there are. */
bool commands_print_fields(FILE *, const char *kind);
bool commands_is_kind(const char *kind);
void commands_print_kinds(FILE *);
void commands_print_type_list(FILE *); /* a line for each, with what it is */
/* Those that a writer types, the required ones first: NULL at some of the places from 0 to twice the count of
 * fields. */
const struct data_field *commands_typed_field(const struct data_type *, size_t place);
/* What may stand in the field: "a whole number, 1 to 99". */
struct text commands_field_kind(struct arena *, const struct data_field *);
/* Types to tell of, each once, in the order in which they were met. NULL adds none. */
struct commands_types {
    struct arena *arena;
    const struct data_type **at;
    size_t count, capacity;
};
void commands_types_add(struct commands_types *, const struct data_type *);
/* reference.c: what templates may say, as Markdown. */
void commands_print_reference(FILE *);
/* Text for a cell of a Markdown table. */
void commands_print_cell(FILE *, const char *text);
/* manual.c: the page for man(1). */
void commands_print_manual(FILE *);
/* content_reference.c: what a writer may type, as Markdown. */
void commands_print_content_reference(FILE *);
/* "liner: ..." with how to get help; returns BASE_USAGE. */
enum base_status commands_usage(const struct commands_row *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- starter.c: files for writers to go on with ---------------------------------------------------------- */

/* One of the files in commands/starter/ after the other; NULL behind the last. */
const struct base_embedded *commands_starter_at(size_t index);
/* By its path there; absent for none. */
struct text commands_starter(struct text path);
/* The text with each "@name@" filled. A line that is nothing else is left out where its value is empty. */
struct commands_filling {
    const char *name;
    struct text value;
};
struct text commands_fill(
    struct arena *, struct text source, const struct commands_filling *, size_t count);
/* Text as a value in YAML. */
struct text commands_yaml(struct arena *, struct text);
/* editor.c: the writer's own editor; NULL where none is named. Opens a file in it, and waits for it. BASE_DONE or
 * BASE_REFUSED, with the reason printed. */
const char *commands_editor(void);
enum base_status commands_edit(const char *path);

/* ---- progress.c: how far a command is, on a terminal ---------------------------------------------------- */

struct commands_progress {
    double start, painted; /* in seconds, of CLOCK_MONOTONIC */
    const char *what;      /* "Reading" */
    bool is_wanted, is_shown;
};

void commands_progress_start(struct commands_progress *, bool is_wanted);
/* For a loop. Nothing is shown in the first half second. */
struct progress commands_progress_of(struct commands_progress *, const char *what);
/* Wipes the bar. Whatever is printed next has the line for itself. */
void commands_progress_clear(struct commands_progress *);

/* ---- timings.c: where a command's time went --------------------------------------------------------------- */

/* Starts zeroed. In seconds: by the clock, and of all processors together. */
struct commands_timings {
    struct commands_phase {
        const char *what; /* "reading" */
        double wall, processors;
    } phases[16];
    size_t count;
    double wall, processors; /* when the phase began that is not over */
};

void commands_timings_start(struct commands_timings *);
/* The phase is over that began with the start or with the end of the one before. Static text. */
void commands_timings_end(struct commands_timings *, const char *what);
/* A line for each phase, and one for all. */
void commands_timings_print(FILE *, const struct commands_timings *);

/* ---- blog.c: the blog that a command works on ---------------------------------------------------------- */

struct commands_blog {
    struct arena arena;
    struct report report;
    struct disk_folder folder;
    struct disk disk;
    struct schema_settings settings;
    uint64_t settings_hash; /* of liner.yaml's bytes */
    uint64_t
        program; /* hash of the program and its libraries, when it began: others may come later */
    bool is_program_known; /* else it can't be told from others */
    struct unicode_language *language;
    const char *root;
    bool measures_pictures;       /* the pages are made, and ask how large pictures are; */
    struct text known_pictures;   /* what was known of that before, may be absent */
    struct catalog_listed listed; /* content/, where it was looked through already */
    int64_t opened_ns;     /* when it was opened, since 1970: before any of its files was read */
    struct text base_path; /* of the site's addresses: "/" or "/blog/" */
    struct data_date today;
    struct catalog *catalog;
    struct theme *theme;
    /* Where the settings say it, for messages; the file as a whole where they do not. */
    struct place language_at, theme_at, output_at;
    enum base_status status; /* by the problems, once they are told */
    bool is_told;
    unsigned jobs;
    bool quiet, color;
    struct commands_progress progress;
    struct steps steps; /* who wants to know when one has ended */
};

/* inputs.c: a hash of all that a site is made from, but the day. False where it can't be sure that the same
 * hash later means the same inputs. What it lists of the content is for commands_blog_read. */
bool commands_inputs(struct commands_blog *, const struct commands_line *, uint64_t *hash);
/* A hash of the program and of the libraries that it has now; false where they can't be told from others. */
bool commands_hash_program(uint64_t *hash);
/* Where Liner remembers, below the blog's root. */
static const char commands_memory[] = ".liner";

struct output_request;
struct output_result;
struct render;
/* explain.c: why files were written and removed, a line for each. */
void commands_explain(
    FILE *, struct render *, const struct output_request *, const struct output_result *);

/* The nearest folder upwards with a liner.yaml; NULL when there is none. */
const char *commands_find_root(struct arena *);
/* Finds the blog and reads its settings. BASE_DONE: the command may go on, if only to find more
 * problems; mistakes stand in the report. Else it can't: BASE_USAGE has been printed, BASE_REFUSED
 * stands in the report. commands_blog_close in any case. */
enum base_status commands_blog_open(struct commands_blog *, const struct commands_line *);
/* A path as it was typed, seen from where the program was started, as the blog's disk wants it:
 * relative to the blog's root when it lies below, else absolute. */
const char *commands_path(struct commands_blog *, struct text typed);
/* The day, as --date and SOURCE_DATE_EPOCH say, else today. BASE_DONE or BASE_USAGE. */
enum base_status commands_blog_find_day(struct commands_blog *, const struct commands_line *);
/* Reads the content, as that day and the options --drafts and --future say. BASE_DONE or BASE_USAGE. */
enum base_status commands_blog_read(struct commands_blog *, const struct commands_line *);
/* Opens the theme; false, with the problem reported, when there is none to go on with. */
bool commands_blog_open_theme(struct commands_blog *);
/* Whether a site may be built into the folder (as commands_path gives it): not where the blog is, above
 * it, or where it has its sources. */
bool commands_is_free(struct commands_blog *, const char *folder);
/* Prints the problems, once. Returns the exit status. */
enum base_status commands_blog_tell(struct commands_blog *);
/* Prints the problems, and gives everything back. Returns the exit status. */
enum base_status commands_blog_close(struct commands_blog *);

/* Prints a report with the lines of the files it speaks of. */
void commands_print_report(struct report *, const struct disk *, const struct theme *, bool color);
/* problems.c: a sorted report for programs. `folder` is the blog's, with a '/' at its end; or empty. */
void commands_print_problems_json(FILE *, struct arena *, const struct report *);
void commands_print_problems_github(FILE *, struct text folder, const struct report *);
/* A number of jobs: --jobs, else as many as there are processors. 0 when the value is wrong. */
unsigned commands_jobs(const struct commands_line *);

#endif
