/* The template room through its header: places of errors, types, the read set, threads, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "template/template.h"

/* ---- A small world: a drama with a title, a review of it, and an artist ------------------------------- */

struct drama {
    uint32_t number;
    struct text title;
    int64_t year;
};

struct review {
    uint32_t number;
    struct text title, summary, body;
    const struct drama *drama;
    struct data_array dramas;
};

static const struct data_field drama_fields[] = {
    {.name = "title", .kind = FIELD_TEXT, .offset = offsetof(struct drama, title)},
    {.name = "year",
        .kind = FIELD_INTEGER,
        .offset = offsetof(struct drama, year),
        .group = DATA_GROUP_FACTS},
};
static const struct data_type drama_type = {.name = "drama",
    .fields = drama_fields,
    .field_count = BASE_COUNT(drama_fields),
    .is_numbered = true,
    .number_offset = offsetof(struct drama, number)};

static const struct data_field review_fields[] = {
    {.name = "title", .kind = FIELD_TEXT, .offset = offsetof(struct review, title)},
    {.name = "summary",
        .kind = FIELD_TEXT,
        .offset = offsetof(struct review, summary),
        .group = DATA_GROUP_FACTS},
    {.name = "body",
        .kind = FIELD_HTML,
        .offset = offsetof(struct review, body),
        .group = DATA_GROUP_BODY},
    {.name = "drama",
        .kind = FIELD_THING,
        .of = &drama_type,
        .offset = offsetof(struct review, drama),
        .group = DATA_GROUP_LINKS},
    {.name = "dramas",
        .kind = FIELD_THINGS,
        .of = &drama_type,
        .offset = offsetof(struct review, dramas),
        .group = DATA_GROUP_LINKS},
};
static const struct data_type review_type = {.name = "review",
    .fields = review_fields,
    .field_count = BASE_COUNT(review_fields),
    .is_numbered = true,
    .number_offset = offsetof(struct review, number)};

static const struct template_global globals[] = {
    {.name = "review", .of = &review_type},
    {.name = "reviews", .of = &review_type, .is_many = true},
    {.name = "page"},
    {.name = "site", .is_everywhere = true},
};

static struct data_value shout(struct template_call *call)
{
    return data_text(arena_format(
        call->run->scratch, "%.*s!", TEXT_ARGS(template_text(call, 0, TEXT("nothing")))));
}

static struct data_value refuse(struct template_call *call)
{
    return template_fail(call, "refused %lld", (long long)template_integer(call, 0, 7));
}

/* Counts how often it is called. */
static struct data_value once(struct template_call *call)
{
    ++*(int *)call->run->context;
    return shout(call);
}

/* Counts, too, and fails. */
static struct data_value never(struct template_call *call)
{
    ++*(int *)call->run->context;
    return refuse(call);
}

static const struct template_function functions[] = {
    {.name = "once", .run = once, .signature = "text, **more", .gives_same = true},
    {.name = "once", .run = once, .signature = "text", .role = TEMPLATE_FILTER, .gives_same = true},
    {.name = "never", .run = never, .signature = "number=7", .gives_same = true},
    {.name = "shout", .run = shout, .signature = "text=none"},
    {.name = "shout", .run = shout, .signature = "text", .role = TEMPLATE_FILTER},
    {.name = "refuse", .run = refuse, .signature = "number=7"},
    {.name = "newest", .run = refuse, .signature = "", .gives = &review_type, .gives_many = true},
};

static const struct drama goblin = {1, {"Goblin", 6}, 2016},
                          signal = {2, {"Signal & noise", 14}, 2016};
static const void *const both[] = {&goblin, &signal};
static const struct review first = {.number = 0,
    .title = {"Stay <with> me", 14},
    .body = {"<p>It stays.</p>", 16},
    .drama = &goblin,
    .dramas = {both, 2}};

/* ---- A set over templates in memory -------------------------------------------------------------------- */

struct source {
    const char *name, *text;
};

struct fixture {
    const struct source *sources;
    size_t count;
    struct template_set *set;
    struct report report;
    struct arena scratch;
    struct buffer out;
    struct data_reads reads;
    struct data_run run;
};

