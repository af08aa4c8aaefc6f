/*
 * What the check has found out to be present.
 *
 * A fact is a path. They stand on a stack: a branch of `if` puts what its test says on top and takes
 * it off again at its end.
 *
 *     {% if review.drama and review.drama.year %}    review, review.drama, review.drama.year
 */
#include "template/template_check_inside.h"

struct template_check_path *template_check_new_path(struct template_checker *checker)
{
    return arena_alloc(&checker->arena, sizeof(struct template_check_path));
}

const struct template_check_path *template_check_field_path(struct template_checker *checker,
    const struct template_check_path *of, const struct template_name *field)
{
    if (!of || !field)
        return NULL;
    struct template_check_path *parent = (struct template_check_path *)(uintptr_t)of;
    for (struct template_check_path *child = parent->children; child; child = child->next)
        if (child->field == field)
            return child;
    struct template_check_path *path = template_check_new_path(checker);
    *path = (struct template_check_path){.of = of, .field = field, .next = parent->children};
    parent->children = path;
    return path;
}

const struct template_check_path *template_check_either_path(struct template_checker *checker,
    const struct template_check_path *of, const struct template_check_path *other)
{
    if (!of || !other)
        return NULL;
    struct template_check_path *parent = (struct template_check_path *)(uintptr_t)of;
    for (struct template_check_path *either = parent->eithers; either; either = either->next)
        if (either->other == other)
            return either;
    struct template_check_path *path = template_check_new_path(checker);
    *path = (struct template_check_path){.other = other, .next = parent->eithers};
    parent->eithers = path;
    return path;
}

bool template_check_is_known(
    const struct template_checker *checker, const struct template_check_path *path)
{
    for (size_t i = checker->fact_count; path && i > 0; i--)
        if (checker->facts[i - 1] == path)
            return true;
    return false;
}

/* What has a field that is there is there. */
void template_check_learn_path(
    struct template_checker *checker, const struct template_check_path *path)
{
    for (; path; path = path->of) {
        if (template_check_is_known(checker, path))
            continue;
        const struct template_check_path **room = list_add(&checker->facts, &checker->fact_count,
            &checker->fact_capacity, &checker->arena, sizeof *room);
        *room = path;
    }
}

void template_check_learn(
    struct template_checker *checker, const struct template_check_facts *facts)
{
    for (; facts; facts = facts->rest)
        template_check_learn_path(checker, facts->path);
}

const struct template_check_facts *template_facts_add(struct template_checker *checker,
    const struct template_check_facts *facts, const struct template_check_path *path)
{
    if (!path)
        return facts;
    struct template_check_facts *more = arena_alloc(&checker->arena, sizeof *more);
    *more = (struct template_check_facts){path, facts};
    return more;
}

const struct template_check_facts *template_facts_both(struct template_checker *checker,
    const struct template_check_facts *a, const struct template_check_facts *b)
{
    if (!a)
        return b;
    for (; b; b = b->rest)
        a = template_facts_add(checker, a, b->path);
    return a;
}

/* Whether the facts say that the path is there, by itself or by one of its fields. */
static bool says(const struct template_check_facts *facts, const struct template_check_path *path)
{
    for (; facts; facts = facts->rest)
        for (const struct template_check_path *at = facts->path; at; at = at->of)
            if (at == path)
                return true;
    return false;
}

const struct template_check_facts *template_facts_common(struct template_checker *checker,
    const struct template_check_facts *a, const struct template_check_facts *b)
{
    const struct template_check_facts *common = NULL;
    for (const struct template_check_facts *fact = a; fact; fact = fact->rest)
        for (const struct template_check_path *at = fact->path; at; at = at->of)
            if (says(b, at) && !says(common, at))
                common = template_facts_add(checker, common, at);
    return common;
}

bool template_check_knows_below(
    const struct template_checker *checker, const struct template_check_path *path)
{
    for (size_t i = 0; path && i < checker->fact_count; i++)
        for (const struct template_check_path *at = checker->facts[i]->of; at; at = at->of)
            if (at == path)
                return true;
    return false;
}

/* "drama.year" below the path. */
static const struct template_check_path *path_below(
    struct template_checker *checker, const struct template_check_path *path, struct text fields)
{
    while (fields.length > 0) {
        ptrdiff_t dot = text_find_byte(fields, '.');
        size_t end = dot < 0 ? fields.length : (size_t)dot;
        path = template_check_field_path(
            checker, path, template_intern(checker->set, text_slice(fields, 0, end)));
        fields = text_slice(fields, end + 1, fields.length);
    }
    return path;
}

struct template_shape template_check_item(
    struct template_checker *checker, const struct template_shape *list)
{
    if (list->kind != SHAPE_LIST && list->kind != SHAPE_LOOP)
        return template_shape_any;
    struct template_shape item = *list->item;
    item.path = template_check_new_path(checker);
    item.when_true = template_facts_add(checker, NULL, item.path);
    item.when_false = NULL;
    for (const struct template_check_sure *sure = list->sure; sure; sure = sure->rest)
        template_check_learn_path(checker, path_below(checker, item.path, sure->path));
    return item;
}
