#define _GNU_SOURCE
#include "CFFmpeg.h"
#include <sys/mman.h>

int fabula_memory_file(void) { return memfd_create("fabula", MFD_CLOEXEC); }
