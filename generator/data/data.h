/*
 * data: values, and the rows that describe the fields of structs.
 *
 * One kind of value serves everything: what YAML says (each value knowing its line and column),
 * what a template computes with, what JSON output shows. A value may also stand for a C struct
 * (a "thing" of a `struct data_type`) or for an array inside one: then nothing is copied, and a
 * field is read through its row, by offset.
 *
 * This room reads YAML and writes JSON. It never opens a file, and it knows no word of blogs.
 *
 *     static const struct data_field drama_fields[] = {
 *         {.name = "title", .kind = FIELD_TEXT, .offset = offsetof(struct drama, title),
 *          .help = "its title"},
 *     };
 *     struct data_value title = data_get(&data_value_of_drama, "title", &run);
 *
 * Threads: values, types and rows are read-only once made; a `struct data_run` belongs to one
 * thread.
 */
#ifndef DATA_DATA_H
#define DATA_DATA_H

#include <math.h>

#include "base/base.h"

struct schema_reading;
struct template_memory;
struct data_field;
struct data_type;
struct data_list;
struct data_map;
struct data_array;

/* ---- Values ----------------------------------------------------------------------------------- */

enum data_kind {
    DATA_UNDEFINED, /* no such variable, field or key */
    DATA_NONE,
    DATA_YES_NO,
    DATA_INTEGER,
    DATA_FLOAT,
    DATA_DATE,
    DATA_TEXT,
    DATA_HTML,   /* text that is safe HTML: never escaped again */
    DATA_LIST,   /* values */
    DATA_MAP,    /* keys to values, in the order they were put */
    DATA_THING,  /* a struct, read through its type */
    DATA_ARRAY,  /* an array inside a struct: texts, or pointers to things */
    DATA_OPAQUE, /* something of a higher room (a macro, a loop): its tag says what */
};

/* A day, or a moment with its offset from UTC, in the proleptic Gregorian calendar. month 0: absent. */
struct data_date {
    int32_t year;
    uint8_t month, day, hour, minute, second; /* from 1, 1, 0, 0, 0 */
    bool has_time : 1, has_offset : 1;        /* has_offset: it was written, if only as Z */
    int16_t offset_minutes;                   /* east of UTC */
};

struct data_value {
    uint8_t kind;  /* enum data_kind */
    bool plain;    /* YAML: text that stood without quotes */
    uint32_t line; /* where it stands in its file, from 1; 0 when it was not read from a file */
    uint32_t column;
    uint32_t points; /* code points to underline */
    union {
        bool yes;
        int64_t integer;
        double number;
        struct data_date date;
        struct text text; /* DATA_TEXT, DATA_HTML */
        struct data_list *list;
        struct data_map *map;
        struct {
            const struct data_type *type;
            const void *at;
        } thing;
        struct {
            const struct data_field *field;
            const struct data_array *array;
        } array;
        struct {
            const void *tag; /* the address of an object of the room that made it */
            void *at;
        } opaque;
    } as;
};

struct data_list {
    struct data_value *items;
    size_t count, capacity;
};

struct data_entry {
    struct data_value key;
    struct data_value value;
};

/* How many marks a map has: one for each text that is a key, which others may share. Most keys that
 * are not there are found missing by that, without a look at the others. */
enum { DATA_MARKS = 256 };

struct data_map {
    struct data_entry *entries;
    size_t count, capacity;
    uint64_t marks[DATA_MARKS / 64];
};

/* Which mark stands for a key. */
static inline uint8_t data_mark_of(struct text key)
{
    if (key.length == 0)
        return 0;
    unsigned char first = (unsigned char)key.at[0], last = (unsigned char)key.at[key.length - 1];
    unsigned char middle = (unsigned char)key.at[key.length / 2];
    uint32_t mixed = first | (uint32_t)middle << 8 | (uint32_t)last << 16;
    return (uint8_t)((mixed ^ (uint32_t)key.length << 24) * UINT32_C(0x9E3779B1) >> 24);
}

/* False: no text with that mark is a key. */
static inline bool data_has_mark(const struct data_map *map, uint8_t mark)
{
    return map->marks[mark / 64] >> (mark % 64) & 1;
}

