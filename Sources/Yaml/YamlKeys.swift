// A map whose keys are all known, as the files of a county's own data are read (profiles of lists, of exports): a key that is not known is
// a fault with its line, because a misspelt one would say nothing and nobody would see why.

/// What is wrong with a file of such maps, and where.
public struct YamlMapFault: Error, Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    case yaml(YamlFault.Kind)
    case unknownKey(allowed: [String])
    case missingKey
    case wrongShape(wanted: String)
    case badValue(String, allowed: [String])
    /// No document, or more than one.
    case empty
    case tooMany(max: Int)
    /// Two of what may be there once: lists, columns, names of columns.
    case repeated(String)
    /// The key would say nothing: what it needs is not there.
    case saysNothing(without: String)
  }

  public var file: String
  /// From 1.
  public var line: Int
  /// The key at fault; empty at the top.
  public var key: String
  public var kind: Kind

  public init(file: String, line: Int, key: String, kind: Kind) {
    (self.file, self.line, self.key, self.kind) = (file, line, key, kind)
  }
}

/// A map with known keys.
public struct YamlKeys: Sendable {
  public let file: String
  /// Of the map, from 1.
  public let line: Int
  /// What the map is the value of; empty at the top.
  public let key: String
  private let entries: [YamlNode.Entry]

  public init(_ node: YamlNode, key: String, file: String, allowed: [String]) throws(YamlMapFault) {
    (self.file, self.line, self.key) = (file, node.line, key)
    guard let entries = node.entries else { throw YamlMapFault(file: file, line: node.line, key: key, kind: .wrongShape(wanted: "map")) }
    self.entries = entries
    for entry in entries where !allowed.contains(entry.key) {
      throw YamlMapFault(file: file, line: entry.line, key: entry.key, kind: .unknownKey(allowed: allowed))
    }
  }

  /// The only document of a text.
  public static func document(_ bytes: [UInt8], file: String) throws(YamlMapFault) -> YamlNode {
    let documents: [YamlNode]
    do throws(YamlFault) { documents = try YamlNode.documents(bytes) } catch {
      throw YamlMapFault(file: file, line: error.line, key: "", kind: .yaml(error.kind))
    }
    guard let document = documents.first, documents.count == 1 else {
      throw YamlMapFault(file: file, line: documents.dropFirst().first?.line ?? 1, key: "", kind: .empty)
    }
    return document
  }

  /// What stands under a key; nil where nothing does.
  public subscript(_ name: String) -> YamlNode.Entry? { entries.first { $0.key == name && !$0.value.isNull } }

  /// A fault of what stands under a key; where nothing does, of the map.
  public func fault(_ name: String, _ kind: YamlMapFault.Kind) -> YamlMapFault {
    YamlMapFault(file: file, line: self[name]?.value.line ?? line, key: name, kind: kind)
  }

  /// Nil where the key is not there; empty text is none.
  public func text(_ name: String) throws(YamlMapFault) -> String? {
    guard let entry = self[name] else { return nil }
    guard let text = entry.value.text, !text.isEmpty else { throw fault(name, .wrongShape(wanted: "text")) }
    return text
  }

  public func needed(_ name: String) throws(YamlMapFault) -> String {
    guard let text = try text(name) else { throw fault(name, .missingKey) }
    return text
  }

  /// One of some words, each with what it means.
  public func word<Value>(_ name: String, _ words: KeyValuePairs<String, Value>) throws(YamlMapFault) -> Value? {
    guard let text = try text(name) else { return nil }
    guard let value = words.first(where: { $0.key == text })?.value else {
      throw fault(name, .badValue(text, allowed: words.map(\.key)))
    }
    return value
  }

  /// One of an enumeration's own words.
  public func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _ type: Choice.Type) throws(YamlMapFault) -> Choice?
  where Choice.RawValue == String {
    guard let text = try text(name) else { return nil }
    guard let choice = Choice(rawValue: text) else { throw fault(name, .badValue(text, allowed: Choice.allCases.map(\.rawValue))) }
    return choice
  }

  /// Empty where the key is not there.
  public func list(_ name: String, max: Int) throws(YamlMapFault) -> [YamlNode] {
    guard let entry = self[name] else { return [] }
    guard let list = entry.value.list else { throw fault(name, .wrongShape(wanted: "list")) }
    guard list.count <= max else { throw fault(name, .tooMany(max: max)) }
    return list
  }

  /// Texts of a list; one text alone is a list of one.
  public func texts(_ name: String, max: Int) throws(YamlMapFault) -> [String] {
    if let text = self[name]?.value.text { return [text] }
    var texts: [String] = []
    for node in try list(name, max: max) {
      guard let text = node.text, !text.isEmpty else {
        throw YamlMapFault(file: file, line: node.line, key: name, kind: .wrongShape(wanted: "text"))
      }
      texts.append(text)
    }
    return texts
  }

  /// Texts by key, in the order of the file.
  public func map(_ name: String, max: Int) throws(YamlMapFault) -> [(key: String, value: String)] {
    guard let entry = self[name] else { return [] }
    guard let entries = entry.value.entries else { throw fault(name, .wrongShape(wanted: "map")) }
    guard entries.count <= max else { throw fault(name, .tooMany(max: max)) }
    var pairs: [(key: String, value: String)] = []
    for entry in entries {
      guard let text = entry.value.text else {
        throw YamlMapFault(file: file, line: entry.line, key: entry.key, kind: .wrongShape(wanted: "text"))
      }
      pairs.append((entry.key, text))
    }
    return pairs
  }
}
