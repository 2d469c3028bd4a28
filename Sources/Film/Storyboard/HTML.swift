import Foundation

/// Pieces of the pages that this library makes.
enum HTML {
  /// Text that can't be taken for markup, in content and in attributes.
  static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      default: String(character)
      }
    }.joined()
  }

  /// A picture inside the page.
  static func image(_ picture: Picture, alt: String) throws(FilmError) -> String {
    // The words stand beside it.
    let bare = Picture(width: picture.width, height: picture.height, rgb: picture.rgb)
    let data = Data(try PNG.encode(bare, level: 9)).base64EncodedString()
    return "<img src=\"data:image/png;base64,\(data)\" alt=\"\(escaped(alt))\" "
      + "width=\"\(picture.width)\" height=\"\(picture.height)\">"
  }

  /// A whole page, for bright and dark screens and for paper.
  static func page(title: String, language: String, style: String, body: String) -> String {
    """
    <!doctype html>
    <html lang="\(escaped(language))">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escaped(title))</title>
    <style>
    :root { color-scheme: light dark; --back: #faf9f6; --text: #26241f; --soft: #6e6a60; }
    @media (prefers-color-scheme: dark) {
      :root { --back: #191817; --text: #e9e6df; --soft: #9d988c; }
    }
    body { margin: 0 auto; max-width: 75rem; padding: 2rem 1.25rem; background: var(--back); \
    color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
    h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; }
    .note { margin: .25rem 0 2rem; color: var(--soft); }
    img { display: block; width: 100%; height: auto; border-radius: .3rem; }
    \(style)
    @media print { figure { break-inside: avoid; } }
    </style>
    </head>
    <body>
    \(body)</body>
    </html>

    """
  }
}
