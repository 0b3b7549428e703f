// FormReader, texts: itext translations, labels and hints with their outputs.
//
// White space is kept as JavaRosa keeps it: a text is trimmed at both ends, inside it stays, a line break stays a line break; but
// white space alone between two outputs is dropped.

extension FormReader {
  mutating func readTranslations(_ modelElement: XMLNode) throws(FormFault) {
    guard let itext = modelElement.first("itext") else { return }
    var standard = 0
    for translation in itext.elements("translation") {
      guard let language = translation.attribute("lang") else { throw fault(translation, .missingAttribute("lang")) }
      guard !model.translations.languages.contains(language) else {
        throw fault(translation, .duplicateTranslation(language: language, id: ""))
      }
      if translation.attribute("default") != nil { standard = model.translations.languages.count }
      var texts: [String: [String: Template]] = [:]
      for text in translation.elements("text") {
        guard let id = text.attribute("id") else { throw fault(text, .missingAttribute("id")) }
        guard texts[id] == nil else {
          throw fault(text, .duplicateTranslation(language: language, id: id), id)
        }
        var forms: [String: Template] = [:]
        for value in text.elements("value") {
          forms[value.attribute("form") ?? ""] = try template(of: value, id)
        }
        texts[id] = forms
      }
      model.translations.languages.append(language)
      model.translations.texts.append(texts)
    }
    if standard > 0 {
      let language = model.translations.languages.remove(at: standard)
      model.translations.languages.insert(language, at: 0)
      let texts = model.translations.texts.remove(at: standard)
      model.translations.texts.insert(texts, at: 0)
    }
  }

  /// A literal text with its outputs.
  mutating func template(of element: XMLNode, _ detail: String = "") throws(FormFault) -> Template {
    var parts: [Template.Part] = []
    for child in element.children {
      switch child {
      case .text(let text): if !text.trimmed.isEmpty { parts.append(.literal(text)) }
      case .element(let index):
        let child = XMLNode(tree: element.tree, index: index)
        if child.local == "output" {
          guard let source = child.attribute("value") ?? child.attribute("ref") else {
            throw fault(child, .missingAttribute("value"), detail)
          }
          parts.append(.output(try parse(source, "output", child, detail)))
        } else {
          if child.name.uri != Namespace.xhtml { warn(child, .unknownElement(child.local), detail) }
          parts += try template(of: child, detail).parts
        }
      }
    }
    return Self.trimmed(parts)
  }

  private static func trimmed(_ parts: [Template.Part]) -> Template {
    var parts = parts
    if case .literal(let text)? = parts.first {
      let kept = (text + "|").trimmed
      parts[0] = .literal(String(kept.dropLast()))
    }
    if let last = parts.indices.last, case .literal(let text) = parts[last] {
      let kept = ("|" + text).trimmed
      parts[last] = .literal(String(kept.dropFirst()))
    }
    return Template(parts: parts)
  }

  /// The text of a label, hint or message element: `ref="jr:itext('id')"`, a ref to a node, or its content.
  mutating func text(of element: XMLNode) throws(FormFault) -> Text {
    guard let ref = element.attribute("ref")?.trimmed, !ref.isEmpty else { return .template(try template(of: element)) }
    if let id = Self.itextID(ref) {
      checkTranslation(id, element)
      return .translated(id)
    }
    return .template(Template(parts: [.output(try parse(ref, "ref", element))]))
  }

  /// A message attribute: literal, or jr:itext('id').
  mutating func message(_ value: String, _ element: XMLNode) -> Text {
    if let id = Self.itextID(value.trimmed) {
      checkTranslation(id, element)
      return .translated(id)
    }
    return .template(.literal(value))
  }

  private mutating func checkTranslation(_ id: String, _ element: XMLNode) {
    if let texts = model.translations.texts.first, texts[id] != nil { return }
    if model.translations.texts.contains(where: { $0[id] != nil }) { return }
    warn(element, .missingTranslation(id))
  }

  /// "id" of "jr:itext('id')".
  static func itextID(_ text: String) -> String? {
    guard text.hasPrefix("jr:itext("), text.hasSuffix(")") else { return nil }
    let inside = String(text.dropFirst("jr:itext(".count).dropLast()).trimmed
    guard inside.utf8.count >= 2, let quote = inside.first, quote == "'" || quote == "\"", inside.last == quote
    else { return nil }
    return String(inside.dropFirst().dropLast())
  }
}
