// LedgersScreen: 台账: what waits and how long, slips to departments, the township's reserve fund, red matters. One list of lines each,
// opened by digit, printable; Enter on a line opens what ends it: the answer to a slip, the 补充说明, the household's cases. A red record
// is read with Enter and acknowledged with its own key.

import Relief
import Terminal

enum Ledger: Int, CaseIterable, Sendable {
  case warnings = 0, waiting, referrals, reserve, red, needs, stale, groups, team, clashes

  struct Line: Equatable, Sendable {
    var cells: [String]
    var household: String?
    var isLate = false
    /// What the line waits for, where a form ends it.
    var open: OpenMatter?
    /// A red record that nobody acknowledged.
    var red: String?
    var warning: String?
  }

  /// The lines of a ledger over everything this person may see.
  func lines(_ workspace: Workspace) -> [Line] {
    guard let today = CivilDate(workspace.today), let division = workspace.division else { return [] }
    let register = workspace.register
    switch self {
    case .warnings:
      return register.openWarnings(in: division, on: today, workspace.rules).map { warning in
        let deadline = warning.deadline(workspace.rules)
        return Line(
          cells: [
            "\(Words.Warnings.level(warning.level(on: today, workspace.rules))) \(Words.Warnings.state(warning))",
            Self.head(warning.household, workspace), Words.Warnings.models(warning),
            deadline.map { $0.due?.description ?? Words.Cases.missing($0) } ?? "",
            Words.Cases.overdue(deadline?.overdueDays(on: today) ?? 0),
          ], household: warning.household, isLate: warning.isOverdue(on: today, workspace.rules), warning: warning.id)
      }
    case .waiting:
      return register.ageing(on: today, in: division, workspace.rules).map { row in
        Line(
          cells: [
            Words.Cases.ageing(row.kind), Self.head(row.household, workspace), row.track.map(Words.Cases.track) ?? "",
            row.deadline.due?.description ?? Words.Cases.missing(row.deadline), Words.Cases.overdue(row.deadline.overdueDays(on: today)),
          ], household: row.household, isLate: row.deadline.isOverdue(on: today), open: Self.open(row))
      }
    case .referrals:
      return register.referralsToChase(on: today, in: division, workspace.rules).map { slip in
        let deadline = slip.deadline(workspace.rules)
        return Line(
          cells: [
            slip.number ?? "", Self.head(slip.household, workspace), Words.Cases.department(slip.department ?? ""),
            deadline.due?.description ?? Words.Cases.missing(deadline),
            slip.stage == .sent ? Words.Cases.noReceipt : Words.Cases.overdue(deadline.overdueDays(on: today)),
          ], household: slip.household, isLate: deadline.isOverdue(on: today),
          open: OpenMatter(matter: .referral, entity: slip.id, text: ""))
      }
    case .reserve:
      return Self.townships(workspace).flatMap { register.reserve(of: $0).lines }.map { line in
        Line(
          cells: [
            line.date?.description ?? "", Self.head(line.household, workspace), Words.Cases.reserve(line.kind),
            Money(fen: line.changeFen).yuan, Money(fen: line.balanceFen).yuan,
          ], household: line.household, isLate: line.isOverdrawn)
      }
    case .red:
      return register.redMatters(in: division, now: workspace.now, workspace.rules.clocks).map { matter in
        let record = register.record(matter.record)
        return Line(
          cells: [
            String(record?.wall.prefix(16).replacing("T", with: " ") ?? ""), Self.head(matter.household, workspace),
            record.map { Words.Cases.recordKind($0.type) } ?? "", record?.author.name ?? "", Self.red(matter, register),
          ], household: matter.household, isLate: Self.isLate(matter.stage), red: matter.record)
      } + Self.coordination(division, workspace)
    case .needs:
      return Self.needs(workspace).map { Self.lines($0, workspace) } ?? []
    case .stale:
      return register.stale(in: division, on: today, months: workspace.rules.clocks.sweepPeriodMonths).map { row in
        Line(
          cells: [
            row.lastMet?.description ?? Words.Cases.neverMet, Self.head(row.household, workspace),
            register.name(of: row.division) ?? row.division.code, register.value("group", of: FactList.household, row.household) ?? "",
            row.lastMet.map { Words.Cases.days(today.dayNumber - $0.dayNumber) } ?? "",
          ], household: row.household)
      }
    case .groups:
      return register.groups(in: division, on: today).map { count in
        Line(cells: [Words.Cases.group(count.group)] + [count.households, count.persons, count.rural, count.urban].map(String.init))
      }
    case .team: return Self.team(division, today, register)
    case .clashes: return register.personClashes(in: division).map { Self.line($0, workspace) }
    }
  }

