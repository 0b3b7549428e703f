// ReviewComment: what a reviewer wrote about a visit that came back, at the question it is about. The review names the question by what
// it means (`list#property`, and after a blank the entity of its row), so that it is found in whatever version of the form is open.

import Relief
import XForm

struct ReviewComment: Equatable, Sendable {
  let text: String
  /// The question in the open form; nil where the comment is about the whole visit, or about what this form does not ask.
  let path: InstancePath?

  /// The standing review of a record, where it sent the visit back; nil otherwise.
  init?(on record: String, _ register: Register, _ session: Session) {
    guard let review = register.review(of: record), [.returned, .revisit].contains(review.verdict), let reason = review.reason,
      !reason.isEmpty
    else { return nil }
    text = Words.Today.returnedBecause(reason)
    path = review.question.flatMap { Self.path(of: $0, in: session) }
  }

  /// How a review names a question. Of a visit or a household there is one; of everything else the row is named too.
  static func question(list: String, property: String, entity: String) -> String {
    let name = "\(list)#\(property)"
    return list == FactList.visit || list == FactList.household ? name : name + " " + entity
  }

  static func path(of question: String, in session: Session) -> InstancePath? {
    let parts = question.split(separator: " ").map(String.init)
    guard let name = parts.first else { return nil }
    return session.outline.first { item in
      guard item.kind == .question, FormLabels.keys(item.path, session).contains(name) else { return false }
      return parts.count < 2 || entity(around: item.path, session) == parts[1]
    }?.path
  }

  /// The entity of the nearest group or row that writes to one.
  private static func entity(around path: InstancePath, _ session: Session) -> String? {
    var steps = path.steps.dropLast()
    while !steps.isEmpty {
      if let id = session.value(at: InstancePath(steps: Array(steps)).entityID), !id.isEmpty { return id }
      steps = steps.dropLast()
    }
    return nil
  }
}
