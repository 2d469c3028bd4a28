// The kernel of a direct convolution for one vector width. Who includes it defines before:
//   LANES        floats of a vector
//   PIXELS       results of a block of two vectors whose sums fit the registers
//   FEW_PIXELS   the same, where lanes run along the source
//   INLINE       for functions that become part of the including file's
//   vec          LANES floats
//   load_some(p, n), store_some(p, v, n)   the first n floats, the rest 0
//   add_product(sum, a, b, bf16)           sum + a·b, word by word
#include "convolution_task.h"

typedef int whole __attribute__((vector_size(LANES * sizeof(int))));
typedef float quad __attribute__((vector_size(4 * sizeof(float))));

INLINE vec load(const float *p) {
  vec v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}

INLINE vec spread(float x) { return x - (vec){0}; }

INLINE float sum_of(vec v) {
  quad parts[LANES / 4];
  __builtin_memcpy(parts, &v, sizeof v);
  quad sum = parts[0];
#pragma clang loop unroll(full)
  for (int k = 1; k < LANES / 4; k++) sum += parts[k];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

INLINE vec silu(vec x) {
  // x / (1 + e^-x), e^ by the polynomial of kernels.c.
  vec t = __builtin_elementwise_min(__builtin_elementwise_max(-x, spread(-87.0f)), spread(88.0f));
  vec n = __builtin_elementwise_rint(t * 1.44269504088896341f);
  vec f = t - n * 0.693359375f + n * 2.12194440e-4f;
  vec p = f * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * f + 8.3334519073e-3f;
  p = p * f + 4.1665795894e-2f;
  p = p * f + 1.6666665459e-1f;
  p = p * f + 5.0000001201e-1f;
  p = p * f * f + f + 1;
  vec power = (vec)((__builtin_convertvector(n, whole) + 127) << 23);
  return x / (1 + p * power);
}

/// What the sums begin with.
INLINE vec start(const convolution_task *t, size_t channel) {
  size_t left = t->left > channel ? t->left - channel : 0;
  vec s = {0};
  if (t->bias) s = load_some(t->bias + channel, left);
  if (t->vector) s += load_some(t->vector + channel, left);
  return s;
}

/// What is done to a sum at the end, but for its store.
INLINE vec finished(const convolution_task *t, vec sum, size_t at, size_t left) {
  if (t->addend) sum += load_some(t->addend + at, left);
  if (t->relu) sum = __builtin_elementwise_max(sum, (vec){0});
  return t->silu ? silu(sum) : sum;
}

INLINE void finish(const convolution_task *t, vec sum, size_t pixel, size_t channel) {
  size_t at = pixel * t->y_pixel + channel, left = t->left > channel ? t->left - channel : 0;
  store_some(t->y + at, finished(t, sum, at, left), left);
}

/// P pixels by V vectors of output channels, all sums in registers.
INLINE void run_block(const convolution_task *t, const int P, const int V, const int bf16) {
  vec sum[PIXELS][2];
  for (int v = 0; v < V; v++) {
    vec bias = start(t, (size_t)v * LANES);
#pragma clang loop unroll(full)
    for (int p = 0; p < P; p++) sum[p][v] = bias;
  }
  const float *w = t->weights;
  size_t s = t->pixel;
  for (size_t k = 0; k < t->windows; k++) {
    const float *x = t->x + k * t->row;
    for (size_t i = 0; i < t->run; i++, x++, w += V * LANES) {
      vec a = load(w), b = V > 1 ? load(w + LANES) : a;
#pragma clang loop unroll(full)
      for (int p = 0; p < P; p++) {
        vec value = spread(x[(size_t)p * s]);
        sum[p][0] = add_product(sum[p][0], value, a, bf16);
        if (V > 1) sum[p][1] = add_product(sum[p][1], value, b, bf16);
      }
    }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < P; p++)
    for (int v = 0; v < V; v++) finish(t, sum[p][v], (size_t)p, (size_t)v * LANES);
}

/// P pixels of O output channels, O small, with the lanes along the source's words: along so few
/// output channels most of them would idle.
INLINE void run_few(const convolution_task *t, const int P, const int O, const int bf16) {
  vec sum[FEW_PIXELS][FEW];
#pragma clang loop unroll(full)
  for (int p = 0; p < P; p++)
#pragma clang loop unroll(full)
    for (int o = 0; o < O; o++) sum[p][o] = (vec){0};
  const float *w = t->weights;
  for (size_t k = 0; k < t->windows; k++) {
    const float *x = t->x + k * t->row;
    for (size_t i = 0; i < t->run; i += LANES, w += O * LANES)
#pragma clang loop unroll(full)
      for (int p = 0; p < P; p++) {
        vec value = load_some(x + (size_t)p * t->pixel + i, t->run - i);
#pragma clang loop unroll(full)
        for (int o = 0; o < O; o++)
          sum[p][o] = add_product(sum[p][o], value, load(w + o * LANES), bf16);
      }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < P; p++) {
    vec total = start(t, 0);
#pragma clang loop unroll(full)
    for (int o = 0; o < O; o++) total[o] += sum_of(sum[p][o]);
    total = finished(t, total, (size_t)p * t->y_pixel, O);
    __builtin_memcpy(t->y + (size_t)p * t->y_pixel, &total, O * sizeof(float));
  }
}

#define FEW_CASE(O)                                    \
  case O:                                              \
    if (pixels > 1) run_few(t, FEW_PIXELS, O, bf16);   \
    else run_few(t, 1, O, bf16);                       \
    break;

#define BLOCK_CASE(P)                                  \
  case P:                                              \
    if (vectors > 1) run_block(t, P, 2, bf16);         \
    else run_block(t, P, 1, bf16);                     \
    break;

INLINE void run_pixels(const convolution_task *t, size_t pixels, int vectors, size_t few,
                       const int bf16) {
  if (few) {
    switch (few) { FEW_CASE(1) FEW_CASE(2) FEW_CASE(3) FEW_CASE(4) }
  } else {
    switch (pixels) {
      BLOCK_CASE(1) BLOCK_CASE(2) BLOCK_CASE(3) BLOCK_CASE(4) BLOCK_CASE(5) BLOCK_CASE(6)
#if PIXELS > 6
      BLOCK_CASE(7) BLOCK_CASE(8) BLOCK_CASE(9) BLOCK_CASE(10) BLOCK_CASE(11) BLOCK_CASE(12)
#endif
    }
  }
}

/// Pixels of the next run: as many as fit, or an even share of what is left.
INLINE size_t next_run(size_t left, size_t few) {
  if (few) return left >= FEW_PIXELS ? FEW_PIXELS : 1;
  if (left <= PIXELS) return left;
  return left >= 2 * PIXELS ? PIXELS : (left + 1) / 2;
}

INLINE void run_row(convolution_task *t, size_t count, int vectors, size_t few, const int bf16) {
  while (count) {
    size_t pixels = next_run(count, few);
    run_pixels(t, pixels, vectors, few, bf16);
    t->x += pixels * t->pixel;
    t->y += pixels * t->y_pixel;
    if (t->addend) t->addend += pixels * t->y_pixel;
    count -= pixels;
  }
}
