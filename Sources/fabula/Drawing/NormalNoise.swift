import Travel
import Turbo

/// The standard normal field that a source names.
func normalNoise(_ source: NoiseSource, count: Int) -> [Float] {
  Philox(seed: source.seed, stream: UInt64(source.field)).normals(count: count)
}
