// DraftEntry: what one accepted act of typing leaves in a draft. A draft is the list of its entries; replaying them
// in order gives the visit back at the field where it stood.
//
// Format: UTF-8 text, one line a change, parts divided by TAB. Inside a part, "\" TAB LF are written "\\" "\t" "\n".
// The first line names the kind. A decoder that meets an unknown kind or a broken part gives nil; nothing is guessed.

/// Why a form is being filled in.
public enum VisitPurpose: Equatable, Hashable, Sendable {
  case visit
  /// Any other form: the type of record that it becomes.
  case record(type: String)
  /// Writes a finished visit again (更正): the record it supersedes and the reason.
  case amendment(of: String, reason: String)
  /// Types the paper form of a finished visit a second time (核对录入); what differs from the record is settled, and no second visit
  /// comes of it.
  case verification(of: String)
}

/// Which of two typings of one paper form; the raw value is the digit that chooses it.
public enum Typing: Int, Sendable { case first = 1, second }

/// A question or row at which a second typing differs from the first.
public struct Comparison: Equatable, Sendable {
  /// Instance path.
  public var path: String
  /// Which one is right; nil: found, and nobody has said.
  public var right: Typing?
  /// What the second typing said when this was written down: typed anew since, it is to be settled anew.
  public var second: String

  public init(path: String, right: Typing?, second: String) {
    self.path = path
    self.right = right
    self.second = second
  }
}

/// The first entry of every draft.
public struct DraftBeginning: Equatable, Sendable {
  public var purpose: VisitPurpose
  /// Household entity id; a fresh one for a household added by hand; empty where the form is about none.
  public var household: String
  public var division: String
  public var form: FormKey
  /// Name of the head as somebody searched for it, of a household nobody knows yet; '' otherwise.
  public var head: String
  /// The instance before the first answer, to resume from: instance id and start time stay what they were.
  public var instance: String

  public init(
    purpose: VisitPurpose, household: String, head: String = "", division: String, form: FormKey, instance: String
  ) {
    self.purpose = purpose
    self.household = household
    self.head = head
    self.division = division
    self.form = form
    self.instance = instance
  }
}

/// One change of the instance or of what is known about an answer. Paths are instance paths as text.
public enum DraftChange: Equatable, Sendable {
  case answered(path: String, value: String)
  case rowAdded(repeatPath: String)
  case rowRemoved(instance: String)
  case forced(ForcedAnswer)
  /// An empty text takes the remark away.
  case remarked(Remark)
}

public enum DraftEntry: Equatable, Sendable {
  case begun(DraftBeginning)
  /// One act (one 撤销 takes it back as a whole) and the place where the cursor went. An empty place means the visit's
  /// start.
  case step([DraftChange], place: String)
  /// The cursor moved and nothing was changed.
  case moved(place: String)
  /// Typed and not accepted; shown again when the draft reopens with the cursor there.
  case typed(place: String, text: String)
  case undone
  case redone
  /// Of a second typing: differences that were found or settled. The last word on a path counts.
  case compared([Comparison])

  public func encoded() -> [UInt8] {
    var lines: [[String]] = []
    switch self {
    case .begun(let beginning):
      let purpose =
        switch beginning.purpose {
        case .visit: ["visit"]
        case .record(let type): ["record", type]
        case .amendment(let record, let reason): ["amendment", record, reason]
        case .verification(let record): ["verification", record]
        }
      lines = [
        ["begun"], purpose, ["household", beginning.household, beginning.division],
        ["form", beginning.form.id] + (beginning.form.version.map { [$0] } ?? []), ["instance", beginning.instance],
      ]
      if !beginning.head.isEmpty { lines.append(["head", beginning.head]) }
    case .step(let changes, let place):
      lines = [["step", place]] + changes.map(Self.line)
    case .moved(let place): lines = [["moved", place]]
    case .typed(let place, let text): lines = [["typed", place, text]]
    case .undone: lines = [["undone"]]
    case .redone: lines = [["redone"]]
    case .compared(let comparisons):
      lines = [["compared"]] + comparisons.map { [$0.path, $0.right.map { String($0.rawValue) } ?? "", $0.second] }
    }
    let text = lines.map { $0.map(Self.escaped).joined(separator: "\t") }.joined(separator: "\n")
    return Array(text.utf8)
  }

