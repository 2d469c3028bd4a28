import CPNG
import Foundation

/// PNG files: 8 or 16 bits a channel, sRGB, metadata in text chunks.
public enum PNG {
  /// The bytes of a file of this picture. `level` is zlib's, 1 (fast) to 9 (small).
  public static func encode(_ picture: Picture, level: Int = 6) throws(FilmError) -> [UInt8] {
    guard picture.width > 0, picture.height > 0,
      picture.pixels.count == picture.width * picture.height * 3
    else {
      throw .options("\(picture.pixels.count) values aren't a picture of \(picture.size)")
    }
    try checkKeywords(picture.text)
    return switch picture.pixels {
    case .eight(let values):
      try values.withUnsafeBufferPointer { values throws(FilmError) in
        try encode(UnsafeRawBufferPointer(values), 8, picture, level)
      }
    case .sixteen(let values):
      try values.withUnsafeBufferPointer { values throws(FilmError) in
        try encode(UnsafeRawBufferPointer(values), 16, picture, level)
      }
    }
  }

  /// The picture in a PNG file's bytes; `name` is what errors call it.
  public static func decode(_ bytes: [UInt8], name: String) throws(FilmError) -> Picture {
    var raw = fabula_png_picture()
    var message = [CChar](repeating: 0, count: 256)
    guard fabula_png_decode(bytes, bytes.count, &raw, &message) == 0 else {
      throw .unreadable(path: name, reason: "not a whole PNG: \(string(message))")
    }
    defer { fabula_png_free(&raw) }
    let count = Int(raw.width) * Int(raw.height) * 3
    var text: [String: String] = [:]
    for index in 0..<raw.count {
      text[String(cString: raw.texts[index].key)] = String(cString: raw.texts[index].value)
    }
    let memory = UnsafeRawBufferPointer(start: raw.pixels, count: count * Int(raw.depth) / 8)
    let pixels: Picture.Pixels =
      raw.depth == 16
      ? .sixteen(Array(memory.bindMemory(to: UInt16.self))) : .eight(Array(memory))
    return Picture(width: Int(raw.width), height: Int(raw.height), pixels: pixels, text: text)
  }

  /// Writes a picture to a file, which is whole or not there.
  public static func write(_ picture: Picture, to path: String, level: Int = 6) throws(FilmError) {
    try writeWhole(try encode(picture, level: level), to: path)
  }

  /// Reads a picture from a file.
  public static func read(_ path: String) throws(FilmError) -> Picture {
    try decode(try readWhole(path), name: path)
  }

  private static func encode(
    _ values: UnsafeRawBufferPointer, _ depth: Int32, _ picture: Picture, _ level: Int
  ) throws(FilmError) -> [UInt8] {
    let texts = picture.text.sorted { $0.key < $1.key }
      .map { fabula_png_text(key: strdup($0.key), value: strdup($0.value)) }
    defer {
      for text in texts {
        free(UnsafeMutablePointer(mutating: text.key))
        free(UnsafeMutablePointer(mutating: text.value))
      }
    }
    var bytes: UnsafeMutablePointer<UInt8>?
    var size = 0
    var message = [CChar](repeating: 0, count: 256)
    let code = fabula_png_encode(
      values.baseAddress, UInt32(picture.width), UInt32(picture.height), depth, Int32(level),
      texts, texts.count, &bytes, &size, &message)
    guard code == 0 else { throw .options("no PNG of \(picture.size): \(string(message))") }
    defer { free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: size))
  }

  private static func checkKeywords(_ text: [String: String]) throws(FilmError) {
    for key in text.keys where !(1...79).contains(key.utf8.count) || !key.allSatisfy(\.isASCII) {
      throw .options("\"\(key)\" isn't a keyword for a PNG: 1 to 79 plain letters")
    }
  }

  private static func string(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
