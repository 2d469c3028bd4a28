import Foundation

/// The three-letter code that containers store for a language tag: "deu" for "de" or "de-AT",
/// "und" for what isn't known.
///
/// Two codes exist for some languages; QuickTime's own list has the older one.
func threeLetterCode(_ language: String, for container: Container) -> String {
  let code = threeLetterCode(language)
  return container == .mov ? olderCodes[code] ?? code : code
}

private let olderCodes = [
  "deu": "ger", "nld": "dut", "ell": "gre", "isl": "ice", "zho": "chi", "sqi": "alb",
]

private func threeLetterCode(_ language: String) -> String {
  let primary = language.split { $0 == "-" || $0 == "_" }.first.map(String.init) ?? ""
  if primary.count == 3 { return primary.lowercased() }
  return Locale.LanguageCode(primary.lowercased()).identifier(.alpha3) ?? "und"
}
