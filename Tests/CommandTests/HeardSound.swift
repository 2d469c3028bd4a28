import CFFmpeg
import Foundation
import Testing

@testable import Film

/// The sound of a film as a player hears it: samples of the first channel with their times.
struct HeardSound {
  private(set) var samples: [Float] = []
  private(set) var rate = 1
  /// When the first sample is heard, in seconds.
  private(set) var begin = 0.0

  init(of film: String) throws {
    let decoder = try AudioDecoder(path: film)
    let frame = try Frame()
    var isFirst = true
    while try decoder.read(into: frame) {
      let raw = frame.raw.pointee
      if isFirst { begin = Double(raw.best_effort_timestamp) * decoder.unit }
      isFirst = false
      rate = Int(raw.sample_rate)
      #expect(raw.format == AV_SAMPLE_FMT_FLTP.rawValue)
      let plane = try #require(fabula_planes(frame.raw)[0])
      plane.withMemoryRebound(to: Float.self, capacity: Int(raw.nb_samples)) {
        samples += UnsafeBufferPointer(start: $0, count: Int(raw.nb_samples))
      }
    }
  }

  /// When the sound first exceeds `level` after `start` seconds.
  func onset(after start: Double, above level: Float) -> Double? {
    let first = max(0, Int((start - begin) * Double(rate)))
    guard first < samples.count else { return nil }
    return samples[first...].firstIndex { abs($0) > level }.map(time)
  }

  /// When the sound exceeds `level` after `gap` seconds in which it didn't.
  func onsets(above level: Float, after gap: Double) -> [Double] {
    var onsets: [Double] = []
    var last = -Int(gap * Double(rate)) - 1
    samples.withUnsafeBufferPointer { samples in
      for index in samples.indices where abs(samples[index]) > level {
        if Double(index - last) > gap * Double(rate) { onsets.append(time(index)) }
        last = index
      }
    }
    return onsets
  }

  private func time(_ index: Int) -> Double { begin + Double(index) / Double(rate) }
}
