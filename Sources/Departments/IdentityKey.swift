// An identity number as one integer, so that a million of them are compared without text: the seventeen digits, then the check
// character as a digit of base 11. Relief's IdentityNumber is the same rule for one number with words for what is wrong
// (a test holds the two together).

public struct IdentityKey: Hashable, Sendable {
  /// 0 says there is none: no number begins with seventeen zeros.
  public let rawValue: UInt64

  public init(rawValue: UInt64) { self.rawValue = rawValue }

  public static let none = IdentityKey(rawValue: 0)

  public var isNone: Bool { rawValue == 0 }

  /// The eighteen characters; empty where there is none.
  public var text: String {
    guard !isNone else { return "" }
    let digits = String(rawValue / 11)
    let check = rawValue % 11
    return String(repeating: "0", count: max(0, 17 - digits.count)) + digits + (check == 10 ? "X" : String(check))
  }

  /// Birth as the number says it.
  public var birth: DateNumber { DateNumber(rawValue: Int32(truncatingIfNeeded: rawValue / 11 / 1_000 % 100_000_000)) }

  /// GB/T 2261.1: 1 男, 2 女; 0 where there is none.
  public var sex: Int { isNone ? 0 : rawValue / 11 % 2 == 1 ? 1 : 2 }

  enum Reading: Equatable {
    case number(IdentityKey, ValueFindings)
    /// The right shape, with a wrong check character or an impossible date.
    case doubtful
    case length(Int)
    case character(at: Int)
  }

  /// Reads 18 or 15 characters of ASCII.
  static func read(_ bytes: ArraySlice<UInt8>) -> Reading {
    guard bytes.count == 18 || bytes.count == 15 else { return .length(String(decoding: bytes, as: UTF8.self).count) }
    var digits: UInt64 = 0, sum = 0, position = 0
    var findings: ValueFindings = []
    let isOld = bytes.count == 15
    for byte in bytes.prefix(isOld ? 15 : 17) {
      guard (48...57).contains(byte) else { return .character(at: position + 1) }
      if isOld, position == 6 {
        digits = digits * 100 + 19
        sum += weights[6] + 9 * weights[7]
      }
      let digit = Int(byte - 48)
      sum += digit * weights[isOld && position >= 6 ? position + 2 : position]
      digits = digits * 10 + UInt64(digit)
      position += 1
    }
    let check = (12 - sum % 11) % 11
    if isOld {
      findings.insert(.oldNumber)
    } else if let last = bytes.last {
      let isX = last | 0x20 == UInt8(ascii: "x")
      guard isX || (48...57).contains(last) else { return .character(at: 18) }
      if last == UInt8(ascii: "x") { findings.insert(.smallX) }
      guard (isX ? 10 : Int(last - 48)) == check else { return .doubtful }
    }
    let birth = Int(digits / 1_000 % 100_000_000)
    guard birth / 10_000 >= 1900, DateText.isDate(birth / 10_000, birth / 100 % 100, birth % 100) else { return .doubtful }
    return .number(IdentityKey(rawValue: digits * 11 + UInt64(check)), findings)
  }

  private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
}
