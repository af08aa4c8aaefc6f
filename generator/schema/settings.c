/* liner.yaml: the blog's settings. */
#include "schema/schema_inside.h"

#include <stddef.h>

#define MENU(member)     offsetof(struct schema_menu_item, member)
#define MARKDOWN(member) offsetof(struct schema_markdown, member)
#define TERM(member)     offsetof(struct schema_term, member)
#define SETTING(member)  offsetof(struct schema_settings, member)

/* In the order of enum schema_engine. */
static const char *const engines[] = {"md4c", "cmark-gfm", NULL};

static void read_years(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_markdown *markdown = record;
    size_t errors = reading->report->errors;
    schema_read_field(reading, field, value, record);
    markdown->lacks_years = reading->report->errors == errors && !markdown->lacks_years;
}

static const struct data_field markdown_fields[] = {
    {.name = "engine",
        .kind = FIELD_WORD,
        .words = engines,
        .offset = MARKDOWN(engine),
        .flags = FIELD_NEVER_NONE,
        .help = "the library that reads it; a text with footnotes always goes to cmark-gfm",
        .example = "cmark-gfm"},
    {.name = "html",
        .kind = FIELD_YES_NO,
        .offset = MARKDOWN(html),
        .help = "whether HTML in a text is HTML on the page; otherwise it is shown as it was typed",
        .example = "yes"},
    {.name = "smart",
        .kind = FIELD_YES_NO,
        .offset = MARKDOWN(smart),
        .help = "whether quotes are curled, and -- and ... become signs of their own",
        .example = "yes"},
    {.name = "years",
        .kind = FIELD_YES_NO,
        .offset = MARKDOWN(lacks_years),
        .read = read_years,
        .accepts = "{$ref: yes_no}",
        .help = "whether a piece tells the year of a drama where it first links to it by name; yes "
                "where nothing is said",
        .example = "no"},
};

const struct data_type schema_markdown_type = {.name = "markdown",
    .fields = markdown_fields,
    .field_count = BASE_COUNT(markdown_fields),
    .size = sizeof(struct schema_markdown),
    .help = "How Markdown is read."};

static const struct data_field term_fields[] = {
    {.name = "term",
        .kind = FIELD_TEXT,
        .offset = TERM(term),
        .flags = FIELD_NOT_TYPED | FIELD_NEVER_NONE,
        .help = "the abbreviation"},
    {.name = "meaning",
        .kind = FIELD_TEXT,
        .offset = TERM(meaning),
        .flags = FIELD_NOT_TYPED | FIELD_NEVER_NONE,
        .help = "what it stands for"},
};

const struct data_type schema_term_type = {.name = "term",
    .fields = term_fields,
    .field_count = BASE_COUNT(term_fields),
    .size = sizeof(struct schema_term),
    .help = "An abbreviation of the glossary."};

static void read_term(
    struct schema_reading *reading, const struct data_entry *entry, struct schema_term *term)
{
    static const struct data_field row = {.name = "glossary", .kind = FIELD_TEXT};
    term->term = schema_text(reading, &entry->key);
    schema_read_field(reading, &row, &entry->value, &term->meaning);
    if (schema_is_empty(&entry->value))
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, &entry->key),
            "'%.*s' stands for nothing: write what it means behind the ':'",
            TEXT_ARGS(entry->key.as.text));
}

static void read_glossary(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_settings *settings = record;
    if (value->kind != DATA_MAP) {
        schema_report_type(reading, field, value, "a map");
        report_note(reading->report, "for example: glossary: %s", field->example);
        return;
    }
    const struct data_map *map = value->as.map;
    struct schema_term **terms = arena_array(reading->arena, map->count, sizeof *terms);
    size_t count = 0;
    for (size_t i = 0; i < map->count; i++) {
        struct schema_term *term = arena_alloc(reading->arena, sizeof *term);
        read_term(reading, &map->entries[i], term);
        if (term->term.at && term->meaning.at)
            terms[count++] = term;
    }
    settings->glossary = (struct data_array){terms, count};
}

static const struct data_field menu_fields[] = {
    {.name = "title",
        .kind = FIELD_TEXT,
        .offset = MENU(title),
        .flags = FIELD_REQUIRED,
        .help = "what the link says",
        .example = "About"},
    {.name = "url",
        .kind = FIELD_TEXT,
        .offset = MENU(url),
        .flags = FIELD_REQUIRED,
        .help = "where it leads",
        .example = "/about/"},
};

