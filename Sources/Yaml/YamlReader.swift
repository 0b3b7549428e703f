// From libyaml's events to the tree. The only file that sees C. libyaml keeps no recursion of its own, ours is bounded by the
// depth limit, and aliases are counted by the size of what they repeat before they are followed.

internal import CYAMLLib

extension YamlNode {
  /// Every document of a text, in order; none for a text of blanks and comments.
  public static func documents(_ bytes: [UInt8]) throws(YamlFault) -> [YamlNode] {
    guard bytes.count <= YamlLimits.textBytes else {
      throw YamlFault(line: 1, kind: .tooLarge(bytesMax: YamlLimits.textBytes))
    }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw YamlFault(line: notUTF8Line(bytes), kind: .notUTF8) }
    var builder = TreeBuilder(try events(bytes))
    return try builder.documents()
  }

  private static func notUTF8Line(_ bytes: [UInt8]) -> Int {
    // The line on which decoding first had to repair something.
    let text = String(decoding: bytes, as: UTF8.self)
    var line = 1
    for scalar in text.unicodeScalars {
      if scalar == "\u{FFFD}" { return line }
      if scalar == "\n" { line += 1 }
    }
    return line
  }

  /// All events of a text, or where libyaml stopped.
  private static func events(_ bytes: [UInt8]) throws(YamlFault) -> [YamlEvent] {
    var parser = unsafe yaml_parser_t()
    guard unsafe yaml_parser_initialize(&parser) == 1 else { throw YamlFault(line: 1, kind: .unavailable) }
    defer { unsafe yaml_parser_delete(&parser) }
    var events: [YamlEvent] = []
    let fault: YamlFault? = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      unsafe yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
      while true {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(&parser, &event) == 1 else { return unsafe problem(parser) }
        defer { unsafe yaml_event_delete(&event) }
        guard let next = unsafe YamlEvent(event) else { continue }
        if next.kind == .end { return nil }
        if events.count >= YamlLimits.nodes * 2 {
          return YamlFault(line: next.line, kind: .tooManyNodes(max: YamlLimits.nodes))
        }
        events.append(next)
      }
    }
    if let fault { throw fault }
    return events
  }

  private static func problem(_ parser: yaml_parser_t) -> YamlFault {
    let text = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "?"
    let line = unsafe max(parser.problem_mark.line, parser.context_mark.line)
    return YamlFault(line: Int(clamping: line) + 1, kind: .syntax(text))
  }
}

/// One event, copied out of C.
struct YamlEvent {
  enum Kind: Equatable {
    case document, end
    case scalar(String, isPlain: Bool)
    case alias(String)
    case list, map, close
  }

  var kind: Kind
  var anchor: String?
  var line: Int

  /// Nil for events that carry nothing: the stream's start, a document's end.
  init?(_ event: yaml_event_t) {
    line = unsafe Int(clamping: event.start_mark.line) + 1
    switch unsafe event.type {
    case YAML_STREAM_END_EVENT: kind = .end
    case YAML_DOCUMENT_START_EVENT: kind = .document
    case YAML_ALIAS_EVENT: kind = unsafe .alias(Self.text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
      kind = unsafe .scalar(String(decoding: bytes, as: UTF8.self), isPlain: isPlain)
      anchor = unsafe Self.text(scalar.anchor)
    case YAML_SEQUENCE_START_EVENT:
      kind = .list
      anchor = unsafe Self.text(event.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT:
      kind = .map
      anchor = unsafe Self.text(event.data.mapping_start.anchor)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: kind = .close
    default: return nil
    }
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    unsafe pointer.map { unsafe String(cString: UnsafePointer($0)) }
  }
}

/// Puts events together.
struct TreeBuilder {
  private let events: [YamlEvent]
  private var next = 0
  private var nodes = 0
  /// Of the document at hand: what an anchor names, and how many nodes it is.
  private var anchors: [String: (node: YamlNode, size: Int)] = [:]

  init(_ events: [YamlEvent]) { self.events = events }

  mutating func documents() throws(YamlFault) -> [YamlNode] {
    var documents: [YamlNode] = []
    while next < events.count {
      next += 1
      anchors = [:]
      documents.append(try node(depth: 1))
    }
    return documents
  }

  private mutating func count(_ size: Int, line: Int) throws(YamlFault) {
    nodes += size
    guard nodes <= YamlLimits.nodes else { throw YamlFault(line: line, kind: .tooManyNodes(max: YamlLimits.nodes)) }
  }

  private mutating func node(depth: Int) throws(YamlFault) -> YamlNode {
    guard next < events.count else { throw YamlFault(line: 1, kind: .syntax("?")) }
    let event = events[next]
    next += 1
    guard depth <= YamlLimits.depth else { throw YamlFault(line: event.line, kind: .tooDeep(max: YamlLimits.depth)) }
    let before = nodes
    try count(1, line: event.line)
    let node: YamlNode
    switch event.kind {
    case .alias(let name):
      guard let (named, size) = anchors[name] else { throw YamlFault(line: event.line, kind: .unknownAlias(name)) }
      try count(size, line: event.line)
      return named
    case .scalar(let text, let isPlain): node = YamlNode(.scalar(text, isPlain: isPlain), line: event.line)
    case .list: node = YamlNode(.list(try list(depth: depth)), line: event.line)
    case .map: node = YamlNode(.map(try map(depth: depth)), line: event.line)
    case .document, .end, .close: throw YamlFault(line: event.line, kind: .syntax("?"))
    }
    if let anchor = event.anchor { anchors[anchor] = (node, nodes - before) }
    return node
  }

  private var isClosing: Bool { next < events.count && events[next].kind == .close }

  private mutating func list(depth: Int) throws(YamlFault) -> [YamlNode] {
    var list: [YamlNode] = []
    while !isClosing { list.append(try node(depth: depth + 1)) }
    next += 1
    return list
  }

  private mutating func map(depth: Int) throws(YamlFault) -> [YamlNode.Entry] {
    var own: [YamlNode.Entry] = []
    var merged: [YamlNode.Entry] = []
    var keys: Set<String> = []
    while !isClosing {
      let key = try node(depth: depth + 1)
      guard let name = key.text else { throw YamlFault(line: key.line, kind: .keyIsNoText) }
      let value = try node(depth: depth + 1)
      if name == "<<" {
        merged += try entries(toMerge: value)
        continue
      }
      guard keys.insert(name).inserted else { throw YamlFault(line: key.line, kind: .duplicateKey(name)) }
      own.append(YamlNode.Entry(key: name, line: key.line, value: value))
    }
    next += 1
    // What stands here goes before what is merged in, and the earlier of two merged before the later.
    for entry in merged where keys.insert(entry.key).inserted { own.append(entry) }
    return own
  }

  private func entries(toMerge node: YamlNode) throws(YamlFault) -> [YamlNode.Entry] {
    if let entries = node.entries { return entries }
    guard let list = node.list else { throw YamlFault(line: node.line, kind: .badMerge) }
    var all: [YamlNode.Entry] = []
    for node in list {
      guard let entries = node.entries else { throw YamlFault(line: node.line, kind: .badMerge) }
      all += entries
    }
    return all
  }
}
