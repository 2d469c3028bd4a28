/// A script for libass, which shapes and wraps text of any language.
struct Script {
  /// Text at a place and time of its own.
  struct Line {
    var text: String
    var start = 0.0
    var end = 3600.0
    /// The top left corner and the width for wrapping; nil is the style's place.
    var box: Box?
    /// Size in pixels, nil for the style's.
    var size: Int?
    var bold = false
  }

  /// Where a line goes, in pixels.
  struct Box {
    var x: Int
    var y: Int
    var width: Int
    var height: Int
  }

  var width: Int
  var height: Int
  /// Size of letters in pixels.
  var size: Int
  /// Colours as RRGGBB.
  var colour: String
  var outline: String?
  var lines: [Line]

  var text: String {
    let edge = outline == nil ? 0 : max(1, Double(size) / 14)
    let head = """
      [Script Info]
      ScriptType: v4.00+
      PlayResX: \(width)
      PlayResY: \(height)
      WrapStyle: 0
      ScaledBorderAndShadow: yes
      [V4+ Styles]
      Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, BorderStyle, \
      Outline, Shadow, Alignment, MarginL, MarginR, MarginV
      Style: Default,sans-serif,\(size),\(Self.colour(colour)),\(Self.colour(outline ?? colour)),\
      &H80000000,0,1,\(edge),0,2,\(width / 20),\(width / 20),\(max(2, height / 20))
      [Events]
      Format: Layer, Start, End, Style, MarginL, MarginR, MarginV, Effect, Text

      """
    return head + lines.map(event).joined(separator: "\n") + "\n"
  }

  private func event(_ line: Line) -> String {
    var tags = ""
    var margins = "0,0,0"
    if let box = line.box {
      tags += "\\an7\\pos(\(box.x),\(box.y))"
      tags += "\\clip(\(box.x),\(box.y),\(box.x + box.width),\(box.y + box.height))"
      margins = "\(box.x),\(max(0, width - box.x - box.width)),0"
    }
    if let size = line.size { tags += "\\fs\(size)" }
    if line.bold { tags += "\\b1" }
    let times = "\(Self.time(line.start)),\(Self.time(line.end))"
    return "Dialogue: 0,\(times),Default,\(margins),,{\(tags)}\(Self.escaped(line.text))"
  }

  // Braces begin commands and a backslash escapes: neither may come from a story.
  private static func escaped(_ text: String) -> String {
    text.replacing("\r\n", with: "\n").map { character in
      switch character {
      case "{": "\\{"
      case "}": "\\}"
      case "\\": "\\\u{2060}"
      case "\n", "\r": "\\N"
      default: String(character)
      }
    }.joined()
  }

  private static func time(_ seconds: Double) -> String {
    let hundredths = Int((max(0, seconds) * 100).rounded())
    let (minutes, rest) = (hundredths / 6000, hundredths % 6000)
    return "\(minutes / 60):\(padded(minutes % 60)):\(padded(rest / 100)).\(padded(rest % 100))"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// libass wants &HAABBGGRR.
  private static func colour(_ rgb: String) -> String {
    "&H00" + rgb.suffix(2) + rgb.dropFirst(2).prefix(2) + rgb.prefix(2)
  }
}
