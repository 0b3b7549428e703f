// UTF-8 read one character after the other, whatever the bytes are. No text is made.

struct Scalars {
  private var place = 0

  /// What a byte that belongs to no character is read as.
  static let broken: UInt32 = 0xFFFD

  mutating func next(in bytes: Span<UInt8>) -> UInt32? {
    guard place < bytes.count else { return nil }
    let first = bytes[place]
    place += 1
    if first < 0x80 { return UInt32(first) }
    let more: Int
    var value: UInt32
    switch first {
    case 0xC2...0xDF: (more, value) = (1, UInt32(first & 0x1F))
    case 0xE0...0xEF: (more, value) = (2, UInt32(first & 0x0F))
    case 0xF0...0xF4: (more, value) = (3, UInt32(first & 0x07))
    default: return Self.broken
    }
    guard place + more <= bytes.count else { return Self.broken }
    for step in 0..<more {
      let byte = bytes[place + step]
      guard byte & 0xC0 == 0x80 else { return Self.broken }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let least: UInt32 = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x1_0000
    guard value >= least, Unicode.Scalar(value) != nil else { return Self.broken }
    place += more
    return value
  }

  /// Full-width forms as their ASCII.
  static func halfWidth(_ scalar: UInt32) -> UInt32 {
    (0xFF01...0xFF5E).contains(scalar) ? scalar - 0xFEE0 : scalar
  }

  /// Blanks, what cannot be seen, and what stands around a cell by mistake.
  static func isBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0...0x20, 0x7F...0xA0, 0xAD, 0x3000, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0xFEFF: true
    default: false
    }
  }

  static func isQuote(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x22, 0x27, 0x60, 0xB4, 0x2018, 0x2019, 0x201C, 0x201D: true
    default: false
    }
  }
}
