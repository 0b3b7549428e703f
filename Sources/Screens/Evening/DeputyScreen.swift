// DeputyScreen: 代理审核: a supervisor who will be away names who reviews in their place, from which day and for how many. Enter on a
// person asks for the days; Enter on somebody who stands in already takes it back.

import Relief
import Terminal

struct DeputyScreen: ListScreen {
  struct Row: Equatable, Sendable {
    var person: Author
    /// They stand in already, or will: a record for each division.
    var deputies: [Deputy] = []
    var deputy: Deputy? { deputies.first }
  }

  var message: Message?
  private(set) var rows: [Row] = []
  var cursor = ListCursor()
  /// How many days, while they are typed.
  private var days: LineEditor?

  init(_ workspace: Workspace?) { if let workspace { load(workspace) } }

  var keyContext: KeyContext { days == nil ? .pick : .text }

  /// Everybody known here who may stand in, by name; who stands in for this person comes first.
  private mutating func load(_ workspace: Workspace) {
    let own = workspace.identity.person
    let today = CivilDate(workspace.today)
    let standing = workspace.register.givenDeputies.filter { deputy in
      deputy.for == own && (today.map { $0 <= deputy.to } ?? true)
    }
    rows = workspace.people.filter { $0.person != own && Deputy.mayStandIn($0.role) }
      .map { person in Row(person: person, deputies: Self.post(of: person.person, in: standing)) }
      .sorted { left, right in
        let one = (left.deputy == nil ? 1 : 0, left.person.name, left.person.person)
        return one < (right.deputy == nil ? 1 : 0, right.person.name, right.person.person)
      }
    stand(on: nil)
    if rows.isEmpty { message = .nobodyToStandIn }
  }

  /// What one Enter gave, in every division; the oldest, if there are several. Given and taken back as one.
  private static func post(of person: String, in standing: [Deputy]) -> [Deputy] {
    let own = standing.filter { $0.person == person }
    return own.filter { $0.from == own[0].from && $0.to == own[0].to }
  }

  var rowCount: Int { rows.count }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    days == nil ? take(input, in: workspace) : typeDays(input, workspace)
  }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    switch command {
    case .accept:
      guard rows.indices.contains(cursor.selected), let workspace else { return .beep }
      let standing = rows[cursor.selected].deputies
      if !standing.isEmpty { return Step([.write(NewRecord.ending(standing, workspace))]) }
      days = LineEditor("1", charactersMax: Limits.deputyDayCharacters, replacesOnFirstKey: true)
      return Step()
    case .back: return Step(move: .pop)
    case .help: return Step(move: .push(HelpScreen(context: .pick)))
    default: return .beep
    }
  }

  private mutating func typeDays(_ input: Input, _ workspace: Workspace?) -> Step {
    guard var line = days, let workspace else { return .beep }
    switch input {
    case .command(.back):
      days = nil
      return Step()
    case .command(.accept):
      guard let count = Int(line.text), 1...Limits.deputyDaysMax ~= count, let today = CivilDate(workspace.today),
        let last = today.adding(days: count - 1), rows.indices.contains(cursor.selected)
      else {
        message = .deputyDays(Limits.deputyDaysMax)
        return .beep
      }
      return Step([.write(NewRecord.deputy(rows[cursor.selected].person, from: today, to: last, workspace))])
    case .command(.clear): line = LineEditor("", charactersMax: Limits.deputyDayCharacters)
    case .command(.help): return Step(move: .push(HelpScreen(context: .text)))
    case .key(let key): if !line.apply(key) { return .beep }
    case .idle, .leaving: break
    case .command, .paste: return .beep
    }
    days = line
    message = nil
    return Step()
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .written:
      days = nil
      if let workspace { load(workspace) }
      message = .deputySaved
    case .notWritten(let fault): message = .saveFailed(fault)
    case .opened: if let workspace { load(workspace) }
    default: break
    }
    return Step()
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Chrome.title(Words.Evening.deputyTitle, workspace), right: "")
    Chrome.header([(1, Words.Forms.columns.number), (7, Words.Evening.deputyName), (20, Words.Evening.deputyState)], on: &canvas)
    let window = cursor.window(count: rows.count, lines: max(1, canvas.body.count - 3))
    for (offset, index) in window.enumerated() {
      let row = rows[index]
      let state = row.deputy.map { Words.Evening.standsIn($0.from, $0.to) } ?? Words.Cases.role(row.person.role)
      Chrome.row(
        [(1, 4, VisitScreen.right(index + 1, 4)), (7, 12, row.person.name), (20, canvas.width - 22, state)],
        row: canvas.body.lowerBound + 1 + offset, isSelected: index == cursor.selected, on: &canvas)
    }
    if let days {
      let row = canvas.body.upperBound - 1
      let used = canvas.put(Words.Evening.deputyDays, row: row, column: 2, style: .label)
      canvas.put(days, row: row, column: 2 + used, columnsMax: 6)
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound + 1, column: 0) }
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}

extension NewRecord {
  /// 代理: both days are included. One for each division of the grant: a record reaches only who works in the one it is filed under.
  static func deputy(_ deputy: Author, from: CivilDate, to: CivilDate, _ workspace: Workspace) -> [NewRecord] {
    let body = ["for": workspace.identity.person, "person": deputy.person, "from": from.description, "to": to.description]
    return workspace.identity.scopes.map { NewRecord(.deputy, division: $0, body: body) }
  }

  /// The post is taken back: the records that gave it hold no more. Each is filed where the one was that it ends.
  static func ending(_ deputies: [Deputy], _ workspace: Workspace) -> [NewRecord] {
    deputies.map { deputy in
      NewRecord(.withdrawal, division: deputy.division, supersedes: [deputy.record], body: ["reason": Words.Evening.deputyEnded])
    }
  }
}
