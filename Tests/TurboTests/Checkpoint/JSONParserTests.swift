import Testing

@testable import Turbo

@Suite struct JSONParserTests {
  private func parse(_ text: String) throws -> JSONValue {
    try Array(text.utf8).withUnsafeBytes(JSONParser.parse)
  }

  @Test func values() throws {
    #expect(try parse(" null ") == .null)
    #expect(try parse("[true,false]") == .array([.bool(true), .bool(false)]))
    #expect(try parse("-0") == .integer(0))
    #expect(try parse("9223372036854775807") == .integer(.max))
    #expect(try parse("1000000000000000019884624838656") == .number(1e30))
    #expect(try parse("-1.5e-3") == .number(-0.0015))
    #expect(try parse("{}") == .object([:]))
    #expect(
      try parse(#"{"a" : [ ] , "b":{"c":1}}"#)
        == .object(["a": .array([]), "b": .object(["c": .integer(1)])]))
  }

  @Test func strings() throws {
    #expect(try parse(#""\"\\\/\b\f\n\r\t""#) == .string("\"\\/\u{8}\u{c}\n\r\t"))
    #expect(try parse(#""é\u00e9\uD83E\uDD8A x""#) == .string("éé🦊 x"))
    #expect(try parse(#""""#) == .string(""))
  }

  @Test(arguments: [
    "", " ", "nul", "nulll", "truefalse", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{",
    "{a:1}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#, #"{"a":1,"a":2}"#, "01",
    "-", "+1", "1.", ".5", "1e", "1e+", "1e999", "0x1", "NaN", "Infinity", "'a'", "\"",
    "\"a", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\uD800\"", "\"\\uD800\\u0041\"",
    "\"\\uDC00\"", "\"\n\"", "1 1", "\u{feff}1",
  ])
  func refuses(_ text: String) {
    #expect(throws: JSONError.self) { try parse(text) }
  }

  @Test func refusesBytesThatAreNotUTF8() {
    for bytes: [UInt8] in [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
    ] {
      #expect(throws: JSONError.self) { try bytes.withUnsafeBytes(JSONParser.parse) }
    }
  }

  @Test func depthIsBounded() throws {
    let deep = { (n: Int) in String(repeating: "[", count: n) + String(repeating: "]", count: n) }
    _ = try parse(deep(64))
    #expect(throws: JSONError.self) { try parse(deep(65)) }
    #expect(throws: JSONError.self) { try parse(String(repeating: "[", count: 1_000_000)) }
    #expect(throws: JSONError.self) { try parse(String(repeating: #"{"a":"#, count: 100_000)) }
  }
}
