#pragma once
#include <functional>

// The threads of a launch: blocks one after the other, the threads of a block in turns.

/// CUDA's dim3 and uint3.
struct Index {
  unsigned x, y, z;
};

inline thread_local Index threadIdx{0, 0, 0}, blockIdx{0, 0, 0};
inline thread_local Index blockDim{1, 1, 1}, gridDim{1, 1, 1};

inline constexpr unsigned warp_size = 32, maximum_block = 1024;

/// Where threads wait for one another.
struct Barrier {
  unsigned size, arrived, passes;
};

/// The calling thread's number in its block, and its number in its warp.
inline unsigned thread_number() { return threadIdx.y * blockDim.x + threadIdx.x; }
inline unsigned lane_number() { return thread_number() % warp_size; }

void wait_for_block();
void wait_for_warp();

/// 0 and 1 by turns, another after each wait for the warp. What lanes show one another in two
/// places by turns needs one wait: before a place is used again, all have waited once more, and so
/// have read it.
unsigned warp_turn();

/// Runs `body` once for each thread of the grid. Threads that wait for others take turns; others
/// run to their end, which is faster. False where some wait for what never comes.
bool run_grid(Index grid, Index block, bool do_threads_wait, const std::function<void()> &body);
