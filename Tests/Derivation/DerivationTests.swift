import Derivation
import Relief
import Testing
import XForm

@Suite struct DerivationTests {
  func declaration(_ properties: [(String, String)], isCreate: Bool = false, isUpdate: Bool = true) -> EntityDeclaration? {
    InstancePath("/data").map { path in
      EntityDeclaration(
        list: "household", id: "h1", isCreate: isCreate, isUpdate: isUpdate, label: "李秀英",
        properties: properties.map { EntityProperty(name: $0.0, value: $0.1) }, path: path)
    }
  }

  func register(_ properties: [Property]) -> Register {
    var register = Register()
    register.apply(
      Record(
        id: "01900000-0000-7000-8000-000000000001", type: .roster, household: "h1", division: "130599100201",
        author: Author(person: "c", name: "示范县", role: .county), device: "county", wall: "2026-11-01T00:00:00+08:00",
        facts: [Fact(list: "household", entity: "h1", properties: properties)]))
    return register
  }

  @Test func propertiesKeepTheirOrderAndTheirLabel() throws {
    let made = try #require(declaration([("phone", "13800000000"), ("address", "东头")]))
    let facts = Derivation.facts(from: [made])
    #expect(
      facts == [
        Fact(
          list: "household", entity: "h1", label: "李秀英",
          properties: [Property("phone", "13800000000"), Property("address", "东头")])
      ])
  }

  @Test func aBlankAnswerSaysNothingUnlessItEmptiesSomething() throws {
    let blank = try #require(declaration([("phone", ""), ("address", "")]))
    let known = register([Property("phone", "13800000000")])
    let facts = Derivation.facts(from: [blank], knowing: known)
    #expect(facts.first?.properties == [Property("phone", "")])
    #expect(Derivation.facts(from: [blank], knowing: Register()).first?.properties == [])
  }

  @Test func withoutARegisterOnlyAnUpdateEmpties() throws {
    let update = try #require(declaration([("phone", "")]))
    let create = try #require(declaration([("phone", "")], isCreate: true, isUpdate: false))
    #expect(Derivation.facts(from: [update]).first?.properties == [Property("phone", "")])
    #expect(Derivation.facts(from: [create]).first?.properties == [])
  }

  @Test func whatNamesNoEntityIsNoFact() throws {
    var nameless = try #require(declaration([("phone", "1")]))
    nameless.id = ""
    #expect(Derivation.facts(from: [nameless]).isEmpty)
  }
}
