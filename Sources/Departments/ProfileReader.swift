// A profile file: one department, its lists, and for each its columns. Every key is known; one that is not is an error with its line,
// because a misspelt `required` would let wrong files in.

internal import Relief
public import Yaml

/// What is wrong with a profile file, and where.
public typealias ProfileFault = YamlMapFault

extension DepartmentProfile {
  /// The lists of one file.
  /// - Parameter file: what the file is called in faults.
  public static func read(_ bytes: [UInt8], file: String) throws(ProfileFault) -> [DepartmentProfile] {
    try ProfileReader(file: file).department(try YamlKeys.document(bytes, file: file))
  }
}

private struct ProfileReader {
  let file: String

  private static let departmentKeys = ["department", "title", "columns", "lists"]
  private static let listKeys = [
    "list", "title", "row", "unit", "sheet", "header_within", "asserts", "set", "default_date", "every_months", "columns",
    "needs_any",
  ]
  private static let columnKeys = [
    "name", "headers", "type", "required", "property", "unit", "partial", "wrong_check", "codes",
  ]

  func department(_ node: YamlNode) throws(ProfileFault) -> [DepartmentProfile] {
    let keys = try YamlKeys(node, key: "", file: file, allowed: Self.departmentKeys)
    let department = try keys.needed("department"), title = try keys.needed("title")
    let common = try columns(keys)
    var profiles: [DepartmentProfile] = []
    for node in try keys.list("lists", max: DepartmentsLimits.lists) {
      let keys = try YamlKeys(node, key: "lists", file: file, allowed: Self.listKeys)
      let profile = try list(keys, department, title, common)
      guard !profiles.contains(where: { $0.list == profile.list }) else { throw keys.fault("list", .repeated(profile.list)) }
      profiles.append(profile)
    }
    guard !profiles.isEmpty else { throw keys.fault("lists", .missingKey) }
    return profiles
  }

  private func list(
    _ keys: YamlKeys, _ department: String, _ departmentTitle: String, _ common: [ProfileColumn]
  ) throws(ProfileFault) -> DepartmentProfile {
    // A list's own column stands in for the common one of its name.
    let own = try columns(keys).map { column in
      var column = column
      column.isTelling = !common.contains { $0.name == column.name }
      return column
    }
    let all = common.filter { column in !own.contains { $0.name == column.name } } + own
    guard !all.isEmpty else { throw keys.fault("columns", .missingKey) }
    try checkHeaders(all, keys)
    let asserts = try asserts(keys)
    let isOfHousehold = try keys.word("unit", ["person": false, "household": true]) ?? false
    try checkProperties(all, asserts, isOfHousehold, keys)
    var sets: [DepartmentProfile.Constant] = []
    for (property, value) in try keys.map("set", max: DepartmentsLimits.columns) { sets.append(.init(property: property, value: value)) }
    let sheet = try keys.text("sheet")
    let needsAny = try keys.texts("needs_any", max: DepartmentsLimits.columns)
    for name in needsAny where !all.contains(where: { $0.name == name }) {
      throw keys.fault("needs_any", .badValue(name, allowed: all.map(\.name)))
    }
    return DepartmentProfile(
      department: department, departmentTitle: departmentTitle, list: try keys.needed("list"), title: try keys.needed("title"),
      meaning: try keys.needed("row"), isOfHousehold: isOfHousehold,
      sheet: sheet == "first" ? nil : sheet, headerWithin: try headerWithin(keys), asserts: asserts,
      defaultDate: try defaultDate(keys, all), period: try period(keys), columns: all, needsAny: needsAny,
      sets: sets)
  }

  /// One name in a file may mean one column only.
  private func checkHeaders(_ columns: [ProfileColumn], _ keys: YamlKeys) throws(ProfileFault) {
    var seen: Set<String> = []
    for column in columns {
      for header in Set(column.headers.map(HeaderText.folded)) {
        guard seen.insert(header).inserted else { throw keys.fault("columns", .repeated(header)) }
      }
    }
  }

  /// Lists of facts that a row may state.
  private static let asserted = [
    FactList.household, FactList.person, FactList.visit, FactList.risk, FactList.income, FactList.expense, FactList.need, FactList.scheme,
    FactList.property, FactList.propertyCheck, FactList.selfCare, FactList.category, FactList.assistance,
  ]

  private func asserts(_ keys: YamlKeys) throws(ProfileFault) -> String {
    let text = try keys.needed("asserts")
    guard Self.asserted.contains(text) else { throw keys.fault("asserts", .badValue(text, allowed: Self.asserted)) }
    return text
  }

  /// What the columns state that a person is found by; of a household's list its head is.
  private static let finding = [
    "id_number": ["person.id_number"], "name": ["person.name"], "birth": ["person.birth"], "division": ["household.division"],
  ]
  private static let findingHead = ["id_number": ["household.head_id_number"], "name": ["household.head_name"]]

