/* data: YAML, with its places, limits and traps. */
#include "data/data.h"
#include "in_arena.h"

#include <stdlib.h>

struct reading {
    struct report report;
    struct data_value value;
    bool is_read;
};

static struct reading read_from(
    struct text yaml, uint32_t line, const struct data_limits *limits, struct arena *arena)
{
    struct reading reading;
    report_init(&reading.report);
    reading.is_read =
        data_read_yaml(yaml, TEXT("a.md"), line, limits, arena, &reading.report, &reading.value);
    assert_int_equal(reading.is_read, reading.report.errors == 0);
    return reading;
}

/* The value as JSON, for one look at a whole tree; scalars typed by the core schema. */
static const char *json_of(struct text yaml, struct arena *arena)
{
    struct buffer out;
    struct data_run run = {.scratch = arena};
    struct reading reading = read_from(yaml, 1, &data_limits_file, arena);
    assert_true(reading.is_read);
    data_resolve_scalars(&reading.value);
    buffer_init(&out);
    data_json(&out, &reading.value, 0, &run);
    const char *json = arena_text(arena, buffer_text(&out)).at;
    buffer_release(&out);
    report_release(&reading.report);
    return json;
}

static void reads_trees(void **state)
{
    struct arena *arena = *state;
    assert_string_equal(json_of(TEXT(""), arena), "null");
    assert_string_equal(json_of(TEXT("# only a comment\n"), arena), "null");
    assert_string_equal(json_of(TEXT("a: b\nc: [d, {e: f}]\n"), arena),
        "{\"a\": \"b\", \"c\": [\"d\", {\"e\": \"f\"}]}");
    assert_string_equal(json_of(TEXT("a:\n- b\n- c: d\n  e: >\n    f\n    g\n"), arena),
        "{\"a\": [\"b\", {\"c\": \"d\", \"e\": \"f g\\n\"}]}");
    assert_string_equal(
        json_of(TEXT("tracks: |\n  a #1\n  b\n"), arena), "{\"tracks\": \"a #1\\nb\\n\"}");
    assert_string_equal(
        json_of(TEXT("x: &a [1, 2]\ny: *a\n"), arena), "{\"x\": [1, 2], \"y\": [1, 2]}");
    assert_string_equal(
        json_of(TEXT("{\"a\": \"\\u00e9\\n\", \"b\": {}}"), arena), "{\"a\": \"é\\n\", \"b\": {}}");
}

/* What a plain word means follows from the field it is for: an artist may be called NO. */
static void scalars_stay_text_until_they_are_typed(void **state)
{
    struct arena *arena = *state;
    struct reading reading =
        read_from(TEXT("[no, 'yes', 12]"), 1, &data_limits_front_matter, arena);
    const struct data_list *list = reading.value.as.list;
    assert_int_equal(list->items[0].kind, DATA_TEXT);
    assert_true(list->items[0].plain);
    assert_false(list->items[1].plain);
    assert_int_equal(list->items[2].kind, DATA_TEXT);
    assert_string_equal(
        json_of(TEXT("[no, yes, NO, true, False, null, ~, '', '12', \"true\"]"), arena),
        "[\"no\", \"yes\", \"NO\", true, false, null, null, \"\", \"12\", \"true\"]");
    assert_string_equal(
        json_of(TEXT("[12, -7, +3, 0012, 1.5, -1e3, .5, 1., 0x1F, 1_000, 1e, -, 4:20]"), arena),
        "[12, -7, 3, 12, 1.5, -1000, 0.5, 1, \"0x1F\", \"1_000\", \"1e\", \"-\", \"4:20\"]");
    assert_string_equal(json_of(TEXT("[999999999999999999, 9999999999999999999]"), arena),
        "[999999999999999999, 1e+19]");
    report_release(&reading.report);
}

static void assert_place(
    const struct data_value *value, uint32_t line, uint32_t column, uint32_t points)
{
    assert_non_null(value);
    assert_int_equal(value->line, line);
    assert_int_equal(value->column, column);
    assert_int_equal(value->points, points);
}

