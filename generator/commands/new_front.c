/* The front matter of a new piece: what is known as fields, examples of the rest as comments. */
#include "commands/commands_new_inside.h"

#include <ctype.h>

enum { MOST_TRACKS = 40 };

/* "Chanyeol (찬열) & Punch - Stay With Me" */
static void add_track(struct buffer *out, const struct catalog_track *track)
{
    const struct catalog_artist *const *artists = track->artists.items;
    buffer_add_string(out, "#   ");
    for (size_t i = 0; i < track->artists.count; i++)
        buffer_format(out, "%s%.*s", i ? " & " : "", TEXT_ARGS(artists[i]->record->name));
    buffer_add_string(out, track->artists.count ? " - " : "");
    buffer_add(out, track->record->title);
    if (track->record->native.length)
        buffer_format(out, " (%.*s)", TEXT_ARGS(track->record->native));
    buffer_add_byte(out, '\n');
}

/* Tracks of the drama that the blog knows, else how such lines look. */
static struct text tracks_of(const struct new_piece *piece)
{
    const struct catalog_drama *drama = piece->known_drama;
    const struct catalog_track *const *tracks = drama ? drama->tracks.items : NULL;
    struct buffer out;
    buffer_init(&out);
    for (size_t i = 0; drama && i < drama->tracks.count && i < MOST_TRACKS; i++)
        add_track(&out, tracks[i]);
    if (!out.length)
        buffer_add_string(&out, "#   Chanyeol & Punch - Stay With Me\n"
                                "#   Ailee (에일리) - I Will Go to You Like the First Snow\n");
    struct text lines = text_slice(buffer_text(&out), 0, out.length - 1);
    struct text kept = arena_text(&piece->blog->arena, lines);
    buffer_release(&out);
    return kept;
}

/* "episode: 4" of "Signal, episode 4". */
static struct text episode_of(const struct new_piece *piece)
{
    struct text lower = unicode_lower(&piece->blog->arena, piece->title);
    ptrdiff_t at = text_find(lower, TEXT("episode "));
    size_t from = at < 0 ? lower.length : (size_t)at + strlen("episode "), end = from;
    while (end < lower.length && isdigit((unsigned char)lower.at[end]))
        end++;
    return arena_format(&piece->blog->arena, "%s %.*s", end > from ? "episode:" : "# episode: 1",
        TEXT_ARGS(text_slice(lower, from, end)));
}

static struct text native_of(const struct new_piece *piece)
{
    const void *known = piece->known;
    struct text native = TEXT_NONE;
    if (known && text_is(piece->kind, "drama"))
        native = ((const struct catalog_drama *)known)->record->native;
    else if (known && text_is(piece->kind, "artist"))
        native = ((const struct catalog_artist *)known)->record->native;
    else if (known)
        native = ((const struct catalog_track *)known)->record->native;
    return native.length ? arena_format(&piece->blog->arena, "native: %s",
                               commands_yaml(&piece->blog->arena, native).at)
                         : TEXT("# native: 한글로");
}

/* "artists: [Chanyeol, Punch]" of a known track. */
static struct text artists_of(const struct new_piece *piece)
{
    const struct catalog_track *track = (const void *)piece->known;
    bool is_known = track && text_is(piece->kind, "track") && track->artists.count;
    if (!is_known)
        return TEXT("# artists: [who sings it]");
    const struct catalog_artist *const *artists = track->artists.items;
    struct buffer out;
    buffer_init(&out);
    for (size_t i = 0; i < track->artists.count; i++) {
        buffer_add_string(&out, i ? ", " : "artists: [");
        data_yaml_text(&out, artists[i]->record->name);
    }
    buffer_add_byte(&out, ']');
    struct text kept = arena_text(&piece->blog->arena, buffer_text(&out));
    buffer_release(&out);
    return kept;
}

struct text new_front_matter(const struct new_piece *piece, struct text source)
{
    struct arena *arena = &piece->blog->arena;
    struct data_date day = piece->blog->today;
    day.has_time = false;
    const struct commands_filling fillings[] = {
        {"title", commands_yaml(arena, piece->title)},
        {"date", data_date_iso(arena, day)},
        {"drama", commands_yaml(arena, piece->drama)},
        {"tracks", tracks_of(piece)},
        {"episode", episode_of(piece)},
        {"native", native_of(piece)},
        {"artists", artists_of(piece)},
    };
    return commands_fill(arena, source, fillings, BASE_COUNT(fillings));
}
