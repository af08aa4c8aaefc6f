/*
 * What an address of a service leads to, and the address at which the service plays it.
 *
 *     page     https://m.youtube.com/watch?app=desktop&v=pcKR0LPwoYs&t=1m30s#songs
 *     host     youtube.com                             without "www." and "m."
 *     path     /watch?v=$                              in any order, among other parameters
 *     player   https://www.youtube-nocookie.com/embed/$?autoplay=1 &start=90
 *
 * Nothing goes into the address of a player but what was found to be an id or a part of a path: it
 * can't lead elsewhere, whatever was typed.
 */
#include "schema/schema_inside.h"

#include <strings.h>

/*
 * Pages of services, the first that fits counts. In a path, between two slashes and behind a '=':
 *
 *     $   an id, as long as the service's are      #   an id of any length
 *     *   anything, as in the names of songs       -   the same, left out of the player's address
 *     %   a kind of thing: track, album ...        **  all the rest of the path
 *
 * What they stand for goes into the player's address at each '$', in the same order.
 */
struct page {
    const char *hosts; /* ".bandcamp.com": any below it */
    enum schema_service_name service;
    const char *path;
    const char *kind;  /* NULL: as '%' says */
    const char *frame; /* NULL: the service has no player for other sites */
};

#define YOUTUBE "youtube.com music.youtube.com youtube-nocookie.com"
#define MELON   "melon.com m2.melon.com"
#define GENIE   "genie.co.kr mw.genie.co.kr"
#define BUGS    "music.bugs.co.kr bugs.co.kr"

static const char video_frame[] = "https://www.youtube-nocookie.com/embed/$?autoplay=1";
static const char videos_frame[] =
    "https://www.youtube-nocookie.com/embed/videoseries?list=$&autoplay=1";
static const char spotify_frame[] = "https://open.spotify.com/embed/$/$";
static const char apple_frame[] = "https://embed.music.apple.com/$/$/$/$";
static const char soundcloud_frame[] =
    "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/$/$&auto_play=true";

