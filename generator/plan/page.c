/* The kinds of pages, and what a template sees of the page it makes. */
#include "plan/plan.h"

#include <stddef.h>

const struct plan_page_row plan_page_rows[PLAN_PAGE_KIND_COUNT] = {
    [PLAN_HOME] = {"home", "home.html"},
    [PLAN_REVIEWS] = {"reviews", "reviews.html"},
    [PLAN_REVIEW] = {"review", "review.html"},
    [PLAN_RECAP] = {"recap", "recap.html"},
    [PLAN_ESSAY] = {"essay", "essay.html"},
    [PLAN_GUIDE] = {"guide", "guide.html"},
    [PLAN_DRAMAS] = {"dramas", "dramas.html"},
    [PLAN_DRAMA] = {"drama", "drama.html"},
    [PLAN_ARTISTS] = {"artists", "artists.html"},
    [PLAN_ARTIST] = {"artist", "artist.html"},
    [PLAN_TAGS] = {"tags", "terms.html"},
    [PLAN_TAG] = {"tag", "term.html"},
    [PLAN_AUTHORS] = {"authors", "terms.html"},
    [PLAN_AUTHOR] = {"author", "term.html"},
    [PLAN_MOODS] = {"moods", "terms.html"},
    [PLAN_MOOD] = {"mood", "term.html"},
    [PLAN_INSTRUMENTS] = {"instruments", "terms.html"},
    [PLAN_INSTRUMENT] = {"instrument", "term.html"},
    [PLAN_SERIES] = {"series", "series.html"},
    [PLAN_DOCUMENT] = {"document", "document.html"},
    [PLAN_MISSING] = {"missing", "missing.html"},
};

static const char *const kind_words[] = {"home", "reviews", "review", "recap", "essay", "guide",
    "dramas", "drama", "artists", "artist", "tags", "tag", "authors", "author", "moods", "mood",
    "instruments", "instrument", "series", "document", "missing", NULL};

_Static_assert(BASE_COUNT(kind_words) == PLAN_PAGE_KIND_COUNT + 1, "a word for each kind");

#define PAGE(member) offsetof(struct plan_page, member)

static const struct data_field fields[] = {
    {.name = "kind",
        .kind = FIELD_WORD,
        .words = kind_words,
        .offset = PAGE(kind),
        .flags = FIELD_NEVER_NONE,
        .help = "what kind of page it is"},
    {.name = "title",
        .kind = FIELD_TEXT,
        .offset = PAGE(title),
        .help = "its title; none on the home page"},
    {.name = "description",
        .kind = FIELD_TEXT,
        .offset = PAGE(description),
        .help = "the page in a sentence, for search engines"},
    {.name = "url",
        .kind = FIELD_TEXT,
        .offset = PAGE(url),
        .flags = FIELD_NEVER_NONE,
        .help = "its address, from the host's root"},
    {.name = "number",
        .kind = FIELD_INTEGER,
        .offset = PAGE(number),
        .flags = FIELD_NEVER_NONE,
        .help = "which of the home page's pages it is, from 1"},
    {.name = "count",
        .kind = FIELD_INTEGER,
        .offset = PAGE(count),
        .flags = FIELD_NEVER_NONE,
        .help = "how many pages the home page has"},
    {.name = "newer_url",
        .kind = FIELD_TEXT,
        .offset = PAGE(newer_url),
        .help = "the address of the page with newer writings"},
    {.name = "older_url",
        .kind = FIELD_TEXT,
        .offset = PAGE(older_url),
        .help = "the address of the page with older writings"},
    {.name = "reviews",
        .kind = FIELD_THINGS,
        .of = &catalog_writing_type,
        .offset = PAGE(reviews),
        .help = "the writings on this page of the home page"},
};

const struct data_type plan_page_type = {.name = "page",
    .fields = fields,
    .field_count = BASE_COUNT(fields),
    .size = sizeof(struct plan_page),
    .help = "The page that is being made."};
