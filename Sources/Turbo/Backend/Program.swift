/// A graph compiled for a device: set its inputs, run, read its outputs. Not for concurrent use.
protocol Program: AnyObject {
  /// Sets an input, which keeps its value until it is set again. Unknown names, which pruning may
  /// have removed, are ignored.
  func set(_ name: String, _ values: [Float])

  /// Runs. Where `goesOn` says no, asked now and then, it stops, returns false, and its outputs are
  /// worth nothing.
  @discardableResult
  func run(while goesOn: () -> Bool) throws(BackendError) -> Bool

  /// An output, valid until the next run.
  func output(_ name: String) -> UnsafeBufferPointer<Float>?

  /// Runs once and returns the seconds that each kind of step took.
  func profile() throws(BackendError) -> [(name: String, seconds: Double)]
}

extension Program {
  @discardableResult
  func run() throws(BackendError) -> Bool { try run(while: { true }) }
}
