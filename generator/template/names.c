/* Names and rows of a set: what can be found by name alone is found once, when a name is interned. */
#include "template/template_inside.h"

const char *const template_loop_members[LOOP_MEMBERS] = {
    [LOOP_NONE] = "",
    [LOOP_INDEX] = "index",
    [LOOP_INDEX0] = "index0",
    [LOOP_REVINDEX] = "revindex",
    [LOOP_REVINDEX0] = "revindex0",
    [LOOP_FIRST] = "first",
    [LOOP_LAST] = "last",
    [LOOP_LENGTH] = "length",
    [LOOP_DEPTH] = "depth",
    [LOOP_DEPTH0] = "depth0",
    [LOOP_PREVITEM] = "previtem",
    [LOOP_NEXTITEM] = "nextitem",
    [LOOP_CYCLE] = "cycle",
    [LOOP_CHANGED] = "changed",
};

static ptrdiff_t find_global(const struct template_options *options, struct text name)
{
    for (size_t i = 0; i < options->global_count; i++)
        if (text_is(name, options->globals[i].name))
            return (ptrdiff_t)i;
    return -1;
}

static uint8_t find_loop_member(struct text name)
{
    for (uint8_t i = 1; i < LOOP_MEMBERS; i++)
        if (text_is(name, template_loop_members[i]))
            return i;
    return LOOP_NONE;
}

static size_t count_reaches(const struct template_set *set, const struct template_name *name)
{
    size_t count = 0;
    for (size_t i = 0; i < set->type_count; i++)
        count += data_resolve(set->types[i], name->text).field != NULL;
    return count;
}

static void find_reaches(struct template_set *set, struct template_name *name)
{
    static const struct template_reach none = {0};
    size_t count = count_reaches(set, name), places = 2;
    name->reaches = &none;
    if (count == 0)
        return;
    while (places < count * 2)
        places *= 2;
    struct template_reach *reaches = arena_array(&set->arena, places, sizeof *reaches);
    name->reaches = reaches;
    name->reach_mask = places - 1;
    for (size_t i = 0; i < set->type_count; i++) {
        struct data_access access = data_resolve(set->types[i], name->text);
        size_t at = (uintptr_t)set->types[i] / 32;
        if (!access.field)
            continue;
        while (reaches[at & name->reach_mask].type)
            at++;
        reaches[at & name->reach_mask] = (struct template_reach){set->types[i], access};
    }
}

const struct template_name *template_intern(struct template_set *set, struct text text)
{
    struct template_name *name = map_get(&set->names, text);
    if (name)
        return name;
    name = arena_alloc(&set->arena, sizeof *name);
    name->text = arena_text(&set->arena, text);
    name->global = find_global(set->options, text);
    name->function = map_get(&set->functions, text);
    name->loop_member = find_loop_member(text);
    name->mark = data_mark_of(text);
    name->is_private = text_starts(text, "_");
    for (int i = 0; i < TEMPLATE_RECEIVERS; i++)
        name->methods[i] = map_get(&set->methods[i], text);
    find_reaches(set, name);
    map_put(&set->names, name->text, name);
    return name;
}

const struct template_name *template_find_name(const struct template_set *set, struct text text)
{
    return map_get(&set->names, text);
}

const struct template_row *template_find_filter(const struct template_set *set, struct text name)
{
    return map_get(&set->filters, name);
}

const struct template_row *template_find_test(const struct template_set *set, struct text name)
{
    return map_get(&set->tests, name);
}
