#include "commands/commands.h"
#include "markdown/markdown.h"

#include <malloc.h>

/* Arenas ask for memory by many small blocks. The C library then asks the system for four MiB at a
 * time, not for every few pages, which each time would stop the other threads. */
enum { ask_bytes = 4 << 20 };

int main(int count, char **arguments)
{
    markdown_child_main(count, arguments);
    mallopt(M_TOP_PAD, ask_bytes);
    return (int)commands_run(count, arguments);
}
