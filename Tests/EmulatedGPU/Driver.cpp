#include <cstring>

#include "Device.h"
#include "Functions.h"
#include "Kernel.h"
#include "Machine.h"

// CUDA's driver: the device's memory, streams, captures, modules and launches.

namespace {

using Address = uint64_t;
using Handle = void *;

/// A function of a module: a kernel, and the most shared memory that launches may ask it for.
struct Function {
  const Kernel *kernel;
  int maximum_shared_bytes;
};

/// There is one stream, and moments are not told apart.
char context, stream, event;

// MARK: The device

int initialize(unsigned) { return status_of("cuInit"); }

int error_name(int status, const char **name) {
  switch (status) {
    case out_of_memory: *name = "CUDA_ERROR_OUT_OF_MEMORY"; break;
    case launch_failed: *name = "CUDA_ERROR_LAUNCH_FAILED"; break;
    case invalid_value: *name = "CUDA_ERROR_INVALID_VALUE"; break;
    case not_found: *name = "CUDA_ERROR_NOT_FOUND"; break;
    default: return invalid_value;
  }
  return success;
}

int device_count(int *count) {
  *count = 1;
  return status_of("cuDeviceGetCount");
}

int device_get(int *number, int index) {
  *number = index;
  return index == 0 ? success : invalid_value;
}

int device_name(char *name, int size, int) {
  strncpy(name, "Emulated GPU", size);
  return success;
}

int device_attribute(int *value, int attribute, int) {
  switch (attribute) {
    case 75: *value = 9; return success;  // compute capability
    case 76: *value = 0; return success;
    // Few multiprocessors, so that each gets more than one piece of the tests' small shapes.
    case 16: *value = 4; return success;
    default: return invalid_value;
  }
}

int context_retain(Handle *result, int) {
  *result = &context;
  return status_of("cuDevicePrimaryCtxRetain");
}

int context_set_current(Handle) { return status_of("cuCtxSetCurrent"); }

// MARK: Memory

int memory_info(size_t *free_bytes, size_t *total_bytes) {
  *free_bytes = *total_bytes = device().free_bytes;
  for (auto &allocation : device().allocations) *total_bytes += allocation.second;
  return success;
}

int memory_allocate(Address *address, size_t bytes) {
  int status = status_of("cuMemAlloc");
  return status ? status : device().allocate(address, bytes);
}

int memory_free(Address address) { return device().release(address); }

int host_allocate(void **address, size_t bytes) {
  *address = malloc(bytes);
  return *address ? success : out_of_memory;
}

int host_free(void *address) {
  free(address);
  return success;
}

/// Whether bytes lie within one allocation.
bool is_allocated(Address address, size_t bytes) {
  auto after = device().allocations.upper_bound(address);
  if (after == device().allocations.begin()) return bytes == 0;
  auto allocation = std::prev(after);
  return address + bytes <= allocation->first + allocation->second;
}

int copy_to_device(Address to, const void *from, size_t bytes, Handle) {
  int status = status_of("cuMemcpyHtoDAsync");
  if (status) return status;
  if (!is_allocated(to, bytes)) return invalid_value;
  return device().submit([=] { return memcpy((void *)to, from, bytes), true; });
}

int copy_to_host(void *to, Address from, size_t bytes, Handle) {
  int status = status_of("cuMemcpyDtoHAsync");
  if (status) return status;
  if (!is_allocated(from, bytes)) return invalid_value;
  return device().submit([=] { return memcpy(to, (const void *)from, bytes), true; });
}

int fill(Address address, unsigned char value, size_t bytes, Handle) {
  if (!is_allocated(address, bytes)) return invalid_value;
  return device().submit([=] { return memset((void *)address, value, bytes), true; });
}

// MARK: Kernels

/// The image is the one byte that the emulated compiler makes: a type.
int module_load(Handle *module, const void *image) {
  *module = (Handle)&kernels((Type) * (const char *)image);
  return status_of("cuModuleLoadData");
}

int module_function(Handle *function, Handle module, const char *name) {
  constexpr int shared_bytes_without_asking = 48 << 10;
  for (const Kernel &kernel : *(const Kernels *)module) {
    if (kernel.name != name) continue;
    *function = new Function{&kernel, shared_bytes_without_asking};
    return status_of("cuModuleGetFunction");
  }
  return not_found;
}

int function_set_attribute(Handle function, int attribute, int value) {
  constexpr int maximum_dynamic_shared_bytes = 8;
  if (attribute != maximum_dynamic_shared_bytes || value > (int)shared_bytes) return invalid_value;
  ((Function *)function)->maximum_shared_bytes = value;
  return success;
}

int launch(
    Handle handle, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,
    unsigned block_y, unsigned block_z, unsigned bytes, Handle, void **arguments, void **) {
  int status = status_of("cuLaunchKernel");
  if (status) return status;
  const Function &function = *(const Function *)handle;
  bool is_possible = grid_x > 0 && grid_y > 0 && grid_y <= 65535 && grid_z == 1 && block_x > 0
      && block_y > 0 && block_z == 1 && block_x * block_y <= maximum_block
      && bytes <= (unsigned)function.maximum_shared_bytes;
  if (!is_possible) return invalid_value;
  const Kernel &kernel = *function.kernel;
  auto body = kernel.bind(arguments);
  return device().submit([=, &kernel] {
    memset(shared, 0xff, bytes);
    return run_grid({grid_x, grid_y, 1}, {block_x, block_y, 1}, kernel.do_threads_wait, body);
  });
}

// MARK: Streams and captures

int stream_create(Handle *result, unsigned) {
  *result = &stream;
  return status_of("cuStreamCreate");
}

int stream_destroy(Handle) { return success; }

int stream_synchronize(Handle) { return status_of("cuStreamSynchronize"); }

int stream_begin_capture(Handle, int) {
  device().captured.reset(new std::vector<Work>);
  return status_of("cuStreamBeginCapture");
}

int stream_end_capture(Handle, Handle *graph) {
  *graph = device().captured.release();
  return status_of("cuStreamEndCapture");
}

/// What was captured is launched as it is.
int graph_instantiate(Handle *executable, Handle graph, unsigned long long) {
  *executable = new std::vector<Work>(*(std::vector<Work> *)graph);
  return status_of("cuGraphInstantiate");
}

int graph_destroy(Handle graph) {
  delete (std::vector<Work> *)graph;
  return success;
}

int graph_launch(Handle executable, Handle) {
  int status = status_of("cuGraphLaunch");
  if (status) return status;
  for (auto &work : *(std::vector<Work> *)executable) {
    if (int status = device().run(work)) return status;
  }
  return success;
}

// MARK: Events

int event_create(Handle *result, unsigned) {
  *result = &event;
  return success;
}

int event_destroy(Handle) { return success; }

int event_record(Handle, Handle) { return status_of("cuEventRecord"); }

int event_synchronize(Handle) { return status_of("cuEventSynchronize"); }

/// Everything takes a millisecond.
int event_elapsed(float *milliseconds, Handle, Handle) {
  *milliseconds = 1;
  return success;
}

}  // namespace

