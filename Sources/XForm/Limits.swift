// Limits: every limit of the form engine, in one table (docs/limits.md repeats it). What passes a limit is refused with its name,
// never cut silently.

public enum Limits {
  /// Bytes of a form definition or a stored instance.
  public static let documentBytes = 32 << 20
  /// Bytes of one attachment (an external list).
  public static let attachmentBytes = 64 << 20
  /// Elements and attributes of one XML document together.
  public static let documentNodes = 4_000_000
  /// Depth of elements in one XML document.
  public static let documentDepth = 200
  /// Bytes of an instance path's text.
  public static let pathBytes = 4_096
  /// Bytes of one answer.
  public static let answerBytes = 1 << 20
  /// Instances of one repeat under one parent.
  public static let repeatInstances = 10_000
  /// Nodes of one filled-in instance.
  public static let instanceNodes = 1_000_000
  /// Rounds of setvalue actions that one answer may set off before they are taken for a loop.
  public static let actionRounds = 100
  /// Warnings kept of one form.
  public static let formWarnings = 1_000
  /// Bytes of one line of a replay.
  public static let replayLineBytes = 1 << 20
}