/* An array inside a struct: `count` structs text, or `count` pointers to things. */
struct data_array {
    const void *items;
    size_t count;
};

/* Makers, inline: a page makes thousands of values. The text is borrowed. */
static inline struct data_value data_undefined(void)
{
    return (struct data_value){.kind = DATA_UNDEFINED};
}

static inline struct data_value data_none(void)
{
    return (struct data_value){.kind = DATA_NONE};
}

static inline struct data_value data_yes_no(bool yes)
{
    return (struct data_value){.kind = DATA_YES_NO, .as.yes = yes};
}

static inline struct data_value data_integer(int64_t integer)
{
    return (struct data_value){.kind = DATA_INTEGER, .as.integer = integer};
}

static inline struct data_value data_float(double number)
{
    return (struct data_value){.kind = DATA_FLOAT, .as.number = number};
}

static inline struct data_value data_date(struct data_date date)
{
    return (struct data_value){.kind = DATA_DATE, .as.date = date};
}

/* The absent text gives none. */
static inline struct data_value data_text(struct text text)
{
    return (struct data_value){.kind = text.at ? DATA_TEXT : DATA_NONE, .as.text = text};
}

static inline struct data_value data_html(struct text text)
{
    return (struct data_value){.kind = text.at ? DATA_HTML : DATA_NONE, .as.text = text};
}

/* NULL gives none. */
static inline struct data_value data_thing(const struct data_type *type, const void *at)
{
    return (struct data_value){.kind = at ? DATA_THING : DATA_NONE, .as.thing = {type, at}};
}

struct data_value data_list_new(struct arena *);
struct data_value data_map_new(struct arena *);
void data_list_add(struct arena *, struct data_list *, struct data_value);
/* Room for the value of a key that is not there yet. */
struct data_value *data_map_add(struct arena *, struct data_map *, struct data_value key);
/* Puts or replaces. */
void data_map_set(
    struct arena *, struct data_map *, struct data_value key, struct data_value value);
/* NULL when the key is not there. Keys are equal as data_equal says. */
const struct data_value *data_map_get(const struct data_map *, struct data_value key);
const struct data_value *data_map_get_text(const struct data_map *, struct text key);
const struct data_value *data_map_find(const struct data_map *, const char *key);

/* A copy of texts, lists and maps in the arena; things stay where they are. */
struct data_value data_copy(struct arena *, const struct data_value *);

/* Deep equality; numbers compare by value (1 and 1.0 are equal), text and safe HTML by bytes,
 * things by address. */
bool data_equal(const struct data_value *, const struct data_value *);
/* A number of what a tree of plain values says, on top of another number: see hash_number. */
uint64_t data_hash(uint64_t so_far, const struct data_value *);
uint64_t data_hash_float(uint64_t so_far, double);
uint64_t data_hash_date(uint64_t so_far, struct data_date);
/* "text", "list", "integer", ... : for messages. */
const char *data_kind_name(enum data_kind);

/* How many items a list, map or array has; how many code points a text has; else 0. */
size_t data_count(const struct data_value *);
/* The item of a list or of an array (a text, or a thing of the field's type). */
struct data_value data_item(const struct data_value *, size_t index);
/* Asks the memory for the things of an array that come some turns behind the index: they lie apart, each with
 * a record of its own elsewhere, and are brought while others are looked at. */
void data_fetch_ahead(const struct data_value *, size_t index);

/* ---- Dates ---------------------------------------------------------------------------------------- */

/* Reads "2022-04-19", "2022-04-19 20:30[:15][Z|+09:00]" or with a T between, as RFC 3339 and YAML
 * write it; false when it is not one or the day does not exist. Without an offset: offset 0. */
bool data_date_read(struct text, struct data_date *);
/* Days since 1970-01-01. */
int64_t data_date_days(struct data_date);
/* Seconds since 1970-01-01 00:00 UTC; a day without a time counts from its midnight, which is in UTC too
 * where nothing has given it an offset. */
