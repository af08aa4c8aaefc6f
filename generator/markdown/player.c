/*
 * The player of a track, a video or an album: a link to the service that has it.
 *
 *     <p class="player youtube video"><a href="PAGE" data-player="FRAME" data-service="YouTube">
 *     <b>Stay With Me</b> <span>Play on YouTube</span></a></p>
 *
 * Nothing is loaded from there before it is followed. The theme's script puts the frame in its place when it is, and
 * without scripts it leads to the page. Where a service has no player there is no frame to put.
 */
#include "markdown/markdown_inside.h"

static void add_address_attribute(struct buffer *out, const char *name, struct text address)
{
    buffer_add_byte(out, ' ');
    buffer_add_string(out, name);
    buffer_add(out, TEXT("=\""));
    markdown_add_address(out, address);
    buffer_add_byte(out, '"');
}

static void add_label(struct buffer *out, struct text label, const struct markdown_options *options)
{
    buffer_add(out, TEXT("<b>"));
    if (is_korean(options->language))
        add_escaped(out, label);
    else
        add_escaped_hangul(out, label);
    buffer_add(out, TEXT("</b> "));
}

/* "Play on {service}" */
static void add_words(struct buffer *out, struct text words, struct text service)
{
    static const char place[] = "{service}";
    ptrdiff_t at = text_find_byte(words, '{');
    if (at >= 0 && !text_starts(text_slice(words, (size_t)at, words.length), place))
        at = text_find(words, text_of(place));
    size_t before = at < 0 ? words.length : (size_t)at;
    buffer_add(out, TEXT("<span>"));
    add_escaped(out, text_slice(words, 0, before));
    if (at >= 0) {
        add_escaped(out, service);
        add_escaped(out, text_slice(words, before + strlen(place), words.length));
    }
    buffer_add(out, TEXT("</span>"));
}

void markdown_add_player(struct buffer *out, const struct markdown_player *player,
    struct text address, struct text label, const struct markdown_options *options)
{
    const struct markdown_words *words = &options->words;
    struct text play = words->play_on.at ? words->play_on : TEXT("Play on {service}");
    struct text listen = words->listen_on.at ? words->listen_on : TEXT("Listen on {service}");
    buffer_add(out, TEXT("<p"));
    add_quoted(out, "class", player->class);
    buffer_add(out, TEXT("><a"));
    add_address_attribute(out, "href", address);
    if (player->frame.at) {
        add_address_attribute(out, "data-player", player->frame);
        add_quoted(out, "data-service", player->service);
    }
    buffer_add_byte(out, '>');
    if (label.length)
        add_label(out, label, options);
    add_words(out, player->frame.at ? play : listen, player->service);
    buffer_add(out, TEXT("</a></p>\n"));
}
