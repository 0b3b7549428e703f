// Entropy — where random bytes come from: the system's generator, or a test's.

/// A source of random bytes.
public struct Entropy: Sendable {
  /// `count` random bytes.
  public var bytes: @Sendable (_ count: Int) -> [UInt8]

  public init(bytes: @escaping @Sendable (_ count: Int) -> [UInt8]) { self.bytes = bytes }

  /// The operating system's generator.
  public static let system = Entropy { count in
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count { bytes.append(contentsOf: RawBytes.bigEndian(generator.next() as UInt64)) }
    return Array(bytes.prefix(count))
  }

  /// A new UUIDv4, lower-case.
  public func uuid() -> String {
    var sixteen = bytes(16)
    if sixteen.count != 16 { sixteen = Entropy.system.bytes(16) }
    sixteen[6] = sixteen[6] & 0x0F | 0x40
    sixteen[8] = sixteen[8] & 0x3F | 0x80
    return UUIDText.text(sixteen)
  }
}

/// UUIDs as text (lower-case, 8-4-4-4-12) and as their sixteen bytes.
enum UUIDText {
  static func text(_ bytes: [UInt8]) -> String {
    let hex = Array(RawBytes.hex(bytes))
    var text = ""
    for (index, character) in hex.enumerated() {
      if index == 8 || index == 12 || index == 16 || index == 20 { text.append("-") }
      text.append(character)
    }
    return text
  }

  static func bytes(_ text: String) -> [UInt8]? {
    let characters = Array(text.utf8)
    guard characters.count == 36 else { return nil }
    var hex: [UInt8] = []
    for (index, character) in characters.enumerated() {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard character == 0x2D else { return nil }
      } else {
        hex.append(character)
      }
    }
    return RawBytes.fromHex(hex)
  }
}
