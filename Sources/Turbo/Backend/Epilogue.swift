/// What follows a product in the same pass over its result.
enum Epilogue {
  case activation(Activation)
  /// Adds a matrix of the result's shape.
  case add
  /// Adds one vector to every row.
  case addVector
}
