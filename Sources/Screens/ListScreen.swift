// ListScreen: what every list does with a key: the arrows and pages move the cursor, digits choose a row by its number, nothing can be
// typed. What is left are commands, and each screen says what those mean. PromptScreen is the same for a screen of one typed line.

import Terminal

protocol ListScreen: Screen {
  var cursor: ListCursor { get set }
  /// Rows a cursor can stand on.
  var rowCount: Int { get }

  /// A command that does not move the cursor.
  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step
}

extension ListScreen {
  mutating func update(_ input: Input, in workspace: Workspace?) -> Step { take(input, in: workspace) }

  mutating func take(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .idle, .leaving: return Step()
    case .key(.character(let scalar)):
      guard let digit = Folding.digit(scalar) else { return .beep }
      let typed = cursor.digits
      guard cursor.type(digit, count: rowCount) else {
        message = .noSuchRow(typed + String(digit))
        return .beep
      }
      message = .numberTyped(cursor.digits)
      return Step()
    case .key, .paste: return .beep
    case .command(let command):
      if cursor.isAstray, command == .accept {
        // Enter after a number of no row does nothing, once.
        cursor.forgetDigits()
        return .beep
      }
      guard cursor.move(command, count: rowCount) else { return obey(command, in: workspace) }
      message = nil
      return Step()
    }
  }

  /// 排名单, where this person may make one.
  mutating func planSweep(_ workspace: Workspace?) -> Step {
    guard let workspace else { return .beep }
    guard let screen = SweepVillagesScreen.first(workspace) else {
      message = .mayNotVisit
      return .beep
    }
    return Step(move: .push(screen))
  }

  /// The row the cursor stands on, of as many as there are; nil in an empty list.
  func selected<Row>(of rows: [Row]) -> Row? { rows.indices.contains(cursor.selected) ? rows[cursor.selected] : nil }

  /// After the rows were made anew: the cursor goes with its row, or stays where it stood.
  mutating func stand(on row: Int?) { cursor.selected = row ?? min(cursor.selected, max(0, rowCount - 1)) }
}

/// Where a day begins: a list of what there is to do, made anew whenever something was written or came in.
protocol DayScreen: ListScreen {
  mutating func load(_ workspace: Workspace)
}

extension DayScreen {
  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    if let workspace {
      switch event {
      case .opened, .finished, .draftDiscarded, .written: load(workspace)
      case .printed: message = .printed
      case .notPrinted(let status): message = .notPrinted(Int(status))
      case .sync(let news): message = Message(news) ?? message
      default: break
      }
    }
    return Step()
  }
}

protocol PromptScreen: Screen {
  var line: LineEditor { get set }

  /// What was typed, without the space around it; never empty.
  mutating func accept(_ text: String, in workspace: Workspace?) -> Step
}

extension PromptScreen {
  mutating func update(_ input: Input, in workspace: Workspace?) -> Step { typed(input, in: workspace) }

  mutating func typed(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .command(.back): return Step(move: .pop)
    case .command(.help): return Step(move: .push(HelpScreen(context: keyContext)))
    case .command(.accept):
      let text = Folding.trimmed(line.text)
      guard !text.isEmpty else {
        message = .reasonNeeded
        return .beep
      }
      return accept(text, in: workspace)
    case .command(.clear): line = LineEditor("", charactersMax: Limits.promptCharacters)
    case .command: return .beep
    case .key(let key): if !line.apply(key) { return .beep }
    case .paste(let text):
      message = line.paste(text)
      if message != nil { return .beep }
    case .idle, .leaving: break
    }
    return Step()
  }
}

/// A screen that is there to write one thing: it closes when that is saved, and stays, with what was typed, when it is not.
protocol RecordScreen: Screen {}

extension RecordScreen {
  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .written: return Step(move: .pop)
    case .notWritten(let fault): message = .saveFailed(fault)
    default: break
    }
    return Step()
  }
}
