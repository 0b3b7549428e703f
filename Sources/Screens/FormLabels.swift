// FormLabels: the form's own words for a property of the vocabulary and for its codes, where a question of the form saves it. What no
// question saves (a figure that is calculated) is named by Words, else by the property's own name.

import Relief
import XForm

struct FormLabels: Sendable {
  private var labels: [String: String] = [:]
  private var choices: [String: [String: String]] = [:]

  init(_ form: VisitForm, _ surroundings: Surroundings) {
    guard let session = try? Session(form.definition, surroundings: surroundings) else { return }
    var sample = session
    for item in session.outline where item.kind == .addRepeat && (session.repeatCount(item.path) ?? 0) == 0 {
      _ = sample.addRepeat(item.path)
    }
    for generic in form.paths {
      guard let path = Self.concrete(generic, sample), let question = sample.question(at: path) else { continue }
      for key in Self.keys(path, sample) where labels[key] == nil {
        labels[key] = question.label
        if !question.choices.isEmpty {
          choices[key] = Dictionary(question.choices.map { ($0.value, $0.label) }, uniquingKeysWith: { first, _ in first })
        }
      }
    }
  }

  /// The path with the first row of every repeat it passes.
  private static func concrete(_ generic: String, _ session: Session) -> InstancePath? {
    guard var path = InstancePath(generic) else { return nil }
    for item in session.outline where item.kind == .repeatInstance {
      guard let row = InstancePath(item.path.generic), row.contains(path), item.path.steps.count <= path.steps.count else { continue }
      path = InstancePath(steps: item.path.steps + path.steps.dropFirst(item.path.steps.count))
    }
    return path
  }

  /// What the field is saved to, and, where it is calculated from the field, what it is filled from.
  static func keys(_ path: InstancePath, _ session: Session) -> [String] {
    var keys: [String] = []
    if let saved = session.savedTo(at: path) { keys.append("\(saved.list)#\(saved.property)") }
    if let stated = session.attributes(at: path)["prefill"], stated.contains("#") { keys.append(stated) }
    return keys
  }

  /// A question of the form saves it.
  func isAsked(list: String, property: String) -> Bool { labels["\(list)#\(property)"] != nil }

  /// As `value`, with what `Chrome.masked` hides.
  func masked(_ value: String, list: String, property: String) -> String {
    Chrome.masked(value, property: property) ?? self.value(value, list: list, property: property)
  }

  func label(list: String, property: String) -> String {
    labels["\(list)#\(property)"] ?? Words.Facts.property(property)
  }

  /// Whether a question of this form saves the property.
  func knows(list: String, property: String) -> Bool { labels["\(list)#\(property)"] != nil }

  /// Codes as a question of this form reads them; nil where no question has every one of them.
  func known(_ value: String, list: String, property: String) -> String? {
    guard let choices = choices["\(list)#\(property)"] else { return nil }
    let labels = value.split(separator: " ").map { choices[String($0)] }
    return labels.contains(nil) ? nil : labels.compactMap { $0 }.joined(separator: "、")
  }

  /// Codes as people read them; money in 元.
  func value(_ value: String, list: String, property: String) -> String {
    if property.hasSuffix("_fen"), let money = Money(fen: value) { return Words.Facts.yuan(money.yuan) }
    guard let known = choices["\(list)#\(property)"] else {
      switch property {
      case "urgency": return Words.DayList.urgency(value)
      case "labour_household": return Words.Facts.labour(value)
      default: return Words.Facts.value(value)
      }
    }
    return value.split(separator: " ").map { known[String($0)] ?? Words.Facts.value(String($0)) }.joined(separator: "、")
  }
}
