import Foundation
import Synchronization
import Testing

@testable import Live

/// A server whose show notes what is done to it.
private final class Theatre: Sendable {
  let server: Server
  let port: UInt16
  let happenings: Happenings

  final class Happenings: Sendable {
    let all = Mutex<[Happening]>([])
  }

  init(limits: ServerLimits = ServerLimits()) throws {
    let happenings = Happenings()
    self.happenings = happenings
    server = try Server(port: 0, limits: limits) {
      Server.Host(
        encode: { $0.rgb },
        take: { happening, _ in happenings.all.withLock { $0.append(happening) } },
        record: { _ in },
        status: {
          Status(lines: [], draft: "", author: 0, settings: ShowSettings(), millisecondsToDraw: 1)
        })
    }
    port = UInt16(server.url.split(separator: ":").last?.dropLast() ?? "") ?? 0
  }

  deinit { server.stop() }

  func show(_ number: Int, bytes: Int = 10) {
    server.show(
      Shown(
        number: number, time: 0, rgb: Array(repeating: 7, count: bytes),
        line: Line(id: 1, text: ""),
        key: 3))
  }

  /// Waits until something is so, for a few seconds.
  func waits(until isSo: () -> Bool) -> Bool {
    for _ in 0..<400 {
      if isSo() { return true }
      usleep(20_000)
    }
    return false
  }
}

