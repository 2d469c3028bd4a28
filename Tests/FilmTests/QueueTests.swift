import Foundation
import Testing

@testable import Film

@Suite struct QueueTests {
  @Test func pushWaitsOnlyWhenFull() throws {
    let queue = FrameQueue<Int>(capacity: 2)
    // Nobody takes anything yet: these return all the same.
    try queue.push(1, path: "a")
    try queue.push(2, path: "a")
    let pushed = FrameCounter()
    Thread.detachNewThread {
      try? queue.push(3, path: "a")
      pushed.set(1)
    }
    usleep(50_000)
    #expect(pushed.value == 0)
    #expect(queue.pop() == 1)
    for _ in 0..<200 where pushed.value == 0 { usleep(10_000) }
    #expect(pushed.value == 1)
    #expect(queue.close(dropping: false))
    #expect([queue.pop(), queue.pop(), queue.pop()] == [2, 3, nil])
    #expect(!queue.close(dropping: false))
  }

  @Test func failureWakesWhoWaits() throws {
    let queue = FrameQueue<Int>(capacity: 1)
    try queue.push(1, path: "a")
    Thread.detachNewThread {
      usleep(50_000)
      queue.done(.diskFull(path: "a"))
    }
    #expect(throws: FilmError.diskFull(path: "a")) { try queue.push(2, path: "a") }
    #expect(throws: FilmError.diskFull(path: "a")) { try queue.push(3, path: "a") }
    #expect(throws: FilmError.diskFull(path: "a")) { try queue.join() }
  }
}
