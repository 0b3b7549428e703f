// A file of screening cases: one case, a list of cases, or a map with `cases:` and what they share. docs/screening.md describes it.

public import Relief
internal import Yaml

/// One case: an input, the parameters that hold, and what it expects.
public struct ScreeningCase: Sendable {
  public var name: String
  public var clause: String
  /// From 1.
  public var line: Int
  public var input: ScreeningInput
  public var parameters: PolicyParameters
  public var expectations: [CaseExpectation]

  public func screen() -> Screening { Screening(input, parameters: parameters) }
}

public struct CaseFile: Sendable {
  public var name: String
  /// The rule the file is about, where it says so.
  public var rule: String
  public var cases: [ScreeningCase]

  /// Cases of one file.
  public static let casesMax = 10_000

  /// - Parameter parameters: what holds where the file says nothing.
  public init(_ bytes: [UInt8], name: String, parameters: PolicyParameters = PolicyParameters()) throws(CaseFault) {
    let documents: [YamlNode]
    do { documents = try YamlNode.documents(bytes) } catch {
      throw CaseFault(file: name, line: error.line, key: "", kind: .yaml(error.kind))
    }
    self.name = name
    rule = ""
    cases = []
    for document in documents where !document.isNull { try take(document, parameters) }
    guard !cases.isEmpty else { throw CaseFault(file: name, line: 1, key: "", kind: .empty) }
  }

  private mutating func take(_ document: YamlNode, _ parameters: PolicyParameters) throws(CaseFault) {
    if let list = document.list { return try take(list, base: nil, parameters, clause: "") }
    let isShared = document.entries?.contains { Spelling.key($0.key) == "cases" || $0.key == "用例" } ?? false
    guard isShared else { return try take([document], base: nil, parameters, clause: "") }
    let fields = try Fields(
      document, name, key: "",
      [
        "cases": ["用例"], "rule": ["规则"], "title": ["标题", "about", "说明", "note", "description"], "clause": ["条款", "依据"],
        "parameters": ["参数", "政策参数", "params"], "base": ["defaults", "共用", "shared"],
      ])
    rule = try fields.text("rule") ?? rule
    let shared = try ParameterReader(name).read(fields["parameters"], onto: parameters)
    guard let entry = fields["cases"], let list = entry.value.list else {
      throw CaseFault(file: name, line: document.line, key: "cases", kind: .wrongShape(.list))
    }
    let base = fields["base"].map(\.value)
    try take(list, base: base, shared, clause: try fields.text("clause") ?? "")
  }

  private mutating func take(
    _ nodes: [YamlNode], base: YamlNode?, _ parameters: PolicyParameters, clause: String
  ) throws(CaseFault) {
    guard cases.count + nodes.count <= Self.casesMax else {
      throw CaseFault(file: name, line: nodes.first?.line ?? 1, key: "cases", kind: .tooMany(max: Self.casesMax))
    }
    for node in nodes {
      let whole = base.map { Self.merge(node, over: $0) } ?? node
      cases.append(
        try CaseReader(name, number: cases.count + 1).read(whole, parameters, clause: clause, line: node.line))
    }
  }

  /// What a case says stands over what the file's `base` says: maps key by key, anything else as a whole.
  static func merge(_ node: YamlNode, over base: YamlNode) -> YamlNode {
    guard let own = node.entries, var entries = base.entries else { return node }
    for entry in own {
      if let index = entries.firstIndex(where: { Spelling.key($0.key) == Spelling.key(entry.key) }) {
        entries[index].value = merge(entry.value, over: entries[index].value)
        entries[index].line = entry.line
      } else {
        entries.append(entry)
      }
    }
    return YamlNode(.map(entries), line: node.line)
  }
}
