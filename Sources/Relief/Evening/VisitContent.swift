// What a visit says, apart from whom it is about and when it was: two visits of the same content are alike.
//
// A list compares hundreds of visits with hundreds, so the answers themselves are not kept: each is a hash of 64 bits under a key of this
// process, and a visit is the sum of its answers' hashes and their number. Nobody can aim at another visit's sum without the key, and by
// chance two different visits have one in 2^64.

struct VisitContent: Sendable {
  private struct Sum: Equatable {
    var hashes = 0
    var count = 0

    mutating func add(_ hash: Int) {
      hashes &+= hash
      count += 1
    }
  }

  /// Of every answer: `list.property=value`; entities are left out, so a household with two ill members says it twice.
  private let said: Sum
  /// Of those that a 无变化 visit does not ask anew.
  private let found: Sum
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

  /// Asked anew by a 无变化 visit.
  private static let asked: Set<String> = ["words", "advice", "method"]

  init(_ visit: Visit) {
    var texts: [String: String] = [:]
    var amounts = 0
    var said = Sum()
    var found = Sum()
    for fact in visit.facts {
      for property in fact.properties where !property.value.isEmpty && !Self.identity.contains(property.name) {
        var hasher = Hasher()
        hasher.combine(fact.list)
        hasher.combine(property)
        let hash = hasher.finalize()
        said.add(hash)
        if fact.list != FactList.visit || !Self.asked.contains(property.name) { found.add(hash) }
        if Self.typed.contains(property.name) { texts["\(fact.list).\(property.name)", default: ""] += property.value }
        if property.name.hasSuffix("_fen"), property.value != "0" { amounts += 1 }
      }
    }
    self.said = said
    self.found = found
    self.texts = texts
    amountCount = amounts
  }

  /// Whether both say the same.
  func isSame(as other: VisitContent) -> Bool { said == other.said }

  /// Whether both found the same, whatever a 无变化 visit asked anew (wording, advice).
  func findsSame(as other: VisitContent) -> Bool { found == other.found }
}
