/* The one parallel loop: threads take the next index from a shared counter until none is left; and tasks, which
 * run beside whoever started them. */
#include "base/base.h"

#include <pthread.h>
#include <stdatomic.h>

struct loop {
    size_t count;
    atomic_size_t next;
    void (*work)(void *context, size_t index, unsigned worker);
    void *context;
    struct progress progress;
};

struct worker {
    struct loop *loop;
    pthread_t thread;
    unsigned number;
};

static void show(const struct loop *loop, size_t done)
{
    if (loop->progress.show)
        loop->progress.show(loop->progress.context, done, loop->count);
}

static void *run(void *argument)
{
    const struct worker *worker = argument;
    struct loop *loop = worker->loop;
    for (;;) {
        size_t index = atomic_fetch_add(&loop->next, 1);
        if (index >= loop->count)
            return NULL;
        loop->work(loop->context, index, worker->number);
        if (worker->number == 0)
            show(loop, index + 1);
    }
}

/* A thread that the system refuses is done without: the others take its share. */
void parallel_for_shown(size_t count, unsigned jobs,
    void (*work)(void *context, size_t index, unsigned worker), void *context,
    struct progress progress)
{
    struct loop loop = {.count = count, .work = work, .context = context, .progress = progress};
    base_assert(jobs > 0);
    if (jobs > count)
        jobs = count ? (unsigned)count : 1;
    struct worker *workers = base_alloc(jobs * sizeof *workers);
    unsigned started = 1;
    for (unsigned i = 0; i < jobs; i++)
        workers[i] = (struct worker){.loop = &loop, .number = i};
    for (; started < jobs; started++)
        if (pthread_create(&workers[started].thread, NULL, run, &workers[started]) != 0)
            break;
    run(&workers[0]);
    for (unsigned i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    show(&loop, count);
    base_free(workers);
}

void parallel_for(size_t count, unsigned jobs,
    void (*work)(void *context, size_t index, unsigned worker), void *context)
{
    parallel_for_shown(count, jobs, work, context, (struct progress){NULL, NULL});
}

/* ---- Tasks ---------------------------------------------------------------------------------------------- */

struct task {
    void (*work)(void *context);
    void *context;
    pthread_t thread;
    bool is_started;
};

static void *run_task(void *argument)
{
    const struct task *task = argument;
    task->work(task->context);
    return NULL;
}

struct task *task_start(void (*work)(void *context), void *context)
{
    struct task *task = base_alloc(sizeof *task);
    *task = (struct task){.work = work, .context = context};
    task->is_started = pthread_create(&task->thread, NULL, run_task, task) == 0;
    return task;
}

void task_end(struct task *task)
{
    if (!task)
        return;
    if (task->is_started)
        pthread_join(task->thread, NULL);
    else
        task->work(task->context);
    base_free(task);
}
