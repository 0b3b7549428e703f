// An export profile as a file. Every key is known; one that is not is an error with its line, because a misspelt column would be empty in
// the other system and nobody would see why.

internal import Relief
public import Yaml

/// What is wrong with a profile, and where.
public struct ExportProfileFault: Error, Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    case yaml(YamlFault.Kind)
    case unknownKey(allowed: [String])
    case missingKey
    case wrongShape(wanted: String)
    case badValue(String, allowed: [String])
    case tooMany(max: Int)
    /// A header that stands twice.
    case repeated(String)
  }

  public var file: String
  /// From 1.
  public var line: Int
  public var key: String
  public var kind: Kind
}

extension ExportProfile {
  /// Columns of one profile.
  public static let columnsMax = 200

  /// - Parameter file: what the file is called in faults.
  public static func read(_ bytes: [UInt8], file: String) throws(ExportProfileFault) -> ExportProfile {
    let documents: [YamlNode]
    do throws(YamlFault) { documents = try YamlNode.documents(bytes) } catch {
      throw ExportProfileFault(file: file, line: error.line, key: "", kind: .yaml(error.kind))
    }
    guard let document = documents.first, documents.count == 1 else {
      throw ExportProfileFault(file: file, line: 1, key: "", kind: .wrongShape(wanted: "map"))
    }
    return try Reader(file: file).profile(document)
  }

  private struct Reader {
    let file: String

    func fault(_ line: Int, _ key: String, _ kind: ExportProfileFault.Kind) -> ExportProfileFault {
      ExportProfileFault(file: file, line: line, key: key, kind: kind)
    }

    func entries(_ node: YamlNode, _ key: String, allowed: [String]) throws(ExportProfileFault) -> [YamlNode.Entry] {
      guard let entries = node.entries else { throw fault(node.line, key, .wrongShape(wanted: "map")) }
      if let odd = entries.first(where: { !allowed.contains($0.key) }) { throw fault(odd.line, odd.key, .unknownKey(allowed: allowed)) }
      return entries
    }

    func text(_ node: YamlNode, _ key: String) throws(ExportProfileFault) -> String {
      guard let entry = node[key], !entry.isNull else { throw fault(node.line, key, .missingKey) }
      guard let text = entry.text else { throw fault(entry.line, key, .wrongShape(wanted: "text")) }
      return text
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ node: YamlNode, _ key: String, _ type: Choice.Type) throws(ExportProfileFault)
      -> Choice
    where Choice.RawValue == String {
      let text = try text(node, key)
      guard let choice = Choice(rawValue: text) else {
        throw fault(node[key]?.line ?? node.line, key, .badValue(text, allowed: Choice.allCases.map(\.rawValue)))
      }
      return choice
    }

    func profile(_ node: YamlNode) throws(ExportProfileFault) -> ExportProfile {
      _ = try entries(node, "", allowed: ["name", "title", "rows", "entered", "columns"])
      let entered = node["entered"] == nil ? "no" : try text(node, "entered")
      guard ["yes", "no"].contains(entered) else {
        throw fault(node["entered"]?.line ?? 1, "entered", .badValue(entered, allowed: ["yes", "no"]))
      }
      guard let list = node["columns"]?.list, !list.isEmpty else { throw fault(node.line, "columns", .missingKey) }
      guard list.count <= ExportProfile.columnsMax else { throw fault(node.line, "columns", .tooMany(max: ExportProfile.columnsMax)) }
      let rows = try choice(node, "rows", Rows.self)
      var columns: [Column] = []
      for one in list {
        let column = try column(one, rows)
        if columns.contains(where: { $0.header == column.header }) { throw fault(one.line, "header", .repeated(column.header)) }
        columns.append(column)
      }
      return ExportProfile(
        name: try text(node, "name"), title: try text(node, "title"), rows: rows, tracksEntered: entered == "yes", columns: columns)
    }

    func column(_ node: YamlNode, _ rows: Rows) throws(ExportProfileFault) -> Column {
      _ = try entries(node, "columns", allowed: ["header", "value", "constant", "type", "codes", "list", "width"])
      guard (node["value"] == nil) != (node["constant"] == nil) else { throw fault(node.line, "value", .missingKey) }
      var column = Column(try text(node, "header"), .constant(""))
      column.value = node["constant"] == nil ? try value(node, rows) : .constant(try text(node, "constant"))
      if node["type"] != nil { column.shape = try choice(node, "type", Shape.self) }
      if node["list"] != nil { column.list = try text(node, "list") }
      if node["width"] != nil {
        let width = try text(node, "width")
        guard let number = Double(width), (1...255).contains(number) else {
          throw fault(node["width"]?.line ?? node.line, "width", .badValue(width, allowed: ["1…255"]))
        }
        column.width = number
      }
      guard let codes = node["codes"] else { return column }
      guard let pairs = codes.entries else { throw fault(codes.line, "codes", .wrongShape(wanted: "map")) }
      for pair in pairs {
        guard let label = pair.value.text else { throw fault(pair.line, pair.key, .wrongShape(wanted: "text")) }
        column.codes[pair.key] = label
      }
      return column
    }

    func value(_ node: YamlNode, _ rows: Rows) throws(ExportProfileFault) -> Value {
      let text = try text(node, "value")
      let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let line = node["value"]?.line ?? node.line
      let ofAPerson = ["age", "birth", "sex"]
      switch (parts.first, parts.last) {
      case ("household", let name?) where parts.count == 2 && !name.isEmpty: return .household(name)
      case ("person", let name?) where parts.count == 2 && !name.isEmpty && rows == .person: return .person(name)
      case ("computed", let name?) where rows == .person || !ofAPerson.contains(name):
        if let computed = Computed(rawValue: name) { return .computed(computed) }
      default: break
      }
      let computed = Computed.allCases.map(\.rawValue).filter { rows == .person || !ofAPerson.contains($0) }.map { "computed." + $0 }
      throw fault(line, "value", .badValue(text, allowed: ["household.…"] + (rows == .person ? ["person.…"] : []) + computed))
    }
  }
}
