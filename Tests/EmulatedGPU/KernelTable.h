// The kernels of kernels.cu for values of FABULA_TYPE, as the table TABLE. Included once a type.

#include "Kernel.h"
#include "Machine.h"

namespace {

#if FABULA_TYPE != 0
void multiply_add(float (&d)[4], const unsigned (&a)[4], unsigned b0, unsigned b1) {
  multiply_on_matrix_unit(d, a, b0, b1, FABULA_TYPE == 1 ? from_half : from_bfloat16);
}
#endif

#include "../../Sources/CDeviceCode/kernels.cu"

}  // namespace

#define ALONE(NAME) kernel(#NAME, false, NAME)
#define TOGETHER(NAME) kernel(#NAME, true, NAME)

const Kernels TABLE = {
    ALONE(combine8), ALONE(combine1), ALONE(affine), ALONE(gated_gelu8), ALONE(gated_gelu1),
    ALONE(narrow_floats), ALONE(widen_reals), ALONE(convert_weight), ALONE(pick_rows),
    ALONE(upsample8), ALONE(upsample1), ALONE(concatenate8), ALONE(concatenate1), ALONE(sinusoid),
    ALONE(group_norm_apply8), ALONE(group_norm_apply1), ALONE(convolve_directly),
    TOGETHER(layer_norm8), TOGETHER(layer_norm1), TOGETHER(group_norm_sums8),
    TOGETHER(group_norm_sums1), TOGETHER(group_norm_factors), TOGETHER(convolve_to_few),
    TOGETHER(softmax_rows), TOGETHER(attend_plainly),
#if FABULA_TYPE != 0
    TOGETHER(attend16), TOGETHER(attend32), TOGETHER(attend64), TOGETHER(attend128),
#endif
};
