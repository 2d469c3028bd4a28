#pragma once
#include <cstdint>
#include <cstring>

// Numbers as they lie in the device's memory.

enum class Type { float32, float16, bfloat16 };

inline float from_half(uint16_t x) {
  _Float16 half;
  memcpy(&half, &x, 2);
  return (float)half;
}

inline uint16_t to_half(float x) {
  _Float16 half = (_Float16)x;
  uint16_t bits;
  memcpy(&bits, &half, 2);
  return bits;
}

inline float from_bfloat16(uint16_t x) {
  uint32_t bits = (uint32_t)x << 16;
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

/// Rounds to nearest, ties to even.
inline uint16_t to_bfloat16(float x) {
  if (x != x) return 0x7fff;
  uint32_t bits;
  memcpy(&bits, &x, 4);
  return (uint16_t)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

inline float load_number(Type type, uint64_t address, size_t index) {
  switch (type) {
    case Type::float32: return ((const float *)address)[index];
    case Type::float16: return from_half(((const uint16_t *)address)[index]);
    case Type::bfloat16: return from_bfloat16(((const uint16_t *)address)[index]);
  }
}

inline void store_number(Type type, uint64_t address, size_t index, float value) {
  switch (type) {
    case Type::float32: ((float *)address)[index] = value; break;
    case Type::float16: ((uint16_t *)address)[index] = to_half(value); break;
    case Type::bfloat16: ((uint16_t *)address)[index] = to_bfloat16(value); break;
  }
}