static bool load(void *context, struct text name, struct text *source, struct text *file)
{
    const struct fixture *fixture = context;
    for (size_t i = 0; i < fixture->count; i++) {
        if (!text_is(name, fixture->sources[i].name))
            continue;
        *source = text_of(fixture->sources[i].text);
        *file = TEXT_NONE;
        return true;
    }
    return false;
}

static size_t list_names(void *context, struct arena *arena, struct text **names)
{
    const struct fixture *fixture = context;
    *names = arena_array(arena, fixture->count, sizeof **names);
    for (size_t i = 0; i < fixture->count; i++)
        (*names)[i] = text_of(fixture->sources[i].name);
    return fixture->count;
}

static void begin(struct fixture *fixture, const struct source *sources, size_t count, bool typed)
{
    *fixture = (struct fixture){.sources = sources, .count = count};
    fixture->set = template_set_new(&(struct template_options){.load = load,
        .names = list_names,
        .context = fixture,
        .escape = TEMPLATE_ESCAPE_BY_NAME,
        .absent_is_empty = typed,
        .globals = typed ? globals : NULL,
        .global_count = typed ? BASE_COUNT(globals) : 0,
        .functions = functions,
        .function_count = BASE_COUNT(functions)});
    report_init(&fixture->report);
    arena_init(&fixture->scratch);
    buffer_init(&fixture->out);
    data_reads_init(&fixture->reads, &fixture->scratch, 3);
    fixture->run = (struct data_run){.scratch = &fixture->scratch, .reads = &fixture->reads};
}

static void end(struct fixture *fixture)
{
    template_set_free(fixture->set);
    report_release(&fixture->report);
    arena_release(&fixture->scratch);
    buffer_release(&fixture->out);
}

static bool render(struct fixture *fixture, const char *name)
{
    struct data_value things[] = {data_thing(&review_type, &first),
        data_list_new(&fixture->scratch), data_text(TEXT("a page")), data_text(TEXT("a site"))};
    struct template_input input = {.globals = things};
    data_list_add(&fixture->scratch, things[1].as.list, things[0]);
    struct template_entry page = {.name = text_of(name)};
    bool is_compiled = template_compile(fixture->set, page.name, &fixture->report);
    return template_check(fixture->set, &page, 1, &fixture->report) && is_compiled &&
           template_render(
               fixture->set, text_of(name), &input, &fixture->run, &fixture->out, &fixture->report);
}

/* Renders one template, "page.html", with the typed variables; checks what comes out. */
static void gives(const char *source, const char *wanted)
{
    const struct source sources[] = {{"page.html", source}};
    struct fixture fixture;
    begin(&fixture, sources, 1, true);
    bool is_well = render(&fixture, "page.html");
    if (fixture.report.count > 0)
        print_message("%.*s\n", TEXT_ARGS(fixture.report.problems[0].message));
    assert_true(is_well);
    buffer_add_byte(&fixture.out, '\0');
    assert_string_equal(fixture.out.at, wanted);
    end(&fixture);
}

/* The first error of the template is this one, at this place. */
static void is_wrong(const char *source, uint32_t line, uint32_t column, const char *message)
{
    const struct source sources[] = {{"page.html", source}};
    struct fixture fixture;
    begin(&fixture, sources, 1, true);
    assert_false(render(&fixture, "page.html"));
    assert_true(fixture.report.errors >= 1);
    report_sort(&fixture.report);
    const struct report_problem *problem = &fixture.report.problems[0];
    while (problem->level != REPORT_ERROR)
        problem++;
    assert_string_equal(problem->message.at, message);
    assert_int_equal(problem->place.line, line);
    assert_int_equal(problem->place.column, column);
    assert_int_equal(fixture.out.length, 0);
    end(&fixture);
}

/* ---- Typed variables ---------------------------------------------------------------------------------------- */

