// InstanceView: a session as XPath sees it: the filled-in instance, and the secondary instances beside it.

/// A node of one of a session's trees: 0 is the primary instance, then the form's lists, then the last saved instance.
struct NodeRef: Hashable, Sendable {
  var tree: Int32
  var index: Int32

  static func primary(_ index: Int32) -> NodeRef { NodeRef(tree: 0, index: index) }
}

struct InstanceView: XPathDocument {
  let session: Session

  typealias Node = NodeRef

  struct Nodes: Sequence, IteratorProtocol {
    enum Source {
      case primary([InstanceNode])
      case secondary([StaticNode])
    }
    let tree: Int32
    let source: Source
    var place: Int32
    /// The last node to give; -1: go on to the end.
    var end: Int32 = -1

    mutating func next() -> NodeRef? {
      guard place >= 0 else { return nil }
      let node = NodeRef(tree: tree, index: place)
      if place == end {
        place = -1
        return node
      }
      switch source {
      case .primary(let nodes): place = nodes[Int(place)].next
      case .secondary(let nodes): place = nodes[Int(place)].next
      }
      return node
    }
  }

  private var nodes: [InstanceNode] { session.instance.nodes }
  private var model: [ModelNode] { session.form.model.nodes }

  private func tree(_ number: Int32) -> StaticTree {
    let trees = session.form.model.trees
    let place = Int(number) - 1
    return place < trees.count ? trees[place] : session.lastSaved
  }

  var root: NodeRef { .primary(0) }

  func root(ofInstance id: String) -> NodeRef? {
    guard let place = session.form.model.instances[id] else {
      // The primary instance may be called by its root element's id.
      return id == session.form.id ? root : nil
    }
    return NodeRef(tree: Int32((place < 0 ? session.form.model.trees.count : place) + 1), index: 0)
  }

  func parent(of node: NodeRef) -> NodeRef? {
    let parent = node.tree == 0 ? nodes[Int(node.index)].parent : tree(node.tree).nodes[Int(node.index)].parent
    return parent < 0 ? nil : NodeRef(tree: node.tree, index: parent)
  }

  func children(of node: NodeRef) -> Nodes {
    if node.tree == 0 {
      return Nodes(tree: 0, source: .primary(nodes), place: nodes[Int(node.index)].first)
    }
    let list = tree(node.tree).nodes
    return Nodes(tree: node.tree, source: .secondary(list), place: list[Int(node.index)].first)
  }

  func children(of node: NodeRef, named test: XPathName) -> Nodes {
    guard node.tree == 0 else { return children(of: node) }
    let model = model
    let parent = Int(nodes[Int(node.index)].model)
    guard let number = session.form.model.child(of: parent, named: test) else { return children(of: node) }
    let block = session.instance.block(of: node.index, number, model)
    return Nodes(tree: 0, source: .primary(nodes), place: block.first, end: block.last)
  }

  func attributes(of node: NodeRef) -> [NodeRef] {
    let list =
      node.tree == 0
      ? Array(session.instance.attributes(of: node.index)) : tree(node.tree).attributes(of: node.index)
    return list.map { NodeRef(tree: node.tree, index: $0) }
  }

  func name(of node: NodeRef) -> XPathName {
    if node.tree == 0 { return model[Int(nodes[Int(node.index)].model)].name }
    let tree = tree(node.tree)
    return tree.names[Int(tree.nodes[Int(node.index)].name)]
  }

  func isNamed(_ node: NodeRef, _ test: XPathName) -> Bool {
    if node.tree == 0 { return model[Int(nodes[Int(node.index)].model)].name.isMeant(by: test) }
    let tree = tree(node.tree)
    return tree.names[Int(tree.nodes[Int(node.index)].name)].isMeant(by: test)
  }

  func text(of node: NodeRef) -> String {
    node.tree == 0 ? nodes[Int(node.index)].value : tree(node.tree).nodes[Int(node.index)].value
  }

  func kind(of node: NodeRef) -> XPathKind {
    node.tree == 0 ? nodes[Int(node.index)].kind : .text
  }

  func isRelevant(_ node: NodeRef) -> Bool {
    node.tree != 0 || nodes[Int(node.index)].flags.contains(.relevant)
  }

  func position(of node: NodeRef) -> Int {
    Int(node.tree == 0 ? nodes[Int(node.index)].position : tree(node.tree).nodes[Int(node.index)].position)
  }

  func choiceName(of value: String, question path: String, from context: NodeRef) -> String? {
    guard context.tree == 0, let question = session.node(path, near: context.index) else { return nil }
    return session.choiceLabel(value, at: question)
  }

  func itext(_ id: String) -> String? { session.translated(id, at: nil) }
}
