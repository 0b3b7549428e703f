// 行政区划: codes, names, since when.

internal import Foundation
internal import Relief

extension County {
  private static let divisionColumns: [Table.Column] = [
    .init("code", ["代码", "区划代码", "division"], required: true),
    .init("name", ["名称", "区划名称"], required: true),
    .init("kind", ["类型", "类别"]),
    .init("from", ["起始日期", "启用日期"]),
    .init("to", ["截止日期", "停用日期"]),
    .init("source", ["来源"]),
  ]

  private static let divisionKinds = [
    "县": "county", "区": "county", "市": "county", "镇": "town", "乡": "township", "街道": "street", "农场": "farm",
    "村": "village", "社区": "community",
  ]

  public func importDivisions(_ file: [UInt8], source: String) async throws(CountyFault) -> ImportReport {
    let table = try Table.reading(file, columns: Self.divisionColumns)
    var problems = Problems()
    var seen: [String: (line: Int, fact: Fact)] = [:]
    var rows: [(line: Int, fact: Fact)] = []
    for row in table.rows {
      let code = problems.required(row, "code", title: "代码")
      guard DivisionCode.isCode(code) else {
        if !code.isEmpty { problems.add(row.line, "代码", .notADivision) }
        continue
      }
      guard code.hasPrefix(configuration.division) || configuration.division.hasPrefix(code) else {
        problems.add(row.line, "代码", .notUnder(configuration.division))
        continue
      }
      let kind = row["kind"]
      let known = Self.divisionKinds[kind] ?? (Self.divisionKinds.values.contains(kind) ? kind : nil)
      if !kind.isEmpty && known == nil {
        problems.add(row.line, "类型", .notOneOf(Self.divisionKinds.keys.sorted()))
      }
      let fact = Fact(
        list: FactList.division, entity: code,
        properties: [
          Property("name", problems.required(row, "name", title: "名称")), Property("kind", known ?? ""),
          Property("from", problems.date(row["from"], line: row.line, title: "起始日期", today: today)),
          Property("to", problems.date(row["to"], line: row.line, title: "截止日期", today: today)),
        ].filter { !$0.value.isEmpty })
      if let other = seen[code] {
        if other.fact != fact { problems.add(row.line, "代码", .contradicts(line: other.line)) }
        continue
      }
      seen[code] = (row.line, fact)
      rows.append((row.line, fact))
    }
    try problems.check()

    return try await writing { () async throws(CountyFault) in
      let before = try await own(.division)
      var scribe = Scribe(self)
      let source = ImportSource(name: source, batch: surroundings.uuid())
      var report = ImportReport(rows: table.rows.count, unknownHeaders: table.unknownHeaders)
      var records: [Record] = []
      for (line, fact) in rows {
        guard let news = Self.news(fact, beside: before) else {
          report.unchanged += 1
          continue
        }
        records.append(
          scribe.record(
            .division, division: fact.entity, supersedes: before.recordsSeen(household: nil, facts: [news]),
            facts: [news],
            body: source.body(line: line)))
      }
      report.written = records.count
      return (records, report)
    }
  }
}

extension Table {
  /// Reads a table, its fault as the county's.
  static func reading(_ file: [UInt8], columns: [Column]) throws(CountyFault) -> Table {
    do {
      return try Table(file: file, columns: columns)
    } catch {
      throw .table(error)
    }
  }
}
