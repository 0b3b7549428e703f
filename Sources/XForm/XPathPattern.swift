// `regex()`: patterns compiled to a small program that walks all alternatives at once, so that a match takes time
// proportional to program × text whatever the pattern, and nothing is captured. The whole string must match.
//
// The dialect is what forms use of Java's: literals, `.`, classes with ranges and negation, `\d \w \s` and their
// opposites (ASCII), `\p{L}` `\p{Lu}` `\p{Ll}` `\p{N}` `\p{Nd}` `\p{P}` `\p{IsHan}` and opposites, `\uXXXX`, `\xHH`,
// groups, alternation, `* + ? {m,n}` (lazy forms match the same strings), `^ $ \b`, lookahead, `(?i)`, `\Q…\E`.
// Refused when the form is parsed: back-references, look-behind, atomic groups, class intersection.

struct XPathPattern: Sendable {
  enum Instruction: Sendable {
    case scalar(Unicode.Scalar)
    case any
    case set(XPathScalarSet)
    /// Continue at both.
    case fork(Int, Int)
    case jump(Int)
    case begin, end
    case boundary(Bool)
    /// The program from the next instruction up to its `.match`, then continue at the index.
    case look(ahead: Bool, next: Int)
    case match
  }
  let program: [Instruction]
  let ignoresCase: Bool

  static func compile(_ pattern: String, at offset: Int) throws(XPathFault) -> XPathPattern {
    var compiler = XPathPatternCompiler(pattern)
    guard let program = compiler.compile() else {
      throw XPathFault(offset: offset, reason: .invalidPattern(pattern))
    }
    return XPathPattern(program: program, ignoresCase: compiler.ignoresCase)
  }

  func matches(_ text: String) -> Bool {
    var scalars = Array(text.unicodeScalars)
    if ignoresCase { scalars = scalars.map(XPathPattern.folded) }
    return run(from: 0, at: 0, in: scalars, whole: true)
  }

  static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    scalar.value >= 0x41 && scalar.value <= 0x5a ? Unicode.Scalar(UInt8(scalar.value + 0x20)) : scalar
  }

  /// Whether the program from `start` reaches `.match`: at the end of the text if `whole`, anywhere if not.
  private func run(from start: Int, at position: Int, in text: [Unicode.Scalar], whole: Bool) -> Bool {
    var current: [Int] = []
    var seen = [Int](repeating: -1, count: program.count)
    var at = position
    if add(start, &current, &seen, at, text, whole) { return true }
    while !current.isEmpty, at < text.count {
      let scalar = text[at]
      var next: [Int] = []
      for index in current where accepts(program[index], scalar) {
        if add(index + 1, &next, &seen, at + 1, text, whole) { return true }
      }
      current = next
      at += 1
    }
    return false
  }

  private func accepts(_ instruction: Instruction, _ scalar: Unicode.Scalar) -> Bool {
    switch instruction {
    case .scalar(let wanted): wanted == scalar
    case .any: !(scalar == "\n" || scalar == "\r" || scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}")
    case .set(let set): set.contains(scalar)
    default: false
    }
  }

  /// Follows everything that consumes nothing. True: a match was reached.
  private func add(
    _ start: Int, _ list: inout [Int], _ seen: inout [Int], _ at: Int, _ text: [Unicode.Scalar], _ whole: Bool
  ) -> Bool {
    var pending = [start]
    while let index = pending.popLast() {
      if seen[index] == at { continue }
      seen[index] = at
      switch program[index] {
      case .scalar, .any, .set: list.append(index)
      case .jump(let target): pending.append(target)
      case .fork(let first, let second):
        pending.append(second)
        pending.append(first)
      case .begin: if at == 0 { pending.append(index + 1) }
      case .end: if at == text.count { pending.append(index + 1) }
      case .boundary(let wanted):
        let before = at > 0 && XPathScalarSet.isWord(text[at - 1])
        let after = at < text.count && XPathScalarSet.isWord(text[at])
        if (before != after) == wanted { pending.append(index + 1) }
      case .look(let ahead, let next):
        if run(from: index + 1, at: at, in: text, whole: false) == ahead { pending.append(next) }
      case .match: if !whole || at == text.count { return true }
      }
    }
    return false
  }
}

/// What one place of a class takes.
struct XPathScalarSet: Sendable {
  enum Member: Sendable {
    case range(UInt32, UInt32)
    case digit(Bool), word(Bool), space(Bool)
    case property(Property, Bool)
  }
  enum Property: Sendable { case letter, upper, lower, number, punctuation, han, symbol, mark, separator }

  var members: [Member] = []
  var isNegated = false

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    members.contains { XPathScalarSet.takes($0, scalar) } != isNegated
  }

  private static func takes(_ member: Member, _ scalar: Unicode.Scalar) -> Bool {
    switch member {
    case .range(let low, let high): scalar.value >= low && scalar.value <= high
    case .digit(let yes): (scalar >= "0" && scalar <= "9") == yes
    case .word(let yes): isWord(scalar) == yes
    case .space(let yes): (scalar == " " || (scalar.value >= 9 && scalar.value <= 13)) == yes
    case .property(let property, let yes): has(property, scalar) == yes
    }
  }

  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    (scalar >= "a" && scalar <= "z") || (scalar >= "A" && scalar <= "Z") || (scalar >= "0" && scalar <= "9")
      || scalar == "_"
  }

  private static func has(_ property: Property, _ scalar: Unicode.Scalar) -> Bool {
    let category = scalar.properties.generalCategory
    switch property {
    case .letter:
      return [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter].contains(category)
    case .upper: return category == .uppercaseLetter
    case .lower: return category == .lowercaseLetter
    case .number: return [.decimalNumber, .letterNumber, .otherNumber].contains(category)
    case .punctuation:
      return [
        .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation, .otherPunctuation,
      ].contains(category)
    case .symbol: return [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol].contains(category)
    case .mark: return [.nonspacingMark, .spacingMark, .enclosingMark].contains(category)
    case .separator: return [.spaceSeparator, .lineSeparator, .paragraphSeparator].contains(category)
    case .han: return scalar.properties.isIdeographic || scalar == "々" || scalar == "〇"
    }
  }
}
