/* What templates may call besides Jinja's own: addresses, words, dates, Markdown. */
#include "render/render_inside.h"

#include <stdlib.h>

static struct render_worker *worker_of(const struct template_call *call)
{
    const struct catalog_run *run = call->run->context;
    return run->context;
}

const struct catalog_site *render_site_of(const struct template_call *call)
{
    return &worker_of(call)->render->plan->catalog->site;
}

/* A function makes its text in the worker's one buffer, which no function does within another. */
static struct buffer *start_text(const struct template_call *call)
{
    struct buffer *making = &worker_of(call)->making;
    making->length = 0;
    return making;
}

static struct text end_text(const struct template_call *call)
{
    return arena_text(call->run->scratch, buffer_text(&worker_of(call)->making));
}

/* ---- Addresses ------------------------------------------------------------------------------------------------ */

static struct data_value address(struct template_call *call)
{
    struct text path = template_text(call, 0, TEXT(""));
    if (text_starts(path, "/"))
        path = text_slice(path, 1, path.length);
    return data_text(arena_join(call->run->scratch, render_site_of(call)->thing.url, path));
}

static struct data_value absolute(struct template_call *call)
{
    struct text url = template_text(call, 0, TEXT(""));
    if (!text_starts(url, "/"))
        return data_text(url);
    render_full_address(worker_of(call)->render, start_text(call), url);
    return data_text(end_text(call));
}

static struct data_value asset(struct template_call *call)
{
    struct text name = template_text(call, 0, TEXT(""));
    const struct theme *theme = worker_of(call)->render->plan->theme;
    const struct theme_asset *found = theme_find_asset(theme, name);
    if (!found)
        return template_fail(call, "no file '%.*s' in the theme's assets/%.*s", TEXT_ARGS(name),
            TEXT_ARGS(render_guess_asset(theme, call->run->scratch, name)));
    return data_text(arena_join(call->run->scratch, render_site_of(call)->thing.url, found->path));
}

static bool has_heading(const struct data_value *headings, struct text id)
{
    for (size_t i = 0; i < headings->as.list->count; i++) {
        const struct catalog_heading *heading = headings->as.list->items[i].as.thing.at;
        if (text_equal(heading->id, id))
            return true;
    }
    return false;
}

/* The page's own, which are read once for all its sections. */
static const struct data_value *headings_of(const struct template_call *call)
{
    struct render_worker *worker = worker_of(call);
    const struct catalog_thing *thing = worker->output->thing;
    if (worker->headings.kind == DATA_UNDEFINED) {
        struct data_value page = data_thing(thing->type, thing);
        worker->headings = thing->file ? data_get(&page, TEXT("headings"), call->run) : data_none();
    }
    return &worker->headings;
}

/* Headings of the page's text come first, since links in texts lead to them. */
static struct data_value section(struct template_call *call)
{
    struct text wanted = template_text(call, 0, TEXT("")), id = wanted;
    if (!worker_of(call)->output->thing)
        return data_text(id);
    const struct data_value *headings = headings_of(call);
    for (unsigned number = 2; headings->kind == DATA_LIST && has_heading(headings, id); number++)
        id = arena_format(call->run->scratch, "%.*s-%u", TEXT_ARGS(wanted), number);
    return data_text(id);
}

/* ---- Words ------------------------------------------------------------------------------------------------------ */

static double count_of(const struct template_call *call)
{
    for (size_t i = 0; i < call->named_count; i++) {
        const struct data_value *value = &call->named[i].value;
        if (!text_is(call->named[i].name, "count"))
            continue;
        return value->kind == DATA_INTEGER ? (double)value->as.integer
               : value->kind == DATA_FLOAT ? value->as.number
                                           : NAN;
    }
    return NAN;
}

static struct data_value words(struct template_call *call)
{
    struct arena *scratch = call->run->scratch;
    const struct theme *theme = worker_of(call)->render->plan->theme;
    struct text key = template_text(call, 0, TEXT(""));
    struct text found = theme_string(theme, key, count_of(call));
    if (!found.at)
        return template_fail(call, "no string '%.*s' in the theme's i18n/%.*s", TEXT_ARGS(key),
            TEXT_ARGS(render_guess_string(theme, scratch, key)));
    if (call->named_count == 0)
        return data_text(found);
    struct theme_filling *fillings = arena_array(scratch, call->named_count, sizeof *fillings);
    for (size_t i = 0; i < call->named_count; i++)
        fillings[i] = (struct theme_filling){
            call->named[i].name, template_print(call, &call->named[i].value)};
    return data_text(theme_fill(scratch, found, fillings, call->named_count));
}

