/// The element types that can be computed with; safetensors' names.
public enum ElementType: String, Sendable {
  /// IEEE single precision.
  case float32 = "F32"
  /// IEEE half precision.
  case float16 = "F16"
  /// The upper half of a single-precision number.
  case bfloat16 = "BF16"

  /// Bytes an element.
  public var size: Int { self == .float32 ? 4 : 2 }

  /// Bits an element of every type that safetensors names, for checking a header; nil for a name
  /// that is unknown, which is an error only once its tensor is asked for.
  static func bits(of name: String) -> Int? {
    switch name {
    case "F4": 4
    case "F6_E2M3", "F6_E3M2": 6
    case "BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ": 8
    case "I16", "U16", "F16", "BF16": 16
    case "I32", "U32", "F32": 32
    case "I64", "U64", "F64", "C64": 64
    default: nil
    }
  }
}
