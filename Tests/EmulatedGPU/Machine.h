#pragma once
#include "Language.h"
#include "Numbers.h"

// machine.cu in C++.

#define KERNEL static

/// Shared memory that a launch asks for: as much as the largest GPUs have.
inline constexpr unsigned shared_bytes = 227 << 10;
alignas(16) inline thread_local float shared[shared_bytes / sizeof(float)];

/// A lane's part of a product's operands, as float32.
struct Fragment {
  float a[8], b[4];
};
inline thread_local Fragment fragments[2][maximum_block];

/// The matrix unit: `widen` says what the 16 bits of an operand mean. Each lane shows its
/// registers, and computes its four results from those of the others.
template <class Widen>
void multiply_on_matrix_unit(
    float (&d)[4], const unsigned (&a)[4], unsigned b0, unsigned b1, const Widen &widen) {
  const unsigned b[2] = {b0, b1};
  Fragment *turn = fragments[warp_turn()];
  Fragment &own = turn[thread_number()];
  for (int i = 0; i < 8; i++) own.a[i] = widen((a[i / 2] >> 16 * (i % 2)) & 0xffff);
  for (int i = 0; i < 4; i++) own.b[i] = widen((b[i / 2] >> 16 * (i % 2)) & 0xffff);
  wait_for_warp();
  const Fragment *warp = turn + thread_number() / warp_size * warp_size;
  unsigned g = lane_number() / 4, t = lane_number() % 4;
  for (int i = 0; i < 4; i++) {
    unsigned row = i < 2 ? g : g + 8, column = 2 * t + i % 2;
    for (unsigned k = 0; k < 16; k++) {
      // Registers 0 and 1 hold rows below and from 8 on, 2 and 3 the same for columns from 8 on.
      unsigned half = k % 2, upper = k / 8, holder = k % 8 / 2;
      float left = warp[row % 8 * 4 + holder].a[2 * (row / 8) + 4 * upper + half];
      d[i] += left * warp[column * 4 + holder].b[2 * upper + half];
    }
  }
}
