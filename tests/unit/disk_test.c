/* disk: the real disk, in a folder made for each test. Links that lead out, pipes, folders in the
 * place of files, loops, locks, and what each refusal is called. */
#include "disk/disk.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* The blog's folder is `blog` in a folder of the test's own; `outside` lies beside it. */
struct place_of_test {
    char base[64], root[80];
    struct disk_folder folder;
    struct disk disk;
    struct arena arena;
    struct buffer bytes;
    int handles; /* open before the test */
};

static int count_handles(void)
{
    int count = 0;
    for (int i = 0; i < 1024; i++)
        count += fcntl(i, F_GETFD) >= 0;
    return count;
}

/* run("rm", test->root, "/a") is the shell's `rm ROOT/a`. */
static void run(const char *command, const char *folder, const char *below)
{
    char line[512];
    snprintf(line, sizeof line, "%s %s%s", command, folder, below);
    assert_int_equal(system(line), 0);
}

static int set_up(void **state)
{
    struct place_of_test *test = base_alloc(sizeof *test);
    test->handles = count_handles();
    snprintf(test->base, sizeof test->base, "/tmp/liner-disk-test-XXXXXX");
    if (!mkdtemp(test->base) || chmod(test->base, 0777) < 0)
        return -1;
    snprintf(test->root, sizeof test->root, "%s/blog", test->base);
    run("mkdir -m 777", test->root, "");
    run("mkdir -m 777", test->base, "/outside");
    run("echo secret >", test->base, "/outside/secret");
    test->disk = disk_real(&test->folder, test->root);
    arena_init(&test->arena);
    buffer_init(&test->bytes);
    *state = test;
    return 0;
}

static int tear_down(void **state)
{
    struct place_of_test *test = *state;
    disk_release(&test->folder);
    arena_release(&test->arena);
    buffer_release(&test->bytes);
    run("rm -rf", test->base, "");
    int leaked = count_handles() - test->handles;
    base_free(test);
    return leaked;
}

/* ---- Short ways to say things ------------------------------------------------------------------- */

#define assert_result(actual, expected)                                                            \
    assert_string_equal(disk_result_words(actual), disk_result_words(expected))

static void put(struct place_of_test *test, const char *path, const char *bytes)
{
    assert_result(test->disk.write(&test->disk, path, text_of(bytes)), DISK_DONE);
}

static void make(struct place_of_test *test, const char *path)
{
    assert_result(disk_make_folders(&test->disk, path), DISK_DONE);
}

static void link_to(struct place_of_test *test, const char *to, const char *path)
{
    char full[160];
    snprintf(full, sizeof full, "%s/%s", test->root, path);
    assert_int_equal(symlink(to, full), 0);
}

static const char *in_base(struct place_of_test *test, const char *path)
{
    return arena_format(&test->arena, "%s/%s", test->base, path).at;
}

static enum disk_result get(struct place_of_test *test, const char *path)
{
    buffer_clear(&test->bytes);
    return test->disk.read(&test->disk, path, 1 << 20, &test->bytes);
}

static void assert_holds(struct place_of_test *test, const char *path, const char *expected)
{
    assert_result(get(test, path), DISK_DONE);
    assert_true(text_is(buffer_text(&test->bytes), expected));
}

static struct disk_status status_of(struct place_of_test *test, const char *path)
{
    struct disk_status status;
    assert_result(test->disk.status(&test->disk, path, &status), DISK_DONE);
    return status;
}

static enum disk_result find(struct place_of_test *test, const char *path)
{
    struct disk_status status;
    return test->disk.status(&test->disk, path, &status);
}

/* The paths listed, one a line. */
static const char *listed(
    struct place_of_test *test, const char *folder, bool (*skip)(void *, struct text, bool))
{
    struct disk_list list;
    struct buffer lines;
    buffer_init(&lines);
    assert_result(test->disk.list(&test->disk, folder, skip, NULL, &test->arena, &list), DISK_DONE);
    for (size_t i = 0; i < list.count; i++)
        buffer_format(&lines, "%.*s\n", TEXT_ARGS(list.entries[i].path));
    const char *copy = arena_text(&test->arena, buffer_text(&lines)).at;
    buffer_release(&lines);
    return copy;
}

