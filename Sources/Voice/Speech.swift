/// Something that was said: sound of one channel.
public struct Speech: Sendable, Equatable {
  /// The sound, from -1 to 1.
  public var samples: [Float]
  /// Samples a second.
  public var rate: Int

  /// Sound of `rate` samples a second.
  public init(samples: [Float], rate: Int) {
    self.samples = samples
    self.rate = rate
  }

  /// How long it lasts, in microseconds, to the nearest.
  public var microseconds: Int { (samples.count * 1_000_000 + rate / 2) / rate }

  /// The speech without the silence before and after it: it begins where the voice does. Nil where
  /// there is nothing but silence.
  ///
  /// Silence is what stays below a 200th of the loudest sample (-46 dB). Voices fade out more
  /// softly than they set in, so a little more is kept after the end than before the beginning.
  public func trimmed() -> Speech? {
    let peak = samples.reduce(0) { max($0, abs($1)) }
    let threshold = max(peak / 200, 1e-4)
    guard peak > threshold, let first = samples.firstIndex(where: { abs($0) > threshold }),
      let last = samples.lastIndex(where: { abs($0) > threshold })
    else { return nil }
    let start = max(0, first - rate / 500)
    let end = min(samples.count, last + 1 + rate / 50)
    return Speech(samples: Array(samples[start..<end]), rate: rate)
  }
}
