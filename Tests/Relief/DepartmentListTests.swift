import Testing

@testable import Relief

/// 部门名单定期更新 (R36): which lists should have come.
@Suite struct DepartmentListTests {
  private static func record(_ entity: String, _ stated: [(String, String)]) -> Record {
    var record = Village.record(
      1, .batch, household: nil, facts: [Fact(list: FactList.batch, entity: entity, properties: stated.map { Property($0.0, $0.1) })])
    record.id = "r-" + entity
    return record
  }

  static func followed(_ profile: String, every: String, since: String = "2026-09-01") -> Record {
    record(
      "l-\(profile)",
      [
        ("profile", profile), ("department", String(profile.prefix { $0 != "/" })), ("department_title", "医疗保障"), ("title", "自付"),
        ("every_months", every), ("since", since),
      ])
  }

  static func came(_ profile: String, asOf: String, taken: String = "2026-11-02") -> Record {
    record(
      "b-\(profile)-\(asOf)",
      [("profile", profile), ("department", "health"), ("hash", asOf), ("as_of", asOf), ("date", taken), ("rows", "9"), ("accepted", "7")])
  }

  private static func lists(_ records: [Record], everyMonths: Int? = nil) -> [DepartmentList] {
    var register = Register()
    for record in records { register.apply(record) }
    return register.departmentLists(everyMonths: everyMonths)
  }

  @Test func theLastOneCountsByTheDayItSpeaksOf() throws {
    // The older list came later: it makes nothing new.
    let list = try #require(
      Self.lists([
        Self.followed("a/x", every: "1"), Self.came("a/x", asOf: "2026-10-31"), Self.came("a/x", asOf: "2026-08-31", taken: "2026-11-20"),
      ]).first)
    #expect(list.due == CivilDate("2026-11-30") && list.last?.rows == 9 && list.title == "自付")
    #expect(!list.isDue(on: CivilDate("2026-11-29")!))
    #expect(list.isDue(on: CivilDate("2026-11-30")!) && list.overdueDays(on: CivilDate("2026-11-30")!) == 0)
    #expect(list.overdueDays(on: CivilDate("2026-12-05")!) == 5)
  }

  @Test func whatNeverCameIsDueFromTheDayItWasWaitedFor() throws {
    let list = try #require(Self.lists([Self.followed("a/x", every: "3")]).first)
    #expect(list.last == nil && list.due == CivilDate("2026-09-01") && list.overdueDays(on: CivilDate("2026-09-11")!) == 10)
  }

  @Test func nobodyWaitsWithoutAPeriodOrWhereTheListIsOccasional() throws {
    #expect(Self.lists([Self.came("a/x", asOf: "2020-01-31")]).map(\.due) == [nil])
    #expect(Self.lists([Self.followed("a/x", every: "0"), Self.came("a/x", asOf: "2020-01-31")], everyMonths: 1).map(\.due) == [nil])
    #expect(Self.lists([Self.followed("a/x", every: "")], everyMonths: 1).map(\.due) == [nil], "the county's figure waits for no list that never came")
  }

  @Test func theCountysFigureHoldsWhereAListHasNone() throws {
    let lists = Self.lists(
      [Self.came("a/x", asOf: "2026-10-31"), Self.followed("b/y", every: "6"), Self.came("b/y", asOf: "2026-01-31")], everyMonths: 2)
    #expect(lists.map(\.profile) == ["b/y", "a/x"], "the one due first stands first")
    #expect(lists.map(\.due) == [CivilDate("2026-07-31"), CivilDate("2026-12-31")])
    #expect(lists.map(\.title) == ["自付", "a/x"])
  }

  /// A villager's program cannot make the county wait: facts of this list are the county's alone.
  @Test func onlyTheCountyWritesThem() {
    var record = Self.followed("a/x", every: "1")
    record.type = .visit
    for role in [Role.cadre, .clerk, .supervisor, .visitor] {
      record.author.role = role
      #expect(Grantee(person: record.author.person, role: role, scopes: ["1"]).objection(to: record) == .notAllowed, "\(role.rawValue)")
    }
  }
}
