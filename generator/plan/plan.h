/*
 * plan: decides every file that the site will have.
 *
 * From the frozen catalog and the theme comes a list of outputs: address, kind, template, and what
 * each shows. Nothing is rendered and no disk is touched here, so the whole site is known, and two
 * outputs that claim one address are found, before the first byte is written.
 *
 *     struct plan *plan = plan_make(catalog, theme, report);
 *     plan->outputs[i].path      "reviews/goblin/index.html"
 *
 * Threads: make it on one; then any number may read.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "base/base.h"
#include "catalog/catalog.h"
#include "data/data.h"
#include "search/search.h"
#include "theme/theme.h"

enum plan_kind {
    PLAN_PAGE, /* a template */
    PLAN_FEED, /* Atom */
    PLAN_FEED_JSON,
    PLAN_PLAYLIST,      /* of the tracks of a writing or a drama, as XSPF */
    PLAN_PLAYLIST_JSON, /* the same as JSPF */
    PLAN_SITEMAP,
    PLAN_SITEMAP_INDEX, /* of several sitemaps */
    PLAN_ROBOTS,
    PLAN_HEADERS,   /* what hosts that read _headers send */
    PLAN_EMPTY,     /* .nojekyll */
    PLAN_REDIRECT,  /* a page at an old address, that leads on */
    PLAN_REDIRECTS, /* all of them, for hosts that read _redirects */
    PLAN_COPY,      /* a file of content/ */
    PLAN_THEME_ASSET,
    PLAN_SEARCH_PIECE, /* of what the search page searches */
};

/* What a template sees as `page`. */
struct plan_page {
    int kind;                /* an index into plan_page_rows */
    struct text title;       /* absent on the first page of the home page */
    struct text description; /* may be absent */
    struct text url;         /* from the host's root */
    int64_t number, count;   /* of the pages of home, or of the index of tracks; 1 of 1 elsewhere */
    struct text newer_url, older_url; /* absent at the ends */
    struct data_array reviews;        /* of catalog_writing: those on this page of the home page */
    struct data_array bands;          /* of plan_band: on this page of the index of tracks */
    struct data_array letters;        /* of plan_letter: all of that index */
    struct text search;               /* how the index is parted; absent on other pages */
    const struct catalog_year *year;  /* of the page of a year; else NULL */
    bool is_listed;                   /* stands in the sitemap */
};

/* The index of tracks has that many on a page: some 150 KB, where ten thousand reviews have 75,000 tracks. */
enum { PLAN_TRACKS_ON_PAGE = 400 };

/* Tracks under a letter, as far as they stand on one page. */
struct plan_band {
    struct text label;
    int64_t number; /* of the letter, from 1 */
    int64_t total;  /* of its tracks, on all pages */
    struct data_array tracks;
};
/* A letter, and where its first track stands. */
struct plan_letter {
    struct text label, url;
};

enum plan_page_kind {
    PLAN_HOME,
    PLAN_REVIEWS,
    PLAN_REVIEW,
    PLAN_RECAP,
    PLAN_ESSAY,
    PLAN_GUIDE,
    PLAN_DRAMAS,
    PLAN_DRAMA,
    PLAN_ARTISTS,
    PLAN_ARTIST,
    PLAN_TRACKS,
    PLAN_TRACK,
    PLAN_TAGS,
    PLAN_TAG,
    PLAN_AUTHORS,
    PLAN_AUTHOR,
    PLAN_MOODS,
    PLAN_MOOD,
    PLAN_INSTRUMENTS,
    PLAN_INSTRUMENT,
    PLAN_SERIES,
    PLAN_CHARTS,
    PLAN_YEAR,
    PLAN_DOCUMENT,
    PLAN_SEARCH,
    PLAN_MISSING,
    PLAN_PAGE_KIND_COUNT,
};

/* A row for each kind of page. */
struct plan_page_row {
    const char *name;     /* as `page.kind` says it */
    const char *template; /* the theme's file */
};
extern const struct plan_page_row plan_page_rows[PLAN_PAGE_KIND_COUNT];
extern const struct data_type plan_page_type, plan_band_type, plan_letter_type;

/* A sitemap takes no more addresses (sitemaps.org, protocol 0.9): a larger site has several. */
enum { PLAN_SITEMAP_ADDRESSES = 50000 };

/* An old address of something. */
struct plan_redirect {
    struct text from, title; /* from the host's root; of what it leads to */
    struct data_spot spot;   /* in the file of the output's thing; no line: a former pattern */
};

struct plan_output {
    struct text path; /* below the output folder */
    enum plan_kind kind;
    size_t part; /* PLAN_SITEMAP, PLAN_SEARCH_PIECE: its place among them, from 0 */
    const struct plan_page *page;      /* PLAN_PAGE */
    const struct catalog_thing *thing; /* PLAN_PAGE: what the page is about; may be NULL.
                                            * PLAN_PLAYLIST and its JSON: whose tracks it has. PLAN_REDIRECT: where it leads */
    const struct plan_page *feed_of;   /* PLAN_FEED, PLAN_FEED_JSON: the page whose pieces it has;
                                            * NULL: the site's */
    const struct plan_redirect *redirect;  /* PLAN_REDIRECT */
    const struct catalog_asset *asset;     /* PLAN_COPY */
    const struct theme_asset *theme_asset; /* PLAN_THEME_ASSET */
};

struct plan {
    struct arena arena;
    const struct catalog *catalog;
    const struct theme *theme;
    struct search *search; /* NULL: the site has none */
    bool has_charts;       /* and pages of years */
    struct plan_output *outputs;
    size_t count, capacity;
    size_t sitemaps; /* how many */
};

/* Two outputs with one address are an error that names both. Never NULL; free it with plan_free. */
struct plan *plan_make(const struct catalog *, const struct theme *, struct report *);
void plan_free(struct plan *);
/* Adds to `now` what the next build is to know of where things stand, and warns of what the last one had
 * known (`last`, absent for the first build) and where nothing stands any more: see published.c. */
void plan_published(const struct plan *, struct text last, struct buffer *now, struct report *);
/* Reports what no build stumbles over, in texts and in the menu: see catalog_check. */
void plan_check(const struct plan *, struct arena *, struct report *);

#endif
