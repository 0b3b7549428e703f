// SyncScreen: what the sync process says. It runs by itself: leaving the screen does not stop it, and a failure loses
// nothing.

import Terminal

struct SyncScreen: Screen {
  enum State: Equatable, Sendable {
    case running(SyncStage, done: Int, total: Int)
    case waiting(seconds: Int)
    case finished(SyncOutcome)
    case failed(SyncFailure)
    /// With a stick; then what came of it.
    case exchanging
    case exchanged(StickNews)
  }

  var state: State
  var message: Message?

  init(_ state: State = .running(.connecting, done: 0, total: 0)) { self.state = state }

  var keyContext: KeyContext { .menu }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .command(.back), .command(.accept): return Step(move: .pop)
    case .command(.help): return Step(move: .push(HelpScreen(context: .menu)))
    case .key(.character(let scalar)) where Folding.digit(scalar) == "2" && offersStick:
      return Step([.findSticks], move: .replace(StickScreen()))
    case .idle, .leaving: return Step()
    default: return .beep
    }
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    guard case .sync(let news) = event else { return Step() }
    state = State(news)
    if case .failed = state { return .beep }
    return Step()
  }

  private var offersStick: Bool { if case .failed(let failure) = state { failure.isOfTheLine } else { false } }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Words.Sync.title, right: Words.Today.waiting(workspace?.pendingUploadCount ?? 0))
    var row = 3
    func say(_ text: String, _ style: Style = .plain) {
      canvas.put(text, row: row, column: 4, style: style)
      row += 1
    }
    switch state {
    case .running(let stage, let done, let total):
      for one in SyncStage.allCases {
        let isNow = one == stage
        say(
          (isNow ? "> " : "  ") + Words.Sync.stage(one) + (isNow ? "  " + Words.Sync.progress(done, total) : ""),
          isNow ? .title : .muted)
      }
      row += 1
      say(Words.Sync.keepWorking)
    case .waiting(let seconds):
      say(Words.Sync.busy(seconds), .warning)
      row += 1
      say(Words.Sync.keepWorking)
    case .finished(let outcome):
      say(Words.Sync.done, .title)
      say(Words.Sync.pushed(outcome.pushed))
      say(Words.Sync.pulled(outcome.pulled))
      say(Words.Sync.waiting(outcome.waiting))
      for (code, count) in outcome.parked.sorted(by: { $0.key < $1.key }) { say(ParkedWords.sentence(code, count), .warning) }
      if let ahead = outcome.clockAhead { say(ClockWords.sentence(ahead), .error) }
      row += 1
      say(Words.Sync.leave)
    case .failed(let failure):
      say(Words.Sync.failed, .title)
      say(Words.Sync.sentence(failure), .error)
      if failure != .practice { say(Words.Sync.nothingLost) }
      if offersStick {
        row += 1
        say(Words.Stick.offer)
      }
      row += 1
      say(Words.Sync.leave)
    case .exchanging:
      say(Words.Stick.exchanging, .title)
      say(Words.Stick.leaveIt)
      row += 1
      say(Words.Sync.keepWorking)
    case .exchanged(let news):
      say(news.isGood ? Words.Stick.done : Words.Stick.notDone, .title)
      for line in news.lines {
        for part in canvas.columns.wrap(line, to: canvas.width - 8) where row < canvas.body.upperBound - 2 {
          say(part, news.isGood ? .plain : .warning)
        }
      }
      row += 1
      say(Words.Sync.leave)
    }
    canvas.frame.cursor = Position(row: 3, column: 4)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}

extension SyncFailure {
  /// There is no way to the county just now: a stick goes to the township all the same.
  fileprivate var isOfTheLine: Bool {
    switch self {
    case .noNetwork, .noSuchName, .captivePortal, .serverAbsent, .tooSlow, .interrupted: true
    default: false
    }
  }
}

extension SyncScreen.State {
  init(_ news: SyncNews) {
    switch news {
    case .progress(let stage, let done, let total): self = .running(stage, done: done, total: total)
    case .waiting(let seconds): self = .waiting(seconds: seconds)
    case .finished(let outcome): self = .finished(outcome)
    case .failed(let failure): self = .failed(failure)
    case .stick(let news): self = .exchanged(news)
    }
  }
}
