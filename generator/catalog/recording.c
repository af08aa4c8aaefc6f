/*
 * Recordings that belong to a writing, as its front matter names them:
 *
 *     audio: talk.mp3                               beside the file, or from the root of content/
 *     audio: https://example.org/talk.mp3           a file elsewhere
 *     audio: https://open.spotify.com/episode/...   a page that plays it
 */
#include "catalog/catalog_inside.h"

#include <strings.h>

/* What browsers play, and what podcasts are made of. */
static const struct {
    const char *ending, *type;
} types[] = {
    {".mp3", "audio/mpeg"},
    {".m4a", "audio/mp4"},
    {".ogg", "audio/ogg"},
    {".oga", "audio/ogg"},
    {".opus", "audio/ogg"},
    {".wav", "audio/wav"},
    {".flac", "audio/flac"},
};

/* Absent for what is no recording. */
static struct text type_of_file(struct text path)
{
    for (size_t i = 0; i < BASE_COUNT(types); i++) {
        size_t ending = strlen(types[i].ending);
        if (path.length > ending &&
            strncasecmp(path.at + path.length - ending, types[i].ending, ending) == 0)
            return text_of(types[i].type);
    }
    return TEXT_NONE;
}

/* Its query aside. */
static struct text type_of_address(struct text address)
{
    size_t length = 0;
    while (length < address.length && !strchr("?#", address.at[length]))
        length++;
    return type_of_file(text_slice(address, 0, length));
}

static void report_wrong(struct catalog_draft *draft, const struct catalog_writing *writing,
    const struct schema_path *typed, const char *wrong)
{
    report_at(draft->report, REPORT_ERROR, schema_place(writing->thing.file->path, typed->spot),
        "%s: 'audio: %.*s'", wrong, TEXT_ARGS(typed->path));
}

static const struct catalog_recording *find_here(struct catalog *catalog,
    struct catalog_draft *draft, const struct catalog_writing *writing,
    const struct schema_path *typed)
{
    const struct catalog_asset *asset =
        catalog_asset_at(catalog, writing->thing.file, typed->path, &draft->scratch);
    struct text type = asset ? type_of_file(asset->path) : TEXT_NONE;
    arena_clear(&draft->scratch);
    if (!asset) {
        report_wrong(draft, writing, typed, "no such recording");
        report_note(draft->report, "put it beside this file, write its path from content/ with a "
                                   "'/' before it, or its address");
        return NULL;
    }
    if (!type.at) {
        report_wrong(draft, writing, typed, "browsers do not play this");
        report_note(draft->report, "they play .mp3, .m4a, .ogg, .opus, .wav and .flac");
        return NULL;
    }
    struct catalog_recording *recording = arena_alloc(&catalog->arena, sizeof *recording);
    recording->url = catalog_asset_address(catalog, asset, &catalog->arena);
    recording->type = type;
    recording->bytes = (int64_t)asset->status.bytes;
    recording->is_here = true;
    return recording;
}

static const struct catalog_recording *find_elsewhere(struct catalog *catalog, struct text address)
{
    struct catalog_recording *recording = arena_alloc(&catalog->arena, sizeof *recording);
    recording->url = address;
    recording->type = type_of_address(address);
    recording->bytes = DATA_NO_INTEGER;
    return recording;
}

void catalog_settle_recordings(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->writings.count; i++) {
        struct catalog_writing *writing = (void *)draft->writings.items[i];
        const struct schema_path *typed = &writing->record->audio;
        if (!typed->path.at || !writing->thing.file)
            continue;
        writing->audio = schema_is_web_address(typed->path)
                             ? find_elsewhere(catalog, typed->path)
                             : find_here(catalog, draft, writing, typed);
    }
}
