// Functions of text, of selections and of what surrounds the form. Characters are Unicode scalars (XPath 1.0 §3.6),
// so a rare ideograph outside the basic plane counts as one.

extension XPathCall {
  func text() throws(XPathFault) -> XPathAtom {
    switch function {
    case .concat: return try bounded(try flattened(from: 0).map(\.string).joined())
    case .join: return try bounded(try flattened(from: 1).map(\.string).joined(separator: try string(0)))
    case .substr: return .string(try substring())
    case .substringBefore:
      let (text, part) = (try string(0), try string(1))
      return .string(text.firstRange(ofScalars: part).map { String(text.unicodeScalars[..<$0.lowerBound]) } ?? "")
    case .substringAfter:
      let (text, part) = (try string(0), try string(1))
      return .string(text.firstRange(ofScalars: part).map { String(text.unicodeScalars[$0.upperBound...]) } ?? "")
    case .contains:
      let (text, part) = (try string(0), try string(1))
      return .boolean(text.firstRange(ofScalars: part) != nil)
    case .startsWith: return .boolean(try string(0).utf8.starts(with: try string(1).utf8))
    case .endsWith: return .boolean(try string(0).utf8.reversed().starts(with: try string(1).utf8.reversed()))
    case .translate: return .string(try translated())
    case .stringLength: return .number(Double(try ownOrFirst().unicodeScalars.count))
    case .normalizeSpace: return .string(XPathText.normalized(try ownOrFirst()))
    case .uuid: return try uuid()
    case .digest: return .string(try digest())
    case .base64Decode:
      guard let bytes = XPathBase64.decode(try string(0)) else { throw argument(0, .unknownEncoding) }
      return .string(String(decoding: bytes, as: UTF8.self))
    case .booleanFromString:
      let text = try string(0)
      return .boolean(text == "true" || text == "1")
    default:
      let pattern = try XPathPattern.compile(try string(1), at: tree.offsets[arguments[1]])
      return .boolean(try tree.matches(pattern, try string(0), at: index))
    }
  }

  private func ownOrFirst() throws(XPathFault) -> String {
    count == 1 ? try string(0) : atom(of: scope.node).string
  }

  private func substring() throws(XPathFault) -> String {
    let scalars = Array(try string(0).unicodeScalars)
    var start = XPathNumber.int(try number(1))
    var end = count == 3 ? XPathNumber.int(try number(2)) : scalars.count
    if start < 0 { start += scalars.count }
    if end < 0 { end += scalars.count }
    end = min(max(0, end), scalars.count)
    start = min(max(0, start), scalars.count)
    return start <= end ? XPathText.string(scalars[start..<end]) : ""
  }

