// OpenMatter: what is not over at a household (未了事项), each line opening the form that ends it: a risk is gone, a slip was answered, a
// first aid is explained, an applicant was told. 清零 is refused while any of the first three stands.

import Relief
import XForm

struct OpenMatter: Equatable, Sendable {
  enum Matter: CaseIterable, Equatable, Sendable {
    case risk, referral, emergency
    /// 不予确认, and nobody told the applicant in writing.
    case notification
  }

  var matter: Matter
  /// Entity of the risk, slip, emergency or application.
  var entity: String
  var text: String
  /// The form that ends it, and the word by which the form is told which one (`zf:prefill`).
  var form: String { Self.form(matter).id }

  private static func form(_ matter: Matter) -> (id: String, prefill: String) {
    switch matter {
    case .risk: ("risk-cleared", FactList.risk)
    case .referral: ("referral-answer", FactList.referral)
    case .emergency: ("emergency-followup", FactList.emergency)
    case .notification: ("application-notified", FactList.application)
    }
  }

  /// What that form is told.
  var presets: [String: String] { [Self.form(matter).prefill: entity] }
  static let forms = Set(Matter.allCases.map { form($0).id })

  /// Opens the form that ends it.
  func opening(_ household: String?) -> Opening { .form(id: form, household: household, presets: presets) }

  /// Whether this person's role may write what ends it, and the form has come.
  static func mayEnd(_ matter: Matter, _ workspace: Workspace) -> Bool {
    guard let form = workspace.otherForms.first(where: { $0.key.id == Self.form(matter).id }) else { return false }
    return workspace.identity.role.writes(form.recordType)
  }

  /// Everything open at a household that this person may end: risks, then slips, emergencies, and who was not told.
  static func rows(_ household: String, _ workspace: Workspace) -> [OpenMatter] {
    let register = workspace.register
    let labels = CodeLabels(workspace)
    let open = register.openMatters(of: household)
    var rows = open.risks.compactMap { id -> OpenMatter? in
      guard let risk = register.entity(FactList.risk, id) else { return nil }
      let person = risk.value("person").flatMap { register.person($0)?.name }
      let kind = risk.value("kind").map { labels.value($0, list: FactList.risk, property: "kind") }
      return OpenMatter(matter: .risk, entity: id, text: Words.Cases.openRisk(kind, person: person, found: risk.value("found")))
    }
    rows += open.referrals.compactMap { id in
      guard let slip = register.referral(id) else { return nil }
      return OpenMatter(matter: .referral, entity: id, text: Words.Cases.openSlip(slip))
    }
    rows += register.openEmergencies(of: household).map { OpenMatter(matter: .emergency, entity: $0.id, text: text($0, labels)) }
    rows += register.applicationsToNotify(of: household).map { application in
      OpenMatter(matter: .notification, entity: application.id, text: Words.Cases.toNotify(application.value("date")))
    }
    return rows.filter { mayEnd($0.matter, workspace) }
  }

  private static func text(_ emergency: Emergency, _ labels: CodeLabels) -> String {
    let kind = emergency.kind.map { labels.value($0, list: FactList.risk, property: "kind") }
    return Words.Cases.openEmergency(
      kind, date: emergency.date?.description, owesSupplement: emergency.owesSupplement, awaitsCounty: emergency.awaitsCounty)
  }
}

/// Labels of codes: the visit form's own words, else those of the first other form that knows the code, else the program's. A form is
/// read for its words when one is first asked for that no form before it has: there are many, and most pages need two.
final class CodeLabels {
  private let forms: [VisitForm]
  private let surroundings: Surroundings
  private var read: [FormLabels] = []

  init(_ workspace: Workspace) {
    forms = [workspace.visitForm] + workspace.otherForms
    surroundings = workspace.surroundings
  }

  func value(_ value: String, list: String, property: String) -> String {
    first { $0.known(value, list: list, property: property) }
      ?? value.split(separator: " ").map { Words.Facts.value(String($0)) }.joined(separator: "、")
  }

  func label(list: String, property: String) -> String {
    first { $0.knows(list: list, property: property) ? $0.label(list: list, property: property) : nil } ?? Words.Facts.property(property)
  }

  private func first(_ answer: (FormLabels) -> String?) -> String? {
    for place in forms.indices {
      if place == read.count { read.append(FormLabels(forms[place], surroundings)) }
      if let found = answer(read[place]) { return found }
    }
    return nil
  }
}
