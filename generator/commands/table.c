/* The commands, in the order in which help lists them. */
#include "commands/commands_inside.h"

static const struct commands_option build_options[] = {
    {"output", "DIR", "the folder to build into (default: the setting `output`, else site)", NULL},
    {"base-url", "URL", "build for this address in place of the setting `url`", NULL},
    {"drafts", NULL, "put drafts into the site, too", NULL},
    {"future", NULL, "put pieces with a date in the future into the site, too", NULL},
    {"date", "DAY", "build as on this day, 2026-04-19 (default: today, or SOURCE_DATE_EPOCH)",
        NULL},
    {"jobs", "N", "work on N threads (default: one for each processor)", NULL},
    {"clean", NULL, "make every file anew, whatever is known from the last build", NULL},
    {"strict", NULL, "let warnings fail, too", NULL},
    {"explain", NULL, "say why each file was written or removed", NULL},
    {"timings", NULL, "say at the end where the time went", NULL},
};

static const struct commands_option check_options[] = {
    {"format", "FORMAT", "text, json, or github for annotations in its workflows (default: text)",
        "text json github"},
    {"strict", NULL, "let warnings fail, too", NULL},
    {"drafts", NULL, "check drafts, too", NULL},
    {"future", NULL, "check pieces with a date in the future, too", NULL},
    {"date", "DAY", "check as on this day", NULL},
    {"jobs", "N", "work on N threads", NULL},
};

static const struct commands_option init_options[] = {
    {"url", "URL", "where the site will stand (default: https://example.org/, to be changed)",
        NULL},
    {"title", "TITLE", "the blog's title", NULL},
    {"author", "NAME", "who writes it", NULL},
    {"bare", NULL, "leave out the examples", NULL},
    {"date", "DAY", "date the examples as if begun on this day", NULL},
};

static const struct commands_option new_options[] = {
    {"drama", "DRAMA", "the drama it is about (default: as the title says)", NULL},
    {"date", "DAY", "its day (default: today)", NULL},
    {"slug", "SLUG", "what its file is called (default: by the title)", NULL},
    {"anyway", NULL, "begin it even if there is something of nearly the same name", NULL},
    {"edit", NULL, "open it in $VISUAL or $EDITOR", NULL},
};

static const struct commands_option list_options[] = {
    {"format", "FORMAT", "table or json (default: table)", "table json"},
    {"context", "ADDRESS", "show what the templates of the page at ADDRESS see, as JSON", NULL},
    {"base-url", "URL", "show addresses under this address in place of the setting `url`", NULL},
    {"drafts", NULL, "list drafts, too", NULL},
    {"future", NULL, "list pieces with a date in the future, too", NULL},
    {"date", "DAY", "list as on this day", NULL},
    {"jobs", "N", "work on N threads", NULL},
};

static const struct commands_option stats_options[] = {
    {"format", "FORMAT", "text or json (default: text)", "text json"},
    {"drafts", NULL, "count drafts, too", NULL},
    {"future", NULL, "count pieces with a date in the future, too", NULL},
    {"date", "DAY", "count as on this day", NULL},
    {"jobs", "N", "work on N threads", NULL},
};

static const struct commands_option markdown_options[] = {
    {"engine", "ENGINE", "md4c or cmark-gfm (default: md4c)", "md4c cmark-gfm"},
    {"commonmark", NULL, "the bare standard, without anything of Liner's", NULL},
    {"github", NULL, "GitHub's dialect, as bare, with cmark-gfm", NULL},
    {"html", NULL, "let raw HTML through", NULL},
    {"smart", NULL, "curl quotes, and make dashes and dots of their own", NULL},
    {"comment", NULL, "the part of Markdown that comments may use, with md4c", NULL},
};

static const struct commands_option render_options[] = {
    {"data", "FILE", "the variables, as YAML or JSON", NULL},
    {"templates", "DIR", "the folder of FILE and of what it includes (default: FILE's own)", NULL},
    {"language", "TAG", "whose order `collate` sorts by, as BCP 47 writes it (default: en)", NULL},
    {"autoescape", NULL, "escape HTML in all templates", NULL},
    {"trim-blocks", NULL, "drop the line end after a tag", NULL},
    {"lstrip-blocks", NULL, "drop blanks between the start of a line and a tag", NULL},
    {"keep-trailing-newline", NULL, "keep the line end at the end of a template", NULL},
    {"strict-undefined", NULL, "make every use of an undefined variable an error", NULL},
};

static const struct commands_option theme_options[] = {
    {"strict", NULL, "check: let warnings fail, too", NULL},
};

const struct commands_option commands_common[] = {
    {"root", "DIR", "the blog (default: the nearest folder upwards with a liner.yaml)", NULL},
    {"quiet", NULL, "say nothing but problems", NULL},
    {"color", "WHEN", "auto, always or never (default: auto; NO_COLOR is respected)",
        "auto always never"},
    {"help", NULL, "print this help", NULL},
};
const size_t commands_common_count = BASE_COUNT(commands_common);

const struct commands_row commands_table[] = {
    {"init", "DIR", 1, 1, "begin a blog in a folder", init_options, BASE_COUNT(init_options),
        commands_init, NULL},
    {"new", "KIND TITLE", 2, 2, "begin a review, recap, essay, guide, drama, artist, track or page",
        new_options, BASE_COUNT(new_options), commands_new,
        "review recap essay guide drama artist track page"},
    {"build", "", 0, 0, "build the site", build_options, BASE_COUNT(build_options), commands_build,
        NULL},
    {"check", "", 0, 0, "find what is wrong, and write nothing", check_options,
        BASE_COUNT(check_options), commands_check, NULL},
    {"list", "[WHAT]", 0, 1, "list reviews, dramas, artists, tracks, tags, drafts or outputs",
        list_options, BASE_COUNT(list_options), commands_list,
        "reviews dramas artists tracks tags drafts outputs"},
    {"stats", "", 0, 0, "show the blog at a glance", stats_options, BASE_COUNT(stats_options),
        commands_stats, NULL},
    {"markdown", "[FILE]", 0, 1, "turn Markdown into HTML; without a file, what stands on stdin",
        markdown_options, BASE_COUNT(markdown_options), commands_markdown, NULL},
    {"render", "FILE", 1, 1, "render one template", render_options, BASE_COUNT(render_options),
        commands_render, NULL},
    {"schema", "[KIND]", 0, 1,
        "the JSON Schema of a kind's front matter, or of settings; without KIND, the kinds", NULL,
        0, commands_schema,
        "review tracks group drama artist track page comments settings theme setting problems"},
    {"theme", "check|eject [NAME]", 1, 2,
        "check a theme, or write the one inside Liner into themes/NAME", theme_options,
        BASE_COUNT(theme_options), commands_theme, "check eject"},
    {"completion", "SHELL", 1, 1, "print what completes commands and options in bash or zsh", NULL,
        0, commands_completion, "bash zsh"},
    {"help", "[COMMAND | KIND]", 0, 1, "help on a command, or on what to type in a kind of file",
        NULL, 0, commands_help, NULL},
    {"version", "", 0, 0, "print the version", NULL, 0, commands_version, NULL},
};
const size_t commands_count = BASE_COUNT(commands_table);
