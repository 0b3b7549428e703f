// Tokens → tree: precedence climbing, one nesting level a bounded number of stack frames. XPath 1.0 §3 without the axes
// and node tests that ODK forms do not have (spec, "XPath Axes"), which are refused by name.

struct XPathParser {
  private let tokens: [XPathToken]
  private var index = 0
  private var nesting = 0
  private var running = 0
  private var nodes: [XPathOp] = []
  private var offsets: [Int] = []
  private var depths: [Int] = []

  static func parse(_ source: String) throws(XPathFault) -> XPathTree {
    var parser = XPathParser(tokens: try XPathLexer.tokens(of: source))
    if parser.kind == .end { throw XPathFault(offset: 0, reason: .empty) }
    let top = try parser.expression()
    guard parser.kind == .end else { throw parser.unexpected() }
    return XPathTree(nodes: parser.nodes, offsets: parser.offsets, top: top)
  }

  private init(tokens: [XPathToken]) { self.tokens = tokens }

  private var kind: XPathToken.Kind { tokens[index].kind }
  private var offset: Int { tokens[index].offset }
  private var following: XPathToken.Kind { tokens[min(index + 1, tokens.count - 1)].kind }

  private mutating func advance() { if index < tokens.count - 1 { index += 1 } }

  private func unexpected() -> XPathFault {
    XPathFault(offset: offset, reason: .unexpected(kind.text))
  }

  private mutating func expect(_ wanted: XPathToken.Kind) throws(XPathFault) {
    guard kind == wanted else { throw XPathFault(offset: offset, reason: .expected(wanted.text)) }
    advance()
  }

  private mutating func add(_ op: XPathOp, at offset: Int, over operands: [Int]) throws(XPathFault) -> Int {
    guard nodes.count < XPathLimits.nodesMax else {
      throw XPathFault(offset: offset, reason: .tooManyNodes(limit: XPathLimits.nodesMax))
    }
    var depth = 1
    for operand in operands { depth = max(depth, depths[operand] + 1) }
    guard depth <= XPathLimits.depthMax else {
      throw XPathFault(offset: offset, reason: .tooDeep(limit: XPathLimits.depthMax))
    }
    nodes.append(op)
    offsets.append(offset)
    depths.append(depth)
    return nodes.count - 1
  }

  // MARK: Operators

  /// Binding strength of the binary operators; 0: not one.
  private func strength(_ kind: XPathToken.Kind) -> Int {
    switch kind {
    case .or: 1
    case .and: 2
    case .equal, .notEqual: 3
    case .less, .lessOrEqual, .greater, .greaterOrEqual: 4
    case .plus, .minus: 5
    case .multiply, .divide, .modulo: 6
    default: 0
    }
  }

  private mutating func expression() throws(XPathFault) -> Int {
    nesting += 1
    guard nesting <= XPathLimits.depthMax else {
      throw XPathFault(offset: offset, reason: .tooDeep(limit: XPathLimits.depthMax))
    }
    defer { nesting -= 1 }
    return try binary(from: 1)
  }

  private mutating func binary(from least: Int) throws(XPathFault) -> Int {
    // Operators of rising strength inside parentheses take several frames a level: they count one by one.
    running += 1
    guard running <= 2 * XPathLimits.depthMax else {
      throw XPathFault(offset: offset, reason: .tooDeep(limit: XPathLimits.depthMax))
    }
    defer { running -= 1 }
    var left = try unary()
    while true {
      let level = strength(kind)
      guard level >= least, level > 0 else { return left }
      left = try chain(left, level: level)
    }
  }

  /// All operators of one strength behind `left`.
  private mutating func chain(_ left: Int, level: Int) throws(XPathFault) -> Int {
    let start = offset
    if level >= 3 && level <= 4 { return try comparison(left, level: level) }
    var operands: [Int] = []
    var terms: [XPathTerm] = []
    while strength(kind) == level {
      let op = kind
      advance()
      let right = try binary(from: level + 1)
      operands.append(right)
      switch op {
      case .plus: terms.append(XPathTerm(op: .plus, operand: right))
      case .minus: terms.append(XPathTerm(op: .minus, operand: right))
      case .multiply: terms.append(XPathTerm(op: .multiply, operand: right))
      case .divide: terms.append(XPathTerm(op: .divide, operand: right))
      case .modulo: terms.append(XPathTerm(op: .modulo, operand: right))
      default: break
      }
    }
    let all = [left] + operands
    switch level {
    case 1: return try add(.or(all), at: start, over: all)
    case 2: return try add(.and(all), at: start, over: all)
    default: return try add(.arithmetic(left, terms), at: start, over: all)
    }
  }