/* Other people's permissions are nothing to root: for a while, be nobody. */
static void be_nobody(void)
{
    if (geteuid() == 0)
        assert_int_equal(seteuid(65534), 0);
}

static void be_oneself(void)
{
    if (getuid() == 0)
        assert_int_equal(seteuid(0), 0);
}

/* ---- Reading and writing --------------------------------------------------------------------------- */

static void writes_and_reads_whole_files(void **state)
{
    struct place_of_test *test = *state;
    put(test, "a", "first, and longer");
    put(test, "a", "second");
    assert_holds(test, "a", "second");
    put(test, "empty", "");
    assert_holds(test, "empty", "");
    assert_int_equal(status_of(test, "a").kind, DISK_FILE);
    assert_int_equal(status_of(test, "a").bytes, 6);
    assert_true(status_of(test, "a").changed_ns > 1000000000LL * 1000000000LL);
}

static void reading_appends(void **state)
{
    struct place_of_test *test = *state;
    put(test, "a", "one");
    buffer_add_string(&test->bytes, "zero ");
    assert_result(test->disk.read(&test->disk, "a", 3, &test->bytes), DISK_DONE);
    assert_true(text_is(buffer_text(&test->bytes), "zero one"));
    assert_result(test->disk.read(&test->disk, "a", 2, &test->bytes), DISK_TOO_LARGE);
    assert_true(text_is(buffer_text(&test->bytes), "zero one"));
}

static void reads_large_files(void **state)
{
    struct place_of_test *test = *state;
    size_t length = 9 << 20;
    char *bytes = base_alloc(length);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)(i * 31 / 7);
    struct text text = {bytes, length};
    assert_result(test->disk.write(&test->disk, "large", text), DISK_DONE);
    assert_result(test->disk.read(&test->disk, "large", length, &test->bytes), DISK_DONE);
    assert_true(text_equal(buffer_text(&test->bytes), text));
    base_free(bytes);
}

static void a_folder_is_no_file(void **state)
{
    struct place_of_test *test = *state;
    make(test, "folder");
    put(test, "file", "");
    assert_result(get(test, "folder"), DISK_IS_FOLDER);
    assert_result(test->disk.write(&test->disk, "folder", TEXT("")), DISK_IS_FOLDER);
    assert_result(get(test, "file/below"), DISK_NOT_FOLDER);
    assert_result(test->disk.make_folder(&test->disk, "file/below"), DISK_NOT_FOLDER);
    assert_result(disk_make_folders(&test->disk, "file"), DISK_NOT_FOLDER);
    assert_result(disk_make_folders(&test->disk, "file/below/it"), DISK_NOT_FOLDER);
    assert_int_equal(status_of(test, "folder").kind, DISK_FOLDER);
}

static void what_is_missing_is_said_to_be(void **state)
{
    struct place_of_test *test = *state;
    struct disk_list list;
    const struct disk *disk = &test->disk;
    assert_result(get(test, "no"), DISK_MISSING);
    assert_result(find(test, "no/no"), DISK_MISSING);
    assert_result(disk->write(disk, "no/file", TEXT("")), DISK_MISSING);
    assert_result(disk->list(disk, "no", NULL, NULL, &test->arena, &list), DISK_MISSING);
    assert_int_equal(list.count, 0);
    assert_result(disk->names(disk, "no", &test->arena, &list), DISK_MISSING);
    assert_result(disk->rename(disk, "no", "yes"), DISK_MISSING);
    assert_result(disk->remove_file(disk, "no"), DISK_MISSING);
    assert_result(disk->remove_folder(disk, "no"), DISK_MISSING);
    assert_result(disk_remove_tree(disk, "no"), DISK_DONE);
}

static void a_disk_without_its_folder_says_so(void **state)
{
    struct place_of_test *test = *state;
    struct disk_folder folder;
    struct disk disk = disk_real(&folder, in_base(test, "no"));
    assert_result(disk.read(&disk, "a", 10, &test->bytes), DISK_MISSING);
    assert_result(disk.write(&disk, "a", TEXT("")), DISK_MISSING);
    assert_result(disk.read(&disk, in_base(test, "outside/secret"), 10, &test->bytes), DISK_DONE);
    disk_release(&folder);
    disk = disk_real(&folder, in_base(test, "outside/secret"));
    assert_result(disk.read(&disk, "a", 10, &test->bytes), DISK_NOT_FOLDER);
    disk_release(&folder);
}

