/// One of the model's text encoders with its tokenizer, compiled.
final class TextEncoder {
  let config: CLIPTextConfig
  let hasProjection: Bool
  let tokenizer: CLIPTokenizer
  let program: any Program

  init(
    _ files: ModelFiles, component: String, tokenizer: String, hasProjection: Bool,
    backend: Backend, precision: Precision
  ) throws {
    config = try CLIPTextConfig(files: files, component: component)
    self.hasProjection = hasProjection
    self.tokenizer = try CLIPTokenizer(files: files, component: tokenizer)
    try Self.checkFit(self.tokenizer, tokenizer, config, component)
    let checkpoint = try Checkpoint(files: files, component: component)
    let model = CLIPTextEncoder(
      config: config, hasProjection: hasProjection, prefix: Self.prefix(of: checkpoint))
    let graph = model.graph()
    try checkpoint.verify(graph, ignoring: model.unusedKeys)
    program = try backend.compile(graph, checkpoint, precision: precision)
  }

  private static func checkFit(
    _ tokenizer: CLIPTokenizer, _ tokenizerName: String, _ config: CLIPTextConfig, _ name: String
  ) throws(EngineError) {
    guard tokenizer.maximumLength == config.maximumPositions else {
      throw .mismatch(
        "\(tokenizerName) gives \(tokenizer.maximumLength) tokens, \(name) reads"
          + " \(config.maximumPositions)")
    }
    guard Int(tokenizer.highestID) < config.vocabularySize else {
      throw .mismatch(
        "\(tokenizerName) numbers tokens up to \(tokenizer.highestID), \(name) knows"
          + " \(config.vocabularySize)")
    }
  }

  private static func prefix(of checkpoint: Checkpoint) -> String? {
    let name = "text_model"
    return checkpoint.keys.contains { $0.hasPrefix(name + ".") } ? name : nil
  }

  /// Penultimate hidden states [T, C], and the pooled state [P] where there is a projection.
  func encode(_ prompt: String) throws -> (hidden: [Float], pooled: [Float]?) {
    let ids = tokenizer.encode(prompt)
    program.set("ids", ids.map { Float($0) })
    program.set("end", [Float(endRow(ids))])
    try program.run()
    return (
      program.output("hidden").map { Array($0) } ?? [], program.output("pooled").map { Array($0) }
    )
  }

  /// The row that is pooled: that of the first end token, or in models whose configuration still
  /// says 2 for it, of the highest token.
  private func endRow(_ ids: [Int32]) -> Int {
    let end = config.poolsAtHighestToken ? ids.max() : Int32(config.endToken)
    return ids.firstIndex { $0 == end } ?? 0
  }
}
