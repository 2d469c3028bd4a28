#include <cstring>
#include <map>
#include <memory>
#include <vector>

#include "Device.h"
#include "Functions.h"
#include "Numbers.h"

// cuDNN's graph interface: descriptors with attributes, and plans of a convolution and its sums.

namespace {

constexpr int bad_parameter = 2000;  // CUDNN_STATUS_BAD_PARAM
constexpr int execution_failed = 5000;

/// Kinds of descriptors.
enum { engine_configuration = 3, convolution_forward = 10, pointwise_operation = 13 };

/// Names of attributes, as in the backend's CUDNN.swift.
enum {
  convolution_strides = 103,
  convolution_post_paddings = 104,
  convolution_pre_paddings = 105,
  heuristics_graph = 201,
  heuristics_results = 202,
  configuration_engine = 300,
  plan_configuration = 401,
  plan_workspace_bytes = 402,
  forward_convolution = 702,
  forward_weight = 703,
  forward_source = 704,
  forward_result = 705,
  operation_source = 751,
  operation_other = 752,
  operation_result = 753,
  graph_operations = 801,
  tensor_type = 901,
  tensor_dimensions = 902,
  tensor_strides = 903,
  tensor_identifier = 906,
  tensor_is_virtual = 907,
  pack_identifiers = 1000,
  pack_pointers = 1001,
  engine_notes = 1303,
};

/// An object of the interface. It lives as long as its handle or an object that it is a part of.
struct Descriptor {
  explicit Descriptor(int kind) : kind(kind) {}

  const int kind;
  bool is_finalized = false;
  std::map<int, std::vector<char>> attributes;
  std::map<int, std::vector<std::shared_ptr<Descriptor>>> parts;
  /// What a configuration is for; the library fills it in.
  std::shared_ptr<Descriptor> graph;

  bool has(int attribute) const { return attributes.count(attribute) > 0; }

  template <class T> std::vector<T> values(int attribute) const {
    std::vector<T> values;
    auto found = attributes.find(attribute);
    if (found == attributes.end()) return values;
    values.resize(found->second.size() / sizeof(T));
    memcpy(values.data(), found->second.data(), values.size() * sizeof(T));
    return values;
  }

  const Descriptor &part(int attribute) const { return *parts.at(attribute).at(0); }
};

using Handle = std::shared_ptr<Descriptor> *;

char library;

// MARK: Running a graph

/// A tensor [1, C, H, W] in the device's memory, or one between two operations.
struct Tensor {
  std::vector<int64_t> size, stride;
  Type type;
  int64_t identifier;
  bool is_virtual;

  explicit Tensor(const Descriptor &descriptor)
      : size(descriptor.values<int64_t>(tensor_dimensions)),
        stride(descriptor.values<int64_t>(tensor_strides)),
        identifier(descriptor.values<int64_t>(tensor_identifier).at(0)),
        is_virtual(descriptor.has(tensor_is_virtual)) {
    switch (descriptor.values<int>(tensor_type).at(0)) {
      case 2: type = Type::float16; break;
      case 9: type = Type::bfloat16; break;
      default: type = Type::float32;
    }
  }

  size_t count() const { return size[0] * size[1] * size[2] * size[3]; }
  /// Where an element of the first picture lies; sides of one element are for all.
  size_t at(int64_t c, int64_t y, int64_t x) const {
    return c * stride[1] + (size[2] > 1 ? y * stride[2] : 0) + (size[3] > 1 ? x * stride[3] : 0);
  }
};

/// The numbers of the tensors that a graph computes with.
class Memory {
 public:
  explicit Memory(std::map<int64_t, uint64_t> addresses) : addresses(std::move(addresses)) {}

  std::vector<float> load(const Tensor &tensor) const {
    if (tensor.is_virtual) return between.at(tensor.identifier);
    std::vector<float> values(tensor.count());
    uint64_t address = addresses.at(tensor.identifier);
    for (size_t i = 0; i < values.size(); i++) values[i] = load_number(tensor.type, address, i);
    return values;
  }

  void store(const Tensor &tensor, const std::vector<float> &values) {
    if (tensor.is_virtual) {
      between[tensor.identifier] = values;
      return;
    }
    uint64_t address = addresses.at(tensor.identifier);
    for (size_t i = 0; i < values.size(); i++) store_number(tensor.type, address, i, values[i]);
  }

