import Film
import Foundation
import Testing
import Travel

@testable import Live
@testable import fabula

@Suite(.timeLimit(.minutes(2))) struct LiveRecordingTests {
  private let folder: Folder
  private let news = LiveNews()

  init() throws { folder = try Folder() }

  private func recording() -> LiveRecording {
    LiveRecording(width: 64, height: 64, rate: .cinema, metadata: [:], news: news)
  }

  private func show(_ number: Int, on recording: LiveRecording) {
    let value = UInt8(truncatingIfNeeded: number * 40)
    recording.show(
      Shown(
        number: number, time: monotonicSeconds(),
        rgb: [UInt8](repeating: value, count: 64 * 64 * 3),
        line: Line(id: number, text: "line \(number)"), key: 0))
  }

  @Test func noSpectatorEndsTheFilmOfAll() throws {
    let recording = recording()
    try recording.keepAll(path: folder.path("show.mp4"))
    #expect(recording.keepsAll)
    show(1, on: recording)
    usleep(300_000)
    recording.turn(on: false)
    usleep(300_000)
    show(2, on: recording)
    usleep(300_000)
    let film = try #require(try recording.end())
    #expect(film.path == folder.path("show.mp4"))
    #expect(
      try FilmReader.subtitles(path: film.path).map(\.text) == ["line 1", "line 2"])
    #expect(folder.names == ["show.mp4"])
    #expect(news.problem == nil)
  }

  @Test func nothingBeginsAfterTheEnd() throws {
    let recording = recording()
    #expect(try recording.end() == nil)
    recording.turn(on: true)
    #expect(try recording.end() == nil)
    #expect(recording.path == nil)
  }
}
