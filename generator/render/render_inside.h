/* render_inside: what the files of this room share. */
#ifndef RENDER_INSIDE_H
#define RENDER_INSIDE_H

#include "render/render.h"
#include "template/template.h"

/* Everything that one worker uses for one output after another. */
struct render_worker {
    struct arena scratch;
    struct arena noting; /* of `reads` */
    struct data_reads reads;
    struct data_run run; /* its context is `catalog` below */
    struct catalog_run catalog;
    const struct render *render;
    const struct plan_output *output; /* the page being made */
    const struct data_value *globals; /* of it, for the cards in its text */
    struct data_value headings; /* of its text, once a section asked for them; else undefined */
    struct buffer making;       /* the text that a function makes just now; its room stays */
};

enum { RENDER_GLOBALS = 10 }; /* variables that every template is given */

/* What all outputs are made from, besides the things that each shows. */
enum render_cause {
    RENDER_PROGRAM,
    RENDER_SETTINGS,
    RENDER_THEME, /* its settings */
    RENDER_WORDS,
    RENDER_ASSETS, /* their names */
    RENDER_CAUSES,
};

/* As numbers: see causes.c. */
struct render_causes {
    uint64_t site[RENDER_CAUSES];
    uint64_t templates[PLAN_PAGE_KIND_COUNT]; /* all that a kind of page is made with */
    struct render_source {
        uint64_t file, hash;
    } * sources; /* each template */
    size_t source_count;
};

/* What this build and the last one know of each other: see recall.c. A thing has an id, which it keeps
 * from build to build. */
struct render_memory {
    struct render_causes now, then;
    bool is_known;               /* what the last build kept could be read: there is a `then` */
    bool is_site_same;           /* and all causes of the site are what they were */
    uint64_t shape;              /* of the catalog now */
    uint64_t texts;              /* of all texts now */
    struct catalog_hash *things; /* by id, as they are now; key 0: no thing has this id */
    size_t count, then_count;
    uint8_t *changed;  /* by id: which groups, as bits, show something else than then */
    uint32_t *ids;     /* by number */
    uint32_t *numbers; /* by id; UINT32_MAX: it is gone */
};

struct render {
    struct arena arena;
    struct data_type site_type; /* that of the catalog, and the settings of the theme */
    struct template_global globals[RENDER_GLOBALS];
    const struct plan *plan;
    struct text origin; /* "https://example.org": the site's address without its path */
    struct template_set *templates;
    struct render_worker *workers;
    unsigned jobs;
    struct render_request request;
    struct render_memory memory;
};

/* Notes all that a thing's fields show, for what is made without a template. */
void render_note_thing(const struct render_worker *, const struct catalog_thing *);

/* pages.c */
bool render_compile(struct render *, bool with_all_templates, struct report *);
bool render_page(struct render_worker *, const struct plan_output *, struct buffer *bytes);
/* The card of a track that stands in a text; its context is the worker. */
void render_track_card(void *worker, const struct catalog_track *, struct buffer *out);

/* causes.c */
void render_find_causes(struct render *, struct render_causes *);
void render_keep_causes(const struct render_causes *, struct buffer *);
/* Cuts them off the front of what was kept; false when it is not as it was kept. */
bool render_read_causes(struct render_causes *, struct arena *, struct text *kept);
/* Words for what of the site has changed, or of the templates of the kind of page; false when nothing has. */
bool render_explain_causes(struct render *, const struct plan_output *, struct buffer *words);

/* reads.c: the read set of an output, as bytes. */
struct render_read {
    uint32_t id;
    unsigned groups; /* as bits */
};
/* Of what the output shows besides things. */
uint64_t render_own_hash(const struct render *, const struct plan_output *);
/* Cuts the next read off; false behind the last, with `is_good` false where it is not as it was kept. */
bool render_next_read(struct text *rest, struct render_read *, uint32_t *last_id, bool *is_good);
/* Whether something that was read shows something else now, or they are not as they were kept. */
bool render_reads_changed(const struct render_memory *, struct text reads);

/* functions.c: what templates may call besides Jinja's own. Their context is the worker. */
extern const struct template_function render_functions[];
extern const size_t render_function_count;

