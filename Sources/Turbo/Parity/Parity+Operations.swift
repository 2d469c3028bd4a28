extension Parity {
  /// Every kind of operation on random numbers.
  ///
  /// - Parameters:
  ///   - filter: chooses cases whose names contain it.
  ///   - start: the number of the first case; each case's number is reported before it.
  /// - Returns: false where a case left the GPU's context unusable: only a new process can go on.
  public func operations(filter: String = "", from start: Int = 0) -> Bool {
    report(Self.header)
    let cases = (ParityCase.small + ParityCase.large).enumerated().filter {
      filter.isEmpty || $0.element.name.contains(filter)
    }
    if cases.isEmpty { fail("FAILED: no case's name contains \(filter)") }
    for (index, it) in cases where index >= start {
      report("    # \(index) \(it.name)")
      let before = failures
      check(it)
      if failures > before, (try? device.synchronize()) == nil {
        report("The GPU's context is lost.")
        return false
      }
    }
    report("\(failures) failures")
    return true
  }

  private static let header =
    ReportText.pad("case", 40) + ReportText.pad("type", 10) + ReportText.pad("error", 11)
    + ReportText.pad("ms", 10) + ReportText.pad("TFLOP/s", 9)
    + "compile s"

  private func check(_ it: ParityCase) {
    do {
      let graph = it.graph
      let random = try RandomCheckpoint(graph)
      let values = it.values()
      let reference = try CPUProgram(graph, random.checkpoint, precision: .float32)
      let expected = try Self.run(reference, values, "y")
      for precision in it.precisions {
        check(it, graph, random.checkpoint, values, expected, precision)
      }
      withExtendedLifetime((reference, random)) {}
    } catch {
      fail(ReportText.pad(it.name, 40) + "FAILED on the processor: \(error)")
    }
  }

  private func check(
    _ it: ParityCase, _ graph: Graph, _ checkpoint: Checkpoint, _ values: [String: [Float]],
    _ expected: [Float], _ precision: Precision
  ) {
    let start = ReportText.pad(it.name, 40) + ReportText.pad(precision.rawValue, 10)
    do {
      let clock = ContinuousClock.now
      let program = try CUDAProgram(graph, checkpoint, precision: precision, device: device)
      let seconds = (ContinuousClock.now - clock) / .seconds(1)
      // Twice: what one run leaves behind must not change the next.
      _ = try Self.run(program, values, "y")
      let error = Self.error(try Self.run(program, values, "y"), expected)
      let time = try program.measure(repeats: 11).frame
      let speed = it.operations > 0 ? Double(it.operations) / time / 1e9 : 0
      report(
        start + ReportText.pad(ReportText.short(error), 11)
          + ReportText.pad(ReportText.fixed(time, 4), 10)
          + ReportText.pad(speed > 0 ? ReportText.fixed(speed, 0) : "", 9)
          + ReportText.fixed(seconds, 2)
          + verdict(error, precision))
    } catch {
      fail(start + "FAILED: \(error)")
    }
  }
}
