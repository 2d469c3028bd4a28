import Foundation
import Testing

@testable import Film

@Suite struct EditTimelineTests {
  private let timeline = EditTimeline(
    title: "The \"Fox\"\n", fps: FrameRate(24), frames: 48, media: .film("my film.mp4"),
    clips: [
      EditClip(name: "One", start: 0, count: 24, metadata: ["text": "Es war — ☃"]),
      EditClip(name: "Two", start: 24, count: 24),
    ],
    chapters: [Chapter(title: "Wood", start: 0, end: 1)], audio: "voice.wav")

  @Test func clipsRangesAndMarkers() throws {
    let root = try object(timeline.json)
    #expect(root["OTIO_SCHEMA"] as? String == "Timeline.1")
    #expect(root["name"] as? String == "The \"Fox\"\n")
    let stack = try #require(root["tracks"] as? [String: Any])
    let tracks = try #require(stack["children"] as? [[String: Any]])
    #expect(tracks.map { $0["kind"] as? String } == ["Video", "Audio"])
    let clips = try #require(tracks[0]["children"] as? [[String: Any]])
    #expect(clips.map { $0["name"] as? String } == ["One", "Two"])
    let range = try #require(clips[1]["source_range"] as? [String: Any])
    let start = try #require(range["start_time"] as? [String: Any])
    #expect(start["value"] as? Double == 24 && start["rate"] as? Double == 24)
    let media = try #require(clips[0]["media_reference"] as? [String: Any])
    #expect(media["target_url"] as? String == "my%20film.mp4")
    let words = try #require(clips[0]["metadata"] as? [String: [String: String]])
    #expect(words["fabula"] == ["text": "Es war — ☃"])
    let markers = try #require(stack["markers"] as? [[String: Any]])
    #expect(markers.map { $0["name"] as? String } == ["Wood"])
  }

  @Test func framesAsASequence() throws {
    var timeline = timeline
    timeline.media = .frames("/tmp/my frames")
    let stack = try #require(try object(timeline.json)["tracks"] as? [String: Any])
    let tracks = try #require(stack["children"] as? [[String: Any]])
    let clip = try #require((tracks[0]["children"] as? [[String: Any]])?.first)
    let media = try #require(clip["media_reference"] as? [String: Any])
    #expect(media["target_url_base"] as? String == "file:///tmp/my%20frames/")
    let prefix = try #require(media["name_prefix"] as? String)
    let suffix = try #require(media["name_suffix"] as? String)
    #expect(FrameManifest.file(index: 7) == prefix + "000007" + suffix)
    #expect(media["frame_zero_padding"] as? Int == 6)
  }

  @Test func fileIsWritten() throws {
    let scratch = Scratch()
    try timeline.write(to: scratch("a.otio"))
    #expect(try String(contentsOfFile: scratch("a.otio"), encoding: .utf8) == timeline.json)
    #expect(scratch.files == ["a.otio"])
  }

  private func object(_ text: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(value as? [String: Any])
  }
}
