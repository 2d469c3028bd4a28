#define FABULA_TYPE 0
#define TABLE float32_kernels
#include "KernelTable.h"