const struct data_type schema_menu_item_type = {.name = "menu",
    .fields = menu_fields,
    .field_count = BASE_COUNT(menu_fields),
    .size = sizeof(struct schema_menu_item),
    .has_spot = true,
    .spot_offset = MENU(spot),
    .help = "A link in the menu of every page."};

static const struct schema_markdown default_markdown = {.smart = false};

bool schema_is_web_address(struct text text)
{
    size_t scheme = text_starts(text, "https://") ? 8 : text_starts(text, "http://") ? 7 : 0;
    if (!scheme || text.length == scheme || text.at[scheme] == '/')
        return false;
    for (size_t i = scheme; i < text.length; i++)
        if (text.at[i] == 0 || strchr(" \t\n\"<>", text.at[i]))
            return false;
    return true;
}

/* Where a site can stand: what follows the host is its folder, so that an address below is made by
 * writing on. */
bool schema_is_site_address(struct text text)
{
    ptrdiff_t scheme = text_find(text, TEXT("://"));
    struct text path = text_slice(text, scheme < 0 ? 0 : (size_t)scheme + 3, text.length);
    return schema_is_web_address(text) && text_find(path, TEXT("//")) < 0 &&
           text_find(path, TEXT("/.")) < 0 && text_find_byte(path, '?') < 0 &&
           text_find_byte(path, '#') < 0;
}

void schema_read_url(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    schema_read_field(reading, field, value, record);
    const struct text *url = (const void *)((const char *)record + field->offset);
    if (url->at && !schema_is_web_address(*url))
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'%s' must be a web address that starts with https:// or http://", field->name);
}

static void read_time_zone(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_settings *settings = record;
    struct text *names;
    schema_read_field(reading, field, value, record);
    if (!settings->time_zone.at)
        return;
    settings->zone = unicode_zone_open(reading->arena, settings->time_zone);
    if (settings->zone)
        return;
    size_t count = unicode_zone_names(reading->arena, &names);
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
        "'%.*s' is no time zone%.*s", TEXT_ARGS(settings->time_zone),
        TEXT_ARGS(report_guess(reading->arena, settings->time_zone, names, count)));
    report_note(reading->report, "it is named after a city, as in Asia/Seoul");
}

static void read_site_url(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    const struct schema_settings *settings = record;
    size_t errors = reading->report->errors;
    schema_read_url(reading, field, value, record);
    if (reading->report->errors == errors && !schema_is_site_address(settings->url))
        report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
            "'%s' must be the address of a folder: no '?', no '#', no '//' in its path",
            field->name);
}

/* The words that later versions of these settings add are not here before they do something. */
static const char *const track_pages[] = {"auto", "all", "none", NULL};
static const char *const feeds[] = {[SCHEMA_FEEDS_SITE] = "site", [SCHEMA_FEEDS_ALL] = "all", NULL};

static void read_players(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_settings *settings = record;
    schema_read_field(reading, field, value, record);
    settings->tells_players = true;
}

static void read_playlists(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_settings *settings = record;
    schema_read_field(reading, field, value, record);
    settings->tells_playlists = true;
}

static void read_search(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_settings *settings = record;
    schema_read_field(reading, field, value, record);
    settings->tells_search = true;
}

static const char *const slugs[] = {"unicode", "ascii", NULL};

/* The file's name; who opens files reads it. */
static void read_head(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct data_field path = *field;
    path.kind = FIELD_TEXT;
    path.offset = SETTING(head_file);
    schema_read_path(reading, &path, value, record);
}

