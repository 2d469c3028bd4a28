#pragma once
#include <stddef.h>

// Widens `count` IEEE half-precision numbers at `source` (any alignment) to floats, exactly.
void fabula_widen_f16(const void *source, float *destination, size_t count);

// Widens `count` bfloat16 numbers at `source` (any alignment) to floats, exactly.
void fabula_widen_bf16(const void *source, float *destination, size_t count);
