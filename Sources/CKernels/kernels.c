#include <math.h>
#include <string.h>

#include "CKernels.h"

// One body a kernel, compiled for each processor family; the loader picks (ifunc).
#if defined(__x86_64__)
#define KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define KERNEL
#endif
#define INLINE static inline __attribute__((always_inline))

// Rows a work item, so that an item is about this many values.
enum { ITEM = 16384 };

static size_t rows_per_item(size_t channels) {
  size_t r = ITEM / (channels ? channels : 1);
  return r ? r : 1;
}

static size_t item_count(size_t n, size_t per) { return (n + per - 1) / per; }

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

// MARK: - Scalar functions, in forms that vectorise

/// e^x to 2 ulp (Cephes expf), clamped to the range of normal floats.
INLINE float exp_(float x) {
  x = x < -87.0f ? -87.0f : (x > 88.0f ? 88.0f : x);
  float n = __builtin_rintf(x * 1.44269504088896341f);
  float f = x - n * 0.693359375f;
  f = f + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * f + 1.3981999507e-3f;
  p = p * f + 8.3334519073e-3f;
  p = p * f + 4.1665795894e-2f;
  p = p * f + 1.6666665459e-1f;
  p = p * f + 5.0000001201e-1f;
  float r = p * f * f + f + 1.0f;
  union {
    int32_t i;
    float f;
  } u = {.i = ((int32_t)n + 127) << 23};
  return r * u.f;
}

INLINE float sigmoid_(float x) { return 1.0f / (1.0f + exp_(-x)); }

/// erf to 1.5e-7 (Abramowitz and Stegun 7.1.26).
INLINE float erf_(float x) {
  float a = __builtin_fabsf(x);
  float t = 1.0f / (1.0f + 0.3275911f * a);
  float p = 1.061405429f;
  p = p * t - 1.453152027f;
  p = p * t + 1.421413741f;
  p = p * t - 0.284496736f;
  p = p * t + 0.254829592f;
  float y = 1.0f - p * t * exp_(-a * a);
  return __builtin_copysignf(y, x);
}

INLINE float gelu_(float x) { return 0.5f * x * (1.0f + erf_(x * 0.70710678118654752f)); }

INLINE float tanh_(float x) {
  // Saturates to 1 within a float's precision beyond 9.
  float a = __builtin_fabsf(x);
  float e = exp_(-2.0f * (a > 9.0f ? 9.0f : a));
  float large = (1.0f - e) / (1.0f + e);
  float s = x * x;
  float small = x * (1.0f - s * (1.0f / 3 - s * (2.0f / 15 - s * (17.0f / 315))));
  return a < 0.1f ? small : __builtin_copysignf(large, x);
}

INLINE float activate_(float x, fabula_activation f) {
  switch (f) {
    case FABULA_RELU: return x < 0 ? 0 : x;
    case FABULA_SILU: return x * sigmoid_(x);
    case FABULA_GELU: return gelu_(x);
    case FABULA_QUICK_GELU: return x * sigmoid_(1.702f * x);
    case FABULA_TANH: return tanh_(x);
    default: return x;
  }
}

// MARK: - Activations

typedef struct {
  const float *x;
  float *y;
  size_t n;
  fabula_activation f;
} activate_job;

#define ACTIVATE_CASE(F) \
  case F:                \
    for (size_t i = from; i < to; i++) y[i] = activate_(x[i], F); \
    break;

KERNEL static void activate_item(void *p, size_t item, size_t thread) {
  const activate_job *j = p;
  const float *x = j->x;
  float *y = j->y;
  size_t from = item * ITEM, to = smaller(j->n, from + ITEM);
  switch (j->f) {
    ACTIVATE_CASE(FABULA_RELU)
    ACTIVATE_CASE(FABULA_SILU)
    ACTIVATE_CASE(FABULA_GELU)
    ACTIVATE_CASE(FABULA_QUICK_GELU)
    ACTIVATE_CASE(FABULA_TANH)
    ACTIVATE_CASE(FABULA_IDENTITY)
  }
}

void fabula_activate(const float *x, float *y, size_t n, fabula_activation f) {
  activate_job j = {x, y, n, f};
  fabula_parallel(item_count(n, ITEM), activate_item, &j);
}

typedef struct {
  const float *x;
  float *y;
  size_t rows, channels, per;
} gate_job;

KERNEL static void gate_item(void *p, size_t item, size_t thread) {
  const gate_job *j = p;
  size_t c = j->channels, end = smaller(j->rows, (item + 1) * j->per);
  for (size_t r = item * j->per; r < end; r++) {
    const float *restrict x = j->x + r * 2 * c;
    float *restrict y = j->y + r * c;
    for (size_t i = 0; i < c; i++) y[i] = x[i] * gelu_(x[c + i]);
  }
}

void fabula_gated_gelu(const float *x, float *y, size_t rows, size_t channels) {
  gate_job j = {x, y, rows, channels, rows_per_item(channels)};
  fabula_parallel(item_count(rows, j.per), gate_item, &j);
}

