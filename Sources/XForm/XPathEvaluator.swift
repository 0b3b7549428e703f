// Operators and conversions. `atom`, `boolean`, `number` and `nodeList` each evaluate a node of the tree to what its
// user wants, so that a path that is compared with a number never becomes a list.
//
// Several nodes where one value is wanted: the first one in document order (XPath 1.0 §4.2); in `=`, `<` and their
// like, any of them (§3.4). Both only differ from ODK's engine where that engine refuses.

extension XPathTree {
  /// A value as it stands, for operators that look at node-sets.
  enum Operand<Node> {
    case one(XPathAtom)
    case several([XPathAtom])
  }

  func value<D: XPathDocument>(
    _ index: Int, _ document: D, _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment
  ) throws(XPathFault) -> XPathValue<D.Node> {
    if let nodes = try nodesIfAny(index, document, scope, environment) { return .nodes(nodes) }
    return XPathValue(try atom(index, document, scope, environment))
  }

  func atom<D: XPathDocument>(
    _ index: Int, _ document: D, _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment
  ) throws(XPathFault) -> XPathAtom {
    switch nodes[index] {
    case .number(let value): return .number(value)
    case .string(let text): return .string(text)
    case .or, .and, .equality, .comparison, .regex:
      return .boolean(try boolean(index, document, scope, environment))
    case .arithmetic, .negation: return .number(try number(index, document, scope, environment))
    case .path(let path):
      if path.steps.isEmpty, case .context = path.start {
        return atom(of: scope.node, document, environment)
      }
      var sink = XPathFirst<D.Node>()
      try walk(path, at: index, document, scope, environment, into: &sink)
      guard let first = sink.first else { return .string("") }
      return atom(of: first, document, environment)
    case .union, .filter:
      guard let first = try nodeList(index, document, scope, environment).first else { return .string("") }
      return atom(of: first, document, environment)
    case .call(let function, let arguments):
      return try call(function, arguments, at: index, document, scope, environment)
    }
  }

  func atom<D: XPathDocument>(
    of node: D.Node, _ document: D, _ environment: XPathEnvironment
  ) -> XPathAtom {
    let kind = document.kind(of: node)
    if kind == .text { return .string(document.text(of: node)) }
    return XPathAtom(lexical: document.text(of: node), as: kind, offset: environment.now.offsetMinutes)
  }

  func boolean<D: XPathDocument>(
    _ index: Int, _ document: D, _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment
  ) throws(XPathFault) -> Bool {
    switch nodes[index] {
    case .or(let operands):
      for operand in operands where try boolean(operand, document, scope, environment) { return true }
      return false
    case .and(let operands):
      for operand in operands where try !boolean(operand, document, scope, environment) { return false }
      return true
    case .equality(let left, let right, let equal):
      return try equality(left, right, equal: equal, document, scope, environment)
    case .comparison(let comparison, let left, let right):
      return try compare(comparison, left, right, document, scope, environment)
    case .regex(let argument, let pattern):
      return try matches(pattern, try atom(argument, document, scope, environment).string, at: index)
    default: return try atom(index, document, scope, environment).boolean
    }
  }

  func number<D: XPathDocument>(
    _ index: Int, _ document: D, _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment
  ) throws(XPathFault) -> Double {
    switch nodes[index] {
    case .number(let value): return value
    case .negation(let operand): return -(try number(operand, document, scope, environment))
    case .arithmetic(let first, let terms):
      var result = try number(first, document, scope, environment)
      for term in terms {
        let operand = try number(term.operand, document, scope, environment)
        switch term.op {
        case .plus: result += operand
        case .minus: result -= operand
        case .multiply: result *= operand
        case .divide: result /= operand
        case .modulo: result = XPathMath.remainder(result, operand)
        }
      }
      return result
    default:
      return try atom(index, document, scope, environment).number(offset: environment.now.offsetMinutes)
    }
  }

  func string<D: XPathDocument>(
    _ index: Int, _ document: D, _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment
  ) throws(XPathFault) -> String {
    try atom(index, document, scope, environment).string
  }

  // MARK: Comparison

  /// The one value of an operand; nil: there may be several, which `operand` lists. The common case, without a list.
  private func single<D: XPathDocument>(
    _ index: Int, _ document: D, _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment
  ) throws(XPathFault) -> XPathAtom? {
    switch nodes[index] {
    case .number(let value): return .number(value)
    case .string(let text): return .string(text)
    case .path(let path):
      var sink = XPathFirst<D.Node>()
      try walk(path, at: index, document, scope, environment, into: &sink)
      guard let first = sink.first else { return .string("") }
      return sink.hasMore ? nil : atom(of: first, document, environment)
    case .union, .filter: return nil
    case .call(let function, _):
      switch function {
      // What may answer several nodes; a call that draws random numbers is not made twice.
      case .if, .coalesce, .depend, .indexedRepeat: return nil
      default: return try atom(index, document, scope, environment)
      }
    default: return try atom(index, document, scope, environment)
    }
  }

