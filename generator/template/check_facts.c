/*
 * What the check has found out to be present.
 *
 * A fact is a path. They stand on a stack: a branch of `if` puts what its test says on top and takes
 * it off again at its end.
 *
 *     {% if review.drama and review.drama.year %}    review, review.drama, review.drama.year
 */
#include "template/template_inside.h"

struct check_path *check_new_path(struct checker *checker)
{
    return arena_alloc(&checker->arena, sizeof(struct check_path));
}

const struct check_path *check_field_path(
    struct checker *checker, const struct check_path *of, const struct template_name *field)
{
    if (!of || !field)
        return NULL;
    struct check_path *parent = (struct check_path *)(uintptr_t)of;
    for (struct check_path *child = parent->children; child; child = child->next)
        if (child->field == field)
            return child;
    struct check_path *path = check_new_path(checker);
    *path = (struct check_path){.of = of, .field = field, .next = parent->children};
    parent->children = path;
    return path;
}

const struct check_path *check_either_path(
    struct checker *checker, const struct check_path *of, const struct check_path *other)
{
    if (!of || !other)
        return NULL;
    struct check_path *parent = (struct check_path *)(uintptr_t)of;
    for (struct check_path *either = parent->eithers; either; either = either->next)
        if (either->other == other)
            return either;
    struct check_path *path = check_new_path(checker);
    *path = (struct check_path){.other = other, .next = parent->eithers};
    parent->eithers = path;
    return path;
}

bool check_is_known(const struct checker *checker, const struct check_path *path)
{
    for (size_t i = checker->fact_count; path && i > 0; i--)
        if (checker->facts[i - 1] == path)
            return true;
    return false;
}

/* What has a field that is there is there. */
void check_learn_path(struct checker *checker, const struct check_path *path)
{
    for (; path; path = path->of) {
        if (check_is_known(checker, path))
            continue;
        const struct check_path **room = list_add(&checker->facts, &checker->fact_count,
            &checker->fact_capacity, &checker->arena, sizeof *room);
        *room = path;
    }
}

void check_learn(struct checker *checker, const struct check_facts *facts)
{
    for (; facts; facts = facts->rest)
        check_learn_path(checker, facts->path);
}

const struct check_facts *facts_add(
    struct checker *checker, const struct check_facts *facts, const struct check_path *path)
{
    if (!path)
        return facts;
    struct check_facts *more = arena_alloc(&checker->arena, sizeof *more);
    *more = (struct check_facts){path, facts};
    return more;
}

const struct check_facts *facts_both(
    struct checker *checker, const struct check_facts *a, const struct check_facts *b)
{
    if (!a)
        return b;
    for (; b; b = b->rest)
        a = facts_add(checker, a, b->path);
    return a;
}

/* Whether the facts say that the path is there, by itself or by one of its fields. */
static bool says(const struct check_facts *facts, const struct check_path *path)
{
    for (; facts; facts = facts->rest)
        for (const struct check_path *at = facts->path; at; at = at->of)
            if (at == path)
                return true;
    return false;
}

const struct check_facts *facts_common(
    struct checker *checker, const struct check_facts *a, const struct check_facts *b)
{
    const struct check_facts *common = NULL;
    for (const struct check_facts *fact = a; fact; fact = fact->rest)
        for (const struct check_path *at = fact->path; at; at = at->of)
            if (says(b, at) && !says(common, at))
                common = facts_add(checker, common, at);
    return common;
}

bool check_knows_below(const struct checker *checker, const struct check_path *path)
{
    for (size_t i = 0; path && i < checker->fact_count; i++)
        for (const struct check_path *at = checker->facts[i]->of; at; at = at->of)
            if (at == path)
                return true;
    return false;
}

/* "drama.year" below the path. */
static const struct check_path *path_below(
    struct checker *checker, const struct check_path *path, struct text fields)
{
    while (fields.length > 0) {
        ptrdiff_t dot = text_find_byte(fields, '.');
        size_t end = dot < 0 ? fields.length : (size_t)dot;
        path = check_field_path(
            checker, path, template_intern(checker->set, text_slice(fields, 0, end)));
        fields = text_slice(fields, end + 1, fields.length);
    }
    return path;
}

struct shape check_item(struct checker *checker, const struct shape *list)
{
    if (list->kind != SHAPE_LIST && list->kind != SHAPE_LOOP)
        return shape_any;
    struct shape item = *list->item;
    item.path = check_new_path(checker);
    item.when_true = facts_add(checker, NULL, item.path);
    item.when_false = NULL;
    for (const struct check_sure *sure = list->sure; sure; sure = sure->rest)
        check_learn_path(checker, path_below(checker, item.path, sure->path));
    return item;
}
