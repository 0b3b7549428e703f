// DeskCheck: what the rules say of a finished form before it becomes a record: an illegal step of a case and a first aid beyond the
// ceiling are refused with their reason while the person is still at the keyboard. What is merely open (a confirmation answered 不清楚)
// never keeps anybody from saving.

import Relief
import XForm

enum DeskCheck {
  /// The first thing that stands in the way; nil where the record may be written.
  static func refusal(_ entities: [EntityDeclaration], household: String, in workspace: Workspace) -> Message? {
    let isEscalated = entities.contains { $0.list == FactList.emergency && $0.property("escalated") == "yes" }
    for entity in entities {
      switch entity.list {
      case FactList.caseStep:
        if let refusal = step(entity, household, workspace) { return .stepRefused(refusal) }
      case FactList.emergency:
        if let problem = emergency(entity, workspace, isEscalated: isEscalated) { return .emergencyRefused(problem) }
      case FactList.assistance:
        if !isEscalated, let problem = payout(entity, workspace) { return .emergencyRefused(problem) }
      case FactList.fund:
        if let left = beyondReserve(entity, workspace) { return .beyondReserve(left) }
      default: continue
      }
    }
    return nil
  }

  private static func step(_ entity: EntityDeclaration, _ household: String, _ workspace: Workspace) -> CaseRefusal? {
    let fact = Fact(
      list: entity.list, entity: entity.id, properties: entity.properties.map { Property($0.name, $0.value) })
    guard let step = CaseStep(fact, household: household) else { return .needsDate }
    return CaseDesk(workspace.rules).allows(step, by: workspace.identity.role, in: workspace.register).refusals.first
  }

  /// 收回: no more can be taken back than is there. Nil: it can.
  private static func beyondReserve(_ entity: EntityDeclaration, _ workspace: Workspace) -> Money? {
    guard entity.property("kind") == ReserveLedger.Line.Kind.takenBack.rawValue,
      let township = entity.property("division").flatMap({ Division($0) }),
      let amount = entity.property("amount_fen").flatMap({ Money(fen: $0) })
    else { return nil }
    let left = Money(fen: max(0, workspace.register.reserve(of: township).lines.last?.balanceFen ?? 0))
    return amount > left ? left : nil
  }

  /// 备用金: one payout within the county's ceiling, whoever writes it down (R51).
  private static func payout(_ entity: EntityDeclaration, _ workspace: Workspace) -> EmergencyProblem? {
    guard entity.property("funding") == "reserve", let ceiling = workspace.rules.clocks.reserveCeilingFen.map({ Money(fen: $0) }),
      let amount = entity.property("amount_fen").flatMap({ Money(fen: $0) }), amount > ceiling
    else { return nil }
    return .aboveCeiling(amount, ceiling: ceiling)
  }

  /// - Parameter isEscalated: the county was asked to decide (提请县级协调). What is above the ceiling is the county's (T-LS-2: 需报县级), and
  ///   with its reason written down it is reported; money that was given already must not be left out of the books.
  private static func emergency(_ entity: EntityDeclaration, _ workspace: Workspace, isEscalated: Bool) -> EmergencyProblem? {
    // A follow-up speaks of an emergency that was judged when it was written down.
    guard entity.isCreate, let today = CivilDate(workspace.today) else { return nil }
    let problems = EmergencyDesk(workspace.rules).problems(
      of: { name in entity.property(name).flatMap { $0.isEmpty ? nil : $0 } }, reported: today)
    return problems.first { problem in
      if isEscalated, case .aboveCeiling = problem { return false }
      return problem.blocks
    }
  }
}

extension VisitScreen {
  /// The rules refused what was to be written: the form stays open as it stands.
  mutating func refuseFinish(_ why: Message) {
    mode = .typing
    // The question that answers it may be on another page.
    if case .stepRefused(let refusal) = why, let property = refusal.property, let path = question(saving: property) {
      move(to: .field(path))
      noteMove()
    }
    message = why
  }

  private func question(saving property: String) -> InstancePath? {
    outline.sections.lazy.flatMap(\.items).first { item in
      item.kind == .question && session.savedProperty(at: item.path) == property
        && session.question(at: item.path)?.canBeTyped == true
    }?.path
  }
}

extension CaseRefusal {
  /// The property of the step that the form still has to say.
  fileprivate var property: String? {
    switch self {
    case .needsReason, .skipNeedsReason: "reason"
    case .needsVotes: "present"
    case .needsPublicityDates: "public_from"
    case .needsObjectionAnswer: "objection"
    case .needsDate: "date"
    case .needsDecider: "decided_by"
    default: nil
    }
  }
}
