import ArgumentParser

@main
struct Fabula: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fabula",
    abstract: "Turns a story into an animated film.",
    version: "0.1.0")
}
