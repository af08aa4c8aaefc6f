/*
 * Addresses that readers know: whose page was in the site, and is no more.
 *
 * A build keeps where each thing stands, as text (plan touches no disk, so the caller keeps it):
 *
 *     liner address record 1
 *     check 5f0a3c19d2b4e687                                      the hash of everything below
 *     by review /reviews/:slug/                                   the pattern of each kind
 *     review reviews/signal/ content/reviews/signal.md            kind, address, file
 *     artist artists/v/                                           nobody wrote a file
 *     gone review reviews/goblin/ reviews/guardian/ content/...   and where it likely stands by now, or "-"
 *     moved /:slug/ review signal/ reviews/signal/ content/...    likewise, by the pattern that the kind had before
 *
 * The next build looks what of it the plan has no output for. That is told again at each build, until
 * something leads on from there or the writer lets it go (the setting `gone`): a warning that was seen
 * once in a terminal long closed mends nothing. What is left out on purpose (a draft, an expired piece)
 * is not told, and not forgotten. What nobody wrote a file for, and nothing names any more, is forgotten: an
 * artist by a wrong name, whose right name is nearly the same, is not.
 */
#include "plan/plan.h"

#include <inttypes.h>

#define FIRST_LINE "liner address record 1"

/* Addresses that one warning names. */
enum { MOST_NAMED = 10 };

/* Names that others are compared with; where more are gone, the writer has changed a rule, not names. */
enum { MOST_LOOKED = 200 };

/* One that the last build knew. */
struct known {
    enum schema_address_kind kind;
    struct text address; /* below the site */
    struct text source;  /* may be absent */
    struct text to;      /* where it likely is by now; absent: not known, or not gone */
    struct text former; /* the pattern that it stood by, where only that has changed; else absent */
    bool was_gone;      /* already then */
    bool is_left_out;   /* on purpose */
    const struct plan_output *became; /* NULL: nothing that is known */
    bool is_certain;                  /* the same file */
};

struct search {
    const struct plan *plan;
    struct arena *arena;
    struct report *report;
    struct map planned; /* path -> struct plan_output */
    struct map files;   /* path of a content file -> struct catalog_file */
    struct map known;   /* addresses of the last build -> struct known */
    struct map sources; /* path of a content file -> struct plan_output, its page */
    struct map
        newer;     /* kind and name of each page that the last build did not know -> its output */
    size_t looked; /* how often for names that are near */
    struct known *items;
    size_t count, capacity;
    struct text by[SCHEMA_ADDRESS_KINDS]; /* the patterns of the last build */
};

/* ---- What is kept ------------------------------------------------------------------------------------------- */

/* What a reader keeps and a search engine finds: no lists. */
static bool is_kept(enum schema_address_kind kind)
{
    return kind < SCHEMA_ADDRESS_WRITING || kind == SCHEMA_ADDRESS_DRAMA ||
           kind == SCHEMA_ADDRESS_ARTIST || kind == SCHEMA_ADDRESS_TRACK ||
           kind == SCHEMA_ADDRESS_PAGE;
}

/* The thing whose own page an output is; NULL: of none that is kept. */
static const struct catalog_thing *thing_of(
    const struct plan *plan, const struct plan_output *output)
{
    const struct catalog_thing *thing = output->thing;
    bool is_own = output->page && thing != &plan->catalog->site.thing &&
                  text_equal(output->page->url, thing->url);
    return is_own && is_kept(catalog_address_kind(thing)) ? thing : NULL;
}

static struct text below(const struct plan *plan, struct text url)
{
    return text_slice(url, plan->catalog->request.base_path.length, url.length);
}

/* A line is a line: a file of such a name is not kept. */
static bool is_plain(struct text path)
{
    for (size_t i = 0; i < path.length; i++)
        if ((unsigned char)path.at[i] < ' ')
            return false;
    return true;
}

static void add_word(struct buffer *to, struct text word)
{
    buffer_add(to, word);
    buffer_add_byte(to, ' ');
}

static void add_source(struct buffer *to, struct text source)
{
    if (is_plain(source))
        buffer_add(to, source);
    buffer_add_byte(to, '\n');
}

