/// Reads fields of a JSON object (a component's `config.json`) with defaults for absent ones, and
/// says which file and field is wrong.
///
/// A `null` counts as absent, as it does in diffusers where a field's default is None. A flag of
/// `null` is false, as None is in Python; where it would make another model, ``refuseNull(_:_:)``
/// refuses it.
struct ConfigReader {
  let file: String
  let fields: [String: JSONValue]

  init(_ bytes: FileBytes) throws(CheckpointError) {
    file = bytes.name
    let value: JSONValue
    do { value = try bytes.withUnsafeBytes(JSONParser.parse) } catch {
      throw .invalidConfig(file: file, field: "", reason: "invalid JSON: \(error.description)")
    }
    guard case .object(let members) = value else {
      throw .invalidConfig(file: file, field: "", reason: "not a JSON object")
    }
    fields = members
  }

  /// Fields of an object inside another file's object.
  init(file: String, fields: [String: JSONValue]) {
    self.file = file
    self.fields = fields
  }

  /// The names of all fields, sorted.
  var names: [String] { fields.keys.sorted() }

  /// The field's value; nil when absent or null.
  subscript(field: String) -> JSONValue? {
    guard let value = fields[field], value != .null else { return nil }
    return value
  }

  func invalid(_ field: String, _ reason: String) -> CheckpointError {
    .invalidConfig(file: file, field: field, reason: reason)
  }

  private func wrong(_ field: String, _ value: JSONValue, _ expected: String) -> CheckpointError {
    invalid(field, "\(value.summary) is not \(expected)")
  }

  private func required<T>(_ field: String, _ value: T?) throws(CheckpointError) -> T {
    guard let value else { throw invalid(field, "missing") }
    return value
  }

  func object(_ field: String) throws(CheckpointError) -> [String: JSONValue] {
    let value = try required(field, self[field])
    guard case .object(let members) = value else { throw wrong(field, value, "an object") }
    return members
  }

  func string(_ field: String) throws(CheckpointError) -> String? {
    guard let value = self[field] else { return nil }
    guard case .string(let text) = value else { throw wrong(field, value, "a string") }
    return text
  }

  func bool(_ field: String, default: Bool) throws(CheckpointError) -> Bool {
    guard let value = fields[field] else { return `default` }
    guard value != .null else { return false }
    guard case .bool(let flag) = value else { throw wrong(field, value, "true or false") }
    return flag
  }

  func number(
    _ field: String, default: Double?, in range: ClosedRange<Double>
  ) throws(CheckpointError) -> Double {
    let number: Double
    switch self[field] {
    case nil: return try required(field, `default`)
    case .integer(let value)?: number = Double(value)
    case .number(let value)?: number = value
    case let value?: throw wrong(field, value, "a number")
    }
    guard range.contains(number) else {
      throw invalid(field, "\(number) is not in \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func integer(
    _ field: String, default: Int?, in range: ClosedRange<Int>
  ) throws(CheckpointError) -> Int {
    guard let value = self[field] else { return try required(field, `default`) }
    return try integer(value, field, range)
  }

  private func integer(
    _ value: JSONValue, _ field: String, _ range: ClosedRange<Int>
  ) throws(CheckpointError) -> Int {
    guard case .integer(let integer) = value else { throw wrong(field, value, "an integer") }
    guard range.contains(integer) else {
      throw invalid(field, "\(integer) is not in \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  /// A list of integers; nil when absent.
  func integers(
    _ field: String, in range: ClosedRange<Int>, counts: ClosedRange<Int>
  ) throws(CheckpointError) -> [Int]? {
    guard let value = self[field] else { return nil }
    guard case .array(let elements) = value else { throw wrong(field, value, "a list") }
    guard counts.contains(elements.count) else {
      throw invalid(field, "\(elements.count) entries")
    }
    var integers: [Int] = []
    for element in elements { integers.append(try integer(element, field, range)) }
    return integers
  }

  /// A list of `count` integers, or one integer that stands for all of them.
  func integers(
    _ field: String, default: Int?, in range: ClosedRange<Int>, count: Int
  ) throws(CheckpointError) -> [Int] {
    if case .array? = self[field],
      let list = try integers(field, in: range, counts: count...count)
    {
      return list
    }
    let value = try integer(field, default: `default`, in: range)
    return Array(repeating: value, count: count)
  }

  /// A list of `count` numbers; nil when absent.
  func numbers(_ field: String, count: Int) throws(CheckpointError) -> [Float]? {
    guard let value = self[field] else { return nil }
    guard case .array(let elements) = value, elements.count == count else {
      throw wrong(field, value, "a list of \(count) numbers")
    }
    var numbers: [Float] = []
    for element in elements {
      switch element {
      case .integer(let number): numbers.append(Float(number))
      case .number(let number): numbers.append(Float(number))
      default: throw wrong(field, element, "a number")
      }
    }
    return numbers
  }

  /// A list of anything; nil when absent.
  func array(_ field: String) throws(CheckpointError) -> [JSONValue]? {
    guard let value = self[field] else { return nil }
    guard case .array(let elements) = value else { throw wrong(field, value, "a list") }
    return elements
  }

  /// A list of strings; nil when absent.
  func strings(_ field: String) throws(CheckpointError) -> [String]? {
    guard let elements = try array(field) else { return nil }
    var strings: [String] = []
    for element in elements {
      guard case .string(let text) = element else { throw wrong(field, element, "a string") }
      strings.append(text)
    }
    return strings
  }

  /// Throws unless the field is absent or has one of the values that are implemented.
  func require(_ field: String, oneOf supported: [JSONValue]) throws(CheckpointError) {
    guard let value = self[field], !supported.contains(value) else { return }
    throw unsupported(field, value, supported.map(\.summary))
  }

  /// Throws where the field is there and null, which is not the default but another model.
  func refuseNull(_ field: String, _ supported: String) throws(CheckpointError) {
    guard fields[field] == .null else { return }
    throw unsupported(field, .null, [supported])
  }

  func unsupported(
    _ field: String, _ value: JSONValue, _ supported: [String]
  ) -> CheckpointError {
    .unsupported(
      file: file, field: field, found: value.summary, supported: supported.joined(separator: ", "))
  }

  /// A string that names a case of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ field: String, default: Choice?
  ) throws(CheckpointError) -> Choice where Choice.RawValue == String {
    guard let text = try string(field) else { return try required(field, `default`) }
    guard let choice = Choice(rawValue: text) else {
      throw unsupported(field, .string(text), Choice.allCases.map(\.rawValue))
    }
    return choice
  }
}
