import CFFmpeg
import Foundation
import Testing

@testable import Film

@Suite struct SoundTests {
  let scratch = Scratch()

  @Test(arguments: ["a.mp4", "a.mov", "a.mkv"], [22050, 44100, 50000])
  func soundStaysInStep(name: String, rate: Int) throws {
    let path = scratch(name)
    try write(48, to: path, .samples(beep(at: 1, seconds: 3, rate: rate), rate: rate, channels: 1))
    let info = try FilmReader(path: path).info
    let sound = try #require(info.streams.first { $0.kind == "audio" })
    #expect(sound.codec == "aac")
    #expect(sound.isDefault)
    #expect(sound.rate == (rate == 50000 ? 48000 : rate))
    #expect(info.streams.first?.kind == "video")
    // AAC comes in pieces of 1024 samples; Matroska knows only the whole file's length.
    let piece = 1024 / Double(min(rate, 48000)) + 0.002
    #expect(abs((sound.duration ?? 2) - 2) < 0.001)
    #expect(sound.language == "deu" || sound.language == "ger")
    #expect(abs(info.duration - 2) < (name == "a.mkv" ? piece : 0.001))
    let (samples, found, begin) = try decode(path)
    let onset = try #require(samples.firstIndex { abs($0) > 0.2 })
    #expect(abs(begin + Double(onset) / Double(found) - 1) < 0.003)
    #expect(abs(begin + Double(samples.count) / Double(found) - 2) < piece)
    let frames = try FilmReader(path: path).rest()
    #expect(frames.count == 48)
    #expect(abs((frames.first?.time ?? 1) - 0) < 1e-9)
  }

  @Test func stereoWAVFile() throws {
    let wav = scratch("in.wav")
    let mono = beep(at: 0.5, seconds: 0.75, rate: 48000)
    try wave(mono.flatMap { [$0, $0] }, rate: 48000, channels: 2)
      .write(to: URL(fileURLWithPath: wav))
    let path = scratch("a.mp4")
    try write(24, to: path, .file(wav))
    let (samples, _, begin) = try decode(path)
    let onset = try #require(samples.firstIndex { abs($0) > 0.2 })
    #expect(abs(begin + Double(onset) / 48000 - 0.5) < 0.003)
    // Sound may end before the pictures do.
    #expect(abs(Double(samples.count) / 48000 - 0.75) < 0.05)
    #expect(try FilmReader(path: path).rest().count == 24)
  }

  @Test(arguments: [("a.mov", Codec.prores, "pcm_s16le"), ("a.mkv", .ffv1, "flac")])
  func losslessSound(name: String, codec: Codec, sound: String) throws {
    let path = scratch(name)
    let samples = beep(at: 0.25, seconds: 1, rate: 48000)
    try write(24, to: path, .samples(samples, rate: 48000, channels: 1), codec)
    let info = try FilmReader(path: path).info
    #expect(info.streams.map(\.codec) == [codec.rawValue, sound])
    let onset = try decode(path).samples.firstIndex { abs($0) > 0.2 }
    #expect(onset == samples.firstIndex { abs($0) > 0.2 })
  }

  @Test(arguments: [("a.mkv", Codec.ffv1), ("a.mov", .prores), ("a.mp4", .h264)])
  func stretchesOfAFile(name: String, codec: Codec) throws {
    let wav = scratch("in.wav")
    // A tone from half a second on; a quarter of a second before it is left out.
    let tone = beep(at: 0.5, seconds: 2, rate: 48000)
    try wave(tone.flatMap { [$0, $0] }, rate: 48000, channels: 2)
      .write(to: URL(fileURLWithPath: wav))
    let clips = [
      SoundClip(start: 0, duration: 0.125), SoundClip(start: 0.375, duration: 0.25),
      SoundClip(start: nil, duration: 0.25), SoundClip(start: 1, duration: 0.375),
    ]
    try write(24, to: scratch(name), .clips(wav, clips), codec)
    let (samples, _, begin) = try decode(scratch(name))
    func loudness(_ from: Double, _ to: Double) -> Float {
      let range = Int((from - begin) * 48000)..<Int((to - begin) * 48000)
      return samples[range].map(abs).max() ?? 0
    }
    #expect(loudness(0.02, 0.23) < 0.05)
    #expect(loudness(0.26, 0.36) > 0.5)
    #expect(loudness(0.41, 0.59) < 0.1)
    #expect(loudness(0.64, 0.98) > 0.5)
    if codec == .ffv1 {
      #expect(Array(samples[..<6000]) == Array(repeating: 0, count: 6000))
      #expect(samples.firstIndex { abs($0) > 0.2 }.map { abs($0 - 12_000) < 40 } == true)
    }
  }

