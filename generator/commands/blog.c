/* The blog that a command works on: found, its settings read, its content opened; and the printing
 * of what was wrong. */
#include "commands/commands_inside.h"

#include <limits.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { most_settings_bytes = 64 << 10, most_jobs = 256 };

/* ---- Printing problems -------------------------------------------------------------------------------------- */

struct sources {
    const struct disk *disk;
    const struct theme *theme;
    struct buffer bytes;
    struct text file; /* whose bytes those are */
};

/* The lines of a file once more, for a message: from the disk, else from inside the program. */
static struct text source_of(void *context, struct text file)
{
    struct sources *sources = context;
    if (text_equal(sources->file, file))
        return buffer_text(&sources->bytes);
    sources->file = file;
    buffer_clear(&sources->bytes);
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.*s", TEXT_ARGS(file));
    if (sources->disk && file.length &&
        sources->disk->read(sources->disk, path, MARKDOWN_BODY_BYTES, &sources->bytes) == DISK_DONE)
        return buffer_text(&sources->bytes);
    if (sources->theme)
        buffer_add(&sources->bytes, theme_source(sources->theme, file));
    return buffer_text(&sources->bytes);
}

void commands_print_report(
    struct report *report, const struct disk *disk, const struct theme *theme, bool color)
{
    struct sources sources = {.disk = disk, .theme = theme};
    buffer_init(&sources.bytes);
    report_sort(report);
    struct report_printer printer = {.to = stderr,
        .color = color,
        .context = &sources,
        .source = source_of,
        .width = unicode_width};
    report_print(report, &printer);
    buffer_release(&sources.bytes);
}

/* ---- Finding the blog ------------------------------------------------------------------------------------------- */

const char *commands_find_root(struct arena *arena)
{
    char path[PATH_MAX];
    if (!getcwd(path, sizeof path))
        return NULL;
    for (;;) {
        struct text settings = arena_format(arena, "%s/liner.yaml", path);
        if (access(settings.at, F_OK) == 0)
            return arena_text(arena, text_of(path)).at;
        char *slash = strrchr(path, '/');
        if (!slash || slash == path)
            return NULL;
        *slash = 0;
    }
}

const char *commands_path(struct commands_blog *blog, struct text typed)
{
    char here[PATH_MAX], root[PATH_MAX];
    struct text path = typed;
    if (!text_starts(typed, "/") && getcwd(here, sizeof here))
        path = arena_format(&blog->arena, "%s/%.*s", here, TEXT_ARGS(typed));
    if (!realpath(blog->root, root))
        return path.at;
    size_t length = strlen(root);
    if (text_starts(path, root) && path.length > length + 1 && path.at[length] == '/')
        path = text_slice(path, length + 1, path.length);
    return arena_text(&blog->arena, path).at;
}

/* An absolute path without "." and ".." parts; `plain` takes what fits. */
static void make_plain(const char *path, char *plain, size_t size)
{
    size_t length = 0;
    for (const char *part = path; *part;) {
        size_t part_length = strcspn(part, "/");
        bool is_up = part_length == 2 && memcmp(part, "..", 2) == 0;
        bool is_here = part_length == 0 || (part_length == 1 && *part == '.');
        if (is_up)
            while (length > 0 && plain[--length] != '/')
                ;
        else if (!is_here && length + part_length + 2 <= size) {
            plain[length++] = '/';
            memcpy(plain + length, part, part_length);
            length += part_length;
        }
        part += part_length + (part[part_length] == '/');
    }
    plain[length] = 0;
}

bool commands_is_free(struct commands_blog *blog, const char *folder)
{
    static const char *const sources[] = {"content", "themes", ".liner", ".git"};
    char root[PATH_MAX], path[PATH_MAX];
    if (!realpath(blog->root, root))
        return true; /* the disk will say what is wrong */
    struct text whole = *folder == '/' ? arena_format(&blog->arena, "%s", folder)
                                       : arena_format(&blog->arena, "%s/%s", root, folder);
    make_plain(whole.at, path, sizeof path);
    size_t length = strlen(path), root_length = strlen(root);
    if (strncmp(root, path, length) == 0 && (root[length] == '/' || root[length] == 0))
        return false;
    if (strncmp(path, root, root_length) != 0 || path[root_length] != '/')
        return true;
    struct text below = text_of(path + root_length + 1);
    ptrdiff_t slash = text_find_byte(below, '/');
    struct text first = text_slice(below, 0, slash < 0 ? below.length : (size_t)slash);
    for (size_t i = 0; i < BASE_COUNT(sources); i++)
        if (text_is(first, sources[i]))
            return false;
    return true;
}

unsigned commands_jobs(const struct commands_line *line)
{
    struct text asked = commands_value_if_known(line, "jobs");
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (!asked.at)
        return processors > 0 && processors <= most_jobs ? (unsigned)processors : 1;
    unsigned jobs = 0;
    for (size_t i = 0; i < asked.length && jobs <= most_jobs; i++)
        jobs = asked.at[i] >= '0' && asked.at[i] <= '9' ? jobs * 10 + (unsigned)(asked.at[i] - '0')
                                                        : most_jobs + 1;
    return jobs <= most_jobs ? jobs : 0;
}

