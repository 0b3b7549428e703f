// FormCheck: what `zoufang form check` tells of a form: its questions, which calculations depend on which, and its problems.

public struct FormCheck: Sendable {
  public struct Item: Equatable, Sendable {
    /// Generic path of the bind.
    public var path: String
    public var dataType: String
    /// nil for a node no control shows.
    public var control: String?
    public var label: String
    /// Generic paths whose expressions read this node.
    public var dependants: [String]
  }
  public var items: [Item]
  public var problems: [FormFault]

  public init(_ form: FormDefinition) {
    items = []
    problems = form.warnings
  }
}