static const struct data_field fields[] = {
    {.name = "title",
        .kind = FIELD_TEXT,
        .offset = SETTING(title),
        .flags = FIELD_REQUIRED,
        .help = "the blog's name",
        .example = "Liner notes"},
    {.name = "url",
        .kind = FIELD_TEXT,
        .offset = SETTING(url),
        .flags = FIELD_REQUIRED,
        .read = read_site_url,
        .typed = "a web address",
        .accepts = "{$ref: site_address}",
        .help = "where the site will stand, with its path if it has one",
        .example = "https://example.org/blog/"},
    {.name = "language",
        .kind = FIELD_TEXT,
        .offset = SETTING(language),
        .flags = FIELD_NEVER_NONE,
        .help = "the language of the pages (BCP 47)",
        .example = "en"},
    {.name = "time_zone",
        .kind = FIELD_TEXT,
        .offset = SETTING(time_zone),
        .read = read_time_zone,
        .typed = "a name of the IANA time zone database",
        .accepts = "{$ref: some_text}",
        .help = "where the blog's clocks stand: for dates with a time, and for the day of a build",
        .example = "Asia/Seoul"},
    {.name = "description",
        .kind = FIELD_TEXT,
        .offset = SETTING(description),
        .help = "the blog in a sentence",
        .example = "What the songs of a drama say."},
    {.name = "authors",
        .kind = FIELD_TEXTS,
        .offset = SETTING(authors),
        .flags = FIELD_ONE_OR_MANY,
        .help = "who writes it",
        .example = "[Mina Seo]"},
    {.name = "theme",
        .kind = FIELD_TEXT,
        .offset = SETTING(theme),
        .flags = FIELD_NEVER_NONE,
        .help = "the theme, a folder in themes/ or the one that comes with Liner",
        .example = "sleeve"},
    {.name = "theme_settings",
        .kind = FIELD_VALUE,
        .offset = SETTING(theme_settings),
        .read = schema_read_raw,
        .typed = "a map",
        .accepts = "{$ref: theme_settings}",
        .help = "the theme's own settings, as its theme.yaml declares them",
        .example = "{accent: 20}"},
    {.name = "rating",
        .kind = FIELD_THING,
        .of = &schema_scale_type,
        .offset = SETTING(rating),
        .read = schema_read_scale,
        .flags = FIELD_NEVER_NONE,
        .help = "the scale of ratings",
        .example = "{min: 0, max: 10, step: 0.5}"},
    {.name = "slugs",
        .kind = FIELD_WORD,
        .words = slugs,
        .offset = SETTING(slugs),
        .flags = FIELD_NEVER_NONE | FIELD_HIDDEN,
        .help = "the letters of addresses: of every script, or romanised (도깨비 is dokkaebi)",
        .example = "ascii"},
    {.name = "addresses",
        .kind = FIELD_THING,
        .of = &schema_addresses_type,
        .offset = SETTING(addresses),
        .flags = FIELD_NEVER_NONE | FIELD_HIDDEN,
        .help = "where each kind of thing stands, by a pattern",
        .example = "{review: /:year/:month/:slug/}"},
    {.name = "gone",
        .kind = FIELD_THINGS,
        .of = &schema_old_address_type,
        .offset = SETTING(gone),
        .flags = FIELD_ONE_OR_MANY | FIELD_HIDDEN,
        .typed = "a list of paths",
        .accepts = SCHEMA_OLD_ADDRESSES,
        .help = "addresses that the site had and shall not lead on from, so that no build warns of "
                "them",
        .example = "[/reviews/not-mine/]"},
    {.name = "distinct",
        .kind = FIELD_THINGS,
        .offset = SETTING(distinct),
        .read = schema_read_distinct,
        .typed = "lists of names",
        .accepts =
            "{anyOf: [{type: array, items: {type: array, items: {$ref: some_text}, minItems: 2}},"
            " {type: array, items: {$ref: some_text}, minItems: 2}]}",
        .flags = FIELD_HIDDEN,
        .help = "names that only look alike, which `liner check` then takes for different ones",
        .example = "[[Kim Min-ji, Kim Min-jin]]"},
    {.name = "markdown",
        .kind = FIELD_THING,
        .of = &schema_markdown_type,
        .offset = SETTING(markdown),
        .flags = FIELD_NEVER_NONE | FIELD_HIDDEN,
        .help = "how Markdown is read",
        .example = "{smart: yes, html: yes}"},
    {.name = "glossary",
        .kind = FIELD_THINGS,
        .of = &schema_term_type,
        .offset = SETTING(glossary),
        .read = read_glossary,
        .typed = "a map: each abbreviation and what it stands for",
        .accepts = "{type: object, additionalProperties: {$ref: some_text}}",
        .help = "abbreviations, explained where a text first uses them",
        .example = "{PSH: Park Hyung-sik, ML: male lead}"},
    {.name = "per_page",
        .kind = FIELD_INTEGER,
        .offset = SETTING(per_page),
        .least = 1,
        .most = 1000,
        .flags = FIELD_NEVER_NONE,
        .help = "pieces on one page of the home page",
        .example = "20"},
    {.name = "menu",
        .kind = FIELD_THINGS,
        .of = &schema_menu_item_type,
        .offset = SETTING(menu),
        .flags = FIELD_ONE_OR_MANY,
        .help = "more links for the menu of every page",
        .example = "[{title: About, url: /about/}]"},
    {.name = "track_pages",
        .kind = FIELD_WORD,
        .words = track_pages,
        .offset = SETTING(track_pages),
        .flags = FIELD_NEVER_NONE,
        .help = "which tracks have a page of their own; auto: those with a file in content/tracks/ "
                "or in two writings or more",
        .example = "all"},
    {.name = "feeds",
        .kind = FIELD_WORD,
        .words = feeds,
        .offset = SETTING(feeds),
        .flags = FIELD_NEVER_NONE,
        .help = "what has a feed: the site; or all, then also each drama, artist, tag, author and "
                "series",
        .example = "all"},
    {.name = "search",
        .kind = FIELD_YES_NO,
        .offset = SETTING(search),
        .read = read_search,
        .typed = "yes or no",
        .accepts = "{$ref: yes_no}",
        .flags = FIELD_NEVER_NONE,
        .help = "whether the site has a search page, /search/, and the files that it searches",
        .example = "no"},
    {.name = "players",
        .kind = FIELD_YES_NO,
        .offset = SETTING(players),
        .read = read_players,
        .typed = "yes or no",
        .accepts = "{$ref: yes_no}",
        .flags = FIELD_NEVER_NONE,
        .help = "whether a track is played on the page when a reader asks for it; no: links only",
        .example = "no"},
    {.name = "playlists",
        .kind = FIELD_YES_NO,
        .offset = SETTING(playlists),
        .read = read_playlists,
        .typed = "yes or no",
        .accepts = "{$ref: yes_no}",
        .flags = FIELD_NEVER_NONE,
        .help = "whether pieces and dramas whose tracks can be heard have a playlist file; no: for "
                "hosts "
                "that take no .xspf",
        .example = "no"},
    {.name = "head",
        .kind = FIELD_HTML,
        .offset = SETTING(head),
        .read = read_head,
        .typed = "a file",
        .accepts = "{$ref: text}",
        .help = "a file beside liner.yaml whose HTML goes into the head of every page",
        .example = "head.html"},
    {.name = "csp",
        .kind = FIELD_THINGS,
        .of = &schema_policy_type,
        .offset = SETTING(csp),
        .read = schema_read_csp,
        .typed = "a map: what may be loaded, and from where",
        .accepts = "{$ref: policies}",
        .flags = FIELD_HIDDEN,
        .help =
            "what that HTML loads from elsewhere, for hosts that send the Content-Security-Policy "
            "of _headers",
        .example =
            "{script-src: \"https://count.example\", connect-src: \"https://count.example\"}"},
    {.name = "output",
        .kind = FIELD_TEXT,
        .offset = SETTING(output),
        .flags = FIELD_NEVER_NONE | FIELD_HIDDEN,
        .help = "the folder that the site is built into",
        .example = "site"},
    {.name = "ignore",
        .kind = FIELD_TEXTS,
        .offset = SETTING(ignore),
        .flags = FIELD_ONE_OR_MANY | FIELD_HIDDEN,
        .help = "names of files and folders in content/ to pass over",
        .example = "[notes.md]"},
};

const struct data_type schema_settings_type = {.name = "settings",
    .fields = fields,
    .field_count = BASE_COUNT(fields),
    .size = sizeof(struct schema_settings),
    .has_spot = true,
    .spot_offset = SETTING(spot),
    .help = "The blog's settings, in liner.yaml."};

static void set_default(struct text *text, const char *value)
{
    if (!text->at)
        *text = text_of(value);
}

bool schema_read_settings(
    struct schema_reading *reading, const struct data_value *map, struct schema_settings *settings)
{
    bool is_read = schema_read(reading, &schema_settings_type, map, settings);
    set_default(&settings->language, "en");
    set_default(&settings->theme, "sleeve");
    set_default(&settings->output, "site");
    if (settings->per_page == DATA_NO_INTEGER)
        settings->per_page = 20;
    settings->players = settings->players || !settings->tells_players;
    settings->playlists = settings->playlists || !settings->tells_playlists;
    settings->search = settings->search || !settings->tells_search;
    if (!settings->markdown)
        settings->markdown = &default_markdown;
    if (!settings->rating)
        settings->rating = &schema_default_scale;
    schema_complete_addresses(reading->arena, &settings->addresses);
    return is_read;
}
