import Testing

@testable import County

@Suite("One-time codes")
struct EnrolmentCodeTests {
  private let code = EnrolmentCode(random: (0..<16).map { UInt8($0 * 13 + 7) })

  @Test("seven groups of four, of letters that are not confused")
  func shape() {
    let groups = code.grouped.split(separator: "-")
    #expect(groups.count == 7 && groups.allSatisfy { $0.count == 4 })
    #expect(!code.text.contains { "ILOU".contains($0) })
  }

  @Test("typed small, with blanks, without hyphens, with O for 0 and l for 1: the same code")
  func typing() {
    #expect(EnrolmentCode(typed: code.grouped) == code)
    #expect(EnrolmentCode(typed: code.text.lowercased()) == code)
    #expect(EnrolmentCode(typed: code.grouped.replacing("-", with: " ")) == code)
    let zero = EnrolmentCode(random: [UInt8](repeating: 0, count: 16))
    #expect(EnrolmentCode(typed: zero.text.replacing("0", with: "O")) == zero)
  }

  @Test("every single wrong character is noticed before it counts as a try")
  func oneWrongCharacter() {
    let characters = Array(code.text)
    for position in characters.indices {
      for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" where letter != characters[position] {
        var wrong = characters
        wrong[position] = letter
        #expect(EnrolmentCode(typed: String(wrong)) == nil)
      }
    }
  }

  @Test(
    "too short, too long, other signs", arguments: ["", "ABCD", "张三", "!!!!-!!!!", String(repeating: "A", count: 29)])
  func notACode(_ text: String) { #expect(EnrolmentCode(typed: text) == nil) }

  @Test("different bits give different codes, and the hash is not the code")
  func distinct() {
    var other = (0..<16).map { UInt8($0 * 13 + 7) }
    other[15] ^= 1
    #expect(EnrolmentCode(random: other) != code)
    #expect(code.hash.count == 32 && EnrolmentCode(random: other).hash != code.hash)
  }
}
