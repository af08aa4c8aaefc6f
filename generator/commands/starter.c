/*
 * Files for writers to go on with, made from those in commands/starter/: blog/ is what `liner init` writes, new/ has a
 * file for each kind of `liner new`.
 *
 *     title: @title@          the value stands there
 *     @native@                a line that is nothing else is left out where there is no value
 */
#include "commands/commands_inside.h"

extern const struct base_embedded starter_embedded_files[];
extern const size_t starter_embedded_count;

const struct base_embedded *commands_starter_at(size_t index)
{
    return index < starter_embedded_count ? &starter_embedded_files[index] : NULL;
}

struct text commands_starter(struct text path)
{
    for (size_t i = 0; i < starter_embedded_count; i++)
        if (text_is(path, starter_embedded_files[i].path))
            return (struct text){
                (const char *)starter_embedded_files[i].bytes, starter_embedded_files[i].length};
    return TEXT_NONE;
}

static const struct commands_filling *filling_of(
    const struct commands_filling *fillings, size_t count, struct text name)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(name, fillings[i].name))
            return &fillings[i];
    return NULL;
}

/* The filling that stands at the beginning of the text; its length with both signs. NULL for none. */
static const struct commands_filling *filling_at(
    const struct commands_filling *fillings, size_t count, struct text text, size_t *length)
{
    struct text behind = text_slice(text, 1, text.length);
    ptrdiff_t end = text_starts(text, "@") ? text_find_byte(behind, '@') : -1;
    if (end < 0)
        return NULL;
    *length = (size_t)end + 2;
    return filling_of(fillings, count, text_slice(behind, 0, (size_t)end));
}

static void fill_line(
    struct buffer *out, struct text line, const struct commands_filling *fillings, size_t count)
{
    size_t length = 0;
    const struct commands_filling *whole = filling_at(fillings, count, line, &length);
    if (whole && length == line.length && !whole->value.length)
        return;
    for (size_t at = 0; at < line.length; at += length) {
        struct text rest = text_slice(line, at, line.length);
        const struct commands_filling *filling = filling_at(fillings, count, rest, &length);
        if (filling) {
            buffer_add(out, filling->value);
            continue;
        }
        buffer_add_byte(out, rest.at[0]);
        length = 1;
    }
    buffer_add_byte(out, '\n');
}

struct text commands_fill(
    struct arena *arena, struct text source, const struct commands_filling *fillings, size_t count)
{
    struct buffer out;
    struct text line;
    buffer_init(&out);
    while (text_line(&source, &line))
        fill_line(&out, line, fillings, count);
    struct text filled = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    return filled;
}

struct text commands_yaml(struct arena *arena, struct text text)
{
    struct buffer out;
    buffer_init(&out);
    data_yaml_text(&out, text);
    struct text kept = arena_text(arena, buffer_text(&out));
    buffer_release(&out);
    return kept;
}
