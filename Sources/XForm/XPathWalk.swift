// Paths over a document. A walk hands every node it reaches to a sink, so that counting, taking the first and listing
// share one code and only listing allocates.
//
// ODK's "big deviation" (specification, "Repeats"): inside a repeat, an absolute path means the own instance. A named
// step of an absolute path that has no predicate and meets the context node's own ancestor goes to that ancestor
// alone; so `/data/member/name` read in the second member is the second member's, and `count(/data/member)` is 1
// there, while `count(../../member)` counts all.

struct XPathScope<Node> {
  /// `.`
  var node: Node
  /// `current()`
  var current: Node
  /// `position()` in a predicate; 0: outside of one, asked of the tree.
  var position: Int
}

protocol XPathSink<Node> {
  associatedtype Node
  /// False: enough.
  mutating func add(_ node: Node) -> Bool
}

/// The first node, and whether there is another.
struct XPathFirst<Node: Equatable>: XPathSink {
  var first: Node?
  var hasMore = false

  mutating func add(_ node: Node) -> Bool {
    if let first {
      if first == node { return true }
      hasMore = true
      return false
    }
    first = node
    return true
  }
}

struct XPathCount<Node>: XPathSink {
  var count = 0
  mutating func add(_ node: Node) -> Bool {
    count += 1
    return true
  }
}

struct XPathList<Node>: XPathSink {
  var nodes: [Node] = []
  mutating func add(_ node: Node) -> Bool {
    nodes.append(node)
    return true
  }
}

/// The chain of ancestors that steps may be pinned to.
private struct XPathAnchor<Node> {
  var node: Node
  /// Levels above it.
  var depth: Int
}

extension XPathTree {
  func walk<D: XPathDocument, S: XPathSink<D.Node>>(
    _ path: XPathPath, at index: Int, _ document: D, _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment,
    into sink: inout S
  ) throws(XPathFault) {
    let start: D.Node
    switch path.start {
    case .context: start = scope.node
    case .current: start = scope.current
    case .root: start = document.root
    case .instance(let id):
      guard let root = document.root(ofInstance: id) else { throw fault(index, .unknownInstance(id)) }
      start = root
    case .expression(let inner):
      for node in try nodeList(inner, document, scope, environment) {
        let origin = XPathAnchor(node: node, depth: -1)
        guard
          try step(path, 0, from: node, level: -1, origin, document, scope, environment, into: &sink)
        else { return }
      }
      return
    }
    var anchor = XPathAnchor(node: start, depth: -1)
    var level = -1
    if case .root = path.start {
      anchor = self.anchor(document, scope)
      level = anchor.depth < 0 ? -1 : 0
    }
    _ = try step(path, 0, from: start, level: level, anchor, document, scope, environment, into: &sink)
  }

  /// The context node of the primary instance and its depth; −1: none, nothing is pinned.
  private func anchor<D: XPathDocument>(_ document: D, _ scope: XPathScope<D.Node>) -> XPathAnchor<D.Node> {
    var node = scope.node
    for _ in 0..<2 {
      var depth = 0
      var top = node
      while let parent = document.parent(of: top) {
        top = parent
        depth += 1
      }
      if top == document.root { return XPathAnchor(node: node, depth: depth) }
      // In a predicate over a secondary instance, "own" is seen from the question.
      node = scope.current
    }
    return XPathAnchor(node: node, depth: -1)
  }

  /// One step from `node`; `level` ≥ 0 says that the node is the anchor's ancestor of that level.
  private func step<D: XPathDocument, S: XPathSink<D.Node>>(
    _ path: XPathPath, _ index: Int, from node: D.Node, level: Int, _ anchor: XPathAnchor<D.Node>, _ document: D,
    _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment, into sink: inout S
  ) throws(XPathFault) -> Bool {
    guard index < path.steps.count else { return document.isRelevant(node) ? sink.add(node) : true }
    switch path.steps[index].axis {
    case .itself:
      guard isMeant(node, by: path.steps[index].test, document) else { return true }
      return try enter(path, index, node, level: level, anchor, document, scope, environment, into: &sink)
    case .parent:
      guard let parent = document.parent(of: node), isMeant(parent, by: path.steps[index].test, document) else {
        return true
      }
      return try enter(path, index, parent, level: level - 1, anchor, document, scope, environment, into: &sink)
    case .attribute:
      var counters = [Int](repeating: 0, count: path.steps[index].predicates.count)
      for attribute in document.attributes(of: node)
      where isMeant(attribute, by: path.steps[index].test, document) {
        guard try passes(path.steps[index], attribute, &counters, document, scope, environment) else { continue }
        guard try step(path, index + 1, from: attribute, level: -1, anchor, document, scope, environment, into: &sink)
        else { return false }
      }
      return true
    case .descendantOrSelf:
      return try descend(path, index, node, depth: 0, anchor, document, scope, environment, into: &sink)
    case .child:
      return try children(path, index, node, level: level, anchor, document, scope, environment, into: &sink)
    }
  }

