// CampaignsScreen: 专项排查: what was planned, a line each, with how far it is and how many lists are due; F6 plans one, F10 makes the
// lists that are due, Enter opens one.

import Relief
import Terminal

struct CampaignsScreen: ListScreen {
  struct Row: Equatable, Sendable {
    var campaign: Campaign
    var state: CampaignState
    /// The round that runs or ran last; of one that has not begun the first.
    var round: CampaignRound?
    var figures: CampaignFigures
    var due: Int
  }

  var message: Message?
  private(set) var rows: [Row] = []
  var cursor = ListCursor()
  private var whenWritten: Message?

  init(_ workspace: Workspace?) { if let workspace { load(workspace) } }

  var keyContext: KeyContext { .campaigns }
  var rowCount: Int { rows.count }

  private mutating func load(_ workspace: Workspace) {
    guard let today = CivilDate(workspace.today), let division = workspace.division else { return }
    let known = Set(rows.map(\.campaign.id))
    var selected = selected(of: rows)?.campaign.id
    rows = CampaignRecords.all(workspace).prefix(Limits.campaignsMax).map { campaign in
      let round = campaign.round(on: today)
      let progress = round.map { workspace.register.progress(of: campaign, $0, on: today, in: division) }
      return Row(
        campaign: campaign, state: campaign.state(on: today), round: round ?? campaign.round(1),
        figures: progress?.all ?? CampaignFigures(), due: progress?.due ?? 0)
    }
    // Whoever planned one goes on with it.
    if !known.isEmpty, let new = rows.first(where: { !known.contains($0.campaign.id) }) { selected = new.campaign.id }
    stand(on: rows.firstIndex { $0.campaign.id == selected })
    if rows.isEmpty { message = .noCampaigns }
  }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    switch command {
    case .accept:
      guard let row = selected(of: rows), let workspace else { return .beep }
      message = nil
      return Step(move: .push(CampaignScreen(row.campaign.id, workspace)))
    case .planCampaign:
      guard let workspace, workspace.identity.role.writes(.campaign) else {
        message = .campaignRefused(.notYours)
        return .beep
      }
      message = nil
      return CampaignPlanScreen(workspace).map { Step(move: .push($0)) } ?? .beep
    case .writeList:
      switch CampaignRecords.making(selected(of: rows)?.campaign, workspace) {
      case .failure(let refusal):
        message = rows.isEmpty ? .noCampaigns : .campaignRefused(refusal)
        return .beep
      case .success(let lists):
        whenWritten = .listed(lists.households)
        return Step([.write(lists.records)])
      }
    case .back: return Step(move: .pop)
    case .help: return Step(move: .push(HelpScreen(context: keyContext)))
    default: return .beep
    }
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .opened, .finished, .written:
      message = nil
      if let workspace { load(workspace) }
      if case .written = event, let words = whenWritten { message = words }
      whenWritten = nil
    case .notWritten(let fault):
      whenWritten = nil
      message = .saveFailed(fault)
    default: break
    }
    return Step()
  }

  // MARK: Drawing

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Chrome.title(Words.Campaigns.title, workspace), right: "")
    let isWide = canvas.width >= 76
    let wide = [(7, 17), (26, 8), (36, 12), (50, 9), (61, 10), (73, 5)]
    let places = isWide ? wide : [(7, 15), (24, 8), (0, 0), (34, 9), (0, 0), (45, 6)]
    Chrome.header(zip(places, Words.Campaigns.columns).filter { $0.0.1 > 0 }.map { ($0.0.0, $0.1) }, on: &canvas)
    let window = cursor.window(count: rows.count, lines: max(1, canvas.body.count - 1))
    for (offset, index) in window.enumerated() {
      let row = rows[index]
      let texts = [
        row.campaign.name, Words.Campaigns.state(row.state), row.round.map(Words.Campaigns.shortDays) ?? "",
        "\(row.figures.visited)/\(row.figures.planned)", CampaignScreen.bar(row.figures, columns: 10),
        row.due > 0 ? Words.Campaigns.due(row.due) : "",
      ]
      Chrome.row(
        [(1, 4, VisitScreen.right(index + 1, 4))] + zip(places, texts).map { ($0.0, $0.1, $1) },
        row: canvas.body.lowerBound + 1 + offset, isSelected: index == cursor.selected, on: &canvas)
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound + 1, column: 0) }
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
