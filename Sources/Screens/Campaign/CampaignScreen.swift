// CampaignScreen: one campaign: what is planned, and how far a round of it is, as bars and figures: by township, by village, by
// cadre. F10 makes the lists that are due, F5 gives a village's list to somebody, F8 ends it, Left and Right turn to another round.

import Relief
import Terminal

struct CampaignScreen: ListScreen {
  /// What a line stands for.
  struct Row: Equatable, Sendable {
    var name: String
    /// Nil for a cadre's line.
    var division: Division?
    var figures: CampaignFigures
    var cadre: String
    var due: Int
  }

  let id: String
  var message: Message?
  private(set) var campaign: Campaign?
  private(set) var progress: CampaignProgress?
  private(set) var rows: [Row] = []
  var cursor = ListCursor()
  /// 1 is the first; nil: the round of the day.
  private var number: Int?
  private var township: Division?
  private(set) var isByPeople = false
  private var whenWritten: Message?

  init(_ id: String, _ workspace: Workspace) {
    self.id = id
    load(workspace)
  }

  var keyContext: KeyContext { .campaign }
  var rowCount: Int { rows.count }

  private mutating func load(_ workspace: Workspace) {
    guard let today = CivilDate(workspace.today), let division = workspace.division,
      let campaign = workspace.register.campaign(id)
    else { return }
    self.campaign = campaign
    let round = number.flatMap { campaign.round($0) } ?? campaign.round(on: today) ?? campaign.round(1)
    progress = round.map { workspace.register.progress(of: campaign, $0, on: today, in: division) }
    let selected = selected(of: rows)
    rows = Self.rows(progress, township: township, isByPeople: isByPeople, workspace)
    stand(on: rows.firstIndex { $0.division == selected?.division && $0.name == selected?.name })
  }

  /// Townships, but where there is one, its villages at once.
  private static func rows(
    _ progress: CampaignProgress?, township: Division?, isByPeople: Bool, _ workspace: Workspace
  ) -> [Row] {
    guard let progress else { return [] }
    if isByPeople {
      return progress.people.map {
        Row(name: $0.cadre?.name ?? Words.Campaigns.nobodys, division: nil, figures: $0.figures, cadre: "", due: 0)
      }
    }
    let only = progress.townships.count == 1 ? progress.townships[0].division : township
    let villages = only.flatMap { only in progress.townships.first { $0.division == only }?.villages }
    return (villages ?? progress.townships).map { row in
      Row(
        name: workspace.register.name(of: row.division) ?? row.division.code, division: row.division, figures: row.figures,
        cadre: row.cadre?.name ?? "", due: row.due)
    }
  }

