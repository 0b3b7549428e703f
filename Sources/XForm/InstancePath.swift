// InstancePath: where a node stands in an instance, "/data/member[2]/name".
//
// Rules: absolute; one step a level; positions are 1-based and count the siblings of the same name. A step without a position means
// the first. Sessions give paths whose repeat steps always carry their position and whose other steps never do.
// An attribute is a last step that begins with "@".

public struct InstancePath: Hashable, Sendable, CustomStringConvertible {
  public struct Step: Hashable, Sendable {
    public var name: String
    /// 1-based; nil where the text gave none (the first one is meant).
    public var position: Int?

    public init(name: String, position: Int? = nil) {
      self.name = name
      self.position = position
    }

    public static func == (one: Step, other: Step) -> Bool {
      one.name == other.name && (one.position ?? 1) == (other.position ?? 1)
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(position ?? 1)
    }
  }

  public var steps: [Step]

  public init(steps: [Step]) { self.steps = steps }

  /// Reads "/data/member[2]/name"; nil when it is not absolute, a step is empty or a position is not a positive number.
  public init?(_ text: String) {
    self.init(text, firstPosition: 1)
  }

  /// `firstPosition` is 0 for the traces of JavaRosa's driver, which count from zero.
  init?(_ text: String, firstPosition: Int) {
    guard text.utf8.first == UInt8(ascii: "/"), text.utf8.count <= Limits.pathBytes else { return nil }
    var steps: [Step] = []
    for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard !part.isEmpty else { return nil }
      guard let bracket = part.firstIndex(of: "[") else {
        guard !part.contains("]") else { return nil }
        steps.append(Step(name: String(part)))
        continue
      }
      guard part.last == "]", bracket != part.startIndex else { return nil }
      let digits = part[part.index(after: bracket)..<part.index(before: part.endIndex)]
      guard let number = Int(digits), number >= firstPosition, number < Int(Int32.max) else { return nil }
      steps.append(Step(name: String(part[..<bracket]), position: number - firstPosition + 1))
    }
    guard !steps.isEmpty else { return nil }
    self.steps = steps
  }

  public var description: String {
    var text = ""
    for step in steps {
      text += "/" + step.name
      if let position = step.position { text += "[\(position)]" }
    }
    return text
  }

  /// The name of the node, without position: "name" of "/data/member[2]/name".
  public var name: String { steps.last?.name ?? "" }

  /// The node above; nil at the root.
  public var parent: InstancePath? {
    steps.count > 1 ? InstancePath(steps: Array(steps.dropLast())) : nil
  }

  /// The path without positions: what a bind's nodeset says.
  public var generic: String { steps.map { "/" + $0.name }.joined() }

  public func child(_ name: String, position: Int? = nil) -> InstancePath {
    InstancePath(steps: steps + [Step(name: name, position: position)])
  }

  /// True when `other` is this path or stands below it.
  public func contains(_ other: InstancePath) -> Bool {
    other.steps.count >= steps.count && Array(other.steps.prefix(steps.count)) == steps
  }
}
