// Ledger: what each 台账 lists, as lines of cells over everything this person may see: what waits and how long, slips to departments, the
// township's reserve fund, red matters, needs, and what the desk opens besides (Ledger+Desk).

import Relief

enum Ledger: Int, CaseIterable, Sendable {
  case warnings = 0, waiting, referrals, reserve, red, needs, stale, groups, team, clashes
  // These are opened from the desk.
  case judging, checking, closing, confirming, clearing, late, uncovered, unset, forms, lists, devices

  struct Line: Equatable, Sendable {
    var cells: [String]
    var household: String?
    var isLate = false
    /// What the line waits for, where a form ends it.
    var open: OpenMatter?
    /// A red record that nobody acknowledged.
    var red: String?
    var warning: String?
    /// Enter goes on with the household's cases.
    var isCase = false
    /// The case the line is about.
    var key: CaseKey?
    /// Enter says what is to be done at the server.
    var device: DeviceRow?
  }

  /// The lines of a ledger over everything this person may see.
  func lines(_ workspace: Workspace) -> [Line] {
    guard let today = CivilDate(workspace.today), let division = workspace.division else { return [] }
    let register = workspace.register
    switch self {
    case .warnings, .judging, .checking, .closing:
      let warnings = workspace.keptDesk?.openWarnings(on: today) ?? register.openWarnings(in: division, on: today, workspace.rules)
      return warnings.filter(holds).map { Self.line($0, today, workspace) }
    case .confirming, .clearing: return Self.decisions(self, division, today, workspace)
    case .uncovered:
      return (workspace.keptDesk?.uncovered(register) ?? register.uncovered(in: division)).map { Self.line($0, workspace) }
    case .unset: return Self.unset(today, register)
    case .forms: return Self.forms(today, register)
    case .lists: return Self.lists(today, workspace)
    case .devices: return Self.devices(workspace)
    case .waiting, .late:
      let rows =
        workspace.keptDesk?.ageing(DeskMatters(register, in: division)) ?? register.ageing(on: today, in: division, workspace.rules)
      let own = rows.filter { self == .waiting || $0.deadline.isOverdue(on: today) }.map { row in
        Line(
          cells: [
            Words.Cases.ageing(row.kind), Self.home(row.household, workspace), row.track.map(Words.Cases.track) ?? "",
            row.deadline.due?.description ?? Words.Cases.missing(row.deadline), Words.Cases.overdue(row.deadline.overdueDays(on: today)),
          ], household: row.household, isLate: row.deadline.isOverdue(on: today), open: Self.open(row),
          key: row.household.map { CaseKey(household: $0, person: row.person, track: row.track) })
      }
      return own + (self == .late ? Self.lateWarnings(today, division, workspace) : [])
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
          ], household: matter.household, isLate: matter.isCounty, red: matter.record)
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
    case .clashes:
      return (workspace.keptDesk?.personClashes(register) ?? register.personClashes(in: division)).map { Self.line($0, workspace) }
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

  static func head(_ household: String?, _ workspace: Workspace) -> String {
    guard let household else { return Words.Cases.notRegistered }
    return workspace.register.summary(of: household)?.headName.map(Chrome.masked(name:)) ?? Words.Today.unknownHead
  }

  /// The head and the village: of two 张*田 one must know which.
  static func home(_ household: String?, _ workspace: Workspace) -> String {
    let village = household.flatMap { workspace.register.summary(of: $0)?.division }.flatMap { workspace.register.name(of: $0) ?? $0.code }
    return [head(household, workspace), village].compactMap { $0 }.joined(separator: " ")
  }
}
