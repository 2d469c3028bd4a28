// Kernels of the CPU backend: what lies between the matrix products and the convolutions.
//
// Letters: R rows (pixels or tokens), C channels, G groups, T tokens, D channels of one head.
// All matrices are row-major with channels innermost, so a picture [H, W, C] is the matrix
// [R = H*W, C]. Pointers need no alignment; outputs may alias inputs where it says "in place".
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "convolution.h"

#include "convert.h"

// MARK: - Threads

/// Body of a parallel loop: handles item `i` of `n` on thread `thread`, 0..<fabula_thread_count().
typedef void (*fabula_body)(void *context, size_t i, size_t thread);

/// Runs `body` for 0..<n on all threads, or serially inside another loop.
void fabula_parallel(size_t n, fabula_body body, void *context);

/// Whether loops of the calling thread run on the threads that oneDNN uses (libgomp's) instead of
/// our own. Beside oneDNN's loops they must, or the idle workers of one pool spin against the busy
/// ones of the other; without, oneDNN is left one thread, so that it can be called in a loop.
void fabula_share_library_threads(int share);

/// How many threads loops use. The first call settles it for the process: scratch memory is sized
/// by it.
int fabula_thread_count(void);
/// Has no effect once the count is settled.
void fabula_set_thread_count(int n);

// MARK: - Activations

typedef enum {
  FABULA_IDENTITY = 0,
  FABULA_RELU,
  FABULA_SILU,
  FABULA_GELU,        // exact, by erf
  FABULA_QUICK_GELU,  // x * sigmoid(1.702 x)
  FABULA_TANH,
} fabula_activation;

/// y = f(x), n values; in place allowed.
void fabula_activate(const float *x, float *y, size_t n, fabula_activation f);

/// y[r] = x[r, 0..<C] * gelu(x[r, C..<2C]).
void fabula_gated_gelu(const float *x, float *y, size_t rows, size_t channels);

// MARK: - Normalisation

/// GroupNorm over rows and each group's channels, then the activation. x, y: [R, C].
/// `scratch` holds fabula_group_norm_scratch(C) floats.
void fabula_group_norm(const float *x, float *y, const float *scale, const float *shift,
                       size_t rows, size_t channels, size_t groups, float epsilon,
                       fabula_activation f, float *scratch);
size_t fabula_group_norm_scratch(size_t channels);

/// LayerNorm of each row. x, y: [R, C].
void fabula_layer_norm(const float *x, float *y, const float *scale, const float *shift,
                       size_t rows, size_t channels, float epsilon);

// MARK: - Attention

/// Softmax of each row of scores [R, n] times `scale`, in place. With `causal`, row r sees
/// columns 0...(first + r).
void fabula_softmax(float *scores, size_t rows, size_t n, size_t stride, float scale, int causal,
                    size_t first);

// MARK: - Sums and shapes

/// y[r] = a[r] + b[r], or a[r] + b[0] where `broadcast`. [R, C]; in place allowed.
void fabula_add(const float *a, const float *b, float *y, size_t rows, size_t channels,
                int broadcast);
/// y = x * scale + offset; in place allowed.
void fabula_affine(const float *x, float *y, size_t n, float scale, float offset);
/// Nearest-neighbour resampling [h, w, C] to [outH, outW, C].
void fabula_upsample(const float *x, float *y, size_t h, size_t w, size_t outH, size_t outW,
                     size_t channels);
/// y[r] = a[r] ++ b[r].
void fabula_concatenate(const float *a, size_t aChannels, const float *b, size_t bChannels,
                        float *y, size_t rows);
/// [C, R] to [R, C] and, called with the counts exchanged, back.
void fabula_transpose(const float *x, float *y, size_t rows, size_t columns);
/// Bytes 0...255 of values 0...1, rounded, clamped; NaN becomes 0.
void fabula_to_bytes(const float *x, uint8_t *y, size_t n);
/// The nearest bfloat16 of each float, ties to even.
void fabula_narrow_bf16(const float *x, uint16_t *y, size_t n);

/// Whether the processor multiplies bfloat16 in hardware.
int fabula_has_bf16(void);