static const struct page pages[] = {
    {YOUTUBE, SCHEMA_YOUTUBE, "/embed/videoseries?list=#", "playlist", videos_frame},
    {YOUTUBE, SCHEMA_YOUTUBE, "/watch?v=$", "video", video_frame},
    {YOUTUBE, SCHEMA_YOUTUBE, "/shorts/$", "short", video_frame},
    {YOUTUBE, SCHEMA_YOUTUBE, "/embed/$", "video", video_frame},
    {YOUTUBE, SCHEMA_YOUTUBE, "/live/$", "video", video_frame},
    {YOUTUBE, SCHEMA_YOUTUBE, "/v/$", "video", video_frame},
    {YOUTUBE, SCHEMA_YOUTUBE, "/playlist?list=#", "playlist", videos_frame},
    {"youtu.be", SCHEMA_YOUTUBE, "/$", "video", video_frame},
    {"open.spotify.com", SCHEMA_SPOTIFY, "/%/$", NULL, spotify_frame},
    {"open.spotify.com", SCHEMA_SPOTIFY, "/-/%/$", NULL, spotify_frame}, /* /intl-ko/track/... */
    {"music.apple.com geo.music.apple.com", SCHEMA_APPLE, "/*/album/*/#?i=#", "track",
        "https://embed.music.apple.com/$/album/$/$?i=$"},
    {"music.apple.com geo.music.apple.com", SCHEMA_APPLE, "/*/%/*/*", NULL, apple_frame},
    {"music.apple.com geo.music.apple.com", SCHEMA_APPLE, "/*/%/*", NULL,
        "https://embed.music.apple.com/$/$/$"},
    {MELON, SCHEMA_MELON, "/song/detail.htm?songId=#", "track", NULL},
    {MELON, SCHEMA_MELON, "/album/detail.htm?albumId=#", "album", NULL},
    {MELON, SCHEMA_MELON, "/artist/timeline.htm?artistId=#", "artist", NULL},
    {MELON, SCHEMA_MELON, "/**?plylstSeq=#", "playlist", NULL},
    {GENIE, SCHEMA_GENIE, "/detail/songInfo?xgnm=#", "track", NULL},
    {GENIE, SCHEMA_GENIE, "/detail/albumInfo?axnm=#", "album", NULL},
    {GENIE, SCHEMA_GENIE, "/detail/artistInfo?xxnm=#", "artist", NULL},
    {GENIE, SCHEMA_GENIE, "/playlist/detailView?plmSeq=#", "playlist", NULL},
    {BUGS, SCHEMA_BUGS, "/%/#", NULL, NULL},
    {"music-flo.com", SCHEMA_FLO, "/detail/%/#/-", NULL, NULL},
    {"vibe.naver.com", SCHEMA_VIBE, "/%/*", NULL, NULL},
    {"soundcloud.com", SCHEMA_SOUNDCLOUD, "/#/sets/#", "playlist",
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/$/sets/$&auto_play=true"},
    {"soundcloud.com", SCHEMA_SOUNDCLOUD, "/#/#", "track", soundcloud_frame},
    {"on.soundcloud.com", SCHEMA_SOUNDCLOUD, "/#", "track", NULL},
    {"bandcamp.com", SCHEMA_BANDCAMP, "/EmbeddedPlayer/**", "album",
        "https://bandcamp.com/EmbeddedPlayer/$"},
    {".bandcamp.com", SCHEMA_BANDCAMP, "/%/*", NULL, NULL},
};

/* The words of '%', and the shape that the player of such a thing has. */
static const struct {
    const char *word, *kind;
} kinds[] = {
    {"track", "track"},
    {"song", "track"},
    {"album", "album"},
    {"playlist", "playlist"},
    {"artist", "artist"},
    {"episode", "track"},
    {"show", "album"},
    {"music-video", "video"},
};

/* ---- The parts of an address ------------------------------------------------------------------------- */

struct address {
    struct text host, path, query, fragment;
};

/* Takes what stands before the sign off the rest, which keeps what is behind it. */
static struct text take_until(struct text *rest, char sign)
{
    ptrdiff_t at = text_find_byte(*rest, sign);
    struct text part = text_slice(*rest, 0, at < 0 ? rest->length : (size_t)at);
    *rest = at < 0 ? TEXT("") : text_slice(*rest, (size_t)at + 1, rest->length);
    return part;
}

static bool take_ignoring_case(struct text *text, const char *prefix)
{
    size_t length = strlen(prefix);
    if (text->length < length || strncasecmp(text->at, prefix, length) != 0)
        return false;
    *text = text_slice(*text, length, text->length);
    return true;
}

static bool split(struct text typed, struct address *address)
{
    if (!take_ignoring_case(&typed, "https://") && !take_ignoring_case(&typed, "http://"))
        return false;
    struct text before = take_until(&typed, '#');
    address->fragment = typed;
    struct text place = take_until(&before, '?');
    address->query = before;
    address->host = take_until(&place, '/');
    address->path = place;
    if (!take_ignoring_case(&address->host, "www."))
        take_ignoring_case(&address->host, "m.");
    while (text_ends(address->path, "/"))
        address->path.length--;
    return true;
}

static bool is_same_host(struct text host, struct text wanted)
{
    return host.length == wanted.length && strncasecmp(host.at, wanted.at, host.length) == 0;
}

static bool is_below(struct text host, struct text wanted)
{
    return host.length > wanted.length && text_starts(wanted, ".") &&
           is_same_host(text_slice(host, host.length - wanted.length, host.length), wanted);
}

static bool is_among(struct text host, const char *hosts)
{
    struct text rest = text_of(hosts);
    while (rest.length) {
        struct text wanted = take_until(&rest, ' ');
        if (is_same_host(host, wanted) || is_below(host, wanted))
            return true;
    }
    return false;
}

/* The value of a parameter, absent when there is none. */
static struct text parameter(struct text query, struct text name)
{
    while (query.length) {
        struct text value = take_until(&query, '&');
        struct text found = take_until(&value, '=');
        if (text_equal(found, name))
            return value;
    }
    return TEXT_NONE;
}

/* ---- Does a page fit? ---------------------------------------------------------------------------------- */

enum { MOST_PARTS = 4 };

struct fit {
    const struct page *page;
    struct text parts[MOST_PARTS]; /* what goes into the player's address */
    size_t count;
    const char *kind;
};

/* As a browser would take it for a part of a path, and nothing that ends an attribute or begins another
 * parameter. */
static bool is_part(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] <= ' ' || strchr("\"'<>\\^`{|}?#&/\x7F", text.at[i]))
            return false;
    return text.length > 0 && !text_is(text, ".") && !text_is(text, "..");
}

static bool is_id_of(struct text text, size_t length)
{
    return schema_is_id(text) && (length == 0 || text.length == length);
}

static bool add_part(struct fit *fit, struct text part)
{
    base_assert(fit->count < MOST_PARTS);
    fit->parts[fit->count++] = part;
    return true;
}

static bool fits_kind(struct fit *fit, struct text found)
{
    for (size_t i = 0; i < BASE_COUNT(kinds); i++)
        if (text_is(found, kinds[i].word)) {
            fit->kind = kinds[i].kind;
            return add_part(fit, found);
        }
    return false;
}

static bool fits_part(struct fit *fit, struct text wanted, struct text found)
{
    size_t id_length = schema_services[fit->page->service].id_length;
    if (text_is(wanted, "$"))
        return is_id_of(found, id_length) && add_part(fit, found);
    if (text_is(wanted, "#"))
        return is_id_of(found, 0) && add_part(fit, found);
    if (text_is(wanted, "*"))
        return is_part(found) && add_part(fit, found);
    if (text_is(wanted, "-"))
        return is_part(found);
    if (text_is(wanted, "%"))
        return fits_kind(fit, found);
    return text_equal(wanted, found);
}

