// Expression text → tokens. Rules: XPath 1.0 §3.7, with ODK's leniency: after an operand a name is an operator
// (`and`, `or`, `div`, `mod`, without a space behind: `5 mod-2`), and `*` is a multiplication.
// Names may be Chinese, as XML allows.

/// What the named limits of an expression are.
public enum XPathLimits {
  /// UTF-8 bytes of one expression.
  public static let expressionBytesMax = 262_144
  /// Parentheses, predicates and calls inside each other, and depth of the parsed tree.
  public static let depthMax = 256
  /// Nodes of the parsed tree.
  public static let nodesMax = 65_536
  /// Instructions of one compiled pattern of `regex()`.
  public static let patternInstructionsMax = 8_192
  /// UTF-8 bytes of the text that `regex()` looks at.
  public static let patternTextBytesMax = 16_384
  /// UTF-8 bytes of any text that a function makes.
  public static let textBytesMax = 1_048_576
  /// Characters of `uuid(n)`.
  public static let guidCharactersMax = 1_024
}

struct XPathToken: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    case number(Double)
    case literal(String)
    case name(String)
    /// `prefix:*`
    case prefixWildcard(String)
    case wildcard
    case variable
    case slash, doubleSlash, dot, doubleDot, at, comma, doubleColon
    case openParenthesis, closeParenthesis, openBracket, closeBracket
    case or, and, equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case plus, minus, multiply, divide, modulo, union
    case end
  }
  var kind: Kind
  var offset: Int
}

extension XPathToken.Kind {
  /// As it is written, for faults.
  var text: String {
    switch self {
    case .number(let value): XPathNumber.text(value)
    case .literal: "'…'"
    case .name(let name): name
    case .prefixWildcard(let prefix): prefix + ":*"
    case .wildcard, .multiply: "*"
    case .variable: "$"
    case .slash: "/"
    case .doubleSlash: "//"
    case .dot: "."
    case .doubleDot: ".."
    case .at: "@"
    case .comma: ","
    case .doubleColon: "::"
    case .openParenthesis: "("
    case .closeParenthesis: ")"
    case .openBracket: "["
    case .closeBracket: "]"
    case .or: "or"
    case .and: "and"
    case .equal: "="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .plus: "+"
    case .minus: "-"
    case .divide: "div"
    case .modulo: "mod"
    case .union: "|"
    case .end: "end"
    }
  }
}

struct XPathLexer {
  private let bytes: [UInt8]
  private var index = 0
  private var afterOperand = false
  private var tokens: [XPathToken] = []