static void values_know_their_places(void **state)
{
    struct arena *arena = *state;
    struct reading reading =
        read_from(TEXT("title: 도깨비\nartists: [찬열, {name: \"Punch\"}]\ntracks:\n  - x\n"), 2,
            &data_limits_front_matter, arena);
    assert_true(reading.is_read);
    const struct data_map *map = reading.value.as.map;
    assert_place(&reading.value, 2, 1, 1);
    assert_place(&map->entries[0].key, 2, 1, 5);
    assert_place(&map->entries[0].value, 2, 8, 3);
    const struct data_list *artists = map->entries[1].value.as.list;
    assert_place(&artists->items[0], 3, 11, 2);
    assert_place(&artists->items[1], 3, 15, 1);
    assert_place(data_map_find(artists->items[1].as.map, "name"), 3, 22, 7);
    assert_place(&map->entries[2].value.as.list->items[0], 5, 5, 1);
    report_release(&reading.report);
}

/* ---- What is said of YAML that goes wrong ------------------------------------------------------------------ */

static struct text source_of_test(void *context, struct text file)
{
    (void)file;
    return *(const struct text *)context;
}

static const char *print(const struct report *report, struct text source, struct arena *arena)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&bytes, &length);
    struct report_printer printer = {
        .to = file, .context = &source, .source = source_of_test, .width = text_count_points};
    report_print(report, &printer);
    fclose(file);
    const char *copy = arena_text(arena, (struct text){bytes, length}).at;
    free(bytes);
    return copy;
}

static void assert_problem(struct text yaml, const char *expected, struct arena *arena)
{
    struct reading reading = read_from(yaml, 1, &data_limits_front_matter, arena);
    report_sort(&reading.report);
    assert_false(reading.is_read);
    assert_string_equal(print(&reading.report, yaml, arena), expected);
    report_release(&reading.report);
}

/* A file beginning is enough where the rest of the text is long. */
static void assert_problem_starts(
    struct text yaml, const struct data_limits *limits, const char *expected, struct arena *arena)
{
    struct reading reading = read_from(yaml, 1, limits, arena);
    assert_false(reading.is_read);
    assert_int_equal(reading.report.count, 1);
    const char *printed = print(&reading.report, TEXT_NONE, arena);
    assert_string_equal(printed, expected);
    report_release(&reading.report);
}

static void titles_with_a_number_sign(void **state)
{
    struct arena *arena = *state;
    assert_problem(TEXT("drama: Soundtrack #1"),
        "a.md:1:19: error: YAML drops everything behind ' #': put quotes around this text\n"
        "    1 | drama: Soundtrack #1\n"
        "      |                   ^~\n"
        "      = write: drama: \"Soundtrack #1\"\n",
        arena);
    assert_problem(TEXT("name: #1 hit\n"),
        "a.md:1:7: error: YAML drops everything behind ' #': put quotes around this text\n"
        "    1 | name: #1 hit\n"
        "      |       ^~~~~~\n"
        "      = write: name: \"#1 hit\"\n",
        arena);
    assert_problem(TEXT("tags: [Soundtrack #1, OST]\n"),
        "a.md:1:19: error: YAML drops everything behind ' #': put quotes around this text\n"
        "    1 | tags: [Soundtrack #1, OST]\n"
        "      |                   ^~~~~~~~\n"
        "      = write: tags: [\"Soundtrack #1\", OST]\n",
        arena);
    assert_problem(TEXT("summary: it goes\n  on #2 too\n"),
        "a.md:2:6: error: YAML drops everything behind ' #': put quotes around this text\n"
        "    2 |   on #2 too\n"
        "      |      ^~~~~~\n"
        "      = write, for lines 1 to 2: summary: \"it goes on #2 too\"\n",
        arena);
    assert_string_equal(json_of(TEXT("a: b # c\nd: \"#1\"\ne: x#1\nf: 'g' # h\ni: # j\n"), arena),
        "{\"a\": \"b\", \"d\": \"#1\", \"e\": \"x#1\", \"f\": \"g\", \"i\": null}");
}