/// The next picture's number.
private func picture(_ browser: Browser) -> Int? {
  while let message = browser.message() {
    if message.opcode == 2 {
      return message.payload.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
  }
  return nil
}

@Suite(.serialized) struct ServerTests {
  @Test func servesThePage() throws {
    let theatre = try Theatre()
    for (path, type) in [
      ("/", "text/html"), ("/style.css", "text/css"), ("/show.js", "text/javascript"),
    ] {
      let browser = Browser(port: theatre.port)
      browser.send("GET \(path) HTTP/1.1\r\nHost: localhost:\(theatre.port)\r\n\r\n")
      let answer = browser.readAll()
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: \(type)"))
      #expect(answer.contains("Content-Security-Policy: default-src 'none'"))
    }
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "403"),
    ("POST / HTTP/1.1\r\nHost: H\r\n\r\n", "405"),
    ("GET /../etc/passwd HTTP/1.1\r\nHost: H\r\n\r\n", "404"), ("nonsense\r\n\r\n", "400"),
    ("GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 9000))", "431"),
  ]) func refuses(request: String, status: String) throws {
    let theatre = try Theatre()
    let browser = Browser(port: theatre.port)
    browser.send(request.replacing("Host: H", with: "Host: 127.0.0.1:\(theatre.port)"))
    #expect(browser.readAll().hasPrefix("HTTP/1.1 \(status)"))
  }

  @Test func keysGoInAndPicturesComeOut() throws {
    let theatre = try Theatre()
    let browser = Browser(port: theatre.port)
    #expect(
      browser.upgrade(port: theatre.port, origin: "http://127.0.0.1:\(theatre.port)")
        == "HTTP/1.1 101 Switching Protocols")
    #expect(
      browser.message().map { String(decoding: $0.payload, as: UTF8.self) }
        == #"{"type":"hello","you":1}"#)
    browser.say(#"{"type":"text","text":"a fox","key":3}"#)
    #expect(theatre.waits { theatre.happenings.all.withLock { $0 } == [.typed("a fox", key: 3)] })
    theatre.show(1)
    #expect(picture(browser) == 1)
  }

  @Test func anotherSitesPageMayNotConnect() throws {
    let theatre = try Theatre()
    let browser = Browser(port: theatre.port)
    #expect(
      browser.upgrade(port: theatre.port, origin: "http://evil.example") == "HTTP/1.1 403 Forbidden"
    )
  }

  @Test func aSlowViewerLosesPicturesAndTheOthersLoseNone() throws {
    let theatre = try Theatre()
    let (slow, quick) = (Browser(port: theatre.port), Browser(port: theatre.port))
    _ = slow.upgrade(port: theatre.port)
    _ = quick.upgrade(port: theatre.port)
    var seen: [Int] = []
    for number in 1...30 {
      theatre.show(number, bytes: 200_000)
      let got = picture(quick) ?? 0
      seen.append(got)
      quick.say(#"{"type":"drawn","number":\#(got)}"#)
    }
    #expect(seen == Array(1...30))
    // The slow one has drawn none: two are on their way to it, then it gets the newest.
    let first = try #require(picture(slow))
    let second = try #require(picture(slow))
    slow.say(#"{"type":"drawn","number":\#(second)}"#)
    #expect(first == 1 && second <= 3)
    #expect(picture(slow) == 30)
  }

  @Test func aHugeMessageEndsItsConnectionOnly() throws {
    let theatre = try Theatre()
    let (bad, good) = (Browser(port: theatre.port), Browser(port: theatre.port))
    _ = bad.upgrade(port: theatre.port)
    _ = good.upgrade(port: theatre.port)
    bad.send([0x81, 0xFF, 0x7F] + Array(repeating: 0xFF, count: 7) + [0, 0, 0, 0])
    var last: (opcode: UInt8, payload: [UInt8])?
    while let message = bad.message() { last = message }
    #expect(last?.opcode == 8)
    #expect(last?.payload == [1009 >> 8, 1009 & 255])
    theatre.show(1)
    #expect(picture(good) == 1)
  }

  @Test func thousandConnectionsKeepNobodyOut() throws {
    var limits = ServerLimits()
    limits.connections = 50
    limits.secondsToAsk = 60
    let theatre = try Theatre(limits: limits)
    let first = Browser(port: theatre.port)
    _ = first.upgrade(port: theatre.port)
    // Both ends are in this process.
    var files = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
    files.rlim_cur = min(files.rlim_max, 4096)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
    let idle = (0..<1000).map { _ in Browser(port: theatre.port) }
    for browser in idle { browser.send("GET / HT") }
    try plays(to: first, on: theatre, pictures: 1...20)
    let late = Browser(port: theatre.port)
    #expect(late.upgrade(port: theatre.port) == "HTTP/1.1 101 Switching Protocols")
    // Who comes late sees the newest picture at once.
    #expect(picture(late) == 20)
    theatre.show(21)
    #expect(picture(first) == 21)
    #expect(picture(late) == 21)
    withExtendedLifetime(idle) {}
  }

  /// Whether a viewer sees every picture in its turn.
  private func plays(
    to viewer: Browser, on theatre: Theatre, pictures: ClosedRange<Int>, meanwhile: () -> Void = {}
  ) throws {
    for number in pictures {
      meanwhile()
      theatre.show(number)
      try #require(picture(viewer) == number)
      viewer.say(#"{"type":"drawn","number":\#(number)}"#)
    }
  }

  @Test func garbageHarmsItsSenderOnly() throws {
    let theatre = try Theatre()
    let good = Browser(port: theatre.port)
    _ = good.upgrade(port: theatre.port)
    var generator = SystemRandomNumberGenerator()
    let noise = (0..<60).map { _ in
      (0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
    // Half of them before they are viewers, half of them as such.
    let bad = (0..<60).map { _ in Browser(port: theatre.port) }
    for browser in bad.suffix(30) { _ = browser.upgrade(port: theatre.port) }
    var next = 0
    try plays(to: good, on: theatre, pictures: 1...60) {
      bad[next].send(noise[next])
      next += 1
    }
    // They are let go: whoever reads comes to an end.
    for browser in bad { while !browser.read(4096).isEmpty {} }
    try plays(to: good, on: theatre, pictures: 61...65)
    #expect(theatre.happenings.all.withLock { $0 }.isEmpty)
  }

  @Test func requestsThatTrickleInAreGivenUp() throws {
    var limits = ServerLimits()
    limits.secondsToAsk = 0.5
    let theatre = try Theatre(limits: limits)
    let good = Browser(port: theatre.port)
    _ = good.upgrade(port: theatre.port)
    let slow = (0..<100).map { _ in Browser(port: theatre.port) }
    for browser in slow { browser.send("GET / HTTP/1.1\r\nX: ") }
    // A letter every few milliseconds is no reason to wait longer for the end.
    var number = 0
    let end = Date(timeIntervalSinceNow: 1.5)
    while Date() < end {
      number += 1
      try plays(to: good, on: theatre, pictures: number...number) {
        for browser in slow { browser.send("x") }
      }
      usleep(5000)
    }
    for browser in slow { #expect(browser.read(1).isEmpty) }
  }

  @Test func floodsOfMessagesHoldNothingUp() throws {
    let theatre = try Theatre()
    let (good, typist, pinger) = (
      Browser(port: theatre.port), Browser(port: theatre.port), Browser(port: theatre.port)
    )
    for browser in [good, typist, pinger] { _ = browser.upgrade(port: theatre.port) }
    let long = String(repeating: "x", count: 10_000)
    let ping: [UInt8] = [0x89, 0x80 | 125, 0, 0, 0, 0] + [UInt8](repeating: 1, count: 125)
    let pings = (0..<500).flatMap { _ in ping }
    try plays(to: good, on: theatre, pictures: 1...60) {
      for key in 0..<10 { typist.say(#"{"type":"text","text":"\#(long)","key":\#(key)}"#) }
      // It never reads the answers, of which there are soon no more.
      pinger.send(pings)
    }
    #expect(theatre.waits { theatre.happenings.all.withLock { $0.count } == 600 })
  }

  @Test func aRequestThatNeverEndsIsGivenUp() throws {
    var limits = ServerLimits()
    limits.secondsToAsk = 0.3
    let theatre = try Theatre(limits: limits)
    let browser = Browser(port: theatre.port)
    browser.send("GET / HTTP/1.1\r\n")
    #expect(browser.readAll() == "")
  }
}
