// The world outside: clock, randomness and the room on the disk, as values, so that a test says what time it is.

internal import Crypto
public import Foundation
internal import Journal
internal import Relief

public struct CountySurroundings: Sendable {
  public var now: @Sendable () -> Date
  /// False where somebody said what time it is: records written then say so (`clock_ok`).
  public var clockIsBelieved = true
  /// So many random bytes, good enough for keys.
  public var random: @Sendable (Int) -> [UInt8]

  /// Bytes that may still be written on the disk of a path.
  public var freeBytes: @Sendable (String) throws -> Int

  public init(
    now: @escaping @Sendable () -> Date, random: @escaping @Sendable (Int) -> [UInt8],
    freeBytes: (@Sendable (String) throws -> Int)? = nil
  ) {
    self.now = now
    self.random = random
    self.freeBytes = freeBytes ?? { path in try PosixDisk().freeBytes(path) }
  }

  public static let real = CountySurroundings(
    now: { Date() },
    random: { count in
      var generator = SystemRandomNumberGenerator()
      return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    })

  /// Seconds since 1970.
  var seconds: Int64 { Int64(now().timeIntervalSince1970) }

  /// A version 4 UUID, lower case.
  func uuid() -> String {
    var bytes = random(16)
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    return Hex.uuid(bytes)
  }

  /// RFC 3339 in China's time, which has had no other offset since 1991.
  static func text(_ date: Date) -> String {
    let seconds = Int(date.timeIntervalSince1970.rounded(.down)) + 8 * 3600
    let second = (seconds % 86_400 + 86_400) % 86_400
    guard let day = CivilDate(dayNumber: (seconds - second) / 86_400) else { return "" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))+08:00"
  }
}

enum Hex {
  /// Sixteen bytes as a UUID is written.
  static func uuid(_ bytes: [UInt8]) -> String {
    let hex = Array(encode(bytes))
    let cuts = [0, 8, 12, 16, 20, 32]
    return zip(cuts, cuts.dropFirst()).map { String(hex[$0..<$1]) }.joined(separator: "-")
  }

  static func encode(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  static func decode(_ text: String) -> [UInt8]? {
    let digits = text.utf8.map { byte -> UInt8? in
      switch byte {
      case 48...57: byte - 48
      case 65...70: byte - 55
      case 97...102: byte - 87
      default: nil
      }
    }
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }
}

enum Digest {
  static func sha256(_ bytes: some Sequence<UInt8>) -> [UInt8] { [UInt8](SHA256.hash(data: Array(bytes))) }
}
