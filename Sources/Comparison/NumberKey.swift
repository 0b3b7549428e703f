// 居民身份证号码 as one integer: seventeen digits and the check character, read out of what people and Excel make of it.
// It is no judge of a number (Relief's IdentityNumber is): it only says when two cells hold the same one.

/// A number as it is compared: `0` is none, otherwise the first seventeen digits times 16, plus the check character (0…10).
struct NumberKey: Equatable {
  var packed: UInt64

  static let missing = NumberKey(packed: 0)
  /// Something stands there that is no number of 18 or 15 digits.
  static let unreadable = NumberKey(packed: .max)

  init(packed: UInt64) { self.packed = packed }

  init(first17: UInt64, check: UInt64) { packed = first17 << 4 | check }

  var isNumber: Bool { packed != 0 && packed != .max }
  var first17: UInt64 { packed >> 4 }
  var check: UInt64 { packed & 15 }
  var hasRightCheck: Bool { isNumber && check == Self.check(of: first17) }

  /// yyyymmdd in positions 7–14; 0 where that is no date.
  var birth: UInt32 { isNumber ? CivilDay.checked(UInt32(first17 / 1_000 % 100_000_000)) : 0 }

  /// The cell without blanks, apostrophes and full-width forms; fifteen digits get their 19 and their check character.
  @inline(__always) init(_ bytes: Span<UInt8>) {
    if bytes.count == 18, let plain = Self(plain: bytes) { self = plain } else { self = Self.reading(bytes) }
  }

  /// Eighteen bytes that need no cleaning: nearly every row.
  @inline(__always) private init?(plain bytes: Span<UInt8>) {
    var value: UInt64 = 0
    var isBad = false
    for place in 0..<17 {
      let digit = bytes[place] &- 48
      isBad = isBad || digit > 9
      value = value &* 10 &+ UInt64(digit)
    }
    let last = bytes[17]
    let check: UInt8 = last | 0x20 == UInt8(ascii: "x") ? 10 : last &- 48
    guard !isBad, check <= 10, check < 10 || last | 0x20 == UInt8(ascii: "x") else { return nil }
    guard !Self.isFiller(value) else { return nil }
    self.init(first17: value, check: UInt64(check))
  }

  @inline(never) private static func reading(_ bytes: Span<UInt8>) -> NumberKey {
    var digits: [UInt8] = []
    var isForeign = false
    var scalars = Scalars()
    while let scalar = scalars.next(in: bytes) {
      let plain = Scalars.halfWidth(scalar)
      switch plain {
      case 48...57: digits.append(UInt8(plain - 48))
      case 0x58, 0x78: digits.append(10)
      case _ where Scalars.isBlank(plain) || Scalars.isQuote(plain): continue
      default: isForeign = true
      }
      if digits.count > 18 { return .unreadable }
    }
    if digits.isEmpty && !isForeign { return .missing }
    guard !isForeign, digits.count == 18 || digits.count == 15 else { return .unreadable }
    let isOld = digits.count == 15
    guard !digits.dropLast(isOld ? 0 : 1).contains(10) else { return .unreadable }
    if isOld { digits.insert(contentsOf: [1, 9], at: 6) }
    let first17 = digits[..<17].reduce(UInt64(0)) { $0 * 10 + UInt64($1) }
    guard !isFiller(first17) else { return .unreadable }
    return NumberKey(first17: first17, check: isOld ? check(of: first17) : UInt64(digits[17]))
  }

  /// 000…, 111…: what is typed where a form insists on a number. Nobody's number begins with 0.
  @inline(__always) private static func isFiller(_ first17: UInt64) -> Bool {
    first17 < 10_000_000_000_000_000 || first17 % 11_111_111_111_111_111 == 0
  }

  /// GB 11643-1999 (ISO 7064 MOD 11-2): the check character that belongs to seventeen digits, X as 10.
  static func check(of first17: UInt64) -> UInt64 {
    var rest = first17
    var sum: UInt64 = 0
    for place in stride(from: 16, through: 0, by: -1) {
      sum += rest % 10 * weights[place]
      rest /= 10
    }
    return (12 - sum % 11) % 11
  }

  /// Weights of the positions 1–17 (GB 11643-1999).
  static let weights: InlineArray<17, UInt64> = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
}

/// A civil day as the number yyyymmdd, 0 where it is unknown.
enum CivilDay {
  static func checked(_ day: UInt32) -> UInt32 {
    let (year, month, date) = (day / 10_000, day / 100 % 100, day % 100)
    return (1_850...2_199).contains(year) && (1...12).contains(month) && (1...31).contains(date) ? day : 0
  }

