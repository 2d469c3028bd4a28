/// An error of the command itself: one line that says what is wrong and what to do.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
