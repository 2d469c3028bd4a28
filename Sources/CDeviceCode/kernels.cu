// Kernels of the CUDA backend: what lies between the products that cuBLASLt and cuDNN compute.
//
// Compiled by NVRTC behind machine.cu and without any header, once a type: FABULA_TYPE 0 is float32,
// 1 float16, 2 bfloat16. Values are stored in that type, `real`, and computed in float32.
//
// Letters: R rows (pixels or tokens), C channels, G groups, T queries, S keys, D channels of a head.
// Matrices are row-major with channels innermost, as on the CPU.

#define INFINITY_FLOAT __int_as_float(0x7f800000)

typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

// MARK: - Numbers

#if FABULA_TYPE == 0
typedef float real;
__device__ __forceinline__ float widen(real x) { return x; }
__device__ __forceinline__ real narrow(float x) { return x; }
#elif FABULA_TYPE == 1
typedef u16 real;
__device__ __forceinline__ float widen(real x) { return from_half(x); }
__device__ __forceinline__ real narrow(float x) { return to_half(x); }
#else
typedef u16 real;
__device__ __forceinline__ float widen(real x) { return from_bfloat16(x); }
__device__ __forceinline__ real narrow(float x) { return to_bfloat16(x); }
#endif

/// N neighbouring values, moved at once.
template <int N> struct __align__(sizeof(real) * N < 16 ? sizeof(real) * N : 16) Pack {
  real at[N];
};

template <int N> __device__ __forceinline__ void load(const real *p, float (&x)[N]) {
  Pack<N> pack = *(const Pack<N> *)p;
#pragma unroll
  for (int i = 0; i < N; i++) x[i] = widen(pack.at[i]);
}

template <int N> __device__ __forceinline__ void store(real *p, const float (&x)[N]) {
  Pack<N> pack;
#pragma unroll
  for (int i = 0; i < N; i++) pack.at[i] = narrow(x[i]);
  *(Pack<N> *)p = pack;
}

/// The global index of a thread, and how many there are.
__device__ __forceinline__ u64 thread_index() { return (u64)blockIdx.x * blockDim.x + threadIdx.x; }
__device__ __forceinline__ u64 thread_count() { return (u64)gridDim.x * blockDim.x; }

/// Instances for 8 values at once, `NAME8`, and for one, `NAME1`, where channels are no multiple.
#define INSTANCES(NAME, PARAMETERS, ARGUMENTS)                              \
  KERNEL void NAME##8 PARAMETERS { NAME<8> ARGUMENTS; }      \
  KERNEL void NAME##1 PARAMETERS { NAME<1> ARGUMENTS; }

// MARK: - Activations

__device__ __forceinline__ float gelu(float x) {
  return 0.5f * x * (1.0f + erff(x * 0.70710678118654752f));
}

/// In the order of `Activation.allCases`.
__device__ __forceinline__ float activate(float x, int f) {
  switch (f) {
    case 1: return x > 0.0f ? x : 0.0f;
    case 2: return x / (1.0f + __expf(-x));
    case 3: return gelu(x);
    case 4: return x / (1.0f + __expf(-1.702f * x));
    case 5: return tanhf(x);
    default: return x;
  }
}

/// y = f(x + bias + vector + addend), where each of the three may be null; in place allowed.
/// n packs; C / N packs a row.
template <int N>
__device__ __forceinline__ void combine(
    const real *x, const real *bias, const real *vector, const real *addend, real *y, u64 n,
    int row_packs, int f) {
  for (u64 i = thread_index(); i < n; i += thread_count()) {
    float v[N], o[N];
    load<N>(x + i * N, v);
    int c = (int)(i % row_packs) * N;
    if (bias) {
      load<N>(bias + c, o);
#pragma unroll
      for (int k = 0; k < N; k++) v[k] += o[k];
    }
    if (vector) {
      load<N>(vector + c, o);
#pragma unroll
      for (int k = 0; k < N; k++) v[k] += o[k];
    }
    if (addend) {
      load<N>(addend + i * N, o);
#pragma unroll
      for (int k = 0; k < N; k++) v[k] += o[k];
    }
#pragma unroll
    for (int k = 0; k < N; k++) v[k] = activate(v[k], f);
    store<N>(y + i * N, v);
  }
}
INSTANCES(combine,
    (const real *x, const real *bias, const real *vector, const real *addend, real *y, u64 n,
     int row_packs, int f),
    (x, bias, vector, addend, y, n, row_packs, f))

