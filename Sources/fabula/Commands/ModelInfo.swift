import ArgumentParser
import Foundation
import Pocket
import Turbo

/// `fabula model`: what a model consists of.
struct ModelInfo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Shows what a model consists of.")

  @Argument(help: "A model folder in diffusers layout; by default, the model inside the program.")
  var folder: String?

  @Flag(help: "Print JSON.")
  var json = false

  private struct Component {
    var name: String
    var className: String
    var tensors = 0
    var parameters = 0
  }

  func run() throws {
    let files =
      try folder.map { try ModelFiles(directory: $0) }
      ?? Pocket.files
    let components = try components(of: files)
    try StandardOutput.write(json ? jsonText(files, components) : table(files, components))
  }

  private func components(of files: ModelFiles) throws -> [Component] {
    let weighty = ["text_encoder", "text_encoder_2", "unet", "vae"]
    return try ModelIndex(files: files).classes.sorted { $0.key < $1.key }.map { name, className in
      var component = Component(name: name, className: className)
      guard weighty.contains(name) else { return component }
      let weights = try Checkpoint(files: files, component: name)
      component.tensors = weights.keys.count
      component.parameters = weights.parameterCount
      return component
    }
  }

  private func table(_ files: ModelFiles, _ components: [Component]) -> String {
    let width = components.map(\.name.columns).max() ?? 0
    let lines = components.map { component in
      let name = component.name.padding(toLength: width, withPad: " ", startingAt: 0)
      guard component.tensors > 0 else { return "  \(name)  \(component.className)" }
      return "  \(name)  \(component.className), \(millions(component.parameters)) parameters in "
        + "\(component.tensors) tensors"
    }
    let total = components.reduce(0) { $0 + $1.parameters }
    return "\(files.name): \(millions(total)) parameters\n\(lines.joined(separator: "\n"))\n"
  }

  private func jsonText(_ files: ModelFiles, _ components: [Component]) throws -> String {
    let object = Report(
      name: files.name,
      components: components.map {
        .init(
          name: $0.name, className: $0.className, tensors: $0.tensors, parameters: $0.parameters)
      })
    return try object.json()
  }

  private struct Report: JSONReport {
    struct Component: Encodable {
      var name: String
      var className: String
      var tensors: Int
      var parameters: Int
    }
    var name: String
    var components: [Component]
  }

  private func millions(_ count: Int) -> String { (Double(count) / 1_000_000).short + " M" }
}