  // MARK: Keys

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    guard let workspace else { return .beep }
    switch command {
    case .accept: return open(workspace)
    case .totals:
      isByPeople.toggle()
      township = nil
      return anew(workspace)
    case .nextRound, .previousRound: return turn(by: command == .nextRound ? 1 : -1, workspace)
    case .writeList: return make(workspace)
    case .giveList: return give(workspace)
    case .endCampaign:
      guard let campaign, workspace.plans(campaign) else { return refuse(.notYours) }
      guard campaign.ended == nil else { return refuse(.isOver) }
      return Step(move: .push(CampaignEndScreen(campaign)))
    case .print:
      guard progress != nil else { return .beep }
      return Step([.print(title: Words.Campaigns.title, text: paper(workspace))])
    case .back:
      guard township != nil || isByPeople else { return Step(move: .pop) }
      township = nil
      isByPeople = false
      return anew(workspace)
    case .help: return Step(move: .push(HelpScreen(context: keyContext)))
    default: return .beep
    }
  }

  private mutating func anew(_ workspace: Workspace) -> Step {
    cursor = ListCursor()
    message = nil
    load(workspace)
    return Step()
  }

  private mutating func refuse(_ refusal: CampaignRefusal) -> Step {
    message = .campaignRefused(refusal)
    return .beep
  }

  private mutating func open(_ workspace: Workspace) -> Step {
    guard let division = selected(of: rows)?.division, division.level == .township else { return .beep }
    township = division
    return anew(workspace)
  }

  /// Rounds that have begun; before the first day the first.
  private mutating func turn(by step: Int, _ workspace: Workspace) -> Step {
    guard let campaign, let progress, let today = CivilDate(workspace.today) else { return .beep }
    let next = progress.round.number + step
    guard 1...max(1, campaign.rounds(on: today).count) ~= next, next != progress.round.number else { return .beep }
    number = next
    return anew(workspace)
  }

  private mutating func make(_ workspace: Workspace) -> Step {
    switch CampaignRecords.making(campaign, workspace) {
    case .failure(let refusal): return refuse(refusal)
    case .success(let lists):
      whenWritten = .listed(lists.households)
      return Step([.write(lists.records)])
    }
  }

  private mutating func give(_ workspace: Workspace) -> Step {
    guard let campaign, let village = selected(of: rows)?.division, village.level == .village else {
      message = .chooseVillage
      return .beep
    }
    guard workspace.identity.role.writes(.campaign), workspace.identity.reaches(village.code) else { return refuse(.notYours) }
    guard campaign.ended == nil else { return refuse(.isOver) }
    whenWritten = .listGiven
    return Step(move: .push(CampaignCadreScreen(campaign, village, workspace)))
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .opened, .finished, .written:
      if let workspace { load(workspace) }
      if case .written = event { message = whenWritten }
      whenWritten = nil
    case .notWritten(let fault):
      whenWritten = nil
      message = .saveFailed(fault)
    case .printed: message = .printed
    case .notPrinted(let status): message = .notPrinted(Int(status))
    default: break
    }
    return Step()
  }

  // MARK: Drawing

  /// 已走访 as # and 未遇 as -, of 应走访.
  static func bar(_ figures: CampaignFigures, columns: Int) -> String {
    guard figures.planned > 0 else { return "" }
    let visited = figures.visited * columns / figures.planned
    let gone = (figures.visited + figures.notMet) * columns / figures.planned
    return String(repeating: "#", count: visited) + String(repeating: "-", count: gone - visited)
      + String(repeating: ".", count: columns - gone)
  }

  private func paper(_ workspace: Workspace) -> String {
    guard let campaign, let progress else { return "" }
    let table = PlainTable(
      heading: ["\(Words.Campaigns.title) \(campaign.name) \(workspace.today) \(workspace.identity.name)"]
        + [Words.Campaigns.planner(campaign)] + Words.Campaigns.plan(campaign, progress.round, on: CivilDate(workspace.today)),
      columns: [PlainTable.Column(Words.Desk.place, width: 14)]
        + Words.Campaigns.figures.map { PlainTable.Column($0, width: 6, isRight: true) }
        + [PlainTable.Column(Words.Campaigns.cadre, width: 10)],
      rows: rows.map { [$0.name] + Words.Campaigns.cells($0.figures) + [$0.due > 0 ? Words.Campaigns.listDue : $0.cadre] }
        + [[Words.Evening.all] + Words.Campaigns.cells(progress.all) + [""]])
    return table.lines(linesMax: 60, width: PaperWidth.of).joined(separator: "\n") + "\n"
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    guard let campaign, let progress else { return }
    let place = township.map { workspace?.register.name(of: $0) ?? $0.code } ?? ""
    canvas.title("\(Words.Campaigns.title)  \(campaign.name)  \(place)", right: Words.Campaigns.planner(campaign))
    var line = canvas.body.lowerBound
    for text in Words.Campaigns.plan(campaign, progress.round, on: workspace.flatMap { CivilDate($0.today) }) {
      canvas.put(text, row: line, column: 1, columnsMax: canvas.width - 2, style: .value)
      line += 1
    }
    let last = canvas.body.upperBound - 1
    let bar = max(6, canvas.width - 54)
    let figures = 15 + bar
    let titles = [(1, isByPeople ? Words.Campaigns.cadre : Words.Desk.place), (14, Words.Campaigns.columns[4])]
      + Words.Campaigns.shortFigures.enumerated().map { (figures + $0.offset * 5, $0.element) }
      + [(figures + 31, Words.Campaigns.cadre)]
    for (column, title) in titles.dropLast(isByPeople ? 1 : 0) { canvas.put(title, row: line, column: column, style: .label) }
    let window = cursor.window(count: rows.count, lines: max(1, last - line - 1))
    for (offset, index) in window.enumerated() {
      let row = rows[index]
      let isUnmade = row.due > 0 && row.figures.planned == 0
      let cells = Words.Campaigns.shortCells(row.figures).enumerated().map {
        (figures + $0.offset * 5, 4, VisitScreen.right($0.element, 4))
      }
      Chrome.row(
        [(1, 12, row.name), (14, bar, isUnmade ? Words.Campaigns.listDue : Self.bar(row.figures, columns: bar))] + cells
          + [(figures + 31, 8, row.cadre)],
        row: line + 1 + offset, isSelected: index == cursor.selected, on: &canvas)
    }
    canvas.put(Words.Campaigns.summary(progress), row: last, column: 1, columnsMax: canvas.width - 2, style: .value)
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: line + 1, column: 0) }
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
