// FormReader, body: groups, repeats, the seven controls, their choices, and the actions of body and model.

extension FormReader {
  private static let controls: [String: Control] = [
    "input": .input, "secret": .input, "select1": .selectOne, "select": .selectMultiple, "trigger": .trigger,
    "range": .range, "rank": .rank, "upload": .upload,
  ]

  /// Reads what stands inside `element`; gives the numbers of the items.
  mutating func readBody(_ element: XMLNode, parent: Int, node: Int) throws(FormFault) -> [Int] {
    var items: [Int] = []
    for child in element.elements {
      if let control = Self.controls[child.local] {
        if let item = try readQuestion(child, control, parent: parent, node: node) { items.append(item) }
      } else if child.local == "group" || child.local == "repeat" {
        items.append(try readGroup(child, parent: parent, node: node))
      } else if parent < 0 || !["label", "hint"].contains(child.local) {
        if try !readAction(child, bodyItem: parent, node: node) { warn(child, .unknownElement(child.local)) }
      }
    }
    return items
  }

  /// The node of `ref`, `nodeset` or `bind`; nil where the element has none of them.
  private func bound(_ element: XMLNode, node: Int) throws(FormFault) -> Int? {
    if let id = element.attribute("bind") {
      guard let found = bindIDs[id] else { throw fault(element, .noSuchNode(id), id) }
      return found
    }
    guard let ref = element.attribute("ref") ?? element.attribute("nodeset"), !ref.isEmpty else { return nil }
    guard let found = resolve(ref, from: node) else { throw fault(element, .noSuchNode(ref), ref) }
    return found
  }

  private mutating func readGroup(_ element: XMLNode, parent: Int, node: Int) throws(FormFault) -> Int {
    let bound = try bound(element, node: node)
    let index = model.body.count
    var kind = BodyItem.Kind.group
    let place = bound ?? node
    if element.local == "repeat" {
      guard bound != nil else { throw fault(element, .missingAttribute("nodeset")) }
      guard model.nodes[place].depth > 1 else {
        throw fault(element, .badAttribute(name: "nodeset", value: element.attribute("nodeset") ?? ""))
      }
      var count: XPathExpression?
      if let source = element.attribute("count", uri: Namespace.javarosa), !source.trimmed.isEmpty {
        count = try parse(source, "jr:count", element)
      }
      let fixed = element.attribute("noAddRemove", uri: Namespace.javarosa).map { $0.trimmed.hasPrefix("true") } ?? false
      kind = .repeat(count: count, noAddRemove: fixed)
      model.nodes[place].isRepeat = true
      if let count { countSources.append((index, count, place)) }
    }
    var item = BodyItem(
      kind: kind, node: place, isBound: bound != nil, label: nil,
      appearance: element.attribute("appearance")?.words ?? [], parent: parent, line: element.line)
    if let label = element.first("label") { item.label = try text(of: label) }
    model.body.append(item)
    if bound != nil { adopt(element, node: place, item: index) }
    let children = try readBody(element, parent: index, node: place)
    model.body[index].children = children
    return index
  }

  /// Our own attributes of a control, and which body item shows the node.
  private mutating func adopt(_ element: XMLNode, node: Int, item: Int) {
    for attribute in element.attributes where attribute.name.uri == Namespace.zoufang {
      model.nodes[node].extensions[attribute.name.local] = attribute.value
    }
    model.nodes[node].bodyItem = item
  }

  private mutating func readQuestion(
    _ element: XMLNode, _ control: Control, parent: Int, node: Int
  ) throws(FormFault) -> Int? {
    guard let place = try bound(element, node: node) else {
      warn(element, .missingAttribute("ref"))
      return nil
    }
    var question = BodyQuestion(control: control)
    if let hint = element.first("hint") { question.hint = try text(of: hint) }
    question.rows = element.attribute("rows").flatMap { Int($0.trimmed) }
    question.mediaType = element.attribute("mediatype")
    if control == .range {
      question.range = RangeBounds(
        start: element.attribute("start") ?? "", end: element.attribute("end") ?? "",
        step: element.attribute("step") ?? "")
    }
    let index = model.body.count
    for child in element.elements {
      switch child.local {
      case "item":
        var choice = StaticChoice(value: child.first("value")?.text.trimmed ?? "", label: nil)
        if let label = child.first("label") { choice.label = try text(of: label) }
        if child.first("value") == nil { throw fault(child, .missingElement("value")) }
        question.choices.append(choice)
      case "itemset":
        let itemset = try readItemset(child)
        question.itemset = itemset
        choiceSources.append((index, itemset.nodeset, place))
      default: continue
      }
    }
    var item = BodyItem(
      kind: .question(question), node: place, isBound: true, label: nil,
      appearance: element.attribute("appearance")?.words ?? [], parent: parent, line: element.line)
    if let label = element.first("label") { item.label = try text(of: label) }
    model.body.append(item)
    adopt(element, node: place, item: index)
    let known: Set<String> = ["label", "hint", "item", "itemset", "help", "alert"]
    for child in element.elements where !known.contains(child.local) {
      if try !readAction(child, bodyItem: index, node: place) { warn(child, .unknownElement(child.local)) }
    }
    return index
  }

