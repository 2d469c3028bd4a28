// How convolution.c calls the kernels, which are compiled once a vector width.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "convolution.h"

/// Output channels so few that lanes run along the source's words instead.
enum { FEW = 4 };

/// A run of result pixels in one row, for one block of output channels.
typedef struct {
  const float *x;         // first source pixel of the first window's top row
  size_t row, pixel;      // words to the next source row, to the next result pixel's source
  size_t windows, run;    // rows of a window, words of one row of it (K·C)
  const float *weights;   // [K, K·C, width of the block]
  const float *bias, *vector, *addend;
  float *y;
  size_t y_pixel;         // floats to the next result pixel
  size_t left;            // output channels that exist from the block's first on
  int relu, silu;
} convolution_task;

/// A tile of 4×4 results in the transformed domain, and where it goes.
typedef struct {
  const float *m;         // first of 36 values; `stride` floats to the next
  size_t stride;
  size_t out_channels;    // whole vectors
  size_t rows, columns;   // results that exist
  const float *bias, *vector, *addend;
  float *y;
  size_t row;             // floats to the next result row, of `addend` too
  int relu, silu;
} winograd_tile;

/// The kernels of one vector width.
typedef struct {
  /// A row of `count` results. `vectors` (1 or 2) of output channels a block; `few`, where not 0,
  /// is how many output channels there are.
  void (*row)(convolution_task *t, size_t count, int vectors, size_t few);
  /// Transforms 6×6 pixels, `row` floats from one row to the next, into 36 values of each channel.
  void (*to_tile)(const float *x, size_t row, size_t channels, float *to, size_t stride);
  void (*from_tile)(const winograd_tile *t);
} convolution_kernels;

extern const convolution_kernels fabula_convolve_avx2, fabula_convolve_avx512, fabula_convolve_bf16;

/// Rounds floats to bfloat16.
void fabula_round_avx512(const float *x, size_t n, uint16_t *y);
