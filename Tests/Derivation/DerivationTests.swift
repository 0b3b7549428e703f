// What a finished form becomes: facts in the form's order, and an empty property only where somebody emptied it.

import Relief
import Testing
import XForm

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

  func household(_ properties: [EntityProperty], entity: String = "h1") throws -> EntityDeclaration {
    EntityDeclaration(
      list: "household", id: entity, isCreate: false, isUpdate: true, label: "李秀英", properties: properties,
      path: try #require(InstancePath("/visit/household")))
  }

  let known = [Property("phone", "13800000000"), Property("address", "东头")]
  let blank = [EntityProperty(name: "phone", value: ""), EntityProperty(name: "address", value: "")]

  @Test func propertiesKeepTheirOrderAndTheirLabel() throws {
    let said = [EntityProperty(name: "phone", value: "13800000000"), EntityProperty(name: "address", value: "东头")]
    let facts = Derivation.facts(from: [try household(said)], knowing: Register())
    #expect(facts == [Fact(list: "household", entity: "h1", label: "李秀英", properties: known)])
  }

  @Test func aQuestionLeftBlankSaysNothingWhateverTheRegisterKnows() throws {
    #expect(Derivation.facts(from: [try household(blank)], knowing: register(known)).first?.properties == [])
  }

  @Test func aValueThatSomebodyClearedIsEmptied() throws {
    let before = try household([EntityProperty(name: "phone", value: "13800000000"), EntityProperty(name: "address", value: "")])
    let facts = Derivation.facts(from: [try household(blank)], uncleared: [before], knowing: register(known))
    #expect(facts.first?.properties == [Property("phone", "")])
    let unknown = Derivation.facts(from: [try household(blank)], uncleared: [before], knowing: Register())
    #expect(unknown.first?.properties == [], "there is nothing to empty")
  }

  @Test func whatWasClearedElsewhereEmptiesNothingHere() throws {
    let other = try household([EntityProperty(name: "phone", value: "13800000000")], entity: "h2")
    #expect(Derivation.facts(from: [try household(blank)], uncleared: [other], knowing: register(known)).first?.properties == [])
  }

  @Test func anEmptyAnswerThatTheFormCallsOneEmpties() throws {
    let said = [EntityProperty(name: "phone", value: "", saysEmpty: true), EntityProperty(name: "address", value: "")]
    #expect(Derivation.facts(from: [try household(said)], knowing: register(known)).first?.properties == [Property("phone", "")])
  }

  @Test func whatNamesNoEntityIsNoFact() throws {
    #expect(Derivation.facts(from: [try household([], entity: "")], knowing: Register()) == [])
  }
}
