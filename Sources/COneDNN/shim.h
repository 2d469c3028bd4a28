#pragma once
#include <oneapi/dnnl/dnnl.h>

// A cast macro, which Swift cannot import.
static inline void *fabula_dnnl_memory_allocate(void) { return DNNL_MEMORY_ALLOCATE; }
