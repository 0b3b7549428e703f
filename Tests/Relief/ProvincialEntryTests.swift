import Relief
import Testing

/// 已录入省系统 (R30) of one household: which of its grants were typed into the other system, and which came after.
@Suite struct ProvincialEntryTests {
  private static func entered(_ way: inout Way, _ kind: String, person: String? = nil, through: String, export: String = "1") {
    way.write(
      .householdChange, FactList.provincialEntry, "e-\(kind)-\(person ?? "")-\(export)",
      ["kind": kind, "through": through, "date": through].merging(person.map { ["person": $0] } ?? [:]) { $1 }, by: .county)
  }

  private static func covers(_ way: Way, _ kind: String, person: String? = nil, on day: String) throws -> Bool {
    way.register.provincialEntries(of: way.household, on: try #require(CivilDate(day))).covers(kind, of: person)
  }

  @Test func anEntryIsOfItsKindAndItsHolder() throws {
    var way = Way()
    Self.entered(&way, "lb", through: "2026-03-15")
    Self.entered(&way, "tk", person: "p-2", through: "2026-03-15")
    #expect(try Self.covers(way, "lb", on: "2026-03-15") && Self.covers(way, "lb", person: "p-1", on: "2026-04-15"))
    #expect(try Self.covers(way, "tk", person: "p-2", on: "2026-03-15"))
    #expect(try !Self.covers(way, "tk", person: "p-1", on: "2026-03-15") && !Self.covers(way, "tk", on: "2026-03-15"))
    #expect(try !Self.covers(way, "by", on: "2026-03-15"))
    #expect(way.register.provincialEntries(of: way.household, on: try #require(CivilDate("2026-04-01"))).lastDate == CivilDate("2026-03-15"))
  }

  @Test func whatBeganAfterTheDayOfTheEntryIsNew() throws {
    var way = Way()
    Self.entered(&way, "lb", through: "2026-03-15")
    way.write(.category, FactList.category, "c-1", ["kind": "lb", "from": "2026-03-01", "to": "2026-06-01"], by: .county)
    #expect(try Self.covers(way, "lb", on: "2026-04-15"))
    way.write(.category, FactList.category, "c-2", ["kind": "lb", "from": "2026-09-01"], by: .county)
    #expect(try !Self.covers(way, "lb", on: "2026-09-15"))
    #expect(try Self.covers(way, "lb", on: "2026-04-15"), "then it was not there yet")
    // A later entry; that an older one is marked once more changes nothing.
    Self.entered(&way, "lb", through: "2026-09-15", export: "2")
    Self.entered(&way, "lb", through: "2026-03-15", export: "3")
    #expect(try Self.covers(way, "lb", on: "2026-10-15"))
  }

  @Test func whatAStepAloneGrantsBeganWithItsStep() throws {
    var way = Way()
    way.write(way.step(nil, .helped, on: "2026-03-02", reason: "转入"), by: .county)
    Self.entered(&way, "lb", through: "2026-03-01")
    #expect(try !Self.covers(way, "lb", on: "2026-03-15"), "the entry is of the day before")
    Self.entered(&way, "lb", through: "2026-03-15", export: "2")
    #expect(try Self.covers(way, "lb", on: "2026-04-15"))
    way.write(way.step(.helped, .tapering, on: "2026-04-01", reason: "收入超过标准"), by: .county)
    way.write(way.step(.tapering, .helped, on: "2026-05-01", reason: "又低于标准"), by: .county)
    #expect(try Self.covers(way, "lb", on: "2026-05-15"), "it never ended")
    way.write(way.step(.helped, .left, on: "2026-06-01", reason: "收入超过标准"), by: .county)
    way.write(way.step(.left, .helped, on: "2026-08-20", reason: "又有困难"), by: .county)
    #expect(way.register.grants(of: way.household, on: try #require(CivilDate("2026-09-15"))).map(\.kind) == ["lb"])
    #expect(try !Self.covers(way, "lb", on: "2026-09-15"))
  }
}