  public init?(decoding bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    var lines: [[String]] = []
    // By scalars: CR LF is one Character to Swift, and a value may end with CR.
    for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      var parts: [String] = []
      for part in line.split(separator: "\t", omittingEmptySubsequences: false) {
        guard let plain = Self.unescaped(Substring(part)) else { return nil }
        parts.append(plain)
      }
      lines.append(parts)
    }
    guard let first = lines.first else { return nil }
    switch (first.first, first.count) {
    case ("begun", 1):
      guard let beginning = DraftBeginning(lines: Array(lines.dropFirst())) else { return nil }
      self = .begun(beginning)
    case ("step", 2):
      var changes: [DraftChange] = []
      for line in lines.dropFirst() {
        guard let change = DraftChange(parts: line) else { return nil }
        changes.append(change)
      }
      self = .step(changes, place: first[1])
    case ("moved", 2) where lines.count == 1: self = .moved(place: first[1])
    case ("typed", 3) where lines.count == 1: self = .typed(place: first[1], text: first[2])
    case ("undone", 1) where lines.count == 1: self = .undone
    case ("redone", 1) where lines.count == 1: self = .redone
    case ("compared", 1):
      var comparisons: [Comparison] = []
      for line in lines.dropFirst() {
        guard let comparison = Comparison(parts: line) else { return nil }
        comparisons.append(comparison)
      }
      self = .compared(comparisons)
    default: return nil
    }
  }

  private static func line(_ change: DraftChange) -> [String] {
    switch change {
    case .answered(let path, let value): ["=", path, value]
    case .rowAdded(let path): ["+", path]
    case .rowRemoved(let instance): ["-", instance]
    case .forced(let answer): ["!", answer.path, answer.check, answer.reason]
    case .remarked(let remark): ["#", remark.path, remark.text]
    }
  }

  private static func escaped(_ part: String) -> String {
    guard part.utf8.contains(where: { $0 == 9 || $0 == 10 || $0 == 0x5C }) else { return part }
    var bytes: [UInt8] = []
    for byte in part.utf8 {
      switch byte {
      case 9: bytes += [0x5C, 0x74]
      case 10: bytes += [0x5C, 0x6E]
      case 0x5C: bytes += [0x5C, 0x5C]
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func unescaped(_ part: Substring) -> String? {
    guard part.utf8.contains(0x5C) else { return String(part) }
    var bytes: [UInt8] = []
    var isEscape = false
    for byte in part.utf8 {
      if isEscape {
        switch byte {
        case 0x74: bytes.append(9)
        case 0x6E: bytes.append(10)
        case 0x5C: bytes.append(0x5C)
        default: return nil
        }
        isEscape = false
      } else if byte == 0x5C {
        isEscape = true
      } else {
        bytes.append(byte)
      }
    }
    return isEscape ? nil : String(decoding: bytes, as: UTF8.self)
  }
}

extension DraftChange {
  init?(parts: [String]) {
    switch (parts.first, parts.count) {
    case ("=", 3): self = .answered(path: parts[1], value: parts[2])
    case ("+", 2): self = .rowAdded(repeatPath: parts[1])
    case ("-", 2): self = .rowRemoved(instance: parts[1])
    case ("#", 3): self = .remarked(Remark(path: parts[1], text: parts[2]))
    case ("!", 4): self = .forced(ForcedAnswer(path: parts[1], check: parts[2], reason: parts[3]))
    default: return nil
    }
  }
}

extension Comparison {
  init?(parts: [String]) {
    guard parts.count == 3 else { return nil }
    let right = Int(parts[1]).flatMap { Typing(rawValue: $0) }
    guard right != nil || parts[1].isEmpty else { return nil }
    self.init(path: parts[0], right: right, second: parts[2])
  }
}

extension DraftBeginning {
  init?(lines: [[String]]) {
    guard 4...5 ~= lines.count else { return nil }
    switch (lines[0].first, lines[0].count) {
    case ("visit", 1): purpose = .visit
    case ("record", 2): purpose = .record(type: lines[0][1])
    case ("verification", 2): purpose = .verification(of: lines[0][1])
    case ("amendment", 3): purpose = .amendment(of: lines[0][1], reason: lines[0][2])
    default: return nil
    }
    guard lines[1].count == 3, lines[1][0] == "household" else { return nil }
    household = lines[1][1]
    division = lines[1][2]
    guard 2...3 ~= lines[2].count, lines[2][0] == "form" else { return nil }
    form = FormKey(id: lines[2][1], version: lines[2].count == 3 ? lines[2][2] : nil)
    guard lines[3].count == 2, lines[3][0] == "instance" else { return nil }
    instance = lines[3][1]
    head = ""
    guard lines.count == 5 else { return }
    guard lines[4].count == 2, lines[4][0] == "head" else { return nil }
    head = lines[4][1]
  }
}
