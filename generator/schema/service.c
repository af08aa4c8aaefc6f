/* Services where a track is heard: what each is called, and the address that an id stands for. player.c
 * knows their other addresses. */
#include "schema/schema_inside.h"

#include <stddef.h>

#define TRACK(member) offsetof(struct schema_track, member)
#define MORE(member)  offsetof(struct schema_track_more, member), .part = &schema_track_part

/* The ids of YouTube and Spotify have had these lengths for ever; others are numbers. */
const struct schema_service schema_services[SCHEMA_SERVICE_COUNT] = {
    [SCHEMA_YOUTUBE] = {.name = "YouTube",
        .slug = "youtube",
        .offset = TRACK(youtube),
        .before = "https://www.youtube.com/watch?v=",
        .after = "",
        .id_length = 11,
        .kind = "video",
        .frame_before = "https://www.youtube-nocookie.com/embed/",
        .frame_after = "?autoplay=1"},
    [SCHEMA_SPOTIFY] = {.name = "Spotify",
        .slug = "spotify",
        .offset = MORE(spotify),
        .before = "https://open.spotify.com/track/",
        .after = "",
        .id_length = 22,
        .kind = "track",
        .frame_before = "https://open.spotify.com/embed/track/",
        .frame_after = ""},
    [SCHEMA_APPLE] = {.name = "Apple Music", .slug = "apple", .offset = MORE(apple)},
    [SCHEMA_MELON] = {.name = "Melon",
        .slug = "melon",
        .offset = MORE(melon),
        .before = "https://www.melon.com/song/detail.htm?songId=",
        .after = "",
        .kind = "track"},
    [SCHEMA_GENIE] = {.name = "Genie",
        .slug = "genie",
        .offset = MORE(genie),
        .before = "https://www.genie.co.kr/detail/songInfo?xgnm=",
        .after = "",
        .kind = "track"},
    [SCHEMA_BUGS] = {.name = "Bugs",
        .slug = "bugs",
        .offset = MORE(bugs),
        .before = "https://music.bugs.co.kr/track/",
        .after = "",
        .kind = "track"},
    [SCHEMA_FLO] = {.name = "FLO",
        .slug = "flo",
        .offset = MORE(flo),
        .before = "https://www.music-flo.com/detail/track/",
        .after = "/details",
        .kind = "track"},
    [SCHEMA_VIBE] = {.name = "VIBE",
        .slug = "vibe",
        .offset = MORE(vibe),
        .before = "https://vibe.naver.com/track/",
        .after = "",
        .kind = "track"},
    [SCHEMA_SOUNDCLOUD] = {.name = "SoundCloud", .slug = "soundcloud", .offset = MORE(soundcloud)},
    [SCHEMA_BANDCAMP] = {.name = "Bandcamp", .slug = "bandcamp", .offset = MORE(bandcamp)},
};

/* What the writer typed for it. */
static const struct text *typed_for(const struct schema_service *service, const void *record)
{
    return data_member(service->part, service->offset, record);
}

static const struct schema_service *service_of(const struct data_field *field)
{
    for (size_t i = 0; i < SCHEMA_SERVICE_COUNT; i++)
        if (schema_services[i].offset == field->offset && schema_services[i].part == field->part)
            return &schema_services[i];
    return NULL;
}

/* ---- Reading ------------------------------------------------------------------------------------------ */

/* Letters, digits, '-' and '_': what the ids of all these services are made of. */
bool schema_is_id(struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i], small = (char)(c | 32);
        if (!((c >= '0' && c <= '9') || (small >= 'a' && small <= 'z') || c == '-' || c == '_'))
            return false;
    }
    return text.length > 0;
}

/* An address of another service has slipped into this field. */
static void check_service(struct schema_reading *reading, const struct schema_service *service,
    const struct data_value *value, struct text typed)
{
    int found = schema_service_of(typed);
    if (found < 0 || &schema_services[found] == service)
        return;
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
        "this is an address on %s, not on %s: write it as '%s'", schema_services[found].name,
        service->name, schema_services[found].slug);
}

void schema_read_service(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    const struct schema_service *service = service_of(field);
    schema_read_field(reading, field, value, record);
    base_assert(service);
    const struct text *typed = typed_for(service, record);
    if (!typed->at || (service->before && schema_is_id(*typed)))
        return;
    if (schema_is_web_address(*typed)) {
        check_service(reading, service, value, *typed);
        return;
    }
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
        service->before ? "'%s' must be the track's id on %s, or its address (https://...)"
                        : "'%s' must be the track's address on %s (https://...)",
        field->name, service->name);
}

/* ---- What templates see -------------------------------------------------------------------------------- */

