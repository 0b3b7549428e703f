// A parsed expression: what the form keeps of a relevant, constraint, calculate or choice filter.
//
// Evaluation reads a document (XPathDocument), a context node and an environment, and nothing else; the same three give
// the same value. It never traps: what has no answer is an XPathFault.

/// An expression, parsed once and evaluated often. A copy shares the tree.
public struct XPathExpression: Sendable {
  /// As it was written.
  public let source: String
  /// Names of all functions it calls (`position`, `today`, `random`, `once`…); aliases under their main name.
  public let functions: Set<String>
  let tree: XPathTree

  /// Parses an expression. The fault carries the UTF-8 offset in `source`.
  public static func parse(_ source: String) throws(XPathFault) -> XPathExpression {
    let tree = try XPathParser.parse(source)
    var functions: Set<String> = []
    for node in tree.nodes {
      switch node {
      case .call(let function, _): functions.insert(function.rawValue)
      case .regex: functions.insert(XPathFunction.regex.rawValue)
      default: break
      }
    }
    return XPathExpression(source: source, functions: functions, tree: tree)
  }

  private func scope<Node>(_ node: Node, _ current: Node?, _ position: Int) -> XPathScope<Node> {
    XPathScope(node: node, current: current ?? node, position: position)
  }

  /// Evaluates at `node` (the context). `current` is what `current()` means; by default the context.
  /// - Parameter position: the 1-based context position, where the caller goes through a node-set of its own;
  ///   0: `position()` asks the tree for the node's place among siblings of its name.
  public func evaluate<D: XPathDocument>(
    in document: D, at node: D.Node, environment: XPathEnvironment, current: D.Node? = nil, position: Int = 0
  ) throws(XPathFault) -> XPathValue<D.Node> {
    try tree.value(tree.top, document, scope(node, current, position), environment)
  }

  /// The value as a boolean, as relevant, required, readonly and constraint want it.
  public func isTrue<D: XPathDocument>(
    in document: D, at node: D.Node, environment: XPathEnvironment, current: D.Node? = nil, position: Int = 0
  ) throws(XPathFault) -> Bool {
    try tree.boolean(tree.top, document, scope(node, current, position), environment)
  }

  /// The value as a number (repeat counts).
  public func number<D: XPathDocument>(
    in document: D, at node: D.Node, environment: XPathEnvironment, current: D.Node? = nil, position: Int = 0
  ) throws(XPathFault) -> Double {
    try tree.number(tree.top, document, scope(node, current, position), environment)
  }

  /// The value as text for a label: XPath `string()`, dates without their time of day.
  public func string<D: XPathDocument>(
    in document: D, at node: D.Node, environment: XPathEnvironment, current: D.Node? = nil, position: Int = 0
  ) throws(XPathFault) -> String {
    try tree.string(tree.top, document, scope(node, current, position), environment)
  }

  /// The value as it is stored in a node of `kind` (calculate, setvalue): XForms lexical text, "" for nothing or NaN.
  public func lexical<D: XPathDocument>(
    as kind: XPathKind, in document: D, at node: D.Node, environment: XPathEnvironment, current: D.Node? = nil
  ) throws(XPathFault) -> String {
    try tree.atom(tree.top, document, scope(node, current, 0), environment)
      .lexical(as: kind, offset: environment.now.offsetMinutes)
  }

  /// The nodes of an expression that is a path (itemset nodeset, repeat count); a fault for any other value.
  public func nodes<D: XPathDocument>(
    in document: D, at node: D.Node, environment: XPathEnvironment, current: D.Node? = nil
  ) throws(XPathFault) -> [D.Node] {
    try tree.nodeList(tree.top, document, scope(node, current, 0), environment)
  }
}

extension XPathAtom {
  /// What is written into a node. A number that is whole is written without a fraction, whatever the type; in an integer
  /// node the fraction is dropped; a date is a date unless the type is dateTime or time.
  func lexical(as kind: XPathKind, offset: Int) -> String {
    if isEmpty { return "" }
    if kind == .boolean { return boolean ? "true" : "false" }
    switch self {
    case .boolean(let value): return value ? "true" : "false"
    case .number(let value): return XPathAtom.lexical(value, isInteger: kind == .integer)
    case .string(let text): return text
    case .date(let instant):
      switch kind {
      case .dateTime: return instant.dateTimeText
      case .time: return instant.timeText
      default: return instant.dateText
      }
    }
  }

  private static func lexical(_ value: Double, isInteger: Bool) -> String {
    guard value.isFinite, abs(value) < 9_223_372_036_854_775_808 else { return XPathNumber.javaText(value) }
    let whole = Int64(value)
    if isInteger { return String(XPathNumber.int(value)) }
    return abs(value - Double(whole)) < 1e-9 ? String(whole) : XPathNumber.javaText(value)
  }
}