/// y = x * scale + offset.
KERNEL void affine(const real *x, real *y, u64 n, float scale, float offset) {
  for (u64 i = thread_index(); i < n; i += thread_count()) {
    y[i] = narrow(widen(x[i]) * scale + offset);
  }
}

/// y[r] = x[r, 0..<C] * gelu(x[r, C..<2C]).
template <int N>
__device__ __forceinline__ void gated_gelu(const real *x, real *y, u64 n, int row_packs) {
  for (u64 i = thread_index(); i < n; i += thread_count()) {
    u64 row = i / row_packs;
    int c = (int)(i % row_packs) * N;
    float a[N], b[N];
    const real *from = x + row * 2 * row_packs * N + c;
    load<N>(from, a);
    load<N>(from + row_packs * N, b);
#pragma unroll
    for (int k = 0; k < N; k++) a[k] *= gelu(b[k]);
    store<N>(y + i * N, a);
  }
}
INSTANCES(gated_gelu, (const real *x, real *y, u64 n, int row_packs), (x, y, n, row_packs))

// MARK: - Types and weights

KERNEL void narrow_floats(const float *x, real *y, u64 n) {
  for (u64 i = thread_index(); i < n; i += thread_count()) y[i] = narrow(x[i]);
}

KERNEL void widen_reals(const real *x, float *y, u64 n) {
  for (u64 i = thread_index(); i < n; i += thread_count()) y[i] = widen(x[i]);
}

/// Stored weights [O, C, K] of a type (0 float32, 1 float16, 2 bfloat16) to reals [O, K, C].
KERNEL void convert_weight(
    const void *x, int type, real *y, u64 n, int channels, int taps) {
  for (u64 i = thread_index(); i < n; i += thread_count()) {
    u64 c = i % channels, rest = i / channels;
    u64 from = (rest / taps * channels + c) * taps + rest % taps;
    float v = type == 0 ? ((const float *)x)[from]
            : type == 1 ? from_half(((const u16 *)x)[from])
                        : from_bfloat16(((const u16 *)x)[from]);
    y[i] = narrow(v);
  }
}

// MARK: - Shapes

/// Rows of x [V, C] picked by numbers.
KERNEL void pick_rows(
    const real *x, const float *numbers, real *y, u64 n, int channels, int count) {
  for (u64 i = thread_index(); i < n; i += thread_count()) {
    int row = (int)numbers[i / channels];
    row = row < 0 ? 0 : row >= count ? count - 1 : row;
    y[i] = x[(u64)row * channels + i % channels];
  }
}

/// Nearest-neighbour resampling [h, w, C] to [H, W, C].
template <int N>
__device__ __forceinline__ void upsample(
    const real *x, real *y, u64 n, int h, int w, int height, int width, int row_packs) {
  for (u64 i = thread_index(); i < n; i += thread_count()) {
    u64 pixel = i / row_packs;
    int c = (int)(i % row_packs);
    int row = (int)(pixel / width), column = (int)(pixel % width);
    u64 from = (u64)(row * h / height) * w + column * w / width;
    ((Pack<N> *)y)[i] = ((const Pack<N> *)x)[from * row_packs + c];
  }
}
INSTANCES(upsample,
    (const real *x, real *y, u64 n, int h, int w, int height, int width, int row_packs),
    (x, y, n, h, w, height, width, row_packs))

/// y[r] = a[r] ++ b[r].
template <int N>
__device__ __forceinline__ void concatenate(
    const real *a, int a_packs, const real *b, int b_packs, real *y, u64 n) {
  int packs = a_packs + b_packs;
  for (u64 i = thread_index(); i < n; i += thread_count()) {
    u64 row = i / packs;
    int c = (int)(i % packs);
    ((Pack<N> *)y)[i] = c < a_packs ? ((const Pack<N> *)a)[row * a_packs + c]
                                    : ((const Pack<N> *)b)[row * b_packs + c - a_packs];
  }
}
INSTANCES(concatenate,
    (const real *a, int a_packs, const real *b, int b_packs, real *y, u64 n),
    (a, a_packs, b, b_packs, y, n))

