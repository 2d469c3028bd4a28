#include "convolution.h"

#include <stdlib.h>
#include <string.h>

#include "CKernels.h"
#include "convolution_task.h"

static size_t divide_up(size_t a, size_t b) { return (a + b - 1) / b; }
static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

// MARK: - Geometry

int fabula_convolution_lanes(int bf16) {
#if defined(__x86_64__)
  if (bf16) return fabula_has_bf16() ? 16 : 0;
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")) return 16;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 8;
#endif
  return 0;
}

/// Output channels of a block: two vectors.
static size_t wide(const fabula_convolution *c) { return 2 * (size_t)c->lanes; }

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

// MARK: - Tiles

enum { TILE = 4, POINTS = 36 };

/// Tiles of a row, and of all.
static size_t tiles_across(const fabula_convolution *c) { return divide_up(c->width, TILE); }
static size_t tile_count(const fabula_convolution *c) {
  return tiles_across(c) * divide_up(c->height, TILE);
}

/// Tiles a work item: enough for each weight to be used often, few enough for the L2 cache and for
/// every thread to have some.
static size_t tiles_per_item(const fabula_convolution *c) {
  size_t most = c->channels + c->out_channels <= 64 ? 24 : 12;
  return smaller(most, divide_up(tile_count(c), (size_t)fabula_thread_count()));
}

/// Floats from one value of the tiles to the next: a cache line more than they need, or most of the
/// 36 would fall into the same few sets of the L1 cache.
static size_t point_stride(const fabula_convolution *c, size_t channels) {
  return tiles_per_item(c) * channels + 16;
}

int fabula_convolution_gains_by_tiles(const fabula_convolution *c) {
  size_t lanes = (size_t)c->lanes;
  return c->kernel == 3 && c->stride == 1 && !c->doubled && !c->bf16 && lanes &&
         c->channels % lanes == 0 && c->out_channels % lanes == 0 &&
         // Four times the weights to read, and to keep: not for few tiles, nor for the widest.
         c->channels * c->out_channels <= 512 * 512 && tile_count(c) >= 16;
}

size_t fabula_convolution_scratch_count(const fabula_convolution *c) {
  if (c->tiled)
    return POINTS * (point_stride(c, c->channels) + point_stride(c, c->out_channels) + c->channels);
  if (!is_copied(c)) return 0;
  size_t rows = (band(c) - 1) * step(c) + window(c) + (c->doubled ? 1 : 0);
  return rows * (c->width + 2 * border(c)) * words(c);
}

/// Output channels in whole vectors.
static size_t padded_out(const fabula_convolution *c) {
  return divide_up(c->out_channels, (size_t)c->lanes) * (size_t)c->lanes;
}

/// Whether the output channels are so few that the lanes run along the source's instead.
static int is_few(const fabula_convolution *c) {
  return c->out_channels <= FEW && window(c) * words(c) >= (size_t)c->lanes;
}

/// Words of one row of a window, padded to whole vectors.
static size_t padded_run(const fabula_convolution *c) {
  return divide_up(window(c) * words(c), (size_t)c->lanes) * (size_t)c->lanes;
}

static size_t window_count(const fabula_convolution *c) {
  if (is_few(c)) return window(c) * padded_run(c) * c->out_channels;
  return window(c) * window(c) * words(c) * padded_out(c);
}