  /// A column states what its list asserts, or whom or which household the row is of; anything else would be read and never looked at.
  private func checkProperties(
    _ columns: [ProfileColumn], _ asserts: String, _ isOfHousehold: Bool, _ keys: YamlKeys
  ) throws(ProfileFault) {
    let lists = [asserts] + [FactList.person, FactList.household].filter { $0 != asserts }
    var said: Set<String> = []
    for column in columns {
      let parts = column.property?.split(separator: ".", omittingEmptySubsequences: false) ?? []
      if let finding = Self.finding[column.name] {
        let allowed = finding + (isOfHousehold ? Self.findingHead[column.name] ?? [] : [])
        guard column.property.map({ allowed.contains($0) }) ?? true else {
          throw keys.fault("columns", .badValue(column.property ?? "", allowed: allowed))
        }
        continue
      }
      if let property = column.property {
        guard parts.count == 2, lists.contains(String(parts[0])), !parts[1].isEmpty else {
          throw keys.fault("columns", .badValue(property, allowed: lists.map { $0 + ".…" }))
        }
      }
      // Two columns that state one property: one of them would be lost.
      let name = parts.last.map(String.init) ?? column.name
      guard said.insert(name).inserted else { throw keys.fault("columns", .repeated(column.property ?? name)) }
    }
  }

  private func headerWithin(_ keys: YamlKeys) throws(ProfileFault) -> Int {
    guard let text = try keys.text("header_within") else { return 15 }
    guard let number = Int(text), (1...DepartmentsLimits.headerWithin).contains(number) else {
      throw keys.fault("header_within", .badValue(text, allowed: ["1…\(DepartmentsLimits.headerWithin)"]))
    }
    return number
  }

  private func period(_ keys: YamlKeys) throws(ProfileFault) -> DepartmentList.Period {
    guard let text = try keys.text("every_months") else { return .unset }
    if text == "none" { return .never }
    guard let months = Int(text), (1...DepartmentsLimits.everyMonths).contains(months) else {
      throw keys.fault("every_months", .badValue(text, allowed: ["1…\(DepartmentsLimits.everyMonths)", "none"]))
    }
    return .months(months)
  }

  private func defaultDate(_ keys: YamlKeys, _ columns: [ProfileColumn]) throws(ProfileFault) -> DefaultDate {
    guard let text = try keys.text("default_date") else { return .given }
    // Where no row is without a date, the key would do nothing.
    guard columns.contains(where: { $0.name == "date" && $0.type == .date && !$0.isRequired }) else {
      throw keys.fault("default_date", .saysNothing(without: "columns: {name: date, type: date, required: no}"))
    }
    if text == "given" { return .given }
    if text == "none" { return .none }
    guard case .whole = DateText.read(Array(text.utf8)) else {
      throw keys.fault("default_date", .badValue(text, allowed: ["given", "none", "yyyy-MM-dd"]))
    }
    return .fixed(text)
  }

  private func columns(_ keys: YamlKeys) throws(ProfileFault) -> [ProfileColumn] {
    var columns: [ProfileColumn] = []
    for node in try keys.list("columns", max: DepartmentsLimits.columns) {
      let keys = try YamlKeys(node, key: "columns", file: file, allowed: Self.columnKeys)
      let column = try column(keys)
      guard !columns.contains(where: { $0.name == column.name }) else { throw keys.fault("name", .repeated(column.name)) }
      columns.append(column)
    }
    return columns
  }

  private func column(_ keys: YamlKeys) throws(ProfileFault) -> ProfileColumn {
    let typeText = try keys.needed("type")
    guard let type = ColumnType(rawValue: typeText) else {
      throw keys.fault("type", .badValue(typeText, allowed: ColumnType.allCases.map(\.rawValue)))
    }
    let answers: KeyValuePairs = ["yes": true, "no": false]
    let headers = try keys.texts("headers", max: DepartmentsLimits.headers)
    guard !headers.isEmpty else { throw keys.fault("headers", .missingKey) }
    var column = ProfileColumn(
      name: try keys.needed("name"), headers: headers, type: type, isRequired: try keys.word("required", answers) ?? false,
      property: try keys.text("property"))
    for (key, owner) in [("unit", ColumnType.amount), ("partial", .date), ("wrong_check", .idNumber), ("codes", .code)]
    where keys[key] != nil && type != owner {
      throw keys.fault(key, .badValue(typeText, allowed: [owner.rawValue]))
    }
    column.fenPerUnit = try keys.word("unit", ["yuan": 100, "wan": 1_000_000, "fen": 1]) ?? 100
    column.allowsPartial = try keys.word("partial", answers) ?? false
    column.keepsDoubtful = try keys.word("wrong_check", ["keep": true, "reject": false]) ?? true
    for (label, code) in try keys.map("codes", max: DepartmentsLimits.codes) { column.codes[HeaderText.folded(label)] = code }
    guard type != .code || !column.codes.isEmpty else { throw keys.fault("codes", .missingKey) }
    return column
  }
}