/// Sines and cosines of each number, one half each; an odd last element is 0.
KERNEL void sinusoid(
    const float *x, real *y, u64 n, int channels, int cosine_first, float shift) {
  int half = channels / 2;
  for (u64 i = thread_index(); i < n; i += thread_count()) {
    int c = (int)(i % channels);
    float angle = x[i / channels]
      * expf(-9.210340371976184f * (float)(c % half) / ((float)half - shift));
    int is_cosine = (c < half) == (cosine_first != 0);
    y[i] = narrow(c >= 2 * half ? 0.0f : is_cosine ? cosf(angle) : sinf(angle));
  }
}

// MARK: - Sums over a block

__device__ __forceinline__ float warp_sum(float x) {
#pragma unroll
  for (int step = 16; step > 0; step /= 2) x += __shfl_xor_sync(0xffffffffu, x, step);
  return x;
}

__device__ __forceinline__ float warp_max(float x) {
#pragma unroll
  for (int step = 16; step > 0; step /= 2) x = fmaxf(x, __shfl_xor_sync(0xffffffffu, x, step));
  return x;
}

/// The sum over a block of whole warps, in all its threads.
__device__ __forceinline__ float block_sum(float x) {
  __shared__ float parts[32];
  int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  x = warp_sum(x);
  __syncthreads();
  if (lane == 0) parts[warp] = x;
  __syncthreads();
  return warp_sum(lane < (int)(blockDim.x / 32) ? parts[lane] : 0.0f);
}

__device__ __forceinline__ float block_max(float x) {
  __shared__ float parts[32];
  int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
  x = warp_max(x);
  __syncthreads();
  if (lane == 0) parts[warp] = x;
  __syncthreads();
  return warp_max(lane < (int)(blockDim.x / 32) ? parts[lane] : -INFINITY_FLOAT);
}

// MARK: - Normalisation

/// LayerNorm of each row [R, C]; a block a row.
template <int N>
__device__ __forceinline__ void layer_norm(
    const real *x, real *y, const real *scale, const real *shift, int row_packs, float epsilon) {
  const real *row = x + (u64)blockIdx.x * row_packs * N;
  float v[N], a[N], b[N];
  float sum = 0.0f;
  for (int i = threadIdx.x; i < row_packs; i += blockDim.x) {
    load<N>(row + i * N, v);
#pragma unroll
    for (int k = 0; k < N; k++) sum += v[k];
  }
  float count = (float)(row_packs * N);
  float mean = block_sum(sum) / count;
  float squares = 0.0f;
  for (int i = threadIdx.x; i < row_packs; i += blockDim.x) {
    load<N>(row + i * N, v);
#pragma unroll
    for (int k = 0; k < N; k++) squares += (v[k] - mean) * (v[k] - mean);
  }
  float factor = rsqrtf(block_sum(squares) / count + epsilon);
  for (int i = threadIdx.x; i < row_packs; i += blockDim.x) {
    load<N>(row + i * N, v);
    load<N>(scale + i * N, a);
    load<N>(shift + i * N, b);
#pragma unroll
    for (int k = 0; k < N; k++) v[k] = (v[k] - mean) * factor * a[k] + b[k];
    store<N>(y + ((u64)blockIdx.x * row_packs + i) * N, v);
  }
}
INSTANCES(layer_norm,
    (const real *x, real *y, const real *scale, const real *shift, int row_packs, float epsilon),
    (x, y, scale, shift, row_packs, epsilon))

