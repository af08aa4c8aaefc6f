/*
 * Where the time of a command went, phase by phase:
 *
 *     settings            0.00 s     0.00 s of the processors
 *     reading             0.61 s     1.18 s
 *     ...
 *     in all              1.90 s     3.40 s
 */
#include "commands/commands_inside.h"

#include <time.h>

static double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void commands_timings_start(struct commands_timings *timings)
{
    *timings = (struct commands_timings){
        .wall = seconds_of(CLOCK_MONOTONIC), .processors = seconds_of(CLOCK_PROCESS_CPUTIME_ID)};
}

void commands_timings_end(struct commands_timings *timings, const char *what)
{
    double wall = seconds_of(CLOCK_MONOTONIC), processors = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    base_assert(timings->count < BASE_COUNT(timings->phases));
    timings->phases[timings->count++] =
        (struct commands_phase){what, wall - timings->wall, processors - timings->processors};
    timings->wall = wall;
    timings->processors = processors;
}

static void print_phase(FILE *to, const struct commands_phase *phase, const char *behind)
{
    fprintf(to, "%-16s %7.2f s  %7.2f s%s\n", phase->what, phase->wall, phase->processors, behind);
}

void commands_timings_print(FILE *to, const struct commands_timings *timings)
{
    struct commands_phase all = {.what = "in all"};
    for (size_t i = 0; i < timings->count; i++) {
        const struct commands_phase *phase = &timings->phases[i];
        print_phase(to, phase, i == 0 ? " of the processors" : "");
        all.wall += phase->wall;
        all.processors += phase->processors;
    }
    print_phase(to, &all, "");
}
