/* Mentions: names that stand for a drama, an artist, a tag, an author, a mood or an instrument, alone or with what tells them apart. */
#include "schema/schema_inside.h"

#include <stddef.h>

#define MENTION(member) offsetof(struct schema_mention, member)
#define MORE(member)    offsetof(struct schema_mention_more, member), .part = &more_part
#define MENTION_TYPE(type_name, rows, help_text, short_name)                                       \
    {                                                                                              \
        .name = type_name, .fields = rows, .field_count = BASE_COUNT(rows),                        \
        .size = sizeof(struct schema_mention), .part = &more_part, .shorthand = short_name,        \
        .has_spot = true, .spot_offset = MENTION(spot), .help = help_text                          \
    }

const struct schema_mention_more schema_mention_no_more = {.season = DATA_NO_INTEGER};

static const struct data_part more_part = {
    MENTION(more), sizeof(struct schema_mention_more), &schema_mention_no_more};

static const struct data_field artist_fields[] = {
    {.name = "name",
        .kind = FIELD_TEXT,
        .offset = MENTION(name),
        .flags = FIELD_REQUIRED,
        .help = "the artist's name, any of those that the blog knows",
        .example = "DOYOUNG"},
    {.name = "native",
        .kind = FIELD_TEXT,
        .offset = MORE(native),
        .help = "the name in its own script",
        .example = "도영"},
    {.name = "role",
        .kind = FIELD_TEXT,
        .offset = MORE(role),
        .help = "what they do on this track",
        .example = "vocal"},
    {.name = "as",
        .kind = FIELD_TEXT,
        .offset = MORE(as),
        .help = "the name as it is credited on this track",
        .example = "\"도영 (DOYOUNG)\""},
};

static const struct data_field drama_fields[] = {
    {.name = "title",
        .kind = FIELD_TEXT,
        .offset = MENTION(name),
        .flags = FIELD_REQUIRED,
        .help = "the drama's title, any of those that the blog knows",
        .example = "Signal"},
    {.name = "native",
        .kind = FIELD_TEXT,
        .offset = MORE(native),
        .help = "the title in its own script",
        .example = "시그널"},
    {.name = "season",
        .kind = FIELD_INTEGER,
        .offset = MORE(season),
        .least = 1,
        .most = 99,
        .help = "the season meant",
        .example = "2"},
};

static const struct data_field tag_fields[] = {
    {.name = "name",
        .kind = FIELD_TEXT,
        .offset = MENTION(name),
        .flags = FIELD_REQUIRED,
        .help = "the tag",
        .example = "thriller"},
};

static const struct data_field author_fields[] = {
    {.name = "name",
        .kind = FIELD_TEXT,
        .offset = MENTION(name),
        .flags = FIELD_REQUIRED,
        .help = "the author's name",
        .example = "Mina Seo"},
};

static const struct data_field mood_fields[] = {
    {.name = "name",
        .kind = FIELD_TEXT,
        .offset = MENTION(name),
        .flags = FIELD_REQUIRED,
        .help = "the mood",
        .example = "wistful"},
};

static const struct data_field instrument_fields[] = {
    {.name = "name",
        .kind = FIELD_TEXT,
        .offset = MENTION(name),
        .flags = FIELD_REQUIRED,
        .help = "the instrument",
        .example = "piano"},
};

static const struct data_field writing_fields[] = {
    {.name = "title",
        .kind = FIELD_TEXT,
        .offset = MENTION(name),
        .flags = FIELD_REQUIRED,
        .help = "the title of a piece, or the path of its file from this one",
        .example = "signal.md"},
};

static const struct data_field recording_fields[] = {
    {.name = "title",
        .kind = FIELD_TEXT,
        .offset = MENTION(name),
        .flags = FIELD_REQUIRED,
        .help = "a track that a writing lists: its title, or drama / title / artist",
        .example = "Goblin / Stay With Me"},
};

const struct data_type schema_artist_mention_type =
    MENTION_TYPE("artist", artist_fields, "An artist, by name.", "name");
const struct data_type schema_drama_mention_type =
    MENTION_TYPE("drama", drama_fields, "A drama, by title.", "title");
const struct data_type schema_tag_mention_type = MENTION_TYPE("tag", tag_fields, "A tag.", "name");
const struct data_type schema_author_mention_type =
    MENTION_TYPE("author", author_fields, "An author, by name.", "name");
const struct data_type schema_mood_mention_type =
    MENTION_TYPE("mood", mood_fields, "A mood, by name.", "name");
const struct data_type schema_instrument_mention_type =
    MENTION_TYPE("instrument", instrument_fields, "An instrument, by name.", "name");
const struct data_type schema_recording_type =
    MENTION_TYPE("recording", recording_fields, "A track that a writing lists, by name.", "title");
const struct data_type schema_writing_mention_type =
    MENTION_TYPE("related", writing_fields, "A writing, by title or by its file.", "title");
