// Yaml: reads YAML into a tree of nodes that know their lines. Text stays text: what a scalar means (a number, a date, yes) is for
// whoever asks, because only they know what they expect. Knows nobody of ours; libyaml (CYAMLLib) does the parsing.

public struct YamlNode: Equatable, Sendable {
  public indirect enum Content: Equatable, Sendable {
    /// - isPlain: written without quotes; only then may `~` or `null` say that there is nothing.
    case scalar(String, isPlain: Bool)
    case list([YamlNode])
    /// In the order of the file; no key twice.
    case map([Entry])
  }

  public struct Entry: Equatable, Sendable {
    public var key: String
    /// Line of the key, from 1.
    public var line: Int
    public var value: YamlNode

    public init(key: String, line: Int, value: YamlNode) { (self.key, self.line, self.value) = (key, line, value) }
  }

  public var content: Content
  /// From 1.
  public var line: Int

  public init(_ content: Content, line: Int) { (self.content, self.line) = (content, line) }

  /// The text of a scalar.
  public var text: String? {
    if case .scalar(let text, _) = content { return text }
    return nil
  }

  /// Nothing stands here: an empty plain scalar, `~` or `null`.
  public var isNull: Bool {
    guard case .scalar(let text, true) = content else { return false }
    return text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL"
  }

  public var list: [YamlNode]? {
    if case .list(let nodes) = content { return nodes }
    return nil
  }

  public var entries: [Entry]? {
    if case .map(let entries) = content { return entries }
    return nil
  }

  public subscript(_ key: String) -> YamlNode? { entries?.first { $0.key == key }?.value }
}

/// What is wrong with a text, and on which line.
public struct YamlFault: Error, Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    /// What libyaml says of it.
    case syntax(String)
    case notUTF8
    case tooLarge(bytesMax: Int)
    case tooDeep(max: Int)
    /// Counting what aliases repeat.
    case tooManyNodes(max: Int)
    case unknownAlias(String)
    case duplicateKey(String)
    /// A key that is a list or a map.
    case keyIsNoText
    /// `<<` over something that is no map.
    case badMerge
    /// libyaml could not start: no memory.
    case unavailable
  }

  /// From 1.
  public var line: Int
  public var kind: Kind

  public init(line: Int, kind: Kind) { (self.line, self.kind) = (line, kind) }
}