static void special_files_do_not_hang(void **state)
{
    struct place_of_test *test = *state;
    run("mkfifo", test->root, "/pipe");
    alarm(20); /* ends the test if one of these waits */
    assert_result(get(test, "pipe"), DISK_NOT_FILE);
    assert_result(test->disk.write(&test->disk, "pipe", TEXT("x")), DISK_NOT_FILE);
    assert_int_equal(status_of(test, "pipe").kind, DISK_OTHER);
    assert_result(get(test, "/dev/zero"), DISK_NOT_FILE);
    assert_result(test->disk.write(&test->disk, "/dev/null", TEXT("x")), DISK_NOT_FILE);
    int lock;
    assert_result(test->disk.lock(&test->disk, "pipe", true, &lock), DISK_NOT_FILE);
    assert_string_equal(listed(test, ".", NULL), "");
    alarm(0);
}

static void a_socket_is_no_file(void **state)
{
    struct place_of_test *test = *state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", test->root);
    int handle = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(handle, (struct sockaddr *)&address, sizeof address), 0);
    assert_result(get(test, "socket"), DISK_NOT_FILE);
    close(handle);
}

static void long_names_are_said_to_be(void **state)
{
    struct place_of_test *test = *state;
    char name[300], path[5000];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    memset(path, '/', sizeof path - 1);
    path[0] = 'a';
    path[sizeof path - 2] = 'b';
    path[sizeof path - 1] = '\0';
    assert_result(test->disk.write(&test->disk, name, TEXT("")), DISK_TOO_LONG);
    assert_result(test->disk.make_folder(&test->disk, name), DISK_TOO_LONG);
    assert_result(get(test, name), DISK_TOO_LONG);
    assert_result(get(test, path), DISK_TOO_LONG);
    assert_result(find(test, path), DISK_TOO_LONG);
}

static void permissions_are_respected(void **state)
{
    struct place_of_test *test = *state;
    struct disk_list list;
    const struct disk *disk = &test->disk;
    put(test, "closed", "x");
    make(test, "folder/inner");
    run("chmod 000", test->root, "/closed");
    run("chmod 000", test->root, "/folder/inner");
    run("chmod 555", test->root, "/folder");
    be_nobody();
    enum disk_result read = get(test, "closed");
    enum disk_result written = disk->write(disk, "folder/new", TEXT(""));
    enum disk_result all = disk->list(disk, ".", NULL, NULL, &test->arena, &list);
    be_oneself();
    run("chmod 755", test->root, "/folder"); /* or it could not be cleared away */
    run("chmod 755", test->root, "/folder/inner");
    assert_result(read, DISK_DENIED);
    assert_result(written, DISK_DENIED);
    assert_result(all, DISK_DENIED);
    assert_true(text_is(list.refused, "folder/inner"));
}

/* A file that grows too large for the process stands for a disk that is full half-way. */
static void a_failed_write_leaves_nothing(void **state)
{
    struct place_of_test *test = *state;
    static const char bytes[100000];
    struct rlimit before, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 50000;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    struct text large = {bytes, sizeof bytes};
    put(test, "old", "old");
    enum disk_result result = test->disk.write(&test->disk, "large", large);
    enum disk_result over = test->disk.write(&test->disk, "old", large);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_result(result, DISK_FULL);
    assert_result(over, DISK_FULL);
    assert_result(find(test, "large"), DISK_MISSING);
    assert_result(find(test, "old"), DISK_MISSING);
}

static void too_many_open_files_are_said_to_be(void **state)
{
    struct place_of_test *test = *state;
    struct rlimit before, small;
    put(test, "a", "");
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    small = before;
    small.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &small), 0);
    enum disk_result result = get(test, "a");
    setrlimit(RLIMIT_NOFILE, &before);
    assert_result(result, DISK_TOO_MANY);
}

