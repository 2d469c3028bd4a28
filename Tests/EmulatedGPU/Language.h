#pragma once
#include <cmath>
#include <cstring>

#include "Threads.h"

// What CUDA C++ has and C++ lacks, for kernels.cu.

#define __device__
#define __forceinline__ inline
#define __launch_bounds__(threads)
#define __align__(bytes) __attribute__((aligned(bytes)))
/// Blocks run one after the other, so one memory is enough for all.
#define __shared__ static thread_local

struct uint4 {
  unsigned x, y, z, w;
};

inline void __syncthreads() { wait_for_block(); }

/// What the lanes of each warp show one another.
inline thread_local float shown[2][maximum_block];

inline float __shfl_xor_sync(unsigned, float value, int mask) {
  float *turn = shown[warp_turn()];
  turn[thread_number()] = value;
  wait_for_warp();
  return turn[thread_number() ^ (unsigned)mask];
}

inline float __int_as_float(int bits) {
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

inline float __expf(float x) { return expf(x); }
inline float rsqrtf(float x) { return 1 / sqrtf(x); }
