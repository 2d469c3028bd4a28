import Turbo

/// Noise that the user gives: the tensor `latents` of a safetensors file.
struct StartNoise {
  private let path: String
  private let shape: [Int]
  private let values: [Float]

  init(path: String) throws {
    self.path = path
    let tensor = try SafeTensors(FileBytes(mapping: path)).tensor("latents")
    shape = tensor.shape
    // Beyond these no engine draws, and numbers of pixels may overflow.
    let extents = 1...Engine.sideRange.upperBound
    guard tensor.dtype == .float32, shape.count == 4, shape.allSatisfy({ extents.contains($0) })
    else {
      throw Failure("\(path): latents is \(tensor.dtype) \(shape): give F32 [B, 4, H/8, W/8]")
    }
    values = tensor.float32()
  }

  /// The size of the pictures that the noise is for, at so many pixels a latent.
  func size(scale: Int) -> PictureSize {
    PictureSize(width: shape[3] * scale, height: shape[2] * scale)
  }

  /// The noise of each picture, where it has the model's shape.
  func noises(for engine: Engine) throws(Failure) -> [[Float]] {
    let expected = [shape[0]] + engine.latentShape
    guard shape == expected else {
      throw Failure("\(path): latents is \(shape), pictures of \(engine.size) take \(expected)")
    }
    let count = values.count / shape[0]
    return (0..<shape[0]).map { Array(values[$0 * count..<($0 + 1) * count]) }
  }
}