  private mutating func comparison(_ first: Int, level: Int) throws(XPathFault) -> Int {
    var left = first
    while strength(kind) == level {
      let (op, start) = (kind, offset)
      advance()
      let right = try binary(from: level + 1)
      let node: XPathOp =
        switch op {
        case .equal: .equality(left, right, equal: true)
        case .notEqual: .equality(left, right, equal: false)
        case .less: .comparison(.less, left, right)
        case .lessOrEqual: .comparison(.lessOrEqual, left, right)
        case .greater: .comparison(.greater, left, right)
        default: .comparison(.greaterOrEqual, left, right)
        }
      left = try add(node, at: start, over: [left, right])
    }
    return left
  }

  private mutating func unary() throws(XPathFault) -> Int {
    let start = offset
    var negations = 0
    while kind == .minus {
      advance()
      negations += 1
    }
    var value = try union()
    // Two minus signs still make a number of a string: at most two are kept.
    if negations > 2 { negations = negations % 2 == 0 ? 2 : 1 }
    for _ in 0..<negations { value = try add(.negation(value), at: start, over: [value]) }
    return value
  }

  private mutating func union() throws(XPathFault) -> Int {
    let start = offset
    var paths = [try path()]
    while kind == .union {
      advance()
      paths.append(try path())
    }
    return paths.count == 1 ? paths[0] : try add(.union(paths), at: start, over: paths)
  }

  // MARK: Paths

  private mutating func path() throws(XPathFault) -> Int {
    let start = offset
    switch kind {
    case .slash:
      advance()
      return try steps(from: .root, at: start, over: [], needed: false)
    case .doubleSlash:
      return try steps(from: .root, at: start, over: [], needed: true)
    case .name, .prefixWildcard, .wildcard, .dot, .doubleDot, .at:
      if case .name(let name) = kind, following == .openParenthesis, !XPathParser.isNodeType(name) {
        return try filter(at: start)
      }
      return try steps(from: .context, at: start, over: [], needed: true)
    case .variable: throw XPathFault(offset: offset, reason: .unsupported("$"))
    default: return try filter(at: start)
    }
  }

  private static func isNodeType(_ name: String) -> Bool {
    ["node", "text", "comment", "processing-instruction"].contains(name)
  }

  /// A primary expression, its predicates, and steps behind it.
  private mutating func filter(at start: Int) throws(XPathFault) -> Int {
    var (value, origin) = try primary()
    let found = try predicates()
    if !found.isEmpty {
      if case .expression = origin {
      } else {
        value = try add(.path(XPathPath(start: origin, steps: [])), at: start, over: [])
      }
      value = try add(.filter(value, found), at: start, over: [value] + found)
      origin = .expression(value)
    }
    guard kind == .slash || kind == .doubleSlash else {
      if case .expression = origin { return value }
      return try add(.path(XPathPath(start: origin, steps: [])), at: start, over: [])
    }
    var over: [Int] = []
    if case .expression = origin { over = [value] }
    if kind == .slash { advance() }
    return try steps(from: origin, at: start, over: over, needed: true)
  }

  private mutating func steps(
    from origin: XPathPath.Start, at start: Int, over operands: [Int], needed: Bool
  ) throws(XPathFault) -> Int {
    var found: [XPathStep] = []
    var over = operands
    if needed || beginsStep {
      while true {
        if kind == .doubleSlash {
          advance()
          found.append(XPathStep(axis: .descendantOrSelf, test: .any))
        }
        let next = try step()
        over += next.predicates
        found.append(next)
        if kind == .slash {
          advance()
        } else if kind != .doubleSlash {
          break
        }
      }
    }
    return try add(.path(XPathPath(start: origin, steps: found)), at: start, over: over)
  }

  private var beginsStep: Bool {
    switch kind {
    case .name, .prefixWildcard, .wildcard, .dot, .doubleDot, .at: true
    default: false
    }
  }

