/*
 * Where the links of a text lead.
 *
 *     [text](goblin.md#the-songs)      a file of content/, relative to the text's own
 *     [text](/about/)                  an address of the site
 *     [[Signal]]  [[도영|Doyoung]]      a thing, by any of its names
 *     [[Signal / Conclusive Evidence]] a track of a drama; with a third part, by that artist
 *     [[Signal#Tracks]]                a heading on its page
 *     [[artist: Gummy]]                a thing of one kind
 *
 * The same answer is given when links are tied (then what leads nowhere is reported) and when the
 * text is rendered.
 */
#include "catalog/catalog_inside.h"

#include <stddef.h>

static struct catalog_target elsewhere(struct text address)
{
    return (struct catalog_target){.found = CATALOG_ELSEWHERE, .address = address};
}

static struct catalog_target not_found(enum catalog_found found)
{
    return (struct catalog_target){.found = found};
}

/* A writing or page that has a file, and is not in the site. */
static struct catalog_target left_out(
    const struct catalog *catalog, const struct catalog_file *file)
{
    bool is_gone = catalog_absence(&catalog->request, file) == CATALOG_EXPIRED;
    return not_found(is_gone ? CATALOG_GONE : CATALOG_NOT_OUT);
}

static struct catalog_target found(const struct catalog_thing *thing, struct text label)
{
    return (struct catalog_target){
        .found = CATALOG_FOUND, .thing = thing, .address = thing->url, .label = label};
}

/* ---- Headings --------------------------------------------------------------------------------------------- */

/* The heading's id, by its id or its words; absent when the text has no such heading. */
static struct text heading_id(
    const struct markdown_scan *scan, struct text asked, struct arena *scratch)
{
    struct text slug = unicode_slug(scratch, asked);
    for (size_t i = 0; i < scan->heading_count; i++)
        if (text_equal(scan->headings[i].id, asked) || text_equal(scan->headings[i].id, slug))
            return scan->headings[i].id;
    return TEXT_NONE;
}

/* Dramas, artists and tracks have pages whose sections are the theme's, so any may be asked for there. */
static void add_heading(struct catalog_target *target, const struct catalog_file *file,
    struct text asked, struct arena *scratch)
{
    if (!asked.length)
        return;
    struct text id = file ? heading_id(&file->scan, asked, scratch) : TEXT_NONE;
    bool is_free = !file || file->kind == SCHEMA_DRAMAS || file->kind == SCHEMA_ARTISTS ||
                   file->kind == SCHEMA_TRACKS;
    if (!id.at && is_free)
        id = unicode_slug(scratch, asked);
    const struct text parts[] = {target->address, TEXT("#"), id};
    if (id.at)
        target->address = arena_join_all(scratch, parts, BASE_COUNT(parts));
    else
        target->heading = asked;
}

/* ---- Files and addresses ------------------------------------------------------------------------------------- */

static bool is_of_scheme(char byte)
{
    char lower = byte | ('a' - 'A');
    return (lower >= 'a' && lower <= 'z') || byte == '+' || byte == '-' || byte == '.';
}

static bool has_scheme(struct text target)
{
    size_t at = 0;
    while (at < target.length && is_of_scheme(target.at[at]))
        at++;
    return (at > 0 && at < target.length && target.at[at] == ':') || text_starts(target, "//");
}

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

struct text catalog_percent_decoded(struct text text, struct arena *scratch)
{
    char *decoded = arena_alloc(scratch, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        bool is_escape = text.at[i] == '%' && i + 2 < text.length &&
                         hex_digit(text.at[i + 1]) >= 0 && hex_digit(text.at[i + 2]) >= 0;
        if (is_escape) {
            decoded[length++] = (char)(hex_digit(text.at[i + 1]) * 16 + hex_digit(text.at[i + 2]));
            i += 2;
        } else {
            decoded[length++] = text.at[i];
        }
    }
    struct text result = {decoded, length};
    return unicode_nfc(scratch, unicode_check(result) < 0 ? result : text);
}

/* What would end a path or has no place in one (RFC 3986, 3.3); letters of every script stay as they are. */
static bool is_escaped(char byte)
{
    return (unsigned char)byte <= ' ' || byte == 0x7f || strchr("\"#%<>?[\\]^`{|}", byte);
}

struct text catalog_asset_address(
    const struct catalog *catalog, const struct catalog_asset *asset, struct arena *arena)
{
    static const char digits[] = "0123456789ABCDEF";
    struct text base = catalog->request.base_path;
    char *address = arena_alloc(arena, base.length + 3 * asset->url.length + 1);
    size_t length = base.length;
    memcpy(address, base.at, length);
    for (size_t i = 0; i < asset->url.length; i++) {
        char byte = asset->url.at[i];
        bool escaped = is_escaped(byte);
        if (escaped) {
            address[length++] = '%';
            address[length++] = digits[(unsigned char)byte >> 4];
        }
        address[length++] = escaped ? digits[byte & 15] : byte;
    }
    address[length] = '\0';
    return (struct text){address, length};
}