  private func children<D: XPathDocument, S: XPathSink<D.Node>>(
    _ path: XPathPath, _ index: Int, _ node: D.Node, level: Int, _ anchor: XPathAnchor<D.Node>, _ document: D,
    _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment, into sink: inout S
  ) throws(XPathFault) -> Bool {
    let last = index + 1 == path.steps.count
    let here = path.steps[index]
    guard case .name(let name) = here.test else {
      var counters = [Int](repeating: 0, count: here.predicates.count)
      for child in document.children(of: node) where isMeant(child, by: here.test, document) {
        guard try passes(here, child, &counters, document, scope, environment) else { continue }
        guard try step(path, index + 1, from: child, level: -1, anchor, document, scope, environment, into: &sink)
        else { return false }
      }
      return true
    }
    if here.predicates.isEmpty {
      if level >= 0, level < anchor.depth {
        var own = anchor.node
        for _ in (level + 1)..<anchor.depth { own = document.parent(of: own) ?? own }
        if document.isNamed(own, name) {
          return try step(
            path, index + 1, from: own, level: level + 1, anchor, document, scope, environment, into: &sink)
        }
      }
      for child in document.children(of: node, named: name) where document.isNamed(child, name) {
        if last {
          if document.isRelevant(child), !sink.add(child) { return false }
        } else {
          guard try step(path, index + 1, from: child, level: -1, anchor, document, scope, environment, into: &sink)
          else { return false }
        }
      }
      return true
    }
    if let predicate = here.predicates.first, here.predicates.count == 1 {
      var position = 0
      for child in document.children(of: node, named: name) where document.isNamed(child, name) {
        position += 1
        guard try test(predicate, child, position: position, document, scope, environment) else { continue }
        guard try step(path, index + 1, from: child, level: -1, anchor, document, scope, environment, into: &sink)
        else { return false }
      }
      return true
    }
    var counters = [Int](repeating: 0, count: here.predicates.count)
    for child in document.children(of: node, named: name) where document.isNamed(child, name) {
      guard try passes(here, child, &counters, document, scope, environment) else { continue }
      guard try step(path, index + 1, from: child, level: -1, anchor, document, scope, environment, into: &sink)
      else { return false }
    }
    return true
  }

  private func enter<D: XPathDocument, S: XPathSink<D.Node>>(
    _ path: XPathPath, _ index: Int, _ node: D.Node, level: Int, _ anchor: XPathAnchor<D.Node>, _ document: D,
    _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment, into sink: inout S
  ) throws(XPathFault) -> Bool {
    if !path.steps[index].predicates.isEmpty {
      var counters = [Int](repeating: 0, count: path.steps[index].predicates.count)
      guard try passes(path.steps[index], node, &counters, document, scope, environment) else { return true }
    }
    return try step(
      path, index + 1, from: node, level: max(level, -1), anchor, document, scope, environment, into: &sink)
  }

  private func descend<D: XPathDocument, S: XPathSink<D.Node>>(
    _ path: XPathPath, _ index: Int, _ node: D.Node, depth: Int, _ anchor: XPathAnchor<D.Node>, _ document: D,
    _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment, into sink: inout S
  ) throws(XPathFault) -> Bool {
    guard depth <= XPathLimits.depthMax else { return true }
    guard try enter(path, index, node, level: -1, anchor, document, scope, environment, into: &sink) else {
      return false
    }
    for child in document.children(of: node) {
      guard
        try descend(path, index, child, depth: depth + 1, anchor, document, scope, environment, into: &sink)
      else { return false }
    }
    return true
  }

  private func isMeant<D: XPathDocument>(_ node: D.Node, by test: XPathStep.Test, _ document: D) -> Bool {
    switch test {
    case .any: true
    case .name(let name): document.isNamed(node, name)
    case .prefix(let prefix): document.name(of: node).prefix == prefix
    }
  }

  /// All predicates of a step, one after the other; a counter for each says how many nodes have come to it.
  private func passes<D: XPathDocument>(
    _ step: XPathStep, _ node: D.Node, _ counters: inout [Int], _ document: D, _ scope: XPathScope<D.Node>,
    _ environment: XPathEnvironment
  ) throws(XPathFault) -> Bool {
    for (at, predicate) in step.predicates.enumerated() {
      counters[at] += 1
      guard
        try test(predicate, node, position: counters[at], document, scope, environment)
      else { return false }
    }
    return true
  }

  /// A predicate: a number is a position, everything else a boolean.
  func test<D: XPathDocument>(
    _ predicate: Int, _ node: D.Node, position: Int, _ document: D, _ scope: XPathScope<D.Node>,
    _ environment: XPathEnvironment
  ) throws(XPathFault) -> Bool {
    let inner = XPathScope(node: node, current: scope.current, position: position)
    switch nodes[predicate] {
    case .or, .and, .equality, .comparison, .regex, .path:
      return try boolean(predicate, document, inner, environment)
    default:
      let value = try atom(predicate, document, inner, environment)
      if case .number(let wanted) = value { return wanted == Double(position) }
      return value.boolean
    }
  }

  /// The nodes of a path in document order, each once.
  func list<D: XPathDocument>(
    _ path: XPathPath, at index: Int, _ document: D, _ scope: XPathScope<D.Node>, _ environment: XPathEnvironment
  ) throws(XPathFault) -> [D.Node] {
    var sink = XPathList<D.Node>()
    try walk(path, at: index, document, scope, environment, into: &sink)
    guard path.mayRepeat, sink.nodes.count > 1 else { return sink.nodes }
    var seen: Set<D.Node> = []
    sink.nodes.removeAll { !seen.insert($0).inserted }
    if case .expression = path.start { return sink.nodes }
    return sink.nodes.sorted { document.precedes($0, $1) }
  }
}