 private:
  std::map<int64_t, uint64_t> addresses;
  std::map<int64_t, std::vector<float>> between;
};

void convolve(const Descriptor &operation, Memory &memory) {
  Tensor source(operation.part(forward_source)), weight(operation.part(forward_weight));
  Tensor result(operation.part(forward_result));
  const Descriptor &how = operation.part(forward_convolution);
  int64_t stride = how.values<int64_t>(convolution_strides).at(0);
  int64_t padding = how.values<int64_t>(convolution_pre_paddings).at(0);
  std::vector<float> x = memory.load(source), w = memory.load(weight), y(result.count());
  for (int64_t row = 0; row < result.size[2]; row++) {
    for (int64_t column = 0; column < result.size[3]; column++) {
      for (int64_t o = 0; o < result.size[1]; o++) {
        float sum = 0;
        for (int64_t ky = 0; ky < weight.size[2]; ky++) {
          for (int64_t kx = 0; kx < weight.size[3]; kx++) {
            int64_t sy = row * stride + ky - padding, sx = column * stride + kx - padding;
            if (sy < 0 || sx < 0 || sy >= source.size[2] || sx >= source.size[3]) continue;
            const float *pixel = &x[source.at(0, sy, sx)];
            const float *tap = &w[o * weight.stride[0] + weight.at(0, ky, kx)];
            for (int64_t c = 0; c < source.size[1]; c++) {
              sum += pixel[c * source.stride[1]] * tap[c * weight.stride[1]];
            }
          }
        }
        y[result.at(o, row, column)] = sum;
      }
    }
  }
  memory.store(result, y);
}

void add(const Descriptor &operation, Memory &memory) {
  Tensor source(operation.part(operation_source)), other(operation.part(operation_other));
  Tensor result(operation.part(operation_result));
  std::vector<float> x = memory.load(source), z = memory.load(other), y(result.count());
  for (int64_t row = 0; row < result.size[2]; row++) {
    for (int64_t column = 0; column < result.size[3]; column++) {
      for (int64_t o = 0; o < result.size[1]; o++) {
        y[result.at(o, row, column)] = x[source.at(o, row, column)] + z[other.at(o, row, column)];
      }
    }
  }
  memory.store(result, y);
}

// MARK: The interface

int create(void **handle) {
  *handle = &library;
  return status_of("cudnnCreate");
}

int destroy(void *) { return 0; }

int set_stream(void *, void *) { return status_of("cudnnSetStream"); }

const char *error_string(int status) {
  return status == bad_parameter ? "CUDNN_STATUS_BAD_PARAM" : "CUDNN_STATUS_EXECUTION_FAILED";
}

void last_error(char *message, size_t size) { strncpy(message, "emulated", size); }

int create_descriptor(int kind, Handle *handle) {
  *handle = new std::shared_ptr<Descriptor>(new Descriptor(kind));
  return status_of("cudnnBackendCreateDescriptor");
}

int destroy_descriptor(Handle handle) {
  delete handle;
  return 0;
}

int finalize(Handle handle) {
  int status = status_of("cudnnBackendFinalize");
  if (status) return status;
  Descriptor &descriptor = **handle;
  if (descriptor.values<int64_t>(convolution_pre_paddings)
      != descriptor.values<int64_t>(convolution_post_paddings)) {
    return bad_parameter;
  }
  descriptor.is_finalized = true;
  return 0;
}

/// Bytes of a value of `cudnnBackendAttributeType_t`.
size_t size_of(int type) {
  switch (type) {
    case 2: return 1;                                         // boolean
    case 1: case 4: case 7: case 8: case 11: case 14: return 4;  // enumerations, float
    default: return 8;
  }
}

int set_attribute(Handle handle, int attribute, int type, int64_t count, const void *values) {
  constexpr int descriptors = 15;
  Descriptor &descriptor = **handle;
  if (descriptor.is_finalized) return bad_parameter;
  if (type != descriptors) {
    const char *bytes = (const char *)values;
    descriptor.attributes[attribute].assign(bytes, bytes + count * size_of(type));
    return 0;
  }
  for (int64_t i = 0; i < count; i++) {
    const auto &part = *((const Handle *)values)[i];
    // Configurations come finalized out of the heuristics.
    if (!part->is_finalized && part->kind != engine_configuration) return bad_parameter;
    descriptor.parts[attribute].push_back(part);
  }
  return 0;
}

int get_attribute(
    Handle handle, int attribute, int, int64_t capacity, int64_t *count, void *values) {
  switch (attribute) {
    case heuristics_results:
      if (capacity < 1) return bad_parameter;
      (*((Handle *)values)[0])->graph = (*handle)->parts.at(heuristics_graph).at(0);
      *count = 1;
      return 0;
    case plan_workspace_bytes:
      *(int64_t *)values = 1024;
      *count = 1;
      return 0;
    case configuration_engine: *count = 1; return 0;
    case engine_notes: *count = 0; return 0;
    default: return bad_parameter;
  }
}

int execute(void *, Handle plan, Handle pack) {
  int status = status_of("cudnnBackendExecute");
  if (status) return status;
  auto graph = (*plan)->part(plan_configuration).graph;
  auto identifiers = (*pack)->values<int64_t>(pack_identifiers);
  auto pointers = (*pack)->values<uint64_t>(pack_pointers);
  if (!graph || identifiers.size() != pointers.size()) return bad_parameter;
  std::map<int64_t, uint64_t> addresses;
  for (size_t i = 0; i < identifiers.size(); i++) addresses[identifiers[i]] = pointers[i];
  status = device().submit([=] {
    Memory memory(addresses);
    for (const auto &operation : graph->parts.at(graph_operations)) {
      if (operation->kind == convolution_forward) convolve(*operation, memory);
      else if (operation->kind == pointwise_operation) add(*operation, memory);
      else return false;
    }
    return true;
  });
  return status ? execution_failed : 0;
}

}  // namespace

const Functions &convolution_functions() {
  static const Functions functions = {
      {"cudnnCreate", (void *)create},
      {"cudnnDestroy", (void *)destroy},
      {"cudnnSetStream", (void *)set_stream},
      {"cudnnGetErrorString", (void *)error_string},
      {"cudnnGetLastErrorString", (void *)last_error},
      {"cudnnBackendCreateDescriptor", (void *)create_descriptor},
      {"cudnnBackendDestroyDescriptor", (void *)destroy_descriptor},
      {"cudnnBackendFinalize", (void *)finalize},
      {"cudnnBackendSetAttribute", (void *)set_attribute},
      {"cudnnBackendGetAttribute", (void *)get_attribute},
      {"cudnnBackendExecute", (void *)execute},
  };
  return functions;
}
