/// A linear layer on a GPU: with its sums in one product where cuBLASLt can, else one after the other.
struct LinearLayer {
  let shape: MatrixProduct.Shape
  let device: CUDADevice

  /// Steps that leave source · weightᵀ + bias + addend in the result.
  func prepare(_ at: CUDAConvolution.Addresses) throws(BackendError) -> [CUDAProgram.Step] {
    do throws(BackendError) {
      return [try product(shape, at.bias, at.addend, at)]
    } catch {
      device.trace?("linear: \(error)")
    }
    var plain = shape
    plain.hasBias = false
    plain.hasAddend = false
    var steps: [CUDAProgram.Step] = []
    do throws(BackendError) {
      steps.append(try product(plain, nil, nil, at))
    } catch {
      device.trace?("linear, computed by the definition: \(error)")
      steps.append(try definition(at).prepare(device, shape.precision))
    }
    guard at.bias != nil || at.addend != nil else { return steps }
    let sums = Elementwise.combine(
      at.result, bias: at.bias, addend: at.addend, to: at.result,
      shape: [shape.rows, shape.columns], .identity, device)
    return steps + [try sums.prepare(device, shape.precision)]
  }

  private func product(
    _ shape: MatrixProduct.Shape, _ bias: CUDADriver.Address?, _ addend: CUDADriver.Address?,
    _ at: CUDAConvolution.Addresses
  ) throws(BackendError) -> CUDAProgram.Step {
    try MatrixProduct(device, shape, bias: bias).prepare(
      left: at.source, right: at.weight, addend: addend, result: at.result)
  }

  /// A 1×1 convolution of a picture that is one pixel wide.
  private func definition(_ at: CUDAConvolution.Addresses) -> Launch {
    let count = shape.rows * shape.columns
    return Launch.over(
      count, "convolve_directly", device,
      [
        .address(at.source), .address(at.weight), .address(0), .address(at.result), .long(count),
        .int(shape.rows), .int(1), .int(shape.inner), .int(shape.columns), .int(1), .int(1),
        .int(0), .int(1),
      ])
  }
}