// MARK: - Group norm

// The sums are taken over a fixed number of slices, whatever the number of threads, so that
// a frame is the same to the bit on any of them.
enum { SLICES = 16 };

typedef struct {
  const float *x;
  float *y;
  const float *a, *b;
  float *sums;
  size_t rows, channels, per;
  fabula_activation f;
} norm_job;

/// sums[slice] = per-channel sum and sum of squares of (x - first row): shifted data lose no
/// digits to a large mean.
KERNEL static void group_sums_item(void *p, size_t slice, size_t thread) {
  const norm_job *j = p;
  size_t c = j->channels;
  float *restrict sum = j->sums + slice * 2 * c, *restrict square = sum + c;
  memset(sum, 0, 2 * c * sizeof *sum);
  const float *restrict pivot = j->x;
  size_t from = slice * j->per, end = smaller(j->rows, from + j->per);
  for (size_t r = from; r < end; r++) {
    const float *restrict x = j->x + r * c;
    for (size_t i = 0; i < c; i++) {
      float v = x[i] - pivot[i];
      sum[i] += v;
      square[i] += v * v;
    }
  }
}

#define SCALE_CASE(F) \
  case F:             \
    for (size_t i = 0; i < c; i++) y[i] = activate_(x[i] * a[i] + b[i], F); \
    break;

KERNEL static void scale_item(void *p, size_t item, size_t thread) {
  const norm_job *j = p;
  size_t c = j->channels, end = smaller(j->rows, (item + 1) * j->per);
  const float *restrict a = j->a, *restrict b = j->b;
  for (size_t r = item * j->per; r < end; r++) {
    const float *x = j->x + r * c;
    float *y = j->y + r * c;
    switch (j->f) {
      SCALE_CASE(FABULA_SILU)
      SCALE_CASE(FABULA_RELU)
      SCALE_CASE(FABULA_GELU)
      SCALE_CASE(FABULA_QUICK_GELU)
      SCALE_CASE(FABULA_TANH)
      SCALE_CASE(FABULA_IDENTITY)
    }
  }
}

size_t fabula_group_norm_scratch(size_t channels) { return (2 * SLICES + 2) * channels; }

void fabula_group_norm(const float *x, float *y, const float *scale, const float *shift,
                       size_t rows, size_t channels, size_t groups, float epsilon,
                       fabula_activation f, float *scratch) {
  float *a = scratch + 2 * SLICES * channels, *b = a + channels;
  norm_job j = {x, y, a, b, scratch, rows, channels, item_count(rows, SLICES), f};
  fabula_parallel(SLICES, group_sums_item, &j);
  size_t size = channels / groups;
  for (size_t g = 0; g < groups; g++) {
    double sum = 0, square = 0;
    for (size_t c = g * size; c < (g + 1) * size; c++) {
      double s = 0, q = 0, pivot = x[c];
      for (size_t i = 0; i < SLICES; i++) {
        s += scratch[i * 2 * channels + c];
        q += scratch[i * 2 * channels + channels + c];
      }
      sum += s + pivot * (double)rows;
      square += q + 2 * pivot * s + pivot * pivot * (double)rows;
    }
    double n = (double)(rows * size), mean = sum / n;
    double variance = fmax(square / n - mean * mean, 0);
    double inverse = 1 / sqrt(variance + epsilon);
    for (size_t c = g * size; c < (g + 1) * size; c++) {
      a[c] = (float)(inverse * scale[c]);
      b[c] = (float)(shift[c] - mean * inverse * scale[c]);
    }
  }
  j.per = rows_per_item(channels);
  fabula_parallel(item_count(rows, j.per), scale_item, &j);
}

// MARK: - Layer norm

typedef struct {
  const float *x;
  float *y;
  const float *scale, *shift;
  size_t rows, channels, per;
  float epsilon;
} layer_job;

KERNEL static void layer_item(void *p, size_t item, size_t thread) {
#pragma clang fp reassociate(on) contract(fast)
  const layer_job *j = p;
  size_t c = j->channels, end = smaller(j->rows, (item + 1) * j->per);
  for (size_t r = item * j->per; r < end; r++) {
    const float *x = j->x + r * c;
    float *y = j->y + r * c;
    float sum = 0, square = 0;
    for (size_t i = 0; i < c; i++) sum += x[i];
    float mean = sum / (float)c;
    for (size_t i = 0; i < c; i++) square += (x[i] - mean) * (x[i] - mean);
    float inverse = 1 / sqrtf(square / (float)c + j->epsilon);
    for (size_t i = 0; i < c; i++) y[i] = (x[i] - mean) * inverse * j->scale[i] + j->shift[i];
  }
}

void fabula_layer_norm(const float *x, float *y, const float *scale, const float *shift,
                       size_t rows, size_t channels, float epsilon) {
  layer_job j = {x, y, scale, shift, rows, channels, rows_per_item(channels), epsilon};
  fabula_parallel(item_count(rows, j.per), layer_item, &j);
}

// MARK: - Softmax

