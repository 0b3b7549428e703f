import Derivation
import Relief
import Testing
import XForm

@testable import Screens

/// Every amount up to the largest is taken to the 分, and reaches the register as the 分 it is. ODK's text of a decimal from ten million on
/// has an exponent (`2.147483647E7`): a check of its digits would refuse what a check of the number takes.
@Suite struct LargeMoneyTests {
  @Test(arguments: [
    ("9999999.99", "999999999"), ("12345678.90", "1234567890"), ("21474836.47", "2147483647"), ("21474836.48", "2147483648"), ("30000000", "3000000000"), ("99999999.99", "9999999999"),
    ("100000000", "10000000000"), ("0.01", "1"), ("0", "0"),
  ]) func yuanOfAFormAreFenOfTheRegister(_ yuan: String, _ fen: String) throws {
    var session = try Session(Forms.shipped().definition, surroundings: Village.surroundings)
    func set(_ path: String, _ value: String) throws {
      #expect(session.answer(try #require(InstancePath("/household-visit/" + path)), value) == .accepted, "\(path)")
    }
    try set("economy/income_collected", "yes")
    try set("economy/income[1]/income_kind", "wage")
    try set("economy/income[1]/income_yuan", yuan)
    session.finish()
    let facts = Derivation.facts(from: session.entities(), knowing: Register())
    let stated = try #require(facts.first { $0.list == FactList.income }?.value("amount_fen"))
    #expect(stated == fen)
    #expect(Money(fen: stated) == Money(yuan: yuan))
  }

  @Test(arguments: ["1.234", "12345678.901", "-1", "100000000.01"]) func moreThanTwoDecimalsOrTooMuchIsRefused(_ yuan: String) throws {
    var session = try Session(Forms.shipped().definition, surroundings: Village.surroundings)
    let (gate, amount) = ("/household-visit/economy/income_collected", "/household-visit/economy/income[1]/income_yuan")
    #expect(session.answer(try #require(InstancePath(gate)), "yes") == .accepted)
    #expect(session.answer(try #require(InstancePath(amount)), yuan) != .accepted)
  }
}
