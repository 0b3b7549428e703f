// The C library's mathematics under one name, so that one file imports it.

#if canImport(Musl)
  import Musl
#else
  import Glibc
#endif

enum XPathMath {
  static func sin(_ value: Double) -> Double { Sine(value) }
  static func cubeRoot(_ value: Double) -> Double { cbrt(value) }
  private static func Sine(_ value: Double) -> Double {
    #if canImport(Musl)
      Musl.sin(value)
    #else
      Glibc.sin(value)
    #endif
  }

  /// The functions of one number; nil: not one of them.
  static func unary(_ function: XPathFunction, _ value: Double) -> Double? {
    switch function {
    case .abs: abs(value)
    case .sqrt: value.squareRoot()
    case .exp: exp(value)
    case .exp10: pow(10, value)
    case .log: log(value)
    case .log10: log10(value)
    case .sin: Sine(value)
    case .cos: cos(value)
    case .tan: tan(value)
    case .asin: asin(value)
    case .acos: acos(value)
    case .atan: atan(value)
    default: nil
    }
  }

  static func power(_ base: Double, _ exponent: Double) -> Double {
    // Java: 1 to the power of NaN or of an infinity is NaN; C says 1.
    if exponent.isNaN || (abs(base) == 1 && exponent.isInfinite) { return .nan }
    return pow(base, exponent)
  }

  static func angle(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
  static func cosine(_ value: Double) -> Double { cos(value) }
  static func arcCosine(_ value: Double) -> Double { acos(value) }
  static func remainder(_ left: Double, _ right: Double) -> Double { fmod(left, right) }
}
