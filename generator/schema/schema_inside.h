/* schema_inside: what the files of this room share. */
#ifndef SCHEMA_INSIDE_H
#define SCHEMA_INSIDE_H

#include "schema/schema.h"

/* What a list of old addresses takes. */
#define SCHEMA_OLD_ADDRESSES                                                                       \
    "{anyOf: [{$ref: old_address}, {$ref: its_map}, {type: array, items: {anyOf: "                 \
    "[{$ref: nothing}, {$ref: old_address}, {$ref: its_map}]}}]}"

/* The row of the old addresses, for a kind whose record has them at `where`. */
#define SCHEMA_REDIRECT_FROM(where)                                                                \
    {                                                                                              \
        .name = "redirect_from", .kind = FIELD_THINGS, .of = &schema_old_address_type,             \
        .offset = where, .flags = FIELD_ONE_OR_MANY | FIELD_HIDDEN, .typed = "a list of paths",    \
        .accepts = SCHEMA_OLD_ADDRESSES, .help = "addresses that it had before: they lead here",   \
        .example = "[/2016/signal/, /signal.html]"                                                 \
    }

/* The row of links to elsewhere, likewise. */
#define SCHEMA_LINKS(where)                                                                        \
    {                                                                                              \
        .name = "links", .kind = FIELD_THINGS, .of = &schema_link_type, .offset = where,           \
        .flags = FIELD_ONE_OR_MANY, .group = DATA_GROUP_FACTS, .read = schema_read_links,          \
        .typed = "a web address or a map, or a list of them",                                      \
        .accepts = "{anyOf: [{$ref: web_address}, {$ref: its_map}, {type: array, items: {anyOf: "  \
                   "[{$ref: nothing}, {$ref: web_address}, {$ref: its_map}]}}]}",                  \
        .help = "links to elsewhere",                                                              \
        .example = "[{title: Official page, url: \"https://example.org/\"}]"                       \
    }

/* The row of a property that Obsidian gives to any note, and that means nothing here. */
#define SCHEMA_OBSIDIAN(property)                                                                  \
    {                                                                                              \
        .name = property, .kind = FIELD_YES_NO, .read = schema_read_nothing,                       \
        .flags = FIELD_HIDDEN, .typed = "anything", .accepts = "{}",                               \
        .help = "a property of Obsidian's: not looked at", .example = "[wide]"                     \
    }

/* Where the value stands in the file being read. */
struct place schema_place_of(const struct schema_reading *, const struct data_value *);

/* Reports "'rating' must be a number, not a list" and the like. */
void schema_report_type(const struct schema_reading *, const struct data_field *,
    const struct data_value *, const char *must_be);

/* A list, or a map whose only key is no field, where a text may stand: `- Missing Noir: M`,
 * `- [MV] Crush - Beautiful`. Reports it, with the line as it should be; false when it is none. */
bool schema_report_meant_text(
    struct schema_reading *, const struct data_type *, const struct data_value *);

/* The text of a scalar in NFC and in the record's arena; absent when the value is empty or none. */
struct text schema_text(const struct schema_reading *, const struct data_value *);

/* A number as it stands in YAML: "8.5"; false when it is not one. */
bool schema_number(const struct data_value *, double *number);

/* scale.c: the scale where the blog sets none; */
extern const struct schema_scale schema_default_scale;
/* the setting, a pointer to a struct schema_scale; */
void schema_read_scale(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);
/* the letter of that name, in any case and with any minus, NULL for none; */
const struct schema_letter *schema_find_letter(
    const struct schema_scale *, struct arena *, struct text name);
/* the rating on the scale that comes nearest to a number, and whether the number is it. */
double schema_nearest_rating(const struct schema_scale *, double rating);
bool schema_is_on_scale(const struct schema_scale *, double rating);

/* address.c: puts the usual patterns where the blog says nothing, which may be NULL. */
void schema_complete_addresses(struct arena *, const struct schema_addresses **);

/* Reads the value by the row's kind alone, without its own `read`. */
void schema_read_field(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);

/* Whether anything was typed: blanks alone are nothing. */
bool schema_is_empty(const struct data_value *);

/* Links of Obsidian's as the names that they lead to: `[[IU]] - [[Heart]]` is `IU - Heart`. */
struct text schema_without_links(struct arena *, struct text);
/* The same for a text that is one link, and nothing else; other texts are left alone. */
struct text schema_linked(struct text);

/* Readers of fields whose kind alone does not say how to read them. */
void schema_read_rating(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);
void schema_read_track_rating(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);
void schema_read_nothing(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);
/* Whether Obsidian, or nearly everybody's notes, have the property: it is no slip of one of ours. */
bool schema_is_of_vaults(struct text property);
/* An array of struct schema_link. */
void schema_read_links(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);
/* Tags as they stand in texts, `#review #ballad`, as a list of them; others are left alone. */
struct data_value schema_tags(struct schema_reading *, const struct data_value *);
void schema_read_tracks(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);
/* The value as it was typed, scalars as text, for somebody who knows what it means. */
void schema_read_raw(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);
void schema_read_url(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);
/* Warns where nothing of it can stand in an address. */
void schema_read_slug(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);
/* The path of a struct schema_path, and its spot. */
void schema_read_path(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);
/* An array of struct schema_policy. */
void schema_read_csp(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);
/* An array of struct schema_distinct. */
void schema_read_distinct(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);
/* The id or address of a track on the service that the field is named after. */
void schema_read_service(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);

/* The part of a track: struct schema_track_more. */
extern const struct data_part schema_track_part;

/* ---- Services where music is heard ---------------------------------------------------------------------- */

enum schema_service_name {
    SCHEMA_YOUTUBE,
    SCHEMA_SPOTIFY,
    SCHEMA_APPLE,
    SCHEMA_MELON,
    SCHEMA_GENIE,
    SCHEMA_BUGS,
    SCHEMA_FLO,
    SCHEMA_VIBE,
    SCHEMA_SOUNDCLOUD,
    SCHEMA_BANDCAMP,
    SCHEMA_SERVICE_COUNT,
};

/* An id stands between `before` and `after`, and in the address of its player between the other two.
 * Where no address follows from an id, `before` is NULL and writers give the address itself. What an id
 * is, player.c would find out from its address. */
struct schema_service {
    const char *name, *slug;      /* its slug is also the name of its field */
    size_t offset;                /* of what the writer typed in struct schema_track, or */
    const struct data_part *part; /* in this part of it */
    const char *before, *after;
    size_t id_length;                       /* 0: any */
    const char *kind;                       /* of thing that an id stands for */
    const char *frame_before, *frame_after; /* NULL: no player for other sites */
};
extern const struct schema_service schema_services[SCHEMA_SERVICE_COUNT];

/* Letters, digits, '-' and '_': what the ids of all these services are made of. */
bool schema_is_id(struct text);
/* Whose address it is, by its host; -1 for nobody's here. */
int schema_service_of(struct text address);

/* identifier.c: what a recording is known by elsewhere. */
void schema_read_isrc(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);
void schema_read_musicbrainz(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);

#endif
