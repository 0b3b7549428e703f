import Relief
import Testing

@testable import Derivation

@Suite struct DerivationTests {
  func register(_ properties: [Property]) -> Register {
    var register = Register()
    register.apply(
      Record(
        id: "01900000-0000-7000-8000-000000000001", type: .roster, household: "h1", division: "130599100201",
        author: Author(person: "c", name: "示范县", role: .county), device: "county", wall: "2026-11-01T00:00:00+08:00",
        facts: [Fact(list: "household", entity: "h1", properties: properties)]))
    return register
  }

  func fact(_ properties: [Property], isUpdateOnly: Bool = true, entity: String = "h1", knowing register: Register?)
    -> Fact?
  {
    Derivation.fact("household", entity, label: "李秀英", properties, isUpdateOnly: isUpdateOnly, knowing: register)
  }

  @Test func propertiesKeepTheirOrderAndTheirLabel() {
    let said = [Property("phone", "13800000000"), Property("address", "东头")]
    #expect(fact(said, knowing: nil) == Fact(list: "household", entity: "h1", label: "李秀英", properties: said))
  }

  @Test func aBlankAnswerSaysNothingUnlessItEmptiesSomething() {
    let blank = [Property("phone", ""), Property("address", "")]
    let known = register([Property("phone", "13800000000")])
    #expect(fact(blank, knowing: known)?.properties == [Property("phone", "")])
    #expect(fact(blank, knowing: Register())?.properties == [])
  }

  @Test func withoutARegisterOnlyAnUpdateEmpties() {
    let blank = [Property("phone", "")]
    #expect(fact(blank, knowing: nil)?.properties == blank)
    #expect(fact(blank, isUpdateOnly: false, knowing: nil)?.properties == [])
  }

  @Test func whatNamesNoEntityIsNoFact() {
    #expect(fact([], entity: "", knowing: nil) == nil)
  }
}