  private func translated() throws(XPathFault) -> String {
    let from = Array(try string(1).unicodeScalars)
    let to = Array(try string(2).unicodeScalars)
    var map: [Unicode.Scalar: Unicode.Scalar?] = [:]
    for (at, scalar) in from.enumerated() where map[scalar] == nil {
      map[scalar] = .some(at < to.count ? to[at] : nil)
    }
    var text = String.UnicodeScalarView()
    for scalar in try string(0).unicodeScalars {
      if let target = map[scalar] {
        if let target { text.append(target) }
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }

  private func uuid() throws(XPathFault) -> XPathAtom {
    if count == 1 {
      let length = XPathNumber.int(try number(0))
      guard length <= XPathLimits.guidCharactersMax else {
        throw tree.fault(index, .limit("uuid", XPathLimits.guidCharactersMax))
      }
      let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
      let characters = (0..<max(0, length)).map { _ in alphabet[Int(environment.random() % 36)] }
      return .string(String(decoding: characters, as: UTF8.self))
    }
    var (high, low) = (environment.random(), environment.random())
    high = high & 0xffff_ffff_ffff_0fff | 0x4000
    low = low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
    let bytes = [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } }
    let parts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { XPathDigest.hex(Array(bytes[$0])) }
    return .string(parts.joined(separator: "-"))
  }

  private func digest() throws(XPathFault) -> String {
    guard let bytes = XPathDigest.bytes(of: try string(0), algorithm: try string(1)) else {
      throw argument(1, .unknownAlgorithm)
    }
    switch count == 3 ? try string(2).lowercased() : "base64" {
    case "base64": return XPathBase64.encode(bytes)
    case "hex": return XPathDigest.hex(bytes)
    default: throw argument(2, .unknownEncoding)
    }
  }

  // MARK: Selections and surroundings

  func choice() throws(XPathFault) -> XPathAtom {
    switch function {
    case .selected:
      return .boolean(XPathText.isSelected(XPathText.trimmed(try string(1)), in: try string(0)))
    case .selectedAt:
      let items = XPathText.items(try string(0))
      let at = XPathNumber.int(try number(1))
      return .string(at >= 0 && at < items.count ? String(items[at]) : "")
    case .countSelected: return .number(Double(XPathText.items(try string(0)).count))
    case .choiceName:
      return .string(
        document.choiceName(of: try string(0), question: try string(1), from: scope.current) ?? "")
    case .itext: return .string(document.itext(try string(0)) ?? "")
    case .version: return .string(environment.formVersion)
    case .property: return .string(environment.property(try string(0)) ?? "")
    default: return try pulled()
    }
  }

  /// `pulldata(instance, element, key element, key)`: the first item whose key is this one.
  private func pulled() throws(XPathFault) -> XPathAtom {
    let id = try string(0)
    guard let root = document.root(ofInstance: id) else { throw tree.fault(index, .unknownInstance(id)) }
    let (wanted, key, value) = (XPathName(try string(1)), XPathName(try string(2)), try string(3))
    for top in document.children(of: root) {
      for item in document.children(of: top) {
        guard let found = document.children(of: item).first(where: { document.isNamed($0, key) }),
          document.text(of: found).isSame(as: value)
        else { continue }
        return document.children(of: item).first { document.isNamed($0, wanted) }.map { atom(of: $0) } ?? .string("")
      }
    }
    return .string("")
  }
}

enum XPathText {
  static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Without control characters and spaces at both ends.
  static func trimmed(_ text: String) -> String {
    if let first = text.utf8.first, let last = text.utf8.last, first > 0x20, last > 0x20 { return text }
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.firstIndex(where: { $0.value > 0x20 }),
      let last = scalars.lastIndex(where: { $0.value > 0x20 })
    else { return "" }
    return string(scalars[first...last])
  }

  static func normalized(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    var pending = false
    for scalar in trimmed(text).unicodeScalars {
      if scalar == " " || (scalar.value >= 9 && scalar.value <= 13) {
        pending = true
        continue
      }
      if pending { view.append(" ") }
      pending = false
      view.append(scalar)
    }
    return String(view)
  }

  /// Whether a value stands in a list between spaces; as in ODK's engine, several values in a row are found too.
  static func isSelected(_ value: String, in list: String) -> Bool {
    let (items, wanted) = (list.utf8, value.utf8)
    var start = items.startIndex
    while true {
      let rest = items[start...]
      if rest.starts(with: wanted) {
        let end = rest.index(start, offsetBy: wanted.count)
        if end == items.endIndex || items[end] == UInt8(ascii: " ") { return true }
      }
      guard let space = rest.firstIndex(of: UInt8(ascii: " ")) else { return false }
      start = items.index(after: space)
    }
  }

  /// The items of a space-separated list.
  static func items(_ text: String) -> [Substring] { text.split { $0 == " " } }
}

extension String {
  /// Where `part` first occurs, scalar for scalar.
  func firstRange(ofScalars part: String) -> Range<String.Index>? {
    // Bytes do: a scalar's UTF-8 begins nowhere inside another's.
    let (text, wanted) = (utf8, part.utf8)
    guard let first = wanted.first else { return startIndex..<startIndex }
    var start = text.startIndex
    while let candidate = text[start...].firstIndex(of: first) {
      if text[candidate...].starts(with: wanted) {
        return candidate..<text.index(candidate, offsetBy: wanted.count)
      }
      start = text.index(after: candidate)
    }
    return nil
  }
}
