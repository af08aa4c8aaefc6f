/*
 * cmark-gfm in a process of its own: what both ends of the line between them do.
 *
 *     this process                                       the child
 *     request { length, options }, the body      ->      cmark_feed, written to a tape
 *     the tape is played to the sink             <-      reply { length }, the tape
 *
 * The numbers are as the machine has them. There is one request at a time and one reply to each. The
 * line is a pair of sockets: the child ends when the other end of it is shut, so also when this
 * process is killed.
 *
 * The child is this program, started anew under another name: a copy (fork) would have every lock that
 * another thread held just then, and nobody to open it. The kernel keeps the program at hand by
 * /proc/self/exe, also when its file was replaced by a newer one. The line is the child's stdin, and it
 * has no other file of this process.
 *
 * Its limits: memory on top of what it began with, and processor time for each body. A body that is
 * beyond them ends the child, and gets an error; so does one on which it crashes, twice, since the
 * first time somebody else may have ended it. A child that was stopped is not waited for for ever.
 */
#include "markdown/markdown_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

struct markdown_child {
    pthread_mutex_t lock; /* held from a request to its reply */
    pid_t process;        /* 0: none is running */
    int line;
};

struct request {
    uint64_t length; /* of the body */
    enum markdown_dialect dialect;
    bool html, footnotes;
};

struct reply {
    uint64_t length; /* of the tape */
};

/*
 * Prose of 4 MiB takes 80 MiB and 0.3 s, 64 KiB of it 4 ms: so these leave room for slow machines,
 * and a body of 64 KiB is answered within a second, whatever is in it.
 */
enum {
    MEMORY_MIB = 512,
    START_MS = 500,     /* of processor time for a body, */
    EACH_MIB_MS = 2500, /* and this much more for each MiB of it */
    MIB = 1 << 20,
    PATIENCE_S = 60, /* by the clock, for whatever keeps the child from running */
};

/* The child's name: its argument 0, and what ps shows. */
static const char child_name[] = "liner-cmark";

static unsigned allowed_ms(size_t bytes)
{
    return START_MS + (unsigned)(bytes * EACH_MIB_MS / MIB);
}

/* ---- The line --------------------------------------------------------------------------------------- */

/* Both false when the other end is gone. */
static bool put(int line, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t sent = send(line, at, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return false;
        at += sent;
        length -= (size_t)sent;
    }
    return true;
}

static bool take(int line, void *bytes, size_t length)
{
    char *at = bytes;
    while (length > 0) {
        ssize_t got = recv(line, at, length, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        length -= (size_t)got;
    }
    return true;
}

static bool take_text(int line, struct buffer *buffer, size_t length)
{
    buffer_clear(buffer);
    buffer_reserve(buffer, length);
    buffer->length = length;
    return take(line, buffer->at, length);
}

/* ---- In the child ------------------------------------------------------------------------------------- */

/* What the copy has mapped is not its fault. Without /proc there is no telling: then no limit. */
static void limit_memory(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    bool known = file && fscanf(file, "%lu", &pages) == 1;
    if (file)
        fclose(file);
    rlim_t bytes = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + (rlim_t)MEMORY_MIB * MIB;
    if (known)
        setrlimit(RLIMIT_AS, &(struct rlimit){bytes, bytes});
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}

/* Signals end it, but for those of the keyboard: they are meant for the program, which shuts the line
 * when it ends. */
static void settle(void)
{
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    signal(SIGSEGV, SIG_DFL); /* a sanitizer has a long report, and nobody would see it */
    prctl(PR_SET_NAME, child_name);
    limit_memory();
}

/* SIGPROF ends the child when so much processor time has passed; 0: never. */
static void limit_time(unsigned ms)
{
    struct itimerval timer = {
        .it_value = {.tv_sec = ms / 1000, .tv_usec = (suseconds_t)(ms % 1000) * 1000}};
    setitimer(ITIMER_PROF, &timer, NULL);
}

struct recorder {
    struct tape_writer writer;
    size_t cost, limit;
};

/* Stops behind the event at which the other end will say that it is too much. */
static bool record(void *context, const struct markdown_event *event)
{
    struct recorder *recorder = context;
    tape_write(&recorder->writer, event);
    recorder->cost += event_cost(event);
    return recorder->cost <= recorder->limit;
}

static bool answer(int line, struct buffer *body)
{
    struct request request;
    if (!take(line, &request, sizeof request) || !take_text(line, body, request.length))
        return false;
    struct text text = buffer_text(body);
    struct markdown_options options = {
        .html = request.html, .dialect = request.dialect, .footnotes = request.footnotes};
    struct recorder recorder = {
        .writer = {.body = text, .keeps_ends = true}, .limit = cost_limit(text)};
    limit_time(allowed_ms(text.length));
    cmark_feed(text, &options, &(struct markdown_sink){&recorder, record});
    limit_time(0);
    struct text tape = buffer_text(&recorder.writer.tape);
    struct reply reply = {tape.length};
    bool sent = put(line, &reply, sizeof reply) && put(line, tape.at, tape.length);
    buffer_release(&recorder.writer.tape);
    return sent;
}

void markdown_child_main(int count, char **arguments)
{
    struct buffer body;
    if (count != 1 || strcmp(arguments[0], child_name) != 0)
        return;
    buffer_init(&body);
    settle();
    while (answer(STDIN_FILENO, &body)) {
    }
    _exit(0);
}

/* ---- Starting and ending it ---------------------------------------------------------------------------- */

/* Its files are the line and nothing else, and no signal is ignored or held back. */
static bool spawn(pid_t *process, int line)
{
    char name[sizeof child_name];
    char *arguments[] = {memcpy(name, child_name, sizeof child_name), NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, every;
    sigemptyset(&none);
    sigfillset(&every);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, line, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &every);
    int failed = posix_spawn(process, "/proc/self/exe", &files, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return failed == 0;
}

static bool start(struct markdown_child *child)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    bool started = spawn(&child->process, ends[1]);
    close(ends[1]);
    if (!started) {
        child->process = 0;
        close(ends[0]);
        return false;
    }
    struct timeval patience = {.tv_sec = PATIENCE_S};
    setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    child->line = ends[0];
    return true;
}

/* How it ended, as waitpid has it. Shutting the line ends it, but not if it was stopped. */
static int end(struct markdown_child *child, bool at_once)
{
    int status = 0;
    if (at_once)
        kill(child->process, SIGKILL);
    close(child->line);
    while (waitpid(child->process, &status, 0) < 0 && errno == EINTR) {
    }
    child->process = 0;
    return status;
}

static void child_init(struct markdown_child *child)
{
    *child = (struct markdown_child){.process = 0};
    base_assert(pthread_mutex_init(&child->lock, NULL) == 0);
}

static void child_release(struct markdown_child *child)
{
    if (child->process)
        end(child, false);
    pthread_mutex_destroy(&child->lock);
}

struct markdown_child *markdown_child_new(void)
{
    struct markdown_child *child = base_alloc(sizeof *child);
    child_init(child);
    return child;
}

void markdown_child_free(struct markdown_child *child)
{
    if (child)
        child_release(child);
    base_free(child);
}

/* ---- Asking it ------------------------------------------------------------------------------------------ */

enum outcome { ANSWERED, NOT_STARTED, CRASHED, TOO_SLOW, TOO_LARGE };

static enum outcome outcome_of(int status)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF)
        return TOO_SLOW;
    return WIFEXITED(status) && WEXITSTATUS(status) == BASE_REFUSED ? TOO_LARGE : CRASHED;
}

