// FormReader, the default instance and the templates of its repeats.
//
// A repeat's template is the element marked jr:template, with its values; where there is none, the first instance, emptied of
// values and of nested repeats (docs/conformance.md). Templates of nested repeats stand inside the template of the outer one.

extension FormReader {
  mutating func readSeed() throws(FormFault) {
    guard let primary else { return }
    var instance = [SeedNode(model: 0, parent: -1, value: "")]
    collect(primary, parentModel: 0, parent: 0, into: &instance)
    model.seed.instance = instance
    for index in model.nodes.indices where model.nodes[index].isRepeat && model.seed.templates[index] == nil {
      if let first = element(of: index) {
        var seed: [SeedNode] = []
        collectEmptied(first, model: index, parent: -1, into: &seed)
        model.seed.templates[index] = seed
      }
    }
  }

  private func child(of parent: Int, _ name: XMLName) -> Int? {
    let name = self.name(of: name)
    return model.nodes[parent].children.first { model.nodes[$0].name == name }
  }

  /// Appends the element and what is below it, without templates; templates met on the way are kept apart.
  private mutating func collect(
    _ element: XMLNode, parentModel: Int, parent: Int, into seed: inout [SeedNode]
  ) {
    guard let node = child(of: parentModel, element.name) else { return }
    let index = seed.count
    seed.append(SeedNode(model: node, parent: parent, value: element.hasElements ? "" : element.text))
    for attribute in element.attributes where !Self.isTemplateMark(attribute) {
      let name = self.name(of: attribute.name)
      guard let model = self.model.nodes[node].attributes.first(where: { self.model.nodes[$0].name == name })
      else { continue }
      seed.append(SeedNode(model: model, parent: index, value: attribute.value))
    }
    for child in element.elements {
      if Self.isTemplate(child) {
        keepTemplate(child, parentModel: node)
      } else {
        collect(child, parentModel: node, parent: index, into: &seed)
      }
    }
  }

  private mutating func keepTemplate(_ element: XMLNode, parentModel: Int) {
    guard let node = child(of: parentModel, element.name) else { return }
    guard model.nodes[node].isRepeat else {
      warn(element, .unknownAttribute("jr:template"), element.local)
      return
    }
    guard model.seed.templates[node] == nil else { return }
    var seed: [SeedNode] = []
    collect(element, parentModel: parentModel, parent: -1, into: &seed)
    model.seed.templates[node] = seed
  }

  static func isTemplate(_ element: XMLNode) -> Bool {
    element.attributes.contains { isTemplateMark($0) }
  }

  /// The first element of a repeat in the document.
  private func element(of node: Int) -> XMLNode? {
    var chain: [Int] = []
    var above = node
    while above > 0 {
      chain.append(above)
      above = model.nodes[above].parent
    }
    guard let primary, chain.popLast() != nil else { return nil }
    var found = [primary]
    while let step = chain.popLast() {
      found = found.flatMap { $0.elements.filter { name(of: $0.name) == model.nodes[step].name } }
    }
    return found.first { !Self.isTemplate($0) } ?? found.first
  }

  private func collectEmptied(_ element: XMLNode, model node: Int, parent: Int, into seed: inout [SeedNode]) {
    let index = seed.count
    seed.append(SeedNode(model: node, parent: parent, value: ""))
    for attribute in element.attributes where !Self.isTemplateMark(attribute) {
      let name = self.name(of: attribute.name)
      if let place = model.nodes[node].attributes.first(where: { model.nodes[$0].name == name }) {
        seed.append(SeedNode(model: place, parent: index, value: attribute.value))
      }
    }
    for child in element.elements {
      guard let inner = self.child(of: node, child.name), !model.nodes[inner].isRepeat else { continue }
      collectEmptied(child, model: inner, parent: index, into: &seed)
    }
  }
}