/// First of three steps of GroupNorm: mean and sum of squared deviations of each group in a block's
/// rows, [blocks, G, 2]. Sums are taken around the block's first row, so that a large mean costs no
/// digits, and in a fixed order, so that a picture is the same each time.
/// Shared memory: blockDim.y * C * 2 floats.
template <int N>
__device__ __forceinline__ void group_norm_sums(
    const real *x, float *parts, int rows, int block_rows, int channels, int groups) {
  float *sums = shared, *squares = shared + blockDim.y * channels;
  int first = blockIdx.x * block_rows;
  int last = first + block_rows < rows ? first + block_rows : rows;
  int row_packs = channels / N;
  for (int i = threadIdx.x; i < row_packs; i += blockDim.x) {
    float origin[N], v[N], s[N], q[N];
    load<N>(x + (u64)first * channels + i * N, origin);
#pragma unroll
    for (int k = 0; k < N; k++) s[k] = q[k] = 0.0f;
    for (int row = first + threadIdx.y; row < last; row += blockDim.y) {
      load<N>(x + (u64)row * channels + i * N, v);
#pragma unroll
      for (int k = 0; k < N; k++) {
        float d = v[k] - origin[k];
        s[k] += d;
        q[k] += d * d;
      }
    }
#pragma unroll
    for (int k = 0; k < N; k++) {
      sums[threadIdx.y * channels + i * N + k] = s[k];
      squares[threadIdx.y * channels + i * N + k] = q[k];
    }
  }
  __syncthreads();
  int thread = threadIdx.y * blockDim.x + threadIdx.x, threads = blockDim.x * blockDim.y;
  float count = (float)(last - first);
  // Each channel's mean and squared deviations, in place of the first thread row's sums.
  for (int c = thread; c < channels; c += threads) {
    float s = 0.0f, q = 0.0f;
    for (int t = 0; t < (int)blockDim.y; t++) {
      s += sums[t * channels + c];
      q += squares[t * channels + c];
    }
    sums[c] = widen(x[(u64)first * channels + c]) + s / count;
    squares[c] = q - s * s / count;
  }
  __syncthreads();
  int size = channels / groups;
  for (int g = thread; g < groups; g += threads) {
    float mean = 0.0f, deviations = 0.0f;
    for (int c = g * size; c < (g + 1) * size; c++) mean += sums[c];
    mean /= (float)size;
    for (int c = g * size; c < (g + 1) * size; c++) {
      float d = sums[c] - mean;
      deviations += squares[c] + count * d * d;
    }
    parts[((u64)blockIdx.x * groups + g) * 2] = mean;
    parts[((u64)blockIdx.x * groups + g) * 2 + 1] = deviations;
  }
}
INSTANCES(group_norm_sums,
    (const real *x, float *parts, int rows, int block_rows, int channels, int groups),
    (x, parts, rows, block_rows, channels, groups))

/// Second step, a block of 32 threads a group: factors [C] and offsets [C] that normalise.
KERNEL void group_norm_factors(
    const float *parts, const real *scale, const real *shift, float *factors, int rows,
    int block_rows, int blocks, int channels, int groups, float epsilon) {
  int g = blockIdx.x, size = channels / groups;
  float total = (float)rows * (float)size;
  float sum = 0.0f;
  for (int b = threadIdx.x; b < blocks; b += 32) {
    int count = b < blocks - 1 ? block_rows : rows - b * block_rows;
    sum += parts[((u64)b * groups + g) * 2] * (float)count * (float)size;
  }
  float mean = warp_sum(sum) / total;
  float deviations = 0.0f;
  for (int b = threadIdx.x; b < blocks; b += 32) {
    int count = b < blocks - 1 ? block_rows : rows - b * block_rows;
    float d = parts[((u64)b * groups + g) * 2] - mean;
    deviations += parts[((u64)b * groups + g) * 2 + 1] + d * d * (float)count * (float)size;
  }
  float factor = rsqrtf(warp_sum(deviations) / total + epsilon);
  for (int c = g * size + threadIdx.x; c < (g + 1) * size; c += 32) {
    float a = factor * widen(scale[c]);
    factors[c] = a;
    factors[channels + c] = widen(shift[c]) - mean * a;
  }
}

/// Third step: y = f(x * factors + offsets).
template <int N>
__device__ __forceinline__ void group_norm_apply(
    const real *x, real *y, const float *factors, u64 n, int row_packs, int f) {
  for (u64 i = thread_index(); i < n; i += thread_count()) {
    int c = (int)(i % row_packs) * N;
    float v[N];
    load<N>(x + i * N, v);
#pragma unroll
    for (int k = 0; k < N; k++) {
      v[k] = activate(v[k] * factors[c + k] + factors[row_packs * N + c + k], f);
    }
    store<N>(y + i * N, v);
  }
}
INSTANCES(group_norm_apply,
    (const real *x, real *y, const float *factors, u64 n, int row_packs, int f),
    (x, y, factors, n, row_packs, f))

