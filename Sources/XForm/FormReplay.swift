// FormReplay: a form answered without a screen, from the lines of a trace ({"op":"answer","ref":…,"value":…}, addRepeat, removeRepeat,
// see), giving the same kind of trace, `validate`, and the final XML.

public struct FormReplay: Sendable {
  public var session: Session

  public init(_ session: Session) { self.session = session }

  /// Takes one line of steps; gives the trace line it answers with, nil for lines that are no step.
  public mutating func take(_ line: String) -> String? { nil }

  /// The trace's last lines: validate, then the final XML.
  public mutating func finish() -> [String] { [] }
}
