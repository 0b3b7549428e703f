import Relief
import Tables
import Testing

@testable import Departments

@Suite("Values of departments")
struct ValueTests {
  /// Numbers in the region that was never given out.
  private static func numbers(_ count: Int) -> [String] {
    var generator = SystemRandomNumberGenerator()
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return (0..<count).map { _ in
      let birth = Int.random(in: 1890...2025, using: &generator) * 10_000 + Int.random(in: 1...12, using: &generator) * 100
        + Int.random(in: 1...31, using: &generator)
      let digits = ("130599" + String(birth) + String(Int.random(in: 100...999, using: &generator))).compactMap(\.wholeNumberValue)
      let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
      // One in eight has a wrong check character.
      let check = Int.random(in: 0...7, using: &generator) == 0 ? Int.random(in: 0...10, using: &generator) : sum % 11
      return digits.map(String.init).joined() + String(Array("10X98765432")[check])
    }
  }

  @Test("the key of a number and the domain's own rule agree on every number, and the key gives the number back")
  func keysAgreeWithTheDomain() {
    var right = 0
    for text in Self.numbers(20_000) {
      let number = try? IdentityNumber(text)
      switch IdentityKey.read(Array(text.utf8)[...]) {
      case .number(let key, let findings):
        right += 1
        #expect(number != nil && key.text == text && findings.isEmpty, "\(text)")
        #expect(key.birth.text == number?.birth.description && String(key.sex) == number?.sex.rawValue, "\(text)")
      case .doubtful: #expect(number == nil, "\(text)")
      default: Issue.record("\(text)")
      }
    }
    #expect(right > 10_000)
  }

  @Test("old numbers become what the domain makes of them; a small x is a capital one")
  func oldAndSmall() throws {
    let old = "130599800101123"
    #expect(
      IdentityKey.read(Array(old.utf8)[...])
        == .number(IdentityKey(rawValue: try key(IdentityNumber.converting(old: old).text)), .oldNumber))
    #expect(IdentityKey.read(Array("13059919491003002x".utf8)[...]) == .number(IdentityKey(rawValue: try key("13059919491003002X")), .smallX))
  }

  private func key(_ text: String) throws -> UInt64 {
    guard case .number(let key, _) = IdentityKey.read(Array(text.utf8)[...]) else { throw IdentityNumber.Fault.checksum }
    return key.rawValue
  }

  @Test("length and character of what is no number", arguments: [
    ("13059919500307003", IdentityKey.Reading.length(17)), ("", .length(0)), ("13059919500307003A", .character(at: 18)),
    ("1305991950O3070030", .character(at: 11)), ("130599195003070031", .doubtful), ("130599202102290017", .doubtful),
  ])
  func faults(_ text: String, _ reading: IdentityKey.Reading) { #expect(IdentityKey.read(Array(text.utf8)[...]) == reading) }

  @Test("dates in six formats", arguments: [
    ("2026-11-26", ValueFindings()), ("2026/11/26", .dateRewritten), ("2026.11.26", .dateRewritten), ("20261126", .dateRewritten),
    ("2026年11月26日", .dateRewritten), ("46352", ValueFindings([.serialDate, .dateRewritten])), ("2026-11-26 00:00:00", ValueFindings()), ("2026-11-26T09:30:00", .timeDropped),
    ("2026/11/26 0:00", .dateRewritten), ("46352.75", ValueFindings([.serialDate, .dateRewritten])),
  ])
  func dates(_ text: String, _ findings: ValueFindings) {
    #expect(DateText.read(Array(text.utf8)) == .whole(DateNumber(year: 2026, month: 11, day: 26), findings))
  }

  @Test("no dates", arguments: ["11/26/2026", "26-11-2026", "2026-13-01", "2026-02-29", "2026-1-", "20261301", "2026年11月26", "x", "2026-11-26x", "2026-11/26", "99999999", ""])
  func noDates(_ text: String) { #expect(DateText.read(Array(text.utf8)) == .none) }

  @Test("partial dates are partial", arguments: [("2026-11", 11), ("2026年11月", 11), ("2026.11", 11), ("2026/11", 11), ("2026", 0), ("2026年", 0)])
  func partialDates(_ text: String, _ month: Int) {
    guard case .partial(let date, let findings) = DateText.read(Array(text.utf8)) else {
      Issue.record("\(text)")
      return
    }
    #expect(date == DateNumber(year: 2026, month: month, day: 0) && findings.contains(.partialDate))
  }

  @Test("amounts to 分, exactly", arguments: [
    ("1234.5", Int64(123_450), ValueFindings()), ("1,234.50", 123_450, .thousands), ("￥1234元", 123_400, .unitRead), ("1.2万元", 1_200_000, .unitRead),
    ("0.00005万元", 50, .unitRead), ("-3", -300, .negative), ("1234.565", 123_457, .rounded), ("0", 0, ValueFindings()), ("1,234,567", 123_456_700, .thousands), ("5分", 5, .unitRead),
  ])
  func amounts(_ text: String, _ fen: Int64, _ findings: ValueFindings) throws {
    let read = try #require(AmountText.fen(Array(text.utf8)[...], fenPerUnit: 100))
    #expect(read.fen == fen && read.findings == findings)
  }

  @Test("no amounts", arguments: ["1,5", "12,34", "1,2345", "元", "", "1.2.3", "1e5", "约500", ".", "5.", ",123", "99999999999999999999999"])
  func noAmounts(_ text: String) { #expect(AmountText.fen(Array(text.utf8)[...], fenPerUnit: 100) == nil) }

  @Test("a wide amount of the profile's unit")
  func tenThousands() { #expect(AmountText.fen(Array("3.5".utf8)[...], fenPerUnit: 1_000_000)?.fen == 3_500_000) }
}
