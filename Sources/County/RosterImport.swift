// 台账: one line a person; the household's columns stand on the first line of each household. Each household becomes one
// record, which says only what the county's earlier rosters did not say: a cell that did not change is no news, and
// what a visit found since then is not contradicted by it. An empty cell says nothing.

internal import Foundation
internal import Relief
internal import Wire

extension County {
  /// A column that is read as it stands or through a code list, into a property.
  private struct RosterColumn {
    enum Reading { case text, code, codes }

    var property: String
    var title: String
    var aliases: [String] = []
    var reading = Reading.text
    /// Name of its code list where that is not the property's.
    var list: String?
  }

  private static let householdColumns: [RosterColumn] = [
    .init(property: "group", title: "村民小组", aliases: ["小组", "自然村"]),
    .init(property: "address", title: "住址", aliases: ["家庭住址", "地址"]),
    .init(property: "phone", title: "联系电话", aliases: ["户联系电话", "电话"]),
    .init(property: "phone_owner", title: "电话归属", reading: .code),
    .init(property: "hukou", title: "户籍", aliases: ["户籍类型"], reading: .code),
    .init(property: "hukou_place", title: "户籍地", reading: .code),
    .init(property: "kind", title: "户类型", reading: .code, list: "household_kind"),
    .init(property: "category", title: "低收入类别", aliases: ["低收入人口类别"], reading: .code),
    .init(property: "schemes", title: "现享受政策", aliases: ["享受政策"], reading: .codes, list: "scheme"),
  ]

  private static let personColumns: [RosterColumn] = [
    .init(property: "id_kind", title: "证件类型", reading: .code),
    .init(property: "id_none_reason", title: "无证件原因"),
    .init(property: "relation", title: "与户主关系", aliases: ["关系"], reading: .code),
    .init(property: "ethnicity", title: "民族", reading: .code),
    .init(property: "education", title: "文化程度", reading: .code),
    .init(property: "schooling", title: "在校状况", aliases: ["在校生状况"], reading: .code),
    .init(property: "marital", title: "婚姻状况", aliases: ["婚姻"], reading: .code),
    .init(property: "labour", title: "劳动能力", aliases: ["劳动技能"], reading: .code),
    .init(property: "employment", title: "就业状况", aliases: ["就业"], reading: .code),
    .init(property: "insurance_medical", title: "基本医保", aliases: ["基本医疗保险"], reading: .code),
    .init(property: "presence", title: "在家情况", reading: .code),
    .init(property: "disability_kind", title: "残疾类别", aliases: ["残疾", "残疾类型"], reading: .code),
    .init(property: "disability_grade", title: "残疾等级", aliases: ["残疾级别"], reading: .code),
    .init(property: "disability_certificate", title: "残疾证号"),
    .init(property: "health", title: "健康状况", reading: .codes),
    .init(property: "illness_name", title: "病名", aliases: ["慢性病", "病种"]),
  ]

  private static var rosterColumns: [Table.Column] {
    [
      .init("household", ["户编号", "户号"], required: true),
      .init("division", ["村代码", "村编码", "区划代码"], required: true),
      .init("person", ["人员编号", "人口编号"]),
      .init("name", ["姓名"], required: true),
      .init("id_number", ["证件号码", "身份证号", "身份证号码"], required: true),
      .init("sex", ["性别"]),
      .init("birth", ["出生日期"]),
    ] + (householdColumns + personColumns).map { .init($0.property, [$0.title] + $0.aliases) }
  }

  /// One household of the file.
  struct RosterHousehold {
    var number: String
    var line: Int
    var division: String
    var household: Fact
    var persons: [Fact] = []
    var headLine: Int?

    var head: Fact? { persons.first { $0.value("relation") == County.headRelation } }
  }

  /// Takes a roster in.
  /// - Parameter codeFile: `codes.csv`: which labels coded cells may carry.
  /// - Throws: `table`; `rows` with what is wrong in each line, and nothing is imported. What is taken and may be a mistake
  ///   stands in the report's notes: a household without a head, a second one.
  public func importRoster(_ file: [UInt8], source: String, codes codeFile: [UInt8]? = nil) async throws(CountyFault)
    -> ImportReport
  {
    let codes = try Self.codeLists(codeFile)
    let table = try Table.reading(file, columns: Self.rosterColumns)
    return try await writing { () async throws(CountyFault) in
      let divisions = try await own(.division)
      var problems = Problems()
      let households = roster(table, codes: codes, divisions: divisions, &problems)
      try problems.check()

      let before = try await own(.roster)
      let notes = try await notes(of: households, beside: before)
      var scribe = Scribe(self)
      let source = ImportSource(name: source, batch: surroundings.uuid())
      var report = ImportReport(rows: table.rows.count, unknownHeaders: table.unknownHeaders, notes: notes)
      var records: [Record] = []
      for household in households {
        let news = ([household.household] + household.persons).compactMap { Self.news($0, beside: before) }
        guard !news.isEmpty else {
          report.unchanged += 1
          continue
        }
        let id = household.household.entity
        records.append(
          scribe.record(
            .roster, household: id, division: household.division,
            supersedes: before.recordsSeen(household: id, facts: news), facts: news,
            body: source.body(line: household.line)))
      }
      report.written = records.count
      return (records, report)
    }
  }

  static func codeLists(_ file: [UInt8]?) throws(CountyFault) -> CodeLists {
    guard let file else { return CodeLists() }
    do {
      return try CodeLists(file: file)
    } catch {
      throw .table(error)
    }
  }