/* A path relative to the folder of a file, without "." and ".." parts; absent when it leads out. */
static struct text join_path(struct text from, struct text relative, struct arena *scratch)
{
    size_t length = from.length;
    while (length > 0 && from.at[length - 1] != '/')
        length--;
    char *path = arena_alloc(scratch, length + relative.length + 2);
    memcpy(path, from.at, length);
    while (relative.length) {
        ptrdiff_t slash = text_find_byte(relative, '/');
        struct text part = text_slice(relative, 0, slash < 0 ? relative.length : (size_t)slash);
        relative =
            text_slice(relative, slash < 0 ? relative.length : (size_t)slash + 1, relative.length);
        if (text_is(part, "..")) {
            if (length <= strlen("content/"))
                return TEXT_NONE;
            for (length--; length > 0 && path[length - 1] != '/'; length--)
                ;
        } else if (part.length && !text_is(part, ".")) {
            memcpy(path + length, part.at, part.length);
            length += part.length;
            if (slash >= 0)
                path[length++] = '/';
        }
    }
    return (struct text){path, length};
}

static struct catalog_target found_asset(
    const struct catalog *catalog, const struct catalog_asset *asset, struct arena *scratch)
{
    return (struct catalog_target){.found = CATALOG_FOUND,
        .asset = asset,
        .address = catalog_asset_address(catalog, asset, scratch)};
}

/* A file that is no text, beside the one that names it, below it, or anywhere by its bare name; NULL: none. */
static const struct catalog_asset *find_asset(const struct catalog *catalog,
    const struct catalog_file *from, struct text relative, struct arena *scratch)
{
    struct text typed = catalog_percent_decoded(relative, scratch);
    struct text path = join_path(unicode_nfc(scratch, from->path), typed, scratch);
    const struct catalog_asset *asset = path.at ? map_get(&catalog->names->assets, path) : NULL;
    return asset ? asset : catalog_find_attachment(catalog->names, typed);
}

static struct catalog_target follow_path(const struct catalog *catalog,
    const struct catalog_file *from, struct text relative, struct text heading,
    struct arena *scratch)
{
    const struct catalog_names *names = catalog->names;
    const struct catalog_asset *asset = find_asset(catalog, from, relative, scratch);
    if (asset)
        return found_asset(catalog, asset, scratch);
    struct text path = join_path(
        unicode_nfc(scratch, from->path), catalog_percent_decoded(relative, scratch), scratch);
    const struct catalog_file *file = path.at ? map_get(&names->files, path) : NULL;
    if (!file)
        return not_found(path.at && map_get(&names->aside, path) ? CATALOG_ASIDE : CATALOG_UNKNOWN);
    const struct catalog_thing *thing = file->thing;
    if (!thing) /* of a file that could not be read enough has been said */
        return file->record ? left_out(catalog, file) : elsewhere(relative);
    struct catalog_target target = found(thing, TEXT_NONE);
    add_heading(&target, file, heading, scratch);
    return target;
}

static struct catalog_target follow_address(const struct catalog *catalog,
    const struct catalog_file *from, struct text target, struct arena *scratch)
{
    ptrdiff_t hash = text_find_byte(target, '#');
    struct text path = text_slice(target, 0, hash < 0 ? target.length : (size_t)hash);
    struct text heading =
        text_slice(target, hash < 0 ? target.length : (size_t)hash + 1, target.length);
    if (has_scheme(target))
        return elsewhere(target);
    if (text_starts(target, "/"))
        return elsewhere(
            arena_join(scratch, catalog->request.base_path, text_slice(target, 1, target.length)));
    const struct catalog_asset *asset = /* a file may be called "Soundtrack #1.jpg" */
        hash > 0 ? find_asset(catalog, from, target, scratch) : NULL;
    if (asset)
        return found_asset(catalog, asset, scratch);
    if (path.length)
        return follow_path(catalog, from, path, catalog_percent_decoded(heading, scratch), scratch);
    struct catalog_target own = elsewhere(TEXT(""));
    add_heading(&own, from, catalog_percent_decoded(heading, scratch), scratch);
    return own;
}

/* ---- Names ----------------------------------------------------------------------------------------------------- */

struct kind {
    const char *prefix;
    size_t index; /* of the struct catalog_name_index in struct catalog_names */
};

/* In the order in which a bare name is looked for. */
static const struct kind kinds[] = {
    {"drama:", offsetof(struct catalog_names, dramas)},
    {"artist:", offsetof(struct catalog_names, artists)},
    {"track:", offsetof(struct catalog_names, tracks)},
    {"review:", offsetof(struct catalog_names, writings)},
    {"tag:", offsetof(struct catalog_names, terms[CATALOG_TAGS])},
};

