// Direct convolution for few channels, where general libraries leave most of the processor idle.
// NHWC; letters: H, W sides, C channels, O output channels, K kernel size. Source, result and sums
// are float32; the products are of float32 or, at twice the speed, of bfloat16.
#pragma once
#include <stddef.h>

typedef struct {
  size_t height, width, channels;  // source [H, W, C]
  size_t out_channels;             // result [H', W', O]
  size_t kernel, stride;           // K×K, padding K/2
  int doubled;                     // the source is doubled (nearest neighbour) first; K 3, stride 1
  int bf16;                        // source and weights are rounded to bfloat16
  int lanes;                       // floats of a vector: 16 or 8, at most fabula_convolution_lanes()
  int tiled;                       // by Winograd's tiles: fabula_convolution_gains_by_tiles()
} fabula_convolution;

/// The floats of this processor's widest vectors: 16 with AVX-512, 8 with AVX2 (float32 only), 0
/// where the kernel does not run.
int fabula_convolution_lanes(int bf16);

/// Whether tiles of 4×4 results (Winograd's F(4×4, 3×3)) are faster: a quarter of the products for
/// four times the weights, right to about 1e-5 of the result. `tiled` itself is not looked at.
int fabula_convolution_gains_by_tiles(const fabula_convolution *c);

/// 32-bit words of packed weights.
size_t fabula_convolution_packed_count(const fabula_convolution *c);
/// Packs weights [O, C, K, K]. A doubled source makes four 2×2 kernels, one for each parity of
/// the result's row and column: 4/9 of the products, and the doubled picture is never written.
void fabula_convolution_pack(const fabula_convolution *c, const float *weights, float *packed);

/// 32-bit words of scratch that each thread needs.
size_t fabula_convolution_scratch_count(const fabula_convolution *c);

/// What is done to the sums before they are stored: + bias [O] + vector [O] + addend
/// [H', W', O], each where not null, then relu or silu.
typedef struct {
  const float *bias, *vector, *addend;
  int relu, silu;
} fabula_convolution_epilogue;

void fabula_convolve(const fabula_convolution *c, const float *x, const float *packed,
                     const fabula_convolution_epilogue *e, float *y, float *scratch);