// MARK: - Convolution of few channels

/// The definition, a thread an output: x [H, W, C], weights [O, K, K, C], y [OH, OW, O].
KERNEL void convolve_directly(
    const real *x, const real *weights, const real *bias, real *y, u64 n, int height, int width,
    int channels, int outputs, int kernel, int stride, int padding, int out_width) {
  for (u64 i = thread_index(); i < n; i += thread_count()) {
    int o = (int)(i % outputs);
    u64 pixel = i / outputs;
    int row = (int)(pixel / out_width), column = (int)(pixel % out_width);
    float sum = bias ? widen(bias[o]) : 0.0f;
    for (int ky = 0; ky < kernel; ky++) {
      int sy = row * stride + ky - padding;
      if (sy < 0 || sy >= height) continue;
      for (int kx = 0; kx < kernel; kx++) {
        int sx = column * stride + kx - padding;
        if (sx < 0 || sx >= width) continue;
        const real *from = x + ((u64)sy * width + sx) * channels;
        const real *w = weights + (((u64)o * kernel + ky) * kernel + kx) * channels;
        for (int c = 0; c < channels; c++) sum += widen(from[c]) * widen(w[c]);
      }
    }
    y[i] = narrow(sum);
  }
}

/// To at most four outputs, from a multiple of 8 channels; a warp a pixel.
KERNEL void convolve_to_few(
    const real *x, const real *weights, const real *bias, real *y, u64 pixels, int height,
    int width, int channels, int outputs, int kernel, int stride, int padding, int out_width) {
  int lane = threadIdx.x % 32;
  int packs = channels / 8;
  for (u64 pixel = thread_index() / 32; pixel < pixels; pixel += thread_count() / 32) {
    int row = (int)(pixel / out_width), column = (int)(pixel % out_width);
    float sum[4] = {0.0f, 0.0f, 0.0f, 0.0f};
    for (int i = lane; i < kernel * kernel * packs; i += 32) {
      int tap = i / packs, c = i % packs * 8;
      int sy = row * stride + tap / kernel - padding, sx = column * stride + tap % kernel - padding;
      if (sy < 0 || sy >= height || sx < 0 || sx >= width) continue;
      float v[8], w[8];
      load<8>(x + ((u64)sy * width + sx) * channels + c, v);
#pragma unroll
      for (int o = 0; o < 4; o++) {
        if (o >= outputs) break;
        load<8>(weights + ((u64)o * kernel * kernel + tap) * channels + c, w);
#pragma unroll
        for (int k = 0; k < 8; k++) sum[o] += v[k] * w[k];
      }
    }
#pragma unroll
    for (int o = 0; o < 4; o++) sum[o] = warp_sum(sum[o]);
    if (lane == 0) {
      for (int o = 0; o < outputs; o++) {
        float s = o == 0 ? sum[0] : o == 1 ? sum[1] : o == 2 ? sum[2] : sum[3];
        y[pixel * outputs + o] = narrow(s + (bias ? widen(bias[o]) : 0.0f));
      }
    }
  }
}

// MARK: - Attention

/// Softmax of each row of scores [R, S], in place; a block a row.
KERNEL void softmax_rows(real *x, int keys) {
  real *row = x + (u64)blockIdx.x * keys;
  float top = -INFINITY_FLOAT;
  for (int i = threadIdx.x; i < keys; i += blockDim.x) top = fmaxf(top, widen(row[i]));
  top = block_max(top);
  float sum = 0.0f;
  for (int i = threadIdx.x; i < keys; i += blockDim.x) sum += __expf(widen(row[i]) - top);
  sum = block_sum(sum);
  for (int i = threadIdx.x; i < keys; i += blockDim.x) {
    row[i] = narrow(__expf(widen(row[i]) - top) / sum);
  }
}

