// What a cadre wrote beside an answer: a remark (备注), or why a soft check was passed (强制通过). They stand in the record's body, not in
// its facts: they are about the typing, and the register answers nothing from them.

public struct VisitNote: Equatable, Hashable, Sendable {
  public enum Kind: Equatable, Hashable, Sendable {
    /// 备注
    case remark
    /// 强制通过: the check in its own words. An empty text says that it was left open knowingly.
    case forced(check: String)
  }

  /// Instance path of the question.
  public var path: String
  public var kind: Kind
  public var text: String

  public init(path: String, kind: Kind, text: String) {
    self.path = path
    self.kind = kind
    self.text = text
  }

  /// Keys of the body. A note is a line of the value, its parts divided by TAB: path, check (of `forced`), text.
  static let remarksKey = "remarks"
  static let forcedKey = "forced"

  /// The body's part for notes; nothing for a kind that is not there.
  public static func body(_ notes: [VisitNote]) -> [String: String] {
    var lines: [String: [String]] = [:]
    for note in notes {
      switch note.kind {
      case .remark: lines[remarksKey, default: []].append([note.path, note.text].map(oneLine).joined(separator: "\t"))
      case .forced(let check):
        lines[forcedKey, default: []].append([note.path, check, note.text].map(oneLine).joined(separator: "\t"))
      }
    }
    return lines.mapValues { $0.joined(separator: "\n") }
  }

  /// Notes of a body, those about checks first; a line that has other parts is passed over.
  public static func notes(in body: [String: String]) -> [VisitNote] {
    let forced = lines(body[forcedKey]).compactMap { parts in
      parts.count == 3 ? VisitNote(path: parts[0], kind: .forced(check: parts[1]), text: parts[2]) : nil
    }
    let remarks = lines(body[remarksKey]).compactMap { parts in
      parts.count == 2 ? VisitNote(path: parts[0], kind: .remark, text: parts[1]) : nil
    }
    return forced + remarks
  }

  private static func lines(_ text: String?) -> [[String]] {
    (text ?? "").split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  private static func oneLine(_ text: String) -> String {
    String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 })
  }
}
