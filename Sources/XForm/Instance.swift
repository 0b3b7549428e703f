// Instance: the filled-in tree as flat arrays: nodes by number, siblings as a chain. A copy of the value is a copy of the form's
// state (the undo); adding an instance of a repeat at the end costs what the instance costs.

struct InstanceNode: Sendable {
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    /// Its own relevance, without that of the nodes above.
    static let ownRelevant = Flags(rawValue: 1)
    static let relevant = Flags(rawValue: 2)
    static let ownReadOnly = Flags(rawValue: 4)
    static let readOnly = Flags(rawValue: 8)
    static let required = Flags(rawValue: 16)
  }

  var model: Int32
  var parent: Int32
  var first: Int32 = -1
  var last: Int32 = -1
  var next: Int32 = -1
  var previous: Int32 = -1
  var firstAttribute: Int32 = -1
  /// Among the siblings of the same model node, 1-based.
  var position: Int32 = 1
  var flags: Flags = [.ownRelevant, .relevant]
  /// What the value is for XPath; a calculated date in a text node is still a date.
  var kind: XPathKind = .text
  var value = ""
}

struct Instance: Sendable {
  private(set) var nodes: [InstanceNode] = []
  private var free: [Int32] = []

  /// Nodes in use.
  var count: Int { nodes.count - free.count }

  subscript(node: Int32) -> InstanceNode { nodes[Int(node)] }

  mutating func setValue(_ node: Int32, _ value: String, kind: XPathKind) {
    nodes[Int(node)].value = value
    nodes[Int(node)].kind = kind
  }

  mutating func setFlag(_ node: Int32, _ flag: InstanceNode.Flags, _ isOn: Bool) {
    if isOn { nodes[Int(node)].flags.insert(flag) } else { nodes[Int(node)].flags.remove(flag) }
  }

  // MARK: Building

  private mutating func make(_ node: InstanceNode) -> Int32 {
    if let index = free.popLast() {
      nodes[Int(index)] = node
      return index
    }
    nodes.append(node)
    return Int32(nodes.count - 1)
  }

  mutating func addRoot() -> Int32 { make(InstanceNode(model: 0, parent: -1)) }

  mutating func addAttribute(_ model: Int, to parent: Int32) -> Int32 {
    let index = make(InstanceNode(model: Int32(model), parent: parent))
    inherit(index, from: parent)
    let first = nodes[Int(parent)].firstAttribute
    guard first >= 0 else {
      nodes[Int(parent)].firstAttribute = index
      return index
    }
    var end = first
    while nodes[Int(end)].next >= 0 { end = nodes[Int(end)].next }
    nodes[Int(end)].next = index
    return index
  }

  /// Adds a child behind its siblings of the same model node. The first of its kind stands at its place in the form (`order` is
  /// each model node's place among its siblings); inside a repeat instance it stands at the end, as with JavaRosa, whose
  /// templates keep the place only outside of instances (`order` is nil then).
  mutating func add(_ model: Int, to parent: Int32, order: ((Int) -> Int)?) -> Int32 {
    let index = make(InstanceNode(model: Int32(model), parent: parent))
    inherit(index, from: parent)
    let end = nodes[Int(parent)].last
    var before = end
    if let order {
      let own = order(model)
      while before >= 0, order(Int(nodes[Int(before)].model)) > own { before = nodes[Int(before)].previous }
    } else {
      while before >= 0, Int(nodes[Int(before)].model) != model { before = nodes[Int(before)].previous }
      if before < 0 { before = end }
    }
    if before >= 0, Int(nodes[Int(before)].model) == model {
      nodes[Int(index)].position = nodes[Int(before)].position + 1
    }
    let after = before >= 0 ? nodes[Int(before)].next : nodes[Int(parent)].first
    nodes[Int(index)].previous = before
    nodes[Int(index)].next = after
    if before >= 0 { nodes[Int(before)].next = index } else { nodes[Int(parent)].first = index }
    if after >= 0 { nodes[Int(after)].previous = index } else { nodes[Int(parent)].last = index }
    return index
  }

  private mutating func inherit(_ node: Int32, from parent: Int32) {
    let above = nodes[Int(parent)].flags
    if !above.contains(.relevant) { nodes[Int(node)].flags.remove(.relevant) }
    if above.contains(.readOnly) { nodes[Int(node)].flags.insert(.readOnly) }
  }

  /// Takes a node and everything below it out; later siblings of its kind move up.
  mutating func remove(_ node: Int32) {
    let gone = nodes[Int(node)]
    if gone.previous >= 0 {
      nodes[Int(gone.previous)].next = gone.next
    } else {
      nodes[Int(gone.parent)].first = gone.next
    }
    if gone.next >= 0 {
      nodes[Int(gone.next)].previous = gone.previous
    } else {
      nodes[Int(gone.parent)].last = gone.previous
    }
    var sibling = gone.next
    while sibling >= 0 {
      if nodes[Int(sibling)].model == gone.model { nodes[Int(sibling)].position -= 1 }
      sibling = nodes[Int(sibling)].next
    }
    for index in subtree(of: node) {
      nodes[Int(index)] = InstanceNode(model: 0, parent: -1)
      free.append(index)
    }
  }

  // MARK: Walking

  func children(of node: Int32) -> Siblings { Siblings(nodes: nodes, place: nodes[Int(node)].first) }
  func attributes(of node: Int32) -> Siblings { Siblings(nodes: nodes, place: nodes[Int(node)].firstAttribute) }

  struct Siblings: Sequence, IteratorProtocol {
    let nodes: [InstanceNode]
    var place: Int32

    mutating func next() -> Int32? {
      guard place >= 0 else { return nil }
      defer { place = nodes[Int(place)].next }
      return place
    }
  }

  /// The node, its attributes and all below it, parents first, in document order.
  func subtree(of node: Int32) -> [Int32] {
    var list: [Int32] = []
    var open: [Int32] = [node]
    while let top = open.popLast() {
      list.append(top)
      for attribute in attributes(of: top) { list.append(attribute) }
      var child = nodes[Int(top)].last
      while child >= 0 {
        open.append(child)
        child = nodes[Int(child)].previous
      }
    }
    return list
  }

  /// The child of a model node at a 1-based position.
  func child(of node: Int32, model: Int, position: Int = 1) -> Int32? {
    var child = nodes[Int(node)].first
    while child >= 0 {
      if Int(nodes[Int(child)].model) == model, Int(nodes[Int(child)].position) == position { return child }
      child = nodes[Int(child)].next
    }
    return nil
  }

  func attribute(of node: Int32, model: Int) -> Int32? {
    attributes(of: node).first { Int(nodes[Int($0)].model) == model }
  }

  func childCount(of node: Int32, model: Int) -> Int {
    var count = 0
    var child = nodes[Int(node)].first
    while child >= 0 {
      if Int(nodes[Int(child)].model) == model { count += 1 }
      child = nodes[Int(child)].next
    }
    return count
  }
}
