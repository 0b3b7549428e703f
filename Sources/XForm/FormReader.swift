// FormReader: an XForm document to a FormModel. This file reads the head: title, model, instances; the other files of the same name
// read texts, binds, body and actions, and at the end put the rules in order.
//
// Unknown elements and attributes are kept out of the way and warned of; what makes the form unusable is a FormFault that names
// file, line and node.

struct FormReader {
  let file: String
  let attachments: [String: [UInt8]]
  var model = FormModel()
  var warnings: [FormFault] = []
  var id = ""
  var title = ""
  /// Prefix by namespace URI, as the root element declares them.
  var prefixByURI: [String: String] = [:]
  /// bind id → model node
  var bindIDs: [String: Int] = [:]
  var boundNodes: Set<Int> = []
  var primary: XMLNode?
  /// Expressions of choice lists and counts whose readers are wired up at the end: (body item, expression, context node).
  var choiceSources: [(item: Int, expression: XPathExpression, context: Int)] = []
  var countSources: [(item: Int, expression: XPathExpression, context: Int)] = []

  init(file: String, attachments: [String: [UInt8]]) {
    self.file = file
    self.attachments = attachments
  }

  mutating func read(_ document: [UInt8]) throws(FormFault) {
    let tree = try XMLReader.parse(document, name: file)
    let html = tree.root
    guard html.local == "html" else { throw fault(html, .missingElement("html")) }
    guard let head = html.first("head") else { throw fault(html, .missingElement("head")) }
    title = head.first("title")?.text.trimmed ?? ""
    let models = head.elements("model")
    guard let modelElement = models.first else { throw fault(head, .missingElement("model")) }
    if models.count > 1 { warn(models[1], .secondModelIgnored) }
    for declaration in html.declarations + modelElement.declarations where !declaration.prefix.isEmpty {
      if prefixByURI[declaration.uri] == nil { prefixByURI[declaration.uri] = declaration.prefix }
    }
    try checkEntities(modelElement)
    try readTranslations(modelElement)
    try readInstances(modelElement, html: html)
    try readBinds(modelElement)
    if let body = html.first("body") {
      model.topItems = try readBody(body, parent: -1, node: 1)
      collapseRepeatGroups()
    } else {
      warn(html, .missingElement("body"))
    }
    try readModelRest(modelElement)
    finishTypes()
    try readSeed()
    try orderRules()
  }

  // MARK: Faults

  func fault(_ node: XMLNode, _ reason: FormFault.Reason, _ detail: String = "") -> FormFault {
    FormFault(file: file, line: node.line, node: detail.isEmpty ? node.local : node.local + " " + detail, reason: reason)
  }

  mutating func warn(_ node: XMLNode, _ reason: FormFault.Reason, _ detail: String = "") {
    guard warnings.count < Limits.formWarnings else { return }
    warnings.append(fault(node, reason, detail))
  }

  func parse(
    _ source: String, _ attribute: String, _ node: XMLNode, _ detail: String = ""
  ) throws(FormFault) -> XPathExpression {
    do {
      return try XPathExpression.parse(source)
    } catch {
      throw fault(
        node,
        .badExpression(attribute: attribute, expression: source, detail: "\(error.offset): \(error.reason)"), detail)
    }
  }

  // MARK: Instances

  private mutating func readInstances(_ modelElement: XMLNode, html: XMLNode) throws(FormFault) {
    let instances = modelElement.elements("instance")
    guard let first = instances.first else { throw fault(modelElement, .missingElement("instance")) }
    guard let root = first.elements.first else { throw fault(first, .missingElement("primary instance")) }
    primary = root
    guard let formID = root.attribute("id") ?? root.attribute("xmlns") ?? (root.name.uri.isEmpty ? nil : root.name.uri)
    else { throw fault(root, .missingAttribute("id")) }
    id = formID
    model.version = root.attribute("version") ?? root.attribute("version", uri: Namespace.openrosa)
    for attribute in root.attributes where attribute.name.uri == Namespace.zoufang {
      model.marks[attribute.name.local] = attribute.value
    }
    if root.name.uri != Namespace.xforms, !root.name.uri.isEmpty, root.name.prefix.isEmpty {
      model.schema = root.name.uri
    }
    var prefixes = html.declarations.filter { !$0.prefix.isEmpty }
    for declaration in root.declarations where !declaration.prefix.isEmpty {
      prefixes.removeAll { $0.prefix == declaration.prefix }
      prefixes.append(declaration)
      prefixByURI[declaration.uri] = prefixByURI[declaration.uri] ?? declaration.prefix
    }
    model.prefixes = JavaOrder.sorted(prefixes)
    model.nodes.append(ModelNode(name: XPathName(prefix: "", local: ""), uri: "", parent: -1, depth: 0))
    try addNodes(root, parent: 0)
    for instance in instances.dropFirst() { try readSecondary(instance) }
  }

  /// The name that expressions use: the prefix that the document gives the namespace.
  func name(of name: XMLName) -> XPathName {
    if !name.prefix.isEmpty { return XPathName(prefix: prefixByURI[name.uri] ?? name.prefix, local: name.local) }
    if name.uri.isEmpty || name.uri == Namespace.xforms || name.uri == model.schema {
      return XPathName(prefix: "", local: name.local)
    }
    return XPathName(prefix: prefixByURI[name.uri] ?? "", local: name.local)
  }

