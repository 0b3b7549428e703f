// The short way: cells that are already as they should be, which most cells of most files are. One look at the bytes decides; whatever
// is not plain goes the long way (ValueReader.read), and both answer the same (a test compares them).

internal import Tables

/// What the short way must know of a column.
struct CellPlan {
  var position: Int
  var type: ColumnType
  var isRequired: Bool

  init(_ column: BatchColumn) { (position, type, isRequired) = (column.position, column.column.type, column.column.isRequired) }
}

extension ValueReader {
  /// Nil: not plain.
  @inline(__always)
  mutating func readPlain(_ cell: TableCell, of bytes: Span<UInt8>, _ type: ColumnType) -> PackedValue? {
    guard cell.findings.isEmpty, cell.kind == .text || cell.kind == .number || cell.kind == .date else { return nil }
    let start = Int(cell.start), count = Int(cell.count)
    guard count > 0, count <= DepartmentsLimits.valueBytes, start + count <= bytes.count else { return nil }
    switch type {
    case .idNumber:
      guard count == 18, let key = Self.plainIdentity(bytes, start) else { return nil }
      identity = key
    case .date:
      guard count == 10 else { return nil }
      return Self.plainDate(bytes, start).map { PackedValue($0) }
    case .name, .division, .text:
      guard Self.isPlain(bytes, start, count) else { return nil }
    case .amount, .number, .code: return nil
    }
    if keepsBytes { return PackedValue(start..<start + count, isExtra: false) }
    let at = extra.count
    for index in start..<start + count { extra.append(bytes[index]) }
    return PackedValue(at..<extra.count, isExtra: true)
  }

  /// Eighteen characters with the right check, a real date, and a tail that no spreadsheet made. A capital X only.
  private static func plainIdentity(_ bytes: Span<UInt8>, _ start: Int) -> IdentityKey? {
    var digits: UInt64 = 0
    // The weights are powers of two: W(i) = 2^(18-i) mod 11.
    var sum = 0
    for index in start..<start + 17 {
      let digit = Int(bytes[index]) - 48
      guard digit >= 0, digit <= 9 else { return nil }
      digits = digits &* 10 &+ UInt64(digit)
      sum = (sum + digit) * 2
    }
    let check = (12 - sum % 11) % 11
    let last = bytes[start + 17]
    guard last == (check == 10 ? UInt8(ascii: "X") : UInt8(48 + check)) else { return nil }
    let birth = Int(digits / 1_000 % 100_000_000)
    guard birth >= 1900_01_01, DateText.isDate(birth / 10_000, birth / 100 % 100, birth % 100) else { return nil }
    guard last != 48 || digits % 100 != 0 else { return nil }
    return IdentityKey(rawValue: digits &* 11 &+ UInt64(check))
  }

  /// yyyy-MM-dd
  private static func plainDate(_ bytes: Span<UInt8>, _ start: Int) -> DateNumber? {
    var number = 0
    for index in 0..<10 {
      let byte = bytes[start + index]
      if index == 4 || index == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard byte >= 48, byte <= 57 else { return nil }
        number = number * 10 + Int(byte - 48)
      }
    }
    guard DateText.isDate(number / 10_000, number / 100 % 100, number % 100) else { return nil }
    return DateNumber(rawValue: Int32(number))
  }

  /// No blank, control, quote, dot or wide form anywhere that the long way would look at.
  private static func isPlain(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> Bool {
    let first = bytes[start]
    guard first != UInt8(ascii: "'"), first != UInt8(ascii: "="), first != UInt8(ascii: "`") else { return false }
    for index in start..<start + count {
      let byte = bytes[index]
      if byte <= 0x20 || byte == 0x2E || byte == 0x7F { return false }
      if byte == 0xC2 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF { return false }
    }
    return true
  }
}
