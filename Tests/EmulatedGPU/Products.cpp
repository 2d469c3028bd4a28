#include <cstring>
#include <vector>

#include "Device.h"
#include "Functions.h"
#include "Numbers.h"

// cuBLASLt: products of column-major matrices by the definition.

namespace {

constexpr int invalid = 7;  // CUBLAS_STATUS_INVALID_VALUE
constexpr int not_supported = 15;

/// How a product is taken.
struct Description {
  bool is_a_transposed = false;
  bool adds_bias = false;
  uint64_t bias = 0;
};

struct Layout {
  Type type;
  uint64_t rows, columns;
  int64_t stride;

  size_t count() const { return columns * stride; }
};

char library, preference;

int create(void **handle) {
  *handle = &library;
  return status_of("cublasLtCreate");
}

int destroy(void *) { return 0; }

const char *status_name(int status) {
  return status == not_supported ? "CUBLAS_STATUS_NOT_SUPPORTED" : "CUBLAS_STATUS_INVALID_VALUE";
}

int description_create(Description **description, int compute, int scale) {
  // Sums and factors in float32.
  if (compute != 68 || scale != 0) return invalid;
  *description = new Description;
  return 0;
}

int description_destroy(Description *description) {
  delete description;
  return 0;
}

int description_set(Description *description, int attribute, const void *value, size_t size) {
  if (attribute == 3 && size == 4) {
    description->is_a_transposed = *(const int *)value == 1;
  } else if (attribute == 7 && size == 4) {
    description->adds_bias = *(const unsigned *)value == 4;
  } else if (attribute == 8 && size == 8) {
    description->bias = *(const uint64_t *)value;
  } else {
    return invalid;
  }
  return 0;
}

int layout_create(Layout **layout, int type, uint64_t rows, uint64_t columns, int64_t stride) {
  if (stride < (int64_t)rows) return invalid;
  switch (type) {
    case 0: *layout = new Layout{Type::float32, rows, columns, stride}; return 0;
    case 2: *layout = new Layout{Type::float16, rows, columns, stride}; return 0;
    case 14: *layout = new Layout{Type::bfloat16, rows, columns, stride}; return 0;
    default: return invalid;
  }
}

int layout_destroy(Layout *layout) {
  delete layout;
  return 0;
}

int preference_create(void **result) {
  *result = &preference;
  return 0;
}

int preference_destroy(void *) { return 0; }

int preference_set(void *, int attribute, const void *, size_t size) {
  return attribute == 1 && size == 8 ? 0 : invalid;
}

/// One algorithm, and one that the library says it cannot run.
int choose(
    void *, Description *, Layout *, Layout *, Layout *, Layout *, void *, int count,
    unsigned char *results, int *found) {
  constexpr size_t result_bytes = 96, status_at = 72;
  memset(results, 0, result_bytes * count);
  *found = count < 2 ? count : 2;
  if (*found == 2) memcpy(results + result_bytes + status_at, &not_supported, 4);
  return status_of("cublasLtMatmulAlgoGetHeuristic");
}

std::vector<float> values(const Layout &layout, uint64_t address) {
  std::vector<float> values(layout.count());
  for (size_t i = 0; i < values.size(); i++) values[i] = load_number(layout.type, address, i);
  return values;
}

/// D = alpha · A·B + beta · C + bias.
int multiply(
    void *, const Description *description, const float *alpha, uint64_t a, const Layout *a_layout,
    uint64_t b, const Layout *b_layout, const float *beta, uint64_t c, const Layout *,
    uint64_t d, const Layout *d_layout, const void *, uint64_t, size_t, void *) {
  int status = status_of("cublasLtMatmul");
  if (status) return status;
  // Copies, since the work may be done when these are gone.
  Description how = *description;
  Layout left = *a_layout, right = *b_layout, result = *d_layout;
  float factor = *alpha, addend_factor = *beta;
  bool is_transposed = how.is_a_transposed;
  bool do_fit = (is_transposed ? left.columns : left.rows) == result.rows
      && (is_transposed ? left.rows : left.columns) == right.rows
      && right.columns == result.columns;
  if (!do_fit) return invalid;
  return device().submit([=] {
    std::vector<float> x = values(left, a), y = values(right, b);
    size_t row_step = is_transposed ? left.stride : 1, inner_step = is_transposed ? 1 : left.stride;
    for (size_t column = 0; column < result.columns; column++) {
      for (size_t row = 0; row < result.rows; row++) {
        float sum = 0;
        for (size_t k = 0; k < right.rows; k++) {
          sum += x[row * row_step + k * inner_step] * y[k + column * right.stride];
        }
        sum *= factor;
        size_t at = row + column * result.stride;
        if (addend_factor != 0) sum += addend_factor * load_number(result.type, c, at);
        if (how.adds_bias) sum += load_number(result.type, how.bias, row);
        store_number(result.type, d, at, sum);
      }
    }
    return true;
  });
}

}  // namespace

const Functions &product_functions() {
  static const Functions functions = {
      {"cublasLtCreate", (void *)create},
      {"cublasLtDestroy", (void *)destroy},
      {"cublasLtGetStatusName", (void *)status_name},
      {"cublasLtMatmulDescCreate", (void *)description_create},
      {"cublasLtMatmulDescDestroy", (void *)description_destroy},
      {"cublasLtMatmulDescSetAttribute", (void *)description_set},
      {"cublasLtMatrixLayoutCreate", (void *)layout_create},
      {"cublasLtMatrixLayoutDestroy", (void *)layout_destroy},
      {"cublasLtMatmulPreferenceCreate", (void *)preference_create},
      {"cublasLtMatmulPreferenceDestroy", (void *)preference_destroy},
      {"cublasLtMatmulPreferenceSetAttribute", (void *)preference_set},
      {"cublasLtMatmulAlgoGetHeuristic", (void *)choose},
      {"cublasLtMatmul", (void *)multiply},
  };
  return functions;
}
