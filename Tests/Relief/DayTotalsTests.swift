import Relief
import Testing

/// 排查汇总 by village and by person, and a visit beside the one before it.
@Suite struct DayTotalsTests {
  typealias List = EveningListTests

  @Test func aHouseholdCountsOnceInItsVillageAndOnceWithEachWhoWent() throws {
    func planned(_ number: Int, _ household: String) -> Record {
      Village.record(
        number, .sweep, household: household,
        facts: [Village.fact(FactList.sweep, "s-\(number)", ["household": household, "from": "2026-11-20", "to": "2026-11-30", "cadre": "p1"])])
    }
    let unmet = ["method": "not_met", "result": "", "not_met_reason": "away"]
    let register = Register([
      planned(1, "a"), planned(2, "b"), planned(3, "c"), planned(4, "d"),
      List.visit(11, household: "a", ["result": "suspected"]), List.visit(12, household: "a", by: "p9", ["result": "none"]),
      List.visit(13, household: "b", unmet), List.visit(14, household: "c", unmet.merging(["not_met_reason": "refused"]) { $1 }),
      List.visit(15, household: "e", ["result": "emergency", "emergency": "yes"]), List.visit(16, household: "f", on: "2026-11-23"),
    ])
    let totals = register.totals(from: .today, to: .today, in: List.town)
    let all = totals.all
    #expect([all.planned, all.visited, all.notMet, all.refused] == [4, 2, 1, 1])
    #expect([all.found, all.suspected, all.emergencies] == [2, 1, 1])
    #expect(totals.villages.map(\.key) == [Village.code] && totals.people.map(\.key) == ["p1", "p9"])
    #expect(totals.people.map(\.totals.visited) == [2, 1] && totals.people.map(\.totals.planned) == [4, 0])
  }

  @Test func whatChangedIsWhatBothVisitsSpeakOf() throws {
    func visit(_ number: Int, on date: String, _ answers: [String: String], _ facts: [Fact]) throws -> Visit {
      let record = Village.record(
        number, .visit, wall: date + "T10:00:00+08:00", facts: [Village.fact(FactList.visit, "v-\(number)", answers.merging(["date": date]) { $1 })] + facts)
      return try #require(Register([record]).visit(record.id))
    }
    let before = try visit(
      1, on: "2026-08-01", ["illness": "no", "labour": "no", "words": "好"],
      [Village.fact(FactList.risk, "r-1", ["kind": "illness", "person": "m", "detail": "轻"]), Village.fact(FactList.risk, "r-2", ["kind": "fire"])])
    let now = try visit(
      2, on: "2026-11-24", ["illness": "yes", "words": ""], [Village.fact(FactList.risk, "r-9", ["kind": "illness", "person": "m", "detail": "重"])])
    let found = VisitComparison.differences(now, beside: before).map { "\($0.kind) \($0.list).\($0.property) \($0.before ?? "–") \($0.now ?? "–")" }
    #expect(found == [
      "changed visit.illness no yes", "removed visit.words 好 –", "changed risk.detail 轻 重", "removed risk.kind fire –",
    ], "labour was not asked: no change; a risk under a new id is the same risk")
  }
}
