#include "Device.h"

#include <cstdlib>
#include <cstring>

#include "EmulatedGPU.h"

Device &device() {
  static thread_local Device device;
  return device;
}

int status_of(const char *call) {
  auto found = device().failing.find(call);
  return found != device().failing.end() ? found->second : device().problem;
}

int Device::submit(Work work) {
  if (!captured) return run(work);
  captured->push_back(std::move(work));
  return success;
}

int Device::run(const Work &work) {
  if (problem == success && !work()) problem = launch_failed;
  return problem;
}

int Device::allocate(uint64_t *address, size_t bytes) {
  if (bytes > free_bytes) return out_of_memory;
  constexpr size_t alignment = 256;
  void *memory = aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
  if (!memory) return out_of_memory;
  // All bits set is not a number in any type: what is read before it is written shows. The
  // libraries' scratch, which is large, nothing reads.
  constexpr size_t scratch_bytes = 128 << 20;
  if (bytes < scratch_bytes) memset(memory, 0xff, bytes);
  *address = (uint64_t)memory;
  allocations[*address] = bytes;
  free_bytes -= bytes;
  return success;
}

int Device::release(uint64_t address) {
  auto found = allocations.find(address);
  if (found == allocations.end()) return invalid_value;
  free_bytes += found->second;
  allocations.erase(found);
  free((void *)address);
  return success;
}

void emulated_gpu_reset(size_t free_bytes) {
  for (auto &allocation : device().allocations) free((void *)allocation.first);
  device() = Device();
  device().free_bytes = free_bytes;
}

void emulated_gpu_fail(const char *call, int status) { device().failing[call] = status; }

size_t emulated_gpu_used_bytes(void) {
  size_t bytes = 0;
  for (auto &allocation : device().allocations) bytes += allocation.second;
  return bytes;
}