static void reads_fields(void **state)
{
    (void)state;
    gives("{{ review.drama.title }} {{ review['drama'].year }}", "Goblin 2016");
    gives("{{ review.title }}", "Stay &lt;with&gt; me");
    gives("{{ review.body }}", "<p>It stays.</p>");
    gives("[{{ review.summary }}]", "[]");
    gives("{{ review.summary is none }}", "True");
    gives("{% for d in review.dramas %}{{ loop.index }}{{ d.title }} {% endfor %}",
        "1Goblin 2Signal &amp; noise ");
    gives("{{ review.dramas|map(attribute='title')|join(', ') }}", "Goblin, Signal &amp; noise");
    gives("{{ review.dramas|sort(attribute='title', reverse=true)|map(attribute='year')|list }}",
        "[2016, 2016]");
    gives("{{ review.dramas|length }} {{ review.dramas[1].title }} {{ (review.dramas|last).year }}",
        "2 Signal &amp; noise 2016");
    gives("{% for y, l in review.dramas|groupby('year') %}{{ y }}:{{ l|length }}{% endfor %}",
        "2016:2");
    gives(
        "{{ review.drama == review.dramas[0] }} {{ review.drama in review.dramas }}", "True True");
}

static void finds_unknown_fields(void **state)
{
    (void)state;
    is_wrong("{{ review.drmaa.title }}", 1, 11,
        "unknown field 'drmaa' of review (did you mean 'drama'?)");
    is_wrong("\n  {{ review.drama.titel }}", 2, 19,
        "unknown field 'titel' of drama (did you mean 'title'?)");
    is_wrong("{% set d = review.drama %}{% if d %}{{ d.yaer }}{% endif %}", 1, 42,
        "unknown field 'yaer' of drama (did you mean 'year'?)");
    is_wrong("{% for d in review.dramas if d.yaer %}{% endfor %}", 1, 32,
        "unknown field 'yaer' of drama (did you mean 'year'?)");
    is_wrong("{% for r in reviews|sort(attribute='titel') %}{% endfor %}", 1, 36,
        "unknown field 'titel' of review (did you mean 'title'?)");
    is_wrong("{{ reviews|map(attribute='drama.yaer')|list }}", 1, 26,
        "unknown field 'yaer' of drama (did you mean 'year'?)");
    is_wrong("{{ (reviews|selectattr('drama')|first).darma }}", 1, 40,
        "unknown field 'darma' of review (did you mean 'drama'?)");
    is_wrong("{% with d = reviews[0].drama %}{{ d.x }}{% endwith %}", 1, 37,
        "unknown field 'x' of drama");
    is_wrong("{% for r in newest() %}{{ r.tilte }}{% endfor %}", 1, 29,
        "unknown field 'tilte' of review (did you mean 'title'?)");
    is_wrong("{{ reviews.title }}", 1, 12,
        "unknown field 'title': this is a list, each item of it is a review");
    is_wrong("{% for r in reviews %}{{ loop.indx }}{% endfor %}", 1, 31,
        "unknown field 'indx' of loop (did you mean 'index'?)");
}

static void finds_unknown_variables(void **state)
{
    (void)state;
    is_wrong("{{ reveiw.title }}", 1, 4, "unknown variable 'reveiw' (did you mean 'review'?)");
    is_wrong("{% macro m(drama) %}{{ darma }}{% endmacro %}", 1, 24,
        "unknown variable 'darma' (did you mean 'drama'?)");
    is_wrong("{{ super() }}", 1, 4, "unknown variable 'super'");
    gives("{{ nothing is defined }} {{ nothing|default('x') }}", "False x");
    gives("{% set here = 1 %}{{ here }}", "1");
}

static void tells_all_problems(void **state)
{
    (void)state;
    const struct source sources[] = {
        {"page.html", "{{ review.a }}\n{{ 1|b }}\n{% if c %}{% endif %}\n{% include 'prat.html' %}"
                      "{% include 'part.html' %}"},
        {"part.html", "{{ site }}{{ review.d }}"},
    };
    struct fixture fixture;
    begin(&fixture, sources, 2, true);
    struct template_entry page = {.name = TEXT("page.html")};
    assert_false(template_compile(fixture.set, page.name, &fixture.report));
    assert_false(template_check(fixture.set, &page, 1, &fixture.report));
    assert_int_equal(fixture.report.errors, 5);
    assert_false(template_is_compiled(fixture.set, TEXT("page.html")));
    report_sort(&fixture.report);
    assert_string_equal(fixture.report.problems[3].message.at,
        "no template 'prat.html' (did you mean 'part.html'?)");
    assert_string_equal(fixture.report.problems[4].message.at, "unknown field 'd' of review");
    assert_true(text_is(fixture.report.problems[4].place.file, "part.html"));
    end(&fixture);
}

