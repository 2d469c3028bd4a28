#pragma once
#include <stddef.h>

/// The source of the CUDA kernels, which NVRTC compiles at run time; ends in a zero byte.
const char *fabula_device_source(void);