  private mutating func step() throws(XPathFault) -> XPathStep {
    switch kind {
    case .dot:
      advance()
      return XPathStep(axis: .itself, test: .any)
    case .doubleDot:
      advance()
      return XPathStep(axis: .parent, test: .any)
    case .at:
      advance()
      return XPathStep(axis: .attribute, test: try test(), predicates: try predicates())
    case .name(let name) where following == .doubleColon:
      let axis: XPathStep.Axis
      switch name {
      case "child": axis = .child
      case "parent": axis = .parent
      case "self": axis = .itself
      case "attribute": axis = .attribute
      case "descendant-or-self": axis = .descendantOrSelf
      default: throw XPathFault(offset: offset, reason: .unsupported(name + "::"))
      }
      advance()
      advance()
      return XPathStep(axis: axis, test: try test(), predicates: try predicates())
    default: return XPathStep(axis: .child, test: try test(), predicates: try predicates())
    }
  }

  private mutating func test() throws(XPathFault) -> XPathStep.Test {
    switch kind {
    case .wildcard:
      advance()
      return .any
    case .prefixWildcard(let prefix):
      advance()
      return .prefix(prefix)
    case .name(let name):
      if following == .openParenthesis {
        guard name == "node" else { throw XPathFault(offset: offset, reason: .unsupported(name + "()")) }
        advance()
        advance()
        try expect(.closeParenthesis)
        return .any
      }
      advance()
      return .name(XPathName(name))
    default: throw unexpected()
    }
  }

  private mutating func predicates() throws(XPathFault) -> [Int] {
    var found: [Int] = []
    while kind == .openBracket {
      advance()
      found.append(try expression())
      try expect(.closeBracket)
    }
    return found
  }

  // MARK: Primary expressions

  /// A literal, a call or parentheses; `current()` and `instance('id')` are starts of paths and make no node.
  private mutating func primary() throws(XPathFault) -> (Int, XPathPath.Start) {
    let start = offset
    switch kind {
    case .number(let value):
      advance()
      let node = try add(.number(value), at: start, over: [])
      return (node, .expression(node))
    case .literal(let text):
      advance()
      let node = try add(.string(text), at: start, over: [])
      return (node, .expression(node))
    case .openParenthesis:
      advance()
      let node = try expression()
      try expect(.closeParenthesis)
      return (node, .expression(node))
    case .name(let name):
      advance()
      return try call(name, at: start)
    default: throw unexpected()
    }
  }

  private mutating func call(_ name: String, at start: Int) throws(XPathFault) -> (Int, XPathPath.Start) {
    try expect(.openParenthesis)
    var arguments: [Int] = []
    if kind != .closeParenthesis {
      arguments.append(try expression())
      while kind == .comma {
        advance()
        arguments.append(try expression())
      }
    }
    try expect(.closeParenthesis)
    if name == "current" || name == "instance" { return try origin(name, arguments, at: start) }
    guard let function = XPathFunction(named: name) else {
      throw XPathFault(offset: start, reason: .unknownFunction(name))
    }
    guard function.takes(arguments.count) else {
      throw XPathFault(offset: start, reason: .arity(function: name, given: arguments.count))
    }
    var op = XPathOp.call(function, arguments)
    if function == .regex, case .string(let pattern) = nodes[arguments[1]] {
      op = .regex(arguments[0], try XPathPattern.compile(pattern, at: offsets[arguments[1]]))
    }
    let node = try add(op, at: start, over: arguments)
    return (node, .expression(node))
  }

  private func origin(
    _ name: String, _ arguments: [Int], at start: Int
  ) throws(XPathFault) -> (Int, XPathPath.Start) {
    if name == "current" {
      guard arguments.isEmpty else {
        throw XPathFault(offset: start, reason: .arity(function: name, given: arguments.count))
      }
      return (0, .current)
    }
    guard arguments.count == 1 else {
      throw XPathFault(offset: start, reason: .arity(function: name, given: arguments.count))
    }
    guard case .string(let id) = nodes[arguments[0]] else {
      throw XPathFault(offset: start, reason: .argument(function: name, number: 1, why: .notString))
    }
    return (0, .instance(id))
  }
}
