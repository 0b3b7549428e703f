// CampaignCadreScreen: whose a village's list is: nobody's in particular, somebody who is known here (`Workspace.people`), or a name
// that is typed.

import Relief
import Terminal

struct CampaignCadreScreen: ListScreen, PromptScreen, RecordScreen {
  enum Row: Equatable, Sendable {
    case nobody, typed
    case person(Author)
  }

  let campaign: Campaign
  let village: Division
  var message: Message?
  private(set) var rows: [Row] = []
  var cursor = ListCursor()
  /// The name, while it is typed.
  private var isTyping = false
  var line = LineEditor("", charactersMax: Limits.promptCharacters)

  init(_ campaign: Campaign, _ village: Division, _ workspace: Workspace) {
    self.campaign = campaign
    self.village = village
    load(workspace)
  }

  var keyContext: KeyContext { isTyping ? .text : .pick }
  var rowCount: Int { rows.count }

  /// Who works in the village first, then village cadres, each by name.
  private mutating func load(_ workspace: Workspace) {
    let people = workspace.people.filter { $0.role.writesVisits && $0.role != .visitor }
    let near = workspace.workers(in: village)
    func key(_ one: Author) -> (Int, Int, String, String) {
      (near.contains(one.person) && one.role == .cadre ? 0 : 1, one.role == .cadre ? 0 : 1, one.name, one.person)
    }
    rows = [.nobody, .typed] + people.sorted { key($0) < key($1) }.map { .person($0) }
    let now = campaign.cadres[village.code]?.person
    stand(on: rows.firstIndex { if case .person(let author) = $0 { author.person == now } else { false } })
  }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    guard isTyping else { return take(input, in: workspace) }
    if case .command(.back) = input {
      isTyping = false
      return Step()
    }
    return typed(input, in: workspace)
  }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    switch command {
    case .accept:
      guard let row = selected(of: rows), let workspace else { return .beep }
      switch row {
      case .nobody: return give(to: nil, workspace)
      case .person(let author): return give(to: CampaignCadre(person: author.person, name: author.name), workspace)
      case .typed:
        isTyping = true
        message = nil
        return Step()
      }
    case .back: return Step(move: .pop)
    case .help: return Step(move: .push(HelpScreen(context: keyContext)))
    default: return .beep
    }
  }

  mutating func accept(_ text: String, in workspace: Workspace?) -> Step {
    guard let workspace else { return .beep }
    return give(to: CampaignCadre(person: text, name: text), workspace)
  }

  private mutating func give(to cadre: CampaignCadre?, _ workspace: Workspace) -> Step {
    // A list on a laptop that does not hold the village is a list nobody walks.
    if let cadre, workspace.cannotSee(village, cadre.person) {
      message = .cannotSeeVillage
      return .beep
    }
    return Step([.write([CampaignRecords.giving(campaign, village, to: cadre, workspace)])])
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title("\(Words.Campaigns.giving)  \(workspace?.register.name(of: village) ?? village.code)", right: campaign.name)
    Chrome.header([(1, Words.Forms.columns.number), (7, Words.Campaigns.cadre)], on: &canvas)
    let window = cursor.window(count: rows.count, lines: max(1, canvas.body.count - 3))
    for (offset, index) in window.enumerated() {
      let texts: (String, String) =
        switch rows[index] {
        case .nobody: (Words.Campaigns.nobodys, "")
        case .typed: (Words.Campaigns.typedName, "")
        case .person(let author): (author.name, Words.Cases.role(author.role))
        }
      Chrome.row(
        [(1, 4, VisitScreen.right(index + 1, 4)), (7, 24, texts.0), (33, canvas.width - 35, texts.1)],
        row: canvas.body.lowerBound + 1 + offset, isSelected: index == cursor.selected, on: &canvas)
    }
    if isTyping {
      let row = canvas.body.upperBound - 1
      let used = canvas.put(Words.Campaigns.nameLabel, row: row, column: 2, style: .label)
      canvas.put(line, row: row, column: 2 + used, columnsMax: canvas.width - used - 4)
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound + 1, column: 0) }
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
