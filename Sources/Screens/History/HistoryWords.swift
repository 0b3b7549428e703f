// HistoryWords: the page of a household in words: where it stands, what was given, one sentence for each row of its history. Labels of
// codes come from the forms that ask them.

import Relief

struct HistoryWords {
  private let workspace: Workspace
  private let labels: CodeLabels
  private var register: Register { workspace.register }

  init(_ workspace: Workspace) {
    self.workspace = workspace
    labels = CodeLabels(workspace)
  }

  private func label(_ code: String?, _ list: String, _ property: String) -> String? {
    code.map { labels.value($0, list: list, property: property) }
  }

  /// 类别: the same codes wherever they stand; the visit asks them as what is suspected.
  private func category(_ code: String?) -> String? { label(code, FactList.visit, "suspected") }

  private func name(_ person: String?) -> String? { person.flatMap { register.person($0)?.name } }

  private func head(_ household: String) -> String { register.household(household)?.headName ?? Words.Today.unknownHead }

  // MARK: What it is now

  /// Category, hardship, plan and cases, a line each; what nobody stated has no line.
  func standing(_ household: String) -> [String] {
    guard let known = register.household(household)?.entity else { return [Words.Cases.nothing] }
    var lines: [String] = []
    func add(_ property: String, _ values: [String?]) {
      let text = values.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "  ")
      if !text.isEmpty { lines.append(labels.label(list: FactList.household, property: property) + "：" + text) }
    }
    add("category", [category(known.value("category"))])
    add("hardship_kinds", [label(known.value("hardship_kinds"), FactList.household, "hardship_kinds")])
    add("hardship_level", [label(known.value("hardship_level"), FactList.household, "hardship_level")])
    add("entered", [label(known.value("entered"), FactList.household, "entered"), known.value("entered_date")])
    lines += register.cases(of: household).compactMap { one in one.state.map { Words.Cases.standing(one, $0) } }
    let open = register.openMatters(of: household)
    if !open.isEmpty {
      lines.append(Words.Cases.open(risks: open.risks.count, referrals: open.referrals.count, supplements: open.supplements.count))
    }
    if let plan = register.newestPlan(of: household) {
      lines.append(Words.History.plan(plan.value("measures"), responsible: plan.value("responsible"), review: plan.value("review_on")))
    }
    return lines.isEmpty ? [Words.Cases.nothing] : lines
  }

  /// 医保局：3 次，1200 元，米面 2 项
  func given(department: String?, _ rows: [HouseholdHistory.AssistanceRow]) -> String {
    let name = label(department, FactList.assistance, "department") ?? Words.History.nobodySaid
    let money = rows.compactMap(\.amountFen).reduce(Money(fen: 0) as Money?) { $0?.adding(Money(fen: Int64($1))) }
    let yuan = money.map { $0.fen == 0 ? nil : $0.yuan } ?? Words.History.beyondCounting
    return Words.History.given(name, times: rows.count, yuan: yuan, things: rows.compactMap(\.thing))
  }

  // MARK: A row

  func sentence(_ kind: HouseholdHistory.Kind) -> String {
    switch kind {
    case .joined(let person, let reason): Words.History.joined(name(person), label(reason, FactList.person, "joined_reason"))
    case .left(let person, let reason): Words.History.left(name(person), label(reason, FactList.person, "left_reason"))
    case .died(let person): Words.History.died(name(person))
    case .movedTo(let person, let households): Words.History.moved(name(person), households.map(head))
    case .inSeveralHouseholds(let person, let households): Words.History.several(name(person), households.map(head))
    case .sameNumberElsewhere(let person, let other, let household):
      Words.History.sameNumber(name(person), name(other), head(household))
    case .formedFrom(let household, let reason): Words.History.formed(head(household), label(reason, FactList.household, "formed_reason"))
    case .splitOff(let household, _): Words.History.splitOff(head(household))
    case .mergedInto(let household): Words.History.merged(head(household))
    case .tookIn(let household): Words.History.tookIn(head(household))
    default: work(kind)
    }
  }

  /// What was granted, found and done.
  private func work(_ kind: HouseholdHistory.Kind) -> String {
    switch kind {
    case .categoryFrom(let row): Words.History.granted(category(row))
    case .categoryEnded(let row, let reason): Words.History.ended(category(row), label(reason, FactList.category, "end_reason"))
    case .categoryStated(let kind): Words.History.stated(category(kind) ?? kind)
    case .scheme(let person, let kind, let state):
      Words.History.scheme(label(kind, FactList.scheme, "kind") ?? kind, name(person), label(state, FactList.scheme, "state"))
    case .riskFound(_, let person, let kind): Words.History.found(label(kind, FactList.risk, "kind"), name(person))
    case .riskHelped(let risk, _): Words.History.helped(label(register.value("kind", of: FactList.risk, risk), FactList.risk, "kind"))
    case .riskCleared(let risk): Words.History.cleared(label(register.value("kind", of: FactList.risk, risk), FactList.risk, "kind"))
    case .assistance(let row): assistance(row)
    case .visit(_, let method, let result):
      Words.History.visit(label(method, FactList.visit, "method"), label(result, FactList.visit, "result"))
    case .step(let event): step(event)
    case .application(let id, let channel):
      Words.History.application(
        label(register.value("schemes", of: FactList.application, id), FactList.application, "schemes"),
        label(channel, FactList.application, "channel"))
    case .emergency(_, let kind): Words.History.emergency(label(kind, FactList.emergency, "kind"))
    case .referred(_, let department): Words.History.referred(label(department, FactList.referral, "department"))
    case .answered(_, let outcome): Words.History.answered(label(outcome, FactList.referral, "outcome"))
    case .planned(let plan): Words.History.planned(register.value("measures", of: FactList.plan, plan))
    case .careVisited(let visit, let person): careVisit(visit, person)
    case .matched(let match, let organisation): self.match(match, organisation)
    case .conflict(let conflict): self.conflict(conflict)
    default: ""
    }
  }

  private func category(_ row: HouseholdHistory.CategoryRow) -> String {
    [category(row.kind), label(row.subtype, FactList.category, "subtype"), name(row.person)]
      .compactMap { $0 }.joined(separator: " ")
  }

  private func assistance(_ row: HouseholdHistory.AssistanceRow) -> String {
    Words.History.assistance(
      [
        label(row.department, FactList.assistance, "department"), label(row.kind, FactList.assistance, "kind"), name(row.person),
        row.amountFen.map { Words.Facts.yuan(Money(fen: Int64($0)).yuan) }, row.thing,
      ].compactMap { $0 })
  }

  /// Who was looked after, what was done, what was seen, who else can help, when somebody comes again.
  private func careVisit(_ visit: String, _ person: String?) -> String {
    func said(_ property: String) -> String? { register.value(property, of: FactList.careVisit, visit) }
    return Words.History.careVisit(
      name(person), services: label(said("service"), FactList.careVisit, "service"), note: said("note"), supporters: said("supporters"),
      next: said("next"))
  }

  private func match(_ match: String, _ organisation: String?) -> String {
    func said(_ property: String) -> String? { register.value(property, of: FactList.match, match) }
    return Words.History.match(
      [organisation, said("amount_fen").flatMap(Money.init(fen:)).map { Words.Facts.yuan($0.yuan) }, said("thing"), said("outcome")]
        .compactMap { $0 })
  }

  private func step(_ event: CaseEvent) -> String {
    let step = event.step
    let text = Words.Cases.step(step.key.track, from: step.from, to: step.to, isProposal: event.standing == .proposed)
    return text + (step.reason.map { "，" + $0 } ?? "")
  }

  private func conflict(_ conflict: Conflict) -> String {
    let property = labels.label(list: conflict.list, property: conflict.property)
    let values = conflict.candidates.map { candidate in
      Chrome.masked(candidate.value, property: conflict.property)
        ?? labels.value(candidate.value, list: conflict.list, property: conflict.property)
    }
    let person = conflict.list == FactList.person ? name(conflict.entity) : nil
    return Words.History.conflict(person, property, values)
  }
}