/* ---- Links ------------------------------------------------------------------------------------------- */

static void links_inside_are_followed(void **state)
{
    struct place_of_test *test = *state;
    make(test, "real/inner");
    put(test, "real/inner/a", "here");
    link_to(test, "real/inner", "short");
    link_to(test, "../real/inner/a", "real/up");
    char absolute[128];
    snprintf(absolute, sizeof absolute, "%s/real", test->root);
    link_to(test, absolute, "absolute");
    assert_holds(test, "short/a", "here");
    assert_holds(test, "real/up", "here");
    assert_holds(test, "absolute/inner/a", "here");
    put(test, "short/b", "written through a link inside");
    assert_holds(test, "real/inner/b", "written through a link inside");
    assert_int_equal(status_of(test, "short").kind, DISK_FOLDER);
    assert_int_equal(status_of(test, "real/up").bytes, 4);
}

static void links_that_lead_out_are_refused(void **state)
{
    struct place_of_test *test = *state;
    const struct disk *disk = &test->disk;
    struct disk_list list;
    int lock;
    link_to(test, "../outside", "out");
    link_to(test, "../outside/secret", "leak");
    link_to(test, "out", "twice");
    assert_result(get(test, "leak"), DISK_OUTSIDE);
    assert_result(get(test, "out/secret"), DISK_OUTSIDE);
    assert_result(get(test, "twice/secret"), DISK_OUTSIDE);
    assert_result(get(test, "a/../../outside/secret"), DISK_MISSING);
    assert_result(get(test, "out/../blog/../outside/secret"), DISK_OUTSIDE);
    assert_result(find(test, "leak"), DISK_OUTSIDE);
    assert_result(find(test, "out/secret"), DISK_OUTSIDE);
    assert_result(disk->write(disk, "out/new", TEXT("")), DISK_OUTSIDE);
    assert_result(disk->make_folder(disk, "out/new"), DISK_OUTSIDE);
    assert_result(disk->rename(disk, "out/secret", "mine"), DISK_OUTSIDE);
    assert_result(disk->remove_file(disk, "out/secret"), DISK_OUTSIDE);
    assert_result(disk->lock(disk, "out/lock", false, &lock), DISK_OUTSIDE);
    assert_result(disk->list(disk, "out", NULL, NULL, &test->arena, &list), DISK_OUTSIDE);
    assert_result(disk->names(disk, "out", &test->arena, &list), DISK_OUTSIDE);
    assert_holds(test, in_base(test, "outside/secret"), "secret\n");
}

/* A folder whose name starts like the blog's is still another folder. */
static void a_neighbour_is_outside(void **state)
{
    struct place_of_test *test = *state;
    run("mkdir", test->base, "/blog-two");
    run("echo secret >", test->root, "-two/secret");
    link_to(test, "../blog-two/secret", "leak");
    assert_result(get(test, "leak"), DISK_OUTSIDE);
}

static void nothing_is_written_through_a_last_link(void **state)
{
    struct place_of_test *test = *state;
    const struct disk *disk = &test->disk;
    link_to(test, "../outside/secret", "leak");
    put(test, "mine", "mine");
    link_to(test, "mine", "alias");
    assert_result(disk->write(disk, "leak", TEXT("changed")), DISK_NOT_FILE);
    assert_result(disk->write(disk, "alias", TEXT("changed")), DISK_NOT_FILE);
    assert_holds(test, "mine", "mine");
    put(test, "new", "new");
    assert_result(disk->rename(disk, "new", "leak"), DISK_DONE); /* replaces the link */
    assert_holds(test, "leak", "new");
    assert_result(disk->remove_file(disk, "alias"), DISK_DONE);
    assert_holds(test, "mine", "mine");
    assert_holds(test, in_base(test, "outside/secret"), "secret\n");
}

static void links_in_circles_end(void **state)
{
    struct place_of_test *test = *state;
    link_to(test, "a", "b");
    link_to(test, "b", "a");
    link_to(test, "nowhere", "dangling");
    assert_result(get(test, "a"), DISK_NOT_FILE);
    assert_result(get(test, "dangling"), DISK_MISSING);
    assert_int_equal(status_of(test, "a").kind, DISK_OTHER);
    assert_int_equal(status_of(test, "dangling").kind, DISK_OTHER);
}

