import Foundation
import Testing

@Suite(.serialized, .timeLimit(.minutes(5))) struct TerminalTests {
  private let folder: Folder
  private let terminal: PseudoTerminal
  private let command = ["live", "--size", "64x64", "--fps", "10"] + Command.model

  init() throws {
    folder = try Folder()
    terminal = try #require(PseudoTerminal())
  }

  @Test(arguments: [
    ("\u{1B}[?62;4c", "\u{1B}P7;1;q"), ("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;4c", "\u{1B}_Ga=T"),
    ("\u{1B}[?62;22c", "▀"),
  ]) func picturesAreOfTheKindThatTheTerminalDraws(answer: String, picture: String) throws {
    let modes = terminal.modes
    let show = try terminal.start(command, in: folder)
    #expect(terminal.waits(for: "\u{1B}[c"))
    #expect(!terminal.echoes)
    // Somebody types before the answer is there.
    terminal.type("a " + answer + "fox")
    #expect(terminal.waits(for: picture))
    #expect(terminal.waits(for: "› a fox"))
    terminal.type("\r\u{4}")
    try #require(terminal.waits(forEndOf: show))
    #expect(show.terminationStatus == 0)
    #expect(terminal.modes == modes)
  }

  /// A show of these graphics in which a fox has been typed.
  private func showOfAFox(_ graphics: String) throws -> Process {
    let show = try terminal.start(command + ["--graphics", graphics], in: folder)
    #expect(terminal.waits(for: "\u{1B}[2J"))
    terminal.type("a fox")
    #expect(terminal.waits(for: "› a fox"))
    return show
  }

  @Test func aTerminalThatDoesNotAnswerIsNotWaitedFor() throws {
    let show = try terminal.start(command, in: folder)
    #expect(terminal.waits(for: "\u{1B}[c"))
    #expect(terminal.waits(for: "\u{1B}[2J"))
    terminal.type("a \u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;4cfox")
    #expect(terminal.waits(for: "▀"))
    #expect(terminal.waits(for: "› a fox"))
    #expect(!terminal.seen.contains("31;OK"))
    show.terminate()
    #expect(terminal.waits(forEndOf: show))
  }

  @Test func anInterruptionOfTheBeginningPutsTheTerminalBack() throws {
    let modes = terminal.modes
    let show = try terminal.start(command, in: folder)
    // Now it waits for an answer.
    #expect(terminal.waits(for: "\u{1B}[c"))
    #expect(!terminal.echoes)
    kill(show.processIdentifier, SIGINT)
    try #require(terminal.waits(forEndOf: show))
    #expect(show.terminationReason == .exit && show.terminationStatus == 0)
    #expect(terminal.modes == modes)
  }

  @Test func noVideoIsWrittenToATerminal() throws {
    let show = try terminal.start(command + ["-o", "-"], in: folder)
    try #require(terminal.waits(forEndOf: show))
    #expect(show.terminationStatus == 64)
    #expect(!terminal.seen.contains("YUV4MPEG2"))
  }

  @Test func whatTheShowSaysStaysOnItsScreen() throws {
    let show = try terminal.start(
      command + ["--graphics", "blocks", "--page", "--port", "0"], in: folder)
    #expect(terminal.waits(for: "\u{1B}[2J"))
    terminal.type("a fox")
    #expect(terminal.waits(for: "› a fox"))
    // Below the picture, which was drawn over it before.
    #expect(terminal.waits(for: "\r\nThe page is http://127.0.0.1:"))
    terminal.type("\r\u{4}")
    try #require(terminal.waits(forEndOf: show))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGTRAP])
  func theTerminalIsPutBackWhateverEndsTheShow(signal: Int32) throws {
    // A shell has what it runs in the background ignore it, and that is inherited.
    Glibc.signal(SIGQUIT, SIG_DFL)
    let modes = terminal.modes
    let show = try showOfAFox("blocks")
    #expect(!terminal.echoes)
    terminal.forget()
    kill(show.processIdentifier, signal)
    #expect(terminal.waits(for: "\u{1B}[0m\u{1B}[?25h"))
    try #require(terminal.waits(forEndOf: show))
    #expect(terminal.modes == modes)
    let isCrash = ![SIGINT, SIGTERM, SIGHUP].contains(signal)
    #expect(show.terminationReason == (isCrash ? .uncaughtSignal : .exit))
  }

  @Test func aShowThatWasStoppedGoesOnWithAFreshScreen() throws {
    let modes = terminal.modes
    let show = try showOfAFox("blocks")
    terminal.forget()
    kill(show.processIdentifier, SIGTSTP)
    #expect(terminal.waits(for: "\u{1B}[0m\u{1B}[?25h"))
    #expect(terminal.modes == modes)
    try #require(terminal.waits(forStopOf: show))
    kill(show.processIdentifier, SIGCONT)
    #expect(terminal.waits(for: "\u{1B}[2J"))
    #expect(!terminal.echoes)
    terminal.type(" in the snow")
    #expect(terminal.waits(for: "› a fox in the snow"))
    terminal.type("\r\u{4}")
    try #require(terminal.waits(forEndOf: show))
    #expect(show.terminationStatus == 0)
    #expect(terminal.modes == modes)
  }

  @Test func aSecondInterruptionLeavesATerminalThatIsStuck() throws {
    let modes = terminal.modes
    let show = try showOfAFox("kitty")
    // Nobody reads any more: the screen waits for room, and the end of the show for the screen.
    usleep(2_000_000)
    kill(show.processIdentifier, SIGINT)
    usleep(1_000_000)
    #expect(show.isRunning)
    kill(show.processIdentifier, SIGINT)
    show.waitUntilExit()
    #expect(show.terminationReason == .exit && show.terminationStatus == 130)
    #expect(terminal.modes == modes)
  }
}