KERNEL static void softmax_row(float *x, size_t seen, size_t n, float scale) {
#pragma clang fp reassociate(on) contract(fast)
  float top = x[0];
  for (size_t i = 1; i < seen; i++) top = x[i] > top ? x[i] : top;
  float sum = 0;
  for (size_t i = 0; i < seen; i++) {
    float e = exp_((x[i] - top) * scale);
    x[i] = e;
    sum += e;
  }
  float inverse = 1 / sum;
  for (size_t i = 0; i < seen; i++) x[i] *= inverse;
  for (size_t i = seen; i < n; i++) x[i] = 0;
}

void fabula_softmax(float *scores, size_t rows, size_t n, size_t stride, float scale, int causal,
                    size_t first) {
  for (size_t r = 0; r < rows; r++)
    softmax_row(scores + r * stride, causal ? smaller(n, first + r + 1) : n, n, scale);
}

// MARK: - Sums and shapes

typedef struct {
  const float *a, *b;
  float *y;
  size_t rows, channels, per;
  int broadcast;
} add_job;

KERNEL static void add_item(void *p, size_t item, size_t thread) {
  const add_job *j = p;
  size_t c = j->channels, end = smaller(j->rows, (item + 1) * j->per);
  for (size_t r = item * j->per; r < end; r++) {
    const float *a = j->a + r * c, *b = j->broadcast ? j->b : j->b + r * c;
    float *y = j->y + r * c;
    for (size_t i = 0; i < c; i++) y[i] = a[i] + b[i];
  }
}

void fabula_add(const float *a, const float *b, float *y, size_t rows, size_t channels,
                int broadcast) {
  add_job j = {a, b, y, rows, channels, rows_per_item(channels), broadcast};
  fabula_parallel(item_count(rows, j.per), add_item, &j);
}

KERNEL void fabula_affine(const float *x, float *y, size_t n, float scale, float offset) {
  for (size_t i = 0; i < n; i++) y[i] = x[i] * scale + offset;
}

typedef struct {
  const float *x;
  float *y;
  size_t h, w, outH, outW, channels;
} upsample_job;

static void upsample_item(void *p, size_t row, size_t thread) {
  const upsample_job *j = p;
  size_t c = j->channels;
  const float *x = j->x + (row * j->h / j->outH) * j->w * c;
  float *y = j->y + row * j->outW * c;
  for (size_t i = 0; i < j->outW; i++)
    memcpy(y + i * c, x + (i * j->w / j->outW) * c, c * sizeof *y);
}

void fabula_upsample(const float *x, float *y, size_t h, size_t w, size_t outH, size_t outW,
                     size_t channels) {
  upsample_job j = {x, y, h, w, outH, outW, channels};
  fabula_parallel(outH, upsample_item, &j);
}

typedef struct {
  const float *a, *b;
  float *y;
  size_t aChannels, bChannels, rows, per;
} concatenate_job;

static void concatenate_item(void *p, size_t item, size_t thread) {
  const concatenate_job *j = p;
  size_t a = j->aChannels, b = j->bChannels, end = smaller(j->rows, (item + 1) * j->per);
  for (size_t r = item * j->per; r < end; r++) {
    memcpy(j->y + r * (a + b), j->a + r * a, a * sizeof(float));
    memcpy(j->y + r * (a + b) + a, j->b + r * b, b * sizeof(float));
  }
}

void fabula_concatenate(const float *a, size_t aChannels, const float *b, size_t bChannels,
                        float *y, size_t rows) {
  concatenate_job j = {a, b, y, aChannels, bChannels, rows, rows_per_item(aChannels + bChannels)};
  fabula_parallel(item_count(rows, j.per), concatenate_item, &j);
}

void fabula_transpose(const float *x, float *y, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) y[c * rows + r] = x[r * columns + c];
}

KERNEL void fabula_to_bytes(const float *x, uint8_t *y, size_t n) {
  for (size_t i = 0; i < n; i++) {
    float v = x[i] * 255.0f + 0.5f;
    v = v > 0.0f ? v : 0.0f;
    y[i] = (uint8_t)(v < 255.0f ? v : 255.0f);
  }
}

typedef struct {
  const float *x;
  uint16_t *y;
  size_t n;
} narrow_job;

KERNEL static void narrow_item(void *p, size_t item, size_t thread) {
  const narrow_job *j = p;
  size_t from = item * ITEM, to = smaller(j->n, from + ITEM);
  for (size_t i = from; i < to; i++) {
    uint32_t bits;
    memcpy(&bits, j->x + i, sizeof bits);
    uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
    // A NaN must not round to infinity.
    j->y[i] = (uint16_t)((bits & 0x7fffffff) > 0x7f800000 ? (bits >> 16) | 0x40 : rounded);
  }
}

void fabula_narrow_bf16(const float *x, uint16_t *y, size_t n) {
  narrow_job j = {x, y, n};
  fabula_parallel(item_count(n, ITEM), narrow_item, &j);
}

int fabula_has_bf16(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16");
#else
  return 0;
#endif
}
