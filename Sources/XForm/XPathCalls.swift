// Calls: which function, and those whose arguments are not all evaluated or that answer node-sets. The families stand
// in XPathTexts, XPathNumbers, XPathDates, XPathPlaces. Where the specification is silent, results are those of ODK's
// engine.

/// One call being evaluated: what every function needs at hand.
struct XPathCall<D: XPathDocument> {
  let tree: XPathTree
  let function: XPathFunction
  let arguments: [Int]
  let index: Int
  let document: D
  let scope: XPathScope<D.Node>
  let environment: XPathEnvironment

  var offset: Int { environment.now.offsetMinutes }
  var count: Int { arguments.count }

  func atom(_ at: Int) throws(XPathFault) -> XPathAtom {
    try tree.atom(arguments[at], document, scope, environment)
  }
  func string(_ at: Int) throws(XPathFault) -> String { try atom(at).string }
  func number(_ at: Int) throws(XPathFault) -> Double {
    try tree.number(arguments[at], document, scope, environment)
  }
  func boolean(_ at: Int) throws(XPathFault) -> Bool {
    try tree.boolean(arguments[at], document, scope, environment)
  }
  func nodesIfAny(_ at: Int) throws(XPathFault) -> [D.Node]? {
    try tree.nodesIfAny(arguments[at], document, scope, environment)
  }
  func nodes(_ at: Int) throws(XPathFault) -> [D.Node] {
    guard let nodes = try nodesIfAny(at) else { throw argument(at, .notNodes) }
    return nodes
  }
  func atom(of node: D.Node) -> XPathAtom { tree.atom(of: node, document, environment) }

  /// From the argument `first` on, every value; a node-set gives all of its nodes.
  func flattened(from first: Int) throws(XPathFault) -> [XPathAtom] {
    var values: [XPathAtom] = []
    for at in first..<max(first, count) {
      if let nodes = try nodesIfAny(at) {
        values += nodes.map { atom(of: $0) }
      } else {
        values.append(try atom(at))
      }
    }
    return values
  }

  func argument(_ at: Int, _ why: XPathFault.Why) -> XPathFault {
    tree.fault(arguments[at], .argument(function: function.rawValue, number: at + 1, why: why))
  }

  func bounded(_ text: String) throws(XPathFault) -> XPathAtom {
    guard text.utf8.count <= XPathLimits.textBytesMax else {
      throw tree.fault(index, .limit(function.rawValue, XPathLimits.textBytesMax))
    }
    return .string(text)
  }
}

extension XPathTree {
  func call<D: XPathDocument>(
    _ function: XPathFunction, _ arguments: [Int], at index: Int, _ document: D, _ scope: XPathScope<D.Node>,
    _ environment: XPathEnvironment
  ) throws(XPathFault) -> XPathAtom {
    switch function {
    case .true: return .boolean(true)
    case .false: return .boolean(false)
    case .boolean: return .boolean(try boolean(arguments[0], document, scope, environment))
    case .not: return .boolean(try !boolean(arguments[0], document, scope, environment))
    case .number: return .number(try number(arguments[0], document, scope, environment))
    case .string: return .string(try string(arguments[0], document, scope, environment))
    case .if:
      let holds = try boolean(arguments[0], document, scope, environment)
      return try atom(arguments[holds ? 1 : 2], document, scope, environment)
    case .coalesce:
      let first = try atom(arguments[0], document, scope, environment)
      return first.isEmpty ? try atom(arguments[1], document, scope, environment) : first
    case .once:
      let own = atom(of: scope.node, document, environment)
      return own.string.isEmpty ? try atom(arguments[0], document, scope, environment) : own
    case .depend: return try atom(arguments[0], document, scope, environment)
    case .count:
      if case .path(let path) = nodes[arguments[0]], !path.mayRepeat {
        var sink = XPathCount<D.Node>()
        try walk(path, at: arguments[0], document, scope, environment, into: &sink)
        return .number(Double(sink.count))
      }
    default: break
    }
    let call = XPathCall(
      tree: self, function: function, arguments: arguments, index: index, document: document, scope: scope,
      environment: environment)
    return try call.evaluate()
  }

  /// The node-set a call answers; nil where it answers another value.
  func nodes<D: XPathDocument>(
    ofCall function: XPathFunction, _ arguments: [Int], at index: Int, _ document: D, _ scope: XPathScope<D.Node>,
    _ environment: XPathEnvironment
  ) throws(XPathFault) -> [D.Node]? {
    switch function {
    case .if:
      let holds = try boolean(arguments[0], document, scope, environment)
      return try nodesIfAny(arguments[holds ? 1 : 2], document, scope, environment)
    case .coalesce:
      let first = try atom(arguments[0], document, scope, environment)
      return try nodesIfAny(arguments[first.isEmpty ? 1 : 0], document, scope, environment)
    case .depend: return try nodesIfAny(arguments[0], document, scope, environment)
    case .randomize, .indexedRepeat:
      let call = XPathCall(
        tree: self, function: function, arguments: arguments, index: index, document: document, scope: scope,
        environment: environment)
      return function == .randomize ? try call.shuffled() : try call.indexed()
    default: return nil
    }
  }
}