/* ---- Dates and numbers -------------------------------------------------------------------------------------------- */

const struct render_date_style render_date_styles[RENDER_DATE_STYLES] = {
    {"long", UNICODE_DATE_LONG}, {"short", UNICODE_DATE_SHORT}, {"month", UNICODE_DATE_MONTH}};

static struct data_value day(struct template_call *call)
{
    struct text asked = template_text(call, 1, TEXT("long"));
    const struct data_value *value = &call->arguments[0];
    if (value->kind == DATA_NONE || value->kind == DATA_UNDEFINED)
        return data_text(TEXT(""));
    if (value->kind != DATA_DATE)
        return template_fail(
            call, "'date' wants a date, not %s", data_kind_name((enum data_kind)value->kind));
    for (size_t i = 0; i < RENDER_DATE_STYLES; i++)
        if (text_is(asked, render_date_styles[i].name))
            return data_text(unicode_date(worker_of(call)->render->plan->catalog->request.language,
                call->run->scratch, value->as.date.year, value->as.date.month, value->as.date.day,
                render_date_styles[i].style));
    return template_fail(call, "'date' knows the styles long, short and month");
}

struct text render_short_number(struct arena *arena, double number)
{
    if (!(fabs(number) < 1e15))
        return arena_format(arena, "%g", number);
    char room[INTEGER_ROOM];
    long long hundredths = llround(number * 100), rest = llabs(hundredths % 100);
    struct text whole = text_of_integer(hundredths / 100, room);
    if (rest == 0)
        return arena_text(arena, whole);
    if (hundredths < 0 && hundredths > -100)
        whole = TEXT("-0");
    const char digits[3] = {'.', (char)('0' + rest / 10), (char)('0' + rest % 10)};
    return arena_join(arena, whole, (struct text){digits, rest % 10 ? 3 : 2});
}

static struct data_value number(struct template_call *call)
{
    const struct data_value *value = &call->arguments[0];
    char room[INTEGER_ROOM];
    if (value->kind == DATA_INTEGER)
        return data_text(arena_text(call->run->scratch, text_of_integer(value->as.integer, room)));
    if (value->kind != DATA_FLOAT)
        return data_text(template_print(call, value));
    return data_text(render_short_number(call->run->scratch, value->as.number));
}

/* "B+" on a blog of letters; a mean of several is near one of them. */
static struct data_value rating(struct template_call *call)
{
    const struct schema_scale *scale = render_site_of(call)->settings->rating;
    const struct data_value *value = &call->arguments[0];
    double points = value->kind == DATA_INTEGER ? (double)value->as.integer
                    : value->kind == DATA_FLOAT ? value->as.number
                                                : NAN;
    const struct schema_letter *letter =
        isnan(points) ? NULL : schema_nearest_letter(scale, points);
    return letter ? data_text(letter->name) : number(call);
}

/* How far along the scale, in whole steps. */
static struct data_value share(struct template_call *call)
{
    const struct schema_scale *scale = render_site_of(call)->settings->rating;
    const struct data_value *value = &call->arguments[0];
    double points = value->kind == DATA_INTEGER ? (double)value->as.integer
                    : value->kind == DATA_FLOAT ? value->as.number
                                                : NAN;
    double steps = (double)template_integer(call, 1, 100);
    if (isnan(points))
        return template_fail(
            call, "'share' wants a rating, not %s", data_kind_name((enum data_kind)value->kind));
    return data_integer(
        (int64_t)nearbyint((points - scale->min) / (scale->max - scale->min) * steps));
}

/* ---- Text ----------------------------------------------------------------------------------------------------------- */

static bool is_korean(struct text language)
{
    return text_is(language, "ko") || text_starts(language, "ko-");
}

/* Most names are: then there is nothing to look for. */
static bool is_ascii(struct text text)
{
    uint64_t bits = 0, eight;
    size_t at = 0;
    for (; at + sizeof eight <= text.length; at += sizeof eight) {
        memcpy(&eight, text.at + at, sizeof eight);
        bits |= eight;
    }
    for (; at < text.length; at++)
        bits |= (unsigned char)text.at[at];
    return (bits & 0x8080808080808080) == 0;
}

/* The end of a run of Hangul; the tags of safe HTML stand outside. */
static size_t run_end(struct text text, size_t at)
{
    ptrdiff_t tag = text_find_byte(text_slice(text, at, text.length), '<');
    return unicode_hangul_end(text_slice(text, 0, tag < 0 ? text.length : at + (size_t)tag), at);
}