static void knows_blocks_of_parents(void **state)
{
    (void)state;
    const struct source sources[] = {
        {"page.html", "{% extends 'base.html' %}{% block contnet %}{% endblock %}"},
        {"base.html", "{% block content %}{% endblock %}"},
    };
    struct fixture fixture;
    begin(&fixture, sources, 2, true);
    assert_false(template_compile(fixture.set, TEXT("page.html"), &fixture.report));
    assert_string_equal(fixture.report.problems[0].message.at,
        "block 'contnet' is in none of the templates that "
        "this one extends (did you mean 'content'?)");
    end(&fixture);
}

/* An imported template that does not ask for the context sees only what is everywhere. */
static void keeps_imports_alone(void **state)
{
    (void)state;
    const struct source sources[] = {
        {"page.html", "{% import 'm.html' as alone %}{% import 'm.html' as with_it with context %}"
                      "{{ alone.m() }}|{{ with_it.m() }}"},
        {"m.html", "{% macro m() %}{{ page }},{{ site }}{% endmacro %}"},
    };
    struct fixture fixture;
    begin(&fixture, sources, 2, true);
    assert_true(render(&fixture, "page.html"));
    buffer_add_byte(&fixture.out, '\0');
    assert_string_equal(fixture.out.at, ",a site|a page,a site");
    end(&fixture);
}

/* ---- The read set --------------------------------------------------------------------------------------------- */

static void notes_what_is_read(void **state)
{
    (void)state;
    const struct source sources[] = {
        {"page.html", "{% set d = review.drama %}{% include 'part.html' %}{{ d.title }}"},
        {"part.html", "{{ d['year'] }}"},
    };
    struct fixture fixture;
    begin(&fixture, sources, 2, true);
    assert_true(render(&fixture, "page.html"));
    assert_int_equal(fixture.reads.count, 2);
    assert_int_equal(fixture.reads.masks[0], 1 << DATA_GROUP_LINKS);
    assert_int_equal(fixture.reads.masks[1], 1 << DATA_GROUP_NAME | 1 << DATA_GROUP_FACTS);
    assert_int_equal(fixture.reads.masks[2], 0);
    end(&fixture);
}

/* Filters that go by a field's name read through the same door. */
static void notes_what_filters_read(void **state)
{
    (void)state;
    const struct source sources[] = {
        {"page.html", "{{ review.dramas|map(attribute='year')|sum }}"}};
    struct fixture fixture;
    begin(&fixture, sources, 1, true);
    assert_true(render(&fixture, "page.html"));
    assert_int_equal(fixture.reads.masks[1], 1 << DATA_GROUP_FACTS);
    assert_int_equal(fixture.reads.masks[2], 1 << DATA_GROUP_FACTS);
    end(&fixture);
}

/* ---- Functions of higher rooms ------------------------------------------------------------------------------------ */

static void calls_functions(void **state)
{
    (void)state;
    gives("{{ shout('a<b') }} {{ 'x'|shout }} {{ shout() }} {{ shout(text='y') }}",
        "a&lt;b! x! nothing! y!");
    gives("{{ ['a', 'b']|map('shout')|join }}", "a!b!");
    is_wrong("a\n{{ refuse(3) }}", 2, 4, "refused 3");
    is_wrong("{{ refuse('x') }}", 1, 4, "'refuse' wants a whole number for 'number', not str");
    is_wrong("{{ shout(1, 2) }}", 1, 13, "'shout' takes at most 1 argument, not 2");
    is_wrong("{{ shuot('x') }}", 1, 4, "unknown variable 'shuot' (did you mean 'shout'?)");
}

