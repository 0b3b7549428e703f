// What is still open at a household: 清零 is forbidden while any of it is (policy §7.1, T-FP-2).

public struct OpenMatters: Equatable, Sendable {
  /// Entities of risks that are not said to be gone.
  public var risks: [String] = []
  /// Referrals not answered, or sent back.
  public var referrals: [String] = []
  /// Emergencies with 先行救助 and no 补充说明.
  public var supplements: [String] = []

  public var isEmpty: Bool { risks.isEmpty && referrals.isEmpty && supplements.isEmpty }
}

extension Register {
  /// - Parameter day: a risk that is gone later than this is open on it; nil: any day will do. A day that cannot be read is none.
  public func openMatters(of household: String, on day: CivilDate? = nil) -> OpenMatters {
    var open = OpenMatters()
    open.risks = rows(of: FactList.risk, about: household).filter { risk in
      guard let gone = risk.value("cleared").flatMap({ CivilDate($0) }) else { return true }
      return day.map { gone > $0 } ?? false
    }.map(\.id)
    open.referrals = referrals(of: household).filter(\.isOpen).map(\.id)
    open.supplements = rows(of: FactList.emergency, about: household).compactMap { Emergency($0, in: self) }
      .filter(\.owesSupplement).map(\.id)
    return open
  }

  /// Emergencies of a household that nobody has said are over: the newest first.
  public func openEmergencies(of household: String) -> [Emergency] {
    rows(of: FactList.emergency, about: household).compactMap { Emergency($0, in: self) }
      .filter { $0.closed == nil || $0.owesSupplement }
      .sorted { ($0.date?.dayNumber ?? .max, $0.id) > ($1.date?.dayNumber ?? .max, $1.id) }
  }

  /// 工作专班 (R63): who is in the team of a division on a day, by place, then by name.
  public func team(in division: Division, on day: CivilDate) -> [Entity] {
    rows(of: FactList.team).filter { member in
      guard let place = member.value("division").flatMap({ Division($0) }), division.contains(place) || place.contains(division) else {
        return false
      }
      let from = member.value("from").flatMap { CivilDate($0) }
      let to = member.value("to").flatMap { CivilDate($0) }
      return from.map { $0 <= day } ?? true && to.map { day <= $0 } ?? true
    }.sorted { ($0.value("division") ?? "", $0.value("name") ?? "", $0.id) < ($1.value("division") ?? "", $1.value("name") ?? "", $1.id) }
  }

  /// 一户一策: the plan of the latest day.
  public func newestPlan(of household: String) -> Entity? {
    rows(of: FactList.plan, about: household).max { ($0.value("date") ?? "", $0.id) < ($1.value("date") ?? "", $1.id) }
  }

  /// Applications that were refused (排除) and whose applicant nobody has told in writing.
  public func applicationsToNotify(of household: String) -> [Entity] {
    cases(of: household).filter { $0.state == .excluded }.compactMap { application(for: $0) }.filter { $0.value("notified") == nil }
  }

  /// Whether nobody of the household can work: as the household itself says it (整户无劳动力), else by its members. Nil where
  /// a member's labour is not known.
  public func hasNoLabour(_ household: String) -> Bool? {
    if value("no_labour_covered", of: FactList.household, household) == "yes" { return true }
    let property = store.texts.find("labour")
    let labour = personsNear(household).filter { isMember($0, of: household) }
      .map { person in property.flatMap { value($0, of: person) }.map { store.texts.text($0) } ?? "" }
    if labour.contains(where: { ["ordinary", "skilled", "weak"].contains($0) }) { return false }
    if !labour.isEmpty, labour.allSatisfy({ ["lost", "none"].contains($0) }) { return true }
    switch lastAnswer("labour_household", at: household) {
    case "none": return true
    case "normal", "weak": return false
    default: return nil
    }
  }

  /// The last answer to one question of the visits; nil where none has one.
  func lastAnswer(_ property: String, at household: String) -> String? {
    guard let property = store.texts.find(property) else { return nil }
    return visitNumbers(of: household).lazy.compactMap { answer(property, ofVisit: $0) }.first.map { store.texts.text($0) }
  }
}
