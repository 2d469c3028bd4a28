#include "Functions.h"

#include "EmulatedGPU.h"

void *emulated_gpu_function(const char *name) {
  for (const Functions *functions :
       {&driver_functions(), &compiler_functions(), &product_functions(),
        &convolution_functions()}) {
    auto found = functions->find(name);
    if (found != functions->end()) return found->second;
  }
  return nullptr;
}