static void add_patterns(struct buffer *to, const struct plan *plan)
{
    const struct schema_addresses *addresses = plan->catalog->request.settings->addresses;
    for (int kind = 0; kind < SCHEMA_ADDRESS_KINDS; kind++) {
        const struct schema_pattern *pattern = addresses->patterns[kind].items;
        if (is_kept((enum schema_address_kind)kind))
            buffer_format(to, "by %s %.*s\n",
                schema_address_kind_name((enum schema_address_kind)kind),
                TEXT_ARGS(pattern->typed));
    }
}

static void add_present(struct buffer *to, const struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct catalog_thing *thing = thing_of(plan, &plan->outputs[i]);
        if (!thing)
            continue;
        add_word(to, text_of(schema_address_kind_name(catalog_address_kind(thing))));
        add_word(to, below(plan, thing->url));
        add_source(to, thing->file ? thing->file->path : TEXT(""));
    }
}

static void add_gone(struct buffer *to, const struct known *known)
{
    buffer_add_string(to, known->former.at ? "moved " : "gone ");
    if (known->former.at)
        add_word(to, known->former);
    add_word(to, text_of(schema_address_kind_name(known->kind)));
    add_word(to, known->address);
    add_word(to, known->to.length ? known->to : TEXT("-"));
    add_source(to, known->source);
}

/* ---- What was kept ------------------------------------------------------------------------------------------ */

static struct text cut_word(struct text *rest)
{
    ptrdiff_t space = text_find_byte(*rest, ' ');
    size_t length = space < 0 ? rest->length : (size_t)space;
    struct text word = text_slice(*rest, 0, length);
    *rest = text_slice(*rest, length + 1, rest->length);
    return word;
}

static enum schema_address_kind find_kind(struct text name)
{
    int kind = 0;
    while (kind < SCHEMA_ADDRESS_KINDS &&
           !text_is(name, schema_address_kind_name((enum schema_address_kind)kind)))
        kind++;
    return (enum schema_address_kind)kind;
}

static void read_known(struct search *search, enum schema_address_kind kind, struct text line,
    bool was_gone, struct text former)
{
    struct known *known =
        list_add(&search->items, &search->count, &search->capacity, search->arena, sizeof *known);
    *known = (struct known){.kind = kind,
        .address = cut_word(&line),
        .to = was_gone ? cut_word(&line) : TEXT_NONE,
        .former = former,
        .was_gone = was_gone};
    known->to = text_is(known->to, "-") ? TEXT_NONE : known->to;
    known->source = line;
}

static void read_line(struct search *search, struct text line)
{
    struct text word = cut_word(&line);
    bool is_by = text_is(word, "by"), is_moved = text_is(word, "moved");
    bool is_gone = is_moved || text_is(word, "gone");
    struct text former = is_moved ? cut_word(&line) : TEXT_NONE;
    enum schema_address_kind kind = find_kind(is_by || is_gone ? cut_word(&line) : word);
    if (kind == SCHEMA_ADDRESS_KINDS)
        return;
    if (is_by)
        search->by[kind] = line;
    else
        read_known(search, kind, line, is_gone, former);
}

static void read_last(struct search *search, struct text last)
{
    struct text line;
    while (text_line(&last, &line))
        read_line(search, line);
    for (size_t i = 0; i < search->count; i++)
        map_put(&search->known, search->items[i].address, &search->items[i]);
}

/* ---- What it became ----------------------------------------------------------------------------------------- */

static bool is_writing(enum schema_address_kind kind)
{
    return kind <= SCHEMA_ADDRESS_WRITING;
}

/* A review may become a recap. */
static bool is_alike(enum schema_address_kind a, enum schema_address_kind b)
{
    return a == b || (is_writing(a) && is_writing(b));
}

static const struct plan_output *at_address(struct search *search, struct text address)
{
    bool is_folder = text_ends(address, "/");
    return map_get(&search->planned,
        arena_join(search->arena, address, is_folder ? TEXT("index.html") : TEXT("")));
}

/* "signal" of "reviews/signal/" and of "2016/signal.html". */
static struct text last_name(struct text address)
{
    size_t end = address.length - (text_ends(address, "/")          ? 1
                                      : text_ends(address, ".html") ? strlen(".html")
                                                                    : 0);
    size_t start = end;
    while (start > 0 && address.at[start - 1] != '/')
        start--;
    return text_slice(address, start, end);
}

