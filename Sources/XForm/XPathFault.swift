// Why an expression is refused or has no answer: facts, no sentences.

/// An expression that cannot be parsed or evaluated.
public struct XPathFault: Error, Hashable, Sendable {
  /// UTF-8 offset in the expression where it was noticed.
  public var offset: Int
  public var reason: Reason

  public enum Reason: Hashable, Sendable {
    /// Nothing but white space.
    case empty
    /// A byte that begins no token, as text.
    case unexpected(String)
    case expected(String)
    case unterminatedLiteral
    case tooLong(limit: Int)
    case tooDeep(limit: Int)
    case tooManyNodes(limit: Int)
    /// Parsed by XPath 1.0, meant by no ODK form: the axis, node test or operator named.
    case unsupported(String)
    case unknownFunction(String)
    /// A wrong number of arguments.
    case arity(function: String, given: Int)
    /// An argument that the function cannot take: its 1-based number and why.
    case argument(function: String, number: Int, why: Why)
    case invalidPattern(String)
    case unknownInstance(String)
    case notNodes(function: String)
    /// A bounded thing that grew past its bound: what, and the bound.
    case limit(String, Int)
  }

  public enum Why: String, Hashable, Sendable {
    case notNodes, notDate, notString, notPlace, unknownAlgorithm, unknownEncoding, unknownFormat, outOfRange
  }

  public init(offset: Int, reason: Reason) {
    self.offset = offset
    self.reason = reason
  }
}
