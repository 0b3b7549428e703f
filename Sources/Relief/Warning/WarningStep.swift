// One step of a warning, as the fact `warning_step` states it (docs/facts.md): written at a desk, or by the visit that checked it.

public struct WarningStep: Equatable, Sendable {
  public var warning: String
  /// Nil: from wherever it stood. A form does not know.
  public var from: WarningState?
  public var to: WarningState
  public var date: CivilDate?
  public var reason: String?
  /// The visit that checked the household: the record itself where the step stands in one.
  public var visit: String?
  public var result: WarningResult?
  public var detail: String?
  /// Departments that have a part in it, codes of `referral.department` (R03, R45).
  public var departments: [String]

  public init(
    _ warning: String, from: WarningState?, to: WarningState, date: CivilDate?, reason: String? = nil, visit: String? = nil,
    result: WarningResult? = nil, detail: String? = nil, departments: [String] = []
  ) {
    self.warning = warning
    self.from = from
    self.to = to
    self.date = date
    self.reason = reason
    self.visit = visit
    self.result = result
    self.detail = detail
    self.departments = departments
  }

  /// Nil where the fact names no warning, or a state this program does not know.
  init?(_ statement: Statement) {
    let fact = statement.fact
    func text(_ name: String) -> String? { fact.value(name).flatMap { $0.isEmpty ? nil : $0 } }
    guard let warning = text("warning"), let to = text("to").flatMap({ WarningState(rawValue: $0) }) else { return nil }
    let from = text("from")
    guard from == nil || from.flatMap({ WarningState(rawValue: $0) }) != nil else { return nil }
    // Whether it met anybody is asked of every visit (WarningBasis).
    let isVisit = statement.record.facts.contains { $0.list == FactList.visit }
    self.init(
      warning, from: from.flatMap { WarningState(rawValue: $0) }, to: to, date: text("date").flatMap { CivilDate($0) },
      reason: text("reason"), visit: isVisit ? statement.record.id : text("visit"),
      result: text("result").flatMap { WarningResult(rawValue: $0) }, detail: text("detail"),
      departments: text("departments")?.split(separator: " ").map(String.init) ?? [])
  }

  /// - Parameter entity: a UUID of its own for each step.
  public func fact(entity: String) -> Fact {
    let stated: [(String, String?)] = [
      ("warning", warning), ("from", from?.rawValue), ("to", to.rawValue), ("date", date?.description), ("reason", reason),
      ("visit", visit), ("result", result?.rawValue), ("detail", detail),
      ("departments", departments.isEmpty ? nil : departments.joined(separator: " ")),
    ]
    return Fact(
      list: FactList.warningStep, entity: entity, properties: stated.compactMap { name, value in value.map { Property(name, $0) } })
  }
}

/// Why a step is not taken.
public enum WarningRefusal: Hashable, Sendable {
  case notFrom(stated: WarningState?, standing: [WarningState])
  case noSuchStep(from: WarningState, to: WarningState)
  case roleMayNot(Role, allowed: [Role])
  case needsReason
  /// R16: neither a visit that met somebody nor a reason why nobody went.
  case needsCheck
  /// The visit named does not hold, met nobody, was at another household, or was before the warning was raised
  /// or before its newest finding.
  case visitDoesNotServe
  /// What came of it (处置).
  case needsResult
  case needsDate
  case dateBefore(CivilDate)
}