/* "writing signal": the same for all that may become one another. */
static struct text key_of(struct search *search, enum schema_address_kind kind, struct text name)
{
    kind = is_writing(kind) ? SCHEMA_ADDRESS_WRITING : kind;
    return arena_format(search->arena, "%s %.*s", schema_address_kind_name(kind), TEXT_ARGS(name));
}

/* A page that the last build did not know, of the same name or nearly so. */
static const struct plan_output *of_near_name(struct search *search, const struct known *known)
{
    struct text name = key_of(search, known->kind, last_name(known->address));
    const struct plan_output *same = map_get(&search->newer, name);
    if (same || ++search->looked > MOST_LOOKED)
        return same;
    struct text *names = arena_array(search->arena, search->newer.count, sizeof *names);
    size_t count = 0, kind = (size_t)text_find_byte(name, ' ') + 1;
    for (size_t i = 0; i < search->newer.count; i++) {
        struct text key = search->newer.entries[i].key;
        if (text_starts(key, arena_text(search->arena, text_slice(name, 0, kind)).at))
            names[count++] = text_slice(key, kind, key.length);
    }
    struct text nearest = text_nearest(text_slice(name, kind, name.length), names, count);
    return nearest.at ? map_get(&search->newer, key_of(search, known->kind, nearest)) : NULL;
}

static bool is_let_go(const struct search *search, const struct known *known)
{
    const struct data_array *gone = &search->plan->catalog->request.settings->gone;
    const struct schema_old_address *const *items = gone->items;
    for (size_t i = 0; i < gone->count; i++)
        if (items[i]->path.at &&
            text_equal(text_slice(items[i]->path, 1, items[i]->path.length), known->address))
            return true;
    return false;
}

static bool is_left_out(const struct search *search, const struct known *known)
{
    const struct catalog_file *file = map_get(&search->files, known->source);
    return file && !file->thing;
}

static void find_what_became(struct search *search, struct known *known)
{
    known->became = map_get(&search->sources, known->source);
    known->is_certain = known->became != NULL;
    if (!known->became && known->to.length)
        known->became = at_address(search, known->to);
    if (!known->became && !known->was_gone)
        known->became = of_near_name(search, known);
    if (known->became && !known->became->page)
        known->became = NULL;
    known->to = known->became ? below(search->plan, known->became->page->url) : TEXT_NONE;
}

/* The pattern that it stood by, where that alone has changed. */
static struct text former_of(const struct search *search, const struct known *known)
{
    const struct data_array *patterns =
        &search->plan->catalog->request.settings->addresses->patterns[known->kind];
    const struct schema_pattern *items = patterns->items;
    struct text former = known->was_gone ? known->former : search->by[known->kind];
    if (!known->became || !text_equal(last_name(known->address), last_name(known->to)))
        return TEXT_NONE;
    for (size_t i = 0; i < patterns->count; i++)
        if (text_equal(items[i].typed, former))
            return TEXT_NONE;
    return former;
}

/* Keeps those that are gone, of all that were known; how many. */
static void find_gone(struct search *search)
{
    size_t kept = 0;
    struct known *gone = arena_array(search->arena, search->count, sizeof *gone);
    for (size_t i = 0; i < search->count; i++) {
        struct known *known = &search->items[i];
        if (at_address(search, known->address) || is_let_go(search, known))
            continue;
        known->is_left_out = is_left_out(search, known);
        if (!known->is_left_out)
            find_what_became(search, known);
        known->former = former_of(search, known);
        if (!known->source.length && !known->became)
            continue; /* nobody wrote it: it was there as long as something named it */
        gone[kept++] = *known;
    }
    search->items = gone;
    search->count = kept;
}

/* ---- Telling ------------------------------------------------------------------------------------------------- */

/* "[/a/, /b/]" as YAML takes it. */
static void add_path(struct buffer *list, struct text path)
{
    bool needs_quotes = false;
    for (size_t i = 0; i < path.length; i++)
        needs_quotes = needs_quotes || strchr(",[]{}#:&*!|>%@`'", path.at[i]);
    buffer_add_string(list, list->length ? ", " : "[");
    buffer_add_string(list, needs_quotes ? "\"/" : "/");
    buffer_add(list, path);
    buffer_add_string(list, needs_quotes ? "\"" : "");
}

/* The old addresses that a file tells of already. */
static void add_told(
    struct buffer *list, const struct search *search, const struct catalog_thing *thing)
{
    for (size_t i = 0; i < search->plan->count; i++) {
        const struct plan_output *output = &search->plan->outputs[i];
        if (output->redirect && output->redirect->spot.line && output->thing == thing)
            add_path(list, below(search->plan, output->redirect->from));
    }
}

