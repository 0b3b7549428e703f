// Screen: what every screen is: a value with an update and a drawing. Screens stand on a stack; the top one gets the
// keys.
//
// Rules of the house: update and drawing are pure; a screen never waits; every sentence comes from Words; every key
// from KeyTable.

import Terminal
import XForm

protocol Screen: Sendable {
  /// Which keys mean something now.
  var keyContext: KeyContext { get }
  /// What the message line says.
  var message: Message? { get set }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step
  /// The outcome of an effect; the top screen and those below it are told.
  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step
  func draw(on canvas: inout Canvas, in workspace: Workspace?)

  /// The same as `draw` on a new canvas, at less cost where the screen kept what the last key left as it was.
  mutating func nextFrame(size: Size, columns: Columns, in workspace: Workspace?) -> Frame
  /// How long to wait for a key before it is told `idle`; nil: as long as it takes.
  var timeoutMilliseconds: Int? { get }
}

extension Screen {
  mutating func nextFrame(size: Size, columns: Columns, in workspace: Workspace?) -> Frame {
    var canvas = Canvas(size: size, columns: columns)
    draw(on: &canvas, in: workspace)
    return canvas.frame
  }

  var timeoutMilliseconds: Int? { nil }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step { Step() }
}

/// A key as a screen gets it.
enum Input: Equatable {
  case command(Command)
  /// A key without a command here: a character, or an editing key.
  case key(Key)
  case paste(String)
  /// Nothing was pressed for a while.
  case idle
  /// The program is about to end: hand out what is not saved yet.
  case leaving
}

/// What came of an update.
struct Step {
  enum Move {
    case stay
    case push(any Screen)
    case replace(any Screen)
    case pop
    /// Something of a household, for which the runner is asked first.
    case open(Opening)
    /// The full disk was accepted, or not.
    case openAnyway
    case cancelOpening
    /// Back to the list the day begins with.
    case home
  }

  var effects: [Effect] = []
  var move = Move.stay

  init(_ effects: [Effect] = [], move: Move = .stay) {
    self.effects = effects
    self.move = move
  }

  static let beep = Step([.beep])
}

/// What somebody wants to see or type, before what it needs is read from the disk.
enum Opening: Sendable {
  /// A visit of a household; nil: one that is added by hand, whose head's name somebody searched for, or ''.
  case visit(household: String?, head: String = "")
  case draft(DraftSummary)
  /// Any other form. `presets` fill the fields that say `zf:prefill="list#property"` of a list that is neither household nor person, and
  /// under the name of a list alone the id of its entity.
  case form(id: String, household: String?, presets: [String: String])
  /// A finished visit written again.
  case amend(record: String, reason: String)
  /// The paper form of a finished visit typed a second time.
  case verify(record: String)
  /// A finished visit for reading.
  case read(record: String)
}
