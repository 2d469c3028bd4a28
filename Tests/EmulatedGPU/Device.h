#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

/// Numbers of errors, as in cuda.h.
enum Status {
  success = 0,
  invalid_value = 1,
  out_of_memory = 2,
  not_found = 500,
  launch_failed = 719,
};

/// What the device does in one go; false where it cannot.
using Work = std::function<bool()>;

/// The state of a device. Work is done at once, not later, unless a capture keeps it.
struct Device {
  size_t free_bytes = 1 << 30;
  std::map<uint64_t, size_t> allocations;
  std::map<std::string, int> failing;
  /// The first failure of work, which all later calls report, too.
  int problem = success;
  std::unique_ptr<std::vector<Work>> captured;

  /// Does the work or keeps it.
  int submit(Work work);
  int run(const Work &work);

  int allocate(uint64_t *address, size_t bytes);
  int release(uint64_t address);
};

/// The calling thread's device.
Device &device();

/// What a call has to return before it does anything: the status that a test wants, a problem of
/// the device, or success.
int status_of(const char *call);