static struct place place_of(const struct catalog_thing *thing)
{
    if (thing->file)
        return (struct place){.file = thing->file->path};
    return schema_place(thing->named_in->path, thing->named_at);
}

static bool is_of(const struct catalog_thing *thing, const struct data_type *type)
{
    return thing->type == type;
}

static void note_line(struct search *search, const struct plan_output *output, struct text list)
{
    const struct catalog_thing *thing = output->thing;
    if (thing->file) {
        report_note(search->report, "write: redirect_from: %.*s", TEXT_ARGS(list));
        return;
    }
    report_note(search->report,
        "make content/%s/%.*s.md, with '%s: %.*s'%s and 'redirect_from: %.*s'",
        is_of(thing, &catalog_artist_type)  ? "artists"
        : is_of(thing, &catalog_drama_type) ? "dramas"
                                            : "tracks",
        TEXT_ARGS(last_name(thing->url)), is_of(thing, &catalog_artist_type) ? "name" : "title",
        TEXT_ARGS(output->page->title),
        is_of(thing, &catalog_track_type) ? ", its drama, its artists" : "", TEXT_ARGS(list));
}

/* All addresses that one thing had before. */
static void tell_moved(struct search *search, size_t first)
{
    const struct plan_output *output = search->items[first].became;
    struct buffer list; /* of the file's own old addresses, too */
    size_t count = 0;
    bool is_certain = search->items[first].is_certain;
    buffer_init(&list);
    add_told(&list, search, output->thing);
    for (size_t i = first; i < search->count; i++)
        if (search->items[i].became == output && !search->items[i].former.at) {
            add_path(&list, search->items[i].address);
            count++;
        }
    buffer_add_byte(&list, ']');
    report_at(search->report, REPORT_WARNING, place_of(output->thing),
        is_certain ? "this stood at '/%.*s'%s before, from where nothing leads here"
                   : "this may be what stood at '/%.*s'%s before, from where nothing leads here",
        TEXT_ARGS(search->items[first].address), count > 1 ? " and elsewhere" : "");
    note_line(search, output, buffer_text(&list));
    if (!is_certain)
        report_note(search->report, "to let go of it, write in liner.yaml: gone: [/%.*s]",
            TEXT_ARGS(search->items[first].address));
    buffer_release(&list);
}

static bool is_told_before(const struct search *search, size_t index)
{
    const struct known *items = search->items;
    for (size_t i = 0; i < index; i++)
        if (items[i].became == items[index].became && !items[i].former.at)
            return true;
    return false;
}

static void tell_all_moved(struct search *search)
{
    for (size_t i = 0; i < search->count; i++)
        if (search->items[i].became && !search->items[i].former.at && !is_told_before(search, i))
            tell_moved(search, i);
}

static struct text pattern_of(const struct search *search, enum schema_address_kind kind)
{
    const struct schema_pattern *pattern =
        search->plan->catalog->request.settings->addresses->patterns[kind].items;
    return pattern->typed;
}

/* Whether what they are led by can be one line. */
static bool is_one_change(const struct search *search, const struct known *a, const struct known *b)
{
    return is_alike(a->kind, b->kind) && text_equal(a->former, b->former) &&
           text_equal(pattern_of(search, a->kind), pattern_of(search, b->kind));
}

static void tell_pattern(struct search *search, size_t first)
{
    const struct known *items = search->items;
    enum schema_address_kind kind = items[first].kind;
    struct buffer list;
    size_t count = 0;
    for (size_t i = first; i < search->count; i++) {
        if (!items[i].former.at || !is_one_change(search, &items[first], &items[i]))
            continue;
        kind = items[i].kind == items[first].kind ? kind : SCHEMA_ADDRESS_WRITING;
        count++;
    }
    const struct data_array *patterns =
        &search->plan->catalog->request.settings->addresses->patterns[items[first].kind];
    const struct schema_pattern *typed = patterns->items;
    buffer_init(&list);
    for (size_t i = 0; i < patterns->count; i++)
        buffer_format(&list, "%.*s, ", TEXT_ARGS(typed[i].typed));
    report_at(search->report, REPORT_WARNING, (struct place){.file = TEXT("liner.yaml")},
        "the addresses of '%s' were '%.*s' before, and from %zu of them nothing leads on",
        schema_address_kind_name(kind), TEXT_ARGS(items[first].former), count);
    report_note(search->report, "write: addresses: {%s: [%.*s%.*s]}",
        schema_address_kind_name(kind), TEXT_ARGS(buffer_text(&list)),
        TEXT_ARGS(items[first].former));
    buffer_release(&list);
}

