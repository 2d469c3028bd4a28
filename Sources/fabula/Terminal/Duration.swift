/// Seconds as a clock shows them: `0:07`, `12:30`, `1:02:03`.
func clock(_ seconds: Double) -> String {
  // An estimate may be anything before the first frame.
  guard seconds.isFinite, seconds < 1e9 else { return "–:––" }
  let whole = Int(max(seconds, 0).rounded())
  let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
  let padded = rest < 10 ? "0\(rest)" : "\(rest)"
  guard hours > 0 else { return "\(minutes):\(padded)" }
  return "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(padded)"
}

extension Double {
  /// With one digit after the point below ten, else none: `9.5`, `24`.
  var short: String {
    guard isFinite else { return "–" }
    if abs(self) >= 9.95 { return "\(Int(rounded()))" }
    let tenths = Int((self * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
  }
}
