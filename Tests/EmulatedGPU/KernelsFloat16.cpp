#define FABULA_TYPE 1
#define TABLE float16_kernels
#include "KernelTable.h"
