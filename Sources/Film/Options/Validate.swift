extension FilmOptions {
  /// Refuses what no encoder could do, in the user's words, before anything is created.
  public func validate() throws(FilmError) {
    guard (1...16384).contains(width), (1...16384).contains(height) else {
      throw .options("a film of \(width)x\(height) is impossible: choose 16x16 to 16384x16384")
    }
    guard fps.num > 0, fps.den > 0, fps.value <= 1000, fps.value >= 0.001,
      fps.num <= Int(Int32.max), fps.den <= Int(Int32.max)
    else {
      throw .options("\(fps) frames a second is impossible: choose 1 to 120")
    }
    guard container.codecs.contains(codec) else {
      let names = container.codecs.map(\.rawValue).joined(separator: ", ")
      throw .options("\(codec.rawValue) doesn't fit into .\(container.rawValue): choose \(names)")
    }
    let profile = codec.profile
    guard width % profile.widthStep == 0, height % profile.heightStep == 0 else {
      let better =
        "\(width.rounded(to: profile.widthStep))x\(height.rounded(to: profile.heightStep))"
      throw .options(
        "\(codec.rawValue) needs even sizes, not \(width)x\(height): choose \(better)")
    }
    guard width >= profile.smallest, height >= profile.smallest else {
      throw .options(
        "\(codec.rawValue) can't hold \(width)x\(height): \(profile.smallest) pixels is its least")
    }
    if let crf, !profile.crf.contains(crf) {
      throw .options(
        profile.crf.isEmpty
          ? "\(codec.rawValue) has no crf"
          : "crf \(crf) is impossible for \(codec.rawValue): choose "
            + "\(profile.crf.lowerBound) to \(profile.crf.upperBound - 1)")
    }
    if let preset, !profile.presets.contains(preset) {
      throw .options(
        profile.presets.isEmpty
          ? "\(codec.rawValue) has no presets"
          : "preset \(preset) is unknown to \(codec.rawValue): choose "
            + profile.presets.joined(separator: ", "))
    }
    guard (1...64).contains(threads), queue >= 1 else {
      throw .options("the encoder needs 1 to 64 threads and room for a frame")
    }
  }
}

extension Int {
  fileprivate func rounded(to step: Int) -> Int { (self + step - 1) / step * step }
}
