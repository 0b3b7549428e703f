// 排查名单: one line a household that is to be visited, with the days and the reason.

internal import Foundation
internal import Relief
internal import Wire

extension County {
  private static let sweepColumns: [Table.Column] = [
    .init("household", ["户编号", "户号"], required: true),
    .init("campaign", ["走访批次", "批次"]),
    .init("from", ["起始日期", "走访日期", "日期", "date"], required: true),
    .init("to", ["截止日期"]),
    .init("reason", ["列入原因", "原因", "走访原因"], required: true),
    .init("order", ["顺序", "序号"]),
    .init("cadre", ["走访人", "责任人"]),
    .init("division", ["村代码", "区划代码"]),
    .init("last_visit", ["上次走访", "上次走访日期"]),
  ]

  /// - Throws: `table`; `rows` with what is wrong in each line, and nothing is imported: also a list that ends before it begins. A
  ///   走访人 (name or number) who has neither laptop nor code is taken, and stands in the report's notes.
  public func importSweep(_ file: [UInt8], source: String) async throws(CountyFault) -> ImportReport {
    let table = try Table.reading(file, columns: Self.sweepColumns)
    return try await writing { () async throws(CountyFault) in
      let roster = try await own(.roster)
      func folded(_ name: some StringProtocol) -> String { String(name.filter { !$0.isWhitespace }) }
      let people = Set(try await guarded { try await store.people() }.flatMap { [$0.person, folded($0.name)] })
      var strangers: [ImportNote] = []
      var problems = Problems()
      var seen: [String: Int] = [:]
      var rows: [(line: Int, household: String, division: String, fact: Fact)] = []
      for row in table.rows {
        let number = problems.required(row, "household", title: "户编号")
        let household = NamedID.make(county: configuration.id, kind: "household", [number])
        let division = roster.value("division", of: FactList.household, household)
        if division == nil, !number.isEmpty { problems.add(row.line, "户编号", .unknownHousehold) }
        if let division, !row["division"].isEmpty, row["division"] != division {
          problems.add(row.line, "村代码", .unknownHousehold)
        }
        let fact = sweepFact(row, household: household, &problems)
        if let other = seen.updateValue(row.line, forKey: fact.entity) {
          problems.add(row.line, "户编号", .contradicts(line: other))
        }
        // Somebody without a laptop may go all the same, and two may go together.
        let cadres = (fact.value("cadre") ?? "").split(whereSeparator: { "、，,；;/".contains($0) })
        if cadres.contains(where: { !people.contains(folded($0)) && !people.contains(String($0)) }) {
          strangers.append(ImportNote(line: row.line, what: .unknownCadre))
        }
        rows.append((row.line, household, division ?? "", fact))
      }
      try problems.check()

      let before = try await own(.sweep)
      var scribe = Scribe(self)
      let source = ImportSource(name: source, batch: surroundings.uuid())
      var report = ImportReport(rows: table.rows.count, unknownHeaders: table.unknownHeaders, notes: strangers)
      var records: [Record] = []
      for (line, household, division, fact) in rows {
        guard let news = Self.news(fact, beside: before) else {
          report.unchanged += 1
          continue
        }
        records.append(
          scribe.record(
            .sweep, household: household, division: division,
            supersedes: before.recordsSeen(household: nil, facts: [news]), facts: [news], body: source.body(line: line)))
      }
      report.written = records.count
      return (records, report)
    }
  }

  /// The row's identity is household, campaign and first day: a list that comes again with another reason is the same
  /// row.
  private func sweepFact(_ row: Table.Row, household: String, _ problems: inout Problems) -> Fact {
    let from = problems.date(
      problems.required(row, "from", title: "起始日期"), line: row.line, title: "起始日期", today: today)
    let to = problems.date(row["to"], line: row.line, title: "截止日期", today: today)
    // Such a row would stand on no day's list.
    if !from.isEmpty, !to.isEmpty, to < from { problems.add(row.line, "截止日期", .endsBeforeStart) }
    let order = row["order"]
    if !order.isEmpty, !order.utf8.allSatisfy({ (48...57).contains($0) }) || order.utf8.count > 9 {
      problems.add(row.line, "顺序", .notOneOf(["1", "2", "3"]))
    }
    let last = problems.date(row["last_visit"], line: row.line, title: "上次走访", today: nil)
    let properties = [
      Property("household", household),
      Property("campaign", problems.limited(row["campaign"], row, "走访批次")),
      Property("from", from),
      // A row of one day.
      Property("to", to.isEmpty ? from : to),
      Property("reason", problems.limited(problems.required(row, "reason", title: "列入原因"), row, "列入原因")),
      Property("order", order),
      Property("cadre", problems.limited(row["cadre"], row, "走访人")),
      Property("last_visit", last),
    ]
    return Fact(
      list: FactList.sweep,
      entity: NamedID.make(county: configuration.id, kind: "sweep", [household, row["campaign"], from]),
      properties: properties.filter { !$0.value.isEmpty })
  }
}
