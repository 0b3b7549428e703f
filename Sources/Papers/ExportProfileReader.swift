// An export profile as a file. Every key is known; one that is not is an error with its line, because a misspelt column would be empty in
// the other system and nobody would see why.

internal import Relief
internal import Tables
public import Yaml

/// What is wrong with a profile, and where.
public typealias ExportProfileFault = YamlMapFault

extension ExportProfile {
  /// Columns of one profile.
  public static let columnsMax = 200
  /// Codes of one column that get other words.
  public static let codesMax = 1_000

  /// - Parameter file: what the file is called in faults.
  public static func read(_ bytes: [UInt8], file: String) throws(ExportProfileFault) -> ExportProfile {
    let document = try YamlKeys.document(bytes, file: file)
    let keys = try YamlKeys(document, key: "", file: file, allowed: ["name", "title", "rows", "entered", "columns"])
    let list = try keys.list("columns", max: columnsMax)
    guard !list.isEmpty else { throw keys.fault("columns", .missingKey) }
    guard let rows = try keys.choice("rows", Rows.self) else { throw keys.fault("rows", .missingKey) }
    var columns: [Column] = []
    for one in list {
      let own = try YamlKeys(
        one, key: "columns", file: file, allowed: ["header", "value", "constant", "type", "codes", "list", "width"])
      let column = try column(own, rows)
      guard !columns.contains(where: { $0.header == column.header }) else {
        throw ExportProfileFault(file: file, line: one.line, key: "header", kind: .repeated(column.header))
      }
      columns.append(column)
    }
    // The title is the name of a sheet, and the beginning of a file's name.
    let title = try keys.needed("title")
    guard mayBeTitled(title) else { throw keys.fault("title", .badValue(title, allowed: ["1…31 字，不带 / \\ : * ? \" < > | [ ] '，不以 . 开头"])) }
    return ExportProfile(
      name: try keys.needed("name"), title: title, rows: rows,
      tracksEntered: try keys.word("entered", ["yes": true, "no": false]) ?? false, columns: columns)
  }

  static func mayBeTitled(_ title: String) -> Bool {
    SheetHead.mayBeNamed(title) && !title.hasPrefix(".") && !title.contains("'")
      && title.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && !"<>|\"".unicodeScalars.contains($0) }
  }

  private static func column(_ keys: YamlKeys, _ rows: Rows) throws(ExportProfileFault) -> Column {
    var column = Column(try keys.needed("header"), .constant(""))
    // An empty constant is a column that the other system wants and nobody fills.
    if let constant = keys["constant"] {
      guard keys["value"] == nil else { throw ExportProfileFault(file: keys.file, line: keys.line, key: "value", kind: .missingKey) }
      guard let text = constant.value.text else { throw keys.fault("constant", .wrongShape(wanted: "text")) }
      column.value = .constant(text)
    } else {
      column.value = try value(keys, rows)
    }
    if let shape = try keys.choice("type", Shape.self) { column.shape = shape }
    column.list = try keys.text("list")
    if let width = try keys.text("width") {
      guard let number = Double(width), (1...255).contains(number) else {
        throw keys.fault("width", .badValue(width, allowed: ["1…255"]))
      }
      column.width = number
    }
    for (code, label) in try keys.map("codes", max: codesMax) { column.codes[code] = label }
    return column
  }

  private static func value(_ keys: YamlKeys, _ rows: Rows) throws(ExportProfileFault) -> Value {
    let text = try keys.needed("value")
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let ofAPerson = ["age", "birth", "sex"]
    switch (parts.first, parts.last) {
    case ("household", let name?) where parts.count == 2 && !name.isEmpty: return .household(name)
    case ("person", let name?) where parts.count == 2 && !name.isEmpty && rows == .person: return .person(name)
    case ("computed", let name?) where rows == .person || !ofAPerson.contains(name):
      if let computed = Computed(rawValue: name) { return .computed(computed) }
    default: break
    }
    let computed = Computed.allCases.map(\.rawValue).filter { rows == .person || !ofAPerson.contains($0) }.map { "computed." + $0 }
    throw keys.fault("value", .badValue(text, allowed: ["household.…"] + (rows == .person ? ["person.…"] : []) + computed))
  }
}
