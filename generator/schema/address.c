/*
 * Where each kind of thing stands: the setting `addresses`, a pattern for each kind.
 *
 *     addresses: {review: /:year/:month/:slug/, drama: /k-drama/:slug/}
 *
 *     pattern = "/" { folder "/" } ( name "/" | name ".html" )
 *     folder, name: letters, digits, "-", "_", "." and "~", and ":word" for what is another for each thing
 *
 * ":word" is how Jekyll and Hugo write it. It needs no quotes in YAML, not even in a map in braces, for no
 * blank follows the colon, whereas "{word}" would be a map there. What somebody pastes out of WordPress
 * ("%postname%") gets a message with the same in our words.
 *
 * A list of patterns is where a thing stands, then where it stood before:
 *
 *     addresses: {review: [/reviews/:slug/, /:year/:month/:slug/]}
 */
#include "schema/schema_inside.h"

#include <stddef.h>

/* A name on the disk has 255 bytes at most, and a slug takes up to 120 of them. */
enum { PATTERN_BYTES = 100 };

/* Words that only writings have. Those that not every one has make no part of its last name. */
static const struct {
    const char *name;
    bool may_be_absent;
} words[SCHEMA_ADDRESS_WORDS] = {
    [SCHEMA_ADDRESS_SLUG] = {"slug", false},
    [SCHEMA_ADDRESS_YEAR] = {"year", false},
    [SCHEMA_ADDRESS_MONTH] = {"month", false},
    [SCHEMA_ADDRESS_DAY] = {"day", false},
    [SCHEMA_ADDRESS_WRITING_KIND] = {"kind", false},
    [SCHEMA_ADDRESS_OF_DRAMA] = {"drama", true},
    [SCHEMA_ADDRESS_SEASON] = {"season", true},
    [SCHEMA_ADDRESS_EPISODE] = {"episode", true},
};

/* What other generators call them. */
static const struct {
    const char *theirs;
    enum schema_address_word word;
} others[] = {
    {"title", SCHEMA_ADDRESS_SLUG},
    {"name", SCHEMA_ADDRESS_SLUG},
    {"postname", SCHEMA_ADDRESS_SLUG},
    {"filename", SCHEMA_ADDRESS_SLUG},
    {"slugorfilename", SCHEMA_ADDRESS_SLUG},
    {"monthnum", SCHEMA_ADDRESS_MONTH},
    {"category", SCHEMA_ADDRESS_WRITING_KIND},
    {"categories", SCHEMA_ADDRESS_WRITING_KIND},
    {"section", SCHEMA_ADDRESS_WRITING_KIND},
};

#define PIECE  "$ref: piece_patterns"
#define OTHERS "$ref: patterns"
#define ROW(kind_, name_, accepts_, help_, example_)                                               \
    [kind_] = {.name = name_,                                                                      \
        .kind = FIELD_TEXTS,                                                                       \
        .offset = offsetof(struct schema_addresses, typed) + (kind_) * sizeof(struct data_array),  \
        .read = read_patterns,                                                                     \
        .flags = FIELD_ONE_OR_MANY,                                                                \
        .typed = "a pattern, or a list of them",                                                   \
        .accepts = "{" accepts_ "}",                                                               \
        .help = help_,                                                                             \
        .example = example_}

static void read_patterns(
    struct schema_reading *, const struct data_field *, const struct data_value *, void *record);

static const struct data_field fields[SCHEMA_ADDRESS_KINDS] = {
    ROW(SCHEMA_ADDRESS_REVIEW, "review", PIECE,
        "reviews; a list goes on with patterns that they had before, and that now lead to them",
        "[/:year/:month/:slug/, /reviews/:slug/]"),
    ROW(SCHEMA_ADDRESS_RECAP, "recap", PIECE, "recaps", "/:drama/season-:season/:slug/"),
    ROW(SCHEMA_ADDRESS_ESSAY, "essay", PIECE, "essays", "/essays/:slug.html"),
    ROW(SCHEMA_ADDRESS_GUIDE, "guide", PIECE, "guides", "/guides/:slug/"),
    ROW(SCHEMA_ADDRESS_WRITING, "writing", PIECE,
        "every one of those four that is not named itself", "/:year/:month/:slug/"),
    ROW(SCHEMA_ADDRESS_DRAMA, "drama", OTHERS, "dramas", "/k-drama/:slug/"),
    ROW(SCHEMA_ADDRESS_ARTIST, "artist", OTHERS, "artists", "/singers/:slug/"),
    ROW(SCHEMA_ADDRESS_TRACK, "track", OTHERS, "tracks that have a page", "/songs/:slug/"),
    ROW(SCHEMA_ADDRESS_TAG, "tag", OTHERS, "tags", "/tag/:slug/"),
    ROW(SCHEMA_ADDRESS_AUTHOR, "author", OTHERS, "authors", "/author/:slug/"),
    ROW(SCHEMA_ADDRESS_MOOD, "mood", OTHERS, "moods", "/mood/:slug/"),
    ROW(SCHEMA_ADDRESS_INSTRUMENT, "instrument", OTHERS, "instruments", "/instrument/:slug/"),
    ROW(SCHEMA_ADDRESS_SERIES, "series", OTHERS, "series", "/series/:slug/"),
    ROW(SCHEMA_ADDRESS_PAGE, "page", OTHERS, "pages", "/:slug.html"),
};

