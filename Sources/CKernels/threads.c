#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CKernels.h"

// MARK: - libgomp

// It comes into the process with oneDNN. These entry points have been stable since GCC 4.9 (ABI
// GOMP_4.0); clang has no OpenMP run time of its own to pair with it.
static struct {
  void (*parallel)(void (*)(void *), void *, unsigned, unsigned);
  void (*set_threads)(int);
  int (*thread)(void);
} gomp;

static atomic_int thread_count, is_settled;

static void start(void) {
  gomp.parallel = dlsym(RTLD_DEFAULT, "GOMP_parallel");
  gomp.set_threads = dlsym(RTLD_DEFAULT, "omp_set_num_threads");
  gomp.thread = dlsym(RTLD_DEFAULT, "omp_get_thread_num");
  if (!gomp.set_threads || !gomp.thread) gomp.parallel = 0;
  cpu_set_t allowed;
  int n = sched_getaffinity(0, sizeof allowed, &allowed) ? 1 : CPU_COUNT(&allowed);
  atomic_store(&thread_count, n);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

// MARK: - A loop

typedef struct {
  fabula_body body;
  void *context;
  size_t n;
  atomic_size_t next;
} loop;

static void share_of(loop *l, size_t thread) {
  for (size_t i; (i = atomic_fetch_add_explicit(&l->next, 1, memory_order_relaxed)) < l->n;)
    l->body(l->context, i, thread);
}

static void gomp_share(void *data) { share_of(data, (size_t)gomp.thread()); }

// MARK: - Our own threads

// A loop is over when its items are done, not when every worker has looked in: a worker that the
// system has not scheduled holds nobody up. libgomp's barrier waits for it, which on a busy
// machine costs a time slice a loop.
//
// state = generation << 32 | items not yet claimed.
static struct {
  pthread_mutex_t busy;
  _Atomic uint64_t state;
  _Atomic uint32_t generation, done, sleepers, waiting;
  int workers;
  fabula_body body;
  void *context;
  uint32_t n;
} pool = {.busy = PTHREAD_MUTEX_INITIALIZER};

static _Thread_local int in_loop, shares_threads;

static void futex_wait(_Atomic uint32_t *at, uint32_t value) {
  syscall(SYS_futex, at, FUTEX_WAIT_PRIVATE, value, 0, 0, 0);
}
static void futex_wake(_Atomic uint32_t *at, int count) {
  syscall(SYS_futex, at, FUTEX_WAKE_PRIVATE, count, 0, 0, 0);
}

static void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

/// Claims an item of a generation: its number from the end, or 0.
static uint32_t claim(uint32_t generation) {
  uint64_t s = atomic_load(&pool.state);
  while ((uint32_t)(s >> 32) == generation && (uint32_t)s)
    if (atomic_compare_exchange_weak(&pool.state, &s, s - 1)) return (uint32_t)s;
  return 0;
}

static void drain(uint32_t generation, size_t thread) {
  for (uint32_t left; (left = claim(generation));) {
    // A claimed item keeps its loop alive, so these belong to it.
    uint32_t n = pool.n;
    pool.body(pool.context, n - left, thread);
    if (atomic_fetch_add(&pool.done, 1) + 1 == n && atomic_load(&pool.waiting))
      futex_wake(&pool.done, 1);
  }
}

// About 50 µs: longer than from one loop of a frame to the next.
enum { SPINS = 1500 };

static void *worker(void *number) {
  in_loop = 1;
  if (gomp.set_threads) gomp.set_threads(1);
  for (uint32_t seen = 0;;) {
    uint32_t generation;
    int spins = 0;
    while ((generation = atomic_load(&pool.generation)) == seen) {
      if (spins++ < SPINS) {
        relax();
      } else {
        atomic_fetch_add(&pool.sleepers, 1);
        futex_wait(&pool.generation, seen);
        atomic_fetch_sub(&pool.sleepers, 1);
      }
    }
    seen = generation;
    drain(generation, (size_t)(uintptr_t)number);
  }
  return 0;
}

/// Runs a loop on the pool. The caller holds `busy`.
static void run_pooled(size_t n, fabula_body body, void *context) {
  int wanted = atomic_load(&thread_count) - 1;
  while (pool.workers < wanted) {
    pthread_t thread;
    if (pthread_create(&thread, 0, worker, (void *)(uintptr_t)(pool.workers + 1))) break;
    pthread_detach(thread);
    pool.workers++;
  }
  pool.body = body;
  pool.context = context;
  pool.n = (uint32_t)n;
  atomic_store(&pool.done, 0);
  uint32_t generation = atomic_load(&pool.generation) + 1;
  atomic_store(&pool.state, (uint64_t)generation << 32 | (uint32_t)n);
  atomic_store(&pool.generation, generation);
  if (atomic_load(&pool.sleepers)) futex_wake(&pool.generation, INT_MAX);
  in_loop = 1;
  drain(generation, 0);
  in_loop = 0;
  int spins = 0;
  for (uint32_t done; (done = atomic_load(&pool.done)) != (uint32_t)n;) {
    if (spins++ < SPINS) {
      relax();
    } else {
      atomic_store(&pool.waiting, 1);
      if (atomic_load(&pool.done) == done) futex_wait(&pool.done, done);
      atomic_store(&pool.waiting, 0);
    }
  }
}

// MARK: - Interface

void fabula_share_library_threads(int share) {
  pthread_once(&once, start);
  shares_threads = share && gomp.parallel;
  if (gomp.set_threads && !in_loop) gomp.set_threads(share ? atomic_load(&thread_count) : 1);
}

void fabula_parallel(size_t n, fabula_body body, void *context) {
  pthread_once(&once, start);
  loop l = {.body = body, .context = context, .n = n};
  atomic_init(&l.next, 0);
  if (n < 2 || in_loop || atomic_load(&thread_count) < 2) {
    share_of(&l, 0);
  } else if (shares_threads) {
    in_loop = 1;
    gomp.parallel(gomp_share, &l, (unsigned)atomic_load(&thread_count), 0);
    in_loop = 0;
  } else if (n > INT_MAX || pthread_mutex_trylock(&pool.busy)) {
    // Another thread's loop has the workers.
    share_of(&l, 0);
  } else {
    run_pooled(n, body, context);
    pthread_mutex_unlock(&pool.busy);
  }
}

int fabula_thread_count(void) {
  pthread_once(&once, start);
  atomic_store(&is_settled, 1);
  return atomic_load(&thread_count);
}

void fabula_set_thread_count(int n) {
  pthread_once(&once, start);
  if (n > 0 && !atomic_load(&is_settled)) atomic_store(&thread_count, n);
}