/* Nothing to write is said where that would swallow the fields above, or be longer than anybody reads. */
static void the_end_of_a_text_of_lines_is_lost(void **state)
{
    struct arena *arena = *state;
    struct buffer yaml;
    assert_problem(TEXT("title: a\nsummary: \"b\nc\" #d\n"),
        "a.md:3:4: error: YAML drops everything behind ' #': put quotes around this text\n"
        "    3 | c\" #d\n"
        "      |    ^~\n",
        arena);
    buffer_init(&yaml);
    buffer_add_string(&yaml, "summary: a\n");
    for (int line = 0; line < 50; line++)
        buffer_add_string(&yaml, "  b\n");
    buffer_add_string(&yaml, "  c #d\n");
    assert_problem(buffer_text(&yaml),
        "a.md:52:5: error: YAML drops everything behind ' #': put quotes around this text\n"
        "   52 |   c #d\n"
        "      |     ^~\n",
        arena);
    buffer_release(&yaml);
}

/* Each once: they are keys of one map, and each of them starts oddly. */
static void keys_that_start_with_a_dash(void **state)
{
    struct arena *arena = *state;
    assert_problem(TEXT("x:\n  -a: 1\n  -b: 2\n"),
        "a.md:2:3: error: a blank is missing behind the '-'\n"
        "    2 |   -a: 1\n"
        "      |   ^\n"
        "      = write:   - a: 1\n"
        "a.md:3:3: error: a blank is missing behind the '-'\n"
        "    3 |   -b: 2\n"
        "      |   ^\n"
        "      = write:   - b: 2\n",
        arena);
}

static void titles_with_a_colon(void **state)
{
    struct arena *arena = *state;
    assert_problem(TEXT("title: Missing Noir: M"),
        "a.md:1:8: error: a text with ': ' in it needs quotes\n"
        "    1 | title: Missing Noir: M\n"
        "      |        ^~~~~~~~~~~~~~~\n"
        "      = write: title: \"Missing Noir: M\"\n",
        arena);
    assert_problem(TEXT("a: b\ntitle: Say \"Re\":\n"),
        "a.md:2:8: error: a text with ': ' in it needs quotes\n"
        "    2 | title: Say \"Re\":\n"
        "      |        ^~~~~~~~~\n"
        "      = write: title: 'Say \"Re\":'\n",
        arena);
}

static void titles_with_quotes(void **state)
{
    struct arena *arena = *state;
    assert_problem(TEXT("title: 'Master's Sun'"),
        "a.md:1:8: error: an apostrophe ends text in single quotes\n"
        "    1 | title: 'Master's Sun'\n"
        "      |        ^~~~~~~~~~~~~~\n"
        "      = write: title: \"Master's Sun\"\n",
        arena);
    assert_problem(TEXT("tracks:\n  - \"Stay With Me\" by Chanyeol\n"),
        "a.md:2:5: error: the text goes on behind its closing quote\n"
        "    2 |   - \"Stay With Me\" by Chanyeol\n"
        "      |     ^~~~~~~~~~~~~~~~~~~~~~~~~~\n"
        "      = write:   - '\"Stay With Me\" by Chanyeol'\n"
        "      = or, for tracks, paste the lines as they are under 'tracks: |'\n",
        arena);
}

static void titles_that_start_with_a_sign(void **state)
{
    struct arena *arena = *state;
    static const char *const signs[] = {"*x*", "@me", "`x`", "%x", "!x y", "!", "|x", ">x", "&TEAM",
        "&TEAM song", "- x", "-", "*", "@"};
    for (size_t i = 0; i < BASE_COUNT(signs); i++) {
        const char *sign = signs[i];
        char tildes[16] = "^~~~~~~~~~~~~~~";
        tildes[strlen(sign)] = '\0';
        struct text expected = arena_format(arena,
            "a.md:1:8: error: a text that starts with '%c' needs quotes\n"
            "    1 | title: %s\n"
            "      |        %s\n"
            "      = write: title: \"%s\"\n",
            sign[0], sign, tildes, sign);
        assert_problem(arena_format(arena, "title: %s", sign), expected.at, arena);
    }
    assert_problem(TEXT("*Beautiful*"),
        "a.md:1:1: error: a text that starts with '*' needs quotes\n"
        "    1 | *Beautiful*\n"
        "      | ^~~~~~~~~~~\n"
        "      = write: \"*Beautiful*\"\n",
        arena);
    assert_string_equal(json_of(TEXT("a: -5\nb: !!str x\nc: |\n  d\n"), arena),
        "{\"a\": -5, \"b\": \"x\", \"c\": \"d\\n\"}");
}

