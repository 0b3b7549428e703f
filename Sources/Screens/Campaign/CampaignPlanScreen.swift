// CampaignPlanScreen: a campaign is planned on one page: name and days are typed, the schedule turned, kinds and villages ticked;
// F10 writes it. A form of the engine chooses one of a list and repeats rows; here three hundred villages are ticked, a township at
// once.

import Relief
import Terminal

struct CampaignPlanScreen: ListScreen, RecordScreen {
  enum Row: Equatable, Sendable {
    case name, from, to, schedule
    case kind(SweepReason)
    case township(Division)
    case village(Division)

    var isTyped: Bool { [.name, .from, .to].contains(self) }
  }

  var message: Message?
  private(set) var plan: CampaignPlan
  private(set) var rows: [Row] = []
  private(set) var chosen: Set<Division> = []
  var cursor = ListCursor()
  /// What is typed into the selected row.
  private var line: LineEditor?
  private var isEndTyped = false
  /// As the screen opened.
  private let begun: (plan: CampaignPlan, chosen: Set<Division>)
  /// Villages by the township's code, and the divisions this person works in.
  private let villages: [String: [Division]]
  private let scopes: [Division]

  init?(_ workspace: Workspace) {
    guard let today = CivilDate(workspace.today) else { return nil }
    let every = workspace.rules.clocks.sweepPeriodMonths
    scopes = workspace.identity.scopes.compactMap { Division($0) }
    plan = CampaignPlan(
      name: "", from: today, to: today.adding(days: Limits.campaignDaysAtFirst - 1) ?? today,
      everyMonths: CampaignPlan.schedules.contains(every) ? every : nil)
    let known = scopes.flatMap { scope in
      scope.level == .village ? [scope] : workspace.register.divisions(in: scope).map(\.code).filter { $0.level == .village }
    }
    chosen = Set(known)
    begun = (plan, chosen)
    villages = Dictionary(grouping: chosen.sorted { $0.code < $1.code }) { String($0.code.prefix(9)) }
    rows = [.name, .from, .to, .schedule] + CampaignPlan.kinds.map(Row.kind)
    for code in villages.keys.sorted() {
      if villages.count > 1, let township = Division(code) { rows.append(.township(township)) }
      rows += (villages[code] ?? []).map(Row.village)
    }
    if chosen.isEmpty { message = .noVillages }
  }

  var keyContext: KeyContext { line == nil ? .campaignPlan : .text }
  var rowCount: Int { rows.count }

  /// The places as the plan says them: whole townships and the whole scope where all of it is ticked.
  static func places(_ chosen: Set<Division>, _ villages: [String: [Division]], scopes: [Division]) -> [Division] {
    var places: [Division] = []
    for scope in scopes {
      let own = villages.values.joined().filter { scope.contains($0) }
      guard !own.isEmpty else { continue }
      if chosen.isSuperset(of: own) {
        places.append(scope)
        continue
      }
      for (code, all) in villages where all.contains(where: { scope.contains($0) }) {
        if let township = Division(code), scope.contains(township), chosen.isSuperset(of: all) {
          places.append(township)
        } else {
          places += all.filter { chosen.contains($0) && scope.contains($0) }
        }
      }
    }
    return Set(places).sorted { $0.code < $1.code }
  }

