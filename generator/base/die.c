/* The two ends that no caller handles: a fault of our own, and memory refused. */
#include "base/base.h"

#include <stdlib.h>
#include <unistd.h>

void base_die(const char *file, int line, const char *what)
{
    fprintf(stderr, "liner: fault in the program at %s:%d: %s\n", file, line, what);
    fprintf(stderr, "liner: nothing was published; please report this\n");
    abort();
}

/* _exit: other threads may hold locks of stdio, and nothing is worth flushing. */
static _Noreturn void refuse_memory(size_t bytes)
{
    char line[96];
    int length =
        snprintf(line, sizeof line, "liner: out of memory (%zu more bytes refused)\n", bytes);
    if (length > 0 && write(STDERR_FILENO, line, (size_t)length) < 0)
        _exit(BASE_REFUSED);
    _exit(BASE_REFUSED);
}

void *base_alloc(size_t bytes)
{
    void *memory = malloc(bytes ? bytes : 1);
    if (!memory)
        refuse_memory(bytes);
    return memory;
}

void *base_realloc(void *old, size_t bytes)
{
    void *memory = realloc(old, bytes ? bytes : 1);
    if (!memory)
        refuse_memory(bytes);
    return memory;
}

void base_free(void *memory)
{
    free(memory);
}