static const struct catalog_name_index *index_of(
    const struct catalog *catalog, const struct kind *kind)
{
    return (const void *)((const char *)catalog->names + kind->index);
}

/* The kind that a prefix asks for, which is taken off; NULL: any but tags. */
static const struct kind *take_prefix(struct text *name)
{
    for (size_t i = 0; i < BASE_COUNT(kinds); i++) {
        if (!text_starts(*name, kinds[i].prefix))
            continue;
        *name = text_trim(text_slice(*name, strlen(kinds[i].prefix), name->length));
        return &kinds[i];
    }
    return NULL;
}

static struct catalog_target find_whole(const struct catalog *catalog, const struct kind *wanted,
    struct text name, struct arena *scratch)
{
    for (size_t i = 0; i < BASE_COUNT(kinds); i++) {
        bool is_asked = wanted ? wanted == &kinds[i] : !text_is(text_of(kinds[i].prefix), "tag:");
        if (!is_asked)
            continue;
        struct catalog_claims claims =
            catalog_claimed(index_of(catalog, &kinds[i]), name, TEXT_NONE, scratch);
        if (claims.count == 1)
            return found(claims.things[0], name);
        if (claims.count > 1)
            return (struct catalog_target){.found = CATALOG_SEVERAL, .several = claims};
    }
    bool is_review = !wanted || wanted->index == offsetof(struct catalog_names, writings);
    const struct catalog_file *file =
        is_review ? map_get(&catalog->names->left_out, unicode_key(scratch, name)) : NULL;
    if (file)
        return left_out(catalog, file);
    return not_found(CATALOG_UNKNOWN);
}

static bool is_by(const struct catalog_track *track, const struct catalog_claims *artists)
{
    const struct catalog_thing *const *items = track->artists.items;
    for (size_t i = 0; i < artists->count; i++)
        for (size_t j = 0; j < track->artists.count; j++)
            if (items[j] == artists->things[i])
                return true;
    return false;
}

/* Takes the part before the next " / " off the rest. */
static struct text take_part(struct text *rest)
{
    ptrdiff_t at = text_find(*rest, TEXT(" / "));
    struct text part = text_trim(text_slice(*rest, 0, at < 0 ? rest->length : (size_t)at));
    *rest = at < 0 ? TEXT("") : text_slice(*rest, (size_t)at + 3, rest->length);
    return part;
}

/* The tracks of a drama that have the title; an artist's only, where one is asked for. */
static size_t count_tracks(const struct catalog *catalog, const struct catalog_thing *drama,
    struct text title, const struct catalog_claims *artists, const struct catalog_track *except,
    struct arena *scratch, const struct catalog_thing **only)
{
    struct text name = catalog_title_in_drama(scratch, drama, title);
    struct catalog_claims tracks =
        catalog_claimed(&catalog->names->tracks_of_dramas, name, TEXT_NONE, scratch);
    size_t count = 0;
    for (size_t i = 0; i < tracks.count; i++) {
        const struct catalog_track *track = (const void *)tracks.things[i];
        if (track == except || (artists && !is_by(track, artists)))
            continue;
        *only = tracks.things[i];
        count++;
    }
    return count;
}

/* drama / track [ / artist ] */
static struct catalog_target find_track(const struct catalog *catalog, struct text path,
    const struct catalog_track *except, struct arena *scratch)
{
    const struct catalog_names *names = catalog->names;
    struct text drama = take_part(&path), title = take_part(&path), artist = take_part(&path);
    struct catalog_claims dramas = catalog_claimed(&names->dramas, drama, TEXT_NONE, scratch);
    struct catalog_claims artists = catalog_claimed(&names->artists, artist, TEXT_NONE, scratch);
    const struct catalog_thing *only = NULL;
    size_t count = 0;
    for (size_t i = 0; title.length && i < dramas.count; i++)
        count += count_tracks(catalog, dramas.things[i], title, artist.length ? &artists : NULL,
            except, scratch, &only);
    if (count > 1)
        return not_found(CATALOG_SEVERAL);
    return only ? found(only, title) : not_found(CATALOG_UNKNOWN);
}

/* Of all tracks with the title, whatever their drama. */
static struct catalog_target find_title(const struct catalog *catalog, struct text title,
    const struct catalog_track *except, struct arena *scratch)
{
    struct catalog_claims tracks =
        catalog_claimed(&catalog->names->tracks, title, TEXT_NONE, scratch);
    const struct catalog_thing *only = NULL;
    size_t count = 0;
    for (size_t i = 0; i < tracks.count; i++) {
        if (tracks.things[i] == &except->thing)
            continue;
        only = tracks.things[i];
        count++;
    }
    if (count > 1)
        return not_found(CATALOG_SEVERAL);
    return only ? found(only, title) : not_found(CATALOG_UNKNOWN);
}