/* Behind the tag of safe HTML that starts there: what stands inside one is not for marking. */
static size_t tag_end(struct text text, size_t at)
{
    while (at < text.length && text.at[at] != '>')
        at++;
    return at + (at < text.length);
}

static void add_marked(struct buffer *out, struct text text)
{
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        if (!unicode_is_hangul(text_next_point(text, &at))) {
            at = text.at[from] == '<' ? tag_end(text, from) : at;
            buffer_add(out, text_slice(text, from, at));
            continue;
        }
        at = run_end(text, from);
        buffer_add_string(out, "<span lang=\"ko\">");
        buffer_add(out, text_slice(text, from, at));
        buffer_add_string(out, "</span>");
    }
}

static struct data_value lang(struct template_call *call)
{
    struct text text = template_escaped(call, &call->arguments[0]);
    if (is_ascii(text) || is_korean(render_site_of(call)->settings->language))
        return data_html(text);
    add_marked(start_text(call), text);
    return data_html(end_text(call));
}

static void print_lang(struct template_call *call, struct buffer *out)
{
    size_t start = out->length;
    template_add_escaped(call, &call->arguments[0], out);
    struct text text = text_slice(buffer_text(out), start, out->length);
    if (is_ascii(text) || is_korean(render_site_of(call)->settings->language))
        return;
    text = arena_text(call->run->scratch, text);
    out->length = start;
    add_marked(out, text);
}

/* "<p>...</p>\n" alone: the paragraph's inside. */
static struct text without_paragraph(struct text html)
{
    struct text inside = text_trim(html);
    if (!text_starts(inside, "<p>") || !text_ends(inside, "</p>"))
        return html;
    inside = text_slice(inside, strlen("<p>"), inside.length - strlen("</p>"));
    return text_find(inside, TEXT("</p>")) < 0 ? inside : html;
}

static struct data_value markdown(struct template_call *call)
{
    struct text source = template_text(call, 0, TEXT(""));
    bool is_inline = template_flag(call, 1, false);
    struct markdown_options options =
        catalog_markdown_options(worker_of(call)->render->plan->catalog);
    options.words = worker_of(call)->catalog.words;
    options.footnotes = false; /* several such texts stand on one page */
    struct markdown_host host = {0};
    source = unicode_nfc(call->run->scratch, source);
    if (!markdown_render(source, &options, &host, start_text(call)))
        return template_fail(call, "this text is too long or too deeply nested for Markdown");
    struct text html = end_text(call);
    return data_html(is_inline ? without_paragraph(html) : html);
}

/* ---- Players ---------------------------------------------------------------------------------------------------------- */

/* Of what is at no service that Liner knows, the host is named. */
static struct markdown_player player_elsewhere(struct text address)
{
    ptrdiff_t scheme = text_find(address, TEXT("://"));
    size_t start = scheme < 0 ? 0 : (size_t)scheme + strlen("://");
    struct text host = text_slice(address, start, address.length);
    if (text_starts(host, "www."))
        host = text_slice(host, strlen("www."), host.length);
    size_t length = 0;
    while (length < host.length && !strchr("/?#", host.at[length]))
        length++;
    return (struct markdown_player){
        .service = text_slice(host, 0, length), .class = TEXT("player elsewhere")};
}

static struct markdown_player find_player(struct text address, struct arena *scratch)
{
    struct markdown_player found;
    return catalog_find_player(address, scratch, &found) ? found : player_elsewhere(address);
}

/* Of an address, or of a service of a track: what plays that is known already. */
static void print_player(struct template_call *call, struct buffer *out)
{
    const struct data_value *what = &call->arguments[0];
    struct arena *scratch = call->run->scratch;
    bool is_service = what->kind == DATA_THING && what->as.thing.type == &schema_heard_type;
    const struct schema_heard *heard = is_service ? what->as.thing.at : NULL;
    struct text address = heard ? heard->url : template_text(call, 0, TEXT(""));
    struct text label = template_text(call, 1, TEXT(""));
    const struct schema_settings *settings = render_site_of(call)->settings;
    struct markdown_options options = {
        .language = settings->language, .words = worker_of(call)->catalog.words};
    struct markdown_player found =
        heard ? catalog_player(&heard->player, scratch) : find_player(address, scratch);
    if (!settings->players)
        found.frame = TEXT_NONE;
    markdown_add_player(out, &found, address, label, &options);
}

static struct data_value player(struct template_call *call)
{
    print_player(call, start_text(call));
    return data_html(end_text(call));
}

