#include "in_arena.h"

int in_arena_set_up(void **state)
{
    struct arena *arena = base_alloc(sizeof *arena);
    arena_init(arena);
    *state = arena;
    return 0;
}

int in_arena_tear_down(void **state)
{
    arena_release(*state);
    base_free(*state);
    return 0;
}