static void tabs_do_not_indent(void **state)
{
    struct arena *arena = *state;
    assert_problem(TEXT("a:\n\t- b\n"),
        "a.md:2:1: error: a tab can't indent a line of YAML: use spaces\n"
        "    2 |  - b\n"
        "      | ^\n"
        "      = write:   - b\n",
        arena);
}

static void keys_stand_once(void **state)
{
    struct arena *arena = *state;
    assert_problem(TEXT("title: a\nb: {c: 1, c: 2}\ntitle: d\n"),
        "a.md:2:11: error: 'c' stands here twice (first on line 2)\n"
        "    2 | b: {c: 1, c: 2}\n"
        "      |           ^\n"
        "a.md:3:1: error: 'title' stands here twice (first on line 1)\n"
        "    3 | title: d\n"
        "      | ^~~~~\n",
        arena);
    assert_problem(TEXT("? [a]\n: b\n"),
        "a.md:1:3: error: a key must be text, not a list or a map\n"
        "    1 | ? [a]\n"
        "      |   ^\n",
        arena);
}

/* As an object of JSON with many names: the first of 40, one in the middle and a new one again. */
static void keys_of_large_maps_stand_once(void **state)
{
    struct arena *arena = *state;
    struct buffer yaml;
    buffer_init(&yaml);
    for (int i = 0; i < 40; i++)
        buffer_format(&yaml, "key_%d: %d\n", i, i);
    buffer_add_string(&yaml, "key_0: 0\nkey_20: 0\nnew: 0\nnew: 0\n");
    assert_problem(buffer_text(&yaml),
        "a.md:41:1: error: 'key_0' stands here twice (first on line 1)\n"
        "   41 | key_0: 0\n"
        "      | ^~~~~\n"
        "a.md:42:1: error: 'key_20' stands here twice (first on line 21)\n"
        "   42 | key_20: 0\n"
        "      | ^~~~~~\n"
        "a.md:44:1: error: 'new' stands here twice (first on line 43)\n"
        "   44 | new: 0\n"
        "      | ^~~\n",
        arena);
    buffer_release(&yaml);
}

static void aliases_stand_for_something(void **state)
{
    struct arena *arena = *state;
    assert_problem(TEXT("a: *b"),
        "a.md:1:4: error: an alias to nothing: '*' before a word stands for a value named "
        "earlier\n"
        "    1 | a: *b\n"
        "      |    ^~\n"
        "      = write: a: \"*b\"\n",
        arena);
    assert_problem(TEXT("a: &b [*b]"),
        "a.md:1:8: error: this alias stands for a value that contains it\n"
        "    1 | a: &b [*b]\n"
        "      |        ^~\n",
        arena);
}

static void one_document_without_directives(void **state)
{
    struct arena *arena = *state;
    assert_problem(TEXT("%YAML 1.2\n---\na: 1\n"),
        "a.md:1:1: error: a '%' directive has no place here\n"
        "    1 | %YAML 1.2\n"
        "      | ^\n",
        arena);
    assert_problem(TEXT("a: 1\n---\nb: 1\n"),
        "a.md:2:1: error: a second YAML document starts here\n"
        "    2 | ---\n"
        "      | ^~~\n",
        arena);
}

static void other_faults_are_told_too(void **state)
{
    struct arena *arena = *state;
    assert_problem(TEXT("a: [1, 2\nb: 3\n"),
        "a.md:1:4: error: this list does not end: a ']' or a ',' is missing\n"
        "    1 | a: [1, 2\n"
        "      |    ^~~~~\n"
        "      = write: a: [1, 2]\n",
        arena);
    assert_problem(TEXT("a: \"\\q\""),
        "a.md:1:4: error: a '\\' in double quotes starts a code, and this is none\n"
        "    1 | a: \"\\q\"\n"
        "      |    ^~~~\n"
        "      = write: a: '\\q'\n",
        arena);
    assert_problem(TEXT("a: b\nc: 가d\x01\n"),
        "a.md:2:6: error: broken YAML: control characters are not allowed\n"
        "    2 | c: 가d\xef\xbf\xbd\n"
        "      |      ^\n",
        arena);
}