  private func operand<D: XPathDocument>(
    _ index: Int, _ document: D, _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment
  ) throws(XPathFault) -> Operand<D.Node> {
    guard let found = try nodesIfAny(index, document, scope, environment) else {
      return .one(try atom(index, document, scope, environment))
    }
    guard found.count > 1 else {
      return .one(found.first.map { atom(of: $0, document, environment) } ?? .string(""))
    }
    return .several(found.map { atom(of: $0, document, environment) })
  }

  private func equality<D: XPathDocument>(
    _ left: Int, _ right: Int, equal: Bool, _ document: D, _ scope: XPathScope<D.Node>,
    _ environment: XPathEnvironment
  ) throws(XPathFault) -> Bool {
    let offset = environment.now.offsetMinutes
    if let first = try single(left, document, scope, environment),
      let second = try single(right, document, scope, environment)
    {
      return first.equals(second, offset: offset) == equal
    }
    let first = try operand(left, document, scope, environment)
    let second = try operand(right, document, scope, environment)
    switch (first, second) {
    case (.one(let left), .one(let right)): return left.equals(right, offset: offset) == equal
    case (.several(let lefts), .one(let right)):
      return lefts.contains { $0.equals(right, offset: offset) == equal }
    case (.one(let left), .several(let rights)):
      return rights.contains { left.equals($0, offset: offset) == equal }
    case (.several(let lefts), .several(let rights)):
      return lefts.contains { left in rights.contains { left.equals($0, offset: offset) == equal } }
    }
  }

  private func compare<D: XPathDocument>(
    _ comparison: XPathComparison, _ left: Int, _ right: Int, _ document: D, _ scope: XPathScope<D.Node>,
    _ environment: XPathEnvironment
  ) throws(XPathFault) -> Bool {
    let offset = environment.now.offsetMinutes
    if let first = try single(left, document, scope, environment),
      let second = try single(right, document, scope, environment)
    {
      return first.compares(comparison, second, offset: offset)
    }
    let first = try operand(left, document, scope, environment)
    let second = try operand(right, document, scope, environment)
    switch (first, second) {
    case (.one(let left), .one(let right)): return left.compares(comparison, right, offset: offset)
    case (.several(let lefts), .one(let right)):
      return lefts.contains { $0.compares(comparison, right, offset: offset) }
    case (.one(let left), .several(let rights)):
      return rights.contains { left.compares(comparison, $0, offset: offset) }
    case (.several(let lefts), .several(let rights)):
      return lefts.contains { left in rights.contains { left.compares(comparison, $0, offset: offset) } }
    }
  }

  // MARK: Node-sets

  /// The nodes of a value that is a node-set; nil for any other.
  func nodesIfAny<D: XPathDocument>(
    _ index: Int, _ document: D, _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment
  ) throws(XPathFault) -> [D.Node]? {
    switch nodes[index] {
    case .path(let path): return try list(path, at: index, document, scope, environment)
    case .union(let operands):
      var seen: Set<D.Node> = []
      var all: [D.Node] = []
      for operand in operands {
        for node in try nodeList(operand, document, scope, environment) where seen.insert(node).inserted {
          all.append(node)
        }
      }
      return all.sorted { document.precedes($0, $1) }
    case .filter(let primary, let predicates):
      var found = try nodeList(primary, document, scope, environment)
      for predicate in predicates {
        var kept: [D.Node] = []
        for (at, node) in found.enumerated()
        where try test(predicate, node, position: at + 1, document, scope, environment) {
          kept.append(node)
        }
        found = kept
      }
      return found
    case .call(let function, let arguments):
      return try nodes(ofCall: function, arguments, at: index, document, scope, environment)
    default: return nil
    }
  }

  /// The nodes of a value that must be a node-set.
  func nodeList<D: XPathDocument>(
    _ index: Int, _ document: D, _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment
  ) throws(XPathFault) -> [D.Node] {
    guard let found = try nodesIfAny(index, document, scope, environment) else {
      throw fault(index, .notNodes(function: name(of: index)))
    }
    return found
  }

  private func name(of index: Int) -> String {
    if case .call(let function, _) = nodes[index] { return function.rawValue }
    return ""
  }

  func matches(_ pattern: XPathPattern, _ text: String, at index: Int) throws(XPathFault) -> Bool {
    guard text.utf8.count <= XPathLimits.patternTextBytesMax else {
      throw fault(index, .limit("regex", XPathLimits.patternTextBytesMax))
    }
    return pattern.matches(text)
  }
}
