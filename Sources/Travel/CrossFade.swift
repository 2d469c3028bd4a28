/// `first` with `share` of `second` over it, 0...1, pixel by pixel.
public func crossFade(_ first: [UInt8], _ second: [UInt8], share: Double) -> [UInt8] {
  precondition(first.count == second.count)
  // Sixteen bits of share: exact at both ends, and rounded to the nearest level between.
  let weight = UInt32((min(max(share, 0), 1) * 65536).rounded())
  return [UInt8](unsafeUninitializedCapacity: first.count) { out, count in
    for i in first.indices {
      let sum = UInt32(first[i]) * (65536 - weight) + UInt32(second[i]) * weight
      out.initializeElement(at: i, to: UInt8(truncatingIfNeeded: (sum + 32768) >> 16))
    }
    count = first.count
  }
}

/// The mean absolute difference of two pictures, in levels: a cheap measure of change.
public func meanAbsoluteDifference(_ first: [UInt8], _ second: [UInt8]) -> Double {
  precondition(first.count == second.count)
  guard !first.isEmpty else { return 0 }
  var sum = 0
  for i in first.indices {
    sum &+= Int(max(first[i], second[i]) &- min(first[i], second[i]))
  }
  return Double(sum) / Double(first.count)
}
