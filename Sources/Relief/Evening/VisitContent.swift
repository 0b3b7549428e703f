// What a visit says, apart from whom it is about and when it was: two visits of the same content are alike.

struct VisitContent: Equatable, Sendable {
  /// `list.property=value`, sorted; entities are left out, so a household with two ill members says it twice.
  var answers: [String]
  /// Texts that somebody typed, by property.
  var texts: [String: String]
  /// Sums other than 0.
  var amountCount: Int

  /// Whether equal content means anything: a household where all is well is like any other.
  var isTelling: Bool { amountCount > 0 || texts.values.contains { $0.count >= 4 } }

  /// Who, where, when, and on which paper.
  private static let identity: Set<String> = [
    "name", "id_kind", "id_number", "id_none_reason", "birth", "sex", "household", "head_name", "head_id_kind",
    "head_id_number", "phone", "phone_owner", "phone_none_reason", "address", "group", "division", "relation",
    "ethnicity", "guardian", "disability_certificate", "date", "started", "ended", "campaign", "form_number", "visitors",
    "interviewee", "interviewee_relation", "next_visit", "signature_form", "person", "found", "carer",
  ]

  private static let typed: Set<String> = [
    "words", "advice", "detail", "housing_problem", "water_problem", "illness_name",
  ]

  init(_ visit: Visit) {
    var answers: [String] = []
    var texts: [String: String] = [:]
    var amounts = 0
    for fact in visit.facts {
      for property in fact.properties where !property.value.isEmpty && !Self.identity.contains(property.name) {
        answers.append("\(fact.list).\(property.name)=\(property.value)")
        if Self.typed.contains(property.name) { texts["\(fact.list).\(property.name)", default: ""] += property.value }
        if property.name.hasSuffix("_fen"), property.value != "0" { amounts += 1 }
      }
    }
    self.answers = answers.sorted()
    self.texts = texts
    amountCount = amounts
  }

  /// Without what a 无变化 visit asks anew (wording, advice): what was found.
  var findings: [String] {
    answers.filter { answer in !["visit.words=", "visit.advice=", "visit.method="].contains { answer.hasPrefix($0) } }
  }
}
