/* The writer's own editor: $VISUAL, else $EDITOR, with its arguments, as in "code --wait". No shell reads it. */
#include "commands/commands_inside.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>

extern char **environ;

enum { MOST_WORDS = 16 };

/* The words of a command, and behind them the path; false where there are none, or too many. */
static bool split(char *command, const char *path, char *words[MOST_WORDS + 2])
{
    size_t count = 0;
    char *rest = NULL;
    for (char *word = strtok_r(command, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest)) {
        if (count == MOST_WORDS)
            return false;
        words[count++] = word;
    }
    words[count] = (char *)(uintptr_t)path;
    words[count + 1] = NULL;
    return count > 0;
}

static enum base_status refuse(const char *editor, const char *why)
{
    fprintf(stderr, "liner: the editor '%s' %s\n", editor, why);
    return BASE_REFUSED;
}

const char *commands_editor(void)
{
    const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
    const char *wanted = visual && *visual ? visual : editor;
    return wanted && *wanted ? wanted : NULL;
}

enum base_status commands_edit(const char *path)
{
    const char *wanted = commands_editor();
    char *words[MOST_WORDS + 2];
    base_assert(wanted);
    struct arena arena;
    arena_init(&arena);
    char *command = (char *)(uintptr_t)arena_text(&arena, text_of(wanted)).at;
    enum base_status status = BASE_DONE;
    pid_t child;
    int ended = 0, failed = split(command, path, words)
                                ? posix_spawnp(&child, words[0], NULL, NULL, words, environ)
                                : E2BIG;
    if (failed)
        status = refuse(wanted, failed == ENOENT ? "is not there" : "can't be started");
    else {
        while (waitpid(child, &ended, 0) < 0 && errno == EINTR)
            ;
        if (!WIFEXITED(ended) || WEXITSTATUS(ended) != 0)
            status = refuse(wanted, "did not end well");
    }
    arena_release(&arena);
    return status;
}
