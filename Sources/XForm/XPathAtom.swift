// A single value and its conversions (XPath 1.0 §3.4, §4.2–4.4, and what ODK's engine adds: the date).
//
// Strings become numbers as the specification's `number()` says: a decimal number, else a date or date-time as whole
// local days, else NaN. A string is true when it is not empty — "false" and "0" too.

enum XPathAtom: Sendable, Equatable {
  case boolean(Bool)
  case number(Double)
  case string(String)
  case date(XPathInstant)

  /// The lexical value of a node as its bind's type reads it; text that is not of the type stays text.
  init(lexical text: String, as kind: XPathKind, offset: Int) {
    switch kind {
    case .text, .time: self = .string(text)
    case .integer, .decimal:
      // A stored decimal is Java's text of a double and may have an exponent ("1.25E7").
      let value = Double(text) ?? XPathNumber.parse(text)
      self = value.isNaN ? .string(text) : .number(value)
    case .boolean:
      switch text {
      case "true", "1": self = .boolean(true)
      case "false", "0": self = .boolean(false)
      default: self = .string(text)
      }
    case .date, .dateTime:
      if let instant = XPathDate.parse(text, offset: offset) {
        self = .date(kind == .date ? instant.midnight : instant)
      } else {
        self = .string(text)
      }
    }
  }

  var boolean: Bool {
    switch self {
    case .boolean(let value): value
    case .number(let value): abs(value) > 1e-12
    case .string(let text): !text.isEmpty
    case .date: true
    }
  }

  func number(offset: Int) -> Double {
    switch self {
    case .boolean(let value): return value ? 1 : 0
    case .number(let value): return value
    case .string(let text):
      let value = XPathNumber.parse(text)
      if value.isNaN, let instant = XPathDate.parse(text, offset: offset) { return Double(instant.days) }
      return value
    case .date(let instant): return Double(instant.days)
    }
  }

  var string: String {
    switch self {
    case .boolean(let value): value ? "true" : "false"
    case .number(let value): XPathNumber.text(value)
    case .string(let text): text
    case .date(let instant): instant.dateText
    }
  }

  /// Nothing to see: what `coalesce` passes over.
  var isEmpty: Bool {
    switch self {
    case .string(let text): text.isEmpty
    case .number(let value): value.isNaN
    default: false
    }
  }

  func equals(_ other: XPathAtom, offset: Int) -> Bool {
    switch (self, other) {
    case (.boolean, _), (_, .boolean): boolean == other.boolean
    case (.number, _), (_, .number): abs(number(offset: offset) - other.number(offset: offset)) < 1e-12
    case (.string(let left), .string(let right)): left.isSame(as: right)
    default: string.isSame(as: other.string)
    }
  }

  func compares(_ comparison: XPathComparison, _ other: XPathAtom, offset: Int) -> Bool {
    let (left, right) = (number(offset: offset), other.number(offset: offset))
    switch comparison {
    case .less: return left < right
    case .lessOrEqual: return left <= right
    case .greater: return left > right
    case .greaterOrEqual: return left >= right
    }
  }
}

extension String {
  /// Character for character: Swift's `==` also takes differently composed accents for equal.
  func isSame(as other: String) -> Bool {
    self == other && utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
}

extension XPathValue {
  init(_ atom: XPathAtom) {
    switch atom {
    case .boolean(let value): self = .boolean(value)
    case .number(let value): self = .number(value)
    case .string(let text): self = .string(text)
    case .date(let instant): self = .date(instant)
    }
  }
}