  private func roster(
    _ table: Table, codes: CodeLists, divisions: Register, _ problems: inout Problems
  ) -> [RosterHousehold] {
    var order: [String] = []
    var households: [String: RosterHousehold] = [:]
    var numbers: [String: Int] = [:]
    for row in table.rows {
      let number = problems.required(row, "household", title: "户编号")
      guard !number.isEmpty else { continue }
      if households[number] == nil {
        order.append(number)
        households[number] = household(number, row, codes: codes, divisions: divisions, &problems)
      }
      guard let known = households[number] else { continue }
      if !row["division"].isEmpty, row["division"] != known.division {
        problems.add(row.line, "村代码", .contradicts(line: known.line))
      }
      let person = person(row, household: known, codes: codes, &problems)
      if let other = numbers.updateValue(row.line, forKey: person.entity) {
        problems.add(row.line, "人员编号", .contradicts(line: other))
      }
      households[number]?.persons.append(person)
      guard person.value("relation") == Self.headRelation else { continue }
      if let other = known.headLine { problems.add(row.line, "与户主关系", .contradicts(line: other)) }
      households[number]?.headLine = row.line
      for (property, own) in [("head_name", "name"), ("head_id_kind", "id_kind"), ("head_id_number", "id_number")] {
        guard let value = person.value(own), !value.isEmpty else { continue }
        households[number]?.household.properties.append(Property(property, value))
      }
      households[number]?.household.label = person.value("name")
    }
    return order.compactMap { households[$0] }
  }

  private func household(
    _ number: String, _ row: Table.Row, codes: CodeLists, divisions: Register, _ problems: inout Problems
  ) -> RosterHousehold {
    let division = problems.required(row, "division", title: "村代码")
    if !division.isEmpty {
      if division.utf8.count != 12 || !DivisionCode.isCode(division) {
        problems.add(row.line, "村代码", .notADivision)
      } else if !division.hasPrefix(configuration.division) {
        problems.add(row.line, "村代码", .notUnder(configuration.division))
      } else if divisions.count > 0, divisions.entity(FactList.division, division) == nil {
        problems.add(row.line, "村代码", .unknownDivision)
      }
    }
    var fact = Fact(
      list: FactList.household, entity: NamedID.make(county: configuration.id, kind: "household", [number]),
      properties: [Property("division", division)])
    fact.properties += Self.properties(Self.householdColumns, row, codes: codes, &problems)
    return RosterHousehold(number: number, line: row.line, division: division, household: fact)
  }

  private func person(
    _ row: Table.Row, household: RosterHousehold, codes: CodeLists, _ problems: inout Problems
  ) -> Fact {
    let name = problems.required(row, "name", title: "姓名")
    var properties = [Property("household", household.household.entity), Property("name", name)]
    var coded = Self.properties(Self.personColumns, row, codes: codes, &problems)
    let number = row["id_number"].uppercased()
    let kind = coded.last { $0.name == "id_kind" }?.value ?? (number.isEmpty ? "" : "id")
    if !number.isEmpty {
      if kind == "id", (try? IdentityNumber(number)) == nil {
        problems.add(row.line, "证件号码", Self.hasLostDigits(number) ? .lostDigits : .notAnIdentityNumber)
      }
      if !coded.contains(where: { $0.name == "id_kind" }) { coded.append(Property("id_kind", "id")) }
      properties.append(Property("id_number", problems.limited(number, row, "证件号码")))
    } else {
      let sexes = ["男": "1", "女": "2", "未知": "0", "未说明": "9", "0": "0", "1": "1", "2": "2", "9": "9"]
      if !row["sex"].isEmpty {
        if let sex = sexes[row["sex"]] {
          properties.append(Property("sex", sex))
        } else {
          problems.add(row.line, "性别", .notOneOf(["男", "女", "未知", "未说明"]))
        }
      }
      let birth = problems.date(row["birth"], line: row.line, title: "出生日期", today: nil, partial: true)
      if !birth.isEmpty { properties.append(Property("birth", birth)) }
    }
    // A kind of disability in the roster comes from a certificate: the person has one.
    if coded.contains(where: { $0.name == "disability_kind" }) { properties.append(Property("disability", "yes")) }
    // Without a number of the county's own: by identity number, else by name within the household.
    let own = row["person"]
    let identity =
      !own.isEmpty ? ["number", own] : !number.isEmpty ? ["identity", number] : ["name", household.number, name]
    return Fact(
      list: FactList.person, entity: NamedID.make(county: configuration.id, kind: "person", identity), label: name,
      properties: properties + coded)
  }

  /// What a spreadsheet leaves of a number of eighteen digits: 1.30599E+17, or zeros at its end.
  private static func hasLostDigits(_ number: String) -> Bool {
    let isScientific = number.contains("E+") && number.allSatisfy { $0.isASCII && ($0.isNumber || ".E+".contains($0)) }
    return isScientific || (number.utf8.count == 18 && number.hasSuffix("000"))
  }

  private static func properties(
    _ columns: [RosterColumn], _ row: Table.Row, codes: CodeLists, _ problems: inout Problems
  ) -> [Property] {
    columns.compactMap { column in
      let cell = problems.limited(row[column.property], row, column.title)
      guard !cell.isEmpty else { return nil }
      let list = column.list ?? column.property
      let reading: CodeLists.Reading =
        switch column.reading {
        case .text: .code(cell)
        case .code: codes.read(cell, list: list)
        case .codes: codes.readSeveral(cell, list: list)
        }
      switch reading {
      case .code(let value): return Property(column.property, value)
      case .unknown(let labels):
        problems.add(row.line, column.title, .notOneOf(labels))
        return nil
      }
    }
  }
}