const struct data_type schema_addresses_type = {.name = "addresses",
    .fields = fields,
    .field_count = BASE_COUNT(fields),
    .size = sizeof(struct schema_addresses),
    .help = "Where things stand. Each pattern holds `:slug`. Those of pieces may hold `:year`, "
            "`:month` and `:day` of the date, `:kind` (review, recap ...), `:drama`, `:season` and "
            "`:episode`; where a piece has none of these, the folder that it would name is left "
            "out."};

static const char *const defaults[SCHEMA_ADDRESS_KINDS] = {
    [SCHEMA_ADDRESS_REVIEW] = "/reviews/:slug/",
    [SCHEMA_ADDRESS_RECAP] = "/reviews/:slug/",
    [SCHEMA_ADDRESS_ESSAY] = "/reviews/:slug/",
    [SCHEMA_ADDRESS_GUIDE] = "/reviews/:slug/",
    [SCHEMA_ADDRESS_DRAMA] = "/dramas/:slug/",
    [SCHEMA_ADDRESS_ARTIST] = "/artists/:slug/",
    [SCHEMA_ADDRESS_TRACK] = "/tracks/:slug/",
    [SCHEMA_ADDRESS_TAG] = "/tags/:slug/",
    [SCHEMA_ADDRESS_AUTHOR] = "/authors/:slug/",
    [SCHEMA_ADDRESS_MOOD] = "/moods/:slug/",
    [SCHEMA_ADDRESS_INSTRUMENT] = "/instruments/:slug/",
    [SCHEMA_ADDRESS_SERIES] = "/series/:slug/",
    [SCHEMA_ADDRESS_PAGE] = "/:slug/",
};

const char *schema_address_kind_name(enum schema_address_kind kind)
{
    return fields[kind].name;
}

static bool is_writing(enum schema_address_kind kind)
{
    return kind <= SCHEMA_ADDRESS_WRITING;
}

/* ---- Into parts ---------------------------------------------------------------------------------------------- */

/* "year" of ":year/...". */
static struct text word_at(struct text typed, size_t at)
{
    size_t end = at + 1;
    while (end < typed.length && typed.at[end] >= 'a' && typed.at[end] <= 'z')
        end++;
    return text_slice(typed, at + 1, end);
}

/* SCHEMA_ADDRESS_WORDS: none of ours. */
static enum schema_address_word find_word(struct text name)
{
    for (int word = 0; word < SCHEMA_ADDRESS_WORDS; word++)
        if (text_is(name, words[word].name))
            return (enum schema_address_word)word;
    return SCHEMA_ADDRESS_WORDS;
}

/* What another generator calls so; SCHEMA_ADDRESS_WORDS: nothing. */
static enum schema_address_word find_other(struct text name)
{
    for (size_t i = 0; i < BASE_COUNT(others); i++)
        if (text_is(name, others[i].theirs))
            return others[i].word;
    return find_word(name);
}

/* Text up to the next word, or to the end of its folder. */
static struct text text_at(struct text typed, size_t at)
{
    size_t end = at;
    while (end < typed.length && typed.at[end] != ':' && typed.at[end] != '/')
        end++;
    return text_slice(typed, at, end + (end < typed.length && typed.at[end] == '/'));
}

static struct schema_pattern parse(struct arena *arena, struct text typed)
{
    struct schema_address_part *parts = arena_array(arena, typed.length, sizeof *parts);
    struct schema_pattern pattern = {.typed = typed, .parts = parts};
    for (size_t at = 1; at < typed.length;) {
        struct schema_address_part *part = &parts[pattern.count++];
        if (typed.at[at] == ':') {
            struct text name = word_at(typed, at);
            part->word = find_word(name);
            at += 1 + name.length;
        } else {
            part->text = text_at(typed, at);
            part->ends_folder = text_ends(part->text, "/");
            at += part->text.length;
        }
    }
    return pattern;
}