/* ---- Settings ----------------------------------------------------------------------------------------------------- */

static const struct place settings_file = {.file = {"liner.yaml", 10}};

/* Where a setting has its value. */
static struct place place_of_setting(const struct data_value *map, const char *name)
{
    const struct data_value *value =
        map->kind == DATA_MAP ? data_map_find(map->as.map, name) : NULL;
    if (!value)
        return settings_file;
    return (struct place){settings_file.file, value->line, value->column, value->points};
}

/* The settings as a map of values. False, with the problem reported, when it is not whole. */
static bool read_map(struct commands_blog *blog, struct text yaml, struct data_value *map)
{
    ptrdiff_t bad = unicode_check(yaml);
    bool is_whole = bad < 0;
    if (!is_whole)
        report_at(&blog->report, REPORT_ERROR, place_in(settings_file.file, yaml, (size_t)bad, 1),
            "this byte (0x%02X) is not UTF-8: save the file as UTF-8", (unsigned char)yaml.at[bad]);
    is_whole = is_whole && data_read_yaml(yaml, settings_file.file, 1, &data_limits_front_matter,
                               &blog->arena, &blog->report, map);
    if (bad >= 0 || map->kind == DATA_NONE) {
        *map = data_map_new(&blog->arena);
        map->line = map->column = map->points = 1;
    }
    return is_whole;
}

/* What goes into the head of every page. */
static void read_head(struct commands_blog *blog)
{
    const struct schema_path *file = &blog->settings.head_file;
    struct place place = schema_place(settings_file.file, file->spot);
    struct buffer bytes;
    if (!file->path.length)
        return;
    buffer_init(&bytes);
    enum disk_result result =
        blog->disk.read(&blog->disk, file->path.at, most_settings_bytes, &bytes);
    struct text html = arena_text(&blog->arena, buffer_text(&bytes));
    buffer_release(&bytes);
    if (result == DISK_MISSING)
        report_at(&blog->report, REPORT_ERROR, place, "no such file beside liner.yaml: '%.*s'",
            TEXT_ARGS(file->path));
    else if (result != DISK_DONE)
        report_at(&blog->report, REPORT_ERROR, place, "'%.*s' can't be read: %s",
            TEXT_ARGS(file->path), disk_result_words(result));
    else if (unicode_check(html) >= 0)
        report_at(&blog->report, REPORT_ERROR, place, "'%.*s' is not UTF-8: save it as UTF-8",
            TEXT_ARGS(file->path));
    else
        blog->settings.head = text_trim(html);
}

static void read_settings(struct commands_blog *blog)
{
    struct buffer bytes;
    struct data_value map = {0};
    struct report ignored;
    struct schema_reading reading = {
        .file = settings_file.file, .arena = &blog->arena, .report = &blog->report};
    buffer_init(&bytes);
    enum disk_result result =
        blog->disk.read(&blog->disk, "liner.yaml", most_settings_bytes, &bytes);
    struct text yaml = arena_text(&blog->arena, buffer_text(&bytes));
    buffer_release(&bytes);
    blog->settings_hash = hash_text(yaml);
    if (result != DISK_DONE) {
        report_at(&blog->report, REPORT_REFUSED, settings_file, "can't be read: %s",
            disk_result_words(result));
        return;
    }
    report_init(&ignored);
    if (!read_map(blog, yaml, &map)) /* what is missing then is missing for that */
        reading.report = &ignored;
    reading.yaml = yaml;
    reading.yaml_line = 1;
    schema_read_settings(&reading, &map, &blog->settings);
    report_release(&ignored);
    read_head(blog);
    blog->language_at = place_of_setting(&map, "language");
    blog->theme_at = place_of_setting(&map, "theme");
    blog->output_at = place_of_setting(&map, "output");
}

/* Another address for this build; a wrong one is a mistake of the command line. */
static enum base_status take_base_url(struct commands_blog *blog, const struct commands_line *line)
{
    struct text url = commands_value_if_known(line, "base-url");
    if (!url.at)
        return BASE_DONE;
    if (!schema_is_site_address(url))
        return commands_usage(line->row, "--base-url wants an address like https://example.org/");
    blog->settings.url = url;
    return BASE_DONE;
}

/* "https://example.org/blog" -> "/blog/" */
static void settle_base_path(struct commands_blog *blog)
{
    struct text url = blog->settings.url;
    ptrdiff_t scheme = text_find(url, TEXT("://"));
    struct text host = text_slice(url, scheme < 0 ? 0 : (size_t)scheme + 3, url.length);
    ptrdiff_t slash = text_find_byte(host, '/');
    struct text path = text_slice(host, slash < 0 ? host.length : (size_t)slash, host.length);
    while (text_ends(path, "/"))
        path.length--;
    blog->base_path = arena_format(&blog->arena, "%.*s/", TEXT_ARGS(path));
}

