// Pattern text → program. Recursive descent over scalars, bounded in depth and in size; nil means: not a pattern of the
// dialect (the caller knows where it stands in the form).

struct XPathPatternCompiler {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var depth = 0
  private(set) var ignoresCase = false

  private typealias Instruction = XPathPattern.Instruction

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  private var here: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
  private func ahead(_ by: Int) -> Unicode.Scalar? { index + by < scalars.count ? scalars[index + by] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard here == scalar else { return false }
    index += 1
    return true
  }

  mutating func compile() -> [XPathPattern.Instruction]? {
    if here == "(", ahead(1) == "?", ahead(2) == "i", ahead(3) == ")" {
      ignoresCase = true
      index += 4
    }
    guard let program = alternatives(), index == scalars.count else { return nil }
    return program + [.match]
  }

  // Every piece is a list of instructions whose targets count from its own beginning; `moved` shifts them.

  private func moved(_ piece: [Instruction], by offset: Int) -> [Instruction] {
    piece.map { instruction in
      switch instruction {
      case .fork(let first, let second): .fork(first + offset, second + offset)
      case .jump(let target): .jump(target + offset)
      case .look(let ahead, let next): .look(ahead: ahead, next: next + offset)
      default: instruction
      }
    }
  }

  private mutating func alternatives() -> [Instruction]? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 64 else { return nil }
    guard var program = sequence() else { return nil }
    while take("|") {
      guard let right = sequence() else { return nil }
      let left = program
      guard left.count + right.count < XPathLimits.patternInstructionsMax else { return nil }
      program = [.fork(1, left.count + 2)] + moved(left, by: 1)
      program.append(.jump(left.count + 2 + right.count))
      program += moved(right, by: left.count + 2)
    }
    return program
  }

  private mutating func sequence() -> [Instruction]? {
    var program: [Instruction] = []
    while let scalar = here, scalar != "|", scalar != ")" {
      guard let atom = atom(), let piece = quantified(atom) else { return nil }
      guard program.count + piece.count < XPathLimits.patternInstructionsMax else { return nil }
      program += moved(piece, by: program.count)
    }
    return program
  }

  private mutating func quantified(_ atom: [Instruction]) -> [Instruction]? {
    guard let scalar = here else { return atom }
    var bounds: (Int, Int?)
    switch scalar {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    case "{":
      guard let read = counts() else { return nil }
      bounds = read
    default: return atom
    }
    if scalar != "{" { index += 1 }
    // A lazy form matches the same whole strings; a possessive one does not.
    if here == "?" { index += 1 } else if here == "+" || here == "*" { return nil }
    return repeated(atom, bounds.0, bounds.1)
  }

  /// `{2}`, `{2,}`, `{2,4}`
  private mutating func counts() -> (Int, Int?)? {
    index += 1
    guard let least = integer() else { return nil }
    var most: Int? = least
    if take(",") { most = here == "}" ? nil : integer() ?? -1 }
    guard take("}"), most.map({ $0 >= least }) ?? true else { return nil }
    return (least, most)
  }

  private mutating func integer() -> Int? {
    var value = 0
    var digits = 0
    while let scalar = here, scalar >= "0", scalar <= "9", digits < 5 {
      value = value * 10 + Int(scalar.value - 0x30)
      digits += 1
      index += 1
    }
    return digits > 0 && value <= 10_000 ? value : nil
  }

  private func repeated(_ atom: [Instruction], _ least: Int, _ most: Int?) -> [Instruction]? {
    let copies = max(least, most ?? least + 1)
    guard copies * (atom.count + 2) < XPathLimits.patternInstructionsMax else { return nil }
    var program: [Instruction] = []
    for _ in 0..<least { program += moved(atom, by: program.count) }
    if let most {
      let optional = most - least
      let size = atom.count + 1
      let end = program.count + optional * size
      for _ in 0..<optional {
        program.append(.fork(program.count + 1, end))
        program += moved(atom, by: program.count)
      }
    } else {
      let start = program.count
      program.append(.fork(start + 1, start + atom.count + 2))
      program += moved(atom, by: start + 1)
      program.append(.jump(start))
    }
    return program
  }

  private mutating func atom() -> [Instruction]? {
    guard let scalar = here else { return nil }
    index += 1
    switch scalar {
    case ".": return [.any]
    case "^": return [.begin]
    case "$": return [.end]
    case "(": return group()
    case "[":
      guard let set = set() else { return nil }
      return [.set(set)]
    case "\\": return escape()
    case "*", "+", "?", "{": return nil
    default: return [.scalar(ignoresCase ? XPathPattern.folded(scalar) : scalar)]
    }
  }

  private mutating func group() -> [Instruction]? {
    var look: Bool?
    if take("?") {
      if take(":") {
        look = nil
      } else if take("=") {
        look = true
      } else if take("!") {
        look = false
      } else if here == "<", let next = ahead(1), next != "=", next != "!" {
        while let scalar = here, scalar != ">" { index += scalar == ")" ? scalars.count : 1 }
        guard take(">") else { return nil }
      } else {
        return nil
      }
    }
    guard let inside = alternatives(), take(")") else { return nil }
    guard let look else { return inside }
    return [.look(ahead: look, next: inside.count + 2)] + moved(inside, by: 1) + [.match]
  }

  private mutating func escape() -> [Instruction]? {
    if take("b") { return [.boundary(true)] }
    if take("B") { return [.boundary(false)] }
    if take("A") { return [.begin] }
    if take("z") || take("Z") { return [.end] }
    if take("Q") { return quoted() }
    guard let member = escapedMember() else { return nil }
    if case .range(let low, let high) = member, low == high, let scalar = Unicode.Scalar(low) {
      return [.scalar(ignoresCase ? XPathPattern.folded(scalar) : scalar)]
    }
    return [.set(XPathScalarSet(members: [member]))]
  }

  /// `\Q…\E`: as it stands.
  private mutating func quoted() -> [Instruction] {
    var piece: [Instruction] = []
    while let scalar = here {
      if scalar == "\\", ahead(1) == "E" {
        index += 2
        break
      }
      piece.append(.scalar(ignoresCase ? XPathPattern.folded(scalar) : scalar))
      index += 1
    }
    return piece
  }

  /// What follows a backslash, in and out of a class.
  private mutating func escapedMember() -> XPathScalarSet.Member? {
    guard let scalar = here else { return nil }
    index += 1
    func single(_ value: UInt32) -> XPathScalarSet.Member { .range(value, value) }
    switch scalar {
    case "d", "D": return .digit(scalar == "d")
    case "w", "W": return .word(scalar == "w")
    case "s", "S": return .space(scalar == "s")
    case "p", "P": return property(scalar == "p")
    case "n": return single(10)
    case "t": return single(9)
    case "r": return single(13)
    case "f": return single(12)
    case "u": return hexadecimal(4).map(single)
    case "x": return hexadecimal(2).map(single)
    default:
      let isLetter = (scalar >= "a" && scalar <= "z") || (scalar >= "A" && scalar <= "Z")
      let isDigit = scalar >= "0" && scalar <= "9"
      return isLetter || isDigit ? nil : single(scalar.value)
    }
  }

  private mutating func hexadecimal(_ digits: Int) -> UInt32? {
    guard index + digits <= scalars.count else { return nil }
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[index..<(index + digits)])
    guard let value = UInt32(text, radix: 16), Unicode.Scalar(value) != nil else { return nil }
    index += digits
    return value
  }

  private mutating func property(_ yes: Bool) -> XPathScalarSet.Member? {
    var name = ""
    if take("{") {
      while let scalar = here, scalar != "}" {
        name.unicodeScalars.append(scalar)
        index += 1
      }
      guard take("}") else { return nil }
    } else if let scalar = here {
      name.unicodeScalars.append(scalar)
      index += 1
    }
    switch name {
    case "L", "IsAlphabetic", "IsL", "Alpha": return .property(.letter, yes)
    case "Lu", "Upper", "IsUppercase": return .property(.upper, yes)
    case "Ll", "Lower", "IsLowercase": return .property(.lower, yes)
    case "N": return .property(.number, yes)
    case "Nd", "Digit", "IsDigit": return .digit(yes)
    case "P", "Punct", "IsPunctuation": return .property(.punctuation, yes)
    case "S": return .property(.symbol, yes)
    case "M": return .property(.mark, yes)
    case "Z": return .property(.separator, yes)
    case "IsHan", "InCJKUnifiedIdeographs", "script=Han", "sc=Han": return .property(.han, yes)
    default: return nil
    }
  }

  /// A class, the opening bracket taken.
  private mutating func set() -> XPathScalarSet? {
    var set = XPathScalarSet()
    set.isNegated = take("^")
    var isFirst = true
    while let scalar = here {
      if scalar == "]" && !isFirst {
        index += 1
        return set
      }
      isFirst = false
      guard scalar != "[", !(scalar == "&" && ahead(1) == "&"), let low = member() else { return nil }
      if case .range(let start, let end) = low, start == end, here == "-", let after = ahead(1), after != "]" {
        index += 1
        guard case .range(let high, let last)? = member(), high == last, high >= start else { return nil }
        append(.range(start, high), to: &set)
      } else {
        append(low, to: &set)
      }
    }
    return nil
  }

  private mutating func member() -> XPathScalarSet.Member? {
    guard let scalar = here else { return nil }
    index += 1
    return scalar == "\\" ? escapedMember() : .range(scalar.value, scalar.value)
  }

  /// The text is folded before it is matched: what a range takes of the capitals it takes of the small letters.
  private func append(_ member: XPathScalarSet.Member, to set: inout XPathScalarSet) {
    set.members.append(member)
    guard ignoresCase, case .range(let low, let high) = member else { return }
    let (first, last) = (max(low, 0x41), min(high, 0x5a))
    if first <= last { set.members.append(.range(first + 0x20, last + 0x20)) }
  }
}
