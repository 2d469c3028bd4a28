/// A stretch of the script that becomes a beat.
struct Moment: Sendable, Equatable {
  /// Where it is in the script's text.
  var range: Range<Int>
  var kind: Beat.Kind
  /// The index of its paragraph in the story; moments are joined within one only.
  var paragraph: Int
  var scene: Int
  /// How long it takes to say, in microseconds.
  var speech: Int
  /// The pause after it.
  var pause: Pause
  /// When it is shown, where the format says so.
  var time: Range<Int>?
  var speaker: String?
  /// The sentences in it, whole or split.
  var sentences: [Range<Int>]
}