static void tell_patterns(struct search *search)
{
    for (size_t i = 0; i < search->count; i++) {
        bool is_told = !search->items[i].former.at;
        for (size_t j = 0; !is_told && j < i; j++)
            is_told = search->items[j].former.at &&
                      is_one_change(search, &search->items[j], &search->items[i]);
        if (!is_told)
            tell_pattern(search, i);
    }
}

/* Those that nothing is known of, in one warning. */
static void tell_lost(struct search *search)
{
    struct buffer named, list;
    struct text first = TEXT_NONE;
    size_t count = 0;
    buffer_init(&named);
    buffer_init(&list);
    for (size_t i = 0; i < search->count; i++) {
        const struct known *known = &search->items[i];
        if (known->became || known->is_left_out)
            continue;
        add_path(&list, known->address);
        first = count ? first : known->address;
        if (count++ < MOST_NAMED)
            buffer_format(&named, "%s'/%.*s'", named.length ? ", " : "", TEXT_ARGS(known->address));
    }
    buffer_add_byte(&list, ']');
    if (count > MOST_NAMED)
        buffer_format(&named, " and %zu more", count - MOST_NAMED);
    if (count) {
        report_at(search->report, REPORT_WARNING, (struct place){.file = TEXT("liner.yaml")},
            "nothing leads on from %.*s, where the site had something",
            TEXT_ARGS(buffer_text(&named)));
        report_note(search->report,
            "where another piece takes its readers, write in that: redirect_from: [/%.*s]",
            TEXT_ARGS(first));
        report_note(search->report, "to let go of %s, write here: gone: %.*s",
            count == 1 ? "it" : "them", TEXT_ARGS(buffer_text(&list)));
    }
    buffer_release(&named);
    buffer_release(&list);
}

/* ---- All of it ----------------------------------------------------------------------------------------------- */

static void begin(struct search *search)
{
    const struct plan *plan = search->plan;
    map_init(&search->planned, search->arena);
    map_init(&search->files, search->arena);
    map_init(&search->known, search->arena);
    map_init(&search->sources, search->arena);
    map_init(&search->newer, search->arena);
    for (size_t i = 0; i < plan->count; i++)
        map_put(&search->planned, plan->outputs[i].path, &plan->outputs[i]);
    for (size_t i = 0; i < plan->catalog->file_count; i++)
        map_put(&search->files, plan->catalog->files[i].path, &plan->catalog->files[i]);
}

static void find_pages(struct search *search)
{
    for (size_t i = 0; i < search->plan->count; i++) {
        struct plan_output *output = &search->plan->outputs[i];
        const struct catalog_thing *thing = thing_of(search->plan, output);
        if (thing && thing->file)
            map_put(&search->sources, thing->file->path, output);
        if (thing && !map_get(&search->known, below(search->plan, thing->url)))
            map_put(&search->newer,
                key_of(search, catalog_address_kind(thing), last_name(thing->url)), output);
    }
}

static void find_and_tell(struct search *search, struct text last)
{
    begin(search);
    read_last(search, last);
    find_pages(search);
    find_gone(search);
    tell_patterns(search);
    tell_all_moved(search);
    tell_lost(search);
}

void plan_published(
    const struct plan *plan, struct text last, struct buffer *now, struct report *report)
{
    struct arena arena;
    struct buffer body;
    struct search search = {.plan = plan, .arena = &arena, .report = report};
    arena_init(&arena);
    buffer_init(&body);
    add_patterns(&body, plan);
    add_present(&body, plan);
    last = text_unsealed(last, FIRST_LINE);
    if (last.at && !text_equal(last, buffer_text(&body)))
        find_and_tell(&search, last);
    for (size_t i = 0; i < search.count; i++)
        add_gone(&body, &search.items[i]);
    buffer_add_sealed(now, FIRST_LINE, buffer_text(&body));
    buffer_release(&body);
    arena_release(&arena);
}
