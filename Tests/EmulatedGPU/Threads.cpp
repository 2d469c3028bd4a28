#include "Threads.h"

#include <setjmp.h>
#include <ucontext.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

namespace {

/// A thread of a block, with a stack of its own so that it can be left and entered again. It serves
/// one block after the other.
struct Fiber {
  static constexpr size_t stack_bytes = 128 << 10;

  std::unique_ptr<char[]> stack{new char[stack_bytes]};
  /// How it is entered first, and then again: `swapcontext` asks the system each time, jumps don't.
  ucontext_t beginning;
  jmp_buf place;
  bool has_begun = false, is_done;
  /// What it waits for, and how often that had been passed when it came.
  Barrier *barrier;
  unsigned passes;

  bool is_ready() const { return !is_done && !(barrier && barrier->passes == passes); }
};

thread_local std::vector<Fiber> fibers;
thread_local Fiber *current;
thread_local ucontext_t scheduler_beginning;
thread_local jmp_buf scheduler;
thread_local const std::function<void()> *fiber_body;
thread_local Barrier block_barrier;
thread_local Barrier warp_barriers[maximum_block / warp_size];

void leave() {
  if (!_setjmp(current->place)) _longjmp(scheduler, 1);
}

void serve() {
  for (;;) {
    (*fiber_body)();
    current->is_done = true;
    leave();
  }
}

/// Runs the current fiber until it waits or is done.
void enter() {
  if (_setjmp(scheduler)) return;
  if (current->has_begun) _longjmp(current->place, 1);
  current->has_begun = true;
  getcontext(&current->beginning);
  current->beginning.uc_stack.ss_sp = current->stack.get();
  current->beginning.uc_stack.ss_size = Fiber::stack_bytes;
  current->beginning.uc_link = nullptr;
  makecontext(&current->beginning, serve, 0);
  swapcontext(&scheduler_beginning, &current->beginning);
}

/// Leaves the current thread until all that the barrier is for have come.
void wait(Barrier &barrier) {
  if (!current) {
    fprintf(stderr, "a kernel that is registered as `alone` waits for other threads\n");
    abort();
  }
  unsigned passes = barrier.passes;
  if (++barrier.arrived == barrier.size) {
    barrier.arrived = 0;
    barrier.passes++;
    return;
  }
  current->barrier = &barrier;
  current->passes = passes;
  leave();
}

Index index_of(unsigned thread, Index block) { return {thread % block.x, thread / block.x, 0}; }

/// Lets each thread go on until it waits, again and again, until all are done.
bool run_block(unsigned count) {
  block_barrier = {count, 0, 0};
  for (unsigned first = 0; first < count; first += warp_size) {
    unsigned size = count - first < warp_size ? count - first : warp_size;
    warp_barriers[first / warp_size] = {size, 0, 0};
  }
  for (unsigned i = 0; i < count; i++) {
    fibers[i].is_done = false;
    fibers[i].barrier = nullptr;
  }
  unsigned left = count;
  for (bool is_moving = true; is_moving && left > 0;) {
    is_moving = false;
    for (unsigned i = 0; i < count; i++) {
      if (!fibers[i].is_ready()) continue;
      is_moving = true;
      current = &fibers[i];
      current->barrier = nullptr;
      threadIdx = index_of(i, blockDim);
      enter();
      if (current->is_done) left--;
    }
  }
  current = nullptr;
  // Those that wait for ever cannot be used again.
  if (left > 0) fibers.clear();
  return left == 0;
}

}  // namespace

void wait_for_block() { wait(block_barrier); }

void wait_for_warp() { wait(warp_barriers[thread_number() / warp_size]); }

unsigned warp_turn() { return warp_barriers[thread_number() / warp_size].passes % 2; }

bool run_grid(Index grid, Index block, bool do_threads_wait, const std::function<void()> &body) {
  gridDim = grid;
  blockDim = block;
  fiber_body = &body;
  unsigned count = block.x * block.y;
  if (do_threads_wait && fibers.size() < count) fibers.resize(count);
  for (unsigned y = 0; y < grid.y; y++) {
    for (unsigned x = 0; x < grid.x; x++) {
      blockIdx = {x, y, 0};
      if (do_threads_wait) {
        if (!run_block(count)) return false;
        continue;
      }
      for (unsigned i = 0; i < count; i++) {
        threadIdx = index_of(i, block);
        body();
      }
    }
  }
  return true;
}