/// The definition of attention for any shape; a block a query and head. Rows of queries, and of keys
/// and values, are so many values apart. Shared memory: S floats.
KERNEL void attend_plainly(
    const real *q, const real *k, const real *v, real *y, int keys, int q_stride, int kv_stride,
    int channels, int width, float scale, int causal) {
  int row = blockIdx.x, column = blockIdx.y * width;
  int seen = causal && row + 1 < keys ? row + 1 : keys;
  const real *query = q + (u64)row * q_stride + column;
  float top = -INFINITY_FLOAT;
  for (int s = threadIdx.x; s < seen; s += blockDim.x) {
    const real *key = k + (u64)s * kv_stride + column;
    float score = 0.0f;
    for (int c = 0; c < width; c++) score += widen(query[c]) * widen(key[c]);
    score *= scale;
    shared[s] = score;
    top = fmaxf(top, score);
  }
  top = block_max(top);
  float sum = 0.0f;
  for (int s = threadIdx.x; s < seen; s += blockDim.x) {
    float weight = __expf(shared[s] - top);
    shared[s] = weight;
    sum += weight;
  }
  // Its barriers also make all weights visible.
  sum = block_sum(sum);
  for (int c = threadIdx.x; c < width; c += blockDim.x) {
    float result = 0.0f;
    for (int s = 0; s < seen; s++) result += shared[s] * widen(v[(u64)s * kv_stride + column + c]);
    y[(u64)row * channels + column + c] = narrow(result / sum);
  }
}

#if FABULA_TYPE != 0

__device__ __forceinline__ u32 pair(float low, float high) {
  return (u32)narrow(low) | (u32)narrow(high) << 16;
}

