/* What the title of a new piece means, among what the blog knows. */
#include "commands/commands_new_inside.h"

#include <ctype.h>

/* ---- Near names ------------------------------------------------------------------------------------------------- */

struct names {
    struct text *at;
    size_t count, capacity;
};

static void add_name(struct names *names, struct arena *arena, struct text name)
{
    if (name.length)
        *(struct text *)list_add(
            &names->at, &names->count, &names->capacity, arena, sizeof *names->at) = name;
}

static struct names names_of(const struct catalog *catalog, bool of_dramas, struct arena *arena)
{
    struct names names = {0};
    const struct catalog_drama *const *dramas = catalog->site.dramas.items;
    const struct catalog_artist *const *artists = catalog->site.artists.items;
    for (size_t i = 0; of_dramas && i < catalog->site.dramas.count; i++)
        add_name(&names, arena, dramas[i]->record->title);
    for (size_t i = 0; !of_dramas && i < catalog->site.artists.count; i++)
        add_name(&names, arena, artists[i]->record->name);
    return names;
}

/* Something else is called nearly so. */
static enum base_status check_near(struct new_piece *piece, bool of_dramas, struct text name)
{
    struct arena *arena = &piece->blog->arena;
    struct names names = names_of(piece->blog->catalog, of_dramas, arena);
    struct text guess = report_guess(arena, name, names.at, names.count);
    if (!guess.length || commands_has(piece->line, "anyway"))
        return BASE_DONE;
    return commands_usage(piece->line->row,
        "no %s is called '%.*s' yet%.*s; --anyway begins it all the same",
        of_dramas ? "drama" : "artist", TEXT_ARGS(name), TEXT_ARGS(guess));
}

/* ---- Dramas ------------------------------------------------------------------------------------------------------ */

static const struct catalog_drama *drama_called(struct new_piece *piece, struct text name)
{
    return (const void *)catalog_named(
        piece->blog->catalog, &catalog_drama_type, name, &piece->blog->arena);
}

static bool is_word_byte(char byte)
{
    return isalnum((unsigned char)byte) || (unsigned char)byte >= 0x80;
}

/* The drama that the title begins with: "Goblin, and the songs that make December longer". */
static const struct catalog_drama *drama_in_title(struct new_piece *piece)
{
    struct text title = piece->title;
    for (size_t end = title.length; end > 0; end--) {
        bool is_end = end == title.length || !is_word_byte(title.at[end]);
        const struct catalog_drama *drama = is_end && title.at[end - 1] != ' '
                                                ? drama_called(piece, text_slice(title, 0, end))
                                                : NULL;
        if (drama)
            return drama;
    }
    return NULL;
}

/* "Signal" of "Signal: a radio that hums", "Signal OST", "Signal, episode 2". */
static struct text drama_by_form(struct text title)
{
    static const char *const ends[] = {
        ": ", ", ", " - ", " – ", " — ", " OST", " (", " episode ", " Episode "};
    size_t length = title.length;
    for (size_t i = 0; i < BASE_COUNT(ends); i++) {
        ptrdiff_t at = text_find(title, text_of(ends[i]));
        if (at > 0 && (size_t)at < length)
            length = (size_t)at;
    }
    return text_slice(title, 0, length);
}

static enum base_status find_drama(struct new_piece *piece)
{
    struct text asked = text_trim(commands_value(piece->line, "drama"));
    piece->known_drama = asked.length ? drama_called(piece, asked) : drama_in_title(piece);
    piece->drama = asked.length ? asked : drama_by_form(piece->title);
    if (!piece->known_drama)
        return check_near(piece, true, piece->drama);
    piece->drama = piece->known_drama->record->title;
    return BASE_DONE;
}

/* ---- What has a file --------------------------------------------------------------------------------------------- */

static struct text name_of(const struct catalog_thing *thing)
{
    const void *whole = thing;
    if (thing->type == &catalog_drama_type)
        return ((const struct catalog_drama *)whole)->record->title;
    if (thing->type == &catalog_artist_type)
        return ((const struct catalog_artist *)whole)->record->name;
    return ((const struct catalog_track *)whole)->record->title;
}

/* What is known by another of its names, or spelled otherwise, keeps the name that it has. */
static enum base_status take_known(struct new_piece *piece)
{
    const struct catalog_thing *thing = piece->known;
    if (thing && thing->file)
        return commands_usage(piece->line->row, "'%.*s' has a file already: %.*s",
            TEXT_ARGS(piece->title), TEXT_ARGS(thing->file->path));
    if (thing)
        piece->title = name_of(thing);
    return BASE_DONE;
}

/* "Goblin / Stay With Me" */
static enum base_status find_track(struct new_piece *piece)
{
    ptrdiff_t slash = text_find(piece->title, TEXT(" / "));
    struct text drama = text_trim(commands_value(piece->line, "drama"));
    if (slash > 0 && !drama.length) {
        drama = text_slice(piece->title, 0, (size_t)slash);
        piece->title = text_trim(text_slice(piece->title, (size_t)slash + 3, piece->title.length));
    }
    if (!drama.length)
        return commands_usage(piece->line->row,
            "a track wants its drama: liner new track 'Goblin / %.*s', or --drama",
            TEXT_ARGS(piece->title));
    piece->known_drama = drama_called(piece, drama);
    piece->drama = piece->known_drama ? piece->known_drama->record->title : drama;
    if (!piece->known_drama)
        return check_near(piece, true, drama);
    piece->known = catalog_named_track(
        piece->blog->catalog, piece->known_drama, piece->title, &piece->blog->arena);
    return take_known(piece);
}

enum base_status new_find_names(struct new_piece *piece)
{
    const struct catalog *catalog = piece->blog->catalog;
    bool is_drama = text_is(piece->kind, "drama");
    if (text_is(piece->kind, "review") || text_is(piece->kind, "recap"))
        return find_drama(piece);
    if (text_is(piece->kind, "track"))
        return find_track(piece);
    if (!is_drama && !text_is(piece->kind, "artist"))
        return BASE_DONE;
    const struct data_type *type = is_drama ? &catalog_drama_type : &catalog_artist_type;
    piece->known = catalog_named(catalog, type, piece->title, &piece->blog->arena);
    return piece->known ? take_known(piece) : check_near(piece, is_drama, piece->title);
}