/* What functions that give the same give for constants is made once, and pages show the same. */
static void folds_constants(void **state)
{
    (void)state;
    const struct source sources[] = {
        {"base.html", "{{ once('k') }}{% block main %}{% endblock %}"},
        {"page.html",
            "{% extends 'base.html' %}{% macro own(what) %}{{ what }}{{ caller() }}{% endmacro %}"
            "{% block main %}{{ once('a<b') }}{% autoescape false %}{{ once('a<b') }}"
            "{% endautoescape %}{{ once(text='b')|once }}{% set c = once('c', n=1) %}{{ c }}"
            "{{ once(review.drama.title) }}{% call own('d') %}{{ once('e')|upper }}{% endcall %}"
            "{% filter once %}f{% endfilter %}{% if not review %}{{ never() }}{% endif %}"
            "{% endblock %}"},
        {"other.html",
            "{% extends 'base.html' %}{% macro once(text) %}own {{ text }}{% endmacro %}"},
    };
    const char *wanted = "k!a&lt;b!a<b!b!!c!Goblin!dE!f!";
    struct fixture fixture;
    int calls = 0;
    begin(&fixture, sources, 2, true);
    fixture.run.context = &calls;
    assert_true(render(&fixture, "page.html"));
    assert_true(text_is(buffer_text(&fixture.out), wanted));
    assert_int_equal(calls, 9);
    calls = 0;
    template_fold(fixture.set, &fixture.run);
    assert_int_equal(calls, 8); /* seven that are kept, and one that fails */
    assert_int_equal(fixture.report.errors, 0);
    calls = 0;
    buffer_clear(&fixture.out);
    assert_true(render(&fixture, "page.html"));
    assert_true(text_is(buffer_text(&fixture.out), wanted));
    assert_int_equal(calls, 2);
    end(&fixture);

    /* a template that gives the name another value takes the function's place */
    begin(&fixture, sources, 3, true);
    fixture.run.context = &calls;
    assert_true(template_compile(fixture.set, TEXT("page.html"), &fixture.report));
    assert_true(template_compile(fixture.set, TEXT("other.html"), &fixture.report));
    template_fold(fixture.set, &fixture.run);
    assert_true(render(&fixture, "other.html"));
    assert_true(text_is(buffer_text(&fixture.out), "own k"));
    end(&fixture);
}

/* A macro that sees nothing but its arguments is run once for the same numbers. */
static void keeps_what_pure_macros_print(void **state)
{
    (void)state;
    const struct source sources[] = {
        {"page.html",
            "{% set outer = 'o' %}"
            "{% macro pure(n, more=n) %}{% set own = n ~ '/' ~ more %}"
            "{% for a, b in [(1, 2)] %}{{ a + b }}{% endfor %}"
            "{% if n %}<{{ once(own) }}>{% else %}-{% endif %}{% endmacro %}"
            "{% macro reads(n) %}{{ once(n ~ review.drama.title) }}{% endmacro %}"
            "{% macro looks(n) %}{{ once(n ~ outer) }}{% endmacro %}"
            "{{ pure(1) }} {{ pure(2) }} {{ pure(1) }} {{ pure(1.0) }} {{ pure(true) }} "
            "{{ pure(1, 2) }} {{ pure(more=2, n=1)|upper }} {{ pure(none) }} {{ pure('t') }} "
            "{{ pure('t') }} {{ reads(1) }} {{ reads(1) }} {{ looks(1) }} {{ looks(1) }}"},
    };
    const char *wanted = "3<1/1!> 3<2/2!> 3<1/1!> 3<1.0/1.0!> 3<True/True!> "
                         "3<1/2!> 3<1/2!> 3- 3<t/t!> 3<t/t!> 1Goblin! 1Goblin! 1o! 1o!";
    struct fixture fixture;
    int calls = 0;
    begin(&fixture, sources, 1, true);
    fixture.run.context = &calls;
    fixture.run.memory = template_memory_new();
    assert_true(template_compile(fixture.set, TEXT("page.html"), &fixture.report));
    template_fold(fixture.set, &fixture.run);
    for (int page = 0; page < 2; page++) {
        calls = 0;
        data_reads_clear(&fixture.reads);
        buffer_clear(&fixture.out);
        assert_true(render(&fixture, "page.html"));
        assert_true(text_is(buffer_text(&fixture.out), wanted));
        assert_int_equal(calls, page == 0 ? 11 : 6); /* five of which are kept */
        assert_int_equal(fixture.reads.masks[1], 1 << DATA_GROUP_NAME);
    }
    template_memory_free(fixture.run.memory);
    end(&fixture);
}