/* "album=123/size=large/": every part of it has to be one. */
static bool fits_rest(struct fit *fit, struct text rest)
{
    struct text whole = rest;
    while (rest.length)
        if (!is_part(take_until(&rest, '/')))
            return false;
    return whole.length > 0 && add_part(fit, whole);
}

static bool fits_path(struct fit *fit, struct text wanted, struct text found)
{
    while (wanted.length) {
        struct text part = take_until(&wanted, '/');
        if (text_is(part, "**"))
            return fits_rest(fit, found);
        if (!fits_part(fit, part, take_until(&found, '/')))
            return false;
    }
    return found.length == 0;
}

static bool fits(struct fit *fit, const struct page *page, const struct address *address)
{
    *fit = (struct fit){.page = page, .kind = page->kind};
    if (!is_among(address->host, page->hosts))
        return false;
    struct text query = text_of(page->path + 1);
    struct text path = take_until(&query, '?');
    struct text name = take_until(&query, '=');
    return fits_path(fit, path, address->path) &&
           (!name.length || fits_part(fit, query, parameter(address->query, name)));
}

/* ---- The player's address ------------------------------------------------------------------------------- */

/* "90", "90s", "1m30s", "1h2m3s" in seconds; 0 for anything else. */
static uint32_t seconds_of(struct text time)
{
    enum { MOST_SECONDS = 24 * 60 * 60 };
    uint32_t sum = 0, number = 0;
    for (size_t i = 0; i < time.length; i++) {
        char c = time.at[i];
        if (c >= '0' && c <= '9' && number < MOST_SECONDS) {
            number = number * 10 + (uint32_t)(c - '0');
            continue;
        }
        if (c != 'h' && c != 'm' && c != 's')
            return 0;
        sum += number * (c == 'h' ? 3600 : c == 'm' ? 60 : 1);
        number = 0;
        if (sum > MOST_SECONDS)
            return 0;
    }
    sum += number;
    return sum > MOST_SECONDS ? 0 : sum;
}

/* Where a video is to start: ?t=90, ?start=90 or #t=90. */
static uint32_t start_of(const struct address *address)
{
    struct text time = parameter(address->query, TEXT("t"));
    if (!time.at)
        time = parameter(address->query, TEXT("start"));
    if (!time.at)
        time = parameter(address->fragment, TEXT("t"));
    return seconds_of(time);
}

static struct text frame_of(
    const struct fit *fit, const struct address *address, struct arena *arena)
{
    struct buffer frame;
    buffer_init(&frame);
    size_t next = 0;
    for (const char *at = fit->page->frame; *at; at++) {
        if (*at == '$')
            buffer_add(&frame, fit->parts[next++]);
        else
            buffer_add_byte(&frame, *at);
    }
    uint32_t start = fit->page->service == SCHEMA_YOUTUBE ? start_of(address) : 0;
    if (start > 0)
        buffer_format(&frame, "&start=%u", start);
    struct text kept = arena_text(arena, buffer_text(&frame));
    buffer_release(&frame);
    return kept;
}

static bool find(struct text typed, struct address *address, struct fit *fit)
{
    if (!split(typed, address))
        return false;
    for (size_t i = 0; i < BASE_COUNT(pages); i++)
        if (fits(fit, &pages[i], address))
            return true;
    return false;
}

bool schema_plays(struct text typed)
{
    struct address address;
    struct fit fit;
    return find(typed, &address, &fit);
}

bool schema_find_player(struct text typed, struct arena *arena, struct schema_player *player)
{
    struct address address;
    struct fit fit;
    if (!find(typed, &address, &fit))
        return false;
    const struct schema_service *service = &schema_services[fit.page->service];
    bool is_video = fit.page->frame == video_frame;
    *player = (struct schema_player){
        .service = text_of(service->name),
        .slug = text_of(service->slug),
        .kind = text_of(fit.kind),
        .frame = fit.page->frame ? frame_of(&fit, &address, arena) : TEXT_NONE,
        .video = is_video ? fit.parts[0] : TEXT_NONE,
    };
    return true;
}

int schema_service_of(struct text typed)
{
    struct address address;
    if (!split(typed, &address))
        return -1;
    for (size_t i = 0; i < BASE_COUNT(pages); i++)
        if (is_among(address.host, pages[i].hosts))
            return (int)pages[i].service;
    return -1;
}

/* ---- For a security policy ---------------------------------------------------------------------------------- */

/* "https://open.spotify.com" of a frame's address. */
static struct text origin_of(const char *frame)
{
    struct text rest = text_slice(text_of(frame), strlen("https://"), SIZE_MAX);
    return (struct text){frame, strlen("https://") + take_until(&rest, '/').length};
}

void schema_add_player_hosts(struct buffer *out)
{
    struct text last = TEXT("");
    for (size_t i = 0; i < BASE_COUNT(pages); i++) {
        struct text origin = pages[i].frame ? origin_of(pages[i].frame) : last;
        if (text_equal(origin, last)) /* those of one service stand together */
            continue;
        buffer_add_byte(out, ' ');
        buffer_add(out, origin);
        last = origin;
    }
}
