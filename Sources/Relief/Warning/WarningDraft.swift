// From what a comparison found to what the county writes down: merged by household, joined to its open warning, each thing said once
// (policy §7.2: 去重、合并).

/// One record `warning` to be written: a new warning, or what is new about an open one.
public struct WarningDraft: Equatable, Sendable {
  public var household: String
  public var division: Division
  /// Entity of the warning.
  public var warning: String
  public var isNew: Bool
  public var facts: [Fact]
  public var supersedes: [String]
}

extension Register {
  /// Drafts for these findings, by household.
  /// - Parameters:
  ///   - list: the batch that said it, whose it is, and the day it speaks of; nil: unknown.
  ///   - id: the UUID that a name has in this county, so that comparing twice, also after a power cut half-way, makes the same one.
  public func warningDrafts(
    for risks: [FoundRisk], from list: (department: String, batch: String, asOf: CivilDate?), raised day: CivilDate,
    id: (_ kind: String, _ name: [String]) -> String
  ) -> [WarningDraft] {
    let byHousehold = Dictionary(grouping: risks, by: \.household)
    return byHousehold.keys.sorted().compactMap { household -> WarningDraft? in
      guard let division = self.household(household)?.division else { return nil }
      let known = warnings(of: household)
      let open = openWarning(of: household)
      let fresh = unsaid(byHousehold[household] ?? [], known, open, asOf: list.asOf, id)
      guard let first = fresh.first else { return nil }
      let warning = open?.id ?? id("warning", [household, first.finding])
      let raising = Fact(
        list: FactList.warning, entity: warning, properties: [Property("household", household), Property("raised", day.description)])
      let findings = fresh.map { one in
        Finding(
          id: one.finding, warning: warning, household: household, person: one.risk.person, model: one.risk.model,
          department: list.department, batch: list.batch, line: one.risk.line, date: day, level: one.risk.level,
          isSimilar: one.risk.isSimilar, evidence: one.risk.evidence
        ).fact
      }
      // An open warning keeps the day it was raised on: only its findings are news.
      let facts = (open == nil ? [raising] : []) + findings
      return WarningDraft(
        household: household, division: division, warning: warning, isNew: open == nil, facts: facts,
        supersedes: open?.heads ?? recordsSeen(household: household, facts: []))
    }
  }

  /// What no warning of the household says: never twice in the same words, but for what a later list says again (`WarningModel.repeats`).
  /// Every row is kept, also where the open warning holds the same of the same person: the worse one may come second. What is said of the
  /// household is the same thing whichever member a row names.
  private func unsaid(
    _ risks: [FoundRisk], _ known: [RiskWarning], _ open: RiskWarning?, asOf: CivilDate?, _ id: (String, [String]) -> String
  ) -> [(risk: FoundRisk, finding: String)] {
    let said = Dictionary(known.flatMap { one in one.findings.map { ($0.id, one) } }) { first, _ in first }
    let inHand = Set((open?.findings ?? []).map { [$0.model, $0.person ?? ""] })
    var fresh: [(risk: FoundRisk, finding: String)] = []
    var names: Set<String> = []
    let ordered = risks.sorted { ($0.model, $0.person, $0.substance, $0.line ?? 0) < ($1.model, $1.person, $1.substance, $1.line ?? 0) }
    for risk in ordered {
      // Whom a list leaves out is no further row.
      if risk.isByAbsence, inHand.contains([risk.model, risk.person]) { continue }
      var name = [risk.model, risk.isOfHousehold ? risk.household : risk.person, risk.substance]
      var finding = id("finding", name)
      while let before = said[finding], before.maySayAgain(risk, asOf: asOf) {
        name.append(before.id)
        finding = id("finding", name)
      }
      guard said[finding] == nil, names.insert(finding).inserted else { continue }
      fresh.append((risk, finding))
    }
    return fresh
  }
}

extension RiskWarning {
  /// Whether a list of this day may say the same again, after this warning of it is over. What contradicts the register is said again once
  /// a warning was closed: the next list shows whether it was put right. What was ignored or was 不属实 is quiet for a year, because somebody
  /// looked and said why; so is what the register does not answer for, which lasts. An event of a day is never news twice.
  fileprivate func maySayAgain(_ risk: FoundRisk, asOf day: CivilDate?) -> Bool {
    guard let day, let since, state.isOver, !(risk.repeats == .event && risk.hasDay) else { return false }
    let isAnswered = state == .closed && answer?.result != .unfounded
    return isAnswered && risk.repeats == .nextList ? day > since : day.dayNumber - since.dayNumber > 365
  }
}
