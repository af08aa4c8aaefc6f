/* Values as text: str() and repr() of Python, and printing. */
#include <math.h>
#include <stdlib.h>

#include "template/template_run_inside.h"
#include "unicode/unicode.h"

/* ---- Numbers --------------------------------------------------------------------------------------------- */

/* Without printf, which takes most of the time of a page full of numbers. */
static void integer_text(struct buffer *out, int64_t integer)
{
    char room[INTEGER_ROOM];
    buffer_add(out, text_of_integer(integer, room));
}

/* Writes a number of whole tenths, as most ratings are, without trying out digits. What is tenths / 10
 * rounded is what "8.5" reads back as; no other text of so few digits does. */
static bool add_tenths(struct buffer *out, double number)
{
    if (!(fabs(number) < 1e12))
        return false;
    int64_t tenths = (int64_t)(number * 10 + (number < 0 ? -0.5 : 0.5));
    if (tenths == 0 || (double)tenths / 10 != number)
        return false;
    if (tenths < 0)
        buffer_add_byte(out, '-');
    integer_text(out, llabs(tenths) / 10);
    buffer_add_byte(out, '.');
    buffer_add_byte(out, (char)('0' + llabs(tenths) % 10));
    return true;
}

/* The fewest digits that read back as the same number: "d.ddde+xx". */
static int shortest(double number, char *digits, size_t room)
{
    int precision = 0;
    do
        snprintf(digits, room, "%.*e", precision, number);
    while (precision++ < 17 && strtod(digits, NULL) != number);
    return precision - 1;
}

