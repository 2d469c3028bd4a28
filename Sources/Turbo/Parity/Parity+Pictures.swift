extension Parity {
  /// Times whole pictures as a caller of ``Engine`` sees them, drawn in 1 step and in 4.
  public func pictures(_ files: ModelFiles, size: PictureSize? = nil, repeats: Int = 20) {
    do {
      for steps in [1, 4] { try pictures(files, size, steps: steps, repeats) }
    } catch {
      fail("FAILED: \(error)")
    }
  }

  private func pictures(
    _ files: ModelFiles, _ size: PictureSize?, steps: Int, _ repeats: Int
  ) throws {
    let engine = try Engine(
      files: files, options: .init(size: size, steps: steps), backend: .cuda(device))
    var random = RandomNumbers(seed: 5)
    let noise = random.values(engine.latentShape.elementCount)
    let stepNoise = Array(repeating: noise, count: steps - 1)
    let prompt = "a fox in the forest in the evening"
    func draw(_ embeds: PromptEmbeds) throws {
      let drawing = try engine.draw(embeds, noise: noise, stepNoise: stepNoise)
      guard drawing.denoisedLatents.allSatisfy(\.isFinite) else {
        throw BackendError.device(call: "draw", problem: "a picture that is not a number")
      }
    }
    let embeds = try engine.encode(prompt)
    try draw(embeds)
    let drawn = try Self.median(repeats) { try draw(embeds) }
    let whole = try Self.median(repeats) { try draw(engine.encode(prompt)) }
    report(
      "\(engine.size), \(steps) steps: a picture \(ReportText.fixed(drawn, 2)) ms, with its prompt encoded"
        + " \(ReportText.fixed(whole, 2)) ms")
  }

  private static func median(_ count: Int, _ work: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<count {
      let start = ContinuousClock.now
      try work()
      times.append((ContinuousClock.now - start) / .milliseconds(1))
    }
    return times.sorted()[count / 2]
  }
}