  /// Each has a fund of its own; a scope wider than a township stands for itself.
  private static func townships(_ workspace: Workspace) -> [Division] {
    workspace.identity.scopes.compactMap { Division($0) }.map { Division(String($0.code.prefix(9))) ?? $0 }
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Needs without identity (R60). Their order tells nothing: the random source of this machine shuffles within a kind.
  static func needs(_ workspace: Workspace) -> CharityNeeds? {
    guard let today = CivilDate(workspace.today), let division = workspace.division else { return nil }
    var random = SystemRandomNumberGenerator()
    return workspace.register.charityNeeds(in: division, on: today, using: &random)
  }

  static func lines(_ needs: CharityNeeds, _ workspace: Workspace) -> [Line] {
    needs.rows.map { row in
      Line(
        cells: [
          String(row.number), Division(row.township).flatMap { workspace.register.name(of: $0) } ?? row.township,
          Words.Cases.need(row.need), Words.DayList.urgency(row.urgency),
          Words.Cases.family(size: row.size, withChildren: row.withChildren),
        ])
    }
  }

  /// What it waits for, and what became of it meanwhile.
  private static func red(_ matter: RedMatter, _ register: Register) -> String {
    let stage = Words.Cases.red(matter.stage)
    switch matter.fate {
    case .holds: return stage
    case .lowered: return Words.Cases.lowered(stage)
    case .withdrawn(let by): return Words.Cases.withdrawn(stage, reason: register.record(by)?.body["reason"])
    }
  }

  /// Overdue is only what had a time to be seen by: where nobody has set one, nothing is late.
  private static func isLate(_ stage: RedMatter.Stage) -> Bool {
    if case .county = stage { true } else { false }
  }

  /// 县级协调 (R54): what was sent up and has no outcome yet.
  private static func coordination(_ division: Division, _ workspace: Workspace) -> [Line] {
    let labels = CodeLabels(workspace)
    return workspace.register.emergencies(in: division).filter(\.awaitsCounty).map { emergency in
      let record = emergency.records.first.flatMap { workspace.register.record($0) }
      let kind = emergency.kind.map { labels.value($0, list: FactList.emergency, property: "kind") } ?? Words.Cases.recordKind(.emergency)
      return Line(
        cells: [
          emergency.date?.description ?? "", head(emergency.household, workspace), kind, record?.author.name ?? "",
          Words.Cases.awaitsCounty(emergency.entity.value("escalated_reason")),
        ], household: emergency.household, open: OpenMatter(matter: .emergency, entity: emergency.id, text: ""))
    }
  }

  /// 专班: who is in it today.
  private static func team(_ division: Division, _ today: CivilDate, _ register: Register) -> [Line] {
    register.team(in: division, on: today).map { member in
      let place = member.value("division").flatMap { Division($0) }
      return Line(
        cells: [
          member.value("post") ?? "", member.value("name") ?? "", place.flatMap { register.name(of: $0) } ?? place?.code ?? "",
          member.value("phone") ?? "", member.value("from") ?? "",
        ])
    }
  }

  /// 重号重户: who stands in the register twice, and where. Enter opens the first household.
  private static func line(_ clash: PersonClash, _ workspace: Workspace) -> Line {
    let register = workspace.register
    let names = clash.persons.map { person in
      register.value("name", of: FactList.person, person).map(Chrome.masked(name:)) ?? Words.Today.unknownHead
    }
    let villages = clash.households.map { household in
      register.summary(of: household)?.division.map { register.name(of: $0) ?? $0.code } ?? ""
    }
    return Line(
      cells: [
        Words.Cases.clash(clash.kind), clash.households.map { head($0, workspace) }.joined(separator: " "),
        Set(names).sorted().joined(separator: " "), clash.number.map(Chrome.masked(number:)) ?? "",
        Set(villages).sorted().joined(separator: " "),
      ], household: clash.households.first)
  }

  private static func open(_ row: AgeingRow) -> OpenMatter? {
    switch row.kind {
    case .supplement: OpenMatter(matter: .emergency, entity: row.subject, text: "")
    case .referral: OpenMatter(matter: .referral, entity: row.subject, text: "")
    default: nil
    }
  }

  private static func head(_ household: String?, _ workspace: Workspace) -> String {
    guard let household else { return Words.Cases.notRegistered }
    return workspace.register.summary(of: household)?.headName.map(Chrome.masked(name:)) ?? Words.Today.unknownHead
  }
}

struct LedgersScreen: Screen {
  var message: Message?
  private(set) var ledger: Ledger
  private(set) var lines: [Ledger.Line] = []
  private var cursor = ListCursor()
  /// The needs as they are shown: a file has the same numbers.
  private var needs: CharityNeeds?

  init(_ ledger: Ledger, _ workspace: Workspace?) {
    self.ledger = ledger
    if let workspace { load(workspace) }
  }

  private mutating func load(_ workspace: Workspace) {
    needs = ledger == .needs ? Ledger.needs(workspace) : nil
    lines = needs.map { Ledger.lines($0, workspace) } ?? ledger.lines(workspace)
  }

  var keyContext: KeyContext {
    switch ledger {
    case .red: .redLedger
    case .needs: .needsLedger
    default: .ledger
    }
  }