static void tells_the_chain(void **state)
{
    (void)state;
    const struct source sources[] = {
        {"page.html", "{% macro m() %}\n{% include 'part.html' %}{% endmacro %}\n{{ m() }}"},
        {"part.html", "{{ refuse() }}"},
    };
    struct fixture fixture;
    begin(&fixture, sources, 2, true);
    assert_false(render(&fixture, "page.html"));
    assert_int_equal(fixture.report.count, 1);
    assert_string_equal(fixture.report.problems[0].message.at, "refused 7");
    struct text notes = fixture.report.problems[0].notes;
    assert_true(text_find(notes, TEXT("included 'part.html' at page.html:2:4")) >= 0);
    assert_true(text_find(notes, TEXT("in macro 'm' at page.html:3:4")) >= 0);
    end(&fixture);
}

/* ---- Limits ----------------------------------------------------------------------------------------------------------- */

static void keeps_limits(void **state)
{
    (void)state;
    is_wrong("{% include 'page.html' %}", 1, 4,
        "includes, macros and blocks go deeper than 50: does 'page.html' use itself?");
    is_wrong("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", 1,
        31, "the page takes more than 10000000 steps");
    is_wrong("{{ 'x' * 99999999 }}", 1, 8, "text of more than 67108864 bytes");
    is_wrong("{{ '%99999d' % 1 }}", 1, 14, "a field of more than 10000 letters");
    is_wrong(
        "{% for x in range(100001) %}{% endfor %}", 1, 13, "range of more than 100000 numbers");
    is_wrong(
        "{% set a = [] %}{% do a.append(a) %}{{ a }}", 1, 40, "lists in lists go deeper than 64");
    is_wrong("{% macro m(x) %}{{ m(m(m(m(m(m(m(m(x)))))))) }}{% endmacro %}{{ m(1) }}", 1, 34,
        "includes, macros and blocks go deeper than 50: does 'm' use itself?");
    is_wrong("{{ -9223372036854775807 - 2 }}", 1, 25, "the number does not fit in 64 bits");
}

/* What could go on forever, or fill the stack, ends in an error. */
static void ends_what_does_not_end(void **state)
{
    (void)state;
    static const char *const endless[] = {
        "{% block a %}{{ self.a() }}{% endblock %}",
        "{% for a in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}",
        "{% macro m() %}{{ caller() }}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}"
        "{% call m() %}{% endcall %}",
        "{% macro m() %}{% call m() %}{% endcall %}{% endmacro %}{{ m() }}",
        "{% macro m() %}{% include 'page.html' %}{% endmacro %}{{ m() }}",
        "{% import 'page.html' as me %}",
        "{% from 'page.html' import a %}",
        "{% extends 'page.html' %}",
        "{% extends 'pa' ~ 'ge.html' %}",
        "{% include 'pa' ~ 'ge.html' ignore missing %}",
        "{% include ['nothing', 'page' ~ '.html'] %}",
        "{% set a = [] %}{% do a.append(a) %}{{ a|tojson }}",
        "{% set a = [] %}{% do a.append(a) %}{{ a|pprint }}",
        "{% set a = [] %}{% do a.append(a) %}{{ a|string|length }}",
        "{% set a = {} %}{% do a.update(b=a) %}{{ a }}",
        "{% set a = [] %}{% set b = [] %}{% do a.append(b) %}{% do b.append(a) %}{{ b }}",
        "{% set a = namespace() %}{% set a.b = a %}{{ a.b.c.d }}",
        "{% set a = [1] %}{% for x in a %}{% do a.append(x) %}{% endfor %}",
        "{% for x in range(100000) %}{{ 'x' * 1000 }}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}"
        "{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = n.x + n.x %}"
        "{% endfor %}",
        "{{ [1] * 999999999 }}",
        "{{ 'x'|center(999999999) }}",
        "{{ 'x'.zfill(999999999) }}",
        "{{ 'x'.ljust(99999999999) }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ '{:.999999999f}'.format(1.5) }}",
        "{{ 'x'|indent(999999999) }}",
        "{{ range(9999999999)|list }}",
        "{{ 2 ** 99999 }}",
        "{{ 9 ** 9 ** 9 }}",
    };
    for (size_t i = 0; i < BASE_COUNT(endless); i++) {
        const struct source sources[] = {{"page.html", endless[i]}};
        struct fixture fixture;
        begin(&fixture, sources, 1, false);
        if (render(&fixture, "page.html"))
            fail_msg("no error: %s", endless[i]);
        assert_true(fixture.report.errors > 0);
        assert_int_equal(fixture.out.length, 0);
        end(&fixture);
    }
}