  private mutating func readItemset(_ element: XMLNode) throws(FormFault) -> Itemset {
    guard let nodeset = element.attribute("nodeset") else { throw fault(element, .missingAttribute("nodeset")) }
    guard let value = element.first("value")?.attribute("ref") else {
      throw fault(element, .missingElement("value"), nodeset)
    }
    let label = element.first("label")?.attribute("ref") ?? value
    return Itemset(
      nodeset: try parse(nodeset, "nodeset", element), value: try parse(value, "value", element),
      label: try parse(label, "label", element))
  }

  // MARK: Actions

  private static let events: [String: Action.Event] = [
    "odk-instance-first-load": .instanceFirstLoad, "xforms-ready": .instanceFirstLoad,
    "odk-instance-load": .instanceLoad, "odk-new-repeat": .newRepeat, "jr-insert": .newRepeat,
    "xforms-value-changed": .valueChanged,
  ]

  /// Reads a setvalue (or an action we cannot carry out); false: the element is no action.
  mutating func readAction(_ element: XMLNode, bodyItem: Int, node: Int) throws(FormFault) -> Bool {
    let names: Set<String> = ["setvalue", "setgeopoint", "recordaudio", "setlocation"]
    guard names.contains(element.local) else { return false }
    let words = (element.attribute("event", uri: Namespace.events) ?? element.attribute("event") ?? "").words
    let events = Set(words.compactMap { Self.events[$0] })
    if element.local != "setvalue" {
      // setgeopoint: without a position the value becomes empty, as the specification says of failure; recordaudio is kept only.
      warn(element, .unsupported(element.local))
      guard element.local == "setgeopoint" else { return true }
    }
    guard !events.isEmpty else { throw fault(element, .missingAttribute("event")) }
    let source = element.attribute("ref") ?? element.attribute("bind") ?? ""
    guard let target = bindIDs[source] ?? resolve(source, from: node) else {
      throw fault(element, .noSuchNode(source), source)
    }
    var action = Action(events: events, target: target, expression: nil, literal: element.text, bodyItem: bodyItem)
    if element.local == "setgeopoint" {
      action.literal = ""
    } else if let value = element.attribute("value") {
      action.expression = try parse(value, "value", element, source)
    }
    if bodyItem >= 0 { model.body[bodyItem].actions.append(model.actions.count) }
    model.actions.append(action)
    return true
  }

  mutating func readModelRest(_ modelElement: XMLNode) throws(FormFault) {
    for child in modelElement.elements {
      switch child.local {
      case "itext", "instance", "bind": continue
      case "submission":
        if child.attribute("base64RsaPublicKey") != nil { throw fault(child, .encryptedForm) }
        for attribute in child.attributes { model.submission[attribute.name.local] = attribute.value }
      default:
        if try !readAction(child, bodyItem: -1, node: 1) { warn(child, .unknownElement(child.local)) }
      }
    }
  }

  /// A group around nothing but one repeat of the same node is the repeat's label, as JavaRosa takes it.
  mutating func collapseRepeatGroups() {
    func collapsed(_ items: [Int], parent: Int) -> [Int] {
      items.map { index in
        let item = model.body[index]
        if case .group = item.kind, item.children.count == 1, model.body[item.children[0]].isRepeat,
          model.body[item.children[0]].node == item.node || !item.isBound
        {
          let inner = item.children[0]
          if model.body[inner].label == nil { model.body[inner].label = item.label }
          model.body[inner].appearance = item.appearance + model.body[inner].appearance
          model.body[inner].parent = parent
          model.nodes[model.body[inner].node].bodyItem = inner
          model.body[inner].children = collapsed(model.body[inner].children, parent: inner)
          return inner
        }
        model.body[index].children = collapsed(item.children, parent: index)
        return index
      }
    }
    model.topItems = collapsed(model.topItems, parent: -1)
  }
}