  // MARK: Keys

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    line == nil ? take(input, in: workspace) : type(input, workspace)
  }

  mutating func obey(_ command: Command, in workspace: Workspace?) -> Step {
    switch command {
    case .mark: return mark()
    case .writePlan: return write(workspace)
    case .back: return leave()
    case .help: return Step(move: .push(HelpScreen(context: keyContext)))
    default: return .beep
    }
  }

  /// What was typed is not thrown away by one key too many.
  private mutating func leave() -> Step {
    guard (plan != begun.plan || chosen != begun.chosen), message != .planUnsaved else { return Step(move: .pop) }
    message = .planUnsaved
    return .beep
  }

  private mutating func mark() -> Step {
    guard let row = selected(of: rows) else { return .beep }
    message = nil
    switch row {
    case .name, .from, .to:
      line = LineEditor(value(row), charactersMax: Limits.campaignNameCharacters, replacesOnFirstKey: row != .name)
      return Step()
    case .schedule:
      let all = CampaignPlan.schedules
      plan.everyMonths = all[((all.firstIndex(of: plan.everyMonths) ?? 0) + 1) % all.count]
      return Step()
    case .kind(let kind): plan.kinds.formSymmetricDifference([kind])
    case .township(let township):
      let all = Set(villages[township.code] ?? [])
      chosen = chosen.isSuperset(of: all) ? chosen.subtracting(all) : chosen.union(all)
    case .village(let village): chosen.formSymmetricDifference([village])
    }
    _ = cursor.move(.down, count: rows.count)
    return Step()
  }

  private mutating func write(_ workspace: Workspace?) -> Step {
    guard let workspace, let today = CivilDate(workspace.today) else { return .beep }
    plan.places = Self.places(chosen, villages, scopes: scopes)
    let taken: Set = [Words.Sweep.campaign, Words.Sweep.byHand]
    if let problem = plan.problem(on: today, scopes: scopes, namesTaken: taken, in: workspace.register) {
      message = .campaignProblem(problem)
      return .beep
    }
    return CampaignRecords.plan(plan, workspace).map { Step([.write([$0])]) } ?? .beep
  }

  private mutating func type(_ input: Input, _ workspace: Workspace?) -> Step {
    guard var line, let row = selected(of: rows) else { return .beep }
    switch input {
    case .command(.back):
      self.line = nil
      message = nil
      return Step()
    case .command(.accept), .command(.next): return take(line.text, for: row, workspace)
    case .command(.clear): line = LineEditor("", charactersMax: Limits.campaignNameCharacters)
    case .command(.help): return Step(move: .push(HelpScreen(context: .text)))
    case .key(let key): if !line.apply(key) { return .beep }
    case .paste(let text):
      message = line.paste(text)
      self.line = line
      return message == nil ? Step() : .beep
    case .idle, .leaving: break
    case .command: return .beep
    }
    self.line = line
    message = nil
    return Step()
  }

  private mutating func take(_ text: String, for row: Row, _ workspace: Workspace?) -> Step {
    if row == .name {
      plan.name = Folding.trimmed(text)
    } else {
      let typed = TypedDate(Folding.folded(text), today: workspace?.today ?? "")
      guard let day = typed.flatMap({ CivilDate($0.description) }) else {
        message = .notDate
        return .beep
      }
      if row == .from {
        // Whoever puts the beginning off means as many days, unless they have said when it ends.
        let days = plan.to.dayNumber - plan.from.dayNumber
        plan.from = day
        if !isEndTyped { plan.to = day.adding(days: days) ?? plan.to }
      } else {
        plan.to = day
        isEndTyped = true
      }
    }
    line = nil
    message = nil
    _ = cursor.move(.down, count: rows.count)
    return Step()
  }

  // MARK: Drawing

  private func value(_ row: Row) -> String {
    switch row {
    case .name: plan.name
    case .from: plan.from.description
    case .to: plan.to.description
    case .schedule: Words.Campaigns.schedule(plan.everyMonths)
    case .kind(let kind): mark(plan.kinds.contains(kind))
    case .township(let township): mark(chosen.isSuperset(of: villages[township.code] ?? []))
    case .village(let village): mark(chosen.contains(village))
    }
  }

  private func mark(_ isOn: Bool) -> String { isOn ? Words.Sweep.chosen : Words.Sweep.left }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Chrome.title(Words.Campaigns.planning, workspace), right: Words.Campaigns.villageCount(chosen.count))
    let window = cursor.window(count: rows.count, lines: max(1, canvas.body.count))
    for (offset, index) in window.enumerated() {
      let row = rows[index]
      let screenRow = canvas.body.lowerBound + offset
      let isTyped = line != nil && index == cursor.selected
      Chrome.row(
        [
          (1, 4, VisitScreen.right(index + 1, 4)), (7, 26, Words.Campaigns.label(row, workspace)),
          (35, canvas.width - 37, isTyped ? "" : value(row)),
        ],
        row: screenRow, isSelected: index == cursor.selected && !isTyped, on: &canvas)
      if isTyped, let line { canvas.put(line, row: screenRow, column: 35, columnsMax: canvas.width - 37) }
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound, column: 0) }
    canvas.message(message)
    canvas.hints(in: keyContext)
  }
}
