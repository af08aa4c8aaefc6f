/*
 * Time zones: how far east of UTC their clocks stand at a moment.
 *
 * ICU's calendars may not be shared by threads, so all changes of a zone are read once, into a table:
 *
 *     from 1987-05-09 17:00 UTC   +10:00
 *     from 1987-10-10 17:00 UTC   +09:00
 */
#include "unicode/unicode_inside.h"

#include <unicode/ucal.h>
#include <unicode/uenum.h>
#include <unicode/ustring.h>

enum { first_year = 1900, last_year = 2200, most_changes = 4096, id_units = 64 };

struct change {
    int64_t from_seconds;
    int offset_minutes;
};

struct unicode_zone {
    struct change *changes; /* the first is from the beginning of time */
    size_t count;
};

static int offset_now(UCalendar *calendar, UErrorCode *status)
{
    int32_t milliseconds =
        ucal_get(calendar, UCAL_ZONE_OFFSET, status) + ucal_get(calendar, UCAL_DST_OFFSET, status);
    return milliseconds / 60000;
}

/* From 1900 on, for two centuries: rules that go on for ever end there. */
static bool read_changes(struct unicode_zone *zone, struct arena *arena, UCalendar *calendar)
{
    UErrorCode status = U_ZERO_ERROR;
    UDate next = ((double)first_year - 1970) * 365.25 * 86400000, last = next;
    double end = ((double)last_year - 1970) * 365.25 * 86400000;
    struct change changes[most_changes];
    ucal_setMillis(calendar, next, &status);
    changes[zone->count++] = (struct change){INT64_MIN, offset_now(calendar, &status)};
    while (zone->count < most_changes && U_SUCCESS(status) &&
           ucal_getTimeZoneTransitionDate(calendar, UCAL_TZ_TRANSITION_NEXT, &next, &status) &&
           next > last && next < end) {
        ucal_setMillis(calendar, next, &status);
        changes[zone->count++] =
            (struct change){(int64_t)(next / 1000), offset_now(calendar, &status)};
        last = next;
    }
    zone->changes = arena_array(arena, zone->count, sizeof *zone->changes);
    memcpy(zone->changes, changes, zone->count * sizeof *changes);
    return U_SUCCESS(status);
}

/* The name as ICU has it; false when the time zone database has no such name. */
static bool find_name(struct text name, UChar id[id_units])
{
    UErrorCode status = U_ZERO_ERROR;
    UChar canonical[id_units];
    UBool is_known = false;
    int32_t length = 0;
    u_strFromUTF8(id, id_units, &length, name.at, (int32_t)name.length, &status);
    if (U_FAILURE(status) || length >= id_units)
        return false;
    ucal_getCanonicalTimeZoneID(id, length, canonical, id_units, &is_known, &status);
    return U_SUCCESS(status) && is_known;
}

const struct unicode_zone *unicode_zone_open(struct arena *arena, struct text name)
{
    UChar id[id_units];
    UErrorCode status = U_ZERO_ERROR;
    if (name.length >= id_units || !find_name(name, id))
        return NULL;
    UCalendar *calendar = ucal_open(id, -1, "en", UCAL_GREGORIAN, &status);
    if (U_FAILURE(status))
        return NULL;
    struct unicode_zone *zone = arena_alloc(arena, sizeof *zone);
    bool is_read = read_changes(zone, arena, calendar);
    ucal_close(calendar);
    return is_read ? zone : NULL;
}

int unicode_zone_offset(const struct unicode_zone *zone, int64_t seconds)
{
    size_t from = 0, to = zone->count; /* the change sought is in [from, to) */
    while (to - from > 1) {
        size_t middle = from + (to - from) / 2;
        if (zone->changes[middle].from_seconds <= seconds)
            from = middle;
        else
            to = middle;
    }
    return zone->changes[from].offset_minutes;
}

int unicode_zone_offset_of_clock(const struct unicode_zone *zone, int64_t seconds)
{
    int before = unicode_zone_offset(zone, seconds - 86400);
    int offset = unicode_zone_offset(zone, seconds - before * 60);
    return offset == before ? before : unicode_zone_offset(zone, seconds - offset * 60);
}

size_t unicode_zone_names(struct arena *arena, struct text **names)
{
    UErrorCode status = U_ZERO_ERROR;
    UEnumeration *all =
        ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL, NULL, NULL, &status);
    size_t count = 0, capacity = 0;
    int32_t length;
    const char *name;
    *names = NULL;
    while (U_SUCCESS(status) && (name = uenum_next(all, &length, &status))) {
        struct text *slot = list_add(names, &count, &capacity, arena, sizeof *slot);
        *slot = arena_text(arena, (struct text){name, (size_t)length});
    }
    if (all)
        uenum_close(all);
    return count;
}