/* Places count from the file's line on which the front matter starts. */
static void problems_count_lines_of_the_file(void **state)
{
    struct arena *arena = *state;
    struct reading reading = read_from(TEXT("a: 1\nb: *c\n"), 2, &data_limits_front_matter, arena);
    assert_int_equal(reading.report.problems[0].place.line, 3);
    report_release(&reading.report);
}

/* ---- Limits -------------------------------------------------------------------------------------------------- */

static struct text repeated(const char *part, size_t count, struct arena *arena)
{
    struct buffer bytes;
    buffer_init(&bytes);
    for (size_t i = 0; i < count; i++)
        buffer_add_string(&bytes, part);
    struct text text = arena_text(arena, buffer_text(&bytes));
    buffer_release(&bytes);
    return text;
}

static void bytes_are_limited(void **state)
{
    struct arena *arena = *state;
    struct text fits = repeated("#", 64 << 10, arena), more = repeated("#", (64 << 10) + 1, arena);
    assert_string_equal(json_of(fits, arena), "null");
    assert_problem_starts(more, &data_limits_front_matter,
        "a.md:1:1: error: too long: 65537 bytes of YAML, 65536 at most\n", arena);
}

/* Also in the time it takes: libyaml alone needs 7 seconds for 40,000 brackets. */
static void depth_is_limited(void **state)
{
    struct arena *arena = *state;
    struct text open = repeated("[", 32, arena), closed = repeated("]", 32, arena);
    struct text fits = arena_format(arena, "%s%s", open.at, closed.at);
    assert_int_equal(strlen(json_of(fits, arena)), 64);
    assert_problem_starts(repeated("[", 60000, arena), &data_limits_front_matter,
        "a.md:1:33: error: nested too deeply here: 32 levels at most\n", arena);
    assert_problem_starts(repeated("- ", 30000, arena), &data_limits_front_matter,
        "a.md:1:65: error: nested too deeply here: 32 levels at most\n", arena);
    assert_problem_starts(repeated("{a: ", 15000, arena), &data_limits_front_matter,
        "a.md:1:129: error: nested too deeply here: 32 levels at most\n", arena);
}

static void anchors_are_limited(void **state)
{
    struct arena *arena = *state;
    struct buffer yaml;
    buffer_init(&yaml);
    for (int i = 0; i < 101; i++)
        buffer_format(&yaml, "k%d: &a%d [x]\n", i, i);
    assert_problem_starts(buffer_text(&yaml), &data_limits_front_matter,
        "a.md:101:7: error: too many anchors here\n", arena);
    buffer_release(&yaml);
}

/* Nine levels of nine aliases each would be 387 million values. */
static void an_alias_bomb_does_not_go_off(void **state)
{
    struct arena *arena = *state;
    struct buffer yaml;
    buffer_init(&yaml);
    buffer_add_string(&yaml, "a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 10; i++) {
        buffer_format(&yaml, "a%d: &a%d [", i, i);
        for (int j = 0; j < 9; j++)
            buffer_format(&yaml, "%s*a%d", j ? "," : "", i - 1);
        buffer_add_string(&yaml, "]\n");
    }
    size_t before = arena->total_bytes;
    assert_problem_starts(buffer_text(&yaml), &data_limits_front_matter,
        "a.md:6:10: error: too many values here (aliases count as often as they are used)\n",
        arena);
    assert_true(arena->total_bytes - before < 1 << 20);
    buffer_release(&yaml);
}

static void values_are_limited(void **state)
{
    struct arena *arena = *state;
    struct data_limits limits = {.bytes = 1000, .depth = 8, .nodes = 5, .anchors = 1};
    struct reading fits = read_from(TEXT("[1, 2, 3, 4]"), 1, &limits, arena);
    assert_true(fits.is_read);
    report_release(&fits.report);
    assert_problem_starts(TEXT("[1, 2, 3, 4, 5]"), &limits,
        "a.md:1:14: error: too many values here (aliases count as often as they are used)\n",
        arena);
}

