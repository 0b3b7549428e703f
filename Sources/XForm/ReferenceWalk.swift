// ReferenceWalk: which model nodes an expression reads, and how far each of these paths runs through the reader's own instance.
//
// The second number ("bound") is what keeps recomputing proportional to the dependants: `../age` in member 7 reads member 7's age
// alone, `sum(/data/member/age)` outside reads all. Where the walk cannot tell, it takes the smaller number: then more is
// recomputed than needed, never less.

struct ReferenceWalk {
  let nodes: [ModelNode]
  private let tree: XPathTree
  /// The model node the expression is evaluated at.
  private let context: Int
  /// Its ancestors from the top, itself last; by depth.
  private let chain: [Int]
  private(set) var found: Set<Found> = []

  struct Found: Hashable {
    var node: Int
    var bound: Int
  }

  /// Where a subexpression stands: nodes of the primary instance, or somewhere in a list (no nodes).
  private struct Place {
    var nodes: Set<Int>
    var bound: Int
  }

  init(_ expression: XPathExpression, at context: Int, in nodes: [ModelNode]) {
    self.nodes = nodes
    tree = expression.tree
    self.context = context
    var chain: [Int] = []
    var node = context
    while node >= 0 {
      chain.append(node)
      node = nodes[node].parent
    }
    self.chain = chain.reversed()
    visit(tree.top, at: Place(nodes: [context], bound: nodes[context].depth))
  }

  private mutating func visit(_ index: Int, at place: Place) {
    switch tree.nodes[index] {
    case .number, .string: break
    case .or(let operands), .and(let operands), .union(let operands):
      for operand in operands { visit(operand, at: place) }
    case .equality(let left, let right, _), .comparison(_, let left, let right):
      visit(left, at: place)
      visit(right, at: place)
    case .arithmetic(let first, let terms):
      visit(first, at: place)
      for term in terms { visit(term.operand, at: place) }
    case .negation(let operand), .regex(let operand, _): visit(operand, at: place)
    case .path(let path): note(walk(path, at: place))
    case .filter(let primary, let predicates):
      visit(primary, at: place)
      let inner = target(primary, at: place)
      for predicate in predicates { visit(predicate, at: inner) }
    case .call(let function, let arguments): visit(function, arguments, at: place)
    }
  }

  private mutating func visit(_ function: XPathFunction, _ arguments: [Int], at place: Place) {
    for (index, argument) in arguments.enumerated() {
      if function == .indexedRepeat, index % 2 == 1 || index == 0 {
        // The index says which instance: none of it is the reader's own.
        guard case .path(let path) = tree.nodes[argument] else { continue }
        var target = walk(path, at: place)
        target.bound = 0
        note(target)
      } else {
        visit(argument, at: place)
      }
    }
    switch function {
    case .once, .position, .stringLength, .normalizeSpace:
      // once() reads the node it is stored in, which is no dependency.
      if arguments.isEmpty { note(place) }
    case .choiceName:
      guard arguments.count > 1, case .string(let text) = tree.nodes[arguments[1]],
        let path = try? XPathExpression.parse(text)
      else { break }
      for found in ReferenceWalk(path, at: context, in: nodes).found { self.found.insert(found) }
    default: break
    }
  }

  private mutating func note(_ place: Place) {
    for node in place.nodes { found.insert(Found(node: node, bound: min(place.bound, nodes[node].depth))) }
  }

  /// The nodes a subexpression stands for.
  private mutating func target(_ index: Int, at place: Place) -> Place {
    switch tree.nodes[index] {
    case .path(let path): walk(path, at: place)
    case .filter(let primary, _): target(primary, at: place)
    case .call(.randomize, let arguments), .call(.depend, let arguments): target(arguments[0], at: place)
    default: Place(nodes: [], bound: 0)
    }
  }

  private mutating func walk(_ path: XPathPath, at place: Place) -> Place {
    var here: Place
    /// True while every step of an absolute path so far is the reader's own ancestor.
    var isOwn = false
    switch path.start {
    case .root:
      here = Place(nodes: [0], bound: 0)
      isOwn = place.nodes.isEmpty || place.nodes == [context]
    case .context: here = place
    case .current: here = Place(nodes: [context], bound: nodes[context].depth)
    case .instance: here = Place(nodes: [], bound: 0)
    case .expression(let inner):
      visit(inner, at: place)
      here = target(inner, at: place)
    }
    for step in path.steps {
      here = take(step, from: here, isOwn: &isOwn)
      for predicate in step.predicates { visit(predicate, at: here) }
    }
    return here
  }

  private func take(_ step: XPathStep, from place: Place, isOwn: inout Bool) -> Place {
    var next = place
    switch step.axis {
    case .itself: break
    case .parent:
      next.nodes = Set(place.nodes.map { nodes[$0].parent }.filter { $0 >= 0 })
      let depth = next.nodes.map { nodes[$0].depth }.min() ?? 0
      next.bound = min(place.bound, depth)
    case .descendantOrSelf:
      next.nodes = Set(place.nodes.flatMap { descendants(of: $0) })
      isOwn = false
    case .child, .attribute:
      let isAttribute = step.axis == .attribute
      next.nodes = Set(
        place.nodes.flatMap { node in
          (isAttribute ? nodes[node].attributes : nodes[node].children).filter { isMeant($0, by: step.test) }
        })
      // An absolute path through the reader's own ancestors stays in its own instance (a legacy rule of ODK's engine).
      if isOwn, step.predicates.isEmpty, next.nodes.count == 1, let only = next.nodes.first,
        nodes[only].depth < chain.count, chain[nodes[only].depth] == only
      {
        next.bound = max(place.bound, nodes[only].depth)
      } else {
        isOwn = false
      }
    }
    return next
  }

  private func isMeant(_ node: Int, by test: XPathStep.Test) -> Bool {
    switch test {
    case .any: true
    case .prefix(let prefix): nodes[node].name.prefix == prefix
    case .name(let name): nodes[node].name.isMeant(by: name)
    }
  }

  private func descendants(of node: Int) -> [Int] {
    var list = [node]
    var place = 0
    while place < list.count {
      list += nodes[list[place]].children
      place += 1
    }
    return list
  }
}
