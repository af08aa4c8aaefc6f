/* Services where a track is heard: what each is called, and the address that an id stands for. */
#include "schema/schema_inside.h"

#include <stddef.h>

/* An id stands between `before` and `after`. Where no address follows from an id, `before` is NULL
 * and writers give the address itself. */
struct service {
    const char *name;
    size_t offset; /* of what the writer typed in struct schema_track */
    const char *before, *after;
};

#define TRACK(member) offsetof(struct schema_track, member)

static const struct service services[] = {
    {"YouTube", TRACK(youtube), "https://www.youtube.com/watch?v=", ""},
    {"Spotify", TRACK(spotify), "https://open.spotify.com/track/", ""},
    {"Apple Music", TRACK(apple), NULL, ""},
    {"Melon", TRACK(melon), "https://www.melon.com/song/detail.htm?songId=", ""},
    {"Genie", TRACK(genie), "https://www.genie.co.kr/detail/songInfo?xgnm=", ""},
    {"Bugs", TRACK(bugs), "https://music.bugs.co.kr/track/", ""},
    {"FLO", TRACK(flo), "https://www.music-flo.com/detail/track/", "/details"},
    {"VIBE", TRACK(vibe), "https://vibe.naver.com/track/", ""},
    {"SoundCloud", TRACK(soundcloud), NULL, ""},
    {"Bandcamp", TRACK(bandcamp), NULL, ""},
};

/* What the writer typed for it. */
static const struct text *typed_for(const struct service *service, const void *record)
{
    return (const void *)((const char *)record + service->offset);
}

static const struct service *service_of(const struct data_field *field)
{
    for (size_t i = 0; i < BASE_COUNT(services); i++)
        if (services[i].offset == field->offset)
            return &services[i];
    return NULL;
}

/* ---- Reading ------------------------------------------------------------------------------------------ */

/* Letters, digits, '-' and '_': what the ids of all these services are made of. */
static bool is_id(struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i], small = (char)(c | 32);
        if (!((c >= '0' && c <= '9') || (small >= 'a' && small <= 'z') || c == '-' || c == '_'))
            return false;
    }
    return text.length > 0;
}

void schema_read_service(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    const struct service *service = service_of(field);
    schema_read_field(reading, field, value, record);
    base_assert(service);
    const struct text *typed = typed_for(service, record);
    if (!typed->at || schema_is_web_address(*typed) || (service->before && is_id(*typed)))
        return;
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, value),
        service->before ? "'%s' must be the track's id on %s, or its address (https://...)"
                        : "'%s' must be the track's address on %s (https://...)",
        field->name, service->name);
}

/* ---- What templates see -------------------------------------------------------------------------------- */

static struct text address_of(const struct service *service, struct text typed, struct arena *arena)
{
    if (schema_is_web_address(typed))
        return typed;
    return arena_join(
        arena, text_of(service->before), arena_join(arena, typed, text_of(service->after)));
}

struct data_value schema_compute_services(const void *record, struct data_run *run)
{
    struct data_value list = data_list_new(run->scratch);
    for (size_t i = 0; i < BASE_COUNT(services); i++) {
        struct text typed = *typed_for(&services[i], record);
        if (!typed.length)
            continue;
        struct schema_link *link = arena_alloc(run->scratch, sizeof *link);
        link->title = text_of(services[i].name);
        link->url = address_of(&services[i], typed, run->scratch);
        data_list_add(run->scratch, list.as.list, data_thing(&schema_link_type, link));
    }
    return list;
}
