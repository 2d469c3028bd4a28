#include "CKernels.h"

#include <stdint.h>
#include <string.h>

// One body a function; the loader picks the widest clone the processor runs. The loops are plain
// integer and float arithmetic, so that each clone is vectorised and the default runs anywhere.
#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

static inline uint16_t load16(const uint8_t *p) {
  uint16_t h;
  memcpy(&h, p, sizeof h);  // safetensors does not promise alignment
  return h;
}

static inline float from_bits(uint32_t bits) {
  float f;
  memcpy(&f, &bits, sizeof f);
  return f;
}

static inline uint32_t to_bits(float f) {
  uint32_t bits;
  memcpy(&bits, &f, sizeof bits);
  return bits;
}

CLONES void fabula_widen_f16(const void *source, float *destination, size_t count) {
  const uint8_t *p = source;
  for (size_t i = 0; i < count; i++) {
    uint32_t h = load16(p + 2 * i);
    uint32_t sign = (h & 0x8000u) << 16;
    uint32_t magnitude = h & 0x7FFFu;
    // Normal numbers: move exponent and mantissa into place, then correct the exponent's bias
    // (15 → 127) by multiplying. Infinity and NaN need the largest exponent, hence the two steps.
    float normal = from_bits((magnitude << 13) + (0xE0u << 23)) * 0x1.0p-112f;
    // Subnormal numbers and zero: the mantissa placed in 0.5 ..< 1, less 0.5.
    float subnormal = from_bits(magnitude | (126u << 23)) - 0.5f;
    uint32_t bits = magnitude < 0x0400u ? to_bits(subnormal) : to_bits(normal);
    destination[i] = from_bits(bits | sign);
  }
}

CLONES void fabula_widen_bf16(const void *source, float *destination, size_t count) {
  const uint8_t *p = source;
  for (size_t i = 0; i < count; i++) {
    destination[i] = from_bits((uint32_t)load16(p + 2 * i) << 16);
  }
}