size_t fabula_convolution_packed_count(const fabula_convolution *c) {
  if (c->tiled) return POINTS * c->channels * c->out_channels;
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

/// [K, K·C / lanes, O, lanes], C in words.
static void pack_few(const fabula_convolution *c, const float *weights, float *packed,
                     int parity_y, int parity_x) {
  size_t k = window(c), run = k * words(c), lanes = (size_t)c->lanes;
  for (size_t ky = 0; ky < k; ky++)
    for (size_t i = 0; i < padded_run(c); i += lanes)
      for (size_t o = 0; o < c->out_channels; o++)
        for (size_t at = i; at < i + lanes; at++)
          *packed++ = at < run ? word(c, weights, parity_y, parity_x, ky, at / words(c),
                                      at % words(c), o)
                               : 0;
}

/// Blocks of output channels [K, K, C, two vectors], C in words; the last may have one.
static void pack_window(const fabula_convolution *c, const float *weights, float *packed,
                        int parity_y, int parity_x) {
  size_t k = window(c), padded = padded_out(c);
  for (size_t block = 0; block < padded; block += wide(c)) {
    size_t width = smaller(wide(c), padded - block);
    for (size_t ky = 0; ky < k; ky++)
      for (size_t kx = 0; kx < k; kx++)
        for (size_t i = 0; i < words(c); i++)
          for (size_t o = block; o < block + width; o++)
            *packed++ = word(c, weights, parity_y, parity_x, ky, kx, i, o);
  }
}

/// Three weights as six, G·g.
static void transform_weights(const float *g, size_t step, double *out, size_t out_step) {
  double a = g[0], b = g[step], c = g[2 * step];
  out[0] = a / 4;
  out[out_step] = -(a + b + c) / 6;
  out[2 * out_step] = -(a - b + c) / 6;
  out[3 * out_step] = a / 24 + b / 12 + c / 6;
  out[4 * out_step] = a / 24 - b / 12 + c / 6;
  out[5 * out_step] = c;
}

/// G·g·Gᵀ, [36, blocks of output channels, C, two vectors].
static void pack_tiled(const fabula_convolution *c, const float *weights, float *packed) {
  for (size_t o = 0; o < c->out_channels; o++)
    for (size_t i = 0; i < c->channels; i++) {
      double half[18];
      float narrow[18];
      for (size_t k = 0; k < 3; k++)
        transform_weights(weights + (o * c->channels + i) * 9 + k, 3, half + k, 3);
      for (size_t k = 0; k < 18; k++) narrow[k] = (float)half[k];
      size_t block = o / wide(c) * wide(c), width = smaller(wide(c), c->out_channels - block);
      for (size_t k = 0; k < 6; k++) {
        double point[6];
        transform_weights(narrow + 3 * k, 1, point, 1);
        for (size_t l = 0; l < 6; l++)
          packed[((6 * k + l) * c->out_channels + block) * c->channels + i * width + o - block] =
              (float)point[l];
      }
    }
}

void fabula_convolution_pack(const fabula_convolution *c, const float *weights, float *packed) {
  if (c->tiled) {
    pack_tiled(c, weights, packed);
    return;
  }
  for (int parity = 0; parity < (c->doubled ? 4 : 1); parity++)
    (is_few(c) ? pack_few : pack_window)(
        c, weights, packed + (size_t)parity * window_count(c), parity >> 1, parity & 1);
}

// MARK: - Work

/// How a convolution is cut into work items: bands of rows, and where those are too few for the
/// threads, groups of blocks of output channels.
typedef struct {
  size_t band, bands, groups, blocks_per_group;
} cut;

static cut cut_for(const fabula_convolution *c) {
  size_t grid = c->doubled ? c->height : out_side(c, c->height), rows = band(c);
  size_t bands = divide_up(grid, rows), blocks = divide_up(padded_out(c), wide(c));
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
  const convolution_kernels *kernels;
} job;

/// Copies pixels as words.
static void copy_words(const fabula_convolution *c, const float *x, size_t pixels, float *to) {
  if (!c->bf16) {
    memcpy(to, x, pixels * c->channels * sizeof *to);
    return;
  }
#if defined(__x86_64__)
  uint16_t *y = (uint16_t *)to;
  // An odd channel is half of a word, so pixels go one by one.
  size_t run = c->channels % 2 ? c->channels : pixels * c->channels;
  for (size_t done = 0; done < pixels * c->channels; done += run, x += run) {
    fabula_round_avx512(x, run, y);
    y += run;
    if (c->channels % 2) memset(y++, 0, sizeof *y);
  }
#endif
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

static const convolution_kernels *kernels_for(const fabula_convolution *c) {
#if defined(__x86_64__)
  if (c->bf16) return &fabula_convolve_bf16;
  return c->lanes == 16 ? &fabula_convolve_avx512 : &fabula_convolve_avx2;
#else
  abort();  // fabula_convolution_lanes() said 0
#endif
}

/// Results of rows `from`..<`to` of the grid, for one parity and one block of output channels.
static void run_rows(const job *j, const float *source, size_t source_row, size_t from, size_t to,
                     size_t parity, size_t block) {
  const fabula_convolution *c = j->c;
  size_t out_w = out_side(c, c->width), k = window(c), scale = c->doubled ? 2 : 1;
  size_t py = parity >> 1, px = parity & 1, o = block * wide(c);
  int vectors = padded_out(c) - o >= wide(c) ? 2 : 1;
  for (size_t y = from; y < to; y++) {
    size_t at = ((y * scale + py) * out_w + px) * c->out_channels + o;
    convolution_task t = {
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
        .left = c->out_channels - o,
        .relu = j->e->relu,
        .silu = j->e->silu,
    };
    j->kernels->row(&t, c->doubled ? c->width : out_w, vectors, is_few(c) ? c->out_channels : 0);
  }
}

static void run_item(void *context, size_t item, size_t thread) {
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
  size_t end = smaller(block + cut.blocks_per_group, divide_up(padded_out(c), wide(c)));
  for (; block < end; block++)
    for (size_t parity = 0; parity < (c->doubled ? 4 : 1); parity++)
      run_rows(j, source, row, from, to, parity, block);
}

/// Copies the 6×6 pixels that a tile at the edge reads, with zeros beyond it.
static void copy_tile(const fabula_convolution *c, const float *x, size_t y0, size_t x0, float *to) {
  for (size_t k = 0; k < POINTS; k++, to += c->channels) {
    // One before the tile, so that 0 is outside.
    size_t row = y0 + k / 6, column = x0 + k % 6;
    if (row < 1 || row > c->height || column < 1 || column > c->width)
      memset(to, 0, c->channels * sizeof *to);
    else
      memcpy(to, x + ((row - 1) * c->width + column - 1) * c->channels, c->channels * sizeof *to);
  }
}

static void run_tiles(void *context, size_t item, size_t thread) {
  const job *j = context;
  const fabula_convolution *c = j->c;
  size_t across = tiles_across(c), room = tiles_per_item(c), channels = c->channels;
  size_t from = item * room, count = smaller(room, tile_count(c) - from);
  size_t v_stride = point_stride(c, channels), m_stride = point_stride(c, c->out_channels);
  float *copy = j->scratch + thread * j->scratch_stride, *v = copy + POINTS * channels,
        *m = v + POINTS * v_stride;
  for (size_t i = 0; i < count; i++) {
    size_t y = (from + i) / across * TILE, x = (from + i) % across * TILE;
    int inside = y > 0 && x > 0 && y + 5 <= c->height && x + 5 <= c->width;
    const float *source = copy;
    if (inside) source = j->x + ((y - 1) * c->width + x - 1) * channels;
    else copy_tile(c, j->x, y, x, copy);
    j->kernels->to_tile(source, (inside ? c->width : 6) * channels, channels, v + i * channels,
                        v_stride);
  }
  for (size_t k = 0; k < POINTS; k++)
    for (size_t o = 0; o < c->out_channels; o += wide(c)) {
      convolution_task t = {
          .x = v + k * v_stride,
          .pixel = channels,
          .windows = 1,
          .run = channels,
          .weights = j->packed + (k * c->out_channels + o) * channels,
          .y = m + k * m_stride + o,
          .y_pixel = c->out_channels,
          .left = c->out_channels - o,
      };
      j->kernels->row(&t, count, c->out_channels - o >= wide(c) ? 2 : 1, 0);
    }
  for (size_t i = 0; i < count; i++) {
    size_t y = (from + i) / across * TILE, x = (from + i) % across * TILE;
    size_t at = (y * c->width + x) * c->out_channels;
    winograd_tile t = {
        .m = m + i * c->out_channels,
        .stride = m_stride,
        .out_channels = c->out_channels,
        .rows = smaller(TILE, c->height - y),
        .columns = smaller(TILE, c->width - x),
        .bias = j->e->bias,
        .vector = j->e->vector,
        .addend = j->e->addend ? j->e->addend + at : 0,
        .y = j->y + at,
        .row = c->width * c->out_channels,
        .relu = j->e->relu,
        .silu = j->e->silu,
    };
    j->kernels->from_tile(&t);
  }
}

void fabula_convolve(const fabula_convolution *c, const float *x, const float *packed,
                     const fabula_convolution_epilogue *e, float *y, float *scratch) {
  job j = {c, x, packed, e, y, scratch, fabula_convolution_scratch_count(c), cut_for(c),
           kernels_for(c)};
  if (c->tiled) fabula_parallel(divide_up(tile_count(c), tiles_per_item(c)), run_tiles, &j);
  else fabula_parallel(j.cut.bands * j.cut.groups, run_item, &j);
}
