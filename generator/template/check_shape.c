/* What is known of a value: making shapes, joining what two branches say, putting them into words. */
#include "template/template_check_inside.h"

const struct template_shape template_shape_any = {.kind = SHAPE_ANY};

struct template_shape template_shape_of(enum template_shape_kind kind)
{
    return (struct template_shape){.kind = kind};
}

struct template_shape template_shape_list(
    struct template_checker *checker, struct template_shape item)
{
    struct template_shape *kept = arena_alloc(&checker->arena, sizeof *kept);
    *kept = item;
    return (struct template_shape){.kind = SHAPE_LIST, .item = kept};
}

struct template_shape template_shape_of_thing(
    const struct data_type *of, bool is_many, struct template_checker *checker)
{
    struct template_shape thing = {.kind = of ? SHAPE_THING : SHAPE_ANY, .of = of};
    return is_many ? template_shape_list(checker, thing) : thing;
}

struct template_shape template_shape_of_text(struct template_checker *checker, struct text text)
{
    struct template_check_words *words = arena_alloc(&checker->arena, sizeof *words);
    struct text *only = arena_alloc(&checker->arena, sizeof *only);
    *only = text;
    *words = (struct template_check_words){only, 1};
    return (struct template_shape){.kind = SHAPE_TEXT, .words = words};
}

/* ---- Fields --------------------------------------------------------------------------------------------- */

static struct template_shape shape_of_words(
    struct template_checker *checker, const char *const *words)
{
    struct template_shape shape = {.kind = SHAPE_TEXT};
    size_t count = 0;
    while (words && words[count])
        count++;
    if (count == 0 || count > TEMPLATE_MOST_WORDS)
        return shape;
    struct text *texts = arena_array(&checker->arena, count, sizeof *texts);
    for (size_t i = 0; i < count; i++)
        texts[i] = text_of(words[i]);
    struct template_check_words *kept = arena_alloc(&checker->arena, sizeof *kept);
    *kept = (struct template_check_words){texts, count};
    shape.words = kept;
    return shape;
}

static struct template_shape kind_of_field(
    struct template_checker *checker, const struct data_field *field)
{
    switch (field->kind == FIELD_COMPUTED ? field->gives : field->kind) {
    case FIELD_THING: return template_shape_of_thing(field->of, false, checker);
    case FIELD_THINGS: return template_shape_of_thing(field->of, true, checker);
    case FIELD_TEXTS: return template_shape_list(checker, template_shape_of(SHAPE_TEXT));
    case FIELD_TEXT:
    case FIELD_HTML: return template_shape_of(SHAPE_TEXT);
    case FIELD_WORD: return shape_of_words(checker, field->words);
    case FIELD_YES_NO: return template_shape_of(SHAPE_YES_NO);
    case FIELD_INTEGER:
    case FIELD_FLOAT: return template_shape_of(SHAPE_NUMBER);
    case FIELD_DATE: return template_shape_of(SHAPE_DATE);
    case FIELD_VALUE:
    case FIELD_COMPUTED: break;
    }
    return template_shape_any;
}

struct template_shape template_shape_of_field(
    struct template_checker *checker, const struct data_field *field)
{
    struct template_shape shape = kind_of_field(checker, field);
    shape.may_be_absent = data_may_be_absent(field);
    return shape;
}

/* ---- Joining ---------------------------------------------------------------------------------------------- */

static const struct template_check_words *join_words(struct template_checker *checker,
    const struct template_check_words *a, const struct template_check_words *b)
{
    if (!a || !b || a->count + b->count > TEMPLATE_MOST_WORDS)
        return NULL;
    struct text *texts = arena_array(&checker->arena, a->count + b->count, sizeof *texts);
    memcpy(texts, a->at, a->count * sizeof *texts);
    memcpy(texts + a->count, b->at, b->count * sizeof *texts);
    struct template_check_words *words = arena_alloc(&checker->arena, sizeof *words);
    *words = (struct template_check_words){texts, a->count + b->count};
    return words;
}

static bool is_one_kind(const struct template_shape *a, const struct template_shape *b)
{
    return a->kind == b->kind && a->of == b->of && a->count == b->count && a->macro == b->macro &&
           a->module == b->module && a->row == b->row && a->is_group == b->is_group;
}

static const struct template_shape *join_items(struct template_checker *checker,
    const struct template_shape *a, const struct template_shape *b)
{
    size_t count = a->kind == SHAPE_TUPLE ? a->count : 1;
    struct template_shape *items = arena_array(&checker->arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = template_shape_join(checker, a->item[i], b->item[i]);
    return items;
}

struct template_shape template_shape_join(
    struct template_checker *checker, struct template_shape a, struct template_shape b)
{
    struct template_shape both = a;
    both.may_be_absent = a.may_be_absent || b.may_be_absent;
    both.path = a.path == b.path ? a.path : NULL;
    both.when_true = template_facts_common(checker, a.when_true, b.when_true);
    both.when_false = template_facts_common(checker, a.when_false, b.when_false);
    both.sure = NULL;
    if (a.kind == SHAPE_ABSENT || b.kind == SHAPE_ABSENT) {
        struct template_shape other = a.kind == SHAPE_ABSENT ? b : a;
        other.may_be_absent = other.kind != SHAPE_ANY;
        other.path = both.path;
        other.when_true = other.when_false = NULL;
        return other;
    }
    if (!is_one_kind(&a, &b))
        return template_shape_any;
    if (a.item && a.item != b.item)
        both.item = join_items(checker, &a, &b);
    both.words = join_words(checker, a.words, b.words);
    return both;
}

bool template_shape_equal(const struct template_shape *a, const struct template_shape *b)
{
    size_t count = a->kind == SHAPE_TUPLE ? a->count : 1;
    if (!is_one_kind(a, b) || a->may_be_absent != b->may_be_absent || a->words != b->words)
        return false;
    if (a->item == b->item)
        return true;
    if (!a->item || !b->item)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!template_shape_equal(&a->item[i], &b->item[i]))
            return false;
    return true;
}

/* ---- Words ------------------------------------------------------------------------------------------------- */

struct text template_shape_describe(
    struct template_checker *checker, const struct template_shape *shape)
{
    switch (shape->kind) {
    case SHAPE_TEXT: return TEXT("a text");
    case SHAPE_NUMBER: return TEXT("a number");
    case SHAPE_DATE: return TEXT("a date");
    case SHAPE_YES_NO: return TEXT("yes or no");
    case SHAPE_THING: return template_called(&checker->arena, shape->of);
    case SHAPE_LIST:
        if (shape->item->kind == SHAPE_THING)
            return arena_format(&checker->arena, "a list, each item of it is %.*s",
                TEXT_ARGS(template_called(&checker->arena, shape->item->of)));
        return TEXT("a list");
    case SHAPE_TUPLE: return TEXT("a list");
    case SHAPE_LOOP: return TEXT("the loop");
    case SHAPE_FUNCTION: return TEXT("a function");
    case SHAPE_MACRO: return TEXT("a macro");
    case SHAPE_MODULE: return TEXT("an imported template");
    case SHAPE_SELF: return TEXT("the template");
    case SHAPE_SUPER: return TEXT("the block above");
    case SHAPE_ABSENT: return TEXT("nothing");
    case SHAPE_ANY: break;
    }
    return TEXT("a value");
}
