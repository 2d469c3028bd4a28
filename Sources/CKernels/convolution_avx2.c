#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx2,fma"), min_vector_width(256)))
#define INLINE static inline __attribute__((always_inline)) TARGET

enum { LANES = 8, FEW_PIXELS = 3 };
#define PIXELS 6
typedef __m256 vec;

INLINE __m256i first(size_t n) {
  static const int ones[2 * LANES] = {-1, -1, -1, -1, -1, -1, -1, -1};
  return _mm256_loadu_si256((const __m256i *)(ones + LANES - n));
}
// Masked stores take Zen 3 a dozen cycles.
INLINE vec load_some(const float *p, size_t n) {
  return n < LANES ? _mm256_maskload_ps(p, first(n)) : _mm256_loadu_ps(p);
}
INLINE void store_some(float *p, vec v, size_t n) {
  if (n < LANES) _mm256_maskstore_ps(p, first(n), v);
  else _mm256_storeu_ps(p, v);
}
INLINE vec add_product(vec sum, vec a, vec b, const int bf16) {
  (void)bf16;  // this family has no instruction for it
  return _mm256_fmadd_ps(a, b, sum);
}

#include "convolution_kernel.h"
#include "winograd_kernel.h"

TARGET static void row(convolution_task *t, size_t count, int vectors, size_t few) {
  run_row(t, count, vectors, few, 0);
}
TARGET static void to_tile(const float *x, size_t row, size_t channels, float *to, size_t stride) {
  transform_source(x, row, channels, to, stride);
}
TARGET static void from_tile(const winograd_tile *t) { transform_result(t); }

const convolution_kernels fabula_convolve_avx2 = {row, to_tile, from_tile};
#endif