int64_t data_date_seconds(struct data_date);
struct data_date data_date_of_seconds(int64_t seconds_utc);
int data_date_compare(struct data_date, struct data_date);
/* 0 for Monday to 6 for Sunday. */
int data_date_weekday(struct data_date);
/* "2022-04-19", or "2022-04-19T20:30:15+09:00". */
struct text data_date_iso(struct arena *, struct data_date);
/* Always a moment, as RFC 3339 and so Atom want: "2022-04-19T00:00:00Z". */
struct text data_date_moment(struct arena *, struct data_date);

/* ---- Fields: the rows that describe a struct --------------------------------------------------------- */

enum data_field_kind { /* in the struct at `offset` stands */
    FIELD_TEXT,        /* struct text; absent when `at` is NULL */
    FIELD_HTML,        /* struct text, safe */
    FIELD_YES_NO,      /* bool */
    FIELD_INTEGER,     /* int64_t; DATA_NO_INTEGER when absent */
    FIELD_FLOAT,       /* double; NAN when absent */
    FIELD_DATE,        /* struct data_date; month 0 when absent */
    FIELD_WORD,        /* int, an index into `words`; -1 when absent */
    FIELD_THING,       /* const void *, a thing of type `of`; NULL when absent */
    FIELD_TEXTS,       /* struct data_array of struct text */
    FIELD_THINGS,      /* struct data_array of pointers to things of type `of` */
    FIELD_VALUE,       /* struct data_value */
    FIELD_COMPUTED,    /* nothing: `compute` makes the value when a template asks */
};

#define DATA_NO_INTEGER INT64_MIN

enum data_field_flag {
    FIELD_REQUIRED = 1,    /* the writer must give it */
    FIELD_HIDDEN = 2,      /* not for templates */
    FIELD_NOT_TYPED = 4,   /* not for writers: Liner fills it in */
    FIELD_ONE_OR_MANY = 8, /* a list that may be written as one item alone */
    FIELD_NEVER_NONE = 16, /* templates may count on it (besides the required ones) */
};

/* What a template's reading of a field depends on: pages note (thing, group) pairs, and a later
 * build renders a page again when one of the groups it noted has another hash. */
enum data_group {
    DATA_GROUP_NAME,  /* titles, names, address: what a link to the thing shows */
    DATA_GROUP_FACTS, /* everything else the writer typed in front matter */
    DATA_GROUP_BODY,  /* the Markdown body and what is made of it */
    DATA_GROUP_LINKS, /* lists of other things: its reviews, tracks, mentions */
    DATA_GROUP_COUNT,
};

struct data_run;

/* Where a struct that was read from a file stands in it; line 0 when it was not read. */
struct data_spot {
    uint32_t line, column, points;
};

/* Members that few structs of a kind have stand apart, so that the others hold no room for them. A struct
 * without any points at `absent`, which all share and nobody writes to. */
struct data_part {
    size_t offset; /* of the pointer to it, in the struct */
    size_t size;
    const void *absent;
};

struct data_field {
    const char *name;
    enum data_field_kind kind;
    size_t offset;                /* in the struct, or */
    const struct data_part *part; /* in this, its type's part; NULL: in the struct itself */
    const struct data_type
        *of;                  /* FIELD_THING, FIELD_THINGS; of FIELD_COMPUTED: type of its things */
    const char *const *words; /* FIELD_WORD: the words allowed, NULL at the end */
    unsigned flags;           /* enum data_field_flag */
    enum data_group group;
    double least, most;  /* numbers: the range, when most > least */
    const char *help;    /* one phrase, for help, reference and editors */
    const char *example; /* as typed in YAML; may be NULL */
    const char *same_as; /* another spelling of that field: `artist` for `artists` */
    /* Reads what the writer typed, where the kind alone does not say how (see schema). */
    void (*read)(struct schema_reading *, const struct data_field *, const struct data_value *,
        void *record);
    /* What `read` takes, where that is not what the kind alone would: in words, for help; and as JSON
     * Schema, written as YAML, for editors. NULL: as the kind says. */
    const char *typed, *accepts;
    /* FIELD_COMPUTED: the value for the struct at `at`, which is of the row's own type (of the base,
     * when the row is the base's); what it returns lives in run->scratch or as long as the thing. `gives` is the kind of value it returns, for checks before rendering. */
    struct data_value (*compute)(const void *at, struct data_run *);
    enum data_field_kind gives;
};

