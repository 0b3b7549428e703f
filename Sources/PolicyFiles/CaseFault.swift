// PolicyFiles: files about policy, in YAML: screening cases with what they expect, and values of parameters. They become values of
// Relief; results become JSON. No file is opened here: whoever calls brings the bytes.

public import Relief
public import Yaml

/// What is wrong with a file, and where.
public struct CaseFault: Error, Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    case yaml(YamlFault.Kind)
    case unknownKey(allowed: [String])
    /// Two names of one key.
    case repeatedKey
    case missingKey
    /// Another shape of node was wanted.
    case wrongShape(Shape)
    case badValue(String, allowed: [String])
    /// A parameter's value that does not have its shape.
    case badParameter(String, PolicyValueKind)
    case unknownMember(String)
    case empty
    case tooMany(max: Int)
  }

  public enum Shape: String, Sendable { case text, list, map, listOrMap = "list or map" }

  public var file: String
  /// From 1.
  public var line: Int
  /// The key at fault, or under which the value stands; empty at the top.
  public var key: String
  public var kind: Kind
}

/// A map whose keys are known, under several names each: English, Chinese, and as people spell them.
struct Fields {
  let file: String
  let line: Int
  private var found: [String: YamlNode.Entry] = [:]

  /// - Parameter names: canonical name → its other names.
  init(_ node: YamlNode, _ file: String, key: String, _ names: [String: [String]]) throws(CaseFault) {
    self.file = file
    line = node.line
    guard let entries = node.entries else {
      throw CaseFault(file: file, line: node.line, key: key, kind: .wrongShape(.map))
    }
    var canonical: [String: String] = [:]
    for (name, others) in names { for one in [name] + others { canonical[Spelling.key(one)] = name } }
    for entry in entries {
      guard let name = canonical[Spelling.key(entry.key)] else {
        throw CaseFault(file: file, line: entry.line, key: entry.key, kind: .unknownKey(allowed: names.keys.sorted()))
      }
      guard found.updateValue(entry, forKey: name) == nil else {
        throw CaseFault(file: file, line: entry.line, key: entry.key, kind: .repeatedKey)
      }
    }
  }

  /// The entry, also one that says nothing; nil where the key is absent.
  subscript(_ name: String) -> YamlNode.Entry? { found[name] }

  func fault(_ entry: YamlNode.Entry, _ kind: CaseFault.Kind) -> CaseFault {
    CaseFault(file: file, line: entry.value.line, key: entry.key, kind: kind)
  }

  /// The text of a scalar; nil where the key is absent or says nothing.
  func text(_ name: String) throws(CaseFault) -> String? {
    guard let entry = found[name], !entry.value.isNull else { return nil }
    guard let text = entry.value.text else { throw fault(entry, .wrongShape(.text)) }
    return text
  }

  /// A word of a list of words; nil where it is absent or said to be unknown.
  func word<Value>(_ name: String, _ words: Words<Value>) throws(CaseFault) -> Value? {
    guard let entry = found[name], let text = try text(name), !Spelling.isUnknown(text) else { return nil }
    guard let value = words[text] else { throw fault(entry, .badValue(text, allowed: words.shown)) }
    return value
  }

  /// 是/否/不清楚; absent is `absent`.
  func answer(_ name: String, absent: Answer? = nil) throws(CaseFault) -> Answer? {
    guard let entry = found[name] else { return absent }
    guard let text = try text(name) else { return .unknown }
    if Spelling.isUnknown(text) { return .unknown }
    guard let answer = Vocabulary.answers[text] else {
      throw fault(entry, .badValue(text, allowed: Vocabulary.answers.shown))
    }
    return answer
  }

  func date(_ name: String) throws(CaseFault) -> CivilDate? {
    guard let entry = found[name], let text = try text(name), !Spelling.isUnknown(text) else { return nil }
    guard let date = CivilDate(text) else { throw fault(entry, .badValue(text, allowed: ["yyyy-MM-dd"])) }
    return date
  }

  func count(_ name: String) throws(CaseFault) -> Int? {
    guard let entry = found[name], let text = try text(name), !Spelling.isUnknown(text) else { return nil }
    guard let number = Int(text), (0...1_000_000).contains(number) else {
      throw fault(entry, .badValue(text, allowed: ["0, 1, 2 …"]))
    }
    return number
  }

  /// Every text of a list, or of one text with blanks or commas between its words.
  func texts(_ name: String) throws(CaseFault) -> [String]? {
    guard let entry = found[name], !entry.value.isNull else { return nil }
    return try Self.texts(of: entry, file)
  }

  static func texts(of entry: YamlNode.Entry, _ file: String) throws(CaseFault) -> [String] {
    if let text = entry.value.text { return Spelling.words(text) }
    guard let list = entry.value.list else {
      throw CaseFault(file: file, line: entry.value.line, key: entry.key, kind: .wrongShape(.list))
    }
    var texts: [String] = []
    for node in list {
      guard let text = node.text else { throw CaseFault(file: file, line: node.line, key: entry.key, kind: .wrongShape(.text)) }
      texts.append(text)
    }
    return texts
  }

  /// A set of words; nil where absent or unknown.
  func words<Value: Hashable & Sendable>(_ name: String, _ words: Words<Value>) throws(CaseFault) -> [Value]? {
    guard let entry = found[name], let texts = try texts(name) else { return nil }
    if texts.count == 1, Spelling.isUnknown(texts[0]) { return nil }
    var values: [Value] = []
    for text in texts where !Spelling.isNothing(text) {
      guard let value = words[text] else { throw fault(entry, .badValue(text, allowed: words.shown)) }
      values.append(value)
    }
    return values
  }
}

/// How people write the same word.
enum Spelling {
  /// `visitDate`, `visit-date`, `Visit Date` are `visit_date`.
  static func key(_ text: String) -> String {
    var key = ""
    var lastIsLower = false
    for character in text {
      if character == "-" || character == " " || character == "_" {
        if !key.hasSuffix("_") { key.append("_") }
        lastIsLower = false
        continue
      }
      let isUpper = character.isUppercase
      if isUpper, lastIsLower { key.append("_") }
      key += character.lowercased()
      lastIsLower = character.isLowercase || character.isNumber
    }
    return key
  }

  private static let unknown: Set<String> = ["unknown", "不清楚", "不详", "未知", "不知道", "未采集", "?", "？", "n/a"]
  private static let nothing: Set<String> = ["none", "无", "没有"]

  static func isUnknown(_ text: String) -> Bool { unknown.contains(text.lowercased()) }
  static func isNothing(_ text: String) -> Bool { nothing.contains(text.lowercased()) }

  /// Parted by blanks, commas, 、.
  static func words(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "," || $0 == "，" || $0 == "、" || $0 == ";" || $0 == "；" }.map(String.init)
  }
}

/// Words that stand for one value each.
struct Words<Value: Sendable>: Sendable {
  private var values: [String: Value] = [:]
  /// What to show to whoever wrote another word.
  private(set) var shown: [String] = []

  /// The first of each line of words is the one that is shown.
  init(_ lines: KeyValuePairs<String, Value>) {
    for (line, value) in lines {
      let words = line.split(separator: " ").map(String.init)
      shown.append(contentsOf: words.prefix(2))
      for word in words { values[Spelling.key(word)] = value }
    }
  }

  subscript(_ text: String) -> Value? { values[Spelling.key(text)] }
}

