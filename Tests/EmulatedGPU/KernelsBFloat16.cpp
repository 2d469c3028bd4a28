#define FABULA_TYPE 2
#define TABLE bfloat16_kernels
#include "KernelTable.h"