static void what_the_user_names_may_be_anywhere(void **state)
{
    struct place_of_test *test = *state;
    assert_holds(test, "../outside/secret", "secret\n");
    put(test, "../outside/new", "new");
    assert_holds(test, in_base(test, "outside/new"), "new");
    assert_string_equal(listed(test, "../outside", NULL), "new\nsecret\n");
    assert_result(get(test, "a/../../outside/secret"), DISK_MISSING);
    make(test, "a");
    assert_result(get(test, "a/../../outside/secret"), DISK_OUTSIDE);
}

/* ---- Lists --------------------------------------------------------------------------------------------- */

static void lists_files_in_the_order_of_bytes(void **state)
{
    struct place_of_test *test = *state;
    make(test, "c/b/a");
    make(test, "c/empty");
    put(test, "c/b/a/3", "333");
    put(test, "c/b-a", "");
    put(test, "c/b/.hidden", "");
    put(test, "c/\xea\xb7\x9c", "");
    put(test, "c/broken\xff", "");
    put(test, "c/B", "");
    assert_string_equal(
        listed(test, "c", NULL), "B\nb-a\nb/.hidden\nb/a/3\nbroken\xff\n\xea\xb7\x9c\n");
    assert_string_equal(listed(test, "c/b/a", NULL), "3\n");
    struct disk_list list;
    test->disk.list(&test->disk, "c", NULL, NULL, &test->arena, &list);
    assert_int_equal(list.entries[3].status.bytes, 3);
    assert_int_equal(list.entries[3].status.identity, status_of(test, "c/b/a/3").identity);
    assert_true(list.entries[3].status.changed_ns == status_of(test, "c/b/a/3").changed_ns);
}

static bool skip_b(void *context, struct text path, bool is_folder)
{
    (void)context;
    return is_folder ? text_is(path, "a/b") : text_ends(path, "~");
}

static void skips_what_it_is_told_to(void **state)
{
    struct place_of_test *test = *state;
    make(test, "c/a/b/c");
    put(test, "c/a/b/c/1", "");
    put(test, "c/a/2", "");
    put(test, "c/a/2~", "");
    put(test, "c/b", "");
    assert_string_equal(listed(test, "c", skip_b), "a/2\nb\n");
}

static void lists_through_links_and_ends_loops(void **state)
{
    struct place_of_test *test = *state;
    make(test, "c/deep");
    put(test, "c/deep/file", "");
    link_to(test, "..", "c/deep/up");
    link_to(test, ".", "c/self");
    link_to(test, "deep", "c/twin");
    link_to(test, "deep/file", "c/alias");
    link_to(test, "../../outside", "c/out");
    link_to(test, "../../outside/secret", "c/leak");
    link_to(test, "nowhere", "c/dangling");
    assert_string_equal(listed(test, "c", NULL), "alias\ndeep/file\ntwin/file\n");
}

/* Twelve folders with twelve links each to the next would be 12^12 paths. */
static void links_do_not_multiply(void **state)
{
    struct place_of_test *test = *state;
    char path[40], to[40];
    for (int i = 0; i < 12; i++) {
        snprintf(path, sizeof path, "c/%d", i);
        make(test, path);
        for (int j = 0; j < 12 && i < 11; j++) {
            snprintf(to, sizeof to, "../%d", i + 1);
            snprintf(path, sizeof path, "c/%d/link%d", i, j);
            link_to(test, to, path);
        }
        snprintf(path, sizeof path, "c/%d/file", i);
        put(test, path, "");
    }
    struct disk_list list;
    assert_result(test->disk.list(&test->disk, "c", NULL, NULL, &test->arena, &list), DISK_DONE);
    assert_int_equal(list.count, 12 + 11 * 12 + 10 * 144);
}

