import ArgumentParser
import Foundation

@main
enum Main {
  static func main() async {
    prepareProcess()
    do {
      let command = try Fabula.parseAsRoot()
      if var command = command as? AsyncParsableCommand {
        try await command.run()
      } else {
        var command = command
        try command.run()
      }
    } catch {
      exit(for: error)
    }
  }

  /// Usage errors are left to the argument parser; all others are one line.
  private static func exit(for error: any Error) -> Never {
    if error is ExitCode || Fabula.exitCode(for: error) != .failure {
      Fabula.exit(withError: error)
    }
    StandardError.write("fabula: \(error)\n")
    Foundation.exit(1)
  }

  /// Makes failed writes ordinary errors, and the three standard descriptors open.
  private static func prepareProcess() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    // Else the first file that is opened takes a missing one's number and receives its output.
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY)
    }
  }
}
