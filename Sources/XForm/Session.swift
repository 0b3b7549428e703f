// Session: one form being filled in, as a value: copying it is the undo.

public struct Session: Sendable {
  public let form: FormDefinition
  /// One of `form.languages`; nil means the form's default.
  public var language: String?
  /// How many expressions the last `answer`, `addRepeat` or `removeRepeat` evaluated again: exactly the dependants.
  public private(set) var recomputedCount: Int = 0

  /// A fresh instance, or one read from its stored XML (`instanceXML(submission: false)`).
  public init(
    _ form: FormDefinition, surroundings: Surroundings, resuming instance: [UInt8]? = nil
  ) throws(FormFault) {
    self.form = form
  }

  /// Relevant items in document order.
  public var outline: [OutlineItem] { [] }
  public func question(at path: InstancePath) -> Question? { nil }
  /// The label of a question, group or repeat instance, in the current language, with its outputs filled in.
  public func label(at path: InstancePath) -> String? { nil }
  /// nil where there is no such node.
  public func value(at path: InstancePath) -> String? { nil }
  public func isRelevant(_ path: InstancePath) -> Bool { false }
  /// Our own attributes (namespace `https://zoufang.cn/xforms`) of the node's bind and control, by local name.
  public func attributes(at path: InstancePath) -> [String: String] { [:] }
  /// Instances of a repeat now; nil where it is no repeat.
  public func repeatCount(_ repeatPath: InstancePath) -> Int? { nil }
  /// Whether the user may add an instance here (no jr:count, no jr:noAddRemove, relevant, below the limit).
  public func canAddRepeat(_ repeatPath: InstancePath) -> Bool { false }
  public func canRemoveRepeat(_ instance: InstancePath) -> Bool { false }

  /// Takes an answer as XForms lexical text; "" empties. Rejected answers change nothing.
  public mutating func answer(_ path: InstancePath, _ value: String) -> AnswerOutcome { .noSuchQuestion }
  /// Adds an instance at the end; gives its path, or nil when it may not be added.
  @discardableResult
  public mutating func addRepeat(_ repeatPath: InstancePath) -> InstancePath? { nil }
  @discardableResult
  public mutating func removeRepeat(_ instance: InstancePath) -> Bool { false }
  /// Every relevant question that is required and empty, or whose constraint fails, in document order.
  public func validate() -> [Violation] { [] }
  /// Sets what is set at the end (timestamp end, meta/timeEnd).
  public mutating func finish() {}
  /// `submission`: relevant nodes only, as it is sent; otherwise everything, to be resumed from.
  public func instanceXML(submission: Bool) -> [UInt8] { [] }
  public func entities() -> [EntityDeclaration] { [] }
  /// The soft checks of the question that fail now.
  public func warnings(at path: InstancePath) -> [SoftWarning] { [] }
}
