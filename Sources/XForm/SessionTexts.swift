// Session, texts: labels, hints and messages in the session's language, their outputs filled in.

extension Session {
  /// The text at a node.
  func text(_ text: Text, at node: Int32) -> String {
    switch text {
    case .template(let template): filled(template, at: node)
    case .translated(let id): translated(id, at: node) ?? ""
    }
  }

  func filled(_ template: Template, at node: Int32) -> String {
    if template.parts.count == 1, case .literal(let text) = template.parts[0] { return text }
    let environment = environment
    var filled = ""
    for part in template.parts {
      switch part {
      case .literal(let text): filled += text
      case .output(let expression): filled += string(expression, at: .primary(node), environment)
      }
    }
    return filled
  }

  /// An itext id in the session's language, in the default one where it is missing; the long form where there is one.
  func translated(_ id: String, at node: Int32?) -> String? {
    guard let template = template(id, forms: ["long", "", "short"]) else { return nil }
    return filled(template, at: node ?? 1)
  }

  func template(_ id: String, forms: [String]) -> Template? {
    let translations = form.model.translations
    let chosen = language.flatMap { translations.languages.firstIndex(of: $0) } ?? 0
    for place in chosen == 0 ? [0] : [chosen, 0] where place < translations.texts.count {
      guard let texts = translations.texts[place][id] else { continue }
      for form in forms {
        if let template = texts[form] { return template }
      }
    }
    return nil
  }

  /// The guidance form of a hint.
  func guidance(_ text: Text, at node: Int32) -> String? {
    guard case .translated(let id) = text, let template = template(id, forms: ["guidance"]) else { return nil }
    return filled(template, at: node)
  }

  /// The label of a question, group or repeat instance, in the current language, with its outputs filled in. A repeat's path without
  /// instance gives the repeat's label.
  public func label(at path: InstancePath) -> String? {
    guard let model = modelNode(at: path) else { return nil }
    let item = form.model.nodes[model].bodyItem
    guard item >= 0, let label = form.model.body[item].label else { return nil }
    guard let place = node(at: path) ?? path.parent.flatMap({ node(at: $0) }) else { return nil }
    return text(label, at: place)
  }
}