  mutating func update(_ input: Input, in workspace: Workspace?) -> Step {
    switch input {
    case .idle, .leaving: return Step()
    case .key(.character(let scalar)):
      guard let digit = Folding.digit(scalar), let number = Int(String(digit)), let other = Ledger(rawValue: number),
        let workspace
      else { return .beep }
      ledger = other
      cursor = ListCursor()
      load(workspace)
      message = nil
      return Step()
    case .key, .paste: return .beep
    case .command(let command):
      if cursor.move(command, count: lines.count) { return Step() }
      switch command {
      case .accept:
        return accept(workspace)
      case .acknowledge: return acknowledge(workspace)
      case .export:
        guard let workspace, let needs, !needs.rows.isEmpty else { return .beep }
        return Step([.export(subject: Words.Cases.ledger(.needs), files: NeedsFile.files(needs, workspace))])
      case .print:
        guard let workspace else { return .beep }
        return Step([.print(title: Words.Cases.ledger(ledger), text: paper(workspace))])
      case .back: return Step(move: .pop)
      case .help: return Step(move: .push(HelpScreen(context: keyContext)))
      default: return .beep
      }
    }
  }

  /// Opens what ends the line; a red record is read; everything else is gone on with at the household's cases.
  private func accept(_ workspace: Workspace?) -> Step {
    guard lines.indices.contains(cursor.selected), let workspace else { return .beep }
    let line = lines[cursor.selected]
    if let warning = line.warning { return Step(move: .push(WarningScreen(warning, workspace))) }
    if let open = line.open, OpenMatter.mayEnd(open.matter, workspace) { return Step(move: .open(open.opening(line.household))) }
    if let red = line.red, workspace.register.hasSubmission(red) { return Step(move: .open(.read(record: red))) }
    guard let household = line.household else { return .beep }
    if ledger == .waiting, workspace.identity.role.writes(.caseStep) { return Step(move: .push(CaseScreen(household, workspace))) }
    return Step(move: .push(HouseholdScreen(household)))
  }

  /// 知悉: somebody who may review has seen the red record (R55).
  private mutating func acknowledge(_ workspace: Workspace?) -> Step {
    guard let workspace, lines.indices.contains(cursor.selected), let red = lines[cursor.selected].red,
      let record = workspace.register.record(red)
    else {
      message = .nothingToAcknowledge
      return .beep
    }
    guard workspace.register.mayReview(workspace.identity.author, on: CivilDate(workspace.today)) else {
      message = .review(.mayNotReview(workspace.identity.role))
      return .beep
    }
    return Step([.write([NewRecord(acknowledging: record)])])
  }

  private func paper(_ workspace: Workspace) -> String {
    let table = PlainTable(
      heading: ["\(Words.Cases.ledger(ledger)) \(workspace.today) \(workspace.identity.name)"],
      columns: zip(Words.Cases.columns(ledger), [16, 10, 14, 12, 20]).map { PlainTable.Column($0, width: $1) },
      rows: lines.map(\.cells))
    return table.lines(linesMax: 60, width: PaperWidth.of).joined(separator: "\n") + "\n"
  }

  mutating func receive(_ event: ProgramEvent, in workspace: Workspace?) -> Step {
    switch event {
    case .opened, .finished:
      if let workspace { load(workspace) }
    case .written:
      if let workspace { load(workspace) }
      message = ledger == .red ? .redAcknowledged(left: lines.count) : .warningMoved(left: lines.count)
    case .notWritten(let fault): message = .saveFailed(fault)
    case .exported: message = .exported
    case .notExported(let fault): message = .notExported(fault)
    case .printed: message = .printed
    case .notPrinted(let status): message = .notPrinted(Int(status))
    default: break
    }
    return Step()
  }

  func draw(on canvas: inout Canvas, in workspace: Workspace?) {
    canvas.title(Words.Cases.ledger(ledger), right: Words.Cases.late(lines.count(where: \.isLate), of: lines.count))
    let widths = canvas.width >= 76 ? [16, 8, 14, 12, canvas.width - 58] : [10, 8, 10, 10, canvas.width - 44]
    var columns: [Int] = []
    var column = 1
    for width in widths {
      columns.append(column)
      column += width + 1
    }
    Chrome.header(Array(zip(columns, Words.Cases.columns(ledger))).map { ($0.0, $0.1) }, on: &canvas)
    if lines.isEmpty { canvas.put(Words.Cases.emptyLedger, row: canvas.body.lowerBound + 2, column: 1) }
    let window = cursor.window(count: lines.count, lines: max(1, canvas.body.count - 1))
    for (offset, index) in window.enumerated() {
      Chrome.row(
        widths.indices.map { (columns[$0], widths[$0], lines[index].cells[$0]) }, row: canvas.body.lowerBound + 1 + offset,
        isSelected: index == cursor.selected, on: &canvas)
    }
    if canvas.frame.cursor == nil { canvas.frame.cursor = Position(row: canvas.body.lowerBound + 1, column: 0) }
    if let message { canvas.message(message) } else { canvas.hint(Words.Cases.ledgerChoice) }
    canvas.hints(in: keyContext)
  }
}
