// The five kinds of value of the dialect: XPath 1.0's four, and the date, which ODK's engine keeps apart.

/// What an expression is worth. A node-set is in document order, without doubles, relevant nodes only.
public enum XPathValue<Node> {
  case boolean(Bool)
  case number(Double)
  case string(String)
  case date(XPathInstant)
  case nodes([Node])
}

extension XPathValue: Equatable where Node: Equatable {}
extension XPathValue: Sendable where Node: Sendable {}

/// A point in time, and the offset at which it is shown. Dates are midnight at that offset.
public struct XPathInstant: Hashable, Sendable {
  /// Milliseconds since 1970-01-01T00:00Z.
  public var milliseconds: Int64
  public var offsetMinutes: Int

  public init(milliseconds: Int64, offsetMinutes: Int) {
    self.milliseconds = milliseconds
    self.offsetMinutes = offsetMinutes
  }
}
