#pragma once
#include <oneapi/dnnl/dnnl.h>

// Cast macros that Swift cannot import.
static inline void *fabula_dnnl_memory_none(void) { return DNNL_MEMORY_NONE; }
static inline void *fabula_dnnl_memory_allocate(void) { return DNNL_MEMORY_ALLOCATE; }
