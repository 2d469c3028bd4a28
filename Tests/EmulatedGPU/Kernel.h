#pragma once
#include <functional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "Numbers.h"

/// A kernel that can be launched by its name.
struct Kernel {
  std::string name;
  /// Whether its threads wait for one another.
  bool do_threads_wait;
  /// Copies a launch's arguments, as many and as large as the kernel has, and returns what a thread
  /// runs.
  std::function<std::function<void()>(void **)> bind;
};

using Kernels = std::vector<Kernel>;

/// The kernels for values of a type.
const Kernels &kernels(Type type);
extern const Kernels float32_kernels, float16_kernels, bfloat16_kernels;

template <class... A, size_t... I>
std::function<void()> bound(void (*function)(A...), void **values, std::index_sequence<I...>) {
  std::tuple<A...> arguments{*(A *)values[I]...};
  return [=] { std::apply(function, arguments); };
}

template <class... A>
Kernel kernel(const char *name, bool do_threads_wait, void (*function)(A...)) {
  return {name, do_threads_wait, [=](void **values) {
    return bound(function, values, std::index_sequence_for<A...>());
  }};
}
