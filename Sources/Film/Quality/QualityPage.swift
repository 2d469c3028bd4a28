extension QualityReport {
  /// The report as a page for the browser that needs no other file.
  /// `notes` say how things were measured.
  public func page(
    title: String, fps: FrameRate, language: String = "en", notes: [String] = []
  ) throws(FilmError) -> String {
    var body = "<h1>\(HTML.escaped(title))</h1>\n"
    body += "<p class=\"note\">\(frames) frames, \(Storyboard.clock(fps.seconds(frames)))</p>\n"
    body += "<table>\n"
    if let before = evennessBefore {
      body += row("Evenness of motion before, worst travel", number(before), isGood: nil)
    }
    body += row("Evenness of motion, worst travel", number(evenness), isGood: evenness <= 1.5)
    body += row("Flicker while still", number(flicker * 255), isGood: flicker == 0)
    body += row("Black frames", "\(black.count)", isGood: black.isEmpty)
    body += row("Frames of one colour", "\(constant.count)", isGood: constant.isEmpty)
    body += "</table>\n"
    let faint = travels.count { $0.isFaint }
    let counted =
      faint == 0
      ? []
      : [
        "Of \(travels.count) travels, \(faint) change by less than a tenth of a level of 255 a "
          + "frame. Nobody sees them move; they are listed, but not counted."
      ]
    for note in notes + counted { body += "<p class=\"how\">\(HTML.escaped(note))</p>\n" }
    if !places.isEmpty {
      body += "<h2>Worst places</h2>\n<main>\n"
      for place in places { body += try figure(place, fps) }
      body += "</main>\n"
    }
    if !travels.isEmpty {
      body += "<h2>Travels</h2>\n<table>\n"
      body +=
        "<tr><th>Travel</th><th>Frames</th><th>Before</th><th>After</th>"
        + "<th>Mean change</th></tr>\n"
      for travel in travels {
        body +=
          "<tr><td>\(travel.number)</td><td>\(travel.frames)</td>"
          + "<td>\(travel.before.map(number) ?? "")</td>"
          + "<td>\(number(travel.evenness))</td><td>\(number(travel.meanChange * 255))</td></tr>\n"
      }
      body += "</table>\n"
    }
    return HTML.page(title: title, language: language, style: Self.style, body: body)
  }

  private func figure(_ place: Place, _ fps: FrameRate) throws(FilmError) -> String {
    var images = ""
    for picture in place.pictures { images += try HTML.image(picture, alt: "") }
    let time = Storyboard.clock(fps.seconds(place.frame))
    return """
      <figure><div class="row">\(images)</div>
      <figcaption>Frame \(place.frame), \(time): \(HTML.escaped(place.reason))</figcaption></figure>

      """
  }

  private func row(_ name: String, _ value: String, isGood: Bool?) -> String {
    let verdict = isGood.map { $0 ? "good" : "look" } ?? ""
    return "<tr><td>\(name)</td><td>\(value)</td><td>\(verdict)</td></tr>\n"
  }

  private func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  private static let style = """
    main { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); }
    h2 { margin: 2rem 0 .75rem; font-size: 1.15rem; }
    figure { margin: 0; }
    .row { display: flex; gap: .5rem; }
    .row img { width: 50%; }
    .row img:only-child { width: 100%; }
    .how { margin: 1rem 0 0; max-width: 44rem; color: var(--soft); }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    td, th { padding: .25rem 1.5rem .25rem 0; text-align: left; font-weight: normal; }
    figcaption { margin-top: .4rem; }
    th, figcaption { color: var(--soft); }
    """
}
