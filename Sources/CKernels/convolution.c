#include "convolution.h"

#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

enum { LANES = 16, WIDE = 2 * LANES, FEW = 4 };

static size_t divide_up(size_t a, size_t b) { return (a + b - 1) / b; }
static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

// MARK: - Geometry

// A word is what one lane multiplies at a time: a float, or two neighbouring channels in bfloat16.

/// Words of a pixel.
static size_t words(const fabula_convolution *c) {
  return c->bf16 ? divide_up(c->channels, 2) : c->channels;
}
/// Channels of a word.
static size_t depth(const fabula_convolution *c) { return c->bf16 ? 2 : 1; }
/// Whether work items read a copy of their source: with zeros around, or rounded.
static int is_copied(const fabula_convolution *c) { return c->doubled || c->kernel > 1 || c->bf16; }

static size_t out_side(const fabula_convolution *c, size_t side) {
  return c->doubled ? 2 * side : (side + 2 * (c->kernel / 2) - c->kernel) / c->stride + 1;
}

/// Kernel size as computed: a doubled source is seen through 2×2 windows.
static size_t window(const fabula_convolution *c) { return c->doubled ? 2 : c->kernel; }
/// Zeros on each side of the padded source.
static size_t border(const fabula_convolution *c) { return c->doubled ? 1 : c->kernel / 2; }
/// Source pixels from one result pixel of a run to the next.
static size_t step(const fabula_convolution *c) { return c->doubled ? 1 : c->stride; }

/// Rows of the source grid (that of the result, for a doubled source halved) a work item: enough
/// of them to hide the border's copy, few enough that their source stays in the L2 cache.
static size_t band(const fabula_convolution *c) {
  size_t rows = c->doubled ? c->height : out_side(c, c->height);
  size_t row_bytes = (c->width + 2 * border(c)) * words(c) * step(c) * sizeof(float);
  size_t fit = (size_t)(320 << 10) / (row_bytes ? row_bytes : 1);
  size_t share = divide_up(rows, 2 * (size_t)fabula_thread_count());
  size_t result = smaller(fit, share);
  return result ? result : 1;
}

size_t fabula_convolution_scratch_count(const fabula_convolution *c) {
  if (!is_copied(c)) return 0;
  size_t rows = (band(c) - 1) * step(c) + window(c) + (c->doubled ? 1 : 0);
  return rows * (c->width + 2 * border(c)) * words(c);
}

/// Words of one window's weights: output channels in blocks of 32, the last of 16 or 32.
static size_t padded_out(const fabula_convolution *c) {
  return divide_up(c->out_channels, LANES) * LANES;
}

/// Whether the output channels are so few that the lanes run along the source's instead.
static int is_few(const fabula_convolution *c) {
  return c->out_channels <= FEW && window(c) * words(c) >= LANES;
}

/// Words of one row of a window, padded to whole vectors.
static size_t padded_run(const fabula_convolution *c) {
  return divide_up(window(c) * words(c), LANES) * LANES;
}

static size_t window_count(const fabula_convolution *c) {
  if (is_few(c)) return window(c) * padded_run(c) * c->out_channels;
  return window(c) * window(c) * words(c) * padded_out(c);
}

size_t fabula_convolution_packed_count(const fabula_convolution *c) {
  return (c->doubled ? 4 : 1) * window_count(c);
}

// MARK: - Packing

/// The weight of a window's cell: of a doubled source, the sum of what falls on one source pixel.
static float cell(const fabula_convolution *c, const float *w, int parity_y, int parity_x,
                  size_t ky, size_t kx) {
  if (!c->doubled) return w[ky * c->kernel + kx];
  // Even results see the pixel before once and their own twice, odd ones their own twice first.
  size_t y0 = ky == 0 ? 0 : 1 + (size_t)parity_y, y1 = ky == 0 ? (size_t)parity_y : 2;
  size_t x0 = kx == 0 ? 0 : 1 + (size_t)parity_x, x1 = kx == 0 ? (size_t)parity_x : 2;
  float sum = 0;
  for (size_t y = y0; y <= y1; y++)
    for (size_t x = x0; x <= x1; x++) sum += w[y * 3 + x];
  return sum;
}

