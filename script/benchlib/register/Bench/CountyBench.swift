// A county in memory: 60,000 households with their roster rows, sweep lists, visits, cases, warnings, slips and help, about five records
// each; what its reports and lists cost. The visits are the sample's, as in the township.

import Foundation
import Relief

struct CountyBench {
  private let households: Int
  private let townships: Int
  private let township: Township
  private let everything = "130599"

  init(households: Int, townships: Int = 20, sample: Relief.Record) {
    self.households = households
    self.townships = townships
    township = Township(households: households, visits: 9 * households, sample: sample)
  }

  func run() throws {
    guard let county = Division(everything), let town = Division(everything + "101"), let from = CivilDate("2026-11-01"),
      let day = CivilDate("2026-11-26"), let year = CivilDate("2026-01-01")
    else { return }
    let clock = ContinuousClock()
    var register = Register()
    let folding = clock.measure { register.apply(each: { take in records { take($0, nil) } }) }
    print(
      String(
        format: "%d households, %d records, folded in %.1f s, %.0f MiB", households, register.count, milliseconds(folding) / 1e3,
        resident().now))
    let rules = CaseRules(register.policyParameters, on: day)
    measure("county report, this month", rounds: 5) { register.supervision(from: from, to: day, in: county, rules).townships.count }
    measure("county report, this year", rounds: 5) { register.supervision(from: year, to: day, in: county, rules).townships.count }
    measure("report of a township, this month", rounds: 5) { register.supervision(from: from, to: day, in: town, rules).townships.count }
    measure("totals, this month", rounds: 5) { register.totals(from: from, to: day, in: county).all.visited }
    measure("what waits", rounds: 5) { register.ageing(on: day, in: county, rules).count }
    measure("coverage", rounds: 5) { register.uncovered(in: county).count }
    measure("warnings", rounds: 5) { register.openWarnings(in: county, on: day, rules).count }
    measure("every case", rounds: 5) { register.householdsWithCases(in: county).reduce(0) { $0 + register.cases(of: $1).count } }
    let report = register.supervision(from: from, to: day, in: county, rules).all
    print(
      "  应走访 \(report.sweep.planned) 已走访 \(report.sweep.visited) 发现 \(report.sweep.found) 监测 \(report.monitored) 纳入 \(report.included) "
        + "预警 \(report.warnings) 帮扶 \(report.assisted) 转办 \(report.sweep.referred) 清零 \(report.sweep.cleared) 逾期 \(report.overdue)")
  }

  // MARK: Records

  func division(_ household: Int) -> String { everything + "1" + digits(household % townships, 2) + "2" + digits(household / townships % 15, 2) }

  func records(_ take: (Relief.Record) -> Void) {
    for household in 0..<households {
      var roster = placed(township.roster(household), household)
      if household % 9 == 0, let own = roster.facts.firstIndex(where: { $0.list == FactList.household }) {
        roster.facts[own].properties.append(Property("category", "lb"))
      }
      take(roster)
      if household % 2 == 0 {
        var sweep = placed(township.sweep(household), household)
        if household % 4 == 0 {
          for index in sweep.facts[0].properties.indices {
            switch sweep.facts[0].properties[index].name {
            case "from": sweep.facts[0].properties[index].value = "2026-11-01"
            case "to": sweep.facts[0].properties[index].value = "2026-11-30"
            default: break
            }
          }
        }
        take(sweep)
      }
    }
    for round in Self.rounds { for household in 0..<households { take(visit(household, round)) } }
    for household in 0..<households {
      if household % 10 == 0 { work(household, take) }
      if household % 30 == 1 { warn(household, take) }
      if household % 40 == 3 {
        take(
          plain(household, 14, .referral, .clerk, "2026-11-0\(1 + household % 9)", [
            Fact(list: FactList.referral, entity: Township.id(15, household), properties: [
              Property("need", "medical"), Property("department", "health"), Property("date", "2026-11-0\(1 + household % 9)"),
            ])
          ]))
      }
    }
  }

  private func placed(_ record: Relief.Record, _ household: Int) -> Relief.Record {
    var record = record
    record.division = division(household)
    for fact in record.facts.indices where record.facts[fact].list == FactList.household {
      for place in record.facts[fact].properties.indices where record.facts[fact].properties[place].name == "division" {
        record.facts[fact].properties[place].value = division(household)
      }
    }
    return record
  }

  /// The township's rounds that fall into May, October and November.
  private static let rounds = [3, 7, 8]

  func visit(_ household: Int, _ round: Int) -> Relief.Record { placed(township.visit(at: household + round * households), household) }

  private func firstVisit(_ household: Int) -> String { Township.id(5, household &* 64 &+ Self.rounds[0]) }

  /// 监测 → 评议公示 → 审核确认 → 救助, as far as the household's number says; a thing given where it came to the end.
  private func work(_ household: Int, _ take: (Relief.Record) -> Void) {
    var last = firstVisit(household)
    let way: [(String, Role)] = [("found", .cadre), ("monitored", .clerk), ("publicity", .clerk), ("confirming", .clerk), ("helped", .county)]
    var from: String?
    for (number, step) in way.enumerated().prefix(2 + household / 10 % 4) {
      let date = "2026-\(digits(7 + number, 2))-\(digits(1 + household % 28, 2))"
      var properties = [Property("household", Township.id(1, household)), Property("track", "byyz"), Property("to", step.0)]
      properties += [Property("date", date), Property("basis", firstVisit(household))] + (from.map { [Property("from", $0)] } ?? [])
      if step.0 == "publicity" {
        properties += [Property("present", "30"), Property("entitled", "40"), Property("votes_for", "28"), Property("public_from", date)]
      }
      var record = plain(household, 20 + UInt64(number), .caseStep, step.1, date, [
        Fact(list: FactList.caseStep, entity: Township.id(30 + UInt64(number), household), properties: properties)
      ])
      record.supersedes = [last]
      last = record.id
      from = step.0
      take(record)
    }
    guard from == "helped" else { return }
    take(
      plain(household, 16, .assistance, .clerk, "2026-11-15", [
        Fact(list: FactList.assistance, entity: Township.id(17, household), properties: [
          Property("household", Township.id(1, household)), Property("kind", "money"), Property("date", "2026-11-15"),
        ])
      ]))
  }

  private func warn(_ household: Int, _ take: (Relief.Record) -> Void) {
    let warning = Township.id(40, household)
    take(
      plain(household, 42, .warning, .county, "2026-11-02", [
        Fact(list: FactList.warning, entity: warning, properties: [
          Property("household", Township.id(1, household)), Property("raised", "2026-11-02"),
        ]),
        Fact(list: FactList.finding, entity: Township.id(41, household), properties: [
          Property("warning", warning), Property("model", "medical_cost"), Property("department", "medical_insurance"),
          Property("evidence", "自付 3 万元"), Property("level", "orange"),
        ]),
      ]))
  }

  func plain(_ household: Int, _ kind: UInt64, _ type: RecordType, _ role: Role, _ date: String, _ facts: [Fact]) -> Relief.Record {
    Relief.Record(
      id: Township.id(kind, household), type: type, household: Township.id(1, household), division: division(household),
      author: Author(person: Township.id(8, 70), name: "赵志强", role: role), device: Township.id(7, 70), wall: date + "T10:00:00+08:00",
      facts: facts)
  }
}
