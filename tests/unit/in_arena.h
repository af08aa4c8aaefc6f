/* in_arena: what tests share that need memory for the texts they make.
 *
 *     static void a_name_has_a_key(void **state)
 *     {
 *         struct arena *arena = *state;
 *         assert_text(unicode_key(arena, TEXT("Park Bo-ram")), "parkboram");
 *     }
 *     ... in_an_arena(a_name_has_a_key) ...
 */
#ifndef IN_ARENA_H
#define IN_ARENA_H

#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A text equals a string; `arena` is the test's own. */
#define assert_text(actual, expected)                                                              \
    do {                                                                                           \
        struct text actual_text = (actual);                                                        \
        assert_string_equal(arena_text(arena, actual_text).at, expected);                          \
    } while (0)

#define in_an_arena(test) cmocka_unit_test_setup_teardown(test, in_arena_set_up, in_arena_tear_down)

int in_arena_set_up(void **state);
int in_arena_tear_down(void **state);

#endif
