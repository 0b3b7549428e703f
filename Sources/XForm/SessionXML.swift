// Session, XML: the instance as a document, as it is sent (relevant nodes only) or stored (everything), and back from the stored one.
//
// Bytes are those of JavaRosa's XFormSerializingVisitor: single-quoted declaration, ` />` for empty elements, attributes before
// namespace declarations, the declarations of the form's root element in the order of a Java HashMap, `@` as `&#64;`.

extension Session {
  /// `submission`: relevant nodes only, as it is sent; otherwise everything, to be resumed from.
  public func instanceXML(submission: Bool) -> [UInt8] {
    var writer = InstanceWriter(session: self, onlyRelevant: submission)
    guard let root = instance.children(of: 0).first(where: { _ in true }) else { return [] }
    writer.document(root)
    return writer.bytes
  }
}

struct InstanceWriter {
  let session: Session
  let onlyRelevant: Bool
  var bytes: [UInt8] = Array("<?xml version='1.0' encoding='UTF-8' ?>".utf8)
  /// Prefixes made up for namespaces that the form's root element does not declare.
  private var made: [(uri: String, prefix: String)] = []
  private var madeCount = 0

  init(session: Session, onlyRelevant: Bool) {
    self.session = session
    self.onlyRelevant = onlyRelevant
  }

  private var model: FormModel { session.form.model }

  mutating func document(_ root: Int32) { element(root, isRoot: true) }

  private mutating func element(_ node: Int32, isRoot: Bool = false) {
    let instance = session.instance
    let flags = instance[node].flags
    guard !onlyRelevant || flags.contains(.relevant) else { return }
    let known = made.count
    defer { made.removeLast(made.count - known) }
    let definition = model.nodes[Int(instance[node].model)]
    var declarations = ""
    let name = qualified(definition.name.local, uri: definition.uri, isAttribute: false, &declarations)
    append("<" + name)
    for attribute in instance.attributes(of: node) where !onlyRelevant || instance[attribute].flags.contains(.relevant) {
      let definition = model.nodes[Int(instance[attribute].model)]
      append(" " + qualified(definition.name.local, uri: definition.uri, isAttribute: true, &declarations))
      append("=" + Self.quoted(instance[attribute].value))
    }
    append(declarations)
    if isRoot {
      for (prefix, uri) in model.prefixes { append(" xmlns:" + prefix + "=" + Self.quoted(uri)) }
      if let schema = model.schema { append(" xmlns=" + Self.quoted(schema)) }
    }
    let start = bytes.count
    append(">")
    if instance[node].first < 0 {
      append(Self.escaped(instance[node].value, quote: nil))
    } else {
      for child in instance.children(of: node) { element(child) }
    }
    if bytes.count == start + 1 {
      bytes.removeLast()
      append(" />")
    } else {
      append("</" + name + ">")
    }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func qualified(
    _ local: String, uri: String, isAttribute: Bool, _ declarations: inout String
  ) -> String {
    if uri.isEmpty { return local }
    if !isAttribute, uri == Namespace.xforms || uri == model.schema { return local }
    if uri == Namespace.xml { return "xml:" + local }
    if let prefix = model.prefixes.first(where: { $0.uri == uri })?.prefix { return prefix + ":" + local }
    if let prefix = made.last(where: { $0.uri == uri })?.prefix { return prefix + ":" + local }
    let prefix = "n\(madeCount)"
    madeCount += 1
    made.append((uri, prefix))
    declarations += " xmlns:" + prefix + "=" + Self.quoted(uri)
    return prefix + ":" + local
  }

  private static func quoted(_ value: String) -> String {
    let quote: Character = value.contains("\"") ? "'" : "\""
    return "\(quote)\(escaped(value, quote: quote))\(quote)"
  }

  /// Characters that XML cannot carry are left out.
  static func escaped(_ text: String, quote: Character?) -> String {
    let plain = text.utf8.allSatisfy { byte in
      byte >= 0x20 && byte != 0x26 && byte != 0x3C && byte != 0x3E && byte != 0x40 && byte != 0x22 && byte != 0x27
    }
    if plain { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "@": escaped += "&#64;"
      case "\"" where quote == "\"": escaped += "&quot;"
      case "'" where quote == "'": escaped += "&apos;"
      case "\n", "\t":
        if quote == nil { escaped.unicodeScalars.append(scalar) } else { escaped += "&#\(scalar.value);" }
      case "\r": escaped += "&#13;"
      case _ where scalar.value < 0x20: continue
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

// MARK: Resuming

extension Session {
  /// Builds the instance from a stored document: its values and repeats on the form's structure. What the form does not know is
  /// left out; what the document lacks is empty.
  mutating func load(_ document: [UInt8]) throws(FormFault) {
    let tree = try XMLReader.parse(document, name: form.id)
    let root = instance.addRoot(form.model.nodes)
    guard let first = form.model.nodes[0].children.first else { return }
    let found = tree.root.attribute("id") ?? tree.root.name.uri
    guard tree.root.local == form.model.nodes[first].name.local, found == form.id else {
      throw FormFault(
        file: form.file, line: tree.root.line, node: tree.root.local,
        reason: .wrongForm(expected: form.id, found: found))
    }
    load(tree.root, model: first, under: root)
    guard instance.count <= Limits.instanceNodes else {
      throw FormFault(
        file: form.file, line: 0, node: tree.root.local, reason: .instanceTooLarge(limit: Limits.instanceNodes))
    }
  }

  private mutating func load(_ element: XMLNode?, model: Int, under parent: Int32) {
    let nodes = form.model.nodes
    guard instance.count <= Limits.instanceNodes else { return }
    let node = instance.add(model, to: parent, nodes)
    if let element, nodes[model].children.isEmpty { setStored(element.text, node, nodes[model].valueType) }
    for attribute in nodes[model].attributes {
      let place = instance.addAttribute(attribute, to: node, nodes)
      let stored = element?.attributes.first {
        $0.name.local == nodes[attribute].name.local && $0.name.uri == nodes[attribute].uri
      }
      if let stored { setStored(stored.value, place, nodes[attribute].valueType) }
    }
    var met: Set<Int> = []
    for one in element?.elements ?? [] {
      let child = nodes[model].children.first {
        one.local == nodes[$0].name.local && Self.isSame(one.name.uri, nodes[$0].uri)
      }
      guard let child else { continue }
      met.insert(child)
      load(one, model: child, under: node)
    }
    for child in nodes[model].children where !met.contains(child) && !nodes[child].isRepeat {
      load(nil, model: child, under: node)
    }
  }

  private mutating func setStored(_ text: String, _ node: Int32, _ type: ValueType) {
    let value = AnswerValue.read(text, as: type, offsetMinutes: offsetMinutes) ?? AnswerValue(text: text, kind: .text)
    instance.setValue(node, value.text, kind: value.kind)
  }

  /// The form's own namespace is not written: an element without namespace is of it.
  private static func isSame(_ stored: String, _ defined: String) -> Bool {
    stored == defined || stored.isEmpty || defined.isEmpty || defined == Namespace.xforms
  }
}
