/*
 * What pages may load from elsewhere, beside what Liner's own need: Content-Security-Policy, as
 * https://www.w3.org/TR/CSP3/ has it.
 *
 *     csp: {script-src: https://count.example, connect-src: [https://count.example, "https://a.example"]}
 */
#include "schema/schema_inside.h"

#include <stddef.h>

#define POLICY(member) offsetof(struct schema_policy, member)

static const struct data_field policy_fields[] = {
    {.name = "directive",
        .kind = FIELD_TEXT,
        .offset = POLICY(directive),
        .flags = FIELD_NOT_TYPED | FIELD_NEVER_NONE,
        .help = "what may be loaded"},
    {.name = "sources",
        .kind = FIELD_TEXTS,
        .offset = POLICY(sources),
        .flags = FIELD_NOT_TYPED | FIELD_NEVER_NONE,
        .help = "and from where"},
};

const struct data_type schema_policy_type = {.name = "policy",
    .fields = policy_fields,
    .field_count = BASE_COUNT(policy_fields),
    .size = sizeof(struct schema_policy),
    .help = "What pages may load from where."};

static const char *const directives[] = {"default-src", "script-src", "style-src", "img-src",
    "font-src", "connect-src", "media-src", "frame-src", "worker-src", "manifest-src",
    "form-action"};

static bool is_of_word(char byte)
{
    char lower = byte | 0x20;
    return (byte >= '0' && byte <= '9') || (lower >= 'a' && lower <= 'z') ||
           (byte && strchr("+/=_-", byte));
}

/* 'unsafe-inline', 'sha256-...': a word in quotes. */
static bool is_keyword(struct text source)
{
    if (source.length < 3 || !text_starts(source, "'") || !text_ends(source, "'"))
        return false;
    for (size_t i = 1; i + 1 < source.length; i++)
        if (!is_of_word(source.at[i]))
            return false;
    return true;
}

/* What ends a source, a directive or a header has no place in one. */
static bool is_source(struct text source)
{
    for (size_t i = 0; i < source.length; i++)
        if (source.at[i] <= ' ' || source.at[i] > '~' || strchr(";,'\"", source.at[i]))
            return is_keyword(source);
    return source.length > 0;
}

/* "https://a.example https://b.example" is two, as in the header itself. */
static bool are_sources(struct text text)
{
    size_t count = 0;
    while (text.length) {
        ptrdiff_t blank = text_find_byte(text, ' ');
        struct text one = text_slice(text, 0, blank < 0 ? text.length : (size_t)blank);
        if (one.length && !is_source(one))
            return false;
        count += one.length > 0;
        text = text_slice(text, one.length + (blank >= 0), text.length);
    }
    return count > 0;
}

static bool is_directive(struct schema_reading *reading, const struct data_value *key)
{
    struct text names[BASE_COUNT(directives)];
    for (size_t i = 0; i < BASE_COUNT(directives); i++) {
        names[i] = text_of(directives[i]);
        if (text_equal(key->as.text, names[i]))
            return true;
    }
    report_at(reading->report, REPORT_ERROR, schema_place_of(reading, key),
        "'%.*s' is nothing that 'csp' can allow%.*s", TEXT_ARGS(key->as.text),
        TEXT_ARGS(report_guess(reading->arena, key->as.text, names, BASE_COUNT(names))));
    report_note(reading->report, "it takes script-src, style-src, img-src, connect-src and others");
    return false;
}

static void read_policy(
    struct schema_reading *reading, const struct data_entry *entry, struct schema_policy *policy)
{
    static const struct data_field row = {
        .name = "csp", .kind = FIELD_TEXTS, .offset = POLICY(sources), .flags = FIELD_ONE_OR_MANY};
    policy->directive = schema_text(reading, &entry->key);
    schema_read_field(reading, &row, &entry->value, policy);
    const struct text *sources = policy->sources.items;
    for (size_t i = 0; i < policy->sources.count; i++)
        if (!are_sources(sources[i]))
            report_at(reading->report, REPORT_ERROR, schema_place_of(reading, &entry->value),
                "'%.*s' is no place to load from: write https://example.org",
                TEXT_ARGS(sources[i]));
}

void schema_read_csp(struct schema_reading *reading, const struct data_field *field,
    const struct data_value *value, void *record)
{
    struct schema_settings *settings = record;
    if (value->kind != DATA_MAP) {
        schema_report_type(reading, field, value, "a map");
        report_note(reading->report, "for example: csp: %s", field->example);
        return;
    }
    const struct data_map *map = value->as.map;
    struct schema_policy **policies = arena_array(reading->arena, map->count, sizeof *policies);
    size_t count = 0;
    for (size_t i = 0; i < map->count; i++) {
        struct schema_policy *policy = arena_alloc(reading->arena, sizeof *policy);
        if (!is_directive(reading, &map->entries[i].key))
            continue;
        read_policy(reading, &map->entries[i], policy);
        if (policy->sources.count)
            policies[count++] = policy;
    }
    settings->csp = (struct data_array){policies, count};
}