const struct template_function render_functions[] = {
    {.name = "url",
        .run = address,
        .signature = "path",
        .role = TEMPLATE_FUNCTION,
        .gives_same = true,
        .help = "the address of a path of the site: url('dramas/')"},
    {.name = "asset",
        .run = asset,
        .preview = render_preview_asset,
        .signature = "name",
        .role = TEMPLATE_FUNCTION,
        .gives_same = true,
        .help = "the address of a file in the theme's assets/, which changes with its bytes"},
    {.name = "section",
        .run = section,
        .signature = "id",
        .role = TEMPLATE_FUNCTION,
        .help =
            "the id of a section of the page; with a number where a heading of its text has it"},
    {.name = "t",
        .run = words,
        .preview = render_preview_words,
        .signature = "key, **values",
        .role = TEMPLATE_FUNCTION,
        .gives_same = true,
        .help = "the theme's words for a key, in the blog's language: t('count_tracks', count=3)"},
    {.name = "player",
        .run = player,
        .print = print_player,
        .signature = "what, label=''",
        .role = TEMPLATE_FUNCTION,
        .help = "the player of a service of a track, or of an address; a link where there is none"},
    {.name = "absolute",
        .run = absolute,
        .signature = "url",
        .role = TEMPLATE_FILTER,
        .gives_same = true,
        .help = "an address with its host"},
    {.name = "date",
        .run = day,
        .preview = render_preview_date,
        .signature = "date, style='long'",
        .role = TEMPLATE_FILTER,
        .gives_same = true,
        .help = "a day in the blog's language; styles: long, short, month"},
    {.name = "number",
        .run = number,
        .signature = "number",
        .role = TEMPLATE_FILTER,
        .gives_same = true,
        .help = "a number without needless digits: 8.5, 8"},
    {.name = "rating",
        .run = rating,
        .signature = "number",
        .role = TEMPLATE_FILTER,
        .gives_same = true,
        .help = "a rating as the blog writes it: 8.5, or B+ where it rates by letters"},
    {.name = "share",
        .run = share,
        .signature = "rating, steps=100",
        .role = TEMPLATE_FILTER,
        .gives_same = true,
        .help = "how far along the blog's scale a rating is, in so many steps: for bars"},
    {.name = "histogram",
        .run = render_histogram,
        .signature = "things",
        .role = TEMPLATE_FILTER,
        .help = "how often each rating is given: a list of bars, each with label, count, and share "
                "of the longest in hundredths"},
    {.name = "lang",
        .run = lang,
        .print = print_lang,
        .signature = "text",
        .role = TEMPLATE_FILTER,
        .gives_same = true,
        .help = "escaped, with runs of Hangul marked as Korean where the page is not"},
    {.name = "markdown",
        .run = markdown,
        .signature = "text, inline=false",
        .role = TEMPLATE_FILTER,
        .help = "a text in Markdown as HTML"},
};
const size_t render_function_count = BASE_COUNT(render_functions);

const struct template_function *render_function_at(size_t index)
{
    return index < render_function_count ? &render_functions[index] : NULL;
}

static const struct template_example examples[] = {
    {"function", "url", "{{ url('dramas/') }}", "/dramas/"},
    {"function", "asset", "{{ asset('icon.svg')[:13] }}", "/assets/icon."},
    {"function", "section", "{{ section('tracks') }}", "tracks"},
    {"function", "t", "{{ t('count_tracks', count=3) }}", "3 tracks"},
    {"function", "player", "{{ player('https://youtu.be/pcKR0LPwoYs', 'Road')|striptags }}",
        "Road Play on YouTube"},
    {"filter", "absolute", "{{ '/dramas/'|absolute }}", "https://example.org/dramas/"},
    {"filter", "date", "{{ site.reviews[0].date|date('short') }}", "14 Mar 2016"},
    {"filter", "number", "{{ 8.50|number }}", "8.5"},
    {"filter", "rating", "{{ 8.50|rating }}", "8.5"},
    {"filter", "share", "{{ 7.5|share }} {{ 7.5|share(40) }}", "75 30"},
    {"filter", "histogram", "{{ (site.reviews|histogram)[8].count }}", "1"},
    {"filter", "lang", "{{ '도깨비 OST'|lang }}", "<span lang=\"ko\">도깨비</span> OST"},
    {"filter", "markdown", "{{ '*very* good'|markdown(inline=true) }}", "<em>very</em> good"},
};

const struct template_example *render_find_example(const char *name)
{
    for (size_t i = 0; i < BASE_COUNT(examples); i++)
        if (strcmp(examples[i].name, name) == 0)
            return &examples[i];
    return NULL;
}
