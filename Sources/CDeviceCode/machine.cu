// What the kernels take from the machine itself and not from C++. The tests have the same in C++, to
// run the kernels without a GPU.

/// A function that the host launches by its name.
#define KERNEL extern "C" __global__

/// What a launch asks for of shared memory.
extern __shared__ float shared[];

__device__ __forceinline__ float from_half(unsigned short x) {
  float y;
  asm("cvt.f32.f16 %0, %1;" : "=f"(y) : "h"(x));
  return y;
}

__device__ __forceinline__ unsigned short to_half(float x) {
  unsigned short y;
  asm("cvt.rn.f16.f32 %0, %1;" : "=h"(y) : "f"(x));
  return y;
}

__device__ __forceinline__ float from_bfloat16(unsigned short x) {
  return __uint_as_float((unsigned)x << 16);
}

__device__ __forceinline__ unsigned short to_bfloat16(float x) {
  unsigned short y;
  asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(y) : "f"(x));
  return y;
}

#if FABULA_TYPE != 0

/// d += a · b for a 16×16, b 16×8, on a warp's matrix unit (PTX mma.m16n8k16). With g = lane / 4 and
/// t = lane % 4, two values a register: a holds rows g, g + 8, g, g + 8 at columns 2t, 2t, 2t + 8,
/// 2t + 8; b column g at rows 2t, 2t + 8; d rows g, g, g + 8, g + 8 at columns 2t, 2t + 1, again.
__device__ __forceinline__ void multiply_add(
    float (&d)[4], const unsigned (&a)[4], unsigned b0, unsigned b1) {
#if FABULA_TYPE == 1
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, "
      "{%0,%1,%2,%3};"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
#else
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, "
      "{%8,%9}, {%0,%1,%2,%3};"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
#endif
}

#endif
