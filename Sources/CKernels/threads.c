#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>

#include "CKernels.h"

// libgomp comes into the process with oneDNN. Its entry points have been stable since GCC 4.9
// (libgomp ABI, GOMP_4.0); clang has no OpenMP run time of its own to pair with it.
static struct {
  void (*parallel)(void (*)(void *), void *, unsigned, unsigned);
  int (*max_threads)(void);
  void (*set_threads)(int);
  int (*in_parallel)(void);
  int (*thread)(void);
} gomp;

static void find_gomp(void) {
  gomp.parallel = dlsym(RTLD_DEFAULT, "GOMP_parallel");
  gomp.max_threads = dlsym(RTLD_DEFAULT, "omp_get_max_threads");
  gomp.set_threads = dlsym(RTLD_DEFAULT, "omp_set_num_threads");
  gomp.in_parallel = dlsym(RTLD_DEFAULT, "omp_in_parallel");
  gomp.thread = dlsym(RTLD_DEFAULT, "omp_get_thread_num");
  if (!gomp.thread || !gomp.max_threads || !gomp.set_threads || !gomp.in_parallel) gomp.parallel = 0;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

typedef struct {
  fabula_body body;
  void *context;
  size_t n;
  atomic_size_t next;
} loop;

static void work(void *data) {
  loop *l = data;
  size_t thread = gomp.parallel ? (size_t)gomp.thread() : 0;
  for (size_t i; (i = atomic_fetch_add_explicit(&l->next, 1, memory_order_relaxed)) < l->n;)
    l->body(l->context, i, thread);
}

void fabula_parallel(size_t n, fabula_body body, void *context) {
  pthread_once(&once, find_gomp);
  loop l = {.body = body, .context = context, .n = n};
  atomic_init(&l.next, 0);
  if (n > 1 && gomp.parallel && !gomp.in_parallel() && gomp.max_threads() > 1)
    gomp.parallel(work, &l, 0, 0);
  else
    work(&l);
}

int fabula_thread_count(void) {
  pthread_once(&once, find_gomp);
  return gomp.parallel ? gomp.max_threads() : 1;
}

void fabula_set_thread_count(int n) {
  pthread_once(&once, find_gomp);
  if (gomp.parallel && n > 0) gomp.set_threads(n);
}
