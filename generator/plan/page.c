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
    [PLAN_TRACKS] = {"tracks", "tracks.html"},
    [PLAN_TRACK] = {"track", "track.html"},
    [PLAN_TAGS] = {"tags", "terms.html"},
    [PLAN_TAG] = {"tag", "term.html"},
    [PLAN_AUTHORS] = {"authors", "terms.html"},
    [PLAN_AUTHOR] = {"author", "term.html"},
    [PLAN_MOODS] = {"moods", "terms.html"},
    [PLAN_MOOD] = {"mood", "term.html"},
    [PLAN_INSTRUMENTS] = {"instruments", "terms.html"},
    [PLAN_INSTRUMENT] = {"instrument", "term.html"},
    [PLAN_SERIES] = {"series", "series.html"},
    [PLAN_CHARTS] = {"charts", "charts.html"},
    [PLAN_YEAR] = {"year", "year.html"},
    [PLAN_DOCUMENT] = {"document", "document.html"},
    [PLAN_SEARCH] = {"search", "search.html"},
    [PLAN_MISSING] = {"missing", "missing.html"},
};

static const char *const kind_words[] = {"home", "reviews", "review", "recap", "essay", "guide",
    "dramas", "drama", "artists", "artist", "tracks", "track", "tags", "tag", "authors", "author",
    "moods", "mood", "instruments", "instrument", "series", "charts", "year", "document", "search",
    "missing", NULL};

_Static_assert(BASE_COUNT(kind_words) == PLAN_PAGE_KIND_COUNT + 1, "a word for each kind");

#define PAGE(member)   offsetof(struct plan_page, member)
#define BAND(member)   offsetof(struct plan_band, member)
#define LETTER(member) offsetof(struct plan_letter, member)

static const struct data_field band_fields[] = {
    {.name = "label",
        .kind = FIELD_TEXT,
        .offset = BAND(label),
        .flags = FIELD_NEVER_NONE,
        .help = "the letter"},
    {.name = "number",
        .kind = FIELD_INTEGER,
        .offset = BAND(number),
        .flags = FIELD_NEVER_NONE,
        .help = "the letter's place among those of the index, from 1"},
    {.name = "total",
        .kind = FIELD_INTEGER,
        .offset = BAND(total),
        .flags = FIELD_NEVER_NONE,
        .help = "how many tracks stand under it, on all pages"},
    {.name = "tracks",
        .kind = FIELD_THINGS,
        .of = &catalog_track_type,
        .offset = BAND(tracks),
        .help = "the tracks under it on this page"},
};

const struct data_type plan_band_type = {.name = "band",
    .fields = band_fields,
    .field_count = BASE_COUNT(band_fields),
    .size = sizeof(struct plan_band),
    .help = "Tracks under one letter, on one page of their index."};

static const struct data_field letter_fields[] = {
    {.name = "label",
        .kind = FIELD_TEXT,
        .offset = LETTER(label),
        .flags = FIELD_NEVER_NONE,
        .help = "the letter"},
    {.name = "url",
        .kind = FIELD_TEXT,
        .offset = LETTER(url),
        .flags = FIELD_NEVER_NONE,
        .help = "the address of its first track's place: /tracks/page/2/#band-5"},
};

const struct data_type plan_letter_type = {.name = "letter",
    .fields = letter_fields,
    .field_count = BASE_COUNT(letter_fields),
    .size = sizeof(struct plan_letter),
    .help = "A letter of the index of tracks."};

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
        .help = "which of the pages of the home page, or of the index of tracks, it is, from 1"},
    {.name = "count",
        .kind = FIELD_INTEGER,
        .offset = PAGE(count),
        .flags = FIELD_NEVER_NONE,
        .help = "how many pages that has"},
    {.name = "newer_url",
        .kind = FIELD_TEXT,
        .offset = PAGE(newer_url),
        .help = "the address of the one of them before it: of newer writings"},
    {.name = "older_url",
        .kind = FIELD_TEXT,
        .offset = PAGE(older_url),
        .help = "the address of the one behind it: of older writings"},
    {.name = "reviews",
        .kind = FIELD_THINGS,
        .of = &catalog_writing_type,
        .offset = PAGE(reviews),
        .help = "the writings on this page of the home page"},
    {.name = "bands",
        .kind = FIELD_THINGS,
        .of = &plan_band_type,
        .offset = PAGE(bands),
        .help = "what stands on this page of the index of tracks"},
    {.name = "letters",
        .kind = FIELD_THINGS,
        .of = &plan_letter_type,
        .offset = PAGE(letters),
        .help = "the letters of that index, on all of its pages"},
    {.name = "search",
        .kind = FIELD_TEXT,
        .offset = PAGE(search),
        .help = "on the search page: how many files there are of names and of texts, for its "
                "script"},
};

const struct data_type plan_page_type = {.name = "page",
    .fields = fields,
    .field_count = BASE_COUNT(fields),
    .size = sizeof(struct plan_page),
    .help = "The page that is being made."};