/* Each value looks at what follows it on its line; from the line's start that would take minutes. */
static void a_line_may_hold_very_many_values(void **state)
{
    struct arena *arena = *state;
    struct buffer yaml;
    buffer_init(&yaml);
    buffer_add_byte(&yaml, '[');
    for (int i = 0; i < 100000; i++)
        buffer_add_string(&yaml, "1, ");
    buffer_add_string(&yaml, "Soundtrack #1\n]\n");
    assert_problem_starts(buffer_text(&yaml), &data_limits_file,
        "a.md:1:300013: error: YAML drops everything behind ' #': put quotes around this text\n",
        arena);
    buffer_release(&yaml);
}

static struct text value_called(struct text key, const struct reading *reading)
{
    const struct data_value *value = data_map_find(reading->value.as.map, key.at);
    assert_non_null(value);
    return value->kind == DATA_LIST ? value->as.list->items[0].as.text : value->as.text;
}

/* What is written as YAML is read as the same text, in a block and in a flow, and no trap is seen in it. */
static void text_is_written_as_it_is_read(void **state)
{
    static const char *const texts[] = {"Signal", "Crash Landing on You", "Soundtrack #1",
        "Missing Noir: M", "Master's Sun", "'Tis", "*Beautiful*", "No", "1988", "3:45", "#", "&",
        "a: b", "a #b", "a\\b", "\"quoted\"", "a, b", "[a]", "{a}", "- a", "-", "? a", "!a", "%a",
        "@a", "`a`", "|", ">", "~", "null", " blanks ", "응답하라 1988", "길, 둘", "a\tb",
        "a:", ":a", "Tom & Jerry", "100%", "a/b", "(OST)", "it's: \"#1\"", "\x1B[31m", "…",
        "日本語 #1", "=", "<<"};
    struct arena *arena = *state;
    for (size_t i = 0; i < BASE_COUNT(texts); i++) {
        struct buffer yaml;
        buffer_init(&yaml);
        buffer_add_string(&yaml, "block: ");
        data_yaml_text(&yaml, text_of(texts[i]));
        buffer_add_string(&yaml, "\nflow: [");
        data_yaml_text(&yaml, text_of(texts[i]));
        buffer_add_string(&yaml, ", next]\n");
        struct reading reading = read_from(buffer_text(&yaml), 1, &data_limits_file, arena);
        assert_true(reading.is_read);
        assert_int_equal(reading.report.count, 0);
        assert_string_equal(arena_text(arena, value_called(TEXT("block"), &reading)).at, texts[i]);
        assert_string_equal(arena_text(arena, value_called(TEXT("flow"), &reading)).at, texts[i]);
        report_release(&reading.report);
        buffer_release(&yaml);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_an_arena(reads_trees),
        in_an_arena(scalars_stay_text_until_they_are_typed),
        in_an_arena(values_know_their_places),
        in_an_arena(titles_with_a_number_sign),
        in_an_arena(the_end_of_a_text_of_lines_is_lost),
        in_an_arena(keys_that_start_with_a_dash),
        in_an_arena(titles_with_a_colon),
        in_an_arena(titles_with_quotes),
        in_an_arena(titles_that_start_with_a_sign),
        in_an_arena(tabs_do_not_indent),
        in_an_arena(keys_stand_once),
        in_an_arena(keys_of_large_maps_stand_once),
        in_an_arena(aliases_stand_for_something),
        in_an_arena(one_document_without_directives),
        in_an_arena(other_faults_are_told_too),
        in_an_arena(problems_count_lines_of_the_file),
        in_an_arena(bytes_are_limited),
        in_an_arena(depth_is_limited),
        in_an_arena(anchors_are_limited),
        in_an_arena(an_alias_bomb_does_not_go_off),
        in_an_arena(values_are_limited),
        in_an_arena(a_line_may_hold_very_many_values),
        in_an_arena(text_is_written_as_it_is_read),
    };
    return cmocka_run_group_tests_name("data_yaml", tests, NULL, NULL);
}
