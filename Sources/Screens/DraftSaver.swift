// DraftSaver: what of a draft is on the disk and what is not. Entries go out in batches; a batch counts as kept only
// when the runner says so, and a batch that failed goes out again, before anything newer, with the next one.

struct DraftSaver: Sendable, Equatable {
  enum State: Equatable {
    /// Nothing was accepted yet, so there is nothing to save.
    case empty
    case saved
    case saving
    case notSaved(SaveFault)
  }

  let id: String
  let beginning: DraftBeginning
  /// Handed to the runner, not answered yet.
  private var inFlight: [DraftEntry] = []
  /// Not handed out, or came back.
  private var waiting: [DraftEntry] = []
  private var hasBegun: Bool
  private var fault: SaveFault?

  /// `exists`: the draft was reopened and already has its first entry.
  init(id: String, beginning: DraftBeginning, exists: Bool) {
    self.id = id
    self.beginning = beginning
    hasBegun = exists
  }

  var state: State {
    if let fault { return .notSaved(fault) }
    if !inFlight.isEmpty || !waiting.isEmpty { return .saving }
    return hasBegun ? .saved : .empty
  }

  /// Takes entries and gives the effect that saves them. A draft begins with its first answer, or with text that was
  /// typed and left standing: a cursor that only moves makes none.
  mutating func append(_ entries: [DraftEntry]) -> Effect? {
    guard !entries.isEmpty else { return nil }
    if !hasBegun {
      guard entries.contains(where: \.holdsText) else { return nil }
      waiting.append(.begun(beginning))
      hasBegun = true
    }
    waiting += entries
    return send()
  }

  private mutating func send() -> Effect? {
    guard inFlight.isEmpty, !waiting.isEmpty else { return nil }
    inFlight = waiting
    waiting = []
    return .appendDraft(id: id, entries: inFlight)
  }

  mutating func saved() -> Effect? {
    inFlight = []
    fault = nil
    return send()
  }

  mutating func failed(_ fault: SaveFault) {
    waiting = inFlight + waiting
    inFlight = []
    self.fault = fault
  }
}

extension DraftEntry {
  /// Something somebody typed, as against a cursor that moved.
  fileprivate var holdsText: Bool {
    switch self {
    case .step, .typed: true
    default: false
    }
  }
}