struct catalog_target catalog_find_track(const struct catalog *catalog,
    const struct catalog_drama *home, struct text name, const struct catalog_track *except,
    struct arena *scratch)
{
    const struct catalog_thing *only = NULL;
    size_t count =
        home ? count_tracks(catalog, &home->thing, name, NULL, except, scratch, &only) : 0;
    if (count)
        return count == 1 ? found(only, name) : not_found(CATALOG_SEVERAL);
    struct catalog_target path = find_track(catalog, name, except, scratch);
    return path.found == CATALOG_UNKNOWN ? find_title(catalog, name, except, scratch) : path;
}

/* Obsidian names a note by its file. */
static struct catalog_target find_note(
    const struct catalog *catalog, struct text name, struct arena *scratch)
{
    const struct catalog_file *file = catalog_find_note(catalog->names, name, scratch);
    const struct catalog_asset *asset = catalog_find_attachment(catalog->names, name);
    if (!file && asset)
        return found_asset(catalog, asset, scratch);
    if (!file || !file->record)
        return not_found(!file && catalog_is_aside(catalog->names, name, scratch)
                             ? CATALOG_ASIDE
                             : CATALOG_UNKNOWN);
    return file->thing ? found(file->thing, TEXT_NONE) : left_out(catalog, file);
}

static struct catalog_target find_name(
    const struct catalog *catalog, struct text target, struct arena *scratch)
{
    struct text name = text_trim(target);
    const struct kind *kind = take_prefix(&name);
    struct catalog_target result = find_whole(catalog, kind, name, scratch);
    if (result.found == CATALOG_UNKNOWN && text_find(name, TEXT(" / ")) >= 0)
        result = find_track(catalog, name, NULL, scratch);
    if (result.found == CATALOG_UNKNOWN && !kind)
        result = find_note(catalog, name, scratch);
    return result;
}

/* `#^quote`: Obsidian's name of a block. The link leads to the block's page. */
static struct text without_block(struct text target)
{
    ptrdiff_t at = text_find(target, TEXT("#^"));
    return at < 0 ? target : text_slice(target, 0, (size_t)at);
}

static struct catalog_target follow_name(const struct catalog *catalog,
    const struct catalog_file *from, struct text target, struct arena *scratch)
{
    target = without_block(target);
    if (!target.length ||
        (target.at[0] == '#' && target.length > 1)) { /* a heading of this very page */
        struct catalog_target own = elsewhere(TEXT(""));
        add_heading(&own, from, text_trim(text_slice(target, 1, target.length)), scratch);
        return own;
    }
    struct catalog_target result = find_name(catalog, target, scratch);
    size_t hash = target.length;
    while (hash > 0 && target.at[hash - 1] != '#')
        hash--;
    if (result.found != CATALOG_UNKNOWN || hash < 2)
        return result;
    struct catalog_target page = find_name(catalog, text_slice(target, 0, hash - 1), scratch);
    if (page.found == CATALOG_FOUND)
        add_heading(
            &page, page.thing->file, text_trim(text_slice(target, hash, target.length)), scratch);
    return page;
}

struct catalog_target catalog_follow(const struct catalog *catalog, const struct catalog_file *from,
    enum markdown_link_kind kind, struct text target, struct arena *scratch)
{
    if (kind == MARKDOWN_WIKI || kind == MARKDOWN_EMBED)
        return follow_name(catalog, from, target, scratch);
    if (kind == MARKDOWN_ADDRESS)
        return elsewhere(target);
    return follow_address(catalog, from, target, scratch);
}

/* Its body, as it was scanned. */
static void read_source(const struct catalog *catalog, const struct catalog_file *file,
    struct catalog_source *source, struct arena *scratch)
{
    const struct disk *disk = catalog->request.disk;
    struct buffer bytes;
    buffer_init(&bytes);
    disk->read(disk, file->path.at, MARKDOWN_BODY_BYTES, &bytes);
    struct text body = text_slice(buffer_text(&bytes), file->body_offset, bytes.length);
    if (unicode_check(body) < 0) /* unless the file has changed meanwhile */
        body = unicode_nfc(scratch, body);
    buffer_clear(&source->body);
    buffer_add(&source->body, body);
    buffer_release(&bytes);
    source->file = file;
    source->counter = (struct place_counter){0};
}

struct place catalog_link_place(const struct catalog *catalog, const struct catalog_file *file,
    struct catalog_source *source, const struct markdown_scan_link *link, struct arena *scratch)
{
    if (source->file != file)
        read_source(catalog, file, source, scratch);
    struct place place = place_next(
        &source->counter, file->path, buffer_text(&source->body), link->offset, link->length);
    place.line += file->body_line - 1;
    return place;
}
