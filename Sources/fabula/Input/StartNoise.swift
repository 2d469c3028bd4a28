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
    guard tensor.dtype == .float32, shape.count == 4, shape[0] == 1 else {
      throw Failure("\(path): latents is \(tensor.dtype) \(shape): give F32 [1, 4, H/8, W/8]")
    }
    values = tensor.float32()
  }

  /// The size of the picture that the noise is for.
  var size: PictureSize { PictureSize(width: shape[3] * 8, height: shape[2] * 8) }

  /// The noise, where it has the model's shape.
  func noise(for engine: Engine) throws(Failure) -> [Float] {
    let expected = [1] + engine.latentShape
    guard shape == expected else {
      throw Failure("\(path): latents is \(shape), a picture of \(engine.size) takes \(expected)")
    }
    return values
  }
}