/* An id between what stands before and behind it. */
static struct text around(
    struct arena *arena, const char *before, struct text id, const char *after)
{
    const struct text parts[] = {text_of(before), id, text_of(after)};
    return arena_join_all(arena, parts, BASE_COUNT(parts));
}

/* What plays an address. */
static void fill_from_address(
    struct schema_heard *heard, const struct schema_service *service, struct arena *arena)
{
    if (!schema_find_player(heard->url, arena, &heard->player))
        heard->player = (struct schema_player){
            .service = text_of(service->name), .slug = text_of(service->slug)};
}

/* Of an id nearly all is known, so its address is not looked at. */
static void fill_from_id(struct schema_heard *heard, const struct schema_service *service,
    struct text id, struct arena *arena)
{
    heard->url = around(arena, service->before, id, service->after);
    if (service->id_length > 0 && id.length != service->id_length) {
        fill_from_address(heard, service, arena);
        return;
    }
    heard->player = (struct schema_player){.service = text_of(service->name),
        .slug = text_of(service->slug),
        .kind = text_of(service->kind),
        .video = service == &schema_services[SCHEMA_YOUTUBE] ? id : TEXT_NONE};
    if (service->frame_before)
        heard->player.frame = around(arena, service->frame_before, id, service->frame_after);
}

static const struct schema_heard *hear(
    const struct schema_service *service, struct text typed, struct arena *arena)
{
    struct schema_heard *heard = arena_alloc(arena, sizeof *heard);
    if (text_find_byte(typed, ':') >= 0) { /* else it is an id: nothing more was let in */
        heard->url = typed;
        fill_from_address(heard, service, arena);
    } else {
        fill_from_id(heard, service, typed, arena);
    }
    return heard;
}

#define HEARD(name_, member_, flags_, help_)                                                       \
    {                                                                                              \
        .name = name_, .kind = FIELD_TEXT, .offset = offsetof(struct schema_heard, member_),       \
        .flags = flags_, .help = help_                                                             \
    }

static const struct data_field heard_fields[] = {
    HEARD("title", player.service, FIELD_NEVER_NONE, "what the service is called"),
    HEARD("slug", player.slug, FIELD_NEVER_NONE, "the same as a word for the stylesheet: youtube"),
    HEARD("url", url, FIELD_NEVER_NONE, "the address of the track there"),
    HEARD("frame", player.frame, 0, "the address of its player, where the service has one"),
};

const struct data_type schema_heard_type = {.name = "service",
    .fields = heard_fields,
    .field_count = BASE_COUNT(heard_fields),
    .size = sizeof(struct schema_heard),
    .help = "Where a track is heard."};

/* What the first of the records that names the service says. */
static struct text first_typed(
    const struct schema_service *service, const struct schema_track *const *records, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct text *typed = typed_for(service, records[i]);
        if (typed->length)
            return *typed;
    }
    return TEXT_NONE;
}

bool schema_is_heard(const struct schema_track *track)
{
    for (size_t i = 0; i < SCHEMA_SERVICE_COUNT; i++)
        if (typed_for(&schema_services[i], track)->length)
            return true;
    return false;
}

struct data_value schema_services_of(
    const struct schema_track *const *records, size_t count, struct arena *arena)
{
    struct data_value list = data_list_new(arena);
    for (size_t i = 0; i < SCHEMA_SERVICE_COUNT; i++) {
        struct text typed = first_typed(&schema_services[i], records, count);
        if (typed.length)
            data_list_add(arena, list.as.list,
                data_thing(&schema_heard_type, hear(&schema_services[i], typed, arena)));
    }
    return list;
}

struct data_value schema_player_of(
    const struct schema_track *const *records, size_t count, struct arena *arena)
{
    for (size_t i = 0; i < SCHEMA_SERVICE_COUNT; i++) {
        struct text typed = first_typed(&schema_services[i], records, count);
        const struct schema_heard *heard =
            typed.length ? hear(&schema_services[i], typed, arena) : NULL;
        if (heard && heard->player.frame.at)
            return data_thing(&schema_heard_type, heard);
    }
    return data_none();
}

struct text schema_video_of(
    const struct schema_track *const *records, size_t count, struct arena *arena)
{
    const struct schema_service *youtube = &schema_services[SCHEMA_YOUTUBE];
    struct text typed = first_typed(youtube, records, count);
    return typed.length ? hear(youtube, typed, arena)->player.video : TEXT_NONE;
}

struct data_value schema_compute_services(const void *record, struct data_run *run)
{
    const struct schema_track *track = record;
    return schema_services_of(&track, 1, run->scratch);
}

struct data_value schema_compute_player(const void *record, struct data_run *run)
{
    const struct schema_track *track = record;
    return schema_player_of(&track, 1, run->scratch);
}