struct text schema_address(const struct schema_pattern *pattern, struct text base,
    const struct text values[SCHEMA_ADDRESS_WORDS], struct arena *arena)
{
    struct text parts[PATTERN_BYTES + 1] = {base};
    size_t count = 1, folder = 1;
    bool is_left_out = false;
    for (size_t i = 0; i < pattern->count; i++) {
        const struct schema_address_part *part = &pattern->parts[i];
        parts[count] = part->text.at ? part->text : values[part->word];
        is_left_out = is_left_out || !parts[count].at;
        count++;
        if (part->ends_folder) {
            count = folder = is_left_out ? folder : count;
            is_left_out = false;
        }
    }
    return arena_join_all(arena, parts, count);
}

/* ---- What is wrong with one ----------------------------------------------------------------------------------- */

/* A pattern while it is looked at. */
struct trial {
    struct schema_reading *reading;
    const struct data_field *field;
    const struct data_value *value;
    enum schema_address_kind kind;
    struct text typed;
};

static void refuse(const struct trial *trial, const char *what)
{
    report_at(trial->reading->report, REPORT_ERROR, schema_place_of(trial->reading, trial->value),
        "%s", what);
    report_note(
        trial->reading->report, "for example: %s: %s", trial->field->name, trial->field->example);
}

/* What other signs mean in an address, or to a file system, nobody wants there. */
static bool is_sign(char byte)
{
    return (unsigned char)byte >= 0x80 || (byte >= '0' && byte <= '9') ||
           ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || (byte && strchr("/:-_.~", byte));
}

static bool has_only_signs(const struct trial *trial)
{
    struct text typed = trial->typed;
    for (size_t i = 0; i < typed.length; i++) {
        if (is_sign(typed.at[i]))
            continue;
        refuse(trial, arena_format(trial->reading->arena,
                          "'%c' can't stand in a pattern of addresses", typed.at[i])
                          .at);
        return false;
    }
    return true;
}

/* "%year%/%postname%", as WordPress has it: told with the same in our words. */
static bool is_of_wordpress(const struct trial *trial)
{
    struct buffer ours;
    size_t found = 0, from = 0;
    struct text typed = trial->typed;
    buffer_init(&ours);
    for (size_t i = 0; i + 1 < typed.length; i++) {
        struct text name = typed.at[i] == '%' ? word_at(typed, i) : TEXT_NONE;
        size_t end = i + 1 + name.length;
        if (!name.length || end == typed.length || typed.at[end] != '%')
            continue;
        enum schema_address_word word = find_other(name);
        buffer_add(&ours, text_slice(typed, from, i));
        buffer_format(&ours, ":%s",
            word < SCHEMA_ADDRESS_WORDS ? words[word].name : words[SCHEMA_ADDRESS_SLUG].name);
        found++;
        from = end + 1;
        i = end;
    }
    buffer_add(&ours, text_slice(typed, from, typed.length));
    if (found) {
        report_at(trial->reading->report, REPORT_ERROR,
            schema_place_of(trial->reading, trial->value), "'%.*s' is in the words of WordPress",
            TEXT_ARGS(typed));
        report_note(trial->reading->report, "write: %s: %.*s", trial->field->name,
            TEXT_ARGS(buffer_text(&ours)));
    }
    buffer_release(&ours);
    return found > 0;
}

/* " (did you mean ':slug'?)" */
static struct text guess_word(struct arena *arena, struct text name)
{
    struct text names[SCHEMA_ADDRESS_WORDS];
    enum schema_address_word other = find_other(name);
    if (other < SCHEMA_ADDRESS_WORDS)
        return arena_format(arena, " (did you mean ':%s'?)", words[other].name);
    for (int word = 0; word < SCHEMA_ADDRESS_WORDS; word++)
        names[word] = arena_format(arena, ":%s", words[word].name);
    return report_guess(
        arena, arena_format(arena, ":%.*s", TEXT_ARGS(name)), names, BASE_COUNT(names));
}

static void refuse_word(const struct trial *trial, struct text name)
{
    report_at(trial->reading->report, REPORT_ERROR, schema_place_of(trial->reading, trial->value),
        "nothing is known as ':%.*s'%.*s", TEXT_ARGS(name),
        TEXT_ARGS(guess_word(trial->reading->arena, name)));
    if (is_writing(trial->kind))
        report_note(trial->reading->report,
            "there are :slug, :year, :month, :day, :kind, :drama, :season and :episode");
    else
        report_note(trial->reading->report, "there is ':slug' alone for '%s'", trial->field->name);
}

