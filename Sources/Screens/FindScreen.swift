// FindScreen: a household by name, pinyin initials or the last digits of a number. Only the last four digits are ever
// shown. The last line adds a household that no roster has.

import Relief
import Terminal

struct FindScreen: Screen {
  struct Found: Equatable, Sendable {
    var household: String
    var head: String
    var village: String
    var member: String
    var tail: String
  }

  var message: Message?
  private var line = LineEditor("", charactersMax: Limits.promptCharacters)
  /// Where the workspace brings none.
  private let own: HouseholdSearch?
  private var found: [Found] = []
  private var cursor = ListCursor()

  init(_ workspace: Workspace?) {
    own = workspace.flatMap { $0.search == nil ? HouseholdSearch($0.register) : nil }
  }

  var keyContext: KeyContext { .text }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .command(.back): return Step(move: .pop)
    case .command(.help): return Step(move: .push(HelpScreen(context: .text)))
    case .command(.next): _ = cursor.move(.down, count: found.count + 1)
    case .command(.previous): _ = cursor.move(.up, count: found.count + 1)
    case .command(.accept): return open(workspace)
    case .command(.clear):
      line = LineEditor("", charactersMax: Limits.promptCharacters)
      search(workspace)
    case .command: return .beep
    case .key(let key):
      guard line.apply(key) else { return .beep }
      search(workspace)
    case .paste(let text):
      if let refusal = line.paste(text) {
        message = refusal
        return .beep
      }
      search(workspace)
    case .idle, .leaving: break
    }
    return Step()
  }

  private mutating func open(_ workspace: Workspace?) -> Step {
    if found.indices.contains(cursor.selected) {
      return Step(move: .push(HouseholdScreen(found[cursor.selected].household)))
    }
    guard found.isEmpty == false || !line.text.isEmpty else {
      message = .emptySearch
      return .beep
    }
    guard workspace?.identity.role.writesVisits == true else {
      message = .mayNotVisit
      return .beep
    }
    return Step(move: .open(.visit(household: nil, head: Self.name(line.text))))
  }

  /// The searched text where it can be somebody's name in Chinese; '' otherwise.
  static func name(_ text: String) -> String {
    let name = PersonName.normalized(Folding.trimmed(text))
    let isName = name.unicodeScalars.allSatisfy { $0.properties.isIdeographic || $0 == "\u{B7}" }
    return isName && 2...25 ~= name.count ? name : ""
  }

  private mutating func search(_ workspace: Workspace?) {
    cursor = ListCursor()
    let text = Folding.trimmed(Folding.narrowed(line.text))
    guard let workspace, let search = workspace.search ?? own, !text.isEmpty else {
      found = []
      message = nil
      return
    }
    // The line of a household alone: two hundred of them at every key, and never all their fields.
    found = search.find(text, limit: Limits.foundMax).map { hit in
      let line = workspace.register.summary(of: hit.household)
      let head = line?.headName
      let member = line?.members.first { hit.person == nil ? $0.name == head : $0.person == hit.person }
      let number = member?.idNumber ?? line?.headIDNumber
      return Found(
        household: hit.household, head: head ?? Words.Today.unknownHead,
        village: line.map { Chrome.village(of: $0, workspace) } ?? "",
        member: member?.name.flatMap { $0 == head ? nil : $0 } ?? "", tail: number.map { "*" + $0.suffix(4) } ?? "")
    }
    message = found.isEmpty ? .noneFound : found.count == Limits.foundMax ? .tooMany(found.count) : nil
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Chrome.title(Words.Find.title, workspace), right: "")
    let used = canvas.put(Words.Find.prompt, row: 1, column: 1, style: .label)
    let columns = canvas.width >= 76 ? [1, 14, 40, 54] : [1, 12, 32, 44]
    let titles = Words.Find.columns
    for (column, title) in zip(columns, [titles.head, titles.village, titles.member, titles.number]) {
      canvas.put(title, row: 3, column: column, style: .label)
    }
    let lines = max(1, canvas.body.upperBound - 5)
    let window = cursor.window(count: found.count + 1, lines: lines)
    for (offset, index) in window.enumerated() {
      let isSelected = index == cursor.selected
      if found.indices.contains(index) {
        let hit = found[index]
        let widths = [columns[1] - 3, columns[2] - columns[1] - 2, columns[3] - columns[2] - 2, 6]
        let texts = [hit.head, hit.village, hit.member, hit.tail]
        Chrome.row(
          (0..<4).map { (columns[$0], widths[$0], texts[$0]) }, row: 4 + offset, isSelected: isSelected, on: &canvas)
      } else {
        Chrome.row(
          [(1, canvas.width - 2, "+ " + Words.Find.addByHand)], row: 4 + offset, isSelected: isSelected, on: &canvas)
      }
    }
    canvas.put(line, row: 1, column: 1 + used, columnsMax: canvas.width - used - 3)
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
