// Winograd's F(4×4, 3×3) for one vector width (Lavin and Gray, Fast Algorithms for Convolutional
// Neural Networks, 2016): a tile of 4×4 results from 6×6 source pixels by 36 products a pair of
// channels instead of 144. The products are those of convolution_kernel.h, included before.

/// Six sums of six, Bᵀ·d.
INLINE void source_sums(const vec *d, size_t step, vec *out) {
  vec a = d[0], b = d[step], c = d[2 * step], e = d[3 * step], f = d[4 * step], g = d[5 * step];
  vec even = f - 4 * c, odd = e - 4 * b, near = f - c, far = 2 * (e - b);
  out[0] = 4 * a - 5 * c + f;
  out[step] = even + odd;
  out[2 * step] = even - odd;
  out[3 * step] = near + far;
  out[4 * step] = near - far;
  out[5 * step] = 4 * b - 5 * e + g;
}

/// Four sums of six, Aᵀ·m.
INLINE void result_sums(const vec *m, size_t step, vec *out, size_t out_step) {
  vec b = m[step], c = m[2 * step], e = m[3 * step], f = m[4 * step];
  vec sum = b + c, difference = b - c, far_sum = e + f, far = e - f;
  out[0] = m[0] + sum + far_sum;
  out[out_step] = difference + 2 * far;
  out[2 * out_step] = sum + 4 * far_sum;
  out[3 * out_step] = difference + 8 * far + m[5 * step];
}

/// Bᵀ·d·B of 6×6 pixels, for every channel.
INLINE void transform_source(const float *x, size_t row, size_t channels, float *to, size_t stride) {
  for (size_t i = 0; i < channels; i += LANES) {
    vec d[36];
#pragma clang loop unroll(full)
    for (int k = 0; k < 36; k++) d[k] = load(x + (size_t)(k / 6) * row + (size_t)(k % 6) * channels + i);
#pragma clang loop unroll(full)
    for (int k = 0; k < 6; k++) source_sums(d + k, 6, d + k);
#pragma clang loop unroll(full)
    for (int k = 0; k < 6; k++) source_sums(d + 6 * k, 1, d + 6 * k);
#pragma clang loop unroll(full)
    for (int k = 0; k < 36; k++) store_some(to + (size_t)k * stride + i, d[k], LANES);
  }
}

/// Aᵀ·m·A, finished and stored for every output channel.
INLINE void transform_result(const winograd_tile *t) {
  for (size_t o = 0; o < t->out_channels; o += LANES) {
    vec m[36], half[24], y[16];
#pragma clang loop unroll(full)
    for (int k = 0; k < 36; k++) m[k] = load(t->m + (size_t)k * t->stride + o);
#pragma clang loop unroll(full)
    for (int k = 0; k < 6; k++) result_sums(m + k, 6, half + k, 6);
#pragma clang loop unroll(full)
    for (int k = 0; k < 4; k++) result_sums(half + 6 * k, 1, y + 4 * k, 1);
    vec start = {0};
    if (t->bias) start += load(t->bias + o);
    if (t->vector) start += load(t->vector + o);
    for (size_t k = 0; k < 16; k++) {
      if (k / 4 >= t->rows || k % 4 >= t->columns) continue;
      size_t at = k / 4 * t->row + k % 4 * t->out_channels + o;
      vec sum = y[k] + start;
      if (t->addend) sum += load(t->addend + at);
      if (t->relu) sum = __builtin_elementwise_max(sum, (vec){0});
      if (t->silu) sum = silu(sum);
      store_some(t->y + at, sum, LANES);
    }
  }
}