  @Test func shortSoundHoldsNothingBack() throws {
    let path = scratch("a.mp4")
    let options = FilmOptions(path: path, width: 64, height: 48, isImmediate: true)
    let audio = Audio.samples(beep(at: 0, seconds: 0.01, rate: 48000), rate: 48000, channels: 1)
    let writer = try FilmWriter(path: path, options: options, tracks: FilmTracks(audio: audio))
    for index in 0..<10 { try writer.append(Pictures.numbered(index)) }
    var frames: [FilmFrame] = []
    for _ in 0..<100 where frames.count < 9 {
      usleep(20_000)
      frames = (try? FilmReader(path: path + ".part").rest()) ?? []
    }
    #expect(frames.count >= 9)
    _ = try writer.finish()
    #expect(try FilmReader(path: path).rest().count == 10)
  }

  @Test func soundInAPartFile() throws {
    let path = scratch("a.mp4")
    let options = FilmOptions(path: path, width: 64, height: 48)
    let audio = Audio.samples(beep(at: 1, seconds: 3, rate: 48000), rate: 48000, channels: 1)
    let writer = try FilmWriter(path: path, options: options, tracks: FilmTracks(audio: audio))
    for index in 0..<48 { try writer.append(Pictures.numbered(index)) }
    writer.abandon(keepingPart: true)
    let (samples, _, begin) = try decode(path + ".part")
    let onset = try #require(samples.firstIndex { abs($0) > 0.2 })
    #expect(abs(begin + Double(onset) / 48000 - 1) < 0.003)
  }

  @Test func soundThatIsNone() throws {
    let path = scratch("a.mp4")
    try Data("no sound".utf8).write(to: URL(fileURLWithPath: scratch("in.wav")))
    for audio in [
      Audio.file(scratch("absent.wav")), .file(scratch("in.wav")),
      .samples([], rate: 48000, channels: 1), .samples([0, 0, 0], rate: 48000, channels: 2),
      .samples([0], rate: 0, channels: 1),
    ] {
      #expect(throws: FilmError.self) { try write(1, to: path, audio) }
    }
    #expect(scratch.files == ["in.wav"])
  }

  private func write(
    _ frames: Int, to path: String, _ audio: Audio, _ codec: Codec? = nil
  ) throws {
    let options = FilmOptions(path: path, width: 64, height: 48, codec: codec)
    let writer = try FilmWriter(
      path: path, options: options, tracks: FilmTracks(language: "de", audio: audio))
    for index in 0..<frames { try writer.append(Pictures.numbered(index)) }
    _ = try writer.finish()
  }

  /// Silence, then a tone.
  private func beep(at start: Double, seconds: Double, rate: Int) -> [Float] {
    (0..<Int(seconds * Double(rate))).map { index in
      let time = Double(index) / Double(rate)
      return time < start ? 0 : Float(0.7 * sin(2 * .pi * 1000 * (time - start) + 1))
    }
  }

  private func wave(_ samples: [Float], rate: Int, channels: Int) -> Data {
    func little(_ value: Int, _ bytes: Int) -> [UInt8] {
      (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let data = samples.flatMap { little(Int(($0 * 32767).rounded()), 2) }
    var wave = Array("RIFF".utf8) + little(36 + data.count, 4) + Array("WAVEfmt ".utf8)
    wave += little(16, 4) + little(1, 2) + little(channels, 2) + little(rate, 4)
    wave += little(rate * channels * 2, 4) + little(channels * 2, 2) + little(16, 2)
    return Data(wave + Array("data".utf8) + little(data.count, 4) + data)
  }

  /// The first channel, its rate, and the time of its first sample.
  private func decode(_ path: String) throws -> (samples: [Float], rate: Int, begin: Double) {
    let decoder = try AudioDecoder(path: path)
    let frame = try Frame()
    var samples: [Float] = []
    var rate = 0
    var begin: Double?
    while try decoder.read(into: frame) {
      let raw = frame.raw.pointee
      rate = Int(raw.sample_rate)
      begin = begin ?? Double(raw.best_effort_timestamp) * decoder.unit
      let step = raw.format == AV_SAMPLE_FMT_FLTP.rawValue ? 1 : Int(raw.ch_layout.nb_channels)
      let plane = UnsafeRawPointer(try #require(fabula_planes(frame.raw)[0]))
      for index in 0..<Int(raw.nb_samples) {
        samples.append(
          raw.format == AV_SAMPLE_FMT_FLTP.rawValue
            ? plane.load(fromByteOffset: index * 4, as: Float.self)
            : Float(plane.load(fromByteOffset: index * step * 2, as: Int16.self)) / 32768)
      }
    }
    return (samples, rate, begin ?? 0)
  }
}