  static func tokens(of source: String) throws(XPathFault) -> [XPathToken] {
    var lexer = XPathLexer(bytes: Array(source.utf8))
    return try lexer.run()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func byte(_ at: Int) -> UInt8 { at < bytes.count ? bytes[at] : 0 }

  private mutating func run() throws(XPathFault) -> [XPathToken] {
    guard bytes.count <= XPathLimits.expressionBytesMax else {
      throw XPathFault(
        offset: XPathLimits.expressionBytesMax, reason: .tooLong(limit: XPathLimits.expressionBytesMax))
    }
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0a, 0x0c, 0x0d: index += 1
      default: try next()
      }
    }
    tokens.append(XPathToken(kind: .end, offset: bytes.count))
    return tokens
  }

  private mutating func put(_ kind: XPathToken.Kind, length: Int, operand: Bool = false) {
    tokens.append(XPathToken(kind: kind, offset: index))
    index += length
    afterOperand = operand
  }

  private mutating func next() throws(XPathFault) {
    let here = bytes[index]
    let ahead = byte(index + 1)
    switch here {
    case UInt8(ascii: "="): put(.equal, length: 1)
    case UInt8(ascii: "!") where ahead == UInt8(ascii: "="): put(.notEqual, length: 2)
    case UInt8(ascii: "<"):
      ahead == UInt8(ascii: "=") ? put(.lessOrEqual, length: 2) : put(.less, length: 1)
    case UInt8(ascii: ">"):
      ahead == UInt8(ascii: "=") ? put(.greaterOrEqual, length: 2) : put(.greater, length: 1)
    case UInt8(ascii: "+"): put(.plus, length: 1)
    case UInt8(ascii: "-"): put(.minus, length: 1)
    case UInt8(ascii: "*"):
      afterOperand ? put(.multiply, length: 1) : put(.wildcard, length: 1, operand: true)
    case UInt8(ascii: "|"): put(.union, length: 1)
    case UInt8(ascii: "/"): ahead == here ? put(.doubleSlash, length: 2) : put(.slash, length: 1)
    case UInt8(ascii: "["): put(.openBracket, length: 1)
    case UInt8(ascii: "]"): put(.closeBracket, length: 1, operand: true)
    case UInt8(ascii: "("): put(.openParenthesis, length: 1)
    case UInt8(ascii: ")"): put(.closeParenthesis, length: 1, operand: true)
    case UInt8(ascii: "@"): put(.at, length: 1)
    case UInt8(ascii: ","): put(.comma, length: 1)
    case UInt8(ascii: ":") where ahead == here: put(.doubleColon, length: 2)
    case UInt8(ascii: "."):
      if ahead == here {
        put(.doubleDot, length: 2, operand: true)
      } else if isDigit(ahead) {
        number()
      } else {
        put(.dot, length: 1, operand: true)
      }
    case UInt8(ascii: "'"), UInt8(ascii: "\""): try literal(quote: here)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
    case UInt8(ascii: "$"):
      let length = nameLength(at: index + 1)
      guard length > 0 else { throw unexpected() }
      put(.variable, length: length + 1, operand: true)
    default: try name()
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private mutating func number() {
    var end = index
    var seenPoint = false
    while end < bytes.count, isDigit(bytes[end]) || (bytes[end] == UInt8(ascii: ".") && !seenPoint) {
      if bytes[end] == UInt8(ascii: ".") { seenPoint = true }
      end += 1
    }
    let value = XPathNumber.parse(String(decoding: bytes[index..<end], as: UTF8.self))
    put(.number(value), length: end - index, operand: true)
  }

  private mutating func literal(quote: UInt8) throws(XPathFault) {
    guard let end = bytes[(index + 1)...].firstIndex(of: quote) else {
      throw XPathFault(offset: index, reason: .unterminatedLiteral)
    }
    let text = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
    put(.literal(text), length: end - index + 1, operand: true)
  }

  private mutating func name() throws(XPathFault) {
    if afterOperand {
      let operators: [(String, XPathToken.Kind)] = [
        ("and", .and), ("or", .or), ("div", .divide), ("mod", .modulo),
      ]
      for (text, kind) in operators where startsWith(text) {
        put(kind, length: text.utf8.count)
        return
      }
      throw unexpected()
    }
    var length = nameLength(at: index)
    guard length > 0 else { throw unexpected() }
    if byte(index + length) == UInt8(ascii: ":") {
      let second = nameLength(at: index + length + 1)
      if second > 0 {
        length += 1 + second
      } else if byte(index + length + 1) == UInt8(ascii: "*") {
        let prefix = String(decoding: bytes[index..<(index + length)], as: UTF8.self)
        put(.prefixWildcard(prefix), length: length + 2, operand: true)
        return
      }
    }
    let text = String(decoding: bytes[index..<(index + length)], as: UTF8.self)
    put(.name(text), length: length, operand: true)
  }

  private func startsWith(_ text: String) -> Bool {
    var at = index
    for expected in text.utf8 {
      guard byte(at) == expected else { return false }
      at += 1
    }
    return true
  }

  /// Bytes of the NCName that begins at `start`; 0 if none does.
  private func nameLength(at start: Int) -> Int {
    var at = start
    while at < bytes.count {
      let here = bytes[at]
      if here < 0x80 {
        let lower = here | 0x20
        let begins = (lower >= 0x61 && lower <= 0x7a) || here == UInt8(ascii: "_")
        let continues = isDigit(here) || here == UInt8(ascii: "-") || here == UInt8(ascii: ".")
        guard begins || (continues && at > start) else { break }
        at += 1
      } else {
        let length = here >= 0xf0 ? 4 : here >= 0xe0 ? 3 : 2
        guard at + length <= bytes.count,
          let scalar = String(decoding: bytes[at..<(at + length)], as: UTF8.self).unicodeScalars.first,
          at > start ? scalar.properties.isIDContinue : scalar.properties.isIDStart
        else { break }
        at += length
      }
    }
    return at - start
  }

  private func unexpected() -> XPathFault {
    let text = String(decoding: bytes[index..<min(index + 4, bytes.count)], as: UTF8.self)
    return XPathFault(offset: index, reason: .unexpected(String(text.unicodeScalars.prefix(1))))
  }
}