struct data_type {
    const char *name;                /* "review", "artist", ... as messages call it */
    const struct data_field *fields; /* field_count rows */
    size_t field_count;
    size_t size; /* bytes of the struct */
    /* Where the struct has a part: that of those of the rows that stand apart. */
    const struct data_part *part;
    /* A scalar in place of a map fills this field: `drama: Signal`. NULL for none. */
    const char *shorthand;
    /* A view over a record: a field that is not here is looked for in `base`, whose struct the
     * pointer at `base_offset` points to. NULL for none. */
    const struct data_type *base;
    size_t base_offset;
    /* A thing of the site carries its number (uint32_t) here, by which reading it is noted. */
    bool is_numbered;
    size_t number_offset;
    /* A struct that is told where it was read carries a struct data_spot here. */
    bool has_spot;
    size_t spot_offset;
    /* A file that is a list of these, in place of fields of its own. */
    const struct data_type *list_of;
    /* Liner writes it and nobody types it: nothing else stands for a value, and the fields that are
     * not required stand together or not at all. */
    bool is_printed;
    const char *help;
};

/* ---- Reading fields ------------------------------------------------------------------------------------- */

/* Where the member of a row stands, by its part and its offset: to be read; */
static inline const void *data_member(
    const struct data_part *part, size_t offset, const void *record)
{
    const char *at = record;
    if (part)
        memcpy(&at, at + part->offset, sizeof at);
    return at + offset;
}
/* and to be written to: where the part is the one that all share, the record gets one of its own. */
void *data_own_member(const struct data_field *, void *record, struct arena *);
void *data_own_part(const struct data_part *, void *record, struct arena *);

/* What one output read: for each thing a mask of groups. The things are numbered from 0. */
struct data_reads {
    uint8_t *masks;    /* by number */
    uint32_t *touched; /* numbers with a mask, in the order of their first reading */
    uint32_t count, things;
};

void data_reads_init(struct data_reads *, struct arena *, uint32_t things);
void data_reads_clear(struct data_reads *);

/* How many places that ask for a key are told from each other: a power of two. */
enum { DATA_GUESSES = 1024 };

/* One rendering: where values live, what was read, and what the computing fields need. */
struct data_run {
    struct arena *scratch;    /* emptied after each output */
    struct data_reads *reads; /* NULL: nothing is noted */
    void *context;            /* of the room that renders; compute functions know its type */
    struct template_memory
        *memory; /* of the templates, from output to output; NULL: nothing is kept */
    /* Where in its map each place that asks for a key found it last: most maps of a kind are alike,
     * from page to page. Only a guess. */
    uint8_t guesses[DATA_GUESSES];
};

/* Where a name leads in a type: resolve it once, then read as often as you like. All that reading needs of
 * the field and of the type stands here together, small enough for a line of the processor's memory. */
struct data_access {
    const struct data_field *field; /* NULL: there is no such field */
    uint32_t offset;                /* of the field, in the struct or in its base */
    uint32_t base_offset;           /* where the pointer to the base stands */
    uint32_t number_offset;         /* where the thing has its number */
    uint8_t kind;                   /* the field's: enum data_field_kind */
    uint8_t groups;                 /* the field's group, as a bit */
    bool through_base, is_numbered;
    bool is_apart;        /* the field stands in a part, */
    uint32_t part_offset; /* and here the pointer to it */
};

struct data_access data_resolve(const struct data_type *, struct text name);
/* The one way a field of the thing at `at` is read: notes (thing, group of the field) in run->reads. */
void data_read(
    const struct data_access *, const void *at, struct data_run *, struct data_value *into);
/* The same by name: an attribute of a thing, or a key of a map; undefined when there is none. */
struct data_value data_get(const struct data_value *, struct text name, struct data_run *);
/* Notes that something of a thing is read without data_read. */
void data_note(const struct data_run *, uint32_t number, enum data_group);
/* Whether the value of the field may be none. Lists are there always, if only empty; of a field that
 * takes anything nothing is known. */
