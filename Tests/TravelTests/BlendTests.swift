import Foundation
import Testing
import Travel

@Suite struct BlendTests {
  private let first: [Float] = [3, 0, 0, 1, 1, 1]
  private let second: [Float] = [0, 1, 0, 2, 2, 2]

  @Test(arguments: BlendKind.allCases)
  func endsAreExact(kind: BlendKind) {
    let blend = RowBlend(from: first, to: second, rowLength: 3, kind: kind)
    #expect(blend.embedding(at: 0) == first)
    #expect(blend.embedding(at: 1) == second)
  }

  @Test func lerpIsTheLine() {
    let blend = RowBlend(from: first, to: second, rowLength: 3, kind: .lerp)
    #expect(blend.embedding(at: 0.5) == [1.5, 0.5, 0, 1.5, 1.5, 1.5])
  }

  @Test func slerpTurnsEachRowAndGrowsItsLengthEvenly() {
    let blend = RowBlend(from: first, to: second, rowLength: 3, kind: .slerp)
    let quarter = blend.embedding(at: 0.25)
    // The first row turns by 90°, so by 22.5° here, and is as long as 3 + (1 − 3) / 4.
    #expect(abs(Double(quarter[0]) - 2.5 * cos(.pi / 8)) < 1e-6)
    #expect(abs(Double(quarter[1]) - 2.5 * sin(.pi / 8)) < 1e-6)
    // The second row doesn't turn.
    #expect(quarter[3...] == [1.25, 1.25, 1.25])
  }

  @Test(arguments: BlendKind.allCases)
  func weightsAreTheBlend(kind: BlendKind) {
    let blend = RowBlend(from: first, to: second, rowLength: 3, kind: kind)
    let weights = blend.weights(at: 0.7)
    let sum = first.indices.map { i in
      weights[i / 3].first * first[i] + weights[i / 3].second * second[i]
    }
    #expect(sum == blend.embedding(at: 0.7))
  }

  @Test func oppositeAndEmptyRowsTakeTheLine() {
    let blend = RowBlend(from: [1, 0, 0, 0], to: [-1, 0, 1, 1], rowLength: 2, kind: .slerp)
    #expect(blend.embedding(at: 0.5) == [0, 0, 0.5, 0.5])
  }

  @Test func crossFadeRoundsToTheNearestLevel() {
    let (black, white): ([UInt8], [UInt8]) = ([0, 10, 255], [255, 10, 0])
    #expect(crossFade(black, white, share: 0) == black)
    #expect(crossFade(black, white, share: 1) == white)
    #expect(crossFade(black, white, share: 0.25) == [64, 10, 191])
    #expect(meanAbsoluteDifference([0, 1, 255], [3, 1, 250]) == 8.0 / 3)
  }
}
