// Reads JSON (RFC 8259) from bytes without making a tree of it: the record codec asks for what it knows and keeps the rest
// as text. Decoding a township's records with a general decoder takes seconds, with this a fraction of one (docs/wire.md).
// Strict: no comments, no trailing commas, no duplicate-key cleverness, valid UTF-8 only, depth bounded. The whole text is
// checked to be UTF-8 once; it is then only ever cut at ASCII characters, so every part is UTF-8 too.

struct JSONScanner {
  private let bytes: [UInt8]
  private(set) var offset = 0
  private var depth = 0
  /// How often NUL was read. It can only come of an escape, so whoever refuses it need not look at every byte again.
  private(set) var nulCount = 0

  /// Fails on bytes that are not UTF-8.
  init(_ bytes: [UInt8]) throws(RecordFault) {
    guard (try? UTF8Span(validating: bytes.span)) != nil else { throw .malformed(offset: 0) }
    self.bytes = bytes
  }

  var fault: RecordFault { .malformed(offset: offset) }

  /// What the next value is, by its first byte.
  enum Kind { case object, array, string, number, literal }

  mutating func kind() throws(RecordFault) -> Kind {
    skipBlank()
    guard offset < bytes.count else { throw fault }
    switch bytes[offset] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "-"), 48...57: return .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): return .literal
    default: throw fault
    }
  }

  /// Calls `each` with every key, the scanner standing before its value, which `each` must read or skip.
  mutating func object(_ each: (inout JSONScanner, String) throws(RecordFault) -> Void) throws(RecordFault) {
    try open(UInt8(ascii: "{"))
    if try close(UInt8(ascii: "}"), first: true) { return }
    repeat {
      skipBlank()
      let key = try string()
      skipBlank()
      try expect(UInt8(ascii: ":"))
      try each(&self, key)
    } while try !close(UInt8(ascii: "}"), first: false)
  }

  mutating func array(_ each: (inout JSONScanner) throws(RecordFault) -> Void) throws(RecordFault) {
    try open(UInt8(ascii: "["))
    if try close(UInt8(ascii: "]"), first: true) { return }
    repeat { try each(&self) } while try !close(UInt8(ascii: "]"), first: false)
  }

  mutating func string() throws(RecordFault) -> String {
    skipBlank()
    try expect(UInt8(ascii: "\""))
    let start = offset
    offset = plainEnd(from: start)
    guard offset < bytes.count else { throw fault }
    if bytes[offset] == UInt8(ascii: "\"") {
      let text = String(decoding: bytes[start..<offset], as: UTF8.self)
      offset += 1
      return text
    }
    var unescaped = Array(bytes[start..<offset])
    while try !closes(into: &unescaped) {
      let start = offset
      offset = plainEnd(from: start)
      unescaped.append(contentsOf: bytes[start..<offset])
    }
    return String(decoding: unescaped, as: UTF8.self)
  }

  /// Reads a string, as strictly, and keeps nothing of it.
  mutating func skipString() throws(RecordFault) {
    skipBlank()
    try expect(UInt8(ascii: "\""))
    var unescaped: [UInt8] = []
    offset = plainEnd(from: offset)
    while try !closes(into: &unescaped) {
      unescaped.removeAll(keepingCapacity: true)
      offset = plainEnd(from: offset)
    }
  }

  /// The next place from here on that is a quote, a backslash or no part of a string.
  private func plainEnd(from start: Int) -> Int {
    let span = bytes.span
    var place = start
    while place < span.count {
      let byte = span[place]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 32 { break }
      place += 1
    }
    return place
  }

  /// True at the quote that ends a string; else an escape is read.
  private mutating func closes(into text: inout [UInt8]) throws(RecordFault) -> Bool {
    guard offset < bytes.count, bytes[offset] >= 32 else { throw fault }
    offset += 1
    if bytes[offset - 1] == UInt8(ascii: "\"") { return true }
    try escape(into: &text)
    return false
  }

  mutating func bool() throws(RecordFault) -> Bool {
    skipBlank()
    if take("true") { return true }
    if take("false") { return false }
    throw fault
  }

  mutating func integer() throws(RecordFault) -> Int {
    skipBlank()
    let start = offset
    while offset < bytes.count, bytes[offset] == UInt8(ascii: "-") || (48...57).contains(bytes[offset]) { offset += 1 }
    guard let number = Int(String(decoding: bytes[start..<offset], as: UTF8.self)) else { throw fault }
    return number
  }

  /// Skips one value of any kind and gives its bytes as they stand.
  mutating func raw() throws(RecordFault) -> String {
    skipBlank()
    let start = offset
    switch try kind() {
    case .object: try object { scanner, _ throws(RecordFault) in _ = try scanner.raw() }
    case .array: try array { scanner throws(RecordFault) in _ = try scanner.raw() }
    case .string: try skipString()
    case .literal: guard take("true") || take("false") || take("null") else { throw fault }
    case .number: try number()
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  /// Fails where anything but blanks is left.
  mutating func end() throws(RecordFault) {
    skipBlank()
    guard offset == bytes.count else { throw fault }
  }

  // MARK: Parts

  private mutating func open(_ bracket: UInt8) throws(RecordFault) {
    skipBlank()
    try expect(bracket)
    depth += 1
    guard depth <= Limits.recordDepth else { throw .overLimit("recordDepth") }
  }

  private mutating func close(_ bracket: UInt8, first: Bool) throws(RecordFault) -> Bool {
    skipBlank()
    guard offset < bytes.count else { throw fault }
    if bytes[offset] == bracket {
      offset += 1
      depth -= 1
      return true
    }
    if !first { try expect(UInt8(ascii: ",")) }
    return false
  }

  private mutating func expect(_ byte: UInt8) throws(RecordFault) {
    guard offset < bytes.count, bytes[offset] == byte else { throw fault }
    offset += 1
  }

  private mutating func skipBlank() {
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte == 32 || byte == 9 || byte == 10 || byte == 13 else { return }
      offset += 1
    }
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let text = Array(word.description.utf8)
    guard bytes[offset...].starts(with: text) else { return false }
    offset += text.count
    return true
  }

  private mutating func number() throws(RecordFault) {
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    let start = offset
    try digits()
    guard bytes[start] != 48 || offset == start + 1 else { throw fault }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      offset += 1
      try digits()
    }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "e") || bytes[offset] == UInt8(ascii: "E") {
      offset += 1
      if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") { offset += 1 }
      try digits()
    }
  }

  private mutating func digits() throws(RecordFault) {
    let start = offset
    while offset < bytes.count, (48...57).contains(bytes[offset]) { offset += 1 }
    guard offset > start else { throw fault }
  }

  private mutating func escape(into text: inout [UInt8]) throws(RecordFault) {
    guard offset < bytes.count else { throw fault }
    let byte = bytes[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"):
      let first = try hex4()
      var value = UInt32(first)
      if (0xD800..<0xDC00).contains(first) {
        try expect(UInt8(ascii: "\\"))
        try expect(UInt8(ascii: "u"))
        let second = try hex4()
        guard (0xDC00..<0xE000).contains(second) else { throw fault }
        value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else { throw fault }
      if value == 0 { nulCount += 1 }
      text += Array(String(Character(scalar)).utf8)
    default: throw fault
    }
  }

  private mutating func hex4() throws(RecordFault) -> UInt16 {
    guard offset + 4 <= bytes.count else { throw fault }
    let digits = bytes[offset..<offset + 4]
    guard digits.allSatisfy({ isHex($0) }), let value = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else {
      throw fault
    }
    offset += 4
    return value
  }

  private func isHex(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
  }
}