static void open_language(struct commands_blog *blog)
{
    struct text tag = blog->settings.language;
    blog->language = unicode_language_open(tag.at);
    if (blog->language)
        return;
    report_at(&blog->report, REPORT_ERROR, blog->language_at,
        "'%.*s' is no language tag: write en, ko or pt-BR", TEXT_ARGS(tag));
    blog->language = unicode_language_open("en"); /* to go on, for there may be more to say */
}

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

enum base_status commands_blog_open(struct commands_blog *blog, const struct commands_line *line)
{
    *blog = (struct commands_blog){.quiet = line->quiet, .color = line->color};
    commands_progress_start(&blog->progress, !line->quiet);
    blog->opened_ns = now_ns();
    blog->is_program_known = commands_hash_program(&blog->program);
    arena_init(&blog->arena);
    report_init(&blog->report);
    blog->jobs = commands_jobs(line);
    if (!blog->jobs)
        return commands_usage(line->row, "--jobs wants a number from 1 to %d", most_jobs);
    const char *root = line->root ? line->root : commands_find_root(&blog->arena);
    if (!root)
        return commands_usage(line->row, "there is no liner.yaml here or in a folder above");
    blog->root = root;
    blog->disk = disk_real(&blog->folder, root);
    struct disk_status settings;
    if (blog->disk.status(&blog->disk, "liner.yaml", &settings) == DISK_MISSING)
        return commands_usage(line->row, "there is no liner.yaml in '%s'", root);
    read_settings(blog);
    if (take_base_url(blog, line) != BASE_DONE)
        return BASE_USAGE;
    if (blog->report.refusals)
        return BASE_REFUSED;
    settle_base_path(blog);
    open_language(blog);
    return BASE_DONE;
}

/* ---- Content ---------------------------------------------------------------------------------------------------------- */

/* --date, else SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), else
 * today. It decides only which pieces are of the future. */
enum base_status commands_blog_find_day(
    struct commands_blog *blog, const struct commands_line *line)
{
    struct data_date *today = &blog->today;
    if (today->month)
        return BASE_DONE;
    static const long long last = 253402300799; /* of the year 9999 */
    struct text asked = commands_value(line, "date");
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    if (asked.at)
        return data_date_read(asked, today)
                   ? BASE_DONE
                   : commands_usage(line->row, "--date wants a day like 2026-04-19");
    long long seconds = epoch ? strtoll(epoch, &end, 10) : (long long)time(NULL);
    if (epoch && (end == epoch || *end || seconds < 0 || seconds > last))
        return commands_usage(line->row, "SOURCE_DATE_EPOCH wants seconds since 1970");
    *today = data_date_of_seconds(seconds);
    today->has_offset = true; /* UTC */
    *today = schema_local_date(&blog->settings, *today);
    return BASE_DONE;
}

enum base_status commands_blog_read(struct commands_blog *blog, const struct commands_line *line)
{
    if (commands_blog_find_day(blog, line) != BASE_DONE)
        return BASE_USAGE;
    struct catalog_request request = {.disk = &blog->disk,
        .listed = &blog->listed,
        .settings = &blog->settings,
        .today = blog->today,
        .language = blog->language,
        .base_path = blog->base_path,
        .with_drafts = commands_has(line, "drafts"),
        .with_future = commands_has(line, "future"),
        .measures_pictures = blog->measures_pictures,
        .known_pictures = blog->known_pictures,
        .jobs = blog->jobs,
        .progress = commands_progress_of(&blog->progress, "Reading"),
        .memory = blog->is_program_known ? commands_memory : NULL,
        .reader = hash_number(blog->settings_hash, blog->program),
        .opened_ns = blog->opened_ns,
        .steps = blog->steps};
    blog->catalog = catalog_open(&request, &blog->report);
    commands_progress_clear(&blog->progress);
    return BASE_DONE;
}

bool commands_blog_open_theme(struct commands_blog *blog)
{
    struct theme_request request = {.disk = &blog->disk,
        .name = blog->settings.theme,
        .place = blog->theme_at,
        .language_tag = blog->settings.language,
        .language = blog->language,
        .settings = &blog->settings.theme_settings};
    blog->theme = theme_open(&request, &blog->report);
    return blog->theme != NULL;
}

enum base_status commands_blog_tell(struct commands_blog *blog)
{
    if (blog->is_told)
        return blog->status;
    blog->is_told = true;
    blog->status = report_status(&blog->report);
    commands_print_report(
        &blog->report, blog->disk.read ? &blog->disk : NULL, blog->theme, blog->color);
    return blog->status;
}

enum base_status commands_blog_close(struct commands_blog *blog)
{
    enum base_status status = commands_blog_tell(blog);
    if (blog->catalog)
        catalog_close(blog->catalog);
    theme_close(blog->theme);
    unicode_language_release(blog->language);
    report_release(&blog->report);
    arena_release(&blog->listed.arena);
    arena_release(&blog->arena);
    if (blog->disk.read)
        disk_release(&blog->folder);
    return status;
}