static void limits_nesting(void **state)
{
    (void)state;
    enum { DEPTH = 5000 };
    static const struct {
        const char *open, *middle, *close;
    } nests[] = {{"(", "1", ")"}, {"[", "", "]"}, {"-", "1", ""}, {"not ", "1", ""},
        {"{% if 1 %}", "", "{% endif %}"}, {"{% for x in y %}", "", ""}, {"1 if ", "1", ""},
        {"f(", "", ")"}, {"1 + (", "1", ")"}, {"1 + ", "1", ""}, {"1 or ", "1", ""},
        {"", "x", "|first"}, {"", "x", ".x"}, {"", "x", "[0]"}, {"", "x", "()"},
        {"", "x", " if x"}};
    for (size_t i = 0; i < BASE_COUNT(nests); i++) {
        struct buffer source;
        struct fixture fixture;
        bool is_tag = nests[i].open[0] == '{';
        buffer_init(&source);
        buffer_add_string(&source, is_tag ? "" : "{{ ");
        for (int depth = 0; depth < DEPTH; depth++)
            buffer_add_string(&source, nests[i].open);
        buffer_add_string(&source, nests[i].middle);
        for (int depth = 0; depth < DEPTH; depth++)
            buffer_add_string(&source, nests[i].close);
        buffer_add_string(&source, is_tag ? "" : " }}");
        buffer_add_byte(&source, '\0');
        const struct source sources[] = {{"page.html", source.at}};
        begin(&fixture, sources, 1, false);
        assert_false(template_compile(fixture.set, TEXT("page.html"), &fixture.report));
        end(&fixture);
        buffer_release(&source);
    }
}

/* ---- Threads ------------------------------------------------------------------------------------------------------------ */

enum { THREADS = 8, RENDERINGS = 10000 };

struct shared {
    struct fixture *fixture;
    const struct text *wanted; /* of each of the pages */
    unsigned wrong[THREADS];   /* by worker */
};

static const char *const pages[] = {"page.html", "other.html"};

static bool render_page(const struct fixture *fixture, const char *page, struct buffer *out)
{
    struct arena scratch;
    struct report report;
    arena_init(&scratch);
    report_init(&report);
    struct data_run run = {.scratch = &scratch};
    struct data_value values[] = {
        data_thing(&review_type, &first), data_list_new(&scratch), data_none(), data_none()};
    bool is_well = template_render(fixture->set, text_of(page),
        &(struct template_input){.globals = values}, &run, out, &report);
    report_release(&report);
    arena_release(&scratch);
    return is_well;
}

static void render_one(void *context, size_t index, unsigned worker)
{
    struct shared *shared = context;
    struct buffer out;
    size_t page = index % BASE_COUNT(pages);
    buffer_init(&out);
    if (!render_page(shared->fixture, pages[page], &out) ||
        !text_equal(buffer_text(&out), shared->wanted[page]))
        shared->wrong[worker]++;
    buffer_release(&out);
}

