// What a visit concluded stays what it was: later parameters, later facts and later birthdays do not reach it.

import Relief
import Testing

@Suite struct VisitScreeningTests {
  private static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  /// A standard the county published: in force from a day, written at a moment.
  private static func standard(_ number: Int, _ yuan: String, from: String, wall: String, supersedes: [Int] = []) -> Record {
    Village.record(
      number, .parameter, supersedes: supersedes, household: nil, wall: wall,
      facts: [
        Village.fact(
          FactList.parameter, "40000000-0000-4000-8000-00000000000\(number)",
          ["name": "lb_standard_rural", "value": yuan, "from": from, "source": "县民政局"])
      ])
  }

  /// One person of 59, born 24 December 1966, with 7000 元 a year; visited on 24 November 2026.
  private static let roster = Village.record(
    1, .roster, wall: "2026-01-05T09:00:00+08:00",
    facts: [
      Village.householdFact(["hukou": "rural", "kind": "ordinary"]),
      Village.fact(
        FactList.person, Village.head, ["household": Village.household, "relation": "02", "birth": "1966-12-24", "disability": "no"]),
    ])

  private static let visit = Record(
    id: Village.id(5), type: .visit, household: Village.household, division: Village.code, author: Village.cadre, device: "d1",
    wall: "2026-11-24T10:00:00+08:00", supersedes: [Village.id(1)],
    facts: [
      Village.fact(
        FactList.visit, Village.visitEntity,
        ["date": "2026-11-24", "result": "none", "income_collected": "yes", "rigid_spending": "no"]),
      Village.fact(FactList.income, "i1", ["kind": "wage", "amount_fen": "700000", "period": "year", "person": Village.head]),
    ])

  private static func outcomes(_ register: Register, today: String, _ rule: ScreeningRule) throws -> (Outcome?, Outcome?) {
    let visit = try #require(register.visit(Village.id(5)))
    let both = try #require(register.screenings(of: visit, today: try day(today)))
    return (both.then.results(of: rule).first?.outcome, both.now.results(of: rule).first?.outcome)
  }

  /// 7000 < 12 × 650 = 7800, and property is not checked: 待核. Above 6960 = 12 × 580 it is 不符合.
  @Test func aParameterPublishedLaterStandsBesideWhatTheVisitConcluded() throws {
    let first = Self.standard(2, "580", from: "2026-01-01", wall: "2026-01-10T09:00:00+08:00")
    var register = Register([Self.roster, first, Self.visit])
    #expect(try Self.outcomes(register, today: "2026-12-31", .lb) == (.notMet, .notMet))
    // From January on, published in December.
    register.apply(Self.standard(3, "650", from: "2027-01-01", wall: "2026-12-20T09:00:00+08:00"))
    #expect(try Self.outcomes(register, today: "2026-12-31", .lb) == (.notMet, .notMet))
    #expect(try Self.outcomes(register, today: "2027-01-01", .lb) == (.notMet, .toCheck))
  }

  @Test func aCorrectionThatReachesBackChangesNowAndNotThen() throws {
    let first = Self.standard(2, "580", from: "2026-01-01", wall: "2026-01-10T09:00:00+08:00")
    let corrected = Record(
      id: Village.id(6), type: .parameter, household: nil, division: Village.code, author: Village.cadre, device: "d1",
      wall: "2026-12-01T09:00:00+08:00", supersedes: [Village.id(2)],
      facts: [
        Village.fact(
          FactList.parameter, "40000000-0000-4000-8000-000000000002",
          ["name": "lb_standard_rural", "value": "650", "from": "2026-01-01"])
      ])
    let register = Register([corrected, Self.visit, first, Self.roster])
    #expect(try Self.outcomes(register, today: "2026-12-31", .lb) == (.notMet, .toCheck))
  }

  @Test func aStandardThatTheCountyHadNotPublishedIsUnsetThen() throws {
    let late = Self.standard(2, "650", from: "2026-01-01", wall: "2026-11-25T09:00:00+08:00")
    #expect(try Self.outcomes(Register([Self.roster, Self.visit, late]), today: "2026-11-30", .lb) == (.unset, .toCheck))
    #expect(try Self.outcomes(Register([Self.roster, Self.visit]), today: "2026-11-30", .lb) == (.unset, .unset))
  }

  /// 59 on the day of the visit, 60 on 24 December.
  @Test func agesAreThoseOfTheVisit() throws {
    let register = Register([Self.roster, Self.visit])
    #expect(try Self.outcomes(register, today: "2027-06-01", .noLabour) == (.notMet, .notMet))
  }

  @Test func whatIsWrittenDownLaterWasNotKnown() throws {
    let first = Self.standard(2, "580", from: "2026-01-01", wall: "2026-01-10T09:00:00+08:00")
    let moved = Village.record(
      7, .householdChange, supersedes: [5], wall: "2026-12-02T09:00:00+08:00",
      facts: [
        Village.householdFact(["hukou": "urban"]),
        Village.fact(FactList.person, "20000000-0000-4000-8000-000000000002", ["household": Village.household, "relation": "10"]),
      ])
    let register = Register([Self.roster, first, Self.visit, moved])
    #expect(register.household(Village.household)?.entity.value("hukou") == "urban")
    #expect(try Self.outcomes(register, today: "2026-12-31", .lb) == (.notMet, .notMet))
    #expect(try Self.outcomes(register, today: "2026-12-31", .count) == (.met, .met))
  }
}
