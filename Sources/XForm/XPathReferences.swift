// What an expression reads, as generic paths, for the dependency graph: every path in it, also in predicates and
// arguments, resolved against the node it will be evaluated at.

/// A path that an expression reads.
public struct XPathReference: Hashable, Comparable, Sendable {
  /// nil: the primary instance.
  public var instance: String?
  /// `/data/member/age`; a step may be `*` or `@name`, and `//` means any depth.
  public var path: String

  public init(instance: String? = nil, path: String) {
    self.instance = instance
    self.path = path
  }

  public static func < (left: XPathReference, right: XPathReference) -> Bool {
    (left.instance ?? "", left.path) < (right.instance ?? "", right.path)
  }
}

extension XPathExpression {
  /// Every node path that the expression reads when evaluated at a node of the generic path `context`
  /// (`/data/member/age`), predicates and arguments included, resolved: absolute, without predicates, `.` and `..`;
  /// `*`, `@name` and `//` stay. What `once`, `position()` and `string-length()` read of the context is its own path.
  /// Sorted, without doubles. `current` is the path that `current()` means, by default the context;
  /// `instance` the secondary instance that the context stands in.
  public func references(
    from context: String, current: String? = nil, instance: String? = nil
  ) -> [XPathReference] {
    let own = XPathPlace(instance: instance, steps: XPathPlace.steps(of: context))
    var collector = XPathReferenceCollector(
      tree: tree, current: current.map { XPathPlace(instance: nil, steps: XPathPlace.steps(of: $0)) } ?? own)
    collector.visit(tree.top, at: own)
    return collector.found.sorted()
  }

  /// The path that the expression is, resolved from `context` (for `ref` and `nodeset`), without predicates; also of
  /// the node-set inside `randomize()`. nil: it is no path.
  public func path(from context: String, instance: String? = nil) -> XPathReference? {
    let own = XPathPlace(instance: instance, steps: XPathPlace.steps(of: context))
    let collector = XPathReferenceCollector(tree: tree, current: own)
    return collector.place(of: tree.top, at: own)?.reference
  }
}

/// A generic place in an instance.
struct XPathPlace {
  var instance: String?
  /// An empty step stands for any depth (`//`).
  var steps: [String]

  static func steps(of path: String) -> [String] { path.split(separator: "/").map(String.init) }

  var reference: XPathReference { XPathReference(instance: instance, path: "/" + steps.joined(separator: "/")) }

  mutating func take(_ step: XPathStep) {
    switch step.axis {
    case .itself: break
    case .parent: if !steps.isEmpty { steps.removeLast() }
    case .descendantOrSelf: steps.append("")
    case .child: steps.append(XPathPlace.text(step.test))
    case .attribute: steps.append("@" + XPathPlace.text(step.test))
    }
  }

  private static func text(_ test: XPathStep.Test) -> String {
    switch test {
    case .any: "*"
    case .prefix(let prefix): prefix + ":*"
    case .name(let name): name.description
    }
  }
}

struct XPathReferenceCollector {
  let tree: XPathTree
  let current: XPathPlace
  var found: Set<XPathReference> = []

  init(tree: XPathTree, current: XPathPlace) {
    self.tree = tree
    self.current = current
  }

  mutating func visit(_ index: Int, at place: XPathPlace) {
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
    case .path(let path): visit(path, at: place)
    case .filter(let primary, let predicates):
      visit(primary, at: place)
      let inner = self.place(of: primary, at: place) ?? place
      for predicate in predicates { visit(predicate, at: inner) }
    case .call(let function, let arguments): visit(function, arguments, at: place)
    }
  }

  private mutating func visit(_ path: XPathPath, at place: XPathPlace) {
    var here: XPathPlace
    switch path.start {
    case .root: here = XPathPlace(instance: nil, steps: [])
    case .context: here = place
    case .current: here = current
    case .instance(let id): here = XPathPlace(instance: id, steps: [])
    case .expression(let inner):
      visit(inner, at: place)
      here = self.place(of: inner, at: place) ?? place
    }
    for step in path.steps {
      here.take(step)
      for predicate in step.predicates { visit(predicate, at: here) }
    }
    found.insert(here.reference)
  }

  private mutating func visit(_ function: XPathFunction, _ arguments: [Int], at place: XPathPlace) {
    for argument in arguments { visit(argument, at: place) }
    switch function {
    case .once: found.insert(place.reference)
    case .position, .stringLength, .normalizeSpace: if arguments.isEmpty { found.insert(place.reference) }
    case .pulldata:
      guard case .string(let id) = tree.nodes[arguments[0]] else { break }
      for argument in [arguments[1], arguments[2]] {
        guard case .string(let column) = tree.nodes[argument] else { continue }
        found.insert(XPathReference(instance: id, path: "/*/*/" + column))
      }
    case .choiceName:
      // The path of the question stands in a literal.
      guard case .string(let text) = tree.nodes[arguments[1]], let path = try? XPathExpression.parse(text),
        let reference = path.path(from: place.reference.path)
      else { break }
      found.insert(reference)
    default: break
    }
  }

  /// The generic place of the nodes of an expression; nil where it is no path.
  func place(of index: Int, at place: XPathPlace) -> XPathPlace? {
    switch tree.nodes[index] {
    case .path(let path):
      var here: XPathPlace
      switch path.start {
      case .root: here = XPathPlace(instance: nil, steps: [])
      case .context: here = place
      case .current: here = current
      case .instance(let id): here = XPathPlace(instance: id, steps: [])
      case .expression(let inner):
        guard let origin = self.place(of: inner, at: place) else { return nil }
        here = origin
      }
      for step in path.steps { here.take(step) }
      return here
    case .filter(let primary, _): return self.place(of: primary, at: place)
    case .call(.randomize, let arguments), .call(.depend, let arguments): return self.place(of: arguments[0], at: place)
    default: return nil
    }
  }
}
