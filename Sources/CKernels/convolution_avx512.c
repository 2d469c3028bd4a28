#if defined(__x86_64__)
#include <immintrin.h>

// Bfloat16's instructions come from its intrinsics alone, so a processor without them may run the
// rest.
#define TARGET \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16"), min_vector_width(512)))
#define INLINE static inline __attribute__((always_inline)) TARGET

enum { LANES = 16, FEW_PIXELS = 4 };
#define PIXELS 12
typedef __m512 vec;

INLINE __mmask16 first(size_t n) { return n >= LANES ? 0xffff : (__mmask16)((1u << n) - 1); }
INLINE vec load_some(const float *p, size_t n) { return _mm512_maskz_loadu_ps(first(n), p); }
INLINE void store_some(float *p, vec v, size_t n) { _mm512_mask_storeu_ps(p, first(n), v); }
INLINE vec add_product(vec sum, vec a, vec b, const int bf16) {
  return bf16 ? _mm512_dpbf16_ps(sum, (__m512bh)a, (__m512bh)b) : _mm512_fmadd_ps(a, b, sum);
}

#include "convolution_kernel.h"
#include "winograd_kernel.h"

TARGET static void row(convolution_task *t, size_t count, int vectors, size_t few) {
  run_row(t, count, vectors, few, 0);
}
TARGET static void bf16_row(convolution_task *t, size_t count, int vectors, size_t few) {
  run_row(t, count, vectors, few, 1);
}
TARGET static void to_tile(const float *x, size_t row, size_t channels, float *to, size_t stride) {
  transform_source(x, row, channels, to, stride);
}
TARGET static void from_tile(const winograd_tile *t) { transform_result(t); }

const convolution_kernels fabula_convolve_avx512 = {row, to_tile, from_tile};
const convolution_kernels fabula_convolve_bf16 = {bf16_row, to_tile, from_tile};

TARGET void fabula_round_avx512(const float *x, size_t n, uint16_t *y) {
  for (size_t i = 0; i < n; i += LANES) {
    __m256bh narrow = _mm512_cvtneps_pbh(load_some(x + i, n - i));
    _mm256_mask_storeu_epi16(y + i, first(n - i), (__m256i)narrow);
  }
}
#endif
