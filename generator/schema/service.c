/* Services where a track is heard: what each is called, and the address that an id stands for. player.c
 * knows their other addresses. */
#include "schema/schema_inside.h"

#include <stddef.h>

#define TRACK(member) offsetof(struct schema_track, member)

/* The ids of YouTube and Spotify have had these lengths for ever; others are numbers. */
const struct schema_service schema_services[SCHEMA_SERVICE_COUNT] = {
    [SCHEMA_YOUTUBE] = {"YouTube", "youtube", TRACK(youtube),
        "https://www.youtube.com/watch?v=", "", 11},
    [SCHEMA_SPOTIFY] = {"Spotify", "spotify", TRACK(spotify), "https://open.spotify.com/track/", "",
        22},
    [SCHEMA_APPLE] = {"Apple Music", "apple", TRACK(apple), NULL, "", 0},
    [SCHEMA_MELON] = {"Melon", "melon", TRACK(melon),
        "https://www.melon.com/song/detail.htm?songId=", "", 0},
    [SCHEMA_GENIE] = {"Genie", "genie", TRACK(genie),
        "https://www.genie.co.kr/detail/songInfo?xgnm=", "", 0},
    [SCHEMA_BUGS] = {"Bugs", "bugs", TRACK(bugs), "https://music.bugs.co.kr/track/", "", 0},
    [SCHEMA_FLO] = {"FLO", "flo", TRACK(flo), "https://www.music-flo.com/detail/track/", "/details",
        0},
    [SCHEMA_VIBE] = {"VIBE", "vibe", TRACK(vibe), "https://vibe.naver.com/track/", "", 0},
    [SCHEMA_SOUNDCLOUD] = {"SoundCloud", "soundcloud", TRACK(soundcloud), NULL, "", 0},
    [SCHEMA_BANDCAMP] = {"Bandcamp", "bandcamp", TRACK(bandcamp), NULL, "", 0},
};

/* What the writer typed for it. */
static const struct text *typed_for(const struct schema_service *service, const void *record)
{
    return (const void *)((const char *)record + service->offset);
}

static const struct schema_service *service_of(const struct data_field *field)
{
    for (size_t i = 0; i < SCHEMA_SERVICE_COUNT; i++)
        if (schema_services[i].offset == field->offset)
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

static struct text address_of(
    const struct schema_service *service, struct text typed, struct arena *arena)
{
    if (schema_is_web_address(typed))
        return typed;
    return arena_join(
        arena, text_of(service->before), arena_join(arena, typed, text_of(service->after)));
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

struct data_value schema_compute_services(const void *record, struct data_run *run)
{
    struct data_value list = data_list_new(run->scratch);
    for (size_t i = 0; i < SCHEMA_SERVICE_COUNT; i++) {
        const struct schema_service *service = &schema_services[i];
        struct text typed = *typed_for(service, record);
        if (!typed.length)
            continue;
        struct schema_heard *heard = arena_alloc(run->scratch, sizeof *heard);
        heard->url = address_of(service, typed, run->scratch);
        if (!schema_find_player(heard->url, run->scratch, &heard->player))
            heard->player = (struct schema_player){
                .service = text_of(service->name), .slug = text_of(service->slug)};
        data_list_add(run->scratch, list.as.list, data_thing(&schema_heard_type, heard));
    }
    return list;
}

void schema_add_services(struct schema_track *track, const struct schema_track *other)
{
    for (size_t i = 0; i < SCHEMA_SERVICE_COUNT; i++) {
        struct text *typed = (void *)((char *)track + schema_services[i].offset);
        if (!typed->length)
            *typed = *typed_for(&schema_services[i], other);
    }
}
