/* Writings: reviews, recaps, essays and guides. */
#include "schema/schema_inside.h"

#include <stddef.h>

static const char *const kinds[] = {"review", "recap", "essay", "guide", NULL};
const char *const schema_reviewed_words[] = {
    "soundtrack", "part", "track", "episode", "drama", NULL};

#define WRITING(member) offsetof(struct schema_writing, member)
#define ASPECT(member)  offsetof(struct schema_aspect, member)

static const struct data_field aspect_fields[] = {
    {.name = "name",
        .kind = FIELD_TEXT,
        .offset = ASPECT(name),
        .flags = FIELD_REQUIRED,
        .group = DATA_GROUP_FACTS,
        .help = "the aspect: music, story ...",
        .example = "music"},
    {.name = "rating",
        .kind = FIELD_FLOAT,
        .offset = ASPECT(rating),
        .flags = FIELD_NEVER_NONE,
        .group = DATA_GROUP_FACTS,
        .help = "its rating, on the blog's scale",
        .example = "8.5"},
};

const struct data_type schema_aspect_type = {.name = "aspect",
    .fields = aspect_fields,
    .field_count = BASE_COUNT(aspect_fields),
    .size = sizeof(struct schema_aspect),
    .help = "One aspect of a rating."};

/* `spoilers: yes`, or how much is given away. */
static void read_spoilers(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_writing *writing = record;
    struct data_field yes_no = *field;
    struct text text = value->kind == DATA_TEXT ? value->as.text : TEXT_NONE;
    bool yes = false;
    if (text_is(text, "mild") || text_is(text, "full")) {
        writing->spoilers = text_is(text, "full") ? SCHEMA_SPOILERS_FULL : SCHEMA_SPOILERS_MILD;
        return;
    }
    yes_no.kind = FIELD_YES_NO;
    yes_no.offset = 0;
    size_t errors = reading->report->errors;
    schema_read_field(reading, &yes_no, value, &yes);
    if (reading->report->errors > errors)
        report_note(reading->report, "or how much it gives away: mild, full");
    writing->spoilers = yes ? SCHEMA_SPOILERS_YES : SCHEMA_SPOILERS_NO;
}

static struct data_spot spot_of(const struct data_value *value)
{
    return (struct data_spot){value->line, value->column, value->points};
}

/* Where "1-2" parts: at a hyphen, an en dash, or a tilde, as Koreans write it; its length. */
static size_t find_range(struct text text, size_t *at)
{
    static const char *const signs[] = {"-", "~", "\xE2\x80\x93", "\xE3\x80\x9C"};
    for (*at = 1; *at < text.length; ++*at)
        for (size_t i = 0; i < BASE_COUNT(signs); i++)
            if (text_starts(text_slice(text, *at, text.length), signs[i]))
                return strlen(signs[i]);
    return 0;
}

static int64_t read_bound(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, struct text digits)
{
    struct data_value bound = *value;
    struct data_field integer = *field;
    int64_t number = DATA_NO_INTEGER;
    bound.as.text = text_trim(digits);
    integer.offset = 0;
    schema_read_field(reading, &integer, &bound, &number);
    return number;
}

/* `episode: 4`, or `episode: 1-2` where one piece follows two of them. */
static void read_episode(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_writing *writing = record;
    struct text text = value->kind == DATA_TEXT ? text_trim(value->as.text) : TEXT_NONE;
    size_t at, length = find_range(text, &at), errors = reading->report->errors;
    writing->episode_spot = spot_of(value);
    if (!length) {
        schema_read_field(reading, field, value, record);
        return;
    }
    int64_t first = read_bound(reading, field, value, text_slice(text, 0, at));
    if (reading->report->errors > errors)
        return;
    int64_t last = read_bound(reading, field, value, text_slice(text, at + length, text.length));
    if (reading->report->errors > errors)
        return;
    writing->episode = first;
    writing->last_episode = last > first ? last : DATA_NO_INTEGER;
    if (last < first)
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'episode' ends before it starts: write the first one first");
}

static void read_track(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_writing *writing = record;
    writing->track_spot = spot_of(value);
    schema_read_field(reading, field, value, record);
}