bool data_may_be_absent(const struct data_field *);
/* Makes the struct one of which nothing is told: no text, no number, no date. */
void data_set_absent(const struct data_type *, void *record);
/* The names a template may use on the type, its base's included: for suggestions and reference. */
size_t data_field_names(const struct data_type *, struct arena *, struct text **names);

/* ---- Packing: a struct, and all that its rows lead to, as bytes ------------------------------------------ */

/* What is to be known of a type for that; of no use to another build of the program. */
struct data_shape;
const struct data_shape *data_shape_of(const struct data_type *, struct arena *);

/* Adds the struct. A member that points elsewhere must have a row; all else is taken as it is. */
void data_pack(struct buffer *, const struct data_shape *, const void *at);
/* Cuts a struct off the bytes. Its texts stay there, and each is followed by a zero byte; lists and things are
 * in the arena. False when the bytes are none that data_pack has made; then it may be filled in part. */
bool data_unpack(struct text *rest, const struct data_shape *, struct arena *, void *into);
/* Cuts off a count, by buffer_add_number, of what takes a byte each at least: none is larger than what is left. */
bool data_unpack_count(struct text *rest, size_t *count);
/* A text likewise; it may be absent. */
void data_pack_text(struct buffer *, struct text);
bool data_unpack_text(struct text *rest, struct text *);

/* ---- YAML ------------------------------------------------------------------------------------------------- */

/* The limits of one document; what goes over one is a problem at its place. */
struct data_limits {
    size_t bytes;   /* of the document */
    unsigned depth; /* of nesting */
    unsigned nodes; /* values in all, those that aliases stand for counted again */
    unsigned anchors;
};
/* 64 KiB, 32 deep, 100,000 values, 100 anchors: real front matter has under 2 KB and no anchor. */
extern const struct data_limits data_limits_front_matter;
/* 16 MiB, 32 deep, 4,000,000 values, 1,000 anchors. */
extern const struct data_limits data_limits_file;

/* Reads one YAML document (JSON is one, too) into a tree in `arena`. Every scalar stays text, with
 * `plain` telling whether it stood without quotes; what it means follows from the field it is for.
 * An empty document is none. `first_line` is the file's line on which the text starts (from 1).
 * Problems go to the report, with places in `file`; false when there was an error.
 * Refused, with the corrected line where there is one: a duplicate key, an alias to nothing, a
 * directive, more than one document, the traps of titles with '#', ': ', quotes and asterisks. */
bool data_read_yaml(struct text yaml, struct text file, uint32_t first_line,
    const struct data_limits *, struct arena *, struct report *, struct data_value *);

/* Notes under the last problem the line as it should be, where a list or a map was meant as a text:
 * `title: [Review] Goblin`. False where that would not be clear. The YAML's own text is asked for, and
 * the line on which it starts. */
bool data_note_as_text(
    struct report *, struct text yaml, uint32_t first_line, const struct data_value *);

/* Gives plain scalars the types of YAML 1.2's core schema (null, true, 12, 1.5), in place. */
void data_resolve_scalars(struct data_value *);

/* JSON as YAML reads it, too: tabs between values, which YAML refuses, become blanks, and the two
 * halves of a point beyond U+FFFF one. Everything stays on its line. */
struct text data_json_as_yaml(struct arena *, struct text json);

/* ---- JSON --------------------------------------------------------------------------------------------------- */

/* Text as YAML that is read as the same text, in a block or a flow: plain, else between double quotes. */
void data_yaml_text(struct buffer *, struct text);
/* A JSON string with its quotes; '<', '>', '&', U+2028 and U+2029 as \uXXXX, so that it is safe
 * inside a script element too. */
void data_json_text(struct buffer *, struct text);
/* Any value; things with all their shown fields, one level deep; dates as ISO text; not a number
 * as null. `indent` is the number of spaces a level, 0 for one line. */
void data_json(struct buffer *, const struct data_value *, unsigned indent, struct data_run *);

#endif
