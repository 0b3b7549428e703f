// FirstRunScreen: a laptop that belongs to nobody yet: 1 practises with a made-up village, 2 enrols with the county's
// one-time code.

import Terminal

struct FirstRunScreen: Screen {
  enum Stage: Int, Equatable { case choosing, county, code, passphrase, again, working }

  var message: Message?
  private var stage = Stage.choosing
  private var line = LineEditor("", charactersMax: Limits.promptCharacters)
  private var county = ""
  private var code = ""
  private var passphrase = ""
  /// It was typed twice, and an enrolment failed for another reason: it is not asked for again.
  private var isAgreed = false

  init() {}

  var keyContext: KeyContext { stage == .choosing || stage == .working ? .menu : .text }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch (stage, input) {
    case (_, .idle), (_, .leaving): return Step()
    case (_, .command(.help)): return Step(move: .push(HelpScreen(context: keyContext)))
    case (.working, _): return Step()
    case (.choosing, .command(.back)): return Step(move: .push(QuitScreen()))
    case (.choosing, .key(.character(let scalar))): return choose(Folding.digit(scalar))
    case (.choosing, _): return .beep
    case (_, .command(.back)), (_, .command(.previous)):
      go(to: Stage(rawValue: stage.rawValue - 1) ?? .choosing)
      return Step()
    case (_, .command(.accept)), (_, .command(.next)): return accept()
    case (_, .command(.clear)):
      line = LineEditor("", charactersMax: Limits.promptCharacters)
      return Step()
    case (_, .key(let key)):
      guard line.apply(key) else { return .beep }
      message = nil
      return Step()
    case (_, .paste(let text)):
      _ = line.insert(text)
      return Step()
    default: return .beep
    }
  }

  private mutating func choose(_ digit: Character?) -> Step {
    switch digit {
    case "1":
      go(to: .working)
      message = .working
      return Step([.createPractice])
    case "2":
      go(to: .county)
      return Step()
    default: return .beep
    }
  }

  private mutating func go(to stage: Stage) {
    self.stage = stage
    message = nil
    let text: String =
      switch stage {
      case .county: county
      case .code: code
      default: ""
      }
    line = LineEditor(text, charactersMax: Limits.promptCharacters)
  }

  private mutating func accept() -> Step {
    let text = Folding.trimmed(line.text)
    guard !text.isEmpty else {
      message = .emptyField
      return .beep
    }
    switch stage {
    case .county:
      let address = Folding.narrowed(text)
      guard address.lowercased().hasPrefix("https://"), address.utf8.count > 8 else {
        message = .badAddress
        return .beep
      }
      county = address
      go(to: .code)
    case .code:
      code = Folding.folded(text)
      go(to: .working)
      message = .working
      return Step([.checkSlip(county: county, code: code)])
    case .passphrase:
      guard line.text.count >= Limits.passphraseCharactersMin else {
        // What was typed cannot be seen, so it never begins the next try.
        go(to: .passphrase)
        message = .passphraseShort
        return .beep
      }
      passphrase = line.text
      go(to: .again)
    case .again:
      guard line.text == passphrase else {
        passphrase = ""
        go(to: .passphrase)
        message = .passphrasesDiffer
        return .beep
      }
      return enrol()
    case .choosing, .working: break
    }
    return Step()
  }

  private mutating func enrol() -> Step {
    isAgreed = true
    go(to: .working)
    message = .working
    return Step([.enrol(county: county, code: code, passphrase: Secret(passphrase))])
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .slipChecked where stage == .working:
      if isAgreed { return enrol() }
      go(to: .passphrase)
      return Step()
    case .notEnrolled(let failure) where failure == .refused(code: "weak_passphrase"):
      (passphrase, isAgreed) = ("", false)
      go(to: .passphrase)
      message = .sync(failure)
      return .beep
    case .notEnrolled(let failure):
      // The code may be wrong, or only the network: everything typed stays, the code is where to look first.
      go(to: .code)
      message = .sync(failure)
      return .beep
    case .cannotOpen(let fault):
      go(to: .choosing)
      message = .opened(fault)
      return .beep
    default: return Step()
    }
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Words.program, right: Words.FirstRun.title)
    canvas.put(Words.FirstRun.explain, row: 2, column: 4)
    canvas.put(Words.FirstRun.practice, row: 4, column: 4, style: stage == .choosing ? .value : .muted)
    canvas.put(Words.FirstRun.enrol, row: 5, column: 4, style: stage == .choosing ? .value : .muted)
    if stage == .choosing || stage == .working {
      canvas.frame.cursor = Position(row: 4, column: 4)
    } else {
      let fields: [(Stage, String, String)] = [
        (.county, Words.FirstRun.county, county), (.code, Words.FirstRun.code, code),
        (.passphrase, Words.FirstRun.passphrase, String(repeating: "*", count: passphrase.count)),
        (.again, Words.FirstRun.again, ""),
      ]
      for (index, field) in fields.enumerated() where field.0.rawValue <= stage.rawValue {
        let row = 7 + index
        let used = canvas.put(field.1, row: row, column: 4, style: .label)
        if field.0 == stage {
          canvas.put(
            line, row: row, column: 4 + used, columnsMax: max(36, canvas.width - used - 6),
            isSecret: stage == .passphrase || stage == .again)
        } else {
          canvas.put(field.2, row: row, column: 4 + used, style: .value)
        }
      }
    }
    if let message {
      canvas.message(message)
    } else if stage == .county {
      canvas.hint(Words.FirstRun.countyHint)
    } else if stage == .passphrase {
      canvas.hint(Words.FirstRun.passphraseHint)
    }
    canvas.hints(in: keyContext)
  }
}