const Kernels &kernels(Type type) {
  switch (type) {
    case Type::float32: return float32_kernels;
    case Type::float16: return float16_kernels;
    case Type::bfloat16: return bfloat16_kernels;
  }
}

const Functions &driver_functions() {
  static const Functions functions = {
      {"cuInit", (void *)initialize},
      {"cuGetErrorName", (void *)error_name},
      {"cuDeviceGetCount", (void *)device_count},
      {"cuDeviceGet", (void *)device_get},
      {"cuDeviceGetName", (void *)device_name},
      {"cuDeviceGetAttribute", (void *)device_attribute},
      {"cuDevicePrimaryCtxRetain", (void *)context_retain},
      {"cuCtxSetCurrent", (void *)context_set_current},
      {"cuMemGetInfo_v2", (void *)memory_info},
      {"cuMemAlloc_v2", (void *)memory_allocate},
      {"cuMemFree_v2", (void *)memory_free},
      {"cuMemAllocHost_v2", (void *)host_allocate},
      {"cuMemFreeHost", (void *)host_free},
      {"cuMemcpyHtoDAsync_v2", (void *)copy_to_device},
      {"cuMemcpyDtoHAsync_v2", (void *)copy_to_host},
      {"cuMemsetD8Async", (void *)fill},
      {"cuModuleLoadData", (void *)module_load},
      {"cuModuleGetFunction", (void *)module_function},
      {"cuFuncSetAttribute", (void *)function_set_attribute},
      {"cuLaunchKernel", (void *)launch},
      {"cuStreamCreate", (void *)stream_create},
      {"cuStreamDestroy_v2", (void *)stream_destroy},
      {"cuStreamSynchronize", (void *)stream_synchronize},
      {"cuStreamBeginCapture_v2", (void *)stream_begin_capture},
      {"cuStreamEndCapture", (void *)stream_end_capture},
      {"cuGraphInstantiateWithFlags", (void *)graph_instantiate},
      {"cuGraphDestroy", (void *)graph_destroy},
      {"cuGraphExecDestroy", (void *)graph_destroy},
      {"cuGraphLaunch", (void *)graph_launch},
      {"cuEventCreate", (void *)event_create},
      {"cuEventDestroy_v2", (void *)event_destroy},
      {"cuEventRecord", (void *)event_record},
      {"cuEventSynchronize", (void *)event_synchronize},
      {"cuEventElapsedTime", (void *)event_elapsed},
  };
  return functions;
}
