@testable import Relief
import Testing

/// Lists over a county read visits from packed records. What they read is what `Visit` says.
@Suite struct VisitLineTests {
  /// Some hundred visits of a dozen households, with answers left out, emptied, said twice, dates that are none or not whole, and
  /// amendments, withdrawals and clocks that say the same moment.
  static func register(_ random: inout some RandomNumberGenerator) -> Register {
    func one(_ values: [String?]) -> String? { values.randomElement(using: &random) ?? nil }
    var records: [Record] = []
    for number in 1...300 {
      let household = "h-\(Int.random(in: 0..<12, using: &random))"
      let day = "2026-\(one(["09", "10", "11"]) ?? "11")-\(one(["01", "15", "30"]) ?? "01")"
      func properties() -> [String: String] {
        let said: [(String, String?)] = [
          ("date", one([day, day, nil, "", "2026-10", "十月"])), ("method", one(["home", "not_met", "phone", nil, ""])),
          ("result", one(["none", "suspected", "emergency", "recheck", nil, ""])), ("emergency", one(["yes", "no", nil])),
          ("not_met_reason", one(["refused", "away", nil])), ("channel", one(["active", "application", "warning", nil, ""])), ("labour_household", one(["none", "weak", nil, ""])),
        ]
        return Dictionary(uniqueKeysWithValues: said.compactMap { name, value in value.map { (name, $0) } })
      }
      var facts = [Village.fact(FactList.visit, "v-\(number)", properties())]
      if number % 7 == 0 { facts.append(Village.fact(FactList.visit, "v-\(number)", properties())) }
      facts.insert(Village.fact(FactList.person, "p-\(number)", ["result": "suspected"]), at: number % 2)
      var record = Village.record(
        number, number % 11 == 0 ? .amendment : .visit, supersedes: number % 11 == 0 ? [number - 3] : [], household: household,
        wall: day + "T0\(number % 3):00:00+08:00", facts: facts)
      record.division = one(["130599100201", "130599100202", "130599101201"]) ?? ""
      record.author = Author(person: "p\(number % 5)", name: "某\(number % 5)", role: number % 2 == 0 ? .cadre : .clerk)
      records.append(record)
      if number % 13 == 0 { records.append(Village.record(1_000 + number, .withdrawal, supersedes: [number])) }
    }
    return Register(records.shuffled(using: &random))
  }

  @Test func whatIsReadIsWhatTheVisitSays() throws {
    var random = SystemRandomNumberGenerator()
    let register = Self.register(&random)
    let terms = VisitTerms(register.store.texts)
    for household in (0..<12).map({ "h-\($0)" }) {
      let visits = register.visits(of: household)
      let numbers = register.visitNumbers(of: household)
      #expect(numbers.map { register.store.texts.text(register.store.rows[$0].id) } == visits.map(\.record), "newest first")
      #expect(register.lastAnswer("labour_household", at: household) == visits.lazy.compactMap { $0.value("labour_household") }.first)
      #expect(register.metDays(of: household).sorted() == visits.filter(\.isMet).compactMap(\.date).sorted())
      for (number, visit) in zip(numbers, visits) {
        #expect(register.day(ofVisit: number) == visit.date && register.isMet(visit: number, terms) == visit.isMet)
        #expect(register.store.wall(of: number) == visit.wall && register.store.authors[register.store.author(of: number)] == visit.author)
        for name in ["result", "method", "emergency", "not_met_reason"] {
          let said = register.answer(register.store.texts.find(name), ofVisit: number).map { register.store.texts.text($0) }
          #expect(said == visit.value(name))
        }
      }
    }
  }

  /// Counted the plain way: every household's visits, one by one.
  @Test func totalsAreThoseOfTheVisits() throws {
    var random = SystemRandomNumberGenerator()
    let register = Self.register(&random)
    let (from, to) = (try #require(CivilDate("2026-10-01")), try #require(CivilDate("2026-10-31")))
    for place in ["130599", "130599100", "130599100202"] {
      let division = try #require(Division(place))
      var counted = DayTotals()
      for household in (0..<12).map({ "h-\($0)" }) {
        let own = register.visits(of: household).filter { visit in
          visit.division.hasPrefix(place) && (visit.date.map { from <= $0 && $0 <= to } ?? false)
        }
        guard !own.isEmpty else { continue }
        let met = own.filter(\.isMet)
        let results = Set(met.compactMap(\.result))
        counted.visited += met.isEmpty ? 0 : 1
        counted.refused += met.isEmpty && own.contains { $0.value("not_met_reason") == "refused" } ? 1 : 0
        counted.notMet += met.isEmpty && !own.contains { $0.value("not_met_reason") == "refused" } ? 1 : 0
        counted.found += results.isDisjoint(with: ["suspected", "emergency", "recheck"]) ? 0 : 1
        let finding = met.filter { ["suspected", "emergency", "recheck"].contains($0.result) }.map { $0.value("channel") }
        if finding.contains("application") {
          counted.foundByApplication += 1
        } else if finding.contains("warning") {
          counted.foundByWarning += 1
        }
        counted.suspected += results.contains("suspected") ? 1 : 0
        counted.emergencies += results.contains("emergency") || met.contains { $0.value("emergency") == "yes" } ? 1 : 0
      }
      let totals = register.totals(from: from, to: to, in: division)
      #expect(totals.all == counted)
      #expect(totals.villages.map(\.totals).reduce(DayTotals(), +) == counted)
    }
  }

  /// A book that holds a wider division serves a narrower one.
  @Test func aBookGivesTheSameReportAndCoverage() throws {
    let way = SupervisionTests.helped()
    let register = way.register
    let (from, to) = (try #require(CivilDate("2026-03-01")), try #require(CivilDate("2026-03-31")))
    let county = register.caseBook(in: .everywhere)
    let (village, elsewhere) = (try #require(Division(Village.code)), try #require(Division("130599101")))
    for place in [village, elsewhere] {
      let alone = register.supervision(from: from, to: to, in: place, way.rules)
      #expect(register.supervision(from: from, to: to, in: place, way.rules, cases: county) == alone)
      #expect(register.ageing(on: to, in: place, way.rules, cases: county) == register.ageing(on: to, in: place, way.rules))
      #expect(register.uncovered(in: place, cases: county) == register.uncovered(in: place))
    }
    #expect(county.entries(in: village).count == 1 && county.entries(in: elsewhere).isEmpty)
    #expect(county.cases(of: way.household) == register.cases(of: way.household))
  }
}
