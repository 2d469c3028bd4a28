#pragma once
#include <stddef.h>

// A GPU made of loops, for tests on machines without one: the functions of CUDA's driver, of NVRTC,
// cuBLASLt and cuDNN that the backend calls, and the project's own kernels, compiled as C++.
//
// What it shows: that the kernels compute what they should, with barriers, shuffles and the matrix
// unit's layout as on a GPU, that each call's arguments fit together, and that memory is big enough
// and written before it is read. What it does not show: speed, alignment rules, races that the
// order of its threads hides, and how NVIDIA's libraries behave in truth: these are the project's
// reading of their manuals.
//
// Each thread of the host has a device of its own, so that tests may run beside one another.

#ifdef __cplusplus
extern "C" {
#endif

/// A function of one of the four libraries; null for one that the emulation lacks.
void *emulated_gpu_function(const char *name);

/// Puts the calling thread's device back to its beginning, with so many bytes of free memory.
void emulated_gpu_reset(size_t free_bytes);

/// From now on calls of this name return `status`, as a broken device's or library's would.
void emulated_gpu_fail(const char *call, int status);

/// Bytes that are allocated on the calling thread's device.
size_t emulated_gpu_used_bytes(void);

#ifdef __cplusplus
}
#endif
