import Foundation

extension Storyboard {
  /// A page for the browser that needs no other file: the pictures are in it.
  public func page() throws(FilmError) -> String {
    var body = ""
    for (number, panel) in panels.enumerated() {
      // The title stands at the head of the page already.
      if let heading = panel.heading, heading != title {
        body += "<h2>\(HTML.escaped(heading))</h2>\n"
      }
      body += try figure(panel, number + 1)
    }
    let note = note.isEmpty ? "" : "<p class=\"note\">\(HTML.escaped(note))</p>\n"
    return HTML.page(
      title: title, language: language, style: Self.style,
      body: "<h1>\(HTML.escaped(title))</h1>\n\(note)<main>\n\(body)</main>\n")
  }

  private func figure(_ panel: Panel, _ number: Int) throws(FilmError) -> String {
    var pictures = ""
    for (choice, picture) in panel.pictures.enumerated() {
      let image = try HTML.image(picture, alt: panel.text)
      let label = choice < panel.labels.count ? panel.labels[choice] : ""
      pictures +=
        label.isEmpty
        ? image : "<div class=\"choice\">\(image)<small>\(HTML.escaped(label))</small></div>"
    }
    let time = panel.start.map { "<time>\(Self.clock($0))</time> " } ?? ""
    let kind = panel.pictures.count > 1 ? " class=\"choices\"" : ""
    return """
      <figure\(kind)>\(panel.pictures.count > 1 ? "<div class=\"row\">\(pictures)</div>" : pictures)
      <figcaption><b>\(number)</b> \(time)\(HTML.escaped(panel.text))</figcaption></figure>

      """
  }

  private static let style = """
    main { display: grid; gap: 2rem 1.5rem; \
    grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }
    h2 { grid-column: 1 / -1; margin: 1.5rem 0 0; font-size: 1.15rem; }
    figure { margin: 0; }
    figure.choices { grid-column: 1 / -1; }
    .row { display: grid; gap: .75rem; \
    grid-template-columns: repeat(auto-fill, minmax(min(13rem, 45%), 1fr)); }
    small, time, b { color: var(--soft); font-weight: normal; font-variant-numeric: tabular-nums; }
    figcaption { margin-top: .5rem; }
    """
}
