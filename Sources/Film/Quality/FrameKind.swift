/// What the picture is meant to do from the frame before to this one.
public enum FrameKind: Sendable, Equatable {
  /// Stand still: every change is flicker.
  case hold
  /// Move evenly; frames of one travel share a number.
  case travel(Int)
  /// Change all at once, or nothing to compare with: not measured.
  case cut
}
