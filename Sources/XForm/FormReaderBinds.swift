// FormReader, binds: types, rules, constraints, preloads, entity properties and our own attributes.

extension FormReader {
  mutating func readBinds(_ modelElement: XMLNode) throws(FormFault) {
    for bind in modelElement.elements("bind") {
      guard let nodeset = bind.attribute("nodeset") ?? bind.attribute("ref") else {
        throw fault(bind, .missingAttribute("nodeset"))
      }
      guard let node = resolve(nodeset, from: 1) else {
        warn(bind, .noSuchNode(nodeset), nodeset)
        continue
      }
      // As in JavaRosa the later bind has the last word.
      if !boundNodes.insert(node).inserted {
        warn(bind, .duplicateBind(nodeset), nodeset)
        let repeated = ["relevant", "calculate", "readonly", "required"].map { bind.attribute($0) != nil }
        model.rules.removeAll { $0.target == node && repeated[$0.kind.place] }
      }
      if let id = bind.attribute("id") { bindIDs[id] = node }
      try readBind(bind, node: node, nodeset)
    }
  }

  private mutating func readBind(_ bind: XMLNode, node: Int, _ nodeset: String) throws(FormFault) {
    if let type = bind.attribute("type") {
      let local = type.split(separator: ":").last.map(String.init) ?? type
      let known = Self.dataType(local)
      if known == nil, !local.isEmpty { warn(bind, .unknownDataType(type), nodeset) }
      model.nodes[node].dataType = known ?? .string
    }
    let rules: [(Rule.Kind, String)] = [
      (.relevant, "relevant"), (.calculate, "calculate"), (.readOnly, "readonly"), (.required, "required"),
    ]
    for (kind, attribute) in rules {
      guard let source = bind.attribute(attribute), !source.trimmed.isEmpty else { continue }
      let expression = try parse(source, attribute, bind, nodeset)
      model.rules.append(Rule(kind: kind, target: node, expression: expression, line: bind.line))
    }
    if let source = bind.attribute("constraint"), !source.trimmed.isEmpty {
      model.nodes[node].constraint = try parse(source, "constraint", bind, nodeset)
    }
    if let text = bind.attribute("constraintMsg", uri: Namespace.javarosa) {
      model.nodes[node].constraintMessage = message(text, bind)
    }
    if let text = bind.attribute("requiredMsg", uri: Namespace.javarosa) {
      model.nodes[node].requiredMessage = message(text, bind)
    }
    if let handler = bind.attribute("preload", uri: Namespace.javarosa) ?? bind.attribute("preload") {
      let parameter =
        bind.attribute("preloadParams", uri: Namespace.javarosa) ?? bind.attribute("preloadParams") ?? ""
      model.nodes[node].preload = (handler, parameter)
    }
    if let property = bind.attribute("saveto", uri: Namespace.entities) { model.nodes[node].saveTo = property }
    for attribute in bind.attributes where attribute.name.uri == Namespace.zoufang {
      model.nodes[node].extensions[attribute.name.local] = attribute.value
    }
    if let source = bind.attribute("warn", uri: Namespace.zoufang), !source.trimmed.isEmpty {
      model.nodes[node].softCheck = try parse(source, "zf:warn", bind, nodeset)
    }
    let known: Set<String> = [
      "id", "nodeset", "ref", "type", "relevant", "calculate", "readonly", "required", "constraint", "preload",
      "preloadParams", "saveIncomplete",
    ]
    for attribute in bind.attributes where attribute.name.uri.isEmpty && !known.contains(attribute.name.local) {
      warn(bind, .unknownAttribute(attribute.name.local), nodeset)
    }
  }

  static func dataType(_ name: String) -> DataType? {
    switch name {
    case "string", "text", "select", "select1", "rank", "odk:rank": .string
    case "int", "integer", "long": .int
    case "boolean": .boolean
    case "decimal", "double", "float": .decimal
    case "date": .date
    case "time": .time
    case "dateTime": .dateTime
    case "geopoint": .geopoint
    case "geotrace": .geotrace
    case "geoshape": .geoshape
    case "binary": .binary
    case "barcode": .barcode
    case "intent": .intent
    default: nil
    }
  }

  func resolve(_ text: String, from context: Int) -> Int? { model.resolve(text, from: context) }

  /// After body and binds: what values of each node look like, and whether it takes part in selection.
  mutating func finishTypes() {
    for (index, node) in model.nodes.enumerated() where node.children.count > 8 {
      model.childrenByMark[index] = Dictionary(grouping: node.children) { model.nodes[$0].name.mark }
    }
    for index in model.nodes.indices {
      let control: Control? =
        model.nodes[index].bodyItem >= 0
        ? { if case .question(let question) = model.body[model.nodes[index].bodyItem].kind { question.control } else { nil } }()
        : nil
      let parent = model.nodes[index].parent
      model.nodes[index].isInRepeat = parent > 0 && (model.nodes[parent].isRepeat || model.nodes[parent].isInRepeat)
      let isSelect = control == .selectOne || control == .selectMultiple || control == .rank
      model.nodes[index].isSelect = isSelect
      switch model.nodes[index].dataType {
      case nil, .string:
        if control == .selectOne {
          model.nodes[index].valueType = .choice
        } else if isSelect {
          model.nodes[index].valueType = .choices
        } else {
          model.nodes[index].valueType = model.nodes[index].dataType == nil ? .untyped : .string
        }
      case .int: model.nodes[index].valueType = .integer
      case .decimal: model.nodes[index].valueType = .decimal
      case .boolean: model.nodes[index].valueType = .boolean
      case .date: model.nodes[index].valueType = .date
      case .time: model.nodes[index].valueType = .time
      case .dateTime: model.nodes[index].valueType = .dateTime
      case .geopoint: model.nodes[index].valueType = .geopoint
      case .geotrace: model.nodes[index].valueType = .geotrace
      case .geoshape: model.nodes[index].valueType = .geoshape
      case .binary: model.nodes[index].valueType = .binary
      case .barcode, .intent: model.nodes[index].valueType = .string
      }
    }
  }
}