static void folders_too_deep_are_refused(void **state)
{
    struct place_of_test *test = *state;
    struct disk_list list;
    char path[400] = "d";
    for (int i = 0; i < 62; i++)
        strcat(path, "/d");
    make(test, path);
    assert_string_equal(listed(test, "d", NULL), "");
    strcat(path, "/d/d");
    make(test, path);
    assert_result(
        test->disk.list(&test->disk, "d", NULL, NULL, &test->arena, &list), DISK_TOO_DEEP);
    assert_int_equal(list.refused.length, 64 * 2 - 1);
}

static void names_what_is_in_a_folder(void **state)
{
    struct place_of_test *test = *state;
    struct disk_list list;
    make(test, "c/folder/inner");
    put(test, "c/file", "");
    link_to(test, "file", "c/link");
    assert_result(test->disk.names(&test->disk, "c", &test->arena, &list), DISK_DONE);
    assert_int_equal(list.count, 3);
    assert_true(text_is(list.entries[0].path, "file"));
    assert_int_equal(list.entries[0].status.kind, DISK_FILE);
    assert_true(text_is(list.entries[1].path, "folder"));
    assert_int_equal(list.entries[1].status.kind, DISK_FOLDER);
    assert_int_equal(list.entries[2].status.kind, DISK_OTHER);
    assert_result(test->disk.names(&test->disk, "c/file", &test->arena, &list), DISK_NOT_FOLDER);
}

/* ---- Moving and removing ---------------------------------------------------------------------------------- */

static void moves_files_and_folders(void **state)
{
    struct place_of_test *test = *state;
    const struct disk *disk = &test->disk;
    make(test, "a/b");
    make(test, "full");
    put(test, "a/b/1", "one");
    put(test, "full/1", "");
    put(test, "old", "old");
    uint64_t identity = status_of(test, "a/b/1").identity;
    assert_result(disk->rename(disk, "a/b/1", "old"), DISK_DONE);
    assert_holds(test, "old", "one");
    assert_int_equal(status_of(test, "old").identity, identity);
    assert_result(disk->rename(disk, "a", "new"), DISK_DONE);
    assert_int_equal(status_of(test, "new/b").kind, DISK_FOLDER);
    assert_result(disk->rename(disk, "new", "full"), DISK_NOT_EMPTY);
    assert_result(disk->rename(disk, "old", "full"), DISK_IS_FOLDER);
    assert_result(disk->rename(disk, "new", "old"), DISK_NOT_FOLDER);
    assert_result(disk->rename(disk, "old", "/dev/shm/liner-disk-test"), DISK_OTHER_DISK);
}

static void removes_what_it_is_told_to_only(void **state)
{
    struct place_of_test *test = *state;
    const struct disk *disk = &test->disk;
    make(test, "a/b/c");
    put(test, "a/b/1", "");
    put(test, "a/.2", "");
    put(test, "keep", "kept");
    link_to(test, "../../keep", "a/b/link");
    link_to(test, "../../outside", "a/out");
    run("mkfifo", test->root, "/a/pipe");
    assert_result(disk->remove_folder(disk, "a/b"), DISK_NOT_EMPTY);
    assert_result(disk->remove_folder(disk, "keep"), DISK_NOT_FOLDER);
    assert_result(disk->remove_file(disk, "a"), DISK_IS_FOLDER);
    assert_result(disk_remove_tree(disk, "a"), DISK_DONE);
    assert_result(find(test, "a"), DISK_MISSING);
    assert_holds(test, "keep", "kept");
    assert_holds(test, in_base(test, "outside/secret"), "secret\n");
}

static void replaces_a_file_in_one_step(void **state)
{
    struct place_of_test *test = *state;
    assert_result(disk_replace(&test->disk, "a", TEXT("one")), DISK_DONE);
    assert_result(disk_replace(&test->disk, "a", TEXT("two")), DISK_DONE);
    assert_holds(test, "a", "two");
    make(test, "folder/full");
    assert_result(disk_replace(&test->disk, "folder", TEXT("two")), DISK_IS_FOLDER);
    assert_string_equal(listed(test, ".", NULL), "a\n");
    assert_result(test->disk.flush(&test->disk, "."), DISK_DONE);
}

/* ---- The lock ---------------------------------------------------------------------------------------------- */

