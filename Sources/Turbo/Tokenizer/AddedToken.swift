/// A token that is recognised in the text as a whole, before words are split.
///
/// Whether it takes the white space beside it (`lstrip`, `rstrip`) is not asked: white space makes
/// no tokens anyway.
struct AddedToken: Hashable, Sendable {
  let content: String
  /// Whether it is looked for in the normalized text (so that capitals match) or in the raw one.
  let isNormalized: Bool
  /// Whether it is one only where neither letter nor digit touches it.
  let isSingleWord: Bool
}

extension AddedToken {
  /// A special token without settings.
  init(special content: String) {
    self.init(content: content, isNormalized: false, isSingleWord: false)
  }

  /// A token as text, or as an object with settings; nil where it is neither.
  ///
  /// - Parameter isSpecial: whether it is a special one even if it doesn't say so. Others are
  ///   normalized by default.
  init?(_ value: JSONValue, isSpecial: Bool) {
    switch value {
    case .string(let content) where !content.isEmpty:
      self.init(special: content)
    case .object(let fields):
      guard case .string(let content)? = fields["content"], !content.isEmpty else { return nil }
      let isSpecial = isSpecial || fields["special"] == .bool(true)
      var isNormalized = !isSpecial
      if case .bool(let flag)? = fields["normalized"] { isNormalized = flag }
      self.init(
        content: content, isNormalized: isNormalized,
        isSingleWord: fields["single_word"] == .bool(true))
    default:
      return nil
    }
  }
}
