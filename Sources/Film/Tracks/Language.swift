import Foundation

/// The three-letter code that containers store for a language tag: "deu" for "de" or "de-AT",
/// "und" for what isn't known.
func threeLetterCode(_ language: String) -> String {
  let primary = language.split { $0 == "-" || $0 == "_" }.first.map(String.init) ?? ""
  if primary.count == 3 { return primary.lowercased() }
  return Locale.LanguageCode(primary.lowercased()).identifier(.alpha3) ?? "und"
}