/// The nearest bfloat16, ties to even.
static uint16_t rounded(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  if (x != x) return (uint16_t)(bits >> 16 | 64);
  return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

/// The word of weights that meets word `i` of a pixel, for output channel `o`.
static float word(const fabula_convolution *c, const float *weights, int parity_y, int parity_x,
                  size_t ky, size_t kx, size_t i, size_t o) {
  size_t taps = c->kernel * c->kernel;
  float parts[2] = {0, 0};
  for (size_t k = 0; k < depth(c); k++) {
    size_t channel = i * depth(c) + k;
    if (channel < c->channels && o < c->out_channels)
      parts[k] = cell(c, weights + (o * c->channels + channel) * taps, parity_y, parity_x, ky, kx);
  }
  if (!c->bf16) return parts[0];
  uint16_t pair[2] = {rounded(parts[0]), rounded(parts[1])};
  float result;
  memcpy(&result, pair, sizeof result);
  return result;
}

/// [K, K·C / 16, O, 16], C in words.
static void pack_few(const fabula_convolution *c, const float *weights, float *packed,
                     int parity_y, int parity_x) {
  size_t k = window(c), run = k * words(c);
  for (size_t ky = 0; ky < k; ky++)
    for (size_t i = 0; i < padded_run(c); i += LANES)
      for (size_t o = 0; o < c->out_channels; o++)
        for (size_t at = i; at < i + LANES; at++)
          *packed++ = at < run ? word(c, weights, parity_y, parity_x, ky, at / words(c),
                                      at % words(c), o)
                               : 0;
}

/// Blocks of output channels [K, K, C, 32], C in words, the last of 16 or 32.
static void pack_window(const fabula_convolution *c, const float *weights, float *packed,
                        int parity_y, int parity_x) {
  size_t k = window(c), padded = padded_out(c);
  for (size_t block = 0; block < padded; block += WIDE) {
    size_t width = smaller(WIDE, padded - block);
    for (size_t ky = 0; ky < k; ky++)
      for (size_t kx = 0; kx < k; kx++)
        for (size_t i = 0; i < words(c); i++)
          for (size_t o = block; o < block + width; o++)
            *packed++ = word(c, weights, parity_y, parity_x, ky, kx, i, o);
  }
}

void fabula_convolution_pack(const fabula_convolution *c, const float *weights, float *packed) {
  for (int parity = 0; parity < (c->doubled ? 4 : 1); parity++)
    (is_few(c) ? pack_few : pack_window)(
        c, weights, packed + (size_t)parity * window_count(c), parity >> 1, parity & 1);
}

#if defined(__x86_64__)
#include <immintrin.h>

int fabula_convolution_supported(int bf16) {
  return bf16 ? __builtin_cpu_supports("avx512bf16") : __builtin_cpu_supports("avx512bw");
}

// Bfloat16's instructions come from its intrinsics alone, so a processor without them may run the rest.
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16"), min_vector_width(512)))
#define INLINE static inline __attribute__((always_inline)) TARGET

// MARK: - The kernel

/// A run of result pixels in one row, for one block of output channels.
typedef struct {
  const float *x;         // first source pixel of the first window's top row
  size_t row, pixel;      // words to the next source row, to the next result pixel's source
  size_t windows, run;    // rows of a window, words of one row of it (K·C)
  const float *weights;   // [K, K·C, width of the block]
  const float *bias, *vector, *addend;
  float *y;
  size_t y_pixel;         // floats to the next result pixel
  __mmask16 mask[2];      // output channels that exist
  int relu, silu;
} task;

/// sum + a·b, word by word.
INLINE __m512 add_product(__m512 sum, __m512 a, __m512 b, const int bf16) {
  return bf16 ? _mm512_dpbf16_ps(sum, (__m512bh)a, (__m512bh)b) : _mm512_fmadd_ps(a, b, sum);
}

INLINE __m512 silu_(__m512 x) {
  // x / (1 + e^-x), e^ by the polynomial of kernels.c.
  __m512 t = _mm512_sub_ps(_mm512_setzero_ps(), x);
  t = _mm512_min_ps(_mm512_max_ps(t, _mm512_set1_ps(-87.0f)), _mm512_set1_ps(88.0f));
  __m512 n = _mm512_roundscale_ps(_mm512_mul_ps(t, _mm512_set1_ps(1.44269504088896341f)), 0);
  __m512 f = _mm512_fnmadd_ps(n, _mm512_set1_ps(0.693359375f), t);
  f = _mm512_fmadd_ps(n, _mm512_set1_ps(2.12194440e-4f), f);
  __m512 p = _mm512_set1_ps(1.9875691500e-4f);
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(1.3981999507e-3f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(8.3334519073e-3f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(4.1665795894e-2f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(1.6666665459e-1f));
  p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(5.0000001201e-1f));
  __m512 e = _mm512_fmadd_ps(_mm512_mul_ps(p, f), f, _mm512_add_ps(f, _mm512_set1_ps(1)));
  e = _mm512_scalef_ps(e, n);
  return _mm512_div_ps(x, _mm512_add_ps(_mm512_set1_ps(1), e));
}

/// What the sums begin with.
INLINE __m512 start(const task *t, int v) {
  __m512 s = _mm512_setzero_ps();
  if (t->bias) s = _mm512_maskz_loadu_ps(t->mask[v], t->bias + v * LANES);
  if (t->vector) s = _mm512_add_ps(s, _mm512_maskz_loadu_ps(t->mask[v], t->vector + v * LANES));
  return s;
}

/// What is done to a sum at the end.
INLINE void finish(const task *t, __m512 sum, size_t at, int v) {
  if (t->addend) sum = _mm512_add_ps(sum, _mm512_maskz_loadu_ps(t->mask[v], t->addend + at));
  if (t->relu) sum = _mm512_max_ps(sum, _mm512_setzero_ps());
  if (t->silu) sum = silu_(sum);
  _mm512_mask_storeu_ps(t->y + at, t->mask[v], sum);
}

/// P pixels by V vectors of 16 output channels, all sums in registers.
INLINE void run_block(const task *t, const int P, const int V, const int bf16) {
  __m512 sum[12][2];
  for (int v = 0; v < V; v++) {
    __m512 bias = start(t, v);
#pragma clang loop unroll(full)
    for (int p = 0; p < P; p++) sum[p][v] = bias;
  }
  const float *w = t->weights;
  size_t s = t->pixel;
  for (size_t k = 0; k < t->windows; k++) {
    const float *x = t->x + k * t->row;
    for (size_t i = 0; i < t->run; i++, x++, w += V * LANES) {
      __m512 a = _mm512_loadu_ps(w), b = V > 1 ? _mm512_loadu_ps(w + LANES) : a;
#pragma clang loop unroll(full)
      for (int p = 0; p < P; p++) {
        __m512 value = _mm512_set1_ps(x[(size_t)p * s]);
        sum[p][0] = add_product(sum[p][0], value, a, bf16);
        if (V > 1) sum[p][1] = add_product(sum[p][1], value, b, bf16);
      }
    }
  }
#pragma clang loop unroll(full)
  for (int p = 0; p < P; p++)
    for (int v = 0; v < V; v++)
      finish(t, sum[p][v], (size_t)p * t->y_pixel + (size_t)v * LANES, v);
}

/// P pixels of O output channels, O small, with the lanes along the source's channels: along so
/// few output channels most of them would idle.
INLINE void run_few(const task *t, const int P, const int O, const int bf16) {
  __m512 sum[4][FEW];
#pragma clang loop unroll(full)
  for (int p = 0; p < P; p++)
#pragma clang loop unroll(full)
    for (int o = 0; o < O; o++) sum[p][o] = _mm512_setzero_ps();
  const float *w = t->weights;
  for (size_t k = 0; k < t->windows; k++) {
    const float *x = t->x + k * t->row;
    for (size_t i = 0; i < t->run; i += LANES, w += O * LANES) {
      __mmask16 mask = t->run - i >= LANES ? 0xffff : (__mmask16)((1u << (t->run - i)) - 1);
#pragma clang loop unroll(full)
      for (int p = 0; p < P; p++) {
        __m512 value = _mm512_maskz_loadu_ps(mask, x + (size_t)p * t->pixel + i);
#pragma clang loop unroll(full)
        for (int o = 0; o < O; o++)
          sum[p][o] = add_product(sum[p][o], value, _mm512_loadu_ps(w + o * LANES), bf16);
      }
    }
  }
  for (int p = 0; p < P; p++) {
    float parts[LANES] = {0};
#pragma clang loop unroll(full)
    for (int o = 0; o < O; o++) parts[o] = _mm512_reduce_add_ps(sum[p][o]);
    __m512 total = _mm512_add_ps(_mm512_loadu_ps(parts), start(t, 0));
    finish(t, total, (size_t)p * t->y_pixel, 0);
  }
}

#define FEW_CASE(O)                            \
  case O:                                      \
    if (pixels == 4) run_few(t, 4, O, bf16);   \
    else run_few(t, 1, O, bf16);               \
    break;

#define BLOCK_CASE(P)                          \
  case P:                                      \
    if (vectors > 1) run_block(t, P, 2, bf16); \
    else run_block(t, P, 1, bf16);             \
    break;

INLINE void run_pixels(const task *t, int pixels, int vectors, size_t few, const int bf16) {
  if (few) {
    switch (few) { FEW_CASE(1) FEW_CASE(2) FEW_CASE(3) FEW_CASE(4) }
  } else {
    switch (pixels) {
      BLOCK_CASE(1) BLOCK_CASE(2) BLOCK_CASE(3) BLOCK_CASE(4) BLOCK_CASE(5) BLOCK_CASE(6)
      BLOCK_CASE(7) BLOCK_CASE(8) BLOCK_CASE(9) BLOCK_CASE(10) BLOCK_CASE(11) BLOCK_CASE(12)
    }
  }
}

/// Pixels of the next run: twelve, or an even share of what is left.
static size_t next_run(size_t left) {
  return left >= 24 || left <= 12 ? smaller(left, 12) : divide_up(left, 2);
}

/// A row of results, for one block of output channels.
INLINE void run_row(task *t, size_t count, int vectors, size_t few, const int bf16) {
  for (size_t done = 0; done < count;) {
    size_t pixels = few ? (count - done >= 4 ? 4 : 1) : next_run(count - done);
    run_pixels(t, (int)pixels, vectors, few, bf16);
    t->x += pixels * t->pixel;
    t->y += pixels * t->y_pixel;
    if (t->addend) t->addend += pixels * t->y_pixel;
    done += pixels;
  }
}

TARGET static void run_float_row(task *t, size_t count, int vectors, size_t few) {
  run_row(t, count, vectors, few, 0);
}

TARGET static void run_bf16_row(task *t, size_t count, int vectors, size_t few) {
  run_row(t, count, vectors, few, 1);
}

/// How a convolution is cut into work items: bands of rows, and where those are too few for the
/// threads, groups of blocks of output channels.
typedef struct {
  size_t band, bands, groups, blocks_per_group;
} cut;

static cut cut_for(const fabula_convolution *c) {
  size_t grid = c->doubled ? c->height : out_side(c, c->height), rows = band(c);
  size_t bands = divide_up(grid, rows), blocks = divide_up(padded_out(c), WIDE);
  size_t wanted = divide_up(3 * (size_t)fabula_thread_count(), bands);
  size_t per = divide_up(blocks, smaller(blocks, wanted));
  return (cut){rows, bands, divide_up(blocks, per), per};
}

typedef struct {
  const fabula_convolution *c;
  const float *x, *packed;
  const fabula_convolution_epilogue *e;
  float *y, *scratch;
  size_t scratch_stride;  // words to the next thread's
  cut cut;
} job;

/// Copies pixels as words.
TARGET static void copy_words(const fabula_convolution *c, const float *x, size_t pixels, float *to) {
  if (!c->bf16) {
    memcpy(to, x, pixels * c->channels * sizeof *to);
    return;
  }
  uint16_t *y = (uint16_t *)to;
  // An odd channel is half of a word, so pixels go one by one.
  size_t run = c->channels % 2 ? c->channels : pixels * c->channels;
  for (size_t done = 0; done < pixels * c->channels; done += run, x += run) {
    for (size_t i = 0; i < run; i += LANES) {
      __mmask16 mask = run - i >= LANES ? 0xffff : (__mmask16)((1u << (run - i)) - 1);
      __m256bh narrow = _mm512_cvtneps_pbh(_mm512_maskz_loadu_ps(mask, x + i));
      _mm256_mask_storeu_epi16(y + i, mask, (__m256i)narrow);
    }
    y += run;
    if (c->channels % 2) memset(y++, 0, sizeof *y);
  }
}

/// Copies source rows `first`... of the padded grid as words, with zeros around.
static void copy_padded(const fabula_convolution *c, const float *x, ptrdiff_t first, size_t rows,
                        float *to) {
  size_t edge = border(c) * words(c), row = c->width * words(c);
  for (size_t r = 0; r < rows; r++, to += row + 2 * edge) {
    ptrdiff_t source = first + (ptrdiff_t)r;
    if (source < 0 || source >= (ptrdiff_t)c->height) {
      memset(to, 0, (row + 2 * edge) * sizeof *to);
      continue;
    }
    memset(to, 0, edge * sizeof *to);
    copy_words(c, x + (size_t)source * c->width * c->channels, c->width, to + edge);
    memset(to + edge + row, 0, edge * sizeof *to);
  }
}

/// Results of rows `from`..<`to` of the grid, for one parity and one block of output channels.
TARGET static void run_rows(const job *j, const float *source, size_t source_row, size_t from,
                            size_t to, size_t parity, size_t block) {
  const fabula_convolution *c = j->c;
  size_t out_w = out_side(c, c->width), k = window(c), scale = c->doubled ? 2 : 1;
  size_t py = parity >> 1, px = parity & 1, o = block * WIDE, left = c->out_channels - o;
  int vectors = padded_out(c) - o >= WIDE ? 2 : 1;
  __mmask16 first = left >= LANES ? 0xffff : (__mmask16)((1u << left) - 1);
  __mmask16 second = left >= WIDE    ? 0xffff
                     : left > LANES ? (__mmask16)((1u << (left - LANES)) - 1)
                                    : 0;
  for (size_t y = from; y < to; y++) {
    size_t at = ((y * scale + py) * out_w + px) * c->out_channels + o;
    task t = {
        .x = source + ((y - from) * step(c) + py) * source_row + px * words(c),
        .row = source_row,
        .pixel = step(c) * words(c),
        .windows = k,
        .run = k * words(c),
        .weights = j->packed + parity * window_count(c) + o * k * k * words(c),
        .bias = j->e->bias ? j->e->bias + o : 0,
        .vector = j->e->vector ? j->e->vector + o : 0,
        .addend = j->e->addend ? j->e->addend + at : 0,
        .y = j->y + at,
        .y_pixel = scale * c->out_channels,
        .mask = {first, second},
        .relu = j->e->relu,
        .silu = j->e->silu,
    };
    (c->bf16 ? run_bf16_row : run_float_row)(&t, c->doubled ? c->width : out_w, vectors,
                                             is_few(c) ? c->out_channels : 0);
  }
}

TARGET static void run_item(void *context, size_t item, size_t thread) {
  const job *j = context;
  const fabula_convolution *c = j->c;
  cut cut = j->cut;
  size_t grid = c->doubled ? c->height : out_side(c, c->height);
  size_t from = item / cut.groups * cut.band, to = smaller(grid, from + cut.band);
  size_t row = (c->width + 2 * border(c)) * words(c);
  const float *source = j->x + from * step(c) * row;
  if (is_copied(c)) {
    float *padded = j->scratch + thread * j->scratch_stride;
    copy_padded(c, j->x, (ptrdiff_t)(from * step(c)) - (ptrdiff_t)border(c),
                (to - from - 1) * step(c) + window(c) + (c->doubled ? 1 : 0), padded);
    source = padded;
  }
  size_t block = item % cut.groups * cut.blocks_per_group;
  size_t end = smaller(block + cut.blocks_per_group, divide_up(padded_out(c), WIDE));
  for (; block < end; block++)
    for (size_t parity = 0; parity < (c->doubled ? 4 : 1); parity++)
      run_rows(j, source, row, from, to, parity, block);
}

void fabula_convolve(const fabula_convolution *c, const float *x, const float *packed,
                     const fabula_convolution_epilogue *e, float *y, float *scratch) {
  job j = {c, x, packed, e, y, scratch, fabula_convolution_scratch_count(c), cut_for(c)};
  fabula_parallel(j.cut.bands * j.cut.groups, run_item, &j);
}

#else

int fabula_convolution_supported(int bf16) {
  (void)bf16;
  return 0;
}

void fabula_convolve(const fabula_convolution *c, const float *x, const float *packed,
                     const fabula_convolution_epilogue *e, float *y, float *scratch) {
  abort();  // fabula_convolution_supported() said no
}

#endif
