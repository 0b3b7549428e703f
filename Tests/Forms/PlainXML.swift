// PlainXML: an instance as lines that two engines must agree on: one line a start, a text, an end. What may differ is
// taken out: declarations, comments and namespace declarations, the order of attributes, space between elements, how
// a character is escaped, made ids, and the two clocks.

struct PlainXML {
  private(set) var lines: [String] = []

  init(_ xml: String) {
    var rest = Substring(xml)
    var open = ""
    while let start = rest.firstIndex(of: "<") {
      add(text: rest[..<start], in: open)
      rest = rest[rest.index(after: start)...]
      guard let end = rest.firstIndex(of: ">") else { return }
      let tag = rest[..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("?") || tag.hasPrefix("!") { continue }
      if tag.hasPrefix("/") {
        lines.append("</\(tag.dropFirst())>")
        open = ""
        continue
      }
      let isEmpty = tag.hasSuffix("/")
      let parts = Self.parts(isEmpty ? tag.dropLast() : tag)
      open = parts.name
      lines.append("<\(parts.name)\(parts.attributes)>")
      if isEmpty { lines.append("</\(parts.name)>") }
    }
  }

  private mutating func add(text: Substring, in element: String) {
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    let isClock = element == "started" || element == "ended"
    if !isClock { lines.append(Self.withoutIDs(Self.unescaped(text))) }
  }

  private static func parts(_ tag: Substring) -> (name: String, attributes: String) {
    guard let space = tag.firstIndex(where: \.isWhitespace) else { return (String(tag), "") }
    var attributes: [String] = []
    for match in tag[space...].matches(of: /([\w:.-]+)\s*=\s*("([^"]*)"|'([^']*)')/) {
      let name = String(match.output.1)
      if name == "xmlns" || name.hasPrefix("xmlns:") { continue }
      attributes.append(" \(name)=\(withoutIDs(unescaped(match.output.3 ?? match.output.4 ?? "")))")
    }
    return (String(tag[..<space]), attributes.sorted().joined())
  }

  private static func unescaped(_ text: Substring) -> String {
    var text = String(text)
    for (entity, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&"),
    ] {
      text = text.replacing(entity, with: character)
    }
    return text
  }

  private static func withoutIDs(_ text: String) -> String {
    text.replacing(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "ID")
  }
}
