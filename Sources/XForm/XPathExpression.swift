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

  /// The value as it is stored in a node of `kind` (calculate, setvalue), and the kind it has from then on: ODK's
  /// engine keeps a computed value as what it is, so a false in a text node is written `0` and read as false, not as
  /// a text.
  public func stored<D: XPathDocument>(
    as kind: XPathKind, in document: D, at node: D.Node, environment: XPathEnvironment, current: D.Node? = nil
  ) throws(XPathFault) -> XPathStored {
    XPathStored(try tree.atom(tree.top, document, scope(node, current, 0), environment), as: kind)
  }

  /// The text of `stored`.
  public func lexical<D: XPathDocument>(
    as kind: XPathKind, in document: D, at node: D.Node, environment: XPathEnvironment, current: D.Node? = nil
  ) throws(XPathFault) -> String {
    try stored(as: kind, in: document, at: node, environment: environment, current: current).text
  }

  /// The nodes of an expression that is a path (itemset nodeset, repeat count); a fault for any other value.
  public func nodes<D: XPathDocument>(
    in document: D, at node: D.Node, environment: XPathEnvironment, current: D.Node? = nil
  ) throws(XPathFault) -> [D.Node] {
    try tree.nodeList(tree.top, document, scope(node, current, 0), environment)
  }
}

/// A computed value as it is kept.
public struct XPathStored: Equatable, Sendable {
  /// XForms lexical text; "" for nothing or NaN.
  public var text: String
  /// How the node's text is read until another value is stored (`XPathDocument.kind(of:)`).
  public var kind: XPathKind

  public init(text: String, kind: XPathKind) {
    self.text = text
    self.kind = kind
  }

  /// A boolean is `1` or `0`. A number is whole in an integer node, and written without a fraction wherever it has
  /// none. A date is a date or a time only where the node's type says so, else date and time. A text is taken as it
  /// is.
  init(_ atom: XPathAtom, as kind: XPathKind) {
    if atom.isEmpty {
      self.init(text: "", kind: kind)
    } else if kind == .boolean {
      self.init(text: atom.boolean ? "1" : "0", kind: .boolean)
    } else {
      switch atom {
      case .boolean(let value): self.init(text: value ? "1" : "0", kind: .boolean)
      case .number(let value): self = XPathStored.number(value, isInteger: kind == .integer)
      case .string(let text): self.init(text: text, kind: .text)
      case .date(let instant):
        switch kind {
        case .date: self.init(text: instant.dateText, kind: .date)
        case .time: self.init(text: instant.timeText, kind: .time)
        default: self.init(text: instant.dateTimeText, kind: .dateTime)
        }
      }
    }
  }

  private static func number(_ value: Double, isInteger: Bool) -> XPathStored {
    if isInteger { return XPathStored(text: String(XPathNumber.int(value)), kind: .integer) }
    guard abs(value) < 9_223_372_036_854_775_808 else {
      return XPathStored(text: XPathNumber.javaText(value), kind: .decimal)
    }
    let whole = Int64(value)
    return abs(value - Double(whole)) < 1e-9
      ? XPathStored(text: String(whole), kind: .integer)
      : XPathStored(text: XPathNumber.javaText(value), kind: .decimal)
  }
}