  /// 19500307, 1950-3-7, 1950/03/07, 1950.3.7, 1950年3月7日, also in full-width digits; what follows a blank is a time.
  static func reading(_ bytes: Span<UInt8>) -> UInt32 {
    var parts: [UInt32] = []
    var part: UInt32?
    var digits = 0
    var scalars = Scalars()
    scan: while let scalar = scalars.next(in: bytes) {
      let plain = Scalars.halfWidth(scalar)
      switch plain {
      case 48...57:
        part = (part ?? 0) * 10 + (plain - 48)
        digits += 1
        if digits > 8 { return 0 }
      case 0x2D, 0x2F, 0x2E, 0x5E74, 0x6708, 0x65E5:  // - / . 年 月 日
        guard let done = part else { return 0 }
        parts.append(done)
        part = nil
      case _ where Scalars.isQuote(plain): continue
      case _ where Scalars.isBlank(plain) || plain == 0x54:
        if digits > 0 { break scan }
      default: return 0
      }
    }
    if let part { parts.append(part) }
    if parts.count == 1, digits == 8 { return checked(parts[0]) }
    guard parts.count == 3, parts[1] < 100, parts[2] < 100, parts[0] < 10_000 else { return 0 }
    return checked(parts[0] * 10_000 + parts[1] * 100 + parts[2])
  }
}

/// 村 as it is compared. What is known for less than a village is loose.
struct VillageKey: Equatable {
  /// 0 none; below 10^12 a code (a township's ends in 000); with the top bit set the hash of a text.
  var value: UInt64

  static let unknown = VillageKey(value: 0)

  init(value: UInt64) { self.value = value }

  /// A code of 12 digits, one of 9 or less (a township, a county: the rest is 0), or any text.
  init(_ bytes: Span<UInt8>) {
    var code: UInt64 = 0
    var digits = 0
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var isText = false
    var scalars = Scalars()
    while let scalar = scalars.next(in: bytes) {
      let plain = Scalars.halfWidth(scalar)
      if Scalars.isBlank(plain) || Scalars.isQuote(plain) { continue }
      if (48...57).contains(plain), digits < 13 {
        code = code * 10 + UInt64(plain - 48)
        digits += 1
      } else {
        isText = true
      }
      hash = (hash ^ UInt64(plain)) &* 0x100_0000_01B3
    }
    if isText {
      value = hash | 1 << 63
    } else {
      for _ in digits..<max(digits, 12) { code *= 10 }
      value = digits > 12 || digits < 6 ? 0 : code
    }
  }

  var isText: Bool { value >> 63 == 1 }
  /// A code that names one village.
  var isVillage: Bool { !isText && value % 1_000 != 0 }

  enum Relation { case same, town, unknown, differs }

  func relation(to other: VillageKey) -> Relation {
    if value == 0 || other.value == 0 || isText != other.isText { return .unknown }
    if isText { return value == other.value ? .same : .differs }
    if isVillage && other.isVillage { return value == other.value ? .same : .differs }
    if value / 1_000 == other.value / 1_000 { return .town }
    // A county's code (or a province's) says no more than that it may be.
    let isCounty = value % 1_000_000 == 0 || other.value % 1_000_000 == 0
    return isCounty && value / 1_000_000 == other.value / 1_000_000 ? .unknown : .differs
  }
}

// Nearly every cell is eight or ten digits, or twelve: without a list of parts.
extension CivilDay {
  @inline(__always) static func quick(_ bytes: Span<UInt8>) -> UInt32 {
    if bytes.isEmpty { return 0 }
    guard bytes.count == 8 || bytes.count == 10 else { return reading(bytes) }
    var day: UInt32 = 0
    for place in bytes.indices {
      let digit = bytes[place] &- 48
      if digit <= 9 {
        day = day &* 10 &+ UInt32(digit)
      } else if bytes.count == 8 || (place != 4 && place != 7) {
        return reading(bytes)
      }
    }
    guard bytes.count == 8 || (bytes[4] == bytes[7] && bytes[4] &- 0x2D <= 2) else { return reading(bytes) }
    return checked(day)
  }
}

extension VillageKey {
  @inline(__always) static func quick(_ bytes: Span<UInt8>) -> VillageKey {
    if bytes.isEmpty { return .unknown }
    guard bytes.count == 12 else { return VillageKey(bytes) }
    var code: UInt64 = 0
    for place in bytes.indices {
      let digit = bytes[place] &- 48
      if digit > 9 { return VillageKey(bytes) }
      code = code &* 10 &+ UInt64(digit)
    }
    return VillageKey(value: code)
  }
}
