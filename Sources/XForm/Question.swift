// Question: what a screen needs to show one field, as it stands now: labels in the session's language, choices after their filters.
// Beside it the other values a session gives out: OutlineItem, AnswerOutcome, Violation, SoftWarning.

/// The seven body controls of ODK XForms.
public enum Control: String, Sendable {
  case input, trigger, range, rank, upload
  case selectOne = "select1"
  case selectMultiple = "select"
}

/// The thirteen data types of ODK XForms. Values are kept as their XForms lexical text.
public enum DataType: String, Sendable, CaseIterable {
  case string, int, boolean, decimal, date, time, dateTime, geopoint, geotrace, geoshape, binary, barcode
  /// Only written by old forms; typed as text.
  case intent
}

public struct Choice: Equatable, Hashable, Sendable {
  public var value: String
  public var label: String

  public init(value: String, label: String) {
    self.value = value
    self.label = label
  }
}

/// start, end and step of a range control, as the form wrote them.
public struct RangeBounds: Equatable, Hashable, Sendable {
  public var start: String
  public var end: String
  public var step: String
}

public struct Question: Equatable, Sendable {
  public var path: InstancePath
  public var control: Control
  public var dataType: DataType
  public var label: String
  public var hint: String?
  /// The guidance form of the hint, where the form has one.
  public var guidance: String?
  /// XForms lexical value; "" is empty. A multiple selection is the values parted by one space.
  public var value: String
  public var isRequired: Bool
  public var isReadOnly: Bool
  /// The appearance's words in their order.
  public var appearance: [String]
  /// Of select, select1, rank: the choices that pass their filter now.
  public var choices: [Choice]
  /// Lines the form asks for (`rows`), where it does.
  public var rows: Int?
  public var range: RangeBounds?
  public var requiredMessage: String?
  public var constraintMessage: String?
  /// `mediatype` of an upload.
  public var mediaType: String?
  /// Extension attributes of bind and control in our namespace, by local name ("purpose", "warn", "length", …).
  public var attributes: [String: String]
}

public struct OutlineItem: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// A group (its label by `Session.label(at:)`).
    case group
    /// One instance of a repeat.
    case repeatInstance
    /// The place after the last instance of a repeat where one more may be added; the path is the repeat's, without position.
    case addRepeat
    case question
  }
  public var kind: Kind
  public var path: InstancePath
  /// Groups and repeat instances around it.
  public var depth: Int

  public init(kind: Kind, path: InstancePath, depth: Int) {
    self.kind = kind
    self.path = path
    self.depth = depth
  }
}

public enum AnswerOutcome: Equatable, Sendable {
  case accepted
  /// Not stored.
  case requiredButEmpty(message: String?)
  /// Not stored.
  case constraintViolated(message: String?)
  /// The text is no value of the question's type; not stored.
  case notOfType(DataType)
  case readOnly
  case noSuchQuestion
}

/// One question that stands in the way of finishing.
public struct Violation: Equatable, Sendable {
  public var path: InstancePath
  public var outcome: AnswerOutcome

  public init(path: InstancePath, outcome: AnswerOutcome) {
    self.path = path
    self.outcome = outcome
  }
}

/// A `zf:warn` expression that is false now: the answer stands, the user is asked to look again.
public struct SoftWarning: Equatable, Sendable {
  public var path: InstancePath
  public var message: String?

  public init(path: InstancePath, message: String?) {
    self.path = path
    self.message = message
  }
}
