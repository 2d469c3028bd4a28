/// Chooses how a convolution of one shape is computed on a GPU.
struct CUDAConvolution {
  typealias Address = CUDADriver.Address

  struct Addresses {
    var source, weight, result: Address
    /// [O], added to each pixel.
    var bias: Address?
    /// [H, W, O].
    var addend: Address?
  }

  let shape: ConvolutionPlan.Shape
  let device: CUDADevice

  /// Steps that leave source * weight + bias + addend in the result.
  func prepare(_ at: Addresses) throws(BackendError) -> [CUDAProgram.Step] {
    if shape.result[2] < 8 || shape.source[2] < 8 { return try prepareDirectly(at) }
    let (fused, fusedTime) = try choose(wanted(at), at)
    if let fused, !shape.isSplitCheaper(fusedTime) { return [try prepare(fused, at)] }
    let (plain, plainTime) = try choose(plainShape, at)
    if let fused, fusedTime <= plainTime + combineTime(at) { return [try prepare(fused, at)] }
    guard let plain else {
      device.trace?("convolution \(shape): cuDNN has no plan, computed by the definition")
      return try prepareDirectly(at)
    }
    return [try prepare(plain, at)] + (try combine(at, bias: at.bias))
  }

  private func wanted(_ at: Addresses) -> ConvolutionPlan.Shape {
    var wanted = shape
    wanted.addsBias = at.bias != nil
    wanted.addsPicture = at.addend != nil
    return wanted
  }

  private var plainShape: ConvolutionPlan.Shape {
    var plain = shape
    plain.addsBias = false
    plain.addsPicture = false
    return plain
  }

  /// Milliseconds of a pass over the result, at two thirds of an H100's bandwidth.
  private func combineTime(_ at: Addresses) -> Double {
    let passes = 2.0 + (at.addend == nil ? 0 : 1)
    return Double(shape.result.elementCount * shape.precision.deviceSize) * passes / 2e9 + 0.002
  }

  private func prepare(
    _ plan: ConvolutionPlan, _ at: Addresses
  ) throws(BackendError) -> CUDAProgram.Step {
    try plan.prepare(
      device.convolutions,
      .init(
        source: at.source, weight: at.weight, result: at.result, workspace: device.workspace(),
        bias: at.bias, picture: at.addend))
  }

  /// The fastest of a few plans, with its milliseconds.
  private func choose(
    _ shape: ConvolutionPlan.Shape, _ at: Addresses
  ) throws(BackendError) -> (ConvolutionPlan?, Double) {
    if let known = device.knownConvolutions[shape] { return (known.plan, known.time) }
    let clock = ContinuousClock.now
    var best: (ConvolutionPlan?, Double) = (nil, .infinity)
    do throws(BackendError) {
      let plans = try ConvolutionPlan.candidates(
        shape, device.convolutions, count: 3, trace: device.trace)
      for plan in plans {
        do throws(BackendError) {
          let run = try prepare(plan, at)
          try run()
          let time = try device.time(repeats: 3, batch: 3, run)
          if time < best.1 { best = (plan, time) }
        } catch {
          device.trace?("run \(shape): \(error)")
        }
      }
    } catch {
      device.trace?("graph \(shape): \(error)")
    }
    let seconds = (ContinuousClock.now - clock) / .seconds(1)
    device.trace?("chose \(shape): \(best.1) ms, found in \(seconds) s")
    device.knownConvolutions[shape] = .init(plan: best.0, time: best.1)
    return best
  }

  private func combine(
    _ at: Addresses, bias: Address?
  ) throws(BackendError) -> [CUDAProgram.Step] {
    guard bias != nil || at.addend != nil else { return [] }
    return [
      try Elementwise.combine(
        at.result, bias: bias, addend: at.addend, to: at.result, shape: shape.result,
        .identity, device
      ).prepare(device, shape.precision)
    ]
  }

  /// By our own kernels, which compute the definition.
  private func prepareDirectly(_ at: Addresses) throws(BackendError) -> [CUDAProgram.Step] {
    let isToFew = shape.result[2] <= 4 && shape.source[2].isMultiple(of: 8)
    let count = isToFew ? shape.result.rowCount : shape.result.elementCount
    let launch = Launch.over(
      isToFew ? count * 32 : count, isToFew ? "convolve_to_few" : "convolve_directly", device,
      [
        .address(at.source), .address(at.weight), .address(at.bias ?? 0), .address(at.result),
        .long(count), .int(shape.source[0]), .int(shape.source[1]), .int(shape.source[2]),
        .int(shape.result[2]), .int(shape.kernel), .int(shape.stride), .int(shape.padding),
        .int(shape.result[1]),
      ])
    return [try launch.prepare(device, shape.precision)] + (try combine(at, bias: nil))
  }
}

/// What was chosen for a shape.
struct KnownConvolution {
  var plan: ConvolutionPlan?
  var time: Double
}

extension ConvolutionPlan.Shape {
  /// Whether a pass of its own for the sums could pay: the fused plan is far from the card's speed.
  fileprivate func isSplitCheaper(_ fusedTime: Double) -> Bool {
    let operations = 2.0 * Double(result.elementCount * source[2] * kernel * kernel)
    // Billions of operations in a millisecond are teraflops.
    return fusedTime > 0.02 && operations / fusedTime / 1e9 < 450
  }
}
