/* The bar that shows how far a command is: on a terminal, and only when it takes longer than a moment. */
#include "commands/commands_inside.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { bar_width = 30 };
static const double moment_s = 0.5, repaint_s = 0.1;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* A terminal that can go back to the begin of a line and wipe it. */
static bool has_terminal(void)
{
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && terminal && *terminal && strcmp(terminal, "dumb") != 0;
}

void commands_progress_start(struct commands_progress *progress, bool is_wanted)
{
    *progress =
        (struct commands_progress){.start = now(), .is_wanted = is_wanted && has_terminal()};
}

static void paint(struct commands_progress *progress, size_t done, size_t count)
{
    char bar[bar_width + 1] = "";
    size_t full = done >= count ? bar_width : done * bar_width / count;
    memset(bar, '-', bar_width);
    memset(bar, '#', full);
    fprintf(stderr, "\r\033[K%s [%s] %zu of %zu", progress->what, bar, done, count);
    fflush(stderr);
    progress->is_shown = true;
}

static void show(void *context, size_t done, size_t count)
{
    struct commands_progress *progress = context;
    double time = now();
    if (time - progress->start < moment_s || time - progress->painted < repaint_s)
        return;
    progress->painted = time;
    paint(progress, done, count);
}

struct progress commands_progress_of(struct commands_progress *progress, const char *what)
{
    progress->what = what;
    return (struct progress){progress->is_wanted ? show : NULL, progress};
}

void commands_progress_clear(struct commands_progress *progress)
{
    if (progress->is_shown)
        fputs("\r\033[K", stderr);
    progress->is_shown = false;
}
