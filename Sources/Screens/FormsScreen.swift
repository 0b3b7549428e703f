// FormsScreen: 办事: what else can be written down, for one household or for none. The forms say themselves what they are about
// (`zf:about`), where they stand in the menu (`zf:order`) and which record they become; what this person's role may not write is not shown.

import Relief
import Terminal
import XForm

struct FormsScreen: ListScreen {
  let household: String?
  var message: Message?
  private(set) var rows: [FormKey] = []
  /// Whether this person may name who reviews in their place: the last line of the menu.
  private var namesDeputies = false
  private var titles: [String] = []
  var cursor = ListCursor()

  init(household: String?, _ workspace: Workspace?) {
    self.household = household
    if let workspace { load(workspace) }
  }

  var keyContext: KeyContext { .pick }

  private mutating func load(_ workspace: Workspace) {
    let forms = workspace.otherForms.filter { form in
      guard form.order != nil, workspace.identity.role.writes(form.recordType) else { return false }
      switch form.subject {
      case .any: return true
      case .household: return household != nil
      case .none: return household == nil
      }
    }
    rows = forms.map(\.key)
    titles = forms.map(\.definition.title)
    namesDeputies = household == nil && workspace.identity.role.writes(.deputy)
    if namesDeputies { titles.append(Words.Evening.deputyTitle) }
    cursor.selected = min(cursor.selected, max(0, titles.count - 1))
    if titles.isEmpty { message = .noForms }
  }

  var rowCount: Int { titles.count }

  /// The number alone opens a form; one that another digit could follow waits for it, or for Enter.
  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    let step = take(input, in: workspace)
    guard case .key(.character) = input, let number = Int(cursor.digits), number * 10 > rowCount else { return step }
    message = nil
    cursor.forgetDigits()
    return obey(.accept, in: workspace)
  }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    switch command {
    case .accept:
      if namesDeputies, cursor.selected == rows.count { return Step(move: .push(DeputyScreen(workspace))) }
      guard rows.indices.contains(cursor.selected) else { return .beep }
      return Step(move: .open(.form(id: rows[cursor.selected].id, household: household, presets: [:])))
    case .back: return Step(move: .pop)
    case .help: return Step(move: .push(HelpScreen(context: .pick)))
    default: return .beep
    }
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    if let workspace, case .opened = event { load(workspace) }
    return Step()
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    let known = household.flatMap { workspace?.register.household($0) }
    canvas.title(known?.headName.map { Words.Forms.title + " " + $0 } ?? Words.Forms.title, right: "")
    Chrome.header([(1, Words.Forms.columns.number), (7, Words.Forms.columns.name)], on: &canvas)
    let window = cursor.window(count: titles.count, lines: max(1, canvas.body.count - 1))
    for (offset, index) in window.enumerated() {
      Chrome.row(
        [(1, 4, VisitScreen.right(index + 1, 4)), (7, canvas.width - 8, titles[index])],
        row: canvas.body.lowerBound + 1 + offset, isSelected: index == cursor.selected, on: &canvas)
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound + 1, column: 0) }
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