extension XPathCall {
  func evaluate() throws(XPathFault) -> XPathAtom {
    switch function {
    case .concat, .join, .substr, .substringBefore, .substringAfter, .translate, .stringLength, .normalizeSpace,
      .contains, .startsWith, .endsWith, .uuid, .digest, .base64Decode, .booleanFromString, .regex:
      return try text()
    case .selected, .selectedAt, .countSelected, .choiceName, .itext, .version, .property, .pulldata:
      return try choice()
    case .today, .now, .formatDate, .formatDateTime, .date, .dateTime, .decimalDateTime, .decimalTime:
      return try date()
    case .area, .distance, .geofence, .intersects: return try place()
    case .count: return .number(Double(try nodes(0).count))
    case .countNonEmpty:
      let filled = try nodes(0).filter { node in
        !document.text(of: node).isEmpty || document.children(of: node).contains { _ in true }
      }
      return .number(Double(filled.count))
    case .position: return .number(Double(try position()))
    case .randomize, .indexedRepeat:
      let found = function == .randomize ? try shuffled() : try indexed()
      return found.first.map { atom(of: $0) } ?? .string("")
    default: return try numeric()
    }
  }

  private func position() throws(XPathFault) -> Int {
    if count == 1 { return try nodes(0).first.map { document.position(of: $0) } ?? 0 }
    return scope.position > 0 ? scope.position : document.position(of: scope.node)
  }

  // MARK: randomize

  /// Inside-out Fisher–Yates; with a seed, over Park–Miller numbers, so that every engine shuffles alike. A seed that
  /// is no number is the first eight bytes of its SHA-256.
  func shuffled() throws(XPathFault) -> [D.Node] {
    let found = try nodes(0)
    var seeded: ParkMiller?
    if count == 2 {
      let seed = try atom(1)
      let value = seed.number(offset: offset)
      seeded = ParkMiller(seed: value.isNaN ? XPathCall.hash(seed.string) : XPathCall.long(value))
    }
    var result: [D.Node] = []
    for (at, node) in found.enumerated() {
      let fraction = seeded?.next() ?? XPathCall.fraction(environment.random())
      let place = min(max(Int(fraction * Double(at + 1)), 0), at)
      if place == at {
        result.append(node)
      } else {
        result.append(result[place])
        result[place] = node
      }
    }
    return result
  }

  /// 0 ..< 1 from 64 random bits.
  static func fraction(_ bits: UInt64) -> Double { Double(bits >> 11) / 9_007_199_254_740_992 }

  private static func long(_ value: Double) -> Int64 {
    if value >= 9_223_372_036_854_775_808 { return .max }
    if value <= -9_223_372_036_854_775_808 { return .min }
    return Int64(value)
  }

  private static func hash(_ text: String) -> Int64 {
    guard !text.isEmpty, let bytes = XPathDigest.bytes(of: text, algorithm: "SHA-256") else { return 0 }
    return Int64(bitPattern: bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  // MARK: indexed-repeat

  /// The nodes a path means when the named repeats are fixed to the given instances, and every other ancestor to the
  /// context's own.
  func indexed() throws(XPathFault) -> [D.Node] {
    guard let target = names(of: arguments[0]) else { throw argument(0, .notNodes) }
    var wanted: [Int: Int] = [:]
    for at in stride(from: 1, to: count - 1, by: 2) {
      guard let group = names(of: arguments[at]), group.count < target.count, !group.isEmpty,
        zip(group, target).allSatisfy({ $0 == $1 })
      else { throw argument(at, .notNodes) }
      wanted[group.count - 1] = max(1, XPathNumber.int(try number(at + 1)))
    }
    let own = chain(of: scope.node)
    var reached = [document.root]
    for (level, name) in target.enumerated() {
      var next: [D.Node] = []
      for node in reached {
        let named = document.children(of: node).filter { document.isNamed($0, name) }
        if let position = wanted[level] {
          if position <= named.count { next.append(named[position - 1]) }
        } else if level + 1 < target.count, level + 1 < own.count, named.contains(own[level + 1]) {
          next.append(own[level + 1])
        } else {
          next += named
        }
      }
      reached = next
    }
    return reached.filter { document.isRelevant($0) }
  }

  /// The context's ancestors from the root of the primary instance down to itself; empty in another instance.
  private func chain(of node: D.Node) -> [D.Node] {
    let chain = document.chain(of: node)
    return chain.first == document.root ? chain : []
  }

  /// The names of a plain path from the root; nil for any other expression.
  private func names(of argument: Int) -> [XPathName]? {
    guard case .path(let path) = tree.nodes[argument] else { return nil }
    var names: [XPathName] = []
    switch path.start {
    case .root: break
    case .context: names = chain(of: scope.node).dropFirst().map { document.name(of: $0) }
    case .current: names = chain(of: scope.current).dropFirst().map { document.name(of: $0) }
    case .instance, .expression: return nil
    }
    for step in path.steps {
      switch (step.axis, step.test) {
      case (.child, .name(let name)): names.append(name)
      case (.parent, .any): if names.popLast() == nil { return nil }
      case (.itself, .any): break
      default: return nil
      }
    }
    return names
  }
}

/// The minimal standard generator x ← 16807·x mod 2³¹−1 (Park and Miller 1988).
private struct ParkMiller {
  private var state: Int64

  init(seed: Int64) {
    state = Int64(Double(seed).truncatingRemainder(dividingBy: 2_147_483_647))
    if state <= 0 { state += 2_147_483_646 }
  }

  mutating func next() -> Double {
    state = state * 16_807 % 2_147_483_647
    return Double(state - 1) / 2_147_483_646
  }
}