static bool has_only_words(const struct trial *trial)
{
    for (size_t i = 0; i < trial->typed.length; i++) {
        if (trial->typed.at[i] != ':')
            continue;
        struct text name = word_at(trial->typed, i);
        enum schema_address_word word = find_word(name);
        if (word == SCHEMA_ADDRESS_WORDS) {
            refuse_word(trial, name);
            return false;
        }
        if (word == SCHEMA_ADDRESS_SLUG || is_writing(trial->kind))
            continue;
        report_at(trial->reading->report, REPORT_ERROR,
            schema_place_of(trial->reading, trial->value),
            "only writings have a ':%s': the address of '%s' is made of ':slug'", words[word].name,
            trial->field->name);
        return false;
    }
    return true;
}

static bool has_good_folders(const struct trial *trial)
{
    struct text typed = trial->typed;
    const char *flaw = !text_starts(typed, "/") ? "must begin with '/'"
                       : !text_ends(typed, "/") && !text_ends(typed, ".html")
                           ? "must end in '/' or in '.html'"
                       : text_find(typed, TEXT("//")) >= 0 ? "has a folder without a name"
                       : text_find(typed, TEXT("/.")) >= 0 ? "has a folder that begins with '.'"
                       : typed.length > PATTERN_BYTES      ? "is too long"
                       : text_find(typed, TEXT(":slug")) < 0
                           ? "needs ':slug', or two of them would stand at one address"
                           : NULL;
    if (flaw)
        refuse(trial,
            arena_format(trial->reading->arena, "an address of '%s' %s", trial->field->name, flaw)
                .at);
    return !flaw;
}

/* "/:drama-:slug/" would leave out the slug with the drama. */
static bool has_whole_name(const struct trial *trial, const struct schema_pattern *pattern)
{
    bool has_slug = false;
    const char *absent = NULL;
    for (size_t i = 0; i < pattern->count; i++) {
        const struct schema_address_part *part = &pattern->parts[i];
        if (part->text.at && !part->ends_folder)
            continue;
        has_slug = has_slug || (!part->text.at && part->word == SCHEMA_ADDRESS_SLUG);
        if (!part->text.at && words[part->word].may_be_absent)
            absent = words[part->word].name;
        if (absent && has_slug)
            break;
        if (part->ends_folder) {
            has_slug = false;
            absent = NULL;
        }
    }
    if (!absent || !has_slug)
        return true;
    refuse(trial,
        arena_format(trial->reading->arena,
            "not every writing has ':%s': give it a folder of its own, apart from ':slug'", absent)
            .at);
    return false;
}

/* ---- The setting ------------------------------------------------------------------------------------------------ */

static bool read_pattern(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, struct schema_pattern *pattern)
{
    struct trial trial = {reading, field, value, (enum schema_address_kind)(field - fields),
        schema_text(reading, value)};
    if (is_of_wordpress(&trial) || !has_only_signs(&trial) || !has_only_words(&trial) ||
        !has_good_folders(&trial))
        return false;
    *pattern = parse(reading->arena, trial.typed);
    return has_whole_name(&trial, pattern);
}

static void read_patterns(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_addresses *addresses = record;
    size_t errors = reading->report->errors;
    schema_read_field(reading, field, value, record);
    if (reading->report->errors > errors)
        return;
    bool is_list = value->kind == DATA_LIST;
    size_t count = is_list ? value->as.list->count : 1, kept = 0;
    struct schema_pattern *patterns = arena_array(reading->arena, count, sizeof *patterns);
    for (size_t i = 0; i < count; i++) {
        const struct data_value *item = is_list ? &value->as.list->items[i] : value;
        if (!schema_is_empty(item))
            kept += read_pattern(reading, field, item, &patterns[kept]);
    }
    addresses->patterns[field - fields] = (struct data_array){patterns, kept};
}

/* What the blog does not say. */
static struct schema_addresses *complete(struct arena *arena, struct schema_addresses *addresses)
{
    struct data_array *of = addresses->patterns;
    for (int kind = 0; kind < SCHEMA_ADDRESS_KINDS; kind++) {
        if (!of[kind].count && is_writing((enum schema_address_kind)kind))
            of[kind] = of[SCHEMA_ADDRESS_WRITING];
        if (of[kind].count || !defaults[kind])
            continue;
        struct schema_pattern *pattern = arena_alloc(arena, sizeof *pattern);
        *pattern = parse(arena, text_of(defaults[kind]));
        of[kind] = (struct data_array){pattern, 1};
    }
    return addresses;
}

void schema_complete_addresses(struct arena *arena, const struct schema_addresses **addresses)
{
    struct schema_addresses *whole = arena_alloc(arena, sizeof *whole);
    if (*addresses)
        *whole = **addresses;
    *addresses = complete(arena, whole);
}