static void one_holds_the_lock(void **state)
{
    struct place_of_test *test = *state;
    const struct disk *disk = &test->disk;
    int lock, second;
    assert_result(disk->lock(disk, "lock", false, &lock), DISK_DONE);
    assert_result(disk->lock(disk, "lock", false, &second), DISK_BUSY);
    disk->unlock(disk, lock);
    assert_result(disk->lock(disk, "lock", false, &second), DISK_DONE);
    disk->unlock(disk, second);
}

/* The child takes the lock and is killed with it; meanwhile the parent waits. */
static void a_killed_process_gives_the_lock_back(void **state)
{
    struct place_of_test *test = *state;
    const struct disk *disk = &test->disk;
    int ready[2], lock;
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        if (disk->lock(disk, "lock", false, &lock) != DISK_DONE || write(ready[1], "x", 1) != 1)
            _exit(1);
        usleep(100000);
        kill(getpid(), SIGKILL);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_result(disk->lock(disk, "lock", false, &lock), DISK_BUSY);
    assert_result(disk->lock(disk, "lock", true, &lock), DISK_DONE);
    disk->unlock(disk, lock);
    waitpid(child, NULL, 0);
    close(ready[0]);
    close(ready[1]);
}

/* While one waits, the lock's file is removed: the two must not both get "the lock". */
static void a_lock_that_was_removed_is_taken_anew(void **state)
{
    struct place_of_test *test = *state;
    const struct disk *disk = &test->disk;
    int lock, second;
    assert_result(disk->lock(disk, "lock", false, &lock), DISK_DONE);
    pid_t child = fork();
    if (child == 0) {
        enum disk_result result = disk->lock(disk, "lock", true, &second);
        struct disk_status status;
        struct stat ours;
        _exit(result != DISK_DONE || fstat(second, &ours) < 0 ||
              disk->status(disk, "lock", &status) != DISK_DONE || status.identity != ours.st_ino);
    }
    usleep(100000);
    assert_result(disk->remove_file(disk, "lock"), DISK_DONE);
    disk->unlock(disk, lock);
    int end;
    waitpid(child, &end, 0);
    assert_int_equal(end, 0);
}

/* ---- Words ------------------------------------------------------------------------------------------------- */

static void every_result_has_words(void **state)
{
    (void)state;
    for (int i = DISK_DONE; i <= DISK_FAILED; i++)
        assert_non_null(disk_result_words((enum disk_result)i));
}

#define in_a_folder(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_a_folder(writes_and_reads_whole_files),
        in_a_folder(reading_appends),
        in_a_folder(reads_large_files),
        in_a_folder(a_folder_is_no_file),
        in_a_folder(what_is_missing_is_said_to_be),
        in_a_folder(a_disk_without_its_folder_says_so),
        in_a_folder(special_files_do_not_hang),
        in_a_folder(a_socket_is_no_file),
        in_a_folder(long_names_are_said_to_be),
        in_a_folder(permissions_are_respected),
        in_a_folder(a_failed_write_leaves_nothing),
        in_a_folder(too_many_open_files_are_said_to_be),
        in_a_folder(links_inside_are_followed),
        in_a_folder(links_that_lead_out_are_refused),
        in_a_folder(a_neighbour_is_outside),
        in_a_folder(nothing_is_written_through_a_last_link),
        in_a_folder(links_in_circles_end),
        in_a_folder(what_the_user_names_may_be_anywhere),
        in_a_folder(lists_files_in_the_order_of_bytes),
        in_a_folder(skips_what_it_is_told_to),
        in_a_folder(lists_through_links_and_ends_loops),
        in_a_folder(links_do_not_multiply),
        in_a_folder(folders_too_deep_are_refused),
        in_a_folder(names_what_is_in_a_folder),
        in_a_folder(moves_files_and_folders),
        in_a_folder(removes_what_it_is_told_to_only),
        in_a_folder(replaces_a_file_in_one_step),
        in_a_folder(one_holds_the_lock),
        in_a_folder(a_killed_process_gives_the_lock_back),
        in_a_folder(a_lock_that_was_removed_is_taken_anew),
        cmocka_unit_test(every_result_has_words),
    };
    return cmocka_run_group_tests_name("disk", tests, NULL, NULL);
}