static enum outcome ask_once(struct markdown_child *child, struct text body,
    const struct markdown_options *options, struct buffer *tape)
{
    struct request request;
    memset(&request, 0, sizeof request); /* also what lies between its members */
    request.length = body.length;
    request.html = options->html;
    request.dialect = options->dialect;
    request.footnotes = options->footnotes;
    struct reply reply;
    if (!child->process && !start(child))
        return NOT_STARTED;
    errno = 0;
    if (put(child->line, &request, sizeof request) && put(child->line, body.at, body.length) &&
        take(child->line, &reply, sizeof reply) && take_text(child->line, tape, reply.length))
        return ANSWERED;
    bool out_of_patience = errno == EAGAIN;
    int status = end(child, out_of_patience);
    return out_of_patience ? TOO_SLOW : outcome_of(status);
}

static enum outcome ask(struct markdown_child *child, struct text body,
    const struct markdown_options *options, struct buffer *tape)
{
    pthread_mutex_lock(&child->lock);
    enum outcome outcome = ask_once(child, body, options, tape);
    if (outcome == CRASHED)
        outcome = ask_once(child, body, options, tape);
    pthread_mutex_unlock(&child->lock);
    return outcome;
}

/* What the writer can do about it: whoever did not choose cmark-gfm has a footnote. */
static const char *advice(const struct markdown_options *options)
{
    return options->engine == MARKDOWN_CMARK_GFM
               ? "shorten it, or use the engine md4c"
               : "shorten it, or write its footnotes without [^...]";
}

static void tell(enum outcome outcome, struct text body, const struct markdown_options *options,
    const struct markdown_host *host)
{
    unsigned ms = allowed_ms(body.length);
    switch (outcome) {
    case ANSWERED: break;
    case NOT_STARTED:
        tell_problem(host, REPORT_REFUSED, 0, 0,
            "no process can be started for cmark-gfm: it needs /proc, and memory");
        break;
    case CRASHED:
        tell_problem(
            host, REPORT_ERROR, 0, 0, "cmark-gfm crashes on this text: %s", advice(options));
        break;
    case TOO_SLOW:
        tell_problem(host, REPORT_ERROR, 0, 0,
            "cmark-gfm needs more than %u.%u s to read this text: %s", ms / 1000, ms % 1000 / 100,
            advice(options));
        break;
    case TOO_LARGE:
        tell_problem(host, REPORT_ERROR, 0, 0,
            "cmark-gfm needs more than %d MiB of memory to read this text: %s", MEMORY_MIB,
            advice(options));
        break;
    }
}

bool child_feed(struct text body, const struct markdown_options *options,
    const struct markdown_host *host, const struct markdown_sink *sink)
{
    struct markdown_child own;
    struct buffer tape;
    if (!options->child)
        child_init(&own);
    buffer_init(&tape);
    enum outcome outcome = ask(options->child ? options->child : &own, body, options, &tape);
    if (!options->child)
        child_release(&own);
    tell(outcome, body, options, host);
    bool done = outcome == ANSWERED && tape_play(buffer_text(&tape), body, sink);
    buffer_release(&tape);
    return done;
}