static void renders_on_threads(void **state)
{
    (void)state;
    const struct source sources[] = {
        {"base.html", "{% block main %}{% endblock %}"},
        {"page.html",
            "{% extends 'base.html' %}{% macro card(d, n=namespace(i=0)) %}{{ d.title|upper }}"
            "{{ d.year * 2 }}{% set n.i = n.i + 1 %}{{ n.i }}{% endmacro %}{% block main %}"
            "{% for d in review.dramas|sort(attribute='title') %}{% set x = d.title ~ loop.index %}"
            "{{ x }}{% include 'part.html' %}{% endfor %}{% endblock %}"},
        {"part.html", "{{ d.year|string|replace('0', x) }}{{ [d.title, 1.5]|tojson }}"},
        {"other.html",
            "{% from 'macros.html' import row with context %}{% import 'macros.html' as m %}"
            "{% set turn = cycler('odd', 'even') %}{% set comma = joiner(', ') %}"
            "{% for a in [1, [2, [3]]] recursive %}{{ loop.depth }}{{ comma() }}"
            "{{ loop(a) if a is iterable else a }}{% endfor %}{% call(x) row('<', 2) %}{{ x }}"
            "{{ turn.next() }}{% endcall %}{{ m.row('&') }}{{ '%5.1f'|format(review.drama.year) }}"
            "{{ {'b': 1, 'a': ['<x>']}|tojson(1) }}{{ '{:>9}'.format(review.title|upper) }}"
            "{% filter indent(2) %}{{ review.dramas|groupby('year') }}\n{% endfilter %}"
            "{{ 'see www.example.org'|urlize }}{{ 'a b c d'|wordwrap(3)|title|urlencode }}"},
        {"macros.html",
            "{% macro row(a, b=1) %}{{ a * 2 }}{{ b }}{{ caller(a) if caller else varargs }}"
            "{{ review.title if review is defined }}{% endmacro %}"},
    };
    struct fixture fixture;
    struct buffer outs[BASE_COUNT(pages)];
    struct text wanted[BASE_COUNT(pages)];
    struct shared shared = {.fixture = &fixture, .wanted = wanted};
    begin(&fixture, sources, BASE_COUNT(sources), true);
    for (size_t i = 0; i < BASE_COUNT(pages); i++) {
        buffer_init(&outs[i]);
        assert_true(template_compile(fixture.set, text_of(pages[i]), &fixture.report));
        assert_true(render_page(&fixture, pages[i], &outs[i]));
        wanted[i] = buffer_text(&outs[i]);
        assert_true(wanted[i].length > 50);
    }
    parallel_for(RENDERINGS, THREADS, render_one, &shared);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(shared.wrong[i], 0);
    for (size_t i = 0; i < BASE_COUNT(pages); i++)
        buffer_release(&outs[i]);
    end(&fixture);
}

/* The page goes behind what is in the buffer already; a failure takes nothing of that away. */
static void adds_to_the_buffer(void **state)
{
    (void)state;
    const struct source sources[] = {{"page.html", "b"}, {"wrong.html", "c{{ refuse() }}"}};
    struct fixture fixture;
    begin(&fixture, sources, 2, true);
    buffer_add_byte(&fixture.out, 'a');
    assert_true(render(&fixture, "page.html"));
    assert_false(render(&fixture, "wrong.html"));
    assert_true(text_is(buffer_text(&fixture.out), "ab"));
    end(&fixture);
}

static void lists_its_functions(void **state)
{
    (void)state;
    static const enum template_role roles[] = {TEMPLATE_FUNCTION, TEMPLATE_FILTER, TEMPLATE_TEST};
    for (size_t role = 0; role < BASE_COUNT(roles); role++) {
        size_t count = 0;
        for (; template_function_at(roles[role], count); count++) {
            const struct template_function *function = template_function_at(roles[role], count);
            assert_int_equal(function->role, roles[role]);
            assert_true(function->help && *function->help && function->signature);
        }
        assert_true(count >= 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_fields),
        cmocka_unit_test(finds_unknown_fields),
        cmocka_unit_test(finds_unknown_variables),
        cmocka_unit_test(tells_all_problems),
        cmocka_unit_test(knows_blocks_of_parents),
        cmocka_unit_test(keeps_imports_alone),
        cmocka_unit_test(notes_what_is_read),
        cmocka_unit_test(notes_what_filters_read),
        cmocka_unit_test(calls_functions),
        cmocka_unit_test(folds_constants),
        cmocka_unit_test(keeps_what_pure_macros_print),
        cmocka_unit_test(tells_the_chain),
        cmocka_unit_test(keeps_limits),
        cmocka_unit_test(ends_what_does_not_end),
        cmocka_unit_test(limits_nesting),
        cmocka_unit_test(renders_on_threads),
        cmocka_unit_test(adds_to_the_buffer),
        cmocka_unit_test(lists_its_functions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
