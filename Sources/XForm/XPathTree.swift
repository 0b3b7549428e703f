// The parsed expression: an arena of nodes, each naming its operands by index, so that a tree is one allocation, is
// freed without recursion and can be shared by every copy of a form.

final class XPathTree: Sendable {
  let nodes: [XPathOp]
  /// UTF-8 offset of each node in the source, for faults.
  let offsets: [Int]
  let top: Int

  init(nodes: [XPathOp], offsets: [Int], top: Int) {
    self.nodes = nodes
    self.offsets = offsets
    self.top = top
  }

  func fault(_ index: Int, _ reason: XPathFault.Reason) -> XPathFault {
    XPathFault(offset: offsets[index], reason: reason)
  }
}

enum XPathOp: Sendable {
  case number(Double)
  case string(String)
  case or([Int])
  case and([Int])
  case equality(Int, Int, equal: Bool)
  case comparison(XPathComparison, Int, Int)
  /// A left-associative chain of one precedence: first operand, then operator and operand.
  case arithmetic(Int, [XPathTerm])
  case negation(Int)
  case union([Int])
  case path(XPathPath)
  case filter(Int, [Int])
  case call(XPathFunction, [Int])
  /// `regex()` with a literal pattern, compiled once.
  case regex(Int, XPathPattern)
}

enum XPathComparison: Sendable { case less, lessOrEqual, greater, greaterOrEqual }

struct XPathTerm: Sendable {
  enum Operator: Sendable { case plus, minus, multiply, divide, modulo }
  var op: Operator
  var operand: Int
}

final class XPathPath: Sendable {
  enum Start: Sendable {
    case root, context, current
    case instance(String)
    case expression(Int)
  }
  let start: Start
  let steps: [XPathStep]
  /// The same node may be reached twice, or out of order: `..` behind a child, or `//`.
  let mayRepeat: Bool

  init(start: Start, steps: [XPathStep]) {
    self.start = start
    self.steps = steps
    var down = false
    var repeats = false
    for step in steps {
      switch step.axis {
      case .child, .attribute: down = true
      case .parent:
        if down { repeats = true }
      case .itself: break
      case .descendantOrSelf: repeats = true
      }
    }
    if case .expression = start { repeats = true }
    mayRepeat = repeats
  }
}

/// A reference, so that a walk takes a step along with one retain.
final class XPathStep: Sendable {
  enum Axis: Sendable { case child, parent, itself, attribute, descendantOrSelf }
  enum Test: Sendable {
    case any
    case prefix(String)
    case name(XPathName)
  }
  let axis: Axis
  let test: Test
  let predicates: [Int]

  init(axis: Axis, test: Test, predicates: [Int] = []) {
    self.axis = axis
    self.test = test
    self.predicates = predicates
  }
}
