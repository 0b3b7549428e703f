// A parsed expression: what the form keeps of a relevant, constraint, calculate or choice filter.

/// An expression, parsed once and evaluated often.
public struct XPathExpression: Sendable {
  /// As it was written.
  public let source: String

  /// Parses an expression. The fault carries the UTF-8 offset in `source`.
  public static func parse(_ source: String) throws(XPathFault) -> XPathExpression {
    XPathExpression(source: source)
  }

  /// Evaluates at `node` (the context). `current` is what `current()` means; by default the context.
  /// - Parameter position: the 1-based context position, where the caller goes through a node-set of its own.
  public func evaluate<D: XPathDocument>(
    in document: D, at node: D.Node, environment: XPathEnvironment, current: D.Node? = nil, position: Int = 1
  ) throws(XPathFault) -> XPathValue<D.Node> { .string("") }

  /// XPath `boolean()` of the value, as relevant, required, readonly and constraint want it.
  public func isTrue<D: XPathDocument>(
    in document: D, at node: D.Node, environment: XPathEnvironment, current: D.Node? = nil, position: Int = 1
  ) throws(XPathFault) -> Bool { false }

  /// The value as the text that is written into a node or a label (a node-set: its first node; a date: its lexical form).
  public func string<D: XPathDocument>(
    in document: D, at node: D.Node, environment: XPathEnvironment, current: D.Node? = nil, position: Int = 1
  ) throws(XPathFault) -> String { "" }

  /// The value written as XForms lexical value for a node of `kind` (calculate, setvalue): a number without a fraction
  /// for `.integer`, a date for `.date`, date and time with offset for `.dateTime`.
  public func lexical<D: XPathDocument>(
    as kind: XPathKind, in document: D, at node: D.Node, environment: XPathEnvironment
  ) throws(XPathFault) -> String { "" }

  /// The nodes of an expression that is a path (itemset nodeset, repeat count); a fault for any other value.
  public func nodes<D: XPathDocument>(
    in document: D, at node: D.Node, environment: XPathEnvironment, current: D.Node? = nil
  ) throws(XPathFault) -> [D.Node] { [] }

  /// Every node path that the expression reads when evaluated at a node of the generic path `context`
  /// (`/data/member/age`), predicates and arguments included, resolved: absolute, without predicates, `.` and `..`;
  /// `*` and `@name` stay as steps. Sorted, without doubles.
  public func references(from context: String) -> [XPathReference] { [] }

  /// Names of all functions it calls (`position`, `today`, `random`, `once`…).
  public let functions: Set<String> = []

  /// Whether it is a path alone, and then its steps as a generic path resolved from `context` (for `ref` and `nodeset`).
  public func path(from context: String) -> XPathReference? { nil }
}

/// A path that an expression reads.
public struct XPathReference: Hashable, Comparable, Sendable {
  /// nil: the primary instance.
  public var instance: String?
  /// `/data/member/age`
  public var path: String

  public init(instance: String? = nil, path: String) {
    self.instance = instance
    self.path = path
  }

  public static func < (left: XPathReference, right: XPathReference) -> Bool {
    (left.instance ?? "", left.path) < (right.instance ?? "", right.path)
  }
}
