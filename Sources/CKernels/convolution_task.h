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

/// A row of `count` results. `vectors` (1 or 2) of output channels a block; `few`, where not 0, is
/// how many output channels there are.
typedef void convolution_row(convolution_task *t, size_t count, int vectors, size_t few);

convolution_row fabula_convolve_row_avx2, fabula_convolve_row_avx512, fabula_convolve_row_bf16;

/// Rounds floats to bfloat16.
void fabula_round_avx512(const float *x, size_t n, uint16_t *y);