/// Flash attention (Dao et al., arXiv:2205.14135): softmax(q·kᵀ·scale)·v without the scores ever
/// being whole. A block takes 64 queries of a head, 16 a warp, and passes over keys 64 at a time.
template <int D>
__device__ __forceinline__ void attend(
    const real *q, const real *k, const real *v, real *y, int queries, int keys, int q_stride,
    int kv_stride, int channels, float scale, int causal) {
  // Rows are padded by 16 bytes, so that the eight rows that a warp reads at once lie in different
  // banks.
  const int TILE = 64, ROW = D + 8;
  __shared__ __align__(16) real key_tile[TILE * ROW];
  __shared__ __align__(16) real value_tile[TILE * ROW];
  int warp = threadIdx.x / 32, lane = threadIdx.x % 32, g = lane / 4, t = lane % 4;
  int column = blockIdx.y * D;
  int first = blockIdx.x * 64 + warp * 16;
  int row0 = first + g, row1 = first + g + 8;

  u32 query[D / 16][4];
#pragma unroll
  for (int i = 0; i < D / 16; i++) {
#pragma unroll
    for (int r = 0; r < 4; r++) {
      int row = r % 2 == 0 ? row0 : row1;
      int c = column + i * 16 + t * 2 + (r < 2 ? 0 : 8);
      query[i][r] = row < queries ? *(const u32 *)(q + (u64)row * q_stride + c) : 0u;
    }
  }

  float result[D / 8][4];
#pragma unroll
  for (int i = 0; i < D / 8; i++) {
#pragma unroll
    for (int r = 0; r < 4; r++) result[i][r] = 0.0f;
  }
  float top[2] = {-INFINITY_FLOAT, -INFINITY_FLOAT}, sum[2] = {0.0f, 0.0f};

  // A block whose queries are all before a tile's keys needs the tile no more.
  int seen = causal && (int)(blockIdx.x + 1) * 64 < keys ? (int)(blockIdx.x + 1) * 64 : keys;
  for (int start = 0; start < seen; start += TILE) {
    __syncthreads();
    for (int i = threadIdx.x; i < TILE * (D / 8); i += blockDim.x) {
      int row = i / (D / 8), c = i % (D / 8) * 8;
      uint4 a = {0u, 0u, 0u, 0u}, b = {0u, 0u, 0u, 0u};
      if (start + row < keys) {
        u64 from = (u64)(start + row) * kv_stride + column + c;
        a = *(const uint4 *)(k + from);
        b = *(const uint4 *)(v + from);
      }
      *(uint4 *)(key_tile + row * ROW + c) = a;
      *(uint4 *)(value_tile + row * ROW + c) = b;
    }
    __syncthreads();

    float score[TILE / 8][4];
#pragma unroll
    for (int n = 0; n < TILE / 8; n++) {
#pragma unroll
      for (int r = 0; r < 4; r++) score[n][r] = 0.0f;
#pragma unroll
      for (int i = 0; i < D / 16; i++) {
        const real *from = key_tile + (n * 8 + g) * ROW + i * 16 + t * 2;
        multiply_add(score[n], query[i], *(const u32 *)from, *(const u32 *)(from + 8));
      }
    }

    float new_top[2] = {top[0], top[1]};
#pragma unroll
    for (int n = 0; n < TILE / 8; n++) {
#pragma unroll
      for (int r = 0; r < 4; r++) {
        int key = start + n * 8 + t * 2 + r % 2, row = r < 2 ? row0 : row1;
        bool is_seen = key < keys && (!causal || key <= row);
        score[n][r] = is_seen ? score[n][r] * scale : -INFINITY_FLOAT;
        new_top[r / 2] = fmaxf(new_top[r / 2], score[n][r]);
      }
    }
#pragma unroll
    for (int r = 0; r < 2; r++) {
      // The four lanes of a row.
      new_top[r] = fmaxf(new_top[r], __shfl_xor_sync(0xffffffffu, new_top[r], 1));
      new_top[r] = fmaxf(new_top[r], __shfl_xor_sync(0xffffffffu, new_top[r], 2));
      // A row that has seen nothing yet, which only rows past the end have, must not become NaN.
      float safe = new_top[r] == -INFINITY_FLOAT ? 0.0f : new_top[r];
      float shrink = __expf(top[r] - safe);
      top[r] = safe;
      sum[r] *= shrink;
#pragma unroll
      for (int i = 0; i < D / 8; i++) {
        result[i][2 * r] *= shrink;
        result[i][2 * r + 1] *= shrink;
      }
    }
#pragma unroll
    for (int n = 0; n < TILE / 8; n++) {
#pragma unroll
      for (int r = 0; r < 4; r++) {
        score[n][r] = __expf(score[n][r] - top[r / 2]);
        sum[r / 2] += score[n][r];
      }
    }

#pragma unroll
    for (int j = 0; j < TILE / 16; j++) {
      // Two neighbouring score tiles are the left operand of the second product as they lie.
      u32 weight[4] = {
        pair(score[2 * j][0], score[2 * j][1]), pair(score[2 * j][2], score[2 * j][3]),
        pair(score[2 * j + 1][0], score[2 * j + 1][1]),
        pair(score[2 * j + 1][2], score[2 * j + 1][3])};
#pragma unroll
      for (int i = 0; i < D / 8; i++) {
        const real *from = value_tile + (j * 16 + t * 2) * ROW + i * 8 + g;
        u32 b0 = (u32)from[0] | (u32)from[ROW] << 16;
        u32 b1 = (u32)from[8 * ROW] | (u32)from[9 * ROW] << 16;
        multiply_add(result[i], weight, b0, b1);
      }
    }
  }

#pragma unroll
  for (int r = 0; r < 2; r++) {
    sum[r] += __shfl_xor_sync(0xffffffffu, sum[r], 1);
    sum[r] += __shfl_xor_sync(0xffffffffu, sum[r], 2);
    int row = r == 0 ? row0 : row1;
    if (row >= queries) continue;
#pragma unroll
    for (int i = 0; i < D / 8; i++) {
      *(u32 *)(y + (u64)row * channels + column + i * 8 + t * 2) =
          pair(result[i][2 * r] / sum[r], result[i][2 * r + 1] / sum[r]);
    }
  }
}

#define ATTENTION(D)                                                                        \
  KERNEL void __launch_bounds__(128) attend##D(                              \
      const real *q, const real *k, const real *v, real *y, int queries, int keys,          \
      int q_stride, int kv_stride, int channels, float scale, int causal) {                 \
    attend<D>(q, k, v, y, queries, keys, q_stride, kv_stride, channels, scale, causal);     \
  }
ATTENTION(16)
ATTENTION(32)
ATTENTION(64)
ATTENTION(128)

#endif
