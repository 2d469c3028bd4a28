import Foundation

/// Brings a text to the form that CLIP's vocabulary was made from: composed characters (NFC), every
/// run of white space one space, small letters.
enum PromptNormalizer {
  static func normalize(_ text: some StringProtocol) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var inSpace = false
    for scalar in composed(text) {
      if scalar.properties.isWhitespace {
        if !inSpace { result.append(" ") }
        inSpace = true
      } else {
        inSpace = false
        // Scalar by scalar: no rule that looks at neighbours, such as the Greek final sigma's.
        result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return result
  }

  private static func composed(_ text: some StringProtocol) -> [Unicode.Scalar] {
    // Nothing below the combining marks is changed by composition.
    let scalars = Array(text.unicodeScalars)
    guard scalars.contains(where: { $0.value >= 0x300 }) else { return scalars }
    return Array(text.precomposedStringWithCanonicalMapping.unicodeScalars)
  }
}
