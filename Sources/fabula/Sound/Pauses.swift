import Film
import Foundation

extension Sound {
  /// The silences of at least 150 ms in a recording of speech, in microseconds.
  ///
  /// Silence is what is nearer to the quietest tenth of the recording than to its loudest, so that
  /// a room's noise is none; but never more than 40 dB below the voice.
  var pauses: [Range<Int>] {
    let step = max(1, rate / 100)
    let levels = stride(from: 0, to: samples.count, by: step).map { start in
      let window = samples[start..<min(start + step, samples.count)]
      let power = window.reduce(Float(0)) { $0 + $1 * $1 } / Float(window.count)
      return 10 * log10(max(power, 1e-12))
    }
    guard !levels.isEmpty else { return [] }
    let sorted = levels.sorted()
    let (quiet, loud) = (sorted[sorted.count / 10], sorted[sorted.count * 19 / 20])
    guard loud - quiet > 12 else { return [] }
    let threshold = max(quiet + (loud - quiet) / 4, loud - 40)
    func time(_ index: Int) -> Int { min(index * step, samples.count) * 1_000_000 / rate }

    var pauses: [Range<Int>] = []
    var start: Int?
    for (index, level) in (levels + [.infinity]).enumerated() {
      if level < threshold {
        start = start ?? index
      } else if let first = start {
        let pause = time(first)..<time(index)
        if pause.count >= 150_000 { pauses.append(pause) }
        start = nil
      }
    }
    return pauses
  }
}