enum { RENDER_DATE_STYLES = 3 };
struct render_date_style {
    const char *name;
    enum unicode_date_style style;
};
extern const struct render_date_style render_date_styles[RENDER_DATE_STYLES];

/* preview.c: what they say of their calls before rendering; " (did you mean ...?)" for names. */
void render_preview_asset(struct template_preview *);
void render_preview_words(struct template_preview *);
void render_preview_date(struct template_preview *);
/* histogram.c: how often each rating was given. */
struct data_value render_histogram(struct template_call *);
/* functions.c: the site that the page is of; */
const struct catalog_site *render_site_of(const struct template_call *);
/* and 8.5 and 8, not 8.0: two digits behind the point at most, and none that say nothing. */
struct text render_short_number(struct arena *, double number);
struct text render_guess_asset(const struct theme *, struct arena *, struct text name);
struct text render_guess_string(const struct theme *, struct arena *, struct text key);

/* feed.c, sitemap.c, headers.c, redirect.c */
void render_redirect(struct render_worker *, const struct plan_output *, struct buffer *bytes);
void render_redirects(struct render_worker *, struct buffer *bytes);
enum { RENDER_FEED_ENTRIES = 20 }; /* the newest */
/* What a feed is of. */
struct render_feed_source {
    const struct catalog_thing *thing; /* the site, or what has a feed of its own */
    struct text title, description;    /* description: may be absent */
    const struct catalog_writing *newest[RENDER_FEED_ENTRIES]; /* newest first */
    size_t count;
};
/* Of an output; notes what it is made of. */
struct render_feed_source render_feed_source(struct render_worker *, const struct plan_output *);
void render_feed(struct render_worker *, const struct plan_output *, struct buffer *bytes);
/* Texts are from here on as feeds have them: addresses in full, and nothing that folds or plays. */
void render_feed_open(struct render_worker *);
/* Notes what the entry of a writing shows, its text aside. */
void render_feed_note(const struct render_worker *, const struct catalog_writing *);
/* When a writing was changed last. */
struct data_date render_feed_changed(const struct catalog_writing *);
void render_feed_json(
    struct render_worker *, const struct plan_output *, struct buffer *bytes); /* feed_json.c */
/* playlist.c: the tracks of a writing or a drama, for programs that play. */
struct render_playlist_track {
    struct data_value services; /* of schema_heard_type: where it is heard */
    struct text isrc, recording, title, creator, album, url; /* recording: its id at MusicBrainz */
    int64_t seconds;                                         /* -1: not told */
};
struct render_playlist {
    struct text title, creator, page_url, url, date;
    const struct render_playlist_track *tracks;
    size_t count;
};
/* Of an output; notes what it is made of. */
struct render_playlist render_playlist(struct render_worker *, const struct plan_output *);
void render_playlist_xspf(struct render_worker *, const struct plan_output *, struct buffer *bytes);
void render_playlist_jspf(struct render_worker *, const struct plan_output *, struct buffer *bytes);
void render_sitemap(struct render_worker *, size_t part, struct buffer *bytes);
void render_sitemap_index(struct render_worker *, struct buffer *bytes);
void render_robots(struct render_worker *, struct buffer *bytes);
void render_headers(struct render_worker *, struct buffer *bytes);

/* json.c: an object that is being made, in the worker's scratch. */
struct render_object {
    struct render_worker *worker;
    struct data_value map;
};
struct render_object render_object_new(struct render_worker *);
void render_object_set(struct render_object *, const char *name, struct data_value);
/* Nothing for an absent text. */
void render_object_text(struct render_object *, const char *name, struct text);
/* An address of this site, in full. */
void render_object_address(struct render_object *, const char *name, struct text url);

/* xml.c: text into XML, as text or inside an attribute; what XML 1.0 can't hold is left out. */
void render_xml(struct buffer *, struct text);
/* An address from the host's root as a full one, percent-encoded as a URI wants it. */
void render_full_address(const struct render *, struct buffer *, struct text url);
/* The same inside an attribute or element. */
void render_xml_address(const struct render *, struct buffer *, struct text url);
/* An address elsewhere as a URI; and the same inside an attribute or element. */
void render_uri(struct buffer *, struct text url);
void render_xml_uri(struct buffer *, struct text url);

#endif
