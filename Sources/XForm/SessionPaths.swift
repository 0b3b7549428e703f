// Session, paths: from an InstancePath to a node and back, and the node that a reference means near another.

extension Session {
  /// The node at a path; nil where there is none. Steps without a position mean the first.
  func node(at path: InstancePath) -> Int32? {
    var node: Int32 = 0
    for step in path.steps {
      let isAttribute = step.name.utf8.first == UInt8(ascii: "@")
      let test = XPathName(isAttribute ? String(step.name.dropFirst()) : step.name)
      let model = form.model.nodes[Int(instance[node].model)]
      guard
        let next = (isAttribute ? model.attributes : model.children).first(where: {
          form.model.nodes[$0].name.isMeant(by: test)
        }),
        let found = isAttribute
          ? instance.attribute(of: node, model: next)
          : instance.child(of: node, next, position: step.position ?? 1, form.model.nodes)
      else { return nil }
      node = found
    }
    return node
  }

  func path(of node: Int32) -> InstancePath {
    var steps: [InstancePath.Step] = []
    var node = node
    while node > 0 {
      let model = form.model.nodes[Int(instance[node].model)]
      let name = (model.isAttribute ? "@" : "") + model.name.description
      let needsPosition = model.isRepeat || instance[node].position > 1
      steps.append(InstancePath.Step(name: name, position: needsPosition ? Int(instance[node].position) : nil))
      node = instance[node].parent
    }
    return InstancePath(steps: steps.reversed())
  }

  /// The model node of a path, positions left aside.
  func modelNode(at path: InstancePath) -> Int? {
    var node = 0
    for step in path.steps {
      let isAttribute = step.name.utf8.first == UInt8(ascii: "@")
      let test = XPathName(isAttribute ? String(step.name.dropFirst()) : step.name)
      let model = form.model.nodes[node]
      guard
        let next = (isAttribute ? model.attributes : model.children).first(where: {
          form.model.nodes[$0].name.isMeant(by: test)
        })
      else { return nil }
      node = next
    }
    return node
  }

  /// The node that a reference means when read at `context`: through the context's own instances where it shares them, the first
  /// ones elsewhere.
  func node(_ reference: String, near context: Int32) -> Int32? {
    guard let model = form.model.resolve(reference, from: Int(instance[context].model)) else { return nil }
    return node(model, near: context)
  }

  func node(_ model: Int, near context: Int32) -> Int32? {
    let shared = form.model.sharedDepth(Int(instance[context].model), model)
    return nodes(of: model, below: ancestor(of: context, depth: shared)).first
  }

  func depth(of node: Int32) -> Int { form.model.nodes[Int(instance[node].model)].depth }

  func ancestor(of node: Int32, depth: Int) -> Int32 {
    var node = node
    var steps = self.depth(of: node) - depth
    while steps > 0 {
      node = instance[node].parent
      steps -= 1
    }
    return node
  }

  /// All nodes of a model node below (or at) a node above it.
  func nodes(of model: Int, below top: Int32) -> [Int32] {
    var chain: [Int] = []
    var above = model
    let end = Int(instance[top].model)
    while above != end {
      guard above >= 0 else { return [] }
      chain.append(above)
      above = form.model.nodes[above].parent
    }
    let model = form.model.nodes
    var found: [Int32] = [top]
    while let step = chain.popLast() {
      var next: [Int32] = []
      for node in found {
        if model[step].isAttribute {
          if let attribute = instance.attribute(of: node, model: step) { next.append(attribute) }
        } else {
          let block = instance.block(of: node, step, model)
          var child = block.first
          while child >= 0 {
            next.append(child)
            child = child == block.last ? -1 : instance[child].next
          }
        }
      }
      found = next
    }
    return found
  }
}

extension FormModel {
  /// The one child that a name test means; nil where there is none or more than one.
  func child(of node: Int, named test: XPathName) -> Int? {
    let children = nodes[node].children
    if children.count > 8 {
      guard let list = childrenByMark[node]?[test.mark], list.count == 1, nodes[list[0]].name.isMeant(by: test)
      else { return nil }
      return list[0]
    }
    var found: Int?
    for child in children where nodes[child].name.isMeant(by: test) {
      guard found == nil else { return nil }
      found = child
    }
    return found
  }

  /// The depth of the deepest node that stands above (or is) both.
  func sharedDepth(_ one: Int, _ other: Int) -> Int {
    var one = one
    var other = other
    while nodes[one].depth > nodes[other].depth { one = nodes[one].parent }
    while nodes[other].depth > nodes[one].depth { other = nodes[other].parent }
    while one != other {
      one = nodes[one].parent
      other = nodes[other].parent
    }
    return nodes[one].depth
  }

  /// The model node that a reference means; nil where the instance has none. Predicates are not allowed here.
  func resolve(_ text: String, from context: Int) -> Int? {
    var rest = Substring(text.trimmed)
    var node = context
    if rest.hasPrefix("current()/") { rest = rest.dropFirst("current()/".count) }
    if rest.hasPrefix("/") {
      node = 0
      rest = rest.dropFirst()
      if rest.isEmpty { return 0 }
    }
    for step in rest.split(separator: "/", omittingEmptySubsequences: false) {
      switch step {
      case ".": continue
      case "..":
        node = nodes[node].parent
        if node < 0 { return nil }
      default:
        let isAttribute = step.hasPrefix("@")
        let test = XPathName(String(isAttribute ? step.dropFirst() : step).trimmed)
        let list = isAttribute ? nodes[node].attributes : nodes[node].children
        guard let found = list.first(where: { nodes[$0].name.isMeant(by: test) }) else { return nil }
        node = found
      }
    }
    return node
  }
}