static const char *const spoilers[] = {"no", "yes", "mild", "full", NULL};

#define AUTHORS                                                                                    \
    .kind = FIELD_THINGS, .of = &schema_author_mention_type, .group = DATA_GROUP_LINKS,            \
    .flags = FIELD_ONE_OR_MANY
#define TEXTS .kind = FIELD_TEXTS, .flags = FIELD_ONE_OR_MANY, .group = DATA_GROUP_FACTS

static const struct data_field fields[] = {
    {.name = "title",
        .kind = FIELD_TEXT,
        .offset = WRITING(title),
        .flags = FIELD_REQUIRED,
        .group = DATA_GROUP_NAME,
        .help = "the title of the piece",
        .example = "\"Soundtrack #1: friends, lyrics and a snowfall\""},
    {.name = "date",
        .kind = FIELD_DATE,
        .offset = WRITING(date),
        .flags = FIELD_NEVER_NONE,
        .group = DATA_GROUP_NAME,
        .help = "the day it was published",
        .example = "2022-04-20"},
    {.name = "updated",
        .kind = FIELD_DATE,
        .offset = WRITING(updated),
        .group = DATA_GROUP_FACTS,
        .help = "the day it was last changed",
        .example = "2022-05-02"},
    {.name = "expires",
        .kind = FIELD_DATE,
        .offset = WRITING(expires),
        .group = DATA_GROUP_FACTS,
        .help = "from that day on it is left out of the site",
        .example = "2030-01-01"},
    {.name = "kind",
        .kind = FIELD_WORD,
        .words = kinds,
        .offset = WRITING(kind),
        .flags = FIELD_NEVER_NONE,
        .group = DATA_GROUP_NAME,
        .help = "what kind of piece it is",
        .example = "recap"},
    {.name = "dramas",
        .kind = FIELD_THINGS,
        .of = &schema_drama_mention_type,
        .flags = FIELD_ONE_OR_MANY,
        .offset = WRITING(dramas),
        .group = DATA_GROUP_LINKS,
        .help = "the dramas it is about",
        .example = "[Signal, Stranger]"},
    {.name = "drama",
        .kind = FIELD_THINGS,
        .of = &schema_drama_mention_type,
        .flags = FIELD_ONE_OR_MANY | FIELD_HIDDEN,
        .offset = WRITING(dramas),
        .same_as = "dramas",
        .help = "the drama it is about",
        .example = "\"Soundtrack #1\""},
    {.name = "reviews",
        .kind = FIELD_WORD,
        .words = schema_reviewed_words,
        .offset = WRITING(reviews),
        .group = DATA_GROUP_FACTS,
        .help = "what the rating is of; of a recap's episode where nothing says, else of the "
                "soundtrack",
        .example = "episode"},
    {.name = "part",
        .kind = FIELD_TEXT,
        .offset = WRITING(part),
        .group = DATA_GROUP_FACTS,
        .help = "the part of the soundtrack that it reviews",
        .example = "Part 3"},
    {.name = "track",
        .kind = FIELD_TEXT,
        .offset = WRITING(track),
        .read = read_track,
        .accepts = "{$ref: text}",
        .group = DATA_GROUP_FACTS,
        .help = "the title of the one track that it reviews",
        .example = "Stay With Me"},
    {.name = "episode",
        .kind = FIELD_INTEGER,
        .offset = WRITING(episode),
        .least = 0,
        .most = 2000,
        .read = read_episode,
        .typed = "a whole number from 0 to 2000, or two: 1-2",
        .accepts = "{anyOf: [{type: integer, minimum: 0, maximum: 2000}, "
                   "{type: string, pattern: '^[+-]?(\\d+\\.?0*|\\.0+)$'}, "
                   "{type: string, pattern: '^\\d+ *[-~\\u2013\\u301c] *\\d+$'}]}",
        .group = DATA_GROUP_NAME,
        .help = "the episode a recap follows, or the first and the last of several",
        .example = "4"},
    {.name = "last_episode",
        .kind = FIELD_INTEGER,
        .offset = WRITING(last_episode),
        .flags = FIELD_NOT_TYPED,
        .group = DATA_GROUP_NAME,
        .help = "the last of several episodes: 2 where 'episode' says 1-2"},
    {.name = "final",
        .kind = FIELD_YES_NO,
        .offset = WRITING(final),
        .group = DATA_GROUP_NAME,
        .help = "whether it is the last episode, where the drama's 'episodes' does not tell",
        .example = "yes"},
    {.name = "season",
        .kind = FIELD_INTEGER,
        .offset = WRITING(season),
        .least = 1,
        .most = 99,
        .group = DATA_GROUP_NAME,
        .help = "the season it is about",
        .example = "1"},
    {.name = "series",
        .kind = FIELD_TEXT,
        .offset = WRITING(series),
        .group = DATA_GROUP_FACTS,
        .help = "the series of pieces it belongs to",
        .example = "\"Soundtrack #1 recaps\""},
    {.name = "rating",
        .kind = FIELD_FLOAT,
        .offset = WRITING(rating),
        .read = schema_read_rating,
        .typed = "a rating, or a map of aspects",
        .accepts = "{anyOf: [{$ref: points}, {$ref: points_by_aspect}]}",
        .group = DATA_GROUP_NAME,
        .help = "the rating: a number on the blog's scale, 4.5/5, \u2605\u2605\u2605\u2605\u00BD, "
                "or a letter "
                "where the blog has letters; or a map of aspects",
        .example = "{overall: 8.5, music: 9}"},
    {.name = "aspects",
        .kind = FIELD_THINGS,
        .of = &schema_aspect_type,
        .offset = WRITING(aspects),
        .flags = FIELD_NOT_TYPED,
        .group = DATA_GROUP_FACTS,
        .help = "the ratings of single aspects, as typed under rating"},
    {.name = "tracks",
        .kind = FIELD_THINGS,
        .of = &schema_track_type,
        .offset = WRITING(tracks),
        .read = schema_read_tracks,
        .typed = "lines under 'tracks: |', or a list of maps and lines",
        .accepts =
            "{anyOf: [{type: string}, {type: array, items: {anyOf: [{type: [string, 'null']}, "
            "{$ref: its_map}, {$ref: group}]}}]}",
        .group = DATA_GROUP_LINKS,
        .help = "the tracks it is about, as maps or as pasted lines",
        .example = "[\"Chanyeol & Punch - Stay With Me\"]"},
    {.name = "spoilers",
        .kind = FIELD_WORD,
        .words = spoilers,
        .offset = WRITING(spoilers),
        .read = read_spoilers,
        .typed = "yes, no, mild or full",
        .accepts = "{anyOf: [{$ref: yes_no}, {enum: [mild, full]}]}",
        .flags = FIELD_NEVER_NONE,
        .group = DATA_GROUP_FACTS,
        .help = "whether it gives away the story: yes, no, mild or full",
        .example = "mild"},
    {.name = "verdict",
        .kind = FIELD_TEXT,
        .offset = WRITING(verdict),
        .group = DATA_GROUP_FACTS,
        .help = "the judgement in one line",
        .example = "Two ballads carry it."},
    {.name = "pros",
        TEXTS,
        .offset = WRITING(pros),
        .help = "what is good",
        .example = "[the strings, the silences]"},
    {.name = "cons",
        TEXTS,
        .offset = WRITING(cons),
        .help = "what is not",
        .example = "[one ballad too many]"},
    {.name = "glance",
        TEXTS,
        .offset = WRITING(glance),
        .help = "key points, for a box at the top",
        .example = "[12 tracks, four singers]"},
    {.name = "status",
        .kind = FIELD_TEXT,
        .offset = WRITING(status),
        .group = DATA_GROUP_FACTS,
        .help = "how far the writer got",
        .example = "completed"},
    {.name = "seen",
        .kind = FIELD_TEXT,
        .offset = WRITING(seen),
        .group = DATA_GROUP_FACTS,
        .help = "episodes seen",
        .example = "4/4"},
    {.name = "helpful",
        .kind = FIELD_INTEGER,
        .offset = WRITING(helpful),
        .least = 0,
        .most = 999999,
        .group = DATA_GROUP_FACTS,
        .help = "how many readers found it helpful",
        .example = "10"},
    {.name = "tags",
        .kind = FIELD_THINGS,
        .of = &schema_tag_mention_type,
        .flags = FIELD_ONE_OR_MANY,
        .offset = WRITING(tags),
        .group = DATA_GROUP_LINKS,
        .help = "tags",
        .example = "[thriller, strings]"},
    {.name = "related",
        .kind = FIELD_THINGS,
        .of = &schema_writing_mention_type,
        .flags = FIELD_ONE_OR_MANY,
        .offset = WRITING(related),
        .group = DATA_GROUP_LINKS,
        .help = "pieces to read next, in place of those that Liner finds",
        .example = "[Goblin, stranger.md]"},
    {.name = "authors",
        AUTHORS,
        .offset = WRITING(authors),
        .help = "who wrote it; the blog's authors where it says nothing",
        .example = "[Mina Seo]"},
    {.name = "author",
        AUTHORS | FIELD_HIDDEN,
        .offset = WRITING(authors),
        .same_as = "authors",
        .help = "who wrote it",
        .example = "Mina Seo"},
    {.name = "summary",
        .kind = FIELD_TEXT,
        .offset = WRITING(summary),
        .group = DATA_GROUP_NAME,
        .help = "one or two plain sentences for lists and search engines",
        .example = "Two friends, one song, and what it gives away."},
    {.name = "cover",
        .kind = FIELD_TEXT,
        .offset = WRITING(cover.path),
        .read = schema_read_path,
        .typed = "a file",
        .accepts = "{$ref: text}",
        .group = DATA_GROUP_NAME,
        .help = "a picture, beside the file or from the root of content/",
        .example = "signal.jpg"},
    {.name = "cover_alt",
        .kind = FIELD_TEXT,
        .offset = WRITING(cover_alt),
        .group = DATA_GROUP_NAME,
        .help = "what the picture shows, in words",
        .example = "A walkie-talkie on a desk"},
    {.name = "audio",
        .kind = FIELD_TEXT,
        .offset = WRITING(audio.path),
        .read = schema_read_path,
        .typed = "a file or a web address",
        .accepts = "{$ref: text}",
        .group = DATA_GROUP_FACTS,
        .help = "a recording that belongs to it: a file beside it or from the root of content/, or "
                "an address",
        .example = "signal.mp3"},
    {.name = "playlist",
        .kind = FIELD_TEXT,
        .offset = WRITING(playlist),
        .read = schema_read_url,
        .typed = "a web address",
        .accepts = "{$ref: web_address}",
        .group = DATA_GROUP_FACTS,
        .help = "the address of a playlist of its tracks elsewhere",
        .example = "https://www.youtube.com/playlist?list=PL39Vgo021gjf"},
    {.name = "slug",
        .kind = FIELD_TEXT,
        .offset = WRITING(slug),
        .read = schema_read_slug,
        .accepts = "{$ref: text}",
        .flags = FIELD_HIDDEN,
        .help = "the last part of its address, where the file's name will not do",
        .example = "signal-again"},
    {.name = "draft",
        .kind = FIELD_YES_NO,
        .offset = WRITING(draft),
        .group = DATA_GROUP_FACTS,
        .help = "left out of the site until it is done",
        .example = "yes"},
    SCHEMA_REDIRECT_FROM(WRITING(redirect_from)),
    {.name = "aliases",
        TEXTS | FIELD_HIDDEN,
        .offset = WRITING(aliases),
        .help = "other names by which a [[link]] may find it",
        .example = "[The lonely one]"},
    SCHEMA_OBSIDIAN("cssclasses"),
    SCHEMA_OBSIDIAN("publish"),
    {.name = "extra",
        .kind = FIELD_VALUE,
        .offset = WRITING(extra),
        .group = DATA_GROUP_FACTS,
        .help = "fields of the theme's own",
        .example = "{mood: rainy}"},
};

const struct data_type schema_writing_type = {.name = "review",
    .fields = fields,
    .field_count = BASE_COUNT(fields),
    .size = sizeof(struct schema_writing),
    .has_spot = true,
    .spot_offset = WRITING(spot),
    .help = "A review, recap, essay or guide in content/reviews/."};