/* Python's repr: plain between 1e-4 and 1e16, else with an exponent of two digits or more. */
void template_float_text(struct buffer *out, double number)
{
    char digits[40];
    if (isnan(number) || isinf(number)) {
        buffer_add_string(out, isnan(number) ? "nan" : number > 0 ? "inf" : "-inf");
        return;
    }
    if (add_tenths(out, number))
        return;
    int precision = shortest(number, digits, sizeof digits);
    const char *letter = strchr(digits, 'e');
    int exponent = atoi(letter + 1);
    if (exponent < -4 || exponent >= 16) {
        buffer_add(out, (struct text){digits, (size_t)(letter - digits)});
        buffer_format(out, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
    } else {
        int decimals = precision - exponent;
        buffer_format(out, "%.*f", decimals < 1 ? 1 : decimals, number);
    }
}

/* ---- Texts ---------------------------------------------------------------------------------------------------- */

static void repr_point(struct buffer *out, uint32_t point, char quote)
{
    if (point == (uint32_t)quote || point == '\\')
        buffer_format(out, "\\%c", (char)point);
    else if (point == '\n')
        buffer_add_string(out, "\\n");
    else if (point == '\r')
        buffer_add_string(out, "\\r");
    else if (point == '\t')
        buffer_add_string(out, "\\t");
    else if (unicode_is_printable(point))
        buffer_add_point(out, point);
    else
        buffer_format(out,
            point < 0x100     ? "\\x%02x"
            : point < 0x10000 ? "\\u%04x"
                              : "\\U%08x",
            (unsigned)point);
}

void template_repr_text(struct buffer *out, struct text text)
{
    bool has_single = text_find_byte(text, '\'') >= 0, has_double = text_find_byte(text, '"') >= 0;
    char quote = has_single && !has_double ? '"' : '\'';
    buffer_add_byte(out, quote);
    for (size_t at = 0; at < text.length;)
        repr_point(out, text_next_point(text, &at), quote);
    buffer_add_byte(out, quote);
}

/* ---- repr -------------------------------------------------------------------------------------------------------- */

static bool repr_list(
    struct template_state *state, struct buffer *out, const struct data_value *list, unsigned depth)
{
    size_t count = data_count(list);
    bool is_tuple = template_is_tuple(list);
    buffer_add_byte(out, is_tuple ? '(' : '[');
    for (size_t i = 0; i < count; i++) {
        struct data_value item = data_item(list, i);
        buffer_add_string(out, i > 0 ? ", " : "");
        if (!template_repr(state, out, &item, depth + 1))
            return false;
    }
    buffer_add_string(out, is_tuple ? (count == 1 ? ",)" : ")") : "]");
    return true;
}

static bool repr_map(
    struct template_state *state, struct buffer *out, const struct data_map *map, unsigned depth)
{
    buffer_add_byte(out, '{');
    for (size_t i = 0; i < map->count; i++) {
        buffer_add_string(out, i > 0 ? ", " : "");
        if (!template_repr(state, out, &map->entries[i].key, depth + 1))
            return false;
        buffer_add_string(out, ": ");
        if (!template_repr(state, out, &map->entries[i].value, depth + 1))
            return false;
    }
    buffer_add_byte(out, '}');
    return true;
}

static bool repr_range(struct buffer *out, const struct template_range *range)
{
    buffer_format(out, "range(%lld, %lld", (long long)range->start, (long long)range->stop);
    if (range->step != 1)
        buffer_format(out, ", %lld", (long long)range->step);
    buffer_add_byte(out, ')');
    return true;
}

static bool repr_opaque(struct template_state *state, struct buffer *out,
    const struct data_value *value, unsigned depth)
{
    const struct template_tag *tag = value->as.opaque.tag;
    const void *at = value->as.opaque.at;
    if (tag == &template_tag_range)
        return repr_range(out, at);
    if (tag == &template_tag_macro) {
        const struct template_macro *macro = ((const struct template_macro_value *)at)->macro;
        buffer_add_string(out, "<Macro ");
        if (macro->name)
            template_repr_text(out, macro->name->text);
        buffer_add_string(out, macro->name ? ">" : "anonymous>");
    } else if (tag == &template_tag_namespace) {
        buffer_add_string(out, "<Namespace ");
        if (!repr_map(state, out, ((const struct template_namespace *)at)->map.as.map, depth))
            return false;
        buffer_add_byte(out, '>');
    } else if (tag == &template_tag_module) {
        buffer_add_string(out, "<TemplateModule ");
        template_repr_text(out, ((const struct template_module_value *)at)->file->name);
        buffer_add_byte(out, '>');
    } else if (tag == &template_tag_self) {
        const struct template_context *context = at;
        buffer_add_string(out, "<TemplateReference ");
        template_repr_text(out, context->blocks->chain[0]->name);
        buffer_add_byte(out, '>');
    } else {
        buffer_format(out, "<%s>", tag->name);
    }
    return true;
}

static bool repr_html(struct buffer *out, struct text text)
{
    buffer_add_string(out, "Markup(");
    template_repr_text(out, text);
    buffer_add_byte(out, ')');
    return true;
}

bool template_repr(struct template_state *state, struct buffer *out, const struct data_value *value,
    unsigned depth)
{
    if (depth > TEMPLATE_MOST_VALUE_DEPTH)
        return template_stop(state, "lists in lists go deeper than %d", TEMPLATE_MOST_VALUE_DEPTH);
    if (!template_room(state, 1))
        return false;
    switch (value->kind) {
    case DATA_UNDEFINED: buffer_add_string(out, "Undefined"); return true;
    case DATA_NONE: buffer_add_string(out, "None"); return true;
    case DATA_YES_NO: buffer_add_string(out, value->as.yes ? "True" : "False"); return true;
    case DATA_INTEGER: integer_text(out, value->as.integer); return true;
    case DATA_FLOAT: template_float_text(out, value->as.number); return true;
    case DATA_DATE:
        buffer_add(out, data_date_iso(state->run->scratch, value->as.date));
        return true;
    case DATA_TEXT: template_repr_text(out, value->as.text); return true;
    case DATA_HTML: return repr_html(out, value->as.text);
    case DATA_LIST:
    case DATA_ARRAY: return repr_list(state, out, value, depth);
    case DATA_MAP: return repr_map(state, out, value->as.map, depth);
    case DATA_THING: buffer_format(out, "<%s>", value->as.thing.type->name); return true;
    default: return repr_opaque(state, out, value, depth);
    }
}

/* ---- Words ------------------------------------------------------------------------------------------------ */

struct text template_called(struct arena *arena, const struct data_type *type)
{
    if (strchr(type->name, '_'))
        return text_of(type->name);
    return arena_format(arena, "%s %s", strchr("aeiou", type->name[0]) ? "an" : "a", type->name);
}

/* ---- str ---------------------------------------------------------------------------------------------------------- */

bool template_str(struct template_state *state, struct buffer *out, const struct data_value *value)
{
    switch (value->kind) {
    case DATA_TEXT:
    case DATA_HTML: buffer_add(out, value->as.text); return true;
    case DATA_INTEGER: integer_text(out, value->as.integer); return true;
    case DATA_UNDEFINED: return template_is_testable(state, value);
    case DATA_NONE:
        if (!state->set->options->absent_is_empty)
            buffer_add_string(out, "None");
        return true;
    case DATA_THING:
        return template_stop(state, "%.*s can't be printed: name one of its fields",
            TEXT_ARGS(template_called(state->run->scratch, value->as.thing.type)));
    default: break;
    }
    if (template_is_opaque(value, &template_tag_module)) {
        buffer_add(out, ((const struct template_module_value *)value->as.opaque.at)->text.as.text);
        return true;
    }
    return template_repr(state, out, value, 0);
}

bool template_text_value(
    struct template_state *state, const struct data_value *value, struct text *text)
{
    if (template_is_text(value)) {
        *text = value->as.text;
        return true;
    }
    size_t start = template_begin(state);
    bool is_well = template_str(state, state->out, value);
    *text = template_end(state, start);
    return is_well && !state->has_failed;
}

static bool is_safe(const struct data_value *value)
{
    return value->kind == DATA_HTML || value->kind == DATA_INTEGER ||
           template_is_opaque(value, &template_tag_module);
}

bool template_write(struct template_state *state, const struct data_value *value)
{
    if (value->kind == DATA_TEXT && state->autoescape) {
        template_escape(state->out, value->as.text);
        return true;
    }
    if (!state->autoescape || is_safe(value))
        return template_str(state, state->out, value);
    struct text text;
    if (!template_text_value(state, value, &text))
        return false;
    template_escape(state->out, text);
    return true;
}