  /// Adds the model node of an instance element, once for all elements of the same generic path.
  private mutating func addNodes(_ element: XMLNode, parent: Int) throws(FormFault) {
    let name = name(of: element.name)
    let index: Int
    if let known = model.nodes[parent].children.first(where: { model.nodes[$0].name == name }) {
      index = known
    } else {
      index = model.nodes.count
      guard index < Limits.instanceNodes else {
        throw fault(element, .instanceTooLarge(limit: Limits.instanceNodes))
      }
      let depth = model.nodes[parent].depth + 1
      var node = ModelNode(name: name, uri: element.name.uri, parent: parent, depth: depth)
      node.order = model.nodes[parent].children.count
      model.nodes.append(node)
      model.nodes[parent].children.append(index)
    }
    for attribute in element.attributes where !Self.isTemplateMark(attribute) {
      let name = self.name(of: attribute.name)
      if model.nodes[index].attributes.contains(where: { model.nodes[$0].name == name }) { continue }
      let place = model.nodes.count
      var node = ModelNode(
        name: name, uri: attribute.name.uri, parent: index, depth: model.nodes[index].depth + 1)
      node.isAttribute = true
      model.nodes.append(node)
      model.nodes[index].attributes.append(place)
    }
    for child in element.elements { try addNodes(child, parent: index) }
  }

  static func isTemplateMark(_ attribute: XMLAttribute) -> Bool {
    attribute.name.local == "template" && attribute.name.uri == Namespace.javarosa
  }

  private mutating func readSecondary(_ instance: XMLNode) throws(FormFault) {
    guard let id = instance.attribute("id") else {
      warn(instance, .missingAttribute("id"))
      return
    }
    guard model.instances[id] == nil else { throw fault(instance, .duplicateInstance(id), id) }
    if let source = instance.attribute("src") {
      try readExternal(source, id: id, instance)
      return
    }
    guard let root = instance.elements.first else {
      throw fault(instance, .missingElement("instance content"), id)
    }
    add(StaticTree(root), id: id)
  }

  private mutating func add(_ tree: StaticTree, id: String) {
    model.instances[id] = model.trees.count
    model.trees.append(tree)
  }

  private mutating func readExternal(_ source: String, id: String, _ instance: XMLNode) throws(FormFault) {
    if source == "jr://instance/last-saved" {
      model.usesLastSaved = true
      model.instances[id] = -1
      return
    }
    let name = String(source.split(separator: "/").last ?? "")
    guard source.hasPrefix("jr://"), !name.isEmpty else {
      throw fault(instance, .badAttribute(name: "src", value: source), id)
    }
    guard let bytes = attachments[name] else { throw fault(instance, .missingAttachment(name), id) }
    guard bytes.count <= Limits.attachmentBytes else {
      throw FormFault(file: name, line: 0, node: id, reason: .tooLarge(limit: Limits.attachmentBytes))
    }
    if source.hasPrefix("jr://file-csv/") || name.lowercased().hasSuffix(".csv") {
      guard let tree = StaticTree(csv: bytes) else { throw fault(instance, .badAttachment(name), id) }
      add(tree, id: id)
    } else if name.lowercased().hasSuffix(".geojson") {
      warn(instance, .unsupported("geojson"), name)
      var empty = StaticTree()
      _ = empty.add(empty.number(of: XPathName(prefix: "", local: "root")), to: 0)
      add(empty, id: id)
    } else {
      let tree = try XMLReader.parse(bytes, name: name, bytesMax: Limits.attachmentBytes)
      add(StaticTree(tree.root), id: id)
    }
  }

  private mutating func checkEntities(_ modelElement: XMLNode) throws(FormFault) {
    guard let version = modelElement.attribute("entities-version", uri: Namespace.entities) else { return }
    let known = ["2022.1", "2023.1", "2024.1", "2025.1"]
    guard known.contains(where: { version == $0 || version.hasPrefix($0 + ".") }) else {
      throw fault(modelElement, .unsupportedEntitiesVersion(version))
    }
    model.entitiesVersion = version
  }
}

/// The order in which a Java HashMap of strings gives its keys: JavaRosa writes namespace declarations in it, and equal bytes are
/// easier to compare than equal meanings.
enum JavaOrder {
  static func sorted(_ pairs: [(prefix: String, uri: String)]) -> [(prefix: String, uri: String)] {
    var capacity = 16
    while pairs.count * 4 > capacity * 3 { capacity *= 2 }
    func bucket(_ text: String) -> Int {
      var hash: UInt32 = 0
      for unit in text.utf16 { hash = hash &* 31 &+ UInt32(unit) }
      return Int((hash ^ (hash >> 16)) & UInt32(capacity - 1))
    }
    return pairs.enumerated().sorted { left, right in
      let (one, other) = (bucket(left.element.prefix), bucket(right.element.prefix))
      return one == other ? left.offset < right.offset : one < other
    }.map(\.element)
  }
}
